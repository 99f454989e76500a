//! The reader of Markdown.

#![no_main]

use libfuzzer_sys::fuzz_target;

mod places;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(document) = duizhang::read::read("a.md", bytes) {
        places::check(&document);
    }
});
