//! The workbook: findings first, then what was covered, one sheet a table, the figures of the prose, every check.
//!
//! **Numbers.** The format knows only binary floating point. An amount becomes a number of a cell here and nowhere
//! else, from its decimal text, and only where the text comes back from it (`number`); any other stays words. The
//! cell's format has the printed number of decimals, so that what is seen is what was printed. Blank stays blank.
//!
//! **Formulas.** A total that a check inside its table found equal to the sum of its parts, to the last digit, is a
//! formula over them, with the printed figure as its value. One that does not tie, or only within rounding, keeps its
//! printed figure: a formula would put ours in its place. A note at the cell tells what was found.
//!
//! **Same bytes.** The creation date is a fixed one.

mod formulas;
mod lists;
mod sheet;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Url, Workbook, Worksheet, XlsxError,
};

use super::compose::masked;
use super::layout::{self, LaidOut, words};
use super::text::Language;
use crate::amount::Amount;
use crate::disclosure::Anchor;
use crate::session::Opened;
use crate::words::Words;

/// Excel keeps fifteen significant digits; a figure with more is kept as words.
const DIGITS: usize = 15;
/// The longest name of a sheet.
const SHEET_NAME: usize = 31;
/// The longest text of a cell is 32767 UTF-16 units; notes have room for an author before it.
const TEXT: usize = 32_000;

/// Writes the workbook. Fails only where the format's own limits are passed: more rows than a sheet has.
pub fn workbook(opened: &Opened, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(opened)?);
    let words = words(language);
    let styles = Styles::new();
    let tables: Vec<LaidOut> = layout::tables(opened).filter(LaidOut::is_printed).collect();
    let names = Names::of(opened, words, &tables);
    let cells = sheet::positions(&tables, &names);

    let mut first = lists::findings(opened, words, &styles, &cells)?;
    first.set_name(names.findings.clone())?;
    book.push_worksheet(first);
    let mut coverage = lists::coverage(opened, words, &styles)?;
    coverage.set_name(names.coverage.clone())?;
    book.push_worksheet(coverage);
    let notes = sheet::notes(opened, words);
    for (laid, name) in tables.iter().zip(&names.tables) {
        let mut sheet = sheet::table(opened, words, &styles, laid, &notes)?;
        sheet.set_name(name.clone())?;
        book.push_worksheet(sheet);
    }
    let mut prose = lists::records(&super::csv::prose(opened, words), &[2], &styles)?;
    prose.set_name(names.prose.clone())?;
    book.push_worksheet(prose);
    let mut checks = lists::records(&super::csv::checks(opened, words), &[4, 5, 6], &styles)?;
    checks.set_name(names.checks.clone())?;
    book.push_worksheet(checks);
    book.save_to_buffer()
}

fn properties(opened: &Opened) -> Result<DocProperties, XlsxError> {
    let names: Vec<&str> = opened.analysis().documents.iter().map(|d| d.name.as_str()).collect();
    Ok(DocProperties::new()
        .set_title(masked(&names.join(", ")))
        .set_author("对账 duizhang")
        .set_comment(format!("duizhang {}", env!("CARGO_PKG_VERSION")))
        // The year in which spreadsheets begin to count: no clock takes part.
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?))
}

/// The names of the sheets: printed ones where the format allows, each once.
struct Names {
    findings: String,
    coverage: String,
    prose: String,
    checks: String,
    tables: Vec<String>,
}

impl Names {
    fn of(opened: &Opened, words: Words, tables: &[LaidOut]) -> Self {
        let mut taken = Vec::new();
        let several = opened.analysis().documents.len() > 1;
        let (findings, coverage) = (free(words.part_findings(), &mut taken), free(words.part_coverage(), &mut taken));
        let (prose, checks) = (free(words.part_prose(), &mut taken), free(words.part_checks(), &mut taken));
        let tables = tables.iter().map(|laid| {
            let caption = masked(&words.caption(&laid.view.caption));
            let name = if several { format!("{}-{caption}", laid.document + 1) } else { caption };
            free(&name, &mut taken)
        });
        let tables = tables.collect();
        Self { findings, coverage, prose, checks, tables }
    }
}

/// The name without what sheets may not be called, cut, and numbered where it is taken.
fn free(name: &str, taken: &mut Vec<String>) -> String {
    let kept = |c: char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
    let clean: String = name.chars().map(|c| if kept(c) { c } else { ' ' }).collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    let clean = if clean.is_empty() { "-".to_owned() } else { clean };
    let mut again = 1;
    loop {
        let tail = if again == 1 { String::new() } else { format!(" ({again})") };
        let mut cut = clean.clone();
        // The format counts UTF-16 units.
        while cut.encode_utf16().count() + tail.len() > SHEET_NAME {
            cut.pop();
        }
        let free = format!("{}{tail}", cut.trim_end());
        // "History" is the program's own.
        let same = |other: &String| other.to_lowercase() == free.to_lowercase();
        if !taken.iter().any(same) && !free.eq_ignore_ascii_case("history") {
            taken.push(free.clone());
            return free;
        }
        again += 1;
    }
}

/// Where the cells of tables are in the workbook.
type Positions = BTreeMap<Anchor, Position>;

/// A cell of the workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Position {
    sheet: String,
    row: u32,
    column: u16,
}

impl Position {
    /// The link that leads to it.
    fn link(&self) -> Url {
        let cell = rust_xlsxwriter::utility::row_col_to_cell(self.row, self.column);
        Url::new(format!("internal:'{}'!{cell}", self.sheet))
    }
}

/// The amount as the format's number: only where its decimal text comes back from it, with at most [`DIGITS`] digits.
fn number(amount: &Amount) -> Option<f64> {
    let plain = amount.plain();
    if plain.bytes().filter(u8::is_ascii_digit).count() > DIGITS {
        return None;
    }
    let number: f64 = plain.parse().ok()?;
    let decimals = usize::try_from(amount.decimals()).ok()?;
    (format!("{number:.decimals$}") == plain).then_some(number)
}

/// A text that fits into a cell or a note. What is cut is said so.
fn fitting(text: &str) -> String {
    if text.encode_utf16().count() <= TEXT {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(TEXT / 2).collect();
    cut.push_str(" […]");
    cut
}

fn note(text: &str) -> Note {
    // Wide enough for a sentence, and a line more than it needs.
    let lines = u32::try_from(text.chars().count() / 22 + text.lines().count() + 1).unwrap_or(40).min(40);
    Note::new(fitting(text))
        .set_author("对账 duizhang")
        .add_author_prefix(false)
        .set_width(300)
        .set_height(lines * 20 + 8)
}

/// The formats of the cells.
struct Styles {
    words: Format,
    wrapped: Format,
    head: Format,
    title: Format,
    muted: Format,
    link: Format,
}

impl Styles {
    fn new() -> Self {
        let base = || Format::new().set_font_name("宋体").set_font_size(11).set_align(FormatAlign::VerticalCenter);
        let rule = Color::RGB(0x00DC_DAD3);
        Self {
            words: base().set_border(FormatBorder::Thin).set_border_color(rule),
            wrapped: base().set_border(FormatBorder::Thin).set_border_color(rule).set_text_wrap(),
            head: base()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0x00EC_EBE5))
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x0086_8A8E)),
            title: base().set_bold().set_font_size(14),
            muted: base().set_font_color(Color::RGB(0x005F_656C)),
            link: base()
                .set_border(FormatBorder::Thin)
                .set_border_color(rule)
                .set_font_color(Color::RGB(0x0014_506A))
                .set_text_wrap(),
        }
    }

    /// The format of a figure with so many decimals.
    fn figure(&self, decimals: u32) -> Format {
        let zeros = "0".repeat(usize::try_from(decimals).unwrap_or(0));
        let code = if decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{zeros}") };
        self.words.clone().set_num_format(code).set_align(FormatAlign::Right)
    }
}

/// A sheet as it is set on paper: A4, wide, its header on each page, numbered.
fn on_paper(sheet: &mut Worksheet, header: (u32, u32)) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&L&A&R&P / &N");
    sheet.set_repeat_rows(header.0, header.1)?;
    Ok(())
}
