//! The numbers of a paragraph, and what each is: money, percent, date, count, threshold.

use super::paragraphs::Paragraph;
use crate::amount::{Amount, Unit};

/// What a number of the prose is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// An amount of money with its unit.
    Money(Unit),
    /// A number without any unit at the end of a clause: money where what it is said of is money.
    Bare,
    /// A percent.
    Percent,
    /// Part of a date: it belongs to the words around it.
    Date,
    /// A count, a threshold (`50万元以上`), a rate (`1万元/家`), an end of a range, a number of a document.
    Other,
}

/// A number of a paragraph.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    /// Its first character.
    pub(super) from: usize,
    /// One past its last digit.
    pub(super) to: usize,
    /// One past its unit.
    pub(super) end: usize,
    /// What it is.
    pub(super) sort: Sort,
    /// Its value.
    pub(super) amount: Amount,
}

/// Every number of a paragraph, left to right.
pub(super) fn figures(paragraph: &Paragraph) -> Vec<Figure> {
    let chars = &paragraph.chars;
    let mut found: Vec<Figure> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let digits_end = number_end(chars, at);
        let mut from = at;
        at = digits_end;
        let previous = before(chars, from);
        // Part of a name or a code: 5G, T000000105, PM2.5, v1.0.
        if previous.is_some_and(|c| c.is_ascii_alphabetic() || c == '_') || adjoins_code(chars, digits_end) {
            continue;
        }
        let minus = from.checked_sub(1).filter(|&i| matches!(chars.get(i), Some('-' | '−' | '△')));
        if let Some(sign) = minus
            && !before(chars, sign).is_some_and(|c| c.is_ascii_digit() || c == '元' || c == '万' || c == '%')
        {
            from = sign;
        }
        let text: String = paragraph.raw.get(from..digits_end).unwrap_or_default().iter().collect();
        let Some(amount) = Amount::parse(&text) else { continue };
        let (sort, end) = sort(chars, from, digits_end, found.last());
        // A range makes both of its ends no amount.
        if sort == Sort::Other
            && let Some(last) = found.last_mut()
            && is_range(chars, last.end, from)
        {
            last.sort = Sort::Other;
        }
        at = end.max(digits_end);
        found.push(Figure { from, to: digits_end, end, sort, amount });
    }
    found
}

/// One past the last digit of the number at `from`: thousands separators and one decimal point inside.
fn number_end(chars: &[char], from: usize) -> usize {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let run = |mut at: usize| {
        while digit(at) {
            at += 1;
        }
        at
    };
    let mut end = run(from);
    if end - from <= 3 {
        while chars.get(end) == Some(&',') && run(end + 1) == end + 4 {
            end += 4;
        }
    }
    if chars.get(end) == Some(&'.') && digit(end + 1) {
        let fraction = run(end + 1);
        // 1.2.3 is a section, 2024.01.02 a date.
        if !(chars.get(fraction) == Some(&'.') && digit(fraction + 1)) {
            end = fraction;
        }
    }
    end
}

/// The nearest character before `at` that is no blank.
fn before(chars: &[char], at: usize) -> Option<char> {
    chars.get(..at)?.iter().rev().find(|c| !c.is_whitespace()).copied()
}

fn skip_blanks(chars: &[char], mut at: usize) -> usize {
    while chars.get(at).is_some_and(|c| c.is_whitespace()) {
        at += 1;
    }
    at
}

fn adjoins_code(chars: &[char], at: usize) -> bool {
    chars.get(at).is_some_and(char::is_ascii_alphabetic) && !matches!(chars.get(at), Some('m' | 'k'))
}

/// Whether `from..to` is nothing but a dash or 至: the two numbers around it are the ends of a range.
fn is_range(chars: &[char], from: usize, to: usize) -> bool {
    let between: String = chars.get(from..to).unwrap_or_default().iter().filter(|c| !c.is_whitespace()).collect();
    matches!(between.as_str(), "-" | "—" | "——" | "~" | "–" | "至" | "到" | "～")
}

/// What the number at `from..to` is, and where its unit ends.
fn sort(chars: &[char], from: usize, to: usize, previous: Option<&Figure>) -> (Sort, usize) {
    let at = skip_blanks(chars, to);
    let ahead: String = chars.get(at..).unwrap_or_default().iter().take(12).filter(|c| !c.is_whitespace()).collect();
    if previous.is_some_and(|p| p.sort != Sort::Date && is_range(chars, p.end, from)) {
        return (Sort::Other, to);
    }
    if ahead.starts_with('%') {
        return (Sort::Percent, at + 1);
    }
    if ahead.starts_with(['年', '月', '日', '时']) || ahead.starts_with("季度") {
        return (Sort::Date, at + 1);
    }
    // 〔2024〕12号, ［2024］
    if ahead.starts_with('号') || before(chars, from).is_some_and(|c| matches!(c, '〔' | '[' | '第' | '№' | '《'))
    {
        return (Sort::Other, to);
    }
    if let Some((unit, _)) = Unit::prefix_of(&ahead) {
        let word = [unit.word(), "万", "亿"].into_iter().find(|word| ahead.starts_with(word)).unwrap_or_default();
        let rest = ahead.get(word.len()..).unwrap_or_default();
        let end = past(chars, at, word.chars().count());
        // 3万人, 2亿斤: a count.
        let complete = word.ends_with('元') || rest.is_empty() || !rest.starts_with(counted);
        let bound =
            ["以上", "以下", "以内", "左右", "及以上", "(含)", "以外", "起", "以"].iter().any(|w| rest.starts_with(w));
        let rate = rest.starts_with(['/', '每', '／']);
        let least = preceded(
            chars,
            from,
            &["不少于", "不低于", "超过", "不超过", "突破", "达到", "≥", "≤", "≧", "≦", ">", "<"],
        );
        if !complete || bound || rate || least {
            return (Sort::Other, end);
        }
        return (Sort::Money(unit), end);
    }
    // At the very end of a line without a stop it is a cell of a row.
    let closed = ahead.starts_with([',', '。', ';', '；', ')', '、']);
    let part_of_code = previous.is_some_and(|p| p.end == from);
    if closed && !part_of_code { (Sort::Bare, to) } else { (Sort::Other, to) }
}

/// Words that a number with 万 or 亿 counts.
fn counted(c: char) -> bool {
    "人户家个次辆台套件吨亩斤公平立千册字份名只头株棵条米度万亿".contains(c)
}

/// One past the `count`-th character from `at` that is no blank.
fn past(chars: &[char], at: usize, count: usize) -> usize {
    let mut seen = 0;
    let mut end = at;
    while seen < count && end < chars.len() {
        if !chars[end].is_whitespace() {
            seen += 1;
        }
        end += 1;
    }
    end
}

/// Whether one of `words` stands directly before `at`.
fn preceded(chars: &[char], at: usize, words: &[&str]) -> bool {
    let tail: Vec<char> =
        chars.get(..at).unwrap_or_default().iter().rev().filter(|c| !c.is_whitespace()).take(4).copied().collect();
    let tail: String = tail.iter().rev().collect();
    words.iter().any(|word| tail.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::super::paragraphs::{Page, paragraphs};
    use super::*;
    use crate::document::{Line, Place};
    use crate::recognise::Item;

    fn of(text: &str) -> Vec<(String, Sort)> {
        let line = Line { text: text.to_owned(), place: Place::line(1), after_blank: false, strong: false };
        let stretch = vec![Item::Line(&line)];
        let page = Page::new(std::slice::from_ref(&stretch));
        figures(&paragraphs(&stretch, &page)[0]).into_iter().map(|f| (f.amount.plain(), f.sort)).collect()
    }

    fn money(text: &str) -> Vec<String> {
        of(text).into_iter().filter(|(_, s)| matches!(s, Sort::Money(_))).map(|(n, _)| n).collect()
    }

    #[test]
    fn amounts_are_found_however_they_are_printed() {
        for (text, expected) in [
            ("预算 145.82 万元", vec!["145.82"]),
            ("办公费2.68万、印刷费1.50万、", vec!["2.68", "1.50"]),
            ("共３，４２６．２９万元", vec!["3426.29"]),
            ("3,426.29 万元", vec!["3426.29"]),
            ("增加0.05万元,增长0.93%", vec!["0.05"]),
            ("项目 12 万元，34 万元", vec!["12", "34"]),
            ("工会会费 9.5 元", vec!["9.5"]),
            ("净增 -3.20 万元", vec!["-3.20"]),
        ] {
            assert_eq!(money(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_stays_out() {
        for text in [
            "单价 100 万元以上专用设备",
            "5—10 亿元企业 13 家",
            "2024 年 3 月 1 日",
            "某政办〔2024〕12 号",
            "奖励 1 万元/家",
            "覆盖 3 万人",
            "下降 10.18%",
            "不少于 25 亿元",
            "5G 基站 500 个",
            "编码 42120022209T000000105",
            "1.2.3 节",
        ] {
            assert_eq!(money(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_number_without_unit_ends_its_clause() {
        assert_eq!(of("支出为 0。"), [("0".to_owned(), Sort::Bare)]);
        assert_eq!(of("经费 1085.63，比上年"), [("1085.63".to_owned(), Sort::Bare)]);
        assert_eq!(of("共 13 人")[0].1, Sort::Other);
        assert_eq!(of("2024 年")[0].1, Sort::Date);
    }
}
