//! Small files of the office formats, written here so that no published file is needed: only the parts that are read.

pub(crate) mod doc;
pub(crate) mod pdf;
pub(crate) mod xls;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

/// A cell: text, columns and rows that it covers. Places that a cell covers are left out.
pub(crate) type Cell = (String, usize, usize);

/// A piece of a document.
pub(crate) enum Part {
    /// A title, a unit, a remark.
    Line(String),
    /// A table.
    Table(Vec<Vec<Cell>>),
}

/// A ZIP container with these members.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a new member");
        zip.write_all(content).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

/// A cell: row, column, text.
type Placed = (usize, usize, String);

/// Every cell of the parts with its row and column, and the merged cells: first row, first column, last row, last column.
pub(crate) fn placed(parts: &[Part]) -> (Vec<Placed>, Vec<[usize; 4]>) {
    let (mut cells, mut merges) = (Vec::new(), Vec::new());
    let mut row = 0;
    for part in parts {
        match part {
            Part::Line(text) => {
                cells.push((row, 0, text.clone()));
                row += 1;
            }
            Part::Table(rows) => {
                let mut covered: Vec<(usize, usize)> = Vec::new();
                for line in rows {
                    let mut column = 0;
                    for (text, columns, high) in line {
                        while covered.contains(&(row, column)) {
                            column += 1;
                        }
                        cells.push((row, column, text.clone()));
                        if columns * high > 1 {
                            merges.push([row, column, row + high - 1, column + columns - 1]);
                        }
                        covered.extend((row..row + high).flat_map(|r| (column..column + columns).map(move |c| (r, c))));
                        column += columns;
                    }
                    row += 1;
                }
                // An empty row ends a table.
                row += 1;
            }
        }
    }
    (cells, merges)
}

/// Whether a text is an amount with two decimals, which a sheet holds as a number and shows through its format.
pub(crate) fn is_amount(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole, cents)| {
        cents.len() == 2 && !whole.is_empty() && (whole.to_owned() + cents).bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn address(row: usize, column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).expect("a letter"));
    if column < 26 { format!("{letter}{}", row + 1) } else { format!("A{letter}{}", row + 1) }
}

/// An XLSX with one sheet. Amounts are numbers without their last zeros, and a format that shows two decimals.
pub(crate) fn xlsx(parts: &[Part]) -> Vec<u8> {
    let (cells, merges) = placed(parts);
    let (mut rows, mut strings) = (String::new(), String::new());
    let mut open = None;
    for (index, (row, column, text)) in cells.iter().enumerate() {
        if open != Some(row) {
            let _ = write!(rows, "{}<row r=\"{}\">", if open.is_some() { "</row>" } else { "" }, row + 1);
            open = Some(row);
        }
        let at = address(*row, *column);
        if is_amount(text) {
            let value = text.trim_end_matches('0').trim_end_matches('.');
            let _ = write!(rows, "<c r=\"{at}\" s=\"1\"><v>{value}</v></c>");
        } else {
            let _ = write!(rows, "<c r=\"{at}\" t=\"s\"><v>{index}</v></c>");
        }
        let _ = write!(strings, "<si><t>{}</t></si>", escaped(text));
    }
    let merged: String = merges
        .iter()
        .map(|[top, left, bottom, right]| {
            format!("<mergeCell ref=\"{}:{}\"/>", address(*top, *left), address(*bottom, *right))
        })
        .collect();
    let sheet = format!("<worksheet><sheetData>{rows}</row></sheetData><mergeCells>{merged}</mergeCells></worksheet>");
    let strings = format!("<sst>{strings}</sst>");
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        (
            "xl/styles.xml",
            b"<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"0.00_ \"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"176\"/></cellXfs></styleSheet>",
        ),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// An ODS with one sheet.
pub(crate) fn ods(parts: &[Part]) -> Vec<u8> {
    let mut rows = String::new();
    for part in parts {
        match part {
            Part::Line(text) => {
                let text = escaped(text);
                let _ = write!(
                    rows,
                    "<table:table-row><table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row>"
                );
            }
            Part::Table(table) => {
                let (cells, merges) = placed(std::slice::from_ref(part));
                let width = cells.iter().map(|cell| cell.1 + 1).max().unwrap_or(0);
                for row in 0..table.len() {
                    rows.push_str("<table:table-row>");
                    for column in 0..width {
                        let merge =
                            merges.iter().find(|m| m[0] <= row && row <= m[2] && m[1] <= column && column <= m[3]);
                        let text = cells.iter().find(|cell| (cell.0, cell.1) == (row, column));
                        match (text, merge) {
                            (None, Some(_)) => rows.push_str("<table:covered-table-cell/>"),
                            (None, None) => rows.push_str("<table:table-cell/>"),
                            (Some((.., text)), merge) => {
                                let span = merge.map_or(String::new(), |m| {
                                    format!(
                                        " table:number-columns-spanned=\"{}\" table:number-rows-spanned=\"{}\"",
                                        m[3] - m[1] + 1,
                                        m[2] - m[0] + 1
                                    )
                                });
                                let _ = write!(
                                    rows,
                                    "<table:table-cell{span}><text:p>{}</text:p></table:table-cell>",
                                    escaped(text)
                                );
                            }
                        }
                    }
                    rows.push_str("</table:table-row>");
                }
                rows.push_str("<table:table-row table:number-rows-repeated=\"1\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>");
            }
        }
    }
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Sheet1\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("mimetype", stored).expect("a new member");
    zip.write_all(b"application/vnd.oasis.opendocument.spreadsheet").expect("memory");
    zip.start_file("content.xml", SimpleFileOptions::default()).expect("a new member");
    zip.write_all(content.as_bytes()).expect("memory");
    zip.finish().expect("memory").into_inner()
}

/// A DOCX with merged cells as Word writes them: spans to the right, and cells that go on below.
pub(crate) fn docx(parts: &[Part]) -> Vec<u8> {
    let mut body = String::new();
    let paragraph = |text: &str| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(text));
    for part in parts {
        match part {
            Part::Line(text) => body.push_str(&paragraph(text)),
            Part::Table(table) => {
                let (cells, merges) = placed(std::slice::from_ref(part));
                let width = cells.iter().map(|cell| cell.1 + 1).max().unwrap_or(0);
                body.push_str("<w:tbl>");
                for row in 0..table.len() {
                    body.push_str("<w:tr>");
                    for column in 0..width {
                        let merge =
                            merges.iter().find(|m| m[0] <= row && row <= m[2] && m[1] <= column && column <= m[3]);
                        if merge.is_some_and(|m| m[1] != column) {
                            continue;
                        }
                        let mut properties = String::new();
                        if let Some(m) = merge {
                            let _ = write!(properties, "<w:gridSpan w:val=\"{}\"/>", m[3] - m[1] + 1);
                            if m[0] != m[2] {
                                properties.push_str(if m[0] == row {
                                    "<w:vMerge w:val=\"restart\"/>"
                                } else {
                                    "<w:vMerge/>"
                                });
                            }
                        }
                        let text =
                            cells.iter().find(|cell| (cell.0, cell.1) == (row, column)).map_or("", |cell| &cell.2);
                        let _ = write!(body, "<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text));
                    }
                    body.push_str("</w:tr>");
                }
                body.push_str("</w:tbl>");
            }
        }
    }
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}
