//! Dependence runs one way: each part of the crate uses the parts listed for it, and no other.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each part with what it may use, lowest first. `lib.rs` ties the steps together and may use all of them; test
/// modules may too.
const MAY_USE: &[(&str, &[&str])] = &[
    ("amount", &[]),
    ("privacy", &[]),
    ("spelling", &["amount"]),
    ("message", &[]),
    ("parallel", &[]),
    ("document", &["message"]),
    ("disclosure", &["amount", "document", "message"]),
    ("classification", &["amount", "disclosure", "spelling"]),
    ("read", &["amount", "disclosure", "document", "message", "parallel"]),
    ("recognise", &["amount", "classification", "disclosure", "document", "parallel", "privacy", "spelling"]),
    ("rules", &["amount", "classification", "disclosure", "document", "parallel", "spelling"]),
    ("explain", &["amount", "classification", "disclosure", "document", "parallel", "rules"]),
    ("faults", &["amount", "disclosure", "document", "explain", "parallel", "recognise", "rules"]),
    ("analysis", &["amount", "disclosure", "document", "explain", "read", "rules", "spelling"]),
    ("session", &["amount", "analysis", "classification", "disclosure", "document", "explain", "rules"]),
    ("wire", &["analysis", "disclosure", "rules", "session"]),
    ("words", &["amount", "analysis", "disclosure", "document", "session", "wire"]),
    (
        "report",
        &[
            "amount",
            "analysis",
            "classification",
            "disclosure",
            "document",
            "explain",
            "privacy",
            "rules",
            "session",
            "words",
        ],
    ),
    (
        "worker",
        &[
            "amount",
            "analysis",
            "disclosure",
            "document",
            "explain",
            "read",
            "recognise",
            "report",
            "rules",
            "session",
            "wire",
        ],
    ),
    (
        "app",
        &["amount", "analysis", "disclosure", "document", "explain", "report", "rules", "session", "wire", "words"],
    ),
];

/// What would link the pipeline into the page, which must be small before it is drawn: the worker runs it.
const NOT_IN_THE_PAGE: &[&str] =
    &["CATALOGUE", "rules::check", "rules::find", "explain::explain", "crate::run", "crate::read", "crate::recognise"];

#[test]
fn dependence_runs_one_way() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for file in sources() {
        let Some(part) = part(&file) else { continue };
        seen.insert(part.clone());
        let Some(allowed) = allowed.get(part.as_str()) else {
            wrong.push(format!("{}: `{part}` is not in MAY_USE", file.display()));
            continue;
        };
        for used in uses(&code(&file), depth(&file)) {
            if used != part && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{}: `{part}` must not use `{used}`", file.display()));
            }
        }
    }
    assert!(seen.contains("rules") && seen.contains("wire"), "the parts are found: {seen:?}");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_is_allowed_has_no_circle() {
    let mut lower = BTreeSet::new();
    for (part, uses) in MAY_USE {
        for used in *uses {
            assert!(lower.contains(used), "{part} uses {used}, which stands above it");
        }
        lower.insert(*part);
    }
}

#[test]
fn the_page_links_no_rule() {
    for file in sources() {
        if !matches!(part(&file).as_deref(), Some("app" | "session")) {
            continue;
        }
        let code = code(&file);
        for word in NOT_IN_THE_PAGE {
            assert!(!code.contains(word), "{}: {word} would link the pipeline into the page", file.display());
        }
    }
}

#[test]
fn uses_are_found() {
    let found = |code: &str, depth| uses(code, depth).into_iter().collect::<Vec<_>>();
    assert_eq!(found("use crate::rules::{Rule, judge};", 1), ["rules"]);
    assert_eq!(found("use crate::{explain, rules::{self, judge}, wire as w};", 1), ["explain", "rules", "wire"]);
    assert_eq!(found("let x = crate::read::read(name, bytes);", 1), ["read"]);
    assert_eq!(found("use super::document::Place; use super::Other;", 1), ["document"]);
    assert_eq!(found("use super::document::Place;", 2), [""; 0], "a sibling");
    assert_eq!(found("use super::super::amount::Amount;", 2), ["amount"]);
    assert_eq!(found("pub(crate) fn f() {} use mycrate::x;", 1), [""; 0]);
}

/// Every source file, by its path below `src`.
fn sources() -> Vec<PathBuf> {
    let root = root();
    let mut open = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") && !is_test(&path) {
                files.push(path.strip_prefix(&root).unwrap().to_owned());
            }
        }
    }
    files.sort();
    files
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Whether the file's module is declared for tests alone, in the `mod.rs` beside it.
fn is_test(path: &Path) -> bool {
    let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let front = path.with_file_name("mod.rs");
    let declared = fs::read_to_string(front).unwrap_or_default();
    ["mod", "pub(crate) mod", "pub(super) mod"].iter().any(|m| declared.contains(&format!("#[cfg(test)]\n{m} {name};")))
}

/// The part that a file belongs to; `None` for `lib.rs` and the programs.
fn part(file: &Path) -> Option<String> {
    let first = file.components().next()?.as_os_str().to_str()?;
    let first = first.strip_suffix(".rs").unwrap_or(first);
    (first != "lib" && first != "bin").then(|| first.to_owned())
}

/// How many modules deep a file is: `super::` that many times is the crate.
fn depth(file: &Path) -> usize {
    let parts = file.components().count();
    if file.file_name().is_some_and(|name| name == "mod.rs") { parts - 1 } else { parts }
}

/// The file without comments and without its test module, which stands last.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(root().join(file)).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The parts of the crate that the code names.
fn uses(code: &str, depth: usize) -> BTreeSet<String> {
    let up = "super::".repeat(depth);
    let mut found = BTreeSet::new();
    for prefix in ["crate::", up.as_str()] {
        for (at, _) in code.match_indices(prefix) {
            let before = code[..at].chars().next_back().unwrap_or(' ');
            if before.is_alphanumeric() || before == '_' || before == ':' {
                continue;
            }
            let rest = &code[at + prefix.len()..];
            match rest.strip_prefix('{') {
                Some(group) => found.extend(first_names(group)),
                None => found.extend(name(rest)),
            }
        }
    }
    // What `super::` leads to in a part itself (`super::Other`, a type) is no part.
    found.retain(|name| name.starts_with(char::is_lowercase) && (MAY_USE.iter().any(|(part, _)| part == name)));
    found
}

/// The first name of each branch of a use group that was opened before `group`.
fn first_names(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut open = 0_usize;
    let mut start = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => open += 1,
            '}' if open > 0 => open -= 1,
            ',' | '}' if open == 0 => {
                names.extend(name(&group[start..at]));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

fn name(text: &str) -> Option<String> {
    let name: String = text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}
