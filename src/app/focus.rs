//! Where the keyboard goes after something changed. Everything waits for the next frame, when it is drawn.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::disclosure::Anchor;

/// Brings an element to the middle of the frame that scrolls it, moving the frame alone.
pub(super) fn to_middle(element: &Element, frame: &Element) {
    let top = |of: &Element| whole(of.get_bounding_client_rect().top());
    let room = (frame.client_height() - element.client_height()) / 2;
    frame.set_scroll_top(frame.scroll_top() + top(element) - top(frame) - room);
}

/// Moves to the element with this id, scrolling as little as needed.
pub(super) fn on(id: &'static str) {
    request_animation_frame(move || focus(by_id(id)));
}

/// Moves to the current item of the list with this id, or to its first where none is.
pub(super) fn on_current(list: &'static str) {
    request_animation_frame(move || {
        let item = |list: &Element, which| list.query_selector(which).ok().flatten();
        focus(by_id(list).and_then(|list| item(&list, "[aria-current=true]").or_else(|| item(&list, ".finding"))));
    });
}

/// Brings the current item of a list into sight, moving the list alone.
pub(super) fn scroll_to_current(list: &'static str) {
    request_animation_frame(move || {
        let Some(list) = by_id(list).and_then(|list| list.dyn_into::<HtmlElement>().ok()) else { return };
        let current = list.query_selector("[aria-current]").ok().flatten();
        if let Some(current) = current.and_then(|current| current.dyn_into::<HtmlElement>().ok()) {
            list.set_scroll_left(current.offset_left() - list.offset_left() - 16);
        }
    });
}

/// Brings the figure in question into sight where its line is wider than the frame, moving the frame alone.
pub(super) fn scroll_to_token(frame: &'static str) {
    request_animation_frame(move || {
        let Some(frame) = by_id(frame) else { return };
        let Ok(Some(token)) = frame.query_selector("mark.tok") else { return };
        let right = |element: &Element| whole(element.get_bounding_client_rect().right());
        let beyond = right(&token) - right(&frame);
        if beyond > 0 {
            frame.set_scroll_left(frame.scroll_left() + beyond + 16);
        }
    });
}

/// Whole pixels: more is not seen.
#[expect(clippy::cast_possible_truncation, reason = "a position on the screen fits")]
pub(super) fn whole(pixels: f64) -> i32 {
    pixels as i32
}

/// Moves to the cell that an anchor names, or to the head of the view.
pub(super) fn after_view_change(at: Anchor) {
    // Two frames: the view is drawn in the first, its rows in the second.
    request_animation_frame(move || {
        request_animation_frame(move || match at {
            Anchor::Cell { row, column, .. } => cell(row, column),
            _ => focus(by_id("main")),
        });
    });
}

/// Moves to a cell of the table in view and brings it to the middle.
pub(super) fn cell(row: u32, column: u16) {
    let Some(cell) = by_id(&cell_id(row, column)) else { return };
    into_view(&cell, ScrollLogicalPosition::Center);
    if let Some(cell) = cell.dyn_ref::<HtmlElement>() {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = cell.focus_with_options(&options);
    }
}

/// The id of a cell of the table in view.
pub(super) fn cell_id(row: u32, column: u16) -> String {
    format!("cell-{row}-{column}")
}

/// Scrolls an element into view without haste or animation.
pub(super) fn into_view(element: &Element, block: ScrollLogicalPosition) {
    let options = ScrollIntoViewOptions::new();
    options.set_behavior(ScrollBehavior::Instant);
    options.set_block(block);
    options.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Scrolls to the head of the page if it is out of sight.
pub(super) fn to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// The element with this id.
pub(super) fn by_id(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Only a detached element refuses, and that is nothing to tell.
        let _ = element.focus();
    }
}

/// Does something to every element inside another that a selector finds.
pub(super) fn each(inside: &Element, selector: &str, mut act: impl FnMut(&Element)) {
    let Ok(found) = inside.query_selector_all(selector) else { return };
    for index in 0..found.length() {
        if let Some(element) = found.item(index).and_then(|node| node.dyn_into::<Element>().ok()) {
            act(&element);
        }
    }
}
