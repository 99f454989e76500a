//! C08: running costs of offices are explained where there are any.

use super::spoken_of;
use crate::disclosure::{RowRole, Topic};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// Running costs of offices are explained where there are any.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "C08",
    title: ("有行政运行支出的，说明机关运行经费", "running costs of offices are explained where there are any"),
    family: Family::Completeness,
    severity: Severity::Warning,
    basis: (
        "《预算法》第十四条：各部门应当对部门预算、决算中机关运行经费的安排、使用情况等重要事项作出说明。",
        "Budget Law, article 14: departments explain how the running costs of their offices are budgeted and used.",
    ),
    explain: (
        "部门或单位列有“行政运行”支出，文字里应当说明机关运行经费安排了多少、怎么变化；没有也写明没有。只看文字完整、表也大体齐全的文件；只有表、或只是其中一部分的不判断。没有行政运行支出的事业单位不在此列。",
        "Where 行政运行 is among the expenditure, the text says how much is planned for running the offices, or that there is none. Only files with most of the tables and with the text that explains them are looked at, not parts of a disclosure. Institutions without such expenditure are left out.",
    ),
    holds: concat!(whole!(), assets!(), terms!(), performance!(), "2024年机关运行经费预算 12.5 万元，与上年持平。\n"),
    breaks: concat!(whole!(), assets!(), terms!(), performance!()),
    spared: "## 支出总表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n| | 合计 | 95.50 |\n| 2050101 | 行政运行 | 95.50 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let has_offices = scope
        .tables()
        .flat_map(|t| &t.table.rows)
        .any(|row| row.role == RowRole::Function && row.name.as_deref().is_some_and(|name| name.contains("行政运行")));
    if !has_offices {
        return Vec::new();
    }
    // Some print a table of them instead (机关运行经费支出预算表).
    let in_a_table = scope.tables().any(|t| t.table.title.contains("运行经费"));
    spoken_of(scope, Topic::OperatingCosts, in_a_table, ("机关运行经费", "running costs of offices"))
}
