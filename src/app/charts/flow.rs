//! The flow, drawn.

use leptos::prelude::*;

use super::super::desk::Desk;
use super::super::words::Words;
use super::{Frame, address, figure, framed, goes, sign};
use crate::session::{Drawing, Flow, FlowNode, Label, PlacedBar, RibbonKind, Run, name_lines};

/// Characters of a name in a line beside a bar, and above one.
const LINE: usize = 13;
const ABOVE: usize = 23;

pub(super) fn draw(desk: Desk, words: Words, flow: &Flow) -> AnyView {
    // One of the two is shown, by the width of the screen.
    let drawing = view! { {drawn(desk, words, flow, &flow.wide, "cv for-wide")}{drawn(desk, words, flow, &flow.narrow, "cv for-narrow")} };
    let left_out = if flow.left_out > 0 { format!(" {}", words.left_out(flow.left_out)) } else { String::new() };
    let sub = format!("{}{}{left_out}", words.unit_sentence(flow.ground.unit), words.flow_sub());
    let frame = Frame { id: "chart-flow", title: words.flow_title().to_owned(), sub, wide: true };
    framed(desk, words, frame, drawing.into_any(), &flow.ground, table(desk, words, flow))
}

fn drawn(desk: Desk, words: Words, flow: &Flow, drawing: &Drawing, class: &'static str) -> AnyView {
    let (width, height) = drawing.size;
    let ribbons = drawing.runs.iter().filter_map(|run| ribbon(desk, words, flow, run)).collect_view();
    let bars = drawing.bars.iter().filter_map(|bar| Some(node(desk, words, flow.nodes.get(bar.node)?, bar)));
    let bars = bars.collect_view();
    view! {
        <svg class=class viewBox=format!("0 0 {width} {height}") role="group" aria-labelledby="chart-flow-title">{ribbons}{bars}</svg>
    }
    .into_any()
}

fn ribbon(desk: Desk, words: Words, flow: &Flow, run: &Run) -> Option<AnyView> {
    let ribbon = flow.ribbons.get(run.ribbon)?;
    let [(x0, y0), (x1, y1)] = run.ends;
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
    let link = view! {
        <g><a href=address(desk, at) tabindex="-1" aria-label=label on:click=goes(desk, at)>
            <path class=class stroke-width=run.thickness d=format!("M{x0} {y0}C{bend} {y0} {bend} {y1} {x1} {y1}")><title>{label.clone()}</title></path>
        </a></g>
    };
    Some(link.into_any())
}

fn node(desk: Desk, words: Words, node: &FlowNode, bar: &PlacedBar) -> AnyView {
    let [x, y, width, height] = bar.at;
    let part = &node.part;
    let share = node.share.filter(|_| node.layer == 3).map(|share| format!(" ({share})")).unwrap_or_default();
    let label = format!("{}{share}", words.chart_part(part));
    let text = name(&part.name, &format!("{}{share}", part.figure), bar);
    let at = part.at;
    view! {
        <g><a href=address(desk, at) aria-label=label.clone() on:click=goes(desk, at)>
            <rect class="nd" x=x y=y width=width height=height><title>{label.clone()}</title></rect>{text}{sign(part, x + width / 2 - 80, y + height / 2 - 80)}
        </a></g>
    }
    .into_any()
}

/// The first `most` characters, the last of them a mark that there are more: the whole name is in the label.
fn cut(letters: &[char], most: usize) -> String {
    letters.iter().take(most - 1).chain(&['…']).collect()
}

/// The name of a bar and its figure.
fn name(name: &str, figure: &str, bar: &PlacedBar) -> AnyView {
    let [x, y, width, height] = bar.at;
    let middle = y + height / 2;
    let letters: Vec<char> = name.chars().collect();
    let (name, figure) = (name.to_owned(), figure.to_owned());
    // Class, from where, at which height: of the name, then of the figure.
    let two = |class: &str, at: i64, up: i64, down: i64| {
        let most = match bar.label {
            Label::Right | Label::OverLeft => LINE,
            _ => ABOVE,
        };
        let name = if letters.len() > most { cut(&letters, most) } else { name.clone() };
        let (bold, light) = (format!("{class} b"), format!("{class} t2"));
        view! { <g><text class=bold x=at y=up>{name}</text><text class=light x=at y=down>{figure.clone()}</text></g> }
            .into_any()
    };
    match bar.label {
        Label::Left => {
            let mut lines = name_lines(&name, LINE);
            lines.truncate(2);
            let (top, below) = if lines.len() > 1 { (middle - 110, middle + 210) } else { (middle - 30, middle + 140) };
            let drawn = (0_i64..).zip(lines);
            let drawn = drawn.map(|(index, line)| view! { <tspan x=x - 100 y=top + index * 160>{line}</tspan> });
            let drawn = drawn.collect_view();
            view! { <g><text class="e b">{drawn}</text><text class="e t2" x=x - 100 y=below>{figure}</text></g> }.into_any()
        }
        Label::RightLine => view! { <g><text class="b halo" x=x + width + 80 y=middle + 45>{name}" "<tspan class="t2">{figure}</tspan></text></g> }.into_any(),
        Label::Above => two("m", x + width / 2, y - 250, y - 80),
        Label::AboveEnd => two("e", x + width, y - 250, y - 80),
        Label::AboveStart => two("", x, y - 250, y - 80),
        Label::Right => two("halo", x + width + 80, middle - 30, middle + 140),
        Label::OverLeft => two("e halo", x - 80, middle - 30, middle + 140),
    }
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
                <td class="r num">{node.share.map(|share| share.to_string())}</td>{cells.collect_view()}</tr>
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
