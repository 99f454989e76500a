//! Telephone numbers in published text are masked before anything is shown or written.
//!
//! Disclosures print the names and numbers of the people who filled in a form. The source is public, the copy that
//! this program hands on is not meant to be a directory. Digits are replaced one for one, so that places in the line
//! still hold.

use std::borrow::Cow;

/// Digits of a mobile number (11, beginning with 1 and 3–9).
const MOBILE: usize = 11;
/// Digits of a number without its area code: 7 in small places, 8 in large ones.
const LOCAL: std::ops::RangeInclusive<usize> = 7..=8;
/// Digits of a number with its area code written without a hyphen: 0 + 2 or 3 + 7 or 8.
const NATIONAL: std::ops::RangeInclusive<usize> = 10..=12;
/// How many leading digits stay, so that a reader can tell which number was meant.
const SHOWN: usize = 3;
/// Words that say that the figures after them are telephone numbers.
const LABELS: [&str; 6] = ["电话", "手机", "传真", "座机", "联系方式", "热线"];

/// `text` with every telephone number masked (`189********`). Mobile numbers are known by their form, others by a
/// label before them in the same text.
pub fn mask(text: &str) -> Cow<'_, str> {
    mask_after(text, false)
}

/// Whether `text` says that the figures after it are telephone numbers.
pub fn is_label(text: &str) -> bool {
    LABELS.iter().any(|label| text.contains(label))
}

/// [`mask`], for a text that stands after a label in another cell (`labelled`).
pub fn mask_after(text: &str, labelled: bool) -> Cow<'_, str> {
    if !has_digits(text, *LOCAL.start()) {
        return Cow::Borrowed(text);
    }
    let label_at = if labelled { Some(0) } else { LABELS.iter().filter_map(|label| text.find(label)).min() };
    let mut masked: Option<String> = None;
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !c.is_ascii_digit() {
            before = Some(c);
            continue;
        }
        let mut end = start + 1;
        while let Some((at, _)) = chars.next_if(|(_, c)| c.is_ascii_digit()) {
            end = at + 1;
        }
        let run = &text[start..end];
        let after = chars.peek().map(|&(_, c)| c);
        let labelled_here = label_at.is_some_and(|at| at <= start);
        if is_number(run, before, after, labelled_here) {
            let out = masked.get_or_insert_with(|| text.to_owned());
            let stars = "*".repeat(run.len().saturating_sub(SHOWN));
            out.replace_range(start + SHOWN.min(run.len())..end, &stars);
        }
        before = run.chars().next_back();
    }
    masked.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Whether a text has so many digits in a row.
pub(crate) fn has_digits(text: &str, row: usize) -> bool {
    let bytes = text.as_bytes();
    // Such a row takes one of every so many places; most texts have no digit there.
    let mut at = row - 1;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_digit() {
            let before = bytes[..at].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
            let behind = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            if before + behind >= row {
                return true;
            }
            at += behind;
        }
        at += row;
    }
    false
}

/// Whether a run of digits is a telephone number. A run that is part of a code or of an amount is none.
fn is_number(run: &str, before: Option<char>, after: Option<char>, labelled: bool) -> bool {
    let joined = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '.' | ',' | '_'));
    if joined(before) || joined(after) && after != Some(',') && after != Some('.') {
        return false;
    }
    let bytes = run.as_bytes();
    let mobile =
        run.len() == MOBILE && bytes.first() == Some(&b'1') && bytes.get(1).is_some_and(|b| (b'3'..=b'9').contains(b));
    mobile || labelled && (LOCAL.contains(&run.len()) || NATIONAL.contains(&run.len()) && run.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_in_a_row_are_found_wherever_they_begin() {
        for length in 0..16 {
            for before in ["", "a", "电话", "12a", "2024年1234567年", "1,234,567."] {
                let text = format!("{before}{}", "8".repeat(length)) + "转1";
                let longest = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap();
                for row in 1..=12 {
                    assert_eq!(has_digits(&text, row), longest >= row, "{text} {row}");
                }
            }
        }
    }

    #[test]
    fn mobile_numbers_are_masked_wherever_they_stand() {
        assert_eq!(mask("填报人 甲 13800000000"), "填报人 甲 138********");
        assert_eq!(mask("13800000000、13900000000"), "138********、139********");
    }

    #[test]
    fn other_numbers_are_masked_after_a_label() {
        assert_eq!(mask("联系电话 85310000、85310001"), "联系电话 853*****、853*****");
        assert_eq!(mask("电话：0715-8120000"), "电话：0715-812****");
        assert_eq!(mask("85310000"), "85310000");
        assert_eq!(mask_after("85310000", true), "853*****");
    }

    #[test]
    fn codes_and_amounts_stay() {
        for text in ["42010023301T000000103", "2080505", "101516.15", "1,234,567.00", "42120022209138000000000"] {
            assert_eq!(mask(text), text);
        }
    }

    #[test]
    fn the_length_stays() {
        let text = "电话13800000000元";
        assert_eq!(mask(text).chars().count(), text.chars().count());
    }
}
