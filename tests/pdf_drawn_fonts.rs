//! Fonts whose characters are drawings in the file (Type 3), in the ways that programs write them.
#![cfg(feature = "pdf")]
#![expect(clippy::float_arithmetic, reason = "places on a page, no amounts")]

#[path = "pdf/sheet.rs"]
mod sheet;

use std::fmt::Write as _;

use duizhang::document::Document;
use duizhang::read::pdf;
use sheet::{Sheet, grids, lines, read, texts, written, written_with};

/// The characters of the font; the code of each is one more than its place.
const CHARACTERS: &str = "0123456789.,-万元合计";

/// How the font names its drawings.
#[derive(Clone, Copy, PartialEq)]
enum Names {
    /// zero, period, uni4E07.
    Known,
    /// u0030, u4E07.
    Numbered,
    /// g1, g2.
    Meaningless,
    /// No Encoding at all.
    None,
}

/// The font's own space: its matrix, the box around its drawings, and the width of a digit.
#[derive(Clone, Copy)]
struct Space {
    matrix: &'static str,
    bounds: &'static str,
    digit: f64,
}

const THOUSANDTHS: Space = Space { matrix: "0.001 0 0 0.001 0 0", bounds: "0 -120 1000 880", digit: 500.0 };
const HUNDREDTHS: Space = Space { matrix: "0.01 0 0 0.01 0 0", bounds: "0 -12 100 88", digit: 50.0 };
/// Pixels, as programs that draw characters as bitmaps count.
const PIXELS: Space = Space { matrix: "1 0 0 1 0 0", bounds: "0 -6 50 44", digit: 25.0 };
const DOWNWARDS: Space = Space { matrix: "1 0 0 -1 0 0", bounds: "0 -6 50 44", digit: 25.0 };
const PIXELS_UNBOUND: Space = Space { matrix: "1 0 0 1 0 0", bounds: "0 0 0 0", digit: 25.0 };

fn name(c: char, place: usize, names: Names) -> String {
    let known =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "period", "comma", "hyphen"];
    match (names, known.get(place)) {
        (Names::Known, Some(known)) => (*known).to_owned(),
        (Names::Known, None) => format!("uni{:04X}", u32::from(c)),
        (Names::Numbered, _) => format!("u{:04X}", u32::from(c)),
        _ => format!("g{}", place + 1),
    }
}

/// The objects of the font: F3, its drawings, and its table of characters.
fn font(names: Names, space: Space, told: bool) -> Vec<(usize, String)> {
    let named: Vec<(char, String)> = CHARACTERS.chars().enumerate().map(|(at, c)| (c, name(c, at, names))).collect();
    let (mut differences, mut drawings, mut widths, mut table) =
        ("1".to_owned(), String::new(), String::new(), String::new());
    for (at, (c, name)) in named.iter().enumerate() {
        write!(differences, "/{name}").unwrap();
        write!(drawings, "/{name} 61 0 R").unwrap();
        write!(widths, "{} ", if c.is_ascii() { space.digit } else { 2.0 * space.digit }).unwrap();
        writeln!(table, "<{:02x}> <{:04x}>", at + 1, u32::from(*c)).unwrap();
    }
    let encoding =
        if names == Names::None { String::new() } else { format!("/Encoding<</Differences[{differences}]>>") };
    let to_unicode = if told { "/ToUnicode 62 0 R" } else { "" };
    let count = named.len();
    let map = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n\
         1 begincodespacerange <00> <ff> endcodespacerange\n{count} beginbfchar\n{table}endbfchar\nendcmap end end"
    );
    let drawing = "500 0 d0 0 0 400 700 re f";
    vec![
        (
            60,
            format!(
                "<</Type/Font/Subtype/Type3/FontMatrix[{}]/FontBBox[{}]/FirstChar 1/LastChar {count}/Widths[{widths}]\
                 /CharProcs<<{drawings}>>{encoding}{to_unicode}>>",
                space.matrix, space.bounds
            ),
        ),
        (61, format!("<</Length {}>>\nstream\n{drawing}\nendstream", drawing.len())),
        (62, format!("<</Length {}>>\nstream\n{map}\nendstream", map.len())),
    ]
}

/// A table without lines down whose header and figures are set in the font, 10 pt high.
fn table(space: Space) -> Sheet {
    let scale = 5.0 / space.digit;
    let (size, up) = if space.matrix.starts_with('0') { (10.0, 1.0) } else { (scale, 1.0) };
    let up = if space.matrix.contains("-1") { -up } else { up };
    let mut sheet = Sheet::default().text(60.0, 60.0, "支出总表");
    for (row, y) in ROWS.iter().zip([100.0, 120.0, 140.0, 160.0, 180.0]) {
        sheet = sheet.text(60.0, y, row[0]);
        for (text, x) in row[1..].iter().zip([250.0, 350.0]) {
            let codes: String = text
                .chars()
                .map(|c| format!("{:02x}", CHARACTERS.chars().position(|known| known == c).unwrap() + 1))
                .collect();
            sheet = sheet.raw(&format!("BT /F3 {size} Tf 1 0 0 {up} {x} {} Tm <{codes}> Tj ET", 842.0 - y));
        }
    }
    sheet
}

const ROWS: [[&str; 3]; 5] = [
    ["科目名称", "合计", "万元"],
    ["教育支出", "1,234.50", "-8.00"],
    ["科学技术支出", "907.36", "12.00"],
    ["农林水支出", "2.00", "0.00"],
    ["住房保障支出", "15.00", "4.00"],
];

fn shown(names: Names, space: Space, told: bool) -> Document {
    pdf::read("test.pdf", &written_with(&[table(space)], "/F3 60 0 R", &font(names, space, told)))
        .expect("it is readable")
}

#[test]
fn drawn_characters_are_told_by_their_table_or_their_names_in_any_space() {
    let unruled = shown(Names::Known, THOUSANDTHS, false);
    for space in [THOUSANDTHS, HUNDREDTHS, PIXELS, DOWNWARDS, PIXELS_UNBOUND] {
        for (names, told) in
            [(Names::Meaningless, true), (Names::None, true), (Names::Known, false), (Names::Numbered, false)]
        {
            let document = shown(names, space, told);
            assert_eq!(texts(grids(&document)[0]), ROWS, "{} {told}", space.matrix);
            assert_eq!(document.notes, unruled.notes, "{}", space.matrix);
            assert_eq!(lines(&document), ["支出总表"]);
        }
    }
}

#[test]
fn drawn_characters_that_nothing_tells_are_counted_and_doubted() {
    let drawn: usize = ROWS.iter().flat_map(|row| &row[1..]).map(|text| text.chars().count()).sum();
    for space in [THOUSANDTHS, PIXELS] {
        for names in [Names::Meaningless, Names::None] {
            let document = shown(names, space, false);
            let note = format!("有 {drawn} 个字的编码 PDF 没有说明");
            assert!(document.notes.iter().any(|found| found.zh.contains(&note)), "{:?}", document.notes);
            let figures: Vec<_> = grids(&document)[0].rows.iter().flat_map(|row| &row.cells[1..]).collect();
            assert!(figures.iter().all(|cell| cell.text.chars().all(|c| c == '\u{FFFD}') && cell.doubt.is_some()));
        }
    }
}

#[test]
fn what_is_too_small_to_be_seen_is_counted() {
    let document = read(&[Sheet::default().text(60.0, 60.0, "支出总表").raw("BT /F1 0.2 Tf 60 700 Td <3132> Tj ET")]);
    assert!(document.notes.iter().any(|note| note.zh.contains("有 2 个字")), "{:?}", document.notes);
    assert!(!written(&[Sheet::default().table(100.0, &[60.0, 90.0], &[&["一"]])]).is_empty());
}
