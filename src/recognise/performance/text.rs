//! Forms in running text: cuts the words of a form into its blocks and reads each.

use super::build::{self, Draft};
use super::flow::{self, Found, Gap, Piece, begins_item, joined};
use super::header::{self, Field, Schema};
use super::vocabulary;
use super::{Form, Output, Slot, fields, funds, goals};
use crate::document::{Line, Place};
use crate::spelling::{solid, unspaced};

/// A label is broken into at most so many words (`年 / 度 / 绩 / 效 / 目 / 标 / 1`).
const LONGEST_LABEL: usize = 9;
/// More lines apart than this, and a page ends between them.
const PAGE_GAP: u32 = 3;

/// Blocks of a form that hold words, not tables.
const WORD_BLOCKS: &[&str] = &[
    "部门职能概述",
    "部门职责概述",
    "单位职能概述",
    "部门主要职责",
    "年度工作任务",
    "年度主要任务",
    "年度重点工作任务",
    "整体绩效总目标",
    "整体绩效目标",
    "年度整体绩效总目标",
    "年度整体绩效目标",
    "年度总体目标",
    "项目绩效目标",
    "整体绩效",
];
/// Labels of blocks that hold a table with a header.
const TABLE_BLOCKS: &[&str] = &[
    "部门总体资金情况",
    "单位总体资金情况",
    "部门预算资金情况",
    "项目支出情况",
    "项目资金来源",
    "项目当年资金来源",
    "项目支出明细测算",
    "支出明细测算",
    "项目采购",
    "项目绩效总目标",
    "人员基本情况",
    "年度绩效指标",
];
/// The block of staff: one header line, one line of figures.
const STAFF: &str = "人员基本情况";

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// What stands before the first block: labels and values.
    Head,
    /// Words under a label.
    Words,
    /// A goal of the term or the year, in words.
    Goal,
    /// 人员基本情况
    Staff,
    /// 项目资金: names and amounts without a header.
    Funds,
    /// A label whose table has no header that is known.
    Label,
    /// A table.
    Table(Schema, Vec<Field>),
}

/// A block: its label, and the words of its body.
#[derive(Clone, Debug)]
struct Block {
    kind: Kind,
    label: String,
    place: Place,
    body: Vec<usize>,
    /// First word of the block, label and header included.
    from: usize,
}

/// The words of the lines.
pub(super) fn pieces<'a>(lines: impl Iterator<Item = (usize, &'a Line)>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last_line: Option<u32> = None;
    for (strip, line) in lines {
        let number = line.place.line_number();
        let apart = match (number, last_line) {
            (Some(now), Some(before)) => now.saturating_sub(before),
            _ => 0,
        };
        last_line = number.or(last_line);
        let mut gap = if apart > PAGE_GAP {
            Gap::Page
        } else if line.after_blank {
            Gap::Blank
        } else {
            Gap::Line
        };
        let mut column = 0;
        for part in line.text.split(char::is_whitespace) {
            let length = u32::try_from(part.chars().count()).unwrap_or(u32::MAX);
            if length > 0 {
                let place = match line.place {
                    Place::Line { line, from, .. } => Place::Line {
                        line,
                        from: from.saturating_add(column),
                        to: from.saturating_add(column).saturating_add(length),
                    },
                    place => place,
                };
                pieces.push(Piece { text: part.to_owned(), place, gap, strip });
                gap = Gap::Space;
            }
            column = column.saturating_add(length).saturating_add(1);
        }
    }
    pieces
}

/// Reads the form in `pieces`. `form` keeps what an earlier part of the same form said.
pub(super) fn read(pieces: &[Piece], form: &mut Form, output: &mut Output) {
    let stream = Stream::new(pieces);
    let blocks = stream.blocks();
    let mut goal: Option<(String, String)> = None;
    let mut used = vec![false; pieces.len()];
    let found_table = blocks.iter().any(|block| matches!(block.kind, Kind::Table(..) | Kind::Staff | Kind::Funds));
    if !found_table {
        // A form may have nothing but fields before the captions inside it.
        let (about, of_fields) = head_fields(pieces);
        if of_fields.iter().all(|used| *used) {
            form.fields.extend(about);
            output.used.extend(pieces.iter().map(|piece| piece.strip));
        }
        return;
    }
    for (index, block) in blocks.iter().enumerate() {
        let until = blocks.get(index + 1).map_or(pieces.len(), |next| next.from);
        let body: Vec<Piece> = block.body.iter().filter_map(|at| pieces.get(*at)).cloned().collect();
        let mut taken = until;
        match &block.kind {
            Kind::Head => {
                // Before the first block there may be prose; only lines that begin with a label are fields.
                let (about, of_fields) = head_fields(&body);
                form.fields.extend(about);
                for (at, taken) in block.body.iter().zip(of_fields) {
                    used[*at] = taken;
                }
                taken = block.from;
            }
            Kind::Words => {
                let items = goals::items(&block.label, &body);
                output.tables.extend(build::words(form.title.clone(), block.place, items, form));
            }
            Kind::Goal => {
                goal = Some((block.label.clone(), joined(&body).text.into()));
            }
            Kind::Staff => output.tables.extend(staff(block, &body, form)),
            Kind::Funds => {
                let words: Vec<Found> = body.iter().map(|piece| joined(std::slice::from_ref(piece))).collect();
                let (rows, end) = funds::rows(&words);
                let form = Form { unit: funds::unit(&block.label).or(form.unit), ..form.clone() };
                let table = funds::table(rows, Vec::new(), block.place, &form);
                if table.is_some() {
                    for at in block.body.iter().take(end) {
                        used[*at] = true;
                    }
                }
                output.tables.extend(table);
                taken = block.from;
            }
            Kind::Label => {
                output.leave_out(&body);
            }
            Kind::Table(schema, fields) => {
                let slots: Vec<Slot> = fields.iter().map(|field| field.slot).collect();
                let body = if *schema == Schema::Indicators { &body[..retold(&body)] } else { &body[..] };
                let (rows, end) = flow::rows(body, &slots);
                if let Some(last) = end.checked_sub(1).and_then(|last| block.body.get(last)) {
                    taken = last + 1;
                }
                let mut about = std::mem::take(&mut form.fields);
                if *schema == Schema::Indicators {
                    about.extend(goal.take());
                }
                let title = title(*schema, &block.label, form);
                let place = if block.label.is_empty() { form.place } else { block.place };
                let draft = Draft { schema: *schema, title, place, fields: fields.clone(), rows, about };
                match build::table(draft, form) {
                    Some(table) => output.tables.push(table),
                    None => taken = block.from,
                }
            }
        }
        for slot in used.iter_mut().take(taken.min(until)).skip(block.from) {
            *slot = true;
        }
    }
    for (piece, used) in pieces.iter().zip(&used) {
        if *used {
            output.used.insert(piece.strip);
        }
    }
    // A line goes to prose as a whole or not at all: a figure left over in a line that was used is told.
    for (piece, used) in pieces.iter().zip(&used) {
        let figure = vocabulary::is_figure(&piece.text) && !piece.text.starts_with(['（', '(']);
        if !used && figure && output.used.contains(&piece.strip) {
            output.note(&joined(std::slice::from_ref(piece)));
        }
    }
}

/// Whether the text is the label of a block of words.
pub(super) fn is_words(text: &str) -> bool {
    WORD_BLOCKS.contains(&text)
}

/// Whether the text is the label of a block that holds a table.
pub(super) fn is_block(text: &str) -> bool {
    let short = text.split(['（', '(']).next().unwrap_or(text);
    TABLE_BLOCKS.contains(&short)
}

/// A line between the grids of a form: true where it is the label of a block, or a goal, which `form` then keeps.
pub(super) fn label_line(line: &str, form: &mut Form) -> bool {
    let plain = unspaced(line);
    let plain = plain.trim_matches(['*', '：', ':']);
    if is_block(plain) || is_words(plain) {
        return true;
    }
    let Some((label, goal)) = line.split_once(['：', ':']) else {
        return false;
    };
    let is_goal = vocabulary::goal_name(label).is_some() && !goal.trim().is_empty();
    if is_goal {
        form.goal = Some((unspaced(label), vocabulary::tidy(goal).into()));
    }
    is_goal
}

/// The title of a table: indicators are named after their label, everything else after the form.
pub(super) fn title(schema: Schema, label: &str, form: &Form) -> String {
    if schema != Schema::Indicators || label.is_empty() || vocabulary::is_frame(label) && !label.contains("年度") {
        return form.title.clone();
    }
    match vocabulary::goal_name(label) {
        Some((term, false, number)) if !label.contains('表') => format!("{term}绩效指标{number}"),
        _ => unspaced(label).trim_end_matches(['：', ':']).to_owned(),
    }
}

struct Stream<'a> {
    pieces: &'a [Piece],
    chars: Vec<char>,
    /// The word that each character belongs to.
    owner: Vec<usize>,
    /// The first character of each word.
    starts: Vec<usize>,
}

impl<'a> Stream<'a> {
    fn new(pieces: &'a [Piece]) -> Self {
        let mut stream = Self { pieces, chars: Vec::new(), owner: Vec::new(), starts: Vec::new() };
        for (index, piece) in pieces.iter().enumerate() {
            stream.starts.push(stream.chars.len());
            for c in piece.text.chars() {
                stream.chars.push(c);
                stream.owner.push(index);
            }
        }
        stream
    }

    /// A header that begins with word `at`: its schema, its columns, and the first word after it.
    fn header(&self, at: usize) -> Option<(Schema, Vec<Field>, usize)> {
        let from = *self.starts.get(at)?;
        let (words, end) = header::run(&self.chars, from);
        let schema = header::schema(&words)?;
        // Where a word of the text goes on after the header, the header was only its beginning.
        let last = *self.owner.get(end.checked_sub(1)?)?;
        let next = last + 1;
        if self.starts.get(next).copied().unwrap_or(self.chars.len()) != end {
            return None;
        }
        Some((schema, header::fields(&words, schema), next))
    }

    /// A label that begins with word `at`, and the first word after it: the longest that is one.
    fn label(&self, at: usize, numbered_only: bool) -> Option<(Kind, String, usize)> {
        let mut text = String::new();
        let mut found = None;
        for to in at..self.pieces.len().min(at + LONGEST_LABEL) {
            let piece = &self.pieces[to];
            if vocabulary::width(&piece.text) > 24 {
                break;
            }
            text.push_str(&piece.text);
            let plain = solid(&text);
            let plain = plain.trim_end_matches(['：', ':']);
            let short = plain.split(['（', '(']).next().unwrap_or(plain);
            let bracketed =
                plain.len() == short.len() || plain.ends_with(['）', ')']) && plain.matches(['（', '(']).count() == 1;
            if WORD_BLOCKS.contains(&plain) {
                found = Some((Kind::Words, plain.to_owned(), to + 1));
            } else if bracketed && TABLE_BLOCKS.contains(&short) && short != "年度绩效指标" {
                let kind = if short == STAFF { Kind::Staff } else { Kind::Label };
                found = Some((kind, plain.to_owned(), to + 1));
            } else if let Some((term, _, number)) = vocabulary::goal_name(&text) {
                let marked = text.ends_with(['：', ':']) || !number.is_empty();
                if term != "绩效" && (marked || !numbered_only) {
                    found = Some((Kind::Goal, plain.to_owned(), to + 1));
                }
            }
        }
        found
    }

    fn blocks(&self) -> Vec<Block> {
        let first = self.pieces.first().map_or(Place::line(1), |piece| piece.place);
        let mut blocks =
            vec![Block { kind: Kind::Head, label: String::new(), place: first, body: Vec::new(), from: 0 }];
        let mut at = 0;
        while at < self.pieces.len() {
            if let Some((schema, fields, next)) = self.header(at) {
                self.open_table(&mut blocks, schema, fields, at);
                at = next;
                continue;
            }
            let goals_inside = blocks.last().is_some_and(|block| match &block.kind {
                Kind::Table(_, fields) => {
                    fields.iter().any(|field| field.slot == Slot::Goal || field.slot == Slot::Text)
                }
                _ => false,
            });
            let in_table = blocks.last().is_some_and(|block| matches!(block.kind, Kind::Table(..) | Kind::Funds));
            if !in_table && funds::opens(&self.pieces[at].text) {
                let label = blocks.last().and_then(|block| self.unit_label(&block.body)).unwrap_or_default();
                blocks.push(Block { kind: Kind::Funds, label, place: self.pieces[at].place, body: vec![at], from: at });
                at += 1;
                continue;
            }
            let begins_line = self.pieces[at].gap != Gap::Space;
            let label = if begins_line { self.label(at, true) } else { None };
            if let Some((kind, label, next)) = label
                && !(goals_inside && kind == Kind::Goal)
                && !goes_on(&blocks, &kind)
            {
                blocks.push(Block { kind, label, place: self.pieces[at].place, body: Vec::new(), from: at });
                at = next;
                continue;
            }
            if let Some(block) = blocks.last_mut() {
                block.body.push(at);
            }
            at += 1;
        }
        blocks
    }

    /// The words at the end of `body` that name a unit (`项目资金 / （万元）`).
    fn unit_label(&self, body: &[usize]) -> Option<String> {
        (1..=body.len().min(4)).find_map(|words| {
            let text: String = body[body.len() - words..].iter().map(|at| self.pieces[*at].text.as_str()).collect();
            funds::unit(&text).map(|_| text)
        })
    }

    /// Opens the block of a table whose header begins with word `at`: the words before it that are its label go
    /// to it.
    fn open_table(&self, blocks: &mut Vec<Block>, schema: Schema, fields: Vec<Field>, at: usize) {
        let Some(current) = blocks.last_mut() else { return };
        let place = self.pieces[at].place;
        let mut label = String::new();
        let mut from = at;
        let mut own_place = place;
        if current.body.is_empty() && matches!(current.kind, Kind::Goal | Kind::Label | Kind::Words) {
            // The label stands directly before the header.
            label.clone_from(&current.label);
            from = current.from;
            own_place = current.place;
            blocks.pop();
        } else if let Some((text, words)) = self.label_before(&current.body) {
            label = text;
            let keep = current.body.len() - words;
            from = current.body[keep];
            own_place = self.pieces[from].place;
            current.body.truncate(keep);
        }
        // A page break repeats the header: the table goes on.
        if let Some(Block { kind: Kind::Table(schema_before, before), label: label_before, .. }) = blocks.last()
            && *schema_before == schema
            && before.iter().map(|field| &field.path).eq(fields.iter().map(|field| &field.path))
            && (label.is_empty()
                || label == *label_before && vocabulary::goal_name(&label).is_none_or(|goal| goal.2.is_empty()))
        {
            return;
        }
        blocks.push(Block { kind: Kind::Table(schema, fields), label, place: own_place, body: Vec::new(), from });
    }

    /// The longest run of words at the end of `body` that is a label, and how many words it has.
    fn label_before(&self, body: &[usize]) -> Option<(String, usize)> {
        let longest = body.len().min(LONGEST_LABEL);
        (1..=longest).rev().find_map(|words| {
            let run = &body[body.len() - words..];
            let text: String = run.iter().map(|at| self.pieces[*at].text.as_str()).collect();
            let plain = unspaced(&text);
            let short = plain.split(['（', '(']).next().unwrap_or(&plain);
            let known = vocabulary::goal_name(&plain).is_some() || TABLE_BLOCKS.contains(&short);
            (known && self.pieces[run[0]].gap != Gap::Space)
                .then(|| (plain.trim_end_matches(['：', ':']).to_owned(), words))
        })
    }
}

/// A block of goals has lines that look like the labels of goals.
fn goes_on(blocks: &[Block], kind: &Kind) -> bool {
    let goals = |block: &Block| block.kind == Kind::Words && block.label.contains("目标") && block.body.len() < 6;
    *kind == Kind::Goal && blocks.last().is_some_and(goals)
}

/// Where prose begins behind indicators: a line `数量指标：` that tells them again, a heading (`二、…`), a long
/// numbered line.
fn retold(body: &[Piece]) -> usize {
    (0..body.len())
        .find(|at| {
            let text = body[*at].text.as_str();
            if body[*at].gap == Gap::Space {
                return false;
            }
            let label = text.trim_end_matches(['：', ':']);
            let told = label.len() < text.len() && (vocabulary::is_level_1(label) || vocabulary::is_level_2(label));
            told || is_title(text)
                || is_heading(text)
                || begins_item(text) && text.contains('、') && line_width(&body[*at..]) >= PROSE_WIDTH
        })
        .unwrap_or(body.len())
}

/// The title of the next form, printed where no caption can be seen.
fn is_title(text: &str) -> bool {
    let stem = text.split(['（', '(']).next().unwrap_or(text);
    stem.contains("绩效") && stem.ends_with('表') && !stem.contains(['，', '。'])
}

/// No cell of a form is printed as wide as this in one line, in half-width columns.
const PROSE_WIDTH: usize = 40;

fn line_width(pieces: &[Piece]) -> usize {
    let rest = pieces.iter().skip(1).take_while(|piece| piece.gap == Gap::Space);
    pieces.iter().take(1).chain(rest).map(|piece| vocabulary::width(&piece.text)).sum()
}

/// `二、…`, `（三）…`: Chinese ordinals head sections, not rows.
fn is_heading(text: &str) -> bool {
    let inner = text.trim_start_matches(['（', '(']);
    let number = inner.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).count();
    let mark = inner.chars().nth(number);
    (1..=3).contains(&number)
        && match mark {
            Some('、') => inner.len() == text.len(),
            Some('）' | ')') => inner.len() < text.len(),
            _ => false,
        }
}

/// The fields before the first block, and which words they take. A value stands in the line of its label or, where
/// that line ends with the label, in the next.
fn head_fields(body: &[Piece]) -> (Vec<(String, String)>, Vec<bool>) {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut used = vec![false; body.len()];
    let mut at = 0;
    let mut open = false;
    while at < body.len() {
        let new_line = body[at].gap != Gap::Space;
        if let Some((label, value)) = fields::split(&body[at].text) {
            open = true;
            found.push((label, value));
            used[at] = true;
            at += 1;
            continue;
        }
        let label = (1..=4).rev().find_map(|words| {
            let text: String = body.get(at..at + words)?.iter().map(|piece| piece.text.as_str()).collect();
            fields::is_label(&text).then_some((unspaced(&text), words))
        });
        if let Some((label, words)) = label {
            open = true;
            found.push((label, String::new()));
            used[at..at + words].fill(true);
            at += words;
            continue;
        }
        if let Some((_, value)) = found.last_mut()
            && open
            && (!new_line || value.is_empty())
        {
            if !value.is_empty() {
                value.push(' ');
            }
            value.push_str(&body[at].text);
            used[at] = true;
        } else {
            open = false;
        }
        at += 1;
    }
    (found.into_iter().map(|(label, value)| fields::masked(&label, &value)).collect(), used)
}

/// 人员基本情况: a line of headers, a line of figures. Figures short of headers fill from the left, with doubt.
fn staff(block: &Block, body: &[Piece], form: &Form) -> Option<crate::disclosure::Table> {
    let first_figure = body.iter().position(|piece| crate::amount::Amount::parse(&piece.text).is_some())?;
    let headers: Vec<Vec<Piece>> =
        body[..first_figure].chunk_by(|_, next| next.gap != Gap::Space).map(<[Piece]>::to_vec).collect();
    let figures = &body[first_figure..];
    let fields: Vec<Field> = headers
        .iter()
        .enumerate()
        .map(|(at, pieces)| Field { path: vec![joined(pieces).text.into()], slot: Slot::Quantity, at })
        .collect();
    if fields.is_empty() || figures.len() > fields.len() {
        return None;
    }
    let mut cells: Vec<Option<Found>> = figures.iter().map(|piece| Some(joined(std::slice::from_ref(piece)))).collect();
    let doubtful = cells.len() < fields.len();
    cells.resize(fields.len(), None);
    let rows = vec![flow::RawRow { cells, doubtful }];
    let title = title(Schema::Staff, &block.label, form);
    build::table(Draft { schema: Schema::Staff, title, place: block.place, fields, rows, about: Vec::new() }, form)
}
