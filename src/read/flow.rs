//! The blocks of a document while they are being read: text lines and table rows come in, blocks come out.
//!
//! Every reader writes here, so the limits on cells, widths and positions hold for all of them. A limit never drops
//! anything silently: a row that is too wide goes on in a second row, a grid that is too large in a second grid, and
//! both are noted; past the limits on the whole file, reading fails.

use compact_str::CompactString;

use super::tabs::trim;
use super::{Excess, MAX_CELLS, MAX_COLUMNS, MAX_LINES, MAX_NOTES, MAX_POSITIONS, ReadError};
use crate::document::{Block, Cell, Grid, GridRow, Line, Place, ReadNote};

/// Text without marks, and whether the format marks all of it as strong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plain {
    pub(super) text: CompactString,
    pub(super) strong: bool,
}

impl Plain {
    /// Text of a format without marks.
    pub(super) fn verbatim(text: &str) -> Self {
        Self { text: text.into(), strong: false }
    }
}

/// Blocks in the making.
#[derive(Debug, Default)]
pub(super) struct Flow {
    blocks: Vec<Block>,
    notes: Vec<ReadNote>,
    /// Lines of the text block that is open.
    text: Vec<Line>,
    /// Rows of the grid that is open.
    rows: Vec<GridRow>,
    /// Widest of `rows`.
    width: usize,
    /// The open grid goes on from one that was cut for its size.
    continued: bool,
    /// An empty line stands before what comes next.
    blank: bool,
    cells: usize,
    lines: usize,
}

impl Flow {
    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.blank = true;
    }

    /// A line of text, which ends an open grid. Line ends inside it make several lines of one place.
    pub(super) fn line(&mut self, plain: Plain, place: Place) {
        self.end_grid();
        self.push_line(plain, place);
    }

    fn push_line(&mut self, Plain { text, strong }: Plain, place: Place) {
        // Mostly it is one line, with no blank around it.
        if !text.is_empty() && !text.contains('\n') && trim(&text).len() == text.len() {
            self.push_text(text.into(), strong, place);
            return;
        }
        for text in text.split('\n').map(str::trim).filter(|text| !text.is_empty()) {
            self.push_text(text.to_owned(), strong, place);
        }
    }

    fn push_text(&mut self, text: String, strong: bool, place: Place) {
        self.lines += 1;
        if self.lines > MAX_LINES {
            return;
        }
        let after_blank = std::mem::take(&mut self.blank) || self.text.is_empty();
        self.text.push(Line { text, place, after_blank, strong });
    }

    /// A heading that the format marks as one. Line ends inside it become blanks: a heading is one line.
    pub(super) fn heading(&mut self, level: u8, plain: &Plain, place: Place) {
        self.end_grid();
        let text: Vec<&str> = plain.text.split('\n').map(str::trim).filter(|text| !text.is_empty()).collect();
        self.lines += 1;
        if text.is_empty() || self.lines > MAX_LINES {
            return;
        }
        self.end_text();
        self.blank = false;
        let line = Line { text: text.join(" "), place, after_blank: true, strong: plain.strong };
        self.blocks.push(Block::Heading { level, line });
    }

    /// A picture.
    pub(super) fn image(&mut self, description: &str, place: Place) {
        self.end_grid();
        self.end_text();
        self.blocks.push(Block::Image { place, description: description.trim().to_owned() });
    }

    /// A row of a table that is given line by line. Rows that follow one another make one grid, empty lines between
    /// them or not.
    pub(super) fn row(&mut self, place: Place, cells: Vec<Cell>, header: bool) {
        self.cells = self.cells.saturating_add(cells.len());
        if self.cells > MAX_CELLS {
            return;
        }
        let mut after_blank = std::mem::take(&mut self.blank);
        if cells.len() <= MAX_COLUMNS {
            self.push_row(GridRow { place, cells, header, after_blank });
            return;
        }
        for cells in self.within_columns(place, cells) {
            self.push_row(GridRow { place, cells, header, after_blank });
            after_blank = false;
        }
    }

    /// A row that is not too wide, in a further grid where the open one would grow too large.
    fn push_row(&mut self, row: GridRow) {
        let width = self.width.max(row.cells.len());
        if (self.rows.len() + 1) * width > MAX_POSITIONS {
            self.end_grid();
            self.continued = true;
            self.note_large_grid(row.place);
        }
        self.width = self.width.max(row.cells.len());
        self.rows.push(row);
    }

    /// Cuts a row of more than [`MAX_COLUMNS`] cells.
    fn within_columns(&mut self, place: Place, mut cells: Vec<Cell>) -> Vec<Vec<Cell>> {
        let mut pieces = Vec::new();
        if cells.len() > MAX_COLUMNS {
            self.note(
                format!("一行有 {} 个单元格，已按每行 {MAX_COLUMNS} 个分成几行", cells.len()),
                format!("a row of {} cells was cut into rows of {MAX_COLUMNS}", cells.len()),
                Some(place),
            );
            let mut rest = cells.into_iter();
            while rest.len() > MAX_COLUMNS {
                pieces.push(rest.by_ref().take(MAX_COLUMNS).collect());
            }
            cells = rest.collect();
        }
        pieces.push(cells);
        pieces
    }

    fn note_large_grid(&mut self, place: Place) {
        self.note(
            format!("表格超过 {MAX_POSITIONS} 个位置，从这里起作为另一个表格读取"),
            format!("a table of more than {MAX_POSITIONS} positions goes on as another one from here"),
            Some(place),
        );
    }

    /// Ends the rows that came line by line. Rows with at most one cell that is not blank, all of them, are
    /// paragraphs indented with tabs: they become text.
    pub(super) fn end_grid(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        let width = std::mem::take(&mut self.width);
        let continued = std::mem::take(&mut self.continued);
        let printed = |row: &GridRow| row.cells.iter().filter(|cell| !cell.text.is_empty()).count();
        if !continued && rows.iter().all(|row| !row.header && printed(row) <= 1) {
            // An empty line after the rows has not been used by any of them.
            let blank = self.blank;
            for row in rows {
                self.blank = row.after_blank || (self.blank && row.cells.is_empty());
                for cell in row.cells {
                    self.push_line(Plain { text: cell.text, strong: cell.strong }, cell.place);
                }
            }
            self.blank = blank;
            return;
        }
        let ragged = rows.iter().any(|row| row.cells.len() < width);
        if let Some(first) = rows.first_mut() {
            first.after_blank = !continued;
            let place = first.place;
            self.end_text();
            self.blocks.push(Block::Grid(Grid { place, caption: None, rows, ragged }));
        }
    }

    /// A table that the format gives whole, with its spans.
    pub(super) fn grid(&mut self, grid: Grid) {
        self.end_grid();
        self.cells = self.cells.saturating_add(grid.rows.iter().map(|row| row.cells.len()).sum());
        if self.cells > MAX_CELLS || grid.rows.is_empty() {
            return;
        }
        self.end_text();
        self.blank = false;
        let grids = self.within_positions(grid);
        self.blocks.extend(grids.into_iter().map(Block::Grid));
    }

    /// Bounds the spans of a grid and cuts it where it would grow past [`MAX_POSITIONS`].
    fn within_positions(&mut self, mut grid: Grid) -> Vec<Grid> {
        let count = grid.rows.len();
        for (index, row) in grid.rows.iter_mut().enumerate() {
            for cell in &mut row.cells {
                let below = u16::try_from(count - index).unwrap_or(u16::MAX);
                cell.rows = cell.rows.clamp(1, below.max(1));
                cell.columns = cell.columns.max(1);
            }
        }
        let Some((width, ragged)) = spread_width(&grid.rows) else {
            self.note(
                format!("表格合并单元格后超过 {MAX_COLUMNS} 列，合并信息未采用"),
                format!(
                    "a table is wider than {MAX_COLUMNS} columns once its merged cells are spread; merging was left out"
                ),
                Some(grid.place),
            );
            let rows = std::mem::take(&mut grid.rows);
            for mut row in rows {
                for cell in &mut row.cells {
                    (cell.columns, cell.rows) = (1, 1);
                }
                let (place, header, after_blank) = (row.place, row.header, row.after_blank);
                let pieces = self.within_columns(place, row.cells);
                grid.rows.extend(pieces.into_iter().map(|cells| GridRow { place, cells, header, after_blank }));
            }
            grid.ragged = true;
            return self.cut(grid, MAX_COLUMNS);
        };
        grid.ragged |= ragged;
        self.cut(grid, width.max(1))
    }

    /// Cuts a grid into grids of at most [`MAX_POSITIONS`] positions at `width` columns.
    fn cut(&mut self, mut grid: Grid, width: usize) -> Vec<Grid> {
        let height = (MAX_POSITIONS / width).max(1);
        let mut grids = Vec::new();
        while grid.rows.len() > height {
            let rest = grid.rows.split_off(height);
            let place = rest.first().map_or(grid.place, |row| row.place);
            self.note_large_grid(place);
            let next = Grid { place, caption: None, rows: rest, ragged: true };
            grids.push(std::mem::replace(&mut grid, next));
        }
        grids.push(grid);
        grids
    }

    /// Something that the reader of the report should know.
    pub(super) fn note(&mut self, zh: String, en: String, place: Option<Place>) {
        if self.notes.len() < MAX_NOTES {
            self.notes.push(ReadNote { zh, en, place });
        } else if self.notes.len() == MAX_NOTES {
            self.notes.push(ReadNote {
                zh: "还有更多类似的提示，未逐条列出".to_owned(),
                en: "there are more notes like these, not listed".to_owned(),
                place: None,
            });
        }
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.blocks.push(Block::Text(std::mem::take(&mut self.text)));
        }
    }

    /// A limit was passed before anything could be handed over.
    pub(super) fn give_up(&mut self, excess: Excess) {
        match excess {
            Excess::Lines => self.lines = MAX_LINES + 1,
            Excess::Cells | Excess::Bytes | Excess::Unpacked => self.cells = MAX_CELLS + 1,
        }
    }

    /// The blocks and notes, or the limit that was passed.
    pub(super) fn finish(mut self) -> Result<(Vec<Block>, Vec<ReadNote>), ReadError> {
        if self.cells > MAX_CELLS {
            return Err(ReadError::TooLarge { what: Excess::Cells, found: self.cells, limit: MAX_CELLS });
        }
        if self.lines > MAX_LINES {
            return Err(ReadError::TooLarge { what: Excess::Lines, found: self.lines, limit: MAX_LINES });
        }
        self.end_grid();
        self.end_text();
        Ok((self.blocks, self.notes))
    }
}

/// How wide [`Grid::spread`] would make these rows, and whether some row falls short; `None` past [`MAX_COLUMNS`].
fn spread_width(rows: &[GridRow]) -> Option<(usize, bool)> {
    let mut ends = Vec::with_capacity(rows.len());
    // How many more rows each column is covered from above.
    let mut covered: Vec<u16> = Vec::new();
    for row in rows {
        let mut fresh: Vec<(usize, usize, u16)> = Vec::new();
        let mut column = 0;
        for cell in &row.cells {
            while covered.get(column).is_some_and(|&rows| rows > 0) {
                column += 1;
            }
            let end = column + usize::from(cell.columns);
            if end > MAX_COLUMNS {
                return None;
            }
            fresh.push((column, end, cell.rows));
            column = end;
        }
        let beyond = covered.iter().rposition(|&rows| rows > 0).map_or(0, |last| last + 1);
        ends.push(column.max(beyond));
        for rows in &mut covered {
            *rows = rows.saturating_sub(1);
        }
        for (start, end, rows) in fresh {
            if covered.len() < end {
                covered.resize(end, 0);
            }
            for slot in covered.get_mut(start..end).into_iter().flatten() {
                *slot = (*slot).max(rows - 1);
            }
        }
    }
    Some((covered.len(), ends.iter().any(|&end| end < covered.len())))
}
