//! What every form has in common: encodings, containers, limits, what a reader of text must keep.

use proptest::prelude::*;

use super::{Form, MAX_BYTES, PASTED, ReadError, read, read_pasted};
use crate::document::{Block, Document, Format, Grid, Place};

fn text(source: &str) -> Document {
    read("甲.txt", source.as_bytes()).expect("it is text")
}

fn lines(document: &Document) -> Vec<&str> {
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Text(text) => lines.extend(text.iter().map(|line| line.text.as_str())),
            Block::Heading { line, .. } => lines.push(line.text.as_str()),
            Block::Grid(_) | Block::Image { .. } => {}
        }
    }
    lines
}

fn grids(document: &Document) -> Vec<&Grid> {
    document.blocks.iter().filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None }).collect()
}

fn rows(grid: &Grid) -> Vec<Vec<&str>> {
    grid.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect()).collect()
}

const SAMPLE: &str = "收支总表\n单位：万元\n合计 1,234.50 5.00\n";

#[test]
fn every_encoding_gives_the_same_lines() {
    let utf16 = |mark: bool, big: bool| -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(SAMPLE.encode_utf16());
        units.flat_map(|unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let gb = encoding_rs::GB18030.encode(SAMPLE).0.into_owned();
    let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
    for (bytes, encoding) in [
        (SAMPLE.as_bytes().to_vec(), "UTF-8"),
        (marked(b"\xef\xbb\xbf", SAMPLE.as_bytes()), "UTF-8"),
        (utf16(true, false), "UTF-16LE"),
        (utf16(true, true), "UTF-16BE"),
        (utf16(false, false), "UTF-16LE"),
        (utf16(false, true), "UTF-16BE"),
        (gb.clone(), "gb18030"),
        (marked(b"\x84\x31\x95\x33", &gb), "gb18030"),
        (encoding_rs::BIG5.encode("<html><meta charset=big5><p>收支").0.into_owned(), "Big5"),
    ] {
        let document = read("甲", &bytes).expect(encoding);
        assert_eq!(document.encoding, encoding);
        assert!(document.notes.is_empty(), "{encoding}: {:?}", document.notes);
        if document.format == Format::Text {
            assert_eq!(lines(&document), ["收支总表", "单位：万元", "合计 1,234.50 5.00"], "{encoding}");
        }
    }
}

#[test]
fn a_claim_that_the_bytes_belie_is_not_believed() {
    let document = read("页", "<html><meta charset=gbk><p>收支总表".as_bytes()).expect("utf-8");
    assert_eq!((document.encoding.as_str(), lines(&document)), ("UTF-8", vec!["收支总表"]));
    let gb = encoding_rs::GB18030.encode("<html><meta http-equiv=a content='text/html; charset=utf-8'><p>收支总表").0;
    let document = read("页", &gb).expect("gb18030");
    assert_eq!((document.encoding.as_str(), lines(&document)), ("gb18030", vec!["收支总表"]));
}

#[test]
fn cut_and_patched_files_keep_their_encoding_and_say_so() {
    let long = SAMPLE.repeat(20);
    // In the middle of the first character of the last line.
    let end = long.rfind('合').expect("there") + 1;
    let document = read("甲", &long.as_bytes()[..end]).expect("text");
    assert_eq!((document.encoding.as_str(), document.notes.len()), ("UTF-8", 1));
    assert!(document.notes[0].zh.contains("第 60 行"), "{}", document.notes[0].zh);
    let gb = encoding_rs::GB18030.encode(&long).0.into_owned();
    let document = read("甲", &gb[..gb.len() - 1 - "合计 1,234.50 5.00".len() + 3]).expect("text");
    assert_eq!(document.encoding, "gb18030");
    let mut patched = long.clone().into_bytes();
    patched[4] = 0xff;
    let document = read("甲", &patched).expect("text");
    assert_eq!((document.encoding.as_str(), document.notes.len()), ("UTF-8", 1));
    assert_eq!(lines(&document).last(), Some(&"合计 1,234.50 5.00"));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    assert_eq!(read("甲", b""), Err(ReadError::Empty));
    assert_eq!(read("甲", " \t\r\n\u{3000}\u{feff}".as_bytes()).err(), Some(ReadError::Empty));
    let mut state = 1_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    })
    .take(4096)
    .collect();
    assert_eq!(read("甲.txt", &noise), Err(ReadError::Binary));
    assert!(matches!(read("甲", &vec![b' '; MAX_BYTES + 1]), Err(ReadError::TooLarge { .. })));
}

#[test]
fn containers_are_named_whatever_the_file_is_called() {
    let ole = |stream: &str| {
        let wide: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600], &wide].concat()
    };
    // The headers that stand before members, as a cut download still has them.
    let header = |name: &str, content: &str| {
        let length = u16::try_from(name.len()).unwrap_or(0).to_le_bytes();
        [b"PK\x03\x04\x14\0".as_slice(), &[0; 20], &length, &[0; 2], name.as_bytes(), content.as_bytes()].concat()
    };
    let zip = |member: &str| [header("[Content_Types].xml", "<Types/>"), header(member, "\x01\x02")].concat();
    for (bytes, form) in [
        (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj".to_vec(), Form::Pdf),
        (b"\xef\xbb\xbf\r\n%PDF-1.4 ... startxref\n9\n%%EOF".to_vec(), Form::Pdf),
        (zip("xl/workbook.xml"), Form::Xlsx),
        (zip("word/document.xml"), Form::Docx),
        (zip("OFD.xml"), Form::Ofd),
        (header("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), Form::Ods),
        (header("mimetype", "application/vnd.oasis.opendocument.text"), Form::Odt),
        (zip("xl/workbook.bin"), Form::Xlsb),
        (zip("预算.pdf"), Form::Zip),
        // Files inside an archive do not make it what they are.
        (header("甲.xlsx", "PK\x03\x04 xl/workbook.xml"), Form::Zip),
        (header("xl/甲.pdf", ""), Form::Zip),
        (ole("Workbook"), Form::Xls),
        (ole("WordDocument"), Form::Doc),
        (ole("Contents"), Form::Ole),
        (b"Rar!\x1a\x07\x01\0".to_vec(), Form::Rar),
        (b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), Form::SevenZip),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), Form::Image),
        (b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), Form::Image),
        (b"{\\rtf1\\ansi".to_vec(), Form::Rtf),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related".to_vec(), Form::WebArchive),
    ] {
        let error = read("预算.txt", &bytes).expect_err("no text");
        #[cfg(feature = "pdf")]
        if form == Form::Pdf {
            assert!(matches!(error, ReadError::Pdf(super::pdf::PdfError::Damaged | super::pdf::PdfError::Cut)));
            continue;
        }
        #[cfg(all(feature = "sheets", feature = "docx"))]
        if matches!(form, Form::Xlsx | Form::Xls | Form::Ods | Form::Docx | Form::Doc) {
            assert_eq!(error, ReadError::Damaged(form));
            let message = error.message();
            assert!(message.zh.contains("重新下载") && message.en.contains("again"), "{message:?}");
            continue;
        }
        assert_eq!(error, ReadError::NotYet(form));
        let message = error.message();
        assert!(message.zh.contains("目前还不能") && message.en.contains("cannot be read yet"), "{message:?}");
    }
}

#[test]
fn text_that_speaks_of_a_container_is_text() {
    let document = text("文件头是 %PDF- 的文件\n合计 5");
    assert_eq!(lines(&document).len(), 2);
}

#[test]
fn the_form_is_told_by_content() {
    for (name, source, format) in [
        ("a.pdf", "<!DOCTYPE html>\n<html><p>甲</p>", Format::Html),
        ("a.xls", "\u{feff}  <html xmlns:x=\"a\"><table><tr><td>1</td></tr></table>", Format::Html),
        ("a.txt", "<table><tr><td>甲</td></tr>\n<tr><td>1</td></tr></table>\n", Format::Html),
        ("a.txt", "<table><tr><td>甲</td><td>1</td></tr></table>\n\n# 表二\n\n无\n", Format::Markdown),
        ("a.txt", "# 部门预算\n合计 5", Format::Markdown),
        ("a.txt", "合计 **5.00**", Format::Markdown),
        ("a.md", "合计 5.00", Format::Markdown),
        ("a.html", "合计 5.00", Format::Text),
        ("a.txt", "合计 < 50 且 > 3\n** ** 1 2", Format::Text),
        ("a.txt", "甲,乙,丙\n1,2,3\n4,5,6\n7,8,9", Format::Csv),
        ("a.csv", "甲\n1", Format::Csv),
        ("a.csv", "<html><p>甲", Format::Html),
    ] {
        assert_eq!(read(name, source.as_bytes()).map(|document| document.format), Ok(format), "{name} {source}");
    }
}

#[test]
fn what_is_pasted_is_html_only_where_that_holds_a_table() {
    let table = "<table><tr><td>合计</td><td>5.00</td></tr></table>";
    let document = read_pasted(Some(table), "合计\t5.00").expect("a table");
    assert_eq!((document.format, document.name.as_str(), grids(&document).len()), (Format::Html, PASTED, 1));
    let document = read_pasted(Some("<p>合计 5.00"), "合计 5.00").expect("text");
    assert_eq!((document.format, lines(&document)), (Format::Text, vec!["合计 5.00"]));
    assert_eq!(read_pasted(None, "").err(), Some(ReadError::Empty));
    assert_eq!(read_pasted(Some(""), " ").err(), Some(ReadError::Empty));
}

#[test]
fn tabs_make_grids_that_empty_lines_do_not_end() {
    let document = text(
        "单位：万元\n科目\t合计\t备注\n201\t5.00\t\n\n\n202\t7.00\t\t\n注：无\n\t缩进的一段\n\n\t又一段\n完\n合计\t5\n",
    );
    assert_eq!(lines(&document), ["单位：万元", "注：无", "缩进的一段", "又一段", "完"]);
    let grids = grids(&document);
    assert_eq!(grids.len(), 2);
    assert_eq!(rows(grids[0]), [vec!["科目", "合计", "备注"], vec!["201", "5.00", ""], vec!["202", "7.00", "", ""]]);
    assert_eq!(grids[0].rows.iter().map(|row| row.after_blank).collect::<Vec<_>>(), [true, false, true]);
    assert!(grids[0].ragged);
    assert_eq!(grids[0].rows[1].cells[1].place, Place::Line { line: 3, from: 4, to: 8 });
}

#[test]
fn a_line_without_a_tab_ends_the_grid_and_is_kept() {
    let document = text("甲\t1\n其他收入\n乙\t2\n");
    assert_eq!((grids(&document).len(), lines(&document)), (2, vec!["其他收入"]));
    assert!(!grids(&document)[0].ragged);
}

#[test]
fn a_cell_that_a_sheet_quoted_is_one_cell() {
    let document = text("项目\t\"测算\n\"\"依据\"\"：9套\"\t金额\n甲\t\"三公\"经费\t5\n\"未完\t6\n乙\t7\n");
    assert_eq!(
        rows(grids(&document)[0]),
        [
            vec!["项目", "测算\n\"依据\"：9套", "金额"],
            vec!["甲", "\"三公\"经费", "5"],
            vec!["\"未完", "6"],
            vec!["乙", "7"]
        ]
    );
    assert_eq!(grids(&document)[0].rows[0].cells[2].place, Place::Line { line: 2, from: 11, to: 13 });
    assert_eq!(lines(&text("他说\n\"第一\n第二\"\n完")), ["他说", "\"第一", "第二\"", "完"]);
}

#[test]
fn line_ends_of_every_kind() {
    assert_eq!(text("甲\r\n乙\r\n").lines, ["甲", "乙"]);
    assert_eq!(text("甲\r乙\r").lines, ["甲", "乙"]);
    assert_eq!(text("甲 12\r34\n乙\r\r\n").lines, ["甲 12 34", "乙"]);
    let document = text("甲\n\u{c}乙\n");
    let Some(Block::Text(lines)) = document.blocks.first() else { panic!("text") };
    assert_eq!(lines.iter().map(|line| line.after_blank).collect::<Vec<_>>(), [true, true]);
}

#[test]
fn tables_of_markdown() {
    let document = read(
        "a.md",
        "## **表一**\n\n| 科目 | **合计** |\n|:--|--:|\n| 甲\\|乙 | $\\geq 90\\%$ |\n| | 5.00 |\n\n| 丙 | 6<br>7 |\n\n- 说明\n- 5.00\n<table><tr><td rowspan=\"2\">丁</td><td>**8**</td></tr><tr><td>$9\\%$</td></tr></table>\n\n![表二](a/b.png)\n```\n戊\t1\n```\n---\n"
            .as_bytes(),
    )
    .expect("markdown");
    let grids = grids(&document);
    assert_eq!(rows(grids[0]), [vec!["科目", "合计"], vec!["甲|乙", "≥90%"], vec!["", "5.00"], vec!["丙", "6\n7"]]);
    assert_eq!(
        grids[0].rows.iter().map(|row| (row.header, row.after_blank)).collect::<Vec<_>>(),
        [(true, true), (false, false), (false, false), (false, true)]
    );
    assert_eq!(grids[0].rows[1].cells[0].place, Place::Line { line: 5, from: 2, to: 6 });
    assert_eq!(rows(grids[1]), [vec!["丁", "8"], vec!["9%"]]);
    assert!(grids[1].rows[0].cells[1].strong);
    assert_eq!(rows(grids[2]), [vec!["戊", "1"]]);
    assert_eq!(lines(&document), ["表一", "说明", "- 5.00"]);
    assert!(
        document.blocks.iter().any(|block| matches!(block, Block::Image { description, .. } if description == "表二"))
    );
    assert!(matches!(&document.blocks[0], Block::Heading { level: 2, line } if line.strong));
}

/// A table of which every line ends in a stroke, without a row of dashes, is a table in a file of any name.
#[test]
fn lines_that_end_in_a_stroke_are_rows() {
    let source =
        "支出表\n单位：万元\n科目 | 合计 | 项目支出 |\n教育支出 | 12.50 | 2.50 |\n住房保障支出 | 3.00 | |\n注：甲|乙\n";
    for name in ["a.txt", "a.md"] {
        let document = read(name, source.as_bytes()).unwrap();
        let [grid] = grids(&document)[..] else { panic!("{name}") };
        let expected = [["科目", "合计", "项目支出"], ["教育支出", "12.50", "2.50"], ["住房保障支出", "3.00", ""]];
        assert_eq!(rows(grid), expected, "{name}");
        for (text, place) in texts(&document) {
            assert_eq!(cut(&document, place), Some(text.to_owned()), "{name}");
        }
    }
    let alone = read("a.txt", "地址 | 电话 |\n本部门支出 3 万元。\n".as_bytes()).unwrap();
    assert!(grids(&alone).is_empty(), "one such line is no table");
}

#[test]
fn an_html_table_that_is_not_closed_ends_at_the_next_empty_line() {
    let document = read("a.md", "# 甲\n<table><tr><td>乙</td><td>1\n\n## 丙\n丁\n".as_bytes()).expect("markdown");
    assert_eq!(lines(&document), ["甲", "丙", "丁"]);
    assert_eq!(rows(grids(&document)[0]), [vec!["乙", "1"]]);
}

/// Every text of the document with its place.
fn texts(document: &Document) -> Vec<(&str, Place)> {
    let mut texts = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { line, .. } => texts.push((line.text.as_str(), line.place)),
            Block::Text(lines) => texts.extend(lines.iter().map(|line| (line.text.as_str(), line.place))),
            Block::Grid(grid) => {
                texts.extend(grid.caption.iter().map(|line| (line.text.as_str(), line.place)));
                texts.extend(grid.rows.iter().flat_map(|row| &row.cells).map(|cell| (cell.text.as_str(), cell.place)));
            }
            Block::Image { .. } => {}
        }
    }
    texts
}

fn cut(document: &Document, place: Place) -> Option<String> {
    let Place::Line { line, from, to } = place else { return None };
    let line = document.lines.get(usize::try_from(line).ok()?.checked_sub(1)?)?;
    let length = usize::try_from(to.checked_sub(from)?).ok()?;
    let cut: String = line.chars().skip(usize::try_from(from).ok()?).take(length).collect();
    (cut.chars().count() == length).then_some(cut)
}

fn figures(text: &str) -> Vec<String> {
    let mut figures: Vec<String> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).map(str::to_owned).collect();
    figures.sort();
    figures
}

fn figures_of(document: &Document) -> Vec<String> {
    let mut all: Vec<String> = texts(document).into_iter().flat_map(|(text, _)| figures(text)).collect();
    all.sort();
    all
}

/// Text of the kind that disclosures are made of: names, figures, blanks of every sort, tabs and line ends.
fn genre() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[0-9]{1,4}(\\.[0-9]{2})?",
        6 => "[合计收支总表科目（）、。：，％]{1,5}",
        3 => Just("\t".to_owned()),
        3 => Just("\n".to_owned()),
        2 => "[ \u{3000}\u{a0}]{1,3}",
        1 => "[\\-—\"%,.;|#*_$<>&`\\\\\r\u{c}a]",
    ];
    proptest::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn plain_text_loses_no_figure_and_points_at_what_it_says(source in genre()) {
        let lines = super::encoding::lines(&source);
        let Ok(document) = super::document("甲", "UTF-8", lines, super::sniff::TextForm::Text) else {
            return Ok(());
        };
        prop_assert_eq!(figures_of(&document), figures(&document.lines.join("\n")));
        for (text, place) in texts(&document) {
            let cut = cut(&document, place);
            // A quoted cell of several lines points at its first.
            if !text.contains('\n') && !cut.as_deref().is_some_and(|cut| cut.starts_with('"')) {
                prop_assert_eq!(cut.as_deref(), Some(text));
            }
        }
    }

    #[test]
    fn marks_and_delimiters_lose_no_figure(source in genre()) {
        for form in [super::sniff::TextForm::Markdown, super::sniff::TextForm::Csv(b',')] {
            let lines = super::encoding::lines(&source);
            let Ok(document) = super::document("甲", "UTF-8", lines, form) else { continue };
            // A comma parts values in one form, so figures are compared as digits.
            let digits = |figures: Vec<String>| figures.concat().chars().fold([0_usize; 10], |mut count, c| {
                if let Some(slot) = c.to_digit(10).and_then(|digit| count.get_mut(digit as usize)) { *slot += 1; }
                count
            });
            prop_assert_eq!(digits(figures_of(&document)), digits(figures(&source)), "{:?}", form);
            for (_, place) in texts(&document) {
                prop_assert!(cut(&document, place).is_some(), "{:?}", place);
            }
        }
    }

    #[test]
    fn a_page_loses_no_figure(cells in proptest::collection::vec(proptest::collection::vec("[0-9]{0,4}(\\.[0-9]{2})?|[合计]{0,2}", 1..6), 1..12), tags in "(<p>|<div>|<b>|<br>|</p>|</td>|<span>| |\n|</div>){0,6}") {
        let rows: Vec<String> = cells.iter().map(|row| format!("<tr><td>{tags}{}", row.join(&format!("<td>{tags}")))).collect();
        let source = format!("<html><table>{}</table>", rows.join("\n"));
        let visible = cells.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        if let Ok(document) = read("甲", source.as_bytes()) {
            prop_assert_eq!(figures_of(&document), figures(&visible));
            for (text, place) in texts(&document) {
                prop_assert_eq!(cut(&document, place), Some(text.to_owned()));
            }
        }
    }

    #[test]
    fn anything_is_read_the_same_twice(bytes in proptest::collection::vec(any::<u8>(), 0..300), source in genre()) {
        prop_assert_eq!(read("甲", &bytes), read("甲", &bytes));
        prop_assert_eq!(read("甲", source.as_bytes()), read("甲", source.as_bytes()));
    }
}

#[test]
fn the_seeds_lose_no_figure() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("no seeds beside the project: skipped");
        return;
    };
    for entry in entries.flatten() {
        let bytes = std::fs::read(entry.path()).expect("a seed");
        let document = read(&entry.file_name().to_string_lossy(), &bytes).expect("a disclosure");
        assert_eq!(figures_of(&document), figures(&String::from_utf8(bytes).expect("text")), "{}", document.name);
        assert!(document.notes.is_empty());
    }
}
