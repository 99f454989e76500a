//! Root causes written as findings, and facts that do not hold.

mod facts;
mod telling;
mod withheld;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::causes::{Cause, Kind};
use super::components::Graph;
use super::suspect::Candidate;
use super::{Finding, Suspect};
use crate::amount::{Amount, Unit};
use crate::disclosure::{Anchor, Disclosure, Value};
use crate::rules::{Checked, Claim, Severity};

/// More places than this are no help to a reader.
const MAX_PLACES: usize = 12;

/// More identities than this are counted, not told one by one.
const MAX_TOLD: usize = 3;

/// The rule on codes above the sum of their printed parts.
pub(super) const WITHHELD: &str = "T09";

/// Everything a reader must look at, the weightiest first.
pub(super) fn write(
    disclosures: &[Disclosure],
    checked: &[Checked],
    graph: &Graph,
    causes: Vec<Cause>,
) -> Vec<Finding> {
    let mut page = Page { disclosures, checked, graph, whole: BTreeSet::new() };
    page.whole = checked.iter().filter_map(|check| page.rolled_up(check)).collect();
    let mut found: Vec<Finding> = causes.into_iter().filter_map(|cause| page.finding(cause)).collect();
    let told: BTreeSet<u32> = found.iter().flat_map(|finding| finding.checks.iter().copied()).collect();
    found = page.told_once(found);
    found.extend(page.facts(&told));
    found.sort_by(|a, b| {
        (a.severity, a.disclosure, a.at.first(), &a.rule, &a.checks).cmp(&(
            b.severity,
            b.disclosure,
            b.at.first(),
            &b.rule,
            &b.checks,
        ))
    });
    found
}

struct Page<'a> {
    disclosures: &'a [Disclosure],
    checked: &'a [Checked],
    graph: &'a Graph,
    /// The sums that some table's items make whole.
    whole: BTreeSet<Stated<'a>>,
}

/// Disclosure and code of a row that an equation is about, and the sum that is stated there.
type Stated<'a> = (u16, &'a str, Option<Decimal>);

impl<'a> Page<'a> {
    fn check(&self, edit: usize) -> &'a Checked {
        &self.checked[self.graph.edits[edit].check as usize]
    }

    fn finding(&self, cause: Cause) -> Option<Finding> {
        let Cause { mut kind, edits } = cause;
        // Of codes that are withheld no printed cell is the wrong one.
        if edits.iter().all(|&e| self.check(e).rule == WITHHELD)
            && !matches!(kind, Kind::Rounding)
            && !self.is_mistyped(&kind, &edits)
        {
            kind = Kind::Open;
        }
        // The heaviest rule speaks; among equals the first.
        let lead = edits.iter().copied().min_by_key(|&e| (self.graph.edits[e].severity, self.graph.edits[e].check))?;
        let check = self.check(lead);
        let mut checks: Vec<u32> = edits.iter().map(|&e| self.graph.edits[e].check).collect();
        if let Kind::Cell(candidate) = &kind {
            checks.extend(candidate.percents.iter().map(|&at| self.graph.percents[at].check));
        }
        checks.sort_unstable();
        let mut severity = self.graph.edits[lead].severity;
        let mut suspect = None;
        let mut at: Vec<Anchor> = Vec::new();
        let (title, message) = match &kind {
            Kind::Cell(candidate) | Kind::LastDigit(candidate) => {
                if matches!(kind, Kind::LastDigit(_)) {
                    severity = severity.max(Severity::Warning);
                }
                at.push(self.graph.nodes[candidate.node].at);
                suspect = Some(self.suspect(candidate, Vec::new()));
                self.cell(candidate, lead, &edits)
            }
            Kind::Candidates(all) => {
                at.extend(all.iter().map(|c| self.graph.nodes[c.node].at));
                if let Some((first, others)) = all.split_first() {
                    let others = others.iter().map(|c| self.suspect(c, Vec::new())).collect();
                    suspect = Some(self.suspect(first, others));
                }
                self.candidates(all, lead, &edits)
            }
            Kind::Swap(swaps) => {
                at.extend(swaps.iter().flat_map(|swap| [self.graph.nodes[swap.a].at, self.graph.nodes[swap.b].at]));
                self.swap(swaps, &edits)
            }
            Kind::Shift(shift) => {
                at.push(shift.row);
                self.shift(shift.row, shift.left, &edits)
            }
            Kind::Unit(slip) => {
                at.extend([slip.tables.0, slip.tables.1]);
                self.unit_slip(slip.tables, slip.power, edits.len())
            }
            Kind::Open => self.open(lead, &edits),
            Kind::Rounding => {
                severity = Severity::Info;
                self.rounding(lead, &edits)
            }
        };
        if matches!(kind, Kind::Open) && edits.iter().all(|&e| self.is_withheld(e)) {
            severity = Severity::Info;
        }
        at.extend(self.places(&edits, &at));
        at.truncate(MAX_PLACES);
        let disclosure = at.first().map_or(usize::from(check.disclosure), |a| a.disclosure());
        Some(Finding {
            rule: check.rule.clone(),
            severity,
            disclosure: u16::try_from(disclosure).unwrap_or(check.disclosure),
            title,
            message,
            at,
            suspect,
            checks,
        })
    }

    /// The stated figures first, then what they are made of, as far as anything is printed there.
    fn places(&self, edits: &[usize], known: &[Anchor]) -> Vec<Anchor> {
        let mut found: Vec<Anchor> = Vec::new();
        let equation = |e: usize| match &self.check(e).claim {
            Claim::Equation(equation) => Some(equation),
            _ => None,
        };
        let stated = edits.iter().filter_map(|&e| equation(e)).flat_map(|q| &q.left);
        let made_of = edits.iter().filter_map(|&e| equation(e)).flat_map(|q| &q.right);
        for term in stated.chain(made_of) {
            let printed = self.graph.node(term.at).is_some_and(|n| !self.graph.nodes[n].value.is_zero());
            if printed && !known.contains(&term.at) && !found.contains(&term.at) {
                found.push(term.at);
            }
            if found.len() >= MAX_PLACES {
                break;
            }
        }
        found
    }

    fn suspect(&self, candidate: &Candidate, alternatives: Vec<Suspect>) -> Suspect {
        let node = self.graph.nodes[candidate.node];
        let printed = self.printed(node.at);
        let mut value = candidate.fitting.normalize();
        let decimals = printed.as_ref().map_or(2, Amount::decimals);
        value.rescale(value.scale().max(decimals));
        Suspect {
            at: node.at,
            printed,
            fitting: (!value.is_zero()).then(|| Amount::computed(value)),
            agreeing: u32::try_from(candidate.agreeing()).unwrap_or(u32::MAX),
            alternatives,
        }
    }

    fn printed(&self, at: Anchor) -> Option<Amount> {
        match at {
            Anchor::Cell { disclosure, table, row, column } => {
                let table = self.disclosures.get(usize::from(disclosure))?.tables.get(usize::from(table))?;
                match &table.rows.get(row as usize)?.entries.get(usize::from(column))?.value {
                    Value::Amount(amount) => Some(amount.clone()),
                    _ => None,
                }
            }
            Anchor::Statement { disclosure, statement } => self
                .disclosures
                .get(usize::from(disclosure))?
                .statements
                .get(statement as usize)
                .map(|s| s.amount.clone()),
            _ => None,
        }
    }

    fn unit(&self, at: Anchor) -> Option<Unit> {
        match at {
            Anchor::Cell { disclosure, table, .. } => {
                self.disclosures.get(usize::from(disclosure))?.tables.get(usize::from(table))?.unit
            }
            Anchor::Statement { disclosure, statement } => {
                self.disclosures.get(usize::from(disclosure))?.statements.get(statement as usize)?.unit
            }
            _ => None,
        }
    }
}
