//! Pages become one flow of blocks: tables and paragraphs go on over page breaks, captions that a page repeats are
//! dropped.

use crate::document::{Block, Line, Place};

use super::Reading;
use super::beside;
use super::cells::{Evidence, PageTable};
use super::glyphs::Turned;
use super::notes::Notes;
use super::pages::{Joined, Part, place};
use super::prose::{self, PageLines};
use super::space::Area;
use super::text::TextLine;

/// What stands on a page, top to bottom.
enum Item {
    Table(PageTable),
    Line(TextLine),
    Picture(Area),
}

/// Puts the pages of a file together.
pub(super) fn assemble(mut readings: Vec<Reading>, notes: &mut Notes) -> Vec<Block> {
    beside::join(&mut readings, notes);
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
    left_out: Vec<String>,
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
                    self.left_out.extend(lines.drain(..).map(|line| line.text));
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
        if let Some(mut table) = self.table.take() {
            self.repeated_rows += table.repeated;
            self.left_out.append(&mut table.left_out);
            if table.evidence() == Evidence::Spaced {
                self.spaced.push(table.place());
            }
            self.blocks.push(Block::Grid(table.finish()));
        }
    }

    fn finish(mut self, notes: &mut Notes) -> Vec<Block> {
        self.close_table();
        notes.left_out.append(&mut self.left_out);
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

/// A caption without what changes from page to page: digits, white space, 续. The number of a table is its name.
fn caption_pattern(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '续').collect();
    if prose::is_label(&bare) {
        return bare;
    }
    text.chars()
        .filter(|c| !c.is_whitespace() && !c.is_ascii_digit())
        .filter(|c| !matches!(c, '续' | '（' | '）' | '(' | ')' | '表' | '-' | '—' | '页' | '第' | '共'))
        .collect()
}
