//! The indicators of the performance forms: their names, this year's value and last year's.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::amount::{Amount, half_width};
use crate::disclosure::{Anchor, ColumnRole, Row, RowRole, TableKind, Value};
use crate::rules::Scope;
use crate::rules::sight::TableAt;
use crate::spelling::{Sought, Wanted, folded, words};

/// The indicators of a disclosure, in reading order, those of the whole department first.
#[derive(Debug)]
pub(in crate::rules) struct Indicators {
    /// All of them.
    pub(super) all: Vec<Indicator>,
    /// Those of one name.
    by_name: BTreeMap<String, Vec<usize>>,
    /// Those of one [`topic`].
    by_topic: BTreeMap<String, Vec<usize>>,
    /// Those of one value; of several that are alike in all else that is compared, the first.
    by_value: BTreeMap<Decimal, Vec<usize>>,
}

impl Indicators {
    fn new(all: Vec<Indicator>) -> Self {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut by_topic: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, indicator) in all.iter().enumerate() {
            match by_name.get_mut(&indicator.name) {
                Some(all) => all.push(at),
                None => drop(by_name.insert(indicator.name.clone(), vec![at])),
            }
        }
        for (name, at) in &by_name {
            by_topic.entry(topic(name)).or_default().extend(at);
        }
        for at in by_topic.values_mut() {
            at.sort_unstable();
        }
        let mut by_value: BTreeMap<Decimal, Vec<usize>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (at, Indicator { name, value: Figure { value, counter }, long_term, .. }) in all.iter().enumerate() {
            // Names differ sooner than values.
            if seen.insert((name, counter, long_term, value)) {
                by_value.entry(*value).or_default().push(at);
            }
        }
        Self { all, by_name, by_topic, by_value }
    }

    /// Those of this name, which is folded.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = &Indicator> {
        self.by_name.get(name).into_iter().flatten().filter_map(|&at| self.all.get(at))
    }

    /// Those of this value, in reading order; not those that repeat another.
    pub(super) fn of_value(&self, value: Decimal) -> impl Iterator<Item = &Indicator> {
        self.by_value.get(&value).into_iter().flatten().filter_map(|&at| self.all.get(at))
    }

    /// Those on a topic.
    pub(super) fn about(&self, topic: &str) -> impl Iterator<Item = &Indicator> {
        self.by_topic.get(topic).into_iter().flatten().filter_map(|&at| self.all.get(at))
    }
}

/// One indicator of a form.
#[derive(Clone, Debug)]
pub(super) struct Indicator {
    /// Its name, folded.
    pub(super) name: String,
    /// The cell of this year's value.
    pub(super) at: Anchor,
    /// This year's value.
    pub(super) value: Figure,
    /// Last year's value and its cell, where the form has both.
    pub(super) prior: Option<(Anchor, Figure)>,
    /// Whether the form is that of the whole department.
    pub(super) whole: bool,
    /// Whether it is set for several years.
    pub(super) long_term: bool,
    /// Whether it counts something (数量指标).
    pub(super) counts: bool,
}

/// The one number of a value (`≥10家`), and what it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    /// The number.
    pub(super) value: Decimal,
    /// What follows it, folded.
    pub(super) counter: String,
}

/// Every indicator whose value of this year is one number.
pub(super) fn indicators<'a>(scope: &Scope<'a>) -> &'a Indicators {
    scope.facts.of(scope.at).indicators.get_or_init(|| Indicators::new(read(scope)))
}

/// Finds out the [`indicators`], which several rules ask for.
pub(in crate::rules) fn find_indicators(scope: &Scope) {
    indicators(scope);
}

fn read(scope: &Scope) -> Vec<Indicator> {
    let mut all = Vec::new();
    for kind in [TableKind::PerformanceWhole, TableKind::PerformanceProject] {
        for t in scope.present(kind) {
            let Some(column) = this_year(t) else { continue };
            let prior = last_year(t, column, scope.disclosure().year);
            let of_table = t.rows().filter(|(_, r)| r.role == RowRole::Indicator && r.doubt.is_none());
            all.extend(of_table.filter_map(|(row, r)| indicator(t, row, r, column, prior)));
        }
    }
    all
}

/// The indicator of a row whose value of this year stands in `column`, last year's in `prior`.
fn indicator(t: TableAt, row: usize, r: &Row, column: usize, prior: Option<usize>) -> Option<Indicator> {
    let value = figure_in(t, row, column)?;
    let first = r.entries.first().map(|e| text(&e.value)).unwrap_or_default();
    let long_term = |text: &str| Sought::new(text).has_any(words!["长期", "中期"]);
    Some(Indicator {
        name: folded(r.name.as_deref()?).into_owned(),
        at: t.cell(row, column),
        value,
        prior: prior.and_then(|c| Some((t.cell(row, c), figure_in(t, row, c)?))),
        whole: t.table.kind == TableKind::PerformanceWhole,
        long_term: long_term(&t.table.title) || r.path.iter().any(|part| long_term(part)) || long_term(first),
        counts: r.entries.iter().any(|e| Sought::new(text(&e.value)).has_any(words!["数量"])),
    })
}

/// The column of this year's values.
fn this_year(t: TableAt) -> Option<usize> {
    let columns =
        || t.table.columns.iter().enumerate().filter(|(_, c)| matches!(c.role, ColumnRole::Text | ColumnRole::Amount));
    let values = |header: &str| header.contains("指标值") || header.contains("目标值") || header.contains("实现值");
    let has = |header: &str, words: &[&str]| words.iter().any(|w| header.contains(w));
    columns()
        .filter(|(_, c)| values(&c.header()) && !c.header().contains("依据"))
        .find(|(_, c)| has(&c.header(), &["当年", "本年", "预期", "预计"]))
        .or_else(|| {
            let mut plain = columns()
                .filter(|(_, c)| values(&c.header()) && !c.header().contains("依据") && !has_year(&c.header()));
            let first = plain.next()?;
            plain.next().is_none().then_some(first)
        })
        .map(|(at, _)| at)
}

/// The column of last year's values.
fn last_year(t: TableAt, own: usize, year: Option<u16>) -> Option<usize> {
    let year = year.and_then(|year| year.checked_sub(1)).map(|year| year.to_string());
    t.table
        .columns
        .iter()
        .enumerate()
        .filter(|&(at, _)| at != own)
        .find(|(_, c)| year.as_deref().is_some_and(|year| c.header().contains(year)) || c.header().contains("上年"))
        .map(|(at, _)| at)
}

fn has_year(header: &str) -> bool {
    header.contains("20") || header.contains("上年") || header.contains("前年")
}

fn text(value: &Value) -> &str {
    match value {
        Value::Blank => "",
        Value::Amount(amount) => amount.printed(),
        Value::Text(text) => text,
    }
}

fn figure_in(t: TableAt, row: usize, column: usize) -> Option<Figure> {
    figure(text(&t.table.rows.get(row)?.entries.get(column)?.value))
}

/// The number of a value that is nothing but a bound, one number and its unit.
pub(super) fn figure(text: &str) -> Option<Figure> {
    // Most targets are words.
    if !text.chars().any(|c| half_width(c).is_ascii_digit()) {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    plain.extend(text.chars().map(half_width).filter(|c| !c.is_whitespace() && *c != '$'));
    let text = plain.trim_start_matches(['≥', '≤', '≧', '≦', '>', '<', '=']);
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if rest.chars().any(|c| c.is_ascii_digit()) || rest.starts_with(['-', '—', '~', '至']) {
        return None;
    }
    let value = Amount::parse(digits)?.value();
    let mut counter = rest;
    for bound in ["以上", "以下", "以内", "左右", "及以上", "以"] {
        while let Some(shorter) = counter.strip_suffix(bound) {
            counter = shorter;
        }
    }
    Some(Figure { value, counter: counter.to_owned() })
}

/// Whether two numbers count the same sort of thing: 家 and 个 are the same, % is not.
pub(super) fn alike(a: &str, b: &str) -> bool {
    fn sort(counter: &str) -> impl Iterator<Item = char> {
        let counter = match counter {
            "个" | "家" | "户" | "项" => "个",
            "名" | "人" => "人",
            "亿元" => "亿",
            "万元" => "万",
            counter => counter,
        };
        counter.chars().filter(|c| !matches!(c, '(' | ')'))
    }
    sort(a).eq(sort(b))
}

/// A name reduced to what it is about, its characters sorted: 科技成果转化 and 转化科技成果数量 are one thing. Empty
/// where too little is left.
pub(super) fn topic(name: &str) -> String {
    let text = bare(name);
    // Most are Chinese, and those need not be looked up.
    let letter = |c: &char| ('\u{4E00}'..='\u{9FFF}').contains(c) || c.is_alphabetic();
    let mut chars: Vec<char> = text.trim_end_matches('数').chars().filter(letter).collect();
    chars.sort_unstable();
    if chars.len() < 2 {
        return String::new();
    }
    let mut topic = String::with_capacity(text.len());
    topic.extend(chars);
    topic
}

/// A name in usual words, without those that say nothing of what is counted.
fn bare(name: &str) -> String {
    /// Words, and what stands for each.
    const SAME: [(&[Wanted], &str); 4] = [
        (words!["规模以上", "入规"], "规上"),
        (words!["高新技术企业", "高新企业"], "高企"),
        (words!["专精特新“小巨人”"], "小巨人"),
        (words!["进规"], "规上"),
    ];
    const SAYS_NOTHING: &[Wanted] = words![
        "新增", "力争", "全年", "全市", "全县", "全区", "每年", "年度", "完成", "实现", "认定", "数量", "个数", "家数",
        "工业", "培育", "达到", "新",
    ];
    let sought = Sought::new(name);
    let mut text = name.to_owned();
    for (words, instead) in SAME.into_iter().chain([(SAYS_NOTHING, "")]) {
        // Most words are not there, and none has a character that a replacement before it brings in.
        for word in words.iter().filter(|word| sought.may_have(word)) {
            if text.contains(word.text) {
                text = text.replace(word.text, instead);
            }
        }
    }
    text
}

/// Whether two longer names are of one thing though their words differ: most of the shorter one's pairs of characters
/// stand in the other. Good enough to confirm an equal value, not to refute another.
pub(super) fn resemble(a: &str, b: &str) -> bool {
    const FEWEST: usize = 8;
    let pairs = |name: &str| -> std::collections::BTreeSet<(char, char)> {
        let chars: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).collect();
        chars.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect()
    };
    let (a, b) = (pairs(&bare(a)), pairs(&bare(b)));
    let shorter = a.len().min(b.len());
    shorter >= FEWEST && a.intersection(&b).count() * 10 >= shorter * 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_one_number_with_its_unit() {
        for (text, value, counter) in [
            ("≥10 家", 10, "家"),
            ("90%以上", 90, "%"),
            ("$\\geq 10$ 个", 0, ""),
            ("1万元/家", 1, "万元/家"),
            ("8个/年", 8, "个/年"),
        ] {
            match figure(text) {
                Some(figure) => assert_eq!((figure.value, figure.counter.as_str()), (Decimal::from(value), counter)),
                None => assert_eq!(counter, "", "{text}"),
            }
        }
        for text in ["新增20个；标杆10个", "1-2个", "助推", "5—10"] {
            assert_eq!(figure(text), None, "{text}");
        }
    }

    #[test]
    fn names_of_one_thing_meet() {
        assert_eq!(topic("新增规模以上工业企业"), topic("新入规企业数量"));
        assert_eq!(topic("实现科技成果转化"), topic("转化科技成果数量"));
        assert_eq!(topic("新增高企"), topic("高新企业认定数量"));
        assert_ne!(topic("新增高企"), topic("科技特派员数量"));
        assert_eq!(topic("新增数量"), "");
    }
}
