//! Ruling lines: strokes, thin fills and dots become few straight lines. After this no two parallel lines lie on one
//! another, and underlines are gone.

use super::paths::Rule;
use super::text::Piece;

/// Lines at most this far apart are one: a double border of an office program is 2.25 pt wide.
pub(super) const SAME: i32 = 260;

/// Gaps in a line up to this are dashes, or corners that do not meet.
const DASH: i32 = 300;

/// Shorter marks are no lines.
const MIN_LENGTH: i32 = 400;

/// Most lines of each direction that are looked at; the densest page known has some 500.
const MAX_LINES: usize = 6_000;

/// A straight line: its place on the other axis, and how far it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) at: i32,
    pub(super) from: i32,
    pub(super) to: i32,
}

impl Line {
    pub(super) fn length(self) -> i32 {
        self.to - self.from
    }
}

/// The lines of a page, each direction sorted by place, then by beginning.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) across: Vec<Line>,
    pub(super) down: Vec<Line>,
}

impl Lines {
    /// Merges what was painted. The second value tells that there were too many.
    pub(super) fn merged(rules: &[Rule]) -> (Self, bool) {
        let pick = |across: bool| {
            rules
                .iter()
                .filter(|rule| rule.across == across)
                .map(|r| Line { at: r.at, from: r.from, to: r.to })
                .collect()
        };
        let (mut across, mut down) = (merge(pick(true)), merge(pick(false)));
        let cut = across.len() > MAX_LINES || down.len() > MAX_LINES;
        across.truncate(MAX_LINES);
        down.truncate(MAX_LINES);
        (Self { across, down }, cut)
    }
}

/// Joins lines that lie on one another or go on in one another.
fn merge(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by_key(|line| (line.at, line.from, line.to));
    let mut merged = Vec::new();
    let mut rest = lines.as_mut_slice();
    while let Some(first) = rest.first() {
        let reach = first.at + SAME;
        let count = rest.partition_point(|line| line.at <= reach);
        let (cluster, further) = rest.split_at_mut(count);
        cluster.sort_by_key(|line| (line.from, line.to));
        join(cluster, &mut merged);
        rest = further;
    }
    merged.sort_by_key(|line: &Line| (line.at, line.from));
    merged
}

/// Joins the lines of one cluster, sorted by beginning, into runs. A run stands at the mean of its parts, by length.
fn join(cluster: &[Line], merged: &mut Vec<Line>) {
    struct Run {
        from: i32,
        to: i32,
        moment: i64,
        weight: i64,
    }
    let mut run: Option<Run> = None;
    let mut end = |run: Option<Run>| {
        if let Some(run) = run
            && run.to - run.from >= MIN_LENGTH
        {
            let at = i32::try_from(run.moment / run.weight.max(1)).unwrap_or_default();
            merged.push(Line { at, from: run.from, to: run.to });
        }
    };
    for line in cluster {
        let weight = i64::from(line.length()) + 1;
        let moment = i64::from(line.at) * weight;
        match &mut run {
            Some(run) if line.from <= run.to + DASH => {
                run.to = run.to.max(line.to);
                run.moment += moment;
                run.weight += weight;
            }
            _ => end(run.replace(Run { from: line.from, to: line.to, moment, weight })),
        }
    }
    end(run);
}

/// The rules without underlines: those that run under one piece of text, as long as it is and close to its baseline.
pub(super) fn without_underlines(rules: &[Rule], pieces: &[Piece]) -> Vec<Rule> {
    /// How far to either side an underline may reach past its text.
    const PAST: i32 = 200;
    /// The lowest underline of the largest type looked for, below its baseline.
    const LOWEST: i32 = 1_500;
    let mut sorted: Vec<&Piece> = pieces.iter().collect();
    sorted.sort_by_key(|piece| piece.baseline);
    rules
        .iter()
        .filter(|rule| {
            let first = sorted.partition_point(|piece| piece.baseline < rule.at - LOWEST);
            let near = sorted.iter().skip(first).take_while(|piece| piece.baseline < rule.at + 50);
            let mut under = near.filter(|piece| {
                rule.at >= piece.baseline - 50
                    && rule.at - piece.baseline <= piece.size * 24 / 100
                    && rule.from >= piece.area.left - PAST
                    && rule.to <= piece.area.right + PAST
            });
            !rule.across || rule.to - rule.from < MIN_LENGTH || under.next().is_none()
        })
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(across: bool, at: i32, from: i32, to: i32) -> Rule {
        Rule { across, at, from, to }
    }

    #[test]
    fn dashes_and_double_lines_are_one_line() {
        let dashes: Vec<Rule> = (0..20).map(|i| rule(true, 1000, i * 500, i * 500 + 300)).collect();
        let (lines, _) = Lines::merged(&dashes);
        assert_eq!(lines.across, [Line { at: 1000, from: 0, to: 9_800 }]);
        let (lines, _) = Lines::merged(&[rule(false, 1000, 0, 9000), rule(false, 1200, 0, 9000)]);
        assert_eq!(lines.down, [Line { at: 1100, from: 0, to: 9000 }]);
    }

    #[test]
    fn separate_lines_stay_apart() {
        let (lines, _) =
            Lines::merged(&[rule(true, 1000, 0, 900), rule(true, 1000, 5000, 9000), rule(true, 1500, 0, 900)]);
        assert_eq!(lines.across.len(), 3);
        let (lines, _) = Lines::merged(&[rule(true, 1000, 0, 100)]);
        assert!(lines.across.is_empty(), "a speck");
    }
}
