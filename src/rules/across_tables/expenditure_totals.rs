//! X02: 收支总表 支出总计 = 支出总表 合计.

use crate::disclosure::{Measure, Message, Side, TableKind};
use crate::rules::sight::equal;
use crate::rules::{Family, Instance, Rule, Scope, Severity, columns, sides};

/// 收支总表 支出总计 = 支出总表 合计
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X02",
    title: ("收支总表与支出总表的总计一致", "the expenditure totals of two tables agree"),
    family: Family::AcrossTables,
    severity: Severity::Error,
    basis: ("表间勾稽：同一个数在两张表里应当相同。", "Arithmetic of the set: the same amount stands in both tables."),
    explain: (
        "支出总表是收支总表右边的展开。支出总表不含年终结转，所以有年终结转时与本年支出合计比，没有时与支出总计比。",
        "The table of expenditure unfolds the right side of the summary. It holds no money carried out, so where there is any it is compared with the total of the year.",
    ),
    holds: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 75.50 |\n\
    | 二、其他收入 | 5.50 | 二、住房保障支出 | 24.00 |\n\
    | 本年收入合计 | 95.50 | 本年支出合计 | 99.50 |\n\
    | 上年结转结余 | 4.00 | 年终结转结余 | |\n\
    | 收入总计 | 99.50 | 支出总计 | 99.50 |\n\
    \n## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 99.50 | 79.50 | 20.00 |\n\
    | 205 | 教育支出 | 75.50 | 55.50 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | |\n\
    \n",
    breaks: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 75.50 |\n\
    | 二、其他收入 | 5.50 | 二、住房保障支出 | 24.00 |\n\
    | 本年收入合计 | 95.50 | 本年支出合计 | 99.50 |\n\
    | 上年结转结余 | 4.00 | 年终结转结余 | |\n\
    | 收入总计 | 99.50 | 支出总计 | 99.50 |\n\
    \n## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 98.50 | 79.50 | 20.00 |\n\
    | 205 | 教育支出 | 75.50 | 55.50 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | |\n\
    \n",
    spared: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 71.50 |\n\
    | 二、其他收入 | 5.50 | 二、住房保障支出 | 24.00 |\n\
    | 本年收入合计 | 95.50 | 本年支出合计 | 95.50 |\n\
    | 上年结转结余 | 4.00 | 年终结转结余 | 4.00 |\n\
    | 收入总计 | 99.50 | 支出总计 | 99.50 |\n\
    \n## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 205 | 教育支出 | 71.50 | 51.50 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | |\n\
    \n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    scope.pairs(TableKind::RevenueExpenditureSummary, TableKind::ExpenditureSummary).instances(
        |summary, expenditure, found| {
            let (Some(total), Some(whole)) = (expenditure.total_row(), columns::total_of(expenditure)) else {
                return;
            };
            let Some(list) = sides::main_list(summary, Side::Expenditure) else {
                return;
            };
            let right = || vec![expenditure.term(total, whole)];
            // Where the table of expenditure has columns for last year's money, its total is that of both.
            let of_both = expenditure.table.amount_columns().any(|column| {
                expenditure.table.columns[column].measure == Some(Measure::CarriedIn)
                    && !judge.is_nothing(expenditure.cell(total, column))
            });
            if let Some(year) = list.year_total.filter(|_| !of_both) {
                let label = Message::new(
                    "收支总表本年支出合计 = 支出总表合计",
                    "the summary's expenditure of the year = total of the table of expenditure",
                );
                found.push(equal(label, summary.term(year, list.column), right()));
            }
            let nothing_left = list.besides.iter().all(|&r| judge.is_nothing(summary.cell(r, list.column)));
            if let Some(grand) = list.grand_total.filter(|_| nothing_left || of_both) {
                let label = Message::new(
                    "收支总表支出总计 = 支出总表合计",
                    "the summary's total expenditure = total of the table of expenditure",
                );
                found.push(equal(label, summary.term(grand, list.column), right()));
            }
        },
    )
}
