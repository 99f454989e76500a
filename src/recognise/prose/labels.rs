//! What an amount is said of: from the words before it to a concept, a period and a kind.

use super::names::{Names, Unnamed};
use super::paragraphs::ordinal;
use super::topics::budgeted;
use super::vocabulary::{
    COMPARED, EMPTY, FILLERS, FUNDS, LEADING, LESS, MORE, NARROWING, ORGANISATIONS, WEAK, Words, cut_end, vocabulary,
};
use crate::disclosure::{Concept, Message, StatementKind};
use crate::spelling::{Sought, ends, without_end, words};

/// What the words before an amount say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// How the figure is meant.
    pub(super) kind: StatementKind,
    /// What it is said of in the words of the text, empty where that stands in an earlier clause.
    pub(super) measure: String,
    /// What that is, where it is known.
    pub(super) concept: Option<Concept>,
    /// The same read as an economic item, for lists of such items (公务接待费 is one of the three 三公 amounts elsewhere).
    pub(super) economic: Option<Concept>,
    /// Why the concept is not certain.
    pub(super) doubt: Option<Message>,
    /// The budget that the words name besides.
    pub(super) fund: Option<Fund>,
    /// Whether it is a change of last year.
    pub(super) prior_change: bool,
    /// Whether the words name a year.
    pub(super) says_year: bool,
}

/// The budget that an amount is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fund {
    /// 一般公共预算, or 财政拨款 where that is the same.
    GeneralPublic,
    /// 政府性基金, 国有资本经营, 财政专户, or the unit's own money.
    Other,
}

/// The budget that words name; the narrower one where they name two.
pub(super) fn fund(words: &str) -> Option<Fund> {
    let sought = Sought::new(words);
    let other = words!["政府性基金", "国有资本", "财政专户", "单位资金", "事业收入", "自有资金", "社保基金"];
    if sought.has_any(other) {
        Some(Fund::Other)
    } else if sought.has_any(words!["一般公共预算", "财政拨款", "公共预算"]) {
        Some(Fund::GeneralPublic)
    } else {
        None
    }
}

/// What labels are read against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Background<'a> {
    /// The names in the tables.
    pub(super) names: &'a Names,
    /// The year of the disclosure.
    pub(super) year: Option<u16>,
    /// The name of the unit, folded.
    pub(super) unit: Option<&'a str>,
    /// Whether it is the final accounts, where budget figures stand beside the accounts.
    pub(super) final_accounts: bool,
}

/// Reads the words (folded) before an amount.
pub(super) fn label(words: &str, background: Background) -> Label {
    let mut text = words.trim_matches([':', ',', '、', '。', '.', ';', ' ']);
    while let Some(end) = ordinal(text) {
        text = text.get(end..).unwrap_or_default();
    }
    for lead in ["其中:", "其中", "包括:", "包括", "一是", "二是", "三是", "四是", "主要是"] {
        text = text.strip_prefix(lead).unwrap_or(text);
    }
    let says_year = Sought::new(text).has_any(words!["20", "上年", "去年", "本年度", "今年"]);
    let both = text.contains('、').then(|| text.replace("收入、支出", "收支").replace("收、支", "收支"));
    let (text, period) = without_years(both.as_deref().unwrap_or(text), background.year);
    // 收入预算：2026年年初预算数
    let text = match text.split_once(':') {
        Some((name, tail)) if says_nothing(tail) => name.to_owned(),
        _ => text,
    };
    let change = if text.contains("(类)") && !text.ends_with(['加', '少']) { None } else { change(&text) };
    let (subject, compared) = match &change {
        Some(change) => without_comparison(&change.subject),
        None => without_comparison(&text),
    };
    let kind = match (&change, period, compared) {
        (Some(change), ..) => change.kind,
        (None, _, true) | (None, Period::Prior, _) => StatementKind::PriorAmount,
        (None, Period::This, false) => StatementKind::Amount,
    };
    // 2023 年度压减 1 万元
    let prior_change = change.is_some() && period == Period::Prior && !compared;
    let mut subject = subject.as_str();
    let of_prior = prior_change || kind == StatementKind::PriorAmount;
    while of_prior && let Some(rest) = ["上年度", "上年", "去年"].iter().find_map(|year| subject.strip_prefix(year))
    {
        subject = rest;
    }
    let mut named = named(subject, background);
    named.prior_change = prior_change;
    let kind = if kind == StatementKind::Amount { named.kind } else { kind };
    Label { kind, fund: fund(words), says_year, ..named }
}

/// Whether words are fillers from end to end.
pub(super) fn says_nothing(words: &str) -> bool {
    let mut rest = without_empty(words);
    while let Some(shorter) = cut_end(rest, &FILLERS).or_else(|| cut_end(rest, &EMPTY)) {
        rest = shorter;
    }
    rest.is_empty() && !words.is_empty()
}

/// Which year a clause speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Period {
    This,
    Prior,
}

/// The words without their years, and the year that they speak of. 上年结转 is an amount of this year.
fn without_years(text: &str, own: Option<u16>) -> (String, Period) {
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let follows_digit = || at.checked_sub(1).is_some_and(|i| chars[i].is_ascii_digit());
        if let Some(year) = year_at(&chars, at)
            && !follows_digit()
        {
            let prior = own.is_some_and(|own| year != own);
            at += 5;
            if prior {
                out.push_str("上年");
            } else if chars.get(at) == Some(&'初') {
                out.push('年');
            }
            at += usize::from(chars.get(at) == Some(&'度'));
            continue;
        }
        out.push(chars[at]);
        at += 1;
    }
    // The comparison (比上年) says what the base is, not which year the amount is of.
    let own_words = without_comparison(&out).0;
    let mut prior = ["上年", "去年", "上一年", "以前年度"].iter().filter(|word| own_words.contains(**word));
    let speaks_of_prior = prior.any(|word| {
        own_words.match_indices(word).any(|(i, _)| !is_carried(own_words.get(i + word.len()..).unwrap_or_default()))
    });
    (out, if speaks_of_prior { Period::Prior } else { Period::This })
}

/// The year that stands at a character, with 年 behind it: 20, and two digits more.
fn year_at(chars: &[char], at: usize) -> Option<u16> {
    let ['2', '0', tens, ones, '年'] = chars.get(at..at + 5)? else { return None };
    let digit = |c: &char| c.to_digit(10).and_then(|digit| u16::try_from(digit).ok());
    Some(2000 + 10 * digit(tens)? + digit(ones)?)
}

/// 上年|结转, 上年度|结余.
fn is_carried(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['度', '末']);
    rest.starts_with("结转") || rest.starts_with("结余")
}

/// A change that the words speak of.
#[derive(Clone, Debug)]
struct Change {
    kind: StatementKind,
    /// What changed: the words before, or after, the word of change.
    subject: String,
}

/// The kind of change that a word means.
fn kind_of_change(word: &str) -> Option<StatementKind> {
    let among = |words: &Words| words.iter().any(|w| w == word);
    if among(&MORE) {
        Some(StatementKind::Increase)
    } else if among(&LESS) {
        Some(StatementKind::Decrease)
    } else {
        None
    }
}

/// The word of change that `text` ends with: what stands before it, and the word.
fn ends_in_change(text: &str) -> Option<(&str, &str)> {
    let before = [&MORE, &LESS].into_iter().filter_map(|words| cut_end(text, words)).min_by_key(|rest| rest.len())?;
    Some((before, text.get(before.len()..)?))
}

fn change(text: &str) -> Option<Change> {
    let trimmed = text.trim_end_matches(['约', '了', '共', '为', '额', '数', ':']);
    // 增加(减少): the template's choice was not made.
    if let Some(open) = trimmed.rfind('(')
        && let Some(inner) = trimmed.get(open + 1..).and_then(|t| t.strip_suffix(')'))
        && let Some((subject, word)) = trimmed.get(..open).and_then(ends_in_change)
        && let (Some(one), Some(other)) = (kind_of_change(word), kind_of_change(inner))
        && one != other
    {
        return Some(Change { kind: StatementKind::UndecidedChange, subject: subject.to_owned() });
    }
    if let Some((subject, word)) = ends_in_change(trimmed) {
        let weak = WEAK.iter().any(|w| w == word);
        let (own, compared) = without_comparison(subject);
        let known = own.is_empty() || vocabulary().iter().any(|(phrase, _)| ends(&own, phrase));
        if !weak || compared || known {
            return Some(Change { kind: kind_of_change(word)?, subject: subject.to_owned() });
        }
    }
    let sought = Sought::new(trimmed);
    let (at, word) = LEADING
        .iter()
        .filter(|word| sought.may_have(word) && trimmed.contains(word.text))
        .filter_map(|word| trimmed.rfind(word.text).map(|at| (at, word.text)))
        // 增加值 is what an industry adds.
        .filter(|(at, word)| !trimmed.get(at + word.len()..).is_some_and(|rest| rest.starts_with('值')))
        .max_by_key(|(at, _)| *at)?;
    let mut subject = trimmed.get(at + word.len()..)?;
    // 公务接待费压减经费 1 万元: what changed stands before.
    if matches!(subject, "经费" | "支出" | "资金" | "预算") {
        subject = trimmed.get(..at)?;
    }
    Some(Change { kind: kind_of_change(word)?, subject: subject.to_owned() })
}

/// The words without a comparison with last year (比上年预算, 较去年, 同比), and whether there was one.
fn without_comparison(text: &str) -> (String, bool) {
    const MARKS: [char; 4] = ['比', '较', '与', '同'];
    const BASES: [&str; 9] = ["上年", "去年", "上一年", "年初预算", "年初", "前一年", "同期", "上期", "往年"];
    if text.contains("同比")
        && let Some(start) = text.rfind("同比")
    {
        let (before, after) =
            (text.get(..start).unwrap_or_default(), text.get(start + "同比".len()..).unwrap_or_default());
        return (format!("{before}{after}"), true);
    }
    let found = text.rmatch_indices(MARKS).find_map(|(at, mark)| {
        let rest = text.get(at + mark.len()..)?;
        Some((at, BASES.iter().find_map(|base| rest.strip_prefix(base))?))
    });
    let Some((start, mut after)) = found else {
        return (text.to_owned(), false);
    };
    while let Some(tail) = COMPARED.iter().find(|tail| after.starts_with(tail)) {
        after = after.get(tail.len()..).unwrap_or_default();
    }
    (format!("{}{after}", text.get(..start).unwrap_or_default()), true)
}

/// The concept of the words, the term as the text has it, and what is in doubt.
fn named(subject: &str, background: Background) -> Label {
    let mut label = Label {
        kind: StatementKind::Amount,
        measure: subject.trim_matches([':', ',', '.']).to_owned(),
        concept: None,
        economic: None,
        doubt: None,
        fund: None,
        says_year: false,
        prior_change: false,
    };
    if background.final_accounts && speaks_of_budget(subject) {
        label.kind = StatementKind::BudgetAmount;
        let of = budgeted(subject);
        label.concept = (!of.is_empty()).then(|| named(of, background).concept).flatten();
        return label;
    }
    if let Some(path) = function_path(subject) {
        match background.names.function_path(&path) {
            Ok(concept) => label.concept = Some(concept),
            Err(why) => label.doubt = Some(unnamed(&path, why)),
        }
        label.measure = path.join("/");
        return label;
    }
    // 小学教育（2050202），2023年度决算数为: the code says what it is, where nothing but fillers follow.
    if let Some((name, concept)) = background.names.printed_code(subject)
        && subject
            .rfind(')')
            .and_then(|close| subject.get(close + 1..))
            .is_none_or(|tail| tail.is_empty() || says_nothing(tail))
    {
        (label.measure, label.concept) = (name, Some(concept));
        return label;
    }
    let mut rest = subject;
    loop {
        let bare = without_empty(rest);
        if bare.chars().count() >= 2 {
            label.economic = label.economic.or_else(|| background.names.concept(bare, true));
        }
        if label.concept.is_none() {
            if let Some((phrase, concept, before)) = vocabulary_ending(rest, background.unit) {
                phrase.clone_into(&mut label.measure);
                if before.contains("本级") && !background.unit.is_some_and(|unit| unit.contains("本级")) {
                    label.doubt = Some(of_office());
                }
                // What is in doubt is confirmed where it ties, and refuted nowhere.
                label.concept = Some(concept);
            } else if bare.chars().count() >= 2
                && let Some(concept) = background.names.concept(bare, false)
            {
                bare.clone_into(&mut label.measure);
                label.concept = Some(concept);
            }
        }
        if label.concept.is_some() || label.doubt.is_some() {
            return label;
        }
        let Some(shorter) = cut_end(rest, &FILLERS) else {
            return label;
        };
        rest = shorter;
    }
}

/// The doubt of an amount that is said of the office alone (本级).
pub(super) fn of_office() -> Message {
    Message::new("只说本级，表内是全部门的数", "said of the office alone, while the tables are of the whole department")
}

/// Final accounts state the budget beside the accounts: 年初预算为 …, 全年预算数 ….
fn speaks_of_budget(subject: &str) -> bool {
    let bare = subject
        .replace("一般公共预算", "")
        .replace("政府性基金预算", "")
        .replace("国有资本经营预算", "")
        .replace("年初预算", "预算");
    // The nearer word counts: 决算情况说明 may stand in a heading before it.
    bare.rfind("预算").is_some_and(|budget| bare.rfind("决算").is_none_or(|accounts| accounts < budget))
}

/// The phrase of the vocabulary that `text` ends with, longest first, and the words before it, where they leave the
/// meaning as it is.
fn vocabulary_ending<'a>(text: &'a str, unit: Option<&str>) -> Option<(&'static str, Concept, &'a str)> {
    let (phrase, concept, before) = vocabulary()
        .iter()
        .filter_map(|(phrase, concept)| without_end(text, phrase).map(|before| (*phrase, concept, before)))
        .max_by_key(|(phrase, ..)| phrase.len())?;
    if NARROWING.iter().any(|narrowing| before.contains(narrowing)) {
        return None;
    }
    let any_fund = matches!(concept, Concept::Expenditure(_) | Concept::ThreePublic(_) | Concept::AgencyOperating);
    let mut left = without_empty(before);
    while any_fund && let Some(shorter) = cut_end(left, &FUNDS) {
        left = without_empty(shorter);
    }
    (left.is_empty() || is_own_name(left, unit)).then(|| (phrase, concept.clone(), before))
}

/// The words without those at either end that mean nothing here.
fn without_empty(text: &str) -> &str {
    let mut rest = text.trim_matches([':', ',', '.']).trim_start_matches(')').trim_end_matches('(');
    while let Some(shorter) = cut_end(rest, &EMPTY) {
        // 甲市本级: the last word is part of a name.
        if shorter.ends_with(['市', '县', '区', '省']) && rest.ends_with("级") {
            break;
        }
        rest = shorter;
    }
    while let Some(shorter) = ["年度", "其中", "由", "用于", "安排"].iter().find_map(|word| rest.strip_prefix(word))
    {
        rest = shorter;
    }
    rest
}

/// Whether the words can be the name of the unit itself: they end in an organisation of the same sort (a 局 is not one
/// of its 中心). Abbreviated names are usual, so no more is asked.
fn is_own_name(words: &str, unit: Option<&str>) -> bool {
    let stem = |name: &str| {
        let mut name = name.to_owned();
        for tail in ["(汇总)", "汇总", "(本级)", "本级", "(部门)"] {
            name = name.strip_suffix(tail).unwrap_or(&name).to_owned();
        }
        name
    };
    let words = stem(words);
    if let Some(unit) = unit
        && (words == "学校" && unit.ends_with(['学', '校', '院']) || words == "医院" && unit.ends_with("医院"))
    {
        return true;
    }
    if cut_end(&words, &ORGANISATIONS).is_none() {
        return false;
    }
    let Some(unit) = unit.map(stem) else {
        return true;
    };
    let sort = |name: &str| match name.chars().next_back() {
        Some('会') => Some('委'),
        Some('室') => Some('办'),
        last => last,
    };
    sort(&words) == sort(&unit)
}

/// The names of `…(类)…(款)…(项)` that the words hold, from the class down; `None` where there are no such marks.
pub(super) fn function_path(text: &str) -> Option<Vec<String>> {
    let mut path = Vec::new();
    let mut rest = text;
    for mark in ["(类)", "(款)", "(项)"] {
        let Some(at) = rest.find(mark) else { break };
        let name = rest.get(..at)?;
        let name = name.rsplit([',', ':', '、', '.']).next().unwrap_or(name);
        path.push(name.to_owned());
        rest = rest.get(at + mark.len()..)?;
    }
    let mut tail = rest;
    while let Some(shorter) = cut_end(tail, &FILLERS) {
        tail = shorter;
    }
    let tail_is_empty = tail.is_empty();
    (!path.is_empty() && tail_is_empty).then_some(path)
}

fn unnamed(path: &[String], why: Unnamed) -> Message {
    let name = path.last().cloned().unwrap_or_default();
    match why {
        Unnamed::Unknown => {
            Message::new(format!("表内没有叫“{name}”的科目"), format!("no subject of the tables is called “{name}”"))
        }
        Unnamed::Several => Message::new(
            format!("表内有几个科目可能是“{name}”"),
            format!("several subjects of the tables may be “{name}”"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::{Measure, ProcurementPart};

    fn read(words: &str) -> (StatementKind, Option<Concept>, String) {
        let names = Names::default();
        let background =
            Background { names: &names, year: Some(2024), unit: Some("甲市乙局"), final_accounts: false };
        let label = label(words, background);
        (label.kind, label.concept, label.measure)
    }

    fn concept(words: &str) -> Option<Concept> {
        let (kind, concept, _) = read(words);
        assert_eq!(kind, StatementKind::Amount, "{words}");
        concept
    }

    #[test]
    fn terms_are_found_behind_units_and_years() {
        use Measure as M;
        for (words, expected) in [
            ("2024年甲市乙局收入预算总额为", Concept::TotalRevenue),
            ("2024年支出预算", Concept::TotalExpenditure),
            ("我单位政府采购预算", Concept::Procurement),
            ("其中:一般公共预算财政拨款收入", Concept::Revenue(M::GeneralPublic)),
            ("上年结余(转)", Concept::Revenue(M::CarriedIn)),
            ("甲局2024年机关运行经费预算", Concept::AgencyOperating),
            ("本部门2024年度机关运行经费支出", Concept::AgencyOperating),
            ("甲局2024年三公经费预算", Concept::ThreePublic(M::ThreePublic)),
            ("2024年一般公共预算三公经费支出", Concept::ThreePublic(M::ThreePublic)),
            ("1、因公出国(境)费用", Concept::ThreePublic(M::Abroad)),
            ("公务接待费", Concept::ThreePublic(M::Reception)),
            ("项目支出", Concept::Expenditure(M::Project)),
            ("2024年一般公共预算基本支出", Concept::Expenditure(M::Basic)),
            ("(一)人员经费", Concept::Expenditure(M::Personnel)),
            ("服务类采购金额", Concept::ProcurementPart(ProcurementPart::Services)),
            ("政府性基金预算支出为", Concept::FundExpenditure(M::GovernmentFund)),
            ("2024年预算支出", Concept::TotalExpenditure),
            ("2024年一般公共预算拨款安排的三公经费支出预算", Concept::ThreePublic(M::ThreePublic)),
            ("2024年甲局(汇总)三公经费年初预算安排", Concept::ThreePublic(M::ThreePublic)),
            (".公务接待费", Concept::ThreePublic(M::Reception)),
            ("(一)收入预算:2024年年初预算数", Concept::TotalRevenue),
        ] {
            assert_eq!(concept(words), Some(expected), "{words}");
        }
    }

    #[test]
    fn a_narrower_thing_is_not_taken_for_the_term() {
        for words in [
            "所属事业单位甲中心下属支出预算",
            "其中科技专项项目支出",
            "其他公务接待费",
            "公务用车运行维护费每台车每年",
            "资产原值",
            "扶贫支出预算",
            "2024年财政拨款支出预算",
            "甲中心2024年基本支出",
            "一般公共预算拨款政府采购",
            "国内公务接待费",
            "年初预算",
        ] {
            assert_eq!(concept(words), None, "{words}");
        }
    }

    #[test]
    fn changes_and_last_year_are_told_apart() {
        use StatementKind as K;
        for (words, expected) in [
            ("比上年减少", K::Decrease),
            ("比2023年预算增加", K::Increase),
            ("比上年增加(减少)", K::UndecidedChange),
            ("同比增加", K::Increase),
            ("比上年增", K::Increase),
            ("基本支出增加", K::Increase),
            ("压减公务用车运行维护费", K::Decrease),
            ("上年收入总计", K::PriorAmount),
            ("比去年预算", K::PriorAmount),
            ("2023年预算", K::PriorAmount),
            ("较上年", K::PriorAmount),
            ("上年结转", K::Amount),
            ("2024年预算数", K::Amount),
            ("规模工业增加值", K::Amount),
            ("支持商销稳增长", K::Amount),
            ("收入预算增长", K::Increase),
            ("能源节约利用(项)", K::Amount),
        ] {
            assert_eq!(read(words).0, expected, "{words}");
        }
    }

    #[test]
    fn a_change_keeps_what_changed() {
        assert_eq!(read("基本支出比上年增加").1, Some(Concept::Expenditure(Measure::Basic)));
        assert_eq!(read("压减公务用车运行维护费").1, Some(Concept::ThreePublic(Measure::VehicleRunning)));
        assert_eq!(read("比上年减少").2, "");
    }

    #[test]
    fn a_path_of_function_names_is_read() {
        assert_eq!(
            function_path("卫生健康支出(类)行政事业单位医疗(款)行政单位医疗(项)预算数"),
            Some(vec!["卫生健康支出".to_owned(), "行政事业单位医疗".to_owned(), "行政单位医疗".to_owned()])
        );
        assert_eq!(function_path("支出预算"), None);
    }
}
