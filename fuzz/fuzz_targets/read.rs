//! Any bytes under any name: reading answers or refuses, and every place lies inside the source.
#![no_main]

use duizhang::document::{Block, Place};
use duizhang::read::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &[u8])| {
    let (name, bytes) = input;
    let Ok(document) = read(name, bytes) else { return };
    let mut places = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { line, .. } => places.push(line.place),
            Block::Text(lines) => places.extend(lines.iter().map(|line| line.place)),
            Block::Grid(grid) => {
                places.push(grid.place);
                places.extend(grid.rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.place)));
            }
            Block::Image { place, .. } => places.push(*place),
        }
    }
    for place in places {
        if let Place::Line { line, .. } = place {
            assert!(line >= 1 && line as usize <= document.lines.len(), "{place:?} of {} lines", document.lines.len());
        }
    }
});
