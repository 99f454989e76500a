//! The pipeline off the main thread: hangs [`Worker`] on the messages of a dedicated worker.
//!
//! A message is an array of buffers: the request, then the sources that are sent. Every reply is an array of one
//! buffer, transferred.

use std::cell::RefCell;
use std::rc::Rc;

use duizhang::wire::{Reply, Request, decode, encode};
use duizhang::worker::Worker;
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
    let post = scope.clone();
    let serve = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some((request, buffers)) = unpack(&event.data()) {
            worker.borrow_mut().answer(request, buffers, &mut |reply| tell(&post, reply));
        }
    });
    scope.set_onmessage(Some(serve.as_ref().unchecked_ref()));
    serve.forget();
    tell(&scope, &Reply::Ready);
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
