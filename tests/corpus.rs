//! What the real disclosures of `../shared/corpus` give, file by file: their tables, and how many identities hold, fail or
//! cannot be checked. `tests/corpus.tsv` holds the counts that were last read and accepted; nothing else of the files is
//! in the repository. Skips where the files are not there.
//!
//! `UPDATE_CORPUS=1 cargo test --test corpus` writes the counts anew; read the difference before it is committed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use duizhang::disclosure::Status;
use duizhang::rules::Severity;
use duizhang::rules::judge::Outcome;

const HEAD: &str = "file\tyear\tstage\ttables\tamounts\tpass\tfail\trounding\tnot_checkable\terrors\twarnings";

fn files() -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: ../shared/corpus is not there");
        return None;
    };
    let is_disclosure = |path: &PathBuf| id(path).is_some_and(|id| id.bytes().all(|b| b.is_ascii_digit()));
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| is_disclosure(path)).collect();
    files.sort();
    Some(files)
}

/// The number that a file's name begins with.
fn id(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_string_lossy().split_once('_')?.0.to_owned())
}

/// One line of the expectation.
fn counts(path: &Path) -> String {
    let id = id(path).unwrap_or_default();
    // The file's name tells its year where the file itself does not.
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = std::fs::read(path).expect("the file can be read");
    let analysis = duizhang::run(&[(name, bytes)]);
    let Some(disclosure) = analysis.disclosures.first() else {
        return format!("{id}\tunreadable");
    };
    let mut tables: BTreeMap<String, usize> = BTreeMap::new();
    for table in &disclosure.tables {
        let status = match table.status {
            Status::Present => "",
            Status::Empty { .. } => "-",
            Status::Missing => "!",
        };
        *tables.entry(format!("{}{status}", table.kind)).or_default() += 1;
    }
    let tables: Vec<String> =
        tables.into_iter().map(|(kind, count)| if count == 1 { kind } else { format!("{kind}×{count}") }).collect();
    let amounts = disclosure
        .tables
        .iter()
        .flat_map(|table| &table.rows)
        .flat_map(|row| &row.entries)
        .filter(|entry| entry.amount().is_some())
        .count();
    let outcome = |wanted: Outcome| analysis.checks.iter().filter(|check| check.verdict.outcome == wanted).count();
    let rules = |severity: Severity| {
        let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in analysis.findings.iter().filter(|finding| finding.severity == severity) {
            *rules.entry(&finding.rule).or_default() += 1;
        }
        let rules: Vec<String> = rules.into_iter().map(|(rule, count)| format!("{rule}×{count}")).collect();
        rules.join(" ")
    };
    format!(
        "{id}\t{}\t{}\t{}\t{amounts}\t{}\t{}\t{}\t{}\t{}\t{}",
        disclosure.year.map_or_else(String::new, |year| year.to_string()),
        disclosure.stage.map_or_else(String::new, |stage| format!("{stage:?}")),
        tables.join(" "),
        outcome(Outcome::Pass),
        outcome(Outcome::Fail),
        outcome(Outcome::Rounding),
        outcome(Outcome::NotCheckable),
        rules(Severity::Error),
        rules(Severity::Warning),
    )
}

/// The lines of all files, two at a time.
fn all_counts(files: &[PathBuf]) -> Vec<String> {
    let lines = Mutex::new(vec![String::new(); files.len()]);
    let next = Mutex::new(0..files.len());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some(at) = next.lock().expect("no panic").next() else { break };
                    let line = counts(&files[at]);
                    println!("{line}");
                    lines.lock().expect("no panic")[at] = line;
                }
            });
        }
    });
    lines.into_inner().expect("no panic")
}

#[test]
fn the_real_disclosures_give_what_was_accepted() {
    let Some(files) = files() else { return };
    let lines = all_counts(&files);
    let mut found = format!("{HEAD}\n");
    for line in &lines {
        let _ = writeln!(found, "{line}");
    }
    let expectation = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus.tsv");
    if std::env::var_os("UPDATE_CORPUS").is_some() {
        std::fs::write(&expectation, &found).expect("the expectation can be written");
        return;
    }
    let accepted = std::fs::read_to_string(&expectation).unwrap_or_default();
    let old: BTreeMap<&str, &str> = accepted.lines().filter_map(|line| line.split_once('\t')).collect();
    let changed: Vec<String> = lines
        .iter()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(id, counts)| old.get(id) != Some(counts))
        .map(|(id, counts)| format!("{id}\n  accepted {}\n  now      {counts}", old.get(id).unwrap_or(&"nothing")))
        .collect();
    assert!(changed.is_empty(), "other than accepted:\n{}", changed.join("\n"));
}
