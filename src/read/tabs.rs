//! Lines and the cells that tabs set apart in them, with exact character ranges.

use crate::document::Place;

/// A piece of a line without the blanks around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// First character and one past the last, counted in the line.
    pub(super) from: u32,
    pub(super) to: u32,
}

impl Piece<'_> {
    /// The same piece, where the line that it was counted in begins `by` characters into another.
    pub(super) fn shifted(self, by: u32) -> Self {
        Self { from: self.from.saturating_add(by), to: self.to.saturating_add(by), ..self }
    }

    /// Its place in line `line` (1-based).
    pub(super) fn place(self, line: u32) -> Place {
        Place::Line { line, from: self.from, to: self.to }
    }
}

/// The 1-based number of the line at `index`.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
}

/// Characters of `text`, as places count them.
pub(super) fn characters(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// `text` without the blanks around it, where `text` begins at character `start` of its line.
pub(super) fn trimmed(text: &str, start: u32) -> Piece<'_> {
    let tail = text.trim_start();
    let head = text.len() - tail.len();
    let from = start.saturating_add(characters(text.get(..head).unwrap_or_default()));
    let text = tail.trim_end();
    Piece { text, from, to: from.saturating_add(characters(text)) }
}

/// The cells of a line, tabs between them. A blank cell is an empty range where its text would begin.
pub(super) fn cells(line: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut start = 0_u32;
    line.split('\t').map(move |cell| {
        let begins = start;
        let piece = trimmed(cell, begins);
        let behind = piece.text.len() < cell.len();
        let end = if behind { begins.saturating_add(characters(cell)) } else { piece.to };
        start = end.saturating_add(1);
        if piece.text.is_empty() { Piece { text: "", from: begins, to: begins } } else { piece }
    })
}
