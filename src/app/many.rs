//! 多份文件: what a dropped folder holds, a line a document, each opening with a click.

use leptos::prelude::*;

use super::desk::Desk;
use super::mark::{icon, mark};
use super::piecewise::Piecewise;
use super::words::Words;
use crate::session::{ManyOrder, ManyRow, ManyState, Mark, Pieces, Survey};

/// Lines of one piece. Of the pieces, those near what is seen are drawn.
const PIECE: usize = 50;
/// How high a line is guessed to be, in pixels.
const ROW: i32 = 62;

#[component]
pub(super) fn ManyList() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let many = desk.many;
    let progress = Memo::new(move |_| {
        many.with(|many| {
            many.as_ref()
                .map(|many| (many.name.clone(), many.done(), many.rows().len(), many.is_running(), many.tally()))
        })
    });
    let shown =
        Memo::new(move |_| many.with(|many| many.as_ref().map(crate::session::Many::shown).unwrap_or_default()));
    let count = Memo::new(move |_| shown.with(Vec::len));
    let piecewise = Piecewise::new(1);
    let scroller = piecewise.scroller;
    let look = move || {
        piecewise.look();
    };
    Effect::new(move |_| {
        let rows = count.get();
        piecewise.set(Pieces::new((0..rows.div_ceil(PIECE)).map(|piece| PIECE.min(rows - piece * PIECE)), ROW));
        request_animation_frame(look);
    });
    let order = Memo::new(move |_| many.with(|many| many.as_ref().map(crate::session::Many::order)));
    let row = move |index: usize| {
        let found =
            Memo::new(move |_| many.with(|many| many.as_ref().and_then(|many| many.rows().get(index).cloned())));
        move || found.get().map(|row| line(desk, words, index, &row))
    };
    let head = move |by: ManyOrder, name: &'static str, class: &'static str| {
        let sorted = move || match order.get() {
            Some((order, descending)) if order == by => Some(if descending { "descending" } else { "ascending" }),
            _ => None,
        };
        view! {
            <th scope="col" class=class aria-sort=sorted>
                <button class="linklike" type="button" on:click=move |_| many.update(|many| {
                    if let Some(many) = many { many.sort_by(by); }
                })>{name}<span aria-hidden="true">{move || match sorted() { Some("descending") => " ▼", Some(_) => " ▲", None => "" }}</span></button>
            </th>
        }
    };
    let filter = move |event| {
        let query = event_target_value(&event);
        many.update(|many| {
            if let Some(many) = many {
                many.set_query(&query);
            }
        });
    };
    let save = move |_| {
        let bytes = many.with_untracked(|many| many.as_ref().map(|many| crate::report::list::csv(many, words)));
        if let Some(bytes) = bytes {
            desk.save_bytes(words.many_saved_name(), "text/csv", &bytes);
        }
    };
    let top = move || {
        progress.get().map(|(name, done, all, running, (read, apart))| view! {
            <div class="tbl-head">
                <h1 id="many-title" tabindex="-1">{name}</h1>
                <p role="status">{words.many_tally(done, all, read, apart)}</p>
                {running.then(|| view! {
                    <progress class="prog" max=all.to_string() value=done.to_string() aria-labelledby="many-title"></progress>
                    <button class="btn btn-small" type="button" id="many-stop" on:click=move |_| desk.stop_many()>{words.stop()}</button>
                })}
            </div>
        })
    };
    // The lines of a piece change with the order; the piece itself stays.
    let piece = move |piece: usize| {
        let of_piece = Memo::new(move |_| {
            shown.with(|shown| shown.iter().skip(piece * PIECE).take(PIECE).copied().collect::<Vec<usize>>())
        });
        view! { <tbody data-piece=piece.to_string()><For each=move || of_piece.get() key=|index| *index children=row/></tbody> }
    };
    let drawn = move || {
        let near = piecewise.drawn();
        near.start..near.end.min(count.get().div_ceil(PIECE))
    };
    view! {
        <div class="wrap many">
            {top}
            <div class="many-tools">
            <input type="search" class="search" placeholder=words.many_search() aria-label=words.many_search() on:input=filter/>
            <button class="btn btn-small" type="button" id="many-csv" on:click=save>{words.many_save()}</button>
            </div>
            <div class="scroller" tabindex="0" role="region" aria-labelledby="many-title" node_ref=scroller on:scroll=move |_| look()>
                <table class="many-table" id="many-rows" aria-rowcount=move || count.get() + 1>
                    <thead><tr>
                        {head(ManyOrder::Unit, words.many_unit(), "")}
                        {head(ManyOrder::Year, words.many_year(), "")}
                        {head(ManyOrder::Verdict, words.many_verdict(), "")}
                        {head(ManyOrder::Total, words.many_total(), "num")}
                        {head(ManyOrder::Coverage, words.many_coverage(), "num")}
                        {head(ManyOrder::Path, words.many_file(), "")}
                    </tr></thead>
                    {piecewise.above()}
                    <For each=drawn key=|piece| *piece children=piece/>
                    {piecewise.below()}
                </table>
            </div>
            {move || (count.get() == 0).then(|| view! { <p class="muted" role="status">{words.find_nothing()}</p> })}
        </div>
    }
}

fn line(desk: Desk, words: Words, index: usize, row: &ManyRow) -> impl IntoView + use<> {
    let path = row.path.clone();
    let open = move |label: String| {
        view! { <button class="linklike" type="button" on:click=move |_| desk.open_of_many(index)>{label}</button> }
    };
    if let ManyState::Read(survey) = &row.state {
        let Survey { unit_name, year, stage, headline, counts, total, picture_pages, .. } = survey;
        let lines = words.headline(*headline);
        let sign = lines.iter().map(|(sign, _)| *sign).max().unwrap_or(survey.mark).max(survey.mark);
        let verdict: String = lines.into_iter().map(|(_, line)| line).collect();
        let total = total.as_ref().map(|(figure, unit)| {
            view! { {figure.clone()}" "<small class="muted">{unit.map(|unit| words.unit(unit))}</small> }
        });
        let pictures = (*picture_pages > 0).then(|| words.pictured(*picture_pages));
        return view! {
            <tr>
                <th scope="row">{open(unit_name.clone().unwrap_or_else(|| path.clone()))}</th>
                <td class="year">{words.year_and_stage(*year, *stage)}</td>
                <td class="said">{mark(sign)}<span><span class="vh">{words.mark(sign)}" "</span>{verdict}</span></td>
                <td class="num">{total}</td>
                <td class="num">{counts.compared()}<small class="muted">{pictures}</small></td>
                <td class="small muted">{path}</td>
            </tr>
        }
        .into_any();
    }
    let (sign, said) = match &row.state {
        ManyState::Waiting | ManyState::Read(_) => (icon("#i-ring").into_any(), words.many_waiting().to_owned()),
        ManyState::Locked => (mark(Mark::Unchecked).into_any(), words.many_locked().to_owned()),
        ManyState::Stopped => (icon("#i-ring").into_any(), words.many_stopped().to_owned()),
        ManyState::Failed(why) => (
            mark(Mark::Absent).into_any(),
            words.of(&crate::disclosure::Message::new(why.message.clone(), why.message_en.clone())),
        ),
    };
    let name =
        if matches!(row.state, ManyState::Waiting) { path.clone().into_any() } else { open(path.clone()).into_any() };
    view! {
        <tr><th scope="row">{name}</th><td></td><td class="said">{sign}<span>{said}</span></td><td></td><td></td><td class="small muted">{path}</td></tr>
    }
    .into_any()
}
