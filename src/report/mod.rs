//! STEP 5, report: an [`Analysis`](crate::analysis::Analysis) in the forms that others read.
//!
//! [`report`] makes the plain data that a portal's own tools read (`duizhang-report/1`): amounts are decimal strings as
//! printed without separators, a blank cell is `null`, telephone numbers are masked. [`json`] prints it,
//! [`text`] is what a person sees in a terminal, [`mod@line`] is one document in one line, for runs over many.
//!
//! What is taken away as a file is made from [`Opened`](crate::session::Opened), which the page shows too, and speaks
//! with the page's words: workbook, CSV, Markdown, data package, letter, and the one-file report, which [`saved`] opens
//! again. All of them are behind the feature `export`.

mod compose;
#[cfg(feature = "export")]
mod coverage;
#[cfg(feature = "export")]
pub mod csv;
pub mod handbook;
#[cfg(feature = "export")]
pub mod html;
pub mod json;
#[cfg(feature = "export")]
mod layout;
#[cfg(feature = "export")]
pub mod letter;
pub mod line;
#[cfg(any(feature = "web", test))]
pub(crate) mod list;
#[cfg(feature = "export")]
pub mod markdown;
#[cfg(feature = "export")]
pub mod package;
#[cfg(any(feature = "export", feature = "web", test))]
mod records;
pub mod saved;
#[cfg(feature = "schema")]
pub mod schema;
mod snippet;
#[cfg(test)]
mod tests;
pub mod text;
#[cfg(feature = "export")]
pub mod xlsx;

use serde::Serialize;

pub use compose::report;
#[cfg(feature = "export")]
pub use layout::file_name;

use crate::analysis::Unreadable;
use crate::disclosure::{Side, Stage, TableKind};
use crate::document::Format;
use crate::rules::judge::Outcome;
use crate::rules::{Relation, Severity};

/// The name and version of the format; it changes when a field changes its meaning.
pub const FORMAT: &str = "duizhang-report/1";

/// Everything that one run found out, in the form that is written out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// Always `duizhang-report/1`.
    pub format: &'static str,
    /// The sources that could be read, in the order given.
    pub documents: Vec<Document>,
    /// Every rule instance that was considered.
    pub checks: Vec<Check>,
    /// What a reader must look at: one for each root cause, the weightiest first.
    pub findings: Vec<Finding>,
    /// How much was read and checked.
    pub coverage: Coverage,
    /// The sources that could not be read.
    pub unreadable: Vec<Unreadable>,
}

/// One source and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Document {
    /// The name it was given.
    pub name: String,
    /// SHA-256 of the bytes read, lower-case hexadecimal.
    pub sha256: String,
    /// What the bytes turned out to be.
    pub source_format: Format,
    /// The encoding that the text was decoded from.
    pub encoding: String,
    /// The department or unit that published it.
    pub unit_name: Option<String>,
    /// The year that the figures are for.
    pub year: Option<u16>,
    /// Budget or final accounts.
    pub stage: Option<Stage>,
    /// Its tables in reading order, those announced and absent included.
    pub tables: Vec<Table>,
    /// What its prose states in numbers.
    pub claims: Vec<Claim>,
    /// Numbers of the prose of which it could not be told what they are of.
    pub unread_numbers: Vec<Unread>,
    /// What was seen and not used, or used with doubt.
    pub notes: Vec<Note>,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Table {
    /// `t1`, `t2`, … within the document.
    pub id: String,
    /// What it is; `other` if unknown.
    pub kind: TableKind,
    /// Its title as printed.
    pub title: String,
    /// The number it is announced with.
    pub number: Option<String>,
    /// Whether it is there.
    pub status: TableStatus,
    /// For an empty table: the sentence that says so.
    pub note: Option<String>,
    /// The unit of its amounts (元, 千元, 万元, 亿元), or `null` where nothing says so.
    pub amount_unit: Option<&'static str>,
    /// Where its title stands; for a missing table, where it is announced.
    pub place: Place,
    /// The full header path of each column, levels joined by `/`.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Lines below it that belong to it.
    pub remarks: Vec<String>,
}

/// Whether a table is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TableStatus {
    /// It has rows.
    Present,
    /// It has a title and no rows.
    Empty,
    /// It is announced and not in the text; it may be an image that was lost.
    Missing,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Row {
    /// Where it begins.
    pub place: Place,
    /// Where its last piece stands, if elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Place>,
    /// The side, in two-sided tables.
    pub side: Option<Side>,
    /// Its code.
    pub code: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// One entry a column, in order: words, an amount as a decimal string, or `null` for blank.
    pub cells: Vec<Option<String>>,
    /// Set where it is not certain which cell stands under which column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubt: Option<String>,
}

/// A number of the prose of which it could not be told what it is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unread {
    /// Where it stands.
    pub place: Place,
    /// The part of the sentence around it.
    pub quote: String,
}

/// A number that the prose states of something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Claim {
    /// `c1`, `c2`, … within the document.
    pub id: String,
    /// Where the number stands.
    pub place: Place,
    /// The part of the sentence around it, at most 120 characters.
    pub quote: String,
    /// What it is said of, in the words of the text.
    pub measure: String,
    /// The figure as a decimal string.
    pub value: String,
    /// Its unit as printed (`万元`, `%`, `家`), `null` where none is printed.
    pub unit: Option<String>,
    /// How it is meant: `amount`, `budget_amount`, `prior_amount`, `increase`, `decrease`, `undecided_change`,
    /// `increase_rate`, `decrease_rate`, `undecided_rate`, `share`, `execution`, `quantity`.
    pub kind: &'static str,
    /// Whether it holds; `null` where there is nothing to hold it against.
    pub holds: Option<bool>,
    /// What it was held against (`t1 收入总计`).
    pub against: Option<String>,
    /// Why it holds or not, or why nothing can be said.
    pub why: Option<String>,
}

/// Something that was seen and not used, or used with doubt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Note {
    /// In Chinese.
    pub message: String,
    /// In English.
    pub message_en: String,
    /// Where, if at one place.
    pub place: Option<Place>,
}

/// One rule instance that was considered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Check {
    /// The rule's id.
    pub rule: String,
    /// How it came out.
    pub status: Outcome,
    /// Indexes of the documents that it speaks of.
    pub documents: Vec<u16>,
    /// The stated side's sum, in the unit of its first figure.
    pub lhs: Option<String>,
    /// The other side's sum, in the same unit.
    pub rhs: Option<String>,
    /// `lhs − rhs`.
    pub difference: Option<String>,
    /// Where the figures stand.
    pub places: Vec<PlaceIn>,
    /// What was compared and how it came out, in Chinese.
    pub message: String,
    /// The same in English.
    pub message_en: String,
    /// The figures of an equation; `null` for anything else.
    pub equation: Option<Equation>,
}

/// An equation with its figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Equation {
    /// The stated side.
    pub left: Vec<Term>,
    /// How the sides relate.
    pub relation: Relation,
    /// The side that it is made of.
    pub right: Vec<Term>,
}

/// One figure of an equation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Term {
    /// False where it is taken away.
    pub plus: bool,
    /// The figure as a decimal string; `null` for a blank cell, which counts as nothing.
    pub value: Option<String>,
    /// Its unit.
    pub unit: Option<&'static str>,
    /// What it is (`表3 支出总表 › 208 社会保障和就业支出 › 合计`).
    pub label: String,
    /// Where it stands.
    pub place: Option<PlaceIn>,
}

/// What a reader must look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// The rule that speaks for it.
    pub rule: String,
    /// Its weight.
    pub severity: Severity,
    /// Index of the document.
    pub document: u16,
    /// Where to look, the likeliest place first.
    pub places: Vec<PlaceIn>,
    /// What, in one line, in Chinese.
    pub title: String,
    /// What, in one line, in English.
    pub title_en: String,
    /// What is printed, what would fit, why, in Chinese.
    pub message: String,
    /// The same in English.
    pub message_en: String,
    /// The one change that makes everything tie, where there is one.
    pub suspect: Option<Suspect>,
    /// Indexes of the checks that failed for this cause.
    pub checks: Vec<u32>,
}

/// A figure that may be the wrong one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Suspect {
    /// Where it stands.
    pub place: Option<PlaceIn>,
    /// What is printed; `null` for a blank cell.
    pub printed: Option<String>,
    /// What would fit; `null` for blank.
    pub fitting: Option<String>,
    /// How many identities agree once it is replaced.
    pub agreeing: u32,
    /// Further single changes that would do as well.
    pub alternatives: Vec<Alternative>,
}

/// Another single change that would do as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Alternative {
    /// Where it stands.
    pub place: Option<PlaceIn>,
    /// What is printed; `null` for a blank cell.
    pub printed: Option<String>,
    /// What would fit; `null` for blank.
    pub fitting: Option<String>,
}

/// How much was read and checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Coverage {
    /// Rules that were held against the documents.
    pub rules_run: u32,
    /// Rule instances that were considered.
    pub checks: u32,
    /// Those that agree.
    pub pass: u32,
    /// Those that do not.
    pub fail: u32,
    /// Those whose difference lies inside the printed precision.
    pub rounding: u32,
    /// Those that a guard kept quiet.
    pub not_applicable: u32,
    /// Those that lack a part.
    pub not_checkable: u32,
    /// Numbers in the prose that state something, the unread ones among them.
    pub numbers_in_prose: u32,
    /// Those that were held against something.
    pub numbers_in_prose_matched: u32,
    /// Those of which it could not be told what they are of.
    pub numbers_in_prose_unread: u32,
    /// Further numbers that state nothing: dates, ordinals, thresholds, numbers of documents, names.
    pub numbers_in_prose_aside: u32,
}

/// Where something stands: a line of a text form, a box on a page, or a cell of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// Text forms: the line, counted from 1 on `\n`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Text forms: the first character in the line, counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<u32>,
    /// Text forms: one past the last character.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<u32>,
    /// PDF and images: the page, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// PDF and images: left, top, right, bottom in points from the top left of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bbox: Option<[Points; 4]>,
    /// Spreadsheets: the sheet's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Spreadsheets: the cell (`B7`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
}

/// A place, and the document it is in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlaceIn {
    /// Index of the document.
    pub document: u16,
    /// Where in it.
    #[serde(flatten)]
    pub place: Place,
}

/// A length in hundredths of a point, written as points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(pub i32);

impl Serialize for Points {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sign = if self.0 < 0 { "-" } else { "" };
        let hundredths = self.0.unsigned_abs();
        // The digits are put together as text: nothing here computes with floats.
        match format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100).parse::<f64>() {
            Ok(points) => serializer.serialize_f64(points),
            Err(_) => serializer.serialize_none(),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Points {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Points".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number", "description": "points (1/72 inch)" })
    }
}

impl Place {
    /// The place in a document with these sheets.
    pub fn of(place: crate::document::Place, sheets: &[String]) -> Self {
        match place {
            crate::document::Place::Line { line, from: 0, to: u32::MAX } => {
                Self { line: Some(line), ..Self::default() }
            }
            crate::document::Place::Line { line, from, to } => {
                Self { line: Some(line), from: Some(from), to: Some(to), ..Self::default() }
            }
            crate::document::Place::Page { page, bbox } => {
                Self { page: Some(page), bbox: Some(bbox.map(Points)), ..Self::default() }
            }
            crate::document::Place::Sheet { sheet, row, column } => Self {
                sheet: Some(match usize::try_from(sheet).ok().and_then(|at| sheets.get(at)) {
                    Some(name) => name.clone(),
                    None => sheet.saturating_add(1).to_string(),
                }),
                cell: Some(format!("{}{}", letters(column), row.saturating_add(1))),
                ..Self::default()
            },
        }
    }
}

/// The letters of a 0-based column: A … Z, AA ….
fn letters(column: u32) -> String {
    let mut rest = column;
    let mut reversed = Vec::new();
    loop {
        reversed.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => break,
        }
    }
    reversed.iter().rev().collect()
}
