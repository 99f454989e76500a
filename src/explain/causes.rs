//! Violated equations sorted into root causes.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::components::Graph;
use super::suspect::{self, Candidate};
use super::systematic::{self, Shift, Swap, UnitSlip};
use super::{pairs, rounding, typing};
use crate::disclosure::{Anchor, Disclosure};
use crate::rules::judge::Outcome;

/// One root cause, and the equations of the graph that it breaks.
#[derive(Clone, Debug)]
pub(super) struct Cause {
    /// What it is.
    pub(super) kind: Kind,
    /// The equations, in order.
    pub(super) edits: Vec<usize>,
}

/// What a root cause is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// One cell, and what fits.
    Cell(Candidate),
    /// Any of these cells would do.
    Candidates(Vec<Candidate>),
    /// Two cells stand in each other's place; several pairs where the sums do not tell which.
    Swap(Vec<Swap>),
    /// A row stands one column off.
    Shift(Shift),
    /// A table is in another unit than it says.
    Unit(UnitSlip),
    /// No few cells explain it; the same identity fails in several columns of one row, or rows of one column.
    Open,
    /// A figure that differs from its repetitions in the last digits.
    LastDigit(Candidate),
    /// Nothing but rounding.
    Rounding,
}

/// More candidates than this are no help to a reader; the first few of them are told, all are listed.
const MAX_CANDIDATES: usize = 12;

/// Cells changed for each cause found so far: past it only identities are told.
const MAX_CELLS: usize = 8;

/// From this many rows on, one identity that fails down a column is one cause.
const MANY_ROWS: usize = 3;

/// All root causes.
pub(super) fn find(disclosures: &[Disclosure], graph: &Graph) -> Vec<Cause> {
    let mut open = graph.violated();
    let mut causes = Vec::new();
    for slip in systematic::unit_slips(graph) {
        let edits: Vec<usize> = slip.edits.iter().copied().filter(|e| open.remove(e)).collect();
        if !edits.is_empty() {
            causes.push(Cause { kind: Kind::Unit(slip), edits });
        }
    }
    let mut mended = graph.clone();
    solve(disclosures, &mut mended, open, &mut causes);
    let causes = merge_open(graph, merge_swapped(graph, causes));
    // What is rounded only because of a cell that is named is not told a second time.
    for (now, before) in mended.edits.iter_mut().zip(&graph.edits) {
        if before.outcome != Outcome::Rounding && now.outcome == Outcome::Rounding {
            now.outcome = Outcome::Pass;
        }
    }
    with_rounding(&mended, causes)
}

/// Explains component after component. What a cause explains is mended in `graph`, so that the next cause is judged
/// as if the first were put right.
fn solve(disclosures: &[Disclosure], graph: &mut Graph, mut open: BTreeSet<usize>, causes: &mut Vec<Cause>) {
    let mut parts = graph.components(&open);
    parts.reverse();
    let mut cells = 0;
    while let Some(part) = parts.pop() {
        // A swap or a shift found from another component may have taken a part of this one.
        let rest: BTreeSet<usize> = part.iter().copied().filter(|e| open.contains(e)).collect();
        if rest.len() < part.len() {
            parts.extend(graph.components(&rest));
            continue;
        }
        let (kind, explained) =
            explain(disclosures, graph, part.clone(), &open, cells < MAX_CELLS * (causes.len() + 1));
        match &kind {
            Kind::Cell(c) => graph.change(c.node, c.fitting),
            // Whichever pair it is, the same sums hold then.
            Kind::Swap(swaps) => {
                if let Some(swap) = swaps.first() {
                    let (a, b) = (graph.nodes[swap.a].value, graph.nodes[swap.b].value);
                    graph.change(swap.a, b);
                    graph.change(swap.b, a);
                }
            }
            _ => {}
        }
        cells += usize::from(matches!(kind, Kind::Cell(_)));
        for edit in &explained {
            open.remove(edit);
        }
        let left: BTreeSet<usize> = part.into_iter().filter(|e| open.contains(e)).collect();
        causes.push(Cause { kind, edits: explained });
        parts.extend(graph.components(&left));
    }
}

/// The likeliest cause of a component, and which equations it explains: all of them, or, where several causes meet,
/// as many as one cell can. The graph comes back as it was.
fn explain(
    disclosures: &[Disclosure],
    graph: &mut Graph,
    part: Vec<usize>,
    open: &BTreeSet<usize>,
    search: bool,
) -> (Kind, Vec<usize>) {
    let candidates = suspect::single(disclosures, graph, &part);
    let best = named(&candidates);
    // A cell that nothing explains is told only after two that changed places, which explains itself.
    if let Some(named) = best.filter(|best| best.slip.explains()) {
        return (Kind::Cell(named.clone()), part);
    }
    if let Some((swaps, mended)) = systematic::swaps(graph, &part, open) {
        return (Kind::Swap(swaps), mended.into_iter().collect());
    }
    if let Some((shift, mended)) = systematic::shift(disclosures, graph, &part, open) {
        return (Kind::Shift(shift), mended.into_iter().collect());
    }
    if let Some(named) = best {
        return (Kind::Cell(named.clone()), part);
    }
    if let Some(equal) = equally_good(candidates) {
        return (Kind::Candidates(equal), part);
    }
    let best = if search {
        pairs::likeliest(disclosures, graph, &part)
            .or_else(|| suspect::most(disclosures, graph, &part))
            .or_else(|| suspect::forced(disclosures, graph, &part))
    } else {
        None
    };
    if let Some(best) = best {
        let explained = part.into_iter().filter(|e| best.mended.contains(e)).collect();
        return (Kind::Cell(best), explained);
    }
    (Kind::Open, part)
}

/// The one candidate that stands out: the only one, or the only one whose digits can be explained.
fn named(candidates: &[Candidate]) -> Option<&Candidate> {
    let best = candidates.first()?;
    match candidates {
        [only] => Some(only),
        [_, second, ..] => {
            let stands_out =
                best.polish() > second.polish() || best.slip.explains() && best.likelihood() < second.likelihood();
            (stands_out && best.rank() < second.rank()).then_some(best)
        }
        [] => None,
    }
}

/// The candidates that are as likely as the likeliest, if they are few.
fn equally_good(mut candidates: Vec<Candidate>) -> Option<Vec<Candidate>> {
    let best = candidates.first()?.rank();
    candidates.retain(|c| c.rank() == best);
    (candidates.len() <= MAX_CANDIDATES).then_some(candidates)
}

/// Two cells of which each should hold what the other prints were swapped.
fn merge_swapped(graph: &Graph, causes: Vec<Cause>) -> Vec<Cause> {
    let mut by_value: BTreeMap<(Decimal, Decimal), Vec<usize>> = BTreeMap::new();
    let values = |cause: &Cause| match &cause.kind {
        Kind::Cell(c) => Some((graph.nodes[c.node].value.normalize(), c.fitting.normalize(), c.node)),
        _ => None,
    };
    for (at, cause) in causes.iter().enumerate() {
        if let Some((printed, fitting, _)) = values(cause) {
            by_value.entry((printed, fitting)).or_default().push(at);
        }
    }
    let mut gone = BTreeSet::new();
    let mut merged = Vec::new();
    for (at, cause) in causes.iter().enumerate() {
        let Some((printed, fitting, a)) = values(cause).filter(|_| !gone.contains(&at)) else {
            continue;
        };
        let partner = by_value.get(&(fitting, printed)).and_then(|all| {
            all.iter().copied().find(|&other| {
                other > at
                    && !gone.contains(&other)
                    && values(&causes[other]).is_some_and(|(.., b)| same_table(graph.nodes[a].at, graph.nodes[b].at))
            })
        });
        if let Some(other) = partner
            && let Some((.., b)) = values(&causes[other])
        {
            gone.insert(at);
            gone.insert(other);
            let edits: BTreeSet<usize> = cause.edits.iter().chain(&causes[other].edits).copied().collect();
            merged.push(Cause { kind: Kind::Swap(vec![Swap { a, b }]), edits: edits.into_iter().collect() });
        }
    }
    let kept = causes.into_iter().enumerate().filter(|(at, _)| !gone.contains(at)).map(|(_, cause)| cause);
    kept.chain(merged).collect()
}

fn same_table(a: Anchor, b: Anchor) -> bool {
    match (a, b) {
        (
            Anchor::Cell { disclosure, table, .. },
            Anchor::Cell { disclosure: other_disclosure, table: other_table, .. },
        ) => (disclosure, table) == (other_disclosure, other_table),
        _ => false,
    }
}

/// Which figures an unexplained equation relates, with the columns or the rows left out.
type Signature = Vec<(u8, u16, u32, u32, bool)>;

/// The same rows failing in several columns are one cause (a row that is missing, or differs as a whole); so are the
/// same columns failing in many rows.
fn merge_open(graph: &Graph, causes: Vec<Cause>) -> Vec<Cause> {
    let across_columns = merge(causes, 2, |cause| signature(graph, cause, true));
    merge(across_columns, MANY_ROWS, |cause| signature(graph, cause, false))
}

fn merge(causes: Vec<Cause>, least: usize, key: impl Fn(&Cause) -> Option<Signature>) -> Vec<Cause> {
    let mut groups: BTreeMap<Signature, Vec<usize>> = BTreeMap::new();
    for (at, cause) in causes.iter().enumerate() {
        if let Some(key) = key(cause) {
            groups.entry(key).or_default().push(at);
        }
    }
    let mut gone = BTreeSet::new();
    let mut merged = Vec::new();
    for all in groups.into_values().filter(|all| all.len() >= least) {
        let edits: BTreeSet<usize> = all.iter().flat_map(|&at| causes[at].edits.iter().copied()).collect();
        gone.extend(all);
        merged.push(Cause { kind: Kind::Open, edits: edits.into_iter().collect() });
    }
    let kept = causes.into_iter().enumerate().filter(|(at, _)| !gone.contains(at)).map(|(_, cause)| cause);
    kept.chain(merged).collect()
}

/// The shape of a cause that no single cell explains and that is one equation: its rows, or its columns.
fn signature(graph: &Graph, cause: &Cause, rows: bool) -> Option<Signature> {
    let unexplained = match &cause.kind {
        Kind::Open | Kind::Candidates(_) => true,
        Kind::Cell(c) => !c.slip.explains(),
        _ => false,
    };
    let [edit] = cause.edits[..] else {
        return None;
    };
    if !unexplained {
        return None;
    }
    let mut signature: Signature = Vec::new();
    for &(node, factor) in &graph.edits[edit].terms {
        let Anchor::Cell { disclosure, table, row, column } = graph.nodes[node].at else {
            return None;
        };
        let kept = if rows { row } else { u32::from(column) };
        signature.push((u8::from(rows), disclosure, u32::from(table), kept, factor.is_sign_positive()));
    }
    signature.sort_unstable();
    signature.dedup();
    Some(signature)
}

/// Adds what rounding leaves.
fn with_rounding(graph: &Graph, mut causes: Vec<Cause>) -> Vec<Cause> {
    let mut told = BTreeSet::new();
    for (node, change, mended) in rounding::slips(graph) {
        let printed = graph.nodes[node].value;
        let Some(fitting) = printed.checked_add(change) else {
            continue;
        };
        told.extend(mended.iter().copied());
        let slip = typing::slip(printed, fitting);
        let edits = mended.iter().copied().collect();
        let candidate = Candidate { node, fitting, mended, slip, polished: 0, percents: BTreeSet::new(), unfit: 0 };
        causes.push(Cause { kind: Kind::LastDigit(candidate), edits });
    }
    causes.extend(rounding::groups(graph, &told).into_iter().map(|edits| Cause { kind: Kind::Rounding, edits }));
    causes
}
