//! Tables without lines: by the edges of coloured boxes, or by rivers of white between columns.

use super::cells::{Evidence, PageTable, Pieces, ruled};
use super::paths::{Fill, Rule};
use super::rules::Lines;

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
    ruled(&lines, pieces, Evidence::Filled)
}

/// Tables told from text by white space alone.
pub(super) fn spaced(_lines: &Lines, _height: i32, _tables: &[PageTable], _pieces: &mut Pieces<'_>) -> Vec<PageTable> {
    Vec::new()
}
