//! N27: Σ of the sources (or uses) that the prose states ≤ the total that it states.

use super::{all_of, call, cells, equation, every, head_of, statement};
use crate::disclosure::{Anchor, Concept, Measure, Message, Statement, TableKind};
use crate::rules::{Claim, Equation, Family, Instance, Relation, Rule, Scope, Severity, Term};

/// Σ of the sources (or uses) that the prose states ≤ the total that it states.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N27",
    title: (
        "文字分列的各项收入、支出不超过总额",
        "the sources and uses that the prose states do not exceed their total",
    ),
    family: Family::Prose,
    severity: Severity::Warning,
    basis: (
        "收入各来源互不重叠，支出各类也是；加起来不会超过总额。",
        "The sources of revenue do not overlap, nor do the kinds of expenditure: together they cannot exceed the total.",
    ),
    explain: (
        "读不到收支总表时，把分散在各段的各项收入（支出）与总额核对；正好相等的，各项都算对上。用“其中”列全的另有规则。金额说了几种的、属于别的明细的，不算。",
        "Where the summary table could not be read, the sources (uses) in several paragraphs are compared with the total; where they make up the total, each is confirmed. Complete lists are another rule's. What is stated in several ways, or below another amount, is left out.",
    ),
    holds: "2024年收入预算总额 9.00 万元。\n\n一般公共预算财政拨款收入 6.00 万元。\n\n其他收入 3.00 万元。\n",
    breaks: "2024年收入预算总额 9.00 万元。\n\n一般公共预算财政拨款收入 6.00 万元。\n\n其他收入 4.00 万元。\n",
    spared: "2024年收入预算总额 9.00 万元。\n\n一般公共预算财政拨款收入 6.00 万元。\n\n其他收入 2.00 万元。\n",
    check,
};

const SOURCES: [Measure; 11] = [
    Measure::GeneralPublic,
    Measure::GovernmentFund,
    Measure::StateCapital,
    Measure::SpecialAccount,
    Measure::BusinessIncome,
    Measure::OperatingIncome,
    Measure::SuperiorSubsidy,
    Measure::SubordinateIncome,
    Measure::OtherIncome,
    Measure::CarriedIn,
    Measure::FundsUsed,
];

const USES: [Measure; 7] = [
    Measure::Basic,
    Measure::Project,
    Measure::ProjectReserve,
    Measure::OperatingExpenditure,
    Measure::ToSuperior,
    Measure::ToSubordinate,
    Measure::CarriedOut,
];

/// A statement and its address.
type Stated<'a> = (Anchor, &'a Statement);

fn check(scope: &Scope) -> Vec<Instance> {
    let tables = [TableKind::RevenueExpenditureSummary, TableKind::RevenueSummary, TableKind::ExpenditureSummary];
    if tables.into_iter().any(|kind| !scope.present(kind).is_empty()) {
        return Vec::new();
    }
    let sources: Vec<Concept> = SOURCES.into_iter().map(Concept::Revenue).collect();
    let uses: Vec<Concept> = USES.into_iter().map(Concept::Expenditure).collect();
    let mut found = Vec::new();
    found.extend(side(scope, &Concept::TotalRevenue, &sources));
    found.extend(side(scope, &Concept::TotalExpenditure, &uses));
    for fund in [Measure::GovernmentFund, Measure::StateCapital] {
        found.extend(fund_is_spent(scope, fund));
    }
    found
}

/// One side of the budget.
fn side(scope: &Scope, total: &Concept, kinds: &[Concept]) -> Vec<Instance> {
    let Some(whole) = only(scope, total).or_else(|| only(scope, &Concept::TotalBudget)) else { return Vec::new() };
    let parts: Vec<Stated> = kinds.iter().filter_map(|kind| only(scope, kind)).collect();
    let judge = scope.judge();
    let sum = |relation| Equation {
        left: vec![Term::plus(whole.0)],
        relation,
        right: parts.iter().map(|(at, _)| Term::plus(*at)).collect(),
    };
    let label = Message::new(
        format!("文字“{}”与分列的各项之和", call(whole.1)),
        format!("“{}” in the prose and the kinds that it is split in", call(whole.1)),
    );
    let mut found = Vec::new();
    if parts.len() < 2 {
        return found;
    }
    if judge.ties(&sum(Relation::Equal)) {
        found.push(Instance { label, claim: Claim::Equation(sum(Relation::Equal)) });
        found.extend(parts.iter().filter_map(|part| same_change(scope, whole, *part)));
    } else if whole.1.parts.is_empty() && !judge.ties(&sum(Relation::AtLeast)) {
        found.push(Instance { label, claim: Claim::Equation(sum(Relation::AtLeast)) });
    }
    found
}

/// The amount of a concept, where the prose states one value for it, not below another amount.
fn only<'a>(scope: &Scope<'a>, concept: &Concept) -> Option<Stated<'a>> {
    let of_all = |concept: &Option<Concept>| {
        matches!(concept, Some(Concept::TotalRevenue | Concept::TotalExpenditure | Concept::TotalBudget))
    };
    let mut all = all_of(scope, concept)
        .into_iter()
        .filter(|(at, s)| s.unit.is_some() && head_of(scope, *at).is_none_or(|(_, head)| of_all(&head.concept)));
    let first = all.next()?;
    all.all(|(_, other)| other.amount.value() == first.1.amount.value() && other.unit == first.1.unit).then_some(first)
}

/// Where one source is the whole total, both changed by the same, if nothing else was there last year either: said
/// only where it is so.
fn same_change(scope: &Scope, whole: Stated, part: Stated) -> Option<Instance> {
    let judge = scope.judge();
    if !judge.ties(&equation(whole.0, Relation::Equal, vec![Term::plus(part.0)])) {
        return None;
    }
    let change = |of: Anchor| {
        every(scope).find(|(_, s)| {
            s.kind.is_change() && s.of.and_then(|index| statement(scope, index)).is_some_and(|(at, _)| at == of)
        })
    };
    let ((all_at, all), (part_at, by)) = (change(whole.0)?, change(part.0)?);
    let same = equation(part_at, Relation::Equal, vec![Term::plus(all_at)]);
    (all.kind == by.kind && judge.ties(&same)).then(|| Instance {
        label: Message::new(
            format!("文字“{}”与“{}”", call(by), call(all)),
            format!("“{}” and “{}” in the prose", call(by), call(all)),
        ),
        claim: Claim::Equation(same),
    })
}

/// What a fund brings in is what is spent of it, unless some is carried over: said only where it is so.
fn fund_is_spent(scope: &Scope, fund: Measure) -> Option<Instance> {
    let (spent, out) =
        cells::stated(scope).find(|(_, s)| s.doubt.is_none() && s.concept == Some(Concept::FundExpenditure(fund)))?;
    let (_, revenue) = only(scope, &Concept::Revenue(fund)).map(|(at, s)| (s, at))?;
    let same = equation(spent, Relation::Equal, vec![Term::plus(revenue)]);
    scope.judge().ties(&same).then(|| Instance {
        label: Message::new(
            format!("文字“{}”与该项收入", call(out)),
            format!("“{}” in the prose and its revenue", call(out)),
        ),
        claim: Claim::Equation(same),
    })
}
