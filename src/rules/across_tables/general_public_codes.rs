//! X05: 支出总表 code = 一般公共预算支出表 code where there is no other money, else ≥.

use crate::disclosure::{Measure, Message, RowRole, TableKind};
use crate::rules::sight::related;
use crate::rules::{Family, Instance, Relation, Rule, Scope, Severity, columns, money, rows};

/// 支出总表 code = 一般公共预算支出表 code where there is no other money, else ≥
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X05",
    title: (
        "支出总表与一般公共预算支出表的同一科目一致",
        "a code agrees in the tables of all and of general public expenditure",
    ),
    family: Family::AcrossTables,
    severity: Severity::Error,
    basis: (
        "表间勾稽：支出总表包括全部资金，一般公共预算支出表是其中一部分；没有其他资金时两者相同。",
        "Arithmetic of the set: the table of expenditure holds all money, that of general public expenditure a part of it; without other money they are the same.",
    ),
    explain: (
        "一个部门如果只有一般公共预算的钱，两张表里同一科目的数应当一样；还有基金、事业收入等其他钱时，支出总表只会更大。所以先看有没有其他钱，再决定比“等于”还是比“不小于”。",
        "A department that has general public money only prints the same amount for a code in both tables; with fund or business income the table of expenditure is larger. So the other money decides whether the two are held equal or one at least the other.",
    ),
    holds: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 66.00 |\n\
    | 二、其他收入 | | 二、住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 90.00 | 70.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | |\n\
    \n## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | | 合计 | 90.00 | 70.00 | 60.00 | 10.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 40.00 | 6.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | 20.00 | 4.00 | |\n\
    \n",
    breaks: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 66.00 |\n\
    | 二、其他收入 | | 二、住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 90.00 | 70.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 42.00 | 42.00 | |\n\
    \n## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | | 合计 | 90.00 | 70.00 | 60.00 | 10.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 40.00 | 6.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | 20.00 | 4.00 | |\n\
    \n",
    spared: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 75.50 |\n\
    | 二、其他收入 | 5.50 | 二、住房保障支出 | 24.00 |\n\
    | 本年收入合计 | 95.50 | 本年支出合计 | 99.50 |\n\
    | 上年结转结余 | 4.00 | 年终结转结余 | |\n\
    | 收入总计 | 99.50 | 支出总计 | 99.50 |\n\
    \n## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 99.50 | 79.50 | 20.00 |\n\
    | 205 | 教育支出 | 75.50 | 55.50 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | |\n\
    \n## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | | 合计 | 90.00 | 70.00 | 60.00 | 10.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 40.00 | 6.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | 20.00 | 4.00 | |\n\
    \n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let relation = match money::only(scope, &[Measure::GeneralPublic]) {
        money::Answer::Yes => Relation::Equal,
        money::Answer::No | money::Answer::Unknown => Relation::AtLeast,
    };
    let sign = if relation == Relation::Equal { "=" } else { "≥" };
    let function = TableKind::GeneralPublicExpenditureByFunction;
    scope.pairs(TableKind::ExpenditureSummary, function).instances(|all, part, found| {
        let mut pairs = Vec::new();
        if let (Some(a), Some(b)) = (columns::total_of(all), columns::total_of(part)) {
            pairs.push((a, b));
        }
        for measure in [Measure::Basic, Measure::Personnel, Measure::Public, Measure::Project] {
            if let (Some(a), Some(b)) = (columns::column(all.table, measure), columns::column(part.table, measure)) {
                pairs.push((a, b));
            }
        }
        let mut lines: Vec<(usize, Vec<usize>)> = Vec::new();
        if let (Some(a), Some(b)) = (all.total_row(), part.total_row()) {
            lines.push((a, vec![b]));
        }
        let codes = rows::by_code(part, RowRole::Function);
        for (code, same) in rows::by_code(all, RowRole::Function) {
            // A code that is printed for several units has no single amount to hold against.
            if let ([row], Some(others)) = (&same[..], codes.get(code)) {
                lines.push((*row, others.clone()));
            }
        }
        let headers: Vec<String> = pairs.iter().map(|&(a, _)| all.column_name(a)).collect();
        for (row, others) in lines {
            let name = all.row_name(row);
            for (&(a, b), header) in pairs.iter().zip(&headers) {
                let label = Message::new(
                    ["支出总表 ", &name.zh, " ", sign, " 一般公共预算支出表（", header, "）"].concat(),
                    [&name.en, " of all expenditure ", sign, " of general public expenditure (", header, ")"].concat(),
                );
                found.push(related(label, all.term(row, a), relation, part.terms(&others, b)));
            }
        }
    })
}
