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
