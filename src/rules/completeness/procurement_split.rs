//! C10: what is bought is told as goods, works and services.

use super::told;
use crate::disclosure::{Concept, Message, TableKind, Topic};
use crate::rules::prose::{all_of, every};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// What is bought is told as goods, works and services.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "C10",
    title: ("政府采购分货物、工程、服务", "procurement is told as goods, works and services"),
    family: Family::Completeness,
    severity: Severity::Info,
    basis: (
        "《政府采购法》第二条：政府采购的对象是货物、工程和服务；财预〔2016〕143号对公开内容的要求（据各地目录转引，未见原文）。",
        "Government Procurement Law, article 2: what is bought are goods, works and services. What 财预〔2016〕143号 asks for is cited from local catalogues; its own text was not read.",
    ),
    explain: (
        "文字写了政府采购的总额，就要写明其中货物、工程、服务各多少，或说明全是哪一类。另有采购表的不要求。没有采购的、文件只是一部分的不判断。",
        "Where the text has the whole of procurement it says how much of it are goods, works and services. A table of procurement does as well. Nothing is said where nothing is bought, or of parts of a disclosure.",
    ),
    holds: concat!(
        whole!(),
        assets!(),
        terms!(),
        performance!(),
        "2024年政府采购预算 8 万元，其中：货物 5 万元，服务 3 万元。\n"
    ),
    breaks: concat!(whole!(), assets!(), terms!(), performance!(), "2024年政府采购预算 8 万元，比上年增加 1 万元。\n"),
    spared: concat!(whole!(), assets!(), terms!(), performance!(), "2024年政府采购预算 8 万元，均为货物类。\n"),
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let bought = all_of(scope, &Concept::Procurement);
    let Some(&(at, _)) = bought.iter().find(|(_, s)| !s.amount.value().is_zero()) else { return Vec::new() };
    let is_split = every(scope).any(|(_, s)| matches!(s.concept, Some(Concept::ProcurementPart(_))));
    let in_a_table = scope.tables().any(|t| t.table.kind == TableKind::Procurement || t.table.title.contains("采购"));
    let labels = (
        Message::new("政府采购分了货物、工程、服务", "procurement is told as goods, works and services"),
        Message::new(
            "政府采购没有分货物、工程、服务",
            "the text does not say how much of procurement are goods, works and services",
        ),
    );
    told(scope, Topic::ProcurementKinds, is_split || in_a_table, Some(at), labels)
}
