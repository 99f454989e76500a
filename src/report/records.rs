//! Records of comma-separated values, safe against what a spreadsheet would run: the rules stand in `csv.rs`.

use csv_core::{Terminator, Writer, WriterBuilder};

/// What a spreadsheet takes for the beginning of a formula.
const BEGINS_FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The records as one file, every cell made safe.
pub(super) fn written(records: &[Vec<String>]) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).build();
    let mut out = Vec::new();
    for record in records {
        for (at, cell) in record.iter().enumerate() {
            if at > 0 {
                append(&mut out, 1, |room| writer.delimiter(room).1);
            }
            let cell = safe(cell);
            // Every byte may be a quote, which is doubled; two more stand around it.
            let most = cell.len().saturating_mul(2).saturating_add(2);
            field(&mut writer, &mut out, &cell, most);
        }
        // Perhaps a closing quote, and the two characters of the line end.
        append(&mut out, 4, |room| writer.terminator(room).1);
    }
    out
}

fn field(writer: &mut Writer, out: &mut Vec<u8>, cell: &str, most: usize) {
    append(out, most, |room| writer.field(cell.as_bytes(), room).2);
}

/// Gives `write` room for `most` bytes at the end and keeps as many as it wrote.
fn append(out: &mut Vec<u8>, most: usize, write: impl FnOnce(&mut [u8]) -> usize) {
    let before = out.len();
    out.resize(before.saturating_add(most).saturating_add(2), 0);
    let wrote = out.get_mut(before..).map_or(0, write);
    out.truncate(before.saturating_add(wrote));
}

/// A cell that no spreadsheet runs; see the module's own words.
pub(super) fn safe(cell: &str) -> std::borrow::Cow<'_, str> {
    let first = cell.trim_start().chars().next();
    let control = cell.starts_with(['\t', '\r', '\n']);
    let formula = first.is_some_and(|c| BEGINS_FORMULA.contains(&c));
    if (formula || control) && !is_plain_number(cell) && !matches!(cell, "-" | "－") {
        return format!("'{cell}").into();
    }
    cell.into()
}

/// `-388.23`: a minus at most, digits, and digits after a point.
pub(super) fn is_plain_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    all(whole) && all(fraction)
}
