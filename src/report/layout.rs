//! What saved forms have in common: tables as they are laid out on paper, findings and figures of the prose as rows.

use super::compose::{self, masked};
use super::text::Language;
use crate::amount::Amount;
use crate::disclosure::{Anchor, ColumnRole, Message, Table, Value};
use crate::document::Place;
use crate::explain::Suspect;
use crate::privacy::{is_label, mask_after};
use crate::rules::Severity;
use crate::session::{Chosen, Detail, Opened, SourceLine, TableView, grouped};
use crate::words::Words;

/// A name for a saved file, without its ending: the unit and the year of the first document, the digest's beginning where
/// the unit is not known, and how many further documents there are.
pub fn file_name(opened: &Opened) -> String {
    let digest = opened.analysis().documents.first().and_then(|d| d.sha256.get(..12));
    let Some(first) = opened.disclosure(0) else { return "duizhang".to_owned() };
    let unit = first.unit_name.as_deref().map(|unit| super::csv::file_name(&masked(unit)));
    let mut parts =
        vec![unit.filter(|unit| !unit.is_empty()).unwrap_or_else(|| digest.unwrap_or("duizhang").to_owned())];
    parts.extend(first.year.map(|year| year.to_string()));
    let more = opened.analysis().documents.len().saturating_sub(1);
    if more > 0 {
        parts.push(format!("+{more}"));
    }
    parts.push("duizhang".to_owned());
    parts.join("-")
}

/// A cell of a saved table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slot<'a> {
    /// Nothing is printed.
    Blank,
    /// An amount or a share, in a column of such.
    Amount(&'a Amount),
    /// Anything else as printed, telephone numbers masked.
    Words(String),
}

/// A table, line by line as it is printed: the two sides of a two-sided one stand side by side.
#[derive(Clone, Debug)]
pub(super) struct LaidOut<'a> {
    /// The document it is in.
    pub(super) document: u16,
    /// Its index in the document.
    pub(super) index: u16,
    /// The table.
    pub(super) table: &'a Table,
    /// The names of the document's sheets, where it is a workbook.
    pub(super) sheets: &'a [String],
    /// Its header tree, marks, shapes.
    pub(super) view: TableView,
    /// Its lines.
    pub(super) lines: Vec<LaidLine<'a>>,
}

/// A printed line of a table.
#[derive(Clone, Debug)]
pub(super) struct LaidLine<'a> {
    /// The rows that stand in it: one, or the two sides.
    pub(super) rows: Vec<u32>,
    /// One slot a column, and the row that it belongs to.
    pub(super) slots: Vec<(u32, Slot<'a>)>,
    /// Where it stands.
    pub(super) place: Place,
    /// Why its reading is in doubt.
    pub(super) doubt: Option<&'a Message>,
}

impl<'a> LaidOut<'a> {
    /// Lays out a table of a document; `None` where there is none.
    pub(super) fn new(opened: &'a Opened, document: usize, index: usize) -> Option<Self> {
        let table = opened.tables_of(document).get(index)?;
        let view = opened.table_view(document, index)?;
        let slots: Vec<Vec<Slot>> = table.rows.iter().map(|row| self::slots(table, row)).collect();
        let single = |row: usize| {
            let line = table.rows.get(row)?;
            let number = u32::try_from(row).ok()?;
            Some(LaidLine {
                rows: vec![number],
                slots: slots.get(row)?.iter().map(|slot| (number, slot.clone())).collect(),
                place: line.place,
                doubt: line.doubt.as_ref(),
            })
        };
        // A side that prints something in the other's columns is no side; then each row keeps its own line.
        let stays = |row: usize, own: std::ops::Range<usize>| {
            let outside = slots.get(row).into_iter().flatten().enumerate().filter(|(at, _)| !own.contains(at));
            outside.into_iter().all(|(_, slot)| *slot == Slot::Blank)
        };
        let sided = view.sided.as_ref().filter(|(lines, split)| {
            let split = usize::from(*split);
            lines.iter().all(|line| {
                line.revenue.is_none_or(|row| stays(row, 0..split))
                    && line.expenditure.is_none_or(|row| stays(row, split..usize::MAX))
            })
        });
        let lines = match sided {
            Some((lines, split)) => lines
                .iter()
                .filter_map(|line| {
                    let (Some(revenue), Some(expenditure)) = (line.revenue, line.expenditure) else {
                        return single(line.revenue.or(line.expenditure)?);
                    };
                    let mut both = single(revenue)?;
                    let other = single(expenditure)?;
                    for (at, slot) in other.slots.into_iter().enumerate().skip(usize::from(*split)) {
                        if let Some(here) = both.slots.get_mut(at) {
                            *here = slot;
                        }
                    }
                    both.rows.extend(other.rows);
                    both.doubt = both.doubt.or(other.doubt);
                    Some(both)
                })
                .collect(),
            None => (0..table.rows.len()).filter_map(single).collect(),
        };
        Some(Self {
            document: u16::try_from(document).ok()?,
            index: u16::try_from(index).ok()?,
            table,
            sheets: opened.sheets(document),
            view,
            lines,
        })
    }

    /// Whether there is anything in it to write down.
    pub(super) fn is_printed(&self) -> bool {
        !self.table.columns.is_empty() && !self.lines.is_empty()
    }

    /// The address of a cell.
    pub(super) fn anchor(&self, row: u32, column: usize) -> Anchor {
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        Anchor::Cell { disclosure: self.document, table: self.index, row, column }
    }

    /// The header path of each column, levels joined by `/`, made different where two are the same.
    pub(super) fn headers(&self) -> Vec<String> {
        let mut headers: Vec<String> = Vec::with_capacity(self.table.columns.len());
        for (at, column) in self.table.columns.iter().enumerate() {
            let own = masked(&column.header());
            let own = if own.trim().is_empty() { format!("#{}", at + 1) } else { own };
            let mut name = own.clone();
            let mut again = 1;
            while headers.contains(&name) {
                again += 1;
                name = format!("{own} ({again})");
            }
            headers.push(name);
        }
        headers
    }
}

/// Every table of every document, absent ones too.
pub(super) fn tables(opened: &Opened) -> impl Iterator<Item = LaidOut<'_>> {
    (0..opened.analysis().documents.len()).flat_map(move |document| {
        (0..opened.tables_of(document).len()).filter_map(move |index| LaidOut::new(opened, document, index))
    })
}

fn slots<'a>(table: &'a Table, row: &'a crate::disclosure::Row) -> Vec<Slot<'a>> {
    let words = compose::cells(table, row, |amount| amount.printed().to_owned());
    let slot = |(column, words): (usize, Option<String>)| {
        let figures =
            table.columns.get(column).is_some_and(|c| matches!(c.role, ColumnRole::Amount | ColumnRole::Percent));
        match (row.entries.get(column).map(|entry| &entry.value), words) {
            (Some(Value::Amount(amount)), _) if figures => Slot::Amount(amount),
            (_, Some(words)) => Slot::Words(words),
            (_, None) => Slot::Blank,
        }
    };
    words.into_iter().enumerate().map(slot).collect()
}

/// The words of a language.
pub(super) fn words(language: Language) -> Words {
    Words(match language {
        Language::Chinese => crate::words::Language::Chinese,
        Language::English => crate::words::Language::English,
    })
}

/// A finding as one row.
#[derive(Clone, Debug)]
pub(super) struct FindingLine {
    /// Its position in the document's list, from one.
    pub(super) ordinal: usize,
    /// The document.
    pub(super) document: usize,
    /// Its weight.
    pub(super) severity: Severity,
    /// The rule that speaks.
    pub(super) rule: String,
    /// What, in one line.
    pub(super) title: String,
    /// What is printed, what would fit, why.
    pub(super) message: String,
    /// The cell or statement to look at first.
    pub(super) at: Option<Anchor>,
    /// Its table, where it is in one.
    pub(super) table: String,
    /// Its row, or what the sentence speaks of.
    pub(super) row: String,
    /// Its column.
    pub(super) column: String,
    /// Where it stands in the source.
    pub(super) place: String,
    /// What is printed there, if one change makes everything tie.
    pub(super) printed: Option<Amount>,
    /// What would fit; `None` beside a suspect is "blank".
    pub(super) fitting: Option<Amount>,
    /// The unit of both.
    pub(super) unit: &'static str,
    /// How many checks agree once it is replaced.
    pub(super) agreeing: Option<u32>,
    /// Several cells of which any may be the one.
    pub(super) others: String,
    /// The source line.
    pub(super) source: String,
    /// How many checks failed for this cause.
    pub(super) checks: usize,
}

/// Every finding, by document and weight.
pub(super) fn findings(opened: &Opened, words: Words) -> Vec<FindingLine> {
    (0..opened.analysis().documents.len())
        .flat_map(|document| {
            let own = (1..).zip(opened.findings_of(document));
            own.filter_map(move |(ordinal, &finding)| finding_line(opened, words, document, ordinal, finding))
        })
        .collect()
}

fn finding_line(opened: &Opened, words: Words, document: usize, ordinal: usize, index: u32) -> Option<FindingLine> {
    let finding = opened.finding(index)?;
    let detail = opened.detail(Chosen::Finding(index), None)?;
    let unique = finding.suspect.as_ref().filter(|suspect| suspect.alternatives.is_empty());
    let at = finding.suspect.as_ref().map(|s| s.at).or_else(|| finding.at.first().copied());
    let analysis = opened.analysis();
    let label = at.map(|at| opened.full_label(at)).unwrap_or_default();
    let header = match at {
        Some(Anchor::Cell { column, .. }) => at
            .and_then(|at| analysis.table(at))
            .and_then(|table| table.columns.get(usize::from(column)))
            .map(crate::disclosure::Column::header),
        _ => None,
    };
    let others = finding.suspect.as_ref().filter(|suspect| !suspect.alternatives.is_empty());
    let others = others.map(|suspect| {
        let all = std::iter::once(suspect).chain(&suspect.alternatives);
        all.map(|one| candidate(opened, words, one)).collect::<Vec<_>>().join(words.semicolon())
    });
    Some(FindingLine {
        ordinal,
        document,
        severity: finding.severity,
        rule: finding.rule.to_string(),
        title: masked(&words.of(&finding.title)),
        message: masked(&words.of(&finding.message)),
        at,
        table: masked(&label.table.as_ref().map(|table| words.caption(table)).unwrap_or_default()),
        row: masked(&label.row.unwrap_or_default()),
        column: masked(&header.unwrap_or_default()),
        place: at.and_then(|at| Some(words.place_of(opened, at.disclosure(), analysis.place(at)?))).unwrap_or_default(),
        printed: unique.and_then(|suspect| suspect.printed.clone()),
        fitting: unique.and_then(|suspect| suspect.fitting.clone()),
        unit: unique.and_then(|s| compose::figure_of(analysis, s.at).1).map_or("", |unit| words.unit(unit)),
        agreeing: unique.map(|suspect| suspect.agreeing),
        others: others.unwrap_or_default(),
        source: quote(&detail).unwrap_or_default(),
        checks: finding.checks.len(),
    })
}

/// `表3 甲 · 合计 26.00 → 20.00`
fn candidate(opened: &Opened, words: Words, suspect: &Suspect) -> String {
    let figure = |amount: &Option<Amount>| {
        amount.as_ref().map_or_else(|| words.blank().to_owned(), |amount| grouped(amount.value()))
    };
    let name = masked(&words.label(&opened.full_label(suspect.at)));
    format!("{name} {} → {}", figure(&suspect.printed), figure(&suspect.fitting))
}

/// The line of the source that a finding is about, as one text.
pub(super) fn quote(detail: &Detail) -> Option<String> {
    let line = detail.evidence.iter().flat_map(|group| &group.lines).find(|line| line.hit)?;
    let pieces = pieces(&line.line).into_iter().map(|piece| piece.trim().to_owned());
    Some(pieces.filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join("　"))
}

/// The pieces of a source line, telephone numbers masked; a label in one piece speaks for those after it. As long as
/// the printed ones, so that places in them hold.
pub(super) fn pieces(line: &SourceLine) -> Vec<String> {
    let mut labelled = false;
    let mut pieces = Vec::with_capacity(line.cells.len());
    for cell in &line.cells {
        pieces.push(mask_after(&cell.text, labelled).into_owned());
        labelled |= is_label(&cell.text);
    }
    pieces
}

/// The number that a document, table or file is called by: `t3`, or `d2-t3` where several documents are open.
pub(super) fn short_id(opened: &Opened, document: usize, table: usize) -> String {
    let table = compose::table_id(table);
    match opened.analysis().documents.len() {
        0 | 1 => table,
        _ => format!("d{}-{table}", document.saturating_add(1)),
    }
}
