//! Rows with fewer figures than columns, because blank cells were lost: the arithmetic of the row, then that of the rows
//! above and below it, says which columns the figures stand under. What it does not single out is doubted.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::columns::{self, Sum};
use super::header;
use crate::amount::Amount;
use crate::disclosure::{Column, ColumnRole, Measure, Message, Row, RowRole, Table, TableKind};

/// How many ways of leaving cells blank are tried for one row.
const MOST_PER_ROW: usize = 8_000;
/// How many are tried for one table, so that a long table stays linear.
const MOST_PER_TABLE: usize = 60_000;
/// How many of the ways that fit a row are kept.
const MOST_FITTING: usize = 128;
/// How many rows can stand below one for them to be settled together.
const MOST_MEMBERS: usize = 120;
/// How many steps the search over the rows below one row takes.
const MOST_STEPS: usize = 4_000;

/// Totals that other tables of the same disclosure print without doubt, by what they measure.
pub(super) type Known = BTreeMap<Measure, BTreeSet<Decimal>>;

/// What the rows of a table that stand for the whole say beyond doubt: totals by column, items of two-sided tables.
pub(super) fn learn(table: &Table, known: &mut Known) {
    let whole =
        |row: &&Row| row.doubt.is_none() && matches!(row.role, RowRole::Total | RowRole::Item | RowRole::GrandTotal);
    for row in table.rows.iter().filter(whole) {
        for (column, entry) in table.columns.iter().zip(&row.entries) {
            let Some(amount) = entry.amount() else { continue };
            let item = row.role == RowRole::Item;
            let measure = match (item, column.measure) {
                (true, _) => row.measure,
                (false, Some(Measure::Total)) if table.kind == TableKind::BasicExpenditure => Some(Measure::Basic),
                (false, Some(Measure::Total)) if table.kind == TableKind::ProjectExpenditure => Some(Measure::Project),
                (false, measure) => measure,
            };
            if let Some(measure) = measure {
                known.entry(measure).or_default().insert(amount.value().normalize());
            }
        }
    }
}

/// A row as aligning sees it.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures {
    /// The row's code, empty where it has none.
    pub(super) code: String,
    /// Its figures, left to right; `None` for a dash.
    pub(super) amounts: Vec<Option<Amount>>,
    /// Their columns, where the layout shows them.
    pub(super) fixed: Option<Vec<usize>>,
}

/// The columns of the figures of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Alignment {
    /// One column for each figure.
    pub(super) columns: Vec<usize>,
    /// Whether it is the only one that fits.
    pub(super) sure: bool,
}

/// The doubt of a row whose alignment is not sure.
pub(super) fn uncertain() -> Message {
    Message::new(
        "本行数字少于列数，空白单元格的位置存疑",
        "the row has fewer figures than columns; which cells are blank is doubtful",
    )
}

/// The indexes of the columns that hold figures.
pub(super) fn figure_columns(columns: &[Column]) -> Vec<usize> {
    let holds_figures = |role: ColumnRole| matches!(role, ColumnRole::Amount | ColumnRole::Percent);
    columns.iter().enumerate().filter(|(_, column)| holds_figures(column.role)).map(|(index, _)| index).collect()
}

/// Aligns all rows of a table: each by its own sums, then parents and children by each other.
pub(super) fn settle(rows: &[Figures], columns: &[Column], known: &Known) -> Vec<Alignment> {
    let slots = figure_columns(columns);
    let sums = columns::sums(columns);
    let mut budget = MOST_PER_TABLE;
    let mut options: Vec<Vec<Vec<usize>>> = rows
        .iter()
        .map(|row| match &row.fixed {
            Some(columns) => vec![columns.clone()],
            None => fitting(&row.amounts, &slots, &sums, &mut budget),
        })
        .collect();
    // The first row that is not full and has no code is the total: what other tables print of it may settle it.
    if let Some(total) = rows.iter().position(|row| row.code.is_empty() && row.fixed.is_none()) {
        by_known_totals(&rows[total], &mut options[total], columns, known);
    }
    by_roll_up(rows, &mut options);
    let left = |row: &Figures| slots.iter().copied().take(row.amounts.len()).collect();
    rows.iter()
        .zip(options)
        .map(|(row, options)| {
            let sure = options.len() == 1 && row.amounts.len() <= slots.len();
            Alignment { columns: options.into_iter().next().unwrap_or_else(|| left(row)), sure }
        })
        .collect()
}

/// The ways to put figures under columns, in order, so that every sum holds; where none does, none.
fn fitting(figures: &[Option<Amount>], slots: &[usize], sums: &[Sum], budget: &mut usize) -> Vec<Vec<usize>> {
    if figures.len() >= slots.len() {
        return vec![slots.to_vec()];
    }
    let mut fitting = Vec::new();
    if figures.is_empty() {
        return vec![Vec::new()];
    }
    let mut chosen: Vec<usize> = (0..figures.len()).collect();
    for _ in 0..MOST_PER_ROW {
        if *budget == 0 {
            break;
        }
        *budget -= 1;
        let amount = |column: usize| {
            let at = chosen.iter().position(|index| slots[*index] == column)?;
            figures[at].as_ref()
        };
        let (mut holds, mut fails) = (false, false);
        for sum in sums {
            match sum.holds(amount) {
                Some(true) => holds = true,
                Some(false) => {
                    fails = true;
                    break;
                }
                None => {}
            }
        }
        if holds && !fails {
            fitting.push(chosen.iter().map(|index| slots[*index]).collect());
        }
        if fitting.len() >= MOST_FITTING || !next_combination(&mut chosen, slots.len()) {
            break;
        }
    }
    fitting
}

/// The next choice of as many of `0..n`, in order; false after the last.
fn next_combination(chosen: &mut [usize], n: usize) -> bool {
    let k = chosen.len();
    for at in (0..k).rev() {
        if chosen[at] < n - (k - at) {
            chosen[at] += 1;
            for next in at + 1..k {
                chosen[next] = chosen[next - 1] + 1;
            }
            return true;
        }
    }
    false
}

/// Keeps the option that puts every figure but the totals under a column of which another table prints that figure, if
/// there is only one.
fn by_known_totals(row: &Figures, options: &mut Vec<Vec<usize>>, columns: &[Column], known: &Known) {
    if options.len() < 2 {
        return;
    }
    let confirmed = |option: &&Vec<usize>| {
        option.iter().zip(&row.amounts).all(|(column, amount)| {
            let column = &columns[*column];
            let (Some(amount), Some(measure)) = (amount, column.measure) else {
                return false;
            };
            let total = column.path.last().is_some_and(|last| header::is_total(last));
            total || known.get(&measure).is_some_and(|values| values.contains(&amount.value().normalize()))
        })
    };
    let mut fitting = options.iter().filter(confirmed);
    if let (Some(only), None) = (fitting.next(), fitting.next()) {
        *options = vec![only.clone()];
    }
}

/// Keeps, of each row's options, the one that makes every column of its parent the sum of the rows below it: from the
/// total down, then from the items up.
fn by_roll_up(rows: &[Figures], options: &mut [Vec<Vec<usize>>]) {
    let families = families(rows);
    let width = options.iter().flatten().flatten().max().map_or(0, |column| column + 1);
    // How many options a family had when its search came to nothing: with as many it comes to nothing again.
    let mut in_vain: BTreeMap<usize, usize> = BTreeMap::new();
    for (parent, children) in families.iter().chain(families.iter().rev()) {
        if options[*parent].len() == 1 && children.iter().all(|child| options[*child].len() == 1) {
            continue;
        }
        let members: Vec<usize> = children.iter().copied().chain([*parent]).collect();
        if members.len() > MOST_MEMBERS || members.iter().any(|member| options[*member].is_empty()) {
            continue;
        }
        let left: usize = members.iter().map(|member| options[*member].len()).sum();
        if in_vain.insert(*parent, left) == Some(left) {
            continue;
        }
        let mut search = RollUp { rows, options, members: &members, steps: 0, found: Vec::new(), chosen: Vec::new() };
        search.go(&vec![Decimal::ZERO; width]);
        let RollUp { steps, found, .. } = search;
        if steps < MOST_STEPS
            && let [only] = found.as_slice()
        {
            for (member, choice) in members.iter().zip(only) {
                let kept = options[*member][*choice].clone();
                options[*member] = vec![kept];
            }
        }
    }
}

/// Parents with the rows that they sum: the first row without a code over the classes or the departments, a class over
/// its groups, a group over its items, a department over its units. Outermost first.
fn families(rows: &[Figures]) -> Vec<(usize, Vec<usize>)> {
    let departments: BTreeSet<&str> =
        rows.iter().filter(|row| row.code.len() == 6).filter_map(|row| row.code.get(..3)).collect();
    let mut open: BTreeMap<&str, usize> = BTreeMap::new();
    // Above its classes or, on some forms, below them.
    let total = rows.iter().position(|row| row.code.is_empty());
    let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    // The unit whose own classes follow.
    let mut unit: Option<usize> = None;
    for (index, row) in rows.iter().enumerate() {
        let code = row.code.as_str();
        if code.is_empty() || !code.is_ascii() {
            continue;
        }
        let parent = match code.len() {
            // Where units are listed, a department sums the whole, and a class between them belongs to the unit above.
            3 if departments.contains(code) || departments.is_empty() => total,
            3 => unit,
            6 => open.get(&code[..3]).copied().or(total),
            5 | 7 => open.get(&code[..code.len() - 2]).copied(),
            _ => None,
        };
        if let Some(parent) = parent {
            children.entry(parent).or_default().push(index);
        }
        if code.len() == 6 {
            unit = Some(index);
        }
        open.insert(code, index);
    }
    let mut families: Vec<(usize, Vec<usize>)> = children.into_iter().collect();
    families.sort_by_key(|(parent, _)| (rows[*parent].code.len(), *parent));
    families
}

/// The search for choices of all members of a family, the parent last.
struct RollUp<'a> {
    rows: &'a [Figures],
    options: &'a [Vec<Vec<usize>>],
    members: &'a [usize],
    steps: usize,
    found: Vec<Vec<usize>>,
    chosen: Vec<usize>,
}

impl RollUp<'_> {
    /// Goes on with the next member. `sums` has, by column, what the members chosen so far add up to.
    fn go(&mut self, sums: &[Decimal]) {
        self.steps += 1;
        if self.steps >= MOST_STEPS || self.found.len() > 1 {
            return;
        }
        let at = self.chosen.len();
        if at == self.members.len() {
            // Rounding of each member: half a last digit.
            let tolerance = Decimal::new(5, 3).saturating_mul(Decimal::from(self.members.len()));
            if sums.iter().all(|rest| rest.abs() <= tolerance) {
                self.found.push(self.chosen.clone());
            }
            return;
        }
        let member = self.members[at];
        let parent = at + 1 == self.members.len();
        let options = self.options;
        let mut next = sums.to_vec();
        for (choice, columns) in options[member].iter().enumerate() {
            let amounts = &self.rows[member].amounts;
            let signed = |amount: &Amount| if parent { -amount.value() } else { amount.value() };
            next.copy_from_slice(sums);
            for (column, amount) in columns.iter().zip(amounts) {
                if let Some(amount) = amount {
                    next[*column] = next[*column].saturating_add(signed(amount));
                }
            }
            self.chosen.push(choice);
            self.go(&next);
            self.chosen.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(code: &str, amounts: &[&str]) -> Figures {
        Figures {
            code: code.to_owned(),
            amounts: amounts.iter().map(|text| Amount::parse(text)).collect(),
            fixed: None,
        }
    }

    #[test]
    fn rows_below_each_other_single_out_the_blank_cells() {
        let words = header::words("科目编码科目名称合计基本支出项目支出");
        let columns = columns::of(&columns::layouts(&words, Some(3))[0], |_| Some(true));
        let rows = [
            figures("", &["30.00", "12.00", "18.00"]),
            figures("208", &["12.00", "12.00"]),
            figures("20805", &["12.00", "12.00"]),
            figures("215", &["18.00", "18.00"]),
        ];
        let settled = settle(&rows, &columns, &Known::new());
        let columns: Vec<(Vec<usize>, bool)> = settled.into_iter().map(|a| (a.columns, a.sure)).collect();
        assert_eq!(columns, [(vec![2, 3, 4], true), (vec![2, 3], true), (vec![2, 3], true), (vec![2, 4], true)]);
    }

    #[test]
    fn what_nothing_singles_out_is_not_sure() {
        let words = header::words("科目编码科目名称合计基本支出项目支出");
        let columns = columns::of(&columns::layouts(&words, Some(3))[0], |_| Some(true));
        let settled = settle(&[figures("208", &["12.00", "12.00"])], &columns, &Known::new());
        assert!(!settled[0].sure);
    }
}
