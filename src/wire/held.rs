//! What the page holds open: the sources with their bytes, and what the worker knows of them.
//!
//! The page keeps the bytes so that a worker that was stopped or died can be replaced. Without web types, so that
//! opening, removing, stopping and breaking are tested natively.

use std::collections::{BTreeSet, VecDeque};

use super::{Request, Source, SourceHeader};

/// The sources that are open or being opened.
#[derive(Default)]
pub struct Held {
    next: u32,
    sources: Vec<Open>,
    /// The sources of the last result, in the order of its documents.
    shown: Vec<u32>,
    /// What each request named that is not answered yet, the oldest first: the worker answers in order.
    asked: VecDeque<BTreeSet<u32>>,
}

struct Open {
    id: u32,
    source: Source,
    /// Whether the worker has the bytes.
    sent: bool,
}

impl Held {
    /// Adds sources at the end.
    pub fn open(&mut self, sources: Vec<Source>) {
        for source in sources {
            self.sources.push(Open { id: self.next, source, sent: false });
            self.next = self.next.saturating_add(1);
        }
    }

    /// Closes document number `document` of the last result. False where there is none.
    pub fn remove(&mut self, document: usize) -> bool {
        let Some(&id) = self.shown.get(document) else {
            return false;
        };
        let before = self.sources.len();
        self.sources.retain(|open| open.id != id);
        self.sources.len() < before
    }

    /// The request that brings the worker to what is held, with the bytes that it has not seen, in order.
    pub fn request(&mut self) -> (Request, Vec<&[u8]>) {
        let mut headers = Vec::with_capacity(self.sources.len());
        let mut bytes = Vec::new();
        for Open { id, source, sent } in &mut self.sources {
            headers.push(SourceHeader { id: *id, name: source.name.clone(), sent: !*sent });
            if !*sent {
                bytes.push(source.bytes.as_slice());
                *sent = true;
            }
        }
        self.asked.push_back(headers.iter().map(|header| header.id).collect());
        (Request::Check { sources: headers }, bytes)
    }

    /// The oldest request was answered for the sources `read`. Whatever else it named could not be read and is closed.
    pub fn done(&mut self, read: Vec<u32>) {
        let asked = self.asked.pop_front().unwrap_or_default();
        self.sources.retain(|open| !asked.contains(&open.id) || read.contains(&open.id));
        self.shown = read;
    }

    /// Whether an answer is still to come.
    pub fn waiting(&self) -> bool {
        !self.asked.is_empty()
    }

    /// The worker is gone and knows nothing any more.
    pub fn forgotten(&mut self) {
        self.asked.clear();
        for open in &mut self.sources {
            open.sent = false;
        }
    }

    /// Closes one source and gives back its name.
    pub fn close(&mut self, id: u32) -> Option<String> {
        let at = self.sources.iter().position(|open| open.id == id)?;
        Some(self.sources.remove(at).source.name)
    }

    /// Closes every source that no result has named yet, and gives back their names.
    pub fn close_unshown(&mut self) -> Vec<String> {
        let (shown, unshown) =
            std::mem::take(&mut self.sources).into_iter().partition(|open| self.shown.contains(&open.id));
        self.sources = shown;
        unshown.into_iter().map(|open: Open| open.source.name).collect()
    }

    /// The name of a source.
    pub fn name(&self, id: u32) -> Option<&str> {
        self.sources.iter().find(|open| open.id == id).map(|open| open.source.name.as_str())
    }

    /// Whether the last result is about exactly what is held.
    pub fn settled(&self) -> bool {
        // An archive is one source of several documents.
        let mut shown = self.shown.clone();
        shown.dedup();
        self.sources.iter().map(|open| open.id).eq(shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(name: &str) -> Source {
        Source { name: name.to_owned(), bytes: name.as_bytes().to_vec() }
    }

    fn ids(request: &Request) -> Vec<(u32, bool)> {
        match request {
            Request::Check { sources } => sources.iter().map(|header| (header.id, header.sent)).collect(),
            Request::Handbook => Vec::new(),
        }
    }

    /// Opens `names` and has all of them read.
    fn held(names: &[&str]) -> Held {
        let mut held = Held::default();
        held.open(names.iter().map(|name| source(name)).collect());
        let (request, _) = held.request();
        held.done(ids(&request).into_iter().map(|(id, _)| id).collect());
        held
    }

    #[test]
    fn bytes_are_sent_once() {
        let mut held = held(&["a", "b"]);
        held.open(vec![source("c")]);
        let (request, bytes) = held.request();
        assert_eq!(ids(&request), [(0, false), (1, false), (2, true)]);
        assert_eq!(bytes, [b"c"]);
    }

    #[test]
    fn a_removed_document_is_not_named_again() {
        let mut held = held(&["a", "b", "c"]);
        assert!(held.remove(1));
        assert!(!held.remove(1), "it is gone already");
        assert!(!held.remove(7), "there is no such document");
        assert_eq!(ids(&held.request().0), [(0, false), (2, false)]);
    }

    #[test]
    fn an_archive_is_one_source_of_several_documents() {
        let mut held = Held::default();
        held.open(vec![source("a.zip"), source("b")]);
        let _ = held.request();
        held.done(vec![0, 0, 1]);
        assert!(held.settled());
        assert!(held.remove(1), "document 1 is in the archive");
        assert_eq!(ids(&held.request().0), [(1, false)]);
    }

    #[test]
    fn an_unreadable_source_keeps_the_others() {
        let mut held = Held::default();
        held.open(vec![source("a"), source("broken"), source("c")]);
        let _ = held.request();
        held.done(vec![0, 2]);
        assert!(held.settled());
        assert!(held.remove(1), "document 1 is c");
        assert_eq!(ids(&held.request().0), [(0, false)]);
    }

    #[test]
    fn a_second_opening_before_the_first_is_answered_loses_nothing() {
        let mut held = Held::default();
        held.open(vec![source("a")]);
        let _ = held.request();
        held.open(vec![source("b")]);
        let _ = held.request();
        held.done(vec![0]);
        assert!(held.waiting() && !held.settled());
        held.done(vec![0, 1]);
        assert!(!held.waiting() && held.settled());
    }

    #[test]
    fn stopping_drops_what_was_not_shown_and_sends_the_rest_anew() {
        let mut held = held(&["a"]);
        held.open(vec![source("b"), source("c")]);
        let _ = held.request();
        held.forgotten();
        assert_eq!(held.close_unshown(), ["b", "c"]);
        assert!(held.settled() && !held.waiting());
        held.open(vec![source("d")]);
        let (request, bytes) = held.request();
        assert_eq!(ids(&request), [(0, true), (3, true)]);
        assert_eq!(bytes, [b"a", b"d"]);
    }

    #[test]
    fn the_source_that_broke_the_worker_is_closed_alone() {
        let mut held = Held::default();
        held.open(vec![source("a"), source("b")]);
        let _ = held.request();
        held.forgotten();
        assert_eq!(held.close(0).as_deref(), Some("a"));
        assert_eq!(held.close(0), None);
        assert_eq!(ids(&held.request().0), [(1, true)]);
    }
}
