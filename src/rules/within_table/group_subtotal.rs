//! T07: 小计等于组内各栏之和.

use crate::rules::{Family, Instance, Rule, Scope, Severity, columns};

/// 小计等于组内各栏之和
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T07",
    title: ("小计等于组内各栏之和", "a subtotal equals the columns of its group"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：表头写明的合计、小计等于它所包括的各栏之和。",
        "Arithmetic of the form: a column headed 合计 or 小计 is the sum of the columns that its header spans.",
    ),
    explain: (
        "同一表头下的小计是组内各栏加起来的数，例如基本支出小计等于人员经费加公用经费。",
        "A subtotal is the sum of the columns under the same header: basic expenditure is personnel and public expenses.",
    ),
    holds: "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | 205 | 教育支出 | 95.50 | 75.50 | 60.00 | 15.50 | 20.00 |\n",
    breaks: "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | 205 | 教育支出 | 95.50 | 75.50 | 60.00 | 18.50 | 20.00 |\n",
    spared: "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 其中：公用经费 | |\n\
    | 205 | 教育支出 | 95.50 | 75.50 | 70.00 | 15.50 | 20.00 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    columns::instances(scope, false, "组内各栏之和", "sum of the group")
}
