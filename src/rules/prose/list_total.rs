//! N03: an amount of the prose = Σ of the list that the text gives for it.

use super::lists::{self, Known};
use crate::rules::{Family, Instance, Relation, Rule, Scope, Severity};

/// An amount of the prose = Σ of the list that the text gives for it.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N03",
    title: ("文字列举的各项相加等于总额", "the items that the prose lists sum to their total"),
    family: Family::Prose,
    severity: Severity::Error,
    basis: (
        "文字把一个总额按明细逐项列完，各项相加应等于总额。",
        "Where the prose lists everything that an amount is made of, the items sum to it.",
    ),
    explain: (
        "如“机关运行经费 4.5 万元，其中：办公费 1.5 万元、电费 3 万元。”只在列举是完整的时候核对：机关运行经费和经济分类的明细、人员与公用、基本与项目、用车的购置与运行、采购的货物工程服务；文字写了“等”“主要”或“含”的不核对。",
        "机关运行经费 4.5, of which 办公费 1.5 and 电费 3. Only lists that are whole are checked: items of running costs and of an economic class, personnel and public, basic and project, purchase and running of cars, goods, works and services; a list with 等, 主要 or 含 is not.",
    ),
    holds: "2024年机关运行经费预算 4.5 万元，其中：办公费 1.5 万元、电费 3 万元。\n",
    breaks: "2024年机关运行经费预算 4.5 万元，其中：办公费 1.5 万元、电费 8 万元。\n",
    spared: "2024年机关运行经费预算 4.5 万元，其中：办公费 1.5 万元、电费 1 万元等。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    lists::instances(scope, Known::Whole, Relation::Equal, ("与所列各项之和", "the sum of the items listed"))
}
