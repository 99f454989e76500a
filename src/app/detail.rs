//! The detail of a finding or check: its sum, its suspect, its checks, its source, what to do.

use leptos::prelude::*;

use super::address;
use super::desk::{Desk, Judgement};
use super::equation::equation;
use super::evidence::evidence;
use super::mark::{cross, icon, mark};
use super::suspect::{candidates, suspect};
use super::words::Words;
use crate::disclosure::Anchor;
use crate::document::Place;
use crate::session::{self, Chosen, Mark, Session, Tally};

#[component]
pub(super) fn Detail() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let chosen = Memo::new(move |_| (desk.edition.get(), desk.session.with(Session::chosen)));
    // The check whose equation is drawn, of the finding that it was chosen for.
    let drawn = RwSignal::new(None::<(Chosen, u32)>);
    let unit = desk.unit();
    let detail = Memo::new(move |_| {
        let (_, chosen) = chosen.get();
        let chosen = chosen?;
        let drawn = drawn.get().filter(|(of, _)| *of == chosen).map(|(_, check)| check);
        Some(desk.opened().detail(chosen, drawn)?.shown_in(unit.get()))
    });
    let body = move || match detail.get() {
        Some(detail) => detail_view(desk, words, drawn, &detail).into_any(),
        None => view! { <p class="detail-head muted">{words.nothing_chosen()}</p> }.into_any(),
    };
    view! { <article class="detail panel" aria-labelledby="detail-title">{body}</article> }
}

fn detail_view(
    desk: Desk,
    words: Words,
    drawn: RwSignal<Option<(Chosen, u32)>>,
    detail: &session::Detail,
) -> impl IntoView + use<> {
    let of = detail.of;
    let findings = detail.ordinal.map_or(0, |(_, all)| all);
    let title = words.of(&detail.title);
    let message = detail.message.as_ref().map(|message| words.of(message)).filter(|text| !text.is_empty());
    let rule = detail.rule.clone();
    let rule_title = move || desk.rule(&rule).map(|page| words.of(&page.title));
    let place = words.whereabouts(&detail.whereabouts);
    let unit = detail.equation.as_ref().and_then(|e| words.unit_line(e.unit));
    let about = [place, unit.unwrap_or_default()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
    let current = detail.equation.as_ref().map(|equation| equation.check);

    let sum = detail.equation.as_ref().map(|drawn| {
        let heading = match (drawn.unit, drawn.printed) {
            (Some(shown), Some(printed)) => words.equation_shown_in(shown, printed),
            (unit, _) => words.equation_heading(unit),
        };
        let beside = detail.suspect.as_ref().map(|s| suspect(desk, words, s));
        let alone = beside.is_none();
        view! {
            <section aria-labelledby="detail-sum">
                <h3 class="section-title" id="detail-sum">{heading}</h3>
                <div class="eq-wrap" class:alone=alone>{equation(desk, words, drawn)}{beside}</div>
            </section>
        }
    });
    let suspect_alone = detail
        .equation
        .is_none()
        .then(|| detail.suspect.as_ref().map(|s| view! { <section>{suspect(desk, words, s)}</section> }));
    let several = (!detail.candidates.is_empty()).then(|| {
        view! {
            <section aria-labelledby="detail-candidates">
                <h3 class="section-title" id="detail-candidates">{words.candidates()}</h3>
                <p class="small muted">{words.candidates_hint()}</p>
                {candidates(desk, words, &detail.candidates)}
            </section>
        }
    });
    let places = (!detail.about.is_empty()).then(|| {
        let item = |(label, at, place): &(session::TermLabel, Anchor, Option<Place>)| {
            let at = *at;
            let place = place.map(|place| desk.place(words, at.disclosure(), place));
            view! { <li><button class="linklike" type="button" on:click=move |_| desk.show(at)>{words.label(label)}</button>" "<span class="muted">{place}</span></li> }
        };
        view! {
            <section aria-labelledby="detail-about">
                <h3 class="section-title" id="detail-about">{words.about()}</h3>
                <ul class="about">{detail.about.iter().map(item).collect_view()}</ul>
            </section>
        }
    });
    let has_rule = detail.rule.clone();
    view! {
        <div class="detail-head">
            <button class="btn btn-small back" type="button" on:click=move |_| desk.back_to_list()>{icon("#i-left")}{words.back(findings)}</button>
            <div class="detail-tools">
                {tag(words, detail.mark)}
                <span>{move || rule_title().map(|title| format!("{title} · "))}{about.join(" · ")}</span>
                {detail.ordinal.map(|ordinal| steps(desk, words, ordinal))}
            </div>
            <h2 id="detail-title" tabindex="-1">{title}</h2>
            {message.map(|text| view! { <p class="plain">{text}</p> })}
        </div>
        {sum}
        {suspect_alone}
        {several}
        {checks(words, drawn, of, detail, current)}
        {places}
        {evidence(desk, words, detail.mark, &detail.evidence)}
        {move || why(desk, words, &has_rule)}
        {matches!(of, Chosen::Finding(_)).then(|| ask(desk, words, detail))}
    }
}

fn tag(words: Words, of: Mark) -> impl IntoView {
    let class = match of {
        Mark::Ok => "tag tag-ok",
        Mark::Rounding => "tag tag-round",
        Mark::Mismatch => "tag tag-err",
        Mark::Warning => "tag tag-warn",
        Mark::Info | Mark::Absent => "tag tag-info",
        Mark::Unchecked => "tag tag-unk",
    };
    let sign = if of == Mark::Mismatch { cross().into_any() } else { mark(of).into_any() };
    view! { <span class=class>{sign}{words.mark(of)}</span> }
}

fn steps(desk: Desk, words: Words, ordinal: (usize, usize)) -> impl IntoView {
    let step = move |steps: isize| desk.session.update(|session| session.step(steps));
    let copy = move |_| {
        if let Some(link) = desk.session.with_untracked(Session::link) {
            desk.copy(&address::whole(&link));
        }
    };
    view! {
        <span class="push">
            <span class="num">{words.ordinal(ordinal)}</span>
            <button class="btn btn-quiet btn-small" type="button" aria-keyshortcuts="k" on:click=move |_| step(-1)>{words.previous()}" "<kbd>"k"</kbd></button>
            <button class="btn btn-quiet btn-small" type="button" aria-keyshortcuts="j" on:click=move |_| step(1)>{words.next()}" "<kbd>"j"</kbd></button>
            <button class="btn btn-quiet btn-small hide-phone" type="button" on:click=copy>{icon("#i-link")}{words.copy_link()}</button>
        </span>
    }
}

/// The checks that hang on it; choosing one draws its equation.
fn checks(
    words: Words,
    drawn: RwSignal<Option<(Chosen, u32)>>,
    of: Chosen,
    detail: &session::Detail,
    current: Option<u32>,
) -> impl IntoView + use<> {
    if detail.checks.is_empty() || (detail.checks.len() == 1 && detail.suspect.is_none()) {
        return ().into_any();
    }
    let heading = match (&detail.suspect, of) {
        (Some(suspect), _) => {
            let agreeing = usize::try_from(suspect.agreeing).unwrap_or(usize::MAX);
            words.would_tie(suspect.fitting.as_deref(), agreeing)
        }
        (None, Chosen::Check(_)) => words.unmade_checks(detail.checks.len()),
        (None, Chosen::Finding(_)) => words.failed_checks(detail.checks.len()),
    };
    let line = |tally: &Tally| {
        let check = tally.check;
        let sides = tally.sides.as_ref().map(|(left, right)| {
            let sign = match tally.mark {
                Mark::Ok => "＝",
                Mark::Rounding => "≈",
                _ => "≠",
            };
            let by = tally.difference.as_ref().map(|by| words.apart_by(by)).unwrap_or_default();
            format!("{left} {sign} {right}{by}")
        });
        view! {
            <li>
                {mark(tally.mark)}
                <button class="linklike" type="button" aria-pressed=(current == Some(check)).to_string()
                    on:click=move |_| drawn.set(Some((of, check)))><span class="vh">{words.mark(tally.mark)}" "</span>{words.of(&tally.label)}</button>
                <span class="num">{sides}</span>
            </li>
        }
    };
    view! {
        <section aria-labelledby="detail-checks">
            <h3 class="section-title" id="detail-checks">{heading}</h3>
            <ul class="then">{detail.checks.iter().map(line).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// Why it must tie, from the handbook.
fn why(desk: Desk, words: Words, rule: &str) -> impl IntoView + use<> {
    desk.rule(rule).map(|page| {
        let id = page.id.clone();
        view! {
            <section class="why-rule">
                <details>
                    <summary>{words.why_rule()}<span class="num">{page.id.clone()}</span></summary>
                    <p>{words.of(&page.explain)}</p>
                    <p class="small muted">{words.basis()}{words.colon()}{words.of(&page.basis)}</p>
                    <button class="linklike" type="button" id="rule-page" on:click=move |_| desk.show_rule(id.clone())>{words.rule_page()}</button>
                </details>
            </section>
        }
    })
}

fn ask(desk: Desk, words: Words, detail: &session::Detail) -> impl IntoView + use<> {
    let zh = detail.title.zh.clone();
    let key = move || {
        let fingerprint = desk.session.with(|session| session.fingerprint().map(str::to_owned));
        (fingerprint.unwrap_or_default(), zh.clone())
    };
    let title = words.of(&detail.title);
    let message = detail.message.as_ref().map(|message| words.of(message)).unwrap_or_default();
    let place = words.whereabouts(&detail.whereabouts);
    let copy = move |_| {
        let (unit, file) = desk.session.with_untracked(|session| {
            let document = session.document();
            let file = session.opened().analysis().documents.get(document).map(|d| d.name.clone());
            (session.opened().coverage(document).unit_name.unwrap_or_default(), file.unwrap_or_default())
        });
        desk.copy(&words.question(&unit, &file, &title, &message, &place));
    };
    let button = {
        let key = key.clone();
        move |judgement: Judgement, label: &'static str| {
            let (pressed, toggled) = (key.clone(), key.clone());
            view! {
                <button class="btn btn-small" type="button"
                    aria-pressed=move || (desk.judged.with(|judged| judged.get(&pressed()).copied()) == Some(judgement)).to_string()
                    on:click=move |_| desk.judged.update(|judged| {
                        if judged.insert(untrack(&toggled), judgement) == Some(judgement) {
                            judged.remove(&untrack(&toggled));
                        }
                    })>{label}</button>
            }
        }
    };
    view! {
        <section class="ask">
            <h3 class="section-title">{words.ask_title()}</h3>
            <p>{words.ask_text()}</p>
            <div class="drop-actions">
                {button(Judgement::Confirmed, words.ask_confirm())}
                {button(Judgement::Misread, words.ask_misread())}
                <button class="btn btn-small" type="button" on:click=copy>{words.ask_copy()}</button>
            </div>
        </section>
    }
}
