//! 查找: everything that is open, by words, codes and figures as printed.

use rust_decimal::Decimal;

use super::figures::moved;
use super::opened::Opened;
use super::table::{Caption, row_name, short_header};
use super::units::Printed;
use super::{Chosen, Mark};
use crate::amount::{Amount, Unit, half_width};
use crate::disclosure::{Anchor, Message, Table};

/// Most places of each kind: more are found by a longer query.
const OF_A_KIND: usize = 12;
/// Fewest digits that are looked for as the beginning of a figure; fewer must be all of it.
const DIGITS: usize = 3;

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it leads.
    pub at: FoundAt,
    /// Its document.
    pub document: usize,
    /// What it is: a finding's title, a row's name, what a figure of the prose is said of. Empty for tables.
    pub name: Message,
    /// The table that it is, or is in.
    pub table: Option<Caption>,
    /// The column of a figure.
    pub column: Option<String>,
    /// The amount.
    pub amount: Option<Decimal>,
    /// The same with separators.
    pub figure: Option<String>,
    /// Its unit.
    pub unit: Option<Unit>,
    /// As printed, where it is shown in another unit.
    pub printed: Option<Printed>,
    /// The mark of a finding.
    pub mark: Option<Mark>,
}

/// Where something that was found leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundAt {
    /// A finding.
    Finding(Chosen),
    /// A table.
    Table(Anchor),
    /// A row, by its first figure.
    Row(Anchor),
    /// A figure of a table or of the prose.
    Figure(Anchor),
}

/// What is looked for.
struct Query {
    words: Vec<String>,
    /// The digits of a figure, if it is one: without separators and without zeros at the end of its decimals.
    figure: Option<String>,
    /// The unit that the reader has amounts shown in.
    unit: Option<Unit>,
}

impl Query {
    fn of(text: &str, unit: Option<Unit>) -> Option<Self> {
        let words: Vec<String> = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let first: String = words.first()?.chars().map(half_width).collect();
        let digits: String = first.chars().filter(|c| !matches!(c, ',' | '-' | '\u{2212}')).collect();
        let figure = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && words.len() == 1;
        Some(Self { figure: figure.then(|| bare(&digits).to_owned()), words, unit })
    }

    fn is_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.words.iter().all(|word| text.contains(word.as_str()))
    }

    /// Whether an amount is the figure looked for or begins with it: as printed, or as the reader has it shown.
    fn is_amount(&self, amount: &Amount, unit: Option<Unit>) -> bool {
        let Some(wanted) = self.figure.as_deref() else { return false };
        let is = |plain: &str| {
            let plain = bare(plain.trim_start_matches('-'));
            plain == wanted || (wanted.len() >= DIGITS && plain.starts_with(wanted))
        };
        let shown = self.unit.zip(unit).filter(|(shown, printed)| shown != printed);
        is(&amount.plain())
            || shown
                .and_then(|(shown, printed)| moved(amount.value(), printed, shown))
                .is_some_and(|moved| is(&moved.to_string()))
    }
}

/// Digits without the zeros that end the decimals.
fn bare(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}

impl Opened {
    /// What is found in these documents, findings first, then tables, rows, figures. Linear in all their cells. Amounts
    /// are found as printed and in the unit that the reader has them shown in, and are given in that.
    pub fn search(&self, documents: &[usize], query: &str, unit: Option<Unit>) -> Vec<Found> {
        let Some(query) = Query::of(query, unit) else { return Vec::new() };
        let mut kinds: [Vec<Found>; 4] = Default::default();
        for &document in documents {
            let [findings, tables, rows, figures] = &mut kinds;
            self.find_findings(document, &query, findings);
            for (index, table) in self.tables_of(document).iter().enumerate() {
                find_in_table(document, index, table, &query, [&mut *tables, &mut *rows, &mut *figures]);
            }
            self.find_in_prose(document, &query, figures);
        }
        kinds.into_iter().flat_map(|kind| kind.into_iter().take(OF_A_KIND)).map(|found| found.shown_in(unit)).collect()
    }

    fn find_findings(&self, document: usize, query: &Query, found: &mut Vec<Found>) {
        let words = query.words.join(" ");
        for row in self.finding_rows(document).into_iter().filter(|row| row.speaks_of(&words)) {
            found.push(Found {
                at: FoundAt::Finding(Chosen::Finding(row.finding)),
                document,
                name: row.title,
                table: row.whereabouts.tables.into_iter().next(),
                column: None,
                amount: None,
                figure: None,
                unit: None,
                printed: None,
                mark: Some(row.mark),
            });
        }
    }

    fn find_in_prose(&self, document: usize, query: &Query, figures: &mut Vec<Found>) {
        let (Ok(disclosure), Some(said)) = (u16::try_from(document), self.disclosure(document)) else { return };
        for (statement, said) in (0_u32..).zip(&said.statements).filter(|(_, s)| query.is_amount(&s.amount, s.unit)) {
            figures.push(Found {
                at: FoundAt::Figure(Anchor::Statement { disclosure, statement }),
                document,
                name: Message::new(said.measure.clone(), ""),
                table: None,
                column: None,
                amount: Some(said.amount.value()),
                figure: Some(super::grouped(said.amount.value())),
                unit: said.unit,
                printed: None,
                mark: None,
            });
        }
    }
}

fn find_in_table(
    document: usize,
    index: usize,
    table: &Table,
    query: &Query,
    [tables, rows, figures]: [&mut Vec<Found>; 3],
) {
    let (Ok(disclosure), Ok(of)) = (u16::try_from(document), u16::try_from(index)) else { return };
    let caption = Caption::of(table);
    let base = |at: FoundAt, name: Message| Found {
        at,
        document,
        name,
        table: Some(caption.clone()),
        column: None,
        amount: None,
        figure: None,
        unit: None,
        printed: None,
        mark: None,
    };
    let name = format!("{} {} {}", table.number.as_deref().unwrap_or_default(), table.title, table.kind.name().en);
    if query.is_in(&name) {
        tables.push(base(FoundAt::Table(Anchor::Table { disclosure, table: of }), Message::default()));
    }
    let first = table.amount_columns().next().and_then(|column| u16::try_from(column).ok()).unwrap_or(0);
    for (row, line) in (0_u32..).zip(&table.rows) {
        let name = row_name(line);
        let code = line.code.as_deref().unwrap_or_default();
        let named = [code, name.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        if rows.len() < OF_A_KIND && !named.is_empty() && query.is_in(&named) {
            let at = Anchor::Cell { disclosure, table: of, row, column: first };
            let figure = line.entries.get(usize::from(first)).and_then(|entry| entry.amount());
            rows.push(Found {
                amount: figure.map(Amount::value),
                figure: figure.map(|amount| super::grouped(amount.value())),
                unit: figure.and(table.unit),
                ..base(FoundAt::Row(at), Message::new(named.clone(), ""))
            });
        }
        if query.figure.is_none() || figures.len() >= OF_A_KIND {
            continue;
        }
        for (column, entry) in (0_u16..).zip(&line.entries) {
            let Some(amount) = entry.amount().filter(|amount| query.is_amount(amount, table.unit)) else { continue };
            let header = table.columns.get(usize::from(column));
            figures.push(Found {
                column: header.map(short_header).filter(|header| !header.is_empty()),
                amount: Some(amount.value()),
                figure: Some(super::grouped(amount.value())),
                unit: table.unit,
                ..base(
                    FoundAt::Figure(Anchor::Cell { disclosure, table: of, row, column }),
                    Message::new(named.clone(), ""),
                )
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn found(query: &str) -> Vec<Found> {
        fixture::session().opened().search(&[0], query, None)
    }

    #[test]
    fn a_figure_is_found_however_it_is_grouped() {
        let opened = fixture::session();
        let figure = opened.opened().summary(0)[0].figure.clone();
        let plain = figure.replace(',', "");
        let whole = plain.trim_end_matches('0').trim_end_matches('.');
        for query in [figure.as_str(), plain.as_str(), whole] {
            let places = found(query);
            assert!(places.iter().any(|place| place.figure.as_deref() == Some(figure.as_str())), "{query}: {places:?}");
            assert!(places.iter().any(|place| matches!(place.at, FoundAt::Figure(Anchor::Cell { .. }))), "{query}");
        }
        assert!(found("7").iter().all(|place| place.figure.as_deref() == Some("7")
            || place.mark.is_some()
            || !matches!(place.at, FoundAt::Figure(_))));
    }

    #[test]
    fn findings_come_before_tables_and_rows() {
        let session = fixture::session();
        let title = session.opened().finding_rows(0)[0].title.zh.clone();
        assert!(matches!(found(&title)[0].at, FoundAt::Finding(_)));
        let caption = session.opened().table_entries(0)[0].caption.title.clone();
        assert!(found(&caption).iter().any(|place| matches!(place.at, FoundAt::Table(_))), "{caption}");
        assert!(found("").is_empty() && found("   ").is_empty());
        assert!(found("没有这样的词").is_empty());
    }

    #[test]
    fn a_row_is_found_by_its_code_and_by_its_name() {
        let session = fixture::session();
        let rows = session.opened().tables_of(0).iter().flat_map(|table| &table.rows);
        let Some(row) = rows.into_iter().find(|row| row.code.is_some() && row.name.is_some()) else { return };
        for query in [row.code.clone().unwrap_or_default(), row.name.clone().unwrap_or_default()] {
            assert!(found(&query).iter().any(|place| matches!(place.at, FoundAt::Row(_))), "{query}");
        }
    }
}
