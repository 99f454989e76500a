//! The reader of PDF files: the bytes as they are, and as the content of a page of a sound file, where most of the code is.

#![no_main]

use duizhang::document::{Block, Place};
use duizhang::read::pdf;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    check(bytes);
    let mut file = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n\
        3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>\nendobj\n\
        5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n"
        .to_vec();
    file.extend(format!("4 0 obj\n<</Length {}>>\nstream\n", bytes.len()).bytes());
    file.extend(bytes);
    file.extend(b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n");
    check(&file);
});

/// Every cell and line stands on a page, and spreading the spans of a grid covers every cell.
fn check(bytes: &[u8]) {
    let Ok(document) = pdf::read("a.pdf", bytes) else { return };
    for block in &document.blocks {
        match block {
            Block::Grid(grid) => {
                let spread = grid.spread();
                assert_eq!(spread.len(), grid.rows.len());
                for cell in grid.rows.iter().flat_map(|row| &row.cells) {
                    assert!(matches!(cell.place, Place::Page { page: 1.., .. }));
                }
            }
            Block::Text(lines) => {
                for line in lines {
                    assert!(matches!(line.place, Place::Page { page: 1.., bbox: [l, t, r, b] } if l <= r && t <= b));
                }
            }
            Block::Heading { .. } | Block::Image { .. } => {}
        }
    }
}
