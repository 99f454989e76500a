//! 试改: figures that the reader changes to see which sums then hold or break. Never the document's, and never in what
//! is saved: [`Session::opened`](super::Session::opened) stays as it was read, and the changed copy is for the table
//! view alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::opened::Opened;
use crate::amount::Amount;
use crate::disclosure::{Anchor, ColumnRole, Value};
use crate::rules::judge::{Outcome, Verdict};

/// A cell that the reader changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriedCell {
    /// Which.
    pub at: Anchor,
    /// What is written there instead.
    pub figure: String,
}

/// What was changed, and what came of it.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    changes: BTreeMap<Anchor, Amount>,
    outcome: Option<TriedOutcome>,
}

/// What came of the changes.
#[derive(Clone, Debug)]
pub struct TriedOutcome {
    /// The document as it would be.
    pub opened: Arc<Opened>,
    /// Checks that held and do not any more.
    pub broken: Vec<u32>,
    /// Checks that did not hold and do now.
    pub mended: Vec<u32>,
}

impl Tried {
    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// What the worker is asked to judge.
    pub fn cells(&self) -> Vec<TriedCell> {
        self.changes.iter().map(|(at, amount)| TriedCell { at: *at, figure: amount.printed().to_owned() }).collect()
    }

    /// What came of it, once the worker has judged.
    pub fn outcome(&self) -> Option<&TriedOutcome> {
        self.outcome.as_ref()
    }

    /// Changes a cell of money. False where it is none, or where the text is no amount.
    pub(super) fn change(&mut self, opened: &Opened, at: Anchor, text: &str) -> bool {
        let Some(amount) = Amount::parse(text).filter(|_| is_money(opened, at)) else { return false };
        // What is printed is no change.
        if opened.value_at(at) == Some(amount.value()) {
            self.changes.remove(&at);
        } else {
            self.changes.insert(at, amount);
        }
        self.outcome = None;
        true
    }

    /// Takes over what the worker judged.
    pub(super) fn judged(&mut self, opened: &Opened, verdicts: Vec<(u32, Verdict)>) {
        let (mut broken, mut mended) = (Vec::new(), Vec::new());
        for (check, verdict) in &verdicts {
            let Some(before) = opened.check(*check).map(|checked| checked.verdict.outcome) else { continue };
            match (before == Outcome::Fail, verdict.outcome == Outcome::Fail) {
                (false, true) => broken.push(*check),
                (true, false) => mended.push(*check),
                _ => {}
            }
        }
        let opened = Arc::new(opened.with_changes(&self.changes, verdicts));
        self.outcome = Some(TriedOutcome { opened, broken, mended });
    }
}

fn is_money(opened: &Opened, at: Anchor) -> bool {
    let Anchor::Cell { column, .. } = at else { return false };
    let column = opened.analysis().table(at).and_then(|table| table.columns.get(usize::from(column)));
    column.is_some_and(|column| column.role == ColumnRole::Amount) && opened.analysis().cell(at).is_some()
}

impl Opened {
    /// The same with some cells changed and their checks judged anew. Findings of which nothing is left are gone.
    fn with_changes(&self, changes: &BTreeMap<Anchor, Amount>, verdicts: Vec<(u32, Verdict)>) -> Self {
        let mut analysis = self.analysis().clone();
        let mut before = BTreeMap::new();
        for (&at, amount) in changes {
            let Anchor::Cell { disclosure, table, row, column } = at else { continue };
            let entry = analysis
                .disclosures
                .get_mut(usize::from(disclosure))
                .and_then(|d| d.tables.get_mut(usize::from(table)))
                .and_then(|t| t.rows.get_mut(usize::try_from(row).unwrap_or(usize::MAX)))
                .and_then(|r| r.entries.get_mut(usize::from(column)));
            let Some(entry) = entry else { continue };
            let printed = entry.amount().map(|amount| super::grouped(amount.value())).unwrap_or_default();
            before.insert(at, printed);
            entry.value = Value::Amount(amount.clone());
        }
        for (check, verdict) in verdicts {
            if let Some(checked) = analysis.checks.get_mut(check as usize) {
                checked.verdict = verdict;
            }
        }
        let failed: BTreeSet<u32> = (0_u32..)
            .zip(&analysis.checks)
            .filter(|(_, checked)| checked.verdict.outcome == Outcome::Fail)
            .map(|(index, _)| index)
            .collect();
        for finding in &mut analysis.findings {
            let spoke = !finding.checks.is_empty();
            finding.checks.retain(|check| failed.contains(check));
            if spoke && finding.checks.is_empty() {
                finding.suspect = None;
                finding.at.clear();
            }
        }
        Self::new(analysis).tried(before)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn verdict(outcome: Outcome) -> Verdict {
        Verdict { outcome, left: None, right: None, difference: None, why: None }
    }

    #[test]
    fn a_change_is_seen_in_the_copy_alone() {
        let mut session = fixture::session();
        let detail = session.opened().detail(session.chosen().unwrap(), None).unwrap();
        let at = detail.suspect.unwrap().at;
        let printed = session.opened().value_at(at);
        assert!(session.try_change(at, "118.00"));
        assert_eq!(session.tried().cells().len(), 1);
        assert!(session.tried().outcome().is_none(), "nobody has judged it");
        let failed: Vec<(u32, Verdict)> = session
            .opened()
            .checks_at(at)
            .iter()
            .filter(|&&check| session.opened().check(check).unwrap().verdict.outcome == Outcome::Fail)
            .map(|&check| (check, verdict(Outcome::Pass)))
            .collect();
        assert!(!failed.is_empty());
        session.tried_judged(failed.clone());
        let outcome = session.tried().outcome().unwrap();
        assert_eq!((outcome.mended.len(), outcome.broken.len()), (failed.len(), 0));
        assert_eq!(session.opened().value_at(at), printed, "the document is as it was");
        let shown = session.shown_in_tables();
        assert_ne!(shown.value_at(at), printed);
        assert!(!shown.is_suspect(at));
        let Anchor::Cell { table, row, column, .. } = at else { panic!("a cell") };
        let view = shown.table_view(0, usize::from(table)).unwrap();
        let cell = &view.rows[row as usize].cells[usize::from(column)];
        assert_eq!(cell.before.as_deref(), Some("181.00"));
        session.put_back();
        assert!(session.tried().is_empty());
        assert_eq!(session.shown_in_tables().value_at(at), printed);
    }

    #[test]
    fn words_and_what_is_printed_are_no_change() {
        let mut session = fixture::session();
        let at = Anchor::Cell { disclosure: 0, table: 1, row: 0, column: 2 };
        assert!(!session.try_change(at, "viel"));
        assert!(!session.try_change(Anchor::Cell { disclosure: 0, table: 1, row: 0, column: 1 }, "5"), "a name");
        assert!(session.try_change(at, "3,286.40"));
        assert!(session.tried().is_empty());
    }

    #[test]
    fn a_new_analysis_forgets_what_was_tried() {
        let mut session = fixture::session();
        let at = Anchor::Cell { disclosure: 0, table: 1, row: 0, column: 2 };
        assert!(session.try_change(at, "1.00"));
        session.open(fixture::analysis());
        assert!(session.tried().is_empty());
    }
}
