//! The page's side of reader and worker: keeps the bytes of what is open, has containers read, has all of it checked.
//!
//! What is held open and what has to be sent is [`Held`]'s business, and a worker's life is [`Link`]'s; this file only
//! moves messages.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{ArrayBuffer, Uint8Array};

use super::link::{Broken, Heard, Link, Module};
use crate::analysis::Unreadable;
use crate::session::TriedCell;
use crate::wire::{
    Event, Form, Held, MemberHeader, PictureRequest, ReadReply, ReadRequest, Reply, Request, SaveRequest, SavedFile,
    Source, Step, decode,
};

/// The pipeline as the components see it. Cloning gives another handle to the same one.
#[derive(Clone)]
pub struct Pipeline {
    inner: Rc<Inner>,
}

struct Inner {
    held: RefCell<Held>,
    worker: Rc<Link>,
    reader: Rc<Link>,
    /// The source that the worker is at.
    at: Cell<Option<u32>>,
    /// The source that the reader is at.
    reading: Cell<Option<u32>>,
    /// Whether the handbook was asked for and has not come.
    handbook: Cell<bool>,
    /// The form that was asked for and has not come.
    saving: Cell<Option<Form>>,
    on_event: Box<dyn Fn(Event)>,
}

impl Pipeline {
    /// Starts the worker, so that it is warm when a file comes; the reader waits for a file that needs it. From inside a
    /// method of this type `on_event` is called for [`Event::Progress`] and [`Event::Saved`] alone.
    pub fn start(on_event: impl Fn(Event) + 'static) -> Self {
        let inner = Rc::new_cyclic(|inner: &std::rc::Weak<Inner>| {
            let (of_worker, of_reader) = (inner.clone(), inner.clone());
            let hear_worker = move |heard| {
                if let Some(inner) = of_worker.upgrade() {
                    inner.hear_worker(heard);
                }
            };
            let hear_reader = move |heard| {
                if let Some(inner) = of_reader.upgrade() {
                    inner.hear_reader(heard);
                }
            };
            Inner {
                held: RefCell::default(),
                worker: Link::new(Module::Worker, hear_worker),
                reader: Link::new(Module::Reader, hear_reader),
                at: Cell::new(None),
                reading: Cell::new(None),
                handbook: Cell::new(false),
                saving: Cell::new(None),
                on_event: Box::new(on_event),
            }
        });
        inner.worker.start();
        Self { inner }
    }

    /// Opens further sources and checks them together with those that are open.
    pub fn open(&self, sources: Vec<Source>) {
        self.inner.held.borrow_mut().open(sources);
        self.inner.go_on();
    }

    /// Closes document number `document` of the last [`Event::Done`] and checks the others anew.
    pub fn remove(&self, document: usize) {
        let removed = self.inner.held.borrow_mut().remove(document);
        if removed {
            self.inner.check();
        }
    }

    /// Reads a source that is [`Event::Locked`] again with a password, or closes it.
    pub fn unlock(&self, id: u32, password: Option<String>) {
        let mut held = self.inner.held.borrow_mut();
        match password {
            Some(password) => held.unlock(id, password),
            None => drop(held.close(id)),
        }
        drop(held);
        self.inner.go_on();
    }

    /// What the picture module needs to take the file of document number `document` of the last [`Event::Done`].
    pub fn file(&self, document: usize) -> Option<(PictureRequest, ArrayBuffer)> {
        let held = self.inner.held.borrow();
        let (file, source, password) = held.file(document)?;
        let request = PictureRequest::Open { file, password: password.map(str::to_owned) };
        Some((request, Uint8Array::from(source.bytes.as_slice()).buffer()))
    }

    /// Starts the reader, so that it runs when the files come that are being dragged or chosen.
    pub fn warm_reader(&self) {
        self.inner.reader.start();
    }

    /// Stops what runs. The sources that are not yet shown are closed, what is shown stays; no event follows unless
    /// a removal was stopped with it.
    pub fn cancel(&self) {
        let inner = &self.inner;
        if !inner.held.borrow().waiting() {
            return;
        }
        if inner.reading.take().is_some() {
            inner.reader.stop();
        }
        if inner.held.borrow().asked() {
            inner.restart();
        }
        inner.held.borrow_mut().close_unshown();
        inner.check_unless_settled();
    }

    /// Has the checks judged anew with these cells changed; [`Event::Tried`] follows.
    pub fn try_cells(&self, checks: u32, cells: Vec<TriedCell>) {
        let inner = &self.inner;
        if !inner.held.borrow().sent() {
            // It was replaced and knows no check.
            inner.check();
        }
        inner.worker.ask(&Request::Try { checks, cells }, &[]);
    }

    /// Asks for [`Event::Saved`] of what is shown.
    pub fn save(&self, request: SaveRequest) {
        let inner = &self.inner;
        if !inner.held.borrow().sent() {
            // It was replaced and has nothing to write.
            inner.check();
        }
        inner.saving.set(Some(request.form));
        inner.worker.ask(&Request::Save(request), &[]);
    }

    /// Asks for [`Event::Handbook`].
    pub fn handbook(&self) {
        if !self.inner.handbook.replace(true) {
            self.inner.worker.ask(&Request::Handbook, &[]);
        }
    }
}

impl Inner {
    /// Has the next container read; where none is left, has everything checked.
    fn go_on(&self) {
        if self.reading.get().is_some() {
            return;
        }
        let held = self.held.borrow();
        let Some(next) = held.next_unread() else {
            drop(held);
            return self.check_unless_settled();
        };
        self.reading.set(Some(next.id));
        let request =
            ReadRequest { id: next.id, name: next.source.name.clone(), password: next.password.map(str::to_owned) };
        self.reader.ask(&request, &[&next.source.bytes]);
        let (done, of) = (next.done, next.of.saturating_mul(2).saturating_add(2));
        let document = Some(request.name);
        drop(held);
        (self.on_event)(Event::Progress { document, step: Step::Read, done, of });
    }

    fn check(&self) {
        let mut held = self.held.borrow_mut();
        let (request, buffers) = held.request();
        self.worker.ask(&request, &buffers);
    }

    fn check_unless_settled(&self) {
        let settled = self.held.borrow().settled();
        if !settled {
            self.check();
        }
    }

    /// Ends the worker. The next request starts another.
    fn restart(&self) {
        if let Some(form) = self.saving.take() {
            (self.on_event)(Event::Saved(SavedFile { form, name: String::new(), bytes: None }));
        }
        self.worker.stop();
        self.at.set(None);
        self.held.borrow_mut().forgotten();
        if self.handbook.get() {
            // The worker before was asked, and is gone.
            self.worker.ask(&Request::Handbook, &[]);
        }
    }

    fn hear_worker(&self, heard: Heard) {
        let bytes = match heard {
            Heard::Reply(bytes, _) => bytes,
            Heard::Broken(broken) => return self.worker_broke(&broken),
        };
        match decode(&bytes) {
            Some(Reply::Progress { source, step, done, of }) => {
                self.at.set(source);
                let document = source.and_then(|id| self.held.borrow().name(id).map(str::to_owned));
                (self.on_event)(Event::Progress { document, step, done, of });
            }
            Some(Reply::Done { sources, analysis }) => {
                self.held.borrow_mut().done(sources);
                (self.on_event)(Event::Done(analysis));
            }
            Some(Reply::Handbook(pages)) => {
                self.handbook.set(false);
                (self.on_event)(Event::Handbook(pages));
            }
            Some(Reply::Saved(file)) => {
                self.saving.set(None);
                (self.on_event)(Event::Saved(file));
            }
            Some(Reply::Panicked(reason)) => {
                self.worker.stop();
                self.worker_broke(&Broken { started: true, reason });
            }
            Some(Reply::Tried { verdicts }) => (self.on_event)(Event::Tried(verdicts)),
            Some(Reply::Ready | Reply::Surveyed { .. }) => {}
            None => {
                self.worker.stop();
                self.worker_broke(&Broken { started: true, reason: "unreadable reply".to_owned() });
            }
        }
    }

    /// Closes the source that the worker was at, or all that were being opened where it was at none, tells of each,
    /// and goes on with the others.
    fn worker_broke(&self, broken: &Broken) {
        let at = self.at.get();
        let asked = self.held.borrow().asked();
        if broken.started {
            self.restart();
        } else {
            self.held.borrow_mut().forgotten();
        }
        if !asked {
            return;
        }
        let closed = {
            let mut held = self.held.borrow_mut();
            match at.and_then(|id| held.close(id)) {
                Some(name) => vec![name],
                None => held.close_unshown(),
            }
        };
        for name in closed {
            (self.on_event)(Event::Failed(failure(name, broken)));
        }
        if broken.started {
            self.check_unless_settled();
        }
    }

    fn hear_reader(&self, heard: Heard) {
        let (bytes, mut buffers) = match heard {
            Heard::Reply(bytes, buffers) => (bytes, buffers),
            Heard::Broken(broken) => return self.reader_broke(&broken),
        };
        let Some(reading) = self.reading.get() else { return };
        match decode(&bytes) {
            Some(ReadReply::Document { id }) if id == reading => {
                let document = buffers.pop().map(|buffer| Uint8Array::new(&buffer).to_vec());
                self.held.borrow_mut().read(id, document);
            }
            Some(ReadReply::Archive { id, members }) if id == reading => {
                let buffers = buffers.iter().map(|buffer| Uint8Array::new(buffer).to_vec());
                let (members, refused) = MemberHeader::with(members, buffers);
                let too_many = self.held.borrow_mut().unpack(id, members);
                match too_many {
                    Some((name, members)) => (self.on_event)(Event::Many { name, members, refused }),
                    None => refused.into_iter().for_each(|why| (self.on_event)(Event::Failed(why))),
                }
            }
            Some(ReadReply::Other { id }) if id == reading => self.held.borrow_mut().read(id, None),
            Some(ReadReply::Locked { id, wrong }) if id == reading => {
                let name = self.held.borrow_mut().lock(id);
                if let Some(name) = name {
                    (self.on_event)(Event::Locked { id, name, wrong });
                }
            }
            Some(ReadReply::Unreadable { id, why }) if id == reading => {
                self.held.borrow_mut().close(id);
                (self.on_event)(Event::Failed(why));
            }
            Some(ReadReply::Panicked(reason)) => {
                self.reader.stop();
                return self.reader_broke(&Broken { started: true, reason });
            }
            _ => return,
        }
        self.reading.set(None);
        self.go_on();
    }

    /// Closes the source that the reader was at, tells of it, and goes on with the others. A reader that never came
    /// reads none of them.
    fn reader_broke(&self, broken: &Broken) {
        let mut at = self.reading.take();
        while let Some(id) = at {
            let name = self.held.borrow_mut().close(id);
            if let Some(name) = name {
                (self.on_event)(Event::Failed(failure(name, broken)));
            }
            at = self.held.borrow().next_unread().map(|next| next.id).filter(|_| !broken.started);
        }
        self.go_on();
    }
}

fn failure(name: String, Broken { started, reason }: &Broken) -> Unreadable {
    let (zh, en) = if *started {
        (
            "读取这份文件时程序中断，已打开的文件不受影响",
            "Reading this file broke the program; files already open are kept",
        )
    } else {
        ("读取程序没有启动，请重新打开本页", "The reading program did not start; please reload this page")
    };
    Unreadable { name, message: format!("{zh}。（{reason}）"), message_en: format!("{en}. ({reason})") }
}
