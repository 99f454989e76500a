//! C03: an empty table says so with a sentence.

use crate::disclosure::{Message, Status};
use crate::rules::sight;
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};

/// an empty table says so with a sentence
pub(in crate::rules) static RULE: Rule = Rule {
    id: "C03",
    title: ("空表写明没有数据", "an empty table says that it is empty"),
    family: Family::Completeness,
    severity: Severity::Info,
    basis: (
        "财预〔2016〕143号所列的公开表（据各地目录转引，未见原文）。",
        "The tables listed in 财预〔2016〕143号, cited from local catalogues; its own text was not read.",
    ),
    explain: (
        "没有数的表也要列出来，并用一句话说明，例如“本部门没有政府性基金预算支出”。只有表头、没有说明的，读者分不清是没有还是漏了。",
        "A table without figures is printed too, with a sentence that says so. With a header only, a reader cannot tell nothing from something left out.",
    ),
    holds: "## 政府性基金预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\n本部门没有政府性基金预算支出。\n",
    breaks: "## 政府性基金预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\n",
    spared: "## 政府性基金预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 0.00 | 0.00 | 0.00 |\n\
    \n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for t in scope.tables() {
        let Status::Empty { note } = &t.table.status else {
            continue;
        };
        let says = note.is_some() || !t.table.remarks.is_empty();
        let name = sight::caption(t.table);
        let label = if says {
            Message::new(format!("“{}”写明了没有数据", name.zh), format!("“{}” says that it is empty", name.en))
        } else {
            Message::new(
                format!("“{}”只有表头，没有说明为什么是空的", name.zh),
                format!("“{}” has a header only and does not say why", name.en),
            )
        };
        found.push(Instance { label, claim: Claim::Fact { holds: says, at: vec![t.whole()] } });
    }
    found
}
