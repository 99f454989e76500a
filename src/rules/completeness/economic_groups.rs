//! C06: 基本支出公开到款.

use crate::disclosure::{Message, RowRole, TableKind};
use crate::rules::sight::not_checkable;
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};

/// 基本支出公开到款
pub(in crate::rules) static RULE: Rule = Rule {
    id: "C06",
    title: ("基本支出公开到款", "basic expenditure goes down to the group"),
    family: Family::Completeness,
    severity: Severity::Warning,
    basis: (
        "《预算法实施条例》第六条：部门预算支出按功能分类公开到项，基本支出按经济分类公开到款。",
        "Regulation on the Budget Law, article 6: expenditure is disclosed by function down to the item (项), basic expenditure by economic class down to the group (款).",
    ),
    explain: (
        "基本支出按经济分类要公开到“款”，也就是五位编码，例如 30101 基本工资。没有编码的表不下结论。",
        "Basic expenditure is disclosed by economic class down to the group, a code of five digits. A table without codes is not judged.",
    ),
    holds: "## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
    | | 合计 | 70.00 |\n\
    | 301 | 工资福利支出 | 70.00 |\n\
    | 30101 | 基本工资 | 70.00 |\n\
    \n",
    breaks: "## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
    | | 合计 | 70.00 |\n\
    | 301 | 工资福利支出 | 70.00 |\n\
    \n",
    spared: "## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目名称 | 合计 |\n|---|---|\n\
    | 合计 | 70.00 |\n\
    | 工资福利支出 | 70.00 |\n\
    \n",
    check,
};

/// Digits of a group (款).
const DIGITS: usize = 5;

/// Its level where the hierarchy is told without codes.
const LEVEL: u8 = 1;

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for kind in [TableKind::BasicExpenditure] {
        for t in scope.own(kind) {
            let name = t.name();
            let rows = || t.rows().filter(|(_, row)| row.role == RowRole::Economic);
            // Without codes the level tells.
            let down = rows().any(|(_, row)| match &row.code {
                Some(code) => code.len() >= DIGITS,
                None => row.level >= LEVEL,
            });
            if rows().next().is_none() {
                let label = Message::new(format!("{}列到款级", name.zh), format!("{} goes down to groups", name.en));
                found.push(not_checkable(label, vec![t.whole()], "表里没有科目编码", "the table prints no codes"));
                continue;
            }
            let label = if down {
                Message::new(format!("{}列到了款级", name.zh), format!("{} goes down to groups", name.en))
            } else {
                Message::new(format!("{}没有列到款级", name.zh), format!("{} does not go down to groups", name.en))
            };
            found.push(Instance { label, claim: Claim::Fact { holds: down, at: vec![t.whole()] } });
        }
    }
    found
}
