//! Years side by side or one below the other: which of them is the year of the disclosure.

use std::collections::BTreeSet;

use super::spelling::{folded, holds};
use crate::disclosure::{ColumnRole, Row, RowRole, Value};

/// Which year a group of columns, or a row, is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Year {
    /// 增减变化
    Change,
    /// 上年
    Last,
    /// 2025年预算数
    Printed(u16),
    /// 当年, 本年
    This,
}

impl Year {
    /// The year that a header names, and nothing else.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = folded(text);
        let own = text.trim_end_matches("情况").trim_end_matches('数').trim_end_matches("预算").trim_end_matches('度');
        match own {
            "上年" | "去年" => return Some(Self::Last),
            "当年" | "本年" => return Some(Self::This),
            "增减" | "增减变化" | "增减变动" => return Some(Self::Change),
            _ => {}
        }
        let change = || ["增减", "增长", "变动", "变化"].iter().any(|word| holds(&text, word));
        if text.contains(['比', '较']) && change() {
            return Some(Self::Change);
        }
        let (year, rest) = text.split_at_checked(4)?;
        let plausible = rest.starts_with('年') && text.starts_with("20");
        plausible.then(|| year.parse().ok().map(Self::Printed)).flatten()
    }

    /// The year that a row's name is: a change may be said in more words there.
    fn of_row(name: &str) -> Option<Self> {
        let name = folded(name);
        let change = ["增减", "比上年", "较上年", "与上年", "同比", "变动", "变化"];
        if change.iter().any(|word| name.starts_with(word)) {
            return Some(Self::Change);
        }
        Self::of(&name).filter(|_| name.chars().count() <= 12)
    }
}

/// The year of the disclosure among several (`2025年预算数 | 2026年预算数`, `上年 | 当年`): the latest. `None` where they are of
/// one year, or there are none.
pub(super) fn this_year(named: impl Iterator<Item = Year>) -> Option<Year> {
    let years: BTreeSet<Year> = named.filter(|year| *year != Year::Change).collect();
    if years.len() > 1 { years.last().copied() } else { None }
}

/// Years as rows (2025年, 2026年, 增减变化金额 below each other, once for the whole table): this year's row is the table's total,
/// the others are none of it.
pub(super) fn among_rows(roles: &[ColumnRole], rows: &mut [Row]) {
    let text = |row: &Row, column: usize| match row.entries.get(column).map(|entry| &entry.value) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    for column in (0..roles.len()).filter(|&c| matches!(roles.get(c), Some(ColumnRole::Name | ColumnRole::Text))) {
        let years: Option<Vec<Year>> =
            rows.iter().map(|row| text(row, column).and_then(|text| Year::of_row(&text))).collect();
        let Some(years) = years else { continue };
        let Some(this) = this_year(years.iter().copied()) else { continue };
        if years.iter().filter(|&&year| year == this).count() != 1 {
            continue;
        }
        for (row, year) in rows.iter_mut().zip(years) {
            row.role = if year == this { RowRole::Total } else { RowRole::Other };
        }
        return;
    }
}

/// Which stage the amounts of a year are of, in a header.
const STAGES: [&str; 15] = [
    "预算数",
    "执行数",
    "决算数",
    "预计执行数",
    "年初预算数",
    "调整预算数",
    "当年预算数",
    "预算",
    "决算",
    "执行",
    "基本支出",
    "项目支出",
    "支出预算",
    "收入预算",
    "完成数",
];
/// What the comparison of two years is called.
const CHANGES: [&str; 7] = ["增减变化情况", "增减变动情况", "增减变化", "增减变动", "增减情况", "增减", "变动"];

/// The length of the header at the start of folded letters that names a year (`2024年预算数`, `2024年度基本支出`,
/// `2024年预算数比2023年执行数增减情况`); 0 where there is none. `named(at)` is the length of the known header that begins at
/// `at` (`2025年“三公”经费预算数`).
pub(super) fn header_length(letters: &[char], named: impl Fn(usize) -> Option<usize>) -> usize {
    let year = |at: usize| {
        let digits = letters.iter().skip(at).take(5).take_while(|c| c.is_ascii_digit()).count();
        let named = digits == 4 && letters.get(at + 4) == Some(&'年') && letters.get(at) == Some(&'2');
        named.then(|| at + 5 + usize::from(letters.get(at + 5) == Some(&'度')))
    };
    let longest = |at: usize, words: &[&str]| {
        let begins = |word: &&str| word.chars().eq(letters.iter().copied().skip(at).take(word.chars().count()));
        words.iter().copied().filter(begins).map(|word| word.chars().count()).max()
    };
    let Some(stage) = year(0) else { return 0 };
    let Some(length) = longest(stage, &STAGES).max(named(stage)) else { return 0 };
    let end = stage + length;
    let end = end + longest(end, &STAGES).unwrap_or(0);
    if !matches!(letters.get(end), Some('比' | '较')) {
        return end;
    }
    let Some(other) = year(end + 1) else { return end };
    let other = other + longest(other, &STAGES).unwrap_or(0);
    other + longest(other, &CHANGES).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::{Measure, TableKind};

    /// The three public expenses split by fund, the years below each other, as recognised from a grid.
    fn three_public(rows: &str) -> crate::disclosure::Table {
        let items = [["总计"; 2], ["因公出国（境）费"; 2], ["公务接待费"; 2]];
        let vehicles = ["小计", "公务用车购置费", "公务用车运行维护费"].map(|part| ["公务用车购置及运行维护费", part]);
        let mut head: [Vec<&str>; 3] = [vec!["预算单位", "年度"], vec!["", ""], vec!["", ""]];
        for [item, part] in items.into_iter().chain(vehicles) {
            for fund in ["一般公共预算", "政府性基金预算"] {
                for (row, word) in head.iter_mut().zip([item, part, fund]) {
                    row.push(word);
                }
            }
        }
        let html: String = spread(&head);
        let body: String = rows
            .lines()
            .map(|line| format!("<tr><td>{}</td></tr>", line.split(' ').collect::<Vec<_>>().join("</td><td>")))
            .collect();
        let page = format!("<html><h2>表9 “三公”经费支出表</h2><p>单位：万元</p><table>{html}{body}</table></html>");
        let document = crate::read::read("a.html", page.as_bytes()).unwrap();
        let found = super::super::recognise(&document);
        found.tables.into_iter().find(|table| table.kind == TableKind::ThreePublic).unwrap()
    }

    /// Header rows as HTML: equal neighbours are one cell.
    fn spread(grid: &[Vec<&str>; 3]) -> String {
        let mut html = Vec::new();
        for (r, row) in grid.iter().enumerate() {
            html.push("<tr>".to_owned());
            let mut c = 0;
            while c < row.len() {
                let wide = row[c..].iter().take_while(|cell| **cell == row[c] && r < 2 && c > 1).count().max(1);
                let above = r > 0 && (row[c].is_empty() || grid[r - 1][c] == row[c]);
                let high = (r..3).take_while(|&below| below == r || c < 2 || grid[below][c] == row[c]).count();
                if !above {
                    html.push(format!("<th colspan={wide} rowspan={high}>{}</th>", row[c]));
                }
                c += wide;
            }
            html.push("</tr>".to_owned());
        }
        html.concat()
    }

    #[test]
    fn of_years_as_rows_the_latest_is_the_total() {
        let table = three_public(
            "某局 2025年 33.00 0.00 0.00 0.00 15.00 0.00 18.00 0.00 12.00 0.00 6.00 0.00\n\
             某局 2026年 66.00 0.00 46.80 0.00 15.00 0.00 4.20 0.00 0.00 0.00 4.20 0.00\n\
             某局 增减变化金额 33.00 0.00 46.80 0.00 0.00 0.00 -13.80 0.00 -12.00 0.00 -1.80 0.00",
        );
        let roles: Vec<RowRole> = table.rows.iter().map(|row| row.role).collect();
        assert_eq!(roles, [RowRole::Other, RowRole::Total, RowRole::Other]);
        let measures: Vec<Option<Measure>> = table.amount_columns().map(|c| table.columns[c].measure).collect();
        let (abroad, reception, vehicles) = (Measure::Abroad, Measure::Reception, Measure::Vehicles);
        let (purchase, running) = (Measure::VehiclePurchase, Measure::VehicleRunning);
        let of_general = [Measure::Total, abroad, reception, vehicles, purchase, running];
        let expected: Vec<Option<Measure>> = of_general.iter().flat_map(|m| [Some(*m), None]).collect();
        assert_eq!(measures, expected);
    }

    #[test]
    fn units_that_each_have_their_years_have_no_row_of_the_table() {
        let table = three_public(
            "甲局 2025年 3.00 0.00 0.00 0.00 3.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00\n\
             甲局 2026年 3.00 0.00 0.00 0.00 3.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00\n\
             乙局 2025年 3.00 0.00 0.00 0.00 3.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00\n\
             乙局 2026年 3.00 0.00 0.00 0.00 3.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00",
        );
        assert!(table.rows.iter().all(|row| row.role != RowRole::Total), "{:?}", table.rows);
    }
}
