//! The command line over small files of our own: what it prints and how it exits.
#![cfg(feature = "cli")]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn fixture(name: &str) -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name).display().to_string()
}

fn duizhang(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_duizhang")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn standard_output(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn standard_error(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_file_that_is_not_there_is_named_and_exits_2() {
    let output = duizhang(&["check", "no-such-file.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(standard_error(&output).starts_with("no-such-file.txt: "), "{}", standard_error(&output));
}

#[test]
fn an_empty_file_is_named_and_exits_2() {
    let output = duizhang(&["check", "--lang", "en", &fixture("empty.txt")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(standard_error(&output).contains("empty.txt: "), "{}", standard_error(&output));
}

#[test]
fn nothing_to_check_is_a_wrong_call() {
    assert_eq!(duizhang(&["check"]).status.code(), Some(2));
    assert_eq!(duizhang(&["check", "--format", "yaml", "x"]).status.code(), Some(2));
}

#[test]
fn an_unknown_rule_is_said_so() {
    let output = duizhang(&["explain", "Z99"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(standard_error(&output).contains("Z99"));
}

#[test]
fn standard_input_is_a_document_of_its_own() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_duizhang"))
        .args(["check", "--format", "json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"").unwrap();
    let output = child.wait_with_output().unwrap();
    let report: serde_json::Value = serde_json::from_str(&standard_output(&output)).unwrap();
    assert_eq!(report["format"], "duizhang-report/1");
    assert_eq!(report["unreadable"][0]["name"], "-");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_document_that_ties_exits_0() {
    let output = duizhang(&["check", &fixture("ties.md")]);
    assert_eq!(output.status.code(), Some(0), "{}", standard_output(&output));
    let printed = standard_output(&output);
    assert!(printed.contains("甲市乙局，2024"), "{printed}");
    assert!(!printed.contains("error["), "{printed}");
    assert!(!printed.contains('\u{1b}'), "no colours where no terminal is");
}

#[test]
fn what_does_not_tie_is_named_with_its_cell_and_exits_1() {
    let output = duizhang(&["check", &fixture("does_not_tie.md")]);
    assert_eq!(output.status.code(), Some(1));
    let printed = standard_output(&output);
    assert!(printed.contains("does_not_tie.md:18:30: error["), "{printed}");
    assert!(printed.contains("若为 20.00"), "{printed}");
    assert!(printed.contains("does_not_tie.md:22:17: error[N01]"), "{printed}");
    assert!(printed.contains("^^^^^"), "{printed}");
}

#[test]
fn the_json_names_the_same_cells() {
    let output = duizhang(&["check", "--format", "json", &fixture("does_not_tie.md")]);
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_str(&standard_output(&output)).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let suspects: Vec<(&serde_json::Value, &serde_json::Value)> =
        findings.iter().map(|f| (&f["suspect"]["place"]["line"], &f["suspect"]["printed"])).collect();
    assert_eq!(suspects, [(&18.into(), &"26.00".into()), (&22.into(), &"98.5".into())]);
    for finding in findings {
        for index in finding["checks"].as_array().unwrap() {
            let check = &report["checks"][usize::try_from(index.as_u64().unwrap()).unwrap()];
            assert_eq!(check["status"], "fail", "{check}");
        }
    }
}

#[test]
fn a_folder_is_one_set_in_the_order_of_its_names() {
    let folder = fixture("");
    let output = duizhang(&["check", "--format", "json", &folder]);
    assert_eq!(output.status.code(), Some(2), "the empty file is named");
    let report: serde_json::Value = serde_json::from_str(&standard_output(&output)).unwrap();
    let names: Vec<&str> =
        report["documents"].as_array().unwrap().iter().map(|d| d["name"].as_str().unwrap()).collect();
    let ends: Vec<bool> =
        ["does_not_tie.md", "ties.md"].iter().zip(&names).map(|(end, name)| name.ends_with(end)).collect();
    assert_eq!(ends, [true, true], "{names:?}");
    assert_eq!(report["unreadable"].as_array().unwrap().len(), 1);
}

#[test]
fn the_same_bytes_give_the_same_report() {
    let once = duizhang(&["check", "--format", "json", &fixture("does_not_tie.md")]);
    let again = duizhang(&["check", "--format", "json", &fixture("does_not_tie.md")]);
    assert_eq!(once.stdout, again.stdout);
}

/// A folder of its own below the build's, empty.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn csv_is_a_file_for_each_table_in_a_folder() {
    let folder = folder("csv").join("new");
    let path = folder.display().to_string();
    let output = duizhang(&["check", "--format", "csv", "--output", &path, &fixture("does_not_tie.md")]);
    assert_eq!(output.status.code(), Some(1), "{}", standard_error(&output));
    let table = std::fs::read(folder.join("t1-支出总表.csv")).unwrap();
    assert!(table.starts_with(
        "\u{feff}科目编码,科目名称,合计,基本支出,项目支出,位置\r\n,合计,95.50,75.50,20.00,第 11 行\r\n".as_bytes()
    ));
    assert!(std::fs::read_to_string(folder.join("findings.csv")).unwrap().contains("26.00,20.00,万元"));
    for name in ["prose.csv", "checks.csv"] {
        assert!(folder.join(name).is_file(), "{name}");
    }
    duizhang(&["check", "--format", "csv", "--no-bom", "-o", &path, &fixture("does_not_tie.md")]);
    assert!(std::fs::read(folder.join("t1-支出总表.csv")).unwrap().starts_with("科目编码".as_bytes()));
}

#[test]
fn what_cannot_be_printed_wants_a_place() {
    let output = duizhang(&["check", "--format", "csv", "--lang", "en", &fixture("ties.md")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(standard_error(&output).contains("--output"), "{}", standard_error(&output));
    let file = folder("no-folder").join("taken");
    std::fs::write(&file, "").unwrap();
    let output = duizhang(&["check", "--format", "csv", "-o", &file.display().to_string(), &fixture("ties.md")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(standard_error(&output).contains("taken: "), "{}", standard_error(&output));
}

#[test]
fn one_file_forms_are_written_and_are_the_same_each_time() {
    let folder = folder("one-file");
    for (format, begins) in [
        ("xlsx", "PK"),
        ("package", "PK"),
        ("html", "<!DOCTYPE html>"),
        ("markdown", "# "),
        ("json", "{"),
        ("letter", "关于"),
    ] {
        let write = |name: &str| {
            let path = folder.join(name);
            let output = duizhang(&[
                "check",
                "--format",
                format,
                "-o",
                &path.display().to_string(),
                &fixture("does_not_tie.md"),
            ]);
            assert_eq!(output.status.code(), Some(1), "{format}: {}", standard_error(&output));
            assert!(output.stdout.is_empty());
            std::fs::read(path).unwrap()
        };
        let (once, again) = (write("once"), write("again"));
        assert!(once.starts_with(begins.as_bytes()), "{format}");
        assert_eq!(once, again, "{format}");
    }
}

#[test]
fn a_saved_report_is_checked_again() {
    let path = folder("saved").join("report.html").display().to_string();
    duizhang(&["check", "--format", "html", "-o", &path, &fixture("does_not_tie.md")]);
    let json = |file: &str| standard_output(&duizhang(&["check", "--format", "json", file]));
    assert_eq!(json(&path), json(&fixture("does_not_tie.md")));
}

#[test]
fn without_a_mismatch_there_is_no_letter() {
    let output = duizhang(&["check", "--format", "letter", &fixture("ties.md")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(standard_error(&output).contains("没有不符"));
}

#[test]
fn rules_are_listed_and_explained_in_both_languages() {
    let listed = standard_output(&duizhang(&["rules"]));
    assert!(listed.lines().any(|line| line.starts_with("N01") && line.contains("error")), "{listed}");
    let handbook = standard_output(&duizhang(&["rules", "--format", "markdown"]));
    assert!(handbook.contains("N01"), "{handbook}");
    for (lang, word) in [("zh", "依据"), ("en", "Basis")] {
        let output = duizhang(&["explain", "--lang", lang, "n01"]);
        assert_eq!(output.status.code(), Some(0));
        assert!(standard_output(&output).contains(word), "{}", standard_output(&output));
    }
}
