//! N14: the words of a change and of its percent say the same direction.

use super::{call, statement};
use crate::disclosure::{Message, StatementKind};
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};

/// The words of a change and of its percent say the same direction.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N14",
    title: ("增减额与百分比的方向一致", "a change and its percent go the same way"),
    family: Family::Prose,
    severity: Severity::Error,
    basis: ("同一项的增减额和增减率方向相同。", "A change and its rate have one direction."),
    explain: ("例如“减少 2 万元，增长 5%”。为零的不核对。", "For instance 减少 2, 增长 5 %. Zeros are left out."),
    holds: "2024年“三公”经费预算 5.45 万元，比上年增加 0.05 万元，增长 0.93%。\n",
    breaks: "2024年“三公”经费预算 5.45 万元，比上年增加 0.05 万元，下降 0.93%。\n",
    spared: "2024年“三公”经费预算 5.45 万元，比上年增加 0 万元，下降 0%。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for (at, rate) in super::every(scope) {
        let Some((change_at, change)) = rate.beside.and_then(|index| statement(scope, index)) else { continue };
        let holds = match (rate.kind, change.kind) {
            (StatementKind::IncreaseRate, StatementKind::Increase)
            | (StatementKind::DecreaseRate, StatementKind::Decrease) => true,
            (StatementKind::IncreaseRate, StatementKind::Decrease)
            | (StatementKind::DecreaseRate, StatementKind::Increase) => {
                rate.amount.value().is_zero() || change.amount.value().is_zero()
            }
            _ => continue,
        };
        found.push(Instance {
            label: Message::new(
                format!("文字“{}”与“{}”的方向", call(change), call(rate)),
                format!("the direction of “{}” and “{}” in the prose", call(change), call(rate)),
            ),
            claim: Claim::Fact { holds, at: vec![at, change_at] },
        });
    }
    found
}
