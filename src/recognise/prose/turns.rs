//! 由 20 万元降至 10 万元: what an amount was, and what it came to.

use super::figures::Figure;
use super::paragraphs::Paragraph;

/// Which end of a turn an amount is: 由 20 万元 (last year's) 降至 10 万元 (this year's).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Neither.
    No,
    /// What it was.
    From,
    /// What it came to.
    To,
}

/// Words between what an amount was and what it came to.
const TURNS: [&str; 22] = [
    "下降至",
    "下降到",
    "下降为",
    "减少至",
    "减少到",
    "减少为",
    "压减至",
    "压减到",
    "增加至",
    "增加到",
    "增加为",
    "增长至",
    "增长到",
    "提高至",
    "提高到",
    "上升至",
    "上升到",
    "调整为",
    "降至",
    "降到",
    "增至",
    "减至",
];

impl Turn {
    /// The words that say what the amount is, without those of the turn.
    pub(super) fn words(self, words: &str) -> &str {
        match self {
            Self::No => words,
            Self::From => words.strip_suffix(['由', '从']).unwrap_or(words),
            Self::To => TURNS.iter().find_map(|turn| words.strip_suffix(turn)).unwrap_or(words),
        }
    }
}

/// Which end of a turn the figure after these words is.
pub(super) fn turn(paragraph: &Paragraph, figure: &Figure, words: &str) -> Turn {
    const LONGEST: usize = 8;
    if TURNS.iter().any(|turn| words.ends_with(turn)) {
        return Turn::To;
    }
    let behind = || {
        let chars = paragraph.chars.get(figure.end..).unwrap_or_default().iter().filter(|c| !c.is_whitespace());
        chars.take(LONGEST).collect::<String>()
    };
    let turns = || TURNS.iter().any(|turn| behind().trim_start_matches([',', '元']).starts_with(turn));
    if words.ends_with(['由', '从']) && turns() { Turn::From } else { Turn::No }
}
