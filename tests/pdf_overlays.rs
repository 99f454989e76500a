//! Text printed over tables: watermarks in small type that stand level are taken out, what cannot be told apart is said.
#![cfg(feature = "pdf")]
#![expect(clippy::float_arithmetic, reason = "places on a page, no amounts")]

#[path = "pdf/sheet.rs"]
mod sheet;

use duizhang::document::Document;
use sheet::{Sheet, grids, lines, read, texts};

const ROWS: [[&str; 4]; 7] = [
    ["科目编码", "科目名称", "合计", "基本支出"],
    ["205", "教育支出", "1234.00", "34.50"],
    ["20502", "普通教育", "1000.00", "20.50"],
    ["20508", "进修及培训", "234.00", "14.00"],
    ["206", "科学技术支出", "12.00", ""],
    ["20699", "其他科学技术支出", "12.00", ""],
    ["", "合计", "1246.00", "34.50"],
];

/// A table of seven rows from 100 down, with lines across or without any line.
fn table(lines: bool) -> Sheet {
    let mut sheet = Sheet::default().text(60.0, 80.0, "支出总表");
    for (row, y) in ROWS.iter().zip([114.0, 132.0, 150.0, 168.0, 186.0, 204.0, 222.0]) {
        for (text, x) in row.iter().zip([63.0, 163.0, 330.0, 440.0]).filter(|(text, _)| !text.is_empty()) {
            sheet = sheet.text(x, y, text);
        }
        if lines {
            sheet = sheet.line([60.0, y + 5.0, 500.0, y + 5.0]);
        }
    }
    if lines { sheet.line([60.0, 101.0, 500.0, 101.0]) } else { sheet }
}

/// A text in a colour and at a size, its baseline turned as the matrix says.
fn printed(sheet: Sheet, [x, y]: [f64; 2], matrix: &str, style: &str, text: &str) -> Sheet {
    let (bytes, ..) = encoding_rs::GBK.encode(text);
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let (colour, size) = style.split_once('/').unwrap();
    sheet.raw(&format!("{colour} BT /F1 {size} Tf {matrix} {x} {} Tm <{hex}> Tj ET 0 g", 842.0 - y))
}

/// The text all over the page, every second row set in.
fn tiled(mut sheet: Sheet, matrix: &str, style: &str, text: &str) -> Sheet {
    for (row, y) in [70.0, 117.0, 164.0, 211.0, 258.0].into_iter().enumerate() {
        for x in [30.0, 140.0, 250.0, 360.0, 470.0] {
            let x = if row % 2 == 0 { x } else { x + 55.0 };
            sheet = printed(sheet, [x, y], matrix, style, text);
        }
    }
    sheet
}

const LEVEL: &str = "1 0 0 1";

fn note<'d>(document: &'d Document, words: &str) -> Option<&'d str> {
    document.notes.iter().map(|note| note.zh.as_str()).find(|note| note.contains(words))
}

#[test]
fn a_small_level_watermark_takes_nothing_from_the_table_below_it() {
    let styles = ["0.8 g/9", "0.5 g/9", "0 g/8", "1 0.8 0.8 rg/14", "0 0 0 0.2 k/12"];
    for (text, lines) in [("示范局公开", true), ("公开2026", false), ("内部 2026-01-15", true)] {
        for style in styles {
            let document = read(&[tiled(table(lines), LEVEL, style, text)]);
            assert_eq!(texts(grids(&document)[0]), ROWS, "{style} {text}");
            assert!(note(&document, "水印").is_some_and(|note| note.contains("未读")), "{:?}", document.notes);
        }
    }
}

#[test]
fn a_watermark_is_no_text_of_a_ruled_table_and_of_the_page_beside_it() {
    let rows = ROWS.each_ref().map(<[&str; 4]>::as_slice);
    let sheet = Sheet::default().text(60.0, 80.0, "支出总表").table(100.0, &[60.0, 160.0, 300.0, 400.0, 500.0], &rows);
    let document = read(&[tiled(sheet, LEVEL, "0.6 g/9", "示范局公开")]);
    assert_eq!(texts(grids(&document)[0]), ROWS);
    assert_eq!(lines(&document), ["支出总表"]);
    assert!(grids(&document)[0].rows.iter().flat_map(|row| &row.cells).all(|cell| cell.doubt.is_none()));
}

#[test]
fn a_watermark_a_little_off_the_level_or_upright_is_one_too() {
    for matrix in ["0.9962 0.0872 -0.0872 0.9962", "0.9945 -0.1045 0.1045 0.9945", "0 1 -1 0"] {
        let document = read(&[tiled(table(true), matrix, "0.8 g/10", "示范局公开")]);
        assert_eq!(texts(grids(&document)[0]), ROWS, "{matrix}");
        assert!(note(&document, "水印").is_some(), "{:?}", document.notes);
    }
}

#[test]
fn a_date_without_a_word_is_a_watermark_where_it_is_all_over_the_page() {
    let document = read(&[tiled(table(true), LEVEL, "0.8 g/9", "20260115")]);
    assert_eq!(texts(grids(&document)[0]), ROWS);
    assert!(note(&document, "水印").is_some());
}

#[test]
fn what_is_printed_over_a_table_once_is_said_and_the_table_doubted() {
    for (at, style) in [([335.0, 153.0], "1 0 0 rg/20"), ([335.0, 150.0], "1 0 0 rg/16"), ([345.0, 170.0], "0.6 g/30")]
    {
        let document = read(&[printed(table(true), at, LEVEL, style, "已公开")]);
        assert!(note(&document, "叠印").is_some(), "{style}: {:?}", document.notes);
        let cells = grids(&document)[0].rows.iter().flat_map(|row| &row.cells);
        assert!(cells.filter(|cell| !cell.text.is_empty()).all(|cell| cell.doubt.is_some()), "{style}");
    }
}

#[test]
fn texts_that_a_table_repeats_are_no_watermark() {
    // The same names, faint zeros and faint dashes, in a size of their own, in every row.
    let mut sheet = Sheet::default().text(60.0, 80.0, "支出总表");
    let mut rows = vec![vec!["科目编码", "科目名称", "合计", "基本支出"]];
    for (text, x) in [("科目编码", 63.0), ("科目名称", 163.0), ("合计", 330.0), ("基本支出", 440.0)] {
        sheet = sheet.text(x, 114.0, text);
    }
    for y in [132.0, 150.0, 168.0, 186.0, 204.0, 222.0, 240.0, 258.0, 276.0] {
        sheet = printed(sheet.text(63.0, y, "2010101"), [163.0, y], LEVEL, "0.8 g/9", "行政运行");
        sheet = printed(sheet, [330.0, y], LEVEL, "0.8 g/9", "0.00");
        sheet = printed(sheet, [440.0, y], LEVEL, "0.8 g/9", "0.00");
        rows.push(vec!["2010101", "行政运行", "0.00", "0.00"]);
    }
    let document = read(&[sheet]);
    assert_eq!(texts(grids(&document)[0]), rows);
    assert_eq!((note(&document, "水印"), note(&document, "叠印")), (None, None));
}

#[test]
fn names_that_run_over_the_amounts_beside_them_are_no_watermark() {
    // Four names in two columns, of another size than the amounts that they reach over, on the lines of these.
    let mut sheet = Sheet::default();
    for y in [100.0, 120.0, 140.0, 160.0, 180.0] {
        sheet = printed(sheet, [60.0, y], LEVEL, "0 g/9", "其他教育支出").text(100.0, y, "12.00");
        sheet = printed(sheet, [260.0, y], LEVEL, "0 g/9", "其他教育支出").text(300.0, y, "12.00");
    }
    let document = read(&[sheet]);
    assert_eq!(note(&document, "水印"), None);
    assert!(note(&document, "叠印").is_some(), "{:?}", document.notes);
}
