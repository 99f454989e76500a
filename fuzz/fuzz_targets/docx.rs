//! The reader of DOCX: the input is the document part of a sound package.

#![no_main]

use libfuzzer_sys::fuzz_target;

mod package;
mod places;

fuzz_target!(|bytes: &[u8]| {
    let file = package::zip(&[("[Content_Types].xml", b""), ("word/document.xml", bytes), ("word/styles.xml", bytes)]);
    if let Ok(document) = duizhang::read::read("a", &file) {
        places::check(&document);
    }
});
