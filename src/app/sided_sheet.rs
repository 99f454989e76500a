//! The rows of a two-sided table: revenue and expenditure of one printed line side by side.

use leptos::prelude::*;

use super::mark::mark;
use super::sheet::{plain_cell, side_class};
use super::table_view::Switches;
use super::words::Words;
use crate::disclosure::ColumnRole;
use crate::session::{CellKind, Mark, RowShape, RowView, SidedLine, TableView};

/// As many bare lines in a row as are folded into one.
const RUN: usize = 2;

/// All rows, runs of lines without amounts folded away unless the reader wants them.
pub(super) fn sided_rows(words: Words, switches: Switches, shown: &TableView) -> impl IntoView + use<> {
    let Some((lines, split)) = &shown.sided else { return ().into_any() };
    let split = *split;
    let names = name_columns(shown);
    let mut rows = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let run = lines[at..].iter().take_while(|line| line.bare).count();
        if run >= RUN {
            let columns = shown.columns.to_string();
            rows.push(
                view! {
                    <tr class="bare-note" class:gone=move || switches.bare.get()>
                        <td class="lab small muted" colspan=columns>{words.bare_lines(run)}</td>
                    </tr>
                }
                .into_any(),
            );
            for line in &lines[at..at + run] {
                rows.push(one_line(words, switches, shown, line, split, &names, true).into_any());
            }
            at += run;
        } else {
            rows.push(one_line(words, switches, shown, line, split, &names, false).into_any());
            at += 1;
        }
    }
    view! { <tbody>{rows}</tbody> }.into_any()
}

/// The columns whose cells name their row.
fn name_columns(shown: &TableView) -> Vec<u16> {
    let leaves = shown.header.iter().flatten().filter(|cell| !cell.group);
    leaves.filter(|cell| cell.role == ColumnRole::Name).map(|cell| cell.column).collect()
}

fn one_line(
    words: Words,
    switches: Switches,
    shown: &TableView,
    line: &SidedLine,
    split: u16,
    names: &[u16],
    folds: bool,
) -> impl IntoView + use<> {
    let row = |index: Option<usize>| index.and_then(|index| shown.rows.get(index));
    let (revenue, expenditure) = (row(line.revenue), row(line.expenditure));
    let total = [revenue, expenditure].into_iter().flatten().any(|row| row.shape == RowShape::Total);
    let cells = (0..u16::try_from(shown.columns).unwrap_or(u16::MAX)).map(|column| {
        let of = if column < split { revenue } else { expenditure };
        let side = side_class(column, Some(split));
        match of.and_then(|row| row.cells.get(usize::from(column)).map(|cell| (row, cell))) {
            Some((row, cell)) if names.contains(&column) => name(row, &cell.text, cell.mark, side).into_any(),
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
