//! Reads and checks many files at once: as many pairs of a reader and a worker as the machine has cores.
//!
//! Files stay with the browser until their turn comes, so that a folder of hundreds takes the memory of a few.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo::file::File;
use gloo::file::futures::read_as_bytes;
use js_sys::Uint8Array;
use wasm_bindgen_futures::spawn_local;

use super::link::{Heard, Link, Module};
use super::phrases::{broken_by, not_handed_over};
use crate::session::ManyState;
use crate::wire::{ReadReply, ReadRequest, Reply, Request, Sent, SourceHeader, decode, is_container};

/// Most pairs at once, however many cores there are: each holds a file and what was made of it.
const MOST: usize = 8;

/// What is told of a file: its index, and how it came out.
type Tell = dyn Fn(usize, ManyState);

/// A run over many files. Dropping it stops it.
pub(super) struct Pool {
    shared: Rc<Shared>,
    lines: Vec<Rc<Line>>,
}

struct Shared {
    files: Vec<File>,
    waiting: RefCell<VecDeque<usize>>,
    stopped: Cell<bool>,
    tell: Box<Tell>,
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
    /// Begins. `tell` is called once for each file, by its index.
    pub(super) fn start(files: Vec<File>, tell: impl Fn(usize, ManyState) + 'static) -> Self {
        let cores = web_sys::window().map_or(1.0, |window| window.navigator().hardware_concurrency());
        let cores = usize::try_from(super::focus::whole(cores)).unwrap_or(1);
        let lines = cores.clamp(1, MOST).min(files.len());
        let waiting = RefCell::new((0..files.len()).collect());
        let shared = Rc::new(Shared { files, waiting, stopped: Cell::new(false), tell: Box::new(tell) });
        let lines: Vec<Rc<Line>> = (0..lines).map(|_| Line::new(Rc::clone(&shared))).collect();
        for line in &lines {
            line.go_on();
        }
        Self { shared, lines }
    }

    /// The files, in their order.
    pub(super) fn files(&self) -> &[File] {
        &self.shared.files
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
        let Some((at, file)) = next.and_then(|at| Some((at, self.shared.files.get(at)?.clone()))) else {
            self.reader.stop();
            self.worker.stop();
            return;
        };
        self.at.set(Some(at));
        let line = Rc::clone(self);
        spawn_local(async move {
            match read_as_bytes(&file).await {
                _ if line.shared.stopped.get() => {}
                Ok(bytes) => line.begin(at, file.name(), bytes),
                Err(error) => line.end(ManyState::Failed(not_handed_over(file.name(), &error.to_string()))),
            }
        });
    }

    fn begin(&self, at: usize, name: String, bytes: Vec<u8>) {
        if is_container(&bytes) {
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
        self.shared.files.get(at).map(File::name).unwrap_or_default()
    }

    fn end(self: &Rc<Self>, state: ManyState) {
        if let Some(at) = self.at.get() {
            (self.shared.tell)(at, state);
        }
        self.go_on();
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
