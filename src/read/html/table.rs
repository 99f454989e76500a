//! Tables of a page: cells while they are open, and what becomes of a table when it ends: a grid, or the lines of a
//! table that only served to lay out the page.

use super::elements::Elements;
use crate::document::{Cell, Grid, GridRow, Line, Place};
use crate::read::flow::Plain;

/// Rows with two cells of text that make a table with tables inside it a table of its own: a heading row alone may be
/// the navigation of a page.
const ROWS_OF_A_TABLE: usize = 2;

/// A piece of a page, in reading order.
#[derive(Debug)]
pub(super) enum Item {
    Line { plain: Plain, place: Place, after_blank: bool },
    Heading { level: u8, plain: Plain, place: Place },
    Grid(Grid),
    Image { description: String, place: Place },
}

impl Item {
    fn text(&self) -> Option<(&Plain, Place)> {
        match self {
            Self::Line { plain, place, .. } | Self::Heading { plain, place, .. } => Some((plain, *place)),
            _ => None,
        }
    }
}

/// A cell that has ended.
#[derive(Debug)]
pub(super) struct PageCell {
    pub(super) items: Vec<Item>,
    /// Behind its tag.
    pub(super) place: Place,
    pub(super) columns: u16,
    pub(super) rows: u16,
    pub(super) header: bool,
}

/// A cell that is open.
#[derive(Debug)]
pub(super) struct OpenCell {
    pub(super) cell: PageCell,
    pub(super) elements: Elements,
    pub(super) hidden: bool,
}

/// A row, open or ended.
#[derive(Debug)]
pub(super) struct PageRow {
    pub(super) cells: Vec<PageCell>,
    pub(super) place: Place,
    pub(super) hidden: bool,
}

/// A table that is open.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) place: Place,
    /// Begun by a row or cell without `<table>`, as in a fragment.
    pub(super) implied: bool,
    /// Not shown, itself or by what it stands in.
    pub(super) hidden: bool,
    /// `<table>` tags inside that were too deep and are read as part of this one.
    pub(super) swallowed: usize,
    /// Elements opened between the table's rows, such as a form.
    pub(super) elements: Elements,
    pub(super) caption: Vec<Item>,
    pub(super) in_caption: bool,
    /// Text that stands in the table and in no cell: shown before it.
    pub(super) strays: Vec<Item>,
    pub(super) cell: Option<OpenCell>,
    pub(super) row: Option<PageRow>,
    rows: Vec<(PageRow, bool)>,
    /// Where the open section began, whether it is a head, and whether it is hidden.
    section: (usize, bool, bool),
}

impl Table {
    pub(super) fn new(place: Place, implied: bool, hidden: bool) -> Self {
        Self {
            place,
            implied,
            hidden,
            swallowed: 0,
            elements: Elements::default(),
            caption: Vec::new(),
            in_caption: false,
            strays: Vec::new(),
            cell: None,
            row: None,
            rows: Vec::new(),
            section: (0, false, false),
        }
    }

    /// Whether what comes next in the table is not shown.
    pub(super) fn is_hidden(&self) -> bool {
        self.hidden
            || self.section.2
            || self.row.as_ref().is_some_and(|row| row.hidden)
            || self.cell.as_ref().is_some_and(|cell| cell.hidden || cell.elements.effects.hidden > 0)
            || (self.cell.is_none() && self.elements.effects.hidden > 0)
    }

    /// Ends the open cell.
    pub(super) fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        if let Some(row) = &mut self.row
            && !cell.hidden
        {
            row.cells.push(cell.cell);
        }
    }

    /// Ends the open row and its cell.
    pub(super) fn end_row(&mut self) {
        self.end_cell();
        let Some(row) = self.row.take() else { return };
        if !row.hidden && !self.section.2 {
            self.rows.push((row, self.section.1));
        }
    }

    /// Begins a section (`thead`, `tbody`, `tfoot`) or ends one. No cell reaches out of its section.
    pub(super) fn section(&mut self, head: bool, hidden: bool) {
        self.end_row();
        let (start, ..) = self.section;
        let end = self.rows.len();
        for (index, (row, _)) in self.rows.iter_mut().enumerate().skip(start) {
            let below = u16::try_from(end - index).unwrap_or(u16::MAX);
            for cell in &mut row.cells {
                cell.rows = cell.rows.min(below);
            }
        }
        self.section = (end, head, hidden);
    }

    /// What the table is once it has ended.
    pub(super) fn into_items(mut self) -> Vec<Item> {
        self.section(false, false);
        if self.hidden {
            return Vec::new();
        }
        let mut items = std::mem::take(&mut self.strays);
        if self.is_layout() {
            items.append(&mut self.caption);
            for (row, _) in self.rows {
                for cell in row.cells {
                    let mut first = true;
                    for mut item in cell.items {
                        if let Item::Line { after_blank, .. } = &mut item {
                            *after_blank |= std::mem::take(&mut first);
                        }
                        items.push(item);
                    }
                }
            }
            return items;
        }
        let mut inner = Vec::new();
        let caption = joined(&self.caption).map(|(plain, place)| Line {
            text: plain.text.replace('\n', " "),
            place,
            after_blank: true,
            strong: plain.strong,
        });
        let mut rows = Vec::with_capacity(self.rows.len());
        for (row, head) in self.rows {
            let header = head || (!row.cells.is_empty() && row.cells.iter().all(|cell| cell.header));
            let mut cells = Vec::with_capacity(row.cells.len());
            for cell in row.cells {
                let (plain, place) = joined(&cell.items).unwrap_or((Plain::default(), cell.place));
                let (columns, rows) = (cell.columns, cell.rows);
                cells.push(Cell { text: plain.text, place, columns, rows, strong: plain.strong, doubt: None });
                inner.extend(cell.items.into_iter().filter(|item| item.text().is_none()));
            }
            let place = cells.iter().find(|cell| !cell.text.is_empty()).map_or(row.place, |cell| cell.place);
            rows.push(GridRow { place, cells, header, after_blank: rows.is_empty() });
        }
        let place = rows.first().map_or(self.place, |row: &GridRow| row.place);
        items.push(Item::Grid(Grid { place, caption, rows, ragged: false }));
        items.append(&mut inner);
        items
    }

    /// Whether the table only lays out the page: one column, or tables inside it and hardly a row of its own.
    fn is_layout(&self) -> bool {
        let rows = || self.rows.iter().map(|(row, _)| row);
        if rows().all(|row| row.cells.len() <= 1) {
            return true;
        }
        let nested =
            rows().flat_map(|row| &row.cells).any(|cell| cell.items.iter().any(|item| matches!(item, Item::Grid(_))));
        let full = rows().filter(|row| {
            row.cells.iter().filter(|cell| cell.items.iter().any(|item| item.text().is_some())).count() >= 2
        });
        nested && full.take(ROWS_OF_A_TABLE).count() < ROWS_OF_A_TABLE
    }
}

/// The lines of a cell in one text, with the place of the first; `None` without any.
fn joined(items: &[Item]) -> Option<(Plain, Place)> {
    let mut lines = items.iter().filter_map(Item::text);
    let (first, place) = lines.next()?;
    let mut plain = first.clone();
    for (line, _) in lines {
        plain.text.push('\n');
        plain.text.push_str(&line.text);
        plain.strong &= line.strong;
    }
    Some((plain, place))
}
