//! Shares and rates of change: which words speak of them, and of what whole.

use super::labels::{Background, label};
use crate::disclosure::Concept;

/// A share that words speak of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share<'a> {
    /// The words of the part, if they stand there.
    pub(super) part: &'a str,
    /// The words of the whole, if they stand there.
    pub(super) whole: &'a str,
    /// Both with 占 between them, for the reader.
    pub(super) words: &'a str,
}

/// `机关运行经费占预算总额的`, `占`, `份额比例`.
pub(super) fn share(words: &str) -> Option<Share<'_>> {
    const TAILS: [&str; 12] = ["比例", "比重", "份额", "的", "为", "约", "达到", "达", "是", "百分比", "占比", ":"];
    let words = words.trim_start_matches([':', ',', '、', '。', '.', ';']);
    let shortened = |mut text: &'_ str| {
        let mut end = text.len();
        while let Some(shorter) = TAILS.iter().find_map(|tail| text.strip_suffix(tail)) {
            text = shorter;
            end = shorter.len();
        }
        end
    };
    if let Some(at) = words.rfind('占')
        && !words.get(at..).is_some_and(|rest| rest.starts_with("占用") || rest.starts_with("占比"))
    {
        let behind = words.get(at + '占'.len_utf8()..)?;
        let whole = behind.get(..shortened(behind))?;
        let part = words.get(..at)?.trim_end_matches(['共', '约', '其', '只', '仅']);
        return Some(Share { part, whole, words: words.get(at..)? });
    }
    let end = shortened(words);
    let tail = words.get(end..)?;
    (tail.contains("比例") || tail.contains("比重") || tail.contains("占比")).then(|| Share {
        part: words.get(..end).unwrap_or_default(),
        whole: "",
        words: tail,
    })
}

/// Whether the words say how much of a budget was carried out: 完成年初预算的, 预算执行率为.
pub(super) fn is_execution(words: &str) -> bool {
    const TAILS: [&str; 7] = ["的", "为", "约", "达到", "达", "是", ":"];
    const RATES: [&str; 4] = ["预算完成率", "预算执行率", "执行率", "完成率"];
    const WHICH: [&str; 14] = [
        "了",
        "年初",
        "全年",
        "调整后",
        "调整",
        "本年",
        "当年",
        "年度",
        "度",
        "部门",
        "财政拨款",
        "支出",
        "收入",
        "变更",
    ];
    let mut text = words.trim_start_matches([':', ',', '、', '。', '.', ';']);
    while let Some(shorter) = TAILS.iter().find_map(|tail| text.strip_suffix(tail)) {
        text = shorter;
    }
    if RATES.iter().any(|rate| text.ends_with(rate)) {
        return true;
    }
    let Some(at) = text.rfind("完成").or_else(|| text.rfind('为')) else { return false };
    let mut behind = text.get(at..).unwrap_or_default().trim_start_matches("完成").trim_start_matches('为');
    while let Some(rest) = WHICH.iter().find_map(|word| behind.strip_prefix(word)) {
        behind = rest;
    }
    matches!(behind.trim_end_matches('数'), "预算")
}

/// What the words after 占 name.
pub(super) fn whole(words: &str, background: Background) -> Option<Concept> {
    const ALL: [&str; 10] = [
        "预算总额",
        "总预算",
        "预算总数",
        "总额",
        "部门预算总额",
        "预算总支出",
        "年初预算总额",
        "部门总预算",
        "预算",
        "收支总额",
    ];
    let bare = words.trim_start_matches(['本', '当', '全']).trim_start_matches("年度").trim_start_matches('年');
    if ALL.contains(&bare) {
        return Some(Concept::TotalBudget);
    }
    label(words, background).concept.map(|concept| match concept {
        // 占支出预算: of all that is spent, whatever heading stands above.
        Concept::GeneralPublic(measure) => Concept::Expenditure(measure),
        concept => concept,
    })
}

/// 增幅 and 下降率 as the words of change that they are.
pub(super) fn rate_words(words: &str) -> &str {
    let mut text = words.trim_end_matches(['为', '约', '达', '了', ':']);
    for (tail, rest) in [("增长率", "增长"), ("下降率", "下降"), ("增幅", "增"), ("降幅", "降"), ("减幅", "减")]
    {
        if let Some(before) = text.strip_suffix(tail) {
            let end = before.len() + rest.len();
            text = text.get(..end).unwrap_or(text);
        }
    }
    text
}
