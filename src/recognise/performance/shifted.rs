//! Rows of a grid under their columns, where a lost merged cell moved them to the left or the right.
//!
//! A cell mostly stands under its header. Where it does not, the cells to its right moved with it: so a reading pays
//! for every change of the shift, and for every cell whose text does not fit its column.

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

/// A row under its columns, and the cells that found none.
pub(super) struct Aligned {
    /// The row.
    pub(super) row: RawRow,
    /// Cells that fit no column.
    pub(super) left: Vec<Found>,
}

/// Puts the filled `cells` of a row, left to right, under the columns `slots` that are printed at `at`.
pub(super) fn align(cells: &[Printed], slots: &[Slot], at: &[usize]) -> Aligned {
    let columns = slots.len();
    let width = columns + 1;
    // best[cell][column + 1]: cheapest way to place the first cells with the last placed one in `column`.
    let mut best = vec![INFINITE; (cells.len() + 1) * width];
    let mut from = vec![(0usize, false); (cells.len() + 1) * width];
    // The shift of the last placed cell depends on the way; kept beside the cost.
    let mut shift = vec![0isize; (cells.len() + 1) * width];
    best[0] = 0;
    // skips[n]: what leaving the first n columns empty costs.
    let mut skips = vec![0; width];
    for (column, slot) in slots.iter().enumerate() {
        skips[column + 1] = skips[column] + skip_cost(*slot);
    }
    let offset = |column: usize, printed: usize| isize(at.get(column).copied().unwrap_or(column)) - isize(printed);
    let mut fits: Vec<Option<u32>> = Vec::with_capacity(columns);
    for (index, (printed, found)) in cells.iter().enumerate() {
        let text = solid(&found.text);
        let look = Look::of(&text);
        let next = cells.get(index + 1).map(|(_, next)| next.text.as_str());
        let twice = next == Some(found.text.as_str()) && !look.is_figure();
        let before = index.checked_sub(1).and_then(|before| cells.get(before)).map(|(_, before)| before.text.as_str());
        fits.clear();
        for (column, slot) in slots.iter().enumerate() {
            // A name is not printed again as its own target, nor a target as its own source.
            let again = twice && *slot == Slot::Name || *slot == Slot::Basis && before == Some(found.text.as_str());
            let fit = match column.checked_sub(1) {
                Some(left) if slots[left] == *slot => fits[left],
                _ => cell_cost(*slot, &look).map(|cost| cost + if again { LEFT_OUT } else { 0 }),
            };
            fits.push(fit);
        }
        for state in 0..width {
            let here = index * width + state;
            if best[here] >= INFINITE {
                continue;
            }
            let (cost, moved) = (best[here], shift[here]);
            let mut offer = |to: usize, cost: u32, moved: isize, placed: bool| {
                let there = (index + 1) * width + to;
                if cost < best[there] {
                    best[there] = cost;
                    from[there] = (state, placed);
                    shift[there] = moved;
                }
            };
            offer(state, cost + LEFT_OUT, moved, false);
            for (column, fit) in fits.iter().enumerate().skip(state) {
                let Some(fit) = *fit else { continue };
                let now = offset(column, *printed);
                let change = u32::try_from((now - moved).unsigned_abs()).unwrap_or(u32::MAX / 1024).min(1024);
                let skipped = skips[column] - skips[state];
                let unplaced = u32::from(now != 0);
                offer(column + 1, cost + fit + change * SHIFT + skipped + unplaced, now, true);
            }
        }
    }
    let last = cells.len() * width;
    let end = |state: usize| {
        // Levels without an indicator: a row that the form left empty. One cell alone says no more than that.
        let labels = cells.len() <= 2
            && state
                .checked_sub(1)
                .is_some_and(|last| matches!(slots[last], Slot::Frame | Slot::Level1 | Slot::Level2 | Slot::Goal));
        let rest = if labels { STEP } else { skips[columns] - skips[state] };
        best[last + state].saturating_add(rest)
    };
    let mut state = (0..width).min_by_key(|state| end(*state)).unwrap_or(0);
    let total = end(state);
    let rivals = (0..width).filter(|other| *other != state && end(*other) <= total + 1).count();
    let mut row = RawRow { cells: vec![None; columns], doubtful: rivals > 0 && total < INFINITE };
    let mut left = Vec::new();
    for index in (0..cells.len()).rev() {
        let here = (index + 1) * width + state;
        let (before, placed) = from[here];
        if placed && state > 0 {
            row.cells[state - 1] = Some(cells[index].1.clone());
        } else {
            left.push(cells[index].1.clone());
        }
        state = before;
    }
    left.reverse();
    Aligned { row, left }
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
    use super::*;
    use crate::document::Place;

    const SLOTS: &[Slot] = &[Slot::Goal, Slot::Level1, Slot::Level2, Slot::Name, Slot::Value, Slot::Value, Slot::Basis];
    const AT: [usize; 7] = [0, 1, 2, 3, 4, 5, 6];

    fn aligned(row: &str) -> Vec<String> {
        let cells: Vec<Printed> = row
            .split('|')
            .enumerate()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(at, text)| {
                (at, Found { text: text.trim().to_owned(), place: Place::line(1), end: Place::line(1), doubt: None })
            })
            .collect();
        let aligned = align(&cells, SLOTS, &AT);
        assert!(aligned.left.is_empty(), "{row}");
        aligned.row.cells.into_iter().map(|cell| cell.map_or(String::new(), |cell| cell.text)).collect()
    }

    fn check(row: &str, expected: [&str; 7]) {
        assert_eq!(aligned(row), expected, "{row}");
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
