//! W01: the direction of a change has been chosen.

use super::told_once;
use crate::disclosure::StatementKind;
use crate::rules::prose::{call, every};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// The direction of a change has been chosen.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "W01",
    title: ("增减方向已经选定", "the direction of a change has been chosen"),
    family: Family::Wording,
    severity: Severity::Warning,
    basis: (
        "公开的文字应当是定稿，读者才能据以理解数字。",
        "What is published should be finished, so that its figures can be understood.",
    ),
    explain: (
        "模板里的“增长（下降）”“增加（减少）”应当二选一，旁边的数字又不是零，读者就不知道是增还是减。",
        "Of 增长（下降） in the template one was to be kept; beside a figure that is not zero the reader cannot tell which.",
    ),
    holds: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元，增长 10%。\n",
    breaks: "公务接待费 1.45 万元，比上年减少 0.95 万元，增长（下降）39.58%。\n",
    spared: "公务接待费 1.45 万元，比上年增加（减少）0 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let undecided = [StatementKind::UndecidedChange, StatementKind::UndecidedRate];
    let found: Vec<_> = every(scope)
        .filter(|(_, s)| undecided.contains(&s.kind) && !s.amount.value().is_zero())
        .map(|(at, statement)| (at, format!("“{}”", call(statement))))
        .collect();
    told_once(scope, &found, "增减方向没有选定的数", "figures whose direction was not chosen")
}
