//! C02: the eight tables of 财预〔2016〕143号.

use crate::disclosure::{Message, Status, TableKind};
use crate::rules::sight::in_pictures;
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};

/// the eight tables of 财预〔2016〕143号
pub(in crate::rules) static RULE: Rule = Rule {
    id: "C02",
    title: ("部门预算的八张表齐全", "the eight tables of a department budget are there"),
    family: Family::Completeness,
    severity: Severity::Warning,
    basis: (
        "财预〔2016〕143号所列的公开表（据各地目录转引，未见原文）。",
        "The tables listed in 财预〔2016〕143号, cited from local catalogues; its own text was not read.",
    ),
    explain: (
        "部门预算通常公开八张表：收支总表、收入总表、支出总表、财政拨款收支总表、一般公共预算支出表、基本支出表、“三公”经费表、政府性基金表。没有数的也列空表。一份文件如果只收了其中几张，可能是分开公布的，不下结论。",
        "A department budget usually holds eight tables; one without figures is printed empty. A file with a few of them may be one of several that were published together, and no conclusion is drawn.",
    ),
    holds: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 95.50 |\n\
    | 二、其他收入 | 5.50 | | |\n\
    | 收入总计 | 95.50 | 支出总计 | 95.50 |\n\
    \n## 收入总表\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 | 一般公共预算 | 其他收入 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 90.00 | 5.50 |\n\
    | 301 | 某局 | 95.50 | 90.00 | 5.50 |\n\
    \n## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 205 | 教育支出 | 95.50 | 75.50 | 20.00 |\n\
    | 20501 | 教育管理事务 | 95.50 | 75.50 | 20.00 |\n\
    | 2050101 | 行政运行 | 95.50 | 75.50 | 20.00 |\n\
    \n## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 90.00 | 一、本年支出 | 90.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
    | | 合计 | 90.00 |\n\
    | 2050101 | 行政运行 | 90.00 |\n\
    \n## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
    | | 合计 | 70.00 |\n\
    | 30101 | 基本工资 | 70.00 |\n\
    \n## 一般公共预算“三公”经费支出表\n\n单位：万元\n\n\
    | “三公”经费合计 | 因公出国（境）费 | 公务用车购置及运行费 | 公务接待费 |\n|---|---|---|---|\n\
    | 9.00 | 4.00 | 3.50 | 1.50 |\n\
    \n## 政府性基金预算支出表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\n本部门没有政府性基金预算支出。\n",
    breaks: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 95.50 |\n\
    | 二、其他收入 | 5.50 | | |\n\
    | 收入总计 | 95.50 | 支出总计 | 95.50 |\n\
    \n## 收入总表\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 | 一般公共预算 | 其他收入 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 90.00 | 5.50 |\n\
    | 301 | 某局 | 95.50 | 90.00 | 5.50 |\n\
    \n## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 205 | 教育支出 | 95.50 | 75.50 | 20.00 |\n\
    | 20501 | 教育管理事务 | 95.50 | 75.50 | 20.00 |\n\
    | 2050101 | 行政运行 | 95.50 | 75.50 | 20.00 |\n\
    \n## 财政拨款收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、本年收入 | 90.00 | 一、本年支出 | 90.00 |\n\
    | 收入总计 | 90.00 | 支出总计 | 90.00 |\n\
    \n## 一般公共预算支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
    | | 合计 | 90.00 |\n\
    | 2050101 | 行政运行 | 90.00 |\n\
    \n## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
    | | 合计 | 70.00 |\n\
    | 30101 | 基本工资 | 70.00 |\n\
    \n## 一般公共预算“三公”经费支出表\n\n单位：万元\n\n\
    | “三公”经费合计 | 因公出国（境）费 | 公务用车购置及运行费 | 公务接待费 |\n|---|---|---|---|\n\
    | 9.00 | 4.00 | 3.50 | 1.50 |\n\
    \n",
    spared: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 95.50 |\n\
    | 二、其他收入 | 5.50 | | |\n\
    | 收入总计 | 95.50 | 支出总计 | 95.50 |\n\
    \n## 收入总表\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 | 一般公共预算 | 其他收入 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 90.00 | 5.50 |\n\
    | 301 | 某局 | 95.50 | 90.00 | 5.50 |\n\
    \n## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 205 | 教育支出 | 95.50 | 75.50 | 20.00 |\n\
    | 20501 | 教育管理事务 | 95.50 | 75.50 | 20.00 |\n\
    | 2050101 | 行政运行 | 95.50 | 75.50 | 20.00 |\n\
    \n",
    check,
};

/// The eight, 一般公共预算支出表 by function or by unit.
const EIGHT: [&[TableKind]; 8] = [
    &[TableKind::RevenueExpenditureSummary],
    &[TableKind::RevenueSummary],
    &[TableKind::ExpenditureSummary],
    &[TableKind::FiscalAppropriationSummary],
    &[TableKind::GeneralPublicExpenditureByFunction, TableKind::GeneralPublicExpenditureByUnit],
    &[TableKind::BasicExpenditure],
    &[TableKind::ThreePublic],
    &[TableKind::GovernmentFund],
];

/// A file with fewer of the eight than this is a part of a disclosure.
const WHOLE: usize = 6;

fn check(scope: &Scope) -> Vec<Instance> {
    let known = |kinds: &[TableKind]| scope.tables().any(|t| kinds.contains(&t.table.kind));
    let whole = is_whole(scope);
    let disclosure = scope.whole();
    let name = |kinds: &[TableKind]| kinds.first().map_or_else(Message::default, |k| k.name());
    let pictures = in_pictures(scope.disclosure());
    let mut instances = Vec::new();
    let mut absent = Vec::new();
    for kinds in EIGHT {
        let name = name(kinds);
        if has(scope, kinds) {
            let label = Message::new(format!("有{}", name.zh), format!("{} is there", name.en));
            instances.push(Instance { label, claim: Claim::Fact { holds: true, at: vec![disclosure] } });
        } else if !known(kinds) && whole && pictures.is_none() {
            let label = Message::new(format!("没有看到{}", name.zh), format!("{} was not found", name.en));
            instances.push(Instance { label, claim: Claim::Fact { holds: false, at: vec![disclosure] } });
        } else if !known(kinds) {
            absent.push(name);
        }
    }
    if !absent.is_empty() {
        let zh: Vec<&str> = absent.iter().map(|n| n.zh.as_str()).collect();
        let en: Vec<&str> = absent.iter().map(|n| n.en.as_str()).collect();
        let why = pictures.unwrap_or_else(|| {
            Message::new(
                "这份文件只有部分表，其余可能另行公开",
                "the file holds some of the tables only; the others may be published apart",
            )
        });
        let label = Message::new(format!("没有读到{}", zh.join("、")), format!("not found: {}", en.join(", ")));
        instances.push(Instance { label, claim: Claim::NotCheckable { why, at: vec![disclosure] } });
    }
    instances
}

/// Whether most of the eight tables are there: fewer are a part of a disclosure.
pub(super) fn is_whole(scope: &Scope) -> bool {
    EIGHT.iter().filter(|kinds| has(scope, kinds)).count() >= WHOLE
}

fn has(scope: &Scope, kinds: &[TableKind]) -> bool {
    scope.tables().any(|t| kinds.contains(&t.table.kind) && t.table.status != Status::Missing)
}
