//! Y03: the column 年初预算数 of the final accounts = the budget that was published.

use super::pairs::budget_of;
use crate::disclosure::{Anchor, Measure, Message, RowRole, TableKind};
use crate::rules::sight::TableAt;
use crate::rules::{Claim, Equation, Family, Instance, Relation, Rule, Scope, Severity, Term, columns};

/// The column 年初预算数 of the final accounts = the budget that was published.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "Y03",
    title: ("决算表的年初预算数与公开的预算相同", "the budget column of the final accounts is the published budget"),
    family: Family::AcrossDocuments,
    severity: Severity::Warning,
    basis: (
        "决算公开的年初预算数就是年初公开的部门预算。",
        "The budget column of the final accounts is the budget as it was published.",
    ),
    explain: (
        "同时打开同一单位同一年的预算和决算时，按功能科目编码和合计行核对一般公共预算支出。调整预算、口径变化会造成不同，所以只作提醒。",
        "Where budget and final accounts of one unit and year are opened together, the general public expenditure is compared by function code and in total. An adjusted budget makes a difference too: a caution.",
    ),
    holds: "# 甲市乙局2024年部门决算\n\n## 一般公共预算财政拨款支出决算表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 年初预算数 | 决算数 |\n|---|---|---|---|\n| | 合计 | 95.50 | 99.00 |\n| 208 | 社会保障和就业支出 | 95.50 | 99.00 |\n\n# 甲市乙局2024年部门预算\n\n## 一般公共预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 75.50 | 20.00 |\n| 208 | 社会保障和就业支出 | 95.50 | 75.50 | 20.00 |\n",
    breaks: "# 甲市乙局2024年部门决算\n\n## 一般公共预算财政拨款支出决算表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 年初预算数 | 决算数 |\n|---|---|---|---|\n| | 合计 | 85.50 | 99.00 |\n| 208 | 社会保障和就业支出 | 85.50 | 99.00 |\n\n# 甲市乙局2024年部门预算\n\n## 一般公共预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 75.50 | 20.00 |\n| 208 | 社会保障和就业支出 | 95.50 | 75.50 | 20.00 |\n",
    spared: "# 甲市乙局2024年部门决算\n\n## 一般公共预算财政拨款支出决算表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 年初预算数 | 决算数 |\n|---|---|---|---|\n| | 合计 | 85.50 | 99.00 |\n| 208 | 社会保障和就业支出 | 85.50 | 99.00 |\n\n# 甲市丙局2024年部门预算\n\n## 一般公共预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 75.50 | 20.00 |\n| 208 | 社会保障和就业支出 | 95.50 | 75.50 | 20.00 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let Some(budget) = budget_of(scope) else { return Vec::new() };
    let kind = TableKind::GeneralPublicExpenditureByFunction;
    let mut found = Vec::new();
    for accounts in scope.present(kind) {
        let initial = accounts
            .table
            .columns
            .iter()
            .position(|c| c.measure == Some(Measure::InitialBudget) || c.header().contains("年初预算"));
        let Some(initial) = initial else { continue };
        for planned in budget.present(kind) {
            let Some(total) = columns::total_of(planned) else { continue };
            for (row, r) in accounts.rows().filter(|(row, _)| accounts.prints(*row, initial)) {
                let twin = match (r.role, &r.code) {
                    (RowRole::Total, _) => planned.total_row(),
                    (RowRole::Function, Some(code)) => coded(planned, code),
                    _ => None,
                };
                let Some(twin) = twin.filter(|&twin| planned.prints(twin, total)) else { continue };
                let name = r.code.clone().or_else(|| r.name.clone()).unwrap_or_else(|| "合计".to_owned());
                let (left, right): (Anchor, Anchor) = (accounts.cell(row, initial), planned.cell(twin, total));
                found.push(Instance {
                    label: Message::new(
                        format!("{name} 年初预算数与公开的预算"),
                        format!("{name}: its budget column and the published budget"),
                    ),
                    claim: Claim::Equation(Equation {
                        left: vec![Term::plus(left)],
                        relation: Relation::Equal,
                        right: vec![Term::plus(right)],
                    }),
                });
            }
        }
    }
    found
}

fn coded(t: TableAt, code: &str) -> Option<usize> {
    t.rows().find(|(_, r)| r.role == RowRole::Function && r.code.as_deref() == Some(code)).map(|(at, _)| at)
}
