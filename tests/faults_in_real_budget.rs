//! A wrong digit in a real, sound budget is found: the doubt that a misread table is given must not cover a mistake.

use std::collections::BTreeMap;
use std::path::Path;

use duizhang::amount::Amount;
use duizhang::disclosure::{Anchor, Disclosure, Value};
use duizhang::rules::judge::Outcome;
use duizhang::rules::{self, Claim};

/// Per mille of the single faults that a finding must point to.
const FOUND: usize = 980;

fn amount(disclosure: &Disclosure, at: Anchor) -> Option<&Amount> {
    let Anchor::Cell { table, row, column, .. } = at else { return None };
    disclosure.tables.get(usize::from(table))?.rows.get(row as usize)?.entries.get(usize::from(column))?.amount()
}

/// The printed cells that two equations at least hold.
fn cells(disclosures: &[Disclosure]) -> Vec<Anchor> {
    let mut uses: BTreeMap<Anchor, usize> = BTreeMap::new();
    for check in rules::check(disclosures) {
        if let (Claim::Equation(equation), Outcome::Pass | Outcome::Rounding) = (&check.claim, check.verdict.outcome) {
            for term in equation.left.iter().chain(&equation.right) {
                *uses.entry(term.at).or_default() += 1;
            }
        }
    }
    let printed = |at: &Anchor| amount(&disclosures[0], *at).is_some_and(|amount| !amount.value().is_zero());
    uses.into_iter().filter(|(at, uses)| *uses > 1 && printed(at)).map(|(at, _)| at).collect()
}

/// `printed` with its first digit raised by one: far more than rounding.
fn wrong(printed: &str) -> String {
    let raised = |c: char| char::from(b'1' + (u8::try_from(c).unwrap_or(b'0') - b'0') % 9);
    let at = printed.find(|c: char| c.is_ascii_digit()).expect("an amount has digits");
    let digit = printed[at..].chars().next().expect("a digit");
    format!("{}{}{}", &printed[..at], raised(digit), &printed[at + 1..])
}

#[test]
fn a_wrong_digit_in_any_cell_is_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let file = std::fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .find(|entry| entry.file_name().to_string_lossy().starts_with("000_"));
    let Some(file) = file else {
        println!("skipped: {} is absent", folder.display());
        return;
    };
    let bytes = std::fs::read(file.path()).expect("readable");
    let document = duizhang::read::read("000.txt", &bytes).expect("the seed can be read");
    let sound = [duizhang::recognise::recognise(&document)];
    let cells = cells(&sound);
    assert!(cells.len() > 100, "{}", cells.len());
    let mut missed = Vec::new();
    for at in &cells {
        let Anchor::Cell { table, row, column, .. } = *at else { continue };
        let mut bad = sound.clone();
        let entry = &mut bad[0].tables[usize::from(table)].rows[row as usize].entries[usize::from(column)];
        let printed = entry.amount().expect("an amount").printed().to_owned();
        entry.value = Value::Amount(Amount::parse(&wrong(&printed)).expect("an amount"));
        let found = duizhang::explain::explain(&bad, &rules::check(&bad));
        if !found.iter().any(|finding| finding.at.contains(at) && finding.severity == rules::Severity::Error) {
            missed.push(format!("{at:?} {printed}"));
        }
    }
    let found = (cells.len() - missed.len()) * 1000 / cells.len();
    println!("{found} ‰ of {}", cells.len());
    assert!(found >= FOUND, "{found} ‰ of {}:\n{}", cells.len(), missed.join("\n"));
}
