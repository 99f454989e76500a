//! What kind of list a statement heads: all of its parts, some of them, or one that nothing is known of.

use std::collections::BTreeSet;

use super::cells;
use crate::disclosure::{Anchor, Concept, Measure, Message, ProcurementPart, Statement};
use crate::rules::{Claim, Equation, Instance, Relation, Scope, Term};

/// What a list is known to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// Its parts are all that there is.
    Whole,
    /// Its parts are some of what there is.
    Some,
    /// Nothing is known of its head, and it has so many parts that it looks whole.
    LooksWhole,
    /// Nothing can be said.
    Nothing,
}

/// So many parts in a list look like all of them.
const MANY: usize = 3;

/// The lists of the prose of one kind, as instances.
pub(super) fn instances(scope: &Scope, wanted: Known, relation: Relation, words: (&str, &str)) -> Vec<Instance> {
    let mut found = Vec::new();
    for (at, head) in cells::stated(scope).filter(|(_, head)| !head.parts.is_empty()) {
        let parts: Vec<(Anchor, &Statement)> = head
            .parts
            .iter()
            .filter_map(|&part| {
                let statement = scope.disclosure().statements.get(usize::try_from(part).ok()?)?;
                Some((cells::at(scope, part), statement))
            })
            .collect();
        if parts.len() != head.parts.len() || known(head, &parts) != wanted {
            continue;
        }
        let right = parts.iter().map(|(at, _)| Term::plus(*at)).collect();
        found.push(Instance {
            label: Message::new(
                format!("{}{}", super::call(head), words.0),
                format!("{}: {}", super::call(head), words.1),
            ),
            claim: Claim::Equation(Equation { left: vec![Term::plus(at)], relation, right }),
        });
    }
    found
}

/// Lists of which nothing is known and whose parts sum to the head all the same: parts that make up an amount to the last
/// digit are all of it. Said only where it is so, as a fact about the head, and about a part that is the whole, which it is
/// of any head.
pub(super) fn confirmed(scope: &Scope) -> Vec<Instance> {
    let words = ("与所列各项之和", "the sum of the items listed");
    let of = |known: Known| instances(scope, known, Relation::Equal, words);
    let ties = |(instance, of_head): (Instance, bool)| {
        let Claim::Equation(equation) = &instance.claim else { return Vec::new() };
        if !scope.judge().ties(equation) {
            return Vec::new();
        }
        let all: Vec<Anchor> = equation.left.iter().chain(&equation.right).map(|term| term.at).collect();
        let turned = (all.len() == 2).then(|| all.iter().rev().copied().collect());
        let fact = |at| Instance { label: instance.label.clone(), claim: Claim::Fact { holds: true, at } };
        of_head.then_some(all).into_iter().chain(turned).map(fact).collect()
    };
    let unknown = of(Known::Nothing).into_iter().map(|instance| (instance, true));
    unknown.chain(of(Known::Some).into_iter().map(|instance| (instance, false))).flat_map(ties).collect()
}

fn known(head: &Statement, parts: &[(Anchor, &Statement)]) -> Known {
    use Concept as C;
    use Measure as M;
    let concepts: BTreeSet<&Concept> = parts.iter().filter_map(|(_, part)| part.concept.as_ref()).collect();
    let has = |concept: C| concepts.contains(&concept);
    let either = |measure| has(C::Expenditure(measure)) || has(C::GeneralPublic(measure));
    let whole = |whole: bool| if whole { Known::Whole } else { Known::Some };
    match &head.concept {
        Some(C::AgencyOperating | C::Economic(_) | C::Expenditure(M::Public | M::Personnel)) => {
            whole(parts.len() >= MANY - 1)
        }
        Some(C::Expenditure(M::Basic) | C::GeneralPublic(M::Basic)) => whole(either(M::Personnel) && either(M::Public)),
        Some(C::TotalExpenditure | C::FundExpenditure(M::GeneralPublic)) => {
            whole(either(M::Basic) && either(M::Project))
        }
        Some(C::ThreePublic(M::ThreePublic)) => whole(
            has(C::ThreePublic(M::Abroad))
                && has(C::ThreePublic(M::Reception))
                && (has(C::ThreePublic(M::Vehicles)) != has(C::ThreePublic(M::VehicleRunning))),
        ),
        Some(C::ThreePublic(M::Vehicles)) => {
            whole(has(C::ThreePublic(M::VehiclePurchase)) && has(C::ThreePublic(M::VehicleRunning)))
        }
        Some(C::Procurement) => whole(
            [ProcurementPart::Goods, ProcurementPart::Works, ProcurementPart::Services]
                .into_iter()
                .all(|part| has(C::ProcurementPart(part))),
        ),
        Some(C::TotalRevenue | C::TotalBudget | C::Revenue(_) | C::FiscalTotal) => Known::Some,
        Some(_) if concepts.len() == parts.len() => Known::Some,
        _ if parts.len() >= MANY && parts.iter().all(|(_, part)| part.unit.is_some()) => Known::LooksWhole,
        _ => Known::Nothing,
    }
}
