//! The tag that is open, as far as it has come in: how many attributes it has.
//!
//! The tokenizer compares each attribute of a tag with all before it, so a tag of a hundred thousand attributes would
//! take its square. No tag has many: past a limit it is closed, and what is left of it is read as text.

/// Attributes after which a tag is closed. Word writes some 20.
const MAX_ATTRIBUTES: usize = 256;

/// Where in a tag the source stands, in the standard's terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Outside,
    TagName,
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    DoubleQuoted,
    SingleQuoted,
    Unquoted,
}

/// The open tag.
#[derive(Debug, Default)]
pub(super) struct OpenTag {
    state: State,
    attributes: usize,
}

impl OpenTag {
    pub(super) fn is_open(&self) -> bool {
        self.state != State::Outside
    }

    /// No tag is open after all.
    pub(super) fn close(&mut self) {
        *self = Self::default();
    }

    /// Follows a piece of the source, which begins a tag if none is open and it looks like one. Gives where in the piece
    /// the attribute begins that is too many; from there on the piece is no longer of the tag.
    pub(super) fn follow(&mut self, piece: &str) -> Option<usize> {
        let mut from = 0;
        let begins =
            piece.strip_prefix('<').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
        if begins && self.state == State::Outside {
            *self = Self { state: State::TagName, attributes: 0 };
            from = 1;
        }
        if self.state == State::Outside {
            return None;
        }
        for (at, byte) in piece.bytes().enumerate().skip(from) {
            self.state = self.after(byte);
            if self.attributes > MAX_ATTRIBUTES {
                self.close();
                return Some(at);
            }
        }
        None
    }

    fn after(&mut self, byte: u8) -> State {
        use State::{AfterName, BeforeName, BeforeValue, DoubleQuoted, Name, Outside, SingleQuoted, TagName, Unquoted};
        let blank = byte.is_ascii_whitespace();
        match (self.state, byte) {
            (Outside, _) | (TagName | BeforeName | Name | AfterName | BeforeValue | Unquoted, b'>') => Outside,
            (TagName | Name | AfterName | BeforeName, b'/') | (DoubleQuoted, b'"') | (SingleQuoted, b'\'') => {
                BeforeName
            }
            (TagName | Unquoted, _) if blank => BeforeName,
            (Name, _) if blank => AfterName,
            (BeforeName | AfterName | BeforeValue, _) if blank => self.state,
            (Name | AfterName, b'=') => BeforeValue,
            (BeforeValue, b'"') => DoubleQuoted,
            (BeforeValue, b'\'') => SingleQuoted,
            (BeforeValue, _) => Unquoted,
            (BeforeName | AfterName, _) => {
                self.attributes += 1;
                Name
            }
            (TagName | Name | DoubleQuoted | SingleQuoted | Unquoted, _) => self.state,
        }
    }
}
