//! A name in lines below or beside its bar.

/// Cuts a name into lines of at most `room` Chinese characters, Latin ones taken for half of one: anywhere between
/// Chinese characters, between words of any other script. A word longer than a line has one of its own.
pub fn name_lines(name: &str, room: usize) -> Vec<String> {
    let most = room * 2;
    let mut lines = Vec::new();
    let (mut line, mut taken) = (String::new(), 0);
    for word in words(name) {
        let wide = width(word);
        // What ends a line does not begin the next one.
        let closes = word.starts_with([')', '）', '、', '，', '”']);
        if taken + width(word.trim_end()) > most && !line.is_empty() && !closes {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            taken = 0;
        }
        line.push_str(word);
        taken += wide;
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// What may not be cut: a Chinese character, a word of others with the space behind it.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = if first.is_ascii() {
            let word = rest.find(|c: char| !c.is_ascii() || c == ' ').unwrap_or(rest.len());
            word + rest[word..].len() - rest[word..].trim_start_matches(' ').len()
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

/// In halves of a Chinese character.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_and_chinese_is_cut_anywhere() {
        assert_eq!(name_lines("其他变化与舍入", 3), ["其他变", "化与舍", "入"]);
        assert_eq!(name_lines("Other lines, rounding", 4), ["Other", "lines,", "rounding"]);
        assert_eq!(name_lines("Other changes", 7), ["Other changes"]);
        assert_eq!(name_lines("incomprehensibility of it", 3), ["incomprehensibility", "of it"]);
        assert_eq!(name_lines("2024 年（调整）", 6), ["2024 年（调", "整）"]);
        assert_eq!(name_lines("", 3), [""; 0]);
    }
}
