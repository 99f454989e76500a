//! What the charts and the comparison say.

use super::{Language, Words};
use crate::amount::Unit;
use crate::analysis::line_changes::Matched;
use crate::session::{
    Apart, ChangeBasis, ChartHeadline, CompareLine, CompareSide, Compared, Comparison, Ground, LargestPart, Mark,
    Opened, Part, Printed, ShareOfTotal, ShareUnit, StepName, Waterfall, grouped,
};

words! {
    view_charts: "看图", "Charts";
    view_compare: "对比", "Compare";
    print_this: "打印本页", "Print this page";
    as_table: "看成表格", "As a table";
    charts_title: "看图", "Charts";
    charts_none: "这份文件里没有能画成图的表。", "This file has no table that can be drawn.";
    chart_scrolls: "可横向滚动", "scrolls sideways";
    flow_title: "钱从哪里来，到哪里去", "Where the money comes from and goes to";
    flow_sub: "线的粗细与金额成正比；深色流向项目支出，黄褐色流向基本支出等。点一处，看它在表里的格。", "Lines are as thick as the amounts. Dark lines lead to projects, ochre ones to basic and other expenditure. Choose a mark to see its cell.";
    flow_source: "收入来源", "Sources";
    flow_department: "部门", "Department";
    flow_subject: "功能分类", "Function";
    flow_kind: "支出性质", "Kind";
    tree_title: "花在哪些科目上", "What it is spent on";
    tree_sub: "面积与金额成正比，同一深浅为同一组，框里是最细一级科目。", "Areas are in proportion to amounts; one shade is one group, and the boxes are the finest subjects printed.";
    tree_top: "全部", "All";
    tree_groups: "逐级看", "Level by level";
    col_subject: "科目", "Subject";
    col_share: "占比", "Share";
    shares_in: "占比用", "Shares in";
    compare_of: "对比的是", "What is compared";
    by_amount: "金额", "Amounts";
    by_share: "占比", "Shares";
    basic_title: "基本支出的构成", "What basic expenditure is made of";
    three_title: "“三公”经费的构成", "Trips, vehicles and receptions";
    bars_sub: "条的长短与金额成正比，占比以合计为准。", "Bars are as long as the amounts; shares are of the total.";
    waterfall_legend: "▲ 实色为增加，▼ 斜线为减少。增减额是我们用印出的数相减的。", "▲ solid: more; ▼ hatched: less. Changes are ours: one printed figure less the other.";
    total_then: "上年", "Last year";
    total_now: "本年", "This year";
    whole: "合计", "Total";
    compare_alone_title: "和另一份文件对比", "Compare with another file";
    compare_alone: "再打开一份文件（上一年的、另一个部门的），这里就把两份逐行对应，按变化大小排列。", "Open another file (last year's, or another department's): both are matched line by line here, the largest changes first.";
    compare_against: "对比", "Against";
    compare_swap: "⇄ 对调", "⇄ Swap";
    compare_all: "打开的都并排", "All open files";
    compare_lines: "逐行对应", "Line by line";
    compare_order: "排列", "Order";
    by_change: "按变化大小", "By change";
    by_subject: "按科目", "By subject";
    compare_search: "查科目名称或编码", "Find a subject by name or code";
    compare_none: "没有对应的行。", "No line matches.";
    compare_ours: "科目先按编码、再按名称对应；增减额和增减率是我们用印出的数算的，▲ 增加，▼ 减少。", "Subjects are matched by code, then by name. Changes and rates are ours, from the printed figures: ▲ more, ▼ less.";
    basis_title: "两边是否可比", "Do both count alike?";
    col_change: "增减额", "Change";
    col_share_change: "占比增减", "Change of the share";
    shares_ours: "占比是每份文件各自合计的份额，是我们算的；点一处，看印出的金额。", "Shares are of each file's own total, and ours; choose one to see the printed amount.";
    col_rate: "增减率", "Rate";
    col_less: "减少", "less";
    col_more: "增加", "more";
    col_said: "说明", "Note";
}

impl Words {
    /// The head over all charts.
    pub(crate) fn chart_headline(self, headline: &ChartHeadline) -> String {
        let ChartHeadline { total, unit, gloss, largest, rounded, amount: _ } = headline;
        let about = if *rounded { self.say(|| "约 ".into(), || "about ".into()) } else { String::new() };
        let zh_total = match (gloss, unit) {
            (Some(gloss), _) => format!("{gloss} 亿元"),
            (None, Some(unit)) => format!("{about}{total} {unit}"),
            (None, None) => total.clone(),
        };
        let total = format!("{about}{total}");
        let unit = unit.map(|unit| format!(" ({})", self.unit(unit))).unwrap_or_default();
        let Some((part, share)) = largest else {
            return self.say(|| format!("支出合计 {zh_total}"), || format!("{total}{unit} in all"));
        };
        let part = self.largest_part(part);
        self.say(|| format!("{zh_total}里，{share} 是{part}"), || format!("{share} of {total}{unit} goes to {part}"))
    }

    fn largest_part(self, part: &LargestPart) -> String {
        match part {
            LargestPart::Project => self.say(|| "项目支出".into(), || "projects".into()),
            LargestPart::Basic => self.say(|| "基本支出".into(), || "basic expenditure".into()),
            LargestPart::Named(name) => name.clone(),
        }
    }

    /// What a chart rests on.
    pub(crate) fn ground(self, ground: &Ground) -> String {
        let tables: Vec<String> = ground.tables.iter().map(|caption| self.short_caption(caption)).collect();
        let tables = tables.join(self.say(|| "、".into(), || ", ".into()).as_str());
        let (apart, alone) = (ground.apart, ground.alone);
        match ground.worst {
            _ if apart > 0 => self.say(
                || format!("数取自{tables}。其中 {apart} 个数不符，或在不符的算式里，图上带标记；可能是公开文件有误，也可能是我们读取有误。"),
                || format!("From {tables}. {apart} of the figures do not tie or stand in a sum that does not; they are marked. The document may be wrong, or our reading of it."),
            ),
            Mark::Ok => {
                self.say(|| format!("数取自{tables}，已核对相符。"), || format!("From {tables}; all of them tie."))
            }
            Mark::Rounding => self.say(
                || format!("数取自{tables}，已核对相符，个别差额属舍入。"),
                || format!("From {tables}; all of them tie, some within rounding."),
            ),
            _ if alone > 0 => self.say(
                || format!("数取自{tables}，其中 {alone} 个没有别的数可对照，或读取存疑。"),
                || format!("From {tables}; {alone} of them have nothing to be held against, or their reading is in doubt."),
            ),
            _ => self.say(|| format!("数取自{tables}。"), || format!("From {tables}.")),
        }
    }

    /// A mark of a chart for those who do not see it.
    pub(crate) fn chart_part(self, part: &Part) -> String {
        let unit = part.unit.map(|unit| self.unit(unit)).unwrap_or_default();
        let state = if part.is_apart() { format!("{}{}", self.comma(), self.mark(part.state)) } else { String::new() };
        let printed =
            part.printed.as_ref().map(|printed| self.bracketed(&self.printed_as(printed))).unwrap_or_default();
        format!("{} {} {unit}{printed}{state}", part.name, part.figure)
    }

    /// What is printed where another unit is shown.
    pub(crate) fn printed_as(self, printed: &Printed) -> String {
        let Printed { figure, unit } = printed;
        self.say(|| format!("原文 {figure} {unit}"), || format!("printed {figure}, in {}", self.unit(*unit)))
    }

    /// Subjects that are not drawn.
    pub(crate) fn left_out(self, count: usize) -> String {
        self.say(
            || format!("另有 {count} 个较小的科目没有画，见表格。"),
            || format!("{count} smaller subjects are not drawn; see the table."),
        )
    }

    /// The title of the waterfall: the finding.
    pub(crate) fn waterfall_title(self, waterfall: &Waterfall) -> String {
        let change = &waterfall.change_figure;
        let figure = change.trim_start_matches(['+', '\u{2212}']);
        let then = waterfall.years.0.map(|year| year.to_string());
        let zh_then = then.clone().map_or_else(|| "上年".to_owned(), |year| format!(" {year} 年"));
        let en_then = then.unwrap_or_else(|| "last year".to_owned());
        let zh_unit = waterfall.unit.map(|unit| format!(" {unit}")).unwrap_or_default();
        let unit = waterfall.unit.map(|unit| format!(" ({})", self.unit(unit))).unwrap_or_default();
        if waterfall.change.is_zero() {
            self.say(|| format!("与{zh_then}的总数相同"), || format!("The same total as {en_then}"))
        } else if waterfall.change.is_sign_negative() {
            self.say(|| format!("比{zh_then}减少 {figure}{zh_unit}"), || format!("{figure}{unit} less than {en_then}"))
        } else {
            self.say(|| format!("比{zh_then}增加 {figure}{zh_unit}"), || format!("{figure}{unit} more than {en_then}"))
        }
    }

    /// Where last year's figures are from, and what is drawn of the axis.
    pub(crate) fn waterfall_sub(self, waterfall: &Waterfall, name: Option<&str>) -> String {
        let basis = match (waterfall.basis, name) {
            (ChangeBasis::Document(_), Some(name)) => self.say(
                || format!("上年数取自已打开的“{name}”，科目按编码、再按名称对应。口径是否相同，请看两份文件的说明。"),
                || format!("Last year's figures are from the open file “{name}”; subjects are matched by code, then by name. Whether both count alike is for their notes to say."),
            ),
            _ => self.say(|| "上年数取自同一张表的上年栏。".into(), || "Last year's figures are the table's own column.".into()),
        };
        let cut = waterfall
            .cut
            .map(grouped)
            .map(|cut| self.say(|| format!("金额轴自 {cut} 起画。"), || format!(" The axis begins at {cut}.")));
        format!("{basis}{}", cut.unwrap_or_default())
    }

    /// What a bar of the waterfall is of.
    pub(crate) fn step_name(self, name: &StepName, years: (Option<u16>, Option<u16>)) -> String {
        let year = |year: Option<u16>, other: &str| match year {
            Some(year) => self.say(|| format!("{year} 年"), || year.to_string()),
            None => other.to_owned(),
        };
        match name {
            StepName::Then => year(years.0, self.total_then()),
            StepName::Now => year(years.1, self.total_now()),
            StepName::Subject(name) => name.clone(),
            StepName::Others(0) => self.say(|| "舍入等".into(), || "rounding".into()),
            StepName::Others(count) => self.say(|| format!("其余 {count} 项"), || format!("{count} others")),
        }
    }

    /// A figure with its unit behind it: `12.60 万元`, `12.60 (10,000 yuan)`.
    pub(crate) fn with_unit(self, figure: &str, unit: Option<Unit>) -> String {
        match (unit, self.0) {
            (None, _) => figure.to_owned(),
            (Some(unit), Language::Chinese) => format!("{figure} {}", self.unit(unit)),
            (Some(unit), Language::English) => format!("{figure} ({})", self.unit(unit)),
        }
    }

    /// A unit in brackets behind a header.
    pub(crate) fn in_unit(self, unit: Option<Unit>) -> String {
        unit.map(|unit| self.unit(unit).to_owned()).unwrap_or_default()
    }

    /// A compared document: by its year alone where it is of the same department as `beside`.
    pub(crate) fn side_name(self, side: &CompareSide, beside: Option<&CompareSide>) -> String {
        let when = self.year_and_stage(side.year, side.stage);
        let same = beside.is_some_and(|beside| beside.name == side.name && beside.year != side.year);
        match (same, side.year, beside) {
            (true, Some(year), Some(beside)) if beside.stage == side.stage => {
                self.say(|| format!("{year} 年"), || year.to_string())
            }
            (true, Some(_), _) => when,
            _ => format!("{} {when}", side.name).trim().to_owned(),
        }
    }

    /// The finding over a comparison.
    pub(crate) fn compare_title(self, comparison: &Comparison) -> String {
        let total = comparison.cards.iter().find(|(kind, _)| *kind == Compared::Total).map(|(_, line)| line);
        let in_unit = |line: &CompareLine| line.unit.map(|unit| format!(" {}", self.unit(unit))).unwrap_or_default();
        let bare = |line: &CompareLine| line.change_figure.trim_start_matches(['+', '\u{2212}']).to_owned();
        let points = comparison.shares.map(|unit| format!(" {}", self.points(unit))).unwrap_or_default();
        let largest = comparison.largest().map(|line| {
            let (name, change) = (&line.name, format!("{}{points}", line.change_figure));
            match comparison.shares {
                None => self.say(
                    || format!("，变化最大的是{name}（{change}）"),
                    || format!("; the largest change is {name} ({change})"),
                ),
                Some(_) => self.say(
                    || format!("，占比变化最大的是{name}（{change}）"),
                    || format!("; the share that changed most is {name} ({change})"),
                ),
            }
        });
        let largest = largest.unwrap_or_default();
        // Shares of a total have no other total.
        match total.or(comparison.total.as_ref().filter(|_| comparison.shares.is_none())) {
            Some(line) if line.change.is_zero() => {
                self.say(|| format!("总额相同{largest}"), || format!("The totals are the same{largest}"))
            }
            Some(line) if line.change.is_sign_negative() => self.say(
                || format!("总额减少 {}{}{largest}", bare(line), in_unit(line)),
                || format!("The total is {}{} less{largest}", bare(line), in_unit(line)),
            ),
            Some(line) => self.say(
                || format!("总额增加 {}{}{largest}", bare(line), in_unit(line)),
                || format!("The total is {}{} more{largest}", bare(line), in_unit(line)),
            ),
            None => format!("{}{largest}", self.compare_lines()),
        }
    }

    /// What a card compares.
    pub(crate) fn compared(self, kind: Compared) -> &'static str {
        match (kind, self.0) {
            (Compared::Total, Language::Chinese) => "收支总额",
            (Compared::Total, _) => "Total",
            (Compared::Project, Language::Chinese) => "项目支出",
            (Compared::Project, _) => "Projects",
            (Compared::AgencyOperating, Language::Chinese) => "机关运行经费",
            (Compared::AgencyOperating, _) => "Operating costs",
            (Compared::ThreePublic, _) => self.sum_three(),
        }
    }

    /// In what shares are said.
    pub(crate) fn share_unit(self, unit: ShareUnit) -> &'static str {
        match (unit, self.0) {
            (ShareUnit::Percent, Language::Chinese) => "百分比 %",
            (ShareUnit::Percent, _) => "percent, %",
            (ShareUnit::PerMille, Language::Chinese) => "每千元 ‰",
            (ShareUnit::PerMille, _) => "of each thousand, ‰",
        }
    }

    /// What a cell is of its column's total.
    pub(crate) fn share_of_total(self, share: &ShareOfTotal) -> String {
        let ShareOfTotal { share, of } = share;
        let of = if of.is_empty() { self.whole() } else { of.as_str() };
        let figure = grouped(share.value());
        match share.unit() {
            ShareUnit::Percent => {
                self.say(|| format!("占“{of}”的 {share}（我们算的）"), || format!("{share} of “{of}” (our division)"))
            }
            ShareUnit::PerMille => self.say(
                || format!("占“{of}”的 {share}：每 1,000 元里有 {figure} 元（我们算的）"),
                || format!("{share} of “{of}”: {figure} of each 1,000 yuan (our division)"),
            ),
        }
    }

    /// The head of the column of changes: of amounts, or of shares.
    pub(crate) fn change_head(self, shares: Option<ShareUnit>) -> String {
        match shares {
            None => self.col_change().to_owned(),
            Some(unit) => format!("{}{}", self.col_share_change(), self.bracketed(self.points(unit))),
        }
    }

    /// Differences of shares.
    fn points(self, unit: ShareUnit) -> &'static str {
        match (unit, self.0) {
            (ShareUnit::Percent, Language::Chinese) => "个百分点",
            (ShareUnit::Percent, _) => "percentage points",
            (ShareUnit::PerMille, Language::Chinese) => "个千分点",
            (ShareUnit::PerMille, _) => "points of a thousand",
        }
    }

    /// A change with its arrow and rate.
    pub(crate) fn change(self, line: &CompareLine) -> String {
        let rate = line.rate.as_ref().map(|rate| self.say(|| format!("（{rate}）"), || format!(" ({rate})")));
        format!("{}{}", Self::change_only(line), rate.unwrap_or_default())
    }

    /// A change with its arrow.
    pub(crate) fn change_only(line: &CompareLine) -> String {
        let arrow = if line.change.is_zero() {
            "＝"
        } else if line.change.is_sign_negative() {
            "▼"
        } else {
            "▲"
        };
        format!("{arrow} {}", line.change_figure)
    }

    /// How a line was matched, where that is worth saying.
    pub(crate) fn matched(self, matched: Matched) -> Option<String> {
        match matched {
            Matched::Code | Matched::Name => None,
            Matched::CodeRenamed => {
                Some(self.say(|| "名称不同，按编码对应。".into(), || "Another name; matched by code. ".into()))
            }
            Matched::New => Some(self.say(|| "只在本文件。".into(), || "In this file only. ".into())),
            Matched::Gone => Some(self.say(|| "只在对比的文件。".into(), || "In the other file only. ".into())),
        }
    }

    /// The reason that the text gives.
    pub(crate) fn reason(self, reason: &str) -> String {
        self.say(|| format!("正文：{reason}"), || format!("The text: {reason}"))
    }

    /// Why two documents may not count alike.
    pub(crate) fn counted_apart(self, apart: Apart) -> String {
        match apart {
            Apart::Stage => self.say(
                || "一份是预算，一份是决算：安排数与实际数口径不同，差额不是增减。".into(),
                || "One is a budget, the other final accounts: what was planned and what was spent are counted differently.".into(),
            ),
            Apart::Unit => self.say(
                || "两份不是同一个部门或单位的。".into(),
                || "They are of different departments or units.".into(),
            ),
            Apart::Years => self.say(|| "两份相隔不止一年。".into(), || "More than a year lies between them.".into()),
        }
    }

    /// How many subjects changed code or name.
    pub(crate) fn reclassified(self, count: usize) -> String {
        self.say(
            || format!("两份用的科目不完全相同：{count} 个科目的编码或名称变了，已尽量对应。"),
            || format!("Their classifications differ: {count} subjects have another code or name; they are matched as far as possible."),
        )
    }

    /// Whose sentence on what is counted follows.
    pub(crate) fn speaks_of_basis(self, name: &str) -> String {
        self.say(|| format!("{name}提到口径："), || format!("{name} speaks of what is counted: "))
    }

    /// Tables that only one of both has.
    pub(crate) fn not_compared(self, names: &[String]) -> String {
        let names = names.join(self.say(|| "、".into(), || ", ".into()).as_str());
        self.say(
            || format!("只有一份公开、没有对比的表：{names}。"),
            || format!("In one of both only, not compared: {names}."),
        )
    }

    /// How many cells are tried.
    pub(crate) fn trying(self, cells: usize) -> String {
        self.say(
            || format!("正在试改 {cells} 格。"),
            || format!("Trying {cells} changed {}. ", if cells == 1 { "figure" } else { "figures" }),
        )
    }

    /// What became of the checks.
    pub(crate) fn tried(self, broken: usize, mended: usize) -> String {
        match (broken, mended) {
            (0, 0) => self.say(|| "没有核对因此改变。".into(), || "No check comes out otherwise. ".into()),
            _ => self.say(
                || format!("{broken} 项核对由相符变不符，{mended} 项由不符变相符。"),
                || format!("{broken} checks no longer tie, {mended} tie now. "),
            ),
        }
    }

    /// What is tried in these tables, in one line: what stands before text that is copied from them.
    pub(crate) fn tried_cells(self, tried: &Opened) -> String {
        let cells = tried.tried_cells();
        let changes: Vec<String> = cells
            .iter()
            .map(|(at, before, now)| self.tried_cell(&self.label(&tried.full_label(*at)), before, now))
            .collect();
        let all = self.say(
            || format!("【试改】下面有试改的数，{}", self.try_not_printed()),
            || format!("[Tried figures below. {}]", self.try_not_printed()),
        );
        format!("{all} {}", changes.join(self.semicolon()))
    }

    /// One changed cell.
    pub(crate) fn tried_cell(self, label: &str, before: &str, now: &str) -> String {
        let before = if before.is_empty() { self.blank() } else { before };
        self.say(|| format!("{label}：{before} 改作 {now}"), || format!("{label}: {now} instead of {before}"))
    }
}
