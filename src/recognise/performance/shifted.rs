//! Rows of a grid under their columns, where a lost merged cell moved them to the left or the right.
//!
//! A cell mostly stands under its header. Where it does not, the cells to its right moved with it: so a reading pays
//! for every change of the shift, and for every cell whose text does not fit its column.

use std::borrow::Cow;

use super::Slot;
use super::flow::{Found, RawRow};
use super::look::Look;
use super::vocabulary::STEP;
use crate::spelling::solid;

/// A filled cell of a row: the column it is printed in, and what is printed.
pub(super) type Printed = (usize, Found);

/// What a change of the shift costs for each column moved.
const SHIFT: u32 = 3 * STEP;
/// What leaving a cell out costs: the last resort.
const LEFT_OUT: u32 = 14 * STEP;
const INFINITE: u32 = u32::MAX / 4;

/// The columns that the cells of rows stand under.
pub(super) struct Under<'a> {
    slots: &'a [Slot],
    /// The column that each slot is printed in.
    at: &'a [usize],
    /// What leaving the first so many columns empty costs.
    skips: Vec<u32>,
}

impl<'a> Under<'a> {
    /// The columns `slots` that are printed at `at`.
    pub(super) fn new(slots: &'a [Slot], at: &'a [usize]) -> Self {
        let mut skips = vec![0; slots.len() + 1];
        for (column, slot) in slots.iter().enumerate() {
            skips[column + 1] = skips[column] + skip_cost(*slot);
        }
        Self { slots, at, skips }
    }
}

/// How the filled `cells` of a row, left to right, stand under the columns.
pub(super) fn align(cells: &[Printed], under: &Under) -> Reading {
    let texts: Vec<Cow<str>> = cells.iter().map(|(_, found)| solid(&found.text)).collect();
    let looks: Vec<Look> = texts.iter().map(|text| Look::of(text)).collect();
    let search = Search { cells, looks: &looks, under };
    // Mostly the row is best as it is printed: what costs more than that and 1 is neither the answer nor its rival.
    let near = search.in_place().and_then(|(cost, columns)| {
        // Moving one cell already costs more than that.
        if cost + 1 < SHIFT.min(LEFT_OUT) && under.at.windows(2).all(|pair| pair[0] < pair[1]) {
            return Some(Reading { columns, doubtful: false });
        }
        search.within(cost + 1)
    });
    near.or_else(|| search.within(INFINITE)).unwrap_or_default()
}

/// How a row is read.
#[derive(Default)]
pub(super) struct Reading {
    /// The column of each cell, `None` for those that found none.
    columns: Vec<Option<usize>>,
    /// Whether another reading is as good.
    doubtful: bool,
}

impl Reading {
    /// The row that the cells make under so many columns, and those that fit none.
    pub(super) fn of(self, cells: Vec<Printed>, columns: usize) -> (RawRow, Vec<Found>) {
        let mut row = RawRow { cells: vec![None; columns], doubtful: self.doubtful };
        let mut left = Vec::new();
        for ((_, found), column) in cells.into_iter().zip(self.columns) {
            match column {
                Some(column) => row.cells[column] = Some(found),
                None => left.push(found),
            }
        }
        row.doubtful |= !left.is_empty();
        (row, left)
    }
}

/// The cheapest way to put the cells of a row under its columns.
struct Search<'a> {
    cells: &'a [Printed],
    /// What is known of each cell.
    looks: &'a [Look<'a>],
    under: &'a Under<'a>,
}

impl Search<'_> {
    /// What the row costs with every cell below the header that it is printed under, and those columns; `None` where a
    /// cell is under none.
    fn in_place(&self) -> Option<(u32, Vec<Option<usize>>)> {
        let mut cost = 0;
        let mut state = 0;
        let mut columns = Vec::with_capacity(self.cells.len());
        for (index, (printed, _)) in self.cells.iter().enumerate() {
            let column = state + self.under.at.get(state..)?.iter().position(|at| at == printed)?;
            let slot = *self.under.slots.get(column)?;
            cost += self.fit(index, slot)? + self.under.skips[column] - self.under.skips[state];
            state = column + 1;
            columns.push(Some(column));
        }
        Some((cost + self.rest(state), columns))
    }

    /// The cheapest of the readings that cost no more than `bound`; `None` where one that costs more may be as good.
    fn within(&self, bound: u32) -> Option<Reading> {
        let columns = self.under.slots.len();
        let width = columns + 1;
        // best[cell][column + 1]: cheapest way to place the first cells with the last placed one in `column`.
        let mut best = vec![INFINITE; (self.cells.len() + 1) * width];
        let mut from = vec![(0usize, false); (self.cells.len() + 1) * width];
        // The shift of the last placed cell depends on the way; kept beside the cost.
        let mut shift = vec![0isize; (self.cells.len() + 1) * width];
        best[0] = 0;
        let offset = |column: usize, printed: usize| {
            isize(self.under.at.get(column).copied().unwrap_or(column)) - isize(printed)
        };
        // How the cell fits each column, as far as it was asked.
        let mut fits: Vec<Option<Option<u32>>> = Vec::with_capacity(columns);
        for (index, (printed, _)) in self.cells.iter().enumerate() {
            fits.clear();
            fits.resize(columns, None);
            for state in 0..width {
                let here = index * width + state;
                if best[here] >= INFINITE {
                    continue;
                }
                let (cost, moved) = (best[here], shift[here]);
                let mut offer = |to: usize, cost: u32, moved: isize, placed: bool| {
                    let there = (index + 1) * width + to;
                    if cost <= bound && cost < best[there] {
                        best[there] = cost;
                        from[there] = (state, placed);
                        shift[there] = moved;
                    }
                };
                offer(state, cost + LEFT_OUT, moved, false);
                for (column, fit) in fits.iter_mut().enumerate().skip(state) {
                    let now = offset(column, *printed);
                    let change = u32::try_from((now - moved).unsigned_abs()).unwrap_or(u32::MAX / 1024).min(1024);
                    let skipped = self.under.skips[column] - self.under.skips[state];
                    let unplaced = u32::from(now != 0);
                    let placed = cost + change * SHIFT + skipped + unplaced;
                    if placed > bound {
                        continue;
                    }
                    if let Some(fit) = *fit.get_or_insert_with(|| self.fit(index, self.under.slots[column])) {
                        offer(column + 1, placed + fit, now, true);
                    }
                }
            }
        }
        let last = self.cells.len() * width;
        let end = |state: usize| best[last + state].saturating_add(self.rest(state));
        let mut state = (0..width).min_by_key(|state| end(*state))?;
        let total = end(state);
        if total >= bound && bound < INFINITE {
            return None;
        }
        let rivals = (0..width).filter(|other| *other != state && end(*other) <= total + 1).count();
        let mut found = vec![None; self.cells.len()];
        for index in (0..self.cells.len()).rev() {
            let (before, placed) = from[(index + 1) * width + state];
            found[index] = state.checked_sub(1).filter(|_| placed);
            state = before;
        }
        Some(Reading { columns: found, doubtful: rivals > 0 && total < INFINITE })
    }

    /// What it costs that the columns from `state` on are empty.
    fn rest(&self, state: usize) -> u32 {
        // Levels without an indicator: a row that the form left empty. One cell alone says no more than that.
        let labels = self.cells.len() <= 2
            && state.checked_sub(1).is_some_and(|last| {
                matches!(self.under.slots[last], Slot::Frame | Slot::Level1 | Slot::Level2 | Slot::Goal)
            });
        if labels { STEP } else { self.under.skips[self.under.slots.len()] - self.under.skips[state] }
    }

    /// How badly a cell fits a column of this kind; `None` where it can never stand there.
    fn fit(&self, index: usize, slot: Slot) -> Option<u32> {
        let look = &self.looks[index];
        let text = |index: usize| self.cells.get(index).map(|(_, found)| found.text.as_str());
        let same = |other: Option<usize>| other.is_some_and(|other| text(other) == text(index));
        // A name is not printed again as its own target, nor a target as its own source.
        let again = match slot {
            Slot::Name => !look.is_figure() && same(Some(index + 1)),
            Slot::Basis => same(index.checked_sub(1)),
            _ => false,
        };
        cell_cost(slot, look).map(|cost| cost + if again { LEFT_OUT } else { 0 })
    }
}

/// How badly a whole cell fits; in a grid a senseless cell is still a cell.
fn cell_cost(slot: Slot, look: &Look) -> Option<u32> {
    let cost = look.fit(slot);
    match slot {
        Slot::Level2 => cost.or(Some(9 * STEP)),
        Slot::Name if look.is_figure() => cost.map(|cost| cost + 4 * STEP),
        Slot::Value if look.is_basis() => cost.map(|cost| cost + 4 * STEP),
        Slot::Level1 | Slot::Group => cost.or(Some(10 * STEP)),
        _ => cost,
    }
}

/// What an empty cell costs: forms leave much empty, but an indicator has a name and mostly a target.
fn skip_cost(slot: Slot) -> u32 {
    match slot {
        Slot::Name => 20 * STEP,
        Slot::Value => 2 * STEP,
        Slot::Basis => STEP,
        _ => 0,
    }
}

fn isize(value: usize) -> isize {
    isize::try_from(value).unwrap_or(isize::MAX / 4)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Place;

    const SLOTS: &[Slot] = &[Slot::Goal, Slot::Level1, Slot::Level2, Slot::Name, Slot::Value, Slot::Value, Slot::Basis];
    const AT: [usize; 7] = [0, 1, 2, 3, 4, 5, 6];
    const TEXTS: &[&str] =
        &["产出指标", "数量指标", "培训场次", "3场", "≥90%", "计划标准", "是", "19.3", "/", "长期目标", "满意度"];

    fn aligned(row: &str) -> Vec<String> {
        let cells: Vec<Printed> = row
            .split('|')
            .enumerate()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(at, text)| {
                (at, Found { text: text.trim().into(), place: Place::line(1), end: Place::line(1), doubt: None })
            })
            .collect();
        let (read, left) = align(&cells, &Under::new(SLOTS, &AT)).of(cells, SLOTS.len());
        assert!(left.is_empty(), "{row}");
        read.cells.into_iter().map(|cell| cell.map_or(String::new(), |cell| cell.text.into())).collect()
    }

    fn check(row: &str, expected: [&str; 7]) {
        assert_eq!(aligned(row), expected, "{row}");
    }

    proptest! {
        /// The short ways to an answer give the one that the whole search gives.
        #[test]
        fn what_stands_in_place_is_what_the_search_finds(
            row in proptest::collection::vec((0..8usize, proptest::sample::select(TEXTS)), 1..8),
        ) {
            let mut row = row;
            row.sort_unstable();
            row.dedup_by_key(|(at, _)| *at);
            let cell = |(at, text): (usize, &str)| {
                (at, Found { text: text.into(), place: Place::line(1), end: Place::line(1), doubt: None })
            };
            let cells: Vec<Printed> = row.into_iter().map(cell).collect();
            let looks: Vec<Look> = cells.iter().map(|(_, found)| Look::of(&found.text)).collect();
            let whole = Search { cells: &cells, looks: &looks, under: &Under::new(SLOTS, &AT) }.within(INFINITE).unwrap_or_default();
            let short = align(&cells, &Under::new(SLOTS, &AT));
            prop_assert_eq!((short.columns, short.doubtful), (whole.columns, whole.doubtful));
        }
    }

    #[test]
    fn a_row_in_place_stays() {
        check(
            "|产出指标|数量指标|培训场次|3场|4场|计划标准",
            ["", "产出指标", "数量指标", "培训场次", "3场", "4场", "计划标准"],
        );
        check("|||培训人数||40人|计划标准", ["", "", "", "培训人数", "", "40人", "计划标准"]);
    }

    #[test]
    fn a_row_shifted_left_goes_back() {
        check(
            "满意度指标|服务对象满意度指标|学员满意度|≥90%|≥90%|计划标准|",
            ["", "满意度指标", "服务对象满意度指标", "学员满意度", "≥90%", "≥90%", "计划标准"],
        );
        check(
            "社会效益指标|就业人数增加|是|是|计划标准||",
            ["", "", "社会效益指标", "就业人数增加", "是", "是", "计划标准"],
        );
        check("||培训人数|30人|40人|计划标准|", ["", "", "", "培训人数", "30人", "40人", "计划标准"]);
    }

    #[test]
    fn a_name_that_went_left_alone_goes_back_alone() {
        check(
            "|培训人数（人次）|||19.3|25|计划标准",
            ["", "", "", "培训人数（人次）", "19.3", "25", "计划标准"][..].try_into().unwrap(),
        );
    }

    #[test]
    fn a_row_shifted_right_has_lost_its_last_cell() {
        check("||效益指标|经济效益指标|企业增收|是|是", ["", "效益指标", "经济效益指标", "企业增收", "是", "是", ""]);
    }
}
