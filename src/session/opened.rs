//! An analysis with its index: which checks a cell takes part in, which finding speaks for a check.

use std::collections::{BTreeMap, BTreeSet};

use super::source::SourceText;
use super::{Mark, TableState};
use crate::analysis::Analysis;
use crate::disclosure::{Anchor, Disclosure, Table};
use crate::document::Place;
use crate::explain::Finding;
use crate::rules::judge::Outcome;
use crate::rules::{Checked, Claim, Severity, Term};

/// Everything that is open. It does not change; opening or closing a file makes a new one.
#[derive(Clone, Debug, Default)]
pub struct Opened {
    analysis: Analysis,
    takes_part: BTreeMap<Anchor, Vec<u32>>,
    finding_of: BTreeMap<u32, u32>,
    suspects: BTreeMap<Anchor, u32>,
    candidates: BTreeMap<Anchor, u32>,
    by_document: Vec<Vec<u32>>,
    sources: Vec<SourceText>,
    /// Cells that the reader changed to try something, and what is printed there.
    tried: BTreeMap<Anchor, String>,
}

impl Opened {
    /// Indexes an analysis. Linear in its checks and findings.
    pub fn new(analysis: Analysis) -> Self {
        let mut opened = Self {
            by_document: vec![Vec::new(); analysis.documents.len()],
            sources: analysis.documents.iter().map(SourceText::of).collect(),
            ..Self::default()
        };
        for (index, checked) in (0_u32..).zip(&analysis.checks) {
            // A cell may stand on both sides; it takes part once.
            let anchors: BTreeSet<Anchor> = anchors_of(&checked.claim).collect();
            for at in anchors {
                opened.takes_part.entry(at).or_default().push(index);
            }
        }
        for (index, finding) in (0_u32..).zip(&analysis.findings) {
            for &check in &finding.checks {
                opened.finding_of.entry(check).or_insert(index);
            }
            match &finding.suspect {
                Some(suspect) if suspect.alternatives.is_empty() => {
                    opened.suspects.entry(suspect.at).or_insert(index);
                }
                Some(suspect) => {
                    opened.candidates.entry(suspect.at).or_insert(index);
                    for other in &suspect.alternatives {
                        opened.candidates.entry(other.at).or_insert(index);
                    }
                }
                None => {
                    for &at in &finding.at {
                        opened.candidates.entry(at).or_insert(index);
                    }
                }
            }
            if let Some(of) = opened.by_document.get_mut(usize::from(finding.disclosure)) {
                of.push(index);
            }
        }
        for of in &mut opened.by_document {
            of.sort_by_key(|&f| analysis.findings.get(f as usize).map(|f| f.severity));
        }
        opened.analysis = analysis;
        opened
    }

    /// Notes which cells are not the document's own.
    pub(super) fn tried(mut self, before: BTreeMap<Anchor, String>) -> Self {
        self.tried = before;
        self
    }

    /// The cells that the reader changed: where, what is printed, what stands there now.
    pub fn tried_cells(&self) -> Vec<(Anchor, String, String)> {
        let now = |at: Anchor| self.value_at(at).map(super::grouped).unwrap_or_default();
        self.tried.iter().map(|(&at, before)| (at, before.clone(), now(at))).collect()
    }

    /// The names of the sheets of a document; none where it is no workbook.
    pub fn sheets(&self, document: usize) -> &[String] {
        self.analysis().documents.get(document).map(|document| document.sheets.as_slice()).unwrap_or_default()
    }

    /// The name of the sheet that a place of a document is on.
    pub fn sheet(&self, document: usize, place: Place) -> Option<&str> {
        let Place::Sheet { sheet, .. } = place else { return None };
        self.sheets(document).get(usize::try_from(sheet).ok()?).map(String::as_str)
    }

    /// What is printed in a cell that the reader changed.
    pub fn tried_at(&self, at: Anchor) -> Option<&str> {
        self.tried.get(&at).map(String::as_str)
    }

    /// The analysis.
    pub fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// A finding by its index.
    pub fn finding(&self, index: u32) -> Option<&Finding> {
        self.analysis.findings.get(usize::try_from(index).ok()?)
    }

    /// A check by its index.
    pub fn check(&self, index: u32) -> Option<&Checked> {
        self.analysis.checks.get(usize::try_from(index).ok()?)
    }

    /// The disclosure that a document became.
    pub fn disclosure(&self, document: usize) -> Option<&Disclosure> {
        self.analysis.disclosures.get(document)
    }

    /// The tables of a document.
    pub fn tables_of(&self, document: usize) -> &[Table] {
        self.disclosure(document).map_or(&[], |d| &d.tables)
    }

    /// The findings of a document, by weight.
    pub fn findings_of(&self, document: usize) -> &[u32] {
        self.by_document.get(document).map_or(&[], Vec::as_slice)
    }

    /// The text of a document, line by line.
    pub fn source(&self, document: usize) -> Option<&SourceText> {
        self.sources.get(document)
    }

    /// The checks of a document with their indexes.
    pub fn checks_of(&self, document: usize) -> impl Iterator<Item = (u32, &Checked)> {
        (0_u32..).zip(&self.analysis.checks).filter(move |(_, c)| usize::from(c.disclosure) == document)
    }

    /// The checks that a cell or statement takes part in.
    pub fn checks_at(&self, at: Anchor) -> &[u32] {
        self.takes_part.get(&at).map_or(&[], Vec::as_slice)
    }

    /// The finding that speaks for a failed check.
    pub fn finding_of_check(&self, check: u32) -> Option<u32> {
        self.finding_of.get(&check).copied()
    }

    /// The finding that names this cell or statement, as the one suspect or as one of several.
    pub fn finding_at(&self, at: Anchor) -> Option<u32> {
        self.suspects
            .get(&at)
            .or_else(|| self.candidates.get(&at))
            .copied()
            .or_else(|| self.checks_at(at).iter().find_map(|&check| self.finding_of_check(check)))
    }

    /// Whether one finding names this cell alone.
    pub fn is_suspect(&self, at: Anchor) -> bool {
        self.suspects.contains_key(&at)
    }

    /// Whether a finding names this cell among several.
    pub fn is_candidate(&self, at: Anchor) -> bool {
        self.candidates.contains_key(&at)
    }

    /// The mark of the finding that names this cell.
    pub fn suspect_mark(&self, at: Anchor) -> Option<Mark> {
        let index = self.suspects.get(&at).or_else(|| self.candidates.get(&at))?;
        self.finding(*index).map(|finding| Mark::from(finding.severity))
    }

    /// The outcomes of the checks that a cell or statement takes part in, guards that kept quiet left out.
    pub fn outcomes_at(&self, at: Anchor) -> impl Iterator<Item = Outcome> {
        self.checks_at(at)
            .iter()
            .filter_map(|&check| self.check(check))
            .map(|checked| checked.verdict.outcome)
            .filter(|&outcome| outcome != Outcome::NotApplicable)
    }

    /// The worst mark of a document, for its tab.
    pub fn worst_mark(&self, document: usize) -> Mark {
        let worst = self.findings_of(document).iter().filter_map(|&f| self.finding(f)).map(|f| f.severity).min();
        match worst {
            Some(Severity::Error) => Mark::Mismatch,
            Some(Severity::Warning) => Mark::Warning,
            _ => match self.counts(document) {
                counts if counts.compared() == 0 => Mark::Unchecked,
                // A difference that is only explained: not everything ties.
                counts if counts.hint > 0 => Mark::Info,
                _ => Mark::Ok,
            },
        }
    }

    /// The table to show first: one with a mismatch, else the first that is there.
    pub(super) fn first_table_of_interest(&self, document: usize) -> usize {
        let entries = self.table_entries(document);
        let mismatched = entries.iter().position(|entry| entry.mark == Mark::Mismatch);
        mismatched.or_else(|| entries.iter().position(|entry| entry.state == TableState::Present)).unwrap_or(0)
    }
}

impl From<Severity> for Mark {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Mismatch,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Info,
        }
    }
}

impl From<Outcome> for Mark {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Pass => Self::Ok,
            Outcome::Fail => Self::Mismatch,
            Outcome::Rounding => Self::Rounding,
            Outcome::NotApplicable => Self::Absent,
            Outcome::NotCheckable => Self::Unchecked,
        }
    }
}

/// Every cell or statement that a claim speaks of.
pub(crate) fn anchors_of(claim: &Claim) -> Box<dyn Iterator<Item = Anchor> + '_> {
    match claim {
        Claim::Equation(equation) => Box::new(equation.left.iter().chain(&equation.right).map(|&Term { at, .. }| at)),
        Claim::Ratio(ratio) => Box::new(
            std::iter::once(ratio.percent).chain(ratio.part.iter().chain(&ratio.whole).map(|&Term { at, .. }| at)),
        ),
        Claim::Fact { at, .. } | Claim::NotCheckable { at, .. } => Box::new(at.iter().copied()),
        Claim::NotApplicable(_) => Box::new(std::iter::empty()),
    }
}
