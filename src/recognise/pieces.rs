//! Lines of spaced text as rows: where each row's figures are, and which of the words around them belong to it.

use std::mem;

use super::draft::{Draft, is_column_numbers, is_remark, spanning, stray};
use super::{caption, header, names};
use crate::amount::Amount;
use crate::classification;
use crate::document::{Line, Place};
use crate::spelling::unspaced;

/// A piece of a wrapped name between two rows; longer lines are prose.
pub(super) const LONGEST_PIECE: usize = 40;
/// How many lines one row's code and name can take; 17 narrow columns on a page leave two characters a line.
const MOST_PIECES: usize = 24;

/// How many characters a line has, the spaces that only keep its columns apart not counted.
pub(super) fn letters(line: &Line) -> usize {
    line.text.chars().filter(|c| !super::spelling::is_space(*c)).count()
}

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
                push_token(&line.text[from_byte..byte], (from, count), &place_of, &mut tokens);
            }
        } else if begin.is_none() {
            begin = Some((byte, count));
        }
        count += 1;
    }
    if let Some((from_byte, from)) = begin {
        push_token(&line.text[from_byte..], (from, count), &place_of, &mut tokens);
    }
    tokens
}

/// Adds a word, or, where a name is printed right behind the figure of the cell before it, the figure and the name.
fn push_token(text: &str, (from, to): (u32, u32), place_of: &dyn Fn(u32, u32) -> Place, tokens: &mut Vec<Token>) {
    let figure = figure_before_name(text);
    let middle = from + u32::try_from(figure).unwrap_or(0);
    if figure > 0 {
        tokens.push(Token { text: text[..figure].to_owned(), place: place_of(from, middle) });
    }
    tokens.push(Token { text: text[figure..].to_owned(), place: place_of(middle, to) });
}

/// The length of an amount with 角 and 分 that a Chinese name follows without a space; 0 where there is none.
fn figure_before_name(text: &str) -> usize {
    let length = text.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'.' | b'-')).count();
    let (figure, name) = text.split_at(length);
    let money = figure.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 2);
    let named = name.chars().next().is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let unit = name.starts_with(['元', '万', '亿', '千', '百', '个', '倍']);
    if money && named && !unit && Amount::parse(figure).is_some() { length } else { 0 }
}

/// Whether a word is what a cell of an amount column can hold: an amount, a dash for none, a percentage.
pub(super) fn is_figure(text: &str) -> bool {
    is_dash(text) || Amount::is_one(text.trim_end_matches(['%', '％']))
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
pub(super) fn is_code(text: &str) -> bool {
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
pub(super) enum Codes {
    /// Not at all.
    None,
    /// In one column.
    Whole,
    /// In a column for each of 类, 款, 项.
    Pieces,
}

/// What stands before the names of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Labels {
    /// How codes are printed.
    pub(super) codes: Codes,
    /// Whether every row begins with its number (序号).
    pub(super) numbered: bool,
    /// Whether rows print their unit before their subject (单位名称 科目编码 科目名称).
    pub(super) unit_first: bool,
}

/// Whether a word is digits and nothing else.
fn is_number(token: &Token) -> bool {
    token.text.bytes().all(|b| b.is_ascii_digit())
}

/// Takes the unit, its code and its name, from before the code of the subject of a line.
fn take_unit(tokens: &mut Vec<Token>) -> Vec<Token> {
    let subject = |at: usize| {
        let code = tokens.get(at).is_some_and(|token| is_number(token) && matches!(token.text.len(), 3 | 5 | 7));
        let named =
            tokens.get(at + 1).is_some_and(|next| !is_figure(&next.text) || is_number(next) && next.text.len() == 2);
        code && named
    };
    let Some(at) = (1..tokens.len()).find(|&at| subject(at)) else { return Vec::new() };
    let words = tokens[..at].iter().filter(|token| !is_figure(&token.text)).count();
    let unit = words == at || words + 1 == at && is_code(&tokens[0].text);
    if unit && words > 0 { tokens.drain(..at).collect() } else { Vec::new() }
}

/// Takes the number of its row (序号) from the start of a line: one to three digits, and no code of a class.
pub(super) fn take_row_number(tokens: &mut Vec<Token>, codes: Codes) {
    let class = |token: &Token| token.text.len() == 3 && codes != Codes::None;
    if let [first, next, ..] = tokens.as_slice()
        && is_number(first)
        && first.text.len() <= 3
        && !first.text.starts_with('0')
        && (!is_figure(&next.text) || is_number(next) && is_code(&next.text))
        && (!class(first) || is_number(next))
    {
        tokens.remove(0);
    }
}

/// `201 06 01` at the start of a line as one code.
fn join_code_pieces(tokens: &mut Vec<Token>) {
    let digits = |token: &Token, count: usize| token.text.len() == count && is_number(token);
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
pub(super) struct Cut {
    /// Its words.
    pub(super) tokens: Vec<Token>,
    /// The first figure of the run that ends the line; equal to the number of words where there is none.
    pub(super) run: usize,
    /// Whether the first word is a code.
    pub(super) code: bool,
    /// The code and name of the unit that stand before them.
    pub(super) unit: Vec<Token>,
}

pub(super) fn cut(line: &Line, labels: Labels, width: usize) -> Cut {
    let codes = labels.codes;
    let has_code = codes != Codes::None;
    let mut tokens = tokens(line);
    if labels.numbered {
        take_row_number(&mut tokens, codes);
    }
    let unit = if labels.unit_first { take_unit(&mut tokens) } else { Vec::new() };
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
    // A code with its name on other lines: digits without the marks that the figure after it has.
    let bare = code_like
        && run == 0
        && figures > 1
        && tokens.first().is_some_and(|token| matches!(token.text.len(), 3 | 5 | 7) && !token.text.contains('.'))
        && tokens.get(1).is_some_and(|token| token.text.contains(['.', ',']));
    if bare || code_like && run == 0 && (figures.checked_sub(1) == Some(width) || figures == 1 && width > 1) {
        // A code before the run, or a code on a line of its own.
        code = true;
        run = 1;
    }
    Cut { tokens, run, code, unit }
}

/// A row being put together.
#[derive(Clone, Debug, Default)]
pub(super) struct Building {
    /// Its code, in pieces.
    pub(super) codes: Vec<Token>,
    /// Words above its figures.
    pub(super) head: Vec<Token>,
    /// Words beside its figures.
    pub(super) inline: Vec<Token>,
    /// Words below its figures.
    pub(super) tail: Vec<Token>,
    /// The code and name of its unit, where they stand before its own.
    pub(super) unit: Vec<Token>,
    /// Its figures.
    pub(super) figures: Vec<Token>,
    /// Whether there were more figures than columns, so that some were taken for words.
    pub(super) crowded: bool,
}

impl Building {
    /// Its words, top to bottom.
    pub(super) fn words(&self) -> impl Iterator<Item = &Token> {
        self.head.iter().chain(&self.inline).chain(&self.tail)
    }

    /// Its name, wraps rejoined.
    pub(super) fn name(&self) -> String {
        self.words().map(|token| token.text.as_str()).collect()
    }

    /// Its code, pieces rejoined.
    pub(super) fn code(&self) -> String {
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

/// Rows from the lines below the header.
pub(super) fn build<'a>(
    body: &[&'a Line],
    width: usize,
    labels: Labels,
    first_name: Vec<Token>,
    draft: &mut Draft,
    rest: &mut Vec<&'a Line>,
) -> Vec<Building> {
    let codes = labels.codes;
    let mut rows: Vec<Building> = Vec::new();
    // Lines without figures since the last row, each with whether it begins with a code.
    let mut waiting: Vec<(&'a Line, Cut)> = Vec::new();
    let mut first = first_name;
    let mut remarks = false;
    let decimals = usual_decimals(body);
    let mut lines = body.iter();
    while let Some(line) = lines.next() {
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
        let cut = cut(line, labels, width);
        if let [only] = cut.tokens.as_slice()
            && is_page_number(&only.text)
        {
            if complete_figure(only, rows.last_mut(), decimals) {
                continue;
            }
            // Among amounts with decimals a lone whole number at the end of a page is the page's.
            let next = lines.clone().next();
            let number = |line: &Line| super::reading_order(line.place).0;
            let page_ends = line.after_blank
                || next.is_none_or(|next| {
                    let figures = next.text.split_whitespace().any(is_figure);
                    next.after_blank || number(next) > number(line).saturating_add(1) || !figures
                });
            if decimals.is_some() && width == 1 && page_ends {
                draft.notes.push(stray(&only.text, only.place));
                continue;
            }
        }
        if cut.run < cut.tokens.len() && !(cut.tokens.len() == 1 && width > 1 && is_page_number(&cut.tokens[0].text)) {
            if is_column_numbers(line.text.split_whitespace()) && width > 1 {
                continue;
            }
            let figures = cut.tokens[cut.run..].to_vec();
            let mut row = Building { figures, unit: cut.unit.clone(), ..Building::default() };
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
            if waiting.len() > MOST_PIECES {
                rest.extend(waiting.drain(..).map(|(line, _)| line));
            }
            distribute(&mut waiting, rows.last_mut(), &mut row);
            while row.figures.len() > width {
                row.inline.push(row.figures.remove(0));
                row.crowded = true;
            }
            rows.push(row);
        } else if cut.tokens.len() == 1 && is_page_number(&cut.tokens[0].text) && codes == Codes::None {
            draft.notes.push(stray(&cut.tokens[0].text, cut.tokens[0].place));
        } else if letters(line) > LONGEST_PIECE || caption::is_nothing_note(&line.text) && rows.is_empty() {
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
    complete_codes(&mut rows);
    rows
}

/// Some forms print of a group (款) only its own two digits below its class. It gets the class in front, where its name
/// or the item below it bears that out.
fn complete_codes(rows: &mut [Building]) {
    let mut class: Option<String> = None;
    for at in 0..rows.len() {
        let code = rows[at].code();
        let digits = code.bytes().all(|b| b.is_ascii_digit());
        if digits && code.len() == 3 {
            class = Some(code);
        } else if digits
            && code.len() == 2
            && let Some(class) = &class
        {
            let whole = format!("{class}{code}");
            let below = rows.get(at + 1).map(Building::code).unwrap_or_default();
            if (below.len() > whole.len() && below.starts_with(&whole)
                || classification::is_name_of(&whole, &rows[at].name()))
                && let [token] = rows[at].codes.as_mut_slice()
            {
                token.text = whole;
            }
        }
    }
}

fn ends_sentence(draft: &Draft) -> bool {
    draft.remarks.last().is_none_or(|(text, _)| text.ends_with(['。', '；', '.']))
}

/// The decimals of the figures below a header, where nearly all have the same; `None` where most are whole numbers.
pub(super) fn usual_decimals(body: &[&Line]) -> Option<usize> {
    /// All but one in ten, or one.
    const NEARLY: usize = 10;
    let mut counts = [0_usize; 8];
    let figures = body.iter().flat_map(|line| line.text.split_whitespace()).filter(|text| is_figure(text));
    for decimals in figures.filter_map(|text| Some(text.split_once('.')?.1.len())) {
        if let Some(count) = counts.get_mut(decimals) {
            *count += 1;
        }
    }
    let (decimals, most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    (*most > 0 && counts.iter().sum::<usize>() - most <= (most / NEARLY).max(1)).then_some(decimals)
}

/// Puts the last digits of a figure that a narrow cell wrapped (`226,000.0`, and `0` on the next line) back to it:
/// where one figure of the row above, and only one, lacks just as many decimals.
fn complete_figure(rest: &Token, row: Option<&mut Building>, decimals: Option<usize>) -> bool {
    let (Some(row), Some(decimals)) = (row, decimals) else {
        return false;
    };
    let lacks = |token: &Token| {
        token.text.split_once('.').is_some_and(|(_, printed)| {
            !printed.is_empty() && printed.len() < decimals && printed.len() + rest.text.len() == decimals
        })
    };
    let mut short = row.figures.iter_mut().filter(|token| lacks(token));
    match (short.next(), short.next()) {
        (Some(figure), None) => {
            figure.text.push_str(&rest.text);
            true
        }
        _ => false,
    }
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

/// Up to three digits; no page has the number 0.
pub(super) fn is_page_number(text: &str) -> bool {
    text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit()) && text.bytes().any(|b| b != b'0')
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
    let mut before = mem::take(waiting);
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
    let item = |line: &Line| is_item(&unspaced(&line.text)) && letters(line) <= LONGEST_PIECE / 2;
    let section = |line: &Line| caption::is_part(&line.text) || line.text.ends_with(['。', '：', ':']);
    if rows.is_empty() || !waiting.iter().all(|(line, _)| item(line) && !section(line)) {
        return;
    }
    rows.extend(waiting.drain(..).map(|(_, cut)| Building { inline: cut.tokens, ..Building::default() }));
}

/// Gives the lines between two rows to the row above (ends of its name) or the row below (its code, beginnings of its
/// name).
fn distribute(waiting: &mut Vec<(&Line, Cut)>, above: Option<&mut Building>, below: &mut Building) {
    let pieces = mem::take(waiting);
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
