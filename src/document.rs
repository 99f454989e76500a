//! The file without its format: blocks of headings, text lines and grids, each with its place in the source.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::message::Message;

/// What kind of file the bytes turned out to be (by content, never by name alone).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Format {
    /// Plain text, tables as lines of words or tabs.
    Text,
    /// Markdown, or text that a converter wrote with Markdown marks.
    Markdown,
    /// HTML under whatever name.
    Html,
    /// Comma- or tab-separated values.
    Csv,
    /// PDF with text in it.
    Pdf,
    /// Excel workbook of 2007 and later.
    Xlsx,
    /// Excel workbook of 97–2003.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// Word document of 2007 and later.
    Docx,
    /// Word document of 97–2003.
    Doc,
}

/// Where something stands in the source. The same address in every output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// A piece of one line of a text form: the 1-based line (split on `\n`), and the half-open range of characters
    /// in it, 0-based. The line is that of the decoded source, so an HTML cell's place is its line in the HTML.
    Line {
        /// 1-based line.
        line: u32,
        /// First character.
        from: u32,
        /// One past the last character.
        to: u32,
    },
    /// A box on a page, in hundredths of a point from the top left of the page as it is shown.
    Page {
        /// 1-based page.
        page: u32,
        /// Left, top, right, bottom.
        bbox: [i32; 4],
    },
    /// A cell of a sheet.
    Sheet {
        /// 0-based sheet.
        sheet: u32,
        /// 0-based row.
        row: u32,
        /// 0-based column.
        column: u32,
    },
}

impl Place {
    /// The whole of line `line`, when no piece of it is meant.
    pub fn line(line: u32) -> Self {
        Self::Line { line, from: 0, to: u32::MAX }
    }

    /// The page, for forms with pages.
    pub fn page_number(self) -> Option<u32> {
        match self {
            Self::Page { page, .. } => Some(page),
            _ => None,
        }
    }

    /// The line number, for text forms.
    pub fn line_number(self) -> Option<u32> {
        match self {
            Self::Line { line, .. } => Some(line),
            _ => None,
        }
    }
}

/// A file that was read: blocks in reading order. Nothing in it has been interpreted yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The name it was given.
    pub name: String,
    /// SHA-256 of the bytes read, in lower-case hexadecimal.
    pub sha256: String,
    /// What the bytes turned out to be.
    pub format: Format,
    /// The encoding that the text was decoded from ("UTF-8", "GB18030", …).
    pub encoding: String,
    /// The content, in reading order.
    pub blocks: Vec<Block>,
    /// The decoded source, line by line (split on `\n`, `\r` removed): what [`Place::Line`] points into and what the
    /// page shows as evidence.
    pub lines: Vec<String>,
    /// The names of the sheets that [`Place::Sheet`] points into; empty for other forms.
    pub sheets: Vec<String>,
    /// What reading left out or could not be sure of.
    pub notes: Vec<ReadNote>,
    /// The pages, where the format has them, in order: what [`Place::Page`] points into. A page that the file names but
    /// that could not be found has its place here too, so `pages[n - 1]` is page `n`.
    pub pages: Vec<Page>,
    /// Whether some of it could not be read: the file breaks off, pages are damaged or beyond a limit. A row that any sum
    /// needs may stand there.
    pub incomplete: bool,
}

impl Document {
    /// The numbers of the pages with this to read on them.
    pub fn pages_with(&self, content: PageContent) -> Vec<u32> {
        (1..).zip(&self.pages).filter(|(_, page)| page.content == content).map(|(number, _)| number).collect()
    }
}

/// Page numbers as people write them: `3、5–7、9`, at most some, since a list of a hundred pages helps nobody.
pub fn page_ranges(numbers: &[u32]) -> String {
    const MOST: usize = 12;
    let mut runs = numbers.chunk_by(|one, next| one + 1 == *next);
    let mut text: Vec<String> = runs
        .by_ref()
        .take(MOST)
        .map(|run| match run {
            [first, .., last] => format!("{first}–{last}"),
            _ => run.iter().map(u32::to_string).collect(),
        })
        .collect();
    if runs.next().is_some() {
        text.push("…".to_owned());
    }
    text.join("、")
}

/// A page of a source that has pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Width as the page is shown, turned as the file asks for, in hundredths of a point; 0 where it is unknown.
    pub width: i32,
    /// Height as the page is shown.
    pub height: i32,
    /// Clockwise quarter turns that the file asks for. Width, height and every [`Place::Page`] are after them.
    pub turns: u8,
    /// What there was to read on it.
    pub content: PageContent,
}

/// What there was to read on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PageContent {
    /// Text.
    Text,
    /// A scan with the text that a recogniser put behind it: figures may be wrong.
    Recognised,
    /// A picture without text. Nothing on it was read.
    Picture,
    /// Neither text nor picture: blank, or text that was turned into shapes.
    Blank,
    /// Damaged: none of it, or not all of it, could be read.
    Damaged,
}

/// One piece of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A heading that the format marks as one. Plain text has none; there, a heading is a [`Block::Text`] line.
    Heading {
        /// 1 for the highest.
        level: u8,
        /// Its text without marks.
        line: Line,
    },
    /// Lines of text as they stand, blank lines dropped. Not yet rejoined: whether a line goes on in the next one, or
    /// is a row of a table whose columns are kept apart by spaces, is for `recognise` to find.
    Text(Vec<Line>),
    /// A table that the format marks as one (tabs, pipes, `<table>`, CSV).
    Grid(Grid),
    /// A picture that nobody read.
    Image {
        /// Where it stands.
        place: Place,
        /// Its alternative text or file name, if any.
        description: String,
    },
}

/// One line of text, marks removed, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The text, trimmed at both ends, inner spaces kept.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// Whether an empty line or the end of a block stands before it: a wrap inside a paragraph usually has none, but
    /// some extractors put an empty line after every line.
    pub after_blank: bool,
    /// Whether the format marks all of it as strong (bold).
    pub strong: bool,
}

/// A table as the format has it: ragged rows of cells, nothing spread yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// Where it begins.
    pub place: Place,
    /// The format's own caption, if it has one.
    pub caption: Option<Line>,
    /// The rows.
    pub rows: Vec<GridRow>,
    /// True where blank cells may have been lost, so that a row's cells need not stand under their columns (trailing
    /// tabs trimmed, merged cells dropped). Alignment must then be argued, not assumed.
    pub ragged: bool,
}

/// A row of a grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridRow {
    /// Where it stands.
    pub place: Place,
    /// Its cells, left to right, as printed. With spans, a covered position has no cell: [`Grid::spread`] gives every
    /// position.
    pub cells: Vec<Cell>,
    /// Whether the format says it is a header row (`<th>`, the row above `|---|`).
    pub header: bool,
    /// Whether an empty line, or a line that is no row, stands before it: two tables that the format ran together.
    pub after_blank: bool,
}

/// A cell of a grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The text without marks; line ends inside the cell are `\n`.
    pub text: CompactString,
    /// Where it stands.
    pub place: Place,
    /// Columns it covers, at least 1.
    pub columns: u16,
    /// Rows it covers, at least 1.
    pub rows: u16,
    /// Whether the format marks it as strong (bold).
    pub strong: bool,
    /// Why its text may not be what is printed there, where the reader could not be sure.
    pub doubt: Option<Box<Message>>,
}

/// Something that reading left out or doubts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadNote {
    /// What, in Chinese.
    pub zh: String,
    /// What, in English.
    pub en: String,
    /// Where, if at one place.
    pub place: Option<Place>,
}

impl Grid {
    /// The grid with every span spread: `result[r][c]` is the index of the cell (row, position in its row) that
    /// covers the place, or `None`. Rows are as wide as the widest.
    pub fn spread(&self) -> Vec<Vec<Option<(usize, usize)>>> {
        Self::spread_rows(&self.rows)
    }

    /// [`Grid::spread`] of these rows alone.
    pub fn spread_rows(rows: &[GridRow]) -> Vec<Vec<Option<(usize, usize)>>> {
        let mut grid: Vec<Vec<Option<(usize, usize)>>> =
            rows.iter().map(|row| Vec::with_capacity(row.cells.len())).collect();
        for (r, row) in rows.iter().enumerate() {
            let mut c = 0;
            for (i, cell) in row.cells.iter().enumerate() {
                while grid[r].get(c).is_some_and(Option::is_some) {
                    c += 1;
                }
                let last = (r + usize::from(cell.rows.max(1))).min(rows.len());
                for line in &mut grid[r..last] {
                    let end = c + usize::from(cell.columns.max(1));
                    if line.len() < end {
                        line.resize(end, None);
                    }
                    for slot in &mut line[c..end] {
                        slot.get_or_insert((r, i));
                    }
                }
                c += usize::from(cell.columns.max(1));
            }
        }
        let width = grid.iter().map(Vec::len).max().unwrap_or(0);
        for row in &mut grid {
            row.resize(width, None);
        }
        grid
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_written_in_runs() {
        assert_eq!(page_ranges(&[]), "");
        assert_eq!(page_ranges(&[3, 4, 5, 8, 10, 11]), "3–5、8、10–11");
        let scattered: Vec<u32> = (0..20).map(|n| n * 2).collect();
        assert_eq!(page_ranges(&scattered), "0、2、4、6、8、10、12、14、16、18、20、22、…");
    }
}
