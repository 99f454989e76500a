//! What the reader did with the first screen before the page ran: `boot.js` kept it and hands it over.

use js_sys::{Array, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{FileSystemEntry, HtmlElement};

use super::desk::Desk;
use super::{focus, paste};

/// Takes what was kept, once the page is drawn, and what still comes from the first screen's own file dialog.
pub(super) fn take(desk: Desk) {
    spawn_local(async move {
        let Ok(boot) = Reflect::get(&js_sys::global(), &"duizhang".into()) else { return };
        let kept = Reflect::get(&boot, &"kept".into()).unwrap_or_default();
        let take = Closure::<dyn Fn(JsValue)>::new(move |kept: JsValue| one(desk, &kept));
        // The boot script's object is a plain one.
        let _ = Reflect::set(&boot, &"take".into(), take.as_ref());
        take.forget();
        Array::from(&kept).iter().for_each(|kept| one(desk, &kept));
    });
}

/// One thing: `{click}`, `{entries}`, `{files}` or `{html, text}`.
fn one(desk: Desk, kept: &JsValue) {
    let part = |name: &str| Reflect::get(kept, &name.into()).ok().filter(JsValue::is_truthy);
    let text = |name: &str| part(name).and_then(|text| text.as_string());
    if let Some(id) = text("click") {
        if let Some(button) = focus::by_id(&id).and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            button.click();
        }
    } else if let Some(entries) = part("entries") {
        let entries: Vec<FileSystemEntry> = Array::from(&entries).iter().map(JsCast::unchecked_into).collect();
        let folder = entries.iter().find(|entry| entry.is_directory()).map(FileSystemEntry::name);
        desk.open_folder(folder.unwrap_or_default(), entries);
    } else if let Some(files) = part("files") {
        let files = Array::from(&files);
        desk.open_list(files.iter().map(|file| file.unchecked_into::<web_sys::File>().into()).collect());
    } else {
        let html = text("html").filter(|html| paste::has_tables(html));
        paste::take(desk, html, text("text").unwrap_or_default());
    }
}
