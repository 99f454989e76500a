//! 查找: one field over everything that is open, and the rules; by Ctrl or ⌘ and K, or the button.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::desk::Desk;
use super::dialog::Dialog;
use super::focus;
use super::mark::mark;
use super::words::Words;
use crate::session::{Found, FoundAt, Mark};
use crate::wire::RulePage;

/// Most rules that are listed.
const RULES: usize = 8;

/// One line of the list.
#[derive(Clone, Debug, PartialEq)]
enum Line {
    Place(Found),
    Rule(RulePage),
}

#[component]
pub(super) fn Search() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let query = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    // What is found is the document's, whatever is tried in its tables.
    let trying = Memo::new(move |_| {
        desk.tries.track();
        desk.session.with(|session| !session.tried().is_empty())
    });
    let unit = desk.unit();
    let lines = Memo::new(move |_| {
        if !desk.finding.get() {
            return Vec::new();
        }
        let text = query.get();
        let places = desk.opened().search(&desk.open_documents(), &text, unit.get());
        let mut lines: Vec<Line> = places.into_iter().map(Line::Place).collect();
        lines.extend(rules(desk, words, &text).into_iter().map(Line::Rule));
        lines
    });
    Effect::new(move |_| {
        if desk.finding.get() {
            at.set(0);
            focus::on("find-field");
        } else {
            query.set(String::new());
        }
    });
    // The list follows what the arrows choose.
    Effect::new(move |_| {
        let at = at.get();
        request_animation_frame(move || {
            if let Some(line) = focus::by_id(&line_id(at)) {
                focus::into_view(&line, web_sys::ScrollLogicalPosition::Nearest);
            }
        });
    });
    let key = move |event: KeyboardEvent| {
        let count = lines.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => at.update(|at| *at = (*at + count - 1) % count),
            // A field for searching would only be emptied by the first.
            "Escape" if !event.is_composing() => desk.finding.set(false),
            "Enter" if !event.is_composing() => {
                let line = lines.with_untracked(|lines| lines.get(at.get_untracked()).cloned());
                if let Some(line) = line {
                    open(desk, line);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let list = move || {
        let lines = lines.get();
        let several = desk.open_documents().len() > 1;
        let drawn = lines.into_iter().enumerate().map(|(index, line)| option(desk, words, several, at, index, line));
        drawn.collect_view()
    };
    view! {
        <Dialog open=desk.finding title="find-title" class="find">
            <h2 id="find-title">{words.find_title()}</h2>
            <input type="search" id="find-field" role="combobox" autocomplete="off" spellcheck="false" aria-label=words.find_field()
                placeholder=words.find_field() aria-expanded="true" aria-controls="find-list" aria-describedby="find-hint"
                aria-activedescendant=move || lines.with(|lines| (!lines.is_empty()).then(|| line_id(at.get())))
                prop:value=move || query.get() on:keydown=key
                on:input=move |event| { at.set(0); query.set(event_target_value(&event)); }/>
            <p class="small muted" id="find-hint">{words.find_hint()}</p>
            <ul class="find-list" id="find-list" role="listbox" aria-label=words.find_title()>{list}</ul>
            {move || trying.get().then(|| view! { <p class="small" id="find-as-printed">{mark(Mark::Info)}{words.find_as_printed()}</p> })}
            <p class="small" role="status">{move || {
                let none = lines.with(Vec::is_empty) && query.with(|query| !query.trim().is_empty());
                none.then(|| words.find_nothing())
            }}</p>
        </Dialog>
    }
}

fn line_id(index: usize) -> String {
    format!("find-{index}")
}

/// The rules whose number or words the query names.
fn rules(desk: Desk, words: Words, query: &str) -> Vec<RulePage> {
    let query = query.trim().to_lowercase();
    if query.is_empty() {
        return Vec::new();
    }
    let speaks = |page: &&RulePage| {
        let text = format!("{} {}", page.id, words.of(&page.title)).to_lowercase();
        query.split_whitespace().all(|word| text.contains(word))
    };
    desk.handbook.with(|pages| pages.iter().filter(speaks).take(RULES).cloned().collect())
}

fn option(desk: Desk, words: Words, several: bool, at: RwSignal<usize>, index: usize, line: Line) -> impl IntoView {
    let (kind, sign, name, place, figure) = match &line {
        Line::Rule(page) => {
            (words.find_rule(), None, format!("{} {}", page.id, words.of(&page.title)), String::new(), None)
        }
        Line::Place(found) => {
            let table = found.table.as_ref().map(|caption| words.caption(caption));
            let kind = match found.at {
                FoundAt::Finding(_) => words.find_finding(),
                FoundAt::Table(_) => words.find_table(),
                FoundAt::Row(_) => words.find_row(),
                FoundAt::Figure(_) => words.find_figure(),
            };
            let name = if found.name.zh.is_empty() { table.clone().unwrap_or_default() } else { words.of(&found.name) };
            let document = several.then(|| desk.opened().coverage(found.document)).map(|coverage| {
                let when = words.year_and_stage(coverage.year, coverage.stage);
                format!("{} {when}", coverage.unit_name.unwrap_or_default())
            });
            let place = [document, table.filter(|_| !found.name.zh.is_empty()), found.column.clone()];
            let prose = (found.table.is_none() && found.mark.is_none()).then(|| words.prose().to_owned());
            let place: Vec<String> = place.into_iter().chain([prose]).flatten().collect();
            let unit = found.unit.map(|unit| words.unit(unit)).unwrap_or_default();
            let figure = found.figure.clone().map(|figure| (format!("{figure} {unit}"), found.printed.clone()));
            (kind, found.mark, name, place.join(" · "), figure)
        }
    };
    view! {
        <li id=line_id(index) role="option" aria-selected=move || (at.get() == index).to_string()
            on:click=move |_| open(desk, line.clone())>
            <span class="find-kind">{kind}</span>
            <span class="find-name">{sign.map(mark)}{name}<small>{place}</small></span>
            {figure.map(|(figure, printed)| view! {
                <span class="num">{figure}{printed.map(|printed| view! { <small class="printed">{words.printed_as(&printed)}</small> })}</span>
            })}
        </li>
    }
}

fn open(desk: Desk, line: Line) {
    desk.finding.set(false);
    match line {
        Line::Rule(page) => desk.show_rule(page.id),
        Line::Place(found) => {
            desk.many_shown.set(false);
            match found.at {
                FoundAt::Finding(chosen) => desk.choose(chosen),
                FoundAt::Table(at) | FoundAt::Row(at) | FoundAt::Figure(at) => desk.show(at),
            }
        }
    }
}
