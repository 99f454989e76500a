//! Source lines, as they stand in the file.

use leptos::prelude::*;

use super::desk::Desk;
use super::focus;
use super::words::Words;
use crate::session::{Evidence, EvidenceLine, Mark, SourceCell, SourceLine};

/// The section with the lines around a finding.
pub(super) fn evidence(desk: Desk, words: Words, mark: Mark, evidence: &[Evidence]) -> impl IntoView + use<> {
    if evidence.is_empty() {
        return ().into_any();
    }
    let first = evidence.iter().flat_map(|group| &group.lines).find(|line| line.hit || line.related);
    let whole = first.map(|line| line.line.place).map(|place| {
        let go = move |_| desk.session.update(|session| session.show_source(Some(place)));
        view! { <button class="btn btn-small" type="button" id="evidence-whole" aria-keyshortcuts="e" on:click=go>{words.whole_source()}</button> }
    });
    let several = evidence.len() > 1;
    let groups = evidence.iter().map(|group| {
        let name = several.then(|| {
            let name = group.table.as_ref().map_or_else(|| words.prose().to_owned(), |table| words.caption(table));
            view! { <li class="gap"><span class="ln"></span><span class="tx">{name}</span></li> }
        });
        let columns = group.lines.first().and_then(|first| columns(desk, group.document, &first.line));
        view! { {name}{columns}{group.lines.iter().map(|l| evidence_line(words, l)).collect_view()} }
    });
    focus::scroll_to_token("evidence-lines");
    view! {
        <section aria-labelledby="evidence-title">
            <div class="ev-head"><h3 id="evidence-title">{words.source()}" "<small>{words.source_hint()}</small></h3>{whole}</div>
            <ol class="lines" class:soft=mark != Mark::Mismatch lang="zh-CN" id="evidence-lines" tabindex="0" aria-labelledby="evidence-title">{groups.collect_view()}</ol>
        </section>
    }
    .into_any()
}

/// Above the lines of a sheet: its name, and the letters of the columns.
fn columns(desk: Desk, document: usize, line: &SourceLine) -> Option<impl IntoView + use<>> {
    let first = line.first_column?;
    let name = desk.opened().sheet(document, line.place)?.to_owned();
    let letters = (first..).zip(&line.cells).map(|(column, cell)| {
        view! { <span class="tc" style:width=width(cell)>{Words::column_letters(column)}</span> }
    });
    Some(view! {
        <li class="gap"><span class="ln"></span><span class="tx">{name}</span></li>
        <li class="cols letters" aria-hidden="true"><span class="ln"></span><span class="tx">{letters.collect_view()}</span></li>
    })
}

/// The width of a column: half a character each, and one between columns; set by script, which the page's policy allows.
fn width(cell: &SourceCell) -> String {
    format!("{}em", (u16::from(cell.width) + 4).div_ceil(2))
}

fn evidence_line(words: Words, line: &EvidenceLine) -> impl IntoView + use<> {
    let class = match (line.hit, line.related) {
        (true, _) => "hit",
        (false, true) => "rel",
        _ => "",
    };
    let cols = line.line.cells.len() > 1;
    let gap = line
        .after_gap
        .then(|| view! { <li class="gap" aria-hidden="true"><span class="ln"></span><span class="tx">"⋯"</span></li> });
    view! {
        {gap}
        <li class=class class:cols=cols><span class="ln">{words.gutter(line.line.place)}</span>{text(&line.line, &line.tokens)}</li>
    }
}

/// The text of a line, tabs as columns, the figures in question marked.
pub(super) fn text(line: &SourceLine, tokens: &[(usize, u32, u32, bool)]) -> impl IntoView + use<> {
    let several = line.cells.len() > 1;
    let cells = line.cells.iter().enumerate().map(|(index, cell)| {
        let mut pieces = Vec::new();
        let mut done = 0_usize;
        let all: Vec<char> = cell.text.chars().collect();
        for &(_, from, to, hit) in tokens.iter().filter(|(piece, ..)| *piece == index) {
            let from = usize::try_from(from).unwrap_or(usize::MAX).clamp(done, all.len());
            let to = usize::try_from(to).unwrap_or(usize::MAX).clamp(from, all.len());
            pieces.push((String::from_iter(&all[done..from]), String::from_iter(&all[from..to]), hit));
            done = to;
        }
        let rest = String::from_iter(&all[done..]);
        let pieces = pieces.into_iter().map(|(before, token, hit)| {
            let class = if hit { "tok" } else { "tok-2" };
            view! { {before}<mark class=class>{token}</mark> }
        });
        let class = if several { "tc" } else { "" };
        let width = several.then(|| width(cell));
        view! { <span class=class style:width=width>{pieces.collect_view()}{rest}</span> }
    });
    let class = if line.heading { "tx tx-head" } else { "tx" };
    view! { <span class=class>{cells.collect_view()}</span> }
}
