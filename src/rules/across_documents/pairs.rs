//! Which disclosures belong together, and what last year's says of something.

use crate::disclosure::{Anchor, Concept, Disclosure, Stage, Statement};
use crate::rules::Scope;
use crate::rules::prose::{agency_operating, all_of, cells};
use crate::spelling::folded;

/// The scope of last year's disclosure of the same unit and stage, if exactly one was opened.
pub(super) fn last_year<'a>(scope: &Scope<'a>) -> Option<Scope<'a>> {
    let year = scope.disclosure().year?.checked_sub(1)?;
    only(scope, |other| other.year == Some(year) && other.stage == scope.disclosure().stage)
}

/// The scope of the budget that belongs to the final accounts at hand.
pub(super) fn budget_of<'a>(scope: &Scope<'a>) -> Option<Scope<'a>> {
    let own = scope.disclosure();
    (own.stage == Some(Stage::FinalAccounts)).then_some(())?;
    own.year?;
    only(scope, |other| other.year == own.year && other.stage == Some(Stage::Budget))
}

fn only<'a>(scope: &Scope<'a>, fits: impl Fn(&Disclosure) -> bool) -> Option<Scope<'a>> {
    let own = scope.disclosure();
    let mut all = (0..scope.disclosures.len())
        .filter(|&at| at != scope.at && is_same_unit(own, &scope.disclosures[at]) && fits(&scope.disclosures[at]));
    let at = all.next()?;
    all.next().is_none().then_some(Scope { at, ..*scope })
}

/// Whether both are of one unit. 部门, 单位 and 本级 are different scopes: the names must agree but for the spelling.
pub(super) fn is_same_unit(a: &Disclosure, b: &Disclosure) -> bool {
    match (&a.unit_name, &b.unit_name) {
        (Some(a), Some(b)) => folded(a) == folded(b),
        _ => false,
    }
}

/// Everything that a disclosure prints as the amount of a concept: cells, and figures of its prose.
pub(super) fn printed(scope: &Scope, of: &Statement) -> Vec<Anchor> {
    let Some(concept) = &of.concept else { return Vec::new() };
    let mut found = cells::cells(scope, of);
    found.extend(all_of(scope, concept).into_iter().filter(|(_, s)| s.unit.is_some()).map(|(at, _)| at));
    if *concept == Concept::AgencyOperating {
        found.extend(agency_operating::public_funds(scope));
    }
    found
}
