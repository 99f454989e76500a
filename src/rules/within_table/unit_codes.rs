//! T12: unit = Σ the classes printed for it.

use crate::rules::rows::{self, SumKind, Wanted};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// unit = Σ the classes printed for it
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T12",
    title: ("单位等于其下各类科目之和", "a unit equals the classes printed for it"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：分单位列科目的表里，单位行等于它下面各类科目之和。",
        "Arithmetic of the form: where classes are printed unit by unit, a unit is the sum of its classes.",
    ),
    explain: (
        "单位编码和科目编码常常印在同一栏，例如 209 既可能是一个局，也可能是一个功能科目。单位一行等于它下面各类科目之和，不按编码开头相加。",
        "Unit codes and function codes often stand in one column, and 209 can be either. A unit row is the sum of the classes below it, whatever the digits.",
    ),
    holds: "## 一般公共预算支出表\n\n单位：万元\n\n\
    | 编码 | 单位名称（科目） | 合计 |\n|---|---|---|\n\
    | | 合计 | 95.50 |\n\
    | 301001 | 某局本级 | 95.50 |\n\
    | 208 | 社会保障和就业支出 | 75.50 |\n\
    | 20805 | 行政事业单位养老支出 | 75.50 |\n\
    | 2080501 | 行政单位离退休 | 75.50 |\n\
    | 210 | 卫生健康支出 | 20.00 |\n\
    | 21011 | 行政事业单位医疗 | 20.00 |\n\
    | 2101101 | 行政单位医疗 | 20.00 |\n",
    breaks: "## 一般公共预算支出表\n\n单位：万元\n\n\
    | 编码 | 单位名称（科目） | 合计 |\n|---|---|---|\n\
    | | 合计 | 95.50 |\n\
    | 301001 | 某局本级 | 95.50 |\n\
    | 208 | 社会保障和就业支出 | 75.50 |\n\
    | 20805 | 行政事业单位养老支出 | 75.50 |\n\
    | 2080501 | 行政单位离退休 | 75.50 |\n\
    | 210 | 卫生健康支出 | 28.00 |\n\
    | 21011 | 行政事业单位医疗 | 28.00 |\n\
    | 2101101 | 行政单位医疗 | 28.00 |\n",
    spared: "## 一般公共预算支出表\n\n单位：万元\n\n\
    | 编码 | 单位名称（科目） | 合计 |\n|---|---|---|\n\
    | | 合计 | 95.50 |\n\
    | 301001 | 某局本级 | 95.50 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    rows::instances(
        scope,
        &Wanted { kinds: &[SumKind::UnitOfCodes], above: Some(false), made_of: ("各类之和", "sum of its classes") },
    )
}
