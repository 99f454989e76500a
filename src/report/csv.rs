//! Tables and findings as comma-separated values (RFC 4180, UTF-8, CRLF), one file a table.
//!
//! **Formulas.** A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`, and some also one that begins with a
//! tab or a line end before that. Such a cell gets an apostrophe in front (`'=1+1`), unless it is a plain number
//! (`-388.23`) or a lone dash, which prints "nothing" in these tables. The same holds for the full-width forms of the
//! four, which an East Asian spreadsheet takes for them. Amounts are decimal numbers without separators, blank is empty.

use super::compose;
use super::layout::{self, LaidOut, Slot, words};
use super::records::written;
use super::text::Language;
use crate::amount::Amount;
use crate::session::{Mark, Opened};
use crate::words::Words;

/// No file name is longer than this, in characters: some file systems end at 255 bytes, and a Chinese character has three.
const NAME: usize = 48;

/// How the files are written.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Begin each file with a byte order mark, so that Excel knows that it is UTF-8.
    pub mark: bool,
    /// The language of our own words; tables stay as printed.
    pub language: Language,
}

impl Default for Options {
    fn default() -> Self {
        Self { mark: true, language: Language::Chinese }
    }
}

/// A file by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without a folder: ASCII letters, digits, Chinese characters, `-`, `_` and `.` only.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// One file a table, and the findings, the figures of the prose and all checks in a file each. Never fails.
pub fn files(opened: &Opened, options: Options) -> Vec<File> {
    let language = words(options.language);
    let mut files: Vec<File> = layout::tables(opened)
        .filter(LaidOut::is_printed)
        .map(|laid| {
            let id = layout::short_id(opened, usize::from(laid.document), usize::from(laid.index));
            let title = compose::masked(&laid.table.caption());
            file(&format!("{id}-{}", file_name(&title)), &table(&laid, language), options)
        })
        .collect();
    files.push(file("findings", &findings(opened, language), options));
    files.push(file("prose", &prose(opened, language), options));
    files.push(file("checks", &checks(opened, language), options));
    files
}

/// The [`files`] as one ZIP archive: a browser hands over one file at a time. Fails only where the format's limits are
/// passed.
pub fn archive(opened: &Opened, options: Options) -> zip::result::ZipResult<Vec<u8>> {
    super::package::zipped(files(opened, options).into_iter().map(|file| (file.name, file.bytes)))
}

fn file(stem: &str, records: &[Vec<String>], options: Options) -> File {
    let mut bytes = if options.mark { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
    bytes.extend(written(records));
    File { name: format!("{}.csv", stem.trim_end_matches('-')), bytes }
}

/// What of a title may stand in a file name on every system.
pub(super) fn file_name(title: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' };
    let name: String = title.trim().chars().map(kept).take(NAME).collect();
    name.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// A table with its header. Beside the printed columns stands where each line is in the source and, where any is in
/// doubt, why.
pub(super) fn table(laid: &LaidOut, words: Words) -> Vec<Vec<String>> {
    let doubted = laid.lines.iter().any(|line| line.doubt.is_some());
    let mut header = laid.headers();
    header.push(free_name(&header, words.col_place()));
    if doubted {
        header.push(free_name(&header, words.col_doubt()));
    }
    let mut records = vec![header];
    for line in &laid.lines {
        let mut record: Vec<String> = line.slots.iter().map(|(_, slot)| text(slot)).collect();
        record.push(words.place_in(line.place, laid.sheets));
        if doubted {
            record.push(line.doubt.map(|doubt| compose::masked(&words.of(doubt))).unwrap_or_default());
        }
        records.push(record);
    }
    records
}

/// `name`, or the first of `name (2)`, `name (3)`, … that no printed column has.
fn free_name(header: &[String], name: &str) -> String {
    let mut free = name.to_owned();
    let mut again = 1;
    while header.contains(&free) {
        again += 1;
        free = format!("{name} ({again})");
    }
    free
}

fn text(slot: &Slot) -> String {
    match slot {
        Slot::Blank => String::new(),
        Slot::Amount(amount) => amount.plain(),
        Slot::Words(words) => words.clone(),
    }
}

/// The findings, one a row.
pub(super) fn findings(opened: &Opened, words: Words) -> Vec<Vec<String>> {
    let header = [
        words.col_number(),
        words.col_document(),
        words.col_weight(),
        words.col_rule(),
        words.col_title(),
        words.col_table(),
        words.col_row(),
        words.col_column(),
        words.col_place(),
        words.col_figure(),
        words.col_fit(),
        words.col_unit(),
        words.col_ties_then(),
        words.col_others(),
        words.col_message(),
        words.col_source(),
        words.col_failed(),
    ];
    // Beside a cell that is named, no figure means a blank cell, and is said so.
    let plain = |amount: Option<Amount>, named: bool| match amount {
        Some(amount) => amount.plain(),
        None if named => words.blank().to_owned(),
        None => String::new(),
    };
    let rows = layout::findings(opened, words).into_iter().map(|line| {
        let named = line.agreeing.is_some();
        vec![
            line.ordinal.to_string(),
            document_name(opened, line.document),
            words.mark(Mark::from(line.severity)).to_owned(),
            line.rule,
            line.title,
            line.table,
            line.row,
            line.column,
            line.place,
            plain(line.printed, named),
            plain(line.fitting, named),
            line.unit.to_owned(),
            line.agreeing.map(|n| n.to_string()).unwrap_or_default(),
            line.others,
            line.message,
            line.source,
            line.checks.to_string(),
        ]
    });
    std::iter::once(header.map(str::to_owned).to_vec()).chain(rows).collect()
}

/// The amounts that the prose states, one a row.
pub(super) fn prose(opened: &Opened, words: Words) -> Vec<Vec<String>> {
    let header = [
        words.col_document(),
        words.col_measure(),
        words.col_figure(),
        words.col_unit(),
        words.col_holds(),
        words.col_against(),
        words.col_place(),
        words.col_source(),
    ];
    let mut records = vec![header.map(str::to_owned).to_vec()];
    for (at, document) in compose::report(opened.analysis()).documents.into_iter().enumerate() {
        let statements = opened.disclosure(at).map_or(&[][..], |d| &d.statements);
        for (claim, statement) in document.claims.into_iter().zip(statements) {
            let holds = match claim.holds {
                Some(true) => words.holds_yes(),
                Some(false) => words.holds_no(),
                None => words.holds_unknown(),
            };
            records.push(vec![
                document.name.clone(),
                claim.measure,
                claim.value,
                statement.unit.map_or("", |unit| words.unit(unit)).to_owned(),
                holds.to_owned(),
                claim.against.unwrap_or_default(),
                words.place_of(opened, at, statement.place),
                claim.quote,
            ]);
        }
    }
    records
}

/// Every check that was considered, one a row.
pub(super) fn checks(opened: &Opened, words: Words) -> Vec<Vec<String>> {
    let header = [
        words.col_document(),
        words.col_rule(),
        words.col_outcome(),
        words.col_compared(),
        words.col_stated(),
        words.col_parts(),
        words.col_difference(),
        words.col_unit(),
        words.col_place(),
    ];
    let mut records = vec![header.map(str::to_owned).to_vec()];
    let analysis = opened.analysis();
    for checked in &analysis.checks {
        let figure = |value: Option<rust_decimal::Decimal>| value.map(|v| v.to_string()).unwrap_or_default();
        let anchors = compose::anchors(&checked.claim);
        let first = anchors.first().copied();
        let unit = anchors.iter().find_map(|&at| compose::figure_of(analysis, at).1);
        records.push(vec![
            document_name(opened, usize::from(checked.disclosure)),
            checked.rule.clone().into_owned(),
            words.mark(Mark::from(checked.verdict.outcome)).to_owned(),
            words.of(&compose::explanation(checked)),
            figure(checked.verdict.left),
            figure(checked.verdict.right),
            figure(checked.verdict.difference),
            unit.filter(|_| checked.verdict.left.is_some()).map_or("", |unit| words.unit(unit)).to_owned(),
            first.and_then(|at| Some(words.place_of(opened, at.disclosure(), analysis.place(at)?))).unwrap_or_default(),
        ]);
    }
    records
}

pub(super) fn document_name(opened: &Opened, document: usize) -> String {
    opened.analysis().documents.get(document).map(|d| d.name.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::records::{is_plain_number, safe};
    use super::*;

    /// The cells of a file, as a reader that is not ours takes them apart.
    fn read(bytes: &[u8]) -> Vec<Vec<String>> {
        let mut reader = csv_core::Reader::new();
        let mut input = bytes;
        let (mut field, mut record, mut records) = (Vec::new(), Vec::new(), Vec::new());
        loop {
            let mut room = [0; 64];
            let (result, used, wrote) = reader.read_field(input, &mut room);
            input = &input[used..];
            field.extend_from_slice(&room[..wrote]);
            match result {
                csv_core::ReadFieldResult::Field { record_end } => {
                    record.push(String::from_utf8(std::mem::take(&mut field)).unwrap());
                    if record_end {
                        records.push(std::mem::take(&mut record));
                    }
                }
                csv_core::ReadFieldResult::End => return records,
                _ => {}
            }
        }
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_words() {
        for hostile in [
            "=1+1",
            "=HYPERLINK(\"http://x\")",
            "+1",
            "-1+2",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n@x",
            "  =1",
            "＝1+1",
            "＠x",
            "－1＋2",
            "-1e5",
            "--",
            "+86",
        ] {
            assert_eq!(safe(hostile), format!("'{hostile}"), "{hostile:?}");
        }
        for plain in ["-388.23", "0.00", "-", "—", "合计", "", "2080501", "a=b", "1-2", "（减少）"] {
            assert_eq!(safe(plain), plain);
        }
    }

    #[test]
    fn file_names_hold_no_path() {
        assert_eq!(file_name("../../etc/passwd"), "etc-passwd");
        assert_eq!(file_name("表3 支出总表（一）"), "表3-支出总表-一");
        assert_eq!(file_name("a\u{0}b\nc:*?"), "a-b-c");
        assert!(file_name(&"长".repeat(300)).chars().count() <= NAME);
    }

    proptest! {
        #[test]
        fn cells_come_back(records in prop::collection::vec(prop::collection::vec("[\\PC\n\r\t\",]{0,12}", 2..5), 1..6)) {
            // Records of one width, as in a table.
            let width = records[0].len();
            let records: Vec<Vec<String>> = records.into_iter().map(|mut r| { r.resize(width, String::new()); r }).collect();
            let expected: Vec<Vec<String>> = records.iter().map(|r| r.iter().map(|c| safe(c).into_owned()).collect()).collect();
            prop_assert_eq!(read(&written(&records)), expected);
        }

        #[test]
        fn nothing_that_begins_a_formula_stays(cell in "[=+@\t\r\u{ff1d}-][\\PC]{1,20}") {
            prop_assert!(safe(&cell).starts_with('\'') || is_plain_number(&cell) || cell == "-");
        }
    }
}
