//! A box over the page: the browser's own dialog, which keeps the focus inside, makes the rest inert, closes by Escape
//! and gives the focus back.

use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlDialogElement;

/// Shows its children while `open`, with the heading `title` (an id) as its name.
#[component]
pub(super) fn Dialog(
    open: RwSignal<bool>,
    title: &'static str,
    #[prop(default = "")] class: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let drawn = move || {
        let node = NodeRef::<html::Dialog>::new();
        Effect::new(move |_| {
            if let Some(dialog) = node.get() {
                // Only a dialog that is open already refuses.
                let _ = dialog.show_modal();
            }
        });
        view! {
            <dialog class=format!("modal-box panel {class}") aria-labelledby=title node_ref=node
                on:close=move |_| open.set(false)
                on:click=move |event| close_outside(&event)>
                {children()}
            </dialog>
        }
    };
    move || open.get().then(&drawn)
}

/// A click beside the box lands on the dialog itself.
fn close_outside(event: &web_sys::MouseEvent) {
    use wasm_bindgen::JsCast;
    let Some(dialog) = event.target().and_then(|target| target.dyn_into::<HtmlDialogElement>().ok()) else { return };
    let at = dialog.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let inside = x >= at.left() && x <= at.right() && y >= at.top() && y <= at.bottom();
    // A key on a button inside is a click at no place.
    if !inside && event.detail() > 0 {
        dialog.close();
    }
}

/// Closes the dialog that the event came from, so that the focus goes back to where it was.
pub(super) fn close_from(event: &web_sys::MouseEvent) {
    use wasm_bindgen::JsCast;
    let button = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let dialog = button.and_then(|button| button.closest("dialog").ok().flatten());
    if let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
    }
}
