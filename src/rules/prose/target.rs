//! N19: a target of the work plan is that of the indicator on the same thing.

use std::collections::BTreeSet;

use super::indicators::{Indicator, alike, indicators, resemble, topic};
use super::{call, every};
use crate::disclosure::{Message, StatementKind};
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};
use crate::spelling::folded;

/// A target of the work plan is that of the indicator on the same thing.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N19",
    title: ("文字中的工作目标与绩效指标一致", "a target of the text agrees with the indicator on the same thing"),
    family: Family::Prose,
    severity: Severity::Warning,
    basis: (
        "绩效目标应与部门职责和年度工作任务对应（《项目支出绩效评价管理办法》等的通行要求）；同一事项的数量目标应当一致。",
        "Performance targets follow the department's tasks; one thing has one target.",
    ),
    explain: (
        "把文字里的数量目标与绩效表的年度数量指标按事项对上（规上与规模以上、高企与高新技术企业视为同一事项），数字不同就提示。口径可能不同，如奖励的是上年入规企业，请看原文。",
        "Numbers of the text are matched with the annual indicators by what they are about. They may differ in scope, such as rewards for firms of last year: see the source.",
    ),
    holds: "力争全年新增规上工业企业 96 家。\n\n## 项目支出绩效目标表\n\n\
    | 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n\
    | 产出指标 | 数量指标 | 新增规模以上企业数量 | 96家 |\n\
    | 效益指标 | 社会效益指标 | 市民知晓程度 | 提高 |\n\
    | 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n",
    breaks: "力争全年新增规上工业企业 96 家。\n\n## 项目支出绩效目标表\n\n\
    | 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n\
    | 产出指标 | 数量指标 | 新入规企业数量 | 90家 |\n\
    | 效益指标 | 社会效益指标 | 市民知晓程度 | 提高 |\n\
    | 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n",
    spared: "力争全年新增规上工业企业 96 家。\n\n## 项目支出绩效目标表\n\n\
    | 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n\
    | 产出指标 | 数量指标 | 帮扶企业数量 | 90家 |\n\
    | 效益指标 | 社会效益指标 | 市民知晓程度 | 提高 |\n\
    | 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let forms = indicators(scope);
    let mut found: Vec<Instance> = Vec::new();
    let mut told: BTreeSet<(String, rust_decimal::Decimal)> = BTreeSet::new();
    for (at, stated) in every(scope).filter(|(_, s)| s.kind == StatementKind::Quantity && s.counter != "%") {
        let name = folded(&stated.measure);
        let about = topic(&name);
        // A total that has been reached is no target of the year.
        if about.is_empty() || name.contains("累计") || name.contains("上年") {
            continue;
        }
        let counter = folded(&stated.counter);
        let fits = |i: &&Indicator| !i.long_term && i.name != name && alike(&i.value.counter, &counter);
        let mut all: Vec<_> = forms.about(&about).filter(fits).collect();
        if all.is_empty() {
            // Other words for the same thing: an equal value confirms it.
            let mut same_value = forms.of_value(stated.amount.value()).filter(fits);
            all.extend(same_value.find(|i| resemble(&i.name, &name)));
        }
        let Some(first) = all.first() else { continue };
        let same = all.iter().find(|i| i.value.value == stated.amount.value());
        let key = (about, stated.amount.value());
        if same.is_none() && told.contains(&key) {
            continue;
        }
        told.insert(key);
        found.push(Instance {
            label: Message::new(
                format!("文字“{}”与绩效指标“{}”{}{}", call(stated), first.name, first.value.value, first.value.counter),
                format!(
                    "“{}” in the text, {}{} for the indicator “{}”",
                    call(stated),
                    first.value.value,
                    first.value.counter,
                    first.name
                ),
            ),
            claim: Claim::Fact { holds: same.is_some(), at: vec![at, same.unwrap_or(first).at] },
        });
    }
    found
}
