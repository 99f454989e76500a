//! Shares of a whole, in percent or in thousandths (每千元), as the reader chose. No document prints them: they are ours.

use std::fmt::{self, Display};

use rust_decimal::Decimal;

use super::compare::{CompareLine, Comparison, bar_of};
use super::figures::grouped;
use super::opened::Opened;
use super::table::row_name;
use super::units::Printed;
use super::{CellPanel, CellShape, Charts};
use crate::analysis::line_changes;
use crate::disclosure::{Anchor, ColumnRole, RowRole};

/// In what shares are said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ShareUnit {
    /// Parts of a hundred.
    #[default]
    Percent,
    /// Parts of a thousand: so many yuan of each thousand.
    PerMille,
}

impl ShareUnit {
    /// `%` or `‰`.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Percent => "%",
            Self::PerMille => "‰",
        }
    }
}

/// A part of a whole, to two decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    percent: Decimal,
    per_mille: Decimal,
    unit: ShareUnit,
}

impl Share {
    /// `part` of `whole`; `None` where that is nothing.
    pub(super) fn of(part: Decimal, whole: Decimal) -> Option<Self> {
        let with_decimals = |mut share: Decimal| {
            share.rescale(2);
            share
        };
        Some(Self {
            percent: with_decimals(line_changes::percent(part, whole)?),
            per_mille: with_decimals(line_changes::percent(part.checked_mul(Decimal::TEN)?, whole)?),
            unit: ShareUnit::Percent,
        })
    }

    /// The same, said in this.
    #[must_use]
    pub(super) fn in_unit(self, unit: ShareUnit) -> Self {
        Self { unit, ..self }
    }

    /// The number that is said.
    pub fn value(self) -> Decimal {
        match self.unit {
            ShareUnit::Percent => self.percent,
            ShareUnit::PerMille => self.per_mille,
        }
    }

    /// In what it is said.
    pub fn unit(self) -> ShareUnit {
        self.unit
    }
}

/// `36.92%`, `369.23‰`.
impl Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", grouped(self.value()), self.unit.sign())
    }
}

/// What a cell is of its column's total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareOfTotal {
    /// The share.
    pub share: Share,
    /// The name of the total's row; empty where none is printed.
    pub of: String,
}

impl Charts {
    /// The same with its shares said in this.
    #[must_use]
    pub fn shares_in(mut self, unit: ShareUnit) -> Self {
        let flow = self.flow.iter_mut().flat_map(|flow| flow.nodes.iter_mut().map(|node| &mut node.share));
        let tree = self.tree.iter_mut().flat_map(|tree| tree.nodes.iter_mut().map(|node| &mut node.share));
        let bars = self.bars.iter_mut().flat_map(|bars| bars.bars.iter_mut().map(|bar| &mut bar.share));
        for share in flow.chain(tree).chain(bars).flatten() {
            share.unit = unit;
        }
        if let Some((_, share)) = self.headline.as_mut().and_then(|headline| headline.largest.as_mut()) {
            share.unit = unit;
        }
        self
    }
}

impl CellPanel {
    /// The same with its share said in this.
    #[must_use]
    pub fn shares_in(mut self, unit: ShareUnit) -> Self {
        if let Some(of_total) = &mut self.share {
            of_total.share.unit = unit;
        }
        self
    }
}

impl Opened {
    /// What an amount is of the total that its table prints for its column; `None` for the total itself, for what is no
    /// part of it, and where either figure may be the wrong one: a share of that says nothing.
    pub(super) fn share_of_total(&self, at: Anchor) -> Option<ShareOfTotal> {
        let Anchor::Cell { disclosure, table, row, column } = at else { return None };
        let found = self.analysis().table(at)?;
        let own = found.rows.get(usize::try_from(row).ok()?)?;
        let is_part = matches!(
            own.role,
            RowRole::Function
                | RowRole::Economic
                | RowRole::Unit
                | RowRole::ProjectGroup
                | RowRole::Project
                | RowRole::Item
        );
        if !is_part || found.columns.get(usize::from(column))?.role != ColumnRole::Amount {
            return None;
        }
        let total = |role| found.rows.iter().position(|row| row.role == role && row.side == own.side);
        let total =
            total(RowRole::Total).or_else(|| total(RowRole::GrandTotal)).or_else(|| total(RowRole::YearTotal))?;
        let whole = Anchor::Cell { disclosure, table, row: u32::try_from(total).ok()?, column };
        let sound = |at: Anchor| {
            let shape = self.cell_mark(at).0;
            self.part(at).filter(|_| !matches!(shape, CellShape::Suspect | CellShape::Candidate))
        };
        let (part, whole) = (sound(at)?, sound(whole)?);
        let within = !part.value.is_sign_negative() && part.value <= whole.value && !part.value.is_zero();
        let share = Share::of(part.value, whole.value).filter(|_| within)?;
        Some(ShareOfTotal { share, of: row_name(found.rows.get(total)?) })
    }
}

impl Comparison {
    /// Whether each side prints a total that shares can be of.
    pub fn has_shares(&self) -> bool {
        self.wholes().is_some()
    }

    /// The totals of the sides.
    fn wholes(&self) -> Option<Vec<Decimal>> {
        let figures = &self.total.as_ref()?.figures;
        let whole = |figure: &super::CompareFigure| Some(figure.amount).filter(|amount| *amount > Decimal::ZERO);
        figures.iter().map(|figure| figure.as_ref().and_then(whole)).collect()
    }

    /// The same lines as shares of each side's total, so that what is large and what is small can be held side by side; the
    /// amounts stay as what is printed. Unchanged where a side has no total. A total that does not tie keeps its mark.
    #[must_use]
    pub fn as_shares(mut self, unit: ShareUnit) -> Self {
        let Some(wholes) = self.wholes() else { return self };
        self.lines.iter_mut().chain(&mut self.total).for_each(|line| line.become_shares(&wholes, unit));
        let most = self.lines.iter().filter(|line| line.leaf).map(|line| line.change.abs()).max();
        for line in &mut self.lines {
            line.bar = bar_of(line.change, most);
        }
        self.shares = Some(unit);
        self
    }
}

impl CompareLine {
    fn become_shares(&mut self, wholes: &[Decimal], unit: ShareUnit) {
        let mut said = Vec::with_capacity(wholes.len());
        for (figure, whole) in self.figures.iter_mut().zip(wholes) {
            let share = figure.as_ref().and_then(|figure| Share::of(figure.amount, *whole)).map(|s| s.in_unit(unit));
            said.push(share.map_or(Decimal::ZERO, Share::value));
            let Some((figure, share)) = figure.as_mut().zip(share) else { continue };
            figure.printed =
                figure.printed.take().or_else(|| Some(Printed { unit: self.unit?, figure: figure.figure.clone() }));
            figure.figure = share.to_string();
        }
        // Of the shares as they are shown, so that the three can be held against each other.
        if let [now, then, ..] = said[..] {
            self.change = now.checked_sub(then).unwrap_or_default();
            self.change_figure = super::charts::signed(self.change);
        }
        self.rate = None;
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::opened;
    use super::super::{BarsKind, CompareOrder};
    use super::*;

    const BUDGET: &str = include_str!("../../tests/browser/budget.md");

    /// The anchor of a figure: its row's name and its column.
    fn cell(opened: &Opened, table: u16, name: &str, column: u16) -> Anchor {
        let tables = &opened.disclosure(0).unwrap().tables;
        let row = tables[usize::from(table)].rows.iter().position(|row| row.name.as_deref() == Some(name)).unwrap();
        Anchor::Cell { disclosure: 0, table, row: u32::try_from(row).unwrap(), column }
    }

    #[test]
    fn a_share_is_said_in_hundredths_or_thousandths() {
        let share = Share::of(Decimal::from(480), Decimal::from(1300)).unwrap();
        assert_eq!(share.to_string(), "36.92%");
        assert_eq!(share.in_unit(ShareUnit::PerMille).to_string(), "369.23‰");
        assert_eq!(Share::of(Decimal::from(1300), Decimal::from(1300)).unwrap().to_string(), "100.00%");
        // Not the rounded percent ten times.
        let small = Share::of(Decimal::from(3), Decimal::from(12_345)).unwrap();
        assert_eq!(small.in_unit(ShareUnit::PerMille).to_string(), "0.24‰");
        assert_eq!(Share::of(Decimal::ONE, Decimal::ZERO), None);
    }

    #[test]
    fn charts_say_all_their_shares_in_the_chosen_unit() {
        let sound = BUDGET.replace("| 107.00 | 107.00 |", "| 104.00 | 104.00 |");
        let charts = opened(&[&sound]).charts(0).shares_in(ShareUnit::PerMille);
        let three = charts.bars.iter().find(|bars| bars.kind == BarsKind::ThreePublic).unwrap();
        assert_eq!(three.bars[0].share.unwrap().to_string(), "750.00‰");
        let headline = charts.headline.unwrap().largest.unwrap().1;
        assert_eq!(headline.to_string(), "615.38‰");
        assert!(
            charts.tree.unwrap().nodes.iter().all(|node| node.share.is_some_and(|s| s.unit() == ShareUnit::PerMille))
        );
        assert!(
            charts.flow.unwrap().nodes.iter().filter_map(|node| node.share).all(|s| s.unit() == ShareUnit::PerMille)
        );
    }

    #[test]
    fn a_cell_says_what_it_is_of_its_column_s_total() {
        let sound = BUDGET.replace("| 107.00 | 107.00 |", "| 104.00 | 104.00 |");
        let opened = opened(&[&sound]);
        let (index, table) = (0_u16..)
            .zip(&opened.disclosure(0).unwrap().tables)
            .find(|(_, table)| table.kind == crate::disclosure::TableKind::ExpenditureSummary)
            .unwrap();
        let column = u16::try_from(crate::rules::total_column(table).unwrap()).unwrap();
        let at = cell(&opened, index, "行政运行", column);
        let panel = opened.cell_panel(at).unwrap().shares_in(ShareUnit::PerMille);
        let of_total = panel.share.unwrap();
        assert_eq!((of_total.share.to_string().as_str(), of_total.of.as_str()), ("369.23‰", "合计"));
        assert_eq!(opened.cell_panel(cell(&opened, index, "合计", column)).unwrap().share, None, "the total itself");
    }

    #[test]
    fn a_share_of_what_may_be_wrong_is_not_told() {
        let opened = opened(&[BUDGET]);
        let tables = &opened.disclosure(0).unwrap().tables;
        let cells = (0_u16..).zip(tables).flat_map(|(t, table)| {
            let rows = u32::try_from(table.rows.len()).unwrap();
            let columns = u16::try_from(table.columns.len()).unwrap();
            (0..rows).flat_map(move |row| {
                (0..columns).map(move |column| Anchor::Cell { disclosure: 0, table: t, row, column })
            })
        });
        let suspects: Vec<_> = cells
            .filter(|&at| matches!(opened.cell_mark(at).0, CellShape::Suspect | CellShape::Candidate))
            .filter(|&at| opened.part(at).is_some())
            .collect();
        assert!(!suspects.is_empty(), "the fixture has a figure that may be wrong");
        assert!(suspects.iter().all(|&at| opened.share_of_total(at).is_none()));
    }

    #[test]
    fn lines_are_compared_as_shares_of_each_side_s_own_total() {
        // A department ten times as large that spends alike: no line changes, though every amount does.
        let large = BUDGET.replace("某市数据局", "某市统计局");
        let both = opened(&[&large, BUDGET]);
        let mut comparison = both.compare(1, &[0], None);
        for line in comparison.lines.iter_mut().chain(&mut comparison.total) {
            if let Some(figure) = line.figures.get_mut(1).and_then(Option::as_mut) {
                figure.amount *= Decimal::TEN;
            }
        }
        assert!(comparison.has_shares());
        let shares = comparison.as_shares(ShareUnit::PerMille);
        assert_eq!(shares.shares, Some(ShareUnit::PerMille));
        assert!(shares.lines.iter().all(|line| line.change.is_zero() && line.bar == 0 && line.rate.is_none()));
        let line = shares.lines.iter().find(|line| line.code.as_deref() == Some("2010301")).unwrap();
        let figure = line.figures[0].as_ref().unwrap();
        assert_eq!((figure.figure.as_str(), figure.printed.as_ref().unwrap().figure.as_str()), ("369.23‰", "480.00"));
        assert_eq!(shares.total.as_ref().unwrap().figures[0].as_ref().unwrap().figure, "1,000.00‰");
    }

    #[test]
    fn the_largest_change_of_a_share_stands_first() {
        let last = BUDGET
            .replace("2025", "2024")
            .replace("| 2010301 | 行政运行 | 480.00 | 480.00 |", "| 2010301 | 行政运行 | 500.00 | 500.00 |")
            .replace("| 一般公共服务支出 | 980.00 | 480.00", "| 一般公共服务支出 | 1,000.00 | 500.00")
            .replace("|  | 合计 | 1,300.00 | 800.00", "|  | 合计 | 1,320.00 | 820.00");
        let comparison = opened(&[&last, BUDGET]).compare(1, &[0], None).as_shares(ShareUnit::Percent);
        let shown = comparison.shown(CompareOrder::Change, "");
        let first = &comparison.lines[shown[0]];
        assert_eq!((first.name.as_str(), first.change_figure.as_str()), ("行政运行", "\u{2212}0.96"));
        assert!(first.bar < 0);
    }
}
