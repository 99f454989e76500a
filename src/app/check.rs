//! 核对结果: the verdict, the list of findings, the detail of one.

use leptos::prelude::*;

use super::desk::Desk;
use super::detail::Detail;
use super::finding_list::FindingList;
use super::verdict::Verdict;

#[component]
pub(super) fn Check() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let document = desk.document();
    let anything = Memo::new(move |_| {
        let (_, document) = document.get();
        desk.opened().checks_of(document).next().is_some()
    });
    view! {
        <Verdict/>
        <Show when=move || anything.get()>
            <div class="wrap wrap-flush"><div class="work"><FindingList/><Detail/></div></div>
        </Show>
    }
}
