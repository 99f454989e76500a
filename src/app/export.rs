//! 导出: what can be taken away. The worker writes it; here it is asked for and handed to the browser to save.

use std::collections::BTreeSet;

use gloo::timers::callback::Timeout;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

use super::desk::Desk;
use super::dialog::{Dialog, close_from};
use super::words::{Language, Words};
use crate::session::Session;
use crate::wire::{Form, SaveRequest, SavedFile};

/// How long the browser has to fetch a file from its address.
const KEPT_MILLISECONDS: u32 = 60_000;

/// The page as one file.
const TOOL: &str = "duizhang.html";

/// What is being taken away, and how.
#[derive(Clone, Copy)]
pub(super) struct Taking {
    /// Whether the list of forms is open.
    pub(super) open: RwSignal<bool>,
    /// Whether all documents are taken, and not only the one in view.
    whole: RwSignal<bool>,
    /// What is being written.
    pub(super) busy: RwSignal<bool>,
    /// How the last one ended.
    outcome: RwSignal<Option<Result<String, ()>>>,
    /// Whether the letter is open.
    pub(super) lettering: RwSignal<bool>,
    /// The findings that it asks about.
    pub(super) asked: RwSignal<BTreeSet<u32>>,
    /// The letter as the reader has it.
    pub(super) letter: RwSignal<String>,
    /// The name of its file.
    pub(super) letter_name: RwSignal<String>,
}

impl Taking {
    pub(super) fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            whole: RwSignal::new(false),
            busy: RwSignal::new(false),
            outcome: RwSignal::new(None),
            lettering: RwSignal::new(false),
            asked: RwSignal::new(BTreeSet::new()),
            letter: RwSignal::new(String::new()),
            letter_name: RwSignal::new(String::new()),
        }
    }
}

impl Desk {
    /// Opens the list of forms.
    pub(super) fn open_export(self) {
        self.taking.outcome.set(None);
        self.taking.open.set(true);
    }

    /// Has the worker write a form.
    pub(super) fn ask_for(self, form: Form, document: Option<usize>, chosen: Vec<u32>) {
        let english = self.settings.with_untracked(|settings| settings.language) == Language::English;
        let document = document.and_then(|document| u32::try_from(document).ok());
        self.taking.outcome.set(None);
        self.taking.busy.set(true);
        self.pipeline.with_value(|pipeline| {
            if let Some(pipeline) = pipeline {
                pipeline.save(SaveRequest { form, document, english, chosen });
            }
        });
    }

    /// Saves what the worker wrote; a letter goes into its box.
    pub(super) fn take_away(self, file: &SavedFile) {
        let SavedFile { form, name, bytes } = file;
        self.taking.busy.set(false);
        if matches!(form, Form::Letter { .. }) {
            let text = bytes.as_deref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            self.taking.letter.set(text.unwrap_or_else(|| self.words().letter_nothing().to_owned()));
            self.taking.letter_name.set(name.clone());
            return;
        }
        match bytes {
            Some(bytes) => self.save_bytes(name, form.media_type(), bytes),
            None => self.not_saved(),
        }
    }

    /// Hands a file to the browser to save.
    pub(super) fn save_bytes(self, name: &str, media_type: &str, bytes: &[u8]) {
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        let parts = Array::of1(&Uint8Array::from(bytes));
        match Blob::new_with_u8_array_sequence_and_options(&parts, &options) {
            Ok(blob) => self.save_blob(name, &blob),
            Err(_) => self.not_saved(),
        }
    }

    fn save_blob(self, name: &str, blob: &Blob) {
        if hand_over(name, blob).is_err() {
            return self.not_saved();
        }
        self.said.set(self.words().saved(name));
        self.taking.outcome.set(Some(Ok(name.to_owned())));
    }

    fn not_saved(self) {
        self.said.set(self.words().not_saved().to_owned());
        self.taking.outcome.set(Some(Err(())));
    }

    /// Saves the page itself as one file, with nothing that is open in it.
    fn save_tool(self) {
        self.taking.outcome.set(None);
        self.taking.busy.set(true);
        spawn_local(async move {
            let blob = tool().await.and_then(JsCast::dyn_into::<Blob>);
            self.taking.busy.set(false);
            match blob {
                Ok(blob) => self.save_blob(TOOL, &blob),
                Err(_) => self.not_saved(),
            }
        });
    }
}

/// The boot script knows where the page as one file is.
async fn tool() -> Result<JsValue, JsValue> {
    let boot = Reflect::get(&js_sys::global(), &"duizhang".into())?;
    let tool: Function = Reflect::get(&boot, &"tool".into())?.dyn_into()?;
    let promise: Promise = tool.call0(&boot)?.dyn_into()?;
    JsFuture::from(promise).await
}

/// A click on a link to the blob, as any page saves a file.
fn hand_over(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let link: HtmlElement = document().create_element("a")?.dyn_into()?;
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    link.click();
    Timeout::new(KEPT_MILLISECONDS, move || drop(Url::revoke_object_url(&address))).forget();
    Ok(())
}

/// The list of forms.
#[component]
pub(super) fn Export() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = expect_context::<Words>();
    let taking = desk.taking;
    view! {
        <Dialog open=taking.open title="export-title" class="export">
            <h2 id="export-title">{words.export()}</h2>
            <p class="small muted">{words.export_hint()}</p>
            {move || (desk.open_documents().len() > 1).then(|| which(words, taking.whole))}
            <ul class="forms">
                {form(desk, words.form_report(), words.form_report_text(), Form::Report)}
                {form(desk, words.form_workbook(), words.form_workbook_text(), Form::Workbook)}
                {form(desk, words.form_csv(), words.form_csv_text(), Form::Csv)}
                {form(desk, words.form_markdown(), words.form_markdown_text(), Form::Markdown)}
                {form(desk, words.form_json(), words.form_json_text(), Form::Json)}
                {form(desk, words.form_package(), words.form_package_text(), Form::Package)}
                {item("form-print", words.form_print(), words.form_print_text(), move |event| {
                    close_from(&event);
                    desk.print();
                })}
                {item("form-letter", words.form_letter(), words.form_letter_text(), move |_| {
                    taking.open.set(false);
                    desk.write_letter();
                })}
                {item("form-tool", words.form_tool(), words.form_tool_text(), move |_| desk.save_tool())}
            </ul>
            <p role="status" class="small">{move || match (taking.busy.get(), taking.outcome.get()) {
                (true, _) => words.export_busy().to_owned(),
                (_, Some(Ok(name))) => words.saved(&name),
                (_, Some(Err(()))) => words.not_saved().to_owned(),
                _ => String::new(),
            }}</p>
            <div class="drop-actions"><button class="btn" type="button" on:click=move |event| close_from(&event)>{words.close()}</button></div>
        </Dialog>
    }
}

/// One document or all.
fn which(words: Words, whole: RwSignal<bool>) -> impl IntoView {
    let button = move |of: bool, label: &'static str| {
        view! { <button type="button" aria-pressed=move || (whole.get() == of).to_string() on:click=move |_| whole.set(of)>{label}</button> }
    };
    view! { <div class="seg" role="group" aria-label=words.export_which()>{button(false, words.export_this())}{button(true, words.export_all())}</div> }
}

fn form(desk: Desk, name: &'static str, text: &'static str, form: Form) -> impl IntoView {
    let id = match form {
        Form::Workbook => "form-workbook",
        Form::Csv => "form-csv",
        Form::Json => "form-json",
        Form::Package => "form-package",
        Form::Markdown => "form-markdown",
        Form::Report | Form::Letter { .. } => "form-report",
    };
    item(id, name, text, move |_| {
        let one = (!desk.taking.whole.get_untracked()).then(|| desk.session.with_untracked(Session::document));
        desk.ask_for(form, one, Vec::new());
    })
}

fn item(
    id: &'static str,
    name: &'static str,
    text: &'static str,
    act: impl Fn(web_sys::MouseEvent) + 'static,
) -> impl IntoView {
    view! { <li><button type="button" id=id on:click=act><b>{name}</b><small>{text}</small></button></li> }
}
