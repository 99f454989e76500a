//! STEP 1, read: bytes become a [`Document`]. The only step that fails.

#[cfg(feature = "pdf")]
pub mod pdf;

use std::fmt;

use crate::disclosure::Message;
use crate::document::Document;

/// Why a file could not be read. The message says what was found and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// No bytes, or nothing but white space.
    Empty,
    /// A PDF that could not be read.
    #[cfg(feature = "pdf")]
    Pdf(pdf::PdfError),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().zh)
    }
}

impl ReadError {
    /// The message in both languages.
    pub fn message(&self) -> Message {
        match self {
            Self::Empty => Message::new("文件是空的", "the file is empty"),
            #[cfg(feature = "pdf")]
            Self::Pdf(error) => error.message(),
        }
    }
}

impl std::error::Error for ReadError {}

/// Reads one file. `name` is only a hint: the type is told by content.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    #[cfg(feature = "pdf")]
    if pdf::is_pdf(bytes) {
        return pdf::read(name, bytes);
    }
    let _ = (name, bytes);
    Err(ReadError::Empty)
}
