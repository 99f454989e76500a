//! C03: an empty table says so with a sentence.

use crate::disclosure::{ColumnRole, Message, Status, Value};
use crate::rules::judge::prints_nothing;
use crate::rules::sight::{self, TableAt};
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
        "没有数的表也要列出来，并用一句话说明，例如“本部门没有政府性基金预算支出”。只有表头、没有说明的，读者分不清是没有还是漏了。逐行列出科目、金额栏印“—”“/”的，已经写明没有。",
        "A table without figures is printed too, with a sentence that says so. With a header only, a reader cannot tell nothing from something left out. Lines with names and a dash where their amounts would stand say it, too.",
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
        let says = note.is_some() || !t.table.remarks.is_empty() || prints_dashes(t);
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

/// Whether a line with a name of its own prints a dash where an amount would stand: that is nothing, and says so.
fn prints_dashes(t: TableAt<'_>) -> bool {
    let is_dash = |value: &Value| matches!(value, Value::Text(_));
    t.rows().filter(|(_, row)| row.name.is_some()).any(|(_, row)| {
        let cells = row.entries.iter().zip(&t.table.columns);
        cells.filter(|(_, c)| c.role == ColumnRole::Amount).any(|(e, _)| is_dash(&e.value) && prints_nothing(e))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::judge::Outcome;

    fn told(name: &str, text: &str) -> Vec<Outcome> {
        let analysis = crate::run(&[(name.to_owned(), text.as_bytes().to_vec())]);
        analysis.checks.iter().filter(|c| c.rule == "C03").map(|c| c.verdict.outcome).collect()
    }

    #[test]
    fn lines_of_names_and_dashes_say_that_there_is_nothing() {
        for dash in ["—", "-", "－", "/", "——"] {
            let lines = |gap: &str| {
                ["科目编码|科目名称|合计|基本支出|项目支出", "212|城乡社区支出|—|—|—", "21208|土地出让安排的支出|—|—|—"]
                    .map(|line| line.replace('—', dash).replace('|', gap))
                    .join("\n")
            };
            let text = |gap: &str| format!("政府性基金预算支出表\n\n单位：万元\n\n{}\n", lines(gap));
            assert_eq!(told("a.txt", &text("\t")), [Outcome::Pass], "{dash} after tabs");
            assert_eq!(told("a.txt", &text(" ")), [Outcome::Pass], "{dash} after spaces");
        }
    }

    #[test]
    fn a_form_that_nobody_filled_in_says_nothing() {
        let form = "政府性基金预算支出表\n\n单位：万元\n\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t\t\t\n";
        assert_eq!(told("a.txt", form), [Outcome::Fail]);
    }
}
