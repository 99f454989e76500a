//! 表格: the list of tables, the table in view, the panel of the chosen cell.

use leptos::prelude::*;

use super::cell_panel::CellPanel;
use super::copy;
use super::desk::Desk;
use super::mark::{cross, mark};
use super::phrases::counted;
use super::sheet::Sheet;
use super::table_list::TableList;
use super::units;
use super::words::Words;
use crate::session::{Chosen, Mark, Session, TableState, TableView};

/// The switches over a table.
#[derive(Clone, Copy)]
pub(super) struct Switches {
    /// Whether ticks are left out.
    pub(super) no_ticks: RwSignal<bool>,
    /// Whether all levels are open.
    pub(super) all_levels: RwSignal<bool>,
    /// Whether rows without amounts are shown.
    pub(super) bare: RwSignal<bool>,
}

#[component]
pub(super) fn Tables() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let document = desk.document();
    let table = Memo::new(move |_| (document.get(), desk.session.with(Session::table)));
    let unit = desk.unit();
    let shown = Memo::new(move |_| {
        let ((_, document), table) = table.get();
        desk.tries.track();
        let view = desk.session.with_untracked(|session| session.shown_in_tables().table_view(document, table));
        view.map(|view| view.shown_in(unit.get()))
    });
    let switches =
        Switches { no_ticks: RwSignal::new(false), all_levels: RwSignal::new(true), bare: RwSignal::new(false) };
    view! {
        <div class="wrap"><div class="tbl-layout">
            <TableList/>
            <div class="tbl-main">
                {move || trying(desk, words)}
                {move || match shown.get() {
                    Some(shown) => table_in_view(desk, words, switches, shown).into_any(),
                    None => view! { <p class="muted">{words.no_tables()}</p> }.into_any(),
                }}
            </div>
            <aside class="tbl-side" aria-label=words.chosen_cell()><CellPanel/></aside>
        </div></div>
    }
}

/// What is being tried, unmistakably not the document's.
fn trying(desk: Desk, words: Words) -> Option<AnyView> {
    desk.tries.track();
    desk.edition.track();
    let outcome = desk.session.with_untracked(|session| session.tried().outcome().cloned())?;
    let cells = outcome.opened.tried_cells();
    let changes = cells.iter().map(|(at, before, now)| {
        let at = *at;
        let label = words.tried_cell(&words.label(&outcome.opened.full_label(at)), before, now);
        view! { <li><button class="linklike" type="button" on:click=move |_| desk.show(at)>{label}</button></li> }
    });
    let changes = changes.collect_view();
    Some(view! {
        <div class="tryout" role="status">
            {mark(Mark::Warning)}
            <div><p><strong>{words.trying(cells.len())}</strong>{words.tried(outcome.broken.len(), outcome.mended.len())}<strong>{words.try_not_printed()}</strong></p><ul>{changes}</ul></div>
            <button class="btn btn-small push" type="button" id="try-put-back" aria-keyshortcuts="r" on:click=move |_| desk.put_back()>{words.put_back()}" "<kbd>"r"</kbd></button>
        </div>
    }
    .into_any())
}

fn table_in_view(desk: Desk, words: Words, switches: Switches, shown: TableView) -> impl IntoView {
    let title = words.caption(&shown.caption);
    let (opened, document) = (desk.opened(), desk.session.with_untracked(Session::document));
    let about: Vec<String> = [
        words.unit_line(shown.shown.or(shown.unit)),
        Some(words.span(shown.span, opened.sheets(document))),
        (shown.state == TableState::Present).then(|| words.extent(shown.rows.len(), shown.amounts)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let place = shown.span.0;
    let findings = shown.findings.clone();
    let tag = findings.first().copied().map(|first| {
        let severity = desk.opened().finding(first).map_or(Mark::Info, |finding| Mark::from(finding.severity));
        let (class, sign) = match severity {
            Mark::Mismatch => ("tag tag-err", cross().into_any()),
            other => ("tag tag-warn", mark(other).into_any()),
        };
        let opened = desk.opened();
        let alike = findings.iter().filter_map(|&f| opened.finding(f)).filter(|f| Mark::from(f.severity) == severity);
        let label = counted(words.mark(severity), alike.count());
        view! {
            <span class=class>{sign}{label}</span>
            <button class="linklike" type="button" on:click=move |_| desk.choose(Chosen::Finding(first))>{words.see_finding()}</button>
        }
    });
    let head = view! {
        <div class="tbl-head">
            <h1 id="table-title">{title.clone()}</h1>
            <p>{about.join(" · ")}</p>
            {tag}
            <button class="linklike" type="button"
                on:click=move |_| desk.session.update(|session| session.show_source(Some(place)))>{words.see_source_line()}</button>
        </div>
    };
    let body = match &shown.state {
        TableState::Present => {
            let remarks = shown.remarks.clone();
            let fields = shown.fields.clone();
            view! {
                {fields.into_iter().map(|(label, value)| view! { <p class="small muted">{label}{words.colon()}{value}</p> }).collect_view()}
                {shown.shown.zip(shown.unit).map(|(_, printed)| view! { <p class="small units-note">{mark(Mark::Info)}{words.shown_converted()}" "{words.unit(printed)}</p> })}
                {tools(desk, words, switches, &shown)}
                <Sheet shown=shown switches=switches title=title/>
                {(!remarks.is_empty()).then(|| view! { <div class="remarks source-words" aria-label=words.remarks()>{remarks.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}</div> })}
            }
            .into_any()
        }
        TableState::Empty(note) => {
            let note = note.clone().map(|note| view! { <p class="source-words">{note}</p> });
            view! { <div class="notpub">{mark(Mark::Absent)}<h3>{words.state_empty()}</h3><p>{words.table_empty()}</p>{note}</div> }.into_any()
        }
        TableState::Missing => {
            view! { <div class="notpub">{mark(Mark::Absent)}<h3>{words.table_missing_title()}</h3><p>{words.table_missing()}</p></div> }.into_any()
        }
    };
    view! { {head}{body} }
}

fn tools(desk: Desk, words: Words, switches: Switches, shown: &TableView) -> impl IntoView + use<> {
    let switch = |signal: RwSignal<bool>, label: &'static str| {
        view! {
            <label class="switch"><input type="checkbox" prop:checked=move || signal.get()
                on:change=move |event| signal.set(event_target_checked(&event))/>{label}</label>
        }
    };
    let nested = shown.rows.iter().any(|row| row.below > 0).then(|| switch(switches.all_levels, words.unfold()));
    let bare = shown.sided.as_ref().is_some_and(|(lines, _)| lines.iter().any(|line| line.bare));
    let bare = bare.then(|| switch(switches.bare, words.show_bare()));
    view! {
        <div class="tbl-tools">
            {switch(switches.no_ticks, words.hide_ticks())}{nested}{bare}
            {units::choice(desk, words)}{copy::button(desk, words)}
            <div class="legend" role="note" aria-label=words.legend()>
                <span>{mark(Mark::Ok)}{words.ties()}</span>
                <span>{mark(Mark::Rounding)}{words.rounding()}</span>
                <span>{mark(Mark::Mismatch)}{words.mismatch()}</span>
                <span>{mark(Mark::Warning)}{words.legend_partner()}</span>
                <span>{mark(Mark::Unchecked)}{words.unknown()}</span>
                <span><b aria-hidden="true">"·"</b>{words.legend_blank()}</span>
                <span><span class="num muted">"0.00"</span>{words.legend_zero()}</span>
            </div>
        </div>
    }
}
