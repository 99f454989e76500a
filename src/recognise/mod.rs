//! STEP 2, recognise: blocks of text and grids become tables and statements with meaning. Never fails.
//!
//! The document is first cut into segments: a caption with everything below it that can belong to its table, or
//! prose (`caption::segments`). Each segment goes to the room that knows its kind:
//!
//! | room | gets | gives |
//! |---|---|---|
//! | `budget` | one region whose caption names a budget table | its tables, and the items it did not use |
//! | `performance` | a form: a region, and those whose captions stand inside it | the same |
//! | `prose` | every item that no table used, in reading order | the statements |
//! | `contents` | the same items, and all tables | the tables that are announced and absent |
//! | `about` | the document, and all tables | whose disclosure of which year it is |
//!
//! An item that a table room gives back is read as prose; so no line falls between two rooms.

mod about;
mod align;
mod blocks;
mod budget;
mod caption;
mod columns;
mod contents;
mod draft;
#[cfg(test)]
mod fixture;
mod grid;
mod header;
mod loose;
mod meta;
mod names;
mod outline;
mod performance;
mod pieces;
mod prose;
mod row_codes;
mod row_levels;
mod rows;
#[cfg(test)]
mod tests;
mod title;
mod two_sided;
mod years;

#[cfg(test)]
pub(crate) use prose::statements_of;

use crate::disclosure::{Disclosure, Note, Table, TableKind};
use crate::document::{Document, Grid, GridRow, Line, PageContent, Place};
use crate::{parallel, spelling};

/// A piece of the document as the rooms pass it on: a heading, a line, consecutive rows of one grid, a picture.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Item<'a> {
    /// A heading that the format marks as one.
    Heading {
        /// Its text.
        line: &'a Line,
    },
    /// One line of text.
    Line(&'a Line),
    /// Consecutive rows of one grid.
    Rows(Rows<'a>),
    /// A picture that nobody read.
    Image,
}

/// Consecutive rows of one grid. Several grids in a row, or one grid cut by a caption inside it, are several of these.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rows<'a> {
    /// The grid.
    pub(crate) grid: &'a Grid,
    /// Its first row.
    pub(crate) from: usize,
    /// One past its last row.
    pub(crate) to: usize,
}

impl<'a> Rows<'a> {
    /// The rows themselves.
    pub(crate) fn rows(&self) -> &'a [GridRow] {
        self.grid.rows.get(self.from..self.to).unwrap_or_default()
    }
}

/// A caption and everything below it, up to the next caption or the next chapter.
#[derive(Clone, Debug)]
pub(crate) struct Region<'a> {
    /// What stands above the table.
    pub(crate) caption: Caption,
    /// What stands below the caption: the table, its remarks, and perhaps prose that follows it.
    pub(crate) body: Vec<Item<'a>>,
}

/// What stands above a table: titles, number, unit.
#[derive(Clone, Debug)]
pub(crate) struct Caption {
    /// What the canonical title says the table is.
    pub(crate) kind: TableKind,
    /// The canonical title: the one nearest to the table, without its number.
    pub(crate) title: String,
    /// `表5-1`, `预算01表`, spaces removed.
    pub(crate) number: Option<String>,
    /// Unit of the amounts.
    pub(crate) unit: Option<crate::amount::Unit>,
    /// Where the canonical title stands.
    pub(crate) place: Place,
    /// `部门/单位：…`, `编制日期：…`: label and value.
    pub(crate) fields: Vec<(String, String)>,
}

/// What a table room found in its regions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found<'a> {
    /// The tables, in reading order.
    pub(crate) tables: Vec<Table>,
    /// What was seen and could not be used.
    pub(crate) notes: Vec<Note>,
    /// Items that belong to no table, in reading order: prose.
    pub(crate) rest: Vec<Item<'a>>,
}

impl Found<'_> {
    /// Both, `next` behind this one.
    fn and(mut self, next: Self) -> Self {
        self.tables.extend(next.tables);
        self.notes.extend(next.notes);
        self.rest.extend(next.rest);
        self
    }
}

/// What is read by itself, whatever else the document has.
#[derive(Clone, Copy)]
enum Piece<'s, 'a> {
    /// A region whose caption names a budget table.
    Budget(&'s Region<'a>),
    /// A performance form.
    Form(&'s [Region<'a>]),
}

impl<'s, 'a> Piece<'s, 'a> {
    /// The pieces of a segment, in reading order.
    fn of(segment: &'s caption::Segment<'a>) -> Vec<Self> {
        match segment {
            caption::Segment::Prose(_) => Vec::new(),
            caption::Segment::Budget(region) => vec![Self::Budget(region)],
            caption::Segment::Performance(regions) => performance::forms(regions).map(Self::Form).collect(),
        }
    }

    fn read(self, known: &align::Known) -> Found<'a> {
        match self {
            Self::Budget(region) => budget::recognise(region, known),
            Self::Form(regions) => performance::recognise(regions),
        }
    }

    /// How many lines and rows it has.
    fn length(self) -> usize {
        let length = |item: &Item| if let Item::Rows(rows) = item { rows.rows().len() } else { 1 };
        let of_region = |region: &Region| region.body.iter().map(length).sum();
        match self {
            Self::Budget(region) => of_region(region),
            Self::Form(regions) => regions.iter().map(of_region).sum(),
        }
    }
}

/// Finds the tables and statements of a document. Never fails: what it cannot use becomes a note.
pub fn recognise(document: &Document) -> Disclosure {
    parallel::together(|| recognised(document))
}

fn recognised(document: &Document) -> Disclosure {
    let mut tables = Vec::new();
    let mut notes = Vec::new();
    // Stretches of prose: a table between two paragraphs keeps them apart.
    let mut stretches: Vec<Vec<Item>> = vec![Vec::new()];
    let tables_of = || {
        let segments = caption::segments(document);
        let found = read_tables(&segments);
        (segments, found)
    };
    // Both look at every text of the document.
    let ((segments, found), (said, phones)) =
        parallel::join(tables_of, || (about::said(document), prose::personal_phones(document)));
    for (segment, found) in segments.iter().zip(found) {
        if let caption::Segment::Prose(items) = segment {
            if let Some(last) = stretches.last_mut() {
                last.extend(items);
            }
            continue;
        }
        for table in found.tables {
            budget::add(&mut tables, table);
        }
        notes.extend(found.notes);
        stretches.push(found.rest);
    }
    budget::tell_apart(&mut tables);
    let about = about::about(said, document, &tables);
    let (prose, missing) =
        prose::recognise_beside(&stretches, &tables, &about, || contents::missing(&stretches, &tables));
    notes.extend(prose.notes);
    tables.extend(missing);
    tables.sort_by_key(|table| reading_order(table.place));
    let mut oddities = prose.oddities;
    oddities.extend(phones);
    Disclosure {
        unit_name: about.unit_name,
        year: about.year,
        stage: about.stage,
        tables,
        statements: prose.statements,
        oddities,
        topics: prose.topics,
        dates: prose.dates,
        numbers_in_prose: prose.numbers,
        aside: prose.aside,
        unread: prose.unread,
        picture_pages: document.pages_with(PageContent::Picture),
        incomplete: document.incomplete,
        notes,
    }
}

/// Reads the tables of every segment; those with doubtful rows a second time, with what the others say beyond doubt.
fn read_tables<'a>(segments: &[caption::Segment<'a>]) -> Vec<Found<'a>> {
    let mut known = align::Known::new();
    let pieces =
        segments.iter().enumerate().flat_map(|(at, segment)| Piece::of(segment).into_iter().map(move |p| (at, p)));
    let mut longest_first: Vec<_> = pieces.enumerate().collect();
    longest_first.sort_by_key(|(_, (_, piece))| std::cmp::Reverse(piece.length()));
    let mut read = parallel::map_uneven(&longest_first, |&(order, (at, piece))| (order, at, piece.read(&known)));
    read.sort_by_key(|(order, ..)| *order);
    let mut found: Vec<Found> = segments.iter().map(|_| Found::default()).collect();
    for (_, at, of_piece) in read {
        found[at] = std::mem::take(&mut found[at]).and(of_piece);
    }
    found.iter().flat_map(|found| &found.tables).for_each(|table| align::learn(table, &mut known));
    let doubtful = segments.iter().zip(&mut found).filter_map(|(segment, found)| match segment {
        caption::Segment::Budget(region) => {
            let rows = || found.tables.iter().flat_map(|table| &table.rows);
            rows().any(|row| row.doubt.is_some()).then_some((region, found))
        }
        _ => None,
    });
    let (regions, doubtful): (Vec<_>, Vec<_>) = doubtful.unzip();
    for (found, again) in
        doubtful.into_iter().zip(parallel::map_uneven(&regions, |region| budget::recognise(region, &known)))
    {
        *found = again;
    }
    found
}

/// Where a place comes in reading order: line, then character; page, then from top to bottom; sheet, then row.
pub(crate) fn reading_order(place: Place) -> (u32, i64, i64) {
    match place {
        Place::Line { line, from, .. } => (line, i64::from(from), 0),
        Place::Page { page, bbox: [left, top, ..] } => (page, i64::from(top), i64::from(left)),
        Place::Sheet { sheet, row, column } => (sheet, i64::from(row), i64::from(column)),
    }
}
