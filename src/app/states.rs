//! What is going on around the documents: reading, not readable, closed and still to be had back.

use leptos::prelude::*;

use super::desk::{Desk, Reading};
use super::document_tabs::FileButton;
use super::mark::{icon, mark};
use super::words::Words;
use crate::session::{Mark, Session};
use crate::wire::Step;

/// The steps that a reader sees, in order.
const STEPS: [Step; 4] = [Step::Read, Step::Recognise, Step::Check, Step::Explain];

/// Reading and failures, above whatever is open.
#[component]
pub(super) fn Notices() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let wrong = move || desk.is_anything_open() && desk.session.with(|session| session.awaited().is_some());
    let any = move || wrong() || desk.reading.with(Option::is_some) || desk.failures.with(|all| !all.is_empty());
    view! {
        <Show when=any>
            <div class="wrap states">
                {move || desk.reading.get().map(|reading| progress(desk, words, &reading))}
                <Failures/>
                {move || wrong().then(|| not_the_file(desk, words))}
            </div>
        </Show>
    }
}

/// A link points into a file that is still not open: what was opened is another.
fn not_the_file(desk: Desk, words: Words) -> impl IntoView {
    let document = desk.session.with(|session| session.awaited().map(|link| link.document.clone()));
    view! {
        <p class="notice panel" id="not-the-file" role="status">{mark(Mark::Info)}<span>{words.not_the_file()}<code class="num">{document}</code></span>
            <FileButton class="btn btn-small">{words.another_file()}</FileButton>
            <button class="btn btn-small" type="button" on:click=move |_| desk.session.update(Session::await_nothing)>{words.drop_the_link()}</button></p>
    }
}

fn progress(desk: Desk, words: Words, reading: &Reading) -> impl IntoView + use<> {
    let at = reading.step.and_then(|step| STEPS.iter().position(|&s| s == step));
    let steps = STEPS.iter().enumerate().map(|(index, &step)| {
        let (class, sign) = match at {
            Some(at) if index < at => ("", mark(Mark::Ok).into_any()),
            Some(at) if index == at => ("now", icon("#i-moon").into_any()),
            _ => ("todo", icon("#i-ring").into_any()),
        };
        view! { <li class=class>{sign}<span>{words.step(step)}</span></li> }
    });
    let share = (reading.of > 0).then(|| reading.done.to_string());
    view! {
        <section class="state panel" aria-labelledby="reading-title" aria-busy="true">
            <p class="state-no">{words.state_reading()}</p>
            <h2 id="reading-title">{words.reading(reading.document.as_deref())}</h2>
            <progress class="prog" max=reading.of.max(1).to_string() value=share aria-labelledby="reading-title"></progress>
            <ol class="steps">{steps.collect_view()}</ol>
            <p class="small">{words.reading_note()}</p>
            <div class="drop-actions">
                <button class="btn btn-small" type="button" on:click=move |_| desk.cancel()>{words.stop()}</button>
            </div>
        </section>
    }
}

#[component]
fn Failures() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let message = move |failure: &crate::analysis::Unreadable| {
        words.of(&crate::disclosure::Message::new(failure.message.clone(), failure.message_en.clone()))
    };
    let card = move |failure: crate::analysis::Unreadable| {
        let name = failure.name.clone();
        let dismiss = move |_| desk.failures.update(|all| all.retain(|known| known.name != name));
        view! {
            <section class="state panel">
                <p class="state-no">{words.state_failed()}</p>
                <h2>{mark(Mark::Absent)}{words.state_failed_title()}</h2>
                <p><strong>{failure.name.clone()}</strong></p>
                <p>{message(&failure)}</p>
                <p class="small">{words.state_failed_others()}</p>
                <div class="drop-actions">
                    <FileButton class="btn btn-primary btn-small">{words.another_file()}</FileButton>
                    <button class="btn btn-small" type="button" on:click=move |_| desk.pasting.set(true)>{words.paste_instead()}</button>
                    <button class="btn btn-small" type="button" on:click=dismiss>{words.close()}</button>
                </div>
            </section>
        }
    };
    view! { <div role="alert" class="state-list">{move || desk.failures.get().into_iter().map(card).collect_view()}</div> }
}

/// A closed file can be had back for a while.
#[component]
pub(super) fn Undo() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let toast = move || {
        desk.closing.get().map(|closing| {
            view! {
                <div class="toast">
                    <span>{words.closed(&closing.name)}</span>
                    <button class="btn btn-small" type="button" on:click=move |_| desk.undo_close()>{words.undo()}</button>
                </div>
            }
        })
    };
    view! { {toast} }
}
