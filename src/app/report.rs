//! The report on paper: laid out when the reader prints, from any view.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::Element;

use super::desk::Desk;
use super::equation::equation;
use super::mark::mark;
use super::phrases::counted;
use super::words::Words;
use crate::session::{Chosen, Detail, Mark, Opened, Session};

/// Lays the report out before the browser prints, however printing was asked for.
pub(super) fn listen(desk: Desk) {
    let Some(window) = web_sys::window() else { return };
    let opened: RefCell<Vec<Element>> = RefCell::default();
    let opened = Rc::new(opened);
    let closing = Rc::clone(&opened);
    EventListener::new(&window, "beforeprint", move |_| {
        desk.printing.set(true);
        if untrack(move || desk.prints_screen()) {
            opened.borrow_mut().extend(open_tables());
        }
    })
    .forget();
    EventListener::new(&window, "afterprint", move |_| {
        desk.printing.set(false);
        for table in closing.take() {
            let _ = table.remove_attribute("open");
        }
    })
    .forget();
}

/// Opens the tables behind the charts: on paper nobody can. Those that were closed.
fn open_tables() -> Vec<Element> {
    let Ok(closed) = document().query_selector_all(".chart details:not([open])") else { return Vec::new() };
    let closed = (0..closed.length()).filter_map(|at| closed.item(at)?.dyn_into::<Element>().ok());
    closed.inspect(|table| drop(table.set_attribute("open", ""))).collect()
}

#[component]
pub(super) fn Report() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let document = desk.document();
    move || {
        let (_, document) = document.get();
        (desk.printing.get() && desk.is_anything_open()).then(|| report(desk, words, &desk.opened(), document))
    }
}

fn report(desk: Desk, words: Words, opened: &Opened, document: usize) -> impl IntoView + use<> {
    let coverage = opened.coverage(document);
    let counts = opened.counts(document);
    let file = opened.analysis().documents.get(document);
    let fingerprint = file.and_then(|d| d.sha256.get(..12)).unwrap_or_default().to_owned();
    let name = file.map(|d| d.name.clone()).unwrap_or_default();
    let head =
        [coverage.unit_name.clone().unwrap_or(name.clone()), words.year_and_stage(coverage.year, coverage.stage)];
    let say = words.headline(opened.headline(document)).into_iter();
    let say = say.map(|(sign, line)| view! { <p class="say">{mark(sign)}<span>{line}</span></p> });
    let legend = words
        .outcomes(&counts)
        .into_iter()
        .map(|(sign, count, word)| view! { <div>{mark(sign)}<dd><b class="num">{count}</b></dd><dt>{word}</dt></div> });
    let figures = opened.summary(document);
    let figures = (!figures.is_empty()).then(|| {
        let rows = figures.iter().map(|figure| {
            let unit = figure.unit.map(|unit| words.unit(unit)).unwrap_or_default();
            let why = words.standing(figure);
            view! { <tr><th scope="row">{words.sum_kind(figure.kind)}</th><td class="r num">{figure.figure.clone()}" "{unit}</td><td>{mark(figure.mark)}" "{why}</td></tr> }
        });
        view! { <h2>{words.sums()}</h2><table class="kv"><tbody>{rows.collect_view()}</tbody></table> }
    });
    let findings = opened.finding_rows(document);
    let details = findings.iter().filter(|row| row.mark == Mark::Mismatch);
    let details: Vec<_> = details
        .filter_map(|row| Some((row.ordinal, opened.detail(Chosen::Finding(row.finding), None)?)))
        .map(|(ordinal, detail)| written_out(desk, words, ordinal, &detail))
        .collect();
    let mismatches =
        (!details.is_empty()).then(|| view! { <h2>{counted(words.mismatch(), counts.mismatches)}</h2>{details} });
    let listed = |kind: Mark, word: &'static str| {
        let of: Vec<_> = findings.iter().filter(|row| row.mark == kind).collect();
        (!of.is_empty()).then(|| {
            let count = of.len();
            let rows = of.into_iter().map(|row| {
                view! { <tr><td>{mark(kind)}" "{words.of(&row.title)}</td><td>{words.whereabouts(&row.whereabouts)}</td></tr> }
            });
            table(words, counted(word, count), rows.collect_view())
        })
    };
    let unchecked = opened.unchecked_of(document);
    let unchecked = (!unchecked.is_empty()).then(|| {
        let rows = unchecked.iter().map(|group| {
            let why = group.why.as_ref().map(|why| words.of(why)).unwrap_or_default();
            let label = words.and_others(&words.of(&group.label), group.checks.len());
            view! { <tr><td>{mark(Mark::Unchecked)}" "{label}{words.colon()}{why}</td><td>{words.whereabouts(&group.whereabouts)}</td></tr> }
        });
        table(words, counted(words.unknown(), counts.not_checkable), rows.collect_view())
    });
    view! {
        <article class="report">
            <header><div><h1>{words.report_title()}</h1><div>{head.join(" ")}</div></div>
                <p>{format!("{} {}", words.brand(), env!("CARGO_PKG_VERSION"))}<br/>{name}<br/>{words.report_print_hint()}" "<span class="num">{fingerprint}</span></p></header>
            {say.collect_view()}
            <p>{words.report_caveat()}</p>
            <p class="fine">{words.coverage(&coverage).join(words.semicolon())}</p>
            <dl class="meter-legend">{legend.collect_view()}</dl>
            {figures}{mismatches}
            {listed(Mark::Warning, words.warning())}
            {listed(Mark::Info, words.info())}
            {unchecked}
            <h2>{words.report_how()}</h2>
            <p class="fine">{words.report_how_text()}</p>
        </article>
    }
}

fn table(words: Words, title: String, rows: impl IntoView) -> impl IntoView {
    view! {
        <h2>{title}</h2>
        <table class="kv">
            <thead><tr><th scope="col">{words.report_what()}</th><th scope="col">{words.report_where()}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn written_out(desk: Desk, words: Words, ordinal: usize, detail: &Detail) -> impl IntoView + use<> {
    let document = desk.session.with_untracked(Session::document);
    let quote = detail.evidence.iter().flat_map(|group| &group.lines).find(|line| line.hit).map(|line| {
        let text = line.line.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("　");
        view! { <p class="q" lang="zh-CN">{text}{words.bracketed(&desk.place(words, document, line.line.place))}</p> }
    });
    let fitting = detail.suspect.as_ref().map(|suspect| {
        let agreeing = usize::try_from(suspect.agreeing).unwrap_or(usize::MAX);
        view! { <p>{words.would_tie(suspect.fitting.as_deref(), agreeing)}{words.full_stop()}</p> }
    });
    view! {
        <section class="rf">
            <h3>{mark(Mark::Mismatch)}{format!("{ordinal}. {}", words.of(&detail.title))}</h3>
            {detail.message.as_ref().map(|message| view! { <p>{words.of(message)}</p> })}
            {detail.equation.as_ref().map(|drawn| equation(desk, words, drawn))}
            {fitting}{quote}
        </section>
    }
}
