//! The flow of money: sources, the department, what it is spent on, basic or project. Only printed cells are drawn.

use rust_decimal::Decimal;

use super::{Ground, MainTable, Part, length};
use crate::disclosure::{Anchor, Measure, RowRole, Side, TableKind};
use crate::session::opened::Opened;
use crate::session::table::short_header;

/// Width of the drawing.
const WIDTH: i64 = 12_400;
/// Height that the whole is drawn with.
const WHOLE: i64 = 3_000;
/// Where the nodes of each layer begin.
const LAYERS: [i64; 4] = [2_000, 4_900, 7_300, 10_400];
/// Width of a node.
const NODE: i64 = 110;
/// Room above the drawing for the department's name.
const TOP: i64 = 480;
/// Room between nodes.
const GAP: i64 = 90;
/// More subjects than this are told by the table: their marks would be lines.
const MOST: usize = 16;

/// The flow as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Width and height of the drawing.
    pub size: (i64, i64),
    /// The bars, layer by layer.
    pub nodes: Vec<FlowNode>,
    /// What runs between them.
    pub ribbons: Vec<Ribbon>,
    /// Subjects that are too many to be drawn, the smallest ones.
    pub left_out: usize,
    /// What it rests on.
    pub ground: Ground,
}

/// A bar of the flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowNode {
    /// Its figure.
    pub part: Part,
    /// 0 sources, 1 the department, 2 subjects, 3 basic or project.
    pub layer: usize,
    /// Its share of the whole in percent.
    pub share: Option<String>,
    /// Left, top, width, height.
    pub at: [i64; 4],
}

/// A ribbon between two bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ribbon {
    /// Its figure.
    pub part: Part,
    /// The bars, by their index.
    pub between: (usize, usize),
    /// What it ends in.
    pub kind: RibbonKind,
    /// Left end and right end of its middle line.
    pub ends: [(i64, i64); 2],
    /// Its thickness.
    pub thickness: i64,
}

/// What a ribbon ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RibbonKind {
    /// The department, or a subject.
    Plain,
    /// 项目支出
    Project,
    /// 基本支出 and any other.
    Other,
}

/// The figures of the flow before they are drawn.
struct Figures {
    sources: Vec<Part>,
    whole: Part,
    subjects: Vec<Part>,
    kinds: Vec<(RibbonKind, Part)>,
    /// Subject, kind, figure.
    crossings: Vec<(usize, usize, Part)>,
    left_out: usize,
}

impl Opened {
    /// The flow of a document; `None` where it prints neither sources nor subjects.
    pub(super) fn flow(&self, document: usize) -> Option<Flow> {
        let figures = self.flow_figures(document)?;
        let ground = self.ground(figures.all());
        Some(draw(figures, ground))
    }

    fn flow_figures(&self, document: usize) -> Option<Figures> {
        let sources = self.grand_total(document, Side::Revenue);
        let uses = self.grand_total(document, Side::Expenditure);
        let main = self.expenditure_table(document);
        let main_total = main.and_then(|main| main.cell(main.total?, main.column));
        let whole = sources.or(uses).or(main_total).and_then(|at| self.part(at))?;
        let sources: Vec<Part> = sources.map(|at| self.leaves(at)).unwrap_or_default();
        let mut figures = Figures {
            sources: sources.into_iter().filter(|part| part.value > Decimal::ZERO).collect(),
            whole: Part {
                name: self.disclosure(document).and_then(|d| d.unit_name.clone()).unwrap_or_default(),
                ..whole
            },
            subjects: Vec::new(),
            kinds: Vec::new(),
            crossings: Vec::new(),
            left_out: 0,
        };
        match main {
            Some(main) => self.subjects(&main, &mut figures),
            None => figures.subjects = uses.map(|at| self.leaves(at)).unwrap_or_default(),
        }
        // What is carried on is spent on no subject.
        // Where the total is the sum of the subjects themselves, they are drawn already.
        let year = uses.and_then(|at| self.addends(at)).unwrap_or_default();
        let told = main.is_some() && year.iter().any(|&at| self.is_year_total(at));
        let beyond = year.into_iter().filter(|&at| told && !self.is_year_total(at));
        figures.subjects.extend(beyond.filter_map(|at| self.part(at)));
        figures.subjects.retain(|part| part.value > Decimal::ZERO);
        (!figures.subjects.is_empty() || !figures.sources.is_empty()).then_some(figures)
    }

    fn subjects(&self, main: &MainTable, figures: &mut Figures) {
        let mut tops: Vec<(usize, Part)> = main
            .tops()
            .into_iter()
            .filter_map(|row| Some((row, self.part(main.cell(row, main.column)?)?)))
            .filter(|(_, part)| part.value > Decimal::ZERO)
            .collect();
        if tops.len() > MOST {
            let mut sizes: Vec<Decimal> = tops.iter().map(|(_, part)| part.value).collect();
            sizes.sort_by(|a, b| b.cmp(a));
            let least = sizes.get(MOST).copied().unwrap_or_default();
            let all = tops.len();
            tops.retain(|(_, part)| part.value > least);
            figures.left_out = all - tops.len();
        }
        let measures = [
            Measure::Project,
            Measure::Basic,
            Measure::OperatingExpenditure,
            Measure::ToSuperior,
            Measure::ToSubordinate,
        ];
        for measure in measures {
            let Some(column) = main.column_of(measure).filter(|&column| column != main.column) else { continue };
            let whole = main.total.and_then(|row| main.cell(row, column)).and_then(|at| self.part(at));
            let Some(whole) = whole.filter(|part| part.value > Decimal::ZERO) else { continue };
            let name = main.table.columns.get(column).map(|c| kind_name(measure, &short_header(c))).unwrap_or_default();
            let kind = if measure == Measure::Project { RibbonKind::Project } else { RibbonKind::Other };
            let index = figures.kinds.len();
            figures.kinds.push((kind, Part { name, ..whole }));
            for (subject, (row, _)) in tops.iter().enumerate() {
                let part = main.cell(*row, column).and_then(|at| self.part(at));
                if let Some(part) = part.filter(|part| part.value > Decimal::ZERO) {
                    figures.crossings.push((subject, index, part));
                }
            }
        }
        figures.subjects = tops.into_iter().map(|(_, part)| part).collect();
    }

    /// 收入总计 or 支出总计.
    fn grand_total(&self, document: usize, side: Side) -> Option<Anchor> {
        let disclosure = u16::try_from(document).ok()?;
        let tables = (0_u16..).zip(self.tables_of(document));
        tables.filter(|(_, t)| t.kind == TableKind::RevenueExpenditureSummary).find_map(|(table, t)| {
            super::super::verdict::total_cells(t)
                .into_iter()
                .find(|&(row, _)| t.rows.get(row as usize).is_some_and(|row| row.side == Some(side)))
                .map(|(row, column)| Anchor::Cell { disclosure, table, row, column })
        })
    }

    fn is_year_total(&self, at: Anchor) -> bool {
        self.analysis().cell(at).is_some_and(|(row, _)| row.role == RowRole::YearTotal)
    }

    /// What a total is made of, through the totals between: 收入总计 from 本年收入合计 from its items.
    fn leaves(&self, at: Anchor) -> Vec<Part> {
        let mut leaves = Vec::new();
        let mut open = vec![(at, 0_u8)];
        while let Some((at, depth)) = open.pop() {
            let between = depth == 0 || self.is_year_total(at);
            match self.addends(at).filter(|_| between && depth < 4) {
                Some(addends) => open.extend(addends.into_iter().rev().map(|at| (at, depth + 1))),
                None => leaves.extend(self.part(at)),
            }
        }
        leaves.retain(|part| part.value > Decimal::ZERO);
        leaves
    }
}

/// 小计 below a group is the group.
fn kind_name(measure: Measure, header: &str) -> String {
    match measure {
        Measure::Project => "项目支出".to_owned(),
        Measure::Basic => "基本支出".to_owned(),
        _ => header.to_owned(),
    }
}

impl Figures {
    fn all(&self) -> impl Iterator<Item = &Part> {
        let crossings = self.crossings.iter().map(|(_, _, part)| part);
        let kinds = self.kinds.iter().map(|(_, part)| part);
        std::iter::once(&self.whole).chain(&self.sources).chain(&self.subjects).chain(kinds).chain(crossings)
    }
}

/// Stacks bars of these heights, each in a slot of at least `pitch`: the tops, and the height of all.
fn stack(heights: &[i64], pitch: i64) -> (Vec<i64>, i64) {
    let mut tops = Vec::with_capacity(heights.len());
    let mut y = 0;
    for &height in heights {
        let slot = height.max(pitch);
        tops.push(y + (slot - height) / 2);
        y += slot + GAP;
    }
    (tops, (y - GAP).max(0))
}

fn draw(figures: Figures, ground: Ground) -> Flow {
    let Figures { sources, whole, subjects, kinds, crossings, left_out } = figures;
    let sum = |parts: &[Part]| parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value));
    let most = [Some(whole.value), sum(&sources), sum(&subjects)].into_iter().flatten().max().unwrap_or(whole.value);
    let high = |part: &Part| length(part.value, most, WHOLE).max(10);
    let whole_value = whole.value;
    let (kind_kinds, kind_parts): (Vec<RibbonKind>, Vec<Part>) = kinds.into_iter().unzip();
    let layers = [(sources, 400), (vec![whole], 0), (subjects, 250), (kind_parts, 420)];
    let stacks: Vec<(Vec<i64>, i64)> =
        layers.iter().map(|(parts, pitch)| stack(&parts.iter().map(high).collect::<Vec<_>>(), *pitch)).collect();
    let tallest = stacks.iter().map(|(_, all)| *all).max().unwrap_or(0);
    let mut nodes: Vec<FlowNode> = Vec::new();
    let mut first = [0_usize; 4];
    for (layer, ((parts, _), (tops, all))) in layers.into_iter().zip(stacks).enumerate() {
        first[layer] = nodes.len();
        for (part, top) in parts.into_iter().zip(tops) {
            let at = [LAYERS[layer], TOP + (tallest - all) / 2 + top, NODE, high(&part)];
            let share = super::percent(part.value, whole_value);
            nodes.push(FlowNode { part, layer, share, at });
        }
    }
    let mut ribbons = Vec::new();
    // How much of each bar's side is taken.
    let mut left = vec![0_i64; nodes.len()];
    let mut right = vec![0_i64; nodes.len()];
    let mut tie = |from: usize, to: usize, part: Part, kind: RibbonKind| {
        let (Some(a), Some(b)) = (nodes.get(from), nodes.get(to)) else { return };
        let thickness = length(part.value, most, WHOLE).max(10);
        let start = (a.at[0] + NODE, a.at[1] + right[from] + thickness / 2);
        let end = (b.at[0], b.at[1] + left[to] + thickness / 2);
        right[from] += thickness;
        left[to] += thickness;
        ribbons.push(Ribbon { part, between: (from, to), kind, ends: [start, end], thickness });
    };
    let department = first[1];
    for (index, node) in nodes.iter().enumerate() {
        match node.layer {
            0 => tie(index, department, node.part.clone(), RibbonKind::Plain),
            2 => tie(department, index, node.part.clone(), RibbonKind::Plain),
            _ => {}
        }
    }
    for (subject, kind, part) in crossings {
        let drawn = kind_kinds.get(kind).copied().unwrap_or(RibbonKind::Other);
        tie(first[2] + subject, first[3] + kind, part, drawn);
    }
    Flow { size: (WIDTH, TOP + tallest + 150), nodes, ribbons, left_out, ground }
}
