//! STEP 4, explain: violated identities become root causes, each named once with the cell that is likeliest wrong.
//!
//! Violated equations that share figures are one component. Whole-block faults are tried first (a unit, a swap, a
//! shifted row), then single cells, then the few cells that explain most. What no cell explains is told as the
//! identity that does not hold, and the same identity failing in several columns or rows is told once.

mod causes;
mod components;
#[cfg(feature = "cli")]
mod determined;
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

use serde::{Deserialize, Serialize};

#[cfg(feature = "cli")]
pub(crate) use self::determined::is_determined;

use crate::amount::Amount;
use crate::disclosure::{Anchor, Disclosure, Message};
use crate::parallel;
use crate::rules::judge::Judge;
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

/// Turns failed checks into findings, the weightiest first. Never fails.
pub fn explain(disclosures: &[Disclosure], checked: &[Checked]) -> Vec<Finding> {
    parallel::together(|| explained(disclosures, checked))
}

fn explained(disclosures: &[Disclosure], checked: &[Checked]) -> Vec<Finding> {
    let judge = Judge::new(disclosures);
    let graph = components::Graph::of_differing(&judge, checked);
    let causes = causes::find(disclosures, &graph);
    findings::write(disclosures, checked, &graph, causes)
}
