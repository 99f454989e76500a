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
    let choose = move |event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        let files = gloo::file::FileList::from(input.files().unwrap());
        leptos::task::spawn_local(async move {
            let mut sources = Vec::new();
            for file in files.iter() {
                if let Ok(bytes) = gloo::file::futures::read_as_bytes(file).await {
                    sources.push(crate::wire::Source { name: file.name(), bytes });
                }
            }
            pipeline.with_value(|pipeline| pipeline.open(sources));
        });
    };
    view! {
        <h1>"对账"</h1>
        <input type="file" multiple on:change=choose/>
        <button id="cancel" on:click=move |_| pipeline.with_value(Pipeline::cancel)>"cancel"</button>
        <output id="said">{move || said.get()}</output>
    }
}
