//! X10: 收支总表 class = 财政拨款收支总表 class where there is fiscal money only, else ≥.

use std::collections::BTreeMap;

use crate::disclosure::{Measure, Message, Side, TableKind};
use crate::rules::sight::related;
use crate::rules::{Family, Instance, Relation, Rule, Scope, Severity, money, sides};

/// 收支总表 class = 财政拨款收支总表 class where there is fiscal money only, else ≥
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X10",
    title: ("收支总表与财政拨款收支总表的各类支出一致", "each class agrees in two summaries"),
    family: Family::AcrossTables,
    severity: Severity::Error,
    basis: (
        "表间勾稽：收支总表包括全部资金，财政拨款收支总表是其中一部分；只有财政拨款时两者相同。",
        "Arithmetic of the set: the summary holds all money, the fiscal summary a part; with fiscal money only they are the same.",
    ),
    explain: (
        "只有财政拨款的部门，两张收支表里同一类支出应当相同；还有事业收入等其他钱时，收支总表不会小于财政拨款收支总表。",
        "With fiscal money only a class has the same amount in both summaries; with other money the summary is not the smaller one.",
    ),
    holds: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 66.00 |\n\
    | 二、其他收入 | | 二、住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 90.00 | 一、本年支出 | 90.00 |\n\
    | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 66.00 |\n\
    | （二）政府性基金预算拨款 | | （二）住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n",
    breaks: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 66.00 |\n\
    | 二、其他收入 | | 二、住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 90.00 | 一、本年支出 | 90.00 |\n\
    | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 66.00 |\n\
    | （二）政府性基金预算拨款 | | （二）住房保障支出 | 42.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n",
    spared: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 75.50 |\n\
    | 二、其他收入 | 5.50 | 二、住房保障支出 | 24.00 |\n\
    | 本年收入合计 | 95.50 | 本年支出合计 | 99.50 |\n\
    | 上年结转结余 | 4.00 | 年终结转结余 | |\n\
    | 收入总计 | 99.50 | 支出总计 | 99.50 |\n\
    \n## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 90.00 | 一、本年支出 | 90.00 |\n\
    | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 66.00 |\n\
    | （二）政府性基金预算拨款 | | （二）住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let fiscal_money = [Measure::Fiscal, Measure::GeneralPublic, Measure::GovernmentFund, Measure::StateCapital];
    let relation = match money::only(scope, &fiscal_money) {
        money::Answer::Yes => Relation::Equal,
        money::Answer::No | money::Answer::Unknown => Relation::AtLeast,
    };
    let sign = if relation == Relation::Equal { "=" } else { "≥" };
    let kinds = (TableKind::RevenueExpenditureSummary, TableKind::FiscalAppropriationSummary);
    scope.pairs(kinds.0, kinds.1).instances(|summary, fiscal, found| {
        let main = |t| sides::main_list(t, Side::Expenditure).map(|l| l.column);
        let (of_summary, of_fiscal) = (main(summary), main(fiscal));
        let other: BTreeMap<&str, (usize, usize)> = sides::classes(fiscal, Side::Expenditure)
            .into_iter()
            .filter(|&(.., column)| Some(column) == of_fiscal)
            .map(|(row, class, column)| (class, (row, column)))
            .collect();
        for (row, class, column) in sides::classes(summary, Side::Expenditure) {
            if Some(column) != of_summary {
                continue;
            }
            let Some(&(same, x)) = other.get(class) else {
                continue;
            };
            let name = summary.row_name(row);
            let label = Message::new(
                format!("收支总表“{}” {sign} 财政拨款收支总表同类", name.zh),
                format!("“{}” of the summary {sign} the same of the fiscal summary", name.en),
            );
            found.push(related(label, summary.term(row, column), relation, vec![fiscal.term(same, x)]));
        }
    })
}
