//! The flow of money: sources, the department, what it is spent on, basic or project. Only printed cells are drawn.

use rust_decimal::Decimal;

use super::{Ground, MainTable, Part, length};
use crate::disclosure::{Anchor, Measure, RowRole, Side, TableKind};
use crate::session::opened::Opened;
use crate::session::shares::Share;
use crate::session::table::short_header;

/// Width of the drawing, and of the one for a narrow screen.
const WIDTH: i64 = 12_400;
const NARROW: i64 = 3_100;
/// Height that the whole is drawn with.
const WHOLE: i64 = 3_000;
const NARROW_WHOLE: i64 = 2_000;
/// Width of a node.
const NODE: i64 = 110;
/// Room above the drawing for the department's name.
const TOP: i64 = 480;
/// Room between nodes.
const GAP: i64 = 90;
/// Room below each panel.
const BELOW: i64 = 150;
/// More subjects than this are told by the table: their marks would be lines.
const MOST: usize = 16;

/// The flow as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The bars, layer by layer.
    pub nodes: Vec<FlowNode>,
    /// What runs between them.
    pub ribbons: Vec<Ribbon>,
    /// All of it from left to right.
    pub wide: Drawing,
    /// For a narrow screen: where the money comes from, and below it where it goes to.
    pub narrow: Drawing,
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
    /// Its share of the whole.
    pub share: Option<Share>,
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
}

/// Bars and ribbons in their places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// Width and height.
    pub size: (i64, i64),
    /// The bars. The department is drawn in both panels where nothing else can begin the second.
    pub bars: Vec<PlacedBar>,
    /// The ribbons.
    pub runs: Vec<Run>,
}

/// A bar in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedBar {
    /// Which of [`Flow::nodes`].
    pub node: usize,
    /// Left, top, width, height.
    pub at: [i64; 4],
    /// Where its name stands.
    pub label: Label,
}

/// A ribbon in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Which of [`Flow::ribbons`].
    pub ribbon: usize,
    /// Left end and right end of its middle line.
    pub ends: [(i64, i64); 2],
    /// Its thickness.
    pub thickness: i64,
}

/// Where the name of a bar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// To its left, in lines.
    Left,
    /// Above its middle.
    Above,
    /// Above, ending where the bar ends.
    AboveEnd,
    /// Above, from where the bar begins.
    AboveStart,
    /// To its right, in one line.
    RightLine,
    /// To its right, the figure below the name.
    Right,
    /// To its left over the ribbons, the figure below the name.
    OverLeft,
}

/// A layer of a panel: which, where its bars begin, the least height of a bar's slot, where the names stand.
type Column = (usize, i64, i64, Label);

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
    let whole_value = whole.value;
    let (kind_kinds, kind_parts): (Vec<RibbonKind>, Vec<Part>) = kinds.into_iter().unzip();
    let mut nodes: Vec<FlowNode> = Vec::new();
    let mut first = [0_usize; 4];
    for (layer, parts) in [sources, vec![whole], subjects, kind_parts].into_iter().enumerate() {
        first[layer] = nodes.len();
        nodes.extend(parts.into_iter().map(|part| {
            let share = Share::of(part.value, whole_value);
            FlowNode { part, layer, share }
        }));
    }
    let department = first[1];
    let mut ribbons: Vec<Ribbon> = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        let between = match node.layer {
            0 => (index, department),
            2 => (department, index),
            _ => continue,
        };
        ribbons.push(Ribbon { part: node.part.clone(), between, kind: RibbonKind::Plain });
    }
    for (subject, kind, part) in crossings {
        let drawn = kind_kinds.get(kind).copied().unwrap_or(RibbonKind::Other);
        ribbons.push(Ribbon { part, between: (first[2] + subject, first[3] + kind), kind: drawn });
    }
    let wide: &[Column] = &[
        (0, 2_000, 400, Label::Left),
        (1, 4_900, 0, Label::Above),
        (2, 7_300, 250, Label::RightLine),
        (3, 10_400, 420, Label::Right),
    ];
    let right = NARROW - NODE;
    let comes: &[Column] = &[(0, 0, 360, Label::Right), (1, right, 0, Label::AboveEnd)];
    let goes: &[Column] = if kind_kinds.is_empty() {
        &[(1, 0, 0, Label::AboveStart), (2, right, 360, Label::OverLeft)]
    } else {
        &[(2, 0, 360, Label::Right), (3, right, 420, Label::OverLeft)]
    };
    let narrow: Vec<&[Column]> = [(0, comes), (2, goes)]
        .into_iter()
        .filter_map(|(layer, panel)| nodes.iter().any(|node| node.layer == layer).then_some(panel))
        .collect();
    let plan = Plan { nodes: &nodes, ribbons: &ribbons, most };
    let (wide, narrow) = (plan.drawing(WIDTH, WHOLE, &[wide]), plan.drawing(NARROW, NARROW_WHOLE, &narrow));
    Flow { nodes, ribbons, wide, narrow, left_out, ground }
}

/// What is to be drawn.
struct Plan<'a> {
    nodes: &'a [FlowNode],
    ribbons: &'a [Ribbon],
    /// What is as high as the drawing.
    most: Decimal,
}

impl Plan<'_> {
    /// The panels, one below the other, a whole as high as `whole`.
    fn drawing(&self, width: i64, whole: i64, panels: &[&[Column]]) -> Drawing {
        let mut drawing = Drawing { size: (width, 0), ..Drawing::default() };
        for panel in panels {
            self.panel(&mut drawing, whole, panel);
        }
        drawing
    }

    fn high(&self, part: &Part, whole: i64) -> i64 {
        length(part.value, self.most, whole).max(10)
    }

    fn panel(&self, drawing: &mut Drawing, whole: i64, columns: &[Column]) {
        let of_layer = |layer: usize| self.nodes.iter().enumerate().filter(move |(_, node)| node.layer == layer);
        let stacks: Vec<(Vec<i64>, i64)> = columns
            .iter()
            .map(|&(layer, _, pitch, _)| {
                let heights: Vec<i64> = of_layer(layer).map(|(_, node)| self.high(&node.part, whole)).collect();
                stack(&heights, pitch)
            })
            .collect();
        let tallest = stacks.iter().map(|(_, all)| *all).max().unwrap_or(0);
        // The department's name needs room above its bar, the other names none.
        let named =
            columns.iter().any(|(.., label)| matches!(label, Label::Above | Label::AboveEnd | Label::AboveStart));
        let top = drawing.size.1 + if named { TOP } else { BELOW };
        // Where each bar of the panel stands.
        let mut places: Vec<Option<[i64; 4]>> = vec![None; self.nodes.len()];
        for (&(layer, x, _, label), (tops, all)) in columns.iter().zip(stacks) {
            for ((node, FlowNode { part, .. }), y) in of_layer(layer).zip(tops) {
                let at = [x, top + (tallest - all) / 2 + y, NODE, self.high(part, whole)];
                places[node] = Some(at);
                drawing.bars.push(PlacedBar { node, at, label });
            }
        }
        // How much of each bar's side is taken.
        let mut left = vec![0_i64; self.nodes.len()];
        let mut right = left.clone();
        for (ribbon, Ribbon { part, between: (from, to), .. }) in self.ribbons.iter().enumerate() {
            let (Some(&Some(a)), Some(&Some(b))) = (places.get(*from), places.get(*to)) else { continue };
            let thickness = self.high(part, whole);
            let start = (a[0] + NODE, a[1] + right[*from] + thickness / 2);
            let end = (b[0], b[1] + left[*to] + thickness / 2);
            right[*from] += thickness;
            left[*to] += thickness;
            drawing.runs.push(Run { ribbon, ends: [start, end], thickness });
        }
        drawing.size.1 = top + tallest + BELOW;
    }
}
