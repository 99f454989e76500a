//! What the name of a row says: its ordinal, its side, its class, what it measures, where it stands below others.

use std::borrow::Cow;

use super::header;
use crate::classification;
use crate::disclosure::{Measure, Side};
use crate::spelling::folded;

/// The ordinal that a name begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ordinal {
    /// How deep its style stands: `一、` 0, `（一）` 1, `1.` 2, `(1)` 3.
    pub(super) depth: u8,
    /// Its number.
    pub(super) number: u32,
}

/// The ordinal at the start of a name, and the folded rest.
pub(super) fn ordinal(name: &str) -> (Option<Ordinal>, Cow<'_, str>) {
    match folded(name) {
        Cow::Borrowed(text) => {
            let (ordinal, rest) = ordinal_of(text);
            (ordinal, Cow::Borrowed(rest))
        }
        Cow::Owned(text) => match ordinal_of(&text) {
            (None, _) => (None, Cow::Owned(text)),
            (ordinal, rest) => (ordinal, Cow::Owned(rest.to_owned())),
        },
    }
}

/// The ordinal at the start of a folded name, and the rest.
fn ordinal_of(text: &str) -> (Option<Ordinal>, &str) {
    let (inner, bracket) = match text.strip_prefix('(') {
        Some(inner) => (inner, true),
        None => (text, false),
    };
    // Most names begin with neither.
    if !inner.starts_with(|c: char| c.is_ascii_digit() || is_numeral(c)) {
        return (None, text);
    }
    let length = |wanted: fn(char) -> bool| inner.find(|c| !wanted(c)).unwrap_or(inner.len());
    let digits = length(|c| c.is_ascii_digit());
    let (number, length, arabic) = if (1..=2).contains(&digits) {
        (inner[..digits].parse().ok(), digits, true)
    } else {
        let chinese = length(is_numeral);
        (chinese_number(&inner[..chinese]), chinese, false)
    };
    let Some(number) = number else { return (None, text) };
    let after = &inner[length..];
    let rest = if bracket {
        after.strip_prefix(')')
    } else if arabic {
        after.strip_prefix(['.', '、', ')']).filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    } else {
        after.strip_prefix(['、', '.', ',', ':'])
    };
    let Some(rest) = rest else { return (None, text) };
    let depth = u8::from(bracket) + 2 * u8::from(arabic);
    (Some(Ordinal { depth, number }), rest.trim_start_matches(['、', '.']))
}

/// Whether a character is one of a number in Chinese numerals.
fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '廿' | '卅' | '百' | '〇' | '零')
}

/// `二十一`, `廿一`, `十`: up to 99.
fn chinese_number(text: &str) -> Option<u32> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).and_then(|at| u32::try_from(at + 1).ok());
    let mut tens = 0;
    let mut unit = None;
    let mut seen = false;
    for c in text.chars() {
        seen = true;
        match c {
            '十' => tens = unit.take().unwrap_or(1) * 10,
            '廿' => tens = 20,
            '卅' => tens = 30,
            '〇' | '零' => {}
            c => unit = Some(digit(c)?),
        }
    }
    let number = tens + unit.unwrap_or(0);
    (seen && number > 0).then_some(number)
}

/// The name without ordinal, `其中：` and trailing colon, folded.
pub(super) fn bare(name: &str) -> Cow<'_, str> {
    match folded(name) {
        Cow::Borrowed(text) => Cow::Borrowed(bare_of(text)),
        Cow::Owned(text) => Cow::Owned(bare_of(&text).to_owned()),
    }
}

/// [`bare`], of a folded name.
fn bare_of(text: &str) -> &str {
    let (_, rest) = ordinal_of(text);
    let rest = rest.strip_prefix("其中:").or_else(|| rest.strip_prefix("其中")).unwrap_or(rest);
    let rest = rest.trim_start_matches(['#', '-', '—']);
    let (_, rest) = ordinal_of(rest);
    rest.trim_end_matches([':', '。', ';'])
}

/// Whether the name says that the row is a part of the one above it (其中).
pub(super) fn is_of_which(name: &str) -> bool {
    let text = folded(name);
    ordinal_of(&text).1.starts_with("其中")
}

/// The code of the function class that an item is named after, by its [`bare`] name.
pub(super) fn class(bare: &str) -> Option<&'static str> {
    classification::class_named(bare)
}

/// What an item of a two-sided or list table measures, by its [`bare`] name.
pub(super) fn measure(bare: &str, side: Option<Side>) -> Option<Measure> {
    if side == Some(Side::Expenditure) && class(bare).is_some() {
        return None;
    }
    if bare.starts_with("本级") || bare.starts_with("上级") && !bare.contains("收入") || bare.contains("债券") {
        return None;
    }
    header::measure_of(bare)
}

/// The side that a name can only stand on.
pub(super) fn side(name: &str) -> Option<Side> {
    use Measure as M;
    let text = bare(name);
    if class(&text).is_some() {
        return Some(Side::Expenditure);
    }
    match header::measure_of(&text) {
        Some(M::CarriedOut | M::SurplusDistributed | M::ToSuperior | M::ToSubordinate | M::OperatingExpenditure) => {
            return Some(Side::Expenditure);
        }
        Some(M::CarriedIn | M::FundsUsed | M::SuperiorSubsidy | M::SubordinateIncome | M::BusinessIncome) => {
            return Some(Side::Revenue);
        }
        _ => {}
    }
    let (revenue, expenditure) = (text.contains("收入") || text.ends_with("拨款"), text.contains("支出"));
    match (revenue, expenditure) {
        (true, false) => Some(Side::Revenue),
        (false, true) => Some(Side::Expenditure),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_of_every_style() {
        for (name, depth, number, rest) in [
            ("一、一般公共服务支出", 0, 1, "一般公共服务支出"),
            ("廿四、债务发行费用支出", 0, 24, "债务发行费用支出"),
            ("二十一、其他支出", 0, 21, "其他支出"),
            ("（廿二）债务还本支出", 1, 22, "债务还本支出"),
            ("3. 公车购置", 2, 3, "公车购置"),
            ("(1)购置", 3, 1, "购置"),
        ] {
            assert_eq!(ordinal(name), (Some(Ordinal { depth, number }), Cow::Borrowed(rest)), "{name}");
        }
        assert_eq!(ordinal("一般公共预算").0, None);
        assert_eq!(ordinal("2080505").0, None);
    }

    #[test]
    fn names_tell_sides() {
        assert_eq!(side("十、农林水支出"), Some(Side::Expenditure));
        assert_eq!(side("二、年终结转结余"), Some(Side::Expenditure));
        assert_eq!(side("九、其他收入"), Some(Side::Revenue));
        assert_eq!(class(&bare("（六）社会保障和就业支出")), Some("208"));
        assert_eq!(measure(&bare("一、一般公共预算拨款收入"), Some(Side::Revenue)), Some(Measure::GeneralPublic));
        assert_eq!(measure(&bare("十九、国有资本经营预算支出"), Some(Side::Expenditure)), None);
    }
}
