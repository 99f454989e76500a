//! What every reading must keep: places that lie in the source, grids that spread within their bounds.

use duizhang::document::{Block, Document, Place};
use duizhang::read::{MAX_COLUMNS, MAX_POSITIONS};

/// Panics where a place points nowhere or a grid would grow without measure.
pub fn check(document: &Document) {
    let check = |place: Place| {
        let Place::Line { line, from, to } = place else { return };
        let source = document.lines.get(line as usize - 1).expect("a line of the source");
        let end = u32::try_from(source.chars().count()).unwrap_or(u32::MAX);
        assert!(from <= to && from <= end && (to <= end || to == u32::MAX), "{place:?} in a line of {end}");
    };
    for block in &document.blocks {
        match block {
            Block::Heading { line, .. } => check(line.place),
            Block::Text(lines) => lines.iter().for_each(|line| check(line.place)),
            Block::Image { place, .. } => check(*place),
            Block::Grid(grid) => {
                check(grid.place);
                grid.rows.iter().for_each(|row| check(row.place));
                grid.rows.iter().flat_map(|row| &row.cells).for_each(|cell| check(cell.place));
                let width = grid.spread().iter().map(Vec::len).max().unwrap_or(0);
                assert!(width <= MAX_COLUMNS && width * grid.rows.len() <= MAX_POSITIONS);
            }
        }
    }
}
