//! W08: subjects are explained by the names that the tables have.

use super::{quoted, told_once};
use crate::disclosure::OddityKind;
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// Subjects are explained by the names that the tables have.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "W08",
    title: ("名词解释的科目与表中一致", "subjects are explained by the names that the tables have"),
    family: Family::Wording,
    severity: Severity::Warning,
    basis: (
        "名词解释解释的是本部门预算表里的科目。",
        "The glossary explains the subjects of the department's own tables.",
    ),
    explain: (
        "表里有这个项级科目，而名词解释写的类、款与表里的不同。表里没有的科目不算。",
        "The tables have the item, and the explanation names another class or group for it. Subjects that the tables do not have are left out.",
    ),
    holds: "资源勘探工业信息等支出(类)工业和信息产业监管(款)行政运行(项)：指保障机构运转的支出。\n\n## 一般公共预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 75.50 | 20.00 |\n| 215 | 资源勘探工业信息等支出 | 95.50 | 75.50 | 20.00 |\n| 21505 | 工业和信息产业监管 | 95.50 | 75.50 | 20.00 |\n| 2150501 | 行政运行 | 75.50 | 75.50 | |\n| 2150502 | 一般行政管理事务 | 20.00 | | 20.00 |\n",
    breaks: "资源勘探工业信息等支出(类)制造业(款)行政运行(项)：指保障机构运转的支出。\n\n## 一般公共预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 75.50 | 20.00 |\n| 215 | 资源勘探工业信息等支出 | 95.50 | 75.50 | 20.00 |\n| 21505 | 工业和信息产业监管 | 95.50 | 75.50 | 20.00 |\n| 2150501 | 行政运行 | 75.50 | 75.50 | |\n| 2150502 | 一般行政管理事务 | 20.00 | | 20.00 |\n",
    spared: "资源勘探工业信息等支出(类)制造业(款)其他制造业支出(项)：指保障机构运转的支出。\n\n## 一般公共预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 95.50 | 75.50 | 20.00 |\n| 215 | 资源勘探工业信息等支出 | 95.50 | 75.50 | 20.00 |\n| 21505 | 工业和信息产业监管 | 95.50 | 75.50 | 20.00 |\n| 2150501 | 行政运行 | 75.50 | 75.50 | |\n| 2150502 | 一般行政管理事务 | 20.00 | | 20.00 |\n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let found = quoted(scope, OddityKind::SubjectName);
    told_once(scope, &found, "名词解释中与表不同的科目", "subjects explained by another name than the tables have")
}
