//! C05: 功能科目公开到项.

use crate::disclosure::{Message, RowRole, TableKind};
use crate::rules::sight::not_checkable;
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};

/// 功能科目公开到项
pub(in crate::rules) static RULE: Rule = Rule {
    id: "C05",
    title: ("功能科目公开到项", "function codes go down to the item"),
    family: Family::Completeness,
    severity: Severity::Warning,
    basis: (
        "《预算法实施条例》第六条：部门预算支出按功能分类公开到项，基本支出按经济分类公开到款。",
        "Regulation on the Budget Law, article 6: expenditure is disclosed by function down to the item (项), basic expenditure by economic class down to the group (款).",
    ),
    explain: (
        "支出按功能分类要公开到“项”，也就是七位编码，例如 2050101 行政运行。只列到类、款，读者看不出钱具体做什么。没有编码的表不下结论。",
        "Expenditure by function is disclosed down to the item, a code of seven digits. A table that stops at classes does not tell what the money does. A table without codes is not judged.",
    ),
    holds: "## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
    | | 合计 | 90.00 |\n\
    | 205 | 教育支出 | 90.00 |\n\
    | 20501 | 教育管理事务 | 90.00 |\n\
    | 2050101 | 行政运行 | 90.00 |\n\
    \n",
    breaks: "## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
    | | 合计 | 90.00 |\n\
    | 205 | 教育支出 | 90.00 |\n\
    | 20501 | 教育管理事务 | 90.00 |\n\
    \n",
    spared: "## 一般公共预算支出表\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 |\n|---|---|---|\n\
    | | 合计 | 90.00 |\n\
    | 301 | 某局 | 90.00 |\n\
    \n",
    check,
};

/// Digits of an item (项).
const DIGITS: usize = 7;

/// Its level where the hierarchy is told without codes.
const LEVEL: u8 = 2;

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for kind in [TableKind::GeneralPublicExpenditureByFunction] {
        for t in scope.own(kind) {
            let name = t.name();
            let rows = || t.rows().filter(|(_, row)| row.role == RowRole::Function);
            // Without codes the level tells.
            let down = rows().any(|(_, row)| match &row.code {
                Some(code) => code.len() >= DIGITS,
                None => row.level >= LEVEL,
            });
            if rows().next().is_none() {
                let label = Message::new(format!("{}列到项级", name.zh), format!("{} goes down to items", name.en));
                found.push(not_checkable(label, vec![t.whole()], "表里没有科目编码", "the table prints no codes"));
                continue;
            }
            let label = if down {
                Message::new(format!("{}列到了项级", name.zh), format!("{} goes down to items", name.en))
            } else {
                Message::new(format!("{}没有列到项级", name.zh), format!("{} does not go down to items", name.en))
            };
            found.push(Instance { label, claim: Claim::Fact { holds: down, at: vec![t.whole()] } });
        }
    }
    found
}
