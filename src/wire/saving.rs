//! What the page asks for when something is taken away: the worker writes it, so that the page links no writer.

use serde::{Deserialize, Serialize};

/// The forms in which a check is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// A workbook (XLSX).
    Workbook,
    /// The tables and lists as CSV, in a ZIP archive.
    Csv,
    /// `duizhang-report/1`.
    Json,
    /// A Frictionless data package, in a ZIP archive.
    Package,
    /// Markdown.
    Markdown,
    /// The one-file report, which can be opened again.
    Report,
    /// A letter to the department: plain text, in Chinese.
    Letter {
        /// 依申请公开 instead of 咨询.
        application: bool,
        /// With the same in English below.
        gloss: bool,
    },
}

impl Form {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv | Self::Package => "application/zip",
            Self::Json => "application/json",
            Self::Markdown => "text/markdown;charset=utf-8",
            Self::Report => "text/html;charset=utf-8",
            Self::Letter { .. } => "text/plain;charset=utf-8",
        }
    }

    /// How its file's name ends, the dot included.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Workbook => ".xlsx",
            Self::Csv => "-csv.zip",
            Self::Json => ".json",
            Self::Package => "-data.zip",
            Self::Markdown => ".md",
            Self::Report => ".html",
            Self::Letter { .. } => ".txt",
        }
    }
}

/// Asks for what was checked last, in a form to take away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveRequest {
    /// The form.
    pub form: Form,
    /// The document, by its index in the last result; `None` for all of them. A letter is about one.
    pub document: Option<u32>,
    /// Our own words in English; what is printed stays as it is.
    pub english: bool,
    /// The findings that a letter asks about, by their index in the last result; none for every mismatch.
    pub chosen: Vec<u32>,
}

/// A form, written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFile {
    /// The form.
    pub form: Form,
    /// A name for the file, with its ending.
    pub name: String,
    /// Its content; `None` where it could not be written, or where there is nothing to write.
    pub bytes: Option<Vec<u8>>,
}
