//! Cells out of a stream of words: text whose table lines are gone, cells wrapped over many lines.
//!
//! Extracted text prints a row cell by cell, each cell with all its wrapped lines, cells of one printed line separated
//! by spaces. What is lost is where a cell ends. This finds the cheapest cutting of the words into cells and rows:
//! the cost of a cell is how badly its text fits its column ([`super::vocabulary::cost`]), plus what joining its words
//! and skipping columns costs. Time is linear in the number of words; equally cheap cuttings make the row doubtful.

use super::Slot;
use super::vocabulary::{self, STEP, width};
use crate::document::Place;
use crate::spelling::unspaced;

/// A word of the text and what stands before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The word.
    pub(super) text: String,
    /// Where it stands.
    pub(super) place: Place,
    /// What separates it from the word before.
    pub(super) gap: Gap,
    /// Which strip of the form it was printed in.
    pub(super) strip: usize,
}

/// What separates two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// A space in the same line.
    Space,
    /// A line end.
    Line,
    /// A line end and a blank line.
    Blank,
    /// Several blank lines: a new page.
    Page,
}

/// A cell that was put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its text, words rejoined.
    pub(super) text: String,
    /// Where its first word stands.
    pub(super) place: Place,
    /// Where its last word stands.
    pub(super) end: Place,
}

/// A row that was put together: one cell a column, `None` where nothing is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RawRow {
    /// Its cells.
    pub(super) cells: Vec<Option<Found>>,
    /// Whether another cutting is just as good.
    pub(super) doubtful: bool,
}

/// The longest cell, in words: a name of forty characters printed one character a line.
const LONGEST_CELL: usize = 40;
/// The longest cell, in characters, of tables with a column of sentences.
const LONGEST_TEXT: usize = 240;
/// The longest cell, in characters, of tables with names and targets only.
const LONGEST_NAME: usize = 120;
/// Joining words at more than this makes no cell.
const DEAREST_JOINS: u32 = 12 * STEP;
/// What a reading may cost more than the best and still count as equally good.
const EQUAL: u32 = 1;
/// What a word behind the end of the table costs.
const LEFT_OVER: u32 = STEP + 1;
const INFINITE: u32 = u32::MAX / 4;

/// Cuts `pieces` into rows of the columns `slots`. Also returns how many pieces, from the start, belong to the table:
/// what follows is something else (prose that tells the table again, the next heading).
pub(super) fn rows(pieces: &[Piece], slots: &[Slot]) -> (Vec<RawRow>, usize) {
    if pieces.is_empty() || slots.is_empty() {
        return (Vec::new(), 0);
    }
    Cutting::new(pieces, slots).rows()
}

/// One cell in the search: words `from..to` in a column.
#[derive(Clone, Copy, Debug)]
struct Step {
    from: usize,
    column: usize,
    /// Column of the cell before, `START` at the start.
    before: usize,
    /// Whether it opens a row.
    opens: bool,
}

struct Cutting<'a> {
    pieces: &'a [Piece],
    /// The columns, and behind them one more: the rest of a name that a page break cut off its row (see `tail`).
    slots: Vec<Slot>,
    /// How many columns the table has; also the index of the tail.
    tail: usize,
    /// Whether blank lines separate wrapped lines, so that a line end without one is the edge of a cell.
    blanks_tell: bool,
    /// `skips[n]`: what leaving the first `n` columns empty costs.
    skips: Vec<u32>,
    /// `cells[from]`: every possible cell that begins there: (to, column, cost).
    cells: Vec<Vec<(usize, usize, u32)>>,
}

impl<'a> Cutting<'a> {
    fn new(pieces: &'a [Piece], slots: &[Slot]) -> Self {
        let tail = slots.len();
        let slots = if slots.contains(&Slot::Name) { [slots, &[Slot::Name]].concat() } else { slots.to_vec() };
        let ends = pieces.iter().filter(|piece| piece.gap != Gap::Space).count();
        let blank = pieces.iter().filter(|piece| matches!(piece.gap, Gap::Blank | Gap::Page)).count();
        let plain = pieces.iter().filter(|piece| piece.gap == Gap::Line).count();
        let mut cutting = Self {
            pieces,
            slots,
            tail,
            blanks_tell: plain > 0 && blank * 2 > ends,
            skips: vec![0],
            cells: Vec::with_capacity(pieces.len()),
        };
        for column in 0..cutting.slots.len() {
            let next = cutting.skips[column] + cutting.skip_cost(column);
            cutting.skips.push(next);
        }
        for from in 0..pieces.len() {
            let cells = cutting.cells_from(from);
            cutting.cells.push(cells);
        }
        cutting
    }

    /// Every cell that may begin with word `from`.
    fn cells_from(&self, from: usize) -> Vec<(usize, usize, u32)> {
        let measured = self.slots.contains(&Slot::Unit);
        let sentences = self.slots.iter().any(|slot| matches!(slot, Slot::Goal | Slot::Text | Slot::Note));
        let longest = if sentences { LONGEST_TEXT } else { LONGEST_NAME };
        let mut cells = Vec::new();
        let mut text = String::new();
        let mut characters = 0;
        let mut joins = 0;
        let mut loose = 0;
        let mut complete = 0;
        let mut swallowed = 0;
        let mut widest = 0;
        let mut narrowest_inner = usize::MAX;
        for (step, piece) in self.pieces[from..].iter().take(LONGEST_CELL).enumerate() {
            if step > 0 {
                let cost = self.join_cost(from + step, &text);
                joins += cost;
                // In running words a space means nothing.
                loose += if piece.gap == Gap::Space { cost.min(1) } else { cost };
                if vocabulary::is_complete(&text) && !vocabulary::continues_figure(&piece.text) {
                    complete = 4 * STEP;
                }
                // A name of several lines is likelier several names than one line of it a target.
                let target = piece.gap != Gap::Space && vocabulary::is_target(&piece.text);
                swallowed += match piece.gap {
                    Gap::Space => 0,
                    _ if target => 4 * STEP,
                    _ if vocabulary::is_quality(&piece.text) => 3,
                    _ => 1,
                };
                if target && !vocabulary::awaits_figure(&text) {
                    complete = 4 * STEP;
                }
                narrowest_inner = narrowest_inner.min(width(&self.pieces[from + step - 1].text));
            }
            widest = widest.max(width(&piece.text));
            text.push_str(&piece.text);
            characters += piece.text.chars().count();
            if characters > longest && step > 0 {
                break;
            }
            // Inside a wrapped cell, every line but the last is about as wide as the cell.
            let uneven = if narrowest_inner.saturating_add(5) <= widest { 2 } else { 0 };
            for (column, slot) in self.slots.iter().enumerate() {
                let words = matches!(slot, Slot::Goal | Slot::Text | Slot::Note);
                if !words && joins > DEAREST_JOINS {
                    continue;
                }
                let Some(mut cost) = vocabulary::fit(*slot, &text) else { continue };
                if *slot == Slot::Value && measured && !text.ends_with(|c: char| c.is_ascii_digit()) {
                    // Where units have a column of their own, `7 %` is two cells.
                    cost += 2;
                }
                let joined = match slot {
                    Slot::Goal | Slot::Text | Slot::Note => loose,
                    Slot::Value | Slot::Basis | Slot::Symbol | Slot::Unit => joins + complete,
                    Slot::Amount | Slot::Percent | Slot::Weight | Slot::Quantity => joins + 2 * complete,
                    Slot::Name => joins + swallowed,
                    _ => joins,
                };
                cells.push((from + step + 1, column, cost + joined + uneven));
            }
            if loose > DEAREST_JOINS || joins > DEAREST_JOINS && !sentences {
                break;
            }
        }
        cells
    }

    /// What it costs to take word `at` into the same cell as the word before it; `so_far` is the cell's text before it.
    fn join_cost(&self, at: usize, so_far: &str) -> u32 {
        let (Some(piece), Some(before)) = (self.pieces.get(at), self.pieces.get(at.wrapping_sub(1))) else {
            return INFINITE;
        };
        let ends_in_figure =
            so_far.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '≥' | '≤' | '≧' | '≦' | '约'));
        let continues =
            ends_in_figure && vocabulary::starts_with_unit(&piece.text) || piece.text.chars().all(|c| c == '%');
        let single = piece.text.chars().count() == 1 && before.text.chars().count() == 1;
        match piece.gap {
            Gap::Space if continues => 0,
            Gap::Space if vocabulary::is_goal_name(&format!("{so_far}{}", piece.text)) => 0,
            Gap::Space if single => STEP,
            Gap::Space if ends_in_figure && !vocabulary::is_figure(&piece.text) => 2 * STEP,
            Gap::Space if piece.text.starts_with(|c: char| c.is_ascii_digit()) && !vocabulary::is_figure(so_far) => {
                4 * STEP
            }
            Gap::Space => 6 * STEP,
            Gap::Line if self.blanks_tell => 3 * STEP,
            Gap::Page => 2,
            Gap::Line | Gap::Blank => u32::from(begins_item(&piece.text)) * 3 * STEP,
        }
    }

    /// What leaving column `column` empty costs, in a row that has a name.
    fn skip_cost(&self, column: usize) -> u32 {
        if column == self.tail {
            return 0;
        }
        match self.slots[column] {
            Slot::Frame | Slot::Goal | Slot::Group | Slot::Level1 | Slot::Level2 | Slot::Note => 0,
            Slot::Name => 10 * STEP,
            Slot::Value => 7 * STEP,
            Slot::Amount => 5 * STEP - u32::try_from(column.min(STEP as usize)).unwrap_or(0),
            Slot::Percent => 4 * STEP,
            Slot::Symbol | Slot::Basis | Slot::Quantity | Slot::Kind => 3 * STEP,
            Slot::Weight | Slot::Text => 2 * STEP,
            Slot::Unit => 1,
        }
    }

    /// Cost of the columns `from..to` staying empty.
    fn skipped(&self, from: usize, to: usize) -> u32 {
        if from >= to {
            return 0;
        }
        self.skips[to] - self.skips[from]
    }

    /// Cost of a row that ends after `column`.
    fn end_cost(&self, column: usize) -> u32 {
        if column == self.tail {
            return 0;
        }
        match self.slots[column] {
            // A second level without any indicator is printed in many forms.
            Slot::Level2 => 2,
            Slot::Frame | Slot::Level1 | Slot::Goal | Slot::Group => 3 * STEP,
            _ => self.skipped(column + 1, self.slots.len()),
        }
    }

    /// Cost of a row that begins with `column`.
    fn start_cost(&self, column: usize, at: usize) -> u32 {
        if column == self.tail {
            return INFINITE / 4;
        }
        let same_line = at > 0 && self.pieces[at].gap == Gap::Space;
        self.skipped(0, column) + if same_line { 5 * STEP } else { 0 }
    }

    /// Cost of going on from a cell in column `before` to one in `column` at word `at`, and whether that opens a row.
    fn transition(&self, before: usize, column: usize, at: usize) -> (u32, bool) {
        let slot = self.slots[column];
        if column == self.tail {
            // Only a row that is complete can have lost the end of its name.
            let page = self.pieces.get(at).is_some_and(|piece| piece.gap == Gap::Page);
            let named = before != self.tail && self.slots[..before].contains(&Slot::Name);
            let cost = if !named {
                INFINITE / 4
            } else if page {
                2 * STEP
            } else {
                5 * STEP
            };
            return (cost + self.end_cost(before), before == self.tail);
        }
        if column > before {
            let mut cost = self.skipped(before + 1, column);
            // A level without the level below it, and then a name: the level was skipped.
            if self.slots[before] == Slot::Level1 && slot == Slot::Name && self.slots.contains(&Slot::Level2) {
                cost += STEP;
            }
            return (cost, false);
        }
        if column == before && matches!(slot, Slot::Goal) {
            return (STEP, false);
        }
        (self.end_cost(before) + self.start_cost(column, at), true)
    }

    fn rows(&self) -> (Vec<RawRow>, usize) {
        let (count, columns) = (self.pieces.len(), self.slots.len());
        let index = |at: usize, column: usize| at * columns + column;
        // Cheapest way to read the first `at` words with the last cell in `column`.
        let mut best = vec![INFINITE; (count + 1) * columns];
        let mut steps: Vec<Option<Step>> = vec![None; (count + 1) * columns];
        for from in 0..count {
            for &(to, column, cost) in &self.cells[from] {
                if from == 0 {
                    let total = cost + self.start_cost(column, 0);
                    if total < best[index(to, column)] {
                        best[index(to, column)] = total;
                        steps[index(to, column)] = Some(Step { from, column, before: usize::MAX, opens: true });
                    }
                    continue;
                }
                for before in 0..columns {
                    let so_far = best[index(from, before)];
                    if so_far >= INFINITE {
                        continue;
                    }
                    let (extra, opens) = self.transition(before, column, from);
                    let total = so_far + cost + extra;
                    if total < best[index(to, column)] {
                        best[index(to, column)] = total;
                        steps[index(to, column)] = Some(Step { from, column, before, opens });
                    }
                }
            }
        }
        // The table may stop before the words do: each word left over costs something.
        let closed = |at: usize, column: usize| best[index(at, column)].saturating_add(self.end_cost(column));
        let mut chosen: Option<(u32, usize, usize)> = None;
        for at in 1..=count {
            for column in 0..columns {
                // A goal or a level alone ends no table.
                let open = matches!(self.slots[column], Slot::Frame | Slot::Goal | Slot::Level1 | Slot::Group);
                if best[index(at, column)] >= INFINITE || open {
                    continue;
                }
                let total = closed(at, column).saturating_add(left_over(count - at));
                if chosen.is_none_or(|(cost, ..)| total <= cost) {
                    chosen = Some((total, at, column));
                }
            }
        }
        let Some((total, end, column)) = chosen else {
            return (Vec::new(), 0);
        };
        let mut path: Vec<(Step, usize)> = Vec::new();
        let (mut at, mut last) = (end, column);
        while let Some(step) = steps[index(at, last)] {
            path.push((step, at));
            (at, last) = (step.from, step.before);
            if last == usize::MAX {
                break;
            }
        }
        path.reverse();
        let doubtful = self.doubtful(&best, &path, end, total.saturating_sub(left_over(count - end)));
        (self.collect(&path, &doubtful), end)
    }

    /// For each word of the chosen reading: whether it could stand in another column, or on the other side of a row's
    /// edge, at the same cost.
    fn doubtful(&self, best: &[u32], path: &[(Step, usize)], end: usize, total: u32) -> Vec<bool> {
        let columns = self.slots.len();
        let index = |at: usize, column: usize| at * columns + column;
        // Cheapest way to read the words from `at` on, after a cell in `column`.
        let mut rest = vec![INFINITE; (end + 1) * columns];
        for column in 0..columns {
            rest[index(end, column)] = self.end_cost(column);
        }
        for from in (1..end).rev() {
            for before in 0..columns {
                let mut cheapest = INFINITE;
                for &(to, column, cost) in self.cells[from].iter().filter(|(to, ..)| *to <= end) {
                    let after = rest[index(to, column)];
                    if after < INFINITE {
                        cheapest = cheapest.min(self.transition(before, column, from).0 + cost + after);
                    }
                }
                rest[index(from, before)] = cheapest;
            }
        }
        let mut place = vec![usize::MAX; end];
        for (step, to) in path {
            for slot in &mut place[step.from..*to] {
                *slot = step.column;
            }
        }
        let mut doubtful = vec![false; end];
        for from in 0..end {
            for &(to, column, cost) in self.cells[from].iter().filter(|(to, ..)| *to <= end) {
                let after = rest[index(to, column)];
                if after >= INFINITE {
                    continue;
                }
                let before = if from == 0 {
                    self.start_cost(column, 0)
                } else {
                    (0..columns)
                        .filter(|before| best[index(from, *before)] < INFINITE)
                        .map(|before| best[index(from, before)] + self.transition(before, column, from).0)
                        .min()
                        .unwrap_or(INFINITE)
                };
                if before.saturating_add(cost).saturating_add(after) <= total + EQUAL {
                    for word in from..to {
                        // Which of several columns of goals is no matter: their words are taken apart later.
                        let goals =
                            self.slots.get(place[word]) == Some(&Slot::Goal) && self.slots[column] == Slot::Goal;
                        if place[word] != column && !goals {
                            doubtful[word] = true;
                        }
                    }
                }
            }
        }
        doubtful
    }

    fn collect(&self, path: &[(Step, usize)], doubtful: &[bool]) -> Vec<RawRow> {
        let mut rows: Vec<RawRow> = Vec::new();
        for (step, to) in path {
            if step.opens || rows.is_empty() {
                rows.push(RawRow { cells: vec![None; self.tail], doubtful: false });
            }
            let Some(row) = rows.last_mut() else { continue };
            row.doubtful |= doubtful[step.from..*to].iter().any(|doubt| *doubt);
            let cell = joined(&self.pieces[step.from..*to]);
            let name = self.slots.iter().position(|slot| *slot == Slot::Name);
            let column = if step.column == self.tail { name.unwrap_or(0) } else { step.column };
            match &mut row.cells[column] {
                Some(there) => {
                    there.text.push_str(&cell.text);
                    there.end = cell.end;
                }
                empty => *empty = Some(cell),
            }
        }
        rows
    }
}

/// What the words behind the end of the table cost.
fn left_over(words: usize) -> u32 {
    u32::try_from(words).unwrap_or(u32::MAX / 64).saturating_mul(LEFT_OVER)
}

/// The words of one cell, rejoined: no space where Chinese was wrapped.
pub(super) fn joined(pieces: &[Piece]) -> Found {
    let mut text = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 && piece.gap == Gap::Space {
            text.push(' ');
        }
        text.push_str(&piece.text);
    }
    let place = pieces.first().map_or(Place::line(1), |piece| piece.place);
    Found { text: vocabulary::tidy(&text), place, end: pieces.last().map_or(place, |piece| piece.place) }
}

/// Whether the text begins like an item of a list: `2.`, `（三）`, `4、`, `目标 2：`.
pub(super) fn begins_item(text: &str) -> bool {
    let text = unspaced(text);
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        let mut rest = text.chars().skip(digits);
        if let Some(mark) = rest.next() {
            return matches!(mark, '、' | '．' | '：' | ':')
                || mark == '.' && !rest.next().is_some_and(|c| c.is_ascii_digit());
        }
    }
    if let Some(rest) = text.strip_prefix(['（', '(']) {
        let number = rest.chars().take_while(|c| "一二三四五六七八九十0123456789".contains(*c)).count();
        return (1..=3).contains(&number) && matches!(rest.chars().nth(number), Some('）' | ')'));
    }
    text.starts_with("目标") && text.chars().nth(2).is_some_and(|c| c.is_ascii_digit())
}
