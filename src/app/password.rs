//! A PDF that opens with a password only: the box that asks for it.

use leptos::prelude::*;

use super::desk::Desk;
use super::focus;
use super::words::Words;

/// A file that waits for its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Locked {
    /// What the pipeline calls it.
    pub(super) id: u32,
    /// Its name.
    pub(super) name: String,
    /// Whether the password that was given is not the right one.
    pub(super) wrong: bool,
}

/// Asks for the passwords of files, one after the other. What is typed goes to the reader and is not kept.
#[component]
pub(super) fn PasswordBox() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let first = Memo::new(move |_| desk.locked.with(|locked| locked.first().cloned()));
    let field = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| {
        if first.get().is_some() {
            focus::on("password");
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else { return };
        let password = field.value();
        field.set_value("");
        if !password.is_empty() {
            desk.unlock(Some(password));
        }
    };
    let escape = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            desk.unlock(None);
        }
    };
    let form = move |locked: Locked| {
        view! {
            <form class="modal-box panel paste" on:submit=submit>
                <h2 id="password-title">{words.password_title()}</h2>
                <p><strong>{locked.name}</strong></p>
                <p class="small muted" id="password-hint">{words.password_hint()}</p>
                {locked.wrong.then(|| view! { <p role="alert" id="password-wrong">{words.password_wrong()}</p> })}
                <label for="password">{words.password_field()}</label>
                <input id="password" type="password" class="search" autocomplete="off" spellcheck="false" node_ref=field
                    aria-describedby="password-hint" aria-invalid=locked.wrong.to_string()/>
                <div class="drop-actions">
                    <button class="btn btn-primary" type="submit">{words.password_go()}</button>
                    <button class="btn" type="button" on:click=move |_| desk.unlock(None)>{words.password_skip()}</button>
                </div>
            </form>
        }
    };
    view! {
        <Show when=move || first.get().is_some()>
            <div class="modal" role="dialog" aria-modal="true" aria-labelledby="password-title" on:keydown=escape>
                {move || first.get().map(form)}
            </div>
        </Show>
    }
}
