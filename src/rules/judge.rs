//! The only place that compares figures and knows rounding.
//!
//! A printed figure is an interval: half a last digit to either side. The last digit is that of the *table*: among
//! `1774.32` and `843.72`, a bare `931` is 931.00 with its zeros dropped, not a figure rounded to whole units. A blank
//! cell, and one that holds only a dash, is exactly nothing. Figures in other units are converted to the unit of the
//! first figure, exactly.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Claim, Equation, Ratio, Relation, Term};
use crate::amount::{Interval, Unit};
use crate::disclosure::{Anchor, ColumnRole, Disclosure, Entry, Message, Row, Statement, StatementKind, Table, Value};

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Outcome {
    /// 相符
    Pass,
    /// 不符
    Fail,
    /// 舍入: the difference lies inside the printed precision.
    Rounding,
    /// 不适用: the guard keeps the rule quiet.
    NotApplicable,
    /// 无法核对: a part is missing, or its reading is in doubt.
    NotCheckable,
}

/// The verdict on one claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// How it came out.
    pub outcome: Outcome,
    /// The stated side's sum, in the unit of its first figure.
    pub left: Option<Decimal>,
    /// The other side's sum, in the same unit.
    pub right: Option<Decimal>,
    /// `left − right`.
    pub difference: Option<Decimal>,
    /// Why, where it is not plain from the figures: what is missing, what is in doubt, which guard.
    pub why: Option<Message>,
}

/// Judges one claim. Never fails: what cannot be compared is not checkable.
///
/// Measures the precision of every table anew; whoever judges many claims keeps a [`Judge`].
pub fn judge(disclosures: &[Disclosure], claim: &Claim) -> Verdict {
    Judge::new(disclosures).verdict(claim)
}

/// Holds what is measured once for a set of disclosures, when it is first asked for: the decimals that each table and
/// the prose print.
#[derive(Clone, Debug)]
pub struct Judge<'a> {
    disclosures: &'a [Disclosure],
    decimals: Vec<Vec<OnceLock<u32>>>,
    /// [`usual_decimals`] of each disclosure, by unit.
    usual: Vec<OnceLock<BTreeMap<Unit, u32>>>,
}

/// A figure of an equation: what it stands for, in the unit that it is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    /// The printed value; zero for a blank cell.
    pub(crate) value: Decimal,
    /// How far the true value may lie below it.
    pub(crate) below: Decimal,
    /// How far the true value may lie above it.
    pub(crate) above: Decimal,
    /// The unit; `None` where nothing says so.
    pub(crate) unit: Option<Unit>,
    /// Whether nothing is printed there.
    pub(crate) blank: bool,
}

/// Terms with their figures.
pub(crate) type Figures<'t> = Vec<(&'t Term, Figure)>;

/// Both sides of an equation, in the unit of its first figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sums {
    /// The stated side.
    pub(crate) left: Decimal,
    /// The side that it is made of.
    pub(crate) right: Decimal,
    /// `left − right`.
    pub(crate) difference: Decimal,
    /// How far the true difference may lie below the printed one.
    pub(crate) below: Decimal,
    /// How far the true difference may lie above the printed one.
    pub(crate) above: Decimal,
    /// True where some figures have a unit and others have none.
    pub(crate) unit_unknown: bool,
}

/// Percents are shown with two decimals at least.
const PERCENT_DECIMALS: u32 = 2;

/// Tables that print fewer fractional amounts than this are too small for a share to say anything.
const FEW: usize = 4;

impl Sums {
    /// How the two sides compare.
    pub(crate) fn outcome(&self, relation: Relation) -> Outcome {
        let (wrongly_above, wrongly_below) = match relation {
            Relation::Equal => (true, true),
            Relation::AtMost => (true, false),
            Relation::AtLeast => (false, true),
        };
        if self.difference > Decimal::ZERO && wrongly_above {
            if self.difference <= self.below { Outcome::Rounding } else { Outcome::Fail }
        } else if self.difference < Decimal::ZERO && wrongly_below {
            if -self.difference <= self.above { Outcome::Rounding } else { Outcome::Fail }
        } else {
            Outcome::Pass
        }
    }
}

impl Figure {
    const NOTHING: Self =
        Self { value: Decimal::ZERO, below: Decimal::ZERO, above: Decimal::ZERO, unit: None, blank: true };

    /// The figure in `base` instead of its own unit; `None` on overflow.
    fn converted(self, base: Option<Unit>) -> Option<Self> {
        Some(Self {
            value: converted(self.value, self.unit, base)?,
            below: converted(self.below, self.unit, base)?,
            above: converted(self.above, self.unit, base)?,
            ..self
        })
    }
}

/// One side of an equation, summed.
#[derive(Clone, Copy, Debug, Default)]
struct Side {
    sum: Decimal,
    below: Decimal,
    above: Decimal,
}

impl Side {
    /// With one more term, in the unit `base`; `prose` is how many decimals figures of the prose have at least.
    fn and(self, term: &Term, mut figure: Figure, base: Option<Unit>, prose: Option<u32>) -> Result<Self, Message> {
        if let (Anchor::Statement { .. }, Some(decimals)) = (term.at, prose)
            && figure.value.scale() < decimals
        {
            (figure.below, figure.above) = (half_step(decimals), half_step(decimals));
        }
        figure.converted(base).and_then(|figure| self.with(figure, term.plus)).ok_or_else(too_large)
    }

    fn with(self, figure: Figure, plus: bool) -> Option<Self> {
        Some(if plus {
            Self {
                sum: self.sum.checked_add(figure.value)?,
                below: self.below.checked_add(figure.below)?,
                above: self.above.checked_add(figure.above)?,
            }
        } else {
            Self {
                sum: self.sum.checked_sub(figure.value)?,
                below: self.below.checked_add(figure.above)?,
                above: self.above.checked_add(figure.below)?,
            }
        })
    }
}

/// A printed percent and the two sums that it is the quotient of, in one unit. Every figure is an interval; the percent
/// may be cut off, too.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quotient {
    percent: Figure,
    part: Side,
    whole: Side,
}

impl Quotient {
    /// The same with its figures changed by so much; `None` on overflow.
    pub(crate) fn changed(mut self, percent: Decimal, part: Decimal, whole: Decimal) -> Option<Self> {
        self.percent.value = self.percent.value.checked_add(percent)?;
        self.part.sum = self.part.sum.checked_add(part)?;
        self.whole.sum = self.whole.sum.checked_add(whole)?;
        Some(self)
    }

    /// What the figures give, as the percent would print it, and how the printed percent compares; `None` where there is
    /// nothing to divide by.
    pub(crate) fn outcome(&self) -> Result<Option<(Decimal, Outcome)>, Message> {
        let Some((value, low, high)) = self.bounds()? else { return Ok(None) };
        let printed = self.percent;
        let stated = printed.value.abs();
        let (least, most) = (stated.saturating_sub(printed.below), stated.saturating_add(printed.above));
        let shown = value.round_dp_with_strategy(
            printed.value.scale().max(PERCENT_DECIMALS),
            rust_decimal::RoundingStrategy::MidpointAwayFromZero,
        );
        let outcome = if shown == stated {
            Outcome::Pass
        } else if low <= most && least <= high {
            // Cut off, or inside what the rounded figures allow.
            Outcome::Pass
        } else if printed.value.scale() > 0
            && stated.saturating_sub(shown).abs() <= Decimal::new(1, printed.value.scale())
        {
            // Shares are moved by a last digit so that they sum to 100.
            Outcome::Rounding
        } else {
            Outcome::Fail
        };
        Ok(Some((shown, outcome)))
    }

    /// The quotient in percent, with its bounds; `None` where there is nothing to divide by.
    fn bounds(&self) -> Result<Option<(Decimal, Decimal, Decimal)>, Message> {
        let Self { part, whole, .. } = self;
        let (most, least) = (whole.sum.saturating_add(whole.above), whole.sum.saturating_sub(whole.below));
        if least <= Decimal::ZERO || whole.sum <= Decimal::ZERO {
            return Ok(None);
        }
        let percent = |part: Decimal, whole: Decimal| part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole);
        let below = part.sum.saturating_sub(part.below).max(Decimal::ZERO);
        percent(part.sum, whole.sum)
            .zip(percent(below, most))
            .zip(percent(part.sum.saturating_add(part.above), least))
            .map(|((value, low), high)| Some((value, low, high)))
            .ok_or_else(too_large)
    }
}

impl<'a> Judge<'a> {
    /// A judge over these disclosures.
    pub fn new(disclosures: &'a [Disclosure]) -> Self {
        let decimals = disclosures.iter().map(|d| vec![OnceLock::new(); d.tables.len()]).collect();
        Self { disclosures, decimals, usual: vec![OnceLock::new(); disclosures.len()] }
    }

    /// What it judges.
    pub(crate) fn disclosures(&self) -> &'a [Disclosure] {
        self.disclosures
    }

    /// Judges one claim.
    pub fn verdict(&self, claim: &Claim) -> Verdict {
        match claim {
            Claim::Equation(equation) => self.equation(equation),
            Claim::Ratio(ratio) => self.ratio(ratio),
            Claim::Fact { holds: true, .. } => plain(Outcome::Pass, None),
            Claim::Fact { holds: false, at } => match at.iter().find_map(|&a| self.doubt(a)) {
                Some(doubt) => plain(Outcome::NotCheckable, Some(doubtful(doubt))),
                None => plain(Outcome::Fail, None),
            },
            Claim::NotApplicable(why) => plain(Outcome::NotApplicable, Some(why.clone())),
            Claim::NotCheckable { why, .. } => plain(Outcome::NotCheckable, Some(why.clone())),
        }
    }

    /// Whether it is an equation in none of whose cells anything is printed: no check, whatever it says.
    pub fn is_void(&self, claim: &Claim) -> bool {
        matches!(claim, Claim::Equation(equation) if self.prints_nothing_of(equation))
    }

    /// Whether nothing is printed in any cell of an equation.
    pub(super) fn prints_nothing_of(&self, equation: &Equation) -> bool {
        equation.left.iter().chain(&equation.right).all(|term| match self.entry(term.at) {
            Some((_, entry)) => prints_nothing(entry),
            None => false,
        })
    }

    /// Whether the equation holds, at the printed precision: for guards that choose between two readings of a table.
    pub fn ties(&self, equation: &Equation) -> bool {
        self.tie(&equation.left, equation.relation, &equation.right)
    }

    /// Whether two figures are equal, at the printed precision.
    pub(crate) fn agree(&self, one: Anchor, other: Anchor) -> bool {
        self.tie(&[Term::plus(one)], Relation::Equal, &[Term::plus(other)])
    }

    fn tie(&self, left: &[Term], relation: Relation, right: &[Term]) -> bool {
        let sums = self.sum(left, right, |_, _| {});
        sums.is_ok_and(|sums| matches!(sums.outcome(relation), Outcome::Pass | Outcome::Rounding))
    }

    /// Whether the percent is what its figures give, at the printed precision.
    pub fn ratio_ties(&self, ratio: &Ratio) -> bool {
        matches!(self.ratio(ratio).outcome, Outcome::Pass | Outcome::Rounding)
    }

    /// The sum of percents, and how it compares with 100 %: each may be off by its rounding.
    pub(crate) fn hundred(&self, percents: &[Anchor]) -> Result<(Decimal, Outcome), Message> {
        let terms: Vec<Term> = percents.iter().map(|&at| Term::plus(at)).collect();
        let sum = side(&self.figures(&terms)?, None, None)?;
        let sums = Sums {
            left: sum.sum,
            right: Decimal::ONE_HUNDRED,
            difference: sum.sum.saturating_sub(Decimal::ONE_HUNDRED),
            below: sum.below,
            above: sum.above,
            unit_unknown: false,
        };
        Ok((sum.sum, sums.outcome(Relation::Equal)))
    }

    /// Whether there is nothing to divide by: last year had none.
    pub fn has_no_base(&self, ratio: &Ratio) -> bool {
        self.quotient(ratio).is_ok_and(|quotient| matches!(quotient.bounds(), Ok(None)))
    }

    /// Compares a printed percent with the quotient of its figures.
    fn ratio(&self, ratio: &Ratio) -> Verdict {
        let quotient = match self.quotient(ratio) {
            Ok(quotient) => quotient,
            Err(why) => return plain(Outcome::NotCheckable, Some(why)),
        };
        let (shown, mut outcome) = match quotient.outcome() {
            Ok(Some(compared)) => compared,
            Ok(None) => return plain(Outcome::NotCheckable, Some(no_base())),
            Err(why) => return plain(Outcome::NotCheckable, Some(why)),
        };
        let mut why = None;
        if outcome == Outcome::Fail {
            let terms = ratio.part.iter().chain(&ratio.whole).map(|term| term.at);
            why = std::iter::once(ratio.percent).chain(terms).find_map(|at| self.doubt(at)).map(doubtful);
            if why.is_some() {
                outcome = Outcome::NotCheckable;
            }
        }
        let printed = quotient.percent.value;
        let difference = printed.abs().checked_sub(shown);
        Verdict { outcome, left: Some(printed), right: Some(shown), difference, why }
    }

    /// The percent with both of its sums, or why they cannot be had.
    pub(crate) fn quotient(&self, ratio: &Ratio) -> Result<Quotient, Message> {
        let percent = self.figure(ratio.percent)?;
        let base = ratio.part.iter().chain(&ratio.whole).find_map(|term| self.figure(term.at).ok()?.unit);
        let decimals = self.usual_decimals(ratio.percent.disclosure(), base);
        let part = side(&self.figures(&ratio.part)?, base, decimals)?;
        let whole = side(&self.figures(&ratio.whole)?, base, decimals)?;
        Ok(Quotient { percent, part, whole })
    }

    /// The decimals that the prose of a disclosure prints its amounts of one unit with, where they say so.
    fn usual_decimals(&self, disclosure: usize, unit: Option<Unit>) -> Option<u32> {
        let usual = self.usual.get(disclosure)?.get_or_init(|| {
            self.disclosures.get(disclosure).map(|found| usual_decimals(&found.statements)).unwrap_or_default()
        });
        usual.get(&unit?).copied()
    }

    /// Whether the left side lies above the right side by more than rounding explains.
    pub fn is_above(&self, equation: &Equation) -> bool {
        self.sums(equation).is_ok_and(|sums| sums.difference > sums.below)
    }

    /// Whether the right side is half as much again as the left one, or more: what is added there is more than the parts.
    pub fn is_far_below(&self, equation: &Equation) -> bool {
        self.sums(equation).is_ok_and(|sums| {
            let twice = sums.left.checked_mul(Decimal::TWO);
            let thrice = sums.left.checked_mul(Decimal::from(3));
            let right = sums.right.checked_mul(Decimal::TWO);
            matches!((twice, thrice, right), (Some(_), Some(most), Some(right)) if right >= most)
        })
    }

    /// Whether a figure is blank, a dash or zero; false where it is words or is not there.
    pub fn is_nothing(&self, at: Anchor) -> bool {
        self.figure(at).is_ok_and(|figure| figure.value.is_zero())
    }

    fn equation(&self, equation: &Equation) -> Verdict {
        let sums = match self.sums(equation) {
            Ok(sums) => sums,
            Err(why) => return plain(Outcome::NotCheckable, Some(why)),
        };
        let mut why = None;
        let mut outcome = sums.outcome(equation.relation);
        if outcome == Outcome::Fail {
            why = self.doubt_about(equation).or_else(|| sums.unit_unknown.then(no_unit));
            if why.is_some() {
                outcome = Outcome::NotCheckable;
            }
        }
        Verdict { outcome, left: Some(sums.left), right: Some(sums.right), difference: Some(sums.difference), why }
    }

    fn doubt_about(&self, equation: &Equation) -> Option<Message> {
        equation.left.iter().chain(&equation.right).find_map(|term| self.doubt(term.at)).map(doubtful)
    }

    /// Both sides summed, or why they cannot be.
    pub(crate) fn sums(&self, equation: &Equation) -> Result<Sums, Message> {
        self.sum(&equation.left, &equation.right, |_, _| {})
    }

    /// [`sums`](Self::sums), and the figures of both sides.
    pub(crate) fn summed<'t>(&self, equation: &'t Equation) -> Result<(Sums, Figures<'t>), Message> {
        let mut figures = Vec::with_capacity(equation.left.len() + equation.right.len());
        let sums = self.sum(&equation.left, &equation.right, |term, figure| figures.push((term, figure)))?;
        Ok((sums, figures))
    }

    /// Both sides summed; `each` is given every figure on the way.
    fn sum<'t>(
        &self,
        left: &'t [Term],
        right: &'t [Term],
        mut each: impl FnMut(&'t Term, Figure),
    ) -> Result<Sums, Message> {
        let prose = self.prose_decimals(left, right);
        // Figures before the first with a unit have none, and are in its unit for all that is known.
        let mut base: Option<Unit> = None;
        let mut unit_unknown = false;
        let mut side = |terms: &'t [Term]| {
            let mut side = Side::default();
            for term in terms {
                let figure = self.figure(term.at)?;
                each(term, figure);
                // What is blank is exactly nothing.
                if figure.blank {
                    continue;
                }
                match figure.unit {
                    Some(unit) => base = base.or(Some(unit)),
                    None => unit_unknown = true,
                }
                side = side.and(term, figure, base, prose)?;
            }
            Ok(side)
        };
        let (left, right) = (side(left)?, side(right)?);
        let difference = left.sum.checked_sub(right.sum).ok_or_else(too_large)?;
        let below = left.below.checked_add(right.above).ok_or_else(too_large)?;
        let above = left.above.checked_add(right.below).ok_or_else(too_large)?;
        let unit_unknown = unit_unknown && base.is_some();
        Ok(Sums { left: left.sum, right: right.sum, difference, below, above, unit_unknown })
    }

    /// The figures of these terms, or why one of them is missing.
    fn figures<'t>(&self, terms: impl IntoIterator<Item = &'t Term>) -> Result<Figures<'t>, Message> {
        let terms = terms.into_iter();
        let mut figures = Vec::with_capacity(terms.size_hint().0);
        for term in terms {
            figures.push((term, self.figure(term.at)?));
        }
        Ok(figures)
    }

    /// In a list of at least three figures of the prose, the decimals of the finest: the others dropped their zeros.
    fn prose_decimals(&self, left: &[Term], right: &[Term]) -> Option<u32> {
        /// Two figures are a comparison, three are a list.
        const LIST: usize = 3;
        let statements: Vec<&Statement> = left.iter().chain(right).filter_map(|term| self.statement(term.at)).collect();
        let unit = statements.first()?.unit;
        let terms = left.len() + right.len();
        if statements.len() < LIST && statements.len() >= 2 && terms >= LIST {
            let at = left.iter().chain(right).find(|t| self.statement(t.at).is_some())?.at;
            return self.usual_decimals(at.disclosure(), unit);
        }
        if statements.len() < LIST || statements.iter().any(|s| s.unit != unit) {
            return None;
        }
        statements.iter().map(|s| s.amount.decimals()).max()
    }

    /// The figure at an anchor, or why there is none.
    pub(crate) fn figure(&self, at: Anchor) -> Result<Figure, Message> {
        match at {
            Anchor::Cell { disclosure, table: index, .. } => {
                let (table, row, entry) = self.cell(at).ok_or_else(not_there)?;
                match &entry.value {
                    Value::Blank => Ok(Figure::NOTHING),
                    Value::Amount(amount) => {
                        let printed = self
                            .decimals
                            .get(usize::from(disclosure))
                            .and_then(|tables| tables.get(usize::from(index)))
                            .map_or(0, |decimals| *decimals.get_or_init(|| printed_decimals(table)));
                        let half = half_step(amount.decimals().max(printed));
                        Ok(Figure { value: amount.value(), below: half, above: half, unit: table.unit, blank: false })
                    }
                    Value::Text(text) if is_dash(text) => Ok(Figure::NOTHING),
                    Value::Text(text) => Err(words(row, text)),
                }
            }
            Anchor::Statement { .. } => {
                let statement = self.statement(at).ok_or_else(not_there)?;
                let value = statement.amount.value();
                if statement.kind == StatementKind::Quantity {
                    // Things are counted, not rounded.
                    let none = Decimal::ZERO;
                    return Ok(Figure { value, below: none, above: none, unit: statement.unit, blank: false });
                }
                let meant = Interval::around_or_truncated(value);
                let below = value.checked_sub(meant.low).ok_or_else(too_large)?;
                let above = meant.high.checked_sub(value).ok_or_else(too_large)?;
                Ok(Figure { value, below, above, unit: statement.unit, blank: false })
            }
            Anchor::Table { .. } | Anchor::Oddity { .. } | Anchor::Disclosure { .. } => Err(not_there()),
        }
    }

    /// The unit that figures at an anchor are printed in.
    pub(crate) fn unit(&self, at: Anchor) -> Option<Unit> {
        match at {
            Anchor::Statement { .. } => self.statement(at).and_then(|s| s.unit),
            _ => self.cell(at).and_then(|(table, _, _)| table.unit),
        }
    }

    fn cell(&self, at: Anchor) -> Option<(&'a Table, &'a Row, &'a Entry)> {
        let Anchor::Cell { disclosure, table, row, column } = at else {
            return None;
        };
        let table = self.disclosures.get(usize::from(disclosure))?.tables.get(usize::from(table))?;
        let row = table.rows.get(usize::try_from(row).ok()?)?;
        Some((table, row, row.entries.get(usize::from(column))?))
    }

    fn entry(&self, at: Anchor) -> Option<(&'a Row, &'a Entry)> {
        self.cell(at).map(|(_, row, entry)| (row, entry))
    }

    fn statement(&self, at: Anchor) -> Option<&'a Statement> {
        let Anchor::Statement { disclosure, statement } = at else {
            return None;
        };
        self.disclosures.get(usize::from(disclosure))?.statements.get(usize::try_from(statement).ok()?)
    }

    /// What is in doubt about the reading of a figure, if anything.
    pub(crate) fn doubt(&self, at: Anchor) -> Option<&'a Message> {
        match at {
            Anchor::Cell { .. } => self.cell(at).and_then(|(_, row, _)| row.doubt.as_ref()),
            Anchor::Statement { .. } => self.statement(at).and_then(|s| s.doubt.as_ref()),
            Anchor::Table { .. } | Anchor::Oddity { .. } | Anchor::Disclosure { .. } => None,
        }
    }
}

/// One side summed in the unit `base`; `prose` is how many decimals figures of the prose have at least.
fn side(figures: &[(&Term, Figure)], base: Option<Unit>, prose: Option<u32>) -> Result<Side, Message> {
    let mut side = Side::default();
    // What is blank is exactly nothing.
    for &(term, figure) in figures.iter().filter(|(_, figure)| !figure.blank) {
        side = side.and(term, figure, base, prose)?;
    }
    Ok(side)
}

/// The decimals that prose prints its amounts of each unit with: among 145.82 and 2.06, a bare 4 is 4.00 with its zeros
/// dropped. None of a unit whose amounts are too few or too seldom fractional to say.
fn usual_decimals(statements: &[Statement]) -> BTreeMap<Unit, u32> {
    /// A quarter of the amounts.
    const SHARE: usize = 4;
    let mut amounts: BTreeMap<Unit, Vec<u32>> = BTreeMap::new();
    for statement in statements.iter().filter(|s| s.kind != StatementKind::Quantity && !s.amount.value().is_zero()) {
        if let Some(unit) = statement.unit {
            amounts.entry(unit).or_default().push(statement.amount.decimals());
        }
    }
    let usual = |amounts: Vec<u32>| {
        let mut fractional: Vec<u32> = amounts.iter().copied().filter(|&d| d > 0).collect();
        if fractional.len() < FEW || fractional.len() * SHARE < amounts.len() {
            return None;
        }
        fractional.sort_unstable_by(|a, b| b.cmp(a));
        fractional.get((fractional.len() / SHARE).max(2) - 1).copied()
    };
    amounts.into_iter().filter_map(|(unit, amounts)| Some((unit, usual(amounts)?))).collect()
}

/// The decimals that a table prints its amounts with. Zeros at the end are dropped by some tables, and a single cell
/// may show more digits than the rest, so it is the finest precision that a fair share of the fractional amounts has.
fn printed_decimals(table: &Table) -> u32 {
    /// A quarter of the fractional amounts, and in all but tiny tables two of them at least.
    const SHARE: usize = 4;
    let columns: Vec<bool> = table.columns.iter().map(|c| c.role == ColumnRole::Amount).collect();
    let mut decimals: Vec<u32> = table
        .rows
        .iter()
        .flat_map(|row| row.entries.iter().zip(&columns))
        .filter(|&(_, &is_amount)| is_amount)
        .filter_map(|(entry, _)| entry.amount())
        .map(crate::amount::Amount::decimals)
        .filter(|&d| d > 0)
        .collect();
    decimals.sort_unstable_by(|a, b| b.cmp(a));
    let rank = if decimals.len() < FEW { 1 } else { (decimals.len() / SHARE).max(2) };
    decimals.get(rank - 1).copied().unwrap_or_default()
}

/// Whether a cell prints nothing: blank, or a dash that stands for nothing.
pub fn prints_nothing(entry: &Entry) -> bool {
    match &entry.value {
        Value::Blank => true,
        Value::Amount(_) => false,
        Value::Text(text) => is_dash(text),
    }
}

/// Dashes, slashes and the like that forms print for "nothing".
fn is_dash(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '－' | '—' | '–' | '―' | '─' | '一' | '/' | '／'))
        || matches!(text, "无" | "零")
}

fn half_step(decimals: u32) -> Decimal {
    Decimal::new(5, decimals.saturating_add(1).min(Decimal::MAX_SCALE))
}

/// `value` in `base` instead of `unit`. Where either is unknown the figures are taken to be in the same unit.
pub(crate) fn converted(value: Decimal, unit: Option<Unit>, base: Option<Unit>) -> Option<Decimal> {
    match (unit, base) {
        (Some(unit), Some(base)) if unit != base => value
            .checked_mul(unit.in_yuan())
            .and_then(|yuan| yuan.checked_div(base.in_yuan()))
            .map(|v| if v.scale() > value.scale() { v.normalize() } else { v }),
        _ => Some(value),
    }
}

fn plain(outcome: Outcome, why: Option<Message>) -> Verdict {
    Verdict { outcome, left: None, right: None, difference: None, why }
}

fn doubtful(doubt: &Message) -> Message {
    Message::new(format!("读取存疑：{}", doubt.zh), format!("reading doubtful: {}", doubt.en))
}

fn words(row: &Row, text: &str) -> Message {
    let name = row.name.as_deref().or(row.code.as_deref()).unwrap_or("未标名称的一行");
    let text: String = text.chars().take(20).collect();
    Message::new(
        format!("“{name}”一格印的是“{text}”，不是金额"),
        format!("the cell of “{name}” reads “{text}”, which is no amount"),
    )
}

fn no_unit() -> Message {
    Message::new(
        "其中一处没有印金额单位，无法换算",
        "one of the figures has no printed unit, so they cannot be compared",
    )
}

fn too_large() -> Message {
    Message::new("数字太大，无法相加", "the figures are too large to add up")
}

fn no_base() -> Message {
    Message::new("上年数或总额是 0，比率没有意义", "the base is zero, so there is no percent of it")
}

fn not_there() -> Message {
    Message::new("缺少要核对的数字", "a figure that is needed is not there")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sketch::disclosure;

    fn cell(row: u32, column: u16) -> Anchor {
        Anchor::Cell { disclosure: 0, table: 0, row, column }
    }

    fn column_sum(sketch: &str, parts: std::ops::Range<u32>) -> Verdict {
        let disclosures = [disclosure(sketch)];
        let equation = Equation {
            left: vec![Term::plus(cell(0, 1))],
            relation: Relation::Equal,
            right: parts.map(|row| Term::plus(cell(row, 1))).collect(),
        };
        judge(&disclosures, &Claim::Equation(equation))
    }

    #[test]
    fn equal_figures_pass_and_a_last_digit_is_rounding() {
        let sketch = "# 支出总表 | 万元\n| 科目名称 | 合计 |\n| 合计 | 100.00 |\n| 甲 | 60.00 |\n| 乙 | 40.00 |";
        assert_eq!(column_sum(sketch, 1..3).outcome, Outcome::Pass);
        assert_eq!(column_sum(&sketch.replace("40.00", "40.01"), 1..3).outcome, Outcome::Rounding);
        assert_eq!(column_sum(&sketch.replace("40.00", "40.02"), 1..3).outcome, Outcome::Fail);
        assert_eq!(column_sum(&sketch.replace("40.00", ""), 1..3).difference, Some(Decimal::new(4000, 2)));
    }

    #[test]
    fn dropped_zeros_are_not_rounding() {
        let sketch = "# 整体支出绩效目标表 | 万元\n| 名称 | 金额 |\n| 合计 | 1774.32 |\n| 甲 | 843.72 |\n| 乙 | 931 |";
        let verdict = column_sum(sketch, 1..3);
        assert_eq!(verdict.outcome, Outcome::Fail, "931 is 931.00 here, so 0.40 is more than rounding");
        let whole = "# 支出总表 | 万元\n| 名称 | 金额 |\n| 合计 | 1775 |\n| 甲 | 843 |\n| 乙 | 931 |";
        assert_eq!(column_sum(whole, 1..3).outcome, Outcome::Rounding, "a table of whole units is rounded to them");
    }

    #[test]
    fn words_are_not_checkable_and_dashes_are_nothing() {
        let sketch = "# 支出总表 | 万元\n| 名称 | 金额 |\n| 合计 | 10.00 |\n| 甲 | 10.00 |\n| 乙 | 见附件 |";
        let verdict = column_sum(sketch, 1..3);
        assert_eq!(verdict.outcome, Outcome::NotCheckable);
        assert!(verdict.why.is_some_and(|w| w.zh.contains("见附件")));
        assert_eq!(column_sum(&sketch.replace("见附件", "—"), 1..3).outcome, Outcome::Pass);
    }

    #[test]
    fn doubt_turns_a_mismatch_into_not_checkable() {
        let mut disclosures = [disclosure("# 支出总表 | 万元\n| 名称 | 金额 |\n| 合计 | 10.00 |\n| 甲 | 12.00 |")];
        disclosures[0].tables[0].rows[1].doubt = Some(Message::new("列可能错位", "columns may be shifted"));
        let equation = Equation {
            left: vec![Term::plus(cell(0, 1))],
            relation: Relation::Equal,
            right: vec![Term::plus(cell(1, 1))],
        };
        let verdict = judge(&disclosures, &Claim::Equation(equation));
        assert_eq!(verdict.outcome, Outcome::NotCheckable);
        assert_eq!(verdict.why.map(|w| w.zh), Some("读取存疑：列可能错位".to_owned()));
    }

    #[test]
    fn units_are_converted_to_that_of_the_first_figure() {
        let text = "# 收入总表 | 万元\n| 名称 | 金额 |\n| 合计 | 3426.29 |\n# 支出总表 | 元\n| 名称 | 金额 |\n| 合计 | 34262873 |";
        let disclosures = [disclosure(text)];
        let equation = Equation {
            left: vec![Term::plus(cell(0, 1))],
            relation: Relation::Equal,
            right: vec![Term::plus(Anchor::Cell { disclosure: 0, table: 1, row: 0, column: 1 })],
        };
        let verdict = judge(&disclosures, &Claim::Equation(equation.clone()));
        assert_eq!((verdict.outcome, verdict.right), (Outcome::Rounding, Some(Decimal::new(34_262_873, 4))));
        let unknown = [disclosure(&text.replace(" | 元\n", "\n"))];
        assert_eq!(judge(&unknown, &Claim::Equation(equation)).outcome, Outcome::NotCheckable);
    }

    #[test]
    fn bounds_allow_one_direction() {
        let disclosures = [disclosure("# 支出总表 | 万元\n| 名称 | 金额 |\n| 合计 | 10.00 |\n| 甲 | 12.00 |")];
        for (relation, expected) in [(Relation::AtMost, Outcome::Pass), (Relation::AtLeast, Outcome::Fail)] {
            let equation =
                Equation { left: vec![Term::plus(cell(0, 1))], relation, right: vec![Term::plus(cell(1, 1))] };
            assert_eq!(judge(&disclosures, &Claim::Equation(equation)).outcome, expected);
        }
    }

    #[test]
    fn sums_past_the_range_of_decimals_are_not_checkable() {
        let sketch = format!(
            "# 支出总表 | 万元\n| 名称 | 金额 |\n| 合计 | 1.00 |\n| 甲 | {m} |\n| 乙 | {m} |",
            m = "79228162514264337593543950335"
        );
        assert_eq!(column_sum(&sketch, 1..3).outcome, Outcome::NotCheckable);
    }
}
