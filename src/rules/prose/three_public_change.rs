//! N26: the change of the three public expenses = Σ of the changes of their parts.

use super::{all_of, call, cells, every};
use crate::disclosure::{Anchor, Concept, Measure, Message, Statement, StatementKind};
use crate::rules::{Claim, Equation, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// The change of the three public expenses = Σ of the changes of their parts.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N26",
    title: ("“三公”经费的增减额等于各项增减额之和", "the change of the three public expenses is that of their parts"),
    family: Family::Prose,
    severity: Severity::Warning,
    basis: (
        "合计等于各项之和，合计的增减额就等于各项增减额之和。",
        "The total is the sum of its parts, and so is its change.",
    ),
    explain: (
        "因公出国、公务用车（或购置与运行）、公务接待三项都写了增减额或者“与上年持平”时核对。",
        "Checked where trips, cars (or purchase and running) and receptions each have a change, or are said to be that of last year.",
    ),
    holds: "2024年“三公”经费预算 5.50 万元，比上年增加 0.50 万元。\n\n因公出国（境）费用 0 万元，与上年持平。\n\n公务用车购置及运行费 4 万元，比上年增加 1.00 万元。\n\n公务接待费 1.50 万元，比上年减少 0.50 万元。\n",
    breaks: "2024年“三公”经费预算 5.50 万元，比上年增加 0.80 万元。\n\n因公出国（境）费用 0 万元，与上年持平。\n\n公务用车购置及运行费 4 万元，比上年增加 1.00 万元。\n\n公务接待费 1.50 万元，比上年减少 0.50 万元。\n",
    spared: "2024年“三公”经费预算 5.50 万元，比上年增加 0.80 万元。\n\n因公出国（境）费用 0 万元。\n\n公务接待费 1.50 万元，比上年减少 0.50 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let Some(total) = change_of(scope, Measure::ThreePublic) else { return Vec::new() };
    let Change::By(at, stated) = total else { return Vec::new() };
    let parts = match change_of(scope, Measure::Vehicles) {
        Some(vehicles) => vec![change_of(scope, Measure::Abroad), Some(vehicles), change_of(scope, Measure::Reception)],
        None => vec![
            change_of(scope, Measure::Abroad),
            change_of(scope, Measure::VehiclePurchase),
            change_of(scope, Measure::VehicleRunning),
            change_of(scope, Measure::Reception),
        ],
    };
    let Some(parts) = parts.into_iter().collect::<Option<Vec<Change>>>() else { return Vec::new() };
    let right: Vec<Term> = parts
        .iter()
        .filter_map(|part| match part {
            Change::By(at, part) if part.kind == stated.kind => Some(Term::plus(*at)),
            Change::By(at, _) => Some(Term::minus(*at)),
            Change::None => None,
        })
        .collect();
    if right.is_empty() {
        return Vec::new();
    }
    vec![Instance {
        label: Message::new(
            format!("文字“{}”与各项增减额之和", call(stated)),
            format!("“{}” in the prose and the changes of its parts", call(stated)),
        ),
        claim: Claim::Equation(Equation { left: vec![Term::plus(at)], relation: Relation::Equal, right }),
    }]
}

/// How an amount changed.
#[derive(Clone, Copy, Debug)]
enum Change<'a> {
    /// By this increase or decrease.
    By(Anchor, &'a Statement),
    /// Not at all.
    None,
}

/// The change that the prose states of one of the three; `None` where it states none, or several.
fn change_of<'a>(scope: &Scope<'a>, measure: Measure) -> Option<Change<'a>> {
    let amounts = all_of(scope, &Concept::ThreePublic(measure));
    let (at, amount) = *amounts.first()?;
    if amounts.iter().any(|(_, other)| other.amount.value() != amount.amount.value()) {
        return None;
    }
    let mut changes = every(scope).filter(|(_, s)| {
        s.kind.is_change()
            && s.doubt.is_none()
            && s.of.map(|index| cells::at(scope, index)).is_some_and(|of| amounts.iter().any(|(at, _)| *at == of))
    });
    match (changes.next(), changes.next()) {
        (Some((_, change)), None) if change.amount.value().is_zero() => Some(Change::None),
        (Some((_, change)), None) if change.kind == StatementKind::UndecidedChange => None,
        (Some((at, change)), None) => Some(Change::By(at, change)),
        (None, _) if amounts.iter().any(|(_, s)| s.flat) => Some(Change::None),
        _ => {
            let _ = at;
            None
        }
    }
}
