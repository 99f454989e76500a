//! Y05: a function code has the name that it had last year.

use std::collections::BTreeMap;

use super::pairs::last_year;
use crate::disclosure::{Anchor, Message, RowRole, TableKind};
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};
use crate::spelling::folded;

/// A function code has the name that it had last year.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "Y05",
    title: ("同一科目编码两年名称相同", "a code has the name of last year"),
    family: Family::AcrossDocuments,
    severity: Severity::Info,
    basis: (
        "政府收支分类科目每年可能调整；名称变了，两年的数不一定可比。",
        "The classification may change from year to year; where a name changed, the two years may not be comparable.",
    ),
    explain: (
        "同时打开同一单位相邻两年的预算时，比较一般公共预算支出表中同一编码的名称。名称只印了一部分的不算不同。只作提示，一起说一次。",
        "Where two years of one unit are opened together, the names of the codes of the general public expenditure are compared; a name that is cut short is not another. A hint, told once.",
    ),
    holds: "# 甲市乙局2024年部门预算\n\n## 一般公共预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 75.50 | 20.00 |\n| 208 | 社会保障和就业支出 | 95.50 | 75.50 | 20.00 |\n\n# 甲市乙局2023年部门预算\n\n## 一般公共预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 75.50 | 20.00 |\n| 208 | 社会保障和就业支出 | 95.50 | 75.50 | 20.00 |\n\n",
    breaks: "# 甲市乙局2024年部门预算\n\n## 一般公共预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 75.50 | 20.00 |\n| 208 | 社会保障和就业支出 | 95.50 | 75.50 | 20.00 |\n\n# 甲市乙局2023年部门预算\n\n## 一般公共预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 75.50 | 20.00 |\n| 208 | 卫生健康支出 | 95.50 | 75.50 | 20.00 |\n\n",
    spared: "# 甲市乙局2024年部门预算\n\n## 一般公共预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 75.50 | 20.00 |\n| 208 | 社会保障和就业支出 | 95.50 | 75.50 | 20.00 |\n\n# 甲市乙局2022年部门预算\n\n## 一般公共预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 75.50 | 20.00 |\n| 208 | 卫生健康支出 | 95.50 | 75.50 | 20.00 |\n\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let Some(earlier) = last_year(scope) else { return Vec::new() };
    let (now, then) = (names(scope), names(&earlier));
    let mut compared = Vec::new();
    let mut told = Vec::new();
    let mut at = Vec::new();
    for (code, (name, cell)) in &now {
        let Some((before, other)) = then.get(code) else { continue };
        compared.push(*cell);
        if !(name.starts_with(before.as_str()) || before.starts_with(name.as_str())) {
            told.push(format!("{code} {before}→{name}"));
            at.extend([*cell, *other]);
        }
    }
    if compared.is_empty() {
        return Vec::new();
    }
    let holds = told.is_empty();
    let label = if holds {
        Message::new("两年同一编码的名称相同", "codes have the names of last year")
    } else {
        Message::new(
            format!("两年同一编码的名称不同：{}", told.join("、")),
            format!("codes with other names than last year: {}", told.join(", ")),
        )
    };
    vec![Instance { label, claim: Claim::Fact { holds, at: if holds { compared } else { at } } }]
}

fn names(scope: &Scope) -> BTreeMap<String, (String, Anchor)> {
    let mut names = BTreeMap::new();
    for t in scope.present(TableKind::GeneralPublicExpenditureByFunction) {
        for (row, r) in t.rows().filter(|(_, r)| r.role == RowRole::Function && r.doubt.is_none()) {
            if let (Some(code), Some(name)) = (&r.code, &r.name) {
                names.entry(code.clone()).or_insert_with(|| (folded(name).into_owned(), t.cell(row, 0)));
            }
        }
    }
    names
}
