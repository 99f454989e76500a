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

use super::judge::{Figure, Judge};
use super::{Equation, Relation, Scope, Term};
use crate::disclosure::{Anchor, Concept, Message, Statement, StatementKind};

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

/// Holds statements against the tables; what the words of one can mean is looked up once.
struct Ties<'a> {
    scope: Scope<'a>,
    judge: Judge<'a>,
    /// By concept, and by whether the words say 总.
    cells: BTreeMap<(&'a Concept, bool), Candidates>,
    /// The statement in whose list another stands.
    heads: BTreeMap<u32, (Anchor, &'a Statement)>,
    public_funds: Vec<Anchor>,
}

/// The cells that words can mean.
struct Candidates {
    all: Vec<Anchor>,
    /// The first cell of each figure: what ties with it ties with every cell that prints the same.
    distinct: Vec<Anchor>,
}

impl Candidates {
    fn new(judge: &Judge, all: Vec<Anchor>) -> Self {
        let mut figures: Vec<Result<Figure, Message>> = Vec::new();
        let mut distinct = Vec::new();
        for &cell in &all {
            let figure = judge.figure(cell);
            if !figures.contains(&figure) {
                figures.push(figure);
                distinct.push(cell);
            }
        }
        Self { all, distinct }
    }
}

impl<'a> Ties<'a> {
    fn new(scope: &Scope<'a>) -> Self {
        let judge = scope.judge();
        let mut cells = BTreeMap::new();
        let mut heads = BTreeMap::new();
        for (at, statement) in cells::stated(scope) {
            if let Some(concept) = &statement.concept {
                cells
                    .entry((concept, cells::says_whole(statement)))
                    .or_insert_with(|| Candidates::new(&judge, cells::cells(scope, statement)));
            }
            for part in &statement.parts {
                heads.entry(*part).or_insert((at, statement));
            }
        }
        Self { scope: *scope, judge, cells, heads, public_funds: agency_operating::public_funds(scope) }
    }

    /// The amounts that the prose states, with their addresses.
    fn stated(&self) -> impl Iterator<Item = (Anchor, &'a Statement)> + use<'a> {
        cells::stated(&self.scope)
    }

    fn candidates(&self, statement: &'a Statement) -> Option<&Candidates> {
        self.cells.get(&(statement.concept.as_ref()?, cells::says_whole(statement)))
    }

    fn equal(&self, a: Anchor, b: Anchor) -> bool {
        self.judge.ties(&equation(a, Relation::Equal, vec![Term::plus(b)]))
    }

    /// Holds a statement against the cells that it can mean.
    fn tie(&self, at: Anchor, statement: &'a Statement) -> Tie {
        let Some(Candidates { all, distinct }) = self.candidates(statement) else {
            return Tie::Nowhere;
        };
        let Some(&first) = all.first() else {
            return Tie::Nowhere;
        };
        if let Some(&fitting) = distinct.iter().find(|&&cell| self.equal(at, cell)) {
            return if self.is_certain(at, statement) && distinct.iter().all(|&cell| self.equal(fitting, cell)) {
                Tie::Certain(fitting)
            } else {
                Tie::Fits(fitting)
            };
        }
        if distinct.iter().all(|&cell| self.equal(first, cell)) && self.is_certain(at, statement) {
            Tie::Certain(first)
        } else {
            Tie::Unlike(all.clone())
        }
    }

    /// Whether the words leave no doubt which amount is meant. An economic item of the prose can be one of the whole
    /// expenditure, not of the basic one that the table shows; below 机关运行经费 it is the table's only if the whole is.
    fn is_certain(&self, at: Anchor, statement: &Statement) -> bool {
        if !matches!(statement.concept, Some(Concept::Economic(_))) {
            return true;
        }
        let Anchor::Statement { statement, .. } = at else {
            return false;
        };
        let Some(&(head_at, head)) = self.heads.get(&statement) else {
            return false;
        };
        let cells = match &head.concept {
            Some(Concept::AgencyOperating) => self.public_funds.as_slice(),
            Some(Concept::Economic(_) | Concept::Expenditure(_)) => {
                self.candidates(head).map_or(&[][..], |candidates| &candidates.distinct)
            }
            _ => return false,
        };
        cells.iter().any(|&cell| self.equal(head_at, cell))
    }
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
