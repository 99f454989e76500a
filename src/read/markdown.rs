//! Markdown, as converters write it: ATX headings, pipe tables, HTML tables, inline marks; tab tables too.
//!
//! Line by line and not by CommonMark's blocks: a line is the evidence that a finding points to, and a converter's
//! Markdown is text with marks rather than a tree. Lines are not rejoined to paragraphs; that is for `recognise`.

use std::cell::LazyCell;

use super::flow::{Flow, Plain};
use super::inline::Holds;
use super::tabs::{self, Piece};
use super::{html, inline, text};
use crate::document::{Cell, Place};

/// Reads Markdown.
pub(super) fn read(lines: &[String]) -> Flow {
    let mut flow = Flow::default();
    // Most files have no table of HTML.
    let last_table_end = LazyCell::new(|| lines.iter().rposition(|line| has(line, "</table")));
    let mut read = text::each(lines, b"\t|", |index, _| Some(line_at(lines, index)));
    let mut index = 0;
    while index < lines.len() {
        let line = read.get_mut(index).and_then(Option::take).unwrap_or_else(|| line_at(lines, index));
        index += match line {
            Read::Table => {
                let end = table_end(lines, index, *last_table_end);
                html::read_part(&mut flow, lines, index..end, inline::plain);
                end - index
            }
            Read::Tabs(cells) => text::line(&mut flow, lines, index, inline::plain, Some(cells)),
            line => {
                line.put(&mut flow);
                1
            }
        };
    }
    flow
}

/// What a line is by itself and beside its neighbours.
enum Read<'a> {
    /// An empty line or what says no more than one: a rule, a fence.
    Blank,
    /// The row of dashes below a header, of which the header knows.
    Delimiter,
    /// An HTML table begins in it.
    Table,
    /// A heading of this level.
    Heading(u8, Plain, Place),
    /// A picture with this description.
    Image(&'a str, Place),
    /// Cells between pipes or tabs, and whether they are a header.
    Row(Vec<Cell>, bool, Place),
    /// Cells between tabs, if none of them goes on in the next line and no page ends there.
    Tabs(Vec<Cell>),
    /// A line of text.
    Line(Plain, Place),
}

impl Read<'_> {
    /// Puts what is one line in any case into the flow.
    fn put(self, flow: &mut Flow) {
        match self {
            Self::Heading(level, title, place) => flow.heading(level, &title, place),
            Self::Image(description, place) => flow.image(description, place),
            Self::Row(cells, header, place) => flow.row(place, cells, header),
            Self::Line(plain, place) => flow.line(plain, place),
            Self::Blank => flow.blank(),
            Self::Delimiter | Self::Table | Self::Tabs(_) => {}
        }
    }
}

/// Whether the lines hold marks of Markdown.
pub(super) fn is_marked(lines: &[String]) -> bool {
    lines.iter().any(|line| {
        let line = line.trim();
        is_block_mark(line) || has(line, "<table") || inline::plain(line).text != line
    })
}

/// Whether the line is a mark of Markdown by itself: a heading, or the rule below the header of a pipe table.
pub(super) fn is_block_mark(line: &str) -> bool {
    heading(line).is_some() || is_delimiter_row(line)
}

/// Whether `line` holds `tag`, in either case.
fn has(line: &str, tag: &str) -> bool {
    line.match_indices('<')
        .any(|(at, _)| line.get(at..at + tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag)))
}

/// One past the last line of the HTML table that begins at `index`. One that is not closed ends at an empty line or a
/// heading.
fn table_end(lines: &[String], index: usize, last_table_end: Option<usize>) -> usize {
    let closed = last_table_end.is_some_and(|last| last >= index);
    let mut depth = 0_usize;
    for (offset, line) in lines.iter().enumerate().skip(index) {
        if closed {
            let count = |tag: &str| {
                line.match_indices('<')
                    .filter(|(at, _)| {
                        line.get(*at..at + tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag))
                    })
                    .count()
            };
            depth = (depth + count("<table")).saturating_sub(count("</table"));
            if depth == 0 || last_table_end == Some(offset) {
                return offset + 1;
            }
        } else if offset > index && (line.trim().is_empty() || heading(line).is_some()) {
            return offset;
        }
    }
    lines.len()
}

/// What the line at `index` is.
fn line_at(lines: &[String], index: usize) -> Read<'_> {
    let Some(line) = lines.get(index) else { return Read::Blank };
    let holds = Holds::of(line);
    if holds.less() && has(line, "<table") {
        return Read::Table;
    }
    let number = tabs::number(index);
    let whole = tabs::trimmed(line, 0);
    if whole.text.is_empty() || is_rule(whole.text) || is_fence(whole.text) {
        return Read::Blank;
    }
    if let Some((level, title)) = heading(line) {
        return Read::Heading(level, inline::plain(title), whole.place(number));
    }
    if let Some(description) = image(whole.text) {
        return Read::Image(description, whole.place(number));
    }
    if holds.stroke() {
        if is_delimiter_row(line) {
            return Read::Delimiter;
        }
        let below = lines.get(index + 1).is_some_and(|next| is_delimiter_row(next));
        if below || is_pipe_row(whole.text) || is_row_of_strokes(lines, index) {
            return Read::Row(pipe_cells(whole, number), below, whole.place(number));
        }
    }
    if holds.tab() {
        let cells = text::cells(line, number, if holds.mark() { inline::plain } else { Plain::verbatim });
        return if holds.more() { Read::Tabs(cells) } else { Read::Row(cells, false, whole.place(number)) };
    }
    let plain = inline::plain(without_prefix(whole.text));
    if plain.text.is_empty() { Read::Blank } else { Read::Line(plain, whole.place(number)) }
}

/// An ATX heading: its level and its text.
fn heading(line: &str) -> Option<(u8, &str)> {
    let line = line.trim();
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let title = line.get(level..)?;
    if !(1..=6).contains(&level) || !title.starts_with([' ', '\t', '\u{3000}']) || title.trim().is_empty() {
        return None;
    }
    let title = title.trim();
    // A closing run of # is part of the mark.
    let end = title.trim_end_matches('#');
    let title = if end.ends_with(' ') { end.trim_end() } else { title };
    Some((u8::try_from(level).ok()?, title))
}

/// `---`, `***`, `___`: a line across the page.
fn is_rule(line: &str) -> bool {
    ['-', '*', '_']
        .iter()
        .any(|&mark| line.chars().all(|c| c == mark || c == ' ') && line.chars().filter(|&c| c == mark).count() >= 3)
}

/// The beginning or end of a code block, which converters put around a whole document.
fn is_fence(line: &str) -> bool {
    line.strip_prefix("```").is_some_and(|info| info.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// A picture that stands alone: its description, or the name of its file.
fn image(line: &str) -> Option<&str> {
    let (description, target) = line.strip_prefix("![")?.strip_suffix(')')?.split_once("](")?;
    if target.contains(')') || description.contains(']') {
        return None;
    }
    let file = target.split(['?', '#']).next()?.rsplit('/').next()?;
    Some(if description.trim().is_empty() { file } else { description })
}

/// The row of dashes below the header of a pipe table.
fn is_delimiter_row(line: &str) -> bool {
    let line = line.trim();
    if !line.starts_with(['|', ':', '-']) {
        return false;
    }
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    line.contains('|')
        && inner.split('|').all(|cell| {
            let cell = cell.trim();
            let dashes = cell.strip_prefix(':').unwrap_or(cell);
            let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
            !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
        })
}

/// A row with its outer pipes: it is one wherever it stands, since a table goes on after a page break.
fn is_pipe_row(line: &str) -> bool {
    line.starts_with('|') && ends_in_stroke(line)
}

/// Whether every cell of the line ends in a stroke, the last one too, and so do those of a line beside it: a table whose
/// lines lost their first stroke, and whose header has no row of dashes below it.
fn is_row_of_strokes(lines: &[String], index: usize) -> bool {
    let ends = |at: usize| lines.get(at).is_some_and(|line| ends_in_stroke(line.trim()));
    ends(index) && (index.checked_sub(1).is_some_and(ends) || ends(index + 1))
}

fn ends_in_stroke(line: &str) -> bool {
    line.ends_with('|') && !line.ends_with("\\|") && line.bytes().filter(|&byte| byte == b'|').count() > 1
}

/// Whether the lines hold such a table.
pub(super) fn has_rows_of_strokes(lines: &[String]) -> bool {
    (0..lines.len()).any(|index| is_row_of_strokes(lines, index))
}

/// The cells between the pipes; `\|` is no pipe.
fn pipe_cells(row: Piece<'_>, number: u32) -> Vec<Cell> {
    let inner = row.text.strip_prefix('|');
    let mut start = row.from + u32::from(inner.is_some());
    let inner = inner.unwrap_or(row.text);
    let inner = if ends_in_stroke(row.text) { inner.strip_suffix('|').unwrap_or(inner) } else { inner };
    let mut cells = Vec::new();
    let mut from = 0;
    let mut escaped = false;
    let ends = inner.bytes().enumerate().filter(|&(_, byte)| {
        let ends = byte == b'|' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    for end in ends.map(|(at, _)| at).chain([inner.len()]) {
        let source = inner.get(from..end).unwrap_or_default();
        let piece = tabs::trimmed(source, start);
        let place = if piece.text.is_empty() {
            Place::Line { line: number, from: start, to: start }
        } else {
            piece.place(number)
        };
        let plain = inline::plain(piece.text);
        cells.push(Cell { text: plain.text, place, columns: 1, rows: 1, strong: plain.strong, doubt: None });
        start = start.saturating_add(tabs::characters(source)).saturating_add(1);
        from = end + 1;
    }
    cells
}

/// The line without the mark of a list or a quotation. A mark before a figure may be a sign or a blank cell; it stays.
fn without_prefix(line: &str) -> &str {
    let rest = ["- ", "* ", "+ ", "> "].iter().find_map(|mark| line.strip_prefix(mark));
    match rest.map(str::trim_start) {
        Some(rest) if !rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '—' | '*' | '+' | '.')) => {
            rest
        }
        _ => line,
    }
}
