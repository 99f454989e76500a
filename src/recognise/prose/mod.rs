//! Amounts that the prose states of a named thing.
//!
//! Lines become paragraphs ([`paragraphs`]), paragraphs have figures ([`figures`]), the words before a figure say what it
//! is said of ([`labels`]), and a list (`其中：…`, `（…）`) belongs to the amount before it ([`lists`]). Where the words could
//! mean two things the statement has no concept, or a doubt: no rule then holds it against a cell.

mod figures;
mod labels;
mod lists;
mod names;
mod paragraphs;
mod vocabulary;

use self::figures::{Figure, Sort, figures};
use self::labels::{Background, Fund, Label, fund, label};
use self::lists::{Lists, Mark};
use self::names::Names;
pub(super) use self::paragraphs::begins_anew;
use self::paragraphs::{Page, Paragraph, ordinal, paragraphs};
use super::Item;
use super::about::About;
use super::spelling::folded;
use crate::disclosure::{Concept, Measure, Message, Note, Stage, Statement, StatementKind, Table};
use crate::privacy::mask;

/// The part of a sentence that is quoted is at most this long, in characters.
const LONGEST_QUOTE: usize = 120;
/// The words that say what an amount is are at most this long; longer ones are a sentence. In characters.
const LONGEST_LABEL: usize = 80;

/// What the prose says.
#[derive(Clone, Debug, Default)]
pub(super) struct Prose {
    /// Its statements, in reading order.
    pub(super) statements: Vec<Statement>,
    /// How many of its numbers look like amounts.
    pub(super) numbers: u32,
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
    let mut reader = Reader { background, prose: Prose::default(), heading: String::new() };
    for stretch in stretches {
        for paragraph in &paragraphs(stretch, &page) {
            reader.paragraph(paragraph);
        }
    }
    reader.prose
}

struct Reader<'a> {
    background: Background<'a>,
    prose: Prose,
    /// The heading above, folded, without its ordinal.
    heading: String,
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
}

impl Reader<'_> {
    fn paragraph(&mut self, paragraph: &Paragraph) {
        let figures = figures(paragraph);
        if paragraph.heading {
            let words = paragraph.folded(0, paragraph.raw.len());
            let bare = ordinal(&words).and_then(|end| words.get(end..)).unwrap_or(&words);
            bare.clone_into(&mut self.heading);
        }
        let mut subject = Subject::default();
        let mut lists = Lists::default();
        let mut from = 0;
        for figure in figures.iter().filter(|figure| figure.sort != Sort::Date) {
            self.gap(paragraph, from, figure.from, &mut lists, &mut subject);
            let start = label_start(paragraph, from, figure.from);
            from = figure.end;
            let unit = match figure.sort {
                Sort::Money(unit) => Some(unit),
                Sort::Bare => None,
                _ => continue,
            };
            let words =
                if figure.from - start > LONGEST_LABEL { String::new() } else { paragraph.folded(start, figure.from) };
            let label = label(&words, self.background);
            if unit.is_none() && !is_money_without_unit(figure, &label) {
                continue;
            }
            self.prose.numbers = self.prose.numbers.saturating_add(1);
            self.statement(paragraph, figure, label, &mut lists, &mut subject);
        }
        self.gap(paragraph, from, paragraph.raw.len(), &mut lists, &mut subject);
        let finished =
            paragraph.raw.iter().rev().find(|c| !c.is_whitespace()).is_some_and(|&c| matches!(c, '。' | '！'));
        self.close(lists.end(finished));
    }

    /// Follows sentence ends, brackets and 其中 between two figures.
    fn gap(&mut self, paragraph: &Paragraph, from: usize, to: usize, lists: &mut Lists, subject: &mut Subject) {
        for mark in lists::marks(paragraph, from, to) {
            let closed = match mark {
                Mark::Sentence => {
                    let closed = lists.sentence();
                    subject.last = subject.head.or(subject.last);
                    if subject.heads > 0 {
                        subject.several = subject.heads > 1;
                    }
                    subject.heads = 0;
                    closed
                }
                Mark::Semicolon => {
                    let closed = lists.semicolon();
                    if let Some(&(head, _)) = closed.first() {
                        subject.last = head;
                    }
                    closed
                }
                Mark::Separator(c) => {
                    lists.separator(c);
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
                    Vec::new()
                }
                Mark::Close => {
                    let closed = lists.close_bracket();
                    if let Some(&(head, _)) = closed.first() {
                        subject.last = head;
                    }
                    closed
                }
                Mark::AndSoOn => {
                    lists.and_so_on();
                    Vec::new()
                }
            };
            self.close(closed);
        }
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

    fn statement(
        &mut self,
        paragraph: &Paragraph,
        figure: &Figure,
        label: Label,
        lists: &mut Lists,
        subject: &mut Subject,
    ) {
        let Label { kind, mut measure, mut concept, economic, mut doubt, fund } = label;
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
            }
        } else if is_bare(&measure)
            && let Some(spoken_of) = subject.last.and_then(|at| self.at(at))
        {
            concept = concept.or_else(|| spoken_of.concept.clone());
            measure.clone_from(&spoken_of.measure);
        }
        if is_bare(&measure) && concept.is_none() {
            return;
        }
        if paragraph.is_broken(figure.from, figure.to) {
            doubt = Some(Message::new("数字在换行处断开", "the figure is broken over two lines"));
        }
        let Some(place) = paragraph.place(figure.from, figure.to) else {
            return;
        };
        let Ok(index) = u32::try_from(self.prose.statements.len()) else {
            return;
        };
        let unit = match figure.sort {
            Sort::Money(unit) => Some(unit),
            _ => None,
        };
        self.prose.statements.push(Statement {
            place,
            quote: quote(paragraph, figure),
            measure: measure.chars().take(LONGEST_QUOTE).collect(),
            concept,
            amount: figure.amount.clone(),
            unit,
            kind,
            parts: Vec::new(),
            doubt,
        });
        if kind == StatementKind::Amount {
            subject.last = Some(index);
            subject.first = subject.first.or(Some(index));
            if !lists.add(index) {
                subject.head = Some(index);
                subject.heads = subject.heads.saturating_add(1);
            }
        }
    }

    /// What a term means where it stands: 基本支出 below 一般公共预算 is of that budget alone, 上年结转 is the whole of it only
    /// where the whole is spoken of.
    fn in_context(&self, concept: Concept, own: Option<Fund>, lists: &Lists, subject: &Subject) -> Option<Concept> {
        let above = lists.head().or(subject.first).and_then(|at| self.at(at)).and_then(|s| s.concept.as_ref());
        let of_all = matches!(
            above,
            Some(Concept::TotalRevenue | Concept::TotalExpenditure | Concept::TotalBudget | Concept::FiscalTotal)
        );
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
            concept => Some(concept),
        }
    }

    fn at(&self, index: u32) -> Option<&Statement> {
        self.prose.statements.get(usize::try_from(index).ok()?)
    }
}

/// Totals that begin a list of their own and are no part of another.
fn is_never_a_part(concept: &Concept) -> bool {
    matches!(
        concept,
        Concept::TotalRevenue
            | Concept::TotalExpenditure
            | Concept::TotalBudget
            | Concept::FiscalTotal
            | Concept::AgencyOperating
            | Concept::Procurement
            | Concept::ThreePublic(Measure::ThreePublic)
    )
}

/// Whether the words say nothing of what the amount is.
fn is_bare(measure: &str) -> bool {
    const SAYS_NOTHING: [&str; 16] = [
        "年初", "预算", "安排", "合计", "总计", "共计", "共", "计", "为", "数", "金额", "约", "年", "决算", "是", "由",
    ];
    let mut rest = measure;
    while let Some(shorter) = SAYS_NOTHING.iter().find_map(|word| rest.strip_suffix(word)) {
        rest = shorter;
    }
    rest.chars().all(|c| !c.is_alphanumeric())
}

/// Whether a list below this is one of economic items, where 公务接待费 is item 30217 and not the 三公 amount.
fn is_list_of_items(concept: Option<&Concept>) -> bool {
    matches!(
        concept,
        Some(
            Concept::AgencyOperating
                | Concept::Economic(_)
                | Concept::Expenditure(Measure::Public | Measure::Personnel)
        )
    )
}

/// `支出为 0。`, `经费 1085.63，`: a number without unit counts where a known amount is named, and it looks like one.
fn is_money_without_unit(figure: &Figure, label: &Label) -> bool {
    label.concept.is_some()
        && label.kind == StatementKind::Amount
        && (figure.amount.decimals() > 0 || figure.amount.value().is_zero())
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
            ',' | '。' | ';' | '、' | '(' | '?' | '!' => return at,
            ':' if said => return at,
            c => said |= !c.is_whitespace() && c != ':',
        }
        at -= 1;
    }
    from
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
