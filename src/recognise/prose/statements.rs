//! What one figure states: an amount, a change, a share, a count.

use super::around::{before, behind, is_bare, quantity_words};
use super::figures::{Figure, Sort};
use super::labels::{Label, label, of_office};
use super::lists;
use super::paragraphs::Paragraph;
use super::reader::{Flow, Reader};
use super::shares::{is_execution, rate_words, share, whole};
use super::splits::{excludes, is_list_of_items, is_never_a_part};
use super::told::Told;
use super::topics::{budgeted, is_bare_accounts};
use super::turns::Turn;
use super::years::Frame;
use crate::disclosure::{Concept, Message, StatementKind};

impl Reader<'_> {
    /// An amount, a change in money, an amount of last year; its index.
    pub(super) fn amount(
        &mut self,
        paragraph: &Paragraph,
        told: &Told,
        (turn, mut label): (Turn, Label),
        flow: &mut Flow,
    ) -> Option<u32> {
        let Told { figure, words, .. } = told;
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
        let is_named = !is_bare(&measure);
        if kind == StatementKind::Amount && subject.heads == 0 && words.contains("财政拨款") && concept.is_none() {
            subject.appropriations = words.contains("收入") || words.contains("支出");
        }
        if concept.is_none() && doubt.is_none() {
            let of_accounts = is_bare_accounts(&measure);
            let told = match kind {
                StatementKind::Amount if of_accounts => subject.budgeted.take().or_else(|| flow.topic.take()),
                StatementKind::Amount if is_bare(&measure) && subject.last.is_none() => flow.topic.take(),
                StatementKind::BudgetAmount => flow.topic.clone(),
                _ => None,
            };
            if let Some((of, known)) = told {
                if kind == StatementKind::Amount {
                    measure = of;
                }
                concept = Some(known);
            }
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
            let other_side = |head: &Concept| match head {
                Concept::TotalRevenue | Concept::Revenue(_) => measure.contains("支出") && !measure.contains("收入"),
                Concept::TotalExpenditure | Concept::Expenditure(_) | Concept::FundExpenditure(_) => {
                    measure.contains("收入") && !measure.contains("支出")
                }
                _ => false,
            };
            let left = lists.leave(|head| self.at(head).and_then(|s| s.concept.as_ref()).is_some_and(other_side));
            self.close(left);
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
        } else if kind == StatementKind::BudgetAmount {
            concept = concept.and_then(|concept| self.in_context(concept, fund, lists, subject));
        } else if is_bare(&measure) {
            if kind.is_change() && concept.is_none() {
                self.turn_to_named(paragraph, figure, flow);
            }
            let subject = &flow.subject;
            if let Some((last, spoken_of)) = subject.last.and_then(|at| Some((at, self.at(at)?))) {
                concept = concept.or_else(|| spoken_of.concept.clone());
                measure.clone_from(&spoken_of.measure);
                of = Some(last);
                beside = subject.prior;
            }
        } else if !(of_other_year && kind == StatementKind::PriorAmount) {
            of = concept.as_ref().and_then(|concept| self.latest(concept));
        }
        if is_bare(&measure) && concept.is_none() {
            measure = before(paragraph, figure);
            // 年初预算为 4 万元，支出决算为 3 万元 at the beginning of a paragraph says what it is beside the other.
            if is_bare(&measure) && kind == StatementKind::BudgetAmount {
                words.trim_end_matches('为').clone_into(&mut measure);
            } else if is_bare(&measure) {
                return None;
            }
            if kind != StatementKind::BudgetAmount {
                let unsaid = Message::new("没有写明是什么金额", "the sentence does not say what the amount is");
                doubt = doubt.or(Some(unsaid));
            }
        }
        if frame == Frame::SeveralYears {
            concept = None;
            of = None;
            doubt = Some(Message::new("几个年度的数并列", "figures of several years stand side by side"));
        }
        if prior_change {
            of = None;
        }
        if kind == StatementKind::Amount && concept.is_some() {
            // What a doubtful amount is split in is as doubtful.
            let head = flow.lists.head().and_then(|head| self.at(head)).filter(|head| head.concept.is_some());
            doubt = doubt.or_else(|| head?.doubt.clone());
        }
        // 其中：本级基本支出 19 万元，项目支出 11 万元: both are the office's.
        if kind == StatementKind::Amount
            && doubt.is_none()
            && let Some(before) = flow.lists.last_part().and_then(|at| self.at(at))
            && (before.doubt.as_ref() == Some(&of_office())
                || before.concept.is_none() && before.measure.starts_with("本级"))
        {
            doubt = Some(of_office());
        }
        if paragraph.is_broken(figure.from, figure.to) {
            doubt = Some(Message::new("数字在换行处断开", "the figure is broken over two lines"));
        }
        let unit = match figure.sort {
            Sort::Money(unit) => Some(unit),
            _ => None,
        };
        let counter = figure.counter.clone();
        let index = self.push(paragraph, told, kind, &measure, |s| {
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
                flow.accounts = subject.budget.map(|budget| (index, budget));
                subject.last = Some(index);
                subject.first = subject.first.or(Some(index));
                (subject.change, subject.prior, subject.foreign) = (None, None, false);
                if !lists.add(index) {
                    subject.head = Some(index);
                    subject.heads = subject.heads.saturating_add(1);
                }
            }
            StatementKind::BudgetAmount => {
                flow.accounts = None;
                subject.budget = subject.budget.or(Some(index));
                let told = self.at(index).and_then(|s| Some((budgeted(&s.measure).to_owned(), s.concept.clone()?)));
                subject.budgeted = told.or_else(|| subject.budgeted.take());
                (subject.last, subject.change, subject.prior, subject.foreign) = (None, None, None, false);
            }
            StatementKind::PriorAmount => {
                if of_other_year {
                    // What follows is of this amount, not of the one before the sentence.
                    (subject.last, subject.change, subject.foreign) = (None, None, true);
                }
                // 上年支出总计 beside 收入总计 is no base of its change.
                subject.prior = Some(index).filter(|_| of.is_some() && of == subject.last);
            }
            _ => {
                subject.change = Some(index);
                subject.foreign = of.is_none();
                // 其中：基本支出增加 3 万元: a change that says what changed is part of the one before the list.
                if is_named {
                    flow.changes.add(index);
                }
            }
        }
        Some(index)
    }

    /// A percent: a change of an amount, a share of one, or a quantity of its own.
    pub(super) fn percent(&mut self, paragraph: &Paragraph, told: &Told, flow: &mut Flow) -> Option<u32> {
        let words = told.words.as_str();
        if is_execution(words) {
            let subject = &mut flow.subject;
            let (of, beside) = (subject.last, subject.budget.take());
            if let Some(spoken_of) = of.or(beside).and_then(|at| self.at(at)) {
                let (concept, measure) = (spoken_of.concept.clone(), spoken_of.measure.clone());
                return self.push(paragraph, told, StatementKind::Execution, &measure, |s| {
                    (s.concept, s.of, s.beside) = (concept, of, beside);
                    "%".clone_into(&mut s.counter);
                });
            }
        }
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
            return self.push(paragraph, told, StatementKind::Share, &measure, |s| {
                (s.concept, s.of, s.whole, s.doubt) = (concept, of, whole, doubt);
                "%".clone_into(&mut s.counter);
            });
        }
        let label = label(rate_words(words), self.background);
        if is_bare(&label.measure) && label.concept.is_none() {
            self.turn_to_named(paragraph, &told.figure, flow);
        }
        let subject = &flow.subject;
        let kind = match label.kind {
            StatementKind::Increase => StatementKind::IncreaseRate,
            StatementKind::Decrease => StatementKind::DecreaseRate,
            StatementKind::UndecidedChange => StatementKind::UndecidedRate,
            _ => return self.quantity(paragraph, told, flow),
        };
        let (of, beside) = if is_bare(&label.measure) && label.concept.is_none() {
            // 机关运行经费用于办公费 35 万元等，机关运行经费比上年增加 10 万元，增长 5%: the rate is of what the change is of.
            let changed = subject.change.and_then(|change| self.at(change)).and_then(|change| change.of);
            let of = changed.or(subject.last);
            if subject.foreign { (None, subject.change) } else { (of, subject.change.or(subject.prior)) }
        } else if let Some(concept) = &label.concept {
            let of = self.latest(concept);
            (of, subject.change.filter(|&change| of.is_some() && self.at(change).is_some_and(|c| c.of == of)))
        } else {
            return self.quantity(paragraph, told, flow);
        };
        let Some(spoken_of) = of.or(beside).and_then(|at| self.at(at)) else {
            return self.quantity(paragraph, told, flow);
        };
        let (concept, measure) = (spoken_of.concept.clone(), spoken_of.measure.clone());
        self.push(paragraph, told, kind, &measure, |s| {
            (s.concept, s.of, s.beside) = (concept, of, beside);
            "%".clone_into(&mut s.counter);
        })
    }

    /// A count, a target, a standard.
    pub(super) fn quantity(&mut self, paragraph: &Paragraph, told: &Told, flow: &mut Flow) -> Option<u32> {
        let Told { figure, words, .. } = told;
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
        // 增加值 92 亿元，同比增长 7%以上: of what the amount before it is of.
        if ["同比增长", "同比下降", "比上年增长", "比上年下降"].contains(&measure.as_str())
            && let Some(spoken_of) = flow.subject.last.and_then(|at| self.at(at))
        {
            measure = format!("{}{measure}", spoken_of.measure);
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
        let index = self.push(paragraph, told, StatementKind::Quantity, &measure, |s| {
            (s.counter, s.listed) = (counter, listed);
        })?;
        if figure.sort == Sort::Quantity {
            flow.counts.add(index);
            flow.count = Some(index);
        }
        Some(index)
    }
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
