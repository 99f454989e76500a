//! The reader of DOC: the input is both streams of a sound compound file, the length of the first before them.

#![no_main]

use libfuzzer_sys::fuzz_target;

mod package;
mod places;

fuzz_target!(|bytes: &[u8]| {
    let Some((length, streams)) = bytes.split_first_chunk::<4>() else { return };
    let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(0).min(streams.len());
    let (main, table) = streams.split_at(length);
    let file = package::compound(&[("WordDocument", main), ("0Table", table), ("1Table", table)]);
    if let Ok(document) = duizhang::read::read("a", &file) {
        places::check(&document);
    }
});
