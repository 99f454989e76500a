//! 元, 万元 or 亿元, and percent or per mille, as the reader prefers. Evidence keeps the printed figure.

use leptos::prelude::*;

use super::desk::Desk;
use super::settings::UNITS;
use super::words::Words;
use crate::amount::Unit;
use crate::session::ShareUnit;

impl Desk {
    /// The unit that the reader wants amounts in.
    pub(super) fn unit(self) -> Memo<Option<Unit>> {
        Memo::new(move |_| self.settings.with(|settings| settings.unit))
    }

    /// In what the reader wants shares said.
    pub(super) fn shares(self) -> Memo<ShareUnit> {
        Memo::new(move |_| self.settings.with(|settings| settings.shares))
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

/// The choice of how shares are said.
pub(super) fn shares(desk: Desk, words: Words) -> impl IntoView {
    let shares = desk.shares();
    let choose = move |event| {
        let per_mille = event_target_value(&event) == "permille";
        desk.set(|settings| settings.shares = if per_mille { ShareUnit::PerMille } else { ShareUnit::Percent });
    };
    let option = move |of: ShareUnit, name: &'static str| {
        view! { <option value=name selected=move || shares.get() == of>{words.share_unit(of)}</option> }
    };
    view! {
        <label class="field units">{words.shares_in()}
            <select id="shares" on:change=choose>
                {option(ShareUnit::Percent, "percent")}{option(ShareUnit::PerMille, "permille")}
            </select>
        </label>
    }
}
