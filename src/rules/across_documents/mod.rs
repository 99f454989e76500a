//! Y: documents that were opened together, against each other.
//!
//! Two disclosures belong together where one unit published both: the same year as budget and final accounts, or one
//! year and the next. Whoever opens a single file sees none of these rules.

pub(super) mod budget_and_accounts;
pub(super) mod code_names;
pub(super) mod counted_change;
pub(super) mod left_unchanged;
mod pairs;
pub(super) mod prior_change;
pub(super) mod prior_year;
pub(super) mod reason_given;
#[cfg(test)]
mod tests;
pub(super) mod units_of_department;
