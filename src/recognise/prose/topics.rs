//! What figures without words of their own are of: the function that a paragraph begins with, the budget beside the accounts.

use super::labels::{Background, function_path, label, says_nothing};
use super::names::Names;
use super::paragraphs::ordinal;
use super::vocabulary::{BUDGETS, cut_end};
use crate::disclosure::{Against, Concept};

/// What a paragraph begins with, or its heading is, where that is a path of function names: 教育支出（类）…（项）。 The
/// figures that follow without words of their own are of it.
pub(super) fn topic(words: &str, names: &Names) -> Option<(String, Concept)> {
    // Codes and levels stand in brackets; most paragraphs begin with neither.
    if !words.contains(')') {
        return None;
    }
    let mut text = words;
    while let Some(end) = ordinal(text) {
        text = text.get(end..).unwrap_or_default();
    }
    let named = || {
        let (clause, _) = text.split_once([',', ':', '。']).unwrap_or((text, ""));
        clause.ends_with(')').then(|| names.printed_code(clause)).flatten()
    };
    if let Some(named) = named() {
        return Some(named);
    }
    let end = ["(项)", "(款)", "(类)"].iter().filter_map(|mark| text.rfind(mark).map(|at| at + mark.len())).max()?;
    let (path, behind) = (text.get(..end)?, text.get(end..)?);
    let ends = behind.trim_start_matches("支出").trim_start_matches("科目");
    if !(ends.is_empty() || ends.starts_with(['。', ':', ',', ';', '.'])) || path.contains(['。', ';']) {
        return None;
    }
    let path = function_path(path)?;
    let concept = names.function_path(&path).ok()?;
    Some((path.join("/"), concept))
}

/// What a budget is of: 公务接待费|年初预算为.
pub(super) fn budgeted(words: &str) -> &str {
    let of = words.rfind("预算").and_then(|at| words.get(..at)).unwrap_or_default();
    cut_end(of, &BUDGETS).unwrap_or(of)
}

/// Whether words say no more than that the figure is the accounts': 支出决算为, 2024年度决算数为.
pub(super) fn is_bare_accounts(measure: &str) -> bool {
    let bare = measure.trim_start_matches([':', ',', '.', '。']);
    bare.contains("决算") && says_nothing(bare)
}

/// What the clause before the last one names and says to be as it was or as planned, without an amount: 公务接待费支出与预算持平，
/// 比上年增加.
pub(super) fn named_without_amount(words: &str, background: Background) -> Option<Concept> {
    const UNCHANGED: [&str; 5] = ["持平", "无增减变化", "无变化", "没有变化", "一致"];
    let sentence = words.rsplit('。').next()?;
    let mut clauses = sentence.rsplit([',', ';']).skip(1);
    clauses.find_map(|clause| {
        let (before, _) = UNCHANGED.iter().find_map(|word| clause.split_once(word))?;
        let subject = before.split(['比', '与', '较', '同', '和']).next()?;
        label(subject, background).concept
    })
}

/// What the words behind an amount of the accounts say of it beside the budget: 决算数小于年初预算数的主要原因是….
pub(super) fn against_budget(words: &str) -> Option<Against> {
    /// What may stand between the two and the word that compares them, in characters (支出决算|数|大于|全年|预算).
    const APART: usize = 8;
    const WAYS: [(&str, Against); 11] = [
        ("大于", Against::Above),
        ("高于", Against::Above),
        ("超过", Against::Above),
        ("小于", Against::Below),
        ("低于", Against::Below),
        ("等于", Against::Equal),
        ("持平", Against::Equal),
        ("一致", Against::Equal),
        ("相等", Against::Equal),
        ("相同", Against::Equal),
        ("无差异", Against::Equal),
    ];
    let (before, behind) = words.split_once("决算")?;
    // What stands after the next sentence is on something else.
    if before.matches('。').count() > 1 || before.contains("其中") || before.contains("上年") {
        return None;
    }
    let clause = behind.split([',', '。', ';']).next()?;
    let (at, word, said) =
        WAYS.iter().filter_map(|&(word, said)| Some((clause.find(word)?, word, said))).min_by_key(|(at, ..)| *at)?;
    let (left, right) = (clause.get(..at)?, clause.get(at + word.len()..)?);
    let near = |text: &str| text.chars().count() <= APART;
    let denied = left.ends_with(['未', '不', '没']) || left.contains("基本") || left.contains('率');
    let of_budget = |text: &str| text.find("预算").is_some_and(|at| text.get(..at).is_some_and(near));
    let compared = match said {
        // 决算数与预算数持平, 决算数等于预算数
        Against::Equal => of_budget(left) || of_budget(right),
        _ => near(left) && of_budget(right),
    };
    (compared && !denied).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_the_accounts_compare_with_the_budget_is_read_where_it_is_said() {
        assert_eq!(against_budget(",完成预算的"), None);
        assert_eq!(against_budget("。决算数小于年初预算数的主要原因是厉行节约。"), Some(Against::Below));
        assert_eq!(against_budget(",支出决算大于预算的主要原因:"), Some(Against::Above));
        assert_eq!(against_budget(",决算数与预算数持平。"), Some(Against::Equal));
        assert_eq!(against_budget(",决算数等于全年预算数"), Some(Against::Equal));
        assert_eq!(against_budget(",决算数与预算数基本持平"), None);
        assert_eq!(against_budget(",决算数不大于预算数"), None);
        assert_eq!(against_budget(",决算数未超过预算数"), None);
        assert_eq!(against_budget(",决算数大于上年决算数"), None);
        assert_eq!(against_budget("。其中基本支出决算数小于预算数"), None);
    }
}
