//! W16: the three public expenses are told in full, projects included.

use super::{quoted, told_once};
use crate::disclosure::OddityKind;
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// The three public expenses are told in full, projects included.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "W16",
    title: ("“三公”经费包括项目支出中的部分", "the three public expenses take in those of projects"),
    family: Family::Wording,
    severity: Severity::Warning,
    basis: (
        "“三公”经费是用财政拨款安排的全部因公出国（境）、公务用车和公务接待支出，不分基本支出和项目支出。",
        "The three public expenses are all that the appropriations pay for trips, cars and receptions, in basic and in project expenditure.",
    ),
    explain: (
        "文字写明“三公”经费“未包含项目支出”的，口径比定义窄，与上年也不可比。",
        "Where the text says that they leave projects out, the figure is narrower than its definition and not comparable with last year's.",
    ),
    holds: "“三公”经费预算 9 万元，比上年减少 2 万元，减少原因：厉行节约。\n",
    breaks: "“三公”经费预算 9 万元，比上年减少 2 万元，减少原因：今年三公经费未包含项目支出。\n",
    spared: "机关运行经费预算 9 万元，比上年减少 2 万元，减少原因：未包含项目支出。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    told_once(
        scope,
        &quoted(scope, OddityKind::NarrowScope),
        "不含项目支出的“三公”经费",
        "three public expenses that leave projects out",
    )
}
