//! Y04: a unit's own total = its row in the department's disclosure.

use crate::disclosure::{Anchor, Measure, Message, RowRole, TableKind};
use crate::rules::{Claim, Equation, Family, Instance, Relation, Rule, Scope, Severity, Term, columns};
use crate::spelling::folded;

/// A unit's own total = its row in the department's disclosure.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "Y04",
    title: (
        "部门表里所列单位的数与该单位自己公开的相同",
        "a unit's row in the department's table is the unit's own total",
    ),
    family: Family::AcrossDocuments,
    severity: Severity::Warning,
    basis: (
        "部门预算由本级和所属单位的预算汇总而成，两边公开的是同一个数。",
        "A department's budget is made of those of its units; both publish the same figures.",
    ),
    explain: (
        "同时打开部门和所属单位同一年的公开文件时，用部门收入总表里列出的单位与该单位收入总表的合计核对。名称要完全相同。",
        "Where a department and its units are opened together, each unit in the department's revenue table is compared with the total of that unit's own. The names must be the same.",
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
            let Some(column) = columns::total_column(t.table) else { continue };
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
    found
}

/// The total of a disclosure's revenue table.
fn total(scope: &Scope) -> Option<Anchor> {
    scope.present(TableKind::RevenueSummary).into_iter().find_map(|t| {
        let column = columns::total_column(t.table).or_else(|| columns::column(t.table, Measure::Total))?;
        let row = t.total_row()?;
        t.prints(row, column).then(|| t.cell(row, column))
    })
}
