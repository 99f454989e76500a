//! The report as a person reads it in a terminal: each finding with its line of the source and its equation, then what
//! was checked and what could not be.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::compose::{Common, anchors, explanation, figure_of, name_besides, name_of, report};
use super::snippet::{Snippet, columns, padded};
use crate::amount::Unit;
use crate::analysis::Analysis;
use crate::disclosure::{Anchor, Message, Status};
use crate::document::Place;
use crate::explain::{Finding, Suspect};
use crate::privacy::mask;
use crate::rules::judge::Outcome;
use crate::rules::{Checked, Claim, Equation, Relation, Severity, Term};

/// Equations longer than this are cut in the terminal (a class of the basic expenditure table has some thirty items);
/// the JSON has every term.
const TERMS_SHOWN: usize = 40;
/// How many equations of one finding are drawn; the others are counted.
const EQUATIONS_SHOWN: usize = 3;
/// How many places are named for one reason why something could not be checked.
const NAMED: usize = 3;

/// The language of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// 中文
    #[default]
    Chinese,
    /// English
    English,
}

impl Language {
    /// The sentence in this language.
    pub fn of(self, message: &Message) -> &str {
        match self {
            Self::Chinese => &message.zh,
            Self::English => &message.en,
        }
    }

    fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Chinese => zh,
            Self::English => en,
        }
    }
}

/// The escape sequences that the output is coloured with, or none.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    error: &'static str,
    warning: &'static str,
    info: &'static str,
    frame: &'static str,
    strong: &'static str,
    reset: &'static str,
}

impl Palette {
    /// No colours.
    pub const PLAIN: Self = Self { error: "", warning: "", info: "", frame: "", strong: "", reset: "" };
    /// ANSI colours, the same as other linters use.
    pub const ANSI: Self = Self {
        error: "\x1b[1;31m",
        warning: "\x1b[1;33m",
        info: "\x1b[1;36m",
        frame: "\x1b[1;34m",
        strong: "\x1b[1m",
        reset: "\x1b[0m",
    };

    fn of(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Info => self.info,
        }
    }
}

/// The whole output.
pub fn text(analysis: &Analysis, language: Language, palette: &Palette) -> String {
    let mut printer = Printer { analysis, language, palette, margin: 2, out: String::new() };
    for finding in &analysis.findings {
        printer.finding(finding);
    }
    printer.summary();
    printer.out
}

/// What the figures of one equation have in common.
#[derive(Clone, Copy)]
struct View {
    common: Common,
    /// The unit of the first figure, in which the sums are.
    unit: Option<Unit>,
    /// The document that the finding is in.
    document: usize,
}

struct Printer<'a> {
    analysis: &'a Analysis,
    language: Language,
    palette: &'a Palette,
    /// Columns of the widest line number of the finding at hand.
    margin: usize,
    out: String,
}

/// Writing to a `String` cannot fail.
macro_rules! line {
    ($printer:expr, $($argument:tt)*) => {
        let _ = writeln!($printer.out, $($argument)*);
    };
}

/// A line of the frame of a finding.
macro_rules! frame {
    ($printer:expr, $mark:literal, $($argument:tt)*) => {{
        let Palette { frame, reset, .. } = *$printer.palette;
        let _ = write!($printer.out, "{:width$} {frame}{}{reset}", "", $mark, width = $printer.margin);
        let _ = writeln!($printer.out, $($argument)*);
    }};
}

impl Printer<'_> {
    fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        self.language.pick(zh, en)
    }

    fn finding(&mut self, finding: &Finding) {
        let Palette { reset, strong, .. } = *self.palette;
        let first = finding.at.iter().copied().find(|&at| self.analysis.place(at).is_some());
        let document = first.map_or(usize::from(finding.disclosure), Anchor::disclosure);
        let place = first.and_then(|at| self.analysis.place(at));
        self.margin = place.and_then(Place::line_number).map_or(0, |line| line.to_string().len()).max(2);
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let colour = self.palette.of(finding.severity);
        let title = mask(self.language.of(&finding.title)).into_owned();
        line!(
            self,
            "{strong}{}{reset}: {colour}{severity}[{}]{reset} {strong}{title}{reset}",
            self.address(document, place),
            finding.rule
        );
        if let Some(place) = place {
            self.source(document, place);
        }
        let equations: Vec<&Checked> = finding
            .checks
            .iter()
            .filter_map(|&index| self.analysis.checks.get(usize::try_from(index).ok()?))
            .filter(|checked| matches!(checked.claim, Claim::Equation(_)))
            .collect();
        // The equation of the rule that speaks for the finding stands first.
        let (own, others): (Vec<&Checked>, Vec<&Checked>) =
            equations.into_iter().partition(|checked| checked.rule == finding.rule);
        let all: Vec<&Checked> = own.into_iter().chain(others).collect();
        for checked in all.iter().take(EQUATIONS_SHOWN) {
            if let Claim::Equation(equation) = &checked.claim {
                frame!(self, "|", "");
                self.equation(checked, equation, document);
            }
        }
        let rest = all.len().saturating_sub(EQUATIONS_SHOWN);
        frame!(self, "|", "");
        if rest > 0 {
            match self.language {
                Language::Chinese => {
                    frame!(self, "=", " 另有 {rest} 条算式因同一处不符");
                }
                Language::English => {
                    frame!(self, "=", " {rest} more equations do not tie for the same cause");
                }
            }
        }
        if let Some(suspect) = &finding.suspect {
            self.suspect(suspect, document);
        }
        let message = mask(self.language.of(&finding.message)).into_owned();
        if !message.is_empty() && message != title {
            frame!(self, "=", " {}{message}", self.say("说明：", "note: "));
        }
        let elsewhere: Vec<String> = finding
            .at
            .iter()
            .filter(|&&at| Some(at) != first)
            .filter_map(|&at| self.analysis.place(at).map(|place| self.address(at.disclosure(), Some(place))))
            .collect();
        if all.is_empty() && !elsewhere.is_empty() {
            frame!(self, "=", " {}{}", self.say("另见 ", "see also "), elsewhere.join(", "));
        }
        line!(self, "");
    }

    /// `file:line`, `file:page`, or the file alone.
    fn address(&self, document: usize, place: Option<Place>) -> String {
        let name = self.analysis.documents.get(document).map_or("", |d| d.name.as_str());
        let sheets = self.analysis.documents.get(document).map(|read| read.sheets.as_slice()).unwrap_or_default();
        match place.map(|place| super::Place::of(place, sheets)) {
            Some(super::Place { line: Some(line), from: Some(from), .. }) => {
                format!("{name}:{line}:{}", from.saturating_add(1))
            }
            Some(super::Place { line: Some(line), .. }) => format!("{name}:{line}"),
            Some(super::Place { page: Some(page), .. }) => format!("{name}: {} {page}", self.say("页", "page")),
            Some(super::Place { sheet: Some(sheet), cell: Some(cell), .. }) => format!("{name}: {sheet}!{cell}"),
            _ => name.to_owned(),
        }
    }

    /// The line of the source that `place` is in, with carets.
    fn source(&mut self, document: usize, place: Place) {
        let Palette { frame, reset, .. } = *self.palette;
        let Place::Line { line, from, to } = place else {
            return;
        };
        let index = usize::try_from(line).unwrap_or(usize::MAX).wrapping_sub(1);
        let Some(text) = self.analysis.documents.get(document).and_then(|d| d.lines.get(index)) else {
            return;
        };
        let snippet = Snippet::new(text, from, to);
        frame!(self, "|", "");
        line!(self, "{frame}{line:>width$} |{reset} {}", snippet.line, width = self.margin);
        if !snippet.carets.is_empty() {
            let error = self.palette.error;
            frame!(self, "|", " {error}{}{reset}", snippet.carets);
        }
    }

    /// The addends as printed, their sum, the stated figure, the difference.
    fn equation(&mut self, checked: &Checked, equation: &Equation, document: usize) {
        let Palette { reset, strong, .. } = *self.palette;
        let label = mask(self.language.of(&checked.label)).into_owned();
        let common = Common::of(&anchors(&checked.claim));
        let shared = equation.left.first().filter(|_| common.table).and_then(|term| self.analysis.table(term.at));
        let shared = shared.map(|table| mask(&table.caption()).into_owned()).filter(|caption| !label.contains(caption));
        let heading = match (shared, self.language) {
            (Some(caption), Language::Chinese) => format!("{label}（{caption}）"),
            (Some(caption), Language::English) => format!("{label} ({caption})"),
            (None, _) => label,
        };
        if !heading.is_empty() {
            frame!(self, "|", " {strong}{heading}{reset}");
        }
        let unit = equation.left.iter().chain(&equation.right).find_map(|term| figure_of(self.analysis, term.at).1);
        let view = View { common, unit, document };
        let mut rows: Vec<[String; 3]> = Vec::new();
        let (kept, cut) = equation.right.split_at(equation.right.len().min(TERMS_SHOWN));
        for (index, term) in kept.iter().enumerate() {
            rows.push(self.term(*term, index == 0, view));
        }
        if !cut.is_empty() {
            let n = cut.len();
            let words = match self.language {
                Language::Chinese => format!("另 {n} 项"),
                Language::English => format!("{n} more"),
            };
            rows.push(["+".to_owned(), "…".to_owned(), words]);
        }
        let summed = equation.right.len() > 1;
        let sum_row = rows.len();
        if summed {
            let sum = checked.verdict.right.map_or_else(|| "?".to_owned(), |sum| sum.to_string());
            rows.push(["=".to_owned(), sum, self.say("相加", "sum").to_owned()]);
        }
        let (relation, relation_words) = match equation.relation {
            Relation::Equal if checked.verdict.outcome == Outcome::Rounding => ("≈", ""),
            Relation::Equal => ("≠", ""),
            Relation::AtMost => ("≥", self.say("（不应超过上数）", " (must not exceed it)")),
            Relation::AtLeast => ("≤", self.say("（不应少于上数）", " (must not be less)")),
        };
        if let [only] = equation.left.as_slice() {
            let [_, figure, words] = self.term(*only, true, view);
            rows.push([relation.to_owned(), figure, format!("{words}{relation_words}")]);
        } else {
            for (index, term) in equation.left.iter().take(TERMS_SHOWN).enumerate() {
                let [sign, figure, words] = self.term(*term, index == 0, view);
                rows.push([if index == 0 { relation.to_owned() } else { sign }, figure, words]);
            }
            let sum = checked.verdict.left.map_or_else(|| "?".to_owned(), |sum| sum.to_string());
            rows.push(["=".to_owned(), sum, self.say("相加", "sum").to_owned()]);
        }
        if let Some(difference) = checked.verdict.difference {
            let unit = unit.map_or("", Unit::word);
            rows.push([
                "Δ".to_owned(),
                signed(difference),
                format!("{}{unit}", self.say("相差，", "difference, ")).trim_end_matches(['，', ',', ' ']).to_owned(),
            ]);
        }
        let wide = rows.iter().map(|[_, figure, _]| columns(figure)).max().unwrap_or(0);
        for (index, [sign, figure, words]) in rows.iter().enumerate() {
            if summed && index == sum_row {
                frame!(self, "|", "   {}", "─".repeat(wide + 2));
            }
            let left = " ".repeat(wide.saturating_sub(columns(figure)));
            frame!(self, "|", "   {} {left}{figure}  {words}", padded(sign, 1));
        }
    }

    /// Sign, figure as printed and name of a term.
    fn term(&self, term: Term, first: bool, view: View) -> [String; 3] {
        let View { common, unit, document } = view;
        let sign = match (term.plus, first) {
            (true, true) => " ",
            (true, false) => "+",
            (false, _) => "−",
        };
        let (amount, own) = figure_of(self.analysis, term.at);
        let blank = self.say("空白", "blank");
        let mut figure = amount.map_or_else(|| blank.to_owned(), |amount| amount.printed().to_owned());
        if let Some(own) = own.filter(|&own| Some(own) != unit) {
            figure.push_str(own.word());
        }
        let mut words = name_besides(self.analysis, term.at, common);
        if let Some(place) = self.analysis.place(term.at) {
            let at = if term.at.disclosure() == document {
                match place {
                    Place::Line { line, .. } => match self.language {
                        Language::Chinese => format!("第 {line} 行"),
                        Language::English => format!("line {line}"),
                    },
                    place => self.address(document, Some(place)),
                }
            } else {
                self.address(term.at.disclosure(), Some(place))
            };
            let _ = match self.language {
                Language::Chinese => write!(words, "（{at}）"),
                Language::English => write!(words, " ({at})"),
            };
        }
        [sign.to_owned(), figure, words]
    }

    fn suspect(&mut self, suspect: &Suspect, document: usize) {
        let Palette { reset, strong, .. } = *self.palette;
        let mut candidates = vec![suspect];
        candidates.extend(&suspect.alternatives);
        for (index, candidate) in candidates.into_iter().enumerate() {
            let name = name_of(self.analysis, candidate.at);
            let place = self.analysis.place(candidate.at);
            let at = match place {
                Some(Place::Line { line, .. }) if candidate.at.disclosure() == document => match self.language {
                    Language::Chinese => format!("第 {line} 行"),
                    Language::English => format!("line {line}"),
                },
                place => self.address(candidate.at.disclosure(), place),
            };
            // A table says its unit above; a figure of the prose has its own.
            let unit = match candidate.at {
                Anchor::Statement { .. } => figure_of(self.analysis, candidate.at).1.map_or("", Unit::word),
                _ => "",
            };
            let figure = |amount: Option<&crate::amount::Amount>| {
                amount.map_or_else(|| self.say("空白", "blank").to_owned(), |a| format!("{}{unit}", a.printed()))
            };
            let printed = figure(candidate.printed.as_ref());
            let fitting = figure(candidate.fitting.as_ref());
            let agreeing = candidate.agreeing;
            match (self.language, index) {
                (Language::Chinese, 0) => {
                    frame!(
                        self,
                        "=",
                        " 可能：{at}“{name}”印作 {printed}，若为 {strong}{fitting}{reset}，{agreeing} 项由不符变相符"
                    );
                }
                (Language::Chinese, _) => {
                    frame!(self, "=", " 也可能：{at}“{name}”印作 {printed}，若为 {strong}{fitting}{reset}");
                }
                (Language::English, 0) => {
                    frame!(
                        self,
                        "=",
                        " fit: {at}, “{name}” is printed {printed}; if it is {strong}{fitting}{reset}, {agreeing} checks tie"
                    );
                }
                (Language::English, _) => {
                    frame!(self, "=", " or: {at}, “{name}” is printed {printed}; if it is {strong}{fitting}{reset}");
                }
            }
        }
    }

    /// What was read, what was checked, what could not be and why.
    fn summary(&mut self) {
        let analysis = self.analysis;
        for (document, disclosure) in analysis.documents.iter().zip(&analysis.disclosures) {
            let state = |wanted: fn(&Status) -> bool| disclosure.tables.iter().filter(|t| wanted(&t.status)).count();
            let present = state(|s| matches!(s, Status::Present));
            let empty = state(|s| matches!(s, Status::Empty { .. }));
            let missing = state(|s| matches!(s, Status::Missing));
            let unit = disclosure.unit_name.as_deref().unwrap_or(self.say("单位名称未读到", "unit name not found"));
            let year =
                disclosure.year.map_or_else(|| self.say("年度未读到", "year not found").to_owned(), |y| y.to_string());
            match self.language {
                Language::Chinese => {
                    line!(
                        self,
                        "{}：{unit}，{year}；表格 {present} 张，空表 {empty} 张，缺 {missing} 张；正文金额 {} 处",
                        document.name,
                        disclosure.numbers_in_prose
                    );
                }
                Language::English => {
                    line!(
                        self,
                        "{}: {unit}, {year}; {present} tables, {empty} empty, {missing} missing; {} amounts in the prose",
                        document.name,
                        disclosure.numbers_in_prose
                    );
                }
            }
        }
        for unreadable in &analysis.unreadable {
            let message = self.say(&unreadable.message, &unreadable.message_en);
            line!(self, "{}: {}{message}", unreadable.name, self.say("未能读取：", "not read: "));
        }
        let coverage = report(analysis).coverage;
        // One cause breaks several checks; rounding is no mismatch.
        let failed = |index: &u32| {
            let checked = usize::try_from(*index).ok().and_then(|index| analysis.checks.get(index));
            checked.is_some_and(|checked| checked.verdict.outcome == Outcome::Fail)
        };
        let findings = analysis.findings.iter().filter(|finding| finding.checks.iter().any(failed)).count();
        match self.language {
            Language::Chinese => {
                line!(
                    self,
                    "核对 {} 项：相符 {}，不符 {}（归为 {findings} 处），舍入 {}，不适用 {}，未能核对 {}；正文金额 {} 处中核对 {} 处",
                    coverage.checks,
                    coverage.pass,
                    coverage.fail,
                    coverage.rounding,
                    coverage.not_applicable,
                    coverage.not_checkable,
                    coverage.numbers_in_prose,
                    coverage.numbers_in_prose_matched
                );
            }
            Language::English => {
                line!(
                    self,
                    "{} checks: {} tie, {} do not ({findings} findings), {} rounding, {} not applicable, {} not checkable; {} of {} amounts in the prose checked",
                    coverage.checks,
                    coverage.pass,
                    coverage.fail,
                    coverage.rounding,
                    coverage.not_applicable,
                    coverage.not_checkable,
                    coverage.numbers_in_prose_matched,
                    coverage.numbers_in_prose
                );
            }
        }
        self.not_checked();
        self.notes();
        if !analysis.findings.is_empty() {
            line!(
                self,
                "{}",
                self.say(
                    "不符，可能是公开文件有误，也可能是我们读取有误。下结论前请对照原文。",
                    "A mismatch may be an error in the document, or in our reading of it. Check the source before drawing a conclusion."
                )
            );
        }
    }

    /// Checks that lack a part, gathered by reason.
    fn not_checked(&mut self) {
        let mut reasons: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for checked in self.analysis.checks.iter().filter(|c| c.verdict.outcome == Outcome::NotCheckable) {
            let why = match (&checked.verdict.why, &checked.claim) {
                (Some(why), _) | (None, Claim::NotCheckable { why, .. }) => self.language.of(why).to_owned(),
                _ => self.language.of(&explanation(checked)).to_owned(),
            };
            let label = self.language.of(&checked.label).to_owned();
            reasons
                .entry((mask(&why).into_owned(), checked.rule.clone().into_owned()))
                .or_default()
                .push(mask(&label).into_owned());
        }
        if reasons.is_empty() {
            return;
        }
        line!(self, "{}", self.say("未能核对：", "Not checked:"));
        for ((why, rule), labels) in reasons {
            let named: Vec<&str> = labels.iter().take(NAMED).map(String::as_str).filter(|l| !l.is_empty()).collect();
            let more = labels.len().saturating_sub(named.len());
            let tail = match (self.language, more) {
                (_, 0) => String::new(),
                (Language::Chinese, n) => format!(" 等 {} 项", n.saturating_add(named.len())),
                (Language::English, n) => format!(" and {n} more"),
            };
            line!(self, "  [{rule}] {why}{}{}{tail}", self.say("：", ": "), named.join(self.say("、", ", ")));
        }
    }

    /// What was seen and not used.
    fn notes(&mut self) {
        for (at, (document, disclosure)) in self.analysis.documents.iter().zip(&self.analysis.disclosures).enumerate() {
            let read = document.notes.iter().map(|note| (&note.zh, &note.en, note.place));
            let seen = disclosure.notes.iter().map(|note| (&note.message.zh, &note.message.en, note.place));
            for (zh, en, place) in read.chain(seen) {
                let words = mask(self.say(zh, en)).into_owned();
                line!(self, "{}: {}{words}", self.address(at, place), self.say("说明：", "note: "));
            }
        }
    }
}

/// A difference with its sign.
fn signed(difference: Decimal) -> String {
    if difference.is_sign_negative() || difference.is_zero() {
        difference.to_string().replace('-', "−")
    } else {
        format!("+{difference}")
    }
}
