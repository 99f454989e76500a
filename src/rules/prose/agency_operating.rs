//! N09: 机关运行经费 ≤ 公用经费.

use super::{all_of, call, equation};
use crate::disclosure::{Anchor, Concept, Measure, Message, TableKind};
use crate::rules::{Claim, Family, Instance, Relation, Rule, Scope, Severity, Term, columns};

/// 机关运行经费 ≤ 公用经费
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N09",
    title: ("机关运行经费不超过公用经费", "running costs of the offices do not exceed the public expenses"),
    family: Family::Prose,
    severity: Severity::Warning,
    basis: (
        "《预算法》第十四条要求说明机关运行经费；它通常是行政单位和参公单位基本支出中的公用经费，含事业单位的部门小于公用经费。",
        "Budget Law, article 14: running costs are explained. They usually are the public part of the basic expenditure of the offices; institutions have public expenses, too, so the sum may be smaller.",
    ),
    explain: (
        "没有事业单位时两者相等，有事业单位时机关运行经费较小。超过时，可能计入了项目支出，也可能有一处写得不对，建议对照。",
        "They are equal where there are no institutions, else the running costs are smaller. Where they exceed the public expenses, projects may have been counted, or one of the two may be wrong.",
    ),
    holds: "2024年机关运行经费预算 14.5 万元。\n\n\
    ## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 81.00 | 14.50 |\n",
    breaks: "2024年机关运行经费预算 41.5 万元。\n\n\
    ## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 81.00 | 14.50 |\n",
    spared: "2024年机关运行经费预算 11.5 万元。\n\n\
    ## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 81.00 | 14.50 |\n",
    check,
};

/// The cells of the whole 公用经费.
pub(in crate::rules) fn public_funds(scope: &Scope) -> Vec<Anchor> {
    [TableKind::BasicExpenditure, TableKind::GeneralPublicExpenditureByFunction, TableKind::RevenueExpenditureSummary]
        .into_iter()
        .flat_map(|kind| scope.present(kind))
        .filter_map(|t| {
            if t.table.kind == TableKind::RevenueExpenditureSummary {
                return super::cells::item(t, crate::disclosure::Side::Expenditure, Measure::Public);
            }
            Some(t.cell(t.total_row()?, columns::column(t.table, Measure::Public)?))
        })
        .collect()
}

fn check(scope: &Scope) -> Vec<Instance> {
    let cells = public_funds(scope);
    let mut found = Vec::new();
    for (at, statement) in all_of(scope, &Concept::AgencyOperating) {
        let label = Message::new(
            format!("文字“{}”与公用经费合计", call(statement)),
            format!("“{}” in the prose and the public expenses", call(statement)),
        );
        let claim = match cells.first() {
            Some(&cell) => Claim::Equation(equation(at, Relation::AtMost, vec![Term::plus(cell)])),
            None => Claim::NotCheckable {
                why: Message::new("没有读到公用经费合计", "the total of the public expenses was not read"),
                at: vec![at],
            },
        };
        found.push(Instance { label, claim });
    }
    found
}
