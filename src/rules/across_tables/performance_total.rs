//! X15: 整体绩效表 total = 收支总表 total.

use crate::disclosure::{Message, Side, TableKind};
use crate::rules::sight::{TableAt, equal};
use crate::rules::within_table::performance_money;
use crate::rules::{Family, Instance, Rule, Scope, Severity, sides};

/// 整体绩效表 total = 收支总表 total
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X15",
    title: ("整体绩效目标表的合计与收支总表一致", "the whole-department form agrees with the summary"),
    family: Family::AcrossTables,
    severity: Severity::Warning,
    basis: (
        "口径：整体支出绩效目标表说的是部门全部收支，通常与收支总表的总计相同；填报时间不同时会有差别，所以只作提示。",
        "By scope: the form tells all money of the department and usually agrees with the summary. It may be filled in at another time, so this is a caution.",
    ),
    explain: (
        "整体绩效目标申报表里的当年合计，通常就是收支总表的总计。往年各栏不比。",
        "The total of the current year in the form usually is the grand total of the summary. Earlier years are not compared.",
    ),
    holds: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 66.00 |\n\
    | 二、其他收入 | | 二、住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n## 整体支出绩效目标表\n\n单位：万元\n\n\
    | 部门总体资金情况 | 总体资金情况 | | 当年金额 | 2023年 |\n|---|---|---|---|---|\n\
    | | 支出构成 | 基本支出 | 70.00 | 60.00 |\n\
    | | | 项目支出 | 20.00 | 30.00 |\n\
    | | | 合计 | 90.00 | 90.00 |\n\
    \n",
    breaks: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 66.00 |\n\
    | 二、其他收入 | | 二、住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n## 整体支出绩效目标表\n\n单位：万元\n\n\
    | 部门总体资金情况 | 总体资金情况 | | 当年金额 | 2023年 |\n|---|---|---|---|---|\n\
    | | 支出构成 | 基本支出 | 70.00 | 60.00 |\n\
    | | | 项目支出 | 29.00 | 30.00 |\n\
    | | | 合计 | 99.00 | 90.00 |\n\
    \n",
    spared: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 66.00 |\n\
    | 二、其他收入 | | 二、住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n## 整体支出绩效目标表\n\n单位：万元\n\n\
    | 部门总体资金情况 | 总体资金情况 | | 2024年申报数 | 2023年 |\n|---|---|---|---|---|\n\
    | | 支出构成 | 基本支出 | 70.00 | 60.00 |\n\
    | | | 项目支出 | 20.00 | 30.00 |\n\
    | | | 合计 | 80.00 | 90.00 |\n\
    \n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    let summaries = scope.present(TableKind::RevenueExpenditureSummary);
    // A form is cut into several tables, of which one holds the money.
    let mut forms = scope.present(TableKind::PerformanceWhole);
    forms.retain(|&t| !performance_money::blocks(t).is_empty());
    let ([form], [summary]) = (&forms[..], &summaries[..]) else {
        return found;
    };
    compare(*form, *summary, &mut found);
    found
}

fn compare(form: TableAt<'_>, summary: TableAt<'_>, found: &mut Vec<Instance>) {
    let mut columns = form.table.amount_columns().filter(|&c| is_current(&form.column_name(c)));
    let (Some(column), None) = (columns.next(), columns.next()) else {
        return;
    };
    for (total, _) in performance_money::blocks(form) {
        let block = form.table.rows[total].path.concat();
        let side = if block.contains("收入") {
            Side::Revenue
        } else if block.contains("支出") {
            Side::Expenditure
        } else {
            continue;
        };
        if let Some(list) = sides::main_list(summary, side)
            && let Some(grand) = list.grand_total
        {
            let label = Message::new(
                format!("整体绩效表{block}合计 = 收支总表总计"),
                format!("total of {block} in the performance form = total of the summary"),
            );
            found.push(equal(label, form.term(total, column), vec![summary.term(grand, list.column)]));
        }
    }
}

/// 当年金额, 本年金额
fn is_current(header: &str) -> bool {
    header.contains("当年") || header.contains("本年")
}
