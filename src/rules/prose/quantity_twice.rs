//! N25: a count or target that the text states twice is the same.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::indicators::{alike, indicators, topic};
use super::{call, every, head_of};
use crate::disclosure::{Anchor, Message, Statement, StatementKind};
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};
use crate::spelling::folded;

/// A count or target that the text states twice is the same.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N25",
    title: ("同一数量、标准前后两处相同", "a count or standard stated twice is the same"),
    family: Family::Prose,
    severity: Severity::Info,
    basis: ("同一份文件里同一事项的目标只有一个。", "One thing has one target in one document."),
    explain: (
        "名称相同（规上与规模以上视为相同）、计量单位相同的两个数量应当一致；可能一处说的是上年完成数，所以只作提示。现有的（共有车辆……，其中……）与计划购置的（安排购置……，其中……）各列各的，不相比。",
        "Two numbers with the same words and counted alike agree; one may be what was reached last year, so this is a hint. What there is (共有车辆 …, of which …) and what is to be bought (安排购置 …, of which …) are lists of their own and not compared.",
    ),
    holds: "新增规模以上工业企业 96 家。\n\n力争全年新增规上工业企业 96 家。\n",
    breaks: "新增规模以上工业企业 96 家。\n\n力争全年新增规上工业企业 85 家。\n",
    spared: "新增规模以上工业企业 96 家。\n\n力争全年新增绿色工厂 85 家。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let mut first: BTreeMap<String, (Anchor, &Statement)> = BTreeMap::new();
    let mut found = Vec::new();
    let lists = lists(scope);
    let list = |at: Anchor| match at {
        Anchor::Statement { statement, .. } => lists.get(&statement),
        _ => None,
    };
    // What repeats a form is held against the form.
    let forms = indicators(scope);
    for (at, stated) in every(scope).filter(|(_, s)| forms.named(&folded(&s.measure)).next().is_none()) {
        // An item of a list is of its head.
        if stated.kind == StatementKind::Amount && head_of(scope, at).is_some() {
            continue;
        }
        let Some(key) = key(stated) else { continue };
        match first.get(&key) {
            None => {
                first.insert(key, (at, stated));
            }
            Some(&(earlier, said)) if alike(&said.counter, &stated.counter) && said.unit == stated.unit => {
                if stated.amount.value() != said.amount.value() && (is_whole(stated) || is_whole(said)) {
                    continue;
                }
                // Of the cars that there are and of those to be bought.
                if list(at).zip(list(earlier)).is_some_and(|(one, other)| one != other) {
                    continue;
                }
                found.push(Instance {
                    label: Message::new(
                        format!("“{}”与前文“{}”", call(stated), call(said)),
                        format!("“{}” and “{}” before it", call(stated), call(said)),
                    ),
                    claim: Claim::Fact { holds: stated.amount.value() == said.amount.value(), at: vec![at, earlier] },
                });
                if stated.amount.value() == said.amount.value() {
                    found.push(Instance {
                        label: Message::new(
                            format!("“{}”与后文“{}”", call(said), call(stated)),
                            format!("“{}” and “{}” after it", call(said), call(stated)),
                        ),
                        claim: Claim::Fact { holds: true, at: vec![earlier, at] },
                    });
                }
            }
            Some(_) => {}
        }
    }
    found
}

/// For each count that stands in a list, and for the one right behind it, what the list is of, folded.
fn lists<'a>(scope: &Scope<'a>) -> BTreeMap<u32, Cow<'a, str>> {
    let mut lists = BTreeMap::new();
    let counts = every(scope).filter(|(_, s)| s.kind == StatementKind::Quantity && !s.parts.is_empty());
    for (_, head) in counts {
        let of = folded(&head.measure);
        // 其他用车 3 辆。单价 100 万元以上设备 2 台。 goes on with what there is, or with what is bought.
        let behind = head.parts.last().map(|last| last + 1);
        for &part in head.parts.iter().chain(&behind) {
            lists.entry(part).or_insert_with(|| of.clone());
        }
    }
    lists
}

/// What a number is of, so that another of the same can be told: a count with words enough, or a price (每台车).
fn key(stated: &Statement) -> Option<String> {
    /// Shorter names are said of many things.
    const SHORTEST: usize = 4;
    /// An amount of money with fewer words may be said of several things.
    const LONGEST_OF_MANY: usize = 7;
    let whole = folded(&stated.measure);
    // 年度目标为区属规模工业增加值: the goal, and what is aimed at.
    let name = whole.rsplit("目标为").next().unwrap_or_default();
    match stated.kind {
        StatementKind::Amount if stated.concept.is_none() && is_price(name) => {
            let at = name.find("每台车").or_else(|| name.find("每辆车"))?;
            name.get(at..).map(|each| each.replace("每年", "").replace('辆', "台"))
        }
        // 区属规模工业增加值 92 亿元: a target in money, with words enough to be one thing.
        StatementKind::Amount if stated.concept.is_none() && stated.doubt.is_none() => {
            let about = topic(name);
            (about.chars().count() >= LONGEST_OF_MANY).then(|| format!("{about}元"))
        }
        StatementKind::Quantity if stated.counter != "%" || name.contains("同比") => {
            let about = topic(name);
            (about.chars().count() >= SHORTEST && !name.contains("累计")).then(|| format!("{about}{}", stated.counter))
        }
        _ => None,
    }
}

/// 每台车 …
fn is_price(name: &str) -> bool {
    name.contains("每台车") || name.contains("每辆车")
}

/// Whether only the same value says something: of a whole that is split, of a rate, of a score and of an amount of money
/// another place may speak of another part, project or year.
fn is_whole(stated: &Statement) -> bool {
    // Receptions are counted at home and abroad, of foreign guests and of all.
    !stated.parts.is_empty()
        || stated.measure.contains("接待")
        || matches!(stated.counter.as_str(), "%" | "分")
        || stated.kind == StatementKind::Amount && !is_price(&folded(&stated.measure))
}

#[cfg(test)]
mod tests {
    use crate::rules::judge::Outcome;
    use crate::rules::sketch;

    fn failed(text: &str) -> usize {
        sketch::outcomes(&super::RULE, text).into_iter().filter(|outcome| *outcome == Outcome::Fail).count()
    }

    #[test]
    fn what_there_is_and_what_is_bought_are_not_compared() {
        let text = |second: &str| {
            format!(
                "截至2025年底，本部门共有车辆 12 辆，其中：机要通信用车 2 辆、执法执勤用车 10 辆。单价100万元以上专用设备 3 台。\n\n\
                 {second}，其中：机要通信用车 1 辆、执法执勤用车 3 辆。单价100万元以上专用设备 0 台。\n"
            )
        };
        assert_eq!(failed(&text("2026年部门预算安排购置车辆 4 辆")), 0);
        let again = text("截至2025年底，本部门共有车辆 12 辆").replace("执法执勤用车 3 辆", "执法执勤用车 11 辆");
        assert!(failed(&again) > 0, "the same list once more");
    }
}
