//! A two-sided table as it is printed: revenue and expenditure of one line side by side, and which lines are drawn.

use super::cell::{CellKind, CellShape};
use super::table::{RowView, TableView};
use crate::disclosure::Side;
use crate::document::Place;

/// As many bare lines in a row as are folded into one.
const RUN: usize = 2;

/// One printed line of a two-sided table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SidedLine {
    /// The revenue row.
    pub revenue: Option<usize>,
    /// The expenditure row.
    pub expenditure: Option<usize>,
    /// Whether nothing but names is printed, so that it may be folded away.
    pub bare: bool,
}

/// A row that is drawn of a two-sided table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SidedRow {
    /// Says that so many lines without amounts are folded away.
    Note(usize),
    /// A line, by its index, and whether it is one of those.
    Line(usize, bool),
}

impl SidedRow {
    /// Whether it is drawn while lines without amounts are shown, or not.
    pub fn is_drawn(self, bare: bool) -> bool {
        match self {
            Self::Note(_) => !bare,
            Self::Line(_, folds) => bare || !folds,
        }
    }
}

impl TableView {
    /// What is drawn of a two-sided table, top to bottom; of any other, nothing.
    pub fn sided_rows(&self) -> Vec<SidedRow> {
        let Some((lines, _)) = &self.sided else { return Vec::new() };
        let mut drawn = Vec::with_capacity(lines.len());
        let mut at = 0;
        while let Some(rest) = lines.get(at..).filter(|rest| !rest.is_empty()) {
            let run = rest.iter().take_while(|line| line.bare).count();
            if run >= RUN {
                drawn.push(SidedRow::Note(run));
                drawn.extend((at..at + run).map(|line| SidedRow::Line(line, true)));
                at += run;
            } else {
                drawn.push(SidedRow::Line(at, false));
                at += 1;
            }
        }
        drawn
    }

    /// Where each row of a two-sided table is drawn, by its index in the table: a position in [`Self::sided_rows`].
    pub fn sided_positions(&self, drawn: &[SidedRow]) -> Vec<usize> {
        let mut positions = vec![0; self.rows.len()];
        let Some((lines, _)) = &self.sided else { return positions };
        for (position, row) in drawn.iter().enumerate() {
            let SidedRow::Line(line, _) = row else { continue };
            let Some(line) = lines.get(*line) else { continue };
            for row in [line.revenue, line.expenditure].into_iter().flatten() {
                if let Some(slot) = positions.get_mut(row) {
                    *slot = position;
                }
            }
        }
        positions
    }
}

/// Sets the revenue row and the expenditure row of one printed line side by side.
pub(super) fn pair(rows: &[RowView]) -> Vec<SidedLine> {
    let bare = |row: &RowView| {
        row.cells.iter().all(|c| c.shape == CellShape::Plain && !matches!(c.kind, CellKind::Amount | CellKind::Zero))
    };
    let mut lines: Vec<SidedLine> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        if row.side == Some(Side::Expenditure) {
            if let Some(line) = lines.last_mut().filter(|line| line.expenditure.is_none()) {
                let same = line.revenue.and_then(|r| rows.get(r)).is_some_and(|r| same_line(r.place, row.place));
                if same {
                    line.expenditure = Some(index);
                    line.bare &= bare(row);
                    continue;
                }
            }
            lines.push(SidedLine { revenue: None, expenditure: Some(index), bare: bare(row) });
        } else {
            lines.push(SidedLine { revenue: Some(index), expenditure: None, bare: bare(row) });
        }
    }
    lines
}

fn same_line(one: Place, other: Place) -> bool {
    match (one, other) {
        (Place::Line { line: a, .. }, Place::Line { line: b, .. }) => a == b,
        (Place::Sheet { sheet: s, row: a, .. }, Place::Sheet { sheet: t, row: b, .. }) => (s, a) == (t, b),
        // Boxes of one printed line overlap in height.
        (Place::Page { page: p, bbox: a }, Place::Page { page: q, bbox: b }) => p == q && a[1] < b[3] && b[1] < a[3],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn two_sides_stand_side_by_side() {
        let view = fixture::session().opened().table_view(0, 0).unwrap();
        let (lines, split) = view.sided.unwrap();
        assert_eq!(split, 2);
        assert!(lines.iter().all(|l| l.revenue.is_some() || l.expenditure.is_some()));
        let both = lines.iter().filter(|l| l.revenue.is_some() && l.expenditure.is_some()).count();
        assert!(both > 3);
        assert!(lines.iter().any(|l| l.bare));
    }

    #[test]
    fn runs_of_bare_lines_fold_into_a_note_and_every_row_has_its_place() {
        let view = fixture::session().opened().table_view(0, 0).unwrap();
        let (lines, _) = view.sided.clone().unwrap();
        let drawn = view.sided_rows();
        let drawn_lines: Vec<usize> =
            drawn.iter().filter_map(|row| if let SidedRow::Line(line, _) = row { Some(*line) } else { None }).collect();
        assert_eq!(drawn_lines, (0..lines.len()).collect::<Vec<_>>(), "every line once, in order");
        for (position, row) in drawn.iter().enumerate() {
            if let SidedRow::Note(run) = row {
                assert!(*run >= RUN && drawn[position + 1..=position + run].iter().all(|row| !row.is_drawn(false)));
                assert!(!row.is_drawn(true));
            }
        }
        let positions = view.sided_positions(&drawn);
        for (row, position) in positions.into_iter().enumerate() {
            let SidedRow::Line(line, _) = drawn[position] else { panic!("a line") };
            assert!(lines[line].revenue == Some(row) || lines[line].expenditure == Some(row), "row {row}");
        }
    }
}
