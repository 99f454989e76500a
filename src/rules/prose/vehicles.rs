//! N08: 用车 = 购置 + 运行, where only the prose has them.

use super::{all_of, call, equation};
use crate::disclosure::{Concept, Measure, Message, TableKind};
use crate::rules::{Claim, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// 用车 = 购置 + 运行
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N08",
    title: ("文字中公务用车费等于购置加运行", "cars of the prose are purchase and running together"),
    family: Family::Prose,
    severity: Severity::Error,
    basis: (
        "公务用车购置及运行费分购置费和运行维护费两项。",
        "The expense on official cars is split in purchase and running.",
    ),
    explain: (
        "没有“三公”经费表，文字也没有用“其中”列出时，用文字里的三个金额核对。每一项只出现一次才核对。",
        "Without the table, and where the text does not list them with 其中, the three figures of the prose are compared. Only where each is stated once.",
    ),
    holds: "公务用车购置及运行费 5.25 万元。\n\n公务用车购置费 2 万元。\n\n公务用车运行维护费 3.25 万元。\n",
    breaks: "公务用车购置及运行费 5.25 万元。\n\n公务用车购置费 2 万元。\n\n公务用车运行维护费 4.25 万元。\n",
    spared: "公务用车购置及运行费 5 万元。\n\n公务用车运行维护费 4 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    if !scope.present(TableKind::ThreePublic).is_empty() {
        return Vec::new();
    }
    let one = |measure| match all_of(scope, &Concept::ThreePublic(measure)).as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    let (Some((total, said)), Some((purchase, _)), Some((running, _))) =
        (one(Measure::Vehicles), one(Measure::VehiclePurchase), one(Measure::VehicleRunning))
    else {
        return Vec::new();
    };
    if !said.parts.is_empty() {
        return Vec::new();
    }
    vec![Instance {
        label: Message::new(format!("{}与购置、运行之和", call(said)), format!("{}: purchase and running", call(said))),
        claim: Claim::Equation(equation(total, Relation::Equal, vec![Term::plus(purchase), Term::plus(running)])),
    }]
}
