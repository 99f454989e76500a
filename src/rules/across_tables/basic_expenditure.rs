//! X07: 一般公共预算支出表 基本支出 = 基本支出表 合计.

use crate::disclosure::{Measure, Message, TableKind};
use crate::rules::sight::equal;
use crate::rules::within_table::basic_blocks;
use crate::rules::{Family, Instance, Rule, Scope, Severity, columns};

/// 一般公共预算支出表 基本支出 = 基本支出表 合计
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X07",
    title: ("一般公共预算的基本支出与基本支出表一致", "basic expenditure agrees in two tables"),
    family: Family::AcrossTables,
    severity: Severity::Error,
    basis: ("表间勾稽：同一个数在两张表里应当相同。", "Arithmetic of the set: the same amount stands in both tables."),
    explain: (
        "基本支出表是一般公共预算支出表里“基本支出”一栏按经济科目的展开，合计、人员经费、公用经费应当相同。",
        "The table of basic expenditure unfolds one column of general public expenditure by economic class; total, personnel and public expenses are the same.",
    ),
    holds: "## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | | 合计 | 90.00 | 70.00 | 60.00 | 10.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 40.00 | 6.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | 20.00 | 4.00 | |\n\
    \n## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |\n|---|---|---|---|---|\n\
    | | 合计 | 70.00 | 60.00 | 10.00 |\n\
    | 301 | 工资福利支出 | 60.00 | 60.00 | |\n\
    | 302 | 商品和服务支出 | 10.00 | | 10.00 |\n\
    \n",
    breaks: "## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | | 合计 | 90.00 | 70.00 | 60.00 | 10.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 40.00 | 6.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | 20.00 | 4.00 | |\n\
    \n## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |\n|---|---|---|---|---|\n\
    | | 合计 | 75.00 | 60.00 | 15.00 |\n\
    | 301 | 工资福利支出 | 60.00 | 60.00 | |\n\
    | 302 | 商品和服务支出 | 10.00 | | 10.00 |\n\
    \n",
    spared: "## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | | 合计 | 90.00 | 70.00 | 60.00 | 10.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 40.00 | 6.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | 20.00 | 4.00 | |\n\
    \n## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 人员经费 | 对企业补助 |\n|---|---|---|---|---|\n\
    | | 合计 | 70.00 | 60.00 | 10.00 |\n\
    | 301 | 工资福利支出 | 60.00 | 60.00 | |\n\
    | 302 | 商品和服务支出 | 10.00 | | 10.00 |\n\
    \n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let kinds = (TableKind::GeneralPublicExpenditureByFunction, TableKind::BasicExpenditure);
    scope.pairs(kinds.0, kinds.1).instances(|function, basic, found| {
        // 基本支出决算明细表 has no total of all: 人员经费合计 and 公用经费合计 stand at its foot.
        let foot = basic_blocks::foot(basic);
        if let (Some(row), Some(column), false) =
            (function.total_row(), columns::column(function.table, Measure::Basic), foot.is_empty())
        {
            let label = Message::new(
                "一般公共预算支出表基本支出 = 人员经费合计 + 公用经费合计",
                "basic expenditure of general public expenditure = personnel + public expenses",
            );
            let right = foot.iter().map(|&(row, column, _)| basic.term(row, column)).collect();
            found.push(equal(label, function.term(row, column), right));
            return;
        }
        let (Some(a), Some(b)) = (function.total_row(), basic.total_row()) else {
            return;
        };
        let mut pairs = Vec::new();
        if let (Some(x), Some(y)) = (columns::column(function.table, Measure::Basic), columns::total_of(basic)) {
            pairs.push((x, y, ("基本支出", "basic expenditure")));
        }
        for (measure, name) in
            [(Measure::Personnel, ("人员经费", "personnel")), (Measure::Public, ("公用经费", "public expenses"))]
        {
            if let (Some(x), Some(y)) =
                (columns::column(function.table, measure), columns::column(basic.table, measure))
            {
                pairs.push((x, y, name));
            }
        }
        for (x, y, (zh, en)) in pairs {
            let label = Message::new(
                format!("一般公共预算支出表{zh} = 基本支出表合计"),
                format!("{en} of general public expenditure = total of basic expenditure"),
            );
            found.push(equal(label, function.term(a, x), vec![basic.term(b, y)]));
        }
    })
}
