//! T03: 本年支出合计 = 各项支出之和.

use crate::disclosure::{Message, Side};
use crate::rules::sides;
use crate::rules::sight::equal;
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};

/// 本年支出合计 = 各项支出之和
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T03",
    title: ("本年支出合计等于各项支出之和", "the year's expenditure equals its items"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：合计行等于它所合计的各项之和。",
        "Arithmetic of the form: a total is the sum of the items above or below it.",
    ),
    explain: (
        "本年支出合计是表里各项支出加起来的数。“其中”和下一级的细项不重复相加，年终结转不算本年。按功能分类列的支出依法可以有不公开的类，合计大于所列各类之和时只作提示（T09）。",
        "The year's total is the sum of the items of expenditure. 其中 (of which) rows and sub-items are not added twice, and money carried over is not of the year. Function classes may lawfully be withheld: a total above the classes printed is a caution only (T09).",
    ),
    holds: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 75.50 |\n\
    | 二、其他收入 | 5.50 | 二、住房保障支出 | 20.00 |\n\
    | 本年收入合计 | 95.50 | 本年支出合计 | 95.50 |\n",
    breaks: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 75.50 |\n\
    | 二、其他收入 | 5.50 | 二、住房保障支出 | 200.00 |\n\
    | 本年收入合计 | 95.50 | 本年支出合计 | 95.50 |\n",
    spared: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 90.00 |\n\
    | 其中：非税收入 | 12.00 | 其中：项目支出 | 30.00 |\n\
    | 二、其他收入 | 5.50 | 二、住房保障支出 | 5.50 |\n\
    | 本年收入合计 | 95.50 | 本年支出合计 | 95.50 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    instances(scope, false)
}

/// The totals of the year over their items. Items named after function classes may lawfully be withheld, so a total
/// above them (`withheld`) is for T09, which cautions; every other one is for this rule.
pub(super) fn instances(scope: &Scope, withheld: bool) -> Vec<Instance> {
    let judge = scope.judge();
    let mut found = Vec::new();
    for t in scope.tables() {
        for list in sides::lists(t).iter().filter(|l| l.side == Side::Expenditure) {
            // Without a total of the year the grand total is made of the items at once.
            let Some(total) = list.year_total.or(list.grand_total) else {
                continue;
            };
            let mut items = list.items.clone();
            if list.year_total.is_none() {
                items.extend(&list.besides);
            }
            if items.is_empty() {
                continue;
            }
            let by_class = items.iter().any(|&item| t.table.rows.get(item).is_some_and(|row| row.class.is_some()));
            let name = t.row_name(total);
            let label = Message::new(format!("{} = 各项支出之和", name.zh), format!("{} = sum of its items", name.en));
            let instance = equal(label, t.term(total, list.column), t.terms(&items, list.column));
            let above = matches!(&instance.claim, Claim::Equation(equation) if judge.is_above(equation));
            if withheld == (by_class && above) {
                found.push(instance);
            }
        }
    }
    found
}
