//! Pages as they are saved, copied and broken.

use crate::document::{Block, Document, Format, Grid, Place};
use crate::read::{MAX_COLUMNS, read, read_pasted};

fn page(source: &str) -> Document {
    let document = read("网页", source.as_bytes()).expect("it is a page");
    assert_eq!(document.format, Format::Html);
    document
}

/// The blocks in short: `# heading`, text lines, `|` between cells, `!` for pictures, `*` before what is strong.
fn shape(document: &Document) -> Vec<String> {
    let star = |strong: bool| if strong { "*" } else { "" };
    document
        .blocks
        .iter()
        .flat_map(|block| match block {
            Block::Heading { level, line } => vec![format!("{} {}", "#".repeat(usize::from(*level)), line.text)],
            Block::Text(lines) => lines.iter().map(|line| format!("{}{}", star(line.strong), line.text)).collect(),
            Block::Grid(grid) => grid
                .rows
                .iter()
                .map(|row| {
                    let cells: Vec<String> = row
                        .cells
                        .iter()
                        .map(|cell| {
                            let span = match (cell.columns, cell.rows) {
                                (1, 1) => String::new(),
                                (columns, rows) => format!("[{columns}x{rows}]"),
                            };
                            format!("{span}{}{}", star(cell.strong), cell.text.replace('\n', "⏎"))
                        })
                        .collect();
                    format!("{}|{}|", if row.header { "h" } else { "" }, cells.join("|"))
                })
                .collect(),
            Block::Image { description, .. } => vec![format!("!{description}")],
        })
        .collect()
}

fn grids(document: &Document) -> Vec<&Grid> {
    document.blocks.iter().filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None }).collect()
}

/// What the place of a text cuts out of the source.
fn cut(document: &Document, place: Place) -> String {
    let Place::Line { line, from, to } = place else { panic!("a line") };
    let line = &document.lines[line as usize - 1];
    line.chars().skip(from as usize).take((to - from) as usize).collect()
}

#[test]
fn a_table_with_its_spans() {
    let document = page(
        "<html><body><h2>收支总表</h2><p>单位：万元</p><table><caption>表1</caption><thead>\
         <tr><th rowspan=2>科目</th><th colspan='2'>支出</th></tr><tr><th>基本</th><th>项目</th></tr></thead>\
         <tbody><tr><td>合计</td><td align=right>1,234.50</td><td>&nbsp;</td></tr></tbody></table></body></html>",
    );
    assert_eq!(
        shape(&document),
        ["## 收支总表", "单位：万元", "h|[1x2]科目|[2x1]支出|", "h|基本|项目|", "|合计|1,234.50||"]
    );
    let grid = grids(&document)[0];
    assert!(!grid.ragged);
    assert_eq!(grid.caption.as_ref().map(|line| line.text.as_str()), Some("表1"));
    assert_eq!(grid.spread()[1][0], Some((0, 0)));
}

#[test]
fn cells_on_one_source_line_have_places_of_their_own() {
    let document = page("<html><table>\n<tr><td>合计</td><td><b> 5.40 </b></td><td>5.40</td><td></td></tr></table>");
    let row = &grids(&document)[0].rows[0];
    assert_eq!(
        row.cells.iter().map(|cell| cut(&document, cell.place)).collect::<Vec<_>>(),
        ["合计", "5.40", "5.40", ""]
    );
    assert!(row.cells.iter().all(|cell| cell.place.line_number() == Some(2)));
    let mut places: Vec<Place> = row.cells.iter().map(|cell| cell.place).collect();
    places.dedup();
    assert_eq!(places.len(), 4);
    assert!(row.cells[1].strong && !row.cells[2].strong);
}

#[test]
fn a_table_in_a_cell_comes_after_the_table() {
    let document = page(
        "<html><table><tr><td>项目</td><td>目标</td></tr><tr><td>甲</td><td>见右<table><tr><td>指标</td><td>90%</td></tr>\
         </table></td></tr><tr><td>乙</td><td>5</td></tr></table>后文",
    );
    assert_eq!(shape(&document), ["|项目|目标|", "|甲|见右|", "|乙|5|", "|指标|90%|", "后文"]);
}

#[test]
fn a_table_that_lays_out_the_page_is_its_content_in_order() {
    let document = page(
        "<html><table><tr><td>首页</td><td>公开</td></tr><tr><td colspan=2><h1>部门预算</h1><p>表一</p><table><tr><td>合计\
         </td><td>1</td></tr></table><p>表二</p><table><tr><td>合计</td><td>2</td></tr></table></td></tr></table>",
    );
    assert_eq!(shape(&document), ["首页", "公开", "# 部门预算", "表一", "|合计|1|", "表二", "|合计|2|"]);
}

#[test]
fn what_is_not_shown_is_not_read_and_said() {
    let document = page(
        "<html><style>p{width:10px}</style><script>var a = '<td>99</td>';</script><p>甲</p><p style='DISPLAY : none'>77\
         <p>乙</p><div hidden><div>88</div></div><table><tr style='display:none'><td>66</td><td>1</td></tr>\
         <tr><td>丙</td><td hidden>55</td><td>3.00</td></tr></table><template>44</template><span style='mso-hide:all'>1\
         </span><textarea>丁</textarea>",
    );
    assert_eq!(shape(&document), ["甲", "乙", "|丙|3.00|", "丁"]);
    assert_eq!(document.notes.len(), 1);
    assert!(document.notes[0].zh.contains("12 个数字"), "{}", document.notes[0].zh);
}

#[test]
fn hidden_elements_that_are_not_closed_end_with_what_they_stand_in() {
    let document = page(
        "<html><div><p><span style='display:none'>1</p>甲</div><table><tr><td><div hidden>2</td><td>乙</td><td>3</td></table>丁",
    );
    assert_eq!(shape(&document), ["甲", "||乙|3|", "丁"]);
}

#[test]
fn what_excel_and_word_put_on_the_clipboard() {
    let excel = "Version:1.0\r\nStartHTML:0000000105\r\nEndHTML:0000001048\r\n<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\
        \r\n<head><style><!--td {mso-style-parent:style0;}--></style></head><body><table><!--StartFragment-->\r\n<col width=72>\
        <tr height=0 style='display:none'><td width=72></td></tr>\r\n <tr><td class=xl65>合计</td><td x:num=\"990.5\">990.50</td></tr>\
        <!--EndFragment--></table></body></html>";
    let document = read_pasted(Some(excel), "合计\t990.50").expect("a table");
    assert_eq!((document.format, shape(&document)), (Format::Html, vec!["|合计|990.50|".to_owned()]));

    let word = "<!--StartFragment--><p class=MsoNormal><b><span lang=EN-US>2024</span>年预算<o:p></o:p></b></p>\
        <![if !supportLists]><span>1.</span><![endif]><!--[if gte mso 9]><xml>8</xml><![endif]--><p>办公费<span>1</span><span>,2</span>34.5\n万元</p>";
    let document = read_pasted(Some(word), "2024年预算\r\n1.\r\n办公费1,234.5万元").expect("text");
    assert_eq!(
        (document.format, shape(&document)),
        (Format::Text, ["2024年预算", "1.", "办公费1,234.5万元"].map(str::to_owned).to_vec())
    );
    let document = page(word);
    assert_eq!(shape(&document), ["*2024年预算", "1.", "办公费1,234.5 万元"]);

    let rows = "<tr><td>合计</td><td>1</td></tr><tr><td>基本</td><td>1</td></tr>注：无";
    assert_eq!(shape(&page(&format!("<html>{rows}"))), ["|合计|1|", "|基本|1|", "注：无"]);
}

#[test]
fn lines_and_breaks() {
    let document = page(
        "<html><div>甲<br>乙</div><div><div>丙</div></div>\n丁\n戊 己\n<ul><li>一<li>二</ul><pre>科目\t金额\n合计\t5\n\n完</pre>a&nbsp;b &amp; 5&lt;6&#12;7 12m<sup>2</sup>",
    );
    assert_eq!(
        shape(&document),
        ["甲", "乙", "丙", "丁戊 己", "一", "二", "|科目|金额|", "|合计|5|", "完", "a b & 5<6 7 12m²"]
    );
}

#[test]
fn broken_tables_lose_nothing() {
    let document = page("<html><table><tr><td>甲<td>1<tr><td>乙<td>2<table><tr><td>丙</td></tr></table>3<p>4");
    assert_eq!(shape(&document), ["|甲|1|", "|乙|2⏎丙⏎3⏎4|"]);
    let document = page("<html><table>前<tr>中<td>甲</td>后<td>1</td></tr></table></table></td>尾<td>5</td><td>6</td>");
    assert_eq!(shape(&document), ["前", "中", "后", "|甲|1|", "尾", "|5|6|"]);
    let document = page("<html><table><table><tr><td>甲</td><td>1</td></tr></table></table><b>乙");
    assert_eq!(shape(&document), ["|甲|1|", "*乙"]);
}

#[test]
fn spans_are_bounded() {
    let document = page(
        "<html><table><tr><td rowspan=65534 colspan=9999>甲</td><td colspan=0>1</td></tr><tr><td>2</td></tr></table>",
    );
    assert_eq!(document.notes.len(), 1);
    let grid = grids(&document)[0];
    assert!(grid.spread().iter().all(|row| row.len() <= MAX_COLUMNS));
    let document = page(
        "<html><table><thead><tr><td rowspan=0>甲</td><td>1</td></tr></thead><tr><td>2</td><td>3</td></tr></table>",
    );
    assert_eq!(shape(&document), ["h|甲|1|", "|2|3|"]);
    let wide = "<td>7</td>".repeat(1000);
    let document = page(&format!("<html><table><tr>{wide}</tr><tr>{wide}</tr></table>"));
    assert_eq!(grids(&document)[0].rows.iter().map(|row| row.cells.len()).sum::<usize>(), 2000);
    assert!(grids(&document)[0].rows.iter().all(|row| row.cells.len() <= MAX_COLUMNS));
}

#[test]
fn pictures_and_attachments_are_named() {
    let document = page(
        "<html><img src=a/icon.png width=16><p>表一</p><img src='x/表1.jpg?v=2' alt=''><a href='/f/附件.xlsx'>附件</a><iframe src=b.pdf>9</iframe>",
    );
    assert_eq!(shape(&document), ["表一", "!表1.jpg", "附件"]);
    assert_eq!(document.notes.len(), 2);
    assert!(document.notes.iter().any(|note| note.zh.contains("附件.xlsx、b.pdf")));
}

#[test]
fn attributes_without_end_do_not_swallow_what_follows() {
    let endless = " a b c d e f g h i j".repeat(10_000);
    let document = page(&format!("<html><p>甲</p><div{endless}><p>乙 1.00</p>"));
    let shape = shape(&document);
    assert_eq!((shape.first().map(String::as_str), shape.last().map(String::as_str)), (Some("甲"), Some("乙 1.00")));
    let picture: String = std::iter::repeat_n("QUJD/+ \"' ", 10_000).map(|part| part.replace('"', "")).collect();
    let document = page(&format!("<html><p>甲<img src=\"data:{picture}\">乙</p>"));
    assert_eq!(self::shape(&document), ["甲", "!", "乙"]);
}

#[test]
fn text_that_is_set_by_coordinates_is_kept_and_said() {
    let cell = |n: u32| format!("<div style='position:absolute; top:{}pt;left:9pt'>第{n}行的字</div>", n * 30);
    let document = page(&format!("<html>{}", (0..200).map(cell).collect::<String>()));
    assert_eq!((shape(&document).len(), document.notes.len()), (200, 1));
}

#[cfg(feature = "pdf")]
#[test]
fn a_table_of_positioned_boxes_is_read_through_its_coordinates() {
    use std::fmt::Write as _;
    // A sheet as converters write it: texts in columns order, so that only coordinates tell the rows; rules as borders.
    let mut sheet = String::new();
    let text = |sheet: &mut String, left: u32, top: u32, text: &str| {
        write!(
            sheet,
            "<div class=\"p\" style=\"top:{top}.5pt;left:{left}pt;line-height:9.0pt;font-size:9.0pt;position:absolute;\">{text}</div>"
        )
        .unwrap();
    };
    text(&mut sheet, 200, 20, "支出预算表");
    let columns = [(60, "科目编码"), (160, "科目名称"), (300, "合计"), (400, "基本支出"), (500, "项目支出")];
    for (at, (left, header)) in columns.into_iter().enumerate() {
        text(&mut sheet, left, 52, header);
        for row in 0..30 {
            let top = 72 + row * 20;
            match at {
                0 => text(&mut sheet, left, top, &format!("20805{row:02}")),
                1 => text(&mut sheet, left, top, "某项支出"),
                2 => text(&mut sheet, left, top, &format!("{row}.50")),
                3 if row % 2 == 0 => text(&mut sheet, left, top, &format!("{row}.50")),
                4 if row % 2 == 1 => text(&mut sheet, left, top, &format!("{row}.50")),
                _ => {}
            }
        }
    }
    for row in 0..=31 {
        write!(sheet, "<div style=\"position:absolute;left:50pt;top:{}pt;width:520pt;height:0pt;border-bottom:0.5pt solid #000\"> </div>", 47 + row * 20).unwrap();
    }
    for left in [50, 150, 280, 380, 480, 570] {
        write!(sheet, "<div style=\"position:absolute;left:{left}pt;top:47pt;width:0pt;height:620pt;border-right:0.5pt solid #000\"> </div>").unwrap();
    }
    let document = page(&format!(
        "<html><p>导航</p><div class=\"page\" style=\"width:595pt;height:842pt;position:relative;\">{sheet}</div><p>页尾</p>"
    ));
    let grids = grids(&document);
    assert_eq!(grids.len(), 1);
    let texts = |row: usize| grids[0].rows[row].cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>();
    assert_eq!(grids[0].rows.len(), 31);
    assert_eq!(texts(0), ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]);
    assert_eq!(texts(1), ["2080500", "某项支出", "0.50", "0.50", ""]);
    assert_eq!(texts(2), ["2080501", "某项支出", "1.50", "", "1.50"]);
    let place = grids[0].rows[2].cells[4].place;
    let Place::Line { line, from, to } = place else { panic!("a place of the source: {place:?}") };
    let source: String =
        document.lines[line as usize - 1].chars().skip(from as usize).take((to - from) as usize).collect();
    assert_eq!(source, "1.50");
    assert!(document.notes.iter().any(|note| note.zh.contains("坐标")));
}
