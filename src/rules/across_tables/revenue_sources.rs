//! X03: 收支总表 each source = its column of 收入总表.

use crate::disclosure::{Measure, Message, RowRole, Side, TableKind};
use crate::rules::sides::SideList;
use crate::rules::sight::{TableAt, equal};
use crate::rules::{Family, Instance, Rule, Scope, Severity, columns, sides};

/// 收支总表 each source = its column of 收入总表
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X03",
    title: ("收支总表与收入总表的各项来源一致", "each source of revenue agrees in two tables"),
    family: Family::AcrossTables,
    severity: Severity::Error,
    basis: ("表间勾稽：同一个数在两张表里应当相同。", "Arithmetic of the set: the same amount stands in both tables."),
    explain: (
        "收支总表左边的每一项来源（财政拨款、事业收入……），在收入总表里是一栏，合计行应当是同一个数。找不到对应栏的不核对。",
        "Every source on the left of the summary is a column of the table of revenue, and its total row holds the same amount. A source without a column is not checked.",
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
    | | 合计 | 99.50 | 95.50 | 85.50 | 10.00 | 4.00 |\n\
    \n",
    spared: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 75.50 |\n\
    | 二、其他收入 | 5.50 | 二、住房保障支出 | 24.00 |\n\
    | 本年收入合计 | 95.50 | 本年支出合计 | 99.50 |\n\
    | 上年结转结余 | 4.00 | 年终结转结余 | |\n\
    | 收入总计 | 99.50 | 支出总计 | 99.50 |\n\
    \n## 收入总表\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 | 本年收入 | | | 上年结转结余 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 一般公共预算 | 附属单位上缴收入 | |\n\
    | | 合计 | 99.50 | 95.50 | 90.00 | 5.50 | 4.00 |\n\
    \n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    scope.pairs(TableKind::RevenueExpenditureSummary, TableKind::RevenueSummary).instances(|summary, revenue, found| {
        let Some(total) = revenue.total_row() else {
            return;
        };
        if let Some(list) = &sides::main_list(summary, Side::Revenue) {
            for (row, column) in sources(summary, list, revenue) {
                let name = summary.row_name(row);
                let label = Message::new(
                    format!("收支总表“{}” = 收入总表同名栏", name.zh),
                    format!("“{}” of the summary = its column of the table of revenue", name.en),
                );
                found.push(equal(label, summary.term(row, list.column), vec![revenue.term(total, column)]));
            }
            found.extend(appropriations(summary, list, revenue, total));
        }
    })
}

/// 财政拨款收入 of the table of revenue, where the summary has its funds alone.
fn appropriations(summary: TableAt<'_>, list: &SideList, revenue: TableAt<'_>, total: usize) -> Option<Instance> {
    let measure = |row: usize| summary.table.rows.get(row).and_then(|r| r.measure);
    let column = columns::column(revenue.table, Measure::Fiscal)?;
    // A table that splits the appropriations itself is held source by source.
    let split = revenue
        .table
        .amount_columns()
        .any(|c| revenue.table.columns[c].measure.is_some_and(|m| Measure::FUNDS.contains(&m)));
    let rows: Vec<usize> =
        list.items.iter().copied().filter(|&r| measure(r).is_some_and(|m| Measure::FUNDS.contains(&m))).collect();
    let whole = list.items.iter().any(|&row| measure(row) == Some(Measure::Fiscal));
    // 一般公共预算 alone may leave the others out of the form.
    if split || whole || rows.len() < Measure::FUNDS.len() {
        return None;
    }
    let label = Message::new(
        "收入总表财政拨款收入 = 收支总表各项财政拨款",
        "appropriations of the table of revenue = the funds of the summary",
    );
    Some(equal(label, revenue.term(total, column), summary.terms(&rows, list.column)))
}

/// Rows of the summary and the columns of the table of revenue that hold the same amount.
fn sources(summary: TableAt<'_>, list: &SideList, revenue: TableAt<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let subtotal = |measure: Measure| {
        revenue.table.amount_columns().find(|&c| {
            let column = &revenue.table.columns[c];
            column.measure == Some(measure) && column.group.is_none_or(|g| g == measure)
        })
    };
    if let (Some(year), Some(column)) = (list.year_total, subtotal(Measure::ThisYear)) {
        found.push((year, column));
    }
    // 上年结转 and 上年实户资金余额 are both of last year: only one that has no other beside it is the column's.
    let carried: Vec<usize> =
        list.besides.iter().copied().filter(|&r| summary.table.rows[r].measure == Some(Measure::CarriedIn)).collect();
    if let [row] = carried.as_slice() {
        found.extend(subtotal(Measure::CarriedIn).map(|column| (*row, column)));
    }
    for &row in &list.items {
        let Some(measure) = summary.table.rows[row].measure.filter(|_| summary.table.rows[row].role == RowRole::Item)
        else {
            continue;
        };
        let column = revenue.table.amount_columns().find(|&c| {
            let column = &revenue.table.columns[c];
            column.measure == Some(measure) && matches!(column.group, None | Some(Measure::ThisYear))
        });
        found.extend(column.map(|column| (row, column)));
    }
    found
}
