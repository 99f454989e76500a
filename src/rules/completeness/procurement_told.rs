//! C09: government procurement is told of.

use super::spoken_of;
use crate::disclosure::{TableKind, Topic};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// Government procurement is told of.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "C09",
    title: ("说明政府采购情况", "government procurement is told of"),
    family: Family::Completeness,
    severity: Severity::Warning,
    basis: (
        "《预算法》第十四条：各级政府、各部门、各单位应当将政府采购的情况及时向社会公开。",
        "Budget Law, article 14: every department and unit discloses its government procurement.",
    ),
    explain: (
        "有采购的写明金额，没有的也写明没有；列出政府采购预算表的也算。只看文字完整、表也大体齐全的文件；只有表、或只是其中一部分的不判断。",
        "What is bought is told, or that nothing is; a table of procurement does as well. Only files with most of the tables and with the text that explains them are looked at, not parts of a disclosure.",
    ),
    holds: concat!(whole!(), assets!(), terms!(), performance!(), "2024年政府采购预算 8 万元，均为货物类。\n"),
    breaks: concat!(whole!(), assets!(), terms!(), performance!()),
    spared: concat!("目录\n\n一、政府采购情况\n\n", "2024年支出预算总额 95.50 万元。\n"),
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let in_a_table = scope.tables().any(|t| {
        matches!(t.table.kind, TableKind::Procurement | TableKind::ServicePurchase) || t.table.title.contains("采购")
    });
    spoken_of(scope, Topic::Procurement, in_a_table, ("政府采购", "government procurement"))
}
