//! Layouts of ruled tables (PDF, HTML) where cells are merged, a header reaches into the rows, or a page goes on without
//! its header; re-created with words and figures of our own.

use duizhang::disclosure::{Disclosure, Measure, Row, Side, Status, Table, TableKind};
use duizhang::rules::judge::Outcome;

fn recognised(html: &str) -> Disclosure {
    let document = duizhang::read::read("budget.html", html.as_bytes()).expect("the fixture can be read");
    duizhang::recognise::recognise(&document)
}

fn titled(title: &str, rows: &str) -> String {
    format!("<h3>{title}</h3><p>单位：万元</p><table>{rows}</table>")
}

/// `<tr>` with a cell for each piece; `*2` at its end spans columns, `^2` rows.
fn row(cells: &str) -> String {
    let cell = |piece: &str| {
        let (piece, rows) = piece.rsplit_once('^').map_or((piece, ""), |(piece, rows)| (piece, rows));
        let (piece, columns) = piece.rsplit_once('*').map_or((piece, ""), |(piece, columns)| (piece, columns));
        let span = |name: &str, count: &str| {
            if count.is_empty() { String::new() } else { format!(" {name}={count}") }
        };
        format!("<td{}{}>{}</td>", span("colspan", columns), span("rowspan", rows), piece.trim())
    };
    format!("<tr>{}</tr>", cells.split('|').map(cell).collect::<String>())
}

fn rows(lines: &[&str]) -> String {
    lines.iter().map(|line| row(line)).collect()
}

fn headers(table: &Table) -> Vec<String> {
    table.columns.iter().map(|column| column.header().into_owned()).collect()
}

/// Code, name and printed amounts of each row.
fn shown(table: &Table) -> Vec<String> {
    let row = |row: &Row| {
        let printed: Vec<String> =
            row.entries.iter().filter_map(|entry| Some(duizhang::amount::Amount::plain(entry.amount()?))).collect();
        let (code, name) = (row.code.as_deref().unwrap_or("-"), row.name.as_deref().unwrap_or("-"));
        format!("{code} {name} {}", printed.join(" "))
    };
    table.rows.iter().map(row).collect()
}

fn outcomes(html: &str, rule: &str) -> Vec<Outcome> {
    let analysis = duizhang::run(&[("budget.html".to_owned(), html.as_bytes().to_vec())]);
    analysis.checks.iter().filter(|check| check.rule == rule).map(|check| check.verdict.outcome).collect()
}

#[test]
fn a_header_that_spans_all_columns_begins_a_table() {
    let html = titled(
        "财政拨款“三公”经费支出决算表",
        &rows(&[
            "财政拨款“三公”经费*8",
            "合计*2|因公出国（境）费*2|公务用车运行费*2|公务接待费*2",
            "预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数",
            "9.00|7.00|4.00|3.00|3.00|3.00|2.00|1.00",
        ]),
    );
    let disclosure = recognised(&html);
    assert_eq!(disclosure.tables.len(), 1);
    let table = &disclosure.tables[0];
    assert_eq!((table.kind, &table.status), (TableKind::ThreePublic, &Status::Present));
    assert_eq!(headers(table)[7], "财政拨款“三公”经费/公务接待费/决算数");
    assert_eq!(shown(table), ["- - 9.00 7.00 4.00 3.00 3.00 3.00 2.00 1.00"]);
}

#[test]
fn the_total_stands_on_the_line_of_the_pieces_of_the_code() {
    let html = titled(
        "支出决算表",
        &rows(&[
            "项目*4|本年支出合计^3|基本支出^3|项目支出^3",
            "支出功能分类*3|科目名称^2",
            "科目编码*3",
            "类|款|项|合计|60.00|40.00|20.00",
            "201|||一般公共服务支出|60.00|40.00|20.00",
            "201|06||财政事务|60.00|40.00|20.00",
            "201|06|01|行政运行|60.00|40.00|20.00",
        ]),
    );
    let disclosure = recognised(&html);
    let table = &disclosure.tables[0];
    assert_eq!(
        headers(table)[..4],
        ["类", "款", "项"]
            .map(|piece| format!("项目/支出功能分类/科目编码/{piece}"))
            .into_iter()
            .chain(["项目/科目名称".to_owned()])
            .collect::<Vec<_>>()
    );
    assert_eq!(
        shown(table),
        [
            "- 合计 60.00 40.00 20.00",
            "201 一般公共服务支出 60.00 40.00 20.00",
            "20106 财政事务 60.00 40.00 20.00",
            "2010601 行政运行 60.00 40.00 20.00",
        ]
    );
}

#[test]
fn a_total_that_reaches_into_two_blocks_is_one_row() {
    let html = titled(
        "一般公共预算财政拨款基本支出决算表",
        &rows(&[
            "人员经费*3|公用经费*6",
            "科目编码|科目名称|决算数|科目编码|科目名称|决算数|科目编码|科目名称|决算数",
            "301|工资福利支出|30.00|302|商品和服务支出|8.00|310|资本性支出|2.00",
            "30101|基本工资|30.00|30201|办公费|8.00|31002|办公设备购置|2.00",
            "人员经费合计*2|30.00|公用经费合计*5|10.00",
        ]),
    );
    let disclosure = recognised(&html);
    let shown = shown(&disclosure.tables[0]);
    assert_eq!(shown[shown.len() - 2..], ["- 人员经费合计 30.00", "- 公用经费合计 10.00"]);
    let measures: Vec<Option<Measure>> =
        disclosure.tables[0].rows.iter().rev().take(2).rev().map(|row| row.measure).collect();
    assert_eq!(measures, [Some(Measure::Personnel), Some(Measure::Public)]);
}

#[test]
fn revenue_of_the_year_alone_is_held_against_the_year() {
    let summary = titled(
        "收入支出决算总表",
        &rows(&[
            "收入*2|支出*2",
            "项目|决算数|项目|决算数",
            "一、财政拨款收入|50.00|一、教育支出|55.00",
            "本年收入合计|50.00|本年支出合计|55.00",
            "年初结转和结余|9.00|年末结转和结余|4.00",
            "总计|59.00|总计|59.00",
        ]),
    );
    let revenue = |total: &str| {
        titled(
            "收入决算表",
            &rows(&[
                "科目编码|科目名称|本年收入合计|财政拨款收入|其他收入",
                &format!("|合计|{total}|50.00|"),
                "205|教育支出|50.00|50.00|",
            ]),
        )
    };
    assert_eq!(outcomes(&format!("{summary}{}", revenue("50.00")), "X01"), [Outcome::Pass]);
    assert_eq!(outcomes(&format!("{summary}{}", revenue("51.00")), "X01"), [Outcome::Fail]);
}

#[test]
fn what_is_deducted_is_no_addend() {
    let table = |total: &str| {
        titled(
            "一般公共预算支出表",
            &rows(&[
                "科目编码^2|科目名称^2|合计^2|基本支出^2|项目支出*2",
                "项目支出总数|扣除基建项目后预算数",
                &format!("2010601|行政运行|{total}|20.00|30.00|25.00"),
            ]),
        )
    };
    assert_eq!(outcomes(&table("50.00"), "T06"), [Outcome::Pass]);
    assert_eq!(outcomes(&table("75.00"), "T06"), [Outcome::Fail]);
}

#[test]
fn a_title_inside_the_grid_does_not_shift_the_columns_below_it() {
    // The border cell beside title, unit and header covers all three rows.
    let html = format!(
        "<table>{}</table>",
        rows(&[
            "|预算03表 支出总表*4",
            "^3|||金额单位：万元|",
            "支出功能分类科目|部门支出经济分类科目|合计|基本支出",
            "|||",
            "^2|2010601-行政运行|30201-办公费|5.00|5.00",
            "2010601-行政运行|30202-印刷费|6.00|6.00",
        ])
    );
    let disclosure = recognised(&html);
    let table = &disclosure.tables[0];
    assert_eq!(headers(table), ["支出功能分类科目", "部门支出经济分类科目", "合计", "基本支出"]);
    assert_eq!(shown(table), ["2010601 行政运行 5.00 5.00", "2010601 行政运行 6.00 6.00"]);
}

#[test]
fn purchase_and_running_below_vehicles_need_not_name_them() {
    let html = titled(
        "“三公”经费和机关运行经费预算表",
        &rows(&[
            "“三公”经费预算数*6|机关运行经费预算数^3",
            "合计^2|因公出国（境）费^2|公务接待费^2|公务用车购置及运行费*3",
            "小计|购置费|运行费",
            "9.00|1.00|2.00|6.00|4.00|2.00|88.00",
        ]),
    );
    let table = &recognised(&html).tables[0];
    let measures: Vec<Option<Measure>> = table.columns[3..6].iter().map(|column| column.measure).collect();
    assert_eq!(measures, [Some(Measure::Vehicles), Some(Measure::VehiclePurchase), Some(Measure::VehicleRunning)]);
    assert_eq!(outcomes(&html, "C07"), [Outcome::Pass]);
}

#[test]
fn sources_beside_a_spanning_group_are_its_parts() {
    let html = titled(
        "收入预算总表",
        &rows(&[
            "项目名称||金额",
            "收入总计*2|10.00",
            "一般公共预算资金^3|小计|7.00",
            "公共财政拨款资金|4.00",
            "专项收入|3.00",
            "其他资金^2|小计|3.00",
            "经营收入|3.00",
        ]),
    );
    let table = &recognised(&html).tables[0];
    assert_eq!(
        shown(table),
        [
            "- 收入总计 10.00",
            "- 一般公共预算资金 7.00",
            "- 公共财政拨款资金 4.00",
            "- 专项收入 3.00",
            "- 其他资金 3.00",
            "- 经营收入 3.00",
        ]
    );
    assert_eq!(table.rows[2].path, ["一般公共预算资金"]);
    assert_eq!(table.rows.iter().map(|row| row.level).collect::<Vec<_>>(), [0, 0, 1, 1, 0, 1]);
}

#[test]
fn a_form_with_nothing_filled_in_is_empty() {
    let html = titled(
        "政府性基金预算支出表",
        &rows(&["科目编码|科目名称|合计|基本支出|项目支出", "合计*2|||", "||||", "||||"]),
    );
    assert!(matches!(recognised(&html).tables[0].status, Status::Empty { .. }));
}

#[test]
fn of_two_tables_of_one_kind_the_general_public_one_is_canonical() {
    let lines = ["科目编码|科目名称|合计", "205|教育支出|8.00", "20501|教育管理事务|8.00"];
    let html = format!("{}{}", titled("财政拨款支出表", &rows(&lines)), titled("一般公共预算支出表", &rows(&lines)));
    let kinds: Vec<TableKind> = recognised(&html).tables.iter().map(|table| table.kind).collect();
    assert_eq!(kinds, [TableKind::Other, TableKind::GeneralPublicExpenditureByFunction]);
    let alone = recognised(&titled("财政拨款支出表", &rows(&lines)));
    assert_eq!(alone.tables[0].kind, TableKind::GeneralPublicExpenditureByFunction);
}

#[test]
fn a_title_may_be_wrapped() {
    let document = duizhang::read::read(
        "budget.md",
        "“三公”经费、会议费、培训费支出预算\n表\n单位：万元\n\n| “三公”经费合计 | 因公出国（境）费 | 公务接待费 |\n|---|---|---|\n| 3.00 | 1.00 | 2.00 |\n"
            .as_bytes(),
    )
    .expect("the fixture can be read");
    let disclosure = duizhang::recognise::recognise(&document);
    assert_eq!(disclosure.tables[0].kind, TableKind::ThreePublic);
    assert_eq!(disclosure.tables[0].title, "“三公”经费、会议费、培训费支出预算表");
}

#[test]
fn the_only_row_of_the_unit_is_the_total() {
    let html = titled(
        "支出总表",
        &rows(&[
            "预算单位|科目编码|科目名称|支出总计|基本支出|项目支出",
            "示范市示范局|||9.00|5.00|4.00",
            "|205|教育支出|9.00|5.00|4.00",
        ]),
    );
    let table = &recognised(&html).tables[0];
    assert_eq!(table.rows[0].role, duizhang::disclosure::RowRole::Total);
    assert_eq!(shown(table)[0], "- 示范市示范局 9.00 5.00 4.00");
    assert_eq!(outcomes(&html, "T10"), [Outcome::Pass; 3]);
}

#[test]
fn sides_may_be_called_revenue_of_the_year_and_fiscal_expenditure() {
    let table = |total: &str| {
        titled(
            "部门财务收支预算总表",
            &rows(&[
                "本年收入*2|本年支出*2",
                "项目|预算数|项目|预算数",
                "一、财政拨款收入|9.00|一、教育支出|6.00",
                "1、一般公共预算资金|9.00|二、住房保障支出|3.00",
                &format!("收入总计|{total}|支出总计|9.00"),
            ]),
        )
    };
    let sides: Vec<Option<Side>> = recognised(&table("9.00")).tables[0].rows.iter().map(|row| row.side).collect();
    assert_eq!(sides, [Some(Side::Revenue), Some(Side::Expenditure)].repeat(3));
    assert_eq!(outcomes(&table("9.00"), "T01"), [Outcome::Pass]);
    assert_eq!(outcomes(&table("8.00"), "T01"), [Outcome::Fail]);
}

#[test]
fn each_stage_of_the_three_public_is_summed() {
    let table = |accounts: &str| {
        titled(
            "“三公”经费支出决算表",
            &rows(&[
                "预算数*4|决算数*4",
                "合计|因公出国（境）费|公务用车运行维护费|公务接待费|合计|因公出国（境）费|公务用车运行维护费|公务接待费",
                &format!("9.00|4.00|3.00|2.00|{accounts}|3.00|2.00|1.00"),
            ]),
        )
    };
    assert_eq!(outcomes(&table("6.00"), "T15"), [Outcome::Pass, Outcome::Pass]);
    assert_eq!(outcomes(&table("7.00"), "T15"), [Outcome::Pass, Outcome::Fail]);
    let below = titled(
        "“三公”经费支出决算表",
        &rows(&[
            "合计*2|因公出国（境）费*2|公务用车运行维护费*2|公务接待费*2",
            "预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数",
            "9.00|6.00|4.00|3.00|3.00|2.00|2.00|1.00",
        ]),
    );
    assert_eq!(outcomes(&below, "T15"), [Outcome::Pass, Outcome::Pass]);
    let measures: Vec<Option<Measure>> =
        recognised(&below).tables[0].columns.iter().step_by(2).map(|column| column.measure).collect();
    let wanted = [Measure::Total, Measure::Abroad, Measure::VehicleRunning, Measure::Reception];
    assert_eq!(measures, wanted.map(Some));
}

#[test]
fn the_budget_beside_last_years_outturn_is_the_total() {
    let html = format!(
        "{}{}",
        titled(
            "支出总表",
            &rows(&[
                "科目编码|科目名称|合计|基本支出|项目支出",
                "|合计|12.00|8.00|4.00",
                "2050101|行政运行|12.00|8.00|4.00"
            ]),
        ),
        titled(
            "一般公共预算支出表",
            &rows(&[
                "科目编码^3|科目名称^3|2025年执行数*2|2026年预算数*4",
                "执行数^2|扣除基建后执行数^2|年初预算数*3|扣除基建后预算数^2",
                "小计|基本支出|项目支出",
                "|合计|9.00|9.00|10.00|7.00|3.00|10.00",
                "2050101|行政运行|9.00|9.00|10.00|7.00|3.00|10.00",
            ]),
        ),
    );
    assert!(outcomes(&html, "X05").contains(&Outcome::Pass), "{:?}", outcomes(&html, "X05"));
    assert!(!outcomes(&html, "X05").contains(&Outcome::Fail));
}

#[test]
fn general_public_expenditure_of_the_year_leaves_out_what_was_carried_in() {
    let html = |class: &str| {
        format!(
            "{}{}",
            titled(
                "财政拨款收支总表",
                &rows(&[
                    "收入*2|支出*2",
                    "项目|预算数|项目|预算数",
                    "一、本年收入|9.00|一、本年支出|11.00",
                    &format!("（一）一般公共预算拨款|9.00|（一）教育支出|{class}"),
                    "（二）政府性基金预算拨款||（二）住房保障支出|3.00",
                    "（三）国有资本经营预算拨款|||",
                    "二、上年结转|2.00||",
                    "（一）一般公共预算拨款|2.00||",
                    "收入总计|11.00|支出总计|11.00",
                ]),
            ),
            titled(
                "一般公共预算支出表",
                &rows(&["科目编码|科目名称|合计", "|合计|9.00", "205|教育支出|6.00", "221|住房保障支出|3.00"]),
            ),
        )
    };
    assert_eq!(outcomes(&html("8.00"), "X11"), [Outcome::Pass, Outcome::Pass]);
    assert_eq!(outcomes(&html("5.00"), "X11"), [Outcome::Fail, Outcome::Pass]);
}

#[test]
fn money_of_a_self_evaluation_stands_in_columns() {
    let table = |executed: &str| {
        titled(
            "示范项目绩效自评表",
            &rows(&[
                "项目名称*2|示范项目*6",
                "项目资金（万元）^4||年初预算数|全年预算数|全年执行数|分值|执行率|得分",
                &format!("年度资金总额|9.00|8.00|{executed}|10|87.50%|8"),
                "其中：财政拨款|5.00|4.00|3.00|--|--|--",
                "其他资金|4.00|4.00|4.00|--|--|--",
                "绩效指标^2|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分",
                "产出指标|数量指标|培训人数|≥30人|33人|50|50",
            ]),
        )
    };
    let disclosure = recognised(&table("7.00"));
    let money = disclosure.tables.iter().find(|table| !table.rows.is_empty() && table.columns.len() == 7);
    let money = money.unwrap_or_else(|| panic!("{:#?}", disclosure.tables));
    assert_eq!(headers(money)[..4], ["项目资金", "年初预算数", "全年预算数", "全年执行数"]);
    assert_eq!(money.rows.len(), 3);
}

#[test]
fn the_name_of_the_whole_set_in_a_list_of_tables_is_no_table() {
    let html = format!(
        "<table>{}</table>{}",
        rows(&["五、部门预算表|9", "1.部门收支总表|10", "2.部门收入总表|11"]),
        titled("部门收支总表", &rows(&["收入*2|支出*2", "项目|预算数|项目|预算数", "收入总计|1.00|支出总计|1.00"])),
    );
    let missing: Vec<TableKind> = recognised(&html)
        .tables
        .iter()
        .filter(|table| table.status == Status::Missing)
        .map(|table| table.kind)
        .collect();
    assert!(!missing.contains(&TableKind::Other), "{missing:?}");
}

#[test]
fn the_list_of_projects_of_the_general_public_budget_is_one_of_projects() {
    for title in ["一般公共预算项目支出预算表", "一般公共预算项目支出情况表"] {
        let html = titled(
            title,
            &rows(&[
                "项目*5|金额^2",
                "类|款|项|单位代码|单位名称（科目）",
                "||||合计|30.00",
                "||||示范局机关|30.00",
                "205|08|03|318001|职工培训经费|10.00",
                "205|08|03|318001|教材编写经费|20.00",
            ]),
        );
        let disclosure = recognised(&html);
        assert_eq!(disclosure.tables[0].kind, TableKind::ProjectExpenditure, "{title}");
        assert!(!outcomes(&html, "T14").contains(&Outcome::Fail));
    }
}

#[test]
fn of_pieces_a_whole_code_and_the_units_the_row_has_the_subjects() {
    let html = titled(
        "支出总表",
        &rows(&[
            "科目编码*3|单位代码^2|单位名称（科目）^2|合计^2|基本支出^2|项目支出^2",
            "类|款|项",
            "||||合计|30.00|20.00|10.00",
            "|||318001|示范局机关|30.00|20.00|10.00",
            "205|08|03|318001|培训支出|10.00||10.00",
            "205|02|01|318001|学前教育|20.00|20.00|",
        ]),
    );
    assert_eq!(
        shown(&recognised(&html).tables[0])[1..3],
        ["318001 示范局机关 30.00 20.00 10.00", "2050803 培训支出 10.00 10.00"]
    );
    let whole = titled(
        "支出总表",
        &rows(&[
            "科目编码*3|科目代码^2|科目名称^2|合计^2|基本支出^2|项目支出^2",
            "类|款|项",
            "||||合计|30.00|20.00|10.00",
            "205|||205|教育支出|20.00|10.00|10.00",
            "205|08||20508|进修及培训|20.00|10.00|10.00",
            "221|||221|住房保障支出|10.00|10.00|",
        ]),
    );
    let codes =
        ["205 教育支出 20.00 10.00 10.00", "20508 进修及培训 20.00 10.00 10.00", "221 住房保障支出 10.00 10.00"];
    assert_eq!(shown(&recognised(&whole).tables[0])[1..], codes);
}

#[test]
fn a_column_of_rates_holds_no_amounts() {
    let html = titled(
        "“三公”经费支出情况表",
        &rows(&[
            "项目|2023年预算|2024年预算|增减额|增减比例",
            "“三公”经费|5.00|4.00|-1.00|-20.00%",
            "其中：（一）因公出国（境）支出|0.00|0.00|0.00|",
            "（二）公务用车购置及运行维护支出|3.00|2.00|-1.00|-33.33%",
            "（三）公务接待费支出|2.00|2.00|0.00|0.00%",
        ]),
    );
    assert_eq!(outcomes(&html, "T15"), [Outcome::Pass; 3]);
}

#[test]
fn a_department_in_the_first_cell_of_a_header_does_not_make_it_a_line_about_the_table() {
    let html = titled(
        "支出总表",
        &rows(&[
            "预算部门：示范局科目编码|科目名称|合计|基本支出|项目支出|上缴上级支出|对附属单位补助支出",
            "205|教育支出|20.00|10.00|10.00||",
            "|合计|20.00|10.00|10.00||",
        ]),
    );
    assert_eq!(headers(&recognised(&html).tables[0])[2..4], ["合计", "基本支出"]);
}

#[test]
fn projects_paid_from_what_was_carried_in_need_not_be_in_the_table_by_function() {
    let html = |total: &str, carried: &str| {
        titled(
            "一般公共预算支出表",
            &rows(&[
                "科目编码|科目名称|合计|基本支出|项目支出",
                "|合计|40.00|20.00|20.00",
                "205|教育支出|40.00|20.00|20.00",
            ]),
        ) + &titled(
            "项目支出表",
            &rows(&[
                "项目名称^2|合计^2|本年拨款*3|财政拨款结转结余^2",
                "一般公共预算|政府性基金预算|国有资本经营预算",
                &format!("合计|{total}|17.00|||{carried}"),
                &format!("职工培训经费|{total}|17.00|||{carried}"),
            ]),
        )
    };
    assert!(!outcomes(&html("20.00", "3.00"), "X08").contains(&Outcome::Fail));
    assert!(outcomes(&html("17.00", ""), "X08").contains(&Outcome::Fail));
}

#[test]
fn vehicles_of_the_three_need_not_be_called_purchase_and_running() {
    let html = titled(
        "“三公”经费支出表",
        &rows(&[
            "单位名称|“三公”经费合计|因公出国（境）费用|公务接待费|公务用车费小计|公务用车运行维护费|公务用车购置费",
            "示范局本级|6.00|0.00|2.00|4.00|4.00|0.00",
            "合计|6.00|0.00|2.00|4.00|4.00|0.00",
        ]),
    );
    assert_eq!(outcomes(&html, "T15"), [Outcome::Pass; 2]);
    assert_eq!(outcomes(&html, "T16"), [Outcome::Pass; 2]);
}

#[test]
fn a_table_of_an_unknown_kind_does_not_go_on_with_the_one_before_it() {
    let html = titled(
        "支出总表",
        &rows(&[
            "科目编码|科目名称|合计|基本支出|项目支出",
            "205|教育支出|30.00|20.00|10.00",
            "|合计|30.00|20.00|10.00",
        ]),
    ) + "<p>2024年分季度用款计划表</p><table>"
        + &rows(&["项目|全年|一季度|二季度|三季度", "合计|90.00|30.00|30.00|30.00"])
        + "</table>";
    assert_eq!(shown(&recognised(&html).tables[0]), ["205 教育支出 30.00 20.00 10.00", "- 合计 30.00 20.00 10.00"]);
}

#[test]
fn the_number_of_a_line_in_the_place_of_an_amount_is_doubted() {
    let html = titled(
        "财政拨款收入支出决算总表",
        &rows(&[
            "收入*3|支出*3",
            "项目|行次|金额|项目|行次|金额",
            "一、一般公共预算财政拨款|1|9.00|一、教育支出|5|9.00",
            "本年收入合计|2|9.00|本年支出合计|6|9.00",
            "政府性基金预算财政拨款||3|||",
        ]),
    );
    let disclosure = recognised(&html);
    let doubted: Vec<bool> = disclosure.tables[0].rows.iter().map(|row| row.doubt.is_some()).collect();
    assert_eq!(doubted, [false, false, false, false, true]);
    // What is doubted does not say that there is money of the fund.
    let fund =
        titled("政府性基金预算财政拨款收入支出决算表", &rows(&["科目编码|科目名称|本年收入|本年支出", "|合计||"]));
    let note = "<p>注：本部门没有政府性基金预算财政拨款收支，故本表为空表。</p>";
    assert_eq!(outcomes(&(html + &fund + note), "C04"), [Outcome::NotCheckable]);
}
