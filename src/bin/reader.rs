//! Reading files in containers off the main thread: PDF and the other forms whose readers are large. A module of its
//! own that the page loads when such a file comes.
//!
//! A message is an array: a [`ReadRequest`], then the bytes of the file. The reply is an array too: a [`ReadReply`],
//! then the document, if there is one.

use duizhang::analysis::Unreadable;
use duizhang::read::read_container;
use duizhang::wire::{ReadReply, ReadRequest, decode, encode};
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
    std::panic::set_hook(Box::new(move |info| tell(&post, &ReadReply::Panicked(info.to_string()), None)));
    let post = scope.clone();
    let serve = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some((request, bytes)) = unpack(&event.data()) {
            let (reply, document) = answer(&request, &bytes);
            tell(&post, &reply, document.as_deref());
        }
    });
    scope.set_onmessage(Some(serve.as_ref().unchecked_ref()));
    serve.forget();
    tell(&scope, &ReadReply::Ready, None);
}

/// Reads one file; the document is given as it is posted.
fn answer(request: &ReadRequest, bytes: &[u8]) -> (ReadReply, Option<Vec<u8>>) {
    let id = request.id;
    match read_container(&request.name, bytes, request.password.as_deref()) {
        None => (ReadReply::Other { id }, None),
        Some(Ok(document)) => (ReadReply::Document { id }, encode(&document)),
        Some(Err(error)) if error.wants_password() => {
            (ReadReply::Locked { id, wrong: request.password.is_some() }, None)
        }
        Some(Err(error)) => (ReadReply::Unreadable { id, why: Unreadable::new(&request.name, &error) }, None),
    }
}

/// The request and the bytes that came with it.
fn unpack(data: &JsValue) -> Option<(ReadRequest, Vec<u8>)> {
    let parts = data.dyn_ref::<Array>()?;
    let part = |index| Uint8Array::new(parts.get(index).unchecked_ref::<ArrayBuffer>()).to_vec();
    Some((decode(&part(0))?, part(1)))
}

fn tell(scope: &DedicatedWorkerGlobalScope, reply: &ReadReply, document: Option<&[u8]>) {
    let Some(reply) = encode(reply) else { return };
    let buffers: Array = [Some(reply.as_slice()), document]
        .into_iter()
        .flatten()
        .map(|bytes| Uint8Array::from(bytes).buffer())
        .collect();
    // Fails only for a buffer that was transferred before; these are fresh.
    let _ = scope.post_message_with_transfer(&buffers, &buffers);
}
