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
    /// The encoding of the Symbol font.
    Symbol,
    /// A font of pictures (Wingdings, ZapfDingbats): its codes are no characters, whatever they would be elsewhere.
    Pictures,
}

/// The Symbol font from the space on, and from 0xA1 on, as Adobe's `symbol.txt` maps it; U+FFFD where it has none.
const SYMBOL_LOW: &str =
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
const SYMBOL_HIGH: &str =
    "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\u{FFFD}〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

/// StandardEncoding from 0xA1 on (PDF 32000-1, D.2); U+FFFD where it has none.
const STANDARD_HIGH: &str =
    "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ\u{FFFD}–†‡·\u{FFFD}¶•‚„”»…‰\u{FFFD}¿\u{FFFD}`´ˆ˜¯˘˙¨\u{FFFD}˚¸\u{FFFD}˝˛ˇ—";

impl Base {
    /// The encoding that PDF calls `name`.
    pub(super) fn named(name: &[u8]) -> Self {
        match name {
            b"WinAnsiEncoding" => Self::WinAnsi,
            b"MacRomanEncoding" => Self::MacRoman,
            // Old-style figures and fractions under codes that mean letters elsewhere.
            b"MacExpertEncoding" => Self::Pictures,
            _ => Self::Standard,
        }
    }

    /// The encoding that a font has by itself, told by its name.
    pub(super) fn of_font(name: &[u8]) -> Self {
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        let name = name.split_once('+').map_or(name.as_str(), |(_, name)| name);
        if ["wingdings", "webdings", "zapfdingbats", "dingbats"].iter().any(|font| name.starts_with(font)) {
            Self::Pictures
        } else if name.starts_with("symbol") {
            Self::Symbol
        } else {
            Self::Standard
        }
    }

    /// The character of `code`, or `None` where the encoding has none.
    pub(super) fn character(self, code: u8) -> Option<char> {
        if code < 0x20 || code == 0x7F {
            return None;
        }
        let high = |table: &str| {
            let at = usize::from(code.checked_sub(0xA1)?);
            table.chars().nth(at).filter(|&c| c != char::REPLACEMENT_CHARACTER)
        };
        match self {
            Self::Pictures => return None,
            Self::Symbol if code < 0x7F => return SYMBOL_LOW.chars().nth(usize::from(code - 0x20)),
            Self::Symbol if code == 0xA0 => return Some('€'),
            Self::Symbol => return high(SYMBOL_HIGH),
            _ => {}
        }
        if code < 0x7F {
            return Some(char::from(code));
        }
        let encoding = match self {
            Self::Standard | Self::Symbol | Self::Pictures => return high(STANDARD_HIGH),
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
        assert_eq!((Base::Standard.character(0xB1), Base::Standard.character(0xD0)), (Some('–'), Some('—')));
        let symbol = [b'1', b'a', 0xA3, 0xB3, 0xB4, 0xF0, 0xFE].map(|code| Base::Symbol.character(code));
        assert_eq!(symbol, [Some('1'), Some('α'), Some('≤'), Some('≥'), Some('×'), None, Some('⎭')]);
        assert_eq!(Base::of_font(b"ABCDEF+Wingdings-Regular").character(b'1'), None, "a folder, not a one");
        assert_eq!(Base::of_font(b"ArialMT").character(b'1'), Some('1'));
        assert_eq!(Base::WinAnsi.character(b'7'), Some('7'));
        assert_eq!(Base::WinAnsi.character(7), None);
    }
}
