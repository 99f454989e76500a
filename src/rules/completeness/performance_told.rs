//! C12: performance is told of.

use super::spoken_of;
use crate::disclosure::{TableKind, Topic};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// Performance is told of.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "C12",
    title: ("说明预算绩效情况", "performance is told of"),
    family: Family::Completeness,
    severity: Severity::Info,
    basis: (
        "财预〔2016〕143号对公开内容的要求（据各地目录转引，未见原文）。",
        "What 财预〔2016〕143号 asks for, cited from local catalogues; its own text was not read.",
    ),
    explain: (
        "文字说明绩效目标或绩效评价的情况，或者列出绩效目标表。只看文字完整、表也大体齐全的文件；只有表、或只是其中一部分的不判断。",
        "The text tells of targets or of what came of them, or a form of targets is printed. Only files with most of the tables and with the text that explains them are looked at, not parts of a disclosure.",
    ),
    holds: concat!(whole!(), assets!(), terms!(), reason!(), "2024年共设置 3 个项目绩效目标，涉及 20 万元。\n"),
    breaks: concat!(whole!(), assets!(), terms!(), reason!()),
    spared: "2024年支出预算总额 95.50 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let in_a_table = scope.tables().any(|t| {
        matches!(t.table.kind, TableKind::PerformanceWhole | TableKind::PerformanceProject)
            || t.table.title.contains("绩效")
    });
    spoken_of(scope, Topic::Performance, in_a_table, ("预算绩效", "performance"))
}
