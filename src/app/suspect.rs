//! The suspect card, and the table of several that may be it.

use leptos::prelude::*;

use super::desk::Desk;
use super::mark::mark;
use super::words::Words;
use crate::session::{Candidate, Mark, SuspectView};

/// The one cell that, if changed, makes everything tie.
pub(super) fn suspect(desk: Desk, words: Words, suspect: &SuspectView) -> impl IntoView + use<> {
    let at = suspect.at;
    let unit = suspect.unit.map(|unit| words.unit(unit)).unwrap_or_default();
    let printed = suspect.printed.clone().unwrap_or_else(|| words.blank().to_owned());
    let fitting = suspect.fitting.clone().unwrap_or_else(|| words.blank_or_zero().to_owned());
    let sure = suspect.sure;
    view! {
        <div class="suspect">
            <h3>{words.suspect_title()}</h3>
            <dl>
                <dt>{words.suspect_which()}</dt>
                <dd><button class="linklike" type="button" on:click=move |_| desk.show(at)>{words.label(&suspect.label)}</button></dd>
                <dt>{words.suspect_printed()}</dt><dd class="num">{printed}" "<small class="muted">{unit}</small></dd>
                <dt>{words.suspect_fitting()}</dt><dd class="num"><span class="fit">{fitting}</span></dd>
                <dt>{words.suspect_sure()}</dt>
                <dd class="small">{if sure { words.high() } else { words.medium() }}" "
                    <span class="conf" aria-hidden="true"><i class="on"></i><i class="on"></i><i class:on=sure></i></span></dd>
            </dl>
        </div>
    }
}

/// Several cells, each of which would do.
pub(super) fn candidates(desk: Desk, words: Words, candidates: &[Candidate]) -> impl IntoView + use<> {
    let row = |candidate: &Candidate| {
        let at = candidate.at;
        let place = candidate.place.map(|place| desk.place(words, at.disclosure(), place));
        let printed = candidate.printed.clone().unwrap_or_else(|| words.blank().to_owned());
        let fitting = candidate.fitting.clone().unwrap_or_else(|| words.blank_or_zero().to_owned());
        view! {
            <tr>
                <th scope="row"><button class="linklike" type="button" on:click=move |_| desk.show(at)>{words.label(&candidate.label)}</button>" "
                    <span class="muted">{place}</span></th>
                <td class="r num" data-l=words.col_printed()>{printed}</td>
                <td class="r num" data-l=words.col_fitting()>{fitting}</td>
                <td class="r" data-l=words.col_agreeing()>{mark(Mark::Ok)}" "{candidate.agreeing}</td>
            </tr>
        }
    };
    view! {
        <table class="alts">
            <thead><tr>
                <th scope="col">{words.col_cell()}</th><th scope="col" class="r">{words.col_printed()}</th>
                <th scope="col" class="r">{words.col_fitting()}</th><th scope="col" class="r">{words.col_agreeing()}</th>
            </tr></thead>
            <tbody>{candidates.iter().map(row).collect_view()}</tbody>
        </table>
    }
}
