//! Ruled columns whose rows no line parts: tables with lines down alone, or with a ruled header over bare columns. A row is
//! what stands beside one set of figures; lines of a name that fill their cell belong to it.

use crate::amount::Amount;

use super::bands::goes_on;
use super::cells::Pieces;
use super::content::Glyph;
use super::prose;
use super::rules::Line;
use super::space::Area;
use super::text::{TextLine, bare, fills, is_amount, is_dash, lines, names_unit, room};

/// Lines of one text stand nearer than this (in hundredths of the font size, middle to middle).
const TIGHT: i32 = 170;

/// Most lines of a band: the densest page known has some 1 500 cells.
const MOST_LINES: usize = 6_000;

/// Most digits of a code of a classification, or of a whole amount of one that is broken.
const LONGEST_CODE: usize = 9;

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
    let (mut stacked, mut named) = (0, false);
    for (column, (pair, glyphs)) in xs.windows(2).zip(glyphs).enumerate() {
        let &[left, right] = pair else { continue };
        let lines = lines(glyphs);
        let room = room(&lines, Area { left, top, right, bottom }, false);
        rooms.push(room);
        let apart = |pair: &[TextLine]| match pair {
            [a, b] => figure(a) && figure(b) && b.area.top > a.area.centre().y && are_two(a, b, room),
            _ => false,
        };
        stacked += usize::from(lines.windows(2).any(apart));
        let ended = |pair: &[TextLine]| match pair {
            [a, b] => !figure(a) && !figure(b) && !fills(a, b, room) && !is_full_of_indent(a, b, left, room),
            _ => false,
        };
        named |= lines.windows(2).any(ended);
        let lines = lines.into_iter().map(|line| Placed { column, figure: figure(&line), rest: false, line });
        placed.extend(lines);
    }
    if stacked + usize::from(named) < 2 || stacked == 0 || placed.len() > MOST_LINES {
        return None;
    }
    placed.sort_by_key(Placed::middle);
    let mut levels = levels(&placed);
    mark_broken(&mut levels, &mut placed, &rooms);
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
    Amount::parse(line.text.trim().trim_end_matches('%')).is_some() || is_dash(&line.text)
}

/// Whether a line may be the rest of the figure above it: that one fills its cell, lacks decimals or is a sign alone, and
/// the two are one amount.
fn is_rest(upper: &TextLine, lower: &TextLine, room: i32) -> bool {
    let tight = (lower.area.centre().y - upper.area.centre().y) * 100 < lower.size * TIGHT;
    let (a, b) = (upper.text.trim(), lower.text.trim());
    let decimals = b.trim_end_matches('%');
    let short = decimals.len() <= 3 && decimals.bytes().all(|byte| byte.is_ascii_digit());
    let joined = format!("{a}{b}");
    // Two codes make no code.
    let code = !joined.contains('.') && joined.bytes().filter(u8::is_ascii_digit).count() > LONGEST_CODE;
    tight
        && !code
        && (figure(upper) || a.ends_with(['.', ',']))
        && (may_be_one(upper, lower, room) || a.contains('.') && short || is_minus(a) || goes_on(a, decimals))
        && Amount::parse(joined.trim_end_matches('%')).is_some()
}

/// A sign that its cell parted from its figure; a longer dash stands for nothing.
fn is_minus(text: &str) -> bool {
    matches!(text, "-" | "－" | "−")
}

/// Finds figures that their cells broke: neither half stands for a row. What is left of one stands on a level where no
/// other figure is whole; a minus sign is alone on its level.
fn mark_broken(levels: &mut [Level], placed: &mut [Placed], rooms: &[i32]) {
    let above = |placed: &[Placed], member: usize| -> Option<usize> {
        let column = placed.get(member)?.column;
        (0..member).rev().find(|&other| placed.get(other).is_some_and(|item| item.column == column))
    };
    let mut broken: Vec<(usize, usize)> = Vec::new();
    for level in levels.iter() {
        let figures: Vec<usize> =
            level.members.iter().copied().filter(|&m| placed.get(m).is_some_and(|item| item.figure)).collect();
        let marks = level.members.iter().copied().filter(|&m| placed.get(m).is_some_and(|i| i.line.text.trim() == "%"));
        let found = |member: usize| {
            let upper = above(placed, member)?;
            let (a, b) = (placed.get(upper)?, placed.get(member)?);
            let room = rooms.get(a.column).copied().unwrap_or_default();
            let lone_sign = || {
                let beside = levels.iter().find(|level| level.members.contains(&upper));
                beside.is_some_and(|level| {
                    let figures = level.members.iter().filter(|&&m| placed.get(m).is_some_and(|i| i.figure)).count();
                    figures == 1 && (level.members.len() == 1 || hardly_fits(&a.line, &b.line, room))
                })
            };
            (is_rest(&a.line, &b.line, room) && (!is_dash(&a.line.text) || lone_sign())).then_some((upper, member))
        };
        let pairs: Vec<(usize, usize)> = figures.iter().copied().chain(marks).filter_map(found).collect();
        let whole = figures.iter().any(|member| !pairs.iter().any(|(_, lower)| lower == member));
        // A sign that stands alone above a figure of the row is a part of it, whatever stands beside that.
        broken.extend(
            pairs.into_iter().filter(|&(upper, _)| !whole || placed.get(upper).is_some_and(|i| is_dash(&i.line.text))),
        );
    }
    for (upper, lower) in broken {
        if let Some(item) = placed.get_mut(upper) {
            item.figure = false;
        }
        if let Some(item) = placed.get_mut(lower) {
            (item.figure, item.rest) = (false, true);
        }
    }
    for level in levels {
        level.figure = level.members.iter().any(|&member| placed.get(member).is_some_and(|item| item.figure));
    }
}

/// Whether a line that is set in from the left edge of its cell leaves too little room for the beginning of the next.
fn is_full_of_indent(before: &TextLine, after: &TextLine, left: i32, room: i32) -> bool {
    let indent = before.area.left - left;
    (0..before.size * 4).contains(&indent) && before.area.right - left + after.head + before.size / 2 > room
}

/// Whether two lines of figures are certainly two: amounts to the last decimal, dashes, or codes that leave room.
fn are_two(upper: &TextLine, lower: &TextLine, room: i32) -> bool {
    let decimals = |line: &TextLine| {
        let text = line.text.trim().trim_end_matches('%');
        text.rsplit_once('.').map(|(_, decimals)| decimals.len())
    };
    match (decimals(upper), decimals(lower)) {
        (Some(a), Some(b)) => a == b,
        (Some(_), None) => is_dash(&lower.text),
        (None, Some(_)) => is_dash(&upper.text) && !hardly_fits(upper, lower, room),
        (None, None) => !may_be_one(upper, lower, room),
    }
}

/// Whether two lines of figures may be one figure that a narrow cell wrapped.
fn may_be_one(upper: &TextLine, lower: &TextLine, room: i32) -> bool {
    let points = upper.text.contains('.') && lower.text.contains('.');
    !points && is_packed(upper, room)
}

/// Whether a sign before a figure would not fit, or only just.
fn hardly_fits(sign: &TextLine, figure: &TextLine, room: i32) -> bool {
    sign.area.width() + figure.area.width() + figure.size * 6 / 10 > room
}

/// Whether not one character more would fit.
fn is_packed(line: &TextLine, room: i32) -> bool {
    let characters = i32::try_from(line.text.chars().count().max(1)).unwrap_or(1);
    line.area.width() + line.area.width() / characters > room
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
    let unit = lines.iter().any(|line| names_unit(&bare(&line.text)));
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
    let lowest = pieces.free().map(|(_, piece)| piece.area.bottom).max()?;
    let foot = pieces.free().filter(|(_, piece)| piece.area.bottom > lowest - piece.size).count();
    for (_, piece) in pieces.free() {
        let area = piece.area;
        if area.centre().y <= floor || area.centre().y >= ceiling || area.right < left || area.left > right {
            continue;
        }
        let text = pieces.text_of(piece);
        if foot == 1 && area.bottom == lowest && prose::is_page_number(&text) {
            continue;
        }
        let figure = is_amount(text.trim_end_matches('%'));
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
