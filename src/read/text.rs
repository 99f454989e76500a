//! Plain text: lines as they stand, and grids where tabs set cells apart.
//!
//! A table whose columns are kept apart by spaces stays lines: only its arithmetic tells where a column begins.

use super::MAX_CELLS;
use super::flow::{Flow, Plain};
use super::tabs::{self, Piece};
use crate::document::{Cell, Place};
use crate::parallel;

/// How far a cell that a spreadsheet quoted for its line ends may reach.
const MAX_CELL_LINES: usize = 64;

/// A form feed.
const PAGE_END: u8 = 0xc;

/// What takes the marks of a format off a piece of text.
pub(super) type Marks = fn(&str) -> Plain;

/// Reads text.
pub(super) fn read(lines: &[String]) -> Flow {
    let mut flow = Flow::default();
    let mut index = 0;
    let lost = drops_blanks(lines);
    let mut rows = if lost { Vec::new() } else { rows(lines, Plain::verbatim) };
    while index < lines.len() {
        if is_page_break(&lines[index]) {
            flow.blank();
            index += 1;
        } else if lost && lines[index].contains('\t') {
            let spaced = lines[index].replace('\t', " ");
            let whole = tabs::trimmed(&spaced, 0);
            if !whole.text.is_empty() {
                flow.line(Plain::verbatim(whole.text), whole.place(tabs::number(index)));
            }
            index += 1;
        } else {
            let row = rows.get_mut(index).and_then(Option::take);
            index += line(&mut flow, lines, index, Plain::verbatim, row);
        }
    }
    flow
}

/// Whether the tabs of a text are no columns: extractors set one behind every piece of text and drop the blank cells, so no
/// cell between tabs is blank and the rows are of many lengths. Such rows are lines, whose columns the arithmetic finds.
fn drops_blanks(lines: &[String]) -> bool {
    /// Fewer rows say nothing.
    const ROWS: usize = 24;
    /// Fewer, where every tab follows a space, as one extractor sets them.
    const SPACED_ROWS: usize = 6;
    /// One row in so many is of another length than the row before it.
    const OFTEN: usize = 6;
    let mut widths: Vec<usize> = Vec::new();
    let mut spaced = true;
    for line in lines.iter().filter(|line| line.contains('\t')) {
        spaced &= line.matches('\t').count() == line.matches(" \t").count();
        let mut width = 0;
        for cell in line.split('\t') {
            if cell.trim().is_empty() {
                return false;
            }
            width += 1;
        }
        widths.push(width);
    }
    let changes = widths.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let often = widths.len() >= ROWS && changes * OFTEN >= widths.len();
    often || spaced && widths.len() >= SPACED_ROWS
}

/// `-- PAGE_BREAK --`: what extractors write for the end of a page.
fn is_page_break(line: &str) -> bool {
    let inner = line.trim().trim_matches(['-', '=', ' ']);
    inner.len() < line.trim().len()
        && matches!(inner.to_ascii_uppercase().as_str(), "PAGE_BREAK" | "PAGE BREAK" | "PAGEBREAK")
}

/// The cells of a line with tabs.
type Row = Option<Vec<Cell>>;

/// The cells of every line with tabs.
fn rows(lines: &[String], marks: Marks) -> Vec<Row> {
    each(lines, b"\t", |index, line| line.contains('\t').then(|| cells(line, tabs::number(index), marks)))
}

/// What `read` makes of each line, found out of all lines at once. Nothing of a file that has more cells between `marks`
/// than may be read: its lines are taken one by one until there are too many.
pub(super) fn each<'a, R: Send>(
    lines: &'a [String],
    marks: &[u8],
    read: impl Fn(usize, &'a str) -> R + Send + Sync,
) -> Vec<R> {
    // Most files are shorter than that.
    let bytes: usize = lines.iter().map(String::len).sum();
    let cells = || lines.iter().flat_map(|line| line.bytes()).filter(|byte| marks.contains(byte)).count();
    if bytes > MAX_CELLS && cells() > MAX_CELLS {
        return Vec::new();
    }
    let numbered: Vec<(usize, &String)> = lines.iter().enumerate().collect();
    parallel::map(&numbered, |(index, line)| read(*index, line))
}

/// The cells of a line with tabs.
pub(super) fn cells(line: &str, number: u32, marks: Marks) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(line.bytes().filter(|&byte| byte == b'\t').count().saturating_add(1));
    cells.extend(tabs::cells(line).map(|piece| cell(piece, number, marks)));
    cells
}

/// Reads the line at `index`, or the row that begins there; gives how many lines were used, at least 1. `row` are the
/// line's cells where they are known already.
pub(super) fn line(flow: &mut Flow, lines: &[String], index: usize, marks: Marks, row: Row) -> usize {
    let Some(line) = lines.get(index) else { return 1 };
    let number = tabs::number(index);
    let whole = tabs::trimmed(line, 0);
    // A form feed is the end of a page, which extractors set before the page's first line.
    if whole.text.is_empty() || line.as_bytes().contains(&PAGE_END) {
        flow.blank();
    }
    if whole.text.is_empty() {
        return 1;
    }
    if let Some((cells, used)) = quoted_row(lines, index, marks) {
        flow.row(whole.place(number), cells, false);
        return used;
    }
    if line.contains('\t') || is_row_of_one(lines, index) {
        let row = row.unwrap_or_else(|| cells(line, number, marks));
        flow.row(whole.place(number), row, false);
    } else {
        flow.line(marks(whole.text), whole.place(number));
    }
    1
}

/// Whether a line without a tab is a row whose blank cells were cut off: an item of a list (`2、公务接待费`, `其中：…`) between two
/// rows.
fn is_row_of_one(lines: &[String], index: usize) -> bool {
    /// Longer items are sentences.
    const LONGEST: usize = 30;
    let row = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(|line| line.contains('\t'));
    let text = lines.get(index).map_or("", |line| line.trim());
    let rest = text.trim_start_matches(['（', '(']);
    let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let marked = number.len() < rest.len() && number.starts_with(['、', '.', '．', '）', ')']);
    (marked || text.starts_with("其中"))
        && !text.ends_with(['。', '；', '表', '：', ':'])
        && text.chars().count() <= LONGEST
        && row(index.checked_sub(1))
        && row(index.checked_add(1))
}

fn cell(piece: Piece<'_>, number: u32, marks: Marks) -> Cell {
    let Plain { text, strong } = marks(piece.text);
    Cell { text, place: piece.place(number), columns: 1, rows: 1, strong, doubt: None }
}

/// A row with a cell that a spreadsheet put in quotes because it holds line ends: the quote opens a cell and is not
/// closed on its line, and a later line closes it before any tab. The cell's place is its first line.
fn quoted_row(lines: &[String], index: usize, marks: Marks) -> Option<(Vec<Cell>, usize)> {
    let mut line = lines.get(index)?.as_str();
    let mut start = 0;
    let mut used = 1;
    let mut cells = Vec::new();
    opens(line)?;
    loop {
        let number = tabs::number(index + used - 1);
        let Some(open) = opens(line) else {
            // A lone quoted cell is quoted prose; a row has a tab somewhere.
            cells.extend(tabs::cells(line).map(|piece| cell(piece.shifted(start), number, marks)));
            return (cells.len() > 1).then_some((cells, used));
        };
        let (before, quoted) = (line.get(..open)?, line.get(open..)?);
        for piece in before.strip_suffix('\t').into_iter().flat_map(tabs::cells) {
            cells.push(cell(piece.shifted(start), number, marks));
        }
        let column = start.saturating_add(tabs::characters(before));
        let place = Place::Line { line: number, from: column, to: column.saturating_add(tabs::characters(quoted)) };
        let (pieces, last, rest) = closes(lines, index + used)?;
        let mut text = vec![quoted.get(1..)?.replace("\"\"", "\"").trim().to_owned()];
        text.extend(pieces);
        used = last + 1 - index;
        let Plain { text, strong } = marks(text.join("\n").trim());
        cells.push(Cell { text, place, columns: 1, rows: 1, strong, doubt: None });
        let closing = lines.get(last)?;
        match closing.get(rest..)?.strip_prefix('\t') {
            Some(after) => {
                start = tabs::characters(closing.get(..rest + 1)?);
                line = after;
            }
            None => return (cells.len() > 1).then_some((cells, used)),
        }
    }
}

/// Where a cell of the line begins with a quote that its line does not close. Such a cell is the line's last.
fn opens(line: &str) -> Option<usize> {
    let at = line.rfind('\t').map_or(0, |tab| tab + 1);
    let cell = line.get(at..)?;
    (cell.starts_with('"') && cell.matches('"').count() % 2 == 1).then_some(at)
}

/// The line, from `index` on, that closes a quoted cell: the texts of the lines up to it, its index, and where in it
/// the text after the quote begins.
fn closes(lines: &[String], index: usize) -> Option<(Vec<String>, usize, usize)> {
    let mut pieces = Vec::new();
    for (offset, line) in lines.get(index..)?.iter().take(MAX_CELL_LINES).enumerate() {
        let bytes = line.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'\t' => return None,
                // A doubled quote stands for itself.
                b'"' if bytes.get(at + 1) == Some(&b'"') => at += 2,
                b'"' => {
                    if !matches!(bytes.get(at + 1), None | Some(b'\t')) {
                        return None;
                    }
                    pieces.push(line.get(..at)?.replace("\"\"", "\"").trim().to_owned());
                    return Some((pieces, index + offset, at + 1));
                }
                _ => at += 1,
            }
        }
        pieces.push(line.replace("\"\"", "\"").trim().to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::document::Block;

    fn grids(text: &str) -> usize {
        let document = crate::read::read("budget.txt", text.as_bytes()).unwrap();
        document.blocks.iter().filter(|block| matches!(block, Block::Grid(_))).count()
    }

    /// Rows of an extractor that sets a tab behind every piece: a class has two pieces less than an item.
    fn dump(blank: &str) -> String {
        let mut text = String::from("2025年部门支出预算总表\n编制部门：某街道办事处 \t单位：元\n");
        for class in 1..=10 {
            let row = format!("2{class:02} \t甲类支出 \t{class},000 \t{class},000 \t0\n");
            let item = format!("2{class:02} \t05 \t07 \t乙项 \t{class},000 \t{class},000 \t{blank}0\n");
            text.push_str(&(row + &item));
        }
        text + "合计 \t55,000 \t55,000 \t0\n-- PAGE_BREAK --\n其他说明\n单位：元 \t甲 \n丙 \t丁\n戊 \t己\n庚 \t辛\n"
    }

    #[test]
    fn tabs_behind_every_piece_are_no_columns() {
        assert_eq!(grids(&dump("")), 0);
        assert!(grids(&dump("\t")) > 0, "a blank cell is kept: the tabs are columns");
    }

    #[test]
    fn the_end_of_a_page_is_no_row() {
        let document = crate::read::read("budget.txt", dump("").as_bytes()).unwrap();
        let printed =
            |block: &Block| matches!(block, Block::Text(lines) if lines.iter().any(|l| l.text.contains("PAGE")));
        assert!(!document.blocks.iter().any(printed));
    }
}
