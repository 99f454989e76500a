//! What a sheet becomes, whatever its format.

use super::layout::lay_out;
use super::{Book, Sheet, Shown};
use crate::document::Block;
use crate::read::flow::Flow;

/// Row and column of the first and the last cell of a merged area.
type Merge = ((u32, u32), (u32, u32));

/// A sheet from rows of cells parted by `|`, with merged cells (rows, columns).
fn sheet(rows: &[&str], merges: &[Merge]) -> Sheet {
    let mut sheet = Sheet { name: "表".to_owned(), ..Sheet::default() };
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, text) in (0_u32..).zip(cells.split('|')) {
            sheet.put(row, column, Shown { text: text.to_owned(), ..Shown::default() });
        }
    }
    for &(rows, columns) in merges {
        sheet.merge(rows, columns);
    }
    sheet
}

/// The blocks of a workbook, each in one line: `+` for a column that a cell covers beside its own, `^` for a row.
fn shown(sheets: Vec<Sheet>) -> (Vec<String>, Vec<String>) {
    let mut book = Book { sheets, ..Book::default() };
    let mut flow = Flow::default();
    lay_out(&mut book, &mut flow).expect("small");
    let (blocks, notes) = flow.finish().expect("small");
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Heading { line, .. } => lines.push(format!("# {}", line.text)),
            Block::Text(text) => lines.extend(text.into_iter().map(|line| line.text)),
            Block::Grid(grid) => {
                for row in grid.rows {
                    let cells = row.cells.iter().map(|cell| {
                        let doubt = if cell.doubt.is_some() { "?" } else { "" };
                        let (wide, high) = (usize::from(cell.columns) - 1, usize::from(cell.rows) - 1);
                        format!("{}{}{}{doubt}", cell.text, "+".repeat(wide), "^".repeat(high))
                    });
                    lines.push(format!("[{}]", cells.collect::<Vec<_>>().join("|")));
                }
            }
            Block::Image { .. } => lines.push("image".to_owned()),
        }
    }
    (lines, notes.into_iter().map(|note| note.zh).collect())
}

#[test]
fn titles_are_lines_and_merged_headers_span() {
    let rows = [
        "收支总表",
        "",
        "编制部门：|||单位：元",
        "",
        "本年收入||本年支出",
        "项目|预算数|项目|预算数",
        "一、拨款|1.00|一、公共|1.00",
        "",
        "",
        "收入总计|1.00|支出总计|1.00",
        "注：无",
    ];
    let merges = [((0, 0), (0, 3)), ((4, 4), (0, 1)), ((4, 4), (2, 3))];
    let (lines, notes) = shown(vec![sheet(&rows, &merges)]);
    assert_eq!(
        lines,
        [
            "收支总表",
            "[编制部门：|||单位：元]",
            "[本年收入+|本年支出+]",
            "[项目|预算数|项目|预算数]",
            "[一、拨款|1.00|一、公共|1.00]",
            "[收入总计|1.00|支出总计|1.00]",
            "注：无",
        ]
    );
    assert!(notes.is_empty());
}

#[test]
fn several_tables_of_one_sheet_are_several() {
    let rows = [
        "表一",
        "科目|名称|合计",
        "201|甲|1.00",
        "",
        "表二",
        "单位：万元",
        "科目|名称|合计",
        "202|乙|2.00",
        "",
        "合计",
        "说明：都在这里。",
    ];
    let merges = [((0, 0), (0, 2)), ((4, 4), (0, 2)), ((9, 9), (0, 1))];
    let (lines, _) = shown(vec![sheet(&rows, &merges)]);
    assert_eq!(
        lines,
        [
            "表一",
            "[科目|名称|合计]",
            "[201|甲|1.00]",
            "表二",
            "单位：万元",
            "[科目|名称|合计]",
            "[202|乙|2.00]",
            "[合计+|]",
            "说明：都在这里。",
        ]
    );
}

#[test]
fn a_row_of_one_cell_inside_a_two_sided_table_stays_in_it() {
    let rows = ["收入||支出", "甲|1|乙|1", "", "丙", "合计|1|合计|1"];
    let (lines, _) = shown(vec![sheet(&rows, &[((0, 0), (0, 1))])]);
    assert_eq!(lines, ["[收入+|支出|]", "[甲|1|乙|1]", "[丙|||]", "[合计|1|合计|1]"]);
}

#[test]
fn columns_and_rows_that_show_nothing_are_left_out_of_spans() {
    let rows = ["名称||金额", "||", "甲||1"];
    let (lines, _) = shown(vec![sheet(&rows, &[((0, 1), (0, 1)), ((0, 1), (2, 2))])]);
    assert_eq!(lines, ["[名称|金额]", "[甲|1]"]);
}

#[test]
fn what_is_hidden_is_said() {
    let mut first = sheet(&["名称|旧|金额", "甲|9|1", "乙|9|2"], &[]);
    first.hidden_columns.add(1, 1);
    first.hidden_rows.add(2, 2);
    let mut second = sheet(&["草稿|1"], &[]);
    second.hidden = true;
    second.name = "底稿".to_owned();
    let (lines, notes) = shown(vec![first, second]);
    assert_eq!(lines, ["[名称|金额]", "[甲|1]", "[乙?|2?]"]);
    assert_eq!(notes.len(), 3, "{notes:?}");
    assert!(notes[0].contains("底稿") && notes[1].contains("隐藏的列") && notes[2].contains("隐藏的行"), "{notes:?}");
}

#[test]
fn each_shown_sheet_begins_with_its_name() {
    let (lines, _) = shown(vec![sheet(&["一|1"], &[]), sheet(&["二|2"], &[])]);
    assert_eq!(lines, ["# 表", "[一|1]", "# 表", "[二|2]"]);
}

#[test]
fn a_paragraph_in_one_large_cell_is_lines() {
    let (lines, _) = shown(vec![sheet(&["职能", "", "第一。\n第二。"], &[((2, 9), (0, 8))])]);
    assert_eq!(lines, ["职能", "第一。", "第二。"]);
}
