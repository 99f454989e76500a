//! W07: a heading has something below it.

use super::{quoted, told_once};
use crate::disclosure::OddityKind;
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// A heading has something below it.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "W07",
    title: ("标题下面有内容", "a heading has something below it"),
    family: Family::Wording,
    severity: Severity::Info,
    basis: (
        "公开的文字应当是定稿，读者才能据以理解数字。",
        "What is published should be finished, so that its figures can be understood.",
    ),
    explain: (
        "“……情况”一类的标题下面直接是下一个标题，可能漏印，也可能是图片没有读到。只作提示。",
        "A heading is followed by the next one of its rank: text may be missing, or a picture was not read. A hint.",
    ),
    holds: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元，增长 10%。\n",
    breaks: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元。\n\n二、采购情况\n\n三、资产情况\n\n2024年年初资产总额 5.50 万元，没有变化。\n",
    spared: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元。\n\n二、采购情况\n\n没有采购，全年无安排。\n\n三、资产情况\n\n2024年年初资产总额 5.50 万元，没有变化。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let found = quoted(scope, OddityKind::EmptyHeading);
    told_once(scope, &found, "下面没有内容的标题", "headings with nothing below")
}
