//! The flow, drawn.

use leptos::prelude::*;

use super::super::desk::Desk;
use super::super::words::Words;
use super::{Frame, address, figure, framed, goes, sign};
use crate::session::{Flow, FlowNode, Ribbon, RibbonKind};

/// Characters of a source's name in a line.
const LINE: usize = 13;

pub(super) fn draw(desk: Desk, words: Words, flow: &Flow) -> AnyView {
    let (width, height) = flow.size;
    let ribbons = flow.ribbons.iter().map(|r| ribbon(desk, words, flow, r)).collect_view();
    let nodes = flow.nodes.iter().map(|n| node(desk, words, n)).collect_view();
    let drawing = view! {
        <svg class="cv" viewBox=format!("0 0 {width} {height}") role="group" aria-labelledby="chart-flow-title">{ribbons}{nodes}</svg>
    };
    let left_out = if flow.left_out > 0 { format!(" {}", words.left_out(flow.left_out)) } else { String::new() };
    let sub = format!("{}{}{left_out}", words.unit_sentence(flow.ground.unit), words.flow_sub());
    let frame = Frame { id: "chart-flow", title: words.flow_title().to_owned(), sub, wide: true };
    framed(desk, words, frame, drawing.into_any(), &flow.ground, table(desk, words, flow))
}

fn ribbon(desk: Desk, words: Words, flow: &Flow, ribbon: &Ribbon) -> AnyView {
    let [(x0, y0), (x1, y1)] = ribbon.ends;
    let bend = i64::midpoint(x0, x1);
    let mut class = String::from(match ribbon.kind {
        RibbonKind::Plain => "lk",
        RibbonKind::Project => "lk lk-p",
        RibbonKind::Other => "lk lk-b",
    });
    if ribbon.part.is_apart() {
        class.push_str(" lk-apart");
    }
    let name = |node: usize| flow.nodes.get(node).map(|node| node.part.name.clone()).unwrap_or_default();
    let label = format!(
        "{} → {}{}{}",
        name(ribbon.between.0),
        name(ribbon.between.1),
        words.colon(),
        words.chart_part(&ribbon.part)
    );
    let at = ribbon.part.at;
    // The bars are the links that keys reach; a ribbon repeats the figure of one of them, or is in the table.
    view! {
        <g><a href=address(desk, at) tabindex="-1" aria-label=label on:click=goes(desk, at)>
            <path class=class stroke-width=ribbon.thickness d=format!("M{x0} {y0}C{bend} {y0} {bend} {y1} {x1} {y1}")><title>{label.clone()}</title></path>
        </a></g>
    }
    .into_any()
}

fn node(desk: Desk, words: Words, node: &FlowNode) -> AnyView {
    let [x, y, width, height] = node.at;
    let middle = y + height / 2;
    let part = &node.part;
    let share = node.share.as_ref().filter(|_| node.layer == 3).map(|share| format!(" ({share}%)")).unwrap_or_default();
    let label = format!("{}{share}", words.chart_part(part));
    let name = part.name.clone();
    let text = match node.layer {
        0 => {
            let letters: Vec<char> = name.chars().collect();
            let lines: Vec<String> = letters.chunks(LINE).take(2).map(|line| line.iter().collect()).collect();
            let top = middle - if lines.len() > 1 { 110 } else { 30 };
            let drawn = (0_i64..).zip(lines);
            let drawn = drawn.map(|(index, line)| view! { <tspan x=x - 100 y=top + index * 160>{line}</tspan> });
            let drawn = drawn.collect_view();
            let below = middle + if letters.len() > LINE { 210 } else { 140 };
            view! { <g><text class="e b">{drawn}</text><text class="e t2" x=x - 100 y=below>{part.figure.clone()}</text></g> }.into_any()
        }
        1 => view! { <g><text class="m b" x=x + width / 2 y=y - 250>{name}</text><text class="m t2" x=x + width / 2 y=y - 80>{part.figure.clone()}</text></g> }.into_any(),
        2 => view! { <g><text class="b halo" x=x + width + 80 y=middle + 45>{name}" "<tspan class="t2">{part.figure.clone()}</tspan></text></g> }.into_any(),
        _ => view! { <g><text class="b" x=x + width + 90 y=middle - 30>{name}</text><text class="t2" x=x + width + 90 y=middle + 140>{part.figure.clone()}{share}</text></g> }.into_any(),
    };
    let at = part.at;
    view! {
        <g><a href=address(desk, at) aria-label=label.clone() on:click=goes(desk, at)>
            <rect class="nd" x=x y=y width=width height=height><title>{label.clone()}</title></rect>{text}{sign(part, x + width / 2 - 80, middle - 80)}
        </a></g>
    }
    .into_any()
}

fn table(desk: Desk, words: Words, flow: &Flow) -> AnyView {
    let kinds: Vec<usize> = (0..flow.nodes.len()).filter(|&n| flow.nodes[n].layer == 3).collect();
    let head = kinds
        .iter()
        .map(|&kind| view! { <th scope="col" class="r">{flow.nodes[kind].part.name.clone()}</th> })
        .collect_view();
    let row = |index: usize, node: &FlowNode| {
        let cells = kinds.iter().map(|&kind| {
            let part = match node.layer {
                1 => Some(&flow.nodes[kind].part),
                2 => flow.ribbons.iter().find(|r| r.between == (index, kind)).map(|r| &r.part),
                _ => None,
            };
            view! { <td class="r num">{part.map(|part| figure(desk, words, part))}</td> }
        });
        let group = match node.layer {
            0 => words.flow_source(),
            1 => words.flow_department(),
            _ => words.flow_subject(),
        };
        view! {
            <tr><td class="muted">{group}</td><th scope="row">{node.part.name.clone()}</th><td class="r num">{figure(desk, words, &node.part)}</td>
                <td class="r num">{node.share.as_ref().map(|share| format!("{share}%"))}</td>{cells.collect_view()}</tr>
        }
    };
    let rows = flow
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node.layer < 3)
        .map(|(index, node)| row(index, node))
        .collect_view();
    view! {
        <table class="alt"><thead><tr><th scope="col"><span class="vh">{words.flow_kind()}</span></th><th scope="col">{words.col_subject()}</th><th scope="col" class="r">{words.whole()}</th><th scope="col" class="r">{words.col_share()}</th>{head}</tr></thead>
            <tbody>{rows}</tbody></table>
    }
    .into_any()
}
