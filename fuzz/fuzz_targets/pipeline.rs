//! The whole pipeline: it gives a reading or says why not, whatever the bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = duizhang::run(&[("a.txt".to_owned(), bytes.to_vec())]);
});
