//! What is known of the figures of a paragraph before its sentences are followed: of which words each is, and what these
//! say. It follows from the paragraph alone, so that all paragraphs are read at once.

use super::around::{label_start, quote};
use super::figures::{Figure, Sort, figures};
use super::labels::{Background, Label, label};
use super::paragraphs::Paragraph;
use super::turns::{Turn, turn};

/// The words that say what an amount is are at most this long; longer ones are a sentence. In characters.
pub(super) const LONGEST_LABEL: usize = 80;

/// A figure with its words.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// The figure.
    pub(super) figure: Figure,
    /// The words before it that say what it is, folded; empty where they are a sentence.
    pub(super) words: String,
    /// The part of the sentence around it.
    pub(super) quote: String,
    /// What the words of an amount say, and which end of a turn it is; `None` for other figures.
    pub(super) amount: Option<(Turn, Label)>,
}

/// The figures of a paragraph, left to right.
pub(super) fn told(paragraph: &Paragraph, background: Background) -> Vec<Told> {
    let mut from = 0;
    figures(paragraph)
        .into_iter()
        .map(|figure| {
            let quote = quote(paragraph, &figure);
            let mut words = String::new();
            if !matches!(figure.sort, Sort::Date | Sort::Aside) {
                let start = label_start(paragraph, from, figure.from);
                from = figure.end;
                if figure.from - start <= LONGEST_LABEL {
                    paragraph.folded(start, figure.from).clone_into(&mut words);
                }
            }
            let amount = matches!(figure.sort, Sort::Money(_) | Sort::Bare).then(|| {
                let turn = turn(paragraph, &figure, &words);
                (turn, label(turn.words(&words), background))
            });
            Told { figure, words, quote, amount }
        })
        .collect()
}
