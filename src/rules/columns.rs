//! Which columns of a table add up to which: the tree of its headers, read for sums.
//!
//! `合计 | 基本支出/小计 | 基本支出/人员经费 | 基本支出/公用经费 | 项目支出` says 合计 = 小计 + 项目支出 and 小计 = 人员经费 + 公用经费.
//! A group without a 小计 of its own is stood for by its members. 其中 columns, percents and years are no addends.

use std::ops::Range;

use super::flows::Flows;
use super::sight::{TableAt, equal, not_applicable};
use super::{Instance, Scope};
use crate::disclosure::{ColumnRole, Measure, Message, Table, TableKind};
use crate::spelling::{holds, solid};

/// A column that is the sum of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ColumnSum {
    /// The sum.
    pub(crate) whole: usize,
    /// Its addends.
    pub(crate) parts: Vec<usize>,
    /// Whether it sums the whole row (合计), not one group of it (小计).
    pub(crate) outermost: bool,
}

/// Measures that are made of others wherever they stand side by side without a common header.
const MADE_OF: [(Measure, &[Measure]); 4] = [
    (Measure::Basic, &[Measure::Personnel, Measure::Public]),
    (Measure::Vehicles, &[Measure::VehiclePurchase, Measure::VehicleRunning]),
    (Measure::ThreePublic, &[Measure::Abroad, Measure::Vehicles, Measure::Reception]),
    (Measure::Fiscal, &Measure::FUNDS),
];

/// Headers deeper than this are no headers.
const MAX_DEPTH: usize = 8;

/// Every sum that the headers of a table announce, found out once.
pub(crate) fn sums_of(t: TableAt<'_>) -> &[ColumnSum] {
    t.facts.columns.get_or_init(|| sums(t.table))
}

/// Every sum that the headers of a table announce.
pub(crate) fn sums(table: &Table) -> Vec<ColumnSum> {
    let columns: Vec<usize> = (0..table.columns.len()).filter(|&c| is_addend(table, c)).collect();
    if let Some(found) = by_variant(table, &columns) {
        return found;
    }
    let mut found = Vec::new();
    level(table, &columns, 0, &mut found);
    found
}

/// Groups that are all split into the same variants at the end (总计, 因公出国, …, 公务用车/小计, 公务用车/购置费, each by fund): the
/// sums of the groups, once for each variant. `None` where the columns are not like that.
fn by_variant(table: &Table, columns: &[usize]) -> Option<Vec<ColumnSum>> {
    let split = |column: usize| table.columns.get(column)?.path.split_last().filter(|(_, outer)| !outer.is_empty());
    let (_, first) = split(*columns.first()?)?;
    let each = columns.iter().take_while(|&&c| split(c).is_some_and(|(_, outer)| outer == first)).count();
    let groups: Vec<&[usize]> = columns.chunks(each).collect();
    let variants: Vec<&str> = groups.first()?.iter().filter_map(|&c| Some(split(c)?.0.as_str())).collect();
    // Two levels of groups: where there is one, `crossed` says the same with less.
    let nested =
        groups.iter().any(|group| group.first().and_then(|&c| split(c)).is_some_and(|(_, o)| o.len() > first.len()));
    let alike = |group: &&[usize]| {
        let outer = group.first().and_then(|&c| split(c)).map(|(_, outer)| outer);
        group.len() == each
            && group
                .iter()
                .zip(&variants)
                .all(|(&c, &name)| split(c).is_some_and(|(own, o)| own == name && Some(o) == outer))
    };
    if each < 2
        || groups.len() < 3
        || !nested
        || !is_total(table, columns[0], first.last()?)
        || variants.iter().any(|name| name.contains('计'))
        || !groups.iter().all(alike)
    {
        return None;
    }
    let mut found = Vec::new();
    for at in 0..each {
        let of_variant: Vec<usize> = groups.iter().filter_map(|group| group.get(at).copied()).collect();
        let mut columns = table.columns.clone();
        for (index, column) in columns.iter_mut().enumerate() {
            if of_variant.contains(&index) {
                column.path.pop();
            } else {
                column.role = ColumnRole::Text;
            }
        }
        let headers = Table {
            kind: table.kind,
            title: String::new(),
            number: None,
            place: table.place,
            status: table.status.clone(),
            unit: table.unit,
            columns,
            rows: Vec::new(),
            remarks: Vec::new(),
            project: None,
            fields: Vec::new(),
        };
        level(&headers, &of_variant, 0, &mut found);
    }
    Some(found)
}

/// The sums of every row of every table, outermost ones or those of groups.
pub(crate) fn instances(scope: &Scope, outermost: bool, zh: &str, en: &str) -> Vec<Instance> {
    let mut found = Vec::new();
    for t in scope.tables().filter(|t| sums_across(t.table.kind)) {
        for sum in sums_of(t).iter().filter(|s| s.outermost == outermost) {
            let header = t.column_name(sum.whole);
            for (row, _) in t.rows() {
                if !t.prints(row, sum.whole) && !sum.parts.iter().any(|&c| t.prints(row, c)) {
                    continue;
                }
                let name = t.row_name(row);
                let label = Message::new(
                    [&name.zh, "：", &header, " = ", zh].concat(),
                    [&name.en, ": ", &header, " = ", en].concat(),
                );
                found.push(if is_unsplit(t, row, sum) {
                    not_applicable(label, "这一行只印了合计，没有分栏", "the row prints only the total")
                } else {
                    let parts = sum.parts.iter().map(|&c| t.term(row, c)).collect();
                    equal(label, t.term(row, sum.whole), parts)
                });
            }
        }
    }
    found
}

/// Columns of performance forms are years, and those of 三公 have rules of their own.
fn sums_across(kind: TableKind) -> bool {
    !matches!(kind, TableKind::PerformanceWhole | TableKind::PerformanceProject | TableKind::ThreePublic)
}

/// A row of a two-sided table that is not split by fund: the side of the revenue, a carried-over item.
fn is_unsplit(t: TableAt<'_>, row: usize, sum: &ColumnSum) -> bool {
    t.table.rows[row].side.is_some() && !sum.parts.iter().any(|&c| t.prints(row, c))
}

/// The amount column with this measure, whose headers name nothing narrower: first outside any group, then anywhere.
///
/// Where the form prints the same for several stages, it is that of the final accounts.
pub(crate) fn column(table: &Table, measure: Measure) -> Option<usize> {
    let all: Vec<usize> = table.amount_columns().filter(|&c| table.columns[c].measure == Some(measure)).collect();
    let accounts: Vec<usize> =
        all.iter().copied().filter(|&c| table.columns[c].path.iter().any(|word| word.contains("决算数"))).collect();
    match (&accounts[..], &all[..]) {
        ([only], [_, _, ..]) | (_, [only]) => Some(*only),
        _ => table.column(None, measure),
    }
}

/// [`total_column`], found out once.
pub(crate) fn total_of(t: TableAt<'_>) -> Option<usize> {
    *t.facts.total.get_or_init(|| total_column(t.table))
}

/// The column of the row's total: 合计, 本年支出 where money is followed through the year, or the only amount column.
pub(crate) fn total_column(table: &Table) -> Option<usize> {
    let sums = sums(table);
    let outermost = sums.iter().find(|s| s.outermost).map(|s| s.whole);
    let spent = || Flows::of(table).map(|flows| flows.spent);
    let stage = || total_of_stage(table, &sums);
    let found = outermost.or_else(|| column(table, Measure::Total)).or_else(stage).or_else(spent);
    found.or_else(|| {
        let mut amounts = table.amount_columns();
        let only = amounts.next()?;
        amounts.next().is_none().then_some(only)
    })
}

/// The total of the year's budget where other stages stand beside it (2025年执行数 | 2026年预算数/小计 …).
fn total_of_stage(table: &Table, sums: &[ColumnSum]) -> Option<usize> {
    let stages = [Measure::Budget, Measure::InitialBudget, Measure::AdjustedBudget, Measure::FinalAccounts];
    let mut wholes =
        sums.iter().map(|sum| sum.whole).filter(|&c| table.columns[c].measure.is_some_and(|m| stages.contains(&m)));
    let only = wholes.next()?;
    wholes.next().is_none().then_some(only)
}

fn is_addend(table: &Table, column: usize) -> bool {
    let Some(c) = table.columns.get(column) else {
        return false;
    };
    // What of the expenditure is bought stands beside what it is made of.
    let bought = c.path.len() > 1 && c.path[0].contains("政府采购") && table.kind != TableKind::Procurement;
    c.role == ColumnRole::Amount
        && !bought
        && !c.path.is_empty()
        && c.path.len() <= MAX_DEPTH
        && !c.path.iter().any(|p| is_beside(p))
}

/// Whether a header names a part or a variant of the columns beside it (其中…, 扣除基建后…), or a change (增减额).
fn is_beside(header: &str) -> bool {
    header.trim_start_matches(['#', '＃']).starts_with("其中") || header.starts_with("扣除") || holds(header, "增减")
}

/// Columns that stand together at one depth: one column, or the columns of a group.
struct Member {
    columns: Range<usize>,
    group: bool,
}

/// Finds the sums among `columns`, which share their headers above `depth`, and returns the columns that stand for
/// all of them: the total if there is one, else the members.
fn level(table: &Table, columns: &[usize], depth: usize, found: &mut Vec<ColumnSum>) -> Vec<usize> {
    let header = |at: usize, depth: usize| table.columns[columns[at]].path.get(depth).map(String::as_str);
    let mut members: Vec<Member> = Vec::new();
    let mut start = 0;
    while start < columns.len() {
        let mut end = start + 1;
        while end < columns.len() && header(end, depth).is_some() && header(end, depth) == header(start, depth) {
            end += 1;
        }
        let group = (start..end).any(|at| header(at, depth + 1).is_some());
        if group {
            members.push(Member { columns: start..end, group });
        } else {
            members.extend((start..end).map(|at| Member { columns: at..at + 1, group }));
        }
        start = end;
    }
    if let Some(stages) = crossed(table, columns, &members, depth) {
        found.extend(stages);
        return columns.to_vec();
    }
    let mut whole = None;
    let mut totals = 0;
    let mut parts = Vec::new();
    let budget = budgeted(table, columns, &members, depth);
    for member in &members {
        let inside = &columns[member.columns.clone()];
        if member.group {
            parts.extend(level(table, inside, depth + 1, found));
        } else {
            let column = inside[0];
            // A header that ends here although its neighbours go on below it is the total of the group.
            let own = table.columns[column].path.get(depth).map_or("", String::as_str);
            let closes_group = own.is_empty() && depth > 0;
            if closes_group || is_total(table, column, own) || budget == Some(column) {
                totals += 1;
                whole = whole.or(Some(column));
            } else {
                parts.push(column);
            }
        }
    }
    parts = made_of(table, &parts, found);
    if let Some(whole) = whole
        && totals == 1
    {
        if let Some((_, made)) = MADE_OF.iter().find(|(m, _)| table.columns[whole].measure == Some(*m)) {
            let known: Vec<usize> = parts
                .iter()
                .copied()
                .filter(|&c| table.columns[c].measure.is_some_and(|m| made.contains(&m)))
                .collect();
            if known.len() >= 2 {
                parts = known;
            }
        }
        if parts.len() >= 2 {
            found.push(ColumnSum { whole, parts, outermost: depth == 0 || spans_all(table, columns) });
        }
        return vec![whole];
    }
    if totals > 1 { columns.to_vec() } else { parts }
}

/// 本年预算 beside 编制预算 and 上年结转, which it is made of: what is newly set, and what is left of last year.
fn budgeted(table: &Table, columns: &[usize], members: &[Member], depth: usize) -> Option<usize> {
    let own = |member: &Member| {
        let column = *columns.get(member.columns.start)?;
        Some((column, table.columns.get(column)?.path.get(depth).map(String::as_str)?))
    };
    let [whole, set, carried] = members else { return None };
    let ((whole, name), (_, set), (carried, _)) = (own(whole)?, own(set)?, own(carried)?);
    let is_budget = name.ends_with("预算") || name.ends_with("预算数");
    let is_set = set.contains("编制") || set.contains("当年") || set.contains("年初");
    (is_budget && is_set && table.columns.get(carried)?.measure == Some(Measure::CarriedIn)).then_some(whole)
}

/// Whether the group holds every amount column of the table, so that its 合计 is the table's.
fn spans_all(table: &Table, columns: &[usize]) -> bool {
    columns.len() == (0..table.columns.len()).filter(|&c| is_addend(table, c)).count()
}

fn is_total(table: &Table, column: usize, own: &str) -> bool {
    let own = solid(own);
    let measure = table.columns[column].measure;
    matches!(&*own, "计" | "小计" | "合计" | "总计" | "共计")
        || own.ends_with("合计")
        || own.ends_with("总计")
        || matches!(measure, Some(Measure::Total | Measure::ThreePublic))
}

/// 合计, 因公出国 … each split into the same stages (预算数 | 决算数): the sums run across the groups, stage by stage.
fn crossed(table: &Table, columns: &[usize], members: &[Member], depth: usize) -> Option<Vec<ColumnSum>> {
    let stages = |m: &Member| -> Vec<&[String]> {
        m.columns.clone().map(|at| &table.columns[columns[at]].path[(depth + 1).min(MAX_DEPTH)..]).collect()
    };
    if members.len() < 3 || !members.iter().all(|m| m.group) {
        return None;
    }
    let first = stages(&members[0]);
    let whole_name = table.columns[columns[members[0].columns.start]].path.get(depth)?;
    if first.len() < 2 || !is_total(table, columns[members[0].columns.start], whole_name) {
        return None;
    }
    if !members.iter().all(|m| stages(m) == first) || first.iter().any(|s| s.iter().any(|w| w.contains('计'))) {
        return None;
    }
    let sum = |stage: usize| ColumnSum {
        whole: columns[members[0].columns.start + stage],
        parts: members[1..].iter().map(|m| columns[m.columns.start + stage]).collect(),
        outermost: true,
    };
    Some((0..first.len()).map(sum).collect())
}

/// Takes out of `parts` the columns that a neighbour to their left is made of, and notes that sum.
fn made_of(table: &Table, parts: &[usize], found: &mut Vec<ColumnSum>) -> Vec<usize> {
    let measure = |c: usize| table.columns[c].measure;
    let mut kept: Vec<usize> = Vec::with_capacity(parts.len());
    let mut at = 0;
    while let Some(&whole) = parts.get(at) {
        kept.push(whole);
        at += 1;
        let Some((_, made)) = MADE_OF.iter().find(|(m, _)| measure(whole) == Some(*m)) else {
            continue;
        };
        let run = parts[at..].iter().take_while(|&&c| measure(c).is_some_and(|m| made.contains(&m))).count();
        if run >= 2 {
            found.push(ColumnSum { whole, parts: parts[at..at + run].to_vec(), outermost: false });
            at += run;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sketch::disclosure;

    fn sums_of(header: &str) -> Vec<(usize, Vec<usize>, bool)> {
        let disclosure = disclosure(&format!("# 支出总表 | 万元\n{header}\n| 1.00 |"));
        sums(&disclosure.tables[0]).into_iter().map(|s| (s.whole, s.parts, s.outermost)).collect()
    }

    #[test]
    fn groups_with_and_without_a_subtotal() {
        assert_eq!(
            sums_of("| 科目编码 | 合计 | 基本支出/小计 | 基本支出/人员经费 | 基本支出/公用经费 | 项目支出 |"),
            [(2, vec![3, 4], false), (1, vec![2, 5], true)]
        );
        assert_eq!(
            sums_of("| 合计 | 本年拨款/一般公共预算 | 本年拨款/政府性基金预算 | 上年结转/一般公共预算 | 单位资金 |"),
            [(0, vec![1, 2, 3, 4], true)]
        );
    }

    #[test]
    fn a_common_header_over_everything_changes_nothing() {
        assert_eq!(
            sums_of("| 科目编码 | 本年支出/合计 | 本年支出/人员经费 | 本年支出/公用经费 |"),
            [(1, vec![2, 3], true)]
        );
    }

    #[test]
    fn members_without_their_group_header_are_no_addends_of_the_total() {
        assert_eq!(
            sums_of("| 合计 | 基本支出 | 人员经费 | 公用经费 | 项目支出 |"),
            [(1, vec![2, 3], false), (0, vec![1, 4], true)]
        );
    }

    #[test]
    fn of_which_and_years_are_no_addends() {
        assert_eq!(sums_of("| 合计 | 基本支出 | 其中：人员经费 | 项目支出 |"), [(0, vec![1, 3], true)]);
        assert_eq!(sums_of("| 年初预算数 | 决算数 | 增减额 |"), []);
    }

    #[test]
    fn three_public_in_two_stages_is_summed_stage_by_stage() {
        assert_eq!(
            sums_of(
                "| 合计/预算数 | 合计/决算数 | 因公出国（境）费/预算数 | 因公出国（境）费/决算数 | 公务接待费/预算数 | 公务接待费/决算数 |"
            ),
            [(0, vec![2, 4], true), (1, vec![3, 5], true)]
        );
    }

    #[test]
    fn three_public_by_fund_is_summed_fund_by_fund() {
        let items = ["总计", "因公出国（境）费", "公务接待费", "公务用车/小计", "公务用车/购置费", "公务用车/运行费"];
        let columns: String =
            items.iter().map(|item| format!(" {item}/一般公共预算 | {item}/政府性基金预算 |")).collect();
        assert_eq!(
            sums_of(&format!("| 科目名称 |{columns}")),
            [(7, vec![9, 11], false), (1, vec![3, 5, 7], true), (8, vec![10, 12], false), (2, vec![4, 6, 8], true)]
        );
    }

    #[test]
    fn other_columns_beside_three_public_are_left_out() {
        assert_eq!(
            sums_of(
                "| “三公”经费合计 | 因公出国（境）费 | 公务用车购置及运行费/小计 | 公务用车购置及运行费/公务用车购置费 | 公务用车购置及运行费/公务用车运行费 | 公务接待费 | 会议费 |"
            ),
            [(2, vec![3, 4], false), (0, vec![1, 2, 5], true)]
        );
    }
}
