//! The panel beside a table: the chosen cell, the checks that it takes part in, the way to finding and source.

use leptos::prelude::*;

use super::desk::Desk;
use super::glossary::glossed;
use super::mark::mark;
use super::words::Words;
use crate::rules::Relation;
use crate::rules::judge::Outcome;
use crate::session::{
    self, CellCheck, CellShape, Chosen, EquationLine, EquationView, LineKind, Mark, Op, Printed, Session,
};

#[component]
pub(super) fn CellPanel() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let (unit, shares) = (desk.unit(), desk.shares());
    let panel = Memo::new(move |_| {
        desk.edition.track();
        desk.tries.track();
        let panel = desk.session.with(|session| session.shown_in_tables().cell_panel(session.cell_anchor()?));
        panel.map(|panel| panel.shown_in(unit.get()).shares_in(shares.get()))
    });
    move || match panel.get() {
        Some(panel) => panel_view(desk, words, &panel).into_any(),
        None => view! { <div class="cellbox panel"><p class="small muted">{words.cell_hint()}</p></div> }.into_any(),
    }
}

fn panel_view(desk: Desk, words: Words, panel: &session::CellPanel) -> impl IntoView + use<> {
    let at = panel.at;
    let place = panel.place.map(|place| desk.place(words, at.disclosure(), place)).unwrap_or_default();
    let name = match &panel.row {
        Some(row) => format!("{row} · {}", panel.column),
        None => panel.column.clone(),
    };
    let figure = panel.figure.clone().or_else(|| panel.words.clone()).unwrap_or_else(|| words.blank().to_owned());
    let unit = panel.unit.map(|unit| words.unit(unit));
    let (figure, unit, printed) = match (&panel.shown, panel.unit) {
        (Some((shown, to)), Some(unit)) => {
            (shown.clone(), Some(words.unit(*to)), Some(words.printed_as(&Printed { figure, unit })))
        }
        _ => (figure, unit, None),
    };
    let state = match panel.shape {
        CellShape::Suspect => Some(words.likeliest()),
        CellShape::Candidate => Some(words.legend_candidate()),
        CellShape::Partner => Some(words.legend_partner()),
        _ => None,
    };
    let finding = panel.finding.map(|finding| {
        view! { <button class="btn btn-small btn-primary" type="button" on:click=move |_| desk.choose(Chosen::Finding(finding))>{words.see_finding()}</button> }
    });
    let evidence = panel.place.map(|_| {
        view! { <button class="btn btn-small" type="button" aria-keyshortcuts="e" on:click=move |_| desk.show_source(at)>{words.see_source_line()}" "{place.clone()}</button> }
    });
    view! {
        <div class="cellbox panel">
            <div>
                <p class="small muted">{words.chosen_cell()}" · "{words.short_caption(&panel.caption)}" "{place.clone()}</p>
                <h2>{glossed(&name, true)}</h2>
                {panel.before.clone().map(|before| view! { <p class="small"><s class="num">{words.or_blank(&before)}</s>" "<span class="tag tag-warn">{words.try_title()}</span></p> })}
                <p class="big num">{figure}" "<span class="small muted">{unit}</span></p>
                {printed.map(|printed| view! { <p class="small muted num">{printed}</p> })}
                {state.map(|state| view! { <p class="small state-line">{mark(Mark::Warning)}{state}</p> })}
                {panel.doubt.as_ref().map(|doubt| view! { <p class="small">{words.doubt()}{words.colon()}{words.of(doubt)}</p> })}
            </div>
            {panel.share.as_ref().map(|share| view! { <p class="small" id="cell-share">{words.share_of_total(share)}</p> })}
            {panel.sums.map(|parts| view! { <p class="small">{words.sums_of(parts)}</p> })}
            {panel.checks.is_empty().then(|| view! { <p class="small muted">{words.cell_alone()}</p> })}
            <ul class="idlist">{panel.checks.iter().map(|c| check(desk, words, c)).collect_view()}</ul>
            {finding}{evidence}
            {panel.money.then(|| try_form(desk, words, panel))}
        </div>
    }
}

/// Where the reader writes another figure to see what then holds.
fn try_form(desk: Desk, words: Words, panel: &session::CellPanel) -> impl IntoView + use<> {
    let at = panel.at;
    // What is typed stands for what is printed, in its unit.
    let printed_in = panel.unit.filter(|_| panel.shown.is_some()).map(|unit| words.bracketed(words.unit(unit)));
    let field = NodeRef::<leptos::html::Input>::new();
    let go = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(field) = field.get_untracked() {
            desk.try_change(at, &field.value());
        }
    };
    view! {
        <form class="try no-print" on:submit=go>
            <label for="try-figure">{words.try_label()}{printed_in}" "<kbd>"t"</kbd></label>
            <div><input id="try-figure" class="num" type="text" inputmode="decimal" autocomplete="off" node_ref=field
                value=panel.figure.clone().unwrap_or_default() aria-describedby="try-hint"/>
            <button class="btn btn-small" type="submit" id="try-go">{words.try_title()}</button></div>
            <p class="small muted" id="try-hint">{words.try_hint()}</p>
        </form>
    }
}

fn check(desk: Desk, words: Words, check: &CellCheck) -> impl IntoView + use<> {
    let label = words.of(&check.label);
    let title = match check.finding {
        Some(finding) => view! {
            <button class="linklike" type="button" on:click=move |_| desk.choose(Chosen::Finding(finding))>{label}</button>
        }
        .into_any(),
        None => label.into_any(),
    };
    let why = check.why.as_ref().map(|why| view! { <span class="eqn">{words.of(why)}</span> });
    view! {
        <li>
            {mark(check.mark)}<span><span class="vh">{words.mark(check.mark)}" "</span>{title}</span>
            {check.equation.as_ref().map(|equation| inline(desk, words, equation))}
            {why}
        </li>
    }
}

/// An equation in one line: the stated figure first, then its parts.
fn inline(desk: Desk, words: Words, equation: &EquationView) -> impl IntoView + use<> {
    /// More parts than this are a number: the table shows them marked.
    const PARTS: usize = 8;
    let of = |kind: LineKind| equation.lines.iter().filter(move |line| line.kind == kind);
    let figure = |line: &EquationLine| {
        let text = line.words.clone().unwrap_or_else(|| words.or_blank(&line.figure.text));
        let sign = match line.op {
            Op::Plus => " ＋ ",
            Op::Minus => " － ",
            _ => "",
        };
        let title = line.label.as_ref().map(|label| words.label(label));
        match line.at {
            Some(at) => view! { {sign}<button class="figlink" type="button" title=title on:click=move |_| desk.show(at)>{text}</button> }.into_any(),
            None => view! { {sign}{text} }.into_any(),
        }
    };
    let failed = equation.outcome == Outcome::Fail;
    let relation = match (equation.relation, equation.outcome) {
        (_, Outcome::Rounding) => " ≈ ",
        (Relation::Equal, Outcome::Fail) => " ≠ ",
        (Relation::Equal, _) => " ＝ ",
        (Relation::AtLeast, _) if failed => " ＜ ",
        (Relation::AtLeast, _) => " ≥ ",
        (Relation::AtMost, _) if failed => " ＞ ",
        (Relation::AtMost, _) => " ≤ ",
    };
    let parts = of(LineKind::Term).count();
    let right = if parts > PARTS {
        let sum = of(LineKind::Sum).next().map(|line| line.figure.text.clone()).unwrap_or_default();
        view! { {sum}{words.of_parts(parts)} }.into_any()
    } else {
        of(LineKind::Term).map(figure).collect_view().into_any()
    };
    let told = failed || equation.outcome == Outcome::Rounding;
    let difference = of(LineKind::Difference).next().filter(|_| told);
    let difference = difference.map(|line| words.apart_by(&line.figure.text));
    view! { <span class="eqn num">{of(LineKind::Stated).map(figure).collect_view()}{relation}{right}{difference}</span> }
}

/// The finding that the chosen cell belongs to.
pub(super) fn finding_of_chosen(session: &Session) -> Option<u32> {
    session.opened().cell_panel(session.cell_anchor()?)?.finding
}
