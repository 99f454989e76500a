//! N11: a percent of change = the change ÷ last year's amount.

use super::{call, fitting, head_of, implied_priors, statement};
use crate::disclosure::{Anchor, Message, Statement, StatementKind};
use crate::rules::{Claim, Family, Instance, Ratio, Rule, Scope, Severity, Term};

/// A percent of change = the change ÷ last year's amount.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N11",
    title: ("增减的百分比与增减额、上年数相符", "a percent of change is the change over last year's amount"),
    family: Family::Prose,
    severity: Severity::Error,
    basis: (
        "增减率 = 增减额 ÷ 上年数；上年数 = 本年数 − 增加额（或 + 减少额）。",
        "The rate of change is the change over last year's amount, which is this year's less the increase or plus the decrease.",
    ),
    explain: (
        "同一句里写了本年数、增减额和百分比，三者只有两个是自由的：百分比的分母是上年数，不是本年数。四舍五入和舍去尾数都可以；句子里的增减额既可以说的是总额也可以说的是其中一项时，有一种对得上就算相符；上年数为零时不核对。",
        "Of the amount, its change and the percent in one sentence only two are free: the percent is of last year's amount, not of this year's. Rounded or cut off are both fine; where the change may be of the whole or of one part, it is enough that one of them fits; nothing is checked where last year had none.",
    ),
    holds: "2024年“三公”经费预算 5.45 万元，比上年增加 0.05 万元，增长 0.93%。\n",
    breaks: "公务用车运行维护费 4.00 万元，比上年增加 1.00 万元，增长 25%。\n",
    spared: "2024年“三公”经费预算 4 万元，比上年增加 4 万元，增长 100%。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    let mut found = Vec::new();
    for (at, rate) in super::every(scope).filter(|(_, s)| s.kind.is_rate()) {
        let ratios = ratios(scope, at, rate);
        let Some(best) = fitting(judge, &ratios) else { continue };
        if ratios.iter().any(|ratio| judge.has_no_base(ratio)) {
            found.push(Instance {
                label: label(rate, ""),
                claim: Claim::NotApplicable(Message::new("上年数是 0", "last year had none")),
            });
            continue;
        }
        let hint = if judge.ratio_ties(&best) { "" } else { mistaken_base(scope, at, rate) };
        found.push(Instance { label: label(rate, hint), claim: Claim::Ratio(best) });
    }
    found
}

/// What the percent can be the quotient of: change and implied last year, or change and printed last year, of the
/// amount spoken of, or of the total whose part that is.
fn ratios(scope: &Scope, percent: Anchor, rate: &Statement) -> Vec<Ratio> {
    let Some((beside_at, beside)) = rate.beside.and_then(|index| statement(scope, index)) else {
        return Vec::new();
    };
    let mut amounts: Vec<Anchor> = Vec::new();
    if let Some((now, _)) = rate.of.and_then(|index| statement(scope, index)) {
        amounts.push(now);
        amounts.extend(head_of(scope, now).map(|(at, _)| at));
    }
    let mut ratios = Vec::new();
    if beside.kind == StatementKind::PriorAmount {
        let part = |now: Anchor| match rate.kind {
            StatementKind::DecreaseRate => vec![Term::plus(beside_at), Term::minus(now)],
            _ => vec![Term::plus(now), Term::minus(beside_at)],
        };
        ratios.extend(amounts.iter().map(|&now| Ratio {
            percent,
            part: part(now),
            whole: vec![Term::plus(beside_at)],
        }));
        return ratios;
    }
    let part = vec![Term::plus(beside_at)];
    if let Some((prior, _)) = beside.beside.and_then(|index| statement(scope, index)) {
        ratios.push(Ratio { percent, part: part.clone(), whole: vec![Term::plus(prior)] });
    }
    for now in amounts {
        for whole in implied_priors(now, beside_at, beside.kind) {
            ratios.push(Ratio { percent, part: part.clone(), whole });
        }
    }
    ratios
}

/// The mistake that is made most: this year's amount as the base.
fn mistaken_base(scope: &Scope, percent: Anchor, rate: &Statement) -> &'static str {
    let (Some((change, _)), Some((now, _))) =
        (rate.beside.and_then(|index| statement(scope, index)), rate.of.and_then(|index| statement(scope, index)))
    else {
        return "";
    };
    let ratio = Ratio { percent, part: vec![Term::plus(change)], whole: vec![Term::plus(now)] };
    if scope.judge().ratio_ties(&ratio) { "（像是以本年数为基数）" } else { "" }
}

fn label(rate: &Statement, hint: &str) -> Message {
    let en = if hint.is_empty() { "" } else { " (it seems to be of this year's amount)" };
    Message::new(
        format!("文字“{}”与增减额、上年数{hint}", call(rate)),
        format!("“{}” in the prose, its change and last year's amount{en}", call(rate)),
    )
}
