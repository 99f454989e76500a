//! A row of a two-sided table: revenue and expenditure of one printed line side by side.

use leptos::prelude::*;

use super::mark::mark;
use super::sheet::{plain_cell, side_class};
use super::table_view::Switches;
use super::words::Words;
use crate::disclosure::ColumnRole;
use crate::session::{CellKind, Mark, RowShape, RowView, SidedLine, SidedRow, TableView};

/// One row; runs of lines without amounts are folded away unless the reader wants them.
pub(super) fn sided_row(words: Words, switches: Switches, shown: &TableView, row: SidedRow) -> AnyView {
    match row {
        SidedRow::Note(run) => view! {
            <tr class="bare-note" class:gone=move || switches.bare.get()>
                <td class="lab small muted" colspan=shown.columns.to_string()>{words.bare_lines(run)}</td>
            </tr>
        }
        .into_any(),
        SidedRow::Line(at, folds) => {
            let found = shown.sided.as_ref().and_then(|(lines, split)| Some((lines.get(at)?, *split)));
            found.map(|(line, split)| one_line(words, switches, shown, line, split, folds)).into_any()
        }
    }
}

/// Whether the cells of a column name their row.
fn names(shown: &TableView, column: u16) -> bool {
    let mut leaves = shown.header.iter().flatten().filter(|cell| !cell.group);
    leaves.any(|cell| cell.role == ColumnRole::Name && cell.column == column)
}

fn one_line(
    words: Words,
    switches: Switches,
    shown: &TableView,
    line: &SidedLine,
    split: u16,
    folds: bool,
) -> impl IntoView + use<> {
    let row = |index: Option<usize>| index.and_then(|index| shown.rows.get(index));
    let (revenue, expenditure) = (row(line.revenue), row(line.expenditure));
    let total = [revenue, expenditure].into_iter().flatten().any(|row| row.shape == RowShape::Total);
    let cells = (0..u16::try_from(shown.columns).unwrap_or(u16::MAX)).map(|column| {
        let of = if column < split { revenue } else { expenditure };
        let side = side_class(column, Some(split));
        match of.and_then(|row| row.cells.get(usize::from(column)).map(|cell| (row, cell))) {
            Some((row, cell)) if names(shown, column) => name(row, &cell.text, cell.mark, side).into_any(),
            Some((row, cell)) => plain_cell(words, row, cell, side).into_any(),
            None => view! { <td class=format!("c-none{side}")></td> }.into_any(),
        }
    });
    view! {
        <tr class=if total { "k0" } else { "" } class:gone=move || folds && !switches.bare.get()>{cells.collect_view()}</tr>
    }
}

fn name(row: &RowView, text: &str, sign: Option<Mark>, side: &'static str) -> impl IntoView + use<> {
    let text = if row.name.is_empty() { text.to_owned() } else { row.name.clone() };
    let bare = row.cells.iter().all(|cell| !matches!(cell.kind, CellKind::Amount | CellKind::Zero));
    let sign = sign.filter(|&sign| sign != Mark::Ok && sign != Mark::Unchecked).map(mark);
    let class = format!("lab lv{}{side}", row.indent.min(4));
    if bare {
        // Nothing to be the header of.
        return view! { <td class=class>{sign}<span>{text}</span></td> }.into_any();
    }
    view! { <th scope="row" class=class>{sign}<span>{text}</span></th> }.into_any()
}
