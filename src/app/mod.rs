//! The page: draws a [`Session`](crate::session::Session) and passes on what the reader does. One component a file.
//!
//! ```text
//! files ─▶ Desk ─▶ Pipeline (worker) ─▶ Analysis ─▶ Session ─▶ memos ─▶ components
//!                                                      ▲──────── clicks, keys, address ──┘
//! ```
//!
//! Components are drawn once a language, with the words of it; all else changes through signals.

#![expect(unreachable_pub, reason = "the component macro makes its property types as public as they can be")]

mod address;
mod cell_panel;
mod charts;
mod check;
mod compare;
mod copy;
mod desk;
mod detail;
mod dialog;
mod document_tabs;
mod drop_zone;
mod equation;
mod evidence;
mod export;
mod finding_list;
mod focus;
mod folder;
mod glossary;
mod handbook;
mod hosted;
mod keys;
mod letter;
mod link;
mod many;
mod mark;
mod masthead;
mod meter;
mod page_view;
mod password;
mod paste;
mod pictures;
mod piecewise;
pub mod pipeline;
mod pool;
mod recent;
mod report;
mod search;
mod settings;
mod sheet;
mod sided_sheet;
mod source_view;
mod start;
mod states;
mod suspect;
mod table_list;
mod table_view;
mod takeover;
mod units;
mod verdict;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::session::{Session, View};
// The components name them by their place here.
use crate::words::{self, phrases};
use desk::Desk;
use words::Words;

/// Mounts the application into `#app`, which is emptied first: it holds the first screen as markup, or in a saved page
/// what was drawn last. Both in one go, so that nothing is seen of it, and with the focus where it was.
pub fn mount() {
    let Some(root) = document().get_element_by_id("app") else {
        return;
    };
    let focused = document().active_element().map(|element| element.id()).filter(|id| !id.is_empty());
    root.replace_children_with_node_0();
    let _ = root.remove_attribute("data-first");
    leptos::mount::mount_to(root.unchecked_into(), App).forget();
    if let Some(focused) = focused.and_then(|id| focus::by_id(&id)?.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Where the page is scrolled to stays as it is.
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = focused.focus_with_options(&options);
    }
}

#[component]
fn App() -> impl IntoView {
    let desk = Desk::new();
    provide_context(desk);
    address::keep(desk);
    keys::listen(desk);
    drop_zone::listen(desk);
    paste::listen(desk);
    report::listen(desk);
    copy::listen(desk);
    glossary::listen(desk);
    settings_on_the_root(desk);
    takeover::take(desk);
    hosted::open_named(desk);
    let language = desk.language();
    move || page(desk, Words(language.get()))
}

/// Everything, in one language.
fn page(desk: Desk, words: Words) -> impl IntoView {
    provide_context(words);
    let anything = Memo::new(move |_| desk.is_anything_open());
    let any_list = Memo::new(move |_| desk.many.with(Option::is_some));
    let listed = Memo::new(move |_| any_list.get() && desk.many_shown.get());
    let pane = move || match desk.session.with(Session::pane) {
        crate::session::Pane::List => "list",
        crate::session::Pane::Detail => "detail",
    };
    let skip = move |event: web_sys::MouseEvent| {
        // Not by address: that holds the deep link.
        event.prevent_default();
        focus::on("main");
    };
    view! {
        <div class="screen" class:prints=move || desk.prints_screen()>
            <a class="skip" href="#main" on:click=skip>{words.skip()}</a>
            <mark::Sprite/>
            <masthead::Masthead/>
            <Show when=move || anything.get() || any_list.get()>
                <document_tabs::DocumentTabs/>
            </Show>
            <Show when=move || anything.get() && !listed.get()>
                <document_tabs::Views/>
            </Show>
            <main id="main" tabindex="-1" data-pane=pane>
                <states::Notices/>
                {move || match (listed.get(), anything.get()) {
                    (true, _) => view! { <many::ManyList/> }.into_any(),
                    (false, true) => view! { <Opened/> }.into_any(),
                    (false, false) => view! { <start::Start/> }.into_any(),
                }}
            </main>
            <footer class="foot"><div class="wrap">
                <span>{words.foot_limits()}</span>
                <span>{format!("{} {} · {}", words.foot_version(), env!("CARGO_PKG_VERSION"), words.foot_offline())}</span>
            </div></footer>
            <states::Undo/>
            <drop_zone::Overlay/>
            <paste::PasteBox/>
            <password::PasswordBox/>
            <keys::KeyList/>
            <search::Search/>
            <handbook::Handbook/>
            <glossary::Glossary/>
            <glossary::TermNote/>
            <export::Export/>
            <letter::Letter/>
            <p class="vh" role="status" aria-live="polite">{move || desk.said.get()}</p>
        </div>
        <report::Report/>
    }
}

/// The document in view.
#[component]
fn Opened() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let view = desk.view();
    move || match view.get() {
        View::Check => view! { <check::Check/> }.into_any(),
        View::Table => view! { <table_view::Tables/> }.into_any(),
        View::Charts => view! { <charts::ChartsView/> }.into_any(),
        View::Compare => view! { <compare::CompareView/> }.into_any(),
        View::Source => view! { <source_view::Source/> }.into_any(),
    }
}

/// Language, theme and title belong to the document, not to any component.
fn settings_on_the_root(desk: Desk) {
    Effect::new(move |_| {
        let settings = desk.settings.get();
        let Some(root) = document().document_element() else { return };
        // Both attributes are always allowed on the root element.
        let _ = root.set_attribute("lang", settings.language.tag());
        let _ = match settings.theme {
            Some(theme) => root.set_attribute("data-theme", theme.name()),
            None => root.remove_attribute("data-theme"),
        };
    });
    let title = Memo::new(move |_| {
        let words = Words(desk.settings.with(|settings| settings.language));
        if !desk.is_anything_open() {
            return words.page_title(None, None);
        }
        desk.session.with(|session| {
            let opened = session.opened();
            let verdict = words.headline(opened.headline(session.document())).pop().map(|(_, line)| line);
            let verdict = verdict.as_deref().map(|line| line.trim_end_matches(['。', '.']));
            let name = opened.coverage(session.document()).unit_name;
            let file = opened.analysis().documents.get(session.document()).map(|d| d.name.clone());
            words.page_title(verdict, name.or(file).as_deref())
        })
    });
    Effect::new(move |_| document().set_title(&title.get()));
}
