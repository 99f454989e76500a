//! The waterfall, drawn.

use leptos::prelude::*;

use super::super::desk::Desk;
use super::super::mark::mark;
use super::super::words::Words;
use super::{Frame, address, framed, goes, printed, sign_of};
use crate::session::{ChangeBasis, Mark, Step, StepKind, Waterfall, name_lines};

pub(super) fn draw(desk: Desk, words: Words, waterfall: &Waterfall) -> AnyView {
    let (width, height) = waterfall.size;
    let floor = waterfall.steps.first().map_or(0, |step| step.place[1] + step.place[3]);
    let name = match waterfall.basis {
        ChangeBasis::Document(at) => desk.opened().analysis().documents.get(at).map(|d| d.name.clone()),
        ChangeBasis::Columns => None,
    };
    let cut = waterfall.cut.is_some();
    let steps = waterfall.steps.iter().enumerate().map(|(index, of)| {
        let next = waterfall.steps.get(index + 1).map(|next| next.place[0]);
        step(desk, words, waterfall, of, next, cut.then_some(floor))
    });
    let drawing = view! {
        <svg class="cv" viewBox=format!("0 0 {width} {height}") role="group" aria-labelledby="chart-change-title">
            <path class="ax" d=format!("M60 {floor}H{}", width - 60)></path>
            {steps.collect_view()}
            <text class="t3" x="60" y=height - 60>{words.waterfall_legend()}</text>
        </svg>
    };
    let rows = waterfall.steps.iter().map(|step| {
        let sign = step.apart.then(|| view! { {mark(Mark::Warning)}<span class="vh">{words.mark(Mark::Warning)}" "</span> });
        let cell = match step.at.first().copied() {
            Some(at) => view! { <button class="figlink num" type="button" on:click=move |_| desk.show(at)>{step.figure.clone()}</button> }.into_any(),
            None => step.figure.clone().into_any(),
        };
        view! { <tr><th scope="row">{words.step_name(&step.name, waterfall.years)}</th><td class="r num">{sign}{cell}{printed(words, step.printed.as_ref())}</td></tr> }
    });
    let rows = rows.collect_view();
    let table = view! {
        <table class="alt"><thead><tr><th scope="col">{words.col_subject()}</th><th scope="col" class="r">{words.in_unit(waterfall.unit)}</th></tr></thead><tbody>{rows}</tbody></table>
    };
    let frame = Frame {
        id: "chart-change",
        title: words.waterfall_title(waterfall),
        sub: words.waterfall_sub(waterfall, name.as_deref()),
        wide: false,
    };
    framed(desk, words, frame, drawing.into_any(), &waterfall.ground, table.into_any())
}

fn step(desk: Desk, words: Words, waterfall: &Waterfall, step: &Step, next: Option<i64>, cut: Option<i64>) -> AnyView {
    let [x, y, width, height] = step.place;
    let (class, sign) = match step.kind {
        StepKind::Total => ("wf-t", ""),
        StepKind::Up => ("wf-u", "▲ "),
        StepKind::Down => ("wf-d", "▼ "),
    };
    let middle = x + width / 2;
    let floor = waterfall.steps.first().map_or(0, |step| step.place[1] + step.place[3]);
    let name = words.step_name(&step.name, waterfall.years);
    let room = usize::try_from((width + 160) / 125).unwrap_or(4).max(3);
    let lines = (0_i64..)
        .zip(name_lines(name.trim_end_matches("支出"), room).into_iter().take(3))
        .map(|(index, line)| view! { <text class="m t2" x=middle y=floor + 190 + index * 150>{line}</text> })
        .collect_view();
    // A decrease is told below its bar, where nothing stands.
    let above = step.kind != StepKind::Down || y + height + 200 > floor;
    let figure = view! { <text class="m b" x=middle y=if above { y - 70 } else { y + height + 150 }>{step.figure.clone()}</text> };
    let connector =
        next.map(|next| view! { <path class="cn" d=format!("M{} {}H{next}", x + width, step.after)></path> });
    // A cut axis is drawn broken.
    let broken = cut.filter(|_| step.kind == StepKind::Total).map(|floor| {
        let half = i64::midpoint(width, 60);
        let wave = |y: i64| format!("M{} {y}l{half} -70 {half} 70", x - 30);
        view! { <path class="gapline cut" d=wave(floor - 140)></path><path class="gapline cut" d=wave(floor - 200)></path> }
    });
    let apart = step.apart.then(|| sign_of(Mark::Warning, middle - 80, y - 400));
    let said = step.printed.as_ref().map(|printed| words.bracketed(&words.printed_as(printed))).unwrap_or_default();
    let label = format!("{name} {sign}{} {}{said}", step.figure, words.in_unit(waterfall.unit));
    let bar = view! { <g><rect class=class x=x y=y width=width height=height><title>{label.clone()}</title></rect>{broken}</g> };
    let bar = match step.at.first().copied() {
        Some(at) => {
            // A small change is a thin bar: what can be hit is the room of the bars. The link stands alone in its group: beside
            // others, `view!` would make it a link of HTML, which draws nothing here.
            let (top, room) = waterfall.room();
            view! {
                <g><a href=address(desk, at) aria-label=label on:click=goes(desk, at)>
                    <rect class="hit" x=x y=top width=width height=room></rect>{bar}
                </a></g>
            }
            .into_any()
        }
        None => bar.into_any(),
    };
    // The figure and the name are in the label, in its order.
    view! { <g>{connector}{bar}<g class="said">{figure}{lines}{apart}</g></g> }.into_any()
}
