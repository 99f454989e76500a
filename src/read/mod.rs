//! STEP 1, read: bytes become a [`Document`]. The only step that fails.
//!
//! ```text
//! bytes ─expand─▶ an archive?  each file inside is a source of its own
//!       ─sniff::container─▶ a known container?  its reader (pdf, sheets, word), or ReadError::NotYet says what to do
//!       └encoding::decode─▶ lines ─sniff::form─▶ text │ markdown │ html │ csv ─▶ blocks
//! ```
//!
//! The type is told by content; the name only decides where the content leaves it open. Readers of line-based forms
//! take the decoded lines, so every [`Place`] they give points into [`Document::lines`].

#[cfg(feature = "archive")]
mod archive;
#[cfg(any(feature = "sheets", feature = "docx"))]
mod compound;
mod csv;
mod encoding;
mod error;
mod flow;
mod html;
mod inline;
mod markdown;
mod math;
#[cfg(any(feature = "sheets", feature = "docx", feature = "archive"))]
mod package;
#[cfg(feature = "pdf")]
pub mod pdf;
#[cfg(feature = "sheets")]
mod sheets;
mod sniff;
mod tabs;
mod text;
#[cfg(feature = "docx")]
mod word;
#[cfg(any(feature = "sheets", feature = "docx"))]
mod xml;

#[cfg(feature = "archive")]
pub use archive::{MAX_DEPTH, MAX_EXPANSION, MAX_FILES, Refusal};
pub use error::{Excess, Form, ReadError};
pub use html::POSITIONED;

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use crate::document::{Block, Document, Format, Place, ReadNote};
use crate::parallel;

/// Most bytes of one file. The largest saved page among the files we know has 3.5 MB; pages with pictures inside
/// them reach tens of megabytes. Past this a browser tab runs out of memory before we do.
pub const MAX_BYTES: usize = 64 << 20;

/// Most lines of one file: the longest disclosure known has some 4000.
pub const MAX_LINES: usize = 2_000_000;

/// Most cells of all grids of one file: the largest known has some 20 000.
pub const MAX_CELLS: usize = 1_000_000;

/// Widest row of a grid, spans counted. The widest official form has 42 columns; longer rows are cut and noted.
pub const MAX_COLUMNS: usize = 256;

/// Most positions (rows × columns) of one grid once its spans are spread. Larger grids go on in a second one.
pub const MAX_POSITIONS: usize = 1 << 20;

/// Most tables inside one another. Layout tables of old portals reach about 10; deeper ones are read side by side.
pub const MAX_NESTING: usize = 64;

/// Most notes of one kind, so that a broken file does not bury its reader.
const MAX_NOTES: usize = 20;

/// The name of a document that was pasted and has no other.
pub const PASTED: &str = "粘贴的内容";

/// A source: a file as it was given, or one from inside an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member<'a> {
    /// The name it was given; inside an archive `archive.zip/path`.
    pub name: String,
    /// Its bytes, or why it could not be taken out.
    pub content: Result<Cow<'a, [u8]>, ReadError>,
}

/// The sources that a file comes to: the files inside if it is an archive, else itself. Never empty.
pub fn expand<'a>(name: &str, bytes: &'a [u8]) -> Vec<Member<'a>> {
    #[cfg(feature = "archive")]
    if let Some(members) = unpack(name, bytes) {
        return members;
    }
    vec![Member { name: name.to_owned(), content: Ok(Cow::Borrowed(bytes)) }]
}

/// The files inside an archive; `None` where it is none of a kind that is opened.
#[cfg(feature = "archive")]
pub fn unpack(name: &str, bytes: &[u8]) -> Option<Vec<Member<'static>>> {
    (bytes.len() <= MAX_BYTES && sniff::container(bytes) == Some(Form::Zip)).then(|| archive::expand(name, bytes))
}

/// Reads one file. `name` is only a hint: the type is told by content.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    read_with_password(name, bytes, None)
}

/// Reads one file that may open with `password`. [`ReadError::Password`] tells that one is needed, or that this one is
/// wrong; a form that has no passwords takes no notice of it.
pub fn read_with_password(name: &str, bytes: &[u8], password: Option<&str>) -> Result<Document, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { what: Excess::Bytes, found: bytes.len(), limit: MAX_BYTES });
    }
    if let Some(form) = sniff::container(bytes) {
        return read_form(form, name, bytes, password).unwrap_or(Err(ReadError::NotYet(form)));
    }
    with_digest(bytes, || {
        let decoded = encoding::decode(bytes)?;
        let lines = encoding::lines(&decoded.text);
        let form = sniff::form(name, &lines)?;
        document(name, decoded.encoding, lines, form)
    })
}

/// The document that `read` gives, with the digest of the bytes that it was read from.
fn with_digest(bytes: &[u8], read: impl FnOnce() -> Result<Document, ReadError> + Send) -> Result<Document, ReadError> {
    let (document, sha256) = parallel::join(read, || sha256(bytes));
    Ok(Document { sha256, ..document? })
}

/// Reads a file that is a container of a kind with a reader, with the password that the person gave. `None` for text
/// and for every other kind: [`read`] says what those are.
///
/// Apart from [`read`] so that the page's reader module holds these readers and no others.
pub fn read_container(name: &str, bytes: &[u8], password: Option<&str>) -> Option<Result<Document, ReadError>> {
    if bytes.len() > MAX_BYTES {
        return None;
    }
    read_form(sniff::container(bytes)?, name, bytes, password)
}

/// Reads a container of a kind that has a reader.
#[cfg_attr(
    not(all(feature = "pdf", feature = "sheets", feature = "docx")),
    expect(unused_variables, reason = "some reader that would use them is not built in")
)]
fn read_form(form: Form, name: &str, bytes: &[u8], password: Option<&str>) -> Option<Result<Document, ReadError>> {
    match form {
        #[cfg(feature = "pdf")]
        Form::Pdf => Some(pdf::read_with_password(name, bytes, password)),
        #[cfg(feature = "sheets")]
        Form::Xlsx => Some(sheets::read(name, bytes, Format::Xlsx)),
        #[cfg(feature = "sheets")]
        Form::Xls => Some(sheets::read(name, bytes, Format::Xls)),
        #[cfg(feature = "sheets")]
        Form::Ods => Some(sheets::read(name, bytes, Format::Ods)),
        #[cfg(feature = "docx")]
        Form::Docx => Some(word::read(name, bytes, Format::Docx)),
        #[cfg(feature = "docx")]
        Form::Doc => Some(word::read(name, bytes, Format::Doc)),
        Form::Encrypted => Some(Err(ReadError::Locked(form))),
        _ => None,
    }
}

/// Reads what was pasted: the HTML of the clipboard when it holds a table, else its text.
pub fn read_pasted(html: Option<&str>, text: &str) -> Result<Document, ReadError> {
    if let Some(html) = html.filter(|html| html.len() <= MAX_BYTES) {
        let lines = encoding::lines(html);
        if let Ok(document) = with_digest(html.as_bytes(), || document(PASTED, "UTF-8", lines, sniff::TextForm::Html))
            && document.blocks.iter().any(|block| matches!(block, Block::Grid(_)))
        {
            return Ok(document);
        }
    }
    read(PASTED, text.as_bytes())
}

/// Reads decoded lines as `form`. The digest is left to [`with_digest`].
fn document(name: &str, encoding: &str, lines: Vec<String>, form: sniff::TextForm) -> Result<Document, ReadError> {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
    if lines.iter().all(|line| line.chars().all(blank)) {
        return Err(ReadError::Empty);
    }
    if lines.len() > MAX_LINES {
        return Err(ReadError::TooLarge { what: Excess::Lines, found: lines.len(), limit: MAX_LINES });
    }
    let (format, flow) = match form {
        sniff::TextForm::Text => (Format::Text, text::read(&lines)),
        sniff::TextForm::Markdown => (Format::Markdown, markdown::read(&lines)),
        sniff::TextForm::Html => (Format::Html, html::read(&lines)),
        sniff::TextForm::Csv(delimiter) => (Format::Csv, csv::read(&lines, delimiter)),
    };
    let (finished, replaced) = parallel::join(|| flow.finish(), || replaced(&lines));
    let (blocks, mut notes) = finished?;
    notes.extend(replaced);
    Ok(Document {
        name: name.to_owned(),
        sha256: String::new(),
        format,
        encoding: encoding.to_owned(),
        blocks,
        lines,
        sheets: Vec::new(),
        notes,
        pages: Vec::new(),
        incomplete: false,
    })
}

/// The digest that names bytes: SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal.
fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

/// The note on characters that could not be decoded, with the first line that has one.
fn replaced(lines: &[String]) -> Option<ReadNote> {
    let bad = |line: &String| line.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
    let first = lines.iter().position(|line| line.contains(char::REPLACEMENT_CHARACTER))?;
    let count: usize = lines.iter().map(bad).sum();
    let line = u32::try_from(first + 1).unwrap_or(u32::MAX);
    Some(ReadNote {
        zh: format!("有 {count} 个字符无法识别（显示为 �），第一处在第 {line} 行；文件可能被截断或转码过，请对照原文"),
        en: format!(
            "{count} characters could not be decoded (shown as �), the first on line {line}; \
             the file may have been cut or converted, compare with the original"
        ),
        place: Some(Place::line(line)),
    })
}

#[cfg(test)]
mod tests;
