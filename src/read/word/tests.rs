//! What a document becomes. The packages are written here: only the parts that are read.

use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

use crate::document::{Block, Document, Format, Place};

/// A DOCX with this body.
fn docx(body: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let styles = r#"<w:styles><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="a"><w:name w:val="own"/><w:basedOn w:val="1"/></w:style></w:styles>"#;
    let notes = r#"<w:footnotes><w:footnote w:type="separator"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote><w:footnote><w:p><w:r><w:t>脚注</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
    let parts = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>")),
        ("word/styles.xml", styles.to_owned()),
        ("word/footnotes.xml", notes.to_owned()),
    ];
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("a new part");
        zip.write_all(text.as_bytes()).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

fn read(body: &str) -> Document {
    let document = crate::read::read("预算.docx", &docx(body)).expect("it can be read");
    assert_eq!(document.format, Format::Docx);
    document
}

/// The blocks, each in one line: `+` for a column that a cell covers beside its own, `^` for a row.
fn shown(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { level, line } => lines.push(format!("{} {}", "#".repeat(usize::from(*level)), line.text)),
            Block::Text(text) => lines.extend(text.iter().map(|line| line.text.clone())),
            Block::Grid(grid) => {
                for row in &grid.rows {
                    let cells = row.cells.iter().map(|cell| {
                        let (wide, high) = (usize::from(cell.columns) - 1, usize::from(cell.rows) - 1);
                        format!("{}{}{}", cell.text.replace('\n', "/"), "+".repeat(wide), "^".repeat(high))
                    });
                    lines.push(format!("[{}]", cells.collect::<Vec<_>>().join("|")));
                }
            }
            Block::Image { description, .. } => lines.push(format!("image {description}")),
        }
    }
    lines
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text))
}

fn row(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

#[test]
fn headings_paragraphs_and_notes() {
    let body = format!(
        "{}{}{}{}",
        r#"<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>第一部分</w:t></w:r></w:p>"#,
        r#"<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>二级</w:t></w:r></w:p>"#,
        r"<w:p><w:r><w:t>收入</w:t></w:r><w:r><w:tab/><w:t>1.00 &lt;万元&gt;</w:t><w:br/><w:t>下一行</w:t></w:r></w:p>",
        r"<w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>",
    );
    let document = read(&body);
    assert_eq!(shown(&document), ["# 第一部分", "## 二级", "收入  1.00 <万元>", "下一行", "脚注"]);
    assert_eq!(document.lines[2], "收入  1.00 <万元>");
    let Block::Text(lines) = &document.blocks[2] else { panic!("text") };
    assert_eq!(lines[0].place, Place::Line { line: 3, from: 0, to: 13 });
    assert!(lines[0].after_blank && !lines[1].after_blank);
}

#[test]
fn cells_span_columns_and_rows() {
    let table = [
        row(&[cell(r#"<w:vMerge w:val="restart"/>"#, "科目"), cell(r#"<w:gridSpan w:val="2"/>"#, "支出")]),
        row(&[cell("<w:vMerge/>", ""), cell("", "基本"), cell("", "项目")]),
        row(&[cell("", "合计"), cell("", "1.00"), cell("", "2.00")]),
    ];
    let document = read(&format!("<w:tbl>{}</w:tbl>", table.concat()));
    assert_eq!(shown(&document), ["[科目^|支出+]", "[基本|项目]", "[合计|1.00|2.00]", "脚注"]);
    assert_eq!(document.lines[2], "合计\t1.00\t2.00");
    let Block::Grid(grid) = &document.blocks[0] else { panic!("a grid") };
    assert_eq!(grid.rows[2].cells[1].place, Place::Line { line: 3, from: 3, to: 7 });
    let spread = grid.spread();
    assert_eq!(spread[1], [Some((0, 0)), Some((1, 0)), Some((1, 1))]);
}

#[test]
fn a_table_in_a_cell_is_a_table_of_its_own_and_a_frame_is_none() {
    let inner =
        format!("<w:tbl>{}{}</w:tbl>", row(&[cell("", "甲"), cell("", "1")]), row(&[cell("", "乙"), cell("", "2")]));
    let framed = format!("<w:tbl><w:tr><w:tc>{}{inner}</w:tc></w:tr></w:tbl>", paragraph("表一"));
    assert_eq!(shown(&read(&framed)), ["表一", "[甲|1]", "[乙|2]", "脚注"]);
    let outer = [
        row(&[cell("", "科目"), cell("", "说明")]),
        format!("<w:tr>{}<w:tc>{}{inner}</w:tc></w:tr>", cell("", "合计"), paragraph("见下")),
    ];
    let document = read(&format!("<w:tbl>{}</w:tbl>", outer.concat()));
    assert_eq!(shown(&document), ["[科目|说明]", "[合计|见下]", "[甲|1]", "[乙|2]", "脚注"]);
}

#[test]
fn tracked_changes_are_taken_as_accepted() {
    let body = format!(
        "{}{}{}",
        r"<w:p><w:r><w:t>合计</w:t></w:r><w:del><w:r><w:delText>1.00</w:delText></w:r></w:del><w:ins><w:r><w:t>2.00</w:t></w:r></w:ins></w:p>",
        r"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p><w:p><w:r><w:t>后半</w:t></w:r></w:p>",
        format_args!(
            "<w:tbl>{}<w:tr><w:trPr><w:del/></w:trPr>{}{}</w:tr></w:tbl>",
            row(&[cell("", "甲"), cell("", "1")]),
            cell("", "乙"),
            cell("", "2")
        ),
    );
    let document = read(&body);
    assert_eq!(shown(&document), ["合计2.00", "前半后半", "[甲|1]", "脚注"]);
    assert!(document.notes.iter().any(|note| note.zh.contains("修订")));
}

#[test]
fn text_boxes_are_read_once_and_hidden_text_is_not() {
    let box_ = paragraph("框内");
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{box_}</w:txbxContent></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><w:txbxContent>{box_}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r><w:r><w:t>框外</w:t></w:r></w:p>"
    );
    let document = read(&body);
    assert_eq!(shown(&document), ["框内", "框外", "脚注"]);
    assert!(document.notes.iter().any(|note| note.zh.contains("隐藏文字")));
}

#[test]
fn large_pictures_are_named() {
    let picture = |side: u64| {
        format!(
            r#"<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{side}" cy="{side}"/><wp:docPr descr="扫描"/><a:blip/></wp:inline></w:drawing></w:r></w:p>"#
        )
    };
    assert_eq!(shown(&read(&(picture(3_600_000) + &picture(360_000)))), ["image 扫描", "脚注"]);
}

#[test]
fn a_cut_document_says_so() {
    let document = read(
        "<w:p><w:r><w:t>一</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:broken",
    );
    assert_eq!(shown(&document), ["一", "甲", "脚注"]);
    assert!(document.notes.iter().any(|note| note.zh.contains("不完整")));
}
