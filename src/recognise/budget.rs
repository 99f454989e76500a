//! Budget tables: from a region to its tables, cell by cell.

use super::{Found, Region};

/// Reads the tables of one region. What belongs to no table goes back in [`Found::rest`].
pub(super) fn recognise<'a>(region: &Region<'a>) -> Found<'a> {
    Found { rest: region.body.clone(), ..Found::default() }
}
