//! T23: 年末结转和结余 = 年初结转和结余 + 本年收入 − 本年支出.

use crate::disclosure::{Message, TableKind};
use crate::rules::flows::Flows;
use crate::rules::{Claim, Equation, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// 年末结转和结余 = 年初结转和结余 + 本年收入 − 本年支出
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T23",
    title: (
        "年末结转等于年初结转加收入减支出",
        "what is carried out is what was carried in, plus revenue, less expenditure",
    ),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "决算表式勾稽：年末结转和结余 = 年初结转和结余 + 本年收入 − 本年支出。",
        "Arithmetic of the form of final accounts: the balance at the end of the year is that at its beginning plus the year's revenue less its expenditure.",
    ),
    explain: (
        "决算的政府性基金等表每一行列出年初结转、本年收入、本年支出和年末结转，四个数里三个定了第四个就定了。表里还有别的金额栏（如缴回、调整）的不核对。",
        "The tables of funds in final accounts follow money through the year in each row: three of the figures give the fourth. Tables with further columns of money (returned, adjusted) are not checked.",
    ),
    holds: "## 政府性基金预算财政拨款收入支出决算表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | | | 年末结转和结余 |\n|---|---|---|---|---|---|---|---|\n\
    | | | | | 小计 | 基本支出 | 项目支出 | |\n\
    | | 合计 | 5.00 | 30.00 | 28.00 | | 28.00 | 7.00 |\n\
    | 212 | 城乡社区支出 | 5.00 | 30.00 | 28.00 | | 28.00 | 7.00 |\n",
    breaks: "## 政府性基金预算财政拨款收入支出决算表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | | | 年末结转和结余 |\n|---|---|---|---|---|---|---|---|\n\
    | | | | | 小计 | 基本支出 | 项目支出 | |\n\
    | | 合计 | 5.00 | 30.00 | 28.00 | | 28.00 | 2.00 |\n\
    | 212 | 城乡社区支出 | 5.00 | 30.00 | 28.00 | | 28.00 | 7.00 |\n",
    spared: "## 政府性基金预算财政拨款收入支出决算表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 缴回 | 本年支出 | 年末结转和结余 |\n|---|---|---|---|---|---|---|\n\
    | | 合计 | 5.00 | 30.00 | 1.00 | 28.00 | 6.00 |\n\
    | 212 | 城乡社区支出 | 5.00 | 30.00 | 1.00 | 28.00 | 6.00 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let kinds = [TableKind::GovernmentFund, TableKind::StateCapital, TableKind::GeneralPublicExpenditureByFunction];
    let mut found = Vec::new();
    for t in scope.tables().filter(|t| t.is_present() && kinds.contains(&t.table.kind)) {
        let Some(Flows { carried_in, received, spent, carried_out }) = Flows::of(t.table) else { continue };
        for (row, _) in t.rows().filter(|&(row, _)| t.prints_any(row)) {
            let name = t.row_name(row);
            found.push(Instance {
                label: Message::new(
                    format!("{}：年末结转 = 年初结转 + 本年收入 − 本年支出", name.zh),
                    format!("{}: carried out = carried in + revenue − expenditure", name.en),
                ),
                claim: Claim::Equation(Equation {
                    left: vec![t.term(row, carried_out)],
                    relation: Relation::Equal,
                    right: vec![t.term(row, carried_in), t.term(row, received), Term::minus(t.cell(row, spent))],
                }),
            });
        }
    }
    found
}
