//! X18: what a fund carried in, received and carried out, in its own table and in the fiscal summary.

use crate::disclosure::{Measure, Message, Side, TableKind};
use crate::rules::flows::Flows;
use crate::rules::sight::{TableAt, equal};
use crate::rules::{Family, Instance, Rule, Scope, Severity, Term, sides};

/// A fund's 年初结转, 本年收入 and 年末结转 = those of the fiscal summary
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X18",
    title: (
        "基金表的结转和收入与财政拨款收支总表一致",
        "a fund's balances and revenue are those of the fiscal summary",
    ),
    family: Family::AcrossTables,
    severity: Severity::Error,
    basis: (
        "决算表间勾稽：政府性基金、国有资本经营预算各表的合计行与财政拨款收入支出决算总表中该项资金的各数相同。",
        "Arithmetic between forms of final accounts: the total row of a fund's table has the figures of that fund in the fiscal summary.",
    ),
    explain: (
        "同一笔基金在两张表里都列出年初结转、本年收入、年末结转，应当相同。财政拨款收支总表没有按资金分开列的，不核对。",
        "Both tables print what the fund carried in, received and carried out, and they agree. Nothing is checked where the fiscal summary does not tell the funds apart.",
    ),
    holds: "## 财政拨款收入支出决算总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | | | |\n|---|---|---|---|---|---|\n\
    | 项目 | 金额 | 项目 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款 |\n\
    | 一、一般公共预算财政拨款 | 90.00 | 一、教育支出 | 88.00 | 88.00 | |\n\
    | 二、政府性基金预算财政拨款 | 30.00 | 二、城乡社区支出 | 28.00 | | 28.00 |\n\
    | 本年收入合计 | 120.00 | 本年支出合计 | 116.00 | 88.00 | 28.00 |\n\
    | 年初财政拨款结转和结余 | 8.00 | 年末财政拨款结转和结余 | 12.00 | 5.00 | 7.00 |\n\
    | 一般公共预算财政拨款 | 3.00 | | | | |\n\
    | 政府性基金预算财政拨款 | 5.00 | | | | |\n\
    | 国有资本经营预算财政拨款 | | | | | |\n\
    | 总计 | 128.00 | 总计 | 128.00 | 93.00 | 35.00 |\n\
    \n## 政府性基金预算财政拨款收入支出决算表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | | | 年末结转和结余 |\n|---|---|---|---|---|---|---|---|\n\
    | | | | | 小计 | 基本支出 | 项目支出 | |\n\
    | | 合计 | 5.00 | 30.00 | 28.00 | | 28.00 | 7.00 |\n\
    | 212 | 城乡社区支出 | 5.00 | 30.00 | 28.00 | | 28.00 | 7.00 |\n",
    breaks: "## 财政拨款收入支出决算总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | | | |\n|---|---|---|---|---|---|\n\
    | 项目 | 金额 | 项目 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款 |\n\
    | 一、一般公共预算财政拨款 | 90.00 | 一、教育支出 | 88.00 | 88.00 | |\n\
    | 二、政府性基金预算财政拨款 | 30.00 | 二、城乡社区支出 | 28.00 | | 28.00 |\n\
    | 本年收入合计 | 120.00 | 本年支出合计 | 116.00 | 88.00 | 28.00 |\n\
    | 年初财政拨款结转和结余 | 8.00 | 年末财政拨款结转和结余 | 12.00 | 5.00 | 7.00 |\n\
    | 一般公共预算财政拨款 | 3.00 | | | | |\n\
    | 政府性基金预算财政拨款 | 5.00 | | | | |\n\
    | 国有资本经营预算财政拨款 | | | | | |\n\
    | 总计 | 128.00 | 总计 | 128.00 | 93.00 | 35.00 |\n\
    \n## 政府性基金预算财政拨款收入支出决算表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | | | 年末结转和结余 |\n|---|---|---|---|---|---|---|---|\n\
    | | | | | 小计 | 基本支出 | 项目支出 | |\n\
    | | 合计 | 5.00 | 33.00 | 28.00 | | 28.00 | 10.00 |\n\
    | 212 | 城乡社区支出 | 5.00 | 33.00 | 28.00 | | 28.00 | 10.00 |\n",
    spared: "## 财政拨款收入支出决算总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 金额 | 项目 | 金额 |\n\
    | 一、一般公共预算财政拨款 | 90.00 | 一、教育支出 | 88.00 |\n\
    | 二、政府性基金预算财政拨款 | 30.00 | 二、城乡社区支出 | 28.00 |\n\
    | 本年收入合计 | 120.00 | 本年支出合计 | 116.00 |\n\
    | 年初财政拨款结转和结余 | 8.00 | 年末财政拨款结转和结余 | 12.00 |\n\
    | 总计 | 128.00 | 总计 | 128.00 |\n\
    \n## 政府性基金预算财政拨款收入支出决算表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | 年末结转和结余 |\n|---|---|---|---|---|---|\n\
    | | 合计 | 5.50 | 30.00 | 28.00 | 7.50 |\n\
    | 212 | 城乡社区支出 | 5.50 | 30.00 | 28.00 | 7.50 |\n",
    check,
};

const FUNDS: [(Measure, TableKind, &str, &str); 3] = [
    (
        Measure::GeneralPublic,
        TableKind::GeneralPublicExpenditureByFunction,
        "一般公共预算表",
        "general public expenditure",
    ),
    (Measure::GovernmentFund, TableKind::GovernmentFund, "政府性基金预算表", "government fund"),
    (Measure::StateCapital, TableKind::StateCapital, "国有资本经营预算表", "state capital"),
];

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for (measure, kind, zh, en) in FUNDS {
        found.extend(scope.pairs(TableKind::FiscalAppropriationSummary, kind).instances(|fiscal, fund, found| {
            let (Some(flows), Some(total)) = (Flows::of(fund.table), fund.total_row()) else { return };
            let said = [
                (carried_in(fiscal, measure), flows.carried_in, "年初结转", "carried in"),
                (sides::year_item(fiscal, Side::Revenue, measure), flows.received, "本年收入", "revenue"),
                (carried_out(fiscal, measure), flows.carried_out, "年末结转", "carried out"),
            ];
            for (cell, column, what, what_en) in said {
                let Some((row, own)) = cell else { continue };
                let label = Message::new(
                    format!("{zh}{what} = 财政拨款收支总表"),
                    format!("{en}, {what_en} = the fiscal summary"),
                );
                found.push(equal(label, Term::plus(fund.cell(total, column)), vec![fiscal.term(row, own)]));
            }
        }));
    }
    found
}

/// The fund among the parts of 年初财政拨款结转和结余, and its column.
fn carried_in(t: TableAt<'_>, fund: Measure) -> Option<(usize, usize)> {
    let list = sides::main_list(t, Side::Revenue)?;
    let of = |row: usize| t.table.rows.get(row).and_then(|r| r.measure);
    let (_, parts) = list.sub_items.iter().find(|(whole, _)| of(*whole) == Some(Measure::CarriedIn))?;
    let mut rows = parts.iter().copied().filter(|&row| of(row) == Some(fund));
    let only = rows.next()?;
    rows.next().is_none().then_some((only, list.column))
}

/// The row of what is carried out, in the column of the fund.
fn carried_out(t: TableAt<'_>, fund: Measure) -> Option<(usize, usize)> {
    let of_fund = |column: usize| t.table.columns.get(column).is_some_and(|c| c.measure == Some(fund));
    let list = sides::lists(t).iter().find(|list| list.side == Side::Expenditure && of_fund(list.column))?;
    let mut rows = list.besides.iter().copied().filter(|&r| t.table.rows[r].measure == Some(Measure::CarriedOut));
    let only = rows.next()?;
    rows.next().is_none().then_some((only, list.column))
}
