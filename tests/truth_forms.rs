//! Performance forms of two audited disclosures, cell by cell. Skipped where the audits are not beside the repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use duizhang::disclosure::{Entry, Row, Table, Value};
use serde_json::Value as Json;

fn shared(folder: &str, prefix: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).ok()?.flatten().map(|file| file.path()).collect();
    files.sort();
    files.into_iter().find(|file| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix)))
}

fn printed(entry: &Entry) -> String {
    match &entry.value {
        Value::Blank => String::new(),
        Value::Amount(amount) => amount.printed().to_owned(),
        Value::Text(text) => text.to_string(),
    }
}

/// Comparing leaves white space and a full stop at the end aside.
fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    text.trim_end_matches(['；', '。']).to_owned()
}

/// The last header of a path. The audits write two headers in one spelling.
fn own(header: &str) -> String {
    let own = header.rsplit('/').next().unwrap_or(header);
    match own {
        "预期当年实现值" => "预计当年实现".to_owned(),
        own => own.to_owned(),
    }
}

fn line(place: duizhang::document::Place) -> u64 {
    place.line_number().map_or(0, u64::from)
}

/// How many cells of the audited row stand in `row`.
fn right(table: &Table, row: &Row, cells: &BTreeMap<String, Option<String>>) -> usize {
    let found: BTreeMap<String, String> =
        table.columns.iter().zip(&row.entries).map(|(column, entry)| (own(&column.header()), printed(entry))).collect();
    let only = row.entries.first().filter(|_| row.entries.len() == 1).map(printed);
    cells
        .iter()
        .filter(|(header, value)| {
            let found = found.get(&own(header)).or(only.as_ref());
            found.map(|text| plain(text)) == Some(plain(value.as_deref().unwrap_or_default()))
        })
        .count()
}

fn compare(name: &str) -> Option<(usize, usize)> {
    let (Some(seed), Some(truth)) = (shared("seeds", name), shared("truth", name)) else {
        println!("skipped: no audit of {name}");
        return None;
    };
    let bytes = std::fs::read(&seed).ok()?;
    let document = duizhang::read::read(&seed.to_string_lossy(), &bytes).expect("the seed is text");
    let disclosure = duizhang::recognise::recognise(&document);
    let truth: Json = serde_json::from_slice(&std::fs::read(truth).ok()?).expect("the audit is JSON");
    let (mut all, mut good) = (0, 0);
    for table in truth["tables"].as_array()? {
        if !table["id"].as_str().is_some_and(|id| id.starts_with("performance")) {
            continue;
        }
        let (mut of_table, mut right_here) = (0, 0);
        for audited in table["rows"].as_array()? {
            let cells = if audited["values"].is_object() { &audited["values"] } else { &audited["cells"] };
            let cells: BTreeMap<String, Option<String>> =
                cells.as_object()?.iter().map(|(k, v)| (k.clone(), v.as_str().map(str::to_owned))).collect();
            of_table += cells.len();
            let (from, to) = (audited["line"].as_u64()?, audited["end_line"].as_u64()?);
            let name = plain(audited["name"].as_str().unwrap_or_default());
            right_here += disclosure
                .tables
                .iter()
                .filter(|found| found.kind.id() == table["id"].as_str().unwrap_or_default())
                .flat_map(|found| found.rows.iter().map(move |row| (found, row)))
                .filter(|(_, row)| line(row.place) >= from && line(row.place) <= to)
                .filter(|(_, row)| plain(row.name.as_deref().unwrap_or_default()) == name)
                .map(|(found, row)| right(found, row, &cells))
                .max()
                .unwrap_or(0);
        }
        println!("{name} {} {}: {right_here} of {of_table}", table["key"], table["title"]);
        all += of_table;
        good += right_here;
    }
    println!("{name}: {good} of {all} values");
    Some((good, all))
}

#[test]
fn forms_in_wrapped_text_match_their_audit() {
    for name in ["000", "003"] {
        if let Some((good, all)) = compare(name) {
            assert!(good * 1000 >= all * 995, "{name}: {good} of {all}");
        }
    }
}
