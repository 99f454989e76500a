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
