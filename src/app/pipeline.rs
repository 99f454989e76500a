//! The page's side of the worker: starts it, keeps the bytes of what is open, replaces it when it is stopped or dies.
//!
//! What is held open and what has to be sent is [`Held`]'s business; this file only moves messages.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, Worker};

use crate::analysis::Unreadable;
use crate::wire::{Event, Held, Reply, Request, Source};

/// The pipeline as the components see it. Cloning gives another handle to the same one.
#[derive(Clone)]
pub struct Pipeline {
    inner: Rc<Inner>,
}

struct Inner {
    held: RefCell<Held>,
    link: RefCell<Link>,
    /// Whether the handbook was asked for and has not come.
    handbook: Cell<bool>,
    on_event: Box<dyn Fn(Event)>,
}

/// The worker that runs now, if any.
#[derive(Default)]
struct Link {
    /// Counts the workers, so that a late message of a stopped one is not taken for the new one's.
    number: u32,
    worker: Option<Running>,
    /// What waits for the worker to be ready.
    queue: Vec<(JsValue, Array)>,
    /// The source that the worker is at.
    at: Option<u32>,
}

struct Running {
    worker: Worker,
    ready: bool,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Pipeline {
    /// Starts the worker, so that it is warm when a file comes. `on_event` is never called from inside a method of
    /// this type.
    pub fn start(on_event: impl Fn(Event) + 'static) -> Self {
        let inner = Rc::new(Inner {
            held: RefCell::default(),
            link: RefCell::default(),
            handbook: Cell::new(false),
            on_event: Box::new(on_event),
        });
        inner.spawn();
        Self { inner }
    }

    /// Opens further sources and checks them together with those that are open.
    pub fn open(&self, sources: Vec<Source>) {
        self.inner.held.borrow_mut().open(sources);
        self.inner.check();
    }

    /// Closes document number `document` of the last [`Event::Done`] and checks the others anew.
    pub fn remove(&self, document: usize) {
        let removed = self.inner.held.borrow_mut().remove(document);
        if removed {
            self.inner.check();
        }
    }

    /// Stops what runs. The sources that are not yet shown are closed, what is shown stays; no event follows unless
    /// a removal was stopped with it.
    pub fn cancel(&self) {
        let inner = &self.inner;
        if !inner.held.borrow().waiting() {
            return;
        }
        inner.restart();
        inner.held.borrow_mut().close_unshown();
        inner.check_unless_settled();
    }

    /// Asks for [`Event::Handbook`].
    pub fn handbook(&self) {
        let inner = &self.inner;
        if inner.handbook.replace(true) {
            return;
        }
        let running = inner.link.borrow().worker.is_some();
        if running {
            inner.post(&Request::Handbook, &[]);
        } else {
            inner.spawn();
        }
    }
}

impl Inner {
    fn check(self: &Rc<Self>) {
        let mut held = self.held.borrow_mut();
        let (request, bytes) = held.request();
        self.post(&request, &bytes);
    }

    fn check_unless_settled(self: &Rc<Self>) {
        let settled = self.held.borrow().settled();
        if !settled {
            self.check();
        }
    }

    /// Sends a request as an array: its JSON, then one buffer for each source, transferred.
    fn post(self: &Rc<Self>, request: &Request, bytes: &[&[u8]]) {
        let Ok(json) = serde_json::to_string(request) else {
            return;
        };
        let buffers: Array = bytes.iter().map(|bytes| JsValue::from(Uint8Array::from(*bytes).buffer())).collect();
        let message = Array::of1(&JsValue::from_str(&json)).concat(&buffers);
        self.spawn();
        let mut link = self.link.borrow_mut();
        match &link.worker {
            Some(Running { worker, ready: true, .. }) => {
                // Fails only for what cannot be cloned or was transferred before; these are fresh.
                let _ = worker.post_message_with_transfer(&message, &buffers);
            }
            _ => link.queue.push((message.into(), buffers)),
        }
    }

    /// Starts a worker unless one runs.
    fn spawn(self: &Rc<Self>) {
        let mut link = self.link.borrow_mut();
        if link.worker.is_some() {
            return;
        }
        link.number += 1;
        let number = link.number;
        let worker = match new_worker() {
            Ok(worker) => worker,
            Err(error) => {
                // As an event of its own: no callback from inside a call.
                let inner = Rc::clone(self);
                wasm_bindgen_futures::spawn_local(async move { inner.broken(number, &format!("{error:?}")) });
                return;
            }
        };
        let inner = Rc::downgrade(self);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(inner) = inner.upgrade() {
                inner.hear(number, &event);
            }
        });
        let inner = Rc::downgrade(self);
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            if let Some(inner) = inner.upgrade() {
                inner.broken(number, &event.message());
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        link.worker = Some(Running { worker, ready: false, _on_message: on_message, _on_error: on_error });
        drop(link);
        if self.handbook.get() {
            // The worker before was asked, and is gone.
            self.post(&Request::Handbook, &[]);
        }
    }

    /// Ends the worker. The next request starts another.
    fn restart(&self) {
        let mut link = self.link.borrow_mut();
        let number = link.number;
        *link = Link { number, ..Link::default() };
        drop(link);
        self.held.borrow_mut().forgotten();
    }

    fn hear(self: &Rc<Self>, number: u32, event: &MessageEvent) {
        if self.link.borrow().number != number {
            return;
        }
        let Some(reply) = Reply::decode(&Uint8Array::new(&event.data()).to_vec()) else {
            return;
        };
        match reply {
            Reply::Ready => {
                let mut link = self.link.borrow_mut();
                let queue = std::mem::take(&mut link.queue);
                if let Some(running) = &mut link.worker {
                    running.ready = true;
                    for (message, buffers) in queue {
                        let _ = running.worker.post_message_with_transfer(&message, &buffers);
                    }
                }
            }
            Reply::Progress { source, step, done, of } => {
                self.link.borrow_mut().at = source;
                let document = source.and_then(|id| self.held.borrow().name(id).map(str::to_owned));
                (self.on_event)(Event::Progress { document, step, done, of });
            }
            Reply::Done { sources, analysis } => {
                self.held.borrow_mut().done(sources);
                (self.on_event)(Event::Done(analysis));
            }
            Reply::Handbook(pages) => {
                self.handbook.set(false);
                (self.on_event)(Event::Handbook(pages));
            }
            Reply::Panicked(message) => self.broken(number, &message),
        }
    }

    /// The worker died or never came. Closes the source that it was at, or all that were being opened where it was at
    /// none, tells of each, and goes on with the others.
    fn broken(self: &Rc<Self>, number: u32, reason: &str) {
        if self.link.borrow().number != number {
            return;
        }
        let (at, started) = {
            let link = self.link.borrow();
            (link.at, link.worker.as_ref().is_some_and(|running| running.ready))
        };
        let waiting = self.held.borrow().waiting();
        self.restart();
        self.link.borrow_mut().number += 1;
        if !waiting {
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
            (self.on_event)(Event::Failed(failure(name, started, reason)));
        }
        if started {
            self.check_unless_settled();
        }
    }
}

/// A worker from the boot script, which knows where its code is: in files beside the page, or in the page itself.
fn new_worker() -> Result<Worker, JsValue> {
    let boot = Reflect::get(&js_sys::global(), &JsValue::from_str("duizhang"))?;
    let spawn: Function = Reflect::get(&boot, &JsValue::from_str("worker"))?.dyn_into()?;
    spawn.call0(&boot)?.dyn_into()
}

fn failure(name: String, started: bool, reason: &str) -> Unreadable {
    let (zh, en) = if started {
        (
            "读取这份文件时程序中断，已打开的文件不受影响",
            "Reading this file broke the program; files already open are kept",
        )
    } else {
        ("读取程序没有启动，请重新打开本页", "The reading program did not start; please reload this page")
    };
    Unreadable { name, message: format!("{zh}。（{reason}）"), message_en: format!("{en}. ({reason})") }
}
