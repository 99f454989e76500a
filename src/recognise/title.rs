//! Titles of tables: which lines name one, what kind it is, which number it has.

use crate::amount::Unit;
use crate::disclosure::TableKind;
use crate::spelling::{Sought, Wanted, fold, folded, holds, is_space, words};

/// Titles are short; the longest of the official forms has 33 characters.
const LONGEST_TITLE: usize = 48;

/// No character has more bytes.
const MOST_BYTES: usize = 4;

/// `第二部分 …`, `第三章 …`: the headings of a disclosure's parts.
pub(super) fn is_part(text: &str) -> bool {
    // Most lines begin with something else.
    if text.chars().filter(|c| !is_space(*c)).find_map(fold) != Some('第') {
        return false;
    }
    let text = folded(text);
    let Some(rest) = text.strip_prefix('第') else {
        return false;
    };
    let number: String = rest.chars().take_while(|c| "一二三四五六七八九十0123456789".contains(*c)).collect();
    !number.is_empty() && ["部分", "章", "篇"].iter().any(|word| rest[number.len()..].starts_with(word))
}

/// Whether two lines can be one title: [`Title::parse_joined`] reads no longer ones, and none without 表.
pub(super) fn may_join(text: &str, below: &str) -> bool {
    text.chars().count() + below.chars().count() <= 2 * LONGEST_TITLE && (holds(text, "表") || holds(below, "表"))
}

/// `（2024年度）`, `2024年`: below a title, about the year.
pub(super) fn is_year_line(text: &str) -> bool {
    let text = folded(text);
    let inner = text.trim_matches(['(', ')']);
    let digits = inner.chars().take_while(char::is_ascii_digit).count();
    digits == 4 && matches!(&inner[digits..], "年度" | "年")
}

/// A line that is only a table's number: `表1`, `表 5-1`, `预算01表`, `公开01表`, `附件 4-1`, `附表2`.
pub(super) fn bare_number(text: &str) -> Option<String> {
    if !text.contains(['表', '附']) {
        return None;
    }
    let text = folded(text);
    let text = text.trim_matches([':', '.', '(', ')', '、']);
    let (number, rest) = leading_number(text)?;
    rest.is_empty().then_some(number)
}

/// A table's number at the start of folded text, and the text after it.
fn leading_number(text: &str) -> Option<(String, &str)> {
    for word in ["附件", "附表", "部门公开表", "单位公开表", "公开表", "表"] {
        if let Some(rest) = text.strip_prefix(word) {
            let after = after_number(rest);
            if after.len() < rest.len() {
                return Some((text[..text.len() - after.len()].to_owned(), after));
            }
        }
    }
    for word in ["预算", "公开", "财决公开", "部门预算公开", "决算"] {
        if let Some(rest) = text.strip_prefix(word) {
            let after = after_number(rest);
            if after.len() < rest.len()
                && let Some(after) = after.strip_prefix('表')
            {
                return Some((text[..text.len() - after.len()].to_owned(), after));
            }
        }
    }
    None
}

/// The text after a table's number: `1`, `5-1`, `01`, `五`, `十二`, `四-1`. Digits and Chinese numerals do not stand in
/// one piece of it, and the numerals of 一般公共预算 and 三公经费 are no number (`表5 一般公共预算支出表`).
fn after_number(text: &str) -> &str {
    const NUMERALS: &str = "一二三四五六七八九十";
    let mut rest = text;
    loop {
        let mut after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        if after.len() == rest.len() {
            after = rest.trim_start_matches(|c| NUMERALS.contains(c));
            let word = [('一', "般"), ('三', "公")]
                .iter()
                .find(|(last, next)| after.starts_with(next) && rest[..rest.len() - after.len()].ends_with(*last));
            if let Some((last, _)) = word {
                after = &rest[rest.len() - after.len() - last.len_utf8()..];
            }
        }
        let joined = after.trim_start_matches(['-', '—']);
        if after.len() == rest.len() || joined.len() == after.len() {
            return after;
        }
        rest = joined;
    }
}

/// Whether a heading begins like a section of prose: `一、…`, `（二）…`.
pub(super) fn begins_with_ordinal(text: &str) -> bool {
    let text = folded(text);
    without_ordinal(&text).len() < text.len()
}

/// Folded text without `一、`, `（二）`, `3.` in front.
pub(super) fn without_ordinal(text: &str) -> &str {
    const NUMBERS: &str = "一二三四五六七八九十廿百0123456789";
    let rest = text.strip_prefix('(').unwrap_or(text);
    let number = rest.trim_start_matches(|c| NUMBERS.contains(c));
    if number.len() == rest.len() {
        return text;
    }
    number.strip_prefix(['、', '.', ')', ':', ',']).map_or(text, |after| after.trim_start_matches(['、', '.', ')']))
}

/// A line that names a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Title {
    /// What it says the table is.
    pub(super) kind: TableKind,
    /// As printed, without ordinal and number.
    pub(super) name: String,
    /// The number in front.
    pub(super) number: Option<String>,
    /// A unit in brackets.
    pub(super) unit: Option<Unit>,
}

impl Title {
    /// Reads a line as a title: an ordinal or number in front, then words that end in 表, perhaps brackets after.
    pub(super) fn parse(printed: &str) -> Option<Self> {
        Self::parse_within(printed, LONGEST_TITLE)
    }

    /// Reads two lines, put together, as one title.
    pub(super) fn parse_joined(printed: &str) -> Option<Self> {
        Self::parse_within(printed, 2 * LONGEST_TITLE)
    }

    fn parse_within(printed: &str, longest: usize) -> Option<Self> {
        if printed.len() > longest * MOST_BYTES || printed.chars().count() > longest || !holds(printed, "表") {
            return None;
        }
        let text = folded(printed);
        let mut rest = without_ordinal(&text);
        let mut number = None;
        if let Some((found, after)) = leading_number(rest) {
            number = Some(found);
            rest = after.trim_start_matches([':', '.', '、', '-', ' ']);
        }
        let begin = text.len() - rest.len();
        let rest = rest.trim_end_matches(['。', ':', ';', '.']);
        let mut stem = rest;
        let mut unit = None;
        // Brackets after the title, and a piece's number (`年度绩效目标表1`).
        while let Some(open) = stem.ends_with(')').then(|| stem.rfind('(')).flatten() {
            let inner = &stem[open + 1..stem.len() - 1];
            if let Some(word) = inner.strip_prefix("单位:").or(Some(inner)) {
                unit = unit.or(Unit::prefix_of(word).filter(|(_, length)| *length == word.len()).map(|(unit, _)| unit));
            }
            stem = &stem[..open];
        }
        let words = stem.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五".contains(c));
        let words = words.strip_suffix("情况").filter(|w| w.ends_with('表')).unwrap_or(words);
        if !words.ends_with('表') || words.contains([',', ';', '。', '见', '?']) {
            return None;
        }
        let kind = kind_of(rest)?;
        let skipped = text[..begin].chars().count();
        Some(Self { kind, name: shown_title(printed, skipped, rest.chars().count()), number, unit })
    }
}

/// What table a line names, if it names one: kind, title, number.
pub(super) fn title_of(printed: &str) -> Option<(TableKind, String, Option<String>)> {
    Title::parse(printed).map(|title| (title.kind, title.name, title.number))
}

/// The piece of `printed` whose folded spelling is `letters` characters long and begins after `skipped` of them, with
/// the spaces between Chinese characters removed.
fn shown_title(printed: &str, skipped: usize, letters: usize) -> String {
    let mut seen = 0;
    let mut shown = String::with_capacity(printed.len());
    for c in printed.chars() {
        let folds_away = is_space(c) || fold(c).is_none();
        let inside = if folds_away {
            seen >= skipped && seen <= skipped + letters
        } else {
            seen >= skipped && seen < skipped + letters
        };
        if inside && c != '*' {
            shown.push(c);
        }
        seen += usize::from(!folds_away);
    }
    let shown = shown.trim_matches(|c: char| is_space(c));
    let mut kept = String::with_capacity(shown.len());
    let mut rest = shown.chars().peekable();
    while let Some(c) = rest.next() {
        let between_characters = kept.chars().last().is_some_and(is_chinese)
            && rest.peek().copied().is_some_and(|c| is_chinese(c) || is_space(c));
        if !(is_space(c) && between_characters) {
            kept.push(c);
        }
    }
    kept
}

fn is_chinese(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// What a folded title says the table is. `None` where nothing in it speaks of a budget.
fn kind_of(title: &str) -> Option<TableKind> {
    use TableKind as K;
    let sought = Sought::new(title);
    let has = |words: &[Wanted]| sought.has_any(words);
    Some(if has(words!["绩效"]) {
        if has(words!["整体"]) { K::PerformanceWhole } else { K::PerformanceProject }
    } else if has(words!["购买服务"]) && title.find("购买服务") < title.find("采购").or(Some(usize::MAX)) {
        K::ServicePurchase
    } else if has(words!["采购"]) {
        K::Procurement
    } else if has(words!["三公"]) || (has(words!["因公出国"]) && has(words!["接待"])) {
        K::ThreePublic
    } else if has(words!["机关运行经费"]) {
        K::Other
    } else if (has(words!["政府性基金"]) || has(words!["国有资本经营"]))
        && has(words!["收支"])
        && !has(words!["一般公共预算"])
        && !has(words!["财政拨款收支"])
    {
        // Both sides of one fund.
        if has(words!["政府性基金"]) { K::GovernmentFund } else { K::StateCapital }
    } else if has(words!["收支总"])
        || has(words!["收入支出总"])
        || has(words!["收入支出决算总"])
        || has(words!["收支预算总"])
        || has(words!["收支决算总"])
    {
        if has(words!["财政拨款"]) { K::FiscalAppropriationSummary } else { K::RevenueExpenditureSummary }
    } else if has(words!["一般公共预算"]) && has(words!["收入支出决算表"]) && !has(words!["基本支出"])
    {
        // What is carried in, received, spent and carried out, code by code.
        K::GeneralPublicExpenditureByFunction
    } else if has(words!["财政拨款"])
        && (has(words!["收支"]) || has(words!["收入支出"]))
        && !has(words!["基金"])
        && !has(words!["国有资本"])
    {
        K::FiscalAppropriationSummary
    } else if has(words!["政府性基金"]) || has(words!["政府基金"]) || has(words!["基金预算"]) {
        K::GovernmentFund
    } else if has(words!["国有资本"]) {
        K::StateCapital
    } else if has(words!["专项业务经费"]) {
        // What Shaanxi calls 项目支出.
        K::ProjectExpenditure
    } else if title.split('(').next().is_some_and(|own| own.contains("结转") && own.contains("支出")) {
        // What is spent of last year's money.
        K::Other
    } else if has(words!["基本支出"]) {
        K::BasicExpenditure
    } else if has(words!["经济分类"]) && !has(words!["功能"]) && has(words!["支出"]) {
        // 一般公共预算支出 again, by what the money is spent on.
        K::Other
    } else if has(words!["项目支出"]) {
        K::ProjectExpenditure
    } else if (has(words!["一般公共预算"]) || has(words!["公共财政"])) && has(words!["支出"]) {
        if has(words!["分单位"]) && !has(words!["分功能"]) {
            K::GeneralPublicExpenditureByUnit
        } else {
            K::GeneralPublicExpenditureByFunction
        }
    } else if has(words!["财政拨款支出"]) {
        K::GeneralPublicExpenditureByFunction
    } else if has(words!["项目"]) && has(words!["支出"]) {
        K::ProjectExpenditure
    } else if has(words!["收支"]) {
        K::RevenueExpenditureSummary
    } else if has(words!["收入"]) && !has(words!["支出"]) {
        K::RevenueSummary
    } else if has(words!["支出"]) && !has(words!["收入"]) && !has(words!["明细"]) {
        K::ExpenditureSummary
    } else if has(words!["预算", "决算", "经费", "资产", "编制", "资金", "支出", "收入", "项目", "债务"])
    {
        K::Other
    } else {
        return None;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_ends_where_the_words_begin() {
        for (text, number, rest) in [
            ("表5一般公共预算支出表", "表5", "一般公共预算支出表"),
            ("表五一般公共预算支出表", "表五", "一般公共预算支出表"),
            ("表一一般公共预算支出表", "表一", "一般公共预算支出表"),
            ("表7三公经费支出表", "表7", "三公经费支出表"),
            ("表5-1支出总表", "表5-1", "支出总表"),
            ("表十二项目支出表", "表十二", "项目支出表"),
            ("附件4-1申报表", "附件4-1", "申报表"),
            ("预算01表", "预算01表", ""),
        ] {
            assert_eq!(leading_number(text), Some((number.to_owned(), rest)), "{text}");
        }
        assert_eq!(leading_number("表一般公共预算支出表"), None);
    }
}
