//! N07: 三公 = 出国 + 用车 + 接待, where only the prose has them.

use super::{all_of, call, equation};
use crate::disclosure::{Concept, Measure, Message, TableKind};
use crate::rules::{Claim, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// 三公 = 出国 + 用车 + 接待
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N07",
    title: ("文字中“三公”经费等于三项之和", "the three public expenses of the prose sum to their total"),
    family: Family::Prose,
    severity: Severity::Error,
    basis: (
        "“三公”经费就是因公出国（境）费、公务用车购置及运行费、公务接待费三项。",
        "The three public expenses are, by definition, trips abroad, official cars and receptions.",
    ),
    explain: (
        "没有“三公”经费表时，用文字里的金额核对：合计等于出国、用车、接待之和；用车没有合计时，用购置加运行。每一项在文字里只出现一次、或各次相同，才核对。",
        "Without the table the figures of the prose are used: the total is trips, cars and receptions; where cars have no total, purchase and running. Only where each is stated once, or alike each time.",
    ),
    holds: "2024年“三公”经费预算 5.5 万元。\n\n因公出国（境）费用 0 万元。\n\n公务用车购置及运行费 4 万元。\n\n公务接待费 1.5 万元。\n",
    breaks: "2024年“三公”经费预算 5.5 万元。\n\n因公出国（境）费用 0 万元。\n\n公务用车购置及运行费 4 万元。\n\n公务接待费 2.5 万元。\n",
    spared: "2024年“三公”经费预算 5.5 万元。\n\n因公出国（境）费用 0 万元。\n\n公务接待费 1.5 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    if !scope.present(TableKind::ThreePublic).is_empty() {
        return Vec::new();
    }
    let one = |measure| {
        let all = all_of(scope, &Concept::ThreePublic(measure));
        let (at, statement) = *all.first()?;
        let alike = all.iter().all(|(_, s)| s.amount.value() == statement.amount.value() && s.unit == statement.unit);
        alike.then_some((at, statement))
    };
    let (Some((total, said)), Some((abroad, _)), Some((reception, _))) =
        (one(Measure::ThreePublic), one(Measure::Abroad), one(Measure::Reception))
    else {
        return Vec::new();
    };
    let vehicles = match (one(Measure::Vehicles), one(Measure::VehiclePurchase), one(Measure::VehicleRunning)) {
        (Some((vehicles, _)), ..) => vec![vehicles],
        (None, Some((purchase, _)), Some((running, _))) => vec![purchase, running],
        _ => return Vec::new(),
    };
    let right = [abroad, reception].into_iter().chain(vehicles).map(Term::plus).collect();
    vec![Instance {
        label: Message::new(format!("{}与三项之和", call(said)), format!("{}: the sum of the three", call(said))),
        claim: Claim::Equation(equation(total, Relation::Equal, right)),
    }]
}
