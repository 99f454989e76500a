//! Where in a document an amount is printed, so that another one can be printed there.

use crate::disclosure::{Anchor, Disclosure};
use crate::document::{Block, Document, Place};

/// A text of the document that holds an amount, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Site {
    text: Text,
    /// Byte offset of the amount in the text.
    offset: usize,
}

/// A text of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Text {
    /// A line of a block of text, or a heading (line 0).
    Line { block: usize, line: usize },
    /// A cell of a grid.
    Cell { block: usize, row: usize, cell: usize },
}

impl Site {
    /// Where in its text it begins: of two in one text, the later one must be changed first.
    pub(super) fn offset(&self) -> usize {
        self.offset
    }

    /// Prints `instead` where `printed` stands; `None` where it does not stand there.
    pub(super) fn put(&self, document: &mut Document, printed: &str, instead: &str) -> Option<()> {
        let end = self.offset.checked_add(printed.len())?;
        let stands_in = |text: &str| text.get(self.offset..end) == Some(printed);
        match (self.text, &mut document.blocks) {
            (Text::Line { block, line }, blocks) => {
                let text = match blocks.get_mut(block)? {
                    Block::Heading { line, .. } => &mut line.text,
                    Block::Text(lines) => &mut lines.get_mut(line)?.text,
                    _ => return None,
                };
                stands_in(text).then(|| text.replace_range(self.offset..end, instead))
            }
            (Text::Cell { block, row, cell }, blocks) => {
                let Block::Grid(grid) = blocks.get_mut(block)? else { return None };
                let text = &mut grid.rows.get_mut(row)?.cells.get_mut(cell)?.text;
                stands_in(text).then(|| text.replace_range(self.offset..end, instead))
            }
        }
    }
}

/// Where the amount at an anchor is printed; `None` where that is not certain (a figure that was put together from two
/// lines, a text that prints it twice).
pub(super) fn of(document: &Document, disclosure: &Disclosure, at: Anchor, printed: &str) -> Option<Site> {
    let place = match at {
        Anchor::Cell { table, row, column, .. } => {
            let row = disclosure.tables.get(usize::from(table))?.rows.get(usize::try_from(row).ok()?)?;
            row.entries.get(usize::from(column))?.place?
        }
        Anchor::Statement { statement, .. } => disclosure.statements.get(usize::try_from(statement).ok()?)?.place,
        _ => return None,
    };
    let mut found = texts(document).filter_map(|(text, own, printed_there)| {
        let offset = offset(printed_there, own, place, printed)?;
        Some(Site { text, offset })
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Every text of the document with its place.
fn texts(document: &Document) -> impl Iterator<Item = (Text, Place, &str)> {
    document.blocks.iter().enumerate().flat_map(|(block, content)| {
        let mut texts: Vec<(Text, Place, &str)> = Vec::new();
        match content {
            Block::Heading { line, .. } => texts.push((Text::Line { block, line: 0 }, line.place, &line.text)),
            Block::Text(lines) => texts.extend(
                lines.iter().enumerate().map(|(at, line)| (Text::Line { block, line: at }, line.place, &*line.text)),
            ),
            Block::Grid(grid) => {
                for (row, cells) in grid.rows.iter().enumerate() {
                    texts.extend(
                        cells
                            .cells
                            .iter()
                            .enumerate()
                            .map(|(cell, c)| (Text::Cell { block, row, cell }, c.place, &*c.text)),
                    );
                }
            }
            Block::Image { .. } => {}
        }
        texts
    })
}

/// Where in a text at `own` the amount at `place` is printed.
fn offset(text: &str, own: Place, place: Place, printed: &str) -> Option<usize> {
    let inside = match (own, place) {
        (Place::Line { line, from, to }, Place::Line { line: other, from: begin, to: end }) => {
            if line != other || begin < from || end > to {
                return None;
            }
            // The place counts characters of the line; marks that were taken out of a cell shift it.
            let characters = usize::try_from(begin - from).ok()?;
            let offset = text.char_indices().nth(characters).map(|(offset, _)| offset);
            offset.filter(|&offset| text.get(offset..).is_some_and(|rest| rest.starts_with(printed)))
        }
        _ if own == place => None,
        _ => return None,
    };
    inside.or_else(|| {
        let mut all = text.match_indices(printed).map(|(offset, _)| offset);
        let first = all.next()?;
        all.next().is_none().then_some(first)
    })
}
