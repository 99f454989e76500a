//! Y07: a change of last year that this year's prose repeats = the one that last year's disclosure stated.

use super::pairs::last_year;
use crate::disclosure::Message;
use crate::rules::prose::{call, every, settled};
use crate::rules::{Equation, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// A change of last year that this year's prose repeats = the one that last year's disclosure stated.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "Y07",
    title: ("重述的上年增减与上年公开的相同", "a change of last year that is repeated is the one that was published"),
    family: Family::AcrossDocuments,
    severity: Severity::Info,
    basis: ("上年的增减额已在上年公开的文件里写明。", "Last year's disclosure stated its own change."),
    explain: (
        "同时打开同一单位相邻两年的同类公开文件、今年的说明里又提到上年某一项增减多少时核对。可能说的是其中一部分，只作提示。",
        "Where disclosures of one unit for two years are opened together and this year's text tells by how much something changed last year. It may speak of a part: a hint.",
    ),
    holds: "# 甲市乙局2024年部门预算\n\n2024年公务接待费 3.00 万元，比上年增加 1.00 万元，原因是2023年度压减公务接待费 2.00 万元。\n\n# 甲市乙局2023年部门预算\n\n2023年公务接待费 2.00 万元，比上年减少 2.00 万元。\n",
    breaks: "# 甲市乙局2024年部门预算\n\n2024年公务接待费 3.00 万元，比上年增加 1.00 万元，原因是2023年度压减公务接待费 1.00 万元。\n\n# 甲市乙局2023年部门预算\n\n2023年公务接待费 2.00 万元，比上年减少 2.00 万元。\n",
    spared: "# 甲市乙局2024年部门预算\n\n2024年公务接待费 3.00 万元，比上年增加 1.00 万元，原因是2023年度压减公务接待费 1.00 万元。\n\n# 甲市乙局2022年部门预算\n\n2022年公务接待费 2.00 万元，比上年减少 2.00 万元。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let Some(earlier) = last_year(scope) else { return Vec::new() };
    let judge = scope.judge();
    let mut found = Vec::new();
    for (at, said) in every(scope).filter(|(_, s)| s.prior_change && s.concept.is_some()) {
        let equations: Vec<Equation> = every(&earlier)
            .filter(|(_, s)| s.kind == said.kind && !s.prior_change && s.concept == said.concept && s.doubt.is_none())
            .map(|(other, _)| Equation {
                left: vec![Term::plus(at)],
                relation: Relation::Equal,
                right: vec![Term::plus(other)],
            })
            .collect();
        let Some(best) = equations.iter().find(|e| judge.ties(e)).or(equations.first()) else { continue };
        let label = Message::new(
            format!("“{}”（上年）与上年公开的增减", call(said)),
            format!("“{}” (last year) and the change that was published", call(said)),
        );
        let places = best.left.iter().chain(&best.right).map(|term| term.at).collect();
        found.push(settled(judge, label, best.clone(), places));
    }
    found
}
