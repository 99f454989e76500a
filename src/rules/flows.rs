//! The columns of a table of final accounts that follow money through the year: 年初结转和结余, 本年收入, 本年支出, 年末结转和结余.

use crate::disclosure::Table;

/// The column of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flows {
    /// 年初结转和结余
    pub(crate) carried_in: usize,
    /// 本年收入
    pub(crate) received: usize,
    /// 本年支出
    pub(crate) spent: usize,
    /// 年末结转和结余
    pub(crate) carried_out: usize,
}

/// Where money stands in the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    CarriedIn,
    Received,
    Spent,
    CarriedOut,
}

impl Flows {
    /// The four columns; `None` where one is not there, has no total of its own, or a column is none of them.
    pub(crate) fn of(table: &Table) -> Option<Self> {
        let mut columns: Vec<(Stage, usize)> = Vec::new();
        for column in table.amount_columns() {
            let path = &table.columns.get(column)?.path;
            columns.push((path.iter().find_map(|header| stage(header))?, column));
        }
        let of = |wanted: Stage| {
            let all: Vec<usize> = columns.iter().filter(|(stage, _)| *stage == wanted).map(|&(_, c)| c).collect();
            let is_total = |&&c: &&usize| {
                table.columns.get(c).and_then(|c| c.path.last()).is_some_and(|h| matches!(h.as_str(), "合计" | "小计"))
            };
            match all[..] {
                [only] => Some(only),
                _ => all.iter().find(is_total).copied(),
            }
        };
        Some(Self {
            carried_in: of(Stage::CarriedIn)?,
            received: of(Stage::Received)?,
            spent: of(Stage::Spent)?,
            carried_out: of(Stage::CarriedOut)?,
        })
    }
}

fn stage(header: &str) -> Option<Stage> {
    let header: String = header.chars().filter(|c| !c.is_whitespace()).collect();
    let begins = |words: &[&str]| words.iter().any(|word| header.starts_with(word));
    let carried = header.contains("结转") || header.contains("结余");
    if carried && begins(&["年初", "上年"]) {
        Some(Stage::CarriedIn)
    } else if carried && begins(&["年末", "年终"]) {
        Some(Stage::CarriedOut)
    } else if begins(&["本年收入"]) {
        Some(Stage::Received)
    } else if begins(&["本年支出"]) {
        Some(Stage::Spent)
    } else {
        None
    }
}
