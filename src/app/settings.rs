//! What is remembered from visit to visit: language, theme, units, letter keys. Nothing of any file.

use web_sys::Storage;

use super::words::Language;
use crate::amount::Unit;
use crate::session::ShareUnit;

/// The name under which the settings are kept.
const KEY: &str = "duizhang-settings";

/// The units that amounts can be shown in, and their names in what is kept.
pub(super) const UNITS: [(Unit, &str); 3] =
    [(Unit::Yuan, "yuan"), (Unit::TenThousand, "wan"), (Unit::HundredMillion, "yi")];

/// The settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settings {
    /// The language.
    pub(super) language: Language,
    /// The theme, where the reader chose one; else the system's.
    pub(super) theme: Option<Theme>,
    /// The unit that amounts are shown in; `None`: as printed.
    pub(super) unit: Option<Unit>,
    /// In what shares are said.
    pub(super) shares: ShareUnit,
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

impl Settings {
    /// The kept settings, else what the browser says.
    pub(super) fn load() -> Self {
        let spoken = || {
            let language = web_sys::window().and_then(|w| w.navigator().language()).unwrap_or_default();
            if language.is_empty() || language.starts_with("zh") { Language::Chinese } else { Language::English }
        };
        let kept = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
        let Some(kept) = kept.filter(|kept| kept.starts_with("language=")) else {
            return Self { language: spoken(), theme: None, letters: true, unit: None, shares: ShareUnit::Percent };
        };
        let has = |what: &str| kept.split(' ').any(|setting| setting == what);
        Self {
            language: if has("language=en") { Language::English } else { Language::Chinese },
            theme: match (has("theme=light"), has("theme=dark")) {
                (true, _) => Some(Theme::Light),
                (_, true) => Some(Theme::Dark),
                _ => None,
            },
            letters: !has("letters=off"),
            shares: if has("shares=permille") { ShareUnit::PerMille } else { ShareUnit::Percent },
            unit: UNITS.iter().find(|(_, name)| has(&["unit=", name].concat())).map(|(unit, _)| *unit),
        }
    }

    /// Keeps them, where the browser lets us.
    pub(super) fn save(self) {
        let mut kept = ["language=", self.language.tag()].concat();
        if let Some(theme) = self.theme {
            kept.push_str(" theme=");
            kept.push_str(theme.name());
        }
        if let Some((_, name)) = UNITS.iter().find(|(unit, _)| Some(*unit) == self.unit) {
            kept.push_str(" unit=");
            kept.push_str(name);
        }
        if self.shares == ShareUnit::PerMille {
            kept.push_str(" shares=permille");
        }
        if !self.letters {
            kept.push_str(" letters=off");
        }
        if let Some(storage) = storage() {
            // A full or forbidden storage only means that nothing is remembered.
            let _ = storage.set_item(KEY, &kept);
        }
    }
}

/// Browsers may refuse storage to a page from disk.
pub(super) fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
