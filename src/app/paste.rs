//! Pasted text: into the box, or anywhere on the page. Tables on the clipboard come as HTML and keep their cells.

use gloo::events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element};

use super::desk::Desk;
use super::focus;
use super::words::Words;

/// Text that is surely no disclosure: a word pasted by accident.
const LEAST_CHARACTERS: usize = 20;

/// Takes what is pasted outside any field, for as long as the page lives.
pub(super) fn listen(desk: Desk) {
    EventListener::new(&document(), "paste", move |event| {
        let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return };
        let in_field =
            event.target().and_then(|t| t.dyn_into::<Element>().ok()).is_some_and(|element| is_field(&element));
        if in_field {
            return;
        }
        if let Some(files) = event.clipboard_data().and_then(|data| data.files()).filter(|files| files.length() > 0) {
            desk.open_files(&files);
            return;
        }
        let (html, text) = read(event);
        take(desk, html, text);
    })
    .forget();
}

/// Opens what was pasted outside any field, unless it is surely no disclosure.
pub(super) fn take(desk: Desk, html: Option<String>, text: String) {
    if html.is_some() || text.chars().count() >= LEAST_CHARACTERS {
        open(desk, html, text);
    }
}

/// Whether keys typed here are meant for the element.
pub(super) fn is_field(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

/// The HTML on the clipboard, where it has tables, and the text.
fn read(event: &ClipboardEvent) -> (Option<String>, String) {
    let Some(data) = event.clipboard_data() else { return (None, String::new()) };
    let html = data.get_data("text/html").ok().filter(|html| has_tables(html));
    (html, data.get_data("text/plain").unwrap_or_default())
}

/// Whether HTML of the clipboard is worth more than its text.
pub(super) fn has_tables(html: &str) -> bool {
    html.contains("<table")
}

fn open(desk: Desk, html: Option<String>, text: String) {
    let name = desk.words().pasted_name();
    match html {
        Some(html) => desk.open_text(format!("{name}.html"), html),
        None => desk.open_text(format!("{name}.txt"), text),
    }
}

/// The box to paste into.
#[component]
pub(super) fn PasteBox() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let text = RwSignal::new(String::new());
    // The HTML that came with the text, as long as the text is what came with it.
    let html = RwSignal::new(None::<(String, String)>);
    let paste = move |event: ClipboardEvent| {
        let (layout, plain) = read(&event);
        if let (Some(layout), true) = (layout, text.with_untracked(String::is_empty)) {
            event.prevent_default();
            text.set(plain.clone());
            html.set(Some((layout, plain)));
        }
    };
    let with_tables = move || html.with(|html| html.as_ref().is_some_and(|(_, plain)| text.with(|text| text == plain)));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let layout = untrack(with_tables).then(|| html.get_untracked().map(|(layout, _)| layout)).flatten();
        let plain = text.get_untracked();
        if layout.is_some() || !plain.trim().is_empty() {
            text.set(String::new());
            html.set(None);
            open(desk, layout, plain);
        }
    };
    let close = move || {
        desk.pasting.set(false);
        focus::on("paste-button");
    };
    Effect::new(move |_| {
        if desk.pasting.get() {
            focus::on("paste-text");
        }
    });
    let escape = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close();
        }
    };
    view! {
        <Show when=move || desk.pasting.get()>
            <div class="modal" role="dialog" aria-modal="true" aria-labelledby="paste-title" on:keydown=escape>
                <form class="modal-box panel paste" on:submit=submit>
                    <h2 id="paste-title">{words.paste_title()}</h2>
                    <p class="small muted" id="paste-hint">{words.paste_hint()}</p>
                    <textarea id="paste-text" rows="12" aria-label=words.paste_field() aria-describedby="paste-hint"
                        prop:value=move || text.get() on:paste=paste
                        on:input=move |event| text.set(event_target_value(&event))></textarea>
                    <p class="small" role="status">{move || with_tables().then(|| words.paste_with_tables())}</p>
                    <div class="drop-actions">
                        <button class="btn btn-primary" type="submit">{words.paste_go()}</button>
                        <button class="btn" type="button" on:click=move |_| close()>{words.cancel()}</button>
                    </div>
                </form>
            </div>
        </Show>
    }
}
