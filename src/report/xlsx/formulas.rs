//! Which totals are formulas: those that a check inside the table found equal to their parts to the last digit.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Analysis;
use crate::disclosure::Anchor;
use crate::rules::judge::{Outcome, prints_nothing};
use crate::rules::{Claim, Relation, Term};

use super::super::layout::LaidOut;

/// Row and column of a cell.
pub(super) type Cell = (u32, u16);
/// The parts of a sum, each with whether it is added.
pub(super) type Parts = Vec<(Cell, bool)>;

/// The parts of each total of a table, by its cell (row, column). Never a circle.
pub(super) fn sums(analysis: &Analysis, laid: &LaidOut) -> BTreeMap<Cell, Parts> {
    let mut sums: BTreeMap<Cell, Parts> = BTreeMap::new();
    for checked in &analysis.checks {
        let Claim::Equation(equation) = &checked.claim else { continue };
        let exact = checked.verdict.outcome == Outcome::Pass && checked.verdict.difference.is_some_and(|d| d.is_zero());
        let ([left], true, Relation::Equal) = (equation.left.as_slice(), exact, equation.relation) else { continue };
        let Some(total) = here(laid, left.at).filter(|_| left.plus && equation.right.len() > 1) else { continue };
        let parts: Option<Vec<_>> = equation.right.iter().map(|term| part(analysis, laid, term)).collect();
        let Some(parts) = parts else { continue };
        // The total itself must be a number, and the first check that says what it sums is the one.
        if !is_number(analysis, left.at) || sums.contains_key(&total) || reaches(&sums, &parts, total) {
            continue;
        }
        sums.insert(total, parts);
    }
    sums
}

/// The cell of the table that an anchor points to.
fn here(laid: &LaidOut, at: Anchor) -> Option<Cell> {
    match at {
        Anchor::Cell { disclosure, table, row, column } if (disclosure, table) == (laid.document, laid.index) => {
            Some((row, column))
        }
        _ => None,
    }
}

/// A part that a formula can add: a number, or a cell that prints nothing.
fn part(analysis: &Analysis, laid: &LaidOut, term: &Term) -> Option<(Cell, bool)> {
    let cell = here(laid, term.at)?;
    let (_, entry) = analysis.cell(term.at)?;
    (prints_nothing(entry) || is_number(analysis, term.at)).then_some((cell, term.plus))
}

fn is_number(analysis: &Analysis, at: Anchor) -> bool {
    analysis.cell(at).and_then(|(_, entry)| entry.amount()).is_some_and(|amount| super::number(amount).is_some())
}

/// Whether any of the parts is, through the sums known so far, made of `total`.
fn reaches(sums: &BTreeMap<Cell, Parts>, parts: &[(Cell, bool)], total: Cell) -> bool {
    let mut next: Vec<Cell> = parts.iter().map(|&(cell, _)| cell).collect();
    let mut seen = BTreeSet::new();
    while let Some(cell) = next.pop() {
        if cell == total {
            return true;
        }
        if seen.insert(cell) {
            next.extend(sums.get(&cell).into_iter().flatten().map(|&(cell, _)| cell));
        }
    }
    false
}

/// The formula over cells of a sheet: `=SUM(C5:C9,C12)-C14`. Parts that print nothing and stand outside the grid are
/// left out. `None` where nothing would be added.
pub(super) fn formula(parts: &[(Cell, bool)]) -> Option<String> {
    let name = |(row, column): Cell| rust_xlsxwriter::utility::row_col_to_cell(row, column);
    let mut added: Vec<Cell> = parts.iter().filter(|(_, plus)| *plus).map(|&(cell, _)| cell).collect();
    // A cell that is named twice is added twice; ranges would add it once.
    added.sort_unstable_by_key(|&(row, column)| (column, row));
    if added.is_empty() || added.windows(2).any(|pair| pair[0] == pair[1]) {
        return None;
    }
    let mut ranges: Vec<(Cell, Cell)> = Vec::new();
    let down = run(&added, |(row, column)| (row + 1, column));
    let mut across_order = added.clone();
    across_order.sort_unstable();
    let across = run(&across_order, |(row, column)| (row, column + 1));
    ranges.extend(if across.len() < down.len() { across } else { down });
    let arguments: Vec<String> = ranges
        .iter()
        .map(|&(from, to)| if from == to { name(from) } else { format!("{}:{}", name(from), name(to)) })
        .collect();
    let mut text = format!("=SUM({})", arguments.join(","));
    for &(cell, _) in parts.iter().filter(|(_, plus)| !plus) {
        text.push('-');
        text.push_str(&name(cell));
    }
    Some(text)
}

/// The cells as ranges of neighbours.
fn run(cells: &[Cell], next: impl Fn(Cell) -> Cell) -> Vec<(Cell, Cell)> {
    let mut ranges: Vec<(Cell, Cell)> = Vec::new();
    for &cell in cells {
        match ranges.last_mut().filter(|(_, to)| next(*to) == cell) {
            Some((_, to)) => *to = cell,
            None => ranges.push((cell, cell)),
        }
    }
    ranges
}
