//! How well mistakes are found: puts mistakes that hands and machines make into the amounts of a document, one at a time
//! or two, and counts what the checks make of them.
//!
//! An amount is changed in the [`Document`], before it is recognised, so that a reading which would explain the mistake
//! away counts against us. What is reported beside the unchanged document's own findings is what a mistake brought about:
//!
//! - *found*: a finding of severity error or warning points to the changed cell;
//! - *named*: such a finding says that it is this cell, and no other;
//! - *right*: and what it says would fit is what was printed before;
//! - *offered*: it is not named alone, but is among the cells that a finding offers;
//! - *hidden*: no identity can show it: whatever holds the figure still holds, within the printed precision or because two
//!   figures of one sum changed places. Nothing that checks sums can tell it from a sound document, so it is counted and
//!   printed by itself, and the shares are of all others;
//! - *undecided*: why one that shows was not named: another figure, or an item that is withheld, explains what fails as
//!   well. It stays among those that the shares are of.
//!
//! Both are worked out from the identities alone.
//!
//! The same documents, seed and number give the same mistakes and the same counts.

mod mistake;
mod print;
mod site;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub use self::mistake::Family;
pub use self::print::{json, text};
use self::site::Site;
use crate::disclosure::{Anchor, Disclosure};
use crate::document::Document;
use crate::explain::{self, Finding};
use crate::parallel;
use crate::recognise::recognise;
use crate::rules::judge::{Judge, Outcome};
use crate::rules::{self, Checked, Claim, Relation, Severity};

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many single mistakes, and half as many pairs, for each document.
    pub count: usize,
    /// Where the choice begins.
    pub seed: u64,
}

/// What mistakes of one kind came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Mistakes made.
    pub made: usize,
    /// Of those, found.
    pub found: usize,
    /// Of those, with the right cell named.
    pub named: usize,
    /// Of those, with the value that was printed before.
    pub right: usize,
    /// Not named alone, but offered among several.
    pub offered: usize,
    /// Findings that the mistakes brought about, whatever they point to.
    pub findings: usize,
    /// Mistakes that no identity can show: each holds within the printed precision, or whichever way two figures stand. Of two
    /// mistakes at once, one such is enough.
    pub hidden: usize,
    /// Mistakes that the identities cannot tell from another one: a different figure, or an item that is withheld, would
    /// explain what fails as well. They are counted where they were not named all the same.
    pub undecided: usize,
}

/// Mistakes that belong together in the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Class {
    /// What kind of mistake.
    pub family: Family,
    /// Where it was made: the table's kind, or `prose`.
    pub kind: &'static str,
    /// Whether two identities at least hold the cell, or one.
    pub identities: Identities,
}

/// How many identities of the unchanged document a cell stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Identities {
    /// One.
    One,
    /// Two or more.
    Several,
}

/// The account over all documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// By class.
    pub classes: BTreeMap<Class, Count>,
    /// Cells that identities hold and that could not be changed in the document.
    pub out_of_reach: usize,
    /// What was not found, named or right, for a closer look: at most `MOST_TOLD`.
    pub missed: Vec<Missed>,
}

/// A mistake that was not found, named and put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missed {
    /// The document's name.
    pub document: String,
    /// What was done.
    pub class: Class,
    /// Where, before and after.
    pub changes: Vec<(Anchor, String, String)>,
    /// How far it got: `lost`, `silent`, `found`, `offered`, `named`.
    pub reached: &'static str,
    /// Why it cannot be told, where it cannot: `hidden`, `undecided`.
    pub why: Option<&'static str>,
    /// The titles of the findings that it brought about.
    pub findings: Vec<String>,
}

/// More of the missed mistakes than this are counted only.
const MOST_TOLD: usize = 400;

impl Count {
    /// Mistakes that some identity shows: what the shares are of.
    pub fn shown(&self) -> usize {
        self.made.saturating_sub(self.hidden)
    }

    fn add(&mut self, other: Self) {
        self.made += other.made;
        self.found += other.found;
        self.named += other.named;
        self.right += other.right;
        self.offered += other.offered;
        self.findings += other.findings;
        self.hidden += other.hidden;
        self.undecided += other.undecided;
    }
}

impl Account {
    /// The sum of the classes that `wanted` takes.
    pub fn sum(&self, wanted: impl Fn(&Class) -> bool) -> Count {
        let mut sum = Count::default();
        for (_, count) in self.classes.iter().filter(|(class, _)| wanted(class)) {
            sum.add(*count);
        }
        sum
    }

    fn take(&mut self, outcome: Outcomes) {
        self.classes.entry(outcome.class).or_default().add(outcome.count);
        if self.missed.len() < MOST_TOLD {
            self.missed.extend(outcome.missed);
        }
    }
}

/// Makes the mistakes in each document and counts. Documents without an amount that an identity holds count nothing.
pub fn bench(documents: &[Document], options: Options) -> Account {
    let mut account = Account::default();
    for document in documents {
        let sound = Sound::new(document);
        account.out_of_reach += sound.out_of_reach;
        let trials = sound.trials(options);
        for outcome in parallel::map(&trials, |trial| sound.outcome(trial)).into_iter().flatten() {
            account.take(outcome);
        }
    }
    account
}

/// A cell that mistakes are made in.
#[derive(Clone, Debug)]
struct Cell {
    at: Anchor,
    printed: String,
    site: Site,
    kind: &'static str,
    /// How many identities hold it.
    uses: usize,
    identities: Identities,
}

/// One trial: what is printed instead in one cell or two.
#[derive(Clone, Debug)]
struct Trial {
    class: Class,
    /// Index of the cell, and what is printed there instead.
    changes: Vec<(usize, String)>,
}

/// What came of one trial.
struct Outcomes {
    class: Class,
    count: Count,
    missed: Option<Missed>,
}

/// An unchanged document and what is reported of it.
struct Sound<'a> {
    document: &'a Document,
    cells: Vec<Cell>,
    /// What is reported of it anyway.
    known: BTreeSet<(String, Vec<Anchor>)>,
    out_of_reach: usize,
}

impl<'a> Sound<'a> {
    fn new(document: &'a Document) -> Self {
        let (disclosures, checks, findings) = run(document);
        let mut cells = Vec::new();
        let mut out_of_reach = 0;
        for (at, uses) in uses(&disclosures, &checks) {
            let Some((printed, kind)) = printed(&disclosures, at) else { continue };
            match site::of(document, &disclosures[0], at, &printed) {
                Some(site) => {
                    let identities = if uses > 1 { Identities::Several } else { Identities::One };
                    cells.push(Cell { at, printed, site, kind, uses, identities });
                }
                None => out_of_reach += 1,
            }
        }
        let known = findings.into_iter().map(|finding| (finding.title.zh, finding.at)).collect();
        Self { document, cells, known, out_of_reach }
    }

    /// The mistakes to be made: cells and families drawn anew for each.
    fn trials(&self, options: Options) -> Vec<Trial> {
        let mut draw = fastrand::Rng::with_seed(options.seed);
        let mut trials = Vec::new();
        if self.cells.is_empty() {
            return trials;
        }
        // Families do not apply to every figure; a few more draws than are asked for make up for it.
        for _ in 0..options.count.saturating_mul(4) {
            if trials.len() >= options.count {
                break;
            }
            let family = Family::SINGLE[draw.usize(..Family::SINGLE.len())];
            let first = draw.usize(..self.cells.len());
            trials.extend(if family == Family::Exchanged {
                self.exchange(first, &mut draw)
            } else {
                let cell = &self.cells[first];
                mistake::make(family, &cell.printed, &mut draw)
                    .map(|text| Trial { class: self.class(family, first), changes: vec![(first, text)] })
            });
        }
        let singles = trials.len();
        for _ in 0..options.count.saturating_mul(2) {
            if trials.len() >= singles + options.count / 2 {
                break;
            }
            let (first, second) = (draw.usize(..self.cells.len()), draw.usize(..self.cells.len()));
            let mut typed = |at: usize| {
                let family = Family::TYPED[draw.usize(..Family::TYPED.len())];
                mistake::make(family, &self.cells[at].printed, &mut draw)
            };
            if first != second
                && let (Some(one), Some(other)) = (typed(first), typed(second))
                && self.cells[first].site != self.cells[second].site
            {
                let both = self.class(Family::Two, first);
                let weaker = both.identities.min(self.cells[second].identities);
                let class = Class { identities: weaker, ..both };
                trials.push(Trial { class, changes: vec![(first, one), (second, other)] });
            }
        }
        trials
    }

    fn class(&self, family: Family, cell: usize) -> Class {
        let Cell { kind, identities, .. } = self.cells[cell];
        Class { family, kind, identities }
    }

    /// Two cells side by side, or one above the other, that print different figures.
    fn exchange(&self, first: usize, draw: &mut fastrand::Rng) -> Option<Trial> {
        let one = &self.cells[first];
        let Anchor::Cell { table, row, column, .. } = one.at else { return None };
        let near: Vec<usize> = (0..self.cells.len())
            .filter(|&other| match self.cells[other].at {
                Anchor::Cell { table: t, row: r, column: c, .. } => {
                    t == table && (r == row && c != column || c == column && r.abs_diff(row) == 1)
                }
                _ => false,
            })
            .filter(|&other| {
                let other = &self.cells[other];
                other.printed != one.printed && other.site != one.site
            })
            .collect();
        let second = *near.get(draw.usize(..near.len().max(1)))?;
        let class = self.class(Family::Exchanged, first);
        let weaker = class.identities.min(self.cells[second].identities);
        let changes = vec![(first, self.cells[second].printed.clone()), (second, one.printed.clone())];
        Some(Trial { class: Class { identities: weaker, ..class }, changes })
    }

    /// Whether one change alone leaves every identity of its figure as it was.
    fn is_hidden(&self, (cell, text): &(usize, String)) -> bool {
        let cell = &self.cells[*cell];
        let mut document = self.document.clone();
        if cell.site.put(&mut document, &cell.printed, text).is_none() {
            return false;
        }
        let (disclosures, checks, findings) = run(&document);
        let quiet = |finding: &Finding| {
            finding.severity > Severity::Warning || self.known.contains(&(finding.title.zh.clone(), finding.at.clone()))
        };
        uses(&disclosures, &checks).get(&cell.at).is_some_and(|&now| now >= cell.uses) && findings.iter().all(quiet)
    }

    /// Makes the mistake and looks what comes of it; `None` where the changed document cannot be told from the sound
    /// one.
    fn outcome(&self, trial: &Trial) -> Option<Outcomes> {
        let mut document = self.document.clone();
        let mut changes: Vec<(&Cell, &String)> =
            trial.changes.iter().map(|(cell, text)| (&self.cells[*cell], text)).collect();
        // What stands behind in one line is changed first, so that what stands before it stays where it is.
        changes.sort_by_key(|(cell, _)| std::cmp::Reverse(cell.site.offset()));
        for (cell, text) in changes {
            cell.site.put(&mut document, &cell.printed, text)?;
        }
        let (disclosures, checks, findings) = run(&document);
        let new: Vec<Finding> = findings
            .into_iter()
            .filter(|finding| finding.severity <= Severity::Warning)
            .filter(|finding| !self.known.contains(&(finding.title.zh.clone(), finding.at.clone())))
            .collect();
        let cells: Vec<&Cell> = trial.changes.iter().map(|(cell, _)| &self.cells[*cell]).collect();
        let all = |test: &dyn Fn(&Cell) -> bool| cells.iter().all(|cell| test(cell));
        let exchanged = trial.class.family == Family::Exchanged;
        let is_exchange = |finding: &Finding| {
            finding.suspect.is_none() && finding.at.len() >= 2 && all(&|cell| finding.at[..2].contains(&cell.at))
        };
        let found = all(&|cell| new.iter().any(|finding| finding.at.contains(&cell.at)));
        let naming = |cell: &Cell| {
            new.iter()
                .filter_map(|finding| finding.suspect.as_ref())
                .find(|suspect| suspect.at == cell.at && suspect.alternatives.is_empty())
        };
        let swap_told = exchanged && new.iter().any(is_exchange);
        let named = swap_told || all(&|cell| naming(cell).is_some());
        let fits = |cell: &Cell| {
            let value = naming(cell).and_then(|suspect| suspect.fitting.as_ref()).map(crate::amount::Amount::value);
            value.is_some() && value == crate::amount::Amount::parse(&cell.printed).map(|amount| amount.value())
        };
        let right = swap_told || all(&fits);
        let offers = |cell: &Cell| {
            let suspects = new.iter().filter_map(|finding| finding.suspect.as_ref());
            suspects.flat_map(|s| std::iter::once(s).chain(&s.alternatives)).any(|suspect| suspect.at == cell.at)
        };
        // Of several pairs that may have changed places each stands in a pair of its own.
        let offers_exchange = |finding: &Finding| {
            let mut pairs = finding.at.chunks_exact(2);
            finding.suspect.is_none() && pairs.any(|pair| all(&|cell| pair.contains(&cell.at)))
        };
        let offered = !named && (all(&offers) || exchanged && new.iter().any(offers_exchange));
        let lost = !trial.changes.iter().all(|(cell, text)| {
            printed(&disclosures, self.cells[*cell].at).is_some_and(|(printed, _)| printed == *text)
        });
        let still = || {
            let now = uses(&disclosures, &checks);
            new.is_empty() && all(&|cell| now.get(&cell.at).is_some_and(|&now| now >= cell.uses))
        };
        let one_is_hidden = || trial.changes.iter().any(|change| self.is_hidden(change));
        let hidden = !found && !lost && if exchanged { still() } else { one_is_hidden() };
        let decided = || {
            let right = |&(cell, _): &(usize, String)| {
                let cell = &self.cells[cell];
                Some((cell.at, crate::amount::Amount::parse(&cell.printed)?.value()))
            };
            let all: Vec<_> = trial.changes.iter().filter_map(right).collect();
            all.iter().all(|&wrong| {
                let others: Vec<_> = all.iter().copied().filter(|(at, _)| *at != wrong.0).collect();
                explain::is_determined(&disclosures, &checks, wrong, &others)
            })
        };
        let undecided = !named && !hidden && !lost && !exchanged && !decided();
        let count = Count {
            made: 1,
            found: usize::from(found),
            named: usize::from(named),
            right: usize::from(right),
            offered: usize::from(offered),
            findings: new.len(),
            hidden: usize::from(hidden),
            undecided: usize::from(undecided),
        };
        let reached = match (right, named, offered, found) {
            (true, ..) => None,
            (_, true, ..) => Some("named"),
            (.., true, _) => Some("offered"),
            (.., true) => Some("found"),
            _ if lost => Some("lost"),
            _ => Some("silent"),
        };
        let why = match (hidden, undecided) {
            (true, _) => Some("hidden"),
            (_, true) => Some("undecided"),
            _ => None,
        };
        let missed = reached.map(|reached| Missed {
            document: self.document.name.clone(),
            class: trial.class,
            changes: trial
                .changes
                .iter()
                .map(|(cell, text)| (self.cells[*cell].at, self.cells[*cell].printed.clone(), text.clone()))
                .collect(),
            reached,
            why,
            findings: new.iter().map(|finding| finding.title.zh.clone()).collect(),
        });
        Some(Outcomes { class: trial.class, count, missed })
    }
}

/// How many equalities hold about each figure, those left out that rest on a doubtful reading and are never told of.
fn uses(disclosures: &[Disclosure], checks: &[Checked]) -> BTreeMap<Anchor, usize> {
    let judge = Judge::new(disclosures);
    let mut uses: BTreeMap<Anchor, usize> = BTreeMap::new();
    for check in checks {
        if let (Claim::Equation(equation), Outcome::Pass | Outcome::Rounding) = (&check.claim, check.verdict.outcome)
            && equation.relation == Relation::Equal
        {
            let terms: BTreeSet<Anchor> = equation.left.iter().chain(&equation.right).map(|t| t.at).collect();
            if terms.iter().any(|&at| judge.doubt(at).is_some()) {
                continue;
            }
            for at in terms {
                *uses.entry(at).or_default() += 1;
            }
        }
    }
    uses
}

fn run(document: &Document) -> (Vec<Disclosure>, Vec<Checked>, Vec<Finding>) {
    let mut disclosures = vec![recognise(document)];
    let checks = rules::check_and_note(&mut disclosures);
    let findings = explain::explain(&disclosures, &checks);
    (disclosures, checks, findings)
}

/// A printed amount that is not zero, and where it stands: the table's kind, or `prose`.
fn printed(disclosures: &[Disclosure], at: Anchor) -> Option<(String, &'static str)> {
    let disclosure = disclosures.get(at.disclosure())?;
    let (amount, kind) = match at {
        Anchor::Cell { table, row, column, .. } => {
            let table = disclosure.tables.get(usize::from(table))?;
            let entry = table.rows.get(usize::try_from(row).ok()?)?.entries.get(usize::from(column))?;
            (entry.amount()?, table.kind.id())
        }
        Anchor::Statement { statement, .. } => {
            (&disclosure.statements.get(usize::try_from(statement).ok()?)?.amount, "prose")
        }
        _ => return None,
    };
    (!amount.value().is_zero()).then(|| (amount.printed().to_owned(), kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document of the usual tables, in which everything ties.
    fn sound() -> Document {
        let text = include_str!("../explain/sound.md");
        crate::read::read("sound.md", text.as_bytes()).expect("a readable fixture")
    }

    #[test]
    fn typing_mistakes_are_found_and_named_and_the_account_is_the_same_again() {
        let documents = [sound()];
        let options = Options { count: 60, seed: 3 };
        let account = bench(&documents, options);
        assert_eq!(account, bench(&documents, options));
        let typed =
            account.sum(|class| class.identities == Identities::Several && Family::TYPED.contains(&class.family));
        assert!(typed.made > 15, "{typed:?}");
        let seen = typed.shown();
        assert!(typed.found == seen && typed.named * 100 >= seen * 97, "{typed:?} {:#?}", account.missed);
        assert!(typed.findings * 10 <= typed.made * 11, "{typed:?}");
        assert!(text(&account).contains("two identities or more"));
        assert!(json(&account).contains("duizhang-faults/2"));
    }

    #[test]
    fn a_figure_is_changed_where_it_is_printed_and_nowhere_else() {
        let document = sound();
        let sound = Sound::new(&document);
        assert!(sound.cells.len() > 100 && sound.known.is_empty(), "{} {:?}", sound.cells.len(), sound.known);
        for cell in &sound.cells {
            let mut changed = document.clone();
            cell.site.put(&mut changed, &cell.printed, "7777777.77").expect("it stands there");
            let now = printed(&[recognise(&changed)], cell.at).map(|(printed, _)| printed);
            assert_eq!(now.as_deref(), Some("7777777.77"), "{cell:?}");
        }
    }

    /// An economic class whose items have no other sum.
    const CLASS: &str = "# 甲局2024年部门预算\n\n## 一般公共预算基本支出表\n\n单位：万元\n\n\
        | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n| | 合计 | 60.50 |\n| 302 | 商品和服务支出 | 60.50 |\n\
        | 30201 | 办公费 | 22.40 |\n| 30202 | 印刷费 | 14.10 |\n| 30205 | 水费 | 24.00 |\n";

    fn outcome(family: Family, changes: &[(&str, &str)]) -> (Count, Option<&'static str>) {
        let document = crate::read::read("class.md", CLASS.as_bytes()).expect("a readable fixture");
        let sound = Sound::new(&document);
        let cell = |printed: &str| sound.cells.iter().position(|cell| cell.printed == printed).expect("it is held");
        let changes: Vec<_> = changes.iter().map(|&(printed, text)| (cell(printed), text.to_owned())).collect();
        let trial = Trial { class: sound.class(family, changes[0].0), changes };
        let outcome = sound.outcome(&trial).expect("it is printed");
        (outcome.count, outcome.missed.and_then(|missed| missed.why))
    }

    #[test]
    fn what_no_identity_can_show_is_counted_by_itself() {
        let (rounded, why) = outcome(Family::Replaced, &[("14.10", "14.11")]);
        assert_eq!((rounded.hidden, rounded.found, rounded.shown(), why), (1, 0, 0, Some("hidden")));
        let (exchanged, why) = outcome(Family::Exchanged, &[("14.10", "24.00"), ("24.00", "14.10")]);
        assert_eq!((exchanged.hidden, exchanged.found, why), (1, 0, Some("hidden")));
        let (raised, _) = outcome(Family::Replaced, &[("14.10", "17.10")]);
        assert_eq!((raised.hidden, raised.found, raised.shown()), (0, 1, 1));
    }

    #[test]
    fn an_economic_item_that_is_too_low_is_found() {
        for (printed, text) in [("22.40", "2.40"), ("14.10", "12.10"), ("24.00", "4.00")] {
            let (lowered, _) = outcome(Family::Dropped, &[(printed, text)]);
            assert_eq!((lowered.hidden, lowered.found), (0, 1), "{text}");
        }
    }
}
