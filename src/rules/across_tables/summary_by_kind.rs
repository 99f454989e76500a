//! X16: 基本支出, 项目支出 as items of a summary = the columns of the table of expenditure.

use crate::disclosure::{Measure, Message, Side, TableKind};
use crate::rules::sight::{TableAt, equal};
use crate::rules::{Family, Instance, Rule, Scope, Severity, columns, money, sides};

/// 基本支出, 项目支出 as items of a summary = the columns of the table of expenditure
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X16",
    title: (
        "收支总表的基本、项目支出与支出表一致",
        "basic and project expenditure of a summary agree with their columns",
    ),
    family: Family::AcrossTables,
    severity: Severity::Error,
    basis: (
        "表间勾稽：有的收支总表右边按基本支出、项目支出列示，与支出总表同名栏的合计相同；只有一般公共预算的钱时，与一般公共预算支出表也相同。",
        "Arithmetic of the set: a summary that tells expenditure by kind agrees with the columns of the table of expenditure and, with general public money only, with those of general public expenditure.",
    ),
    explain: (
        "收支总表右边如果按基本支出、人员经费、公用经费、项目支出列示，应当等于支出表里同名那一栏的合计。还有其他钱时不与一般公共预算支出表比。",
        "Where a summary lists basic, personnel, public and project expenditure, each equals the column of that name. With other money general public expenditure is not compared.",
    ),
    holds: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、基本支出 | 70.00 |\n\
    | 二、其他收入 | | 二、项目支出 | 20.00 |\n\
    | 本年收入合计 | 90.00 | 本年支出合计 | 90.00 |\n\
    \n## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 90.00 | 70.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | |\n\
    \n",
    breaks: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、基本支出 | 70.00 |\n\
    | 二、其他收入 | | 二、项目支出 | 20.00 |\n\
    | 本年收入合计 | 90.00 | 本年支出合计 | 90.00 |\n\
    \n## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 90.00 | 75.00 | 15.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | |\n\
    \n",
    spared: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、基本支出 | 70.00 |\n\
    | 二、其他收入 | 5.00 | 二、项目支出 | 20.00 |\n\
    | 本年收入合计 | 90.00 | 本年支出合计 | 90.00 |\n\
    \n## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 85.00 | 65.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | |\n\
    \n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let summary = TableKind::RevenueExpenditureSummary;
    let function = TableKind::GeneralPublicExpenditureByFunction;
    let mut found = scope.pairs(summary, TableKind::ExpenditureSummary).instances(compare);
    if money::only(scope, &[Measure::GeneralPublic]) == money::Answer::Yes {
        found.extend(scope.pairs(summary, function).instances(compare));
    }
    if money::none(scope, &[Measure::GovernmentFund, Measure::StateCapital]) == money::Answer::Yes {
        found.extend(scope.pairs(TableKind::FiscalAppropriationSummary, function).instances(compare));
    }
    found
}

fn compare(summary: TableAt<'_>, expenditure: TableAt<'_>, found: &mut Vec<Instance>) {
    let (Some(list), Some(total)) = (sides::main_list(summary, Side::Expenditure), expenditure.total_row()) else {
        return;
    };
    for measure in [Measure::Basic, Measure::Personnel, Measure::Public, Measure::Project] {
        let mut rows = summary
            .rows()
            .filter(|(at, r)| {
                r.side == Some(Side::Expenditure) && r.measure == Some(measure) && summary.prints(*at, list.column)
            })
            .map(|(at, _)| at);
        let (Some(row), None, Some(column)) = (rows.next(), rows.next(), columns::column(expenditure.table, measure))
        else {
            continue;
        };
        let (name, table) = (summary.row_name(row), expenditure.name());
        let header = expenditure.column_name(column);
        let label = Message::new(
            format!("{}“{}” = {}合计（{header}）", summary.name().zh, name.zh, table.zh),
            format!("“{}” of {} = total of {} ({header})", name.en, summary.name().en, table.en),
        );
        found.push(equal(label, summary.term(row, list.column), vec![expenditure.term(total, column)]));
    }
}
