//! Layouts of the genre beyond the audited disclosures, re-created with figures of our own.

use duizhang::disclosure::{Disclosure, Measure, Row, RowRole, Side, Table, TableKind};

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
