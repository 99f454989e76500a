//! The page.

pub mod pipeline;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::wire::Event;
use pipeline::Pipeline;

/// Mounts the application into `#app`.
pub fn mount() {
    let Some(root) = document().get_element_by_id("app") else {
        return;
    };
    root.replace_children_with_node_0();
    leptos::mount::mount_to(root.unchecked_into(), App).forget();
}

#[component]
fn App() -> impl IntoView {
    let said = RwSignal::new(String::new());
    let pipeline = Pipeline::start(move |event| {
        said.set(match event {
            Event::Done(analysis) => format!("{} documents", analysis.documents.len()),
            other => format!("{other:?}"),
        });
    });
    let pipeline = StoredValue::new_local(pipeline);
    let paste = move |event| {
        let bytes = event_target_value(&event).into_bytes();
        let source = crate::wire::Source { name: "粘贴的文字".to_owned(), bytes };
        pipeline.with_value(|pipeline| pipeline.open(vec![source]));
    };
    view! {
        <h1>"对账"</h1>
        <textarea id="paste" on:change=paste></textarea>
        <output id="said">{move || said.get()}</output>
    }
}
