//! Encodings of simple (one byte) fonts: code → character, through a base encoding and glyph names.

/// The base encodings that PDF names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Base {
    /// StandardEncoding, and what a font without any has: printable ASCII, nothing above it.
    #[default]
    Standard,
    /// WinAnsiEncoding: Windows code page 1252.
    WinAnsi,
    /// MacRomanEncoding.
    MacRoman,
}

impl Base {
    /// The encoding that PDF calls `name`.
    pub(super) fn named(name: &[u8]) -> Self {
        match name {
            b"WinAnsiEncoding" => Self::WinAnsi,
            b"MacRomanEncoding" | b"MacExpertEncoding" => Self::MacRoman,
            _ => Self::Standard,
        }
    }

    /// The character of `code`, or `None` where the encoding has none.
    pub(super) fn character(self, code: u8) -> Option<char> {
        if code < 0x20 || code == 0x7F {
            return None;
        }
        if code < 0x7F {
            return Some(char::from(code));
        }
        let encoding = match self {
            Self::Standard => return None,
            Self::WinAnsi => encoding_rs::WINDOWS_1252,
            Self::MacRoman => encoding_rs::MACINTOSH,
        };
        let (text, _, _) = encoding.decode(std::slice::from_ref(&code));
        text.chars().next().filter(|c| !c.is_control())
    }
}

/// Glyph names of printable ASCII, from the space on, as the Adobe Glyph List spells them.
const ASCII: &str = "space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk \
    plus comma hyphen period slash zero one two three four five six seven eight nine colon semicolon less equal greater \
    question at A B C D E F G H I J K L M N O P Q R S T U V W X Y Z bracketleft backslash bracketright asciicircum \
    underscore grave a b c d e f g h i j k l m n o p q r s t u v w x y z braceleft bar braceright asciitilde";

/// Further names that Chinese office files use.
const OTHERS: [(&str, char); 34] = [
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("quotedblbase", '„'),
    ("endash", '–'),
    ("emdash", '—'),
    ("minus", '−'),
    ("bullet", '•'),
    ("ellipsis", '…'),
    ("periodcentered", '·'),
    ("middot", '·'),
    ("nbspace", ' '),
    ("nonbreakingspace", ' '),
    ("sfthyphen", '-'),
    ("degree", '°'),
    ("plusminus", '±'),
    ("multiply", '×'),
    ("divide", '÷'),
    ("section", '§'),
    ("copyright", '©'),
    ("registered", '®'),
    ("trademark", '™'),
    ("perthousand", '‰'),
    ("lessequal", '≤'),
    ("greaterequal", '≥'),
    ("notequal", '≠'),
    ("guillemotleft", '«'),
    ("guillemotright", '»'),
    ("yen", '¥'),
    ("Euro", '€'),
    ("fraction", '⁄'),
    ("fi", 'ﬁ'),
    ("fl", 'ﬂ'),
];

/// The character of a glyph name, also of the forms `uni4E00`, `u4E00` and `uni4E00.alt`.
pub(super) fn named_glyph(name: &str) -> Option<char> {
    let name = name.split_once('.').map_or(name, |(stem, _)| stem);
    if name.is_empty() {
        return None;
    }
    if let Some(index) = ASCII.split_ascii_whitespace().position(|known| known == name) {
        return u32::try_from(index).ok().and_then(|n| char::from_u32(0x20 + n));
    }
    if let Some(&(_, c)) = OTHERS.iter().find(|(known, _)| *known == name) {
        return Some(c);
    }
    let digits = name
        .strip_prefix("uni")
        .and_then(|rest| rest.get(..4))
        .or_else(|| name.strip_prefix('u').filter(|rest| (4..=6).contains(&rest.len())))?;
    u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_characters() {
        for (name, c) in [("zero", '0'), ("nine", '9'), ("period", '.'), ("comma", ','), ("hyphen", '-'), ("A", 'A')] {
            assert_eq!(named_glyph(name), Some(c), "{name}");
        }
        assert_eq!(named_glyph("uni4E07"), Some('万'));
        assert_eq!(named_glyph("u5143"), Some('元'));
        assert_eq!(named_glyph("seven.tab"), Some('7'));
        for unknown in ["g12", "", ".notdef", "cid123", "uniZZZZ"] {
            assert_eq!(named_glyph(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn codes_are_characters() {
        assert_eq!(Base::WinAnsi.character(0xD7), Some('×'));
        assert_eq!(Base::MacRoman.character(0xA5), Some('•'));
        assert_eq!(Base::Standard.character(0xD7), None, "not guessed");
        assert_eq!(Base::WinAnsi.character(b'7'), Some('7'));
        assert_eq!(Base::WinAnsi.character(7), None);
    }
}
