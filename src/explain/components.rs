//! The identities of a run as a graph: figures, the equations they stand in, and which violated ones hang together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::disclosure::{Anchor, Disclosure};
use crate::parallel;
use crate::rules::judge::{self, Judge, Outcome, Quotient, Sums};
use crate::rules::{self, Checked, Claim, Relation, Severity, Term};

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

/// A printed percent with the figures that it is the quotient of, ready to be asked the same.
#[derive(Clone, Debug)]
pub(super) struct Percent {
    /// Index of its check.
    pub(super) check: u32,
    /// What the figures are: the percent itself, addends of the part, addends of the whole, with their signs and units.
    pub(super) terms: Vec<(usize, Place, Decimal)>,
    /// The percent and both sums as printed.
    quotient: Quotient,
    /// How it came out.
    pub(super) outcome: Outcome,
}

/// Where in a percent a figure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is the percent.
    Percent,
    /// It is part of what is divided.
    Part,
    /// It is part of what is divided by.
    Whole,
}

impl Percent {
    /// The percent with figures changed; `None` on overflow.
    fn changed(&self, changes: &[(usize, Decimal)]) -> Option<Quotient> {
        let mut by = [Decimal::ZERO; 3];
        for &(node, place, factor) in &self.terms {
            for &(_, change) in changes.iter().filter(|(changed, _)| *changed == node) {
                let sum = match place {
                    Place::Percent => &mut by[0],
                    Place::Part => &mut by[1],
                    Place::Whole => &mut by[2],
                };
                *sum = sum.checked_add(factor.checked_mul(change)?)?;
            }
        }
        let [percent, part, whole] = by;
        self.quotient.changed(percent, part, whole)
    }

    /// How it would come out; `None` where there is nothing to divide by then.
    pub(super) fn after(&self, changes: &[(usize, Decimal)]) -> Option<Outcome> {
        self.changed(changes)?.outcome().ok().flatten().map(|(_, outcome)| outcome)
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

/// Figures and equations. What a change of a figure leaves as it is, its copies share.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    /// The figures.
    pub(super) nodes: Vec<Node>,
    /// The equations that came out as pass, rounding or fail.
    pub(super) edits: Vec<Edit>,
    /// For each figure, the equations it stands in.
    pub(super) edits_of: Arc<Vec<Vec<(usize, Decimal)>>>,
    /// The percents that came out so.
    pub(super) percents: Vec<Percent>,
    /// For each figure, the percents it stands in.
    percents_of: Arc<Vec<Vec<usize>>>,
    index: Arc<Places>,
}

/// An equation whose figures are looked up.
struct Summed {
    sums: Sums,
    /// Its figures, and what one unit more of each does to `left − right`.
    terms: Vec<(Anchor, judge::Figure, Decimal)>,
}

impl Summed {
    /// `None` where it cannot be summed.
    fn new(judge: &Judge<'_>, equation: &rules::Equation) -> Option<Self> {
        let (sums, figures) = judge.summed(equation).ok()?;
        let base = figures.iter().find_map(|(_, figure)| figure.unit);
        let stated = equation.left.len();
        let terms = figures.into_iter().enumerate().map(|(at, (term, figure))| {
            let unit = figure.unit.or_else(|| judge.unit(term.at));
            let sign = if term.plus == (at < stated) { Decimal::ONE } else { Decimal::NEGATIVE_ONE };
            Some((term.at, figure, judge::converted(sign, unit, base)?))
        });
        let terms = terms.collect::<Option<_>>()?;
        Some(Self { sums, terms })
    }
}

/// The figure at every place that can have one. The cells of a table stand side by side, so that none is searched for.
#[derive(Clone, Debug, Default)]
struct Places {
    /// Of each disclosure and table: the place of its first cell, and how many a row has.
    tables: Vec<Vec<(usize, usize)>>,
    /// Of each disclosure: the place of its first statement.
    statements: Vec<usize>,
    /// The figure at each place, where the graph has it.
    figures: Vec<Option<u32>>,
}

impl Places {
    /// The places of these disclosures, no figure at any of them yet.
    fn new(disclosures: &[Disclosure]) -> Self {
        let mut places = Self::default();
        let mut end = 0;
        for disclosure in disclosures {
            let tables = disclosure.tables.iter().map(|table| {
                let width = table.rows.iter().map(|row| row.entries.len()).max().unwrap_or(0);
                let begin = end;
                end += width * table.rows.len();
                (begin, width)
            });
            places.tables.push(tables.collect());
            places.statements.push(end);
            end += disclosure.statements.len();
        }
        places.figures.resize(end, None);
        places
    }

    fn place(&self, at: Anchor) -> Option<usize> {
        match at {
            Anchor::Cell { disclosure, table, row, column } => {
                let (begin, width) = *self.tables.get(usize::from(disclosure))?.get(usize::from(table))?;
                Some(begin + usize::try_from(row).ok()? * width + usize::from(column))
            }
            Anchor::Statement { disclosure, statement } => {
                Some(self.statements.get(usize::from(disclosure))? + usize::try_from(statement).ok()?)
            }
            Anchor::Table { .. } | Anchor::Oddity { .. } | Anchor::Disclosure { .. } => None,
        }
    }

    /// The figure at a place.
    fn figure(&self, at: Anchor) -> Option<usize> {
        let figure = *self.figures.get(self.place(at)?)?;
        usize::try_from(figure?).ok()
    }

    fn set(&mut self, at: Anchor, figure: usize) {
        if let Some(place) = self.place(at).and_then(|place| self.figures.get_mut(place)) {
            *place = u32::try_from(figure).ok();
        }
    }
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
    /// Percents that fit their figures and would not any more.
    pub(super) unfit: usize,
    /// Percents that do not fit their figures and would.
    pub(super) percents: BTreeSet<usize>,
    /// How much nearer to exact the equations come that hold before and after: 2 for one that the change makes exact,
    /// −2 for one that it takes as far off.
    pub(super) polished: i32,
}

/// Where a figure is looked for: its table, or the statement that it is.
fn part(at: Anchor) -> Anchor {
    match at {
        Anchor::Cell { disclosure, table, .. } => Anchor::Table { disclosure, table },
        at => at,
    }
}

/// The figures that a claim compares.
fn figures(claim: &Claim) -> impl Iterator<Item = Anchor> {
    let (percent, terms): (_, [&[Term]; 2]) = match claim {
        Claim::Equation(equation) => (None, [&equation.left, &equation.right]),
        Claim::Ratio(ratio) => (Some(ratio.percent), [&ratio.part, &ratio.whole]),
        _ => (None, [&[], &[]]),
    };
    percent.into_iter().chain(terms.into_iter().flatten().map(|term| term.at))
}

impl Graph {
    /// The graph of all checks that compare figures.
    #[cfg(any(test, feature = "cli"))]
    pub(super) fn new(judge: &Judge<'_>, checked: &[Checked]) -> Self {
        Self::of(judge, checked, |_| true)
    }

    /// The graph of the checks that do not tie, or by rounding only, and of all others that read a table or a statement
    /// which one of those reads: what a change there would do is all in it. Most disclosures tie for the most part.
    pub(super) fn of_differing(judge: &Judge<'_>, checked: &[Checked]) -> Self {
        let differs = |check: &&Checked| matches!(check.verdict.outcome, Outcome::Rounding | Outcome::Fail);
        let differing: BTreeSet<Anchor> =
            checked.iter().filter(differs).flat_map(|check| figures(&check.claim)).map(part).collect();
        Self::of(judge, checked, |claim| figures(claim).any(|at| differing.contains(&part(at))))
    }

    fn of<'a>(judge: &Judge<'_>, checked: &'a [Checked], wanted: impl Fn(&Claim) -> bool) -> Self {
        let mut graph = Self { index: Arc::new(Places::new(judge.disclosures())), ..Self::default() };
        let decided = |check: &Checked| {
            matches!(check.verdict.outcome, Outcome::Pass | Outcome::Rounding | Outcome::Fail) && wanted(&check.claim)
        };
        let compared: Vec<(u32, &Checked)> = (0..).zip(checked).filter(|(_, check)| decided(check)).collect();
        let sums = parallel::map(&compared, |(_, check)| match &check.claim {
            Claim::Equation(equation) => Summed::new(judge, equation),
            _ => None,
        });
        // The checks of a rule stand together.
        let mut last = ("", Severity::Info);
        let mut severity_of = |rule: &'a str| {
            if last.0 != rule {
                last = (rule, rules::find(rule).map_or(Severity::Info, |rule| rule.severity));
            }
            last.1
        };
        for ((index, check), summed) in compared.into_iter().zip(sums) {
            match &check.claim {
                Claim::Equation(equation) => {
                    if let Some(summed) = summed {
                        graph.add(equation.relation, summed, severity_of(&check.rule), check, index);
                    }
                }
                Claim::Ratio(ratio) => graph.add_percent(judge, ratio, check, index),
                _ => {}
            }
        }
        graph
    }

    /// The node of a figure, added if it is new.
    fn add_node(&mut self, at: Anchor, figure: judge::Figure) -> usize {
        if let Some(node) = self.index.figure(at) {
            return node;
        }
        let node = self.nodes.len();
        Arc::make_mut(&mut self.index).set(at, node);
        self.nodes.push(Node { at, value: figure.value, blank: figure.blank });
        Arc::make_mut(&mut self.edits_of).push(Vec::new());
        Arc::make_mut(&mut self.percents_of).push(Vec::new());
        node
    }

    fn add_percent(&mut self, judge: &Judge<'_>, ratio: &rules::Ratio, check: &Checked, index: u32) {
        let Ok(quotient) = judge.quotient(ratio) else { return };
        let amounts = || ratio.part.iter().chain(&ratio.whole);
        let base = amounts().find_map(|term| judge.figure(term.at).ok()?.unit);
        let percent = Term::plus(ratio.percent);
        let all = std::iter::once((&percent, Place::Percent))
            .chain(ratio.part.iter().map(|term| (term, Place::Part)))
            .chain(ratio.whole.iter().map(|term| (term, Place::Whole)));
        let mut terms = Vec::new();
        for (term, place) in all {
            let Ok(figure) = judge.figure(term.at) else { return };
            let unit = if place == Place::Percent { base } else { figure.unit };
            let Some(factor) = judge::converted(Decimal::ONE, unit, base) else { return };
            let node = self.add_node(term.at, figure);
            let own = self.percents.len();
            let percents = &mut Arc::make_mut(&mut self.percents_of)[node];
            if percents.last() != Some(&own) {
                percents.push(own);
            }
            terms.push((node, place, if term.plus { factor } else { -factor }));
        }
        self.percents.push(Percent { check: index, terms, quotient, outcome: check.verdict.outcome });
    }

    fn add(
        &mut self,
        relation: Relation,
        Summed { sums, terms }: Summed,
        severity: Severity,
        check: &Checked,
        index: u32,
    ) {
        let mut terms: Vec<(usize, Decimal)> =
            terms.into_iter().map(|(at, figure, factor)| (self.add_node(at, figure), factor)).collect();
        // A figure that stands there twice counts once, or not at all.
        terms.sort_by_key(|(node, _)| *node);
        terms.dedup_by(|(node, factor), (kept, sum)| {
            let again = node == kept;
            if again {
                *sum = sum.saturating_add(*factor);
            }
            again
        });
        terms.retain(|(_, factor)| !factor.is_zero());
        let edit = self.edits.len();
        let edits_of = Arc::make_mut(&mut self.edits_of);
        for &(node, factor) in &terms {
            edits_of[node].push((edit, factor));
        }
        let outcome = check.verdict.outcome;
        self.edits.push(Edit { check: index, terms, sums, relation, outcome, severity });
    }

    /// The node at an anchor.
    pub(super) fn node(&self, at: Anchor) -> Option<usize> {
        self.index.figure(at)
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
        let percents: BTreeSet<usize> =
            changes.iter().filter_map(|&(node, _)| self.percents_of.get(node)).flatten().copied().collect();
        for at in percents {
            let percent = &self.percents[at];
            match (percent.outcome, percent.after(changes)) {
                (Outcome::Fail, Some(Outcome::Pass | Outcome::Rounding)) => {
                    effect.percents.insert(at);
                }
                (Outcome::Pass | Outcome::Rounding, Some(Outcome::Fail)) => effect.unfit += 1,
                _ => {}
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
        for &at in &self.percents_of[node] {
            let percent = &mut self.percents[at];
            if let Some(quotient) = percent.changed(&[(node, change)]) {
                percent.quotient = quotient;
                if let Ok(Some((_, outcome))) = quotient.outcome() {
                    percent.outcome = outcome;
                }
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
