//! Sheets that are wider than a page: what a spreadsheet prints to the right of a page goes on a page of its own, without
//! names of its rows. The two belong side by side where every line across stands on the same height, columns and width
//! differ (forms of a kind are as wide as one another), and nothing but the unit of money or the rest of the title stands
//! above the second.

use super::Reading;
use super::cells::{Evidence, PageTable, Sides, TableCell};
use super::notes::Notes;
use super::pages::{place, same_lines};
use super::prose;
use super::text::{TextLine, bare, is_amount, names_unit};

/// How far a line across may stand from the other page's.
const SHIFT: i32 = 150;

/// Fewest rows: a header and a row of figures.
const FEWEST: usize = 3;

/// Most pages that a sheet may be long before its right side follows.
const LONGEST: usize = 60;

/// Puts tables that were printed on several pages side by side together, on the first of these pages.
pub(super) fn join(readings: &mut [Reading], notes: &mut Notes) {
    let mut at = 0;
    while at < readings.len() {
        let Some(stride) = stride(readings, at) else {
            at += 1;
            continue;
        };
        // As they are before anything is put beside them.
        let own: Vec<PageTable> = readings.iter().skip(at).take(stride).filter_map(table).cloned().collect();
        let own: Vec<&PageTable> = own.iter().collect();
        let mut sides = 1;
        while fits(readings, at, stride, sides, &own) {
            for row in 0..stride {
                append(readings, at + row, at + row + stride * sides, stride == 1, notes);
            }
            sides += 1;
        }
        at += stride * sides;
    }
}

/// The only table of a page; a single column is one only beside others.
fn table(reading: &Reading) -> Option<&PageTable> {
    match reading.tables.as_slice() {
        [table] => Some(table),
        [] => reading.narrow.as_ref(),
        _ => None,
    }
}

/// After how many pages the right side of the table on page `at` follows.
fn stride(readings: &[Reading], at: usize) -> Option<usize> {
    let first = table(readings.get(at)?)?;
    for stride in 1..LONGEST {
        let next = table(readings.get(at + stride)?)?;
        let sides = are_sides(first, next) || readings.get(at).zip(readings.get(at + stride)).is_some_and(is_cut);
        if (same_lines(&first.xs, &next.xs) || are_spaced_alike(first, next)) && !sides {
            continue;
        }
        let own: Vec<&PageTable> = readings.iter().skip(at).take(stride).filter_map(table).collect();
        return fits(readings, at, stride, 1, &own).then_some(stride);
    }
    None
}

/// Whether two tables without lines fall into as many columns: their edges are guessed on each page anew.
fn are_spaced_alike(first: &PageTable, next: &PageTable) -> bool {
    first.evidence == Evidence::Spaced && next.evidence == Evidence::Spaced && first.xs.len() == next.xs.len()
}

/// Whether the pages from the `sides`-th stride on are the right side of `own`, the tables of the first pages.
fn fits(readings: &[Reading], at: usize, stride: usize, sides: usize, own: &[&PageTable]) -> bool {
    own.len() == stride
        && own.iter().enumerate().all(|(row, left)| {
            let (Some(page), Some(beside)) = (readings.get(at + row), readings.get(at + row + stride * sides)) else {
                return false;
            };
            table(beside).is_some_and(|right| {
                levels(left, right).is_some()
                    && left.rows() >= FEWEST
                    && left.evidence == right.evidence
                    && (are_sides(left, right)
                        || is_cut((page, beside))
                        || !same_lines(&left.xs, &right.xs)
                            && (left.area().width() - right.area().width()).abs() > SHIFT
                            && !is_next_form(left, right))
                    && beside.lines.iter().filter(|line| !right.area().contains(line.area.centre())).all(|line| {
                        let above = line.area.top < right.area().top;
                        may_stand(&line.text, above, page)
                            || above && half_title(line, right, &page.lines, left).is_some()
                            || above && prose::is_title(&line.text) && !has_title(page) && has_no_names(right)
                    })
            })
        })
}

/// Whether a title goes on over the edge of the first page, so that its rest begins beyond the edge of the second.
fn is_cut((page, beside): (&Reading, &Reading)) -> bool {
    table(page).zip(table(beside)).is_some_and(|(left, right)| {
        let mut over = beside.lines.iter().filter(|line| line.area.left < 0 && line.area.top < right.area().top);
        over.any(|line| half_title(line, right, &page.lines, left).is_some())
    })
}

/// What stands over all columns of a table, in its first row.
fn heading(table: &PageTable) -> Option<String> {
    let columns = table.xs.len().saturating_sub(1);
    let mut whole = table.cells.iter().filter(|cell| cell.row == 0 && cell.columns == columns && columns > 1);
    whole.next().map(|cell| bare(&cell.text.text))
}

/// Whether the first table is headed 收入 and the second 支出: the two sides of one.
fn are_sides(left: &PageTable, right: &PageTable) -> bool {
    heading(left).as_deref() == Some("收入") && heading(right).as_deref() == Some("支出")
}

/// Whether the second table is the next of several forms: it has a title of its own inside, or the same labels in a column
/// of another width.
fn is_next_form(left: &PageTable, right: &PageTable) -> bool {
    let title = |table| heading(table).filter(|text| text.contains('表') || text.chars().count() >= 10);
    if let (Some(a), Some(b)) = (title(left), title(right))
        && rest_of(&a, &b).is_none()
    {
        return true;
    }
    let labels = |table: &PageTable| -> Vec<(usize, String)> {
        let first = table.cells.iter().filter(|cell| cell.column == 0);
        let words = first.map(|cell| (cell.row, bare(&cell.text.text)));
        words.filter(|(_, text)| text.chars().any(char::is_alphabetic)).collect()
    };
    let width = |table: &PageTable| table.xs.get(1).zip(table.xs.first()).map_or(0, |(b, a)| b - a);
    let own = labels(left);
    labels(right).iter().filter(|label| own.contains(label)).count() >= 2 && (width(left) - width(right)).abs() > SHIFT
}

/// The lines across of two tables that stand on the same heights: all of them below the header, where one side may have
/// levels that the other has not.
fn levels(left: &PageTable, right: &PageTable) -> Option<Vec<i32>> {
    /// Most lines of a header that one side alone has.
    const MOST: usize = 3;
    let near = |a: i32, b: i32| (a - b).abs() <= SHIFT;
    let common: Vec<i32> = left.ys.iter().copied().filter(|&y| right.ys.iter().any(|&other| near(y, other))).collect();
    let ends = |ys: &[i32]| ys.first().copied().zip(ys.last().copied());
    let (own, other, shared) = (ends(&left.ys)?, ends(&right.ys)?, ends(&common)?);
    let mut union = left.ys.clone();
    union.extend(right.ys.iter().copied().filter(|&y| !left.ys.iter().any(|&own| near(y, own))));
    union.sort_unstable();
    let header = |table: &PageTable| table.ys.get(header_rows(table)).copied();
    let body = header(left)?.min(header(right)?);
    let missing = union.iter().filter(|&&y| !common.contains(&y));
    let in_header = missing.clone().all(|&y| y < body);
    (near(own.0, other.0)
        && near(own.1, other.1)
        && shared == own
        && common.len() >= FEWEST
        && missing.count() <= MOST
        && in_header)
        .then_some(union)
}

/// Puts the rows of a table on finer lines.
fn refine(table: &mut PageTable, ys: &[i32]) {
    let at = |row: usize| {
        let y = table.ys.get(row).copied().unwrap_or_default();
        ys.iter().position(|&other| (other - y).abs() <= SHIFT).unwrap_or(row)
    };
    let map: Vec<usize> = (0..table.ys.len()).map(at).collect();
    let at = |row: usize| map.get(row).copied().unwrap_or(row);
    for cell in &mut table.cells {
        (cell.row, cell.rows) = (at(cell.row), at(cell.row + cell.rows) - at(cell.row));
    }
    table.ys = ys.to_vec();
}

/// Whether a line may stand on a page of the right side: the unit of money and the rest of a title above the table, what
/// the first page has too, and page numbers.
fn may_stand(text: &str, above: bool, page: &Reading) -> bool {
    let text = bare(text);
    let known = page.lines.iter().any(|line| {
        let line = bare(&line.text);
        line == text || digits_alike(&line) == digits_alike(&text) || above && rest_of(&line, &text).is_some()
    });
    known || above && names_unit(&text) || text.chars().all(|c| !c.is_alphabetic())
}

/// Whether a title stands above the page's table: one in the middle of a sheet of two pages may be painted on the second.
fn has_title(page: &Reading) -> bool {
    page.lines.iter().any(|line| prose::is_title(&line.text))
}

/// Whether the first column holds figures alone below the header.
fn has_no_names(table: &PageTable) -> bool {
    let header = header_rows(table);
    let mut first = table.cells.iter().filter(|cell| cell.column == 0 && cell.row >= header);
    first.all(|cell| !cell.text.text.chars().any(char::is_alphabetic))
}

fn digits_alike(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

/// The longer of two texts of which one is a part of the other: a title over the edge of the page is cut on one of them.
fn rest_of<'t>(a: &'t str, b: &'t str) -> Option<&'t str> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    (short.chars().count() >= 2 && long.contains(short)).then_some(long)
}

/// Where on the first page the other half of a title stands that the edge of the page cut: on the same height, up to the
/// edge of its table, as this one begins at the edge of its own. The second value is how much of it both print.
fn half_title(line: &TextLine, right: &PageTable, lines: &[TextLine], left: &PageTable) -> Option<(usize, usize)> {
    const HEIGHT: i32 = 200;
    let text = bare(&line.text);
    let at_edge = line.area.left < right.area().left + line.size * 2;
    lines.iter().enumerate().find_map(|(at, own)| {
        let whole = bare(&own.text);
        let common = (0..=whole.chars().count().min(text.chars().count()))
            .rev()
            .find(|&count| whole.ends_with(&text.chars().take(count).collect::<String>()))?;
        let reaches = own.area.right > left.sides.map_or(left.area().right, |sides| sides.edge) - own.size * 2;
        let level = (own.baseline - line.baseline).abs() <= HEIGHT;
        (level && at_edge && (common >= 2 || reaches)).then_some((at, common))
    })
}

/// Puts the table of page `from` to the right of that of page `to`.
fn append(readings: &mut [Reading], to: usize, from: usize, through: bool, notes: &mut Notes) {
    let Some((head, tail)) = readings.split_at_mut_checked(from) else { return };
    let (Some(page), Some(beside)) = (head.get_mut(to), tail.first_mut()) else { return };
    let right = beside.tables.pop().or_else(|| beside.narrow.take());
    let (Some(mut right), Some(left)) = (right, page.tables.first_mut()) else { return };
    if let Some(ys) = levels(left, &right) {
        refine(left, &ys);
        refine(&mut right, &ys);
    }
    beside.lines.retain(|line| !right.area().contains(line.area.centre()));
    for line in std::mem::take(&mut beside.lines) {
        let text = bare(&line.text);
        let unit = names_unit(&text);
        if let Some((at, common)) = half_title(&line, &right, &page.lines, left)
            && let Some(own) = page.lines.get_mut(at)
            && rest_of(&bare(&own.text), &text).is_none()
        {
            notes.left_out.push(text.chars().take(common).collect());
            own.text.extend(text.chars().skip(common));
            continue;
        }
        let known = page.lines.iter_mut().find(|own| rest_of(&bare(&own.text), &text).is_some());
        match known {
            Some(own) if bare(&own.text).len() < text.len() => {
                notes.left_out.push(std::mem::replace(&mut own.text, line.text));
            }
            None if unit || prose::is_title(&line.text) => page.lines.push(line),
            _ => notes.left_out.push(line.text),
        }
    }
    page.lines.sort_by_key(|line| (line.baseline, line.area.left));
    // Columns that are printed on every page, as titles at the left.
    let repeated = repeated(left, &right);
    let columns = left.xs.len().saturating_sub(1);
    let edge = left.xs.last().copied().unwrap_or_default();
    let start = right.xs.get(repeated).copied().unwrap_or_default();
    let sides = left.sides.get_or_insert(Sides { edge, through: None });
    if through {
        sides.through = Some(beside.number);
    }
    let header = header_rows(left).min(header_rows(&right));
    for mut cell in right.cells.drain(..) {
        if cell.column + cell.columns <= repeated {
            notes.left_out.push(cell.text.text);
            continue;
        }
        cell.elsewhere = Some(place(beside.number, beside.turned, cell.area));
        let cut_off = cell.text.across.is_some_and(|(from, _)| from < cell.area.left);
        let cut = cell.column.max(repeated) - cell.column;
        cell.columns -= cut;
        cell.column = columns + cell.column + cut - repeated;
        cell.area.left += edge - start;
        cell.area.right += edge - start;
        if cell.column == columns
            && let Some(own) = left.cells.iter_mut().find(|own| is_other_half(own, &cell, header, cut_off))
        {
            own.columns += cell.columns;
            own.area.right = cell.area.right;
            if own.text.text.chars().count() < cell.text.text.chars().count() {
                own.elsewhere = cell.elsewhere;
                std::mem::swap(&mut own.text, &mut cell.text);
            }
            if !cell.text.text.is_empty() {
                notes.left_out.push(cell.text.text);
            }
            continue;
        }
        left.cells.push(cell);
    }
    left.xs.extend(right.xs.iter().skip(repeated + 1).map(|x| x + edge - start));
    left.cells.sort_by_key(|cell| (cell.row, cell.column));
    notes.add(
        &format!("第 {} 页是第 {} 页的表的右边，按同一高度的行拼在一起", beside.number, page.number),
        &format!(
            "page {} is the right side of the table on page {}; rows on the same height were put together",
            beside.number, page.number
        ),
        None,
    );
}

/// How many columns at the left the second table repeats of the first.
fn repeated(left: &PageTable, right: &PageTable) -> usize {
    let column = |table: &PageTable, column: usize| -> Vec<(usize, usize, String)> {
        let own = table.cells.iter().filter(|cell| cell.column == column && cell.columns == 1);
        own.filter(|cell| !cell.text.text.is_empty()).map(|cell| (cell.row, cell.rows, bare(&cell.text.text))).collect()
    };
    let most = left.xs.len().min(right.xs.len()).saturating_sub(1);
    let count =
        (0..most).take_while(|&at| column(left, at).len() >= 2 && column(left, at) == column(right, at)).count();
    // Two sides of zeros look the same.
    let words = (0..count).any(|at| column(left, at).iter().any(|(.., text)| text.chars().any(char::is_alphabetic)));
    if words && count < right.xs.len().saturating_sub(1) { count } else { 0 }
}

/// How many rows stand above the first with an amount.
fn header_rows(table: &PageTable) -> usize {
    let amount = |cell: &&TableCell| is_amount(&cell.text.text);
    table.cells.iter().filter(amount).map(|cell| cell.row).min().unwrap_or(table.rows())
}

/// Whether a cell of the right side is the rest of a heading that the edge of the page cut.
fn is_other_half(own: &TableCell, cell: &TableCell, header: usize, cut_off: bool) -> bool {
    let runs_over = cut_off || own.text.across.is_some_and(|(_, to)| to > own.area.right);
    let (a, b) = (bare(&own.text.text), bare(&cell.text.text));
    own.column + own.columns == cell.column
        && (own.row, own.rows) == (cell.row, cell.rows)
        && own.row + own.rows <= header
        && (a.is_empty() != b.is_empty() || runs_over && rest_of(&a, &b).is_some())
}
