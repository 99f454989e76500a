//! Y01: last year's amount as this year's prose implies it = what last year's disclosure printed.

use super::pairs::{another_base, compares_otherwise, last_year, printed};
use crate::disclosure::{Anchor, Concept, Message, StatementKind};
use crate::rules::prose::{call, every, settled, statement};
use crate::rules::{Equation, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// Last year's amount as this year's prose implies it = what last year's disclosure printed.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "Y01",
    title: ("隐含的上年数与上年公开数相同", "last year as the prose implies it is what last year's disclosure printed"),
    family: Family::AcrossDocuments,
    severity: Severity::Warning,
    basis: (
        "本年数减增加额、加减少额就是上年数；上年预算已经公开。",
        "This year less the increase, or plus the decrease, is last year, and last year's budget was published.",
    ),
    explain: (
        "同时打开同一单位相邻两年的同类公开文件时核对。上年的表和文字里有一处对得上就算相符。机构改革会造成不同，所以只作提醒；文字写明按执行数、调整后预算或同口径比较的不核对。",
        "Where disclosures of one unit for two years are opened together. One figure of last year's tables or text that fits is enough. A reorganisation makes a difference too, so this is a caution; where the text compares with the adjusted budget, its execution or on a like basis, nothing is said.",
    ),
    holds: "# 甲市乙局2024年部门预算\n\n2024年“三公”经费预算 5.45 万元，比上年增加 0.05 万元。\n\n# 甲市乙局2023年部门预算\n\n2023年“三公”经费预算 5.40 万元。\n",
    breaks: "# 甲市乙局2024年部门预算\n\n2024年“三公”经费预算 5.45 万元，比上年增加 0.05 万元。\n\n# 甲市乙局2023年部门预算\n\n2023年“三公”经费预算 6.40 万元。\n",
    spared: "# 甲市乙局2024年部门预算\n\n2024年“三公”经费预算 5.45 万元，比上年增加 0.05 万元。\n\n# 甲市丙局2023年部门预算\n\n2023年“三公”经费预算 6.40 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let Some(earlier) = last_year(scope) else { return Vec::new() };
    let judge = scope.judge();
    let mut found = Vec::new();
    for (at, change) in every(scope).filter(|(_, s)| s.kind.is_change() && s.doubt.is_none()) {
        // A change left undecided is another rule's.
        if change.kind == StatementKind::UndecidedChange && change.amount.value().is_zero() {
            continue;
        }
        let Some((now, amount)) = change.of.and_then(|index| statement(scope, index)) else { continue };
        if matches!(amount.concept, None | Some(Concept::Economic(_) | Concept::Project(_))) {
            continue;
        }
        let priors: Vec<Anchor> = printed(&earlier, amount);
        // The change is what is stated: now − last year, or the other way round.
        let less = |a, b| vec![Term::plus(a), Term::minus(b)];
        let equations: Vec<Equation> = priors
            .iter()
            .flat_map(|&prior| match change.kind {
                StatementKind::Increase => vec![less(now, prior)],
                StatementKind::Decrease => vec![less(prior, now)],
                _ => vec![less(prior, now), less(now, prior)],
            })
            .map(|right| Equation { left: vec![Term::plus(at)], relation: Relation::Equal, right })
            .collect();
        let Some(best) = equations.iter().find(|e| judge.ties(e)).or(equations.first()) else { continue };
        let label = Message::new(
            format!("“{}”“{}”隐含的上年数与上年公开的数", call(amount), call(change)),
            format!("last year as “{}” and “{}” imply it, and as it was published", call(amount), call(change)),
        );
        if !judge.ties(best) && compares_otherwise(scope, change) {
            found.push(another_base(label));
            continue;
        }
        found.push(settled(
            judge,
            label,
            best.clone(),
            best.right.iter().map(|term| term.at).fold(vec![at], |mut all, term| {
                all.push(term);
                all
            }),
        ));
    }
    found
}
