//! What the page holds open: the sources with their bytes, and what reader and worker know of them.
//!
//! The page keeps the bytes so that a worker that was stopped or died can be replaced, and so that pages of a PDF can
//! be drawn. Without web types, so that opening, removing, stopping and breaking are tested natively.

use std::collections::{BTreeSet, VecDeque};

use super::{Request, Sent, Source, SourceHeader, wants_reader};

/// More files than this at once come as a list: their tabs could not be told apart.
pub const TOGETHER: usize = 12;

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
    content: Content,
    /// The password that it opens with, as the person gave it.
    password: Option<String>,
    /// Whether the worker has the content.
    sent: bool,
}

/// What the worker is sent of a source.
enum Content {
    /// Its bytes.
    Bytes,
    /// The document that the reader made of it, as it is posted.
    Document(Vec<u8>),
    /// Not known yet: the reader has to read it.
    Unread,
    /// Not known yet: the person has to give a password.
    Locked,
}

impl Content {
    fn is_known(&self) -> bool {
        matches!(self, Self::Bytes | Self::Document(_))
    }
}

/// A source that the reader has to read.
pub struct NextUnread<'a> {
    /// What the page calls it.
    pub id: u32,
    /// The file.
    pub source: &'a Source,
    /// The password that the person gave.
    pub password: Option<&'a str>,
    /// Sources of the opening that are read.
    pub done: u32,
    /// Sources of the opening.
    pub of: u32,
}

impl Held {
    /// Adds sources at the end.
    pub fn open(&mut self, sources: Vec<Source>) {
        for source in sources {
            let open = self.opened(source);
            self.sources.push(open);
        }
    }

    fn opened(&mut self, source: Source) -> Open {
        let content = if wants_reader(&source.bytes) { Content::Unread } else { Content::Bytes };
        let id = self.next;
        self.next = self.next.saturating_add(1);
        Open { id, source, content, password: None, sent: false }
    }

    /// A source is an archive: these files stand in its place from now on. Gives them back with the archive's name where
    /// they would be too many beside what is being opened; the archive is closed then.
    pub fn unpack(&mut self, id: u32, members: Vec<Source>) -> Option<(String, Vec<Source>)> {
        let at = self.sources.iter().position(|open| open.id == id)?;
        let others = self.sources.iter().filter(|open| open.id != id && !self.shown.contains(&open.id)).count();
        if others + members.len() > TOGETHER {
            return Some((self.sources.remove(at).source.name, members));
        }
        let opened: Vec<Open> = members.into_iter().map(|source| self.opened(source)).collect();
        self.sources.splice(at..=at, opened);
        None
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

    /// The source that the reader has to read next.
    pub fn next_unread(&self) -> Option<NextUnread<'_>> {
        let open = self.sources.iter().find(|open| matches!(open.content, Content::Unread))?;
        let new = self.sources.iter().filter(|open| !self.shown.contains(&open.id));
        let of = u32::try_from(new.clone().count()).unwrap_or(u32::MAX);
        let done = u32::try_from(new.filter(|open| open.content.is_known()).count()).unwrap_or(u32::MAX);
        Some(NextUnread { id: open.id, source: &open.source, password: open.password.as_deref(), done, of })
    }

    /// The reader made this document of a source; `None`: it is no container that it knows, the worker takes the bytes.
    pub fn read(&mut self, id: u32, document: Option<Vec<u8>>) {
        self.set(id, document.map_or(Content::Bytes, Content::Document));
    }

    /// A source opens with a password only, and waits for it. Gives back its name.
    pub fn lock(&mut self, id: u32) -> Option<String> {
        self.set(id, Content::Locked)
    }

    /// The person gave a password.
    pub fn unlock(&mut self, id: u32, password: String) {
        self.set(id, Content::Unread);
        if let Some(open) = self.sources.iter_mut().find(|open| open.id == id) {
            open.password = Some(password);
        }
    }

    fn set(&mut self, id: u32, content: Content) -> Option<String> {
        let open = self.sources.iter_mut().find(|open| open.id == id)?;
        open.content = content;
        Some(open.source.name.clone())
    }

    /// The file that document number `document` of the last result was read from, with the page's number for it and
    /// its password.
    pub fn file(&self, document: usize) -> Option<(u32, &Source, Option<&str>)> {
        let id = self.shown.get(document)?;
        let open = self.sources.iter().find(|open| open.id == *id)?;
        Some((open.id, &open.source, open.password.as_deref()))
    }

    /// The request that brings the worker to what is held, with what it has not seen, in order. What is still to be
    /// read is left out.
    pub fn request(&mut self) -> (Request, Vec<&[u8]>) {
        let mut headers = Vec::with_capacity(self.sources.len());
        let mut buffers = Vec::new();
        for Open { id, source, content, sent, .. } in &mut self.sources {
            let (form, buffer) = match content {
                Content::Bytes => (Sent::Bytes, source.bytes.as_slice()),
                Content::Document(document) => (Sent::Document, document.as_slice()),
                Content::Unread | Content::Locked => continue,
            };
            let form = if *sent { Sent::Known } else { form };
            headers.push(SourceHeader { id: *id, name: source.name.clone(), sent: form });
            if !*sent {
                buffers.push(buffer);
                *sent = true;
            }
        }
        self.asked.push_back(headers.iter().map(|header| header.id).collect());
        (Request::Check { sources: headers }, buffers)
    }

    /// The oldest request was answered for the sources `read`. Whatever else it named could not be read and is closed.
    pub fn done(&mut self, read: Vec<u32>) {
        let asked = self.asked.pop_front().unwrap_or_default();
        self.sources.retain(|open| !asked.contains(&open.id) || read.contains(&open.id));
        self.shown = read;
    }

    /// Whether an answer is still to come, from the reader or from the worker.
    pub fn waiting(&self) -> bool {
        !self.asked.is_empty() || self.next_unread().is_some()
    }

    /// Whether the worker still owes an answer.
    pub fn asked(&self) -> bool {
        !self.asked.is_empty()
    }

    /// Whether the worker was sent all that is read.
    pub fn sent(&self) -> bool {
        self.sources.iter().all(|open| open.sent || !open.content.is_known())
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

    /// Whether the last result is about exactly what is held and known.
    pub fn settled(&self) -> bool {
        // An archive is one source of several documents.
        let mut shown = self.shown.clone();
        shown.dedup();
        let known = self.sources.iter().filter(|open| open.content.is_known());
        known.map(|open| open.id).eq(shown)
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
            Request::Check { sources } => {
                sources.iter().map(|header| (header.id, header.sent != Sent::Known)).collect()
            }
            _ => Vec::new(),
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
    fn the_files_of_an_archive_stand_in_its_place() {
        let mut held = held(&["a"]);
        let zip = Source { name: "b.zip".to_owned(), bytes: b"PK\x03\x04".to_vec() };
        held.open(vec![zip.clone(), source("c")]);
        assert_eq!(held.next_unread().map(|unread| unread.id), Some(1));
        assert_eq!(held.unpack(1, vec![source("b.zip/x"), source("b.zip/y")]), None);
        assert!(held.next_unread().is_none());
        let (request, bytes) = held.request();
        assert_eq!(ids(&request), [(0, false), (3, true), (4, true), (2, true)]);
        assert_eq!(bytes, [b"b.zip/x".as_slice(), b"b.zip/y", b"c"]);
        held.done(vec![0, 3, 4, 2]);
        assert!(held.settled() && !held.waiting());
        // More than fit: they are given back, and nothing is left of the archive.
        held.open(vec![zip]);
        let many: Vec<Source> = (0..=TOGETHER).map(|n| source(&format!("b.zip/{n}"))).collect();
        assert_eq!(held.unpack(5, many.clone()), Some(("b.zip".to_owned(), many)));
        assert!(held.settled() && !held.waiting());
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
        assert!(held.settled() && !held.waiting() && !held.sent());
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

    #[test]
    fn a_container_goes_to_the_reader_first() {
        let mut held = Held::default();
        let pdf = Source { name: "b.pdf".to_owned(), bytes: b"%PDF-1.7".to_vec() };
        held.open(vec![source("a"), pdf.clone(), pdf]);
        let unread = held.next_unread().unwrap();
        assert_eq!((unread.id, unread.source.name.as_str(), unread.done, unread.of), (1, "b.pdf", 1, 3));
        held.read(1, Some(b"document".to_vec()));
        assert_eq!(held.next_unread().map(|unread| (unread.id, unread.done)), Some((2, 2)));
        held.read(2, None);
        assert!(held.next_unread().is_none());
        let (request, buffers) = held.request();
        assert_eq!(buffers, [&b"a"[..], b"document", b"%PDF-1.7"]);
        let Request::Check { sources } = request else { panic!("not a check") };
        let sent: Vec<Sent> = sources.iter().map(|header| header.sent).collect();
        assert_eq!(sent, [Sent::Bytes, Sent::Document, Sent::Bytes]);
    }

    #[test]
    fn a_locked_source_waits_for_its_password_and_the_others_go_on() {
        let mut held = held(&["a"]);
        held.open(vec![Source { name: "b.pdf".to_owned(), bytes: b"%PDF-1.7".to_vec() }]);
        assert_eq!(held.lock(1).as_deref(), Some("b.pdf"));
        assert!(held.next_unread().is_none() && held.settled() && !held.waiting());
        assert_eq!(ids(&held.request().0), [(0, false)]);
        held.unlock(1, "secret".to_owned());
        assert_eq!(held.next_unread().and_then(|unread| unread.password), Some("secret"));
        assert_eq!(held.close(1).as_deref(), Some("b.pdf"));
        assert!(held.settled());
    }
}
