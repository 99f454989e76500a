//! Which kinds of money a department has: what guards ask before they hold one table equal to another.

use super::Scope;
use super::judge::Judge;
use super::sides;
use super::sight::TableAt;
use crate::disclosure::{ColumnRole, Measure, Side, TableKind};

/// What the tables say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// They say so.
    Yes,
    /// They say the opposite.
    No,
    /// They do not say.
    Unknown,
}

/// Whether all money of the department is of the given kinds.
pub(crate) fn only(scope: &Scope, kinds: &[Measure]) -> Answer {
    let judge = scope.judge();
    let revenue = scope.present(TableKind::RevenueSummary);
    if let [table] = revenue[..]
        && let Some(row) = table.total_row()
    {
        let answer = only_in_columns(judge, table, row, kinds);
        if answer != Answer::Unknown {
            return answer;
        }
    }
    match scope.present(TableKind::RevenueExpenditureSummary)[..] {
        [table] => only_in_items(judge, table, kinds),
        _ => Answer::Unknown,
    }
}

/// Whether the department has no money of the given kinds.
pub(crate) fn none(scope: &Scope, kinds: &[Measure]) -> Answer {
    let judge = scope.judge();
    let mut answer = Answer::Unknown;
    let mut doubted = false;
    for t in scope.present(TableKind::FiscalAppropriationSummary) {
        let mut split = 0;
        let mut carried = false;
        for list in sides::lists(t).iter().filter(|l| l.side == Side::Revenue) {
            for (at, row) in t.rows().filter(|(_, r)| r.side == Some(Side::Revenue)) {
                let printed = !judge.is_nothing(t.cell(at, list.column));
                let known = row.measure.is_some_and(|m| kinds.contains(&m));
                if known && printed && row.doubt.is_none() {
                    return Answer::No;
                }
                doubted |= known && printed;
                split += usize::from(row.measure == Some(Measure::GeneralPublic));
                carried |= printed && sides::is_carried(row);
            }
        }
        // Money carried in that is not told apart may be of any kind.
        if split > usize::from(carried) {
            answer = Answer::Yes;
        }
    }
    if doubted { Answer::Unknown } else { answer }
}

fn only_in_columns(judge: &Judge<'_>, t: TableAt<'_>, row: usize, kinds: &[Measure]) -> Answer {
    let wholes: Vec<usize> = super::columns::sums_of(t).iter().map(|s| s.whole).collect();
    let mut told = false;
    let mut answer = Answer::Yes;
    for (at, column) in t.table.columns.iter().enumerate().filter(|(_, c)| c.role == ColumnRole::Amount) {
        if wholes.contains(&at) || column.measure == Some(Measure::Total) {
            continue;
        }
        let nothing = judge.is_nothing(t.cell(row, at));
        match column.measure {
            Some(measure) if kinds.contains(&measure) => told |= !nothing,
            // 本年收入 or 上年结转 that is not split by source.
            Some(Measure::ThisYear | Measure::CarriedIn | Measure::Fiscal) | None if !nothing => {
                answer = Answer::Unknown;
            }
            Some(_) if !nothing => return Answer::No,
            _ => {}
        }
    }
    if told { answer } else { Answer::Unknown }
}

fn only_in_items(judge: &Judge<'_>, t: TableAt<'_>, kinds: &[Measure]) -> Answer {
    let Some(list) = sides::main_list(t, Side::Revenue) else {
        return Answer::Unknown;
    };
    let mut told = false;
    let mut answer = Answer::Yes;
    for &row in list.items.iter().chain(&list.besides) {
        if judge.is_nothing(t.cell(row, list.column)) {
            continue;
        }
        match t.table.rows[row].measure {
            Some(measure) if kinds.contains(&measure) => told = true,
            Some(Measure::CarriedIn | Measure::Fiscal) | None => answer = Answer::Unknown,
            Some(_) => return Answer::No,
        }
    }
    if told { answer } else { Answer::Unknown }
}
