//! N12: a change = this year's amount − last year's, all three printed.

use super::{call, implied_priors, statement};
use crate::disclosure::{Message, StatementKind};
use crate::rules::{Claim, Equation, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// A change = this year's amount − last year's, all three printed.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N12",
    title: ("上年数、增减额与本年数相符", "last year's amount, its change and this year's amount agree"),
    family: Family::Prose,
    severity: Severity::Error,
    basis: (
        "本年数 = 上年数 + 增加额（或 − 减少额）。",
        "This year's amount is last year's plus the increase or less the decrease.",
    ),
    explain: (
        "同一句里本年数、上年数和增减额都印出来时核对，例如“5.19 万元，较上年 7.02 万元减少 1.83 万元”。增减方向没有选定的，两个方向有一个对得上就算相符。",
        "Checked where one sentence prints this year's amount, last year's and the change. Where the direction was left undecided, one that fits is enough.",
    ),
    holds: "2024年一般公共预算支出 52.37 万元，比去年预算 28.14 万元增加 24.23 万元。\n",
    breaks: "2024年一般公共预算支出 52.37 万元，比去年预算 28.14 万元增加 34.23 万元。\n",
    spared: "2024年一般公共预算支出 52.37 万元，比去年预算增加 24.23 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    let mut found = Vec::new();
    for (at, change) in super::every(scope).filter(|(_, s)| s.kind.is_change()) {
        let (Some((now, amount)), Some((prior_at, prior))) =
            (change.of.and_then(|i| statement(scope, i)), change.beside.and_then(|i| statement(scope, i)))
        else {
            continue;
        };
        if prior.kind != StatementKind::PriorAmount {
            continue;
        }
        let equations: Vec<Equation> = implied_priors(now, at, change.kind)
            .into_iter()
            .map(|right| Equation { left: vec![Term::plus(prior_at)], relation: Relation::Equal, right })
            .collect();
        let Some(best) = equations.iter().find(|e| judge.ties(e)).or(equations.first()) else { continue };
        found.push(Instance {
            label: Message::new(
                format!("文字“{}”、“{}”与“{}”", call(prior), call(change), call(amount)),
                format!("“{}”, “{}” and “{}” in the prose", call(prior), call(change), call(amount)),
            ),
            claim: Claim::Equation(best.clone()),
        });
    }
    found
}
