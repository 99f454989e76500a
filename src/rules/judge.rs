//! The only place that compares figures and knows rounding.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Claim;
use crate::disclosure::{Disclosure, Message};

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Outcome {
    /// 相符
    Pass,
    /// 不符
    Fail,
    /// 舍入: the difference lies inside the printed precision.
    Rounding,
    /// 不适用: the guard keeps the rule quiet.
    NotApplicable,
    /// 无法核对: a part is missing, or its reading is in doubt.
    NotCheckable,
}

/// The verdict on one claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// How it came out.
    pub outcome: Outcome,
    /// The stated side's sum, in the unit of its first figure.
    pub left: Option<Decimal>,
    /// The other side's sum, in the same unit.
    pub right: Option<Decimal>,
    /// `left − right`.
    pub difference: Option<Decimal>,
    /// Why, where it is not plain from the figures: what is missing, what is in doubt, which guard.
    pub why: Option<Message>,
}

/// Judges one claim. Never fails: what cannot be compared is not checkable.
pub fn judge(_disclosures: &[Disclosure], _claim: &Claim) -> Verdict {
    Verdict { outcome: Outcome::NotCheckable, left: None, right: None, difference: None, why: None }
}
