//! Copying a table, or a rectangle of its cells, to a spreadsheet.
//!
//! Everything goes through the browser's own copy event: it works on a page from disk and on plain HTTP, where the
//! clipboard cannot be written otherwise.

use std::cell::RefCell;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, HtmlDocument, KeyboardEvent, MouseEvent};

use super::desk::Desk;
use super::focus::{self, cell_id};
use super::words::Words;
use crate::session::{CellAt, Copied, Session, View};

thread_local! {
    /// What the copy event that is being asked for shall take.
    static ASKED: RefCell<Option<Copied>> = const { RefCell::new(None) };
}

/// The cell that the reader began to choose from; the other corner is the chosen cell.
#[derive(Clone, Copy)]
struct Range(RwSignal<Option<CellAt>>);

/// Watches keys, clicks and copying for as long as the page lives.
pub(super) fn listen(desk: Desk) {
    let range = Range(RwSignal::new(None));
    let early = EventListenerOptions { phase: EventListenerPhase::Capture, passive: true };
    EventListener::new_with_options(&document(), "keydown", early, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.key().starts_with("Arrow") && in_cell(event.target()) {
            range.go_on(desk, event.shift_key());
        }
    })
    .forget();
    EventListener::new_with_options(&document(), "mousedown", early, move |event| {
        let Some(event) = event.dyn_ref::<MouseEvent>() else { return };
        if in_cell(event.target()) {
            range.go_on(desk, event.shift_key());
        }
    })
    .forget();
    EventListener::new_with_options(
        &document(),
        "copy",
        EventListenerOptions::enable_prevent_default(),
        move |event| {
            let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return };
            let words = desk.words();
            let asked = ASKED.take().or_else(|| range.copied(desk));
            let (copied, said) = match asked {
                // A table goes out as printed, whatever is tried in it.
                Some(copied) => {
                    let tried = desk.session.with_untracked(|session| !session.tried().is_empty());
                    let said = words.copied_cells(copied.cells);
                    (copied, if tried { [&said, words.copied_as_printed()].concat() } else { said })
                }
                None => match selected_while_trying(desk, words) {
                    Some(copied) => (copied, words.copied_tried().to_owned()),
                    None => return,
                },
            };
            let Some(data) = event.clipboard_data() else { return };
            if data.set_data("text/plain", &copied.text).is_ok() && data.set_data("text/html", &copied.html).is_ok() {
                event.prevent_default();
                desk.said.set(said);
            }
        },
    )
    .forget();
    range.mark(desk);
}

impl Range {
    /// Begins where the reader is when Shift is held, and ends when it is not.
    fn go_on(self, desk: Desk, shift: bool) {
        if shift {
            let at = desk.session.with_untracked(Session::cell);
            self.0.update(|from| *from = from.or(at));
        } else if self.0.with_untracked(Option::is_some) {
            self.0.set(None);
        }
    }

    /// The chosen cells, where a cell has the focus and no text is selected.
    fn copied(self, desk: Desk) -> Option<Copied> {
        let selected = web_sys::window()?.get_selection().ok().flatten();
        if selected.is_some_and(|selected| !selected.is_collapsed()) {
            return None;
        }
        in_cell(document().active_element().map(Into::into)).then_some(())?;
        desk.session.with_untracked(|session| {
            let to = session.cell()?;
            let from = self.0.get_untracked().unwrap_or(to);
            session.opened().copied(session.document(), session.table(), Some((from, to)))
        })
    }

    /// Marks the cells of the rectangle.
    fn mark(self, desk: Desk) {
        Effect::new(move |_| {
            let from = self.0.get();
            let cells = desk.session.with(|session| match (from, session.cell()) {
                (Some(from), Some(to)) if from != to => {
                    session.opened().between(session.document(), session.table(), (from, to))
                }
                _ => Vec::new(),
            });
            let marked = document().get_elements_by_class_name("is-picked");
            while let Some(cell) = marked.item(0) {
                let _ = cell.class_list().remove_1("is-picked");
            }
            for CellAt { row, column } in cells {
                if let Some(cell) = focus::by_id(&cell_id(row, column)) {
                    let _ = cell.class_list().add_1("is-picked");
                }
            }
        });
    }
}

/// Selected text of a view that shows tried figures: it never leaves without saying so.
fn selected_while_trying(desk: Desk, words: Words) -> Option<Copied> {
    let changes = desk.session.with_untracked(|session| {
        let outcome = session.tried().outcome().filter(|_| session.view() == View::Table)?;
        Some(words.tried_cells(&outcome.opened))
    })?;
    let selection = web_sys::window()?.get_selection().ok().flatten().filter(|selected| !selected.is_collapsed())?;
    // What stands in a field is what the reader typed.
    let field = document().active_element().is_some_and(|active| active.matches("input, textarea").unwrap_or(false));
    let text = String::from(selection.to_string());
    (!field && !text.is_empty()).then(|| Copied::marked(&changes, &text))
}

fn in_cell(target: Option<web_sys::EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.closest("td.c").is_ok_and(|cell| cell.is_some()))
}

/// Copies the table in view.
pub(super) fn button(desk: Desk, words: Words) -> impl IntoView {
    let copy = move |_| {
        let copied = desk.session.with_untracked(|s| s.opened().copied(s.document(), s.table(), None));
        let asked = copied.is_some();
        ASKED.set(copied);
        let page = document().unchecked_into::<HtmlDocument>();
        if asked && !page.exec_command("copy").unwrap_or(false) {
            ASKED.set(None);
            desk.said.set(desk.words().not_copied().to_owned());
        }
    };
    view! { <button class="btn btn-small" type="button" id="copy-table" title=words.copy_hint() on:click=copy>{words.copy_table()}</button> }
}
