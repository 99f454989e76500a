//! The reader of XLS: the input is the workbook stream of a sound compound file.

#![no_main]

use libfuzzer_sys::fuzz_target;

mod package;
mod places;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(document) = duizhang::read::read("a", &package::compound(&[("Workbook", bytes)])) {
        places::check(&document);
    }
});
