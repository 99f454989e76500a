//! XLSX: sheets, shared strings and styles out of the parts of the package (ECMA-376 part 1, 18).

use std::collections::BTreeMap;

use super::format::{self, NumberFormat};
use super::{Book, Sheet, Shown, with_error, without_result};
use crate::read::package::Package;
use crate::read::xml::{Piece, Tag, Xml};
use crate::read::{Form, ReadError};

use super::{MAX_COLUMN, MAX_ROW, MAX_SHEETS};

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Book, ReadError> {
    let mut package = Package::open(bytes, Form::Xlsx)?;
    let workbook = match package.part("xl/workbook.xml")? {
        Some(text) => text,
        None => match package.ending_with("workbook.xml") {
            Some(name) => package.part(&name)?.unwrap_or_default(),
            None => return Err(ReadError::Damaged(Form::Xlsx)),
        },
    };
    let relations = package.part("xl/_rels/workbook.xml.rels")?.unwrap_or_default();
    let targets = targets(&relations);
    let mut book = Book { encoding: "UTF-8".to_owned(), ..Book::default() };
    let (listed, since_1904) = sheets(&workbook, &mut book);
    let strings = match package.part("xl/sharedStrings.xml")? {
        Some(text) => strings(&text, &mut book),
        None => Vec::new(),
    };
    let formats = match package.part("xl/styles.xml")? {
        Some(text) => formats(&text),
        None => Vec::new(),
    };
    let known = Known { strings, formats, since_1904 };
    for (position, listed) in listed.into_iter().take(MAX_SHEETS).enumerate() {
        let guess = format!("worksheets/sheet{}.xml", position + 1);
        let target = targets.get(&listed.relation).cloned().unwrap_or(guess);
        let path = if target.starts_with('/') { target } else { format!("xl/{target}") };
        let mut sheet = Sheet { name: listed.name, hidden: listed.hidden, ..Sheet::default() };
        // Chart sheets and dialogs are no worksheets; they have no cells.
        match package.part(&path)? {
            Some(text) => cells(&text, &known, &mut sheet, &mut book)?,
            None => book.cut |= !targets.contains_key(&listed.relation),
        }
        book.sheets.push(sheet);
    }
    Ok(book)
}

/// What cells refer to.
struct Known {
    strings: Vec<String>,
    formats: Vec<NumberFormat>,
    since_1904: bool,
}

struct Listed {
    name: String,
    relation: String,
    hidden: bool,
}

/// The sheets in the order of their tabs, and whether days are counted from 1904.
fn sheets(workbook: &str, book: &mut Book) -> (Vec<Listed>, bool) {
    let mut xml = Xml::new(workbook);
    let mut listed = Vec::new();
    let mut since_1904 = false;
    while let Some(piece) = xml.next() {
        let Piece::Open(tag) = piece else { continue };
        match tag.name() {
            "workbookPr" => since_1904 = tag.is_set("date1904"),
            "sheet" => listed.push(Listed {
                name: tag.attribute("name").unwrap_or_default(),
                relation: tag.attribute("id").unwrap_or_default(),
                hidden: tag.attribute("state").is_some_and(|state| state != "visible"),
            }),
            _ => {}
        }
    }
    book.cut |= xml.is_cut();
    (listed, since_1904)
}

/// The parts that relations lead to, by their id.
fn targets(relations: &str) -> BTreeMap<String, String> {
    let mut xml = Xml::new(relations);
    let mut targets = BTreeMap::new();
    while let Some(piece) = xml.next() {
        if let Piece::Open(tag) = piece
            && tag.name() == "Relationship"
            && let (Some(id), Some(target)) = (tag.attribute("Id"), tag.attribute("Target"))
        {
            targets.insert(id, target);
        }
    }
    targets
}

/// The shared strings. Readings (phonetic runs) are left out.
fn strings(part: &str, book: &mut Book) -> Vec<String> {
    let mut xml = Xml::new(part);
    let mut strings: Vec<String> = Vec::new();
    while let Some(piece) = xml.next() {
        let Piece::Open(tag) = piece else { continue };
        match tag.name() {
            "si" => strings.push(String::new()),
            "t" => {
                let text = xml.text();
                if let Some(last) = strings.last_mut() {
                    last.push_str(&text);
                }
            }
            "rPh" => xml.skip(),
            _ => {}
        }
    }
    book.cut |= xml.is_cut();
    strings
}

/// The number format of each cell style.
fn formats(part: &str) -> Vec<NumberFormat> {
    let mut xml = Xml::new(part);
    let mut codes: BTreeMap<u32, String> = BTreeMap::new();
    let mut styles: Vec<u32> = Vec::new();
    let mut in_cells = false;
    while let Some(piece) = xml.next() {
        match piece {
            Piece::Open(tag) => match tag.name() {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.attribute("formatCode")) {
                        codes.insert(id, code);
                    }
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => styles.push(tag.number("numFmtId").unwrap_or(0)),
                _ => {}
            },
            Piece::Close(name) => in_cells &= name != "cellXfs",
            Piece::Text(_) => {}
        }
    }
    let mut parsed: BTreeMap<u32, NumberFormat> = BTreeMap::new();
    let mut format = |id: u32| {
        let code = || codes.get(&id).map_or(NumberFormat::built_in(id), String::as_str);
        parsed.entry(id).or_insert_with(|| NumberFormat::parse(code())).clone()
    };
    styles.into_iter().map(&mut format).collect()
}

/// A cell while it is open.
#[derive(Default)]
struct Open {
    row: u32,
    column: u32,
    style: usize,
    kind: String,
    value: Option<String>,
    inline: String,
    formula: bool,
}

/// Reads the cells of one sheet.
fn cells(part: &str, known: &Known, sheet: &mut Sheet, book: &mut Book) -> Result<(), ReadError> {
    let mut xml = Xml::new(part);
    // Where the next row and cell stand if they do not say so.
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut open: Option<Open> = None;
    while let Some(piece) = xml.next() {
        match piece {
            Piece::Open(tag) => match tag.name() {
                "col" if tag.is_set("hidden") => {
                    let first = tag.number("min").unwrap_or(1).saturating_sub(1);
                    let last = tag.number("max").unwrap_or(first).saturating_sub(1);
                    sheet.hidden_columns.add(first, last.max(first));
                }
                "row" => {
                    row = tag.number("r").map_or(row, |number| number.saturating_sub(1)).min(MAX_ROW);
                    column = 0;
                    if tag.is_set("hidden") {
                        sheet.hidden_rows.add(row, row);
                    }
                }
                "c" => {
                    let (at_row, at_column) = tag.attribute("r").and_then(|r| address(&r)).unwrap_or((row, column));
                    (row, column) = (at_row, at_column.saturating_add(1));
                    open = Some(begin(&tag, at_row, at_column));
                }
                "v" => {
                    let text = xml.text();
                    if let Some(open) = &mut open {
                        open.value = Some(text);
                    }
                }
                "t" => {
                    let text = xml.text();
                    if let Some(open) = &mut open {
                        open.inline.push_str(&text);
                    }
                }
                "f" => {
                    if let Some(open) = &mut open {
                        open.formula = true;
                    }
                    xml.skip();
                }
                "rPh" | "extLst" => xml.skip(),
                "mergeCell" => {
                    if let Some((from, to)) = tag.attribute("ref").as_deref().and_then(range) {
                        sheet.merge((from.0, to.0), (from.1, to.1));
                    }
                }
                _ => {}
            },
            Piece::Close(name) => match name.as_str() {
                "c" => {
                    if let Some(open) = open.take() {
                        let shown = show(&open, known);
                        if !shown.text.is_empty() || shown.doubt.is_some() {
                            book.count_cell()?;
                            sheet.put(open.row, open.column, shown);
                        }
                    }
                }
                "row" => row = row.saturating_add(1),
                _ => {}
            },
            Piece::Text(_) => {}
        }
    }
    book.cut |= xml.is_cut();
    Ok(())
}

fn begin(tag: &Tag, row: u32, column: u32) -> Open {
    Open {
        row,
        column,
        style: tag.number("s").and_then(|style| usize::try_from(style).ok()).unwrap_or(0),
        kind: tag.attribute("t").unwrap_or_default(),
        ..Open::default()
    }
}

/// What a cell shows.
fn show(open: &Open, known: &Known) -> Shown {
    let text = |text: &str| Shown { text: unescaped(text), ..Shown::default() };
    let Some(value) = open.value.as_deref() else {
        return match open.kind.as_str() {
            "inlineStr" => text(&open.inline),
            _ if open.formula => Shown { doubt: Some(without_result()), ..Shown::default() },
            _ => text(&open.inline),
        };
    };
    match open.kind.as_str() {
        "s" => {
            let index: Option<usize> = value.trim().parse().ok();
            text(index.and_then(|index| known.strings.get(index)).map_or("", String::as_str))
        }
        "str" | "inlineStr" => text(value),
        "b" => text(if value.trim() == "1" { "TRUE" } else { "FALSE" }),
        "e" => Shown { text: value.to_owned(), doubt: Some(with_error(value)), uncertain: false },
        "d" => text(value.split('T').next().unwrap_or(value)),
        _ => match format::number(value) {
            Some(number) => {
                let general = || NumberFormat::parse("General");
                let format = known.formats.get(open.style).cloned().unwrap_or_else(general);
                let shown = format.show(number, known.since_1904);
                Shown { text: shown.text, doubt: None, uncertain: shown.uncertain }
            }
            None => text(value),
        },
    }
}

/// `_x000D_` and its like are characters that XML cannot hold; of them only line ends are shown.
fn unescaped(text: &str) -> String {
    text.replace("_x000D_", "").replace("\r\n", "\n").replace('\r', "\n")
}

/// The 0-based row and column of `B7`; dollar signs are allowed.
fn address(text: &str) -> Option<(u32, u32)> {
    let (mut column, mut row) = (0_u32, 0_u32);
    for byte in text.trim().bytes().filter(|&byte| byte != b'$') {
        match byte.to_ascii_uppercase() {
            letter @ b'A'..=b'Z' if row == 0 => {
                column = column.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1)?;
            }
            digit @ b'0'..=b'9' => row = row.checked_mul(10)?.checked_add(u32::from(digit - b'0'))?,
            _ => return None,
        }
    }
    let (row, column) = (row.checked_sub(1)?, column.checked_sub(1)?);
    (row < MAX_ROW && column < MAX_COLUMN).then_some((row, column))
}

/// The two corners of `A1:C3`.
fn range(text: &str) -> Option<((u32, u32), (u32, u32))> {
    let (from, to) = text.split_once(':').unwrap_or((text, text));
    Some((address(from)?, address(to)?))
}

#[cfg(test)]
mod tests {
    use super::{address, range};

    #[test]
    fn addresses() {
        assert_eq!(address("A1"), Some((0, 0)));
        assert_eq!(address("$AB$12"), Some((11, 27)));
        assert_eq!(address("XFD1048576"), Some((1_048_575, 16_383)));
        for wrong in ["", "A", "1", "A0", "XFE1", "A1048577", "1A", "A1B", "A99999999999"] {
            assert_eq!(address(wrong), None, "{wrong}");
        }
        assert_eq!(range("A1:C3"), Some(((0, 0), (2, 2))));
    }
}
