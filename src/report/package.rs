//! The tables as a Frictionless data package: `datapackage.json` and a CSV file for each table in one ZIP.
//!
//! Each table has its schema: a column of amounts is of type `number` with its `unit`, everything else is `string`; what
//! stands for "nothing" in a column of amounts (a dash) is listed beside the empty text as missing. The files are those of
//! `csv` without the byte order mark, so a cell that a spreadsheet would run has an apostrophe in front.
//! The specification: <https://specs.frictionlessdata.io/tabular-data-package/>.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::compose::masked;
use super::layout::{self, LaidOut, Slot, words};
use super::text::Language;
use super::{compose, csv, json as report_json, records};
use crate::disclosure::ColumnRole;
use crate::session::Opened;
use crate::words::Words;

/// Writes the package. Fails only where the ZIP format's limits are passed.
pub fn package(opened: &Opened, language: Language) -> ZipResult<Vec<u8>> {
    let words = words(language);
    // Field names are for programs: the same whatever the language of our words.
    let fields = self::words(Language::English);
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut resources: Vec<Json> = Vec::new();
    for laid in layout::tables(opened).filter(LaidOut::is_printed) {
        let name = layout::short_id(opened, usize::from(laid.document), usize::from(laid.index));
        let path = format!("tables/{name}.csv");
        let bytes = records::written(&csv::table(&laid, fields));
        let mut resource = self::resource(&name, &path, &masked(&laid.table.caption()), &bytes, &schema(&laid, words));
        if let Some(resource) = resource.as_object_mut() {
            resource.insert("kind".to_owned(), json!(laid.table.kind));
            if let Some(document) = opened.analysis().documents.get(usize::from(laid.document)) {
                resource.insert("sources".to_owned(), json!([source(document)]));
            }
        }
        resources.push(resource);
        files.push((path, bytes));
    }
    let numbers = |records: &[Vec<String>], numbers: &[usize]| {
        let field = |(at, name): (usize, &String)| json!({ "name": name, "type": if numbers.contains(&at) { "number" } else { "string" } });
        let named = records.first().into_iter().flatten().enumerate().map(field).collect::<Vec<_>>();
        json!({ "fields": named, "missingValues": ["", fields.blank()] })
    };
    let lists = [
        ("findings", words.part_findings(), csv::findings(opened, fields), &[0, 9, 10, 12, 16][..]),
        ("prose", words.part_prose(), csv::prose(opened, fields), &[2][..]),
        ("checks", words.part_checks(), csv::checks(opened, fields), &[4, 5, 6][..]),
    ];
    for (name, title, records, figures) in lists {
        let path = format!("{name}.csv");
        let bytes = records::written(&records);
        resources.push(resource(name, &path, title, &bytes, &numbers(&records, figures)));
        files.push((path, bytes));
    }
    let report = report_json::json(&compose::report(opened.analysis())).into_bytes();
    let mut described = serde_json::to_string_pretty(&descriptor(opened, words, &resources)).unwrap_or_default();
    described.push('\n');
    let all = [("datapackage.json".to_owned(), described.into_bytes()), ("report.json".to_owned(), report)];
    zipped(all.into_iter().chain(files))
}

fn descriptor(opened: &Opened, words: Words, resources: &[Json]) -> Json {
    let documents = &opened.analysis().documents;
    let digest = documents.first().and_then(|d| d.sha256.get(..12)).unwrap_or("empty");
    let titles: Vec<String> = documents.iter().map(|document| masked(&document.name)).collect();
    json!({
        "profile": "tabular-data-package",
        "name": format!("duizhang-{digest}"),
        "title": titles.join(words.semicolon()),
        "description": words.report_caveat(),
        "version": env!("CARGO_PKG_VERSION"),
        "sources": documents.iter().map(source).collect::<Vec<_>>(),
        "contributors": [{ "title": format!("duizhang {}", env!("CARGO_PKG_VERSION")), "role": "wrangler" }],
        "resources": resources,
    })
}

fn source(document: &crate::document::Document) -> Json {
    json!({ "title": masked(&document.name), "sha256": document.sha256 })
}

fn resource(name: &str, path: &str, title: &str, bytes: &[u8], schema: &Json) -> Json {
    json!({
        "profile": "tabular-data-resource",
        "name": name,
        "path": path,
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": bytes.len(),
        "hash": format!("sha256:{}", digest(bytes)),
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true },
        "schema": schema,
    })
}

/// The digest of a file, lower-case hexadecimal.
fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The fields of a table. A column of amounts with words in it that stand for no figure is of type `string`.
fn schema(laid: &LaidOut, words: Words) -> Json {
    let mut nothing: Vec<String> = vec![String::new()];
    let records = csv::table(laid, self::words(Language::English));
    let header = records.first().cloned().unwrap_or_default();
    let unit = laid.table.unit.map(|unit| words.unit(unit));
    let mut fields: Vec<Json> = Vec::new();
    for (at, name) in header.iter().enumerate() {
        let role = laid.table.columns.get(at).map(|column| column.role);
        let slots = laid.lines.iter().filter_map(|line| line.slots.get(at));
        let mut dashes = Vec::new();
        let mut numbers = matches!(role, Some(ColumnRole::Amount | ColumnRole::Percent));
        for (_, slot) in slots {
            match slot {
                Slot::Words(text) if is_dash(text) => dashes.push(records::safe(text).into_owned()),
                Slot::Words(_) => numbers = false,
                _ => {}
            }
        }
        let mut field = json!({ "name": name, "type": if numbers { "number" } else { "string" } });
        if numbers {
            nothing.extend(dashes);
        }
        if let Some(field) = field.as_object_mut() {
            if let Some(column) = laid.table.columns.get(at) {
                field.insert("title".to_owned(), json!(masked(&column.path.last().cloned().unwrap_or_default())));
            }
            if let (Some(ColumnRole::Amount), Some(unit)) = (role, unit) {
                field.insert("unit".to_owned(), json!(unit));
            }
            if role == Some(ColumnRole::Percent) {
                field.insert("unit".to_owned(), json!("%"));
            }
        }
        fields.push(field);
    }
    nothing.sort();
    nothing.dedup();
    json!({ "fields": fields, "missingValues": nothing })
}

fn is_dash(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '－' | '—' | '–' | '―' | '─' | '/' | '／'))
}

/// One ZIP, without a clock.
pub(super) fn zipped(files: impl Iterator<Item = (String, Vec<u8>)>) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name, options)?;
        writer.write_all(&bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;
    use crate::session::fixture;

    fn open(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        (0..archive.len())
            .map(|at| {
                let mut file = archive.by_index(at).unwrap();
                let mut content = Vec::new();
                file.read_to_end(&mut content).unwrap();
                (file.name().unwrap().into_owned(), content)
            })
            .collect()
    }

    #[test]
    fn every_resource_is_there_with_its_digest_and_its_fields() {
        let opened = Opened::new(fixture::analysis());
        let files = open(&package(&opened, Language::Chinese).unwrap());
        let content = |name: &str| &files.iter().find(|(n, _)| n == name).unwrap_or_else(|| panic!("{name}")).1;
        let described: Json = serde_json::from_slice(content("datapackage.json")).unwrap();
        let resources = described["resources"].as_array().unwrap();
        assert!(resources.len() > 3);
        for resource in resources {
            let bytes = content(resource["path"].as_str().unwrap());
            assert_eq!(resource["bytes"], bytes.len());
            assert_eq!(resource["hash"], format!("sha256:{}", digest(bytes)));
            let header = std::str::from_utf8(bytes).unwrap().lines().next().unwrap().to_owned();
            for field in resource["schema"]["fields"].as_array().unwrap() {
                assert!(header.contains(field["name"].as_str().unwrap()), "{field} in {header}");
            }
        }
        let units: Vec<&Json> =
            resources[0]["schema"]["fields"].as_array().unwrap().iter().map(|f| &f["unit"]).collect();
        assert!(units.contains(&&json!("万元")), "{units:?}");
    }

    #[test]
    fn the_same_content_gives_the_same_bytes() {
        let opened = Opened::new(fixture::analysis());
        assert_eq!(package(&opened, Language::Chinese).unwrap(), package(&opened, Language::Chinese).unwrap());
    }

    #[test]
    fn nothing_open_is_a_package_of_empty_lists() {
        let files = open(&package(&Opened::default(), Language::English).unwrap());
        assert_eq!(files.len(), 5, "{:?}", files.iter().map(|f| &f.0).collect::<Vec<_>>());
    }
}
