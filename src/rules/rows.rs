//! Which rows of a table add up to which: units and sub-units, classes, groups and items, project groups and projects.
//!
//! Codes tell, where they are printed: 2080505 belongs to the nearest printed one of 20805 and 208 in its section,
//! whatever the order. Unit codes stand in the same column (209 is also a function class), so every unit row opens a
//! section of its own. Without codes the level tells.

use std::collections::BTreeMap;

use super::judge::Judge;
use super::sight::TableAt;
use super::{Claim, Equation, Instance, Relation, Scope, sides};
use crate::disclosure::{ColumnRole, Message, Row, RowRole, TableKind};

/// A row that is the sum of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RowSum {
    /// The sum.
    pub(crate) whole: usize,
    /// Its addends, in order.
    pub(crate) parts: Vec<usize>,
    /// What kind of sum it is.
    pub(crate) kind: SumKind,
}

/// What kind of sum a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SumKind {
    /// 合计 of the table's outermost rows: classes (类).
    TotalOfCodes,
    /// 合计 of the table's outermost rows: units, projects, items.
    Total,
    /// A class or group and the codes below it.
    Codes,
    /// A unit and its sub-units.
    Units,
    /// A unit and the classes printed for it.
    UnitOfCodes,
    /// A group of projects and its projects, or a unit and its groups.
    Projects,
    /// An item and its sub-items.
    Items,
}

/// The shortest code that a classification has: a class (类).
const CLASS_DIGITS: usize = 3;

/// 合计 is repeated on every page of a long table; more often than this it is no total of the table.
const MAX_TOTALS: usize = 32;

/// Longer codes are no codes of a classification; project codes have 21 characters.
const MAX_CODE: usize = 24;

/// Every sum among the rows of a one-sided table.
pub(crate) fn sums(t: TableAt<'_>) -> &[RowSum] {
    t.facts.rows.get_or_init(|| sums_of(t))
}

fn sums_of(t: TableAt<'_>) -> Vec<RowSum> {
    // Performance forms have several totals, and the items of 三公 have a rule of their own.
    let apart = [TableKind::PerformanceWhole, TableKind::PerformanceProject, TableKind::ThreePublic];
    if apart.contains(&t.table.kind) || t.table.rows.iter().any(|r| r.side.is_some()) {
        return Vec::new();
    }
    let parents = parents(t);
    let mut children: BTreeMap<Stands, Vec<usize>> = BTreeMap::new();
    for (row, stands) in parents.into_iter().enumerate().filter(|&(_, s)| s != Stands::Apart) {
        children.entry(stands).or_default().push(row);
    }
    let role = |row: usize| t.table.rows[row].role;
    let mut found = Vec::new();
    for (&stands, all) in &children {
        // A unit that has sub-units is their sum; what else stands under it is told again below them.
        let lead = heaviest(all.iter().map(|&r| role(r)));
        let parts: Vec<usize> = all.iter().copied().filter(|&r| belongs(role(r), lead)).collect();
        match stands {
            Stands::Under(whole) => {
                if t.prints_any(whole) {
                    found.push(RowSum { whole, parts, kind: kind(role(whole), lead) });
                }
            }
            Stands::Outermost | Stands::Apart => {
                found.extend(t.rows().filter(|(_, r)| is_table_total(r)).take(MAX_TOTALS).map(|(whole, _)| RowSum {
                    whole,
                    parts: parts.clone(),
                    kind: match lead {
                        RowRole::Function | RowRole::Economic => SumKind::TotalOfCodes,
                        RowRole::Unit | RowRole::ProjectGroup | RowRole::Project => SumKind::Total,
                        _ => SumKind::Items,
                    },
                }));
            }
        }
    }
    found.sort_by_key(|s| s.whole);
    found
}

/// Which of the sums a rule speaks of.
pub(crate) struct Wanted {
    /// The kinds of sums.
    pub(crate) kinds: &'static [SumKind],
    /// `Some(true)`: only where the whole is above its parts; `Some(false)`: only where it is not.
    pub(crate) above: Option<bool>,
    /// What the whole is made of, for the reader.
    pub(crate) made_of: (&'static str, &'static str),
}

/// The sums of every column of every table.
pub(crate) fn instances(scope: &Scope, wanted: &Wanted) -> Vec<Instance> {
    let judge = scope.judge();
    let mut found = Vec::new();
    for t in scope.tables() {
        for sum in sums(t) {
            let of_kind = wanted.kinds.contains(&sum.kind);
            // Where codes are withheld, so are the projects that are paid under them.
            let of_projects = sum.kind == SumKind::Total && lists_projects(t, sum);
            if !(of_kind || of_projects && wanted.above == Some(true)) {
                continue;
            }
            for (column, equation) in equations(t, sum) {
                // No check, whatever it says.
                if judge.prints_nothing_of(&equation) {
                    continue;
                }
                let above = (of_projects || wanted.above.is_some()) && judge.is_above(&equation);
                let mine = if above && of_projects && hides_codes(scope) {
                    wanted.above == Some(true)
                } else {
                    of_kind && wanted.above.is_none_or(|wanted| wanted == above)
                };
                if !mine {
                    continue;
                }
                let stands = !is_loose(t, sum, judge, &equation) || judge.ties(&equation);
                if stands {
                    found.push(instance(t, sum, column, wanted.made_of, equation));
                } else if t.table.rows[sum.whole].role == RowRole::Total {
                    found.push(sides::uncertain(t, instance(t, sum, column, wanted.made_of, equation)));
                }
            }
        }
    }
    found
}

/// Whether a group of the disclosure is above its printed items in 支出总表 or 一般公共预算支出表: some are withheld.
fn hides_codes(scope: &Scope) -> bool {
    let kinds = [TableKind::ExpenditureSummary, TableKind::GeneralPublicExpenditureByFunction];
    let hides = |t: TableAt| {
        let above = |sum: &RowSum| equations(t, sum).iter().any(|(_, equation)| scope.judge().is_above(equation));
        sums(t).iter().any(|sum| sum.kind == SumKind::Codes && above(sum))
    };
    let known = &scope.facts.of(scope.at).hides_codes;
    *known.get_or_init(|| scope.tables().filter(|t| kinds.contains(&t.table.kind)).any(hides))
}

fn lists_projects(t: TableAt<'_>, sum: &RowSum) -> bool {
    sum.parts.iter().all(|&row| t.table.rows[row].role == RowRole::Project)
}

/// The sum in every column; in lists side by side once, each row in the column of its own list.
fn equations(t: TableAt<'_>, sum: &RowSum) -> Vec<(usize, Equation)> {
    if !(sum.kind == SumKind::Codes && lists_side_by_side(t)) {
        return t.table.amount_columns().map(|column| (column, equation(t, sum, column))).collect();
    }
    let own = |row: usize| t.only_printed(row).map(|column| (column, t.term(row, column)));
    let Some((column, whole)) = own(sum.whole) else { return Vec::new() };
    let right = sum.parts.iter().filter_map(|&row| own(row)).map(|(_, term)| term).collect();
    vec![(column, Equation { left: vec![whole], relation: Relation::Equal, right })]
}

/// Whether a table is one list set in several columns (基本支出决算明细表: 编码, 名称, 金额, two or three times): a class may
/// go on in the next of them. No row of it prints two amounts.
fn lists_side_by_side(t: TableAt<'_>) -> bool {
    let roles = || t.table.columns.iter().map(|c| c.role);
    let first = roles().position(|role| role == ColumnRole::Amount);
    let again = first.is_some_and(|at| roles().skip(at).any(|role| role == ColumnRole::Code));
    let printed = |row: usize| t.table.amount_columns().filter(|&column| t.prints(row, column)).count();
    t.table.kind == TableKind::BasicExpenditure && again && t.rows().all(|(row, _)| printed(row) <= 1)
}

/// The sum in one column.
fn equation(t: TableAt<'_>, sum: &RowSum, column: usize) -> Equation {
    Equation { left: vec![t.term(sum.whole, column)], relation: Relation::Equal, right: t.terms(&sum.parts, column) }
}

fn instance(t: TableAt<'_>, sum: &RowSum, column: usize, made_of: (&str, &str), equation: Equation) -> Instance {
    let name = t.row_name(sum.whole);
    let (zh, en) = if t.single_column() {
        ([&name.zh, " = ", made_of.0].concat(), [&name.en, " = ", made_of.1].concat())
    } else {
        let header = t.column_name(column);
        (
            [&name.zh, " = ", made_of.0, "（", &header, "）"].concat(),
            [&name.en, " = ", made_of.1, " (", &header, ")"].concat(),
        )
    };
    Instance { label: Message::new(zh, en), claim: Claim::Equation(equation) }
}

/// Tables whose rows are a list of anything: what their 合计 adds up is a guess until it ties. So is a list of projects
/// without codes that adds up to far more than its 合计: groups stand among the projects.
fn is_loose(t: TableAt<'_>, sum: &RowSum, judge: &Judge, equation: &Equation) -> bool {
    let uncoded = |row: usize| t.table.rows[row].code.is_none() && t.table.rows[row].role == RowRole::Project;
    match sum.kind {
        SumKind::Items => true,
        SumKind::Total | SumKind::Projects if sum.parts.iter().any(|&row| uncoded(row)) => judge.is_far_below(equation),
        SumKind::Total => {
            matches!(t.table.kind, TableKind::Other | TableKind::Procurement | TableKind::ServicePurchase)
        }
        _ => false,
    }
}

/// Rows by code, of those that are function or economic codes.
pub(crate) fn by_code(t: TableAt<'_>, role: RowRole) -> BTreeMap<&str, Vec<usize>> {
    let mut codes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, row) in t.rows().filter(|(_, r)| r.role == role) {
        if let Some(code) = &row.code {
            codes.entry(code.as_str()).or_default().push(at);
        }
    }
    codes
}

/// 合计 of the table, not of a part of it (人员经费合计).
fn is_table_total(row: &Row) -> bool {
    row.role == RowRole::Total
        && row.name.as_ref().is_none_or(|name| {
            let name: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
            // A total that is named after the unit ends in no 计.
            !name.ends_with('计')
                || matches!(
                    name.as_str(),
                    "合计" | "总计" | "共计" | "支出合计" | "本年支出合计" | "收入合计" | "支出总计" | "收入总计"
                )
        })
}

fn heaviest(roles: impl Iterator<Item = RowRole>) -> RowRole {
    roles.min_by_key(|&role| rank(role)).unwrap_or(RowRole::Other)
}

fn rank(role: RowRole) -> u8 {
    match role {
        RowRole::Unit => 0,
        RowRole::Function | RowRole::Economic => 1,
        RowRole::ProjectGroup | RowRole::Project => 2,
        _ => 3,
    }
}

fn belongs(role: RowRole, lead: RowRole) -> bool {
    rank(role) == rank(lead)
}

fn kind(whole: RowRole, parts: RowRole) -> SumKind {
    match (whole, parts) {
        (RowRole::Unit, RowRole::Unit) => SumKind::Units,
        (RowRole::Unit, RowRole::Function | RowRole::Economic) => SumKind::UnitOfCodes,
        (RowRole::Function | RowRole::Economic, _) => SumKind::Codes,
        (RowRole::Unit | RowRole::ProjectGroup | RowRole::Project, _) => SumKind::Projects,
        _ => SumKind::Items,
    }
}

/// Where a row stands among the sums of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    /// It takes no part in sums.
    Apart,
    /// Under 合计 of the table.
    Outermost,
    /// Under this row.
    Under(usize),
}

impl From<Option<usize>> for Stands {
    fn from(parent: Option<usize>) -> Self {
        parent.map_or(Self::Outermost, Self::Under)
    }
}

/// For each row, where it stands.
fn parents(t: TableAt<'_>) -> Vec<Stands> {
    let rows = &t.table.rows;
    let mixed_project_codes = has_grouping_codes(t);
    let steps = has_steps(t);
    let mut codes: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    let mut units: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sections = Vec::with_capacity(rows.len());
    let mut section = None;
    for (at, row) in t.rows() {
        if row.role == RowRole::Unit {
            section = Some(at);
            if let Some(code) = &row.code {
                units.entry(code.as_str()).or_insert(at);
            }
        }
        sections.push(section);
        if matches!(row.role, RowRole::Function | RowRole::Economic)
            && let Some(code) = &row.code
        {
            codes.entry((section.map_or(0, |s| s + 1), code.as_str())).or_default().push(at);
        }
    }
    let mut group: Option<usize> = None;
    let mut levels: Vec<(u8, usize)> = Vec::new();
    let mut found = Vec::with_capacity(rows.len());
    for (at, row) in t.rows() {
        let section = sections[at];
        let parent: Stands = match row.role {
            RowRole::Unit => {
                group = None;
                row.code.as_deref().and_then(|code| unit_above(&units, code, at)).into()
            }
            RowRole::Function | RowRole::Economic => match &row.code {
                Some(code) => {
                    let key = section.map_or(0, |s| s + 1);
                    code_above(&codes, key, code, at).or(section).into()
                }
                None => by_level(&mut levels, row.level, at).or(section).into(),
            },
            RowRole::ProjectGroup => {
                group = Some(at);
                section.into()
            }
            RowRole::Project if mixed_project_codes && is_grouping_code(row) => {
                group = Some(at);
                section.into()
            }
            RowRole::Project if steps => by_level(&mut levels, row.level, at).or(section).into(),
            RowRole::Project => group.or(section).into(),
            RowRole::Item if row.name.is_some() && t.table.kind != TableKind::ThreePublic => {
                by_level(&mut levels, row.level, at).or(section).into()
            }
            _ => Stands::Apart,
        };
        found.push(parent);
    }
    found
}

/// Some forms print first-level projects with codes of digits only and their projects with a letter in them.
fn has_grouping_codes(t: TableAt<'_>) -> bool {
    let mut projects = t.table.rows.iter().filter(|r| r.role == RowRole::Project && r.code.is_some());
    let Some(first) = projects.next() else {
        return false;
    };
    is_grouping_code(first) && projects.any(|r| !is_grouping_code(r))
}

/// Projects without codes that stand on several levels.
fn has_steps(t: TableAt<'_>) -> bool {
    let projects = || t.table.rows.iter().filter(|r| r.role == RowRole::Project);
    projects().all(|r| r.code.is_none()) && projects().any(|r| r.level > 0)
}

fn is_grouping_code(row: &Row) -> bool {
    row.code.as_ref().is_some_and(|code| code.bytes().all(|b| b.is_ascii_digit()))
}

/// The printed unit whose code is the longest proper beginning of `code`.
fn unit_above(units: &BTreeMap<&str, usize>, code: &str, at: usize) -> Option<usize> {
    (CLASS_DIGITS..code.len().min(MAX_CODE))
        .rev()
        .filter_map(|length| code.get(..length))
        .find_map(|prefix| units.get(prefix).copied().filter(|&unit| unit != at))
}

/// The printed code in the same section that is the longest proper beginning of `code`; where it is printed more
/// than once, the last one above.
fn code_above(codes: &BTreeMap<(usize, &str), Vec<usize>>, section: usize, code: &str, at: usize) -> Option<usize> {
    (CLASS_DIGITS..code.len().min(MAX_CODE)).rev().filter_map(|length| code.get(..length)).find_map(|prefix| {
        let rows = codes.get(&(section, prefix))?;
        rows.iter().rev().find(|&&row| row < at).or_else(|| rows.first()).copied()
    })
}

/// The last row above with a lower level. Keeps `open` as the rows that are still open.
fn by_level(open: &mut Vec<(u8, usize)>, level: u8, at: usize) -> Option<usize> {
    while open.last().is_some_and(|&(l, _)| l >= level) {
        open.pop();
    }
    let parent = open.last().map(|&(_, row)| row);
    open.push((level, at));
    parent
}

/// Children of each row in a run of rows with levels, for lists without codes: a row's children are the rows below it
/// that are one step deeper, up to the next row that is not deeper.
pub(crate) fn tree(rows: &[(usize, u8)]) -> Vec<(usize, Vec<usize>)> {
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut children: BTreeMap<usize, Vec<(usize, u8)>> = BTreeMap::new();
    for &(row, level) in rows {
        if let Some(parent) = by_level(&mut open, level, row) {
            children.entry(parent).or_default().push((row, level));
        }
    }
    children.into_iter().map(|(parent, rows)| (parent, rows.into_iter().map(|(row, _)| row).collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Facts;
    use crate::rules::sketch::disclosure;

    fn sums_of(disclosure: crate::disclosure::Disclosure) -> Vec<(usize, Vec<usize>, SumKind)> {
        let disclosures = [disclosure];
        let facts = Facts::new(&disclosures);
        let table = facts.scope(0).tables().next().unwrap();
        sums(table).iter().map(|s| (s.whole, s.parts.clone(), s.kind)).collect()
    }

    #[test]
    fn codes_belong_to_the_nearest_printed_code() {
        let text = "# 支出总表 | 万元\n| 科目编码 | 科目名称 | 合计 |\n| | 合计 | 3.00 |\n| 208 | 甲 | 2.00 |\n\
                    | 20805 | 乙 | 2.00 |\n| 2080505 | 丙 | 2.00 |\n| 210 | 丁 | 1.00 |\n| 2101101 | 戊 | 1.00 |";
        assert_eq!(
            sums_of(disclosure(text)),
            [
                (0, vec![1, 4], SumKind::TotalOfCodes),
                (1, vec![2], SumKind::Codes),
                (2, vec![3], SumKind::Codes),
                (4, vec![5], SumKind::Codes)
            ]
        );
    }

    #[test]
    fn unit_codes_among_function_codes_open_sections() {
        let text = "# 支出总表 | 万元\n| 科目编码 | 科目名称 | 合计 |\n| | 合计 | 3.00 |\n| 209 | 局 | 3.00 |\n\
                    | 209001 | 局本级 | 2.00 |\n| 209 | 社会保险基金支出 | 2.00 |\n| 209002 | 站 | 1.00 |\n| 201 | 甲 | 1.00 |";
        let mut disclosure = disclosure(text);
        for row in [1, 2, 4] {
            disclosure.tables[0].rows[row].role = RowRole::Unit;
        }
        assert_eq!(
            sums_of(disclosure),
            [
                (0, vec![1], SumKind::Total),
                (1, vec![2, 4], SumKind::Units),
                (2, vec![3], SumKind::UnitOfCodes),
                (4, vec![5], SumKind::UnitOfCodes)
            ]
        );
    }

    #[test]
    fn projects_belong_to_their_group() {
        let text = "# 项目支出表 | 万元\n| 项目编码 | 项目名称 | 合计 |\n| | 合计 | 3.00 |\n| 301 | 局 | 3.00 |\n\
                    | 420100223010310000100 | 一级甲 | 1.00 |\n| 42010022301T000000136 | 甲一 | 1.00 |\n\
                    | 420100223010310000105 | 一级乙 | 2.00 |\n| 42010022301T000000122 | 乙一 | 2.00 |";
        assert_eq!(
            sums_of(disclosure(text)),
            [
                (0, vec![1], SumKind::Total),
                (1, vec![2, 4], SumKind::Projects),
                (2, vec![3], SumKind::Projects),
                (4, vec![5], SumKind::Projects)
            ]
        );
    }
}
