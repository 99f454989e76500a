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
    // What is handed on does not say where the file lay.
    let whole = fixture("does_not_tie.md");
    assert_eq!(json(&path), json(&whole).replace(&whole, "does_not_tie.md"));
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

/// A folder of its own for one test, removed when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn put(&self, name: &str, content: &[u8]) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }

    fn path(&self) -> String {
        self.0.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The lines of an output: name, and whether the document was read.
fn documents(output: &str) -> Vec<(String, bool)> {
    let value = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    output
        .lines()
        .map(value)
        .map(|line| (line["name"].as_str().unwrap().to_owned(), line.get("error").is_none()))
        .collect()
}

#[test]
fn many_documents_are_a_line_each_in_the_order_of_their_names() {
    let folder = Folder::new("batch");
    let ties = std::fs::read(fixture("ties.md")).unwrap();
    for number in 0..40 {
        folder.put(&format!("{number:02}.md"), if number % 7 == 3 { b"" } else { ties.as_slice() });
    }
    let one = duizhang(&["check", "--format", "ndjson", "--jobs", "1", &folder.path()]);
    let many = duizhang(&["check", "--format", "ndjson", "--jobs", "7", &folder.path()]);
    assert_eq!(one.status.code(), Some(2), "{}", standard_error(&one));
    assert_eq!(one.stdout, many.stdout, "the order does not depend on the threads");
    let documents = documents(&standard_output(&one));
    assert_eq!(documents.len(), 40);
    assert!(documents.windows(2).all(|pair| pair[0].0 < pair[1].0));
    assert!(documents.iter().enumerate().all(|(number, (_, read))| *read == (number % 7 != 3)));
}

#[test]
fn going_on_skips_what_is_held_and_joins_no_cut_line() {
    let folder = Folder::new("resume");
    let ties = std::fs::read(fixture("ties.md")).unwrap();
    let broken = std::fs::read(fixture("does_not_tie.md")).unwrap();
    for (name, content) in [("a.md", &ties), ("b.md", &broken), ("c.md", &ties)] {
        folder.put(name, content);
    }
    let whole = duizhang(&["check", "--format", "ndjson", &folder.path()]);
    assert_eq!(whole.status.code(), Some(1), "b does not tie");
    let whole = standard_output(&whole);
    // The last line was cut when the first run was stopped, and `a` has changed since.
    let earlier = Folder::new("resume-output");
    let held = earlier.put("out.ndjson", &whole.as_bytes()[..whole.len() - 20]);
    folder.put("a.md", &[ties.as_slice(), "\n注：无\n".as_bytes()].concat());
    let rest = duizhang(&["check", "--format", "ndjson", "--resume", &held, &folder.path()]);
    let rest = standard_output(&rest);
    assert!(rest.starts_with('\n'), "a line end completes the cut line");
    let names: Vec<String> = documents(rest.trim_start()).into_iter().map(|(name, _)| name).collect();
    assert!(matches!(names.as_slice(), [a, c] if a.ends_with("a.md") && c.ends_with("c.md")), "{names:?}");
    assert_eq!(duizhang(&["check", "--resume", &held, &folder.path()]).status.code(), Some(2), "only with ndjson");
}

#[cfg(feature = "archive")]
#[test]
fn the_files_of_an_archive_are_documents() {
    let folder = Folder::new("archive");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["ties.md", "does_not_tie.md"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&std::fs::read(fixture(name)).unwrap()).unwrap();
    }
    let archive = folder.put("包.zip", &zip.finish().unwrap().into_inner());
    let output = standard_output(&duizhang(&["check", "--format", "ndjson", &archive]));
    let names: Vec<String> = documents(&output).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, [format!("{archive}/ties.md"), format!("{archive}/does_not_tie.md")]);
    let report: serde_json::Value =
        serde_json::from_slice(&duizhang(&["check", "--format", "json", &archive]).stdout).unwrap();
    assert_eq!(report["documents"].as_array().map(Vec::len), Some(2));
}
