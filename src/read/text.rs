//! Plain text: lines as they stand, and grids where tabs set cells apart.
//!
//! A table whose columns are kept apart by spaces stays lines: only its arithmetic tells where a column begins.

use super::flow::{Flow, Plain};
use super::tabs::{self, Piece};
use crate::document::{Cell, Place};

/// How far a cell that a spreadsheet quoted for its line ends may reach.
const MAX_CELL_LINES: usize = 64;

/// What takes the marks of a format off a piece of text.
pub(super) type Marks = fn(&str) -> Plain;

/// Reads text.
pub(super) fn read(lines: &[String]) -> Flow {
    let mut flow = Flow::default();
    let mut index = 0;
    while index < lines.len() {
        index += line(&mut flow, lines, index, Plain::verbatim);
    }
    flow
}

/// Reads the line at `index`, or the row that begins there; gives how many lines were used, at least 1.
pub(super) fn line(flow: &mut Flow, lines: &[String], index: usize, marks: Marks) -> usize {
    let Some(line) = lines.get(index) else { return 1 };
    let number = tabs::number(index);
    let whole = tabs::trimmed(line, 0);
    // A form feed is the end of a page, which extractors set before the page's first line.
    if whole.text.is_empty() || line.contains('\u{c}') {
        flow.blank();
    }
    if whole.text.is_empty() {
        return 1;
    }
    if let Some((cells, used)) = quoted_row(lines, index, marks) {
        flow.row(whole.place(number), cells, false);
        return used;
    }
    if line.contains('\t') {
        let cells = tabs::cells(line).map(|piece| cell(piece, number, marks)).collect();
        flow.row(whole.place(number), cells, false);
    } else {
        flow.line(&marks(whole.text), whole.place(number));
    }
    1
}

fn cell(piece: Piece<'_>, number: u32, marks: Marks) -> Cell {
    let Plain { text, strong } = marks(piece.text);
    Cell { text, place: piece.place(number), columns: 1, rows: 1, strong, doubt: None }
}

/// A row with a cell that a spreadsheet put in quotes because it holds line ends: the quote opens a cell and is not
/// closed on its line, and a later line closes it before any tab. The cell's place is its first line.
fn quoted_row(lines: &[String], index: usize, marks: Marks) -> Option<(Vec<Cell>, usize)> {
    let mut line = lines.get(index)?.as_str();
    let mut start = 0;
    let mut used = 1;
    let mut cells = Vec::new();
    opens(line)?;
    loop {
        let number = tabs::number(index + used - 1);
        let Some(open) = opens(line) else {
            // A lone quoted cell is quoted prose; a row has a tab somewhere.
            cells.extend(tabs::cells(line).map(|piece| cell(piece.shifted(start), number, marks)));
            return (cells.len() > 1).then_some((cells, used));
        };
        let (before, quoted) = (line.get(..open)?, line.get(open..)?);
        for piece in before.strip_suffix('\t').into_iter().flat_map(tabs::cells) {
            cells.push(cell(piece.shifted(start), number, marks));
        }
        let column = start.saturating_add(tabs::characters(before));
        let place = Place::Line { line: number, from: column, to: column.saturating_add(tabs::characters(quoted)) };
        let (pieces, last, rest) = closes(lines, index + used)?;
        let mut text = vec![quoted.get(1..)?.replace("\"\"", "\"").trim().to_owned()];
        text.extend(pieces);
        used = last + 1 - index;
        let Plain { text, strong } = marks(text.join("\n").trim());
        cells.push(Cell { text, place, columns: 1, rows: 1, strong, doubt: None });
        let closing = lines.get(last)?;
        match closing.get(rest..)?.strip_prefix('\t') {
            Some(after) => {
                start = tabs::characters(closing.get(..rest + 1)?);
                line = after;
            }
            None => return (cells.len() > 1).then_some((cells, used)),
        }
    }
}

/// Where a cell of the line begins with a quote that its line does not close. Such a cell is the line's last.
fn opens(line: &str) -> Option<usize> {
    let at = line.rfind('\t').map_or(0, |tab| tab + 1);
    let cell = line.get(at..)?;
    (cell.starts_with('"') && cell.matches('"').count() % 2 == 1).then_some(at)
}

/// The line, from `index` on, that closes a quoted cell: the texts of the lines up to it, its index, and where in it
/// the text after the quote begins.
fn closes(lines: &[String], index: usize) -> Option<(Vec<String>, usize, usize)> {
    let mut pieces = Vec::new();
    for (offset, line) in lines.get(index..)?.iter().take(MAX_CELL_LINES).enumerate() {
        let bytes = line.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'\t' => return None,
                // A doubled quote stands for itself.
                b'"' if bytes.get(at + 1) == Some(&b'"') => at += 2,
                b'"' => {
                    if !matches!(bytes.get(at + 1), None | Some(b'\t')) {
                        return None;
                    }
                    pieces.push(line.get(..at)?.replace("\"\"", "\"").trim().to_owned());
                    return Some((pieces, index + offset, at + 1));
                }
                _ => at += 1,
            }
        }
        pieces.push(line.replace("\"\"", "\"").trim().to_owned());
    }
    None
}
