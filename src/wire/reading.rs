//! What the page and the reader module say to each other: files in containers go in, documents come out.

use serde::{Deserialize, Serialize};

use crate::analysis::Unreadable;

/// How far into a file the mark of a PDF may stand.
const PDF_MARK_WITHIN: usize = 1024;

/// Asks for one file, whose bytes are the next buffer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadRequest {
    /// What the page calls it.
    pub id: u32,
    /// The name the reader knows.
    pub name: String,
    /// The password that the reader typed, if one was asked for.
    pub password: Option<String>,
}

/// What the reader module answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadReply {
    /// The module runs.
    Ready,
    /// The file was read: the document is the next buffer, in postcard's format.
    Document {
        /// Which file.
        id: u32,
    },
    /// No container of a kind that is read here: its bytes go to the worker, which reads text and names other kinds.
    Other {
        /// Which file.
        id: u32,
    },
    /// It opens with a password only.
    Locked {
        /// Which file.
        id: u32,
        /// Whether one was given.
        wrong: bool,
    },
    /// It could not be read.
    Unreadable {
        /// Which file.
        id: u32,
        /// Why, and what to do.
        why: Unreadable,
    },
    /// The module is about to die of a bug of ours; the text is for the console.
    Panicked(String),
}

/// Whether a file's first bytes are those of a container that the reader module may know. It is asked first; where it
/// does not know the file after all, it says so.
pub fn is_container(bytes: &[u8]) -> bool {
    const SIGNS: [&[u8]; 3] = [b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];
    let head = bytes.get(..bytes.len().min(PDF_MARK_WITHIN)).unwrap_or_default();
    SIGNS.iter().any(|sign| head.starts_with(sign)) || head.windows(5).any(|window| window == b"%PDF-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_told_by_their_first_bytes() {
        assert!(is_container(b"%PDF-1.7\n"));
        assert!(is_container(b"junk before it\n%PDF-1.4\n"));
        assert!(is_container(b"PK\x03\x04rest"));
        assert!(is_container(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"));
        for text in ["", "PK", "单位：万元", "<html>", "a,b\n1,2\n"] {
            assert!(!is_container(text.as_bytes()), "{text}");
        }
    }
}
