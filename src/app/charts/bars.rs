//! Bars of a composition, drawn.

use leptos::prelude::*;

use super::super::desk::Desk;
use super::super::words::Words;
use super::{Frame, address, figure, framed, goes, sign};
use crate::session::{Bar, Bars, BarsKind};

/// Height of one bar with its name.
const PITCH: i64 = 560;
/// Widths of the drawing, the second for a narrow screen.
const WIDE: i64 = 6_200;
const NARROW: i64 = 3_100;

pub(super) fn draw(desk: Desk, words: Words, bars: &Bars) -> AnyView {
    let (id, title) = match bars.kind {
        BarsKind::Basic => ("chart-basic", words.basic_title()),
        BarsKind::ThreePublic => ("chart-three", words.three_title()),
    };
    let title = match &bars.whole {
        Some(whole) => format!("{title}{}{}", words.colon(), words.with_unit(&whole.figure, whole.unit)),
        None => title.to_owned(),
    };
    let unit = words.unit_sentence(bars.ground.unit);
    let height = PITCH * i64::try_from(bars.bars.len()).unwrap_or(0) + 40;
    let drawn = |class: &'static str, width: i64| {
        let bars = (0_i64..).zip(&bars.bars).map(|(index, of)| bar(desk, words, of, index * PITCH, width));
        let bars = bars.collect_view();
        view! { <svg class=class viewBox=format!("0 0 {width} {height}") role="group" aria-labelledby=format!("{id}-title")>{bars}</svg> }.into_any()
    };
    let drawing = view! { {drawn("cv for-wide", WIDE)}{drawn("cv for-narrow", NARROW)} };
    let rows = bars.bars.iter().map(|bar| {
        view! { <tr><th scope="row">{bar.part.name.clone()}</th><td class="r num">{figure(desk, words, &bar.part)}</td><td class="r num">{bar.share.map(|share| share.to_string())}</td></tr> }
    });
    let rows = rows.collect_view();
    let whole = bars.whole.as_ref().map(|whole| view! { <tr><th scope="row">{words.whole()}</th><td class="r num">{figure(desk, words, whole)}</td><td></td></tr> });
    let table = view! {
        <table class="alt"><thead><tr><th scope="col">{words.col_subject()}</th><th scope="col" class="r">{words.in_unit(bars.ground.unit)}</th><th scope="col" class="r">{words.col_share()}</th></tr></thead>
            <tbody>{rows}{whole}</tbody></table>
    };
    let frame = Frame { id, title, sub: format!("{unit}{}", words.bars_sub()), wide: false };
    framed(desk, words, frame, drawing.into_any(), &bars.ground, table.into_any())
}

fn bar(desk: Desk, words: Words, bar: &Bar, top: i64, width: i64) -> AnyView {
    let length = bar.length * width / WIDE;
    let share = bar.share.map(|share| format!(" ({share})")).unwrap_or_default();
    let at = bar.part.at;
    let label = format!("{}{share}", words.chart_part(&bar.part));
    view! {
        <g><a href=address(desk, at) aria-label=label.clone() on:click=goes(desk, at)>
            <text class="b" x="0" y=top + 170>{bar.part.name.clone()}</text>
            <text class="e" x=width - 20 y=top + 170>{bar.part.figure.clone()}<tspan class="t2">{share}</tspan></text>
            <rect class="track" x="0" y=top + 230 width=width height="200"></rect>
            <rect class="f2" x="0" y=top + 230 width=length height="200"><title>{label.clone()}</title></rect>
            {sign(&bar.part, length + 60, top + 250)}
        </a></g>
    }
    .into_any()
}
