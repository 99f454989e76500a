//! 对账: reads a published Chinese department budget or final accounts, checks that its figures tie, and names the
//! cell that does not.
//!
//! ```text
//! bytes ─read─▶ Document ─recognise─▶ Disclosure ─check─▶ Checked ─explain─▶ Finding ─report─▶ Report
//! ```
//!
//! Each step is a plain function and each result owns its text. Only [`read::read`] fails; what a later step cannot
//! use becomes a [`disclosure::Note`] that the reader is shown. Same bytes, same report: no clock, no randomness, no
//! hash order and no float take part.

pub mod amount;
pub mod analysis;
#[cfg(feature = "web")]
pub mod app;
pub mod classification;
pub mod disclosure;
pub mod document;
pub mod explain;
#[cfg(feature = "cli")]
pub mod faults;
pub mod message;
mod parallel;
pub mod privacy;
pub mod read;
pub mod recognise;
pub mod report;
pub mod rules;
pub mod session;
mod spelling;
pub mod wire;
mod words;
pub mod worker;

/// The allocator of the workers' modules: reading and checking make many small pieces.
#[cfg(all(target_arch = "wasm32", any(feature = "web-worker", feature = "web-reader", feature = "web-picture")))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

use analysis::{Analysis, Unreadable};
use disclosure::{Disclosure, Message};
use document::Document;
use read::Member;
use report::saved::Saved;

/// Runs the whole pipeline over sources that were opened together: what the page's worker and the command line call.
/// Each file inside an archive is a source of its own. A source that cannot be read is named in
/// [`Analysis::unreadable`] and stops nothing. A report that was saved as one file is opened again without being read.
pub fn run(sources: &[(String, Vec<u8>)]) -> Analysis {
    parallel::together(|| run_all(sources))
}

/// Makes the calling thread one of those that share the work of [`run`] and of its steps, for a program that calls them one
/// after the other and does nothing besides: it then neither wakes another thread nor waits for it. To be called first.
#[cfg(not(target_arch = "wasm32"))]
pub fn take_part() {
    parallel::take_part();
}

fn run_all(sources: &[(String, Vec<u8>)]) -> Analysis {
    let mut analysis = Analysis::default();
    let members: Vec<Member> = sources.iter().flat_map(|(name, bytes)| read::expand(name, bytes)).collect();
    for source in parallel::map_uneven(&members, recognise_one) {
        match source {
            Ok(all) => {
                for (document, disclosure) in all {
                    analysis.documents.push(document);
                    analysis.disclosures.push(disclosure);
                }
            }
            Err(unreadable) => analysis.unreadable.push(unreadable),
        }
    }
    analysis.checks = rules::check_and_note(&mut analysis.disclosures);
    analysis.findings = explain::explain(&analysis.disclosures, &analysis.checks);
    analysis
}

/// A source, read and recognised: one document, or those of a saved report.
type Source = Result<Vec<(Document, Disclosure)>, Unreadable>;

/// What one source says says nothing of the others: reads and recognises it by itself.
fn recognise_one(Member { name, content }: &Member) -> Source {
    let bytes = content.as_ref().map_err(|error| Unreadable::new(name, error))?;
    match report::saved::open(bytes) {
        Saved::Report(read) => return Ok(read.into_iter().collect()),
        Saved::Unusable(Message { zh, en }) => {
            return Err(Unreadable { name: name.clone(), message: zh, message_en: en });
        }
        Saved::Other => {}
    }
    let document = read::read(name, bytes).map_err(|error| Unreadable::new(name, &error))?;
    let disclosure = recognise::recognise(&document);
    Ok(vec![(document, disclosure)])
}
