//! The elements that are open, and what they do to the text inside them.

use std::collections::BTreeMap;

use html5ever::LocalName;
use html5ever::tokenizer::Tag;

/// What an element does to the text inside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent of one another: any of them go together")]
pub(super) struct Effect {
    /// Not shown.
    pub(super) hidden: bool,
    /// Bold.
    pub(super) strong: bool,
    /// Above or below the line.
    pub(super) raised: bool,
    /// Blanks and line ends are kept.
    pub(super) preformatted: bool,
    /// Set by coordinates.
    pub(super) positioned: bool,
}

/// How many open elements have an effect.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Effects {
    pub(super) hidden: usize,
    pub(super) strong: usize,
    pub(super) raised: usize,
    pub(super) preformatted: usize,
}

impl Effects {
    fn open(&mut self, effect: Effect) {
        self.hidden += usize::from(effect.hidden);
        self.strong += usize::from(effect.strong);
        self.raised += usize::from(effect.raised);
        self.preformatted += usize::from(effect.preformatted);
    }

    fn close(&mut self, effect: Effect) {
        self.hidden = self.hidden.saturating_sub(usize::from(effect.hidden));
        self.strong = self.strong.saturating_sub(usize::from(effect.strong));
        self.raised = self.raised.saturating_sub(usize::from(effect.raised));
        self.preformatted = self.preformatted.saturating_sub(usize::from(effect.preformatted));
    }
}

/// The open elements of one scope: the page, or a cell. An end tag never reaches out of its scope.
///
/// Closing is amortised: an end tag without its start tag is told by a count, not by a search.
#[derive(Debug, Default)]
pub(super) struct Elements {
    open: Vec<(LocalName, Effect)>,
    count: BTreeMap<LocalName, u32>,
    pub(super) effects: Effects,
}

impl Elements {
    /// Opens an element.
    pub(super) fn open(&mut self, name: &LocalName, effect: Effect) {
        self.open.push((name.clone(), effect));
        *self.count.entry(name.clone()).or_default() += 1;
        self.effects.open(effect);
    }

    /// Closes the innermost `name` and all that is open in it; nothing if there is none.
    pub(super) fn close(&mut self, name: &LocalName) {
        if !self.is_open(name) {
            return;
        }
        while let Some((closed, effect)) = self.open.pop() {
            self.effects.close(effect);
            if let Some(count) = self.count.get_mut(&closed) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    self.count.remove(&closed);
                }
            }
            if closed == *name {
                return;
            }
        }
    }

    pub(super) fn is_open(&self, name: &LocalName) -> bool {
        self.count.contains_key(name)
    }

    /// Whether one of the innermost `depth` elements is `name`, before any of `bounds`.
    pub(super) fn is_near(&self, name: &LocalName, bounds: &[LocalName], depth: usize) -> bool {
        let near = self.open.iter().rev().take(depth).find(|(open, _)| open == name || bounds.contains(open));
        near.is_some_and(|(open, _)| open == name)
    }
}

/// The value of an attribute.
pub(super) fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// What a tag does to the text inside it, by its name, its `hidden` attribute and its style.
pub(super) fn effect(tag: &Tag) -> Effect {
    let style: String = attribute(tag, "style")
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let has = |declaration: &str| style.contains(declaration);
    let weight = style.split(';').rev().find_map(|declaration| declaration.strip_prefix("font-weight:"));
    Effect {
        hidden: attribute(tag, "hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found"))
            || has("display:none")
            || has("mso-hide:all")
            || matches!(
                &*tag.name,
                "template" | "script" | "style" | "title" | "iframe" | "noembed" | "noframes" | "xmp"
            ),
        strong: match weight {
            Some(weight) => {
                matches!(weight.trim_end_matches("!important"), "bold" | "bolder" | "600" | "700" | "800" | "900")
            }
            None => matches!(&*tag.name, "b" | "strong"),
        },
        raised: matches!(&*tag.name, "sup" | "sub"),
        positioned: has("position:absolute") && has("top:") && has("left:"),
        preformatted: matches!(&*tag.name, "pre" | "textarea" | "listing"),
    }
}

/// Elements that begin and end a line.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "details"
            | "dialog"
            | "dd"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "option"
            | "optgroup"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "select"
            | "summary"
            | "textarea"
            | "ul"
    )
}

/// Blocks with no empty line between them.
pub(super) fn is_tight(name: &str) -> bool {
    matches!(name, "li" | "dd" | "dt" | "option" | "optgroup" | "summary" | "legend")
}

/// Elements without content.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// The level of a heading element.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}
