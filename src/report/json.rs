//! The report as JSON: what `duizhang check --format json` prints and what the page exports.

use super::Report;

/// The report as indented JSON with a line end at the end.
pub fn json(report: &Report) -> String {
    // Every map of the report has text keys, so writing it cannot fail.
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}
