//! The mistakes: what a hand or a machine prints instead of a figure.

use serde::Serialize;

use crate::amount::Amount;

/// A kind of mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// One digit is another.
    Replaced,
    /// Two neighbouring digits changed places.
    Turned,
    /// A digit is left out.
    Dropped,
    /// A digit too many.
    Added,
    /// The decimal point is one or two places off.
    Point,
    /// Printed in 元 among 万元.
    Unit,
    /// Negative.
    Sign,
    /// Two neighbouring cells in each other's place.
    Exchanged,
    /// Two cells at once, each with a digit replaced, turned, dropped or added.
    Two,
}

impl Family {
    /// What is done to one figure, and the exchange of two.
    pub(super) const SINGLE: [Self; 8] = [
        Self::Replaced,
        Self::Turned,
        Self::Dropped,
        Self::Added,
        Self::Point,
        Self::Unit,
        Self::Sign,
        Self::Exchanged,
    ];

    /// What hands do to digits.
    pub const TYPED: [Self; 4] = [Self::Replaced, Self::Turned, Self::Dropped, Self::Added];

    /// Its name in the account.
    pub fn id(self) -> &'static str {
        match self {
            Self::Replaced => "replaced",
            Self::Turned => "turned",
            Self::Dropped => "dropped",
            Self::Added => "added",
            Self::Point => "point",
            Self::Unit => "unit",
            Self::Sign => "sign",
            Self::Exchanged => "exchanged",
            Self::Two => "two",
        }
    }
}

/// A figure as it is printed: sign, digits before and behind the point, thousands commas or not.
#[derive(Clone, Debug)]
struct Figure {
    negative: bool,
    whole: String,
    fraction: String,
    commas: bool,
}

impl Figure {
    fn of(printed: &str) -> Option<Self> {
        let amount = Amount::parse(printed)?;
        let plain = amount.plain();
        let negative = plain.starts_with('-');
        let digits = plain.trim_start_matches('-');
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let commas = printed.contains([',', '，']);
        Some(Self { negative, whole: whole.to_owned(), fraction: fraction.to_owned(), commas })
    }

    /// The digits of both parts.
    fn digits(&self) -> Vec<u8> {
        self.whole.bytes().chain(self.fraction.bytes()).collect()
    }

    /// Digits put back, the point where it was before the end (`fraction` digits behind it).
    fn with(&self, digits: &[u8], fraction: usize) -> Option<Self> {
        let mut digits = digits.to_vec();
        while digits.len() <= fraction {
            digits.insert(0, b'0');
        }
        let (whole, behind) = digits.split_at(digits.len() - fraction);
        let whole = String::from_utf8(whole.to_vec()).ok()?;
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole }.to_owned();
        Some(Self { whole, fraction: String::from_utf8(behind.to_vec()).ok()?, ..self.clone() })
    }

    fn text(&self) -> String {
        let mut text = String::new();
        if self.negative {
            text.push('-');
        }
        for (at, digit) in self.whole.chars().enumerate() {
            if self.commas && at > 0 && (self.whole.len() - at).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        if !self.fraction.is_empty() {
            text.push('.');
            text.push_str(&self.fraction);
        }
        text
    }
}

/// What is printed instead; `None` where the mistake cannot be made in this figure, or leaves its value as it is.
pub(super) fn make(family: Family, printed: &str, draw: &mut fastrand::Rng) -> Option<String> {
    let figure = Figure::of(printed)?;
    let digits = figure.digits();
    let decimals = figure.fraction.len();
    let at = draw.usize(..digits.len());
    let mut changed = digits.clone();
    let wrong = match family {
        Family::Replaced => {
            changed[at] = b'0' + (changed[at] - b'0' + draw.u8(1..10)) % 10;
            figure.with(&changed, decimals)?
        }
        Family::Turned => {
            let next = at + 1;
            if next >= changed.len() {
                return None;
            }
            changed.swap(at, next);
            figure.with(&changed, decimals)?
        }
        Family::Dropped => {
            if digits.len() < 2 {
                return None;
            }
            changed.remove(at);
            if at < figure.whole.len() {
                figure.with(&changed, decimals)?
            } else {
                // The point stays where it is; the cell shows its usual decimals.
                changed.push(b'0');
                figure.with(&changed, decimals)?
            }
        }
        Family::Added => {
            let digit = b'0' + draw.u8(..10);
            changed.insert(at, digit);
            if at >= figure.whole.len() {
                changed.pop();
            }
            figure.with(&changed, decimals)?
        }
        Family::Point => {
            let by = draw.usize(1..3);
            if draw.bool() {
                changed.extend(std::iter::repeat_n(b'0', by));
            } else {
                // What would fall off behind the last decimal must be zeros, or the figure is another one.
                changed.truncate(digits.len().saturating_sub(by));
            }
            figure.with(&changed, decimals)?
        }
        Family::Unit => {
            changed.extend(b"0000");
            figure.with(&changed, decimals)?
        }
        Family::Sign => Figure { negative: !figure.negative, ..figure.clone() },
        Family::Exchanged | Family::Two => return None,
    };
    let text = wrong.text();
    let value = |text: &str| Amount::parse(text).map(|amount| amount.value());
    (value(&text).is_some() && value(&text) != value(printed)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_of_their_family() {
        let mut draw = fastrand::Rng::with_seed(7);
        for _ in 0..200 {
            let replaced = make(Family::Replaced, "1,234.50", &mut draw).unwrap_or_default();
            assert!(replaced.len() <= "1,234.50".len(), "{replaced}");
            let dropped = make(Family::Dropped, "1,234.56", &mut draw).unwrap_or_default();
            assert!(dropped.is_empty() || Amount::parse(&dropped).is_some(), "{dropped}");
            let added = make(Family::Added, "1234.56", &mut draw).unwrap_or_default();
            assert!(added.is_empty() || added.len() <= "1234.56".len() + 1, "{added}");
        }
        assert_eq!(make(Family::Unit, "12.30", &mut draw).as_deref(), Some("123000.00"));
        assert_eq!(make(Family::Sign, "1,012.30", &mut draw).as_deref(), Some("-1,012.30"));
        assert_eq!(make(Family::Turned, "11", &mut draw), None, "the value stays");
        assert_eq!(make(Family::Dropped, "5", &mut draw), None);
    }
}
