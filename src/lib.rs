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
pub mod message;
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

use analysis::{Analysis, Unreadable};
use disclosure::Message;
use report::saved::Saved;

/// Runs the whole pipeline over sources that were opened together: what the page's worker and the command line call.
/// A source that cannot be read is named in [`Analysis::unreadable`] and stops nothing. A report that was saved as one
/// file is opened again without being read.
pub fn run(sources: &[(String, Vec<u8>)]) -> Analysis {
    let mut analysis = Analysis::default();
    for (name, bytes) in sources {
        match report::saved::open(bytes) {
            Saved::Report(read) => {
                for (document, disclosure) in read {
                    analysis.documents.push(document);
                    analysis.disclosures.push(disclosure);
                }
                continue;
            }
            Saved::Unusable(Message { zh, en }) => {
                analysis.unreadable.push(Unreadable { name: name.clone(), message: zh, message_en: en });
                continue;
            }
            Saved::Other => {}
        }
        match read::read(name, bytes) {
            Ok(document) => {
                analysis.disclosures.push(recognise::recognise(&document));
                analysis.documents.push(document);
            }
            Err(error) => analysis.unreadable.push(Unreadable::new(name, &error)),
        }
    }
    analysis.checks = rules::check_and_note(&mut analysis.disclosures);
    analysis.findings = explain::explain(&analysis.disclosures, &analysis.checks);
    analysis
}
