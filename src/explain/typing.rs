//! How likely a figure was mistyped for another: what a hand on a keyboard, or a reader of a scan, does to digits.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

/// How a printed figure may have come out of the one that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    /// It is printed in another unit than all others of its sum, and the digits fit theirs.
    Unit,
    /// One digit typed wrongly, left out, put in twice, or two neighbours swapped; or digits that look alike.
    Typing,
    /// The same, where the sums are rounded and ask for a figure a last digit away.
    TypingNearby,
    /// The decimal point slipped, or the unit.
    Shifted,
    /// The sign is stray.
    Sign,
    /// Another cell's figure stands here.
    Copied,
    /// Another figure of the same sum was added or taken away once too often.
    Counted,
    /// Nothing that is known to happen.
    Unexplained,
    /// Nothing is printed where a figure would fit.
    Blank,
}

impl Slip {
    /// How likely it is, the likeliest first.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Unit => 0,
            Self::Typing => 1,
            Self::TypingNearby | Self::Shifted | Self::Sign | Self::Copied | Self::Counted => 2,
            Self::Unexplained => 3,
            Self::Blank => 4,
        }
    }

    /// Whether it is a slip of the digits, the point or the sign of one figure.
    pub(super) fn is_of_digits(self) -> bool {
        matches!(self, Self::Unit | Self::Typing | Self::TypingNearby | Self::Shifted | Self::Sign)
    }

    /// Whether it is a reason at all.
    pub(super) fn explains(self) -> bool {
        self.rank() < Self::Unexplained.rank()
    }
}

/// Longer figures are compared by nothing: no amount has so many digits.
const MAX_DIGITS: usize = 40;

/// Powers of ten between the units that amounts are printed in.
const MAX_SHIFT: u32 = 8;

/// How `printed` may have come out of `fitting`.
pub(super) fn slip(printed: Decimal, fitting: Decimal) -> Slip {
    let scale = printed.scale().max(fitting.scale());
    let (a, b) = (digits(printed, scale), digits(fitting, scale));
    let signs_agree = printed.is_sign_negative() == fitting.is_sign_negative();
    if signs_agree && (one_edit(&a, &b).is_some() || look_alike(&a, &b)) {
        Slip::Typing
    } else if printed == -fitting && !printed.is_zero() {
        Slip::Sign
    } else if is_shifted(printed, fitting) {
        Slip::Shifted
    } else {
        Slip::Unexplained
    }
}

/// The digits without their point, which stands in the same place in both.
fn digits(value: Decimal, scale: u32) -> Vec<u8> {
    let mut value = value.abs();
    value.rescale(scale);
    value.to_string().bytes().filter(u8::is_ascii_digit).collect()
}

/// The figures that one slip of a digit makes a printed one of: another digit, one left out, one too many, two neighbours
/// turned. In order, each once, with as many decimals.
pub(super) fn neighbours(printed: Decimal) -> BTreeSet<Decimal> {
    let digits = digits(printed, printed.scale());
    let mut found = BTreeSet::new();
    if digits.len() > MAX_DIGITS {
        return found;
    }
    let mut add = |digits: &[u8]| {
        let text = std::str::from_utf8(digits).unwrap_or_default();
        let value =
            text.parse::<i128>().ok().and_then(|units| Decimal::try_from_i128_with_scale(units, printed.scale()).ok());
        found.extend(value.map(|value| if printed.is_sign_negative() { -value } else { value }));
    };
    for at in 0..digits.len() {
        let mut other = digits.clone();
        for digit in b'0'..=b'9' {
            other[at] = digit;
            add(&other);
        }
        let mut fewer = digits.clone();
        fewer.remove(at);
        add(&fewer);
        if at + 1 < digits.len() {
            let mut turned = digits.clone();
            turned.swap(at, at + 1);
            add(&turned);
        }
    }
    for at in 0..=digits.len() {
        for digit in b'0'..=b'9' {
            let mut more = digits.clone();
            more.insert(at, digit);
            add(&more);
        }
    }
    found.remove(&printed);
    found
}

/// What one slip of the hand did to the digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edit {
    /// One digit is another.
    Other,
    /// One is left out.
    Missing,
    /// One is too many.
    Extra,
    /// Two neighbours are turned.
    Turned,
}

/// The one slip that makes `printed` of `fitting`, if one does.
pub(super) fn edit(printed: Decimal, fitting: Decimal) -> Option<Edit> {
    let scale = printed.scale().max(fitting.scale());
    one_edit(&digits(printed, scale), &digits(fitting, scale))
}

/// Optimal string alignment distance of one, in linear time.
fn one_edit(printed: &[u8], fitting: &[u8]) -> Option<Edit> {
    let (a, b) = (printed, fitting);
    if a.len().max(b.len()) > MAX_DIGITS {
        return None;
    }
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    match (a, b) {
        ([], [_]) => Some(Edit::Missing),
        ([_], []) => Some(Edit::Extra),
        ([_], [_]) => Some(Edit::Other),
        ([first, second], [other, another]) if first == another && second == other => Some(Edit::Turned),
        _ => None,
    }
}

/// Digits that only differ where they look alike.
fn look_alike(a: &[u8], b: &[u8]) -> bool {
    const PAIRS: [&[u8; 2]; 8] = [b"08", b"06", b"09", b"17", b"38", b"56", b"68", b"89"];
    /// More look-alikes in one figure are chance.
    const MOST: usize = 2;
    let mut differing = 0;
    a.len() == b.len()
        && a.iter().zip(b).filter(|(x, y)| x != y).all(|(x, y)| {
            differing += 1;
            PAIRS.iter().any(|p| **p == [*x, *y] || **p == [*y, *x])
        })
        && (1..=MOST).contains(&differing)
}

/// One is the other with its point moved.
fn is_shifted(a: Decimal, b: Decimal) -> bool {
    if a.is_zero() || b.is_zero() {
        return false;
    }
    let (small, large) = if a.abs() < b.abs() { (a, b) } else { (b, a) };
    let mut value = small;
    (1..=MAX_SHIFT).any(|_| {
        value = value.checked_mul(Decimal::TEN).unwrap_or_default();
        value == large
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(printed: &str, fitting: &str) -> Slip {
        slip(printed.parse().unwrap(), fitting.parse().unwrap())
    }

    #[test]
    fn every_figure_one_slip_away_is_a_typing_slip() {
        let printed: Decimal = "155.72".parse().unwrap();
        let all = neighbours(printed);
        assert!(all.iter().all(|&fitting| slip(printed, fitting) == Slip::Typing), "{all:?}");
        for fitting in ["155.12", "1555.72", "157.52", "15.72"] {
            assert!(all.contains(&fitting.parse().unwrap()), "{fitting}");
        }
        assert!(!all.contains(&printed));
    }

    #[test]
    fn what_the_hand_did_is_told() {
        for (printed, fitting, edit_of) in [
            ("163.00", "136.00", Some(Edit::Turned)),
            ("15.72", "155.72", Some(Edit::Missing)),
            ("1555.72", "155.72", Some(Edit::Extra)),
            ("155.12", "155.72", Some(Edit::Other)),
            ("1530", "1530.10", Some(Edit::Other)),
            ("300.80", "800.60", None),
            ("155.72", "155.72", None),
        ] {
            assert_eq!(edit(printed.parse().unwrap(), fitting.parse().unwrap()), edit_of, "{printed} for {fitting}");
        }
    }

    #[test]
    fn what_hands_and_scans_do() {
        for (printed, fitting) in [
            ("155.72", "155.12"),
            ("155.72", "15.72"),
            ("155.72", "1555.72"),
            ("155.72", "157.52"),
            ("1530", "1530.10"),
            ("300.80", "800.60"),
        ] {
            assert_eq!(of(printed, fitting), Slip::Typing, "{printed} for {fitting}");
        }
        for (printed, fitting) in [("1530.00", "15.30"), ("34262900", "3426.29")] {
            assert_eq!(of(printed, fitting), Slip::Shifted, "{printed} for {fitting}");
        }
        assert_eq!(of("-5.00", "5.00"), Slip::Sign);
        assert_eq!(of("101516.15", "0"), Slip::Unexplained);
        assert_eq!(of("12.34", "56.78"), Slip::Unexplained);
    }
}
