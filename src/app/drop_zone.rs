//! Files dropped anywhere on the window.

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::DragEvent;

use super::desk::Desk;
use super::folder;
use super::words::Words;

/// Takes files wherever they are dropped, for as long as the page lives.
pub(super) fn listen(desk: Desk) {
    let Some(window) = web_sys::window() else { return };
    // Without this the browser would leave the page for the file.
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window, "dragover", options, move |event| {
        event.prevent_default();
        if !desk.dragged_over.get_untracked() && carries_files(event) {
            desk.dragged_over.set(true);
            desk.warm_reader();
        }
    })
    .forget();
    EventListener::new(&window, "dragleave", move |event| {
        // Leaving the window, not one of its elements.
        if event.dyn_ref::<DragEvent>().is_some_and(|event| event.related_target().is_none()) {
            desk.dragged_over.set(false);
        }
    })
    .forget();
    EventListener::new_with_options(&window, "drop", options, move |event| {
        event.prevent_default();
        desk.dragged_over.set(false);
        let Some(data) = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer) else { return };
        if let Some((name, entries)) = folder::dropped(&data) {
            desk.open_folder(name, entries);
        } else if let Some(files) = data.files() {
            desk.open_files(&files);
        }
    })
    .forget();
}

fn carries_files(event: &web_sys::Event) -> bool {
    let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
    data.is_some_and(|data| data.types().includes(&"Files".into(), 0))
}

/// Says that letting go will open the files.
#[component]
pub(super) fn Overlay() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    view! {
        <Show when=move || desk.dragged_over.get()>
            <div class="drop-over" aria-hidden="true"><p>{words.drop_now()}</p></div>
        </Show>
    }
}
