//! T20: the same code has the same name everywhere.

use std::collections::BTreeMap;

use crate::amount::half_width;
use crate::disclosure::{Anchor, ColumnRole, Message, RowRole, TableKind};
use crate::rules::sight::TableAt;
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};

/// 同一科目编码，名称处处相同
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T20",
    title: ("同一科目编码的名称一致", "the same code has the same name"),
    family: Family::WithinTable,
    severity: Severity::Warning,
    basis: (
        "《政府收支分类科目》：一个编码对应一个名称。",
        "The classification of revenue and expenditure gives each code one name.",
    ),
    explain: (
        "同一个科目编码在不同表里应当是同一个名称。名称被截短、括号或空格不同，不算不一致；单位编码和科目编码各算各的。",
        "A code has one name in every table. Names that were cut short, and other brackets or spaces, do not count; unit codes and function codes are kept apart.",
    ),
    holds: HOLDS,
    breaks: "## 支出总表\n\n单位：万元\n\n\
        | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
        | 2060499 | 其他技术研究与开发支出 | 20.00 |\n\n\
        ## 一般公共预算支出表\n\n单位：万元\n\n\
        | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
        | 2060499 | 其他技术与开发支出 | 20.00 |\n",
    spared: "## 支出总表\n\n单位：万元\n\n\
        | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
        | 2080505 | 机关事业单位基本养老保险缴费支出 | 20.00 |\n\n\
        ## 一般公共预算支出表\n\n单位：万元\n\n\
        | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
        | 2080505 | 机关事业单位 | 20.00 |\n",
    check,
};

const HOLDS: &str = "## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
    | 2060499 | 其他技术研究与开发支出 | 20.00 |\n\n\
    ## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
    | 2060499 | 其他技术研究与开发支出 | 20.00 |\n";

/// Where a name is printed.
struct Printed {
    name: String,
    bare: String,
    at: Anchor,
}

fn check(scope: &Scope) -> Vec<Instance> {
    let mut names: BTreeMap<(bool, String), Vec<Printed>> = BTreeMap::new();
    // In lists of purchases and projects the name beside a code is that of the purchase.
    let of_others = [TableKind::Procurement, TableKind::ServicePurchase, TableKind::ProjectExpenditure];
    for t in scope.tables().filter(|t| !of_others.contains(&t.table.kind)) {
        let Some(column) = t.table.columns.iter().position(|c| c.role == ColumnRole::Name) else {
            continue;
        };
        for (at, row) in t.rows() {
            if let (RowRole::Function | RowRole::Economic, Some(code), Some(name)) = (row.role, &row.code, &row.name) {
                let printed = Printed { name: name.clone(), bare: bare(name), at: name_cell(t, at, column) };
                names.entry((row.role == RowRole::Function, code.clone())).or_default().push(printed);
            }
        }
    }
    names
        .into_iter()
        .filter(|(_, printed)| printed.len() >= 2)
        .map(|((_, code), printed)| {
            let mut different: Vec<&Printed> = Vec::new();
            for p in &printed {
                if !different.iter().any(|d| is_same(&d.bare, &p.bare)) {
                    different.push(p);
                }
            }
            let listed: Vec<&str> = different.iter().map(|p| p.name.as_str()).collect();
            Instance {
                label: Message::new(
                    format!("{code} 的名称：{}", listed.join("／")),
                    format!("name of {code}: {}", listed.join(" / ")),
                ),
                claim: Claim::Fact { holds: different.len() <= 1, at: different.iter().map(|p| p.at).collect() },
            }
        })
        .collect()
}

fn name_cell(t: TableAt<'_>, row: usize, column: usize) -> Anchor {
    t.cell(row, column)
}

/// A name without spaces and marks, in half width.
fn bare(name: &str) -> String {
    name.chars().map(half_width).filter(|c| c.is_alphanumeric()).collect()
}

/// The same, or one of them cut short.
fn is_same(a: &str, b: &str) -> bool {
    a.starts_with(b) || b.starts_with(a)
}
