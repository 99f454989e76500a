//! X19: the money of a project's performance form = its line of the table of projects.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::disclosure::{Anchor, ColumnRole, Message, OfProject, Row, RowRole, TableKind, Value};
use crate::rules::judge::Judge;
use crate::rules::sight::{TableAt, not_applicable};
use crate::rules::{Claim, Equation, Family, Instance, Relation, Rule, Scope, Severity, Term, columns};
use crate::spelling::folded;

/// the money of a project's performance form = its line of the table of projects
pub(in crate::rules) static RULE: Rule = Rule {
    id: "X19",
    title: ("项目绩效目标表的资金与项目支出表一致", "the money of a project's form agrees with the table of projects"),
    family: Family::AcrossTables,
    severity: Severity::Warning,
    basis: (
        "表间勾稽：同一项目的当年资金，在项目支出绩效目标表和项目支出表里通常是同一个数；含转移支付、跨年安排的会有差别，所以只作提示。",
        "Arithmetic of the set: what a project gets in the year is usually one figure in its performance form and in the table of projects. With transfers to others or money of several years they differ, so this is a caution.",
    ),
    explain: (
        "按项目编码找同一个项目；没有编码的，按完全相同、两边都只出现一次的名称。绩效表写明是年度（当年）资金的，应当等于项目支出表里这个项目的合计；与其中一栏（如一般公共预算）相同的也算相符。没有写明是哪一年的总额，只有同一份文件里别的几张表都对得上、单单一张对不上时才提示；含转移支付的、一组项目合填的，对不上不下结论。",
        "Projects are matched by code, else by a name that is exactly the same and stands once on either side. Where the form says that its money is of the year it equals the total of that project's line; one of the line's columns (such as the general public budget) will do as well. A total of no stated year is told only where those of several other forms of the file agree and a single one does not; one with transfers and one of several projects are not refuted.",
    ),
    holds: concat!(projects!(), form!("年度资金总额", "20.00")),
    breaks: concat!(projects!(), form!("年度资金总额", "26.00")),
    spared: concat!(projects!(), form!("实施期资金总额", "60.00")),
    check,
};

/// The money of one project as a performance form has it.
struct Form {
    name: String,
    code: Option<String>,
    /// The cells that may be its money of the year.
    cells: Vec<Anchor>,
    /// What the form calls it, folded.
    total: String,
    /// Whether it includes money that other budgets hold.
    with_transfers: bool,
    /// Whether the words say that it is of the year, and of this budget.
    certain: bool,
}

/// In so many forms at least a total of no stated year has to be that of the year, for a single one to be refuted.
const USUAL: usize = 4;

/// The line of a project.
struct Line<'a> {
    table: TableAt<'a>,
    row: usize,
}

fn check(scope: &Scope) -> Vec<Instance> {
    let judge = scope.judge();
    let forms = forms(scope);
    let lines = Lines::of(scope);
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for form in &forms {
        *names.entry(&form.name).or_default() += 1;
    }
    let pairs: Vec<(&Form, &Line, usize)> = forms
        .iter()
        .filter_map(|form| {
            // Several forms of one name are of several units.
            let line = lines.find(form, names.get(form.name.as_str()) == Some(&1))?;
            Some((form, line, columns::total_of(line.table)?))
        })
        .collect();
    let fits: Vec<Option<Equation>> =
        pairs.iter().map(|(form, line, total)| fitting(judge, form, line, *total)).collect();
    // Of a total of no stated year: in how many forms it is the money of the year, and in how many it is not.
    let mut usual: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for ((form, ..), fits) in pairs.iter().zip(&fits) {
        let (like, unlike) = usual.entry(&form.total).or_default();
        *(if fits.is_some() { like } else { unlike }) += 1;
    }
    let mut found = Vec::new();
    for ((form, line, total), fits) in pairs.iter().zip(fits) {
        let label = Message::new(
            format!("项目“{}”绩效目标表的资金 = 项目支出表", form.name),
            format!("the money of “{}” in its performance form = the table of projects", form.name),
        );
        let is_usual = usual.get(form.total.as_str()).is_some_and(|&(like, unlike)| like >= USUAL && unlike == 1);
        match (fits, form.cells.first()) {
            (Some(equation), _) => found.push(Instance { label, claim: Claim::Equation(equation) }),
            (None, Some(&cell)) if form.certain || is_usual && form.cells.len() == 1 && !form.with_transfers => {
                found.push(Instance { label, claim: Claim::Equation(equation(cell, line, *total)) });
            }
            _ => found.push(not_applicable(
                label,
                "绩效表没有写明是当年安排在本预算里的资金",
                "the form does not say that its money is that of the year in this budget",
            )),
        }
    }
    found
}

/// The money of a form and a column of its project's line that are the same.
fn fitting(judge: &Judge, form: &Form, line: &Line, total: usize) -> Option<Equation> {
    let amounts = line.table.table.amount_columns();
    let printed = amounts.filter(|&column| column != total && line.table.prints(line.row, column));
    std::iter::once(total)
        .chain(printed)
        .flat_map(|column| form.cells.iter().map(move |&cell| equation(cell, line, column)))
        .find(|equation| judge.ties(equation))
}

fn equation(cell: Anchor, line: &Line, column: usize) -> Equation {
    Equation { left: vec![Term::plus(cell)], relation: Relation::Equal, right: vec![line.table.term(line.row, column)] }
}

/// The lines of the table of projects, by code and by name; a name that stands twice is of none.
struct Lines<'a> {
    by_code: BTreeMap<String, Vec<Line<'a>>>,
    by_name: BTreeMap<String, Vec<Line<'a>>>,
}

impl<'a> Lines<'a> {
    fn of(scope: &Scope<'a>) -> Self {
        let mut lines = Self { by_code: BTreeMap::new(), by_name: BTreeMap::new() };
        for table in scope.present(TableKind::ProjectExpenditure) {
            for (row, r) in table.rows().filter(|(_, r)| r.role == RowRole::Project) {
                if let Some(code) = &r.code {
                    lines.by_code.entry(code.clone()).or_default().push(Line { table, row });
                }
                if let Some(name) = name(table, r) {
                    lines.by_name.entry(name).or_default().push(Line { table, row });
                }
            }
        }
        lines
    }

    /// The line of a form's project.
    fn find(&self, form: &Form, once: bool) -> Option<&Line<'a>> {
        if let Some([line]) = form.code.as_ref().and_then(|code| self.by_code.get(code)).map(Vec::as_slice) {
            return Some(line);
        }
        match self.by_name.get(&form.name).map(Vec::as_slice) {
            Some([line]) if once => Some(line),
            _ => None,
        }
    }
}

/// The name of a project's line, folded: where units stand beside the projects, that of the project.
fn name(t: TableAt<'_>, row: &Row) -> Option<String> {
    let of_project = |at: usize| {
        t.table.columns.get(at).is_some_and(|c| c.role == ColumnRole::Name && c.header().contains("项目名称"))
    };
    let printed = row.entries.iter().enumerate().rev().filter(|(at, _)| of_project(*at)).find_map(|(_, entry)| {
        match &entry.value {
            Value::Text(text) => Some(folded(text).into_owned()),
            _ => None,
        }
    });
    printed.or_else(|| row.name.as_deref().map(|name| folded(name).into_owned())).filter(|name| !name.is_empty())
}

/// The money of every project that a performance form tells of.
fn forms(scope: &Scope) -> Vec<Form> {
    let mut forms = Vec::new();
    for t in scope.present(TableKind::PerformanceProject) {
        if let Some(project) = &t.table.project {
            forms.extend(of_form(t, project, scope.disclosure().year));
            continue;
        }
        // 项目名称 | 金额 | 绩效目标: a line each.
        for (row, r) in t.rows().filter(|(_, r)| r.role == RowRole::Project) {
            if let (Some(name), Some(column)) = (name(t, r), t.only_printed(row)) {
                let certain = says_year(&t.table.title, scope.disclosure().year) && t.single_column();
                forms.push(Form {
                    name,
                    code: r.code.clone(),
                    cells: vec![t.cell(row, column)],
                    total: String::new(),
                    with_transfers: false,
                    certain,
                });
            }
        }
    }
    forms
}

fn of_form(t: TableAt<'_>, project: &OfProject, year: Option<u16>) -> Option<Form> {
    fn called(row: &Row) -> Cow<'_, str> {
        row.name.as_deref().map(folded).unwrap_or_default()
    }
    let totals = || t.rows().filter(|(_, r)| r.role.is_total() || called(r).ends_with("总额"));
    let of_year = |text: &str| says_year(text, year);
    let columns: Vec<usize> = t.table.amount_columns().collect();
    let yearly: Vec<usize> = totals().filter(|(_, r)| of_year(&called(r))).map(|(row, _)| row).collect();
    let certain = !yearly.is_empty() && columns.len() == 1 && !project.with_transfers;
    let rows = if yearly.is_empty() { totals().map(|(row, _)| row).collect() } else { yearly };
    let cells =
        rows.iter().flat_map(|&row| columns.iter().filter(move |&&c| t.prints(row, c)).map(move |&c| t.cell(row, c)));
    let cells: Vec<Anchor> = cells.collect();
    let (&first, false) = (rows.first()?, cells.is_empty()) else { return None };
    Some(Form {
        name: folded(&project.name).into_owned(),
        code: project.code.clone(),
        cells,
        total: t.table.rows.get(first).map(called).unwrap_or_default().into_owned(),
        with_transfers: project.with_transfers,
        certain,
    })
}

/// Whether the words are of this year.
fn says_year(text: &str, year: Option<u16>) -> bool {
    ["年度", "当年", "本年"].iter().any(|word| text.contains(word))
        || year.is_some_and(|year| text.contains(&year.to_string()))
}

#[cfg(test)]
mod tests {
    use crate::rules::judge::Outcome;
    use crate::rules::sketch;

    fn outcomes(text: &str) -> Vec<Outcome> {
        sketch::outcomes(&super::RULE, text)
    }

    #[test]
    fn one_of_the_columns_will_do() {
        let text = concat!(projects!(), form!("年度资金总额", "15.00"));
        assert_eq!(outcomes(text), [Outcome::Pass], "the general public budget of it");
    }

    #[test]
    fn a_name_that_stands_twice_is_of_no_line() {
        let form = form!("年度资金总额", "26.00");
        let text = projects!().replace("档案整理", "安全检查");
        assert_eq!(outcomes(&[&text, form].concat()), []);
        assert_eq!(outcomes(&[projects!(), form, form].concat()), []);
    }

    #[test]
    fn other_units_are_converted() {
        let text = [projects!(), &form!("年度资金总额", "200000").replace("万元", "元")].concat();
        assert_eq!(outcomes(&text), [Outcome::Pass]);
        let text = [projects!(), &form!("年度资金总额", "260000").replace("万元", "元")].concat();
        assert_eq!(outcomes(&text), [Outcome::Fail]);
    }

    #[test]
    fn money_with_transfers_is_not_refuted() {
        let text = [projects!(), &form!("年度资金总额", "26.00").replace("某科", "某科（含转移支付）")].concat();
        assert_eq!(outcomes(&text), [Outcome::NotApplicable]);
    }

    #[test]
    fn a_total_of_no_stated_year_is_refuted_beside_many_that_agree() {
        let of = |last: &str, forms: u32| {
            let lines: String = (1..=forms).map(|n| format!("| 事项{n} | {n}.00 |\n")).collect();
            let form = |n: u32| {
                let amount = if n == forms { last.to_owned() } else { format!("{n}.00") };
                form!("实施期资金总额", "20.00").replace("安全检查", &format!("事项{n}")).replace("20.00", &amount)
            };
            let forms: String = (1..=forms).map(form).collect();
            let outcomes =
                outcomes(&format!("## 项目支出表\n\n单位：万元\n\n| 项目名称 | 合计 |\n|---|---|\n{lines}\n{forms}"));
            (outcomes.iter().filter(|o| **o == Outcome::Pass).count(), outcomes.last().copied())
        };
        assert_eq!(of("9.00", 5), (4, Some(Outcome::Fail)));
        assert_eq!(of("5.00", 5), (5, Some(Outcome::Pass)));
        assert_eq!(of("9.00", 3), (2, Some(Outcome::NotApplicable)));
    }

    #[test]
    fn a_list_of_projects_with_their_goals_is_held_line_by_line() {
        let list = "## 2026年项目支出绩效表\n\n单位：万元\n\n| 单位名称 | 项目名称 | 金额 | 绩效目标 |\n|---|---|---|---|\n\
            | 某局 | 安全检查 | 20.00 | 检查到位 |\n| 某局 | 档案整理 | 5.00 | 整理完成 |\n";
        assert!(outcomes(&[projects!(), list].concat()).iter().all(|o| *o == Outcome::Pass));
    }
}
