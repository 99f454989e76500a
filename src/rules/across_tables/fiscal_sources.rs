//! X09: 财政拨款收支总表 source = 收支总表 source.

use crate::disclosure::{Measure, Message, Side, Stage, TableKind};
use crate::rules::sight::equal;
use crate::rules::{Family, Instance, Rule, Scope, Severity, sides};

/// 财政拨款收支总表 source = 收支总表 source
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X09",
    title: ("财政拨款收支总表与收支总表的拨款收入一致", "fiscal appropriations agree in two summaries"),
    family: Family::AcrossTables,
    severity: Severity::Error,
    basis: ("表间勾稽：同一个数在两张表里应当相同。", "Arithmetic of the set: the same amount stands in both tables."),
    explain: (
        "财政拨款收支总表里的一般公共预算、政府性基金、国有资本经营预算拨款，在收支总表的收入里也各有一项，应当是同一个数。",
        "The three kinds of fiscal appropriation stand in both summaries, with the same amounts.",
    ),
    holds: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 66.00 |\n\
    | 二、其他收入 | | 二、住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 90.00 | 一、本年支出 | 90.00 |\n\
    | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 66.00 |\n\
    | （二）政府性基金预算拨款 | | （二）住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n",
    breaks: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 66.00 |\n\
    | 二、其他收入 | | 二、住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 90.00 | 一、本年支出 | 90.00 |\n\
    | （一）一般公共预算拨款 | 60.00 | （一）教育支出 | 66.00 |\n\
    | （二）政府性基金预算拨款 | | （二）住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n",
    spared: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、财政拨款收入 | 90.00 | 一、教育支出 | 66.00 |\n\
    | 二、其他收入 | | 二、住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 90.00 | 一、本年支出 | 90.00 |\n\
    | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 66.00 |\n\
    | （二）政府性基金预算拨款 | | （二）住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let kinds = (TableKind::FiscalAppropriationSummary, TableKind::RevenueExpenditureSummary);
    scope.pairs(kinds.0, kinds.1).instances(|fiscal, summary, found| {
        for measure in Measure::FUNDS {
            let (Some((a, x)), Some((b, y))) =
                (sides::year_item(fiscal, Side::Revenue, measure), sides::year_item(summary, Side::Revenue, measure))
            else {
                continue;
            };
            let name = fiscal.row_name(a);
            let label = Message::new(
                format!("财政拨款收支总表“{}” = 收支总表同项", name.zh),
                format!("“{}” of the fiscal summary = the same of the summary", name.en),
            );
            found.push(equal(label, fiscal.term(a, x), vec![summary.term(b, y)]));
        }
        // In a budget 财政拨款收入 may be of this year's general public budget alone.
        if scope.disclosure().stage == Some(Stage::FinalAccounts)
            && let Some(list) = sides::main_list(fiscal, Side::Revenue)
            && let (Some(year), Some((b, y))) =
                (list.year_total, sides::year_item(summary, Side::Revenue, Measure::Fiscal))
        {
            let label = Message::new(
                "财政拨款收支总表本年收入合计 = 收支总表财政拨款收入",
                "the year's revenue of the fiscal summary = appropriations of the summary",
            );
            found.push(equal(label, fiscal.term(year, list.column), vec![summary.term(b, y)]));
        }
    })
}
