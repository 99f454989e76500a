//! Root causes written as findings, and facts that do not hold.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::causes::{Cause, Kind};
use super::components::Graph;
use super::suspect::Candidate;
use super::{Finding, Suspect, wording};
use crate::amount::{Amount, Unit};
use crate::disclosure::{Anchor, Disclosure, Message, RowRole, TableKind, Value};
use crate::rules::judge::Outcome;
use crate::rules::{self, Checked, Claim, Relation, Severity};

/// More places than this are no help to a reader.
const MAX_PLACES: usize = 12;

/// More identities than this are counted, not told one by one.
const MAX_TOLD: usize = 3;

/// The rule on codes above the sum of their printed parts.
const WITHHELD: &str = "T09";

/// The rule on codes that are not the sum of their parts.
const ROLL_UP: &str = "T08";

/// More cells than this that are equally likely are counted, not told one by one.
const MAX_NAMED: usize = 4;

/// A rule with several facts failing for one reason says so by this many codes in common.
const CLASS_DIGITS: usize = 3;

/// Everything a reader must look at, the weightiest first.
pub(super) fn write(
    disclosures: &[Disclosure],
    checked: &[Checked],
    graph: &Graph,
    causes: Vec<Cause>,
) -> Vec<Finding> {
    let mut page = Page { disclosures, checked, graph, whole: BTreeSet::new() };
    page.whole = checked.iter().filter_map(|check| page.rolled_up(check)).collect();
    let mut found: Vec<Finding> = causes.into_iter().filter_map(|cause| page.finding(cause)).collect();
    found = page.told_once(found);
    found.extend(page.facts());
    found.sort_by(|a, b| {
        (a.severity, a.disclosure, a.at.first(), &a.rule, &a.checks).cmp(&(
            b.severity,
            b.disclosure,
            b.at.first(),
            &b.rule,
            &b.checks,
        ))
    });
    found
}

/// A check that an announced table is there, its index, and the table.
type Absent<'c> = (&'c Checked, u32, &'c [Anchor]);

struct Page<'a> {
    disclosures: &'a [Disclosure],
    checked: &'a [Checked],
    graph: &'a Graph,
    /// The sums that some table's items make whole.
    whole: BTreeSet<Stated<'a>>,
}

/// Disclosure and code of a row that an equation is about, and the sum that is stated there.
type Stated<'a> = (u16, &'a str, Option<Decimal>);

impl<'a> Page<'a> {
    fn check(&self, edit: usize) -> &'a Checked {
        &self.checked[self.graph.edits[edit].check as usize]
    }

    fn finding(&self, cause: Cause) -> Option<Finding> {
        let Cause { mut kind, edits } = cause;
        // Of codes that are withheld no printed cell is the wrong one.
        if edits.iter().all(|&e| self.check(e).rule == WITHHELD)
            && !matches!(kind, Kind::Rounding)
            && !self.is_mistyped(&kind, &edits)
        {
            kind = Kind::Open;
        }
        // The heaviest rule speaks; among equals the first.
        let lead = edits.iter().copied().min_by_key(|&e| (self.graph.edits[e].severity, self.graph.edits[e].check))?;
        let check = self.check(lead);
        let mut checks: Vec<u32> = edits.iter().map(|&e| self.graph.edits[e].check).collect();
        checks.sort_unstable();
        let mut severity = self.graph.edits[lead].severity;
        let mut suspect = None;
        let mut at: Vec<Anchor> = Vec::new();
        let (title, message) = match &kind {
            Kind::Cell(candidate) | Kind::LastDigit(candidate) => {
                if matches!(kind, Kind::LastDigit(_)) {
                    severity = severity.max(Severity::Warning);
                }
                at.push(self.graph.nodes[candidate.node].at);
                suspect = Some(self.suspect(candidate, Vec::new()));
                self.cell(candidate, lead, &edits)
            }
            Kind::Candidates(all) => {
                at.extend(all.iter().map(|c| self.graph.nodes[c.node].at));
                if let Some((first, others)) = all.split_first() {
                    let others = others.iter().map(|c| self.suspect(c, Vec::new())).collect();
                    suspect = Some(self.suspect(first, others));
                }
                self.candidates(all, lead, &edits)
            }
            Kind::Swap(swap) => {
                at.extend([self.graph.nodes[swap.a].at, self.graph.nodes[swap.b].at]);
                self.swap(swap.a, swap.b, &edits)
            }
            Kind::Shift(shift) => {
                at.push(shift.row);
                self.shift(shift.row, shift.left, &edits)
            }
            Kind::Unit(slip) => {
                at.extend([slip.tables.0, slip.tables.1]);
                self.unit_slip(slip.tables, slip.power, edits.len())
            }
            Kind::Open => self.open(lead, &edits),
            Kind::Rounding => {
                severity = Severity::Info;
                self.rounding(lead, &edits)
            }
        };
        if matches!(kind, Kind::Open) && edits.iter().all(|&e| self.is_withheld(e)) {
            severity = Severity::Info;
        }
        at.extend(self.places(&edits, &at));
        at.truncate(MAX_PLACES);
        let disclosure = at.first().map_or(usize::from(check.disclosure), |a| a.disclosure());
        Some(Finding {
            rule: check.rule.clone(),
            severity,
            disclosure: u16::try_from(disclosure).unwrap_or(check.disclosure),
            title,
            message,
            at,
            suspect,
            checks,
        })
    }

    /// Whether a gap below a code is a figure that was mistyped sooner than items that are withheld: one figure alone
    /// can be explained, the gap is no round amount, and no other table has the same.
    fn is_mistyped(&self, kind: &Kind, edits: &[usize]) -> bool {
        let (Kind::Cell(candidate), [edit]) = (kind, edits) else { return false };
        let check = self.check(*edit);
        let gap = check.verdict.difference.unwrap_or_default().abs().normalize();
        let is_round = gap.mantissa().unsigned_abs() < 10 && gap >= Decimal::ONE;
        let own = self.stated_code(check);
        let same = self.checked.iter().filter(|other| {
            other.rule == WITHHELD
                && other.verdict.outcome == Outcome::Fail
                && other.verdict.difference == check.verdict.difference
                && self.stated_code(other) == own
        });
        candidate.slip.is_of_digits() && !is_round && same.count() == 1
    }

    /// Whether a group is above its printed items everywhere in its disclosure: no table lists items that make it whole, so
    /// some are withheld. Where a table does, a line is missing in another.
    fn is_withheld(&self, edit: usize) -> bool {
        let check = self.check(edit);
        let stated = self.stated_code(check).map(|(disclosure, code)| (disclosure, code, check.verdict.left));
        check.rule == WITHHELD && stated.is_some_and(|stated| !self.whole.contains(&stated))
    }

    /// What an equation states of a code whose items make it whole.
    fn rolled_up(&self, check: &Checked) -> Option<Stated<'a>> {
        if check.rule != ROLL_UP || !matches!(check.verdict.outcome, Outcome::Pass | Outcome::Rounding) {
            return None;
        }
        self.stated_code(check).map(|(disclosure, code)| (disclosure, code, check.verdict.left))
    }

    /// Disclosure and code of the row that an equation is about; for a list of projects without codes, its name.
    fn stated_code(&self, check: &Checked) -> Option<(u16, &'a str)> {
        let Claim::Equation(equation) = &check.claim else { return None };
        let Some(Anchor::Cell { disclosure, table, row, .. }) = equation.left.first().map(|term| term.at) else {
            return None;
        };
        let table = self.disclosures.get(usize::from(disclosure))?.tables.get(usize::from(table))?;
        let row = table.rows.get(row as usize)?;
        match (&row.code, &row.name) {
            (Some(code), _) => Some((disclosure, code)),
            (None, Some(name)) if row.role == RowRole::Function || table.kind == TableKind::ProjectExpenditure => {
                Some((disclosure, name))
            }
            _ => None,
        }
    }

    /// What is withheld is told once, though every table has the same gap.
    fn told_once(&self, found: Vec<Finding>) -> Vec<Finding> {
        let mut first: BTreeMap<(u16, &str, Option<Decimal>), usize> = BTreeMap::new();
        let mut kept: Vec<Finding> = Vec::with_capacity(found.len());
        for finding in found {
            let check = finding.checks.first().and_then(|&at| self.checked.get(at as usize));
            let key = check
                .filter(|check| check.rule == WITHHELD && finding.severity == Severity::Info)
                .and_then(|check| self.stated_code(check).map(|(at, code)| (at, code, check.verdict.difference)));
            match key.and_then(|key| first.get(&key).copied()).and_then(|at| kept.get_mut(at)) {
                Some(same) => {
                    same.checks.extend(finding.checks);
                    same.checks.sort_unstable();
                    let room = MAX_PLACES.saturating_sub(same.at.len());
                    same.at.extend(finding.at.into_iter().take(room));
                }
                None => {
                    if let Some(key) = key {
                        first.insert(key, kept.len());
                    }
                    kept.push(finding);
                }
            }
        }
        kept
    }

    /// The stated figures first, then what they are made of, as far as anything is printed there.
    fn places(&self, edits: &[usize], known: &[Anchor]) -> Vec<Anchor> {
        let mut found: Vec<Anchor> = Vec::new();
        let equation = |e: usize| match &self.check(e).claim {
            Claim::Equation(equation) => Some(equation),
            _ => None,
        };
        let stated = edits.iter().filter_map(|&e| equation(e)).flat_map(|q| &q.left);
        let made_of = edits.iter().filter_map(|&e| equation(e)).flat_map(|q| &q.right);
        for term in stated.chain(made_of) {
            let printed = self.graph.node(term.at).is_some_and(|n| !self.graph.nodes[n].value.is_zero());
            if printed && !known.contains(&term.at) && !found.contains(&term.at) {
                found.push(term.at);
            }
            if found.len() >= MAX_PLACES {
                break;
            }
        }
        found
    }

    fn suspect(&self, candidate: &Candidate, alternatives: Vec<Suspect>) -> Suspect {
        let node = self.graph.nodes[candidate.node];
        let printed = self.printed(node.at);
        let mut value = candidate.fitting.normalize();
        let decimals = printed.as_ref().map_or(2, Amount::decimals);
        value.rescale(value.scale().max(decimals));
        Suspect {
            at: node.at,
            printed,
            fitting: (!value.is_zero()).then(|| Amount::computed(value)),
            agreeing: u32::try_from(candidate.mended.len()).unwrap_or(u32::MAX),
            alternatives,
        }
    }

    fn printed(&self, at: Anchor) -> Option<Amount> {
        match at {
            Anchor::Cell { disclosure, table, row, column } => {
                let table = self.disclosures.get(usize::from(disclosure))?.tables.get(usize::from(table))?;
                match &table.rows.get(row as usize)?.entries.get(usize::from(column))?.value {
                    Value::Amount(amount) => Some(amount.clone()),
                    _ => None,
                }
            }
            Anchor::Statement { disclosure, statement } => self
                .disclosures
                .get(usize::from(disclosure))?
                .statements
                .get(statement as usize)
                .map(|s| s.amount.clone()),
            _ => None,
        }
    }

    fn unit(&self, at: Anchor) -> Option<Unit> {
        match at {
            Anchor::Cell { disclosure, table, .. } => {
                self.disclosures.get(usize::from(disclosure))?.tables.get(usize::from(table))?.unit
            }
            Anchor::Statement { disclosure, statement } => {
                self.disclosures.get(usize::from(disclosure))?.statements.get(statement as usize)?.unit
            }
            _ => None,
        }
    }

    fn cell(&self, candidate: &Candidate, lead: usize, edits: &[usize]) -> (Message, Message) {
        let node = self.graph.nodes[candidate.node];
        let place = wording::place(self.disclosures, node.at);
        let title = if let Some(unit) = self.likelier_unit(candidate) {
            let statement = wording::place(self.disclosures, node.at);
            let printed = self.printed(node.at).map(|a| a.to_string()).unwrap_or_default();
            let printed_unit = self.unit(node.at).map_or("", Unit::word);
            Message::new(
                format!("{}印作“{printed}{printed_unit}”，单位可能应是“{}”", statement.zh, unit.word()),
                format!("{} reads “{printed}{printed_unit}”: its unit may be {}", statement.en, unit.word()),
            )
        } else if edits.iter().all(|&e| self.graph.edits[e].is_copy()) {
            self.differs(node.at, lead)
        } else {
            let by = wording::over_or_under(node.value.saturating_sub(candidate.fitting));
            Message::new(
                format!("{}与合计不符，{}", place.zh, by.zh),
                format!("{} does not fit the total, {}", place.en, by.en),
            )
        };
        let fits = wording::fitting(candidate.fitting);
        let printed = match self.printed(node.at) {
            Some(amount) => Message::new(format!("文件所印 {amount}"), format!("Printed: {amount}")),
            None => Message::new("文件中此格空白", "The cell is blank"),
        };
        let n = candidate.mended.len();
        let message = wording::join(&[
            Message::new(format!("{}。", printed.zh), format!("{}.", printed.en)),
            Message::new(
                format!("若此格为{}{}，{n} 项由不符变相符，没有别的核对被打破。", gap(&fits.zh), fits.zh),
                if n == 1 {
                    format!("If it is {}, one check ties and none breaks.", fits.en)
                } else {
                    format!("If it is {}, {n} checks tie and none breaks.", fits.en)
                },
            ),
            wording::clue(candidate.slip),
            self.told(edits),
            wording::caveat(),
        ]);
        (title, message)
    }

    /// The unit in which the printed digits of a statement would fit.
    fn likelier_unit(&self, candidate: &Candidate) -> Option<Unit> {
        let node = self.graph.nodes[candidate.node];
        let (Anchor::Statement { .. }, Some(unit)) = (node.at, self.unit(node.at)) else {
            return None;
        };
        let fits = candidate.fitting.checked_mul(unit.in_yuan())?;
        [Unit::Yuan, Unit::Thousand, Unit::TenThousand, Unit::HundredMillion]
            .into_iter()
            .find(|u| *u != unit && node.value.checked_mul(u.in_yuan()) == Some(fits) && !fits.is_zero())
    }

    /// `“项”在表甲与表乙不同`.
    fn differs(&self, at: Anchor, lead: usize) -> Message {
        let other = self.graph.edits[lead].terms.iter().map(|&(n, _)| self.graph.nodes[n].at).find(|&a| a != at);
        let cell = wording::cell(self.disclosures, at);
        let name = |a: Anchor| wording::table(self.disclosures, a).unwrap_or_else(|| Message::new("正文", "the text"));
        let Some(other) = other else {
            return self.check(lead).label.clone();
        };
        let with_units = self.unit(at) != self.unit(other);
        let value = |a: Anchor| match self.printed(a) {
            Some(v) => {
                let unit = self.unit(a).filter(|_| with_units).map_or("", Unit::word);
                Message::new(format!("{v}{unit}"), format!("{v}{unit}"))
            }
            None => Message::new("空", "blank"),
        };
        let (a, b) = (name(at), name(other));
        let (x, y) = (value(at), value(other));
        if a == b {
            return Message::new(
                format!(
                    "{}“{}”与“{}”不同：{}／{}",
                    a.zh,
                    cell.zh,
                    wording::cell(self.disclosures, other).zh,
                    x.zh,
                    y.zh
                ),
                format!(
                    "“{}” differs from “{}” in {}: {} / {}",
                    cell.en,
                    wording::cell(self.disclosures, other).en,
                    a.en,
                    x.en,
                    y.en
                ),
            );
        }
        Message::new(
            format!("{}与{}的“{}”不同：{}／{}", a.zh, b.zh, cell.zh, x.zh, y.zh),
            format!("“{}” differs between {} and {}: {} / {}", cell.en, a.en, b.en, x.en, y.en),
        )
    }

    /// The title of an equation of which no cell is known to be wrong.
    fn mismatch(&self, lead: usize) -> Message {
        let edit = &self.graph.edits[lead];
        let check = self.check(lead);
        let Claim::Equation(equation) = &check.claim else {
            return check.label.clone();
        };
        let Some(stated) = equation.left.first() else {
            return check.label.clone();
        };
        if edit.is_copy() && equation.relation == Relation::Equal && check.rule != WITHHELD {
            return self.differs(stated.at, lead);
        }
        let place = wording::place(self.disclosures, stated.at);
        let by = wording::over_or_under(edit.sums.difference);
        match (check.rule.as_ref(), equation.relation) {
            ("T09", _) => Message::new(
                format!("{}大于所列下级之和，{}，可能有下级没有公开", place.zh, by.zh),
                format!("{} is above the codes printed below it, {}: some may be withheld", place.en, by.en),
            ),
            (_, Relation::AtLeast) => Message::new(
                format!("{}小于应包含的数，{}", place.zh, by.zh),
                format!("{} is less than what it should include, {}", place.en, by.en),
            ),
            (_, Relation::AtMost) => Message::new(
                format!("{}大于包含它的数，{}", place.zh, by.zh),
                format!("{} is more than what should include it, {}", place.en, by.en),
            ),
            _ => Message::new(
                format!("{}与各项之和不符，{}", place.zh, by.zh),
                format!("{} does not equal the sum of its parts, {}", place.en, by.en),
            ),
        }
    }

    fn candidates(&self, all: &[Candidate], lead: usize, edits: &[usize]) -> (Message, Message) {
        let mut parts = vec![self.told(edits), Message::new("多格都可能：", "Several cells are possible: ")];
        let told = if all.len() > MAX_NAMED + 1 { MAX_NAMED } else { all.len() };
        for (at, candidate) in all.iter().take(told).enumerate() {
            let node = self.graph.nodes[candidate.node];
            let place = wording::place(self.disclosures, node.at);
            let fits = wording::fitting(candidate.fitting);
            let mark = if at + 1 == told { ("。", ".") } else { ("；", ";") };
            parts.push(Message::new(
                format!("{}若为{}{}{}", place.zh, gap(&fits.zh), fits.zh, mark.0),
                format!("{} if {}{}", place.en, fits.en, mark.1),
            ));
        }
        let rest = all.len() - told;
        if rest > 0 {
            parts.push(Message::new(format!("另有 {rest} 格同样可能。"), format!("{rest} more cells are as likely.")));
        }
        parts.push(wording::caveat());
        (self.mismatch(lead), wording::join(&parts))
    }

    fn swap(&self, a: usize, b: usize, edits: &[usize]) -> (Message, Message) {
        let (first, second) = (self.graph.nodes[a].at, self.graph.nodes[b].at);
        let place = wording::place(self.disclosures, first);
        let other = wording::cell(self.disclosures, second);
        let n = edits.len();
        (
            Message::new(
                format!("{}与“{}”两格可能互换了", place.zh, other.zh),
                format!("{} and “{}” may have changed places", place.en, other.en),
            ),
            wording::join(&[
                Message::new(
                    format!("两格的数互换后，{n} 项由不符变相符，没有别的核对被打破。"),
                    format!("If the two figures change places, {n} checks tie and none breaks."),
                ),
                self.told(edits),
                wording::caveat(),
            ]),
        )
    }

    fn shift(&self, row: Anchor, left: bool, edits: &[usize]) -> (Message, Message) {
        let table = wording::table(self.disclosures, row).unwrap_or_default();
        let name = match row {
            Anchor::Cell { disclosure, table, row, .. } => self
                .disclosures
                .get(usize::from(disclosure))
                .and_then(|d| d.tables.get(usize::from(table)))
                .and_then(|t| t.rows.get(row as usize))
                .map(rules::sight::row_name)
                .unwrap_or_default(),
            _ => Message::default(),
        };
        let (way, way_en) = if left { ("右", "right") } else { ("左", "left") };
        let n = edits.len();
        (
            Message::new(
                format!("{}“{}”一行可能向{way}错了一栏", table.zh, name.zh),
                format!("the row “{}” of {} may stand one column too far {way_en}", name.en, table.en),
            ),
            wording::join(&[
                Message::new(
                    format!("整行移回一栏后，{n} 项由不符变相符，没有别的核对被打破。"),
                    format!("If the row is moved back by one column, {n} checks tie and none breaks."),
                ),
                self.told(edits),
                wording::caveat(),
            ]),
        )
    }

    fn unit_slip(&self, tables: (Anchor, Anchor), power: i32, n: usize) -> (Message, Message) {
        let name = |at| wording::table(self.disclosures, at).unwrap_or_default();
        let (a, b) = (name(tables.0), name(tables.1));
        let factor = 10_u64.checked_pow(power.unsigned_abs()).unwrap_or_default();
        let (zh, en) = if power > 0 { ("大", "larger") } else { ("小", "smaller") };
        (
            Message::new(
                format!("{}的数都{zh} {factor} 倍，金额单位可能印错", a.zh),
                format!("the figures of {} are {factor} times {en}: its unit may be misprinted", a.en),
            ),
            wording::join(&[
                Message::new(
                    format!("与{}对照，有 {n} 项数字相同、只差 {factor} 倍。", b.zh),
                    format!("Against {}, {n} figures are the same but for the factor {factor}.", b.en),
                ),
                wording::caveat(),
            ]),
        )
    }

    fn open(&self, lead: usize, edits: &[usize]) -> (Message, Message) {
        let mut parts = vec![self.told(edits)];
        if edits.len() > 1 {
            parts.push(Message::new("没有哪一格单独改了就都能对上。", "No single cell makes them all tie."));
        } else {
            parts.push(Message::new(
                "多格都可能，无法断定是哪一格。",
                "Several cells are possible; which one cannot be told.",
            ));
        }
        if edits.iter().all(|&e| self.check(e).rule == WITHHELD) {
            parts.push(Message::new(
                "依法不公开的科目不会列出，这时上级大于所列下级之和是正常的。",
                "Codes that are lawfully withheld are not printed; a class above its printed parts is then as it should be.",
            ));
        }
        parts.push(wording::caveat());
        (self.mismatch(lead), wording::join(&parts))
    }

    fn rounding(&self, lead: usize, edits: &[usize]) -> (Message, Message) {
        let largest = edits.iter().map(|&e| self.graph.edits[e].sums.difference.abs()).max().unwrap_or_default();
        let stated = match &self.check(lead).claim {
            Claim::Equation(equation) => equation.left.first().map(|t| t.at),
            _ => None,
        };
        let row = |e: usize| match &self.check(e).claim {
            Claim::Equation(q) => match q.left.first().map(|t| t.at) {
                Some(Anchor::Cell { table, row, .. }) => Some((table, row)),
                _ => None,
            },
            _ => None,
        };
        let one_row = edits.iter().all(|&e| row(e) == row(lead));
        let place = stated.map_or_else(Message::default, |at| {
            if one_row {
                wording::place(self.disclosures, at)
            } else {
                wording::table(self.disclosures, at).unwrap_or_default()
            }
        });
        let (n, by) = (edits.len(), wording::figure(largest));
        let title = if one_row {
            Message::new(format!("{}差 {by}，属舍入", place.zh), format!("{}: off by {by}, rounding", place.en))
        } else {
            Message::new(
                format!("{}有 {n} 处相差不超过 {by}，属舍入", place.zh),
                format!("{}: {n} sums off by at most {by}, rounding", place.en),
            )
        };
        let message = wording::join(&[
            self.told(edits),
            Message::new(
                "每个数都按末位四舍五入，加起来会有这样的尾差。",
                "Each figure is rounded to its last digit, and sums of such figures differ by so much.",
            ),
        ]);
        (title, message)
    }

    /// The sums that do not come out, the first few of them.
    fn told(&self, edits: &[usize]) -> Message {
        let mut lines: Vec<Message> = edits
            .iter()
            .take(MAX_TOLD)
            .map(|&e| {
                let sum = wording::sum(self.check(e));
                Message::new(format!("{}。", sum.zh), format!("{}.", sum.en))
            })
            .collect();
        if edits.len() > MAX_TOLD {
            let rest = edits.len() - MAX_TOLD;
            lines.push(Message::new(format!("另有 {rest} 项同样。"), format!("{rest} more in the same way.")));
        }
        wording::join(&lines)
    }

    /// Facts that do not hold: one finding each, except that a code and the codes below it share one.
    fn facts(&self) -> Vec<Finding> {
        let mut found: Vec<Finding> = Vec::new();
        let mut by_class: BTreeMap<(u16, String), usize> = BTreeMap::new();
        let mut absent: Vec<Absent<'_>> = Vec::new();
        for (check, index) in self.checked.iter().zip(0_u32..) {
            if let (Claim::Ratio(ratio), Outcome::Fail) = (&check.claim, check.verdict.outcome) {
                found.push(Self::ratio(check, index, ratio));
                continue;
            }
            let (Claim::Fact { at, .. }, Outcome::Fail) = (&check.claim, check.verdict.outcome) else {
                continue;
            };
            let rule = rules::find(&check.rule);
            let class = (check.rule == "T20")
                .then(|| at.first().and_then(|&a| self.code(a)))
                .flatten()
                .and_then(|code| code.get(..CLASS_DIGITS).map(str::to_owned));
            if let Some(class) = &class
                && let Some(&same) = by_class.get(&(check.disclosure, class.clone()))
                && let Some(finding) = found.get_mut(same)
            {
                finding.checks.push(index);
                finding.at.extend(at.iter().take(MAX_PLACES.saturating_sub(finding.at.len())));
                finding.message.zh.extend([check.label.zh.as_str(), "。"]);
                finding.message.en.extend([" ", check.label.en.as_str(), "."]);
                continue;
            }
            if let Some(class) = class {
                by_class.insert((check.disclosure, class), found.len());
            }
            if check.rule == "C01" {
                absent.push((check, index, at));
                continue;
            }
            let explain = rule.map_or(("", ""), |r| r.explain);
            let (title, message) = if check.rule == "T20" {
                (
                    Message::new(
                        format!("同一科目编码有不同名称：{}", check.label.zh),
                        format!("one code has several names: {}", check.label.en),
                    ),
                    Message::new(format!("{}。", check.label.zh), format!("{}.", check.label.en)),
                )
            } else {
                (check.label.clone(), Message::new(explain.0, explain.1))
            };
            found.push(Finding {
                rule: check.rule.clone(),
                severity: rule.map_or(Severity::Info, |r| r.severity),
                disclosure: check.disclosure,
                title,
                message,
                at: at.iter().copied().take(MAX_PLACES).collect(),
                suspect: None,
                checks: vec![index],
            });
        }
        found.extend(self.absent(&absent));
        found
    }

    /// A percent that its figures do not give.
    fn ratio(check: &Checked, index: u32, ratio: &rules::Ratio) -> Finding {
        let rule = rules::find(&check.rule);
        let explain = rule.map_or(("", ""), |r| r.explain);
        let (printed, fitting) = (check.verdict.left.unwrap_or_default(), check.verdict.right.unwrap_or_default());
        let mut at = vec![ratio.percent];
        for term in ratio.part.iter().chain(&ratio.whole) {
            if !at.contains(&term.at) && at.len() < MAX_PLACES {
                at.push(term.at);
            }
        }
        Finding {
            rule: check.rule.clone(),
            severity: rule.map_or(Severity::Info, |r| r.severity),
            disclosure: check.disclosure,
            title: Message::new(
                format!("{}：文中 {printed}%，按所印金额是 {fitting}%", check.label.zh),
                format!("{}: the text has {printed} %, its figures give {fitting} %", check.label.en),
            ),
            message: wording::join(&[Message::new(explain.0, explain.1), wording::caveat()]),
            at,
            suspect: Some(Suspect {
                at: ratio.percent,
                printed: Some(Amount::computed(printed)),
                fitting: Some(Amount::computed(fitting)),
                agreeing: 1,
                alternatives: Vec::new(),
            }),
            checks: vec![index],
        }
    }

    /// Announced tables that are not there: one finding each, or one for all where that many are gone that the
    /// tables as such are (pictures, attachments, another file).
    fn absent(&self, tables: &[Absent<'_>]) -> Vec<Finding> {
        /// So many absent tables have one cause.
        const MANY: usize = 4;
        let rule = rules::find("C01");
        let severity = rule.map_or(Severity::Info, |r| r.severity);
        let explain = rule.map_or(("", ""), |r| r.explain);
        let message = Message::new(explain.0, explain.1);
        let finding = |check: &Checked, title: Message, message: Message, at: Vec<Anchor>, checks: Vec<u32>| Finding {
            rule: check.rule.clone(),
            severity,
            disclosure: check.disclosure,
            title,
            message,
            at,
            suspect: None,
            checks,
        };
        let mut by_disclosure: BTreeMap<u16, Vec<&Absent<'_>>> = BTreeMap::new();
        for table in tables {
            by_disclosure.entry(table.0.disclosure).or_default().push(table);
        }
        let mut found = Vec::new();
        for all in by_disclosure.into_values() {
            if all.len() < MANY {
                found.extend(
                    all.iter().map(|(c, i, at)| finding(c, c.label.clone(), message.clone(), at.to_vec(), vec![*i])),
                );
                continue;
            }
            let mut names: Vec<String> = Vec::new();
            for name in all.iter().flat_map(|(.., at)| at.iter()).filter_map(|&a| wording::table(self.disclosures, a)) {
                if !names.contains(&name.zh) && names.len() < MAX_PLACES {
                    names.push(name.zh);
                }
            }
            let n = all.len();
            let title = Message::new(
                format!("有 {n} 处写了表名，正文里没有读到表"),
                format!("{n} tables are announced and were not found in the text"),
            );
            let listed = Message::new(format!("{}。", names.join("、")), format!("{}.", names.join(", ")));
            let at = all.iter().flat_map(|(.., at)| at.iter().copied()).take(MAX_PLACES).collect();
            let checks = all.iter().map(|(_, i, _)| *i).collect();
            found.push(finding(all[0].0, title, wording::join(&[listed, message.clone()]), at, checks));
        }
        found
    }

    fn code(&self, at: Anchor) -> Option<&'a str> {
        let Anchor::Cell { disclosure, table, row, .. } = at else {
            return None;
        };
        let table = self.disclosures.get(usize::from(disclosure))?.tables.get(usize::from(table))?;
        table.rows.get(row as usize)?.code.as_deref()
    }
}

/// A space between Chinese and a figure.
fn gap(text: &str) -> &'static str {
    if text.starts_with(|c: char| c.is_ascii_digit() || c == '−') { " " } else { "" }
}
