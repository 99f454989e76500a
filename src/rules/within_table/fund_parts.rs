//! T22: in the funds of a project form, a part (其中) does not exceed what it is a part of.

use crate::amount::Amount;
use crate::disclosure::{Message, RowRole, TableKind};
use crate::rules::sight::{TableAt, related};
use crate::rules::{Family, Instance, Relation, Rule, Scope, Severity};
use crate::spelling::folded;

/// 绩效目标表的项目资金：“其中”不大于它所属的一项
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T22",
    title: ("项目资金的“其中”不大于总额", "a part of a project's funds does not exceed the whole"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：“其中”是上一行的一部分，部分不会大于整体。",
        "Arithmetic of the form: 其中 (of which) is a part of the row above it, and no part exceeds its whole.",
    ),
    explain: (
        "有的绩效目标表把项目总额和年度申请总额都印出来，下面的各行属于哪一个总额看不出来，就只核对“其中”那一行不大于紧挨着的上一行。两个总额不同、“其中”成对出现的，是左右两栏，不核对。",
        "Some forms print the total of the project and that of the year, and which of them the rows below make up is not said; then a row that begins with 其中 is held against the row right above it, and no more. Two totals that differ, or two equal names in a row, are columns side by side and are not checked.",
    ),
    holds: HOLDS,
    breaks: "## 项目支出绩效目标表\n\n\
        | 项目名称 | 环卫设施维护 | |\n|---|---|---|\n\
        | 项目资金（元） | 项目资金总额 | 300000.00 |\n\
        | | 年度资金申请总额 | 300000.00 |\n\
        | | 其中：财政资金 | 300000.00 |\n\
        | | 其中：当年财政拨款 | 350000.00 |\n\
        | | 上年结转资金 | 0.00 |\n\
        | | 其他资金 | 0.00 |\n\
        | 年度目标 | 维护设施 | |\n",
    spared: "## 项目支出绩效目标表\n\n\
        | 项目名称 | 环卫设施维护 | |\n|---|---|---|\n\
        | 项目资金（元） | 中期资金总额 | 900000.00 |\n\
        | | 年度资金总额 | 300000.00 |\n\
        | | 其中：财政拨款 | 900000.00 |\n\
        | | 其中：财政拨款 | 300000.00 |\n\
        | | 其他资金 | 0.00 |\n\
        | | 其他资金 | 0.00 |\n\
        | 年度目标 | 维护设施 | |\n",
    check,
};

const HOLDS: &str = "## 项目支出绩效目标表\n\n\
    | 项目名称 | 环卫设施维护 | |\n|---|---|---|\n\
    | 项目资金（万元） | 项目资金总额 | 30.00 |\n\
    | | 年度资金申请总额 | 30.00 |\n\
    | | 财政资金 | 30.00 |\n\
    | | 其中：当年财政拨款 | 25.00 |\n\
    | | 上年结转资金 | 5.00 |\n\
    | | 其他资金 | 0.00 |\n\
    | 年度目标 | 维护设施 | |\n";

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    let forms = |t: &TableAt| matches!(t.table.kind, TableKind::PerformanceWhole | TableKind::PerformanceProject);
    for t in scope.tables().filter(forms).filter(|t| are_funds(*t)) {
        let rows: Vec<usize> = t.rows().map(|(at, _)| at).collect();
        for column in t.table.amount_columns() {
            if !is_side_by_side(t, &rows, column) {
                found.extend(rows.windows(2).filter_map(|pair| part(t, pair[0], pair[1], column)));
            }
        }
    }
    found
}

/// Whether the table is the block of a project's funds, with several totals: the rows of one total add up to it (T17).
fn are_funds(t: TableAt<'_>) -> bool {
    let headed = t.table.columns.first().and_then(|column| column.path.last()).is_some_and(|own| own == "项目资金");
    headed && t.rows().all(|(_, row)| row.role == RowRole::Other)
}

/// Whether the rows are two columns of the form (of the project, of the year), read one after the other.
fn is_side_by_side(t: TableAt<'_>, rows: &[usize], column: usize) -> bool {
    let name = |row: usize| folded(t.table.rows[row].name.as_deref().unwrap_or_default());
    let amount = |row: usize| t.entry(row, column).and_then(|entry| entry.amount()).map(Amount::value);
    rows.windows(2).any(|pair| {
        let [above, below] = [name(pair[0]), name(pair[1])];
        let totals = above.ends_with("总额") && below.ends_with("总额");
        totals && amount(pair[0]) != amount(pair[1]) || above == below && above.starts_with("其中")
    })
}

/// A row that begins with 其中, and the row above it.
fn part(t: TableAt<'_>, above: usize, own: usize, column: usize) -> Option<Instance> {
    let name = folded(t.table.rows[own].name.as_deref().unwrap_or_default());
    if !name.starts_with("其中") || !t.prints(above, column) || !t.prints(own, column) {
        return None;
    }
    let (part, whole) = (t.row_name(own), t.row_name(above));
    let label =
        Message::new(format!("{}不大于{}", part.zh, whole.zh), format!("{} is no more than {}", part.en, whole.en));
    Some(related(label, t.term(own, column), Relation::AtMost, vec![t.term(above, column)]))
}
