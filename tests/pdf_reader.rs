//! The PDF reader against small files written here, one for each thing that it must get right.
#![cfg(feature = "pdf")]
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "places on a page, no amounts")]

use duizhang::document::{Block, Page, PageContent, Place};
use duizhang::read::pdf::{self, PdfError};
use duizhang::read::{ReadError, read_with_password};

#[path = "pdf/sheet.rs"]
mod sheet;

use sheet::{Sheet, grids, lines, read, texts, written};
const XS: [f64; 5] = [60.0, 160.0, 300.0, 400.0, 500.0];

#[test]
fn a_ruled_table_keeps_its_spans_and_places() {
    let sheet = Sheet::default().text(60.0, 80.0, "支出总表").table(
        100.0,
        &XS,
        &[
            &["科目", "<", "合计", "其中"],
            &["编码", "名称", "^", "基本"],
            &["205", "教育支出", "1,234.50", "-8.00"],
            &["20508", "", "0.00", ""],
        ],
    );
    let document = read(&[sheet]);
    let grid = grids(&document)[0];
    assert_eq!(
        texts(grid),
        [
            vec!["科目", "合计", "其中"],
            vec!["编码", "名称", "基本"],
            vec!["205", "教育支出", "1,234.50", "-8.00"],
            vec!["20508", "", "0.00", ""]
        ]
    );
    assert_eq!((grid.rows[0].cells[0].columns, grid.rows[0].cells[1].rows), (2, 2));
    assert_eq!(grid.rows[2].cells[2].place, Place::Page { page: 1, bbox: [30_000, 14_000, 40_000, 16_000] });
    assert_eq!(lines(&document), ["支出总表"]);
    assert!(document.notes.is_empty(), "{:?}", document.notes);
}

#[test]
fn a_turned_page_gives_places_as_it_is_shown() {
    // Laid out on its side and turned by the page's own rotation: shown upright, 842 by 595.
    let turned = Sheet {
        content: format!(
            "q 0 1 -1 0 595 0 cm 1 0 0 1 0 -247 cm\n{}Q",
            Sheet::default().table(300.0, &XS, &[&["甲", "乙", "丙", "丁"], &["1.00", "2.00", "3.00", "4.00"]]).content
        ),
        rotate: 90,
        image: false,
    };
    let document = read(&[turned]);
    let grid = grids(&document)[0];
    assert_eq!(texts(grid)[1], ["1.00", "2.00", "3.00", "4.00"]);
    assert_eq!(grid.rows[0].cells[0].place, Place::Page { page: 1, bbox: [6_000, 30_000, 16_000, 32_000] });
}

#[test]
fn a_table_over_a_page_break_is_one() {
    let header: &[&str] = &["编码", "名称", "合计", "基本"];
    let first = Sheet::default()
        .table(600.0, &XS, &[header, &["", "合计", "3.00", "3.00"], &["201", "甲", "1.00", "1.00"]])
        .text(290.0, 820.0, "- 1 -");
    let second = Sheet::default()
        .table(60.0, &XS, &[header, &["202", "乙", "2.00", "2.00"], &["203", "其他", "", ""]])
        .text(290.0, 820.0, "- 2 -");
    let document = read(&[first, second]);
    let found = grids(&document);
    assert_eq!(found.len(), 1);
    assert_eq!(texts(found[0])[3..], [["202", "乙", "2.00", "2.00"], ["203", "其他", "", ""]]);
    assert!(lines(&document).is_empty(), "page numbers are gone");
    assert!(document.notes.iter().any(|note| note.zh.contains("页码 2")), "and that is said");
    assert!(document.notes.iter().any(|note| note.zh.contains("表头 1 行")));
}

#[test]
fn rows_that_are_the_same_on_both_pages_are_no_header() {
    let header: &[&str] = &["编码", "名称", "合计", "基本"];
    let (class, group): (&[&str], &[&str]) = (&["201", "甲", "1.00", "1.00"], &["20101", "乙", "1.00", "1.00"]);
    let first = Sheet::default().table(640.0, &XS, &[header, &["1", "子单位", "1.00", "1.00"], class, group]);
    let first = first.text(290.0, 820.0, "- 1 -");
    let second = Sheet::default().table(60.0, &XS, &[class, group, &["202", "丙", "2.00", "2.00"]]);
    let document = read(&[first, second.text(290.0, 820.0, "- 2 -")]);
    let found = grids(&document);
    assert_eq!(texts(found[0])[2..], [class, group, class, group, &["202", "丙", "2.00", "2.00"][..]]);
}

#[test]
fn a_row_of_words_after_a_break_stays_a_row() {
    let first =
        Sheet::default().table(700.0, &XS, &[&["编码", "名称", "合计", "基本"], &["201", "甲", "1.00", "1.00"]]);
    let second = Sheet::default().table(60.0, &XS, &[&["", "说明", "", ""], &["203", "乙", "2.00", "2.00"]]);
    let document = read(&[first, second]);
    assert_eq!(texts(grids(&document)[0])[2], ["", "说明", "", ""]);
}

#[test]
fn another_table_with_the_same_columns_is_not_joined() {
    let first =
        Sheet::default().table(700.0, &XS, &[&["编码", "名称", "合计", "基本"], &["201", "甲", "1.00", "1.00"]]);
    let second =
        Sheet::default().table(60.0, &XS, &[&["单位编码", "单位名称", "收入", "支出"], &["301", "乙", "2.00", "2.00"]]);
    assert_eq!(grids(&read(&[first, second])).len(), 2);
}

#[test]
fn a_merged_cell_over_a_break_is_one_and_doubted() {
    let first = Sheet::default().table(
        700.0,
        &XS,
        &[&["类别", "名称", "合计", "基本"], &["", "甲", "1.00", "1.00"], &["^", "乙", "1.00", "1.00"]],
    );
    let second = Sheet::default().table(60.0, &XS, &[&["产出", "丙", "1.00", "1.00"], &["^", "丁", "1.00", "1.00"]]);
    let document = read(&[first, second]);
    let cell = &grids(&document)[0].rows[1].cells[0];
    assert_eq!((cell.text.as_str(), cell.rows, cell.doubt.is_some()), ("产出", 4, true));
}

#[test]
fn an_open_sided_table_keeps_its_full_width_row() {
    let mut sheet = Sheet::default();
    for y in [100.0, 120.0, 140.0, 160.0, 180.0] {
        sheet = sheet.line([60.0, y, 500.0, y]);
    }
    for x in [160.0, 300.0] {
        // The row from 140 to 160 is one cell from side to side.
        sheet = sheet.line([x, 100.0, x, 140.0]).line([x, 160.0, x, 180.0]);
    }
    for (y, row) in [(114.0, ["编码", "名称", "合计"]), (134.0, ["201", "甲", "1.00"]), (174.0, ["202", "乙", "2.00"])]
    {
        sheet = sheet.text(70.0, y, row[0]).text(170.0, y, row[1]).text(310.0, y, row[2]);
    }
    let document = read(&[sheet.text(70.0, 154.0, "其中：")]);
    let found = grids(&document);
    assert_eq!(found.len(), 1);
    assert_eq!(
        texts(found[0]),
        [vec!["编码", "名称", "合计"], vec!["201", "甲", "1.00"], vec!["其中："], vec!["202", "乙", "2.00"]]
    );
    assert_eq!(found[0].rows[2].cells[0].columns, 3);
}

#[test]
fn a_table_without_lines_is_found_and_said_to_be_so() {
    let mut sheet = Sheet::default();
    let rows = [
        ["编码", "名称", "合计", "基本支出"],
        ["201", "甲类支出", "1,234.00", "1.00"],
        ["20101", "甲款", "34.00", "2.00"],
        ["20102", "乙款", "", ""],
        ["202", "乙类支出", "5.00", "3.00"],
        ["203", "丙类支出", "6.00", "4.00"],
    ];
    for (row, y) in rows.iter().zip([100.0, 120.0, 140.0, 160.0, 180.0, 200.0]) {
        for (text, x) in row.iter().zip([60.0, 130.0, 280.0, 400.0]).filter(|(text, _)| !text.is_empty()) {
            sheet = sheet.text(x, y, text);
        }
    }
    let document = read(&[sheet]);
    let found = grids(&document);
    assert_eq!(texts(found[0]), rows.map(|row| row.to_vec()));
    assert!(document.notes.iter().any(|note| note.zh.contains("按空白分") && note.place.is_some()));
}

/// Texts of a table without lines, row by row: each cell at its column's place, blank cells left out.
fn unruled(mut sheet: Sheet, xs: &[f64], top: f64, rows: &[&[&str]]) -> Sheet {
    let mut y = top;
    for row in rows {
        for (text, x) in row.iter().zip(xs).filter(|(text, _)| !text.is_empty()) {
            // Figures end at the right of their column.
            let right = if text.contains('.') { 60.0 - 5.0 * text.len() as f64 } else { 0.0 };
            sheet = sheet.text(x + right, y, text);
        }
        y += 20.0;
    }
    sheet
}

#[test]
fn a_two_sided_table_without_lines_keeps_its_blank_rows_and_its_spaced_totals() {
    let mut rows: Vec<[&str; 4]> = vec![["收 入", "", "支 出", ""], ["项目", "预算数", "项目", "预算数"]];
    rows.push(["一、甲收入", "12.00", "一、甲支出", "5.00"]);
    let blank = ["二、乙支出", "三、丙支出", "四、丁支出", "五、戊支出", "六、己支出", "七、庚支出"];
    rows.extend(blank.map(|name| ["", "", name, ""]));
    rows.push(["", "", "八、辛支出", "7.00"]);
    rows.push(["本年收入合计", "12.00", "本年支出合计", "12.00"]);
    rows.push(["", "12.00", "", "12.00"]);
    let slices: Vec<&[&str]> = rows.iter().map(<[&str; 4]>::as_slice).collect();
    let mut sheet = unruled(Sheet::default(), &[60.0, 170.0, 300.0, 430.0], 100.0, &slices);
    for (text, x) in [
        ("收", 60.0),
        ("入", 85.0),
        ("总", 110.0),
        ("计", 135.0),
        ("支", 300.0),
        ("出", 325.0),
        ("总", 350.0),
        ("计", 375.0),
    ] {
        sheet = sheet.text(x, 100.0 + 20.0 * 11.0, text);
    }
    let document = read(&[sheet]);
    let found = grids(&document);
    assert_eq!(found.len(), 1);
    let read = texts(found[0]);
    assert_eq!(read.len(), 12);
    assert_eq!(read[8], ["", "", "七、庚支出", ""]);
    let bare: Vec<String> = read[11].iter().map(|text| text.replace(' ', "")).collect();
    assert_eq!(bare, ["收入总计", "12.00", "支出总计", "12.00"]);
}

#[test]
fn the_department_above_a_table_without_lines_is_no_heading_and_dashes_make_no_column() {
    let sheet = Sheet::default().text(60.0, 80.0, "预算部门：某局");
    let rows: [&[&str]; 7] = [
        &["编码", "名称", "合计", "基本支出", "项目支出"],
        &["201", "甲类支出", "30.00", "20.00", "10.00"],
        &["20101", "甲款", "20.00", "20.00", "-"],
        &["20102", "乙款", "10.00", "-", "10.00"],
        &["202", "乙类支出", "30.00", "30.00", "-"],
        &["20201", "丙款", "30.00", "30.00", "-"],
        &["203", "丙类支出", "5.00", "-", "5.00"],
    ];
    let document = read(&[unruled(sheet, &[60.0, 120.0, 220.0, 320.0, 420.0], 100.0, &rows)]);
    let found = grids(&document);
    assert_eq!(texts(found[0]), rows.map(<[&str]>::to_vec));
    assert_eq!(lines(&document), ["预算部门：某局"]);
}

#[test]
fn prose_with_figures_is_no_table() {
    let sheet = Sheet::default()
        .text(80.0, 100.0, "本年收入")
        .text(122.5, 100.0, "1,234.00")
        .text(165.0, 100.0, "万元，比上年增加")
        .text(247.5, 100.0, "12.00")
        .text(60.0, 120.0, "万元，增长")
        .text(112.5, 120.0, "1.50%")
        .text(140.0, 120.0, "。支出")
        .text(172.5, 120.0, "1,234.00")
        .text(60.0, 140.0, "万元，其中")
        .text(115.0, 140.0, "34.00")
        .text(148.0, 140.0, "万元为")
        .text(182.0, 140.0, "2026")
        .text(206.0, 140.0, "年新增。");
    let document = read(&[sheet]);
    assert!(grids(&document).is_empty());
    assert_eq!(lines(&document)[0], "本年收入1,234.00万元，比上年增加12.00");
    let Block::Text(text) = &document.blocks[0] else { panic!("text") };
    let begins: Vec<bool> = text.iter().map(|line| line.after_blank).collect();
    assert_eq!(begins, [true, false, true], "the first line is full, the second ends early");
}

#[test]
fn an_amount_and_the_next_name_in_one_string_are_parted() {
    let sheet = Sheet::default().table(100.0, &[60.0, 160.0, 300.0], &[&["金额", "项目"], &["", ""]]).text(
        115.0,
        134.0,
        "18,330.37一、基本支出",
    );
    assert_eq!(texts(grids(&read(&[sheet]))[0])[1], ["18,330.37", "一、基本支出"]);
}

#[test]
fn unknown_characters_are_neither_guessed_nor_dropped() {
    let sheet = Sheet::default()
        .table(100.0, &[60.0, 160.0, 300.0], &[&["项目", "金额"], &["甲", ""]])
        .raw("BT /F2 10 Tf 1 0 0 1 170 708 Tm <00120013> Tj ET");
    let document = read(&[sheet]);
    let cell = &grids(&document)[0].rows[1].cells[1];
    assert_eq!((cell.text.as_str(), cell.doubt.is_some()), ("\u{FFFD}\u{FFFD}", true));
    assert!(document.notes.iter().any(|note| note.zh.contains("2 个字")));
}

#[test]
fn a_page_that_is_a_picture_is_said_to_be_one() {
    let picture = Sheet { image: true, ..Sheet::default() };
    let document = read(&[Sheet::default().text(60.0, 100.0, "部门预算公开说明文字"), picture]);
    assert!(
        document.blocks.iter().any(|block| matches!(block, Block::Image { place: Place::Page { page: 2, .. }, .. }))
    );
    assert!(document.notes.iter().any(|note| note.zh.contains("第 2 页是图片，未能核对")));
}

#[test]
fn the_document_knows_its_pages() {
    let picture = Sheet { image: true, ..Sheet::default() };
    let turned = Sheet { rotate: 90, ..Sheet::default().text(60.0, 100.0, "部门预算公开说明文字") };
    let document = read(&[turned, picture.clone(), picture, Sheet::default()]);
    let upright = |content| Page { width: 59_500, height: 84_200, turns: 0, content };
    assert_eq!(
        document.pages,
        [
            Page { width: 84_200, height: 59_500, turns: 1, content: PageContent::Text },
            upright(PageContent::Picture),
            upright(PageContent::Picture),
            upright(PageContent::Blank)
        ]
    );
    assert_eq!(document.pages_with(PageContent::Picture), [2, 3]);
}

#[test]
fn a_page_that_is_not_there_is_named_and_the_others_keep_their_numbers() {
    let sheet = |text: &str| Sheet::default().text(60.0, 100.0, text);
    let mut file = written(&[sheet("第一页的文字在这里"), sheet("中间一页的文字"), sheet("最后一页的文字")]);
    let at = file.windows(8).position(|window| window == b"12 0 obj").unwrap();
    file[at..at + 2].copy_from_slice(b"99");
    let document = pdf::read("hole.pdf", &file).unwrap();
    assert_eq!(document.pages_with(PageContent::Damaged), [2]);
    assert!(document.notes.iter().any(|note| note.zh.contains("第 2 页在文件里找不到")), "{:?}", document.notes);
    let Block::Text(text) = &document.blocks[0] else { panic!("text") };
    assert!(matches!(text[1].place, Place::Page { page: 3, .. }));
}

#[test]
fn a_password_is_asked_for_and_used() {
    let file = include_bytes!("pdf/password.pdf");
    assert_eq!(pdf::read("a.pdf", file), Err(ReadError::Password { wrong: false }));
    assert_eq!(pdf::read_with_password("a.pdf", file, Some("other")), Err(ReadError::Password { wrong: true }));
    for password in ["duizhang", "owner"] {
        let document = read_with_password("a.pdf", file, Some(password)).expect("it opens");
        assert_eq!(lines(&document), ["12.50"]);
    }
}

#[test]
fn watermarks_and_white_text_are_left_out_and_counted() {
    let sheet = Sheet::default()
        .text(60.0, 100.0, "正文文字在这里")
        .raw("BT /F1 40 Tf 0.7 0.7 -0.7 0.7 100 300 Tm <cbaed3a1> Tj ET")
        .raw("1 g BT /F1 10 Tf 1 0 0 1 60 600 Tm <3939> Tj ET 0 g");
    let document = read(&[sheet]);
    assert_eq!(lines(&document), ["正文文字在这里"]);
    assert!(document.notes.iter().any(|note| note.zh.contains("水印（斜排、浅色大字或反复叠印的字）共 2 个")));
    assert!(document.notes.iter().any(|note| note.zh.contains("2 个字在页面之外")));
}

#[test]
fn what_cannot_be_read_says_why() {
    let error = |bytes: &[u8]| pdf::read("x.pdf", bytes).unwrap_err();
    assert_eq!(error(b"<html>"), ReadError::Pdf(PdfError::NotPdf));
    assert_eq!(error(b"%PDF-1.4 and an end\n%%EOF"), ReadError::Pdf(PdfError::Damaged));
    assert_eq!(error(b"%PDF-1.4 and nothing more"), ReadError::Pdf(PdfError::Cut));
    assert!(PdfError::Cut.message().zh.contains("文件不完整，可能没有下载完"));
    for error in [PdfError::NotPdf, PdfError::Encryption, PdfError::Damaged, PdfError::Cut] {
        assert!(!error.message().zh.is_empty() && !error.message().en.is_empty());
    }
}

#[test]
fn wherever_a_file_breaks_off_it_is_said() {
    let table = |title: &str| {
        Sheet::default().text(60.0, 80.0, title).table(
            100.0,
            &[60.0, 160.0, 260.0],
            &[&["名称", "合计"], &["甲支出", "9.00"], &["乙支出", "8.00"]],
        )
    };
    let file = written(&[table("支出总表"), table("基金表")]);
    for kept in 1..20 {
        let mut part = file.clone();
        part.truncate(file.len() * kept / 20);
        match pdf::read("cut.pdf", &part) {
            Ok(document) => {
                assert!(document.notes.iter().any(|note| note.zh.contains("不完整")), "{kept}: {:?}", document.notes);
                assert!(document.incomplete, "{kept}");
                let amounts = grids(&document).into_iter().flat_map(|grid| &grid.rows).flat_map(|row| &row.cells);
                let certain = amounts.filter(|cell| cell.text.contains('.') && cell.doubt.is_none()).count();
                assert!(certain % 2 == 0, "{kept}: of a table that lacks a row every figure is in doubt");
            }
            Err(error) => assert_eq!(error, ReadError::Pdf(PdfError::Cut), "{kept}"),
        }
    }
}

#[test]
fn a_file_without_its_end_gives_what_is_left_and_says_so() {
    let mut file = written(&[Sheet::default().text(60.0, 100.0, "第一页文字")]);
    let end = file.windows(7).position(|window| window == b"trailer").unwrap();
    file.truncate(end);
    // Without the catalog nothing leads to the pages.
    let start = file.windows(7).position(|window| window == b"1 0 obj").unwrap();
    file[start..start + 7].copy_from_slice(b"       ");
    let document = pdf::read("cut.pdf", &file).expect("the page is still there");
    assert_eq!(lines(&document), ["第一页文字"]);
    assert!(document.notes.iter().any(|note| note.zh.contains("不完整")));
}

#[test]
fn damaged_files_never_panic() {
    let file =
        written(&[Sheet::default().table(100.0, &XS, &[&["甲", "乙", "丙", "丁"], &["1.00", "^", "<", "4.00"]])]);
    for end in (0..file.len()).step_by(7) {
        let _ = pdf::read("cut.pdf", &file[..end]);
    }
    for at in (0..file.len()).step_by(5) {
        let mut file = file.clone();
        for byte in file.iter_mut().skip(at).take(3) {
            *byte ^= 0x55;
        }
        let _ = pdf::read("bent.pdf", &file);
    }
}

#[test]
fn huge_numbers_and_endless_forms_end() {
    let wild = Sheet::default()
        .raw("1e30 0 0 1e30 0 0 cm 0 0 99999999999 99999999999 re S")
        .text(1e9, -1e9, "甲")
        .raw(&"q ".repeat(5_000))
        .raw(&"0 0 m 1 1 l S ".repeat(20_000));
    let _ = read(&[wild]);
}

#[test]
fn same_bytes_same_document() {
    let file =
        written(&[Sheet::default().table(100.0, &XS, &[&["甲", "乙", "丙", "丁"], &["1.00", "2.00", "", "4.00"]])]);
    assert_eq!(pdf::read("a.pdf", &file).unwrap(), pdf::read("a.pdf", &file).unwrap());
}

#[test]
fn forms_under_one_title_stay_apart() {
    let form = |name: &str, amount: &str| {
        Sheet::default().table(
            60.0,
            &XS,
            &[
                &["项目绩效目标表", "<", "<", "<"],
                &["项目名称", name, "项目性质", "经常性"],
                &["项目总额", amount, "其中：财政", amount],
            ],
        )
    };
    let document = read(&[form("甲项目", "1.00"), form("乙项目", "2.00")]);
    let found = grids(&document);
    assert_eq!(found.len(), 2);
    assert_eq!(texts(found[1])[0], ["项目绩效目标表"], "the second keeps its title");
}

#[test]
fn figures_of_a_merged_row_that_a_page_break_cuts_are_read_once() {
    let header: &[&str] = &["项目", "金额", "指标", "值"];
    // The name stands on the first page, the amount is cut through by the break and painted on both.
    let first = Sheet::default()
        .table(700.0, &XS, &[header, &["甲项目", "", "数量", "1"], &["^", "^", "质量", "2"]])
        .raw("q 0 82 595 760 re W n")
        .text(170.0, 763.0, "98.00")
        .raw("Q");
    let second = Sheet::default()
        .table(60.0, &XS, &[header, &["", "", "时效", "3"], &["^", "^", "成本", "4"]])
        .raw("q 0 0 595 762 re W n")
        .text(170.0, 83.0, "98.00")
        .raw("Q");
    let document = read(&[first, second]);
    let found = grids(&document);
    assert_eq!(found.len(), 1);
    let cells: Vec<_> = found[0].rows.iter().flat_map(|row| &row.cells).collect();
    let amounts: Vec<_> = cells.iter().filter(|cell| cell.text == "98.00").collect();
    assert_eq!(amounts.len(), 1);
    assert_eq!((amounts[0].rows, amounts[0].doubt.is_some()), (4, true));
}

#[test]
fn rows_between_rules_keep_wrapped_figures_and_spans() {
    let mut sheet = Sheet::default();
    // Rules as wide as the table, but one that leaves out the first column: the name there reaches over two rows.
    for (y, from) in [(100.0, 60.0), (120.0, 60.0), (150.0, 60.0), (170.0, 160.0), (190.0, 60.0)] {
        for pair in [60.0, 160.0, 300.0, 400.0].windows(2).filter(|pair| pair[0] >= from) {
            sheet = sheet.line([pair[0], y, pair[1], y]);
        }
    }
    let cells = [
        (70.0, 114.0, "名称"),
        (170.0, 114.0, "合计"),
        (310.0, 114.0, "基本"),
        (70.0, 139.0, "合计"),
        (250.0, 133.0, "101,516.1"),
        (290.0, 145.0, "5"),
        (360.0, 139.0, "2.00"),
        (70.0, 174.0, "甲局"),
        (260.0, 164.0, "3.00"),
        (360.0, 164.0, "4.00"),
        (260.0, 184.0, "5.00"),
        (360.0, 184.0, "6.00"),
    ];
    for (x, y, text) in cells {
        sheet = sheet.text(x, y, text);
    }
    let document = read(&[sheet]);
    let found = grids(&document);
    assert_eq!(
        texts(found[0]),
        [
            vec!["名称", "合计", "基本"],
            vec!["合计", "101,516.15", "2.00"],
            vec!["甲局", "3.00", "4.00"],
            vec!["5.00", "6.00"]
        ]
    );
    assert_eq!(found[0].rows[2].cells[0].rows, 2);
    assert!(found[0].rows[3].cells[0].doubt.is_none(), "the joints of the rules are the columns");
}

#[test]
fn labels_in_the_middle_of_their_rows_take_them() {
    let mut sheet = Sheet::default();
    for (x, text) in [(60.0, "一级指标"), (180.0, "二级指标"), (320.0, "指标内容"), (480.0, "指标值")] {
        sheet = sheet.text(x, 100.0, text);
    }
    let rows = ["甲", "乙", "丙", "丁", "戊"];
    for (name, y) in rows.iter().zip([120.0, 140.0, 160.0, 180.0, 200.0]) {
        sheet = sheet.text(320.0, y, &format!("{name}的完成情况")).text(480.0, y, "90%");
    }
    let sheet = sheet
        .text(60.0, 150.0, "产出")
        .text(60.0, 200.0, "效益")
        .text(180.0, 130.0, "数量")
        .text(180.0, 170.0, "质量")
        .text(180.0, 200.0, "社会");
    let document = read(&[sheet]);
    let grid = grids(&document)[0];
    let label =
        |text: &str| grid.rows.iter().flat_map(|row| &row.cells).find(|cell| cell.text == text).map(|cell| cell.rows);
    assert_eq!([label("产出"), label("效益"), label("数量"), label("质量"), label("社会")], [4, 1, 2, 2, 1].map(Some));
    assert_eq!(texts(grid)[1], ["产出", "数量", "甲的完成情况", "90%"]);
    assert!(grid.rows[1].cells[3].doubt.is_some(), "columns told by white space are a guess");
}

#[test]
fn headings_beside_their_figures_are_one_column_with_them() {
    let mut sheet = Sheet::default();
    // Headings in the middle of wide columns, figures at their right; the parent stands above the figures of the first.
    for (x, y, text) in [
        (60.0, 110.0, "编码"),
        (120.0, 110.0, "名称"),
        (318.0, 102.0, "本年支出"),
        (240.0, 118.0, "基本"),
        (390.0, 118.0, "项目"),
        (510.0, 110.0, "合计"),
    ] {
        sheet = sheet.text(x, y, text);
    }
    for (code, y) in ["201", "202", "203", "204"].iter().zip([140.0, 160.0, 180.0, 200.0]) {
        sheet = sheet
            .text(60.0, y, code)
            .text(120.0, y, "某类支出")
            .text(325.0, y, "1.00")
            .text(450.0, y, "2.00")
            .text(560.0, y, "3.00");
    }
    let document = read(&[sheet]);
    let grid = grids(&document)[0];
    assert_eq!(
        texts(grid)[..3],
        [
            vec!["编码", "名称", "本年支出", "合计"],
            vec!["基本", "项目"],
            vec!["201", "某类支出", "1.00", "2.00", "3.00"]
        ]
    );
}

#[test]
fn texts_over_one_another_are_doubted() {
    let sheet = Sheet::default()
        .table(100.0, &[60.0, 160.0, 300.0], &[&["项目", "金额"], &["甲", ""], &["乙", "3.00"]])
        .text(170.0, 134.0, "12.00")
        .text(170.3, 134.0, "345.00");
    let document = read(&[sheet]);
    let rows = &grids(&document)[0].rows;
    assert!(rows[1].cells[1].doubt.is_some(), "{:?}", rows[1].cells[1].text);
    assert!(rows[2].cells[1].doubt.is_none());
}

#[test]
fn recognised_text_is_doubted() {
    let mut sheet = Sheet::default().raw("q 500 0 0 700 40 70 cm /I1 Do Q 3 Tr");
    sheet = sheet.table(100.0, &XS, &[&["甲", "乙", "丙", "丁"], &["1.00", "2.00", "3.00", "4.00"]]);
    let document = read(&[sheet]);
    assert_eq!(document.pages[0].content, PageContent::Recognised);
    assert!(grids(&document)[0].rows[1].cells.iter().all(|cell| cell.doubt.is_some()));
}

#[test]
fn a_page_in_larger_units_has_its_size_in_points() {
    let file =
        written(&[Sheet::default().table(100.0, &XS, &[&["甲", "乙", "丙", "丁"], &["1.00", "2.00", "3.00", "4.00"]])]);
    let text = String::from_utf8_lossy(&file).replace("/Rotate 0", "/UserUnit 2");
    let document = pdf::read("large.pdf", text.as_bytes()).unwrap();
    assert_eq!((document.pages[0].width, document.pages[0].height), (119_000, 168_400));
    let grid = grids(&document)[0];
    assert_eq!(texts(grid)[1], ["1.00", "2.00", "3.00", "4.00"]);
    assert_eq!(grid.rows[0].cells[0].place, Place::Page { page: 1, bbox: [12_000, 20_000, 32_000, 24_000] });
}

#[test]
fn items_begin_paragraphs_and_figures_do_not() {
    let sheet = Sheet::default()
        .text(60.0, 100.0, "部门职责如下所述，负责全区有关工作的组织和实施。")
        .text(60.0, 120.0, "二、机构设置，本部门下设若干机构，支出为")
        .text(60.0, 140.0, "1,022,262.08万元，占总支出的五成左右比例。")
        .text(60.0, 160.0, "表12");
    let document = read(&[sheet]);
    let Block::Text(text) = &document.blocks[0] else { panic!("text") };
    let begins: Vec<bool> = text.iter().map(|line| line.after_blank).collect();
    assert_eq!(begins, [true, true, false, true]);
}

#[test]
fn the_number_of_a_table_is_no_running_head() {
    let sheets: Vec<Sheet> = (1..=4)
        .map(|n| {
            Sheet::default().text(60.0, 40.0, &format!("表{n}")).text(400.0, 40.0, "某局预算公开").text(
                60.0,
                300.0,
                "正文正文正文",
            )
        })
        .collect();
    let document = read(&sheets);
    assert!(["表1", "表2", "表3", "表4"].iter().all(|label| lines(&document).iter().any(|line| line.contains(label))));
}
