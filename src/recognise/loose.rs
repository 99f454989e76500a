//! Tables whose columns are kept apart by spaces: rows are found by their runs of figures, and the pieces of code and
//! name around each run are put together.

use std::collections::BTreeMap;

use super::align::{self, Alignment, Figures, Known, figure_columns};
use super::draft::{Draft, DraftRow, Piece, is_column_numbers, is_remark, spanning, stray};
use super::header::{self, Part, Word};
use super::spelling::unspaced;
use super::{caption, columns, names};
use crate::amount::Amount;
use crate::classification;
use crate::disclosure::{ColumnRole, Message};
use crate::document::{Line, Place};

/// A header is at most this long: the 19 columns of 收入总表 take 110 characters.
const LONGEST_HEADER: usize = 400;
/// A piece of a wrapped name between two rows; longer lines are prose.
const LONGEST_PIECE: usize = 40;
/// How many rows decide between layouts of the header.
const MOST_COMPARED_ROWS: usize = 40;

/// A word of a line, with its place.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// The word.
    pub(super) text: String,
    /// Its place.
    pub(super) place: Place,
}

/// The words of a line.
pub(super) fn tokens(line: &Line) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut begin: Option<(usize, u32)> = None;
    let place_of = |from: u32, to: u32| match line.place {
        Place::Line { line, from: start, .. } => Place::Line { line, from: start + from, to: start + to },
        place => place,
    };
    let mut count = 0;
    for (byte, c) in line.text.char_indices() {
        if super::spelling::is_space(c) {
            if let Some((from_byte, from)) = begin.take() {
                tokens.push(Token { text: line.text[from_byte..byte].to_owned(), place: place_of(from, count) });
            }
        } else if begin.is_none() {
            begin = Some((byte, count));
        }
        count += 1;
    }
    if let Some((from_byte, from)) = begin {
        tokens.push(Token { text: line.text[from_byte..].to_owned(), place: place_of(from, count) });
    }
    tokens
}

/// Whether a word is what a cell of an amount column can hold: an amount, a dash for none, a percentage.
pub(super) fn is_figure(text: &str) -> bool {
    is_dash(text) || Amount::parse(text.trim_end_matches(['%', '％'])).is_some()
}

/// A dash printed for none.
pub(super) fn is_dash(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '—' | '－' | '–' | '─' | '/'))
}

/// Whether a word is a figure or meant to be one: digits and marks, perhaps a letter among them, no Chinese.
fn is_numeric(text: &str) -> bool {
    is_figure(text)
        || text.is_ascii() && text.bytes().any(|b| b.is_ascii_digit()) && text.len() <= 20 && !is_project_piece(text)
}

/// Whether a word can be a code or a piece of one: digits of a classification or unit code, or the letters and digits
/// of a project code.
fn is_code(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_uppercase).count();
    digits + letters == text.len() && letters <= 4 && digits >= 2
}

/// A code that can only be a project's, or a piece of one.
fn is_project_piece(text: &str) -> bool {
    is_code(text) && text.len() >= 8
}

/// How the rows of a table print their codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Codes {
    /// Not at all.
    None,
    /// In one column.
    Whole,
    /// In a column for each of 类, 款, 项.
    Pieces,
}

/// `201 06 01` at the start of a line as one code.
fn join_code_pieces(tokens: &mut Vec<Token>) {
    let digits =
        |token: &Token, count: usize| token.text.len() == count && token.text.bytes().all(|b| b.is_ascii_digit());
    if !tokens.first().is_some_and(|token| digits(token, 3)) {
        return;
    }
    let pieces = tokens.iter().skip(1).take(2).take_while(|token| digits(token, 2)).count();
    for piece in tokens.drain(1..=pieces).collect::<Vec<_>>() {
        tokens[0].text.push_str(&piece.text);
        tokens[0].place = spanning(tokens[0].place, piece.place);
    }
}

/// One line, cut into what its words can be.
#[derive(Clone, Debug)]
struct Cut {
    tokens: Vec<Token>,
    /// The first figure of the run that ends the line; equal to the number of words where there is none.
    run: usize,
    /// Whether the first word is a code.
    code: bool,
}

fn cut(line: &Line, codes: Codes, width: usize) -> Cut {
    let has_code = codes != Codes::None;
    let mut tokens = tokens(line);
    if codes == Codes::Pieces {
        join_code_pieces(&mut tokens);
    }
    let tokens = tokens;
    let mut run = tokens.len();
    while run > 0 && is_figure(&tokens[run - 1].text) {
        run -= 1;
    }
    // A figure that cannot be read stays in its run.
    if let Some(start) = tokens.len().checked_sub(width)
        && start > 0
        && start < run
        && run < tokens.len()
        && tokens[start..].iter().all(|token| is_numeric(&token.text))
    {
        run = start;
    }
    let figures = tokens.len() - run;
    let code_like = has_code && tokens.first().is_some_and(|token| is_code(&token.text));
    let mut code = code_like && run > 0;
    if code_like && run == 0 && (figures.checked_sub(1) == Some(width) || figures == 1 && width > 1) {
        // A code before the run, or a code on a line of its own.
        code = true;
        run = 1;
    }
    Cut { tokens, run, code }
}

/// A row being put together.
#[derive(Clone, Debug, Default)]
struct Building {
    codes: Vec<Token>,
    head: Vec<Token>,
    inline: Vec<Token>,
    tail: Vec<Token>,
    figures: Vec<Token>,
    /// Whether there were more figures than columns, so that some were taken for words.
    crowded: bool,
}

impl Building {
    fn words(&self) -> impl Iterator<Item = &Token> {
        self.head.iter().chain(&self.inline).chain(&self.tail)
    }

    fn name(&self) -> String {
        self.words().map(|token| token.text.as_str()).collect()
    }

    fn code(&self) -> String {
        self.codes.iter().map(|token| token.text.as_str()).collect()
    }
}

/// `- 5 -`, `第 5 页`: the foot of a page.
pub(super) fn is_page_foot(text: &str) -> bool {
    let text = unspaced(text);
    let dashed = text.trim_matches(['-', '—', '－', '–', '─']);
    let marked = dashed.len() < text.len();
    let named = text.strip_prefix('第').and_then(|rest| rest.split_once('页'));
    let number = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    marked && number(dashed) || named.is_some_and(|(page, _)| number(page))
}

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
    let mut body = &lines[header_end..];
    while let Some((first, after)) = body.split_first()
        && is_column_numbers(first.text.split_whitespace())
    {
        body = after;
    }
    let width = width(body, codes, &words);
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
    let built = build(body, width.unwrap_or(0), codes, first_name, &mut draft, rest);
    let best = best_layout(&layouts, &built, width.unwrap_or(0));
    draft.columns = match best {
        Some(layout) => layout.clone(),
        None => {
            draft.doubt = Some(Message::new(
                "表头与数字的列数对不上，列名存疑",
                "the header and the runs of figures differ in width; the column names are doubtful",
            ));
            unnamed(&words, width.unwrap_or(0))
        }
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
        let row = place(row, &roles, &alignment, &units, &mut draft);
        draft.rows.push(row);
    }
    draft
}

/// Where the header ends: at the first line with figures or a code, or a remark.
fn header_end(lines: &[&Line]) -> usize {
    let mut length = 0;
    for (index, line) in lines.iter().enumerate() {
        let tokens = tokens(line);
        let figures = tokens.last().is_some_and(|token| is_figure(&token.text));
        let code = tokens.first().is_some_and(|token| is_code(&token.text));
        length += line.text.chars().count();
        if figures || code || is_remark(&line.text) || length > LONGEST_HEADER || caption::is_nothing_note(&line.text) {
            return index;
        }
        let long = line.text.chars().count() > LONGEST_PIECE;
        if long && header::words(&line.text).iter().any(|word| word.part.is_none() && word.text.chars().count() > 8) {
            return index;
        }
    }
    lines.len()
}

/// The number of amount columns that the rows show: their longest run of figures, unless the header has fewer columns
/// and most runs are that short (one figure was printed in two pieces).
fn width(body: &[&Line], codes: Codes, words: &[Word]) -> Option<usize> {
    let mut runs: BTreeMap<usize, usize> = BTreeMap::new();
    for line in body.iter().filter(|line| !is_remark(&line.text)) {
        let cut = cut(line, codes, usize::MAX);
        let figures = cut.tokens.len() - cut.run;
        // A code with nothing between it and the figures.
        let bare_code = cut.run == 0
            && codes != Codes::None
            && figures > 1
            && cut.tokens.first().is_some_and(|t| is_code(&t.text) && !t.text.contains('.'))
            && cut.tokens.get(1).is_some_and(|t| t.text.contains('.'));
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

/// Rows from the lines below the header.
fn build<'a>(
    body: &[&'a Line],
    width: usize,
    codes: Codes,
    first_name: Vec<Token>,
    draft: &mut Draft,
    rest: &mut Vec<&'a Line>,
) -> Vec<Building> {
    let mut rows: Vec<Building> = Vec::new();
    // Lines without figures since the last row, each with whether it begins with a code.
    let mut waiting: Vec<(&'a Line, Cut)> = Vec::new();
    let mut first = first_name;
    let mut remarks = false;
    let mut lines = body.iter();
    for line in lines.by_ref() {
        if remarks || is_remark(&line.text) {
            remarks = true;
            if is_remark(&line.text)
                || !ends_sentence(draft) && line.text.chars().count() > 1 && !opens_section(&line.text)
            {
                remark(line, draft);
            } else {
                rest.push(line);
                break;
            }
            continue;
        }
        let cut = cut(line, codes, width);
        if cut.run < cut.tokens.len() && !(cut.tokens.len() == 1 && width > 1 && is_page_number(&cut.tokens[0].text)) {
            if is_column_numbers(line.text.split_whitespace()) && width > 1 {
                continue;
            }
            let mut row = Building { figures: cut.tokens[cut.run..].to_vec(), ..Building::default() };
            let mut words = cut.tokens[..cut.run].to_vec();
            if cut.code && !words.is_empty() {
                row.codes.push(words.remove(0));
            }
            row.inline = words;
            row.head.append(&mut first);
            blank_rows(&mut waiting, !row.codes.is_empty(), &mut rows);
            if codes == Codes::None && row.inline.first().is_some_and(|_| is_item(&row.name())) {
                blank_items(&mut waiting, &mut rows);
            }
            distribute(&mut waiting, rows.last_mut(), &mut row);
            while row.figures.len() > width {
                row.inline.push(row.figures.remove(0));
                row.crowded = true;
            }
            rows.push(row);
        } else if cut.tokens.len() == 1 && is_page_number(&cut.tokens[0].text) && codes == Codes::None {
            draft.notes.push(stray(&cut.tokens[0].text, cut.tokens[0].place));
        } else if line.text.chars().count() > LONGEST_PIECE || caption::is_nothing_note(&line.text) && rows.is_empty() {
            if caption::is_nothing_note(&line.text) {
                remarks = true;
                remark(line, draft);
                continue;
            }
            rest.push(line);
            break;
        } else {
            waiting.push((line, cut));
        }
    }
    rest.extend(lines);
    blank_rows(&mut waiting, true, &mut rows);
    if codes == Codes::None {
        blank_items(&mut waiting, &mut rows);
    }
    finish(waiting, &mut rows, rest);
    rows
}

fn ends_sentence(draft: &Draft) -> bool {
    draft.remarks.last().is_none_or(|(text, _)| text.ends_with(['。', '；', '.']))
}

/// Adds a line to the remarks: to the last one, where it goes on.
fn remark(line: &Line, draft: &mut Draft) {
    match draft.remarks.last_mut() {
        Some((text, _)) if !is_remark(&line.text) && !text.ends_with('。') => text.push_str(&line.text),
        _ => draft.remarks.push((line.text.clone(), line.place)),
    }
}

/// `第三部分 …`, `三、…`: begins something else.
fn opens_section(text: &str) -> bool {
    caption::is_part(text) || caption::begins_with_ordinal(text)
}

fn is_page_number(text: &str) -> bool {
    text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Takes the waiting lines that are rows of their own with every amount blank: a whole code with a name, before another
/// code. `coded` says whether the row below has a code of its own.
fn blank_rows<'a>(waiting: &mut Vec<(&'a Line, Cut)>, coded: bool, rows: &mut Vec<Building>) {
    let is_whole = |cut: &Cut| {
        let code = cut.tokens.first().map(|token| token.text.as_str()).unwrap_or_default();
        cut.code
            && matches!(code.len(), 3 | 5 | 6 | 7)
            && code.bytes().all(|b| b.is_ascii_digit())
            && cut.tokens.len() > 1
    };
    let Some(last_code) = waiting.iter().rposition(|(_, cut)| cut.code) else {
        return;
    };
    let end = if coded { waiting.len() } else { last_code };
    let Some(first) = waiting[..end].iter().position(|(_, cut)| is_whole(cut)) else {
        return;
    };
    if !waiting[first..end].iter().filter(|(_, cut)| cut.code).all(|(_, cut)| is_whole(cut)) {
        return;
    }
    let taken: Vec<(&'a Line, Cut)> = waiting.drain(first..end).collect();
    let mut before = std::mem::take(waiting);
    let after = before.split_off(first.min(before.len()));
    // Pieces before the first blank row end the name above it.
    if let Some(above) = rows.last_mut() {
        above.tail.extend(before.into_iter().flat_map(|(_, cut)| cut.tokens));
    }
    for (_, cut) in taken {
        let mut words = cut.tokens;
        if cut.code {
            let code = words.remove(0);
            rows.push(Building { codes: vec![code], inline: words, ..Building::default() });
        } else if let Some(row) = rows.last_mut() {
            row.tail.append(&mut words);
        }
    }
    *waiting = after;
}

/// Whether a name is that of an item of a list: it begins with an ordinal, or measures something known.
fn is_item(name: &str) -> bool {
    names::ordinal(name).0.is_some() || names::is_of_which(name) || header::measure_of(&names::bare(name)).is_some()
}

/// Takes the waiting lines that are items of a list with their amounts blank, if all of them are.
fn blank_items(waiting: &mut Vec<(&Line, Cut)>, rows: &mut Vec<Building>) {
    let item = |line: &Line| is_item(&unspaced(&line.text)) && line.text.chars().count() <= LONGEST_PIECE / 2;
    let section = |line: &Line| caption::is_part(&line.text) || line.text.ends_with(['。', '：', ':']);
    if rows.is_empty() || !waiting.iter().all(|(line, _)| item(line) && !section(line)) {
        return;
    }
    rows.extend(waiting.drain(..).map(|(_, cut)| Building { inline: cut.tokens, ..Building::default() }));
}

/// Gives the lines between two rows to the row above (ends of its name) or the row below (its code, beginnings of its
/// name).
fn distribute(waiting: &mut Vec<(&Line, Cut)>, above: Option<&mut Building>, below: &mut Building) {
    let pieces = std::mem::take(waiting);
    if pieces.is_empty() {
        return;
    }
    // A header repeated after a page break is no name.
    let text: String = pieces.iter().map(|(line, _)| unspaced(&line.text)).collect();
    let words = header::words(&text);
    let known: usize = words.iter().filter(|word| word.part.is_some()).map(|word| word.text.chars().count()).sum();
    if words.len() > 3 && known * 10 >= text.chars().count() * 8 && pieces.iter().all(|(_, cut)| !cut.code) {
        return;
    }
    let first_code =
        pieces.iter().position(|(_, cut)| cut.code).filter(|_| below.codes.is_empty() || is_split_code(&pieces, below));
    let free_end = first_code.unwrap_or(pieces.len());
    let free: Vec<Vec<Token>> = pieces[..free_end].iter().map(|(_, cut)| cut.tokens.clone()).collect();
    let mut own_codes = Vec::new();
    let mut own_words = Vec::new();
    for (_, cut) in &pieces[free_end..] {
        let mut tokens = cut.tokens.clone();
        if cut.code && !tokens.is_empty() {
            own_codes.push(tokens.remove(0));
        }
        own_words.append(&mut tokens);
    }
    own_codes.append(&mut below.codes);
    below.codes = own_codes;
    below.head.append(&mut own_words);
    let cut_at = match above {
        None => 0,
        Some(above) => {
            let cut_at = best_cut(&free, above, below);
            above.tail.extend(free[..cut_at].iter().flatten().cloned());
            cut_at
        }
    };
    let mut head: Vec<Token> = free[cut_at..].iter().flatten().cloned().collect();
    head.append(&mut below.head);
    below.head = head;
}

/// Whether the codes among the pieces are the first part of the code that the row's own line ends.
fn is_split_code(pieces: &[(&Line, Cut)], below: &Building) -> bool {
    let first: String = pieces.iter().filter(|(_, cut)| cut.code).map(|(_, cut)| cut.tokens[0].text.as_str()).collect();
    is_project_piece(&first) && is_project_piece(&below.code())
}

/// How many of the free pieces end the name above; the others begin the name below.
fn best_cut(free: &[Vec<Token>], above: &Building, below: &Building) -> usize {
    let text = |pieces: &[Vec<Token>]| pieces.iter().flatten().map(|token| token.text.as_str()).collect::<String>();
    let score = |cut_at: usize| {
        let (tail, head) = (text(&free[..cut_at]), text(&free[cut_at..]));
        let name_above = format!("{}{tail}", above.name());
        let name_below = format!("{head}{}", below.name());
        let mut score = 0_i32;
        score += 8 * i32::from(classification::is_name_of(&above.code(), &name_above));
        score += 8 * i32::from(classification::is_name_of(&below.code(), &name_below));
        score += 4 * i32::from(!name_above.is_empty() || above.code().is_empty());
        score += 4 * i32::from(!name_below.is_empty() || below.code().is_empty());
        // A name that wraps around its figures has as many pieces below them as above.
        score += 2 * i32::from(above.head.len() == cut_at && (cut_at > 0 || !above.inline.is_empty()));
        // A name that is complete beside its figures takes no piece.
        score += i32::from(cut_at == 0 && !above.inline.is_empty() && above.head.is_empty());
        score
    };
    (0..=free.len()).max_by_key(|cut_at| (score(*cut_at), std::cmp::Reverse(*cut_at))).unwrap_or(0)
}

/// Lines after the last row: the end of its name where it wraps around the figures, prose otherwise.
fn finish<'a>(waiting: Vec<(&'a Line, Cut)>, rows: &mut [Building], rest: &mut Vec<&'a Line>) {
    let mut waiting = waiting.into_iter().peekable();
    if let Some(last) = rows.last_mut() {
        while let Some((line, cut)) = waiting.peek() {
            let text: String = cut.tokens.iter().map(|token| token.text.as_str()).collect();
            let completes = classification::is_name_of(&last.code(), &format!("{}{text}", last.name()));
            let wraps = !last.head.is_empty() && last.tail.len() < last.head.len() && !opens_section(&line.text);
            let known_already = classification::is_name_of(&last.code(), &last.name());
            if cut.code || known_already || !(completes || wraps && text.chars().count() <= 12) {
                break;
            }
            last.tail.extend(cut.tokens.clone());
            waiting.next();
        }
    }
    let mut unused: Vec<&'a Line> = waiting.map(|(line, _)| line).collect();
    unused.append(rest);
    *rest = unused;
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
fn place(
    row: Building,
    columns: &[crate::disclosure::Column],
    alignment: &Alignment,
    units: &[String],
    draft: &mut Draft,
) -> DraftRow {
    let mut cells: Vec<Option<Piece>> = vec![None; columns.len()];
    let mut doubt = None;
    let places: Vec<Place> = row.codes.iter().chain(row.words()).chain(&row.figures).map(|token| token.place).collect();
    let begin = places.iter().copied().min_by_key(|place| super::reading_order(*place)).unwrap_or(Place::line(0));
    let end = places.iter().copied().max_by_key(|place| super::reading_order(*place)).unwrap_or(begin);
    let label = |role: ColumnRole, nth: usize| {
        columns.iter().enumerate().filter(|(_, column)| column.role == role).map(|(index, _)| index).nth(nth)
    };
    let words: Vec<&Token> = row.words().collect();
    let name_column = label(ColumnRole::Name, 0);
    let text_column = label(ColumnRole::Text, 0);
    if !row.codes.is_empty() {
        match label(ColumnRole::Code, 0) {
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
    DraftRow { place: begin, end, side: None, cells, doubt }
}

/// Where the words of a project row stop being its name and begin to be its unit, and whether that is certain.
fn unit_cut(words: &[&Token], units: &[String]) -> (usize, bool) {
    for cut in 1..words.len() {
        let unit: String = words[cut..].iter().map(|token| token.text.as_str()).collect();
        if units.iter().any(|known| *known == unit) {
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
    Piece { text, place: spanning(first, last), end: last }
}
