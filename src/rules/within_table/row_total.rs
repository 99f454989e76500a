//! T06: 合计等于各栏之和.

use crate::rules::{Family, Instance, Rule, Scope, Severity, columns};

/// 合计等于各栏之和
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T06",
    title: ("合计等于各栏之和", "a row total equals its columns"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：表头写明的合计、小计等于它所包括的各栏之和。",
        "Arithmetic of the form: a column headed 合计 or 小计 is the sum of the columns that its header spans.",
    ),
    explain: (
        "每一行的合计是右边各栏加起来的数。某一组的小计已经代表了组内各栏，“其中”栏、百分比和不同年份的栏都不相加。",
        "The total of a row is the sum of its columns. The subtotal of a group stands for its members; of-which columns, percents and years are not added.",
    ),
    holds: "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | 205 | 教育支出 | 95.50 | 75.50 | 60.00 | 15.50 | 20.00 |\n",
    breaks: "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | 205 | 教育支出 | 95.50 | 75.50 | 60.00 | 15.50 | 29.00 |\n",
    spared: "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 其中：专项 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | 205 | 教育支出 | 75.50 | 75.50 | 60.00 | 15.50 | 20.00 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    columns::instances(scope, true, "各栏之和", "sum of its columns")
}
