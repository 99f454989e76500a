//! W05: no mark or word stands twice.

use super::{quoted, told_once};
use crate::disclosure::OddityKind;
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// No mark or word stands twice.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "W05",
    title: ("没有重复的标点和词", "no mark or word stands twice"),
    family: Family::Wording,
    severity: Severity::Info,
    basis: (
        "公开的文字应当是定稿，读者才能据以理解数字。",
        "What is published should be finished, so that its figures can be understood.",
    ),
    explain: (
        "连着两个句号、逗号，或者同一个词写了两遍。不影响数字，只作提示。",
        "Two full stops or commas, or a word twice. A hint: no figure depends on it.",
    ),
    holds: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元，增长 10%。\n",
    breaks: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元，增长 10%。\n\n没有安排。。\n",
    spared: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元，增长 10%。\n\n逐项落实……。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let found = quoted(scope, OddityKind::Doubled);
    told_once(scope, &found, "重复的标点或词", "marks or words twice")
}
