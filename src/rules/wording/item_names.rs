//! W10: items are called as in the table.

use super::told_once;
use crate::disclosure::{Anchor, Concept};
use crate::rules::prose::{cells, every};
use crate::rules::{Family, Instance, Rule, Scope, Severity};
use crate::spelling::folded;

/// Items are called as in the table.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "W10",
    title: ("文字中的经济科目名称与表中相同", "items are called as in the table"),
    family: Family::Wording,
    severity: Severity::Info,
    basis: ("支出经济分类科目有统一名称。", "Items of the economic classification have one name."),
    explain: (
        "金额对得上而名称与表里不同，如“水电费”与“电费”、“工会会费”与“工会经费”。只作提示。",
        "The amounts agree and the names differ, as 水电费 and 电费. A hint.",
    ),
    holds: "2024年机关运行经费预算 13.50 万元，其中：电费 4.00 万元、工会经费 9.50 万元。\n\n## 一般公共预算基本支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 82.00 | 13.50 |\n| 301 | 工资福利支出 | 82.00 | 82.00 | |\n| 30101 | 基本工资 | 82.00 | 82.00 | |\n| 302 | 商品和服务支出 | 13.50 | | 13.50 |\n| 30206 | 电费 | 4.00 | | 4.00 |\n| 30228 | 工会经费 | 9.50 | | 9.50 |\n",
    breaks: "2024年机关运行经费预算 13.50 万元，其中：水电费 4.00 万元、工会会费 9.50 万元。\n\n## 一般公共预算基本支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 82.00 | 13.50 |\n| 301 | 工资福利支出 | 82.00 | 82.00 | |\n| 30101 | 基本工资 | 82.00 | 82.00 | |\n| 302 | 商品和服务支出 | 13.50 | | 13.50 |\n| 30206 | 电费 | 4.00 | | 4.00 |\n| 30228 | 工会经费 | 9.50 | | 9.50 |\n",
    spared: "2024年机关运行经费预算 13.50 万元，其中：电费 4.00 万元、工会经费等 9.50 万元。\n\n## 一般公共预算基本支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 82.00 | 13.50 |\n| 301 | 工资福利支出 | 82.00 | 82.00 | |\n| 30101 | 基本工资 | 82.00 | 82.00 | |\n| 302 | 商品和服务支出 | 13.50 | | 13.50 |\n| 30206 | 电费 | 4.00 | | 4.00 |\n| 30228 | 工会经费 | 9.50 | | 9.50 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for (at, statement) in every(scope).filter(|(_, s)| matches!(s.concept, Some(Concept::Economic(_)))) {
        let said = folded(&statement.measure);
        let names: Vec<String> =
            cells::cells(scope, statement).into_iter().filter_map(|cell| name(scope, cell)).collect();
        // A table may cut a name short; (护) and 费用 for 费 are spellings.
        let plain = |name: &str| name.replace("(护)", "").replace("费用", "费");
        let same = names.iter().any(|name| {
            let (a, b) = (plain(name), plain(&said));
            a.starts_with(&b) || b.starts_with(&a)
        });
        if let (Some(name), false) = (names.first(), same) {
            found.push((at, format!("“{said}”（表内“{name}”）")));
        }
    }
    told_once(scope, &found, "名称与表不同的经济科目", "items called otherwise than in the table")
}

fn name(scope: &Scope, cell: Anchor) -> Option<String> {
    let Anchor::Cell { table, row, .. } = cell else { return None };
    let row = scope.disclosure().tables.get(usize::from(table))?.rows.get(usize::try_from(row).ok()?)?;
    row.name.as_deref().map(|name| folded(name).into_owned())
}
