//! T18: in the form of the whole department, 收入构成 合计 = 支出构成 合计.

use super::performance_money::blocks;
use crate::disclosure::{Message, TableKind};
use crate::rules::sight::{TableAt, equal};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// 整体绩效表：收入合计 = 支出合计
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T18",
    title: ("整体绩效表收支合计相等", "the performance form's revenue equals its expenditure"),
    family: Family::WithinTable,
    severity: Severity::Warning,
    basis: (
        "表式勾稽：整体支出绩效目标表的收入构成与支出构成说的是同一笔钱。",
        "Arithmetic of the form: both blocks tell the same money, by source and by use.",
    ),
    explain: (
        "整体绩效目标表把部门的钱按来源和用途各列一遍，两个合计通常相等。往年决算可能有结转，所以只作提示。",
        "The form tells the department's money twice, by source and by use. Years that are closed may carry money over, so this is a caution.",
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
    | | | 其他资金 | 15.00 | 10.00 | 5.00 |\n\
    | | | 合计 | 95.50 | 70.00 | 75.00 |\n\
    | | 支出构成 | 基本支出 | 75.50 | 50.00 | 55.00 |\n\
    | | | 项目支出 | 29.00 | 20.00 | 20.00 |\n\
    | | | 合计 | 104.50 | 70.00 | 75.00 |\n",
    spared: "## 整体支出绩效目标表\n\n单位：万元\n\n\
    | 部门总体资金情况 | 总体资金情况 | | 当年金额 |\n|---|---|---|---|\n\
    | | 收入构成 | 财政拨款 | 95.50 |\n\
    | | | 合计 | 95.50 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for t in scope.present(TableKind::PerformanceWhole) {
        let blocks = blocks(t);
        let total = |word: &str| blocks.iter().map(|&(total, _)| total).find(|&row| names(t, row).contains(word));
        let (Some(revenue), Some(expenditure)) = (total("收入"), total("支出")) else {
            continue;
        };
        for column in t.table.amount_columns() {
            let header = t.column_name(column);
            let label = Message::new(
                format!("收入构成合计 = 支出构成合计（{header}）"),
                format!("total of revenue = total of expenditure ({header})"),
            );
            found.push(equal(label, t.term(revenue, column), vec![t.term(expenditure, column)]));
        }
    }
    found
}

/// The names of the blocks that a row stands in, outermost to innermost.
fn names(t: TableAt<'_>, row: usize) -> String {
    t.table.rows[row].path.concat()
}
