//! The status marks: a shape for each state, so that they read in grey and at a small size.

use maud::{Markup, PreEscaped, html};

use crate::session::Mark;

/// The shapes, drawn once. Nothing of a source is in them.
pub(super) fn symbols() -> Markup {
    PreEscaped(SYMBOLS.to_owned())
}

/// A mark. What it says is said in words beside it.
pub(super) fn mark(mark: Mark) -> Markup {
    let name = match mark {
        Mark::Ok => "ok",
        Mark::Rounding => "round",
        Mark::Mismatch => "err",
        Mark::Warning => "warn",
        Mark::Info => "info",
        Mark::Unchecked => "unk",
        Mark::Absent => "na",
    };
    html! { svg class={ "mk mk-" (name) } aria-hidden="true" focusable="false" { use href={ "#m-" (name) } {} } }
}

const SYMBOLS: &str = r#"<svg width="0" height="0" class="vh" aria-hidden="true" focusable="false"><defs>
<symbol id="m-ok" viewBox="0 0 16 16"><path d="M2.5 8.5l3.6 3.7L13.5 4" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></symbol>
<symbol id="m-round" viewBox="0 0 16 16"><path d="M2 6.6c2-2.6 4-2.6 6-.9s4 1.7 6-.9M2 11.6c2-2.6 4-2.6 6-.9s4 1.7 6-.9" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></symbol>
<symbol id="m-err" viewBox="0 0 16 16"><rect x=".5" y=".5" width="15" height="15" rx="2.5" fill="currentColor"/><path class="on" d="M4.7 4.7l6.6 6.6M11.3 4.7l-6.6 6.6" stroke-width="2.2" stroke-linecap="round"/></symbol>
<symbol id="m-warn" viewBox="0 0 16 16"><path d="M8 1.5L15 14.2H1z" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linejoin="round"/><path d="M8 6v4" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/><circle cx="8" cy="12" r="1" fill="currentColor"/></symbol>
<symbol id="m-info" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 7.3v4" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"/><circle cx="8" cy="4.8" r="1" fill="currentColor"/></symbol>
<symbol id="m-unk" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2.6 2"/><path d="M6 6.3c0-2.7 4-2.7 4 0 0 1.5-2 1.6-2 3" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/><circle cx="8" cy="11.6" r=".95" fill="currentColor"/></symbol>
<symbol id="m-na" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M3.5 12.5l9-9" stroke="currentColor" stroke-width="1.5"/></symbol>
</defs></svg>"#;
