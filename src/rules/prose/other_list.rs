//! N05: an amount of the prose of which nothing is known = Σ of a long list.

use super::lists::{self, Known};
use crate::rules::{Family, Instance, Relation, Rule, Scope, Severity};

/// An amount of the prose of which nothing is known = Σ of a long list.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N05",
    title: ("文字列举三项以上，相加等于总额", "three or more items that the prose lists sum to their total"),
    family: Family::Prose,
    severity: Severity::Warning,
    basis: (
        "文字通常把总额逐项列完；没有写“等”“主要”“含”的，各项相加一般等于总额。",
        "The prose usually lists all of an amount unless it says 等, 主要 or 含.",
    ),
    explain: (
        "总额的名称在表中没有对应的格时，无法知道列举是否完整，所以只作提示。",
        "Where the total has no cell in any table, nothing tells whether the list is whole, so this is only a hint.",
    ),
    holds: "基建资金 9 万元，其中：甲楼 4 万元、乙楼 3 万元、丙楼 2 万元。\n",
    breaks: "基建资金 9 万元，其中：甲楼 4 万元、乙楼 3 万元、丙楼 5 万元。\n",
    spared: "基建资金 9 万元，其中：甲楼 4 万元、乙楼 3 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found =
        lists::instances(scope, Known::LooksWhole, Relation::Equal, ("与所列各项之和", "the sum of the items listed"));
    found.extend(lists::confirmed(scope));
    found
}
