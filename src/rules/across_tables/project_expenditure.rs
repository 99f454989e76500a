//! X08: 项目支出 columns = 项目支出表 合计.

use crate::disclosure::{Entry, Measure, Message, TableKind};
use crate::rules::judge::Judge;
use crate::rules::sight::{TableAt, equal};
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity, Term, columns};

/// 项目支出 columns = 项目支出表 合计
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X08",
    title: ("项目支出与项目支出表一致", "project expenditure agrees with the table of projects"),
    family: Family::AcrossTables,
    severity: Severity::Warning,
    basis: (
        "表间勾稽：项目支出表逐个列出支出总表“项目支出”一栏的项目。有的部门只公开重点项目，所以只作提示。",
        "Arithmetic of the set: the table of projects lists what the column of project expenditure sums. Some departments publish key projects only, so this is a caution.",
    ),
    explain: (
        "支出总表的“项目支出”一栏，通常等于项目支出表逐个项目加起来的数。只列重点项目的表不核对。",
        "The column of project expenditure usually equals the sum of the table of projects. A table of key projects only is not checked.",
    ),
    holds: "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 90.00 | 70.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | |\n\
    \n## 项目支出表\n\n单位：万元\n\n\
    | 项目编码 | 项目名称 | 合计 | 本年拨款 | 单位资金 |\n|---|---|---|---|---|\n\
    | | | | 一般公共预算 | |\n\
    | | 合计 | 20.00 | 20.00 | |\n\
    | 42120022209T000000105 | 安全生产检查 | 20.00 | 20.00 | |\n\
    \n",
    breaks: "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 90.00 | 70.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | |\n\
    \n## 项目支出表\n\n单位：万元\n\n\
    | 项目编码 | 项目名称 | 合计 | 本年拨款 | 单位资金 |\n|---|---|---|---|---|\n\
    | | | | 一般公共预算 | |\n\
    | | 合计 | 25.00 | 20.00 | |\n\
    | 42120022209T000000105 | 安全生产检查 | 20.00 | 20.00 | |\n\
    \n",
    spared: "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 90.00 | 70.00 | 20.00 |\n\
    | 205 | 教育支出 | 66.00 | 46.00 | 20.00 |\n\
    | 221 | 住房保障支出 | 24.00 | 24.00 | |\n\
    \n## 重点项目支出表\n\n单位：万元\n\n\
    | 项目编码 | 项目名称 | 合计 | 本年拨款 | 单位资金 |\n|---|---|---|---|---|\n\
    | | | | 一般公共预算 | |\n\
    | | 合计 | 15.00 | 20.00 | |\n\
    | 42120022209T000000105 | 安全生产检查 | 20.00 | 20.00 | |\n\
    \n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    let mut found =
        scope.pairs(TableKind::ExpenditureSummary, TableKind::ProjectExpenditure).instances(|all, projects, found| {
            if let Some((left, total)) = ends(all, projects)
                && let Some(whole) = columns::total_of(projects)
            {
                let label = Message::new(
                    "支出总表项目支出 = 项目支出表合计",
                    "project expenditure = total of the table of projects",
                );
                let plain = equal(label, left, vec![projects.term(total, whole)]);
                // Some lists hold the projects of 经营支出 and of money for others too.
                let with_others = plain_and_others(all, &plain);
                found.push(with_others.filter(|other| ties(judge, other) && !ties(judge, &plain)).unwrap_or(plain));
            }
        });
    let function = TableKind::GeneralPublicExpenditureByFunction;
    found.extend(scope.pairs(function, TableKind::ProjectExpenditure).instances(|general, projects, found| {
        let funds: Vec<usize> = projects
            .table
            .amount_columns()
            .filter(|&c| projects.table.columns[c].measure == Some(Measure::GeneralPublic))
            .collect();
        // Money carried in beside the year's: whether the other table holds it too is not said.
        let carried = projects.total_row().is_some_and(|total| {
            let columns = projects.table.amount_columns();
            let mut carried = columns.filter(|&c| projects.table.columns[c].measure == Some(Measure::CarriedIn));
            let amount = |c| projects.entry(total, c).and_then(Entry::amount);
            carried.any(|c| amount(c).is_some_and(|amount| !amount.value().is_zero()))
        });
        if let Some((left, total)) = ends(general, projects).filter(|_| !funds.is_empty()) {
            let label = Message::new(
                "一般公共预算支出表项目支出 = 项目支出表一般公共预算",
                "project expenditure of general public money = its columns of the table of projects",
            );
            let instance = equal(label, left, funds.iter().map(|&c| projects.term(total, c)).collect());
            if !carried || ties(judge, &instance) {
                found.push(instance);
            }
        }
    }));
    found
}

/// The same with what is spent on operations, superiors and subordinates on the side of the projects.
fn plain_and_others(all: TableAt<'_>, plain: &Instance) -> Option<Instance> {
    let row = all.total_row()?;
    let others = [Measure::OperatingExpenditure, Measure::ToSuperior, Measure::ToSubordinate];
    let mut whole = plain.clone();
    let Claim::Equation(equation) = &mut whole.claim else { return None };
    let columns = others.into_iter().filter_map(|measure| columns::column(all.table, measure));
    equation.left.extend(columns.map(|column| all.term(row, column)));
    Some(whole)
}

fn ties(judge: &Judge, instance: &Instance) -> bool {
    matches!(&instance.claim, Claim::Equation(equation) if judge.ties(equation))
}

/// The project column of a total row, and the total row of a table of all projects.
fn ends(all: TableAt<'_>, projects: TableAt<'_>) -> Option<(Term, usize)> {
    if ["重点", "主要", "部分", "及其他"].iter().any(|word| projects.table.title.contains(word)) {
        return None;
    }
    let column = columns::column(all.table, Measure::Project)?;
    Some((all.term(all.total_row()?, column), projects.total_row()?))
}
