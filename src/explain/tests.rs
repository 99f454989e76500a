use super::*;
use crate::rules;
use crate::rules::sketch::disclosure;

fn findings(text: &str) -> Vec<Finding> {
    let disclosures = [disclosure(text)];
    explain(&disclosures, &rules::check(&disclosures))
}

const CODES: &str = "# 支出总表 | 万元\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 208 | 社会保障和就业支出 | 75.50 | 55.50 | 20.00 |\n\
    | 20805 | 行政事业单位养老支出 | 75.50 | 55.50 | 20.00 |\n\
    | 2080501 | 行政单位离退休 | 30.25 | 30.25 | |\n\
    | 2080505 | 机关事业单位基本养老保险缴费支出 | 45.25 | 25.25 | 20.00 |\n\
    | 210 | 卫生健康支出 | 20.00 | 20.00 | |\n";

#[test]
fn what_ties_has_no_finding() {
    assert_eq!(findings(CODES), []);
}

#[test]
fn one_wrong_cell_is_one_finding_that_names_it() {
    let found = findings(&CODES.replace("| 30.25 | 30.25 |", "| 30.25 | 38.25 |"));
    assert_eq!(found.len(), 1, "{found:#?}");
    let suspect = found[0].suspect.as_ref().expect("a suspect");
    assert_eq!(suspect.at, Anchor::Cell { disclosure: 0, table: 0, row: 3, column: 3 });
    assert_eq!(suspect.fitting.as_ref().map(Amount::plain), Some("30.25".to_owned()));
    assert_eq!((suspect.agreeing, found[0].severity), (2, Severity::Error));
    assert_eq!(found[0].title.zh, "支出总表“2080501 行政单位离退休·基本支出”与合计不符，多 8.00");
}
