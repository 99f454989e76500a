//! N16: a count of the prose = Σ of the counts that the text lists of it.

use super::{call, every, statement};
use crate::disclosure::{Anchor, Message, Statement, StatementKind};
use crate::rules::{Claim, Equation, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// A count of the prose = Σ of the counts that the text lists of it.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N16",
    title: ("车辆、人员等数量与分项之和相符", "a count of the prose and the counts listed of it agree"),
    family: Family::Prose,
    severity: Severity::Warning,
    basis: (
        "分项之和不会大于总数；列了“其他”时恰好等于总数。",
        "Parts never exceed the whole; with the rest listed as 其他 they are the whole.",
    ),
    explain: (
        "例如车辆 3 辆，其中一般公务用车 1 辆、其他用车 2 辆。只核对计数单位相同的分项；没有列“其他”的，只看是否超过总数。",
        "Cars, of which … and others …. Only parts that are counted alike; without 其他 they must only not exceed the whole.",
    ),
    holds: "截至 2023 年 12 月 31 日，保有车辆共有 3 辆，其中，一般公务用车 1 辆、其他用车 2 辆。\n",
    breaks: "截至 2023 年 12 月 31 日，保有车辆共有 2 辆，其中，一般公务用车 1 辆、其他用车 2 辆。\n",
    spared: "截至 2023 年 12 月 31 日，保有车辆共有 3 辆，其中，一般公务用车 1 辆。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for (at, head) in every(scope).filter(|(_, s)| s.kind == StatementKind::Quantity && !s.parts.is_empty()) {
        let parts: Vec<(Anchor, &Statement)> =
            head.parts.iter().filter_map(|&part| statement(scope, part)).filter(|(_, p)| is_alike(head, p)).collect();
        let (Some((_, last)), true) = (parts.last(), parts.len() == head.parts.len()) else { continue };
        // 其他用车主要是机要用车 0 台，应急用车 1 台 lists kinds of one thing, which are all of it.
        let whole = last.measure.starts_with("其他") || head.measure.starts_with("其他");
        let relation = if whole && parts.len() > 1 { Relation::Equal } else { Relation::AtLeast };
        // People and places are counted in several ways at once: by rank, by title. What sums all the same is confirmed.
        let summed = Equation {
            left: vec![Term::plus(at)],
            relation: Relation::Equal,
            right: parts.iter().map(|(at, _)| Term::plus(*at)).collect(),
        };
        let claim = if is_thing(&head.counter) {
            Claim::Equation(Equation { relation, ..summed })
        } else if parts.len() > 1 && scope.judge().ties(&summed) {
            Claim::Fact { holds: true, at: std::iter::once(at).chain(parts.iter().map(|(at, _)| *at)).collect() }
        } else {
            continue;
        };
        found.push(Instance {
            label: Message::new(
                format!("文字“{}”与所列各项之和", call(head)),
                format!("“{}” in the prose and what is listed of it", call(head)),
            ),
            claim,
        });
    }
    found
}

/// Counted alike: 辆 and 台 are both cars.
fn is_alike(head: &Statement, part: &Statement) -> bool {
    let sort = |counter: &str| match counter {
        "台" => "辆".to_owned(),
        "名" => "人".to_owned(),
        counter => counter.to_owned(),
    };
    part.kind == StatementKind::Quantity && sort(&head.counter) == sort(&part.counter)
}

/// Whether what is counted is a thing, which stands in one list only.
fn is_thing(counter: &str) -> bool {
    ["辆", "台", "套", "台(套)", "件", "平方米"].contains(&counter)
}
