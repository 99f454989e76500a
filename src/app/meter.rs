//! The meter: every check to scale, then the exceptions as squares that lead to them.

use leptos::prelude::*;

use super::desk::Desk;
use super::mark::{cross, mark};
use super::phrases::counted;
use super::words::Words;
use crate::session::{Chosen, Counts, Mark};

/// Width of the bar, in tenths of a unit of its drawing.
const WIDTH: usize = 6400;
/// Fewer tenths than this are not seen.
const LEAST: usize = 30;
/// The gap between segments.
const GAP: usize = 15;
/// More squares than this a kind are a number.
const SQUARES: usize = 12;

#[component]
pub(super) fn Meter() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let document = desk.document();
    let counts = Memo::new(move |_| {
        let (_, document) = document.get();
        desk.opened().counts(document)
    });
    let squares = Memo::new(move |_| {
        let (_, document) = document.get();
        let opened = desk.opened();
        let chosen = |check| opened.finding_of_check(check).map_or(Chosen::Check(check), Chosen::Finding);
        [Mark::Rounding, Mark::Mismatch, Mark::Warning, Mark::Unchecked]
            .map(|kind| (kind, opened.checks_marked(document, kind).into_iter().map(chosen).collect::<Vec<_>>()))
    });
    move || {
        let counts = counts.get();
        let squares = squares.get();
        view! {
            <div class="meter">
                {bar(words, &counts)}
                <div class="meter-units">{squares.into_iter().filter(|(_, all)| !all.is_empty()).map(|(kind, all)| units(desk, words, kind, &all)).collect_view()}</div>
            </div>
            <dl class="meter-legend">
                {words.outcomes(&counts).into_iter().map(|(sign, count, word)| legend(sign, count, word)).collect_view()}
            </dl>
        }
    }
}

fn legend(sign: Mark, count: usize, word: String) -> impl IntoView {
    view! { <div>{mark(sign)}<dd><b class="num">{count}</b></dd><dt>{word}</dt></div> }
}

fn bar(words: Words, counts: &Counts) -> impl IntoView + use<> {
    let parts = [
        ("seg-ok", counts.pass),
        ("seg-round", counts.rounding),
        ("seg-err", counts.fail),
        ("seg-hint", counts.hint),
        ("seg-unk", counts.not_checkable),
    ];
    let widths = widths(parts.map(|(_, count)| count));
    let total: usize = parts.iter().map(|(_, count)| count).sum();
    let mut from = 0;
    let segments: Vec<_> = parts
        .iter()
        .zip(widths)
        .filter(|(_, width)| *width > 0)
        .map(|((class, _), width)| {
            let x = from;
            from += width + GAP;
            view! { <rect class=*class x=tenths(x) y="0" width=tenths(width) height="22"/> }
        })
        .collect();
    let exceptions = total > counts.pass && counts.pass > 0;
    let left = widths[0] + GAP;
    let wedge = exceptions.then(|| {
        let x = tenths(left);
        view! {
            <g class="zoom"><path class="wedge" d=format!("M{x} 24H640V54H168z")/><path class="wedge-l" d=format!("M{x} 24L168 54M640 24V54")/></g>
        }
    });
    let height = if exceptions { "0 0 640 54" } else { "0 0 640 22" };
    let label = words.meter(counts);
    view! { <svg viewBox=height role="img" aria-label=label>{segments}{wedge}</svg> }
}

/// Widths to scale, the smallest still seen, gaps taken from the largest.
fn widths<const KINDS: usize>(counts: [usize; KINDS]) -> [usize; KINDS] {
    let total: usize = counts.iter().sum();
    if total == 0 {
        return [0; KINDS];
    }
    let mut widths = counts.map(|count| if count == 0 { 0 } else { (WIDTH * count / total).max(LEAST) });
    let kinds = widths.iter().filter(|&&width| width > 0).count();
    let used = widths.iter().sum::<usize>() + GAP * kinds.saturating_sub(1);
    if let Some(largest) = widths.iter_mut().max() {
        *largest = (*largest + WIDTH).saturating_sub(used).max(LEAST);
    }
    widths
}

fn tenths(value: usize) -> String {
    format!("{}.{}", value / 10, value % 10)
}

fn units(desk: Desk, words: Words, kind: Mark, all: &[Chosen]) -> impl IntoView + use<> {
    let class = match kind {
        Mark::Rounding => "unit unit-round",
        Mark::Mismatch => "unit unit-err",
        Mark::Warning => "unit unit-hint",
        _ => "unit unit-unk",
    };
    let squares = all.iter().take(SQUARES).enumerate().map(|(index, &chosen)| {
        let sign = if kind == Mark::Mismatch { cross().into_any() } else { mark(kind).into_any() };
        view! {
            <button class=class type="button" aria-label=words.nth(kind, index + 1)
                on:click=move |_| desk.choose(chosen)>{sign}</button>
        }
    });
    let more = all.len().saturating_sub(SQUARES);
    view! {
        <div>
            <span>{counted(if kind == Mark::Warning { words.count_hint() } else { words.mark(kind) }, all.len())}</span>
            {squares.collect_view()}
            {(more > 0).then(|| view! { <span class="muted">{format!("＋{more}")}</span> })}
        </div>
    }
}
