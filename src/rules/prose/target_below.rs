//! N21: targets do not lie below what was reached last year.

use super::indicators::{alike, indicators};
use crate::disclosure::{Anchor, Message};
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};

/// Targets do not lie below what was reached last year.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N21",
    title: ("数量目标不低于上年", "targets are not below last year's"),
    family: Family::Prose,
    severity: Severity::Info,
    basis: (
        "绩效目标参照历史值设定；低于上年的通常另有原因。",
        "Targets are set by what was reached before; a lower one usually has its reason.",
    ),
    explain: (
        "绩效表列有上年值时，把年度数量指标与上年值比较。低于上年不一定有问题，只作提示；整份文件只提示一次。",
        "Where a form has last year's values, the counts of this year are compared with them. A lower target need not be wrong: a hint, told once for the whole document.",
    ),
    holds: "## 整体支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值/上年 | 指标值/当年 |\n|---|---|---|---|---|\n| 产出指标 | 数量指标 | 培训人数 | 10人 | 12人 |\n| 产出指标 | 质量指标 | 合格程度 | 100% | 100% |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% | ≥95% |\n",
    breaks: "## 整体支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值/上年 | 指标值/当年 |\n|---|---|---|---|---|\n| 产出指标 | 数量指标 | 培训人数 | 15人 | 12人 |\n| 产出指标 | 质量指标 | 合格程度 | 100% | 100% |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% | ≥95% |\n",
    spared: "## 整体支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值/上年 | 指标值/当年 |\n|---|---|---|---|---|\n| 产出指标 | 成本指标 | 人均标准 | 15元 | 12元 |\n| 产出指标 | 质量指标 | 合格程度 | 100% | 100% |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% | ≥95% |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let all = &indicators(scope).all;
    let mut compared: Vec<Anchor> = Vec::new();
    let mut below: Vec<(Anchor, String)> = Vec::new();
    for indicator in all.iter().filter(|i| i.counts && !i.long_term) {
        let Some((prior_at, prior)) = &indicator.prior else { continue };
        if !alike(&prior.counter, &indicator.value.counter) {
            continue;
        }
        compared.push(indicator.at);
        if indicator.value.value < prior.value {
            let told =
                format!("{} {}→{}{}", indicator.name, prior.value, indicator.value.value, indicator.value.counter);
            below.push((indicator.at, told));
            below.push((*prior_at, String::new()));
        }
    }
    if compared.is_empty() {
        return Vec::new();
    }
    let told: Vec<&str> = below.iter().map(|(_, told)| told.as_str()).filter(|told| !told.is_empty()).collect();
    let (zh, en) = if told.is_empty() {
        ("数量目标都不低于上年".to_owned(), "no target lies below last year's".to_owned())
    } else {
        (format!("数量目标低于上年：{}", told.join("、")), format!("targets below last year's: {}", told.join(", ")))
    };
    let holds = below.is_empty();
    let at = if holds { compared } else { below.into_iter().map(|(at, _)| at).collect() };
    vec![Instance { label: Message::new(zh, en), claim: Claim::Fact { holds, at } }]
}
