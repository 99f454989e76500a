//! The lists of a two-sided table (收入 | 支出): which items make the year's total, and what makes the grand total.
//!
//! Two layouts are usual. Items first: 一、… 二、… 本年收入合计, 上年结转, 收入总计. Total first: 一、本年收入 with （一）（二）
//! below it, 二、上年结转 with its own （一）（二）, 收入总计.

use super::sight::TableAt;
use super::{Claim, Instance, columns, rows};
use crate::disclosure::{Measure, Message, Row, RowRole, Side, TableKind};

/// One amount column of one side of a table.
#[derive(Clone, Debug)]
pub(crate) struct SideList {
    /// The side.
    pub(crate) side: Side,
    /// The amount column.
    pub(crate) column: usize,
    /// 本年收入合计, 本年支出合计
    pub(crate) year_total: Option<usize>,
    /// The items that make it (or, without one, the grand total).
    pub(crate) items: Vec<usize>,
    /// 收入总计, 支出总计
    pub(crate) grand_total: Option<usize>,
    /// What the grand total has besides the year's total: 上年结转, 年终结转 …
    pub(crate) besides: Vec<usize>,
    /// Items and the sub-items printed below them.
    pub(crate) sub_items: Vec<(usize, Vec<usize>)>,
}

/// Every amount column of both sides that prints something.
pub(crate) fn lists(t: TableAt<'_>) -> &[SideList] {
    t.facts.sides.get_or_init(|| lists_of(t))
}

fn lists_of(t: TableAt<'_>) -> Vec<SideList> {
    let mut found = Vec::new();
    // The money block of a performance form has rules of its own.
    if matches!(t.table.kind, TableKind::PerformanceWhole | TableKind::PerformanceProject) {
        return found;
    }
    for side in [Side::Revenue, Side::Expenditure] {
        let rows: Vec<usize> = t.rows().filter(|(_, r)| r.side == Some(side)).map(|(at, _)| at).collect();
        let columns: Vec<usize> = t.table.amount_columns().filter(|&c| rows.iter().any(|&r| t.prints(r, c))).collect();
        for &column in &columns {
            // Side by side blocks (by function, by economic class) share a side; a row then belongs to the columns
            // that it prints.
            let own: Vec<usize> = if columns.len() == 1 {
                rows.clone()
            } else {
                rows.iter().copied().filter(|&r| t.prints(r, column)).collect()
            };
            found.push(list(t, side, column, &own));
        }
    }
    found
}

/// The column of a side that holds the whole amounts: its only one, or the total of several funds.
pub(crate) fn main_list(t: TableAt<'_>, side: Side) -> Option<&SideList> {
    let of_side = || lists(t).iter().filter(|l| l.side == side);
    if of_side().nth(1).is_none() {
        return of_side().next();
    }
    // 年初预算数, 全年预算数, 决算数: the last is what the accounts are of.
    let of_accounts =
        |l: &&SideList| t.table.columns.get(l.column).is_some_and(|c| c.measure == Some(Measure::FinalAccounts));
    let mut accounts = of_side().filter(of_accounts);
    if let (Some(only), None) = (accounts.next(), accounts.next()) {
        return Some(only);
    }
    match columns::sums_of(t).iter().map(|s| s.whole).find(|w| of_side().any(|l| l.column == *w)) {
        Some(whole) => of_side().rfind(|l| l.column == whole),
        // Blocks side by side tell the same money by function and by economic class: the classes lead.
        None => {
            let classed = |l: &&SideList| l.items.iter().any(|&item| t.table.rows[item].class.is_some());
            let mut leading = of_side().filter(classed);
            leading.next().filter(|_| leading.next().is_none())
        }
    }
}

/// The item of the year that measures `measure`, and its column; only if there is just one.
pub(crate) fn year_item(t: TableAt<'_>, side: Side, measure: Measure) -> Option<(usize, usize)> {
    let list = main_list(t, side)?;
    let mut rows = list.items.iter().copied().filter(|&r| t.table.rows[r].measure == Some(measure));
    let only = rows.next()?;
    rows.next().is_none().then_some((only, list.column))
}

/// The items named after function classes, with the class, in every column of the side.
pub(crate) fn classes(t: TableAt<'_>, side: Side) -> Vec<(usize, &str, usize)> {
    let mut found = Vec::new();
    for list in lists(t).iter().filter(|l| l.side == side) {
        for &row in &list.items {
            if let Some(class) = &t.table.rows[row].class {
                found.push((row, class.as_str(), list.column));
            }
        }
    }
    found
}

fn list(t: TableAt<'_>, side: Side, column: usize, rows: &[usize]) -> SideList {
    let row = |at: usize| &t.table.rows[at];
    let grand_total = rows
        .iter()
        .rev()
        .copied()
        .find(|&r| matches!(row(r).role, RowRole::GrandTotal | RowRole::Total) && t.prints(r, column));
    let end = rows.iter().position(|&r| Some(r) == grand_total).unwrap_or(rows.len());
    let year_at = rows[..end].iter().position(|&r| is_year_total(row(r)) && t.prints(r, column));
    let (before, after) = match year_at {
        Some(at) => (&rows[..at], &rows[at + 1..end]),
        None => (&rows[..end], &[][..]),
    };
    // 一、部门预算 without an amount is a heading over the items below it.
    let printed: Vec<usize> = before.iter().copied().filter(|&r| t.prints(r, column)).collect();
    let mut items_before = outermost(t, before);
    if !items_before.is_empty() && items_before.iter().all(|&r| !t.prints(r, column)) {
        items_before = outermost(t, &printed);
    }
    let (items, rest) = if items_before.is_empty() {
        let under = year_at.map_or(0, |at| below(t, rows[at], after));
        (outermost(t, &after[..under]), &after[under..])
    } else {
        (items_before, after)
    };
    // Without a total of the year the grand total is made of everything at once.
    let besides = if year_at.is_some() { outermost_any(t, rest) } else { outermost_carried(t, before) };
    let countable: Vec<(usize, u8)> =
        rows[..end].iter().filter(|&&r| row(r).role == RowRole::Item).map(|&r| (r, depth(row(r)))).collect();
    SideList {
        side,
        column,
        year_total: year_at.map(|at| rows[at]),
        items,
        grand_total,
        besides,
        sub_items: rows::tree(&countable),
    }
}

/// The same instance, said to be not checkable because it is not certain which rows add up.
pub(crate) fn uncertain(t: TableAt<'_>, instance: Instance) -> Instance {
    Instance {
        label: instance.label,
        claim: Claim::NotCheckable {
            why: Message::new(
                "有些行没有编号，无法确定哪些行相加",
                "some rows have no list mark, so it is not certain which of them add up",
            ),
            at: vec![t.whole()],
        },
    }
}

/// How many of the rows after a total that comes first stand below it: up to the first that is carried over, or is
/// not deeper than the total where levels are told apart.
fn below(t: TableAt<'_>, total: usize, after: &[usize]) -> usize {
    let row = |at: usize| &t.table.rows[at];
    let deeper = after.first().is_some_and(|&r| depth(row(r)) > depth(row(total)));
    after
        .iter()
        .position(|&r| is_carried(row(r)) || (deeper && depth(row(r)) <= depth(row(total))))
        .unwrap_or(after.len())
}

/// Whether a row sums the year: 本年收入合计, or 一、本年收入 with its items below it.
fn is_year_total(row: &Row) -> bool {
    row.role == RowRole::YearTotal || row.role == RowRole::Item && row.measure == Some(Measure::ThisYear)
}

/// Whether an item moves money between years instead of being income or expenditure of the year.
pub(crate) fn is_carried(row: &Row) -> bool {
    matches!(
        row.measure,
        Some(Measure::CarriedIn | Measure::CarriedOut | Measure::FundsUsed | Measure::SurplusDistributed)
    )
}

/// The outermost items of a run that are income or expenditure of the year.
fn outermost(t: TableAt<'_>, rows: &[usize]) -> Vec<usize> {
    let row = |at: usize| &t.table.rows[at];
    let countable: Vec<usize> = rows
        .iter()
        .copied()
        .filter(|&r| {
            matches!(row(r).role, RowRole::Item | RowRole::Function) && !is_carried(row(r)) && !is_year_total(row(r))
        })
        .collect();
    least_deep(t, &countable)
}

/// The outermost items of a run that move money between years.
fn outermost_carried(t: TableAt<'_>, rows: &[usize]) -> Vec<usize> {
    let carried: Vec<usize> = rows.iter().copied().filter(|&r| is_carried(&t.table.rows[r])).collect();
    least_deep(t, &carried)
}

/// The outermost rows of a run, whatever they are.
fn outermost_any(t: TableAt<'_>, rows: &[usize]) -> Vec<usize> {
    let countable: Vec<usize> =
        rows.iter().copied().filter(|&r| matches!(t.table.rows[r].role, RowRole::Item | RowRole::Function)).collect();
    let outer = least_deep(t, &countable);
    // Sub-items of 上年结转 without marks of their own stand on its level: below it only what moves between years counts.
    // Above it stands what some forms leave out of the year: 上级补助收入, 附属单位上缴收入.
    let first = outer.iter().position(|&r| is_carried(&t.table.rows[r])).unwrap_or(outer.len());
    let besides = |&(at, row): &(usize, usize)| at < first || is_carried(&t.table.rows[row]);
    outer.iter().copied().enumerate().filter(besides).map(|(_, row)| row).collect()
}

fn least_deep(t: TableAt<'_>, rows: &[usize]) -> Vec<usize> {
    let row = |at: usize| &t.table.rows[at];
    let Some(least) = rows.iter().map(|&r| depth(row(r))).min() else {
        return Vec::new();
    };
    let outer: Vec<usize> = rows.iter().copied().filter(|&r| depth(row(r)) == least).collect();
    // Among rows with marks (一、二、) those without are parts of the one above, even where the level does not say so.
    let marked: Vec<usize> = outer.iter().copied().filter(|&r| is_marked(row(r))).collect();
    if marked.len() >= 2 { marked } else { outer }
}

fn depth(row: &Row) -> u8 {
    row.level
}

/// Whether a name begins with a mark of a list: 一、 （一） 1. 1、 (1) ①
pub(crate) fn is_marked(row: &Row) -> bool {
    row.name.as_deref().is_some_and(is_marked_name)
}

fn is_marked_name(name: &str) -> bool {
    const NUMERALS: &str = "一二三四五六七八九十廿卅";
    let name = name.trim_start();
    let rest = name.strip_prefix(['（', '(']).unwrap_or(name);
    let digits = rest.chars().take_while(|c| NUMERALS.contains(*c) || c.is_ascii_digit()).count();
    if digits == 0 {
        return name.starts_with(|c| ('①'..='⑳').contains(&c));
    }
    rest.chars().nth(digits).is_some_and(|c| matches!(c, '、' | '.' | '．' | '）' | ')'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Facts;
    use crate::rules::sketch::disclosure;

    fn names(t: TableAt<'_>, rows: &[usize]) -> Vec<String> {
        rows.iter().map(|&r| t.table.rows[r].name.clone().unwrap_or_default()).collect()
    }

    #[test]
    fn items_first() {
        let disclosures = [disclosure(
            "# 收支总表 | 万元\n| 收入/项目 | 收入/预算数 | 支出/项目 | 支出/预算数 |\n\
             | 一、财政拨款 | 8.00 | 一、基本支出 | 5.00 |\n| 本级拨款 | 8.00 | 人员经费 | 5.00 |\n\
             | 二、其他收入 | 1.00 | 二、项目支出 | 4.00 |\n| 本年收入合计 | 9.00 | 本年支出合计 | 9.00 |\n\
             | 上年结转 | 1.00 | 年终结转 | 1.00 |\n| 收入总计 | 10.00 | 支出总计 | 10.00 |",
        )];
        let facts = Facts::new(&disclosures);
        let t = facts.scope(0).tables().next().unwrap();
        let lists = lists(t);
        assert_eq!(names(t, &lists[0].items), ["一、财政拨款", "二、其他收入"], "本级拨款 is a part of 一");
        assert_eq!(names(t, &lists[0].besides), ["上年结转"]);
        assert_eq!(names(t, &lists[1].items), ["一、基本支出", "二、项目支出"]);
    }

    #[test]
    fn what_stands_beside_the_year_is_all_of_it() {
        let disclosures = [disclosure(
            "# 收支总表 | 万元\n| 收入/项目 | 收入/预算数 | 支出/项目 | 支出/预算数 |\n\
             | 一、财政拨款收入 | 8.00 | 一、教育支出 | 12.00 |\n| 本年收入合计 | 8.00 | 本年支出合计 | 12.00 |\n\
             | 上级补助收入 | 3.00 | | |\n| 上年结转 | 1.00 | 结转下年 | |\n| 收入总计 | 12.00 | 支出总计 | 12.00 |",
        )];
        let facts = Facts::new(&disclosures);
        let t = facts.scope(0).tables().next().unwrap();
        assert_eq!(names(t, &lists(t)[0].besides), ["上级补助收入", "上年结转"]);
    }

    #[test]
    fn total_first() {
        let disclosures = [disclosure(
            "# 财政拨款收支总表 | 万元\n| 收入/项目 | 收入/预算数 | 支出/项目 | 支出/预算数 |\n\
             | 一、本年收入 | 9.00 | 一、本年支出 | 10.00 |\n| （一）一般公共预算拨款 | 9.00 | （一）教育支出 | 6.00 |\n\
             | （二）政府性基金预算拨款 | | （二）住房保障支出 | 4.00 |\n| 二、上年结转 | 1.00 | | |\n\
             | （一）一般公共预算拨款 | 1.00 | 二、年终结转 | |\n| 收入总计 | 10.00 | 支出总计 | 10.00 |",
        )];
        let facts = Facts::new(&disclosures);
        let t = facts.scope(0).tables().next().unwrap();
        let lists = lists(t);
        assert_eq!(names(t, &lists[0].items), ["（一）一般公共预算拨款", "（二）政府性基金预算拨款"]);
        assert_eq!(names(t, &lists[0].besides), ["二、上年结转"]);
        assert_eq!(names(t, &lists[1].items), ["（一）教育支出", "（二）住房保障支出"]);
        assert_eq!(names(t, &lists[1].besides), ["二、年终结转"]);
        assert_eq!(lists[0].sub_items.len(), 1, "二、上年结转 has a sub-item");
    }
}
