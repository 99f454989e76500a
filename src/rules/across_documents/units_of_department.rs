//! Y04: a unit's own total = its row in the department's disclosure, and the department's total = Σ of its units'.

use std::collections::BTreeSet;

use crate::disclosure::{Anchor, Measure, Message, RowRole, TableKind};
use crate::rules::{Claim, Equation, Family, Instance, Relation, Rule, Scope, Severity, Term, columns};
use crate::spelling::folded;

/// A unit's own total = its row in the department's disclosure.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "Y04",
    title: (
        "部门的数与所属单位自己公开的相同，合计等于各单位之和",
        "a department's figures are those of its units, and its total is their sum",
    ),
    family: Family::AcrossDocuments,
    severity: Severity::Warning,
    basis: (
        "部门预算由本级和所属单位的预算汇总而成，两边公开的是同一个数。",
        "A department's budget is made of those of its units; both publish the same figures.",
    ),
    explain: (
        "同时打开部门和所属单位同一年的公开文件时，用部门收入总表里列出的单位与该单位收入总表的合计核对；所列单位全部打开时，部门的收入、支出、一般公共预算支出合计还与各单位之和核对。名称要相同。单位之间有补助收支时汇总会抵销，所以只作提醒。",
        "Where a department and its units are opened together, each unit in the department's revenue table is compared with the total of that unit's own; where all of them are opened, the department's revenue, expenditure and general public expenditure are compared with the sum of theirs. The names must be the same. Subsidies between units cancel out in the whole, so this is a caution.",
    ),
    holds: "# 甲市乙局2024年部门预算\n\n## 收入总表\n\n单位：万元\n\n| 单位编码 | 单位名称 | 合计 | 本年收入 | 上年结转结余 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 95.50 | |\n| 209 | 甲市乙局 | 95.50 | 95.50 | |\n| 209001 | 甲市乙局本级 | 75.50 | 75.50 | |\n| 209002 | 甲市丁中心 | 20.00 | 20.00 | |\n\n# 甲市丁中心2024年单位预算\n\n## 收入总表\n\n单位：万元\n\n| 单位编码 | 单位名称 | 合计 | 本年收入 | 上年结转结余 |\n|---|---|---|---|---|\n| | 合计 | 20.00 | 20.00 | |\n| 209002 | 甲市丁中心 | 20.00 | 20.00 | |\n",
    breaks: "# 甲市乙局2024年部门预算\n\n## 收入总表\n\n单位：万元\n\n| 单位编码 | 单位名称 | 合计 | 本年收入 | 上年结转结余 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 95.50 | |\n| 209 | 甲市乙局 | 95.50 | 95.50 | |\n| 209001 | 甲市乙局本级 | 75.50 | 75.50 | |\n| 209002 | 甲市丁中心 | 20.00 | 20.00 | |\n\n# 甲市丁中心2024年单位预算\n\n## 收入总表\n\n单位：万元\n\n| 单位编码 | 单位名称 | 合计 | 本年收入 | 上年结转结余 |\n|---|---|---|---|---|\n| | 合计 | 25.00 | 25.00 | |\n| 209002 | 甲市丁中心 | 25.00 | 25.00 | |\n",
    spared: "# 甲市乙局2024年部门预算\n\n## 收入总表\n\n单位：万元\n\n| 单位编码 | 单位名称 | 合计 | 本年收入 | 上年结转结余 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 95.50 | |\n| 209 | 甲市乙局 | 95.50 | 95.50 | |\n| 209001 | 甲市乙局本级 | 75.50 | 75.50 | |\n| 209002 | 甲市丁中心 | 20.00 | 20.00 | |\n\n# 甲市戊中心2024年单位预算\n\n## 收入总表\n\n单位：万元\n\n| 单位编码 | 单位名称 | 合计 | 本年收入 | 上年结转结余 |\n|---|---|---|---|---|\n| | 合计 | 25.00 | 25.00 | |\n| 209002 | 甲市戊中心 | 25.00 | 25.00 | |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let own = scope.disclosure();
    let mut found = Vec::new();
    for at in (0..scope.disclosures.len()).filter(|&at| at != scope.at) {
        let unit = Scope { at, ..*scope };
        let other = unit.disclosure();
        let Some(name) = other.unit_name.as_deref().map(folded) else { continue };
        if other.year.is_none()
            || other.year != own.year
            || other.stage != own.stage
            || own.unit_name.as_deref().map(folded).as_ref() == Some(&name)
        {
            continue;
        }
        let Some(total) = total(&unit) else { continue };
        for t in scope.present(TableKind::RevenueSummary) {
            let Some(column) = columns::total_of(t) else { continue };
            let mut rows = t.rows().filter(|(row, r)| {
                r.role == RowRole::Unit
                    && t.prints(*row, column)
                    && r.name.as_deref().map(folded).as_ref() == Some(&name)
            });
            let (Some((row, _)), None) = (rows.next(), rows.next()) else { continue };
            found.push(Instance {
                label: Message::new(
                    format!("部门收入总表中的“{name}”与该单位自己的收入总计"),
                    format!("“{name}” in the department's revenue table and in its own"),
                ),
                claim: Claim::Equation(Equation {
                    left: vec![Term::plus(t.cell(row, column))],
                    relation: Relation::Equal,
                    right: vec![Term::plus(total)],
                }),
            });
        }
    }
    found.extend(sums_of_units(scope));
    found
}

/// The department's totals against the sums of its units', where every unit that its revenue table lists was opened.
fn sums_of_units(scope: &Scope) -> Vec<Instance> {
    let own = scope.disclosure();
    let name = own.unit_name.as_deref().map(unit_name);
    let listed: Vec<BTreeSet<String>> = scope
        .present(TableKind::RevenueSummary)
        .into_iter()
        .map(|t| {
            // A code that others go on from is the group's.
            let codes: Vec<&str> = t.rows().filter_map(|(_, r)| r.code.as_deref()).collect();
            let heads = |code: &str| codes.iter().any(|other| *other != code && other.starts_with(code));
            t.rows()
                .filter(|(_, r)| r.role == RowRole::Unit && !r.code.as_deref().is_some_and(heads))
                .filter_map(|(_, r)| r.name.as_deref().map(unit_name))
                .filter(|listed| Some(listed) != name.as_ref())
                .collect()
        })
        .collect();
    let [units] = &listed[..] else { return Vec::new() };
    let opened: Vec<Scope> = (0..scope.disclosures.len())
        .filter(|&at| at != scope.at)
        .map(|at| Scope { at, ..*scope })
        .filter(|unit| unit.disclosure().year == own.year && unit.disclosure().stage == own.stage)
        .filter(|unit| unit.disclosure().unit_name.as_deref().is_some_and(|name| units.contains(&unit_name(name))))
        .collect();
    if units.len() < 2 || opened.len() != units.len() || own.year.is_none() {
        return Vec::new();
    }
    let kinds =
        [TableKind::RevenueSummary, TableKind::ExpenditureSummary, TableKind::GeneralPublicExpenditureByFunction];
    let mut found = Vec::new();
    for kind in kinds {
        let parts: Option<Vec<Term>> = opened.iter().map(|unit| Some(Term::plus(total_of(unit, kind)?))).collect();
        let (Some(whole), Some(right)) = (total_of(scope, kind), parts) else { continue };
        let table = kind.name();
        found.push(Instance {
            label: Message::new(
                format!("部门{}的合计与 {} 个所属单位之和", table.zh, right.len()),
                format!("the department's {} and the sum of its {} units", table.en, right.len()),
            ),
            claim: Claim::Equation(Equation { left: vec![Term::plus(whole)], relation: Relation::Equal, right }),
        });
    }
    found
}

/// The name of a unit, （本级） and 本级 alike.
fn unit_name(name: &str) -> String {
    folded(name).replace("(本级)", "本级")
}

/// The total of a disclosure's revenue table.
fn total(scope: &Scope) -> Option<Anchor> {
    total_of(scope, TableKind::RevenueSummary)
}

/// The total of a disclosure's only table of a kind.
fn total_of(scope: &Scope, kind: TableKind) -> Option<Anchor> {
    let tables = scope.present(kind);
    if tables.len() > 1 && kind != TableKind::RevenueSummary {
        return None;
    }
    tables.into_iter().find_map(|t| {
        let column = columns::total_of(t).or_else(|| columns::column(t.table, Measure::Total))?;
        let row = t.total_row()?;
        t.prints(row, column).then(|| t.cell(row, column))
    })
}
