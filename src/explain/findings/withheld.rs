//! Codes above the sum of what is printed below them: items that are lawfully withheld, or a figure that was mistyped.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Finding, Kind, MAX_PLACES, Page, Stated, WITHHELD};
use crate::disclosure::{Anchor, Row, RowRole, Table, TableKind};
use crate::rules::judge::Outcome;
use crate::rules::{Checked, Claim, Severity};

/// The rule on codes that are not the sum of their parts.
const ROLL_UP: &str = "T08";

impl<'a> Page<'a> {
    /// Whether a gap below a code is a figure that was mistyped sooner than items that are withheld: the digits of one figure,
    /// or of one of a few, explain it, the gap is no round amount, and no other table has the same. Below an economic class, of
    /// which hardly anything is withheld, any digits that explain it are enough.
    pub(super) fn is_mistyped(&self, kind: &Kind, edits: &[usize]) -> bool {
        /// The digits of so many figures explain any gap.
        const FEW: usize = 3;
        let [edit] = edits else { return false };
        let listed = self.is_of_economic_class(*edit);
        let by_digits = match kind {
            Kind::Cell(candidate) => candidate.slip.is_of_digits(),
            Kind::Candidates(all) => {
                (listed || all.len() <= FEW) && all.iter().all(|candidate| candidate.slip.is_of_digits())
            }
            _ => false,
        };
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
        by_digits && (listed || !is_round) && same.count() == 1
    }

    /// Whether an equation is about an economic class. Items of secret functions are withheld; what an office spends on wages
    /// and goods is listed down to the group (款) all the same.
    fn is_of_economic_class(&self, edit: usize) -> bool {
        self.stated_row(self.check(edit)).is_some_and(|(.., row)| row.role == RowRole::Economic)
    }

    /// Whether a group is above its printed items everywhere in its disclosure: no table lists items that make it whole, so
    /// some are withheld. Where a table does, a line is missing in another.
    pub(super) fn is_withheld(&self, edit: usize) -> bool {
        let check = self.check(edit);
        let stated = self.stated_code(check).map(|(disclosure, code)| (disclosure, code, check.verdict.left));
        check.rule == WITHHELD
            && !self.is_of_economic_class(edit)
            && stated.is_some_and(|stated| !self.whole.contains(&stated))
    }

    /// What an equation states of a code whose items make it whole.
    pub(super) fn rolled_up(&self, check: &Checked) -> Option<Stated<'a>> {
        if check.rule != ROLL_UP || !matches!(check.verdict.outcome, Outcome::Pass | Outcome::Rounding) {
            return None;
        }
        self.stated_code(check).map(|(disclosure, code)| (disclosure, code, check.verdict.left))
    }

    /// The row that an equation is about, its disclosure and table.
    fn stated_row(&self, check: &Checked) -> Option<(u16, &'a Table, &'a Row)> {
        let Claim::Equation(equation) = &check.claim else { return None };
        let Some(Anchor::Cell { disclosure, table, row, .. }) = equation.left.first().map(|term| term.at) else {
            return None;
        };
        let table = self.disclosures.get(usize::from(disclosure))?.tables.get(usize::from(table))?;
        Some((disclosure, table, table.rows.get(row as usize)?))
    }

    /// Disclosure and code of the row that an equation is about; for a list of projects without codes, its name.
    fn stated_code(&self, check: &Checked) -> Option<(u16, &'a str)> {
        let (disclosure, table, row) = self.stated_row(check)?;
        match (&row.code, &row.name) {
            (Some(code), _) => Some((disclosure, code)),
            (None, Some(name)) if row.role == RowRole::Function || table.kind == TableKind::ProjectExpenditure => {
                Some((disclosure, name))
            }
            _ => None,
        }
    }

    /// What is withheld is told once, though every table has the same gap.
    pub(super) fn told_once(&self, found: Vec<Finding>) -> Vec<Finding> {
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
}
