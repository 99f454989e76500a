//! 名词: a term is explained where it stands, by hovering, tapping or focusing it; and all of them in a list.

use gloo::events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::desk::Desk;
use super::focus;
use super::words::Words;
use super::words::glossary::{self, TERMS};

/// The term that is explained, and where its note stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    term: usize,
    left: i32,
    top: i32,
}

/// A text whose terms can be asked about. `stops` says whether keys come to them: in a table's head they do not, the
/// panel of the chosen cell has the same terms.
pub(super) fn glossed(text: &str, stops: bool) -> AnyView {
    let pieces = glossary::pieces(text).into_iter().map(|(piece, term)| match term {
        Some(term) => {
            let tabindex = if stops { "0" } else { "-1" };
            view! { <button type="button" class="term" data-term=term.to_string() tabindex=tabindex aria-describedby="term-note">{piece}</button> }.into_any()
        }
        None => piece.into_any(),
    });
    pieces.collect::<Vec<_>>().into_any()
}

/// Listens for as long as the page lives.
pub(super) fn listen(desk: Desk) {
    let page = document();
    for kind in ["mouseover", "focusin", "click"] {
        EventListener::new(&page, kind, move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let Some(target) = target else { return };
            // The note itself may be read with the pointer.
            if target.closest("#term-note").ok().flatten().is_some() {
                return;
            }
            let term = target.closest("[data-term]").ok().flatten();
            let asked = term.and_then(|element| asked(&element));
            if desk.term.get_untracked() != asked {
                desk.term.set(asked);
            }
        })
        .forget();
    }
    EventListener::new(&page, "keydown", move |event| {
        let escape = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape");
        if escape && desk.term.get_untracked().is_some() {
            desk.term.set(None);
        }
    })
    .forget();
}

fn asked(element: &Element) -> Option<Asked> {
    /// Room that the note takes.
    const WIDTH: i32 = 320;
    let term = element.get_attribute("data-term")?.parse().ok()?;
    let place = element.get_bounding_client_rect();
    let across = document().document_element().map_or(WIDTH, |root| root.client_width());
    let left = focus::whole(place.left()).min(across - WIDTH - 12).max(8);
    Some(Asked { term, left, top: focus::whole(place.bottom()) + 6 })
}

/// The note of the term that is asked about.
#[component]
pub(super) fn TermNote() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    move || {
        let Asked { term, left, top } = desk.term.get()?;
        let term = TERMS.get(term)?;
        Some(view! {
            <div id="term-note" class="term-note panel" role="tooltip" style:left=format!("{left}px") style:top=format!("{top}px")>
                <strong>{term.name(words)}</strong><p>{term.plain(words)}</p>
            </div>
        })
    }
}

/// Every term, in a box with a search.
#[component]
pub(super) fn Glossary() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let query = RwSignal::new(String::new());
    Effect::new(move |_| {
        if desk.glossary_shown.get() {
            query.set(String::new());
            focus::on("glossary-search");
        }
    });
    let close = move || {
        desk.glossary_shown.set(false);
        focus::on("glossary-button");
    };
    let list = move || {
        let found = glossary::search(&query.get());
        if found.is_empty() {
            return view! { <p class="muted">{words.glossary_none()}</p> }.into_any();
        }
        let terms =
            found.into_iter().map(|term| view! { <div><dt>{term.name(words)}</dt><dd>{term.plain(words)}</dd></div> });
        view! { <dl class="glossary">{terms.collect_view()}</dl> }.into_any()
    };
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    view! {
        <Show when=move || desk.glossary_shown.get()>
            <div class="modal" role="dialog" aria-modal="true" aria-labelledby="glossary-title" on:keydown=escape>
                <div class="modal-box panel">
                    <h2 id="glossary-title">{words.glossary_title()}</h2>
                    <p class="small muted">{words.glossary_hint()}</p>
                    <input type="search" class="search" id="glossary-search" placeholder=words.glossary_search() aria-label=words.glossary_search()
                        on:input=move |event| query.set(event_target_value(&event))/>
                    <div class="glossary-scroll" tabindex="0" role="region" aria-labelledby="glossary-title">{list}</div>
                    <div class="drop-actions"><button class="btn" type="button" id="glossary-close" on:click=move |_| close()>{words.close()}</button></div>
                </div>
            </div>
        </Show>
    }
}
