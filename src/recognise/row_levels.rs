//! The levels of rows without codes: list marks, 其中, and the forms in which neither is printed.

use super::names;
use crate::classification;
use crate::disclosure::{Measure, Row, RowRole, Side};

/// Levels, measures and classes of the items of one side.
pub(super) fn item_levels(rows: &mut [Row], side: Option<Side>) {
    // Styles of ordinals of the items above, outermost first, each with its level.
    let mut styles: Vec<(u8, u8)> = Vec::new();
    let mut last_level = 0_u8;
    let mut numbered_above = false;
    let mut of_which_level: Option<u8> = None;
    let mut own_funds: Option<u8> = None;
    let mut carried_above = false;
    let mut kind_above: Option<(Measure, bool)> = None;
    for row in rows.iter_mut().filter(|row| row.side == side) {
        if row.role.is_total() {
            kind_above = None;
            styles.clear();
            numbered_above = false;
            of_which_level = None;
            own_funds = None;
            last_level = 0;
            continue;
        }
        if !matches!(row.role, RowRole::Item | RowRole::OfWhich) {
            continue;
        }
        let name = row.name.clone().unwrap_or_default();
        let bare = names::bare(&name);
        row.measure = names::measure(&bare, side);
        row.class = (side != Some(Side::Revenue)).then(|| names::class(&bare)).flatten().map(str::to_owned);
        let standing = matches!(
            row.measure,
            Some(Measure::CarriedIn | Measure::CarriedOut | Measure::FundsUsed | Measure::SurplusDistributed)
        );
        if row.role == RowRole::OfWhich {
            let level = of_which_level.unwrap_or(last_level.saturating_add(1));
            of_which_level = Some(level);
            row.level = level;
            continue;
        }
        // 其中 names the funds of 财政拨款; what comes from elsewhere is none of them.
        if let Some(level) = of_which_level
            && !numbered_above
            && is_from_elsewhere(row.measure)
        {
            of_which_level = None;
            row.level = level.saturating_sub(1);
        }
        if let (Some(ordinal), _) = names::ordinal(&name) {
            while styles.last().is_some_and(|(depth, _)| *depth > ordinal.depth) {
                styles.pop();
            }
            let level = match styles.last() {
                Some((depth, level)) if *depth == ordinal.depth => *level,
                Some((_, level)) => level.saturating_add(1),
                // 1. 2. below 上年结转, which has no mark of its own.
                None if carried_above && ordinal.depth > 0 => 1,
                None => 0,
            };
            if styles.last().is_none_or(|(depth, _)| *depth != ordinal.depth) {
                styles.push((ordinal.depth, level));
            }
            row.level = level;
            numbered_above = true;
            of_which_level = None;
            own_funds = None;
        } else if let Some(level) = of_which_level {
            // 其中 goes on until the next numbered item.
            row.role = RowRole::OfWhich;
            row.level = level;
        } else if numbered_above && !standing {
            let base = styles.last().map_or(0, |(_, level)| *level).saturating_add(1);
            // 经费拨款 and 纳入预算管理的非税 make up 本级一般公共预算拨款.
            let detail = bare.contains("经费拨款") || bare.contains("非税");
            row.level = if detail { own_funds.map_or(base, |level| level.saturating_add(1)) } else { base };
            if bare.starts_with("本级") {
                own_funds = Some(row.level);
            }
        }
        if !numbered_above && side != Some(Side::Revenue) {
            kind_above = below_kind(row, &bare, kind_above);
        }
        carried_above = standing && names::ordinal(&name).0.is_none() && row.level == 0;
        last_level = row.level;
    }
    funds_below_appropriation(rows, side);
}

/// 基本支出 and 项目支出 without list marks, each with its economic classes below it: puts a class on the level below, and
/// says which of the two the next row may stand below, and whether one already does.
fn below_kind(row: &mut Row, bare: &str, above: Option<(Measure, bool)>) -> Option<(Measure, bool)> {
    if let Some(kind @ (Measure::Basic | Measure::Project)) = row.measure
        && row.level == 0
    {
        return Some((kind, false));
    }
    let (kind, begun) = above?;
    let economic =
        || classification::codes_named(bare).iter().any(|code| code.len() == 3 && code.starts_with(['3', '5']));
    let part = matches!(row.measure, Some(Measure::Personnel | Measure::Public)) && kind == Measure::Basic;
    // 其他支出 is a function too: only among economic classes it is one of them.
    if !(part || economic() && (begun || row.class.is_none())) {
        return None;
    }
    row.level = 1;
    row.class = None;
    Some((kind, true))
}

/// Whether an item is income that is no appropriation of the year.
fn is_from_elsewhere(measure: Option<Measure>) -> bool {
    matches!(
        measure,
        Some(
            Measure::SpecialAccount
                | Measure::BusinessIncome
                | Measure::OperatingIncome
                | Measure::SuperiorSubsidy
                | Measure::SubordinateIncome
                | Measure::OtherIncome
                | Measure::UnitFunds
                | Measure::CarriedIn
                | Measure::FundsUsed
        )
    )
}

/// 财政拨款 without a list mark, or 年初财政拨款结转和结余, its funds below it from 一般公共预算 on: they are its parts.
fn funds_below_appropriation(rows: &mut [Row], side: Option<Side>) {
    let mut above: Option<(u8, bool)> = None;
    // 一、二、三、 below what was carried in begin anew.
    let mut below_carried = false;
    for row in rows.iter_mut().filter(|row| row.side == side) {
        let marked = row.name.as_deref().is_some_and(|name| names::ordinal(name).0.is_some());
        let fund =
            matches!(row.measure, Some(Measure::GeneralPublic | Measure::GovernmentFund | Measure::StateCapital));
        let carried = row.measure == Some(Measure::CarriedIn)
            && row.name.as_deref().is_some_and(|name| name.contains("财政拨款结转"));
        above = match above {
            _ if row.role != RowRole::Item || marked && !(below_carried && fund) => None,
            _ if row.measure == Some(Measure::Fiscal) || carried => {
                below_carried = carried;
                Some((row.level, false))
            }
            Some((level, begun))
                if fund && level == row.level && (begun || row.measure == Some(Measure::GeneralPublic)) =>
            {
                row.level = level.saturating_add(1);
                Some((level, true))
            }
            _ => None,
        };
    }
}
