//! Tables as offices print them, with fewer lines than a table needs: each layout in a small file written here.
#![cfg(feature = "pdf")]
#![expect(clippy::float_arithmetic, reason = "places on a page, no amounts")]

#[path = "pdf/sheet.rs"]
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

/// Three narrow columns under a ruled header, no line between the rows below it.
fn three_columns(texts: &[(f64, f64, &str)]) -> Sheet {
    let xs = [60.0, 160.0, 220.0, 255.0];
    let mut sheet = Sheet::default();
    for x in xs {
        sheet = sheet.line([x, 100.0, x, 200.0]);
    }
    for y in [100.0, 120.0, 200.0] {
        sheet = sheet.line([xs[0], y, xs[3], y]);
    }
    for &(x, y, text) in [(63.0, 114.0, "科目"), (163.0, 114.0, "合计"), (223.0, 114.0, "增减")].iter().chain(texts)
    {
        sheet = sheet.text(x, y, text);
    }
    sheet
}

#[test]
fn a_percentage_that_its_cell_breaks_is_no_row() {
    let sheet = three_columns(&[
        (63.0, 140.0, "教育支出"),
        (163.0, 140.0, "9.00"),
        (223.0, 134.0, "-138.0"),
        (223.0, 146.0, "9%"),
        (63.0, 170.0, "农林水支出"),
        (163.0, 170.0, "8.00"),
        (223.0, 170.0, "7.10%"),
    ]);
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

/// A figure that ends at `right`.
fn figure(sheet: Sheet, right: f64, y: f64, text: &str) -> Sheet {
    let width = 5.0 * f64::from(u32::try_from(text.len()).unwrap());
    sheet.text(right - width, y, text)
}

#[test]
fn a_name_close_behind_an_amount_begins_the_next_column() {
    let mut sheet = Sheet::default().text(60.0, 60.0, "收支总表").text(60.0, 80.0, "单位：万元");
    for (x, y, text) in [
        (110.0, 100.0, "收入"),
        (330.0, 100.0, "支出"),
        (80.0, 120.0, "项目"),
        (175.0, 120.0, "预算数"),
        (280.0, 120.0, "项目"),
        (415.0, 120.0, "预算数"),
    ] {
        sheet = sheet.text(x, y, text);
    }
    let rows = [
        ("一、拨款收入", "1234.50", "一、教育支出", "1000.50"),
        ("二、事业收入", "-", "二、科学技术支出", "-"),
        ("三、经营收入", "0.00", "三、农林水支出", "234.00"),
        ("收入总计", "1234.50", "支出总计", "1234.50"),
    ];
    for (index, (name, amount, other, spent)) in rows.iter().enumerate() {
        let y = 140.0 + 20.0 * f64::from(u32::try_from(index).unwrap());
        sheet = sheet.text(60.0, y, name).text(222.0, y, other);
        sheet = figure(figure(sheet, 220.0, y, amount), 450.0, y, spent);
    }
    let document = read(&[sheet]);
    let rows_read = texts(grids(&document)[0]);
    for (row, (name, amount, other, spent)) in rows_read[2..].iter().zip(rows) {
        assert_eq!(*row, [name, amount, other, spent]);
    }
}

#[test]
fn the_right_side_of_a_sheet_without_lines_stands_beside_its_left() {
    let y = |index: usize| 120.0 + 20.0 * f64::from(u32::try_from(index).unwrap());
    // The title stands close above the header on the left, the unit of money over the last column on the right.
    let mut left = row(Sheet::default().text(160.0, 80.0, "支出总表"), 100.0, &["编码", "科目名称", "合计"]);
    let mut right = Sheet::default().text(200.0, 80.0, "单位：万元");
    right = right.text(75.0, 100.0, "基本支出").text(195.0, 100.0, "项目支出");
    for (index, figures) in
        [["9.00", "4.00", "5.00"], ["6.00", "2.50", "3.50"], ["2.00", "1.00", "1.00"], ["1.00", "0.50", "0.50"]]
            .iter()
            .enumerate()
    {
        left =
            figure(left.text(63.0, y(index), "20501").text(163.0, y(index), "教育支出"), 390.0, y(index), figures[0]);
        right = figure(figure(right, 115.0, y(index), figures[1]), 235.0, y(index), figures[2]);
    }
    let document = read(&[left, right]);
    assert_eq!(grids(&document).len(), 1);
    let rows = texts(grids(&document)[0]);
    assert_eq!(rows[0], ["编码", "科目名称", "合计", "基本支出", "项目支出"]);
    assert_eq!(rows[2], ["20501", "教育支出", "6.00", "2.50", "3.50"]);
    assert!(grids(&document)[0].rows[2].cells.iter().all(|cell| cell.doubt.is_some()), "a guess, and said to be one");
    assert_eq!(lines(&document), ["支出总表", "单位：万元"]);
}

#[test]
fn a_sheet_of_four_pages_without_lines_is_put_together() {
    let y = |index: usize| 120.0 + 20.0 * f64::from(u32::try_from(index).unwrap());
    let left = |sheet: Sheet, names: [&str; 4], totals: [&str; 4]| {
        let rows = names.iter().zip(totals).enumerate();
        rows.fold(sheet, |sheet, (index, (name, total))| {
            figure(sheet.text(63.0, y(index), "20501").text(163.0, y(index), name), 390.0, y(index), total)
        })
    };
    let right = |sheet: Sheet, figures: [[&str; 2]; 4]| {
        let rows = figures.iter().enumerate();
        rows.fold(sheet, |sheet, (index, pair)| {
            figure(figure(sheet, 115.0, y(index), pair[0]), 235.0, y(index), pair[1])
        })
    };
    let names = ["教育支出", "教育管理事务支出", "其他支出", "农林水支出"];
    let first = row(Sheet::default().text(160.0, 80.0, "支出总表"), 100.0, &["编码", "科目名称", "合计"]);
    let third = Sheet::default().text(75.0, 100.0, "基本支出").text(195.0, 100.0, "项目支出");
    let document = read(&[
        left(first, names, ["9.00", "6.00", "2.00", "1.00"]),
        left(Sheet::default(), ["教育", "支出", "其他", "水利"], ["19.00", "16.00", "12.00", "11.00"]),
        right(third, [["4.00", "5.00"], ["2.50", "3.50"], ["1.00", "1.00"], ["0.50", "0.50"]]),
        right(Sheet::default(), [["9.00", "10.00"], ["7.50", "8.50"], ["6.00", "6.00"], ["5.50", "5.50"]]),
    ]);
    assert_eq!(grids(&document).len(), 1);
    let rows = texts(grids(&document)[0]);
    assert_eq!(rows[1], ["20501", "教育支出", "9.00", "4.00", "5.00"]);
    assert_eq!(rows[8], ["20501", "水利", "11.00", "5.50", "5.50"]);
}

#[test]
fn names_without_figures_stay_rows_and_the_last_rows_follow_on_the_next_page() {
    let mut first = Sheet::default().text(60.0, 60.0, "支出总表").text(60.0, 80.0, "单位：万元");
    first = row(first, 100.0, &["科目名称", "", "合计", "基本支出"]);
    let y = |index: usize| 120.0 + 20.0 * f64::from(u32::try_from(index).unwrap());
    for index in 0..3 {
        first =
            figure(figure(first.text(60.0, y(index), "教育支出"), 330.0, y(index), "9.00"), 440.0, y(index), "4.00");
    }
    for index in 3..15 {
        first = first.text(60.0, y(index), "其他支出");
    }
    first = figure(figure(first.text(60.0, y(15), "农林水支出"), 330.0, y(15), "8.00"), 440.0, y(15), "1.00");
    let second =
        figure(figure(Sheet::default().text(60.0, 60.0, "支出合计"), 330.0, 60.0, "35.00"), 440.0, 60.0, "13.00");
    let document = read(&[first, second]);
    assert_eq!(grids(&document).len(), 1);
    let rows = texts(grids(&document)[0]);
    assert_eq!(rows.len(), 18, "{rows:?}");
    assert_eq!(rows[17], ["支出合计", "35.00", "13.00"]);
}

#[test]
fn a_heading_above_the_middle_of_three_is_over_all_of_them() {
    let mut sheet = Sheet::default().text(60.0, 60.0, "基本支出表").text(60.0, 80.0, "单位：万元");
    sheet = sheet.text(95.0, 100.0, "经济分类科目").text(330.0, 100.0, "基本支出");
    for (x, text) in [(65.0, "编码"), (150.0, "名称"), (260.0, "合计"), (340.0, "人员"), (420.0, "公用")] {
        sheet = sheet.text(x, 116.0, text);
    }
    for (index, (code, name)) in
        [("301", "工资福利支出"), ("30101", "基本工资"), ("302", "商品和服务支出")].iter().enumerate()
    {
        let y = 132.0 + 16.0 * f64::from(u32::try_from(index).unwrap());
        sheet = sheet.text(60.0, y, code).text(120.0, y, name);
        sheet = figure(figure(figure(sheet, 290.0, y, "9.00"), 370.0, y, "5.00"), 450.0, y, "4.00");
    }
    let document = read(&[sheet]);
    let grid = grids(&document)[0];
    assert_eq!(texts(grid)[..2], [vec!["经济分类科目", "基本支出"], vec!["编码", "名称", "合计", "人员", "公用"]]);
    assert_eq!((grid.rows[0].cells[0].columns, grid.rows[0].cells[1].columns), (2, 3));
}

#[test]
fn a_minus_sign_on_a_line_of_its_own_stays_with_its_figure() {
    let sheet = three_columns(&[
        (63.0, 134.0, "某某机关服务管理支"),
        (63.0, 146.0, "出"),
        (163.0, 140.0, "9.00"),
        (235.0, 134.0, "-"),
        (223.0, 146.0, "98.38%"),
        (63.0, 170.0, "农林水支出"),
        (163.0, 170.0, "8.00"),
        (223.0, 170.0, "-7.10%"),
    ]);
    let document = read(&[sheet]);
    let rows = texts(grids(&document)[0]);
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert_eq!(rows[1][0].replace('\n', ""), "某某机关服务管理支出");
    assert_eq!(rows[1][2].replace('\n', ""), "-98.38%");
}

#[test]
fn coloured_grounds_of_a_header_take_no_row_from_the_table_below() {
    let mut sheet = Sheet::default().text(60.0, 60.0, "支出总表").text(60.0, 80.0, "单位：万元");
    for pair in XS.windows(2) {
        for bottom in [120.0, 140.0] {
            sheet = sheet.raw(&format!("0.8 g {} {} {} 20 re f 0 g", pair[0], 842.0 - bottom, pair[1] - pair[0]));
        }
    }
    sheet = row(sheet, 114.0, &["科目编码", "科目名称", "合计", "基本支出"]);
    sheet = row(sheet, 134.0, &["栏次", "说明", "1", "2"]);
    for y in [100.0, 120.0, 140.0, 160.0, 180.0, 200.0] {
        sheet = across(sheet, y);
    }
    for y in [154.0, 174.0, 194.0] {
        sheet = row(sheet, y, &["205", "教育支出", "9.00", "4.00"]);
    }
    let document = read(&[sheet]);
    let rows: usize = grids(&document).iter().map(|grid| grid.rows.len()).sum();
    assert_eq!((grids(&document).len(), rows), (1, 5));
}

#[test]
fn forms_of_one_height_on_pages_that_follow_are_forms_of_their_own() {
    let form = |x: f64, name: &'static str| {
        let xs = [60.0, 160.0 + x, 300.0, 502.0 + x];
        Sheet::default().table(
            100.0,
            &xs,
            &[
                &["项目名称", name, "<"],
                &["主管部门", "某局", "某中心"],
                &["资金总额", "9.00", "8.00"],
                &["年度目标", "完成", "完成"],
            ],
        )
    };
    let document = read(&[form(0.0, "甲项目"), form(20.0, "乙项目")]);
    assert_eq!(grids(&document).iter().map(|grid| grid.rows[0].cells.len()).collect::<Vec<_>>(), [2, 2]);
}

#[test]
fn a_title_that_the_edge_of_the_page_cuts_is_whole_again() {
    let left = Sheet::default().text(230.0, 80.0, "财政拨款支出决").table(
        100.0,
        &XS[..4],
        &[&["编码", "名称", "合计"], &["205", "教育支出", "9.00"], &["206", "科学技术支出", "9.00"]],
    );
    let right = Sheet::default().text(55.0, 80.0, "出决算表").table(
        100.0,
        &[60.0, 150.0, 240.0],
        &[&["基本支出", "项目支出"], &["4.00", "5.00"], &["4.00", "5.00"]],
    );
    let document = read(&[left, right]);
    assert_eq!(lines(&document), ["财政拨款支出决算表"]);
    assert_eq!(texts(grids(&document)[0])[1], ["205", "教育支出", "9.00", "4.00", "5.00"]);
}

#[test]
fn revenue_and_expenditure_on_two_pages_of_one_shape_are_two_sides() {
    let side = |head: &'static str, name: &'static str| {
        Sheet::default().table(
            100.0,
            &XS[..3],
            &[&[head, "<"], &["项目", "决算数"], &[name, "9.00"], &["合计", "9.00"]],
        )
    };
    let document = read(&[side("收入", "拨款收入"), side("支出", "教育支出")]);
    assert_eq!(texts(grids(&document)[0])[3], ["合计", "9.00", "合计", "9.00"]);
}

#[test]
fn a_ruled_row_whose_code_and_figures_are_broken_stays_one_row() {
    let xs = [60.0, 95.0, 200.0, 240.0, 280.0];
    let mut sheet = Sheet::default().table(
        100.0,
        &xs,
        &[
            &["编码", "名称", "合计", "基本"],
            &["2101", "", "282.00", "282.00"],
            &["", "", "", ""],
            &["221", "住房保障支出", "7.00", "7.00"],
        ],
    );
    for (x, y, text) in [
        (63.0, 148.0, "210110"),
        (63.0, 158.0, "2"),
        (98.0, 153.0, "事业单位医疗"),
        (203.0, 148.0, "28185.8"),
        (203.0, 158.0, "5"),
        (243.0, 148.0, "28185.8"),
        (243.0, 158.0, "5"),
    ] {
        sheet = sheet.text(x, y, text);
    }
    let document = read(&[sheet]);
    assert_eq!(
        texts(grids(&document)[0])[2].iter().map(|text| text.replace('\n', "")).collect::<Vec<_>>(),
        ["2101102", "事业单位医疗", "28185.85", "28185.85"]
    );
}

#[test]
fn a_dash_that_touches_its_figure_is_a_minus_and_a_lone_one_is_none() {
    let mut sheet = row(Sheet::default().text(60.0, 60.0, "支出总表"), 100.0, &["编码", "名称", "合计", "增减"]);
    let rows = [
        ["205", "教育支出", "9.00", "—12.50"],
        ["20501", "教育管理事务", "3.00", "—"],
        ["20502", "普通教育", "4.00", "–3.00"],
        ["206", "科学技术支出", "2.00", "1.00"],
    ];
    for (cells, y) in rows.iter().zip([120.0, 140.0, 160.0, 180.0]) {
        sheet = row(sheet, y, cells);
    }
    let document = read(&[sheet]);
    assert_eq!(texts(grids(&document)[0])[1..], rows);
}

/// Rows without lines down whose amounts end at `ends`, each amount and dash painted on its own.
fn flush(ends: [f64; 3], rows: &[[&str; 5]]) -> Sheet {
    let mut sheet = Sheet::default().text(60.0, 60.0, "支出总表").text(400.0, 80.0, "单位：万元");
    for (row, y) in rows.iter().zip([100.0, 120.0, 140.0, 160.0, 180.0, 200.0, 220.0]) {
        let [code, name, amounts @ ..] = row;
        sheet = sheet.text(60.0, y, code).text(120.0, y, name);
        for (text, end) in amounts.iter().zip(ends).filter(|(text, _)| !text.is_empty()) {
            // A heading in the middle of its column of 38 pt.
            sheet = if text.is_ascii() { figure(sheet, end, y, text) } else { sheet.text(end - 29.0, y, text) };
        }
    }
    sheet
}

#[test]
fn amounts_that_reach_over_one_another_are_columns_by_where_they_end() {
    let rows = [
        ["科目编码", "科目名称", "合计", "基本", "项目"],
        ["", "合计", "3102086.27", "1576745.86", "1525340.41"],
        ["205", "教育支出", "1571548.13", "1369578.69", "201969.44"],
        ["20502", "普通教育", "1378971.18", "1232416.19", "146554.99"],
        ["20508", "进修及培训", "55204.73", "-", "55204.73"],
        ["2050801", "教师进修", "185933.32", "-", "185933.32"],
        ["206", "科学技术支出", "7.00", "7.00", "-"],
    ];
    for pitch in [38.0, 42.0, 46.0, 50.0, 54.0] {
        let document = read(&[flush([300.0, 300.0 + pitch, 300.0 + 2.0 * pitch], &rows)]);
        let found = grids(&document);
        assert_eq!(texts(found[0]), rows, "{pitch}");
        assert!(found[0].rows[1].cells[2].doubt.is_some(), "a guess, and said to be one");
    }
}

#[test]
fn a_ruled_amount_that_begins_on_the_last_digit_of_another_is_whole() {
    // The 2 that the one ends with lies under the 2 that the other begins with.
    let mut sheet = Sheet::default().text(60.0, 80.0, "支出总表").table(
        100.0,
        &[60.0, 160.0, 300.0, 350.0, 400.0],
        &[&["科目编码", "科目名称", "合计", "基本"], &["205", "教育支出", "", ""]],
    );
    sheet = figure(figure(sheet, 349.5, 134.0, "3791818.12"), 399.0, 134.0, "22248543.72");
    let document = read(&[sheet]);
    assert_eq!(texts(grids(&document)[0])[1], ["205", "教育支出", "3791818.12", "22248543.72"]);
}

#[test]
fn a_figure_that_is_painted_digit_by_digit_over_a_line_is_doubted() {
    let xs = [60.0, 160.0, 300.0, 345.0, 390.0];
    let rows: &[&[&str]] = &[&["科目编码", "科目名称", "合计", "基本"], &["205", "教育支出", "", ""]];
    let digits = |sheet: Sheet, right: f64, text: &str| {
        let left = right - 5.0 * f64::from(u32::try_from(text.len()).unwrap());
        text.chars()
            .zip(0_u32..)
            .fold(sheet, |sheet, (c, at)| sheet.text(left + 5.0 * f64::from(at), 134.0, &c.to_string()))
    };
    let read_row = |one: &str, other: &str| {
        let sheet = Sheet::default().text(60.0, 80.0, "支出总表").table(100.0, &xs, rows);
        let document = read(&[digits(digits(sheet, 344.0, one), 389.0, other)]);
        let cells = &grids(&document)[0].rows[1].cells[2..];
        cells.iter().map(|cell| (cell.text.clone(), cell.doubt.is_some())).collect::<Vec<_>>()
    };
    assert!(read_row("1234.50", "1234567.25").iter().all(|(_, doubt)| *doubt), "it begins in the cell before its own");
    let whole = read_row("1234.50", "123456.25");
    assert_eq!(whole, [("1234.50".into(), false), ("123456.25".into(), false)]);
}
