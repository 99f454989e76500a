//! T14: 合计 row = Σ units, projects or items.

use crate::rules::rows::{self, SumKind, Wanted};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// 合计 row = Σ units, projects or items
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T14",
    title: ("合计行等于各行之和", "the total row equals its rows"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：合计行等于表内最上一级各行之和，逐栏成立。",
        "Arithmetic of the form: the total row is the sum of the outermost rows, in every column.",
    ),
    explain: (
        "合计一行是表里各单位、各项目或各项加起来的数。看不出哪些行相加的表不下结论。",
        "The total row is the sum of the units, projects or items of the table. Where it is not plain which rows add up, no conclusion is drawn.",
    ),
    holds: "## 一般公共预算支出表（分单位）\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 301 | 某局 | 95.50 | 75.50 | 20.00 |\n\
    | 301001 | 某局本级 | 65.25 | 45.25 | 20.00 |\n\
    | 301002 | 某中心 | 30.25 | 30.25 | |\n",
    breaks: "## 一般公共预算支出表（分单位）\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 99.50 | 75.50 | 20.00 |\n\
    | 301 | 某局 | 95.50 | 75.50 | 20.00 |\n\
    | 301001 | 某局本级 | 65.25 | 45.25 | 20.00 |\n\
    | 301002 | 某中心 | 30.25 | 30.25 | |\n",
    spared: "## 其他情况表\n\n单位：万元\n\n\
    | 名称 | 金额 |\n|---|---|\n\
    | 合计 | 95.50 |\n\
    | 甲 | 65.50 |\n\
    | 乙 | 29.00 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    rows::instances(
        scope,
        &Wanted { kinds: &[SumKind::Total, SumKind::Items], above: None, made_of: ("各行之和", "sum of its rows") },
    )
}
