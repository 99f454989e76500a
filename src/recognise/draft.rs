//! A table between its layout and its meaning: header paths and rows of printed pieces, whatever they were read from.

use compact_str::CompactString;

use crate::disclosure::{Message, Note, Side};
use crate::document::Place;

/// A printed piece and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// As printed.
    pub(super) text: CompactString,
    /// Where it begins.
    pub(super) place: Place,
    /// Where its last part stands.
    pub(super) end: Place,
}

/// One row: a piece or nothing for each column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DraftRow {
    /// Where it begins.
    pub(super) place: Place,
    /// Where its last piece stands.
    pub(super) end: Place,
    /// The side that it stands on, where the layout has already told.
    pub(super) side: Option<Side>,
    /// One entry a column.
    pub(super) cells: Vec<Option<Piece>>,
    /// Labels that stand beside this row and others (一般公共预算资金 beside its sources), with their columns.
    pub(super) spanning: Vec<(usize, String)>,
    /// Why it is not certain which piece stands under which column.
    pub(super) doubt: Option<Message>,
}

/// A table before its rows have a meaning.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// Header path of each column, outermost first.
    pub(super) columns: Vec<Vec<String>>,
    /// The rows.
    pub(super) rows: Vec<DraftRow>,
    /// Lines below the table that belong to it.
    pub(super) remarks: Vec<(String, Place)>,
    /// What was seen and could not be used.
    pub(super) notes: Vec<Note>,
    /// Why the headers are not certain.
    pub(super) doubt: Option<Message>,
}

impl Piece {
    /// A piece at one place.
    pub(super) fn new(text: impl Into<CompactString>, place: Place) -> Self {
        Self { text: text.into(), place, end: place }
    }
}

/// A note about a figure or a text that stands in a table and belongs to no cell.
pub(super) fn stray(text: &str, place: Place) -> Note {
    Note {
        message: Message::new(
            format!("表中的“{text}”未能归入任何单元格"),
            format!("“{text}” stands in a table and could not be put in any cell"),
        ),
        place: Some(place),
    }
}

/// A place that reaches from `from` to `to`, where both are on one line.
pub(super) fn spanning(from: Place, to: Place) -> Place {
    match (from, to) {
        (Place::Line { line, from, .. }, Place::Line { line: same, to, .. }) if line == same => {
            Place::Line { line, from, to }
        }
        (from, _) => from,
    }
}

/// Whether the line is a remark on the table above it.
pub(super) fn is_remark(text: &str) -> bool {
    let text = super::spelling::folded(text);
    let text = text.trim_start_matches(['(', '※', '#']);
    ["注:", "备注:", "说明:", "注1", "注释:", "附注:", "注.", "注;"].iter().any(|mark| text.starts_with(mark))
}

/// Whether a row of these texts numbers the columns (`* * 1 2 3`, `栏次 1 2 3`, `— 1 2`): all cells are marks or whole
/// numbers that count up from 1.
pub(super) fn is_column_numbers<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let mut next = 1_u32;
    let mut letters = 0_u32;
    for text in texts.map(str::trim).filter(|text| !text.is_empty()) {
        if matches!(text, "*" | "**" | "栏次" | "行次" | "—" | "-" | "栏 次" | "类" | "款" | "项") {
            continue;
        }
        if matches!(text, "甲" | "乙" | "丙" | "A" | "B" | "C") {
            letters += 1;
            continue;
        }
        // `3=4+5` in some forms.
        let number = text.split(['=', '＝']).next().unwrap_or(text).trim();
        if number.parse() != Ok(next) {
            return false;
        }
        next += 1;
    }
    next > 2 || (next == 2 && letters == 0)
}
