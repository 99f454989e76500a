//! One spelling for what is printed in several: spaces, widths of brackets and colons, quotation marks.

use std::borrow::Cow;

/// The text without any white space: `收 入 总 计` and a wrapped name read the same.
pub(crate) fn unspaced(text: &str) -> String {
    solid(text).into_owned()
}

/// [`unspaced`], not copied where there is nothing to take out.
pub(crate) fn solid(text: &str) -> Cow<'_, str> {
    let Some(first) = next(text, 0, |c| !is_space(c)) else { return Cow::Borrowed(text) };
    let mut solid = String::with_capacity(text.len());
    solid.push_str(&text[..first]);
    solid.extend(text[first..].split(is_space));
    Cow::Owned(solid)
}

/// The text without white space and in half-width brackets, colons and digits, straight quotation marks dropped: for
/// comparing, never for showing. Not copied where it is spelled so already.
pub(crate) fn folded(text: &str) -> Cow<'_, str> {
    let Some(mut at) = next(text, 0, |c| stays(c) || !is_space(c) && fold(c) == Some(c)) else {
        return Cow::Borrowed(text);
    };
    let mut folded = String::with_capacity(text.len());
    // Stretches that stay as they are, which is most of any text, are copied as one.
    let mut from = 0;
    while let Some(c) = text[at..].chars().next() {
        folded.push_str(&text[from..at]);
        from = at + c.len_utf8();
        if !is_space(c)
            && let Some(c) = fold(c)
        {
            folded.push(c);
        }
        match next(text, from, stays) {
            Some(next) => at = next,
            None => break,
        }
    }
    folded.push_str(&text[from..]);
    Cow::Owned(folded)
}

/// Bytes of most characters of a Chinese text; none of it takes more.
pub(crate) const LONGEST: usize = 3;

/// Whether [`folded`] leaves a character alone for certain, and so does [`half_width`](crate::amount::half_width): letters and
/// digits of ASCII and the Chinese characters.
#[inline]
pub(crate) fn stays(c: char) -> bool {
    matches!(c, '+'..='~' | '\u{3041}'..='\u{9FFF}')
}

/// A character as [`folded`] spells it, white space aside; `None` where it is dropped.
#[inline]
pub(crate) fn fold(c: char) -> Option<char> {
    match c {
        c if stays(c) => Some(c),
        '“' | '”' | '"' | '「' | '」' | '〝' | '〞' | '＂' | '‘' | '’' | '*' | '＊' => None,
        '〔' | '［' | '【' | '〈' => Some('('),
        '〕' | '］' | '】' | '〉' => Some(')'),
        c => Some(crate::amount::half_width(c)),
    }
}

/// [`str::ends_with`] for a list of Chinese words: most differ from the text in the last character.
pub(crate) fn ends(text: &str, word: &str) -> bool {
    text.as_bytes().last_chunk::<LONGEST>() == word.as_bytes().last_chunk() && text.ends_with(word)
}

/// [`str::strip_suffix`], found out as by [`ends`].
pub(crate) fn without_end<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    ends(text, word).then(|| &text[..text.len() - word.len()])
}

/// [`str::starts_with`] for a list of Chinese words: most differ from the text in the first character.
pub(crate) fn begins(text: &str, word: &str) -> bool {
    text.as_bytes().first_chunk::<LONGEST>() == word.as_bytes().first_chunk() && text.starts_with(word)
}

/// [`str::contains`] for a Chinese word in a short text: compared where a character begins, by its three bytes.
pub(crate) fn holds(text: &str, word: &str) -> bool {
    let Some((first, rest)) = word.as_bytes().split_first_chunk::<LONGEST>().filter(|(first, _)| first[0] >= 0xE0)
    else {
        return text.contains(word);
    };
    let mut bytes = text.as_bytes();
    while let Some((here, behind)) = bytes.split_first_chunk::<LONGEST>() {
        if here == first && behind.starts_with(rest) {
            return true;
        }
        let length = match here[0] {
            0..=0x7F => 1,
            0x80..=0xDF => 2,
            0xE0..=0xEF => LONGEST,
            _ => 4,
        };
        bytes = bytes.get(length..).unwrap_or_default();
    }
    false
}

/// Whether there is nothing but white space in a text.
pub(crate) fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim_start().is_empty()
}

/// Whether there is white space in a text.
pub(crate) fn holds_space(text: &str) -> bool {
    next(text, 0, |c| !is_space(c)).is_some()
}

/// Where, from byte `from` on, the first character stands that is not `plain`. Chinese characters, which most of any text
/// is, must be plain: they are passed by their first byte.
#[inline]
fn next(text: &str, from: usize, plain: impl Fn(char) -> bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            // U+4000 to U+9FFF
            0xE4..=0xE9 => LONGEST,
            0..=0x7F if plain(char::from(byte)) => 1,
            0..=0x7F => return Some(at),
            _ => match text[at..].chars().next() {
                Some(c) if plain(c) => c.len_utf8(),
                _ => return Some(at),
            },
        };
    }
    None
}

/// A short text that many words are looked for in. Most are not there, and their characters tell.
pub(crate) struct Sought<'a> {
    text: &'a str,
    /// The characters of the text, each as one of 64 bits.
    characters: u64,
}

impl<'a> Sought<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, characters: text.chars().map(|c| bit(u32::from(c))).fold(0, |all, bit| all | bit) }
    }

    /// Whether the characters of the word may be in the text.
    pub(crate) fn may_have(&self, word: &Wanted) -> bool {
        self.characters & word.characters == word.characters
    }

    /// Whether one of the words is in the text.
    pub(crate) fn has_any(&self, words: &[Wanted]) -> bool {
        words.iter().any(|word| self.may_have(word) && holds(self.text, word.text))
    }
}

/// A word that is looked for in many texts, and its characters as [`Sought`] has them: found out once, by the compiler.
pub(crate) struct Wanted {
    pub(crate) text: &'static str,
    characters: u64,
}

impl Wanted {
    pub(crate) const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let mut characters = 0;
        let mut at = 0;
        while at < bytes.len() {
            // As UTF-8 has them; words are of characters of one byte or three.
            let (code, length) = match bytes[at] {
                byte @ 0..=0x7F => (byte as u32, 1),
                byte => {
                    let [high, middle, low] = [byte as u32 & 0xF, bytes[at + 1] as u32, bytes[at + 2] as u32];
                    (high << 12 | (middle & 0x3F) << 6 | low & 0x3F, LONGEST)
                }
            };
            characters |= bit(code);
            at += length;
        }
        Self { text, characters }
    }
}

/// Words that [`Sought`] looks for.
macro_rules! words {
    ($($word:expr),+ $(,)?) => {
        const { &[$($crate::spelling::Wanted::new($word)),+] }
    };
}
pub(crate) use words;

/// One of 64 bits for the code of a character; neighbours in the classification of characters have different ones.
#[inline]
pub(crate) const fn bit(code: u32) -> u64 {
    1 << (code.wrapping_mul(0x9E37_79B1) >> 26)
}

/// White space of any script, zero-width marks included.
#[inline]
pub(crate) fn is_space(c: char) -> bool {
    // Chinese characters and marks, which most of any text is, are told at once.
    !matches!(c, '!'..='~' | '\u{3001}'..='\u{FEFE}')
        && (c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{2060}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_wherever_it_stands() {
        for text in ["", "表", "支出总表", "1表", "é表", "𠀀表", "表𠀀", "支出", "衤表", "a", "预算表1", "表表示"]
        {
            for word in ["表", "总表", "表示", "出总", "1", "𠀀", "é表", ""] {
                assert_eq!(holds(text, word), text.contains(word), "{word} in {text}");
            }
        }
    }

    #[test]
    fn spellings_meet() {
        assert_eq!(unspaced("收 入\u{3000}总 计"), "收入总计");
        assert_eq!(folded("一般公共预算“三公”经费（表）："), folded("一般公共预算 三公 经费(表):"));
    }

    #[test]
    fn words_are_found_as_they_are_in_the_text() {
        for text in ["", "政府性基金预算拨款收入", "合计", "abc基金", "预算"] {
            let sought = Sought::new(text);
            for word in ["", "基金", "预算", "收入", "合", "c基", "支出", "计", "金预"] {
                assert!(sought.may_have(&Wanted::new(word)) || !text.contains(word), "{text} {word}");
            }
            assert_eq!(sought.has_any(words!["支出", "预算"]), text.contains("支出") || text.contains("预算"));
            assert_eq!(sought.has_any(words!["c基", "b"]), text.contains('b'));
        }
    }

    #[test]
    fn words_begin_and_end_a_text() {
        for text in ["", "部", "本级)", "甲中心", "中心甲", "ab中"] {
            for word in ["部", "中心", "本级)", "级)", "中心甲", "甲"] {
                assert_eq!(begins(text, word), text.starts_with(word), "{text} {word}");
                assert_eq!(ends(text, word), text.ends_with(word), "{text} {word}");
                assert_eq!(without_end(text, word), text.strip_suffix(word), "{text} {word}");
            }
        }
    }

    #[test]
    fn blank_is_what_trim_leaves_empty() {
        for text in ["", " ", "\u{3000}\t", "甲", " 甲", "a", "\u{a0}", " \u{200B}", "1 ", "，"] {
            assert_eq!(is_blank(text), text.trim().is_empty(), "{text:?}");
        }
    }

    #[test]
    fn what_is_told_at_once_is_told_right() {
        for c in '\0'..=char::MAX {
            let space = c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{2060}');
            assert_eq!(is_space(c), space, "{c:?}");
            assert_eq!(holds_space(c.encode_utf8(&mut [0; 4])), space, "{c:?}");
            if stays(c) {
                assert!(!space && crate::amount::half_width(c) == c, "{c:?}");
            }
        }
        let text = "「甲」 【乙】\u{3000}１２*3＊（丙）·\u{200B}丁";
        assert_eq!(folded(text), "甲(乙)123(丙).丁");
    }
}
