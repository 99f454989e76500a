//! C13: terms are explained.

use super::spoken_of;
use crate::disclosure::Topic;
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// Terms are explained.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "C13",
    title: ("有名词解释", "terms are explained"),
    family: Family::Completeness,
    severity: Severity::Info,
    basis: (
        "财预〔2016〕143号对公开内容的要求（据各地目录转引，未见原文）。",
        "What 财预〔2016〕143号 asks for, cited from local catalogues; its own text was not read.",
    ),
    explain: (
        "专业名词有解释，如“基本支出：指……”，读者才看得懂。只看文字完整、表也大体齐全的文件；只有表、或只是其中一部分的不判断。",
        "Terms are explained, so that a reader understands them. Only files with most of the tables and with the text that explains them are looked at, not parts of a disclosure.",
    ),
    holds: concat!(whole!(), assets!(), reason!(), performance!(), "基本支出：指保障机构正常运转发生的支出。\n"),
    breaks: concat!(whole!(), assets!(), reason!(), performance!()),
    spared: "2024年支出预算总额 95.50 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    spoken_of(scope, Topic::Terms, false, ("名词", "terms"))
}
