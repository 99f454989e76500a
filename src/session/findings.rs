//! The list of findings and what could not be checked, and the detail of one of them.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::figures::grouped;
use super::opened::{Opened, anchors_of};
use super::table::Caption;
use super::{Chosen, EquationView, Evidence, LineKind, Mark, Shape, TermLabel};
use crate::amount::Unit;
use crate::disclosure::{Anchor, Message};
use crate::document::Place;
use crate::explain::Suspect;
use crate::rules::judge::Outcome;
use crate::rules::{Claim, Term};

/// A place list longer than this is cut: a row names where to look first, the detail names every place.
const PLACES_IN_A_ROW: usize = 4;

/// How far an equation may be from a readable column sum before another failed check is drawn first.
const READABLE_TERMS: usize = 12;

/// Which findings the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// 全部
    #[default]
    All,
    /// 不符
    Mismatches,
    /// 提示
    Warnings,
    /// 说明
    Infos,
    /// 无法核对 and 舍入
    Unchecked,
}

impl Filter {
    /// Whether a finding with this mark is shown.
    pub fn lets_through(self, mark: Mark) -> bool {
        match self {
            Self::All => true,
            Self::Mismatches => mark == Mark::Mismatch,
            Self::Warnings => mark == Mark::Warning,
            Self::Infos => mark == Mark::Info,
            Self::Unchecked => matches!(mark, Mark::Unchecked | Mark::Rounding),
        }
    }
}

/// One row of the list of findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingRow {
    /// Its index in the analysis.
    pub finding: u32,
    /// Its position in the document's list, from one.
    pub ordinal: usize,
    /// Its weight.
    pub mark: Mark,
    /// What, in one line.
    pub title: Message,
    /// By how much.
    pub gap: Option<Gap>,
    /// Where to look.
    pub whereabouts: Whereabouts,
    /// How many checks failed for this cause.
    pub checks: usize,
}

impl FindingRow {
    /// Whether its title or its tables hold all the words of `query`.
    pub fn speaks_of(&self, query: &str) -> bool {
        let tables =
            self.whereabouts.tables.iter().map(|t| format!("{} {}", t.number.as_deref().unwrap_or(""), t.title));
        let text =
            format!("{} {} {}", self.title.zh, self.title.en, tables.collect::<Vec<_>>().join(" ")).to_lowercase();
        query.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

/// By how much two sides are apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The parts are more than the stated figure.
    Over(String),
    /// The parts are less than the stated figure.
    Under(String),
    /// Two figures that should be one.
    Pair(String, String),
}

/// Where a finding is: its tables, and the places in the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// Tables, each once.
    pub tables: Vec<Caption>,
    /// Whether the prose takes part.
    pub prose: bool,
    /// Places in the source, the likeliest first, each line once; of a cell of a workbook with the name of its sheet.
    pub places: Vec<(Place, Option<String>)>,
    /// Further places that are not listed.
    pub more: usize,
}

/// Something that could not be checked: the checks that one reason kept from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unchecked {
    /// The rule.
    pub rule: String,
    /// What would have been compared first.
    pub label: Message,
    /// Why not.
    pub why: Option<Message>,
    /// The checks, at least one.
    pub checks: Vec<u32>,
    /// Where to look.
    pub whereabouts: Whereabouts,
}

/// One check in the detail of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Its index.
    pub check: u32,
    /// What is compared.
    pub label: Message,
    /// How it came out.
    pub mark: Mark,
    /// The stated side's sum and the other side's, where both are known.
    pub sides: Option<(String, String)>,
    /// The difference without its sign.
    pub difference: Option<String>,
    /// Both sums and the difference as amounts.
    pub amounts: [Option<Decimal>; 3],
    /// Their unit; `None` where the figures are not all of a known one.
    pub unit: Option<Unit>,
}

/// The one cell that, if changed, makes everything tie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuspectView {
    /// Which cell or statement.
    pub at: Anchor,
    /// Its name.
    pub label: TermLabel,
    /// What is printed; `None` for a blank cell.
    pub printed: Option<String>,
    /// What would fit; `None` for "blank, or 0.00".
    pub fitting: Option<String>,
    /// The unit of both.
    pub unit: Option<Unit>,
    /// How many checks agree once it is replaced.
    pub agreeing: u32,
    /// Whether more than one independent check points at it.
    pub sure: bool,
}

/// One of several cells that may be the wrong one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which cell or statement.
    pub at: Anchor,
    /// Its name.
    pub label: TermLabel,
    /// Where it stands.
    pub place: Option<Place>,
    /// What is printed.
    pub printed: Option<String>,
    /// What would fit.
    pub fitting: Option<String>,
    /// How many checks agree once it is replaced.
    pub agreeing: u32,
}

/// Everything that the detail shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// What it is the detail of.
    pub of: Chosen,
    /// Position in the list and length of the list, for findings.
    pub ordinal: Option<(usize, usize)>,
    /// The mark.
    pub mark: Mark,
    /// The rule that speaks.
    pub rule: String,
    /// The heading.
    pub title: Message,
    /// What is printed, what would fit, why.
    pub message: Option<Message>,
    /// Where to look.
    pub whereabouts: Whereabouts,
    /// The equation that is drawn.
    pub equation: Option<EquationView>,
    /// The one suspect.
    pub suspect: Option<SuspectView>,
    /// Several cells, any of which may be the one.
    pub candidates: Vec<Candidate>,
    /// The checks that failed for this cause, or that could not be made for this reason.
    pub checks: Vec<Tally>,
    /// The places that it is about, where no equation names them.
    pub about: Vec<(TermLabel, Anchor, Option<Place>)>,
    /// The source around them.
    pub evidence: Vec<Evidence>,
}

impl Opened {
    /// The rows of the list, the weightiest first.
    pub fn finding_rows(&self, document: usize) -> Vec<FindingRow> {
        let findings = self.findings_of(document).iter();
        (1..).zip(findings).filter_map(|(ordinal, &finding)| self.finding_row(ordinal, finding)).collect()
    }

    fn finding_row(&self, ordinal: usize, index: u32) -> Option<FindingRow> {
        let finding = self.finding(index)?;
        let drawn = self.drawn_check(index, None);
        let equation = drawn.and_then(|check| self.equation(check));
        Some(FindingRow {
            finding: index,
            ordinal,
            mark: Mark::from(finding.severity),
            title: finding.title.clone(),
            // Most titles say by how much themselves.
            gap: equation.as_ref().and_then(gap).filter(|_| !says_an_amount(&finding.title.zh)),
            whereabouts: self.whereabouts(finding.at.iter().copied()),
            checks: finding.checks.len(),
        })
    }

    /// What could not be checked, by reason, in the order of the rules.
    pub fn unchecked_of(&self, document: usize) -> Vec<Unchecked> {
        let mut groups: Vec<Unchecked> = Vec::new();
        let mut known: BTreeMap<(String, String), usize> = BTreeMap::new();
        for (index, checked) in self.checks_of(document) {
            if checked.verdict.outcome != Outcome::NotCheckable {
                continue;
            }
            let why = match &checked.claim {
                Claim::NotCheckable { why, .. } => Some(why.clone()),
                _ => checked.verdict.why.clone(),
            };
            let key = (checked.rule.to_string(), why.as_ref().map(|w| w.zh.clone()).unwrap_or_default());
            let next = groups.len();
            let group = *known.entry(key).or_insert(next);
            if let Some(group) = groups.get_mut(group) {
                group.checks.push(index);
            } else {
                groups.push(Unchecked {
                    rule: checked.rule.to_string(),
                    label: checked.label.clone(),
                    why,
                    checks: vec![index],
                    whereabouts: Whereabouts::default(),
                });
            }
        }
        for group in &mut groups {
            let claims = group.checks.iter().filter_map(|&c| self.check(c)).map(|c| &c.claim);
            group.whereabouts = self.whereabouts(claims.flat_map(anchors_of));
        }
        groups
    }

    /// The checks that differ by no more than the printed precision and that no finding speaks for.
    pub fn roundings_of(&self, document: usize) -> Vec<Tally> {
        self.checks_of(document)
            .filter(|(_, checked)| checked.verdict.outcome == Outcome::Rounding)
            .filter(|&(index, _)| self.finding_of_check(index).is_none())
            .filter_map(|(index, _)| self.tally(index))
            .collect()
    }

    /// The detail of a finding or of a check; `shown` is the check whose equation is drawn, if the reader chose one.
    pub fn detail(&self, chosen: Chosen, shown: Option<u32>) -> Option<Detail> {
        match chosen {
            Chosen::Finding(finding) => self.finding_detail(finding, shown),
            Chosen::Check(check) => self.check_detail(check, shown),
        }
    }

    fn finding_detail(&self, index: u32, shown: Option<u32>) -> Option<Detail> {
        let finding = self.finding(index)?;
        let document = usize::from(finding.disclosure);
        let list = self.findings_of(document);
        let equation = self.drawn_check(index, shown).and_then(|check| self.equation(check));
        let (suspect, candidates) = match &finding.suspect {
            Some(suspect) if suspect.alternatives.is_empty() => (Some(self.suspect_view(suspect)), Vec::new()),
            Some(suspect) => {
                let all = std::iter::once(suspect).chain(&suspect.alternatives);
                (None, all.map(|s| self.candidate(s)).collect())
            }
            None => (None, Vec::new()),
        };
        let hits: Vec<Anchor> = if let Some(suspect) = &suspect {
            vec![suspect.at]
        } else if candidates.is_empty() {
            finding.at.clone()
        } else {
            candidates.iter().map(|c| c.at).collect()
        };
        let related = equation.iter().flat_map(|e| e.lines.iter().filter_map(|line| line.at));
        let related: Vec<Anchor> = related.chain(finding.at.iter().copied()).collect();
        let about = if equation.is_some() { Vec::new() } else { self.about(&finding.at) };
        Some(Detail {
            of: Chosen::Finding(index),
            ordinal: list.iter().position(|&f| f == index).map(|at| (at + 1, list.len())),
            mark: Mark::from(finding.severity),
            rule: finding.rule.to_string(),
            title: finding.title.clone(),
            message: Some(finding.message.clone()),
            whereabouts: self.whereabouts(finding.at.iter().copied()),
            equation,
            suspect,
            candidates,
            checks: finding.checks.iter().filter_map(|&check| self.tally(check)).collect(),
            about,
            evidence: self.evidence(document, &hits, &related),
        })
    }

    fn check_detail(&self, index: u32, shown: Option<u32>) -> Option<Detail> {
        let checked = self.check(index)?;
        let document = usize::from(checked.disclosure);
        let group = self.unchecked_of(document).into_iter().find(|group| group.checks.contains(&index));
        let checks = group.as_ref().map_or_else(|| vec![index], |group| group.checks.clone());
        let drawn = shown.filter(|check| checks.contains(check)).unwrap_or(index);
        let equation = self.equation(drawn);
        let at: Vec<Anchor> = self.check(drawn).map(|c| anchors_of(&c.claim).collect()).unwrap_or_default();
        let about = if equation.is_some() { Vec::new() } else { self.about(&at) };
        let message = group.map_or_else(|| checked.verdict.why.clone(), |group| group.why);
        Some(Detail {
            of: Chosen::Check(index),
            ordinal: None,
            mark: Mark::from(checked.verdict.outcome),
            rule: checked.rule.to_string(),
            title: checked.label.clone(),
            message,
            whereabouts: self.whereabouts(at.iter().copied()),
            equation,
            suspect: None,
            candidates: Vec::new(),
            checks: if checks.len() > 1 { checks.iter().filter_map(|&c| self.tally(c)).collect() } else { Vec::new() },
            about,
            evidence: self.evidence(document, &[], &at),
        })
    }

    /// The check whose equation is drawn: the reader's choice, else a sum that holds the suspect, else any equation.
    fn drawn_check(&self, finding: u32, shown: Option<u32>) -> Option<u32> {
        let finding = self.finding(finding)?;
        if let Some(check) = shown.filter(|check| finding.checks.contains(check)) {
            return Some(check);
        }
        let suspect = finding.suspect.as_ref().map(|s| s.at);
        finding
            .checks
            .iter()
            .copied()
            .filter_map(|check| match &self.check(check)?.claim {
                Claim::Equation(equation) => {
                    let terms = equation.left.len() + equation.right.len();
                    let blank = |term: &&Term| self.value_at(term.at).is_none_or(|value| value.is_zero());
                    let written = terms - equation.left.iter().chain(&equation.right).filter(blank).count();
                    let holds =
                        suspect.is_none_or(|at| equation.left.iter().chain(&equation.right).any(|term| term.at == at));
                    Some((!holds, written <= 2, terms > READABLE_TERMS, terms, check))
                }
                _ => None,
            })
            .min()
            .map(|(.., check)| check)
    }

    pub(super) fn tally(&self, check: u32) -> Option<Tally> {
        let checked = self.check(check)?;
        let verdict = &checked.verdict;
        Some(Tally {
            check,
            label: checked.label.clone(),
            mark: Mark::from(verdict.outcome),
            sides: verdict.left.zip(verdict.right).map(|(left, right)| (grouped(left), grouped(right))),
            difference: verdict.difference.map(|d| grouped(d.abs())),
            amounts: [verdict.left, verdict.right, verdict.difference.map(|d| d.abs())],
            unit: match &checked.claim {
                Claim::Equation(equation) => {
                    let units = equation.left.iter().chain(&equation.right).map(|term| self.unit_at(term.at));
                    units.collect::<Option<Vec<Unit>>>().and_then(|units| units.first().copied())
                }
                _ => None,
            },
        })
    }

    fn suspect_view(&self, suspect: &Suspect) -> SuspectView {
        SuspectView {
            at: suspect.at,
            label: self.full_label(suspect.at),
            printed: suspect.printed.as_ref().map(|a| grouped(a.value())),
            fitting: suspect.fitting.as_ref().map(|a| grouped(a.value())),
            unit: self.unit_at(suspect.at),
            agreeing: suspect.agreeing,
            sure: suspect.agreeing > 1,
        }
    }

    fn candidate(&self, suspect: &Suspect) -> Candidate {
        Candidate {
            at: suspect.at,
            label: self.full_label(suspect.at),
            place: self.analysis().place(suspect.at),
            printed: suspect.printed.as_ref().map(|a| grouped(a.value())),
            fitting: suspect.fitting.as_ref().map(|a| grouped(a.value())),
            agreeing: suspect.agreeing,
        }
    }

    fn about(&self, anchors: &[Anchor]) -> Vec<(TermLabel, Anchor, Option<Place>)> {
        let mut kept = BTreeSet::new();
        anchors
            .iter()
            .filter(|at| kept.insert(**at) && !matches!(at, Anchor::Disclosure { .. }))
            .map(|&at| (self.full_label(at), at, self.analysis().place(at)))
            .collect()
    }

    /// Tables and places of some anchors, in their order, each once.
    pub(super) fn whereabouts(&self, anchors: impl Iterator<Item = Anchor>) -> Whereabouts {
        let mut found = Whereabouts::default();
        let mut tables = BTreeSet::new();
        let mut lines = BTreeSet::new();
        for at in anchors {
            match at {
                Anchor::Cell { disclosure, table, .. } | Anchor::Table { disclosure, table } => {
                    if tables.insert((disclosure, table)) {
                        found.tables.extend(self.analysis().table(at).map(Caption::of));
                    }
                }
                Anchor::Statement { .. } | Anchor::Oddity { .. } => found.prose = true,
                Anchor::Disclosure { .. } => {}
            }
            let Some(place) = self.analysis().place(at) else { continue };
            let line = place.line_number().map_or(place, Place::line);
            if !lines.insert(line) {
                continue;
            }
            if found.places.len() < PLACES_IN_A_ROW {
                found.places.push((place, self.sheet(at.disclosure(), place).map(str::to_owned)));
            } else {
                found.more += 1;
            }
        }
        found
    }
}

/// Whether a title has a figure with decimals in it.
fn says_an_amount(title: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    title
        .match_indices('.')
        .any(|(at, _)| digit(title[..at].chars().next_back()) && digit(title[at + 1..].chars().next()))
}

/// By how much the sides of a drawn equation are apart.
fn gap(equation: &EquationView) -> Option<Gap> {
    if equation.outcome != Outcome::Fail {
        return None;
    }
    match equation.shape {
        Shape::Pair => {
            let mut terms = equation.lines.iter().filter(|line| line.kind != LineKind::Difference);
            Some(Gap::Pair(terms.next()?.figure.text.clone(), terms.next()?.figure.text.clone()))
        }
        Shape::Sum => {
            let last = equation.lines.last().filter(|line| line.kind == LineKind::Difference)?;
            let text = last.figure.text.clone();
            Some(if equation.over { Gap::Over(text) } else { Gap::Under(text) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn rows_stand_by_weight_and_say_by_how_much() {
        let rows = fixture::session().opened().finding_rows(0);
        let marks: Vec<Mark> = rows.iter().map(|row| row.mark).collect();
        assert_eq!(marks, [Mark::Mismatch, Mark::Mismatch, Mark::Warning]);
        assert_eq!(rows[0].gap, Some(Gap::Over("63.00".into())));
        assert_eq!(rows[1].gap, None, "the title says 4.30／4.80");
        assert_eq!(rows[0].whereabouts.tables[0].number.as_deref(), Some("表3"));
    }

    #[test]
    fn a_suspect_is_named_only_when_it_is_the_only_one() {
        let mut analysis = fixture::analysis();
        let finding = Chosen::Finding(0);
        assert!(Opened::new(analysis.clone()).detail(finding, None).unwrap().suspect.is_some());
        let suspect = analysis.findings[0].suspect.as_mut().unwrap();
        let other = Suspect { alternatives: Vec::new(), ..suspect.clone() };
        suspect.alternatives.push(other);
        let detail = Opened::new(analysis).detail(finding, None).unwrap();
        assert!(detail.suspect.is_none());
        assert_eq!(detail.candidates.len(), 2);
    }

    #[test]
    fn what_could_not_be_checked_is_grouped_by_its_reason() {
        let session = fixture::session();
        let groups = session.opened().unchecked_of(0);
        assert_eq!(groups.len(), 1);
        assert_eq!(groups[0].checks.len(), session.opened().counts(0).not_checkable);
        let detail = session.opened().detail(Chosen::Check(groups[0].checks[0]), None).unwrap();
        assert_eq!(detail.mark, Mark::Unchecked);
        assert_eq!(detail.message, groups[0].why);
    }

    #[test]
    fn the_reader_may_have_another_check_drawn() {
        let session = fixture::session();
        let detail = session.opened().detail(Chosen::Finding(0), None).unwrap();
        let other =
            detail.checks.iter().map(|t| t.check).find(|&c| Some(c) != detail.equation.as_ref().map(|e| e.check));
        let again = session.opened().detail(Chosen::Finding(0), other).unwrap();
        assert_eq!(again.equation.map(|e| e.check), other);
    }
}
