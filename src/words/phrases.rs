//! Sentences with figures and names in them, in both languages.

use super::{Language, Words};
use crate::amount::Unit;
use crate::analysis::Unreadable;
use crate::disclosure::{Message, Stage, TableKind};
use crate::document::{Place, page_ranges};
use crate::session::{
    Caption, Counts, Coverage, Gap, Headline, Mark, Opened, SumKind, Summary, TermLabel, Whereabouts,
};
use crate::wire::Step;

impl Words {
    /// The message in this language.
    pub(crate) fn of(self, message: &Message) -> String {
        match self.0 {
            Language::Chinese => message.zh.clone(),
            Language::English if message.en.is_empty() => message.zh.clone(),
            Language::English => message.en.clone(),
        }
    }

    pub(super) fn say(self, zh: impl FnOnce() -> String, en: impl FnOnce() -> String) -> String {
        match self.0 {
            Language::Chinese => zh(),
            Language::English => en(),
        }
    }

    /// The word of a mark.
    pub(crate) fn mark(self, mark: Mark) -> &'static str {
        match mark {
            Mark::Ok => self.ties(),
            Mark::Rounding => self.rounding(),
            Mark::Mismatch => self.mismatch(),
            Mark::Warning => self.warning(),
            Mark::Info => self.info(),
            Mark::Unchecked => self.unknown(),
            Mark::Absent => self.absent(),
        }
    }

    /// A step of the pipeline.
    pub(crate) fn step(self, step: Step) -> &'static str {
        match step {
            Step::Read => self.step_read(),
            Step::Recognise => self.step_recognise(),
            Step::Check => self.step_check(),
            Step::Explain => self.step_explain(),
        }
    }

    /// What is being read.
    pub(crate) fn reading(self, name: Option<&str>) -> String {
        match name {
            Some(name) => self.say(|| format!("正在读“{name}”"), || format!("Reading “{name}”")),
            None => self.say(|| "正在核对".to_owned(), || "Checking".to_owned()),
        }
    }

    /// The sentence above everything, one entry a line, each with its mark.
    pub(crate) fn headline(self, headline: Headline) -> Vec<(Mark, String)> {
        match headline {
            Headline::MainTie { places } => vec![
                (Mark::Ok, self.say(|| "主要总数都对得上，".into(), || "The main totals tie.".into())),
                (Mark::Mismatch, self.say(|| format!("有 {places} 处数字不符。"), || figures_do_not(places, "figure"))),
            ],
            Headline::MainApart { others: 0 } => {
                vec![(Mark::Mismatch, self.say(|| "有总数对不上。".into(), || "A main total does not tie.".into()))]
            }
            Headline::MainApart { others } => vec![
                (Mark::Mismatch, self.say(|| "有总数对不上，".into(), || "A main total does not tie,".into())),
                (
                    Mark::Mismatch,
                    self.say(
                        || format!("另有 {others} 处不符。"),
                        || {
                            format!(
                                "and {others} other {} not.",
                                if others == 1 { "figure does" } else { "figures do" }
                            )
                        },
                    ),
                ),
            ],
            Headline::Hints { places } => vec![
                (Mark::Ok, self.say(|| "主要总数都对得上，".into(), || "The main totals tie.".into())),
                (
                    Mark::Warning,
                    self.say(
                        || format!("有 {places} 处建议对照。"),
                        || format!("{places} {} worth a look.", if places == 1 { "place is" } else { "places are" }),
                    ),
                ),
            ],
            Headline::Notes { places } => vec![
                (Mark::Ok, self.say(|| "主要总数都对得上，".into(), || "The main totals tie.".into())),
                (
                    Mark::Info,
                    self.say(
                        || format!("有 {places} 处说明。"),
                        || format!("{places} {} explained below.", plural(places, "place is", "places are")),
                    ),
                ),
            ],
            Headline::AllTie { figures } => vec![(
                Mark::Ok,
                self.say(
                    || format!("核对到的 {figures} 项数字都对得上。"),
                    || format!("All {figures} figures checked tie."),
                ),
            )],
            Headline::TooFew { figures, places } => {
                let first = (
                    Mark::Unchecked,
                    self.say(
                        || format!("只核对到 {figures} 项，不足以下结论。"),
                        || format!("Only {figures} figures could be checked, too few to conclude."),
                    ),
                );
                let apart = (
                    Mark::Mismatch,
                    self.say(|| format!("其中 {places} 处不符。"), || figures_do_not(places, "of them")),
                );
                if places == 0 { vec![first] } else { vec![first, apart] }
            }
            Headline::NoTables { .. } => vec![(
                Mark::Info,
                self.say(
                    || "文件读到了，但没有认出预算表".into(),
                    || "The file was read, but no budget table was recognised".into(),
                ),
            )],
        }
    }

    /// How many lines were read where no table was found.
    pub(crate) fn lines_read(self, lines: usize) -> String {
        self.say(|| format!("读到 {lines} 行文字。"), || format!("{lines} lines of text were read."))
    }

    /// The document in short: year and kind.
    pub(crate) fn year_and_stage(self, year: Option<u16>, stage: Option<Stage>) -> String {
        let year = year.map(|y| y.to_string()).unwrap_or_default();
        let text = match stage {
            Some(Stage::Budget) => self.say(|| format!("{year} 年预算"), || format!("{year} budget")),
            Some(Stage::FinalAccounts) => self.say(|| format!("{year} 年决算"), || format!("{year} final accounts")),
            None if year.is_empty() => String::new(),
            None => self.say(|| format!("{year} 年"), || year.clone()),
        };
        text.trim_start_matches([' ', '年']).trim().to_owned()
    }

    /// What was read and how much of it was compared.
    pub(crate) fn coverage(self, coverage: &Coverage) -> Vec<String> {
        let Coverage { tables, empty, missing, numbers, numbers_compared, pages, .. } = *coverage;
        let mut parts = Vec::new();
        if pages > 0 {
            parts.push(self.say(|| format!("{pages} 页"), || format!("{pages} pages")));
        }
        parts.push(self.say(|| format!("读到 {tables} 张表"), || format!("{tables} tables read")));
        if empty > 0 {
            parts.push(self.say(|| format!("{empty} 张空表"), || format!("{empty} published empty")));
        }
        if missing > 0 {
            parts.push(self.say(|| format!("{missing} 张没有找到"), || format!("{missing} not found")));
        }
        if numbers > 0 {
            parts.push(self.say(
                || format!("正文 {numbers} 个数，对照了 {numbers_compared} 个"),
                || format!("{numbers} figures in the text, {numbers_compared} compared"),
            ));
        }
        parts
    }

    /// How many pages there are.
    pub(crate) fn of_pages(self, pages: u32) -> String {
        self.say(|| format!("共 {pages} 页"), || format!("of {pages}"))
    }

    /// What the picture of a page shows.
    pub(crate) fn page_picture(self, page: u32, marked: usize) -> String {
        let picture = self.say(|| format!("第 {page} 页的页面图"), || format!("Picture of page {page}"));
        if marked == 0 {
            return picture;
        }
        let boxes = self.say(
            || format!("方框标出 {marked} 处"),
            || format!("{marked} {} marked", plural(marked, "place", "places")),
        );
        picture + self.comma() + &boxes
    }

    /// The button of a page.
    pub(crate) fn page_thumb(self, page: u32, sign: Option<Mark>) -> String {
        let name = self.say(|| format!("第 {page} 页"), || format!("Page {page}"));
        sign.map_or(name.clone(), |sign| name + self.comma() + self.mark(sign))
    }

    /// How many files the list holds.
    pub(crate) fn of_files(self, files: usize) -> String {
        self.say(|| format!("{files} 份文件"), || format!("{files} {}", plural(files, "file", "files")))
    }

    /// How far the list of many is, and what came out.
    pub(crate) fn many_tally(self, done: usize, all: usize, read: usize, apart: usize) -> String {
        self.say(
            || format!("{all} 份文件，已看 {done} 份：读出 {read} 份，其中 {apart} 份有不符"),
            || format!("{all} files, {done} looked at: {read} read, {apart} of them with a mismatch"),
        )
    }

    /// Lines of the list that are not drawn yet.
    pub(crate) fn many_more(self, left: usize) -> String {
        self.say(|| format!("再显示（还有 {left} 份）"), || format!("Show more ({left} left)"))
    }

    /// Pages that are pictures, in short.
    pub(crate) fn pictured(self, pages: usize) -> String {
        self.say(
            || format!(" · {pages} 页是图片"),
            || format!(" · {pages} {}", plural(pages, "page is a picture", "pages are pictures")),
        )
    }

    /// Pages that nobody could read, and how many others there are.
    pub(crate) fn picture_pages(self, coverage: &Coverage) -> Option<String> {
        let pictures = &coverage.picture_pages;
        let others = coverage.pages.saturating_sub(pictures.len());
        if pictures.is_empty() {
            return None;
        }
        let ranges = page_ranges(pictures);
        Some(self.say(
            || format!("第 {ranges} 页是图片，未能核对。图片页没有文字，我们不猜数字。其余 {others} 页已读。"),
            || {
                format!(
                    "{} {ranges}: {}, not checked. There is no text, and figures are not guessed. \
                     The other {others} were read.",
                    plural(pictures.len(), "Page", "Pages"),
                    plural(pictures.len(), "a picture", "pictures"),
                )
            },
        ))
    }

    /// 单位：万元
    pub(crate) fn unit_line(self, unit: Option<Unit>) -> Option<String> {
        let unit = unit?;
        Some(self.say(|| format!("单位：{unit}"), || format!("Unit: {}", self.unit(unit))))
    }

    /// The same as a sentence that others follow, or nothing.
    pub(crate) fn unit_sentence(self, unit: Option<Unit>) -> String {
        self.unit_line(unit).map_or_else(String::new, |line| self.say(|| format!("{line}。"), || format!("{line}. ")))
    }

    /// The word of a unit.
    pub(crate) fn unit(self, unit: Unit) -> &'static str {
        match (self.0, unit) {
            (Language::Chinese, unit) => unit.word(),
            (_, Unit::Yuan) => "yuan",
            (_, Unit::Thousand) => "thousand yuan",
            (_, Unit::TenThousand) => "10,000 yuan",
            (_, Unit::HundredMillion) => "100 million yuan",
        }
    }

    /// About how much that is in 亿元.
    pub(crate) fn gloss(self, figure: &str) -> String {
        self.say(|| format!("约 {figure} 亿元"), || format!("about {figure} × 100 million"))
    }

    /// The name of a summary figure.
    pub(crate) fn sum_kind(self, kind: SumKind) -> &'static str {
        match kind {
            SumKind::Revenue => self.sum_revenue(),
            SumKind::Expenditure => self.sum_expenditure(),
            SumKind::ThreePublic => self.sum_three(),
            SumKind::Increase => self.sum_increase(),
            SumKind::Decrease => self.sum_decrease(),
            SumKind::Project => self.sum_project(),
        }
    }

    /// Which places agree on a figure.
    pub(crate) fn agreeing(self, tables: &[Caption], prose: bool) -> String {
        /// More names than this are not read.
        const NAMED: usize = 3;
        let mut names: Vec<String> = tables.iter().take(NAMED).map(|t| self.short_caption(t)).collect();
        let more = tables.len().saturating_sub(NAMED);
        if more > 0 {
            names.push(self.say(|| format!("另 {more} 张表"), || format!("{more} more tables")));
        }
        if prose {
            names.push(self.prose().to_owned());
        }
        let joined = names.join(self.say(|| "、".into(), || ", ".into()).as_str());
        self.say(|| format!("{joined}一致"), || format!("the same in {joined}"))
    }

    /// What stands behind a summary figure.
    pub(crate) fn standing(self, figure: &Summary) -> String {
        match figure.mark {
            Mark::Unchecked => self.sum_unchecked().to_owned(),
            _ if figure.agreeing.len() + usize::from(figure.prose) > 1 => self.agreeing(&figure.agreeing, figure.prose),
            _ => self.takes_part(figure.checks),
        }
    }

    /// How many checks a figure takes part in.
    pub(crate) fn takes_part(self, checks: usize) -> String {
        self.say(|| format!("参加 {checks} 项核对"), || format!("in {checks} {}", plural(checks, "check", "checks")))
    }

    /// A table in few words: its number, else its title.
    pub(crate) fn short_caption(self, caption: &Caption) -> String {
        caption.number.clone().unwrap_or_else(|| self.title(caption))
    }

    /// A table with number and title.
    pub(crate) fn caption(self, caption: &Caption) -> String {
        match &caption.number {
            Some(number) => format!("{number} {}", self.title(caption)),
            None => self.title(caption),
        }
    }

    fn title(self, caption: &Caption) -> String {
        let known = caption.kind.map(TableKind::name);
        match (self.0, known) {
            (Language::English, Some(name)) => name.en,
            (_, Some(name)) if caption.title.is_empty() => name.zh,
            _ if caption.title.is_empty() => self.other_table().to_owned(),
            _ => caption.title.clone(),
        }
    }

    /// An address in the source.
    pub(crate) fn place(self, place: Place) -> String {
        match place {
            Place::Line { line, .. } => self.say(|| format!("第 {line} 行"), || format!("line {line}")),
            Place::Page { page, .. } => self.say(|| format!("第 {page} 页"), || format!("page {page}")),
            Place::Sheet { sheet, row, column } => {
                let cell = format!("{}{}", letters(column), row.saturating_add(1));
                let sheet = sheet.saturating_add(1);
                self.say(|| format!("工作表 {sheet} {cell}"), || format!("sheet {sheet} {cell}"))
            }
        }
    }

    /// An address in a document with these sheets: a cell is told by the name of its sheet (表3!C12).
    pub(crate) fn place_in(self, place: Place, sheets: &[String]) -> String {
        let Place::Sheet { sheet, .. } = place else { return self.place(place) };
        self.place_on(place, usize::try_from(sheet).ok().and_then(|sheet| sheets.get(sheet)).map(String::as_str))
    }

    /// An address in one of the documents that are open.
    pub(crate) fn place_of(self, opened: &Opened, document: usize, place: Place) -> String {
        self.place_on(place, opened.sheet(document, place))
    }

    /// An address on a sheet of this name.
    fn place_on(self, place: Place, sheet: Option<&str>) -> String {
        match (place, sheet) {
            (Place::Sheet { row, column, .. }, Some(name)) => {
                format!("{name}!{}{}", letters(column), row.saturating_add(1))
            }
            _ => self.place(place),
        }
    }

    /// The letters of a sheet's column.
    pub(crate) fn column_letters(column: u32) -> String {
        letters(column)
    }

    /// An address in the narrow column beside a line.
    pub(crate) fn gutter(self, place: Place) -> String {
        match place {
            Place::Line { line, .. } => line.to_string(),
            Place::Page { page, .. } => self.say(|| format!("{page} 页"), || format!("p. {page}")),
            Place::Sheet { row, .. } => row.saturating_add(1).to_string(),
        }
    }

    /// From where to where, in a document with these sheets.
    pub(crate) fn span(self, (from, to): (Place, Place), sheets: &[String]) -> String {
        match (from, to) {
            (Place::Line { line: a, .. }, Place::Line { line: b, .. }) if a < b => {
                self.say(|| format!("第 {a}–{b} 行"), || format!("lines {a}–{b}"))
            }
            (Place::Page { page: a, .. }, Place::Page { page: b, .. }) if a < b => {
                self.say(|| format!("第 {a}–{b} 页"), || format!("pages {a}–{b}"))
            }
            _ => self.place_in(from, sheets),
        }
    }

    /// Where a finding is.
    pub(crate) fn whereabouts(self, found: &Whereabouts) -> String {
        let comma = self.say(|| "、".into(), || ", ".into());
        let mut names: Vec<String> = match found.tables.as_slice() {
            [only] if !found.prose => vec![self.caption(only)],
            several => several.iter().map(|t| self.short_caption(t)).collect(),
        };
        if found.prose {
            names.push(self.say(|| "正文".into(), || "text".into()));
        }
        let mut text = names.join(&comma);
        if let [(only, sheet)] = found.places.as_slice() {
            text = join(&text, &self.place_on(*only, sheet.as_deref()));
        } else if !found.places.is_empty() {
            let lines: Vec<u32> = found.places.iter().filter_map(|(place, _)| place.line_number()).collect();
            let places = if lines.len() == found.places.len() {
                let lines = lines.iter().map(u32::to_string).collect::<Vec<_>>().join(&comma);
                self.say(|| format!("第 {lines} 行"), || format!("lines {lines}"))
            } else {
                // Figures of one page are one place to go to.
                let mut places: Vec<String> =
                    found.places.iter().map(|(place, sheet)| self.place_on(*place, sheet.as_deref())).collect();
                places.dedup();
                places.join(&comma)
            };
            text = join(&text, &places);
        }
        if found.more > 0 {
            text.push_str(&self.say(|| format!("等 {} 处", found.places.len() + found.more), || " and others".into()));
        }
        text
    }

    /// How many checks hang on one finding.
    pub(crate) fn moves_checks(self, checks: usize) -> String {
        self.say(
            || format!("牵动 {checks} 项核对"),
            || format!("{checks} {} hang on it", plural(checks, "check", "checks")),
        )
    }

    /// By how much.
    pub(crate) fn gap(self, gap: &Gap) -> String {
        match gap {
            Gap::Over(by) => self.say(|| format!("多 {by}"), || format!("over {by}")),
            Gap::Under(by) => self.say(|| format!("少 {by}"), || format!("under {by}")),
            Gap::Pair(one, other) => {
                format!("{} / {}", self.or_blank(one), self.or_blank(other))
            }
        }
    }

    /// The figure, or the word for a blank one.
    pub(crate) fn or_blank(self, figure: &str) -> String {
        if figure.is_empty() { self.blank().to_owned() } else { figure.to_owned() }
    }

    /// The name of a cell or statement.
    pub(crate) fn label(self, label: &TermLabel) -> String {
        let mut parts = Vec::new();
        if let Some(table) = &label.table {
            parts.push(self.short_caption(table));
        }
        if label.prose {
            parts.push(self.say(|| "正文".into(), || "text".into()));
        }
        parts.extend(label.row.clone());
        let name = parts.join(" ");
        match &label.column {
            Some(column) if name.is_empty() => column.clone(),
            Some(column) => format!("{name} · {column}"),
            None => name,
        }
    }

    /// 第 n 条，共 m 条
    pub(crate) fn ordinal(self, (at, of): (usize, usize)) -> String {
        self.say(|| format!("第 {at} 条，共 {of} 条"), || format!("{at} of {of}"))
    }

    /// The heading of the list.
    pub(crate) fn found(self, findings: usize) -> String {
        self.say(|| format!("发现 {findings} 条"), || format!("{findings} {}", plural(findings, "finding", "findings")))
    }

    /// The button that leads back to the list.
    pub(crate) fn back(self, findings: usize) -> String {
        self.say(|| format!("全部 {findings} 条"), || format!("All {findings}"))
    }

    /// 不符（合 2 处）
    pub(crate) fn fail_places(self, places: usize) -> String {
        match places {
            0 => self.count_fail().to_owned(),
            _ => self.say(
                || format!("不符（合 {places} 处）"),
                || format!("do not tie ({places} {})", plural(places, "place", "places")),
            ),
        }
    }

    /// The kinds of outcome, how many checks came out so, and the word for it. Hints are left out where there are none.
    pub(crate) fn outcomes(self, counts: &Counts) -> Vec<(Mark, usize, String)> {
        let mut outcomes = vec![
            (Mark::Ok, counts.pass, self.count_pass().to_owned()),
            (Mark::Rounding, counts.rounding, self.count_rounding().to_owned()),
            (Mark::Mismatch, counts.fail, self.fail_places(counts.mismatches)),
            (Mark::Warning, counts.hint, self.count_hint().to_owned()),
            (Mark::Unchecked, counts.not_checkable, self.count_unknown().to_owned()),
        ];
        outcomes.retain(|&(mark, count, _)| mark != Mark::Warning || count > 0);
        outcomes
    }

    /// The accessible name of the meter: how many checks, and how they came out.
    pub(crate) fn meter(self, counts: &Counts) -> String {
        let Counts { pass, rounding, fail, hint, not_checkable: unknown, .. } = *counts;
        let total = counts.compared() + unknown;
        let differ = match hint {
            0 => String::new(),
            _ => self.say(|| format!("供对照 {hint}，"), || format!("{hint} worth a look, ")),
        };
        self.say(
            || format!("{total} 项数字核对：相符 {pass}，舍入 {rounding}，不符 {fail}，{differ}无法核对 {unknown}"),
            || format!("{total} checks: {pass} tie, {rounding} rounding, {fail} do not tie, {differ}{unknown} not checkable"),
        )
    }

    /// The accessible name of one square of the meter.
    pub(crate) fn nth(self, mark: Mark, n: usize) -> String {
        let word = self.mark(mark);
        self.say(|| format!("{word}第 {n} 项"), || format!("{word} {n}"))
    }

    /// What follows an all-tie verdict.
    pub(crate) fn of_which(self, rounding: usize, unknown: usize) -> String {
        let mut text = String::new();
        if rounding > 0 {
            text += &self
                .say(|| format!("其中 {rounding} 项是舍入尾差。"), || format!("{rounding} of them within rounding. "));
        }
        text += self.ties_only();
        if unknown > 0 {
            text += &self.say(
                || format!("还有 {unknown} 项无法核对，原因列在下面。"),
                || format!(" {unknown} could not be checked; the reasons are below."),
            );
        }
        text
    }

    /// The heading over the checks of a finding.
    pub(crate) fn would_tie(self, fitting: Option<&str>, agreeing: usize) -> String {
        match fitting {
            Some(value) => self.say(
                || format!("若此格为 {value}，{agreeing} 项由不符变相符，没有别的核对被打破"),
                || {
                    format!(
                        "If this cell is {value}, {agreeing} {} and none breaks",
                        plural(agreeing, "check ties", "checks tie")
                    )
                },
            ),
            None => self.say(
                || format!("若此格为空，{agreeing} 项由不符变相符，没有别的核对被打破"),
                || {
                    format!(
                        "If this cell is blank, {agreeing} {} and none breaks",
                        plural(agreeing, "check ties", "checks tie")
                    )
                },
            ),
        }
    }

    /// The heading over the checks of a finding without a suspect.
    pub(crate) fn failed_checks(self, checks: usize) -> String {
        self.say(
            || format!("因此不符的 {checks} 项核对"),
            || format!("{checks} {} fail for this", plural(checks, "check", "checks")),
        )
    }

    /// The heading over checks that one reason kept from being made.
    pub(crate) fn unmade_checks(self, checks: usize) -> String {
        self.say(
            || format!("同一原因未能核对的 {checks} 项"),
            || format!("{checks} {} not made for this reason", plural(checks, "check", "checks")),
        )
    }

    /// The heading over an equation that is shown in another unit than the printed one.
    pub(crate) fn equation_shown_in(self, shown: Unit, printed: Unit) -> String {
        let (shown, printed) = (self.unit(shown), self.unit(printed));
        self.say(
            || format!("{}（按{shown}显示，原文是{printed}）", self.equation()),
            || format!("{} (shown in {shown}, printed in {printed})", self.equation()),
        )
    }

    /// The heading over an equation.
    pub(crate) fn equation_heading(self, unit: Option<Unit>) -> String {
        let unit = unit.map(|unit| self.unit(unit));
        match unit {
            Some(unit) => self.say(
                || format!("{}（{unit}，{}）", self.equation(), self.as_printed()),
                || format!("{} ({unit}, {})", self.equation(), self.as_printed()),
            ),
            None => self.say(
                || format!("{}（{}）", self.equation(), self.as_printed()),
                || format!("{} ({})", self.equation(), self.as_printed()),
            ),
        }
    }

    /// Something added in brackets.
    pub(crate) fn bracketed(self, text: &str) -> String {
        self.say(|| format!("（{text}）"), || format!(" ({text})"))
    }

    /// By how much two sides differ, after them.
    pub(crate) fn apart_by(self, by: &str) -> String {
        self.say(|| format!("，相差 {by}"), || format!(", differ by {by}"))
    }

    /// How many parts a sum has that are not listed.
    pub(crate) fn of_parts(self, parts: usize) -> String {
        self.say(|| format!("（{parts} 格之和）"), || format!(" (sum of {parts} cells)"))
    }

    /// Opens folded addends.
    pub(crate) fn unfold_addends(self, folded: usize) -> String {
        self.say(|| format!("再看 {folded} 项加数"), || format!("{folded} more parts"))
    }

    /// A row of the list that stands for several checks.
    pub(crate) fn and_others(self, label: &str, checks: usize) -> String {
        match checks {
            0 | 1 => label.to_owned(),
            n => self.say(|| format!("{label}等 {n} 项"), || format!("{label} and {} more", n - 1)),
        }
    }

    /// The state line of a table.
    pub(crate) fn mismatched_cells(self, mismatches: usize, hints: usize) -> String {
        let one = |n: usize, zh: &str, en: &str, ens: &str| {
            self.say(|| format!("{n} {zh}"), || format!("{n} {}", plural(n, en, ens)))
        };
        match (mismatches, hints) {
            (0, 0) => self.ties().to_owned(),
            (0, h) => one(h, "条提示", "hint", "hints"),
            (m, 0) => one(m, "处不符", "mismatch", "mismatches"),
            (m, h) => join(&one(m, "处不符", "mismatch", "mismatches"), &one(h, "条提示", "hint", "hints")),
        }
    }

    /// Tables that are folded away in the list.
    pub(crate) fn idle_tables(self, tables: usize) -> String {
        self.say(|| format!("另有 {tables} 张没有可核对的数"), || format!("{tables} more with nothing to check"))
    }

    /// Rows and cells of a table.
    pub(crate) fn extent(self, rows: usize, amounts: usize) -> String {
        self.say(|| format!("{rows} 行 {amounts} 个数"), || format!("{rows} rows, {amounts} figures"))
    }

    /// What a total sums.
    pub(crate) fn sums_of(self, parts: usize) -> String {
        self.say(
            || format!("这一格是 {parts} 格之和，已在表中标出。"),
            || format!("The sum of {parts} cells, marked in the table."),
        )
    }

    /// Blank rows folded away.
    pub(crate) fn bare_lines(self, lines: usize) -> String {
        self.say(|| format!("{lines} 行没有金额，已收起"), || format!("{lines} rows without amounts, folded"))
    }

    /// Rows folded away below a head.
    pub(crate) fn folded(self, rows: u32) -> String {
        self.say(|| format!("收起 {rows} 行"), || format!("{rows} rows folded"))
    }

    /// What a document's tab says below its name.
    pub(crate) fn tab_note(self, mismatches: usize, warnings: usize, compared: usize) -> String {
        match (mismatches, warnings) {
            (0, 0) if compared == 0 => self.state_unchecked().to_owned(),
            (0, 0) => self.ties().to_owned(),
            (0, w) => self.say(|| format!("{w} 条提示"), || format!("{w} {}", plural(w, "hint", "hints"))),
            (m, _) => self.say(|| format!("{m} 处不符"), || format!("{m} {}", plural(m, "mismatch", "mismatches"))),
        }
    }

    /// The name of the close button.
    pub(crate) fn close_file(self, name: &str) -> String {
        self.say(|| format!("关闭 {name}"), || format!("Close {name}"))
    }

    /// After closing.
    pub(crate) fn closed(self, name: &str) -> String {
        self.say(|| format!("已关闭“{name}”。"), || format!("“{name}” was closed."))
    }

    /// The source view's count of marked places.
    pub(crate) fn marked_places(self, lines: usize, places: usize) -> String {
        self.say(|| format!("{lines} 行，{places} 行有发现"), || format!("{lines} lines, findings in {places}"))
    }

    /// The question that a citizen may send.
    pub(crate) fn question(self, unit: &str, file: &str, title: &str, message: &str, place: &str) -> String {
        self.say(
            || format!("{unit}：\n贵单位公开的《{file}》中，{title}（{place}）。{message}\n请问这一处是否有误，或另有口径？谢谢。"),
            || format!("{unit}:\nIn your disclosure “{file}”: {title} ({place}). {message}\nIs this figure as intended, or is it on another basis? Thank you."),
        )
    }

    /// The browser's title.
    pub(crate) fn page_title(self, verdict: Option<&str>, name: Option<&str>) -> String {
        match (verdict, name) {
            (Some(verdict), Some(name)) => format!("{verdict} · {name} · {}", self.brand()),
            _ => self.say(|| "对账：预算公开数字核对".into(), || "Duizhang: does a published budget add up?".into()),
        }
    }
}

/// A word with its count, the same in both languages.
pub(crate) fn counted(word: &str, count: usize) -> String {
    format!("{word} {count}")
}

/// A file that the browser did not hand over: a folder, or one that was moved since.
pub(crate) fn not_handed_over(name: String, error: &str) -> Unreadable {
    Unreadable {
        name,
        message: format!("浏览器没有读到这个文件。（{error}）"),
        message_en: format!("The browser could not read this file. ({error})"),
    }
}

/// A file of many on which the reading broke.
pub(crate) fn broken_by(name: String, reason: &str) -> Unreadable {
    Unreadable {
        name,
        message: format!("读取这份文件时程序中断。（{reason}）"),
        message_en: format!("Reading this file broke the program. ({reason})"),
    }
}

/// A file whose password was not given.
pub(crate) fn not_unlocked(name: String) -> Unreadable {
    Unreadable {
        name,
        message: "文件需要打开密码，没有输入，所以没有打开。".to_owned(),
        message_en: "The file opens with a password, and none was given, so it was not opened.".to_owned(),
    }
}

fn plural<'a>(n: usize, one: &'a str, many: &'a str) -> &'a str {
    if n == 1 { one } else { many }
}

fn figures_do_not(places: usize, what: &str) -> String {
    match (places, what) {
        (1, "figure") => "1 figure does not.".to_owned(),
        (n, "figure") => format!("{n} figures do not."),
        (1, what) => format!("1 {what} does not tie."),
        (n, what) => format!("{n} {what} do not tie."),
    }
}

fn join(one: &str, other: &str) -> String {
    if one.is_empty() { other.to_owned() } else { format!("{one} · {other}") }
}

/// The letters of a sheet's column: A, B, … Z, AA.
fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        match (rest / 26).checked_sub(1) {
            Some(more) => rest = more,
            None => break,
        }
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_are_pictures_are_told() {
        let coverage = Coverage { pages: 20, picture_pages: vec![3, 4, 5, 6, 7, 8], ..Coverage::default() };
        let said = Words(Language::Chinese).picture_pages(&coverage).unwrap();
        assert!(said.starts_with("第 3–8 页是图片，未能核对") && said.contains("其余 14 页"), "{said}");
    }

    #[test]
    fn headlines_follow_the_count() {
        let en = Words(Language::English);
        let last = |h: Headline| en.headline(h).pop().unwrap().1;
        assert_eq!(last(Headline::MainTie { places: 1 }), "1 figure does not.");
        assert_eq!(last(Headline::MainTie { places: 2 }), "2 figures do not.");
        assert_eq!(last(Headline::MainApart { others: 0 }), "A main total does not tie.");
        let zh = Words(Language::Chinese);
        assert_eq!(zh.headline(Headline::MainTie { places: 2 })[1].1, "有 2 处数字不符。");
        assert_eq!(zh.headline(Headline::TooFew { figures: 9, places: 0 }).len(), 1);
    }

    #[test]
    fn sheets_are_addressed_as_people_do() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
        let zh = Words(Language::Chinese);
        assert_eq!(zh.place(Place::Sheet { sheet: 0, row: 6, column: 1 }), "工作表 1 B7");
        let sheets = ["表3".to_owned()];
        assert_eq!(zh.place_in(Place::Sheet { sheet: 0, row: 11, column: 2 }, &sheets), "表3!C12");
        assert_eq!(zh.place_in(Place::Sheet { sheet: 1, row: 6, column: 1 }, &sheets), "工作表 2 B7");
        assert_eq!(zh.place_in(Place::line(5), &sheets), "第 5 行");
    }

    #[test]
    fn a_document_without_year_has_no_empty_words() {
        let zh = Words(Language::Chinese);
        assert_eq!(zh.year_and_stage(None, None), "");
        assert_eq!(zh.year_and_stage(None, Some(Stage::Budget)), "预算");
        assert_eq!(zh.year_and_stage(Some(2025), Some(Stage::FinalAccounts)), "2025 年决算");
    }
}
