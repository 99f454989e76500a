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
    folded.extend(text.chars().filter(|c| !is_space(*c)).filter_map(fold));
    folded
}

/// A character as [`folded`] spells it, white space aside; `None` where it is dropped.
pub(crate) fn fold(c: char) -> Option<char> {
    match c {
        '“' | '”' | '"' | '「' | '」' | '〝' | '〞' | '＂' | '‘' | '’' | '*' => None,
        '〔' | '［' | '【' | '〈' => Some('('),
        '〕' | '］' | '】' | '〉' => Some(')'),
        c => Some(crate::amount::half_width(c)),
    }
}

/// White space of any script, zero-width marks included.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        assert_eq!(unspaced("收 入\u{3000}总 计"), "收入总计");
        assert_eq!(folded("一般公共预算“三公”经费（表）："), folded("一般公共预算 三公 经费(表):"));
    }
}
