//! Amounts of money as printed, and the interval of values that a printed amount can stand for.
//!
//! A published figure is a rounded one: `33.33` stands for anything in `33.325 ..= 33.335`. Rules compare such
//! intervals, never a figure with a constant tolerance (XBRL Calculations 1.1 works the same way).

use std::fmt;

use compact_str::{CompactString, ToCompactString};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The unit that amounts are printed in (金额单位).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// 元
    #[serde(rename = "元")]
    Yuan,
    /// 千元
    #[serde(rename = "千元")]
    Thousand,
    /// 万元
    #[serde(rename = "万元")]
    TenThousand,
    /// 亿元
    #[serde(rename = "亿元")]
    HundredMillion,
}

impl Unit {
    /// How many 元 one of this unit is.
    pub fn in_yuan(self) -> Decimal {
        Decimal::from(match self {
            Self::Yuan => 1,
            Self::Thousand => 1_000,
            Self::TenThousand => 10_000,
            Self::HundredMillion => 100_000_000,
        })
    }

    /// The Chinese word for the unit.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::Thousand => "千元",
            Self::TenThousand => "万元",
            Self::HundredMillion => "亿元",
        }
    }

    /// The unit that `text` starts with, longest word first, and how many bytes the word takes. `万` alone before
    /// anything but `元` is 万元 too: prose often drops the 元.
    pub fn prefix_of(text: &str) -> Option<(Self, usize)> {
        const WORDS: [(&str, Unit); 6] = [
            ("亿元", Unit::HundredMillion),
            ("万元", Unit::TenThousand),
            ("千元", Unit::Thousand),
            ("亿", Unit::HundredMillion),
            ("万", Unit::TenThousand),
            ("元", Unit::Yuan),
        ];
        WORDS.iter().find(|(word, _)| text.starts_with(word)).map(|&(word, unit)| (unit, word.len()))
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// An amount as printed: its exact digits, the step of its last printed digit, and the text itself.
///
/// `1,234.50` has the value 1234.50 and the step 0.01. People are shown [`Amount::printed`], machines
/// [`Amount::plain`]; both keep the printed decimals. The value is in the unit of the table or sentence around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    value: Decimal,
    printed: CompactString,
}

impl Amount {
    /// Reads the whole of `text` as one amount: `1,234.50`, `1，234．50` (full width), `(12.30)` and `-12.30` and
    /// `△12.30` (negative), `１２３`. `None` where the text is anything else: blank, a dash, words, a percent, a code
    /// with letters, two numbers.
    ///
    /// A dash that is longer than a minus (`—12.50`) is one where it touches a figure that can only be an amount: one with
    /// decimals or thousands separators. `—5` may be a page's number, `–2025` the end of a range, `— 12.50` two columns.
    ///
    /// Thousands separators must stand every three digits, so that `3,8145` is not quietly taken for a number.
    pub fn parse(text: &str) -> Option<Self> {
        let printed = text.trim();
        // Most texts are words: they end here.
        if !printed.chars().next().map(half_width).is_some_and(begins_amount) {
            return None;
        }
        if let Some(value) = usual(printed) {
            return Some(Self { value, printed: printed.into() });
        }
        if let Some(inner) = printed.strip_prefix(LONG_DASHES) {
            let certain = inner.starts_with(|c: char| half_width(c).is_ascii_digit())
                && inner.chars().all(|c| !c.is_whitespace())
                && inner.chars().map(half_width).any(|c| matches!(c, '.' | ','));
            let amount = Self::parse(inner).filter(|_| certain)?;
            let mut value = amount.value;
            value.set_sign_negative(!value.is_zero());
            return Some(Self { value, printed: printed.into() });
        }
        // `1.` begins the names of items.
        if printed.contains(|c: char| c.is_ascii_alphabetic() || ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
            return None;
        }
        let mut plain = String::with_capacity(printed.len());
        let mut rest: String = printed.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
        let mut negative = false;
        if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
            negative = true;
            rest = inner.to_owned();
        } else if let Some(inner) = rest.strip_prefix(['-', '−', '△', '▲']) {
            negative = true;
            rest = inner.to_owned();
        }
        let (whole, fraction) = match rest.split_once('.') {
            Some((_, "")) => return None,
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (rest.as_str(), None),
        };
        if !whole_part(whole, &mut plain) {
            return None;
        }
        if let Some(fraction) = fraction {
            if !fraction.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            plain.push('.');
            plain.push_str(fraction);
        }
        let mut value = Decimal::from_str_exact(&plain).ok()?;
        value.set_sign_negative(negative && !value.is_zero());
        Some(Self { value, printed: printed.into() })
    }

    /// Whether [`Amount::parse`] reads the text.
    pub fn is_one(text: &str) -> bool {
        usual(text.trim()).is_some() || Self::parse(text).is_some()
    }

    /// An amount that nobody printed: a sum of ours, a fitting value.
    pub fn computed(value: Decimal) -> Self {
        Self { value, printed: value.to_compact_string() }
    }

    /// The digits, exactly, in the unit they were printed in.
    pub fn value(&self) -> Decimal {
        self.value
    }

    /// The text as printed, separators and all.
    pub fn printed(&self) -> &str {
        &self.printed
    }

    /// The figure with its printed decimals and without separators, as the report's JSON has it.
    pub fn plain(&self) -> String {
        self.value.to_string()
    }

    /// How many decimals were printed.
    pub fn decimals(&self) -> u32 {
        self.value.scale()
    }

    /// The values that the printed figure can stand for: half a last digit to either side.
    pub fn interval(&self) -> Interval {
        Interval::around(self.value)
    }

    /// The amount in 元 at the precision it was printed in, or `None` where that overflows.
    pub fn in_yuan(&self, unit: Unit) -> Option<Interval> {
        self.interval().scaled(unit.in_yuan())
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.printed)
    }
}

/// Dashes that are no minus signs by themselves.
const LONG_DASHES: [char; 5] = ['—', '–', '―', '‒', '─'];

/// Whether an amount can begin with this character: a digit, a bracket, a mark of what is negative.
fn begins_amount(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '(' | '-' | '−' | '△' | '▲') || LONG_DASHES.contains(&c)
}

/// The value of an amount as most are printed, `1,234.50`; `None` leaves the text to the rest of [`Amount::parse`].
fn usual(printed: &str) -> Option<Decimal> {
    /// What an `i64` holds for certain.
    const MOST_DIGITS: u32 = 18;
    let (mut mantissa, mut digits, mut decimals) = (0_i64, 0_u32, 0_u32);
    // Digits since the last separator.
    let mut group = 0_u32;
    let (mut grouped, mut fraction) = (false, false);
    for byte in printed.bytes() {
        match byte {
            b'0'..=b'9' => {
                digits += 1;
                if digits > MOST_DIGITS {
                    return None;
                }
                mantissa = mantissa * 10 + i64::from(byte - b'0');
                if fraction {
                    decimals += 1;
                } else {
                    group += 1;
                }
            }
            b',' if !fraction && (1..=3).contains(&group) && (!grouped || group == 3) => {
                (grouped, group) = (true, 0);
            }
            b'.' if !fraction && group > 0 && (!grouped || group == 3) => fraction = true,
            _ => return None,
        }
    }
    let complete = if fraction { decimals > 0 } else { group > 0 && (!grouped || group == 3) };
    complete.then(|| Decimal::new(mantissa, decimals))
}

/// Appends the digits of a whole part to `plain`; false where it is no whole part.
fn whole_part(whole: &str, plain: &mut String) -> bool {
    if whole.is_empty() {
        return false;
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups.len() > 1;
    for (index, group) in groups.iter().enumerate() {
        let length_fits = if !grouped {
            true
        } else if index == 0 {
            (1..=3).contains(&group.len())
        } else {
            group.len() == 3
        };
        if !length_fits || !group.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        plain.push_str(group);
    }
    true
}

/// The half-width form of the digits and marks that numbers are printed with.
#[inline]
pub fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        '﹒' | '·' => '.',
        // Small hyphen-minus, hyphen, hyphen that no line breaks at.
        '﹣' | '\u{2010}' | '\u{2011}' => '-',
        c => c,
    }
}

/// A closed interval of values, in whatever unit its ends are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The least value.
    pub low: Decimal,
    /// The greatest value.
    pub high: Decimal,
}

impl Interval {
    /// Exactly one value: a blank cell is exactly nothing, not nothing ± half a digit.
    pub fn exactly(value: Decimal) -> Self {
        Self { low: value, high: value }
    }

    /// Half a last digit of `value`'s own scale to either side.
    pub fn around(value: Decimal) -> Self {
        let half = Decimal::new(5, (value.scale() + 1).min(Decimal::MAX_SCALE));
        Self { low: value.saturating_sub(half), high: value.saturating_add(half) }
    }

    /// What a figure that was perhaps cut off instead of rounded can stand for: prose does both.
    pub fn around_or_truncated(value: Decimal) -> Self {
        let rounded = Self::around(value);
        let step = Decimal::new(1, value.scale());
        if value.is_sign_negative() {
            Self { low: value.saturating_sub(step), high: rounded.high }
        } else {
            Self { low: rounded.low, high: value.saturating_add(step) }
        }
    }

    /// Half the width: how far the true value may lie from the middle.
    pub fn half_width(&self) -> Decimal {
        self.high.saturating_sub(self.low) / Decimal::TWO
    }

    /// Sum of two intervals; `None` on overflow.
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.checked_add(other.low)?, high: self.high.checked_add(other.high)? })
    }

    /// The interval mirrored at zero.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { low: -self.high, high: -self.low }
    }

    /// Both ends times a positive `factor`; `None` on overflow.
    pub fn scaled(self, factor: Decimal) -> Option<Self> {
        Some(Self { low: self.low.checked_mul(factor)?, high: self.high.checked_mul(factor)? })
    }

    /// Whether `value` lies inside, ends included.
    pub fn contains(&self, value: Decimal) -> bool {
        self.low <= value && value <= self.high
    }

    /// Whether the two share a value.
    pub fn meets(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Option<String> {
        Amount::parse(text).map(|a| a.plain())
    }

    #[test]
    fn printed_forms_are_read() {
        for (text, expected) in [
            ("1,234.50", "1234.50"),
            ("１，２３４．５０", "1234.50"),
            ("0.00", "0.00"),
            (" 97.35 ", "97.35"),
            ("-388.23", "-388.23"),
            ("(12.30)", "-12.30"),
            ("（12.30）", "-12.30"),
            ("△5", "-5"),
            ("1 363.13", "1363.13"),
            ("-0.00", "0.00"),
        ] {
            assert_eq!(plain(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_stays_out() {
        for text in ["", "-", "—", "90%", "≥10", "1,23.4", "12.", ".5", "3.1.2", "42120022209T", "5—10", "1,2345", "一"]
        {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn a_dash_that_touches_an_amount_is_a_minus() {
        for (text, expected) in [
            ("—12.50", "-12.50"),
            ("–3.00", "-3.00"),
            ("―0.5", "-0.5"),
            ("‒1.00", "-1.00"),
            ("─1.00", "-1.00"),
            ("－12.50", "-12.50"),
            ("﹣12.50", "-12.50"),
            ("\u{2010}7", "-7"),
            ("\u{2011}7", "-7"),
            ("−12", "-12"),
            ("—1,234", "-1234"),
            ("—１，２３４．５０", "-1234.50"),
            (" —12.50 ", "-12.50"),
            ("—0.00", "0.00"),
        ] {
            assert_eq!(plain(text).as_deref(), Some(expected), "{text}");
            assert_eq!(Amount::parse(text).unwrap().printed(), text.trim());
        }
    }

    #[test]
    fn a_dash_that_may_be_anything_else_is_no_minus() {
        for text in [
            "—",
            "——",
            "–",
            "－",
            "﹣",
            "—5",
            "–2025",
            "2023–2025",
            "2023.5—2025.5",
            "—1—",
            "— 12.50",
            "—\n12.50",
            "—12.50 3.00",
            "—1 363.13",
            "——12.50",
            "—-12.50",
            "-—12.50",
            "—(12.50)",
            "(—12.50)",
            "—△12.50",
            "—12.",
            "—.5",
            "—1,23.4",
            "—3.1.2",
            "—T1.5",
            "—12.50%",
            "一12.50",
        ] {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn the_usual_form_is_read_as_all_are() {
        for text in ["0", "7", "007.10", "1,234", "12,345.60", "123,456,789.01", "0.00", "999999999999999999"] {
            let value = usual(text).expect(text);
            let exact = Decimal::from_str_exact(&text.replace(',', "")).unwrap();
            assert_eq!((value, value.scale()), (exact, exact.scale()), "{text}");
        }
        for text in ["", ",", ".", "1.", ".5", "1,23", "1234,567", ",123", "1,,234", "1.2.3", "1.2,345", "-1", "1 2"] {
            assert_eq!(usual(text), None, "{text}");
        }
        assert_eq!(usual("1234567890123456789"), None);
        assert_eq!(plain("1234567890123456789").as_deref(), Some("1234567890123456789"));
    }

    #[test]
    fn precision_is_the_printed_one() {
        let amount = Amount::parse("33.33").unwrap();
        assert_eq!(amount.interval(), Interval { low: Decimal::new(33_325, 3), high: Decimal::new(33_335, 3) });
        assert_eq!(Interval::around_or_truncated(Decimal::new(1, 1)).high, Decimal::new(2, 1));
    }

    #[test]
    fn units_are_found_longest_first() {
        assert_eq!(Unit::prefix_of("万元，"), Some((Unit::TenThousand, "万元".len())));
        assert_eq!(Unit::prefix_of("万、"), Some((Unit::TenThousand, "万".len())));
        assert_eq!(Unit::prefix_of("亿元以上"), Some((Unit::HundredMillion, "亿元".len())));
        assert_eq!(Unit::prefix_of("家"), None);
    }
}
