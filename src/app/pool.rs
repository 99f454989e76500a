//! Reads and checks many files at once: as many pairs of a reader and a worker as the machine has cores.
//!
//! Files stay with the browser until their turn comes, so that a folder of hundreds takes the memory of a few.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo::file::File;
use gloo::file::futures::read_as_bytes;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen_futures::spawn_local;

use super::link::{Heard, Link, Module};
use super::phrases::{broken_by, not_handed_over};
use crate::session::ManyState;
use crate::wire::{MemberHeader, ReadReply, ReadRequest, Reply, Request, Sent, SourceHeader, decode, wants_reader};

/// Most pairs at once, however many cores there are: each holds a file and what was made of it.
const MOST: usize = 8;

/// What is told of a file, by its index.
pub(super) enum Told {
    /// How it came out.
    State(usize, ManyState),
    /// It is an archive: the first of these files has its index from now on, the others follow behind all files.
    Unpacked(usize, Vec<String>),
}

/// A run over many files. Dropping it stops it.
pub(super) struct Pool {
    shared: Rc<Shared>,
    lines: Vec<Rc<Line>>,
}

struct Shared {
    /// Each with the name that its document has.
    files: RefCell<Vec<(String, File)>>,
    waiting: RefCell<VecDeque<usize>>,
    stopped: Cell<bool>,
    lines: RefCell<Vec<Weak<Line>>>,
    tell: Box<dyn Fn(Told)>,
}

/// One pair, and the file that it is at.
struct Line {
    shared: Rc<Shared>,
    reader: Rc<Link>,
    worker: Rc<Link>,
    at: Cell<Option<usize>>,
    /// The bytes of that file while the reader has it: it may turn out to be no container.
    bytes: RefCell<Vec<u8>>,
}

impl Pool {
    /// Begins. `tell` is called for each file as it is done.
    pub(super) fn start(files: Vec<(String, File)>, tell: impl Fn(Told) + 'static) -> Self {
        let cores = web_sys::window().map_or(1.0, |window| window.navigator().hardware_concurrency());
        let lines = usize::try_from(super::focus::whole(cores)).unwrap_or(1).clamp(1, MOST);
        let shared = Rc::new(Shared {
            files: RefCell::default(),
            waiting: RefCell::default(),
            stopped: Cell::new(false),
            lines: RefCell::default(),
            tell: Box::new(tell),
        });
        // A pair without a file costs nothing: its workers start with the first.
        let lines: Vec<Rc<Line>> = (0..lines).map(|_| Line::new(Rc::clone(&shared))).collect();
        shared.lines.replace(lines.iter().map(Rc::downgrade).collect());
        let pool = Self { shared, lines };
        pool.add(files);
        pool
    }

    /// Adds files at the end.
    pub(super) fn add(&self, files: Vec<(String, File)>) {
        {
            let mut all = self.shared.files.borrow_mut();
            self.shared.waiting.borrow_mut().extend(all.len()..all.len() + files.len());
            all.extend(files);
        }
        self.shared.wake();
    }

    /// A file and the name that its document has.
    pub(super) fn file(&self, index: usize) -> Option<(String, File)> {
        self.shared.files.borrow().get(index).cloned()
    }

    /// Ends it: no file is told of any more.
    pub(super) fn stop(&self) {
        self.shared.stopped.set(true);
        for line in &self.lines {
            line.reader.stop();
            line.worker.stop();
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Shared {
    /// Has every pair that is at no file take the next one.
    fn wake(&self) {
        for line in self.lines.borrow().iter().filter_map(Weak::upgrade).filter(|line| line.at.get().is_none()) {
            line.go_on();
        }
    }
}

impl Line {
    fn new(shared: Rc<Shared>) -> Rc<Self> {
        Rc::new_cyclic(|line: &Weak<Self>| {
            let link = |module| {
                let line = Weak::clone(line);
                Link::new(module, move |heard| {
                    if let Some(line) = line.upgrade() {
                        line.hear(module, heard);
                    }
                })
            };
            Self {
                shared,
                reader: link(Module::Reader),
                worker: link(Module::Worker),
                at: Cell::new(None),
                bytes: RefCell::default(),
            }
        })
    }

    /// Takes the next file; where none is left, the pair's memory is given back.
    fn go_on(self: &Rc<Self>) {
        self.at.set(None);
        self.bytes.take();
        if self.shared.stopped.get() {
            return;
        }
        let next = self.shared.waiting.borrow_mut().pop_front();
        let file = next.and_then(|at| Some((at, self.shared.files.borrow().get(at)?.clone())));
        let Some((at, (name, file))) = file else {
            self.reader.stop();
            self.worker.stop();
            return;
        };
        self.at.set(Some(at));
        let line = Rc::clone(self);
        spawn_local(async move {
            match read_as_bytes(&file).await {
                _ if line.shared.stopped.get() => {}
                Ok(bytes) => line.begin(at, name, bytes),
                Err(error) => line.end(ManyState::Failed(not_handed_over(name, &error.to_string()))),
            }
        });
    }

    fn begin(&self, at: usize, name: String, bytes: Vec<u8>) {
        if wants_reader(&bytes) {
            self.reader.ask(&ReadRequest { id: number(at), name, password: None }, &[&bytes]);
            self.bytes.replace(bytes);
        } else {
            self.survey(Sent::Bytes, &bytes);
        }
    }

    fn survey(&self, sent: Sent, content: &[u8]) {
        if let Some(at) = self.at.get() {
            let source = SourceHeader { id: number(at), name: self.name(at), sent };
            self.worker.ask(&Request::Survey { source }, &[content]);
        }
    }

    fn name(&self, at: usize) -> String {
        self.shared.files.borrow().get(at).map(|(name, _)| name.clone()).unwrap_or_default()
    }

    fn end(self: &Rc<Self>, state: ManyState) {
        if let Some(at) = self.at.get() {
            (self.shared.tell)(Told::State(at, state));
        }
        self.go_on();
    }

    /// The file is an archive: what it holds takes its place. The bytes go back to the browser until their turn comes.
    fn unpack(self: &Rc<Self>, members: Vec<MemberHeader>, buffers: &[ArrayBuffer]) {
        let Some(at) = self.at.take() else { return };
        let mut buffers = buffers.iter();
        let mut names = Vec::new();
        let mut refused = Vec::new();
        for (number, MemberHeader { name, refused: why }) in members.into_iter().enumerate() {
            let bytes = if why.is_none() { buffers.next() } else { None };
            let bytes = bytes.map(|buffer| Uint8Array::new(buffer).to_vec()).unwrap_or_default();
            let file = (name.clone(), File::new(&name, bytes.as_slice()));
            let mut files = self.shared.files.borrow_mut();
            let index = if number == 0 { at } else { files.len() };
            match files.get_mut(index) {
                Some(archive) => *archive = file,
                None => files.push(file),
            }
            match why {
                Some(why) => refused.push(Told::State(index, ManyState::Failed(why))),
                None => self.shared.waiting.borrow_mut().push_back(index),
            }
            names.push(name);
        }
        (self.shared.tell)(Told::Unpacked(at, names));
        for told in refused {
            (self.shared.tell)(told);
        }
        self.shared.wake();
    }

    fn hear(self: &Rc<Self>, module: Module, heard: Heard) {
        let Some(at) = self.at.get() else { return };
        let broke = |reason: &str| self.end(ManyState::Failed(broken_by(self.name(at), reason)));
        let (bytes, mut buffers) = match heard {
            Heard::Reply(bytes, buffers) => (bytes, buffers),
            Heard::Broken(broken) => return broke(&broken.reason),
        };
        if module == Module::Reader {
            return match decode(&bytes) {
                Some(ReadReply::Document { .. }) => {
                    let document = buffers.pop().map(|buffer| Uint8Array::new(&buffer).to_vec()).unwrap_or_default();
                    self.survey(Sent::Document, &document);
                }
                Some(ReadReply::Archive { members, .. }) => self.unpack(members, &buffers),
                Some(ReadReply::Other { .. }) => self.survey(Sent::Bytes, &self.bytes.take()),
                Some(ReadReply::Locked { .. }) => self.end(ManyState::Locked),
                Some(ReadReply::Unreadable { why, .. }) => self.end(ManyState::Failed(why)),
                Some(ReadReply::Panicked(reason)) => {
                    self.reader.stop();
                    broke(&reason);
                }
                _ => {}
            };
        }
        match decode(&bytes) {
            Some(Reply::Surveyed { outcome, .. }) => self.end(outcome.map_or_else(ManyState::Failed, ManyState::Read)),
            Some(Reply::Panicked(reason)) => {
                self.worker.stop();
                broke(&reason);
            }
            _ => {}
        }
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
