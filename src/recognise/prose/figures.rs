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
    /// A count, a target (`不少于 25 亿元`), a standard (`1万元/家`): what it counts is the figure's `counter`.
    Quantity,
    /// Part of a date: it belongs to the words around it.
    Date,
    /// Part of a name or an ordinal, a threshold (`50万元以上设备`), an end of a range, a number of a document.
    Aside,
    /// Nothing that is known.
    Unknown,
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
    /// What a quantity counts (`家`, `%`, `万元/家`), as printed.
    pub(super) counter: String,
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
        let minus = from.checked_sub(1).filter(|&i| matches!(chars.get(i), Some('-' | '−' | '△')));
        if let Some(sign) = minus
            && !before(chars, sign).is_some_and(|c| c.is_ascii_alphanumeric() || c == '元' || c == '万' || c == '%')
        {
            from = sign;
        }
        // A number has no white space inside.
        let Some(amount) = Amount::parse(paragraph.printed(from, digits_end)) else { continue };
        let (sort, end, counter) = if is_name(chars, from, digits_end) {
            (Sort::Aside, digits_end, String::new())
        } else {
            sort(chars, from, digits_end, found.last())
        };
        // A range makes both of its ends no amount.
        if sort == Sort::Aside
            && let Some(last) = found.last_mut()
            && is_range(chars, last.end, from)
        {
            last.sort = Sort::Aside;
        }
        at = end.max(digits_end);
        found.push(Figure { from, to: digits_end, end, sort, amount, counter });
    }
    found
}

/// Part of a name, a code or an ordinal: 5G, T000000105, PM2.5, v1.0, “5011”, （1）, `1.` at the head of an item, a
/// telephone number.
fn is_name(chars: &[char], from: usize, to: usize) -> bool {
    /// Longer runs of digits are telephone numbers and codes.
    const LONGEST: usize = 7;
    let previous = before(chars, from);
    let next = chars.get(skip_blanks(chars, to)).copied();
    let adjoins = |c: Option<&char>| c.is_some_and(|&c| c.is_ascii_alphabetic() || c == '_');
    if adjoins(from.checked_sub(1).and_then(|i| chars.get(i))) || adjoins_code(chars, to) {
        return true;
    }
    if previous.is_some_and(|c| "“”\"'《〔[№第".contains(c)) && !next.is_some_and(|c| "万亿元%".contains(c))
    {
        return true;
    }
    // 表1, 目标1：
    if to - from <= 2 && (previous == Some('表') || previous == Some('标') && next == Some(':')) {
        return true;
    }
    if previous == Some('(') && next == Some(')') && to - from <= 2 {
        return true;
    }
    let heads = previous.is_none_or(|c| "。;:!".contains(c)) && to - from <= 2;
    if heads && next.is_some_and(|c| "、.)".contains(c)) && !chars.get(to + 1).is_some_and(char::is_ascii_digit) {
        return true;
    }
    let digits = chars.get(from..to).unwrap_or_default();
    digits.len() >= LONGEST && digits.iter().all(char::is_ascii_digit) && !next.is_some_and(|c| "万亿元%".contains(c))
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
    let mut between = chars.get(from..to).unwrap_or_default().iter().filter(|c| !c.is_whitespace());
    matches!(
        (between.next(), between.next(), between.next()),
        (Some('-' | '—' | '~' | '–' | '至' | '到' | '～'), None, _) | (Some('—'), Some('—'), None)
    )
}

/// Words behind a number that make it an ordinal or part of a name.
const ORDINALS: [&str; 8] = ["号", "强", "届", "版", "大", "周年", "后", "期"];
/// Words behind an amount that make it a bound.
const BOUNDS: [&str; 9] = ["及以上", "以上", "以下", "以内", "左右", "(含)", "以外", "起", "以"];
/// Words before an amount that make it a target.
const TARGETS: [&str; 14] =
    ["不少于", "不低于", "不高于", "不超过", "超过", "突破", "达到", "≥", "≤", "≧", "≦", ">", "<", "大于"];

/// What the number at `from..to` is, where its unit ends, and what it counts.
fn sort(chars: &[char], from: usize, to: usize, previous: Option<&Figure>) -> (Sort, usize, String) {
    /// So many characters behind it tell.
    const AHEAD: usize = 16;
    let plain = |sort, end| (sort, end, String::new());
    let at = skip_blanks(chars, to);
    let mut ahead = String::with_capacity(AHEAD * '元'.len_utf8());
    ahead.extend(chars.get(at..).unwrap_or_default().iter().take(AHEAD).filter(|c| !c.is_whitespace()));
    if previous.is_some_and(|p| p.sort != Sort::Date && is_range(chars, p.end, from)) {
        let unit = Unit::prefix_of(&ahead).map_or(0, |(unit, _)| unit.word().chars().count());
        return plain(Sort::Aside, past(chars, at, unit));
    }
    if ahead.starts_with(['%', '‰']) {
        let bound = BOUNDS.iter().any(|w| ahead.get(1..).is_some_and(|rest| rest.starts_with(w)));
        let target = bound || preceded(chars, from, &TARGETS);
        return if target { (Sort::Quantity, at + 1, "%".to_owned()) } else { plain(Sort::Percent, at + 1) };
    }
    if ahead.starts_with(['年', '月', '日', '时', '点']) || ahead.starts_with("季度") {
        return plain(Sort::Date, at + 1);
    }
    if ORDINALS.iter().any(|word| ahead.starts_with(word)) {
        return plain(Sort::Aside, to);
    }
    if let Some((unit, _)) = Unit::prefix_of(&ahead) {
        return money(chars, (from, to, at), &ahead, unit);
    }
    // 申报金额：200 单位：万元
    if let Some(rest) = ahead.strip_prefix("单位:").or_else(|| ahead.strip_prefix('('))
        && let Some((unit, _)) = Unit::prefix_of(rest)
    {
        return plain(Sort::Money(unit), to);
    }
    if let Some(counter) = counter(&ahead) {
        let end = past(chars, at, counter.chars().count());
        return (Sort::Quantity, end, counter);
    }
    if preceded(chars, from, &["≥", "≤", "≧", "≦", ">", "<"]) {
        return plain(Sort::Quantity, to);
    }
    // At the very end of a line without a stop it is a cell of a row.
    let closed = ahead.starts_with([',', '。', ';', ')', '、']);
    let part_of_code = previous.is_some_and(|p| p.end == from);
    if closed && !part_of_code {
        return plain(Sort::Bare, to);
    }
    if before(chars, from) == Some(':') && ahead.is_empty() {
        return plain(Sort::Quantity, to);
    }
    plain(Sort::Unknown, to)
}

/// What a number with a unit of money is: an amount, a target, a standard, a count (3万人), a threshold.
fn money(chars: &[char], (from, to, at): (usize, usize, usize), ahead: &str, unit: Unit) -> (Sort, usize, String) {
    let word = [unit.word(), "万", "亿"].into_iter().find(|word| ahead.starts_with(word)).unwrap_or_default();
    let rest = ahead.get(word.len()..).unwrap_or_default();
    let end = past(chars, at, word.chars().count());
    if !word.ends_with('元') {
        // 5 万余人, 3 亿多册
        let more = rest.chars().take_while(|c| matches!(c, '余' | '多')).take(1).count();
        let thing = rest.get(more * '余'.len_utf8()..).unwrap_or_default();
        let length = match THINGS.iter().find(|word| thing.starts_with(*word)) {
            Some(word) => word.chars().count(),
            None => usize::from(thing.starts_with(counted)),
        };
        if length > 0 {
            let counter: String = word.chars().chain(thing.chars().take(length)).collect();
            return (Sort::Quantity, past(chars, at, counter.chars().count() + more), counter);
        }
    }
    if rest.starts_with(['/', '每', '／']) {
        let per: String = rest.chars().take_while(|c| !",。;、()".contains(*c)).take(4).collect();
        let counter = format!("{}{per}", unit.word());
        return (Sort::Quantity, past(chars, at, word.chars().count() + per.chars().count()), counter);
    }
    if let Some(bound) = BOUNDS.iter().find(|w| rest.starts_with(*w)) {
        let behind = rest.get(bound.len()..).and_then(|r| r.chars().next());
        // 50 万元以上设备 is a threshold, 完成 150 亿元以上。 a target.
        return if behind.is_none_or(|c| !c.is_alphanumeric() && c != '(') {
            (Sort::Quantity, end, unit.word().to_owned())
        } else {
            (Sort::Aside, end, String::new())
        };
    }
    if preceded(chars, from, &TARGETS) {
        return (Sort::Quantity, end, unit.word().to_owned());
    }
    let _ = to;
    // 1.4 万、: the unit as printed where it is not the whole word.
    let short = if word == unit.word() { String::new() } else { word.to_owned() };
    (Sort::Money(unit), end, short)
}

/// What the words behind a number say that it counts: a measure word, with what stands in brackets behind it.
fn counter(ahead: &str) -> Option<String> {
    const LONG: [&str; 14] = [
        "个百分点",
        "平方公里",
        "平方米",
        "立方米",
        "人次",
        "批次",
        "人/次",
        "台套",
        "小时",
        "个月",
        "工作日",
        "公里",
        "公顷",
        "万人",
    ];
    const SHORT: &str = "家个人名辆台套件次项户处所间亩吨条部场篇份位册种类批天栋块座支只头株棵升千米岁分倍镇村幅张艘";
    let word = LONG
        .iter()
        .find(|word| ahead.starts_with(*word))
        .map(|word| (*word).to_owned())
        .or_else(|| ahead.chars().next().filter(|c| SHORT.contains(*c)).map(String::from))?;
    let rest = ahead.get(word.len()..).unwrap_or_default();
    // 台（套）, 次/年
    let inner: String = rest.chars().skip(1).take_while(|c| *c != ')').take(3).collect();
    if rest.starts_with('(') && inner.chars().count() <= 2 && rest.chars().nth(inner.chars().count() + 1) == Some(')') {
        return Some(format!("{word}({inner})"));
    }
    if rest.starts_with('/') && !inner.is_empty() {
        return Some(format!("{word}/{}", inner.chars().take(1).collect::<String>()));
    }
    Some(word)
}

/// What a number with 万 or 亿 counts without a measure word, and money of others.
const THINGS: [&str; 14] =
    ["美元", "港元", "欧元", "日元", "英镑", "粉丝", "学生", "师生", "居民", "市民", "群众", "职工", "读者", "用户"];

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
    /// No word is longer, in characters.
    const LONGEST: usize = 4;
    let before = chars.get(..at).unwrap_or_default();
    words.iter().any(|word| {
        let mut tail = before.iter().rev().filter(|c| !c.is_whitespace()).take(LONGEST);
        word.chars().rev().all(|c| tail.next() == Some(&c))
    })
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
            ("申报金额：200单位：万元", vec!["200"]),
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
    fn what_is_counted_is_kept_and_what_states_nothing_is_set_aside() {
        let read = |text: &str| {
            let line = Line { text: text.to_owned(), place: Place::line(1), after_blank: false, strong: false };
            let stretch = vec![Item::Line(&line)];
            let page = Page::new(std::slice::from_ref(&stretch));
            figures(&paragraphs(&stretch, &page)[0])
        };
        for (text, counter) in [
            ("新增企业 96 家。", "家"),
            ("设备 0 台（套）。", "台(套)"),
            ("奖励 1 万元/家", "万元/家"),
            ("覆盖 3 万人", "万人"),
            ("在校学生 5 万余人", "万人"),
            ("服务 12 万居民", "万居民"),
            ("引入外资 1 亿美元，", "亿美元"),
            ("达到 42%以上。", "%"),
            ("完成投资 150 亿元以上。", "亿元"),
            ("满意度：≥95%", "%"),
            ("项目数：≧8 个", "个"),
        ] {
            let found = read(text);
            assert_eq!((found[0].sort, found[0].counter.as_str()), (Sort::Quantity, counter), "{text}");
        }
        for text in [
            "对 5G 网络",
            "“5011”机制",
            "1.收入",
            "（2）支出",
            "投资 500 万元以上项目",
            "2024 年",
            "世界500强",
            "第 3 批",
        ] {
            assert!(read(text).iter().all(|f| matches!(f.sort, Sort::Aside | Sort::Date)), "{text} {:?}", read(text));
        }
    }

    #[test]
    fn a_number_without_unit_ends_its_clause() {
        assert_eq!(of("支出为 0。"), [("0".to_owned(), Sort::Bare)]);
        assert_eq!(of("经费 1085.63，比上年"), [("1085.63".to_owned(), Sort::Bare)]);
        assert_eq!(of("共 13 人")[0].1, Sort::Quantity);
        assert_eq!(of("2024 年")[0].1, Sort::Date);
    }
}
