//! T15: “三公”经费 = 因公出国（境） + 公务用车 + 公务接待.

use crate::disclosure::{Measure, Message, Row, TableKind};
use crate::rules::sight::{TableAt, equal, not_checkable};
use crate::rules::{Family, Instance, Rule, Scope, Severity, columns};

/// “三公”经费合计 = 因公出国（境）费 + 公务用车购置及运行费 + 公务接待费
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T15",
    title: ("“三公”经费合计等于三项之和", "the three public expenses equal their parts"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：“三公”经费由因公出国（境）费、公务用车购置及运行费、公务接待费三项组成。",
        "By definition: the three public expenses are official trips abroad, official vehicles and official receptions.",
    ),
    explain: (
        "“三公”经费合计就是出国、用车、接待三项加起来。同一张表里的会议费、培训费等不算在内。表里缺一项时不核对。",
        "The total is the sum of trips, vehicles and receptions. Meetings or training in the same table do not count. Where one of the three is not in the table nothing is checked.",
    ),
    holds: "## “三公”经费支出表\n\n单位：万元\n\n\
    | “三公”经费合计 | 因公出国（境）费 | 公务用车购置及运行费 | | | 公务接待费 |\n\
    |---|---|---|---|---|---|\n\
    | | | 小计 | 公务用车购置费 | 公务用车运行费 | |\n\
    | 25.45 | 4.00 | 20.00 | 16.50 | 3.50 | 1.45 |\n",
    breaks: "## “三公”经费支出表\n\n单位：万元\n\n\
    | “三公”经费合计 | 因公出国（境）费 | 公务用车购置及运行费 | | | 公务接待费 |\n\
    |---|---|---|---|---|---|\n\
    | | | 小计 | 公务用车购置费 | 公务用车运行费 | |\n\
    | 25.45 | 4.00 | 20.00 | 16.50 | 3.50 | 7.45 |\n",
    spared: "## “三公”经费支出表\n\n单位：万元\n\n\
    | 项目 | 预算数 |\n|---|---|\n\
    | “三公”经费合计 | 5.40 |\n\
    | 公务接待费 | 2.40 |\n\
    | 公务用车运行维护费 | 3.00 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for t in scope.present(TableKind::ThreePublic) {
        let label = Message::new("“三公”经费合计 = 出国 + 用车 + 接待", "total = trips + vehicles + receptions");
        let before = found.len();
        for sum in columns::sums_of(t) {
            let measure = |column: usize| t.table.columns[column].measure;
            let of_three = |wanted: Measure| sum.parts.iter().any(|&part| measure(part) == Some(wanted));
            // Columns of another year measure nothing of this one; they add up all the same.
            let other_year = measure(sum.whole).is_none() && !t.table.columns[sum.whole].header().contains("用车");
            let of_the_three = matches!(measure(sum.whole), Some(Measure::ThreePublic | Measure::Total))
                || of_three(Measure::Abroad) && of_three(Measure::Reception);
            if !(sum.outermost || other_year || of_the_three) {
                continue;
            }
            for (row, _) in t.rows().filter(|(_, row)| !is_rate(row)) {
                let parts = sum.parts.iter().map(|&c| t.term(row, c)).collect();
                found.push(equal(label.clone(), t.term(row, sum.whole), parts));
            }
        }
        if found.len() == before {
            found.extend(listed(t, &label));
        }
    }
    found
}

/// A row of rates (增减率) adds up to nothing.
fn is_rate(row: &Row) -> bool {
    row.name.as_deref().is_some_and(|name| name.contains('率') || name.contains('%') || name.contains('％'))
}

/// The same where the items are rows.
fn listed(t: TableAt<'_>, label: &Message) -> Vec<Instance> {
    let row = |measure| t.table.rows.iter().position(|r| r.measure == Some(measure));
    let Some(total) =
        row(Measure::ThreePublic).or_else(|| t.table.rows.iter().position(|r| r.measure == Some(Measure::Total)))
    else {
        return Vec::new();
    };
    let vehicles = match row(Measure::Vehicles) {
        Some(vehicles) => vec![vehicles],
        None => [Measure::VehiclePurchase, Measure::VehicleRunning].into_iter().filter_map(row).collect(),
    };
    let (Some(abroad), Some(reception), false) = (row(Measure::Abroad), row(Measure::Reception), vehicles.is_empty())
    else {
        return vec![not_checkable(
            label.clone(),
            vec![t.whole()],
            "表中没有列全三项",
            "the table does not list all three",
        )];
    };
    let mut parts = vec![abroad];
    parts.extend(vehicles);
    parts.push(reception);
    t.table
        .amount_columns()
        .filter(|&c| t.prints(total, c))
        .map(|c| equal(label.clone(), t.term(total, c), t.terms(&parts, c)))
        .collect()
}
