//! What a one-file report holds so that it can be opened again: the documents as they were read, telephone numbers
//! masked, and what was recognised in them. Checking it again gives the same findings, and no reader takes part.
//!
//! Only the program's own version is opened: what is recognised differs from one to the next, and then the original file
//! must be read again.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

#[cfg(feature = "export")]
use crate::analysis::Analysis;
use crate::disclosure::{Disclosure, Message};
use crate::document::Document;

/// Begins the block in the HTML; nothing else there looks like it, since `<` of the source is escaped.
const BEGINS: &str = "<script type=\"application/json\" id=\"duizhang-reading\">";
/// Ends it.
const ENDS: &str = "</script>";
/// The format of the block.
const FORMAT: &str = "duizhang-reading/1";

/// What stands in the block.
#[derive(Serialize, Deserialize)]
struct Reading<'a> {
    format: Cow<'a, str>,
    version: Cow<'a, str>,
    documents: Vec<Document>,
    disclosures: Vec<Disclosure>,
}

/// What came of looking for a saved report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// The bytes are something else.
    Other,
    /// A report of this version: its documents with what they say.
    Report(Vec<(Document, Disclosure)>),
    /// A report that cannot be opened again, and why.
    Unusable(Message),
}

/// The block that stands for an analysis, whole.
#[cfg(feature = "export")]
pub(super) fn block(analysis: &Analysis) -> String {
    let reading = Reading {
        format: FORMAT.into(),
        version: env!("CARGO_PKG_VERSION").into(),
        documents: analysis.documents.iter().cloned().map(masked::document).collect(),
        disclosures: analysis.disclosures.iter().cloned().map(masked::disclosure).collect(),
    };
    let json = serde_json::to_string(&reading).unwrap_or_default().replace('<', "\\u003c");
    format!("{BEGINS}{json}{ENDS}")
}

/// Opens a saved report. Never fails: what is none is [`Saved::Other`].
pub fn open(bytes: &[u8]) -> Saved {
    let Some(json) = find(bytes) else { return Saved::Other };
    let unusable = |zh: &str, en: &str| Saved::Unusable(Message::new(zh, en));
    let Ok(reading) = serde_json::from_str::<Reading>(json) else {
        return unusable(
            "这是对账保存的报告，但其中的数据不完整，或出自别的版本。请放入原来的文件重新核对。",
            "This is a report saved by Duizhang, but its data is incomplete or of another version. Please check the original file again.",
        );
    };
    if reading.format != FORMAT || reading.version != env!("CARGO_PKG_VERSION") {
        return unusable(
            "这份报告由另一版本的对账保存。请放入原来的文件重新核对。",
            "This report was saved by another version of Duizhang. Please check the original file again.",
        );
    }
    if reading.documents.is_empty() || reading.documents.len() != reading.disclosures.len() {
        return unusable("这份报告里没有文件。", "There is no document in this report.");
    }
    Saved::Report(reading.documents.into_iter().zip(reading.disclosures).collect())
}

/// The JSON of the block. The last block counts: nothing of the source comes after it.
fn find(bytes: &[u8]) -> Option<&str> {
    let begins = BEGINS.as_bytes();
    // A report begins with its own doctype; looking no further keeps other files cheap.
    if !bytes.starts_with(b"<!DOCTYPE html><html lang=") {
        return None;
    }
    let at = bytes.windows(begins.len()).rposition(|window| window == begins)?;
    let text = std::str::from_utf8(bytes.get(at + begins.len()..)?).ok()?;
    text.split_once(ENDS).map(|(json, _)| json)
}

/// Telephone numbers out of what is kept, digit for digit, so that places hold.
#[cfg(feature = "export")]
mod masked {
    use std::borrow::Cow;

    use crate::disclosure::{Disclosure, Value};
    use crate::document::{Block, Document, Line};
    use crate::privacy::{is_label, mask, mask_after};

    fn masked(text: &mut String) {
        if let Cow::Owned(hidden) = mask(text) {
            *text = hidden;
        }
    }

    /// A document with every telephone number masked.
    pub(super) fn document(mut document: Document) -> Document {
        document.lines.iter_mut().for_each(masked);
        for block in &mut document.blocks {
            match block {
                Block::Heading { line, .. } => masked(&mut line.text),
                Block::Text(lines) => lines.iter_mut().for_each(|line| masked(&mut line.text)),
                Block::Grid(grid) => {
                    grid.caption.iter_mut().for_each(|Line { text, .. }| masked(text));
                    for row in &mut grid.rows {
                        let mut labelled = false;
                        for cell in &mut row.cells {
                            cell.text = mask_after(&cell.text, labelled).into();
                            labelled |= is_label(&cell.text);
                        }
                    }
                }
                Block::Image { description, .. } => masked(description),
            }
        }
        for note in &mut document.notes {
            masked(&mut note.zh);
            masked(&mut note.en);
        }
        document
    }

    /// What a document says, with every telephone number masked.
    pub(super) fn disclosure(mut disclosure: Disclosure) -> Disclosure {
        disclosure.unit_name.iter_mut().for_each(masked);
        for table in &mut disclosure.tables {
            masked(&mut table.title);
            table.columns.iter_mut().flat_map(|column| &mut column.path).for_each(masked);
            for row in &mut table.rows {
                row.name.iter_mut().for_each(masked);
                row.path.iter_mut().for_each(|name| *name = mask(name).into());
                let mut labelled = row.name.as_deref().is_some_and(is_label);
                for entry in &mut row.entries {
                    if let Value::Text(text) = &mut entry.value {
                        *text = mask_after(text, labelled).into();
                        labelled |= is_label(text);
                    }
                }
            }
            table.remarks.iter_mut().for_each(|(text, _)| masked(text));
            for (label, value) in &mut table.fields {
                *value = mask_after(value, is_label(label)).into_owned();
            }
        }
        for statement in &mut disclosure.statements {
            masked(&mut statement.quote);
            masked(&mut statement.measure);
        }
        for passage in disclosure.unread.iter_mut().chain(&mut disclosure.aside) {
            masked(&mut passage.quote);
        }
        for note in &mut disclosure.notes {
            masked(&mut note.message.zh);
            masked(&mut note.message.en);
        }
        disclosure
    }
}
