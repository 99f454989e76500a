//! 项目资金: the lines 年度资金总额, 其中：财政拨款, 其他资金 of a project form, which have no header.

use super::Form;
use super::Slot;
use super::build::{self, Draft};
use super::fields;
use super::flow::{Found, RawRow};
use super::header::{Field, Schema};
use super::shifted::Printed;
use crate::amount::{Amount, Unit};
use crate::disclosure::{RowRole, Table};
use crate::document::Place;
use crate::spelling::{solid, unspaced};

/// Ends of the names of funds.
const NAMES: &[&str] = &[
    "资金总额",
    "申请总额",
    "财政拨款",
    "其他资金",
    "上年结转",
    "结转资金",
    "结转结余",
    "财政资金",
    "自有资金",
    "单位资金",
    "自筹资金",
    "社会资金",
    "中央补助",
    "省级补助",
    "市级补助",
    "中央资金",
    "省级资金",
    "市级资金",
    "区级资金",
    "县级资金",
    "政府性基金",
    "一般公共预算",
    "基本支出",
    "项目支出",
];
/// The longest name, in characters.
const LONGEST_NAME: usize = 16;
/// So many words that are neither name nor amount (执行率, 分值, （10）) may stand between.
const MOST_BETWEEN: usize = 4;

/// The name of a fund, with or without its amount in the same words.
fn name(text: &str) -> Option<(String, Option<String>)> {
    let text = solid(text);
    if let Some((name, amount)) = text.rsplit_once(['：', ':'])
        && Amount::parse(amount).is_some()
        && is_name(name)
    {
        return Some((name.to_owned(), Some(amount.to_owned())));
    }
    let plain = text.trim_end_matches(['：', ':']);
    is_name(plain).then(|| (plain.to_owned(), None))
}

fn is_name(text: &str) -> bool {
    text.chars().count() <= LONGEST_NAME && NAMES.iter().any(|name| text.ends_with(name))
}

/// Whether the text opens such a block.
pub(super) fn opens(text: &str) -> bool {
    name(text).is_some_and(|(name, _)| name.ends_with("资金总额"))
}

/// Whether the text is one of the names.
pub(super) fn is_fund(text: &str) -> bool {
    name(text).is_some()
}

/// The unit that the label of the block names: `项目资金（万元）`.
pub(super) fn unit(label: &str) -> Option<Unit> {
    let label = unspaced(label);
    let inside = label.split(['（', '(']).nth(1)?;
    let inside = inside.trim_end_matches(['）', ')']);
    let (unit, length) = Unit::prefix_of(inside.trim_start_matches("单位：").trim_start_matches("单位:"))?;
    (length >= "元".len()).then_some(unit)
}

/// The columns of a block whose header prints several amounts (年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分: the form
/// of 绩效自评), the name of the fund first.
pub(super) fn head(cells: &[Printed]) -> Option<Vec<Field>> {
    /// Header words are shorter, in characters.
    const LONGEST: usize = 10;
    let slot = |text: &str| {
        let ends = |words: &[&str]| words.iter().any(|word| text.ends_with(word));
        if text.chars().count() > LONGEST {
            None
        } else if ends(&["执行率", "完成率"]) {
            Some(Slot::Percent)
        } else if ends(&["预算数", "执行数", "支出数", "到位数", "决算数", "预算金额", "执行金额", "支出金额"])
        {
            Some(Slot::Amount)
        } else {
            ends(&["分值", "权重", "得分"]).then_some(Slot::Weight)
        }
    };
    let mut fields = vec![Field { path: vec!["项目资金".to_owned()], slot: Slot::Name, at: 0 }];
    let mut others = 0;
    for (at, cell) in cells {
        let text = unspaced(&cell.text);
        match slot(text.split(['（', '(']).next().unwrap_or_default()) {
            Some(slot) => fields.push(Field { path: vec![text], slot, at: *at }),
            None => others += 1,
        }
    }
    let amounts = fields.iter().filter(|field| field.slot == Slot::Amount).count();
    (others <= 1 && amounts >= 1 && fields.len() > 3).then_some(fields)
}

/// A row below such a header, and the cells that stand under none of its columns.
pub(super) fn row(fields: &[Field], cells: &[Printed]) -> (RawRow, Vec<Found>) {
    let mut placed: Vec<Option<Found>> = vec![None; fields.len()];
    let mut left = Vec::new();
    for (at, cell) in cells {
        let named = name(&cell.text).filter(|_| placed.iter().all(Option::is_none));
        let text = named.as_ref().map_or_else(|| cell.text.clone(), |(name, _)| name.into());
        let column = if named.is_some() {
            Some(0)
        } else {
            fields.iter().position(|field| field.slot != Slot::Name && field.at == *at)
        };
        match column.and_then(|column| placed.get_mut(column)) {
            Some(slot @ None) => *slot = Some(Found { text, ..cell.clone() }),
            _ => left.push(cell.clone()),
        }
    }
    (RawRow { doubtful: !left.is_empty(), cells: placed }, left)
}

/// The rows that the words make, and how many words they take.
pub(super) fn rows(words: &[Found]) -> (Vec<RawRow>, usize) {
    let mut rows: Vec<RawRow> = Vec::new();
    let (mut taken, mut between) = (0, 0);
    for (at, word) in words.iter().enumerate() {
        if let Some((name, amount)) = name(&word.text) {
            let amount = amount.map(|text| Found { text: text.into(), ..word.clone() });
            rows.push(RawRow {
                cells: vec![Some(Found { text: name.into(), ..word.clone() }), amount],
                doubtful: false,
            });
        } else if Amount::parse(&word.text).is_some()
            && let Some(open @ None) = rows.last_mut().and_then(|row| row.cells.get_mut(1))
        {
            *open = Some(word.clone());
        } else {
            between += 1;
            if between > MOST_BETWEEN {
                break;
            }
            continue;
        }
        taken = at + 1;
    }
    (rows, taken)
}

/// The table of the rows: one sum, if one total is printed. Two totals side by side (of the project, of the year) have
/// parts that cannot be told apart, so then nothing is called a total.
///
/// `fields` are those of [`head`], or none where the block has no header.
pub(super) fn table(rows: Vec<RawRow>, fields: Vec<Field>, place: Place, form: &Form) -> Option<Table> {
    if rows.iter().all(|row| row.cells.iter().skip(1).all(Option::is_none)) {
        return None;
    }
    let field = |word: &str, slot: Slot, at: usize| Field { path: vec![word.to_owned()], slot, at };
    let columns = if fields.is_empty() {
        vec![field("项目资金", Slot::Name, 0), field("金额", Slot::Amount, 1)]
    } else {
        fields
    };
    let title = form.title.clone();
    let mut table =
        build::table(Draft { schema: Schema::Sources, title, place, fields: columns, rows, about: Vec::new() }, form)?;
    table.project = fields::project(&form.fields);
    let is_total = |name: &Option<String>| name.as_deref().is_some_and(|name| name.ends_with("总额"));
    let one = table.rows.iter().filter(|row| is_total(&row.name)).count() == 1;
    let mut parts = 0;
    for row in &mut table.rows {
        let of_which = row.name.as_deref().is_some_and(|name| name.starts_with("其中"));
        parts += usize::from(of_which);
        (row.role, row.level) = match (one, is_total(&row.name)) {
            (false, _) => (RowRole::Other, 0),
            (true, true) => (RowRole::Total, 0),
            // 其中 opens the list of parts; a second one goes into a part.
            (true, false) if of_which && parts > 1 => (RowRole::OfWhich, 2),
            (true, false) => (RowRole::Item, 1),
        };
    }
    Some(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<Found> {
        text.split(' ')
            .map(|text| Found { text: text.into(), place: Place::line(1), end: Place::line(1), doubt: None })
            .collect()
    }

    #[test]
    fn names_take_the_amount_behind_them() {
        let words = found(
            "年度资金总额： 1,200.50 执行率 分值 （10） 其中：财政拨款 1,000 上年结转： 其他资金：200.50 总体目标 1.办班",
        );
        let (rows, taken) = rows(&words);
        let rows: Vec<String> = rows
            .iter()
            .map(|row| {
                row.cells.iter().map(|c| c.as_ref().map_or("-", |c| c.text.as_str())).collect::<Vec<_>>().join("|")
            })
            .collect();
        assert_eq!(rows, ["年度资金总额|1,200.50", "其中：财政拨款|1,000", "上年结转|-", "其他资金|200.50"]);
        assert_eq!(taken, 9);
    }

    #[test]
    fn the_label_names_the_unit() {
        assert_eq!(unit("项目资金（万元）"), Some(Unit::TenThousand));
        assert_eq!(unit("项目 资金 (元)"), Some(Unit::Yuan));
        assert_eq!(unit("项目资金"), None);
        assert!(opens("实施期资金总额：") && !opens("资金总额不得超过预算"));
    }
}
