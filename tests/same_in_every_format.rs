//! One small budget with all ten kinds of tables, written as spaced text, tabs, Markdown, HTML, CSV, XLSX, XLS, ODS, DOCX,
//! DOC and PDF: the tables that are recognised are the same, apart from their places.

mod office;

use std::fmt::Write as _;

use office::{Cell, Part};

use duizhang::disclosure::{Disclosure, Status, TableKind};

/// A header cell: text, columns and rows that it covers. An empty text is a place that a cell above covers.
type Head = (&'static str, usize, usize);

struct Sheet {
    title: &'static str,
    head: &'static [&'static [Head]],
    rows: &'static [&'static [&'static str]],
    note: Option<&'static str>,
}

const SHEETS: &[Sheet] = &[
    Sheet {
        title: "收支总表",
        head: &[
            &[("收入", 2, 1), ("支出", 2, 1)],
            &[("项目", 1, 1), ("预算数", 1, 1), ("项目", 1, 1), ("预算数", 1, 1)],
        ],
        rows: &[
            &["一、一般公共预算拨款收入", "300.00", "一、社会保障和就业支出", "40.00"],
            &["二、其他收入", "0.00", "二、卫生健康支出", "20.00"],
            &["", "", "三、资源勘探工业信息等支出", "240.00"],
            &["本年收入合计", "300.00", "本年支出合计", "300.00"],
            &["上年结转结余", "0.00", "年终结转结余", "0.00"],
            &["收入总计", "300.00", "支出总计", "300.00"],
        ],
        note: None,
    },
    Sheet {
        title: "收入总表",
        head: &[
            &[("单位编码", 1, 2), ("单位名称", 1, 2), ("合计", 1, 2), ("本年收入", 3, 1), ("上年结转结余", 2, 1)],
            &[("小计", 1, 1), ("一般公共预算", 1, 1), ("其他收入", 1, 1), ("小计", 1, 1), ("一般公共预算", 1, 1)],
        ],
        rows: &[
            &["", "合计", "300.00", "300.00", "300.00", "0.00", "0.00", "0.00"],
            &["209", "示范市示范局", "300.00", "300.00", "300.00", "0.00", "0.00", "0.00"],
            &["209001", "示范市示范局本级", "300.00", "300.00", "300.00", "0.00", "0.00", "0.00"],
        ],
        note: None,
    },
    Sheet {
        title: "支出总表",
        head: &[&[
            ("科目编码", 1, 1),
            ("科目名称", 1, 1),
            ("合计", 1, 1),
            ("基本支出", 1, 1),
            ("项目支出", 1, 1),
            ("上缴上级支出", 1, 1),
        ]],
        rows: &[
            &["", "合计", "300.00", "100.00", "200.00", "0.00"],
            &["208", "社会保障和就业支出", "40.00", "40.00", "0.00", "0.00"],
            &["20805", "行政事业单位养老支出", "40.00", "40.00", "0.00", "0.00"],
            &["2080505", "机关事业单位基本养老保险缴费支出", "40.00", "40.00", "0.00", "0.00"],
            &["215", "资源勘探工业信息等支出", "260.00", "60.00", "200.00", "0.00"],
        ],
        note: None,
    },
    Sheet {
        title: "财政拨款收支总表",
        head: &[
            &[("收入", 2, 1), ("支出", 2, 1)],
            &[("项目", 1, 1), ("预算数", 1, 1), ("项目", 1, 1), ("预算数", 1, 1)],
        ],
        rows: &[
            &["一、本年收入", "300.00", "一、本年支出", "300.00"],
            &["（一）一般公共预算拨款", "300.00", "（一）社会保障和就业支出", "40.00"],
            &["二、上年结转", "0.00", "（二）卫生健康支出", "20.00"],
            &["（一）一般公共预算拨款", "0.00", "（三）资源勘探工业信息等支出", "240.00"],
            &["收入总计", "300.00", "支出总计", "300.00"],
        ],
        note: None,
    },
    Sheet {
        title: "一般公共预算支出表（分功能科目）",
        head: &[
            &[("科目编码", 1, 2), ("科目名称", 1, 2), ("合计", 1, 2), ("基本支出", 3, 1), ("项目支出", 1, 2)],
            &[("小计", 1, 1), ("人员经费", 1, 1), ("公用经费", 1, 1)],
        ],
        rows: &[
            &["", "合计", "300.00", "100.00", "80.00", "20.00", "200.00"],
            &["208", "社会保障和就业支出", "40.00", "40.00", "40.00", "0.00", "0.00"],
            &["215", "资源勘探工业信息等支出", "260.00", "60.00", "40.00", "20.00", "200.00"],
        ],
        note: None,
    },
    Sheet {
        title: "一般公共预算支出表（分单位）",
        head: &[
            &[("单位编码", 1, 2), ("单位名称", 1, 2), ("合计", 1, 2), ("基本支出", 3, 1), ("项目支出", 1, 2)],
            &[("小计", 1, 1), ("人员经费", 1, 1), ("公用经费", 1, 1)],
        ],
        rows: &[
            &["", "合计", "300.00", "100.00", "80.00", "20.00", "200.00"],
            &["209", "示范市示范局", "300.00", "100.00", "80.00", "20.00", "200.00"],
        ],
        note: None,
    },
    Sheet {
        title: "一般公共预算基本支出表",
        head: &[
            &[("部门预算支出经济分类科目", 2, 1), ("本年一般公共预算基本支出", 3, 1)],
            &[("科目编码", 1, 1), ("科目名称", 1, 1), ("合计", 1, 1), ("人员经费", 1, 1), ("公用经费", 1, 1)],
        ],
        rows: &[
            &["", "合计", "100.00", "80.00", "20.00"],
            &["301", "工资福利支出", "80.00", "80.00", "0.00"],
            &["30101", "基本工资", "80.00", "80.00", "0.00"],
            &["302", "商品和服务支出", "20.00", "0.00", "20.00"],
            &["30217", "公务接待费", "1.50", "0.00", "1.50"],
        ],
        note: None,
    },
    Sheet {
        title: "一般公共预算“三公”经费支出表",
        head: &[
            &[
                ("“三公”经费合计", 1, 2),
                ("因公出国（境）费", 1, 2),
                ("公务用车购置及运行费", 3, 1),
                ("公务接待费", 1, 2),
            ],
            &[("小计", 1, 1), ("公务用车购置费", 1, 1), ("公务用车运行费", 1, 1)],
        ],
        rows: &[&["5.50", "0.00", "4.00", "0.00", "4.00", "1.50"]],
        note: None,
    },
    Sheet {
        title: "政府性基金预算支出表",
        head: &[
            &[("科目编码", 1, 2), ("科目名称", 1, 2), ("本年政府性基金预算支出", 3, 1)],
            &[("合计", 1, 1), ("基本支出", 1, 1), ("项目支出", 1, 1)],
        ],
        rows: &[],
        note: Some("注：本单位无政府性基金预算支出。"),
    },
    Sheet {
        title: "项目支出表",
        head: &[
            &[
                ("项目编码", 1, 2),
                ("项目名称", 1, 2),
                ("项目单位", 1, 2),
                ("合计", 1, 2),
                ("本年拨款", 2, 1),
                ("单位资金", 1, 2),
            ],
            &[("一般公共预算", 1, 1), ("政府性基金预算", 1, 1)],
        ],
        rows: &[
            &["", "", "", "200.00", "200.00", "0.00", "0.00"],
            &["209", "示范市示范局", "", "200.00", "200.00", "0.00", "0.00"],
            &["42120022209T000000105", "示范项目甲", "示范市示范局", "150.00", "150.00", "0.00", "0.00"],
            &["42120022209T000000107", "示范项目乙", "示范市示范局", "50.00", "50.00", "0.00", "0.00"],
        ],
        note: None,
    },
];

impl Sheet {
    /// The header as full rows: a covering cell at its first place, nothing at the places it covers.
    fn full_head(&self) -> Vec<Vec<&'static str>> {
        let width: usize = self.head[0].iter().map(|(_, columns, _)| columns).sum();
        let mut full = vec![vec![None; width]; self.head.len()];
        for (row, cells) in self.head.iter().enumerate() {
            let mut column = 0;
            for (text, columns, rows) in *cells {
                while full[row][column].is_some() {
                    column += 1;
                }
                for covered in &mut full[row..row + rows] {
                    covered[column..column + columns].fill(Some(""));
                }
                full[row][column] = Some(*text);
                column += columns;
            }
        }
        full.into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default).collect()).collect()
    }

    /// Header and rows, every cell.
    fn all_rows(&self) -> Vec<Vec<&'static str>> {
        let mut rows = self.full_head();
        rows.extend(self.rows.iter().map(|row| row.to_vec()));
        rows
    }
}

fn lines(separator: &str, keep_blank: bool) -> String {
    let mut out = String::new();
    for sheet in SHEETS {
        let _ = writeln!(out, "{}\n部门/单位：示范市示范局 单位：万元\n", sheet.title);
        for row in sheet.all_rows() {
            let cells: Vec<&str> = row.into_iter().filter(|cell| keep_blank || !cell.is_empty()).collect();
            let _ = writeln!(out, "{}", cells.join(separator));
        }
        let _ = writeln!(out, "\n{}\n", sheet.note.unwrap_or_default());
    }
    out
}

fn markdown() -> String {
    let mut out = String::new();
    for sheet in SHEETS {
        let _ = writeln!(out, "## {}\n\n部门/单位：示范市示范局 单位：万元\n", sheet.title);
        for (index, row) in sheet.all_rows().iter().enumerate() {
            let _ = writeln!(out, "| {} |", row.join(" | "));
            if index == 0 {
                let _ = writeln!(out, "|{}", "---|".repeat(row.len()));
            }
        }
        let _ = writeln!(out, "\n{}\n", sheet.note.unwrap_or_default());
    }
    out
}

fn html() -> String {
    let mut out = String::from("<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>\n");
    for sheet in SHEETS {
        let _ = writeln!(out, "<h2>{}</h2><p>部门/单位：示范市示范局 单位：万元</p><table>", sheet.title);
        for row in sheet.head {
            out.push_str("<tr>");
            for (text, columns, rows) in *row {
                let _ = write!(out, "<td colspan=\"{columns}\" rowspan=\"{rows}\">{text}</td>");
            }
            out.push_str("</tr>\n");
        }
        for row in sheet.rows {
            let _ = writeln!(out, "<tr><td>{}</td></tr>", row.join("</td><td>"));
        }
        let _ = writeln!(out, "</table><p>{}</p>", sheet.note.unwrap_or_default());
    }
    out + "</body></html>"
}

fn csv() -> String {
    let mut out = String::new();
    for sheet in SHEETS {
        let _ = writeln!(out, "{},,,\n部门/单位：示范市示范局,,单位：万元,", sheet.title);
        for row in sheet.all_rows() {
            let _ = writeln!(out, "{}", row.join(","));
        }
        let _ = writeln!(out, "{}\n", sheet.note.unwrap_or_default());
    }
    out
}

/// Title, unit, table and note of each sheet, with the spans of the headers.
fn parts() -> Vec<Vec<Part>> {
    let group = |sheet: &Sheet| {
        let head = sheet.head.iter().map(|row| {
            row.iter().map(|&(text, columns, rows)| (text.to_owned(), columns, rows)).collect::<Vec<Cell>>()
        });
        let rows = sheet.rows.iter().map(|row| row.iter().map(|text| ((*text).to_owned(), 1, 1)).collect());
        let mut parts = vec![
            Part::Line(sheet.title.to_owned()),
            Part::Line("部门/单位：示范市示范局 单位：万元".to_owned()),
            Part::Table(head.chain(rows).collect()),
        ];
        parts.extend(sheet.note.map(|note| Part::Line(note.to_owned())));
        parts
    };
    SHEETS.iter().map(group).collect()
}

/// The tables without their places, one line a table, header or row.
fn shown(disclosure: &Disclosure) -> String {
    let mut out = String::new();
    for table in &disclosure.tables {
        let status = match &table.status {
            Status::Present => "present".to_owned(),
            Status::Empty { note } => format!("empty, {note:?}"),
            Status::Missing => continue,
        };
        let _ = writeln!(out, "{:?} {} {:?} {status} {:?}", table.kind, table.title, table.unit, table.fields);
        for column in &table.columns {
            let _ = writeln!(out, "  {} {:?} {:?} {:?}", column.header(), column.role, column.measure, column.group);
        }
        for row in &table.rows {
            let cells: Vec<_> = row.entries.iter().map(|entry| &entry.value).collect();
            let doubt = row.doubt.as_ref().map(|doubt| &doubt.en);
            let _ = writeln!(
                out,
                "    {:?} {:?} {:?} {:?} {} {:?} {:?} {cells:?} {doubt:?}",
                row.side, row.code, row.name, row.role, row.level, row.measure, row.class
            );
        }
    }
    out
}

fn recognised(name: &str, bytes: &[u8]) -> Disclosure {
    let document = duizhang::read::read(name, bytes).expect("the fixture can be read");
    duizhang::recognise::recognise(&document)
}

fn assert_same(name: &str, bytes: &[u8]) {
    let expected = shown(&recognised("budget.tsv.txt", lines("\t", true).as_bytes()));
    let found = shown(&recognised(name, bytes));
    for (expected, found) in expected.lines().zip(found.lines()) {
        assert_eq!(expected, found, "{name}");
    }
    assert_eq!(expected.lines().count(), found.lines().count(), "{name}:\n{found}");
}

#[test]
fn tabs_hold_every_kind() {
    let disclosure = recognised("budget.txt", lines("\t", true).as_bytes());
    let kinds: Vec<TableKind> = disclosure.tables.iter().map(|table| table.kind).collect();
    assert_eq!(
        kinds,
        [
            TableKind::RevenueExpenditureSummary,
            TableKind::RevenueSummary,
            TableKind::ExpenditureSummary,
            TableKind::FiscalAppropriationSummary,
            TableKind::GeneralPublicExpenditureByFunction,
            TableKind::GeneralPublicExpenditureByUnit,
            TableKind::BasicExpenditure,
            TableKind::ThreePublic,
            TableKind::GovernmentFund,
            TableKind::ProjectExpenditure,
        ]
    );
    let doubts = disclosure.tables.iter().flat_map(|table| &table.rows).filter(|row| row.doubt.is_some()).count();
    assert_eq!(doubts, 0);
    let rows: Vec<usize> = disclosure.tables.iter().map(|table| table.rows.len()).collect();
    assert_eq!(rows, [11, 3, 5, 10, 3, 2, 5, 1, 0, 4]);
}

#[test]
fn spaced_text_is_the_same() {
    assert_same("budget.txt", lines(" ", false).as_bytes());
}

#[test]
fn markdown_is_the_same() {
    assert_same("budget.md", markdown().as_bytes());
}

#[test]
fn html_is_the_same() {
    assert_same("budget.html", html().as_bytes());
}

#[test]
fn csv_is_the_same() {
    assert_same("budget.csv", csv().as_bytes());
}

#[test]
fn xlsx_is_the_same() {
    assert_same("budget.xlsx", &office::xlsx(&parts().into_iter().flatten().collect::<Vec<_>>()));
}

#[test]
fn xls_is_the_same() {
    assert_same("budget.xls", &office::xls::xls(&parts().into_iter().flatten().collect::<Vec<_>>()));
}

#[test]
fn ods_is_the_same() {
    assert_same("budget.ods", &office::ods(&parts().into_iter().flatten().collect::<Vec<_>>()));
}

#[test]
fn docx_is_the_same() {
    assert_same("budget.docx", &office::docx(&parts().into_iter().flatten().collect::<Vec<_>>()));
}

#[test]
fn doc_is_the_same() {
    assert_same("budget.doc", &office::doc::doc(&parts().into_iter().flatten().collect::<Vec<_>>()));
}

#[test]
fn pdf_is_the_same() {
    assert_same("budget.pdf", &office::pdf::pdf(&parts()));
}

#[test]
fn a_name_says_nothing() {
    let parts: Vec<Part> = parts().into_iter().flatten().collect();
    assert_same("budget.docx", &office::xlsx(&parts));
    assert_same("budget.xlsx", &office::docx(&parts));
    assert_same("budget", &office::ods(&parts));
    assert_same("budget.txt", &office::xls::xls(&parts));
}
