//! Y06: the reason given for a change of the total names what changed most.

use super::pairs::last_year;
use crate::disclosure::{Anchor, Concept, Measure, Message, Statement, StatementKind};
use crate::rules::prose::{call, cells, every, statement};
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};
use rust_decimal::Decimal;

/// The reason given for a change of the total names what changed most.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "Y06",
    title: ("增减原因提到了变化最大的部分", "the reason given for a change names what changed most"),
    family: Family::AcrossDocuments,
    severity: Severity::Warning,
    basis: (
        "预算公开应说明收支增减变化的原因（财政部门预算公开要求）；变化主要来自项目支出的，只说人员和公用经费说明不了。",
        "A disclosure explains why its totals changed; a change that is mostly of projects is not explained by staff and office costs.",
    ),
    explain: (
        "用上年公开的基本支出和项目支出算出各自的变化。项目支出的变化占总额变化的大半，而原因里没有提到项目、专项、资金等字样时提示。",
        "From last year's disclosure the changes of basic and project expenditure are worked out. Told where projects make up most of the change and the reason speaks of neither projects nor special funds.",
    ),
    holds: "# 甲市乙局2024年部门预算\n\n2024年支出预算总额 100.00 万元，比上年减少 40 万元。减少主要原因：项目支出减少。\n\n## 支出总表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 100.00 | 70.00 | 30.00 |\n| 208 | 社会保障和就业支出 | 100.00 | 70.00 | 30.00 |\n\n# 甲市乙局2023年部门预算\n\n2023年支出预算总额 140.00 万元，\n\n## 支出总表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 140.00 | 72.00 | 68.00 |\n| 208 | 社会保障和就业支出 | 140.00 | 72.00 | 68.00 |\n\n",
    breaks: "# 甲市乙局2024年部门预算\n\n2024年支出预算总额 100.00 万元，比上年减少 40 万元。减少主要原因：人员退休。\n\n## 支出总表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 100.00 | 70.00 | 30.00 |\n| 208 | 社会保障和就业支出 | 100.00 | 70.00 | 30.00 |\n\n# 甲市乙局2023年部门预算\n\n2023年支出预算总额 140.00 万元，\n\n## 支出总表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 140.00 | 72.00 | 68.00 |\n| 208 | 社会保障和就业支出 | 140.00 | 72.00 | 68.00 |\n\n",
    spared: "# 甲市乙局2024年部门预算\n\n2024年支出预算总额 100.00 万元，比上年减少 40 万元。减少主要原因：人员退休。\n\n## 支出总表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 100.00 | 70.00 | 30.00 |\n| 208 | 社会保障和就业支出 | 100.00 | 70.00 | 30.00 |\n\n# 甲市乙局2023年部门预算\n\n2023年支出预算总额 140.00 万元，\n\n## 支出总表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 140.00 | 109.00 | 31.00 |\n| 208 | 社会保障和就业支出 | 140.00 | 109.00 | 31.00 |\n\n",
    check,
};

/// The part of the change that is most of it, in percent.
const MOST: u32 = 60;

fn check(scope: &Scope) -> Vec<Instance> {
    const PROJECTS: [&str; 9] = ["项目", "专项", "建设", "工程", "转移支付", "补助", "资金", "采购", "划转"];
    let Some(earlier) = last_year(scope) else { return Vec::new() };
    let mut failing: Vec<(Anchor, &Statement, &Statement)> = Vec::new();
    let mut passing = Vec::new();
    for (at, change) in every(scope).filter(|(_, s)| s.kind.is_change() && !s.reason.is_empty()) {
        let Some((now, amount)) = change.of.and_then(|index| statement(scope, index)) else { continue };
        if !matches!(amount.concept, Some(Concept::TotalExpenditure | Concept::TotalBudget | Concept::TotalRevenue)) {
            continue;
        }
        let (Some(total), Some(project)) = (
            difference(scope, &earlier, amount, &Concept::TotalExpenditure),
            difference(scope, &earlier, amount, &Concept::Expenditure(Measure::Project)),
        ) else {
            continue;
        };
        let same_way = total.is_sign_negative() == project.is_sign_negative()
            && total.is_sign_negative() == (change.kind == StatementKind::Decrease);
        let most = project
            .abs()
            .checked_mul(Decimal::ONE_HUNDRED)
            .zip(total.abs().checked_mul(MOST.into()))
            .is_some_and(|(part, bound)| part >= bound);
        if total.is_zero() || !same_way || !most {
            continue;
        }
        if PROJECTS.iter().any(|word| change.reason.contains(word)) {
            passing
                .push(Instance { label: label(amount, change), claim: Claim::Fact { holds: true, at: vec![now, at] } });
        } else {
            failing.push((at, amount, change));
        }
    }
    // Revenue and expenditure are explained by the same words: told once.
    let told = failing.first().map(|(_, amount, change)| Instance {
        label: label(amount, change),
        claim: Claim::Fact {
            holds: false,
            // Not the figures are in doubt but what is said of them.
            at: std::iter::once(scope.whole()).chain(failing.iter().map(|(at, ..)| *at)).collect(),
        },
    });
    passing.into_iter().chain(told).collect()
}

/// This year's amount of a concept less last year's, from the tables.
fn difference(scope: &Scope, earlier: &Scope, like: &Statement, concept: &Concept) -> Option<Decimal> {
    let wanted = Statement { concept: Some(concept.clone()), ..like.clone() };
    let judge = scope.judge();
    let value = |scope: &Scope| {
        let cell = cells::cells(scope, &wanted).into_iter().next()?;
        let figure = judge.figure(cell).ok()?;
        crate::rules::judge::converted(figure.value, figure.unit, Some(crate::amount::Unit::TenThousand))
    };
    value(scope)?.checked_sub(value(earlier)?)
}

fn label(amount: &Statement, change: &Statement) -> Message {
    Message::new(
        format!("“{}”“{}”的原因没有提到变化最大的项目支出", call(amount), call(change)),
        format!("the reason for “{}”, “{}” does not name projects, which changed most", call(amount), call(change)),
    )
}
