//! A small PDF writer: a budget in Markdown becomes pages with ruled tables, as an office program prints them. Its Chinese
//! font is not embedded and the text is in GBK, as in many official files.

use std::fmt::Write as _;

/// Hundredths of a point. The page is A4.
const WIDTH: usize = 59_500;
const HEIGHT: usize = 84_200;
const MARGIN: usize = 4_000;
const ROW: usize = 2_000;

/// The pages of a file under construction.
struct Pages {
    pages: Vec<String>,
    /// How far down the last page is written.
    at: usize,
}

/// The budget as a PDF. A line `![]` of its own becomes a page that is a picture.
pub(crate) fn pdf(markdown: &str) -> Vec<u8> {
    let mut pages = Pages { pages: vec![String::new()], at: MARGIN };
    let mut table: Vec<Vec<&str>> = Vec::new();
    for line in markdown.lines().chain([""]) {
        let cells = line.strip_prefix('|').and_then(|line| line.strip_suffix('|'));
        if let Some(cells) = cells {
            if !cells.contains("---") {
                table.push(cells.split('|').map(str::trim).collect());
            }
            continue;
        }
        if !table.is_empty() {
            pages.table(&std::mem::take(&mut table));
        }
        match line.trim_start_matches('#').trim() {
            "" => {}
            "![]" => pages.picture(),
            text => pages.text(text),
        }
    }
    written(&pages.pages)
}

impl Pages {
    fn room(&mut self, height: usize) {
        if self.at + height > HEIGHT - MARGIN {
            self.pages.push(String::new());
            self.at = MARGIN;
        }
    }

    fn write(&mut self, operators: &str) {
        if let Some(page) = self.pages.last_mut() {
            page.push_str(operators);
            page.push('\n');
        }
    }

    fn show(&mut self, x: usize, y: usize, text: &str) {
        let (bytes, _, _) = encoding_rs::GBK.encode(text);
        let hex: String = bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        self.write(&format!("BT /F1 8 Tf 1 0 0 1 {} {} Tm <{hex}> Tj ET", points(x), points(HEIGHT - y)));
    }

    fn line(&mut self, [x0, y0, x1, y1]: [usize; 4]) {
        let (y0, y1) = (HEIGHT - y0, HEIGHT - y1);
        self.write(&format!("{} {} m {} {} l S", points(x0), points(y0), points(x1), points(y1)));
    }

    /// A paragraph, in lines as long as the page is wide.
    fn text(&mut self, text: &str) {
        let characters: Vec<char> = text.chars().collect();
        for line in characters.chunks(60) {
            self.room(ROW);
            self.at += 1_500;
            self.show(MARGIN, self.at, &line.iter().collect::<String>());
            self.at += 500;
        }
    }

    fn table(&mut self, rows: &[Vec<&str>]) {
        self.room(rows.len() * ROW + ROW);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let wanted = |column: usize| {
            let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 400 } else { 800 }).sum::<usize>() + 600;
            rows.iter().filter_map(|row| row.get(column)).map(|text| width(text)).max().unwrap_or(600)
        };
        let mut edges = vec![MARGIN];
        for column in 0..columns {
            edges.push(edges[column] + wanted(column));
        }
        assert!(edges[columns] < WIDTH, "the table fits the page");
        let top = self.at;
        let bottom = top + rows.len() * ROW;
        for &x in &edges {
            self.line([x, top, x, bottom]);
        }
        for (index, row) in rows.iter().enumerate() {
            let y = top + index * ROW;
            self.line([MARGIN, y, edges[columns], y]);
            for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                self.show(edges[column] + 300, y + 1_350, text);
            }
        }
        self.line([MARGIN, bottom, edges[columns], bottom]);
        self.at = bottom + 500;
    }

    fn picture(&mut self) {
        self.pages.push("500 0 0 700 40 70 cm /I1 Do".to_owned());
        self.pages.push(String::new());
        self.at = MARGIN;
    }
}

fn points(hundredths: usize) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn written(pages: &[String]) -> Vec<u8> {
    let kids = (0..pages.len()).fold(String::new(), |kids, page| kids + &format!("{} 0 R ", 10 + 2 * page));
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut object = |number: usize, body: &str| file.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    object(1, "<</Type/Catalog/Pages 2 0 R>>");
    object(2, &format!("<</Type/Pages/Count {}/Kids[{kids}]>>", pages.len()));
    object(3, "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/GBK-EUC-H/DescendantFonts[4 0 R]>>");
    object(
        4,
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[814 939 500]\
         /CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
    );
    object(
        5,
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\nstream\n0\nendstream",
    );
    for (index, content) in pages.iter().enumerate() {
        let number = 10 + 2 * index;
        let mut page = String::new();
        write!(page, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R", number + 1).unwrap();
        page.push_str("/Resources<</Font<</F1 3 0 R>>/XObject<</I1 5 0 R>>>>>>");
        object(number, &page);
        object(number + 1, &format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
    }
    // No table of positions: readers rebuild it.
    file.extend(b"trailer\n<</Root 1 0 R>>\n%%EOF\n");
    file
}
