//! Word documents: DOCX and DOC become paragraphs, tables and pictures, and those become lines and grids.
//!
//! A place is a line of [`Document::lines`], which holds each paragraph as a line and each row of a table as one, tabs
//! between its cells: the source itself is no text that a person could be shown.

mod doc;
mod docx;

use super::flow::{Flow, Plain};
use super::{MAX_NESTING, ReadError, sha256, tabs};
use crate::document::{Cell, Document, Format, Grid, GridRow, Place};
use crate::message::Message;

/// Rows with two cells of text that make a table with tables inside it a table of its own.
const ROWS_OF_A_TABLE: usize = 2;

/// Reads a document.
pub(super) fn read(name: &str, bytes: &[u8], format: Format) -> Result<Document, ReadError> {
    let story = if format == Format::Doc { doc::read(bytes)? } else { docx::read(bytes)? };
    let mut writer = Writer::default();
    for Message { zh, en } in story.notes {
        writer.flow.note(zh, en, None);
    }
    writer.items(story.items);
    let (blocks, notes) = writer.flow.finish()?;
    if blocks.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(Document {
        name: name.to_owned(),
        sha256: sha256(bytes),
        format,
        encoding: if format == Format::Doc { "UTF-16LE" } else { "UTF-8" }.to_owned(),
        blocks,
        lines: writer.lines,
        sheets: Vec::new(),
        pages: Vec::new(),
        notes,
        incomplete: story.incomplete,
    })
}

/// What a document holds, in reading order.
#[derive(Debug, Default)]
struct Story {
    items: Vec<Item>,
    notes: Vec<Message>,
    /// Whether it breaks off.
    incomplete: bool,
}

#[derive(Debug)]
enum Item {
    Paragraph(Paragraph),
    Table(Vec<Row>),
    /// A picture with its description.
    Picture(String),
}

#[derive(Debug, Default)]
struct Paragraph {
    /// Line breaks are `\n`.
    text: String,
    /// Level of a heading.
    level: Option<u8>,
    /// All of it is bold.
    strong: bool,
}

/// A row of a table: its own cells, without those that a cell above covers.
#[derive(Debug, Default)]
struct Row {
    cells: Vec<TableCell>,
}

#[derive(Debug, Default)]
struct TableCell {
    items: Vec<Item>,
    /// Columns and rows that it covers, at least 1.
    columns: u16,
    rows: u16,
}

impl TableCell {
    /// A place in a row where no cell stands.
    fn blank(columns: u16) -> Self {
        Self { items: Vec::new(), columns: columns.max(1), rows: 1 }
    }

    fn has_text(&self) -> bool {
        self.items.iter().any(|item| matches!(item, Item::Paragraph(paragraph) if !paragraph.text.trim().is_empty()))
    }
}

/// Whether a table only lays out the page: one column, or tables inside it and hardly a row of its own.
fn is_layout(rows: &[Row]) -> bool {
    if rows.iter().all(|row| row.cells.len() <= 1) {
        return true;
    }
    let nested =
        rows.iter().flat_map(|row| &row.cells).any(|cell| cell.items.iter().any(|i| matches!(i, Item::Table(_))));
    let full = rows.iter().filter(|row| row.cells.iter().filter(|cell| cell.has_text()).count() >= 2);
    nested && full.take(ROWS_OF_A_TABLE).count() < ROWS_OF_A_TABLE
}

/// Lines and blocks in the making.
#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    flow: Flow,
}

impl Writer {
    /// Writes items. Recursion is as deep as tables stand in tables, which the readers bound by [`MAX_NESTING`].
    fn items(&mut self, items: Vec<Item>) {
        for item in items {
            match item {
                Item::Paragraph(paragraph) => self.paragraph(&paragraph),
                Item::Picture(description) => {
                    let place = self.line(format!("[{description}]"));
                    self.flow.image(&description, place);
                }
                Item::Table(rows) if is_layout(&rows) => {
                    for cell in rows.into_iter().flat_map(|row| row.cells) {
                        self.items(cell.items);
                    }
                }
                Item::Table(rows) => self.table(rows),
            }
        }
    }

    /// Adds a line to the source; the place of its text.
    fn line(&mut self, text: String) -> Place {
        let place = tabs::trimmed(&text, 0).place(tabs::number(self.lines.len()));
        self.lines.push(text);
        place
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        // Each paragraph stands apart; only lines broken inside one belong together.
        self.flow.blank();
        if paragraph.text.trim().is_empty() {
            self.lines.push(String::new());
            return;
        }
        if let Some(level) = paragraph.level {
            let text = paragraph.text.replace('\n', " ");
            let place = self.line(text.clone());
            let text = text.trim().to_owned();
            return self.flow.heading(level, &Plain { text: text.into(), strong: paragraph.strong }, place);
        }
        for line in paragraph.text.split('\n') {
            let place = self.line(line.to_owned());
            self.flow.line(Plain { text: line.into(), strong: paragraph.strong }, place);
        }
    }

    fn table(&mut self, rows: Vec<Row>) {
        let mut inner: Vec<Item> = Vec::new();
        let mut grid = Vec::with_capacity(rows.len());
        for row in rows {
            let number = tabs::number(self.lines.len());
            let mut source = String::new();
            let mut column = 0_u32;
            let mut cells = Vec::with_capacity(row.cells.len());
            for (index, cell) in row.cells.into_iter().enumerate() {
                if index > 0 {
                    source.push('\t');
                    column = column.saturating_add(1);
                }
                let (text, strong) = joined(&cell.items);
                let shown = text.replace(['\n', '\t'], " ");
                let end = column.saturating_add(tabs::characters(&shown));
                let place = Place::Line { line: number, from: column, to: end };
                source.push_str(&shown);
                column = end;
                cells.push(Cell {
                    text: text.into(),
                    place,
                    columns: cell.columns.max(1),
                    rows: cell.rows.max(1),
                    strong,
                    doubt: None,
                });
                inner.extend(cell.items.into_iter().filter(|item| !matches!(item, Item::Paragraph(_))));
            }
            self.lines.push(source);
            let place = Place::Line { line: number, from: 0, to: column };
            grid.push(GridRow { place, cells, header: false, after_blank: grid.is_empty() });
        }
        if let Some(first) = grid.first() {
            self.flow.grid(Grid { place: first.place, caption: None, rows: grid, ragged: false });
        }
        self.items(inner);
    }
}

/// The paragraphs of a cell as one text, and whether all of it is bold.
fn joined(items: &[Item]) -> (String, bool) {
    let mut text = String::new();
    let mut strong = true;
    for item in items {
        let Item::Paragraph(paragraph) = item else { continue };
        let piece = paragraph.text.trim();
        if piece.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(piece);
        strong &= paragraph.strong;
    }
    (text.replace('\t', " "), strong && !items.is_empty())
}

/// Whether one more table may stand inside `depth` others.
fn may_nest(depth: usize) -> bool {
    depth < MAX_NESTING
}

#[cfg(test)]
mod tests;
