//! The PDF reader against files whose tables are known cell by cell, and against real disclosures.
//!
//! Both sets stand outside the repository; where they are absent the tests say so and pass. `SHOW=name` prints the cells
//! of a fixture that were read differently; `DUMP=folder` writes what was read of the real files.
#![cfg(all(feature = "pdf", not(target_arch = "wasm32")))]
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "rates, no amounts")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

use duizhang::amount::Amount;
use duizhang::document::{Block, Document, Grid, Place};
use duizhang::read::pdf;

type Cells = BTreeMap<(usize, usize), String>;

/// The files with one extension in a folder beside the repository.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: there is no {}", folder.display());
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == extension));
    files.sort();
    files
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The cells of a grid at their top left positions.
fn cells(grid: &Grid) -> Cells {
    let mut cells = Cells::new();
    let mut seen = BTreeSet::new();
    for (r, row) in grid.spread().iter().enumerate() {
        for (c, owner) in row.iter().enumerate() {
            if let &Some((at, index)) = owner
                && seen.insert((at, index))
            {
                cells.insert((r, c), bare(&grid.rows[at].cells[index].text));
            }
        }
    }
    cells
}

fn grids(document: &Document) -> impl Iterator<Item = &Grid> {
    document.blocks.iter().filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        _ => None,
    })
}

fn agreement(a: &Cells, b: &Cells) -> f64 {
    let same = a.iter().filter(|&(at, text)| b.get(at) == Some(text)).count();
    2.0 * same as f64 / (a.len() + b.len()).max(1) as f64
}

fn true_tables(path: &Path) -> Vec<(String, Cells)> {
    let truth: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let number = |value: &serde_json::Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let tables = truth["tables"].as_array().unwrap().iter();
    tables
        .map(|table| {
            let cells = table["cells"].as_array().unwrap().iter();
            let cells =
                cells.map(|cell| ((number(&cell["r"]), number(&cell["c"])), bare(cell["text"].as_str().unwrap())));
            (table["title"].as_str().unwrap_or_default().to_owned(), cells.collect())
        })
        .collect()
}

#[derive(Default)]
struct Score {
    tables: usize,
    right: usize,
    agreement: f64,
    amounts: usize,
    amounts_right: usize,
}

fn group(name: &str) -> &'static str {
    if ["hrules", "norules", "hdr3", "ocrlayer"].iter().any(|part| name.contains(part)) {
        return "4 no vertical rules";
    }
    match name.split('_').next() {
        Some("sp") => "2 synthetic ruled",
        Some("hd") => "3 hard ruled",
        Some("st") => "5 damaged or encrypted",
        _ => "1 office exports",
    }
}

#[test]
fn fixtures_are_read_cell_by_cell() {
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    for truth in files("pdf-fixtures", "json") {
        let name = truth.file_stem().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(truth.with_extension("pdf")).unwrap();
        let document = match pdf::read(&name, &bytes) {
            Ok(document) => document,
            Err(error) => {
                println!("{name}: {error}");
                // One needs a password that nobody gave; the other's pages stood in the part that was cut off.
                assert!(["st_enc_needpw", "st_trunc70"].contains(&name.as_str()), "{name}: {error}");
                continue;
            }
        };
        let found: Vec<Cells> = grids(&document).map(cells).collect();
        let mut used = BTreeSet::new();
        let score = scores.entry(group(&name)).or_default();
        for (title, cells) in true_tables(&truth) {
            let free = found.iter().enumerate().filter(|(index, _)| !used.contains(index));
            let best = free
                .map(|(index, found)| (agreement(&cells, found), index))
                .max_by(|a, b| a.0.total_cmp(&b.0))
                .filter(|(rate, _)| *rate > 0.2);
            let (agreement, read) = best.map_or((0.0, Cells::new()), |(rate, index)| (rate, found[index].clone()));
            used.extend(best.map(|(_, index)| index));
            score.tables += 1;
            score.agreement += agreement;
            let amounts = cells.iter().filter(|(_, text)| text.contains('.') && Amount::parse(text).is_some());
            for (at, text) in amounts {
                score.amounts += 1;
                score.amounts_right += usize::from(read.get(at) == Some(text));
            }
            if read == cells {
                score.right += 1;
                continue;
            }
            println!("{name}: {title} {agreement:.3}");
            if env::var("SHOW").is_ok_and(|show| name.contains(&show)) {
                for (at, text) in cells.iter().filter(|&(at, text)| read.get(at) != Some(text)) {
                    println!("  {at:?} {text:?} read as {:?}", read.get(at));
                }
            }
        }
        if found.len() > used.len() {
            println!("{name}: {} further grids", found.len() - used.len());
        }
    }
    for (group, Score { tables, right, agreement, amounts, amounts_right }) in &scores {
        let rate = agreement / *tables as f64;
        println!("{group}: cells {rate:.4}, tables {right}/{tables}, amounts {amounts_right}/{amounts}");
    }
    for (group, score) in &scores {
        if *group == "4 no vertical rules" {
            // A table of blank rows cannot be told from text by white space, nor the width of a cell set to the left.
            assert!(score.right >= 35 && score.amounts_right == score.amounts, "{group}");
        } else {
            assert_eq!((score.right, score.amounts_right), (score.tables, score.amounts), "{group}");
        }
    }
}

#[test]
fn every_real_disclosure_is_read() {
    let mut total = Duration::ZERO;
    let mut pages = 0;
    for path in files("corpus", "pdf") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let short: String = name.chars().take(3).collect();
        let bytes = fs::read(&path).unwrap();
        if !pdf::is_pdf(&bytes) {
            println!("{short} is no PDF");
            continue;
        }
        let start = Instant::now();
        let document = pdf::read(&name, &bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let took = start.elapsed();
        total += took;
        let cells = || grids(&document).flat_map(|grid| grid.rows.iter().flat_map(|row| &row.cells));
        let amounts = cells().filter(|cell| Amount::parse(&cell.text).is_some()).count();
        let doubts = cells().filter(|cell| cell.doubt.is_some()).count();
        let last = document.blocks.iter().filter_map(last_page).max().unwrap_or(0);
        pages += last;
        let (tables, lines) = (grids(&document).count(), document.lines.len());
        println!("{short} pages {last} tables {tables} amounts {amounts} doubts {doubts} lines {lines} {took:?}");
        for note in &document.notes {
            println!("    {}", note.zh);
        }
        if let Ok(folder) = env::var("DUMP") {
            fs::write(Path::new(&folder).join(format!("{short}.txt")), dump(&document)).unwrap();
        }
    }
    println!("{pages} pages in {total:?}");
}

fn page(place: Place) -> u32 {
    match place {
        Place::Page { page, .. } => page,
        _ => 0,
    }
}

fn last_page(block: &Block) -> Option<u32> {
    Some(page(match block {
        Block::Grid(grid) => grid.rows.last()?.place,
        Block::Text(lines) => lines.last()?.place,
        Block::Heading { line, .. } => line.place,
        Block::Image { place, .. } => *place,
    }))
}

/// A document for the eye: `<` and `^` stand for what a cell covers, `?` for a doubt, `¶` begins a paragraph.
fn dump(document: &Document) -> String {
    let mut out = String::new();
    for note in &document.notes {
        writeln!(out, "! {}", note.zh).unwrap();
    }
    for block in &document.blocks {
        match block {
            Block::Grid(grid) => {
                writeln!(out, "== grid, page {}, {} rows", page(grid.place), grid.rows.len()).unwrap();
                for (r, slots) in grid.spread().iter().enumerate() {
                    let mut seen = BTreeSet::new();
                    let texts: Vec<String> = slots
                        .iter()
                        .map(|slot| match *slot {
                            Some((at, index)) if at == r && seen.insert(index) => {
                                let cell = &grid.rows[at].cells[index];
                                let doubt = if cell.doubt.is_some() { "?" } else { "" };
                                format!("{}{doubt}", cell.text.replace('\n', "⏎"))
                            }
                            Some((at, _)) if at == r => "<".to_owned(),
                            Some(_) => "^".to_owned(),
                            None => "∅".to_owned(),
                        })
                        .collect();
                    writeln!(out, "{}|{}", page(grid.rows[r].place), texts.join("|")).unwrap();
                }
            }
            Block::Text(lines) => {
                writeln!(out, "== text").unwrap();
                for line in lines {
                    let mark = if line.after_blank { '¶' } else { ' ' };
                    writeln!(out, "{}{mark}{}", page(line.place), line.text).unwrap();
                }
            }
            Block::Heading { line, .. } => writeln!(out, "# {}", line.text).unwrap(),
            Block::Image { place, .. } => writeln!(out, "== image {place:?}").unwrap(),
        }
    }
    out
}
