//! When the budget was approved (批复) and when it was published (公开): only days that the words tie to one of these.
//!
//! A day alone (on the cover, of a notice, of a law) says nothing, nor does a day before which something is due.

use super::paragraphs::Paragraph;
use crate::disclosure::{Dated, Day, Step};
use crate::spelling::is_space;

/// Words that a label ends in, right before its day.
const LABELS: [(&str, Step); 10] = [
    ("批复时间", Step::Approved),
    ("批复日期", Step::Approved),
    ("公开时间", Step::Published),
    ("公开日期", Step::Published),
    ("发布时间", Step::Published),
    ("发布日期", Step::Published),
    ("公布时间", Step::Published),
    ("公布日期", Step::Published),
    ("发文公开日", Step::Published),
    ("上网公开日", Step::Published),
];
/// What else is approved: projects, posts, plans, changes of the budget in the course of the year.
const OTHER_APPROVALS: [&str; 14] = [
    "可行性",
    "可研",
    "立项",
    "初步设计",
    "概算",
    "机构",
    "编制数",
    "三定",
    "规划",
    "方案",
    "调整",
    "追加",
    "用地",
    "章程",
];
/// What else is made public: rules, posts, tenders; and what is only to be.
const OTHER_PUBLICATIONS: [&str; 12] =
    ["《", "条例", "办法", "意见", "招聘", "招标", "采购", "应当", "须", "将", "拟", "计划"];
/// Words behind a day that make it the end or the beginning of a time.
const NO_DAY: [&str; 10] = ["前", "之前", "以前", "后", "之后", "以后", "起", "以来", "至", "到"];

/// Words before a day that make it so.
const NO_DAY_BEFORE: [&str; 6] = ["截至", "截止", "至", "到", "自", "从"];

/// A day as it stands among the characters.
struct Found {
    day: Day,
    from: usize,
    to: usize,
}

/// The days of approval and of publication that a paragraph prints, in reading order.
pub(super) fn collect(paragraph: &Paragraph) -> Vec<Dated> {
    // Most paragraphs have neither word.
    let told = |c: &char| matches!(c, '批' | '公' | '发');
    if !paragraph.chars.iter().any(told) {
        return Vec::new();
    }
    let solid: Vec<(usize, char)> =
        paragraph.chars.iter().copied().enumerate().filter(|(_, c)| !is_space(*c)).collect();
    let chars: Vec<char> = solid.iter().map(|&(_, c)| c).collect();
    let mut dates = Vec::new();
    let mut start = 0;
    for sentence in chars.split(|c| matches!(c, '。' | ';' | '；' | '!' | '?')) {
        let days = days(sentence);
        for (at, found) in days.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|i| days.get(i)).map_or(0, |last| last.to);
            let after = days.get(at + 1).map_or(sentence.len(), |next| next.from);
            let text = |from: usize, to: usize| sentence.get(from..to).unwrap_or_default().iter().collect::<String>();
            let step = step(&text(before, found.from), &text(found.to, after), &text(0, sentence.len()));
            let ends = solid.get(start + found.from).zip(solid.get(start + found.to - 1));
            if let Some((step, (&(from, _), &(to, _)))) = step.zip(ends)
                && let Some(place) = paragraph.place(from, to + 1)
            {
                dates.push(Dated { step, day: found.day, place });
            }
        }
        start += sentence.len() + 1;
    }
    dates
}

/// What the words around a day say that happened then.
fn step(before: &str, after: &str, sentence: &str) -> Option<Step> {
    let of_budget = sentence.contains("预算") || sentence.contains("决算");
    let ranges = NO_DAY.iter().any(|word| after.starts_with(word));
    if ranges
        || NO_DAY_BEFORE.iter().any(|word| before.ends_with(word))
        || OTHER_APPROVALS.iter().any(|word| before.contains(word))
    {
        return None;
    }
    // 预算批复时间：, 公开日期为, 批复于
    let label = before.trim_end_matches([':', '(', '为', '是', '于', '在']);
    if let Some(&(_, step)) = LABELS.iter().find(|(word, _)| label.ends_with(word)) {
        return (step == Step::Published || of_budget).then_some(step);
    }
    if !of_budget || OTHER_PUBLICATIONS.iter().any(|word| before.contains(word)) {
        return None;
    }
    if label.len() < before.len() && label.ends_with("批复") {
        return Some(Step::Approved);
    }
    if label.len() < before.len() && (label.ends_with("公开") || label.ends_with("公布")) {
        return Some(Step::Published);
    }
    // 1 月 20 日，市财政局批复了 …; the next clause is of something else.
    let clause = after.trim_start_matches([',', ')']).split(',').next().unwrap_or_default();
    let has = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    let approved = clause.contains("批复") && !has(&["批复后", "批复之"]) && !has(&OTHER_APPROVALS);
    let published = has(&["公开", "公布"]) && !has(&["公开后", "公布的"]) && !has(&OTHER_PUBLICATIONS);
    match (approved, published) {
        (true, false) if !clause.contains("公开") => Some(Step::Approved),
        (false, true) if !clause.contains("批复") => Some(Step::Published),
        _ => None,
    }
}

/// The days of a sentence: `2025年3月5日`, `2025-03-05`, `2025.3.5`, `2025/3/5`, and `3月5日` after one of them.
fn days(chars: &[char]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let fresh = at.checked_sub(1).and_then(|i| chars.get(i)).is_none_or(|c| !c.is_ascii_digit());
        let year = found.last().map(|last| last.day.year());
        if fresh && let Some(day) = whole_day(chars, at).or_else(|| day_of(chars, at, year?)) {
            at = day.to;
            found.push(day);
        } else {
            at += 1;
        }
    }
    found
}

fn whole_day(chars: &[char], from: usize) -> Option<Found> {
    /// Budgets are published since then.
    const FIRST: u32 = 1990;
    const LAST: u32 = 2099;
    let (year, at) = number(chars, from, 4)?;
    let mark = *chars.get(at)?;
    if at != from + 4 || !(FIRST..=LAST).contains(&year) || !matches!(mark, '年' | '-' | '.' | '/' | '—') {
        return None;
    }
    let year = u16::try_from(year).ok()?;
    if mark == '年' {
        return day_of(chars, at + 1, year).map(|day| Found { from, ..day });
    }
    let (month, at) = number(chars, at + 1, 2)?;
    if chars.get(at) != Some(&mark) {
        return None;
    }
    let (day, to) = number(chars, at + 1, 2)?;
    let goes_on = chars.get(to).is_some_and(|c| *c == mark);
    // 2026-02-1217:26 once its blank is gone: the clock behind the day.
    let clock = chars.get(to..).is_some_and(|rest| {
        let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        digits == 0 || matches!(digits, 1 | 2) && rest.get(digits) == Some(&':')
    });
    let day = Day::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    (!goes_on && clock).then_some(Found { day, from, to })
}

fn day_of(chars: &[char], from: usize, year: u16) -> Option<Found> {
    let (month, at) = number(chars, from, 2)?;
    let (day, to) = number(chars, (chars.get(at) == Some(&'月')).then_some(at + 1)?, 2)?;
    let day = Day::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    matches!(chars.get(to), Some('日' | '号')).then_some(Found { day, from, to: to + 1 })
}

/// The number at a character, of `most` digits at most, and where it ends.
fn number(chars: &[char], from: usize, most: usize) -> Option<(u32, usize)> {
    let digits = chars.get(from..)?.iter().take(most).map_while(|c| c.to_digit(10));
    let (value, count) = digits.fold((0_u32, 0_usize), |(value, count), digit| (value * 10 + digit, count + 1));
    (count > 0).then_some((value, from + count))
}

#[cfg(test)]
mod tests {
    fn told(text: &str) -> Vec<String> {
        let document = crate::read::read("a.txt", text.as_bytes()).unwrap();
        let dates = crate::recognise::recognise(&document).dates;
        dates.iter().map(|dated| format!("{:?} {}", dated.step, dated.day)).collect()
    }

    #[test]
    fn days_are_read_in_every_spelling() {
        for day in [
            "2026年2月5日",
            "2026 年 2 月 5 日",
            "2026-02-05",
            "2026.2.5",
            "2026/2/5",
            "２０２６年２月５日",
            "２０２６－０２－０５",
        ] {
            assert_eq!(told(&format!("公开日期：{day}\n")), ["Published 2026-02-05"], "{day}");
            assert_eq!(told(&format!("本部门预算批复时间为{day}。\n")), ["Approved 2026-02-05"], "{day}");
        }
        assert_eq!(told("发布时间：2026-02-05 17:26    来源：某局\n"), ["Published 2026-02-05"]);
        assert_eq!(told("公开日期：2026-02-30\n"), [""; 0]);
    }

    #[test]
    fn the_verb_behind_a_day_says_what_happened() {
        assert_eq!(
            told("2026年1月20日，市财政局批复了本部门2026年部门预算，2月5日在门户网站向社会公开。\n"),
            ["Approved 2026-01-20", "Published 2026-02-05"]
        );
        assert_eq!(told("本预算于2026年1月20日经财政部门批复。\n"), ["Approved 2026-01-20"]);
        assert_eq!(
            told("部门决算批复于2025年8月4日，公开于2025年8月20日。\n"),
            ["Approved 2025-08-04", "Published 2025-08-20"]
        );
    }

    #[test]
    fn other_days_are_of_nothing() {
        for text in [
            "2026年2月14日\n",
            "填报日期：2026年2月14日\n",
            "部门预算应于2026年2月20日前向社会公开。\n",
            "截至2026年1月1日，部门预算已经批复。\n",
            "2026年1月20日批复后，部门预算在二十日内公开。\n",
            "2025年6月3日，市发改委批复了项目可行性研究报告，列入部门预算。\n",
            "依照2019年4月3日公布的《政府信息公开条例》，公开部门预算。\n",
            "2026年3月1日公开招标，费用列入部门预算。\n",
            "某财预〔2026〕13号批复的部门预算。\n",
        ] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }
}
