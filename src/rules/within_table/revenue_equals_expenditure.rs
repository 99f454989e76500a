//! T01: 收入总计 = 支出总计.

use crate::disclosure::{Message, Side};
use crate::rules::sides::{self, SideList};
use crate::rules::sight::{TableAt, equal, not_checkable};
use crate::rules::{Family, Instance, Rule, Scope, Severity, columns};

/// 收入总计 = 支出总计
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T01",
    title: ("收入总计等于支出总计", "total revenue equals total expenditure"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：收支总表左右两侧用上年结转和年终结转补平，两个总计必须相等。",
        "Arithmetic of the form: both sides include what is carried over, so the two totals are the same amount.",
    ),
    explain: (
        "一张收支表的两侧说的是同一笔钱：从哪里来、到哪里去。上年没用完的计入收入，今年没用完的计入支出，所以两个总计必须一样。只有一侧印了总计的表不核对。",
        "The two sides of the table tell where the same money comes from and where it goes. What is left from last year counts as revenue and what is left over counts as expenditure, so the totals agree. A table that prints only one total is not checked.",
    ),
    holds: HOLDS,
    breaks: "## 收支总表\n\n单位：万元\n\n\
        | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
        | 一、其他收入 | 90.00 | 一、教育支出 | 90.00 |\n\
        | 收入总计 | 90.00 | 支出总计 | 98.00 |\n",
    spared: "## 收支总表\n\n单位：万元\n\n\
        | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
        | 一、其他收入 | 90.00 | 一、教育支出 | 95.00 |\n\
        | 收入总计 | 90.00 | | |\n",
    check,
};

const HOLDS: &str = "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、其他收入 | 90.00 | 一、教育支出 | 90.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n";

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for t in scope.tables() {
        let lists = sides::lists(t);
        let label = Message::new("收入总计 = 支出总计", "total revenue = total expenditure");
        let totals = |side: Side| lists.iter().filter(move |l| l.side == side && l.grand_total.is_some());
        let (revenue, expenditure) = (totals(Side::Revenue).count(), totals(Side::Expenditure).count());
        match (revenue, expenditure) {
            (0, 0) => {}
            (0, _) | (_, 0) => {
                found.push(not_checkable(label, vec![t.whole()], "只有一侧印了总计", "only one side prints a total"));
            }
            _ => {
                for r in totals(Side::Revenue) {
                    if let Some(e) = partner(t, r, totals(Side::Expenditure), expenditure)
                        && let (Some(left), Some(right)) = (r.grand_total, e.grand_total)
                    {
                        found.push(equal(label.clone(), t.term(left, r.column), vec![t.term(right, e.column)]));
                    }
                }
            }
        }
    }
    found
}

/// The column of the other side that stands for the same money: the only one, the total among several funds, or the
/// one with the same header.
fn partner<'l>(
    t: TableAt<'_>,
    revenue: &SideList,
    mut expenditure: impl Iterator<Item = &'l SideList> + Clone,
    count: usize,
) -> Option<&'l SideList> {
    if count == 1 {
        return expenditure.next();
    }
    let own = |column: usize| t.table.columns[column].path.last();
    let same = expenditure.clone().find(|e| own(e.column) == own(revenue.column));
    same.or_else(|| {
        let total = columns::sums_of(t).iter().find(|s| expenditure.clone().any(|e| e.column == s.whole))?;
        expenditure.find(|e| e.column == total.whole)
    })
}
