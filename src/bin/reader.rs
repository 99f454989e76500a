//! Reading files in containers off the main thread: PDF and the other forms whose readers are large, and pages whose
//! texts are set at coordinates, which are read as a PDF's. A module of its own that the page loads when such a file comes.
//!
//! A message is an array: a [`ReadRequest`], then the bytes of the file. The reply is an array too: a [`ReadReply`],
//! then the document, if there is one, or the files of an archive.
//!
//! Until the first message it reads a sample, so that what a file needs is compiled when it comes.

use std::cell::Cell;
use std::rc::Rc;

use duizhang::analysis::Unreadable;
use duizhang::read::{self, Member, read_container, unpack};
use duizhang::wire::{MemberHeader, POSITIONED, ReadReply, ReadRequest, decode, encode, is_set};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

const _: () = assert!(POSITIONED <= read::POSITIONED, "a page that is read here is sent here");

fn main() {
    // The boot script starts this module in a worker only.
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let post = scope.clone();
    // The message goes out before the trap; the page then replaces this worker.
    std::panic::set_hook(Box::new(move |info| tell(&post, &ReadReply::Panicked(info.to_string()), &[])));
    let idle = Rc::new(Cell::new(true));
    let (post, waits) = (scope.clone(), Rc::clone(&idle));
    let serve = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        waits.set(false);
        if let Some((request, bytes)) = received(&event.data()) {
            let (reply, buffers) = answer(&request, &bytes);
            tell(&post, &reply, &buffers);
        }
    });
    scope.set_onmessage(Some(serve.as_ref().unchecked_ref()));
    serve.forget();
    tell(&scope, &ReadReply::Ready, &[]);
    warm_up(&scope, idle, TIMES);
}

/// A budget of our own, as a PDF.
const SAMPLE: &[u8] = include_bytes!("sample.pdf");
/// How often it is read.
const TIMES: u32 = 12;

/// Reads the sample so many times while nothing is to be read.
fn warm_up(scope: &DedicatedWorkerGlobalScope, idle: Rc<Cell<bool>>, times: u32) {
    let next = scope.clone();
    let run = Closure::once_into_js(move || {
        if idle.get() && times > 0 {
            let request = ReadRequest { id: 0, name: "sample.pdf".to_owned(), password: None };
            drop(answer(&request, SAMPLE));
            warm_up(&next, idle, times - 1);
        }
    });
    // Refused, the first file only waits a little longer.
    let _ = scope.set_timeout_with_callback_and_timeout_and_arguments_0(run.unchecked_ref(), 4);
}

/// Reads one file, or takes out what an archive holds. What is given beside the reply is posted behind it.
fn answer(request: &ReadRequest, bytes: &[u8]) -> (ReadReply, Vec<Vec<u8>>) {
    let id = request.id;
    if let Some(members) = unpack(&request.name, bytes) {
        return archive(id, members);
    }
    let container = read_container(&request.name, bytes, request.password.as_deref());
    match container.or_else(|| is_set(bytes).then(|| read::read(&request.name, bytes))) {
        None => (ReadReply::Other { id }, Vec::new()),
        Some(Ok(document)) => (ReadReply::Document { id }, encode(&document).into_iter().collect()),
        Some(Err(error)) if error.wants_password() => {
            (ReadReply::Locked { id, wrong: request.password.is_some() }, Vec::new())
        }
        Some(Err(error)) => (ReadReply::Unreadable { id, why: Unreadable::new(&request.name, &error) }, Vec::new()),
    }
}

fn archive(id: u32, inside: Vec<Member<'_>>) -> (ReadReply, Vec<Vec<u8>>) {
    let (mut members, mut buffers) = (Vec::new(), Vec::new());
    for Member { name, content } in inside {
        let refused = match content {
            Ok(bytes) => {
                buffers.push(bytes.into_owned());
                None
            }
            Err(error) => Some(Unreadable::new(&name, &error)),
        };
        members.push(MemberHeader { name, refused });
    }
    (ReadReply::Archive { id, members }, buffers)
}

/// The request and the bytes that came with it.
fn received(data: &JsValue) -> Option<(ReadRequest, Vec<u8>)> {
    let parts = data.dyn_ref::<Array>()?;
    let part = |index| Uint8Array::new(parts.get(index).unchecked_ref::<ArrayBuffer>()).to_vec();
    Some((decode(&part(0))?, part(1)))
}

fn tell(scope: &DedicatedWorkerGlobalScope, reply: &ReadReply, buffers: &[Vec<u8>]) {
    let Some(reply) = encode(reply) else { return };
    let buffers: Array =
        std::iter::once(&reply).chain(buffers).map(|bytes| Uint8Array::from(bytes.as_slice()).buffer()).collect();
    // Fails only for a buffer that was transferred before; these are fresh.
    let _ = scope.post_message_with_transfer(&buffers, &buffers);
}
