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
mod grid;
mod header;
mod shifted;
mod text;
mod vocabulary;
#[cfg(test)]
mod trial;

use std::collections::BTreeSet;

use self::flow::{Found, Piece};
use crate::amount::Unit;
use crate::disclosure::{Message, Note, Table, TableKind};
use crate::document::{Grid, Line, Place};

/// What the cells of a column of a form are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    /// 目标名称, or the goal itself in words
    Goal,
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
    /// Something that ends any table (a heading, a picture).
    Stop,
}

/// Reads the strips below one caption.
fn read(strips: &[Strip], first: usize, form: &mut Form, output: &mut Output) {
    let mut at = 0;
    while at < strips.len() {
        match strips[at] {
            Strip::Line(_) => {
                let end = strips[at..].iter().position(|strip| !matches!(strip, Strip::Line(_))).map_or(strips.len(), |n| at + n);
                let lines = strips[at..end].iter().enumerate().filter_map(|(index, strip)| match strip {
                    Strip::Line(line) => Some((first + at + index, *line)),
                    _ => None,
                });
                let pieces = text::pieces(lines);
                text::read(&pieces, form, output);
                at = end;
            }
            Strip::Row(..) => {
                let end = strips[at..].iter().position(|strip| !matches!(strip, Strip::Row(..))).map_or(strips.len(), |n| at + n);
                let mut rows = Vec::new();
                let mut next = at;
                while let Some(Strip::Row(grid, from)) = strips.get(next).filter(|_| next < end) {
                    let run = strips[next..end]
                        .iter()
                        .enumerate()
                        .take_while(|(index, strip)| matches!(strip, Strip::Row(other, row) if std::ptr::eq(*other, *grid) && *row == from + index))
                        .count();
                    rows.extend(grid::filled(grid, *from, from + run, first + next));
                    next += run.max(1);
                }
                grid::read(&rows, form, output);
                at = end;
            }
            Strip::Stop => at += 1,
        }
    }
}
