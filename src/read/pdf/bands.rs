//! Tables whose rows are ruled and whose columns are not: each row lies between two rules. A rule that does not go all
//! the way tells which cells reach into the next row; where rules are drawn cell by cell, their joints are the columns.

use super::columns::{Layout, columns, head, headings, shares};
use super::paths::Rule;
use super::rules::{Line, SAME};
use super::unruled::Row;

/// Shorter pieces of a rule are dashes, not the width of a cell.
const SHORTEST_CELL: i32 = 800;

/// How far text may reach past the edge of its cell.
const PAST: i32 = 150;

/// The rules of one table.
pub(super) struct Ruling<'r> {
    /// The rules that reach from side to side, top to bottom; at least three.
    pub(super) stack: &'r [Line],
    /// All rules of the page, joined.
    pub(super) across: &'r [Line],
    /// All rules of the page, as they were drawn.
    pub(super) drawn: &'r [Rule],
}

/// Lays the table out, if its rows are ruled: `region` is the text between its first rule and its last.
pub(super) fn layout(region: &[Row], ruling: &Ruling<'_>) -> Option<Layout> {
    let (first, last) = (ruling.stack.first()?, ruling.stack.last()?);
    let left = ruling.stack.iter().map(|line| line.from).min()?;
    let right = ruling.stack.iter().map(|line| line.to).max()?;
    let inside = |at: i32, from: i32, to: i32| {
        (first.at - SAME..=last.at + SAME).contains(&at) && from >= left - SAME && to <= right + SAME
    };
    let mut rules: Vec<Line> = ruling
        .across
        .iter()
        .filter(|line| inside(line.at, line.from, line.to) && line.length() >= SHORTEST_CELL)
        .copied()
        .collect();
    // The lower edge of a row that a page break cut, and the end of a title inside the frame, are no rules of the page.
    for end in [first, last] {
        if rules.iter().all(|line| (line.at - end.at).abs() > SAME) {
            rules.push(*end);
        }
    }
    let ys = places(rules.iter().map(|line| line.at));
    if ys.len() < 4 {
        return None;
    }
    let bands: Vec<Vec<&Row>> = ys
        .windows(2)
        .map(|pair| match pair {
            &[top, bottom] => region.iter().filter(|row| (top..bottom).contains(&row.middle())).collect(),
            _ => Vec::new(),
        })
        .collect();
    let filled = bands.iter().filter(|band| !band.is_empty()).count();
    let broken = bands.iter().filter(|band| several_rows(band)).count();
    if filled < 2 || broken * 5 > filled {
        return None;
    }
    let joints: Vec<(usize, i32)> = ruling
        .drawn
        .iter()
        .filter(|rule| rule.across && inside(rule.at, rule.from, rule.to) && rule.to - rule.from >= SHORTEST_CELL)
        .filter_map(|rule| Some((near(&ys, rule.at)?, rule)))
        .flat_map(|(y, rule)| [(y, rule.from), (y, rule.to)])
        .collect();
    // A table without a figure ends its header where a rule first goes all the way.
    let whole =
        |y: i32| rules.iter().any(|line| (line.at - y).abs() <= SAME && line.length() * 20 > (right - left) * 19);
    let body = bands
        .iter()
        .position(|band| band.iter().any(|row| row.figures() > 0))
        .or_else(|| ys.iter().skip(1).position(|&y| whole(y)).map(|band| band + 1))
        .unwrap_or(1);
    let xs = edges(&bands, body, &joints, (left, right), ys.len());
    if xs.len() < 3 {
        return None;
    }
    let drawn = |x: &&i32| joints.iter().any(|&(_, joint)| (joint - **x).abs() <= SAME);
    let sure = xs.iter().filter(drawn).count() == xs.len();
    let mut layout = Layout { across: Vec::new(), down: Vec::new(), sure };
    layout.across.extend(&rules);
    for &y in [ys.first()?, ys.last()?] {
        layout.across.push(Line { at: y, from: left, to: right });
    }
    let top = *ys.get(body)?;
    let bottom = *ys.last()?;
    if body == 1 && bands.first().is_some_and(|band| levels(band) > 1) {
        head(bands.get(..1)?, &xs, (*ys.first()?, top), i32::MAX, &mut layout);
        // Below the header every column goes down to the end; the header's own lines are already there.
        layout.down.extend(xs.iter().map(|&x| Line { at: x, from: top, to: bottom }));
        return Some(layout);
    }
    for (band, pair) in bands.iter().zip(ys.windows(2)).take(body) {
        let &[from, to] = pair else { continue };
        let merged = merged(band, &xs, (from, to), &rules, &joints, &ys);
        for (index, &x) in xs.iter().enumerate() {
            if !merged.contains(&index) {
                layout.down.push(Line { at: x, from, to });
            }
        }
    }
    layout.down.extend(xs.iter().map(|&x| Line { at: x, from: top, to: bottom }));
    Some(layout)
}

/// On how many levels the headings of a band stand.
fn levels(band: &[&Row]) -> usize {
    let mut middles: Vec<(i32, i32)> = headings(std::slice::from_ref(&band.to_vec()), i32::MAX)
        .iter()
        .map(|heading| (heading.middle().1, heading.size))
        .collect();
    middles.sort_unstable();
    1 + middles
        .windows(2)
        .filter(|pair| pair.iter().fold(0, |y, at| at.0 - y) * 10 > pair.iter().fold(0, |_, at| at.1) * 6)
        .count()
}

/// Sorted places, near ones as one.
fn places(places: impl Iterator<Item = i32>) -> Vec<i32> {
    let mut sorted: Vec<i32> = places.collect();
    sorted.sort_unstable();
    sorted.dedup_by(|next, at| *next - *at <= SAME);
    sorted
}

fn near(places: &[i32], at: i32) -> Option<usize> {
    places.iter().position(|&place| (place - at).abs() <= SAME)
}

/// Whether a band holds several rows: figures above one another in two columns that are not one figure wrapped.
fn several_rows(band: &[&Row]) -> bool {
    band.windows(2).any(|pair| {
        let &[upper, lower] = pair else { return false };
        let stacked = upper.segments.iter().filter(|a| a.figure).filter(|a| {
            let mut under = lower.segments.iter().filter(|b| b.figure && a.left.max(b.left) < a.right.min(b.right));
            under.any(|b| !goes_on(&a.text, &b.text))
        });
        stacked.count() >= 2
    })
}

/// Whether a figure was broken before `rest`: it lacks exactly the decimals that stand there.
pub(super) fn goes_on(figure: &str, rest: &str) -> bool {
    let digits = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    let decimals = figure.rsplit_once('.').map(|(_, decimals)| decimals.len());
    digits && (figure.ends_with(',') || decimals.is_some_and(|found| found < 2 && found + rest.len() == 2))
}

/// The edges of columns: joints of the rules, and the white between columns of text where no joint is.
fn edges(
    bands: &[Vec<&Row>],
    body: usize,
    joints: &[(usize, i32)],
    (left, right): (i32, i32),
    rules: usize,
) -> Vec<i32> {
    let inner = |x: &i32| *x - left > SHORTEST_CELL && right - *x > SHORTEST_CELL;
    let mut jointed = places(joints.iter().map(|&(_, x)| x).filter(inner));
    jointed.retain(|&x| {
        let mut at: Vec<usize> = joints.iter().filter(|&&(_, j)| (j - x).abs() <= SAME).map(|&(y, _)| y).collect();
        at.sort_unstable();
        at.dedup();
        let crossed = bands
            .iter()
            .skip(body)
            .filter(|band| band.iter().flat_map(|row| &row.segments).any(|s| s.left < x - PAST && s.right > x + PAST))
            .count();
        at.len() >= 2 && at.len() * 5 >= rules * 2 && crossed * 5 <= bands.len()
    });
    let header = bands.get(..body).unwrap_or_default();
    let stretches = columns(header, bands.get(body..).unwrap_or_default(), i32::MAX);
    let mut xs = jointed.clone();
    for pair in stretches.windows(2) {
        let &[before, after] = pair else { continue };
        // Joints lie between the two, or in one of them where that is two columns set side by side.
        let parted = jointed.iter().any(|&x| x > before.1 - PAST && x < after.0 + PAST);
        let white = before.1.midpoint(after.0);
        // Where every rule is drawn cell by cell there is a joint between any two columns.
        let complete = jointed.len() + 1 >= stretches.len();
        if !parted && !complete {
            xs.push(white);
        }
    }
    xs.extend([left, right]);
    xs.sort_unstable();
    xs.dedup_by(|next, at| *next - *at <= SAME);
    xs
}

/// Whether each heading stands in the middle of its share of the columns, within half a character.
fn centred(edges: &[i32], cuts: &[usize], middles: &[i32], size: i32) -> bool {
    let mut ends: Vec<usize> = cuts.to_vec();
    ends.extend([0, edges.len().saturating_sub(1)]);
    ends.sort_unstable();
    ends.dedup();
    let at = |index: usize| edges.get(index).copied().unwrap_or(0);
    ends.len() == middles.len() + 1
        && ends.windows(2).zip(middles).all(|(pair, middle)| match pair {
            &[from, to] => (at(from).midpoint(at(to)) - middle).abs() * 20 <= size * 9,
            _ => false,
        })
}

/// Which edges, by index, are no walls in a band of the header: those under one heading that stands over several columns.
fn merged(
    band: &[&Row],
    xs: &[i32],
    (above, below): (i32, i32),
    rules: &[Line],
    joints: &[(usize, i32)],
    ys: &[i32],
) -> Vec<usize> {
    let covers = |y: i32, from: i32, to: i32| {
        let lines = rules.iter().filter(|line| (line.at - y).abs() <= SAME);
        let cover: i32 = lines.map(|line| (line.to.min(to) - line.from.max(from)).max(0)).sum();
        cover * 10 > (to - from) * 6
    };
    // A cell that comes from the row above, or goes on below, stands over its own column.
    let ruled: Vec<bool> = xs
        .windows(2)
        .map(|pair| match pair {
            &[from, to] => covers(above, from, to) && covers(below, from, to),
            _ => false,
        })
        .collect();
    let headings = headings(std::slice::from_ref(&band.to_vec()), i32::MAX);
    let mut merged = Vec::new();
    // More lines than any heading has: this is no header.
    if band.len() > 5 {
        return merged;
    }
    let mut column = 0;
    while column < ruled.len() {
        let run = ruled.iter().skip(column).take_while(|&&r| r).count();
        if run == 0 {
            column += 1;
            continue;
        }
        let edges = xs.get(column..=column + run).unwrap_or_default();
        let (low, high) = (edges.first().copied().unwrap_or(0), edges.last().copied().unwrap_or(0));
        let mut middles: Vec<i32> =
            headings.iter().map(|heading| heading.middle().0).filter(|x| (low..high).contains(x)).collect();
        middles.sort_unstable();
        if !middles.is_empty() && middles.len() < run {
            let at = near(ys, below);
            let drawn = places(
                joints.iter().filter(|&&(y, x)| Some(y) == at && x > low + SAME && x < high - SAME).map(|&(_, x)| x),
            );
            let cuts: Vec<usize> = if drawn.len() + 1 == middles.len() {
                drawn.iter().filter_map(|&x| near(edges, x)).collect()
            } else {
                shares(edges, &middles)
            };
            let size = headings.first().map_or(0, |heading| heading.size);
            // Where the edges are guessed from white, the middle of the columns is not known.
            let exact =
                edges.iter().filter(|&&x| joints.iter().any(|&(_, j)| (j - x).abs() <= SAME)).count() == edges.len();
            if exact && !centred(edges, &cuts, &middles, size) {
                column += run;
                continue;
            }
            merged.extend((1..run).filter(|edge| !cuts.contains(edge)).map(|edge| column + edge));
        }
        column += run;
    }
    merged
}
