//! Amounts that the prose states of a named thing.
//!
//! Lines become paragraphs ([`paragraphs`]), paragraphs have figures ([`figures`]), the words before a figure say what it
//! is said of ([`labels`]), and a list (`其中：…`, `（…）`) belongs to the amount before it ([`lists`]). Where the words could
//! mean two things the statement has no concept, or a doubt: no rule then holds it against a cell.

mod figures;
mod labels;
mod lists;
mod names;
mod oddities;
mod paragraphs;
mod splits;
mod turns;
mod vocabulary;
mod years;

use std::collections::BTreeMap;

use self::figures::{Figure, Sort, figures};
use self::labels::{Background, Fund, Label, fund, label};
use self::lists::{Lists, Mark};
use self::names::Names;
pub(super) use self::oddities::personal_phones;
pub(super) use self::paragraphs::begins_anew;
use self::paragraphs::{Page, Paragraph, ordinal, paragraphs};
use self::splits::{excludes, is_list_of_items, is_narrow, is_never_a_part};
use self::turns::{Turn, turn};
use self::years::{Frame, opening};
use super::Item;
use super::about::About;
use super::spelling::folded;
use crate::disclosure::{Concept, Measure, Message, Note, Oddity, Passage, Stage, Statement, StatementKind, Table};
use crate::parallel;
use crate::privacy::mask;

/// The part of a sentence that is quoted is at most this long, in characters.
const LONGEST_QUOTE: usize = 120;
/// The year that a sentence is of stands in its first characters.
const LONGEST_OPENING: usize = 200;
/// The words that say what an amount is are at most this long; longer ones are a sentence. In characters.
const LONGEST_LABEL: usize = 80;

/// What the prose says.
#[derive(Clone, Debug, Default)]
pub(super) struct Prose {
    /// Its statements, in reading order.
    pub(super) statements: Vec<Statement>,
    /// Odd wording, in reading order.
    pub(super) oddities: Vec<Oddity>,
    /// How many of its numbers state something, or cannot be read.
    pub(super) numbers: u32,
    /// Those that state nothing.
    pub(super) aside: Vec<Passage>,
    /// Those that cannot be read.
    pub(super) unread: Vec<Passage>,
    /// What could not be read.
    pub(super) notes: Vec<Note>,
}

/// Reads the statements. `stretches` is everything that no table used, in reading order, a new stretch after each
/// table; a paragraph never goes on from one stretch to the next.
pub(super) fn recognise(stretches: &[Vec<Item>], tables: &[Table], about: &About) -> Prose {
    let names = Names::new(tables);
    let page = Page::new(stretches);
    let unit = about.unit_name.as_deref().map(folded);
    let background = Background {
        names: &names,
        year: about.year,
        unit: unit.as_deref(),
        final_accounts: about.stage == Some(Stage::FinalAccounts),
    };
    let stretches = parallel::map(stretches, |stretch| paragraphs(stretch, &page));
    let (read, oddities) = parallel::join(
        || {
            let mut reader = Reader {
                background,
                prose: Prose::default(),
                latest: BTreeMap::new(),
                heading: String::new(),
                heading_year: false,
            };
            stretches.iter().flatten().for_each(|paragraph| reader.paragraph(paragraph));
            reader.prose
        },
        || stretches.iter().flat_map(|paragraphs| oddities::collect(paragraphs, &names)).collect::<Vec<_>>(),
    );
    let numbers = u32::try_from(read.statements.len().saturating_add(read.unread.len())).unwrap_or(u32::MAX);
    Prose { oddities, numbers, ..read }
}

struct Reader<'a> {
    background: Background<'a>,
    prose: Prose,
    /// The last amount of this year that was stated of each concept.
    latest: BTreeMap<Concept, u32>,
    /// The heading above, folded, without its ordinal.
    heading: String,
    /// Whether that heading is of another year.
    heading_year: bool,
}

/// What the sentences so far have spoken of.
#[derive(Clone, Debug, Default)]
struct Subject {
    /// The amount that a following 比上年… speaks of.
    last: Option<u32>,
    /// The last amount that is no part of a list.
    head: Option<u32>,
    /// Such amounts of the sentence at hand.
    heads: u32,
    /// Whether the last sentence had several of them, so that a list after it could be of any.
    several: bool,
    /// The first amount of the paragraph.
    first: Option<u32>,
    /// The change that was stated of `last`.
    change: Option<u32>,
    /// Last year's amount, stated after `last`.
    prior: Option<u32>,
    /// Whether the sentence opens with one side of the appropriations (财政拨款收入总计 …，支出总计 …).
    appropriations: bool,
    /// Whether a change of something unknown was stated since, so that a percent after it is not of `last`.
    foreign: bool,
}

/// Where the reading of a paragraph stands.
#[derive(Clone, Debug, Default)]
struct Flow {
    /// The lists of amounts that are open.
    lists: Lists,
    /// What the amounts are of.
    subject: Subject,
    /// The lists of counts that are open.
    counts: Lists,
    /// The last count.
    count: Option<u32>,
    /// Whether the last figure was a count.
    counted: bool,
    /// What an amount was said to have turned from (由 20 万元|降至 10 万元).
    turned: Option<(String, Option<Concept>)>,
    /// Where the sentence began.
    sentence: usize,
    /// Which year it opens with, as far as it was read.
    opening: Option<Frame>,
}

impl Reader<'_> {
    fn paragraph(&mut self, paragraph: &Paragraph) {
        let figures = figures(paragraph);
        if paragraph.heading {
            let words = paragraph.folded(0, paragraph.raw.len());
            let bare = ordinal(&words).and_then(|end| words.get(end..)).unwrap_or(&words);
            bare.clone_into(&mut self.heading);
            self.heading_year = self.background.year.is_some_and(|own| opening(bare, own) == Frame::OtherYear);
        }
        let first = self.prose.statements.len();
        let mut flow = Flow::default();
        let mut from = 0;
        for figure in &figures {
            if matches!(figure.sort, Sort::Date | Sort::Aside) {
                if let Some(place) = paragraph.place(figure.from, figure.to) {
                    self.prose.aside.push(Passage { place, quote: quote(paragraph, figure) });
                }
                continue;
            }
            self.gap(paragraph, from, figure.from, &mut flow);
            let gap = paragraph.chars.get(from..figure.from).unwrap_or_default();
            if let Some(stop) = gap.iter().rposition(|c| matches!(c, '。' | '!' | '?')) {
                (flow.sentence, flow.opening) = (from + stop + 1, None);
            } else if gap.contains(&'年') {
                flow.opening = None;
            }
            let start = label_start(paragraph, from, figure.from);
            from = figure.end;
            let short = figure.from - start <= LONGEST_LABEL;
            let words = if short { paragraph.folded(start, figure.from) } else { String::new() };
            let read = match figure.sort {
                Sort::Percent => self.percent(paragraph, figure, &words, &mut flow),
                Sort::Quantity => self.quantity(paragraph, figure, &words, &mut flow),
                Sort::Money(_) | Sort::Bare => self.amount(paragraph, figure, &words, &mut flow),
                Sort::Date | Sort::Aside | Sort::Unknown => None,
            };
            flow.counted = figure.sort == Sort::Quantity;
            if read.is_none() {
                self.unread(paragraph, figure);
            }
        }
        self.gap(paragraph, from, paragraph.raw.len(), &mut flow);
        let finished =
            paragraph.raw.iter().rev().find(|c| !c.is_whitespace()).is_some_and(|&c| matches!(c, '。' | '！'));
        self.close(flow.lists.end(finished));
        self.close(flow.counts.end(finished));
        self.reasons(paragraph, first);
    }

    /// Follows sentence ends, brackets and 其中 between two figures.
    fn gap(&mut self, paragraph: &Paragraph, from: usize, to: usize, flow: &mut Flow) {
        self.flat(paragraph, from, to, flow);
        for mark in lists::marks(paragraph, from, to) {
            let Flow { lists, subject, counts, count, counted, .. } = flow;
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
                Mark::OfWhich { incomplete } if *counted => {
                    counts.open(*count, incomplete);
                    Vec::new()
                }
                Mark::OfWhich { incomplete } => {
                    // Right after a sentence with several amounts it could be a list of any of them.
                    let unclear = subject.heads == 0 && subject.several;
                    lists.open(subject.last.filter(|_| !unclear), incomplete);
                    Vec::new()
                }
                Mark::Open { incomplete } => {
                    lists.open_bracket(subject.last, incomplete);
                    counts.open_bracket(None, true);
                    Vec::new()
                }
                Mark::Close => {
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
    fn close(&mut self, closed: lists::Closed) {
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
        let words: String = paragraph.folded(from, to);
        let sentence = words.split(['。', ';']).next().unwrap_or_default();
        let says_so = ["持平", "无增减变化", "没有变化", "无变化"].iter().any(|word| sentence.contains(word));
        if !says_so || !sentence.contains("上年") && !sentence.contains("去年") && !sentence.contains("20") {
            return;
        }
        for index in [flow.subject.last, flow.lists.head()].into_iter().flatten() {
            if let Some(statement) = usize::try_from(index).ok().and_then(|at| self.prose.statements.get_mut(at)) {
                statement.flat = true;
            }
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
    fn unread(&mut self, paragraph: &Paragraph, figure: &Figure) {
        if let Some(place) = paragraph.place(figure.from, figure.to) {
            self.prose.unread.push(Passage { place, quote: quote(paragraph, figure) });
        }
    }

    /// An amount, a change in money, an amount of last year; its index.
    fn amount(&mut self, paragraph: &Paragraph, figure: &Figure, words: &str, flow: &mut Flow) -> Option<u32> {
        let turn = turn(paragraph, figure, words);
        let mut label = label(turn.words(words), self.background);
        match turn {
            Turn::From if label.kind == StatementKind::Amount => label.kind = StatementKind::PriorAmount,
            Turn::To if is_bare(&label.measure) && label.concept.is_none() => {
                if let Some((measure, concept)) = flow.turned.take() {
                    (label.measure, label.concept) = (measure, concept);
                }
            }
            _ => {}
        }
        let frame = self.frame(paragraph, figure, &label, flow);
        if frame == Frame::OtherYear && label.kind == StatementKind::Amount {
            label.kind = StatementKind::PriorAmount;
        }
        if figure.sort == Sort::Bare && !is_money_without_unit(figure, &label) {
            return None;
        }
        let Label { kind, mut measure, mut concept, economic, mut doubt, fund, prior_change, .. } = label;
        let of_other_year = flow.opening == Some(Frame::OtherYear);
        let Flow { lists, subject, .. } = flow;
        if of_other_year && kind.is_change() {
            // A change in a sentence on another year is not of this year's amount.
            subject.last = None;
        }
        let (mut of, mut beside) = (None, None);
        if kind == StatementKind::Amount && subject.heads == 0 && words.contains("财政拨款") && concept.is_none() {
            subject.appropriations = words.contains("收入") || words.contains("支出");
        }
        if kind == StatementKind::Amount {
            if is_bare(&measure) && concept.is_none() && subject.last.is_none() {
                // 年初预算 2300 万元 below the name of a project.
                if let Some(project) = self.background.names.project(&self.heading) {
                    measure.clone_from(&self.heading);
                    concept = Some(project);
                }
            }
            if let Some(head) = lists.head().and_then(|head| self.at(head))
                && is_list_of_items(head.concept.as_ref())
            {
                concept = economic.or_else(|| concept.filter(|c| !matches!(c, Concept::ThreePublic(_))));
            }
            concept = concept.and_then(|concept| self.in_context(concept, fund, lists, subject));
            if concept.as_ref().is_some_and(is_never_a_part) {
                let closed = lists.sentence();
                self.close(closed);
            } else if let Some(part) = &concept {
                // 人员经费 6 万元、公用经费 1 万元，项目支出 9 万元: a sibling of the head ends its list.
                let closed = lists.leave(|head| {
                    self.at(head).and_then(|s| s.concept.as_ref()).is_some_and(|head| excludes(head, part))
                });
                self.close(closed);
            }
        } else if is_bare(&measure) {
            if let Some((last, spoken_of)) = subject.last.and_then(|at| Some((at, self.at(at)?))) {
                concept = concept.or_else(|| spoken_of.concept.clone());
                measure.clone_from(&spoken_of.measure);
                of = Some(last);
                beside = subject.prior;
            }
        } else {
            of = concept.as_ref().and_then(|concept| self.latest(concept));
        }
        if is_bare(&measure) && concept.is_none() {
            measure = before(paragraph, figure);
            if is_bare(&measure) {
                return None;
            }
            doubt = doubt
                .or_else(|| Some(Message::new("没有写明是什么金额", "the sentence does not say what the amount is")));
        }
        if frame == Frame::SeveralYears {
            concept = None;
            of = None;
            doubt = Some(Message::new("几个年度的数并列", "figures of several years stand side by side"));
        }
        if prior_change {
            of = None;
        }
        if paragraph.is_broken(figure.from, figure.to) {
            doubt = Some(Message::new("数字在换行处断开", "the figure is broken over two lines"));
        }
        let unit = match figure.sort {
            Sort::Money(unit) => Some(unit),
            _ => None,
        };
        let counter = figure.counter.clone();
        let index = self.push(paragraph, figure, kind, &measure, |s| {
            (s.concept, s.unit, s.of, s.beside, s.doubt, s.counter) = (concept, unit, of, beside, doubt, counter);
            s.prior_change = prior_change;
        })?;
        if turn == Turn::From {
            let told = self.at(index).map(|s| (s.measure.clone(), s.concept.clone()));
            flow.turned = told;
        }
        let Flow { lists, subject, .. } = flow;
        match kind {
            StatementKind::Amount => {
                subject.last = Some(index);
                subject.first = subject.first.or(Some(index));
                (subject.change, subject.prior, subject.foreign) = (None, None, false);
                if !lists.add(index) {
                    subject.head = Some(index);
                    subject.heads = subject.heads.saturating_add(1);
                }
            }
            StatementKind::PriorAmount => {
                if of_other_year {
                    // What follows is of this amount, not of the one before the sentence.
                    (subject.last, subject.change, subject.foreign) = (None, None, true);
                }
                subject.prior = Some(index).filter(|_| of.is_some());
            }
            _ => {
                subject.change = Some(index);
                subject.foreign = of.is_none();
            }
        }
        Some(index)
    }

    /// A percent: a change of an amount, a share of one, or a quantity of its own.
    fn percent(&mut self, paragraph: &Paragraph, figure: &Figure, words: &str, flow: &mut Flow) -> Option<u32> {
        if let Some(share) = share(words) {
            let own = label(share.part, self.background);
            let subject = &flow.subject;
            let of = match &own.concept {
                Some(concept) => self.latest(concept),
                None if is_bare(&own.measure) => subject.last,
                None => None,
            };
            if own.concept.is_some() {
                // 机关运行经费占预算总额的 3%，比上年减少 …: the sentence turns to what it names.
                let subject = &mut flow.subject;
                (subject.last, subject.change, subject.prior, subject.foreign) = (of, None, None, of.is_none());
            }
            let whole = whole(share.whole, self.background);
            let doubt = (!share.whole.is_empty() && whole.is_none())
                .then(|| Message::new("没有读到这个比重的基数", "what it is a share of was not found"));
            let part = of.and_then(|at| self.at(at));
            let measure = match part {
                Some(part) => format!("{}{}", part.measure, share.words),
                None => words.to_owned(),
            };
            let concept = part.and_then(|part| part.concept.clone());
            return self.push(paragraph, figure, StatementKind::Share, &measure, |s| {
                (s.concept, s.of, s.whole, s.doubt) = (concept, of, whole, doubt);
                "%".clone_into(&mut s.counter);
            });
        }
        let subject = &flow.subject;
        let label = label(rate_words(words), self.background);
        let kind = match label.kind {
            StatementKind::Increase => StatementKind::IncreaseRate,
            StatementKind::Decrease => StatementKind::DecreaseRate,
            StatementKind::UndecidedChange => StatementKind::UndecidedRate,
            _ => return self.quantity(paragraph, figure, words, flow),
        };
        let (of, beside) = if is_bare(&label.measure) && label.concept.is_none() {
            if subject.foreign { (None, subject.change) } else { (subject.last, subject.change.or(subject.prior)) }
        } else if let Some(concept) = &label.concept {
            let of = self.latest(concept);
            (of, subject.change.filter(|&change| of.is_some() && self.at(change).is_some_and(|c| c.of == of)))
        } else {
            return self.quantity(paragraph, figure, words, flow);
        };
        let Some(spoken_of) = of.or(beside).and_then(|at| self.at(at)) else {
            return self.quantity(paragraph, figure, words, flow);
        };
        let (concept, measure) = (spoken_of.concept.clone(), spoken_of.measure.clone());
        self.push(paragraph, figure, kind, &measure, |s| {
            (s.concept, s.of, s.beside) = (concept, of, beside);
            "%".clone_into(&mut s.counter);
        })
    }

    /// A count, a target, a standard.
    fn quantity(&mut self, paragraph: &Paragraph, figure: &Figure, words: &str, flow: &mut Flow) -> Option<u32> {
        let mut measure = quantity_words(words);
        // 其他用车主要是机要通信用车 0 台，应急公务用车 1 台
        if let Some((head, first)) = measure.split_once("主要是").map(|(a, b)| (a.to_owned(), b.to_owned())) {
            let of = flow.count.filter(|&at| self.at(at).is_some_and(|s| !head.is_empty() && s.measure == head));
            if of.is_some() {
                flow.counts.open(of, false);
            }
            measure = first;
        }
        if is_bare(&measure) {
            measure = before(paragraph, figure);
        }
        let behind = behind(paragraph, figure);
        if is_bare(&measure) && behind.is_empty() {
            return None;
        }
        if !behind.is_empty() {
            measure = format!("{measure}{behind}");
        }
        let counter = if figure.counter.is_empty() && figure.sort == Sort::Percent { "%" } else { &figure.counter };
        let counter = counter.to_owned();
        // One name before a comma may be the first of more.
        let is_one = figure.amount.value() == rust_decimal::Decimal::ONE;
        let listed = lists::names_behind(&paragraph.chars, figure.end).filter(|&names| names > 1 || is_one);
        let index = self.push(paragraph, figure, StatementKind::Quantity, &measure, |s| {
            (s.counter, s.listed) = (counter, listed);
        })?;
        if figure.sort == Sort::Quantity {
            flow.counts.add(index);
            flow.count = Some(index);
        }
        Some(index)
    }

    /// Adds a statement; its index.
    fn push(
        &mut self,
        paragraph: &Paragraph,
        figure: &Figure,
        kind: StatementKind,
        measure: &str,
        more: impl FnOnce(&mut Statement),
    ) -> Option<u32> {
        let place = paragraph.place(figure.from, figure.to)?;
        let index = u32::try_from(self.prose.statements.len()).ok()?;
        let mut statement = Statement {
            place,
            quote: quote(paragraph, figure),
            measure: measure.chars().take(LONGEST_QUOTE).collect(),
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
            prior_change: false,
            reason: String::new(),
            parts: Vec::new(),
            doubt: None,
        };
        more(&mut statement);
        if let (StatementKind::Amount, Some(concept)) = (kind, &statement.concept) {
            self.latest.insert(concept.clone(), index);
        }
        self.prose.statements.push(statement);
        Some(index)
    }

    /// The last amount of this year that was stated of a concept.
    fn latest(&self, concept: &Concept) -> Option<u32> {
        self.latest.get(concept).copied()
    }

    /// Which year the figures of a sentence are of, where their own words do not say: the one that the sentence, or else
    /// its heading, opens with.
    fn frame(&self, paragraph: &Paragraph, figure: &Figure, label: &Label, flow: &mut Flow) -> Frame {
        let Some(own) = self.background.year else { return Frame::Own };
        let end = figure.from.min(flow.sentence.saturating_add(LONGEST_OPENING));
        if flow.opening.is_none() {
            flow.opening = Some(opening(&paragraph.folded(flow.sentence, end), own));
        }
        match flow.opening.unwrap_or(Frame::Own) {
            Frame::SeveralYears => Frame::SeveralYears,
            _ if label.says_year => Frame::Own,
            Frame::Unsaid if self.heading_year => Frame::OtherYear,
            frame => frame,
        }
    }

    /// What a term means where it stands: 基本支出 below 一般公共预算 is of that budget alone, 上年结转 is the whole of it only
    /// where the whole is spoken of, 支出总计 below 财政拨款收支 is that of the appropriations.
    fn in_context(&self, concept: Concept, own: Option<Fund>, lists: &Lists, subject: &Subject) -> Option<Concept> {
        let above = lists.head().or(subject.first).and_then(|at| self.at(at)).and_then(|s| s.concept.as_ref());
        let of_all = matches!(
            above,
            Some(Concept::TotalRevenue | Concept::TotalExpenditure | Concept::TotalBudget | Concept::FiscalTotal)
        );
        let head = lists.head().and_then(|at| self.at(at));
        let narrower = head.and_then(|s| s.concept.as_ref());
        let unclear = self.background.final_accounts && head.is_some_and(|s| s.concept.is_none() && s.doubt.is_some());
        if matches!(concept, Concept::Expenditure(_) | Concept::FundExpenditure(_) | Concept::Revenue(_))
            && (unclear || narrower.is_some_and(is_narrow))
        {
            return None;
        }
        match concept {
            Concept::Expenditure(Measure::Basic | Measure::Project | Measure::Personnel | Measure::Public) => {
                let from_above = match above {
                    _ if of_all => Some(None),
                    Some(Concept::FundExpenditure(Measure::GeneralPublic) | Concept::GeneralPublic(_)) => {
                        Some(Some(Fund::GeneralPublic))
                    }
                    Some(Concept::FundExpenditure(_)) => Some(Some(Fund::Other)),
                    _ => None,
                };
                let Concept::Expenditure(measure) = concept else { return None };
                match own.or(from_above.unwrap_or_else(|| fund(&self.heading))) {
                    None => Some(Concept::Expenditure(measure)),
                    Some(Fund::GeneralPublic) => Some(Concept::GeneralPublic(measure)),
                    Some(Fund::Other) => None,
                }
            }
            Concept::Revenue(Measure::CarriedIn) => {
                let of_revenue = of_all || matches!(above, Some(Concept::Revenue(_) | Concept::FundExpenditure(_)));
                (of_revenue || above.is_none() && self.heading.contains("收")).then_some(concept)
            }
            Concept::TotalRevenue | Concept::TotalExpenditure | Concept::TotalBudget => {
                let from_above = match above {
                    Some(Concept::FiscalTotal | Concept::Revenue(Measure::Fiscal)) => Some(Fund::GeneralPublic),
                    Some(Concept::FundExpenditure(_) | Concept::GeneralPublic(_)) if lists.head().is_none() => {
                        Some(Fund::Other)
                    }
                    _ => None,
                };
                let of_appropriations = self.heading.contains("财政拨款收") || self.heading.contains("财政拨款支出");
                // One side of the appropriations may be told without what was carried.
                let appropriations = (concept == Concept::TotalBudget).then_some(Concept::FiscalTotal);
                match own.or(from_above) {
                    _ if subject.appropriations && concept != Concept::TotalBudget => None,
                    Some(Fund::Other) => None,
                    Some(Fund::GeneralPublic) => appropriations,
                    None if of_appropriations => appropriations,
                    None if fund(&self.heading) == Some(Fund::Other) => None,
                    None => Some(concept),
                }
            }
            concept => Some(concept),
        }
    }

    fn at(&self, index: u32) -> Option<&Statement> {
        self.prose.statements.get(usize::try_from(index).ok()?)
    }
}

/// Whether the words say nothing of what the amount is.
fn is_bare(measure: &str) -> bool {
    const SAYS_NOTHING: [&str; 21] = [
        "上年度",
        "上年",
        "去年",
        "度",
        "同期",
        "年初",
        "预算",
        "安排",
        "合计",
        "总计",
        "共计",
        "共",
        "计",
        "为",
        "数",
        "金额",
        "约",
        "年",
        "决算",
        "是",
        "由",
    ];
    let mut rest = measure;
    while let Some(shorter) = SAYS_NOTHING.iter().find_map(|word| rest.strip_suffix(word)) {
        rest = shorter;
    }
    rest.chars().all(|c| !c.is_alphanumeric())
}

/// `支出为 0。`, `经费 1085.63，`: a number without unit counts where a known amount is named, and it looks like one.
fn is_money_without_unit(figure: &Figure, label: &Label) -> bool {
    // 政府性基金拨款收入 0 万元，上年度为 0
    if label.kind == StatementKind::PriorAmount && is_bare(&label.measure) && figure.amount.value().is_zero() {
        return true;
    }
    label.concept.is_some()
        && label.kind == StatementKind::Amount
        && (figure.amount.decimals() > 0 || figure.amount.value().is_zero())
}

/// A share that words speak of.
#[derive(Clone, Copy, Debug)]
struct Share<'a> {
    /// The words of the part, if they stand there.
    part: &'a str,
    /// The words of the whole, if they stand there.
    whole: &'a str,
    /// Both with 占 between them, for the reader.
    words: &'a str,
}

/// `机关运行经费占预算总额的`, `占`, `份额比例`.
fn share(words: &str) -> Option<Share<'_>> {
    const TAILS: [&str; 12] = ["比例", "比重", "份额", "的", "为", "约", "达到", "达", "是", "百分比", "占比", ":"];
    let words = words.trim_start_matches([':', ',', '、', '。', '.', ';']);
    let shortened = |mut text: &'_ str| {
        let mut end = text.len();
        while let Some(shorter) = TAILS.iter().find_map(|tail| text.strip_suffix(tail)) {
            text = shorter;
            end = shorter.len();
        }
        end
    };
    if let Some(at) = words.rfind('占')
        && !words.get(at..).is_some_and(|rest| rest.starts_with("占用") || rest.starts_with("占比"))
    {
        let behind = words.get(at + '占'.len_utf8()..)?;
        let whole = behind.get(..shortened(behind))?;
        let part = words.get(..at)?.trim_end_matches(['共', '约', '其', '只', '仅']);
        return Some(Share { part, whole, words: words.get(at..)? });
    }
    let end = shortened(words);
    let tail = words.get(end..)?;
    (tail.contains("比例") || tail.contains("比重") || tail.contains("占比")).then(|| Share {
        part: words.get(..end).unwrap_or_default(),
        whole: "",
        words: tail,
    })
}

/// What the words after 占 name.
fn whole(words: &str, background: Background) -> Option<Concept> {
    const ALL: [&str; 10] = [
        "预算总额",
        "总预算",
        "预算总数",
        "总额",
        "部门预算总额",
        "预算总支出",
        "年初预算总额",
        "部门总预算",
        "预算",
        "收支总额",
    ];
    let bare = words.trim_start_matches(['本', '当', '全']).trim_start_matches("年度").trim_start_matches('年');
    if ALL.contains(&bare) {
        return Some(Concept::TotalBudget);
    }
    label(words, background).concept.map(|concept| match concept {
        // 占支出预算: of all that is spent, whatever heading stands above.
        Concept::GeneralPublic(measure) => Concept::Expenditure(measure),
        concept => concept,
    })
}

/// 增幅 and 下降率 as the words of change that they are.
fn rate_words(words: &str) -> &str {
    let mut text = words.trim_end_matches(['为', '约', '达', '了', ':']);
    for (tail, rest) in [("增长率", "增长"), ("下降率", "下降"), ("增幅", "增"), ("降幅", "降"), ("减幅", "减")]
    {
        if let Some(before) = text.strip_suffix(tail) {
            let end = before.len() + rest.len();
            text = text.get(..end).unwrap_or(text);
        }
    }
    text
}

/// The words before a count, without those that only lead to it.
fn quantity_words(words: &str) -> String {
    const LEADS: [&str; 9] = ["其中:", "其中", "包括:", "包括", "一是", "二是", "三是", "力争", "较好"];
    const TAILS: [&str; 18] = [
        "不少于",
        "不低于",
        "不高于",
        "不超过",
        "超过",
        "突破",
        "达到",
        "共有",
        "共计",
        "合计",
        "为",
        "共",
        "有",
        "约",
        "达",
        ":",
        "是",
        "大于",
    ];
    let mut text = words.trim_matches([':', ',', '、', '。', '.', ';', '≥', '≤', '≧', '≦', '>', '<', '=', '$']);
    while let Some(end) = ordinal(text) {
        text = text.get(end..).unwrap_or_default();
    }
    while let Some(rest) = LEADS.iter().find_map(|lead| text.strip_prefix(lead)) {
        text = rest.trim_start_matches([',', ':']);
    }
    while let Some(rest) = TAILS.iter().find_map(|tail| text.strip_suffix(tail)) {
        text = rest;
    }
    text.to_owned()
}

/// The words of the sentence before a figure, where its own clause has none.
fn before(paragraph: &Paragraph, figure: &Figure) -> String {
    const LONGEST: usize = 24;
    let from = figure.from.saturating_sub(LONGEST);
    let start = (from..figure.from)
        .rev()
        .find(|&at| matches!(paragraph.chars.get(at), Some('。' | ';' | '!')))
        .map_or(from, |at| at + 1);
    quantity_words(paragraph.folded(start, figure.from).trim_start_matches(','))
}

/// The noun behind a count (96 家|企业), up to the next mark.
fn behind(paragraph: &Paragraph, figure: &Figure) -> String {
    const LONGEST: usize = 20;
    if figure.counter.is_empty() || figure.counter.contains(['%', '元', '/']) {
        return String::new();
    }
    // 数量：≥10 家 is the value of a name that stands before it.
    let value = paragraph.chars.get(..figure.from).unwrap_or_default().iter().rev().filter(|c| !c.is_whitespace());
    if value.clone().find(|c| !matches!(c, '≥' | '≤' | '≧' | '≦' | '>' | '<' | '$')) == Some(&':') {
        return String::new();
    }
    let chars = paragraph.chars.get(figure.end..).unwrap_or_default();
    let noun: String = chars
        .iter()
        .filter(|c| !c.is_whitespace())
        .take(LONGEST)
        .take_while(|c| c.is_alphanumeric() && !c.is_ascii_digit())
        .collect();
    noun.trim_start_matches("以上").trim_start_matches("以下").to_owned()
}

/// Where the words begin that say what the figure at `to` is: after the last mark, brackets inside a term skipped
/// (因公出国（境）费), and after one colon more where nothing stands between it and the figure.
fn label_start(paragraph: &Paragraph, from: usize, to: usize) -> usize {
    let chars = &paragraph.chars;
    let mut at = to;
    let mut said = false;
    while at > from {
        let c = chars[at - 1];
        match c {
            ')' => {
                if let Some(open) = bracket_before(chars, from, at - 1) {
                    said = true;
                    at = open;
                    continue;
                }
                return at;
            }
            '、' if joins_both_sides(chars, from, at) => {}
            ',' | '。' | ';' | '、' | '(' | '?' | '!' => return at,
            ':' if said => return at,
            c => said |= !c.is_whitespace() && !matches!(c, ':' | '≥' | '≤' | '≧' | '≦' | '>' | '<' | '=' | '$'),
        }
        at -= 1;
    }
    from
}

/// Whether the 、 before `at` stands inside 收入、支出: both are one thing then.
fn joins_both_sides(chars: &[char], from: usize, at: usize) -> bool {
    let near = |c: &&char| !c.is_whitespace();
    let behind: String = chars.get(at..).unwrap_or_default().iter().filter(near).take(3).collect();
    let mut before = chars.get(from..at - 1).unwrap_or_default().iter().rev().filter(near);
    let last = before.next();
    let whole = last == Some(&'收') || last == Some(&'入') && before.next() == Some(&'收');
    whole && (behind.starts_with('支') || behind.starts_with("总支"))
}

/// The bracket that the one at `close` closes, where it is near: brackets inside a term are short.
fn bracket_before(chars: &[char], from: usize, close: usize) -> Option<usize> {
    const LONGEST: usize = 12;
    (from.max(close.saturating_sub(LONGEST))..close).rev().find(|&at| chars[at] == '(')
}

/// The part of the sentence around a figure.
fn quote(paragraph: &Paragraph, figure: &Figure) -> String {
    let ends = |c: char| matches!(c, '。' | ';' | '！' | '!');
    let chars = &paragraph.chars;
    let before = LONGEST_QUOTE * 2 / 3;
    let mut from = figure.from;
    while from > 0 && figure.from - from < before && !ends(chars[from - 1]) {
        from -= 1;
    }
    let mut to = figure.end;
    while to < chars.len()
        && to - from < LONGEST_QUOTE
        && !ends(chars[to])
        && !(to > figure.end && chars[to - 1] == ',')
    {
        to += 1;
    }
    mask(&paragraph.printed(from, to)).trim_end_matches(['，', ',']).to_owned()
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::statements_of;
