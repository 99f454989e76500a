//! N28: a 三公 expense ≥ the same item within 机关运行经费, where only the prose has them.

use super::{all_of, call, head_of};
use crate::disclosure::{Concept, Measure, Message};
use crate::rules::{Claim, Equation, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// A 三公 expense ≥ the same item within 机关运行经费, where only the prose has them.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N28",
    title: (
        "机关运行经费中的公务接待费、公车运行费不超过“三公”经费",
        "receptions and cars within agency operation do not exceed the three public expenses",
    ),
    family: Family::Prose,
    severity: Severity::Info,
    basis: (
        "“三公”经费包括基本支出和项目支出里的全部；机关运行经费只是其中的公用经费部分。",
        "The three public expenses take in all expenditure; agency operation is the public part of the basic one.",
    ),
    explain: (
        "文字在“机关运行经费”里列出公务接待费、公务用车运行维护费，另处又写了“三公”经费的同一项时核对。口径可能不同，只作提示。",
        "Checked where the text lists receptions or cars within agency operation and states the same item of the three public expenses elsewhere. Of another scope perhaps: a hint.",
    ),
    holds: "机关运行经费预算 4.50 万元。其中：办公费 1.50 万元、公务接待费 3.00 万元。\n\n公务接待费 3.00 万元。\n",
    breaks: "机关运行经费预算 4.50 万元。其中：办公费 1.50 万元、公务接待费 3.00 万元。\n\n公务接待费 2.00 万元。\n",
    spared: "机关运行经费预算 4.50 万元。其中：办公费 1.50 万元、公务接待费 3.00 万元。\n\n公务接待费 5.00 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    const ITEMS: [(&str, Measure); 3] = [
        ("公务接待费", Measure::Reception),
        ("公务用车运行维护费", Measure::VehicleRunning),
        ("因公出国(境)费", Measure::Abroad),
    ];
    let mut found = Vec::new();
    for (at, item) in super::cells::stated(scope).filter(|(_, s)| s.unit.is_some()) {
        let Some((_, measure)) = ITEMS.iter().find(|(name, _)| item.measure.trim_end_matches('用') == *name) else {
            continue;
        };
        if head_of(scope, at).is_none_or(|(_, head)| head.concept != Some(Concept::AgencyOperating)) {
            continue;
        }
        let all = all_of(scope, &Concept::ThreePublic(*measure));
        let Some((whole, stated)) = all.into_iter().find(|(other, s)| *other != at && s.unit.is_some()) else {
            continue;
        };
        found.push(Instance {
            label: Message::new(
                format!("“三公”经费“{}”与机关运行经费中的“{}”", call(stated), call(item)),
                format!("“{}” of the three public expenses and “{}” within agency operation", call(stated), call(item)),
            ),
            claim: Claim::Equation(Equation {
                left: vec![Term::plus(whole)],
                relation: Relation::AtLeast,
                right: vec![Term::plus(at)],
            }),
        });
    }
    found
}
