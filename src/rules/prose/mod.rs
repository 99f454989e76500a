//! N: the amounts of the prose against the tables, and against each other.
//!
//! A statement is held against a cell only where it is certain what it means. [`cells`] gives every cell that the words
//! can mean; where these have different values the words do not decide, and N02 only asks that one of them fits.

pub(in crate::rules) mod agency_operating;
pub(super) mod beside_budget;
pub(super) mod both_changes;
pub(in crate::rules) mod cells;
pub(super) mod change_parts;
pub(super) mod counted_parts;
pub(super) mod direction;
pub(super) mod execution;
pub(super) mod form_money;
pub(super) mod form_prior;
pub(super) mod forms_agree;
pub(super) mod indicator;
pub(in crate::rules) mod indicators;
pub(super) mod list_above_total;
pub(super) mod list_total;
pub(super) mod listed_names;
mod lists;
pub(super) mod no_fund;
pub(super) mod other_list;
pub(super) mod printed_base;
pub(super) mod prior_column;
pub(super) mod quantity_twice;
pub(super) mod rate;
pub(super) mod said_twice;
pub(super) mod share;
pub(super) mod shares_total;
pub(super) mod sources;
pub(super) mod stated_amount;
pub(super) mod stated_elsewhere;
pub(super) mod target;
pub(super) mod target_below;
pub(super) mod three_public;
pub(super) mod three_public_change;
pub(super) mod three_public_in_operating;
pub(super) mod vehicles;

use std::collections::BTreeMap;

use super::facts::Meant;
use super::judge::Judge;
use super::{Claim, Equation, Instance, Ratio, Relation, Scope, Term};
use crate::disclosure::{Anchor, Concept, Message, Statement, StatementKind, TableKind};
use crate::spelling::folded;

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
    let Meant { cells, unlike, .. } = &*meant;
    let Some(&first) = cells.first() else {
        return Tie::Nowhere;
    };
    if let Some(&fitting) = unlike.iter().find(|&&cell| judge.agree(at, cell)) {
        return if is_certain(scope, judge, at, statement) && unlike.iter().all(|&cell| judge.agree(fitting, cell)) {
            Tie::Certain(fitting)
        } else {
            Tie::Fits(fitting)
        };
    }
    if let Some((cell, neighbour)) = cells.iter().find_map(|&cell| Some((cell, neighbour(scope, judge, at, cell)?))) {
        return Tie::Beside(cell, neighbour);
    }
    if unlike.iter().all(|&cell| judge.agree(first, cell)) && is_certain(scope, judge, at, statement) {
        Tie::Certain(first)
    } else if match statement.concept {
        Some(Concept::Project(_)) => true,
        Some(Concept::Function(_)) => cells.iter().all(|&c| is_of_all_funds(scope, c)),
        _ => false,
    } {
        Tie::Nowhere
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
        .find(|&other| judge.agree(at, other))
}

/// Whether the words leave no doubt which amount is meant. An economic item of the prose can be one of the whole
/// expenditure, not of the basic one that the table shows; below 机关运行经费 it is the table's only if the whole is.
fn is_certain(scope: &Scope, judge: &Judge, at: Anchor, statement: &Statement) -> bool {
    if let (Some(Concept::Project(name)), Some(unit)) = (&statement.concept, &scope.disclosure().unit_name) {
        // A project table may give the unit a row of its own: the unit's budget is not its projects.
        return folded(name) != folded(unit);
    }
    if let Some(Concept::Function(_)) = statement.concept {
        // The prose explains the general public budget code by code; the table of all funds may have more.
        return cells::cells(scope, statement).iter().any(|&cell| !is_of_all_funds(scope, cell));
    }
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

/// Whether a cell is of a table of all expenditure while other funds than the general public budget may be in it.
fn is_of_all_funds(scope: &Scope, cell: Anchor) -> bool {
    let Anchor::Cell { table, .. } = cell else {
        return false;
    };
    let of_all = |kind: TableKind| {
        matches!(
            kind,
            TableKind::ExpenditureSummary
                | TableKind::RevenueExpenditureSummary
                | TableKind::FiscalAppropriationSummary
        )
    };
    scope.disclosure().tables.get(usize::from(table)).is_some_and(|t| of_all(t.kind))
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
pub(in crate::rules) fn all_of<'a>(scope: &Scope<'a>, concept: &Concept) -> Vec<(Anchor, &'a Statement)> {
    let amounts = scope.facts.of(scope.at).amounts.get_or_init(|| {
        let mut amounts: BTreeMap<Concept, Vec<u32>> = BTreeMap::new();
        for (at, stated) in cells::stated(scope).filter(|(_, s)| s.doubt.is_none()) {
            if let (Anchor::Statement { statement, .. }, Some(concept)) = (at, &stated.concept) {
                amounts.entry(concept.clone()).or_default().push(statement);
            }
        }
        amounts
    });
    amounts.get(concept).into_iter().flatten().filter_map(|&index| statement(scope, index)).collect()
}

/// The statement with this index, and its address.
pub(in crate::rules) fn statement<'a>(scope: &Scope<'a>, index: u32) -> Option<(Anchor, &'a Statement)> {
    let found = scope.disclosure().statements.get(usize::try_from(index).ok()?)?;
    Some((cells::at(scope, index), found))
}

/// Every statement with its address.
pub(in crate::rules) fn every<'a>(scope: &Scope<'a>) -> impl Iterator<Item = (Anchor, &'a Statement)> + use<'a> {
    let disclosure = scope.index();
    scope
        .disclosure()
        .statements
        .iter()
        .zip(0_u32..)
        .map(move |(statement, index)| (Anchor::Statement { disclosure, statement: index }, statement))
}

/// Last year's amount as this year's amount and its change imply it: `now ∓ change`. An undecided change goes either
/// way, the way of its rate first.
pub(in crate::rules) fn implied_priors(now: Anchor, change: Anchor, kind: StatementKind) -> Vec<Vec<Term>> {
    let more = vec![Term::plus(now), Term::minus(change)];
    let less = vec![Term::plus(now), Term::plus(change)];
    match kind {
        StatementKind::Increase => vec![more],
        StatementKind::Decrease => vec![less],
        StatementKind::UndecidedChange => vec![less, more],
        _ => Vec::new(),
    }
}

/// An equation where it holds; where it does not, the plain fact with both sides in its words, so that it is told as
/// what it is and not as a sum. `at` is what the fact speaks of, the first of it what is in doubt.
pub(in crate::rules) fn settled(judge: &Judge, label: Message, equation: Equation, at: Vec<Anchor>) -> Instance {
    let sums = judge.sums(&equation).ok().filter(|_| !judge.ties(&equation));
    let Some(sums) = sums else {
        return Instance { label, claim: Claim::Equation(equation) };
    };
    let (left, right) = (sums.left.normalize(), sums.right.normalize());
    let label = Message::new(
        format!("{}：{left} 与 {right}，差 {}", label.zh, sums.difference.abs().normalize()),
        format!("{}: {left} and {right}, off by {}", label.en, sums.difference.abs().normalize()),
    );
    Instance { label, claim: Claim::Fact { holds: false, at } }
}

fn equation(left: Anchor, relation: Relation, right: Vec<Term>) -> Equation {
    Equation { left: vec![Term::plus(left)], relation, right }
}

/// How a reader calls a statement: its words and its figure as printed.
pub(in crate::rules) fn call(statement: &Statement) -> String {
    let unit = statement.unit.map_or(statement.counter.as_str(), |unit| unit.word());
    let way = match statement.kind {
        StatementKind::Increase | StatementKind::IncreaseRate => "增加 ",
        StatementKind::Decrease | StatementKind::DecreaseRate => "减少 ",
        StatementKind::UndecidedChange | StatementKind::UndecidedRate => "增减 ",
        StatementKind::PriorAmount => "上年 ",
        StatementKind::BudgetAmount if !statement.measure.contains("预算") => "预算 ",
        StatementKind::Execution => "完成预算 ",
        StatementKind::Share | StatementKind::Amount | StatementKind::BudgetAmount | StatementKind::Quantity => "",
    };
    [&statement.measure, " ", way, statement.amount.printed(), unit].concat()
}

/// The first ratio that the printed percent fits; else the first.
fn fitting(judge: &Judge, ratios: &[Ratio]) -> Option<Ratio> {
    ratios.iter().find(|ratio| judge.ratio_ties(ratio)).or(ratios.first()).cloned()
}

#[cfg(test)]
mod manners;
#[cfg(test)]
mod tests;
