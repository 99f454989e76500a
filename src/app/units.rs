//! 元, 万元 or 亿元, as the reader prefers. Evidence keeps the printed figure.

use leptos::prelude::*;

use super::desk::Desk;
use super::settings::UNITS;
use super::words::Words;
use crate::amount::Unit;

impl Desk {
    /// The unit that the reader wants amounts in.
    pub(super) fn unit(self) -> Memo<Option<Unit>> {
        Memo::new(move |_| self.settings.with(|settings| settings.unit))
    }
}

/// The choice.
pub(super) fn choice(desk: Desk, words: Words) -> impl IntoView {
    let unit = desk.unit();
    let choose = move |event| {
        let name = event_target_value(&event);
        desk.set(|settings| settings.unit = UNITS.iter().find(|(_, known)| *known == name).map(|(unit, _)| *unit));
    };
    let option = move |of: Option<Unit>, name: &'static str, label: &'static str| {
        view! { <option value=name selected=move || unit.get() == of>{label}</option> }
    };
    view! {
        <label class="field units">{words.show_in()}
            <select id="unit" on:change=choose>
                {option(None, "", words.as_printed_unit())}
                {UNITS.map(|(unit, name)| option(Some(unit), name, words.unit(unit)))}
            </select>
        </label>
    }
}
