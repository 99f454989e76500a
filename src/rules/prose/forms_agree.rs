//! N20: the form of the whole department and those of its projects set one indicator alike.

use super::indicators::{Indicator, alike, indicators};
use crate::disclosure::Message;
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};

/// The form of the whole department and those of its projects set one indicator alike.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N20",
    title: ("整体与项目绩效表的同名数量指标相同", "the whole form and the project forms set one indicator alike"),
    family: Family::Prose,
    severity: Severity::Info,
    basis: (
        "同一事项的年度目标在整体表和项目表里应当相同；口径不同的应写明。",
        "One thing has one target in the year, unless the scope differs and is said to.",
    ),
    explain: (
        "只核对数量类、名称完全相同的年度指标。",
        "Only annual indicators that count something and have the same name.",
    ),
    holds: "## 整体支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 培训人数 | 12人 |\n| 产出指标 | 质量指标 | 合格程度 | 100% |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n\n## 项目支出绩效目标表\n\n\
    | 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n\
    | 产出指标 | 数量指标 | 培训人数 | 12人 |\n\
    | 效益指标 | 社会效益指标 | 市民知晓程度 | 提高 |\n\
    | 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n",
    breaks: "## 整体支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 培训人数 | 12人 |\n| 产出指标 | 质量指标 | 合格程度 | 100% |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n\n## 项目支出绩效目标表\n\n\
    | 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n\
    | 产出指标 | 数量指标 | 培训人数 | 10人 |\n\
    | 效益指标 | 社会效益指标 | 市民知晓程度 | 提高 |\n\
    | 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n",
    spared: "## 整体支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 培训人数 | 12人 |\n| 产出指标 | 质量指标 | 合格程度 | 100% |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n\n## 项目支出绩效目标表\n\n\
    | 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n\
    | 产出指标 | 数量指标 | 培训场次 | 10次 |\n\
    | 效益指标 | 社会效益指标 | 市民知晓程度 | 提高 |\n\
    | 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let forms = indicators(scope);
    let mut found = Vec::new();
    for whole in forms.all.iter().filter(|i| i.whole && i.counts && !i.long_term) {
        let same = |i: &&Indicator| !i.whole && !i.long_term && alike(&i.value.counter, &whole.value.counter);
        let projects: Vec<_> = forms.named(&whole.name).filter(same).collect();
        let Some(first) = projects.first() else { continue };
        let agreeing = projects.iter().find(|i| i.value.value == whole.value.value);
        let (a, b) = (&whole.value, &agreeing.unwrap_or(first).value);
        found.push(Instance {
            label: Message::new(
                format!("“{}”整体表 {}{}，项目表 {}{}", whole.name, a.value, a.counter, b.value, b.counter),
                format!(
                    "“{}”: {}{} in the whole form, {}{} in a project's",
                    whole.name, a.value, a.counter, b.value, b.counter
                ),
            ),
            claim: Claim::Fact { holds: agreeing.is_some(), at: vec![whole.at, agreeing.unwrap_or(first).at] },
        });
    }
    found
}
