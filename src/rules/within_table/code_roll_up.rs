//! T08: 类 = Σ款, 款 = Σ项.

use crate::rules::rows::{self, SumKind, Wanted};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// 类 = Σ款, 款 = Σ项
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T08",
    title: ("上级科目等于下级之和", "a class equals the codes below it"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：类级等于其下各款之和，款级等于其下各项之和，逐栏成立。",
        "Arithmetic of the classification: a class is the sum of its groups and a group of its items, in every column.",
    ),
    explain: (
        "类、款、项是一层套一层的：208 等于所有 208 开头的款之和，20805 等于所有 20805 开头的项之和，每一栏都是。没有印下级的科目不核对；上级大于下级之和另作提示，因为可能有不公开的科目。",
        "Classes, groups and items are nested: 208 is the sum of the groups that begin with 208, in every column. A code with nothing printed below it is not checked. A code above its printed parts is noted elsewhere, since parts may lawfully be withheld.",
    ),
    holds: "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 208 | 社会保障和就业支出 | 75.50 | 55.50 | 20.00 |\n\
    | 20805 | 行政事业单位养老支出 | 75.50 | 55.50 | 20.00 |\n\
    | 2080501 | 行政单位离退休 | 30.25 | 30.25 | |\n\
    | 2080505 | 机关事业单位基本养老保险缴费支出 | 45.25 | 25.25 | 20.00 |\n\
    | 210 | 卫生健康支出 | 20.00 | 20.00 | |\n",
    breaks: "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 208 | 社会保障和就业支出 | 75.50 | 55.50 | 20.00 |\n\
    | 20805 | 行政事业单位养老支出 | 75.50 | 55.50 | 20.00 |\n\
    | 2080501 | 行政单位离退休 | 30.25 | 30.25 | |\n\
    | 2080505 | 机关事业单位基本养老保险缴费支出 | 48.25 | 25.25 | 20.00 |\n\
    | 210 | 卫生健康支出 | 20.00 | 20.00 | |\n",
    spared: "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 208 | 社会保障和就业支出 | 75.50 | 55.50 | 20.00 |\n\
    | 20805 | 行政事业单位养老支出 | 75.50 | 55.50 | 20.00 |\n\
    | 2080501 | 行政单位离退休 | 30.00 | 30.00 | |\n\
    | 2080505 | 机关事业单位基本养老保险缴费支出 | 45.25 | 25.25 | 20.00 |\n\
    | 210 | 卫生健康支出 | 20.00 | 20.00 | |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    rows::instances(
        scope,
        &Wanted { kinds: &[SumKind::Codes], above: Some(false), made_of: ("下级之和", "sum of the codes below") },
    )
}
