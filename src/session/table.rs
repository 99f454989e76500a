//! A table as it is drawn: header tree, rows with their levels, the sides of a two-sided one.

use std::collections::BTreeSet;

use super::Mark;
use super::cell::CellView;
use super::figures::said_in;
use super::opened::Opened;
use super::sided::{SidedLine, pair};
use crate::amount::Unit;
use crate::disclosure::{Anchor, Column, ColumnRole, Entry, Message, Row, RowRole, Side, Status, Table, TableKind};
use crate::document::Place;
use crate::explain::Finding;
use crate::rules::Severity;
use crate::rules::judge::Outcome;

/// A table's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// Its number as printed (`表5-1`).
    pub number: Option<String>,
    /// Its title as printed.
    pub title: String,
    /// What it is, for a name in English.
    pub kind: Option<TableKind>,
}

impl Caption {
    /// The name of a table.
    pub fn of(table: &Table) -> Self {
        let kind = Some(table.kind).filter(|&kind| kind != TableKind::Other);
        Self { number: table.number.clone(), title: table.title.clone(), kind }
    }
}

/// One line of the list of tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableEntry {
    /// Its index in the document.
    pub index: usize,
    /// Its name.
    pub caption: Caption,
    /// Whether it is there.
    pub state: TableState,
    /// Its worst mark.
    pub mark: Mark,
    /// Mismatches that are in it.
    pub mismatches: usize,
    /// Hints that speak of it.
    pub hints: usize,
    /// Where its title stands.
    pub place: Place,
}

/// Whether a table is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableState {
    /// It has rows.
    Present,
    /// Published without rows, and the note that says why.
    Empty(Option<String>),
    /// Announced, and not in the text.
    Missing,
}

/// A table as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableView {
    /// Its name.
    pub caption: Caption,
    /// Whether it is there.
    pub state: TableState,
    /// The unit of its amounts.
    pub unit: Option<Unit>,
    /// The unit that they are shown in, where the reader chose another.
    pub shown: Option<Unit>,
    /// Where its first and last pieces stand.
    pub span: (Place, Place),
    /// The header, level by level.
    pub header: Vec<Vec<HeaderCell>>,
    /// How many columns it has, and which of them holds the row's name.
    pub columns: usize,
    /// The column that names the row, if any.
    pub name_column: Option<u16>,
    /// The rows, top to bottom.
    pub rows: Vec<RowView>,
    /// For two-sided tables: the printed lines, and the first column of the expenditure side.
    pub sided: Option<(Vec<SidedLine>, u16)>,
    /// Cells that hold an amount.
    pub amounts: usize,
    /// The findings that are in it.
    pub findings: Vec<u32>,
    /// Lines below it that belong to it.
    pub remarks: Vec<String>,
    /// Fields of a form, label and value.
    pub fields: Vec<(String, String)>,
}

/// A header cell with its spans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderCell {
    /// Its text.
    pub text: String,
    /// Its first column.
    pub column: u16,
    /// Columns that it covers.
    pub columns: u16,
    /// Levels that it covers.
    pub rows: u16,
    /// Whether it stands over other headers.
    pub group: bool,
    /// What the column's cells are.
    pub role: ColumnRole,
}

/// How a row is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowShape {
    /// The total of the table.
    Total,
    /// A heading that others add up to.
    Head,
    /// Any other.
    Plain,
}

/// A row as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowView {
    /// Its index in the table.
    pub index: u32,
    /// Where it stands.
    pub place: Place,
    /// The side, in two-sided tables.
    pub side: Option<Side>,
    /// How it is set.
    pub shape: RowShape,
    /// How far it is indented, from 0.
    pub indent: u8,
    /// How many rows below it are folded away with it.
    pub below: u32,
    /// The rows that it is folded away with, innermost last.
    pub under: Vec<u32>,
    /// Its name.
    pub name: String,
    /// Its cells, one a column.
    pub cells: Vec<CellView>,
    /// Why the reading of the row is in doubt.
    pub doubt: Option<Message>,
}

impl Opened {
    /// The list of tables.
    pub fn table_entries(&self, document: usize) -> Vec<TableEntry> {
        let Ok(disclosure) = u16::try_from(document) else { return Vec::new() };
        let tables = self.tables_of(document);
        let mut named = vec![[0_usize; 3]; tables.len()];
        for finding in self.findings_of(document).iter().filter_map(|&f| self.finding(f)) {
            for table in Self::tables_named(finding) {
                if let Some(counts) = named.get_mut(table) {
                    counts[finding.severity as usize] += 1;
                }
            }
        }
        let entries = tables.iter().zip(named).enumerate().map(|(index, (table, [mismatches, hints, _]))| {
            let state = TableState::of(&table.status);
            let mark = match state {
                _ if mismatches > 0 => Mark::Mismatch,
                _ if hints > 0 => Mark::Warning,
                TableState::Present if self.table_is_compared(disclosure, index, table) => Mark::Ok,
                TableState::Present => Mark::Unchecked,
                _ => Mark::Absent,
            };
            TableEntry { index, caption: Caption::of(table), state, mark, mismatches, hints, place: table.place }
        });
        entries.collect()
    }

    /// The tables that a finding is in: the suspect's alone, where there is one, else all it speaks of.
    fn tables_named(finding: &Finding) -> BTreeSet<usize> {
        let anchors: Vec<Anchor> = match &finding.suspect {
            Some(suspect) if suspect.alternatives.is_empty() => vec![suspect.at],
            _ => finding.at.clone(),
        };
        let of = |at: Anchor| match at {
            Anchor::Cell { disclosure, table, .. } | Anchor::Table { disclosure, table }
                if disclosure == finding.disclosure =>
            {
                Some(usize::from(table))
            }
            _ => None,
        };
        anchors.into_iter().filter_map(of).collect()
    }

    fn table_is_compared(&self, disclosure: u16, index: usize, table: &Table) -> bool {
        let Ok(of) = u16::try_from(index) else { return false };
        (0_u32..).zip(&table.rows).any(|(row, line)| {
            (0_u16..).zip(&line.entries).any(|(column, _)| {
                let at = Anchor::Cell { disclosure, table: of, row, column };
                self.outcomes_at(at).any(|o| o != Outcome::NotCheckable)
            })
        })
    }

    /// A table as it is drawn. Linear in its cells.
    pub fn table_view(&self, document: usize, index: usize) -> Option<TableView> {
        let table = self.tables_of(document).get(index)?;
        let (disclosure, of) = (u16::try_from(document).ok()?, u16::try_from(index).ok()?);
        let name_column = name_column(table);
        let base = table.rows.iter().filter(|r| !r.role.is_total()).map(|r| r.level).min().unwrap_or(0);
        let mut rows: Vec<RowView> = Vec::with_capacity(table.rows.len());
        for (row, line) in (0_u32..).zip(&table.rows) {
            let cells = (0_u16..).zip(&table.columns).map(|(column, header)| {
                let at = Anchor::Cell { disclosure, table: of, row, column };
                let entry = line.entries.get(usize::from(column)).unwrap_or(&Entry::BLANK);
                self.cell_view(at, column, header, entry, Some(column) == name_column, line)
            });
            rows.push(RowView {
                index: row,
                place: line.place,
                side: line.side,
                shape: if line.role.is_total() { RowShape::Total } else { RowShape::Plain },
                indent: if line.role.is_total() { 0 } else { line.level.saturating_sub(base) },
                below: 0,
                under: Vec::new(),
                name: row_name(line),
                cells: cells.collect(),
                doubt: line.doubt.clone(),
            });
        }
        nest(&mut rows, &table.rows);
        let sided = expenditure_column(table).map(|split| (pair(&rows), split));
        let findings = self.findings_of(document).iter().copied();
        let findings = findings.filter(|&f| self.finding(f).is_some_and(|f| Self::tables_named(f).contains(&index)));
        Some(TableView {
            caption: Caption::of(table),
            state: TableState::of(&table.status),
            unit: table.unit,
            shown: None,
            span: (table.place, table.rows.last().map_or(table.place, |row| row.end)),
            header: header(&table.columns),
            columns: table.columns.len(),
            name_column,
            amounts: table.rows.iter().flat_map(|r| &r.entries).filter(|e| e.amount().is_some()).count(),
            rows,
            sided,
            findings: findings.filter(|&f| self.finding(f).is_some_and(|f| f.severity != Severity::Info)).collect(),
            remarks: table.remarks.iter().map(|(text, _)| text.clone()).collect(),
            fields: table.fields.clone(),
        })
    }
}

impl TableView {
    /// The same with its amounts in the unit that the reader chose. Where the table's own is not known they stay.
    #[must_use]
    pub fn shown_in(mut self, unit: Option<Unit>) -> Self {
        let (Some(from), Some(to)) = (self.unit, unit.filter(|&unit| Some(unit) != self.unit)) else { return self };
        self.shown = Some(to);
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if let Some(said) = cell.value.and_then(|value| said_in(value, from, to)) {
                cell.text = said;
            }
        }
        self
    }
}

impl TableState {
    fn of(status: &Status) -> Self {
        match status {
            Status::Present => Self::Present,
            Status::Empty { note } => Self::Empty(note.clone()),
            Status::Missing => Self::Missing,
        }
    }
}

/// The column's own header, with the group above it where that alone is 小计 or 合计.
pub(super) fn short_header(column: &Column) -> String {
    match column.path.as_slice() {
        [.., group, own] if matches!(own.as_str(), "小计" | "合计" | "总计") => format!("{group}{own}"),
        [.., own] => own.clone(),
        [] => String::new(),
    }
}

pub(super) fn row_name(row: &Row) -> String {
    row.name.clone().or_else(|| (row.role == RowRole::Total).then(|| "合计".to_owned())).unwrap_or_default()
}

fn name_column(table: &Table) -> Option<u16> {
    if expenditure_column(table).is_some() {
        return None;
    }
    let column = table.columns.iter().position(|c| c.role == ColumnRole::Name)?;
    u16::try_from(column).ok()
}

/// The first column of the expenditure side: where a second column of names begins. Forms whose rows have a side but
/// share their columns are no two-sided tables.
fn expenditure_column(table: &Table) -> Option<u16> {
    table.rows.iter().find(|row| row.side.is_some())?;
    let mut names = table.columns.iter().enumerate().filter(|(_, c)| c.role == ColumnRole::Name).map(|(i, _)| i);
    u16::try_from(names.nth(1)?).ok()
}

/// Fills in which rows fold away under which. Totals fold nothing.
fn nest(rows: &mut [RowView], lines: &[Row]) {
    let mut open: Vec<(u8, usize)> = Vec::new();
    for index in 0..rows.len().min(lines.len()) {
        let line = &lines[index];
        let folds = matches!(
            line.role,
            RowRole::Function | RowRole::Economic | RowRole::Unit | RowRole::ProjectGroup | RowRole::Project
        );
        if !folds {
            open.clear();
            continue;
        }
        while open.last().is_some_and(|&(level, _)| level >= line.level) {
            open.pop();
        }
        for &(_, above) in &open {
            rows[above].below += 1;
            let above = rows[above].index;
            rows[index].under.push(above);
        }
        open.push((line.level, index));
    }
    for row in rows.iter_mut().filter(|row| row.shape == RowShape::Plain && row.indent == 0 && row.below > 0) {
        row.shape = RowShape::Head;
    }
}

/// The header tree with its spans.
fn header(columns: &[Column]) -> Vec<Vec<HeaderCell>> {
    let depth = columns.iter().map(|c| c.path.len()).max().unwrap_or(0);
    let mut levels = vec![Vec::new(); depth.max(1)];
    let height = u16::try_from(depth.max(1)).unwrap_or(u16::MAX);
    for (index, column) in (0_u16..).zip(columns) {
        let last = column.path.len().saturating_sub(1);
        for (level, text) in (0_u16..).zip(&column.path) {
            let own = usize::from(level) == last;
            let before = index.checked_sub(1).and_then(|i| columns.get(usize::from(i)));
            let goes_on = !own
                && before.is_some_and(|b| {
                    b.path.len() > usize::from(level) + 1
                        && b.path.get(..=usize::from(level)) == column.path.get(..=usize::from(level))
                });
            let Some(cells) = levels.get_mut(usize::from(level)) else { continue };
            let cells: &mut Vec<HeaderCell> = cells;
            if let Some(group) = cells.last_mut().filter(|_| goes_on) {
                group.columns += 1;
            } else {
                cells.push(HeaderCell {
                    text: text.clone(),
                    column: index,
                    columns: 1,
                    rows: if own { height.saturating_sub(level) } else { 1 },
                    group: !own,
                    role: column.role,
                });
            }
        }
        if column.path.is_empty()
            && let Some(cells) = levels.first_mut()
        {
            cells.push(HeaderCell {
                text: String::new(),
                column: index,
                columns: 1,
                rows: height,
                group: false,
                role: column.role,
            });
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::super::cell::CellShape;
    use super::super::fixture;
    use super::*;

    #[test]
    fn headers_span_what_they_stand_over() {
        let session = fixture::session();
        let view = session.opened().table_view(0, 2).unwrap();
        assert_eq!(view.header.len(), 2);
        let top: Vec<(&str, u16, u16)> = view.header[0].iter().map(|h| (h.text.as_str(), h.columns, h.rows)).collect();
        assert_eq!(
            top,
            [("科目编码", 1, 2), ("科目名称", 1, 2), ("合计", 1, 2), ("基本支出", 3, 1), ("项目支出", 1, 2)]
        );
        for level in 0..2_u16 {
            let covered: u16 = view
                .header
                .iter()
                .enumerate()
                .flat_map(|(l, cells)| {
                    cells
                        .iter()
                        .filter(move |c| l <= usize::from(level) && l + usize::from(c.rows) > usize::from(level))
                })
                .map(|c| c.columns)
                .sum();
            assert_eq!(usize::from(covered), view.columns, "every column has a header at level {level}");
        }
    }

    #[test]
    fn a_row_folds_what_is_below_it() {
        let view = fixture::session().opened().table_view(0, 1).unwrap();
        let class = view.rows.iter().find(|r| r.name == "社会保障和就业支出").unwrap();
        assert_eq!((class.shape, class.indent, class.below), (RowShape::Head, 0, 3));
        let item = &view.rows[class.index as usize + 2];
        assert_eq!(item.under, [class.index, class.index + 1]);
        assert_eq!(view.rows[0].shape, RowShape::Total);
        assert_eq!(view.rows[0].below, 0);
    }

    #[test]
    fn the_suspect_and_its_partners_are_set_apart() {
        let session = fixture::session();
        let view = session.opened().table_view(0, 1).unwrap();
        let shapes = |shape: CellShape| view.rows.iter().flat_map(|r| &r.cells).filter(|c| c.shape == shape).count();
        assert_eq!(shapes(CellShape::Suspect), 1);
        assert!(shapes(CellShape::Partner) > 1);
        let entries = session.opened().table_entries(0);
        assert_eq!((entries[1].mark, entries[1].mismatches), (Mark::Mismatch, 1));
        assert_eq!(entries[0].mark, Mark::Ok);
        assert!(entries.iter().any(|e| e.state == TableState::Missing && e.mark == Mark::Absent));
    }

    #[test]
    fn rows_of_a_form_with_sides_stay_rows() {
        let mut analysis = fixture::analysis();
        let table = &mut analysis.disclosures[0].tables[0];
        table.columns[2].role = ColumnRole::Text;
        let rows = table.rows.len();
        let view = Opened::new(analysis).table_view(0, 0).unwrap();
        assert!(view.sided.is_none());
        assert_eq!((view.rows.len(), view.name_column), (rows, Some(0)));
    }
}
