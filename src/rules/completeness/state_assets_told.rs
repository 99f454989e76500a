//! C11: the state's assets in use are told of.

use super::spoken_of;
use crate::disclosure::Topic;
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// The state's assets in use are told of.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "C11",
    title: ("说明国有资产占用情况", "the state's assets in use are told of"),
    family: Family::Completeness,
    severity: Severity::Info,
    basis: (
        "财预〔2016〕143号对公开内容的要求（据各地目录转引，未见原文）。",
        "What 财预〔2016〕143号 asks for, cited from local catalogues; its own text was not read.",
    ),
    explain: (
        "如共有车辆多少辆、单位价值较高的设备多少台（套）；没有也写明没有。只看文字完整、表也大体齐全的文件；只有表、或只是其中一部分的不判断。",
        "For instance how many cars and how much expensive equipment are in use, or that there are none. Only files with most of the tables and with the text that explains them are looked at, not parts of a disclosure.",
    ),
    holds: concat!(
        whole!(),
        terms!(),
        reason!(),
        performance!(),
        "截至2023年底，本单位共有车辆 2 辆，均为一般公务用车。\n"
    ),
    breaks: concat!(whole!(), terms!(), reason!(), performance!()),
    spared: "2024年支出预算总额 95.50 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let in_a_table = scope.tables().any(|t| t.table.title.contains("资产"));
    spoken_of(scope, Topic::StateAssets, in_a_table, ("国有资产占用", "the state's assets in use"))
}
