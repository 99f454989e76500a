//! Tables with real cells: header rows are found by content, spread over their columns, and the rows below are put under
//! them. Where blank cells were lost, figures are aligned by arithmetic or the row is doubted.

use super::align::{self, Figures, Known};
use super::draft::{Draft, DraftRow, Piece, is_column_numbers, is_remark, stray};
use super::header::{self, Part};
use super::pieces::{is_dash, is_figure};
use super::{Rows, caption, columns, names};
use crate::amount::Amount;
use crate::disclosure::{Column, ColumnRole, Message, Side};
use crate::document::{Cell, Grid, GridRow, Place};
use crate::spelling::{folded, is_blank, unspaced};

/// Header rows of one table; the official forms have at most four.
const MOST_HEADER_ROWS: usize = 6;
/// How many rows above a run are read with it, for cells that reach into it: title, unit and header of the table.
const LOOK_BACK: usize = 16;

/// A position of the spread grid: the cell that covers it, and whether the cell begins there.
#[derive(Clone, Copy, Debug)]
struct Slot<'a> {
    cell: &'a Cell,
    /// Row and position of the cell: the same for every position that it covers.
    id: (usize, usize),
    begins: bool,
}

type Matrix<'a> = Vec<Vec<Option<Slot<'a>>>>;

/// Reads runs of rows as one table; later runs go on where the first stopped, with or without its header.
pub(super) fn read(runs: &[Rows], known: &Known) -> Draft {
    let mut draft = Draft::default();
    let mut table_columns: Vec<Column> = Vec::new();
    let mut header_rows: Vec<Vec<String>> = Vec::new();
    let mut page: Option<Page> = None;
    // Rows whose figures lost their columns, with those figures.
    let mut shifted: Vec<(usize, Vec<Piece>)> = Vec::new();
    for run in runs {
        let own = cut(run);
        let whole = whole_matrix(own, run.from - run.from.saturating_sub(LOOK_BACK));
        let repeats = |slots: &Vec<Option<Slot>>| header_rows.iter().any(|row| reads_as(slots, row));
        let mut matrix = match &page {
            Some(first) => first.under_same_columns(&whole, whole.first().is_some_and(repeats)),
            None => {
                let first = Page::of(&whole);
                let matrix = kept(&whole, &first.used);
                page = Some(first);
                matrix
            }
        };
        let grid_rows = own.get(own.len().saturating_sub(matrix.len())..).unwrap_or_default();
        let mut at = 0;
        if draft.columns.is_empty() {
            at = header_end(&matrix);
            let texts = |slots: &Vec<Option<Slot>>| own_texts(slots).map(|text| folded(text).into_owned()).collect();
            header_rows = matrix.iter().take(at).map(texts).collect();
            let pieces = take_code_pieces(&mut matrix, at);
            let mut paths = paths(&matrix, at);
            for (column, piece) in pieces {
                paths[column].push(piece);
            }
            let figures = |column: usize| column_figures(&matrix[at..], column);
            table_columns = columns::of(&paths, figures);
            if at == 0 {
                draft.doubt = Some(Message::new("没有识别出表头", "no header was recognised"));
            }
            draft.columns = paths;
        }
        let keeps_blanks = keeps_blanks(grid_rows);
        for (row, slots) in matrix.iter().enumerate().skip(at) {
            let marks_only = |(text, _): (&str, Place)| folded(text).is_empty();
            if reads_as(slots, &[])
                || single(slots).is_some_and(marks_only)
                || header_rows.iter().any(|row| reads_as(slots, row))
                || is_column_numbers(own_texts(slots))
            {
                continue;
            }
            if let Some((text, place)) = single(slots)
                && (is_remark(text) || caption::is_nothing_note(text))
            {
                draft.remarks.push((text.to_owned(), place));
                continue;
            }
            let Some(grid_row) = grid_rows.get(row) else { continue };
            let trusted = !run.grid.ragged || keeps_blanks || grid_row.cells.len() >= draft.columns.len();
            let lost = place(slots, &table_columns, trusted, grid_row.place, &mut draft);
            shifted.extend(lost.map(|figures| (draft.rows.len() - 1, figures)));
        }
    }
    align_shifted(shifted, &table_columns, known, &mut draft);
    draft
}

/// Puts the figures of rows that lost cells under columns, by the arithmetic of all rows.
fn align_shifted(shifted: Vec<(usize, Vec<Piece>)>, columns: &[Column], known: &Known, draft: &mut Draft) {
    if shifted.is_empty() {
        return;
    }
    let slots = align::figure_columns(columns);
    let code_columns: Vec<usize> = with_role(columns, &[ColumnRole::Code]);
    let mut figures: Vec<Figures> = draft
        .rows
        .iter()
        .map(|row| {
            let code =
                code_columns.iter().filter_map(|column| row.cells[*column].as_ref()).map(|piece| piece.text.trim());
            let printed: Vec<usize> = slots.iter().copied().filter(|column| row.cells[*column].is_some()).collect();
            let amounts = printed.iter().map(|column| row.cells[*column].as_ref().and_then(|p| Amount::parse(&p.text)));
            Figures { code: code.collect(), amounts: amounts.collect(), fixed: Some(printed) }
        })
        .collect();
    for (row, pieces) in &shifted {
        figures[*row].amounts = pieces.iter().map(|piece| Amount::parse(&piece.text)).collect();
        figures[*row].fixed = None;
    }
    let settled = align::settle(&figures, columns, known);
    for (row, pieces) in shifted {
        let alignment = &settled[row];
        for (index, piece) in pieces.into_iter().enumerate() {
            match alignment.columns.get(index) {
                Some(column) if draft.rows[row].cells[*column].is_none() => {
                    draft.rows[row].cells[*column] = Some(piece);
                }
                _ => draft.notes.push(stray(&piece.text, piece.place)),
            }
        }
        if !alignment.sure {
            draft.rows[row].doubt = Some(align::uncertain());
        }
    }
}

fn with_role(columns: &[Column], roles: &[ColumnRole]) -> Vec<usize> {
    let fits = |column: &Column| roles.contains(&column.role);
    columns.iter().enumerate().filter(|(_, column)| fits(column)).map(|(index, _)| index).collect()
}

/// The rows of a run, with those above it whose cells may reach into it.
fn cut<'a>(run: &Rows<'a>) -> &'a [GridRow] {
    run.grid.rows.get(run.from.saturating_sub(LOOK_BACK)..run.to).unwrap_or_default()
}

/// The rows with spans spread, without the first `above` of them.
fn whole_matrix(own: &[GridRow], above: usize) -> Matrix<'_> {
    let spread = Grid::spread_rows(own);
    let slot = |r: usize, row: &[Option<(usize, usize)>], column: usize| {
        let id = row[column]?;
        let cell = own.get(id.0)?.cells.get(id.1)?;
        let begins = id.0 == r && (column == 0 || row[column - 1] != Some(id));
        (id.0 >= above && !is_blank(&cell.text)).then_some(Slot { cell, id, begins })
    };
    let rows = spread.iter().enumerate().skip(above);
    rows.map(|(r, row)| (0..row.len()).map(|column| slot(r, row, column)).collect()).collect()
}

/// The matrix without the columns that are not used.
fn kept<'a>(whole: &Matrix<'a>, used: &[bool]) -> Matrix<'a> {
    let width = used.iter().filter(|used| **used).count();
    let keep = |row: &Vec<Option<Slot<'a>>>| {
        let mut kept = Vec::with_capacity(width);
        kept.extend(row.iter().zip(used).filter(|(_, used)| **used).map(|(slot, _)| *slot));
        kept
    };
    whole.iter().map(keep).collect()
}

/// Which columns of a run are those of the table, and where they stand on the page.
#[derive(Clone, Debug)]
struct Page {
    /// For each column of the spread grid, whether any cell of it is filled.
    used: Vec<bool>,
    /// Left and right edge of each used column, where cells tell.
    edges: Vec<Option<(i32, i32)>>,
}

impl Page {
    fn of(whole: &Matrix) -> Self {
        let width = whole.first().map_or(0, Vec::len);
        let used: Vec<bool> = (0..width).map(|column| whole.iter().any(|row| row[column].is_some())).collect();
        let edges = edges(whole).into_iter().zip(&used).filter(|(_, used)| **used).map(|(edge, _)| edge).collect();
        Self { used, edges }
    }

    /// A further page with its cells under the columns of the first: told by its own header, by as many columns, by where
    /// they stand on the page.
    fn under_same_columns<'a>(&self, whole: &Matrix<'a>, has_header: bool) -> Matrix<'a> {
        let own = Self::of(whole);
        let width = self.edges.len();
        if has_header && own.edges.len() == width {
            return kept(whole, &own.used);
        }
        if own.used.len() == self.used.len() && own.used.iter().zip(&self.used).all(|(own, used)| !own || *used) {
            return kept(whole, &self.used);
        }
        if own.edges.len() == width {
            return kept(whole, &own.used);
        }
        let matrix = kept(whole, &own.used);
        let Some(columns) = self.columns_at(&own.edges) else {
            return matrix;
        };
        let spread = |row: &Vec<Option<Slot<'a>>>| {
            let mut cells = vec![None; width];
            for (slot, column) in row.iter().zip(&columns) {
                cells[*column] = *slot;
            }
            cells
        };
        matrix.iter().map(spread).collect()
    }

    /// The column of the first page that each column of another stands under: all different, in the same order.
    fn columns_at(&self, edges: &[Option<(i32, i32)>]) -> Option<Vec<usize>> {
        let under = |&(left, right): &(i32, i32)| {
            let shared = |&(own_left, own_right): &(i32, i32)| right.min(own_right).saturating_sub(left.max(own_left));
            let half = right.saturating_sub(left) / 2;
            let first = self.edges.iter().enumerate().filter_map(|(column, own)| Some((column, shared(own.as_ref()?))));
            first.filter(|(_, shared)| *shared > half).map(|(column, _)| column).next()
        };
        let columns: Option<Vec<usize>> = edges.iter().map(|edge| edge.as_ref().and_then(under)).collect();
        columns.filter(|columns| columns.windows(2).all(|pair| pair[0] < pair[1]))
    }
}

/// Left and right edge of each column of a page, from the cells that cover it alone.
fn edges(whole: &Matrix) -> Vec<Option<(i32, i32)>> {
    let width = whole.first().map_or(0, Vec::len);
    let edge = |column: usize| {
        let mut cells = whole.iter().filter_map(|row| row[column].as_ref());
        cells.find_map(|slot| match slot.cell.place {
            Place::Page { bbox: [left, _, right, _], .. } if slot.cell.columns == 1 => Some((left, right)),
            _ => None,
        })
    };
    (0..width).map(edge).collect()
}

/// Takes 类, 款, 项 out of a row that prints its figures on the same line as these last pieces of the header.
fn take_code_pieces(matrix: &mut Matrix, at: usize) -> Vec<(usize, String)> {
    let Some(row) = matrix.get_mut(at) else {
        return Vec::new();
    };
    let is_piece = |slot: &Option<Slot>| slot.is_some_and(|slot| slot.begins && is_code_piece(&slot.cell.text));
    if row.iter().filter(|slot| is_piece(slot)).count() < 2 {
        return Vec::new();
    }
    let mut taken = Vec::new();
    for (column, slot) in row.iter_mut().enumerate() {
        if is_piece(slot)
            && let Some(piece) = slot.take()
        {
            taken.push((column, unspaced(&piece.cell.text)));
        }
    }
    taken
}

/// 类, 款, 项 alone in a cell.
fn is_code_piece(text: &str) -> bool {
    matches!(text.trim(), "类" | "款" | "项")
}

fn own_texts<'a>(slots: &'a [Option<Slot<'a>>]) -> impl Iterator<Item = &'a str> {
    slots.iter().flatten().filter(|slot| slot.begins).map(|slot| slot.cell.text.as_str())
}

/// Whether the cells of a row have these texts, folded.
fn reads_as(slots: &[Option<Slot>], texts: &[String]) -> bool {
    own_texts(slots).map(folded).eq(texts.iter().map(String::as_str))
}

/// The text of a row that has only one.
fn single<'a>(slots: &'a [Option<Slot<'a>>]) -> Option<(&'a str, Place)> {
    let mut filled = slots.iter().flatten().filter(|slot| slot.begins);
    let slot = filled.next()?;
    filled.next().is_none().then_some((slot.cell.text.as_str(), slot.cell.place))
}

/// Whether the source keeps blank cells between others: some row has a blank one before a filled one.
fn keeps_blanks(rows: &[GridRow]) -> bool {
    rows.iter().any(|row| {
        let last = row.cells.iter().rposition(|cell| !is_blank(&cell.text)).unwrap_or(0);
        row.cells[..last].iter().any(|cell| is_blank(&cell.text))
    })
}

/// Where the header rows end: at the first row with a figure, a code or an ordinal, or one that only labels a row.
fn header_end(matrix: &Matrix) -> usize {
    let mut labels: Vec<bool> = Vec::new();
    for (index, slots) in matrix.iter().enumerate().take(MOST_HEADER_ROWS) {
        let texts: Vec<&str> = own_texts(slots).collect();
        if is_column_numbers(texts.iter().copied()) {
            return index;
        }
        let data = texts
            .iter()
            .any(|text| is_figure(text) || names::ordinal(text).0.is_some() || is_code_text(text) || is_remark(text));
        let known = texts.iter().filter(|text| header::part_of(text).is_some()).count();
        if data || index > 0 && !texts.is_empty() && known == 0 || caption::is_nothing_note(&texts.concat()) {
            return index;
        }
        let labels_rows =
            |text: &str| !matches!(header::part_of(text), Some(Part::Code | Part::Name | Part::LabelGroup));
        if index > 0
            && texts.len() == 1
            && labels_rows(texts[0])
            && slots.iter().position(Option::is_some).is_some_and(|column| labels.get(column) == Some(&true))
        {
            return index;
        }
        labels.resize(slots.len().max(labels.len()), false);
        for (column, slot) in slots.iter().enumerate() {
            if let Some(slot) = slot {
                labels[column] |= matches!(header::part_of(&slot.cell.text), Some(Part::Code | Part::Name));
            }
        }
    }
    matrix.len().min(MOST_HEADER_ROWS)
}

fn is_code_text(text: &str) -> bool {
    let text = folded(text);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 3 && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// The header path of each column: its own headers from the top, groups spread to the right over their children.
fn paths(matrix: &Matrix, header: usize) -> Vec<Vec<String>> {
    let width = matrix.first().map_or(0, Vec::len);
    // effective[r][c]: the column whose cell of row r stands over column c.
    let mut effective: Vec<Vec<Option<usize>>> = vec![vec![None; width]; header];
    for row in 0..header {
        for column in 0..width {
            let own = matrix[row][column].is_some();
            let child_below = (row + 1..header).any(|below| matrix[below][column].is_some());
            let left = (column > 0).then(|| effective[row][column - 1]).flatten();
            let same_group =
                column > 0 && (0..row).all(|above| effective[above][column] == effective[above][column - 1]);
            // A cell that goes on below is no child of its own.
            let own_id = left.and_then(|left| matrix[row][left]).map(|slot| slot.id);
            let left_has_child = left.is_some_and(|left| {
                (row + 1..header).any(|below| matrix[below][left].is_some_and(|slot| Some(slot.id) != own_id))
            });
            effective[row][column] = if own {
                Some(column)
            } else if child_below && same_group && left_has_child {
                left
            } else {
                None
            };
        }
    }
    (0..width)
        .map(|column| {
            let mut path: Vec<String> = Vec::new();
            let mut last = None;
            for (row, over) in effective.iter().enumerate() {
                let Some(slot) = over[column].and_then(|over| matrix[row][over]) else {
                    continue;
                };
                let text = unspaced(&slot.cell.text);
                // 合计 below 科目名称 is the first row, on one line with the last headers of the amounts.
                let labelled = |above: &String| matches!(header::part_of(above), Some(Part::Code | Part::Name));
                if header::is_total(&text) && path.last().is_some_and(labelled) {
                    continue;
                }
                if last != Some(slot.id) && path.last() != Some(&text) {
                    path.push(text);
                }
                last = Some(slot.id);
            }
            path
        })
        .collect()
}

/// Whether the cells of a column are figures; `None` where it is blank throughout.
fn column_figures(rows: &[Vec<Option<Slot>>], column: usize) -> Option<bool> {
    let texts = rows.iter().filter_map(|row| row.get(column)?.as_ref()).map(|slot| slot.cell.text.trim());
    let (mut figures, mut others) = (0_usize, 0_usize);
    for text in texts.filter(|text| !is_dash(text)) {
        if is_figure(text) { figures += 1 } else { others += 1 }
    }
    (figures + others > 0).then_some(figures >= others)
}

/// Puts a row under the columns. Where blank cells were lost, its figures are given back.
fn place(
    slots: &[Option<Slot>],
    columns: &[Column],
    trusted: bool,
    row_place: Place,
    draft: &mut Draft,
) -> Option<Vec<Piece>> {
    let mut cells: Vec<Option<Piece>> = vec![None; columns.len()];
    let pieces: Vec<(usize, Piece)> = slots
        .iter()
        .enumerate()
        .filter_map(|(column, slot)| slot.filter(|slot| slot.begins).map(|slot| (column, slot)))
        .map(|(column, slot)| (column, Piece::new(slot.cell.text.trim(), slot.cell.place)))
        .collect();
    let place = pieces.first().map_or(row_place, |(_, piece)| piece.place);
    let end = pieces.last().map_or(row_place, |(_, piece)| piece.place);
    let fits = |column: usize, text: &str| match columns.get(column).map(|column| column.role) {
        Some(ColumnRole::Amount | ColumnRole::Percent) => is_figure(text),
        Some(ColumnRole::Code) => !text.contains('.') || !is_figure(text),
        Some(ColumnRole::Name) => !is_figure(text) || is_code_text(text) && !text.contains('.'),
        Some(ColumnRole::Text | ColumnRole::Sequence) => true,
        None => false,
    };
    let misfit = pieces.iter().any(|(column, piece)| !fits(*column, &piece.text));
    // A figure with something beside it, in a row that lacks no cell: nothing was shifted.
    let marred = |column: usize, text: &str| {
        let amount = columns.get(column).is_some_and(|column| column.role == ColumnRole::Amount);
        amount && !is_figure(text) && text.contains(|c: char| c.is_ascii_digit())
    };
    let whole = misfit
        && trusted
        && pieces.len() == columns.len()
        && pieces.iter().all(|(column, piece)| fits(*column, &piece.text) || marred(*column, &piece.text));
    let (mut doubt, mut lost) = (None, None);
    let spanning = slots
        .iter()
        .enumerate()
        .filter_map(|(column, slot)| slot.filter(|slot| slot.cell.rows > 1).map(|slot| (column, slot)))
        .filter(|(column, _)| {
            columns.get(*column).is_some_and(|own| matches!(own.role, ColumnRole::Name | ColumnRole::Text))
        })
        .map(|(column, slot)| (column, unspaced(&slot.cell.text)))
        .collect();
    if whole {
        for (column, piece) in pieces {
            cells[column] = Some(piece);
        }
        doubt = Some(Message::new(
            "金额栏里有数字与别的文字混在一起，读不出金额",
            "an amount column holds digits among other text, which is no amount",
        ));
    } else if let Some((sided, unsure)) = (misfit || !trusted).then(|| by_sides(&pieces, columns)).flatten() {
        for (column, piece) in sided {
            cells[column] = Some(piece);
        }
        doubt = unsure;
    } else if !misfit && (trusted || !has_lost_cells(&pieces, columns)) {
        for (column, piece) in pieces {
            cells[column] = Some(piece);
        }
    } else {
        // Where no cell is lost, an amount that stands among words belongs to no other column for certain.
        let strange = |(column, piece): &(usize, Piece)| {
            let words = columns.get(*column).is_some_and(|c| matches!(c.role, ColumnRole::Name | ColumnRole::Text));
            words && piece.text.contains('.') && Amount::is_one(&piece.text)
        };
        let moved = trusted && pieces.iter().any(strange);
        (lost, doubt) = realign(pieces, columns, &mut cells, draft);
        doubt = doubt.or_else(|| moved.then(align::uncertain));
    }
    let unsure = || slots.iter().flatten().find_map(|slot| slot.cell.doubt.as_deref().cloned());
    draft.rows.push(DraftRow { place, end, side: None, cells, spanning, doubt: doubt.or_else(unsure) });
    lost
}

/// Pieces with their columns, and why these are not certain.
type Placed = (Vec<(usize, Piece)>, Option<Message>);

/// The cells of a row of a two-sided table that lost blank cells: each name with the figures behind it goes to its side.
/// `None` where the table is no such table, or the row is no such row.
fn by_sides(pieces: &[(usize, Piece)], columns: &[Column]) -> Option<Placed> {
    let names = with_role(columns, &[ColumnRole::Name]);
    let [left, right] = names.as_slice() else { return None };
    if *left != 0 || !with_role(columns, &[ColumnRole::Code]).is_empty() {
        return None;
    }
    let mut segments: Vec<Vec<&Piece>> = Vec::new();
    for (_, piece) in pieces {
        match segments.last_mut() {
            Some(last) if is_figure(&piece.text) => last.push(piece),
            _ => segments.push(vec![piece]),
        }
    }
    let starts: Vec<usize> = match segments.as_slice() {
        [_, _] => vec![*left, *right],
        [only] => match names::side(&only.first()?.text) {
            Some(Side::Expenditure) => vec![*right],
            Some(Side::Revenue) => vec![*left],
            None => return None,
        },
        _ => return None,
    };
    let figures = align::figure_columns(columns);
    let (mut placed, mut short) = (Vec::new(), false);
    for (segment, start) in segments.iter().zip(starts) {
        let end = if start == *left { *right } else { columns.len() };
        let slots: Vec<usize> = figures.iter().copied().filter(|column| (start..end).contains(column)).collect();
        let (name, own) = segment.split_first()?;
        if is_figure(&name.text) || own.len() > slots.len() {
            return None;
        }
        short |= !own.is_empty() && own.len() < slots.len();
        placed.push((start, (*name).clone()));
        placed.extend(slots.into_iter().zip(own.iter().map(|piece| (*piece).clone())));
    }
    Some((placed, short.then(align::uncertain)))
}

/// Whether the figures of a row that may have lost blank cells do not add up as they stand.
fn has_lost_cells(pieces: &[(usize, Piece)], columns: &[Column]) -> bool {
    let figures: Vec<(usize, Amount)> =
        pieces.iter().filter_map(|(column, piece)| Some((*column, Amount::parse(&piece.text)?))).collect();
    let amount = |column: usize| figures.iter().find(|(at, _)| *at == column).map(|(_, amount)| amount);
    columns::sums(columns).iter().any(|sum| sum.holds(amount) == Some(false))
}

/// Puts codes and names that do not stand under their columns there by what they are; gives back the figures, and the
/// doubt that remains about the words.
fn realign(
    pieces: Vec<(usize, Piece)>,
    columns: &[Column],
    cells: &mut [Option<Piece>],
    draft: &mut Draft,
) -> (Option<Vec<Piece>>, Option<Message>) {
    let codes = with_role(columns, &[ColumnRole::Code]);
    let labels = with_role(columns, &[ColumnRole::Name, ColumnRole::Text]);
    let (mut free_codes, mut free_labels) = (codes.into_iter(), labels.into_iter());
    let mut figures: Vec<Piece> = Vec::new();
    let mut misplaced = false;
    for (column, piece) in pieces {
        let text = piece.text.as_str();
        let as_code = figures.is_empty() && is_code_text(text) && !text.contains('.');
        if as_code && let Some(code) = free_codes.next() {
            cells[code] = Some(piece);
        } else if is_figure(text) {
            figures.push(piece);
        } else if figures.is_empty()
            && let Some(label) = free_labels.next()
        {
            cells[label] = Some(piece);
        } else if let Some(cell) = cells.get_mut(column).filter(|cell| cell.is_none()) {
            // Words among the figures stay where they are.
            *cell = Some(piece);
            misplaced = true;
        } else {
            draft.notes.push(stray(text, piece.place));
            misplaced = true;
        }
    }
    (Some(figures), misplaced.then(align::uncertain))
}
