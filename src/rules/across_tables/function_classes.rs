//! X04: 收支总表 class = 支出总表 class.

use crate::disclosure::{Message, RowRole, Side, TableKind};
use crate::rules::sight::equal;
use crate::rules::{Family, Instance, Rule, Scope, Severity, columns, rows, sides};

/// 收支总表 class = 支出总表 class
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X04",
    title: ("收支总表与支出总表的各类支出一致", "each class of expenditure agrees in two tables"),
    family: Family::AcrossTables,
    severity: Severity::Error,
    basis: ("表间勾稽：同一个数在两张表里应当相同。", "Arithmetic of the set: the same amount stands in both tables."),
    explain: (
        "收支总表右边按功能列出的每一类支出，在支出总表里有同一类的一行，合计应当是同一个数。两张表都没有这一类的不核对。",
        "Every function class on the right of the summary has its row in the table of expenditure, with the same amount. A class that neither prints is not checked.",
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
    | | 合计 | 99.50 | 79.50 | 20.00 |\n\
    | 205 | 教育支出 | 75.50 | 55.50 | 20.00 |\n\
    | 221 | 住房保障支出 | 42.00 | 24.00 | |\n\
    \n",
    spared: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 75.50 |\n\
    | 二、其他收入 | 5.50 | 二、住房保障支出 | 24.00 |\n\
    | 本年收入合计 | 95.50 | 本年支出合计 | 99.50 |\n\
    | 上年结转结余 | 4.00 | 年终结转结余 | |\n\
    | 收入总计 | 99.50 | 支出总计 | 99.50 |\n\
    \n## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
    | | 合计 | 99.50 |\n\
    | 2050101 | 行政运行 | 75.50 |\n\
    \n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    scope.pairs(TableKind::RevenueExpenditureSummary, TableKind::ExpenditureSummary).instances(
        |summary, expenditure, found| {
            let Some(whole) = columns::total_of(expenditure) else {
                return;
            };
            let codes = rows::by_code(expenditure, RowRole::Function);
            if !codes.keys().any(|code| code.len() == CLASS_DIGITS) {
                return;
            }
            let main = sides::main_list(summary, Side::Expenditure).map(|l| l.column);
            for (row, class, column) in sides::classes(summary, Side::Expenditure) {
                if Some(column) != main {
                    continue;
                }
                let same: &[usize] = codes.get(class).map_or(&[], Vec::as_slice);
                if same.is_empty() && judge.is_nothing(summary.cell(row, column)) {
                    continue;
                }
                let name = summary.row_name(row);
                let label = Message::new(
                    format!("收支总表“{}” = 支出总表 {class}", name.zh),
                    format!("“{}” of the summary = {class} of the table of expenditure", name.en),
                );
                found.push(equal(label, summary.term(row, column), expenditure.terms(same, whole)));
            }
        },
    )
}

/// A function class has three digits.
const CLASS_DIGITS: usize = 3;
