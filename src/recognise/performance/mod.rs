//! Performance forms (绩效目标表): indicators with their values, and the money blocks inside the form.
//!
//! A form is many tables under one title: money by source, projects, goals in words, and one table of indicators for
//! each goal. Each becomes a [`Table`] of its own. In grids the cells are there but may have moved ([`grid`],
//! [`shifted`]); in text only the words are left, in reading order ([`text`], [`flow`]). Both are read by what a cell
//! can be ([`vocabulary`]) and by what the header announces ([`header`]), and end in the same shape ([`build`]):
//! columns are the levels, the name and the values; the levels also stand in [`Row::path`](crate::disclosure::Row).

mod build;
mod fields;
mod flow;
mod funds;
mod goals;
mod grid;
mod header;
mod look;
mod shifted;
#[cfg(test)]
mod tests;
mod text;
mod vocabulary;
mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use self::flow::{Found, Piece};
use super::{Caption, Item, Region, Rows};
use crate::amount::Unit;
use crate::disclosure::{Message, Note, Status, Table, TableKind};
use crate::document::{Grid, Line, Place};
use crate::spelling::unspaced;

/// What the cells of a column of a form are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    /// 目标名称, or the goal itself in words
    Goal,
    /// 绩效指标: the form's own word beside the rows, which no table keeps
    Frame,
    /// 收入构成, 支出构成
    Group,
    /// 一级指标
    Level1,
    /// 二级指标
    Level2,
    /// 三级指标, the name of an item or a project
    Name,
    /// 指标值, by year
    Value,
    /// 计算符号
    Symbol,
    /// 计量单位
    Unit,
    /// 权重, 分值
    Weight,
    /// 指标值确定依据, 绩效标准
    Basis,
    /// 备注
    Note,
    /// Money
    Amount,
    /// 占比
    Percent,
    /// 项目类型
    Kind,
    /// 数量
    Quantity,
    /// Words
    Text,
}

/// What is known of the form around a table.
#[derive(Clone, Debug)]
struct Form {
    kind: TableKind,
    title: String,
    number: Option<String>,
    /// Where the title stands.
    place: Place,
    unit: Option<Unit>,
    /// Labels and values that no table has taken yet.
    fields: Vec<(String, String)>,
    /// The goal that the next indicators measure.
    goal: Option<(String, String)>,
}

/// What was read so far.
#[derive(Debug, Default)]
struct Output {
    tables: Vec<Table>,
    notes: Vec<Note>,
    /// Strips that a table or field used.
    used: BTreeSet<usize>,
}

impl Output {
    /// A cell that fits nowhere is told, never dropped.
    fn note(&mut self, cell: &Found) {
        let text: String = fields::without_phones(&cell.text).chars().take(LONGEST_QUOTE).collect();
        self.notes.push(Note {
            message: Message::new(
                format!("绩效表中的“{text}”未能归入任何一格"),
                format!("“{text}” in a performance form fits no cell"),
            ),
            place: Some(cell.place),
        });
    }

    /// Words below a label that nothing is known of.
    fn leave_out(&mut self, pieces: &[Piece]) {
        for line in pieces.chunk_by(|_, next| next.gap == flow::Gap::Space) {
            self.note(&flow::joined(line));
        }
    }
}

/// The longest quote in a note.
const LONGEST_QUOTE: usize = 40;

/// A piece of a form in reading order.
#[derive(Clone, Copy, Debug)]
enum Strip<'a> {
    /// A line of text.
    Line(&'a Line),
    /// One row of a grid.
    Row(&'a Grid, usize),
    /// A heading that the format marks as one.
    Heading(&'a Line),
    /// A picture.
    Image,
}

/// The forms of neighbouring regions, each to be read by itself. A form often has captions of its own inside
/// (`长期绩效目标表`, `年度绩效目标表 1`): each begins a region, which is one of the form that it stands in.
pub(super) fn forms<'s, 'a>(regions: &'s [Region<'a>]) -> impl Iterator<Item = &'s [Region<'a>]> {
    regions.chunk_by(|_, next| is_inside(next))
}

/// Whether the caption of a region is one inside a form (`年度绩效目标表1`): it says less than the form's own.
fn is_inside(region: &Region) -> bool {
    vocabulary::goal_name(&vocabulary::tidy(&region.caption.title)).is_some()
}

/// Reads one form: a region, and those whose captions stand inside it. What belongs to no form goes back in
/// [`super::Found::rest`].
pub(super) fn recognise<'a>(regions: &[Region<'a>]) -> super::Found<'a> {
    let mut found = super::Found::default();
    let mut outer: Option<Form> = None;
    for region in regions {
        let mut form = Form::new(&region.caption, outer.as_ref());
        let mut output = Output::default();
        let strips = strips(&region.body);
        read(&strips, &mut form, &mut output);
        if output.tables.is_empty() {
            output.tables.extend(nothing(region, &form));
            let at_stake =
                strips.iter().enumerate().any(|(at, strip)| !output.used.contains(&at) && has_figures(*strip));
            if output.tables.is_empty() && at_stake {
                match super::budget::plain(region) {
                    Some(table) => {
                        // Its cells are all in the table now.
                        output = Output { tables: vec![table], ..Output::default() };
                        output.used.extend(
                            strips.iter().enumerate().filter(|(_, s)| matches!(s, Strip::Row(..))).map(|(at, _)| at),
                        );
                    }
                    None => found.notes.push(unread(&region.caption)),
                }
            }
        } else if let (Some(first), false) = (output.tables.first_mut(), form.fields.is_empty()) {
            first.fields.append(&mut form.fields);
        }
        found.tables.append(&mut output.tables);
        found.notes.append(&mut output.notes);
        found.rest.extend(unused(&region.body, &output.used));
        outer = Some(form);
    }
    found
}

impl Form {
    /// The form below `caption`, inside another where there is one.
    fn new(caption: &Caption, outer: Option<&Self>) -> Self {
        let title = vocabulary::tidy(&caption.title);
        let own = caption.fields.iter().map(|(label, value)| fields::masked(label, value));
        // Fields that no table of the outer form has taken.
        let fields = outer.into_iter().flat_map(|outer| outer.fields.iter().cloned()).chain(own).collect();
        Self {
            kind: outer.map_or(caption.kind, |outer| outer.kind),
            number: caption.number.clone().or_else(|| outer?.number.clone()),
            unit: caption.unit.or_else(|| outer?.unit),
            title: title.into(),
            place: caption.place,
            fields,
            goal: None,
        }
    }
}

/// The items as strips, grid rows one by one.
fn strips<'a>(items: &[Item<'a>]) -> Vec<Strip<'a>> {
    let mut strips = Vec::new();
    for item in items {
        match *item {
            Item::Heading { line, .. } => strips.push(Strip::Heading(line)),
            Item::Line(line) => strips.push(Strip::Line(line)),
            Item::Rows(rows) => strips.extend((rows.from..rows.to).map(|row| Strip::Row(rows.grid, row))),
            Item::Image { .. } => strips.push(Strip::Image),
        }
    }
    strips
}

/// The items that no table used, in reading order.
fn unused<'a>(items: &[Item<'a>], used: &BTreeSet<usize>) -> Vec<Item<'a>> {
    let mut rest = Vec::new();
    let mut strip = 0;
    for item in items {
        let Item::Rows(rows) = *item else {
            if !used.contains(&strip) {
                rest.push(*item);
            }
            strip += 1;
            continue;
        };
        let mut from = rows.from;
        while from < rows.to {
            let taken = used.contains(&(strip + from - rows.from));
            let same = (from..rows.to).take_while(|row| used.contains(&(strip + row - rows.from)) == taken).count();
            if !taken {
                rest.push(Item::Rows(Rows { grid: rows.grid, from, to: from + same }));
            }
            from += same;
        }
        strip += rows.to - rows.from;
    }
    rest
}

/// The table of a caption that has a note or a picture below it instead of a table.
fn nothing(region: &Region, form: &Form) -> Option<Table> {
    let status = match region.body.first()? {
        // Pictures among the words of a page may be anything; alone below a title they are the table.
        Item::Image { .. } if region.body.len() == 1 => Status::Missing,
        Item::Line(line) | Item::Heading { line, .. } if is_note(&line.text) => {
            Status::Empty { note: Some(line.text.clone()) }
        }
        _ => return None,
    };
    Some(Table {
        kind: form.kind,
        title: form.title.clone(),
        number: form.number.clone(),
        place: region.caption.place,
        status,
        unit: form.unit,
        columns: Vec::new(),
        rows: Vec::new(),
        remarks: Vec::new(),
        project: None,
        fields: form.fields.clone(),
    })
}

/// A sentence that there is nothing to show; not a line of a list of tables that says so of one of them.
fn is_note(text: &str) -> bool {
    const SUBJECTS: &[&str] =
        &["注", "备注", "说明", "本", "我", "此表", "该表", "无", "没有", "空表", "不涉及", "（", "("];
    let plain = unspaced(text);
    super::caption::is_nothing_note(text)
        && SUBJECTS.iter().any(|word| plain.starts_with(word) || plain.contains("本单位"))
}

/// Whether a strip has a figure that somebody may want to check.
fn has_figures(strip: Strip) -> bool {
    let figure =
        |text: &str| text.split(char::is_whitespace).any(|word| vocabulary::is_figure(word) && !word.contains('年'));
    match strip {
        Strip::Line(line) => figure(&line.text),
        Strip::Row(grid, row) => grid.rows.get(row).is_some_and(|row| row.cells.iter().any(|cell| figure(&cell.text))),
        Strip::Heading(_) | Strip::Image => false,
    }
}

/// A form whose layout was not understood is told.
fn unread(caption: &Caption) -> Note {
    Note {
        message: Message::new(
            format!("“{}”的版式未能识别，表中数字未核对", caption.title),
            format!("the layout of “{}” was not understood; its figures were not checked", caption.title),
        ),
        place: Some(caption.place),
    }
}

/// Reads the strips below one caption.
fn read(strips: &[Strip], form: &mut Form, output: &mut Output) {
    for run in runs(strips) {
        match strips[run.start] {
            Strip::Line(_) => {
                let lines = run.clone().filter_map(|at| match strips[at] {
                    Strip::Line(line) => Some((at, line)),
                    _ => None,
                });
                let pieces = text::pieces(lines);
                let before = output.tables.len();
                text::read(&pieces, form, output);
                if output.tables.len() == before {
                    // Lines between grids: the label of a block, a goal.
                    for at in run {
                        if let Strip::Line(line) = strips[at]
                            && text::label_line(&line.text, form)
                        {
                            output.used.insert(at);
                        }
                    }
                }
            }
            Strip::Row(..) => {
                let mut rows = Vec::new();
                for part in grids(strips, run) {
                    if let Strip::Row(grid, from) = strips[part.start] {
                        rows.extend(grid::filled(grid, from, from + part.len(), part.start));
                    }
                }
                grid::read(rows, form, output);
            }
            Strip::Heading(line) => {
                if text::label_line(&line.text, form) {
                    output.used.insert(run.start);
                }
            }
            Strip::Image => {}
        }
    }
}

/// Neighbouring lines, and neighbouring rows: a table may go on in the next grid.
fn runs(strips: &[Strip]) -> Vec<Range<usize>> {
    pieces_of(strips, 0..strips.len(), |first, _, next| {
        matches!((first, next), (Strip::Line(_), Strip::Line(_)) | (Strip::Row(..), Strip::Row(..)))
    })
}

/// The rows of `run`, grid by grid.
fn grids(strips: &[Strip], run: Range<usize>) -> Vec<Range<usize>> {
    pieces_of(strips, run, |first, length, next| match (first, next) {
        (Strip::Row(grid, from), Strip::Row(other, row)) => std::ptr::eq(grid, other) && row == from + length,
        _ => false,
    })
}

/// Cuts a range where `goes_on` is false, which is told the first strip of a piece, how long it is, and the next strip.
fn pieces_of(
    strips: &[Strip],
    range: Range<usize>,
    goes_on: impl Fn(Strip, usize, Strip) -> bool,
) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for at in range {
        match pieces.last_mut() {
            Some(piece) if goes_on(strips[piece.start], piece.len(), strips[at]) => piece.end = at + 1,
            _ => pieces.push(at..at + 1),
        }
    }
    pieces
}
