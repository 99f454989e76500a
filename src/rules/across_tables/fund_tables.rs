//! X12: each fund column of 财政拨款收支总表 = that fund's own table.

use crate::disclosure::{Measure, Message, Side, TableKind};
use crate::rules::sight::equal;
use crate::rules::{Family, Instance, Rule, Scope, Severity, columns, sides};

/// each fund column of 财政拨款收支总表 = that fund's own table
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X12",
    title: ("财政拨款收支总表的各项资金与各自的表一致", "each fund of the fiscal summary agrees with its own table"),
    family: Family::AcrossTables,
    severity: Severity::Error,
    basis: (
        "表间勾稽：分资金列出的支出，与这种资金自己的支出表合计相同。",
        "Arithmetic of the set: what the fiscal summary tells of a fund is the total of that fund's own table.",
    ),
    explain: (
        "财政拨款收支总表右边分一般公共预算、政府性基金、国有资本经营预算几栏时，每一栏的本年支出应当等于那张支出表的合计。没有分栏的不核对。",
        "Where the fiscal summary has a column for each fund, the expenditure of the year in it is the total of that fund's own table. Without such columns nothing is checked.",
    ),
    holds: "## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | | | |\n|---|---|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 合计 | 一般公共预算 | 政府性基金预算 |\n\
    | 一、本年收入 | 96.00 | 一、本年支出 | 96.00 | 90.00 | 6.00 |\n\
    | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 90.00 | 90.00 | |\n\
    | （二）政府性基金预算拨款 | 6.00 | （二）城乡社区支出 | 6.00 | | 6.00 |\n\
    | 收入总计 | 96.00 | 支出总计 | 96.00 | 90.00 | 6.00 |\n\
    \n## 政府性基金预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 6.00 | | 6.00 |\n\
    | 212 | 城乡社区支出 | 6.00 | | 6.00 |\n\
    \n",
    breaks: "## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | | | |\n|---|---|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 合计 | 一般公共预算 | 政府性基金预算 |\n\
    | 一、本年收入 | 96.00 | 一、本年支出 | 96.00 | 90.00 | 6.00 |\n\
    | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 90.00 | 90.00 | |\n\
    | （二）政府性基金预算拨款 | 6.00 | （二）城乡社区支出 | 6.00 | | 6.00 |\n\
    | 收入总计 | 96.00 | 支出总计 | 96.00 | 90.00 | 6.00 |\n\
    \n## 政府性基金预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 9.00 | | 9.00 |\n\
    | 212 | 城乡社区支出 | 6.00 | | 6.00 |\n\
    \n",
    spared: "## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | | | |\n|---|---|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 合计 | 一般公共预算 | 其他资金 |\n\
    | 一、本年收入 | 96.00 | 一、本年支出 | 96.00 | 90.00 | 6.00 |\n\
    | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 90.00 | 90.00 | |\n\
    | （二）政府性基金预算拨款 | 6.00 | （二）城乡社区支出 | 6.00 | | 6.00 |\n\
    | 收入总计 | 96.00 | 支出总计 | 96.00 | 90.00 | 6.00 |\n\
    \n## 政府性基金预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 6.00 | | 6.00 |\n\
    | 212 | 城乡社区支出 | 6.00 | | 6.00 |\n\
    \n",
    check,
};

const FUNDS: [(Measure, TableKind, &str, &str); 3] = [
    (
        Measure::GeneralPublic,
        TableKind::GeneralPublicExpenditureByFunction,
        "一般公共预算支出表",
        "general public expenditure",
    ),
    (Measure::GovernmentFund, TableKind::GovernmentFund, "政府性基金预算支出表", "government fund expenditure"),
    (Measure::StateCapital, TableKind::StateCapital, "国有资本经营预算支出表", "state capital expenditure"),
];

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for (measure, kind, zh, en) in FUNDS {
        found.extend(scope.pairs(TableKind::FiscalAppropriationSummary, kind).instances(|fiscal, fund, found| {
            let (Some(total), Some(whole)) = (fund.total_row(), columns::total_of(fund)) else {
                return;
            };
            for list in sides::lists(fiscal).iter().filter(|l| l.side == Side::Expenditure) {
                let Some(row) = list.year_total.or(list.grand_total) else {
                    continue;
                };
                if fiscal.table.columns[list.column].measure == Some(measure) {
                    let label = Message::new(
                        format!("财政拨款收支总表本年支出（{}） = {zh}合计", fiscal.column_name(list.column)),
                        format!("expenditure of the year in the fiscal summary = total of {en}"),
                    );
                    found.push(equal(label, fiscal.term(row, list.column), vec![fund.term(total, whole)]));
                }
            }
        }));
    }
    found
}
