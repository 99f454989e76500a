//! One table, drawn: header tree, rows, marks, one tab stop, arrows between cells.
//!
//! Cells are many and change together, so what changes with the chosen cell (tab stop, partners) is set on the drawn
//! elements; the elements themselves are made once a table. Long tables are made piece by piece as they are scrolled.

use std::collections::BTreeSet;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, ScrollLogicalPosition};

use super::desk::Desk;
use super::focus::{self, cell_id, each};
use super::glossary::glossed;
use super::mark::{icon, mark};
use super::piecewise::Piecewise;
use super::sided_sheet::sided_row;
use super::table_view::Switches;
use super::words::Words;
use crate::disclosure::ColumnRole;
use crate::session::{
    CellAt, CellKind, CellShape, CellView, HeaderCell, Mark, Pieces, RowShape, RowView, Session, SidedRow, TableView,
};

/// Rows of one piece. Tables up to three pieces are drawn at once; of longer ones, the pieces near what is seen.
const PIECE: usize = 100;
/// Pieces drawn at once.
const PIECES: usize = 3;
/// How high a row is guessed to be, in pixels.
const ROW: i32 = 35;

#[component]
#[expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]
pub(super) fn Sheet(shown: TableView, switches: Switches, title: String) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let folded = RwSignal::new(BTreeSet::<u32>::new());
    let heads: Vec<u32> =
        shown.rows.iter().filter(|row| row.below > 0 && row.indent > 0).map(|row| row.index).collect();
    Effect::new(move |before: Option<bool>| {
        let all = switches.all_levels.get();
        if before.is_some_and(|before| before != all) {
            folded.set(if all { BTreeSet::new() } else { heads.iter().copied().collect() });
        }
        all
    });
    let unfold = shown.rows.iter().map(|row| (row.index, row.under.clone())).filter(|(_, under)| !under.is_empty());
    let unfold: Vec<(u32, Vec<u32>)> = unfold.collect();

    let sided = shown.sided.is_some();
    // What is drawn of a two-sided table, and where each row is among it.
    let drawn = shown.sided_rows();
    let positions = sided.then(|| shown.sided_positions(&drawn));
    let rows = if sided { drawn.len() } else { shown.rows.len() };
    let all_pieces = rows.div_ceil(PIECE);
    let whole = all_pieces <= PIECES;
    let piecewise = Piecewise::new(all_pieces.min(PIECES));
    let scroller = piecewise.scroller;
    let heads_of: Vec<Vec<u32>> = shown.rows.iter().map(|row| row.under.clone()).collect();
    let drawn = StoredValue::new(drawn);
    // What is folded away takes no room.
    Effect::new(move |_| {
        if whole {
            return;
        }
        if sided {
            let bare = switches.bare.get();
            let count = |rows: &[SidedRow]| rows.iter().filter(|row| row.is_drawn(bare)).count();
            let open = drawn.with_value(|drawn| drawn.chunks(PIECE).map(count).collect::<Vec<_>>());
            piecewise.set(Pieces::new(open, ROW));
            return;
        }
        let open = folded.with(|folded| {
            let shown = |under: &Vec<u32>| !under.iter().any(|above| folded.contains(above));
            heads_of.chunks(PIECE).map(|rows| rows.iter().filter(|under| shown(under)).count()).collect::<Vec<_>>()
        });
        piecewise.set(Pieces::new(open, ROW));
    });
    let cell = Memo::new(move |_| desk.session.with(Session::cell));

    // A chosen cell is drawn, unfolded and marked, whoever chose it.
    Effect::new(move |_| {
        let chosen = cell.get();
        if let Some(CellAt { row, .. }) = chosen {
            let row_at = usize::try_from(row).unwrap_or(0);
            let position = positions.as_ref().map_or(row_at, |at| at.get(row_at).copied().unwrap_or(0));
            let folds = drawn.with_value(|drawn| drawn.get(position).is_some_and(|row| !row.is_drawn(false)));
            if folds && !switches.bare.get_untracked() {
                switches.bare.set(true);
            }
            // As far as its piece; the cell itself is brought into view once it is drawn.
            piecewise.show(position / PIECE, all_pieces);
            let under = unfold.iter().find(|(index, _)| *index == row).map(|(_, under)| under.as_slice());
            let hidden = under.is_some_and(|under| folded.with_untracked(|f| under.iter().any(|u| f.contains(u))));
            if let (true, Some(under)) = (hidden, under) {
                folded.update(|folded| folded.retain(|row| !under.contains(row)));
            }
        }
        request_animation_frame(move || {
            if let Some(scroller) = scroller.get_untracked() {
                choose_drawn(&scroller, chosen, desk);
            }
        });
    });
    let look = move |_| {
        if !whole
            && piecewise.look()
            && let Some(scroller) = scroller.get_untracked()
        {
            request_animation_frame(move || drop(mark_drawn(&scroller, cell.get_untracked(), desk)));
        }
    };
    let side = RwSignal::new(shown_side(&shown));
    let class = move || {
        let mut class = String::from("rt");
        if switches.no_ticks.get() {
            class.push_str(" hide-ok");
        }
        if sided {
            class.push_str(if side.get() { " two-sided show-expenditure" } else { " two-sided show-revenue" });
        }
        class
    };
    let caption =
        [title.as_str(), &words.unit_line(shown.shown.or(shown.unit)).unwrap_or_default(), words.unmarked_tie()]
            .join(words.semicolon());
    let split = shown.sided.as_ref().map(|(_, split)| *split);
    let header = shown.header.iter().map(|level| {
        let cells = level.iter().map(|cell| header_cell(cell, shown.name_column, split));
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let header = header.collect_view();
    let header_rows = shown.header.len();
    let stored = StoredValue::new(shown);
    let bodies = move || {
        view! {
            {(!whole).then(|| piecewise.above())}
            <For each=move || piecewise.drawn() key=|piece| *piece children=move |piece| {
                let rows = stored.with_value(|shown| {
                    if sided {
                        let rows = drawn.with_value(|drawn| drawn.iter().skip(piece * PIECE).take(PIECE).copied().collect::<Vec<_>>());
                        return rows.into_iter().map(|row| sided_row(words, switches, shown, row)).collect_view().into_any();
                    }
                    let rows = shown.rows.iter().skip(piece * PIECE).take(PIECE);
                    rows.map(|row| one_row(words, row, shown.name_column, folded)).collect_view().into_any()
                });
                view! { <tbody data-piece=piece.to_string()>{rows}</tbody> }
            }/>
            {(!whole).then(|| piecewise.below())}
        }
        .into_any()
    };
    view! {
        {sided.then(|| side_switch(words, side))}
        <div class="scroller" tabindex="0" role="region" aria-label=format!("{title}{}{}", words.comma(), words.scrollable())
            node_ref=scroller on:scroll=look
            on:keydown=move |event| arrow(&event)
            on:focusin=move |event| focused(desk, event.target())
            on:click=move |event| clicked(event.target())
            on:mouseover=move |event| hovered(desk, scroller, event.target())
            on:mouseleave=move |_| if let Some(scroller) = scroller.get_untracked() {
                choose_drawn(&scroller, cell.get_untracked(), desk);
            }>
            <table class=class aria-rowcount=(!whole).then(|| rows + header_rows)>
                <caption class="vh">{caption}</caption>
                <thead>{header}</thead>
                {bodies()}
            </table>
        </div>
        <p class="small muted cell-live" role="status" aria-live="polite">{move || spoken(desk, words, cell.get())}</p>
    }
}

/// The side that a narrow screen shows first: the one with something wrong, else expenditure.
fn shown_side(shown: &TableView) -> bool {
    let wrong = |row: &&RowView| row.cells.iter().any(|cell| cell.shape == CellShape::Suspect);
    shown.rows.iter().find(wrong).is_none_or(|row| row.side != Some(crate::disclosure::Side::Revenue))
}

fn side_switch(words: Words, expenditure: RwSignal<bool>) -> impl IntoView {
    let button = move |of: bool, label: &'static str| {
        view! {
            <button type="button" aria-pressed=move || (expenditure.get() == of).to_string()
                on:click=move |_| expenditure.set(of)>{label}</button>
        }
    };
    view! {
        <div class="seg only-phone" role="group" aria-label=words.side()>
            {button(false, words.revenue())}{button(true, words.expenditure())}
        </div>
    }
}

/// The class of a cell's side, for screens that show one side at a time.
pub(super) fn side_class(column: u16, split: Option<u16>) -> &'static str {
    match split {
        Some(split) if column == split => " of-expenditure split",
        Some(split) if column > split => " of-expenditure",
        Some(_) => " of-revenue",
        None => "",
    }
}

fn header_cell(cell: &HeaderCell, name_column: Option<u16>, split: Option<u16>) -> impl IntoView + use<> {
    let mut class = String::from(match cell.role {
        _ if cell.group => "grp",
        _ if Some(cell.column) == name_column => "name l",
        ColumnRole::Code if cell.column == 0 => "code l",
        ColumnRole::Amount | ColumnRole::Percent => "",
        _ => "l",
    });
    class.push_str(side_class(cell.column, split));
    let scope = if cell.group { "colgroup" } else { "col" };
    let spans = (cell.columns > 1).then(|| cell.columns.to_string());
    let rows = (cell.rows > 1).then(|| cell.rows.to_string());
    view! { <th class=class scope=scope colspan=spans rowspan=rows>{glossed(&cell.text, false)}</th> }
}

fn one_row(
    words: Words,
    row: &RowView,
    name_column: Option<u16>,
    folded: RwSignal<BTreeSet<u32>>,
) -> impl IntoView + use<> {
    let class = match row.shape {
        RowShape::Total => "k0",
        RowShape::Head => "k1",
        RowShape::Plain => "k",
    };
    let under = row.under.clone();
    let gone = move || !under.is_empty() && folded.with(|folded| under.iter().any(|above| folded.contains(above)));
    let cells = row.cells.iter().map(|cell| {
        if Some(cell.column) == name_column {
            name_cell(words, row, cell, folded).into_any()
        } else {
            plain_cell(words, row, cell, "").into_any()
        }
    });
    view! { <tr class=class class:gone=gone>{cells.collect_view()}</tr> }
}

fn name_cell(words: Words, row: &RowView, cell: &CellView, folded: RwSignal<BTreeSet<u32>>) -> impl IntoView + use<> {
    let class = format!("name lv{}", row.indent.min(4));
    let index = row.index;
    let below = row.below;
    let fold = (below > 0).then(|| {
        let open = move || folded.with(|folded| !folded.contains(&index));
        view! {
            <button class="tw" type="button" aria-expanded=move || open().to_string()
                aria-label=format!("{} {}", words.fold_row(), row.name)
                on:click=move |_| folded.update(|folded| if !folded.remove(&index) { folded.insert(index); })>{icon("#i-down")}</button>
        }
    });
    let hidden = move || {
        let closed = below > 0 && folded.with(|folded| folded.contains(&index));
        closed.then(|| view! { <span class="fold">{words.folded(below)}</span> })
    };
    let sign = cell.mark.filter(|&sign| sign != Mark::Ok && sign != Mark::Unchecked);
    let doubt = row.doubt.as_ref().map(|doubt| {
        let title = format!("{}{}{}", words.doubt(), words.colon(), words.of(doubt));
        view! { <span class="doubt" title=title.clone()>{mark(Mark::Unchecked)}<span class="vh">{title.clone()}</span></span> }
    });
    view! {
        <th scope="row" class=class><span>{fold}{sign.map(mark)}<span>{cell.text.clone()}</span>{doubt}{hidden}</span></th>
    }
}

/// A cell that names no row.
pub(super) fn plain_cell(words: Words, row: &RowView, cell: &CellView, side: &'static str) -> impl IntoView + use<> {
    let money = matches!(cell.kind, CellKind::Amount | CellKind::Zero | CellKind::Blank);
    if !money {
        let class = match cell.kind {
            CellKind::Code if cell.column == 0 => format!("code num{side}"),
            CellKind::Code => format!("num{side}"),
            _ => format!("words{side}"),
        };
        return view! { <td class=class>{cell.text.clone()}</td> }.into_any();
    }
    let mut class = String::from("c");
    class.push_str(match (cell.shape, cell.mark) {
        (CellShape::Suspect, Some(Mark::Mismatch)) => " c-err",
        (CellShape::Candidate, Some(Mark::Mismatch)) => " c-maybe",
        (CellShape::Suspect | CellShape::Candidate | CellShape::Partner, _) => " c-warn c-part",
        (CellShape::Unchecked, _) => " c-unk",
        (CellShape::Plain, Some(Mark::Rounding)) => " c-round",
        (CellShape::Plain, _) => "",
    });
    class.push_str(match cell.kind {
        CellKind::Blank => " c-empty",
        CellKind::Zero => " c-zero",
        _ => "",
    });
    if cell.before.is_some() {
        class.push_str(" c-try");
    }
    class.push_str(side);
    // Ticks are silent; the caption says that unmarked cells tie.
    let (sign, spoken) = match cell.mark {
        Some(sign) if cell.kind != CellKind::Blank || cell.shape != CellShape::Plain => {
            let spoken = match (cell.shape, sign) {
                (CellShape::Candidate, Mark::Mismatch) => Some(words.legend_candidate()),
                (CellShape::Partner, _) => Some(words.legend_partner()),
                (_, Mark::Ok) => None,
                (_, sign) => Some(words.mark(sign)),
            };
            (Some(mark(sign)), spoken.map(|word| view! { <span class="vh">{word}{words.comma()}</span> }))
        }
        _ => (None, None),
    };
    let text = if cell.kind == CellKind::Blank {
        view! { <span aria-hidden="true">"·"</span><span class="vh">{words.blank()}</span> }.into_any()
    } else {
        cell.text.clone().into_any()
    };
    let text = match &cell.before {
        Some(before) => {
            view! { <span class="vh">{words.try_title()}{words.comma()}</span><s>{words.or_blank(before)}</s><b>{text}</b> }
                .into_any()
        }
        None => text,
    };
    view! { <td class=class id=cell_id(row.index, cell.column) tabindex="-1">{sign}{spoken}{text}</td> }.into_any()
}

/// What is said when a cell is chosen.
fn spoken(desk: Desk, words: Words, cell: Option<CellAt>) -> String {
    let panel =
        cell.and_then(|_| desk.session.with(|session| session.shown_in_tables().cell_panel(session.cell_anchor()?)));
    let Some(panel) = panel else { return words.cell_hint().to_owned() };
    let panel = panel.shown_in(desk.settings.with(|settings| settings.unit));
    let shown = panel.shown.map(|(figure, _)| figure);
    let figure = shown.or(panel.figure).or(panel.words).unwrap_or_else(|| words.blank().to_owned());
    let name = panel.row.unwrap_or_default();
    let part =
        if panel.checks.is_empty() { words.cell_alone().to_owned() } else { words.takes_part(panel.checks.len()) };
    format!("{name} {} {figure}{}{part}", panel.column, words.colon())
}

/// The cell that an event came from, by its id.
fn cell_of(element: &Element) -> Option<(HtmlElement, CellAt)> {
    let cell = element.closest("td.c").ok().flatten()?.dyn_into::<HtmlElement>().ok()?;
    let id = cell.id();
    let (row, column) = id.strip_prefix("cell-")?.split_once('-')?;
    Some((cell, CellAt { row: row.parse().ok()?, column: column.parse().ok()? }))
}

fn element(target: Option<web_sys::EventTarget>) -> Option<Element> {
    target?.dyn_into::<Element>().ok()
}

fn focused(desk: Desk, target: Option<web_sys::EventTarget>) {
    let Some((_, at)) = element(target).as_ref().and_then(cell_of) else { return };
    if desk.session.with_untracked(Session::cell) != Some(at) {
        desk.session.update(|session| session.choose_cell(Some(at)));
    }
}

fn clicked(target: Option<web_sys::EventTarget>) {
    if let Some((cell, _)) = element(target).as_ref().and_then(cell_of) {
        let _ = cell.focus();
    }
}

fn hovered(desk: Desk, scroller: NodeRef<leptos::html::Div>, target: Option<web_sys::EventTarget>) {
    let Some(scroller) = scroller.get_untracked() else { return };
    if let Some((_, at)) = element(target).as_ref().and_then(cell_of) {
        mark_partners(&scroller, at, desk);
    }
}

/// Arrows move between cells that hold money; rows that are folded away are passed over.
fn arrow(event: &KeyboardEvent) {
    let Some((cell, _)) = element(event.target()).as_ref().and_then(cell_of) else { return };
    let step: fn(&Element) -> Option<Element> = match event.key().as_str() {
        "ArrowRight" => Element::next_element_sibling,
        "ArrowLeft" => Element::previous_element_sibling,
        "ArrowDown" => |cell| beside(cell, next_row),
        "ArrowUp" => |cell| beside(cell, previous_row),
        _ => return,
    };
    event.prevent_default();
    let mut at: Element = cell.into();
    while let Some(next) = step(&at) {
        let money = next.matches("td.c").unwrap_or(false).then(|| cell_of(&next)).flatten();
        if let Some((next, _)) = money.filter(|(next, _)| next.offset_parent().is_some()) {
            let _ = next.focus();
            focus::into_view(&next, ScrollLogicalPosition::Nearest);
            return;
        }
        at = next;
    }
}

/// The cell at the same position in another row.
fn beside(cell: &Element, step: fn(&Element) -> Option<Element>) -> Option<Element> {
    let row = cell.parent_element()?;
    let mut index = 0;
    let mut before = cell.previous_element_sibling();
    while let Some(sibling) = before {
        index += 1;
        before = sibling.previous_element_sibling();
    }
    let mut other = step(&row);
    while let Some(row) = other {
        if let Some(found) = row.children().item(index) {
            return Some(found);
        }
        other = step(&row);
    }
    None
}

fn next_row(row: &Element) -> Option<Element> {
    row.next_element_sibling().or_else(|| row.parent_element()?.next_element_sibling()?.first_element_child())
}

fn previous_row(row: &Element) -> Option<Element> {
    row.previous_element_sibling().or_else(|| row.parent_element()?.previous_element_sibling()?.last_element_child())
}

/// Marks the chosen cell and its partners, gives it the table's one tab stop, and brings it into view.
fn choose_drawn(scroller: &Element, chosen: Option<CellAt>, desk: Desk) {
    if let Some(cell) = mark_drawn(scroller, chosen, desk) {
        let outside = document().active_element().is_none_or(|active| !scroller.contains(Some(&active)));
        if outside {
            focus::into_view(&cell, ScrollLogicalPosition::Center);
        }
    } else if let (None, Ok(Some(first))) = (chosen, scroller.query_selector("td.c-err, td.c-maybe")) {
        each(scroller, "td[tabindex='0']", |cell| drop(cell.set_attribute("tabindex", "-1")));
        drop(first.set_attribute("tabindex", "0"));
        show_first(scroller, &first);
    }
}

/// Marks what is drawn of the chosen cell and its partners, without moving anything. Where it is not drawn, the first
/// cell that is has the tab stop.
fn mark_drawn(scroller: &Element, chosen: Option<CellAt>, desk: Desk) -> Option<Element> {
    each(scroller, "td[tabindex='0']", |cell| drop(cell.set_attribute("tabindex", "-1")));
    each(scroller, "td.is-focus", |cell| drop(cell.class_list().remove_1("is-focus")));
    each(scroller, "td.is-partner", |cell| drop(cell.class_list().remove_1("is-partner")));
    let drawn = chosen.and_then(|at| Some((at, focus::by_id(&cell_id(at.row, at.column))?)));
    let Some((at, cell)) = drawn else {
        if let Ok(Some(first)) = scroller.query_selector("td.c") {
            drop(first.set_attribute("tabindex", "0"));
        }
        return None;
    };
    drop(cell.class_list().add_1("is-focus"));
    drop(cell.set_attribute("tabindex", "0"));
    mark_partners(scroller, at, desk);
    Some(cell)
}

/// Scrolls the table, not the page, to the first mismatch.
fn show_first(scroller: &Element, cell: &Element) {
    let (frame, found) = (scroller.get_bounding_client_rect(), cell.get_bounding_client_rect());
    if found.right() > frame.right() {
        scroller
            .set_scroll_left(scroller.scroll_left() + focus::whole(found.right()) - focus::whole(frame.right()) + 2);
    }
    if found.bottom() > frame.bottom() {
        scroller.set_scroll_top(
            scroller.scroll_top() + focus::whole(found.top())
                - focus::whole(frame.top())
                - scroller.client_height() / 2,
        );
    }
}

fn mark_partners(scroller: &Element, at: CellAt, desk: Desk) {
    each(scroller, "td.is-partner", |cell| drop(cell.class_list().remove_1("is-partner")));
    let partners =
        desk.session.with_untracked(|session| session.anchor_of(at).map(|anchor| session.opened().partners(anchor)));
    for (row, column) in partners.unwrap_or_default() {
        if let Some(cell) = focus::by_id(&cell_id(row, column)) {
            drop(cell.class_list().add_1("is-partner"));
        }
    }
}
