//! N30: 完成预算的百分比 = the final amount ÷ the budget.

use super::{call, every, fitting, statement};
use crate::disclosure::{Anchor, Concept, Measure, Message, Statement, StatementKind, TableKind};
use crate::rules::{Claim, Family, Instance, Ratio, Rule, Scope, Severity, Term};

/// 完成预算的百分比 = the final amount ÷ the budget.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N30",
    title: (
        "完成预算的百分比与预算数、决算数相符",
        "the percent of a budget that was carried out is that of its amounts",
    ),
    family: Family::Prose,
    severity: Severity::Error,
    basis: ("预算完成率 = 决算数 ÷ 预算数。", "The rate of execution is the final amount over the budget."),
    explain: (
        "如“年初预算为 50 万元，支出决算为 48 万元，完成年初预算的 96%”。句子里写了年初、全年（调整）几个预算数的，与其中一个相符就算对；句子里没有预算数的，只用表中的预算数确认，不判不符；预算数为零的不核对。",
        "For instance budget 50, final amount 48, 96 % of the budget. Where the sentence has the initial and the adjusted budget, one that fits is enough; where it has none, the table's is only used to confirm; nothing is checked against a budget of nothing.",
    ),
    holds: "公务接待费支出年初预算为 5.00 万元，支出决算为 4.80 万元，完成年初预算的 96%。\n",
    breaks: "公务接待费支出年初预算为 5.00 万元，支出决算为 4.80 万元，完成年初预算的 69%。\n",
    spared: "公务接待费支出年初预算为 0 万元，全年预算为 5.00 万元，支出决算为 4.80 万元，完成年初预算的 96%。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    let mut found = Vec::new();
    for (at, rate) in every(scope).filter(|(_, s)| s.kind == StatementKind::Execution) {
        let Some((spent_at, spent)) = rate.of.and_then(|index| statement(scope, index)) else { continue };
        let ratio =
            |whole: Anchor| Ratio { percent: at, part: vec![Term::plus(spent_at)], whole: vec![Term::plus(whole)] };
        let label = Message::new(
            format!("文字“{}”与“{}”、预算数", call(rate), call(spent)),
            format!("“{}” in the prose, “{}” and the budget", call(rate), call(spent)),
        );
        let stated = budgets(scope, rate);
        if stated.is_empty() {
            let tie = printed_budgets(scope, spent).into_iter().map(ratio).find(|ratio| judge.ratio_ties(ratio));
            found.extend(tie.map(|ratio| Instance { label, claim: Claim::Ratio(ratio) }));
            continue;
        }
        let ratios: Vec<Ratio> = stated.into_iter().map(ratio).filter(|ratio| !judge.has_no_base(ratio)).collect();
        let claim = match fitting(judge, &ratios) {
            Some(best) => Claim::Ratio(best),
            None => Claim::NotApplicable(Message::new("预算数是 0", "the budget is nothing")),
        };
        found.push(Instance { label, claim });
    }
    found
}

/// The amounts that the sentence gives for the budget, before the final one.
fn budgets(scope: &Scope, rate: &Statement) -> Vec<Anchor> {
    let (Some(first), Some(spent)) = (rate.beside, rate.of) else { return Vec::new() };
    let stated = (first..spent).filter_map(|index| statement(scope, index));
    stated.filter(|(_, s)| s.kind == StatementKind::BudgetAmount).map(|(at, _)| at).collect()
}

/// The budget that the 三公 table prints beside the final amount.
fn printed_budgets(scope: &Scope, spent: &Statement) -> Vec<Anchor> {
    let Some(Concept::ThreePublic(measure)) = spent.concept else { return Vec::new() };
    let mut found = Vec::new();
    for t in scope.present(TableKind::ThreePublic) {
        let is_of = |c: &crate::disclosure::Column| {
            let whole = matches!(
                c.measure,
                Some(Measure::Total | Measure::Budget | Measure::InitialBudget | Measure::AdjustedBudget)
            );
            c.measure == Some(measure) || measure == Measure::ThreePublic && whole
        };
        let of_budget = |&column: &usize| {
            let Some(c) = t.table.columns.get(column) else { return false };
            let budget = matches!(c.measure, Some(Measure::InitialBudget | Measure::AdjustedBudget | Measure::Budget));
            (budget || c.header().contains("预算")) && !c.header().contains("决算")
        };
        let budget: Vec<usize> = t.table.amount_columns().filter(of_budget).collect();
        for (row, r) in t.rows() {
            let is_row = r.measure == Some(measure);
            let columns = budget.iter().copied().filter(|&c| is_row || is_of(&t.table.columns[c]));
            found.extend(columns.map(|column| t.cell(row, column)));
        }
    }
    found
}
