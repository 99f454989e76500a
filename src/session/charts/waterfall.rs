//! Against the year before: the total then, the largest changes, the total now. From last year's document where it is
//! open, else from the columns of last year that a table prints itself.

use rust_decimal::Decimal;

use super::{Ground, Part, bare_name, length};
use crate::amount::Unit;
use crate::analysis::line_changes::line_changes;
use crate::disclosure::{Anchor, Column, RowRole, TableKind};
use crate::session::figures::grouped;
use crate::session::opened::Opened;
use crate::session::units::Printed;

/// Changes that are drawn one by one; the rest is one bar.
const DRAWN: usize = 8;
/// Width of the drawing with upright bars, and what of its height they take.
const WIDTH: i64 = 6_200;
const TOP: i64 = 460;
const FLOOR: i64 = 3_460;
/// Width of the drawing with lying bars, one below the other, for a narrow screen; height of one with its name.
const NARROW: i64 = 3_100;
const PITCH: i64 = 470;

/// The waterfall as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waterfall {
    /// The bars in their order: the total then, the changes, the total now.
    pub steps: Vec<Step>,
    /// Where they stand side by side.
    pub wide: Layout,
    /// Where they lie one below the other.
    pub narrow: Layout,
    /// The change of the total, ours.
    pub change: Decimal,
    /// The same with its sign and separators.
    pub change_figure: String,
    /// Where the figures of last year are from.
    pub basis: ChangeBasis,
    /// The years, then and now.
    pub years: (Option<u16>, Option<u16>),
    /// The unit.
    pub unit: Option<Unit>,
    /// Where the axis is cut, if it is: bars begin there.
    pub cut: Option<Decimal>,
    /// What it rests on.
    pub ground: Ground,
}

/// Where the bars of a waterfall are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Width and height.
    pub size: (i64, i64),
    /// The line that totals begin from: a height of upright bars, a distance from the left of lying ones.
    pub floor: i64,
    /// Left, top, width and height of each bar.
    pub bars: Vec<[i64; 4]>,
    /// Left, top, width and height of the room of each, which is what is hit.
    pub rooms: Vec<[i64; 4]>,
    /// The level at which each ends and the next begins, on the same axis as the floor.
    pub after: Vec<i64>,
}

/// Where the figures of last year are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeBasis {
    /// Last year's document, by its index.
    Document(usize),
    /// Columns of the same table.
    Columns,
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is of.
    pub name: StepName,
    /// Its amount.
    pub amount: Decimal,
    /// The same with separators, changes with their sign.
    pub figure: String,
    /// The figure in the printed unit, where it is shown in another.
    pub printed: Option<Printed>,
    /// Both cells that it is of, this year's first.
    pub at: Vec<Anchor>,
    /// What it is.
    pub kind: StepKind,
    /// Whether a figure of it does not tie.
    pub apart: bool,
}

/// What a bar is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepName {
    /// The total of last year.
    Then,
    /// The total of this year.
    Now,
    /// A subject.
    Subject(String),
    /// So many more, and what is rounded away.
    Others(usize),
}

/// What a bar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// A total.
    Total,
    /// An increase.
    Up,
    /// A decrease.
    Down,
}

/// A subject in both years.
struct Pair {
    name: String,
    now: Option<(Anchor, Decimal)>,
    then: Option<(Anchor, Decimal)>,
}

impl Pair {
    fn change(&self) -> Decimal {
        let value = |side: Option<(Anchor, Decimal)>| side.map_or(Decimal::ZERO, |(_, value)| value);
        value(self.now).checked_sub(value(self.then)).unwrap_or_default()
    }

    fn anchors(&self) -> Vec<Anchor> {
        [self.now, self.then].into_iter().flatten().map(|(at, _)| at).collect()
    }
}

/// The figures before they are drawn.
struct Figures {
    total: Pair,
    subjects: Vec<Pair>,
    basis: ChangeBasis,
    years: (Option<u16>, Option<u16>),
    unit: Option<Unit>,
}

impl Opened {
    /// The open document of the same department and stage for the year before.
    pub fn year_before(&self, document: usize) -> Option<usize> {
        let own = self.disclosure(document)?;
        let (name, year) = (own.unit_name.as_ref()?, own.year?);
        self.analysis().disclosures.iter().position(|other| {
            other.unit_name.as_ref() == Some(name) && other.stage == own.stage && other.year == year.checked_sub(1)
        })
    }

    pub(super) fn waterfall(&self, document: usize) -> Option<Waterfall> {
        let figures = self.against_last_year(document).or_else(|| self.against_columns(document))?;
        if figures.total.change().is_zero() && figures.subjects.iter().all(|pair| pair.change().is_zero()) {
            return None;
        }
        let anchors = std::iter::once(&figures.total).chain(&figures.subjects).flat_map(Pair::anchors);
        let parts: Vec<Part> = anchors.filter_map(|at| self.part(at)).collect();
        let ground = self.ground(parts.iter());
        let apart =
            |pair: &Pair| pair.anchors().iter().any(|at| parts.iter().any(|part| part.at == *at && part.is_apart()));
        Some(draw(figures, ground, &apart))
    }

    fn against_last_year(&self, document: usize) -> Option<Figures> {
        let before = self.year_before(document)?;
        let changes = line_changes(&self.analysis().disclosures, document, before);
        let kinds = [TableKind::ExpenditureSummary, TableKind::GeneralPublicExpenditureByFunction];
        kinds.into_iter().find_map(|kind| {
            let lines: Vec<_> = changes.lines.iter().filter(|line| line.kind == kind && line.main).collect();
            let pair = |line: &&crate::analysis::line_changes::LineChange| Pair {
                name: bare_name(&line.name).to_owned(),
                now: line.now.map(|figure| (figure.at, figure.value)),
                then: line.then.map(|figure| (figure.at, figure.value)),
            };
            let total = lines.iter().find(|line| matches!(line.role, RowRole::Total | RowRole::GrandTotal))?;
            let subjects: Vec<_> = lines.iter().filter(|line| line.role == RowRole::Function).collect();
            let top = subjects.iter().map(|line| line.level).min()?;
            let year = |at: usize| self.disclosure(at).and_then(|d| d.year);
            Some(Figures {
                total: Some(pair(total)).filter(|total| total.now.is_some() && total.then.is_some())?,
                subjects: subjects.iter().filter(|line| line.level == top).map(|line| pair(line)).collect(),
                basis: ChangeBasis::Document(before),
                years: (year(before), year(document)),
                unit: total.unit,
            })
        })
    }

    /// A table that prints last year beside this year.
    fn against_columns(&self, document: usize) -> Option<Figures> {
        let main = self.expenditure_table(document)?;
        let year = self.disclosure(document)?.year;
        let last = year.and_then(|year| year.checked_sub(1)).map(|year| year.to_string());
        let header = |column: usize| main.table.columns.get(column).map(Column::header).unwrap_or_default();
        let is_then = |header: &str| {
            let named = ["上年", "去年"].iter().any(|word| header.contains(word));
            let dated = last.as_ref().is_some_and(|year| header.contains(year.as_str()));
            (named || dated) && !["结转", "结余", "增", "减", "比"].iter().any(|word| header.contains(word))
        };
        let mut then = main.table.amount_columns().filter(|&column| is_then(&header(column)));
        let then = then.next().filter(|&column| column != main.column)?;
        let figure = |row: usize, column: usize| {
            let at = main.cell(row, column)?;
            Some((at, self.value_at(at)?))
        };
        let pair = |row: usize| Pair {
            name: main.table.rows.get(row).and_then(|row| row.name.clone()).unwrap_or_default(),
            now: figure(row, main.column),
            then: figure(row, then),
        };
        let total = pair(main.total?);
        (total.now.is_some() && total.then.is_some()).then(|| Figures {
            total,
            subjects: main.tops().into_iter().map(pair).collect(),
            basis: ChangeBasis::Columns,
            years: (year.and_then(|year| year.checked_sub(1)), year),
            unit: main.table.unit,
        })
    }
}

/// With its sign.
pub(in crate::session) fn signed(value: Decimal) -> String {
    if value > Decimal::ZERO { format!("+{}", grouped(value)) } else { grouped(value) }
}

fn draw(figures: Figures, ground: Ground, apart: &dyn Fn(&Pair) -> bool) -> Waterfall {
    let Figures { total, mut subjects, basis, years, unit } = figures;
    subjects.retain(|pair| !pair.change().is_zero());
    subjects.sort_by_key(|pair| std::cmp::Reverse(pair.change().abs()));
    let others = subjects.split_off(subjects.len().min(DRAWN));
    let value = |side: Option<(Anchor, Decimal)>| side.map_or(Decimal::ZERO, |(_, value)| value);
    let (then, now) = (value(total.then), value(total.now));
    // Levels before and after each change.
    let mut level = then;
    let mut levels = vec![level];
    for pair in &subjects {
        level = level.checked_add(pair.change()).unwrap_or(level);
        levels.push(level);
    }
    let rest = now.checked_sub(level).unwrap_or_default();
    let most = levels.iter().copied().chain([now]).max().unwrap_or(Decimal::ONE);
    let least = levels.iter().copied().chain([now]).min().unwrap_or(Decimal::ZERO);
    // Where the changes are small beside the totals, the axis begins below the lowest level.
    let range = most.checked_sub(least).unwrap_or_default();
    let cut = (least > Decimal::ZERO && range.checked_mul(Decimal::from(3)).is_some_and(|r| r < most))
        .then(|| least.checked_sub(range.checked_div(Decimal::TWO)?).filter(|cut| *cut > Decimal::ZERO))
        .flatten()
        .map(|cut| cut.round());
    let base = cut.unwrap_or(Decimal::ZERO);
    let span = most.checked_sub(base).filter(|span| !span.is_zero()).unwrap_or(Decimal::ONE);
    // Each step from one level to another, as parts of the span.
    let part =
        |level: Decimal, of: i64| length(level.checked_sub(base).unwrap_or_default().max(Decimal::ZERO), span, of);

    let total_step = |name: StepName, side: Option<(Anchor, Decimal)>| Step {
        name,
        amount: value(side),
        figure: grouped(value(side)),
        printed: None,
        at: side.iter().map(|(at, _)| *at).collect(),
        kind: StepKind::Total,
        apart: apart(&total),
    };
    let change_step = |name: StepName, change: Decimal| Step {
        name,
        amount: change,
        figure: signed(change),
        printed: None,
        at: Vec::new(),
        kind: if change > Decimal::ZERO { StepKind::Up } else { StepKind::Down },
        apart: false,
    };
    let mut steps = vec![total_step(StepName::Then, total.then)];
    let mut spans = vec![(base, then)];
    for (pair, ends) in subjects.iter().zip(levels.windows(2)) {
        let step = change_step(StepName::Subject(pair.name.clone()), pair.change());
        steps.push(Step { at: pair.anchors(), apart: apart(pair), ..step });
        spans.extend(ends.first().copied().zip(ends.last().copied()));
    }
    if !rest.is_zero() {
        steps.push(change_step(StepName::Others(others.len()), rest));
        spans.push((level, now));
    }
    steps.push(total_step(StepName::Now, total.now));
    spans.push((base, now));
    let change = total.change();
    Waterfall {
        wide: upright(&spans, part),
        narrow: lying(&spans, part),
        steps,
        change,
        change_figure: signed(change),
        basis,
        years,
        unit,
        cut,
        ground,
    }
}

/// Thinnest bar of what is not nothing.
const THIN: i64 = 20;

/// Bars side by side, upright.
fn upright(spans: &[(Decimal, Decimal)], part: impl Fn(Decimal, i64) -> i64) -> Layout {
    let pitch = (WIDTH - 200) / i64::try_from(spans.len()).unwrap_or(1).max(1);
    let width = (pitch * 7 / 10).min(620);
    let y = |level: Decimal| FLOOR - part(level, FLOOR - TOP);
    let mut layout =
        Layout { size: (WIDTH, FLOOR + 700), floor: FLOOR, bars: Vec::new(), rooms: Vec::new(), after: Vec::new() };
    for (bar, &(from, to)) in (0_i64..).zip(spans) {
        let left = 100 + pitch * bar + (pitch - width) / 2;
        let (top, bottom) = (y(from).min(y(to)), y(from).max(y(to)));
        layout.bars.push([left, top, width, (bottom - top).max(THIN)]);
        layout.rooms.push([left, TOP, width, FLOOR - TOP]);
        layout.after.push(y(to));
    }
    layout
}

/// Bars one below the other, lying, each below its name.
fn lying(spans: &[(Decimal, Decimal)], part: impl Fn(Decimal, i64) -> i64) -> Layout {
    let x = |level: Decimal| part(level, NARROW - THIN);
    let height = PITCH * i64::try_from(spans.len()).unwrap_or(0) + 60;
    let mut layout =
        Layout { size: (NARROW, height), floor: 0, bars: Vec::new(), rooms: Vec::new(), after: Vec::new() };
    for (bar, &(from, to)) in (0_i64..).zip(spans) {
        let top = PITCH * bar;
        let (left, right) = (x(from).min(x(to)), x(from).max(x(to)));
        layout.bars.push([left, top + 230, (right - left).max(THIN), 170]);
        layout.rooms.push([0, top, NARROW, PITCH - 40]);
        layout.after.push(x(to));
    }
    layout
}
