//! Layouts of performance forms, in small: figures and words are ours.

use super::super::{Found, caption, fixture};
use super::recognise;
use crate::disclosure::{Message, RowRole, Side, Table, Value};
use crate::document::{Block, Document};

/// The forms of a document, and what was left over.
fn forms(document: &Document) -> (Vec<Table>, usize, usize) {
    let (mut tables, mut notes, mut rest) = (Vec::new(), 0, 0);
    for segment in caption::segments(document) {
        if let caption::Segment::Performance(regions) = segment {
            let Found { tables: found, notes: told, rest: left } =
                super::forms(&regions).map(recognise).fold(Found::default(), Found::and);
            tables.extend(found);
            notes += told.len();
            rest += left.len();
        }
    }
    (tables, notes, rest)
}

/// One line of words a line, a blank line after each but where `+` begins the next.
fn wrapped(text: &str) -> Document {
    let mut spaced = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let joined = line.strip_prefix('+');
        if joined.is_none() {
            spaced.push('\n');
        }
        spaced.push_str(joined.unwrap_or(line));
        spaced.push('\n');
    }
    fixture::document(&spaced.replace("<page>", "\n\n\n"))
}

fn cells(table: &Table) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::Blank => String::new(),
        Value::Amount(amount) => amount.printed().to_owned(),
        Value::Text(text) => text.to_string(),
    };
    let row =
        |row: &crate::disclosure::Row| row.entries.iter().map(|entry| text(&entry.value)).collect::<Vec<_>>().join("|");
    table.rows.iter().map(row).collect()
}

#[test]
fn wrapped_cells_are_rejoined() {
    let (tables, notes, rest) = forms(&wrapped(
        "培训补助项目绩效目标申报表
         申报金额： 40 单位：万元
         年度绩效目标表 1
         目标名称 一级指标 二级指标
         三级
         指标
         指标值
         指标值确
         定依据2021 年 2022年
         预计当
         年实现
         年度
         绩效
         目标
         1
         产出
         指标
         数量
         指标
         举办培训
         班次
         +12 次 14 次 16 次
         +计划
         标准
         成本指标
         每人补助
         +30
         元/天
         30
         元/天
         35
         元/天
         历史
         标准
         满意度
         指标
         服务对象
         满意度
         指标
         学员满意
         度
         +90%
         以上
         90%以 90%以
         +历史
         标准",
    ));
    assert_eq!((tables.len(), notes, rest), (1, 0, 0));
    assert_eq!(tables[0].title, "年度绩效目标表1");
    assert_eq!(
        cells(&tables[0]),
        [
            "年度绩效目标1|产出指标|数量指标|举办培训班次|12次|14次|16次|计划标准",
            "年度绩效目标1|产出指标|成本指标|每人补助|30元/天|30元/天|35元/天|历史标准",
            "年度绩效目标1|满意度指标|服务对象满意度指标|学员满意度|90%以上|90%以|90%以|历史标准",
        ]
    );
    assert_eq!(tables[0].rows[0].path, ["年度绩效目标1", "产出指标", "数量指标", "举办培训班次"]);
    assert!(tables[0].rows.iter().all(|row| row.doubt.is_none() && row.role == RowRole::Indicator));
}

#[test]
fn a_page_break_inside_a_name_and_a_figure_for_a_name() {
    let (tables, ..) = forms(&wrapped(
        "测试局整体绩效目标申报表
         填报人 某某 联系电话 10000000000
         长期
         目标 1：
         办好培训，服务学员
         长期绩效
         指标 1
         一级指标 二级指标 三级指标 指标值 指标值确定依据
         产出
         指标
         数量指标
         培训乡镇农机 12人 计划标准
         <page>
         操作手人数
         质量指标 合格率 达标 历史标准
         效益
         指标
         可持续影响 3年 3年 历史标准",
    ));
    assert_eq!(tables.len(), 1);
    let table = &tables[0];
    assert_eq!(table.title, "长期绩效指标1");
    assert!(table.fields.contains(&("填报人".to_owned(), "***".to_owned())));
    assert!(table.fields.contains(&("联系电话".to_owned(), "***".to_owned())));
    assert!(table.fields.contains(&("长期目标1".to_owned(), "办好培训，服务学员".to_owned())));
    assert_eq!(
        cells(table),
        [
            "产出指标|数量指标|培训乡镇农机操作手人数|12人|计划标准",
            "产出指标|质量指标|合格率|达标|历史标准",
            "效益指标|可持续影响|3年|3年|历史标准",
        ]
    );
}

#[test]
fn a_first_level_that_is_printed_early_is_doubted() {
    let (tables, ..) = forms(&wrapped(
        "测试局整体绩效目标申报表
         年度绩效指标
         一级指标 二级指标 三级指标 指标值
         产出指标 数量指标 培训人数 20人
         效益指标 时效指标 结业及时率 100%
         社会效益 带动就业 明显",
    ));
    let rows = &tables[0].rows;
    assert_eq!(rows[1].path[0], "产出指标");
    assert!(rows[1].doubt.is_some());
    assert_eq!(rows[2].path, ["效益指标", "社会效益", "带动就业"]);
    assert!(rows[0].doubt.is_none() && rows[2].doubt.is_none());
}

#[test]
fn money_has_two_sums_in_one_table() {
    let (tables, ..) = forms(&wrapped(
        "测试局整体绩效目标申报表
         单位：万元
         部门总体
         资金情况
         总体资金情况 当年金额 占比
         近两年收支金额
         2021
         年
         2022 年
         收入
         构成
         财政拨款 80.50 80.5% 70 75.1
         其他资金 19.50 19.5% 0 0
         合 计 100 100% 70 75.1
         支出
         构成
         基本支出 60 60% 50 55.1
         项目支出 40 40% 20 20
         合计 100 100% 70 75.1
         部门职能
         概述
         办培训。",
    ));
    let table = &tables[0];
    assert_eq!(
        table.columns.iter().map(crate::disclosure::Column::header).collect::<Vec<_>>()[2..],
        ["当年金额", "占比", "近两年收支金额/2021年", "近两年收支金额/2022年"]
    );
    assert_eq!(table.rows.len(), 6);
    let total = &table.rows[2];
    assert_eq!((total.name.as_deref(), total.role, total.side), (Some("合计"), RowRole::Total, Some(Side::Revenue)));
    assert_eq!(table.rows[4].path, ["支出构成"]);
    assert_eq!(table.rows[4].entries[2].amount().map(crate::amount::Amount::plain).as_deref(), Some("40"));
    assert!(table.rows.iter().all(|row| row.doubt.is_none()));
}

#[test]
fn prose_that_tells_the_table_again_is_left() {
    let (tables, _, rest) = forms(&wrapped(
        "年度绩效目标表
         目标名
         称
         一级指
         标
         +二级指标 三级指标 指标值
         年度绩
         效目标
         产出指
         标
         数量指标
         扶持达到规定标准的企业培训中心
         和实训基地的个数
         +≥6个
         质量指标 资金使用规范 100%
         数量指标：
         1.扶持培训中心和实训基地的个数：≥6 个
         质量指标：
         资金使用规范：100%",
    ));
    assert_eq!(
        cells(&tables[0]),
        [
            "年度绩效目标|产出指标|数量指标|扶持达到规定标准的企业培训中心和实训基地的个数|≥6个",
            "年度绩效目标|产出指标|质量指标|资金使用规范|100%",
        ]
    );
    assert_eq!(rest, 4);
}

#[test]
fn two_characters_a_line_and_levels_without_indicators() {
    let goal = "办好\n全年\n培训\n班次\n120\n人次。\n";
    let text = format!(
        "项目支出绩效目标申报表\n（2023 年度）\n项目名称\n中期绩效\n目标\n年度绩效\n目标\n一级指\n标\n二级指\n标\n三级指标\n\
         计算\n符号\n指标\n值\n计\n量\n单\n位\n备注\n（选\n填）\n技能\n培训\n{goal}{goal}产出指\n标\n数量指\n标\n培训人\n次\n\
         ≧ 120 人次\n结业考核 定性 合格\n质量指\n标\n时效指\n标\n效益指\n标\n经济效\n益指标\n服务对\n象满意\n度指标\n"
    );
    let (tables, ..) = forms(&wrapped(&text));
    assert_eq!(
        cells(&tables[0]),
        [
            "产出指标|数量指标|培训人次|≧|120|人次|",
            "产出指标|数量指标|结业考核|定性|合格||",
            "产出指标|质量指标|||||",
            "产出指标|时效指标|||||",
            "效益指标|经济效益指标|||||",
            "满意度指标|服务对象满意度指标|||||",
        ]
    );
    assert!(tables[0].rows[5].doubt.is_some(), "the first level is ours");
    let field = |label: &str| tables[0].fields.iter().find(|(name, _)| name == label).map(|(_, text)| text.as_str());
    assert_eq!(field("项目名称"), Some("技能培训"));
    assert_eq!(field("年度绩效目标"), Some("办好全年培训班次120人次。"));
}

#[test]
fn grids_with_labels_header_rows_and_shifted_rows() {
    let (tables, notes, _) = forms(&fixture::document(
        "整体支出绩效目标表\n\n\
         部门名称\t测试局\t\t\t\n\
         填报人\t某某\t联系电话\t010-00000000\t\n\
         年度目标1:\t办好培训\t\t\t\t\t\n\
         年度绩效指标\t一级指标\t二级指标\t指标名称\t指标值\t\t\t指标值确定依据\n\
         \t\t\t\t近两年指标值\t\t预期当年实现值\t\n\
         \t\t\t\t2021年\t2022年\t\t\n\
         \t产出指标\t数量指标\t培训场次\t3场\t-\t5场\t计划数据\n\
         \t\t\t培训人数\t\t30人\t40人\t计划数据\n\
         \t\t\t效益指标\t经济效益指标\t是否带动增收\t是\t是\t是\n\
         社会效益指标\t\t有助于稳定就业\t是\t是\t是\t计划数据\t\n\
         满意度指标\t服务对象满意度指标\t学员满意度\t≥90%\t≥90%\t≥95%\t计划数据\t\n",
    ));
    assert_eq!((tables.len(), notes), (1, 0));
    assert_eq!(tables[0].title, "年度绩效指标1");
    assert_eq!(
        cells(&tables[0]),
        [
            "产出指标|数量指标|培训场次|3场|-|5场|计划数据",
            "产出指标|数量指标|培训人数||30人|40人|计划数据",
            "效益指标|经济效益指标|是否带动增收|是|是|是|",
            "效益指标|社会效益指标|有助于稳定就业|是|是|是|计划数据",
            "满意度指标|服务对象满意度指标|学员满意度|≥90%|≥90%|≥95%|计划数据",
        ]
    );
    let persons: Vec<_> = tables[0].fields.iter().filter(|(_, value)| value == "***").collect();
    assert_eq!(persons.len(), 2);
}

#[test]
fn a_cell_too_many_is_told() {
    let (tables, notes, _) = forms(&fixture::document(
        "项目支出绩效目标表\n\n\
         一级指标\t二级指标\t三级指标\t指标值\t指标值确定依据\n\
         产出指标\t数量指标\t培训场次\t3场\t计划数据\n\
         产出指标\t质量指标\t合格率\t95%\t计划数据\t77.5\n",
    ));
    assert_eq!(tables[0].rows.len(), 2);
    assert_eq!(notes, 1, "77.5 fits nowhere");
}

#[test]
fn sources_and_purchases_carry_amounts() {
    let (tables, ..) = forms(&fixture::document(
        "项目支出绩效目标表\n\n单位：万元\n\n\
         项目名称\t技能培训\t\t项目编码\t000000000000T000000001\n\
         项目资金来源\t来源项目\t\t金额\n\
         \t合计\t\t120\n\
         \t一般公共预算财政拨款\t\t100\n\
         \t其中：申请当年预算拨款\t\t90\n\
         \t单位资金\t\t20\n\
         项目采购\t\t\n\
         品名\t数量\t金额\n\
         教材\t2批\t15.5\n",
    ));
    assert_eq!(tables.len(), 2);
    let roles: Vec<_> = tables[0].rows.iter().map(|row| (row.role, row.level)).collect();
    assert_eq!(roles, [(RowRole::Total, 0), (RowRole::Item, 1), (RowRole::OfWhich, 2), (RowRole::Item, 1)]);
    assert_eq!(cells(&tables[1]), ["教材|2批|15.5"]);
}

#[test]
fn an_empty_form_stays_listed() {
    let (tables, ..) = forms(&wrapped("项目支出绩效目标表\n注：本单位无项目支出预算，此表为空。"));
    assert!(matches!(tables[0].status, crate::disclosure::Status::Empty { note: Some(_) }));
}

#[test]
fn any_words_are_survived() {
    let words = [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "产出指标",
        "（",
        "≥",
        "12",
        "年度目标1：",
        "合计",
        "\t",
        "表",
        "目",
    ];
    let mut text = String::from("项目绩效目标表\n一级指标 二级指标 三级指标 指标值\n");
    let mut seed: usize = 7;
    for _ in 0..6000 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push_str(words[(seed >> 33) % words.len()]);
        text.push_str(if (seed >> 40).is_multiple_of(3) { "\n" } else { " " });
    }
    forms(&fixture::document(&text));
    forms(&wrapped(&text));
}

#[test]
fn header_words_without_end_are_no_header() {
    let text = format!("项目绩效目标表\n一级指标 二级指标 指标值\n{}", "指标值 备注 单位 ".repeat(1000));
    forms(&fixture::document(&text));
    let text = format!("项目绩效目标表\n\n{}\n{}", "一级指标\t指标值\t".repeat(1000), "产出指标\t5%\t".repeat(1000));
    forms(&fixture::document(&text));
}

#[test]
fn one_cell_a_line_and_targets_never_go_into_names() {
    let (tables, ..) = forms(&wrapped(
        "政策项目绩效目标表
         一级指标
         二级指标
         三级指标
         指标值
         绩效指标
         成本指标
         经济成本
         教材成本
         ≤16.00万元
         场地成本
         ≤35.60万元
         讲课费（不含差旅的部
         分）
         ≤9.50万元
         产出指标
         质量指标
         学员情况
         掌握良好
         场地利用率
         不断提高
         数量指标
         班次
         不低于2班",
    ));
    assert_eq!(
        cells(&tables[0]),
        [
            "成本指标|经济成本|教材成本|≤16.00万元",
            "成本指标|经济成本|场地成本|≤35.60万元",
            "成本指标|经济成本|讲课费（不含差旅的部分）|≤9.50万元",
            "产出指标|质量指标|学员情况|掌握良好",
            "产出指标|质量指标|场地利用率|不断提高",
            "产出指标|数量指标|班次|不低于2班",
        ]
    );
}

#[test]
fn a_page_number_is_no_part_of_a_figure() {
    let (tables, ..) = forms(&wrapped(
        "培训项目绩效目标表
         绩
         效
         指
         标
         一级指标 二级指标 三级指标 指标值 分值（90）
         产出指标 数量指标 培训班次 ≥12 班 10
         满意度
         指标
         服务对象
         满意度指标
         学员满意率 ≥85% 10
         31",
    ));
    assert_eq!(tables[0].title, "培训项目绩效目标表");
    assert_eq!(
        cells(&tables[0]),
        ["产出指标|数量指标|培训班次|≥12班|10", "满意度指标|服务对象满意度指标|学员满意率|≥85%|10",]
    );
}

/// What the reader of the file doubts in a cell, the row of the form doubts.
#[test]
fn the_doubt_of_a_cell_is_carried_into_its_row() {
    let mut document = fixture::document(
        "项目支出绩效目标表\n\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t培训次数\t12次\n\t质量指标\t合格率\t95%",
    );
    let doubt = Message::new("文字来自识别", "recognised text");
    for block in &mut document.blocks {
        if let Block::Grid(grid) = block {
            grid.rows[2].cells[3].doubt = Some(Box::new(doubt.clone()));
        }
    }
    let (tables, ..) = forms(&document);
    let doubts: Vec<Option<&Message>> = tables[0].rows.iter().map(|row| row.doubt.as_ref()).collect();
    assert_eq!(doubts, [None, Some(&doubt)]);
}

/// Labels with their values beside them are no header, whatever the values end in.
#[test]
fn fields_side_by_side_are_no_header_and_goals_keep_their_names() {
    let (tables, notes, rest) = forms(&fixture::document(
        "财政项目支出绩效目标填报表\n\n\
         项目名称\t街区保洁经费\t项目性质\t经常性项目\t项目类别\t特定目标类\n\
         主管部门\t某街道办事处\t实施单位\t某街道办事处\n\
         计划开始日期\t2023-01-01\t计划完成日期\t2023-12-31\n\
         项目资金（元）\t项目资金总额\t4,100.00\t年度资金申请总额\t4,100.00\n\
         其中：财政资金\t4,100.00\t其中：当年财政拨款\t4,100.00\n\
         上年结转资金\t0.00\n\
         其他资金\t0.00\t其他资金\t0.00\n\
         项目绩效目标\t项目总目标\t年度总体目标\n\
         街面整洁有序\t每天清扫两次\n\
         一级指标\t二级指标\t三级指标\t年度(/项目)指标值\n\
         产出指标\t数量指标\t清扫次数\t≥730次\n\
         效益指标\t社会效益指标\t街面整洁度\t整洁",
    ));
    let money: Vec<String> = tables.iter().filter(|t| t.columns.len() == 2).flat_map(cells).collect();
    assert!(money.contains(&"年度资金申请总额|4,100.00".to_owned()), "{money:?}");
    assert!(money.contains(&"其中：当年财政拨款|4,100.00".to_owned()), "{money:?}");
    let named: Vec<(Option<&str>, String)> = tables
        .iter()
        .flat_map(|t| t.rows.iter().zip(cells(t)))
        .map(|(row, text)| (row.name.as_deref(), text))
        .collect();
    for goal in [("项目总目标", "街面整洁有序"), ("年度总体目标", "每天清扫两次"), ("项目名称", "街区保洁经费")]
    {
        assert!(named.contains(&(Some(goal.0), goal.1.to_owned())), "{goal:?} is not in {named:?}");
    }
    assert_eq!((notes, rest), (0, 0));
}
