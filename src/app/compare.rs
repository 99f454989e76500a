//! 对比: the document in view beside others that are open, line by line.

use leptos::prelude::*;

use super::charts::hatches;
use super::desk::Desk;
use super::mark::{icon, mark};
use super::units;
use super::words::Words;
use crate::disclosure::{Anchor, TableKind};
use crate::session::{CompareFigure, CompareLine, CompareOrder, Comparison, Mark};

/// Lines drawn at once; more are drawn on demand.
const PIECE: usize = 200;

/// What the reader chose.
#[derive(Clone, Copy)]
struct Choice {
    against: RwSignal<Option<usize>>,
    all: RwSignal<bool>,
    kind: RwSignal<Option<TableKind>>,
    order: RwSignal<CompareOrder>,
    shares: RwSignal<bool>,
    query: RwSignal<String>,
}

#[component]
pub(super) fn CompareView() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let document = desk.document();
    let (unit, said_in) = (desk.unit(), desk.shares());
    let choice = Choice {
        against: RwSignal::new(None),
        all: RwSignal::new(false),
        kind: RwSignal::new(None),
        order: RwSignal::new(CompareOrder::default()),
        shares: RwSignal::new(false),
        query: RwSignal::new(String::new()),
    };
    let comparison = Memo::new(move |_| {
        let (_, document) = document.get();
        let open = desk.open_documents();
        let opened = desk.opened();
        let chosen = choice.against.get().filter(|other| *other != document && open.contains(other));
        let against = chosen.or_else(|| opened.compared_with(document, &open))?;
        let mut others = vec![against];
        if choice.all.get() {
            others.extend(open.iter().copied().filter(|&other| other != document && other != against));
        }
        let comparison = opened.compare(document, &others, choice.kind.get()).shown_in(unit.get());
        Some(if choice.shares.get() { comparison.as_shares(said_in.get()) } else { comparison })
    });
    move || {
        comparison.with(|comparison| match comparison {
            Some(comparison) => drawn(desk, words, choice, comparison),
            None => view! { <div class="wrap"><div class="cmp-head"><h1>{words.compare_alone_title()}</h1></div><p class="muted">{words.compare_alone()}</p></div> }.into_any(),
        })
    }
}

fn drawn(desk: Desk, words: Words, choice: Choice, comparison: &Comparison) -> AnyView {
    let stored = StoredValue::new(comparison.clone());
    view! {
        <div class="wrap compare">
            {hatches()}
            {head(desk, words, choice, comparison)}
            {cards(desk, words, comparison)}
            {bases(desk, words, comparison)}
            <section class="cmp-block" aria-labelledby="compare-lines">
                {tools(words, choice, comparison)}
                {move || stored.with_value(|comparison| lines(desk, words, choice, comparison))}
                {notes(words, comparison)}
            </section>
        </div>
    }
    .into_any()
}

fn head(desk: Desk, words: Words, choice: Choice, comparison: &Comparison) -> AnyView {
    let [now, then, ..] = comparison.sides.as_slice() else { return ().into_any() };
    let about = [Some(words.side_name(now, None)), words.unit_line(comparison.unit)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let open = desk.open_documents();
    let opened = desk.opened();
    let others = open.iter().copied().filter(|&other| other != now.document).map(|other| {
        let name = opened
            .compare(other, &[now.document], None)
            .sides
            .first()
            .map(|side| words.side_name(side, Some(now)))
            .unwrap_or_default();
        let selected = other == then.document;
        view! { <option value=other.to_string() selected=selected>{name}</option> }
    });
    let (here, there) = (now.document, then.document);
    let swap = move |_| {
        desk.session.update(|session| {
            session.show_document(there);
            session.show_view(crate::session::View::Compare);
        });
        choice.against.set(Some(here));
    };
    let several = (open.len() > 2).then(|| view! {
        <label class="switch"><input type="checkbox" id="compare-all" prop:checked=move || choice.all.get() on:change=move |event| choice.all.set(event_target_checked(&event))/>{words.compare_all()}</label>
    });
    view! {
        <div class="cmp-head">
            <div><p class="small muted">{about}</p><h1 id="compare-title">{words.compare_title(comparison)}</h1></div>
            <div class="pick no-print">
                <label class="picked"><span>{words.compare_against()}</span>
                    <select id="compare-against" on:change=move |event| choice.against.set(event_target_value(&event).parse().ok())>{others.collect_view()}</select></label>
                <button class="btn btn-small" type="button" id="compare-swap" on:click=swap>{words.compare_swap()}</button>
                {several}{units::choice(desk, words)}{units::shares(desk, words)}
            </div>
        </div>
    }
    .into_any()
}

fn cards(desk: Desk, words: Words, comparison: &Comparison) -> AnyView {
    let Some(then) = comparison.sides.get(1) else { return ().into_any() };
    let cards = comparison.cards.iter().map(|(kind, line)| {
        let [now, before, ..] = line.figures.as_slice() else { return ().into_any() };
        view! {
            <div class="cmp-card"><dt>{words.compared(*kind)}</dt>
                <dd class="fig">{figure(desk, words, now.as_ref())}</dd>
                <dd class="from">{words.side_name(then, comparison.sides.first())}" "{figure(desk, words, before.as_ref())}</dd>
                <dd class="ch num">{words.change(line)}</dd></div>
        }
        .into_any()
    });
    let cards = cards.collect::<Vec<_>>();
    if cards.is_empty() { ().into_any() } else { view! { <dl class="cmp-cards">{cards}</dl> }.into_any() }
}

/// What is counted differently stands right below the figures.
fn bases(desk: Desk, words: Words, comparison: &Comparison) -> AnyView {
    let apart = comparison
        .apart
        .iter()
        .map(|&apart| view! { <li>{mark(Mark::Info)}<span>{words.counted_apart(apart)}</span></li> }.into_any());
    let moved = (!comparison.reclassified.is_empty()).then(|| {
        let rows = comparison.reclassified.iter().map(|r| {
            let ((then_code, then_name), (now_code, now_name)) = (r.then.clone(), r.now.clone());
            view! { <li><small class="num">{then_code}</small>" "{then_name}" → "<small class="num">{now_code}</small>" "{now_name}</li> }
        });
        let rows = rows.collect_view();
        view! { <li>{mark(Mark::Info)}<details><summary>{words.reclassified(comparison.reclassified.len())}</summary><ul class="moved">{rows}</ul></details></li> }.into_any()
    });
    let bases = comparison.bases.iter().map(|(document, quote, place)| {
        let name = comparison.sides.iter().find(|side| side.document == *document).map(|side| words.side_name(side, None)).unwrap_or_default();
        let (document, place) = (*document, *place);
        let go = move |_| desk.session.update(|session| {
            if session.document() != document {
                session.show_document(document);
            }
            session.show_source(Some(place));
        });
        view! { <li>{mark(Mark::Info)}<span>{words.speaks_of_basis(&name)}<q class="source-words">{quote.clone()}</q>" "<button class="linklike" type="button" on:click=go>{words.place(place)}</button></span></li> }.into_any()
    });
    let all: Vec<AnyView> = apart.chain(moved).chain(bases).collect();
    if all.is_empty() {
        return ().into_any();
    }
    view! { <section class="cmp-basis panel" aria-labelledby="compare-basis"><h2 id="compare-basis">{words.basis_title()}</h2><ul>{all}</ul></section> }.into_any()
}

fn tools(words: Words, choice: Choice, comparison: &Comparison) -> AnyView {
    let kinds = comparison.kinds.iter().map(|&kind| {
        let selected = Some(kind) == comparison.kind;
        view! { <option value=kind.id() selected=selected>{words.of(&kind.name())}</option> }
    });
    let known = comparison.kinds.clone();
    let choose = move |event| {
        let id: String = event_target_value(&event);
        choice.kind.set(known.iter().copied().find(|kind| kind.id() == id));
    };
    let order = move |of: CompareOrder, label: &'static str| {
        view! { <button type="button" aria-pressed=move || (choice.order.get() == of).to_string() on:click=move |_| choice.order.set(of)>{label}</button> }
    };
    let of = comparison.has_shares().then(|| {
        let of = |shares: bool, label: &'static str| {
            view! { <button type="button" aria-pressed=move || (choice.shares.get() == shares).to_string() on:click=move |_| choice.shares.set(shares)>{label}</button> }
        };
        view! { <span class="seg no-print" role="group" id="compare-of" aria-label=words.compare_of()>{of(false, words.by_amount())}{of(true, words.by_share())}</span> }
    });
    view! {
        <div class="tbl-head">
            <h2 id="compare-lines">{words.compare_lines()}</h2>
            <label class="picked no-print"><span>{words.other_table()}</span><select id="compare-kind" on:change=choose>{kinds.collect_view()}</select></label>
            {of}
            <span class="seg no-print" role="group" aria-label=words.compare_order()>
                {order(CompareOrder::Change, words.by_change())}{order(CompareOrder::Table, words.by_subject())}
            </span>
            <input type="search" class="search no-print" id="compare-search" placeholder=words.compare_search() aria-label=words.compare_search()
                prop:value=move || choice.query.get() on:input=move |event| choice.query.set(event_target_value(&event))/>
        </div>
    }
    .into_any()
}

fn lines(desk: Desk, words: Words, choice: Choice, comparison: &Comparison) -> AnyView {
    let shown = comparison.shown(choice.order.get(), &choice.query.get());
    if shown.is_empty() {
        return view! { <p class="muted">{words.compare_none()}</p> }.into_any();
    }
    let count = shown.len();
    let pieces = RwSignal::new(1_usize);
    let indent = choice.order.get() == CompareOrder::Table;
    let base = comparison.lines.iter().map(|line| line.level).min().unwrap_or(0);
    let shape = RowShape { base: indent.then_some(base), rates: comparison.shares.is_none() };
    // Last year stands before this year, as on paper.
    let sides: Vec<usize> = (0..comparison.sides.len()).rev().collect();
    let heads = sides
        .iter()
        .filter_map(|&at| comparison.sides.get(at))
        .map(|side| view! { <th scope="col" class="r yr">{words.side_name(side, comparison.sides.iter().find(|other| other.document != side.document))}</th> })
        .collect_view();
    let rows: StoredValue<Vec<CompareLine>> =
        StoredValue::new(shown.into_iter().filter_map(|at| comparison.lines.get(at).cloned()).collect());
    let columns = sides.clone();
    let body = move || {
        let sides = columns.clone();
        rows.with_value(|rows| {
            rows.iter().take(pieces.get() * PIECE).map(|line| row(desk, words, line, &sides, shape)).collect_view()
        })
    };
    let total = comparison
        .total
        .as_ref()
        .map(|line| view! { <tfoot>{row(desk, words, line, &sides, RowShape { base: None, ..shape })}</tfoot> });
    let rate = shape.rates.then(|| view! { <th scope="col" class="r">{words.col_rate()}</th> });
    let more = move || {
        let left = count.saturating_sub(pieces.get() * PIECE);
        (left > 0).then(|| view! { <button class="btn btn-small" type="button" on:click=move |_| pieces.update(|pieces| *pieces += 1)>{words.many_more(left)}</button> })
    };
    view! {
        <div class="panel scroller" tabindex="0" role="region" aria-label=format!("{}{}{}", words.compare_lines(), words.comma(), words.scrollable())>
            <table class="cmp">
                <caption class="vh">{words.compare_title(comparison)}{words.semicolon()}{words.unit_line(comparison.unit)}</caption>
                <thead><tr><th scope="col">{words.col_subject()}</th>{heads}<th scope="col" class="r ch">{words.change_head(comparison.shares)}</th>{rate}
                    <th scope="col" class="bar"><span>{words.col_less()}</span><span>{words.col_more()}</span></th><th scope="col" class="note">{words.col_said()}</th></tr></thead>
                <tbody id="compare-rows">{body}</tbody>
                {total}
            </table>
        </div>
        {more}
    }
    .into_any()
}

/// How a line is set.
#[derive(Clone, Copy)]
struct RowShape {
    /// The level that names begin at; `None`: all alike.
    base: Option<u8>,
    /// Whether there is a column of rates: shares have none.
    rates: bool,
}

fn row(desk: Desk, words: Words, line: &CompareLine, sides: &[usize], shape: RowShape) -> AnyView {
    let figures = sides.iter().map(|&side| view! { <td class="r num yr">{figure(desk, words, line.figures.get(side).and_then(Option::as_ref))}</td> });
    let rate = shape.rates.then(|| view! { <td class="r num">{line.rate.clone()}</td> });
    let level = shape.base.map_or(0, |base| line.level.saturating_sub(base).min(3));
    let bar = (line.bar != 0).then(|| {
        let (class, x) = if line.bar < 0 { ("dn", 120 + line.bar) } else { ("up", 120) };
        view! { <rect class=class x=x y="3" width=line.bar.abs() height="12"></rect> }
    });
    let name = if line.name.is_empty() { words.whole().to_owned() } else { line.name.clone() };
    let doubt = line.doubtful.then(|| view! { {mark(Mark::Unchecked)}<span class="vh">{words.doubt()}</span> });
    let reason = line.reason.as_ref().map(|(reason, at)| {
        let at = *at;
        view! { <button class="linklike" type="button" on:click=move |_| desk.show(at)>{words.reason(reason)}</button> }
    });
    let note = words.matched(line.matched);
    view! {
        <tr><th scope="row" class=format!("lv{level}")><small class="num">{line.code.clone()}</small>{name}{doubt}</th>{figures.collect_view()}
            <td class="r num">{Words::change_only(line)}</td>{rate}
            <td class="bar"><svg viewBox="0 0 240 18" aria-hidden="true"><path class="mid" d="M120 0V18"></path>{bar}</svg></td>
            <td class="note">{note}{reason}</td></tr>
    }
    .into_any()
}

fn figure(desk: Desk, words: Words, figure: Option<&CompareFigure>) -> AnyView {
    let Some(figure) = figure else {
        return view! { <span class="muted"><span aria-hidden="true">"·"</span><span class="vh">{words.blank()}</span></span> }.into_any();
    };
    let at: Anchor = figure.at;
    let sign =
        figure.apart.then(|| view! { {mark(Mark::Warning)}<span class="vh">{words.mark(Mark::Warning)}" "</span> });
    let printed = figure.printed.as_ref().map(|printed| words.printed_as(printed));
    view! { {sign}<button class="figlink num" type="button" title=printed on:click=move |_| desk.show(at)>{figure.figure.clone()}</button> }.into_any()
}

fn notes(words: Words, comparison: &Comparison) -> AnyView {
    let missing = (!comparison.not_compared.is_empty()).then(|| {
        let names: Vec<String> = comparison.not_compared.iter().map(|kind| words.of(&kind.name())).collect();
        view! { <p class="small muted">{icon("#i-ring")}" "{words.not_compared(&names)}</p> }
    });
    let shares = comparison.shares.map(|_| view! { <p class="small muted">{words.shares_ours()}</p> });
    view! { <p class="small muted">{words.compare_ours()}</p>{shares}{missing} }.into_any()
}
