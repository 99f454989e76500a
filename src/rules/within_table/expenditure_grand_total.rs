//! T05: 支出总计 = 本年支出合计 + 年终结转.

use crate::disclosure::{Message, Side};
use crate::rules::sides;
use crate::rules::sight::{equal, not_applicable};
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};

/// 支出总计 = 本年支出合计 + 年终结转
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T05",
    title: ("支出总计等于本年支出加年终结转", "total expenditure = expenditure of the year + carried out"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：总计行等于本年合计加上跨年结转的部分。",
        "Arithmetic of the form: the grand total is the year's total and what is carried between years.",
    ),
    explain: (
        "支出总计 = 本年支出合计 + 年终结转。没有印本年合计的表由各项直接相加，不在这里核对。",
        "Total expenditure is the expenditure of the year and what is left for the next. A table without a total of the year is summed from its items elsewhere.",
    ),
    holds: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、其他收入 | 90.00 | 一、教育支出 | 92.00 |\n\
    | 本年收入合计 | 90.00 | 本年支出合计 | 92.00 |\n\
    | 上年结转结余 | 5.50 | 年终结转结余 | 3.50 |\n\
    | 收入总计 | 95.50 | 支出总计 | 95.50 |\n",
    breaks: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、其他收入 | 90.00 | 一、教育支出 | 92.00 |\n\
    | 本年收入合计 | 90.00 | 本年支出合计 | 92.00 |\n\
    | 上年结转结余 | 5.50 | 年终结转结余 | 95.50 |\n\
    | 收入总计 | 95.50 | 支出总计 | 95.50 |\n",
    spared: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、其他收入 | 90.00 | 一、教育支出 | 90.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    let mut found = Vec::new();
    for t in scope.tables() {
        for list in sides::lists(t).iter().filter(|l| l.side == Side::Expenditure) {
            let Some(total) = list.grand_total else {
                continue;
            };
            let label = Message::new(
                "支出总计 = 本年支出合计 + 年终结转",
                "total expenditure = expenditure of the year + carried out",
            );
            let Some(year) = list.year_total else {
                found.push(not_applicable(label, "表中没有本年合计一行", "the table has no total of the year"));
                continue;
            };
            let mut rows = vec![year];
            rows.extend(&list.besides);
            let instance = equal(label, t.term(total, list.column), t.terms(&rows, list.column));
            // Rows that are not known to move money between years may be parts of the one above them.
            let certain =
                list.besides.iter().all(|&r| sides::is_carried(&t.table.rows[r]) || !t.prints(r, list.column));
            match &instance.claim {
                Claim::Equation(equation) if !certain && !judge.ties(equation) => {
                    found.push(sides::uncertain(t, instance));
                }
                _ => found.push(instance),
            }
        }
    }
    found
}
