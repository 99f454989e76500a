//! One spelling for what is printed in several: spaces, widths of brackets and colons, quotation marks.

use std::borrow::Cow;

/// The text without any white space: `收 入 总 计` and a wrapped name read the same.
pub(crate) fn unspaced(text: &str) -> String {
    solid(text).into_owned()
}

/// [`unspaced`], not copied where there is nothing to take out.
pub(crate) fn solid(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(is_space) else { return Cow::Borrowed(text) };
    let mut solid = String::with_capacity(text.len());
    solid.push_str(&text[..first]);
    solid.extend(text[first..].split(is_space));
    Cow::Owned(solid)
}

/// The text without white space and in half-width brackets, colons and digits, straight quotation marks dropped: for
/// comparing, never for showing.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // Stretches that stay as they are, which is most of any text, are copied as one.
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if stays(c) {
            continue;
        }
        folded.push_str(&text[from..at]);
        from = at + c.len_utf8();
        if !is_space(c)
            && let Some(c) = fold(c)
        {
            folded.push(c);
        }
    }
    folded.push_str(&text[from..]);
    folded
}

/// [`folded`] for characters that stand in a list.
pub(crate) fn folded_chars(chars: &[char]) -> String {
    let mut folded = String::with_capacity(chars.len() * LONGEST);
    folded.extend(chars.iter().copied().filter(|c| !is_space(*c)).filter_map(fold));
    folded
}

/// Bytes of most characters of a Chinese text; none of it takes more.
const LONGEST: usize = 3;

/// Whether [`folded`] leaves a character alone for certain: letters and digits of ASCII and the Chinese characters.
#[inline]
fn stays(c: char) -> bool {
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
    fn spellings_meet() {
        assert_eq!(unspaced("收 入\u{3000}总 计"), "收入总计");
        assert_eq!(folded("一般公共预算“三公”经费（表）："), folded("一般公共预算 三公 经费(表):"));
    }

    #[test]
    fn what_is_told_at_once_is_told_right() {
        for c in '\0'..=char::MAX {
            let space = c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{2060}');
            assert_eq!(is_space(c), space, "{c:?}");
            if stays(c) {
                assert!(!space && crate::amount::half_width(c) == c, "{c:?}");
            }
        }
        let text = "「甲」 【乙】\u{3000}１２*3＊（丙）·\u{200B}丁";
        assert_eq!(folded(text), "甲(乙)123(丙).丁");
        assert_eq!(folded_chars(&text.chars().collect::<Vec<_>>()), folded(text));
    }
}
