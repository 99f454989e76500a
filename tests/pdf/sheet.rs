//! Small PDFs written here: text, lines and tables at their places, and what was read of them.

use std::fmt::Write;

use duizhang::document::{Block, Document, Grid};
use duizhang::read::pdf;

/// A page under construction. Positions are points from the top left of an A4 page.
#[derive(Clone, Default)]
pub(crate) struct Sheet {
    pub(crate) content: String,
    pub(crate) rotate: u16,
    pub(crate) image: bool,
}

impl Sheet {
    pub(crate) fn text(mut self, x: f64, y: f64, text: &str) -> Self {
        let (bytes, _, _) = encoding_rs::GBK.encode(text);
        let hex: String = bytes.iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").unwrap();
            hex
        });
        writeln!(self.content, "BT /F1 10 Tf 1 0 0 1 {x} {} Tm <{hex}> Tj ET", 842.0 - y).unwrap();
        self
    }

    pub(crate) fn raw(mut self, operators: &str) -> Self {
        writeln!(self.content, "{operators}").unwrap();
        self
    }

    pub(crate) fn line(mut self, [x0, y0, x1, y1]: [f64; 4]) -> Self {
        writeln!(self.content, "{x0} {} m {x1} {} l S", 842.0 - y0, 842.0 - y1).unwrap();
        self
    }

    /// A table of rows 20 pt high with all its lines. A cell `<` belongs to the one on its left, `^` to the one above.
    pub(crate) fn table(mut self, top: f64, xs: &[f64], rows: &[&[&str]]) -> Self {
        let y = |row: usize| top + 20.0 * f64::from(u32::try_from(row).unwrap());
        for (r, row) in rows.iter().enumerate() {
            for (c, text) in row.iter().enumerate() {
                let (left, right) = (xs[c], xs[c + 1]);
                if *text != "<" {
                    self = self.line([left, y(r), left, y(r + 1)]);
                }
                if *text != "^" {
                    self = self.line([left, y(r), right, y(r)]);
                }
                if !["<", "^", ""].contains(text) {
                    self = self.text(left + 3.0, y(r) + 14.0, text);
                }
            }
            let right = *xs.last().unwrap();
            self = self.line([right, y(r), right, y(r + 1)]);
        }
        let bottom = y(rows.len());
        self.line([xs[0], bottom, *xs.last().unwrap(), bottom])
    }
}

/// Writes the file: fonts are not embedded, Chinese is in GBK as many official files have it.
pub(crate) fn written(sheets: &[Sheet]) -> Vec<u8> {
    written_with(sheets, "", &[])
}

/// The same with further `fonts` of the pages' resources, and objects that these name.
pub(crate) fn written_with(sheets: &[Sheet], fonts: &str, further: &[(usize, String)]) -> Vec<u8> {
    let kids: Vec<String> = (0..sheets.len()).map(|i| format!("{} 0 R", 10 + 2 * i)).collect();
    let mut objects: Vec<(usize, String)> = vec![
        (1, "<</Type/Catalog/Pages 2 0 R>>".into()),
        (2, format!("<</Type/Pages/Count {}/Kids[{}]>>", sheets.len(), kids.join(" "))),
        (3, "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/GBK-EUC-H/DescendantFonts[4 0 R]>>".into()),
        (
            4,
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[814 939 500]\
             /CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>"
                .into(),
        ),
        (5, "<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[6 0 R]>>".into()),
        (
            6,
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd/DW 1000\
             /CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
                .into(),
        ),
        (
            7,
            "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\n\
             stream\n0\nendstream"
                .into(),
        ),
    ];
    objects.extend_from_slice(further);
    for (index, sheet) in sheets.iter().enumerate() {
        let content = if sheet.image { "500 0 0 700 40 70 cm /I1 Do".to_owned() } else { sheet.content.clone() };
        objects.push((
            10 + 2 * index,
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {}/Contents {} 0 R\
                 /Resources<</Font<</F1 3 0 R/F2 5 0 R{fonts}>>/XObject<</I1 7 0 R>>>>>>",
                sheet.rotate,
                11 + 2 * index
            ),
        ));
        objects.push((11 + 2 * index, format!("<</Length {}>>\nstream\n{content}\nendstream", content.len())));
    }
    let mut file = b"%PDF-1.4\n".to_vec();
    for (number, body) in &objects {
        file.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    }
    // No table of positions: readers rebuild it.
    file.extend(b"trailer\n<</Root 1 0 R>>\n%%EOF\n");
    file
}

pub(crate) fn read(sheets: &[Sheet]) -> Document {
    pdf::read("test.pdf", &written(sheets)).expect("the file is readable")
}

pub(crate) fn grids(document: &Document) -> Vec<&Grid> {
    document.blocks.iter().filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None }).collect()
}

pub(crate) fn texts(grid: &Grid) -> Vec<Vec<&str>> {
    grid.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect()).collect()
}

pub(crate) fn lines(document: &Document) -> Vec<&str> {
    let mut all = Vec::new();
    for block in &document.blocks {
        if let Block::Text(lines) = block {
            all.extend(lines.iter().map(|line| line.text.as_str()));
        }
    }
    all
}
