//! STEP 1, read: bytes become a [`Document`]. The only step that fails.

use std::fmt;

use crate::disclosure::Message;
use crate::document::Document;

/// Why a file could not be read. The message says what was found and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// No bytes, or nothing but white space.
    Empty,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("文件是空的")
    }
}

impl ReadError {
    /// The message in both languages.
    pub fn message(&self) -> Message {
        Message::new("文件是空的", "the file is empty")
    }
}

impl std::error::Error for ReadError {}

/// Reads one file. `name` is only a hint: the type is told by content.
pub fn read(_name: &str, _bytes: &[u8]) -> Result<Document, ReadError> {
    Err(ReadError::Empty)
}
