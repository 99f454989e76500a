//! Budget tables: from a region to its tables, cell by cell.

use super::align::Known;
use super::draft::{Draft, is_remark};
use super::{
    Caption, Found, Item, Region, Rows, blocks, caption, columns, grid, header, loose, pieces, rows, two_sided,
};
use crate::disclosure::{Column, ColumnRole, Entry, Message, Row, RowRole, Status, Table, TableKind, Value};
use crate::document::Line;
use crate::spelling::{folded, unspaced};

/// Lines of a header that are looked at for what kind of table it heads.
const MOST_HEADER_LINES: usize = 8;

/// Reads the tables of one region. What belongs to no table goes back in [`Found::rest`]. `known` are the totals that
/// other tables print: they help to align rows that lost blank cells.
pub(super) fn recognise<'a>(region: &Region<'a>, known: &Known) -> Found<'a> {
    let mut found = Found::default();
    let first_rows = region.body.iter().position(|item| matches!(item, Item::Rows(_)));
    let lines_before: Vec<&Line> =
        region.body.iter().take_while(|item| matches!(item, Item::Line(_))).filter_map(line).collect();
    let figures_before =
        lines_before.iter().any(|line| pieces::tokens(line).last().is_some_and(|t| pieces::is_figure(&t.text)));
    let draft = match first_rows {
        Some(first) if !figures_before => from_grid(region, first, known, &mut found),
        _ => from_lines(region, &lines_before, known, &mut found),
    };
    found.notes.extend(draft.notes.iter().cloned());
    found.tables.push(table(&region.caption, draft, &region.body));
    found
}

/// A form whose kind of rows is not known, read as a plain table: every cell is kept under its header.
pub(super) fn plain(region: &Region) -> Option<Table> {
    let runs: Vec<Rows> = region
        .body
        .iter()
        .filter_map(|item| match item {
            Item::Rows(rows) => Some(*rows),
            _ => None,
        })
        .collect();
    let mut draft = grid::read(&runs, &Known::new());
    if draft.rows.is_empty() || draft.columns.len() < 2 {
        return None;
    }
    draft.doubt.get_or_insert_with(|| {
        Message::new("这张绩效表是按普通表格读取的", "this performance form was read as a plain table")
    });
    Some(table(&region.caption, draft, &region.body))
}

fn line<'a>(item: &Item<'a>) -> Option<&'a Line> {
    match item {
        Item::Heading { line, .. } | Item::Line(line) => Some(line),
        _ => None,
    }
}

/// A table of cells, with what stands around it.
fn from_grid<'a>(region: &Region<'a>, first: usize, known: &Known, found: &mut Found<'a>) -> Draft {
    let mut runs: Vec<Rows> = Vec::new();
    let mut remarks = Vec::new();
    let mut done = false;
    for (index, item) in region.body.iter().enumerate() {
        match item {
            Item::Rows(run) if !done => runs.push(*run),
            Item::Line(line) if index < first => found.rest.push(Item::Line(line)),
            Item::Line(line) if !done && (is_remark(&line.text) || caption::is_nothing_note(&line.text)) => {
                remarks.push((line.text.clone(), line.place));
            }
            // The name of another table, of a kind that is not known.
            Item::Line(line) if index > first && names_table(&line.text) => {
                done = true;
                found.rest.push(*item);
            }
            // 合计 of an empty form: the tabs of its blank cells were cut off.
            Item::Line(line) if !done && header::is_total(&line.text) => {}
            item => {
                // Text below the last row: if rows follow, the table goes on after a page break.
                let more = region.body[index..].iter().any(|item| matches!(item, Item::Rows(_)));
                done |= !more;
                found.rest.push(*item);
            }
        }
    }
    let mut draft = grid::read(&runs, known);
    draft.remarks.extend(remarks);
    draft
}

/// Whether a line between two grids is the name of a table.
fn names_table(text: &str) -> bool {
    /// Longer lines are sentences.
    const LONGEST: usize = 30;
    let text = folded(text);
    let length = text.chars().count();
    text.ends_with('表') && (4..=LONGEST).contains(&length) && !text.contains([',', '。', ':'])
}

/// A table of lines whose columns are kept apart by spaces.
fn from_lines<'a>(region: &Region<'a>, lines: &[&'a Line], known: &Known, found: &mut Found<'a>) -> Draft {
    let mut rest: Vec<&Line> = Vec::new();
    let header: String = lines.iter().take(MOST_HEADER_LINES).map(|line| unspaced(&line.text)).collect();
    let head = lines.iter().take_while(|line| !pieces::tokens(line).iter().any(|t| pieces::is_figure(&t.text)));
    let head: String = head.take(MOST_HEADER_LINES).map(|line| unspaced(&line.text)).collect();
    let head = header::words(&head);
    let draft = if blocks::is_header(&head) {
        blocks::read(&head, lines, &mut rest)
    } else if two_sided::begins(&header) || two_sided::is_header(&head) {
        two_sided::read(lines, &mut rest)
    } else {
        let units: Vec<String> = region.caption.fields.iter().map(|(_, value)| value.clone()).collect();
        loose::read(lines, &units, known, &mut rest)
    };
    found.rest.extend(rest.into_iter().map(Item::Line));
    found.rest.extend(region.body.iter().skip(lines.len()).copied());
    draft
}

/// Adds a table; one that repeats the title and header of the table before it is that table's next page.
pub(super) fn add(tables: &mut Vec<Table>, table: Table) {
    if let Some(last) = tables.last_mut()
        && goes_on(last, &table)
    {
        // A total that is printed on every page is one row.
        let printed: Vec<&Row> = last.rows.iter().filter(|row| row.role == RowRole::Total).collect();
        let same = |row: &Row| {
            printed.iter().any(|total| total.entries.iter().map(|e| &e.value).eq(row.entries.iter().map(|e| &e.value)))
        };
        let rows: Vec<Row> = table.rows.into_iter().filter(|row| row.role != RowRole::Total || !same(row)).collect();
        last.rows.extend(rows);
        last.remarks.extend(table.remarks);
        return;
    }
    tables.push(table);
}

/// Where a set has a table of all fiscal appropriation (财政拨款支出表) and one of the general public budget beside it, only
/// the latter is the canonical one; alone the former stands for it.
pub(super) fn tell_apart(tables: &mut [Table]) {
    for kind in [TableKind::GeneralPublicExpenditureByFunction, TableKind::BasicExpenditure] {
        let general = |table: &Table| folded(&table.title).contains("一般公共预算");
        let fiscal = |table: &Table| table.title.contains("财政拨款") && !general(table);
        if tables.iter().any(|table| table.kind == kind && general(table)) {
            for table in tables.iter_mut().filter(|table| table.kind == kind && fiscal(table)) {
                table.kind = TableKind::Other;
            }
        }
    }
}

/// A title without what says that it stands above a further page (`支出总表（续）`).
fn own_title(title: &str) -> String {
    let title = folded(title);
    match title.rsplit_once('(') {
        Some((own, rest)) if rest.starts_with('续') => own.to_owned(),
        _ => title.into_owned(),
    }
}

/// Whether `next` is a further page of `last`.
fn goes_on(last: &Table, next: &Table) -> bool {
    let performance = matches!(next.kind, TableKind::PerformanceWhole | TableKind::PerformanceProject);
    let header =
        |table: &Table| table.columns.iter().map(|column| folded(&column.header()).into_owned()).collect::<Vec<_>>();
    !performance
        && last.kind == next.kind
        && own_title(&last.title) == own_title(&next.title)
        && (next.number.is_none() || last.number == next.number)
        && last.status == Status::Present
        && next.status == Status::Present
        && header(last) == header(next)
}

/// Whether any row prints something where an amount should stand: a form with nothing filled in is empty.
fn prints_amount(columns: &[Column], rows: &[Row]) -> bool {
    let amount = |column: &Column| column.role == ColumnRole::Amount;
    if !columns.iter().any(amount) {
        return !rows.is_empty();
    }
    let printed = |entry: &Entry| match &entry.value {
        Value::Blank => false,
        Value::Amount(_) => true,
        Value::Text(text) => !pieces::is_dash(text),
    };
    rows.iter().any(|row| row.entries.iter().zip(columns).any(|(entry, column)| amount(column) && printed(entry)))
}

/// The table that a draft means.
fn table(caption: &Caption, draft: Draft, body: &[Item]) -> Table {
    let figures = |column: usize| {
        let mut texts =
            draft.rows.iter().filter_map(|row| row.cells.get(column)?.as_ref()).map(|piece| piece.text.as_str());
        texts.next().is_some().then(|| {
            let texts = draft.rows.iter().filter_map(|row| row.cells.get(column)?.as_ref());
            let (figures, others): (Vec<_>, Vec<_>) = texts.partition(|piece| pieces::is_figure(&piece.text));
            figures.len() >= others.len()
        })
    };
    let columns = columns::of(&draft.columns, figures);
    let mut rows = rows::rows(caption.kind, &columns, draft.rows);
    if let Some(doubt) = &draft.doubt {
        for row in &mut rows {
            row.doubt.get_or_insert_with(|| doubt.clone());
        }
    }
    let only_picture = rows.is_empty() && columns.is_empty() && body.iter().any(|item| matches!(item, Item::Image));
    let status = if only_picture {
        Status::Missing
    } else if !prints_amount(&columns, &rows) {
        let note = draft.remarks.iter().find(|(text, _)| caption::is_nothing_note(text)).or(draft.remarks.first());
        Status::Empty { note: note.map(|(text, _)| text.clone()) }
    } else {
        Status::Present
    };
    Table {
        kind: caption.kind,
        title: caption.title.clone(),
        number: caption.number.clone(),
        place: caption.place,
        status,
        unit: caption.unit,
        columns,
        rows,
        remarks: draft.remarks,
        project: None,
        fields: caption.fields.clone(),
    }
}
