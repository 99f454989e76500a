//! The waterfall, drawn.

use leptos::prelude::*;

use super::super::desk::Desk;
use super::super::mark::mark;
use super::super::words::Words;
use super::{Frame, address, framed, goes, printed, sign_of};
use crate::session::{ChangeBasis, Layout, Mark, Step, StepKind, Waterfall, name_lines};

/// Characters of a name that have room before the figure of a lying bar.
const LINE: usize = 14;

pub(super) fn draw(desk: Desk, words: Words, waterfall: &Waterfall) -> AnyView {
    let name = match waterfall.basis {
        ChangeBasis::Document(at) => desk.opened().analysis().documents.get(at).map(|d| d.name.clone()),
        ChangeBasis::Columns => None,
    };
    // One of the two is shown, by the width of the screen.
    let drawing = view! { {upright(desk, words, waterfall)}{lying(desk, words, waterfall)} };
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

/// Bars side by side.
fn upright(desk: Desk, words: Words, waterfall: &Waterfall) -> AnyView {
    let layout = &waterfall.wide;
    let ((width, height), floor) = (layout.size, layout.floor);
    let steps = waterfall.steps.iter().enumerate().filter_map(|(index, step)| {
        let [x, y, width, height] = *layout.bars.get(index)?;
        let middle = x + width / 2;
        let name = words.step_name(&step.name, waterfall.years);
        let room = usize::try_from((width + 160) / 125).unwrap_or(4).max(3);
        let lines = (0_i64..)
            .zip(name_lines(name.trim_end_matches("支出"), room).into_iter().take(3))
            .map(|(index, line)| view! { <text class="m t2" x=middle y=floor + 190 + index * 150>{line}</text> })
            .collect_view();
        // A decrease is told below its bar, where nothing stands.
        let above = step.kind != StepKind::Down || y + height + 200 > floor;
        let at = if above { y - 70 } else { y + height + 150 };
        let figure = view! { <text class="m b" x=middle y=at>{step.figure.clone()}</text> };
        let next = layout.bars.get(index + 1).zip(layout.after.get(index));
        let connector = next.map(|([next, ..], after)| format!("M{} {after}H{next}", x + width));
        // A cut axis is drawn broken.
        let half = i64::midpoint(width, 60);
        let wave = |y: i64| format!("M{} {y}l{half} -70 {half} 70", x - 30);
        let waves = is_cut(waterfall, step).then(|| [wave(floor - 140), wave(floor - 200)]);
        let apart = step.apart.then(|| sign_of(Mark::Warning, middle - 80, y - 400));
        let said = view! { {figure}{lines}{apart} }.into_any();
        Some(drawn(desk, words, waterfall, index, layout, Around { connector, waves, said }))
    });
    view! {
        <svg class="cv for-wide" viewBox=format!("0 0 {width} {height}") role="group" aria-labelledby="chart-change-title">
            <path class="ax" d=format!("M60 {floor}H{}", width - 60)></path>
            {steps.collect_view()}
            <text class="t3" x="60" y=height - 60>{words.waterfall_legend()}</text>
        </svg>
    }
    .into_any()
}

/// Bars one below the other, each below its name: for a narrow screen.
fn lying(desk: Desk, words: Words, waterfall: &Waterfall) -> AnyView {
    let layout = &waterfall.narrow;
    let (width, height) = layout.size;
    let steps = waterfall.steps.iter().enumerate().filter_map(|(index, step)| {
        let [x, y, length, thick] = *layout.bars.get(index)?;
        let name = words.step_name(&step.name, waterfall.years);
        let lines = name_lines(&name, LINE);
        let name = match lines.as_slice() {
            [line, _, ..] => format!("{line}…"),
            _ => name,
        };
        let (_, sign) = of_kind(step.kind);
        let next = layout.bars.get(index + 1).zip(layout.after.get(index));
        let connector = next.map(|([_, next, ..], after)| format!("M{after} {}V{next}", y + thick));
        let wave = |x: i64| format!("M{x} {}l-50 {} 50 {}", y - 20, thick / 2 + 20, thick / 2 + 20);
        let waves = is_cut(waterfall, step).then(|| [wave(x + 140), wave(x + 200)]);
        let apart = step.apart.then(|| sign_of(Mark::Warning, x + length / 2 - 80, y + thick / 2 - 80));
        let said = view! {
            <text class="b" x="0" y=y - 60>{name}</text>
            <text class="e" x=width - 20 y=y - 60><tspan class="t2">{sign}</tspan>{step.figure.clone()}</text>
            {apart}
        };
        let said = said.into_any();
        Some(drawn(desk, words, waterfall, index, layout, Around { connector, waves, said }))
    });
    view! {
        <svg class="cv for-narrow" viewBox=format!("0 0 {width} {height}") role="group" aria-labelledby="chart-change-title">{steps.collect_view()}</svg>
        <p class="for-narrow small muted">{words.waterfall_legend()}</p>
    }
    .into_any()
}

/// Whether the bar begins where the axis is cut.
fn is_cut(waterfall: &Waterfall, step: &Step) -> bool {
    waterfall.cut.is_some() && step.kind == StepKind::Total
}

/// The class of a bar, and what stands before its figure.
fn of_kind(kind: StepKind) -> (&'static str, &'static str) {
    match kind {
        StepKind::Total => ("wf-t", ""),
        StepKind::Up => ("wf-u", "▲ "),
        StepKind::Down => ("wf-d", "▼ "),
    }
}

/// What is drawn around a bar: the way to the next one, where the axis is cut, and the words.
struct Around {
    connector: Option<String>,
    waves: Option<[String; 2]>,
    said: AnyView,
}

/// A bar as the link to its cell.
fn drawn(desk: Desk, words: Words, waterfall: &Waterfall, index: usize, layout: &Layout, around: Around) -> AnyView {
    let Some(((step, bar), room)) =
        waterfall.steps.get(index).zip(layout.bars.get(index)).zip(layout.rooms.get(index).copied())
    else {
        return ().into_any();
    };
    let [x, y, width, height] = *bar;
    let (class, sign) = of_kind(step.kind);
    let connector = around.connector.map(|way| view! { <path class="cn" d=way></path> });
    let waves = around.waves.map(|waves| waves.map(|wave| view! { <path class="gapline cut" d=wave></path> }));
    let said = step.printed.as_ref().map(|printed| words.bracketed(&words.printed_as(printed))).unwrap_or_default();
    let name = words.step_name(&step.name, waterfall.years);
    let label = format!("{name} {sign}{} {}{said}", step.figure, words.in_unit(waterfall.unit));
    let bar = view! { <g><rect class=class x=x y=y width=width height=height><title>{label.clone()}</title></rect>{waves}</g> };
    let bar = match step.at.first().copied() {
        Some(at) => {
            // A small change is a thin bar: what can be hit is the room of the bars. The link stands alone in its group: beside
            // others, `view!` would make it a link of HTML, which draws nothing here.
            let [x, y, width, height] = room;
            view! {
                <g><a href=address(desk, at) aria-label=label on:click=goes(desk, at)>
                    <rect class="hit" x=x y=y width=width height=height></rect>{bar}
                </a></g>
            }
            .into_any()
        }
        None => bar.into_any(),
    };
    // The figure and the name are in the label, in its order.
    view! { <g>{connector}{bar}<g class="said">{around.said}</g></g> }.into_any()
}
