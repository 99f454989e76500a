//! Paragraphs from lines: wraps and page breaks rejoined, page numbers and running heads left out, every character with
//! its place.

use std::collections::BTreeMap;

use super::super::spelling::{LONGEST, fold, folded, is_blank, is_space, solid, stays};
use super::super::{Item, caption};
use crate::amount::half_width;
use crate::document::Place;

/// A line that stands this often, the same but for its digits, is a running head: a document has more pages than that.
const RUNNING_HEAD: usize = 4;
/// Running heads are short (the unit, the year, the title).
const LONGEST_RUNNING_HEAD: usize = 40;
/// A line of this share of the usual width is full: the paragraph goes on in the next one. In percent.
const FULL: usize = 75;
/// Where paragraphs are not wrapped at all (Markdown, HTML) the usual width is no width of a page. In columns.
const WIDEST_PAGE: usize = 100;
/// Headings are shorter than this, in characters.
const LONGEST_HEADING: usize = 48;
/// What numbered headings end in.
const HEADING_ENDS: [&str; 10] = ["说明", "情况", "安排", "概况", "职责", "设置", "解释", "任务", "表", "明细"];
/// A paragraph that goes on longer than this is broken: the longest of real disclosures has some 3,000 characters.
const LONGEST_PARAGRAPH: usize = 20_000;

/// A paragraph, its lines rejoined.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    /// The characters as printed.
    pub(super) raw: Vec<char>,
    /// The same in half-width forms: as many, at the same positions.
    pub(super) chars: Vec<char>,
    /// The same folded, for comparing.
    folded: Spelled,
    /// The same without white space, for showing.
    printed: Spelled,
    /// Where each line of it begins in `raw`, and its place.
    pieces: Vec<Piece>,
    /// Whether it is a heading.
    pub(super) heading: bool,
}

/// A spelling that leaves out some of the characters, and where in it each of them begins.
#[derive(Clone, Debug, Default)]
struct Spelled {
    text: String,
    begins: Vec<u32>,
}

impl Spelled {
    /// The byte at which the next character begins.
    fn end(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }

    /// The characters `from..to`.
    fn get(&self, from: usize, to: usize) -> &str {
        let begin = |at: usize| match self.begins.get(at) {
            Some(&begin) => usize::try_from(begin).ok(),
            None => (at == self.begins.len()).then_some(self.text.len()),
        };
        let range = || self.text.get(begin(from)?..begin(to)?);
        range().unwrap_or_default()
    }
}

/// How many bytes a character has.
fn bytes(c: char) -> u32 {
    if c.is_ascii() { 1 } else { u32::try_from(c.len_utf8()).unwrap_or_default() }
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    length: usize,
    place: Place,
}

impl Paragraph {
    /// Makes room for so many characters.
    fn reserve(&mut self, length: usize) {
        self.raw.reserve(length);
        self.chars.reserve(length);
        for spelled in [&mut self.folded, &mut self.printed] {
            spelled.begins.reserve(length);
            spelled.text.reserve(length.saturating_mul(LONGEST));
        }
    }

    fn push(&mut self, text: &str, place: Place) {
        // A wrap inside Latin words leaves no blank; a Chinese line never has one.
        let start = self.raw.len();
        let (mut folded_at, mut printed_at) = (self.folded.end(), self.printed.end());
        for c in text.chars() {
            self.raw.push(c);
            self.folded.begins.push(folded_at);
            self.printed.begins.push(printed_at);
            if stays(c) {
                // Most characters are spelled in one way.
                self.chars.push(c);
                folded_at = folded_at.saturating_add(bytes(c));
                printed_at = printed_at.saturating_add(bytes(c));
                continue;
            }
            self.chars.push(half_width(c));
            if !is_space(c) {
                folded_at = folded_at.saturating_add(fold(c).map_or(0, bytes));
                printed_at = printed_at.saturating_add(bytes(c));
            }
        }
        self.folded.text.push_str(&folded(text));
        self.printed.text.push_str(&solid(text));
        self.pieces.push(Piece { start, length: self.raw.len() - start, place });
    }

    /// The place of the characters `from..to`; of a range over a line end, its part in the first line.
    pub(super) fn place(&self, from: usize, to: usize) -> Option<Place> {
        let index = self.pieces.partition_point(|piece| piece.start <= from).checked_sub(1)?;
        let piece = self.pieces.get(index)?;
        let Place::Line { line, from: first, to: last } = piece.place else {
            return Some(piece.place);
        };
        let offset = |n: usize| u32::try_from(n).ok();
        if last.checked_sub(first) != offset(piece.length) {
            // Marks were taken off the line, so characters cannot be counted.
            return Some(piece.place);
        }
        let begin = first.checked_add(offset(from - piece.start)?)?;
        let end = first.checked_add(offset((to - piece.start).min(piece.length))?)?;
        Some(Place::Line { line, from: begin, to: end })
    }

    /// Whether a line ends between the characters `from` and `to`.
    pub(super) fn is_broken(&self, from: usize, to: usize) -> bool {
        self.pieces.iter().any(|piece| from < piece.start && piece.start < to)
    }

    /// The characters `from..to` without white space, in half-width forms, quotation marks left out.
    pub(super) fn folded(&self, from: usize, to: usize) -> &str {
        self.folded.get(from, to)
    }

    /// The characters `from..to` as printed, without white space.
    pub(super) fn printed(&self, from: usize, to: usize) -> &str {
        self.printed.get(from, to)
    }
}

/// The lines of a paragraph, or the cell that is one, before they are joined.
#[derive(Clone, Debug, Default)]
pub(super) struct Wrapped<'a> {
    lines: Vec<(&'a str, Place)>,
    /// How many characters they are.
    length: usize,
    /// Whether it is a heading.
    heading: bool,
}

impl<'a> Wrapped<'a> {
    fn new(text: &'a str, place: Place, heading: bool) -> Self {
        Self { lines: vec![(text, place)], length: text.chars().count(), heading }
    }

    /// The paragraph goes on in this line.
    fn push(&mut self, text: &'a str, place: Place) {
        self.heading = false;
        self.length += text.chars().count();
        self.lines.push((text, place));
    }

    /// The paragraph that the lines are.
    pub(super) fn joined(&self) -> Paragraph {
        let mut paragraph = Paragraph { heading: self.heading, ..Paragraph::default() };
        paragraph.reserve(self.length);
        self.lines.iter().for_each(|(text, place)| paragraph.push(text, *place));
        paragraph
    }
}

/// The paragraphs of one stretch, not joined yet.
pub(super) fn wrapped<'a>(stretch: &[Item<'a>], page: &Page) -> Vec<Wrapped<'a>> {
    let mut all: Vec<Wrapped> = Vec::new();
    let mut open = false;
    // Whether the last item was a line, so that a tail of it may follow.
    let mut after_line = false;
    for item in stretch {
        match item {
            Item::Heading { line, .. } => {
                // A converter makes headings of bold sentences, too; a heading of sentence length is a paragraph.
                let heading = is_heading(&line.text);
                open = !heading && goes_on(&line.text, page);
                after_line = false;
                all.push(Wrapped::new(&line.text, line.place, heading));
            }
            Item::Line(line) => {
                if page.is_furniture(&line.text) {
                    continue;
                }
                let joins = (open || after_line && is_tail(&line.text)) && !begins_anew(&line.text);
                after_line = true;
                match all.last_mut() {
                    Some(last) if joins && last.length < LONGEST_PARAGRAPH => last.push(&line.text, line.place),
                    _ => all.push(Wrapped::new(&line.text, line.place, is_heading(&line.text))),
                }
                open = goes_on(&line.text, page);
            }
            Item::Rows(rows) => {
                (open, after_line) = (false, false);
                let cells = rows.rows().iter().flat_map(|row| &row.cells).filter(|cell| !is_blank(&cell.text));
                all.extend(cells.map(|cell| Wrapped::new(&cell.text, cell.place, false)));
            }
            Item::Image { .. } => {}
        }
    }
    all
}

/// The paragraphs of one stretch.
#[cfg(test)]
pub(super) fn paragraphs(stretch: &[Item], page: &Page) -> Vec<Paragraph> {
    wrapped(stretch, page).iter().map(Wrapped::joined).collect()
}

/// What is known of the pages that the text was set on.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// Columns of a full line.
    full: usize,
    /// Running heads, digits left out.
    heads: BTreeMap<String, usize>,
}

impl Page {
    /// Measures all stretches.
    pub(super) fn new(stretches: &[Vec<Item>]) -> Self {
        let mut widths: Vec<usize> = Vec::new();
        let mut heads: BTreeMap<String, usize> = BTreeMap::new();
        for item in stretches.iter().flatten() {
            let Item::Line(line) = item else { continue };
            // Rows of tables are wider than the text.
            if line.text.contains(['，', '。']) {
                widths.push(columns(&line.text));
            }
            if may_be_head(&line.text) {
                let count = heads.entry(without_digits(&line.text)).or_default();
                *count = count.saturating_add(1);
            }
        }
        widths.sort_unstable();
        // The widest tenth is at least as wide as a full line; where nothing wraps it is far wider.
        let usual = widths.get(widths.len().saturating_mul(9) / 10).copied().unwrap_or(WIDEST_PAGE).min(WIDEST_PAGE);
        heads.retain(|_, count| *count >= RUNNING_HEAD);
        Self { full: usual.saturating_mul(FULL) / 100, heads }
    }

    /// Page numbers and running heads.
    fn is_furniture(&self, text: &str) -> bool {
        is_page_number(text) || may_be_head(text) && self.heads.contains_key(&without_digits(text))
    }
}

/// Columns that a text takes where Chinese characters are two wide, blanks left out.
fn columns(text: &str) -> usize {
    text.chars().filter(|c| !is_space(*c)).map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn without_digits(text: &str) -> String {
    folded(text).chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// A short line that is no sentence and no item of a list.
fn may_be_head(text: &str) -> bool {
    let length = text.chars().count();
    (2..=LONGEST_RUNNING_HEAD).contains(&length)
        && !text.contains(['，', '。', '；', '：', '、', '%', '元'])
        && !begins_anew(text)
}

/// `3`, `- 3 -`, `— 12 —`, `第 3 页 共 20 页`, `3/20`.
fn is_page_number(text: &str) -> bool {
    /// In characters, where it is more than a number between marks.
    const LONGEST: usize = 14;
    let mark = |c: char| matches!(c, '-' | '—' | '－' | '–' | '~' | '·');
    // Most lines are longer, and are not folded to be told so.
    let beginning = text.chars().filter(|c| !is_space(*c)).filter_map(fold).take(LONGEST + 1);
    let (length, words) =
        beginning.fold((0, false), |(length, words), c| (length + 1, words || !mark(c) && !c.is_ascii_digit()));
    if length > LONGEST && words {
        return false;
    }
    let text = folded(text);
    let bare = text.trim_matches(mark);
    if !bare.is_empty() && bare.len() <= 3 && bare.bytes().all(|b| b.is_ascii_digit()) {
        return true;
    }
    let numbered = text.starts_with('第') && text.contains('页');
    let of = bare.split_once('/').is_some_and(|(a, b)| {
        !a.is_empty()
            && !b.is_empty()
            && a.len() <= 3
            && b.len() <= 3
            && format!("{a}{b}").bytes().all(|c| c.is_ascii_digit())
    });
    (numbered || of) && text.chars().count() <= LONGEST
}

/// Whether the text ends a sentence. A ； or ： ends none: what follows is another item of it, or begins anew.
fn is_terminated(text: &str) -> bool {
    let end = text.trim_end();
    end.ends_with('。') || end.trim_end_matches(['”', '"', '’', '）', ')']).ends_with(['。', '！', '？', '.'])
}

/// Whether a line can only be the rest of the one before: it begins with a unit of money, a percent sign or decimals.
fn is_tail(text: &str) -> bool {
    let text = text.trim_start();
    let unit =
        ["万元", "亿元", "元，", "元,", "元。", "元；", "元、", "%", "％"].iter().any(|unit| text.starts_with(unit));
    let mut chars = text.chars();
    let decimals = chars.next() == Some('.') && chars.next().is_some_and(|c| c.is_ascii_digit());
    (unit || decimals) && !is_heading(text)
}

/// Whether a paragraph goes on after this line.
fn goes_on(text: &str, page: &Page) -> bool {
    if is_terminated(text) || is_page_number(text) {
        return false;
    }
    let trimmed = text.trim_end();
    // A heading may be as wide as the page.
    if begins_anew(text) && is_heading(text) && HEADING_ENDS.iter().any(|end| trimmed.ends_with(end)) {
        return false;
    }
    // A comma, an open bracket or an unfinished amount is never the end.
    let opened = |open: [char; 2], close: [char; 2]| text.matches(open).count() > text.matches(close).count();
    let hangs = trimmed.ends_with(['，', ',', '、', '；', ';', '“', '《'])
        || opened(['（', '('], ['）', ')'])
        || trimmed.ends_with(|c: char| c.is_ascii_digit()) && !is_heading(text)
        || trimmed.ends_with('万') && text.chars().count() > 8;
    hangs || columns(text) >= page.full && page.full > 0 || is_sentence(text)
}

/// Whether a line that is not full is part of a sentence all the same: it has the marks of one.
fn is_sentence(text: &str) -> bool {
    if caption::is_part(text) {
        return false;
    }
    let text = folded(text);
    let body = ordinal(&text).and_then(|end| text.get(end..)).unwrap_or(&text);
    body.contains([',', '。', ';', '、']) || body.contains("(类)")
}

/// A short line without the marks of a sentence.
fn is_heading(text: &str) -> bool {
    caption::is_part(text)
        || text.chars().count() <= LONGEST_HEADING
            && !is_terminated(text.trim_end_matches(['。', '.', '：', ':']))
            && !is_sentence(text)
            && !text.contains('。')
}

/// Whether a line begins a new paragraph whatever stands before it: `（一）`, `一、`, `1.`, `1、`, `(1)`, `①`, `第二部分`,
/// `注：`.
pub(in crate::recognise) fn begins_anew(text: &str) -> bool {
    /// No ordinal, with what tells that it is one, is longer, in characters.
    const BEGINNING: usize = 8;
    if caption::is_part(text) {
        return true;
    }
    let mut beginning = String::with_capacity(BEGINNING * LONGEST);
    beginning.extend(text.chars().filter(|c| !is_space(*c)).filter_map(fold).take(BEGINNING));
    if ["注:", "备注:", "附件", "表"].iter().any(|word| beginning.starts_with(word))
        && folded(text).chars().count() < LONGEST_HEADING
    {
        return !beginning.starts_with("表示") && !beginning.starts_with("表明");
    }
    ordinal(&beginning).is_some()
}

/// The ordinal that a folded text begins with, as its length in bytes: `(一)`, `一、`, `1.`, `1、`, `(1)`, `①`. A number with
/// decimals (`1.5万元`) is none.
pub(super) fn ordinal(text: &str) -> Option<usize> {
    let numeral = |c: char| matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '廿');
    let mut chars = text.char_indices();
    let (_, first) = chars.next()?;
    if ('①'..='⑳').contains(&first) {
        return Some(first.len_utf8());
    }
    let (inner_from, bracketed) = if first == '(' { (1, true) } else { (0, false) };
    let inner = text.get(inner_from..)?;
    let length = |wanted: fn(char) -> bool| inner.find(|c| !wanted(c)).unwrap_or(inner.len());
    let digits = length(|c| c.is_ascii_digit());
    let chinese = length(numeral);
    let (number, is_digit) = if digits > 0 { (digits, true) } else { (chinese, false) };
    if number == 0 || digits > 2 || chinese > 3 * '一'.len_utf8() {
        return None;
    }
    let rest = inner.get(number..)?;
    let mut after = rest.chars();
    let mark = after.next()?;
    let next = after.next();
    let end = inner_from + number + mark.len_utf8();
    match mark {
        ')' if bracketed || is_digit => Some(end),
        _ if bracketed => None,
        '、' => Some(end),
        '.' if is_digit && !next.is_some_and(|c| c.is_ascii_digit()) => Some(end),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Line;

    pub(crate) fn lines(text: &str) -> Vec<Line> {
        text.lines()
            .zip(1_u32..)
            .filter(|(line, _)| !line.trim().is_empty())
            .map(|(line, number)| {
                let text = line.trim().to_owned();
                let to = u32::try_from(text.chars().count()).unwrap();
                Line { text, place: Place::Line { line: number, from: 0, to }, after_blank: false, strong: false }
            })
            .collect()
    }

    fn joined(text: &str) -> Vec<String> {
        let lines = lines(text);
        let stretch = vec![lines.iter().map(Item::Line).collect::<Vec<_>>()];
        let page = Page::new(&stretch);
        stretch.iter().flat_map(|s| paragraphs(s, &page)).map(|p| p.raw.iter().collect()).collect()
    }

    #[test]
    fn a_part_is_spelled_as_the_whole_is() {
        let mut paragraph = Paragraph::default();
        for line in lines("（一）“三公”\u{3000}经费 1２.5 万元，\n\u{200B}比上年 增加。\nＡ：b")
        {
            paragraph.push(&line.text, line.place);
        }
        let end = paragraph.raw.len();
        for (from, to) in (0..=end).flat_map(|from| (from..=end).map(move |to| (from, to))) {
            let part: String = paragraph.raw[from..to].iter().collect();
            assert_eq!(paragraph.folded(from, to), folded(&part), "{part}");
            assert_eq!(paragraph.printed(from, to), solid(&part), "{part}");
        }
        assert_eq!(paragraph.folded(end - 1, end + 1), "", "past the end there is nothing");
    }

    #[test]
    fn wraps_are_rejoined_over_page_breaks() {
        let text = "二、机关运行经费\n\n甲局二〇二四年安排的机关运行经费预算一共 45.82 万\n\n- 7 -\n\n元，其中办公费 1.50 万元。\n\n三、其他";
        assert_eq!(
            joined(text),
            [
                "二、机关运行经费",
                "甲局二〇二四年安排的机关运行经费预算一共 45.82 万元，其中办公费 1.50 万元。",
                "三、其他"
            ]
        );
    }

    #[test]
    fn running_heads_are_left_out() {
        let body = ["天地玄黄", "宇宙洪荒", "日月盈昃", "辰宿列张", "寒来暑往"];
        let pages: Vec<String> =
            body.iter().map(|words| format!("甲局 2024 年预算公开\n{words}，{}\n", words.repeat(7))).collect();
        let text = pages.concat();
        assert_eq!(joined(&text).len(), 1);
        assert!(!joined(&text)[0].contains("公开"));
    }

    #[test]
    fn an_item_begins_a_paragraph_and_a_decimal_does_not() {
        for text in ["（一）收入", "一、收入", "1.收入", "12、收入", "(3)收入", "①收入", "第二部分 预算表", "注：无"]
        {
            assert!(begins_anew(text), "{text}");
        }
        for text in ["1.5 万元", "2024 年", "元，其中", "（含结转）3 万元", "一般公共预算"] {
            assert!(!begins_anew(text), "{text}");
        }
    }

    #[test]
    fn a_place_is_that_of_the_characters() {
        let lines = lines("预算 12.50 万\n元。");
        let stretch: Vec<Item> = lines.iter().map(Item::Line).collect();
        let page = Page::new(std::slice::from_ref(&stretch));
        let paragraph = &paragraphs(&stretch, &page)[0];
        assert_eq!(paragraph.place(3, 8), Some(Place::Line { line: 1, from: 3, to: 8 }));
        assert_eq!(paragraph.place(10, 11), Some(Place::Line { line: 2, from: 0, to: 1 }));
    }
}
