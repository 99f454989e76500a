//! Rules across documents on their own examples: an example is two documents, each from its `#` on.

use crate::disclosure::Disclosure;
use crate::rules::judge::{self, Outcome};
use crate::rules::{CATALOGUE, Facts, Family, Rule};

fn documents(example: &str) -> Vec<Disclosure> {
    let mut texts: Vec<String> = Vec::new();
    for line in example.lines() {
        if line.starts_with("# ") || texts.is_empty() {
            texts.push(String::new());
        }
        let text = texts.last_mut().unwrap();
        text.push_str(line);
        text.push('\n');
    }
    texts
        .iter()
        .map(|text| crate::recognise::recognise(&crate::read::read("example.md", text.as_bytes()).unwrap()))
        .collect()
}

fn outcomes(rule: &Rule, example: &str) -> Vec<Outcome> {
    let disclosures = documents(example);
    assert_eq!(disclosures.len(), 2, "{}", rule.id);
    let facts = Facts::new(&disclosures);
    (0..disclosures.len())
        .flat_map(|at| (rule.check)(&facts.scope(at)))
        .map(|instance| judge::judge(&disclosures, &instance.claim).outcome)
        .collect()
}

#[test]
fn examples_do_what_they_say() {
    let rules: Vec<_> = CATALOGUE.iter().filter(|rule| rule.family == Family::AcrossDocuments).collect();
    assert!(!rules.is_empty());
    for rule in rules {
        let good = outcomes(rule, rule.holds);
        assert!(good.contains(&Outcome::Pass), "{} does not pass its good example: {good:?}", rule.id);
        assert!(!good.contains(&Outcome::Fail), "{} fails its good example", rule.id);
        let bad = outcomes(rule, rule.breaks);
        assert!(bad.contains(&Outcome::Fail), "{} passes its bad example: {bad:?}", rule.id);
        assert!(!outcomes(rule, rule.spared).contains(&Outcome::Fail), "{} fails its near miss", rule.id);
        // One document alone says nothing.
        let alone = documents(rule.breaks);
        for one in alone {
            assert!((rule.check)(&Facts::new(&[one]).scope(0)).is_empty(), "{} speaks of one document", rule.id);
        }
    }
}

/// A department of two units, each a document of its own.
fn department(first: &str, second: &str) -> Vec<Outcome> {
    let head = "## 收入总表\n\n单位：万元\n\n| 单位编码 | 单位名称 | 合计 | 本年收入 | 上年结转结余 |\n|---|---|---|---|---|\n";
    let unit = |code: &str, name: &str, total: &str| {
        format!(
            "# {name}2024年单位预算\n\n{head}| | 合计 | {total} | {total} | |\n| {code} | {name} | {total} | {total} | |\n\n"
        )
    };
    let whole = format!(
        "# 甲市乙局2024年部门预算\n\n{head}| | 合计 | 95.50 | 95.50 | |\n| 209 | 甲市乙局 | 95.50 | 95.50 | |\n| 209001 | 甲市乙局本级 | 75.50 | 75.50 | |\n| 209002 | 甲市丁中心 | 20.00 | 20.00 | |\n\n"
    );
    let texts = [whole, unit("209001", "甲市乙局（本级）", first), unit("209002", "甲市丁中心", second)];
    let disclosures = documents(&texts.concat());
    let facts = Facts::new(&disclosures);
    let rule = CATALOGUE.iter().find(|rule| rule.id == "Y04").unwrap();
    (rule.check)(&facts.scope(0))
        .into_iter()
        .filter(|instance| instance.label.zh.contains("之和"))
        .map(|instance| judge::judge(&disclosures, &instance.claim).outcome)
        .collect()
}

#[test]
fn a_department_is_the_sum_of_its_units() {
    assert_eq!(department("75.50", "20.00"), [Outcome::Pass]);
    assert_eq!(department("78.50", "20.00"), [Outcome::Fail]);
}

/// The figure of last year's disclosure is no base of a comparison with what was carried out, or on another basis.
#[test]
fn what_is_compared_otherwise_is_not_held_against_last_years_budget() {
    let earlier = "# 甲市乙局2023年部门预算\n\n2023年“三公”经费预算 6.40 万元。\n";
    let outcomes = |said: &str, id: &str| {
        let disclosures =
            documents(&format!("# 甲市乙局2024年部门预算\n\n2024年“三公”经费预算 5.45 万元，{said}。\n\n{earlier}"));
        let facts = Facts::new(&disclosures);
        let rule = CATALOGUE.iter().find(|rule| rule.id == id).unwrap();
        let judged = (rule.check)(&facts.scope(0)).into_iter();
        judged.map(|instance| judge::judge(&disclosures, &instance.claim).outcome).collect::<Vec<_>>()
    };
    assert_eq!(outcomes("比上年增加 0.05 万元", "Y01"), [Outcome::Fail]);
    for said in [
        "按可比口径，比上年增加 0.05 万元",
        "剔除机构改革因素，比上年增加 0.05 万元",
        "比上年执行数增加 0.05 万元",
        "比2023年决算数增加 0.05 万元",
    ] {
        assert!(!outcomes(said, "Y01").contains(&Outcome::Fail), "{said}");
    }
    assert_eq!(outcomes("与上年持平", "Y02"), [Outcome::Fail]);
    assert!(!outcomes("与上年执行数持平", "Y02").contains(&Outcome::Fail));
    assert!(!outcomes("按同口径与上年持平", "Y02").contains(&Outcome::Fail));
    // What fits all the same is said to.
    assert_eq!(outcomes("比上年执行数减少 0.95 万元", "Y01"), [Outcome::Pass]);
}
