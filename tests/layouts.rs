//! Layouts of the genre beyond the audited disclosures, re-created with figures of our own.

use duizhang::disclosure::{Disclosure, Measure, Row, RowRole, Side, Status, Table, TableKind};

fn recognised(name: &str, text: &str) -> Disclosure {
    let document = duizhang::read::read(name, text.as_bytes()).expect("the fixture can be read");
    duizhang::recognise::recognise(&document)
}

fn only(disclosure: &Disclosure) -> &Table {
    assert_eq!(disclosure.tables.len(), 1, "{:?}", disclosure.tables.iter().map(|t| &t.title).collect::<Vec<_>>());
    assert!(disclosure.notes.is_empty(), "{:?}", disclosure.notes);
    &disclosure.tables[0]
}

fn amounts(row: &Row) -> Vec<Option<String>> {
    row.entries.iter().map(|entry| entry.amount().map(duizhang::amount::Amount::plain)).collect()
}

/// Code, name and printed amounts of each row; a doubt shows as `?`.
fn shown(table: &Table) -> Vec<String> {
    let row = |row: &Row| {
        let printed: Vec<String> = amounts(row).into_iter().flatten().collect();
        let doubt = if row.doubt.is_some() { " ?" } else { "" };
        let (code, name) = (row.code.as_deref().unwrap_or("-"), row.name.as_deref().unwrap_or("-"));
        format!("{code} {name} {}{doubt}", printed.join(" "))
    };
    table.rows.iter().map(row).collect()
}

#[test]
fn final_accounts_with_line_numbers_and_column_numbers() {
    let disclosure = recognised(
        "accounts.csv",
        "收入支出决算总表,,,,,\n公开01表,,,,,\n部门：示范市示范局,,,,,金额单位：元\n\
         收入,,,支出,,\n项目,行次,决算数,项目,行次,决算数\n栏次,,1,栏次,,2\n\
         一、一般公共预算财政拨款收入,1,\"1,500.00\",一、一般公共服务支出,9,900.00\n\
         二、其他收入,2,,二、住房保障支出,10,400.00\n\
         本年收入合计,3,\"1,500.00\",本年支出合计,11,\"1,300.00\"\n\
         年初结转和结余,4,,年末结转和结余,12,200.00\n\
         总计,5,\"1,500.00\",总计,13,\"1,500.00\"\n",
    );
    let table = only(&disclosure);
    assert_eq!(table.kind, TableKind::RevenueExpenditureSummary);
    assert_eq!(table.number.as_deref(), Some("公开01表"));
    assert_eq!(table.unit, Some(duizhang::amount::Unit::Yuan));
    assert_eq!(
        shown(table),
        [
            "- 一、一般公共预算财政拨款收入 1500.00",
            "- 一、一般公共服务支出 900.00",
            "- 二、其他收入 ",
            "- 二、住房保障支出 400.00",
            "- 本年收入合计 1500.00",
            "- 本年支出合计 1300.00",
            "- 年初结转和结余 ",
            "- 年末结转和结余 200.00",
            "- 总计 1500.00",
            "- 总计 1500.00",
        ]
    );
    assert_eq!(table.rows[8].role, RowRole::GrandTotal);
    assert_eq!(table.rows[7].measure, Some(Measure::CarriedOut));
    assert_eq!(table.rows[3].side, Some(Side::Expenditure));
}

#[test]
fn codes_over_three_columns_and_the_total_at_the_foot() {
    let disclosure = recognised(
        "budget.html",
        "<h3>支出预算总表</h3><p>单位：万元</p><table>\
         <tr><td colspan=3>科目编码</td><td rowspan=2>科目名称</td><td rowspan=2>合计</td><td rowspan=2>基本支出</td><td rowspan=2>项目支出</td></tr>\
         <tr><td>类</td><td>款</td><td>项</td></tr>\
         <tr><td>201</td><td></td><td></td><td>一般公共服务支出</td><td>30</td><td>20</td><td>10</td></tr>\
         <tr><td>201</td><td>06</td><td></td><td>财政事务</td><td>30</td><td>20</td><td>10</td></tr>\
         <tr><td></td><td></td><td>01</td><td>行政运行</td><td>20</td><td>20</td><td></td></tr>\
         <tr><td colspan=4>合计</td><td>30</td><td>20</td><td>10</td></tr></table>",
    );
    let table = only(&disclosure);
    assert_eq!(
        shown(table),
        ["201 一般公共服务支出 30 20 10", "20106 财政事务 30 20 10", "2010601 行政运行 20 20", "- 合计 30 20 10"]
    );
    let roles: Vec<(RowRole, u8)> = table.rows.iter().map(|row| (row.role, row.level)).collect();
    assert_eq!(roles, [(RowRole::Function, 0), (RowRole::Function, 1), (RowRole::Function, 2), (RowRole::Total, 0)]);
}

#[test]
fn codes_joined_to_names() {
    let disclosure = recognised(
        "budget.md",
        "## 一般公共预算支出表\n\n单位：万元\n\n| 功能科目名称 | 小计 | 其中：基本支出 | 项目支出 |\n|---|---|---|---|\n\
         | 合计 | 30.00 | 20.00 | 10.00 |\n| [201]一般公共服务支出 | 30.00 | 20.00 | 10.00 |\n| 2010601-行政运行 | 20.00 | 20.00 | |\n",
    );
    assert_eq!(
        shown(only(&disclosure)),
        ["- 合计 30.00 20.00 10.00", "201 一般公共服务支出 30.00 20.00 10.00", "2010601 行政运行 20.00 20.00"]
    );
}

#[test]
fn names_in_three_pieces_around_their_figures() {
    let disclosure = recognised(
        "budget.txt",
        "支出总表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 90.00 60.00 30.00\n\
         机关事业单位基\n2080505 本养老保险缴费 50.00 50.00 0.00\n支出\n\
         机关事业单位职\n2080506 业年金缴费支 10.00 10.00 0.00\n出\n\
         2150517 产业发展 30.00 0.00 30.00\n",
    );
    assert_eq!(
        shown(only(&disclosure)),
        [
            "- 合计 90.00 60.00 30.00",
            "2080505 机关事业单位基本养老保险缴费支出 50.00 50.00 0.00",
            "2080506 机关事业单位职业年金缴费支出 10.00 10.00 0.00",
            "2150517 产业发展 30.00 0.00 30.00",
        ]
    );
}

#[test]
fn a_table_goes_on_over_pages() {
    let page = |rows: &str| {
        format!(
            "支出总表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 30.00 20.00 10.00\n{rows}\n- 7 -\n"
        )
    };
    let text = page("201 一般公共服务支出 30.00 20.00 10.00") + &page("20106 财政事务 30.00 20.00 10.00");
    let disclosure = recognised("budget.txt", &text);
    assert_eq!(
        shown(only(&disclosure)),
        ["- 合计 30.00 20.00 10.00", "201 一般公共服务支出 30.00 20.00 10.00", "20106 财政事务 30.00 20.00 10.00"]
    );
}

#[test]
fn blocks_side_by_side() {
    let disclosure = recognised(
        "accounts.csv",
        "一般公共预算财政拨款基本支出决算明细表,,,,,\n单位：万元,,,,,\n人员经费,,,公用经费,,\n\
         科目编码,科目名称,决算数,科目编码,科目名称,决算数\n\
         301,工资福利支出,80.00,302,商品和服务支出,20.00\n30101,基本工资,80.00,30201,办公费,20.00\n\
         人员经费合计,,80.00,公用经费合计,,20.00\n",
    );
    assert_eq!(
        shown(only(&disclosure)),
        [
            "301 工资福利支出 80.00",
            "302 商品和服务支出 20.00",
            "30101 基本工资 80.00",
            "30201 办公费 20.00",
            "- 人员经费合计 80.00",
            "- 公用经费合计 20.00",
        ]
    );
}

#[test]
fn a_figure_that_cannot_be_read_stays_in_its_cell() {
    let disclosure = recognised(
        "budget.txt",
        "支出总表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 30.00 20.00 10.00\n\
         201 一般公共服务支出 30.00 2O.00 10.00\n",
    );
    let row = &only(&disclosure).rows[1];
    assert_eq!(amounts(row), [None, None, Some("30.00".to_owned()), None, Some("10.00".to_owned())]);
    assert_eq!(row.name.as_deref(), Some("一般公共服务支出"));
}

/// Header paths of the amount columns.
fn headers(table: &Table) -> Vec<String> {
    table.amount_columns().map(|column| table.columns[column].header().into_owned()).collect()
}

#[test]
fn a_cover_header_code_pieces_and_a_header_on_every_page() {
    let disclosure = recognised(
        "budget.txt",
        "支出预算总表\n单位：元\n项目 支出预算\n功能分类科目编码\n功能分类科目名称 合计 基本支出 项目支出\n类 款 项\n\
         201 一般公共服务支出 900,000 600,000 300,000\n201 06 财政事务 900,000 600,000 300,000\n\
         201 06 01 行政运行 600,000 600,000\n201 06 02 一般行政管理事务 300,000 300,000\n\
         \n\n项目 支出预算\n功能分类科目编码\n功能分类科目名称 合计 基本支出 项目支出\n类 款 项\n\
         221 住房保障支出 80,000 80,000\n合计 980,000 680,000 300,000\n",
    );
    let table = only(&disclosure);
    assert_eq!(headers(table), ["支出预算/合计", "支出预算/基本支出", "支出预算/项目支出"]);
    let project: Vec<Option<String>> = table.rows.iter().map(|row| amounts(row).pop().flatten()).collect();
    let project: Vec<&str> = project.iter().map(|amount| amount.as_deref().unwrap_or("")).collect();
    assert_eq!(project, ["300000", "300000", "", "300000", "", "300000"]);
    assert!(table.rows.iter().all(|row| row.doubt.is_none()), "{:?}", shown(table));
}

#[test]
fn a_group_that_is_printed_a_line_above_its_neighbours() {
    let disclosure = recognised(
        "budget.txt",
        "财政拨款支出表（功能科目）\n部门：示范市示范局 单位：万元\n基本支出\n科目编码 科目名称 合计 项目支出\n\
         小计 人员经费 公用经费\n合计 30.00 18.00 12.00 6.00 12.00\n201 一般公共服务支出 30.00 18.00 12.00 6.00 12.00\n\
         20140 信访事务 12.00 12.00\n2014004 信访业务 12.00 12.00\n20103 政府办公厅（室）及相关机构事务 18.00 18.00 12.00 6.00\n",
    );
    let table = only(&disclosure);
    assert_eq!(headers(table), ["合计", "基本支出/小计", "基本支出/人员经费", "基本支出/公用经费", "项目支出"]);
}

#[test]
fn vehicles_in_their_usual_place_and_a_header_word_in_two_pieces() {
    let disclosure = recognised(
        "budget.txt",
        "一般公共预算“三公”经费、会议费、培训费支出表\n部门：示范市示范局 单位：万元\n公务用车购置及运行维护费\n\
         “三公”经费合计 因公出国（境）费 公务接待费 会议费 培训费\n公务用车运行维\n小计 公务用车购置费\n护费\n\
         1.50 0.00 0.00 0.00 0.00 1.50 0.44 16.20\n",
    );
    assert_eq!(
        headers(only(&disclosure)),
        [
            "“三公”经费合计",
            "因公出国（境）费",
            "公务用车购置及运行维护费/小计",
            "公务用车购置及运行维护费/公务用车购置费",
            "公务用车购置及运行维护费/公务用车运行维护费",
            "公务接待费",
            "会议费",
            "培训费"
        ]
    );
}

#[test]
fn page_numbers_among_amounts_are_no_amounts() {
    let disclosure = recognised(
        "budget.txt",
        "一般公共预算基本支出表\n单位：万元\n科目编码 科目名称 预算数\n合计\n40.00\n302 商品和服务支出 40.00\n\
         30201 办公费 10.00\n30218 专用材料费\n30225 专用燃料费\n13\n\n\n科目编码 科目名称 预算数\n30239 其他交通费用 30.00\n14\n",
    );
    let [table] = disclosure.tables.as_slice() else { panic!("one table") };
    let printed: Vec<String> = table.rows.iter().flat_map(amounts).flatten().collect();
    assert_eq!(printed, ["40.00", "40.00", "10.00", "30.00"], "{:?}", shown(table));
    assert_eq!(disclosure.notes.len(), 2, "each is told of");
}

#[test]
fn a_code_with_nothing_between_it_and_its_figures() {
    let disclosure = recognised(
        "accounts.txt",
        "一般公共预算财政拨款支出决算表\n单位：万元\n项目\n合计 基本支出 项目支出\n功能分类\n科目名称\n科目编码\n\
         201 一般公共服务支出 264.87 62.63 202.24\n20139 社会工作事务 264.87 62.63 202.24\n2013950 事业运行 62.63 62.63\n\
         其他社会工作\n2013999 202.24 202.24\n事务支出\n",
    );
    let table = only(&disclosure);
    let last = table.rows.last().expect("a row");
    assert_eq!((last.code.as_deref(), last.name.as_deref()), (Some("2013999"), Some("其他社会工作事务支出")));
    assert_eq!(amounts(last).into_iter().flatten().collect::<Vec<_>>(), ["202.24", "202.24"]);
}

#[test]
fn a_name_right_behind_a_figure_begins_the_other_side() {
    let disclosure = recognised(
        "budget.txt",
        "部门公开表1\n部门收支总表\n单位：万元\n收 入 支 出\n项 目 预算数 项 目 预算数\n\
         一、一般公共预算拨款收入 74.82一、一般公共服务支出 70.00\n二、事业收入 二、教育支出 4.82\n\
         本年收入合计 74.82本年支出合计 74.82\n收 入 总 计 74.82 支 出 总 计 74.82\n4\n",
    );
    let [table] = disclosure.tables.as_slice() else { panic!("one table") };
    assert_eq!(table.number.as_deref(), Some("部门公开表1"));
    let year = table.rows.iter().filter(|row| row.role == RowRole::YearTotal).map(|row| row.side).collect::<Vec<_>>();
    assert_eq!(year, [Some(Side::Revenue), Some(Side::Expenditure)]);
    assert!(!shown(table).iter().any(|row| row.contains('4') && row.starts_with("- -")), "{:?}", shown(table));
}

#[test]
fn a_figure_that_a_narrow_cell_wrapped_is_whole_again() {
    let disclosure = recognised(
        "budget.txt",
        "一般公共预算支出预算表\n单位：万元\n功能分类科目名称 合计 基本支出 项目支出\n合计 900.25 300.00 600.25\n\
         教育支出 600.25 200.00 400.2\n5\n交通运输支出 300.00 100.00 200.00\n",
    );
    let table = only(&disclosure);
    assert_eq!(shown(table)[1], "- 教育支出 600.25 200.00 400.25");
}

#[test]
fn groups_that_print_their_own_two_digits_only() {
    let disclosure = recognised(
        "budget.txt",
        "一般公共预算支出明细表（按支出功能分类科目）\n单位：万元\n专项业务经费支\n\
         功能科目编码 功能科目名称 合计 人员经费支出 公用经费支出 备注\n出\n** ** 1 2 3 4 **\n合计 60.00 30.00 10.00 20.00\n\
         125001 示范市示范局 60.00 30.00 10.00 20.00\n208 社会保障和就业支出 40.00 30.00 10.00\n\
         05 行政事业单位离退休 40.00 30.00 10.00\n2080501 行政单位离退休 40.00 30.00 10.00\n\
         224 灾害防治及应急管理支出 20.00 20.00\n01 应急管理事务 20.00 20.00\n2240106 安全监管 20.00 20.00\n",
    );
    let table = only(&disclosure);
    assert_eq!(headers(table), ["合计", "人员经费支出", "公用经费支出", "专项业务经费支出"]);
    let codes: Vec<&str> = table.rows.iter().filter_map(|row| row.code.as_deref()).collect();
    assert_eq!(codes, ["125001", "208", "20805", "2080501", "224", "22401", "2240106"]);
    assert_eq!(amounts(&table.rows[5]).pop(), amounts(&table.rows[5]).pop());
}

#[test]
fn years_head_columns_and_groups_of_spaced_text() {
    let disclosure = recognised(
        "budget.txt",
        "一般公共预算支出表\n单位：万元\n功能分类科目 2023年执行数 2024年预算数 2024年预算数比2023年执行数增减情况\n\
         科目编码 科目名称 小计 基本支出 项目支出 增减额 增减%\n\
         205 教育支出 20.00 30.00 18.00 12.00 10.00 50.00%\n20508 进修及培训 20.00 30.00 18.00 12.00 10.00 50.00%\n\
         2050803 培训支出 20.00 30.00 18.00 12.00 10.00 50.00%\n合计 20.00 30.00 18.00 12.00 10.00 50.00%\n",
    );
    let table = only(&disclosure);
    assert_eq!(
        headers(table),
        [
            "2023年执行数",
            "2024年预算数/小计",
            "2024年预算数/基本支出",
            "2024年预算数/项目支出",
            "2024年预算数比2023年执行数增减情况/增减额",
        ]
    );
    assert_eq!(shown(table)[2], "2050803 培训支出 20.00 30.00 18.00 12.00 10.00");
}

#[test]
fn a_line_of_headers_is_no_prose_however_wide_it_is_set() {
    let text = format!(
        "“三公”经费支出情况表\n单位：万元\n项目{0}2023年预算{0}2024年预算{0}增减额{0}增减率\n合计{0}5.00{0}4.00{0}-1.00{0}-20.00%\n\
         因公出国（境）费{0}0.00{0}0.00{0}0.00{0}0.00%\n公务接待费{0}5.00{0}4.00{0}-1.00{0}-20.00%\n",
        " ".repeat(14)
    );
    let disclosure = recognised("budget.txt", &text);
    assert_eq!(shown(only(&disclosure))[2], "- 公务接待费 5.00 4.00 -1.00");
}

#[test]
fn row_numbers_stand_before_codes_and_before_both_sides() {
    let disclosure = recognised(
        "budget.txt",
        "支出总表\n单位：万元\n序号 功能分类科目 合计 基本支出 项目支出\n科目编码 科目名称\n栏次 1 2 3 4 5\n1 合计 30.00 20.00 10.00\n\
         2 205 教育支出 30.00 20.00 10.00\n3 20508 进修及培训 30.00 20.00 10.00\n\n\
         收支总表\n单位：万元\n序号 收入 支出\n项目 金额 项目 金额\n1 一、财政拨款收入 30.00 一、教育支出 30.00\n2 二、其他收入 二、住房保障支出\n\
         3 收入总计 30.00 支出总计 30.00\n",
    );
    assert_eq!(
        shown(&disclosure.tables[0]),
        ["- 合计 30.00 20.00 10.00", "205 教育支出 30.00 20.00 10.00", "20508 进修及培训 30.00 20.00 10.00"]
    );
    assert_eq!(
        shown(&disclosure.tables[1]),
        [
            "- 一、财政拨款收入 30.00",
            "- 一、教育支出 30.00",
            "- 二、其他收入 ",
            "- 二、住房保障支出 ",
            "- 收入总计 30.00",
            "- 支出总计 30.00",
        ]
    );
}

#[test]
fn a_line_number_is_no_amount_of_a_side_that_prints_none() {
    let disclosure = recognised(
        "accounts.txt",
        "财政拨款收入支出决算总表\n公开04表\n单位：万元\n收入 支出\n\
         项目 行次 金额 项目 行次 合计 一般公共预算财政拨款 政府性基金预算财政拨款 国有资本经营预算财政拨款\n\
         一、一般公共预算财政拨款 1 9.00 一、教育支出 5 9.00 9.00 0.00 0.00\n二、政府性基金预算财政拨款 2 二、住房保障支出 6\n\
         本年收入合计 3 9.00 本年支出合计 7 9.00 9.00 0.00 0.00\n政府性基金预算财政拨款 4 8\n",
    );
    let rows = shown(&disclosure.tables[0]);
    assert_eq!(rows[2..4], ["- 二、政府性基金预算财政拨款 ", "- 二、住房保障支出 "]);
    assert_eq!(rows.last().map(String::as_str), Some("- 政府性基金预算财政拨款 "));
}

#[test]
fn lists_of_codes_side_by_side_in_spaced_text() {
    let disclosure = recognised(
        "accounts.txt",
        "一般公共预算财政拨款基本支出决算明细表\n单位：万元\n人员经费 公用经费\n\
         科目编码 科目名称 决算数 科目编码 科目名称 决算数 科目编码 科目名称 决算数\n\
         301 工资福利支出 9.00 302 商品和服务支出 4.00 310 资本性支出\n30101 基本工资 5.00 30201 办公费 1.00 31002 办公设备购置\n\
         30102 津贴补贴 4.00 30211 差旅费 3.00\n303 对个人和家庭的补助 2.00\n30302 退休费 2.00\n人员经费合计 11.00 公用经费合计 4.00\n\
         注：本表反映基本支出明细。\n",
    );
    let table = only(&disclosure);
    assert_eq!(headers(table), ["人员经费/决算数", "公用经费/决算数", "公用经费/决算数"]);
    assert_eq!(
        shown(table),
        [
            "301 工资福利支出 9.00",
            "302 商品和服务支出 4.00",
            "310 资本性支出 ",
            "30101 基本工资 5.00",
            "30201 办公费 1.00",
            "31002 办公设备购置 ",
            "30102 津贴补贴 4.00",
            "30211 差旅费 3.00",
            "303 对个人和家庭的补助 2.00",
            "30302 退休费 2.00",
            "- 人员经费合计 11.00",
            "- 公用经费合计 4.00",
        ]
    );
    assert_eq!(table.remarks.len(), 1);
}

#[test]
fn the_unit_before_the_subject_is_not_the_row() {
    let rows = "合计 30.00 20.00 10.00\n205001 示范局本级 205 教育支出 30.00 20.00 10.00\n\
                205001 示范局本级 20508 进修及培训 30.00 20.00 10.00\n205001 示范局本级 2050803 培训支出 30.00 20.00 10.00\n";
    let head = "支出总表\n单位：万元\n单位编码 单位名称 科目编码 科目名称 合计 基本支出 项目支出\n";
    let cells = |line: &str| line.replace(' ', "\t").replace("合计\t3", "\t\t\t合计\t3") + "\n";
    let grid: String = head.lines().chain(rows.lines()).map(cells).collect();
    for text in [format!("{head}{rows}"), grid] {
        let disclosure = recognised("budget.txt", &text);
        assert_eq!(
            shown(only(&disclosure)),
            [
                "- 合计 30.00 20.00 10.00",
                "205 教育支出 30.00 20.00 10.00",
                "20508 进修及培训 30.00 20.00 10.00",
                "2050803 培训支出 30.00 20.00 10.00",
            ]
        );
        assert!(disclosure.tables[0].rows[1..].iter().all(|row| row.role == RowRole::Function));
    }
}

#[test]
fn a_further_page_says_so_and_is_the_same_table() {
    let disclosure = recognised(
        "budget.txt",
        "支出总表\n单位：万元\n科目编码 科目名称 2023年预算数 2024年预算数 增减%\n205 教育支出 20.00 30.00 50.00%\n\
         20508 进修及培训 20.00 30.00 50.00%\n续表\n科目编码 科目名称 2023年预算数 2024年预算数 增减%\n\
         2050803 培训支出 20.00 30.00 50.00%\n合计 20.00 30.00 50.00%\n",
    );
    assert_eq!(
        shown(only(&disclosure)),
        [
            "205 教育支出 20.00 30.00",
            "20508 进修及培训 20.00 30.00",
            "2050803 培训支出 20.00 30.00",
            "- 合计 20.00 30.00",
        ]
    );
    let titled = recognised(
        "budget.txt",
        "支出总表\n单位：万元\n科目编码\t科目名称\t合计\n205\t教育支出\t30.00\n\n支出总表（续表）\n单位：万元\n科目编码\t科目名称\t合计\n\
         221\t住房保障支出\t10.00\n",
    );
    assert_eq!(shown(only(&titled)), ["205 教育支出 30.00", "221 住房保障支出 10.00"]);
}

#[test]
fn rows_whose_blank_cells_were_cut_off_are_rows() {
    let disclosure = recognised(
        "budget.txt",
        "“三公”经费支出情况表\n单位：万元\n项目\t2024年预算数\n合计\t4.00\n1、因公出国（境）费用\n2、公务接待费\t4.00\n3、公务用车费\t\n\n\
         政府性基金预算支出表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n合计\n注：本部门没有政府性基金预算支出，故本表为空表。\n",
    );
    assert_eq!(
        shown(&disclosure.tables[0]),
        ["- 合计 4.00", "- 1、因公出国（境）费用 ", "- 2、公务接待费 4.00", "- 3、公务用车费 "]
    );
    let Status::Empty { note } = &disclosure.tables[1].status else { panic!("{:?}", disclosure.tables[1].status) };
    assert!(note.as_deref().is_some_and(|note| note.contains("空表")), "{note:?}");
}

#[test]
fn a_side_whose_blank_cells_were_dropped_keeps_its_row() {
    let disclosure = recognised(
        "budget.txt",
        "收支总表\n单位：万元\n收入\t支出\n项目\t2023年预算数\t2024年预算数\t增减%\t项目\t2023年预算数\t2024年预算数\t增减%\n\
         一、财政拨款收入\t20.00\t30.00\t50.00%\t一、基本支出\t15.00\t20.00\t33.33%\n\
         二、事业收入\t0.00\t0.00\t二、项目支出\t5.00\t10.00\t100.00%\n收入总计\t20.00\t30.00\t50.00%\t支出总计\t20.00\t30.00\t50.00%\n",
    );
    let rows = shown(only(&disclosure));
    assert_eq!(rows[2..4], ["- 二、事业收入 0.00 0.00 ?", "- 二、项目支出 5.00 10.00 ?"]);
}

#[test]
fn functions_with_codes_and_funds_without_marks_make_two_sides() {
    let text = "部门收支总体情况表\n单位：万元\n收入 支出\n项目 预算数 功能分类 预算数\n财政拨款（补助） 30.00 205教育支出 35.00\n\
                其中：一般公共预算拨款 30.00 221住房保障支出 5.00\n政府性基金预算拨款 0.00\n教育收费（财政专户） 0.00\n事业收入 10.00\n\
                收入总计 40.00 支出总计 40.00\n\n\
                财政拨款收支总体情况表\n单位：万元\n收入 支出\n项目 合计 功能分类 合计\n财政拨款（补助） 30.00 205教育支出 25.00\n\
                一般公共预算 30.00 221住房保障支出 5.00\n政府性基金预算 0.00\n收入总计 30.00 支出总计 30.00\n";
    let disclosure = recognised("budget.txt", text);
    assert_eq!(shown(&disclosure.tables[0])[1], "205 教育支出 35.00");
    let analysis = duizhang::run(&[("budget.txt".to_owned(), text.as_bytes().to_vec())]);
    let outcomes: Vec<_> =
        analysis.checks.iter().filter(|check| check.rule == "T02").map(|c| c.verdict.outcome).collect();
    assert_eq!(
        outcomes,
        [duizhang::rules::judge::Outcome::Pass; 2],
        "事业收入 is no part of 其中; the funds are parts"
    );
}

#[test]
fn economic_classes_below_basic_and_project_expenditure_are_their_parts() {
    let text = "收支预算总表\n单位：万元\n收入 支出\n项目 预算数 项目（按支出项目类别） 预算数\n一、财政拨款收入 40.00 基本支出 30.00\n\
                （一）一般公共预算收入 40.00 工资福利支出 20.00\n（二）政府性基金预算收入 商品和服务支出 10.00\n二、事业收入 项目支出 10.00\n\
                三、其他收入 商品和服务支出 10.00\n本年收入合计 40.00 本年支出合计 40.00\n";
    let analysis = duizhang::run(&[("budget.txt".to_owned(), text.as_bytes().to_vec())]);
    let table = only(&analysis.disclosures[0]);
    assert_eq!(headers(table), ["收入/预算数", "支出/预算数"]);
    assert_eq!(shown(table)[4..6], ["- （二）政府性基金预算收入 ", "- 商品和服务支出 10.00"]);
    let outcomes: Vec<_> =
        analysis.checks.iter().filter(|check| check.rule == "T03").map(|c| c.verdict.outcome).collect();
    assert_eq!(outcomes, [duizhang::rules::judge::Outcome::Pass]);
}

#[test]
fn tabs_behind_spaces_are_no_columns_in_a_short_text_either() {
    let disclosure = recognised(
        "budget.txt",
        "一般公共预算支出表\n单位：万元\n科目 \t本年预算 \t其中： \n人员经费 \t公用经费 \t项目支出\n合计 \t30.00 \t15.00 \t5.00 \t10.00\n\
         205 教育支出 \t30.00 \t15.00 \t5.00 \t10.00\n20508 进修及培训 \t30.00 \t15.00 \t5.00 \t10.00\n2050803 培训支出 \t30.00 \t15.00 \t5.00 \t10.00\n",
    );
    let table = only(&disclosure);
    let measures: Vec<Option<Measure>> = table.amount_columns().map(|c| table.columns[c].measure).collect();
    assert_eq!(measures[1..], [Some(Measure::Personnel), Some(Measure::Public), Some(Measure::Project)]);
}

#[test]
fn a_dash_printed_for_a_minus_is_one_in_every_format() {
    let csv = "支出总表,,,\n部门：示范市示范局,,,单位：万元\n科目编码,科目名称,合计,基本支出\n\
               205,教育支出,—12.50,–3.00\n206,科学技术支出,—,9.00\n,合计,—12.50,6.00\n";
    let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    let text = rows.iter().map(|row| row.join(" ") + "\n").collect::<String>();
    let row = |row: &Vec<&str>| row.iter().map(|cell| format!("<td>{cell}</td>")).collect::<String>();
    let html: String = rows.iter().skip(2).map(|cells| format!("<tr>{}</tr>", row(cells))).collect();
    let html = format!("<p>支出总表</p><p>部门：示范市示范局 单位：万元</p><table>{html}</table>");
    for (name, content) in [("budget.csv", csv), ("budget.txt", &text), ("budget.html", &html)] {
        let disclosure = recognised(name, content);
        let table = only(&disclosure);
        assert_eq!(
            shown(table),
            ["205 教育支出 -12.50 -3.00", "206 科学技术支出 9.00", "- 合计 -12.50 6.00"],
            "{name}"
        );
        assert_eq!(table.rows[0].entries.iter().find_map(|e| e.amount()).unwrap().printed(), "—12.50");
    }
}

#[test]
fn a_figure_with_words_beside_it_keeps_its_row_and_doubts_it() {
    let rows = [
        "收入,,支出,",
        "项目,预算数,项目,预算数",
        "一、财政拨款收入,300.00,一、教育支出,100.00",
        "二、事业收入,已阅200.00,二、卫生健康支出,150.00",
        ",,三、农林水支出,250.00",
        "本年收入合计,500.00,本年支出合计,500.00",
    ];
    let row = |row: &str| row.split(',').map(|cell| format!("<td>{cell}</td>")).collect::<String>();
    let rows: String = rows.iter().map(|cells| format!("<tr>{}</tr>", row(cells))).collect();
    let html = format!("<p>收支总表</p><p>单位：万元</p><table>{rows}</table>");
    let disclosure = recognised("budget.html", &html);
    assert_eq!(
        shown(only(&disclosure)),
        [
            "- 一、财政拨款收入 300.00",
            "- 一、教育支出 100.00",
            "- 二、事业收入  ?",
            "- 二、卫生健康支出 150.00 ?",
            "- 三、农林水支出 250.00",
            "- 本年收入合计 500.00",
            "- 本年支出合计 500.00",
        ]
    );
}

#[test]
fn a_column_that_says_project_beside_basic_holds_amounts_and_one_of_names_does_not() {
    let disclosure = recognised(
        "budget.csv",
        "支出总表,,,,\n单位：万元,,,,\n科目编码,科目名称,合计,基本,项目\n,合计,10.00,4.00,6.00\n\
         205,教育支出,7.00,4.00,3.00\n206,科学技术支出,3.00,,3.00\n",
    );
    let table = only(&disclosure);
    assert_eq!(amounts(&table.rows[2])[2..], [Some("3.00".to_owned()), None, Some("3.00".to_owned())]);
    assert!(table.rows.iter().all(|row| row.doubt.is_none()));
    let disclosure = recognised(
        "budget.csv",
        "项目支出表,,,\n单位：万元,,,\n科目编码,科目名称,项目,合计\n205,教育支出,校舍维修,7.00\n206,科学技术支出,科普活动,3.00\n",
    );
    assert_eq!(amounts(&only(&disclosure).rows[0]).iter().flatten().collect::<Vec<_>>(), ["7.00"]);
}
