//! What the cells of performance forms look like: the words of indicator levels and how well a text fits a column.
//!
//! The forms are filled in by many hands, so nothing here is a closed list that decides alone: every function gives a
//! cost, and the cheapest reading of all cells together wins (see [`super::flow`] and [`super::shifted`]).

use super::Slot;
use super::words::{AFTER_FIGURE, BASES, BEFORE_FIGURE, LEVEL_1, LEVEL_2, QUALITIES, QUALITY_ENDS, UNITS};
use crate::spelling::unspaced;

/// No word of a level is longer, in bytes, letter spacing and a score in brackets included.
const LONGEST_LEVEL: usize = 120;

/// One step of cost. Smaller differences are only there to settle ties in a stable way.
pub(super) const STEP: u32 = 4;
/// A reading that makes no sense; still finite, so that a row can be read around one senseless cell.
const SENSELESS: u32 = 16 * STEP;

/// The text with the spaces that a typesetter put beside Chinese characters taken out: `124 家` and `合 计` are one
/// word, `5G baseband` is two.
pub(super) fn tidy(text: &str) -> String {
    let chars: Vec<char> = text.trim().chars().collect();
    let mut tidy = String::with_capacity(text.len());
    let mut last: Option<char> = None;
    let mut gap = false;
    for c in chars {
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

/// How many half-width columns the text takes on paper.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The text without a score in brackets (`产出指标（50分）`) and without 指标.
fn stem(text: &str) -> String {
    let mut text = unspaced(text);
    if let Some(open) = text.rfind(['（', '(']) {
        let inside: String = text[open..].chars().filter(|c| !"（()）分%％".contains(*c)).collect();
        if open > 0 && !inside.is_empty() && inside.chars().all(|c| c.is_ascii_digit() || c == '.') {
            text.truncate(open);
        }
    }
    text.strip_suffix("指标").map(str::to_owned).unwrap_or(text)
}

/// Whether the text is a word of the first level.
pub(super) fn is_level_1(text: &str) -> bool {
    if text.len() > LONGEST_LEVEL {
        return false;
    }
    let stem = stem(text);
    LEVEL_1.contains(&stem.as_str())
}

/// Whether the text is a word of the second level.
pub(super) fn is_level_2(text: &str) -> bool {
    if text.len() > LONGEST_LEVEL {
        return false;
    }
    let stem = stem(text);
    LEVEL_2.iter().any(|(word, _)| *word == stem)
}

/// The first level that a second level belongs to (`数量指标` → 产出), where the word says it.
pub(super) fn level_above(text: &str) -> Option<&'static str> {
    let stem = stem(text);
    LEVEL_2.iter().find(|(word, _)| *word == stem).map(|(_, above)| *above)
}

/// Whether two words name the same level, with 指标 or without.
pub(super) fn same_level(one: &str, other: &str) -> bool {
    stem(one) == stem(other)
}

/// Whether the text is a known word for the source of a target.
pub(super) fn is_basis(text: &str) -> bool {
    BASES.contains(&unspaced(text).as_str())
}

/// Whether `text` begins like a unit of measure.
pub(super) fn starts_with_unit(text: &str) -> bool {
    text.starts_with(['%', '％', '‰', '/', '℃']) || UNITS.iter().any(|unit| text.starts_with(unit))
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
    figure_cost(&unspaced(text)).is_some()
}

/// A bare figure costs nothing, one that breaks off (`90%以`) a little.
fn figure_cost(text: &str) -> Option<u32> {
    let mut rest = text;
    let mut before = 0;
    while let Some(word) = BEFORE_FIGURE.iter().find(|word| rest.starts_with(**word)) {
        rest = &rest[word.len()..];
        before += 1;
        if before > 2 {
            return None;
        }
    }
    rest = rest.trim_start_matches(['>', '<', '=', '＞', '＜', '＝', '-', '+', '±', '～', '~']);
    let figures = rest.trim_start_matches(is_figure_char);
    if figures.len() == rest.len() || !rest.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)) {
        return None;
    }
    let mut tail = figures;
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
    let text = unspaced(text);
    let marked = text.chars().any(|c| !c.is_ascii_digit()) && !text.contains('年') && !text.contains('月');
    QUALITIES.contains(&text.as_str()) || marked && figure_cost(&text) == Some(0)
}

/// Whether a short text ends like a target in words (`不断提高`).
pub(super) fn is_quality(text: &str) -> bool {
    text.chars().count() <= 8 && QUALITY_ENDS.iter().any(|word| text.ends_with(word))
}

/// Whether a figure must follow: `不低于`, `≥`.
pub(super) fn awaits_figure(text: &str) -> bool {
    BEFORE_FIGURE.iter().any(|word| text.ends_with(word))
}

/// Whether a target is complete with this text, so that nothing that follows in the next line belongs to it.
pub(super) fn is_complete(text: &str) -> bool {
    let text = unspaced(text);
    if text.ends_with(['.', ',', '，', '．']) {
        return false;
    }
    is_dash(&text) || is_basis(&text) || QUALITIES.contains(&text.as_str()) || figure_cost(&text) == Some(0)
}

/// Whether `text` goes on with a figure that stands before it: a unit, 以上.
pub(super) fn continues_figure(text: &str) -> bool {
    starts_with_unit(text) || AFTER_FIGURE.iter().any(|word| text.starts_with(word)) || text.starts_with('上')
}

/// Whether nothing but a dash or a stroke stands there.
pub(super) fn is_dash(text: &str) -> bool {
    let text = unspaced(text);
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '—' | '–' | '－' | '/' | '／' | '─'))
}

/// Whether the text names a goal (`长期目标1`, `年度绩效目标 2：`): what stands in the column 目标名称.
pub(super) fn is_goal_name(text: &str) -> bool {
    goal_name(text).is_some()
}

/// The parts of a goal's or indicator block's label: its term (长期, 年度 …), whether it says 指标, and its number.
pub(super) fn goal_name(text: &str) -> Option<(&'static str, bool, String)> {
    const TERMS: &[&str] =
        &["长期", "中长期", "中期", "年度", "本年度", "当年", "总体", "整体", "近期", "实施期", "绩效"];
    let text = unspaced(text);
    let text = text.trim_end_matches(['：', ':']);
    let term = TERMS.iter().find(|term| text.starts_with(**term))?;
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

/// How badly `text` fits a column: 0 for a perfect fit. `None` where it can never stand there.
pub(super) fn cost(slot: Slot, text: &str) -> Option<u32> {
    fit(slot, &unspaced(text))
}

/// [`cost`] of a text that has no spaces.
pub(super) fn fit(slot: Slot, text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    match slot {
        Slot::Goal => Some(if is_goal_name(text) {
            0
        } else {
            let level = is_level_1(text) || is_level_2(text);
            2 * STEP + length / 24 + labels_inside(text) + if level { 6 * STEP } else { 0 }
        }),
        Slot::Frame => is_frame(text).then_some(0),
        Slot::Group => matches!(
            text,
            "收入构成" | "支出构成" | "收入" | "支出" | "收入预算" | "支出预算" | "资金来源" | "资金结构"
        )
        .then(|| u32::from(!text.ends_with("构成"))),
        Slot::Level1 => is_level_1(text).then(|| match stem(text).as_str() {
            // 成本 is a first level in newer forms, a second level in older ones.
            "产出" | "效益" | "满意度" | "成本" => 0,
            _ => 2,
        }),
        Slot::Level2 => level_2_cost(text, length),
        Slot::Name => Some(name_cost(text, length)),
        Slot::Value => Some(value_cost(text, length)),
        Slot::Symbol => Some(symbol_cost(text)),
        Slot::Unit => Some(if is_figure(text) || length > 8 || text.contains("指标") {
            SENSELESS
        } else if starts_with_unit(text) {
            0
        } else {
            3 * STEP
        }),
        Slot::Weight => Some(if crate::amount::Amount::parse(text.trim_end_matches(['%', '分'])).is_some() {
            0
        } else {
            SENSELESS
        }),
        Slot::Basis => Some(basis_cost(text, length)),
        Slot::Note => {
            let level = is_level_1(text) || is_level_2(text);
            Some(2 * STEP + length / 6 + labels_inside(text) + if level { 6 * STEP } else { 0 })
        }
        Slot::Amount => Some(if crate::amount::Amount::parse(text).is_some() || is_dash(text) {
            0
        } else if text.starts_with(|c: char| c.is_ascii_digit()) {
            2 * STEP
        } else {
            SENSELESS
        }),
        Slot::Percent => {
            let number = text.trim_end_matches(['%', '％']);
            Some(if crate::amount::Amount::parse(number).is_some() || is_dash(text) { 0 } else { SENSELESS })
        }
        Slot::Quantity => Some(if is_figure(text) || is_dash(text) { 0 } else { 3 * STEP }),
        Slot::Kind => {
            Some(if length <= 14 && (text.contains("项目") || text.ends_with('类') || text.ends_with('性')) {
                0
            } else if is_figure(text) {
                SENSELESS
            } else {
                2 * STEP
            })
        }
        Slot::Text => Some(if crate::amount::Amount::parse(text).is_some() { 2 * STEP } else { 1 }),
    }
}

fn level_2_cost(text: &str, length: u32) -> Option<u32> {
    if is_level_2(text) {
        return Some(if is_level_1(text) && !text.starts_with("成本") { 3 } else { 0 });
    }
    if length > 16 || is_figure(text) || is_basis(text) {
        return None;
    }
    let stem = stem(text);
    if stem.is_empty() || is_level_1(text) {
        return None;
    }
    if stem.contains("指标") {
        return None;
    }
    if stem.ends_with("满意度") && text.ends_with("指标") {
        return Some(1);
    }
    if LEVEL_2.iter().any(|(word, _)| stem.ends_with(word)) && text.ends_with("指标") {
        // The label with something before it that belongs to another cell.
        return Some(4 * STEP);
    }
    if text.ends_with("指标") {
        return Some(STEP);
    }
    (stem.ends_with("满意度") || stem.ends_with("效益") || stem.ends_with("成本") || stem.ends_with("影响"))
        .then_some(3 * STEP)
}

fn name_cost(text: &str, length: u32) -> u32 {
    let mut cost = match length {
        1 => 3 * STEP,
        2..=60 => 0,
        _ => (length - 60) / 8,
    };
    if is_basis(text) || is_dash(text) {
        cost += 3 * STEP;
    } else if is_figure(text) {
        cost += 5 * STEP / 2;
    } else if is_level_1(text) || is_level_2(text) {
        // 满意度 and 时效 are also names that people write; with 指标 they are levels.
        cost += if text.ends_with("指标") { 3 * STEP } else { 2 };
    } else if QUALITIES.contains(&text) {
        cost += STEP;
    }
    cost += label_before(text) + labels_inside(text);
    if text.ends_with(['：', ':', '≥', '≧', '≤']) {
        cost += 3 * STEP;
    }
    if text.starts_with(['，', '、', '。', '；', ')', '）', '”', '》']) || text.starts_with("以上") {
        cost += 2 * STEP;
    }
    // Sentences are no names.
    if text.contains('：') || text.trim_end_matches('。').contains('。') {
        cost += 2 * STEP;
    }
    cost
}

/// What it costs that a name begins with the label of the cells before it: 数量指标… is no name, 社会效益… may be one.
fn label_before(text: &str) -> u32 {
    let starts = |word: &str, rest: &str| {
        text.strip_prefix(word).is_some_and(|tail| tail.starts_with(rest) && tail.len() > rest.len())
    };
    let level = |rest: &str| {
        LEVEL_1.iter().any(|word| starts(word, rest)) || LEVEL_2.iter().any(|(word, _)| starts(word, rest))
    };
    if text.starts_with("指标") || text.starts_with("构成") {
        4 * STEP
    } else if ["收入构成", "支出构成"].iter().any(|word| starts(word, "")) {
        3 * STEP
    } else if level("") {
        STEP
    } else {
        0
    }
}

/// What it costs that a text has the labels of levels in it (`…产出指标数量指标…`), other than being one.
fn labels_inside(text: &str) -> u32 {
    if !text.contains("指标") {
        return 0;
    }
    let count = text.match_indices("指标").filter(|(at, _)| {
        let before = &text[..*at];
        LEVEL_1.iter().any(|word| before.ends_with(word)) || LEVEL_2.iter().any(|(word, _)| before.ends_with(word))
    });
    let whole = is_level_1(text) || is_level_2(text);
    u32::try_from(count.count()).unwrap_or(u32::MAX / 64).saturating_sub(u32::from(whole)).saturating_mul(4 * STEP)
}

fn value_cost(text: &str, length: u32) -> u32 {
    if is_dash(text) {
        return 0;
    }
    if let Some(cost) = figure_cost(text) {
        return cost;
    }
    if is_basis(text) {
        return 4 * STEP;
    }
    if is_level_1(text) || is_level_2(text) {
        // Some forms have 满意度 for a target; none has 满意度指标.
        return if text.ends_with("指标") { 5 * STEP } else { 2 * STEP + 2 };
    }
    if text.starts_with("以上")
        || text.starts_with(['/', '，', '、', '）', ')', '。', '%'])
        || matches!(text, "上" | "下")
    {
        return 4 * STEP;
    }
    if text == "定性" || text == "定量" || QUALITIES.contains(&text) {
        return 1;
    }
    let strange = if text.contains("指标") || text.contains("满意度") { 3 * STEP } else { 0 }
        + if text.ends_with(['：', ':']) { 4 * STEP } else { 0 }
        + if text.ends_with('。') { 2 * STEP } else { 0 };
    if text.chars().any(|c| c.is_ascii_digit()) {
        return STEP + length / 6 + strange;
    }
    if is_quality(text) {
        return strange + 2;
    }
    strange
        + match length {
            1 => 3 * STEP,
            2..=5 => STEP,
            6..=8 => STEP + 2,
            _ => STEP + 2 + length / 6,
        }
}

fn symbol_cost(text: &str) -> u32 {
    const SYMBOLS: &[&str] = &[
        "≥",
        "≤",
        "≧",
        "≦",
        ">",
        "<",
        "=",
        "＞",
        "＜",
        "＝",
        "定性",
        "定量",
        "大于",
        "小于",
        "等于",
        "大于等于",
        "小于等于",
        "正向",
        "反向",
        "正向指标",
        "反向指标",
        "其他",
    ];
    if SYMBOLS.contains(&text) { 0 } else { SENSELESS }
}

fn basis_cost(text: &str, length: u32) -> u32 {
    const PARTS: &[&str] = &[
        "标准", "数据", "依据", "规划", "计划", "文件", "要求", "方案", "历史", "行业", "规定", "政策", "合同", "通知",
    ];
    if is_basis(text) {
        return 0;
    }
    if is_figure(text) || is_dash(text) || QUALITIES.contains(&text) {
        return 6 * STEP;
    }
    if (is_level_1(text) || is_level_2(text)) && text.ends_with("指标") {
        return 8 * STEP;
    }
    let named = PARTS.iter().any(|part| text.contains(part));
    if BASES.iter().any(|word| text.len() > word.len() && (text.starts_with(word) || text.ends_with(word))) {
        return 3 * STEP + length / 8;
    }
    match length {
        1 => 5 * STEP,
        2..=14 if named => STEP,
        _ if named => STEP + length / 8,
        2..=10 => 3 * STEP,
        _ => 4 * STEP + length / 8,
    }
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
        assert!(cost(Slot::Value, "90%以") > cost(Slot::Value, "90%以上"));
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
