//! What is remembered from visit to visit: language, theme, letter keys. Nothing of any file.

use gloo::storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};

use super::words::Language;

/// The name under which the settings are kept.
const KEY: &str = "duizhang-settings";

/// The settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settings {
    /// The language.
    pub(super) language: Language,
    /// The theme, where the reader chose one; else the system's.
    pub(super) theme: Option<Theme>,
    /// Whether single letters and digits are commands (WCAG 2.1.4: they can be turned off).
    pub(super) letters: bool,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Theme {
    /// Dark ink on light paper.
    Light,
    /// The reverse.
    Dark,
}

impl Theme {
    /// Its name in the page's `data-theme`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// How the settings are written down.
#[derive(Serialize, Deserialize)]
struct Kept {
    language: String,
    theme: Option<String>,
    letters: bool,
}

impl Settings {
    /// The kept settings, else what the browser says.
    pub(super) fn load() -> Self {
        let kept: Option<Kept> = storage_is_there().then(|| LocalStorage::get(KEY).ok()).flatten();
        let spoken = || {
            let language = web_sys::window().and_then(|w| w.navigator().language()).unwrap_or_default();
            if language.is_empty() || language.starts_with("zh") { Language::Chinese } else { Language::English }
        };
        let Some(kept) = kept else {
            return Self { language: spoken(), theme: None, letters: true };
        };
        Self {
            language: if kept.language == Language::English.tag() { Language::English } else { Language::Chinese },
            theme: match kept.theme.as_deref() {
                Some("light") => Some(Theme::Light),
                Some("dark") => Some(Theme::Dark),
                _ => None,
            },
            letters: kept.letters,
        }
    }

    /// Keeps them, where the browser lets us.
    pub(super) fn save(self) {
        let kept = Kept {
            language: self.language.tag().to_owned(),
            theme: self.theme.map(|theme| theme.name().to_owned()),
            letters: self.letters,
        };
        if storage_is_there() {
            // A full or forbidden storage only means that nothing is remembered.
            let _ = LocalStorage::set(KEY, kept);
        }
    }
}

/// Browsers may refuse storage to a page from disk; `gloo` would throw then.
fn storage_is_there() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.local_storage(), Ok(Some(_))))
}
