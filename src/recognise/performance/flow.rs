//! Cells out of a stream of words: text whose table lines are gone, cells wrapped over many lines.
//!
//! Extracted text prints a row cell by cell, each cell with all its wrapped lines, cells of one printed line separated
//! by spaces. What is lost is where a cell ends. This finds the cheapest cutting of the words into cells and rows:
//! the cost of a cell is how badly its text fits its column ([`Look::fit`]), plus what joining its words
//! and skipping columns costs. Time is linear in the number of words; equally cheap cuttings make the row doubtful.

use compact_str::CompactString;

use super::Slot;
use super::look::Look;
use super::vocabulary::{self, STEP, width};
use crate::disclosure::Message;
use crate::document::Place;
use crate::spelling::solid;

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
    pub(super) text: CompactString,
    /// Where its first word stands.
    pub(super) place: Place,
    /// Where its last word stands.
    pub(super) end: Place,
    /// Why its reading is doubtful, if the reader of the file said so.
    pub(super) doubt: Option<Box<Message>>,
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
const LONGEST_TEXT: u32 = 240;
/// The longest cell, in characters, of tables with names and targets only.
const LONGEST_NAME: u32 = 120;
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

/// The cheapest way to a cell.
#[derive(Clone, Copy, Debug)]
struct Entry {
    cost: u32,
    /// Column of the cell before.
    before: usize,
    /// Whether the cell opens a row.
    opens: bool,
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

/// A cell that may be: the words up to `to` in a column, and what that costs.
#[derive(Clone, Copy, Debug)]
struct Cell {
    to: usize,
    column: usize,
    cost: u32,
}

/// A word, and what joining it to others asks of it.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one word, kept because every cutting asks for them"
)]
struct Word {
    gap: Gap,
    /// How many bytes of [`Cutting::text`] it is.
    bytes: usize,
    /// How many half-width columns it takes.
    width: usize,
    single: bool,
    figure: bool,
    begins_with_digit: bool,
    /// Whether a figure that ends with the word before may go on with it.
    unit: bool,
    /// Whether there is nothing but `%`.
    percent: bool,
    /// Whether it may go on with the end of a figure and its unit, too (`以上`).
    continues: bool,
    target: bool,
    quality: bool,
    begins_item: bool,
}

impl Word {
    fn new(piece: &Piece) -> Self {
        let text = solid(&piece.text);
        Self {
            gap: piece.gap,
            bytes: text.len(),
            width: width(&text),
            single: text.chars().nth(1).is_none(),
            figure: vocabulary::is_figure(&text),
            begins_with_digit: text.starts_with(|c: char| c.is_ascii_digit()),
            unit: vocabulary::starts_with_unit(&text),
            percent: text.chars().all(|c| c == '%'),
            continues: vocabulary::continues_figure(&text),
            target: vocabulary::is_target(&text),
            quality: vocabulary::is_quality(&text),
            begins_item: begins_item(&text),
        }
    }
}

struct Cutting<'a> {
    pieces: &'a [Piece],
    words: Vec<Word>,
    /// The words in a row, without spaces.
    text: String,
    /// Where each word begins in `text`.
    begins: Vec<usize>,
    /// The columns, and behind them one more: the rest of a name that a page break cut off its row (see `tail`).
    slots: Vec<Slot>,
    /// For each column, the first of its kind: what fits one fits the other.
    twins: Vec<usize>,
    /// How many columns the table has; also the index of the tail.
    tail: usize,
    /// Whether blank lines separate wrapped lines, so that a line end without one is the edge of a cell.
    blanks_tell: bool,
    /// `skips[n]`: what leaving the first `n` columns empty costs.
    skips: Vec<u32>,
    /// What going on from one column to another costs, and whether that opens a row: behind a space, a page's end,
    /// any other line end.
    moves: [Vec<(u32, bool)>; 3],
    /// Every possible cell, in the order of the words that they begin with.
    cells: Vec<Cell>,
    /// `firsts[from]`: the first of the cells that begin with word `from`.
    firsts: Vec<usize>,
}

impl<'a> Cutting<'a> {
    fn new(pieces: &'a [Piece], slots: &[Slot]) -> Self {
        let tail = slots.len();
        let slots = if slots.contains(&Slot::Name) { [slots, &[Slot::Name]].concat() } else { slots.to_vec() };
        let ends = pieces.iter().filter(|piece| piece.gap != Gap::Space).count();
        let blank = pieces.iter().filter(|piece| matches!(piece.gap, Gap::Blank | Gap::Page)).count();
        let plain = pieces.iter().filter(|piece| piece.gap == Gap::Line).count();
        let text: String = pieces.iter().map(|piece| solid(&piece.text)).collect();
        let mut cutting = Self {
            pieces,
            words: pieces.iter().map(Word::new).collect(),
            text,
            begins: Vec::with_capacity(pieces.len() + 1),
            twins: slots.iter().map(|slot| slots.iter().position(|other| other == slot).unwrap_or(0)).collect(),
            slots,
            tail,
            blanks_tell: plain > 0 && blank * 2 > ends,
            skips: vec![0],
            moves: [Vec::new(), Vec::new(), Vec::new()],
            cells: Vec::new(),
            firsts: Vec::with_capacity(pieces.len() + 1),
        };
        let mut at = 0;
        for word in &cutting.words {
            cutting.begins.push(at);
            at += word.bytes;
        }
        cutting.begins.push(at);
        for column in 0..cutting.slots.len() {
            let next = cutting.skips[column] + cutting.skip_cost(column);
            cutting.skips.push(next);
        }
        cutting.moves = [Gap::Space, Gap::Page, Gap::Line].map(|gap| {
            let columns = 0..cutting.slots.len();
            let from = |before: usize| columns.clone().map(move |column| (before, column));
            columns.clone().flat_map(from).map(|(before, column)| cutting.transition(before, column, gap)).collect()
        });
        for from in 0..pieces.len() {
            cutting.firsts.push(cutting.cells.len());
            cutting.cells_from(from);
        }
        cutting.firsts.push(cutting.cells.len());
        cutting
    }

    /// The cells that may begin with word `from`.
    fn cells(&self, from: usize) -> &[Cell] {
        &self.cells[self.firsts[from]..self.firsts[from + 1]]
    }

    /// Finds every cell that may begin with word `from`.
    fn cells_from(&mut self, from: usize) {
        let measured = self.slots.contains(&Slot::Unit);
        let sentences = self.slots.iter().any(|slot| is_words(*slot));
        let longest = if sentences { LONGEST_TEXT } else { LONGEST_NAME };
        let last = self.words.len().min(from + LONGEST_CELL);
        let mut look = Look::before(&self.text[self.begins[from]..self.begins[last]]);
        let mut fits = Vec::with_capacity(self.slots.len());
        let mut joins = 0;
        let mut loose = 0;
        let mut complete = 0;
        let mut swallowed = 0;
        let mut widest = 0;
        let mut narrowest_inner = usize::MAX;
        for at in from..last {
            let word = &self.words[at];
            if at > from {
                let cost = self.join_cost(from, at, &look);
                joins += cost;
                // In running words a space means nothing.
                loose += if word.gap == Gap::Space { cost.min(1) } else { cost };
                // A name of several lines is likelier several names than one line of it a target.
                let target = word.gap != Gap::Space && word.target;
                swallowed += match word.gap {
                    Gap::Space => 0,
                    _ if target => 4 * STEP,
                    _ if word.quality => 3,
                    _ => 1,
                };
                if complete == 0
                    && (!word.continues && look.is_complete() || target && !vocabulary::awaits_figure(look.text()))
                {
                    complete = 4 * STEP;
                }
                narrowest_inner = narrowest_inner.min(self.words[at - 1].width);
            }
            widest = widest.max(word.width);
            look.grow(word.bytes);
            if look.length() > longest && at > from {
                break;
            }
            // Inside a wrapped cell, every line but the last is about as wide as the cell.
            let uneven = if narrowest_inner.saturating_add(5) <= widest { 2 } else { 0 };
            fits.clear();
            for (column, slot) in self.slots.iter().enumerate() {
                let fit = if !is_words(*slot) && joins > DEAREST_JOINS {
                    None
                } else if self.twins[column] < column {
                    fits[self.twins[column]]
                } else {
                    look.fit(*slot)
                };
                fits.push(fit);
                let Some(mut cost) = fit else { continue };
                if *slot == Slot::Value && measured && !look.last().is_ascii_digit() {
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
                self.cells.push(Cell { to: at + 1, column, cost: cost + joined + uneven });
            }
            if loose > DEAREST_JOINS || joins > DEAREST_JOINS && !sentences {
                break;
            }
        }
    }

    /// What it costs to take word `at` into the cell that begins with word `from` and has `so_far`.
    fn join_cost(&self, from: usize, at: usize, so_far: &Look) -> u32 {
        let (word, before) = (&self.words[at], &self.words[at - 1]);
        if word.gap == Gap::Space {
            let ends_in_figure =
                so_far.last().is_ascii_digit() || matches!(so_far.last(), '≥' | '≤' | '≧' | '≦' | '约');
            return if ends_in_figure && word.unit
                || word.percent
                || vocabulary::is_goal(&self.text[self.begins[from]..self.begins[at + 1]])
            {
                0
            } else if word.single && before.single {
                STEP
            } else if ends_in_figure && !word.figure {
                2 * STEP
            } else if word.begins_with_digit && !so_far.is_figure() {
                4 * STEP
            } else {
                6 * STEP
            };
        }
        match word.gap {
            Gap::Line if self.blanks_tell => 3 * STEP,
            Gap::Page => 2,
            _ => u32::from(word.begins_item) * 3 * STEP,
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
    fn start_cost(&self, column: usize) -> u32 {
        if column == self.tail { INFINITE / 4 } else { self.skipped(0, column) }
    }

    /// Cost of going on from a cell in column `before` to one in `column` behind `gap`, and whether that opens a row.
    fn transition(&self, before: usize, column: usize, gap: Gap) -> (u32, bool) {
        let slot = self.slots[column];
        if column == self.tail {
            // Only a row that is complete can have lost the end of its name.
            let named = before != self.tail && self.slots[..before].contains(&Slot::Name);
            let cost = if !named {
                INFINITE / 4
            } else if gap == Gap::Page {
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
        let same_line = if gap == Gap::Space && column != self.tail { 5 * STEP } else { 0 };
        (self.end_cost(before) + self.start_cost(column) + same_line, true)
    }

    /// [`Self::transition`] at word `at`, for every column that it comes from and goes to.
    fn moves(&self, at: usize) -> impl Iterator<Item = &[(u32, bool)]> {
        let moves = match self.words[at].gap {
            Gap::Space => &self.moves[0],
            Gap::Page => &self.moves[1],
            Gap::Line | Gap::Blank => &self.moves[2],
        };
        moves.chunks_exact(self.slots.len())
    }

    /// The cheapest way to a cell that begins with word `at`, for each column that it may be in. `best` has the
    /// cheapest ways to read the words before it, by the column of the last cell.
    fn entries(&self, best: &[u32], at: usize) -> Vec<Entry> {
        let columns = self.slots.len();
        if at == 0 {
            let entry = |column| Entry { cost: self.start_cost(column), before: usize::MAX, opens: true };
            return (0..columns).map(entry).collect();
        }
        let mut entries = vec![Entry { cost: INFINITE, before: usize::MAX, opens: false }; columns];
        let so_far = &best[at * columns..(at + 1) * columns];
        for (before, (so_far, moves)) in so_far.iter().zip(self.moves(at)).enumerate() {
            if *so_far >= INFINITE {
                continue;
            }
            for (entry, (extra, opens)) in entries.iter_mut().zip(moves) {
                if so_far + extra < entry.cost {
                    *entry = Entry { cost: so_far + extra, before, opens: *opens };
                }
            }
        }
        entries
    }

    fn rows(&self) -> (Vec<RawRow>, usize) {
        let (count, columns) = (self.pieces.len(), self.slots.len());
        let index = |at: usize, column: usize| at * columns + column;
        // Cheapest way to read the first `at` words with the last cell in `column`.
        let mut best = vec![INFINITE; (count + 1) * columns];
        let mut steps: Vec<Option<Step>> = vec![None; (count + 1) * columns];
        for from in 0..count {
            let entries = self.entries(&best, from);
            for &Cell { to, column, cost } in self.cells(from) {
                let Entry { cost: so_far, before, opens } = entries[column];
                let total = so_far + cost;
                if total < best[index(to, column)] {
                    best[index(to, column)] = total;
                    steps[index(to, column)] = Some(Step { from, column, before, opens });
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
            // Cheapest way on, by the column of the cell that begins with word `from`.
            let mut after = vec![INFINITE; columns];
            for &Cell { to, column, cost } in self.cells(from).iter().filter(|cell| cell.to <= end) {
                after[column] = after[column].min(rest[index(to, column)].saturating_add(cost));
            }
            for (before, moves) in self.moves(from).enumerate() {
                let ways = moves.iter().zip(&after).map(|((extra, _), after)| extra + after);
                rest[index(from, before)] = ways.min().unwrap_or(INFINITE).min(INFINITE);
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
            let entries = self.entries(best, from);
            for &Cell { to, column, cost } in self.cells(from).iter().filter(|cell| cell.to <= end) {
                let after = rest[index(to, column)];
                if after >= INFINITE {
                    continue;
                }
                let before = entries[column].cost;
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

/// Columns of running words, where a line may break anywhere.
fn is_words(slot: Slot) -> bool {
    matches!(slot, Slot::Goal | Slot::Text | Slot::Note)
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
    Found { text: vocabulary::tidy(&text), place, end: pieces.last().map_or(place, |piece| piece.place), doubt: None }
}

/// Whether the text begins like an item of a list: `2.`, `（三）`, `4、`, `目标 2：`.
pub(super) fn begins_item(text: &str) -> bool {
    let text = solid(text);
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
