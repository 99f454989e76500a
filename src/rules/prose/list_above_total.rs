//! N04: an amount of the prose ≥ Σ of the parts that the text names.

use super::lists::{self, Known};
use crate::rules::{Family, Instance, Relation, Rule, Scope, Severity};

/// An amount of the prose ≥ Σ of the parts that the text names.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N04",
    title: ("“其中”各项不超过总额", "the parts that the prose names do not exceed their total"),
    family: Family::Prose,
    severity: Severity::Error,
    basis: (
        "“其中”是总额的一部分，各部分相加不会超过总额。",
        "What is said to be part of an amount cannot be more than it.",
    ),
    explain: (
        "如“政府采购预算 6 万元，其中货物类 4 万元。”没有列全时，各部分可以少于总额，不可以超过。",
        "政府采购预算 6, of which goods 4. A list that is not whole may stay below its total but cannot exceed it.",
    ),
    holds: "2024年政府采购预算 6 万元，其中货物类采购预算 4 万元，服务类采购预算 2 万元。\n",
    breaks: "2024年政府采购预算 0 万元，其中货物类采购预算 4 万元，服务类采购预算 2 万元。\n",
    spared: "2024年政府采购预算 6 万元，其中货物类采购预算 4 万元，服务类采购预算 1 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    lists::instances(scope, Known::Some, Relation::AtLeast, ("不少于所列各部分之和", "no less than the parts named"))
}
