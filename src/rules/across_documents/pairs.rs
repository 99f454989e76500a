//! Which disclosures belong together, and what last year's says of something.

use crate::disclosure::{Anchor, Concept, Disclosure, Message, Stage, Statement};
use crate::rules::prose::{agency_operating, all_of, cells};
use crate::rules::{Claim, Instance, Scope};
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

/// Whether the words around a figure compare it with something else than what last year's disclosure printed: on a like basis,
/// with what was carried out, with an adjusted budget, a budget with last year's accounts.
pub(super) fn compares_otherwise(scope: &Scope, stated: &Statement) -> bool {
    const BASES: [&str; 10] =
        ["口径", "剔除", "扣除", "执行数", "执行情况", "实际执行", "调整后", "调整预算", "实际支出", "不含"];
    let of_accounts = scope.disclosure().stage == Some(Stage::Budget) && stated.quote.contains("决算");
    of_accounts || BASES.iter().any(|word| stated.quote.contains(word))
}

/// What is said of a comparison with something else.
pub(super) fn another_base(label: Message) -> Instance {
    let why = Message::new(
        "文字是与执行数、调整后预算或按另一口径比较的",
        "the text compares with what was carried out, with an adjusted budget or on another basis",
    );
    Instance { label, claim: Claim::NotApplicable(why) }
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
