//! The first screen: what this is, where to put a file, what happens to it.

use leptos::prelude::*;

use super::desk::Desk;
use super::document_tabs::FileButton;
use super::mark::{icon, mark};
use super::recent;
use super::words::{Language, Words};
use crate::session::{Mark, Session};

#[component]
pub(super) fn Start() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let other = Words(words.0.other());
    let awaited = Memo::new(move |_| desk.session.with(|s| Session::awaited(s).map(|link| link.document.clone())));
    let idle = Memo::new(move |_| desk.reading.with(Option::is_none));
    let promise = |text: &'static str| view! { <li>{mark(Mark::Ok)}<span>{text}</span></li> };
    let how = |sign: Mark, title: &'static str, text: &'static str| {
        view! { <div><h2>{mark(sign)}{title}</h2><p>{text}</p></div> }
    };
    let secondary = match words.0 {
        Language::Chinese => other.start_lead(),
        Language::English => other.start_title(),
    };
    view! {
        <div class="wrap start">
            <h1>{words.start_title()}</h1>
            <p class="lead">{words.start_lead()}</p>
            <p class="en" lang=other.0.tag()>{secondary}</p>
            {move || awaited.get().map(|document| view! {
                <p class="notice panel">{mark(Mark::Info)}<span>{words.awaited()}<code class="num">{document}</code></span></p>
            })}
            <Show when=move || idle.get()>
                <div class="start-grid">
                    <section class="drop" aria-labelledby="drop-title">
                        <svg class="drop-ill" viewBox="0 0 76 76" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="M18 8h28l14 14v46H18z"/><path d="M46 8v14h14M27 34h24M27 43h24"/><path d="M27 52h24" stroke-width="4"/><path d="M43 60h8M43 64h8"/></svg>
                        <h2 id="drop-title">{words.drop_here()}</h2>
                        <p class="kinds">{words.drop_kinds()}</p>
                        <div class="drop-actions">
                            <FileButton class="btn btn-primary">{words.choose_files()}</FileButton>
                            <FileButton class="btn" folder=true>{words.choose_folder()}</FileButton>
                            <button class="btn" type="button" id="paste-button" on:click=move |_| desk.pasting.set(true)>{words.paste()}" "<kbd>"Ctrl V"</kbd></button>
                        </div>
                    </section>
                    <section class="promise panel" aria-labelledby="promise-title">
                        <h2 id="promise-title">{icon("#i-lock")}{words.promise_title()}</h2>
                        <ul>{promise(words.promise_local())}{promise(words.promise_offline())}{promise(words.promise_check())}</ul>
                        <div class="examples">
                            <p class="section-title">{words.example_title()}</p>
                            <button class="linklike" type="button" id="example" on:click=move |_| desk.open_example()>{words.example_name()}</button>
                            <span class="small muted">{words.example_note()}</span>
                        </div>
                    </section>
                </div>
            </Show>
            {recent::list(desk, words)}
            <section class="how" aria-label=words.how()>
                {how(Mark::Ok, words.how_ties(), words.how_ties_text())}
                {how(Mark::Mismatch, words.how_apart(), words.how_apart_text())}
                {how(Mark::Unchecked, words.how_unknown(), words.how_unknown_text())}
            </section>
        </div>
    }
}
