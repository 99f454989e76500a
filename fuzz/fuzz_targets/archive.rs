//! Archives: whatever is taken out of one stays within the limits.

#![no_main]

use duizhang::read::{MAX_FILES, expand};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let members = expand("a.zip", bytes);
    // A refusal for each archive inside, beside the files.
    assert!(!members.is_empty() && members.len() <= 3 * MAX_FILES);
    let unpacked: usize = members.iter().filter_map(|member| member.content.as_ref().ok()).map(|bytes| bytes.len()).sum();
    assert!(unpacked <= 256 << 20);
});
