//! The verdict on one document: counts by outcome, the sentence, what was covered.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Mark;
use super::opened::{Opened, anchors_of};
use crate::amount::Unit;
use crate::disclosure::{Anchor, Concept, RowRole, Stage, StatementKind, Status, Table, TableKind};
use crate::document::PageContent;
use crate::rules::judge::Outcome;
use crate::rules::{Checked, Claim, Severity};

/// With fewer figures checked than this, nothing is concluded: one small table alone gives about as many.
const ENOUGH_CHECKS: usize = 20;

/// How the checks of a document came out. Not to be added to findings: one cause makes several checks fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// 相符
    pub pass: usize,
    /// 舍入
    pub rounding: usize,
    /// 不符: checks that do not hold, of a finding that weighs as an error.
    pub fail: usize,
    /// 供对照: checks that do not hold and weigh less, as in a hint or a note.
    pub hint: usize,
    /// 无法核对
    pub not_checkable: usize,
    /// 不适用
    pub not_applicable: usize,
    /// Findings that an identity which must hold does not: places, not checks.
    pub mismatches: usize,
    /// Findings that are hints.
    pub warnings: usize,
    /// Findings that are only worth knowing.
    pub infos: usize,
}

impl Counts {
    /// How many checks compared something.
    pub fn compared(&self) -> usize {
        self.pass + self.rounding + self.fail + self.hint
    }

    /// How many findings there are.
    pub fn findings(&self) -> usize {
        self.mismatches + self.warnings + self.infos
    }
}

/// The sentence above everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Headline {
    /// 主要总数都对得上，有 {n} 处数字不符。
    MainTie {
        /// Places that do not tie.
        places: usize,
    },
    /// 有总数对不上，另有 {n} 处不符。
    MainApart {
        /// Further places that do not tie.
        others: usize,
    },
    /// 主要总数都对得上，有 {n} 处建议对照。
    Hints {
        /// Places that an identity which usually holds does not.
        places: usize,
    },
    /// 主要总数都对得上，有 {n} 处说明。
    Notes {
        /// Places that are only worth knowing, and where figures differ.
        places: usize,
    },
    /// 核对到的 {n} 项数字都对得上。
    AllTie {
        /// Figures checked.
        figures: usize,
    },
    /// 只核对到 {n} 项，不足以下结论。
    TooFew {
        /// Figures checked.
        figures: usize,
        /// Places that do not tie all the same.
        places: usize,
    },
    /// 文件读到了，但没有认出预算表。
    NoTables {
        /// Lines of text that were read.
        lines: usize,
    },
}

/// What was read and how much of it was held against something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The department or unit.
    pub unit_name: Option<String>,
    /// The year of the figures.
    pub year: Option<u16>,
    /// Budget or final accounts.
    pub stage: Option<Stage>,
    /// The unit that most tables print.
    pub unit: Option<Unit>,
    /// Tables that are there.
    pub tables: usize,
    /// Tables published without rows.
    pub empty: usize,
    /// Tables announced and not in the text.
    pub missing: usize,
    /// Numbers of the prose that look like amounts.
    pub numbers: usize,
    /// Amounts of the prose that at least one check compared.
    pub numbers_compared: usize,
    /// Pages that are pictures without text: nothing on them was read.
    pub picture_pages: Vec<u32>,
    /// How many pages there are; 0 for forms without pages.
    pub pages: usize,
}

impl Opened {
    /// Counts by outcome and by weight.
    pub fn counts(&self, document: usize) -> Counts {
        let mut counts = Counts::default();
        for (index, checked) in self.checks_of(document) {
            *match self.mark_of_check(index, checked) {
                Mark::Ok => &mut counts.pass,
                Mark::Rounding => &mut counts.rounding,
                Mark::Mismatch => &mut counts.fail,
                Mark::Warning | Mark::Info => &mut counts.hint,
                Mark::Unchecked => &mut counts.not_checkable,
                Mark::Absent => &mut counts.not_applicable,
            } += 1;
        }
        for finding in self.findings_of(document).iter().filter_map(|&f| self.finding(f)) {
            *match finding.severity {
                Severity::Error => &mut counts.mismatches,
                Severity::Warning => &mut counts.warnings,
                Severity::Info => &mut counts.infos,
            } += 1;
        }
        counts
    }

    /// How a check is counted: what does not hold weighs as the finding that it belongs to.
    pub(super) fn mark_of_check(&self, index: u32, checked: &Checked) -> Mark {
        let finding = || self.finding_of_check(index).and_then(|finding| self.finding(finding));
        match checked.verdict.outcome {
            Outcome::Fail => finding().map_or(Mark::Info, |finding| Mark::from(finding.severity)),
            outcome => Mark::from(outcome),
        }
    }

    /// The indexes of the checks that are counted so; what does not hold and weighs less than a mismatch is a hint.
    pub fn checks_marked(&self, document: usize, mark: Mark) -> Vec<u32> {
        let counted = |index, checked| match self.mark_of_check(index, checked) {
            Mark::Info => Mark::Warning,
            mark => mark,
        };
        let checks = self.checks_of(document).filter(|&(index, checked)| counted(index, checked) == mark);
        checks.map(|(index, _)| index).collect()
    }

    /// The sentence above everything.
    pub fn headline(&self, document: usize) -> Headline {
        let counts = self.counts(document);
        let figures = counts.compared();
        if !self.tables_of(document).iter().any(|t| t.status == Status::Present) && figures == 0 {
            return Headline::NoTables { lines: self.source(document).map_or(0, super::SourceText::written) };
        }
        let totals = self.main_totals(document);
        if figures < ENOUGH_CHECKS || totals.is_empty() {
            return Headline::TooFew { figures, places: counts.mismatches };
        }
        let apart = self.findings_against(document, &totals);
        match counts {
            _ if apart > 0 => Headline::MainApart { others: counts.mismatches.saturating_sub(apart) },
            Counts { mismatches, .. } if mismatches > 0 => Headline::MainTie { places: mismatches },
            // "All tie" would say too much of what the list below has a hint or a note on.
            Counts { warnings, .. } if warnings > 0 => Headline::Hints { places: warnings },
            Counts { fail, hint, infos, .. } if fail + hint > 0 => Headline::Notes { places: infos },
            _ => Headline::AllTie { figures },
        }
    }

    /// The cells and statements that state the totals of the whole budget.
    pub(super) fn main_totals(&self, document: usize) -> BTreeSet<Anchor> {
        let mut totals = BTreeSet::new();
        let Ok(disclosure) = u16::try_from(document) else { return totals };
        for (index, table) in (0_u16..).zip(self.tables_of(document)) {
            for (row, column) in total_cells(table) {
                totals.insert(Anchor::Cell { disclosure, table: index, row, column });
            }
        }
        let statements = self.disclosure(document).map_or(&[][..], |d| &d.statements);
        for (statement, said) in (0_u32..).zip(statements) {
            let total =
                matches!(said.concept, Some(Concept::TotalRevenue | Concept::TotalExpenditure | Concept::TotalBudget));
            if total && said.kind == StatementKind::Amount {
                totals.insert(Anchor::Statement { disclosure, statement });
            }
        }
        totals
    }

    /// How many mismatches are about a main total itself: the total is the suspect, or nothing but totals is
    /// compared, or no single cell is named and the total is the stated side.
    fn findings_against(&self, document: usize, totals: &BTreeSet<Anchor>) -> usize {
        let findings = self.findings_of(document).iter().filter_map(|&f| self.finding(f));
        findings
            .filter(|finding| finding.severity == Severity::Error)
            .filter(|finding| match &finding.suspect {
                Some(suspect) if suspect.alternatives.is_empty() => totals.contains(&suspect.at),
                _ => finding.checks.iter().filter_map(|&c| self.check(c)).any(|checked| match &checked.claim {
                    Claim::Equation(equation) => {
                        let stated = equation.left.len() == 1 && totals.contains(&equation.left[0].at);
                        stated || anchors_of(&checked.claim).all(|at| totals.contains(&at))
                    }
                    _ => false,
                }),
            })
            .count()
    }

    /// The pages of a document, by what there was to read on them.
    fn pages_with(&self, document: usize, content: PageContent) -> Vec<u32> {
        self.analysis().documents.get(document).map_or_else(Vec::new, |document| document.pages_with(content))
    }

    /// What was read and how much of it was held against something.
    pub fn coverage(&self, document: usize) -> Coverage {
        let Some(disclosure) = self.disclosure(document) else { return Coverage::default() };
        let status = |wanted: fn(&Status) -> bool| disclosure.tables.iter().filter(|t| wanted(&t.status)).count();
        let at = u16::try_from(document).unwrap_or(u16::MAX);
        let compared = |statement: u32| {
            self.outcomes_at(Anchor::Statement { disclosure: at, statement }).any(|o| o != Outcome::NotCheckable)
        };
        let statements = u32::try_from(disclosure.statements.len()).unwrap_or(u32::MAX);
        let units: Vec<Unit> = disclosure.tables.iter().filter_map(|t| t.unit).collect();
        let most = units.iter().max_by_key(|unit| units.iter().filter(|u| u == unit).count());
        Coverage {
            unit_name: disclosure.unit_name.clone(),
            year: disclosure.year,
            stage: disclosure.stage,
            unit: most.copied(),
            tables: status(|s| matches!(s, Status::Present)),
            empty: status(|s| matches!(s, Status::Empty { .. })),
            missing: status(|s| matches!(s, Status::Missing)),
            numbers: usize::try_from(disclosure.numbers_in_prose)
                .unwrap_or(usize::MAX)
                .max(disclosure.statements.len()),
            numbers_compared: (0..statements).filter(|&s| compared(s)).count(),
            picture_pages: self.pages_with(document, PageContent::Picture),
            pages: self.analysis().documents.get(document).map_or(0, |document| document.pages.len()),
        }
    }
}

/// The cells of a summary table that state the whole: row and column.
pub(super) fn total_cells(table: &Table) -> Vec<(u32, u16)> {
    let roles: &[RowRole] = match table.kind {
        TableKind::RevenueExpenditureSummary => &[RowRole::GrandTotal],
        TableKind::RevenueSummary | TableKind::ExpenditureSummary => &[RowRole::Total, RowRole::GrandTotal],
        _ => return Vec::new(),
    };
    let mut cells = Vec::new();
    for (row, line) in (0_u32..).zip(&table.rows) {
        if !roles.contains(&line.role) {
            continue;
        }
        // The first amount of the row is the whole; what follows divides it.
        if let Some(column) =
            table.amount_columns().find(|&c| line.entries.get(c).is_some_and(|e| e.amount().is_some()))
        {
            cells.extend(u16::try_from(column).map(|column| (row, column)));
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use crate::analysis::Analysis;

    #[test]
    fn places_are_counted_not_consequences() {
        let session = fixture::session();
        let counts = session.opened().counts(0);
        assert_eq!((counts.mismatches, counts.warnings), (2, 1));
        assert!(counts.fail > counts.mismatches, "one cause makes several checks fail: {counts:?}");
        assert_eq!(counts.rounding, 1);
    }

    #[test]
    fn a_wrong_detail_leaves_the_main_totals_alone() {
        assert_eq!(fixture::session().opened().headline(0), Headline::MainTie { places: 2 });
    }

    #[test]
    fn a_suspected_total_is_said_first() {
        let mut analysis = fixture::analysis();
        let totals = Opened::new(analysis.clone()).main_totals(0);
        let total = *totals.iter().next().unwrap();
        analysis.findings[0].suspect.as_mut().unwrap().at = total;
        assert_eq!(Opened::new(analysis).headline(0), Headline::MainApart { others: 1 });
    }

    #[test]
    fn without_findings_all_tie() {
        let mut analysis = fixture::analysis();
        analysis.findings.clear();
        analysis.checks.retain(|c| c.verdict.outcome != Outcome::Fail);
        let opened = Opened::new(analysis);
        assert_eq!(opened.headline(0), Headline::AllTie { figures: opened.counts(0).compared() });
    }

    /// The sentence, the mark of the tab and the counts of the meter say the same of what does not hold and is no error.
    #[test]
    fn what_weighs_less_is_not_counted_as_a_mismatch() {
        for (severity, mark) in [(Severity::Warning, Mark::Warning), (Severity::Info, Mark::Info)] {
            let mut analysis = fixture::analysis();
            for finding in &mut analysis.findings {
                finding.severity = severity;
            }
            let opened = Opened::new(analysis);
            let counts = opened.counts(0);
            let places = opened.findings_of(0).len();
            assert_eq!((counts.fail, counts.hint > 0), (0, true));
            assert_eq!(opened.checks_marked(0, Mark::Mismatch), Vec::<u32>::new());
            assert_eq!(opened.checks_marked(0, Mark::Warning).len(), counts.hint);
            assert_eq!(opened.worst_mark(0), mark);
            let headline = match severity {
                Severity::Info => Headline::Notes { places },
                _ => Headline::Hints { places },
            };
            assert_eq!(opened.headline(0), headline);
        }
    }

    #[test]
    fn too_little_is_no_verdict() {
        let mut analysis = fixture::analysis();
        analysis.findings.clear();
        analysis.checks.retain(|c| c.verdict.outcome == Outcome::Pass);
        analysis.checks.truncate(9);
        assert_eq!(Opened::new(analysis).headline(0), Headline::TooFew { figures: 9, places: 0 });
    }

    #[test]
    fn text_without_tables_is_said_so() {
        let mut analysis = Analysis { documents: fixture::analysis().documents, ..Analysis::default() };
        analysis.disclosures.push(crate::disclosure::Disclosure::default());
        assert!(matches!(Opened::new(analysis).headline(0), Headline::NoTables { .. }));
    }

    #[test]
    fn empty_and_missing_tables_are_counted_apart() {
        let coverage = fixture::session().opened().coverage(0);
        assert_eq!((coverage.empty, coverage.missing), (1, 1));
        assert_eq!(coverage.unit, Some(Unit::TenThousand));
        assert!(coverage.numbers >= coverage.numbers_compared && coverage.numbers_compared > 0);
    }

    #[test]
    fn pages_that_are_pictures_are_counted() {
        let mut analysis = fixture::analysis();
        let page = |content| crate::document::Page { width: 59_500, height: 84_200, turns: 0, content };
        analysis.documents[0].pages =
            [PageContent::Text, PageContent::Picture, PageContent::Picture, PageContent::Blank].map(page).to_vec();
        let coverage = Opened::new(analysis).coverage(0);
        assert_eq!((coverage.picture_pages, coverage.pages), (vec![2, 3], 4));
    }
}
