//! Tests over the whole catalogue: what every rule must have and do.

use std::collections::BTreeSet;

use super::judge::{self, Outcome};
use super::*;
use crate::disclosure::Value;

/// The verdicts of one rule on an example.
fn verdicts(rule: &Rule, disclosures: &[Disclosure]) -> Vec<Outcome> {
    let facts = Facts::new(disclosures);
    (rule.check)(&facts.scope(0)).iter().map(|i| judge::judge(disclosures, &i.claim).outcome).collect()
}

fn is_broken(rule: &Rule, disclosures: &[Disclosure]) -> bool {
    verdicts(rule, disclosures).contains(&Outcome::Fail)
}

#[test]
fn ids_are_unique_and_sorted_and_begin_with_their_family() {
    let order = |id: &str| (id.chars().next(), id[1..].parse::<u32>().expect("a letter and a number"));
    for pair in CATALOGUE.windows(2) {
        assert!(order(pair[0].id) < order(pair[1].id), "{} then {}", pair[0].id, pair[1].id);
    }
    for rule in CATALOGUE {
        let letter = match rule.family {
            Family::Completeness => 'C',
            Family::WithinTable => 'T',
            Family::AcrossTables => 'X',
            Family::Prose => 'N',
            Family::Wording => 'W',
            Family::AcrossDocuments => 'Y',
        };
        assert!(rule.id.starts_with(letter), "{}", rule.id);
        assert_eq!(find(&rule.id.to_lowercase()).map(|r| r.id), Some(rule.id));
    }
}

#[test]
fn every_rule_says_what_it_rests_on_and_explains_itself() {
    for rule in CATALOGUE {
        for (what, (zh, en)) in [("title", rule.title), ("basis", rule.basis), ("explain", rule.explain)] {
            assert!(!zh.is_empty() && !en.is_empty(), "{} {what}", rule.id);
            for word in ["错误", "造假", "违规", "异常"] {
                assert!(!zh.contains(word), "{} {what} accuses: {word}", rule.id);
            }
        }
    }
}

#[test]
fn every_rule_file_is_in_the_catalogue() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
    let known: BTreeSet<&str> = CATALOGUE.iter().map(|r| r.id).collect();
    let mut seen = 0;
    for folder in ["within_table", "across_tables", "completeness", "wording", "across_documents"] {
        let Ok(entries) = std::fs::read_dir(format!("{root}/{folder}")) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("a readable folder").path();
            let text = std::fs::read_to_string(&path).expect("a readable file");
            let Some(id) = text.split("\n    id: \"").nth(1).and_then(|rest| rest.split('"').next()) else {
                let names = ["mod.rs", "tests.rs", "pairs.rs"];
                assert!(names.iter().any(|name| path.ends_with(name)), "{} holds no rule", path.display());
                continue;
            };
            assert!(known.contains(id), "{} is not in the catalogue", path.display());
            assert!(text.starts_with(&format!("//! {id}: ")), "{} says first which rule it is", path.display());
            seen += 1;
        }
    }
    let here = |r: &&&Rule| r.family != Family::Prose;
    assert_eq!(seen, CATALOGUE.iter().filter(here).count());
}

/// An example, read as any file is: bytes, blocks, tables.
fn read(text: &str) -> [Disclosure; 1] {
    let document = crate::read::read("example.md", text.as_bytes()).expect("a readable example");
    [crate::recognise::recognise(&document)]
}

#[test]
fn examples_do_what_they_say() {
    let mut wrong = Vec::new();
    // Rules across documents have tests of their own: an example of theirs is two documents.
    for rule in CATALOGUE.iter().filter(|rule| rule.family != Family::AcrossDocuments) {
        let outcomes = verdicts(rule, &read(rule.holds));
        if outcomes.contains(&Outcome::Fail) {
            wrong.push(format!("{} fails its good example", rule.id));
        }
        if !is_broken(rule, &read(rule.breaks)) {
            wrong.push(format!("{} passes its bad example", rule.id));
        }
        if is_broken(rule, &read(rule.spared)) {
            wrong.push(format!("{} fails its near miss", rule.id));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// No amount that a rule names is ignored: changing any one of them, up or down, breaks it.
#[test]
fn every_term_of_the_good_example_counts() {
    for rule in CATALOGUE {
        let [good] = read(rule.holds);
        let claims = (rule.check)(&Facts::new(std::slice::from_ref(&good)).scope(0));
        let mut terms = BTreeSet::new();
        for claim in &claims {
            if let Claim::Equation(equation) = &claim.claim {
                terms.extend(equation.left.iter().chain(&equation.right).map(|t| t.at));
            }
        }
        for at in terms {
            let broken = ["0.00", "99999.00"].iter().any(|figure| {
                let mut bad = good.clone();
                let Anchor::Cell { table, row, column, .. } = at else {
                    return true;
                };
                let entry = &mut bad.tables[usize::from(table)].rows[row as usize].entries[usize::from(column)];
                entry.value = Value::Amount(crate::amount::Amount::parse(figure).expect("an amount"));
                is_broken(rule, &[bad])
            });
            assert!(broken, "{} ignores {at:?}", rule.id);
        }
    }
}
