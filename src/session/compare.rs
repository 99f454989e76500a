//! 对比: the document in view line by line beside others that are open. Lines are matched by code, then by name
//! ([`line_changes`]); changes are the difference of two printed figures, and ours.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::charts::signed;
use super::figures::grouped;
use super::opened::Opened;
use super::shares::ShareUnit;
use super::units::Printed;
use crate::amount::Unit;
use crate::analysis::line_changes::{LineChange, LineChanges, Matched, line_changes};
use crate::disclosure::{Anchor, Concept, RowRole, Side as RowSide, Stage, StatementKind, TableKind};
use crate::document::Place;

/// Sentences on what is counted that are shown of each document.
const BASES: usize = 4;
/// Half the width of a bar, in pixels.
const BAR: i64 = 112;

/// One of the documents that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Its index.
    pub document: usize,
    /// The department or unit, else the file.
    pub name: String,
    /// The year.
    pub year: Option<u16>,
    /// Budget or final accounts.
    pub stage: Option<Stage>,
}

/// A document beside others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The document in view, then the others; changes are against the first of those.
    pub sides: Vec<Side>,
    /// Kinds of tables that can be compared, in the order of the document.
    pub kinds: Vec<TableKind>,
    /// The kind whose lines these are.
    pub kind: Option<TableKind>,
    /// The unit of the figures.
    pub unit: Option<Unit>,
    /// The lines, in the order of the table.
    pub lines: Vec<CompareLine>,
    /// The line of the table's total.
    pub total: Option<CompareLine>,
    /// The figures that everybody asks for first.
    pub cards: Vec<(Compared, CompareLine)>,
    /// Codes and names that mean something else in the other document.
    pub reclassified: Vec<Reclassified>,
    /// Kinds of tables that only one of the two has.
    pub not_compared: Vec<TableKind>,
    /// What the two count differently, as far as it can be told.
    pub apart: Vec<Apart>,
    /// Sentences of the documents that speak of what is counted (口径), where they stand, and whose they are.
    pub bases: Vec<(usize, String, Place)>,
    /// In what the lines are said, where they are shares of each side's total.
    pub shares: Option<ShareUnit>,
}

/// What a card compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// 收支总额
    Total,
    /// 项目支出
    Project,
    /// 机关运行经费
    AgencyOperating,
    /// “三公”经费
    ThreePublic,
}

/// Why two documents may not count alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// One is a budget, the other final accounts.
    Stage,
    /// They are of different departments or units.
    Unit,
    /// More than a year lies between them.
    Years,
}

/// A code or name that means something else in the other document: then and now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reclassified {
    /// Code and name in the other document.
    pub then: (String, String),
    /// Code and name in the one in view.
    pub now: (String, String),
}

/// A line of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompareLine {
    /// Its code.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// How deep it stands.
    pub level: u8,
    /// Whether no other line is part of it.
    pub leaf: bool,
    /// How its rows were found to be one.
    pub matched: Matched,
    /// The unit of its figures and of its change.
    pub unit: Option<Unit>,
    /// The printed figures, one a side.
    pub figures: Vec<Option<CompareFigure>>,
    /// Its change against the first of the others.
    pub change: Decimal,
    /// The same with its sign.
    pub change_figure: String,
    /// In percent of the other's figure, with its sign.
    pub rate: Option<String>,
    /// The bar of its change: from the middle, in pixels.
    pub bar: i64,
    /// Whether a reading is in doubt.
    pub doubtful: bool,
    /// What the text gives as the reason, and where.
    pub reason: Option<(String, Anchor)>,
}

/// A figure of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompareFigure {
    /// Where it stands.
    pub at: Anchor,
    /// Its amount in the unit of the line.
    pub amount: Decimal,
    /// The same with separators.
    pub figure: String,
    /// As printed, where that is in another unit.
    pub printed: Option<Printed>,
    /// Whether it does not tie, or stands in a sum that does not.
    pub apart: bool,
}

/// How the lines are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CompareOrder {
    /// The largest change first, the finest lines alone.
    #[default]
    Change,
    /// As the table has them.
    Table,
}

impl Comparison {
    /// The lines that are shown: those that speak of the query, in this order. Indexes into [`Self::lines`].
    pub fn shown(&self, order: CompareOrder, query: &str) -> Vec<usize> {
        let speaks = |line: &CompareLine| {
            query
                .split_whitespace()
                .all(|word| line.name.contains(word) || line.code.as_ref().is_some_and(|code| code.contains(word)))
        };
        let lines = self.lines.iter().enumerate();
        let mut shown: Vec<usize> = lines
            .filter(|(_, line)| speaks(line) && (order == CompareOrder::Table || line.leaf))
            .map(|(index, _)| index)
            .collect();
        if order == CompareOrder::Change {
            shown.sort_by_key(|&index| std::cmp::Reverse(self.lines.get(index).map(|line| line.change.abs())));
        }
        shown
    }

    /// The line with the largest change.
    pub fn largest(&self) -> Option<&CompareLine> {
        self.lines.iter().filter(|line| line.leaf && !line.change.is_zero()).max_by_key(|line| line.change.abs())
    }
}

impl Opened {
    /// The document that one is compared with at first: last year's, else one of the same department, else the next.
    pub fn compared_with(&self, document: usize, open: &[usize]) -> Option<usize> {
        let name = |at: usize| self.disclosure(at).and_then(|d| d.unit_name.as_ref());
        let others = || open.iter().copied().filter(|&other| other != document);
        self.year_before(document)
            .filter(|before| open.contains(before))
            .or_else(|| others().find(|&other| name(other).is_some() && name(other) == name(document)))
            .or_else(|| others().next())
    }

    /// Compares a document with others, by the lines of one kind of table; without a kind, of the one that says most.
    pub fn compare(&self, document: usize, others: &[usize], kind: Option<TableKind>) -> Comparison {
        let Some(&against) = others.first() else { return Comparison::default() };
        let all: Vec<LineChanges> =
            others.iter().map(|&other| line_changes(&self.analysis().disclosures, document, other)).collect();
        let Some(first) = all.first() else { return Comparison::default() };
        let mut kinds: Vec<TableKind> = Vec::new();
        for line in &first.lines {
            if !kinds.contains(&line.kind) {
                kinds.push(line.kind);
            }
        }
        let wanted = [
            TableKind::GeneralPublicExpenditureByFunction,
            TableKind::ExpenditureSummary,
            TableKind::RevenueExpenditureSummary,
        ];
        let kind = kind
            .filter(|kind| kinds.contains(kind))
            .or_else(|| wanted.into_iter().find(|kind| kinds.contains(kind)))
            .or_else(|| kinds.first().copied());
        let mut comparison = Comparison {
            sides: std::iter::once(document).chain(others.iter().copied()).map(|at| self.side(at)).collect(),
            reclassified: first
                .reclassified
                .iter()
                .map(|r| Reclassified {
                    then: (r.code_then.clone(), r.name_then.clone()),
                    now: (r.code_now.clone(), r.name_now.clone()),
                })
                .collect(),
            not_compared: first.not_compared.clone(),
            kinds,
            kind,
            cards: self.cards(document, against, first),
            apart: self.apart(document, against),
            bases: [document, against].into_iter().flat_map(|at| self.bases(at)).collect(),
            ..Comparison::default()
        };
        if let Some(kind) = kind {
            self.lines_of(kind, &all, document, &mut comparison);
        }
        comparison
    }

    fn side(&self, document: usize) -> Side {
        let found = self.disclosure(document);
        let file = || self.analysis().documents.get(document).map(|d| d.name.clone()).unwrap_or_default();
        Side {
            document,
            name: found.and_then(|d| d.unit_name.clone()).unwrap_or_else(file),
            year: found.and_then(|d| d.year),
            stage: found.and_then(|d| d.stage),
        }
    }

    fn lines_of(&self, kind: TableKind, all: &[LineChanges], document: usize, into: &mut Comparison) {
        let Some((first, rest)) = all.split_first() else { return };
        let of_kind = |changes: &LineChanges| -> Vec<LineChange> {
            // A list of one row has a line for each of its columns.
            changes.lines.iter().filter(|line| line.kind == kind && line.main).cloned().collect()
        };
        let lines = of_kind(first);
        into.unit = lines.iter().find_map(|line| line.unit);
        let mut made: Vec<(Key, CompareLine, RowRole)> = Vec::with_capacity(lines.len());
        let codes: BTreeSet<&str> = lines.iter().filter_map(|line| line.code.as_deref()).collect();
        // Where lines have codes, one without is a unit or a heading: the lines below it are its parts.
        let coded = codes.len() * 2 > lines.len();
        // So is one with the code of a unit among subjects.
        let subjects = lines.iter().any(|line| matches!(line.role, RowRole::Function | RowRole::Economic));
        let mut place: BTreeMap<Key, usize> = BTreeMap::new();
        for line in &lines {
            let key = Key::of(line);
            place.insert(key.clone(), made.len());
            let mut compared = self.compare_line(line, 1 + all.len());
            let whole = line.role.is_total() || line.role == RowRole::Unit && subjects;
            compared.leaf = !whole
                && (line.code.is_some() || !coded)
                && line.code.as_deref().is_none_or(|code| {
                    let next =
                        codes.range::<str, _>((std::ops::Bound::Excluded(code), std::ops::Bound::Unbounded)).next();
                    next.is_none_or(|next| !next.starts_with(code))
                });
            compared.reason = self.reason(document, line);
            made.push((key, compared, line.role));
        }
        for (index, changes) in (2..).zip(rest) {
            for line in of_kind(changes) {
                let Some(then) = line.then else { continue };
                let figure = Some(self.compare_figure(then.at, then.value, line.unit));
                let found = place.get(&Key::of(&line)).and_then(|&at| made.get_mut(at));
                if let Some(slot) = found.and_then(|(_, made, _)| made.figures.get_mut(index)) {
                    *slot = figure;
                }
            }
        }
        let most = made.iter().filter(|(_, line, _)| line.leaf).map(|(_, line, _)| line.change.abs()).max();
        for (_, line, role) in made {
            if role.is_total() {
                let better = into.total.is_none() || role == RowRole::GrandTotal;
                if better {
                    into.total = Some(line);
                }
                continue;
            }
            into.lines.push(CompareLine { bar: bar_of(line.change, most), ..line });
        }
    }

    fn compare_figure(&self, at: Anchor, amount: Decimal, unit: Option<Unit>) -> CompareFigure {
        let apart = self.part(at).is_some_and(|part| part.is_apart());
        let own = self.unit_at(at).filter(|&own| Some(own) != unit);
        let printed = own.and_then(|unit| Some(Printed { figure: grouped(self.value_at(at)?), unit }));
        CompareFigure { at, amount, figure: grouped(amount), printed, apart }
    }

    fn compare_line(&self, line: &LineChange, sides: usize) -> CompareLine {
        let mut figures = vec![None; sides];
        let sides = [line.now, line.then];
        for (slot, figure) in figures.iter_mut().zip(sides) {
            *slot = figure.map(|figure| self.compare_figure(figure.at, figure.value, line.unit));
        }
        let name = if line.kind == TableKind::ThreePublic || line.name.is_empty() {
            let column = line.column.rsplit('/').next().unwrap_or_default();
            if line.name.is_empty() { column.to_owned() } else { line.name.clone() }
        } else {
            line.name.clone()
        };
        CompareLine {
            code: line.code.clone(),
            name,
            level: line.level,
            leaf: true,
            matched: line.matched,
            unit: line.unit,
            figures,
            change: line.change,
            change_figure: signed(line.change),
            rate: line.rate.map(|rate| format!("{}%", signed(rate))),
            bar: 0,
            doubtful: line.doubtful,
            reason: None,
        }
    }

    /// What the text of the document in view says of a line's change.
    fn reason(&self, document: usize, line: &LineChange) -> Option<(String, Anchor)> {
        let code = line.code.as_ref().filter(|_| line.role == RowRole::Function)?;
        let disclosure = u16::try_from(document).ok()?;
        let statements = &self.disclosure(document)?.statements;
        (0_u32..).zip(statements).find_map(|(statement, said)| {
            let of = said.of.and_then(|of| statements.get(usize::try_from(of).ok()?)).and_then(|s| s.concept.as_ref());
            let concept = said.concept.as_ref().or(of)?;
            let fits = said.kind.is_change() && !said.reason.is_empty() && *concept == Concept::Function(code.clone());
            fits.then(|| (said.reason.clone(), Anchor::Statement { disclosure, statement }))
        })
    }

    fn cards(&self, document: usize, against: usize, changes: &LineChanges) -> Vec<(Compared, CompareLine)> {
        let lines = |kind: TableKind| changes.lines.iter().filter(move |line| line.kind == kind);
        let total = lines(TableKind::RevenueExpenditureSummary)
            .filter(|line| line.role == RowRole::GrandTotal && line.main)
            .min_by_key(|line| line.side == Some(RowSide::Revenue))
            .or_else(|| lines(TableKind::ExpenditureSummary).find(|line| line.role.is_total() && line.main));
        let project = [TableKind::ExpenditureSummary, TableKind::GeneralPublicExpenditureByFunction]
            .into_iter()
            .find_map(|kind| lines(kind).find(|line| line.role.is_total() && line.column.contains("项目支出")));
        let three = lines(TableKind::ThreePublic).find(|line| line.column.contains("合计") || line.role.is_total());
        let both = |line: &&LineChange| line.now.is_some() && line.then.is_some();
        let card = |kind: Compared, line: Option<&LineChange>| {
            line.filter(both).map(|line| (kind, self.compare_line(line, 2)))
        };
        let cards = [card(Compared::Total, total), card(Compared::Project, project), self.agency(document, against)];
        cards.into_iter().flatten().chain(card(Compared::ThreePublic, three)).collect()
    }

    /// 机关运行经费 stands in the text alone.
    fn agency(&self, document: usize, against: usize) -> Option<(Compared, CompareLine)> {
        let said = |document: usize| {
            let disclosure = u16::try_from(document).ok()?;
            (0_u32..).zip(&self.disclosure(document)?.statements).find_map(|(statement, said)| {
                let fits = said.concept == Some(Concept::AgencyOperating) && said.kind == StatementKind::Amount;
                fits.then(|| (Anchor::Statement { disclosure, statement }, said.amount.value(), said.unit))
            })
        };
        let ((now_at, now, unit), (then_at, then, other)) = (said(document)?, said(against)?);
        let change = now.checked_sub(then).filter(|_| unit == other)?;
        let rate = change.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(then).map(|rate| rate.round_dp(2));
        let figure = |at, amount| Some(self.compare_figure(at, amount, unit));
        let line = CompareLine {
            code: None,
            name: String::new(),
            level: 0,
            leaf: true,
            matched: Matched::Name,
            unit,
            figures: vec![figure(now_at, now), figure(then_at, then)],
            change,
            change_figure: signed(change),
            rate: rate.map(|rate| format!("{}%", signed(rate))),
            bar: 0,
            doubtful: false,
            reason: None,
        };
        Some((Compared::AgencyOperating, line))
    }

    fn apart(&self, document: usize, against: usize) -> Vec<Apart> {
        let (now, then) = (self.side(document), self.side(against));
        let mut apart = Vec::new();
        if now.stage.is_some() && then.stage.is_some() && now.stage != then.stage {
            apart.push(Apart::Stage);
        }
        // The name of a file says nothing of whose it is.
        let unit = |at: usize| self.disclosure(at).and_then(|d| d.unit_name.as_ref());
        if unit(document).zip(unit(against)).is_some_and(|(now, then)| now != then) {
            apart.push(Apart::Unit);
        }
        if let (Some(a), Some(b)) = (now.year, then.year)
            && a.abs_diff(b) > 1
        {
            apart.push(Apart::Years);
        }
        apart
    }

    /// Sentences of a document that speak of what is counted.
    fn bases(&self, document: usize) -> Vec<(usize, String, Place)> {
        let lines = self.source(document).map_or(&[][..], |source| source.lines());
        let found = lines.iter().filter_map(|line| {
            let text: String = line.cells.iter().map(|cell| cell.text.as_str()).collect();
            text.contains("口径").then(|| (document, quote(&text), line.place))
        });
        found.take(BASES).collect()
    }
}

/// The bar of a change beside the largest one, from the middle.
pub(super) fn bar_of(change: Decimal, most: Option<Decimal>) -> i64 {
    let length = most.filter(|most| !most.is_zero()).map_or(0, |most| super::charts::length(change, most, BAR));
    length.min(BAR) * if change.is_sign_negative() { -1 } else { 1 }
}

/// A line is known by its code, else by its name, and by its side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    side: Option<RowSide>,
    code: Option<String>,
    name: Option<String>,
    column: Option<String>,
    total: bool,
}

impl Key {
    fn of(line: &LineChange) -> Self {
        let total = line.role.is_total();
        Self {
            side: line.side,
            code: line.code.clone().filter(|_| !total),
            name: (line.code.is_none() && !total).then(|| line.name.clone()),
            column: (line.kind == TableKind::ThreePublic).then(|| line.column.clone()),
            total,
        }
    }
}

/// The part of a line around 口径, at most 120 characters.
fn quote(text: &str) -> String {
    const BEFORE: usize = 60;
    let letters: Vec<char> = text.trim().chars().collect();
    let at = letters.windows(2).position(|pair| pair == ['口', '径']).unwrap_or(0);
    let from = at.saturating_sub(BEFORE);
    let to = letters.len().min(from + 2 * BEFORE);
    let mut quote: String = letters.get(from..to).unwrap_or_default().iter().collect();
    if from > 0 {
        quote.insert(0, '…');
    }
    if to < letters.len() {
        quote.push('…');
    }
    quote
}

#[cfg(test)]
mod tests {
    use super::super::fixture::opened;
    use super::*;

    const BUDGET: &str = include_str!("../../tests/browser/budget.md");

    fn last_year() -> String {
        BUDGET
            .replace("2025", "2024")
            .replace("| 2010301 | 行政运行 | 480.00 | 480.00 |", "| 2010301 | 行政运行 | 500.00 | 500.00 |")
            .replace("| 2210203 | 购房补贴 | 30.00 | 30.00 |  |\n", "")
            .replace("| 一般公共服务支出 | 980.00 | 480.00", "| 一般公共服务支出 | 1,000.00 | 500.00")
            .replace("|  | 合计 | 1,300.00 | 800.00", "|  | 合计 | 1,320.00 | 820.00")
            + "\n\n本年决算口径与上年不同。\n"
    }

    #[test]
    fn lines_stand_by_their_change_and_are_found_by_words() {
        let last = last_year();
        let opened = opened(&[&last, BUDGET]);
        assert_eq!(opened.compared_with(1, &[0, 1]), Some(0));
        let comparison = opened.compare(1, &[0], None);
        assert_eq!(comparison.kind, Some(TableKind::ExpenditureSummary));
        let shown = comparison.shown(CompareOrder::Change, "");
        let names: Vec<&str> = shown.iter().map(|&at| comparison.lines[at].name.as_str()).collect();
        assert_eq!(names[0], "购房补贴", "{names:?}");
        assert_eq!(comparison.lines[shown[0]].matched, Matched::New);
        assert_eq!((names[1], comparison.lines[shown[1]].change_figure.as_str()), ("行政运行", "\u{2212}20.00"));
        assert!(!names.contains(&"一般公共服务支出"), "its parts are shown");
        assert_eq!(comparison.shown(CompareOrder::Change, "22102").len(), 3);
        assert_eq!(comparison.shown(CompareOrder::Change, "购房").len(), 1);
        let in_order = comparison.shown(CompareOrder::Table, "");
        assert_eq!(in_order.len(), comparison.lines.len());
        let total = comparison.total.as_ref().unwrap();
        assert_eq!((total.change_figure.as_str(), total.rate.as_deref()), ("\u{2212}20.00", Some("\u{2212}1.52%")));
        assert_eq!(comparison.largest().unwrap().name, "购房补贴");
    }

    #[test]
    fn a_unit_among_subjects_is_no_line_of_its_own() {
        for code in ["", "209001"] {
            let with_unit = |name: &str, of: &str| {
                of.replace(
                    "| 201 | 一般公共服务支出",
                    &format!("| {code} | {name} | 1,300.00 | 800.00 | 500.00 |\n| 201 | 一般公共服务支出"),
                )
            };
            let (last, now) = (with_unit("某市数据局本级", &last_year()), with_unit("某市数据", BUDGET));
            assert!(now.contains("| 某市数据 |"), "the fixture has the line");
            let both = opened(&[&last, &now]);
            let comparison = both.compare(1, &[0], None);
            let unit = comparison.lines.iter().filter(|line| line.name.starts_with("某市数据"));
            assert!(unit.clone().count() > 0 && unit.clone().all(|line| !line.leaf), "{:?}", unit.collect::<Vec<_>>());
            assert_eq!(comparison.largest().unwrap().name, "购房补贴");
            // Printed in one of the years alone.
            let comparison = opened(&[&last, BUDGET]).compare(1, &[0], None);
            assert_eq!(comparison.largest().unwrap().name, "购房补贴");
        }
    }

    #[test]
    fn what_is_counted_differently_is_said() {
        let last = last_year();
        let other = BUDGET.replace("某市数据局", "某市统计局").replace("2025", "2022");
        let opened = opened(&[&last, BUDGET, &other]);
        let comparison = opened.compare(1, &[0], None);
        assert!(comparison.apart.is_empty());
        assert_eq!(comparison.bases.len(), 1);
        assert_eq!((comparison.bases[0].0, comparison.bases[0].1.as_str()), (0, "本年决算口径与上年不同。"));
        let comparison = opened.compare(1, &[2], None);
        assert_eq!(comparison.apart, [Apart::Unit, Apart::Years]);
    }

    #[test]
    fn several_documents_stand_side_by_side() {
        let last = last_year();
        let other = BUDGET.replace("某市数据局", "某市统计局");
        let opened = opened(&[&last, BUDGET, &other]);
        let comparison = opened.compare(1, &[0, 2], None);
        assert_eq!(comparison.sides.len(), 3);
        let line = comparison.lines.iter().find(|line| line.code.as_deref() == Some("2010301")).unwrap();
        let figures: Vec<&str> = line.figures.iter().flatten().map(|figure| figure.figure.as_str()).collect();
        assert_eq!(figures, ["480.00", "500.00", "480.00"]);
        assert!(comparison.cards.iter().any(|(kind, _)| *kind == Compared::Total));
        assert!(comparison.cards.iter().any(|(kind, _)| *kind == Compared::ThreePublic));
    }

    #[test]
    fn files_without_a_unit_s_name_are_not_said_to_be_of_two_units() {
        let bare = |year: &str| BUDGET.replace("某市数据局 2025 年部门预算公开", year).replace("本局", "");
        let (last, this) = (bare("2024 年"), bare("2025 年"));
        let unnamed = opened(&[&last, &this]);
        assert_eq!(unnamed.disclosure(0).and_then(|d| d.unit_name.clone()), None);
        assert!(!unnamed.compare(1, &[0], None).apart.contains(&Apart::Unit));
        let other = BUDGET.replace("某市数据局", "某市统计局");
        assert!(opened(&[BUDGET, &other]).compare(1, &[0], None).apart.contains(&Apart::Unit));
    }

    #[test]
    fn nothing_is_compared_with_nothing() {
        let opened = opened(&[BUDGET]);
        assert_eq!(opened.compared_with(0, &[0]), None);
        assert_eq!(opened.compare(0, &[], None), Comparison::default());
    }
}
