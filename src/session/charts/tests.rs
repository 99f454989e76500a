use super::super::fixture::{self, opened};
use super::*;
use crate::session::Opened;

const BUDGET: &str = include_str!("../../../tests/browser/budget.md");
const EXAMPLE: &str = include_str!("../../app/example.md");

fn sound() -> String {
    BUDGET.replace("| 107.00 | 107.00 |", "| 104.00 | 104.00 |")
}

#[test]
fn the_flow_is_of_printed_cells_and_each_bar_is_as_long_as_its_figure() {
    let opened = opened(&[&sound()]);
    let flow = opened.charts(0).flow.unwrap();
    let of = |layer| {
        flow.nodes.iter().filter(move |n| n.layer == layer).map(|n| (n.part.name.as_str(), n.part.figure.as_str()))
    };
    assert_eq!(of(0).collect::<Vec<_>>(), [("一般公共预算拨款收入", "1,250.00"), ("其他收入", "50.00")]);
    assert_eq!(of(1).collect::<Vec<_>>(), [("某市数据局", "1,300.00")]);
    assert_eq!(of(2).count(), 3);
    assert_eq!(of(3).collect::<Vec<_>>(), [("项目支出", "500.00"), ("基本支出", "800.00")]);
    let nodes = &flow.nodes;
    for drawing in [&flow.wide, &flow.narrow] {
        let placed = |layer| drawing.bars.iter().filter(move |bar| nodes[bar.node].layer == layer);
        let high = |layer: usize| placed(layer).map(|bar| bar.at[3]).sum::<i64>();
        for layer in 0..4 {
            assert!((high(layer) - high(1)).abs() <= 20, "layer {layer}: {} of {}", high(layer), high(1));
        }
        // Nothing leaves a bar that did not come in.
        for bar in placed(2) {
            let out = drawing.runs.iter().filter(|run| flow.ribbons[run.ribbon].between.0 == bar.node);
            let out: i64 = out.map(|run| run.thickness).sum();
            assert!((out - bar.at[3]).abs() <= 20, "{}", flow.nodes[bar.node].part.name);
        }
        let (width, height) = drawing.size;
        let inside = |[x, y, w, h]: [i64; 4]| x >= 0 && y >= 0 && x + w <= width && y + h <= height;
        assert!(drawing.bars.iter().all(|bar| inside(bar.at)));
    }
    // On a narrow screen what the money is spent on begins below where it came from.
    let narrow = |layer| flow.narrow.bars.iter().filter(move |bar| nodes[bar.node].layer == layer);
    let lowest = narrow(0).chain(narrow(1)).map(|bar| bar.at[1] + bar.at[3]).max().unwrap();
    assert!(narrow(2).chain(narrow(3)).all(|bar| bar.at[1] > lowest));
    assert_eq!((flow.wide.bars.len(), flow.narrow.bars.len()), (flow.nodes.len(), flow.nodes.len()));
    assert_eq!(flow.wide.runs.len(), flow.ribbons.len());
    assert_eq!((flow.ground.worst, flow.ground.apart), (Mark::Ok, 0));
}

#[test]
fn a_chart_of_figures_that_do_not_tie_says_so() {
    let opened = opened(&[BUDGET]);
    let charts = opened.charts(0);
    let tree = charts.tree.unwrap();
    assert!(tree.ground.apart > 0, "{:?}", tree.ground);
    assert!(tree.ground.worst >= Mark::Warning && tree.ground.finding.is_some());
    assert!(tree.nodes.iter().any(|node| node.part.is_apart()));
}

#[test]
fn the_tree_opens_level_by_level() {
    let session = fixture::session();
    let tree = session.opened().charts(0).tree.unwrap();
    let names = |nodes: &[usize]| nodes.iter().map(|&n| tree.nodes[n].part.name.clone()).collect::<Vec<_>>();
    let tops = tree.groups(None);
    assert_eq!(names(&tops), ["城乡社区支出", "社会保障和就业支出", "住房保障支出", "卫生健康支出"]);
    assert!(tree.opens(tops[0]));
    let groups = tree.groups(Some(tops[0]));
    assert_eq!(names(&groups), ["城乡社区环境卫生", "城乡社区管理事务"]);
    let items = tree.groups(Some(groups[1]));
    assert_eq!(items.len(), 3);
    assert_eq!(tree.way(Some(groups[1])), [tops[0], groups[1]]);
    for size in [Tree::WIDE, Tree::NARROW] {
        let tiles = tree.tiles(None, size);
        let drawn: i64 = tiles.iter().filter(|tile| !tile.outline).map(|tile| tile.at[2] * tile.at[3]).sum();
        assert_eq!(drawn, size.0 * size.1, "the last subjects fill the picture");
        assert!(tiles.iter().any(|tile| !tile.label.is_empty() && tile.figure));
        assert_eq!(tree.tiles(Some(items[0]), size).len(), 0, "an item has nothing below it");
    }
}

#[test]
fn the_parts_of_three_public_are_the_printed_ones() {
    let opened = opened(&[&sound()]);
    let charts = opened.charts(0);
    let three = charts.bars.iter().find(|bars| bars.kind == BarsKind::ThreePublic).unwrap();
    let parts: Vec<(&str, &str)> = three.bars.iter().map(|b| (b.part.name.as_str(), b.part.figure.as_str())).collect();
    assert_eq!(parts, [("公务用车运行费", "9.00"), ("公务接待费", "3.00")]);
    assert_eq!(three.bars[0].share.unwrap().to_string(), "75.00%");
    assert!(three.bars[0].length > three.bars[1].length);
}

#[test]
fn last_year_s_document_gives_the_changes() {
    let last = sound()
        .replace("2025", "2024")
        .replace("|  | 合计 | 1,300.00 | 800.00 | 500.00 |", "|  | 合计 | 1,200.00 | 700.00 | 500.00 |")
        .replace("| 201 | 一般公共服务支出 | 980.00 | 480.00 |", "| 201 | 一般公共服务支出 | 900.00 | 400.00 |")
        .replace("| 208 | 社会保障和就业支出 | 150.00 | 150.00 |", "| 208 | 社会保障和就业支出 | 130.00 | 130.00 |");
    let opened = opened(&[&last, &sound()]);
    let waterfall = opened.charts(1).waterfall.unwrap();
    assert_eq!(waterfall.basis, ChangeBasis::Document(0));
    assert_eq!(waterfall.change_figure, "+100.00");
    let names: Vec<&StepName> = waterfall.steps.iter().map(|s| &s.name).collect();
    assert_eq!(names.len(), 4, "{names:?}");
    assert_eq!((names[0], names[3]), (&StepName::Then, &StepName::Now));
    assert_eq!(waterfall.steps[1].figure, "+80.00");
    assert!(waterfall.cut.is_some(), "the changes are small beside the totals");
    assert!(opened.charts(0).waterfall.is_none(), "there is none before 2024");
}

#[test]
fn a_table_with_last_year_s_column_needs_no_other_document() {
    let text = "# 某市乙局2025年部门预算\n\n## 支出总表\n\n单位：万元\n\n| 科目编码 | 科目名称 | 上年预算数 | 本年预算数 |\n|---|---|---|---|\n|  | 合计 | 90.00 | 100.00 |\n| 201 | 一般公共服务支出 | 60.00 | 75.00 |\n| 208 | 社会保障和就业支出 | 30.00 | 25.00 |\n";
    let opened = opened(&[text]);
    if let Some(waterfall) = opened.charts(0).waterfall {
        assert_eq!(waterfall.basis, ChangeBasis::Columns);
        assert_eq!(waterfall.change_figure, "+10.00");
    }
}

#[test]
fn the_example_has_every_chart_it_can() {
    let opened = opened(&[EXAMPLE]);
    let charts = opened.charts(0);
    assert!(charts.flow.is_some() && charts.tree.is_some());
    assert!(charts.bars.iter().any(|bars| bars.kind == BarsKind::ThreePublic));
    assert!(charts.headline.is_some());
}

#[test]
fn a_document_without_tables_has_no_chart() {
    assert!(opened(&["# 通知\n\n见附件。\n"]).charts(0).is_empty());
    assert!(Opened::default().charts(3).is_empty());
}
