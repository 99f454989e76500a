//! 元, 万元 or 亿元, as the reader chose: charts, comparison, equations and finds said in that unit. Only the point
//! moves, and what is printed stays beside. Where a unit is not known nothing is changed; what is saved never is.

use rust_decimal::Decimal;

use super::charts::signed;
use super::figures::{Figure, grouped, moved};
use super::{CellPanel, ChartHeadline, Charts, Comparison, Detail, EquationView, Found, Ground, Part, Waterfall};
use crate::amount::Unit;
use crate::session::compare::CompareLine;

/// A figure as it is printed, kept beside the one that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The digits with separators.
    pub figure: String,
    /// Its unit.
    pub unit: Unit,
}

/// An amount in another unit, and as printed; `None` where it stays as it is.
fn turned(amount: Decimal, from: Option<Unit>, to: Unit) -> Option<(Decimal, Printed)> {
    let unit = from.filter(|&from| from != to)?;
    Some((moved(amount, unit, to)?, Printed { figure: grouped(amount), unit }))
}

/// The decimals that these amounts need beside each other: two, or as many as one of them takes.
fn decimals(amounts: impl Iterator<Item = Decimal>) -> u32 {
    amounts.map(|amount| amount.normalize().scale().max(amount.scale().min(2))).max().unwrap_or(0)
}

/// An amount with so many decimals, of which those that it lacks or could spare are zeros.
fn with_decimals(amount: Decimal, decimals: u32) -> Decimal {
    let mut amount = amount.normalize();
    amount.rescale(decimals.max(amount.scale()));
    amount
}

impl Ground {
    /// Shows the figures of a chart in one unit. Where all have come to be of it, that is the chart's.
    fn show_in(&mut self, to: Unit, mut parts: Vec<&mut Part>) {
        for part in &mut parts {
            if let Some((amount, printed)) = turned(part.amount, part.unit, to) {
                part.amount = amount;
                part.unit = Some(to);
                part.printed = Some(printed);
            }
        }
        let turned = |part: &&Part| part.printed.is_some();
        let decimals = decimals(parts.iter().map(|part| &**part).filter(turned).map(|part| part.amount));
        for part in parts.iter_mut().filter(|part| part.printed.is_some()) {
            part.amount = with_decimals(part.amount, decimals);
            part.figure = grouped(part.amount);
        }
        if parts.iter().all(|part| part.unit == Some(to)) {
            self.unit = Some(to);
        }
    }
}

impl Charts {
    /// The same in the unit that the reader chose.
    #[must_use]
    pub fn shown_in(mut self, unit: Option<Unit>) -> Self {
        let Some(to) = unit else { return self };
        if let Some(headline) = &mut self.headline {
            headline.show_in(to);
        }
        if let Some(flow) = &mut self.flow {
            let ribbons = flow.ribbons.iter_mut().map(|ribbon| &mut ribbon.part);
            flow.ground.show_in(to, flow.nodes.iter_mut().map(|node| &mut node.part).chain(ribbons).collect());
        }
        if let Some(tree) = &mut self.tree {
            tree.ground.show_in(to, tree.nodes.iter_mut().map(|node| &mut node.part).chain(&mut tree.whole).collect());
        }
        for bars in &mut self.bars {
            bars.ground.show_in(to, bars.bars.iter_mut().map(|bar| &mut bar.part).chain(&mut bars.whole).collect());
        }
        if let Some(waterfall) = &mut self.waterfall {
            waterfall.show_in(to);
        }
        self
    }
}

impl ChartHeadline {
    fn show_in(&mut self, to: Unit) {
        // Who chose a unit is not told another.
        self.gloss = None;
        if let Some((amount, _)) = turned(self.amount, self.unit, to) {
            // A headline is read, not added up: two decimals are enough, and it says so.
            self.rounded = amount.normalize().scale() > 2;
            self.amount = amount;
            self.total = grouped(with_decimals(amount.round_dp(2), amount.scale().min(2)));
            self.unit = Some(to);
        }
    }
}

impl Waterfall {
    fn show_in(&mut self, to: Unit) {
        let from = self.unit;
        let turn = |amount| turned(amount, from, to);
        let amounts = self.steps.iter().map(|step| step.amount).chain([self.change]).chain(self.cut);
        if !amounts.into_iter().all(|amount| turn(amount).is_some()) {
            return;
        }
        let shown = self.steps.iter().filter_map(|step| turn(step.amount)).map(|(amount, _)| amount);
        let decimals = decimals(shown.chain(turn(self.change).map(|(change, _)| change)));
        for step in &mut self.steps {
            if let Some((amount, printed)) = turn(step.amount) {
                let amount = with_decimals(amount, decimals);
                let total = step.kind == super::StepKind::Total;
                let said = if total { grouped } else { signed };
                step.printed = Some(Printed { figure: said(step.amount), ..printed });
                step.figure = said(amount);
                step.amount = amount;
            }
        }
        if let Some((change, _)) = turn(self.change) {
            self.change = with_decimals(change, decimals);
            self.change_figure = signed(self.change);
        }
        self.cut = self.cut.and_then(turn).map(|(cut, _)| cut.normalize());
        self.unit = Some(to);
        self.ground.unit = Some(to);
    }
}

impl Comparison {
    /// The same in the unit that the reader chose.
    #[must_use]
    pub fn shown_in(mut self, unit: Option<Unit>) -> Self {
        let Some(to) = unit else { return self };
        self.cards.iter_mut().for_each(|(_, card)| {
            let decimals = card.decimals_in(to);
            card.show_in(to, decimals);
        });
        let decimals = self.lines.iter().chain(&self.total).map(|line| line.decimals_in(to)).max().unwrap_or(0);
        self.lines.iter_mut().chain(&mut self.total).for_each(|line| line.show_in(to, decimals));
        if self.unit.is_some() && self.lines.iter().chain(&self.total).all(|line| line.unit == Some(to)) {
            self.unit = Some(to);
        }
        self
    }
}

impl CompareLine {
    /// The decimals that its amounts need in this unit.
    fn decimals_in(&self, to: Unit) -> u32 {
        let amounts = self.figures.iter().flatten().map(|figure| figure.amount).chain([self.change]);
        decimals(amounts.filter_map(|amount| turned(amount, self.unit, to)).map(|(amount, _)| amount))
    }

    fn show_in(&mut self, to: Unit, decimals: u32) {
        let from = self.unit;
        let turn = |amount| turned(amount, from, to);
        let amounts = self.figures.iter().flatten().map(|figure| figure.amount).chain([self.change]);
        if !amounts.into_iter().all(|amount| turn(amount).is_some()) {
            return;
        }
        for figure in self.figures.iter_mut().flatten() {
            if let Some((amount, said)) = turn(figure.amount) {
                // It may be printed in a third unit already, or in the chosen one.
                figure.printed = Some(figure.printed.take().unwrap_or(said)).filter(|printed| printed.unit != to);
                figure.amount = with_decimals(amount, decimals);
                figure.figure = grouped(figure.amount);
            }
        }
        if let Some((change, _)) = turn(self.change) {
            self.change = with_decimals(change, decimals);
            self.change_figure = signed(self.change);
        }
        self.unit = Some(to);
    }
}

impl EquationView {
    /// The same in the unit that the reader chose: all of it, or nothing where one figure is of no known unit.
    #[must_use]
    pub fn shown_in(mut self, unit: Option<Unit>) -> Self {
        let Some(to) = unit else { return self };
        let in_it = |(amount, unit): (Decimal, Option<Unit>)| moved(amount, unit?, to);
        let amounts: Option<Vec<Option<Decimal>>> =
            self.lines.iter().map(|line| line.amount.map_or(Some(None), |amount| in_it(amount).map(Some))).collect();
        let Some(amounts) = amounts.filter(|_| self.unit != Some(to)) else { return self };
        let decimals = decimals(amounts.iter().flatten().copied());
        for (line, amount) in self.lines.iter_mut().zip(amounts) {
            let Some(amount) = amount else { continue };
            line.printed =
                line.amount.and_then(|(printed, unit)| turned(printed, unit, to)).map(|(_, printed)| printed);
            let amount = with_decimals(amount, decimals);
            line.figure = Figure::among(amount, decimals, None);
            line.amount = Some((amount, Some(to)));
        }
        self.printed = self.unit;
        self.unit = Some(to);
        self
    }
}

impl Detail {
    /// The same with its equation and its checks in the unit that the reader chose. What was likely meant to be printed
    /// stays in the unit that it is printed in.
    #[must_use]
    pub fn shown_in(mut self, unit: Option<Unit>) -> Self {
        let Some(to) = unit else { return self };
        self.equation = self.equation.map(|equation| equation.shown_in(unit));
        for tally in &mut self.checks {
            let turned = |amount: Option<Decimal>| turned(amount?, tally.unit, to).map(|(amount, _)| amount);
            let amounts = tally.amounts.map(turned);
            let decimals = decimals(amounts.iter().flatten().copied());
            let [left, right, difference] =
                amounts.map(|amount| amount.map(|amount| grouped(with_decimals(amount, decimals))));
            if let (Some(left), Some(right)) = (left, right) {
                tally.sides = Some((left, right));
                tally.difference = difference;
            }
        }
        self
    }
}

impl CellPanel {
    /// The same with its equations in the unit that the reader chose, and the figure beside the printed one.
    #[must_use]
    pub fn shown_in(mut self, unit: Option<Unit>) -> Self {
        let Some(to) = unit else { return self };
        let shown = self.amount.and_then(|amount| turned(amount, self.unit, to));
        self.shown = shown.map(|(amount, _)| (grouped(with_decimals(amount, decimals(std::iter::once(amount)))), to));
        for check in &mut self.checks {
            check.equation = check.equation.take().map(|equation| equation.shown_in(unit));
        }
        self
    }
}

impl Found {
    pub(super) fn shown_in(mut self, unit: Option<Unit>) -> Self {
        if let Some((amount, printed)) = unit.zip(self.amount).and_then(|(to, amount)| turned(amount, self.unit, to)) {
            self.amount = Some(amount);
            self.figure = Some(grouped(with_decimals(amount, decimals(std::iter::once(amount)))));
            self.unit = unit;
            self.printed = Some(printed);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Chosen, LineKind, Opened, StepKind};
    use super::*;

    const BUDGET: &str = include_str!("../../tests/browser/budget.md");

    /// The budget of the browser's tests, and the year before in 元.
    fn opened() -> Opened {
        let last = BUDGET
            .replace("2025", "2024")
            .replace("| 2010301 | 行政运行 | 480.00 | 480.00 |", "| 2010301 | 行政运行 | 500.00 | 500.00 |")
            .replace("| 一般公共服务支出 | 980.00 | 480.00", "| 一般公共服务支出 | 1,000.00 | 500.00")
            .replace("|  | 合计 | 1,300.00 | 800.00", "|  | 合计 | 1,320.00 | 820.00");
        let sources = [("last.md".to_owned(), last.into_bytes()), ("budget.md".to_owned(), BUDGET.into())];
        Opened::new(crate::run(&sources))
    }

    const YUAN: Option<Unit> = Some(Unit::Yuan);

    #[test]
    fn charts_follow_the_unit_and_keep_the_printed_figure() {
        let charts = opened().charts(1);
        let shown = charts.clone().shown_in(YUAN);
        let (flow, before) = (shown.flow.unwrap(), charts.flow.clone().unwrap());
        let node = &flow.nodes.iter().find(|node| node.layer == 1).unwrap().part;
        assert_eq!((node.figure.as_str(), node.unit), ("13,000,000", YUAN));
        assert_eq!(node.printed, Some(Printed { figure: "1,300.00".into(), unit: Unit::TenThousand }));
        assert_eq!((flow.ground.unit, before.ground.unit), (YUAN, Some(Unit::TenThousand)));
        assert_eq!((&flow.wide, &flow.narrow), (&before.wide, &before.narrow), "nothing moves");
        let waterfall = shown.waterfall.unwrap();
        assert_eq!(waterfall.change_figure, "\u{2212}200,000");
        let down = waterfall.steps.iter().find(|step| step.kind == StepKind::Down).unwrap();
        assert_eq!(
            (down.figure.as_str(), down.printed.as_ref().unwrap().figure.as_str()),
            ("\u{2212}200,000", "\u{2212}20.00")
        );
        let headline = shown.headline.unwrap();
        assert_eq!((headline.total.as_str(), headline.unit, headline.gloss), ("13,000,000", YUAN, None));
        assert_eq!(charts.clone().shown_in(None), charts);
        assert_eq!(charts.clone().shown_in(Some(Unit::TenThousand)).flow, charts.flow, "as printed");
    }

    #[test]
    fn zeros_that_a_larger_unit_brings_are_left_out_and_columns_stay_even() {
        let text = "# 某市乙局2025年部门预算\n\n## 支出总表\n\n单位：元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n|  | 合计 | 912,345.67 | 512,345.67 | 400,000.00 |\n| 201 | 一般公共服务支出 | 612,345.67 | 312,345.67 | 300,000.00 |\n| 208 | 社会保障和就业支出 | 300,000.00 | 200,000.00 | 100,000.00 |\n";
        let round = text.replace("12,345.67", "10,000.00");
        let charts = |text: &str| Opened::new(crate::run(&[("a.md".to_owned(), text.into())])).charts(0);
        let figures = |text: &str| {
            let tree = charts(text).shown_in(Some(Unit::TenThousand)).tree.unwrap();
            tree.nodes.into_iter().map(|node| node.part.figure).collect::<Vec<_>>()
        };
        assert_eq!(figures(text), ["61.234567", "30.000000"]);
        assert_eq!(figures(&round), ["61.00", "30.00"]);
        let headline = charts(text).shown_in(Some(Unit::TenThousand)).headline.unwrap();
        assert_eq!((headline.total.as_str(), headline.rounded), ("91.23", true));
        let headline = charts(&round).shown_in(Some(Unit::TenThousand)).headline.unwrap();
        assert_eq!((headline.total.as_str(), headline.rounded), ("91.00", false));
    }

    #[test]
    fn a_comparison_follows_the_unit() {
        let comparison = opened().compare(1, &[0], None).shown_in(YUAN);
        assert_eq!(comparison.unit, YUAN);
        let line = comparison.lines.iter().find(|line| line.code.as_deref() == Some("2010301")).unwrap();
        let now = line.figures[0].as_ref().unwrap();
        assert_eq!((now.figure.as_str(), line.change_figure.as_str()), ("4,800,000", "\u{2212}200,000"));
        assert_eq!(now.printed.as_ref().unwrap().figure, "480.00");
        assert!(comparison.cards.iter().all(|(_, card)| card.unit == YUAN));
    }

    #[test]
    fn what_is_printed_in_the_chosen_unit_is_not_said_twice() {
        let last = "# 某市乙局2024年部门预算\n\n## 支出总表\n\n单位：元\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n|  | 合计 | 900,000 | 500,000 | 400,000 |\n| 201 | 一般公共服务支出 | 600,000 | 300,000 | 300,000 |\n| 208 | 社会保障和就业支出 | 300,000 | 200,000 | 100,000 |\n";
        let this = last.replace("2024", "2025").replace("单位：元", "单位：万元").replace("0,000", ".00");
        let sources = [("a.md".to_owned(), last.as_bytes().to_vec()), ("b.md".to_owned(), this.into_bytes())];
        let comparison = Opened::new(crate::run(&sources)).compare(1, &[0], None).shown_in(YUAN);
        let figures = |code: &str| {
            let line = comparison.lines.iter().find(|line| line.code.as_deref() == Some(code)).unwrap();
            line.figures.iter().flatten().map(|f| (f.figure.clone(), f.printed.clone())).collect::<Vec<_>>()
        };
        let printed = Some(Printed { figure: "60.00".into(), unit: Unit::TenThousand });
        assert_eq!(figures("201")[0], ("600,000".to_owned(), printed));
        let (then, printed) = figures("201")[1].clone();
        assert_eq!((then.trim_end_matches(".00"), printed), ("600,000", None));
    }

    #[test]
    fn an_equation_follows_the_unit_as_a_whole_or_not_at_all() {
        let opened = opened();
        let finding = Chosen::Finding(opened.findings_of(1)[0]);
        let detail = opened.detail(finding, None).unwrap();
        let equation = detail.clone().shown_in(YUAN).equation.unwrap();
        assert_eq!((equation.unit, equation.printed), (YUAN, Some(Unit::TenThousand)));
        let stated = equation.lines.iter().find(|line| line.kind == LineKind::Stated).unwrap();
        assert_eq!(stated.figure.text, "1,700,000");
        assert_eq!(stated.printed.as_ref().unwrap().figure, "170.00");
        assert!(equation.lines.iter().filter(|line| line.amount.is_some()).all(|line| line.figure.unit.is_none()));
        let tally = &detail.clone().shown_in(YUAN).checks[0];
        assert!(tally.sides.as_ref().is_none_or(|(left, _)| left.ends_with("0,000")), "{tally:?}");
        let mut unknown = detail.equation.clone().unwrap();
        unknown.lines[0].amount = unknown.lines[0].amount.map(|(amount, _)| (amount, None));
        assert_eq!(unknown.clone().shown_in(YUAN), unknown);
        assert_eq!(detail.clone().shown_in(None), detail);
    }

    #[test]
    fn decimals_of_an_equation_stand_under_each_other_in_another_unit() {
        let opened = opened();
        let detail = opened.detail(Chosen::Finding(opened.findings_of(1)[0]), None).unwrap();
        let equation = detail.shown_in(Some(Unit::HundredMillion)).equation.unwrap();
        let places: Vec<usize> = equation
            .lines
            .iter()
            .filter(|line| !line.figure.text.is_empty())
            .map(|line| line.figure.text.split_once('.').map_or(0, |(_, d)| d.len()) + line.figure.short_by as usize)
            .collect();
        assert!(places.windows(2).all(|pair| pair[0] == pair[1]), "{places:?}");
    }

    #[test]
    fn a_figure_is_found_as_it_is_shown_and_as_it_is_printed() {
        let opened = opened();
        for query in ["1,700,000", "1700000", "170.00"] {
            let found = opened.search(&[1], query, YUAN);
            let figure = found.iter().find(|found| found.figure.as_deref() == Some("1,700,000"));
            let figure = figure.unwrap_or_else(|| panic!("{query}: {found:?}"));
            assert_eq!(figure.printed.as_ref().unwrap().figure, "170.00");
        }
        assert!(opened.search(&[1], "1,700,000", None).is_empty());
    }
}
