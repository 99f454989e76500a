//! DOC: the text of Word 97–2003 with its paragraphs and tables ([MS-DOC]).
//!
//! The text stands in pieces; properties of paragraphs and of runs stand apart, by the position of their bytes. Of the
//! properties only those are read that say what is a row, a cell, a heading, deleted or hidden.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Item, Paragraph, Row, Story, TableCell};
use crate::message::Message;
use crate::read::compound::{Compound, offset_at, u16_at, u32_at};
use crate::read::{Form, ReadError};

/// Most characters that are read: the longest document known has some 200 000.
const MAX_CHARACTERS: usize = 8_000_000;

/// Pages of properties are this long.
const PAGE: usize = 512;

/// Edges of cells that are closer than this (in twentieths of a point) are one.
const SAME_EDGE: i32 = 30;

/// Most cells of a row.
const MAX_CELLS_OF_ROW: usize = 64;

/// Where in the header the numbers stand that are read ([MS-DOC] 2.5).
mod header {
    pub(super) const VERSION: usize = 0x02;
    pub(super) const FLAGS: usize = 0x0a;
    /// Lengths of the parts of the text, in their order: body, footnotes, headers, macros, comments, endnotes, boxes.
    pub(super) const LENGTHS: usize = 0x4c;
    pub(super) const RUN_PAGES: usize = 0xfa;
    pub(super) const PARAGRAPH_PAGES: usize = 0x102;
    pub(super) const PIECES: usize = 0x1a2;
}

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> Result<Story, ReadError> {
    let damaged = ReadError::Damaged(Form::Doc);
    let mut file = Compound::open(bytes).ok_or(damaged.clone())?;
    let main = file.stream("WordDocument").ok_or(damaged.clone())?;
    let flags = u16_at(&main, header::FLAGS).ok_or(damaged.clone())?;
    if flags & 0x0100 != 0 {
        return Err(ReadError::Locked(Form::Doc));
    }
    // Word 6 and 95 keep everything elsewhere.
    if u16_at(&main, header::VERSION).is_none_or(|version| version < 0x00c1) {
        return Err(ReadError::NotYet(Form::Doc));
    }
    let table = file.stream(if flags & 0x0200 == 0 { "0Table" } else { "1Table" }).ok_or(damaged.clone())?;
    let text = text(&main, &table).ok_or(damaged)?;
    let paragraphs = Properties::read(&main, &table, header::PARAGRAPH_PAGES);
    let runs = Properties::read(&main, &table, header::RUN_PAGES);
    let mut notes = vec![Message::new(
        "这是旧版 Word 文档，按其中的文字和表格读取，个别单元格的合并可能与版面不同，请对照原文；最好另存为 docx",
        "this is an old Word document, read by its text and tables; some merged cells may differ from the page, compare \
         with the original or save it as docx",
    )];
    if text.cut {
        notes.push(Message::new(
            "文档不完整，只读出了一部分，内容可能有缺失",
            "the document is incomplete; only a part of it was read",
        ));
    }
    let mut reading = Reading { items: Vec::new(), cells: Vec::new(), paragraphs: Vec::new(), rows: Vec::new() };
    reading.part(&main, &text.characters, &paragraphs, &runs);
    Ok(Story { items: reading.items, notes, incomplete: text.cut })
}

/// A character with the position of its bytes.
#[derive(Clone, Copy)]
struct Character {
    unit: u16,
    at: u32,
}

struct Text {
    characters: Vec<Character>,
    cut: bool,
}

/// The text of the parts that are published: body, footnotes, endnotes, boxes.
fn text(main: &[u8], table: &[u8]) -> Option<Text> {
    let start = offset_at(main, header::PIECES)?;
    let length = offset_at(main, header::PIECES + 4)?;
    let mut pieces = table.get(start..start.checked_add(length)?.min(table.len()))?;
    // Property lists that pieces refer to come first.
    while pieces.first() == Some(&1) {
        let length = usize::from(u16_at(pieces, 1)?);
        pieces = pieces.get(length.checked_add(3)?..)?;
    }
    if pieces.first() != Some(&2) {
        return None;
    }
    let body = pieces.get(5..)?;
    let count = offset_at(pieces, 1)?.checked_sub(4)? / 12;
    let mut all: Vec<Character> = Vec::new();
    let mut cut = false;
    for piece in 0..count.min(body.len() / 12) {
        let first = offset_at(body, piece * 4)?;
        let last = offset_at(body, piece * 4 + 4)?;
        let position = u32_at(body, (count + 1) * 4 + piece * 8 + 2)?;
        let characters = last.checked_sub(first)?;
        if all.len().saturating_add(characters) > MAX_CHARACTERS {
            cut = true;
            break;
        }
        let narrow = position & 0x4000_0000 != 0;
        let position = if narrow { (position & 0x3fff_ffff) / 2 } else { position & 0x3fff_ffff };
        let width: u32 = if narrow { 1 } else { 2 };
        for index in 0..u32::try_from(characters).ok()? {
            let at = position.checked_add(index.checked_mul(width)?)?;
            let byte = usize::try_from(at).ok()?;
            let unit = if narrow { main.get(byte).map(|&byte| latin(byte)) } else { u16_at(main, byte) };
            let Some(unit) = unit else {
                cut = true;
                break;
            };
            all.push(Character { unit, at });
        }
    }
    let part = |index: usize| offset_at(main, header::LENGTHS + index * 4).unwrap_or(0);
    let mut characters = Vec::with_capacity(all.len());
    let mut from = 0_usize;
    for index in 0..7 {
        let to = from.saturating_add(part(index)).min(all.len());
        if matches!(index, 0 | 1 | 5 | 6) {
            characters.extend_from_slice(all.get(from..to).unwrap_or_default());
        }
        from = to;
    }
    Some(Text { characters, cut })
}

/// A character of the narrow pieces (Windows-1252).
fn latin(byte: u8) -> u16 {
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
    text.encode_utf16().next().unwrap_or(u16::from(byte))
}

/// Runs of bytes with the property list that holds for them, sorted.
struct Properties(Vec<(u32, u32, usize, usize)>);

impl Properties {
    /// Reads the pages that the table of pages names. For paragraphs a list begins with the number of its style.
    fn read(main: &[u8], table: &[u8], at: usize) -> Self {
        let paragraphs = at == header::PARAGRAPH_PAGES;
        let mut runs = Vec::new();
        let (Some(start), Some(length)) = (offset_at(main, at), offset_at(main, at + 4)) else { return Self(runs) };
        let Some(pages) = start.checked_add(length).and_then(|end| table.get(start..end.min(table.len()))) else {
            return Self(runs);
        };
        let count = pages.len().saturating_sub(4) / 8;
        // No more pages than the file has room for: a broken table names one page again and again.
        for page in 0..count.min(main.len() / PAGE + 1) {
            let Some(number) = offset_at(pages, (count + 1) * 4 + page * 4) else { break };
            let base = (number & 0x003f_ffff).saturating_mul(PAGE);
            let Some(page) = main.get(base..base.saturating_add(PAGE)) else { continue };
            let entries = usize::from(page.last().copied().unwrap_or(0));
            for entry in 0..entries {
                let (Some(from), Some(to)) = (u32_at(page, entry * 4), u32_at(page, entry * 4 + 4)) else { break };
                let size = if paragraphs { 13 } else { 1 };
                let Some(&offset) = page.get((entries + 1) * 4 + entry * size) else { break };
                let offset = usize::from(offset) * 2;
                let (begin, length) = match (offset, page.get(offset).copied().unwrap_or(0), paragraphs) {
                    (0, ..) => (0, 0),
                    (_, length, false) => (offset + 1, usize::from(length)),
                    (_, 0, true) => (offset + 2, usize::from(page.get(offset + 1).copied().unwrap_or(0)) * 2),
                    (_, length, true) => (offset + 1, usize::from(length) * 2 - 1),
                };
                if from < to {
                    runs.push((from, to, base + begin, length.min(PAGE.saturating_sub(begin))));
                }
            }
        }
        runs.sort_unstable();
        Self(runs)
    }

    /// The property list of the byte at `at`, and the bytes that it holds for.
    fn run<'a>(&self, main: &'a [u8], at: u32) -> (Range<u32>, &'a [u8]) {
        let after = self.0.partition_point(|run| run.0 <= at);
        match after.checked_sub(1).and_then(|index| self.0.get(index)).filter(|run| at < run.1) {
            Some(run) => (run.0..run.1, main.get(run.2..run.2.saturating_add(run.3)).unwrap_or_default()),
            None => (at..at.saturating_add(1), &[]),
        }
    }
}

/// The properties of a list: number and operand.
struct List<'a>(&'a [u8]);

impl<'a> Iterator for List<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let number = u16_at(self.0, 0)?;
        let rest = self.0.get(2..)?;
        let (skip, length) = match number >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            // The definition of a row says its length in two bytes, and one too many.
            _ if number == 0xd608 => (2, usize::from(u16_at(rest, 0)?).saturating_sub(1)),
            _ => (1, usize::from(*rest.first()?)),
        };
        let end = (skip + length).min(rest.len());
        self.0 = rest.get(end..).unwrap_or_default();
        Some((number, rest.get(skip..end).unwrap_or_default()))
    }
}

/// What a paragraph's properties say.
#[derive(Default)]
struct ParagraphProperties {
    in_table: bool,
    ends_row: bool,
    /// Tables inside tables are read as text of the cell.
    depth: u32,
    level: Option<u8>,
    row: RowProperties,
}

/// How a row is parted.
#[derive(Clone, Debug, Default)]
struct RowProperties {
    /// Edges from left to right, one more than cells.
    edges: Vec<i32>,
    merges: Vec<CellMerge>,
}

#[derive(Clone, Copy, Debug, Default)]
struct CellMerge {
    /// Goes on what the cell to the left shows.
    left: bool,
    /// Goes on what the cell above shows.
    above: bool,
    begins: bool,
}

impl ParagraphProperties {
    fn read(list: &[u8]) -> Self {
        let mut properties = Self::default();
        let style = u16_at(list, 0).unwrap_or(0);
        // Styles 1 to 9 are the headings in every document.
        if (1..=9).contains(&style) {
            properties.level = u8::try_from(style).ok();
        }
        for (number, operand) in List(list.get(2..).unwrap_or_default()) {
            let on = operand.first().is_some_and(|&value| value != 0);
            match number {
                0x2416 => properties.in_table = on,
                0x2417 => properties.ends_row = on,
                0x6649 => {
                    properties.depth = u32_at(operand, 0).unwrap_or(0);
                    properties.in_table |= properties.depth > 0;
                }
                0x2640 => {
                    let level = operand.first().copied().filter(|&level| level < 9).map(|level| level + 1);
                    properties.level = level.or(properties.level);
                }
                0xd608 => properties.row = RowProperties::read(operand),
                0xd62b => {
                    if let (Some(&cell), Some(&flag)) = (operand.first(), operand.get(1))
                        && let Some(merge) = properties.row.merges.get_mut(usize::from(cell))
                    {
                        (merge.above, merge.begins) = (flag == 1, flag == 3);
                    }
                }
                _ => {}
            }
        }
        properties
    }
}

impl RowProperties {
    fn read(operand: &[u8]) -> Self {
        let count = usize::from(operand.first().copied().unwrap_or(0));
        if count == 0 || count > MAX_CELLS_OF_ROW {
            return Self::default();
        }
        let edge = |index: usize| u16_at(operand, 1 + index * 2).map(|edge| i32::from(edge.cast_signed()));
        let edges: Option<Vec<i32>> = (0..=count).map(edge).collect();
        let merge = |index: usize| {
            let flags = u16_at(operand, 1 + (count + 1) * 2 + index * 20).unwrap_or(0);
            let vertical = flags >> 5 & 3;
            CellMerge { left: flags & 3 == 1, above: vertical == 1, begins: vertical == 3 }
        };
        Self { edges: edges.unwrap_or_default(), merges: (0..count).map(merge).collect() }
    }
}

/// A row as it was read: its cells, and how they are parted.
struct OpenRow {
    cells: Vec<Vec<Item>>,
    properties: RowProperties,
}

struct Reading {
    items: Vec<Item>,
    /// Cells of the open row.
    cells: Vec<Vec<Item>>,
    /// Paragraphs of the open cell.
    paragraphs: Vec<Item>,
    rows: Vec<OpenRow>,
}

impl Reading {
    fn part(&mut self, main: &[u8], text: &[Character], paragraphs: &Properties, runs: &Properties) {
        let mut units: Vec<u16> = Vec::new();
        // Fields that are open: whether what is being read is their code.
        let mut fields: Vec<bool> = Vec::new();
        // Properties hold for runs: they are looked up where the run ends.
        let mut run: (Range<u32>, bool) = (0..0, false);
        for &Character { unit, at } in text {
            match unit {
                0x07 | 0x0c | 0x0d => {
                    let properties = ParagraphProperties::read(paragraphs.run(main, at).1);
                    self.end_paragraph(&String::from_utf16_lossy(&units), unit == 0x07, properties);
                    units.clear();
                }
                0x13 => fields.push(true),
                0x14 => {
                    if let Some(code) = fields.last_mut() {
                        *code = false;
                    }
                }
                0x15 => drop(fields.pop()),
                _ if fields.contains(&true) => {}
                _ => {
                    if !run.0.contains(&at) {
                        let (bytes, list) = runs.run(main, at);
                        run = (bytes, is_hidden(list));
                    }
                    if run.1 {
                        continue;
                    }
                    match unit {
                        0x09 => units.extend([0x20, 0x20]),
                        0x0b => units.push(u16::from(b'\n')),
                        0x1e => units.push(u16::from(b'-')),
                        0x01 => self.picture(),
                        ..0x20 => {}
                        _ => units.push(unit),
                    }
                }
            }
        }
        if !units.is_empty() {
            self.end_paragraph(&String::from_utf16_lossy(&units), false, ParagraphProperties::default());
        }
        self.end_table();
    }

    fn picture(&mut self) {
        if self.rows.is_empty() && self.cells.is_empty() {
            self.items.push(Item::Picture(String::new()));
        }
    }

    fn end_paragraph(&mut self, text: &str, cell_mark: bool, properties: ParagraphProperties) {
        let paragraph = Item::Paragraph(Paragraph { text: text.to_owned(), level: properties.level, strong: false });
        if !properties.in_table && !cell_mark {
            self.end_table();
            self.items.push(paragraph);
        } else if properties.ends_row && properties.depth <= 1 {
            self.end_row(properties.row);
        } else {
            self.paragraphs.push(paragraph);
            if cell_mark {
                self.cells.push(std::mem::take(&mut self.paragraphs));
            }
        }
    }

    fn end_row(&mut self, properties: RowProperties) {
        if !self.paragraphs.is_empty() {
            self.cells.push(std::mem::take(&mut self.paragraphs));
        }
        let cells = std::mem::take(&mut self.cells);
        if !cells.is_empty() {
            self.rows.push(OpenRow { cells, properties });
        }
    }

    fn end_table(&mut self) {
        // A row whose end is lost.
        self.end_row(RowProperties::default());
        let rows = std::mem::take(&mut self.rows);
        if !rows.is_empty() {
            self.items.push(Item::Table(spread(rows)));
        }
    }
}

/// Whether a run was deleted or is hidden.
fn is_hidden(list: &[u8]) -> bool {
    List(list).any(|(number, operand)| matches!(number, 0x0800 | 0x083c) && operand.first() == Some(&1))
}

/// Rows with the columns that their cells cover, by the edges of all rows.
fn spread(rows: Vec<OpenRow>) -> Vec<Row> {
    let mut edges: Vec<i32> = Vec::new();
    for row in &rows {
        let known = row.properties.edges.len() == row.cells.len() + 1;
        edges.extend(row.properties.edges.iter().filter(|_| known));
    }
    edges.sort_unstable();
    edges.dedup_by(|next, kept| next.saturating_sub(*kept) <= SAME_EDGE);
    let column = |edge: i32| edges.partition_point(|&other| other.saturating_add(SAME_EDGE) < edge);
    let mut finished: Vec<Row> = Vec::with_capacity(rows.len());
    let mut open: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (number, row) in rows.into_iter().enumerate() {
        let known = row.properties.edges.len() == row.cells.len() + 1;
        let mut cells: Vec<TableCell> = Vec::with_capacity(row.cells.len());
        let indent = row.properties.edges.first().filter(|_| known).map_or(0, |&edge| column(edge));
        if indent > 0 {
            cells.push(TableCell::blank(u16::try_from(indent).unwrap_or(u16::MAX)));
        }
        for (index, items) in row.cells.into_iter().enumerate() {
            let merge = row.properties.merges.get(index).copied().filter(|_| known).unwrap_or_default();
            let edge = |index: usize| row.properties.edges.get(index).copied().unwrap_or(0);
            let (from, to) = if known { (column(edge(index)), column(edge(index + 1))) } else { (index, index + 1) };
            let columns = u16::try_from(to.saturating_sub(from)).unwrap_or(u16::MAX).max(1);
            if merge.left
                && let Some(last) = cells.last_mut()
            {
                last.columns = last.columns.saturating_add(columns);
                continue;
            }
            if merge.above
                && let Some(&(row, position)) = open.get(&from)
                && let Some(above) = finished.get_mut(row).and_then(|row: &mut Row| row.cells.get_mut(position))
            {
                above.rows = above.rows.saturating_add(1);
                continue;
            }
            if merge.begins {
                open.insert(from, (number, cells.len()));
            } else {
                open.remove(&from);
            }
            cells.push(TableCell { items, columns, rows: 1 });
        }
        finished.push(Row { cells });
    }
    finished
}
