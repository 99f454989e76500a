//! A table as a sheet.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use super::super::compose::masked;
use super::super::layout::{self, LaidOut, Slot};
use super::{Names, Position, Positions, Styles, fitting, formulas, note, number, on_paper};
use crate::amount::Amount;
use crate::disclosure::{Anchor, ColumnRole};
use crate::session::{CellShape, HeaderCell, Opened, grouped};
use crate::words::Words;

/// Rows above the header: caption, source.
const ABOVE: u32 = 2;

/// Where each cell of each table will stand.
pub(super) fn positions(tables: &[LaidOut], names: &Names) -> Positions {
    let mut positions = BTreeMap::new();
    for (laid, name) in tables.iter().zip(&names.tables) {
        let top = ABOVE + header_height(laid);
        for (line, row) in laid.lines.iter().zip(top..) {
            for (column, at) in line.slots.iter().enumerate().map(|(c, (r, _))| (c, laid.anchor(*r, c))) {
                let column = u16::try_from(column).unwrap_or(u16::MAX);
                positions.insert(at, Position { sheet: name.clone(), row, column });
            }
        }
    }
    positions
}

fn header_height(laid: &LaidOut) -> u32 {
    u32::try_from(laid.view.header.len()).unwrap_or(1).max(1)
}

/// What the note at a cell says: the finding that names it.
pub(super) fn notes(opened: &Opened, words: Words) -> BTreeMap<Anchor, Vec<String>> {
    let mut notes: BTreeMap<Anchor, Vec<String>> = BTreeMap::new();
    let lines = layout::findings(opened, words);
    let mut lines = lines.iter();
    for document in 0..opened.analysis().documents.len() {
        for (line, &index) in lines.by_ref().take(opened.findings_of(document).len()).zip(opened.findings_of(document))
        {
            let Some(finding) = opened.finding(index) else { continue };
            let head =
                format!("{} {}{}{}", line.ordinal, words.mark(finding.severity.into()), words.colon(), line.title);
            let figure = |amount: Option<&Amount>, none: &str| {
                amount.map_or_else(|| none.to_owned(), |amount| format!("{}{}", grouped(amount.value()), line.unit))
            };
            let Some(suspect) = &finding.suspect else {
                let text = if line.message == line.title { head } else { format!("{head}\n{}", line.message) };
                for &at in finding.at.iter().filter(|at| matches!(at, Anchor::Cell { .. })) {
                    notes.entry(at).or_default().push(text.clone());
                }
                continue;
            };
            for one in std::iter::once(suspect).chain(&suspect.alternatives) {
                let printed = figure(one.printed.as_ref(), words.blank());
                let fit = figure(one.fitting.as_ref(), words.blank_or_zero());
                let mut said = vec![
                    head.clone(),
                    format!("{} {printed}", words.suspect_printed()),
                    format!("{} {fit}", words.suspect_fitting()),
                ];
                if !suspect.alternatives.is_empty() {
                    said.push(words.candidates().to_owned());
                }
                if line.message != line.title {
                    said.push(line.message.clone());
                }
                notes.entry(one.at).or_default().push(said.join("\n"));
            }
        }
    }
    notes
}

/// The sheet of one table.
pub(super) fn table(
    opened: &Opened,
    words: Words,
    styles: &Styles,
    laid: &LaidOut,
    notes: &BTreeMap<Anchor, Vec<String>>,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    let caption = masked(&laid.table.caption());
    sheet.write_string_with_format(0, 0, fitting(&caption), &styles.title)?;
    sheet.write_string_with_format(1, 0, fitting(&source_line(opened, words, laid)), &styles.muted)?;
    header(&mut sheet, styles, laid)?;
    let top = ABOVE + header_height(laid);

    let rows: BTreeMap<u32, u32> =
        laid.lines.iter().zip(top..).flat_map(|(line, at)| line.rows.iter().map(move |&row| (row, at))).collect();
    let moved = |parts: &[(formulas::Cell, bool)]| -> Option<formulas::Parts> {
        parts.iter().map(|&((row, column), plus)| Some(((*rows.get(&row)?, column), plus))).collect()
    };
    let sums = formulas::sums(opened.analysis(), laid);
    let last = u16::try_from(laid.table.columns.len()).unwrap_or(u16::MAX);
    let doubted = laid.lines.iter().any(|line| line.doubt.is_some());
    for (line, at) in laid.lines.iter().zip(top..) {
        for ((row, slot), column) in line.slots.iter().zip(0_u16..) {
            let anchor = laid.anchor(*row, usize::from(column));
            let parts = sums.get(&(*row, column)).and_then(|parts| moved(parts)).and_then(|p| formulas::formula(&p));
            let shape = shape(laid, *row, column);
            cell(&mut sheet, styles, (at, column), slot, parts.as_deref(), shape)?;
            if let Some(texts) = notes.get(&anchor) {
                sheet.insert_note(at, column, &note(&texts.join("\n\n")))?;
            }
        }
        let place = words.place_in(line.place, laid.sheets);
        sheet.write_string_with_format(at, last, place, &styles.muted)?;
        if let Some(doubt) = line.doubt {
            sheet.write_string_with_format(at, last + 1, fitting(&masked(&words.of(doubt))), &styles.muted)?;
        }
    }
    let mut below = top + u32::try_from(laid.lines.len()).unwrap_or(u32::MAX);
    for (text, _) in &laid.table.remarks {
        sheet.write_string_with_format(below, 0, fitting(&masked(text)), &styles.muted)?;
        below += 1;
    }
    for (label, value) in &laid.table.fields {
        let value = crate::privacy::mask_after(value, crate::privacy::is_label(label));
        let text = format!("{}{}{value}", masked(label), words.colon());
        sheet.write_string_with_format(below, 0, fitting(&text), &styles.muted)?;
        below += 1;
    }
    if !sums.is_empty() {
        sheet.write_string_with_format(below, 0, words.sum_as_printed(), &styles.muted)?;
    }
    widths(&mut sheet, laid, doubted)?;
    sheet.set_freeze_panes(top, frozen(laid))?;
    on_paper(&mut sheet, (ABOVE, top.saturating_sub(1)))?;
    Ok(sheet)
}

fn shape(laid: &LaidOut, row: u32, column: u16) -> CellShape {
    let view = usize::try_from(row).ok().and_then(|row| laid.view.rows.get(row));
    view.and_then(|row| row.cells.get(usize::from(column))).map_or(CellShape::Plain, |cell| cell.shape)
}

fn cell(
    sheet: &mut Worksheet,
    styles: &Styles,
    (row, column): (u32, u16),
    slot: &Slot,
    formula: Option<&str>,
    shape: CellShape,
) -> Result<(), XlsxError> {
    use rust_xlsxwriter::{Color, FormatBorder};
    let marked = |format: Format| match shape {
        CellShape::Suspect => format
            .set_background_color(Color::RGB(0x00FC_EFED))
            .set_border(FormatBorder::Medium)
            .set_border_color(Color::RGB(0x00AE_2319)),
        CellShape::Candidate => format
            .set_background_color(Color::RGB(0x00FB_F3DF))
            .set_border(FormatBorder::Dashed)
            .set_border_color(Color::RGB(0x007D_5200)),
        _ => format,
    };
    match slot {
        Slot::Blank => sheet.write_blank(row, column, &marked(styles.words.clone()))?,
        Slot::Words(words) => {
            sheet.write_string_with_format(row, column, fitting(words), &marked(styles.words.clone()))?
        }
        Slot::Amount(amount) => match (number(amount), formula) {
            (None, _) => {
                let right = styles.words.clone().set_align(rust_xlsxwriter::FormatAlign::Right);
                sheet.write_string_with_format(row, column, amount.printed(), &marked(right))?
            }
            (Some(_), Some(formula)) => {
                let formula = Formula::new(formula).set_result(amount.plain());
                sheet.write_formula_with_format(row, column, formula, &marked(styles.figure(amount.decimals())))?
            }
            (Some(number), None) => {
                sheet.write_number_with_format(row, column, number, &marked(styles.figure(amount.decimals())))?
            }
        },
    };
    Ok(())
}

/// The header, groups merged over what they stand over.
fn header(sheet: &mut Worksheet, styles: &Styles, laid: &LaidOut) -> Result<(), XlsxError> {
    for (level, cells) in (ABOVE..).zip(&laid.view.header) {
        for HeaderCell { text, column, columns, rows, .. } in cells {
            let text = fitting(&masked(text));
            let (right, bottom) =
                (column.saturating_add(columns.saturating_sub(1)), level + u32::from(rows.saturating_sub(1)));
            if *columns > 1 || *rows > 1 {
                sheet.merge_range(level, *column, bottom, right, &text, &styles.head)?;
            } else {
                sheet.write_string_with_format(level, *column, text, &styles.head)?;
            }
        }
    }
    Ok(())
}

/// Unit, file, digest and place of a table, in one line.
fn source_line(opened: &Opened, words: Words, laid: &LaidOut) -> String {
    let mut parts = Vec::new();
    parts.extend(words.unit_line(laid.table.unit));
    if let Some(document) = opened.analysis().documents.get(usize::from(laid.document)) {
        parts.push(masked(&document.name));
        parts.push(format!("SHA-256 {}", document.sha256));
    }
    parts.push(words.span(laid.view.span, laid.sheets));
    parts.join(words.semicolon())
}

/// Columns as wide as what is in them, within reason.
fn widths(sheet: &mut Worksheet, laid: &LaidOut, doubted: bool) -> Result<(), XlsxError> {
    /// In half characters: a figure of millions with its separators; a line of words.
    const FIGURE: usize = 14;
    const WORDS: usize = 44;
    for (index, column) in laid.table.columns.iter().enumerate() {
        let figures = matches!(column.role, ColumnRole::Amount | ColumnRole::Percent);
        let widest = laid.lines.iter().filter_map(|line| line.slots.get(index)).map(|(_, slot)| match slot {
            Slot::Blank => 0,
            Slot::Amount(amount) => grouped(amount.value()).chars().count(),
            Slot::Words(words) => super::super::snippet::columns(words),
        });
        let widest = widest.max().unwrap_or(0) + 2;
        let width = if figures { widest.clamp(FIGURE, WORDS) } else { widest.clamp(8, WORDS) };
        sheet.set_column_width(u16::try_from(index).unwrap_or(u16::MAX), u32::try_from(width).unwrap_or(44))?;
    }
    let last = u16::try_from(laid.table.columns.len()).unwrap_or(u16::MAX);
    sheet.set_column_width(last, 12)?;
    if doubted {
        sheet.set_column_width(last + 1, 44)?;
    }
    Ok(())
}

/// How many columns stay when the sheet is moved sideways: up to the row's name, if it is one of the first.
fn frozen(laid: &LaidOut) -> u16 {
    laid.view.name_column.filter(|&column| column < 3).map_or(0, |column| column + 1)
}
