//! X06: 一般公共预算支出表 by unit = by function.

use crate::disclosure::{Measure, Message, TableKind};
use crate::rules::sight::equal;
use crate::rules::{Family, Instance, Rule, Scope, Severity, columns};

/// 一般公共预算支出表 by unit = by function
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X06",
    title: ("一般公共预算支出表分单位与分科目一致", "general public expenditure by unit and by function agree"),
    family: Family::AcrossTables,
    severity: Severity::Error,
    basis: ("表间勾稽：同一个数在两张表里应当相同。", "Arithmetic of the set: the same amount stands in both tables."),
    explain: (
        "同一笔一般公共预算支出，按单位加和按功能科目加，合计行每一栏都应当相同。",
        "The same expenditure told by unit and by function has the same total in every column.",
    ),
    holds: "## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | | 合计 | 90.00 | 70.00 | 60.00 | 10.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 40.00 | 6.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | 20.00 | 4.00 | |\n\
    \n## 一般公共预算支出表（分单位）\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | | 合计 | 90.00 | 70.00 | 60.00 | 10.00 | 20.00 |\n\
    | 301 | 某局 | 90.00 | 70.00 | 60.00 | 10.00 | 20.00 |\n\
    \n",
    breaks: "## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | | 合计 | 90.00 | 70.00 | 60.00 | 10.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 40.00 | 6.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | 20.00 | 4.00 | |\n\
    \n## 一般公共预算支出表（分单位）\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | | 合计 | 91.00 | 71.00 | 60.00 | 11.00 | 20.00 |\n\
    | 301 | 某局 | 90.00 | 70.00 | 60.00 | 10.00 | 20.00 |\n\
    \n",
    spared: "## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | | 合计 | 90.00 | 70.00 | 60.00 | 10.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 40.00 | 6.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | 20.00 | 4.00 | |\n\
    \n## 一般公共预算支出表（分单位）\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公务用车运行费 | |\n\
    | | 合计 | 90.00 | 70.00 | 60.00 | 10.00 | 20.00 |\n\
    | 301 | 某局 | 90.00 | 70.00 | 60.00 | 10.00 | 20.00 |\n\
    \n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let kinds = (TableKind::GeneralPublicExpenditureByFunction, TableKind::GeneralPublicExpenditureByUnit);
    scope.pairs(kinds.0, kinds.1).instances(|function, unit, found| {
        let (Some(a), Some(b)) = (function.total_row(), unit.total_row()) else {
            return;
        };
        let mut pairs = Vec::new();
        if let (Some(x), Some(y)) = (columns::total_of(function), columns::total_of(unit)) {
            pairs.push((x, y));
        }
        for measure in [Measure::Basic, Measure::Personnel, Measure::Public, Measure::Project] {
            if let (Some(x), Some(y)) = (columns::column(function.table, measure), columns::column(unit.table, measure))
            {
                pairs.push((x, y));
            }
        }
        for (x, y) in pairs {
            let header = function.column_name(x);
            let label = Message::new(
                format!("分功能科目合计 = 分单位合计（{header}）"),
                format!("total by function = total by unit ({header})"),
            );
            found.push(equal(label, function.term(a, x), vec![unit.term(b, y)]));
        }
    })
}
