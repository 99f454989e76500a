//! STEP 4, explain: violated identities become root causes, each named once with the cell that is likeliest wrong.
//!
//! Violated equations that share figures are one component. Whole-block faults are tried first (a unit, a swap, a
//! shifted row), then single cells, then the few cells that explain most. What no cell explains is told as the
//! identity that does not hold, and the same identity failing in several columns or rows is told once.

mod causes;
mod components;
mod findings;
mod pairs;
mod rounding;
mod suspect;
mod systematic;
#[cfg(test)]
mod tests;
mod typing;
mod wording;

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::disclosure::{Anchor, Disclosure, Message};
use crate::rules::judge::{Judge, Outcome};
use crate::rules::{Checked, Severity};

/// What a reader must look at: one for each root cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule that speaks for it: the heaviest of those that failed for this cause.
    pub rule: Cow<'static, str>,
    /// Its weight.
    pub severity: Severity,
    /// Index of the disclosure.
    pub disclosure: u16,
    /// What, in one line.
    pub title: Message,
    /// What is printed, what would fit, why, where.
    pub message: Message,
    /// The cells and statements to look at, the likeliest first.
    pub at: Vec<Anchor>,
    /// The one change that makes everything tie, where there is one.
    pub suspect: Option<Suspect>,
    /// Indexes of the checks that failed for this cause.
    pub checks: Vec<u32>,
}

/// A cell that may be the wrong one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspect {
    /// Which.
    pub at: Anchor,
    /// What is printed there; `None` for a blank cell.
    pub printed: Option<Amount>,
    /// What would fit; `None` for "blank, or 0.00".
    pub fitting: Option<Amount>,
    /// How many identities agree once it is replaced.
    pub agreeing: u32,
    /// Further single changes that would do as well, when it is not unique.
    pub alternatives: Vec<Suspect>,
}

/// Whether the checks determine that a figure is wrong, given that every other figure is right but those of `others`,
/// which are put right first (figures with the values that they should have): false where another single figure, or an
/// item that is withheld, explains what fails just as well, or where nothing fails.
pub(crate) fn is_determined(
    disclosures: &[Disclosure],
    checked: &[Checked],
    wrong: (Anchor, Decimal),
    others: &[(Anchor, Decimal)],
) -> bool {
    let judge = Judge::new(disclosures);
    let mut graph = components::Graph::new(&judge, checked);
    for &(at, right) in others {
        if let Some(node) = graph.node(at) {
            graph.change(node, right);
        }
    }
    let Some(node) = graph.node(wrong.0) else { return false };
    let fails = |&(edit, _): &(usize, Decimal)| graph.edits[edit].outcome == Outcome::Fail;
    let failing: Vec<usize> = graph.edits_of[node].iter().filter(|e| fails(e)).map(|&(edit, _)| edit).collect();
    let rule = |edit: usize| checked.get(graph.edits[edit].check as usize).map(|check| check.rule.as_ref());
    let withheld = failing.iter().all(|&edit| rule(edit) == Some(findings::WITHHELD));
    let right = wrong.1.checked_sub(graph.nodes[node].value).and_then(|change| graph.effect(&[(node, change)]));
    let (percents, unfit) = right.map_or((0, 0), |effect| (effect.percents.len(), effect.unfit));
    if failing.is_empty() || withheld {
        // A percent alone can tell, where only one of its figures can be wrong.
        return failing.is_empty() && percents > 0;
    }
    suspect::single(disclosures, &graph, &failing)
        .iter()
        .all(|other| other.node == node || other.percents.len() < percents || other.unfit > unfit)
}

/// Turns failed checks into findings, the weightiest first. Never fails.
pub fn explain(disclosures: &[Disclosure], checked: &[Checked]) -> Vec<Finding> {
    let judge = Judge::new(disclosures);
    let graph = components::Graph::new(&judge, checked);
    let causes = causes::find(disclosures, &graph);
    findings::write(disclosures, checked, &graph, causes)
}
