//! N22: the money of the prose is that of the department's performance form, where no budget table has it.

use super::{call, cells};
use crate::disclosure::{Anchor, ColumnRole, Concept, Measure, Message, Statement, TableKind};
use crate::rules::sight::TableAt;
use crate::rules::{Claim, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// The money of the prose is that of the department's performance form, where no budget table has it.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N22",
    title: ("文字中的收支与整体绩效表的收支相同", "the money of the prose is that of the whole performance form"),
    family: Family::Prose,
    severity: Severity::Error,
    basis: (
        "同一部门、同一年度的收入、支出、基本支出、项目支出只有一套数；整体绩效表填的就是部门预算。",
        "One department has one set of totals for one year; its whole performance form states that budget.",
    ),
    explain: (
        "只在读不到收支总表、支出总表时用整体绩效表核对；读得到的另有规则。几个数一起不同的，合成一处。",
        "Only where the budget tables could not be read; else another rule compares the form with them. Several figures that differ are told as one.",
    ),
    holds: "2024年收入预算总额 200 万元。\n\n## 整体支出绩效目标表\n\n单位：万元\n\n| 部门总体资金情况 | 总体资金情况 | | 当年金额 | 2022年 | 2023年 |\n|---|---|---|---|---|---|\n| | 收入构成 | 财政拨款 | 150.00 | 100.00 | 120.00 |\n| | | 其他资金 | 50.00 | 50.00 | 60.00 |\n| | | 合计 | 200.00 | 150.00 | 180.00 |\n| | 支出构成 | 基本支出 | 160.00 | 130.00 | 150.00 |\n| | | 项目支出 | 40.00 | 20.00 | 30.00 |\n| | | 合计 | 200.00 | 150.00 | 180.00 |\n",
    breaks: "2024年收入预算总额 210 万元。\n\n## 整体支出绩效目标表\n\n单位：万元\n\n| 部门总体资金情况 | 总体资金情况 | | 当年金额 | 2022年 | 2023年 |\n|---|---|---|---|---|---|\n| | 收入构成 | 财政拨款 | 150.00 | 100.00 | 120.00 |\n| | | 其他资金 | 50.00 | 50.00 | 60.00 |\n| | | 合计 | 200.00 | 150.00 | 180.00 |\n| | 支出构成 | 基本支出 | 160.00 | 130.00 | 150.00 |\n| | | 项目支出 | 40.00 | 20.00 | 30.00 |\n| | | 合计 | 200.00 | 150.00 | 180.00 |\n",
    spared: "2024年政府采购预算 210 万元。\n\n## 整体支出绩效目标表\n\n单位：万元\n\n| 部门总体资金情况 | 总体资金情况 | | 当年金额 | 2022年 | 2023年 |\n|---|---|---|---|---|---|\n| | 收入构成 | 财政拨款 | 150.00 | 100.00 | 120.00 |\n| | | 其他资金 | 50.00 | 50.00 | 60.00 |\n| | | 合计 | 200.00 | 150.00 | 180.00 |\n| | 支出构成 | 基本支出 | 160.00 | 130.00 | 150.00 |\n| | | 项目支出 | 40.00 | 20.00 | 30.00 |\n| | | 合计 | 200.00 | 150.00 | 180.00 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    let mut unlike: Vec<(Anchor, Anchor, &Statement)> = Vec::new();
    let mut found = Vec::new();
    let tables = [TableKind::RevenueExpenditureSummary, TableKind::ExpenditureSummary, TableKind::RevenueSummary];
    if tables.into_iter().any(|kind| !scope.present(kind).is_empty()) {
        return found;
    }
    for (at, statement) in cells::stated(scope).filter(|(_, s)| s.unit.is_some()) {
        let Some(cell) = statement.concept.as_ref().and_then(|concept| form_cell(scope, concept, Year::This)) else {
            continue;
        };
        let equation = super::equation(cell, Relation::Equal, vec![Term::plus(at)]);
        if judge.ties(&equation) {
            found.push(Instance { label: label(&[(cell, at, statement)]), claim: Claim::Equation(equation) });
        } else if statement.doubt.is_none() && has_unit(scope, cell) {
            unlike.push((cell, at, statement));
        }
    }
    if !unlike.is_empty() {
        let at = unlike.iter().map(|(cell, ..)| *cell).chain(unlike.iter().map(|(_, at, _)| *at)).collect();
        found.push(Instance { label: label(&unlike), claim: Claim::Fact { holds: false, at } });
    }
    found
}

/// Whether the form says in what its money is.
pub(super) fn has_unit(scope: &Scope, cell: Anchor) -> bool {
    let Anchor::Cell { table, .. } = cell else { return false };
    scope.disclosure().tables.get(usize::from(table)).is_some_and(|t| t.unit.is_some())
}

/// Which year's column of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// 当年
    This,
    /// The year before.
    Last,
}

/// The cell of the whole form that states an amount.
pub(super) fn form_cell(scope: &Scope, concept: &Concept, year: Year) -> Option<Anchor> {
    let (side, names): (&str, &[&str]) = match concept {
        Concept::TotalRevenue => ("收入", &["合计", "总计", "收入合计"]),
        Concept::TotalBudget | Concept::TotalExpenditure => ("支出", &["合计", "总计", "支出合计"]),
        Concept::Expenditure(Measure::Basic) => ("支出", &["基本支出"]),
        Concept::Expenditure(Measure::Project) => ("支出", &["项目支出"]),
        Concept::Revenue(Measure::GeneralPublic | Measure::Fiscal) => ("收入", &["财政拨款"]),
        _ => return None,
    };
    let mut all = scope.present(TableKind::PerformanceWhole).into_iter().filter_map(|t| {
        let column = column(t, scope.disclosure().year, year)?;
        let mut rows = t.rows().filter(|(_, r)| {
            r.doubt.is_none()
                && r.path.iter().any(|p| p.contains(side))
                && r.name.as_deref().is_some_and(|name| names.contains(&name))
        });
        let (row, _) = rows.next()?;
        (rows.next().is_none() && t.prints(row, column)).then(|| t.cell(row, column))
    });
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

fn column(t: TableAt, own: Option<u16>, year: Year) -> Option<usize> {
    let amounts = || {
        t.table.columns.iter().enumerate().filter(|(_, c)| c.role == ColumnRole::Amount && !c.header().contains("占比"))
    };
    match year {
        Year::This => amounts()
            .find(|(_, c)| ["当年", "本年", "预算金额"].iter().any(|w| c.header().contains(w)))
            .or_else(|| amounts().find(|(_, c)| !c.header().contains("20") && !c.header().contains("上年"))),
        Year::Last => {
            let last = own?.checked_sub(1)?.to_string();
            amounts().find(|(_, c)| c.header().contains(&last) || c.header().contains("上年"))
        }
    }
    .map(|(at, _)| at)
}

fn label(pairs: &[(Anchor, Anchor, &Statement)]) -> Message {
    let said: Vec<String> = pairs.iter().map(|(.., statement)| call(statement)).collect();
    Message::new(
        format!("文字“{}”与整体绩效表的收支", said.join("”“")),
        format!("“{}” in the prose and the whole performance form", said.join("”, “")),
    )
}
