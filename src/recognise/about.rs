//! Whose disclosure it is, for which year, budget or final accounts.

use crate::disclosure::{Stage, Table};
use crate::document::Document;

/// What a disclosure says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct About {
    /// The department or unit.
    pub(super) unit_name: Option<String>,
    /// The year that the figures are for.
    pub(super) year: Option<u16>,
    /// Budget or final accounts.
    pub(super) stage: Option<Stage>,
}

/// Reads it from the titles, the prose, and the `部门/单位：…` fields of the tables ([`Table::fields`]).
pub(super) fn about(_document: &Document, _tables: &[Table]) -> About {
    About::default()
}
