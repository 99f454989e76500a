//! Any text: the whole pipeline comes to an end, and says the same twice.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let sources = [("budget.md".to_owned(), text.as_bytes().to_vec())];
    let analysis = duizhang::run(&sources);
    assert_eq!(analysis, duizhang::run(&sources));
});
