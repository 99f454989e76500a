//! W13: an indicator has a name.

use super::told_once;
use crate::disclosure::{RowRole, TableKind, Value};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// An indicator has a name.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "W13",
    title: ("指标名称不是数值", "an indicator has a name"),
    family: Family::Wording,
    severity: Severity::Warning,
    basis: (
        "公开的文字应当是定稿，读者才能据以理解数字。",
        "What is published should be finished, so that its figures can be understood.",
    ),
    explain: (
        "三级指标一栏写的是“3年”这样的数值，与指标值相同，名称可能漏填。",
        "The column of names has a value such as 3年, the same as the value beside it: the name may be missing.",
    ),
    holds: "## 项目支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 培训人数 | 12人 |\n| 产出指标 | 质量指标 | 合格程度 | 100% |\n| 效益指标 | 可持续影响 | 持续期限 | 3年 |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | 90%以上 |\n",
    breaks: "## 项目支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 培训人数 | 12人 |\n| 产出指标 | 质量指标 | 合格程度 | 100% |\n| 效益指标 | 可持续影响 | 3年 | 3年 |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | 90%以上 |\n",
    spared: "## 项目支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 培训人数 | 12人 |\n| 产出指标 | 质量指标 | 合格程度 | 100% |\n| 效益指标 | 可持续影响 | 持续3年 | 3年 |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | 90%以上 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for kind in [TableKind::PerformanceWhole, TableKind::PerformanceProject] {
        for t in scope.present(kind) {
            for (row, r) in t.rows().filter(|(_, r)| r.role == RowRole::Indicator && r.doubt.is_none()) {
                let Some(name) = r.name.as_deref().map(str::trim).filter(|name| is_value(name)) else { continue };
                let texts = r.entries.iter().enumerate().filter(|(_, e)| match &e.value {
                    Value::Text(text) => text.trim() == name,
                    Value::Amount(amount) => amount.printed() == name,
                    Value::Blank => false,
                });
                let columns: Vec<usize> = texts.map(|(column, _)| column).collect();
                // Once as the name, once at least as the value.
                if let (true, Some(&first)) = (columns.len() >= 2, columns.first()) {
                    found.push((t.cell(row, first), format!("“{name}”")));
                }
            }
        }
    }
    told_once(scope, &found, "名称写成数值的指标", "indicators named by a value")
}

/// A figure and a short unit.
fn is_value(name: &str) -> bool {
    const LONGEST: usize = 6;
    name.chars().count() <= LONGEST && name.starts_with(|c: char| c.is_ascii_digit())
}
