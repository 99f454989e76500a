//! N06: the same amount, said twice, is the same.

use std::collections::BTreeMap;

use super::{Tie, call, cells, equation, every, head_of, tie};
use crate::disclosure::{Anchor, Concept, Message, Statement, StatementKind};
use crate::rules::{Claim, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// The same amount, said twice, is the same.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N06",
    title: ("同一事项前后金额相同", "the same thing has the same amount wherever the prose states it"),
    family: Family::Prose,
    severity: Severity::Warning,
    basis: (
        "同一份公开文件里，同一年度、同一事项只有一个数。",
        "One disclosure has one figure for one thing in one year.",
    ),
    explain: (
        "文字在不同地方说到同一事项时，金额应相同。表里有这一项的由 N01 对照表核对，这里只比较没有表可对的。口径可能不同，所以只作提示。",
        "Where the prose states the same thing in two places the amounts are the same. Amounts with a cell are held against it by N01; this compares the others. They may be of different scope, so it is a hint.",
    ),
    holds: "政府性基金拨款收入 3 万元。\n\n2024年政府性基金拨款收入 3 万元。\n",
    breaks: "政府性基金拨款收入 3 万元。\n\n2024年政府性基金拨款收入 5 万元。\n",
    spared: "# 甲局2024年部门预算\n\n政府性基金拨款收入 3 万元。\n\n2023年政府性基金拨款收入 5 万元。\n",
    check,
};

/// Digits of the code of a class (类).
const CLASS: usize = 3;

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    let mut first: BTreeMap<&Concept, (Anchor, &Statement)> = BTreeMap::new();
    let mut found = Vec::new();
    for (at, statement) in cells::stated(scope).filter(|(_, s)| s.doubt.is_none()) {
        let Some(concept) = &statement.concept else { continue };
        // Items of different lists, classes of several funds and their sources are of different scope by themselves.
        if matches!(
            concept,
            Concept::Economic(_)
                | Concept::ProcurementPart(_)
                | Concept::Revenue(crate::disclosure::Measure::CarriedIn)
        ) {
            continue;
        }
        if matches!(concept, Concept::Function(code) if code.len() == CLASS)
            || tie(scope, judge, at, statement) != Tie::Nowhere
        {
            continue;
        }
        // 机构运行 100 元，其中：基本支出 100 元: a part is of the scope of its head, not of the whole budget.
        if matches!(concept, Concept::Expenditure(_) | Concept::GeneralPublic(_)) && head_of(scope, at).is_some() {
            continue;
        }
        match first.get(concept) {
            None => {
                first.insert(concept, (at, statement));
            }
            Some(&(earlier, said)) => {
                let same = equation(at, Relation::Equal, vec![Term::plus(earlier)]);
                // 收入总计 has what was carried in, 本年收入合计 has not: that they are alike confirms both, no more.
                if is_of_year_alone(statement) != is_of_year_alone(said) && !judge.ties(&same) {
                    continue;
                }
                found.push(Instance {
                    label: Message::new(
                        format!("“{}”与前文“{}”", call(statement), call(said)),
                        format!("“{}” and “{}” before it", call(statement), call(said)),
                    ),
                    claim: Claim::Equation(same),
                });
            }
        }
    }
    found.extend(repeated_changes(scope));
    found
}

/// Whether a total is said to be of this year's money alone: 本年收入合计.
fn is_of_year_alone(statement: &Statement) -> bool {
    let total = matches!(
        statement.concept,
        Some(Concept::TotalRevenue | Concept::TotalExpenditure | Concept::TotalBudget | Concept::FiscalTotal)
    );
    total && ["本年", "当年", "合计"].iter().any(|word| statement.measure.contains(word))
}

/// A change that stands alone and was stated before of the same thing, by the same: one that differs may be of another
/// budget.
fn repeated_changes(scope: &Scope) -> Vec<Instance> {
    let mut first: BTreeMap<&Concept, Vec<(Anchor, &Statement)>> = BTreeMap::new();
    let mut found = Vec::new();
    let changes = every(scope).filter(|(_, s)| s.kind.is_change() && s.doubt.is_none() && !s.prior_change);
    for (at, change) in changes.filter(|(_, s)| s.kind != StatementKind::UndecidedChange) {
        let Some(concept) = change.concept.as_ref() else { continue };
        let earlier = first.entry(concept).or_default();
        let alike = |(_, other): &&(Anchor, &Statement)| {
            other.kind == change.kind && other.amount.value() == change.amount.value() && other.unit == change.unit
        };
        if let Some(&(said_at, said)) = earlier.iter().find(alike) {
            found.push(Instance {
                label: Message::new(
                    format!("“{}”与前文“{}”", call(change), call(said)),
                    format!("“{}” and “{}” before it", call(change), call(said)),
                ),
                claim: Claim::Fact { holds: true, at: vec![at, said_at] },
            });
        }
        earlier.push((at, change));
    }
    found
}
