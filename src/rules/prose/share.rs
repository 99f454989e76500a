//! N13: a share in percent = the part ÷ the whole that the text names.

use std::collections::BTreeMap;

use super::cells::unlike;
use super::{all_of, call, fitting, head_of, statement};
use crate::disclosure::{Anchor, Concept, Measure, Message, Statement, StatementKind};
use crate::rules::{Claim, Family, Instance, Ratio, Rule, Scope, Severity, Term};

/// A share in percent = the part ÷ the whole that the text names.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N13",
    title: ("文字中的占比与所印金额相符", "a share of the prose is the quotient of its amounts"),
    family: Family::Prose,
    severity: Severity::Error,
    basis: ("占比 = 该项金额 ÷ 总额。", "A share is the part over the whole."),
    explain: (
        "“占预算总额的”以本年收支总额为分母；“占收入预算的”“占支出预算的”以该总额为分母；只写“占”的，以所列举的那个总额为分母。有几种读法时，有一种对得上就算相符；没有读到总额的不核对。",
        "占预算总额 is of the whole budget, 占收入预算 of its revenue; a bare 占 is of the amount whose parts are listed. Where it can be read in several ways, one that fits is enough; where the whole was not found nothing is checked.",
    ),
    holds: "2024年收入预算总额 200 万元。\n\n2024年机关运行经费预算 45 万元，占预算总额的 22.5%。\n",
    breaks: "2024年收入预算总额 200 万元。\n\n2024年机关运行经费预算 45 万元，占预算总额的 13.19%。\n",
    spared: "2024年机关运行经费预算 45 万元，占上级补助的 13.19%。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    let mut found: Vec<Instance> = Vec::new();
    // Named wholes: how often a share of one does not tie, and whether any does.
    let mut by_whole: BTreeMap<&Concept, (Vec<usize>, bool)> = BTreeMap::new();
    // Of figures that print the same the first: whether a share of them ties is the same for all.
    let printed = |&at: &Anchor| judge.figure(at).ok();
    let carried: Vec<Anchor> =
        all_of(scope, &Concept::Revenue(Measure::CarriedIn)).into_iter().map(|(at, _)| at).collect();
    let carried = unlike(&carried, printed);
    // Totals without a name that shares of a named one were found to be of.
    let mut spoken_of: Vec<Anchor> = Vec::new();
    for (percent, share) in super::every(scope).filter(|(_, s)| s.kind == StatementKind::Share) {
        let Some((part, of)) = share.of.and_then(|index| statement(scope, index)) else { continue };
        let label = label(share, of);
        if let Some(doubt) = &share.doubt {
            let claim = Claim::NotCheckable { why: doubt.clone(), at: vec![percent] };
            found.push(Instance { label, claim });
            continue;
        }
        let mut wholes = wholes(scope, part, share);
        let found_wholes = wholes.len();
        if share.whole.is_none() && wholes.is_empty() {
            wholes = totals(scope, part);
        }
        let ratios: Vec<Ratio> = unlike(&wholes, printed)
            .into_iter()
            .flat_map(|whole| {
                // 占收入预算总额的: some take the year's own revenue for it, without what was carried in.
                let own = carried.iter().map(move |&at| vec![Term::plus(whole), Term::minus(at)]);
                std::iter::once(vec![Term::plus(whole)]).chain(own)
            })
            .map(|whole| Ratio { percent, part: vec![Term::plus(part)], whole })
            .collect();
        let Some(best) = fitting(judge, &ratios) else { continue };
        if judge.has_no_base(&best) {
            found.push(Instance {
                label,
                claim: Claim::NotApplicable(Message::new("总额是 0", "the whole is nothing")),
            });
            continue;
        }
        // 财政拨款支出 237 万元，其中基本支出 199 万元，占总支出的 84%: the total that was just spoken of.
        if let Some(Concept::TotalBudget | Concept::TotalExpenditure | Concept::TotalRevenue) = &share.whole
            && !judge.ratio_ties(&best)
        {
            let ratio = |whole| Ratio { percent, part: vec![Term::plus(part)], whole: vec![Term::plus(whole)] };
            let near = just_before(scope, part).into_iter().chain(spoken_of.iter().copied());
            let fits = near.map(|whole| (whole, ratio(whole))).find(|(_, ratio)| judge.ratio_ties(ratio));
            if let Some((whole, ratio)) = fits {
                if !spoken_of.iter().any(|said| printed(said) == printed(&whole)) {
                    spoken_of.push(whole);
                }
                found.push(Instance { label, claim: Claim::Ratio(ratio) });
                continue;
            }
        }
        // What is unknown itself may be of another year or budget than the whole.
        if of.concept.is_none() && !judge.ratio_ties(&best) {
            continue;
        }
        // A bare 占 can be of something that stands further away.
        if share.whole.is_none() && !judge.ratio_ties(&best) && found_wholes != 1 {
            continue;
        }
        if let Some(whole) = &share.whole {
            let (unlike, tied) = by_whole.entry(whole).or_default();
            if judge.ratio_ties(&best) {
                *tied = true;
            } else {
                unlike.push(found.len());
            }
        }
        found.push(Instance { label, claim: Claim::Ratio(best) });
    }
    // Several shares of one total and none that ties: the text means another total than the one that was read.
    for (unlike, _) in by_whole.into_values().filter(|(unlike, tied)| unlike.len() > 1 && !tied) {
        for at in unlike {
            let Some(instance) = found.get_mut(at) else { continue };
            let Claim::Ratio(ratio) = &instance.claim else { continue };
            let why = Message::new(
                "同一个总额的几个占比都对不上，文中所指的总额可能不是读到的这一个",
                "no share of this total ties: the text may mean another total than the one that was read",
            );
            instance.claim = Claim::NotCheckable { why, at: vec![ratio.percent] };
        }
    }
    found
}

/// The percents that the rule refutes.
pub(super) fn refuted(scope: &Scope) -> Vec<Anchor> {
    let judge = scope.judge();
    let asked = check(scope).into_iter().filter_map(|instance| match instance.claim {
        Claim::Ratio(ratio) if !judge.ratio_ties(&ratio) => Some(ratio.percent),
        _ => None,
    });
    asked.collect()
}

/// The totals that a bare 占 in a paragraph of its own can be of.
fn totals(scope: &Scope, part: Anchor) -> Vec<Anchor> {
    let totals = [
        Concept::FundExpenditure(Measure::GeneralPublic),
        Concept::TotalExpenditure,
        Concept::TotalRevenue,
        Concept::TotalBudget,
        Concept::FiscalTotal,
    ];
    totals.iter().flat_map(|concept| all_of(scope, concept)).map(|(at, _)| at).filter(|&at| at != part).collect()
}

/// What the share can be of.
fn wholes(scope: &Scope, part: Anchor, share: &Statement) -> Vec<Anchor> {
    let stated = |concept: Concept| all_of(scope, &concept).into_iter().map(|(at, _)| at);
    match &share.whole {
        // 总收入 can be the revenue of the year or all of it.
        Some(Concept::TotalBudget | Concept::TotalExpenditure | Concept::TotalRevenue) => {
            let named = [Concept::TotalBudget, Concept::TotalExpenditure, Concept::TotalRevenue];
            named.into_iter().flat_map(stated).filter(|&at| at != part).collect()
        }
        Some(concept) => {
            let mut wholes: Vec<Anchor> = stated(concept.clone()).filter(|&at| at != part).collect();
            if let Concept::Expenditure(measure) = concept {
                wholes.extend(stated(Concept::GeneralPublic(*measure)));
            }
            wholes
        }
        None => head_of(scope, part).map(|(at, _)| at).into_iter().collect(),
    }
}

/// The amounts that stand right before another.
fn just_before(scope: &Scope, part: Anchor) -> Vec<Anchor> {
    /// A total and its parts stand in one sentence.
    const NEAR: u32 = 4;
    let Anchor::Statement { statement: at, .. } = part else { return Vec::new() };
    let near = (at.saturating_sub(NEAR)..at).rev().filter_map(|index| statement(scope, index));
    near.filter(|(_, s)| s.kind == StatementKind::Amount).map(|(at, _)| at).collect()
}

fn label(share: &Statement, of: &Statement) -> Message {
    Message::new(
        format!("文字“{}”（{}）", call(share), call(of)),
        format!("“{}” in the prose ({})", call(share), call(of)),
    )
}
