//! From a sheet to lines and grids. A sheet is rarely one table: titles and units stand above it, remarks below, other
//! tables follow, and some sheets are prose in one large merged cell.

use std::collections::BTreeMap;

use super::{Book, Merge, Sheet, Shown};
use crate::document::{Cell, Grid, GridRow, Place};
use crate::message::Message;
use crate::read::flow::{Flow, Plain};
use crate::read::{Excess, MAX_CELLS, ReadError};

/// A row with one cell this wide, in tenths of the table, after an empty row, is the title of the next table.
const TITLE_WIDTH: usize = 6;

/// Characters of a cell that make it a paragraph and no label.
const PARAGRAPH: usize = 60;

/// A row with what it shows.
struct Row<'a> {
    row: u32,
    /// Column and content, left to right, merged cells at their first.
    cells: Vec<(u32, &'a Shown)>,
    /// An empty row stands before it.
    after_blank: bool,
}

/// Writes every sheet that is shown into `flow`, and notes what is not.
pub(super) fn lay_out(book: &mut Book, flow: &mut Flow) -> Result<(), ReadError> {
    let shown = book.sheets.iter().filter(|sheet| !sheet.hidden).count();
    if book.cut {
        flow.note(
            "工作簿不完整，只读出了一部分，内容可能有缺失，请重新下载".to_owned(),
            "the workbook is incomplete; only a part of it was read, download it again".to_owned(),
            None,
        );
    }
    let hidden: Vec<&str> =
        book.sheets.iter().filter(|sheet| sheet.hidden && !sheet.cells.is_empty()).map(|s| s.name.as_str()).collect();
    if !hidden.is_empty() {
        flow.note(
            format!("隐藏的工作表没有读取：{}", hidden.join("、")),
            format!("hidden sheets were not read: {}", hidden.join(", ")),
            None,
        );
    }
    for (index, sheet) in (0_u32..).zip(&mut book.sheets) {
        sheet.hidden_rows.settle();
        sheet.hidden_columns.settle();
        if sheet.hidden || sheet.cells.is_empty() {
            continue;
        }
        if shown > 1 {
            let place = Place::Sheet { sheet: index, row: 0, column: 0 };
            flow.heading(1, &Plain::verbatim(&sheet.name), place);
        }
        notes(index, sheet, flow);
        write(index, sheet, flow)?;
    }
    Ok(())
}

/// What of a sheet is hidden, and what of it is not certain.
fn notes(index: u32, sheet: &Sheet, flow: &mut Flow) {
    let name = &sheet.name;
    let first = |mut at: Box<dyn Iterator<Item = (u32, u32)> + '_>| at.next();
    let place = |(row, column): (u32, u32)| Place::Sheet { sheet: index, row, column };
    let keys = || sheet.cells.keys().copied();
    if let Some(at) = first(Box::new(keys().filter(|&(_, column)| sheet.hidden_columns.has(column)))) {
        flow.note(
            format!("工作表“{name}”有隐藏的列，其中的内容没有读取"),
            format!("sheet “{name}” has hidden columns; what is in them was not read"),
            Some(place(at)),
        );
    }
    if let Some(at) = first(Box::new(keys().filter(|&(row, _)| sheet.hidden_rows.has(row)))) {
        flow.note(
            format!("工作表“{name}”有隐藏的行，已读取，但其中的数不作为不符的依据"),
            format!("sheet “{name}” has hidden rows; they were read, but no figure in them is held against it"),
            Some(place(at)),
        );
    }
    let uncertain = sheet.cells.iter().filter(|(_, shown)| shown.uncertain).map(|(&at, _)| at);
    if let Some(at) = first(Box::new(uncertain)) {
        flow.note(
            format!("工作表“{name}”有数没有设定小数位数，显示几位取决于列宽；这里按能显示的全部位数读取"),
            format!(
                "sheet “{name}” has numbers without a number of decimals; how many are shown depends on the column's \
                 width, all that fit were read"
            ),
            Some(place(at)),
        );
    }
}

/// The merged cells, for rows that are asked in order.
struct Merges<'a> {
    by_start: BTreeMap<(u32, u32), &'a Merge>,
    /// By first row; those from `next` on begin below the row gone to.
    sorted: Vec<&'a Merge>,
    next: usize,
    row: u32,
    /// By first column. Merged cells do not overlap, so the last one that begins left of a column is the only one that
    /// can cover it; one that has ended stays until another takes its columns.
    open: BTreeMap<u32, &'a Merge>,
}

impl<'a> Merges<'a> {
    fn new(sheet: &'a Sheet) -> Self {
        let by_start = sheet.merges.iter().map(|merge| ((merge.rows.0, merge.columns.0), merge)).collect();
        let mut sorted: Vec<&Merge> = sheet.merges.iter().collect();
        sorted.sort_by_key(|merge| merge.rows.0);
        Self { by_start, sorted, next: 0, row: 0, open: BTreeMap::new() }
    }

    /// Goes on to `row`, which is no earlier than the row before.
    fn go_to(&mut self, row: u32) {
        self.row = row;
        while let Some(&merge) = self.sorted.get(self.next).filter(|merge| merge.rows.0 <= row) {
            self.next += 1;
            while let Some((&under, _)) = self.open.range(merge.columns.0..=merge.columns.1).next() {
                self.open.remove(&under);
            }
            self.open.insert(merge.columns.0, merge);
        }
    }

    /// The merged cell that covers `column` of the row gone to.
    fn over(&self, column: u32) -> Option<&'a Merge> {
        let (_, &merge) = self.open.range(..=column).next_back()?;
        (column <= merge.columns.1 && self.row <= merge.rows.1).then_some(merge)
    }
}

fn write(index: u32, sheet: &Sheet, flow: &mut Flow) -> Result<(), ReadError> {
    let rows = rows(sheet);
    let merges = Merges::new(sheet);
    let place = |row: u32, column: u32| Place::Sheet { sheet: index, row, column };
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        if let [(column, shown)] = row.cells.as_slice() {
            if row.after_blank {
                flow.blank();
            }
            flow.line(Plain::verbatim(&shown.text), place(row.row, *column));
            at += 1;
            continue;
        }
        let end = table_end(&rows, at, &merges);
        flow.blank();
        let table = rows.get(at..end).unwrap_or_default();
        grid(index, sheet, table, flow)?;
        at = end.max(at + 1);
    }
    Ok(())
}

/// Rows that show something, without what a merged cell covers or a hidden column holds.
fn rows(sheet: &Sheet) -> Vec<Row<'_>> {
    let mut rows: Vec<Row> = Vec::new();
    let mut merges = Merges::new(sheet);
    for (&(row, column), shown) in &sheet.cells {
        if sheet.hidden_columns.has(column) {
            continue;
        }
        merges.go_to(row);
        if merges.over(column).is_some_and(|merge| (merge.rows.0, merge.columns.0) != (row, column)) {
            continue;
        }
        match rows.last_mut() {
            Some(last) if last.row == row => last.cells.push((column, shown)),
            last => {
                let after_blank = last.is_none_or(|last| last.row + 1 < row);
                rows.push(Row { row, cells: vec![(column, shown)], after_blank });
            }
        }
    }
    rows
}

/// One past the last row of the table that begins at `at`.
fn table_end(rows: &[Row], at: usize, merges: &Merges) -> usize {
    let mut width = 0;
    let mut end = at;
    for (index, row) in rows.iter().enumerate().skip(at) {
        if let [(column, shown)] = row.cells.as_slice() {
            let merge = merges.by_start.get(&(row.row, *column));
            let wide = merge.map_or(1, |merge| merge.columns.1 - merge.columns.0 + 1);
            let wide = usize::try_from(wide).unwrap_or(usize::MAX);
            let table_follows = || rows.iter().skip(index + 1).take(4).any(|row| row.cells.len() > 1);
            let text = shown.text.trim();
            let title = row.after_blank
                && wide.saturating_mul(10) >= width * TITLE_WIDTH
                && (wide > 1 || width <= 2)
                && !text.ends_with('计')
                && table_follows();
            let paragraph = text.chars().count() > PARAGRAPH && (wide > 1 || row.after_blank);
            if title || paragraph {
                break;
            }
        } else {
            width = width.max(row.cells.len());
        }
        end = index + 1;
    }
    // Single cells at the end are remarks and what follows; a total that is blank stays in its table.
    while let Some([(_, shown)]) = rows.get(end.wrapping_sub(1)).map(|row| row.cells.as_slice())
        && end > at + 1
        && is_remark(&shown.text)
    {
        end -= 1;
    }
    end
}

/// Whether the text of a row with one cell speaks about the table and does not belong to it.
fn is_remark(text: &str) -> bool {
    let text = text.trim();
    let marks = ["注", "备注", "说明", "附注", "※", "*"];
    marks.iter().any(|mark| text.starts_with(mark))
        || text.ends_with(['。', '.', '；'])
        || text.chars().count() > PARAGRAPH
}

/// Writes rows as one grid. Columns and rows that show nothing are left out, so a merged cell counts those it keeps.
fn grid(index: u32, sheet: &Sheet, table: &[Row], flow: &mut Flow) -> Result<(), ReadError> {
    let mut columns: Vec<u32> = table.iter().flat_map(|row| row.cells.iter().map(|cell| cell.0)).collect();
    columns.sort_unstable();
    columns.dedup();
    let numbers: Vec<u32> = table.iter().map(|row| row.row).collect();
    if columns.len().saturating_mul(table.len()) > MAX_CELLS {
        let found = columns.len().saturating_mul(table.len());
        return Err(ReadError::TooLarge { what: Excess::Cells, found, limit: MAX_CELLS });
    }
    let mut merges = Merges::new(sheet);
    let mut rows = Vec::with_capacity(table.len());
    for (position, row) in table.iter().enumerate() {
        merges.go_to(row.row);
        let hidden = sheet.hidden_rows.has(row.row);
        let mut own = row.cells.iter().peekable();
        let mut cells = Vec::with_capacity(columns.len());
        for &column in &columns {
            let shown = own.next_if(|cell| cell.0 == column).map(|cell| cell.1);
            let merge = merges.over(column);
            if let Some(merge) = merge
                && (row.row, column) != (merge.rows.0, merge.columns.0)
                && shown.is_none()
                && is_anchored(table, &columns, merge)
            {
                continue;
            }
            let merge = merge.filter(|merge| (merge.rows.0, merge.columns.0) == (row.row, column));
            let (wide, high) =
                merge.map_or((1, 1), |merge| (within(&columns, merge.columns), within(&numbers, merge.rows)));
            let doubt = shown.and_then(|shown| shown.doubt.clone()).or_else(|| hidden.then(hidden_row));
            cells.push(Cell {
                text: shown.map(|shown| shown.text.trim().into()).unwrap_or_default(),
                place: Place::Sheet { sheet: index, row: row.row, column },
                columns: wide,
                rows: high,
                strong: false,
                doubt: doubt.filter(|_| shown.is_some()).map(Box::new),
            });
        }
        let first = row.cells.first().map_or(0, |cell| cell.0);
        let place = Place::Sheet { sheet: index, row: row.row, column: first };
        rows.push(GridRow { place, cells, header: false, after_blank: position == 0 || row.after_blank });
    }
    if let Some(first) = rows.first() {
        flow.grid(Grid { place: first.place, caption: None, rows, ragged: false });
    }
    Ok(())
}

/// Whether a merged cell begins at a cell of the table, so that it stands for what it covers.
fn is_anchored(table: &[Row], columns: &[u32], merge: &Merge) -> bool {
    columns.binary_search(&merge.columns.0).is_ok() && table.binary_search_by_key(&merge.rows.0, |row| row.row).is_ok()
}

/// How many of the sorted `kept` are in a range; at least one.
fn within(kept: &[u32], range: (u32, u32)) -> u16 {
    let from = kept.partition_point(|&at| at < range.0);
    let to = kept.partition_point(|&at| at <= range.1);
    u16::try_from(to.saturating_sub(from)).unwrap_or(u16::MAX).max(1)
}

fn hidden_row() -> Message {
    Message::new("这一行在工作表中是隐藏的", "this row is hidden in the sheet")
}
