//! Y02: a change that is printed as 0 is one of nothing.

use super::pairs::{another_base, compares_otherwise, last_year, printed};
use crate::disclosure::{Anchor, Concept, Message, StatementKind};
use crate::rules::prose::{call, every, settled, statement};
use crate::rules::{Claim, Equation, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// A change that is printed as 0 is one of nothing.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "Y02",
    title: (
        "写明增减为 0 的，与上年公开数相同",
        "what is said to have changed by 0 is what last year's disclosure printed",
    ),
    family: Family::AcrossDocuments,
    severity: Severity::Error,
    basis: (
        "增减额为 0，本年数就是上年数；两年的数都已公开。",
        "A change of 0 means that both years are alike, and both are published.",
    ),
    explain: (
        "文字写“比上年增加（减少）0 万元”或“增加 0 万元”，而两年公开的数不同，多半是模板没有填写。上年表和文字里有一处与本年数相同就算相符；写明与执行数、调整后预算或按同口径比较的不核对。",
        "The text has a change of 0 while the published figures of the two years differ: the template was likely not filled in. One figure of last year's tables or text that is this year's is enough; where the text compares with what was carried out, with an adjusted budget or on a like basis, nothing is said.",
    ),
    holds: "# 甲市乙局2024年部门预算\n\n2024年政府采购预算 5.45 万元，比上年增加（减少）0 万元。\n\n# 甲市乙局2023年部门预算\n\n2023年政府采购预算 5.45 万元。\n",
    breaks: "# 甲市乙局2024年部门预算\n\n2024年政府采购预算 5.45 万元，比上年增加（减少）0 万元。\n\n# 甲市乙局2023年部门预算\n\n2023年政府采购预算 32.40 万元。\n",
    spared: "# 甲市乙局2024年部门预算\n\n2024年政府采购预算 5.45 万元，比上年增加 1 万元。\n\n# 甲市乙局2023年部门预算\n\n2023年政府采购预算 32.40 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let Some(earlier) = last_year(scope) else { return Vec::new() };
    let judge = scope.judge();
    let mut found = Vec::new();
    for (at, stated) in every(scope).filter(|(_, s)| s.doubt.is_none()) {
        // 增加（减少）0 万元, or 与上年持平.
        let now = if stated.kind.is_change() && stated.amount.value().is_zero() {
            stated.of.and_then(|index| statement(scope, index))
        } else {
            (stated.flat && stated.kind == StatementKind::Amount).then_some((at, stated))
        };
        let Some((now, amount)) = now else { continue };
        if matches!(amount.concept, None | Some(Concept::Economic(_) | Concept::Project(_))) {
            continue;
        }
        let equations: Vec<Equation> = printed(&earlier, amount)
            .into_iter()
            .map(|prior: Anchor| Equation {
                left: vec![Term::plus(now)],
                relation: Relation::Equal,
                right: vec![Term::plus(prior)],
            })
            .collect();
        let fitting = equations.iter().find(|e| judge.ties(e));
        let Some(best) = fitting.or(equations.first()) else { continue };
        let said = if now == at { "与上年持平".to_owned() } else { call(stated) };
        let label = Message::new(
            format!("“{}”“{said}”与上年公开的数", call(amount)),
            format!("“{}”, “{said}” and last year as it was published", call(amount)),
        );
        let prior = best.right.iter().map(|term| term.at);
        let mut places = vec![at];
        places.extend(std::iter::once(now).filter(|&now| now != at).chain(prior));
        found.push(if fitting.is_some() {
            Instance { label, claim: Claim::Fact { holds: true, at: places } }
        } else if compares_otherwise(scope, stated) {
            another_base(label)
        } else {
            settled(judge, label, best.clone(), places)
        });
    }
    found
}
