//! From the [`Analysis`], which points into documents, to the [`Report`], which stands alone.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{
    Alternative, Check, Claim, Coverage, Document, Equation, FORMAT, Finding, Note, Place, PlaceIn, Report, Row,
    Suspect, Table, TableStatus, Term, Unread,
};
use crate::amount::Amount;
use crate::analysis::Analysis;
use crate::disclosure::{self, Anchor, ColumnRole, Disclosure, Message, Statement, StatementKind, Status, Value};
use crate::explain;
use crate::privacy::{is_label, mask, mask_after};
use crate::rules::judge::Outcome;
use crate::rules::{self, Checked, Claim as RuleClaim, Confirms, Relation};

/// How many rules of the catalogue must have been asked: all of them, as soon as there is a document.
fn rules_run(analysis: &Analysis) -> u32 {
    if analysis.disclosures.is_empty() { 0 } else { count(rules::CATALOGUE.len()) }
}

/// Makes the report. Never fails.
pub fn report(analysis: &Analysis) -> Report {
    let verdicts = Verdicts::new(analysis);
    Report {
        format: FORMAT,
        documents: (0_u16..)
            .zip(analysis.documents.iter().zip(&analysis.disclosures))
            .map(|(at, (document, disclosure))| Document {
                name: document.name.clone(),
                sha256: document.sha256.clone(),
                source_format: document.format,
                encoding: document.encoding.clone(),
                unit_name: disclosure.unit_name.as_deref().map(masked),
                year: disclosure.year,
                stage: disclosure.stage,
                tables: tables(document, disclosure),
                claims: claims(analysis, &verdicts, at, disclosure),
                unread_numbers: disclosure
                    .unread
                    .iter()
                    .map(|passage| Unread {
                        place: Place::of(passage.place, &document.sheets),
                        quote: masked(&passage.quote),
                    })
                    .collect(),
                notes: notes(document, disclosure),
            })
            .collect(),
        checks: analysis.checks.iter().map(|checked| check(analysis, checked)).collect(),
        findings: analysis.findings.iter().map(|found| finding(analysis, found)).collect(),
        coverage: coverage(analysis, &verdicts),
        unreadable: analysis.unreadable.clone(),
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

pub(super) fn masked(text: &str) -> String {
    mask(text).into_owned()
}

fn tables(document: &crate::document::Document, disclosure: &Disclosure) -> Vec<Table> {
    let mut tables = Vec::with_capacity(disclosure.tables.len());
    for (at, table) in disclosure.tables.iter().enumerate() {
        let (status, note) = match &table.status {
            Status::Present => (TableStatus::Present, None),
            Status::Empty { note } => (TableStatus::Empty, note.as_deref().map(masked)),
            Status::Missing => (TableStatus::Missing, None),
        };
        tables.push(Table {
            id: table_id(at),
            kind: table.kind,
            title: masked(&table.title),
            number: table.number.clone(),
            status,
            note,
            amount_unit: table.unit.map(crate::amount::Unit::word),
            place: Place::of(table.place, &document.sheets),
            columns: table.columns.iter().map(|column| column.header().into_owned()).collect(),
            rows: table.rows.iter().map(|row| self::row(&document.sheets, table, row)).collect(),
            remarks: table.remarks.iter().map(|(text, _)| masked(text)).collect(),
        });
    }
    tables
}

/// The identifier of the `at`-th table of a document.
pub(super) fn table_id(at: usize) -> String {
    format!("t{}", at.saturating_add(1))
}

/// A row, with its code and its name in the columns that hold codes and names.
fn row(sheets: &[String], table: &disclosure::Table, row: &disclosure::Row) -> Row {
    let cells = cells(table, row, Amount::plain);
    Row {
        place: Place::of(row.place, sheets),
        end: (row.end != row.place).then(|| Place::of(row.end, sheets)),
        side: row.side,
        code: row.code.clone(),
        name: row.name.as_deref().map(masked),
        cells,
        doubt: row.doubt.as_ref().map(|doubt| masked(&doubt.zh)),
    }
}

/// The cells of a row, one a column, as they are handed on: amounts in the given form, code and name whole in the column
/// that holds them, telephone numbers masked, `None` for blank.
pub(super) fn cells(
    table: &disclosure::Table,
    row: &disclosure::Row,
    amount: fn(&Amount) -> String,
) -> Vec<Option<String>> {
    let of_role = |role| table.columns.iter().enumerate().filter(move |(_, c)| c.role == role).map(|(i, _)| i);
    let blank = |column: usize| matches!(row.entries.get(column).map(|e| &e.value), None | Some(Value::Blank));
    // A code in three columns (类|款|项) stays in its pieces; of several name columns the printed one has the name.
    let mut codes = of_role(ColumnRole::Code);
    let code_at = codes.next().filter(|_| codes.next().is_none());
    let names: Vec<usize> = of_role(ColumnRole::Name).collect();
    let name_at = match names.as_slice() {
        [only] => Some(*only),
        several => several.iter().copied().find(|&column| !blank(column)),
    };
    let mut labelled = false;
    let mut cells = Vec::with_capacity(table.columns.len());
    for column in 0..table.columns.len() {
        let printed = match row.entries.get(column).map(|e| &e.value) {
            None | Some(Value::Blank) => None,
            Some(Value::Amount(figure)) => Some(amount(figure)),
            Some(Value::Text(text)) => Some(text.to_string()),
        };
        let whole = match column {
            c if Some(c) == code_at => row.code.clone().or(printed),
            c if Some(c) == name_at => row.name.clone().or(printed),
            _ => printed,
        };
        let cell = whole.map(|text| mask_after(&text, labelled).into_owned());
        labelled |= cell.as_deref().is_some_and(is_label);
        cells.push(cell);
    }
    cells
}

fn notes(document: &crate::document::Document, disclosure: &Disclosure) -> Vec<Note> {
    let read = document.notes.iter().map(|note| (&note.zh, &note.en, note.place));
    let recognised = disclosure.notes.iter().map(|note| (&note.message.zh, &note.message.en, note.place));
    read.chain(recognised)
        .map(|(zh, en, place)| Note {
            message: masked(zh),
            message_en: masked(en),
            place: place.map(|place| Place::of(place, &document.sheets)),
        })
        .collect()
}

fn place_in(analysis: &Analysis, at: Anchor) -> Option<PlaceIn> {
    let document = u16::try_from(at.disclosure()).ok()?;
    let sheets = analysis.documents.get(at.disclosure()).map(|read| read.sheets.as_slice()).unwrap_or_default();
    analysis.place(at).map(|place| PlaceIn { document, place: Place::of(place, sheets) })
}

/// Which parts of a cell's name the terms of an equation have in common, so that they need not be repeated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Common {
    /// All are cells of one table.
    pub(super) table: bool,
    /// All stand in one row.
    row: bool,
    /// All stand in one column.
    column: bool,
}

impl Common {
    /// What the anchors share.
    pub(super) fn of(anchors: &[Anchor]) -> Self {
        let cells: Vec<_> = anchors
            .iter()
            .map_while(|at| match *at {
                Anchor::Cell { disclosure, table, row, column } => Some((disclosure, table, row, column)),
                _ => None,
            })
            .collect();
        let Some(&(disclosure, table, row, column)) = cells.first() else {
            return Self::default();
        };
        if cells.len() < anchors.len() || cells.iter().any(|c| (c.0, c.1) != (disclosure, table)) {
            return Self::default();
        }
        let one_row = cells.iter().all(|c| c.2 == row);
        Self { table: true, row: one_row, column: !one_row && cells.iter().all(|c| c.3 == column) }
    }
}

/// What an anchor points to, in the words of the source: table, row and column, or the named thing of a sentence.
pub(super) fn name_of(analysis: &Analysis, at: Anchor) -> String {
    name_besides(analysis, at, Common::default())
}

/// [`name_of`] without what all terms have in common.
pub(super) fn name_besides(analysis: &Analysis, at: Anchor, common: Common) -> String {
    let words = match at {
        Anchor::Cell { column, .. } => {
            let Some((row, table)) = analysis.cell(at).map(|(row, _)| row).zip(analysis.table(at)) else {
                return String::new();
            };
            let header = table.columns.get(usize::from(column)).map(disclosure::Column::header).unwrap_or_default();
            [(table.caption(), common.table), (row_name(row), common.row), (header.into_owned(), common.column)]
                .into_iter()
                .filter(|(part, shared)| !part.is_empty() && !shared)
                .map(|(part, _)| part)
                .collect::<Vec<_>>()
                .join(" › ")
        }
        Anchor::Table { .. } => analysis.table(at).map(disclosure::Table::caption).unwrap_or_default(),
        Anchor::Statement { .. } => analysis.statement(at).map(|s| s.measure.clone()).unwrap_or_default(),
        Anchor::Oddity { .. } => analysis.oddity(at).map(|oddity| oddity.words.clone()).unwrap_or_default(),
        Anchor::Disclosure { disclosure } => {
            analysis.documents.get(usize::from(disclosure)).map(|d| d.name.clone()).unwrap_or_default()
        }
    };
    masked(&words)
}

/// Code and name of a row, whichever are printed.
fn row_name(row: &disclosure::Row) -> String {
    match (&row.code, &row.name) {
        (Some(code), Some(name)) => format!("{code} {name}"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) if matches!(row.role, disclosure::RowRole::Total) => "合计".to_owned(),
        (None, None) => String::new(),
    }
}

/// The figure that an anchor points to, and its unit.
pub(super) fn figure_of(analysis: &Analysis, at: Anchor) -> (Option<&Amount>, Option<crate::amount::Unit>) {
    match at {
        Anchor::Cell { .. } => {
            (analysis.cell(at).and_then(|(_, entry)| entry.amount()), analysis.table(at).and_then(|table| table.unit))
        }
        Anchor::Statement { .. } => {
            let statement = analysis.statement(at);
            (statement.map(|s| &s.amount), statement.and_then(|s| s.unit))
        }
        _ => (None, None),
    }
}

/// Every anchor of a claim, in the order in which it is read.
pub(super) fn anchors(claim: &RuleClaim) -> Vec<Anchor> {
    match claim {
        RuleClaim::Equation(equation) => equation.left.iter().chain(&equation.right).map(|term| term.at).collect(),
        RuleClaim::Ratio(ratio) => {
            std::iter::once(ratio.percent).chain(ratio.part.iter().chain(&ratio.whole).map(|term| term.at)).collect()
        }
        RuleClaim::Fact { at, .. } | RuleClaim::NotCheckable { at, .. } => at.clone(),
        RuleClaim::NotApplicable(_) => Vec::new(),
    }
}

fn term(analysis: &Analysis, term: rules::Term) -> Term {
    let (amount, unit) = figure_of(analysis, term.at);
    Term {
        plus: term.plus,
        value: amount.map(Amount::plain),
        unit: unit.map(crate::amount::Unit::word),
        label: name_of(analysis, term.at),
        place: place_in(analysis, term.at),
    }
}

/// What was compared, and why it came out as it did.
pub(super) fn explanation(checked: &Checked) -> Message {
    let why = match (&checked.verdict.why, &checked.claim) {
        (Some(why), _) | (None, RuleClaim::NotApplicable(why) | RuleClaim::NotCheckable { why, .. }) => Some(why),
        _ => None,
    };
    match why {
        Some(why) if checked.label.zh.is_empty() => Message::new(masked(&why.zh), masked(&why.en)),
        Some(why) => Message::new(
            format!("{}：{}", masked(&checked.label.zh), masked(&why.zh)),
            format!("{}: {}", masked(&checked.label.en), masked(&why.en)),
        ),
        None => Message::new(masked(&checked.label.zh), masked(&checked.label.en)),
    }
}

fn check(analysis: &Analysis, checked: &Checked) -> Check {
    let anchors = anchors(&checked.claim);
    let mut documents: BTreeSet<u16> = anchors.iter().filter_map(|at| u16::try_from(at.disclosure()).ok()).collect();
    documents.insert(checked.disclosure);
    let mut places: Vec<PlaceIn> = Vec::new();
    let mut seen = BTreeSet::new();
    for place in anchors.iter().filter_map(|&at| place_in(analysis, at)) {
        if seen.insert(place.clone()) {
            places.push(place);
        }
    }
    let message = explanation(checked);
    let figure = |value: Option<Decimal>| value.map(|v| v.to_string());
    Check {
        rule: checked.rule.clone().into_owned(),
        status: checked.verdict.outcome,
        documents: documents.into_iter().collect(),
        lhs: figure(checked.verdict.left),
        rhs: figure(checked.verdict.right),
        difference: figure(checked.verdict.difference),
        places,
        message: message.zh,
        message_en: message.en,
        equation: match &checked.claim {
            RuleClaim::Equation(equation) => Some(Equation {
                left: equation.left.iter().map(|&t| term(analysis, t)).collect(),
                relation: equation.relation,
                right: equation.right.iter().map(|&t| term(analysis, t)).collect(),
            }),
            _ => None,
        },
    }
}

fn finding(analysis: &Analysis, found: &explain::Finding) -> Finding {
    let mut places: Vec<PlaceIn> = Vec::new();
    let mut seen = BTreeSet::new();
    for place in found.at.iter().filter_map(|&at| place_in(analysis, at)) {
        if seen.insert(place.clone()) {
            places.push(place);
        }
    }
    Finding {
        rule: found.rule.clone().into_owned(),
        severity: found.severity,
        document: found.disclosure,
        places,
        title: masked(&found.title.zh),
        title_en: masked(&found.title.en),
        message: masked(&found.message.zh),
        message_en: masked(&found.message.en),
        suspect: found.suspect.as_ref().map(|suspect| Suspect {
            place: place_in(analysis, suspect.at),
            printed: suspect.printed.as_ref().map(Amount::plain),
            fitting: suspect.fitting.as_ref().map(Amount::plain),
            agreeing: suspect.agreeing,
            alternatives: suspect
                .alternatives
                .iter()
                .map(|other| Alternative {
                    place: place_in(analysis, other.at),
                    printed: other.printed.as_ref().map(Amount::plain),
                    fitting: other.fitting.as_ref().map(Amount::plain),
                })
                .collect(),
        }),
        checks: found.checks.clone(),
    }
}

/// Which checks speak of which statement, and which figure of the prose explain holds for the wrong one.
pub(super) struct Verdicts {
    /// Statement (disclosure, index) → checks that were decided, and whether it stands on the stated side.
    by_statement: BTreeMap<(usize, u32), Vec<(usize, bool)>>,
    /// Checks whose cause was found in some cell or figure, with that place.
    suspects: BTreeMap<u32, Anchor>,
}

impl Verdicts {
    /// Looks through every check once.
    pub(super) fn new(analysis: &Analysis) -> Self {
        let mut by_statement: BTreeMap<(usize, u32), Vec<(usize, bool)>> = BTreeMap::new();
        for (index, checked) in analysis.checks.iter().enumerate() {
            // Wording says nothing of whether a figure holds.
            let rule = rules::find(&checked.rule);
            let wording = rule.is_some_and(|rule| rule.family == rules::Family::Wording);
            if !decided(checked.verdict.outcome) || wording {
                continue;
            }
            let fails = checked.verdict.outcome == Outcome::Fail;
            let confirms = rule.map_or(Confirms::Stated, rules::Rule::confirms);
            // That a change and its rate go the same way says nothing of how large either is.
            if confirms == Confirms::Direction
                && !fails
                && !anchors(&checked.claim).iter().any(|&at| is_nothing(analysis, at))
            {
                continue;
            }
            // One figure against another speaks of both; a sum or a percent speaks of what is stated, not of its parts.
            let stated = match &checked.claim {
                RuleClaim::Equation(equation) => match (equation.left.as_slice(), equation.right.as_slice()) {
                    ([_], [_]) if equation.relation == Relation::Equal && checked.verdict.outcome != Outcome::Fail => {
                        usize::MAX
                    }
                    _ if confirms == Confirms::All && !fails => usize::MAX,
                    // 0 of which 56.2: one figure against another, whatever zeros stand beside it.
                    _ if is_one_against_one(analysis, equation) => usize::MAX,
                    (left, _) => left.len(),
                },
                // A fact speaks of what stands first; the rest is what it was held against.
                _ => 1,
            };
            for (position, at) in anchors(&checked.claim).into_iter().enumerate() {
                let idle = stated == usize::MAX && position > 0 && fails && is_nothing(analysis, at);
                if let Anchor::Statement { statement, .. } = at
                    && !idle
                {
                    by_statement.entry((at.disclosure(), statement)).or_default().push((index, position < stated));
                }
            }
        }
        let mut suspects = BTreeMap::new();
        for found in &analysis.findings {
            if let Some(suspect) = found.suspect.as_ref().filter(|s| s.alternatives.is_empty()) {
                suspects.extend(found.checks.iter().map(|&check| (check, suspect.at)));
            }
        }
        Self { by_statement, suspects }
    }

    /// Whether a statement holds, and the check that says so: a failed one before any other.
    fn of(&self, analysis: &Analysis, disclosure: u16, statement: u32) -> Option<(bool, usize)> {
        let at = Anchor::Statement { disclosure, statement };
        let involved = self.by_statement.get(&(usize::from(disclosure), statement))?;
        let mut holds = None;
        // What is only unusual does not refute what another check confirms.
        let mut unusual = None;
        for &(index, stated) in involved {
            let checked = analysis.checks.get(index)?;
            if checked.verdict.outcome != Outcome::Fail {
                if stated {
                    holds.get_or_insert((true, index));
                }
                continue;
            }
            let blamed = match self.suspects.get(&count(index)) {
                Some(&suspect) => suspect == at,
                None => stated,
            };
            let is_error = rules::find(&checked.rule).is_some_and(|rule| rule.severity == rules::Severity::Error);
            if blamed && is_error {
                return Some((false, index));
            }
            if blamed {
                unusual.get_or_insert((false, index));
            }
        }
        holds.or(unusual)
    }
}

/// Whether a figure of the prose is nothing.
fn is_nothing(analysis: &Analysis, at: Anchor) -> bool {
    analysis.statement(at).is_some_and(|statement| statement.amount.value().is_zero())
}

/// Whether a sum compares two figures only: all others in it are nothing.
fn is_one_against_one(analysis: &Analysis, equation: &rules::Equation) -> bool {
    let all_prose = equation.left.iter().chain(&equation.right).all(|term| matches!(term.at, Anchor::Statement { .. }));
    let printed = equation.right.iter().filter(|term| !is_nothing(analysis, term.at)).count();
    all_prose && equation.left.len() == 1 && equation.right.len() > 1 && printed == 1
}

fn decided(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Pass | Outcome::Fail | Outcome::Rounding)
}

fn claims(analysis: &Analysis, verdicts: &Verdicts, at: u16, disclosure: &Disclosure) -> Vec<Claim> {
    let sheets = analysis.documents.get(usize::from(at)).map(|read| read.sheets.as_slice()).unwrap_or_default();
    (0_u32..)
        .zip(&disclosure.statements)
        .map(|(index, statement)| {
            let mut verdict = verdicts.of(analysis, at, index);
            // 增加 0，增长 0%: where the change is refuted its rate of nothing is, too.
            if statement.kind.is_rate()
                && statement.amount.value().is_zero()
                && let Some(refuted) = statement.beside.and_then(|beside| verdicts.of(analysis, at, beside))
                && !refuted.0
            {
                verdict = Some(refuted);
            }
            let checked = verdict.and_then(|(_, check)| analysis.checks.get(check));
            Claim {
                id: format!("c{}", index.saturating_add(1)),
                place: Place::of(statement.place, sheets),
                quote: masked(&statement.quote),
                measure: masked(&statement.measure),
                value: statement.amount.plain(),
                unit: unit_word(statement),
                kind: kind_id(statement.kind),
                holds: verdict.map(|(holds, _)| holds),
                against: checked.map(|c| against(analysis, c, Anchor::Statement { disclosure: at, statement: index })),
                why: why(statement, checked),
            }
        })
        .collect()
}

/// What a statement is in: its unit of money, or what it counts; `None` where neither is printed.
fn unit_word(statement: &Statement) -> Option<String> {
    match statement.unit {
        Some(unit) if statement.counter.is_empty() => Some(unit.word().to_owned()),
        _ => Some(statement.counter.clone()).filter(|counter| !counter.is_empty()),
    }
}

/// The identifier of a kind of statement in the report's JSON.
fn kind_id(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Amount => "amount",
        StatementKind::BudgetAmount => "budget_amount",
        StatementKind::PriorAmount => "prior_amount",
        StatementKind::Increase => "increase",
        StatementKind::Decrease => "decrease",
        StatementKind::UndecidedChange => "undecided_change",
        StatementKind::IncreaseRate => "increase_rate",
        StatementKind::DecreaseRate => "decrease_rate",
        StatementKind::UndecidedRate => "undecided_rate",
        StatementKind::Share => "share",
        StatementKind::Execution => "execution",
        StatementKind::Quantity => "quantity",
    }
}

fn why(statement: &Statement, checked: Option<&Checked>) -> Option<String> {
    match checked {
        Some(checked) => Some(explanation(checked).zh),
        None => statement.doubt.as_ref().map(|doubt| masked(&doubt.zh)),
    }
}

/// What a statement was held against: `t1 收入总计 › 预算数`, or the other figures of the prose.
fn against(analysis: &Analysis, checked: &Checked, own: Anchor) -> String {
    let mut words: Vec<String> = Vec::new();
    for at in anchors(&checked.claim) {
        if at == own {
            continue;
        }
        let word = match at {
            Anchor::Cell { table, column, .. } => {
                let row = analysis.cell(at).map(|(row, _)| row_name(row)).unwrap_or_default();
                let header = analysis.table(at).and_then(|t| t.columns.get(usize::from(column)));
                let header = header.map(disclosure::Column::header).unwrap_or_default();
                masked(&format!("{} {row} › {header}", table_id(usize::from(table))))
            }
            Anchor::Table { table, .. } => table_id(usize::from(table)),
            Anchor::Statement { statement, .. } => format!("c{}", statement.saturating_add(1)),
            Anchor::Oddity { .. } | Anchor::Disclosure { .. } => continue,
        };
        words.push(word);
    }
    words.join(", ")
}

fn coverage(analysis: &Analysis, verdicts: &Verdicts) -> Coverage {
    let mut coverage = Coverage {
        rules_run: rules_run(analysis),
        checks: count(analysis.checks.len()),
        numbers_in_prose: analysis.disclosures.iter().fold(0, |sum, d| sum.saturating_add(d.numbers_in_prose)),
        numbers_in_prose_matched: count(verdicts.by_statement.len()),
        numbers_in_prose_unread: analysis
            .disclosures
            .iter()
            .fold(0, |sum, d| sum.saturating_add(count(d.unread.len()))),
        numbers_in_prose_aside: analysis
            .disclosures
            .iter()
            .fold(0, |sum, d| sum.saturating_add(u32::try_from(d.aside.len()).unwrap_or(u32::MAX))),
        ..Coverage::default()
    };
    for checked in &analysis.checks {
        let counter = match checked.verdict.outcome {
            Outcome::Pass => &mut coverage.pass,
            Outcome::Fail => &mut coverage.fail,
            Outcome::Rounding => &mut coverage.rounding,
            Outcome::NotApplicable => &mut coverage.not_applicable,
            Outcome::NotCheckable => &mut coverage.not_checkable,
        };
        *counter = counter.saturating_add(1);
    }
    coverage
}
