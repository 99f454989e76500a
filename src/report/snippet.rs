//! A line of the source with carets under a figure, as a terminal shows it: Chinese characters are two columns wide.

use crate::privacy::mask;

/// How many columns of a source line are shown; longer lines (a paragraph of prose, a wide table) are cut around the
/// figure. Leaves room for the line number in a terminal of 100 columns.
const COLUMNS: usize = 88;
/// Stands where a line was cut.
const CUT: &str = "…";

/// A line of the source, and carets under a range of its characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Snippet {
    /// The line, tabs as two spaces, perhaps cut at either end, telephone numbers masked.
    pub(super) line: String,
    /// Spaces, then carets under the range; empty where the whole line is meant.
    pub(super) carets: String,
}

/// Columns that a character takes in a terminal.
fn width(c: char) -> usize {
    match c {
        '\t' => 2,
        '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' => 0,
        c if c.is_control() => 0,
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{303E}'
        | '\u{3041}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF01}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    }
}

/// Columns that a text takes in a terminal.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// `text` followed by as many spaces as it lacks to `wanted` columns.
pub(super) fn padded(text: &str, wanted: usize) -> String {
    format!("{text}{}", " ".repeat(wanted.saturating_sub(columns(text))))
}

impl Snippet {
    /// The characters `from..to` of `text`; `to` beyond the end means the end.
    pub(super) fn new(text: &str, from: u32, to: u32) -> Self {
        let hidden = mask(text);
        let chars: Vec<char> = hidden.chars().collect();
        let length = chars.len();
        let from = usize::try_from(from).unwrap_or(length).min(length);
        let to = usize::try_from(to).unwrap_or(length).clamp(from, length);
        let whole = from == 0 && to == length;
        let (first, last) = window(&chars, from, to);

        let mut line = String::new();
        let mut before = 0;
        let mut under = 0;
        if first > 0 {
            line.push_str(CUT);
            before += columns(CUT);
        }
        for (at, &c) in chars.iter().enumerate().take(last).skip(first) {
            match c {
                '\t' => line.push_str("  "),
                c if c.is_control() => {}
                c => line.push(c),
            }
            if at < from {
                before += width(c);
            } else if at < to {
                under += width(c);
            }
        }
        if last < length {
            line.push_str(CUT);
        }
        let carets =
            if whole || under == 0 { String::new() } else { format!("{}{}", " ".repeat(before), "^".repeat(under)) };
        Self { line: line.trim_end().to_owned(), carets }
    }
}

/// The range of characters to show: all of them, or as many around `from..to` as fit.
fn window(chars: &[char], from: usize, to: usize) -> (usize, usize) {
    let total: usize = chars.iter().map(|&c| width(c)).sum();
    if total <= COLUMNS {
        return (0, chars.len());
    }
    let (mut first, mut last) = (from, from);
    let mut used = 0;
    // The figure itself first, then context on both sides in turn.
    while last < to && used < COLUMNS {
        used += chars.get(last).copied().map_or(0, width);
        last += 1;
    }
    while used < COLUMNS && (first > 0 || last < chars.len()) {
        if first > 0 {
            first -= 1;
            used += chars.get(first).copied().map_or(0, width);
        }
        if last < chars.len() && used < COLUMNS {
            used += chars.get(last).copied().map_or(0, width);
            last += 1;
        }
    }
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_under_the_figure() {
        let snippet = Snippet::new("208 社会保障 155.72 0.00", 9, 15);
        assert_eq!(snippet.line, "208 社会保障 155.72 0.00");
        assert_eq!(snippet.carets, format!("{}^^^^^^", " ".repeat(4 + 8 + 1)));
    }

    #[test]
    fn tabs_count_as_they_are_shown() {
        let snippet = Snippet::new("合计\t1.00\t2.00", 8, 12);
        assert_eq!(snippet.line, "合计  1.00  2.00");
        assert_eq!(snippet.carets, format!("{}^^^^", " ".repeat(4 + 2 + 4 + 2)));
    }

    #[test]
    fn a_whole_line_has_no_carets() {
        assert_eq!(Snippet::new("收支总表", 0, u32::MAX).carets, "");
    }

    #[test]
    fn a_long_line_is_cut_around_the_figure() {
        let line = format!("{}3426.29{}", "甲".repeat(300), "乙".repeat(300));
        let snippet = Snippet::new(&line, 300, 307);
        assert!(snippet.line.starts_with('…') && snippet.line.ends_with('…'), "{}", snippet.line);
        assert!(columns(&snippet.line) <= COLUMNS + 4);
        let at = snippet.line.chars().take_while(|&c| c != '3').collect::<String>();
        assert_eq!(snippet.carets, format!("{}{}", " ".repeat(columns(&at)), "^".repeat(7)));
    }

    #[test]
    fn places_beyond_the_line_do_no_harm() {
        assert_eq!(Snippet::new("短", 40, 50).carets, "");
        assert_eq!(Snippet::new("", 0, 5).line, "");
    }
}
