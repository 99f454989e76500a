//! Follows a paragraph from figure to figure: its sentences, brackets and lists, and what they speak of.

use std::collections::BTreeMap;

use super::Prose;
use super::figures::{Figure, Sort};
use super::labels::Background;
use super::lists::{self, Lists, Mark};
use super::paragraphs::{Paragraph, ordinal};
use super::told::{LONGEST_LABEL, Told};
use super::topics::{against_budget, named_without_amount, topic};
use super::years::{Frame, opening};
use crate::disclosure::{Concept, Passage, Side, Statement, StatementKind};

/// What a statement is of is at most this long, in characters.
const LONGEST_MEASURE: usize = 120;

/// Reads one paragraph after the other.
pub(super) struct Reader<'a> {
    pub(super) background: Background<'a>,
    pub(super) prose: Prose,
    /// The last amount of this year that was stated of each concept.
    pub(super) latest: BTreeMap<Concept, u32>,
    /// The heading above, folded, without its ordinal.
    pub(super) heading: String,
    /// Whether that heading is of another year.
    pub(super) heading_year: bool,
    /// The function that the paragraph before names, where it states nothing.
    pub(super) topic_above: Option<(String, Concept)>,
}

/// What the sentences so far have spoken of.
#[derive(Clone, Debug, Default)]
pub(super) struct Subject {
    /// The amount that a following 比上年… speaks of.
    pub(super) last: Option<u32>,
    /// The last amount that is no part of a list.
    pub(super) head: Option<u32>,
    /// Such amounts of the sentence at hand.
    pub(super) heads: u32,
    /// Whether the last sentence had several of them, so that a list after it could be of any.
    pub(super) several: bool,
    /// The first amount of the paragraph.
    pub(super) first: Option<u32>,
    /// The change that was stated of `last`.
    pub(super) change: Option<u32>,
    /// Last year's amount, stated after `last`.
    pub(super) prior: Option<u32>,
    /// The first amount of the sentence that is said to be the budget's, where the accounts follow.
    pub(super) budget: Option<u32>,
    /// What that was said of.
    pub(super) budgeted: Option<(String, Concept)>,
    /// Whether the sentence opens with one side of the appropriations (财政拨款收入总计 …，支出总计 …).
    pub(super) appropriations: bool,
    /// Whether a change of something unknown was stated since, so that a percent after it is not of `last`.
    pub(super) foreign: bool,
}

/// Where the reading of a paragraph stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    /// The lists of amounts that are open.
    pub(super) lists: Lists,
    /// What the amounts are of.
    pub(super) subject: Subject,
    /// The lists of counts that are open.
    pub(super) counts: Lists,
    /// The lists of changes that are open.
    pub(super) changes: Lists,
    /// The change that was stated last, unless something else than its rate was since.
    pub(super) changed: Option<u32>,
    /// The last count.
    pub(super) count: Option<u32>,
    /// Whether the last figure was a count.
    pub(super) counted: bool,
    /// Whether the figure before the open bracket was a count.
    pub(super) counted_outside: bool,
    /// The amount of the accounts that was stated last, and the first amount that its sentence gave for the budget.
    pub(super) accounts: Option<(u32, u32)>,
    /// What an amount was said to have turned from (由 20 万元|降至 10 万元).
    pub(super) turned: Option<(String, Option<Concept>)>,
    /// Where the words since the last figure begin.
    pub(super) gap: usize,
    /// Where the sentence began.
    pub(super) sentence: usize,
    /// Which year it opens with, as far as it was read.
    pub(super) opening: Option<Frame>,
    /// The function that the paragraph begins with or its heading names, until an amount was said of it.
    pub(super) topic: Option<(String, Concept)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(background: Background<'a>) -> Self {
        Self {
            background,
            prose: Prose::default(),
            latest: BTreeMap::new(),
            heading: String::new(),
            heading_year: false,
            topic_above: None,
        }
    }
}

impl Reader<'_> {
    /// Reads a paragraph, of whose figures it is told what is known of each by itself.
    pub(super) fn paragraph(&mut self, paragraph: &Paragraph, told: Vec<Told>) {
        if paragraph.heading {
            let words = paragraph.folded(0, paragraph.raw.len());
            let bare = ordinal(words).and_then(|end| words.get(end..)).unwrap_or(words);
            bare.clone_into(&mut self.heading);
            self.heading_year = self.background.year.is_some_and(|own| opening(bare, own) == Frame::OtherYear);
        }
        let first = self.prose.statements.len();
        let first_figure =
            told.iter().map(|told| &told.figure).find(|figure| !matches!(figure.sort, Sort::Date | Sort::Aside));
        let mut flow = Flow { topic: self.topic(paragraph, first_figure), ..Flow::default() };
        let words = || paragraph.folded(0, paragraph.raw.len().min(LONGEST_MEASURE));
        self.topic_above = if first_figure.is_none() { topic(words(), self.background.names) } else { None };
        let mut from = 0;
        for mut told in told {
            let label = told.amount.take();
            let figure = &told.figure;
            if matches!(figure.sort, Sort::Date | Sort::Aside) {
                if let Some(place) = paragraph.place(figure.from, figure.to) {
                    self.prose.aside.push(Passage { place, quote: told.quote });
                }
                continue;
            }
            self.gap(paragraph, from, figure.from, &mut flow);
            let gap = paragraph.chars.get(from..figure.from).unwrap_or_default();
            if let Some(stop) = gap.iter().rposition(|c| matches!(c, '。' | '!' | '?')) {
                flow.sentence = from + stop + 1;
                // 其中：… goes on with what the sentence before was of.
                let goes_on = flow.opening == Some(Frame::OtherYear) && opens_a_list(paragraph, flow.sentence);
                flow.opening = flow.opening.filter(|_| goes_on);
            } else if gap.contains(&'年') {
                flow.opening = None;
            }
            (flow.gap, from) = (from, figure.end);
            let read = match figure.sort {
                Sort::Percent => self.percent(paragraph, &told, &mut flow),
                Sort::Quantity => self.quantity(paragraph, &told, &mut flow),
                Sort::Money(_) | Sort::Bare => label.and_then(|label| self.amount(paragraph, &told, label, &mut flow)),
                Sort::Date | Sort::Aside | Sort::Unknown => None,
            };
            flow.counted = figure.sort == Sort::Quantity;
            let kind = read.and_then(|at| self.at(at)).map(|s| s.kind);
            if !kind.is_some_and(StatementKind::is_rate) {
                flow.changed = read.filter(|_| kind.is_some_and(StatementKind::is_change));
            }
            if read.is_none() {
                self.unread(paragraph, told);
            }
        }
        self.gap(paragraph, from, paragraph.raw.len(), &mut flow);
        let finished =
            paragraph.raw.iter().rev().find(|c| !c.is_whitespace()).is_some_and(|&c| matches!(c, '。' | '！'));
        self.close(flow.lists.end(finished));
        self.close(flow.counts.end(finished));
        self.close(flow.changes.end(finished));
        self.reasons(paragraph, first);
    }

    /// The function that a paragraph is on, by its first words or by its heading.
    fn topic(&self, paragraph: &Paragraph, first: Option<&Figure>) -> Option<(String, Concept)> {
        let first = first?;
        let words = paragraph.folded(0, first.from.min(LONGEST_LABEL * 2));
        let names = self.background.names;
        if !words.contains(')') {
            return self.topic_above.clone().or_else(|| topic(&self.heading, names));
        }
        // What stands before the clause of the figure.
        let cut = words.rfind(['。', ':', ',']).unwrap_or(words.len());
        topic(words.get(..cut).unwrap_or(words), names)
    }

    /// Follows sentence ends, brackets and 其中 between two figures.
    fn gap(&mut self, paragraph: &Paragraph, from: usize, to: usize, flow: &mut Flow) {
        self.flat(paragraph, from, to, flow);
        self.against_budget(paragraph, from, to, flow);
        for mark in lists::marks(paragraph, from, to) {
            let Flow { lists, subject, counts, count, counted, counted_outside, changes, changed, .. } = flow;
            let ended = match mark {
                Mark::Sentence => {
                    *changed = None;
                    changes.sentence()
                }
                Mark::Semicolon => changes.semicolon(),
                Mark::Close => changes.close_bracket(),
                Mark::Separator(c) => {
                    changes.separator(c);
                    Vec::new()
                }
                Mark::AndSoOn => {
                    changes.and_so_on();
                    Vec::new()
                }
                Mark::OfWhich { incomplete, .. } => {
                    if changed.is_some() {
                        changes.open(*changed, incomplete);
                    }
                    Vec::new()
                }
                Mark::Open { incomplete } => {
                    changes.open_bracket(*changed, incomplete);
                    Vec::new()
                }
            };
            self.close(ended);
            let closed = match mark {
                Mark::Sentence => {
                    let closed = lists.sentence();
                    subject.last = subject.head.or(subject.last);
                    if subject.heads > 0 {
                        subject.several = subject.heads > 1;
                    }
                    subject.heads = 0;
                    subject.appropriations = false;
                    (subject.change, subject.prior, subject.foreign) = (None, None, false);
                    (subject.budget, subject.budgeted) = (None, None);
                    self.close(counts.sentence());
                    closed
                }
                Mark::Semicolon => {
                    let closed = self.semicolon(lists);
                    if let Some(&(head, _)) = closed.first() {
                        subject.last = head;
                    }
                    self.close(counts.sentence());
                    closed
                }
                Mark::Separator(c) => {
                    lists.separator(c);
                    counts.separator(c);
                    Vec::new()
                }
                Mark::OfWhich { incomplete, .. } if *counted => {
                    counts.open(*count, incomplete);
                    Vec::new()
                }
                Mark::OfWhich { incomplete, side } => {
                    // Right after a sentence with several amounts it could be a list of any of them.
                    let several = subject.heads == 0 && subject.several;
                    // 收入包括：…、政府性基金收入 120 万元。支出包括：… is not of the last source.
                    let measure = subject
                        .last
                        .and_then(|at| self.prose.statements.get(usize::try_from(at).ok()?))
                        .map_or("", |statement| statement.measure.as_str());
                    let other_side = match side {
                        Some(Side::Expenditure) => measure.contains("收入") && !measure.contains("支出"),
                        Some(Side::Revenue) => measure.contains("支出") && !measure.contains("收入"),
                        None => false,
                    };
                    let unclear = several || other_side;
                    lists.open(subject.last.filter(|_| !unclear), incomplete);
                    Vec::new()
                }
                Mark::Open { incomplete } => {
                    *counted_outside = *counted;
                    lists.open_bracket(subject.last, incomplete);
                    counts.open_bracket(None, true);
                    Vec::new()
                }
                Mark::Close => {
                    // What follows goes on with what stands before the bracket, not with a count inside it.
                    *counted = *counted_outside;
                    let closed = lists.close_bracket();
                    if let Some(&(head, _)) = closed.first() {
                        subject.last = head;
                    }
                    self.close(counts.close_bracket());
                    closed
                }
                Mark::AndSoOn => {
                    lists.and_so_on();
                    counts.and_so_on();
                    Vec::new()
                }
            };
            self.close(closed);
        }
    }

    /// A ；. Where a list of one part could end there or go on, it ends if the part is the whole of its head.
    fn semicolon(&self, lists: &mut Lists) -> lists::Closed {
        if let Some((Some(head), &[part])) = lists.ambiguous() {
            let amount = |at: u32| self.at(at).map(|s| (s.amount.value(), s.unit));
            if amount(head) == amount(part) {
                return lists.finish();
            }
            lists.unclear();
        }
        lists.semicolon()
    }

    /// Writes the parts of closed lists into their heads.
    pub(super) fn close(&mut self, closed: lists::Closed) {
        for (head, parts) in closed {
            let Some(head) = head else { continue };
            if let Some(statement) = usize::try_from(head).ok().and_then(|at| self.prose.statements.get_mut(at))
                && statement.parts.is_empty()
            {
                statement.parts = parts;
            }
        }
    }

    /// 与上年持平 right after an amount says that it is last year's, too; after the last part of a list, of the list's
    /// head as well.
    fn flat(&mut self, paragraph: &Paragraph, from: usize, to: usize, flow: &Flow) {
        // All that says so ends in one of these.
        if flow.counted || !paragraph.chars.get(from..to).is_some_and(|c| c.contains(&'平') || c.contains(&'化')) {
            return;
        }
        let words = paragraph.folded(from, to);
        let sentence = words.split(['。', ';']).next().unwrap_or_default();
        let says_so = ["持平", "无增减变化", "没有变化", "无变化"].iter().any(|word| sentence.contains(word));
        // 与上年执行数持平, 按可比口径与上年持平: not with what last year's budget printed.
        let otherwise = ["执行", "口径", "剔除", "扣除", "调整"].iter().any(|word| sentence.contains(word))
            || !self.background.final_accounts && sentence.contains("决算");
        if !says_so || otherwise || !sentence.contains("上年") && !sentence.contains("去年") && !sentence.contains("20")
        {
            return;
        }
        for index in [flow.subject.last, flow.lists.head()].into_iter().flatten() {
            if let Some(statement) = usize::try_from(index).ok().and_then(|at| self.prose.statements.get_mut(at)) {
                statement.flat = true;
            }
        }
    }

    /// 决算数小于预算数 right after the two amounts says how they compare.
    fn against_budget(&mut self, paragraph: &Paragraph, from: usize, to: usize, flow: &mut Flow) {
        let Some((accounts, budget)) = flow.accounts else { return };
        if !paragraph.chars.get(from..to).is_some_and(|gap| gap.contains(&'决')) {
            return;
        }
        flow.accounts = None;
        if let Some(said) = against_budget(paragraph.folded(from, to))
            && let Some(statement) = usize::try_from(accounts).ok().and_then(|at| self.prose.statements.get_mut(at))
        {
            statement.against_budget = Some((said, budget));
        }
    }

    /// 公务接待费支出与预算持平，比上年增加 …: the change is of what the words since the last figure name without an amount. Leaves
    /// the amount before for it, and the last one that was stated of it in its place.
    pub(super) fn turn_to_named(&self, paragraph: &Paragraph, figure: &Figure, flow: &mut Flow) {
        let gap = paragraph.chars.get(flow.gap..figure.from).unwrap_or_default();
        // All that says so has one of these.
        if !gap.iter().any(|c| matches!(c, '平' | '化' | '致')) {
            return;
        }
        let Some(named) = named_without_amount(paragraph.folded(flow.gap, figure.from), self.background) else {
            return;
        };
        let spoken_of = flow.subject.last.and_then(|at| self.at(at)).and_then(|s| s.concept.as_ref());
        if spoken_of != Some(&named) {
            let of = self.latest(&named);
            let subject = &mut flow.subject;
            (subject.last, subject.change, subject.prior, subject.foreign) = (of, None, None, of.is_none());
        }
    }

    /// Gives the changes of the whole that a paragraph states the reason that it ends with.
    fn reasons(&mut self, paragraph: &Paragraph, first: usize) {
        /// What follows a longer reason is of something else.
        const LONGEST: usize = 400;
        let of_all = |s: &Statement| {
            matches!(s.concept, Some(Concept::TotalRevenue | Concept::TotalExpenditure | Concept::TotalBudget))
        };
        let said = self.prose.statements.get_mut(first..).unwrap_or_default();
        let mut changes = said.iter_mut().filter(|s| s.kind.is_change() && of_all(s)).peekable();
        if changes.peek().is_none() {
            return;
        }
        let text = paragraph.folded(0, paragraph.raw.len());
        let Some((_, reason)) = text.split_once("原因") else { return };
        let reason: String = reason.chars().take(LONGEST).collect();
        for statement in changes {
            statement.reason.clone_from(&reason);
        }
    }

    /// A number of which it cannot be told what it is of.
    fn unread(&mut self, paragraph: &Paragraph, Told { figure, quote, .. }: Told) {
        if let Some(place) = paragraph.place(figure.from, figure.to) {
            self.prose.unread.push(Passage { place, quote });
        }
    }

    /// Adds a statement; its index.
    pub(super) fn push(
        &mut self,
        paragraph: &Paragraph,
        Told { figure, quote, .. }: &Told,
        kind: StatementKind,
        measure: &str,
        more: impl FnOnce(&mut Statement),
    ) -> Option<u32> {
        let place = paragraph.place(figure.from, figure.to)?;
        let index = u32::try_from(self.prose.statements.len()).ok()?;
        let end = measure.char_indices().nth(LONGEST_MEASURE).map_or(measure.len(), |(at, _)| at);
        let mut statement = Statement {
            place,
            quote: quote.clone(),
            measure: measure.get(..end).unwrap_or(measure).to_owned(),
            concept: None,
            amount: figure.amount.clone(),
            unit: None,
            counter: String::new(),
            kind,
            of: None,
            beside: None,
            whole: None,
            listed: None,
            flat: false,
            against_budget: None,
            prior_change: false,
            reason: String::new(),
            parts: Vec::new(),
            doubt: None,
        };
        more(&mut statement);
        if let (StatementKind::Amount, Some(concept), None) = (kind, &statement.concept, &statement.doubt) {
            self.latest.insert(concept.clone(), index);
        }
        self.prose.statements.push(statement);
        Some(index)
    }

    /// The last amount of this year that was stated of a concept.
    pub(super) fn latest(&self, concept: &Concept) -> Option<u32> {
        self.latest.get(concept).copied()
    }

    pub(super) fn at(&self, index: u32) -> Option<&Statement> {
        self.prose.statements.get(usize::try_from(index).ok()?)
    }
}

/// Whether a sentence that begins at a character opens with 其中 and names no year of its own.
fn opens_a_list(paragraph: &Paragraph, from: usize) -> bool {
    /// So far behind a year is not of the whole list.
    const NEAR: usize = 16;
    let words = paragraph.folded(from, (from + NEAR).min(paragraph.raw.len()));
    words.trim_start_matches([',', ' ']).starts_with("其中") && !words.contains('年')
}
