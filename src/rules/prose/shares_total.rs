//! N32: the shares of a complete split sum to 100 %.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{all_of, call, head_of, share, statement};
use crate::disclosure::{Anchor, Message, Statement, StatementKind};
use crate::rules::judge::Outcome;
use crate::rules::{Claim, Equation, Family, Instance, Ratio, Relation, Rule, Scope, Severity, Term};

/// The shares of a complete split sum to 100 %.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N32",
    title: ("完整拆分的各项占比合计为 100%", "the shares of a complete split sum to 100 %"),
    family: Family::Prose,
    severity: Severity::Warning,
    basis: (
        "一个总额拆成若干项、各项金额之和就是总额时，各项占比之和为 100%。",
        "Where the parts of an amount sum to it, their shares of it sum to 100 %.",
    ),
    explain: (
        "只看拆分完整的：同一段里各项的金额相加正好是总额，而且占比确实以它为基数；或者没有写金额、但名目就是全部（基本支出与项目支出、人员经费与公用经费）的，后者合计超过 100% 才提示。每个占比按所印的位数留出舍入的余地。单个占比与金额不符的，已由 N13 说明，这里不再重复。",
        "Only complete splits are looked at: amounts that sum to the total that their shares are of; or shares without amounts whose names are all there is (basic and project expenditure, personnel and public expenses), of which only more than 100 % is told. Every share may be off by its rounding. A share that its own amounts refute is told by N13 and not here again.",
    ),
    holds: "2024年会展补助 40 万元，其中：设备租赁补助 10 万元，占 25%；场地布置补助 30 万元，占 75%。\n",
    breaks: "2024年会展补助 40 万元，其中：设备租赁补助 10 万元，占 25%；场地布置补助 30 万元，占 57%。\n",
    spared: "2024年会展补助 40 万元，其中：设备租赁补助 10 万元，占 25%；场地布置补助 20 万元，占 50%。\n",
    check,
};

/// A share with the amount that it is of.
struct Part<'a> {
    at: Anchor,
    index: u32,
    of: Anchor,
    of_index: u32,
    share: &'a Statement,
}

/// The parts of a list stand at most so many figures apart: each may be split itself.
const APART: u32 = 8;
/// The total stands at most so many figures before its parts.
const BEFORE: u32 = 4;

fn check(scope: &Scope) -> Vec<Instance> {
    let shares: Vec<(Anchor, u32, &Statement)> = super::every(scope)
        .zip(0_u32..)
        .filter(|((_, s), _)| s.kind == StatementKind::Share)
        .map(|((at, s), index)| (at, index, s))
        .collect();
    if shares.len() < 2 {
        return Vec::new();
    }
    let mut found = with_amounts(scope, &shares);
    found.extend(by_name(scope, &shares));
    found
}

/// Splits whose amounts are told.
fn with_amounts(scope: &Scope, shares: &[(Anchor, u32, &Statement)]) -> Vec<Instance> {
    let judge = scope.judge();
    let parts: Vec<Part> = shares
        .iter()
        .filter_map(|&(at, index, share)| {
            let of_index = share.of?;
            let (of, amount) = statement(scope, of_index)?;
            let sound = share.doubt.is_none() && amount.doubt.is_none() && amount.kind == StatementKind::Amount;
            sound.then_some(Part { at, index, of, of_index, share })
        })
        .collect();
    // What N13 says; asked where a sum fails.
    let refuted = LazyCell::new(|| share::refuted(scope));
    let mut found = Vec::new();
    let mut from = 0;
    while from < parts.len() {
        let split = complete(scope, &parts[from..]);
        let Some((base, count)) = split else {
            from += 1;
            continue;
        };
        let split = &parts[from..from + count];
        from += count;
        let ratio =
            |part: &Part| Ratio { percent: part.at, part: vec![Term::plus(part.of)], whole: vec![Term::plus(base)] };
        // Else they are shares of something else.
        let unlike = split.iter().filter(|part| !judge.ratio_ties(&ratio(part))).count();
        if unlike > 1 {
            continue;
        }
        let at: Vec<Anchor> = split.iter().map(|part| part.at).collect();
        let Ok((sum, outcome)) = judge.hundred(&at) else { continue };
        if outcome == Outcome::Fail && at.iter().any(|at| refuted.contains(at)) {
            continue;
        }
        let named: Vec<&Statement> = split.iter().map(|part| part.share).collect();
        found.push(instance(&named, sum, at, outcome != Outcome::Fail));
    }
    found
}

/// The total of the parts that the first of these begin, and how many of them make it up.
fn complete(scope: &Scope, parts: &[Part]) -> Option<(Anchor, usize)> {
    let judge = scope.judge();
    let first = parts.first()?;
    let near =
        (first.of_index.saturating_sub(BEFORE)..first.of_index).rev().filter_map(|index| statement(scope, index));
    let near = near.filter(|(_, s)| s.kind == StatementKind::Amount && s.doubt.is_none()).map(|(at, _)| at);
    let head = head_of(scope, first.of).map(|(at, _)| at);
    let named = first.share.whole.iter().flat_map(|whole| all_of(scope, whole)).map(|(at, _)| at);
    let bases: Vec<Anchor> = head.into_iter().chain(near).chain(named).collect();
    let mut of: BTreeSet<Anchor> = BTreeSet::from([first.of]);
    for (count, pair) in (2..).zip(parts.windows(2)) {
        let [last, part] = pair else { break };
        let goes_on = part.index - last.index <= APART
            && part.of_index > last.of_index
            && part.share.whole == first.share.whole
            && of.insert(part.of);
        if !goes_on {
            break;
        }
        let summed = |base: Anchor| Equation {
            left: vec![Term::plus(base)],
            relation: Relation::Equal,
            right: of.iter().map(|&at| Term::plus(at)).collect(),
        };
        let whole = bases.iter().find(|&&base| !of.contains(&base) && judge.ties(&summed(base)));
        if let Some(&base) = whole.filter(|_| !of.iter().all(|&at| judge.is_nothing(at))) {
            // Parts of nothing that follow belong to the list as well.
            let rest = parts.get(count..).unwrap_or_default().iter();
            let idle = rest.zip(parts.get(count - 1..).unwrap_or_default());
            let idle = idle.take_while(|(part, last)| {
                part.index - last.index <= APART && judge.is_nothing(part.of) && part.share.whole == first.share.whole
            });
            return Some((base, count + idle.count()));
        }
    }
    None
}

/// Two shares side by side, without amounts, whose names are all that there is.
fn by_name(scope: &Scope, shares: &[(Anchor, u32, &Statement)]) -> Vec<Instance> {
    const SPLITS: [(&str, &str); 2] = [("基本支出", "项目支出"), ("人员经费", "公用经费")];
    let mut found = Vec::new();
    for pair in shares.windows(2) {
        let [(first_at, first, a), (second_at, second, b)] = *pair else { continue };
        let bare = |s: &Statement| s.of.is_none() && s.doubt.is_none();
        let names = |(one, other): (&str, &str)| {
            a.measure.starts_with(one) && b.measure.starts_with(other)
                || a.measure.starts_with(other) && b.measure.starts_with(one)
        };
        if second != first + 1 || !bare(a) || !bare(b) || a.whole != b.whole || !SPLITS.into_iter().any(names) {
            continue;
        }
        let at = vec![first_at, second_at];
        match scope.judge().hundred(&at) {
            Ok((sum, Outcome::Fail)) if sum > Decimal::ONE_HUNDRED => {
                found.push(instance(&[a, b], sum, at, false));
            }
            // 经营支出 and others may be left out.
            Ok((_, Outcome::Fail)) | Err(_) => {}
            Ok((sum, _)) => found.push(instance(&[a, b], sum, at, true)),
        }
    }
    found
}

fn instance(shares: &[&Statement], sum: Decimal, at: Vec<Anchor>, holds: bool) -> Instance {
    let said: Vec<String> = shares.iter().map(|share| call(share)).collect();
    let sum = sum.normalize();
    let label = Message::new(
        format!("文字“{}”合计 {sum}%，应为 100%", said.join("”“")),
        format!("“{}” in the prose sum to {sum} %, 100 % are all", said.join("”, “")),
    );
    Instance { label, claim: Claim::Fact { holds, at } }
}

#[cfg(test)]
mod tests {
    use crate::rules::judge::Outcome;
    use crate::rules::sketch;

    fn outcomes(text: &str) -> Vec<Outcome> {
        sketch::outcomes(&super::RULE, text)
    }

    #[test]
    fn rounded_shares_sum_to_a_hundred() {
        for text in [
            "2026年支出预算 90 万元，其中：基本支出 30 万元，占 33.3%；项目支出 60 万元，占 66.6%。\n",
            "2026年支出预算 90 万元，其中：基本支出 30 万元，占 33.33%，其中：人员经费 25 万元、公用经费 5 万元；项目支出 60 万元，占 66.67%。\n",
            "2026年会展补助 30 万元，其中：甲类补助 10 万元，占 33%；乙类补助 10 万元，占 33%；丙类补助 10 万元，占 33%。\n",
        ] {
            assert_eq!(outcomes(text), [Outcome::Pass], "{text}");
        }
    }

    #[test]
    fn a_line_each_is_one_split() {
        let text = "2026年支出预算合计 90 万元，其中：\n\n基本支出 30 万元，占 33.33%；\n\n项目支出 60 万元，占 66.67%；\n\n经营支出 0 万元，占 0%。\n";
        assert_eq!(outcomes(text), [Outcome::Pass]);
    }

    #[test]
    fn what_n13_says_is_not_said_again() {
        let text = "2026年支出预算 90 万元，其中：基本支出 30 万元，占 33.33%；项目支出 60 万元，占 76.67%。\n";
        assert_eq!(outcomes(text), []);
    }

    #[test]
    fn shares_of_another_total_are_no_split() {
        let text = "2026年支出预算总额 200 万元。\n\n财政拨款支出 90 万元，其中：基本支出 30 万元，占支出预算总额的 15%；项目支出 60 万元，占支出预算总额的 30%。\n";
        assert!(outcomes(text).iter().all(|outcome| *outcome == Outcome::Pass), "{:?}", outcomes(text));
    }

    #[test]
    fn shares_without_amounts_are_told_above_a_hundred_only() {
        let said = |basic: &str, project: &str| {
            outcomes(&format!("从支出构成看，基本支出占 {basic}%，项目支出占 {project}%，结构稳定。\n"))
        };
        assert_eq!(said("61.5", "38.5"), [Outcome::Pass]);
        assert_eq!(said("61.5", "48.5"), [Outcome::Fail]);
        assert_eq!(said("61.5", "28.5"), []);
    }
}
