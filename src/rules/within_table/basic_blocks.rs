//! T24: 人员经费合计 and 公用经费合计 at the foot of 基本支出决算明细表 = their economic classes.

use crate::disclosure::{Measure, Message, RowRole, TableKind};
use crate::rules::sight::{TableAt, equal};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// 人员经费合计 = 301 + 303; 公用经费合计 = the other classes
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T24",
    title: (
        "人员经费合计、公用经费合计等于各类之和",
        "the totals of personnel and public expenses are the sums of their economic classes",
    ),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "基本支出决算明细表的表式：人员经费为 301、303 两类，公用经费为其余各类。",
        "The form of basic expenditure in final accounts: personnel is classes 301 and 303, public expenses are all others.",
    ),
    explain: (
        "基本支出决算明细表左边是人员经费，右边是公用经费，最下面一行是两个合计。合计应等于上面 301、302 等各类之和。",
        "The form has personnel on the left and public expenses on the right, with a total of each at the foot: it is the sum of the classes (301, 302 …) above it.",
    ),
    holds: "## 一般公共预算财政拨款基本支出决算明细表\n\n单位：万元\n\n\
    | 人员经费 | | | 公用经费 | | |\n|---|---|---|---|---|---|\n\
    | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 |\n\
    | 301 | 工资福利支出 | 60.00 | 302 | 商品和服务支出 | 12.00 |\n\
    | 30101 | 基本工资 | 60.00 | 30201 | 办公费 | 12.00 |\n\
    | 303 | 对个人和家庭的补助 | 3.50 | 310 | 资本性支出 | 2.00 |\n\
    | 30302 | 退休费 | 3.50 | 31002 | 办公设备购置 | 2.00 |\n\
    | 人员经费合计 | | 63.50 | 公用经费合计 | | 14.00 |\n",
    breaks: "## 一般公共预算财政拨款基本支出决算明细表\n\n单位：万元\n\n\
    | 人员经费 | | | 公用经费 | | |\n|---|---|---|---|---|---|\n\
    | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 |\n\
    | 301 | 工资福利支出 | 60.00 | 302 | 商品和服务支出 | 12.00 |\n\
    | 30101 | 基本工资 | 60.00 | 30201 | 办公费 | 12.00 |\n\
    | 303 | 对个人和家庭的补助 | 3.50 | 310 | 资本性支出 | 2.00 |\n\
    | 30302 | 退休费 | 3.50 | 31002 | 办公设备购置 | 2.00 |\n\
    | 人员经费合计 | | 65.30 | 公用经费合计 | | 14.00 |\n",
    spared: "## 一般公共预算财政拨款基本支出决算明细表\n\n单位：万元\n\n\
    | 人员经费 | | | 公用经费 | | |\n|---|---|---|---|---|---|\n\
    | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 |\n\
    | 30101 | 基本工资 | 60.00 | 30201 | 办公费 | 12.00 |\n\
    | 30302 | 退休费 | 3.50 | 31002 | 办公设备购置 | 2.00 |\n\
    | 人员经费合计 | | 65.30 | 公用经费合计 | | 14.00 |\n",
    check,
};

/// The classes of personnel; all others are public expenses.
const PERSONNEL: [&str; 2] = ["301", "303"];
/// Digits of the code of a class (类).
const CLASS: usize = 3;

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for t in scope.present(TableKind::BasicExpenditure) {
        for (row, column, measure) in foot(t) {
            let is_of = |code: &str| PERSONNEL.contains(&code) == (measure == Measure::Personnel);
            let classes = t.rows().filter(|(_, r)| {
                r.role == RowRole::Economic && r.code.as_deref().is_some_and(|c| c.len() == CLASS && is_of(c))
            });
            let cells: Vec<_> = classes.filter_map(|(at, _)| Some(t.term(at, t.only_printed(at)?))).collect();
            if cells.is_empty() {
                continue;
            }
            let name = t.row_name(row);
            let label = Message::new(format!("{} = 各类之和", name.zh), format!("{} = sum of its classes", name.en));
            found.push(equal(label, t.term(row, column), cells));
        }
    }
    found
}

/// The totals of personnel and of public expenses at the foot of lists side by side: row, column, and which it is.
pub(in crate::rules) fn foot(t: TableAt<'_>) -> Vec<(usize, usize, Measure)> {
    let totals = t.rows().filter_map(|(row, r)| {
        let measure = r.measure.filter(|m| matches!(m, Measure::Personnel | Measure::Public))?;
        let is_total = r.name.as_deref().is_some_and(|name| name.ends_with("合计"));
        (is_total && r.code.is_none()).then_some((row, t.only_printed(row)?, measure))
    });
    let found: Vec<_> = totals.collect();
    let of = |measure| found.iter().filter(|(.., m)| *m == measure).count();
    if of(Measure::Personnel) == 1 && of(Measure::Public) == 1 { found } else { Vec::new() }
}
