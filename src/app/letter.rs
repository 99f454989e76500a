//! 询问信: a letter to the department from the findings that the reader ticks, to edit, copy and save.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::desk::Desk;
use super::dialog::{Dialog, close_from};
use super::mark::mark;
use super::words::Words;
use crate::session::{Mark, Session};
use crate::wire::Form;

/// What kind of letter, and in which languages.
#[derive(Clone, Copy)]
struct Kind {
    application: RwSignal<bool>,
    gloss: RwSignal<bool>,
}

impl Kind {
    fn form(self) -> Form {
        Form::Letter { application: self.application.get_untracked(), gloss: self.gloss.get_untracked() }
    }
}

impl Desk {
    /// Opens the letter with every mismatch ticked.
    pub(super) fn write_letter(self) {
        let rows = self.session.with_untracked(|session| session.opened().finding_rows(session.document()));
        let mismatches = rows.iter().filter(|row| row.mark == Mark::Mismatch).map(|row| row.finding);
        self.taking.asked.set(mismatches.collect());
        self.taking.letter.set(String::new());
        self.said.set(String::new());
        self.taking.lettering.set(true);
        self.draft(Form::Letter { application: false, gloss: false });
    }

    /// Has the letter written on what is ticked.
    fn draft(self, form: Form) {
        let asked: Vec<u32> = self.taking.asked.get_untracked().into_iter().collect();
        if asked.is_empty() {
            // None at all would mean every mismatch.
            return self.taking.letter.set(self.words().letter_nothing().to_owned());
        }
        let document = self.session.with_untracked(Session::document);
        self.ask_for(form, Some(document), asked);
    }
}

#[component]
pub(super) fn Letter() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let taking = desk.taking;
    let kind = Kind { application: RwSignal::new(false), gloss: RwSignal::new(false) };
    let segment = move |of: bool, label: &'static str| {
        view! {
            <button type="button" aria-pressed=move || (kind.application.get() == of).to_string() on:click=move |_| {
                kind.application.set(of);
                desk.draft(kind.form());
            }>{label}</button>
        }
    };
    let tick = move |event| {
        kind.gloss.set(event_target_checked(&event));
        desk.draft(kind.form());
    };
    let save = move |_| {
        let text = taking.letter.get_untracked();
        desk.save_bytes(&taking.letter_name.get_untracked(), kind.form().media_type(), text.as_bytes());
    };
    view! {
        <Dialog open=taking.lettering title="letter-title" class="letter">
            <h2 id="letter-title">{words.form_letter()}</h2>
            <p class="small muted">{words.letter_hint()}</p>
            <div class="letter-kind">
                <div class="seg" role="group" aria-label=words.letter_kind()>
                    {segment(false, words.letter_inquiry())}{segment(true, words.letter_application())}
                </div>
                <label class="switch"><input type="checkbox" prop:checked=move || kind.gloss.get() on:change=tick/>{words.letter_gloss()}</label>
            </div>
            <details class="letter-asked">
                <summary>{move || words.letter_asked(taking.asked.with(BTreeSet::len))}</summary>
                <ul>{move || ticks(desk, words, kind)}</ul>
            </details>
            <textarea id="letter-text" rows="14" aria-label=words.form_letter() aria-busy=move || taking.busy.get().to_string()
                prop:value=move || taking.letter.get() on:input=move |event| taking.letter.set(event_target_value(&event))></textarea>
            <div class="drop-actions">
                <button class="btn btn-primary" type="button" on:click=move |_| desk.copy(&taking.letter.get_untracked())>{words.letter_copy()}</button>
                <button class="btn" type="button" id="letter-save" on:click=save>{words.letter_save()}</button>
                <button class="btn" type="button" on:click=move |event| close_from(&event)>{words.close()}</button>
            </div>
            <p role="status" class="small">{move || desk.said.get()}</p>
        </Dialog>
    }
}

/// The findings that can be asked about.
fn ticks(desk: Desk, words: Words, kind: Kind) -> impl IntoView + use<> {
    let rows = desk.session.with(|session| session.opened().finding_rows(session.document()));
    let rows = rows.into_iter().filter(|row| row.mark != Mark::Info).map(move |row| {
        let finding = row.finding;
        let ticked = move || desk.taking.asked.with(|asked| asked.contains(&finding));
        let tick = move |event| {
            let on = event_target_checked(&event);
            desk.taking.asked.update(|asked| {
                if on {
                    asked.insert(finding);
                } else {
                    asked.remove(&finding);
                }
            });
            desk.draft(kind.form());
        };
        view! { <li><label class="switch"><input type="checkbox" prop:checked=ticked on:change=tick/>{mark(row.mark)}<span>{words.of(&row.title)}</span></label></li> }
    });
    rows.collect_view()
}
