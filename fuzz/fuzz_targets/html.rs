//! The reader of HTML, also as it is pasted.

#![no_main]

use libfuzzer_sys::fuzz_target;

mod places;

fuzz_target!(|bytes: &[u8]| {
    let page = [b"<html>", bytes].concat();
    if let Ok(document) = duizhang::read::read("a.html", &page) {
        places::check(&document);
    }
    if let Ok(html) = str::from_utf8(bytes)
        && let Ok(document) = duizhang::read::read_pasted(Some(html), "1")
    {
        places::check(&document);
    }
});
