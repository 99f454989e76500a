//! The identities of a run as a graph: figures, the equations they stand in, and which violated ones hang together.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::disclosure::Anchor;
use crate::rules::judge::{self, Judge, Outcome, Sums};
use crate::rules::{self, Checked, Claim, Relation, Severity};

/// One equation, ready to be asked what would become of it.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    /// Index of its check.
    pub(super) check: u32,
    /// The figures and what one unit more of each does to `left − right`.
    pub(super) terms: Vec<(usize, Decimal)>,
    /// Both sides as printed.
    pub(super) sums: Sums,
    /// How the sides must relate.
    pub(super) relation: Relation,
    /// How it came out.
    pub(super) outcome: Outcome,
    /// The weight of its rule.
    pub(super) severity: Severity,
}

impl Edit {
    /// How it would come out if `left − right` changed by `change`; `None` on overflow.
    pub(super) fn after(&self, change: Decimal) -> Option<Outcome> {
        let sums = Sums { difference: self.sums.difference.checked_add(change)?, ..self.sums };
        Some(sums.outcome(self.relation))
    }

    /// How much nearer to exact a change brings an equality: from −2 to 2, in halves of the change.
    fn nearer(&self, change: Decimal) -> Option<i32> {
        if self.relation != Relation::Equal {
            return None;
        }
        let before = self.sums.difference.abs();
        let after = self.sums.difference.checked_add(change)?.abs();
        before.checked_sub(after)?.checked_mul(Decimal::TWO)?.checked_div(change.abs())?.round().to_i32()
    }

    /// Whether it states one figure twice instead of adding up.
    pub(super) fn is_copy(&self) -> bool {
        self.terms.len() == 2
    }
}

/// A figure of the graph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Where it stands.
    pub(super) at: Anchor,
    /// Its value, zero for a blank cell.
    pub(super) value: Decimal,
    /// Whether nothing is printed.
    pub(super) blank: bool,
}

/// Figures and equations.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    /// The figures.
    pub(super) nodes: Vec<Node>,
    /// The equations that came out as pass, rounding or fail.
    pub(super) edits: Vec<Edit>,
    /// For each figure, the equations it stands in.
    pub(super) edits_of: Vec<Vec<(usize, Decimal)>>,
    index: BTreeMap<Anchor, usize>,
}

/// What a change of figures would do.
#[derive(Clone, Debug, Default)]
pub(super) struct Effect {
    /// Violated equations that would hold.
    pub(super) mended: BTreeSet<usize>,
    /// Violated equations that it touches and that would still not hold.
    pub(super) still_violated: usize,
    /// Equations that hold and would not any more.
    pub(super) broken: usize,
    /// How much nearer to exact the equations come that hold before and after: 2 for one that the change makes exact,
    /// −2 for one that it takes as far off.
    pub(super) polished: i32,
}

impl Graph {
    /// The graph of all checks that compare figures.
    pub(super) fn new(judge: &Judge<'_>, checked: &[Checked]) -> Self {
        let mut graph = Self::default();
        for (check, index) in checked.iter().zip(0_u32..) {
            if let Claim::Equation(equation) = &check.claim
                && matches!(check.verdict.outcome, Outcome::Pass | Outcome::Rounding | Outcome::Fail)
                && let Ok(sums) = judge.sums(equation)
            {
                graph.add(judge, equation, sums, check, index);
            }
        }
        graph
    }

    fn add(&mut self, judge: &Judge<'_>, equation: &rules::Equation, sums: Sums, check: &Checked, index: u32) {
        let sides = equation.left.iter().map(|t| (t, true)).chain(equation.right.iter().map(|t| (t, false)));
        let mut terms: BTreeMap<usize, Decimal> = BTreeMap::new();
        let base = sides.clone().find_map(|(t, _)| judge.figure(t.at).ok()?.unit);
        for (term, left) in sides {
            let Ok(figure) = judge.figure(term.at) else {
                return;
            };
            let unit = figure.unit.or_else(|| judge.unit(term.at));
            let Some(factor) = judge::converted(Decimal::ONE, unit, base) else {
                return;
            };
            let factor = if term.plus == left { factor } else { -factor };
            let node = *self.index.entry(term.at).or_insert_with(|| {
                self.nodes.push(Node { at: term.at, value: figure.value, blank: figure.blank });
                self.edits_of.push(Vec::new());
                self.nodes.len() - 1
            });
            let sum = terms.entry(node).or_default();
            *sum = sum.saturating_add(factor);
        }
        let edit = self.edits.len();
        let terms: Vec<(usize, Decimal)> = terms.into_iter().filter(|(_, factor)| !factor.is_zero()).collect();
        for &(node, factor) in &terms {
            self.edits_of[node].push((edit, factor));
        }
        let severity = rules::find(&check.rule).map_or(Severity::Info, |rule| rule.severity);
        let outcome = check.verdict.outcome;
        self.edits.push(Edit { check: index, terms, sums, relation: equation.relation, outcome, severity });
    }

    /// The node at an anchor.
    pub(super) fn node(&self, at: Anchor) -> Option<usize> {
        self.index.get(&at).copied()
    }

    /// What replacing figures would do; `None` on overflow.
    pub(super) fn effect(&self, changes: &[(usize, Decimal)]) -> Option<Effect> {
        let mut touched: BTreeMap<usize, Decimal> = BTreeMap::new();
        for &(node, change) in changes {
            for &(edit, factor) in self.edits_of.get(node)? {
                let sum = touched.entry(edit).or_default();
                *sum = sum.checked_add(factor.checked_mul(change)?)?;
            }
        }
        let mut effect = Effect::default();
        for (edit, change) in touched {
            let before = self.edits[edit].outcome;
            let after = self.edits[edit].after(change)?;
            if before != Outcome::Fail && after != Outcome::Fail {
                effect.polished += self.edits[edit].nearer(change).unwrap_or_default();
            }
            let violated = before == Outcome::Fail;
            let violates = after == Outcome::Fail;
            match (violated, violates) {
                (true, false) => {
                    effect.mended.insert(edit);
                }
                (true, true) => effect.still_violated += 1,
                (false, true) => effect.broken += 1,
                (false, false) => {}
            }
        }
        Some(effect)
    }

    /// Puts another value in a figure's place.
    pub(super) fn change(&mut self, node: usize, value: Decimal) {
        let Some(change) = value.checked_sub(self.nodes[node].value) else {
            return;
        };
        self.nodes[node].value = value;
        for &(edit, factor) in &self.edits_of[node] {
            let edit = &mut self.edits[edit];
            let difference = factor.checked_mul(change).and_then(|c| edit.sums.difference.checked_add(c));
            if let Some(difference) = difference {
                edit.sums.difference = difference;
                edit.outcome = edit.sums.outcome(edit.relation);
            }
        }
    }

    /// The violated equations, in groups that share figures, each group and all of them in order.
    pub(super) fn components(&self, among: &BTreeSet<usize>) -> Vec<Vec<usize>> {
        let mut group: BTreeMap<usize, usize> = among.iter().map(|&e| (e, e)).collect();
        let mut first_of: BTreeMap<usize, usize> = BTreeMap::new();
        for &edit in among {
            for &(node, _) in &self.edits[edit].terms {
                let other = *first_of.entry(node).or_insert(edit);
                let (a, b) = (root(&mut group, edit), root(&mut group, other));
                if a != b {
                    group.insert(a.max(b), a.min(b));
                }
            }
        }
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &edit in among {
            let root = root(&mut group, edit);
            groups.entry(root).or_default().push(edit);
        }
        groups.into_values().collect()
    }

    /// All violated equations.
    pub(super) fn violated(&self) -> BTreeSet<usize> {
        (0..self.edits.len()).filter(|&e| self.edits[e].outcome == Outcome::Fail).collect()
    }
}

/// The representative of a group, with the path to it halved on the way.
fn root(group: &mut BTreeMap<usize, usize>, of: usize) -> usize {
    let mut at = of;
    while let Some(&up) = group.get(&at)
        && up != at
    {
        let above = group.get(&up).copied().unwrap_or(up);
        group.insert(at, above);
        at = above;
    }
    at
}
