//! T11: unit = Σ sub-units.

use crate::rules::rows::{self, SumKind, Wanted};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// unit = Σ sub-units
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T11",
    title: ("单位等于所属单位之和", "a unit equals its sub-units"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：部门数等于本级和所属单位之和，逐栏成立。",
        "Arithmetic of the form: a department is the sum of itself and its units, in every column.",
    ),
    explain: (
        "部门一行是本级和各所属单位加起来的数；只有合计、没有列出所属单位的不核对。",
        "The row of a department is the sum of the rows of its units. A unit without printed sub-units is not checked.",
    ),
    holds: "## 一般公共预算支出表（分单位）\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 301 | 某局 | 95.50 | 75.50 | 20.00 |\n\
    | 301001 | 某局本级 | 65.25 | 45.25 | 20.00 |\n\
    | 301002 | 某中心 | 30.25 | 30.25 | |\n",
    breaks: "## 一般公共预算支出表（分单位）\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 301 | 某局 | 95.50 | 75.50 | 20.00 |\n\
    | 301001 | 某局本级 | 65.25 | 45.25 | 20.00 |\n\
    | 301002 | 某中心 | 80.25 | 30.25 | |\n",
    spared: "## 一般公共预算支出表（分单位）\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 301 | 某局 | 95.50 | 75.50 | 20.00 |\n\
",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    rows::instances(
        scope,
        &Wanted { kinds: &[SumKind::Units], above: None, made_of: ("所属单位之和", "sum of its units") },
    )
}
