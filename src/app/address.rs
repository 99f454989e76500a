//! Deep links: the address says what is shown, and an address that comes in is followed.

use gloo::events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::desk::Desk;
use super::focus;
use crate::session::{Link, Session};

/// Keeps session and address the same, both ways, for as long as the page lives.
pub(super) fn keep(desk: Desk) {
    if let Some(link) = current() {
        desk.session.update(|session| session.follow(&link));
    }
    let Some(window) = web_sys::window() else { return };
    EventListener::new(&window, "popstate", move |_| {
        let Some(link) = current() else { return };
        if desk.session.with_untracked(Session::link).as_ref() != Some(&link) {
            desk.session.update(|session| session.follow(&link));
            if let Some(cell) = link.cell {
                request_animation_frame(move || request_animation_frame(move || focus::cell(cell.row, cell.column)));
            }
        }
    })
    .forget();
    let link = Memo::new(move |_| if desk.is_anything_open() { desk.session.with(Session::link) } else { None });
    Effect::new(move |before: Option<Option<Link>>| {
        let link = link.get();
        if let Some(link) = &link {
            write(link, before.as_ref().and_then(Option::as_ref));
        }
        link
    });
}

fn current() -> Option<Link> {
    Link::parse(&web_sys::window()?.location().hash().ok()?)
}

/// A step between views or documents can be gone back on; a step within a view only changes the address.
fn write(link: &Link, before: Option<&Link>) {
    let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else { return };
    let hash = link.to_string();
    if current().as_ref() == Some(link) {
        return;
    }
    let place = |l: &Link| (l.document.clone(), l.table.is_some(), l.line.is_some(), l.view);
    let moved = before.is_some_and(|before| place(before) != place(link));
    // A browser may refuse this to a page from disk; then the address just stays.
    let _ = if moved {
        history.push_state_with_url(&JsValue::NULL, "", Some(&hash))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&hash))
    };
}

/// The whole address of what is shown.
pub(super) fn whole(link: &Link) -> String {
    let page = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    format!("{}{link}", page.split('#').next().unwrap_or_default())
}
