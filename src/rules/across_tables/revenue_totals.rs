//! X01: 收支总表 收入总计 = 收入总表 合计.

use crate::disclosure::{Measure, Message, Side, TableKind};
use crate::rules::sight::equal;
use crate::rules::{Family, Instance, Rule, Scope, Severity, columns, sides};

/// 收支总表 收入总计 = 收入总表 合计
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X01",
    title: ("收支总表与收入总表的总计一致", "the revenue totals of two tables agree"),
    family: Family::AcrossTables,
    severity: Severity::Error,
    basis: ("表间勾稽：同一个数在两张表里应当相同。", "Arithmetic of the set: the same amount stands in both tables."),
    explain: (
        "收入总表是收支总表左边的展开，两张表的收入总计是同一个数。",
        "The table of revenue unfolds the left side of the summary, so their totals are the same amount.",
    ),
    holds: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 75.50 |\n\
    | 二、其他收入 | 5.50 | 二、住房保障支出 | 24.00 |\n\
    | 本年收入合计 | 95.50 | 本年支出合计 | 99.50 |\n\
    | 上年结转结余 | 4.00 | 年终结转结余 | |\n\
    | 收入总计 | 99.50 | 支出总计 | 99.50 |\n\
    \n## 收入总表\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 | 本年收入 | | | 上年结转结余 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 一般公共预算 | 其他收入 | |\n\
    | | 合计 | 99.50 | 95.50 | 90.00 | 5.50 | 4.00 |\n\
    \n",
    breaks: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 75.50 |\n\
    | 二、其他收入 | 5.50 | 二、住房保障支出 | 24.00 |\n\
    | 本年收入合计 | 95.50 | 本年支出合计 | 99.50 |\n\
    | 上年结转结余 | 4.00 | 年终结转结余 | |\n\
    | 收入总计 | 99.50 | 支出总计 | 99.50 |\n\
    \n## 收入总表\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 | 本年收入 | | | 上年结转结余 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 一般公共预算 | 其他收入 | |\n\
    | | 合计 | 98.50 | 95.50 | 90.00 | 5.50 | 4.00 |\n\
    \n",
    spared: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 75.50 |\n\
    | 二、其他收入 | 5.50 | 二、住房保障支出 | 24.00 |\n\
    | 本年收入合计 | 95.50 | 本年支出合计 | 99.50 |\n\
    | 上年结转结余 | 4.00 | 年终结转结余 | |\n\
    | 收入总计 | 99.50 | 支出总计 | 99.50 |\n\
    \n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    scope.pairs(TableKind::RevenueExpenditureSummary, TableKind::RevenueSummary).instances(|summary, revenue, found| {
        if let (Some(list), Some(total)) = (sides::main_list(summary, Side::Revenue), revenue.total_row())
            && let Some(whole) = columns::total_of(revenue)
        {
            // Final accounts tell only the revenue of the year there, without what was carried in.
            let of_year = revenue.table.columns[whole].measure == Some(Measure::ThisYear);
            let (row, label) = if of_year {
                let label = Message::new(
                    "收支总表本年收入合计 = 收入总表本年收入合计",
                    "the summary's revenue of the year = total of the table of revenue",
                );
                (list.year_total, label)
            } else {
                let label = Message::new(
                    "收支总表收入总计 = 收入总表合计",
                    "total revenue of the summary = total of the table of revenue",
                );
                (list.grand_total, label)
            };
            let Some(row) = row else { return };
            found.push(equal(label, summary.term(row, list.column), vec![revenue.term(total, whole)]));
        }
    })
}
