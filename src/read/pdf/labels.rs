//! Tables without rules whose labels reach over several rows: a label stands in the middle of its rows, so its line is none
//! of theirs, and reading line by line tears the rows apart. The rows are those of the column with the most cells; each
//! label takes the rows that it is the middle of, or the table is not read this way.

use super::columns::{Layout, columns, shares};
use super::rules::Line;
use super::unruled::Row;

/// Lines nearer than this (in hundredths of the font size, middle to middle) are one cell.
const PITCH: i32 = 142;

/// How far a label may be from the middle of its rows, in hundredths of the font size.
const OFF: i32 = 40;

/// Text of one column between two gaps.
#[derive(Clone, Copy, Debug)]
struct Block {
    top: i32,
    bottom: i32,
    size: i32,
    figure: bool,
}

impl Block {
    fn middle(self) -> i32 {
        self.top.midpoint(self.bottom)
    }

    fn beside(self, other: Self) -> bool {
        (self.middle() - other.middle()).abs() * 100 <= self.size * OFF
    }
}

/// Lays out a table whose first line of text is its header. `None` where no label stands between rows, or one that does is
/// the middle of none.
pub(super) fn layout(region: &[Row], stack: &[Line]) -> Option<Layout> {
    let (header, body) = region.split_first()?;
    let lines: Vec<Vec<&Row>> = body.iter().map(|row| vec![row]).collect();
    let columns = columns(&[vec![header]], &lines, i32::MAX);
    if columns.len() < 3 || header.segments.len() < columns.len() {
        return None;
    }
    let cells: Vec<Vec<Block>> = columns.iter().map(|&column| blocks(body, column)).collect();
    let most = cells.iter().map(Vec::len).max()?;
    let anchor = cells.iter().rposition(|column| column.len() == most)?;
    let rows = cells.get(anchor)?;
    let stands_alone = |block: &Block| rows.iter().all(|row| !block.beside(*row));
    let loose: Vec<bool> = cells.iter().map(|column| column.iter().any(stands_alone)).collect();
    let last = loose.iter().rposition(|&loose| loose)?;
    let edges = edges(header, rows, &cells)?;
    let left = stack.iter().map(|line| line.from).min().unwrap_or(i32::MAX).min(columns.first()?.0 - 100);
    let right = stack.iter().map(|line| line.to).max().unwrap_or(i32::MIN).max(columns.last()?.1 + 100);
    let mut xs = vec![left];
    xs.extend(
        columns.windows(2).map(|pair| pair.iter().fold(0, |end, c| if end == 0 { c.1 } else { end.midpoint(c.0) })),
    );
    xs.push(right);
    let (top, bottom) = (header.top - 200, *edges.last()?);
    let mut layout = Layout { across: Vec::new(), down: Vec::new(), sure: false };
    layout.down.extend(xs.iter().map(|&x| Line { at: x, from: top, to: bottom }));
    let whole = [top, *edges.first()?, bottom];
    layout.across.extend(whole.map(|at| Line { at, from: left, to: right }));
    for (index, (column, &is_loose)) in cells.iter().zip(&loose).enumerate() {
        let (from, to) = (*xs.get(index)?, *xs.get(index + 1)?);
        let labels = index <= last && column.len() < rows.len() && column.iter().all(|block| !block.figure);
        let spanned = if labels { spans(&edges, column) } else { None };
        if is_loose && spanned.is_none() {
            return None;
        }
        let inner = edges.get(1..rows.len())?;
        for (edge, &at) in (1..).zip(inner) {
            if spanned.as_ref().is_none_or(|cuts| cuts.contains(&edge)) {
                layout.across.push(Line { at, from, to });
            }
        }
    }
    Some(layout)
}

/// The cells of one column.
fn blocks(body: &[Row], column: (i32, i32)) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for row in body {
        let mine = |s: &&super::columns::Segment| s.right.min(column.1) - s.left.max(column.0) > 100;
        let mut segments = row.segments.iter().filter(mine).peekable();
        if segments.peek().is_none() {
            continue;
        }
        let figure = segments.any(|segment| segment.figure);
        let middle = row.middle();
        match blocks.last_mut() {
            Some(last) if (middle - (last.bottom - row.size / 2)) * 100 < row.size * PITCH => {
                last.bottom = row.bottom;
                last.figure &= figure;
            }
            _ => blocks.push(Block { top: row.top, bottom: row.bottom, size: row.size, figure }),
        }
    }
    blocks
}

/// The edges between rows: the middle of the white between the cells that stand on them.
fn edges(header: &Row, rows: &[Block], cells: &[Vec<Block>]) -> Option<Vec<i32>> {
    let extents: Vec<(i32, i32)> = rows
        .iter()
        .map(|row| {
            let beside =
                cells.iter().flatten().filter(|block| block.beside(*row) && block.bottom - block.top < row.size * 6);
            beside.fold((row.top, row.bottom), |(top, bottom), block| (top.min(block.top), bottom.max(block.bottom)))
        })
        .collect();
    let mut edges = vec![header.bottom.midpoint(extents.first()?.0)];
    for pair in extents.windows(2) {
        let &[above, below] = pair else { continue };
        if below.0 <= above.1 {
            return None;
        }
        edges.push(above.1.midpoint(below.0));
    }
    // The last row has as much white below as the one before it.
    let end = extents.last()?.1;
    let white = edges.last().map_or(200, |edge| extents.last().map_or(200, |last| last.0 - edge));
    edges.push(end + white);
    Some(edges)
}

/// The edges, by index, at which one label's rows end. `None` where a label is not in the middle of its rows.
fn spans(edges: &[i32], column: &[Block]) -> Option<Vec<usize>> {
    let middles: Vec<i32> = column.iter().map(|block| block.middle()).collect();
    let mut cuts = shares(edges, &middles);
    let mut ends = cuts.clone();
    ends.push(edges.len().checked_sub(1)?);
    ends.sort_unstable();
    ends.dedup();
    if ends.first() != Some(&0) || ends.len() != column.len() + 1 {
        return None;
    }
    let fits = ends.windows(2).zip(column).all(|(pair, block)| match pair {
        &[from, to] => {
            let (from, to) = (edges.get(from).copied().unwrap_or(0), edges.get(to).copied().unwrap_or(0));
            (from.midpoint(to) - block.middle()).abs() * 100 <= block.size * OFF
        }
        _ => false,
    });
    cuts.sort_unstable();
    fits.then_some(cuts)
}
