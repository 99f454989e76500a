//! The prose rules on their own examples.

use super::super::judge::{self, Outcome};
use super::super::sketch;
use crate::disclosure::Disclosure;
use crate::recognise::statements_of;
use crate::rules::{CATALOGUE, Claim, Facts, Family, Rule};

/// The tables of an example as the sketch reads them, its prose as it is always read.
fn disclosure(text: &str) -> Disclosure {
    let tables_at = text.find("##").unwrap_or(text.len());
    let mut disclosure = if text.contains("绩效目标表") {
        // Forms have a layout of their own.
        let document = crate::read::read("example.md", text.as_bytes()).expect("a readable example");
        crate::recognise::recognise(&document)
    } else {
        sketch::disclosure(&text[tables_at..])
    };
    disclosure.year = Some(2024);
    disclosure.statements = statements_of(&text[..tables_at], &disclosure.tables);
    disclosure
}

fn verdicts(rule: &Rule, text: &str) -> Vec<Outcome> {
    let disclosures = [disclosure(text)];
    let facts = Facts::new(&disclosures);
    (rule.check)(&facts.scope(0)).iter().map(|i| judge::judge(&disclosures, &i.claim).outcome).collect()
}

fn prose() -> impl Iterator<Item = &'static &'static Rule> {
    CATALOGUE.iter().filter(|rule| rule.family == Family::Prose)
}

#[test]
fn examples_do_what_they_say() {
    for rule in prose() {
        let good = verdicts(rule, rule.holds);
        assert!(good.contains(&Outcome::Pass), "{} does not pass its good example: {good:?}", rule.id);
        assert!(!good.contains(&Outcome::Fail), "{} fails its good example", rule.id);
        let bad = verdicts(rule, rule.breaks);
        assert!(bad.contains(&Outcome::Fail), "{} passes its bad example: {bad:?}", rule.id);
        let spared = verdicts(rule, rule.spared);
        assert!(!spared.contains(&Outcome::Fail), "{} fails its near miss: {spared:?}", rule.id);
    }
}

/// No figure that a rule names is ignored: changing any one statement, up or down, breaks it.
#[test]
fn every_statement_of_the_good_example_counts() {
    for rule in prose() {
        let good = [disclosure(rule.holds)];
        let named: Vec<u32> = (rule.check)(&Facts::new(&good).scope(0))
            .iter()
            .filter_map(|instance| match &instance.claim {
                Claim::Equation(equation) => Some(equation.left.iter().chain(&equation.right).map(|t| t.at).collect()),
                Claim::Ratio(ratio) => Some(
                    std::iter::once(ratio.percent).chain(ratio.part.iter().chain(&ratio.whole).map(|t| t.at)).collect(),
                ),
                Claim::Fact { at, .. } => Some(at.clone()),
                _ => None,
            })
            .flat_map(|anchors: Vec<_>| anchors)
            .filter_map(|at| match at {
                crate::disclosure::Anchor::Statement { statement, .. } => Some(statement),
                _ => None,
            })
            .collect();
        // Rules between forms name no statement.
        assert!(!named.is_empty() || rule.holds.contains("绩效目标表"), "{}", rule.id);
        for statement in named {
            let broken = ["0.00", "99999.00"].iter().any(|figure| {
                let mut bad = good.clone();
                bad[0].statements[usize::try_from(statement).unwrap()].amount =
                    crate::amount::Amount::parse(figure).unwrap();
                let facts = Facts::new(&bad);
                (rule.check)(&facts.scope(0)).iter().any(|i| judge::judge(&bad, &i.claim).outcome == Outcome::Fail)
            });
            // Where two percents or directions are compared their size plays no part.
            // An amount that is not in the table is N01's matter.
            assert!(broken || matches!(rule.id, "N14" | "N24"), "{} ignores statement {statement}", rule.id);
        }
    }
}

#[test]
fn every_rule_file_is_in_the_catalogue() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules/prose");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        if let Some(id) = text.split("\n    id: \"").nth(1).and_then(|rest| rest.split('"').next())
            && text.contains("static RULE: Rule")
        {
            assert!(prose().any(|rule| rule.id == id), "{id}");
            assert!(text.starts_with(&format!("//! {id}: ")), "{id} says first which rule it is");
            seen += 1;
        }
    }
    assert_eq!(seen, prose().count());
}

const BASIC: &str = "## 一般公共预算基本支出表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 82.00 | 13.50 |\n\
    | 302 | 商品和服务支出 | 13.50 | | 13.50 |\n\
    | 30201 | 办公费 | 4.00 | | 4.00 |\n\
    | 30228 | 工会经费 | 9.50 | | 9.50 |\n";

fn failing(id: &str, text: &str) -> Vec<String> {
    let rule = crate::rules::find(id).unwrap();
    let disclosures = [disclosure(text)];
    (rule.check)(&Facts::new(&disclosures).scope(0))
        .into_iter()
        .filter(|i| judge::judge(&disclosures, &i.claim).outcome == Outcome::Fail)
        .map(|i| i.label.zh)
        .collect()
}

#[test]
fn a_slip_of_the_unit_is_named() {
    let text = format!("2024年机关运行经费预算 13.5 万元，其中：办公费 4 万元、工会会费 9.5 元。\n\n{BASIC}");
    let labels = failing("N01", &text);
    assert_eq!(labels.len(), 1, "{labels:?}");
    assert!(labels[0].contains("单位可能应是“万元”"), "{labels:?}");
    assert_eq!(failing("N03", &text).len(), 1);
}

#[test]
fn items_below_a_smaller_whole_are_not_held_against_the_table() {
    let text = format!("2024年机关运行经费预算 12 万元，其中：办公费 4 万元、工会经费 8 万元。\n\n{BASIC}");
    assert_eq!(failing("N01", &text), Vec::<String>::new());
    assert_eq!(failing("N02", &text), Vec::<String>::new());
}

#[test]
fn rounding_and_cutting_off_are_fine() {
    for figure in ["95.5", "95", "96", "95.50"] {
        let text = format!("2024年基本支出 {figure} 万元。\n\n{BASIC}");
        assert_eq!(failing("N01", &text), Vec::<String>::new(), "{figure}");
    }
    assert_eq!(failing("N01", &format!("2024年基本支出 94 万元。\n\n{BASIC}")).len(), 1);
}

/// 总收入 with what was carried in is not the revenue that was read: that every share of it is off is no mismatch of each.
#[test]
fn several_shares_of_a_total_that_was_not_read_are_no_mismatches() {
    let rule = CATALOGUE.iter().find(|rule| rule.id == "N13").unwrap();
    let text = "2024年收入预算总额 200 万元。\n\n2024年机关运行经费预算 45 万元，占预算总额的 13.19%。\n";
    assert_eq!(verdicts(rule, text), [Outcome::Fail]);
    let several = format!("{text}\n2024年公务接待费预算 5 万元，占预算总额的 1.47%。\n");
    assert_eq!(verdicts(rule, &several), [Outcome::NotCheckable, Outcome::NotCheckable]);
    let one_ties = format!("{text}\n2024年公务接待费预算 5 万元，占预算总额的 2.5%。\n");
    assert_eq!(verdicts(rule, &one_ties), [Outcome::Fail, Outcome::Pass]);
}

/// 基本支出 below each item is that item's: it is not said of the whole budget a second time.
#[test]
fn parts_of_several_heads_are_not_said_twice() {
    let rule = CATALOGUE.iter().find(|rule| rule.id == "N06").unwrap();
    let text = "2024年一般公共预算拨款支出 90 元，其中：基本支出 70 元，项目支出 20 元。\n\n\
                机构运行 60 元，其中：基本支出 60 元，项目支出 0 元。主要用于日常运转。\n";
    assert!(!verdicts(rule, text).contains(&Outcome::Fail));
}

/// What is confirmed or refuted of the statements of a text: their figures as printed, with the rule.
fn confirmed(text: &str) -> Vec<(String, String)> {
    let analysis = crate::run(&[("budget.md".to_owned(), text.as_bytes().to_vec())]);
    let mut found: Vec<(String, String)> = Vec::new();
    for check in &analysis.checks {
        let holds = check.verdict.outcome == crate::rules::judge::Outcome::Pass;
        let at = match &check.claim {
            Claim::Fact { at, .. } => at.first().copied(),
            Claim::Equation(equation) => equation.left.first().map(|term| term.at),
            Claim::Ratio(ratio) => Some(ratio.percent),
            _ => None,
        };
        if let (true, Some(statement)) = (holds, at.and_then(|at| analysis.statement(at))) {
            found.push((check.rule.to_string(), statement.amount.printed().to_owned()));
        }
    }
    found
}

fn has(found: &[(String, String)], rule: &str, figure: &str) -> bool {
    found.iter().any(|(r, f)| r == rule && f == figure)
}

#[test]
fn lists_of_two_are_confirmed_where_they_sum_and_nothing_is_said_where_they_do_not() {
    let text = "2024年政府购买服务预算支出合计 42.50 万元。其中：履职所需辅助性服务 26.90 万元、公共服务 15.60 万元。\n\n\
        机关编制 13 人，其中行政编制 12 人，工勤编制 1 人。\n";
    let found = confirmed(text);
    assert!(has(&found, "N05", "42.50") && has(&found, "N16", "13"), "{found:?}");
    let other = text.replace("15.60", "15.90").replace("工勤编制 1 人", "工勤编制 3 人");
    let findings = crate::run(&[("budget.md".to_owned(), other.as_bytes().to_vec())]).findings;
    assert!(findings.iter().all(|f| f.rule != "N05" && f.rule != "N16"), "{findings:#?}");
}

#[test]
fn a_project_that_the_text_calls_almost_as_its_table_is_confirmed_and_never_refuted() {
    let text = "技改奖补及项目管理资金 22.30 万元，主要用于企业技术改造。\n\n招商专项宣传工作经费 6.50 万元，用于宣传。\n\n\
        ## 项目支出表\n\n单位：万元\n\n| 项目编码 | 项目名称 | 合计 | 一般公共预算 |\n|---|---|---|---|\n| | 合计 | 31.00 | 31.00 |\n\
        | 420100223010310000101 | 技改奖补及项目管理资金（含评审费） | 22.30 | 22.30 |\n| 420100223010310000102 | 招商专项宣传 | 8.70 | 8.70 |\n";
    let found = confirmed(text);
    assert!(has(&found, "N01", "22.30") && !has(&found, "N01", "6.50"), "{found:?}");
    let findings = crate::run(&[("budget.md".to_owned(), text.as_bytes().to_vec())]).findings;
    assert!(findings.iter().all(|f| f.rule != "N01"), "{findings:#?}");
}

#[test]
fn a_share_of_a_total_further_up_is_confirmed_and_never_refuted() {
    let text = "2024年支出预算总额 80.00 万元。\n\n项目支出 20.00 万元，占 25%。\n";
    assert!(has(&confirmed(text), "N13", "25"));
    let findings = crate::run(&[("budget.md".to_owned(), text.replace("25%", "35%").into_bytes())]).findings;
    assert!(findings.iter().all(|f| f.rule != "N13"), "{findings:#?}");
}

#[test]
fn a_goal_that_is_repeated_is_confirmed() {
    let goal = "区属规模工业增加值 92 亿元，同比增长 7%以上；全区亿元以上工业企业 75 家，其中新进 13 家。";
    let found = confirmed(&format!("长期目标为{goal}\n\n年度目标为{goal}\n"));
    for figure in ["92", "7", "75"] {
        assert!(has(&found, "N25", figure), "{figure}: {found:?}");
    }
}

/// What the prose says of the sources of an amount is confirmed by the tables, and refuted by none.
#[test]
fn sources_and_joined_projects_are_confirmed_by_their_columns() {
    let tables = "\n\n## 收支总表\n\n单位：万元\n\n| 收入 | | 支出 | |\n|---|---|---|---|\n| 项目 | 预算数 | 项目 | 预算数 |\n\
         | 一、一般公共预算拨款收入 | 88.00 | 一、教育支出 | 95.50 |\n| 上年结转 | 7.50 | | |\n\
         | 收入总计 | 95.50 | 支出总计 | 95.50 |\n\n## 项目支出表\n\n单位：万元\n\n\
         | 项目名称 | 合计 | 本年拨款 | 财政拨款结转结余 |\n| | | 一般公共预算 | 一般公共预算 |\n|---|---|---|---|\n\
         | 合计 | 40.00 | 32.50 | 7.50 |\n| 校园安全改造工程 | 28.00 | 20.50 | 7.50 |\n| 教师培训资金 | 12.00 | 12.00 | |\n";
    let holding = |text: &str, value: &str| -> Option<bool> {
        let text = format!("# 甲局2024年部门预算\n\n{text}{tables}");
        let analysis = crate::run(&[("budget.md".to_owned(), text.into_bytes())]);
        let report = crate::report::report(&analysis);
        report.documents[0].claims.iter().find(|claim| claim.value == value).and_then(|claim| claim.holds)
    };
    let budget = "2024年一般公共预算拨款95.50万元。其中：（1）本年预算88万元；（2）上年结转7.5万元。";
    assert_eq!((holding(budget, "88"), holding(budget, "7.5")), (Some(true), Some(true)));
    let projects = "2024年项目支出 40 万元，其中：一般公共预算本年拨款 32.5 万元，结转结余 7.5 万元。";
    assert_eq!((holding(projects, "32.5"), holding(projects, "7.5")), (Some(true), Some(true)));
    assert_eq!(holding("校园安全改造工程及教师培训资金 40 万元，用于校舍。", "40"), Some(true));
    assert_eq!(holding("校园安全改造工程及教师培训资金 41 万元，用于校舍。", "41"), None, "the words only resemble");
}

/// A goal that the text repeats and the form sets otherwise is refuted wherever it stands, and told once.
#[test]
fn a_repeated_goal_is_refuted_everywhere_and_told_once() {
    let goal = "产出指标：新增示范企业≥7 家。";
    let text = format!(
        "# 甲局2024年部门预算\n\n{goal}\n\n年度目标如下。\n\n{goal}\n\n## 项目支出绩效目标表\n\n\
         | 一级指标 | 二级指标 | 三级指标 | 指标值 |\n|---|---|---|---|\n| 产出指标 | 数量指标 | 新增示范企业 | 10家 |\n\
         | 效益指标 | 社会效益指标 | 知晓程度 | 提高 |\n| 满意度指标 | 服务对象满意度 | 参训人员满意度 | ≥95% |\n"
    );
    let analysis = crate::run(&[("budget.md".to_owned(), text.into_bytes())]);
    let told = analysis.findings.iter().filter(|f| f.rule == "N18").count();
    assert_eq!(told, 1);
    let report = crate::report::report(&analysis);
    let held: Vec<_> = report.documents[0].claims.iter().filter(|c| c.value == "7").map(|c| c.holds).collect();
    assert_eq!(held, [Some(false), Some(false)]);
}

/// In final accounts 支出决算为 is of what the paragraph, or its budget, is of; the budget beside it is no final amount.
#[test]
fn final_amounts_without_words_of_their_own_are_held_against_their_row() {
    let tables = "\n\n## 公开05表 一般公共预算财政拨款支出决算表\n\n单位：万元\n\n\
         | 功能分类科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
         | | 合计 | 95.50 | 75.50 | 20.00 |\n| 205 | 教育支出 | 65.50 | 45.50 | 20.00 |\n| 20502 | 普通教育 | 65.50 | 45.50 | 20.00 |\n\
         | 2050202 | 小学教育 | 65.50 | 45.50 | 20.00 |\n| 221 | 住房保障支出 | 30.00 | 30.00 | |\n\
         | 22102 | 住房改革支出 | 30.00 | 30.00 | |\n| 2210201 | 住房公积金 | 30.00 | 30.00 | |\n";
    let holding = |text: &str, value: &str| -> Vec<(&'static str, Option<bool>)> {
        let text = format!("# 甲局2024年度部门决算\n\n{text}{tables}");
        let analysis = crate::run(&[("accounts.md".to_owned(), text.into_bytes())]);
        let report = crate::report::report(&analysis);
        let of = report.documents[0].claims.iter().filter(|claim| claim.value == value);
        of.map(|claim| (claim.kind, claim.holds)).collect()
    };
    let item = "1.教育支出（类）普通教育（款）小学教育（项）。年初预算为 60 万元，支出决算为 65.5 万元，完成年初预算的 109.17%。";
    assert_eq!(holding(item, "65.5"), [("amount", Some(true))]);
    assert_eq!(holding(item, "60"), [("budget_amount", None)]);
    let wrong = item.replace("65.5 万元", "56.5 万元").replace("109.17", "94.17");
    assert_eq!(holding(&wrong, "56.5"), [("amount", Some(false))]);
    let apart = "2.住房保障（类）住房改革（款）住房公积金（项）支出。\n\n年初预算为 28 万元，支出决算为 30 万元。";
    assert_eq!(holding(apart, "30"), [("amount", Some(true))]);
    let coded = "3.小学教育（2050202），2024年度决算数为 65.5 万元，比上年增长 1%。";
    assert_eq!(holding(coded, "65.5"), [("amount", Some(true))]);
    let fund = "一般公共预算财政拨款支出年初预算为 90 万元，支出决算为 95.5 万元，完成年初预算的 106.11%。";
    assert_eq!(holding(fund, "95.5"), [("amount", Some(true))]);
}
