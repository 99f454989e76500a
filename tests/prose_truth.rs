//! How much of two audited disclosures' prose is tied and judged as the audit does. Skips where the audits are not
//! there.

use std::path::{Path, PathBuf};

use serde_json::Value;

fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if shared.join("truth").is_dir() {
        return Some(shared);
    }
    println!("skipped: ../shared is not there");
    None
}

fn seed(shared: &Path, id: &str) -> (String, Vec<u8>) {
    let entry = std::fs::read_dir(shared.join("seeds"))
        .unwrap()
        .filter_map(Result::ok)
        .find(|entry| entry.file_name().to_string_lossy().starts_with(id))
        .unwrap();
    (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).unwrap())
}

fn report(shared: &Path, id: &str) -> Value {
    report_beside(shared, &[id])
}

/// The report over several disclosures that are opened together.
fn report_beside(shared: &Path, ids: &[&str]) -> Value {
    let sources: Vec<(String, Vec<u8>)> = ids.iter().map(|id| seed(shared, id)).collect();
    let analysis = duizhang::run(&sources);
    serde_json::from_str(&duizhang::report::json::json(&duizhang::report::report(&analysis))).unwrap()
}

/// Money in the audit that is a statement of ours: same figure, same line (a figure may wrap: one line more).
fn amounts(truth: &Value) -> impl Iterator<Item = &Value> {
    truth["claims"].as_array().unwrap().iter().filter(|claim| {
        let unit = claim["unit"].as_str().unwrap_or_default();
        matches!(unit, "万元" | "元" | "万" | "亿元") && claim["relation"]["kind"] != "target"
    })
}

#[test]
fn amounts_of_the_audited_prose_are_found_and_judged_alike() {
    let Some(shared) = shared() else { return };
    for (id, at_least) in [("000", 37), ("003", 18)] {
        let truth: Value =
            serde_json::from_slice(&std::fs::read(shared.join("truth").join(format!("{id}.json"))).unwrap()).unwrap();
        let report = report(&shared, id);
        let claims = report["documents"][0]["claims"].as_array().unwrap();
        let (mut all, mut tied, mut decided, mut alike) = (0, 0, 0, 0);
        for wanted in amounts(&truth) {
            all += 1;
            let line = wanted["line"].as_u64().unwrap();
            let own = claims.iter().find(|claim| {
                let at = claim["place"]["line"].as_u64().unwrap_or_default();
                claim["value"] == wanted["value"] && (line..=line + 2).contains(&at) && same_thing(claim, wanted)
            });
            let Some(own) = own else {
                println!("{id} not tied: line {line} {} {}", wanted["subject"], wanted["value"]);
                continue;
            };
            tied += 1;
            if wanted["holds"].is_boolean() {
                decided += 1;
                if own["holds"] == wanted["holds"] {
                    alike += 1;
                } else {
                    println!(
                        "{id} line {line} {} {}: audit {}, ours {} ({})",
                        wanted["subject"], wanted["value"], wanted["holds"], own["holds"], own["why"]
                    );
                }
            } else if own["holds"] == false {
                println!(
                    "{id} line {line}: we say it does not hold, the audit cannot tell: {} {}",
                    own["measure"], own["why"]
                );
            }
        }
        println!(
            "{id}: {tied} of {all} amounts tied; {alike} of {decided} decided ones judged alike; {} numbers, {} claims",
            report["coverage"]["numbers_in_prose"],
            claims.len()
        );
        assert!(tied * 10 >= all * 9, "{id}: {tied} of {all}");
        assert!(alike >= at_least, "{id}: {alike} judged alike");
    }
}

/// Every number of the audited prose: amounts, rates, shares, counts and targets; last year's disclosure is opened
/// beside where the audit used it. What the audit cannot tell we must not refute.
#[test]
fn the_audited_prose_is_read_and_judged_as_the_audit_does() {
    let Some(shared) = shared() else { return };
    let (mut all, mut right) = (0, 0);
    for (ids, at_least) in [(&["000", "001"][..], 113), (&["003"][..], 68)] {
        let id = ids[0];
        let truth: Value =
            serde_json::from_slice(&std::fs::read(shared.join("truth").join(format!("{id}.json"))).unwrap()).unwrap();
        let report = report_beside(&shared, ids);
        let claims = report["documents"][0]["claims"].as_array().unwrap();
        let (mut numbers, mut alike) = (0, 0);
        // 无政府性基金预算支出 says nothing in figures.
        let in_words = |wanted: &Value| {
            wanted["unit"].is_null() && wanted["text"].as_str().is_some_and(|text| text.contains('无'))
        };
        let is_number = |wanted: &&Value| {
            !in_words(wanted) && wanted["value"].as_str().is_some_and(|value| value.parse::<f64>().is_ok())
        };
        for wanted in truth["claims"].as_array().unwrap().iter().filter(is_number) {
            numbers += 1;
            let line = wanted["line"].as_u64().unwrap();
            let here = |claim: &&Value| {
                let at = claim["place"]["line"].as_u64().unwrap_or_default();
                claim["value"] == wanted["value"] && (line.saturating_sub(2)..=line + 2).contains(&at)
            };
            let own = claims.iter().filter(here).find(|claim| same_thing(claim, wanted));
            let Some(own) = own.or_else(|| claims.iter().find(here)) else {
                println!("{id} not read: line {line} {} {}", wanted["subject"], wanted["value"]);
                continue;
            };
            let told = wanted["holds"].is_boolean();
            if told && own["holds"] == wanted["holds"] || !told && own["holds"] != false {
                alike += 1;
            } else {
                println!(
                    "{id} line {line} {} {}: audit {}, ours {}",
                    wanted["subject"], wanted["value"], wanted["holds"], own["holds"]
                );
            }
        }
        println!("{id}: {alike} of {numbers} numbers read and judged as audited");
        assert!(alike >= at_least, "{id}: {alike} of {numbers}");
        (all, right) = (all + numbers, right + alike);
    }
    assert!(right * 100 >= all * 98, "{right} of {all}");
}

/// The numbers of disclosures whose audits are kept here as lines, figures and judgements. What we do not judge alike may
/// only be left open by us: nothing is confirmed or refuted against an audit.
#[test]
fn other_audited_prose_is_judged_alike() {
    let Some(shared) = shared() else { return };
    for (id, audit, at_least) in [
        ("001", include_str!("seeds/prose_001.tsv"), 94),
        ("002", include_str!("seeds/prose_002.tsv"), 130),
        ("004", include_str!("seeds/prose_004.tsv"), 195),
    ] {
        let report = report(&shared, id);
        let claims = report["documents"][0]["claims"].as_array().unwrap();
        let mut used = vec![false; claims.len()];
        let (mut all, mut alike) = (0, 0);
        for entry in audit.lines().filter(|line| !line.starts_with('#')) {
            let [line, figure, unit, judgement] = entry.split('\t').collect::<Vec<_>>()[..] else { panic!("{entry}") };
            all += 1;
            let own = claims.iter().zip(&mut used).find(|(claim, used)| {
                !**used
                    && claim["place"]["line"].as_u64() == line.parse().ok()
                    && claim["value"] == figure
                    && claim["unit"].as_str().unwrap_or_default() == unit
            });
            let Some((own, used)) = own else {
                println!("{id} not read: {entry}");
                continue;
            };
            *used = true;
            let judged = own["holds"].as_bool().map_or("open", |holds| if holds { "yes" } else { "no" });
            if judged == judgement {
                alike += 1;
            } else {
                println!("{id} {entry}: ours {judged}");
                assert_eq!(judged, "open", "{id} {entry}: {}", own["why"]);
            }
        }
        println!("{id}: {alike} of {all} numbers read and judged as audited");
        assert!(alike >= at_least, "{id}: {alike} of {all}");
    }
}

/// Whether the audit's subject and our measure share their last word.
fn same_thing(claim: &Value, wanted: &Value) -> bool {
    let subject = wanted["subject"].as_str().unwrap_or_default();
    let last = subject.rsplit(['/', '（', '(']).find(|s| s.chars().count() > 1).unwrap_or(subject);
    let head: String = last.chars().filter(|c| !"“”（）()".contains(*c)).take(2).collect();
    let measure: String =
        claim["measure"].as_str().unwrap_or_default().chars().filter(|c| !"“”（）()".contains(*c)).collect();
    measure.contains(&head)
}

#[test]
fn seeds_say_whose_they_are() {
    let Some(shared) = shared() else { return };
    for (id, year) in [("000", 2024), ("001", 2023), ("002", 2024), ("003", 2024), ("004", 2024)] {
        let report = report(&shared, id);
        let document = &report["documents"][0];
        println!("{id}: {} {} {}", document["unit_name"], document["year"], document["stage"]);
        assert_eq!(document["year"], year, "{id}");
        assert_eq!(document["stage"], "budget", "{id}");
        for table in document["tables"].as_array().unwrap().iter().filter(|t| t["status"] == "missing") {
            println!("{id} missing: {} {}", table["kind"], table["title"]);
        }
    }
}
