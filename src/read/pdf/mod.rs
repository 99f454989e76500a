//! PDF: bytes become blocks of tables and text. Each file of this folder removes one class of difficulty:
//!
//! ```text
//! bytes ─hayro─▶ pages ─content─▶ glyphs, lines, fills ─glyphs─▶ cleaned and upright
//!       ─rules─▶ straight lines ─cells─▶ ruled tables ┐
//!       ─text──▶ pieces of text ─unruled▶ other tables ┼─pages─▶ tables over page breaks
//!                                        ─prose─▶ text ┘
//! ```
//!
//! `space` alone computes with floats; all that follows it is whole hundredths of a point. Of a page that cannot be read
//! (a picture, an unknown encoding, damage) a note says so: nothing is left out silently.

mod cells;
mod columns;
mod content;
mod encoding;
mod font;
mod glyphs;
mod pages;
mod paths;
mod prose;
mod radicals;
mod rules;
mod space;
mod text;
mod truetype;
mod unruled;

use std::fmt;

use hayro_syntax::object::Dict;
use hayro_syntax::page::Page;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use sha2::{Digest, Sha256};

use super::ReadError;
use crate::disclosure::Message;
use crate::document::{Block, Document, Format, Grid, Line, Place, ReadNote};

use cells::{Evidence, PageTable, Pieces};
use content::{Content, Losses, Shared};
use glyphs::Turned;
use pages::{Joined, Part, place};
use prose::PageLines;
use rules::Lines;
use space::Area;
use text::TextLine;

/// Most pages of one file: the longest disclosure known has some 400.
pub const MAX_PAGES: usize = 3_000;

/// Most glyphs of one file: 3000 pages of the densest kind would be a third of it.
const MAX_GLYPHS: usize = 20_000_000;

/// Pages with fewer glyphs than this hold a page number at most.
const NO_TEXT: usize = 8;

/// A picture smaller than this share of the page is ornament (per mille).
const MIN_PICTURE: i64 = 20;

/// Why a PDF could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PdfError {
    /// No `%PDF-` near the beginning.
    NotPdf,
    /// It opens with a password only.
    Password,
    /// Its encryption is of an unknown kind.
    Encryption,
    /// It is damaged beyond finding a page.
    Damaged,
}

impl PdfError {
    /// The message in both languages: what was found and what to do.
    pub fn message(self) -> Message {
        match self {
            Self::NotPdf => {
                Message::new("这不是 PDF 文件：开头没有 %PDF 标记", "this is no PDF file: it does not begin with %PDF")
            }
            Self::Password => Message::new(
                "PDF 需要打开密码；请先用密码打开，另存为不加密的文件再试",
                "the PDF opens with a password only; open it, save a copy without one and try that",
            ),
            Self::Encryption => Message::new(
                "PDF 的加密方式不支持；请另存为不加密的文件再试",
                "the PDF is encrypted in a way that is not supported; save a copy without encryption and try that",
            ),
            Self::Damaged => Message::new(
                "PDF 已损坏，一页也读不出来；请重新下载，或用阅读器打开后另存",
                "the PDF is damaged and no page can be read; download it again, or open it in a viewer and save a copy",
            ),
        }
    }
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().zh)
    }
}

/// Whether the bytes are a PDF, whatever their name: the mark may stand behind some junk.
pub fn is_pdf(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    start.windows(5).any(|window| window == b"%PDF-")
}

/// Reads a PDF. An empty password is tried where one is asked for.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    read_with_password(name, bytes, None)
}

/// Reads a PDF that opens with `password`: the owner's or the reader's.
pub fn read_with_password(name: &str, bytes: &[u8], password: Option<&str>) -> Result<Document, ReadError> {
    document(name, bytes, password.unwrap_or_default()).map_err(ReadError::Pdf)
}

fn document(name: &str, bytes: &[u8], password: &str) -> Result<Document, PdfError> {
    if !is_pdf(bytes) {
        return Err(PdfError::NotPdf);
    }
    let (pdf, repaired) = open(bytes, password)?;
    let mut notes = Notes::default();
    if repaired {
        notes.add(
            "PDF 不完整（结尾缺失），读出了还能找到的页；内容可能不全，页序也可能不对",
            "the PDF is incomplete (its end is missing); the pages that could be found were read, some may be missing or out of order",
            None,
        );
    }
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let mut shared = Shared::new(catalog.as_ref());
    let count = pdf.pages().len();
    if count == 0 {
        return Err(PdfError::Damaged);
    }
    if count > MAX_PAGES {
        notes.add(
            &format!("PDF 有 {count} 页，只读了前 {MAX_PAGES} 页"),
            &format!("the PDF has {count} pages; only the first {MAX_PAGES} were read"),
            None,
        );
    }
    let mut readings = Vec::new();
    let mut budget = MAX_GLYPHS;
    for (page, number) in pdf.pages().iter().take(MAX_PAGES).zip(1u32..) {
        let reading = read_page(page, number, &mut shared);
        budget = budget.saturating_sub(reading.glyphs);
        readings.push(reading);
        if budget == 0 {
            notes.add(
                &format!("文字太多，只读到第 {number} 页"),
                &format!("too much text; reading ended on page {number}"),
                None,
            );
            break;
        }
    }
    notes.losses(&readings);
    let blocks = assemble(readings, &mut notes);
    Ok(Document {
        name: name.to_owned(),
        sha256: hexadecimal(&Sha256::digest(bytes)),
        format: Format::Pdf,
        encoding: "PDF".to_owned(),
        lines: source_lines(&blocks),
        sheets: Vec::new(),
        blocks,
        notes: notes.0,
    })
}

/// Lower-case hexadecimal digits.
fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|&byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Opens the file; where its end with the directory of objects is lost, a directory that names no page makes hayro look
/// for the pages themselves. The second value tells that this was needed.
fn open(bytes: &[u8], password: &str) -> Result<(Pdf, bool), PdfError> {
    let error = match Pdf::new_with_password(bytes.to_vec(), password) {
        Ok(pdf) if !pdf.pages().is_empty() => return Ok((pdf, false)),
        Ok(_) | Err(LoadPdfError::Invalid) => PdfError::Damaged,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => return Err(PdfError::Password),
        Err(LoadPdfError::Decryption(_)) => return Err(PdfError::Encryption),
    };
    let mut mended = bytes.to_vec();
    mended.extend_from_slice(
        b"\nendstream\nendobj\n9999990 0 obj\n<</Type/Catalog/Pages 9999991 0 R>>\nendobj\ntrailer\n<</Root 9999990 0 R>>\n%%EOF\n",
    );
    match Pdf::new_with_password(mended, password) {
        Ok(pdf) if !pdf.pages().is_empty() => Ok((pdf, true)),
        _ => Err(error),
    }
}

/// One page, read but not yet joined to others.
struct Reading {
    number: u32,
    turned: Turned,
    height: i32,
    tables: Vec<PageTable>,
    lines: Vec<TextLine>,
    pictures: Vec<Area>,
    glyphs: usize,
    /// Text without ink over a picture: somebody's text recognition.
    recognised: bool,
    losses: Losses,
}

fn read_page(page: &Page<'_>, number: u32, shared: &mut Shared) -> Reading {
    let mut content = content::interpret(page, shared);
    let turned = glyphs::clean(&mut content);
    let all = text::pieces(&content.glyphs);
    let rules = rules::without_underlines(&content.rules, &all);
    let (lines, cut) = Lines::merged(&rules);
    content.losses.cut |= cut;
    let mut pieces = Pieces { glyphs: &content.glyphs, all: &all, taken: vec![false; all.len()] };
    let mut tables = cells::ruled(&lines, &mut pieces, Evidence::Ruled);
    tables.extend(unruled::filled(&content.fills, content.width, content.height, &tables, &mut pieces));
    tables.extend(unruled::spaced(&lines, content.width, content.height, &tables, &mut pieces));
    tables.sort_by_key(|table| (table.area().top, table.area().left));
    let text = prose::free_lines(&content.glyphs, pieces.free());
    let unpainted = content.glyphs.iter().filter(|glyph| glyph.unpainted).count();
    Reading {
        number,
        turned,
        height: content.height,
        recognised: unpainted * 2 > content.glyphs.len() && !content.pictures.is_empty(),
        pictures: pictures(&content),
        glyphs: content.glyphs.len(),
        tables,
        lines: text,
        losses: content.losses,
    }
}

/// The pictures of a page that a reader would look at, touching ones as one. Where there is text, a picture behind all of
/// it is a background.
fn pictures(content: &Content) -> Vec<Area> {
    let page = Area { left: 0, top: 0, right: content.width, bottom: content.height };
    let mut joined: Vec<Area> = Vec::new();
    let mut parts: Vec<Area> =
        content.pictures.iter().map(|area| area.meet(page)).filter(|area| !area.is_empty()).collect();
    parts.sort_by_key(|area| (area.top, area.left));
    // Scanners cut pages in strips; a page with more pieces than this is a mosaic of ornaments.
    for area in parts.into_iter().take(2_000) {
        match joined.iter_mut().rev().take(8).find(|other| !other.grown(200).meet(area).is_empty()) {
            Some(other) => *other = other.join(area),
            None => joined.push(area),
        }
    }
    let has_text = content.glyphs.len() >= NO_TEXT;
    joined.retain(|area| {
        let share = area.surface() * 1000 / page.surface().max(1);
        share >= MIN_PICTURE && !(has_text && share > 700)
    });
    joined
}

/// What stands on a page, top to bottom.
enum Item {
    Table(PageTable),
    Line(TextLine),
    Picture(Area),
}

fn assemble(readings: Vec<Reading>, notes: &mut Notes) -> Vec<Block> {
    let mut outside: Vec<PageLines> = Vec::with_capacity(readings.len());
    let mut pages = Vec::with_capacity(readings.len());
    for mut reading in readings {
        let areas = reading.tables.iter().map(PageTable::area).chain(reading.pictures.iter().copied());
        let body = areas.map(|area| (area.top, area.bottom)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        outside.push(PageLines { height: reading.height, lines: std::mem::take(&mut reading.lines), body });
        pages.push(reading);
    }
    notes.running(prose::remove_running(&mut outside));
    let mut flow = Flow::default();
    for (reading, outside) in pages.into_iter().zip(outside) {
        let mut items: Vec<(i32, Item)> = Vec::new();
        items.extend(outside.lines.into_iter().map(|line| (line.area.top, Item::Line(line))));
        items.extend(reading.tables.into_iter().map(|table| (table.area().top, Item::Table(table))));
        items.extend(reading.pictures.into_iter().map(|area| (area.top, Item::Picture(area))));
        items.sort_by_key(|(top, _)| *top);
        flow.page(reading.number, reading.turned, items.into_iter().map(|(_, item)| item));
    }
    flow.finish(notes)
}

/// The document as it grows, page by page.
#[derive(Default)]
struct Flow {
    blocks: Vec<Block>,
    /// The table that may go on on the next page.
    table: Option<Joined>,
    /// The lines above it: a page that continues it may repeat them.
    caption: Vec<String>,
    /// The last line of running text with the right edge of its page's text, where nothing has come after it.
    last: Option<(TextLine, i32)>,
    repeated_rows: usize,
    repeated_captions: usize,
    spaced: Vec<Place>,
}

impl Flow {
    fn page(&mut self, number: u32, turned: Turned, items: impl Iterator<Item = Item>) {
        let mut lines: Vec<TextLine> = Vec::new();
        let mut first = true;
        for item in items {
            match item {
                Item::Line(line) => lines.push(line),
                Item::Picture(area) => {
                    self.text(number, turned, &mut lines);
                    self.close_table();
                    let description = String::new();
                    self.blocks.push(Block::Image { place: place(number, turned, area), description });
                    self.last = None;
                }
                Item::Table(table) => {
                    let part = Part { page: number, turned, table };
                    self.table(part, &mut lines, first);
                    first = false;
                }
            }
        }
        self.text(number, turned, &mut lines);
    }

    fn table(&mut self, part: Part, lines: &mut Vec<TextLine>, first: bool) {
        let above: Vec<String> = lines.iter().map(|line| caption_pattern(&line.text)).collect();
        let repeats = above.iter().all(|line| self.caption.contains(line));
        let part = match &mut self.table {
            Some(table) if first && repeats => match table.join(part) {
                Ok(()) => {
                    self.repeated_captions += lines.len();
                    lines.clear();
                    return;
                }
                Err(part) => part,
            },
            _ => part,
        };
        self.text(part.page, part.turned, lines);
        self.close_table();
        self.caption = above;
        self.table = Some(Joined::new(&part));
        self.last = None;
    }

    /// Adds lines of text; a table before them has ended.
    fn text(&mut self, number: u32, turned: Turned, lines: &mut Vec<TextLine>) {
        if lines.is_empty() {
            return;
        }
        self.close_table();
        let begins = prose::paragraphs(lines, self.last.as_ref().map(|(line, right)| (line, *right)));
        let made = lines.iter().zip(begins).map(|(line, begins)| Line {
            text: line.text.trim().to_owned(),
            place: place(number, turned, line.area),
            after_blank: begins,
            strong: false,
        });
        match self.blocks.last_mut() {
            Some(Block::Text(open)) => open.extend(made),
            _ => self.blocks.push(Block::Text(made.collect())),
        }
        let right = lines.iter().map(|line| line.area.right).max().unwrap_or(0);
        self.last = lines.pop().map(|line| (line, right));
        lines.clear();
    }

    fn close_table(&mut self) {
        if let Some(table) = self.table.take() {
            self.repeated_rows += table.repeated;
            if table.evidence() == Evidence::Spaced {
                self.spaced.push(table.place());
            }
            self.blocks.push(Block::Grid(table.finish()));
        }
    }

    fn finish(mut self, notes: &mut Notes) -> Vec<Block> {
        self.close_table();
        if self.repeated_rows > 0 || self.repeated_captions > 0 {
            let (rows, lines) = (self.repeated_rows, self.repeated_captions);
            notes.add(
                &format!("续页上重复的表头 {rows} 行、表名等 {lines} 行已略去，表格接在一起"),
                &format!("tables over page breaks were joined; {rows} repeated header rows and {lines} repeated caption lines were left out"),
                None,
            );
        }
        for place in self.spaced {
            notes.add(
                "这张表没有竖线，列是按空白分的，请对照原文",
                "this table has no vertical lines; its columns were told by white space, compare with the original",
                Some(place),
            );
        }
        self.blocks
    }
}

/// A caption without what changes from page to page: digits, white space, 续.
fn caption_pattern(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !c.is_ascii_digit())
        .filter(|c| !matches!(c, '续' | '（' | '）' | '(' | ')' | '表' | '-' | '—' | '页' | '第' | '共'))
        .collect()
}

/// The lines that the page shows as the source: text as it stands, a table's rows with tabs between the cells.
fn source_lines(blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Text(text) => lines.extend(text.iter().map(|line| line.text.clone())),
            Block::Heading { line, .. } => lines.push(line.text.clone()),
            Block::Grid(grid) => lines.extend(grid_lines(grid)),
            Block::Image { .. } => lines.push("[图]".to_owned()),
        }
    }
    lines
}

fn grid_lines(grid: &Grid) -> impl Iterator<Item = String> {
    grid.rows.iter().map(|row| {
        let cells: Vec<String> = row.cells.iter().map(|cell| cell.text.replace('\n', " ")).collect();
        cells.join("\t")
    })
}

/// The notes of one file.
#[derive(Default)]
struct Notes(Vec<ReadNote>);

impl Notes {
    fn add(&mut self, zh: &str, en: &str, place: Option<Place>) {
        self.0.push(ReadNote { zh: zh.to_owned(), en: en.to_owned(), place });
    }

    /// A note on pages: how many, which, and the place of the first.
    fn on_pages(&mut self, pages: &[&Reading], zh: &str, en: &str) {
        let Some(first) = pages.first() else { return };
        let whole = Area { left: 0, top: 0, right: first.turned.width, bottom: first.turned.height };
        let place = Place::Page { page: first.number, bbox: [whole.left, whole.top, whole.right, whole.bottom] };
        let numbers = page_numbers(pages);
        self.add(&zh.replace("{}", &numbers), &en.replace("{}", &numbers), Some(place));
    }

    fn losses(&mut self, readings: &[Reading]) {
        let pick = |test: fn(&Reading) -> bool| readings.iter().filter(|r| test(r)).collect::<Vec<&Reading>>();
        let pictured = |r: &Reading| r.glyphs < NO_TEXT && !r.pictures.is_empty();
        self.on_pages(
            &pick(pictured),
            "第 {} 页是图像，没有文字，未读；请另找有文字的版本，或先做文字识别",
            "pages {} are pictures without text and were not read; look for a version with text, or run text recognition first",
        );
        self.on_pages(
            &pick(|r| r.glyphs == 0 && r.pictures.is_empty() && !r.losses.unreadable && r.losses.invisible == 0),
            "第 {} 页没有文字：空白页，或文字已转成图形",
            "pages {} hold no text: they are blank, or their text was turned into shapes",
        );
        self.on_pages(
            &pick(|r| r.losses.unreadable),
            "第 {} 页有内容损坏，未能全部读出",
            "pages {} are damaged and were not read whole",
        );
        self.on_pages(
            &pick(|r| r.losses.cut),
            "第 {} 页内容太多，未能全部读出",
            "pages {} hold too much and were not read whole",
        );
        self.on_pages(
            &pick(|r| r.recognised),
            "第 {} 页是扫描图，文字来自文字识别，数字可能认错，请对照图像",
            "pages {} are scans; their text comes from text recognition and figures may be wrong, compare with the picture",
        );
        let total = |count: fn(&Losses) -> usize| readings.iter().map(|r| count(&r.losses)).sum::<usize>();
        let unknown = total(|losses| losses.unknown);
        self.on_pages(
            &pick(|r| r.losses.unknown > 0),
            &format!("第 {{}} 页有 {unknown} 个字的编码 PDF 没有说明，显示为 �"),
            &format!("pages {{}} hold {unknown} glyphs whose characters the PDF does not tell; they stand as �"),
        );
        let invisible = total(|losses| losses.invisible);
        self.on_pages(
            &pick(|r| r.losses.invisible > 0),
            &format!("第 {{}} 页有 {invisible} 个字在页面之外、是白色或在关闭的图层上，看不见，未读"),
            &format!("pages {{}} hold {invisible} glyphs beyond the page, in white or in a hidden layer; they cannot be seen and were not read"),
        );
        let watermark = total(|losses| losses.watermark);
        self.on_pages(
            &pick(|r| r.losses.watermark > 0),
            &format!("第 {{}} 页的水印等斜排、浅色大字共 {watermark} 个，未读"),
            &format!(
                "pages {{}} hold {watermark} glyphs of watermarks (slanted, or large and faint); they were not read"
            ),
        );
    }

    fn running(&mut self, removed: prose::Removed) {
        let prose::Removed { heads, numbers } = removed;
        if heads + numbers > 0 {
            self.add(
                &format!("略去了页眉页脚 {heads} 行、页码 {numbers} 处"),
                &format!("{heads} lines of running heads and feet and {numbers} page numbers were left out"),
                None,
            );
        }
    }
}

/// `3, 5–7, 9`, at most some: a list of a hundred pages helps nobody.
fn page_numbers(pages: &[&Reading]) -> String {
    const MOST: usize = 12;
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for page in pages {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == page.number => *last = page.number,
            _ => ranges.push((page.number, page.number)),
        }
    }
    let mut text: Vec<String> =
        ranges.iter().take(MOST).map(|&(a, b)| if a == b { a.to_string() } else { format!("{a}–{b}") }).collect();
    if ranges.len() > MOST {
        text.push("…".to_owned());
    }
    text.join("、")
}
