//! Lists side by side whose columns are kept apart by spaces (基本支出决算明细表: 编码 名称 金额, twice or three times a line):
//! every code begins a piece, and the class of its code says which list it goes on.

use std::collections::BTreeMap;

use super::draft::{Draft, DraftRow, Piece, is_column_numbers, is_remark, spanning, stray};
use super::header::{Part, Word};
use super::pieces::{Token, is_figure, is_page_foot, tokens};
use crate::document::Line;
use crate::spelling::unspaced;

/// A code, a name and perhaps a figure.
#[derive(Clone, Debug, Default)]
struct Segment {
    code: Option<Token>,
    words: Vec<Token>,
    figures: Vec<Token>,
}

/// Whether the words of a header are those of lists side by side: code, name and one amount, more than once, after at most
/// one word over each.
pub(super) fn is_header(words: &[Word]) -> bool {
    lists(words).is_some()
}

/// How many lists stand side by side, and where the headers of the first begin.
fn lists(words: &[Word]) -> Option<(usize, usize)> {
    let first = words.iter().position(|word| word.part == Some(Part::Code))?;
    let own = words.get(first..)?;
    let part = |word: &Word| word.part;
    let whole = own.len() >= 6 && own.len() % 3 == 0;
    let triples = own
        .chunks(3)
        .all(|list| list.iter().map(part).eq([Part::Code, Part::Name, Part::Amount].map(Some)) && list[0] == own[0]);
    (whole && triples && first <= own.len() / 3).then_some((own.len() / 3, first))
}

/// Reads the lines below a caption. `rest` gets the lines that belong to no table.
pub(super) fn read<'a>(words: &[Word], lines: &[&'a Line], rest: &mut Vec<&'a Line>) -> Draft {
    let mut draft = Draft::default();
    let Some((count, first)) = lists(words) else {
        rest.extend(lines);
        return draft;
    };
    draft.columns = columns(words, count, first);
    let mut list_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut ended = false;
    let begin = lines.iter().position(|line| tokens(line).iter().any(is_code)).unwrap_or(lines.len());
    for line in lines.iter().skip(begin) {
        if is_page_foot(&line.text) {
            rest.push(line);
            continue;
        }
        if !ended && is_column_numbers(line.text.split_whitespace()) {
            continue;
        }
        if is_remark(&line.text) {
            draft.remarks.push((line.text.clone(), line.place));
            ended = true;
            continue;
        }
        let segments = segments(line);
        if ended || segments.iter().all(|segment| segment.code.is_none() && segment.figures.is_empty()) {
            // The end of a wrapped name, or what stands below the table.
            match draft.rows.last_mut().and_then(|row: &mut DraftRow| row.cells.iter_mut().flatten().nth(1)) {
                Some(name)
                    if !ended && segments.len() == 1 && segments[0].words.len() == 1 && !is_figure(&name.text) =>
                {
                    name.text.push_str(&unspaced(&line.text));
                    name.end = line.place;
                }
                _ => {
                    ended = true;
                    rest.push(line);
                }
            }
            continue;
        }
        let mut next = 0;
        for segment in &segments {
            let class: String = segment.code.iter().flat_map(|code| code.text.chars().take(3)).collect();
            let known = list_of.get(&class).copied().filter(|_| !class.is_empty());
            let list = known.unwrap_or(next).min(count.saturating_sub(1));
            if !class.is_empty() {
                list_of.entry(class).or_insert(list);
            }
            next = list + 1;
            draft.rows.push(row(segment, list, count, &mut draft.notes));
        }
    }
    draft
}

/// The header paths: the word over each list, where there is one for each, or the last one over all that are left.
fn columns(words: &[Word], count: usize, first: usize) -> Vec<Vec<String>> {
    let over = words.get(..first).unwrap_or_default();
    let own = words.get(first..).unwrap_or_default();
    let path = |(at, word): (usize, &Word)| {
        let over = over.get((at / 3).min(over.len().saturating_sub(1)));
        over.into_iter().chain([word]).map(|word| word.text.clone()).collect()
    };
    own.iter().take(3 * count).enumerate().map(path).collect()
}

/// A class (3 digits) or an item (5 digits) of the economic classification.
fn is_code(token: &Token) -> bool {
    matches!(token.text.len(), 3 | 5)
        && token.text.starts_with(['3', '5'])
        && token.text.bytes().all(|b| b.is_ascii_digit())
}

fn segments(line: &Line) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let tokens = tokens(line);
    for (at, token) in tokens.iter().enumerate() {
        let named = tokens.get(at + 1).is_some_and(|next| !is_figure(&next.text));
        let code = is_code(token) && named;
        let figure = !code && is_figure(&token.text);
        let opens = code || segments.last().is_none_or(|last| !figure && !last.figures.is_empty());
        if opens {
            segments.push(Segment::default());
        }
        if let Some(last) = segments.last_mut() {
            if code {
                last.code = Some(token.clone());
            } else if figure {
                last.figures.push(token.clone());
            } else {
                last.words.push(token.clone());
            }
        }
    }
    segments
}

fn row(segment: &Segment, list: usize, count: usize, notes: &mut Vec<crate::disclosure::Note>) -> DraftRow {
    let mut cells: Vec<Option<Piece>> = vec![None; 3 * count];
    let name: String = segment.words.iter().map(|token| token.text.as_str()).collect();
    let words = segment.words.first().zip(segment.words.last());
    let pieces = [
        segment.code.as_ref().map(|code| Piece::new(code.text.clone(), code.place)),
        words.map(|(first, last)| Piece {
            text: name.into(),
            place: spanning(first.place, last.place),
            end: last.place,
        }),
        segment.figures.first().map(|figure| Piece::new(figure.text.clone(), figure.place)),
    ];
    for (cell, piece) in cells.iter_mut().skip(3 * list).zip(pieces) {
        *cell = piece;
    }
    notes.extend(segment.figures.iter().skip(1).map(|figure| stray(&figure.text, figure.place)));
    let all: Vec<&Token> = segment.code.iter().chain(&segment.words).chain(&segment.figures).collect();
    let place = all.first().map_or(crate::document::Place::line(0), |token| token.place);
    let end = all.last().map_or(place, |token| token.place);
    DraftRow { place, end, side: None, cells, spanning: Vec::new(), doubt: None }
}
