//! C04: an empty fund table agrees with the summaries.

use crate::disclosure::{Measure, Message, Status, TableKind};
use crate::rules::sight::not_checkable;
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity, money};

/// an empty fund table agrees with the summaries
pub(in crate::rules) static RULE: Rule = Rule {
    id: "C04",
    title: ("空的基金表与收支总表一致", "an empty fund table agrees with the summaries"),
    family: Family::Completeness,
    severity: Severity::Warning,
    basis: (
        "表间勾稽：政府性基金（国有资本经营）预算支出表没有数，财政拨款收支总表里这种资金的收入也应当没有数。",
        "Arithmetic of the set: where the table of a fund is empty, the fiscal summary has no revenue of that fund.",
    ),
    explain: (
        "基金表写着“没有”，而财政拨款收支总表里却有基金的收入，两处说法不同，可能漏了表里的数。收入全部结转下年的也会这样，所以只作提示。",
        "A fund table says nothing while the fiscal summary has money of that fund: figures may be left out. Money that is carried over as a whole looks the same, so this is a caution.",
    ),
    holds: "## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 96.00 | 一、本年支出 | 96.00 |\n\
    | （一）一般公共预算拨款 | 96.00 | （一）教育支出 | 96.00 |\n\
    | （二）政府性基金预算拨款 |  | | |\n\
    | 收入总计 | 96.00 | 支出总计 | 96.00 |\n\
    \n## 政府性基金预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\n本部门没有政府性基金预算支出。\n",
    breaks: "## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 96.00 | 一、本年支出 | 96.00 |\n\
    | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 96.00 |\n\
    | （二）政府性基金预算拨款 | 6.00 | | |\n\
    | 收入总计 | 96.00 | 支出总计 | 96.00 |\n\
    \n## 政府性基金预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\n本部门没有政府性基金预算支出。\n",
    spared: "## 政府性基金预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\n本部门没有政府性基金预算支出。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for (kind, measure, zh, en) in [
        (TableKind::GovernmentFund, Measure::GovernmentFund, "政府性基金", "government fund"),
        (TableKind::StateCapital, Measure::StateCapital, "国有资本经营", "state capital"),
    ] {
        let mut known = None;
        for t in scope.tables().filter(|t| t.table.kind == kind && matches!(t.table.status, Status::Empty { .. })) {
            let answer = *known.get_or_insert_with(|| money::none(scope, &[measure]));
            let label = if answer == money::Answer::No {
                Message::new(
                    format!("{zh}支出表是空的，财政拨款收支总表却有{zh}收入"),
                    format!("the table of {en} is empty while the fiscal summary has {en} revenue"),
                )
            } else {
                Message::new(
                    format!("{zh}支出表是空的，财政拨款收支总表也没有{zh}收入"),
                    format!("the table of {en} is empty and the fiscal summary has no {en} revenue"),
                )
            };
            found.push(match answer {
                money::Answer::Unknown => not_checkable(
                    label,
                    vec![t.whole()],
                    "没有可以对照的财政拨款收支总表",
                    "there is no fiscal summary to hold it against",
                ),
                _ => {
                    Instance { label, claim: Claim::Fact { holds: answer == money::Answer::Yes, at: vec![t.whole()] } }
                }
            });
        }
    }
    found
}
