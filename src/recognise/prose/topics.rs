//! What figures without words of their own are of: the function that a paragraph begins with, the budget beside the accounts.

use super::labels::{function_path, says_nothing};
use super::names::Names;
use super::paragraphs::ordinal;
use super::vocabulary::{BUDGETS, cut_end};
use crate::disclosure::Concept;

/// What a paragraph begins with, or its heading is, where that is a path of function names: 教育支出（类）…（项）。 The
/// figures that follow without words of their own are of it.
pub(super) fn topic(words: &str, names: &Names) -> Option<(String, Concept)> {
    let mut text = words;
    while let Some(end) = ordinal(text) {
        text = text.get(end..).unwrap_or_default();
    }
    let named = || {
        let (clause, _) = text.split_once([',', ':', '。']).unwrap_or((text, ""));
        names.printed_code(clause).filter(|_| clause.ends_with(')'))
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
