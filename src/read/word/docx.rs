//! DOCX: the body of the document part (ECMA-376 part 1, 17).
//!
//! Tracked changes are taken as accepted: what was inserted stays, what was deleted goes. Hidden text, comments, headers
//! and footers are no part of what is published.

use std::collections::BTreeMap;

use super::{Item, Paragraph, Row, Story, TableCell, may_nest};
use crate::message::Message;
use crate::read::package::Package;
use crate::read::xml::{Piece, Tag, Xml, is_yes};
use crate::read::{Form, ReadError};

/// A picture smaller than this (in square centimetres) is an ornament or a seal.
const MIN_PICTURE: u64 = 30;

/// English metric units of a centimetre.
const UNITS: u64 = 360_000;

/// Longest chain of styles that rest on one another.
const MAX_STYLES: usize = 16;

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> Result<Story, ReadError> {
    let mut package = Package::open(bytes, Form::Docx)?;
    let document = match package.part("word/document.xml")? {
        Some(text) => text,
        None => match package.ending_with("document.xml") {
            Some(name) => package.part(&name)?.unwrap_or_default(),
            None => return Err(ReadError::Damaged(Form::Docx)),
        },
    };
    let styles = match package.part("word/styles.xml")? {
        Some(text) => Styles::read(&text),
        None => Styles::default(),
    };
    let mut reading = Reading::new(&styles);
    reading.part(&document);
    for part in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(text) = package.part(part)? {
            reading.part(&text);
        }
    }
    let mut notes = Vec::new();
    if reading.cut {
        notes.push(Message::new(
            "文档不完整，只读出了一部分，内容可能有缺失，请重新下载",
            "the document is incomplete; only a part of it was read, download it again",
        ));
    }
    if reading.changes {
        notes.push(Message::new(
            "文档里有未处理的修订，已按接受全部修订读取（插入的保留，删除的去掉）",
            "the document has tracked changes; it was read as if all were accepted (insertions kept, deletions left out)",
        ));
    }
    if reading.hidden {
        notes.push(Message::new("文档里有隐藏文字，没有读取", "the document has hidden text, which was not read"));
    }
    let incomplete = reading.cut;
    Ok(Story { items: reading.finish(), notes, incomplete })
}

/// Which paragraph styles are headings, and of which level.
#[derive(Default)]
struct Styles(BTreeMap<String, Style>);

#[derive(Default)]
struct Style {
    level: Option<u8>,
    base: Option<String>,
}

impl Styles {
    fn read(part: &str) -> Self {
        let mut xml = Xml::new(part);
        let mut styles: BTreeMap<String, Style> = BTreeMap::new();
        let mut open: Option<(String, Style)> = None;
        while let Some(piece) = xml.next() {
            match piece {
                Piece::Open(tag) => match tag.name() {
                    "style" => open = tag.attribute("styleId").map(|id| (id, Style::default())),
                    "name" => {
                        if let Some((_, style)) = &mut open {
                            let name = tag.attribute("val").unwrap_or_default().to_lowercase();
                            let number = name.strip_prefix("heading ").or_else(|| name.strip_prefix("标题 "));
                            style.level = match number.and_then(|number| number.trim().parse().ok()) {
                                Some(level @ 1..=9) => Some(level),
                                _ if name == "title" => Some(1),
                                _ => style.level,
                            };
                        }
                    }
                    "basedOn" => {
                        if let Some((_, style)) = &mut open {
                            style.base = tag.attribute("val");
                        }
                    }
                    "outlineLvl" => {
                        if let Some((_, style)) = &mut open {
                            style.level = style.level.or(outline(&tag));
                        }
                    }
                    _ => {}
                },
                Piece::Close(name) if name == "style" => styles.extend(open.take()),
                _ => {}
            }
        }
        Self(styles)
    }

    fn level(&self, id: &str) -> Option<u8> {
        let mut at = self.0.get(id)?;
        for _ in 0..MAX_STYLES {
            if at.level.is_some() {
                return at.level;
            }
            at = self.0.get(at.base.as_ref()?)?;
        }
        None
    }
}

/// The level of a heading, 1 for the highest, from its outline level, which 9 makes body text.
fn outline(tag: &Tag) -> Option<u8> {
    tag.number("val").filter(|&level| level < 9).and_then(|level| u8::try_from(level + 1).ok())
}

/// Whether a switch such as `<w:b/>` is on.
fn is_on(tag: &Tag) -> bool {
    tag.attribute("val").is_none_or(|value| is_yes(&value))
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Merge {
    #[default]
    None,
    Begin,
    GoOn,
}

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one property that the markup switches on its own")]
struct OpenParagraph {
    text: String,
    level: Option<u8>,
    /// Some text of it is bold, and some is not.
    bold: bool,
    plain: bool,
    in_properties: bool,
    in_run: bool,
    run_bold: bool,
    run_hidden: bool,
    /// Its end was deleted: it goes on in the next paragraph.
    goes_on: bool,
}

#[derive(Default)]
struct OpenRow {
    cells: Vec<(TableCell, Merge)>,
    before: u16,
    deleted: bool,
}

#[derive(Default)]
struct OpenTable {
    rows: Vec<OpenRow>,
    row: OpenRow,
    columns: u16,
    merge: Merge,
    in_row_properties: bool,
}

struct Reading<'a> {
    styles: &'a Styles,
    /// Items of the body and of each open cell, the innermost last.
    items: Vec<Vec<Item>>,
    tables: Vec<OpenTable>,
    /// Tables that stand too deep and are read as part of the one around them.
    swallowed: usize,
    /// Paragraphs that are open: a text box stands inside one.
    paragraphs: Vec<OpenParagraph>,
    /// Text of a paragraph whose end was deleted.
    carried: String,
    picture: (u64, String),
    cut: bool,
    changes: bool,
    hidden: bool,
}

impl<'a> Reading<'a> {
    fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            items: vec![Vec::new()],
            tables: Vec::new(),
            swallowed: 0,
            paragraphs: Vec::new(),
            carried: String::new(),
            picture: (0, String::new()),
            cut: false,
            changes: false,
            hidden: false,
        }
    }

    fn part(&mut self, text: &str) {
        let mut xml = Xml::new(text);
        while let Some(piece) = xml.next() {
            match piece {
                Piece::Open(tag) => self.open(&tag, &mut xml),
                Piece::Close(name) => self.close(&name),
                Piece::Text(_) => {}
            }
        }
        self.cut |= xml.is_cut();
        while !self.paragraphs.is_empty() {
            self.end_paragraph();
        }
        while !self.tables.is_empty() {
            self.end_cell();
            self.end_row();
            self.end_table();
        }
    }

    fn open(&mut self, tag: &Tag, xml: &mut Xml) {
        match tag.name() {
            "p" => self.paragraphs.push(OpenParagraph::default()),
            "tbl" if may_nest(self.tables.len()) => self.tables.push(OpenTable::default()),
            "tbl" => self.swallowed += 1,
            // What was deleted or stands elsewhere, field codes, and the second form of what newer programs draw.
            "del" | "moveFrom" => {
                self.changes = true;
                if let Some(table) = self.tables.last_mut().filter(|table| table.in_row_properties) {
                    table.row.deleted = true;
                } else if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.goes_on |= paragraph.in_properties;
                }
                xml.skip();
            }
            "ins" | "moveTo" => self.changes = true,
            "delText" | "instrText" | "delInstrText" | "Fallback" | "sectPr" | "rPrChange" | "pPrChange"
            | "tblPrChange" | "trPrChange" | "tcPrChange" | "tblGridChange" | "tblPrExChange" | "numberingChange" => {
                xml.skip();
            }
            // Separators between text and notes, not notes.
            "footnote" | "endnote" if tag.attribute("type").is_some_and(|kind| kind != "normal") => xml.skip(),
            "extent" => {
                let side = |name: &str| u64::from(tag.number(name).unwrap_or(0)) / UNITS;
                self.picture = (side("cx").saturating_mul(side("cy")), String::new());
            }
            "docPr" => self.picture.1 = tag.attribute("descr").unwrap_or_default(),
            "blip" => {
                if self.picture.0 >= MIN_PICTURE {
                    self.picture();
                }
            }
            "imagedata" => {
                self.picture.1 = tag.attribute("title").unwrap_or_default();
                self.picture();
            }
            name if self.tables.last().is_some() && self.swallowed == 0 && self.open_in_table(name, tag) => {}
            name => self.open_in_paragraph(name, tag, xml),
        }
    }

    /// Tags of a table; false for any other.
    fn open_in_table(&mut self, name: &str, tag: &Tag) -> bool {
        let Some(table) = self.tables.last_mut() else { return false };
        let count = || tag.number("val").and_then(|count| u16::try_from(count).ok());
        match name {
            "tr" => table.row = OpenRow::default(),
            "trPr" => table.in_row_properties = true,
            "gridBefore" => table.row.before = count().unwrap_or(0),
            "tc" => {
                (table.columns, table.merge) = (1, Merge::None);
                self.items.push(Vec::new());
            }
            "gridSpan" => table.columns = count().unwrap_or(1).max(1),
            "vMerge" => {
                let begins = tag.attribute("val").is_some_and(|value| value == "restart");
                table.merge = if begins { Merge::Begin } else { Merge::GoOn };
            }
            _ => return false,
        }
        true
    }

    fn open_in_paragraph(&mut self, name: &str, tag: &Tag, xml: &mut Xml) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match name {
            "pPr" => paragraph.in_properties = true,
            "pStyle" => {
                let level = tag.attribute("val").and_then(|id| self.styles.level(&id));
                paragraph.level = paragraph.level.or(level);
            }
            "outlineLvl" => paragraph.level = outline(tag),
            "r" => (paragraph.in_run, paragraph.run_bold, paragraph.run_hidden) = (true, false, false),
            "b" if paragraph.in_run => paragraph.run_bold = is_on(tag),
            "vanish" if paragraph.in_run => paragraph.run_hidden = is_on(tag),
            "t" => {
                let text = xml.text();
                paragraph.add(&text);
                self.hidden |= paragraph.run_hidden && !text.trim().is_empty();
            }
            "tab" | "ptab" if paragraph.in_run => paragraph.add("  "),
            "br" | "cr" if paragraph.in_run => paragraph.add("\n"),
            "noBreakHyphen" => paragraph.add("-"),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "r" | "pPr" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    (paragraph.in_run, paragraph.in_properties) = (false, false);
                }
            }
            "tbl" if self.swallowed > 0 => self.swallowed -= 1,
            _ if self.swallowed > 0 => {}
            "trPr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_row_properties = false;
                }
            }
            "tc" => self.end_cell(),
            "tr" => self.end_row(),
            "tbl" => self.end_table(),
            _ => {}
        }
    }

    fn push(&mut self, item: Item) {
        if let Some(items) = self.items.last_mut() {
            items.push(item);
        }
    }

    fn picture(&mut self) {
        let (_, description) = std::mem::take(&mut self.picture);
        self.push(Item::Picture(description));
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let text = std::mem::take(&mut self.carried) + &paragraph.text;
        if paragraph.goes_on {
            self.carried = text;
            return;
        }
        let strong = paragraph.bold && !paragraph.plain;
        self.push(Item::Paragraph(Paragraph { text, level: paragraph.level, strong }));
    }

    fn end_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        if self.items.len() < 2 {
            return;
        }
        let items = self.items.pop().unwrap_or_default();
        let cell = TableCell { items, columns: table.columns.max(1), rows: 1 };
        table.row.cells.push((cell, table.merge));
    }

    fn end_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            let row = std::mem::take(&mut table.row);
            if !row.deleted && !row.cells.is_empty() {
                table.rows.push(row);
            }
        }
    }

    fn end_table(&mut self) {
        if let Some(table) = self.tables.pop() {
            self.push(Item::Table(merged(table.rows)));
        }
    }

    fn finish(mut self) -> Vec<Item> {
        std::mem::take(&mut self.items).into_iter().flatten().collect()
    }
}

impl OpenParagraph {
    fn add(&mut self, text: &str) {
        if self.run_hidden {
            return;
        }
        if !text.trim().is_empty() {
            self.bold |= self.run_bold;
            self.plain |= !self.run_bold;
        }
        self.text.push_str(text);
    }
}

/// Rows whose cells that are merged downwards are one.
fn merged(rows: Vec<OpenRow>) -> Vec<Row> {
    let mut finished: Vec<Row> = Vec::with_capacity(rows.len());
    // Cells that are merged downwards, by the column they begin in: row, position, columns.
    let mut open: BTreeMap<u32, (usize, usize, u16)> = BTreeMap::new();
    for (number, row) in rows.into_iter().enumerate() {
        let mut cells: Vec<TableCell> = Vec::with_capacity(row.cells.len());
        let mut column = u32::from(row.before);
        if row.before > 0 {
            cells.push(TableCell::blank(row.before));
        }
        for (cell, merge) in row.cells {
            let width = cell.columns;
            let above = open.get(&column).copied().filter(|&(_, _, columns)| columns == width);
            match (merge, above) {
                (Merge::GoOn, Some((first, position, _))) => {
                    if let Some(above) = finished.get_mut(first).and_then(|row: &mut Row| row.cells.get_mut(position)) {
                        above.rows = above.rows.saturating_add(1);
                    }
                }
                (Merge::None, _) => {
                    open.remove(&column);
                    cells.push(cell);
                }
                _ => {
                    open.insert(column, (number, cells.len(), width));
                    cells.push(cell);
                }
            }
            column = column.saturating_add(u32::from(width));
        }
        finished.push(Row { cells });
    }
    finished
}
