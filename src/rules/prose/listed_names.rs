//! N17: a count = the number of names listed behind it.

use super::{call, every};
use crate::disclosure::{Message, StatementKind};
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};

/// A count = the number of names listed behind it.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N17",
    title: ("机构等的个数与所列名称相符", "a count is the number of names listed behind it"),
    family: Family::Prose,
    severity: Severity::Warning,
    basis: (
        "写明个数又逐一列名的，个数就是名称的个数。",
        "Where things are counted and then named one by one, the count is that of the names.",
    ),
    explain: (
        "例如“内设机构 3 个：甲科、乙科、丙科。”只在名称用顿号分开、没有“等”、没有数字时核对。",
        "Only where the names are set apart by 、 and the list has neither 等 nor figures.",
    ),
    holds: "内设机构 3 个：办公室、甲科（丙科）、乙科。\n",
    breaks: "内设机构 4 个：办公室、甲科（丙科）、乙科。\n",
    spared: "内设机构 4 个：办公室、甲科、乙科等。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    every(scope)
        .filter(|(_, s)| s.kind == StatementKind::Quantity && matches!(s.counter.as_str(), "个" | "家" | "所" | "项"))
        .filter_map(|(at, statement)| {
            let listed = statement.listed?;
            Some(Instance {
                label: Message::new(
                    format!("文字“{}”后面列了 {listed} 个名称", call(statement)),
                    format!("“{}” in the prose is followed by {listed} names", call(statement)),
                ),
                claim: Claim::Fact { holds: statement.amount.value() == listed.into(), at: vec![at] },
            })
        })
        .collect()
}
