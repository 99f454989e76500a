//! Three whole sets of final accounts (决算), written for these tests in the manner of as many publishers: every identity
//! of them holds, and one wrong figure is found and named.

use std::collections::BTreeSet;

use duizhang::faults::{Family, Identities, Options, bench};
use duizhang::rules::Severity;
use duizhang::rules::judge::Outcome;

/// Codes over 类, 款 and 项, 行次 and 栏次, lists of basic expenditure side by side, 三公 with 预算数 and 决算数 as columns.
const SPLIT_CODES: &str = include_str!("accounts/split_codes.md");
/// In 元, 年初, 全年 and 决算 as columns, funds followed through the year, 三公 as rows.
const FOLLOWED_FUNDS: &str = include_str!("accounts/followed_funds.md");
/// A school's: no line numbers, money of its own, an empty fund table, 会议费 and 培训费 beside 三公.
const SCHOOL: &str = include_str!("accounts/school.md");

fn all() -> [(&'static str, &'static str); 3] {
    [("split codes", SPLIT_CODES), ("followed funds", FOLLOWED_FUNDS), ("school", SCHOOL)]
}

fn analysis(text: &str) -> duizhang::analysis::Analysis {
    duizhang::run(&[("accounts.md".to_owned(), text.as_bytes().to_vec())])
}

#[test]
fn every_identity_holds() {
    for (name, text) in all() {
        let analysis = analysis(text);
        let told: Vec<_> = analysis.findings.iter().filter(|f| f.severity <= Severity::Warning).collect();
        assert!(told.is_empty(), "{name}: {told:#?}");
        let failed: Vec<_> = analysis.checks.iter().filter(|c| c.verdict.outcome == Outcome::Fail).collect();
        assert!(failed.is_empty(), "{name}: {failed:#?}");
    }
}

#[test]
fn the_forms_are_held_against_each_other() {
    // 01 to 09: within the tables, and between them.
    let common = [
        "T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T10", "T15", "X01", "X02", "X03", "X04", "X05", "X07",
        "X09", "X10", "X11", "X12", "X13", "X17", "N01", "N02", "N13", "N30",
    ];
    for (name, text, more) in [
        ("split codes", SPLIT_CODES, &["T16", "T19", "T23", "T24", "X18"][..]),
        ("followed funds", FOLLOWED_FUNDS, &["T16", "T19", "T23", "T24", "X18"][..]),
        ("school", SCHOOL, &[][..]),
    ] {
        let analysis = analysis(text);
        let holds = |o: Outcome| matches!(o, Outcome::Pass | Outcome::Rounding);
        let held: BTreeSet<&str> =
            analysis.checks.iter().filter(|c| holds(c.verdict.outcome)).map(|c| c.rule.as_ref()).collect();
        let absent: Vec<_> = common.iter().chain(more).filter(|rule| !held.contains(**rule)).collect();
        assert!(absent.is_empty(), "{name}: {absent:?}");
    }
}

#[test]
fn one_wrong_figure_is_found_and_named() {
    for (name, text) in all() {
        let document = duizhang::read::read("accounts.md", text.as_bytes()).expect("a readable fixture");
        let account = bench(&[document], Options { count: 80, seed: 3 });
        assert_eq!(account.out_of_reach, 0, "{name}");
        let digits = account.sum(|class| {
            class.identities == Identities::Several
                && matches!(class.family, Family::Replaced | Family::Turned | Family::Dropped | Family::Added)
        });
        assert!(digits.made >= 20, "{name}: {digits:?}");
        assert_eq!(digits.found + digits.hidden, digits.made, "{name}: {:#?}", account.missed);
        assert_eq!(digits.named + digits.hidden + digits.undecided, digits.made, "{name}: {:#?}", account.missed);
    }
}

/// A figure of the balance that money is followed through: no sum of codes holds it in one column alone.
#[test]
fn a_wrong_balance_is_named() {
    let wrong = SPLIT_CODES.replacen("| 2.50 | 70.00 | 66.00 |", "| 2.50 | 76.00 | 66.00 |", 1);
    assert_ne!(wrong, SPLIT_CODES);
    let found: Vec<_> =
        analysis(&wrong).findings.into_iter().filter(|f| f.severity <= Severity::Warning).map(|f| f.title.zh).collect();
    assert!(found.len() == 1 && found[0].contains("本年收入"), "{found:?}");
}
