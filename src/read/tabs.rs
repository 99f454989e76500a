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
    if has_no_blank_around(text) {
        return Piece { text, from: start, to: start.saturating_add(characters(text)) };
    }
    let tail = text.trim_start();
    let head = text.len() - tail.len();
    let from = start.saturating_add(characters(text.get(..head).unwrap_or_default()));
    let text = tail.trim_end();
    Piece { text, from, to: from.saturating_add(characters(text)) }
}

/// [`str::trim`], by a byte at either end for most texts.
pub(super) fn trim(text: &str) -> &str {
    if has_no_blank_around(text) { text } else { text.trim() }
}

/// Whether a text begins and ends with characters that a byte tells to be no blanks: printed ones of ASCII and most
/// Chinese ones. False says nothing.
fn has_no_blank_around(text: &str) -> bool {
    /// Bytes of U+4000 to U+9FFF, which no other characters begin with so.
    const CHINESE: usize = 3;
    let chinese = |byte: &u8| (0xE4..=0xE9).contains(byte);
    let bytes = text.as_bytes();
    let last = bytes.len().checked_sub(CHINESE).and_then(|at| bytes.get(at));
    bytes.first().is_some_and(|byte| byte.is_ascii_graphic() || chinese(byte))
        && (bytes.last().is_some_and(u8::is_ascii_graphic) || last.is_some_and(chinese))
}

/// The cells of a line, tabs between them. A blank cell is an empty range where its text would begin.
pub(super) fn cells(line: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = Some(line);
    let mut start = 0_u32;
    std::iter::from_fn(move || {
        let text = rest?;
        // Bytes that begin a character are counted on the way to the tab.
        let mut characters = 0_u32;
        let tab = text.bytes().position(|byte| {
            characters = characters.saturating_add(u32::from(byte & 0xC0 != 0x80));
            byte == b'\t'
        });
        let (cell, behind) = match tab.and_then(|at| text.split_at_checked(at)) {
            Some((cell, behind)) => (cell, behind.get(1..)),
            None => (text, None),
        };
        rest = behind;
        let from = start;
        start = start.saturating_add(characters).saturating_add(u32::from(tab.is_none()));
        let piece = if has_no_blank_around(cell) {
            Piece { text: cell, from, to: start.saturating_sub(1) }
        } else {
            trimmed(cell, from)
        };
        Some(if piece.text.is_empty() { Piece { text: "", from, to: from } } else { piece })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_lose_what_trim_takes() {
        let pieces = ["", " ", "\u{3000}", "甲", "乙a", "a", "。", "\u{a0}", "1", "é", "，", "\u{200B}"];
        for (a, b) in pieces.iter().flat_map(|a| pieces.iter().map(move |b| (a, b))) {
            let text = format!("{a}{b}{a}");
            let before = text.len() - text.trim_start().len();
            let from = 7 + characters(&text[..before]);
            let to = from + characters(text.trim());
            assert_eq!(trim(&text), text.trim(), "{text:?}");
            assert_eq!(trimmed(&text, 7), Piece { text: text.trim(), from, to }, "{text:?}");
        }
    }
}
