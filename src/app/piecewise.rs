//! A long table of the page, drawn piece by piece as it is scrolled (see [`Pieces`]).

use std::ops::Range;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::focus::each;
use crate::session::Pieces;

/// What is known of a table in its scroller, and which of its pieces are drawn. A piece is a `tbody` with `data-piece`.
#[derive(Clone, Copy)]
pub(super) struct Piecewise {
    /// What scrolls.
    pub(super) scroller: NodeRef<leptos::html::Div>,
    pieces: RwSignal<Pieces>,
    /// The first piece that is drawn, and the one after the last.
    near: RwSignal<(usize, usize)>,
}

impl Piecewise {
    /// A table of which so many pieces are drawn at first.
    pub(super) fn new(first: usize) -> Self {
        Self { scroller: NodeRef::new(), pieces: RwSignal::new(Pieces::default()), near: RwSignal::new((0, first)) }
    }

    /// Takes the heights that the pieces are guessed to have now.
    pub(super) fn set(self, pieces: Pieces) {
        self.pieces.set(pieces);
    }

    /// The pieces that are drawn.
    pub(super) fn drawn(self) -> Range<usize> {
        let (first, last) = self.near.get();
        first..last
    }

    /// Draws what is near what is seen; whether that is other than what was drawn.
    pub(super) fn look(self) -> bool {
        let Some(scroller) = self.scroller.get_untracked() else { return false };
        self.pieces.update_untracked(|pieces| measure(&scroller, pieces));
        let seen = self.pieces.with_untracked(|pieces| pieces.near(scroller.scroll_top(), scroller.client_height()));
        let other = self.near.get_untracked() != seen;
        if other {
            self.near.set(seen);
        }
        other
    }

    /// Draws a piece of so many, and scrolls as far as that, where it is not drawn.
    pub(super) fn show(self, piece: usize, all: usize) {
        let (first, last) = self.near.get_untracked();
        if (first..last).contains(&piece) {
            return;
        }
        self.near.set((piece.saturating_sub(1), (piece + 2).min(all)));
        if let Some(scroller) = self.scroller.get_untracked() {
            scroller.set_scroll_top(self.pieces.with_untracked(|pieces| pieces.above(piece)));
        }
    }

    /// The room of the pieces above those that are drawn.
    pub(super) fn above(self) -> impl IntoView {
        move || room(self.pieces.with(|pieces| pieces.above(self.near.get().0)))
    }

    /// The room of the pieces below them.
    pub(super) fn below(self) -> impl IntoView {
        move || room(self.pieces.with(|pieces| pieces.below(self.near.get().1)))
    }
}

fn room(height: i32) -> impl IntoView {
    view! { <tbody class="room" aria-hidden="true" class:none=height <= 0><tr style:height=format!("{height}px")><td></td></tr></tbody> }
}

/// Takes the heights of the pieces that are drawn.
fn measure(scroller: &Element, pieces: &mut Pieces) {
    each(scroller, "tbody[data-piece]", |body| {
        let piece = body.get_attribute("data-piece").and_then(|piece| piece.parse().ok());
        if let (Some(piece), Some(body)) = (piece, body.dyn_ref::<HtmlElement>()) {
            pieces.measured(piece, body.offset_height());
        }
    });
}
