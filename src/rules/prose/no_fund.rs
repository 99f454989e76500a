//! N10: where a fund's table is empty the prose states nothing for it.

use super::{call, cells};
use crate::disclosure::{Concept, Measure, Message, Status, TableKind};
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};

/// Where a fund's table is empty the prose states nothing for it.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N10",
    title: ("空表的事项在文字里也为零", "what has an empty table is nothing in the prose"),
    family: Family::Prose,
    severity: Severity::Error,
    basis: (
        "表以空表公开，说明没有这项支出；文字应与之一致。",
        "A table that is published empty says that there is no such expenditure; the prose says the same.",
    ),
    explain: (
        "政府性基金、国有资本经营预算的表没有数据时，文字里的支出应为 0。",
        "Where the table of the government fund or of the state capital is empty, the prose states 0.",
    ),
    holds: "2024年政府性基金预算支出为 0 万元。\n\n## 政府性基金预算支出表\n\n单位：万元\n\n注：本单位无政府性基金预算支出\n",
    breaks: "2024年政府性基金预算支出为 7 万元。\n\n## 政府性基金预算支出表\n\n单位：万元\n\n注：本单位无政府性基金预算支出\n",
    spared: "# 甲局2024年部门预算\n\n2023年政府性基金预算支出为 7 万元。\n\n## 政府性基金预算支出表\n\n单位：万元\n\n注：本单位无政府性基金预算支出\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for (at, statement) in cells::stated(scope).filter(|(_, s)| s.doubt.is_none()) {
        let kind = match &statement.concept {
            Some(Concept::FundExpenditure(Measure::GovernmentFund)) => TableKind::GovernmentFund,
            Some(Concept::FundExpenditure(Measure::StateCapital)) => TableKind::StateCapital,
            _ => continue,
        };
        let mut empty =
            scope.tables().filter(|t| t.table.kind == kind && matches!(t.table.status, Status::Empty { .. }));
        let Some(table) = empty.next().filter(|_| scope.present(kind).is_empty()) else { continue };
        let name = table.name();
        found.push(Instance {
            label: Message::new(
                format!("文字“{}”与空的{}", call(statement), name.zh),
                format!("“{}” in the prose and the empty {}", call(statement), name.en),
            ),
            claim: Claim::Fact { holds: statement.amount.value().is_zero(), at: vec![at, table.whole()] },
        });
    }
    found
}
