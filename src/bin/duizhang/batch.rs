//! Many documents, each checked alone: one line as each is done, in the order of the files, on all cores.
//!
//! Memory is bounded: a worker begins a file only while it is at most [`AHEAD`] files a worker before the next line to be
//! printed, so as many lines and files wait at most.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Condvar, Mutex, MutexGuard};

use duizhang::analysis::Unreadable;
use duizhang::read::{self, Member};
use duizhang::report::line;
use duizhang::rules::Severity;

use crate::{FOUND, NOT_READ, bytes, unreadable};

/// Files that each worker may be ahead of the next line to be printed. A file that takes long holds up the lines behind
/// it, not the work, until this many are done.
const AHEAD: usize = 16;

/// What became of the run so far.
#[derive(Default)]
struct Tally {
    documents: usize,
    unread: usize,
    skipped: usize,
    wrong: usize,
}

/// Name and digest of documents that an earlier output holds.
type Held = BTreeSet<(String, String)>;

struct State<I> {
    /// Files that no worker has taken.
    paths: I,
    taken: usize,
    /// Lines that are done and wait for those before them.
    done: BTreeMap<usize, String>,
    printed: usize,
    tally: Tally,
    /// Nobody reads the output any more.
    closed: bool,
}

/// Checks every file on `jobs` threads and prints a line for each document.
pub(crate) fn check(
    paths: impl Iterator<Item = Result<PathBuf, Unreadable>> + Send,
    resume: Option<&Path>,
    jobs: usize,
) -> ExitCode {
    let held = match resume.map(held) {
        None => Held::new(),
        Some(Ok(held)) => held,
        Some(Err(error)) => {
            let name = resume.map(|file| file.display().to_string()).unwrap_or_default();
            let _ = writeln!(anstream::stderr(), "{name}: {}", unreadable(&name, &error).message);
            return ExitCode::from(NOT_READ);
        }
    };
    let state = Mutex::new(State {
        paths,
        taken: 0,
        done: BTreeMap::new(),
        printed: 0,
        tally: Tally::default(),
        closed: false,
    });
    let printed = Condvar::new();
    std::thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| work(&state, &printed, &held, jobs.max(1) * AHEAD));
        }
    });
    let state = state.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let Tally { documents, unread, skipped, wrong } = state.tally;
    let _ = writeln!(
        anstream::stderr(),
        "{documents} 份已核对（{wrong} 份有不符），{unread} 份未能读取，{skipped} 份此前已有 / \
         {documents} checked ({wrong} with errors), {unread} not read, {skipped} held already"
    );
    if unread > 0 {
        ExitCode::from(NOT_READ)
    } else if wrong > 0 {
        ExitCode::from(FOUND)
    } else {
        ExitCode::SUCCESS
    }
}

/// What an earlier output holds. A line that was cut is completed with a line end, so that the next one stands alone.
fn held(file: &Path) -> std::io::Result<Held> {
    if !file.exists() {
        return Ok(Held::new());
    }
    let mut file = File::open(file)?;
    let mut last = [b'\n'];
    if file.seek(SeekFrom::End(-1)).is_ok() {
        file.read_exact(&mut last)?;
    }
    if last != *b"\n" {
        let _ = std::io::stdout().lock().write_all(b"\n");
    }
    file.rewind()?;
    let mut held = Held::new();
    let mut reader = BufReader::new(file);
    let mut bytes = Vec::new();
    while reader.read_until(b'\n', &mut bytes)? > 0 {
        held.extend(str::from_utf8(&bytes).ok().and_then(line::identity));
        bytes.clear();
    }
    Ok(held)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn work<I>(state: &Mutex<State<I>>, printed: &Condvar, held: &Held, ahead: usize)
where
    I: Iterator<Item = Result<PathBuf, Unreadable>>,
{
    loop {
        let mut now = lock(state);
        while !now.closed && now.taken.saturating_sub(now.printed) >= ahead {
            now = printed.wait(now).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        if now.closed {
            return;
        }
        let Some(path) = now.paths.next() else { return };
        let number = now.taken;
        now.taken += 1;
        drop(now);

        let (lines, tally) = match path {
            Ok(path) => file(&path, held),
            Err(unreadable) => (line::unreadable_line(&unreadable, ""), Tally { unread: 1, ..Tally::default() }),
        };

        let mut now = lock(state);
        now.tally.documents += tally.documents;
        now.tally.unread += tally.unread;
        now.tally.skipped += tally.skipped;
        now.tally.wrong += tally.wrong;
        now.done.insert(number, lines);
        let mut output = std::io::stdout().lock();
        while let Some(lines) = {
            let next = now.printed;
            now.done.remove(&next)
        } {
            now.printed += 1;
            if output.write_all(lines.as_bytes()).and_then(|()| output.flush()).is_err() {
                now.closed = true;
                break;
            }
        }
        drop(now);
        printed.notify_all();
    }
}

/// The lines of one file: one, or one for each file in an archive.
fn file(path: &Path, held: &Held) -> (String, Tally) {
    let name = path.display().to_string();
    let mut lines = String::new();
    let mut tally = Tally::default();
    match bytes(path) {
        Ok(bytes) => {
            for member in read::expand(&name, &bytes) {
                document(member, held, &mut lines, &mut tally);
            }
        }
        Err(unreadable) => {
            tally.unread += 1;
            lines.push_str(&line::unreadable_line(&unreadable, ""));
        }
    }
    (lines, tally)
}

fn document(Member { name, content }: Member, held: &Held, lines: &mut String, tally: &mut Tally) {
    let bytes = match content {
        Ok(bytes) => bytes,
        Err(error) => {
            tally.unread += 1;
            return lines.push_str(&line::unreadable_line(&Unreadable::new(&name, &error), ""));
        }
    };
    let sha256 = read::sha256(&bytes);
    let identity = (name, sha256);
    if held.contains(&identity) {
        tally.skipped += 1;
        return;
    }
    let (name, sha256) = identity;
    let source = [(name, bytes.into_owned())];
    // A mistake of ours in one document must not lose the others.
    let analysis = catch_unwind(AssertUnwindSafe(|| duizhang::run(&source)));
    let [(name, _)] = source;
    match analysis {
        Ok(analysis) => {
            if let Some(line) = line::line(&analysis) {
                tally.documents += 1;
                tally.wrong += usize::from(analysis.findings.iter().any(|found| found.severity == Severity::Error));
                lines.push_str(&line);
            }
            for unreadable in &analysis.unreadable {
                tally.unread += 1;
                lines.push_str(&line::unreadable_line(unreadable, &sha256));
            }
        }
        Err(_) => {
            tally.unread += 1;
            let unreadable = Unreadable {
                name,
                message: "程序处理这份文件时出错，请把文件报告给开发者".to_owned(),
                message_en: "the program failed on this file; please report it".to_owned(),
            };
            lines.push_str(&line::unreadable_line(&unreadable, &sha256));
        }
    }
}
