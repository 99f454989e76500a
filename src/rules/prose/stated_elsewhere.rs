//! N02: an amount of the prose that can mean several cells = one of them.

use super::{Tie, call, cells, equation, tie};
use crate::disclosure::{Anchor, Concept, Message};
use crate::rules::{Claim, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// An amount of the prose that can mean several cells = one of them.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N02",
    title: ("文字说明的金额与表中某一口径相同", "an amount of the prose is that of one of the cells it can mean"),
    family: Family::Prose,
    severity: Severity::Warning,
    basis: (
        "文字说明是对表的说明；同一名称在各表口径不同时，应是其中一个。",
        "The prose explains the tables: where a name stands for several amounts, one of them is meant.",
    ),
    explain: (
        "有的名称在几张表里是不同的数，如有结转时的“收入预算”、有政府性基金时的“项目支出”。文字没有说明是哪一个口径，只要与其中一个相同就算相符；都不同才提示对照。经济分类科目不在此列：文字可能说的是全部支出。",
        "Some names stand for different amounts in several tables: 收入预算 where money is carried over, 项目支出 where there is a government fund. The prose does not say which is meant, so it fits if one of them is the figure. Economic items are left out, since the prose may speak of the whole expenditure.",
    ),
    holds: "2024年甲局项目支出预算 30 万元。\n\n\
    ## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 105.50 | 75.50 | 30.00 |\n\n\
    ## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n",
    breaks: "2024年甲局项目支出预算 40 万元。\n\n\
    ## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 105.50 | 75.50 | 30.00 |\n\n\
    ## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n",
    spared: "2024年甲局项目支出预算 20 万元。\n\n\
    ## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 105.50 | 75.50 | 30.00 |\n\n\
    ## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    let mut found = Vec::new();
    for (at, statement) in cells::stated(scope) {
        let label = || {
            Message::new(
                format!("文字“{}”与表中各口径", call(statement)),
                format!("“{}” in the prose and the cells it can mean", call(statement)),
            )
        };
        let claim = match tie(scope, judge, at, statement) {
            Tie::Fits(cell) => Claim::Equation(equation(at, Relation::Equal, vec![Term::plus(cell)])),
            Tie::Unlike(cells) if matches!(statement.concept, Some(Concept::Economic(_))) => Claim::NotCheckable {
                why: Message::new(
                    "文字可能说的不是基本支出，无法与基本支出表对照",
                    "the prose may not speak of basic expenditure, so the table cannot tell",
                ),
                at: std::iter::once(at).chain(cells).collect::<Vec<Anchor>>(),
            },
            Tie::Unlike(cells) => {
                let Some(&first) = cells.first() else { continue };
                Claim::Equation(equation(at, Relation::Equal, vec![Term::plus(first)]))
            }
            Tie::Certain(_) | Tie::Beside(..) | Tie::Nowhere => continue,
        };
        found.push(Instance { label: label(), claim });
    }
    found
}
