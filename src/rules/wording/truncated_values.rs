//! W12: values of indicators are not broken off.

use super::told_once;
use crate::disclosure::{Anchor, Value};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// Values of indicators are not broken off.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "W12",
    title: ("指标值没有写断", "values of indicators are not broken off"),
    family: Family::Wording,
    severity: Severity::Warning,
    basis: (
        "公开的文字应当是定稿，读者才能据以理解数字。",
        "What is published should be finished, so that its figures can be understood.",
    ),
    explain: ("“90%以”少了“上”字。同样的几处一起提示一次。", "90%以 lacks its 上. Several such values are told once."),
    holds: "## 项目支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 培训人数 | 12人 |\n| 产出指标 | 质量指标 | 合格程度 | 100% |\n| 效益指标 | 可持续影响 | 持续期限 | 3年 |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | 90%以上 |\n",
    breaks: "## 项目支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 培训人数 | 12人 |\n| 产出指标 | 质量指标 | 合格程度 | 100% |\n| 效益指标 | 可持续影响 | 持续期限 | 3年 |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | 90%以 |\n",
    spared: "## 项目支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 培训人数 | 12人 |\n| 产出指标 | 质量指标 | 合格程度 | 100% |\n| 效益指标 | 可持续影响 | 持续期限 | 3年 |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | 90% |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let disclosure = scope.index();
    let mut found = Vec::new();
    for (table, t) in (0_u16..).zip(&scope.disclosure().tables) {
        for (row, r) in (0_u32..).zip(&t.rows) {
            for (column, entry) in (0_u16..).zip(&r.entries) {
                if let Value::Text(text) = &entry.value
                    && is_broken_off(text)
                {
                    found.push((Anchor::Cell { disclosure, table, row, column }, format!("“{}”", text.trim())));
                }
            }
        }
    }
    told_once(scope, &found, "没有写完的指标值", "values that break off")
}

/// A short value of a figure that ends in 以.
fn is_broken_off(text: &str) -> bool {
    const LONGEST: usize = 12;
    let end = text.trim_end();
    // Most values do not.
    if !end.ends_with('以') {
        return false;
    }
    let text = end.trim_start();
    text.chars().count() <= LONGEST && text.starts_with(|c: char| c.is_ascii_digit() || "≥≤".contains(c))
}
