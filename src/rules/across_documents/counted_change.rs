//! Y08: a count that is said to have changed since the year began is last year's count with that change.

use super::pairs::last_year;
use crate::disclosure::{Anchor, Message, Statement, StatementKind};
use crate::rules::prose::{call, every, settled};
use crate::rules::{Equation, Family, Instance, Relation, Rule, Scope, Severity, Term};
use crate::spelling::folded;

/// A count that is said to have changed since the year began is last year's count with that change.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "Y08",
    title: (
        "较年初增减的数量与上年公开的数量相符",
        "a count that changed since the year began is the published one with its change",
    ),
    family: Family::AcrossDocuments,
    severity: Severity::Info,
    basis: (
        "年初数就是上年末数；上年公开的文件已经写明。",
        "The count at the beginning of the year is that at the end of the one before, which was published.",
    ),
    explain: (
        "同时打开同一单位相邻两年的同类公开文件，今年写了“较年初增加（减少）几辆”，两年又都写了这种车（设备）的数量时核对。上年公开时车辆可能有变动，只作提示。",
        "Where disclosures of one unit for two years are opened together, and this year's text says by how much a count changed since the year began. There may have been changes after last year's was published: a hint.",
    ),
    holds: "# 甲市乙局2024年部门预算\n\n截至年底共有车辆 3 辆，其中，应急用车 3 辆。较2023年初增加 1 辆应急用车。\n\n# 甲市乙局2023年部门预算\n\n截至年底共有车辆 2 辆，其中，应急用车 2 辆。\n",
    breaks: "# 甲市乙局2024年部门预算\n\n截至年底共有车辆 3 辆，其中，应急用车 3 辆。较2023年初增加 2 辆应急用车。\n\n# 甲市乙局2023年部门预算\n\n截至年底共有车辆 2 辆，其中，应急用车 2 辆。\n",
    spared: "# 甲市乙局2024年部门预算\n\n截至年底共有车辆 3 辆，其中，应急用车 3 辆。较2023年初增加 2 辆应急用车。\n\n# 甲市乙局2023年部门预算\n\n截至年底共有车辆 2 辆，其中，机要用车 2 辆。\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let Some(earlier) = last_year(scope) else { return Vec::new() };
    let judge = scope.judge();
    let mut found = Vec::new();
    for (at, change) in every(scope).filter(|(_, s)| s.kind == StatementKind::Quantity) {
        let Some((more, noun)) = changed(&folded(&change.measure)) else { continue };
        let (Some((now, _)), Some((prior, counted))) = (only(scope, &noun), only(&earlier, &noun)) else { continue };
        let (greater, less) = if more { (now, prior) } else { (prior, now) };
        let equation = Equation {
            left: vec![Term::plus(at)],
            relation: Relation::Equal,
            right: vec![Term::plus(greater), Term::minus(less)],
        };
        let label = Message::new(
            format!("“{}”与上年公开的“{}”", call(change), call(counted)),
            format!("“{}” and “{}” as it was published last year", call(change), call(counted)),
        );
        found.push(settled(judge, label, equation, vec![at, now, prior]));
    }
    found
}

/// What a count says to have changed since the year began, and whether it grew: 较2023年初增加|应急用车.
fn changed(measure: &str) -> Option<(bool, String)> {
    let (before, behind) = measure.split_once("年初")?;
    if !before.starts_with(['较', '比', '与']) {
        return None;
    }
    let noun = |way: &str| behind.strip_prefix(way).filter(|noun| !noun.is_empty()).map(str::to_owned);
    noun("增加").map(|noun| (true, noun)).or_else(|| noun("减少").map(|noun| (false, noun)))
}

/// The count of a thing, where the text has one alone.
fn only<'a>(scope: &Scope<'a>, noun: &str) -> Option<(Anchor, &'a Statement)> {
    let mut all = every(scope)
        .filter(|(_, s)| s.kind == StatementKind::Quantity && s.doubt.is_none() && folded(&s.measure) == noun);
    let first = all.next()?;
    all.next().is_none().then_some(first)
}
