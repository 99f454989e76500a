//! `?src=`: the page on a server opens a file of the same server when it is opened itself.

use gloo::file::futures::read_as_bytes;
use js_sys::decode_uri_component;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, Response, Url, Window};

use super::desk::Desk;
use super::words::way::{not_fetched, not_ours};
use crate::wire::Source;

/// Opens the file that the address names, if it names one.
pub(super) fn open_named(desk: Desk) {
    let Some(window) = web_sys::window() else { return };
    let Some(named) = named(&window) else { return };
    let name = file_name(&named);
    let Some(address) = ours(&window, &named) else {
        return desk.failures.update(|all| all.push(not_ours(name)));
    };
    spawn_local(async move {
        desk.begin(Some(name.clone()));
        match fetch(&window, &address).await {
            Ok(bytes) => desk.send(vec![Source { name, bytes }]),
            Err(reason) => {
                desk.reading.set(None);
                desk.failures.update(|all| all.push(not_fetched(name, &reason)));
            }
        }
    });
}

/// The value of `src` in the page's address.
fn named(window: &Window) -> Option<String> {
    let query = window.location().search().ok()?;
    let value = query.trim_start_matches('?').split('&').find_map(|pair| pair.strip_prefix("src="))?;
    let value = decode_uri_component(&value.replace('+', "%20")).ok()?.as_string()?;
    (!value.is_empty()).then_some(value)
}

/// The last part of a path, as people call the file.
fn file_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(path);
    decode_uri_component(last).ok().and_then(|name| name.as_string()).unwrap_or_else(|| last.to_owned())
}

/// The whole address, if it is of the server that the page came from.
fn ours(window: &Window, named: &str) -> Option<String> {
    let base = document().base_uri().ok().flatten()?;
    let address = Url::new_with_base(named, &base).ok()?;
    let origin = window.location().origin().ok()?;
    let web = matches!(address.protocol().as_str(), "http:" | "https:");
    (web && address.origin() == origin).then(|| address.href())
}

/// The bytes, or why there are none.
async fn fetch(window: &Window, address: &str) -> Result<Vec<u8>, String> {
    let say = |error: wasm_bindgen::JsValue| format!("{error:?}");
    let answer = JsFuture::from(window.fetch_with_str(address)).await.map_err(say)?;
    let answer: Response = answer.dyn_into().map_err(say)?;
    if !answer.ok() {
        return Err(answer.status().to_string());
    }
    let blob = JsFuture::from(answer.blob().map_err(say)?).await.map_err(say)?;
    let blob: Blob = blob.dyn_into().map_err(say)?;
    read_as_bytes(&gloo::file::Blob::from(blob)).await.map_err(|error| error.to_string())
}
