//! An equation as a written column sum (竖式): the addends as printed, their sum as the verdict has it, the stated
//! figure, the difference. Nothing is added here.

use rust_decimal::Decimal;

use super::figures::Figure;
use super::opened::Opened;
use super::table::Caption;
use super::units::Printed;
use crate::amount::{Amount, Unit};
use crate::disclosure::{Anchor, ColumnRole, Value};
use crate::document::Place;
use crate::rules::judge::Outcome;
use crate::rules::{Claim, Relation, Term};

/// With more addends than this the column is folded: more than eight lines are no longer read as one sum.
const OPEN_ADDENDS: usize = 8;

/// A written equation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EquationView {
    /// The check that it belongs to.
    pub check: u32,
    /// How it is laid out.
    pub shape: Shape,
    /// How the stated side relates to its parts.
    pub relation: Relation,
    /// How it came out.
    pub outcome: Outcome,
    /// Whether the parts, or the second figure, are more than the stated one.
    pub over: bool,
    /// The unit of the sums.
    pub unit: Option<Unit>,
    /// The unit that is printed, where another is shown.
    pub printed: Option<Unit>,
    /// Top to bottom.
    pub lines: Vec<EquationLine>,
    /// How many addends are folded away at first.
    pub folded: usize,
}

/// How an equation is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Addends, a rule, their sum, the stated figure, the difference.
    Sum,
    /// Two figures that should be one.
    Pair,
}

/// One line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EquationLine {
    /// What it is.
    pub kind: LineKind,
    /// The sign before it.
    pub op: Op,
    /// What it is the figure of; `None` for sums and differences.
    pub label: Option<TermLabel>,
    /// Its amount, and the unit of that.
    pub amount: Option<(Decimal, Option<Unit>)>,
    /// The figure.
    pub figure: Figure,
    /// As printed, where it is shown in another unit.
    pub printed: Option<Printed>,
    /// The words that stand where a figure should.
    pub words: Option<String>,
    /// Its cell or statement.
    pub at: Option<Anchor>,
    /// Where that stands.
    pub place: Option<Place>,
    /// Whether it is the suspect.
    pub suspect: bool,
    /// Whether it is one of several that may be the one.
    pub candidate: bool,
    /// Whether it is folded away at first.
    pub folded: bool,
}

/// What a line of an equation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// An addend.
    Term,
    /// The sum of the addends: ours.
    Sum,
    /// The figure that the document states.
    Stated,
    /// The sum of several stated figures: ours.
    StatedSum,
    /// The difference: ours.
    Difference,
}

/// The sign before a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// Nothing.
    None,
    /// ＋
    Plus,
    /// －
    Minus,
    /// ＝
    Equals,
    /// ≠
    Differs,
    /// ≈
    About,
    /// ≤ or ≥, kept or not
    Bounds,
}

/// The name of a cell or statement among others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermLabel {
    /// The row's name, or what the statement speaks of.
    pub row: Option<String>,
    /// The column's header, where the row alone does not say it.
    pub column: Option<String>,
    /// The table, where it is not the one of the neighbours.
    pub table: Option<Caption>,
    /// Whether it stands in the prose.
    pub prose: bool,
}

/// What the cells of an equation share, so that labels need not repeat it.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four independent answers")]
struct Shared {
    table: bool,
    row: bool,
    column: bool,
    prose: bool,
}

impl Opened {
    /// The equation of a check, drawn; `None` where it is none.
    pub fn equation(&self, check: u32) -> Option<EquationView> {
        let checked = self.check(check)?;
        let Claim::Equation(equation) = &checked.claim else { return None };
        let verdict = &checked.verdict;
        // The longer side is the parts, whichever side the rule put it on.
        let turned = equation.left.len() > equation.right.len();
        let (stated, parts) =
            if turned { (&equation.right, &equation.left) } else { (&equation.left, &equation.right) };
        let (stated_sum, parts_sum) =
            if turned { (verdict.right, verdict.left) } else { (verdict.left, verdict.right) };
        let relation = match (turned, equation.relation) {
            (true, Relation::AtMost) => Relation::AtLeast,
            (true, Relation::AtLeast) => Relation::AtMost,
            (_, relation) => relation,
        };
        let shape = if parts.len() == 1 && stated.len() == 1 && parts.iter().chain(stated).all(|t| t.plus) {
            Shape::Pair
        } else {
            Shape::Sum
        };
        let shared = shared(equation.left.iter().chain(&equation.right));
        let unit = equation.left.first().and_then(|term| self.unit_at(term.at));
        let decimals = parts
            .iter()
            .chain(stated)
            .filter_map(|term| self.value_at(term.at))
            .chain(verdict.difference)
            .map(|value| value.scale())
            .max()
            .unwrap_or(0);

        let mut lines = Vec::new();
        for (index, term) in parts.iter().enumerate() {
            lines.push(self.term_line(term, index > 0, LineKind::Term, shared, unit, decimals));
        }
        let folded = fold(&mut lines);
        let ours = |kind: LineKind, op: Op, value: Decimal| EquationLine {
            kind,
            op,
            label: None,
            amount: Some((value, unit)),
            figure: Figure::among(value, decimals, None),
            printed: None,
            words: None,
            at: None,
            place: None,
            suspect: false,
            candidate: false,
            folded: false,
        };
        if shape == Shape::Sum {
            lines.extend(parts_sum.map(|sum| ours(LineKind::Sum, Op::Equals, sum)));
        }
        for (index, term) in stated.iter().enumerate() {
            lines.push(self.term_line(term, index > 0, LineKind::Stated, shared, unit, decimals));
        }
        if stated.len() > 1 {
            lines.extend(stated_sum.map(|sum| ours(LineKind::StatedSum, Op::Equals, sum)));
        }
        let over = parts_sum.zip(stated_sum).is_some_and(|(parts, stated)| parts > stated);
        let op = match (verdict.outcome, equation.relation) {
            (Outcome::Pass, Relation::Equal) => Op::Equals,
            (Outcome::Rounding, _) => Op::About,
            (_, Relation::Equal) => Op::Differs,
            _ => Op::Bounds,
        };
        lines.extend(verdict.difference.map(|difference| ours(LineKind::Difference, op, difference.abs())));
        if shape == Shape::Pair && lines.len() > 1 {
            // The stated figure is read first.
            lines.swap(0, 1);
        }
        Some(EquationView {
            check,
            shape,
            relation,
            outcome: verdict.outcome,
            over,
            unit,
            printed: None,
            lines,
            folded,
        })
    }

    fn term_line(
        &self,
        term: &Term,
        follows: bool,
        kind: LineKind,
        shared: Shared,
        unit: Option<Unit>,
        decimals: u32,
    ) -> EquationLine {
        let own = self.unit_at(term.at);
        let words = match term.at {
            Anchor::Cell { .. } => self.analysis().cell(term.at).and_then(|(_, entry)| match &entry.value {
                Value::Text(text) => Some(text.to_string()),
                _ => None,
            }),
            _ => None,
        };
        let figure = self.value_at(term.at).map_or_else(Figure::blank, |value| {
            Figure::among(value, if own == unit { decimals } else { value.scale() }, own.filter(|_| own != unit))
        });
        EquationLine {
            kind,
            op: match (term.plus, follows) {
                (true, true) => Op::Plus,
                (true, false) => Op::None,
                (false, _) => Op::Minus,
            },
            label: Some(self.term_label(term.at, shared)),
            amount: self.value_at(term.at).map(|amount| (amount, own)),
            figure,
            printed: None,
            words,
            at: Some(term.at),
            place: self.analysis().place(term.at),
            suspect: self.is_suspect(term.at),
            candidate: self.is_candidate(term.at),
            folded: false,
        }
    }

    /// The value of a cell or statement.
    pub(super) fn value_at(&self, at: Anchor) -> Option<Decimal> {
        match at {
            Anchor::Cell { .. } => self.analysis().cell(at).and_then(|(_, entry)| entry.amount()).map(Amount::value),
            Anchor::Statement { .. } => self.analysis().statement(at).map(|s| s.amount.value()),
            _ => None,
        }
    }

    /// The unit of a cell or statement.
    pub(super) fn unit_at(&self, at: Anchor) -> Option<Unit> {
        match at {
            Anchor::Cell { .. } => self.analysis().table(at).and_then(|table| table.unit),
            Anchor::Statement { .. } => self.analysis().statement(at).and_then(|s| s.unit),
            _ => None,
        }
    }

    /// The name of a cell or statement, everything said.
    pub fn full_label(&self, at: Anchor) -> TermLabel {
        self.term_label(at, Shared::default())
    }

    fn term_label(&self, at: Anchor, shared: Shared) -> TermLabel {
        let table = self.analysis().table(at);
        let caption = table.filter(|_| !shared.table).map(Caption::of);
        match at {
            Anchor::Cell { column, .. } => {
                let row = self.analysis().cell(at).and_then(|(row, _)| {
                    row.name.clone().or_else(|| row.code.clone()).or_else(|| row.path.last().map(ToString::to_string))
                });
                let several = table.is_some_and(|t| t.amount_columns().nth(1).is_some());
                let header = table.and_then(|t| t.columns.get(usize::from(column)));
                let names = header.is_some_and(|c| matches!(c.role, ColumnRole::Name | ColumnRole::Code));
                let header = header.map(super::table::short_header);
                // Two-sided tables have one amount column a side; the row says which.
                let sided = self.analysis().cell(at).is_some_and(|(row, _)| row.side.is_some());
                let told = shared.column || !several || sided || names;
                let column = header.filter(|_| !told || row.is_none());
                let row = row.filter(|_| !(shared.row && column.is_some()));
                TermLabel { row, column, table: caption, prose: false }
            }
            Anchor::Statement { .. } => {
                let measure = self.analysis().statement(at).map(|s| s.measure.clone());
                TermLabel { row: measure, prose: !shared.prose, ..TermLabel::default() }
            }
            Anchor::Table { .. } => TermLabel { table: table.map(Caption::of), ..TermLabel::default() },
            Anchor::Oddity { .. } | Anchor::Disclosure { .. } => TermLabel::default(),
        }
    }
}

/// What all cells of the equation share.
fn shared<'a>(terms: impl Iterator<Item = &'a Term>) -> Shared {
    let terms: Vec<&Term> = terms.collect();
    if terms.iter().all(|term| matches!(term.at, Anchor::Statement { .. })) {
        return Shared { prose: true, ..Shared::default() };
    }
    let mut shared = Shared { table: true, row: true, column: true, prose: false };
    let mut first = None;
    for term in terms {
        let Anchor::Cell { disclosure, table, row, column } = term.at else { return Shared::default() };
        let (of, r, c) = *first.get_or_insert(((disclosure, table), row, column));
        shared.table &= of == (disclosure, table);
        shared.row &= r == row;
        shared.column &= c == column;
    }
    shared.row &= shared.table;
    shared
}

/// Folds addends away where there are too many: blank ones and zeros first, never the suspect. Returns how many.
fn fold(lines: &mut [EquationLine]) -> usize {
    let mut open = lines.len();
    let nothing = |line: &EquationLine| line.figure.text.chars().all(|c| !c.is_ascii_digit() || c == '0');
    for pass in 0..2 {
        for line in lines.iter_mut().skip(1).rev() {
            if open <= OPEN_ADDENDS {
                break;
            }
            if !line.folded && !line.suspect && !line.candidate && line.words.is_none() && (pass == 1 || nothing(line))
            {
                line.folded = true;
                open -= 1;
            }
        }
    }
    lines.iter().filter(|line| line.folded).count()
}

#[cfg(test)]
mod tests {
    use super::super::{Chosen, fixture};
    use super::*;

    #[test]
    fn a_sum_is_written_as_at_school() {
        let session = fixture::session();
        let detail = session.opened().detail(Chosen::Finding(0), None).unwrap();
        let equation = detail.equation.unwrap();
        assert_eq!(equation.shape, Shape::Sum);
        assert!(equation.over);
        let kinds: Vec<LineKind> = equation.lines.iter().map(|l| l.kind).collect();
        assert_eq!(kinds[kinds.len() - 3..], [LineKind::Sum, LineKind::Stated, LineKind::Difference]);
        assert_eq!(equation.lines.iter().filter(|l| l.suspect).count(), 1);
        assert_eq!(equation.lines.last().unwrap().op, Op::Differs);
    }

    #[test]
    fn cells_of_one_row_are_told_by_their_columns() {
        let session = fixture::session();
        let opened = session.opened();
        let row_sum = (0..).map_while(|c| opened.check(c).map(|k| (c, k))).find(|(_, k)| k.rule == "T04").unwrap().0;
        let labels = opened.equation(row_sum).unwrap().lines.into_iter().filter_map(|l| l.label);
        let columns: Vec<Option<String>> = labels.map(|l| l.column).collect();
        assert_eq!(columns[0].as_deref(), Some("基本支出"));
        assert!(columns.iter().all(Option::is_some));
    }

    #[test]
    fn long_sums_fold_their_zeros_first() {
        let line = |text: &str| EquationLine {
            kind: LineKind::Term,
            op: Op::Plus,
            label: None,
            amount: None,
            figure: Figure { text: text.into(), ..Figure::blank() },
            printed: None,
            words: None,
            at: None,
            place: None,
            suspect: text == "7.00",
            candidate: false,
            folded: false,
        };
        let mut lines: Vec<EquationLine> = (0..12).map(|n| line(if n % 3 == 1 { "0.00" } else { "7.00" })).collect();
        lines[5].suspect = false;
        assert_eq!(fold(&mut lines), 4);
        assert!(lines.iter().filter(|l| l.folded).all(|l| l.figure.text == "0.00"));
        assert!(!lines[0].folded);
    }
}
