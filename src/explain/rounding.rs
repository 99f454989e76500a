//! Differences inside the printed precision: one note for each root cause, never a mismatch.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::components::Graph;
use crate::disclosure::Anchor;
use crate::rules::judge::Outcome;

/// More rounded rows than this in one table are one habit of the table.
const MAX_ROWS: usize = 3;

/// Rounded equations by the row of their whole.
type Rows = BTreeMap<Option<u32>, Vec<usize>>;

/// The rounded equations, one group for each row whose sum is rounded, or for the table where there are many.
pub(super) fn groups(graph: &Graph, except: &BTreeSet<usize>) -> Vec<Vec<usize>> {
    let mut tables: BTreeMap<Option<(u16, u16)>, Rows> = BTreeMap::new();
    for (at, edit) in graph.edits.iter().enumerate() {
        if edit.outcome != Outcome::Rounding || except.contains(&at) {
            continue;
        }
        // The stated side comes first among the terms of an edit only by anchor, so the whole is found by its factor.
        let whole =
            edit.terms.iter().find(|(_, factor)| factor.is_sign_positive()).map(|&(node, _)| graph.nodes[node].at);
        let (table, row) = match whole {
            Some(Anchor::Cell { disclosure, table, row, .. }) => (Some((disclosure, table)), Some(row)),
            _ => (None, None),
        };
        tables.entry(table).or_default().entry(row).or_default().push(at);
    }
    let mut found = Vec::new();
    for rows in tables.into_values() {
        if rows.len() > MAX_ROWS {
            found.push(rows.into_values().flatten().collect());
        } else {
            found.extend(rows.into_values());
        }
    }
    found
}

/// A single figure that, changed by its last digits, makes at least two rounded equations exact. Either one of them is
/// a plain repetition of the figure in another place (rounding keeps repetitions equal, a slip of the hand does not),
/// or they are all that is rounded in the table.
pub(super) fn slips(graph: &Graph) -> Vec<(usize, Decimal, BTreeSet<usize>)> {
    let mut found: Vec<(usize, Decimal, BTreeSet<usize>)> = Vec::new();
    let mut rounded_in: BTreeMap<(u16, u16), usize> = BTreeMap::new();
    for edit in graph.edits.iter().filter(|e| e.outcome == Outcome::Rounding) {
        let tables: BTreeSet<(u16, u16)> = edit.terms.iter().filter_map(|&(n, _)| table(graph.nodes[n].at)).collect();
        for table in tables {
            *rounded_in.entry(table).or_default() += 1;
        }
    }
    let rounded = |e: usize| graph.edits[e].outcome == Outcome::Rounding;
    for (node, edits) in graph.edits_of.iter().enumerate() {
        if graph.nodes[node].blank {
            continue;
        }
        let mut voices: BTreeMap<Decimal, BTreeSet<usize>> = BTreeMap::new();
        for &(edit, factor) in edits.iter().filter(|(e, _)| rounded(*e)) {
            if let Some(change) = (-graph.edits[edit].sums.difference).checked_div(factor) {
                voices.entry(change.normalize()).or_default().insert(edit);
            }
        }
        for (change, mended) in voices {
            let all = table(graph.nodes[node].at).and_then(|t| rounded_in.get(&t)) == Some(&mended.len());
            let enough = mended.len() >= 2 && (all || mended.iter().any(|&e| graph.edits[e].is_copy()));
            // Equations that are exact now must stay exact, and none may stay rounded.
            if enough && edits.iter().all(|(e, _)| mended.contains(e)) {
                found.push((node, change, mended));
            }
        }
    }
    // Two figures that explain the same equation explain nothing.
    let mut claimed: BTreeMap<usize, usize> = BTreeMap::new();
    for edit in found.iter().flat_map(|(.., mended)| mended) {
        *claimed.entry(*edit).or_default() += 1;
    }
    found.retain(|(.., mended)| mended.iter().all(|e| claimed.get(e) == Some(&1)));
    found
}

fn table(at: Anchor) -> Option<(u16, u16)> {
    match at {
        Anchor::Cell { disclosure, table, .. } => Some((disclosure, table)),
        _ => None,
    }
}
