//! The treemap of expenditure: 类, 款, 项 by area. What is drawn below a root are the last levels of its groups.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::squares::squarify;
use super::{Ground, Part, stands_in_the_sum};
use crate::session::opened::Opened;
use crate::session::shares::Share;

/// Shades; groups after these share the last.
const SHADES: u8 = 6;
/// Lines that a name may take in a tile.
const LINES: usize = 4;
/// Room that a character of a label takes, and the air beside a label.
const CHARACTER: i64 = 135;
const AIR: i64 = 160;

/// The subjects with their levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// Every subject with an amount.
    pub nodes: Vec<TreeNode>,
    /// The total that it divides.
    pub whole: Option<Part>,
    /// Subjects that print an amount below nothing: they have no area.
    pub negative: usize,
    /// What it rests on.
    pub ground: Ground,
}

/// A subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeNode {
    /// Its figure.
    pub part: Part,
    /// The subject above it.
    pub above: Option<usize>,
    /// The subjects right below it.
    pub below: Vec<usize>,
    /// Its depth, from 0.
    pub depth: usize,
    /// Its share of the total.
    pub share: Option<Share>,
}

/// A rectangle of the treemap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// The subject.
    pub node: usize,
    /// Its shade, from 1.
    pub shade: u8,
    /// Left, top, width, height.
    pub at: [i64; 4],
    /// Its name in lines; empty where it does not fit.
    pub label: Vec<String>,
    /// Whether the figure fits below it.
    pub figure: bool,
    /// Whether it is the outline of a group.
    pub outline: bool,
}

impl Opened {
    /// The tree of a document.
    pub(super) fn tree(&self, document: usize) -> Option<Tree> {
        let main = self.expenditure_table(document)?;
        let whole = main.total.and_then(|row| main.cell(row, main.column)).and_then(|at| self.part(at));
        let mut nodes: Vec<TreeNode> = Vec::new();
        let mut open: Vec<(u8, Option<usize>)> = Vec::new();
        let mut negative = 0;
        for (index, row) in main.table.rows.iter().enumerate().filter(|(_, row)| stands_in_the_sum(row)) {
            while open.last().is_some_and(|(level, _)| *level >= row.level) {
                open.pop();
            }
            let part = main.cell(index, main.column).and_then(|at| self.part(at));
            negative += usize::from(part.as_ref().is_some_and(|part| part.value < Decimal::ZERO));
            let Some(part) = part.filter(|part| part.value > Decimal::ZERO) else {
                open.push((row.level, None));
                continue;
            };
            let above = open.iter().rev().find_map(|(_, node)| *node);
            let share = whole.as_ref().and_then(|whole| Share::of(part.value, whole.value));
            let at = nodes.len();
            let depth = above.map_or(0, |above| {
                nodes[above].below.push(at);
                nodes[above].depth + 1
            });
            nodes.push(TreeNode { part, above, below: Vec::new(), depth, share });
            open.push((row.level, Some(at)));
        }
        if nodes.is_empty() {
            return None;
        }
        let ground = self.ground(whole.iter().chain(nodes.iter().map(|node| &node.part)));
        Some(Tree { nodes, whole, negative, ground })
    }
}

impl Tree {
    /// The outermost subjects.
    pub fn tops(&self) -> impl Iterator<Item = &TreeNode> {
        self.nodes.iter().filter(|node| node.above.is_none())
    }

    /// The groups below a root, the largest first: what the legend lists and what can be opened.
    pub fn groups(&self, root: Option<usize>) -> Vec<usize> {
        let mut groups: Vec<usize> =
            (0..self.nodes.len()).filter(|&node| self.nodes.get(node).is_some_and(|n| n.above == root)).collect();
        self.largest_first(&mut groups);
        groups
    }

    /// Whether a subject has others below it.
    pub fn opens(&self, node: usize) -> bool {
        self.nodes.get(node).is_some_and(|node| !node.below.is_empty())
    }

    /// The way from the outermost subject down to this one.
    pub fn way(&self, root: Option<usize>) -> Vec<usize> {
        let mut way = Vec::new();
        let mut at = root;
        while let Some(node) = at {
            way.push(node);
            at = self.nodes.get(node).and_then(|node| node.above);
        }
        way.reverse();
        way
    }

    /// The shade of each group in its order.
    pub fn shade(position: usize) -> u8 {
        u8::try_from(position + 1).unwrap_or(SHADES).min(SHADES)
    }

    /// Width and height of the drawing.
    pub const WIDE: (i64, i64) = (6_200, 4_300);
    /// Width and height of the one for a narrow screen.
    pub const NARROW: (i64, i64) = (3_100, 4_300);

    /// The rectangles below a root, in a drawing of this size: the last subjects of each group, and the group's outline
    /// over them.
    pub fn tiles(&self, root: Option<usize>, size: (i64, i64)) -> Vec<Tile> {
        let groups = self.groups(root);
        let mut tiles = Vec::new();
        let outlines = squarify(&self.sizes(&groups), [0, 0, size.0, size.1]);
        for (position, (&group, outline)) in groups.iter().zip(outlines).enumerate() {
            let shade = Self::shade(position);
            let mut leaves = self.leaves(group);
            self.largest_first(&mut leaves);
            for (&leaf, at) in leaves.iter().zip(squarify(&self.sizes(&leaves), outline)) {
                tiles.push(self.tile(leaf, shade, at));
            }
            tiles.push(Tile { node: group, shade, at: outline, label: Vec::new(), figure: false, outline: true });
        }
        tiles
    }

    fn tile(&self, node: usize, shade: u8, at: [i64; 4]) -> Tile {
        let [_, _, width, height] = at;
        let part = &self.nodes[node].part;
        let room = usize::try_from((width - AIR) / CHARACTER).unwrap_or(0);
        let letters = part.name.chars().count();
        // A name stands whole or not at all: half of one reads like another subject.
        let lines = letters.div_ceil(room.max(1));
        let label: Vec<String> = match lines {
            1..=LINES if height >= 120 + 150 * i64::try_from(lines).unwrap_or(2) => {
                let letters: Vec<char> = part.name.chars().collect();
                letters.chunks(letters.len().div_ceil(lines)).map(|line| line.iter().collect()).collect()
            }
            _ => Vec::new(),
        };
        let below = 290 + 150 * i64::try_from(label.len()).unwrap_or(0);
        // Digits take half the room.
        let figure = !label.is_empty() && height >= below && part.figure.chars().count() <= room * 2;
        Tile { node, shade, at, label, figure, outline: false }
    }

    fn leaves(&self, node: usize) -> Vec<usize> {
        let mut leaves = Vec::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match self.nodes.get(node) {
                Some(found) if !found.below.is_empty() => open.extend(&found.below),
                _ => leaves.push(node),
            }
        }
        leaves
    }

    fn largest_first(&self, nodes: &mut [usize]) {
        nodes.sort_by_key(|&node| (std::cmp::Reverse(self.nodes.get(node).map(|n| n.part.value)), node));
    }

    /// Sizes in whole numbers: of the largest, a billion.
    fn sizes(&self, nodes: &[usize]) -> Vec<i64> {
        let values: Vec<Decimal> = nodes.iter().filter_map(|&node| Some(self.nodes.get(node)?.part.value)).collect();
        let most = values.iter().copied().max().unwrap_or(Decimal::ONE);
        let scaled = |value: Decimal| value.checked_div(most)?.checked_mul(Decimal::from(1_000_000_000))?.to_i64();
        values.into_iter().map(|value| scaled(value).unwrap_or(0).max(1)).collect()
    }
}
