//! One spelling for what is printed in several: spaces, widths of brackets and colons, quotation marks.

/// The text without any white space: `收 入 总 计` and a wrapped name read the same.
pub(crate) fn unspaced(text: &str) -> String {
    text.chars().filter(|c| !is_space(*c)).collect()
}

/// The text without white space and in half-width brackets, colons and digits, straight quotation marks dropped: for
/// comparing, never for showing.
pub(crate) fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| !is_space(*c))
        .filter_map(|c| match c {
            '“' | '”' | '"' | '「' | '」' | '〝' | '〞' | '＂' | '‘' | '’' | '*' => None,
            '〔' | '［' | '【' | '〈' => Some('('),
            '〕' | '］' | '】' | '〉' => Some(')'),
            '、' => Some('、'),
            c => Some(crate::amount::half_width(c)),
        })
        .collect()
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
