//! The list of the tables of a file.

use leptos::prelude::*;

use super::desk::Desk;
use super::focus;
use super::mark::mark;
use super::words::Words;
use crate::session::{Mark, Session, TableEntry, TableState};

/// As many tables without figures to check are listed with the others.
const FEW: usize = 3;

/// Whether nothing in the table could be checked.
fn is_idle(entry: &TableEntry) -> bool {
    entry.mark == Mark::Unchecked
}

fn count_idle(entries: &Memo<Vec<TableEntry>>) -> usize {
    entries.with_untracked(|entries| entries.iter().filter(|entry| is_idle(entry)).count())
}

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
            TableState::Present if is_idle(&entry) => words.state_unchecked().to_owned(),
            TableState::Present => words.mismatched_cells(entry.mismatches, entry.hints),
        };
        view! {
            <button type="button" aria-current=move || (current.get() == index).then_some("true")
                on:click=move |_| {
                    desk.session.update(|session| session.show_table(index));
                    focus::to_top();
                }>
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
            {move || {
                let (idle, used): (Vec<_>, Vec<_>) = entries.get().into_iter().partition(is_idle);
                let holds_current = idle.iter().any(|entry| entry.index == current.get_untracked());
                // Forms without figures are many and alike; a few stay where they are.
                let folded = idle.len() > FEW;
                let idle = idle.into_iter().map(item).collect_view();
                let idle = if folded {
                    view! { <details class="toc-idle" open=holds_current><summary>{words.idle_tables(count_idle(&entries))}</summary>{idle}</details> }.into_any()
                } else {
                    idle.into_any()
                };
                view! { {used.into_iter().map(item).collect_view()}{idle} }
            }}
        </nav>
    }
}
