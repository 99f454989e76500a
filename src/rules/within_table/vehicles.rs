//! T16: 公务用车购置及运行费 = 购置费 + 运行维护费.

use crate::disclosure::{Measure, Message, TableKind};
use crate::rules::sight::equal;
use crate::rules::{Family, Instance, Rule, Scope, Severity, columns};

/// 公务用车购置及运行费 = 公务用车购置费 + 公务用车运行维护费
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T16",
    title: ("公务用车费用等于购置加运行", "vehicles equal purchase plus running"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：公务用车购置及运行费分为购置费和运行维护费两项。",
        "By definition: the cost of official vehicles is their purchase and their running.",
    ),
    explain: (
        "公务用车一项分成买车和养车两部分，加起来等于小计。没有分开列的表不核对。",
        "The cost of vehicles is split in buying and running them. A table that does not split it is not checked.",
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
    | 25.45 | 4.00 | 20.00 | 16.50 | 8.50 | 1.45 |\n",
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
        let label = Message::new("公务用车费用 = 购置 + 运行维护", "vehicles = purchase + running");
        for sum in columns::sums_of(t) {
            if sum.outermost || !matches!(t.table.columns[sum.whole].measure, Some(Measure::Vehicles)) {
                continue;
            }
            for (row, _) in t.rows() {
                let parts = sum.parts.iter().map(|&c| t.term(row, c)).collect();
                found.push(equal(label.clone(), t.term(row, sum.whole), parts));
            }
        }
        let row = |measure| t.table.rows.iter().position(|r| r.measure == Some(measure));
        if let (Some(whole), Some(purchase), Some(running)) =
            (row(Measure::Vehicles), row(Measure::VehiclePurchase), row(Measure::VehicleRunning))
        {
            for column in t.table.amount_columns() {
                found.push(equal(label.clone(), t.term(whole, column), t.terms(&[purchase, running], column)));
            }
        }
    }
    found
}
