//! What the identities can tell at all: asked by the bench that puts mistakes in ([`crate::faults`]).

use rust_decimal::Decimal;

use super::{components, findings, suspect};
use crate::disclosure::{Anchor, Disclosure};
use crate::rules::Checked;
use crate::rules::judge::{Judge, Outcome};

/// Whether the checks determine that a figure is wrong, given that every other figure is right but those of `others`,
/// which are put right first (figures with the values that they should have): false where another single figure, or an
/// item that is withheld, explains what fails just as well, or where nothing fails.
pub(crate) fn is_determined(
    disclosures: &[Disclosure],
    checked: &[Checked],
    wrong: (Anchor, Decimal),
    others: &[(Anchor, Decimal)],
) -> bool {
    let judge = Judge::new(disclosures);
    let mut graph = components::Graph::new(&judge, checked);
    for &(at, right) in others {
        if let Some(node) = graph.node(at) {
            graph.change(node, right);
        }
    }
    let Some(node) = graph.node(wrong.0) else { return false };
    let fails = |&(edit, _): &(usize, Decimal)| graph.edits[edit].outcome == Outcome::Fail;
    let failing: Vec<usize> = graph.edits_of[node].iter().filter(|e| fails(e)).map(|&(edit, _)| edit).collect();
    let rule = |edit: usize| checked.get(graph.edits[edit].check as usize).map(|check| check.rule.as_ref());
    let withheld = failing.iter().all(|&edit| rule(edit) == Some(findings::WITHHELD));
    let right = wrong.1.checked_sub(graph.nodes[node].value).and_then(|change| graph.effect(&[(node, change)]));
    let (percents, unfit) = right.map_or((0, 0), |effect| (effect.percents.len(), effect.unfit));
    if failing.is_empty() || withheld {
        // A percent alone can tell, where only one of its figures can be wrong.
        return failing.is_empty() && percents > 0;
    }
    suspect::single(disclosures, &graph, &failing)
        .iter()
        .all(|other| other.node == node || other.percents.len() < percents || other.unfit > unfit)
}
