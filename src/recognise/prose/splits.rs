//! Which named amounts can be part of which others.

use crate::disclosure::{Concept, Measure};

/// Totals that begin a list of their own and are no part of another.
pub(super) fn is_never_a_part(concept: &Concept) -> bool {
    matches!(
        concept,
        Concept::TotalRevenue
            | Concept::TotalExpenditure
            | Concept::TotalBudget
            | Concept::FiscalTotal
            | Concept::AgencyOperating
            | Concept::Procurement
            | Concept::ThreePublic(Measure::ThreePublic)
    )
}

/// Whether an amount cannot be part of another: both are kinds of one split.
pub(super) fn excludes(head: &Concept, part: &Concept) -> bool {
    use Measure as M;
    let kind = |concept: &Concept| match concept {
        Concept::Expenditure(measure) | Concept::GeneralPublic(measure) => Some(*measure),
        _ => None,
    };
    match (head, part) {
        (Concept::ThreePublic(M::Abroad | M::Reception), Concept::ThreePublic(_))
        | (
            Concept::ThreePublic(M::Vehicles),
            Concept::ThreePublic(M::Abroad | M::Reception | M::ThreePublic | M::Vehicles),
        )
        | (
            Concept::ThreePublic(M::VehiclePurchase | M::VehicleRunning),
            Concept::ThreePublic(M::Abroad | M::Reception | M::VehiclePurchase | M::VehicleRunning),
        )
        | (Concept::ProcurementPart(_), Concept::ProcurementPart(_)) => true,
        (Concept::Function(head), Concept::Function(part)) => !part.starts_with(head.as_str()) || head == part,
        _ => match (kind(head), kind(part)) {
            (Some(M::Basic), Some(part)) => !matches!(part, M::Personnel | M::Public),
            (Some(M::Personnel), Some(part)) => part != M::Personnel,
            (Some(M::Public), Some(part)) => part != M::Public,
            (Some(M::Project), Some(part)) => matches!(part, M::Basic | M::Personnel | M::Public),
            _ => false,
        },
    }
}

/// Whether an amount is of one thing, so that the funds and kinds that it is split in are of that thing alone.
pub(super) fn is_narrow(concept: &Concept) -> bool {
    matches!(
        concept,
        Concept::ThreePublic(_)
            | Concept::AgencyOperating
            | Concept::Procurement
            | Concept::ProcurementPart(_)
            | Concept::ServicePurchase
            | Concept::Function(_)
            | Concept::Economic(_)
            | Concept::Project(_)
            | Concept::Expenditure(Measure::Project)
            | Concept::GeneralPublic(Measure::Project)
    )
}

/// Whether a list below this is one of economic items, where 公务接待费 is item 30217 and not the 三公 amount.
pub(super) fn is_list_of_items(concept: Option<&Concept>) -> bool {
    matches!(
        concept,
        Some(
            Concept::AgencyOperating
                | Concept::Economic(_)
                | Concept::Expenditure(Measure::Public | Measure::Personnel)
        )
    )
}
