//! W14: goals are not copied from project to project.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::told_once;
use crate::disclosure::{Anchor, RowRole, TableKind, Value};
use crate::rules::{Family, Instance, Rule, Scope, Severity};
use crate::spelling::{folded, holds};

/// Goals are not copied from project to project.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "W14",
    title: ("各项目的绩效目标不是照抄", "goals are not copied from project to project"),
    family: Family::Wording,
    severity: Severity::Warning,
    basis: ("绩效目标应与本项目的内容和资金对应。", "A goal is set for the project at hand."),
    explain: (
        "几个项目的绩效目标一字不差，或者全部指标和指标值都相同。一个项目的长期目标与年度目标相同不算；名称只差末尾括号（如中央、省级资金）的是同一个项目的几笔资金，也不算。",
        "The goals of several projects, or all their indicators with their values, are the same word for word. A project whose long-term and annual goals agree is left out, and so are names that differ by a bracket at the end alone: one project paid from several sources.",
    ),
    holds: "## 甲项目支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 培训人数 | 12人 |\n| 产出指标 | 质量指标 | 合格程度 | 100% |\n| 效益指标 | 可持续影响 | 持续期限 | 3年 |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n\n## 乙项目支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 培训人数 | 15人 |\n| 产出指标 | 质量指标 | 合格程度 | 100% |\n| 效益指标 | 可持续影响 | 持续期限 | 3年 |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n",
    breaks: "## 甲项目支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 培训人数 | 12人 |\n| 产出指标 | 质量指标 | 合格程度 | 100% |\n| 效益指标 | 可持续影响 | 持续期限 | 3年 |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n\n## 乙项目支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 培训人数 | 12人 |\n| 产出指标 | 质量指标 | 合格程度 | 100% |\n| 效益指标 | 可持续影响 | 持续期限 | 3年 |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n",
    spared: "## 甲项目支出绩效目标表\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 培训人数 | 12人 |\n| 产出指标 | 质量指标 | 合格程度 | 100% |\n| 效益指标 | 可持续影响 | 持续期限 | 3年 |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n",
    check,
};

/// So many indicators that are the same, values included, are copied.
const FEWEST: usize = 3;

/// Shorter goals are alike by chance.
const SHORTEST: usize = 24;

fn check(scope: &Scope) -> Vec<Instance> {
    let disclosure = scope.index();
    // Goal → the forms that have it, and its first cell in each.
    let mut by_goal: BTreeMap<Cow<str>, BTreeMap<Cow<str>, Anchor>> = BTreeMap::new();
    // The projects of forms that are told apart by their number.
    let mut named: BTreeMap<Cow<str>, Cow<str>> = BTreeMap::new();
    let mut project = Cow::Borrowed("");
    for (table, t) in (0_u16..).zip(&scope.disclosure().tables) {
        if t.kind != TableKind::PerformanceProject {
            continue;
        }
        for (label, value) in &t.fields {
            if label.contains("项目名称") {
                project = Cow::Borrowed(value);
            }
        }
        for (row, r) in (0_u32..).zip(&t.rows) {
            let name = r.name.as_deref().unwrap_or_default();
            let (names, sets) = (holds(name, "项目名称"), holds(name, "目标"));
            if !names && !sets {
                continue;
            }
            for (column, entry) in (0_u16..).zip(&r.entries) {
                let Value::Text(text) = &entry.value else { continue };
                let goal = folded(text);
                if names && goal != folded(name) {
                    project.clone_from(&goal);
                }
                if sets && goal.chars().count() >= SHORTEST {
                    let of = if project.is_empty() { folded(&t.title) } else { project.clone() };
                    by_goal.entry(goal).or_default().entry(of).or_insert(Anchor::Cell {
                        disclosure,
                        table,
                        row,
                        column,
                    });
                }
            }
        }
    }
    let forms = (1_u32..).zip(scope.present(TableKind::PerformanceProject)).map(|(number, t)| {
        let rows: Vec<_> = t.rows().filter(|(_, r)| r.role == RowRole::Indicator && r.doubt.is_none()).collect();
        (number, t, rows)
    });
    let forms: Vec<_> = forms.filter(|(.., rows)| rows.len() >= FEWEST).collect();
    let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
    for (.., rows) in &forms {
        *lengths.entry(rows.len()).or_default() += 1;
    }
    // Most forms have a number of rows that no other has, and need not be read.
    for (number, t, rows) in forms.iter().filter(|(.., rows)| lengths.get(&rows.len()).is_some_and(|&of| of > 1)) {
        let told: String = rows
            .iter()
            .flat_map(|(_, r)| &r.entries)
            .filter_map(|e| match &e.value {
                Value::Text(text) => Some(folded(text)),
                Value::Amount(amount) => Some(Cow::Owned(amount.plain())),
                Value::Blank => None,
            })
            .collect();
        if let Some((row, _)) = rows.first() {
            // Two forms of one title are two projects; where the title names the project it is told apart by it.
            let of: Cow<str> = Cow::Owned(format!("{} {number}", folded(&t.table.title)));
            if let Some((_, project)) = t.table.fields.iter().find(|(label, _)| label == "项目名称") {
                named.insert(of.clone(), folded(project));
            }
            by_goal.entry(Cow::Owned(told)).or_default().entry(of).or_insert(t.cell(*row, 0));
        }
    }
    let found: Vec<(Anchor, String)> = by_goal
        .into_values()
        .filter(|forms| {
            let names: Option<Vec<&str>> = forms
                .keys()
                .map(|of| Some(named.get(of).or(Some(of).filter(|of| !of.contains(' ')))?.as_ref()))
                .collect();
            forms.len() >= 2 && !names.is_some_and(|names| is_one_project(&names))
        })
        .flat_map(|forms| forms.into_iter().map(|(of, at)| (at, format!("“{of}”"))))
        .collect();
    told_once(scope, &found, "目标完全相同的项目", "projects with one goal, word for word")
}

/// Whether names differ by a bracket at their end alone: 参保补助（中央）, 参保补助（省级）.
fn is_one_project(names: &[&str]) -> bool {
    let own = |name: &str| match name.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((own, _)) if !own.is_empty() => own.to_owned(),
        _ => name.to_owned(),
    };
    let Some((first, others)) = names.split_first() else { return false };
    others.iter().all(|name| own(name) == own(first)) && others.iter().any(|name| name != first)
}

#[cfg(test)]
mod tests {
    use crate::rules::judge::Outcome;

    fn failed(first: &str, second: &str) -> usize {
        let form = |name: &str| {
            format!(
                "## 项目支出绩效目标表\n\n| 项目名称 | {name} | | |\n|---|---|---|---|\n| 实施单位 | 某科 | | |\n\
                 | 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 产出指标 | 数量指标 | 补助人数 | ≥12人 |\n\
                 | 产出指标 | 质量指标 | 发放准确率 | 100% |\n| 满意度指标 | 服务对象满意度 | 参保人满意度 | ≥95% |\n\n"
            )
        };
        let text = [form(first), form(second)].concat();
        let analysis = crate::run(&[("a.md".to_owned(), text.into_bytes())]);
        analysis.checks.iter().filter(|c| c.rule == "W14" && c.verdict.outcome == Outcome::Fail).count()
    }

    #[test]
    fn one_project_of_several_sources_has_one_goal() {
        assert_eq!(failed("参保补助（中央）", "参保补助（省级专项）"), 0);
        assert_eq!(failed("参保补助", "参保补助（省级专项）"), 0);
        assert_eq!(failed("参保补助（中央）", "入园补助（中央）"), 1);
        assert_eq!(failed("参保补助", "入园补助"), 1);
    }
}
