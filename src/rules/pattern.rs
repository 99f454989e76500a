//! Sums that fail in most rows of a table: a header that was read wrongly, not that many slips.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::judge::Outcome;
use super::{Checked, Claim};
use crate::disclosure::{Anchor, Message};

/// Fewer failing rows than this are slips, whatever their share.
const MANY: usize = 3;

/// The columns of one sum in one table.
type Columns = (u16, u16, Vec<(u16, bool)>);

/// Turns a sum over columns that fails in most of a table's rows, and in at least [`MANY`], into "not checkable".
pub(super) fn doubt_headers(checks: &mut [Checked]) {
    let failed = |checked: &Checked| checked.verdict.outcome == Outcome::Fail;
    let told = |checked: &Checked| matches!(checked.verdict.outcome, Outcome::Pass | Outcome::Rounding | Outcome::Fail);
    let mut failing: BTreeMap<(Cow<str>, Columns), Vec<usize>> = BTreeMap::new();
    for (at, checked) in checks.iter().enumerate().filter(|(_, checked)| failed(checked)) {
        if let Some(columns) = columns(&checked.claim) {
            failing.entry((checked.rule.clone(), columns)).or_default().push(at);
        }
    }
    failing.retain(|_, failed| failed.len() >= MANY);
    if failing.is_empty() {
        return;
    }
    let mut rows: BTreeMap<(Cow<str>, Columns), usize> = failing.keys().map(|sum| (sum.clone(), 0)).collect();
    for checked in checks.iter().filter(|checked| told(checked)) {
        if let Some(columns) = columns(&checked.claim)
            && let Some(rows) = rows.get_mut(&(checked.rule.clone(), columns))
        {
            *rows += 1;
        }
    }
    for (sum, failed) in failing {
        if rows.get(&sum).is_some_and(|&rows| failed.len() * 2 <= rows) {
            continue;
        }
        for at in failed {
            let verdict = &mut checks[at].verdict;
            verdict.outcome = Outcome::NotCheckable;
            verdict.why = Some(Message::new(
                "读取存疑：这张表多数行都不是这样相加，可能是表头读得不对",
                "reading doubtful: most rows of this table do not add up this way, so its header may be misread",
            ));
        }
    }
}

/// The columns of an equation that stays within one row, or `None` for any other claim.
fn columns(claim: &Claim) -> Option<Columns> {
    let Claim::Equation(equation) = claim else {
        return None;
    };
    let mut home = None;
    let mut columns = Vec::with_capacity(equation.right.len() + 1);
    for (term, stated) in equation.left.iter().map(|t| (t, true)).chain(equation.right.iter().map(|t| (t, false))) {
        let Anchor::Cell { disclosure, table, row, column } = term.at else {
            return None;
        };
        if *home.get_or_insert((disclosure, table, row)) != (disclosure, table, row) {
            return None;
        }
        columns.push((column, stated));
    }
    (columns.len() > 2).then_some(())?;
    let (disclosure, table, _) = home?;
    Some((disclosure, table, columns))
}
