//! The workbook, read back by a reader that is not ours.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use proptest::prelude::*;

use super::super::layout::Slot;
use super::*;
use crate::analysis::Analysis;

/// A budget of ours with figures that do not tie.
fn budget() -> Analysis {
    let text = include_str!("../../../tests/browser/budget.md");
    crate::run(&[("budget.md".to_owned(), text.into())])
}

fn read(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

/// The text of every file in the workbook whose name begins so.
fn parts(bytes: &[u8], begins: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        if file.name().unwrap().starts_with(begins) {
            file.read_to_string(&mut text).unwrap();
        }
    }
    text
}

#[test]
fn every_figure_comes_back_as_printed_and_blank_stays_blank() {
    let opened = Opened::new(budget());
    let bytes = workbook(&opened, Language::Chinese).unwrap();
    let mut book = read(&bytes);
    let tables: Vec<LaidOut> = layout::tables(&opened).filter(LaidOut::is_printed).collect();
    let cells = sheet::positions(&tables, &Names::of(&opened, words(Language::Chinese), &tables));
    let (mut figures, mut blanks) = (0, 0);
    for laid in &tables {
        for line in &laid.lines {
            for (column, (row, slot)) in line.slots.iter().enumerate() {
                let position = &cells[&laid.anchor(*row, column)];
                let range = book.worksheet_range(&position.sheet).unwrap();
                let found = range.get_value((position.row, u32::from(position.column))).cloned().unwrap_or(Data::Empty);
                match (slot, found) {
                    (Slot::Amount(amount), Data::Float(number)) => {
                        let decimals = usize::try_from(amount.decimals()).unwrap();
                        assert_eq!(format!("{number:.decimals$}"), amount.plain());
                        figures += 1;
                    }
                    (Slot::Blank, Data::Empty) => blanks += 1,
                    (Slot::Words(words), Data::String(text)) => assert_eq!(*words, text),
                    (slot, found) => panic!("{slot:?} came back as {found:?} at {position:?}"),
                }
            }
        }
    }
    assert!(figures > 40 && blanks > 5, "{figures} figures, {blanks} blanks");
}

#[test]
fn a_total_that_ties_is_a_formula_and_one_that_does_not_is_not() {
    let opened = Opened::new(budget());
    let analysis = opened.analysis();
    let mut book = read(&workbook(&opened, Language::Chinese).unwrap());
    let tables: Vec<LaidOut> = layout::tables(&opened).filter(LaidOut::is_printed).collect();
    let cells = sheet::positions(&tables, &Names::of(&opened, words(Language::Chinese), &tables));
    let mut formulas = 0;
    for laid in &tables {
        for (&(row, column), terms) in &formulas::sums(analysis, laid) {
            let value = |(row, column): (u32, u16)| {
                let amount = analysis.cell(laid.anchor(row, usize::from(column))).and_then(|(_, entry)| entry.amount());
                amount.map_or(rust_decimal::Decimal::ZERO, Amount::value)
            };
            let sum = terms.iter().fold(rust_decimal::Decimal::ZERO, |sum, &(cell, plus)| {
                if plus { sum + value(cell) } else { sum - value(cell) }
            });
            assert_eq!(sum, value((row, column)), "a formula gives what is printed");
            let position = &cells[&laid.anchor(row, usize::from(column))];
            let written = book.worksheet_formula(&position.sheet).unwrap();
            let formula = written.get_value((position.row, u32::from(position.column))).cloned().unwrap_or_default();
            assert!(formula.starts_with("SUM("), "{formula:?} at {position:?}");
            formulas += 1;
        }
    }
    assert!(formulas > 10, "{formulas} formulas");
    for finding in &analysis.findings {
        for &check in &finding.checks {
            let crate::rules::Claim::Equation(equation) = &analysis.checks[check as usize].claim else { continue };
            let ([total], Some(position)) = (equation.left.as_slice(), cells.get(&equation.left[0].at)) else {
                continue;
            };
            let laid = tables.iter().find(|laid| laid.anchor(0, 0) == first_cell(total.at)).unwrap();
            let parts = formulas::sums(analysis, laid);
            let Anchor::Cell { row, column, .. } = total.at else { continue };
            // Another check may say what the same cell sums, and hold.
            if !parts.contains_key(&(row, column)) {
                let written = book.worksheet_formula(&position.sheet).unwrap();
                let formula = written.get_value((position.row, u32::from(position.column)));
                assert!(formula.is_none_or(String::is_empty), "{formula:?}");
            }
        }
    }
}

fn first_cell(at: Anchor) -> Anchor {
    match at {
        Anchor::Cell { disclosure, table, .. } => Anchor::Cell { disclosure, table, row: 0, column: 0 },
        other => other,
    }
}

#[test]
fn findings_stand_first_with_notes_at_their_cells() {
    let opened = Opened::new(budget());
    let bytes = workbook(&opened, Language::Chinese).unwrap();
    let mut book = read(&bytes);
    let names = book.sheet_names();
    assert_eq!(names[..2], ["核对结果", "核对范围"]);
    let first = book.worksheet_range("核对结果").unwrap();
    let text: Vec<String> = first.rows().flatten().map(ToString::to_string).collect();
    let comments = parts(&bytes, "xl/comments");
    for line in layout::findings(&opened, words(Language::Chinese)) {
        assert!(text.contains(&line.title), "{}", line.title);
        if line.agreeing.is_some() && matches!(line.at, Some(Anchor::Cell { .. })) {
            assert!(comments.contains(&line.title), "{}", line.title);
        }
    }
    let coverage = book.worksheet_range("核对范围").unwrap();
    let digest = &opened.analysis().documents[0].sha256;
    assert!(coverage.rows().flatten().any(|cell| *cell == **digest));
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let opened = Opened::new(budget());
    assert_eq!(workbook(&opened, Language::English).unwrap(), workbook(&opened, Language::English).unwrap());
}

#[test]
fn nothing_open_is_still_a_workbook() {
    let mut book = read(&workbook(&Opened::default(), Language::Chinese).unwrap());
    assert_eq!(book.sheet_names().len(), 4);
    assert!(book.worksheet_range("核对结果").is_ok());
}

#[test]
fn words_that_look_like_formulas_stay_words() {
    let mut analysis = budget();
    let hostile = "=HYPERLINK(\"http://x\",\"y\")";
    analysis.disclosures[0].tables[0].rows[0].name = Some(hostile.to_owned());
    analysis.disclosures[0].tables[0].title = "]:*?/\\'[ \u{1}".to_owned();
    let opened = Opened::new(analysis);
    let mut book = read(&workbook(&opened, Language::Chinese).unwrap());
    let name = book.sheet_names()[2].clone();
    assert!(book.worksheet_range(&name).unwrap().rows().flatten().any(|cell| *cell == *hostile));
    assert!(book.worksheet_formula(&name).unwrap().rows().flatten().all(|formula| !formula.contains("HYPERLINK")));
}

#[test]
fn sheets_have_names_of_their_own() {
    let mut taken = Vec::new();
    assert_eq!(free("表1/甲", &mut taken), "表1 甲");
    assert_eq!(free("表1:甲", &mut taken), "表1 甲 (2)");
    assert_eq!(free("", &mut taken), "-");
    assert_ne!(free("History", &mut taken), "History");
    let long = "一".repeat(60);
    let first = free(&long, &mut taken);
    let second = free(&long, &mut taken);
    assert_eq!((first.chars().count(), second.chars().count()), (31, 31));
    assert_ne!(first, second);
}

#[test]
fn ranges_add_every_cell_once() {
    let plus = |cells: &[(u32, u16)]| cells.iter().map(|&cell| (cell, true)).collect::<Vec<_>>();
    assert_eq!(formulas::formula(&plus(&[(4, 2), (5, 2), (6, 2), (9, 2)])).unwrap(), "=SUM(C5:C7,C10)");
    assert_eq!(formulas::formula(&plus(&[(4, 3), (4, 2), (4, 4)])).unwrap(), "=SUM(C5:E5)");
    let mut parts = plus(&[(4, 2), (5, 2)]);
    parts.push(((7, 2), false));
    assert_eq!(formulas::formula(&parts).unwrap(), "=SUM(C5:C6)-C8");
    assert_eq!(formulas::formula(&plus(&[(4, 2), (4, 2)])), None, "a range would add it once");
}

proptest! {
    #[test]
    fn a_number_gives_its_text_back(units in -99_999_999_999_i64..99_999_999_999, decimals in 0_u32..6) {
        let amount = Amount::computed(rust_decimal::Decimal::new(units, decimals));
        let places = usize::try_from(decimals).unwrap();
        if let Some(number) = number(&amount) {
            prop_assert_eq!(format!("{number:.places$}"), amount.plain());
        }
    }
}

#[test]
fn a_figure_beyond_fifteen_digits_is_no_number() {
    assert!(number(&Amount::parse("123456789012345").unwrap()).is_some());
    assert_eq!(number(&Amount::parse("1234567890123456").unwrap()), None);
    assert_eq!(number(&Amount::parse("12345678901234.56").unwrap()), None);
    assert_eq!(number(&Amount::parse("0.10").unwrap()), Some(0.1));
}
