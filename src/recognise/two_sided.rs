//! Two-sided tables whose columns are kept apart by spaces: each line is a name with its figures, then perhaps another;
//! where one side has ended, the name tells which.

use super::draft::{Draft, DraftRow, Piece, is_column_numbers, is_remark, spanning, stray};
use super::header::{self, Part, Word};
use super::names;
use super::pieces::{self, Codes, Token, is_figure, take_row_number, tokens};
use crate::disclosure::{Message, Side};
use crate::document::Line;
use crate::spelling::{folded, unspaced};

/// A name with the figures after it.
#[derive(Clone, Debug, Default)]
struct Segment {
    words: Vec<Token>,
    figures: Vec<Token>,
}

impl Segment {
    fn name(&self) -> String {
        self.words.iter().map(|token| token.text.as_str()).collect()
    }
}

/// Whether the header words are those of a two-sided table: 收入 and 支出 over two name columns.
pub(super) fn is_header(words: &[Word]) -> bool {
    let names: Vec<usize> = (0..words.len()).filter(|&at| words[at].part == Some(Part::Name)).collect();
    let coded = words.iter().any(|word| word.part == Some(Part::Code));
    let tops = tops(words);
    // 支出 behind the names ends the header of an amount (`债务利息及费用支出`).
    !coded && tops.len() >= 2 && names.len() == 2 && tops.first() < names.first()
}

/// The words over the two sides: 收入 and 支出, or what stands for them before the first name column (`本年收入 本年支出`,
/// `财政拨款收入 财政拨款支出`).
fn tops(words: &[Word]) -> Vec<usize> {
    let plain: Vec<usize> = (0..words.len()).filter(|&at| words[at].part == Some(Part::Side)).collect();
    if plain.len() >= 2 {
        return plain;
    }
    let named = |at: usize, end: &str| words.get(at).is_some_and(|word| folded(&word.text).ends_with(end));
    let first_name = words.iter().position(|word| word.part == Some(Part::Name));
    if first_name == Some(2) && named(0, "收入") && named(1, "支出") { vec![0, 1] } else { plain }
}

/// Whether every row begins with its number.
fn is_numbered(words: &[Word]) -> bool {
    words.first().is_some_and(|word| word.part == Some(Part::Sequence))
}

/// The columns of each side.
fn sides(words: &[Word]) -> [Vec<Vec<String>>; 2] {
    // 序号 stands before both sides and belongs to neither.
    let words = if is_numbered(words) { words.get(1..).unwrap_or_default() } else { words };
    let over = tops(words);
    let tops: Vec<&Word> = over.iter().map(|&at| &words[at]).collect();
    let mut sides: [Vec<Vec<String>>; 2] = [Vec::new(), Vec::new()];
    let mut side = 0;
    for (_, word) in words.iter().enumerate().filter(|(at, _)| !over.contains(at)) {
        if word.part == Some(Part::Name) && !sides[side].is_empty() && side == 0 {
            side = 1;
        }
        let top = tops.get(side).map_or_else(String::new, |top| top.text.clone());
        sides[side].push(vec![top, word.text.clone()]);
    }
    sides
}

/// Reads the lines below a caption. `rest` gets the lines that belong to no table.
pub(super) fn read<'a>(lines: &[&'a Line], rest: &mut Vec<&'a Line>) -> Draft {
    let mut draft = Draft::default();
    let start = lines
        .iter()
        .position(|line| {
            let tokens = tokens(line);
            tokens.iter().any(|token| is_figure(&token.text))
                || tokens.iter().any(|t| names::ordinal(&t.text).0.is_some())
        })
        .unwrap_or(lines.len());
    let header: String = lines[..start].iter().map(|line| unspaced(&line.text)).collect();
    let words = header::words(&header);
    let numbered = is_numbered(&words);
    let sides = sides(&words);
    draft.columns = sides.concat();
    let mut last: [Option<names::Ordinal>; 2] = [None, None];
    let mut ended = false;
    let decimals = pieces::usual_decimals(&lines[start..]);
    for line in &lines[start..] {
        if pieces::is_page_foot(&line.text) {
            rest.push(line);
            continue;
        }
        if is_column_numbers(line.text.split_whitespace()) {
            continue;
        }
        if decimals.is_some() && pieces::is_page_number(&line.text) {
            draft.notes.push(stray(&line.text, line.place));
            continue;
        }
        if is_remark(&line.text) {
            draft.remarks.push((line.text.clone(), line.place));
            ended = true;
            continue;
        }
        let mut tokens = tokens(line);
        if numbered {
            take_row_number(&mut tokens, Codes::None);
        }
        let segments = segments(&tokens);
        let is_row = segments.iter().any(|segment| !segment.figures.is_empty() || is_item(&segment.name()));
        if ended || !is_row && line.text.chars().count() > 40 {
            match draft.remarks.last_mut() {
                Some((text, _)) if ended && !text.ends_with('。') && rest.is_empty() => text.push_str(&line.text),
                _ => rest.push(line),
            }
            ended = true;
            continue;
        }
        if !is_row {
            // The end of a name that was wrapped: it goes to the latest row.
            match draft.rows.last_mut().and_then(|row| row.cells.iter_mut().flatten().next()) {
                Some(name)
                    if segments.len() == 1
                        && !header::words(&unspaced(&line.text)).iter().all(|w| w.part.is_some()) =>
                {
                    name.text.push_str(&segments[0].name());
                    name.end = line.place;
                }
                _ => draft.notes.push(stray(&line.text, line.place)),
            }
            continue;
        }
        for (at, segment) in segments.iter().enumerate() {
            let (side, sure) = side_of(segment, at, segments.len(), &last);
            if let (Some(ordinal), _) = names::ordinal(&segment.name()) {
                last[side] = Some(ordinal);
            }
            draft.rows.push(row(segment, side, sure, &sides, decimals.is_some(), &mut draft.notes));
        }
    }
    draft
}

/// Whether a name without figures can only be an item of the table.
fn is_item(name: &str) -> bool {
    names::ordinal(name).0.is_some() || is_known(&names::bare(name))
}

/// Whether a bare name is that of a measure or a class.
fn is_known(bare: &str) -> bool {
    header::measure_of(bare).is_some() || names::class(bare).is_some()
}

/// A line as names with their figures.
fn segments(tokens: &[Token]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for token in tokens {
        let figure = is_figure(&token.text);
        let opens = match segments.last() {
            None => true,
            Some(last) if figure => last.words.is_empty() && last.figures.is_empty(),
            Some(last) => {
                !last.figures.is_empty()
                    || names::ordinal(&token.text).0.is_some()
                    || is_whole_item(&last.name(), &token.text)
            }
        };
        if opens {
            segments.push(Segment::default());
        }
        if let Some(last) = segments.last_mut() {
            if figure { last.figures.push(token.clone()) } else { last.words.push(token.clone()) }
        }
    }
    segments
}

/// Whether both texts are names of rows by themselves, so that a blank amount stands between them. Spaces inside a name
/// are those of letter spacing, so two longer words are two names.
fn is_whole_item(name: &str, next: &str) -> bool {
    let long = |text: &str| {
        let (_, rest) = names::ordinal(text);
        rest.chars().count() >= 4 && !rest.starts_with('(')
    };
    if long(name) && long(next) {
        return true;
    }
    let whole = |text: &str| {
        let bare = names::bare(text);
        matches!(bare.as_ref(), "收入总计" | "支出总计" | "本年收入合计" | "本年支出合计") || is_known(&bare)
    };
    whole(name) && whole(next)
}

/// The side of a segment, and whether that is certain.
fn side_of(segment: &Segment, at: usize, of: usize, last: &[Option<names::Ordinal>; 2]) -> (usize, bool) {
    if of >= 2 {
        return (at.min(1), of == 2);
    }
    let name = segment.name();
    match names::side(&name) {
        Some(Side::Revenue) => return (0, true),
        Some(Side::Expenditure) => return (1, true),
        None => {}
    }
    let follows = |side: usize| {
        let (ordinal, _) = names::ordinal(&name);
        ordinal
            .is_some_and(|own| last[side].is_some_and(|last| last.depth == own.depth && last.number + 1 == own.number))
    };
    match (follows(0), follows(1)) {
        (true, false) => (0, true),
        (false, true) => (1, true),
        _ => (1, false),
    }
}

/// The row of a segment. Where the table's amounts have decimals (`decimal`), a whole number is the number of a line
/// (行次), of the own side or, after a side that prints nothing, of the other.
fn row(
    segment: &Segment,
    side: usize,
    sure: bool,
    sides: &[Vec<Vec<String>>; 2],
    decimal: bool,
    notes: &mut Vec<crate::disclosure::Note>,
) -> DraftRow {
    let mut cells: Vec<Option<Piece>> = vec![None; sides[0].len() + sides[1].len()];
    let offset = if side == 0 { 0 } else { sides[0].len() };
    let mut doubt = (!sure).then(|| {
        Message::new("这一行属于收入一侧还是支出一侧存疑", "which side of the table the row stands on is doubtful")
    });
    if let (Some(first), Some(last)) = (segment.words.first(), segment.words.last())
        && let Some(cell) = cells.get_mut(offset)
    {
        *cell = Some(Piece { text: segment.name().into(), place: spanning(first.place, last.place), end: last.place });
    }
    let is_sequence = |header: &Vec<String>| header.last().is_some_and(|own| part_is_sequence(own));
    let sequence = |side: usize| sides[side].iter().position(is_sequence);
    let line_number = |token: &Token| decimal && pieces::is_page_number(&token.text);
    let mut figures = segment.figures.as_slice();
    for (at, own) in [(offset, sequence(side)), (sides[0].len() - offset, sequence(1 - side))] {
        let Some(own) = own else { continue };
        if let [first, rest @ ..] = figures
            && line_number(first)
            && let Some(cell) = cells.get_mut(at + own)
        {
            *cell = Some(Piece::new(first.text.clone(), first.place));
            figures = rest;
        }
    }
    let own_sequence = sequence(side).filter(|_| decimal);
    let slots: Vec<usize> = (1..sides[side].len()).filter(|at| Some(*at) != own_sequence).collect();
    if figures.len() < slots.len() && !figures.is_empty() {
        doubt = Some(super::align::uncertain());
    }
    for (index, token) in figures.iter().enumerate() {
        match slots.get(index).and_then(|at| cells.get_mut(offset + at)) {
            Some(cell) => *cell = Some(Piece::new(token.text.clone(), token.place)),
            None => notes.push(stray(&token.text, token.place)),
        }
    }
    let all: Vec<&Token> = segment.words.iter().chain(&segment.figures).collect();
    let place = all.first().map_or(crate::document::Place::line(0), |token| token.place);
    let end = all.last().map_or(place, |token| token.place);
    let side = if side == 0 { Side::Revenue } else { Side::Expenditure };
    DraftRow { place, end, side: Some(side), cells, spanning: Vec::new(), doubt }
}

fn part_is_sequence(header: &str) -> bool {
    header::part_of(header) == Some(Part::Sequence)
}

/// Whether the folded text begins a two-sided header, before any word is cut.
pub(super) fn begins(text: &str) -> bool {
    let text = folded(text);
    text.starts_with("收入支出") || text.starts_with("收入项目")
}
