//! T10: 合计 row = Σ of the outermost rows.

use crate::rules::rows::{self, SumKind, Wanted};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// 合计 row = Σ of the outermost rows
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T10",
    title: ("合计行等于各类之和", "the total row equals its classes"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：合计行等于表内最上一级各行之和，逐栏成立。",
        "Arithmetic of the form: the total row is the sum of the outermost rows, in every column.",
    ),
    explain: (
        "合计一行是表里最上一级各行加起来的数。有单位行的表加单位，没有的加各类科目。每一页重复印的合计不相加。",
        "The total row is the sum of the outermost rows: of the units where there are unit rows, else of the classes. A total repeated on every page is not added.",
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
    | 2080505 | 机关事业单位基本养老保险缴费支出 | 45.25 | 25.25 | 20.00 |\n\
    | 210 | 卫生健康支出 | 28.00 | 28.00 | |\n",
    spared: "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 96.50 | 76.50 | 20.00 |\n\
    | 208 | 社会保障和就业支出 | 75.50 | 55.50 | 20.00 |\n\
    | 20805 | 行政事业单位养老支出 | 75.50 | 55.50 | 20.00 |\n\
    | 2080501 | 行政单位离退休 | 30.25 | 30.25 | |\n\
    | 2080505 | 机关事业单位基本养老保险缴费支出 | 45.25 | 25.25 | 20.00 |\n\
    | 210 | 卫生健康支出 | 20.00 | 20.00 | |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    rows::instances(
        scope,
        &Wanted {
            kinds: &[SumKind::TotalOfCodes], above: Some(false), made_of: ("各类之和", "sum of the classes")
        },
    )
}
