//! X14: 三公 item ≥ the same item of basic expenditure.

use crate::disclosure::{Measure, Message, RowRole, TableKind};
use crate::rules::sight::{TableAt, related};
use crate::rules::{Family, Instance, Relation, Rule, Scope, Severity, columns, rows};

/// 三公 item ≥ the same item of basic expenditure
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X14",
    title: ("“三公”各项不小于基本支出的同名科目", "each of the three public expenses covers its basic part"),
    family: Family::AcrossTables,
    severity: Severity::Info,
    basis: (
        "口径：“三公”经费包括基本支出和项目支出里的同类费用，通常不小于基本支出表的 30212、30217、30231。",
        "By scope: the three public expenses cover basic and project expenditure, so they usually are not less than 30212, 30217 and 30231 of the table of basic expenditure.",
    ),
    explain: (
        "出国、接待、用车三项在基本支出表里也有同名科目。三公口径还包括项目支出，所以三公表通常不会更小；口径不同的地方也有，所以只作说明。",
        "Trips, receptions and vehicles stand in the table of basic expenditure too. The three public expenses add projects, so they usually are not less; scopes differ, so this is a note only.",
    ),
    holds: "## “三公”经费支出表\n\n单位：万元\n\n\
    | “三公”经费合计 | 因公出国（境）费 | 公务用车购置及运行费 | | | 公务接待费 |\n|---|---|---|---|---|---|\n\
    | | | 小计 | 公务用车购置费 | 公务用车运行费 | |\n\
    | 9.00 | 4.00 | 3.50 | | 3.50 | 1.50 |\n\
    \n## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
    | 30212 | 因公出国（境）费用 | 4.00 |\n\
    | 30217 | 公务接待费 | 1.50 |\n\
    | 30231 | 公务用车运行维护费 | 3.50 |\n\
    \n",
    breaks: "## “三公”经费支出表\n\n单位：万元\n\n\
    | “三公”经费合计 | 因公出国（境）费 | 公务用车购置及运行费 | | | 公务接待费 |\n|---|---|---|---|---|---|\n\
    | | | 小计 | 公务用车购置费 | 公务用车运行费 | |\n\
    | 9.00 | 4.00 | 3.50 | | 3.50 | 1.50 |\n\
    \n## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
    | 30212 | 因公出国（境）费用 | 4.00 |\n\
    | 30217 | 公务接待费 | 2.50 |\n\
    | 30231 | 公务用车运行维护费 | 3.50 |\n\
    \n",
    spared: "## “三公”经费支出表\n\n单位：万元\n\n\
    | “三公”经费合计 | 因公出国（境）费 | 公务用车购置及运行费 | | | 公务接待费 |\n|---|---|---|---|---|---|\n\
    | | | 小计 | 公务用车购置费 | 公务用车运行费 | |\n\
    | 9.00 | 4.00 | 3.50 | | 3.50 | 1.50 |\n\
    \n## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
    | 30212 | 因公出国（境）费用 | 4.00 |\n\
    | 30217 | 公务接待费 | 0.50 |\n\
    | 30231 | 公务用车运行维护费 | 3.50 |\n\
    \n",
    check,
};

const ITEMS: [(Measure, &str, &str, &str); 3] = [
    (Measure::Abroad, "30212", "因公出国（境）费", "trips abroad"),
    (Measure::Reception, "30217", "公务接待费", "receptions"),
    (Measure::VehicleRunning, "30231", "公务用车运行费", "running vehicles"),
];

fn check(scope: &Scope) -> Vec<Instance> {
    scope.pairs(TableKind::ThreePublic, TableKind::BasicExpenditure).instances(|three, basic, found| {
        let Some(whole) = columns::total_of(basic) else {
            return;
        };
        let codes = rows::by_code(basic, RowRole::Economic);
        for (measure, code, zh, en) in ITEMS {
            if let (Some((row, column)), Some(same)) = (cell(three, measure), codes.get(code)) {
                let label = Message::new(
                    format!("“三公”{zh} ≥ 基本支出 {code}"),
                    format!("{en} ≥ {code} of basic expenditure"),
                );
                let right = basic.terms(same, whole);
                found.push(related(label, three.term(row, column), Relation::AtLeast, right));
            }
        }
    })
}

/// The cell of one of the three: a column of the only row or of the total row, or a row of the only column.
fn cell(t: TableAt<'_>, measure: Measure) -> Option<(usize, usize)> {
    if let Some(column) = columns::column(t.table, measure) {
        return t.total_row().map(|row| (row, column));
    }
    let row = t.table.rows.iter().position(|r| r.measure == Some(measure))?;
    let mut amounts = t.table.amount_columns();
    let only = amounts.next()?;
    amounts.next().is_none().then_some((row, only))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::judge::Outcome;
    use crate::rules::sketch;

    /// Final accounts print the budget beside what was spent: what was spent is held against.
    #[test]
    fn of_budget_and_accounts_side_by_side_the_accounts_count() {
        const TEXT: &str = "# 某市档案馆2024年度部门决算\n\n## 财政拨款“三公”经费支出决算表\n\n单位：万元\n\n\
            | 预算数 | | | | | | 决算数 | | | | | |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n\
            | 合计 | 因公出国（境）费 | 公务用车购置及运行费 | | | 公务接待费 | 合计 | 因公出国（境）费 | 公务用车购置及运行费 | | | 公务接待费 |\n\
            | | | 小计 | 公务用车购置费 | 公务用车运行费 | | | | 小计 | 公务用车购置费 | 公务用车运行费 | |\n\
            | 4.30 | | 3.50 | | 3.50 | 0.80 | 5.00 | | 3.50 | | 3.50 | 1.50 |\n\n\
            ## 一般公共预算财政拨款基本支出决算表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 决算数 |\n|---|---|---|\n\
            | 302 | 商品和服务支出 | 4.70 |\n| 30217 | 公务接待费 | 1.20 |\n| 30231 | 公务用车运行维护费 | 3.50 |\n";
        let outcomes = |text: &str| sketch::outcomes(&RULE, text);
        assert_eq!(outcomes(TEXT), [Outcome::Pass, Outcome::Pass]);
        assert_eq!(outcomes(&TEXT.replace("| 1.20 |", "| 1.70 |")), [Outcome::Fail, Outcome::Pass]);
    }
}
