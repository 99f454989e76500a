//! Tables as offices print them, with fewer lines than a table needs: each layout in a small file written here.
#![cfg(feature = "pdf")]
#![expect(clippy::float_arithmetic, reason = "places on a page, no amounts")]

#[path = "pdf/sheet.rs"]
#[expect(dead_code, reason = "raw operators are for the tests of the reader")]
mod sheet;

use duizhang::document::Place;
use sheet::{Sheet, grids, lines, read, texts};

const XS: [f64; 5] = [60.0, 160.0, 300.0, 400.0, 500.0];

/// Text at the left of the cells of a row.
fn row(sheet: Sheet, y: f64, cells: &[&str]) -> Sheet {
    let filled = cells.iter().zip(XS).filter(|(text, _)| !text.is_empty());
    filled.fold(sheet, |sheet, (text, x)| sheet.text(x + 3.0, y, text))
}

fn down(sheet: Sheet, top: f64, bottom: f64) -> Sheet {
    XS.iter().fold(sheet, |sheet, &x| sheet.line([x, top, x, bottom]))
}

fn across(sheet: Sheet, y: f64) -> Sheet {
    sheet.line([XS[0], y, XS[4], y])
}

#[test]
fn rows_that_no_line_parts_are_told_by_their_figures() {
    let mut sheet =
        down(across(across(across(Sheet::default().text(60.0, 80.0, "支出总表"), 100.0), 120.0), 210.0), 100.0, 210.0);
    sheet = row(sheet, 114.0, &["科目编码", "科目名称", "合计", "增减"]);
    sheet = row(sheet, 132.0, &["", "合计", "47.00", "12.50%"]);
    // A name over two lines with its figures beside the middle, and a percentage that its cell breaks.
    sheet = row(sheet, 148.0, &["", "某某机关服务与管理事务办公", "", ""]);
    sheet = row(sheet, 154.0, &["20103", "", "47.00", "-"]);
    sheet = row(sheet, 160.0, &["", "室支出", "", ""]);
    sheet = row(sheet, 176.0, &["2010301", "行政运行", "", ""]);
    sheet = row(sheet, 192.0, &["2010350", "事业运行", "47.00", "-"]);
    let document = read(&[sheet]);
    assert_eq!(
        texts(grids(&document)[0]),
        [
            ["科目编码", "科目名称", "合计", "增减"],
            ["", "合计", "47.00", "12.50%"],
            ["20103", "某某机关服务与管理事务办公室支出", "47.00", "-"],
            ["2010301", "行政运行", "", ""],
            ["2010350", "事业运行", "47.00", "-"],
        ]
    );
    assert!(grids(&document)[0].rows.iter().flat_map(|row| &row.cells).all(|cell| cell.doubt.is_none()));
}

#[test]
fn columns_without_any_line_across_go_on_over_a_page_break() {
    let mut first = down(across(across(Sheet::default().text(60.0, 80.0, "支出总表"), 700.0), 720.0), 700.0, 780.0);
    first = row(first, 714.0, &["科目编码", "科目名称", "合计", "基本"]);
    first = row(first, 734.0, &["205", "教育支出", "9.00", "4.00"]);
    first = row(first, 754.0, &["20502", "普通教育", "9.00", "4.00"]);
    let mut second = down(Sheet::default(), 60.0, 120.0);
    second = row(second, 74.0, &["2050201", "学前教育", "5.00", "1.00"]);
    second = row(second, 94.0, &["2050202", "小学教育", "4.00", "3.00"]);
    let document = read(&[first, second]);
    assert_eq!(grids(&document).len(), 1);
    assert_eq!(
        texts(grids(&document)[0])[3..],
        [["2050201", "学前教育", "5.00", "1.00"], ["2050202", "小学教育", "4.00", "3.00"]]
    );
}

#[test]
fn a_percentage_that_its_cell_breaks_is_no_row() {
    let xs = [60.0, 160.0, 220.0, 255.0];
    let mut sheet = Sheet::default();
    for x in xs {
        sheet = sheet.line([x, 100.0, x, 200.0]);
    }
    for y in [100.0, 120.0, 200.0] {
        sheet = sheet.line([xs[0], y, xs[3], y]);
    }
    for (x, y, text) in [
        (63.0, 114.0, "科目"),
        (163.0, 114.0, "合计"),
        (223.0, 114.0, "增减"),
        (63.0, 140.0, "教育支出"),
        (163.0, 140.0, "9.00"),
        (223.0, 134.0, "-138.0"),
        (223.0, 146.0, "9%"),
        (63.0, 170.0, "农林水支出"),
        (163.0, 170.0, "8.00"),
        (223.0, 170.0, "7.10%"),
    ] {
        sheet = sheet.text(x, y, text);
    }
    let document = read(&[sheet]);
    assert_eq!(texts(grids(&document)[0])[1..], [["教育支出", "9.00", "-138.09%"], ["农林水支出", "8.00", "7.10%"]]);
}

#[test]
fn a_ruled_header_lends_its_columns_to_the_rows_below_it() {
    let mut sheet =
        Sheet::default().text(60.0, 80.0, "支出总表").table(100.0, &XS, &[&["科目编码", "科目名称", "合计", "基本"]]);
    sheet = row(sheet, 136.0, &["", "合计", "9.00", "4.00"]);
    sheet = row(sheet, 152.0, &["205", "教育支出", "9.00", "4.00"]);
    sheet = row(sheet, 168.0, &["20502", "普通教育", "9.00", ""]);
    sheet = sheet.text(60.0, 190.0, "注：本表反映本单位当年各项支出的情况，金额按万元列示。");
    let document = read(&[sheet]);
    let grid = grids(&document)[0];
    assert_eq!(
        texts(grid)[1..],
        [["", "合计", "9.00", "4.00"], ["205", "教育支出", "9.00", "4.00"], ["20502", "普通教育", "9.00", ""]]
    );
    assert_eq!(lines(&document).len(), 2, "the title and the note are no rows");
}

#[test]
fn title_and_unit_inside_the_frame_are_rows_of_their_own() {
    let mut sheet = down(across(across(across(Sheet::default(), 60.0), 100.0), 120.0), 100.0, 180.0);
    sheet = sheet.line([XS[0], 60.0, XS[0], 100.0]).line([XS[4], 60.0, XS[4], 100.0]);
    sheet = across(across(sheet, 150.0), 180.0);
    sheet = sheet.text(240.0, 76.0, "支出总表").text(400.0, 94.0, "单位：万元");
    sheet = row(sheet, 114.0, &["科目编码", "科目名称", "合计", "基本"]);
    sheet = row(sheet, 140.0, &["205", "教育支出", "9.00", "4.00"]);
    sheet = row(sheet, 170.0, &["20502", "普通教育", "9.00", "4.00"]);
    let document = read(&[sheet]);
    assert_eq!(texts(grids(&document)[0])[..2], [["支出总表"], ["单位：万元"]]);
}

#[test]
fn the_right_side_of_a_wide_sheet_stands_beside_its_left() {
    let left = Sheet::default().text(60.0, 80.0, "支出总表").table(
        100.0,
        &XS[..4],
        &[&["科目", "<", "合计"], &["编码", "名称", "^"], &["205", "教育支出", "9.00"], &["20502", "普通教育", "9.00"]],
    );
    // The level of the header that this side lacks has no line here; the last column stands alone on a third page.
    let right = Sheet::default().text(200.0, 80.0, "单位：万元").table(
        100.0,
        &[100.0, 200.0, 300.0],
        &[&["基本支出", "项目支出"], &["^", "^"], &["4.00", "3.00"], &["4.00", "3.00"]],
    );
    let last = Sheet::default().table(100.0, &[100.0, 200.0], &[&["其他支出"], &["^"], &["2.00"], &["2.00"]]);
    let document = read(&[left, right, last]);
    assert_eq!(grids(&document).len(), 1);
    let grid = grids(&document)[0];
    assert_eq!(
        texts(grid),
        [
            vec!["科目", "合计", "基本支出", "项目支出", "其他支出"],
            vec!["编码", "名称"],
            vec!["205", "教育支出", "9.00", "4.00", "3.00", "2.00"],
            vec!["20502", "普通教育", "9.00", "4.00", "3.00", "2.00"],
        ]
    );
    assert!(matches!(grid.rows[2].cells[3].place, Place::Page { page: 2, bbox: [10_000, 14_000, 20_000, 16_000] }));
    assert!(matches!(grid.rows[2].cells[5].place, Place::Page { page: 3, .. }));
    assert_eq!(lines(&document), ["支出总表", "单位：万元"]);
    assert_eq!(document.notes.iter().filter(|note| note.zh.contains("右边")).count(), 2, "{:?}", document.notes);
}

#[test]
fn a_sheet_of_four_pages_is_put_together_in_its_printed_order() {
    let page = |xs: &[f64], rows: &[&[&str]]| Sheet::default().table(100.0, xs, rows);
    let wide = &XS[..3];
    let narrow = &[100.0, 200.0, 300.0];
    let sheets = [
        page(wide, &[&["名称", "合计"], &["甲支出", "9.00"], &["乙支出", "8.00"]]),
        page(wide, &[&["丙支出", "7.00"], &["丁支出", "6.00"], &["戊支出", "5.00"]]),
        page(narrow, &[&["基本", "项目"], &["4.00", "5.00"], &["4.00", "4.00"]]),
        page(narrow, &[&["4.00", "3.00"], &["4.00", "2.00"], &["4.00", "1.00"]]),
    ];
    for order in [[0, 1, 2, 3], [0, 2, 1, 3]] {
        let document = read(&order.map(|index| sheets[index].clone()));
        assert_eq!(grids(&document).len(), 1, "{order:?}");
        let rows = texts(grids(&document)[0]);
        assert_eq!(rows[0], ["名称", "合计", "基本", "项目"]);
        assert_eq!(rows[5], ["戊支出", "5.00", "4.00", "1.00"]);
    }
}

#[test]
fn a_table_with_a_title_of_its_own_stands_beside_no_other() {
    let one = Sheet::default().text(60.0, 80.0, "支出总表").table(
        100.0,
        &XS[..3],
        &[&["名称", "合计"], &["甲支出", "9.00"], &["乙支出", "8.00"]],
    );
    let two = Sheet::default().text(60.0, 80.0, "基金表").table(
        100.0,
        &XS[1..4],
        &[&["名称", "合计"], &["丙支出", "9.00"], &["丁支出", "8.00"]],
    );
    assert_eq!(grids(&read(&[one, two])).len(), 2);
}
