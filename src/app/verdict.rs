//! The verdict: its sentence, the caveat, the meter, the main figures.

use leptos::prelude::*;

use super::desk::Desk;
use super::document_tabs::FileButton;
use super::mark::mark;
use super::meter::Meter;
use super::units;
use super::words::Words;
use crate::amount::Unit;
use crate::session::{Chosen, Counts, Coverage, Headline, Mark, SumKind, Summary, View};

/// What the verdict shows.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    headline: Headline,
    counts: Counts,
    coverage: Coverage,
    figures: Vec<Summary>,
    file: String,
}

#[component]
pub(super) fn Verdict() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let document = desk.document();
    let shown = Memo::new(move |_| {
        let (_, document) = document.get();
        let opened = desk.opened();
        Shown {
            headline: opened.headline(document),
            counts: opened.counts(document),
            coverage: opened.coverage(document),
            figures: opened.summary(document),
            file: opened.analysis().documents.get(document).map(|d| d.name.clone()).unwrap_or_default(),
        }
    });
    let unit = desk.unit();
    move || shown.with(|shown| verdict(desk, words, shown, unit.get()).into_any())
}

fn verdict(desk: Desk, words: Words, shown: &Shown, unit: Option<Unit>) -> impl IntoView {
    let Shown { headline, coverage, figures, file, .. } = shown;
    let head = [coverage.unit_name.clone().or_else(|| Some(file.clone()))];
    let head = head.into_iter().flatten().chain([words.year_and_stage(coverage.year, coverage.stage)]);
    let head = head.chain(words.unit_line(coverage.unit)).chain(words.coverage(coverage)).filter(|s| !s.is_empty());
    let lines = words.headline(*headline).into_iter().map(|(sign, line)| view! { <span>{mark(sign)}{line}</span> });
    let no_tables = matches!(headline, Headline::NoTables { .. });
    let sums = (!figures.is_empty()).then(|| {
        let figures = figures.iter().map(|figure| sum(desk, words, figure, unit));
        view! { <div class="sums-box"><dl class="sums panel" aria-label=words.sums()>{figures.collect_view()}</dl>{units::choice(desk, words)}</div> }
    });
    view! {
        <div class="wrap"><section class="verdict" aria-labelledby="verdict-title">
            <div class="verdict-head">{head.map(|text| view! { <span>{text}</span> }).collect_view()}</div>
            <div class="verdict-grid" class:alone=figures.is_empty()>
                <div>
                    <h1 id="verdict-title">{lines.collect_view()}</h1>
                    {under(desk, words, shown)}
                    {words.picture_pages(coverage).map(|text| view! { <p class="caveat pictured">{mark(Mark::Unchecked)}<span>{text}</span></p> })}
                    {(!no_tables).then(|| view! { <Meter/> })}
                </div>
                {sums}
            </div>
        </section></div>
    }
}

/// What stands under the sentence: the caveat, or what the verdict does not say.
fn under(desk: Desk, words: Words, shown: &Shown) -> impl IntoView + use<> {
    let counts = shown.counts;
    let caveat = || {
        view! { <p class="caveat">{words.caveat_start()}<strong>{words.caveat_strong()}</strong>{words.caveat_end()}</p> }
    };
    match shown.headline {
        Headline::AllTie { .. } => {
            view! { <p class="caveat">{words.of_which(counts.rounding, counts.not_checkable)}</p> }.into_any()
        }
        Headline::TooFew { places: 0, .. } => view! { <p class="caveat">{words.too_few_text()}</p> }.into_any(),
        Headline::NoTables { lines } => view! {
            <p class="caveat">{words.lines_read(lines)}{words.no_tables_text()}</p>
            <div class="drop-actions">
                <button class="btn btn-small" type="button" on:click=move |_| desk.show_view(View::Source)>{words.see_source()}</button>
                <FileButton class="btn btn-small">{words.another_file()}</FileButton>
            </div>
        }
        .into_any(),
        _ => caveat().into_any(),
    }
}

fn sum(desk: Desk, words: Words, figure: &Summary, unit: Option<Unit>) -> impl IntoView + use<> {
    let at = figure.at;
    let (said, shown) = figure.shown_in(unit);
    let unit = shown.map(|unit| words.unit(unit)).unwrap_or_default();
    let gloss = figure.gloss.as_ref().filter(|_| shown != Some(Unit::HundredMillion));
    let beside = match gloss {
        Some(gloss) => {
            format!("{unit}{}{}", words.comma(), words.gloss(gloss))
        }
        None => unit.to_owned(),
    };
    let why = match figure.finding {
        Some(finding) => view! {
            <button class="linklike" type="button" on:click=move |_| desk.choose(Chosen::Finding(finding))>{words.sum_suspect()}</button>
        }
        .into_any(),
        None => words.standing(figure).into_any(),
    };
    let sign = match figure.kind {
        SumKind::Increase => "▲",
        SumKind::Decrease => "▼",
        _ => "",
    };
    view! {
        <div class="sum">
            <dt>{words.sum_kind(figure.kind)}</dt>
            <dd class="fig">
                {(!sign.is_empty()).then(|| view! { <span class="way" aria-hidden="true">{sign}</span> })}
                <button class="figlink" type="button" on:click=move |_| desk.show(at)>{said}</button>
                " "<small>{beside}</small>
            </dd>
            <dd class="why">{mark(figure.mark)}<span><span class="vh">{words.mark(figure.mark)}" "</span>{why}</span></dd>
        </div>
    }
}
