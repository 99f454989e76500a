//! Forms in grids: cuts the rows into blocks, reads headers, puts shifted rows under their columns.

use super::build::{self, Draft, Words};
use super::flow::{Found, RawRow};
use super::header::{self, Field, Head, Schema, Word};
use super::shifted::{self, Printed};
use super::vocabulary;
use super::{Form, Output, Slot, fields, funds, text};
use crate::amount::Unit;
use crate::document::{Cell, Grid, GridRow, Place};
use crate::parallel;
use crate::spelling::{is_blank, solid, unspaced};

/// A row as far as it is filled, and where it came from.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    /// Its filled cells, left to right.
    pub(super) cells: Vec<Printed>,
    /// The strip of the form that it is.
    pub(super) strip: usize,
    /// Where it stands.
    pub(super) place: Place,
}

/// A grid with more positions than this is not spread: spans in it are taken as they come.
const LARGEST_SPREAD: usize = 2_000_000;

/// The filled cells of rows `from..to` of a grid, with the columns that they stand in once spans are spread. A cell
/// that covers several rows counts for the first.
pub(super) fn filled(grid: &Grid, from: usize, to: usize, strip: usize) -> Vec<Filled> {
    let rows = grid.rows.get(from..to).unwrap_or_default();
    let spans = rows.iter().any(|row| row.cells.iter().any(|cell| cell.columns > 1 || cell.rows > 1));
    let width = rows.iter().map(|row| row.cells.iter().map(|cell| usize::from(cell.columns)).sum::<usize>()).max();
    let small = width.unwrap_or(0).saturating_mul(rows.len()) <= LARGEST_SPREAD;
    // Only these rows: a grid may be cut by captions into many parts.
    let spread = (spans && small).then(|| Grid::spread_rows(rows));
    rows.iter()
        .enumerate()
        .map(|(index, row)| {
            let found = |(at, cell): (usize, &Cell)| {
                let (text, place) = (vocabulary::tidy(&cell.text), cell.place);
                (at, Found { text, place, end: place, doubt: cell.doubt.clone() })
            };
            let filled = |(_, cell): &(usize, &Cell)| !is_blank(&cell.text);
            let cells = match &spread {
                Some(spread) => {
                    let slots = spread.get(index).map(Vec::as_slice).unwrap_or_default();
                    spread_cells(row, index, slots).into_iter().filter(filled).map(found).collect()
                }
                None => row.cells.iter().enumerate().filter(filled).map(found).collect(),
            };
            Filled { cells, strip: strip + index, place: row.place }
        })
        .collect()
}

/// The cells that begin in this row, each with its first column.
fn spread_cells<'a>(row: &'a GridRow, at: usize, slots: &[Option<(usize, usize)>]) -> Vec<(usize, &'a Cell)> {
    let mut cells = Vec::new();
    let mut last = None;
    for (column, slot) in slots.iter().enumerate() {
        if let Some((owner, index)) = *slot
            && owner == at
            && last != Some(index)
        {
            last = Some(index);
            cells.extend(row.cells.get(index).map(|cell| (column, cell)));
        }
    }
    cells
}

/// A table that is being read.
struct Open {
    schema: Schema,
    label: String,
    fields: Vec<Field>,
    words: Vec<Word>,
    /// The filled cells of its rows.
    rows: Vec<Vec<Printed>>,
    place: Place,
    /// Whether the next row may still belong to the header.
    in_header: bool,
    about: Vec<(String, String)>,
}

/// Reads the forms in `rows`.
pub(super) fn read(rows: Vec<Filled>, form: &mut Form, output: &mut Output) {
    let mut reader = Reader {
        form,
        output,
        open: None,
        label: None,
        words: Vec::new(),
        basics: Vec::new(),
        funds: Vec::new(),
        funds_place: None,
        funds_head: Vec::new(),
        goals: None,
    };
    for row in rows {
        let strip = row.strip;
        if reader.row(row) {
            reader.output.used.insert(strip);
        }
    }
    reader.close();
    reader.flush();
}

struct Reader<'a> {
    form: &'a mut Form,
    output: &'a mut Output,
    open: Option<Open>,
    /// A row with one cell that may be the title of what follows.
    label: Option<Label>,
    /// Items of blocks of words, and the place of the first.
    words: Vec<Words>,
    /// Labels and values of the project.
    basics: Vec<Words>,
    /// Rows of 项目资金, where the first stands, and their unit.
    funds: Vec<RawRow>,
    funds_place: Option<(Place, Option<Unit>)>,
    /// Their columns, where a header names them.
    funds_head: Vec<Field>,
    /// Headers of goals side by side, by column.
    goals: Option<Vec<(usize, String)>>,
}

/// A project form has at least so many labelled cells that they are a table of their own (项目基本情况).
const FEWEST_BASICS: usize = 5;

impl Reader<'_> {
    /// Takes a row; false where it is nothing of a form.
    fn row(&mut self, row: Filled) -> bool {
        if row.cells.is_empty() {
            return true;
        }
        if let Some((schema, label, words)) = header_row(&row.cells) {
            self.begin(schema, label, words);
            return true;
        }
        if let Some(open) = &mut self.open
            && open.in_header
        {
            if let Some(words) = more_header(&row.cells) {
                open.words.extend(words);
                open.fields = header::fields(&open.words, open.schema);
                return true;
            }
            open.in_header = false;
        }
        let first = solid(&row.cells[0].1.text);
        let first = first.trim_end_matches(['：', ':']);
        if row.cells.len() == 1 && self.is_title(first, &row.cells[0]) {
            self.close();
            self.flush();
            self.label = Some((first.to_owned(), row.place));
            return true;
        }
        let ends = self.open.as_ref().is_none_or(|open| ends_table(open, first, &row.cells));
        if !ends {
            return self.body(row.cells);
        }
        self.close();
        self.outside(&row, first)
    }

    /// Whether a row with one cell is the title of a block.
    fn is_title(&self, text: &str, cell: &Printed) -> bool {
        if text::is_block(text) || vocabulary::goal_name(text).is_some() && text.contains('表') {
            return true;
        }
        self.open.is_none() && cell.0 == 0 && text.chars().count() <= 20 && !text.contains(['，', '。', '；'])
    }

    fn begin(&mut self, schema: Schema, label: Option<Label>, words: Vec<Word>) {
        // A page break repeats the header: the table goes on.
        if let Some(open) = &self.open
            && label.is_none()
            && self.label.is_none()
            && open.schema == schema
            && open.words.iter().take(words.len()).map(|word| &word.text).eq(words.iter().map(|word| &word.text))
        {
            return;
        }
        self.close();
        self.flush();
        let before = self.label.take();
        let goal = self.form.goal.clone();
        let (label, place) = match (label, before) {
            (Some((label, _)), Some((before, at))) if vocabulary::goal_name(&before).is_none() => (label, at),
            (Some((label, at)), _) => (label, at),
            (None, Some((before, at))) => (before, at),
            (None, None) => (String::new(), self.form.place),
        };
        let fields = header::fields(&words, schema);
        let about = if schema == Schema::Indicators { self.form.goal.take().into_iter().collect() } else { Vec::new() };
        // 长期绩效指标 without a number, below 长期目标1: its goal has the number.
        let label = match (vocabulary::goal_name(&label), goal.as_ref().and_then(|goal| vocabulary::goal_name(&goal.0)))
        {
            (Some((term, _, number)), Some((_, _, of_goal))) if number.is_empty() && !label.contains('表') => {
                format!("{term}绩效指标{of_goal}")
            }
            _ => label,
        };
        self.open = Some(Open { schema, label, fields, words, rows: Vec::new(), place, in_header: true, about });
    }

    /// A row of the open table.
    fn body(&mut self, cells: Vec<Printed>) -> bool {
        let Some(open) = &mut self.open else { return false };
        open.rows.push(cells);
        true
    }

    /// A row outside any table: fields, words, goals.
    fn outside(&mut self, row: &Filled, first: &str) -> bool {
        if let Some(goals) = self.goals.take() {
            for (index, (at, cell)) in row.cells.iter().enumerate() {
                // One text for each goal; else each below the goal that it stands under.
                let own = goals.get(index).filter(|_| row.cells.len() == goals.len());
                let name = own.or_else(|| goals.iter().rev().find(|(goal, _)| goal <= at)).or(goals.first());
                if let Some((_, name)) = name {
                    self.words.push(Words { name: Some(name.clone()), path: Vec::new(), text: cell.clone() });
                }
            }
            return true;
        }
        let rest = &row.cells[1..];
        let all_goals = !rest.is_empty() && rest.iter().all(|(_, cell)| is_goal_head(&cell.text));
        if all_goals && (text::is_words(first) || is_goal_head(first)) {
            self.flush();
            self.goals = Some(rest.iter().map(|(at, cell)| (*at, cell.text.to_string())).collect());
            return true;
        }
        if let ([_], Some(_)) = (rest, vocabulary::goal_name(first)) {
            self.flush();
            self.form.goal = Some((first.to_owned(), rest[0].1.text.to_string()));
            return true;
        }
        if row.cells.len() == 1
            && let Some((label, value)) = row.cells[0].1.text.split_once(['：', ':'])
            && vocabulary::goal_name(label).is_some()
        {
            self.form.goal = Some((unspaced(label), value.trim().to_owned()));
            return true;
        }
        if text::is_words(first) && !rest.is_empty() {
            for (_, cell) in rest {
                self.words.push(Words { name: Some(first.to_owned()), path: Vec::new(), text: cell.clone() });
            }
            return true;
        }
        if self.funds.is_empty()
            && let Some(head) = funds::head(&row.cells)
        {
            let unit = row.cells.iter().find_map(|(_, cell)| funds::unit(&cell.text));
            self.funds_place = Some((row.place, unit));
            self.funds_head = head;
            return true;
        }
        if row.cells.iter().any(|(_, cell)| funds::opens(&cell.text))
            || !self.funds.is_empty() && row.cells.iter().any(|(_, cell)| funds::is_fund(&cell.text))
        {
            if !self.funds_head.is_empty() {
                let (raw, left) = funds::row(&self.funds_head, &row.cells);
                self.funds.push(raw);
                for cell in &left {
                    self.output.note(cell);
                }
                return true;
            }
            let words: Vec<Found> = row.cells.iter().map(|(_, cell)| cell.clone()).collect();
            self.funds_place.get_or_insert_with(|| (row.place, words.iter().find_map(|word| funds::unit(&word.text))));
            self.funds.extend(funds::rows(&words).0);
            return true;
        }
        let pairs = field_pairs(&row.cells);
        if pairs.is_empty() {
            for (_, cell) in &row.cells {
                self.output.note(cell);
            }
            return false;
        }
        for (label, value) in pairs {
            let (label, masked) = fields::masked(&label, value.as_ref().map_or("", |value| &value.text));
            if let Some(value) = value {
                self.basics.push(Words {
                    name: Some(label.clone()),
                    path: Vec::new(),
                    text: Found { text: masked.as_str().into(), ..value },
                });
            }
            // What is long is no field but words of the form.
            if masked.chars().count() <= LONGEST_FIELD {
                self.form.fields.push((label, masked));
            }
        }
        true
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let title = text::title(open.schema, &open.label, self.form);
        let mut about = std::mem::take(&mut self.form.fields);
        about.extend(open.about);
        let slots: Vec<Slot> = open.fields.iter().map(|field| field.slot).collect();
        let at: Vec<usize> = open.fields.iter().map(|field| field.at).collect();
        let under = shifted::Under::new(&slots, &at);
        let readings = parallel::map(&open.rows, |cells| shifted::align(cells, &under));
        let mut rows = Vec::with_capacity(readings.len());
        for (cells, reading) in open.rows.into_iter().zip(readings) {
            let (row, left) = reading.of(cells, slots.len());
            for cell in &left {
                self.output.note(cell);
            }
            rows.push(row);
        }
        let draft = Draft { schema: open.schema, title, place: open.place, fields: open.fields, rows, about };
        self.output.tables.extend(build::table(draft, self.form));
    }

    /// Turns the collected words into tables.
    fn flush(&mut self) {
        if let Some((place, unit)) = self.funds_place.take() {
            let form = Form { unit: unit.or(self.form.unit), ..self.form.clone() };
            let (rows, fields) = (std::mem::take(&mut self.funds), std::mem::take(&mut self.funds_head));
            self.output.tables.extend(funds::table(rows, fields, place, &form));
        }
        for items in [std::mem::take(&mut self.basics), std::mem::take(&mut self.words)] {
            let basics = items.iter().any(|item| item.name.as_deref().is_some_and(fields::is_label));
            if basics && items.len() < FEWEST_BASICS {
                continue;
            }
            if let Some(place) = items.first().map(|item| item.text.place) {
                self.output.tables.extend(build::words(self.form.title.clone(), place, items, self.form));
            }
        }
    }
}

/// Longer values are words of the form, shown as a table of words, not as a field.
const LONGEST_FIELD: usize = 60;

/// A label and where it stands.
type Label = (String, Place);

/// A header in a row: its schema, the label before it, its words.
fn header_row(cells: &[Printed]) -> Option<(Schema, Option<Label>, Vec<Word>)> {
    // Before the first word there is at most one label: most rows end here.
    let first = cells.iter().take(2).position(|(_, cell)| header::single(&cell.text).is_some())?;
    let known: Vec<Option<Head>> = cells.iter().map(|(_, cell)| header::single(&cell.text)).collect();
    if known.iter().filter(|head| head.is_some()).count() < 2 || are_fields(cells, &known) {
        return None;
    }
    // A label may be a header word itself (年度绩效目标 before 一级指标): that is a column of goals.
    let label = (first == 1).then(|| (unspaced(&cells[0].1.text), cells[0].1.place));
    let words: Vec<Word> = cells[first..]
        .iter()
        .zip(&known[first..])
        .map(|((at, cell), head)| {
            let text = unspaced(&cell.text);
            let head = head.unwrap_or_else(|| Head::Column(header::guess(&text)));
            Word { text, head, at: *at }
        })
        .collect();
    if words.iter().any(|word| word.text.chars().count() > 24) {
        return None;
    }
    let schema = header::schema(&words)?;
    let label = label.filter(|(label, _)| !vocabulary::is_level_1(label));
    Some((schema, label, words))
}

/// Whether a row is labels with a value beside each (项目名称 | … | 项目性质 | …): their names may be header words, too.
fn are_fields(cells: &[Printed], known: &[Option<Head>]) -> bool {
    let labels = cells.iter().step_by(2).all(|(_, cell)| fields::is_label(&cell.text));
    cells.len() >= 4 && cells.len().is_multiple_of(2) && labels && known.iter().skip(1).step_by(2).all(Option::is_none)
}

/// A further row of a header: nothing but words that stand below others.
fn more_header(cells: &[Printed]) -> Option<Vec<Word>> {
    cells
        .iter()
        .map(|(at, cell)| {
            let head = header::single(&cell.text)?;
            matches!(head, Head::Part | Head::Years | Head::Column(Slot::Value)).then(|| Word {
                text: unspaced(&cell.text),
                head,
                at: *at,
            })
        })
        .collect()
}

/// Whether a row ends the open table: the label of another block, or a goal in words.
fn ends_table(open: &Open, first: &str, cells: &[Printed]) -> bool {
    if text::is_words(first) || text::is_block(first) && cells.len() <= 2 {
        return true;
    }
    if vocabulary::goal_name(first).is_some() && cells.len() <= 2 && open.schema != Schema::Goals {
        let other_is_level = cells
            .get(1)
            .is_some_and(|(_, cell)| vocabulary::is_level_1(&cell.text) || vocabulary::is_level_2(&cell.text));
        return !other_is_level;
    }
    // Labels and values of the next form.
    open.schema != Schema::Projects
        && fields::is_label(first)
        && cells.len() >= 2
        && (cells.len() == 2 || cells.get(2).is_some_and(|(_, cell)| fields::is_label(&cell.text)))
}

/// `长期目标（截止…）`, `年度目标`: the header of a goal.
fn is_goal_head(text: &str) -> bool {
    let text = unspaced(text);
    let head = text.split(['（', '(']).next().unwrap_or_default();
    vocabulary::goal_name(head).is_some()
}

/// The labels of a row and the cell after each.
fn field_pairs(cells: &[Printed]) -> Vec<(String, Option<Found>)> {
    let mut pairs: Vec<(String, Option<Found>)> = Vec::new();
    let known = cells.iter().any(|(_, cell)| fields::is_label(&cell.text));
    if !known {
        return Vec::new();
    }
    for (_, cell) in cells {
        if let Some((label, value)) = fields::split(&cell.text) {
            pairs.push((label, Some(Found { text: value.into(), ..cell.clone() })));
        } else if fields::is_label(&cell.text) {
            pairs.push((unspaced(&cell.text), None));
        } else {
            match pairs.last_mut() {
                Some((_, value @ None)) => *value = Some(cell.clone()),
                _ => pairs.push((unspaced(&cell.text), None)),
            }
        }
    }
    pairs
}
