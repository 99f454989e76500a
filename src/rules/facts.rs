//! What several rules ask of the same tables, found out once: the sums that a table's headers and rows announce, which
//! tables of a kind there are, which cells a named amount can mean, what the performance forms set.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, RwLock};

use super::Scope;
use super::columns::{self, ColumnSum};
use super::judge::Judge;
use super::prose::cells;
use super::prose::indicators::{self, Indicators};
use super::rows::{self, RowSum};
use super::sides::{self, SideList};
use super::sight::TableAt;
use crate::disclosure::{Anchor, Concept, Disclosure, TableKind};
use crate::parallel;

/// What is known of a set of disclosures that are checked together. Everything in it follows from the disclosures
/// alone and is found out when it is first asked for, by whichever processor asks; so nothing of it may itself be found
/// out with `crate::parallel`, whose waiting processors take on other rules that ask for the same.
#[derive(Debug)]
pub struct Facts<'a> {
    disclosures: &'a [Disclosure],
    judge: Judge<'a>,
    of: Vec<OfDisclosure>,
}

/// What is known of one disclosure.
#[derive(Debug)]
pub(super) struct OfDisclosure {
    pub(super) tables: Vec<OfTable>,
    /// Indexes of the tables that have rows, by kind, in reading order.
    pub(super) present: OnceLock<BTreeMap<TableKind, Vec<u16>>>,
    /// The cells that a named amount can mean.
    pub(super) meant: RwLock<BTreeMap<Concept, Arc<Meant>>>,
    /// The amounts of this year that the prose states without doubt, by what they are of, in reading order.
    pub(super) amounts: OnceLock<BTreeMap<Concept, Vec<u32>>>,
    /// For each statement that stands in a list, the statement that heads it.
    pub(super) heads: OnceLock<BTreeMap<u32, u32>>,
    /// The indicators of the performance forms.
    pub(super) indicators: OnceLock<Indicators>,
    /// Whether the codes of some table are withheld.
    pub(super) hides_codes: OnceLock<bool>,
}

/// What is known of one table.
#[derive(Debug, Default)]
pub(crate) struct OfTable {
    pub(super) sides: OnceLock<Vec<SideList>>,
    pub(super) rows: OnceLock<Vec<RowSum>>,
    pub(super) columns: OnceLock<Vec<ColumnSum>>,
    /// The column of the row's total.
    pub(super) total: OnceLock<Option<usize>>,
}

/// The cells that a named amount can mean.
#[derive(Debug)]
pub(super) struct Meant {
    /// All of them, the likeliest first.
    pub(super) cells: Vec<Anchor>,
    /// Of those that print the same, the first. Whether a figure ties is the same for all of them.
    pub(super) unlike: Vec<Anchor>,
    /// The cells that have last year's figure beside them, with it; of pairs that print the same the first.
    pub(super) priors: OnceLock<Vec<(Anchor, Anchor)>>,
}

/// What is found out beside the first rules, the longest first: those that ask for it come later.
pub(super) const BESIDE: [fn(&Scope); 2] = [indicators::find_indicators, cells::find_meant];

impl<'a> Facts<'a> {
    /// Nothing yet of these disclosures.
    pub fn new(disclosures: &'a [Disclosure]) -> Self {
        let of = disclosures
            .iter()
            .map(|disclosure| OfDisclosure {
                tables: disclosure.tables.iter().map(|_| OfTable::default()).collect(),
                present: OnceLock::new(),
                meant: RwLock::default(),
                amounts: OnceLock::new(),
                heads: OnceLock::new(),
                indicators: OnceLock::new(),
                hides_codes: OnceLock::new(),
            })
            .collect();
        Self { disclosures, judge: Judge::new(disclosures), of }
    }

    /// Finds out what takes long of the tables before any rule asks: a rule that asks for what another is just finding out
    /// has to wait, and its processor with it.
    pub(super) fn find_out(&self) {
        for at in 0..self.disclosures.len() {
            let scope = Scope { disclosures: self.disclosures, at, facts: self };
            let tables: Vec<TableAt> = scope.tables().filter(|t| t.is_present()).collect();
            parallel::map_uneven(&tables, |t| (sides::lists(*t), columns::sums_of(*t), rows::sums(*t)));
        }
    }

    /// What a rule sees that is asked about the disclosure at this index.
    pub fn scope(&'a self, at: usize) -> Scope<'a> {
        Scope { disclosures: self.disclosures, at, facts: self }
    }

    /// The judge over all disclosures.
    pub(super) fn judge(&self) -> &Judge<'a> {
        &self.judge
    }

    /// What is known of one disclosure.
    pub(super) fn of(&self, at: usize) -> &OfDisclosure {
        &self.of[at]
    }
}
