//! Glyphs → pieces → lines → the text of a cell.

use std::ops::Range;

use crate::amount::{Amount, half_width};
use crate::disclosure::Message;

use super::content::Glyph;
use super::space::Area;

/// Glyphs that one operator showed side by side: they belong to one cell.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Indices into the page's glyphs.
    pub(super) glyphs: Range<usize>,
    pub(super) area: Area,
    pub(super) baseline: i32,
    pub(super) size: i32,
}

/// Parts of the font size, in hundredths, from which a gap parts two pieces.
const PIECE_GAP: i32 = 35;

/// The pieces of a page, in the order they were painted.
pub(super) fn pieces(glyphs: &[Glyph]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<&Glyph> = None;
    for (index, glyph) in glyphs.iter().enumerate() {
        let goes_on = last.is_some_and(|last| {
            let gap = glyph.area.left - last.area.right;
            last.run == glyph.run
                && !glyph.vertical
                && glyph.turn == 0
                && (glyph.origin.y - last.origin.y).abs() * 10 < glyph.size * 3
                && gap * 100 < glyph.size * PIECE_GAP
                && gap * 2 > -glyph.size
        });
        match pieces.last_mut() {
            Some(piece) if goes_on => {
                piece.glyphs.end = index + 1;
                piece.area = piece.area.join(glyph.area);
            }
            _ => pieces.push(Piece {
                glyphs: index..index + 1,
                area: glyph.area,
                baseline: glyph.origin.y,
                size: glyph.size,
            }),
        }
        last = Some(glyph);
    }
    pieces
}

/// A line of text: glyphs on one baseline, in reading order.
#[derive(Clone, Debug)]
pub(super) struct TextLine {
    pub(super) text: String,
    pub(super) area: Area,
    pub(super) baseline: i32,
    pub(super) size: i32,
    /// Width of its first and last token: what a line break would have had to move.
    pub(super) head: i32,
    last: i32,
    /// Whether two texts lie over one another in it.
    crossed: bool,
}

/// The text of a cell.
#[derive(Clone, Debug, Default)]
pub(super) struct CellText {
    pub(super) text: String,
    pub(super) doubt: Option<Message>,
    /// Where its first line begins and its last ends; `None` for an empty cell.
    pub(super) extent: Option<(i32, i32)>,
    /// Where its lines begin and end from left to right.
    pub(super) across: Option<(i32, i32)>,
    /// Height of a line.
    pub(super) size: i32,
    /// Whether the last line fills the cell, so that it may go on elsewhere.
    pub(super) full: bool,
}

/// A glyph with its beginning and end along the line.
type Along<'g> = (i32, i32, &'g Glyph);

/// Position along and across the direction of reading.
fn reading(glyph: &Glyph, turn: u8) -> (i32, i32, i32) {
    let (area, origin) = (glyph.area, glyph.origin);
    match turn {
        1 => (area.top, area.bottom, -origin.x),
        2 => (-area.right, -area.left, -origin.y),
        3 => (-area.bottom, -area.top, origin.x),
        _ => (area.left, area.right, origin.y),
    }
}

/// How text in a heap of glyphs runs: the turn of most of them, downwards for vertical writing.
fn direction(glyphs: &[&Glyph]) -> u8 {
    let vertical = glyphs.iter().filter(|glyph| glyph.vertical).count();
    if vertical * 2 > glyphs.len() {
        return 1;
    }
    (0..4u8).max_by_key(|&turn| (glyphs.iter().filter(|glyph| glyph.turn == turn).count(), 4 - turn)).unwrap_or(0)
}

/// Sorts glyphs into lines. The order they were painted in is no evidence, so only positions count.
pub(super) fn lines(glyphs: &[&Glyph]) -> Vec<TextLine> {
    let turn = direction(glyphs);
    let mut placed: Vec<(i32, i32, i32, &Glyph)> = glyphs
        .iter()
        .map(|&glyph| {
            let (from, to, across) = reading(glyph, turn);
            (across, from, to, glyph)
        })
        .collect();
    placed.sort_by_key(|&(across, from, ..)| (across, from));
    let mut lines: Vec<(i32, Vec<Along<'_>>)> = Vec::new();
    for (across, from, to, glyph) in placed {
        match lines.last_mut() {
            Some((start, line)) if (across - *start) * 2 < glyph.size => line.push((from, to, glyph)),
            _ => lines.push((across, vec![(from, to, glyph)])),
        }
    }
    lines.into_iter().map(|(_, line)| assemble(line)).collect()
}

/// Joins the glyphs of one line, with spaces where the gaps are.
fn assemble(mut line: Vec<Along<'_>>) -> TextLine {
    line.sort_by_key(|&(from, to, _)| (from, to));
    let mut text = String::new();
    let mut area: Option<Area> = None;
    let mut end: Option<(i32, char)> = None;
    let (mut head, mut token) = (None, 0);
    let mut start = 0;
    let mut crossed = false;
    for &(from, to, glyph) in &line {
        if let Some((end, before)) = end {
            let gap = from - end;
            // Widths that a file gives may be wrong; where characters stand is not.
            crossed |= (from - start) * 100 < glyph.size * 15;
            let spaces = spaces(gap, glyph.size, before, glyph.c);
            if spaces > 0 || !(is_latin(before) && is_latin(glyph.c)) {
                head.get_or_insert(token);
                token = 0;
            }
            text.extend(std::iter::repeat_n(' ', spaces));
        }
        token += to - from;
        text.push(glyph.c);
        area = Some(area.map_or(glyph.area, |area| area.join(glyph.area)));
        end = Some((to, glyph.c));
        start = from;
    }
    let first = line.first().map(|&(_, _, glyph)| glyph);
    TextLine {
        text,
        area: area.unwrap_or_default(),
        baseline: first.map_or(0, |glyph| glyph.origin.y),
        size: line.iter().map(|(.., glyph)| glyph.size).max().unwrap_or(0),
        head: head.unwrap_or(token),
        last: token,
        crossed,
    }
}

/// How many spaces stand for a gap. Chinese text set beside digits has a quarter of an em that nobody typed.
fn spaces(gap: i32, size: i32, before: char, after: char) -> usize {
    let size = size.max(1);
    let either = is_latin(before) || is_latin(after);
    let hundredths = gap.saturating_mul(100) / size;
    let both = is_latin(before) && is_latin(after);
    if hundredths > 200 {
        // A gap between columns: told apart from a space between words by being more than one.
        usize::try_from(hundredths / 100).unwrap_or(2).min(12)
    } else {
        usize::from(hundredths > 80 || both && hundredths > 18 || either && hundredths > 45)
    }
}

/// What Latin words and numbers are made of: a line is not broken inside them.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '%' | '-')
}

fn is_number_part(c: char) -> bool {
    let c = half_width(c);
    c.is_ascii_digit() || matches!(c, '.' | ',')
}

/// The text of the glyphs that fell into a cell of this `area`.
pub(super) fn cell_text(glyphs: &[&Glyph], area: Area) -> CellText {
    let mut lines = lines(glyphs);
    lines.retain(|line| !line.text.is_empty());
    let Some(last) = lines.last() else { return CellText::default() };
    let turned = direction(glyphs) != 0;
    let room = room(&lines, area, turned);
    let top = lines.iter().map(|line| line.area.top).min().unwrap_or(area.top);
    let bottom = lines.iter().map(|line| line.area.bottom).max().unwrap_or(area.bottom);
    let mut cell = CellText {
        extent: Some((top, bottom)),
        across: lines.iter().map(|line| (line.area.left, line.area.right)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))),
        size: last.size,
        full: extent(last, turned) + last.size * 3 > room,
        ..CellText::default()
    };
    let mut before: Option<&TextLine> = None;
    for line in &lines {
        if let Some(before) = before {
            match seam(before, line, room, turned) {
                Seam::Wrapped => {
                    let words = cell.text.ends_with(|c: char| c.is_ascii_alphabetic())
                        && line.text.starts_with(|c: char| c.is_ascii_alphabetic());
                    if words {
                        cell.text.push(' ');
                    }
                }
                Seam::Broken => cell.text.push('\n'),
                Seam::TwoNumbers => {
                    cell.text.push('\n');
                    cell.doubt = Some(Message::new(
                        "单元格里有上下两个数字，分不清是一个数折行还是两个数",
                        "two numbers stand one above the other in the cell: one number wrapped, or two",
                    ));
                }
            }
        }
        cell.text.push_str(&line.text);
        before = Some(line);
    }
    if lines.iter().any(|line| line.crossed) && cell.text.contains(|c: char| c.is_ascii_digit()) {
        cell.doubt = Some(Message::new("单元格里两段文字叠在一起", "two texts lie over one another in the cell"));
    }
    if cell.text.contains(char::REPLACEMENT_CHARACTER) {
        cell.doubt = Some(Message::new(
            "单元格里有字的编码 PDF 没有说明，显示为 �",
            "the PDF does not say which characters some glyphs of the cell are; they stand as �",
        ));
    }
    cell
}

fn extent(line: &TextLine, turned: bool) -> i32 {
    if turned { line.area.height() } else { line.area.width() }
}

/// A text without white space.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a text is an amount with decimals and nothing else: whole numbers may be codes or counts.
pub(super) fn is_amount(text: &str) -> bool {
    text.contains('.') && Amount::parse(text).is_some()
}

/// Whether a text is a dash in the place of an amount.
pub(super) fn is_dash(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(is_dash_mark)
}

/// What dashes in the place of amounts are made of.
pub(super) fn is_dash_mark(c: char) -> bool {
    matches!(c, '-' | '—' | '－' | '–' | '―' | '─' | '−')
}

/// Whether a text without white space names the unit of money: 单位：万元.
pub(super) fn names_unit(bare: &str) -> bool {
    bare.contains("单位") && bare.contains('元')
}

/// Whether a line leaves too little room for the beginning of the one after it, so that the text goes on.
pub(super) fn fills(before: &TextLine, after: &TextLine, room: i32) -> bool {
    before.area.width() + after.head + before.size > room
}

/// How wide a line may be in the cell: its width without the padding, which the widest line shows, office programs'
/// 5.4 pt at most.
pub(super) fn room(lines: &[TextLine], area: Area, turned: bool) -> i32 {
    const PADDING: i32 = 540;
    let padding = lines
        .iter()
        .map(|line| {
            if turned {
                (line.area.top - area.top).min(area.bottom - line.area.bottom)
            } else {
                (line.area.left - area.left).min(area.right - line.area.right)
            }
        })
        .min()
        .unwrap_or(0)
        .clamp(0, PADDING);
    (if turned { area.height() } else { area.width() }) - 2 * padding
}

/// How two lines of a cell belong together.
#[derive(Debug, PartialEq, Eq)]
enum Seam {
    /// The line was full: the text goes on.
    Wrapped,
    /// Somebody ended the line.
    Broken,
    /// Digits above digits, and nothing that says which.
    TwoNumbers,
}

fn seam(before: &TextLine, after: &TextLine, room: i32, turned: bool) -> Seam {
    let width = extent(before, turned);
    let (Some(end), Some(start)) = (before.text.chars().next_back(), after.text.chars().next()) else {
        return Seam::Wrapped;
    };
    if is_number_part(end) && is_number_part(start) {
        let tail = |text: &str| text.chars().rev().take_while(|&c| is_number_part(c)).count();
        let front = |text: &str| text.chars().take_while(|&c| is_number_part(c)).count();
        let (tail, front) = (tail(&before.text), front(&after.text));
        let skip = before.text.chars().count() - tail;
        let joined: String = before.text.chars().skip(skip).chain(after.text.chars().take(front)).collect();
        let one = Amount::parse(&joined).is_some();
        let at_mark = !half_width(end).is_ascii_digit() || !half_width(start).is_ascii_digit();
        if skip > 0 || after.text.chars().count() > front {
            // A figure inside a sentence: sentences wrap.
            return if width + before.size * 2 > room { Seam::Wrapped } else { Seam::Broken };
        }
        // Inside a number a line is broken only where not one digit more would fit.
        let digit = before.last / i32::try_from(tail.max(1)).unwrap_or(1);
        let packed = width + digit > room;
        // Decimals that stop at one, and one bare digit below: nobody prints two amounts so.
        let cut_decimals = before.text.rsplit_once('.').is_some_and(|(_, decimals)| decimals.len() + front <= 2)
            && after.text.bytes().all(|byte| byte.is_ascii_digit());
        return if one && (at_mark || packed || cut_decimals) { Seam::Wrapped } else { Seam::TwoNumbers };
    }
    // Marks that may not begin a line pull the character before them along.
    if width + after.head + before.size > room { Seam::Wrapped } else { Seam::Broken }
}

#[cfg(test)]
mod tests {
    use super::super::content::Tone;
    use super::super::space::Point;
    use super::*;

    /// Text at 10 pt: Chinese characters one em wide, others half.
    fn set(text: &str, x: i32, y: i32) -> Vec<Glyph> {
        let mut left = x;
        let mut glyphs = Vec::new();
        for c in text.chars() {
            let width = if c.is_ascii() { 500 } else { 1000 };
            if c != ' ' {
                glyphs.push(Glyph {
                    c,
                    area: Area { left, top: y - 880, right: left + width, bottom: y + 120 },
                    origin: Point { x: left, y },
                    size: 1000,
                    turn: 0,
                    run: 1,
                    vertical: false,
                    unpainted: false,
                    clipped: false,
                    tone: Tone::Dark,
                    ink: 0,
                    slope: 0,
                });
            }
            left += width;
        }
        glyphs
    }

    fn cell(lines: &[&str], width: i32) -> CellText {
        let glyphs: Vec<Glyph> = lines.iter().zip(1..).flat_map(|(text, row)| set(text, 200, row * 1300)).collect();
        let area = Area { left: 0, top: 0, right: width, bottom: 10_000 };
        cell_text(&glyphs.iter().collect::<Vec<_>>(), area)
    }

    #[test]
    fn wrapped_names_are_joined_and_ended_lines_kept() {
        assert_eq!(cell(&["机关事业单位基本养老", "保险缴费支出"], 10_500).text, "机关事业单位基本养老保险缴费支出");
        assert_eq!(cell(&["小计", "（一）"], 10_500).text, "小计\n（一）");
        assert_eq!(cell(&["Gross domestic", "product"], 7_400).text, "Gross domestic product");
    }

    #[test]
    fn numbers_wrap_only_where_they_must() {
        assert_eq!(cell(&["12345.6", "7"], 3_900).text, "12345.67");
        assert_eq!(cell(&["437,000.0", "0"], 9_000).text, "437,000.00");
        assert_eq!(cell(&["1234.", "56"], 9_000).text, "1234.56", "a number does not end at its point");
        let two = cell(&["1234.00", "5678.00"], 3_900);
        assert_eq!((two.text.as_str(), two.doubt.is_some()), ("1234.00\n5678.00", true));
        let stacked = cell(&["12", "34"], 9_000);
        assert_eq!((stacked.text.as_str(), stacked.doubt.is_some()), ("12\n34", true));
    }

    #[test]
    fn gaps_are_spaces_but_not_beside_chinese() {
        assert_eq!(cell(&["合 计"], 9_000).text, "合计", "half an em inside a word");
        assert_eq!(cell(&["2024 年"], 9_000).text, "2024 年");
        let mut glyphs = set("部门：甲局", 0, 1000);
        glyphs.extend(set("单位：万元", 20_000, 1000));
        let line = &lines(&glyphs.iter().collect::<Vec<_>>())[0];
        assert!(line.text.contains("甲局  "), "{}", line.text);
    }

    #[test]
    fn unknown_glyphs_are_doubted() {
        let cell = cell(&["12\u{FFFD}4"], 9_000);
        assert!(cell.doubt.is_some() && Amount::parse(&cell.text).is_none());
    }

    #[test]
    fn painting_order_does_not_count() {
        let mut glyphs = set("12345.67", 0, 1000);
        glyphs.reverse();
        assert_eq!(lines(&glyphs.iter().collect::<Vec<_>>())[0].text, "12345.67");
    }
}
