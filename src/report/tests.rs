//! The report of an analysis that was put together by hand.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::text::{Language, Palette, text};
use super::{Place as Written, letters, report};
use crate::amount::{Amount, Unit};
use crate::analysis::{Analysis, Unreadable};
use crate::disclosure::{
    Anchor, Column, ColumnRole, Disclosure, Entry, Measure, Message, Row, RowRole, Stage, Statement, StatementKind,
    Status, Table, TableKind, Value,
};
use crate::document::{Document, Format, Place};
use crate::explain::{Finding, Suspect};
use crate::rules::judge::{Outcome, Verdict};
use crate::rules::{Checked, Claim, Equation, Relation, Severity, Term};

const SOURCE: &str = "支出总表\n\
    科目编码 科目名称 合计 基本支出 项目支出\n\
    208 社会保障和就业支出 155.72 150.72 15.00\n\
    联系电话 13800000000\n\
    支出预算 155.72 万元。";

fn place(line: u32, from: u32, to: u32) -> Place {
    Place::Line { line, from, to }
}

fn amount(printed: &str, place: Place) -> Entry {
    Entry { value: Value::Amount(Amount::parse(printed).unwrap()), place: Some(place) }
}

fn column(path: &[&str], role: ColumnRole, measure: Option<Measure>) -> Column {
    Column { path: path.iter().map(|&p| p.to_owned()).collect(), role, measure, group: None }
}

fn cell(column: u16) -> Anchor {
    Anchor::Cell { disclosure: 0, table: 0, row: 0, column }
}

/// One table of one row that does not tie, one statement, one file that could not be read.
fn analysis() -> Analysis {
    let table = Table {
        kind: TableKind::ExpenditureSummary,
        title: "支出总表".to_owned(),
        number: Some("表3".to_owned()),
        place: Place::line(1),
        status: Status::Present,
        unit: Some(Unit::TenThousand),
        columns: vec![
            column(&["科目编码"], ColumnRole::Code, None),
            column(&["科目名称"], ColumnRole::Name, None),
            column(&["合计"], ColumnRole::Amount, Some(Measure::Total)),
            column(&["基本支出"], ColumnRole::Amount, Some(Measure::Basic)),
            column(&["项目支出", "小计"], ColumnRole::Amount, Some(Measure::Project)),
            column(&["备注"], ColumnRole::Text, None),
        ],
        rows: vec![Row {
            place: place(3, 0, 3),
            end: place(3, 0, 3),
            side: None,
            code: Some("208".to_owned()),
            name: Some("社会保障和就业支出".to_owned()),
            role: RowRole::Function,
            level: 0,
            measure: None,
            class: None,
            path: Vec::new(),
            entries: vec![
                Entry { value: Value::Text("208".into()), place: None },
                Entry::BLANK,
                amount("155.72", place(3, 14, 20)),
                amount("150.72", place(3, 21, 27)),
                amount("15.00", place(3, 28, 33)),
                Entry::BLANK,
            ],
            doubt: None,
        }],
        remarks: Vec::new(),
        project: None,
        fields: Vec::new(),
    };
    let statement = Statement {
        place: place(5, 5, 11),
        quote: "支出预算 155.72 万元，电话 13800000000".to_owned(),
        measure: "支出预算".to_owned(),
        concept: None,
        amount: Amount::parse("155.72").unwrap(),
        unit: Some(Unit::TenThousand),
        kind: StatementKind::Amount,
        counter: String::new(),
        of: None,
        beside: None,
        whole: None,
        listed: None,
        flat: false,
        against_budget: None,
        prior_change: false,
        reason: String::new(),
        parts: Vec::new(),
        doubt: None,
    };
    let row_check = Checked {
        rule: Cow::Borrowed("T06"),
        disclosure: 0,
        label: Message::new("合计＝基本支出＋项目支出", "total = basic + project"),
        claim: Claim::Equation(Equation {
            left: vec![Term::plus(cell(2))],
            relation: Relation::Equal,
            right: vec![Term::plus(cell(3)), Term::plus(cell(4))],
        }),
        verdict: Verdict {
            outcome: Outcome::Fail,
            left: Some(Decimal::new(15572, 2)),
            right: Some(Decimal::new(16572, 2)),
            difference: Some(Decimal::new(-1000, 2)),
            why: None,
        },
    };
    let prose_check = Checked {
        rule: Cow::Borrowed("N01"),
        disclosure: 0,
        label: Message::new("支出预算", "expenditure"),
        claim: Claim::Equation(Equation {
            left: vec![Term::plus(Anchor::Statement { disclosure: 0, statement: 0 })],
            relation: Relation::Equal,
            right: vec![Term::plus(cell(2))],
        }),
        verdict: Verdict {
            outcome: Outcome::Pass,
            left: Some(Decimal::new(15572, 2)),
            right: Some(Decimal::new(15572, 2)),
            difference: Some(Decimal::new(0, 2)),
            why: None,
        },
    };
    let open_check = Checked {
        rule: Cow::Borrowed("X01"),
        disclosure: 0,
        label: Message::new("支出总表与收支总表", "expenditure summary and overall summary"),
        claim: Claim::NotCheckable {
            why: Message::new("缺收支总表", "the overall summary is missing"),
            at: Vec::new(),
        },
        verdict: Verdict { outcome: Outcome::NotCheckable, left: None, right: None, difference: None, why: None },
    };
    Analysis {
        documents: vec![Document {
            name: "甲局.txt".to_owned(),
            sha256: "00".repeat(32),
            format: Format::Text,
            encoding: "UTF-8".to_owned(),
            blocks: Vec::new(),
            lines: SOURCE.lines().map(str::to_owned).collect(),
            sheets: Vec::new(),
            notes: Vec::new(),
            pages: Vec::new(),
            incomplete: false,
        }],
        disclosures: vec![Disclosure {
            unit_name: Some("甲局".to_owned()),
            year: Some(2024),
            stage: Some(Stage::Budget),
            tables: vec![table],
            statements: vec![statement],
            topics: std::collections::BTreeSet::new(),
            dates: Vec::new(),
            numbers_in_prose: 2,
            oddities: Vec::new(),
            aside: Vec::new(),
            unread: Vec::new(),
            picture_pages: Vec::new(),
            incomplete: false,
            notes: Vec::new(),
        }],
        checks: vec![row_check, prose_check, open_check],
        findings: vec![Finding {
            rule: Cow::Borrowed("T06"),
            severity: Severity::Error,
            disclosure: 0,
            title: Message::new("“合计”与各列之和不符，少 10.00", "“total” does not fit the sum, under by 10.00"),
            message: Message::new("各列相加得 165.72", "the columns sum to 165.72"),
            at: vec![cell(4), cell(2)],
            suspect: Some(Suspect {
                at: cell(4),
                printed: Some(Amount::parse("15.00").unwrap()),
                fitting: Some(Amount::parse("5.00").unwrap()),
                agreeing: 2,
                alternatives: Vec::new(),
            }),
            checks: vec![0],
        }],
        unreadable: vec![Unreadable {
            name: "乙局.pdf".to_owned(),
            message: "文件是空的".to_owned(),
            message_en: "the file is empty".to_owned(),
        }],
    }
}

#[test]
fn the_json_has_the_agreed_form() {
    let written: serde_json::Value = serde_json::from_str(&super::json::json(&report(&analysis()))).unwrap();
    assert_eq!(written["format"], "duizhang-report/1");
    let document = &written["documents"][0];
    assert_eq!(document["source_format"], "text");
    assert_eq!(document["stage"], "budget");
    let table = &document["tables"][0];
    assert_eq!(table["id"], "t1");
    assert_eq!(table["kind"], "expenditure_summary");
    assert_eq!(table["status"], "present");
    assert_eq!(table["amount_unit"], "万元");
    assert_eq!(table["place"], serde_json::json!({"line": 1}));
    assert_eq!(table["columns"][4], "项目支出/小计");
    assert_eq!(
        table["rows"][0]["cells"],
        serde_json::json!(["208", "社会保障和就业支出", "155.72", "150.72", "15.00", null])
    );
    let claim = &document["claims"][0];
    assert_eq!(claim["value"], "155.72");
    assert_eq!(claim["holds"], true);
    assert_eq!(claim["against"], "t1 208 社会保障和就业支出 › 合计");
    assert_eq!(claim["quote"], "支出预算 155.72 万元，电话 138********");
    let check = &written["checks"][0];
    assert_eq!(check["status"], "fail");
    assert_eq!(
        (&check["lhs"], &check["rhs"], &check["difference"]),
        (&"155.72".into(), &"165.72".into(), &"-10.00".into())
    );
    assert_eq!(check["places"][0], serde_json::json!({"document": 0, "line": 3, "from": 14, "to": 20}));
    assert_eq!(check["equation"]["right"][1]["value"], "15.00");
    let finding = &written["findings"][0];
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["suspect"]["fitting"], "5.00");
    assert_eq!(finding["suspect"]["place"]["line"], 3);
    assert_eq!(written["coverage"]["not_checkable"], 1);
    assert_eq!(written["coverage"]["numbers_in_prose"], 2);
    assert_eq!(written["coverage"]["numbers_in_prose_matched"], 1);
    assert_eq!(written["unreadable"][0]["name"], "乙局.pdf");
}

#[test]
fn the_terminal_shows_line_equation_and_summary() {
    let expected = "\
甲局.txt:3:29: error[T06] “合计”与各列之和不符，少 10.00
   |
 3 | 208 社会保障和就业支出 155.72 150.72 15.00
   |                                      ^^^^^
   |
   | 合计＝基本支出＋项目支出（表3 支出总表）
   |     150.72  基本支出（第 3 行）
   |   +  15.00  项目支出/小计（第 3 行）
   |   ────────
   |   = 165.72  相加
   |   ≠ 155.72  合计（第 3 行）
   |   Δ −10.00  相差，万元
   |
   = 可能：第 3 行“表3 支出总表 › 208 社会保障和就业支出 › 项目支出/小计”印作 15.00，若为 5.00，2 项由不符变相符
   = 说明：各列相加得 165.72

甲局.txt：甲局，2024；表格 1 张，空表 0 张，缺 0 张；正文金额 2 处
乙局.pdf: 未能读取：文件是空的
核对 3 项：相符 1，不符 1（归为 1 处），舍入 0，不适用 0，未能核对 1；正文金额 2 处中核对 1 处
未能核对：
  [X01] 缺收支总表：支出总表与收支总表
不符，可能是公开文件有误，也可能是我们读取有误。下结论前请对照原文。
";
    let printed = text(&analysis(), Language::Chinese, &Palette::PLAIN);
    assert_eq!(printed, expected, "\n{printed}");
}

#[test]
fn english_has_no_chinese_sentence_of_ours() {
    let printed = text(&analysis(), Language::English, &Palette::PLAIN);
    for word in ["相加", "相差", "核对", "第 3 行", "可能"] {
        assert!(!printed.contains(word), "{word} in\n{printed}");
    }
    assert!(printed.contains("if it is 5.00, 2 checks tie"), "{printed}");
}

#[test]
fn a_phone_number_of_the_source_is_not_shown() {
    let mut analysis = analysis();
    analysis.findings[0].at = vec![Anchor::Statement { disclosure: 0, statement: 0 }];
    analysis.disclosures[0].statements[0].place = place(4, 0, 4);
    let shown = text(&analysis, Language::Chinese, &Palette::PLAIN);
    assert!(shown.contains("联系电话 138********"), "{shown}");
    assert!(!shown.contains("13800000000"));
}

#[test]
fn anchors_that_point_nowhere_do_no_harm() {
    let mut analysis = analysis();
    let nowhere = Anchor::Cell { disclosure: 7, table: 9, row: 9, column: 9 };
    analysis.findings[0].at = vec![nowhere];
    analysis.findings[0].checks = vec![99, 0];
    analysis.checks[0].claim = Claim::Equation(Equation {
        left: vec![Term::plus(nowhere)],
        relation: Relation::Equal,
        right: vec![Term::minus(nowhere)],
    });
    let _ = text(&analysis, Language::Chinese, &Palette::PLAIN);
    let _ = super::json::json(&report(&analysis));
    let _ = text(&Analysis::default(), Language::English, &Palette::PLAIN);
}

#[test]
fn columns_of_sheets_have_letters() {
    for (column, expected) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")] {
        assert_eq!(letters(column), expected);
    }
}

#[test]
fn a_box_is_written_in_points() {
    let place = Written::of(Place::Page { page: 9, bbox: [7200, 5, -250, 10001] }, &[]);
    let written = serde_json::to_string(&place).unwrap();
    assert_eq!(written, r#"{"page":9,"bbox":[72.0,0.05,-2.5,100.01]}"#);
}
