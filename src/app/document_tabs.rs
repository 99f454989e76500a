//! The open files, and the views of the one in view.

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::desk::Desk;
use super::focus;
use super::mark::{icon, mark};
use super::words::Words;
use crate::session::{Mark, View};

/// What a tab shows.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tab {
    document: usize,
    mark: Mark,
    name: String,
    when: String,
    note: String,
    file: String,
}

#[component]
pub(super) fn DocumentTabs() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let tabs = Memo::new(move |_| {
        desk.edition.track();
        let open = desk.open_documents();
        let opened = desk.opened();
        open.into_iter()
            .map(|document| {
                let coverage = opened.coverage(document);
                let counts = opened.counts(document);
                let file = opened.analysis().documents.get(document).map(|d| d.name.clone()).unwrap_or_default();
                Tab {
                    document,
                    mark: opened.worst_mark(document),
                    name: coverage.unit_name.clone().unwrap_or_else(|| file.clone()),
                    when: words.year_and_stage(coverage.year, coverage.stage),
                    note: words.tab_note(counts.mismatches, counts.warnings, counts.compared()),
                    file,
                }
            })
            .collect::<Vec<_>>()
    });
    let current = move |document: usize| {
        (!desk.many_shown.get() && desk.session.with(|session| session.document() == document)).then_some("page")
    };
    let tab = move |tab: Tab| {
        let document = tab.document;
        view! {
            <div class="doctab" aria-current=move || current(document)>
                <button class="doctab-open" type="button" title=tab.file.clone()
                    aria-current=move || current(document) on:click=move |_| desk.show_document(document)>
                    {mark(tab.mark)}
                    <span class="doctab-name"><strong>{tab.name.clone()}</strong>" "{tab.when}</span>
                    <small>{tab.note}</small>
                </button>
                <button class="doctab-close" type="button" aria-label=words.close_file(&tab.name)
                    on:click=move |_| desk.close(document)>{icon("#i-close")}</button>
            </div>
        }
    };
    Effect::new(move |_| {
        desk.document().track();
        tabs.track();
        focus::scroll_to_current("documents");
    });
    let list = move || {
        let many = desk.many.with(|many| many.as_ref().map(|many| (many.name.clone(), many.rows().len())));
        many.map(|(name, files)| {
            let current = move || desk.many_shown.get().then_some("page");
            view! {
                <div class="doctab" aria-current=current>
                    <button class="doctab-open" type="button" id="many-tab" aria-current=current on:click=move |_| desk.many_shown.set(true)>
                        {mark(Mark::Info)}<span class="doctab-name"><strong>{name}</strong></span><small>{words.of_files(files)}</small>
                    </button>
                    <button class="doctab-close" type="button" aria-label=words.many_close() on:click=move |_| desk.close_many()>{icon("#i-close")}</button>
                </div>
            }
        })
    };
    view! {
        <nav class="docbar" aria-label=words.documents()><div class="wrap" id="documents">
            {list}
            {move || tabs.get().into_iter().map(tab).collect_view()}
            <FileButton class="btn btn-quiet btn-small">{icon("#i-plus")}{words.add_files()}</FileButton>
        </div></nav>
    }
}

/// A button that lets the reader choose files. The input itself is not in the tab order: the label acts for it.
#[component]
pub(super) fn FileButton(
    class: &'static str,
    /// A whole folder is chosen, and comes as a list.
    #[prop(optional)]
    folder: bool,
    children: Children,
) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let input = NodeRef::<leptos::html::Input>::new();
    let choose = move |_| {
        if let Some(input) = input.get_untracked() {
            desk.warm_reader();
            input.click();
        }
    };
    let chosen = move |event: web_sys::Event| {
        let input: HtmlInputElement = event_target(&event);
        if let Some(files) = input.files() {
            desk.open_files(&files);
        }
        // The same file may be chosen again.
        input.set_value("");
    };
    view! {
        <button class=class type="button" on:click=choose>{children()}</button>
        <input type="file" multiple hidden prop:webkitdirectory=folder node_ref=input on:change=chosen/>
    }
}

#[component]
pub(super) fn Views() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let document = desk.document();
    let view = desk.view();
    let counts = Memo::new(move |_| {
        let (_, document) = document.get();
        let opened = desk.opened();
        (opened.counts(document).findings(), opened.tables_of(document).len())
    });
    let item = move |of: View, name: &'static str, key: &'static str| {
        let count = move || match of {
            View::Check => Some(counts.get().0),
            View::Table => Some(counts.get().1),
            View::Charts | View::Compare | View::Source => None,
        };
        view! {
            <button type="button" aria-current=move || (view.get() == of).then_some("true") aria-keyshortcuts=key
                on:click=move |_| desk.show_view(of)>
                {name}{move || count().map(|count| view! { <span class="count">{count}</span> })}
            </button>
        }
    };
    view! {
        <nav class="views" aria-label=words.views()><div class="wrap">
            {item(View::Check, words.view_check(), "1")}
            {item(View::Table, words.view_table(), "2")}
            {item(View::Charts, words.view_charts(), "3")}
            {item(View::Compare, words.view_compare(), "4")}
            {item(View::Source, words.view_source(), "5")}
            <div class="views-right">
                <button class="btn btn-quiet btn-small hide-phone" type="button" id="glossary-button" aria-keyshortcuts="g" on:click=move |_| desk.glossary_shown.set(true)>{words.glossary_title()}</button>
                <button class="btn btn-quiet btn-small" type="button" id="export" on:click=move |_| desk.open_export()>{icon("#i-save")}{words.export()}</button>
                <button class="btn btn-quiet btn-small hide-phone" type="button" on:click=move |_| desk.print()>{icon("#i-print")}{move || if desk.prints_screen() { words.print_this() } else { words.print() }}</button>
            </div>
        </div></nav>
    }
}
