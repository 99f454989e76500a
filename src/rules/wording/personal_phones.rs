//! W15: no personal telephone number is published.

use super::{oddities, told_once};
use crate::disclosure::OddityKind;
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// No personal telephone number is published.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "W15",
    title: ("没有公开个人手机号", "no personal telephone number is published"),
    family: Family::Wording,
    severity: Severity::Warning,
    basis: (
        "个人信息保护法：公开个人信息应当有必要。公开预算需要的是办公电话。",
        "Personal Information Protection Law: personal data are published only where needed. A budget needs an office number.",
    ),
    explain: (
        "表格和文字里有 11 位手机号。这是对公开单位的提醒；本程序在所有输出里都把号码遮去。",
        "Tables or text have a mobile number of eleven digits. A caution to the publisher; the number is masked in all that this program writes.",
    ),
    holds: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元，增长 10%。\n",
    breaks: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元，增长 10%。\n\n填报人手机 13800000000。\n",
    spared: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元，增长 10%。\n\n联系电话 85310000。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let found: Vec<_> =
        oddities(scope, OddityKind::Phone).into_iter().map(|(at, words)| (at, words.to_owned())).collect();
    told_once(scope, &found, "个人手机号", "mobile telephone numbers of persons")
}
