//! How many pages of PDF a second: reading alone, and all of it to the findings, on one processor. Published files where
//! they lie beside the repository, else one that is written here.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../tests/office/mod.rs"]
#[expect(dead_code, reason = "the other forms are for the tests")]
mod office;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use duizhang::{explain, read, recognise, rules};
use office::Part;

/// Each file is read so often, and the shortest time counts.
const RUNS: usize = 3;

fn main() {
    println!("{:<12} {:>6} {:>9} {:>12} {:>12}", "file", "pages", "bytes", "read", "to findings");
    let (mut pages, mut reading, mut whole) = (0, Duration::ZERO, Duration::ZERO);
    for (name, bytes) in files() {
        let Ok(document) = read::read(&name, &bytes) else { continue };
        let read = shortest(|| drop(read::read(&name, &bytes)));
        let all = shortest(|| {
            if let Ok(document) = read::read(&name, &bytes) {
                let mut disclosures = [recognise::recognise(&document)];
                let checked = rules::check_and_note(&mut disclosures);
                drop(explain::explain(&disclosures, &checked));
            }
        });
        let count = document.pages.len();
        println!("{name:<12} {count:>6} {:>9} {read:>12.1?} {all:>12.1?}", bytes.len());
        (pages, reading, whole) = (pages + count, reading + read, whole + all);
    }
    println!("{pages} pages: {} pages a second read, {} to the findings", rate(pages, reading), rate(pages, whole));
}

fn shortest(mut run: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..RUNS {
        let begun = Instant::now();
        run();
        best = best.min(begun.elapsed());
    }
    best
}

fn rate(pages: usize, time: Duration) -> u128 {
    u128::try_from(pages).unwrap_or(0) * 1_000_000 / time.as_micros().max(1)
}

/// Names are cut before the first `_`: those of the files are long.
fn files() -> Vec<(String, Vec<u8>)> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let mut paths: Vec<_> = fs::read_dir(corpus).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "pdf"));
    paths.sort();
    let name = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.split('_').next().unwrap_or_default().to_owned()
    };
    let published: Vec<(String, Vec<u8>)> =
        paths.iter().filter_map(|path| Some((name(path), fs::read(path).ok()?))).collect();
    if published.is_empty() { vec![("own".to_owned(), own())] } else { published }
}

/// Forty pages with a table of forty rows each.
fn own() -> Vec<u8> {
    let table = |page: usize| {
        let row = |row: usize| {
            let code = format!("2{page:02}{row:02}");
            vec![(code, 1, 1), ("某项支出".to_owned(), 1, 1), (format!("{}.50", page * row), 1, 1)]
        };
        vec![Part::Line(format!("表{page} 支出总表")), Part::Table((1..=40).map(row).collect())]
    };
    office::pdf::pdf(&(1..=40).map(table).collect::<Vec<_>>())
}
