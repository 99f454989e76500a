//! Amounts that the prose states of a named thing.

use super::Item;
use crate::disclosure::{Note, Statement, Table};

/// What the prose says.
#[derive(Clone, Debug, Default)]
pub(super) struct Prose {
    /// Its statements, in reading order.
    pub(super) statements: Vec<Statement>,
    /// How many of its numbers look like amounts.
    pub(super) numbers: u32,
    /// What could not be read.
    pub(super) notes: Vec<Note>,
}

/// Reads the statements. `stretches` is everything that no table used, in reading order, a new stretch after each
/// table; a paragraph never goes on from one stretch to the next.
pub(super) fn recognise(_stretches: &[Vec<Item>], _tables: &[Table]) -> Prose {
    Prose::default()
}
