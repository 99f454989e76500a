//! Which year the figures of a sentence are of, where their own words do not say.

use super::paragraphs::ordinal;

/// Which year a sentence is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// The year of the disclosure, said so.
    Own,
    /// Nothing is said.
    Unsaid,
    /// Another one: 2023年“三公”经费支出中，…
    OtherYear,
    /// Several, whose figures stand side by side: 2023年、2024年分别为 …
    SeveralYears,
}

/// The year that a sentence opens with: `sentence` is folded. Other years that it names on the way (比2022年, 根据2023年…
/// 文件, 截至2023年末) say nothing of its figures.
pub(super) fn opening(sentence: &str, own: u16) -> Frame {
    /// A year that stands later opens nothing.
    const FARTHEST: usize = 16;
    const LEADS: [&str; 16] =
        ["按", "根据", "截", "由于", "因", "自", "从", "以", "依", "比", "较", "与", "在", "至", "到", "同"];
    let mut rest = sentence.trim_start_matches([',', ':', '.', ' ']);
    while let Some(end) = ordinal(rest) {
        rest = rest.get(end..).unwrap_or_default();
    }
    let years = years(rest);
    if let [(_, first), (at, second), ..] = years[..]
        && first != second
        && rest.get(at..).is_some_and(|tail| tail.contains("分别"))
        && years.windows(2).any(|pair| are_side_by_side(rest, pair[0].0, pair[1].0))
    {
        return Frame::SeveralYears;
    }
    if years.iter().any(|&(_, year)| year == own) || ["本年度", "今年"].iter().any(|word| rest.contains(word)) {
        return Frame::Own;
    }
    let opens = |at: usize| {
        let before = rest.get(..at).unwrap_or_default();
        before.chars().count() <= FARTHEST
            && !before.contains([',', ';', '、'])
            && !LEADS.iter().any(|w| before.contains(w))
    };
    let goes_on = |at: usize| {
        let tail = rest.get(at..).unwrap_or_default();
        let tail = tail.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('年');
        !tail.starts_with(|c: char| c.is_ascii_digit() || "初末底以之至-".contains(c))
            && ["预算", "决算", "支出", "收入", "经费", "费用"].iter().any(|word| tail.contains(word))
    };
    match years.first() {
        Some(&(at, _)) if opens(at) && goes_on(at) => Frame::OtherYear,
        None if ["上年度", "去年"].iter().any(|word| rest.starts_with(word)) => Frame::OtherYear,
        _ => Frame::Unsaid,
    }
}

/// The years of a folded text, with the place of each: 2023年, and 2023 before another (2023、2024年).
fn years(text: &str) -> Vec<(usize, u16)> {
    let mut found: Vec<(usize, u16)> = Vec::new();
    for (at, _) in text.match_indices("20") {
        let digits = text.get(at..at + 4).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
        let alone = !at.checked_sub(1).and_then(|i| text.as_bytes().get(i)).is_some_and(u8::is_ascii_digit);
        let behind = text.get(at + 4..).unwrap_or_default();
        let is_year = behind.starts_with('年') || behind.starts_with(['、', '和', '与']) && behind.contains('年');
        if let Some(year) = digits.filter(|_| alone && is_year).and_then(|digits| digits.parse().ok()) {
            found.push((at, year));
        }
    }
    found
}

/// Whether nothing but 年, 年度 and 、 or 和 stands between two years.
fn are_side_by_side(text: &str, first: usize, second: usize) -> bool {
    let between = text.get(first + 4..second).unwrap_or_default();
    between.chars().all(|c| "年度、和与及,".contains(c))
}
