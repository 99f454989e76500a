//! Status marks and icons: one sprite, drawn by reference.

use leptos::prelude::*;

use crate::session::Mark;

impl Mark {
    /// The class of its colour.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Ok => "mk mk-ok",
            Self::Rounding => "mk mk-round",
            Self::Mismatch => "mk mk-err",
            Self::Warning => "mk mk-warn",
            Self::Info => "mk mk-info",
            Self::Unchecked => "mk mk-unk",
            Self::Absent => "mk mk-na",
        }
    }

    fn symbol(self) -> &'static str {
        match self {
            Self::Ok => "#m-ok",
            Self::Rounding => "#m-round",
            Self::Mismatch => "#m-err",
            Self::Warning => "#m-warn",
            Self::Info => "#m-info",
            Self::Unchecked => "#m-unk",
            Self::Absent => "#m-na",
        }
    }
}

/// A mark. It is silent: the word stands beside it, or is there for screen readers only.
pub(super) fn mark(mark: Mark) -> impl IntoView {
    view! { <svg class=mark.class() aria-hidden="true" focusable="false"><use href=mark.symbol()></use></svg> }
}

/// The bare cross, for filled grounds.
pub(super) fn cross() -> impl IntoView {
    view! { <svg class="mk mk-x" aria-hidden="true" focusable="false"><use href="#m-x"></use></svg> }
}

/// An icon of the sprite.
pub(super) fn icon(symbol: &'static str) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><use href=symbol></use></svg> }
}

/// The sprite.
#[component]
pub(super) fn Sprite() -> impl IntoView {
    view! {
        <svg width="0" height="0" class="vh" aria-hidden="true" focusable="false"><defs>
            <symbol id="m-ok" viewBox="0 0 16 16"><path d="M2.5 8.5l3.6 3.7L13.5 4" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></symbol>
            <symbol id="m-round" viewBox="0 0 16 16"><path d="M2 6.6c2-2.6 4-2.6 6-.9s4 1.7 6-.9M2 11.6c2-2.6 4-2.6 6-.9s4 1.7 6-.9" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></symbol>
            <symbol id="m-err" viewBox="0 0 16 16"><rect x="0.5" y="0.5" width="15" height="15" rx="2.5" fill="currentColor"/><path class="mk-cut" d="M4.7 4.7l6.6 6.6M11.3 4.7l-6.6 6.6" stroke-width="2.2" stroke-linecap="round"/></symbol>
            <symbol id="m-x" viewBox="0 0 16 16"><path d="M3.5 3.5l9 9M12.5 3.5l-9 9" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/></symbol>
            <symbol id="m-warn" viewBox="0 0 16 16"><path d="M8 1.5L15 14.2H1z" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linejoin="round"/><path d="M8 6v4" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/><circle cx="8" cy="12" r="1" fill="currentColor"/></symbol>
            <symbol id="m-info" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 7.3v4" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"/><circle cx="8" cy="4.8" r="1" fill="currentColor"/></symbol>
            <symbol id="m-unk" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2.6 2"/><path d="M6 6.3c0-2.7 4-2.7 4 0 0 1.5-2 1.6-2 3" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/><circle cx="8" cy="11.6" r="0.95" fill="currentColor"/></symbol>
            <symbol id="m-na" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M3.5 12.5l9-9" stroke="currentColor" stroke-width="1.5"/></symbol>
            <symbol id="i-lock" viewBox="0 0 16 16"><path d="M3 7h10v7H3zM5 7V5a3 3 0 016 0v2"/></symbol>
            <symbol id="i-moon" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5"/><path d="M8 2.5a5.5 5.5 0 000 11z" fill="currentColor"/></symbol>
            <symbol id="i-ring" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5" fill="none"/></symbol>
            <symbol id="i-down" viewBox="0 0 16 16"><path d="M3.5 6L8 10.5 12.5 6"/></symbol>
            <symbol id="i-print" viewBox="0 0 16 16"><path d="M4 6V2h8v4M4 12H2V6h12v6h-2M4 9.5h8V14H4z"/></symbol>
            <symbol id="i-save" viewBox="0 0 16 16"><path d="M8 2v8M4.5 6.5L8 10l3.5-3.5M2.5 13.5h11"/></symbol>
            <symbol id="i-left" viewBox="0 0 16 16"><path d="M10 3L5 8l5 5"/></symbol>
            <symbol id="i-plus" viewBox="0 0 16 16"><path d="M8 3v10M3 8h10"/></symbol>
            <symbol id="i-close" viewBox="0 0 16 16"><path d="M4 4l8 8M12 4l-8 8"/></symbol>
            <symbol id="i-link" viewBox="0 0 16 16"><path d="M6.5 9.5l3-3M7 4.5l1.5-1.5a3 3 0 014.5 4.5L11.5 9M9 11.5L7.5 13A3 3 0 013 8.5L4.5 7"/></symbol>
        </defs></svg>
    }
}
