//! T17: in the money block of a performance form, 合计 = the rows of its block.

use crate::disclosure::{Message, RowRole, TableKind};
use crate::rules::sight::{TableAt, equal};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// 绩效目标表的资金合计 = 各项构成之和
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T17",
    title: ("绩效表资金合计等于其构成", "the money of a performance form adds up"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：绩效目标表的资金部分，合计等于收入构成（或支出构成、资金来源）各项之和。",
        "Arithmetic of the form: a 合计 of its money block is the sum of the rows of that block.",
    ),
    explain: (
        "绩效目标申报表里也有一块钱数：收入由哪些来源组成，支出分成哪几类。合计应当等于这一块里各项加起来；“其中”各行不重复相加。",
        "A performance form tells the money too: where it comes from and what it is for. The total is the sum of the rows of its block; of-which rows are not added twice.",
    ),
    holds: "## 整体支出绩效目标表\n\n单位：万元\n\n\
    | 部门总体资金情况 | 总体资金情况 | | 当年金额 | 2022年 | 2023年 |\n|---|---|---|---|---|---|\n\
    | | 收入构成 | 财政拨款 | 80.50 | 60.00 | 70.00 |\n\
    | | | 其他资金 | 15.00 | 10.00 | 5.00 |\n\
    | | | 合计 | 95.50 | 70.00 | 75.00 |\n\
    | | 支出构成 | 基本支出 | 75.50 | 50.00 | 55.00 |\n\
    | | | 项目支出 | 20.00 | 20.00 | 20.00 |\n\
    | | | 合计 | 95.50 | 70.00 | 75.00 |\n",
    breaks: "## 整体支出绩效目标表\n\n单位：万元\n\n\
    | 部门总体资金情况 | 总体资金情况 | | 当年金额 | 2022年 | 2023年 |\n|---|---|---|---|---|---|\n\
    | | 收入构成 | 财政拨款 | 80.50 | 60.00 | 70.00 |\n\
    | | | 其他资金 | 15.40 | 10.00 | 5.00 |\n\
    | | | 合计 | 95.50 | 70.00 | 75.00 |\n\
    | | 支出构成 | 基本支出 | 75.50 | 50.00 | 55.00 |\n\
    | | | 项目支出 | 20.00 | 20.00 | 20.00 |\n\
    | | | 合计 | 95.50 | 70.00 | 75.00 |\n",
    spared: "## 整体支出绩效目标表\n\n单位：万元\n\n\
    | 部门总体资金情况 | 总体资金情况 | | 当年金额 |\n|---|---|---|---|\n\
    | | 收入构成 | 财政拨款 | 95.50 |\n\
    | | | 其中：上年结转 | 12.00 |\n\
    | | | 其他资金 | |\n\
    | | | 合计 | 95.50 |\n",
    check,
};

/// The money blocks of a form: each total with the rows that it sums. A total closes a block that has rows without a
/// total, else it opens one.
pub(in crate::rules) fn blocks(t: TableAt<'_>) -> Vec<(usize, Vec<usize>)> {
    let mut found: Vec<(usize, Vec<usize>)> = Vec::new();
    let rows: Vec<usize> = t.rows().filter(|(_, r)| is_money(r.role)).map(|(at, _)| at).collect();
    let mut start = 0;
    while start < rows.len() {
        let path = &t.table.rows[rows[start]].path;
        let length = rows[start..].iter().take_while(|&&r| &t.table.rows[r].path == path).count();
        let block = &rows[start..start + length];
        let totals: Vec<usize> = block.iter().copied().filter(|&r| is_total(t, r)).collect();
        if let [total] = totals[..] {
            let parts: Vec<usize> = block.iter().copied().filter(|&r| r != total).collect();
            if !parts.is_empty() {
                found.push((total, parts));
            }
        }
        start += length;
    }
    found
}

fn is_money(role: RowRole) -> bool {
    matches!(role, RowRole::Total | RowRole::Item | RowRole::YearTotal | RowRole::GrandTotal)
}

fn is_total(t: TableAt<'_>, row: usize) -> bool {
    t.table.rows[row].role.is_total()
}

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for t in scope.tables().filter(|t| is_performance(t.table.kind)) {
        for (total, parts) in blocks(t) {
            for column in t.table.amount_columns() {
                let block = t.table.rows[total].path.last().cloned().unwrap_or_default();
                let header = t.column_name(column);
                let label = Message::new(
                    format!("{block}合计 = 各项之和（{header}）"),
                    format!("{block} total = sum of its rows ({header})"),
                );
                found.push(equal(label, t.term(total, column), t.terms(&parts, column)));
            }
        }
    }
    found
}

fn is_performance(kind: TableKind) -> bool {
    matches!(kind, TableKind::PerformanceWhole | TableKind::PerformanceProject)
}
