//! X17: what is paid for pensions and housing is one amount in both classifications.

use crate::disclosure::{Measure, Message, RowRole, TableKind};
use crate::rules::sight::equal;
use crate::rules::within_table::basic_blocks;
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity, columns, rows};

/// 30108 = 2080505, 30109 = 2080506, 30113 = 2210201 (基本支出)
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X17",
    title: (
        "养老保险、职业年金、住房公积金按两种分类相同",
        "pension and housing contributions are the same by function and by economic class",
    ),
    family: Family::AcrossTables,
    severity: Severity::Warning,
    basis: (
        "《政府收支分类科目》：2080505、2080506、2210201 与经济分类 30108、30109、30113 说的是同一笔缴费。",
        "The classification of the budget: 2080505, 2080506 and 2210201 are by function what 30108, 30109 and 30113 are by economic class.",
    ),
    explain: (
        "单位缴纳的养老保险、职业年金、住房公积金在一般公共预算支出表（按功能）和基本支出表（按经济）里各列一次。多数单位两处相同；另外至少一项相同、只有一项不同时才提示，都不同的说明该单位另有列法，不提示。",
        "Contributions to pensions, occupational annuities and housing stand once by function and once by economic class. Nearly everywhere both are the same; it is a caution only where another of them is and a single one is not.",
    ),
    holds: "## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | 2080505 | 机关事业单位基本养老保险缴费支出 | 12.00 | 12.00 | |\n\
    | 2080506 | 机关事业单位职业年金缴费支出 | 6.00 | 6.00 | |\n\
    | 2210201 | 住房公积金 | 9.00 | 9.00 | |\n\
    \n## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |\n|---|---|---|---|---|\n\
    | 30108 | 机关事业单位基本养老保险缴费 | 12.00 | 12.00 | |\n\
    | 30109 | 职业年金缴费 | 6.00 | 6.00 | |\n\
    | 30113 | 住房公积金 | 9.00 | 9.00 | |\n\
    \n",
    breaks: "## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | 2080505 | 机关事业单位基本养老保险缴费支出 | 12.00 | 12.00 | |\n\
    | 2080506 | 机关事业单位职业年金缴费支出 | 6.00 | 6.00 | |\n\
    | 2210201 | 住房公积金 | 9.00 | 9.00 | |\n\
    \n## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |\n|---|---|---|---|---|\n\
    | 30108 | 机关事业单位基本养老保险缴费 | 12.00 | 12.00 | |\n\
    | 30109 | 职业年金缴费 | 6.00 | 6.00 | |\n\
    | 30113 | 住房公积金 | 19.00 | 19.00 | |\n\
    \n",
    spared: "## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | 2080505 | 机关事业单位基本养老保险缴费支出 | 12.00 | 12.00 | |\n\
    | 2080506 | 机关事业单位职业年金缴费支出 | 6.00 | 6.00 | |\n\
    | 2210201 | 住房公积金 | 9.00 | 9.00 | |\n\
    \n## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |\n|---|---|---|---|---|\n\
    | 30108 | 机关事业单位基本养老保险缴费 | 11.00 | 11.00 | |\n\
    | 30109 | 职业年金缴费 | 5.00 | 5.00 | |\n\
    | 30113 | 住房公积金 | 9.00 | 9.00 | |\n\
    \n",
    check,
};

/// Economic code, function code and what is paid.
const PAID: [(&str, &str, &str, &str); 3] = [
    ("30108", "2080505", "养老保险缴费", "pension contributions"),
    ("30109", "2080506", "职业年金缴费", "annuity contributions"),
    ("30113", "2210201", "住房公积金", "housing contributions"),
];

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    let kinds = (TableKind::GeneralPublicExpenditureByFunction, TableKind::BasicExpenditure);
    scope.pairs(kinds.0, kinds.1).instances(|function, basic, found| {
        let Some(of_function) = columns::column(function.table, Measure::Basic) else { return };
        // Lists side by side have a column of their own each.
        let of_class = columns::total_of(basic).filter(|_| basic_blocks::foot(basic).is_empty());
        let by_function = rows::by_code(function, RowRole::Function);
        let by_class = rows::by_code(basic, RowRole::Economic);
        let (mut ties, mut differs) = (Vec::new(), Vec::new());
        for (class, code, zh, en) in PAID {
            let (Some([row]), Some(same)) = (by_class.get(class).map(Vec::as_slice), by_function.get(code)) else {
                continue;
            };
            let Some(of_class) = of_class.or_else(|| basic.only_printed(*row)) else { continue };
            if !basic.prints(*row, of_class) || !same.iter().any(|&r| function.prints(r, of_function)) {
                continue;
            }
            let label = Message::new(
                format!("{zh}：基本支出 {class} = 功能科目 {code} 的基本支出"),
                format!("{en}: {class} of basic expenditure = basic expenditure of {code}"),
            );
            let instance = equal(label, basic.term(*row, of_class), function.terms(same, of_function));
            let holds = matches!(&instance.claim, Claim::Equation(equation) if judge.ties(equation));
            if holds { ties.push(instance) } else { differs.push(instance) }
        }
        if ties.is_empty() || differs.len() > 1 {
            differs.clear();
        }
        found.extend(ties);
        found.extend(differs);
    })
}
