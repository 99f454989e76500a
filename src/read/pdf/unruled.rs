//! Tables without lines down: by the edges of coloured boxes, or by rivers of white between columns.
//!
//! Prose has gaps too (beside figures, where lines are justified), and prose read as a table loses its figures, so a
//! table of this kind is asked for more: several columns, several rows, figures in them, no sentences.

use crate::disclosure::Message;

use super::bands::{self, Ruling};
use super::cells::{Evidence, PageTable, Pieces, build, ruled};
use super::columns::{self, Segment};
use super::labels;
use super::paths::{Fill, Rule};
use super::prose;
use super::rules::{Line, Lines};
use super::text::is_amount;

/// Most boxes of a page that are looked at, and most grounds that one may lie on.
const MAX_BOXES: usize = 20_000;
const MAX_GROUNDS: usize = 500;

/// Tables drawn as coloured boxes, where no line is.
pub(super) fn filled(
    fills: &[Fill],
    width: i32,
    height: i32,
    tables: &[PageTable],
    pieces: &mut Pieces<'_>,
) -> Vec<PageTable> {
    // White shows on something darker only, as the cells of a box that was filled black.
    let dark: Vec<&Fill> = fills.iter().filter(|fill| !fill.white).collect();
    let grounds: Vec<&Fill> = fills
        .iter()
        .take(MAX_BOXES)
        .filter(|fill| {
            let centre = fill.area.centre();
            let shown = !fill.white || dark.iter().take(MAX_GROUNDS).any(|ground| ground.area.contains(centre));
            shown
                && fill.area.width() < width * 97 / 100
                && fill.area.height() < height * 6 / 10
                && !tables.iter().any(|table| table.area().contains(centre))
        })
        .collect();
    if grounds.len() < 4 {
        return Vec::new();
    }
    let mut rules = Vec::new();
    for fill in grounds {
        let area = fill.area;
        rules.push(Rule { across: true, at: area.top, from: area.left, to: area.right });
        rules.push(Rule { across: true, at: area.bottom, from: area.left, to: area.right });
        rules.push(Rule { across: false, at: area.left, from: area.top, to: area.bottom });
        rules.push(Rule { across: false, at: area.right, from: area.top, to: area.bottom });
    }
    let (lines, _) = Lines::merged(&rules);
    let mut found = ruled(&lines, pieces, Evidence::Filled);
    found.retain(|table| {
        let whole = has_amounts(table) || !figures_follow(table, pieces);
        if !whole {
            give_back(table, pieces);
        }
        whole
    });
    found
}

fn has_amounts(table: &PageTable) -> bool {
    table.cells.iter().any(|cell| is_amount(&cell.text.text))
}

/// Whether figures stand close below coloured boxes that hold none: the boxes are the ground of a header alone.
fn figures_follow(header: &PageTable, pieces: &Pieces<'_>) -> bool {
    let area = header.area();
    pieces.free().any(|(_, piece)| {
        let below = piece.area.top > area.bottom - 100 && piece.area.top - area.bottom < piece.size * 4;
        below && piece.area.left >= area.left && piece.area.right <= area.right && is_amount(&pieces.text_of(piece))
    })
}

/// Frees the text that a table took.
fn give_back(table: &PageTable, pieces: &mut Pieces<'_>) {
    let area = table.area().grown(100);
    for (piece, taken) in pieces.all.iter().zip(&mut pieces.taken) {
        if area.contains(piece.area.centre()) {
            *taken = false;
        }
    }
}

/// A line of text as segments with gaps between them.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) top: i32,
    pub(super) bottom: i32,
    pub(super) size: i32,
    pub(super) segments: Vec<Segment>,
}

impl Row {
    pub(super) fn middle(&self) -> i32 {
        self.top.midpoint(self.bottom)
    }

    pub(super) fn figures(&self) -> usize {
        self.segments.iter().filter(|segment| segment.figure).count()
    }

    /// How many parts the line falls into at gaps that prose does not have.
    fn parts(&self) -> usize {
        let wide = |pair: &[Segment]| {
            pair.iter().fold(0, |end, s| if end == 0 { s.right } else { s.left - end }) * 10 > self.size * 7
        };
        1 + self.segments.windows(2).filter(|pair| wide(pair)).count()
    }

    fn is_tabular(&self) -> bool {
        let parts = self.parts();
        !self.is_prose() && (parts >= 3 || parts >= 2 && self.figures() > 0)
    }

    /// Whether the line is the title of a table and nothing else.
    fn is_title(&self) -> bool {
        matches!(self.segments.as_slice(), [only] if prose::is_title(&only.text))
    }

    /// Sentences, and the dots of a table of contents.
    fn is_prose(&self) -> bool {
        self.segments.iter().any(|segment| segment.sentence)
    }
}

/// Tables told by white space, between a stack of horizontal rules or on their own.
pub(super) fn spaced(
    lines: &Lines,
    drawn: &[Rule],
    width: i32,
    height: i32,
    tables: &[PageTable],
    pieces: &mut Pieces<'_>,
) -> Vec<PageTable> {
    let rows = columns::rows(pieces);
    if rows.len() < 2 {
        return Vec::new();
    }
    let outside = |line: &&Line| {
        !tables.iter().map(PageTable::area).any(|area| (area.top - 400..area.bottom + 400).contains(&line.at))
    };
    let wide: Vec<Line> =
        lines.across.iter().filter(|line| line.length() * 4 > width).filter(outside).copied().collect();
    let mut found = Vec::new();
    let mut taken = vec![false; rows.len()];
    for mut stack in stacks(&wide, height) {
        stack.extend(cut_row(&rows, &stack, height));
        let (Some(&first), Some(&last)) = (stack.first(), stack.last()) else { continue };
        let inside = |row: &Row| (first.at..last.at).contains(&row.middle());
        let mut chosen: Vec<usize> = (0..rows.len()).filter(|&i| rows.get(i).is_some_and(inside)).collect();
        // A title and the unit of money may stand inside the frame.
        let unit = |&i: &usize| rows.get(i).is_some_and(|row| row.segments.iter().any(|segment| segment.unit_mark));
        if let Some(at) = chosen.iter().take(MOST_TITLE).position(unit) {
            let bottom = chosen.get(at).and_then(|&i| rows.get(i)).map_or(first.at, |row| row.bottom);
            let cut = Line { at: bottom + 50, ..first };
            chosen.drain(..=at);
            stack.retain(|line| line.at > bottom);
            stack.insert(0, cut);
        }
        let region: Vec<Row> = chosen.iter().filter_map(|&i| rows.get(i)).cloned().collect();
        let tabular = region.iter().filter(|row| row.parts() >= 2).count();
        let ruling = Ruling { stack: &stack, across: &lines.across, drawn };
        if region.len() >= 2 && tabular * 2 >= region.len() && add(&region, &stack, Some(&ruling), pieces, &mut found) {
            for index in chosen {
                if let Some(slot) = taken.get_mut(index) {
                    *slot = true;
                }
            }
        }
    }
    for region in regions(&rows, &taken) {
        add(&region, &[], None, pieces, &mut found);
    }
    found
}

/// The rows at the head of a page, too few for a table of their own, that stand in the columns of the table without lines
/// down with which the page before ended.
pub(super) fn rest(before: &PageTable, tables: &[PageTable], pieces: &mut Pieces<'_>) -> Option<PageTable> {
    /// How far text may reach over the edge of its column.
    const OVER: i32 = 150;
    if before.evidence != Evidence::Spaced {
        return None;
    }
    let first = tables.iter().map(|table| table.area().top).min().unwrap_or(i32::MAX);
    let rows = columns::rows(pieces);
    let in_column = |segment: &Segment| {
        before.xs.windows(2).any(|pair| match pair {
            &[left, right] => segment.left >= left - OVER && segment.right <= right + OVER,
            _ => false,
        })
    };
    let fits = |row: &&Row| {
        row.bottom < first
            && !row.is_prose()
            && !row.segments.iter().any(|s| s.unit_mark)
            && row.segments.iter().all(in_column)
    };
    let run: Vec<&Row> = rows.iter().take_while(fits).collect();
    let figures = |row: &&&Row| row.segments.len() >= 2 && row.figures() > 0;
    if run.iter().filter(figures).count() == 0 || run.iter().any(|row| row.segments.len() < 2 && row.figures() > 0) {
        return None;
    }
    let mut edges: Vec<i32> = vec![run.first()?.top - 200];
    edges.extend(run.windows(2).filter_map(|pair| match pair {
        [a, b] => Some(a.bottom.midpoint(b.top)),
        _ => None,
    }));
    edges.push(run.last()?.bottom + 200);
    let (&left, &right) = (before.xs.first()?, before.xs.last()?);
    let across: Vec<Line> = edges.iter().map(|&at| Line { at, from: left, to: right }).collect();
    let (&top, &bottom) = (edges.first()?, edges.last()?);
    let down: Vec<Line> = before.xs.iter().map(|&at| Line { at, from: top, to: bottom }).collect();
    let mut table = build(&across, &down, pieces, Evidence::Spaced)?;
    table.doubt(&doubt());
    Some(table)
}

fn doubt() -> Message {
    Message::new(
        "表格没有竖线，列是按空白分的",
        "the table has no vertical lines; its columns were told by white space",
    )
}

fn add(
    region: &[Row],
    stack: &[Line],
    ruling: Option<&Ruling<'_>>,
    pieces: &mut Pieces<'_>,
    found: &mut Vec<PageTable>,
) -> bool {
    let apart = columns::signs_apart(region);
    let region = apart.as_slice();
    let banded = ruling.and_then(|ruling| bands::layout(region, ruling));
    let layout = banded.or_else(|| labels::layout(region, stack)).or_else(|| columns::layout(region, stack));
    let Some(layout) = layout else { return false };
    let Some(mut table) = build(&layout.across, &layout.down, pieces, Evidence::Spaced) else { return false };
    if !layout.sure {
        table.doubt(&doubt());
    }
    found.push(table);
    true
}

/// The lower edge of a last row that a page break cut, so that no rule is below it: text close under the last rule, line
/// by line down to the foot of the page.
fn cut_row(rows: &[Row], stack: &[Line], height: i32) -> Option<Line> {
    let last = stack.last().filter(|_| stack.len() >= 4)?;
    let below = rows.iter().filter(|row| row.top > last.at - 100);
    let mut end: Option<&Row> = None;
    for row in below {
        let (from, reach) = end.map_or((last.at, row.size * 6 / 5), |row| (row.bottom, row.size * 7 / 10));
        let beside = row.segments.iter().all(|s| s.left > last.from - 300 && s.right < last.to + 300);
        if row.top - from > reach || !beside || end.is_none() && row.segments.len() < 2 {
            break;
        }
        end = Some(row);
    }
    let bottom = end?.bottom;
    (bottom * 100 > height * 82).then_some(Line { at: bottom + 200, ..*last })
}

/// Stacks of at least three horizontal rules of the same extent.
fn stacks(wide: &[Line], height: i32) -> Vec<Vec<Line>> {
    let mut stacks: Vec<Vec<Line>> = Vec::new();
    for &line in wide {
        let fits = |last: &Line| {
            let overlap = line.to.min(last.to) - line.from.max(last.from);
            overlap * 10 > line.length().min(last.length()) * 8
                && ((line.from - last.from).abs() < 1_500 || (line.to - last.to).abs() < 1_500)
                && line.at - last.at < height / 3
        };
        // A short rule under one heading of a group parts the header, not the table.
        let inner =
            |last: &Line| line.length() * 10 < last.length() * 9 && line.from >= last.from && line.to <= last.to;
        match stacks.last_mut() {
            Some(stack) if stack.last().is_some_and(inner) => {}
            Some(stack) if stack.last().is_some_and(fits) => stack.push(line),
            _ => stacks.push(vec![line]),
        }
    }
    stacks.retain(|stack| stack.len() >= 3);
    stacks
}

/// Most lines between two rows of a table that are no rows themselves, and most where all stand under its headings.
const MOST_LOOSE: usize = 3;
const MOST_LABELS: usize = 8;

/// Most lines from the top of a frame to the line with the unit of money.
const MOST_TITLE: usize = 4;

/// Lines of a header over whose columns a label may stand.
const MOST_HEADER_LINES: usize = 3;

/// Whether each part of a line stands under one heading of the table's first row.
fn stands_in_columns(row: &Row, table: &[Row]) -> bool {
    let Some(header) = table.iter().take(MOST_HEADER_LINES).find(|row| row.parts() >= 3) else { return false };
    row.segments.iter().all(|segment| {
        let over = header.segments.iter().filter(|h| h.left.max(segment.left) < h.right.min(segment.right)).count();
        over == 1 || over == 0 && segment.right - segment.left < row.size * 12
    })
}

/// Whether each part of a line begins where parts of several rows of the table do.
fn begins_like(row: &Row, table: &[Row]) -> bool {
    const NEAR: i32 = 100;
    const MOST: usize = 60;
    let rows = |left: i32| {
        table
            .iter()
            .take(MOST)
            .filter(|row| row.segments.iter().any(|other| (other.left - left).abs() <= NEAR))
            .take(2)
            .count()
    };
    row.segments.iter().all(|segment| rows(segment.left) >= 2)
}

/// Runs of lines that look like rows of a table, with the lines between them that belong there.
fn regions(rows: &[Row], taken: &[bool]) -> Vec<Vec<Row>> {
    let mut regions: Vec<Vec<Row>> = Vec::new();
    let mut open: Vec<Row> = Vec::new();
    let mut loose: Vec<Row> = Vec::new();
    let mut aligned = true;
    let mut close = |open: &mut Vec<Row>, loose: &mut Vec<Row>| {
        loose.clear();
        let mut region = std::mem::take(open);
        // A title close above the header is no row; what stands beside the table on another page has none.
        let titles = region.iter().take(MOST_TITLE).take_while(|row| row.is_title()).count();
        region.drain(..titles);
        let tabular = region.iter().filter(|row| row.is_tabular()).count();
        let figures = region.iter().filter(|row| row.figures() > 0).count();
        // Four figures a line, each apart from the next, are no prose, however few such lines there are.
        let dense = region.iter().any(|row| row.figures() >= 4 && row.parts() >= 5);
        // Nor are many lines in a row that fall into three parts.
        let columned = region.iter().filter(|row| row.parts() >= 3).count();
        let listed = columned >= 5 && columned * 2 >= region.len();
        // A name whose figures are blank, under its heading, says nothing for or against a table.
        let counted = region.iter().filter(|row| row.is_tabular() || !stands_in_columns(row, &region)).count();
        if dense && tabular >= 2 || listed || tabular >= 4 && figures * 3 >= counted && tabular * 2 >= counted {
            regions.push(region);
        }
    };
    for (row, &taken) in rows.iter().zip(taken) {
        let near = loose.last().or(open.last()).is_none_or(|last| row.top - last.bottom < row.size * 16 / 5);
        if taken || row.is_prose() || !near {
            close(&mut open, &mut loose);
        }
        if taken || row.is_prose() {
            continue;
        }
        if row.is_tabular() {
            open.append(&mut loose);
            open.push(row.clone());
        } else if row.segments.iter().any(|segment| segment.unit_mark) {
            // The line with the unit of money and the department stands above a table, never in it.
            close(&mut open, &mut loose);
        } else {
            // A wrapped name, or a line of the header: in, if a row follows close by.
            loose.push(row.clone());
            // Labels in the middle of their rows stand on lines of their own, under the headings of their columns; names
            // whose figures are blank begin where others do.
            let most = if stands_in_columns(row, &open) { MOST_LABELS } else { MOST_LOOSE };
            aligned = (aligned || loose.len() == 1) && begins_like(row, &open);
            if loose.len() > most && !aligned {
                close(&mut open, &mut loose);
            }
        }
    }
    close(&mut open, &mut loose);
    regions
}
