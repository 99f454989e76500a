//! W09: subjects are spelt as in the tables.

use super::{oddities, told_once};
use crate::disclosure::OddityKind;
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// Subjects are spelt as in the tables.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "W09",
    title: ("名词解释的科目名称没有错漏字", "subjects are spelt as in the tables"),
    family: Family::Wording,
    severity: Severity::Info,
    basis: (
        "名词解释解释的是本部门预算表里的科目。",
        "The glossary explains the subjects of the department's own tables.",
    ),
    explain: (
        "科目名称与表里只差一两个字。只作提示。",
        "A name differs from the table's by a character or two. A hint.",
    ),
    holds: "资源勘探工业信息等支出(类)工业和信息产业监管(款)行政运行(项)：指保障机构运转的支出。\n\n## 一般公共预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 75.50 | 20.00 |\n| 215 | 资源勘探工业信息等支出 | 95.50 | 75.50 | 20.00 |\n| 21505 | 工业和信息产业监管 | 95.50 | 75.50 | 20.00 |\n| 2150501 | 行政运行 | 75.50 | 75.50 | |\n| 2150502 | 一般行政管理事务 | 20.00 | | 20.00 |\n",
    breaks: "资源勘探工业信息等支出(类)工业和信息化产业监管(款)行政运行(项)：指保障机构运转的支出。\n\n## 一般公共预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 75.50 | 20.00 |\n| 215 | 资源勘探工业信息等支出 | 95.50 | 75.50 | 20.00 |\n| 21505 | 工业和信息产业监管 | 95.50 | 75.50 | 20.00 |\n| 2150501 | 行政运行 | 75.50 | 75.50 | |\n| 2150502 | 一般行政管理事务 | 20.00 | | 20.00 |\n",
    spared: "资源勘探工业信息等支出(类)工业和信息化产业监管(款)其他监管支出(项)：指保障机构运转的支出。\n\n## 一般公共预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 75.50 | 20.00 |\n| 215 | 资源勘探工业信息等支出 | 95.50 | 75.50 | 20.00 |\n| 21505 | 工业和信息产业监管 | 95.50 | 75.50 | 20.00 |\n| 2150501 | 行政运行 | 75.50 | 75.50 | |\n| 2150502 | 一般行政管理事务 | 20.00 | | 20.00 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let found: Vec<_> = oddities(scope, OddityKind::SubjectSpelling)
        .into_iter()
        .map(|(at, words)| (at, format!("“{words}”")))
        .collect();
    told_once(scope, &found, "与表差一两个字的科目名称", "subjects spelt otherwise than in the tables")
}
