//! The words around a figure: where its label begins, what a count counts, the sentence that is quoted.

use super::figures::Figure;
use super::paragraphs::{Paragraph, ordinal};
use crate::privacy::mask;
use crate::spelling::without_end;

/// The part of a sentence that is quoted is at most this long, in characters.
const LONGEST_QUOTE: usize = 120;

/// Whether the words say nothing of what the amount is.
pub(super) fn is_bare(measure: &str) -> bool {
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
    while let Some(shorter) = SAYS_NOTHING.iter().find_map(|word| without_end(rest, word)) {
        rest = shorter;
    }
    rest.chars().all(|c| !c.is_alphanumeric())
}

/// The words before a count, without those that only lead to it.
pub(super) fn quantity_words(words: &str) -> String {
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
pub(super) fn before(paragraph: &Paragraph, figure: &Figure) -> String {
    const LONGEST: usize = 24;
    let from = figure.from.saturating_sub(LONGEST);
    let start = (from..figure.from)
        .rev()
        .find(|&at| matches!(paragraph.chars.get(at), Some('。' | ';' | '!')))
        .map_or(from, |at| at + 1);
    quantity_words(paragraph.folded(start, figure.from).trim_start_matches(','))
}

/// The noun behind a count (96 家|企业), up to the next mark.
pub(super) fn behind(paragraph: &Paragraph, figure: &Figure) -> String {
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
pub(super) fn label_start(paragraph: &Paragraph, from: usize, to: usize) -> usize {
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
pub(super) fn quote(paragraph: &Paragraph, figure: &Figure) -> String {
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
    mask(paragraph.printed(from, to)).trim_end_matches(['，', ',']).to_owned()
}
