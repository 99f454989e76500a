//! Figures as the page prints them: thousands commas, U+2212 for minus, the printed decimals kept. Nothing is added
//! or rounded here but the 亿元 gloss, which is said to be about.

use rust_decimal::Decimal;

use crate::amount::Unit;

/// A figure ready for a column of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The digits with separators; empty for a blank cell.
    pub text: String,
    /// Decimals that it lacks against its neighbours: as many places are left free, so that the points align.
    pub short_by: u32,
    /// Whether the point itself is missing too.
    pub lacks_point: bool,
    /// Its unit, where that is not the one of its neighbours.
    pub unit: Option<Unit>,
}

impl Figure {
    /// A figure to stand among figures of at most `decimals` decimals.
    pub fn among(value: Decimal, decimals: u32, unit: Option<Unit>) -> Self {
        let scale = value.scale();
        Self {
            text: grouped(value),
            short_by: decimals.saturating_sub(scale),
            lacks_point: scale == 0 && decimals > 0,
            unit,
        }
    }

    /// A blank cell.
    pub fn blank() -> Self {
        Self { text: String::new(), short_by: 0, lacks_point: false, unit: None }
    }
}

/// Digits with a comma every three, the decimals as they are.
pub fn grouped(value: Decimal) -> String {
    let plain = value.abs().to_string();
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
    let mut text = String::with_capacity(plain.len() + whole.len() / 3 + 3);
    if value.is_sign_negative() && !value.is_zero() {
        text.push('\u{2212}');
    }
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// The figure in 亿元 to two decimals, where it is at least one 亿元 and printed in something smaller.
pub fn in_hundred_million(value: Decimal, unit: Unit) -> Option<String> {
    if unit == Unit::HundredMillion {
        return None;
    }
    let whole = value.checked_mul(unit.in_yuan())?.checked_div(Unit::HundredMillion.in_yuan())?;
    (whole.abs() >= Decimal::ONE).then(|| grouped(whole.round_dp(2)))
}

/// A figure printed in one unit, said in another: exact, with as many decimals as that takes. `None` where it has more
/// digits than a figure can have.
pub fn said_in(value: Decimal, from: Unit, to: Unit) -> Option<String> {
    moved(value, from, to).map(grouped)
}

/// An amount of one unit in another: only the point moves.
pub(super) fn moved(value: Decimal, from: Unit, to: Unit) -> Option<Decimal> {
    // Units are powers of ten, so that only the point moves.
    let zeros = |unit: Unit| unit.in_yuan().to_string().bytes().filter(|&b| b == b'0').count();
    let (from, to) = (u32::try_from(zeros(from)).ok()?, u32::try_from(zeros(to)).ok()?);
    let scale = value.scale() + to;
    let (digits, scale) = match scale.checked_sub(from) {
        Some(scale) => (value.mantissa(), scale),
        None => (value.mantissa().checked_mul(10_i128.checked_pow(from - scale)?)?, 0),
    };
    Decimal::try_from_i128_with_scale(digits, scale).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_unit_moves_the_point_and_nothing_else() {
        let said = |text: &str, from, to| said_in(text.parse().unwrap(), from, to).unwrap();
        assert_eq!(said("3286.40", Unit::TenThousand, Unit::Yuan), "32,864,000");
        assert_eq!(said("0.05", Unit::TenThousand, Unit::Yuan), "500");
        assert_eq!(said("12345.67", Unit::Yuan, Unit::TenThousand), "1.234567");
        assert_eq!(said("-101516.15", Unit::TenThousand, Unit::HundredMillion), "\u{2212}10.151615");
        assert_eq!(said("7.00", Unit::TenThousand, Unit::TenThousand), "7.00");
        assert_eq!(said_in(Decimal::MAX, Unit::HundredMillion, Unit::Yuan), None);
    }

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn separators_stand_every_three_digits_and_decimals_stay() {
        for (plain, shown) in [
            ("0", "0"),
            ("0.00", "0.00"),
            ("999", "999"),
            ("1000", "1,000"),
            ("101516.15", "101,516.15"),
            ("-23414.17", "\u{2212}23,414.17"),
            ("1234567.8", "1,234,567.8"),
        ] {
            assert_eq!(grouped(decimal(plain)), shown);
        }
    }

    #[test]
    fn the_gloss_is_for_large_totals_only() {
        assert_eq!(in_hundred_million(decimal("101516.15"), Unit::TenThousand).as_deref(), Some("10.15"));
        assert_eq!(in_hundred_million(decimal("97.35"), Unit::TenThousand), None);
        assert_eq!(in_hundred_million(decimal("2.5"), Unit::HundredMillion), None);
    }

    #[test]
    fn points_align() {
        let figure = Figure::among(decimal("9.5"), 5, None);
        assert_eq!((figure.short_by, figure.lacks_point), (4, false));
        assert!(Figure::among(decimal("9"), 2, None).lacks_point);
    }
}
