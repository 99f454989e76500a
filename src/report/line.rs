//! One document in one line of JSON (`duizhang-line/1`): what a run over many files prints, and what a run that goes on
//! from it reads. `docs/batch.md` is its description for people.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Coverage, Finding, Report, TableStatus};
use crate::analysis::{Analysis, Unreadable};
use crate::disclosure::Stage;
use crate::document::Format;
use crate::rules::Severity;

/// The name and version of the format; it changes when a field changes its meaning.
pub const FORMAT: &str = "duizhang-line/1";

/// The version of the program that wrote a line: another one may find something else in the same bytes.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[derive(Serialize)]
struct Line<'a> {
    format: &'static str,
    version: &'static str,
    name: &'a str,
    sha256: &'a str,
    #[serde(flatten)]
    outcome: Outcome<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Outcome<'a> {
    Read(Box<Read<'a>>),
    Unread { error: &'a str, error_en: &'a str },
}

#[derive(Serialize)]
struct Read<'a> {
    source_format: Format,
    unit_name: Option<&'a str>,
    year: Option<u16>,
    stage: Option<Stage>,
    tables: Tables,
    /// Findings by severity.
    counts: BTreeMap<&'static str, usize>,
    coverage: &'a Coverage,
    notes: usize,
    findings: Vec<Found<'a>>,
}

#[derive(Default, Serialize)]
struct Tables {
    present: usize,
    empty: usize,
    missing: usize,
}

/// A finding without the indexes of its checks, which the line does not have.
#[derive(Serialize)]
struct Found<'a> {
    rule: &'a str,
    severity: Severity,
    title: &'a str,
    title_en: &'a str,
    message: &'a str,
    message_en: &'a str,
    places: &'a [super::PlaceIn],
    suspect: Option<&'a super::Suspect>,
}

impl<'a> From<&'a Finding> for Found<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            rule: &finding.rule,
            severity: finding.severity,
            title: &finding.title,
            title_en: &finding.title_en,
            message: &finding.message,
            message_en: &finding.message_en,
            places: &finding.places,
            suspect: finding.suspect.as_ref(),
        }
    }
}

/// The line of one document, which was checked alone, with its line end. `None` where the analysis is of none.
pub fn line(analysis: &Analysis) -> Option<String> {
    let report: Report = super::report(analysis);
    let document = report.documents.first()?;
    let mut tables = Tables::default();
    for table in &document.tables {
        match table.status {
            TableStatus::Present => tables.present += 1,
            TableStatus::Empty => tables.empty += 1,
            TableStatus::Missing => tables.missing += 1,
        }
    }
    let mut counts = BTreeMap::from([("error", 0), ("warning", 0), ("info", 0)]);
    for finding in &report.findings {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        *counts.entry(severity).or_insert(0) += 1;
    }
    let read = Read {
        source_format: document.source_format,
        unit_name: document.unit_name.as_deref(),
        year: document.year,
        stage: document.stage,
        tables,
        counts,
        coverage: &report.coverage,
        notes: document.notes.len(),
        findings: report.findings.iter().map(Found::from).collect(),
    };
    Some(written(&Line {
        format: FORMAT,
        version: VERSION,
        name: &document.name,
        sha256: &document.sha256,
        outcome: Outcome::Read(Box::new(read)),
    }))
}

/// The line of a document that could not be read, with its line end. `sha256` is empty where not even its bytes could.
pub fn unreadable_line(unreadable: &Unreadable, sha256: &str) -> String {
    written(&Line {
        format: FORMAT,
        version: VERSION,
        name: &unreadable.name,
        sha256,
        outcome: Outcome::Unread { error: &unreadable.message, error_en: &unreadable.message_en },
    })
}

fn written(line: &Line) -> String {
    // Every map of a line has text keys, so writing it cannot fail.
    let mut text = serde_json::to_string(line).unwrap_or_default();
    text.push('\n');
    text
}

/// Name and digest of the document that a line is of, where the line is whole, of this version of the program, and of
/// bytes that were read.
pub fn identity(line: &str) -> Option<(String, String)> {
    #[derive(Deserialize)]
    struct Identity {
        format: String,
        version: String,
        name: String,
        sha256: String,
    }
    let identity: Identity = serde_json::from_str(line).ok()?;
    let known = identity.format == FORMAT && identity.version == VERSION && !identity.sha256.is_empty();
    known.then_some((identity.name, identity.sha256))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_one_line_that_names_it() {
        let source = "# 某局 2024 年预算\n\n## 收入总表\n\n单位：万元\n\n科目\t金额\n合计\t10.00\n拨款\t9.00\n";
        let analysis = crate::run(&[("a.md".to_owned(), source.as_bytes().to_vec())]);
        let line = line(&analysis).expect("one document");
        assert_eq!(line.matches('\n').count(), 1);
        let (name, sha256) = identity(&line).expect("a whole line");
        assert_eq!((name.as_str(), sha256.as_str()), ("a.md", analysis.documents[0].sha256.as_str()));
        let value: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(value["tables"]["present"], 1);
        assert_eq!(value["findings"].as_array().map(Vec::len), Some(analysis.findings.len()));
    }

    #[test]
    fn a_cut_line_and_one_of_another_version_name_nothing() {
        let unreadable = Unreadable { name: "a".to_owned(), message: "坏".to_owned(), message_en: "bad".to_owned() };
        let line = unreadable_line(&unreadable, "00");
        assert_eq!(identity(&line), Some(("a".to_owned(), "00".to_owned())));
        assert_eq!(identity(&line[..line.len() - 4]), None);
        assert_eq!(identity(&line.replace(VERSION, "0.0.0")), None);
        assert_eq!(identity(&unreadable_line(&unreadable, "")), None);
        assert_eq!(identity(""), None);
    }
}
