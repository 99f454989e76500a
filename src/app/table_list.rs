//! The list of the tables of a file.

use leptos::prelude::*;

use super::desk::Desk;
use super::focus;
use super::mark::mark;
use super::words::Words;
use crate::session::{Session, TableEntry, TableState};

#[component]
pub(super) fn TableList() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let document = desk.document();
    let entries = Memo::new(move |_| {
        let (_, document) = document.get();
        desk.opened().table_entries(document)
    });
    let current = Memo::new(move |_| desk.session.with(Session::table));
    let item = move |entry: TableEntry| {
        let index = entry.index;
        let state = match &entry.state {
            TableState::Empty(_) => words.state_empty().to_owned(),
            TableState::Missing => words.state_missing().to_owned(),
            TableState::Present if entry.mark == crate::session::Mark::Unchecked => words.state_unchecked().to_owned(),
            TableState::Present => words.mismatched_cells(entry.mismatches, entry.hints),
        };
        view! {
            <button type="button" aria-current=move || (current.get() == index).then_some("true")
                on:click=move |_| desk.session.update(|session| session.show_table(index))>
                {mark(entry.mark)}<span>{words.caption(&entry.caption)}<small>{state}</small></span>
            </button>
        }
    };
    // On a narrow screen the list is a row that scrolls.
    Effect::new(move |_| {
        current.track();
        focus::scroll_to_current("tables");
    });
    view! {
        <nav class="toc panel" id="tables" aria-label=words.tables_of()>
            <h2>{words.tables_of()}</h2>
            {move || entries.get().into_iter().map(item).collect_view()}
        </nav>
    }
}
