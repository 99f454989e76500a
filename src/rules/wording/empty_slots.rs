//! W04: a unit has its number.

use super::{quoted, told_once};
use crate::disclosure::OddityKind;
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// A unit has its number.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "W04",
    title: ("单位前面有数字", "a unit has its number"),
    family: Family::Wording,
    severity: Severity::Warning,
    basis: (
        "公开的文字应当是定稿，读者才能据以理解数字。",
        "What is published should be finished, so that its figures can be understood.",
    ),
    explain: ("“增长 %”“10亿元以上企业家，5—10亿元企业 3 家”这样的地方少了一个数。", "In 增长 % a number is missing."),
    holds: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元，增长 10%。\n",
    breaks: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元，增长 10%。\n\n公务接待费 2 万元，比上年增加 万元，增长 %。\n",
    spared: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元，增长 10%。\n\n培育10亿元以上企业 2 家，5亿元企业 3 家。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let found = quoted(scope, OddityKind::EmptySlot);
    told_once(scope, &found, "缺数字的地方", "places where a number is missing")
}
