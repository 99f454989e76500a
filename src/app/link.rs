//! One worker of the page: started when it is needed, given what waited for it, replaced when it was stopped or died.
//!
//! Every message is an array of buffers, the first of them a request or a reply; see [`wire`](crate::wire). A link
//! knows of the replies only that the first is a single zero byte: the module runs.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Function, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, Worker};

use crate::wire::encode;

/// The modules that run in workers of their own, as the boot script calls them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Module {
    /// The pipeline.
    Worker,
    /// Containers.
    Reader,
    /// Pictures of pages.
    Picture,
}

impl Module {
    fn name(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Reader => "reader",
            Self::Picture => "picture",
        }
    }
}

/// What comes from a worker.
pub(super) enum Heard {
    /// A reply, and the buffers that came with it.
    Reply(Vec<u8>, Vec<ArrayBuffer>),
    /// The worker died, or never came. It is gone already; the next request starts another.
    Broken(Broken),
}

/// How a worker broke.
pub(super) struct Broken {
    /// Whether it ran at all.
    pub(super) started: bool,
    /// What the browser says.
    pub(super) reason: String,
}

/// A worker that is there when it is needed.
pub(super) struct Link {
    module: Module,
    state: RefCell<State>,
    hear: Box<dyn Fn(Heard)>,
}

#[derive(Default)]
struct State {
    /// Counts the workers, so that a late message of a stopped one is not taken for the new one's.
    number: u32,
    running: Option<Running>,
    /// What waits for the worker to be ready.
    queue: Vec<Array>,
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

impl Link {
    /// A link to a worker that is not started yet. `hear` is never called from inside a method of this type.
    pub(super) fn new(module: Module, hear: impl Fn(Heard) + 'static) -> Rc<Self> {
        Rc::new(Self { module, state: RefCell::default(), hear: Box::new(hear) })
    }

    /// Starts the worker unless it runs, so that it is warm when a request comes.
    pub(super) fn start(self: &Rc<Self>) {
        let mut state = self.state.borrow_mut();
        if state.running.is_some() {
            return;
        }
        state.number += 1;
        let number = state.number;
        let worker = match new_worker(self.module) {
            Ok(worker) => worker,
            Err(error) => {
                // As an event of its own: no callback from inside a call.
                let link = Rc::clone(self);
                wasm_bindgen_futures::spawn_local(async move { link.broken(number, format!("{error:?}")) });
                return;
            }
        };
        let link = Rc::downgrade(self);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(link) = link.upgrade() {
                link.hear(number, &event.data());
            }
        });
        let link = Rc::downgrade(self);
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            if let Some(link) = link.upgrade() {
                link.broken(number, event.message());
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        state.running = Some(Running { worker, ready: false, _on_message: on_message, _on_error: on_error });
    }

    /// Sends a request and the buffers that belong to it, which are copied.
    pub(super) fn ask(self: &Rc<Self>, request: &impl Serialize, buffers: &[&[u8]]) {
        self.ask_with(request, buffers.iter().map(|bytes| Uint8Array::from(*bytes).buffer()));
    }

    /// Sends a request and the buffers that belong to it, which are given away.
    pub(super) fn ask_with(self: &Rc<Self>, request: &impl Serialize, buffers: impl IntoIterator<Item = ArrayBuffer>) {
        let Some(request) = encode(request) else { return };
        let message: Array = std::iter::once(Uint8Array::from(request.as_slice()).buffer()).chain(buffers).collect();
        self.start();
        let mut state = self.state.borrow_mut();
        match &state.running {
            Some(Running { worker, ready: true, .. }) => post(worker, &message),
            _ => state.queue.push(message),
        }
    }

    /// Ends the worker and forgets what waited for it. The next request starts another.
    pub(super) fn stop(&self) {
        let mut state = self.state.borrow_mut();
        *state = State { number: state.number + 1, ..State::default() };
    }

    fn hear(self: &Rc<Self>, number: u32, data: &JsValue) {
        if self.state.borrow().number != number {
            return;
        }
        let mut parts = Array::from(data).into_iter().map(JsCast::unchecked_into::<ArrayBuffer>);
        let reply = parts.next().map(|head| Uint8Array::new(&head).to_vec()).unwrap_or_default();
        if reply != [0] {
            return (self.hear)(Heard::Reply(reply, parts.collect()));
        }
        let mut state = self.state.borrow_mut();
        let queue = std::mem::take(&mut state.queue);
        if let Some(running) = &mut state.running {
            running.ready = true;
            for message in queue {
                post(&running.worker, &message);
            }
        }
    }

    fn broken(&self, number: u32, reason: String) {
        let state = self.state.borrow();
        if state.number != number {
            return;
        }
        let started = state.running.as_ref().is_some_and(|running| running.ready);
        drop(state);
        self.stop();
        (self.hear)(Heard::Broken(Broken { started, reason }));
    }
}

fn post(worker: &Worker, message: &Array) {
    // Fails only for what cannot be cloned or was transferred before; these are fresh.
    let _ = worker.post_message_with_transfer(message, message);
}

/// A worker from the boot script, which knows where its code is: in files beside the page, or in the page itself.
fn new_worker(module: Module) -> Result<Worker, JsValue> {
    let boot = Reflect::get(&js_sys::global(), &JsValue::from_str("duizhang"))?;
    let spawn: Function = Reflect::get(&boot, &JsValue::from_str("worker"))?.dyn_into()?;
    spawn.call1(&boot, &JsValue::from_str(module.name()))?.dyn_into()
}
