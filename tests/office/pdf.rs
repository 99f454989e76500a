//! PDF: tables with all their lines, text in GBK with a font that is not embedded, a page a table.

use std::fmt::Write as _;

use super::{Part, placed};

const WIDTH: usize = 2400;
const HEIGHT: usize = 1200;
const COLUMN: usize = 260;
const ROW: usize = 20;
const MARGIN: usize = 60;

fn text(content: &mut String, x: usize, y: usize, text: &str) {
    let (bytes, ..) = encoding_rs::GBK.encode(text);
    let hex: String = bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let _ = writeln!(content, "BT /F1 10 Tf 1 0 0 1 {x} {} Tm <{hex}> Tj ET", HEIGHT - y);
}

fn line(content: &mut String, [x0, y0, x1, y1]: [usize; 4]) {
    let _ = writeln!(content, "{x0} {} m {x1} {} l S", HEIGHT - y0, HEIGHT - y1);
}

/// The pages: a new one after each table and what follows it up to the next title.
pub(crate) fn pdf(groups: &[Vec<Part>]) -> Vec<u8> {
    let mut pages = Vec::new();
    for parts in groups {
        let mut content = String::new();
        let mut y = MARGIN;
        for part in parts {
            match part {
                Part::Line(words) => {
                    text(&mut content, MARGIN, y + 14, words);
                    y += 2 * ROW;
                }
                Part::Table(rows) => {
                    let (cells, merges) = placed(std::slice::from_ref(part));
                    for (row, column, words) in &cells {
                        let merge = merges.iter().find(|m| (m[0], m[1]) == (*row, *column));
                        let (bottom, right) = merge.map_or((row + 1, column + 1), |m| (m[2] + 1, m[3] + 1));
                        let (left, right) = (MARGIN + column * COLUMN, MARGIN + right * COLUMN);
                        let (top, bottom) = (y + row * ROW, y + bottom * ROW);
                        for edge in [
                            [left, top, right, top],
                            [left, bottom, right, bottom],
                            [left, top, left, bottom],
                            [right, top, right, bottom],
                        ] {
                            line(&mut content, edge);
                        }
                        if !words.is_empty() {
                            text(&mut content, left + 4, top + 14, words);
                        }
                    }
                    y += (rows.len() + 1) * ROW;
                }
            }
        }
        pages.push(content);
    }
    written(&pages)
}

fn written(pages: &[String]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 10 + 2 * page)).collect();
    let mut objects = vec![
        (1, "<</Type/Catalog/Pages 2 0 R>>".to_owned()),
        (2, format!("<</Type/Pages/Count {}/Kids[{}]>>", pages.len(), kids.join(" "))),
        (3, "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/GBK-EUC-H/DescendantFonts[4 0 R]>>".to_owned()),
        (
            4,
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[814 939 500]\
             /CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>"
                .to_owned(),
        ),
    ];
    for (page, content) in pages.iter().enumerate() {
        objects.push((
            10 + 2 * page,
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {} 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
                11 + 2 * page
            ),
        ));
        objects.push((11 + 2 * page, format!("<</Length {}>>\nstream\n{content}\nendstream", content.len())));
    }
    let mut file = b"%PDF-1.4\n".to_vec();
    for (number, body) in &objects {
        file.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    }
    // No table of positions: readers rebuild it.
    file.extend(b"trailer\n<</Root 1 0 R>>\n%%EOF\n");
    file
}
