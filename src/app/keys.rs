//! Keys: one listener for the whole page, and the list of what it does.

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::cell_panel::finding_of_chosen;
use super::desk::Desk;
use super::focus;
use super::paste::is_field;
use super::words::Words;
use crate::session::{Chosen, Session, View};

/// Listens for as long as the page lives.
pub(super) fn listen(desk: Desk) {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document(), "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if (event.ctrl_key() || event.meta_key()) && command(desk, event) {
            return event.prevent_default();
        }
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
            return;
        }
        if act(desk, event) {
            event.prevent_default();
        }
    })
    .forget();
}

/// Keys with Ctrl or ⌘, wherever the focus is: K finds, Z has a closed file back.
fn command(desk: Desk, event: &KeyboardEvent) -> bool {
    if event.alt_key() || event.shift_key() || event.is_composing() || boxed() {
        return false;
    }
    match event.key().as_str() {
        "k" | "K" if untrack(|| desk.is_anything_open()) => desk.finding.set(true),
        "z" | "Z" if desk.closing.with_untracked(Option::is_some) && !in_field(event) => desk.undo_close(),
        _ => return false,
    }
    true
}

/// Whether a box is open over the page.
fn boxed() -> bool {
    document().query_selector("dialog[open], [aria-modal=true]").is_ok_and(|found| found.is_some())
}

fn in_field(event: &KeyboardEvent) -> bool {
    event.target().and_then(|target| target.dyn_into::<Element>().ok()).is_some_and(|element| is_field(&element))
}

/// Does what the key says; false where it says nothing.
fn act(desk: Desk, event: &KeyboardEvent) -> bool {
    let key = event.key();
    if boxed() {
        if key == "Escape" {
            desk.keys_shown.set(false);
        }
        return false;
    }
    if !untrack(|| desk.is_anything_open()) {
        return key == "?" && letters(desk, event) && {
            desk.keys_shown.set(true);
            true
        };
    }
    if key == "Escape" {
        return escape(desk, event);
    }
    if !letters(desk, event) {
        return false;
    }
    match key.as_str() {
        "j" => step(desk, 1),
        "k" => step(desk, -1),
        "/" => {
            desk.session.update(|session| session.show_view(View::Check));
            desk.session.update(Session::back_to_list);
            focus::on("finding-search");
        }
        "1" => desk.show_view(View::Check),
        "2" => desk.show_view(View::Table),
        "3" => desk.show_view(View::Charts),
        "4" => desk.show_view(View::Compare),
        "5" => desk.show_view(View::Source),
        "e" => evidence(desk),
        "t" if view(desk) == View::Table => focus::on("try-figure"),
        "r" if desk.session.with_untracked(|session| !session.tried().is_empty()) => desk.put_back(),
        "g" => desk.glossary_shown.set(true),
        "?" => desk.keys_shown.set(true),
        _ => return false,
    }
    true
}

fn view(desk: Desk) -> View {
    desk.session.with_untracked(Session::view)
}

/// Whether a letter is a command here: not in a field, and not where the reader turned letters off.
fn letters(desk: Desk, event: &KeyboardEvent) -> bool {
    !in_field(event) && desk.settings.with_untracked(|settings| settings.letters)
}

fn step(desk: Desk, steps: isize) {
    desk.session.update(|session| {
        session.show_view(View::Check);
        session.step(steps);
    });
    focus::on_current("finding-list");
}

/// From a field to the list, from the detail to the list, from a table or the source back to the finding.
fn escape(desk: Desk, event: &KeyboardEvent) -> bool {
    if in_field(event) {
        desk.session.update(|session| session.set_query(""));
    }
    let (view, finding) = desk.session.with_untracked(|session| (session.view(), finding_of_chosen(session)));
    if view == View::Check {
        desk.back_to_list();
        return true;
    }
    if let (View::Table, Some(finding)) = (view, finding) {
        desk.choose(Chosen::Finding(finding));
    } else {
        desk.session.update(|session| session.show_view(View::Check));
        focus::on("detail-title");
    }
    true
}

/// The source of what is chosen.
fn evidence(desk: Desk) {
    let (view, cell) = desk.session.with_untracked(|session| (session.view(), session.cell_anchor()));
    match (view, cell) {
        (View::Table, Some(at)) => desk.show_source(at),
        _ => focus::on("evidence-whole"),
    }
}

/// The list of keys, and the switch for letters.
#[component]
pub(super) fn KeyList() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    Effect::new(move |_| {
        if desk.keys_shown.get() {
            focus::on("keys-close");
        }
    });
    let row = |keys: &'static [&'static str], what: &'static str| {
        view! { <div><dt>{keys.iter().map(|key| view! { <kbd>{*key}</kbd>" " }).collect_view()}</dt><dd>{what}</dd></div> }
    };
    view! {
        <Show when=move || desk.keys_shown.get()>
            <div class="modal" role="dialog" aria-modal="true" aria-labelledby="keys-title">
                <div class="modal-box panel">
                    <h2 id="keys-title">{words.keys_title()}</h2>
                    <dl class="keys">
                        {row(&["j", "k"], words.key_step())}
                        {row(&["Enter"], words.key_enter())}
                        {row(&["Esc"], words.key_escape())}
                        {row(&["/"], words.key_slash())}
                        {row(&["1", "2", "3", "4", "5"], words.key_views())}
                        {row(&["←", "↑", "→", "↓"], words.key_arrows())}
                        {row(&["e"], words.key_evidence())}
                        {row(&["Ctrl K"], words.key_find())}
                        {row(&["Shift", "←", "↑", "→", "↓"], words.key_range())}
                        {row(&["Ctrl C"], words.key_copy())}
                        {row(&["Ctrl Z"], words.undo())}
                        {row(&["t"], words.key_try())}
                        {row(&["r"], words.key_put_back())}
                        {row(&["g"], words.key_glossary())}
                        {row(&["?"], words.key_help())}
                    </dl>
                    <label class="switch"><input type="checkbox" prop:checked=move || desk.settings.with(|s| s.letters)
                        on:change=move |event| { let on = event_target_checked(&event); desk.set(|settings| settings.letters = on); }/>{words.keys_letters()}</label>
                    <div class="drop-actions"><button class="btn" id="keys-close" type="button" on:click=move |_| desk.keys_shown.set(false)>{words.close()}</button></div>
                </div>
            </div>
        </Show>
    }
}
