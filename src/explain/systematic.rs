//! Faults of whole blocks, tried before single cells: a unit factor, two cells swapped, a row shifted by a column.
//!
//! Each is kept only if it mends violated equations and breaks none.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::components::Graph;
use crate::disclosure::{Anchor, Disclosure};
use crate::rules::Relation;
use crate::rules::judge::Outcome;

/// Two tables whose figures differ by the factor between two units.
#[derive(Clone, Debug)]
pub(super) struct UnitSlip {
    /// The table that most of the differing pairs share, and one it differs from.
    pub(super) tables: (Anchor, Anchor),
    /// The figures of the first are this many powers of ten larger (negative: smaller).
    pub(super) power: i32,
    /// The violated equations that it explains.
    pub(super) edits: Vec<usize>,
}

/// Two figures that stand in each other's place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Swap {
    /// One.
    pub(super) a: usize,
    /// The other.
    pub(super) b: usize,
}

/// A row whose figures stand one column off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shift {
    /// Its first figure.
    pub(super) row: Anchor,
    /// True where they must move to the left.
    pub(super) left: bool,
}

/// 千元, 万元 and 亿元 in 元, as powers of ten.
const UNIT_POWERS: [u32; 3] = [3, 4, 8];

/// One figure that is off by a unit is a slip of its own; from two on it is the table.
const SEVERAL: usize = 2;

/// How many rows away a swapped figure is looked for.
const NEAR: u32 = 2;

/// A component with more violated equations than this is not searched for swaps.
const MAX_VIOLATED: usize = 64;

type TableId = (u16, u16);

/// Equations by the power of ten between their sides.
type ByPower = BTreeMap<i32, Vec<usize>>;

/// Tables whose figures are off by a unit against other tables, with every equation that this explains.
pub(super) fn unit_slips(graph: &Graph) -> Vec<UnitSlip> {
    let mut pairs: BTreeMap<(TableId, TableId), (ByPower, bool)> = BTreeMap::new();
    for (at, edit) in graph.edits.iter().enumerate() {
        if edit.relation != Relation::Equal {
            continue;
        }
        let Some(tables) = two_tables(graph, at) else {
            continue;
        };
        let (powers, agrees) = pairs.entry(tables).or_default();
        let nothing = edit.sums.left.is_zero() && edit.sums.right.is_zero();
        match edit.outcome {
            Outcome::Fail => {
                if let Some(power) = power_between(edit.sums.left, edit.sums.right) {
                    powers.entry(power).or_default().push(at);
                }
            }
            _ => *agrees |= !nothing,
        }
    }
    let mut slips: Vec<(TableId, TableId, i32, Vec<usize>)> = Vec::new();
    for ((a, b), (powers, agrees)) in pairs {
        if agrees {
            continue;
        }
        slips.extend(powers.into_iter().filter(|(_, e)| e.len() >= SEVERAL).map(|(power, edits)| (a, b, power, edits)));
    }
    // The table that differs from most others is the one to look at.
    let mut weight: BTreeMap<TableId, usize> = BTreeMap::new();
    for (a, b, ..) in &slips {
        *weight.entry(*a).or_default() += 1;
        *weight.entry(*b).or_default() += 1;
    }
    let mut found: BTreeMap<(TableId, i32), (TableId, Vec<usize>)> = BTreeMap::new();
    for (a, b, power, edits) in slips {
        let first = weight.get(&a) >= weight.get(&b);
        let (culprit, other, power) = if first { (a, b, power) } else { (b, a, -power) };
        found.entry((culprit, power)).or_insert_with(|| (other, Vec::new())).1.extend(edits);
    }
    // A table that is off by a unit is so against every other one, those that share a single figure with it too.
    for (at, edit) in graph.edits.iter().enumerate().filter(|(_, e)| e.outcome == Outcome::Fail) {
        let Some(((a, b), power)) = two_tables(graph, at).zip(power_between(edit.sums.left, edit.sums.right)) else {
            continue;
        };
        for key in [(a, power), (b, -power)] {
            if let Some((_, edits)) = found.get_mut(&key) {
                edits.push(at);
            }
        }
    }
    found
        .into_iter()
        .map(|((culprit, power), (other, mut edits))| {
            edits.sort_unstable();
            edits.dedup();
            UnitSlip { tables: (table(culprit), table(other)), power, edits }
        })
        .collect()
}

fn table((disclosure, table): TableId) -> Anchor {
    Anchor::Table { disclosure, table }
}

/// The tables of the stated and the other side, where each side stays within one table and the two differ.
fn two_tables(graph: &Graph, edit: usize) -> Option<(TableId, TableId)> {
    let mut sides: [Option<TableId>; 2] = [None, None];
    for &(node, factor) in &graph.edits[edit].terms {
        let Anchor::Cell { disclosure, table, .. } = graph.nodes[node].at else {
            return None;
        };
        let side = &mut sides[usize::from(factor.is_sign_negative())];
        if *side.get_or_insert((disclosure, table)) != (disclosure, table) {
            return None;
        }
    }
    match sides {
        [Some(a), Some(b)] if a != b => Some((a, b)),
        _ => None,
    }
}

/// `left = right × 10ⁿ` for the n of a unit, to the digits that the smaller one shows.
fn power_between(left: Decimal, right: Decimal) -> Option<i32> {
    /// A single equal digit is chance.
    const LEAST: i128 = 10;
    if left.is_zero() || right.is_zero() || left.is_sign_negative() || right.is_sign_negative() {
        return None;
    }
    UNIT_POWERS.iter().find_map(|&power| {
        let factor = Decimal::from(10_u64.pow(power));
        let signed = i32::try_from(power).ok()?;
        let (small, large, signed) = if left > right { (right, left, signed) } else { (left, right, -signed) };
        let scaled = large.checked_div(factor)?;
        (scaled.round_dp(small.scale()) == small && small.mantissa() >= LEAST).then_some(signed)
    })
}

/// Two figures near each other, at least one of them in the component, that would mend all of it if they changed
/// places: the pairs that mend the most, and what they mend. Where the sums cannot tell one from another (the total of two
/// rows and the only column that it is made of) there are several.
pub(super) fn swaps(graph: &Graph, violated: &[usize], open: &BTreeSet<usize>) -> Option<(Vec<Swap>, BTreeSet<usize>)> {
    /// So many pairs that would do are chance.
    const MOST: usize = 4;
    if violated.len() > MAX_VIOLATED {
        return None;
    }
    let nodes: BTreeSet<usize> =
        violated.iter().flat_map(|&e| graph.edits[e].terms.iter().map(|&(node, _)| node)).collect();
    let mut tried: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut best: Vec<(Swap, BTreeSet<usize>)> = Vec::new();
    for &one in &nodes {
        for other in near(graph, one) {
            let (a, b) = (one.min(other), one.max(other));
            if !tried.insert((a, b)) || graph.nodes[a].blank && graph.nodes[b].blank {
                continue;
            }
            let Some(change) = graph.nodes[b].value.checked_sub(graph.nodes[a].value).filter(|c| !c.is_zero()) else {
                continue;
            };
            let Some(effect) = graph.effect(&[(a, change), (b, -change)]) else {
                continue;
            };
            // Fewer than the two equations that a swap always touches is chance.
            let enough = effect.mended.len() >= 2 && violated.iter().all(|e| effect.mended.contains(e));
            if enough
                && effect.broken + effect.unfit == 0
                && effect.still_violated == 0
                && effect.mended.is_subset(open)
            {
                let most = best.first().map_or(0, |(_, mended)| mended.len());
                if effect.mended.len() > most {
                    best.clear();
                }
                if effect.mended.len() >= most {
                    best.push((Swap { a, b }, effect.mended));
                }
            }
        }
    }
    let (_, mended) = best.first().filter(|_| best.len() <= MOST)?.clone();
    best.retain(|(_, other)| *other == mended);
    Some((best.into_iter().map(|(swap, _)| swap).collect(), mended))
}

/// Figures in the same row, or in the same column a few rows away.
fn near(graph: &Graph, node: usize) -> Vec<usize> {
    /// Wider rows are no rows.
    const WIDTH: u16 = 64;
    let Anchor::Cell { disclosure, table, row, column } = graph.nodes[node].at else {
        return Vec::new();
    };
    let beside = (0..WIDTH).filter(|&c| c != column).map(|c| (row, c));
    let around = (row.saturating_sub(NEAR)..=row.saturating_add(NEAR)).filter(|&r| r != row).map(|r| (r, column));
    beside
        .chain(around)
        .filter_map(|(row, column)| graph.node(Anchor::Cell { disclosure, table, row, column }))
        .collect()
}

/// A row of the component that would mend all of it if its figures moved by one column.
pub(super) fn shift(
    disclosures: &[Disclosure],
    graph: &Graph,
    violated: &[usize],
    open: &BTreeSet<usize>,
) -> Option<(Shift, BTreeSet<usize>)> {
    if violated.len() > MAX_VIOLATED || violated.len() < 2 {
        return None;
    }
    let rows: BTreeSet<(TableId, u32)> = violated
        .iter()
        .flat_map(|&e| graph.edits[e].terms.iter())
        .filter_map(|&(node, _)| match graph.nodes[node].at {
            Anchor::Cell { disclosure, table, row, .. } => Some(((disclosure, table), row)),
            _ => None,
        })
        .collect();
    for ((disclosure, table), row) in rows {
        let Some(columns) = disclosures
            .get(usize::from(disclosure))
            .and_then(|d| d.tables.get(usize::from(table)))
            .map(|t| t.amount_columns().filter_map(|c| u16::try_from(c).ok()).collect::<Vec<u16>>())
        else {
            continue;
        };
        let anchor = |column: u16| Anchor::Cell { disclosure, table, row, column };
        let nodes: Vec<Option<usize>> = columns.iter().map(|&c| graph.node(anchor(c))).collect();
        let value = |at: Option<usize>| {
            at.and_then(|i| nodes.get(i).copied().flatten()).map_or(Decimal::ZERO, |node| graph.nodes[node].value)
        };
        for left in [true, false] {
            let changes: Option<Vec<(usize, Decimal)>> = nodes
                .iter()
                .enumerate()
                .filter_map(|(i, node)| node.map(|node| (i, node)))
                .map(|(i, node)| {
                    let from = if left { i.checked_add(1) } else { i.checked_sub(1) };
                    Some((node, value(from).checked_sub(graph.nodes[node].value)?))
                })
                .collect();
            let moved = changes.as_ref().map_or(0, |c| c.iter().filter(|(_, d)| !d.is_zero()).count());
            let Some(effect) = changes.filter(|_| moved >= 2).and_then(|c| graph.effect(&c)) else {
                continue;
            };
            if effect.broken + effect.unfit == 0
                && effect.still_violated == 0
                && effect.mended.len() >= 2
                && violated.iter().all(|e| effect.mended.contains(e))
                && effect.mended.is_subset(open)
                && let Some(&first) = columns.first()
            {
                return Some((Shift { row: anchor(first), left }, effect.mended));
            }
        }
    }
    None
}
