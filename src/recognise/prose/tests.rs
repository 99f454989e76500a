//! Whole sentences of our own, in the forms that real disclosures have.

use super::*;
use crate::disclosure::{Concept, Measure, ProcurementPart, StatementKind};
use crate::recognise::fixture;

/// The statements of a text of 2024, for tests of rules, too.
pub(crate) fn statements_of(text: &str, tables: &[Table]) -> Vec<Statement> {
    let document = fixture::document(text);
    let items: Vec<Item> = crate::recognise::caption::items(&document);
    let stage = if text.contains("决算") { Stage::FinalAccounts } else { Stage::Budget };
    let about = About { unit_name: Some("甲市乙局".to_owned()), year: Some(2024), stage: Some(stage) };
    recognise_beside(&[items], tables, &about, || ()).0.statements
}

fn read(text: &str) -> Vec<Statement> {
    statements_of(text, &[])
}

/// Measure, figure, kind and concept of each statement.
fn brief(text: &str) -> Vec<(String, String, StatementKind)> {
    read(text).into_iter().map(|s| (s.measure, s.amount.plain(), s.kind)).collect()
}

fn parts(text: &str) -> Vec<(String, Vec<String>)> {
    let statements = read(text);
    statements
        .iter()
        .filter(|s| !s.parts.is_empty())
        .map(|s| {
            let parts = s.parts.iter().map(|&p| statements[usize::try_from(p).unwrap()].amount.plain()).collect();
            (s.amount.plain(), parts)
        })
        .collect()
}

#[test]
fn amounts_changes_and_last_year_are_statements() {
    use StatementKind as K;
    let text = "2024年甲市乙局收入预算总额为 126.29 万元，比上年减少 8.23 万元，下降 6.12%，其中：一般公共预算财政拨款收入 120.29 万元；上年结余（转）6 万元。";
    assert_eq!(
        brief(text),
        [
            ("收入预算总额".to_owned(), "126.29".to_owned(), K::Amount),
            ("收入预算总额".to_owned(), "8.23".to_owned(), K::Decrease),
            ("收入预算总额".to_owned(), "6.12".to_owned(), K::DecreaseRate),
            ("一般公共预算财政拨款收入".to_owned(), "120.29".to_owned(), K::Amount),
            ("上年结余(转)".to_owned(), "6".to_owned(), K::Amount),
        ]
    );
    assert_eq!(parts(text), [("126.29".to_owned(), vec!["120.29".to_owned(), "6".to_owned()])]);
}

#[test]
fn a_list_after_a_full_stop_belongs_to_the_amount_before_it() {
    let text = "机关运行经费预算 4.50 万元。其中：办公费 1.50 万元、电费 1 万、邮电费 2 万元。占预算总额的 3%，比上年减少 1 万元。";
    assert_eq!(parts(text), [("4.50".to_owned(), vec!["1.50".to_owned(), "1".to_owned(), "2".to_owned()])]);
    let last = read(text).pop().unwrap();
    assert_eq!((last.kind, last.concept), (StatementKind::Decrease, Some(Concept::AgencyOperating)));
}

#[test]
fn a_list_in_brackets_closes_with_them() {
    let text = "机关运行经费支出 4.5 万元（办公费 1.50 万、维修（护）费 1 万、邮电费 2 万），比去年预算数增加 1万元，增长 4%。";
    assert_eq!(parts(text), [("4.5".to_owned(), vec!["1.50".to_owned(), "1".to_owned(), "2".to_owned()])]);
    let all = read(text);
    let rate = all.last().unwrap();
    assert_eq!((rate.kind, rate.of), (StatementKind::IncreaseRate, Some(0)));
    let change = &all[usize::try_from(rate.beside.unwrap()).unwrap()];
    assert_eq!((change.kind, &change.concept), (StatementKind::Increase, &Some(Concept::AgencyOperating)));
}

#[test]
fn a_list_in_brackets_after_its_sentence_is_one_too() {
    let text = "1.商品和服务支出 3.50 万元：主要用于日常公用经费及其他。（办公费 1.50 万、印刷费 2 万）";
    assert_eq!(parts(text), [("3.50".to_owned(), vec!["1.50".to_owned(), "2".to_owned()])]);
}

#[test]
fn a_list_after_a_bracket_with_a_count_is_of_the_amount_before_it() {
    let text = "收入总计 17.37 万元（比上年增加 0.23 万元，原因为增加在职人员 1 人）。其中财政拨款收入 17.37 万元。";
    assert_eq!(parts(text), [("17.37".to_owned(), vec!["17.37".to_owned()])]);
}

#[test]
fn a_change_has_the_changes_that_it_is_split_in() {
    let text = "固定资产较上年增加 0.60 万元，增加 0.28%，其中房屋增加 0.10 万元，增加 1%；通用设备增加 0.70 万元；家具减少 0.20 万元。";
    assert_eq!(
        parts(text),
        [("0.60".to_owned(), vec!["0.10".to_owned(), "0.70".to_owned(), "0.20".to_owned()])],
        "each says what changed"
    );
    let text = "收入 9 万元，比上年增加 2 万元，其中：财政拨款 5 万元，比上年增加 3 万元；事业收入 4 万元，比上年减少 1 万元。";
    let heads: Vec<String> = parts(text).into_iter().map(|(head, _)| head).collect();
    assert_eq!(heads, ["9"], "these are changes of the amounts listed");
    let text = "支出比上年增加 2 万元，主要是基本支出增加 3 万元，项目支出减少 1 万元。";
    assert_eq!(parts(text), [], "not said to be all");
}

#[test]
fn an_open_list_has_no_parts() {
    for text in [
        "机关运行经费 4.50 万元，其中办公费 1 万元、电费 1 万元等。",
        "机关运行经费 4.50 万元，其中主要为办公费 1 万元、电费 1 万元。",
        "项目预算 920 万元（含上年结转 13 万元）。",
        "支出总计 100 万元（上年支出总计 90 万元，同比增加 10 万元）。",
    ] {
        assert_eq!(parts(text), [], "{text}");
    }
}

#[test]
fn lists_in_one_sentence_are_kept_apart() {
    let text = "基本支出79.15万元，占7.81%，其中：人员经费68.52万元、公用经费10.63万元；项目支出93587万元，占92.19%。";
    assert_eq!(parts(text), [("79.15".to_owned(), vec!["68.52".to_owned(), "10.63".to_owned()])]);
    let text = "公务用车购置和运行费 5万元，其中：公务用车运行维护费 3万元，公务用车购置费 2 万元，与上年持平。";
    assert_eq!(parts(text), [("5".to_owned(), vec!["3".to_owned(), "2".to_owned()])]);
}

#[test]
fn what_revenue_and_expenditure_include_are_two_lists() {
    let text = "2024年甲市乙局财政拨款收支总预算 18.94 万元。收入全部为一般公共预算拨款（无政府性基金），包括：一般公共预算当年拨款收入 16.82 万元、上年结转 2.12 万元；支出包括：教育支出 11 万元，占 58%；卫生健康支出 7.94 万元，占 42%。";
    assert_eq!(parts(text), [("18.94".to_owned(), vec!["16.82".to_owned(), "2.12".to_owned()])]);
}

#[test]
fn what_expenditure_includes_is_no_part_of_the_last_source() {
    let text = "财政拨款收支总预算 18 万元。收入包括：一般公共预算当年拨款收入 11 万元、上年结转 2 万元；政府性基金预算当年拨款收入 5 万元。支出包括：教育支出 11 万元、卫生健康支出 2 万元、城乡社区支出 5 万元。";
    assert_eq!(parts(text), [("18".to_owned(), vec!["11".to_owned(), "2".to_owned()])]);
}

#[test]
fn a_list_after_a_sentence_with_several_amounts_is_of_none() {
    let text = "收入预算 64.88 万元，主要是上年结转结余 8.00 万元。其中：一般公共预算拨款收入 48.88 万元，政府性基金预算拨款收入 16 万元。";
    assert_eq!(parts(text), []);
}

#[test]
fn a_list_of_revenue_ends_where_expenditure_is_told() {
    let text = "当年财政拨款收入 28.42 万元，其中：一般公共预算拨款收入 28.42 万元，较上年增加 1 万元；当年财政拨款支出 28.42 万元，其中：一般公共预算拨款支出 28.42 万元。";
    assert_eq!(parts(text)[0], ("28.42".to_owned(), vec!["28.42".to_owned()]));
}

#[test]
fn a_total_begins_a_list_of_its_own() {
    let text = "当年预算收入 28.42 万元，其中：一般公共预算拨款 28.42 万元，原因是人员增加；本单位当年预算支出 28.42 万元，其中：基本支出 20 万元、项目支出 8.42 万元。";
    assert_eq!(
        parts(text),
        [
            ("28.42".to_owned(), vec!["28.42".to_owned()]),
            ("28.42".to_owned(), vec!["20".to_owned(), "8.42".to_owned()])
        ]
    );
}

#[test]
fn a_kind_of_expenditure_is_of_the_budget_that_is_spoken_of() {
    let concept = |text: &str| read(text).pop().unwrap().concept;
    assert_eq!(
        concept("2024年一般公共预算财政拨款支出 30 万元，其中：基本支出 20 万元。"),
        Some(Concept::GeneralPublic(Measure::Basic))
    );
    assert_eq!(concept("2024年支出预算 30 万元，其中：基本支出 20 万元。"), Some(Concept::Expenditure(Measure::Basic)));
    assert_eq!(concept("政府性基金预算项目支出 20 万元。"), None);
    assert_eq!(concept("甲项目资金 12 万元，上年结转 3 万元。"), None);
}

#[test]
fn procurement_and_its_parts() {
    let text = "2024 年，我单位政府采购预算 0万元，其中货物类采购预算 56.2 万元，服务类采购预算 0 万元。比上年增加（减少）0 万元。";
    let found: Vec<_> = read(text).into_iter().map(|s| s.concept).collect();
    assert_eq!(
        found,
        [
            Some(Concept::Procurement),
            Some(Concept::ProcurementPart(ProcurementPart::Goods)),
            Some(Concept::ProcurementPart(ProcurementPart::Services)),
            Some(Concept::Procurement),
        ]
    );
    assert_eq!(read(text)[3].kind, StatementKind::UndecidedChange);
}

#[test]
fn a_unit_and_its_lack_are_kept_as_printed() {
    let statements = read("机关运行经费 1085.63，比 2023 年增加 0.24 万元。其中工会会费 9.5 元。");
    assert_eq!(statements[0].unit, None);
    assert_eq!(statements[2].unit, Some(crate::amount::Unit::Yuan));
    assert_eq!(read("政府性基金预算支出为 0。")[0].unit, None);
}

#[test]
fn what_is_not_of_this_year_or_not_money_is_no_amount() {
    for text in [
        "2023年预算 115 万元。",
        "单价 100 万元以上专用设备 0 套。",
        "力争减轻负担不少于 25 亿元。",
        "截至 2023 年 12 月 31 日，保有车辆 1 辆。",
    ] {
        assert!(!brief(text).iter().any(|(.., kind)| *kind == StatementKind::Amount), "{text}");
    }
}

#[test]
fn telephone_numbers_are_not_quoted() {
    let statements = read("公务接待费 1.45 万元，联系电话 13800000000。");
    assert!(!statements[0].quote.contains("13800000000"), "{}", statements[0].quote);
}

#[test]
fn hostile_text_ends() {
    for text in [
        "（".repeat(50_000),
        "其中".repeat(50_000),
        "1万元、".repeat(50_000),
        "）。；".repeat(10_000),
        "9".repeat(100_000),
    ] {
        let _ = read(&text);
    }
}

#[test]
fn rates_and_shares_know_what_they_are_of() {
    let all = read(
        "2024年甲市乙局收入预算总额 200 万元。\n\n2024年机关运行经费预算 45.82 万元，占预算总额的 22.91%，比上年减少 2.06 万元，下降 4.30%。",
    );
    let brief: Vec<_> = all.iter().map(|s| (s.kind, s.of, s.beside)).collect();
    assert_eq!(
        brief,
        [
            (StatementKind::Amount, None, None),
            (StatementKind::Amount, None, None),
            (StatementKind::Share, Some(1), None),
            (StatementKind::Decrease, Some(1), None),
            (StatementKind::DecreaseRate, Some(1), Some(3)),
        ]
    );
    assert_eq!(all[2].whole, Some(Concept::TotalBudget));
}

#[test]
fn a_percent_of_something_else_is_of_nothing_known() {
    let all = read("2024年项目支出 45 万元，主要支持产业发展，规模企业增加值增长 7%，满意度达到 90%以上。");
    assert_eq!(all[1].kind, StatementKind::Quantity);
    assert_eq!(all[2].kind, StatementKind::Quantity);
}

#[test]
fn counts_have_their_parts() {
    let all = read(
        "截至 2023 年 12 月 31 日，保有车辆共有 1 辆，其中，领导干部用车 0 辆，其他用车 1 辆，其他用车主要是机要通信用车 0 台，应急公务用车 1 台；单位价值 50 万元以上通用设备 0 台（套）。",
    );
    let parts: Vec<_> = all.iter().map(|s| (s.measure.as_str(), s.parts.clone())).collect();
    assert_eq!(parts[0], ("保有车辆", vec![1, 2]));
    assert_eq!(parts[2], ("其他用车", vec![3, 4]));
    assert_eq!(all.len(), 6);
}

#[test]
fn every_number_is_stated_aside_or_unread() {
    let document = fixture::document("2024 年预算 3 万元，见第 2 条；编号 17 的材料。");
    let items: Vec<Item> = crate::recognise::caption::items(&document);
    let about = About { unit_name: None, year: Some(2024), stage: Some(Stage::Budget) };
    let prose = recognise_beside(&[items], &[], &about, || ()).0;
    assert_eq!((prose.statements.len(), prose.unread.len(), prose.aside.len()), (1, 1, 2));
    assert_eq!(prose.numbers, 2);
}

#[test]
fn a_sentence_on_another_year_is_of_that_year_to_its_end() {
    use StatementKind as K;
    let kinds = |text: &str| read(text).into_iter().map(|s| s.kind).collect::<Vec<_>>();
    for text in [
        "2023年甲局“三公”经费财政拨款预算中，因公出国（境）费 17 万元，公务接待费 5 万元。",
        "2023年度，本单位收入为 17.45 万元，其中：财政拨款收入 15.64 万元。",
        "上年度基本支出 17 万元，项目支出 5 万元。",
    ] {
        assert_eq!(kinds(text), [K::PriorAmount, K::PriorAmount], "{text}");
    }
    for text in [
        "与2023年预算相比，基本支出 17 万元，项目支出 5 万元。",
        "根据2023年部门预算的要求，基本支出安排 17 万元，项目支出 5 万元。",
        "2023年末结转的项目经费已用完，基本支出 17 万元，项目支出 5 万元。",
        "2024年基本支出 17 万元，项目支出 5 万元。",
    ] {
        assert_eq!(kinds(text), [K::Amount, K::Amount], "{text}");
    }
    let all = read("2024年三公经费预算 9 万元。2023年三公经费支出 8 万元，比2022年增加 2 万元，增长 33.33%。");
    assert!(all.iter().all(|s| s.of.is_none()), "{all:#?}");
    let all = read("二、2023年三公经费支出情况\n\n三公经费合计 8 万元，其中：公务接待费 2 万元。");
    assert!(all.iter().all(|s| s.kind == K::PriorAmount), "{all:#?}");
}

#[test]
fn figures_of_several_years_side_by_side_are_of_none() {
    let all = read("2023年、2024年三公经费分别为 8 万元、9 万元。");
    assert!(all.iter().all(|s| s.concept.is_none() && s.doubt.is_some()), "{all:#?}");
}

#[test]
fn both_sides_of_the_appropriations_are_no_grand_total() {
    let concepts = |text: &str| read(text).into_iter().map(|s| s.concept).collect::<Vec<_>>();
    assert_eq!(concepts("2024年财政拨款收入、支出总计 90 万元。"), [Some(Concept::FiscalTotal)]);
    assert_eq!(concepts("2024年收入、支出总计 95 万元。"), [Some(Concept::TotalBudget)]);
    assert_eq!(
        concepts("2024年财政拨款收入总计 90 万元，支出总计 90 万元。"),
        [Some(Concept::Revenue(Measure::Fiscal)), None],
        "one side may be told without what was carried"
    );
    assert_eq!(concepts("四、财政拨款收支预算总体情况\n\n2024年收支总预算 90 万元。"), [Some(Concept::FiscalTotal)]);
}

#[test]
fn a_list_of_one_inside_a_list_ends_where_it_is_whole() {
    let text = "收入预算总额 100 万元，其中：财政拨款收入 60 万元，包括一般公共预算收入 60 万元；事业收入 30 万元；上年结转 10 万元。";
    assert_eq!(
        parts(text),
        [
            ("100".to_owned(), vec!["60".to_owned(), "30".to_owned(), "10".to_owned()]),
            ("60".to_owned(), vec!["60".to_owned()])
        ]
    );
    let text = "收入预算总额 100 万元，其中：财政拨款收入 60 万元，包括一般公共预算收入 50 万元；事业收入 30 万元；上年结转 10 万元。";
    assert_eq!(parts(text), []);
}

#[test]
fn the_funds_of_one_thing_are_of_that_thing_alone() {
    let text = "1.因公出国（境）费支出 3.00 万元（其中：一般公共预算支出 2.00 万元；政府性基金预算支出 1.00 万元）。";
    let concepts: Vec<_> = read(text).into_iter().map(|s| s.concept).collect();
    assert_eq!(concepts, [Some(Concept::ThreePublic(Measure::Abroad)), None, None]);
}

#[test]
fn a_change_of_last_year_is_kept_apart() {
    let all = read("公务用车运行维护费 4 万元，比上年增加 1 万元。原因：上年度公务用车运行维护费压减经费 1 万元。");
    let last = all.last().unwrap();
    assert!(last.prior_change && last.of.is_none(), "{last:?}");
    assert_eq!(last.concept, Some(Concept::ThreePublic(Measure::VehicleRunning)));
    assert!(!all[1].prior_change);
}

#[test]
fn a_sibling_of_the_head_ends_its_list() {
    let text = "支出预算 100 万元，其中：基本支出 79 万元，占 79%，其中：人员经费 68 万元、公用经费 11 万元，项目支出 21 万元，占 21%。";
    assert_eq!(
        parts(text),
        [
            ("100".to_owned(), vec!["79".to_owned(), "21".to_owned()]),
            ("79".to_owned(), vec!["68".to_owned(), "11".to_owned()])
        ]
    );
    let text = "三公经费 10 万元，其中：公务用车购置及运行费 7 万元，其中：公务用车购置费 2 万元，公务用车运行维护费 5 万元，公务接待费 3 万元。";
    assert_eq!(
        parts(text),
        [
            ("10".to_owned(), vec!["7".to_owned(), "3".to_owned()]),
            ("7".to_owned(), vec!["2".to_owned(), "5".to_owned()])
        ]
    );
}

#[test]
fn a_share_that_names_its_part_turns_to_it() {
    let text = "机关运行经费 3 万元。其中：办公费 1 万元、邮电费 2 万元。机关运行经费占预算总额的 3%，比上年减少 1 万元，减少 25%。";
    let all = read(text);
    let rate = all.last().unwrap();
    assert_eq!((rate.of, &rate.concept), (Some(0), &Some(Concept::AgencyOperating)));
}

#[test]
fn a_line_that_begins_with_a_unit_goes_on_with_the_one_before() {
    let text = "甲局 2024 年机关运行经费预算 147.88\n万元。其中：办公费 147 万元、维修费 0\n.88 万元。";
    let all = read(text);
    assert_eq!(all[0].concept, Some(Concept::AgencyOperating));
    assert_eq!(all[0].amount.plain(), "147.88");
}

#[test]
fn what_an_amount_was_and_what_it_came_to_are_told_apart() {
    use StatementKind as K;
    let text = "三公经费 60 万元，其中：公务接待费由 20 万元降至 10 万元，下降 50%；公务用车运行维护费 50 万元。";
    let kinds: Vec<_> = read(text).into_iter().map(|s| (s.amount.plain(), s.kind, s.concept)).collect();
    let of = |measure| Some(Concept::ThreePublic(measure));
    assert_eq!(kinds[1], ("20".to_owned(), K::PriorAmount, of(Measure::Reception)));
    assert_eq!(kinds[2], ("10".to_owned(), K::Amount, of(Measure::Reception)));
    assert_eq!(parts(text), [("60".to_owned(), vec!["10".to_owned(), "50".to_owned()])]);
    let all = read("2024年公务接待费减少到 3.00 万元。");
    assert_eq!((all[0].kind, &all[0].concept), (K::Amount, &of(Measure::Reception)));
}

#[test]
fn a_blank_before_of_which_hides_nothing_behind_it() {
    for text in [
        "机关运行经费 4.50 万元， 其中主要 办公费 1 万元、电费 1 万元。",
        "机关运行经费 4.50 万元，　其中： 主要为办公费 1 万元、电费 1 万元。",
        "机关运行经费 4.50 万元， 其 中 主 要 是办公费 1 万元、电费 1 万元。",
    ] {
        assert_eq!(parts(text), [], "{text}");
    }
    let text = "机关运行经费 4.50 万元， 其 中： 办公费 1.50 万元、电费 3 万元。";
    assert_eq!(parts(text), [("4.50".to_owned(), vec!["1.50".to_owned(), "3".to_owned()])]);
}

#[test]
fn names_behind_a_noun_and_its_colon_are_counted() {
    let listed = |text: &str| read(text)[0].listed;
    assert_eq!(listed("内设 3 个职能科室：办公室、“两化”融合股、政工股。"), Some(3));
    assert_eq!(listed("内设 3个：办公室、融合股、政工股。"), Some(3));
    assert_eq!(listed("新增 3 家企业，主要做法：走访、座谈、帮办。"), None);
}

#[test]
fn last_years_total_beside_this_years_is_the_base_of_its_change() {
    use StatementKind as K;
    let all = read("收入总计 52.37 万元（上年收入总计 28.14 万元，同比增加 24.23 万元，同比增加 86.11%）。");
    let brief: Vec<_> = all.iter().map(|s| (s.kind, s.of, s.beside)).collect();
    assert_eq!(
        brief,
        [
            (K::Amount, None, None),
            (K::PriorAmount, Some(0), None),
            (K::Increase, Some(0), Some(1)),
            (K::IncreaseRate, Some(0), Some(2)),
        ]
    );
    // What is said of another amount is no base.
    let all = read("基本支出 52.37 万元，上年项目支出 28.14 万元，比上年增加 24.23 万元。");
    assert_eq!(all[2].beside, None, "{all:#?}");
}

#[test]
fn what_is_said_of_the_office_alone_is_named_and_doubted_with_its_parts() {
    let all = read("甲市乙局本级支出预算 30 万元，其中：基本支出 20 万元、项目支出 10 万元。");
    assert!(all.iter().all(|s| s.concept.is_some() && s.doubt.is_some()), "{all:#?}");
}

#[test]
fn a_change_behind_a_clause_on_something_else_is_not_of_the_amount_before_it() {
    let text = "“三公”经费支出决算 6.20 万元，比上年增加 1.30 万元，增长 26.53%，其中，因公出国（境）费支出决算与预算持平，公务用车运行维护费支出决算比预算无增减变化，比上年增加 0.90 万元，增长 31.03%；公务接待费支出决算比预算无增减变化，比上年增加 0.40 万元，增长 20%。";
    let all = read(text);
    let of: Vec<_> = all.iter().map(|s| (s.amount.plain(), s.of)).collect();
    assert_eq!(of[2], ("26.53".to_owned(), Some(0)));
    for (at, figure) in [(3, "0.90"), (4, "31.03"), (5, "0.40"), (6, "20")] {
        assert_eq!(of[at], (figure.to_owned(), None), "{all:#?}");
    }
    // What was stated of it before is what the change is of.
    let all = read("公务接待费 2.40 万元，公务用车运行维护费 3.80 万元。公务接待费与预算持平，比上年增加 0.40 万元。");
    assert_eq!(all[2].of, Some(0), "{all:#?}");
    let all = read("公务接待费 2.40 万元，与上年预算持平，比上年决算数增加 0.40 万元。");
    assert_eq!(all[1].of, Some(0), "{all:#?}");
}

#[test]
fn what_a_sentence_on_last_year_lists_in_the_next_one_is_last_years() {
    use StatementKind as K;
    let text = "2023年“三公”经费支出 8 万元。其中：公务接待费 3 万元，公务用车运行维护费 5 万元。2024年“三公”经费支出 9 万元。其中：公务接待费 2 万元，公务用车运行维护费 7 万元。";
    let kinds: Vec<_> = read(text).into_iter().map(|s| (s.amount.plain(), s.kind)).collect();
    let of = |figure: &str, kind| (figure.to_owned(), kind);
    assert_eq!(
        kinds,
        [
            of("8", K::PriorAmount),
            of("3", K::PriorAmount),
            of("5", K::PriorAmount),
            of("9", K::Amount),
            of("2", K::Amount),
            of("7", K::Amount),
        ]
    );
}

#[test]
fn what_the_text_says_of_accounts_and_budget_is_of_the_two_before_it() {
    use crate::disclosure::Against;
    let said = |text: &str| -> Vec<_> {
        let all = read(text).into_iter();
        all.filter_map(|s| s.against_budget.map(|(said, budget)| (s.amount.plain(), said, budget))).collect()
    };
    let text = "公务接待费支出年初预算为 5 万元，支出决算为 4 万元，完成年初预算的 80%。决算数小于年初预算数的主要原因：厉行节约。";
    assert_eq!(said(text), [("4".to_owned(), Against::Below, 0)]);
    let both = "年初预算为 3 万元，全年预算为 5 万元，支出决算为 5 万元，决算数与全年预算数持平。";
    assert_eq!(said(both), [("5".to_owned(), Against::Equal, 0)]);
    assert_eq!(said("支出决算为 5 万元，决算数小于预算数。"), []);
}

#[test]
fn a_rate_is_of_what_its_change_is_of() {
    let text = "机关运行经费支出 210.40 万元，主要用于办公费 35.20 万元、差旅费 65.20 万元等，机关运行经费较上年增加 10.40 万元，增长 5.20%。";
    let all = read(text);
    let last = all.last().unwrap();
    assert_eq!((last.kind, last.of), (StatementKind::IncreaseRate, Some(0)), "{all:#?}");
}
