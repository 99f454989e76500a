//! Documents for tests: a small reader of text with Markdown headings and tab-separated rows, so that what is tested is
//! recognising alone.

use crate::document::{Block, Cell, Document, Format, Grid, GridRow, Line, Place};

/// Reads `text`: `#` headings, lines with tabs as rows of grids, everything else as lines.
pub(super) fn document(text: &str) -> Document {
    let mut blocks: Vec<Block> = Vec::new();
    let mut after_blank = true;
    for (number, printed) in (1_u32..).zip(text.split('\n')) {
        if printed.trim_matches(' ').is_empty() {
            after_blank = true;
            continue;
        }
        if printed.contains('\t') {
            let mut from = 0;
            let mut cells = Vec::new();
            for cell in printed.split('\t') {
                let to = from + u32::try_from(cell.chars().count()).unwrap_or(0);
                let text = cell.replace("<b>", "").replace("</b>", "").trim().to_owned();
                cells.push(Cell {
                    text: text.into(),
                    place: Place::Line { line: number, from, to },
                    columns: 1,
                    rows: 1,
                    strong: false,
                    doubt: None,
                });
                from = to + 1;
            }
            let row = GridRow { place: Place::line(number), cells, header: false, after_blank };
            match blocks.last_mut() {
                Some(Block::Grid(grid)) => grid.rows.push(row),
                _ => blocks.push(Block::Grid(Grid { place: row.place, caption: None, rows: vec![row], ragged: true })),
            }
        } else {
            let marks = printed.trim_start().chars().take_while(|c| *c == '#').count();
            let text = printed.trim_start_matches(['#', ' ']).replace("**", "").trim().to_owned();
            let from = u32::try_from(printed.chars().take_while(|c| matches!(c, '#' | ' ' | '*')).count()).unwrap_or(0);
            let to = from + u32::try_from(text.chars().count()).unwrap_or(0);
            let line = Line { text, place: Place::Line { line: number, from, to }, after_blank, strong: false };
            match blocks.last_mut() {
                _ if marks > 0 => blocks.push(Block::Heading { level: u8::try_from(marks).unwrap_or(6), line }),
                Some(Block::Text(lines)) => lines.push(line),
                _ => blocks.push(Block::Text(vec![line])),
            }
        }
        after_blank = false;
    }
    Document {
        name: "fixture".to_owned(),
        sha256: String::new(),
        format: Format::Markdown,
        encoding: "UTF-8".to_owned(),
        blocks,
        lines: text.split('\n').map(str::to_owned).collect(),
        sheets: Vec::new(),
        notes: Vec::new(),
        pages: Vec::new(),
        incomplete: false,
    }
}
