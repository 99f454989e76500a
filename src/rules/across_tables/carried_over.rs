//! X13: money carried over: 收支总表 ≥ 财政拨款收支总表.

use crate::disclosure::{Measure, Message, Side, TableKind};
use crate::rules::sight::{TableAt, related};
use crate::rules::{Family, Instance, Relation, Rule, Scope, Severity, sides};

/// money carried over: 收支总表 ≥ 财政拨款收支总表
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X13",
    title: ("收支总表的结转不小于财政拨款的结转", "money carried over agrees in two summaries"),
    family: Family::AcrossTables,
    severity: Severity::Error,
    basis: (
        "表间勾稽：收支总表包括全部资金，其中的结转不会小于财政拨款部分的结转。",
        "Arithmetic of the set: the summary holds all money, so what it carries over is not less than the fiscal part of it.",
    ),
    explain: (
        "上年结转和年终结转在收支总表里是全部资金的，在财政拨款收支总表里只是财政拨款的，所以前者不会更小。收支总表没有这一行时不核对。",
        "What is carried over of all money is not less than what is carried over of fiscal money. Where the summary has no such row nothing is checked.",
    ),
    holds: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 92.00 |\n\
    | 本年收入合计 | 90.00 | 本年支出合计 | 92.00 |\n\
    | 上年结转结余 | 5.00 | 年终结转结余 | 3.00 |\n\
    | 收入总计 | 95.00 | 支出总计 | 95.00 |\n\
    \n## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 90.00 | 一、本年支出 | 92.00 |\n\
    | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 92.00 |\n\
    | 二、上年结转 | 5.00 | 二、年终结转结余 | 3.00 |\n\
    | 收入总计 | 95.00 | 支出总计 | 95.00 |\n\
    \n",
    breaks: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 92.00 |\n\
    | 本年收入合计 | 90.00 | 本年支出合计 | 92.00 |\n\
    | 上年结转结余 | 5.00 | 年终结转结余 |  |\n\
    | 收入总计 | 95.00 | 支出总计 | 92.00 |\n\
    \n## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 90.00 | 一、本年支出 | 92.00 |\n\
    | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 92.00 |\n\
    | 二、上年结转 | 5.00 | 二、年终结转结余 | 3.00 |\n\
    | 收入总计 | 95.00 | 支出总计 | 95.00 |\n\
    \n",
    spared: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 92.00 |\n\
    | 本年收入合计 | 90.00 | 本年支出合计 | 92.00 |\n\
    | 上年结转结余 | 9.00 | 年终结转结余 | 3.00 |\n\
    | 收入总计 | 95.00 | 支出总计 | 95.00 |\n\
    \n## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 90.00 | 一、本年支出 | 92.00 |\n\
    | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 92.00 |\n\
    | 二、上年结转 | 5.00 | 二、年终结转结余 | 3.00 |\n\
    | 收入总计 | 95.00 | 支出总计 | 95.00 |\n\
    \n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let kinds = (TableKind::RevenueExpenditureSummary, TableKind::FiscalAppropriationSummary);
    scope.pairs(kinds.0, kinds.1).instances(|summary, fiscal, found| {
        for (side, measure, zh, en) in [
            (Side::Revenue, Measure::CarriedIn, "上年结转", "carried in"),
            (Side::Expenditure, Measure::CarriedOut, "年终结转", "carried out"),
        ] {
            if let (Some((a, x)), Some((b, y))) = (carried(summary, side, measure), carried(fiscal, side, measure)) {
                let label = Message::new(
                    format!("收支总表{zh} ≥ 财政拨款收支总表{zh}"),
                    format!("{en} of the summary ≥ {en} of the fiscal summary"),
                );
                found.push(related(label, summary.term(a, x), Relation::AtLeast, vec![fiscal.term(b, y)]));
            }
        }
    })
}

/// The one row of a side that is carried over, and its column.
fn carried(t: TableAt<'_>, side: Side, measure: Measure) -> Option<(usize, usize)> {
    let list = sides::main_list(t, side)?;
    let mut rows = list.besides.iter().copied().filter(|&r| t.table.rows[r].measure == Some(measure));
    let only = rows.next()?;
    rows.next().is_none().then_some((only, list.column))
}
