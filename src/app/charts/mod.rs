//! 看图: the charts of the document in view. Each mark is a link to its cell, each chart has its table behind it.

mod bars;
mod flow;
mod tree;
mod waterfall;

use leptos::prelude::*;

use super::desk::Desk;
use super::glossary::glossed;
use super::mark::mark;
use super::units;
use super::words::Words;
use crate::disclosure::Anchor;
use crate::session::{Charts, Chosen, Ground, Link, Mark, Part, Printed};

#[component]
pub(super) fn ChartsView() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let document = desk.document();
    let (unit, shares) = (desk.unit(), desk.shares());
    let charts = Memo::new(move |_| {
        let (_, document) = document.get();
        desk.opened().charts(document).shown_in(unit.get()).shares_in(shares.get())
    });
    move || charts.with(|charts| all(desk, words, charts))
}

fn all(desk: Desk, words: Words, charts: &Charts) -> AnyView {
    if charts.is_empty() {
        return view! { <div class="wrap"><div class="cmp-head"><h1>{words.charts_title()}</h1></div><p class="muted">{words.charts_none()}</p></div> }.into_any();
    }
    let head =
        charts.headline.as_ref().map_or_else(|| words.charts_title().to_owned(), |head| words.chart_headline(head));
    view! {
        <div class="wrap charts">
            <div class="cmp-head"><h1 id="charts-title">{head}</h1><div class="pick no-print">{units::choice(desk, words)}{units::shares(desk, words)}</div></div>
            {hatches()}
            {charts.flow.as_ref().map(|flow| flow::draw(desk, words, flow))}
            <div class="charts-2">
                {charts.tree.clone().map(|tree| tree::draw(desk, words, tree))}
                {charts.waterfall.as_ref().map(|waterfall| waterfall::draw(desk, words, waterfall))}
                {charts.bars.iter().map(|bars| bars::draw(desk, words, bars)).collect_view()}
            </div>
        </div>
    }
    .into_any()
}

/// Hatching, so that a decrease is no matter of colour.
pub(super) fn hatches() -> AnyView {
    view! {
        <svg width="0" height="0" class="vh" aria-hidden="true" focusable="false"><defs>
            <pattern id="hatch-down" width="80" height="80" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hd" d="M0 0V80"/></pattern>
            <pattern id="hatch-small" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hs" d="M0 0V6"/></pattern>
        </defs></svg>
    }
    .into_any()
}

/// What is around a drawing.
struct Frame {
    id: &'static str,
    title: String,
    sub: String,
    wide: bool,
}

/// A chart: its title, its drawing, what it rests on, its table.
fn framed(desk: Desk, words: Words, frame: Frame, drawing: AnyView, ground: &Ground, table: AnyView) -> AnyView {
    let Frame { id, title, sub, wide } = frame;
    let region = format!("{title}{}{}", words.comma(), words.chart_scrolls());
    let class = if wide { "chart-scroll wide" } else { "chart-scroll" };
    let finding = ground.finding.filter(|_| ground.apart > 0).map(|finding| {
        view! { <button class="linklike" type="button" on:click=move |_| desk.choose(Chosen::Finding(finding))>{words.see_finding()}</button> }
    });
    let sign = if ground.apart > 0 { ground.worst.max(Mark::Warning) } else { ground.worst };
    view! {
        <section class="chart panel" id=id aria-labelledby=format!("{id}-title")>
            <h2 id=format!("{id}-title")>{glossed(&title, true)}</h2>
            <p class="sub">{sub}</p>
            <div class=class tabindex="0" role="region" aria-label=region>{drawing}</div>
            <p class="tie">{mark(sign)}<span>{words.ground(ground)}" "{finding}</span></p>
            <details><summary>{words.as_table()}</summary><div class="alt-scroll">{table}</div></details>
        </section>
    }
    .into_any()
}

/// The address of a mark's cell.
fn address(desk: Desk, at: Anchor) -> Option<String> {
    desk.session.with_untracked(|session| Link::of_cell(session.opened(), at)).map(|link| link.to_string())
}

/// What a click on a mark does.
fn goes(desk: Desk, at: Anchor) -> impl Fn(web_sys::MouseEvent) + 'static {
    move |event| {
        if !event.ctrl_key() && !event.meta_key() {
            event.prevent_default();
            desk.show(at);
        }
    }
}

/// The figure of a part as a link to its cell, with its mark where it does not tie.
fn figure(desk: Desk, words: Words, part: &Part) -> AnyView {
    let at = part.at;
    let sign = part.is_apart().then(|| view! { {mark(part.state)}<span class="vh">{words.mark(part.state)}" "</span> });
    view! { {sign}<button class="figlink num" type="button" on:click=move |_| desk.show(at)>{part.figure.clone()}</button>{printed(words, part.printed.as_ref())} }.into_any()
}

/// What is printed, where another unit is shown: the table behind a picture has both.
fn printed(words: Words, printed: Option<&Printed>) -> Option<AnyView> {
    printed.map(|printed| view! { <small class="printed">{words.printed_as(printed)}</small> }.into_any())
}

/// The mark of a figure that does not tie, in a drawing.
fn sign(part: &Part, x: i64, y: i64) -> Option<AnyView> {
    part.is_apart().then(|| sign_of(part.state, x, y))
}

fn sign_of(state: Mark, x: i64, y: i64) -> AnyView {
    let (class, symbol) = if state == Mark::Mismatch { ("sg sg-err", "#m-err") } else { ("sg sg-warn", "#m-warn") };
    view! { <g class=class><circle cx=x + 80 cy=y + 80 r="115"/><use href=symbol x=x y=y width="160" height="160"></use></g> }.into_any()
}
