//! The sheets that are lists: findings, coverage, figures of the prose, checks.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::{coverage as covered, csv, layout};
use super::{Positions, Styles, fitting, number, on_paper};
use crate::amount::Amount;
use crate::session::Opened;
use crate::words::Words;

/// The findings: the same columns as in the CSV, each with a link to its cell.
pub(super) fn findings(
    opened: &Opened,
    words: Words,
    styles: &Styles,
    cells: &Positions,
) -> Result<Worksheet, XlsxError> {
    /// Width of each column in characters, and which hold figures.
    const WIDTHS: [u32; 17] = [6, 18, 8, 7, 44, 24, 24, 16, 12, 14, 14, 7, 10, 36, 60, 40, 8];
    const FIGURES: [usize; 5] = [0, 9, 10, 12, 16];
    /// The cell that leads there: where the finding is.
    const ROW: u16 = 6;
    let mut sheet = records_from(&csv::findings(opened, words), &FIGURES, styles, 4)?;
    sheet.write_string_with_format(0, 0, words.report_title(), &styles.title)?;
    let say: Vec<String> = (0..opened.analysis().documents.len())
        .flat_map(|document| words.headline(opened.headline(document)).into_iter().map(|(_, line)| line))
        .collect();
    sheet.write_string_with_format(1, 0, say.concat(), &styles.title)?;
    sheet.write_string_with_format(2, 0, words.report_caveat(), &styles.muted)?;
    for (line, row) in layout::findings(opened, words).into_iter().zip(5_u32..) {
        let Some(position) = line.at.and_then(|at| cells.get(&at)) else { continue };
        let text = if line.row.is_empty() { words.see_cell().to_owned() } else { line.row };
        sheet.write_url_with_options(
            row,
            ROW,
            position.link(),
            fitting(&text),
            words.see_cell(),
            Some(&styles.link),
        )?;
    }
    for (column, width) in (0_u16..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    Ok(sheet)
}

/// What was read and checked, what could not be and why.
pub(super) fn coverage(opened: &Opened, words: Words, styles: &Styles) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    let mut row = 0;
    let mut line = |sheet: &mut Worksheet, item: &str, content: &str| -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, item, &styles.words)?;
        sheet.write_string_with_format(row, 1, fitting(content), &styles.wrapped)?;
        row += 1;
        Ok(())
    };
    line(&mut sheet, words.cov_program(), &format!("{} {}", words.brand(), env!("CARGO_PKG_VERSION")))?;
    for (item, content) in covered::lines(opened, words) {
        line(&mut sheet, &item, &content)?;
    }
    line(&mut sheet, words.report_how(), words.report_how_text())?;
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 110)?;
    on_paper(&mut sheet, (0, 0))?;
    Ok(sheet)
}

/// Records with a header, as they are in the CSV; the columns in `figures` hold decimal numbers.
pub(super) fn records(records: &[Vec<String>], figures: &[usize], styles: &Styles) -> Result<Worksheet, XlsxError> {
    /// Wide enough for a name, narrow enough for all columns on a screen.
    const WIDTH: u32 = 22;
    let mut sheet = records_from(records, figures, styles, 0)?;
    for column in (0_u16..).take(records.first().map_or(0, Vec::len)) {
        sheet.set_column_width(column, WIDTH)?;
    }
    Ok(sheet)
}

fn records_from(records: &[Vec<String>], figures: &[usize], styles: &Styles, top: u32) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    for (record, row) in records.iter().zip(top..) {
        for (column, text) in (0_u16..).zip(record) {
            let amount = if row > top && figures.contains(&usize::from(column)) { Amount::parse(text) } else { None };
            match amount.as_ref().and_then(|amount| Some((amount, number(amount)?))) {
                Some((amount, figure)) => {
                    sheet.write_number_with_format(row, column, figure, &styles.figure(amount.decimals()))?;
                }
                None if row == top => {
                    sheet.write_string_with_format(row, column, fitting(text), &styles.head)?;
                }
                None if text.is_empty() => {
                    sheet.write_blank(row, column, &styles.words)?;
                }
                None => {
                    sheet.write_string_with_format(row, column, fitting(text), &styles.wrapped)?;
                }
            }
        }
    }
    let columns = u16::try_from(records.first().map_or(0, Vec::len)).unwrap_or(0);
    let last = top + u32::try_from(records.len()).unwrap_or(u32::MAX).saturating_sub(1);
    if records.len() > 1 && columns > 0 {
        sheet.autofilter(top, 0, last, columns - 1)?;
    }
    sheet.set_freeze_panes(top + 1, 0)?;
    on_paper(&mut sheet, (top, top))?;
    Ok(sheet)
}
