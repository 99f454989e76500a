//! One cell as it is drawn, and the panel that says which checks it takes part in.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::figures::grouped;
use super::opened::Opened;
use super::shares::ShareOfTotal;
use super::table::{Caption, row_name, short_header};
use super::{EquationView, Mark};
use crate::amount::{Amount, Unit};
use crate::disclosure::{Anchor, Column, ColumnRole, Entry, Message, Row, Value};
use crate::document::Place;
use crate::rules::Claim;
use crate::rules::judge::Outcome;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// An amount.
    Amount,
    /// A printed zero.
    Zero,
    /// Nothing, where an amount could be.
    Blank,
    /// The name of the row.
    Name,
    /// A code.
    Code,
    /// Words.
    Words,
}

/// How a cell is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellShape {
    /// As any other.
    Plain,
    /// The one suspect.
    Suspect,
    /// One of several that may be the one.
    Candidate,
    /// Another cell of an equation that failed.
    Partner,
    /// In a check that could not be made.
    Unchecked,
}

/// A cell as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellView {
    /// Its column.
    pub column: u16,
    /// What it holds.
    pub kind: CellKind,
    /// Its text, amounts with separators.
    pub text: String,
    /// The amount.
    pub value: Option<Decimal>,
    /// How it is set.
    pub shape: CellShape,
    /// Its mark; none where no check speaks of it.
    pub mark: Option<Mark>,
    /// How many checks it takes part in.
    pub checks: usize,
    /// What is printed there, where the reader changed it.
    pub before: Option<String>,
}

/// The panel of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellPanel {
    /// Which.
    pub at: Anchor,
    /// The table.
    pub caption: Caption,
    /// Its row's name.
    pub row: Option<String>,
    /// Its column's header.
    pub column: String,
    /// The amount; `None` for a blank cell.
    pub amount: Option<Decimal>,
    /// The same with separators.
    pub figure: Option<String>,
    /// In the unit that the reader chose, where that is another than the printed one.
    pub shown: Option<(String, Unit)>,
    /// What is printed there, where the reader changed it.
    pub before: Option<String>,
    /// Whether it is a cell of money, which can be changed to try something.
    pub money: bool,
    /// The text as printed, where it is no amount.
    pub words: Option<String>,
    /// The unit.
    pub unit: Option<Unit>,
    /// Where it stands.
    pub place: Option<Place>,
    /// How it is set in the table.
    pub shape: CellShape,
    /// The checks that it takes part in, failed ones first.
    pub checks: Vec<CellCheck>,
    /// The finding that names it.
    pub finding: Option<u32>,
    /// What it is of the total that is printed for its column.
    pub share: Option<ShareOfTotal>,
    /// Of how many cells it is the sum.
    pub sums: Option<usize>,
    /// Why its reading is in doubt.
    pub doubt: Option<Message>,
}

/// One check in the panel of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellCheck {
    /// Its index.
    pub check: u32,
    /// How it came out.
    pub mark: Mark,
    /// What is compared.
    pub label: Message,
    /// Its equation.
    pub equation: Option<EquationView>,
    /// The finding that speaks for it.
    pub finding: Option<u32>,
    /// Why it could not be made.
    pub why: Option<Message>,
}

impl Opened {
    pub(super) fn cell_view(
        &self,
        at: Anchor,
        column: u16,
        header: &Column,
        entry: &Entry,
        names: bool,
        row: &Row,
    ) -> CellView {
        let (kind, text) = match (&entry.value, header.role) {
            _ if names => (CellKind::Name, row_name(row)),
            (Value::Amount(amount), ColumnRole::Amount) => {
                let kind = if amount.value().is_zero() { CellKind::Zero } else { CellKind::Amount };
                (kind, grouped(amount.value()))
            }
            (Value::Amount(amount), ColumnRole::Code) => (CellKind::Code, amount.printed().to_owned()),
            (Value::Amount(amount), _) => (CellKind::Words, amount.printed().to_owned()),
            (Value::Blank, ColumnRole::Amount) => (CellKind::Blank, String::new()),
            (Value::Blank, ColumnRole::Code) => (CellKind::Code, String::new()),
            (Value::Blank, _) => (CellKind::Words, String::new()),
            (Value::Text(text), ColumnRole::Code) => (CellKind::Code, text.to_string()),
            (Value::Text(text), _) => (CellKind::Words, text.to_string()),
        };
        let (shape, mark) = self.cell_mark(at);
        let value = entry.amount().filter(|_| matches!(kind, CellKind::Amount | CellKind::Zero)).map(Amount::value);
        let before = self.tried_at(at).map(str::to_owned);
        CellView { column, kind, text, value, shape, mark, checks: self.checks_at(at).len(), before }
    }

    /// How a cell is set and marked: what names it goes before what it takes part in.
    pub(super) fn cell_mark(&self, at: Anchor) -> (CellShape, Option<Mark>) {
        if self.tried_at(at).is_some() {
            let failed = self.outcomes_at(at).any(|outcome| outcome == Outcome::Fail);
            return (CellShape::Plain, Some(if failed { Mark::Mismatch } else { Mark::Ok }));
        }
        if self.is_suspect(at) {
            return (CellShape::Suspect, self.suspect_mark(at));
        }
        let outcomes: BTreeSet<Outcome> = self.outcomes_at(at).collect();
        if self.is_candidate(at) {
            return (CellShape::Candidate, self.suspect_mark(at));
        }
        if outcomes.contains(&Outcome::Fail) {
            (CellShape::Partner, Some(Mark::Warning))
        } else if outcomes.contains(&Outcome::Rounding) {
            (CellShape::Plain, Some(Mark::Rounding))
        } else if outcomes.contains(&Outcome::Pass) {
            (CellShape::Plain, Some(Mark::Ok))
        } else if outcomes.contains(&Outcome::NotCheckable) {
            (CellShape::Unchecked, Some(Mark::Unchecked))
        } else {
            (CellShape::Plain, None)
        }
    }

    /// The panel of a cell.
    pub fn cell_panel(&self, at: Anchor) -> Option<CellPanel> {
        let Anchor::Cell { column, .. } = at else { return None };
        let table = self.analysis().table(at)?;
        let (row, entry) = self.analysis().cell(at)?;
        let mut checks: Vec<CellCheck> = self
            .checks_at(at)
            .iter()
            .filter_map(|&check| {
                let checked = self.check(check).filter(|c| c.verdict.outcome != Outcome::NotApplicable)?;
                let why = match &checked.claim {
                    Claim::NotCheckable { why, .. } => Some(why.clone()),
                    _ => checked.verdict.why.clone(),
                };
                Some(CellCheck {
                    check,
                    mark: Mark::from(checked.verdict.outcome),
                    label: checked.label.clone(),
                    equation: self.equation(check),
                    finding: self.finding_of_check(check),
                    why,
                })
            })
            .collect();
        checks.sort_by_key(|check| std::cmp::Reverse(check.mark));
        let sums = self.checks_at(at).iter().filter_map(|&check| match &self.check(check)?.claim {
            Claim::Equation(e) => match (e.left.as_slice(), e.right.as_slice()) {
                ([one], many) | (many, [one]) if one.at == at && many.len() > 1 => Some(many.len()),
                _ => None,
            },
            _ => None,
        });
        Some(CellPanel {
            at,
            caption: Caption::of(table),
            row: Some(row_name(row)).filter(|name| !name.is_empty()),
            column: table.columns.get(usize::from(column)).map(short_header).unwrap_or_default(),
            amount: entry.amount().map(Amount::value),
            figure: entry.amount().map(|a| grouped(a.value())),
            shown: None,
            before: self.tried_at(at).map(str::to_owned),
            money: table.columns.get(usize::from(column)).is_some_and(|c| c.role == ColumnRole::Amount),
            words: match &entry.value {
                Value::Text(text) => Some(text.to_string()),
                _ => None,
            },
            unit: table.unit,
            place: entry.place.or(Some(row.place)),
            shape: self.cell_mark(at).0,
            share: self.share_of_total(at),
            sums: sums.max(),
            finding: self.finding_at(at),
            checks,
            doubt: row.doubt.clone(),
        })
    }

    /// The cells of the same table that share a check with this one.
    pub fn partners(&self, at: Anchor) -> BTreeSet<(u32, u16)> {
        let Anchor::Cell { disclosure, table, .. } = at else { return BTreeSet::new() };
        let claims = self.checks_at(at).iter().filter_map(|&c| self.check(c)).map(|c| &c.claim);
        claims
            .flat_map(super::opened::anchors_of)
            .filter(|&other| other != at)
            .filter_map(|other| match other {
                Anchor::Cell { disclosure: d, table: t, row, column } if (d, t) == (disclosure, table) => {
                    Some((row, column))
                }
                _ => None,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn a_total_says_what_it_sums() {
        let session = fixture::session();
        let view = session.opened().table_view(0, 1).unwrap();
        let total = Anchor::Cell { disclosure: 0, table: 1, row: 0, column: 2 };
        let panel = session.opened().cell_panel(total).unwrap();
        assert!(panel.sums.is_some());
        assert!(!session.opened().partners(total).is_empty());
        let none = Anchor::Cell { disclosure: 0, table: 1, row: u32::try_from(view.rows.len()).unwrap(), column: 2 };
        assert!(session.opened().cell_panel(none).is_none());
    }
}
