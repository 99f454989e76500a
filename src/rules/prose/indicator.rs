//! N18: an indicator that the prose repeats has the value of its form.

use super::indicators::{Indicator, alike, indicators};
use super::{call, every};
use crate::disclosure::{Message, StatementKind};
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};
use crate::spelling::folded;

/// An indicator that the prose repeats has the value of its form.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N18",
    title: ("文字中的绩效指标值与绩效表相同", "an indicator of the prose has the value of its form"),
    family: Family::Prose,
    severity: Severity::Warning,
    basis: (
        "同一份公开文件里，同名绩效指标只有一个年度值。",
        "One disclosure has one value for one indicator of one year.",
    ),
    explain: (
        "文字里的名称与绩效表三级指标完全相同、计量单位相同时核对。几张表有同名指标的，有一张相同就算相符。",
        "Checked where the words are those of an indicator and both are counted alike. Where several forms have it, one that agrees is enough.",
    ),
    holds: "培训场次：12 次\n\n## 项目支出绩效目标表\n\n\
    | 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n\
    | 产出指标 | 数量指标 | 培训场次 | 12次 |\n\
    | 效益指标 | 社会效益指标 | 市民知晓程度 | 提高 |\n\
    | 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n",
    breaks: "培训场次：10 次\n\n## 项目支出绩效目标表\n\n\
    | 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n\
    | 产出指标 | 数量指标 | 培训场次 | 12次 |\n\
    | 效益指标 | 社会效益指标 | 市民知晓程度 | 提高 |\n\
    | 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n",
    spared: "培训人数：10 人\n\n## 项目支出绩效目标表\n\n\
    | 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n\
    | 产出指标 | 数量指标 | 培训场次 | 12次 |\n\
    | 效益指标 | 社会效益指标 | 市民知晓程度 | 提高 |\n\
    | 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let forms = indicators(scope);
    let mut found = Vec::new();
    for (at, stated) in every(scope).filter(|(_, s)| s.kind == StatementKind::Quantity) {
        let name = folded(&stated.measure);
        let counter = folded(&stated.counter);
        let named: Vec<&Indicator> = forms.named(&name).filter(|i| alike(&i.value.counter, &counter)).collect();
        let Some(first) = named.first() else { continue };
        let same = named.iter().find(|i| i.value.value == stated.amount.value());
        // Several forms may set it differently; the text then speaks of one of them.
        if same.is_none() && named.len() > 1 {
            continue;
        }
        found.push(Instance {
            label: Message::new(
                format!("文字“{}”与绩效表 {}{}", call(stated), first.value.value, first.value.counter),
                format!("“{}” in the prose, {}{} in the form", call(stated), first.value.value, first.value.counter),
            ),
            claim: Claim::Fact { holds: same.is_some(), at: vec![at, same.unwrap_or(first).at] },
        });
    }
    found
}
