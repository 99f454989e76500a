//! A small disclosure made by hand, with its checks and findings, for the tests of this module: two summary tables,
//! one with a group header, 三公, an empty table, a missing one, four statements. One cell of 表3 is wrong and breaks
//! three identities; one statement is wrong; one sum is off by a last digit.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::{Opened, Session};
use crate::amount::{Amount, Unit};
use crate::analysis::Analysis;
use crate::disclosure::{
    Anchor, Column, ColumnRole, Concept, Disclosure, Entry, Measure, Message, Row, RowRole, Side, Statement,
    StatementKind, Status, Table, TableKind, Value,
};
use crate::document::{Document, Format, Place};
use crate::explain::{Finding, Suspect};
use crate::rules::judge::{Outcome, Verdict};
use crate::rules::{Checked, Claim, Equation, Relation, Severity, Term};

pub(crate) fn session() -> Session {
    let mut session = Session::default();
    session.open(analysis());
    session
}

#[derive(Default)]
struct Builder {
    lines: Vec<String>,
    tables: Vec<Table>,
    statements: Vec<Statement>,
    checks: Vec<Checked>,
}

type Head<'a> = (&'a str, ColumnRole, Option<Measure>, Option<Measure>);
type Line<'a> = (RowRole, u8, &'a [&'a str]);

impl Builder {
    fn line(&mut self, text: &str) -> u32 {
        self.lines.push(text.to_owned());
        u32::try_from(self.lines.len()).unwrap()
    }

    fn table(&mut self, kind: TableKind, number: &str, title: &str, heads: &[Head], rows: &[Line]) {
        let title_line = self.line(&format!("{number} {title}"));
        let columns: Vec<Column> = heads
            .iter()
            .map(|&(path, role, measure, group)| Column {
                path: path.split('/').map(str::to_owned).collect(),
                role,
                measure,
                group,
            })
            .collect();
        self.line(&heads.iter().map(|h| h.0).collect::<Vec<_>>().join("\t"));
        let two_sided = kind == TableKind::RevenueExpenditureSummary;
        let mut made = Vec::new();
        for &(role, level, cells) in rows {
            let line = self.line(&cells.join("\t"));
            let mut from = 0;
            let mut entries = Vec::new();
            for (cell, column) in cells.iter().zip(&columns) {
                let to = from + u32::try_from(cell.chars().count()).unwrap();
                let value = match (cell.is_empty(), column.role) {
                    (true, _) => Value::Blank,
                    (_, ColumnRole::Amount) => Value::Amount(Amount::parse(cell).unwrap()),
                    _ => Value::Text((*cell).into()),
                };
                let place = (!cell.is_empty()).then_some(Place::Line { line, from, to });
                entries.push(Entry { value, place });
                from = to + 1;
            }
            let named = |at: usize| {
                let text = match &entries.get(at)?.value {
                    Value::Text(text) => text.to_string(),
                    _ => return None,
                };
                Some(text)
            };
            let row = |side: Option<Side>, code: Option<String>, name: Option<String>, entries: Vec<Entry>| Row {
                place: Place::line(line),
                end: Place::line(line),
                side,
                code,
                name,
                role,
                level,
                measure: None,
                class: None,
                path: Vec::new(),
                entries,
                doubt: None,
            };
            if two_sided {
                let side = |range: std::ops::Range<usize>| {
                    let keep = |(i, e): (usize, &Entry)| if range.contains(&i) { e.clone() } else { Entry::BLANK };
                    entries.iter().enumerate().map(keep).collect::<Vec<_>>()
                };
                if !cells[0].is_empty() {
                    made.push(row(Some(Side::Revenue), None, named(0), side(0..2)));
                }
                if !cells[2].is_empty() {
                    made.push(row(Some(Side::Expenditure), None, named(2), side(2..4)));
                }
            } else {
                let of = |role: ColumnRole| columns.iter().position(|c| c.role == role).and_then(named);
                let (code, name) = (of(ColumnRole::Code), of(ColumnRole::Name));
                made.push(row(None, code, name, entries));
            }
        }
        self.tables.push(Table {
            kind,
            title: title.to_owned(),
            number: Some(number.to_owned()),
            place: Place::line(title_line),
            status: Status::Present,
            unit: Some(Unit::TenThousand),
            columns,
            rows: made,
            remarks: Vec::new(),
            project: None,
            fields: Vec::new(),
        });
        self.line("");
    }

    fn absent(&mut self, kind: TableKind, number: &str, title: &str, status: Status) {
        let line = self.line(&format!("{number} {title}"));
        self.tables.push(Table {
            kind,
            title: title.to_owned(),
            number: Some(number.to_owned()),
            place: Place::line(line),
            status,
            unit: None,
            columns: Vec::new(),
            rows: Vec::new(),
            remarks: Vec::new(),
            project: None,
            fields: Vec::new(),
        });
    }

    fn say(&mut self, before: &str, figure: &str, concept: Concept) -> Anchor {
        let line = self.line(&format!("{before} {figure} 万元。"));
        let from = u32::try_from(before.chars().count()).unwrap() + 1;
        let to = from + u32::try_from(figure.chars().count()).unwrap();
        self.statements.push(Statement {
            place: Place::Line { line, from, to },
            quote: format!("{before} {figure} 万元"),
            measure: before.to_owned(),
            concept: Some(concept),
            amount: Amount::parse(figure).unwrap(),
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
        });
        Anchor::Statement { disclosure: 0, statement: u32::try_from(self.statements.len() - 1).unwrap() }
    }

    fn value(&self, at: Anchor) -> Decimal {
        match at {
            Anchor::Cell { table, row, column, .. } => self.tables[usize::from(table)].rows[row as usize].entries
                [usize::from(column)]
            .amount()
            .map_or(Decimal::ZERO, Amount::value),
            Anchor::Statement { statement, .. } => self.statements[statement as usize].amount.value(),
            _ => Decimal::ZERO,
        }
    }

    fn check(&mut self, rule: &'static str, label: &str, left: Anchor, right: &[Anchor]) -> u32 {
        let sum = right.iter().map(|&at| self.value(at)).sum::<Decimal>();
        let stated = self.value(left);
        let difference = stated - sum;
        let outcome = match difference.abs() {
            d if d.is_zero() => Outcome::Pass,
            d if d <= Decimal::new(3, 2) && right.len() > 1 => Outcome::Rounding,
            _ => Outcome::Fail,
        };
        self.push(Checked {
            rule: Cow::Borrowed(rule),
            disclosure: 0,
            label: Message::new(label, label),
            claim: Claim::Equation(Equation {
                left: vec![Term::plus(left)],
                relation: Relation::Equal,
                right: right.iter().map(|&at| Term::plus(at)).collect(),
            }),
            verdict: Verdict { outcome, left: Some(stated), right: Some(sum), difference: Some(difference), why: None },
        })
    }

    fn push(&mut self, checked: Checked) -> u32 {
        self.checks.push(checked);
        u32::try_from(self.checks.len() - 1).unwrap()
    }
}

fn cell(table: u16, row: u32, column: u16) -> Anchor {
    Anchor::Cell { disclosure: 0, table, row, column }
}

pub(crate) fn analysis() -> Analysis {
    use ColumnRole::{Amount as Sum, Code, Name};
    use RowRole::{Function, GrandTotal, Item, Total, YearTotal};

    let mut b = Builder::default();
    b.table(
        TableKind::RevenueExpenditureSummary,
        "表1",
        "收支总表",
        &[
            ("收入/项目", Name, None, None),
            ("收入/预算数", Sum, Some(Measure::Budget), None),
            ("支出/项目", Name, None, None),
            ("支出/预算数", Sum, Some(Measure::Budget), None),
        ],
        &[
            (Item, 1, &["一、一般公共预算拨款", "3246.40", "一、社会保障和就业支出", "206.40"]),
            (Item, 1, &["二、政府性基金预算拨款", "", "二、卫生健康支出", "97.50"]),
            (Item, 1, &["三、事业收入", "", "三、城乡社区支出", "2862.50"]),
            (Item, 1, &["四、其他收入", "", "四、其他支出", ""]),
            (Item, 1, &["", "", "五、住房保障支出", "120.00"]),
            (YearTotal, 0, &["本年收入合计", "3246.40", "本年支出合计", "3286.40"]),
            (Item, 0, &["上年结转", "40.00", "年终结转", ""]),
            (GrandTotal, 0, &["收入总计", "3286.40", "支出总计", "3286.40"]),
        ],
    );
    let detail: &[Line] = &[
        (Total, 0, &["", "合计", "3286.40", "1470.40", "1816.00"]),
        (Function, 1, &["208", "社会保障和就业支出", "206.40", "206.40", ""]),
        (Function, 2, &["20805", "行政事业单位养老支出", "206.40", "206.40", ""]),
        (Function, 3, &["2080505", "机关事业单位基本养老保险缴费支出", "137.60", "137.60", ""]),
        (Function, 3, &["2080506", "机关事业单位职业年金缴费支出", "68.80", "68.80", ""]),
        (Function, 1, &["210", "卫生健康支出", "97.50", "97.50", ""]),
        (Function, 2, &["21011", "行政事业单位医疗", "97.50", "97.50", ""]),
        (Function, 3, &["2101101", "行政单位医疗", "62.50", "62.50", ""]),
        (Function, 3, &["2101103", "公务员医疗补助", "35.00", "35.00", ""]),
        (Function, 1, &["212", "城乡社区支出", "2862.50", "1046.50", "1816.00"]),
        (Function, 2, &["21201", "城乡社区管理事务", "1364.50", "1046.50", "318.00"]),
        (Function, 3, &["2120101", "行政运行", "1046.50", "1046.50", ""]),
        (Function, 3, &["2120104", "城管执法", "118.00", "", "181.00"]),
        (Function, 3, &["2120199", "其他城乡社区管理事务支出", "200.00", "", "200.00"]),
        (Function, 2, &["21205", "城乡社区环境卫生", "1498.00", "", "1498.00"]),
        (Function, 3, &["2120501", "城乡社区环境卫生", "1498.00", "", "1498.00"]),
        (Function, 1, &["221", "住房保障支出", "120.00", "120.00", ""]),
        (Function, 2, &["22102", "住房改革支出", "120.00", "120.00", ""]),
        (Function, 3, &["2210201", "住房公积金", "96.00", "96.00", ""]),
        (Function, 3, &["2210203", "购房补贴", "24.00", "24.00", ""]),
    ];
    b.table(
        TableKind::ExpenditureSummary,
        "表3",
        "支出总表",
        &[
            ("科目编码", Code, None, None),
            ("科目名称", Name, None, None),
            ("合计", Sum, Some(Measure::Total), None),
            ("基本支出", Sum, Some(Measure::Basic), None),
            ("项目支出", Sum, Some(Measure::Project), None),
        ],
        detail,
    );
    b.table(
        TableKind::GeneralPublicExpenditureByFunction,
        "表5-1",
        "一般公共预算支出表",
        &[
            ("科目编码", Code, None, None),
            ("科目名称", Name, None, None),
            ("合计", Sum, Some(Measure::Total), None),
            ("基本支出/小计", Sum, Some(Measure::Basic), None),
            ("基本支出/人员经费", Sum, Some(Measure::Personnel), Some(Measure::Basic)),
            ("基本支出/公用经费", Sum, Some(Measure::Public), Some(Measure::Basic)),
            ("项目支出", Sum, Some(Measure::Project), None),
        ],
        &[
            (Total, 0, &["", "合计", "3286.40", "1470.40", "1254.40", "216.00", "1816.00"]),
            (Function, 1, &["208", "社会保障和就业支出", "206.40", "206.40", "206.40", "", ""]),
            (Function, 1, &["210", "卫生健康支出", "97.50", "97.50", "97.50", "", ""]),
            (Function, 1, &["212", "城乡社区支出", "2862.50", "1046.50", "830.49", "216.00", "1816.00"]),
            (Function, 1, &["221", "住房保障支出", "120.00", "120.00", "120.00", "", ""]),
        ],
    );
    b.table(
        TableKind::ThreePublic,
        "表7",
        "“三公”经费支出表",
        &[
            ("“三公”经费合计", Sum, Some(Measure::ThreePublic), None),
            ("因公出国（境）费", Sum, Some(Measure::Abroad), None),
            ("公务用车购置及运行费", Sum, Some(Measure::Vehicles), None),
            ("公务接待费", Sum, Some(Measure::Reception), None),
        ],
        &[(RowRole::Other, 0, &["12.60", "0.00", "7.80", "4.80"])],
    );
    let note = Some("注：本部门无此项预算。".to_owned());
    b.absent(TableKind::GovernmentFund, "表8", "政府性基金预算支出表", Status::Empty { note });
    b.absent(TableKind::ServicePurchase, "表11", "政府购买服务预算表", Status::Missing);
    let said_total = b.say("收支总预算", "3286.40", Concept::TotalBudget);
    let said_reception = b.say("其中公务接待费", "4.30", Concept::ThreePublic(Measure::Reception));
    let said_three = b.say("“三公”经费预算", "12.60", Concept::ThreePublic(Measure::ThreePublic));

    // 表1
    b.check("T01", "收入总计＝支出总计", cell(0, 13, 1), &[cell(0, 14, 3)]);
    b.check(
        "T02",
        "本年支出合计＝各类支出之和",
        cell(0, 10, 3),
        &[cell(0, 1, 3), cell(0, 3, 3), cell(0, 5, 3), cell(0, 8, 3)],
    );
    // 表3: each column, level by level, then each row.
    let mut broken = Vec::new();
    for column in 2..5 {
        for above in 0..detail.len() {
            let level = detail[above].1;
            let rest = (above + 1..detail.len()).take_while(|&r| above == 0 || detail[r].1 > level);
            let parts: Vec<Anchor> = rest
                .filter(|&r| detail[r].1 == level + 1)
                .map(|r| cell(1, u32::try_from(r).unwrap(), column))
                .collect();
            if !parts.is_empty() {
                let stated = cell(1, u32::try_from(above).unwrap(), column);
                let label = format!("{}＝下级之和", detail[above].2[1]);
                let check = b.check("T03", &label, stated, &parts);
                if b.checks[check as usize].verdict.outcome == Outcome::Fail {
                    broken.push(check);
                }
            }
        }
    }
    for row in 0..u32::try_from(detail.len()).unwrap() {
        let check = b.check("T04", "合计＝基本支出＋项目支出", cell(1, row, 2), &[cell(1, row, 3), cell(1, row, 4)]);
        if b.checks[check as usize].verdict.outcome == Outcome::Fail {
            broken.push(check);
        }
    }
    b.check(
        "T03",
        "人员经费合计＝各类之和",
        cell(2, 0, 4),
        &[cell(2, 1, 4), cell(2, 2, 4), cell(2, 3, 4), cell(2, 4, 4)],
    );
    b.check("T06", "“三公”经费＝出国＋用车＋接待", cell(3, 0, 0), &[cell(3, 0, 1), cell(3, 0, 2), cell(3, 0, 3)]);
    b.check("X01", "表1与表3的总计一致", cell(0, 14, 3), &[cell(1, 0, 2)]);
    b.check("X02", "表3与表5-1的合计一致", cell(1, 0, 2), &[cell(2, 0, 2)]);
    b.check("N01", "正文收支总预算与表1一致", said_total, &[cell(0, 13, 1)]);
    b.check("N02", "正文“三公”经费与表7一致", said_three, &[cell(3, 0, 0)]);
    let spoken = b.check("N02", "正文公务接待费与表7一致", said_reception, &[cell(3, 0, 3)]);
    for (label, row) in [("行政运行的测算依据", 11), ("城管执法的测算依据", 12)] {
        b.push(Checked {
            rule: Cow::Borrowed("T20"),
            disclosure: 0,
            label: Message::new(label, label),
            claim: Claim::NotCheckable {
                why: Message::new("测算依据没有写金额。", "The basis of calculation gives no amount."),
                at: vec![cell(1, row, 2)],
            },
            verdict: Verdict { outcome: Outcome::NotCheckable, left: None, right: None, difference: None, why: None },
        });
    }

    let suspect = cell(1, 12, 4);
    let findings = vec![
        Finding {
            rule: Cow::Borrowed("T03"),
            severity: Severity::Error,
            disclosure: 0,
            title: Message::new("表3“城管执法”项目支出与合计不符", "表3: “城管执法” does not fit the total"),
            message: Message::new(
                "印着 181.00；若为 118.00，都相符。",
                "181.00 is printed; 118.00 would make everything tie.",
            ),
            at: vec![suspect],
            suspect: Some(Suspect {
                at: suspect,
                printed: Amount::parse("181.00"),
                fitting: Amount::parse("118.00"),
                agreeing: 2,
                alternatives: Vec::new(),
            }),
            checks: broken,
        },
        Finding {
            rule: Cow::Borrowed("N02"),
            severity: Severity::Error,
            disclosure: 0,
            title: Message::new("正文与表7的“公务接待费”不同：4.30／4.80", "“公务接待费” differs: 4.30 / 4.80"),
            message: Message::new("正文写 4.30，表7 写 4.80。", "The text says 4.30, 表7 says 4.80."),
            at: vec![said_reception, cell(3, 0, 3)],
            suspect: None,
            checks: vec![spoken],
        },
        Finding {
            rule: Cow::Borrowed("W01"),
            severity: Severity::Warning,
            disclosure: 0,
            title: Message::new("表3 有一个款与项同名", "表3: a group and an item share one name"),
            message: Message::new("21205 与 2120501 同名。", "21205 and 2120501 share a name."),
            at: vec![cell(1, 14, 1), cell(1, 15, 1)],
            suspect: None,
            checks: Vec::new(),
        },
    ];
    Analysis {
        documents: vec![Document {
            name: "示例市绿道管理局.txt".into(),
            sha256: "00ff00ff00ff4444000000000000000000000000000000000000000000000000".into(),
            format: Format::Text,
            encoding: "UTF-8".into(),
            blocks: Vec::new(),
            lines: b.lines,
            sheets: Vec::new(),
            notes: Vec::new(),
            pages: Vec::new(),
            incomplete: false,
        }],
        disclosures: vec![Disclosure {
            unit_name: Some("示例市绿道管理局".into()),
            year: Some(2025),
            stage: Some(crate::disclosure::Stage::Budget),
            tables: b.tables,
            statements: b.statements,
            topics: std::collections::BTreeSet::new(),
            dates: Vec::new(),
            numbers_in_prose: 4,
            oddities: Vec::new(),
            aside: Vec::new(),
            unread: Vec::new(),
            picture_pages: Vec::new(),
            incomplete: false,
            notes: Vec::new(),
        }],
        checks: b.checks,
        findings,
        unreadable: Vec::new(),
    }
}

#[test]
fn write_for_looking_at() {
    if let Ok(path) = std::env::var("DUIZHANG_FIXTURE") {
        std::fs::write(path, serde_json::to_string(&analysis()).unwrap()).unwrap();
    }
}

/// Markdown texts, opened together.
pub(crate) fn opened(texts: &[&str]) -> Opened {
    let sources: Vec<(String, Vec<u8>)> =
        texts.iter().enumerate().map(|(i, text)| (format!("{i}.md"), text.as_bytes().to_vec())).collect();
    Opened::new(crate::run(&sources))
}
