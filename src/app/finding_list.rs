//! The list: findings by weight, then what could not be checked, roundings, notes on the reading.

use leptos::prelude::*;

use super::desk::{Desk, Judgement};
use super::mark::mark;
use super::phrases::counted;
use super::words::Words;
use crate::disclosure::{Message, Passage};
use crate::document::Place;
use crate::session::{Chosen, Counts, Filter, FindingRow, Mark, Session, Tally, Unchecked};

/// With more roundings than this, only so many are listed; the meter has the count.
const ROUNDINGS: usize = 20;

#[component]
pub(super) fn FindingList() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let document = desk.document();
    let counts = Memo::new(move |_| {
        let (_, document) = document.get();
        desk.opened().counts(document)
    });
    let rows = Memo::new(move |_| {
        document.track();
        desk.session.with(Session::shown_findings)
    });
    let filter = Memo::new(move |_| desk.session.with(Session::filter));
    let chosen = Memo::new(move |_| desk.session.with(Session::chosen));
    let groups = [
        (Mark::Mismatch, words.mismatch(), words.group_mismatch()),
        (Mark::Warning, words.warning(), words.group_warning()),
        (Mark::Info, words.info(), words.group_info()),
    ];
    let group = move |(kind, word, hint): (Mark, &'static str, &'static str)| {
        let of = Memo::new(move |_| rows.get().into_iter().filter(|row| row.mark == kind).collect::<Vec<_>>());
        move || {
            let of = of.get();
            (!of.is_empty()).then(|| {
                view! {
                    <h3 class="group-label">{counted(word, of.len())}<span>{hint}</span></h3>
                    {of.into_iter().map(|row| finding(desk, words, chosen, &row)).collect_view()}
                }
            })
        }
    };
    let empty = move || {
        (rows.with(Vec::is_empty) && !matches!(filter.get(), Filter::Unchecked)).then(|| {
            let word = if counts.get().findings() == 0 { words.no_findings() } else { words.none_match() };
            view! { <p class="more-row muted">{word}</p> }
        })
    };
    view! {
        <section class="list panel" aria-labelledby="finding-title" id="finding-list">
            <div class="list-head">
                <h2 id="finding-title">{move || words.found(counts.get().findings())}" "<small>{words.by_weight()}</small></h2>
                <Filters counts=counts/>
            </div>
            {groups.map(group).collect_view()}
            {empty}
            <Unmade chosen=chosen filter=filter/>
        </section>
    }
}

#[component]
fn Filters(counts: Memo<Counts>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let filter = Memo::new(move |_| desk.session.with(Session::filter));
    let chip = move |of: Filter, sign: Option<Mark>, label: String| {
        view! {
            <button class="chip" type="button" aria-pressed=move || (filter.get() == of).to_string()
                on:click=move |_| desk.session.update(|session| session.set_filter(of))>
                {sign.map(mark)}{label}
            </button>
        }
    };
    let chips = move || {
        let counts = counts.get();
        let kinds = [
            (Filter::Mismatches, Mark::Mismatch, words.mismatch(), counts.mismatches),
            (Filter::Warnings, Mark::Warning, words.warning(), counts.warnings),
            (Filter::Infos, Mark::Info, words.info(), counts.infos),
            (Filter::Unchecked, Mark::Unchecked, words.unknown(), counts.not_checkable),
        ];
        let chips = kinds.into_iter().filter(|(.., count)| *count > 0);
        let chips = chips.map(|(of, sign, word, count)| chip(of, Some(sign), counted(word, count)));
        view! {
            <div class="chips" role="group" aria-label=words.filters()>
                {chip(Filter::All, None, words.all().to_owned())}
                {chips.collect_view()}
            </div>
        }
    };
    view! {
        {chips}
        <div class="field">
            <input type="search" id="finding-search" placeholder=words.search() aria-label=words.search() aria-keyshortcuts="/"
                prop:value=move || desk.session.with(|session| session.query().to_owned())
                on:input=move |event| desk.session.update(|session| session.set_query(&event_target_value(&event)))/>
        </div>
    }
}

fn finding(desk: Desk, words: Words, chosen: Memo<Option<Chosen>>, row: &FindingRow) -> impl IntoView + use<> {
    let of = Chosen::Finding(row.finding);
    let title = words.of(&row.title);
    let mut place = words.whereabouts(&row.whereabouts);
    if row.checks > 1 {
        place = format!("{place} · {}", words.moves_checks(row.checks));
    }
    let gap = row.gap.as_ref().map(|gap| view! { <span class="d num">{words.gap(gap)}</span> });
    let zh = row.title.zh.clone();
    let judged = move || {
        let fingerprint = desk.session.with(|session| session.fingerprint().map(str::to_owned))?;
        let judgement = desk.judged.with(|judged| judged.get(&(fingerprint, zh.clone())).copied())?;
        let word = match judgement {
            Judgement::Confirmed => words.confirmed(),
            Judgement::Misread => words.misread(),
        };
        Some(view! { <span class="judged">{mark(Mark::Ok)}{word}</span> })
    };
    item(desk, chosen, of, row.mark, words.mark(row.mark), title, gap, place, judged)
}

/// One line of the list, whatever it is of.
#[expect(clippy::too_many_arguments, reason = "the parts of one line, each with its own source")]
fn item(
    desk: Desk,
    chosen: Memo<Option<Chosen>>,
    of: Chosen,
    sign: Mark,
    word: &'static str,
    title: String,
    gap: impl IntoView,
    place: String,
    judged: impl IntoView,
) -> impl IntoView {
    let words = expect_context::<Words>();
    view! {
        <button class="finding" type="button" aria-current=move || (chosen.get() == Some(of)).then_some("true")
            on:click=move |_| desk.choose(of)>
            {mark(sign)}
            <span class="t"><span class="vh">{word}{words.colon()}</span>{title}</span>
            {gap}
            <span class="w">{place}{judged}</span>
        </button>
    }
}

/// What could not be checked, what is rounding, what reading left out.
#[component]
fn Unmade(chosen: Memo<Option<Chosen>>, filter: Memo<Filter>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let document = desk.document();
    let unchecked = Memo::new(move |_| {
        let (_, document) = document.get();
        desk.opened().unchecked_of(document)
    });
    let roundings = Memo::new(move |_| {
        let (_, document) = document.get();
        desk.opened().roundings_of(document)
    });
    let wanted = move || matches!(filter.get(), Filter::All | Filter::Unchecked);
    let group = move |group: Unchecked| {
        let of = Chosen::Check(group.checks.first().copied().unwrap_or_default());
        let title = words.and_others(&words.of(&group.label), group.checks.len());
        let why = group.why.as_ref().map(|why| words.of(why)).unwrap_or_default();
        let place = words.whereabouts(&group.whereabouts);
        let below = [why, place].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
        item(desk, chosen, of, Mark::Unchecked, words.unknown(), title, (), below, ())
    };
    let rounding = move |tally: Tally| {
        let gap = tally.difference.map(|by| view! { <span class="d num">{by}</span> });
        let title = words.of(&tally.label);
        item(desk, chosen, Chosen::Check(tally.check), Mark::Rounding, words.rounding(), title, gap, String::new(), ())
    };
    let unmade = move || {
        let groups = unchecked.get();
        let count: usize = groups.iter().map(|group| group.checks.len()).sum();
        (wanted() && count > 0).then(|| {
            view! {
                <h3 class="group-label">{counted(words.unknown(), count)}<span>{words.group_unknown()}</span></h3>
                {groups.into_iter().map(group).collect_view()}
            }
        })
    };
    let rounded = move || {
        let all = roundings.get();
        (wanted() && !all.is_empty()).then(|| {
            view! {
                <h3 class="group-label">{counted(words.rounding(), all.len())}<span>{words.group_rounding()}</span></h3>
                {all.into_iter().take(ROUNDINGS).map(rounding).collect_view()}
            }
        })
    };
    view! { {unmade}{rounded}<Notes/><Unused/> }
}

/// The numbers of the prose that were not used: what they are of is not known, or they are no amounts.
#[component]
fn Unused() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let document = desk.document();
    let passages = Memo::new(move |_| {
        let (_, document) = document.get();
        let opened = desk.opened();
        let said = opened.disclosure(document);
        [said.map(|said| said.unread.clone()), said.map(|said| said.aside.clone())].map(Option::unwrap_or_default)
    });
    let passage = move |Passage { place, quote }: Passage| {
        let go = move |_| desk.session.update(|session| session.show_source(Some(place)));
        view! { <li><span><span class="source-words" lang="zh-CN">{quote}</span>" "<button class="linklike" type="button" on:click=go>{words.place(place)}</button></span></li> }
    };
    move || {
        let kinds = [(words.unread_title(), words.unread_hint()), (words.aside_title(), words.aside_hint())];
        let kinds = passages.get().into_iter().zip(kinds).filter(|(passages, _)| !passages.is_empty());
        let kinds = kinds.map(|(passages, (title, hint))| {
            view! {
                <details class="notes unused">
                    <summary>{counted(title, passages.len())}<span>{hint}</span></summary>
                    <ul>{passages.into_iter().map(passage).collect_view()}</ul>
                </details>
            }
        });
        kinds.collect_view()
    }
}

/// What reading and recognising left unused or doubt.
#[component]
fn Notes() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let document = desk.document();
    let notes = Memo::new(move |_| {
        let (_, document) = document.get();
        let opened = desk.opened();
        let read = opened.analysis().documents.get(document).into_iter().flat_map(|d| &d.notes);
        let read = read.map(|note| (Message::new(note.zh.clone(), note.en.clone()), note.place));
        let recognised = opened.disclosure(document).into_iter().flat_map(|d| &d.notes);
        read.chain(recognised.map(|note| (note.message.clone(), note.place))).collect::<Vec<_>>()
    });
    let note = move |(message, place): (Message, Option<Place>)| {
        let go = place.map(|place| {
            let at = desk.place(words, document.get_untracked().1, place);
            view! {
                <button class="linklike" type="button"
                    on:click=move |_| desk.session.update(|session| session.show_source(Some(place)))>{at}</button>
            }
        });
        view! { <li>{mark(Mark::Info)}<span>{words.of(&message)}" "{go}</span></li> }
    };
    move || {
        let notes = notes.get();
        (!notes.is_empty()).then(|| {
            view! {
                <details class="notes">
                    <summary>{counted(words.notes_title(), notes.len())}<span>{words.notes_hint()}</span></summary>
                    <ul>{notes.into_iter().map(note).collect_view()}</ul>
                </details>
            }
        })
    }
}
