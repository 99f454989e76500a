//! Tables over page breaks: parts that are one table are joined, repeated headers dropped, cells that the break cut
//! made whole. Where that would be a guess, the parts stay apart or the cell is marked as doubtful.

use std::collections::BTreeMap;

use crate::amount::Amount;
use crate::disclosure::Message;
use crate::document::{Cell, Grid, GridRow, Place};

use super::cells::{Evidence, PageTable, TableCell};
use super::glyphs::Turned;
use super::prose;
use super::space::Area;
use super::text::{CellText, bare, is_amount};

/// Most rows of a header. The deepest official one has 4 and a row of column numbers; a repeated 合计 may follow.
const MAX_HEADER: usize = 7;

/// How far a column may move from page to page, where lines are drawn and where they are guessed from white space.
const SHIFT_RULED: i32 = 400;
const SHIFT_SPACED: i32 = 2_500;

/// A table on its page.
pub(super) struct Part {
    /// 1-based.
    pub(super) page: u32,
    pub(super) turned: Turned,
    pub(super) table: PageTable,
}

impl Part {
    fn place(&self, area: Area) -> Place {
        let edge = self.table.sides.map_or(area.right, |sides| sides.edge);
        place(self.page, self.turned, Area { right: area.right.min(edge), ..area })
    }

    fn cell_place(&self, cell: &TableCell) -> Place {
        cell.elsewhere.unwrap_or_else(|| self.place(cell.area))
    }

    /// The last page that it stands on.
    fn last_page(&self) -> u32 {
        self.table.sides.and_then(|sides| sides.through).unwrap_or(self.page)
    }
}

/// The place of a box on the page as it is shown.
pub(super) fn place(page: u32, turned: Turned, area: Area) -> Place {
    let shown = turned.shown(area);
    Place::Page { page, bbox: [shown.left, shown.top, shown.right, shown.bottom] }
}

/// A table in the making: parts joined so far.
pub(super) struct Joined {
    xs: Vec<i32>,
    /// Where the text of each column stands, as far as it has any.
    content: Vec<Option<(i32, i32)>>,
    evidence: Evidence,
    place: Place,
    rows: Vec<Place>,
    cells: Vec<JoinedCell>,
    /// Where the last part begins among the rows, its page, and how its boundary row ended.
    pub(super) last_page: u32,
    /// How many rows of repeated headers were dropped.
    pub(super) repeated: usize,
    /// The text of them, and of what two pages painted of one cell.
    pub(super) left_out: Vec<String>,
}

struct JoinedCell {
    row: usize,
    column: usize,
    rows: usize,
    columns: usize,
    text: String,
    place: Place,
    doubt: Option<Message>,
    /// Whether the text fills its last line, so that it may go on.
    full: bool,
    /// How many lines of text would fit below it.
    left: i32,
    /// Whether the text reaches over the cell's lower or upper edge.
    hangs: bool,
    rises: bool,
}

impl JoinedCell {
    /// Whether `lower` is the other half of this cell's text, which the page break cuts through and both pages paint.
    fn is_cut_from(&self, lower: &Self) -> bool {
        self.hangs && lower.rises && !self.text.is_empty() && self.text == lower.text
    }
}

impl Joined {
    /// A table of one part so far.
    pub(super) fn new(part: &Part) -> Self {
        let table = &part.table;
        let mut joined = Self {
            xs: table.xs.clone(),
            content: content(table),
            evidence: table.evidence,
            place: part.place(table.area()),
            rows: Vec::new(),
            cells: Vec::new(),
            last_page: part.last_page(),
            repeated: 0,
            left_out: Vec::new(),
        };
        joined.append(part, 0);
        joined
    }

    /// How the table was told from text.
    pub(super) fn evidence(&self) -> Evidence {
        self.evidence
    }

    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// Joins the next page's part to the table, or gives it back.
    pub(super) fn join(&mut self, part: Part) -> Result<(), Part> {
        if part.page != self.last_page + 1 || part.table.evidence != self.evidence {
            return Err(part);
        }
        let shift = if self.evidence == Evidence::Spaced { SHIFT_SPACED } else { SHIFT_RULED };
        let Some(part) = self.align(part, shift)? else { return Ok(()) };
        let repeated = self.repeated_rows(&part.table);
        if repeated == 0 && begins_anew(&part.table) || self.is_next_form(&part.table, repeated) {
            return Err(part);
        }
        self.repeated += repeated;
        let dropped = part.table.cells.iter().filter(|cell| cell.row + cell.rows <= repeated);
        self.left_out.extend(dropped.map(|cell| cell.text.text.clone()));
        self.last_page = part.last_page();
        let seam = self.rows.len();
        self.append(&part, repeated);
        self.mend(seam, &part.table, repeated);
        Ok(())
    }

    /// Brings the part on this table's columns. Where one of the two lacks a column line that the other has (no row
    /// on that page needs it), the finer division holds for both.
    fn align(&mut self, mut part: Part, shift: i32) -> Result<Option<Part>, Part> {
        if self.evidence == Evidence::Spaced
            && let Some(map) = same_columns(&self.content, &content(&part.table))
        {
            spread(&mut part.table, &map, &self.xs);
            return Ok(Some(part));
        }
        let own: Vec<i32> = relative(&self.xs);
        let other: Vec<i32> = relative(&part.table.xs);
        if let Some(map) = finer(&own, &other, shift) {
            // The part is the finer one: move the cells of this table onto its columns.
            if map.len() != part.table.xs.len() {
                for cell in &mut self.cells {
                    (cell.column, cell.columns) = moved(&map, cell.column, cell.columns);
                }
                self.xs.clone_from(&part.table.xs);
            }
            return Ok(Some(part));
        }
        let Some(map) = finer(&other, &own, shift) else { return Err(part) };
        for cell in &mut part.table.cells {
            (cell.column, cell.columns) = moved(&map, cell.column, cell.columns);
        }
        part.table.xs.clone_from(&self.xs);
        Ok(Some(part))
    }

    /// How many of the part's first rows repeat the first rows of this table, cell for cell.
    fn repeated_rows(&self, table: &PageTable) -> usize {
        // A blank column beside the table reaches through header and rows alike, so blank cells are not compared.
        let mut mine: Vec<RowTexts> = vec![Vec::new(); (2 * MAX_HEADER).min(self.rows.len())];
        for cell in &self.cells {
            add_text(&mut mine, cell.row, (cell.column, cell.columns), &cell.text);
        }
        let mut theirs: Vec<RowTexts> = vec![Vec::new(); MAX_HEADER.min(table.rows())];
        for cell in &table.cells {
            add_text(&mut theirs, cell.row, (cell.column, cell.columns), &cell.text.text);
        }
        // Title and unit may stand inside the first part only, above the header.
        let repeats_from = |start: usize| {
            let same = mine.iter().skip(start).zip(&theirs).take_while(|(a, b)| a == b && !is_of_amounts(b)).count();
            let rows = theirs.get(..same).unwrap_or_default();
            // A lone text is no header, unless all before it is the same too.
            let header = start == 0 || rows.iter().any(|row| row.len() >= 2);
            let filled = rows.iter().rposition(|row| !row.is_empty()).map_or(0, |last| last + 1);
            if header { filled } else { 0 }
        };
        let mut count = (0..=MAX_HEADER).map(repeats_from).max().unwrap_or(0);
        // A cell that reaches past the last repeated row is no header's.
        let reaches_past = |count: usize| {
            let mut over = table.cells.iter().filter(|cell| cell.row < count && cell.row + cell.rows > count);
            over.any(|cell| !cell.text.text.is_empty())
        };
        while count > 0 && reaches_past(count) {
            count -= 1;
        }
        count
    }

    /// Whether the part is the next of several forms: below a title that is the same, the labels of its first row are
    /// those of this table's first row, and what is filled in is not.
    fn is_next_form(&self, table: &PageTable, repeated: usize) -> bool {
        let words = |text: &str| Some(bare(text)).filter(|text| !text.is_empty() && Amount::parse(text).is_none());
        let mine: Vec<(usize, usize, String)> = self
            .cells
            .iter()
            .filter(|cell| cell.row == repeated)
            .filter_map(|cell| Some((cell.column, cell.columns, words(&cell.text)?)))
            .collect();
        let theirs: Vec<(usize, usize, String)> = table
            .cells
            .iter()
            .filter(|cell| cell.row == repeated)
            .filter_map(|cell| Some((cell.column, cell.columns, words(&cell.text.text)?)))
            .collect();
        // A header that is repeated belongs to a table, whatever the rows below it.
        let titles = (0..repeated).all(|row| self.cells.iter().filter(|cell| cell.row == row).count() == 1);
        let labels = theirs.iter().filter(|cell| mine.contains(cell)).count();
        titles && labels >= 2 && theirs.len() > labels && mine.iter().min() == theirs.iter().min()
    }

    fn append(&mut self, part: &Part, skip: usize) {
        let table = &part.table;
        let base = self.rows.len();
        let bounds = table.area();
        for pair in table.ys.windows(2).skip(skip) {
            if let &[top, bottom] = pair {
                self.rows.push(part.place(Area { top, bottom, ..bounds }));
            }
        }
        for cell in table.cells.iter().filter(|cell| cell.row + cell.rows > skip) {
            let row = cell.row.max(skip);
            self.cells.push(JoinedCell {
                row: base + row - skip,
                column: cell.column,
                rows: cell.row + cell.rows - row,
                columns: cell.columns,
                text: cell.text.text.clone(),
                place: part.cell_place(cell),
                doubt: cell.text.doubt.clone(),
                full: cell.text.full,
                left: lines_left(cell),
                hangs: cell.text.extent.is_some_and(|(_, bottom)| bottom > cell.area.bottom),
                rises: cell.text.extent.is_some_and(|(top, _)| top < cell.area.top),
            });
        }
    }

    /// Makes whole what the break before row `seam` cut: a row whose text goes on, a cell over several rows.
    fn mend(&mut self, seam: usize, table: &PageTable, skip: usize) {
        if seam == 0 || seam >= self.rows.len() {
            return;
        }
        if self.row_goes_on(seam, table, skip) {
            self.glue_row(seam);
        } else {
            self.join_spans(seam);
        }
    }

    /// Whether the first row after the break is the rest of the row before it: every text in it stands under a text
    /// that fills its last line down to the page's end, and it holds no amount and no cell of its own.
    fn row_goes_on(&self, seam: usize, table: &PageTable, skip: usize) -> bool {
        let starts_high = |column: usize| {
            table.cells.iter().any(|cell| {
                cell.row == skip
                    && cell.column == column
                    && cell.text.extent.is_some_and(|(top, _)| top - cell.area.top < cell.text.size * 16 / 10)
            })
        };
        let rest: Vec<&JoinedCell> = self.cells.iter().filter(|cell| cell.row == seam).collect();
        let filled: Vec<&&JoinedCell> = rest.iter().filter(|cell| !cell.text.is_empty()).collect();
        let columns = self.xs.len().saturating_sub(1);
        let whole = rest.iter().map(|cell| cell.columns).sum::<usize>() == columns;
        let above = |cell: &JoinedCell| self.ending(seam, cell.column).filter(|above| above.columns == cell.columns);
        // One text at least is cut at the page's very end; others may be, where two lines are kept together.
        let ends = |cell: &JoinedCell| above(cell).is_some_and(|above| above.left <= 1 || above.is_cut_from(cell));
        filled.iter().any(|cell| ends(cell))
            && whole
            && filled.len() < rest.len()
            && filled.iter().all(|cell| {
                let cut = above(cell).is_some_and(|above| above.is_cut_from(cell));
                let starts_anew = prose::begins_item(&cell.text) || cell.text.starts_with("其中");
                let words = Amount::parse(&cell.text).is_none();
                let digits = cell.text.bytes().all(|byte| byte.is_ascii_digit())
                    && above(cell).is_some_and(|above| {
                        above.text.contains('.') && Amount::parse(&format!("{}{}", above.text, cell.text)).is_some()
                    });
                cut || cell.rows == 1
                    && !starts_anew
                    && (words || digits)
                    && starts_high(cell.column)
                    && above(cell).is_some_and(|above| above.full && above.left <= 3)
            })
    }

    /// The cell that ends at the break and covers `column`.
    fn ending(&self, seam: usize, column: usize) -> Option<&JoinedCell> {
        self.cells.iter().rev().find(|cell| {
            cell.row < seam
                && cell.row + cell.rows == seam
                && (cell.column..cell.column + cell.columns).contains(&column)
        })
    }

    fn glue_row(&mut self, seam: usize) {
        let (rest, mut kept): (Vec<JoinedCell>, Vec<JoinedCell>) =
            std::mem::take(&mut self.cells).into_iter().partition(|cell| cell.row == seam);
        for cell in rest.into_iter().filter(|cell| !cell.text.is_empty()) {
            let above = kept
                .iter_mut()
                .rev()
                .find(|above| above.row < seam && above.row + above.rows == seam && above.column == cell.column);
            if let Some(above) = above {
                if above.is_cut_from(&cell) {
                    self.left_out.push(cell.text);
                    continue;
                }
                above.text.push_str(&cell.text);
                above.doubt = cell.doubt.or(above.doubt.take()).or_else(|| {
                    Some(Message::new(
                        "这一行跨页，下一页开头的文字按它的续行读",
                        "the row goes over a page break; the text at the head of the next page was read as its rest",
                    ))
                });
            }
        }
        for cell in &mut kept {
            if cell.row > seam {
                cell.row -= 1;
            }
        }
        self.cells = kept;
        self.rows.remove(seam);
    }

    /// A cell over several rows that the break cut in two: one half has the text, the other is empty, or the text runs
    /// on from the one into the other.
    fn join_spans(&mut self, seam: usize) {
        let below: Vec<usize> =
            (0..self.cells.len()).filter(|&i| self.cells.get(i).is_some_and(|c| c.row == seam)).collect();
        let halves = self.halves(seam);
        let mut dropped: Vec<usize> = Vec::new();
        // Words first: figures of the same rows are then known to be cut as well.
        let mut joined: Vec<(usize, usize, usize)> = Vec::new();
        for figures in [false, true] {
            for &index in &below {
                if dropped.contains(&index) {
                    continue;
                }
                let Some(above) = self.other_half(&halves, seam, index) else { continue };
                let (Some(upper), Some(lower)) = (self.cells.get(above), self.cells.get(index)) else { continue };
                let rows = (upper.row, upper.rows, lower.rows);
                let one_empty = upper.text.is_empty() != lower.text.is_empty();
                let both_empty = upper.text.is_empty() && lower.text.is_empty();
                let figure = Amount::parse(&upper.text).is_some() || Amount::parse(&lower.text).is_some();
                let runs_on = !upper.text.is_empty() && !lower.text.is_empty() && upper.full && upper.left <= 3;
                let cut = upper.is_cut_from(lower);
                let spans = upper.rows > 1 && lower.rows > 1 || (upper.rows > 1 || lower.rows > 1) && upper.column == 0;
                let known = joined.contains(&rows);
                let joins = if figures {
                    known && (both_empty || cut || figure && one_empty)
                } else {
                    !figure && spans && (one_empty || runs_on)
                };
                if !joins {
                    continue;
                }
                joined.push(rows);
                let (text, place, more) = (lower.text.clone(), lower.place, lower.rows);
                let Some(upper) = self.cells.get_mut(above) else { continue };
                if upper.text.is_empty() {
                    upper.place = place;
                }
                if cut {
                    self.left_out.push(text);
                } else {
                    upper.text.push_str(&text);
                }
                upper.rows += more;
                if !upper.text.is_empty() {
                    upper.doubt.get_or_insert_with(|| {
                        Message::new(
                            "合并单元格跨页，两页上的部分按一格读",
                            "a merged cell goes over a page break; its halves were read as one cell",
                        )
                    });
                }
                dropped.push(index);
            }
        }
        let mut index = 0;
        self.cells.retain(|_| {
            index += 1;
            !dropped.contains(&(index - 1))
        });
    }

    /// The cells that end at the break, by their first column and how many they cover.
    fn halves(&self, seam: usize) -> Halves {
        let mut halves = Halves::new();
        for (index, cell) in self.cells.iter().enumerate() {
            if cell.row < seam && cell.row + cell.rows == seam {
                halves.entry((cell.column, cell.columns)).or_default().push(index);
            }
        }
        halves
    }

    /// The cell before the break that has the same columns as the cell at `index` behind it, and still ends there.
    fn other_half(&self, halves: &Halves, seam: usize, index: usize) -> Option<usize> {
        let lower = self.cells.get(index)?;
        let ends = |&above: &usize| self.cells.get(above).is_some_and(|cell| cell.row + cell.rows == seam);
        halves.get(&(lower.column, lower.columns))?.iter().copied().find(ends)
    }

    /// The finished grid.
    pub(super) fn finish(mut self) -> Grid {
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        let mut rows: Vec<GridRow> = self
            .rows
            .iter()
            .map(|&place| GridRow { place, cells: Vec::new(), header: false, after_blank: false })
            .collect();
        for cell in self.cells {
            if let Some(row) = rows.get_mut(cell.row) {
                let span = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
                row.cells.push(Cell {
                    text: cell.text.into(),
                    place: cell.place,
                    columns: span(cell.columns),
                    rows: span(cell.rows),
                    strong: false,
                    doubt: cell.doubt.map(Box::new),
                });
            }
        }
        Grid { place: self.place, caption: None, rows, ragged: false }
    }
}

/// Where the text of each column stands: that of cells of one column.
fn content(table: &PageTable) -> Vec<Option<(i32, i32)>> {
    let mut content: Vec<Option<(i32, i32)>> = vec![None; table.xs.len().saturating_sub(1)];
    for cell in table.cells.iter().filter(|cell| cell.columns == 1) {
        if let (Some(slot), Some((left, right))) = (content.get_mut(cell.column), cell.text.across) {
            *slot = Some(slot.map_or((left, right), |(from, to)| (from.min(left), to.max(right))));
        }
    }
    content
}

/// For each column of a part, the one column of the table whose text stands over or under its own. `None` where it is
/// not one, or the order differs.
fn same_columns(table: &[Option<(i32, i32)>], part: &[Option<(i32, i32)>]) -> Option<Vec<usize>> {
    let mut map: Vec<usize> = Vec::with_capacity(part.len());
    for column in part {
        let (left, right) = (*column)?;
        let over = |other: &Option<(i32, i32)>| other.is_some_and(|(from, to)| from.max(left) < to.min(right));
        let mut over = table.iter().enumerate().filter(|(_, other)| over(other)).map(|(index, _)| index);
        let (Some(index), None) = (over.next(), over.next()) else { return None };
        if map.last().is_some_and(|&last| last >= index) {
            return None;
        }
        map.push(index);
    }
    (!map.is_empty()).then_some(map)
}

/// Moves the cells of a part to the columns of `map` on the lines `xs`, with blank cells where it has no column.
fn spread(table: &mut PageTable, map: &[usize], xs: &[i32]) {
    let at = |places: &[i32], index: usize| places.get(index).copied().unwrap_or_default();
    let columns = xs.len().saturating_sub(1);
    let mut covered = vec![false; table.rows() * columns];
    for cell in &mut table.cells {
        let first = map.get(cell.column).copied().unwrap_or(cell.column);
        let last = map.get(cell.column + cell.columns.max(1) - 1).copied().unwrap_or(first);
        (cell.column, cell.columns) = (first, last.saturating_sub(first) + 1);
        for row in cell.row..cell.row + cell.rows {
            for column in cell.column..cell.column + cell.columns {
                if let Some(slot) = covered.get_mut(row * columns + column) {
                    *slot = true;
                }
            }
        }
    }
    for index in (0..covered.len()).filter(|&index| covered.get(index) == Some(&false)) {
        let (row, column) = (index / columns, index % columns);
        let area = Area {
            left: at(xs, column),
            right: at(xs, column + 1),
            top: at(&table.ys, row),
            bottom: at(&table.ys, row + 1),
        };
        table.cells.push(TableCell {
            row,
            column,
            rows: 1,
            columns: 1,
            area,
            text: CellText::default(),
            elsewhere: None,
        });
    }
    table.cells.sort_by_key(|cell| (cell.row, cell.column));
    table.xs = xs.to_vec();
}

/// The texts of a row, each with its first column and how many it covers.
type RowTexts = Vec<(usize, usize, String)>;

/// Cells by their first column and how many they cover.
type Halves = BTreeMap<(usize, usize), Vec<usize>>;

/// Whether a row prints money and is no total, which some tables repeat on every page: two rows of a list may be the same.
fn is_of_amounts(row: &RowTexts) -> bool {
    let total = |text: &str| ["合计", "总计"].iter().any(|word| text.ends_with(word));
    row.iter().any(|(.., text)| is_amount(text)) && !row.iter().any(|(.., text)| total(text))
}

/// Adds a cell's text to its row, if that is one of these rows and there is any text.
fn add_text(rows: &mut [RowTexts], row: usize, (column, columns): (usize, usize), text: &str) {
    if let Some(texts) = rows.get_mut(row) {
        let text = bare(text);
        if !text.is_empty() {
            texts.push((column, columns, text));
        }
    }
}

/// How many lines at 1.5 times the size would fit below a cell's text.
fn lines_left(cell: &TableCell) -> i32 {
    cell.text.extent.map_or(i32::MAX, |(_, bottom)| (cell.area.bottom - bottom) * 2 / (cell.text.size * 3).max(1))
}

fn relative(xs: &[i32]) -> Vec<i32> {
    let first = xs.first().copied().unwrap_or(0);
    xs.iter().map(|x| x - first).collect()
}

/// Where each line of `coarse` stands among those of `fine`, when all do and the outer ones are the same.
fn finer(coarse: &[i32], fine: &[i32], shift: i32) -> Option<Vec<usize>> {
    let mut map = Vec::with_capacity(coarse.len());
    let mut from = 0;
    for &x in coarse {
        let (index, _) = fine.iter().enumerate().skip(from).find(|&(_, &y)| (x - y).abs() < shift)?;
        map.push(index);
        from = index + 1;
    }
    (map.last() == Some(&fine.len().checked_sub(1)?) && map.first() == Some(&0)).then_some(map)
}

/// Whether two tables have the same columns.
pub(super) fn same_lines(a: &[i32], b: &[i32]) -> bool {
    let (a, b) = (relative(a), relative(b));
    finer(&a, &b, SHIFT_RULED).is_some() || finer(&b, &a, SHIFT_RULED).is_some()
}

/// A cell's column and width on the finer division.
fn moved(map: &[usize], column: usize, columns: usize) -> (usize, usize) {
    let at = |index: usize| map.get(index).copied().unwrap_or(index);
    (at(column), at(column + columns).saturating_sub(at(column)).max(1))
}

/// Whether a part begins with a title or a header of its own, so that it is another table with the same columns.
fn begins_anew(table: &PageTable) -> bool {
    const WORDS: [&str; 18] = [
        "合计",
        "总计",
        "小计",
        "科目",
        "项目",
        "预算数",
        "决算数",
        "金额",
        "名称",
        "编码",
        "序号",
        "收入",
        "支出",
        "单位",
        "类",
        "款",
        "项",
        "备注",
    ];
    let first: Vec<&TableCell> = table.cells.iter().filter(|cell| cell.row == 0).collect();
    let texts: Vec<String> = first.iter().map(|cell| bare(&cell.text.text)).filter(|text| !text.is_empty()).collect();
    let figures = texts.iter().any(|text| text.chars().any(|c| c.is_ascii_digit()));
    let words = texts
        .iter()
        .filter(|text| WORDS.iter().any(|word| *text == word || word.len() > 3 && text.ends_with(word)))
        .count();
    let title = first.len() == 1 && texts.iter().any(|text| text.ends_with('表') || text.contains("表（"));
    title || !figures && words >= 2 && words * 2 >= texts.len() && texts.len() * 2 > first.len()
}
