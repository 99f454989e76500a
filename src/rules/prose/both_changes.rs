//! N15: revenue and expenditure that are equal change by the same.

use super::{all_of, call, equation, every};
use crate::disclosure::{Anchor, Concept, Message, Statement};
use crate::rules::{Claim, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// Revenue and expenditure that are equal change by the same.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N15",
    title: ("收入与支出总额的增减额相同", "revenue and expenditure change by the same amount"),
    family: Family::Prose,
    severity: Severity::Warning,
    basis: (
        "每年收入总计都等于支出总计，两者比上年的增减额因此相同。",
        "Total revenue equals total expenditure each year, so both change by the same amount.",
    ),
    explain: (
        "两个总额在文字里相同，又各自写了比上年的增减额时核对。",
        "Checked where the prose has both totals alike and a change for each.",
    ),
    holds: "2024年收入预算总额 200 万元，比上年增加 12 万元。\n\n2024年支出预算总额 200 万元，比上年增加 12 万元。\n",
    breaks: "2024年收入预算总额 200 万元，比上年增加 12 万元。\n\n2024年支出预算总额 200 万元，比上年增加 21 万元。\n",
    spared: "2024年收入预算总额 200 万元，比上年增加 12 万元。\n\n2024年支出预算总额 190 万元，比上年增加 2 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    let one = |concept: Concept| match all_of(scope, &concept).as_slice() {
        [(at, _)] => Some(*at),
        _ => None,
    };
    let (Some(revenue), Some(expenditure)) = (one(Concept::TotalRevenue), one(Concept::TotalExpenditure)) else {
        return Vec::new();
    };
    let equal = |a, b| equation(a, Relation::Equal, vec![Term::plus(b)]);
    if !judge.ties(&equal(revenue, expenditure)) {
        return Vec::new();
    }
    let change = |of: Anchor| -> Option<(Anchor, &Statement)> {
        every(scope).find(|(_, s)| s.kind.is_change() && s.of.map(|i| super::cells::at(scope, i)) == Some(of))
    };
    let (Some((a, first)), Some((b, second))) = (change(revenue), change(expenditure)) else {
        return Vec::new();
    };
    if first.kind != second.kind {
        return Vec::new();
    }
    vec![Instance {
        label: Message::new(
            format!("文字“{}”与“{}”", call(first), call(second)),
            format!("“{}” and “{}” in the prose", call(first), call(second)),
        ),
        claim: Claim::Equation(equal(a, b)),
    }]
}
