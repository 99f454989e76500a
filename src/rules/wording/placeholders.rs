//! W03: the places of the template are filled in.

use super::{quoted, told_once};
use crate::disclosure::OddityKind;
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// The places of the template are filled in.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "W03",
    title: ("模板的空格都已填写", "the places of the template are filled in"),
    family: Family::Wording,
    severity: Severity::Warning,
    basis: (
        "公开的文字应当是定稿，读者才能据以理解数字。",
        "What is published should be finished, so that its figures can be understood.",
    ),
    explain: (
        "文字里留有 XX、×× 一类的占位符。后面是单位或日期时才算。",
        "The text still has XX or ××; only before a unit or a date.",
    ),
    holds: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元，增长 10%。\n",
    breaks: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元，增长 10%。\n\n公务接待费比上年增加 XX 万元。\n",
    spared: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元，增长 10%。\n\n设备尺寸为 3×4 米。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let found = quoted(scope, OddityKind::Placeholder);
    told_once(scope, &found, "没有填写的占位符", "places of the template that were not filled in")
}
