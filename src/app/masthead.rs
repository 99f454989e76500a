//! The head of the page: brand, privacy, language, theme, keys.

use leptos::prelude::*;

use super::desk::Desk;
use super::mark::icon;
use super::words::{Language, Words};

#[component]
pub(super) fn Masthead() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let (other, label) = match words.0 {
        Language::Chinese => ("EN", "EN, switch to English"),
        Language::English => ("中文", "中文，切换到中文"),
    };
    view! {
        <header class="masthead"><div class="wrap">
            <span class="brand">
                <svg viewBox="0 0 30 30" aria-hidden="true"><rect class="brand-sq" width="30" height="30" rx="4"/><path class="brand-ln" d="M8 11.5h14M8 18.5h14"/></svg>
                <b>{words.brand()}</b><small>{words.tagline()}</small>
            </span>
            <div class="masthead-right">
                <span class="privacy" title=words.promise_title()>{icon("#i-lock")}<span>{words.local_only()}</span></span>
                <button class="btn btn-quiet btn-small" type="button" id="language" aria-label=label
                    lang=words.0.other().tag() on:click=move |_| desk.switch_language()>{other}</button>
                <button class="btn btn-quiet btn-small" type="button" id="theme" aria-label=words.theme_name()
                    on:click=move |_| desk.switch_theme()>{icon("#i-moon")}<span class="hide-phone">{words.theme()}</span></button>
                <button class="btn btn-quiet btn-small hide-phone" type="button" id="keys" aria-keyshortcuts="?"
                    on:click=move |_| desk.keys_shown.set(true)>{words.keys()}" "<kbd>"?"</kbd></button>
            </div>
        </div></header>
    }
}
