//! The pipeline off the main thread: hangs [`Worker`] on the messages of a dedicated worker.
//!
//! A message is an array of buffers: the request, then the sources that are sent. Every reply is an array of one
//! buffer, transferred.
//!
//! Until it is asked to check something it runs examples, one at a time, so that what a file needs is compiled when it comes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use duizhang::wire::{Reply, Request, decode, encode};
use duizhang::worker::{Worker, warm};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    // The boot script starts this module in a worker only.
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let post = scope.clone();
    // The message goes out before the trap; the page then replaces this worker.
    std::panic::set_hook(Box::new(move |info| tell(&post, &Reply::Panicked(info.to_string()))));
    let worker = Rc::new(RefCell::new(Worker::default()));
    let idle = Rc::new(Cell::new(true));
    let post = scope.clone();
    let waits = Rc::clone(&idle);
    let serve = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some((request, buffers)) = unpack(&event.data()) {
            // The page asks for the handbook while nobody waits.
            waits.set(waits.get() && request == Request::Handbook);
            worker.borrow_mut().answer(request, buffers, &mut |reply| tell(&post, reply));
        }
    });
    scope.set_onmessage(Some(serve.as_ref().unchecked_ref()));
    serve.forget();
    tell(&scope, &Reply::Ready);
    warm_up(&scope, idle, 0);
}

/// Milliseconds before the first example, in which the page is drawn, and between two.
const FIRST: i32 = 400;
const NEXT: i32 = 4;

/// Runs this example and those after it while nothing is to be checked.
fn warm_up(scope: &DedicatedWorkerGlobalScope, idle: Rc<Cell<bool>>, example: usize) {
    let next = scope.clone();
    let run = Closure::once_into_js(move || {
        if idle.get() && warm(example) {
            warm_up(&next, idle, example + 1);
        }
    });
    let pause = if example == 0 { FIRST } else { NEXT };
    // Refused, the first file only waits a little longer.
    let _ = scope.set_timeout_with_callback_and_timeout_and_arguments_0(run.unchecked_ref(), pause);
}

/// The request and the buffers that came with it.
fn unpack(data: &JsValue) -> Option<(Request, Vec<Vec<u8>>)> {
    let parts = data.dyn_ref::<Array>()?;
    let mut buffers = parts.iter().map(|part| Uint8Array::new(part.unchecked_ref::<ArrayBuffer>()).to_vec());
    let request = decode(&buffers.next()?)?;
    Some((request, buffers.collect()))
}

fn tell(scope: &DedicatedWorkerGlobalScope, reply: &Reply) {
    if let Some(bytes) = encode(reply) {
        let message = Array::of1(&Uint8Array::from(bytes.as_slice()).buffer());
        // Fails only for a buffer that was transferred before; this one is fresh.
        let _ = scope.post_message_with_transfer(&message, &message);
    }
}
