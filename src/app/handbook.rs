//! The handbook: a rule with its reasons, its basis and its two examples, each of which can be opened and checked.

use leptos::prelude::*;

use super::desk::Desk;
use super::dialog::{Dialog, close_from};
use super::mark::mark;
use super::words::Words;
use crate::session::Mark;
use crate::wire::RulePage;

impl Desk {
    /// Opens a rule's page of the handbook; an unknown or empty id opens its contents.
    pub(super) fn show_rule(self, id: String) {
        self.rule_shown.set(id);
        self.handbook_open.set(true);
    }

    /// Opens an example of a rule as a document of its own.
    fn open_rule_example(self, page: &RulePage, breaks: bool) {
        let words = self.words();
        let (which, text) =
            if breaks { (words.rule_breaks(), &page.breaks) } else { (words.rule_holds(), &page.holds) };
        self.handbook_open.set(false);
        self.open_text(format!("{} {which}.md", page.id), text.clone());
    }
}

#[component]
pub(super) fn Handbook() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let body = move || match desk.rule(&desk.rule_shown.get()) {
        Some(page) => rule(desk, words, page).into_any(),
        None => contents(desk, words).into_any(),
    };
    view! {
        <Dialog open=desk.handbook_open title="handbook-title" class="handbook">
            {body}
            <div class="drop-actions"><button class="btn" type="button" on:click=move |event| close_from(&event)>{words.close()}</button></div>
        </Dialog>
    }
}

fn contents(desk: Desk, words: Words) -> impl IntoView {
    let line = move |page: RulePage| {
        let id = page.id.clone();
        view! { <li>{mark(Mark::from(page.severity))}<button class="linklike" type="button" on:click=move |_| desk.rule_shown.set(id.clone())>{format!("{} {}", page.id, words.of(&page.title))}</button></li> }
    };
    view! {
        <h2 id="handbook-title">{words.handbook()}</h2>
        <p class="small muted">{words.handbook_hint()}</p>
        <ul class="rules">{desk.handbook.get().into_iter().map(line).collect_view()}</ul>
    }
}

fn rule(desk: Desk, words: Words, page: RulePage) -> impl IntoView {
    let weight = Mark::from(page.severity);
    let title = format!("{} {}", page.id, words.of(&page.title));
    let (explain, basis) = (words.of(&page.explain), words.of(&page.basis));
    let page = StoredValue::new(page);
    let example = move |breaks: bool| {
        let (title, id) =
            if breaks { (words.rule_breaks(), "rule-breaks") } else { (words.rule_holds(), "rule-holds") };
        let text = page.with_value(|page| if breaks { page.breaks.clone() } else { page.holds.clone() });
        view! {
            <section>
                <h3 class="section-title">{mark(if breaks { weight } else { Mark::Ok })}{title}</h3>
                <pre class="source-words" tabindex="0" role="region" aria-label=title lang="zh-CN">{text}</pre>
                <button class="btn btn-small" type="button" id=id on:click=move |_| page.with_value(|page| desk.open_rule_example(page, breaks))>{words.rule_run()}</button>
            </section>
        }
    };
    view! {
        <h2 id="handbook-title">{title}</h2>
        <p>{explain}</p>
        <p class="small muted">{words.basis()}{words.colon()}{basis}</p>
        <p class="small">{words.rule_weight()}" "{mark(weight)}{words.mark(weight)}</p>
        {example(true)}
        {example(false)}
        <button class="linklike" type="button" on:click=move |_| desk.rule_shown.set(String::new())>{words.all_rules()}</button>
    }
}
