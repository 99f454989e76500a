//! PDF: bytes become blocks of tables and text. Each file of this folder removes one class of difficulty:
//!
//! ```text
//! bytes ─hayro─▶ pages ─operators─content─▶ glyphs, lines, fills ─glyphs─overlays─▶ cleaned and upright
//!       ─rules─▶ straight lines ─cells─▶ ruled tables ┐
//!       ─text──▶ pieces of text ─unruled▶ other tables ┼─pages─▶ tables over page breaks
//!                                        ─prose─▶ text ┘
//! ```
//!
//! `undivided` parts the rows of ruled columns, `beside` puts the pages of a wide sheet together.
//!
//! `space` alone computes with floats; all that follows it is whole hundredths of a point. Of a page that cannot be read
//! (a picture, an unknown encoding, damage) a note says so: nothing is left out silently.

mod bands;
mod beside;
mod cells;
mod columns;
mod content;
mod encoding;
mod flow;
mod font;
mod glyphs;
mod labels;
mod notes;
mod open;
mod operators;
mod overlays;
mod pages;
mod paths;
mod prose;
mod radicals;
mod rules;
pub(in crate::read) mod set;
mod space;
mod streams;
mod text;
mod truetype;
mod undivided;
mod unruled;

use hayro_syntax::object::Dict;
use hayro_syntax::page::{Page, Rotation};

pub use open::{PdfError, is_pdf};

use super::ReadError;
use crate::disclosure::Message;
use crate::document::{self, Block, Document, Format, Grid, PageContent};

use cells::{Evidence, PageTable, Pieces};
use content::{Content, Losses, Shared};
use glyphs::Turned;
use notes::Notes;
use open::Opened;
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

/// Reads a PDF. Where a password is asked for, the empty one is tried.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    read_with_password(name, bytes, None)
}

/// Reads a PDF that opens with `password`. [`ReadError::Password`] tells that one is needed, or that this one is wrong.
pub fn read_with_password(name: &str, bytes: &[u8], password: Option<&str>) -> Result<Document, ReadError> {
    document(name, bytes, password).map(|(document, _)| document)
}

/// The document, and the text that was left out of it because it is repeated from page to page.
fn document(name: &str, bytes: &[u8], password: Option<&str>) -> Result<(Document, Vec<String>), ReadError> {
    if !is_pdf(bytes) {
        return Err(ReadError::Pdf(PdfError::NotPdf));
    }
    let Opened { pdf, incomplete } = open::open(bytes, password)?;
    let mut notes = Notes::default();
    if incomplete {
        notes.add(
            "PDF 不完整（结尾缺失），读出了还能找到的页；内容可能不全，页序也可能不对",
            "the PDF is incomplete (its end is missing); the pages that could be found were read, some may be missing or out of order",
            None,
        );
    }
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let mut shared = Shared::new(pdf.xref(), catalog.as_ref());
    let count = pdf.pages().len();
    if count == 0 {
        return Err(ReadError::Pdf(PdfError::Damaged));
    }
    let found = open::found(&pdf, MAX_PAGES).unwrap_or_else(|| vec![true; count]);
    notes.missing(&found);
    if count > MAX_PAGES {
        notes.add(
            &format!("PDF 有 {count} 页，只读了前 {MAX_PAGES} 页"),
            &format!("the PDF has {count} pages; only the first {MAX_PAGES} were read"),
            None,
        );
    }
    let mut pages = vec![NOT_FOUND; found.len().min(MAX_PAGES)];
    let mut readings = Vec::new();
    let mut budget = MAX_GLYPHS;
    let numbers = (1u32..).zip(&found).filter(|&(_, &found)| found).map(|(number, _)| number);
    for ((page, number), slot) in pdf.pages().iter().zip(numbers).zip(found_slots(&mut pages, &found)) {
        let reading = read_page(page, number, &mut shared, readings.last());
        budget = budget.saturating_sub(reading.glyphs);
        *slot = reading.page(page);
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
    // All pages are read unless a limit ended it.
    let incomplete =
        incomplete || readings.len() < count || pages.iter().any(|page| page.content == PageContent::Damaged);
    let blocks = flow::assemble(readings, &mut notes);
    let document = Document {
        name: name.to_owned(),
        sha256: super::sha256(bytes),
        format: Format::Pdf,
        encoding: "PDF".to_owned(),
        lines: source_lines(&blocks),
        blocks,
        notes: notes.list,
        sheets: Vec::new(),
        pages,
        incomplete,
    };
    Ok((document, notes.left_out))
}

/// A page that the file names and that is not there.
const NOT_FOUND: document::Page = document::Page { width: 0, height: 0, turns: 0, content: PageContent::Damaged };

/// The places of the pages that were found.
fn found_slots<'p>(pages: &'p mut [document::Page], found: &'p [bool]) -> impl Iterator<Item = &'p mut document::Page> {
    pages.iter_mut().zip(found).filter(|&(_, &found)| found).map(|(page, _)| page)
}

/// One page, read but not yet joined to others.
struct Reading {
    number: u32,
    turned: Turned,
    height: i32,
    tables: Vec<PageTable>,
    /// A table of one column, where the page has no other: a table only beside those of another page.
    narrow: Option<PageTable>,
    lines: Vec<TextLine>,
    pictures: Vec<Area>,
    glyphs: usize,
    /// Text without ink over a picture: somebody's text recognition.
    recognised: bool,
    losses: Losses,
    /// How many glyphs lie over others, or below them.
    overlaid: usize,
}

impl Reading {
    /// Neither text nor anything that is known to hide some.
    fn is_blank(&self) -> bool {
        self.glyphs == 0 && self.pictures.is_empty() && !self.losses.unreadable && self.losses.invisible == 0
    }

    fn is_picture(&self) -> bool {
        self.glyphs < NO_TEXT && !self.pictures.is_empty()
    }

    /// What the document says of the page.
    fn page(&self, page: &Page<'_>) -> document::Page {
        let content = if self.losses.unreadable {
            PageContent::Damaged
        } else if self.is_picture() {
            PageContent::Picture
        } else if self.is_blank() {
            PageContent::Blank
        } else if self.recognised {
            PageContent::Recognised
        } else {
            PageContent::Text
        };
        let turns = match page.rotation() {
            Rotation::None => 0,
            Rotation::Horizontal => 1,
            Rotation::Flipped => 2,
            Rotation::FlippedHorizontal => 3,
        };
        document::Page { width: self.turned.width, height: self.turned.height, turns, content }
    }
}

fn read_page<'a>(page: &Page<'a>, number: u32, shared: &mut Shared<'a>, before: Option<&Reading>) -> Reading {
    read_content(content::interpret(page, shared), number, before)
}

/// The tables and lines of a page of which the content is known, and the page before it.
fn read_content(mut content: Content, number: u32, before: Option<&Reading>) -> Reading {
    let turned = glyphs::clean(&mut content);
    let all = text::pieces(&content.glyphs);
    let rules = rules::without_underlines(&content.rules, &all);
    let (lines, cut) = Lines::merged(&rules);
    content.losses.cut |= cut;
    let mut pieces = Pieces { glyphs: &content.glyphs, all: &all, taken: vec![false; all.len()] };
    let mut tables = cells::ruled(&lines, &mut pieces, Evidence::Ruled);
    tables.extend(unruled::filled(&content.fills, content.width, content.height, &tables, &mut pieces));
    tables.extend(unruled::spaced(&lines, &rules, content.width, content.height, &tables, &mut pieces));
    let ended = before.filter(|before| before.number + 1 == number).and_then(|before| before.tables.last());
    tables.extend(ended.and_then(|table| unruled::rest(table, &tables, &mut pieces)));
    tables.sort_by_key(|table| (table.area().top, table.area().left));
    let narrow = if tables.is_empty() { cells::narrow(&lines, &mut pieces) } else { None };
    let text = prose::free_lines(&content.glyphs, pieces.free());
    let unpainted = content.glyphs.iter().filter(|glyph| glyph.unpainted).count();
    let recognised = unpainted * 2 > content.glyphs.len() && !content.pictures.is_empty();
    if recognised {
        let doubt = Message::new(
            "文字来自扫描件的文字识别，可能认错",
            "the text is a recogniser's reading of a scan and may be wrong",
        );
        for table in &mut tables {
            table.doubt(&doubt);
        }
    }
    let over = Message::new(
        "表上叠印着别的文字，可能读错、漏读",
        "other text is printed over the table; it may be misread or incomplete",
    );
    for table in &mut tables {
        let area = table.area();
        if content.overlaid.iter().any(|&place| area.contains(place)) {
            table.doubt(&over);
        }
    }
    if content.losses.unreadable || content.losses.cut {
        let doubt = Message::new(
            "这一页没有全部读出，表里可能缺行、缺数",
            "the page was not read whole; rows and figures of the table may be missing",
        );
        for table in &mut tables {
            table.doubt(&doubt);
        }
    }
    Reading {
        number,
        turned,
        height: content.height,
        recognised,
        pictures: pictures(&content),
        glyphs: content.glyphs.len(),
        tables,
        narrow,
        lines: text,
        overlaid: content.overlaid.len(),
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use super::*;

    type Counts = BTreeMap<char, i64>;

    fn count(counts: &mut Counts, text: &str, by: i64) {
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            *counts.entry(c).or_default() += by;
        }
    }

    /// What the pages show less what the document holds and what was left out of it: nothing.
    fn difference(name: &str, bytes: &[u8]) -> Counts {
        let mut counts = Counts::new();
        let Ok((document, left_out)) = document(name, bytes, None) else { return counts };
        let Opened { pdf, .. } = open::open(bytes, None).expect("it was open before");
        let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
        let mut shared = Shared::new(pdf.xref(), catalog.as_ref());
        for page in pdf.pages().iter() {
            let mut content = content::interpret(page, &mut shared);
            glyphs::clean(&mut content);
            for glyph in &content.glyphs {
                *counts.entry(glyph.c).or_default() += 1;
            }
        }
        for block in &document.blocks {
            match block {
                Block::Text(lines) => lines.iter().for_each(|line| count(&mut counts, &line.text, -1)),
                Block::Heading { line, .. } => count(&mut counts, &line.text, -1),
                Block::Grid(grid) => {
                    let cells = grid.rows.iter().flat_map(|row| &row.cells);
                    cells.for_each(|cell| count(&mut counts, &cell.text, -1));
                }
                Block::Image { .. } => {}
            }
        }
        for text in &left_out {
            count(&mut counts, text, -1);
        }
        counts.retain(|c, n| *n != 0 && !c.is_whitespace());
        counts
    }

    #[test]
    fn every_character_of_every_page_is_in_the_document_once() {
        for folder in ["pdf-fixtures", "corpus"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
            let Ok(entries) = fs::read_dir(&folder) else {
                println!("skipped: there is no {}", folder.display());
                continue;
            };
            let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
            paths.retain(|path| path.extension().is_some_and(|extension| extension == "pdf"));
            paths.sort();
            for path in paths {
                let counts = difference("a.pdf", &fs::read(&path).expect("the file is there"));
                assert!(counts.is_empty(), "{}: {counts:?}", path.display());
            }
        }
    }
}
