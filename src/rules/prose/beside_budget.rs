//! N31: what the words say of the accounts beside the budget (决算数小于预算数) is so.

use super::{call, equation, every, settled, statement};
use crate::disclosure::{Against, Anchor, Message, Statement, StatementKind};
use crate::rules::{Equation, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// What the words say of the accounts beside the budget (决算数小于预算数) is so.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N31",
    title: ("“决算数大于（小于）预算数”与两个数相符", "which of budget and accounts the text says is larger is larger"),
    family: Family::Prose,
    severity: Severity::Warning,
    basis: (
        "文字说决算数大于、小于或等于预算数，两个数就应当如此。",
        "Where the text says that the accounts are above, below or equal to the budget, their figures are.",
    ),
    explain: (
        "如“年初预算为 5 万元，支出决算为 4 万元，决算数小于预算数的主要原因是……”。句子里写了年初、全年几个预算数的，与其中一个相符就算对；说大于、小于而两个数相同的不判断，说“基本持平”“未超过”的也不判断。",
        "For instance budget 5, final amount 4, and 决算数小于预算数. Where the sentence has the initial and the adjusted budget, one that fits is enough. Nothing is said where both are alike and the text has above or below, nor of 基本持平 or 未超过.",
    ),
    holds: "公务接待费支出年初预算为 5.00 万元，支出决算为 4.80 万元，决算数小于预算数的主要原因是接待减少。\n",
    breaks: "公务接待费支出年初预算为 5.00 万元，支出决算为 4.80 万元，决算数大于预算数的主要原因是接待增加。\n",
    spared: "公务接待费支出年初预算为 4.00 万元，全年预算为 5.00 万元，支出决算为 4.80 万元，决算数大于预算数的主要原因是接待增加。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    let mut found = Vec::new();
    for (at, accounts) in every(scope) {
        let (Anchor::Statement { statement: own, .. }, Some((said, first))) = (at, accounts.against_budget) else {
            continue;
        };
        let budgets: Vec<(Anchor, &Statement)> = (first..own)
            .filter_map(|index| statement(scope, index))
            .filter(|(_, s)| s.kind == StatementKind::BudgetAmount && s.doubt.is_none() && s.unit.is_some())
            .collect();
        let relation = match said {
            Against::Above => Relation::AtLeast,
            Against::Below => Relation::AtMost,
            Against::Equal => Relation::Equal,
        };
        let held: Vec<Equation> =
            budgets.iter().map(|(budget, _)| equation(at, relation, vec![Term::plus(*budget)])).collect();
        let fitting = held.iter().position(|equation| judge.ties(equation)).unwrap_or_default();
        let (Some(&(budget_at, budget)), Some(best)) = (budgets.get(fitting), held.get(fitting)) else { continue };
        if accounts.doubt.is_some() || accounts.unit.is_none() {
            continue;
        }
        let (zh, en) = match said {
            Against::Above => ("大于", "above"),
            Against::Below => ("小于", "below"),
            Against::Equal => ("等于", "equal to"),
        };
        let label = Message::new(
            format!("文字说决算数{zh}预算数：“{}”与“{}”", call(accounts), call(budget)),
            format!("the text has the accounts {en} the budget: “{}” and “{}”", call(accounts), call(budget)),
        );
        found.push(settled(judge, label, best.clone(), vec![at, budget_at]));
    }
    found
}
