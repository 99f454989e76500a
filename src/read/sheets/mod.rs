//! Workbooks: XLSX, XLS and ODS become the lines and grids that other forms give.
//!
//! ```text
//! bytes ─xlsx│xls│ods─▶ Sheet: what each cell shows, merged cells, what is hidden ─layout─▶ lines and grids
//! ```
//!
//! A cell's text is what the sheet shows for its value, through its number format ([`format`]): the decimals that are
//! shown are the precision that the figure was published with. The readers are our own above the containers (zip,
//! quick-xml, cfb): calamine 0.38 gives no number format for XLS and ODS and no hidden rows, hands numbers over as
//! floats, and holds a sheet as one dense rectangle, which two cells in far corners make larger than memory.
//!
//! Hidden sheets and columns are not read, and a note says so: nobody sees them in what was published. Hidden rows are
//! read, since sums often count them, with a doubt on each cell.

mod format;
mod layout;
mod ods;
mod xls;
mod xlsx;

use std::collections::BTreeMap;

use super::flow::Flow;
use super::{Excess, MAX_CELLS, ReadError, sha256};
use crate::document::{Document, Format};
use crate::message::Message;

/// Rows and columns of a sheet (XLSX has the most).
const MAX_ROW: u32 = 1_048_576;
/// See [`MAX_ROW`].
const MAX_COLUMN: u32 = 16_384;

/// Most sheets of a workbook that are read. A whole city's forms have some fifty.
const MAX_SHEETS: usize = 1_000;

/// Most merged cells of one sheet.
const MAX_MERGES: usize = 100_000;

/// Reads a workbook.
pub(super) fn read(name: &str, bytes: &[u8], format: Format) -> Result<Document, ReadError> {
    let mut book = match format {
        Format::Xls => xls::read(bytes)?,
        Format::Ods => ods::read(bytes)?,
        _ => xlsx::read(bytes)?,
    };
    let mut flow = Flow::default();
    layout::lay_out(&mut book, &mut flow)?;
    let (blocks, notes) = flow.finish()?;
    if blocks.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(Document {
        name: name.to_owned(),
        sha256: sha256(bytes),
        format,
        encoding: book.encoding,
        blocks,
        lines: Vec::new(),
        pages: Vec::new(),
        incomplete: book.cut,
        sheets: book.sheets.into_iter().map(|sheet| sheet.name).collect(),
        notes,
    })
}

/// A workbook, whatever its format.
#[derive(Debug, Default)]
struct Book {
    sheets: Vec<Sheet>,
    /// What its text is encoded in.
    encoding: String,
    /// Some part ended before it should.
    cut: bool,
    /// Cells that hold something, over all sheets.
    cells: usize,
}

/// A sheet as it is shown.
#[derive(Debug, Default)]
struct Sheet {
    name: String,
    hidden: bool,
    /// Cells that show something, by row and column, 0-based.
    cells: BTreeMap<(u32, u32), Shown>,
    merges: Vec<Merge>,
    hidden_rows: Ranges,
    hidden_columns: Ranges,
}

/// What a cell shows.
#[derive(Debug, Default)]
struct Shown {
    text: String,
    doubt: Option<Message>,
    /// How many decimals are shown depends on the column's width.
    uncertain: bool,
}

/// Cells that are shown as one: first and last row, first and last column, 0-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Merge {
    rows: (u32, u32),
    columns: (u32, u32),
}

/// Ranges of rows or columns, both ends counted.
#[derive(Debug, Default)]
struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    /// Adds a range; neighbours are joined where they come in order.
    fn add(&mut self, first: u32, last: u32) {
        let count = self.0.len();
        match self.0.last_mut() {
            Some(range) if range.0 <= first && first <= range.1.saturating_add(1) => range.1 = range.1.max(last),
            _ if count < MAX_MERGES => self.0.push((first, last)),
            _ => {}
        }
    }

    /// Sorts and joins, so that [`Ranges::has`] can search.
    fn settle(&mut self) {
        let mut ranges = std::mem::take(&mut self.0);
        ranges.sort_unstable();
        for (first, last) in ranges {
            self.add(first, last);
        }
    }

    /// Whether `at` is in one of the ranges. They must be settled.
    fn has(&self, at: u32) -> bool {
        let after = self.0.partition_point(|range| range.0 <= at);
        after.checked_sub(1).and_then(|index| self.0.get(index)).is_some_and(|range| at <= range.1)
    }
}

impl Book {
    /// Counts one more cell; fails past the limit, before memory does.
    fn count_cell(&mut self) -> Result<(), ReadError> {
        self.cells += 1;
        if self.cells > MAX_CELLS {
            return Err(ReadError::TooLarge { what: Excess::Cells, found: self.cells, limit: MAX_CELLS });
        }
        Ok(())
    }
}

impl Sheet {
    /// Puts what a cell shows; nothing for blank without a doubt, and nothing outside a sheet.
    fn put(&mut self, row: u32, column: u32, shown: Shown) {
        if row < MAX_ROW && column < MAX_COLUMN && (!shown.text.trim().is_empty() || shown.doubt.is_some()) {
            self.cells.insert((row, column), shown);
        }
    }

    /// Adds a merged cell; a single cell or one with its ends the wrong way round is none.
    fn merge(&mut self, rows: (u32, u32), columns: (u32, u32)) {
        let several = rows.0 < rows.1 || columns.0 < columns.1;
        if several && rows.0 <= rows.1 && columns.0 <= columns.1 && self.merges.len() < MAX_MERGES {
            self.merges.push(Merge { rows, columns });
        }
    }
}

/// The doubt of a formula without a result in the file.
fn without_result() -> Message {
    Message::new(
        "单元格是公式，文件里没有保存计算结果，请用表格软件打开并另存后再核对",
        "the cell is a formula and its result is not in the file; open it in a spreadsheet program and save it again",
    )
}

/// The doubt of a cell that shows an error.
fn with_error(text: &str) -> Message {
    Message::new(format!("单元格显示的是公式错误 {text}"), format!("the cell shows the formula error {text}"))
}

#[cfg(test)]
mod tests;
