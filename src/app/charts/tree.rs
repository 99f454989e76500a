//! The treemap, drawn, and the buttons that open a group of it.

use leptos::prelude::*;

use super::super::desk::Desk;
use super::super::glossary::glossed;
use super::super::words::Words;
use super::{Frame, address, figure, framed, goes, sign};
use crate::session::{Tile, Tree};

pub(super) fn draw(desk: Desk, words: Words, tree: Tree) -> AnyView {
    let root = RwSignal::new(None::<usize>);
    let unit = words.unit_sentence(tree.ground.unit);
    let frame = Frame {
        id: "chart-tree",
        title: words.tree_title().to_owned(),
        sub: format!("{unit}{}", words.tree_sub()),
        wide: false,
    };
    let ground = tree.ground.clone();
    let table = table(desk, words, &tree);
    let tree = StoredValue::new(tree);
    let drawn = move |class: &'static str, size: (i64, i64)| {
        let tiles = move || {
            tree.with_value(|tree| {
                tree.tiles(root.get(), size).iter().map(|of| tile(desk, words, tree, of)).collect_view()
            })
        };
        view! { <svg class=class viewBox=format!("0 0 {} {}", size.0, size.1) role="group" aria-labelledby="chart-tree-title">{tiles}</svg> }.into_any()
    };
    let drawing = view! {
        {move || tree.with_value(|tree| way(words, tree, root))}
        {drawn("cv for-wide", Tree::WIDE)}
        {drawn("cv for-narrow", Tree::NARROW)}
        {move || tree.with_value(|tree| groups(words, tree, root))}
    };
    framed(desk, words, frame, drawing.into_any(), &ground, table)
}

/// Where in the tree the picture is.
fn way(words: Words, tree: &Tree, root: RwSignal<Option<usize>>) -> AnyView {
    let at = root.get();
    let step = |to: Option<usize>, name: String| {
        let here = at == to;
        view! { <button class="linklike" type="button" aria-current=here.then_some("true") on:click=move |_| root.set(to)>{name}</button> }
    };
    let steps = tree.way(at).into_iter().map(
        |node| view! { <span aria-hidden="true">" › "</span>{step(Some(node), tree.nodes[node].part.name.clone())} },
    );
    view! { <p class="way">{step(None, words.tree_top().to_owned())}{steps.collect_view()}</p> }.into_any()
}

/// The groups of the picture: what each shade is, and the way into it.
fn groups(words: Words, tree: &Tree, root: RwSignal<Option<usize>>) -> AnyView {
    let shown = tree.groups(root.get());
    let items = shown.into_iter().enumerate().map(|(position, node)| {
        let part = &tree.nodes[node].part;
        let class = format!("sw{}", Tree::shade(position));
        let swatch = view! { <svg class="sw" viewBox="0 0 14 14" aria-hidden="true"><rect class=class width="14" height="14"></rect></svg> };
        let text = format!("{} {}", part.name, part.figure);
        let inner = if tree.opens(node) {
            view! { <button class="linklike" type="button" on:click=move |_| root.set(Some(node))>{text}<span aria-hidden="true">" ›"</span></button> }.into_any()
        } else {
            text.into_any()
        };
        view! { <li>{swatch}{inner}</li> }
    });
    view! { <ul class="legend" aria-label=words.tree_groups()>{items.collect_view()}</ul> }.into_any()
}

fn tile(desk: Desk, words: Words, tree: &Tree, tile: &Tile) -> AnyView {
    let [x, y, width, height] = tile.at;
    if tile.outline {
        return view! { <rect class="gapline outline" x=x y=y width=width height=height></rect> }.into_any();
    }
    let node = &tree.nodes[tile.node];
    let part = &node.part;
    let share = node.share.map(|share| format!("{}{share}", words.comma())).unwrap_or_default();
    let label = format!("{}{share}", words.chart_part(part));
    let ink = format!("i{} b", tile.shade);
    let lines = (0_i64..).zip(&tile.label);
    let lines = lines.map(|(index, line)| view! { <tspan x=x + 80 y=y + 200 + index * 150>{line.clone()}</tspan> });
    let lines = lines.collect_view();
    let name = (!tile.label.is_empty()).then(|| view! { <text class=ink>{lines}</text> });
    let under = y + 220 + i64::try_from(tile.label.len()).unwrap_or(1) * 150;
    let shade = format!("i{}", tile.shade);
    let printed = tile.figure.then(|| view! { <text class=shade x=x + 80 y=under>{part.figure.clone()}</text> });
    let at = part.at;
    view! {
        <g><a href=address(desk, at) aria-label=label on:click=goes(desk, at)>
            <rect class=format!("f{} gapline", tile.shade) x=x y=y width=width height=height><title>{label.clone()}</title></rect>
            {name}{printed}{sign(part, x + width - 200, y + height - 200)}
        </a></g>
    }
    .into_any()
}

fn table(desk: Desk, words: Words, tree: &Tree) -> AnyView {
    let rows = tree.nodes.iter().map(|node| {
        let class = format!("lv{}", node.depth.min(3));
        view! {
            <tr><th scope="row" class=class><small class="num">{node.part.code.clone()}</small>" "{glossed(&node.part.name, true)}</th>
                <td class="r num">{figure(desk, words, &node.part)}</td><td class="r num">{node.share.map(|share| share.to_string())}</td></tr>
        }
    });
    let rows = rows.collect_view();
    let whole = tree.whole.as_ref().map(|whole| view! { <tr><th scope="row">{words.whole()}</th><td class="r num">{figure(desk, words, whole)}</td><td></td></tr> });
    view! {
        <table class="alt"><thead><tr><th scope="col">{words.col_subject()}</th><th scope="col" class="r">{words.in_unit(tree.ground.unit)}</th><th scope="col" class="r">{words.col_share()}</th></tr></thead>
            <tbody>{rows}{whole}</tbody></table>
    }
    .into_any()
}
