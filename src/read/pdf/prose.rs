//! Text outside tables: lines in reading order, running heads and page numbers apart, paragraphs marked.

use std::collections::BTreeMap;

use super::content::Glyph;
use super::space::Area;
use super::text::{Piece, TextLine, bare, lines, names_unit};

/// Where running heads and page numbers stand: this part of the page's height at its top and bottom (per cent).
const MARGIN: i32 = 14;

/// A running head stands on at least this many pages…
const MIN_REPEATS: usize = 3;

/// …and on at least this share of the pages with text (per cent): left and right pages may differ.
const MIN_SHARE: usize = 30;

/// Whether text without white space numbers a table: 表1, 附表12, 预算03表-2.
pub(super) fn is_label(bare: &str) -> bool {
    bare.contains('表') && bare.chars().count() <= 8
}

/// Whether text is the title of a table: 部门支出总表.
pub(super) fn is_title(text: &str) -> bool {
    let text = bare(text);
    text.ends_with('表') && (4..=40).contains(&text.chars().count())
}

/// The lines of the pieces that no table took, top to bottom.
pub(super) fn free_lines<'p>(glyphs: &[Glyph], pieces: impl Iterator<Item = (usize, &'p Piece)>) -> Vec<TextLine> {
    let free: Vec<&Glyph> =
        pieces.flat_map(|(_, piece)| glyphs.get(piece.glyphs.clone()).unwrap_or_default()).collect();
    // Upright text and text that is turned do not share lines.
    let (upright, turned): (Vec<&Glyph>, Vec<&Glyph>) =
        free.into_iter().partition(|glyph| glyph.turn == 0 && !glyph.vertical);
    let mut all = lines(&upright);
    all.extend(lines(&turned));
    all.retain(|line| !line.text.trim().is_empty());
    all.sort_by_key(|line| (line.baseline, line.area.left));
    all
}

/// Whether a line is nothing but the number of its page: `12`, `- 12 -`, `— 12 —`, `第 12 页`, `第12页 共30页`, `12/30`.
pub(super) fn is_page_number(text: &str) -> bool {
    let bare: String = text
        .chars()
        .filter(|c| {
            !c.is_whitespace()
                && !matches!(c, '-' | '—' | '–' | '－' | '―' | '─' | '·' | '~' | '～' | '•' | '|' | '／' | '/')
        })
        .filter(|c| !matches!(c, '第' | '页' | '共' | '頁' | '（' | '）' | '(' | ')' | '，' | ','))
        .map(crate::amount::half_width)
        .collect();
    let roman = !bare.is_empty() && bare.chars().all(|c| "ivxIVXⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ".contains(c));
    let arabic = (1..=8).contains(&bare.len()) && bare.chars().all(|c| c.is_ascii_digit());
    // A figure of a table without lines would have a point or separators.
    (arabic || roman) && !text.contains('.') && (bare.len() <= 4 || !text.trim().chars().all(|c| c.is_ascii_digit()))
}

/// What one page holds outside its tables, as far as heads and numbers are concerned.
pub(super) struct PageLines {
    pub(super) height: i32,
    pub(super) lines: Vec<TextLine>,
    /// Top of the first and bottom of the last thing on the page that is no line.
    pub(super) body: Option<(i32, i32)>,
}

/// The lines that were taken for running heads and page numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Removed {
    pub(super) heads: Vec<String>,
    pub(super) numbers: Vec<String>,
}

/// Takes running heads and page numbers away.
pub(super) fn remove_running(pages: &mut [PageLines]) -> Removed {
    let mut removed = Removed::default();
    for page in pages.iter_mut() {
        let (height, body) = (page.height, page.body);
        let count = page.lines.len();
        let mut at = 0;
        page.lines.retain(|line| {
            at += 1;
            let outermost = at == 1 || at == count;
            let number =
                outermost && in_margin(line.area, height) && beside(line.area, body) && is_page_number(&line.text);
            if number {
                removed.numbers.push(line.text.clone());
            }
            !number
        });
    }
    let mut seen: BTreeMap<(String, bool), Vec<(usize, i32)>> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        for line in page.lines.iter().filter(|line| may_repeat(line, page)) {
            let top = line.area.bottom * 2 < page.height;
            let place = if top { line.baseline } else { page.height - line.baseline };
            seen.entry((pattern(&line.text), top)).or_default().push((index, place));
        }
    }
    let written = pages.iter().filter(|page| !page.lines.is_empty() || page.body.is_some()).count();
    let repeats = |line: &TextLine, page: &PageLines| {
        let top = line.area.bottom * 2 < page.height;
        let place = if top { line.baseline } else { page.height - line.baseline };
        let places = seen.get(&(pattern(&line.text), top));
        let same = places.map_or(0, |places| places.iter().filter(|(_, at)| (at - place).abs() <= 600).count());
        same >= MIN_REPEATS && same * 100 >= written * MIN_SHARE
    };
    for page in pages.iter_mut() {
        let keep: Vec<bool> = page.lines.iter().map(|line| !(may_repeat(line, page) && repeats(line, page))).collect();
        let mut keep = keep.into_iter();
        page.lines.retain(|line| {
            let kept = keep.next().unwrap_or(true);
            if !kept {
                removed.heads.push(line.text.clone());
            }
            kept
        });
    }
    removed
}

fn in_margin(area: Area, height: i32) -> bool {
    area.bottom * 100 < height * MARGIN || (height - area.top) * 100 < height * MARGIN
}

/// Whether a line stands above or below everything else on the page.
fn beside(area: Area, body: Option<(i32, i32)>) -> bool {
    body.is_none_or(|(top, bottom)| area.centre().y <= top || area.centre().y >= bottom)
}

/// Whether a line may be a running head at all. What names a table or its unit of money stands on page after page too,
/// and must stay.
fn may_repeat(line: &TextLine, page: &PageLines) -> bool {
    let bare = bare(&line.text);
    in_margin(line.area, page.height)
        && beside(line.area, page.body)
        && !names_unit(&bare)
        && !bare.ends_with('表')
        && !bare.contains("表：")
        && !is_label(&bare)
}

/// The text without white space and with digits alike: running heads count pages and years.
fn pattern(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

/// Tells which lines begin a paragraph. The lines are those of one page between tables, the previous page's last line
/// given where the text goes on from it.
pub(super) fn paragraphs(lines: &[TextLine], previous: Option<(&TextLine, i32)>) -> Vec<bool> {
    let right = lines.iter().map(|line| line.area.right).max().unwrap_or(0);
    let left = usual_left(lines);
    let pitch = usual_pitch(lines);
    // Where paragraphs are indented, one that begins flush left is rare.
    let indents = lines.iter().any(|line| line.area.left - left > line.size);
    let mut begins = Vec::with_capacity(lines.len());
    let mut before: Option<(&TextLine, i32, bool)> = previous.map(|(line, right)| (line, right, true));
    for line in lines {
        let begin = before.is_none_or(|(last, right, other_page)| {
            let em = line.size.max(last.size).max(1);
            let indented = line.area.left - left > em;
            let was_indented = !other_page && last.area.left - left > em;
            // A long figure moves to the next line whole and leaves its room on this one.
            let white = right - last.area.right;
            let runs_on = indents && !indented && !ends_sentence(&last.text) && white * 6 < right - left;
            let short = white > (em * 5 / 2).max(line.head + em) && !runs_on;
            let text = line.text.trim();
            let label = is_label(text) && (text.starts_with(['表', '附', '公']) || text.ends_with('表'));
            let item = begins_item(&line.text)
                && (ends_sentence(&last.text) || is_contents(&last.text) || begins_item(&last.text));
            let far = !other_page && line.baseline - last.baseline > pitch * 8 / 5;
            let other_size = (line.size - last.size).abs() * 7 > em;
            (indented && !(was_indented && (line.area.left - last.area.left).abs() < em / 2 && !short))
                || short
                || item
                || label
                || far
                || other_size
        });
        begins.push(begin);
        before = Some((line, right, false));
    }
    begins
}

/// Whether a line begins with the number of a section or an item: `一、`, `（二）`, `3.`, `4、`, `第五部分`.
pub(super) fn begins_item(text: &str) -> bool {
    const CHINESE: &str = "一二三四五六七八九十百";
    let text = text.trim_start();
    let number = |text: &str| {
        let chinese = text.chars().take_while(|&c| CHINESE.contains(c)).count();
        let digits = text.chars().take_while(|&c| crate::amount::half_width(c).is_ascii_digit()).count();
        chinese.max(digits)
    };
    let after = |skip: usize| text.chars().nth(skip);
    if text.starts_with('第') {
        let count = number(text.trim_start_matches('第'));
        return count > 0 && text.chars().skip(1 + count).take(2).eq("部分".chars());
    }
    if text.starts_with(['（', '(']) {
        let count = number(text.trim_start_matches(['（', '(']));
        return (1..=3).contains(&count) && matches!(after(1 + count), Some('）' | ')'));
    }
    let count = number(text);
    (1..=3).contains(&count)
        && match after(count) {
            Some('、' | '．') => true,
            Some('.') => {
                after(count + 1).is_none_or(|c| !c.is_ascii_digit()) && text.starts_with(|c: char| c.is_ascii_digit())
            }
            _ => false,
        }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['。', '；', '：', '！', '？', ';', ':', '”'])
}

/// Whether a line is one of a table of contents: dots that lead to a page number.
fn is_contents(text: &str) -> bool {
    text.contains("....") || text.contains("……") || text.contains("····")
}

/// The left edge that most lines share, within 3 pt.
fn usual_left(lines: &[TextLine]) -> i32 {
    let mut edges: BTreeMap<i32, (usize, i32)> = BTreeMap::new();
    for line in lines {
        let entry = edges.entry(line.area.left / 300).or_insert((0, line.area.left));
        *entry = (entry.0 + 1, entry.1.min(line.area.left));
    }
    // Of edges as common as one another the outermost: one line of a paragraph is indented.
    edges.values().rev().max_by_key(|(count, left)| (*count, -*left)).map_or(0, |&(_, left)| left)
}

/// The middle distance between lines.
fn usual_pitch(lines: &[TextLine]) -> i32 {
    let gaps = lines.windows(2).map(|pair| pair.iter().fold(0, |a, line| line.baseline - a));
    let mut gaps: Vec<i32> = gaps.filter(|&gap| gap > 0).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied().unwrap_or(2_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_known_by_their_numbers() {
        for item in ["一、收入", "（二）支出", "3. 项目", "12、其他", "第三部分 说明", "４．教育", "(1)基本"]
        {
            assert!(begins_item(item), "{item}");
        }
        for other in ["1.5万元", "2026年", "一般公共预算", "（类）支出", "100.00", "第三方评价", "3426.29"]
        {
            assert!(!begins_item(other), "{other}");
        }
    }

    #[test]
    fn page_numbers_are_known() {
        for number in ["12", "- 12 -", "— 3 —", "第 12 页", "第12页 共30页", "12/30", "－ 7 －", "IV"] {
            assert!(is_page_number(number), "{number}");
        }
        for other in ["3426.29", "12.", "合计", "", "2024年", "12345", "—"] {
            assert!(!is_page_number(other), "{other}");
        }
    }
}
