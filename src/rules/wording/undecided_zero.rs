//! W02: what did not change is said so.

use super::told_once;
use crate::disclosure::StatementKind;
use crate::rules::prose::{call, every};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// What did not change is said so.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "W02",
    title: ("没有变化的写作持平", "what did not change is said so"),
    family: Family::Wording,
    severity: Severity::Info,
    basis: (
        "公开的文字应当是定稿，读者才能据以理解数字。",
        "What is published should be finished, so that its figures can be understood.",
    ),
    explain: (
        "“增加（减少）0 万元，增长（下降）0%”不影响数字，写成“与上年持平”更清楚。",
        "增加（减少）0 changes no figure; 与上年持平 would be clearer.",
    ),
    holds: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元，增长 10%。\n",
    breaks: "公务接待费 1.45 万元，比上年增加（减少）0 万元。\n",
    spared: "公务接待费 1.45 万元，与上年持平。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let undecided = [StatementKind::UndecidedChange, StatementKind::UndecidedRate];
    let found: Vec<_> = every(scope)
        .filter(|(_, s)| undecided.contains(&s.kind) && s.amount.value().is_zero())
        .map(|(at, statement)| (at, format!("“{}”", call(statement))))
        .collect();
    told_once(scope, &found, "零变化处留有模板字样", "words of the template left beside a zero")
}
