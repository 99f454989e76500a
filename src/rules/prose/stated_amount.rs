//! N01: an amount of the prose = its cell.

use super::{Judge, Tie, call, cells, equation, head_of, statement, tie};
use crate::amount::Unit;
use crate::disclosure::{Anchor, Concept, Measure, Message, Side, Statement, TableKind};
use crate::rules::sight::{row_name, table_name};
use crate::rules::{Claim, Family, Instance, Relation, Rule, Scope, Severity, Term, columns};

/// An amount of the prose = its cell.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "N01",
    title: ("文字说明的金额与表中相同", "an amount of the prose is that of its table"),
    family: Family::Prose,
    severity: Severity::Error,
    basis: (
        "同一份公开文件里，同一年度、同一事项只有一个数；文字说明是对表的说明。",
        "One disclosure has one figure for one thing in one year: the prose explains the tables.",
    ),
    explain: (
        "文字里写明名称、年度和单位的金额，应与表中那一格相同，四舍五入或舍去尾数都可以。只在名称和年度都确定、各表的这一项又相同时才核对；上年数、增减额、门槛、区间和目标不算。数字相同而单位不同时，会提示单位。",
        "An amount that the prose names, with its year and unit, is that of its cell, rounded or cut off. It is held against the cell only where name and year are certain and every table prints the same for it; last year's figures, changes, thresholds, ranges and targets are left out. Where the digits agree and the units differ, the unit is named.",
    ),
    holds: "2024年甲局支出预算总额 95.5 万元。\n\n\
    ## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 208 | 社会保障和就业支出 | 95.50 | 75.50 | 20.00 |\n",
    breaks: "2024年甲局支出预算总额 98.5 万元。\n\n\
    ## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 208 | 社会保障和就业支出 | 95.50 | 75.50 | 20.00 |\n",
    spared: "# 甲局2024年部门预算\n\n2023年支出预算总额 98.5 万元。\n\n所属单位支出预算 9 万元。\n\n\
    ## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 208 | 社会保障和就业支出 | 95.50 | 75.50 | 20.00 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    let mut found = Vec::new();
    for (at, statement) in cells::stated(scope) {
        match tie(scope, judge, at, statement) {
            Tie::Certain(cell) => {
                let equation = equation(at, Relation::Equal, vec![Term::plus(cell)]);
                let claim = if !judge.ties(&equation) && is_of_another_scope(scope, judge, at, cell) {
                    let why = Message::new(
                        "文字的总额与表中合计不同、而各项之和与文字的总额相符，可能说的是另一个口径（如不含上年结转）",
                        "the total of the text is another than the table's and its parts sum to it: it may be of another scope, such as without what was carried in",
                    );
                    Claim::NotCheckable { why, at: vec![at, cell] }
                } else {
                    Claim::Equation(equation)
                };
                found.push(Instance { label: label(scope, statement, cell), claim });
            }
            Tie::Fits(_) | Tie::Unlike(_) => {}
            Tie::Beside(cell, neighbour) => found.push(Instance {
                label: label(scope, statement, cell),
                claim: Claim::NotCheckable {
                    why: Message::new(
                        "表中同一行另有一格是这个数，可能读取时错了一列",
                        "another cell of the row has this figure; the row may have been read a column off",
                    ),
                    at: vec![at, cell, neighbour],
                },
            }),
            Tie::Nowhere => found.extend(why_not(at, statement)),
        }
    }
    for (at, statement, cells) in cells::resembling(scope) {
        let Some(&first) = cells.first() else { continue };
        let claim = Claim::Fact { holds: true, at: std::iter::once(at).chain(cells.iter().copied()).collect() };
        found.push(Instance { label: label(scope, statement, first), claim });
    }
    found
}

/// Whether an amount is the cell's without what was carried in, or stands in a list that ties in itself and whose head is
/// another total than that of the cell's row.
fn is_of_another_scope(scope: &Scope, judge: &Judge, at: Anchor, cell: Anchor) -> bool {
    let kinds = [TableKind::RevenueExpenditureSummary, TableKind::FiscalAppropriationSummary];
    let carried = kinds.into_iter().flat_map(|kind| scope.present(kind)).filter_map(|t| {
        cells::item(t, Side::Revenue, Measure::CarriedIn).filter(|&carried| !judge.is_nothing(carried))
    });
    let without = |carried: Anchor| equation(cell, Relation::Equal, vec![Term::plus(at), Term::plus(carried)]);
    if carried.into_iter().any(|carried| judge.ties(&without(carried))) {
        return true;
    }
    let Some((head_at, head)) = head_of(scope, at) else { return false };
    let Anchor::Cell { disclosure, table, row, .. } = cell else { return false };
    let total = scope.table(table).and_then(columns::total_of);
    let Some(column) = total.and_then(|column| u16::try_from(column).ok()) else { return false };
    let parts: Vec<Term> =
        head.parts.iter().filter_map(|&part| statement(scope, part)).map(|(at, _)| Term::plus(at)).collect();
    let total = Anchor::Cell { disclosure, table, row, column };
    total != cell
        && parts.len() > 1
        && judge.ties(&equation(head_at, Relation::Equal, parts))
        && !judge.ties(&equation(head_at, Relation::Equal, vec![Term::plus(total)]))
}

/// What is compared, and where only the unit differs, that.
fn label(scope: &Scope, statement: &Statement, cell: Anchor) -> Message {
    let Anchor::Cell { table, row, column, .. } = cell else {
        return Message::default();
    };
    let Some(table) = scope.disclosure().tables.get(usize::from(table)) else {
        return Message::default();
    };
    let row = usize::try_from(row).ok().and_then(|row| table.rows.get(row));
    let entry = row.and_then(|row| row.entries.get(usize::from(column)));
    let row = row.map(row_name).unwrap_or_default();
    let table_name = table_name(table);
    let statement_name = call(statement);
    let mut zh = ["文字“", &statement_name, "”与", &table_name.zh, "“", &row.zh, "”"].concat();
    let mut en = ["“", &statement_name, "” in the prose and “", &row.en, "” of the ", &table_name.en].concat();
    let same_digits = entry.and_then(|e| e.amount()).is_some_and(|a| a.value() == statement.amount.value());
    if let (true, Some(unit), Some(other)) = (same_digits, statement.unit, table.unit)
        && unit != other
    {
        zh = format!("{zh}：数字相同，单位可能应是“{}”", other.word());
        en = format!("{en}: the digits agree, the unit may be {}", english(other));
    }
    Message::new(zh, en)
}

fn english(unit: Unit) -> &'static str {
    match unit {
        Unit::Yuan => "yuan",
        Unit::Thousand => "1,000 yuan (千元)",
        Unit::TenThousand => "10,000 yuan (万元)",
        Unit::HundredMillion => "100 million yuan (亿元)",
    }
}

/// Why a named amount has no cell: its table is missing or could not be read, or its name is not certain.
fn why_not(at: Anchor, statement: &Statement) -> Option<Instance> {
    let label = Message::new(format!("文字“{}”", call(statement)), format!("“{}” in the prose", call(statement)));
    let why = match (&statement.concept, &statement.doubt) {
        (None, Some(doubt)) => doubt.clone(),
        (None, None) => return None,
        (Some(concept), _) => {
            let table = home(concept)?.name();
            Message::new(
                format!("没有读到{}中的这一项", table.zh),
                format!("the {} does not have it, or was not read", table.en),
            )
        }
    };
    Some(Instance { label, claim: Claim::NotCheckable { why, at: vec![at] } })
}

/// The table that a concept is looked for in first; `None` where another rule takes care of it.
fn home(concept: &Concept) -> Option<TableKind> {
    Some(match concept {
        Concept::TotalRevenue | Concept::TotalExpenditure | Concept::TotalBudget | Concept::Revenue(_) => {
            TableKind::RevenueExpenditureSummary
        }
        Concept::Expenditure(_) => TableKind::ExpenditureSummary,
        Concept::FiscalTotal => TableKind::FiscalAppropriationSummary,
        Concept::FundExpenditure(crate::disclosure::Measure::GeneralPublic)
        | Concept::GeneralPublic(_)
        | Concept::Function(_) => TableKind::GeneralPublicExpenditureByFunction,
        Concept::ThreePublic(_) => TableKind::ThreePublic,
        Concept::Economic(_) => TableKind::BasicExpenditure,
        Concept::Project(_) => TableKind::ProjectExpenditure,
        Concept::FundExpenditure(_)
        | Concept::AgencyOperating
        | Concept::Procurement
        | Concept::ProcurementPart(_)
        | Concept::ServicePurchase => return None,
    })
}
