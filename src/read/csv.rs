//! Values with a delimiter between them: files named so, and text that is so throughout.
//!
//! A sheet that was saved as CSV is rarely one table: titles and units stand above it, remarks below, and the next
//! table follows. Lines of one value become text; rows become grids.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::flow::{Flow, Plain};
use super::tabs;
use crate::document::{Cell, Place};

/// Lines that are looked at to tell delimited values from prose.
const SAMPLE_LINES: usize = 400;

/// Lines that a quoted value may take. A quote that is not closed by then was meant as a character.
const MAX_VALUE_LINES: usize = 64;

/// Reads delimited values.
pub(super) fn read(lines: &[String], delimiter: u8) -> Flow {
    let (delimiter, skipped) = match lines.first().and_then(|line| line.trim().strip_prefix("sep=")) {
        Some(named) if named.len() == 1 => (named.bytes().next().unwrap_or(delimiter), 1),
        _ => (delimiter, 0),
    };
    let source = lines.get(skipped..).unwrap_or_default().join("\n");
    if let Some(flow) = records(&source, skipped, delimiter, true) {
        return flow;
    }
    let mut flow = records(&source, skipped, delimiter, false).unwrap_or_default();
    flow.note(
        format!("有引号超过 {MAX_VALUE_LINES} 行没有成对，全部引号按普通字符读取"),
        format!("a quote is not closed within {MAX_VALUE_LINES} lines; all quotes were read as characters"),
        None,
    );
    flow
}

/// The delimiter of text that is delimited throughout: lines that follow one another have as many of it.
pub(super) fn delimiter(lines: &[String]) -> Option<u8> {
    let sample = || lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).take(SAMPLE_LINES);
    let all = sample().count();
    if sample().filter(|line| line.contains('\t')).count() * 2 > all {
        return None;
    }
    [b',', b';'].into_iter().find(|&delimiter| {
        let counts: Vec<usize> = sample().map(|line| count(line, delimiter)).collect();
        let delimited = counts.iter().filter(|&&count| count > 0).count();
        let (mut pairs, mut equal) = (0, 0);
        for (above, below) in
            counts.iter().zip(counts.iter().skip(1)).filter(|(above, below)| **above > 0 && **below > 0)
        {
            pairs += 1;
            equal += usize::from(above == below);
        }
        let sentences = sample().filter(|line| line.contains('。')).count();
        equal >= 2 && equal * 10 >= pairs * 7 && delimited * 2 >= all && sentences * 3 <= delimited
    })
}

/// The delimiter of a file that is named as delimited values: the one that most lines have.
pub(super) fn named_delimiter(lines: &[String]) -> u8 {
    let having = |delimiter: u8| lines.iter().take(SAMPLE_LINES).filter(|line| count(line, delimiter) > 0).count();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(|&delimiter| having(delimiter)).unwrap_or(b',')
}

/// How many delimiters a line has outside quotes. A comma within `1,234.50` is none.
fn count(line: &str, delimiter: u8) -> usize {
    let bytes = line.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut quoted = false;
    let mut count = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        if byte == b'"' {
            quoted = !quoted;
        } else if byte == delimiter && !quoted {
            let thousands = delimiter == b','
                && at > 0
                && digit(at - 1)
                && (1..=3).all(|ahead| digit(at + ahead))
                && !digit(at + 4);
            count += usize::from(!thousands);
        }
    }
    count
}

/// A value and where it stands.
struct Value {
    text: String,
    place: Place,
}

/// Reads records; `None` where a quote is not closed in time.
fn records(source: &str, skipped: usize, delimiter: u8, quoting: bool) -> Option<Flow> {
    let reader = ReaderBuilder::new().delimiter(delimiter).quoting(quoting).build();
    let mut values = Values { reader, rest: source, line: skipped, column: 0, buffer: vec![0; 1024] };
    let mut record: Vec<Value> = Vec::new();
    let mut writer = Writer { flow: Flow::default(), titles: true, width: 0 };
    while let Some((value, ends, blank)) = values.next()? {
        if record.is_empty() && blank {
            writer.blank();
        }
        record.push(value);
        if ends {
            writer.record(std::mem::take(&mut record));
        }
    }
    if !record.is_empty() {
        writer.record(record);
    }
    Some(writer.flow)
}

struct Values<'a> {
    reader: Reader,
    rest: &'a str,
    /// 0-based line and character of `rest`.
    line: usize,
    column: u32,
    buffer: Vec<u8>,
}

impl Values<'_> {
    /// The next value, whether it ends its record, and whether an empty line stands before it. `None` where a quoted
    /// value takes too many lines; `Some(None)` at the end.
    #[expect(clippy::option_option, reason = "the outer one is how reading fails, the inner one how it ends")]
    fn next(&mut self) -> Option<Option<(Value, bool, bool)>> {
        let (mut used, mut written) = (0, 0);
        let ends = loop {
            let input = self.rest.as_bytes().get(used..).unwrap_or_default();
            let output = self.buffer.get_mut(written..).unwrap_or_default();
            let (result, read, wrote) = self.reader.read_field(input, output);
            used += read;
            written += wrote;
            match result {
                ReadFieldResult::OutputFull => self.buffer.resize(self.buffer.len() * 2, 0),
                // Asked again with nothing left, the reader gives what it has.
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::Field { record_end } => break record_end,
                ReadFieldResult::End => return Some(None),
            }
        };
        let raw = self.rest.get(..used).unwrap_or_default();
        self.rest = self.rest.get(used..).unwrap_or_default();
        // What ended the value, and the line ends before it, are not part of it.
        let body = raw.trim_start_matches('\n');
        let empty_lines = raw.len() - body.len();
        if empty_lines > 0 {
            self.line += empty_lines;
            self.column = 0;
        }
        let value =
            if ends { body.strip_suffix('\n') } else { body.get(..body.len().saturating_sub(1)) }.unwrap_or(body);
        let first = value.split('\n').next().unwrap_or_default();
        let piece = tabs::trimmed(first, self.column);
        let place = piece.place(tabs::number(self.line));
        let breaks = value.matches('\n').count();
        if breaks > MAX_VALUE_LINES {
            return None;
        }
        if let Some(last) = body.rfind('\n') {
            self.line += body.matches('\n').count();
            self.column = tabs::characters(body.get(last + 1..).unwrap_or_default());
        } else {
            self.column = self.column.saturating_add(tabs::characters(body));
        }
        let text = String::from_utf8_lossy(self.buffer.get(..written).unwrap_or_default()).trim().to_owned();
        Some(Some((Value { text, place }, ends, empty_lines > 0)))
    }
}

struct Writer {
    flow: Flow,
    /// No row has come since the beginning or the last empty line: a single value is a title.
    titles: bool,
    /// Values of the first row of the grid that is open.
    width: usize,
}

impl Writer {
    fn blank(&mut self) {
        self.flow.blank();
        self.titles = true;
    }

    fn record(&mut self, record: Vec<Value>) {
        let printed = record.iter().filter(|value| !value.text.is_empty()).count();
        if printed == 0 {
            self.blank();
        } else if record.len() == 1 || (printed == 1 && self.titles) {
            for value in record {
                self.flow.line(Plain { text: value.text.into(), strong: false }, value.place);
            }
            self.width = 0;
        } else {
            self.titles = false;
            let Some(Place::Line { line, from, .. }) = record.first().map(|value| value.place) else { return };
            let to = match record.last().map(|value| value.place) {
                Some(Place::Line { line: last, to, .. }) if last == line => to,
                _ => u32::MAX,
            };
            let place = Place::Line { line, from, to };
            if self.width == 0 {
                self.width = record.len();
            }
            if record.len() > self.width
                && record.windows(2).any(|pair| matches!(pair, [a, b] if is_cut(&a.text, &b.text)))
            {
                self.flow.note(
                    format!("第 {line} 行比表头多出单元格，可能是金额里的千分位逗号没有加引号而被分开，请对照原文"),
                    format!("line {line} has more cells than the header; a thousands comma without quotes may have cut an amount"),
                    Some(place),
                );
            }
            let cells = record
                .into_iter()
                .map(|value| Cell {
                    text: value.text.into(),
                    place: value.place,
                    columns: 1,
                    rows: 1,
                    strong: false,
                    doubt: None,
                })
                .collect();
            self.flow.row(place, cells, false);
        }
    }
}

/// Whether two neighbours may be the pieces of one amount that was cut at its thousands comma.
fn is_cut(left: &str, right: &str) -> bool {
    let whole = right.split('.').next().unwrap_or_default();
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&left.len()) && digits(left) && whole.len() == 3 && digits(whole)
}

#[cfg(test)]
mod tests {
    use super::{delimiter, read};
    use crate::document::{Block, Document, Place};

    fn document(source: &str) -> Document {
        crate::read::read("表.csv", source.as_bytes()).expect("it is text")
    }

    #[test]
    fn several_tables_are_lines_and_grids() {
        let source = "表1 收支总表,,\n单位：万元,,\n项目,预算数,备注\n一、一般公共预算,\"1,234.50\",\n合计,\"1,234.50\",\n\n表2 三公经费,,\n,,单位：万元\n项目,预算数,备注\n合计,5.40,\"分\n两行\"\n注：无\n";
        let document = document(source);
        let shape: Vec<String> = document
            .blocks
            .iter()
            .map(|block| match block {
                Block::Text(lines) => lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("/"),
                Block::Grid(grid) => format!("{} {}", grid.rows.len(), grid.ragged),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(shape, ["表1 收支总表/单位：万元", "3 false", "表2 三公经费/单位：万元", "2 false", "注：无"]);
        let Some(Block::Grid(grid)) = document.blocks.get(1) else { panic!("a grid") };
        assert_eq!(grid.rows[1].cells[1].text, "1,234.50");
        assert_eq!(grid.rows[1].cells[1].place, Place::Line { line: 4, from: 9, to: 19 });
        assert_eq!(grid.rows[1].cells[2].text, "");
        let Some(Block::Grid(grid)) = document.blocks.get(3) else { panic!("a grid") };
        assert_eq!(grid.rows[1].cells[2].text, "分\n两行");
        assert_eq!(grid.rows[1].place, Place::Line { line: 10, from: 0, to: 10 });
        let Some(Block::Text(lines)) = document.blocks.get(4) else { panic!("a remark") };
        assert_eq!(lines[0].place, Place::Line { line: 12, from: 0, to: 3 });
    }

    #[test]
    fn a_quote_that_is_not_closed_is_a_character() {
        let lines: Vec<String> =
            std::iter::once("项目,\"说明".to_owned()).chain((0..200).map(|n| format!("甲,{n}"))).collect();
        let (blocks, notes) = read(&lines, b',').finish().expect("small");
        let Some(Block::Grid(grid)) = blocks.first() else { panic!("a grid") };
        assert_eq!((grid.rows.len(), notes.len()), (201, 1));
    }

    #[test]
    fn a_cut_amount_is_noted() {
        let document = document("项目,上年,本年\n合计,1,234.50,9.00\n");
        assert_eq!(document.notes.len(), 1);
        let document = self::document("项目,上年,本年\n合计,234.50,9.00\n");
        assert_eq!(document.notes.len(), 0);
    }

    #[test]
    fn prose_and_amounts_with_commas_are_not_delimited() {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            delimiter(&lines(
                "合计 1,234.00 5,678.00\n基本 1,000.00 5,000.00\n项目 0,234.00 0,678.00\n其他 1,234.00 1,234.00"
            )),
            None
        );
        assert_eq!(delimiter(&lines("一,做好甲。\n二,做好乙。\n三,做好丙。\n四,做好丁。")), None);
        assert_eq!(delimiter(&lines("科目,名称,合计\n201,甲,1.00\n202,乙,2.00\n203,丙,3.00")), Some(b','));
        assert_eq!(delimiter(&lines("科目;名称;合计\n201;甲;1.00\n202;乙;2.00\n203;丙;3.00")), Some(b';'));
    }
}
