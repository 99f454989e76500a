//! STEP 3, check: every rule of the catalogue held against the disclosures.
//!
//! A rule says *what must tie* and under which guard; it never compares. It returns [`Instance`]s: equations over
//! [`Anchor`]s, facts, or the reason why it does not apply. Only [`judge`] compares, with intervals.

mod across_documents;
mod across_tables;
#[cfg(test)]
mod catalogue;
mod columns;
mod completeness;
mod facts;
mod flows;
pub mod judge;
mod money;
mod pattern;
mod prose;
mod rows;
mod sides;
pub(crate) mod sight;
#[cfg(test)]
pub(crate) mod sketch;
mod trust;
mod within_table;
mod wording;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub(crate) use self::columns::total_column;
pub use self::facts::Facts;
use crate::disclosure::{Anchor, Disclosure, Message, Note};
use crate::parallel;

/// How much a finding of the rule weighs. Fixed for each rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Severity {
    /// An identity that must hold does not.
    Error,
    /// What is usual does not hold; often a mistake.
    Warning,
    /// Worth knowing.
    Info,
}

/// The families of the catalogue; a rule's id begins with the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// C: is everything there that must be.
    Completeness,
    /// T: inside one table.
    WithinTable,
    /// X: between tables of one disclosure.
    AcrossTables,
    /// N: the prose against the tables and against itself.
    Prose,
    /// W: wording.
    Wording,
    /// Y: between documents.
    AcrossDocuments,
}

/// One rule of the catalogue. A rule without examples does not compile.
#[derive(Debug)]
pub struct Rule {
    /// Stable id, never reused (`T06`).
    pub id: &'static str,
    /// Short name, Chinese and English.
    pub title: (&'static str, &'static str),
    /// Its family.
    pub family: Family,
    /// The weight of its findings.
    pub severity: Severity,
    /// What it rests on: the article of a law, or the arithmetic of the form.
    pub basis: (&'static str, &'static str),
    /// Why it must tie, in words for a citizen, and what the guard spares.
    pub explain: (&'static str, &'static str),
    /// A disclosure in Markdown that it passes.
    pub holds: &'static str,
    /// A disclosure in Markdown that it fails.
    pub breaks: &'static str,
    /// A near miss, in Markdown, where the guard keeps it quiet.
    pub spared: &'static str,
    /// Every place where it could apply.
    pub check: fn(&Scope) -> Vec<Instance>,
}

/// What it says of a figure of the text that a check of a rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirms {
    /// The figure that is stated, not what it was held against.
    Stated,
    /// Every figure of it: each is what the others leave.
    All,
    /// How figures compare, not how large they are.
    Direction,
}

impl Rule {
    /// What it says of the figures of the text where it holds.
    pub fn confirms(&self) -> Confirms {
        match self.id {
            // Kinds that make up the total, an amount with its change and last year's.
            "N12" | "N27" | "N29" => Confirms::All,
            // A change and its rate, the accounts beside the budget.
            "N14" | "N31" => Confirms::Direction,
            _ => Confirms::Stated,
        }
    }
}

/// What a rule sees: all disclosures that were opened together, and the one that it is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// All of them, in the order given.
    pub disclosures: &'a [Disclosure],
    /// Index of the one to check.
    pub at: usize,
    /// What rules found out of them before.
    facts: &'a Facts<'a>,
}

impl<'a> Scope<'a> {
    /// The disclosure to check.
    pub fn disclosure(&self) -> &'a Disclosure {
        &self.disclosures[self.at]
    }
}

/// One place where a rule was considered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// What is compared, for the reader (`208 = Σ款（基本支出）`).
    pub label: Message,
    /// What the rule has to say there.
    pub claim: Claim,
}

/// What a rule says at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Claim {
    /// Both sides must agree.
    Equation(Equation),
    /// A printed percent must be what its figures give.
    Ratio(Ratio),
    /// A plain fact that holds or not, and where to look.
    Fact {
        /// Whether it is as it should be.
        holds: bool,
        /// What it is about.
        at: Vec<Anchor>,
    },
    /// The guard keeps the rule quiet, and why.
    NotApplicable(Message),
    /// A part that it needs is missing or could not be read, and why.
    NotCheckable {
        /// Why.
        why: Message,
        /// What it is about.
        at: Vec<Anchor>,
    },
}

/// Two sums that must agree, or of which one bounds the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equation {
    /// The stated side: usually one cell.
    pub left: Vec<Term>,
    /// How the sides relate.
    pub relation: Relation,
    /// The side that it is made of.
    pub right: Vec<Term>,
}

/// A printed percent and the two sums that it is the quotient of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratio {
    /// The printed percent.
    pub percent: Anchor,
    /// What it is the share of `whole`.
    pub part: Vec<Term>,
    /// What 100 % are.
    pub whole: Vec<Term>,
}

/// How two sides relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Relation {
    /// left = right
    Equal,
    /// left ≤ right
    AtMost,
    /// left ≥ right
    AtLeast,
}

/// One addend: a cell or a figure of the prose, added or taken away. A blank cell counts as exactly nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Where the figure stands.
    pub at: Anchor,
    /// False where it is taken away.
    pub plus: bool,
}

impl Term {
    /// A term that is added.
    pub fn plus(at: Anchor) -> Self {
        Self { at, plus: true }
    }

    /// A term that is taken away.
    pub fn minus(at: Anchor) -> Self {
        Self { at, plus: false }
    }
}

/// Every rule, sorted by id. An id is never given to another rule.
pub static CATALOGUE: &[&Rule] = &[
    &completeness::announced_tables::RULE,
    &completeness::eight_tables::RULE,
    &completeness::empty_table_note::RULE,
    &completeness::empty_table_data::RULE,
    &completeness::function_items::RULE,
    &completeness::economic_groups::RULE,
    &completeness::three_public_split::RULE,
    &completeness::operating_costs_told::RULE,
    &completeness::procurement_told::RULE,
    &completeness::procurement_split::RULE,
    &completeness::state_assets_told::RULE,
    &completeness::performance_told::RULE,
    &completeness::terms_explained::RULE,
    &completeness::three_public_reasons::RULE,
    &completeness::published_in_time::RULE,
    &prose::stated_amount::RULE,
    &prose::stated_elsewhere::RULE,
    &prose::list_total::RULE,
    &prose::list_above_total::RULE,
    &prose::other_list::RULE,
    &prose::said_twice::RULE,
    &prose::three_public::RULE,
    &prose::vehicles::RULE,
    &prose::agency_operating::RULE,
    &prose::no_fund::RULE,
    &prose::rate::RULE,
    &prose::printed_base::RULE,
    &prose::share::RULE,
    &prose::direction::RULE,
    &prose::both_changes::RULE,
    &prose::counted_parts::RULE,
    &prose::listed_names::RULE,
    &prose::indicator::RULE,
    &prose::target::RULE,
    &prose::forms_agree::RULE,
    &prose::target_below::RULE,
    &prose::form_money::RULE,
    &prose::form_prior::RULE,
    &prose::prior_column::RULE,
    &prose::quantity_twice::RULE,
    &prose::three_public_change::RULE,
    &prose::sources::RULE,
    &prose::three_public_in_operating::RULE,
    &prose::change_parts::RULE,
    &prose::execution::RULE,
    &prose::beside_budget::RULE,
    &prose::shares_total::RULE,
    &within_table::revenue_equals_expenditure::RULE,
    &within_table::revenue_items::RULE,
    &within_table::expenditure_items::RULE,
    &within_table::revenue_grand_total::RULE,
    &within_table::expenditure_grand_total::RULE,
    &within_table::row_total::RULE,
    &within_table::group_subtotal::RULE,
    &within_table::code_roll_up::RULE,
    &within_table::withheld_items::RULE,
    &within_table::total_row::RULE,
    &within_table::unit_roll_up::RULE,
    &within_table::unit_codes::RULE,
    &within_table::project_groups::RULE,
    &within_table::list_total::RULE,
    &within_table::three_public_total::RULE,
    &within_table::vehicles::RULE,
    &within_table::performance_money::RULE,
    &within_table::performance_balance::RULE,
    &within_table::sub_items::RULE,
    &within_table::code_names::RULE,
    &within_table::unit_cost::RULE,
    &within_table::fund_parts::RULE,
    &within_table::carried_flow::RULE,
    &within_table::basic_blocks::RULE,
    &within_table::cost_basis::RULE,
    &wording::undecided::RULE,
    &wording::undecided_zero::RULE,
    &wording::placeholders::RULE,
    &wording::empty_slots::RULE,
    &wording::doubled::RULE,
    &wording::numbering::RULE,
    &wording::empty_headings::RULE,
    &wording::subject_names::RULE,
    &wording::subject_spelling::RULE,
    &wording::item_names::RULE,
    &wording::short_units::RULE,
    &wording::truncated_values::RULE,
    &wording::value_as_name::RULE,
    &wording::copied_goals::RULE,
    &wording::personal_phones::RULE,
    &wording::narrow_scope::RULE,
    &across_tables::revenue_totals::RULE,
    &across_tables::expenditure_totals::RULE,
    &across_tables::revenue_sources::RULE,
    &across_tables::function_classes::RULE,
    &across_tables::general_public_codes::RULE,
    &across_tables::by_unit_and_function::RULE,
    &across_tables::basic_expenditure::RULE,
    &across_tables::project_expenditure::RULE,
    &across_tables::fiscal_sources::RULE,
    &across_tables::fiscal_classes::RULE,
    &across_tables::fiscal_and_general_public::RULE,
    &across_tables::fund_tables::RULE,
    &across_tables::carried_over::RULE,
    &across_tables::three_public_in_basic::RULE,
    &across_tables::performance_total::RULE,
    &across_tables::summary_by_kind::RULE,
    &across_tables::contributions::RULE,
    &across_tables::fund_flows::RULE,
    &across_tables::performance_project::RULE,
    &across_documents::prior_year::RULE,
    &across_documents::left_unchanged::RULE,
    &across_documents::budget_and_accounts::RULE,
    &across_documents::units_of_department::RULE,
    &across_documents::code_names::RULE,
    &across_documents::reason_given::RULE,
    &across_documents::prior_change::RULE,
    &across_documents::counted_change::RULE,
];

/// A rule instance with its verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// The rule's id.
    pub rule: Cow<'static, str>,
    /// Index of the disclosure that it was asked about.
    pub disclosure: u16,
    /// What was compared, for the reader.
    pub label: Message,
    /// What the rule said.
    pub claim: Claim,
    /// The verdict.
    pub verdict: judge::Verdict,
}

/// Holds every rule of the catalogue against every disclosure. Never fails.
///
/// An equation of which nothing at all is printed is no check and is left out. A sum over columns that does not come
/// out in most rows of a table is a header read wrongly sooner than that many slips, and is said to be not checkable;
/// so is whatever fails on a table whose own arithmetic speaks against its reading (`trust`).
pub fn check(disclosures: &[Disclosure]) -> Vec<Checked> {
    judged(disclosures).0
}

/// [`check`], and what the reader must be told of tables whose reading the checks put in doubt: a note to each is added
/// to its disclosure.
pub fn check_and_note(disclosures: &mut [Disclosure]) -> Vec<Checked> {
    let (checks, doubtful) = judged(disclosures);
    for (disclosure, table) in doubtful {
        if let Some(disclosure) = disclosures.get_mut(usize::from(disclosure))
            && let Some(table) = disclosure.tables.get(usize::from(table))
        {
            let note = Note { message: trust::told(table), place: Some(table.place) };
            // A disclosure that is checked again, beside others, keeps its notes.
            if !disclosure.notes.contains(&note) {
                disclosure.notes.push(note);
            }
        }
    }
    checks
}

fn judged(disclosures: &[Disclosure]) -> (Vec<Checked>, Vec<(u16, u16)>) {
    parallel::together(|| judged_together(disclosures))
}

/// What a processor takes while disclosures are checked.
enum Job {
    /// Find out what several rules ask for.
    FindOut(fn(&Scope)),
    /// Hold a rule against a disclosure.
    Hold(&'static Rule),
}

fn judged_together(disclosures: &[Disclosure]) -> (Vec<Checked>, Vec<(u16, u16)>) {
    let facts = Facts::new(disclosures);
    facts.find_out();
    let judge = facts.judge();
    let mut all = Vec::new();
    for (at, disclosure) in (0..disclosures.len()).zip(0_u16..) {
        let scope = facts.scope(at);
        let jobs: Vec<Job> =
            facts::BESIDE.into_iter().map(Job::FindOut).chain(CATALOGUE.iter().copied().map(Job::Hold)).collect();
        let checked = parallel::map_uneven(&jobs, |job| {
            let rule = match job {
                Job::Hold(rule) => rule,
                Job::FindOut(fact) => {
                    fact(&scope);
                    return Vec::new();
                }
            };
            let asked = (rule.check)(&scope).into_iter().filter(|instance| !judge.is_void(&instance.claim));
            let judged = asked.map(|Instance { label, claim }| {
                let verdict = judge.verdict(&claim);
                Checked { rule: Cow::Borrowed(rule.id), disclosure, label, claim, verdict }
            });
            judged.collect::<Vec<_>>()
        });
        all.reserve(checked.iter().map(Vec::len).sum());
        for mut of_rule in checked {
            all.append(&mut of_rule);
        }
    }
    let doubtful = trust::doubt_readings(disclosures, judge, &mut all);
    pattern::doubt_headers(&mut all);
    trust::doubt_incomplete(disclosures, &mut all);
    (all, doubtful)
}

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    let exact = CATALOGUE.binary_search_by(|rule| rule.id.cmp(id)).ok().and_then(|at| CATALOGUE.get(at));
    exact.or_else(|| CATALOGUE.iter().find(|rule| rule.id.eq_ignore_ascii_case(id))).copied()
}
