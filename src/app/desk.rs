//! What all components share: the session, the settings, the pipeline, and the actions on them.

use std::collections::BTreeMap;

use gloo::file::futures::read_as_bytes;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::FileList;

use super::export::Taking;
use super::focus;
use super::folder;
use super::password::Locked;
use super::phrases::{not_handed_over, not_unlocked};
use super::pictures::Pictures;
use super::pipeline::Pipeline;
use super::pool::{Pool, Told};
use super::recent::Recent;
use super::settings::{Settings, Theme};
use super::words::{Language, Words};
use crate::analysis::{Analysis, Unreadable};
use crate::disclosure::Anchor;
use crate::document::Place;
use crate::rules::judge::Verdict;
use crate::session::{Chosen, Many, Opened, Session, View};
use crate::wire::{Event, PictureRequest, RulePage, Source, Step, TOGETHER};

/// How long a closed file can be had back.
const UNDO_MILLISECONDS: u32 = 8_000;

/// For how long what is told of many files is gathered before it is shown.
const TOGETHER_MILLISECONDS: u32 = 120;

/// The example, made up for this purpose.
const EXAMPLE: &str = include_str!("example.md");
const EXAMPLE_NAME: &str = "示例市绿道管理局2025年部门预算.md";

/// Handles to everything shared; copying it copies the handles.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// What is open and chosen.
    pub(super) session: RwSignal<Session>,
    /// Counts the analyses, so that memos see a new one.
    pub(super) edition: RwSignal<u64>,
    /// Counts what was tried and put back, so that the tables see it.
    pub(super) tries: RwSignal<u64>,
    /// What is being read.
    pub(super) reading: RwSignal<Option<Reading>>,
    /// What could not be read, until dismissed.
    pub(super) failures: RwSignal<Vec<Unreadable>>,
    /// The file that is closed unless the reader undoes it.
    pub(super) closing: RwSignal<Option<Closing>>,
    /// Files that are closed for good, until the analysis no longer has them.
    hidden: RwSignal<Vec<String>>,
    /// The settings.
    pub(super) settings: RwSignal<Settings>,
    /// The rules, once the worker has sent them.
    pub(super) handbook: RwSignal<Vec<RulePage>>,
    /// The files that wait for a password.
    pub(super) locked: RwSignal<Vec<Locked>>,
    /// Whether the paste box is open.
    pub(super) pasting: RwSignal<bool>,
    /// Whether files are dragged over the window.
    pub(super) dragged_over: RwSignal<bool>,
    /// Whether the glossary is open.
    pub(super) glossary_shown: RwSignal<bool>,
    /// The term that is asked about.
    pub(super) term: RwSignal<Option<super::glossary::Asked>>,
    /// Whether the list of keys is open.
    pub(super) keys_shown: RwSignal<bool>,
    /// Whether the report is laid out for printing.
    pub(super) printing: RwSignal<bool>,
    /// What the reader said of findings, by fingerprint and title.
    pub(super) judged: RwSignal<BTreeMap<(String, String), Judgement>>,
    /// What was last said to screen readers.
    pub(super) said: RwSignal<String>,
    /// The list of many documents, if a folder was dropped.
    pub(super) many: RwSignal<Option<Many>>,
    /// Whether the list is in view, and not a document.
    pub(super) many_shown: RwSignal<bool>,
    /// Whether the search is open.
    pub(super) finding: RwSignal<bool>,
    /// Whether the handbook is open, and the rule that it shows.
    pub(super) handbook_open: RwSignal<bool>,
    pub(super) rule_shown: RwSignal<String>,
    /// The files that were checked last.
    pub(super) recent: RwSignal<Recent>,
    /// What is being taken away.
    pub(super) taking: Taking,
    pool: StoredValue<Option<Pool>, LocalStorage>,
    /// What the pool told of and the list does not show yet, and when it will.
    told: StoredValue<(Vec<Told>, Option<Timeout>), LocalStorage>,
    /// Counts the openings, and which of them the list belongs to.
    openings: StoredValue<(u32, Option<u32>)>,
    /// Pictures of pages.
    pub(super) pictures: Pictures,
    pub(super) pipeline: StoredValue<Option<Pipeline>, LocalStorage>,
    timeout: StoredValue<Option<Timeout>, LocalStorage>,
}

/// Where the pipeline is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// The source that it is at.
    pub(super) document: Option<String>,
    /// The step that it is at; `None` before the first.
    pub(super) step: Option<Step>,
    /// Steps behind and in all.
    pub(super) done: u32,
    pub(super) of: u32,
}

/// A file that is about to be closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Closing {
    /// Its fingerprint.
    pub(super) sha256: String,
    /// Its name.
    pub(super) name: String,
}

/// What the reader found out about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    /// The source does say so.
    Confirmed,
    /// It was misread.
    Misread,
}

impl Desk {
    /// Starts the pipeline.
    pub(super) fn new() -> Self {
        let desk = Self {
            session: RwSignal::new(Session::default()),
            edition: RwSignal::new(0),
            tries: RwSignal::new(0),
            reading: RwSignal::new(None),
            failures: RwSignal::new(Vec::new()),
            closing: RwSignal::new(None),
            hidden: RwSignal::new(Vec::new()),
            settings: RwSignal::new(Settings::load()),
            handbook: RwSignal::new(Vec::new()),
            locked: RwSignal::new(Vec::new()),
            pasting: RwSignal::new(false),
            dragged_over: RwSignal::new(false),
            glossary_shown: RwSignal::new(false),
            term: RwSignal::new(None),
            keys_shown: RwSignal::new(false),
            printing: RwSignal::new(false),
            judged: RwSignal::new(BTreeMap::new()),
            said: RwSignal::new(String::new()),
            many: RwSignal::new(None),
            many_shown: RwSignal::new(false),
            finding: RwSignal::new(false),
            handbook_open: RwSignal::new(false),
            rule_shown: RwSignal::new(String::new()),
            recent: RwSignal::new(Recent::load()),
            taking: Taking::new(),
            pool: StoredValue::new_local(None),
            told: StoredValue::new_local((Vec::new(), None)),
            openings: StoredValue::new((0, None)),
            pictures: Pictures::new(),
            pipeline: StoredValue::new_local(None),
            timeout: StoredValue::new_local(None),
        };
        let pipeline = Pipeline::start(move |event| desk.hear(event));
        pipeline.handbook();
        desk.pipeline.set_value(Some(pipeline));
        desk
    }

    fn hear(self, event: Event) {
        match event {
            Event::Progress { document, step, done, of } => {
                self.reading.set(Some(Reading { document, step: Some(step), done, of }));
            }
            Event::Done(analysis) => self.take(analysis),
            Event::Failed(failure) => {
                self.reading.set(None);
                self.failures.update(|all| all.push(failure));
            }
            Event::Locked { id, name, wrong } => {
                self.reading.set(None);
                self.locked.update(|all| {
                    // One that was tried is asked for again at once.
                    let at = if wrong { 0 } else { all.len() };
                    all.insert(at, Locked { id, name, wrong });
                });
            }
            Event::Many { name, members, refused } => {
                let file = |Source { name, bytes }: Source| {
                    let file = gloo::file::File::new(&name, bytes.as_slice());
                    (name.clone(), name, file)
                };
                self.list(name, members.into_iter().map(file).collect());
                self.failures.update(|all| all.extend(refused));
            }
            Event::Handbook(pages) => self.handbook.set(pages),
            Event::Tried(verdicts) => self.tried(verdicts),
            Event::Saved(file) => self.take_away(&file),
        }
    }

    /// Goes on with the first file that waits for a password, or leaves it closed.
    pub(super) fn unlock(self, password: Option<String>) {
        let Some(Locked { id, name, .. }) = self.locked.with_untracked(|all| all.first().cloned()) else { return };
        self.locked.update(|all| drop(all.remove(0)));
        if password.is_none() {
            self.failures.update(|all| all.push(not_unlocked(name)));
            focus::on("main");
        }
        self.pipeline.with_value(|pipeline| {
            if let Some(pipeline) = pipeline {
                pipeline.unlock(id, password);
            }
        });
    }

    fn take(self, mut analysis: Analysis) {
        let unreadable = std::mem::take(&mut analysis.unreadable);
        self.reading.set(None);
        if !unreadable.is_empty() {
            self.failures.update(|all| {
                for failure in unreadable {
                    all.retain(|known| known.name != failure.name);
                    all.push(failure);
                }
            });
        }
        // A document of the list that was opened comes into view.
        if analysis.documents.len() > self.session.with_untracked(|s| s.opened().analysis().documents.len()) {
            self.many_shown.set(false);
        }
        self.session.update(|session| session.open(analysis));
        self.hidden.set(Vec::new());
        self.edition.update(|edition| *edition += 1);
        self.remember();
        let words = self.words();
        let said = self.session.with_untracked(|session| {
            let lines = words.headline(session.opened().headline(session.document()));
            lines.into_iter().map(|(_, line)| line).collect::<String>()
        });
        if untrack(move || self.is_anything_open()) {
            self.said.set(said);
        }
    }

    /// The words of the language now.
    pub(super) fn words(self) -> Words {
        Words(self.settings.with_untracked(|settings| settings.language))
    }

    /// What is open now.
    pub(super) fn opened(self) -> std::sync::Arc<Opened> {
        self.session.with_untracked(|session| std::sync::Arc::clone(session.opened()))
    }

    /// The edition and the document in view: what most memos hang on.
    pub(super) fn document(self) -> Memo<(u64, usize)> {
        Memo::new(move |_| (self.edition.get(), self.session.with(Session::document)))
    }

    /// The view of the document.
    pub(super) fn view(self) -> Memo<View> {
        Memo::new(move |_| self.session.with(Session::view))
    }

    /// Whether printing takes what is on the screen, and not the report.
    pub(super) fn prints_screen(self) -> bool {
        self.session.with(|session| matches!(session.view(), View::Charts | View::Compare))
            && !self.many_shown.get()
            && self.is_anything_open()
    }

    /// Whether a file is open that is not being closed.
    pub(super) fn is_anything_open(self) -> bool {
        !self.open_documents().is_empty()
    }

    /// Indexes of the files that are open and not being closed.
    pub(super) fn open_documents(self) -> Vec<usize> {
        let closing = self.closing.get().map(|closing| closing.sha256);
        let hidden = self.hidden.get();
        self.session.with(|session| {
            let documents = session.opened().analysis().documents.iter().enumerate();
            let open = documents.filter(|(_, d)| Some(&d.sha256) != closing.as_ref() && !hidden.contains(&d.sha256));
            open.map(|(index, _)| index).collect()
        })
    }

    /// Opens chosen or dropped files.
    pub(super) fn open_files(self, files: &FileList) {
        self.open_list(gloo::file::FileList::from(files.clone()).to_vec());
    }

    /// Opens files, as documents or as a list.
    pub(super) fn open_list(self, files: Vec<gloo::file::File>) {
        if let Some((name, files)) = folder::chosen(&files) {
            return self.open_many(name, files);
        }
        if files.len() > TOGETHER {
            let name = self.words().many_files().to_owned();
            return self.open_many(name, files.into_iter().map(|file| (file.name(), file)).collect());
        }
        self.open(files.into_iter().map(|file| (file.name(), file)).collect());
    }

    fn open(self, files: Vec<(String, gloo::file::File)>) {
        let Some((first, _)) = files.first() else { return };
        self.begin(Some(first.clone()));
        spawn_local(async move {
            let mut sources = Vec::new();
            for (name, file) in files {
                match read_as_bytes(&file).await {
                    Ok(bytes) => sources.push(Source { name, bytes }),
                    Err(error) => {
                        let failure = not_handed_over(name, &error.to_string());
                        self.failures.update(|all| all.push(failure));
                    }
                }
            }
            self.send(sources);
        });
    }

    /// Reads and checks many files, and shows the list of them.
    pub(super) fn open_many(self, name: String, files: Vec<(String, gloo::file::File)>) {
        self.begin(None);
        self.reading.set(None);
        if files.is_empty() {
            self.said.set(self.words().many_nothing().to_owned());
            return;
        }
        self.list(name, files.into_iter().map(|(path, file)| (path, file.name(), file)).collect());
    }

    /// Shows a list of files, each with its path and the name that its document has. Those of one opening stand in one
    /// list.
    fn list(self, name: String, files: Vec<(String, String, gloo::file::File)>) {
        self.reading.set(None);
        let (opening, listed) = self.openings.get_value();
        self.openings.set_value((opening, Some(opening)));
        let paths: Vec<String> = files.iter().map(|(path, ..)| path.clone()).collect();
        let files = files.into_iter().map(|(_, name, file)| (name, file)).collect();
        if listed == Some(opening) && self.many.with_untracked(Option::is_some) {
            self.change_many(|many| many.add(paths));
            self.pool.with_value(|pool| {
                if let Some(pool) = pool {
                    pool.add(files);
                }
            });
        } else {
            // The list before is let go first: nothing is told of it any more.
            self.pool.set_value(None);
            self.many.set(Some(Many::new(name, paths)));
            self.told.set_value((Vec::new(), None));
            self.pool.set_value(Some(Pool::start(files, move |told| self.tell_of_many(told))));
        }
        self.many_shown.set(true);
        focus::on("many-title");
    }

    /// Hears how a file of the list came out. What comes shortly after another is shown with it: the list is sorted and
    /// drawn some times a second, not once a file.
    fn tell_of_many(self, told: Told) {
        self.told.update_value(|(all, due)| {
            all.push(told);
            if due.is_none() {
                *due = Some(Timeout::new(TOGETHER_MILLISECONDS, move || self.show_what_was_told()));
            }
        });
    }

    fn show_what_was_told(self) {
        let told = self.told.try_update_value(|(all, due)| {
            *due = None;
            std::mem::take(all)
        });
        self.change_many(|many| {
            for told in told.unwrap_or_default() {
                match told {
                    Told::State(index, state) => many.set(index, state),
                    Told::Unpacked(index, names) => many.unpack(index, names),
                }
            }
        });
    }

    fn change_many(self, change: impl FnOnce(&mut Many)) {
        self.many.update(|many| {
            if let Some(many) = many {
                change(many);
            }
        });
    }

    /// Stops reading the files of the list. What was read stays.
    pub(super) fn stop_many(self) {
        self.pool.with_value(|pool| {
            if let Some(pool) = pool {
                pool.stop();
            }
        });
        self.show_what_was_told();
        self.change_many(Many::stop);
        focus::on("many-title");
    }

    /// Opens a document of the list.
    pub(super) fn open_of_many(self, index: usize) {
        let file = self.pool.with_value(|pool| pool.as_ref()?.file(index));
        if let Some(file) = file {
            self.open(vec![file]);
        }
    }

    /// Closes the list.
    pub(super) fn close_many(self) {
        self.pool.set_value(None);
        self.many.set(None);
        self.many_shown.set(false);
        focus::on("main");
    }

    /// Opens what was dropped where a folder is among it.
    pub(super) fn open_folder(self, name: String, entries: Vec<web_sys::FileSystemEntry>) {
        self.begin(Some(name.clone()));
        spawn_local(async move { self.open_many(name, folder::files(entries).await) });
    }

    /// Opens pasted text.
    pub(super) fn open_text(self, name: String, text: String) {
        self.begin(Some(name.clone()));
        self.send(vec![Source { name, bytes: text.into_bytes() }]);
    }

    /// Opens the example.
    pub(super) fn open_example(self) {
        self.open_text(EXAMPLE_NAME.to_owned(), EXAMPLE.to_owned());
    }

    pub(super) fn begin(self, document: Option<String>) {
        self.finish_closing();
        self.openings.update_value(|(opening, _)| *opening += 1);
        self.failures.set(Vec::new());
        self.pasting.set(false);
        self.reading.set(Some(Reading { document, step: None, done: 0, of: 0 }));
        self.said.set(self.words().reading(None));
    }

    pub(super) fn send(self, sources: Vec<Source>) {
        if sources.is_empty() {
            self.reading.set(None);
        } else {
            self.pipeline.with_value(|pipeline| {
                if let Some(pipeline) = pipeline {
                    pipeline.open(sources);
                }
            });
        }
    }

    /// Files are being brought: what reads most of them is started.
    pub(super) fn warm_reader(self) {
        self.pipeline.with_value(|pipeline| {
            if let Some(pipeline) = pipeline {
                pipeline.warm_reader();
            }
        });
    }

    /// Stops reading. What is open stays.
    pub(super) fn cancel(self) {
        self.pipeline.with_value(|pipeline| {
            if let Some(pipeline) = pipeline {
                pipeline.cancel();
            }
        });
        self.reading.set(None);
    }

    /// The file of a document, for the picture module.
    pub(super) fn file(self, document: usize) -> Option<(PictureRequest, js_sys::ArrayBuffer)> {
        self.pipeline.with_value(|pipeline| pipeline.as_ref()?.file(document))
    }

    /// Closes a file; for a while it can be had back.
    pub(super) fn close(self, document: usize) {
        self.finish_closing();
        let found = self.session.with_untracked(|session| {
            let found = session.opened().analysis().documents.get(document)?;
            Some(Closing { sha256: found.sha256.clone(), name: found.name.clone() })
        });
        let Some(closing) = found else { return };
        self.said.set(self.words().closed(&closing.name));
        self.closing.set(Some(closing));
        let open = untrack(move || self.open_documents());
        if self.session.with_untracked(Session::document) == document
            && let Some(&next) = open.iter().find(|&&d| d > document).or(open.last())
        {
            self.session.update(|session| session.show_document(next));
        }
        self.timeout.set_value(Some(Timeout::new(UNDO_MILLISECONDS, move || self.finish_closing())));
    }

    /// Has the closed file back.
    pub(super) fn undo_close(self) {
        self.timeout.set_value(None);
        let Some(closing) = self.closing.get_untracked() else { return };
        self.closing.set(None);
        self.session.update(|session| {
            let document = session.opened().analysis().documents.iter().position(|d| d.sha256 == closing.sha256);
            if let Some(document) = document {
                session.show_document(document);
            }
        });
    }

    /// Closes for good what was being closed.
    pub(super) fn finish_closing(self) {
        self.timeout.set_value(None);
        let Some(closing) = self.closing.get_untracked() else { return };
        let document = self.session.with_untracked(|session| {
            session.opened().analysis().documents.iter().position(|d| d.sha256 == closing.sha256)
        });
        if let Some(document) = document {
            self.pipeline.with_value(|pipeline| {
                if let Some(pipeline) = pipeline {
                    pipeline.remove(document);
                }
            });
        }
        // Out of sight until the others are checked anew.
        self.hidden.update(|hidden| hidden.push(closing.sha256));
        self.closing.set(None);
    }

    /// Shows another document.
    pub(super) fn show_document(self, document: usize) {
        self.many_shown.set(false);
        self.session.update(|session| session.show_document(document));
    }

    /// Shows another view.
    pub(super) fn show_view(self, view: View) {
        self.session.update(|session| session.show_view(view));
        focus::to_top();
    }

    /// Chooses a finding or check and moves to its heading.
    pub(super) fn choose(self, chosen: Chosen) {
        self.session.update(|session| session.choose(chosen));
        focus::on("detail-title");
        // On a narrow screen the detail was not laid out until now.
        focus::scroll_to_token("evidence-lines");
    }

    /// Goes back to the list.
    pub(super) fn back_to_list(self) {
        self.session.update(Session::back_to_list);
        focus::on_current("finding-list");
    }

    /// Shows what an anchor points to.
    pub(super) fn show(self, at: Anchor) {
        self.session.update(|session| session.show(at));
        focus::after_view_change(at);
    }

    /// The address of a place in a document.
    pub(super) fn place(self, words: Words, document: usize, place: Place) -> String {
        let opened = self.opened();
        words.place_of(&opened, document, place)
    }

    /// Shows where in the source an anchor stands.
    pub(super) fn show_source(self, at: Anchor) {
        self.session.update(|session| {
            let place = session.opened().analysis().place(at);
            if at.disclosure() == session.document() {
                session.show_source(place);
            }
        });
    }

    /// Changes the settings and keeps them.
    pub(super) fn set(self, change: impl FnOnce(&mut Settings)) {
        self.settings.update(change);
        self.settings.get_untracked().save();
    }

    /// Changes the language.
    pub(super) fn switch_language(self) {
        self.set(|settings| settings.language = settings.language.other());
        focus::on("language");
    }

    /// Changes between light and dark, beginning with the reverse of what is seen.
    pub(super) fn switch_theme(self) {
        let dark = match self.settings.with_untracked(|settings| settings.theme) {
            Some(theme) => theme == Theme::Dark,
            None => prefers_dark(),
        };
        self.set(|settings| settings.theme = Some(if dark { Theme::Light } else { Theme::Dark }));
    }

    /// Puts text on the clipboard and says whether that worked.
    pub(super) fn copy(self, text: &str) {
        let Some(window) = web_sys::window() else { return };
        let words = self.words();
        let clipboard = window.navigator().clipboard();
        if wasm_bindgen::JsValue::from(clipboard.clone()).is_undefined() {
            self.said.set(words.not_copied().to_owned());
            return;
        }
        let promise = clipboard.write_text(text);
        spawn_local(async move {
            let said = if JsFuture::from(promise).await.is_ok() { words.copied() } else { words.not_copied() };
            self.said.set(said.to_owned());
        });
    }

    /// Lays the report out and asks the browser to print it.
    pub(super) fn print(self) {
        self.printing.set(true);
        request_animation_frame(move || {
            if let Some(window) = web_sys::window() {
                // A browser that cannot print says so itself.
                let _ = window.print();
            }
            self.printing.set(false);
        });
    }

    /// Changes a cell to see what then holds; nothing of it is kept.
    pub(super) fn try_change(self, at: Anchor, text: &str) {
        let taken = self.session.try_update(|session| session.try_change(at, text)) == Some(true);
        if !taken {
            self.said.set(self.words().try_not_amount().to_owned());
            return;
        }
        let (cells, checks) = self.session.with_untracked(|session| {
            (session.tried().cells(), u32::try_from(session.opened().analysis().checks.len()).unwrap_or(u32::MAX))
        });
        if cells.is_empty() {
            return self.put_back();
        }
        self.pipeline.with_value(|pipeline| {
            if let Some(pipeline) = pipeline {
                pipeline.try_cells(checks, cells);
            }
        });
    }

    fn tried(self, verdicts: Option<Vec<(u32, Verdict)>>) {
        match verdicts {
            Some(verdicts) => {
                self.session.update(|session| session.tried_judged(verdicts));
                self.tries.update(|tries| *tries += 1);
                let (broken, mended) = self.session.with_untracked(|session| {
                    session.tried().outcome().map_or((0, 0), |outcome| (outcome.broken.len(), outcome.mended.len()))
                });
                self.said.set(self.words().tried(broken, mended));
                self.back_to_cell();
            }
            None => {
                self.put_back();
                self.said.set(self.words().try_lost().to_owned());
            }
        }
    }

    /// Puts back what was changed to try something.
    pub(super) fn put_back(self) {
        self.session.update(Session::put_back);
        self.tries.update(|tries| *tries += 1);
        self.back_to_cell();
    }

    /// The table was drawn anew, and the cell that had the focus with it.
    fn back_to_cell(self) {
        let at = self.session.with_untracked(|session| session.cell_anchor().filter(|_| session.view() == View::Table));
        if let Some(at) = at {
            focus::after_view_change(at);
        }
    }

    /// The rule as the handbook has it.
    pub(super) fn rule(self, id: &str) -> Option<RulePage> {
        self.handbook.with(|pages| pages.iter().find(|page| page.id == id).cloned())
    }

    /// The language.
    pub(super) fn language(self) -> Memo<Language> {
        Memo::new(move |_| self.settings.with(|settings| settings.language))
    }
}

fn prefers_dark() -> bool {
    let query = web_sys::window().and_then(|w| w.match_media("(prefers-color-scheme: dark)").ok().flatten());
    query.is_some_and(|query| query.matches())
}
