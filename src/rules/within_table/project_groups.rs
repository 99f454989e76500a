//! T13: a group of projects = Σ its projects.

use crate::rules::rows::{self, SumKind, Wanted};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// a group of projects = Σ its projects
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T13",
    title: ("项目组等于所列项目之和", "a group of projects equals its projects"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：项目支出表里，上一级项目、类别或单位等于其下所列项目之和。",
        "Arithmetic of the form: a group, a first-level project or a unit is the sum of the projects below it.",
    ),
    explain: (
        "项目支出表里，类别（如“本级支出项目”）、一级项目或单位一行，等于下面所列项目加起来的数。",
        "In the table of projects, the row of a group or unit is the sum of the projects printed below it.",
    ),
    holds: "## 项目支出表\n\n单位：万元\n\n\
    | 项目编码 | 项目名称 | 合计 | 一般公共预算 | 单位资金 |\n|---|---|---|---|---|\n\
    | | 合计 | 45.50 | 40.00 | 5.50 |\n\
    | 31 | 本级支出项目 | 45.50 | 40.00 | 5.50 |\n\
    | 42120022209T000000105 | 安全生产检查 | 25.00 | 25.00 | |\n\
    | 42120022209T000000107 | 信息系统运行 | 20.50 | 15.00 | 5.50 |\n",
    breaks: "## 项目支出表\n\n单位：万元\n\n\
    | 项目编码 | 项目名称 | 合计 | 一般公共预算 | 单位资金 |\n|---|---|---|---|---|\n\
    | | 合计 | 45.50 | 40.00 | 5.50 |\n\
    | 31 | 本级支出项目 | 45.50 | 40.00 | 5.50 |\n\
    | 42120022209T000000105 | 安全生产检查 | 25.00 | 25.00 | |\n\
    | 42120022209T000000107 | 信息系统运行 | 70.50 | 15.00 | 5.50 |\n",
    spared: "## 项目支出表\n\n单位：万元\n\n\
    | 项目编码 | 项目名称 | 合计 | 一般公共预算 | 单位资金 |\n|---|---|---|---|---|\n\
    | | 合计 | 45.50 | 40.00 | 5.50 |\n\
    | 31 | 本级支出项目 | 45.50 | 40.00 | 5.50 |\n\
",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    rows::instances(
        scope,
        &Wanted { kinds: &[SumKind::Projects], above: None, made_of: ("所列项目之和", "sum of its projects") },
    )
}
