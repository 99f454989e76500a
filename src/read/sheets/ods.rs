//! ODS: cells hold the text that is shown, so nothing is computed (OpenDocument 1.3 part 3, 9).

use super::{Book, MAX_COLUMN, MAX_MERGES, MAX_ROW, MAX_SHEETS, Sheet, Shown, with_error};
use crate::read::package::Package;
use crate::read::xml::{Piece, Tag, Xml};
use crate::read::{Form, ReadError};

/// Most cells that one repeated cell stands for. Sheets end with a blank cell repeated to the edge; one that shows
/// something is repeated a few times.
const MAX_REPEATED: u32 = 1_000;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Book, ReadError> {
    let mut package = Package::open(bytes, Form::Ods)?;
    if package.part("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(ReadError::Locked(Form::Ods));
    }
    let Some(content) = package.part("content.xml")? else { return Err(ReadError::Damaged(Form::Ods)) };
    let mut book = Book { encoding: "UTF-8".to_owned(), ..Book::default() };
    let hidden = hidden_styles(&content);
    let mut reading = Reading { book: &mut book, row: 0, column: 0, rows: 1, cells: Vec::new() };
    let mut xml = Xml::new(&content);
    while let Some(piece) = xml.next() {
        match piece {
            Piece::Open(tag) => match tag.name() {
                "table" if reading.book.sheets.len() < MAX_SHEETS => {
                    let style = tag.attribute("style-name").unwrap_or_default();
                    let name = tag.attribute("name").unwrap_or_default();
                    reading.book.sheets.push(Sheet { name, hidden: hidden.contains(&style), ..Sheet::default() });
                    (reading.row, reading.column) = (0, 0);
                }
                "table" => break,
                "table-column" => reading.column_style(&tag),
                "table-row" => reading.begin_row(&tag),
                "table-cell" | "covered-table-cell" => {
                    let tag = CellTag::of(&tag);
                    let text = if tag.covered {
                        xml.skip();
                        String::new()
                    } else {
                        cell_text(&mut xml)
                    };
                    reading.cell(&tag, text)?;
                }
                // Changes that were tracked, drawings and the filters' forms hold no cells.
                "tracked-changes" | "shapes" | "forms" | "named-expressions" | "database-ranges" => xml.skip(),
                _ => {}
            },
            Piece::Close(name) if name == "table-row" => reading.end_row()?,
            _ => {}
        }
    }
    book.cut |= xml.is_cut();
    Ok(book)
}

/// Table styles that are not displayed.
fn hidden_styles(content: &str) -> Vec<String> {
    let mut xml = Xml::new(content);
    let mut style = String::new();
    let mut hidden = Vec::new();
    while let Some(piece) = xml.next() {
        let Piece::Open(tag) = piece else { continue };
        match tag.name() {
            "style" => style = tag.attribute("name").unwrap_or_default(),
            "table-properties" if tag.attribute("display").is_some_and(|value| value == "false") => {
                hidden.push(style.clone());
            }
            "body" => break,
            _ => {}
        }
    }
    hidden
}

struct CellTag {
    covered: bool,
    repeated: u32,
    columns: u32,
    rows: u32,
    formula: bool,
    value: Option<String>,
}

impl CellTag {
    fn of(tag: &Tag) -> Self {
        Self {
            covered: tag.name() == "covered-table-cell",
            repeated: tag.number("number-columns-repeated").unwrap_or(1).max(1),
            columns: tag.number("number-columns-spanned").unwrap_or(1).max(1),
            rows: tag.number("number-rows-spanned").unwrap_or(1).max(1),
            formula: tag.attribute("formula").is_some(),
            value: tag.attribute("value"),
        }
    }
}

/// The text of a cell: its paragraphs, one a line. Comments are not shown.
fn cell_text(xml: &mut Xml) -> String {
    let mut text = String::new();
    let mut depth = 1_usize;
    let mut paragraphs = 0_usize;
    while depth > 0 {
        match xml.next() {
            Some(Piece::Open(tag)) => {
                depth += 1;
                match tag.name() {
                    "annotation" | "frame" | "custom-shape" | "ruby-text" => {
                        xml.skip();
                        depth -= 1;
                    }
                    "p" | "h" => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                    }
                    "line-break" => text.push('\n'),
                    "tab" => text.push(' '),
                    "s" => {
                        let count = tag.number("c").unwrap_or(1).min(MAX_REPEATED);
                        text.extend((0..count).map(|_| ' '));
                    }
                    _ => {}
                }
            }
            Some(Piece::Close(_)) => depth -= 1,
            Some(Piece::Text(piece)) if paragraphs > 0 => text.push_str(&piece),
            Some(Piece::Text(_)) => {}
            None => break,
        }
    }
    text
}

struct Reading<'a> {
    book: &'a mut Book,
    row: u32,
    column: u32,
    /// How often the open row is repeated.
    rows: u32,
    /// What the open row shows: column and text, kept for its repetitions.
    cells: Vec<(u32, String)>,
}

impl Reading<'_> {
    fn column_style(&mut self, tag: &Tag) {
        let repeated = tag.number("number-columns-repeated").unwrap_or(1).max(1);
        let last = self.column.saturating_add(repeated - 1).min(MAX_COLUMN);
        if let Some(sheet) = self.book.sheets.last_mut()
            && is_hidden(tag)
        {
            sheet.hidden_columns.add(self.column, last);
        }
        self.column = last.saturating_add(1);
    }

    fn begin_row(&mut self, tag: &Tag) {
        self.column = 0;
        self.cells.clear();
        self.rows = tag.number("number-rows-repeated").unwrap_or(1).max(1);
        let last = self.row.saturating_add(self.rows - 1).min(MAX_ROW);
        if let Some(sheet) = self.book.sheets.last_mut()
            && is_hidden(tag)
        {
            sheet.hidden_rows.add(self.row, last);
        }
    }

    fn cell(&mut self, tag: &CellTag, text: String) -> Result<(), ReadError> {
        let (row, column) = (self.row, self.column);
        self.column = column.saturating_add(tag.repeated).min(MAX_COLUMN);
        let Some(sheet) = self.book.sheets.last_mut() else { return Ok(()) };
        if (tag.columns > 1 || tag.rows > 1) && sheet.merges.len() < MAX_MERGES {
            sheet.merge((row, row.saturating_add(tag.rows - 1)), (column, column.saturating_add(tag.columns - 1)));
        }
        // A number whose text is missing was written by a program that left showing it to the reader.
        let text = if text.trim().is_empty() { tag.value.clone().unwrap_or_default() } else { text };
        if text.trim().is_empty() {
            return Ok(());
        }
        for at in 0..tag.repeated.min(MAX_REPEATED) {
            self.book.count_cell()?;
            self.cells.push((column.saturating_add(at), text.clone()));
            let error = tag.formula && (text.starts_with('#') || text.starts_with("Err:"));
            let shown = Shown { doubt: error.then(|| with_error(&text)), text: text.clone(), uncertain: false };
            if let Some(sheet) = self.book.sheets.last_mut() {
                sheet.put(row, column.saturating_add(at), shown);
            }
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        let cells = std::mem::take(&mut self.cells);
        if !cells.is_empty() {
            for again in 1..self.rows.min(MAX_REPEATED) {
                for (column, text) in &cells {
                    self.book.count_cell()?;
                    let shown = Shown { text: text.clone(), ..Shown::default() };
                    if let Some(sheet) = self.book.sheets.last_mut() {
                        sheet.put(self.row.saturating_add(again), *column, shown);
                    }
                }
            }
        }
        self.row = self.row.saturating_add(self.rows).min(MAX_ROW);
        Ok(())
    }
}

/// Whether a row or column is not shown, by itself or by a filter.
fn is_hidden(tag: &Tag) -> bool {
    tag.attribute("visibility").is_some_and(|value| value != "visible")
}
