//! Amounts that the prose states of a named thing.
//!
//! Lines become paragraphs ([`paragraphs`]), paragraphs have figures ([`figures`]), the words before a figure say what it
//! is said of ([`labels`]), and a list (`其中：…`, `（…）`) belongs to the amount before it ([`lists`]). Where the words could
//! mean two things the statement has no concept, or a doubt: no rule then holds it against a cell.

mod around;
mod context;
mod dates;
mod figures;
mod labels;
mod lists;
mod names;
mod oddities;
mod paragraphs;
mod reader;
mod shares;
mod splits;
mod spoken;
mod statements;
mod told;
mod topics;
mod turns;
mod vocabulary;
mod years;

use std::collections::BTreeSet;

use self::labels::Background;
use self::names::Names;
pub(super) use self::oddities::personal_phones;
pub(super) use self::paragraphs::begins_anew;
use self::paragraphs::{Page, Paragraph, Wrapped, wrapped};
use self::reader::Reader;
use self::told::told;
use super::Item;
use super::about::About;
use super::spelling::folded;
use crate::disclosure::{Dated, Note, Oddity, Passage, Stage, Statement, Table, Topic};
use crate::parallel;

/// What the prose says.
#[derive(Clone, Debug, Default)]
pub(super) struct Prose {
    /// Its statements, in reading order.
    pub(super) statements: Vec<Statement>,
    /// Odd wording, in reading order.
    pub(super) oddities: Vec<Oddity>,
    /// What it has a sentence on.
    pub(super) topics: BTreeSet<Topic>,
    /// The days of its approval and of its publication.
    pub(super) dates: Vec<Dated>,
    /// How many of its numbers state something, or cannot be read.
    pub(super) numbers: u32,
    /// Those that state nothing.
    pub(super) aside: Vec<Passage>,
    /// Those that cannot be read.
    pub(super) unread: Vec<Passage>,
    /// What could not be read.
    pub(super) notes: Vec<Note>,
}

/// Reads the statements. `stretches` is everything that no table used, in reading order, a new stretch after each
/// table; a paragraph never goes on from one stretch to the next.
///
/// `other` is work that has nothing to do with them, done where there is time for it: sentences are followed one after the
/// other.
pub(super) fn recognise_beside<T: Send>(
    stretches: &[Vec<Item>],
    tables: &[Table],
    about: &About,
    other: impl FnOnce() -> T + Send,
) -> (Prose, T) {
    let lines = || {
        let page = Page::new(stretches);
        parallel::map_uneven(stretches, |stretch| wrapped(stretch, &page))
    };
    let (names, wrapped) = parallel::join(|| Names::new(tables), lines);
    let unit = about.unit_name.as_deref().map(folded);
    let background = Background {
        names: &names,
        year: about.year,
        unit: unit.as_deref(),
        final_accounts: about.stage == Some(Stage::FinalAccounts),
    };
    let lines: Vec<&Wrapped> = wrapped.iter().flatten().collect();
    let (paragraphs, told): (Vec<Paragraph>, Vec<_>) = parallel::map_uneven(&lines, |lines| {
        let paragraph = lines.joined();
        let told = told(&paragraph, background);
        (paragraph, told)
    })
    .into_iter()
    .unzip();
    let (read, (oddities, topics, dates, other)) = parallel::join(
        || {
            let mut reader = Reader::new(background);
            reader.prose.statements.reserve(told.iter().map(Vec::len).sum());
            paragraphs.iter().zip(told).for_each(|(paragraph, told)| reader.paragraph(paragraph, told));
            reader.prose
        },
        || {
            let mut rest = paragraphs.as_slice();
            let oddities = wrapped.iter().flat_map(|stretch| {
                let (stretch, after) = rest.split_at(stretch.len().min(rest.len()));
                rest = after;
                oddities::collect(stretch, &names)
            });
            (
                oddities.collect(),
                spoken::topics(paragraphs.iter()),
                paragraphs.iter().flat_map(dates::collect).collect(),
                other(),
            )
        },
    );
    // So many small pieces take a while to put away.
    parallel::join(|| drop((names, wrapped)), || drop(paragraphs));
    let numbers = u32::try_from(read.statements.len().saturating_add(read.unread.len())).unwrap_or(u32::MAX);
    (Prose { oddities, topics, dates, numbers, ..read }, other)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::statements_of;
