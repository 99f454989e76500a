//! Ruled tables: lines that touch form a table, lines cut it in elementary cells, and neighbours without a line between
//! them are one cell.

use std::collections::BTreeMap;

use crate::disclosure::Message;
use crate::document::Place;

use super::content::Glyph;
use super::rules::{Line, Lines, SAME};
use super::space::Area;
use super::text::{CellText, Piece, cell_text, is_amount};
use super::undivided;

/// Most elementary cells of one table; the largest known page has 2 000.
const MAX_CELLS: usize = 60_000;

/// How far lines must stick out past the outermost line across them for the table to be open on that side.
const OPEN: i32 = 800;

/// Rows and columns thinner than this that hold no text are double borders.
const SLIVER: i32 = 450;

/// How a table's cells were told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// By ruling lines.
    Ruled,
    /// By the edges of coloured boxes.
    Filled,
    /// By white space.
    Spaced,
}

/// A cell of a table on one page.
#[derive(Clone, Debug)]
pub(super) struct TableCell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) area: Area,
    pub(super) text: CellText,
    /// Where it is, if on another page than its table.
    pub(super) elsewhere: Option<Place>,
}

/// What is known of a table that was printed on several pages side by side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sides {
    /// The right edge of what stands on the first of them.
    pub(super) edge: i32,
    /// The last of these pages, if they follow one another.
    pub(super) through: Option<u32>,
}

/// A table on one page: its lines, and cells that cover it without overlap, sorted by row and column.
#[derive(Clone, Debug)]
pub(super) struct PageTable {
    pub(super) xs: Vec<i32>,
    pub(super) ys: Vec<i32>,
    pub(super) cells: Vec<TableCell>,
    pub(super) evidence: Evidence,
    pub(super) sides: Option<Sides>,
}

impl PageTable {
    pub(super) fn area(&self) -> Area {
        let ends = |v: &[i32]| (v.first().copied().unwrap_or(0), v.last().copied().unwrap_or(0));
        let ((left, right), (top, bottom)) = (ends(&self.xs), ends(&self.ys));
        Area { left, top, right, bottom }
    }

    /// Gives every cell with text a doubt, unless it has one.
    pub(super) fn doubt(&mut self, doubt: &Message) {
        for cell in self.cells.iter_mut().filter(|cell| !cell.text.text.is_empty()) {
            cell.text.doubt.get_or_insert_with(|| doubt.clone());
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }
}

/// A page's text, and which pieces of it tables have taken.
pub(super) struct Pieces<'p> {
    pub(super) glyphs: &'p [Glyph],
    pub(super) all: &'p [Piece],
    pub(super) taken: Vec<bool>,
}

impl<'p> Pieces<'p> {
    /// The glyphs of a piece.
    pub(super) fn glyphs_of(&self, piece: &Piece) -> &'p [Glyph] {
        self.glyphs.get(piece.glyphs.clone()).unwrap_or_default()
    }

    /// The characters of a piece.
    pub(super) fn text_of(&self, piece: &Piece) -> String {
        self.glyphs_of(piece).iter().map(|glyph| glyph.c).collect()
    }

    pub(super) fn free(&self) -> impl Iterator<Item = (usize, &Piece)> {
        self.all.iter().enumerate().filter(|&(index, _)| !self.taken.get(index).copied().unwrap_or(true))
    }
}

/// The tables that the lines draw, innermost first.
pub(super) fn ruled(lines: &Lines, pieces: &mut Pieces<'_>, evidence: Evidence) -> Vec<PageTable> {
    let mut groups = groups(lines);
    close_sides(&mut groups, &lines.across);
    reach_down(&mut groups, pieces);
    groups.sort_by_key(|group| group.area().surface());
    groups.into_iter().filter_map(|group| build(&group.across, &group.down, pieces, evidence)).collect()
}

/// The one column that the lines of a page draw. Its text stays free.
pub(super) fn narrow(lines: &Lines, pieces: &mut Pieces<'_>) -> Option<PageTable> {
    let groups = groups(lines);
    let [group] = groups.as_slice() else { return None };
    let taken = pieces.taken.clone();
    let table = build_from(&group.across, &group.down, pieces, Evidence::Ruled, 1);
    pieces.taken = taken;
    table
}

/// Lines that touch one another.
#[derive(Debug, Default)]
struct Group {
    across: Vec<Line>,
    down: Vec<Line>,
    /// Whether the left and right sides had to be added.
    open: bool,
}

impl Group {
    fn area(&self) -> Area {
        let span = |lines: &[Line], at: fn(&Line) -> (i32, i32)| {
            let ends = lines.iter().map(at).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
            ends.unwrap_or_default()
        };
        let (left, right) = span(&self.across, |line| (line.from, line.to));
        let (top, bottom) = span(&self.across, |line| (line.at, line.at));
        Area { left, top, right, bottom }
    }
}

/// Groups lines that touch. Lines are sorted by place, so each meets only those within its reach.
fn groups(lines: &Lines) -> Vec<Group> {
    let count = lines.across.len();
    let mut sets = Sets::new(count + lines.down.len());
    for (index, down) in lines.down.iter().enumerate() {
        let first = lines.across.partition_point(|line| line.at < down.from - SAME);
        let touching = lines.across.iter().enumerate().skip(first).take_while(|(_, line)| line.at <= down.to + SAME);
        for (other, across) in touching {
            if down.at >= across.from - SAME && down.at <= across.to + SAME {
                sets.unite(other, count + index);
            }
        }
    }
    let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
    for (index, &line) in lines.across.iter().enumerate() {
        groups.entry(sets.root(index)).or_default().across.push(line);
    }
    for (index, &line) in lines.down.iter().enumerate() {
        groups.entry(sets.root(count + index)).or_default().down.push(line);
    }
    let (mut closed, rest): (Vec<Group>, Vec<Group>) =
        groups.into_values().partition(|group| group.across.len() >= 2 && !group.down.is_empty());
    closed.extend(between(rest));
    closed
}

/// Parts of tables whose rows no line parts, as a page break leaves them: four lines down or more from one height to
/// another, with one line across or none.
fn between(rest: Vec<Group>) -> Vec<Group> {
    const SHORTEST: i32 = 2_000;
    let mut found = Vec::new();
    let (lone, one): (Vec<Group>, Vec<Group>) = rest.into_iter().partition(|group| group.across.is_empty());
    for mut group in one {
        let Some(line) = group.across.first().copied() else { continue };
        let top = group.down.iter().map(|down| down.from).min().unwrap_or(line.at);
        let bottom = group.down.iter().map(|down| down.to).max().unwrap_or(line.at);
        if group.down.len() < 4 || bottom - top < SHORTEST {
            continue;
        }
        for at in [top, bottom] {
            if (at - line.at).abs() > SAME {
                group.across.push(Line { at, ..line });
            }
        }
        found.push(group);
    }
    let mut lone: Vec<Line> =
        lone.into_iter().flat_map(|group| group.down).filter(|d| d.length() >= SHORTEST).collect();
    lone.sort_by_key(|line| (line.from, line.to, line.at));
    for run in lone.chunk_by(|a, b| (a.from - b.from).abs() <= SAME && (a.to - b.to).abs() <= SAME) {
        let ends = run.iter().map(|line| line.at).fold(None, |ends: Option<(i32, i32)>, at| {
            Some(ends.map_or((at, at), |(low, high)| (low.min(at), high.max(at))))
        });
        if let (Some((from, to)), Some(first), true) = (ends, run.first(), run.len() >= 4) {
            let across = [first.from, first.to].map(|at| Line { at, from, to }).to_vec();
            found.push(Group { across, down: run.to_vec(), open: false });
        }
    }
    found
}

/// Adds the outer sides of tables that have none: lines stick out there past the last line across them. Where left and
/// right are open, a row that is one cell from side to side touches no line down: it is found between two such groups,
/// or between a group and a lone line of the same length.
fn close_sides(groups: &mut Vec<Group>, across: &[Line]) {
    for group in groups.iter_mut() {
        let area = group.area();
        let (Some(left), Some(right)) =
            (group.down.iter().map(|line| line.at).min(), group.down.iter().map(|line| line.at).max())
        else {
            continue;
        };
        group.open = left - area.left > OPEN && area.right - right > OPEN;
    }
    let mut open: Vec<Group> = Vec::new();
    let mut closed: Vec<Group> = Vec::new();
    for group in std::mem::take(groups) {
        if group.open { open.push(group) } else { closed.push(group) }
    }
    open.sort_by_key(|group| group.area().top);
    let mut joined: Vec<Group> = Vec::new();
    for group in open {
        match joined.last_mut() {
            Some(upper) if follows(upper, &group) => {
                upper.across.extend(group.across);
                upper.down.extend(group.down);
            }
            _ => joined.push(group),
        }
    }
    for group in &mut joined {
        let area = group.area();
        let row = usual_row(&group.across);
        for line in across {
            let same = (line.from - area.left).abs() <= SAME && (line.to - area.right).abs() <= SAME;
            let outside = line.at < area.top - SAME || line.at > area.bottom + SAME;
            let near = line.at > area.top - row * 5 / 2 && line.at < area.bottom + row * 5 / 2;
            if same && outside && near {
                group.across.push(*line);
            }
        }
    }
    groups.extend(closed);
    groups.extend(joined);
    for group in groups.iter_mut() {
        let area = group.area();
        let sides = |lines: &[Line], pick: fn(&Line) -> i32| {
            lines.iter().map(pick).fold(None, |ends: Option<(i32, i32)>, at| {
                Some(ends.map_or((at, at), |(low, high)| (low.min(at), high.max(at))))
            })
        };
        let Some((left, right)) = sides(&group.down, |line| line.at) else { continue };
        if left - area.left > OPEN {
            group.down.push(Line { at: area.left, from: area.top, to: area.bottom });
        }
        if area.right - right > OPEN {
            group.down.push(Line { at: area.right, from: area.top, to: area.bottom });
        }
        let top = group.down.iter().map(|line| line.from).min().unwrap_or(area.top);
        let bottom = group.down.iter().map(|line| line.to).max().unwrap_or(area.bottom);
        if area.top - top > OPEN {
            group.across.push(Line { at: top, from: area.left, to: area.right });
        }
        if bottom - area.bottom > OPEN {
            group.across.push(Line { at: bottom, from: area.left, to: area.right });
        }
    }
}

/// Lets the columns of a ruled header without figures go on over the rows below it that no line encloses.
fn reach_down(groups: &mut [Group], pieces: &Pieces<'_>) {
    let tops: Vec<i32> = groups.iter().map(|group| group.area().top).collect();
    for group in groups.iter_mut() {
        let area = group.area();
        let xs = places(&group.down);
        if xs.len() < 4 {
            continue;
        }
        let figures = pieces.free().any(|(_, piece)| {
            let text = pieces.glyphs_of(piece);
            area.contains(piece.area.centre())
                && text.iter().any(|glyph| glyph.c == '.')
                && text.iter().all(|glyph| figure(glyph.c))
        });
        let ceiling = tops.iter().copied().filter(|&top| top > area.bottom).min().unwrap_or(i32::MAX);
        if !figures && let Some(down) = undivided::below(&xs, area.bottom, ceiling, pieces) {
            let bottom = down.first().map_or(area.bottom, |line| line.to);
            group.across.push(Line { at: bottom, from: area.left, to: area.right });
            group.down.extend(down);
        }
    }
}

/// The middle height of the rows between lines.
fn usual_row(across: &[Line]) -> i32 {
    let mut places: Vec<i32> = across.iter().map(|line| line.at).collect();
    places.sort_unstable();
    let mut heights: Vec<i32> =
        places.windows(2).map(|pair| pair.iter().fold(0, |a, b| b - a)).filter(|&height| height > SLIVER).collect();
    heights.sort_unstable();
    heights.get(heights.len() / 2).copied().unwrap_or(2_000)
}

/// Whether an open-sided group goes on below in another, a full row apart.
fn follows(upper: &Group, lower: &Group) -> bool {
    let (a, b) = (upper.area(), lower.area());
    let row = usual_row(&upper.across).max(usual_row(&lower.across));
    (a.left - b.left).abs() <= SAME
        && (a.right - b.right).abs() <= SAME
        && b.top > a.bottom
        && b.top - a.bottom <= row * 5 / 2
}

/// Cuts the plane of a table by its lines, joins what no line parts, and gives each cell its text.
pub(super) fn build(across: &[Line], down: &[Line], pieces: &mut Pieces<'_>, evidence: Evidence) -> Option<PageTable> {
    build_from(across, down, pieces, evidence, 2)
}

fn build_from(
    across: &[Line],
    down: &[Line],
    pieces: &mut Pieces<'_>,
    evidence: Evidence,
    fewest: usize,
) -> Option<PageTable> {
    let mut xs = places(down);
    let mut ys = places(across);
    let inside = Area { left: *xs.first()?, top: *ys.first()?, right: *xs.last()?, bottom: *ys.last()? }.grown(100);
    let mine: Vec<usize> =
        pieces.free().filter(|(_, piece)| inside.contains(piece.area.centre())).map(|(index, _)| index).collect();
    let centres = |pick: fn(&Piece) -> i32, narrow: bool| {
        let mut centres: Vec<i32> = mine
            .iter()
            .filter_map(|&index| pieces.all.get(index))
            .filter(|piece| !narrow || piece.area.width() < SLIVER)
            .map(pick)
            .collect();
        centres.sort_unstable();
        centres
    };
    drop_slivers(&mut xs, &centres(|piece| piece.area.centre().x, true));
    drop_slivers(&mut ys, &centres(|piece| piece.area.centre().y, false));
    let (parted, headless) = part_rows(&xs, &mut ys, across, down, pieces, &mine);
    let across = parted.as_slice();
    let (rows, columns) = (ys.len().checked_sub(1)?, xs.len().checked_sub(1)?);
    if columns < fewest || rows == 0 || rows.checked_mul(columns)? > MAX_CELLS {
        return None;
    }
    let mut cells = spans(&xs, &ys, across, down);
    if cells.len() < 2 {
        return None;
    }
    let mut owner = vec![0; rows * columns];
    for (index, cell) in cells.iter().enumerate() {
        for row in cell.row..cell.row + cell.rows {
            for column in cell.column..cell.column + cell.columns {
                if let Some(slot) = owner.get_mut(row * columns + column) {
                    *slot = index;
                }
            }
        }
    }
    let mut heaps: Vec<Vec<&Glyph>> = vec![Vec::new(); cells.len()];
    let mut torn: Vec<bool> = vec![false; cells.len()];
    let mut split: Vec<bool> = vec![false; cells.len()];
    let mut chain: Vec<(usize, &Glyph)> = Vec::new();
    for &index in &mine {
        let Some(piece) = pieces.all.get(index) else { continue };
        let glyphs = pieces.glyphs_of(piece);
        for share in shares(glyphs, &xs, &ys, &owner) {
            if let Some(heap) = heaps.get_mut(share.cell) {
                heap.extend(share.glyphs);
            }
            if let Some(torn) = torn.get_mut(share.cell) {
                *torn |= !share.clear;
            }
            // Programs that paint character by character paint a figure from its first digit to its last.
            for glyph in share.glyphs {
                if !chain.last().is_some_and(|(_, end)| goes_on(end, glyph)) {
                    mark_split(&chain, &mut split);
                    chain.clear();
                }
                chain.push((share.cell, glyph));
            }
        }
    }
    mark_split(&chain, &mut split);
    for (((cell, heap), torn), split) in cells.iter_mut().zip(&heaps).zip(torn).zip(split) {
        cell.text = cell_text(heap, cell.area);
        let doubt = if torn {
            Some(Message::new(
                "文字跨在几个单元格上，按字数多的一格归入",
                "the text lies over several cells and was given to the one with most of it",
            ))
        } else if split {
            Some(Message::new(
                "一个数的数字落在两个单元格里，分不清属于哪一格",
                "the digits of one figure lie in two cells; which of them it belongs to cannot be told",
            ))
        } else if heap.iter().any(|glyph| glyph.clipped && figure(glyph.c)) {
            Some(Message::new(
                "数字有一部分被格线外的遮挡挡住，按文件里的全文读",
                "part of the figure is hidden on the page; it was read as the file has it",
            ))
        } else {
            None
        };
        cell.text.doubt = cell.text.doubt.take().or(doubt);
    }
    // The ground of a row tells nothing of its columns.
    let torn_row = |cell: &TableCell| cell.columns > 1 && cell.text.text.trim().contains("  ");
    if evidence == Evidence::Filled && cells.iter().any(torn_row) {
        return None;
    }
    let filled = cells.iter().filter(|cell| !cell.text.text.is_empty()).count();
    // Coloured boxes stand behind words too.
    let enough = if evidence == Evidence::Filled { rows >= 2 && filled >= 4 } else { filled >= 2 };
    if !enough {
        return None;
    }
    for index in mine {
        if let Some(taken) = pieces.taken.get_mut(index) {
            *taken = true;
        }
    }
    let mut table = PageTable { xs, ys, cells, evidence, sides: None };
    if headless {
        table.doubt(&Message::new(
            "这张表的行之间、表头下面没有横线，行是按文字的位置分的",
            "no line parts the rows of the table and its header; they were told by where the text stands",
        ));
    }
    Some(table)
}

/// Adds the edges of rows that stand between two lines without one of their own, to `ys` and to the lines that come back.
/// The second value tells that the header is one of these rows.
fn part_rows(
    xs: &[i32],
    ys: &mut Vec<i32>,
    across: &[Line],
    down: &[Line],
    pieces: &Pieces<'_>,
    mine: &[usize],
) -> (Vec<Line>, bool) {
    let mut lines = across.to_vec();
    let mut headless = false;
    let (Some(&left), Some(&right)) = (xs.first(), xs.last()) else { return (lines, headless) };
    let walls = covered(xs, ys, down);
    let mut edges = Vec::new();
    for (row, pair) in ys.windows(2).enumerate() {
        let &[top, bottom] = pair else { continue };
        let walled = xs.iter().zip(&walls).filter(|(_, wall)| wall.get(row) == Some(&true));
        let own: Vec<i32> = walled.map(|(&x, _)| x).collect();
        // Two rows at least, each as high as its text.
        let inside = mine.iter().filter_map(|&index| pieces.all.get(index));
        let mut inside = inside.filter(|piece| (top..bottom).contains(&piece.area.centre().y)).peekable();
        if row == 0 && own.len() == 2 {
            let glyphs: Vec<&Glyph> = inside.flat_map(|piece| pieces.glyphs_of(piece)).collect();
            edges.extend(undivided::title_edges(&glyphs).unwrap_or_default());
            continue;
        }
        if own.len() < 3 || inside.peek().is_none_or(|piece| bottom - top < piece.size * 2) {
            continue;
        }
        let mut glyphs: Vec<Vec<&Glyph>> = vec![Vec::new(); own.len() - 1];
        for piece in inside {
            let column = own.partition_point(|&x| x <= piece.area.centre().x).saturating_sub(1);
            if let Some(heap) = glyphs.get_mut(column) {
                heap.extend(pieces.glyphs_of(piece));
            }
        }
        let found = undivided::row_edges(&own, (top, bottom), &glyphs).unwrap_or_default();
        headless |= row == 0 && !found.is_empty();
        edges.extend(found);
    }
    lines.extend(edges.iter().map(|&at| Line { at, from: left, to: right }));
    ys.extend(edges);
    ys.sort_unstable();
    (lines, headless)
}

/// Marks the cells that characters of one figure lie in, where these are several: unless it is several amounts, of which each
/// lies in its own. Digits without a point may be two of two figures that touch.
fn mark_split(chain: &[(usize, &Glyph)], split: &mut [bool]) {
    let parts: Vec<&[(usize, &Glyph)]> = chain.chunk_by(|a, b| a.0 == b.0).collect();
    let whole = |part: &&[(usize, &Glyph)]| is_amount(&part.iter().map(|(_, glyph)| glyph.c).collect::<String>());
    let marked = chain.iter().any(|(_, glyph)| glyph.c == '.');
    if parts.len() < 2 || !marked || !whole(&chain) && parts.iter().all(whole) {
        return;
    }
    for (cell, _) in chain {
        if let Some(split) = split.get_mut(*cell) {
            *split = true;
        }
    }
}

/// Whether the second of two glyphs of a figure stands right behind the first.
fn goes_on(end: &Glyph, start: &Glyph) -> bool {
    let part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let gap = (start.area.left - end.area.right).abs();
    part(end.c) && part(start.c) && end.origin.y == start.origin.y && end.size == start.size && gap * 20 <= end.size
}

/// A piece of text, or a part of one, and the cell it belongs to.
struct Share<'g> {
    cell: usize,
    glyphs: &'g [Glyph],
    /// Whether most of it lies there.
    clear: bool,
}

/// Gives a piece to the cell that most of its glyphs lie in. A piece that lies over several cells is cut where one cell
/// ends if a figure ends there too: some exporters write an amount and the next cell's name in one go.
fn shares<'g>(glyphs: &'g [Glyph], xs: &[i32], ys: &[i32], owner: &[usize]) -> Vec<Share<'g>> {
    let columns = xs.len().saturating_sub(1);
    let slot = |places: &[i32], at: i32| {
        places.partition_point(|&place| place <= at).saturating_sub(1).min(places.len().saturating_sub(2))
    };
    let cell_of = |glyph: &Glyph| {
        let centre = glyph.area.centre();
        owner.get(slot(ys, centre.y) * columns + slot(xs, centre.x)).copied().unwrap_or(0)
    };
    // What the clip hides has no say, unless it hides all.
    let seen = glyphs.iter().any(|glyph| !glyph.clipped);
    let majority = |glyphs: &[Glyph]| {
        let mut votes: Vec<(usize, usize)> = Vec::new();
        let mut total = 0;
        for glyph in glyphs.iter().filter(|glyph| !(seen && glyph.clipped)) {
            let cell = cell_of(glyph);
            total += 1;
            match votes.iter_mut().find(|(known, _)| *known == cell) {
                Some((_, count)) => *count += 1,
                None => votes.push((cell, 1)),
            }
        }
        // The first of equals: text starts in its cell and runs over.
        votes.iter().rev().max_by_key(|(_, count)| *count).map(|&(cell, count)| (cell, count * 3 >= total * 2))
    };
    let mut shares = Vec::new();
    let mut from = 0;
    for (index, pair) in glyphs.windows(2).enumerate() {
        let &[a, b] = pair else { continue };
        if figure(a.c) != figure(b.c) && cell_of(&a) != cell_of(&b) && amount_ends(glyphs, index) {
            shares.push(glyphs.get(from..=index).unwrap_or_default());
            from = index + 1;
        }
    }
    shares.push(glyphs.get(from..).unwrap_or_default());
    shares
        .into_iter()
        .filter_map(|glyphs| majority(glyphs).map(|(cell, clear)| Share { cell, glyphs, clear }))
        .collect()
}

/// Whether an amount with a point or a separator ends after, or begins behind, the glyph at `index`.
fn amount_ends(glyphs: &[Glyph], index: usize) -> bool {
    let (before, after) = glyphs.split_at_checked(index + 1).unwrap_or_default();
    let marked = |glyph: &Glyph| matches!(glyph.c, '.' | ',');
    before.iter().rev().take_while(|glyph| figure(glyph.c)).any(marked)
        || after.iter().take_while(|glyph| figure(glyph.c)).any(marked)
}

/// What figures are printed with.
fn figure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '%')
}

/// The places of lines, near ones as one.
fn places(lines: &[Line]) -> Vec<i32> {
    let mut sorted: Vec<i32> = lines.iter().map(|line| line.at).collect();
    sorted.sort_unstable();
    let mut places: Vec<i32> = Vec::new();
    let mut cluster = (0i64, 0i64);
    for at in sorted {
        match places.last_mut() {
            Some(place) if at - *place <= SAME => {
                cluster = (cluster.0 + i64::from(at), cluster.1 + 1);
                *place = i32::try_from(cluster.0 / cluster.1).unwrap_or(at);
            }
            _ => {
                places.push(at);
                cluster = (i64::from(at), 1);
            }
        }
    }
    places
}

/// Drops lines that part a sliver without text from its neighbour. `centres` are those of the text, sorted.
fn drop_slivers(places: &mut Vec<i32>, centres: &[i32]) {
    let mut index = 0;
    while places.len() > 2 {
        let (Some(&a), Some(&b)) = (places.get(index), places.get(index + 1)) else { break };
        let first = centres.partition_point(|&centre| centre <= a);
        let holds_text = centres.get(first).is_some_and(|&centre| centre < b);
        if b - a < SLIVER && !holds_text {
            places.remove(if index + 2 == places.len() { index } else { index + 1 });
        } else {
            index += 1;
        }
    }
}

/// How far a set of elementary cells reaches.
#[derive(Clone, Copy, Default)]
struct Reach {
    count: usize,
    top: usize,
    bottom: usize,
    left: usize,
    right: usize,
}

impl Reach {
    fn add(&mut self, row: usize, column: usize) {
        if self.count == 0 {
            *self = Self { count: 0, top: row, bottom: row, left: column, right: column };
        }
        self.count += 1;
        (self.top, self.bottom) = (self.top.min(row), self.bottom.max(row));
        (self.left, self.right) = (self.left.min(column), self.right.max(column));
    }

    fn rows(self) -> usize {
        self.bottom - self.top + 1
    }

    fn columns(self) -> usize {
        self.right - self.left + 1
    }

    /// Whether the set fills a rectangle.
    fn is_whole(self) -> bool {
        self.count == self.rows() * self.columns()
    }
}

/// The cells of a table, without text.
fn spans(xs: &[i32], ys: &[i32], across: &[Line], down: &[Line]) -> Vec<TableCell> {
    let (rows, columns) = (ys.len() - 1, xs.len() - 1);
    let walls = Walls::new(xs, ys, across, down);
    let mut sets = Sets::new(rows * columns);
    for row in 0..rows {
        for column in 0..columns {
            let here = row * columns + column;
            if column + 1 < columns && !walls.right_of(row, column) {
                sets.unite(here, here + 1);
            }
            if row + 1 < rows && !walls.below(row, column) {
                sets.unite(here, here + columns);
            }
        }
    }
    // How far each set reaches, at the slot of its first member.
    let mut reaches: Vec<Reach> = vec![Reach::default(); rows * columns];
    for row in 0..rows {
        for column in 0..columns {
            if let Some(reach) = reaches.get_mut(sets.root(row * columns + column)) {
                reach.add(row, column);
            }
        }
    }
    let mut cells = Vec::new();
    let mut add = |row: usize, column: usize, rows: usize, columns: usize| {
        let at = |places: &[i32], index: usize| places.get(index).copied().unwrap_or_default();
        cells.push(TableCell {
            row,
            column,
            rows,
            columns,
            area: Area {
                left: at(xs, column),
                top: at(ys, row),
                right: at(xs, column + columns),
                bottom: at(ys, row + rows),
            },
            text: CellText::default(),
            elsewhere: None,
        });
    };
    for row in 0..rows {
        for column in 0..columns {
            let (slot, root) = (row * columns + column, sets.root(row * columns + column));
            let reach = reaches.get(root).copied().unwrap_or_default();
            if !reach.is_whole() {
                // Lines are missing: no rectangle, so nothing is joined.
                add(row, column, 1, 1);
            } else if slot == root {
                add(row, column, reach.rows(), reach.columns());
            }
        }
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    cells
}

/// Which edges of elementary cells are covered by lines.
struct Walls {
    columns: usize,
    right: Vec<bool>,
    below: Vec<bool>,
}

/// A line covers an edge if it runs along this much of it (per cent).
const COVERED: i64 = 60;

impl Walls {
    fn new(xs: &[i32], ys: &[i32], across: &[Line], down: &[Line]) -> Self {
        let (rows, columns) = (ys.len() - 1, xs.len() - 1);
        let mut walls = Self { columns, right: vec![false; rows * columns], below: vec![false; rows * columns] };
        for (wall, column) in covered(xs, ys, down).into_iter().zip(0..) {
            for (row, is_covered) in wall.into_iter().enumerate() {
                // The wall at place `column` lies to the right of the column before it.
                if column > 0
                    && let Some(slot) = walls.right.get_mut(row * columns + column - 1)
                {
                    *slot = is_covered;
                }
            }
        }
        for (wall, row) in covered(ys, xs, across).into_iter().zip(0..) {
            for (column, is_covered) in wall.into_iter().enumerate() {
                if row > 0
                    && let Some(slot) = walls.below.get_mut((row - 1) * columns + column)
                {
                    *slot = is_covered;
                }
            }
        }
        walls
    }

    fn right_of(&self, row: usize, column: usize) -> bool {
        self.right.get(row * self.columns + column).copied().unwrap_or(true)
    }

    fn below(&self, row: usize, column: usize) -> bool {
        self.below.get(row * self.columns + column).copied().unwrap_or(true)
    }
}

/// For each place, for each gap between `steps`, whether lines at the place cover the gap.
fn covered(places: &[i32], steps: &[i32], lines: &[Line]) -> Vec<Vec<bool>> {
    let gaps = steps.len().saturating_sub(1);
    let mut cover: Vec<Vec<i64>> = vec![vec![0; gaps]; places.len()];
    for line in lines {
        // A line may stand for several places where slivers were dropped between them.
        let first = places.partition_point(|&place| place < line.at - SAME - 10);
        for (place, cover) in places.iter().zip(&mut cover).skip(first) {
            if *place > line.at + SAME + 10 {
                break;
            }
            let start = steps.partition_point(|&step| step <= line.from).saturating_sub(1);
            for (pair, cover) in steps.windows(2).zip(cover).skip(start) {
                let &[a, b] = pair else { continue };
                if a >= line.to {
                    break;
                }
                *cover += i64::from((line.to.min(b) - line.from.max(a)).max(0));
            }
        }
    }
    cover
        .into_iter()
        .map(|cover| {
            let gaps = cover.into_iter().zip(steps.windows(2));
            gaps.map(|(cover, pair)| cover * 100 >= COVERED * i64::from(pair.iter().fold(0, |a, b| b - a))).collect()
        })
        .collect()
}

/// Disjoint sets with path halving.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, of: usize) -> usize {
        let mut at = of;
        while let Some(&parent) = self.0.get(at)
            && parent != at
        {
            let grand = self.0.get(parent).copied().unwrap_or(parent);
            if let Some(slot) = self.0.get_mut(at) {
                *slot = grand;
            }
            at = grand;
        }
        at
    }

    /// The lower root stays, so that sets come out in the order of their first member.
    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(slot) = self.0.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(at: i32, from: i32, to: i32) -> Line {
        Line { at, from, to }
    }

    #[test]
    fn what_no_line_parts_is_one_cell() {
        let (xs, ys) = ([0, 1000, 2000], [0, 1000, 2000]);
        let across = [line(0, 0, 2000), line(1000, 0, 2000), line(2000, 0, 2000)];
        // The line between the columns runs through the lower row only.
        let down = [line(0, 0, 2000), line(1000, 1000, 2000), line(2000, 0, 2000)];
        let cells = spans(&xs, &ys, &across, &down);
        let spans: Vec<(usize, usize, usize, usize)> =
            cells.iter().map(|cell| (cell.row, cell.column, cell.rows, cell.columns)).collect();
        assert_eq!(spans, [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]);
    }

    #[test]
    fn a_sliver_without_text_is_a_double_border() {
        let mut places = vec![0, 1000, 1300, 2000];
        drop_slivers(&mut places, &[500, 1700]);
        assert_eq!(places, [0, 1000, 2000]);
        let mut places = vec![0, 1000, 1300, 2000];
        drop_slivers(&mut places, &[500, 1150]);
        assert_eq!(places.len(), 4, "a narrow column that holds text stays");
    }
}
