//! N23: last year's total as the prose implies it = that of the performance form.

use super::form_money::{Year, form_cell, has_unit};
use super::{call, every, implied_priors, settled, statement};
use crate::disclosure::{Concept, Message, StatementKind, TableKind};
use crate::rules::{Claim, Equation, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// Last year's total as the prose implies it = that of the performance form.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N23",
    title: (
        "文字隐含的上年数与整体绩效表的上年数相同",
        "last year as the prose implies it is that of the performance form",
    ),
    family: Family::Prose,
    severity: Severity::Warning,
    basis: (
        "本年数减去增加额就是上年数；整体绩效表列有上年收支。",
        "This year less its increase is last year, which the whole form prints.",
    ),
    explain: (
        "只核对收入、支出总额。绩效表的上年数可能是预算数也可能是执行数，所以只作提醒。收支总表读得到时只说对得上的。",
        "Only the totals. The form's figure may be last year's budget or its execution, so this is a caution. Where the budget tables were read only what ties is said.",
    ),
    holds: "2024年支出预算总额 200 万元，比上年增加 20 万元。\n\n## 整体支出绩效目标表\n\n单位：万元\n\n| 部门总体资金情况 | 总体资金情况 | | 当年金额 | 2022年 | 2023年 |\n|---|---|---|---|---|---|\n| | 收入构成 | 财政拨款 | 150.00 | 100.00 | 120.00 |\n| | | 其他资金 | 50.00 | 50.00 | 60.00 |\n| | | 合计 | 200.00 | 150.00 | 180.00 |\n| | 支出构成 | 基本支出 | 160.00 | 130.00 | 150.00 |\n| | | 项目支出 | 40.00 | 20.00 | 30.00 |\n| | | 合计 | 200.00 | 150.00 | 180.00 |\n",
    breaks: "2024年支出预算总额 200 万元，比上年增加 25 万元。\n\n## 整体支出绩效目标表\n\n单位：万元\n\n| 部门总体资金情况 | 总体资金情况 | | 当年金额 | 2022年 | 2023年 |\n|---|---|---|---|---|---|\n| | 收入构成 | 财政拨款 | 150.00 | 100.00 | 120.00 |\n| | | 其他资金 | 50.00 | 50.00 | 60.00 |\n| | | 合计 | 200.00 | 150.00 | 180.00 |\n| | 支出构成 | 基本支出 | 160.00 | 130.00 | 150.00 |\n| | | 项目支出 | 40.00 | 20.00 | 30.00 |\n| | | 合计 | 200.00 | 150.00 | 180.00 |\n",
    spared: "2024年政府采购预算 200 万元，比上年增加 25 万元。\n\n## 整体支出绩效目标表\n\n单位：万元\n\n| 部门总体资金情况 | 总体资金情况 | | 当年金额 | 2022年 | 2023年 |\n|---|---|---|---|---|---|\n| | 收入构成 | 财政拨款 | 150.00 | 100.00 | 120.00 |\n| | | 其他资金 | 50.00 | 50.00 | 60.00 |\n| | | 合计 | 200.00 | 150.00 | 180.00 |\n| | 支出构成 | 基本支出 | 160.00 | 130.00 | 150.00 |\n| | | 项目支出 | 40.00 | 20.00 | 30.00 |\n| | | 合计 | 200.00 | 150.00 | 180.00 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    // Where the budget tables are there, the form's figure may be the execution, and without a unit it may be in 元: only
    // what ties is said then.
    let tables = !scope.present(TableKind::RevenueExpenditureSummary).is_empty();
    let mut found: Vec<Instance> = Vec::new();
    let mut failed = false;
    let last = |concept: Option<&Concept>| {
        let total = concept.filter(|concept| {
            matches!(concept, Concept::TotalRevenue | Concept::TotalExpenditure | Concept::TotalBudget)
        })?;
        form_cell(scope, total, Year::Last)
    };
    for (at, stated) in every(scope).filter(|(_, s)| s.doubt.is_none()) {
        let (equations, label, places) = if stated.kind == StatementKind::PriorAmount && stated.unit.is_some() {
            let Some(cell) = last(stated.concept.as_ref()) else { continue };
            let label = Message::new(
                format!("文字“{}”与整体绩效表", call(stated)),
                format!("“{}” in the prose and the whole form", call(stated)),
            );
            (vec![super::equation(cell, Relation::Equal, vec![Term::plus(at)])], label, vec![cell, at])
        } else if stated.kind.is_change() {
            let Some((now, amount)) = stated.of.and_then(|index| statement(scope, index)) else { continue };
            let Some(cell) = last(amount.concept.as_ref()) else { continue };
            let equations = implied_priors(now, at, stated.kind)
                .into_iter()
                .map(|right| Equation { left: vec![Term::plus(cell)], relation: Relation::Equal, right })
                .collect();
            let label = Message::new(
                format!("文字“{}”“{}”隐含的上年数与整体绩效表", call(amount), call(stated)),
                format!("last year as “{}” and “{}” imply it, and the whole form", call(amount), call(stated)),
            );
            (equations, label, vec![cell, now, at])
        } else {
            continue;
        };
        let Some(best) = equations.iter().find(|e| judge.ties(e)).or(equations.first()) else { continue };
        let ties = judge.ties(best);
        if tables || places.first().is_none_or(|&cell| !has_unit(scope, cell)) {
            if ties {
                let at = places.into_iter().rev().collect();
                found.push(Instance { label, claim: Claim::Fact { holds: true, at } });
            }
            continue;
        }
        // Revenue and expenditure of last year are one total: one that differs is told once.
        if !ties {
            if failed {
                continue;
            }
            failed = true;
        }
        found.push(settled(judge, label, best.clone(), places));
    }
    found
}
