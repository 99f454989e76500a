//! N29: a change that the prose splits = Σ of the changes that it names.

use std::collections::BTreeSet;

use super::{call, every, statement};
use crate::disclosure::{Anchor, Concept, Measure, Message, Statement, StatementKind};
use crate::rules::{Claim, Equation, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// A change that the prose splits = Σ of the changes that it names.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N29",
    title: ("增减额等于所列各部分增减额之和", "a change is the sum of the changes of its parts"),
    family: Family::Prose,
    severity: Severity::Warning,
    basis: (
        "总额等于各部分之和，总额的增减额就等于各部分增减额之和（减少的相减）。",
        "A total is the sum of its parts, and so is its change; what decreases is taken away.",
    ),
    explain: (
        "如“支出比上年增加 5 万元，其中基本支出增加 7 万元，项目支出减少 2 万元”。支出写了基本与项目、基本支出写了人员与公用时核对；其他的列举只在正好相等时算相符，写了“主要”“等”的不核对。",
        "For instance 支出增加 5, of which 基本支出增加 7 and 项目支出减少 2. Checked where expenditure is split in basic and project, or basic expenditure in personnel and public; other lists are only confirmed where they fit, and those with 主要 or 等 are not checked.",
    ),
    holds: "预算支出比上年增加 5.00 万元，其中基本支出增加 7.00 万元，项目支出减少 2.00 万元。\n",
    breaks: "预算支出比上年增加 5.00 万元，其中基本支出增加 7.00 万元，项目支出减少 3.00 万元。\n",
    spared: "预算支出比上年增加 5.00 万元，其中主要是基本支出增加 7.00 万元，项目支出减少 3.00 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for (at, head) in every(scope).filter(|(_, s)| is_decided(s) && !s.parts.is_empty()) {
        let parts: Vec<(Anchor, &Statement)> =
            head.parts.iter().filter_map(|&part| statement(scope, part)).filter(|(_, s)| is_decided(s)).collect();
        if parts.len() != head.parts.len() || parts.len() < 2 {
            continue;
        }
        let term = |&(at, part): &(Anchor, &Statement)| Term { at, plus: part.kind == head.kind };
        let equation =
            Equation { left: vec![Term::plus(at)], relation: Relation::Equal, right: parts.iter().map(term).collect() };
        let claim = if is_whole(head, &parts) {
            Claim::Equation(equation)
        } else if scope.judge().ties(&equation) {
            Claim::Fact { holds: true, at: std::iter::once(at).chain(parts.iter().map(|(at, _)| *at)).collect() }
        } else {
            continue;
        };
        found.push(Instance {
            label: Message::new(
                format!("文字“{}”与所列各部分的增减额", call(head)),
                format!("“{}” in the prose and the changes of its parts", call(head)),
            ),
            claim,
        });
    }
    found
}

/// A change of this year whose direction is said.
fn is_decided(statement: &Statement) -> bool {
    matches!(statement.kind, StatementKind::Increase | StatementKind::Decrease)
        && statement.doubt.is_none()
        && !statement.prior_change
}

/// Whether the parts are all that the head can be split in.
fn is_whole(head: &Statement, parts: &[(Anchor, &Statement)]) -> bool {
    use Concept as C;
    use Measure as M;
    let concepts: BTreeSet<&Concept> = parts.iter().filter_map(|(_, part)| part.concept.as_ref()).collect();
    if concepts.len() != parts.len() {
        return false;
    }
    let has = |measure| concepts.contains(&C::Expenditure(measure)) || concepts.contains(&C::GeneralPublic(measure));
    match &head.concept {
        Some(C::TotalExpenditure | C::FundExpenditure(M::GeneralPublic)) => has(M::Basic) && has(M::Project),
        Some(C::Expenditure(M::Basic) | C::GeneralPublic(M::Basic)) => has(M::Personnel) && has(M::Public),
        _ => false,
    }
}
