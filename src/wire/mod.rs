//! What the page and its workers say to each other, and what the page's pipeline tells the components.
//!
//! Plain serde types without a web type in them. Every message is an array of buffers: the first is a request or a
//! reply in postcard's format, those after it are files, documents or pictures, transferred. Both ends are of one
//! build, and postcard takes the page a fraction of the code and the time that JSON takes.
//!
//! ```text
//! components ─open/remove/cancel─▶ Pipeline ──ReadRequest──▶ reader    containers: bytes become a document
//!            ◀──────Event─────────          ◀──ReadReply────
//!                                           ──Request──────▶ worker    all that comes after, and text forms
//!                                           ◀──Reply────────
//! ```

mod held;
mod picture;
mod reading;
mod saving;

pub use held::{Held, NextUnread, TOGETHER};
pub use picture::{LeftOut, MAX_PIXELS, PictureReply, PictureRequest};
pub use reading::{MemberHeader, POSITIONED, ReadReply, ReadRequest, is_set, wants_reader};
pub use saving::{Form, SaveRequest, SavedFile};

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, Unreadable};
use crate::disclosure::Message;
use crate::rules::judge::Verdict;
use crate::rules::{Rule, Severity};
use crate::session::{Survey, TriedCell};

/// A file as the reader gave it: chosen, dropped, pasted, or taken out of an archive.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its name; for pasted text, whatever the page calls it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.bytes.len())
    }
}

/// What the page asks of the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Hold exactly these sources, in this order, and check them together. A source that the worker has seen before
    /// is not sent again; one that is not listed is dropped. So opening, removing and starting over are one message.
    Check {
        /// Every source that is to be open.
        sources: Vec<SourceHeader>,
    },
    /// The pages of the handbook.
    Handbook,
    /// Judge the checks of the last [`Request::Check`] anew with some cells changed. Nothing is kept of the changes.
    Try {
        /// How many checks the page has: a worker that has others, or none, cannot tell.
        checks: u32,
        /// The cells.
        cells: Vec<TriedCell>,
    },
    /// Look at one source alone, for the list of many, and keep nothing of it.
    Survey {
        /// The source; it comes with the message.
        source: SourceHeader,
    },
    /// Write what was checked last in a form to take away.
    Save(SaveRequest),
}

/// A source without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceHeader {
    /// What page and worker call it; never given twice.
    pub id: u32,
    /// The name the reader knows.
    pub name: String,
    /// What of it comes with the message.
    pub sent: Sent,
}

/// What of a source comes with a request, as the next buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sent {
    /// Nothing: the worker has it.
    Known,
    /// The bytes of the file.
    Bytes,
    /// The [`Document`](crate::document::Document) that the reader made of it, in postcard's format.
    Document,
}

/// A message as it is posted. `None` for what the format cannot hold, which no message is.
pub fn encode(message: &impl Serialize) -> Option<Vec<u8>> {
    postcard::to_stdvec(message).ok()
}

/// The message that was posted as `bytes`.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// The module runs; requests may come. Whatever was posted before this is lost. The first of every worker's
    /// replies, so that the page knows it without knowing the others.
    Ready,
    /// A step begins.
    Progress {
        /// The source that it is about; `None` where it is about all of them.
        source: Option<u32>,
        /// The step.
        step: Step,
        /// Steps that are behind.
        done: u32,
        /// Steps in all.
        of: u32,
    },
    /// The result of [`Request::Check`].
    Done {
        /// The sources that could be read: `sources[i]` is `analysis.documents[i]`.
        sources: Vec<u32>,
        /// Everything about them, and about those that could not be read.
        analysis: Analysis,
    },
    /// The answer to [`Request::Handbook`].
    Handbook(Vec<RulePage>),
    /// The worker is about to die of a bug of ours; the text is for the console.
    Panicked(String),
    /// The answer to [`Request::Survey`].
    Surveyed {
        /// Which source.
        id: u32,
        /// What there is to say of it, or why it could not be read.
        outcome: Result<Survey, Unreadable>,
    },
    /// The answer to [`Request::Try`].
    Tried {
        /// The checks that a changed cell takes part in; `None` where the worker does not know them.
        verdicts: Option<Vec<(u32, Verdict)>>,
    },
    /// The answer to [`Request::Save`].
    Saved(SavedFile),
}

/// What the pipeline tells the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// A step begins.
    Progress {
        /// Name of the source that it is about; `None` where it is about all of them.
        document: Option<String>,
        /// The step.
        step: Step,
        /// Steps that are behind.
        done: u32,
        /// Steps in all.
        of: u32,
    },
    /// All sources that are open, checked together. Replaces what was shown. The sources of the last
    /// [`open`](Held::open) that could not be read are in [`Analysis::unreadable`]; they are not open, and the next
    /// `Done` does not name them again.
    Done(Analysis),
    /// This source could not be read by the reader, or broke a worker, or there is no worker. What is shown stays; a
    /// `Done` follows where other sources of the same opening are still to be read.
    Failed(Unreadable),
    /// This source opens with a password only. Its reading waits for it; the others go on.
    Locked {
        /// What the pipeline calls it.
        id: u32,
        /// The name the reader knows.
        name: String,
        /// Whether a password was given and is not the right one.
        wrong: bool,
    },
    /// An archive holds more files than are opened together. It is closed; its files come to the page as a list.
    Many {
        /// The archive.
        name: String,
        /// The files inside that could be taken out.
        members: Vec<Source>,
        /// Those that could not.
        refused: Vec<Unreadable>,
    },
    /// Every rule, for the handbook.
    Handbook(Vec<RulePage>),
    /// What [`Request::Try`] came to.
    Tried(Option<Vec<(u32, Verdict)>>),
    /// What was asked for, in a form to take away.
    Saved(SavedFile),
}

/// The steps of the pipeline that take time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Bytes become a document.
    Read,
    /// The document becomes a disclosure.
    Recognise,
    /// The rules are held against all disclosures.
    Check,
    /// Failed checks become findings.
    Explain,
}

/// One rule as the handbook shows it: [`Rule`] without its function, so that the page links no rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulePage {
    /// Stable id.
    pub id: String,
    /// Short name.
    pub title: Message,
    /// The weight of its findings.
    pub severity: Severity,
    /// What it rests on.
    pub basis: Message,
    /// Why it must tie, and what the guard spares.
    pub explain: Message,
    /// An example that passes.
    pub holds: String,
    /// An example that fails.
    pub breaks: String,
}

impl From<&Rule> for RulePage {
    fn from(rule: &Rule) -> Self {
        let message = |(zh, en): (&str, &str)| Message::new(zh, en);
        Self {
            id: rule.id.to_owned(),
            title: message(rule.title),
            severity: rule.severity,
            basis: message(rule.basis),
            explain: message(rule.explain),
            holds: rule.holds.to_owned(),
            breaks: rule.breaks.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every type of an analysis goes through: one that serde writes in a way that needs names would not.
    #[test]
    fn an_analysis_survives_the_crossing() {
        let text = include_str!("../../tests/browser/budget.md");
        let analysis = crate::run(&[("budget.md".to_owned(), text.into()), ("leer.txt".to_owned(), Vec::new())]);
        assert!(!analysis.findings.is_empty() && !analysis.unreadable.is_empty());
        let reply = Reply::Done { sources: vec![0], analysis };
        assert_eq!(decode(&encode(&reply).unwrap()), Some(reply));
    }

    #[test]
    fn messages_survive_the_crossing() {
        let replies = [
            Reply::Ready,
            Reply::Progress { source: Some(3), step: Step::Recognise, done: 1, of: 4 },
            Reply::Done { sources: vec![0, 2], analysis: Analysis::default() },
            Reply::Panicked("index out of bounds".to_owned()),
        ];
        for reply in replies {
            let bytes = encode(&reply).unwrap();
            assert_eq!(decode(&bytes), Some(reply));
        }
        let request =
            Request::Check { sources: vec![SourceHeader { id: 7, name: "甲.txt".to_owned(), sent: Sent::Document }] };
        assert_eq!(decode::<Request>(&encode(&request).unwrap()), Some(request));
    }
}
