//! The source as people see it: numbered lines or rows, and where in them an anchor's figure stands.

use std::collections::BTreeMap;

use super::opened::Opened;
use super::table::Caption;
use crate::disclosure::Anchor;
use crate::document::{Block, Document, Format, Grid, GridRow, Line, Place};

/// Evidence of more lines than this is cut: the source view shows the rest.
const EVIDENCE_LINES: usize = 24;

/// Columns of a sheet that are drawn: a table is no wider.
const MAX_COLUMNS: usize = 256;

/// No column is drawn wider than this, in halves of a character: longer text wraps.
const WIDEST: u8 = 40;

/// A document as numbered lines, whatever its format: text forms as they were decoded, other forms row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceText {
    lines: Vec<SourceLine>,
    /// Where the cells of a form without lines stand, by their own place.
    cells: BTreeMap<Place, (usize, usize)>,
    numbered: bool,
}

/// One line or row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// Its address.
    pub place: Place,
    /// Whether the format marks it as a heading.
    pub heading: bool,
    /// Its pieces: tabs part a text line, cells a row.
    pub cells: Vec<SourceCell>,
    /// Whether it is a picture that nobody read.
    pub picture: bool,
    /// In a sheet, the column of its first piece: every piece stands one column on.
    pub first_column: Option<u32>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCell {
    /// Its text.
    pub text: String,
    /// Its first character in the line.
    pub from: u32,
    /// How wide its column is, in halves of a Chinese character, where it stands in one.
    pub width: u8,
}

/// Where something stands in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Index of the line.
    pub line: usize,
    /// Index of the piece and the characters in it; `None` for the whole line.
    pub piece: Option<(usize, u32, u32)>,
}

/// Lines of one table, or of the prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The document that the lines are of.
    pub document: usize,
    /// The table; `None` for the prose.
    pub table: Option<Caption>,
    /// The lines, top to bottom.
    pub lines: Vec<EvidenceLine>,
}

/// One line of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceLine {
    /// The line.
    pub line: SourceLine,
    /// Whether a figure that may be the wrong one stands in it.
    pub hit: bool,
    /// Whether another figure of the equation stands in it.
    pub related: bool,
    /// Whether lines are left out before it.
    pub after_gap: bool,
    /// The figures in it: piece, characters, whether it may be the wrong one.
    pub tokens: Vec<(usize, u32, u32, bool)>,
}

impl SourceText {
    /// The lines of a document. Linear in its length.
    pub fn of(document: &Document) -> Self {
        // An HTML line is markup, and other forms have no lines: what was read from them is shown instead.
        let has_lines = matches!(document.format, Format::Text | Format::Markdown | Format::Csv);
        if has_lines && !document.lines.is_empty() {
            return Self::of_lines(&document.lines);
        }
        let mut text = Self::default();
        for block in &document.blocks {
            match block {
                Block::Heading { line, .. } => text.push_line(line, true),
                Block::Text(lines) => lines.iter().for_each(|line| text.push_line(line, line.strong)),
                Block::Grid(grid) => {
                    if let Some(caption) = &grid.caption {
                        text.push_line(caption, true);
                    }
                    let first = text.lines.len();
                    let left = first_column(grid);
                    grid.rows.iter().for_each(|row| text.push_row(row, left));
                    if let Some(rows) = text.lines.get_mut(first..) {
                        align(rows);
                    }
                }
                Block::Image { place, description } => {
                    text.cells.entry(*place).or_insert((text.lines.len(), 0));
                    let cells = vec![SourceCell::of(description, 0)];
                    let line = SourceLine { place: *place, heading: false, cells, picture: true, first_column: None };
                    text.lines.push(line);
                }
            }
        }
        text
    }

    fn of_lines(lines: &[String]) -> Self {
        let lines = (1..).zip(lines).map(|(number, line)| {
            let mut from = 0;
            // Tabs part columns; so do the bars of a Markdown table.
            let bar = if line.starts_with('|') { '|' } else { '\t' };
            let cells = line.split(bar).map(|piece| {
                let cell = SourceCell::of(piece, from);
                from = from.saturating_add(length(piece)).saturating_add(1);
                cell
            });
            SourceLine {
                place: Place::line(number),
                heading: false,
                cells: cells.collect(),
                picture: false,
                first_column: None,
            }
        });
        let mut lines: Vec<SourceLine> = lines.collect();
        align(&mut lines);
        Self { lines, cells: BTreeMap::new(), numbered: true }
    }

    fn push_line(&mut self, line: &Line, heading: bool) {
        self.cells.entry(line.place).or_insert((self.lines.len(), 0));
        let cells = vec![SourceCell::of(&line.text, 0)];
        self.lines.push(SourceLine { place: line.place, heading, cells, picture: false, first_column: None });
    }

    /// A row of a table; in a sheet whose table begins in column `left`, each cell under its own column.
    fn push_row(&mut self, row: &GridRow, left: Option<u32>) {
        let at = self.lines.len();
        let mut cells: Vec<SourceCell> = Vec::new();
        for cell in &row.cells {
            if let (Some(left), Place::Sheet { column, .. }) = (left, cell.place) {
                let index = usize::try_from(column.saturating_sub(left)).unwrap_or(0).min(MAX_COLUMNS);
                while cells.len() < index {
                    cells.push(SourceCell::of("", 0));
                }
            }
            self.cells.entry(cell.place).or_insert((at, cells.len()));
            cells.push(SourceCell::of(&cell.text.replace('\n', " "), 0));
        }
        self.cells.entry(row.place).or_insert((at, 0));
        let line = SourceLine { place: row.place, heading: false, cells, picture: false, first_column: left };
        self.lines.push(line);
    }

    /// The lines.
    pub fn lines(&self) -> &[SourceLine] {
        &self.lines
    }

    /// How many lines have something written in them.
    pub fn written(&self) -> usize {
        self.lines.iter().filter(|line| line.is_written()).count()
    }

    fn written_between(&self, from: usize, to: usize) -> bool {
        self.lines.get(from..to).is_some_and(|lines| lines.iter().any(SourceLine::is_written))
    }

    /// Where a place is in these lines.
    pub fn locate(&self, place: Place) -> Option<Hit> {
        if let (true, Place::Line { line, from, to }) = (self.numbered, place) {
            let index = usize::try_from(line).ok()?.checked_sub(1)?;
            let cells = &self.lines.get(index)?.cells;
            if to == u32::MAX {
                return Some(Hit { line: index, piece: None });
            }
            let cell = cells.iter().rposition(|cell| cell.from <= from).unwrap_or(0);
            let start = cells.get(cell).map_or(0, |c| c.from);
            return Some(Hit {
                line: index,
                piece: Some((cell, from.saturating_sub(start), to.saturating_sub(start))),
            });
        }
        let (line, cell) = match self.cells.get(&place) {
            Some(&at) => at,
            None => self.near(place)?,
        };
        let length = self.lines.get(line)?.cells.get(cell).map_or(0, |c| length(&c.text));
        Some(Hit { line, piece: (length > 0).then_some((cell, 0, length)) })
    }

    /// What a place that is none of ours stands in: the last piece that begins before it on its line, or the piece of
    /// its page that it shares most with.
    fn near(&self, place: Place) -> Option<(usize, usize)> {
        if let Place::Page { page, bbox } = place {
            let of_page = Place::Page { page, bbox: [i32::MIN; 4] }..=Place::Page { page, bbox: [i32::MAX; 4] };
            let shared = self.cells.range(of_page).filter_map(|(known, &at)| match known {
                Place::Page { bbox: other, .. } => Some((shared_area(bbox, *other), at)),
                _ => None,
            });
            return shared.filter(|(area, _)| *area > 0).max_by_key(|(area, _)| *area).map(|(_, at)| at);
        }
        let (known, &at) = self.cells.range(..=place).next_back()?;
        known.line_number().is_some_and(|n| place.line_number() == Some(n)).then_some(at)
    }
}

impl SourceLine {
    fn is_written(&self) -> bool {
        self.cells.iter().any(|cell| !cell.text.trim().is_empty())
    }
}

impl SourceCell {
    fn of(text: &str, from: u32) -> Self {
        Self { text: text.to_owned(), from, width: 0 }
    }
}

/// The leftmost column of a table in a sheet.
fn first_column(grid: &Grid) -> Option<u32> {
    let columns = grid.rows.iter().flat_map(|row| &row.cells).map(|cell| match cell.place {
        Place::Sheet { column, .. } => Some(column),
        _ => None,
    });
    columns.min().flatten()
}

/// Gives the columns of each run of rows their width. Linear.
fn align(lines: &mut [SourceLine]) {
    for run in lines.chunk_by_mut(|one, next| one.cells.len() > 1 && next.cells.len() > 1) {
        if run.first().is_none_or(|line| line.cells.len() < 2) {
            continue;
        }
        let columns = run.iter().map(|line| line.cells.len()).max().unwrap_or(0);
        let mut widths = vec![0_u8; columns];
        for line in run.iter() {
            for (cell, width) in line.cells.iter().zip(&mut widths) {
                let halves = cell.text.trim().chars().map(|c| if c.is_ascii() { 1_u32 } else { 2 }).sum::<u32>();
                *width = (*width).max(u8::try_from(halves).unwrap_or(WIDEST).min(WIDEST));
            }
        }
        for line in run.iter_mut() {
            for (cell, width) in line.cells.iter_mut().zip(&widths) {
                cell.width = *width;
            }
        }
    }
}

/// The area that two boxes share, in their units squared.
fn shared_area(one: [i32; 4], other: [i32; 4]) -> i64 {
    let side = |from: usize, to: usize| i64::from(one[to].min(other[to])) - i64::from(one[from].max(other[from]));
    side(0, 2).max(0) * side(1, 3).max(0)
}

fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// The table, or the prose, with its lines by number.
type Group = (Option<(u16, u16)>, BTreeMap<usize, Gathered>);

/// A line being gathered as evidence.
#[derive(Default)]
struct Gathered {
    hit: bool,
    related: bool,
    tokens: Vec<(usize, u32, u32, bool)>,
}

impl Opened {
    /// The lines around `hits`, and those of `related`, by table, the hits' own first.
    pub fn evidence(&self, document: usize, hits: &[Anchor], related: &[Anchor]) -> Vec<Evidence> {
        let Some(source) = self.source(document) else { return Vec::new() };
        let mut groups: Vec<Group> = Vec::new();
        let mut left = EVIDENCE_LINES;
        let all = hits.iter().map(|&at| (at, true)).chain(related.iter().map(|&at| (at, false)));
        for (at, is_hit) in all {
            if at.disclosure() != document || (!is_hit && hits.contains(&at)) {
                continue;
            }
            let key = match at {
                Anchor::Cell { disclosure, table, .. } | Anchor::Table { disclosure, table } => {
                    Some((disclosure, table))
                }
                _ => None,
            };
            let Some(mut hit) = self.analysis().place(at).and_then(|place| source.locate(place)) else { continue };
            if self.analysis().cell(at).is_some_and(|(_, entry)| entry.place.is_none()) {
                // A blank cell has no figure to mark: its row is meant.
                hit.piece = None;
            }
            let group = groups.iter().position(|(k, _)| *k == key).unwrap_or_else(|| {
                groups.push((key, BTreeMap::new()));
                groups.len() - 1
            });
            let Some((_, lines)) = groups.get_mut(group) else { continue };
            if !lines.contains_key(&hit.line) {
                if left == 0 {
                    continue;
                }
                left -= 1;
            }
            let gathered = lines.entry(hit.line).or_default();
            gathered.hit |= is_hit;
            gathered.related |= !is_hit;
            if let Some((piece, from, to)) = hit.piece
                && !gathered.tokens.iter().any(|&(p, f, ..)| (p, f) == (piece, from))
            {
                gathered.tokens.push((piece, from, to, is_hit));
            }
            if is_hit {
                // The neighbours tell the reader where on the page this is.
                for near in [hit.line.checked_sub(1), hit.line.checked_add(1)].into_iter().flatten() {
                    let written = source.lines.get(near).is_some_and(SourceLine::is_written);
                    if written {
                        lines.entry(near).or_default();
                    }
                }
            }
        }
        groups
            .into_iter()
            .map(|(key, lines)| {
                let table =
                    key.and_then(|(disclosure, table)| self.analysis().table(Anchor::Table { disclosure, table }));
                let mut before = None;
                let lines = lines.into_iter().filter_map(|(index, mut gathered)| {
                    let line = source.lines.get(index)?.clone();
                    let after_gap = before.is_some_and(|b: usize| source.written_between(b + 1, index));
                    before = Some(index);
                    gathered.tokens.sort_unstable();
                    Some(EvidenceLine {
                        line,
                        hit: gathered.hit,
                        related: gathered.related,
                        after_gap,
                        tokens: gathered.tokens,
                    })
                });
                Evidence { document, table: table.map(Caption::of), lines: lines.collect() }
            })
            .collect()
    }

    /// For the source view: the figures that findings name, by line.
    pub fn marked_lines(&self, document: usize) -> BTreeMap<usize, u32> {
        let mut marked = BTreeMap::new();
        let Some(source) = self.source(document) else { return marked };
        for &index in self.findings_of(document) {
            let Some(finding) = self.finding(index) else { continue };
            let suspect = finding.suspect.as_ref().map(|s| s.at);
            for at in suspect.into_iter().chain(finding.at.iter().copied().take(3)) {
                if at.disclosure() != document {
                    continue;
                }
                if let Some(hit) = self.analysis().place(at).and_then(|place| source.locate(place)) {
                    marked.entry(hit.line).or_insert(index);
                }
            }
        }
        marked
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Chosen, fixture};
    use super::*;

    #[test]
    fn a_place_is_found_by_its_characters() {
        let text = SourceText::of_lines(&["合计\t1,234.50\t7".into(), "收入 12.00 万元".into()]);
        let hit = text.locate(Place::Line { line: 1, from: 3, to: 11 }).unwrap();
        assert_eq!(hit, Hit { line: 0, piece: Some((1, 0, 8)) });
        let hit = text.locate(Place::Line { line: 2, from: 3, to: 8 }).unwrap();
        assert_eq!(hit.piece, Some((0, 3, 8)));
        assert_eq!(text.locate(Place::line(2)), Some(Hit { line: 1, piece: None }));
        assert_eq!(text.locate(Place::line(0)), None);
        assert_eq!(text.locate(Place::line(9)), None);
    }

    #[test]
    fn columns_of_one_table_are_equally_wide() {
        let text =
            SourceText::of_lines(&["合计\t1.00".into(), "住房公积金\t2".into(), "说明".into(), "| 甲 | 1 |".into()]);
        let widths: Vec<Vec<u8>> = text.lines.iter().map(|l| l.cells.iter().map(|c| c.width).collect()).collect();
        assert_eq!(widths, [vec![10, 4], vec![10, 4], vec![0], vec![0, 2, 1, 0]]);
        let hit = text.locate(Place::Line { line: 4, from: 6, to: 7 }).unwrap();
        assert_eq!(hit.piece, Some((2, 1, 2)));
    }

    #[test]
    fn evidence_holds_the_suspect_and_its_neighbours() {
        let session = fixture::session();
        let detail = session.opened().detail(Chosen::Finding(0), None).unwrap();
        let own = &detail.evidence[0];
        let hit = own.lines.iter().position(|l| l.hit).unwrap();
        let (piece, from, to, may_be_wrong) = *own.lines[hit].tokens.iter().find(|t| t.3).unwrap();
        let text: String =
            own.lines[hit].line.cells[piece].text.chars().skip(from as usize).take((to - from) as usize).collect();
        assert!(may_be_wrong);
        assert_eq!(text, "181.00");
        assert!(own.lines.len() > 1);
        assert!(detail.evidence.iter().map(|e| e.lines.len()).sum::<usize>() <= EVIDENCE_LINES * 3);
    }

    #[test]
    fn a_place_on_a_page_is_found_by_its_box() {
        let mut document = fixture::analysis().documents.swap_remove(0);
        document.format = Format::Pdf;
        let line = |text: &str, bbox| Line {
            text: text.into(),
            place: Place::Page { page: 3, bbox },
            after_blank: false,
            strong: false,
        };
        let lines = vec![line("收入 12.00 万元", [1000, 1000, 9000, 2000]), line("支出", [1000, 2500, 9000, 3500])];
        document.blocks = vec![Block::Text(lines)];
        let text = SourceText::of(&document);
        let at = |page, bbox| text.locate(Place::Page { page, bbox }).map(|hit| hit.line);
        assert_eq!(at(3, [1000, 2500, 9000, 3500]), Some(1));
        assert_eq!(at(3, [3000, 1100, 4000, 2600]), Some(0), "most of it lies on the first line");
        assert_eq!(at(3, [3000, 5000, 4000, 6000]), None);
        assert_eq!(at(4, [1000, 2500, 9000, 3500]), None);
    }

    #[test]
    fn the_cells_of_a_sheet_stand_under_their_columns() {
        let mut document = fixture::analysis().documents.swap_remove(0);
        document.format = Format::Xlsx;
        let at = |row, column| Place::Sheet { sheet: 2, row, column };
        let cell = |text: &str, row, column, columns| crate::document::Cell {
            text: text.into(),
            place: at(row, column),
            columns,
            rows: 1,
            strong: false,
            doubt: None,
        };
        let row = |cells: Vec<crate::document::Cell>| GridRow {
            place: cells[0].place,
            cells,
            header: false,
            after_blank: false,
        };
        let rows = vec![
            row(vec![cell("科目", 4, 1, 2), cell("金额", 4, 3, 1)]),
            row(vec![cell("201", 5, 1, 1), cell("教育", 5, 2, 1), cell("7.00", 5, 3, 1)]),
        ];
        document.blocks = vec![Block::Grid(Grid { place: at(4, 1), caption: None, rows, ragged: false })];
        let text = SourceText::of(&document);
        let shown: Vec<Vec<&str>> =
            text.lines().iter().map(|line| line.cells.iter().map(|cell| cell.text.as_str()).collect()).collect();
        assert_eq!(shown, [vec!["科目", "", "金额"], vec!["201", "教育", "7.00"]]);
        assert!(text.lines().iter().all(|line| line.first_column == Some(1)));
        assert_eq!(text.locate(at(4, 3)), Some(Hit { line: 0, piece: Some((2, 0, 2)) }));
    }
}
