//! XML of office documents as a flat run of tags and text: no tree is built and nothing recurses.
//!
//! Prefixes are dropped: `w:tbl` is `tbl`. What is broken ends the run; [`Xml::is_cut`] tells.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// A piece of an XML part.
pub(super) enum Piece<'a> {
    /// An element begins; an empty one is followed by its end.
    Open(Tag<'a>),
    /// An element ends.
    Close(String),
    /// Text between tags, entities resolved.
    Text(Cow<'a, str>),
}

/// The tag that begins an element.
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of the attribute called `name`, whatever its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// The attribute called `name` as a number.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Whether the attribute called `name` is set to something that means yes.
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| is_yes(&value))
    }
}

/// Whether the value of a switch means yes.
pub(super) fn is_yes(value: &str) -> bool {
    !matches!(value.trim(), "0" | "false" | "off" | "none" | "")
}

/// A part that is being read.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    cut: bool,
}

impl<'a> Xml<'a> {
    /// Begins at the start of `text`.
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self { reader, depth: 0, cut: false }
    }

    /// The next piece; `None` at the end, or where the part is broken.
    pub(super) fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(tag)) => {
                    self.depth += 1;
                    return Some(Piece::Open(Tag(tag)));
                }
                Ok(Event::End(end)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Some(Piece::Close(end.local_name().into_inner().to_owned()));
                }
                Ok(Event::Text(text)) => return Some(Piece::Text(text.into_inner())),
                Ok(Event::CData(text)) => return Some(Piece::Text(text.into_inner())),
                Ok(Event::GeneralRef(reference)) => {
                    let resolved = match reference.resolve_char_ref() {
                        Ok(Some(character)) => Some(character.to_string()),
                        _ => resolve_xml_entity(&reference.clone().into_inner()).map(str::to_owned),
                    };
                    return Some(Piece::Text(resolved.map_or(Cow::Borrowed(""), Cow::Owned)));
                }
                Ok(Event::Eof) => {
                    self.cut |= self.depth > 0;
                    return None;
                }
                Ok(_) => {}
                Err(_) => {
                    self.cut = true;
                    return None;
                }
            }
        }
    }

    /// Skips what is inside the element that was just opened, its end included.
    pub(super) fn skip(&mut self) {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.next().is_some() {}
    }

    /// The text inside the element that was just opened, without its tags.
    pub(super) fn text(&mut self) -> String {
        let outside = self.depth.saturating_sub(1);
        let mut text = String::new();
        while self.depth > outside {
            match self.next() {
                Some(Piece::Text(piece)) => text.push_str(&piece),
                Some(_) => {}
                None => break,
            }
        }
        text
    }

    /// Whether the part ended before its elements did.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }
}
