//! Wording of the prose that looks unfinished or slipped. Only what can be seen in the words themselves; whether it
//! matters is for the rules.

use std::cell::LazyCell;

use super::names::Names;
use super::paragraphs::{Paragraph, ordinal};
use crate::amount::Unit;
use crate::disclosure::{Oddity, OddityKind};
use crate::document::{Block, Document, Place};
use crate::privacy::{has_digits, mask};
use crate::spelling::{bit, is_space};

/// Words of an oddity are at most this long, in characters.
const LONGEST_WORDS: usize = 40;
/// What is quoted around it, in characters to either side.
const AROUND: usize = 40;

/// The oddities of one stretch, in reading order.
pub(super) fn collect(paragraphs: &[Paragraph], names: &Names) -> Vec<Oddity> {
    let mut found = Vec::new();
    let ranks: Vec<Option<Rank>> = paragraphs.iter().map(rank).collect();
    let beginnings = LazyCell::new(|| Beginnings::of(paragraphs));
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let mut add = |kind, from: usize, to: usize| {
            if let Some(place) = paragraph.place(from, to) {
                let words = mask(paragraph.printed(from, to)).chars().take(LONGEST_WORDS).collect();
                let around = paragraph.printed(from.saturating_sub(AROUND), (to + AROUND).min(paragraph.raw.len()));
                found.push(Oddity { kind, place, words, quote: mask(around).into_owned() });
            }
        };
        let solid = Solid::new(&paragraph.chars);
        placeholders(&solid, &mut add);
        empty_slots(&solid, &mut add);
        doubled(&solid, &mut add);
        narrow_scope(&solid, &mut add);
        subjects(paragraph, names, &mut add);
        headings(paragraphs, &ranks, at, &|text| beginnings.stands_again(at, text), &mut add);
    }
    found
}

/// The characters of a paragraph without white space.
struct Solid {
    chars: Vec<char>,
    /// Where each of them stands in the paragraph.
    at: Vec<usize>,
    /// All of them, each as one of 64 bits.
    all: u64,
}

impl Solid {
    fn new(chars: &[char]) -> Self {
        let mut solid = Self { chars: Vec::with_capacity(chars.len()), at: Vec::with_capacity(chars.len()), all: 0 };
        for (at, &c) in chars.iter().enumerate().filter(|(_, c)| !c.is_whitespace()) {
            solid.chars.push(c);
            solid.at.push(at);
            solid.all |= bit(u32::from(c));
        }
        solid
    }

    /// Whether one of these characters may be there. Most paragraphs have none of those that matter.
    fn may_have(&self, any: &[char]) -> bool {
        any.iter().any(|&c| self.all & bit(u32::from(c)) != 0)
    }

    /// Whether `word` stands at a character.
    fn has(&self, at: usize, word: &str) -> bool {
        let mut chars = self.chars.get(at..).unwrap_or_default().iter();
        word.chars().all(|c| chars.next() == Some(&c))
    }
}

/// XX万元, ××年: two or more such marks in a row, no Latin word around them, before a unit or a date.
fn placeholders(text: &Solid, add: &mut impl FnMut(OddityKind, usize, usize)) {
    const UNITS: [&str; 11] = ["万元", "元", "亿", "%", "年", "月", "日", "个", "人", "辆", "家"];
    const MARKS: [char; 6] = ['X', 'x', '×', '＊', '□', '_'];
    if !text.may_have(&MARKS) {
        return;
    }
    let is_mark = |c: char| MARKS.contains(&c);
    let mut at = 0;
    while at < text.chars.len() {
        let Some(next) = text.chars[at..].iter().position(|c| is_mark(*c)) else { break };
        at += next;
        let run = text.chars[at..].iter().take_while(|c| is_mark(**c)).count();
        let before = at.checked_sub(1).and_then(|i| text.chars.get(i)).copied();
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let unit = UNITS.iter().any(|unit| text.has(at + run, unit));
        // 长×宽 has figures around it.
        if (run >= 2 || before.is_some_and(|c| "为加少长降计".contains(c))) && unit && !latin(before) {
            add(OddityKind::Placeholder, text.at[at], text.at[at + run - 1] + 1);
        }
        at += run;
    }
}

/// A unit without its number: 增长 %, 增加 万元; a bound and its noun counted by nothing: 10亿元以上企业家，.
fn empty_slots(text: &Solid, add: &mut impl FnMut(OddityKind, usize, usize)) {
    let plain = &text.chars;
    let changes = text.may_have(&['加', '少', '长', '降']) && text.may_have(&['%', '万']);
    if changes && (plain.contains(&',') || plain.contains(&'。')) {
        for at in 1..plain.len() {
            let change = matches!(plain[at - 1], '加' | '少' | '长' | '降');
            if change && (text.has(at, "%") || text.has(at, "万元")) {
                add(OddityKind::EmptySlot, text.at[at - 1], text.at[at] + 1);
            }
        }
    }
    if !text.may_have(&['以']) {
        return;
    }
    for at in 0..plain.len().saturating_sub(2) {
        if plain[at] != '以' || !text.has(at, "以上") {
            continue;
        }
        let money = at > 0 && matches!(plain[at - 1], '元' | '亿' | '万');
        let number = plain[..at].iter().rev().skip(1).take(6).any(char::is_ascii_digit);
        let noun: Vec<char> = plain[at + 2..].iter().copied().take_while(|c| c.is_alphabetic()).take(9).collect();
        let end = at + 2 + noun.len();
        let closed = plain.get(end).is_none_or(|c| matches!(c, ',' | '。' | ';' | '、'));
        let counted = noun.last().is_some_and(|c| "家个户项".contains(*c));
        // 5—10 亿元企业 13 家 stands beside it: the list counts what it names.
        let siblings = plain[end.min(plain.len())..].iter().take(24).any(char::is_ascii_digit);
        if money && number && (2..=8).contains(&noun.len()) && closed && counted && siblings {
            add(OddityKind::EmptySlot, text.at[at], text.at[end - 1] + 1);
        }
    }
}

/// `。。`, `，，`, `的的`, `万元万元`.
fn doubled(text: &Solid, add: &mut impl FnMut(OddityKind, usize, usize)) {
    const WORDS: [&str; 14] = [
        "万元", "增加", "减少", "下降", "增长", "预算", "支出", "收入", "经费", "主要", "其中", "项目", "管理", "产业",
    ];
    let chars = &text.chars;
    let mut at = 0;
    while at + 1 < chars.len() {
        let (first, second) = (chars[at], chars[at + 1]);
        let once = || first == second && chars.get(at + 2) != Some(&first);
        if matches!(first, '。' | ',' | ';' | '、' | '的' | '了' | '和' | '为' | '是' | '在') && once() {
            add(OddityKind::Doubled, text.at[at], text.at[at + 1] + 1);
            at += 2;
            continue;
        }
        let again = chars.get(at + 2) == Some(&first) && chars.get(at + 3) == Some(&second);
        if again && WORDS.iter().any(|word| text.has(at, word)) {
            add(OddityKind::Doubled, text.at[at], text.at[at + 3] + 1);
            at += 4;
            continue;
        }
        at += 1;
    }
}

/// 三公经费未包含项目支出: the words, in a paragraph on the three public expenses.
fn narrow_scope(text: &Solid, add: &mut impl FnMut(OddityKind, usize, usize)) {
    const EXPENSES: [&str; 4] = ["三公", "公务接待费", "公务用车", "因公出国"];
    const LEFT_OUT: [&str; 6] =
        ["包含项目支出", "包括项目支出", "含项目支出", "包含项目经费", "包括项目经费", "含项目经费"];
    if !text.may_have(&['含', '括']) {
        return;
    }
    let find = |word: &str| (0..text.chars.len()).find(|&at| text.has(at, word));
    let no = |at: usize| match at.checked_sub(1).and_then(|i| text.chars.get(i)) {
        Some('未' | '不') => Some(at - 1),
        Some('有' | '再') => at.checked_sub(2).filter(|&i| text.has(i, "没有") || text.has(i, "不再")),
        _ => None,
    };
    let said = (0..text.chars.len())
        .filter(|&at| matches!(text.chars[at], '包' | '含'))
        .find_map(|at| Some((no(at)?, at, LEFT_OUT.iter().find(|words| text.has(at, words))?)));
    let Some((from, at, words)) = said else { return };
    if !EXPENSES.iter().any(|word| find(word).is_some()) {
        return;
    }
    // The clause says of what; where it says nothing the paragraph does.
    let clause: String =
        text.chars[..from].iter().rev().take_while(|c| !matches!(c, ',' | '。' | ';' | ':')).copied().collect();
    let clause: String = clause.chars().rev().collect();
    let operating = clause.contains("机关运行") || clause.is_empty() && find("机关运行").is_some();
    if !operating && let Some(&end) = text.at.get(at + words.chars().count() - 1) {
        add(OddityKind::NarrowScope, text.at[from], end + 1);
    }
}

/// Mobile numbers, wherever the document has them: they are of persons; an office's number is not. Words and quote are
/// masked.
pub(in crate::recognise) fn personal_phones(document: &Document) -> Vec<Oddity> {
    let mut found = Vec::new();
    let mut look = |text: &str, place: Place| {
        if let Some(words) = mobile(text) {
            let quote = mask(text).chars().filter(|c| !is_space(*c)).take(AROUND).collect();
            found.push(Oddity { kind: OddityKind::Phone, place, words, quote });
        }
    };
    for block in &document.blocks {
        match block {
            Block::Heading { line, .. } => look(&line.text, line.place),
            Block::Text(lines) => lines.iter().for_each(|line| look(&line.text, line.place)),
            Block::Grid(grid) => {
                grid.rows.iter().flat_map(|row| &row.cells).for_each(|cell| look(&cell.text, cell.place));
            }
            Block::Image { .. } => {}
        }
    }
    found
}

/// The mobile number in a text, masked: eleven digits from 13 to 19 that no other digit or letter adjoins.
fn mobile(text: &str) -> Option<String> {
    const DIGITS: usize = 11;
    if !has_digits(text, DIGITS) {
        return None;
    }
    text.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | ','))
        .find(|run| {
            run.len() == DIGITS
                && run.bytes().all(|b| b.is_ascii_digit())
                && run.starts_with('1')
                && run.as_bytes().get(1).is_some_and(|b| (b'3'..=b'9').contains(b))
        })
        .and_then(|run| run.get(..3))
        .map(|head| format!("{head}********"))
}

/// `…（类）…（款）…（项）：` of the explanation of terms against the names that the tables have.
fn subjects(paragraph: &Paragraph, names: &Names, add: &mut impl FnMut(OddityKind, usize, usize)) {
    if !paragraph.chars.contains(&':') {
        return;
    }
    let text = paragraph.folded(0, paragraph.raw.len());
    // Explained, not stated: 反映, 指, and no amount before the colon.
    let Some((head, rest)) = text.split_once(':') else { return };
    if !(rest.starts_with('指') || rest.starts_with("反映") || rest.starts_with("主要"))
        || Unit::prefix_of(head).is_some()
    {
        return;
    }
    let mut head = head;
    while let Some(end) = ordinal(head).filter(|&end| end > 0) {
        head = head.get(end..).unwrap_or_default().trim_start_matches([')', '.', '、']);
    }
    let mut levels: Vec<(String, usize)> = Vec::new();
    let mut rest = head;
    for (mark, width) in [("(类)", 3), ("(款)", 5), ("(项)", 7)] {
        if let Some((name, behind)) = rest.split_once(mark) {
            levels.push((name.to_owned(), width));
            rest = behind;
        }
    }
    if let Some(kind) = names.drifted(&levels) {
        let end = paragraph.chars.iter().position(|c| *c == ':').unwrap_or(paragraph.raw.len());
        add(kind, 0, end);
    }
}

/// Whether the number of a heading stands in brackets, and the number: `（三）`, `三、`.
type Rank = (bool, usize);

/// The rank of a heading; `None` for other paragraphs.
fn rank(paragraph: &Paragraph) -> Option<Rank> {
    paragraph.heading.then(|| number(paragraph)).flatten()
}

/// The number that a paragraph begins with, heading or not.
fn number(paragraph: &Paragraph) -> Option<Rank> {
    const NUMBERS: &str = "一二三四五六七八九十";
    let text = paragraph.folded(0, paragraph.raw.len().min(8));
    let bracketed = text.starts_with('(');
    let mut chars = text.trim_start_matches('(').chars();
    let (first, second) = (chars.next()?, chars.next()?);
    let number = NUMBERS.chars().position(|c| c == first)? + 1;
    (second == if bracketed { ')' } else { '、' }).then_some((bracketed, number))
}

/// A numbering that skips, and a heading that the next one of its rank follows at once.
fn headings(
    paragraphs: &[Paragraph],
    ranks: &[Option<Rank>],
    at: usize,
    stands_again: &dyn Fn(&str) -> bool,
    add: &mut impl FnMut(OddityKind, usize, usize),
) {
    const SEARCHED: usize = 400;
    let Some(own) = ranks[at] else { return };
    let earlier = ranks[..at].iter().rev().flatten().find(|r| r.0 == own.0 || !r.0);
    // 一、 then 三、, with text between them: a list of headings alone is a table of contents.
    if let Some(before) = earlier
        && before.0 == own.0
        && own.1 == before.1 + 2
        && at.checked_sub(1).and_then(|i| paragraphs.get(i)).is_some_and(|p| !p.heading)
        // The missing number may stand before a line that is no heading by its looks.
        && !(0..at)
            .rev()
            .take(SEARCHED)
            .take_while(|&i| ranks[i] != Some(*before))
            .any(|i| number(&paragraphs[i]) == Some((own.0, own.1 - 1)))
    {
        add(OddityKind::SkippedNumber, 0, paragraphs[at].raw.len().min(LONGEST_WORDS));
    }
    let next = ranks.get(at + 1).copied().flatten();
    let stands_alone = at.checked_sub(1).and_then(|i| paragraphs.get(i)).is_some_and(|p| !p.heading)
        && paragraphs.get(at + 2).is_some_and(|p| !p.heading);
    let text = paragraphs[at].folded(0, paragraphs[at].raw.len());
    let explains = ["情况说明", "情况的说明", "情况"].iter().any(|end| text.ends_with(end));
    if next == Some((own.0, own.1 + 1)) && stands_alone && explains && !stands_again(text) {
        add(OddityKind::EmptyHeading, 0, paragraphs[at].raw.len().min(LONGEST_WORDS));
    }
}

/// How the paragraphs begin, folded, in the order of the words, each with its index.
struct Beginnings<'a>(Vec<(&'a str, usize)>);

impl<'a> Beginnings<'a> {
    /// Shorter beginnings are those of several headings.
    const SHORTEST: usize = 8;

    fn of(paragraphs: &'a [Paragraph]) -> Self {
        let all = paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.raw.len() >= Self::SHORTEST);
        let mut all: Vec<(&str, usize)> =
            all.map(|(at, p)| (p.folded(0, p.raw.len().min(LONGEST_WORDS * 2)), at)).collect();
        all.sort_unstable();
        Self(all)
    }

    /// Whether a heading stands in another place as well, perhaps wrapped: one of the two is an entry of the contents page.
    fn stands_again(&self, at: usize, text: &str) -> bool {
        let from = |words: &str| {
            let first = self.0.partition_point(|(known, _)| *known < words);
            self.0.get(first..).unwrap_or_default().iter()
        };
        let longer = from(text).take_while(|(known, _)| known.starts_with(text)).any(|(_, other)| *other != at);
        let ends = text.char_indices().map(|(end, _)| end).chain([text.len()]);
        let mut shorter = ends.skip(Self::SHORTEST).take(LONGEST_WORDS * 2).filter_map(|end| text.get(..end));
        longer
            || shorter.any(|words| from(words).take_while(|(known, _)| *known == words).any(|(_, other)| *other != at))
    }
}

#[cfg(test)]
mod tests {
    use super::super::paragraphs::{Page, paragraphs};
    use super::*;
    use crate::disclosure::OddityKind as K;
    use crate::document::{Line, Place};
    use crate::recognise::Item;

    fn read(text: &str) -> Vec<(OddityKind, String)> {
        let lines: Vec<Line> = text
            .lines()
            .filter(|line| !line.is_empty())
            .zip(1_u32..)
            .map(|(line, n)| Line { text: line.to_owned(), place: Place::line(n), after_blank: true, strong: false })
            .collect();
        let stretch: Vec<Item> = lines.iter().map(Item::Line).collect();
        let page = Page::new(std::slice::from_ref(&stretch));
        let found = collect(&paragraphs(&stretch, &page), &Names::default());
        found.into_iter().map(|o| (o.kind, o.words)).collect()
    }

    #[test]
    fn unfinished_wording_is_seen() {
        for (text, kind) in [
            ("比上年增加 XX 万元，增长 3%。", K::Placeholder),
            ("比上年增加 ×× 万元。", K::Placeholder),
            ("比上年增加 万元，增长 %。", K::EmptySlot),
            ("其中10亿元以上企业家，5—10亿元企业 3 家。", K::EmptySlot),
            ("没有安排。。", K::Doubled),
            ("主要用于办公，，用于培训。", K::Doubled),
            ("支出 3 万元万元。", K::Doubled),
        ] {
            let found = read(text);
            assert!(found.iter().any(|(k, _)| *k == kind), "{text}: {found:?}");
        }
    }

    #[test]
    fn finished_wording_is_left_alone() {
        for text in [
            "比上年增加 3 万元，增长 3%。",
            "其中10亿元以上企业 2 家，5—10亿元企业 3 家。",
            "10亿元以上企业家座谈会，参加 3 次。",
            "尺寸为 3×4 米，单位为万元。",
            "联系电话 85310000。",
            "……。",
            "一个个落实，逐项管理。",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    #[test]
    fn mobile_numbers_are_masked_and_office_numbers_are_none() {
        assert_eq!(mobile("填报人 甲 13800000000").as_deref(), Some("138********"));
        for text in ["联系电话 85310000", "编码 42120022209T13800000000", "13800000000.55", "138000000001"] {
            assert_eq!(mobile(text), None, "{text}");
        }
    }

    #[test]
    fn an_entry_of_the_contents_page_is_no_empty_heading() {
        let contents = "全部收支都在表里。\n（二）关于某局2026年收入预算情况说明\n（三）关于某局2026年支出预算情况说明\n（四）关于某局2026年财政拨款收支预算情\n况的总体。\n";
        let empty = |text: &str| read(text).iter().filter(|(k, _)| *k == K::EmptyHeading).count();
        assert_eq!(empty(contents), 1, "{:?}", read(contents));
        let body = "（二）关于某局2026年收入预算情况说明\n收入预算 3 万元，全部是拨款。\n";
        assert_eq!(empty(&[contents, body].concat()), 0);
        let wrapped = "（二）关于某局2026年收入预算情况说\n明。收入预算 3 万元，全部是拨款。\n";
        assert_eq!(empty(&[contents, wrapped].concat()), 0);
    }

    #[test]
    fn a_numbering_that_skips_is_seen() {
        let text = "一、收支情况\n全部收入都用于支出，没有结余。\n三、采购情况\n全部采购都已经完成，没有变化。";
        assert!(read(text).iter().any(|(k, _)| *k == K::SkippedNumber), "{:?}", read(text));
        assert_eq!(read(&text.replace('三', "二")), []);
        assert_eq!(read("一、收支情况\n三、采购情况\n五、资产情况"), []);
    }
}
