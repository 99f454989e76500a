//! What 基本支出 and 三公 are made of: a bar for each part, to scale.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Ground, MainTable, Part, length};
use crate::disclosure::{Anchor, Measure, RowRole, Table, TableKind};
use crate::session::opened::Opened;
use crate::session::shares::Share;
use crate::session::table::short_header;

/// Parts that miss their whole by more than one in so many are no division of it: a mistake of a digit is drawn and
/// marked, half a table is not.
const NEAR: i64 = 5;
/// Length of the longest bar.
const LONGEST: i64 = 5_900;

/// Bars of one whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bars {
    /// What it is the composition of.
    pub kind: BarsKind,
    /// The whole.
    pub whole: Option<Part>,
    /// The parts, as the table has them in order.
    pub bars: Vec<Bar>,
    /// What they rest on.
    pub ground: Ground,
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Its figure.
    pub part: Part,
    /// Its length.
    pub length: i64,
    /// Its share of the whole.
    pub share: Option<Share>,
}

/// What the bars are the composition of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarsKind {
    /// 基本支出
    Basic,
    /// “三公”经费
    ThreePublic,
}

impl Opened {
    /// 基本支出 by economic class, else by 人员经费 and 公用经费.
    pub(super) fn basic_bars(&self, document: usize) -> Option<Bars> {
        let disclosure = u16::try_from(document).ok()?;
        let tables = || (0_u16..).zip(self.tables_of(document));
        let of_class = tables().filter(|(_, t)| t.kind == TableKind::BasicExpenditure).find_map(|(index, table)| {
            let main = MainTable::of(disclosure, index, table)?;
            let rows = table.rows.iter().filter(|row| row.role == RowRole::Economic);
            let top = rows.map(|row| row.level).min()?;
            let tops = (0..table.rows.len())
                .filter(|&row| table.rows.get(row).is_some_and(|r| r.role == RowRole::Economic && r.level == top));
            let parts = tops.filter_map(|row| self.part(main.cell(row, main.column)?)).collect::<Vec<_>>();
            let whole = main.total.and_then(|row| self.part(main.cell(row, main.column)?));
            (parts.len() > 1).then_some((whole, parts))
        });
        if let Some((whole, parts)) = of_class
            && let Some(bars) = self.bars(BarsKind::Basic, whole, parts)
        {
            return Some(bars);
        }
        let (whole, parts) = {
            let kinds = [TableKind::BasicExpenditure, TableKind::GeneralPublicExpenditureByFunction];
            kinds.into_iter().find_map(|kind| {
                let (index, table) = tables().find(|(_, t)| t.kind == kind)?;
                let main = MainTable::of(disclosure, index, table)?;
                let at = |measure| Some((main.cell(main.total?, main.column_of(measure)?)?, main.column_of(measure)?));
                let named = |measure| {
                    let (at, column) = at(measure)?;
                    Some(Part { name: short_header(table.columns.get(column)?), ..self.part(at)? })
                };
                let parts = vec![named(Measure::Personnel)?, named(Measure::Public)?];
                Some((at(Measure::Basic).and_then(|(at, _)| self.part(at)), parts))
            })?
        };
        self.bars(BarsKind::Basic, whole, parts)
    }

    /// The three (or four) parts of 三公, of the final accounts where the table has both.
    pub(super) fn three_public_bars(&self, document: usize) -> Option<Bars> {
        let disclosure = u16::try_from(document).ok()?;
        let tables = (0_u16..).zip(self.tables_of(document)).filter(|(_, t)| t.kind == TableKind::ThreePublic);
        let (whole, parts) = tables.into_iter().find_map(|(index, table)| {
            let at = |measure| {
                let (row, column) = three_public_cell(table, measure)?;
                let cell = Anchor::Cell {
                    disclosure,
                    table: index,
                    row: u32::try_from(row).ok()?,
                    column: u16::try_from(column).ok()?,
                };
                let part = self.part(cell)?;
                Some(Part { name: part_name(measure).to_owned(), ..part })
            };
            let vehicles = [Measure::VehiclePurchase, Measure::VehicleRunning].map(at);
            let vehicles: Vec<Part> = match vehicles {
                [None, None] => at(Measure::Vehicles).into_iter().collect(),
                parts => parts.into_iter().flatten().collect(),
            };
            let parts: Vec<Part> =
                at(Measure::Abroad).into_iter().chain(vehicles).chain(at(Measure::Reception)).collect();
            let whole = at(Measure::ThreePublic).or_else(|| at(Measure::Total));
            (!parts.is_empty()).then_some((whole, parts))
        })?;
        self.bars(BarsKind::ThreePublic, whole, parts)
    }

    /// `None` where the parts are no division of the whole: names that stand twice, or a sum that is another.
    fn bars(&self, kind: BarsKind, whole: Option<Part>, parts: Vec<Part>) -> Option<Bars> {
        let most = parts.iter().map(|part| part.value.abs()).max().filter(|most| !most.is_zero())?;
        let names: BTreeSet<&str> = parts.iter().map(|part| part.name.as_str()).collect();
        let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value))?;
        let divides = whole.as_ref().is_none_or(|whole| {
            let room = whole.value.abs().checked_div(Decimal::from(NEAR)).unwrap_or_default();
            let left = whole.value.checked_sub(sum).unwrap_or_default();
            // 三公 may leave out what is nothing; basic expenditure leaves nothing out.
            left >= -room && (kind == BarsKind::ThreePublic || left <= room)
        });
        if names.len() < parts.len() || !divides {
            return None;
        }
        let ground = self.ground(whole.iter().chain(&parts));
        let bars = parts.into_iter().map(|part| Bar {
            length: if part.value > Decimal::ZERO { length(part.value, most, LONGEST) } else { 0 },
            share: whole.as_ref().and_then(|whole| Share::of(part.value, whole.value)),
            part,
        });
        Some(Bars { kind, bars: bars.collect(), whole, ground })
    }
}

/// Where 三公 prints a part: in a column of its one row, or in a row of its list.
fn three_public_cell(table: &Table, measure: Measure) -> Option<(usize, usize)> {
    let printed = |row: usize, column: usize| {
        table.rows.get(row)?.entries.get(column)?.amount()?;
        Some((row, column))
    };
    if let Some(row) = table.rows.iter().position(|row| row.measure == Some(measure)) {
        let last = table.amount_columns().filter(|&column| printed(row, column).is_some());
        return last.min_by_key(|&column| !is_final(table, column)).and_then(|column| printed(row, column));
    }
    let columns = table.amount_columns().filter(|&c| table.columns.get(c).is_some_and(|c| c.measure == Some(measure)));
    let column = columns.min_by_key(|&column| !is_final(table, column))?;
    let total = table.rows.iter().position(|row| row.role == RowRole::Total).unwrap_or(0);
    printed(total, column)
}

/// What a part of 三公 is called where its header says it in pieces.
fn part_name(measure: Measure) -> &'static str {
    match measure {
        Measure::Abroad => "因公出国（境）费",
        Measure::Vehicles => "公务用车购置及运行费",
        Measure::VehiclePurchase => "公务用车购置费",
        Measure::VehicleRunning => "公务用车运行费",
        Measure::Reception => "公务接待费",
        _ => "合计",
    }
}

fn is_final(table: &Table, column: usize) -> bool {
    table.columns.get(column).is_some_and(|column| {
        let said = column.path.iter().any(|header| header.contains("决算"));
        said || column.group == Some(Measure::FinalAccounts)
    })
}
