//! W11: units of money are written in full.

use super::told_once;
use crate::rules::prose::{call, every};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// Units of money are written in full.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "W11",
    title: ("金额单位写全", "units of money are written in full"),
    family: Family::Wording,
    severity: Severity::Info,
    basis: (
        "公开的文字应当是定稿，读者才能据以理解数字。",
        "What is published should be finished, so that its figures can be understood.",
    ),
    explain: (
        "同一份文字里大多写“万元”，个别只写“万”。只作提示。",
        "Most amounts have 万元 and a few only 万. A hint.",
    ),
    holds: "2024年机关运行经费预算 13.50 万元，其中：电费 4.00 万元、工会经费 9.50 万元。\n",
    breaks: "2024年机关运行经费预算 13.50 万元，其中：电费 4.00 万、工会经费 9.50 万元。\n",
    spared: "2024年机关运行经费预算 13.50 万，其中：电费 4.00 万、工会经费 9.50 万。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let money = || every(scope).filter(|(_, s)| s.unit.is_some());
    let short: Vec<_> =
        money().filter(|(_, s)| !s.counter.is_empty()).map(|(at, s)| (at, format!("“{}”", call(s)))).collect();
    let full = money().filter(|(_, s)| s.counter.is_empty()).count();
    // Where most are short that is how the text writes.
    let found = if short.len() < full { short } else { Vec::new() };
    told_once(scope, &found, "单位没有写全的金额", "amounts whose unit is cut short")
}
