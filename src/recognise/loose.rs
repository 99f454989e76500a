//! Tables whose columns are kept apart by spaces: the header's words, the rows ([`super::pieces`]), and which figures stand
//! under which header.

use std::collections::BTreeMap;

use super::align::{self, Alignment, Figures, Known, figure_columns};
use super::draft::{Draft, DraftRow, Piece, is_column_numbers, is_remark, spanning, stray};
use super::header::{self, Part, Word};
use super::pieces::{
    Building, Codes, LONGEST_PIECE, Labels, Token, build, cut, is_code, is_figure, is_page_foot, letters, tokens,
};
use super::{caption, columns};
use crate::amount::Amount;
use crate::classification;
use crate::disclosure::{Column, ColumnRole, Message};
use crate::document::{Line, Place};
use crate::spelling::{folded, unspaced};

/// A header is at most this long: the 19 columns of 收入总表 take 110 characters.
const LONGEST_HEADER: usize = 400;
/// The characters that the headers of one line have on average, at most.
const LONGEST_HEADER_CELL: usize = 12;
/// How many rows decide between layouts of the header.
const MOST_COMPARED_ROWS: usize = 40;

/// Reads the lines below a caption as a table. `rest` gets the lines that belong to no table.
pub(super) fn read<'a>(lines: &[&'a Line], units: &[String], known: &Known, rest: &mut Vec<&'a Line>) -> Draft {
    let mut draft = Draft::default();
    let (feet, lines): (Vec<&'a Line>, Vec<&'a Line>) =
        lines.iter().copied().partition(|line| is_page_foot(&line.text));
    rest.extend(feet);
    let lines = lines.as_slice();
    let header_end = header_end(lines);
    let header_text: String = lines[..header_end].iter().map(|line| unspaced(&line.text)).collect();
    let mut words = header::words(&header_text);
    let codes = if words.iter().any(|word| word.part == Some(Part::Code) && columns::is_code_pieces(&word.text)) {
        Codes::Pieces
    } else if words.iter().any(|word| word.part == Some(Part::Code)) {
        Codes::Whole
    } else {
        Codes::None
    };
    let numbered = words.first().is_some_and(|word| word.part == Some(Part::Sequence));
    let labels = Labels { codes, numbered, unit_first: is_unit_first(&words) };
    let body = without_headers(&lines[header_end..], &lines[..header_end]);
    let mut body = body.as_slice();
    while let Some((first, after)) = body.split_first()
        && is_column_numbers(first.text.split_whitespace())
    {
        body = after;
    }
    let width = width(body, labels, &words);
    // Words after the last header are the beginning of the first row's name.
    let mut first_name = Vec::new();
    if width.is_some()
        && let Some(Word { text, part: None }) = words.last().cloned()
        && words.len() > 1
        && let Some(line) = lines[..header_end].iter().rev().find(|line| unspaced(&line.text) == text)
    {
        words.pop();
        first_name = tokens(line);
    }
    let layouts = columns::layouts(&words, width);
    let built = build(body, width.unwrap_or(0), labels, first_name, &mut draft, rest);
    let best = best_layout(&layouts, &built, width.unwrap_or(0));
    draft.columns = if let Some(layout) = best {
        layout.clone()
    } else {
        draft.doubt = Some(Message::new(
            "表头与数字的列数对不上，列名存疑",
            "the header and the runs of figures differ in width; the column names are doubtful",
        ));
        unnamed(&words, width.unwrap_or(0))
    };
    let roles = columns::of(&draft.columns, |_| Some(true));
    let named = built.iter().filter(|row| classification::UnitCode::parse(&row.code()).is_some()).map(Building::name);
    let units: Vec<String> = units.iter().cloned().chain(named).collect();
    let figures: Vec<Figures> = built
        .iter()
        .map(|row| Figures {
            code: row.code(),
            amounts: row.figures.iter().map(|token| Amount::parse(&token.text)).collect(),
            fixed: None,
        })
        .collect();
    for (row, alignment) in built.into_iter().zip(align::settle(&figures, &roles, known)) {
        let row = place(&row, &roles, &alignment, &units, &mut draft);
        draft.rows.push(row);
    }
    draft
}

/// Whether the names of units stand before the codes of subjects (单位名称 科目编码 科目名称).
fn is_unit_first(words: &[Word]) -> bool {
    let of_unit = |word: &&Word| {
        let text = folded(&word.text);
        (text.contains("单位") || text.contains("部门")) && !text.contains("科目") && !text.contains("预算支出")
    };
    let mut names = words.iter().filter(|word| word.part == Some(Part::Name));
    let after = words.iter().skip_while(|word| !(word.part == Some(Part::Name) && of_unit(word)));
    names.next().is_some_and(|first| of_unit(&first))
        && names.next().is_some()
        && after.filter(|word| word.part == Some(Part::Code)).any(|word| !of_unit(&word))
}

/// Where the header ends: at the first line with figures or a code, or a remark.
fn header_end(lines: &[&Line]) -> usize {
    let mut length = 0;
    for (index, line) in lines.iter().enumerate() {
        let tokens = tokens(line);
        let figures = tokens.last().is_some_and(|token| is_figure(&token.text));
        let code = tokens.first().is_some_and(|token| is_code(&token.text));
        length += letters(line);
        if is_column_numbers(line.text.split_whitespace())
            || figures
            || code
            || is_remark(&line.text)
            || length > LONGEST_HEADER
            || caption::is_nothing_note(&line.text)
        {
            return index;
        }
        // Prose has few spaces, a line of headers one between any two.
        let long = letters(line) > LONGEST_PIECE && tokens.len() * LONGEST_HEADER_CELL < letters(line);
        if long && header::words(&line.text).iter().any(|word| word.part.is_none() && word.text.chars().count() > 8) {
            return index;
        }
    }
    lines.len()
}

/// The lines of the body without the header that some tables repeat on every page: all its lines, one after another.
fn without_headers<'a>(body: &[&'a Line], header: &[&Line]) -> Vec<&'a Line> {
    let words = header.iter().flat_map(|line| line.text.split_whitespace()).count();
    let mut kept = Vec::with_capacity(body.len());
    let mut at = 0;
    while at < body.len() {
        let lines = body.get(at..at + header.len()).unwrap_or_default();
        let repeats = words > 1 && lines.len() == header.len();
        if repeats && lines.iter().zip(header).all(|(line, own)| line.text == own.text) {
            at += header.len();
        } else {
            kept.push(body[at]);
            at += 1;
        }
    }
    kept
}

/// The number of amount columns that the rows show: their longest run of figures, unless the header has fewer columns
/// and most runs are that short (one figure was printed in two pieces).
fn width(body: &[&Line], labels: Labels, words: &[Word]) -> Option<usize> {
    let mut runs: BTreeMap<usize, usize> = BTreeMap::new();
    for line in body.iter().filter(|line| !is_remark(&line.text)) {
        let cut = cut(line, labels, usize::MAX);
        let figures = cut.tokens.len() - cut.run;
        // A code with nothing between it and the figures.
        let bare_code = cut.run == 0
            && labels.codes != Codes::None
            && figures > 1
            && cut.tokens.first().is_some_and(|t| is_code(&t.text) && !t.text.contains('.'))
            && cut.tokens.get(1).is_some_and(|t| t.text.contains(['.', ',']));
        *runs.entry(figures - usize::from(bare_code)).or_default() += 1;
    }
    runs.remove(&0);
    let longest = *runs.keys().next_back()?;
    let usual = runs.iter().max_by_key(|(width, count)| (**count, **width)).map_or(longest, |(width, _)| *width);
    let fits = |width: usize| {
        let layouts = columns::layouts(words, Some(width));
        layouts.iter().any(|paths| figure_columns(&columns::of(paths, |_| Some(true))).len() == width)
    };
    Some(if longest > usual && !fits(longest) && fits(usual) { usual } else { longest })
}

/// The layout that the arithmetic of the rows agrees with best; the likelier one where several do.
fn best_layout<'a>(layouts: &'a [Vec<Vec<String>>], rows: &[Building], width: usize) -> Option<&'a Vec<Vec<String>>> {
    let mut best: Option<(usize, &Vec<Vec<String>>)> = None;
    for layout in layouts {
        let columns = columns::of(layout, |_| Some(true));
        let amounts: Vec<usize> = figure_columns(&columns);
        if amounts.len() != width && width > 0 {
            continue;
        }
        let sums = columns::sums(&columns);
        let mut held = 0;
        for row in rows.iter().filter(|row| row.figures.len() == width).take(MOST_COMPARED_ROWS) {
            let figures: Vec<Option<Amount>> = row.figures.iter().map(|token| Amount::parse(&token.text)).collect();
            let amount = |column: usize| figures.get(amounts.iter().position(|own| *own == column)?)?.as_ref();
            held += sums.iter().filter(|sum| sum.holds(amount) == Some(true)).count();
        }
        if best.is_none_or(|(most, _)| held > most) {
            best = Some((held, layout));
        }
    }
    best.map(|(_, layout)| layout).or_else(|| layouts.first())
}

/// Columns for a header that could not be understood: the labels, then amounts by number.
fn unnamed(words: &[Word], width: usize) -> Vec<Vec<String>> {
    let labels = words.iter().filter(|word| matches!(word.part, Some(Part::Code | Part::Name | Part::Text)));
    let mut columns: Vec<Vec<String>> = labels.map(|word| vec![word.text.clone()]).collect();
    if columns.is_empty() {
        columns.push(vec!["项目".to_owned()]);
    }
    columns.extend((1..=width).map(|number| vec![format!("第{number}列金额")]));
    columns
}

/// Puts the pieces of a row under the columns.
fn place(row: &Building, columns: &[Column], alignment: &Alignment, units: &[String], draft: &mut Draft) -> DraftRow {
    let mut cells: Vec<Option<Piece>> = vec![None; columns.len()];
    let mut doubt = None;
    let places: Vec<Place> = row.codes.iter().chain(row.words()).chain(&row.figures).map(|token| token.place).collect();
    let begin = places.iter().copied().min_by_key(|place| super::reading_order(*place)).unwrap_or(Place::line(0));
    let end = places.iter().copied().max_by_key(|place| super::reading_order(*place)).unwrap_or(begin);
    let label = |role: ColumnRole, nth: usize| {
        columns.iter().enumerate().filter(|(_, column)| column.role == role).map(|(index, _)| index).nth(nth)
    };
    let words: Vec<&Token> = row.words().collect();
    // The unit before the subject takes the first columns.
    let unit_code = row.unit.first().filter(|token| is_code(&token.text));
    let unit_words: Vec<&Token> = row.unit.iter().skip(usize::from(unit_code.is_some())).collect();
    let (own_code, own_name) = (usize::from(unit_code.is_some()), usize::from(!unit_words.is_empty()));
    if let (Some(code), Some(column)) = (unit_code, label(ColumnRole::Code, 0)) {
        cells[column] = Some(joined(&[code]));
    }
    if let (false, Some(column)) = (unit_words.is_empty(), label(ColumnRole::Name, 0)) {
        cells[column] = Some(joined(&unit_words));
    }
    let name_column = label(ColumnRole::Name, own_name);
    let text_column = label(ColumnRole::Text, 0);
    if !row.codes.is_empty() {
        match label(ColumnRole::Code, own_code) {
            Some(column) => cells[column] = Some(joined(&row.codes.iter().collect::<Vec<_>>())),
            None => draft.notes.extend(row.codes.iter().map(|token| stray(&token.text, token.place))),
        }
    }
    match (name_column, text_column) {
        (Some(name), Some(text)) if words.len() > 1 && row.code().len() > 6 => {
            let (cut, sure) = unit_cut(&words, units);
            cells[name] = (cut > 0).then(|| joined(&words[..cut]));
            cells[text] = (cut < words.len()).then(|| joined(&words[cut..]));
            if !sure {
                doubt = Some(Message::new(
                    "项目名称与项目单位的分界存疑",
                    "where the project's name ends and its unit begins is doubtful",
                ));
            }
        }
        (Some(name), _) if !words.is_empty() => cells[name] = Some(joined(&words)),
        (None, Some(text)) if !words.is_empty() => cells[text] = Some(joined(&words)),
        _ if words.is_empty() => {}
        _ => draft.notes.extend(words.iter().map(|token| stray(&token.text, token.place))),
    }
    for (index, token) in row.figures.iter().enumerate() {
        match alignment.columns.get(index) {
            Some(column) => cells[*column] = Some(Piece::new(token.text.clone(), token.place)),
            None => draft.notes.push(stray(&token.text, token.place)),
        }
    }
    if !alignment.sure {
        doubt = Some(align::uncertain());
    }
    if row.crowded {
        doubt = Some(Message::new(
            "本行数字多于列数，可能有数字被断成两段",
            "the row has more figures than columns; a figure may have been broken in two",
        ));
    }
    DraftRow { place: begin, end, side: None, cells, spanning: Vec::new(), doubt }
}

/// Where the words of a project row stop being its name and begin to be its unit, and whether that is certain.
fn unit_cut(words: &[&Token], units: &[String]) -> (usize, bool) {
    for cut in 1..words.len() {
        let unit: String = words[cut..].iter().map(|token| token.text.as_str()).collect();
        if units.contains(&unit) {
            return (cut, true);
        }
    }
    for cut in 1..words.len() {
        let unit: String = words[cut..].iter().map(|token| token.text.as_str()).collect();
        if units.iter().any(|known| known.chars().count() > 3 && unit.starts_with(known.as_str())) {
            return (cut, true);
        }
    }
    if words.len() == 2 { (1, true) } else { (words.len(), false) }
}

/// Several words as one piece, without spaces.
fn joined(words: &[&Token]) -> Piece {
    let text: String = words.iter().map(|token| token.text.as_str()).collect();
    let first = words.first().map_or(Place::line(0), |token| token.place);
    let last = words.last().map_or(first, |token| token.place);
    Piece { text: text.into(), place: spanning(first, last), end: last }
}
