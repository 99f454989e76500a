//! The files that were checked last: their names and fingerprints, on this device only. Never a word of what is in them.

use leptos::prelude::*;

use super::desk::Desk;
use super::settings::storage;
use super::words::Words;
use crate::session::Link;

/// The name under which the list is kept.
const KEY: &str = "duizhang-recent";
/// What is kept instead of a list where nothing shall be remembered.
const OFF: &str = "off";
/// As many as are found at a glance.
const MOST: usize = 8;

/// The list as it is kept: a line for each, fingerprint, tab, name; the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Recent {
    files: Vec<(String, String)>,
    off: bool,
    /// Whether the browser keeps anything for this page.
    kept: bool,
}

impl Recent {
    /// What is kept.
    pub(super) fn load() -> Self {
        let Some(storage) = storage() else { return Self::default() };
        let text = storage.get_item(KEY).ok().flatten().unwrap_or_default();
        let line = |line: &str| line.split_once('\t').map(|(digest, name)| (digest.to_owned(), name.to_owned()));
        Self { files: text.lines().filter_map(line).take(MOST).collect(), off: text == OFF, kept: true }
    }

    fn save(&self) {
        let Some(storage) = storage() else { return };
        // A full or forbidden storage only means that nothing is remembered.
        let _ = match (self.off, self.files.is_empty()) {
            (true, _) => storage.set_item(KEY, OFF),
            (_, true) => storage.remove_item(KEY),
            _ => {
                let lines = self.files.iter().map(|(digest, name)| format!("{digest}\t{name}"));
                storage.set_item(KEY, &lines.collect::<Vec<_>>().join("\n"))
            }
        };
    }

    fn add(&mut self, digest: &str, name: &str) {
        self.files.retain(|(known, _)| known != digest);
        self.files.insert(0, (digest.to_owned(), name.replace(['\t', '\n', '\r'], " ")));
        self.files.truncate(MOST);
    }
}

impl Desk {
    /// Remembers the files that are open, unless the reader does not want it.
    pub(super) fn remember(self) {
        if self.recent.with_untracked(|recent| recent.off || !recent.kept) {
            return;
        }
        let opened = self.opened();
        self.recent.update(|recent| {
            for document in opened.analysis().documents.iter().rev() {
                recent.add(document.sha256.get(..12).unwrap_or_default(), &document.name);
            }
            recent.save();
        });
    }
}

/// The list on the first screen; nothing where there is none.
pub(super) fn list(desk: Desk, words: Words) -> impl IntoView {
    let change = move |change: fn(&mut Recent)| {
        desk.recent.update(|recent| {
            recent.files.clear();
            change(recent);
            recent.save();
        });
        desk.said.set(desk.words().recent_forgotten().to_owned());
    };
    let file = move |(digest, name): (String, String)| {
        let link = Link { document: digest.clone(), ..Link::default() };
        view! {
            <li><button class="linklike" type="button" on:click=move |_| desk.session.update(|session| session.follow(&link))>{name}</button>
                " "<code class="num small muted">{digest}</code></li>
        }
    };
    move || {
        let recent = desk.recent.get();
        if recent.off {
            return view! { <p class="small recent-off"><button class="linklike" type="button" on:click=move |_| change(|recent| recent.off = false)>{words.recent_on()}</button></p> }.into_any();
        }
        if recent.files.is_empty() {
            return ().into_any();
        }
        view! {
            <section class="recent" aria-labelledby="recent-title">
                <h2 id="recent-title">{words.recent()}</h2>
                <p class="small muted">{words.recent_hint()}</p>
                <ul>{recent.files.into_iter().map(file).collect_view()}</ul>
                <div class="drop-actions">
                    <button class="btn btn-small" type="button" id="recent-forget" on:click=move |_| change(|_| ())>{words.recent_forget()}</button>
                    <button class="btn btn-small btn-quiet" type="button" on:click=move |_| change(|recent| recent.off = true)>{words.recent_off()}</button>
                </div>
            </section>
        }
        .into_any()
    }
}
