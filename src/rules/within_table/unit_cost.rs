//! T21: a count × its standard a head = the budget of the project.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::amount::{Amount, Unit};
use crate::disclosure::{Anchor, Message, RowRole, TableKind, Value};
use crate::rules::sight::TableAt;
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};
use crate::spelling::{folded, holds};
use rust_decimal::Decimal;

/// A count × its standard a head = the budget of the project.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T21",
    title: ("人数×人均标准与项目预算相符", "a count times its standard is the project's budget"),
    family: Family::WithinTable,
    severity: Severity::Warning,
    basis: (
        "按人（户、次）定标准的项目，预算就是数量乘标准。",
        "Where a project pays a standard a head, its budget is the count times the standard.",
    ),
    explain: (
        "一张绩效指标表里只有一个人数（户数）指标和一个“人均标准”这样的指标，又有名称相近的一个项目预算时核对；两者相差两成以上的，项目多半还有别的开支，不核对。",
        "Checked where one table of indicators has one count and one standard a head, and one project of a like name has a budget. Where they are more than a fifth apart the project pays for more than that, and nothing is said.",
    ),
    holds: EXAMPLE_HOLDS,
    breaks: EXAMPLE_BREAKS,
    spared: EXAMPLE_SPARED,
    check,
};

const EXAMPLE_HOLDS: &str = "# 甲局2024年部门预算\n\n## 项目支出表\n\n单位：万元\n\n| 项目编码 | 项目名称 | 合计 |\n|---|---|---|\n| | 合计 | 12.40 |\n| 420000000000000000001 | 职工体检经费 | 12.40 |\n\n## 项目支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 体检职工人数 | 124人 |\n| 产出指标 | 成本指标 | 人均标准 | 1000元 |\n| 产出指标 | 时效指标 | 体检及时率 | 100% |\n| 满意度指标 | 服务对象满意度 | 职工满意度 | 90% |\n";
const EXAMPLE_BREAKS: &str = "# 甲局2024年部门预算\n\n## 项目支出表\n\n单位：万元\n\n| 项目编码 | 项目名称 | 合计 |\n|---|---|---|\n| | 合计 | 13.40 |\n| 420000000000000000001 | 职工体检经费 | 13.40 |\n\n## 项目支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 体检职工人数 | 124人 |\n| 产出指标 | 成本指标 | 人均标准 | 1000元 |\n| 产出指标 | 时效指标 | 体检及时率 | 100% |\n| 满意度指标 | 服务对象满意度 | 职工满意度 | 90% |\n";
const EXAMPLE_SPARED: &str = "# 甲局2024年部门预算\n\n## 项目支出表\n\n单位：万元\n\n| 项目编码 | 项目名称 | 合计 |\n|---|---|---|\n| | 合计 | 45.00 |\n| 420000000000000000001 | 职工体检经费 | 45.00 |\n\n## 项目支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 体检职工人数 | 124人 |\n| 产出指标 | 成本指标 | 人均标准 | 1000元 |\n| 产出指标 | 时效指标 | 体检及时率 | 100% |\n| 满意度指标 | 服务对象满意度 | 职工满意度 | 90% |\n";

/// Further apart, in parts of the budget, the project pays for more than the standard.
const FARTHEST: i64 = 5;

fn check(scope: &Scope) -> Vec<Instance> {
    let mut asked = Vec::new();
    for kind in [TableKind::PerformanceWhole, TableKind::PerformanceProject] {
        asked.extend(scope.present(kind).into_iter().filter_map(count_and_standard));
    }
    if asked.is_empty() {
        return Vec::new();
    }
    let projects = Projects::of(scope);
    let mut found = Vec::new();
    for (count, standard) in asked {
        let Some(project) = projects.only_one_like(&count.name) else { continue };
        let Some(cost) = count.value.checked_mul(standard.value) else { continue };
        let (Some(budget), Some(printed)) =
            (project.amount.in_yuan(project.unit), project.amount.value().checked_mul(project.unit.in_yuan()))
        else {
            continue;
        };
        let apart = (cost - printed).abs().checked_mul(Decimal::from(FARTHEST));
        if apart.is_none_or(|apart| apart > printed) {
            continue;
        }
        found.push(Instance {
            label: Message::new(
                format!(
                    "{}{}×{}{}元与项目“{}”{}{}",
                    count.name,
                    count.value,
                    standard.name,
                    standard.value,
                    project.name,
                    project.amount.printed(),
                    project.unit
                ),
                format!(
                    "{} {} × {} {} yuan, and project “{}” {} {}",
                    count.name,
                    count.value,
                    standard.name,
                    standard.value,
                    project.name,
                    project.amount.printed(),
                    project.unit
                ),
            ),
            claim: Claim::Fact { holds: budget.contains(cost), at: vec![project.at, count.at, standard.at] },
        });
    }
    found
}

/// A project with its budget.
struct Project {
    name: String,
    at: Anchor,
    amount: Amount,
    unit: Unit,
}

/// The projects of the project table, and those that a form of the whole department lists, by the words of their names.
struct Projects {
    all: Vec<Project>,
    by_word: BTreeMap<String, Vec<usize>>,
}

impl Projects {
    fn of(scope: &Scope) -> Self {
        let mut projects = Self { all: Vec::new(), by_word: BTreeMap::new() };
        for kind in [TableKind::ProjectExpenditure, TableKind::PerformanceWhole] {
            for t in scope.present(kind) {
                let listed = kind == TableKind::ProjectExpenditure;
                let column = if listed {
                    crate::rules::columns::total_of(t)
                } else {
                    t.table.columns.iter().position(|c| c.header().contains("本年度预算"))
                };
                let (Some(column), Some(unit)) = (column, t.table.unit) else { continue };
                for (row, r) in t.rows().filter(|(_, r)| r.doubt.is_none() && (!listed || r.role == RowRole::Project)) {
                    let (Some(name), Some(entry)) = (&r.name, r.entries.get(column)) else { continue };
                    if let Some(amount) = entry.amount().filter(|amount| !amount.value().is_zero()) {
                        let at = t.cell(row, column);
                        projects.add(Project { name: folded(name).into_owned(), at, amount: amount.clone(), unit });
                    }
                }
            }
        }
        projects
    }

    fn add(&mut self, project: Project) {
        for word in words(&project.name) {
            self.by_word.entry(word).or_default().push(self.all.len());
        }
        self.all.push(project);
    }

    /// The project that has a word in common with `name`, if there is one alone. Two tables may list it twice.
    fn only_one_like(&self, name: &str) -> Option<&Project> {
        let mut like: Vec<usize> = words(name).filter_map(|word| self.by_word.get(&word)).flatten().copied().collect();
        like.sort_unstable();
        like.dedup();
        let mut like = like.into_iter().filter_map(|index| self.all.get(index));
        let first = like.next()?;
        like.all(|other| shares_name(&first.name, &other.name)).then_some(first)
    }
}

fn shares_name(a: &str, b: &str) -> bool {
    a.ends_with(b) || b.ends_with(a)
}

/// An indicator: its name, its cell, its number.
struct Indicator {
    name: String,
    at: Anchor,
    value: Decimal,
}

/// The only count and the only standard a head of a table of indicators.
fn count_and_standard(t: TableAt) -> Option<(Indicator, Indicator)> {
    let column = t.table.columns.iter().position(|c| {
        let header = c.header();
        ["预期当年", "预计当年", "当年实现"].iter().any(|word| header.contains(word))
    });
    let column = column.or_else(|| {
        let mut all = t.table.columns.iter().enumerate().filter(|(_, c)| {
            (c.header().contains("指标值") || c.header().contains("目标值")) && !c.header().contains("依据")
        });
        let (first, _) = all.next()?;
        all.next().is_none().then_some(first)
    })?;
    let (mut counts, mut standards) = (Vec::new(), Vec::new());
    for (row, r) in t.rows().filter(|(_, r)| r.role == RowRole::Indicator && r.doubt.is_none()) {
        let (Some(name), Some(entry)) = (&r.name, r.entries.get(column)) else { continue };
        let text = match &entry.value {
            Value::Text(text) => folded(text),
            Value::Amount(amount) => Cow::Borrowed(amount.printed()),
            Value::Blank => continue,
        };
        let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(text.len());
        let (digits, counter) = text.split_at(end);
        let Some(value) = Amount::parse(digits).map(|amount| amount.value()) else { continue };
        let indicator = Indicator { name: folded(name).into_owned(), at: t.cell(row, column), value };
        let a_head = ["人均", "户均", "每人", "每户"].iter().any(|word| holds(&indicator.name, word));
        match counter {
            "元" | "元/人" | "元/户" if a_head => standards.push(indicator),
            "人" | "名" | "户" | "人次" => counts.push(indicator),
            _ => {}
        }
    }
    match (counts.len(), standards.len()) {
        (1, 1) => Some((counts.pop()?, standards.pop()?)),
        _ => None,
    }
}

/// Two characters in a row each, those that say nothing of what is counted left out.
fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    const SAYS_NOTHING: [&str; 14] = [
        "经费", "项目", "人数", "数量", "工作", "资金", "支出", "企业", "人员", "业家", "单位", "费用", "专项", "补助",
    ];
    let pairs = name.chars().zip(name.chars().skip(1)).map(|(a, b)| String::from_iter([a, b]));
    pairs.filter(|word| !SAYS_NOTHING.contains(&word.as_str()))
}
