//! T19: an item of a two-sided table = its sub-items.

use crate::disclosure::{Measure, Message};
use crate::rules::sides;
use crate::rules::sight::{TableAt, equal};
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};

/// 收支表里的一项 = 其下各细项之和
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T19",
    title: ("收支表的一项等于其下细项之和", "an item equals its sub-items"),
    family: Family::WithinTable,
    severity: Severity::Error,
    basis: (
        "表式勾稽：“二、上年结转”等于其下（一）（二）（三）之和；基本支出等于人员经费加公用经费。",
        "Arithmetic of the form: an item is the sum of the sub-items with marks of their own below it; basic expenditure is personnel and public expenses.",
    ),
    explain: (
        "收支表里的一项有时在下面分成几个细项。细项有编号，或者就是人员经费和公用经费、本级和上级、经费拨款和非税时，加起来应当等于上面那一项；其他没有编号的细项看不出是否列全，对不上也不下结论。",
        "An item may be split below itself. Where the parts carry marks, or are personnel and public expenses, 本级 and 上级, or 经费拨款 and 非税, they add up to it; other parts without marks may be incomplete, and no conclusion is drawn from them.",
    ),
    holds: HOLDS,
    breaks: "## 财政拨款收支总表\n\n单位：万元\n\n\
        | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
        | 一、本年收入 | 90.00 | 一、本年支出 | 95.50 |\n\
        | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 95.50 |\n\
        | 二、上年结转 | 5.50 | | |\n\
        | （一）一般公共预算拨款 | 3.50 | | |\n\
        | （二）政府性基金预算拨款 | 7.00 | | |\n\
        | 收入总计 | 95.50 | 支出总计 | 95.50 |\n",
    spared: "## 收支总表\n\n单位：万元\n\n\
        | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
        | 一、一般公共预算拨款收入 | 90.00 | 一、基本支出 | 90.00 |\n\
        | 其中：非税收入 | 12.00 | | |\n\
        | 本年收入合计 | 90.00 | 本年支出合计 | 90.00 |\n",
    check,
};

const HOLDS: &str = "## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 90.00 | 一、本年支出 | 95.50 |\n\
    | （一）一般公共预算拨款 | 90.00 | （一）教育支出 | 95.50 |\n\
    | 二、上年结转 | 5.50 | | |\n\
    | （一）一般公共预算拨款 | 3.50 | | |\n\
    | （二）政府性基金预算拨款 | 2.00 | | |\n\
    | 收入总计 | 95.50 | 支出总计 | 95.50 |\n";

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    let mut found = Vec::new();
    for t in scope.tables() {
        for list in sides::lists(t) {
            for (whole, parts) in &list.sub_items {
                let column = list.column;
                if !t.prints(*whole, column) || !parts.iter().any(|&r| t.prints(r, column)) {
                    continue;
                }
                let name = t.row_name(*whole);
                let label =
                    Message::new(format!("{} = 下列细项之和", name.zh), format!("{} = sum of its sub-items", name.en));
                let instance = equal(label, t.term(*whole, column), t.terms(parts, column));
                match &instance.claim {
                    Claim::Equation(equation) if !is_complete(t, *whole, parts) && !judge.ties(equation) => {
                        found.push(sides::uncertain(t, instance));
                    }
                    _ => found.push(instance),
                }
            }
        }
    }
    found
}

/// Whether the parts are certain to be all: they carry list marks, are kinds of projects, are the two parts of basic
/// expenditure, or where an appropriation comes from: 本级 and 上级, of which the former 经费拨款 and 非税.
fn is_complete(t: TableAt<'_>, whole: usize, parts: &[usize]) -> bool {
    let measure = |row: usize| t.table.rows[row].measure;
    let has = |m: Measure| parts.iter().any(|&r| measure(r) == Some(m));
    let name = |row: usize| t.table.rows[row].name.as_deref().unwrap_or_default();
    let begins = |word: &str| parts.iter().any(|&r| name(r).starts_with(word));
    let by_level = begins("本级") && begins("上级");
    let by_source =
        name(whole).starts_with("本级") && begins("经费拨款") && parts.iter().any(|&r| name(r).contains("非税"));
    // 年初财政拨款结转和结余 of the three funds.
    let by_fund = Measure::FUNDS.into_iter().all(has);
    if by_level || by_source || by_fund && measure(whole) == Some(Measure::CarriedIn) {
        return true;
    }
    parts.iter().all(|&r| sides::is_marked(&t.table.rows[r]))
        // 经常性项目, 一次性项目, 跨年项目
        || measure(whole) == Some(Measure::Project)
            && parts.iter().all(|&r| t.table.rows[r].name.as_deref().is_some_and(|n| n.ends_with("项目")))
        || measure(whole) == Some(Measure::Basic) && parts.len() == 2 && has(Measure::Personnel) && has(Measure::Public)
}

#[cfg(test)]
mod tests {
    use crate::rules::judge::Outcome;

    /// 本级 and 上级 are all that an appropriation can come from, 经费拨款 and 非税 all that 本级 is made of.
    #[test]
    fn where_an_appropriation_comes_from_is_told_in_full() {
        let table = |own: &str, funds: &str| {
            format!(
                "## 收支总表\n\n单位：万元\n\n| 收入 | | 支出 | |\n|---|---|---|---|\n| 项目 | 预算数 | 项目 | 预算数 |\n\
                 | 一、一般公共预算拨款 | 90.00 | 一、教育支出 | 60.00 |\n| 本级一般公共预算拨款 | {own} | 二、住房保障支出 | 35.50 |\n\
                 | 经费拨款（补助） | {funds} | | |\n| 纳入预算管理的非税 | 3.20 | | |\n| 上级补助 | | | |\n\
                 | 二、其他收入 | 5.50 | | |\n| 本年收入合计 | 95.50 | 本年支出合计 | 95.50 |\n| 收入总计 | 95.50 | 支出总计 | 95.50 |\n"
            )
        };
        let failed = |own: &str, funds: &str| {
            let analysis = crate::run(&[("budget.md".to_owned(), table(own, funds).into_bytes())]);
            let fails = analysis.checks.iter().filter(|c| c.verdict.outcome == Outcome::Fail && c.rule == "T19");
            fails.count()
        };
        assert_eq!(failed("90.00", "86.80"), 0);
        assert_eq!(failed("90.00", "88.60"), 1, "two digits of 经费拨款 turned");
        assert_eq!(failed("96.00", "86.80"), 2, "本级 misread: its own parts and the item above it");
    }
}
