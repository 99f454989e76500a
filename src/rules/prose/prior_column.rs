//! N24: last year's amount as the prose implies it = that of a column of last year.

use super::{call, cells, every, implied_priors, statement};
use crate::disclosure::{Anchor, Message};
use crate::rules::facts::Meant;
use crate::rules::{Claim, Equation, Family, Instance, Relation, Rule, Scope, Severity, Term};
use crate::spelling::holds;

/// Last year's amount as the prose implies it = that of a column of last year.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N24",
    title: ("文字的增减额与表中上年数相符", "a change of the prose agrees with the table's column of last year"),
    family: Family::Prose,
    severity: Severity::Warning,
    basis: (
        "增减额 = 本年数 − 上年数；有的表同时列上年数。",
        "A change is this year less last year, and some tables print both.",
    ),
    explain: (
        "表里有上年数一列时，用它核对文字里的增减额。上年数可能是预算数、执行数或决算数，有一列对得上就算相符，所以只作提醒。",
        "Where a table has a column of last year the change is held against it. It may be the budget, its execution or the accounts; one that fits is enough, and this is a caution.",
    ),
    holds: "2024年基本支出 55 万元，比上年增加 5 万元。\n\n## 支出总表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 | 上年基本支出 |\n|---|---|---|---|---|---|\n| | 合计 | 95.50 | 55.00 | 40.50 | 50.00 |\n| 208 | 社会保障和就业支出 | 95.50 | 55.00 | 40.50 | 50.00 |\n",
    breaks: "2024年基本支出 55 万元，比上年增加 9 万元。\n\n## 支出总表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 | 上年基本支出 |\n|---|---|---|---|---|---|\n| | 合计 | 95.50 | 55.00 | 40.50 | 50.00 |\n| 208 | 社会保障和就业支出 | 95.50 | 55.00 | 40.50 | 50.00 |\n",
    spared: "2024年基本支出 55 万元，比上年增加 9 万元。\n\n## 支出总表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 55.00 | 40.50 |\n| 208 | 社会保障和就业支出 | 95.50 | 55.00 | 40.50 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    let mut found = Vec::new();
    for (at, change) in every(scope).filter(|(_, s)| s.kind.is_change() && s.doubt.is_none()) {
        let Some((now, amount)) = change.of.and_then(|index| statement(scope, index)) else { continue };
        let Some(meant) = cells::meant(scope, amount) else { continue };
        let priors: Vec<Anchor> = priors(scope, &meant)
            .iter()
            .filter(|&&(cell, _)| judge.ties(&super::equation(now, Relation::Equal, vec![Term::plus(cell)])))
            .map(|&(_, prior)| prior)
            .collect();
        let equations: Vec<Equation> = priors
            .iter()
            .flat_map(|&prior| {
                implied_priors(now, at, change.kind).into_iter().map(move |right| Equation {
                    left: vec![Term::plus(prior)],
                    relation: Relation::Equal,
                    right,
                })
            })
            .collect();
        let Some(best) = equations.iter().find(|e| judge.ties(e)).or(equations.first()) else { continue };
        found.push(Instance {
            label: Message::new(
                format!("文字“{}”“{}”隐含的上年数与表中上年数", call(amount), call(change)),
                format!("last year as “{}” and “{}” imply it, and the table's column", call(amount), call(change)),
            ),
            claim: Claim::Equation(best.clone()),
        });
    }
    found
}

/// Cells with last year's beside them.
fn priors<'m>(scope: &Scope, meant: &'m Meant) -> &'m [(Anchor, Anchor)] {
    meant.priors.get_or_init(|| {
        let beside = |&cell: &Anchor| prior_cells(scope, cell).into_iter().map(move |prior| (cell, prior));
        let all: Vec<(Anchor, Anchor)> = meant.cells.iter().flat_map(beside).collect();
        let judge = scope.judge();
        cells::unlike(&all, |&(cell, prior)| (judge.figure(cell).ok(), judge.figure(prior).ok()))
    })
}

/// Last year's cells in the row of a cell: of the same kind of expenditure, where the columns are of several.
fn prior_cells(scope: &Scope, cell: Anchor) -> Vec<Anchor> {
    let Anchor::Cell { disclosure, table, row, column } = cell else {
        return Vec::new();
    };
    let Some(t) = scope.disclosure().tables.get(usize::from(table)) else { return Vec::new() };
    let last = scope.disclosure().year.and_then(|year| year.checked_sub(1)).map(|year| year.to_string());
    let of_last = |header: &str| {
        (holds(header, "上年") || last.as_deref().is_some_and(|year| header.contains(year)))
            && !["结转", "结余", "余额", "增减", "增长", "比"].iter().any(|w| holds(header, w))
    };
    let own = t.columns.get(usize::from(column)).map(crate::disclosure::Column::header).unwrap_or_default();
    if of_last(&own) {
        return Vec::new();
    }
    let kind = |header: &str| ["基本", "项目", "人员", "公用"].into_iter().find(|w| header.contains(w));
    t.amount_columns()
        .filter(|&c| t.columns.get(c).is_some_and(|c| of_last(&c.header()) && kind(&c.header()) == kind(&own)))
        .filter_map(|c| u16::try_from(c).ok())
        .map(|column| Anchor::Cell { disclosure, table, row, column })
        .collect()
}
