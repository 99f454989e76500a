//! Which figure is likeliest wrong, and what would fit: Fellegi and Holt's idea with one cell to change.
//!
//! A figure is a candidate if the value that every violated equation of its component asks for is the same, keeps the
//! satisfied ones satisfied, and is not negative among figures that are not. Candidates are ranked by how likely the
//! printed digits came out of the fitting ones.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::components::{Edit, Effect, Graph};
use super::typing::{self, Slip};
use crate::disclosure::{Anchor, Disclosure, Value};
use crate::rules::Relation;

/// A single change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The figure.
    pub(super) node: usize,
    /// What would fit.
    pub(super) fitting: Decimal,
    /// The violated equations that it mends.
    pub(super) mended: BTreeSet<usize>,
    /// How the printed figure may have come about.
    pub(super) slip: Slip,
    /// By how many equations more it would be exact instead of rounded.
    pub(super) polished: i32,
    /// The percents that its figure would then fit.
    pub(super) percents: BTreeSet<usize>,
    /// How many percents fit the printed figure and would not fit the other one. A percent is worked out from what was
    /// printed, wrong or right, so this only decides between figures that are as likely otherwise.
    pub(super) unfit: usize,
}

impl Candidate {
    /// How likely it is, the likeliest first: a cell that prints something, that makes other sums exact too, whose
    /// digits can be explained.
    pub(super) fn rank(&self) -> (bool, Reverse<i32>, u8, usize) {
        (self.slip == Slip::Blank, Reverse(self.polish()), self.slip.rank(), self.unlikely())
    }

    /// How likely its digits came out of the fitting ones, and how many percents speak against it.
    pub(super) fn likelihood(&self) -> (u8, usize) {
        (self.slip.rank(), self.unlikely())
    }

    /// The percents that speak against it, where its digits are explained: else nothing tells them apart.
    fn unlikely(&self) -> usize {
        if self.slip.explains() { self.unfit } else { 0 }
    }

    /// How many checks agree once its figure is replaced.
    pub(super) fn agreeing(&self) -> usize {
        self.mended.len() + self.percents.len()
    }

    /// What it puts right besides the violated equations: sums that were only rounded, percents.
    pub(super) fn polish(&self) -> i32 {
        /// As much as a sum that it makes exact.
        const PERCENT: i32 = 2;
        let percents = i32::try_from(self.percents.len()).unwrap_or(i32::MAX);
        self.polished.saturating_add(PERCENT.saturating_mul(percents))
    }
}

/// The values that one equation allows for a change of one figure.
#[derive(Clone, Copy, Debug)]
struct Span {
    low: Option<Decimal>,
    high: Option<Decimal>,
    exact: Decimal,
    slack: Decimal,
}

/// A component with more violated equations than this is not searched cell by cell: no few cells explain it.
const MAX_VIOLATED: usize = 64;

/// Cells on either side of a figure that it may have been copied from.
const NEIGHBOURS: u32 = 3;

/// The changes of a single figure that satisfy all of `violated` and break nothing, the likeliest first.
pub(super) fn single(disclosures: &[Disclosure], graph: &Graph, violated: &[usize]) -> Vec<Candidate> {
    let Some(&smallest) = violated.iter().min_by_key(|&&e| graph.edits[e].terms.len()) else {
        return Vec::new();
    };
    let wanted: BTreeSet<usize> = violated.iter().copied().collect();
    let mut found: Vec<Candidate> = graph.edits[smallest]
        .terms
        .iter()
        .filter_map(|&(node, _)| {
            let inside: Vec<(usize, Decimal)> =
                graph.edits_of[node].iter().copied().filter(|(e, _)| wanted.contains(e)).collect();
            if inside.len() < wanted.len() {
                return None;
            }
            fit(disclosures, graph, node, &inside)
        })
        .collect();
    found.sort_by_key(|c| (c.rank(), graph.nodes[c.node].at));
    found
}

/// The change that satisfies the most of `violated` and breaks nothing, where no other change is as good for the same
/// equations and it mends two at least.
pub(super) fn most(disclosures: &[Disclosure], graph: &Graph, violated: &[usize]) -> Option<Candidate> {
    if violated.len() > MAX_VIOLATED {
        return None;
    }
    let nodes: BTreeSet<usize> =
        violated.iter().flat_map(|&e| graph.edits[e].terms.iter().map(|&(node, _)| node)).collect();
    let wanted: BTreeSet<usize> = violated.iter().copied().collect();
    let mut found: Vec<Candidate> = Vec::new();
    for node in nodes {
        let several = asked(graph, node, &wanted).filter(|voice| voice.len() >= 2);
        found.extend(several.filter_map(|voice| fit(disclosures, graph, node, &voice)));
    }
    let best = found.iter().map(|c| c.mended.len()).max()?;
    found.retain(|c| c.mended.len() == best);
    let likeliest = found.iter().map(Candidate::rank).min()?;
    found.retain(|c| c.rank() == likeliest);
    // Candidates for other equations are other causes; candidates for the same ones compete.
    let mut claims: BTreeMap<usize, usize> = BTreeMap::new();
    for edit in found.iter().flat_map(|c| &c.mended) {
        *claims.entry(*edit).or_default() += 1;
    }
    found.into_iter().find(|c| c.mended.iter().all(|e| claims.get(e) == Some(&1)))
}

/// The equations of `wanted` that a figure stands in, those together that ask for the same change of it: they speak with
/// one voice.
fn asked(graph: &Graph, node: usize, wanted: &BTreeSet<usize>) -> impl Iterator<Item = Vec<(usize, Decimal)>> + use<> {
    let mut voices: BTreeMap<Decimal, Vec<(usize, Decimal)>> = BTreeMap::new();
    for &(edit, factor) in graph.edits_of[node].iter().filter(|(e, _)| wanted.contains(e)) {
        if let Some(span) = span(&graph.edits[edit], factor) {
            voices.entry(span.exact.normalize()).or_default().push((edit, factor));
        }
    }
    voices.into_values()
}

/// The changes of a figure that some of `violated` ask for and that break nothing.
pub(super) fn voices(
    disclosures: &[Disclosure],
    graph: &Graph,
    node: usize,
    violated: &BTreeSet<usize>,
) -> Vec<Candidate> {
    asked(graph, node, violated).filter_map(|voice| fit(disclosures, graph, node, &voice)).collect()
}

/// A change that one of `violated` leaves no choice about: no other figure of it can change without breaking something.
/// Of those the one that the shortest equation asks for.
pub(super) fn forced(disclosures: &[Disclosure], graph: &Graph, violated: &[usize]) -> Option<Candidate> {
    if violated.len() > MAX_VIOLATED {
        return None;
    }
    let mut by_length = violated.to_vec();
    by_length.sort_by_key(|&e| (graph.edits[e].terms.len(), e));
    by_length.into_iter().find_map(|edit| {
        let mut fitting = graph.edits[edit]
            .terms
            .iter()
            .filter_map(|&(node, factor)| fit(disclosures, graph, node, &[(edit, factor)]));
        let only = fitting.next()?;
        (fitting.next().is_none() && only.slip != Slip::Blank).then_some(only)
    })
}

/// The value of a figure that satisfies all of `inside`, if there is one that breaks nothing.
fn fit(disclosures: &[Disclosure], graph: &Graph, node: usize, inside: &[(usize, Decimal)]) -> Option<Candidate> {
    let spans: Vec<Span> =
        inside.iter().map(|&(edit, factor)| span(&graph.edits[edit], factor)).collect::<Option<_>>()?;
    let low = spans.iter().filter_map(|s| s.low).max();
    let high = spans.iter().filter_map(|s| s.high).min();
    if low.zip(high).is_some_and(|(low, high)| low > high) {
        return None;
    }
    let printed = graph.nodes[node];
    let inside_all = |change: Decimal| low.is_none_or(|l| l <= change) && high.is_none_or(|h| change <= h);
    // Each equation asks for its own exact value; those with the fewest figures are rounded the least.
    let mut votes: BTreeMap<Decimal, (usize, Decimal)> = BTreeMap::new();
    for span in spans.iter().filter(|s| inside_all(s.exact)) {
        let vote = votes.entry(span.exact.normalize()).or_insert((0, span.slack));
        *vote = (vote.0 + 1, vote.1.min(span.slack));
    }
    let mut best: Option<(usize, Reverse<u8>, Reverse<Decimal>, Candidate)> = None;
    // What no equation asks for exactly may be right all the same: sums of rounded figures are off by a last digit.
    let exact: Vec<Decimal> = votes.keys().copied().collect();
    for (change, (count, slack)) in votes {
        let fitting = rounded(printed.value.checked_add(change)?, printed.value);
        if fitting.is_sign_negative() && !fitting.is_zero() && !has_negatives(graph, inside) {
            continue;
        }
        let effect = graph.effect(&[(node, fitting.checked_sub(printed.value)?)])?;
        if effect.broken > 0 || !inside.iter().all(|(e, _)| effect.mended.contains(e)) {
            continue;
        }
        let slip = if printed.blank {
            Slip::Blank
        } else {
            match typing::slip(printed.value, fitting) {
                _ if is_in_other_unit(graph, node, inside, fitting) => Slip::Unit,
                Slip::Unexplained if is_copied(disclosures, printed.at, printed.value) => Slip::Copied,
                Slip::Unexplained if is_counted(graph, node, inside, change) => Slip::Counted,
                slip => slip,
            }
        };
        let Effect { mended, polished, percents, unfit, .. } = effect;
        let candidate = Candidate { node, fitting, mended, slip, polished, percents, unfit };
        let rank = (count, Reverse(slip.rank()), Reverse(slack));
        if best.as_ref().is_none_or(|(c, s, w, _)| rank > (*c, *s, *w)) {
            best = Some((rank.0, rank.1, rank.2, candidate));
        }
    }
    let best = best.map(|(.., candidate)| candidate);
    match best {
        Some(candidate) if candidate.slip == Slip::Unexplained && is_long_sum(graph, inside) => {
            typed_nearby(graph, node, inside, &exact, (low, high)).or(Some(candidate))
        }
        best => best,
    }
}

/// Whether one sum alone asks for the change, and one of so many figures that their rounding shows.
fn is_long_sum(graph: &Graph, inside: &[(usize, Decimal)]) -> bool {
    const FIGURES: usize = 5;
    matches!(inside, &[(edit, _)] if graph.edits[edit].terms.len() >= FIGURES)
}

/// A value near the exact ones that the printed digits are a slip of, within what the rounding of the sums leaves open.
fn typed_nearby(
    graph: &Graph,
    node: usize,
    inside: &[(usize, Decimal)],
    exact: &[Decimal],
    (low, high): (Option<Decimal>, Option<Decimal>),
) -> Option<Candidate> {
    let printed = graph.nodes[node];
    // One last digit to either side: farther off the digits of some figure explain any gap.
    let step = Decimal::new(1, printed.value.scale().max(MONEY));
    let within = |change: Decimal| low.is_none_or(|l| l <= change) && high.is_none_or(|h| change <= h);
    exact
        .iter()
        .flat_map(|change| [change.checked_add(step), change.checked_sub(step)])
        .filter_map(|change| {
            let change = change?;
            let fitting = rounded(printed.value.checked_add(change)?, printed.value);
            let change = fitting.checked_sub(printed.value)?;
            let positive = !fitting.is_sign_negative() || has_negatives(graph, inside);
            let typed = typing::slip(printed.value, fitting) == Slip::Typing;
            (within(change) && positive && typed).then_some((change, fitting))
        })
        .find_map(|(change, fitting)| {
            let Effect { mended, polished, percents, broken, unfit, .. } = graph.effect(&[(node, change)])?;
            let whole = broken == 0 && inside.iter().all(|(e, _)| mended.contains(e));
            let slip = Slip::TypingNearby;
            whole.then_some(Candidate { node, fitting, mended, slip, polished, percents, unfit })
        })
}

/// 分
const MONEY: u32 = 2;

/// A fitting value never shows more decimals than money has, unless the printed one does.
fn rounded(fitting: Decimal, printed: Decimal) -> Decimal {
    fitting.round_dp(printed.scale().max(MONEY))
}

/// By how much a figure must change for one equation to hold.
fn span(edit: &Edit, factor: Decimal) -> Option<Span> {
    let difference = edit.sums.difference;
    let exact = (-difference).checked_div(factor)?;
    let low = (-difference.checked_add(edit.sums.above)?).checked_div(factor)?;
    let high = (-difference.checked_sub(edit.sums.below)?).checked_div(factor)?;
    let (low, high) = (low.min(high), low.max(high));
    let slack = high.checked_sub(low)?;
    let (low, high) = match (edit.relation, factor.is_sign_positive()) {
        (Relation::Equal, _) => (Some(low), Some(high)),
        (Relation::AtMost, true) | (Relation::AtLeast, false) => (None, Some(high)),
        (Relation::AtLeast, true) | (Relation::AtMost, false) => (Some(low), None),
    };
    Some(Span { low, high, exact, slack })
}

fn has_negatives(graph: &Graph, inside: &[(usize, Decimal)]) -> bool {
    inside.iter().any(|&(edit, _)| {
        graph.edits[edit].terms.iter().any(|&(node, _)| {
            let value = graph.nodes[node].value;
            value.is_sign_negative() && !value.is_zero()
        })
    })
}

/// Whether the figure is printed in another unit than all others of a sum, and would fit in theirs.
fn is_in_other_unit(graph: &Graph, node: usize, inside: &[(usize, Decimal)], fitting: Decimal) -> bool {
    /// Two figures do not say which unit is the usual one.
    const FEWEST: usize = 2;
    inside.iter().any(|&(edit, own)| {
        let others = || graph.edits[edit].terms.iter().filter(|&&(other, _)| other != node).map(|(_, f)| f.abs());
        let Some(usual) = others().next() else { return false };
        usual != own.abs()
            && others().count() >= FEWEST
            && others().all(|factor| factor == usual)
            && graph.nodes[node].value.checked_mul(usual) == fitting.checked_mul(own.abs())
    })
}

/// Whether the figure is off by just another addend of a sum that it is part of.
fn is_counted(graph: &Graph, node: usize, inside: &[(usize, Decimal)], change: Decimal) -> bool {
    inside.iter().any(|&(edit, factor)| {
        graph.edits[edit]
            .terms
            .iter()
            .any(|&(other, f)| other != node && f == factor && graph.nodes[other].value.abs() == change.abs())
    })
}

/// Whether the same figure is printed in the same row, or a few rows above or below in the same column.
fn is_copied(disclosures: &[Disclosure], at: Anchor, printed: Decimal) -> bool {
    let Anchor::Cell { disclosure, table, row, column } = at else {
        return false;
    };
    if printed.is_zero() {
        return false;
    }
    let Some(table) = disclosures.get(usize::from(disclosure)).and_then(|d| d.tables.get(usize::from(table))) else {
        return false;
    };
    let same = |r: u32, c: usize| {
        let entry = table.rows.get(r as usize).and_then(|row| row.entries.get(c));
        matches!(entry.map(|e| &e.value), Some(Value::Amount(amount)) if amount.value() == printed)
    };
    let column = usize::from(column);
    (0..table.columns.len()).any(|c| c != column && same(row, c))
        || (row.saturating_sub(NEIGHBOURS)..=row.saturating_add(NEIGHBOURS)).any(|r| r != row && same(r, column))
}
