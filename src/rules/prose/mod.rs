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
    /// The tables do not have it.
    Nowhere,
}

/// Holds a statement against the cells that it can mean.
fn tie(scope: &Scope, judge: &Judge, at: Anchor, statement: &Statement) -> Tie {
    let cells = cells::cells(scope, statement);
    let Some(&first) = cells.first() else {
        return Tie::Nowhere;
    };
    let equal = |a: Anchor, b: Anchor| judge.ties(&equation(a, Relation::Equal, vec![Term::plus(b)]));
    if let Some(&fitting) = cells.iter().find(|&&cell| equal(at, cell)) {
        return if is_certain(scope, judge, at, statement) && cells.iter().all(|&cell| equal(fitting, cell)) {
            Tie::Certain(fitting)
        } else {
            Tie::Fits(fitting)
        };
    }
    if cells.iter().all(|&cell| equal(first, cell)) && is_certain(scope, judge, at, statement) {
        Tie::Certain(first)
    } else {
        Tie::Unlike(cells)
    }
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
        Some(Concept::Economic(_) | Concept::Expenditure(_)) => cells::cells(scope, head)
            .iter()
            .any(|&cell| judge.ties(&equation(head_at, Relation::Equal, vec![Term::plus(cell)]))),
        _ => false,
    }
}

/// The statement in whose list another stands.
fn head_of<'a>(scope: &Scope<'a>, part: Anchor) -> Option<(Anchor, &'a Statement)> {
    let Anchor::Statement { statement, .. } = part else {
        return None;
    };
    cells::stated(scope).find(|(_, head)| head.parts.contains(&statement))
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
