//! The few figures that everybody asks for first, where they are printed, and what agrees with them.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::Mark;
use super::figures::{grouped, in_hundred_million, said_in};
use super::opened::Opened;
use super::table::Caption;
use super::verdict::total_cells;
use crate::amount::Unit;
use crate::disclosure::{Anchor, Concept, Measure, RowRole, Side, StatementKind, Table, TableKind};
use crate::rules::judge::Outcome;
use crate::rules::{Claim, Relation, Severity};

/// One summary figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What it is.
    pub kind: SumKind,
    /// The figure.
    pub figure: String,
    /// Its value.
    pub value: Decimal,
    /// Its unit.
    pub unit: Option<Unit>,
    /// About how many 亿元, for the largest.
    pub gloss: Option<String>,
    /// Where it stands.
    pub at: Anchor,
    /// The mark.
    pub mark: Mark,
    /// The tables that print the same figure and agree, the figure's own first.
    pub agreeing: Vec<Caption>,
    /// Whether the prose agrees too.
    pub prose: bool,
    /// How many checks it takes part in.
    pub checks: usize,
    /// The finding against it, if any.
    pub finding: Option<u32>,
}

/// What a summary figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SumKind {
    /// 收入总计
    Revenue,
    /// 支出总计
    Expenditure,
    /// “三公”经费
    ThreePublic,
    /// 比上年增加, as the prose says
    Increase,
    /// 比上年减少, as the prose says
    Decrease,
    /// 项目支出
    Project,
}

/// As many figures as fit in two rows of two.
const FIGURES: usize = 4;

impl Summary {
    /// The figure and its unit as the reader wants it.
    pub fn shown_in(&self, unit: Option<Unit>) -> (String, Option<Unit>) {
        let other = unit.filter(|&unit| Some(unit) != self.unit);
        let said = other.and_then(|to| said_in(self.value, self.unit?, to));
        said.map_or_else(|| (self.figure.clone(), self.unit), |said| (said, other))
    }
}

impl Opened {
    /// The summary figures that are printed, in a fixed order.
    pub fn summary(&self, document: usize) -> Vec<Summary> {
        let tables = self.tables_of(document);
        let Ok(disclosure) = u16::try_from(document) else { return Vec::new() };
        let cell = |of: &dyn Fn(&Table) -> Option<(u32, u16)>| {
            (0_u16..)
                .zip(tables)
                .find_map(|(table, t)| of(t).map(|(row, column)| Anchor::Cell { disclosure, table, row, column }))
        };
        let said = |wanted: &dyn Fn(&Concept) -> bool, kinds: &[StatementKind]| {
            let statements = self.disclosure(document).map_or(&[][..], |d| &d.statements);
            (0_u32..).zip(statements).find_map(|(statement, s)| {
                let fits = kinds.contains(&s.kind) && s.concept.as_ref().is_some_and(wanted);
                fits.then_some((Anchor::Statement { disclosure, statement }, s.kind))
            })
        };
        let now = &[StatementKind::Amount];
        let revenue = cell(&|t| total_of(t, Side::Revenue))
            .or_else(|| cell(&|t| (t.kind == TableKind::RevenueSummary).then(|| total_cells(t).first().copied())?))
            .or_else(|| said(&|c| matches!(c, Concept::TotalRevenue | Concept::TotalBudget), now).map(|(at, _)| at));
        let expenditure = cell(&|t| total_of(t, Side::Expenditure))
            .or_else(|| {
                cell(&|t| (t.kind == TableKind::ExpenditureSummary).then(|| total_cells(t).first().copied())?)
            })
            .or_else(|| {
                said(&|c| matches!(c, Concept::TotalExpenditure | Concept::TotalBudget), now).map(|(at, _)| at)
            });
        let three = cell(&three_public)
            .or_else(|| said(&|c| *c == Concept::ThreePublic(Measure::ThreePublic), now).map(|(at, _)| at));
        let change = said(
            &|c| matches!(c, Concept::TotalBudget | Concept::TotalRevenue | Concept::TotalExpenditure),
            &[StatementKind::Increase, StatementKind::Decrease],
        );
        let project = cell(&|t| {
            let column = t.column(None, Measure::Project).filter(|_| t.kind == TableKind::ExpenditureSummary)?;
            let row = t.rows.iter().position(|r| r.role == RowRole::Total)?;
            Some((u32::try_from(row).ok()?, u16::try_from(column).ok()?))
        });
        let change = change.map(|(at, kind)| {
            (at, if kind == StatementKind::Increase { SumKind::Increase } else { SumKind::Decrease })
        });
        let all = [
            revenue.map(|at| (at, SumKind::Revenue)),
            expenditure.map(|at| (at, SumKind::Expenditure)),
            three.map(|at| (at, SumKind::ThreePublic)),
            change,
            project.map(|at| (at, SumKind::Project)),
        ];
        all.into_iter().flatten().filter_map(|(at, kind)| self.summary_of(at, kind)).take(FIGURES).collect()
    }

    fn summary_of(&self, at: Anchor, kind: SumKind) -> Option<Summary> {
        let value = self.value_at(at)?;
        let unit = self.unit_at(at);
        let outcomes: BTreeSet<Outcome> = self.outcomes_at(at).collect();
        let finding = self.finding_at(at).filter(|_| self.is_suspect(at) || self.is_candidate(at));
        let severity = finding.and_then(|f| self.finding(f)).map(|f| f.severity);
        // What is only worth knowing does not call the figure into question.
        let finding = finding.filter(|_| severity != Some(Severity::Info));
        let mark = match severity {
            Some(Severity::Error) => Mark::Mismatch,
            Some(Severity::Warning) => Mark::Warning,
            _ if outcomes.contains(&Outcome::Pass) => Mark::Ok,
            _ if outcomes.contains(&Outcome::Rounding) => Mark::Rounding,
            _ => Mark::Unchecked,
        };
        let mut agreeing: Vec<Caption> = self.analysis().table(at).map(Caption::of).into_iter().collect();
        let mut prose = matches!(at, Anchor::Statement { .. });
        // What equals it, and what equals that: tables often tie in a chain.
        let mut equal = BTreeSet::from([at]);
        let mut next = vec![at];
        while let Some(one) = next.pop() {
            for other in self.equals_of(one) {
                if !equal.insert(other) {
                    continue;
                }
                next.push(other);
            }
        }
        for other in equal {
            match other {
                Anchor::Statement { .. } => prose = true,
                _ => agreeing.extend(self.analysis().table(other).map(Caption::of)),
            }
        }
        let mut seen = BTreeSet::new();
        agreeing.retain(|caption| seen.insert((caption.number.clone(), caption.title.clone())));
        Some(Summary {
            kind,
            figure: grouped(value),
            value,
            unit,
            gloss: unit.and_then(|unit| in_hundred_million(value, unit)).filter(|_| kind == SumKind::Revenue),
            at,
            mark,
            agreeing,
            prose,
            checks: self.checks_at(at).len(),
            finding,
        })
    }

    /// The single figures that a check found equal to this one.
    fn equals_of(&self, at: Anchor) -> impl Iterator<Item = Anchor> {
        self.checks_at(at).iter().filter_map(move |&check| {
            let checked = self.check(check)?;
            let Claim::Equation(equation) = &checked.claim else { return None };
            let ([left], [right]) = (equation.left.as_slice(), equation.right.as_slice()) else { return None };
            let agrees = matches!(checked.verdict.outcome, Outcome::Pass | Outcome::Rounding);
            let other = if left.at == at { right.at } else { left.at };
            (agrees && equation.relation == Relation::Equal && left.plus == right.plus).then_some(other)
        })
    }
}

/// 收入总计 or 支出总计 of the two-sided summary.
fn total_of(table: &Table, side: Side) -> Option<(u32, u16)> {
    if table.kind != TableKind::RevenueExpenditureSummary {
        return None;
    }
    total_cells(table).into_iter().find(|&(row, _)| {
        usize::try_from(row).ok().and_then(|row| table.rows.get(row)).is_some_and(|row| row.side == Some(side))
    })
}

/// The total of the 三公 table: a column of its row, or the row of its list.
fn three_public(table: &Table) -> Option<(u32, u16)> {
    if table.kind != TableKind::ThreePublic {
        return None;
    }
    let by_column = table.column(None, Measure::ThreePublic).or_else(|| table.column(None, Measure::Total));
    let by_row = table.rows.iter().position(|r| r.measure == Some(Measure::ThreePublic));
    let first = table.amount_columns().next()?;
    let (row, column) = match (by_row, by_column) {
        (Some(row), _) => (row, first),
        (None, Some(column)) => (0, column),
        (None, None) => return None,
    };
    table.rows.get(row)?.entries.get(column)?.amount()?;
    Some((u32::try_from(row).ok()?, u16::try_from(column).ok()?))
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn figures_are_printed_ones_and_name_who_agrees() {
        let figures = fixture::session().opened().summary(0);
        assert_eq!(figures[0].kind, SumKind::Revenue);
        assert_eq!(figures[0].figure, "3,286.40");
        assert_eq!(figures[0].mark, Mark::Ok);
        assert!(figures[0].agreeing.len() > 1, "{:?}", figures[0].agreeing);
        assert!(figures[0].prose);
        assert_eq!(figures[0].gloss, None);
        assert!(figures.iter().any(|f| f.kind == SumKind::ThreePublic));
        assert!(figures.len() <= FIGURES);
    }

    #[test]
    fn what_is_not_printed_is_not_shown() {
        let mut analysis = fixture::analysis();
        analysis.disclosures[0].tables.clear();
        analysis.disclosures[0].statements.clear();
        analysis.checks.clear();
        analysis.findings.clear();
        assert!(Opened::new(analysis).summary(0).is_empty());
    }
}
