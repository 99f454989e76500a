//! Two wrong figures at once: Fellegi and Holt's idea with two cells to change.
//!
//! Where no single figure explains a component, two may: each has a sum of its own that says by how much it is off, and
//! the sums that both stand in are off by both. One of the two is told, and the other is found as the only cause of what
//! is left.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::components::Graph;
use super::suspect::{self, Candidate};
use crate::disclosure::Disclosure;
use crate::rules::judge::Outcome;

/// A component with more violated equations than this is not searched: two figures break fewer.
const MAX_VIOLATED: usize = 16;

/// A component with more figures is not searched: the work grows with their square.
const MAX_FIGURES: usize = 200;

/// With fewer equations than this any two figures explain them.
const FEWEST: usize = 3;

/// Two changes that together explain a component.
type Pair = (Candidate, Candidate);

/// How likely a pair is, the likeliest first: by what is unlikely about either, then by what else it puts right.
fn rank((one, other): &Pair) -> (bool, u8, u8, i32) {
    let (a, b) = (one.slip.rank(), other.slip.rank());
    (one.rank().0 || other.rank().0, a.max(b), a.min(b), -one.polish().saturating_add(other.polish()))
}

/// A figure that stands in every likeliest pair of changes which explains all of `violated` and breaks nothing. The graph
/// comes back as it was.
pub(super) fn likeliest(disclosures: &[Disclosure], graph: &mut Graph, violated: &[usize]) -> Option<Candidate> {
    if violated.len() < FEWEST {
        return None;
    }
    let mut pairs = explaining(disclosures, graph, violated);
    let best = pairs.iter().map(rank).min()?;
    pairs.retain(|pair| rank(pair) == best);
    let cells = |(one, other): &Pair| [(one.node, one.fitting), (other.node, other.fitting)];
    let (first, rest) = pairs.split_first()?;
    [&first.0, &first.1]
        .into_iter()
        .find(|candidate| rest.iter().all(|pair| cells(pair).contains(&(candidate.node, candidate.fitting))))
        .cloned()
}

/// The pairs of changes that explain all of `violated` and break nothing, each once.
fn explaining(disclosures: &[Disclosure], graph: &mut Graph, violated: &[usize]) -> Vec<Pair> {
    if violated.len() > MAX_VIOLATED {
        return Vec::new();
    }
    let nodes: BTreeSet<usize> =
        violated.iter().flat_map(|&e| graph.edits[e].terms.iter().map(|&(node, _)| node)).collect();
    if nodes.len() > MAX_FIGURES {
        return Vec::new();
    }
    let wanted: BTreeSet<usize> = violated.iter().copied().collect();
    let mut found: BTreeMap<[(usize, Decimal); 2], Pair> = BTreeMap::new();
    for node in nodes {
        for first in suspect::voices(disclosures, graph, node, &wanted) {
            let printed = graph.nodes[node].value;
            graph.change(node, first.fitting);
            let left: Vec<usize> =
                violated.iter().copied().filter(|&e| graph.edits[e].outcome == Outcome::Fail).collect();
            for second in suspect::single(disclosures, graph, &left) {
                let mut key = [(node, first.fitting.normalize()), (second.node, second.fitting.normalize())];
                key.sort_unstable();
                if second.node != node {
                    found.entry(key).or_insert_with(|| (first.clone(), second));
                }
            }
            graph.change(node, printed);
        }
    }
    found.into_values().collect()
}
