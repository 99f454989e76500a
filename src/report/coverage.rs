//! What was read and checked, and what could not be, as lines.

use super::compose::masked;
use crate::disclosure::Message;
use crate::session::{Mark, Opened, TableState};
use crate::words::Words;

/// Coverage as items with their content, one document after the other.
pub(super) fn lines(opened: &Opened, words: Words) -> Vec<(String, String)> {
    let analysis = opened.analysis();
    let mut lines: Vec<(String, String)> = Vec::new();
    for (at, document) in analysis.documents.iter().enumerate() {
        let coverage = opened.coverage(at);
        let counts = opened.counts(at);
        let mut add = |item: &str, content: String| lines.push((item.to_owned(), content));
        add(words.cov_file(), masked(&document.name));
        add(words.cov_digest(), document.sha256.clone());
        add(words.cov_format(), format!("{:?} {}", document.format, document.encoding).trim().to_owned());
        add(words.cov_unit(), masked(&coverage.unit_name.unwrap_or_else(|| words.unit_unknown().to_owned())));
        let year = words.year_and_stage(coverage.year, coverage.stage);
        add(words.cov_year(), if year.is_empty() { words.unit_unknown().to_owned() } else { year });
        add(words.cov_tables(), coverage.tables.to_string());
        let named = |wanted: fn(&TableState) -> bool| {
            let entries = opened.table_entries(at);
            let names: Vec<String> =
                entries.iter().filter(|e| wanted(&e.state)).map(|e| masked(&words.caption(&e.caption))).collect();
            format!(
                "{}{}{}",
                names.len(),
                if names.is_empty() { "" } else { words.colon() },
                names.join(words.semicolon())
            )
        };
        add(words.cov_empty(), named(|state| matches!(state, TableState::Empty(_))));
        add(words.cov_missing(), named(|state| matches!(state, TableState::Missing)));
        add(words.cov_numbers(), coverage.numbers.to_string());
        add(words.cov_compared(), coverage.numbers_compared.to_string());
        add(words.cov_checks(), words.meter(&counts));
        let weights =
            [(Mark::Mismatch, counts.mismatches), (Mark::Warning, counts.warnings), (Mark::Info, counts.infos)];
        let weights = weights.map(|(mark, n)| format!("{} {n}", words.mark(mark)));
        add(words.cov_findings(), weights.join(words.semicolon()));
        for group in opened.unchecked_of(at) {
            let why = group.why.as_ref().map(|why| words.of(why)).unwrap_or_default();
            let label = words.and_others(&words.of(&group.label), group.checks.len());
            let place = words.whereabouts(&group.whereabouts);
            let content = format!("[{}] {label}{}{why}{}", group.rule, words.colon(), words.bracketed(&place));
            add(words.count_unknown(), masked(&content));
        }
        for note in notes(opened, words, at) {
            add(words.notes_title(), note);
        }
    }
    for unreadable in &analysis.unreadable {
        let message = words.of(&Message::new(&unreadable.message, &unreadable.message_en));
        lines.push((words.cov_unreadable().to_owned(), format!("{}{}{message}", unreadable.name, words.colon())));
    }
    lines
}

/// What was seen in a document and not used.
pub(super) fn notes(opened: &Opened, words: Words, document: usize) -> Vec<String> {
    let read = opened.analysis().documents.get(document).into_iter().flat_map(|d| &d.notes);
    let read = read.map(|note| (Message::new(&note.zh, &note.en), note.place));
    let seen = opened.disclosure(document).into_iter().flat_map(|d| &d.notes);
    let seen = seen.map(|note| (note.message.clone(), note.place));
    read.chain(seen)
        .map(|(message, place)| {
            let place =
                place.map(|place| words.bracketed(&words.place_of(opened, document, place))).unwrap_or_default();
            masked(&format!("{}{place}", words.of(&message)))
        })
        .collect()
}
