//! N: the amounts of the prose against the tables, and against each other.
//!
//! A statement is held against a cell only where it is certain what it means. [`cells`] gives every cell that the words
//! can mean; where these have different values the words do not decide, and N02 only asks that one of them fits.

pub(super) mod agency_operating;
mod cells;
pub(super) mod list_above_total;
pub(super) mod list_total;
mod lists;
pub(super) mod no_fund;
pub(super) mod other_list;
pub(super) mod said_twice;
pub(super) mod stated_amount;
pub(super) mod stated_elsewhere;
pub(super) mod three_public;
pub(super) mod vehicles;

use std::collections::BTreeMap;

use super::facts::Meant;
use super::judge::Judge;
use super::{Equation, Relation, Scope, Term};
use crate::disclosure::{Anchor, Concept, Statement, StatementKind};

/// What the tables say to a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Tie {
    /// One value is meant, printed in this cell; perhaps in others, too.
    Certain(Anchor),
    /// Several values can be meant, and this cell has the figure.
    Fits(Anchor),
    /// Several values can be meant, and none is the figure.
    Unlike(Vec<Anchor>),
    /// The cell is another figure, and a neighbour in its row is this one: the row may have been read a column off.
    Beside(Anchor, Anchor),
    /// The tables do not have it.
    Nowhere,
}

/// Holds a statement against the cells that it can mean.
fn tie(scope: &Scope, judge: &Judge, at: Anchor, statement: &Statement) -> Tie {
    let Some(meant) = cells::meant(scope, statement) else {
        return Tie::Nowhere;
    };
    let Meant { cells, unlike } = &*meant;
    let Some(&first) = cells.first() else {
        return Tie::Nowhere;
    };
    let equal = |a: Anchor, b: Anchor| judge.ties(&equation(a, Relation::Equal, vec![Term::plus(b)]));
    if let Some(&fitting) = unlike.iter().find(|&&cell| equal(at, cell)) {
        return if is_certain(scope, judge, at, statement) && unlike.iter().all(|&cell| equal(fitting, cell)) {
            Tie::Certain(fitting)
        } else {
            Tie::Fits(fitting)
        };
    }
    if let Some((cell, neighbour)) = cells.iter().find_map(|&cell| Some((cell, neighbour(scope, judge, at, cell)?))) {
        return Tie::Beside(cell, neighbour);
    }
    if unlike.iter().all(|&cell| equal(first, cell)) && is_certain(scope, judge, at, statement) {
        Tie::Certain(first)
    } else {
        Tie::Unlike(cells.clone())
    }
}

/// A cell of the same row that has the figure which is not in `cell`. Nothing (0.00) is no figure to go by.
fn neighbour(scope: &Scope, judge: &Judge, at: Anchor, cell: Anchor) -> Option<Anchor> {
    let Anchor::Cell { disclosure, table, row, column } = cell else {
        return None;
    };
    if judge.is_nothing(at) {
        return None;
    }
    let columns = scope.disclosure().tables.get(usize::from(table))?.amount_columns();
    columns
        .filter_map(|other| u16::try_from(other).ok())
        .filter(|&other| other != column)
        .map(|column| Anchor::Cell { disclosure, table, row, column })
        .filter(|&other| !judge.is_nothing(other))
        .find(|&other| judge.ties(&equation(at, Relation::Equal, vec![Term::plus(other)])))
}

/// Whether the words leave no doubt which amount is meant. An economic item of the prose can be one of the whole
/// expenditure, not of the basic one that the table shows; below 机关运行经费 it is the table's only if the whole is.
fn is_certain(scope: &Scope, judge: &Judge, at: Anchor, statement: &Statement) -> bool {
    if !matches!(statement.concept, Some(Concept::Economic(_))) {
        return true;
    }
    let Some((head_at, head)) = head_of(scope, at) else {
        return false;
    };
    match &head.concept {
        Some(Concept::AgencyOperating) => agency_operating::public_funds(scope)
            .iter()
            .any(|&cell| judge.ties(&equation(head_at, Relation::Equal, vec![Term::plus(cell)]))),
        Some(Concept::Economic(_) | Concept::Expenditure(_)) => cells::meant(scope, head).is_some_and(|meant| {
            meant.unlike.iter().any(|&cell| judge.ties(&equation(head_at, Relation::Equal, vec![Term::plus(cell)])))
        }),
        _ => false,
    }
}

/// The statement in whose list another stands.
fn head_of<'a>(scope: &Scope<'a>, part: Anchor) -> Option<(Anchor, &'a Statement)> {
    let Anchor::Statement { statement, .. } = part else {
        return None;
    };
    let heads = scope.facts.of(scope.at).heads.get_or_init(|| {
        let mut heads = BTreeMap::new();
        for (at, head) in cells::stated(scope) {
            if let Anchor::Statement { statement, .. } = at {
                for &part in &head.parts {
                    heads.entry(part).or_insert(statement);
                }
            }
        }
        heads
    });
    let &head = heads.get(&statement)?;
    Some((cells::at(scope, head), scope.disclosure().statements.get(usize::try_from(head).ok()?)?))
}

/// The this-year statements of one concept.
fn all_of<'a>(scope: &Scope<'a>, concept: &Concept) -> Vec<(Anchor, &'a Statement)> {
    cells::stated(scope)
        .filter(|(_, s)| s.kind == StatementKind::Amount && s.doubt.is_none() && s.concept.as_ref() == Some(concept))
        .collect()
}

fn equation(left: Anchor, relation: Relation, right: Vec<Term>) -> Equation {
    Equation { left: vec![Term::plus(left)], relation, right }
}

/// How a reader calls a statement: its words and its figure as printed.
fn call(statement: &Statement) -> String {
    let unit = statement.unit.map_or("", crate::amount::Unit::word);
    format!("{} {}{unit}", statement.measure, statement.amount.printed())
}

#[cfg(test)]
mod tests;
