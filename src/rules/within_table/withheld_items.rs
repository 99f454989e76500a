//! T09: a code above the sum of its printed parts.

use super::expenditure_items;
use crate::rules::rows::{self, SumKind, Wanted};
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// a code above the sum of its printed parts
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T09",
    title: ("上级大于所列下级之和", "a class is above the codes printed below it"),
    family: Family::WithinTable,
    severity: Severity::Warning,
    basis: (
        "《预算法》第十四条：公开不包括涉及国家秘密的内容。上级大于所列下级之和，可能有下级没有公开，也可能是数字不符。",
        "Budget Law, article 14: state secrets are excepted from disclosure. A class above its printed parts may have parts that were withheld, or figures that do not fit.",
    ),
    explain: (
        "有些科目依法可以不公开，这时上级会比列出来的下级之和大。所以这里只作提示：可能有没列出的科目，也可能是漏了一行或写错了数。",
        "Some codes may lawfully be withheld; the class is then larger than the parts that are printed. So this is a caution: something may be withheld, a line may be missing, or a figure may be mistyped.",
    ),
    holds: "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 208 | 社会保障和就业支出 | 75.50 | 55.50 | 20.00 |\n\
    | 20805 | 行政事业单位养老支出 | 75.50 | 55.50 | 20.00 |\n\
    | 2080501 | 行政单位离退休 | 30.25 | 30.25 | |\n\
    | 2080505 | 机关事业单位基本养老保险缴费支出 | 45.25 | 25.25 | 20.00 |\n\
    | 210 | 卫生健康支出 | 20.00 | 20.00 | |\n",
    breaks: "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 208 | 社会保障和就业支出 | 75.50 | 55.50 | 20.00 |\n\
    | 20805 | 行政事业单位养老支出 | 75.50 | 55.50 | 20.00 |\n\
    | 2080501 | 行政单位离退休 | 30.00 | 30.00 | |\n\
    | 2080505 | 机关事业单位基本养老保险缴费支出 | 45.25 | 25.25 | 20.00 |\n\
    | 210 | 卫生健康支出 | 20.00 | 20.00 | |\n",
    spared: "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 208 | 社会保障和就业支出 | 75.50 | 55.50 | 20.00 |\n\
    | 20805 | 行政事业单位养老支出 | 75.50 | 55.50 | 20.00 |\n\
    | 2080501 | 行政单位离退休 | 30.25 | 30.25 | |\n\
    | 2080505 | 机关事业单位基本养老保险缴费支出 | 48.25 | 25.25 | 20.00 |\n\
    | 210 | 卫生健康支出 | 20.00 | 20.00 | |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = rows::instances(
        scope,
        &Wanted {
            kinds: &[SumKind::Codes, SumKind::TotalOfCodes, SumKind::UnitOfCodes],
            above: Some(true),
            made_of: ("下级之和", "sum of the codes below"),
        },
    );
    found.extend(expenditure_items::instances(scope, true));
    found
}

#[cfg(test)]
mod tests {
    use crate::rules::judge::Outcome;

    #[test]
    fn a_class_that_is_not_published_is_a_caution_not_a_mismatch() {
        let text = "## 收支总表\n\n单位：万元\n\n\
            | 收入 | | 支出 | |\n|---|---|---|---|\n\
            | 项目 | 预算数 | 项目 | 预算数 |\n\
            | 一、一般公共预算拨款收入 | 95.50 | 一、教育支出 | 60.50 |\n\
            | | | 二、住房保障支出 | 20.00 |\n\
            | 本年收入合计 | 95.50 | 本年支出合计 | 95.50 |\n\
            | 收入总计 | 95.50 | 支出总计 | 95.50 |\n";
        let analysis = crate::run(&[("budget.md".to_owned(), text.as_bytes().to_vec())]);
        let failed: Vec<&str> =
            analysis.checks.iter().filter(|c| c.verdict.outcome == Outcome::Fail).map(|c| c.rule.as_ref()).collect();
        assert!(failed.contains(&"T09"), "{failed:?}");
        assert!(!failed.contains(&"T03"), "{failed:?}");
    }
}
