//! What the cells of performance forms say: levels of indicators, figures, targets, labels of goals. How well a text fits
//! a column is told by [`super::look`].

use compact_str::CompactString;

use super::words::{
    AFTER_FIGURE, BEFORE_FIGURE, FIRST_LEVELS, LEADS, LEVEL_2, QUALITY, QUALITY_ENDS, SECOND_LEVELS, UNIT,
};
use crate::spelling::{begins, ends, holds_space, solid};

/// No word of a level is longer, in bytes, letter spacing and a score in brackets included.
pub(super) const LONGEST_LEVEL: usize = 120;

/// No unit of a figure is longer, in bytes, the other end of a range and 及以上 included.
const LONGEST_UNIT: usize = 64;

/// One step of cost. Smaller differences are only there to settle ties in a stable way.
pub(super) const STEP: u32 = 4;
/// A reading that makes no sense; still finite, so that a row can be read around one senseless cell.
pub(super) const SENSELESS: u32 = 16 * STEP;

/// The text with the spaces that a typesetter put beside Chinese characters taken out: `124 家` and `合 计` are one
/// word, `5G baseband` is two.
pub(super) fn tidy(text: &str) -> CompactString {
    if !holds_space(text) {
        return text.into();
    }
    let text = text.trim();
    let mut tidy = CompactString::with_capacity(text.len());
    let mut last: Option<char> = None;
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if gap {
            gap = false;
            if last.is_some_and(|before| before.is_ascii_graphic() && c.is_ascii_graphic()) {
                tidy.push(' ');
            }
        }
        tidy.push(c);
        last = Some(c);
    }
    tidy
}

/// [`tidy`], not copied where there is nothing to take out.
pub(super) fn tidied(text: CompactString) -> CompactString {
    if holds_space(&text) { tidy(&text) } else { text }
}

/// How many half-width columns the text takes on paper.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The text, which has no spaces, without a score in brackets (`产出指标（50分）`) and without 指标.
pub(super) fn stem(text: &str) -> &str {
    let scored = text.ends_with(|c: char| is_score(c) || c.is_ascii_digit() || c == '.');
    let open = if scored { text.rfind(['（', '(']) } else { None };
    let text = match open {
        Some(open) if open > 0 => {
            let mut inside = text[open..].chars().filter(|c| !is_score(*c)).peekable();
            let number = inside.peek().is_some() && inside.all(|c| c.is_ascii_digit() || c == '.');
            if number { &text[..open] } else { text }
        }
        _ => text,
    };
    text.strip_suffix("指标").unwrap_or(text)
}

/// What stands around the number of a score.
fn is_score(c: char) -> bool {
    matches!(c, '（' | '(' | ')' | '）' | '分' | '%' | '％')
}

/// Whether the text is a word of the first level.
pub(super) fn is_level_1(text: &str) -> bool {
    text.len() <= LONGEST_LEVEL && FIRST_LEVELS.contain(stem(&solid(text)))
}

/// Whether the text is a word of the second level.
pub(super) fn is_level_2(text: &str) -> bool {
    text.len() <= LONGEST_LEVEL && SECOND_LEVELS.contain(stem(&solid(text)))
}

/// The first level that a second level belongs to (`数量指标` → 产出), where the word says it.
pub(super) fn level_above(text: &str) -> Option<&'static str> {
    above(stem(&solid(text)))
}

fn above(stem: &str) -> Option<&'static str> {
    LEVEL_2.iter().find(|(word, _)| *word == stem).map(|(_, above)| *above)
}

/// Whether two words name the same level, with 指标 or without.
pub(super) fn same_level(one: &str, other: &str) -> bool {
    stem(&solid(one)) == stem(&solid(other))
}

/// Whether `text` begins like a unit of measure.
pub(super) fn starts_with_unit(text: &str) -> bool {
    text.starts_with(['%', '％', '‰', '/', '℃']) || UNIT.begin(text)
}

/// Whether the text is the form's word for its indicators as a whole.
pub(super) fn is_frame(text: &str) -> bool {
    matches!(
        text,
        "绩效指标"
            | "绩效目标"
            | "年度绩效指标"
            | "项目绩效指标"
            | "绩效目标指标"
            | "年度绩效目标"
            | "年度指标"
            | "绩效目标值"
    )
}

/// Whether the whole text is one figure with what belongs to it: `≥90%`, `124家`, `200元/月`, `3-4次`, `90%以上`.
pub(super) fn is_figure(text: &str) -> bool {
    figure_cost(&solid(text)).is_some()
}

/// A bare figure costs nothing, one that breaks off (`90%以`) a little.
fn figure_cost(text: &str) -> Option<u32> {
    figure_at(text).and_then(|at| cost_of_figure(&text[at..]))
}

/// Where the digits of a figure begin that `text` begins with, words and marks before it passed.
pub(super) fn figure_at(text: &str) -> Option<usize> {
    let mut rest = text;
    let mut before = 0;
    while let Some(word) = LEADS.beginning(rest).next() {
        rest = &rest[word.len()..];
        before += 1;
        if before > 2 {
            return None;
        }
    }
    rest = rest.trim_start_matches(['>', '<', '=', '＞', '＜', '＝', '-', '+', '±', '～', '~']);
    rest.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)).then(|| text.len() - rest.len())
}

/// What a figure costs that begins with its digits, and goes on to the end of `text`.
pub(super) fn cost_of_figure(text: &str) -> Option<u32> {
    let mut tail = text.trim_start_matches(is_figure_char);
    if tail.len() > LONGEST_UNIT {
        return None;
    }
    let mut cost = 0;
    for word in AFTER_FIGURE {
        if let Some(short) = tail.strip_suffix(word) {
            cost = if word == "以" { 2 } else { 0 };
            tail = short;
            break;
        }
    }
    // A range with a unit on both ends: 3个-5个.
    if let Some((unit, other)) = tail.split_once(['-', '—', '~', '～', '至']) {
        let other = other.trim_start_matches(['-', '—']);
        return (width(unit) <= 8 && other.starts_with(|c: char| c.is_ascii_digit()) && width(other) <= 12)
            .then_some(cost);
    }
    let known = tail.is_empty() || starts_with_unit(tail);
    if !known && tail.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    match width(tail) {
        0 => Some(cost),
        1..=12 if known => Some(cost),
        1..=4 => Some(cost + 2),
        5..=8 => Some(cost + STEP),
        _ => None,
    }
}

fn is_figure_char(c: char) -> bool {
    c.is_ascii_digit()
        || ('０'..='９').contains(&c)
        || matches!(c, '.' | ',' | '，' | '．' | '-' | '—' | '~' | '～' | '%' | '％')
}

/// Whether the whole text can only be a target: a figure with a mark or unit, a word like 达标.
pub(super) fn is_target(text: &str) -> bool {
    let text = solid(text);
    let marked = || text.chars().any(|c| !c.is_ascii_digit()) && !text.contains(['年', '月']);
    QUALITY.contain(&text) || figure_cost(&text) == Some(0) && marked()
}

/// Whether a short text ends like a target in words (`不断提高`).
pub(super) fn is_quality(text: &str) -> bool {
    text.chars().count() <= 8 && QUALITY_ENDS.iter().any(|word| ends(text, word))
}

/// Whether a figure must follow: `不低于`, `≥`.
pub(super) fn awaits_figure(text: &str) -> bool {
    BEFORE_FIGURE.iter().any(|word| ends(text, word))
}

/// Whether `text` goes on with a figure that stands before it: a unit, 以上.
pub(super) fn continues_figure(text: &str) -> bool {
    starts_with_unit(text) || AFTER_FIGURE.iter().any(|word| text.starts_with(word)) || text.starts_with('上')
}

/// The characters of a cell that says nothing: dashes and strokes.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '—' | '–' | '－' | '/' | '／' | '─')
}

/// Whether the text names a goal (`长期目标1`, `年度绩效目标 2：`): what stands in the column 目标名称.
pub(super) fn is_goal_name(text: &str) -> bool {
    goal_name(text).is_some()
}

/// [`is_goal_name`] of a text that has no spaces.
pub(super) fn is_goal(text: &str) -> bool {
    goal(text).is_some()
}

/// The parts of a goal's or indicator block's label: its term (长期, 年度 …), whether it says 指标, and its number.
pub(super) fn goal_name(text: &str) -> Option<(&'static str, bool, String)> {
    goal(&solid(text))
}

fn goal(text: &str) -> Option<(&'static str, bool, String)> {
    const TERMS: &[&str] =
        &["长期", "中长期", "中期", "年度", "本年度", "当年", "总体", "整体", "近期", "实施期", "绩效", "总"];
    let text = text.trim_end_matches(['：', ':']);
    // 项目绩效目标 is the block, 项目总目标 a goal in it.
    let text = text.strip_prefix("项目").filter(|rest| !rest.starts_with("绩效")).unwrap_or(text);
    let term = TERMS.iter().find(|term| begins(text, term))?;
    let mut rest = &text[term.len()..];
    for word in ["绩效", "总体", "整体", "总"] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let (indicators, rest) = match (rest.strip_prefix("指标"), rest.strip_prefix("目标")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest.strip_prefix("表").unwrap_or(rest)),
        _ => return None,
    };
    let number: String = rest.chars().map(crate::amount::half_width).collect();
    let number = number.trim_matches(['(', ')', '第', '.']).to_owned();
    let counts = number.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    (counts && number.chars().count() <= 2).then_some((term, indicators, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_with_their_units_are_one_value() {
        for text in [
            "≥90%",
            "124家",
            "200元/月",
            "3-4次",
            "90%以上",
            "7%",
            "≧ 7 %",
            "1.5万元",
            "8个/年",
            "300个左右",
            "5—10亿元",
            "预计-9%",
            "30家（次）",
            "前5位",
            "不低于95%",
            "≥200万平方米",
            "0%",
            "310亿",
            "3个-5个",
        ] {
            assert!(is_figure(text), "{text}");
        }
        for text in ["达标", "上", "元/月", "以上", "建设5G基站数量", "2024年预算执行情况的说明", ""]
        {
            assert!(!is_figure(text), "{text}");
        }
        assert!(figure_cost("90%以") > figure_cost("90%以上"));
    }

    #[test]
    fn levels_are_known_with_and_without_their_suffix() {
        assert!(is_level_1("产出指标") && is_level_1("产出") && is_level_1("效益指标（30分）"));
        assert!(is_level_2("可持续影响指标") && is_level_2("经 济 效 益"));
        assert!(!is_level_1("数量指标") && !is_level_2("产出指标"));
        assert_eq!(level_above("社会公众或服务对象满意度指标"), Some("满意度"));
        assert!(same_level("效益", "效益指标"));
    }

    #[test]
    fn goal_labels_keep_their_number() {
        assert_eq!(goal_name("年度绩效目标 2："), Some(("年度", false, "2".to_owned())));
        assert_eq!(goal_name("长期绩效指标"), Some(("长期", true, String::new())));
        assert_eq!(goal_name("年度绩效目标表1"), Some(("年度", false, "1".to_owned())));
        assert_eq!(goal_name("年度工作任务"), None);
        assert_eq!(goal_name("年度目标为规模"), None);
    }

    #[test]
    fn spaces_beside_chinese_go() {
        assert_eq!(tidy("≥10 家"), "≥10家");
        assert_eq!(tidy(" 合 计 "), "合计");
        assert_eq!(tidy("MSTP  lines"), "MSTP lines");
    }
}
