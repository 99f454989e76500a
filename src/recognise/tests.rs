//! Layouts of whole tables, each as small as it can be.

use crate::disclosure::{Disclosure, Measure, RowRole, TableKind};

fn disclosure(markdown: &str) -> Disclosure {
    super::recognise(&crate::read::read("budget.md", markdown.as_bytes()).expect("Markdown can be read"))
}

fn codes(disclosure: &Disclosure) -> Vec<&str> {
    disclosure.tables[0].rows.iter().filter_map(|row| row.code.as_deref()).collect()
}

#[test]
fn of_two_classifications_side_by_side_the_first_is_the_rows() {
    let text = "## 一般公共预算基本支出表\n\n单位：万元\n\n\
        | 科目编码 | | 部门经济分类科目名称 | 科目编码 | | 政府经济分类科目名称 | 合计 |\n|---|---|---|---|---|---|---|\n\
        | 类 | 款 | | 类 | 款 | | |\n\
        | | | 合计 | | | | 9.00 |\n\
        | 301 | | 工资福利支出 | 501 | | 机关工资福利支出 | 9.00 |\n\
        | 301 | 01 | 基本工资 | 501 | 01 | 工资奖金津补贴 | 4.00 |\n\
        | 301 | 02 | 津贴补贴 | 501 | 01 | 工资奖金津补贴 | 5.00 |\n";
    assert_eq!(codes(&disclosure(text)), ["301", "30101", "30102"]);
    let whole = "## 一般公共预算基本支出表\n\n单位：元\n\n\
        | 部门经济科目编码 | 部门经济科目名称 | 政府经济科目编码 | 政府经济科目名称 | 合计 |\n|---|---|---|---|---|\n\
        | 合计 | 合计 | | | 9.00 |\n\
        | 301 | 工资福利支出 | | | 9.00 |\n\
        | 30101 | 基本工资 | 50101 | 工资奖金津补贴 | 9.00 |\n";
    assert_eq!(codes(&disclosure(whole)), ["301", "30101"]);
}

#[test]
fn a_mark_in_the_code_column_is_no_code() {
    let text = "## 专项业务经费支出表\n\n单位：元\n\n\
        | 单位编码 | 单位（项目）名称 | 项目金额 | 项目简介 |\n|---|---|---|---|\n\
        | | 合计 | 9.00 | |\n| 121 | 某局 | 9.00 | |\n| - | 专用项目 | 9.00 | |\n| | 甲服务 | 4.00 | |\n| | 乙服务 | 5.00 | |\n";
    let found = disclosure(text);
    assert_eq!(found.tables[0].kind, TableKind::ProjectExpenditure);
    assert_eq!(codes(&found), ["121"]);
    let levels: Vec<u8> = found.tables[0].rows.iter().map(|row| row.level).collect();
    assert_eq!(levels, [0, 0, 0, 1, 1], "甲 and 乙 make 专用项目");
}

#[test]
fn projects_whose_names_step_to_the_right_have_levels() {
    let text = "## 项目支出表\n\n单位：万元\n\n\
        | 类型 | 一级项目名称 | 二级项目名称 | 项目单位 | 合计 |\n|---|---|---|---|---|\n\
        | 特定目标类 | | | | 9.00 |\n| | 综合管理 | | | 9.00 |\n| | | 甲服务 | 某局 | 4.00 |\n| | | 乙服务 | 某局 | 5.00 |\n";
    let found = disclosure(text);
    let rows: Vec<(u8, Option<&str>, RowRole)> =
        found.tables[0].rows.iter().map(|row| (row.level, row.name.as_deref(), row.role)).collect();
    assert_eq!(
        rows,
        [
            (0, Some("特定目标类"), RowRole::Project),
            (1, Some("综合管理"), RowRole::Project),
            (2, Some("甲服务"), RowRole::Project),
            (2, Some("乙服务"), RowRole::Project)
        ]
    );
}

#[test]
fn columns_of_another_year_measure_nothing() {
    for (last, this) in [("2025年预算数", "2026年预算数"), ("上年", "当年")] {
        let text = format!(
            "## 一般公共预算“三公”经费支出表\n\n单位：万元\n\n\
            | {last} | | | | {this} | | | |\n|---|---|---|---|---|---|---|---|\n\
            | 合计 | 因公出国（境）费 | 公务用车购置及运行费 | 公务接待费 | 合计 | 因公出国（境）费 | 公务用车购置及运行费 | 公务接待费 |\n\
            | 9.00 | 2.00 | 4.00 | 3.00 | 6.00 | 1.00 | 3.00 | 2.00 |\n"
        );
        let found = disclosure(&text);
        let measures: Vec<Option<Measure>> = found.tables[0].columns.iter().map(|column| column.measure).collect();
        assert_eq!(&measures[..4], [None; 4], "{last}");
        assert_eq!(measures[5], Some(Measure::Abroad), "{this}");
    }
}

#[test]
fn a_long_title_is_wrapped_within_its_brackets() {
    let text = "表7\n\n2021年部门综合预算一般公共预算基本支出明细表（按支出经济分\n\n类科目-不含上年结转）\n\n单位：元\n\n\
        | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n| 301 | 工资福利支出 | 9.00 |\n";
    let found = disclosure(text);
    let titles: Vec<(&str, TableKind)> = found.tables.iter().map(|t| (t.title.as_str(), t.kind)).collect();
    assert_eq!(
        titles,
        [(
            "2021年部门综合预算一般公共预算基本支出明细表（按支出经济分类科目-不含上年结转）",
            TableKind::BasicExpenditure
        )]
    );
}

#[test]
fn names_without_codes_get_roles_and_levels() {
    let text = "## 一般公共预算支出表\n\n单位：万元\n\n\
        | 功能分类科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|\n\
        | 合计 | 7.00 | 5.00 | 2.00 |\n| 教育支出 | 2.00 | | 2.00 |\n| 进修及培训 | 2.00 | | 2.00 |\n| 培训支出 | 2.00 | | 2.00 |\n\
        | 社会保障和就业支出 | 5.00 | 5.00 | |\n| 行政事业单位养老支出 | 5.00 | 5.00 | |\n| 行政单位离退休 | 3.00 | 3.00 | |\n\
        | 机关事业单位基本养老保险缴费支出 | 2.00 | 2.00 | |\n";
    let found = disclosure(text);
    let levels: Vec<u8> = found.tables[0].rows.iter().map(|row| row.level).collect();
    assert_eq!(levels, [0, 0, 1, 2, 0, 1, 2, 2]);
    assert!(found.tables[0].rows[1..].iter().all(|row| row.role == RowRole::Function));
}

#[test]
fn units_without_codes_are_units_only_where_they_make_the_total() {
    let text = |first: &str| {
        format!(
            "## 一般公共预算基本支出表\n\n单位：元\n\n| 经济分类科目名称 | 合计 |\n|---|---|\n| 合计 | 15.00 |\n\
             | {first} | 9.00 |\n| 工资福利支出 | 9.00 |\n| 基本工资 | 4.00 |\n| 津贴补贴 | 5.00 |\n\
             | 某市公路中心 | 6.00 |\n| 工资福利支出 | 6.00 |\n| 绩效工资 | 6.00 |\n"
        )
    };
    let units = |text: &str| disclosure(text).tables[0].rows.iter().filter(|row| row.role == RowRole::Unit).count();
    assert_eq!(units(&text("某市交通局机关")), 2);
    assert_eq!(units(&text("某某")), 0, "one of two units is not recognised by its name");
}

/// A page that was copied cell by cell: a lone 0 is an amount, no page's number, so that no name runs into the next one's.
#[test]
fn a_lone_zero_is_no_number_of_a_page() {
    let text = "甲县乙局2013年“三公”经费支出决算表\n（单位：万元）\n项目\n决算数\n合计\n50.6\n因公出国（境）费\n0\n公务接待费\n18.1\n公务用车购置及运行费\n32.5\n\n二、情况说明\n2013年“三公”经费支出决算为50.6万元。其中：因公出国（境）费0万元，公务接待费18.1万元，公务用车购置及运行费32.5万元。\n";
    let analysis = crate::run(&[("page.txt".to_owned(), text.as_bytes().to_vec())]);
    let accused = analysis.findings.iter().filter(|f| f.severity <= crate::rules::Severity::Warning);
    assert_eq!(accused.collect::<Vec<_>>(), Vec::<&crate::explain::Finding>::new());
}
