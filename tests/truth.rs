//! Every budget table of the audited disclosures, cell by cell: what was audited by hand against what is recognised.
//!
//! Needs the disclosures beside the repository; skipped with a line where they are not there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use duizhang::amount::Amount;
use duizhang::disclosure::{ColumnRole, Disclosure, Row, Side, Status, Table, Value};
use serde_json::{Value as Json, json};

/// Folder with `truth/` and `seeds/`.
fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared")
}

fn read_seed(number: &str) -> Option<Disclosure> {
    let folder = shared().join("seeds");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).ok()?.filter_map(|file| Some(file.ok()?.path())).collect();
    files.sort();
    let path = files
        .into_iter()
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(number)))?;
    let bytes = std::fs::read(&path).ok()?;
    let document = duizhang::read::read("seed.txt", &bytes).expect("a seed can be read");
    Some(duizhang::recognise::recognise(&document))
}

/// The seed with its blank cells dropped and single spaces between the others: what copying out of a PDF leaves.
fn read_squeezed(number: &str) -> Option<Disclosure> {
    let folder = shared().join("seeds");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).ok()?.filter_map(|file| Some(file.ok()?.path())).collect();
    files.sort();
    let path =
        files.into_iter().find(|path| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(number)))?;
    let text = std::fs::read_to_string(path).ok()?;
    let squeezed = text.lines().map(|line| {
        let line = line.replace("<b>", "").replace("</b>", "");
        let cells: Vec<&str> = line.split('\t').map(str::trim).filter(|cell| !cell.is_empty()).collect();
        cells.join(" ")
    });
    let squeezed = squeezed.collect::<Vec<_>>().join("\n");
    let document = duizhang::read::read("seed.txt", squeezed.as_bytes()).expect("text can be read");
    Some(duizhang::recognise::recognise(&document))
}

/// The audit of a disclosure: beside the repository, or its figures in `tests/seeds`.
fn audit(number: &str) -> Option<Json> {
    if let Ok(text) = std::fs::read_to_string(shared().join("truth").join(format!("{number}.json"))) {
        return serde_json::from_str(&text).ok();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/seeds").join(format!("{number}.tsv"));
    let text = std::fs::read_to_string(path).ok()?;
    let mut tables: Vec<Json> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let field: Vec<&str> = line.split('\t').collect();
        let text = |index: usize| field.get(index).filter(|text| !text.is_empty()).copied();
        let number = |index: usize| text(index).and_then(|text| text.parse::<u32>().ok());
        if field[0] == "table" {
            let columns: Vec<&str> = field[6].split('|').filter(|column| !column.is_empty()).collect();
            tables.push(json!({
                "id": field[1], "title": field[2], "title_line": number(3), "unit": text(4), "status": field[5],
                "columns": columns, "rows": [],
            }));
            continue;
        }
        let table = tables.last_mut()?;
        let mut cells = serde_json::Map::new();
        for cell in field[6].split(' ').filter(|cell| !cell.is_empty()) {
            let (index, value) = cell.split_once('=')?;
            let column = table["columns"].get(index.parse::<usize>().ok()?)?.as_str()?.to_owned();
            cells.insert(column, value.into());
        }
        let row = json!({
            "line": number(1), "end_line": number(2), "side": text(3), "code": text(4), "name": text(5), "cells": cells,
        });
        table["rows"].as_array_mut()?.push(row);
    }
    Some(json!({ "tables": tables }))
}

/// One spelling of widths, quotes and spaces.
fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”' | '"'))
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            '：' => ':',
            '，' => ',',
            c => c,
        })
        .collect()
}

fn text<'a>(json: &'a Json, key: &str) -> Option<&'a str> {
    json.get(key)?.as_str()
}

fn line(json: &Json, key: &str) -> Option<u32> {
    u32::try_from(json.get(key)?.as_u64()?).ok()
}

fn side(row: &Row) -> Option<&'static str> {
    row.side.map(|side| match side {
        Side::Revenue => "revenue",
        Side::Expenditure => "expenditure",
    })
}

/// What is printed in a cell, as the audits write it: separators removed, blank is nothing.
fn printed(value: &Value) -> Option<String> {
    match value {
        Value::Blank => None,
        Value::Amount(amount) => Some(amount.plain()),
        Value::Text(text) => Some(folded(text)),
    }
}

/// The differences between an audited table and a recognised one.
fn differences(expected: &Json, found: &Table) -> Vec<String> {
    let mut out = Vec::new();
    let mut differs = |what: String, expected: Option<String>, found: Option<String>| {
        if expected != found {
            out.push(format!("{what}: expected {expected:?}, found {found:?}"));
        }
    };
    let fold = |text: Option<&str>| text.map(folded);
    differs("title".into(), fold(text(expected, "title")), Some(folded(&found.title)));
    differs(
        "title line".into(),
        line(expected, "title_line").map(|l| l.to_string()),
        found.place.line_number().map(|l| l.to_string()),
    );
    differs("unit".into(), text(expected, "unit").map(str::to_owned), found.unit.map(|unit| unit.to_string()));
    let rows: Vec<Json> = expected["rows"].as_array().cloned().unwrap_or_default();
    let status = match &found.status {
        Status::Present => "present",
        Status::Empty { .. } => "empty",
        Status::Missing => "missing",
    };
    let audited = text(expected, "status").map(|status| if rows.is_empty() { status } else { "present" });
    differs("status".into(), audited.map(str::to_owned), Some(status.to_owned()));
    let columns: Vec<String> = found.columns.iter().map(|column| folded(&column.header())).collect();
    let expected_columns: Vec<String> =
        expected["columns"].as_array().into_iter().flatten().filter_map(Json::as_str).map(folded).collect();
    differs("columns".into(), Some(expected_columns.join(" ")), Some(columns.join(" ")));
    differs("rows".into(), Some(rows.len().to_string()), Some(found.rows.len().to_string()));
    for (number, (expected, row)) in rows.iter().zip(&found.rows).enumerate() {
        let at = format!("row {number} {:?}", text(expected, "name").or(text(expected, "code")));
        differs(format!("{at} code"), text(expected, "code").map(str::to_owned), row.code.clone());
        let name = fold(row.name.as_deref());
        differs(format!("{at} name"), shortened(fold(text(expected, "name")), name.as_deref()), name);
        differs(format!("{at} side"), text(expected, "side").map(str::to_owned), side(row).map(str::to_owned));
        differs(
            format!("{at} line"),
            line(expected, "line").map(|l| l.to_string()),
            row.place.line_number().map(|l| l.to_string()),
        );
        differs(
            format!("{at} end"),
            line(expected, "end_line").map(|l| l.to_string()),
            row.end.line_number().map(|l| l.to_string()),
        );
        differs(format!("{at} doubt"), None, row.doubt.as_ref().map(|doubt| doubt.en.clone()));
        let mut cells: BTreeMap<String, Option<String>> = BTreeMap::new();
        for key in ["cells", "text_cells"] {
            for (column, value) in expected[key].as_object().into_iter().flatten() {
                cells.insert(folded(column), value.as_str().map(folded));
            }
        }
        for (column, entry) in found.columns.iter().zip(&row.entries) {
            let header = folded(&column.header());
            let amount = matches!(column.role, ColumnRole::Amount | ColumnRole::Percent);
            let expected = cells.remove(&header).flatten();
            if amount || expected.is_some() {
                differs(format!("{at} {header}"), expected, printed(&entry.value));
            }
        }
        for (column, value) in cells {
            differs(format!("{at} {column}"), value, None);
        }
    }
    out
}

/// Compares every budget table of one seed; performance forms have tests of their own.
fn compare(number: &str) {
    let (Some(audit), Some(disclosure)) = (audit(number), read_seed(number)) else {
        println!("skipped: the audit of {number} or its disclosure is not there");
        return;
    };
    let budget = |id: &str| !id.starts_with("performance") && id != "other";
    let audited: Vec<&Json> = audit["tables"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|t| text(t, "id").is_some_and(budget) && text(t, "status") != Some("missing"))
        .collect();
    let found: Vec<&Table> =
        disclosure.tables.iter().filter(|t| budget(t.kind.id()) && t.status != Status::Missing).collect();
    let kinds = |ids: &mut dyn Iterator<Item = String>| ids.collect::<Vec<_>>().join(" ");
    let expected_kinds = kinds(&mut audited.iter().filter_map(|t| text(t, "id")).map(str::to_owned));
    let found_kinds = kinds(&mut found.iter().map(|t| t.kind.id().to_owned()));
    let mut out: Vec<String> = Vec::new();
    if expected_kinds != found_kinds {
        out.push(format!("tables: expected {expected_kinds}, found {found_kinds}"));
    }
    for (expected, found) in audited.iter().zip(&found) {
        out.extend(differences(expected, found).into_iter().map(|d| format!("{} {d}", found.kind)));
    }
    let cells: usize = found.iter().flat_map(|t| &t.rows).map(|row| row.entries.len()).sum();
    println!("{number}: {} tables, {cells} cells, {} differences", found.len(), out.len());
    assert!(out.is_empty(), "{number}:\n{}", out.join("\n"));
}

#[test]
fn tables_of_text_with_spaces() {
    compare("000");
}

#[test]
fn tables_of_tabs_with_unit_rows_and_lists() {
    compare("001");
}

#[test]
fn tables_of_tabs_with_blank_cells() {
    compare("002");
}

#[test]
fn no_budget_table_where_there_is_none() {
    compare("003");
}

#[test]
fn notes_stand_for_empty_tables() {
    compare("004");
}

/// Without blank cells much cannot be known; what is said without doubt must still be right.
fn squeezed_is_right_or_doubted(number: &str) {
    let (Some(whole), Some(squeezed)) = (read_seed(number), read_squeezed(number)) else {
        println!("skipped: disclosure {number} is not there");
        return;
    };
    let budget = |t: &&Table| !t.kind.id().starts_with("performance") && t.status != Status::Missing;
    let (mut sure, mut doubted) = (0, 0);
    let mut out = Vec::new();
    for expected in whole.tables.iter().filter(budget) {
        let Some(found) = squeezed.tables.iter().filter(budget).find(|t| t.title == expected.title) else {
            out.push(format!("{} {} is not found", expected.kind, expected.title));
            continue;
        };
        let key = |row: &Row| (row.side, row.code.clone(), row.name.as_deref().map(folded), row.place.line_number());
        for row in &expected.rows {
            let Some(same) = found.rows.iter().find(|other| key(other) == key(row)) else {
                let blank = row.entries.iter().all(|entry| entry.amount().is_none());
                if !blank {
                    out.push(format!("{} row {:?} is not found", expected.kind, key(row)));
                }
                continue;
            };
            if same.doubt.is_some() {
                doubted += 1;
                continue;
            }
            sure += 1;
            let amounts = |row: &Row| row.entries.iter().map(|e| e.amount().map(Amount::plain)).collect::<Vec<_>>();
            if amounts(row) != amounts(same) {
                out.push(format!("{} {:?}: {:?} became {:?}", expected.kind, key(row), amounts(row), amounts(same)));
            }
        }
    }
    println!("{number} squeezed: {sure} rows sure, {doubted} doubted, {} wrong", out.len());
    assert!(out.is_empty(), "{}", out.join("\n"));
}

#[test]
fn lost_blank_cells_are_found_or_doubted() {
    squeezed_is_right_or_doubted("002");
    squeezed_is_right_or_doubted("001");
}

/// The audits shorten a long name of a project to its ends, `工业…资金`; the whole name where those are its ends.
fn shortened(audited: Option<String>, found: Option<&str>) -> Option<String> {
    let audited = audited?;
    match (audited.split_once('…'), found) {
        (Some((head, tail)), Some(found)) if found.starts_with(head) && found.ends_with(tail) => Some(found.to_owned()),
        _ => Some(audited),
    }
}
