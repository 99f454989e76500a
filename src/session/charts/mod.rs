//! 看图: what the charts of a document draw. Every mark stands for one printed cell and carries its figure; what is
//! computed (a share, a change) is said to be ours. Lengths are tenths of a pixel, whole numbers: a float that only draws
//! would still be a float beside amounts.

mod bars;
mod flow;
mod lines;
mod squares;
mod tree;
mod waterfall;

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

pub use bars::{Bar, Bars, BarsKind};
pub use flow::{Drawing, Flow, FlowNode, Label, PlacedBar, Ribbon, RibbonKind, Run};
pub use lines::name_lines;
pub use tree::{Tile, Tree, TreeNode};
pub(super) use waterfall::signed;
pub use waterfall::{ChangeBasis, Layout, Step, StepKind, StepName, Waterfall};

use super::Mark;
use super::cell::CellShape;
use super::figures::grouped;
use super::opened::Opened;
use super::shares::Share;
use super::table::{Caption, row_name};
use super::units::Printed;
use crate::amount::Unit;
use crate::disclosure::{Anchor, ColumnRole, Measure, Row, RowRole, Table, TableKind};
use crate::rules::judge::Outcome;
use crate::rules::{Claim, Relation};

/// A printed figure that a chart draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is of, as printed, without its number (`一、`).
    pub name: String,
    /// Its code, where one is printed.
    pub code: Option<String>,
    /// Where it is printed.
    pub at: Anchor,
    /// Its size, in 元 where a unit is printed: for drawing and sorting.
    pub value: Decimal,
    /// The amount in its unit.
    pub amount: Decimal,
    /// The same with separators.
    pub figure: String,
    /// Its unit.
    pub unit: Option<Unit>,
    /// As printed, where it is shown in another unit.
    pub printed: Option<Printed>,
    /// How it came out where it was checked.
    pub state: Mark,
}

impl Part {
    /// Whether the chart must say that this figure does not tie.
    pub fn is_apart(&self) -> bool {
        matches!(self.state, Mark::Mismatch | Mark::Warning)
    }
}

/// What a chart rests on: said below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The tables that its figures are from.
    pub tables: Vec<Caption>,
    /// The unit, where all have one and the same.
    pub unit: Option<Unit>,
    /// The worst mark among them.
    pub worst: Mark,
    /// How many do not tie, or stand in a sum that does not.
    pub apart: usize,
    /// How many nothing can be held against.
    pub alone: usize,
    /// The finding that speaks of the first that does not tie.
    pub finding: Option<u32>,
}

/// Everything that is drawn of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Charts {
    /// What the head says.
    pub headline: Option<ChartHeadline>,
    /// 收入来源 → 部门 → 功能分类 → 基本/项目
    pub flow: Option<Flow>,
    /// 类, 款, 项
    pub tree: Option<Tree>,
    /// 三公 and 基本支出
    pub bars: Vec<Bars>,
    /// Against the year before.
    pub waterfall: Option<Waterfall>,
}

/// The finding above all charts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartHeadline {
    /// The total with separators.
    pub total: String,
    /// The same as an amount.
    pub amount: Decimal,
    /// Whether it is rounded, in a unit that the reader chose.
    pub rounded: bool,
    /// Its unit.
    pub unit: Option<Unit>,
    /// About how many 亿元.
    pub gloss: Option<String>,
    /// The largest part and its share; `None` where the figures do not tie.
    pub largest: Option<(LargestPart, Share)>,
}

/// What the largest part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LargestPart {
    /// 项目支出
    Project,
    /// 基本支出
    Basic,
    /// A subject, by its printed name.
    Named(String),
}

impl Charts {
    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.flow.is_none() && self.tree.is_none() && self.bars.is_empty() && self.waterfall.is_none()
    }
}

impl Opened {
    /// The charts of a document. Linear in its cells.
    pub fn charts(&self, document: usize) -> Charts {
        let flow = self.flow(document);
        let tree = self.tree(document);
        Charts {
            headline: self.chart_headline(document, tree.as_ref()),
            flow,
            tree,
            bars: [self.basic_bars(document), self.three_public_bars(document)].into_iter().flatten().collect(),
            waterfall: self.waterfall(document),
        }
    }

    fn chart_headline(&self, document: usize, tree: Option<&Tree>) -> Option<ChartHeadline> {
        let main = self.expenditure_table(document)?;
        let total = main.total?;
        let whole = self.part(main.cell(total, main.column)?)?;
        let of = |measure| {
            let column = main.table.columns.iter().position(|c| c.measure == Some(measure))?;
            self.part(main.cell(total, column)?)
        };
        let kinds = [(Measure::Project, LargestPart::Project), (Measure::Basic, LargestPart::Basic)];
        let kinds = kinds.into_iter().filter_map(|(measure, name)| Some((of(measure)?, name)));
        let subjects = tree.into_iter().flat_map(|tree| tree.tops().map(|node| &node.part));
        let subject =
            subjects.max_by_key(|part| part.value).map(|part| (part.clone(), LargestPart::Named(part.name.clone())));
        let largest = kinds.max_by_key(|(part, _)| part.value).or(subject);
        let largest = largest.filter(|(part, _)| !part.is_apart() && !whole.is_apart());
        let unit = whole.unit;
        Some(ChartHeadline {
            gloss: unit.and_then(|unit| {
                let printed = self.value_at(whole.at)?;
                super::figures::in_hundred_million(printed, unit)
            }),
            largest: largest.and_then(|(part, name)| Some((name, Share::of(part.value, whole.value)?))),
            total: whole.figure,
            amount: whole.amount,
            rounded: false,
            unit,
        })
    }

    /// The figure at an anchor, ready to be drawn; `None` where no amount is printed.
    pub(super) fn part(&self, at: Anchor) -> Option<Part> {
        let printed = self.value_at(at)?;
        let (row, _) = self.analysis().cell(at)?;
        let unit = self.unit_at(at);
        let value = unit.map_or(Some(printed), |unit| printed.checked_mul(unit.in_yuan()))?;
        Some(Part {
            name: bare_name(&row_name(row)).to_owned(),
            code: row.code.clone(),
            at,
            value,
            amount: printed,
            figure: grouped(printed),
            unit,
            printed: None,
            state: self.chart_state(at, row),
        })
    }

    fn chart_state(&self, at: Anchor, row: &Row) -> Mark {
        let (shape, mark) = self.cell_mark(at);
        match shape {
            CellShape::Suspect | CellShape::Candidate => mark.unwrap_or(Mark::Warning),
            CellShape::Partner => Mark::Warning,
            _ if row.doubt.is_some() => Mark::Unchecked,
            _ => mark.unwrap_or(Mark::Unchecked),
        }
    }

    /// What the figures of a chart rest on.
    pub(super) fn ground<'a>(&self, parts: impl Iterator<Item = &'a Part>) -> Ground {
        let mut ground = Ground { tables: Vec::new(), unit: None, worst: Mark::Ok, apart: 0, alone: 0, finding: None };
        let mut units = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for part in parts {
            if !seen.insert(part.at) {
                continue;
            }
            units.insert(part.unit);
            ground.worst = ground.worst.max(part.state);
            ground.apart += usize::from(part.is_apart());
            ground.alone += usize::from(part.state == Mark::Unchecked);
            if part.is_apart() && ground.finding.is_none() {
                ground.finding = self.finding_at(part.at);
            }
            if let Some(caption) = self.analysis().table(part.at).map(Caption::of)
                && !ground.tables.contains(&caption)
            {
                ground.tables.push(caption);
            }
        }
        if let [Some(unit)] = units.into_iter().collect::<Vec<_>>()[..] {
            ground.unit = Some(unit);
        }
        ground
    }

    /// The figures of the same document that a check adds up to this one: the addends as it has them.
    pub(super) fn addends(&self, at: Anchor) -> Option<Vec<Anchor>> {
        let sums = self.checks_at(at).iter().filter_map(|&check| {
            let checked = self.check(check)?;
            let Claim::Equation(equation) = &checked.claim else { return None };
            let addends = match (equation.left.as_slice(), equation.right.as_slice()) {
                ([one], many) | (many, [one]) if one.at == at && one.plus && many.len() > 1 => many,
                _ => return None,
            };
            let told = equation.relation == Relation::Equal
                && addends.iter().all(|term| term.plus && same_table(term.at, at))
                && !matches!(checked.verdict.outcome, Outcome::NotApplicable | Outcome::NotCheckable);
            told.then(|| (checked.verdict.outcome, addends.iter().map(|term| term.at).collect::<Vec<_>>()))
        });
        sums.min_by_key(|(outcome, addends)| (*outcome == Outcome::Fail, addends.len())).map(|(_, addends)| addends)
    }

    /// The table that the charts of expenditure are drawn from: 支出总表, else the general public budget by function.
    pub(super) fn expenditure_table(&self, document: usize) -> Option<MainTable<'_>> {
        let kinds = [TableKind::ExpenditureSummary, TableKind::GeneralPublicExpenditureByFunction];
        kinds.into_iter().find_map(|kind| {
            let found = (0_u16..).zip(self.tables_of(document)).find(|(_, table)| {
                table.kind == kind && table.rows.iter().filter(|row| row.role == RowRole::Function).count() > 1
            });
            let (index, table) = found?;
            MainTable::of(u16::try_from(document).ok()?, index, table)
        })
    }
}

/// A table of one amount a row, with its address.
#[derive(Clone, Copy, Debug)]
pub(super) struct MainTable<'a> {
    disclosure: u16,
    index: u16,
    table: &'a Table,
    /// The column of the row's total.
    column: usize,
    /// The row of the table's total.
    total: Option<usize>,
}

impl<'a> MainTable<'a> {
    fn of(disclosure: u16, index: u16, table: &'a Table) -> Option<Self> {
        let column = crate::rules::total_column(table).or_else(|| table.amount_columns().next())?;
        let total = |role| table.rows.iter().position(|row| row.role == role);
        let total = total(RowRole::Total).or_else(|| total(RowRole::GrandTotal)).or_else(|| total(RowRole::YearTotal));
        Some(Self { disclosure, index, table, column, total })
    }

    fn cell(&self, row: usize, column: usize) -> Option<Anchor> {
        Some(Anchor::Cell {
            disclosure: self.disclosure,
            table: self.index,
            row: u32::try_from(row).ok()?,
            column: u16::try_from(column).ok()?,
        })
    }

    /// The outermost rows that the table's total is made of.
    fn tops(&self) -> Vec<usize> {
        let rows = self.table.rows.iter().enumerate().filter(|(_, row)| stands_in_the_sum(row));
        let top = rows.clone().map(|(_, row)| row.level).min();
        rows.filter(|(_, row)| Some(row.level) == top).map(|(index, _)| index).collect()
    }

    /// The first amount column that measures this, outside any group before inside one.
    fn column_of(&self, measure: Measure) -> Option<usize> {
        let columns = self.table.columns.iter().enumerate();
        let fits = columns.filter(|(_, c)| c.role == ColumnRole::Amount && c.measure == Some(measure));
        fits.min_by_key(|(_, c)| c.group.is_some_and(|group| group != measure)).map(|(index, _)| index)
    }
}

fn stands_in_the_sum(row: &Row) -> bool {
    matches!(row.role, RowRole::Function | RowRole::Economic | RowRole::Unit | RowRole::ProjectGroup | RowRole::Project)
}

fn same_table(one: Anchor, other: Anchor) -> bool {
    match (one, other) {
        (Anchor::Cell { disclosure: a, table: b, .. }, Anchor::Cell { disclosure: c, table: d, .. }) => {
            (a, b) == (c, d)
        }
        _ => false,
    }
}

/// A length in proportion: `value` of `whole` drawn on `length`; at least one tenth of a pixel for what is not nothing.
pub(super) fn length(value: Decimal, whole: Decimal, length: i64) -> i64 {
    let scaled = value.abs().checked_mul(Decimal::from(length)).and_then(|v| v.checked_div(whole.abs()));
    let drawn = scaled.and_then(|v| v.round().to_i64()).unwrap_or(0);
    if value.is_zero() { 0 } else { drawn.max(1) }
}

/// A name without 一、 or （一） before it.
fn bare_name(name: &str) -> &str {
    let bare = name.trim_start_matches(|c: char| "一二三四五六七八九十廿0123456789（()".contains(c));
    match bare.strip_prefix(['、', '）', ')', '.', '．']) {
        Some(bare) if !bare.trim().is_empty() => bare.trim(),
        _ => name.trim(),
    }
}

#[cfg(test)]
mod tests;
