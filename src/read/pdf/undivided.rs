//! Ruled columns whose rows no line parts: tables with lines down alone, or with a ruled header over bare columns. A row is
//! what stands beside one set of figures; lines of a name that fill their cell belong to it.

use crate::amount::Amount;

use super::bands::goes_on;
use super::cells::Pieces;
use super::content::Glyph;
use super::prose;
use super::rules::Line;
use super::space::Area;
use super::text::{TextLine, fills, lines, room};

/// Lines of one text stand nearer than this (in hundredths of the font size, middle to middle).
const TIGHT: i32 = 170;

/// How much wider (in per cent) the widest gap must be than the next for rows to be parted by gaps alone.
const WIDER: i32 = 108;

/// A line of a band: its column, and whether it is a figure.
struct Placed {
    column: usize,
    figure: bool,
    /// Whether it is the rest of the figure above it.
    rest: bool,
    line: TextLine,
}

impl Placed {
    fn middle(&self) -> i32 {
        self.line.area.centre().y
    }
}

/// Lines of the band on one height.
struct Level {
    top: i32,
    bottom: i32,
    figure: bool,
    members: Vec<usize>,
}

impl Level {
    fn middle(&self) -> i32 {
        self.top.midpoint(self.bottom)
    }
}

/// Where rows end inside a band between two lines, `xs` being the lines down through it. `None` where the band is one row
/// or where its rows cannot be told.
pub(super) fn row_edges(xs: &[i32], (top, bottom): (i32, i32), glyphs: &[Vec<&Glyph>]) -> Option<Vec<i32>> {
    let mut placed: Vec<Placed> = Vec::new();
    let mut rooms = Vec::with_capacity(glyphs.len());
    let mut stacked = 0;
    for (column, (pair, glyphs)) in xs.windows(2).zip(glyphs).enumerate() {
        let &[left, right] = pair else { continue };
        let lines = lines(glyphs);
        let room = room(&lines, Area { left, top, right, bottom }, false);
        rooms.push(room);
        let apart = |pair: &[TextLine]| match pair {
            [a, b] => figure(a) && figure(b) && b.area.top > a.area.centre().y && !may_be_one(a, b, room),
            _ => false,
        };
        stacked += usize::from(lines.windows(2).any(apart));
        let rests: Vec<bool> = (0..lines.len())
            .map(|at| {
                let before = at.checked_sub(1).and_then(|before| lines.get(before));
                before.zip(lines.get(at)).is_some_and(|(before, line)| is_rest(before, line, room))
            })
            .collect();
        // A figure in two lines stands above and below the others of its row.
        let broken: Vec<bool> =
            rests.iter().zip(rests.iter().skip(1).chain([&false])).map(|(&rest, &next)| rest || next).collect();
        let lines = lines.into_iter().zip(rests).zip(broken);
        placed.extend(lines.map(|((line, rest), broken)| Placed {
            column,
            figure: figure(&line) && !broken,
            rest,
            line,
        }));
    }
    if stacked < 2 {
        return None;
    }
    placed.sort_by_key(Placed::middle);
    let levels = levels(&placed);
    let tied = tied(&levels, &placed, xs, &rooms);
    let cuts = cuts(&levels, tied)?;
    let edges: Vec<i32> = levels
        .windows(2)
        .zip(cuts)
        .filter(|&(_, cut)| cut)
        .filter_map(|(pair, _)| if let [a, b] = pair { Some(a.bottom.midpoint(b.top)) } else { None })
        .collect();
    let rising = edges.windows(2).all(|pair| pair.is_sorted_by(|a, b| a < b));
    (rising && !edges.is_empty()).then_some(edges)
}

/// An amount, a percentage, a code, or a dash in the place of one.
fn figure(line: &TextLine) -> bool {
    let text = line.text.trim();
    Amount::parse(text.trim_end_matches('%')).is_some()
        || !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '—' | '－' | '–' | '―'))
}

/// Whether a line that is set in from the left edge of its cell leaves too little room for the beginning of the next.
fn is_full_of_indent(before: &TextLine, after: &TextLine, left: i32, room: i32) -> bool {
    let indent = before.area.left - left;
    (0..before.size * 4).contains(&indent) && before.area.right - left + after.head + before.size / 2 > room
}

/// Whether a line is the rest of the figure above it: that one fills its cell, and the two are one amount.
fn is_rest(upper: &TextLine, lower: &TextLine, room: i32) -> bool {
    let tight = (lower.area.centre().y - upper.area.centre().y) * 100 < lower.size * TIGHT;
    let joined = format!("{}{}", upper.text.trim(), lower.text.trim());
    tight
        && figure(upper)
        && (may_be_one(upper, lower, room) || goes_on(upper.text.trim(), lower.text.trim().trim_end_matches('%')))
        && Amount::parse(joined.trim_end_matches('%')).is_some()
}

/// Whether two lines of figures may be one figure that a narrow cell wrapped.
fn may_be_one(upper: &TextLine, lower: &TextLine, room: i32) -> bool {
    let points = upper.text.contains('.') && lower.text.contains('.');
    let digits = i32::try_from(upper.text.chars().count().max(1)).unwrap_or(1);
    !points && upper.area.width() + upper.area.width() / digits > room
}

fn levels(placed: &[Placed]) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    let mut start = 0;
    for (index, item) in placed.iter().enumerate() {
        let area = item.line.area;
        match levels.last_mut() {
            Some(level) if (item.middle() - start) * 10 < item.line.size * 3 => {
                level.top = level.top.min(area.top);
                level.bottom = level.bottom.max(area.bottom);
                level.figure |= item.figure;
                level.members.push(index);
            }
            _ => {
                start = item.middle();
                levels.push(Level { top: area.top, bottom: area.bottom, figure: item.figure, members: vec![index] });
            }
        }
    }
    levels
}

/// Between which levels a text of some column goes on.
fn tied(levels: &[Level], placed: &[Placed], xs: &[i32], rooms: &[i32]) -> Vec<bool> {
    let mut tied = vec![false; levels.len().saturating_sub(1)];
    for (column, (&room, &left)) in rooms.iter().zip(xs).enumerate() {
        let mut before: Option<(usize, &Placed)> = None;
        for (index, level) in levels.iter().enumerate() {
            let members = level.members.iter().filter_map(|&member| placed.get(member));
            for item in members.filter(|item| item.column == column) {
                let near = |last: &Placed| (item.middle() - last.middle()) * 100 < item.line.size * TIGHT;
                let words = |last: &Placed| {
                    !figure(&last.line)
                        && !figure(&item.line)
                        && (fills(&last.line, &item.line, room)
                            || is_full_of_indent(&last.line, &item.line, left, room))
                };
                if let Some((from, last)) = before
                    && (item.rest || near(last) && words(last))
                {
                    tied.iter_mut().take(index).skip(from).for_each(|tie| *tie = true);
                }
                before = Some((index, item));
            }
        }
    }
    tied
}

/// Which boundaries between levels part rows: those that no text crosses, and one between any two levels with figures.
fn cuts(levels: &[Level], tied: Vec<bool>) -> Option<Vec<bool>> {
    let mut cuts: Vec<bool> = tied.into_iter().map(|tie| !tie).collect();
    let figures: Vec<usize> = levels.iter().enumerate().filter(|(_, level)| level.figure).map(|(at, _)| at).collect();
    for pair in figures.windows(2) {
        let &[from, to] = pair else { continue };
        if cuts.get(from..to)?.contains(&true) {
            continue;
        }
        let mut gaps: Vec<(i32, usize)> =
            (from..to).filter_map(|at| Some((levels.get(at + 1)?.middle() - levels.get(at)?.middle(), at))).collect();
        gaps.sort_unstable_by(|a, b| b.cmp(a));
        let &(widest, at) = gaps.first()?;
        let clear = gaps.get(1).is_none_or(|&(next, _)| widest * 100 >= next * WIDER);
        let at = if clear { at } else { middle_of(levels, &cuts, from, to)? };
        *cuts.get_mut(at)? = true;
    }
    Some(cuts)
}

/// After which level the row of the figures at `from` ends, where these stand in the middle of their row's lines.
fn middle_of(levels: &[Level], cuts: &[bool], from: usize, to: usize) -> Option<usize> {
    let start = cuts.iter().take(from).rposition(|&cut| cut).map_or(0, |cut| cut + 1);
    let own = levels.get(from)?;
    let end = 2 * own.middle() - levels.get(start)?.middle();
    let off = |at: usize| levels.get(at).map_or(i32::MAX, |level| (level.middle() - end).abs());
    let at = (from..to).min_by_key(|&at| off(at))?;
    (off(at) * 10 < (own.bottom - own.top) * 4).then_some(at)
}

/// Where the lines of a title inside the table end, if the band is one that names the unit of money below it.
pub(super) fn title_edges(glyphs: &[&Glyph]) -> Option<Vec<i32>> {
    let lines = lines(glyphs);
    let bare = |line: &TextLine| -> String { line.text.chars().filter(|c| !c.is_whitespace()).collect() };
    let unit = lines.iter().map(bare).any(|text| text.contains("单位") && text.contains('元'));
    let edges: Vec<i32> = lines
        .windows(2)
        .filter_map(|pair| if let [a, b] = pair { Some(a.area.bottom.midpoint(b.area.top)) } else { None })
        .collect();
    (unit && (1..=3).contains(&edges.len())).then_some(edges)
}

/// Lines that go on below a ruled header over columns that no line encloses: how far down, and where it ends. `xs` are the
/// header's lines down, `floor` where it ends, `ceiling` where the next thing on the page begins.
pub(super) fn below(xs: &[i32], floor: i32, ceiling: i32, pieces: &Pieces<'_>) -> Option<Vec<Line>> {
    /// How far text may reach over the edge of its column.
    const OVER: i32 = 250;
    let (&left, &right) = (xs.first()?, xs.last()?);
    let mut under: Vec<(i32, i32, bool, bool)> = Vec::new();
    let alone = |middle: i32| {
        let beside = pieces.free().filter(|(_, other)| (other.area.top..other.area.bottom).contains(&middle));
        beside.count() == 1
    };
    for (_, piece) in pieces.free() {
        let area = piece.area;
        if area.centre().y <= floor || area.centre().y >= ceiling || area.right < left || area.left > right {
            continue;
        }
        let glyphs = pieces.glyphs.get(piece.glyphs.clone()).unwrap_or_default();
        let text: String = glyphs.iter().map(|glyph| glyph.c).collect();
        if prose::is_page_number(&text) && alone(area.centre().y) {
            continue;
        }
        let figure = text.contains('.') && Amount::parse(text.trim_end_matches('%')).is_some();
        let crosses = area.left < left - OVER
            || area.right > right + OVER
            || xs.iter().any(|&x| area.left < x - OVER && area.right > x + OVER);
        under.push((area.top, area.bottom, figure, crosses));
    }
    under.sort_unstable();
    let mut bottom = floor;
    let mut figures = 0;
    for &(top, end, figure, crosses) in &under {
        let height = end - top;
        if crosses || top - bottom > height * 3 {
            break;
        }
        bottom = bottom.max(end);
        figures += usize::from(figure);
    }
    // What is crossed on its own height is no row, either.
    let stop = under.iter().filter(|row| row.3).map(|row| row.0).min().unwrap_or(i32::MAX);
    bottom = under.iter().filter(|row| row.1 <= bottom && row.1 <= stop).map(|row| row.1).max()?;
    if figures < 4 || bottom <= floor {
        return None;
    }
    Some(xs.iter().map(|&at| Line { at, from: floor, to: bottom + 200 }).collect())
}
