//! 原文: the whole text, lines numbered, findings marked, pieces drawn when they come near; for a PDF the page beside it.

use leptos::prelude::*;

use super::desk::Desk;
use super::equation::equation;
use super::evidence::text;
use super::focus;
use super::mark::mark;
use super::page_view::PageView;
use super::suspect::suspect;
use super::words::Words;
use crate::document::Format;
use crate::session::{Chosen, Hit, Mark, Session, SourceLine};

/// Lines of one piece.
const PIECE: usize = 100;

#[component]
pub(super) fn Source() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let document = desk.document();
    move || {
        let (_, document) = document.get();
        let format = desk.opened().analysis().documents.get(document).map(|d| d.format);
        if format == Some(Format::Pdf) {
            focus::to_top();
            view! {
                <div class="wrap ev">
                    <div class="ev-left"><Sum/><Text document=document/></div>
                    <PageView document=document/>
                </div>
            }
            .into_any()
        } else {
            view! { <div class="wrap"><Text document=document/></div> }.into_any()
        }
    }
}

/// The sum of the chosen finding, so that it can be held against the page.
#[component]
fn Sum() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let chosen = Memo::new(move |_| desk.session.with(Session::chosen));
    move || {
        let detail =
            chosen.get().filter(|c| matches!(c, Chosen::Finding(_))).and_then(|c| desk.opened().detail(c, None));
        detail.map(|detail| {
            let of = detail.of;
            let sum = detail.equation.as_ref().map(|drawn| equation(desk, words, drawn));
            let card = detail.suspect.as_ref().map(|s| suspect(desk, words, s));
            view! {
                <section class="panel detail" aria-labelledby="sum-title">
                    <section>
                        <h2 class="section-title" id="sum-title">
                            <button class="linklike" type="button" on:click=move |_| desk.choose(of)>{words.of(&detail.title)}</button>
                        </h2>
                        {sum}
                        {card}
                    </section>
                </section>
            }
        })
    }
}

#[component]
fn Text(document: usize) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let opened = StoredValue::new(desk.opened());
    let marked = StoredValue::new(desk.opened().marked_lines(document));
    let lines = opened.with_value(|opened| opened.source(document).map_or(0, |source| source.lines().len()));
    let hit = Memo::new(move |_| {
        let place = desk.session.with(Session::place)?;
        opened.with_value(|opened| opened.source(document)?.locate(place))
    });
    let scroller = NodeRef::<leptos::html::Div>::new();
    let pieces = lines.div_ceil(PIECE);
    let near = hit.get_untracked().map_or(0, |hit| hit.line / PIECE);
    let from = RwSignal::new(near.saturating_sub(1));
    let to = RwSignal::new((near + 2).min(pieces));
    Effect::new(move |_| {
        let Some(Hit { line, .. }) = hit.get() else { return };
        let piece = line / PIECE;
        if piece < from.get_untracked() || piece >= to.get_untracked() {
            from.set(piece.saturating_sub(1));
            to.set((piece + 2).min(pieces));
        }
        request_animation_frame(move || {
            request_animation_frame(move || {
                if let (Some(element), Some(scroller)) = (focus::by_id(&line_id(line)), scroller.get_untracked()) {
                    focus::to_middle(&element, &scroller);
                }
            });
        });
    });
    let grow = move |_| {
        let Some(scroller) = scroller.get_untracked() else { return };
        let room = scroller.client_height();
        if scroller.scroll_height() - scroller.scroll_top() - room < room && to.get_untracked() < pieces {
            to.update(|to| *to += 1);
        }
        if scroller.scroll_top() < room && from.get_untracked() > 0 {
            // What is put in above must not push away what is being read.
            let before = scroller.scroll_height();
            from.update(|from| *from -= 1);
            request_animation_frame(move || {
                let added = scroller.scroll_height() - before;
                scroller.set_scroll_top(scroller.scroll_top() + added);
            });
        }
    };
    let next = move |_| {
        let at = hit.get_untracked().map(|hit| hit.line);
        let next = marked.with_value(|marked| {
            let after = marked.keys().copied().find(|&line| at.is_none_or(|at| line > at));
            after.or_else(|| marked.keys().next().copied())
        });
        let place = next.and_then(|line| opened.with_value(|o| Some(o.source(document)?.lines().get(line)?.place)));
        desk.session.update(|session| session.show_source(place));
    };
    let file = opened.with_value(|o| o.analysis().documents.get(document).map(|d| d.name.clone())).unwrap_or_default();
    let count = marked.with_value(std::collections::BTreeMap::len);
    view! {
        <div class="source-view">
            <div class="tbl-head">
                <h1>{words.view_source()}</h1>
                <p>{file}" · "{words.marked_places(lines, count)}" · "{words.source_hint()}</p>
                {(count > 0).then(|| view! { <button class="btn btn-small" type="button" on:click=next>{words.jump_next()}</button> })}
            </div>
            <div class="scroller source-scroller" tabindex="0" role="region" aria-label=words.source_region() node_ref=scroller on:scroll=grow>
                <ol class="lines" lang="zh-CN">
                    <For each=move || from.get()..to.get() key=|piece| *piece children=move |piece| {
                        let shown = opened.with_value(|opened| {
                            let source = opened.source(document)?;
                            let lines = source.lines().iter().enumerate().skip(piece * PIECE).take(PIECE);
                            Some(lines.map(|(index, l)| line(desk, words, index, l, hit, marked)).collect_view())
                        });
                        view! { {shown} }
                    }/>
                </ol>
            </div>
        </div>
    }
}

fn line_id(line: usize) -> String {
    format!("line-{line}")
}

fn line(
    desk: Desk,
    words: Words,
    index: usize,
    of: &SourceLine,
    hit: Memo<Option<Hit>>,
    marked: StoredValue<std::collections::BTreeMap<usize, u32>>,
) -> impl IntoView + use<> {
    let finding = marked.with_value(|marked| marked.get(&index).copied());
    let sign = finding.and_then(|finding| {
        let (severity, title) = desk.opened().finding(finding).map(|f| (Mark::from(f.severity), words.of(&f.title)))?;
        Some(view! {
            <button class="line-mark" type="button" title=title.clone() aria-label=title.clone()
                on:click=move |_| desk.choose(Chosen::Finding(finding))>{mark(severity)}</button>
        })
    });
    let here = Memo::new(move |_| hit.get().filter(|hit| hit.line == index));
    let class = move || if here.get().is_some() { "hit" } else { "" };
    let of = StoredValue::new(of.clone());
    let body = move || {
        let tokens: Vec<_> =
            here.get().and_then(|h| h.piece).map(|(piece, from, to)| (piece, from, to, true)).into_iter().collect();
        of.with_value(|of| text(of, &tokens))
    };
    let (place, picture, cols) = of.with_value(|of| (of.place, of.picture, of.cells.len() > 1));
    view! {
        <li class=class class:cols=cols id=line_id(index)><span class="ln">{sign}{words.gutter(place)}</span>
            {picture.then(|| view! { <span class="muted">{words.picture()}" "</span> })}{body}</li>
    }
}
