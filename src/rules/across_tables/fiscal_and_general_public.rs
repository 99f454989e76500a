//! X11: 财政拨款收支总表 class = 一般公共预算支出表 class where there is no fund money, else ≥.

use crate::disclosure::{Measure, Message, RowRole, Side, TableKind};
use crate::rules::judge::Judge;
use crate::rules::sight::{TableAt, related};
use crate::rules::{Equation, Family, Instance, Relation, Rule, Scope, Severity, columns, money, rows, sides};

/// 财政拨款收支总表 class = 一般公共预算支出表 class where there is no fund money, else ≥
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X11",
    title: (
        "财政拨款收支总表与一般公共预算支出表的各类一致",
        "each class agrees in the fiscal summary and general public expenditure",
    ),
    family: Family::AcrossTables,
    severity: Severity::Error,
    basis: (
        "表间勾稽：财政拨款包括一般公共预算、政府性基金和国有资本经营预算；没有后两种时与一般公共预算支出表相同。",
        "Arithmetic of the set: fiscal appropriations are general public, fund and state capital money; without the latter two the classes are the same.",
    ),
    explain: (
        "财政拨款收支总表的每一类支出，没有基金和国资时，等于一般公共预算支出表里同一类的合计；有时不会更小。一般公共预算支出表只列当年拨款、不列上年结转的，也不会更小。分资金列栏的，用一般公共预算那一栏比。",
        "Without fund and state capital money each class of the fiscal summary equals that of general public expenditure; with them it is not smaller, nor is it where general public expenditure leaves out what was carried in. Where the summary has a column of general public money, that column is held against it.",
    ),
    holds: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 66.00 |\n\
    | 二、其他收入 | | 二、住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 90.00 | 一、本年支出 | 90.00 |\n\
    | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 66.00 |\n\
    | （二）政府性基金预算拨款 | | （二）住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
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
    \n## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 90.00 | 一、本年支出 | 90.00 |\n\
    | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 66.00 |\n\
    | （二）政府性基金预算拨款 | | （二）住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | | 合计 | 90.00 | 70.00 | 60.00 | 10.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 40.00 | 6.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 42.00 | 42.00 | 38.00 | 4.00 | |\n\
    \n",
    spared: "## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 90.00 | 一、本年支出 | 90.00 |\n\
    | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 66.00 |\n\
    | （二）政府性基金预算拨款 | 4.00 | （二）住房保障支出 | 24.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出 |\n|---|---|---|---|---|---|---|\n\
    | | | | 小计 | 人员经费 | 公用经费 | |\n\
    | | 合计 | 90.00 | 70.00 | 60.00 | 10.00 | 20.00 |\n\
    | 205 | 教育支出 | 60.00 | 46.00 | 40.00 | 6.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | 20.00 | 4.00 | |\n\
    \n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let no_funds = money::none(scope, &[Measure::GovernmentFund, Measure::StateCapital]) == money::Answer::Yes;
    let judge = scope.judge();
    let kinds = (TableKind::FiscalAppropriationSummary, TableKind::GeneralPublicExpenditureByFunction);
    scope.pairs(kinds.0, kinds.1).instances(|fiscal, general, found| {
        let Some(whole) = columns::total_of(general) else {
            return;
        };
        let of_year = leaves_out_carried(judge, fiscal, general, whole);
        let codes = rows::by_code(general, RowRole::Function);
        let classes = sides::classes(fiscal, Side::Expenditure);
        let own = |column: usize| fiscal.table.columns[column].measure == Some(Measure::GeneralPublic);
        let has_own = classes.iter().any(|&(.., column)| own(column));
        let main = sides::main_list(fiscal, Side::Expenditure).map(|list| list.column);
        for (row, class, column) in classes {
            if has_own && !own(column) || !has_own && main.is_some_and(|main| main != column) {
                continue;
            }
            let relation = if (has_own || no_funds) && !of_year { Relation::Equal } else { Relation::AtLeast };
            let sign = if relation == Relation::Equal { "=" } else { "≥" };
            let same: &[usize] = codes.get(class).map_or(&[], Vec::as_slice);
            if same.is_empty() && (judge.is_nothing(fiscal.cell(row, column)) || !prints_classes(&codes)) {
                continue;
            }
            let name = fiscal.row_name(row);
            let label = Message::new(
                format!("财政拨款收支总表“{}” {sign} 一般公共预算支出表 {class}", name.zh),
                format!("“{}” of the fiscal summary {sign} {class} of general public expenditure", name.en),
            );
            found.push(related(label, fiscal.term(row, column), relation, general.terms(same, whole)));
        }
    })
}

/// Whether the fiscal summary spends money carried over from last year that 一般公共预算支出表 leaves out: some forms print
/// only this year's appropriation there (年初预算数). Its total then is that of the year's revenue.
fn leaves_out_carried(judge: &Judge<'_>, fiscal: TableAt<'_>, general: TableAt<'_>, whole: usize) -> bool {
    let (Some(revenue), Some(total)) = (sides::main_list(fiscal, Side::Revenue), general.total_row()) else {
        return false;
    };
    let carried = revenue.besides.iter().any(|&row| !judge.is_nothing(fiscal.cell(row, revenue.column)));
    let spends = sides::main_list(fiscal, Side::Expenditure).and_then(|list| Some((list.year_total?, list.column)));
    let same = |(row, column): (usize, usize)| {
        let (left, right) = (vec![general.term(total, whole)], vec![fiscal.term(row, column)]);
        judge.ties(&Equation { left, relation: Relation::Equal, right })
    };
    let of_year = sides::year_item(fiscal, Side::Revenue, Measure::GeneralPublic).is_some_and(same);
    carried && of_year && !spends.is_some_and(same)
}

/// Whether a table prints classes at all, not only the items below them.
fn prints_classes(codes: &std::collections::BTreeMap<&str, Vec<usize>>) -> bool {
    /// 类
    const CLASS_DIGITS: usize = 3;
    codes.keys().any(|code| code.len() == CLASS_DIGITS)
}
