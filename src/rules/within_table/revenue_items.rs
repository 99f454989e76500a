//! T02: 本年收入合计 = 各项收入之和.

use crate::disclosure::{Message, Side};
use crate::rules::sides;
use crate::rules::sight::equal;
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// 本年收入合计 = 各项收入之和
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T02",
    title: ("本年收入合计等于各项收入之和", "the year's revenue equals its items"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：合计行等于它所合计的各项之和。",
        "Arithmetic of the form: a total is the sum of the items above or below it.",
    ),
    explain: (
        "本年收入合计是表里各项收入加起来的数。“其中”和下一级的细项不重复相加，上年结转不算本年。",
        "The year's total is the sum of the items of revenue. 其中 (of which) rows and sub-items are not added twice, and money carried over is not of the year.",
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
    | 二、其他收入 | 50.50 | 二、住房保障支出 | 20.00 |\n\
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
    let mut found = Vec::new();
    for t in scope.tables() {
        for list in sides::lists(t).iter().filter(|l| l.side == Side::Revenue) {
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
            let name = t.row_name(total);
            let label = Message::new(format!("{} = 各项收入之和", name.zh), format!("{} = sum of its items", name.en));
            found.push(equal(label, t.term(total, list.column), t.terms(&items, list.column)));
        }
    }
    found
}
