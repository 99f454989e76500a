//! W06: headings are numbered without a gap.

use super::{quoted, told_once};
use crate::disclosure::OddityKind;
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// Headings are numbered without a gap.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "W06",
    title: ("标题编号连续", "headings are numbered without a gap"),
    family: Family::Wording,
    severity: Severity::Info,
    basis: (
        "公开的文字应当是定稿，读者才能据以理解数字。",
        "What is published should be finished, so that its figures can be understood.",
    ),
    explain: (
        "正文标题从“一、”跳到“三、”，可能漏印一部分，也可能读取时丢了。只作提示。",
        "Headings go from 一、 to 三、: a part may be missing, in the document or in our reading. A hint.",
    ),
    holds: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元，增长 10%。\n",
    breaks: "一、收支情况\n\n2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元。\n\n三、采购情况\n\n2024年政府采购预算 5.50 万元。\n",
    spared: "一、收支情况\n\n2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元。\n\n二、采购情况\n\n2024年政府采购预算 5.50 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let found = quoted(scope, OddityKind::SkippedNumber);
    told_once(scope, &found, "跳号的标题", "headings whose number skips")
}
