//! The indicators of the performance forms: their names, this year's value and last year's.

use rust_decimal::Decimal;

use crate::amount::{Amount, half_width};
use crate::disclosure::{Anchor, ColumnRole, RowRole, TableKind, Value};
use crate::rules::Scope;
use crate::rules::sight::TableAt;
use crate::spelling::folded;

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
pub(super) fn indicators(scope: &Scope) -> Vec<Indicator> {
    let mut found = Vec::new();
    for kind in [TableKind::PerformanceWhole, TableKind::PerformanceProject] {
        for t in scope.present(kind) {
            let Some(column) = this_year(t) else { continue };
            let prior_column = last_year(t, column, scope.disclosure().year);
            for (row, r) in t.rows().filter(|(_, r)| r.role == RowRole::Indicator && r.doubt.is_none()) {
                let (Some(name), Some(value)) = (r.name.as_deref().map(folded), figure_in(t, row, column)) else {
                    continue;
                };
                let words = format!("{}{}", t.table.title, r.path.concat());
                let first = r.entries.first().map(|e| text(&e.value)).unwrap_or_default();
                found.push(Indicator {
                    name,
                    at: t.cell(row, column),
                    value,
                    prior: prior_column.and_then(|c| Some((t.cell(row, c), figure_in(t, row, c)?))),
                    whole: kind == TableKind::PerformanceWhole,
                    long_term: ["长期", "中期"].iter().any(|w| words.contains(w) || first.contains(w)),
                    counts: r.entries.iter().any(|e| text(&e.value).contains("数量")),
                });
            }
        }
    }
    found
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

fn text(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Amount(amount) => amount.printed().to_owned(),
        Value::Text(text) => text.clone(),
    }
}

fn figure_in(t: TableAt, row: usize, column: usize) -> Option<Figure> {
    figure(&text(&t.table.rows.get(row)?.entries.get(column)?.value))
}

/// The number of a value that is nothing but a bound, one number and its unit.
pub(super) fn figure(text: &str) -> Option<Figure> {
    let text: String = text.chars().map(half_width).filter(|c| !c.is_whitespace() && *c != '$').collect();
    let text = text.trim_start_matches(['≥', '≤', '≧', '≦', '>', '<', '=']);
    let digits: String = text.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let rest = text.get(digits.len()..)?;
    if rest.chars().any(|c| c.is_ascii_digit()) || rest.starts_with(['-', '—', '~', '至']) {
        return None;
    }
    let value = Amount::parse(&digits)?.value();
    let counter = ["以上", "以下", "以内", "左右", "及以上", "以"]
        .iter()
        .fold(rest.to_owned(), |rest, bound| rest.trim_end_matches(bound).to_owned());
    Some(Figure { value, counter })
}

/// Whether two numbers count the same sort of thing: 家 and 个 are the same, % is not.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let sort = |counter: &str| match counter {
        "个" | "家" | "户" | "项" => "个".to_owned(),
        "名" | "人" => "人".to_owned(),
        counter => counter.replace(['(', ')'], ""),
    };
    sort(a) == sort(b)
}

/// A name reduced to what it is about, its characters sorted: 科技成果转化 and 转化科技成果数量 are one thing. Empty
/// where too little is left.
pub(super) fn topic(name: &str) -> String {
    let text = bare(name);
    let mut chars: Vec<char> = text.trim_end_matches('数').chars().filter(|c| c.is_alphabetic()).collect();
    chars.sort_unstable();
    if chars.len() < 2 { String::new() } else { chars.into_iter().collect() }
}

/// A name in usual words, without those that say nothing of what is counted.
fn bare(name: &str) -> String {
    const SAME: [(&str, &str); 6] = [
        ("规模以上", "规上"),
        ("入规", "规上"),
        ("高新技术企业", "高企"),
        ("高新企业", "高企"),
        ("专精特新“小巨人”", "小巨人"),
        ("进规", "规上"),
    ];
    const SAYS_NOTHING: [&str; 18] = [
        "新增", "力争", "全年", "全市", "全县", "全区", "每年", "年度", "完成", "实现", "认定", "数量", "个数", "家数",
        "工业", "培育", "达到", "新",
    ];
    let mut text = name.to_owned();
    for (long, short) in SAME {
        text = text.replace(long, short);
    }
    for word in SAYS_NOTHING {
        text = text.replace(word, "");
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
