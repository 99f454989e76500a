//! Number formats: what a sheet prints for a value that it holds.
//!
//! A cell holds 3426.2900000000004 or 3426.29 and shows `3,426.29`: what counts is what is shown, with as many decimals
//! as are shown (ECMA-376 part 1, 18.8.31; the same codes in XLS).

use std::fmt::Write as _;

use rust_decimal::{Decimal, RoundingStrategy};

/// Digits that a spreadsheet keeps of a number: a double holds no more.
const DIGITS: u32 = 15;

/// Characters that the General format shows of a number with decimals.
const GENERAL_DIGITS: u32 = 10;

/// A format code, parted by the sign of the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NumberFormat {
    sections: Vec<Section>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Section {
    pieces: Vec<Piece>,
    /// `0` before the point, `0` behind it, all places behind it.
    whole: usize,
    least: u32,
    most: u32,
    grouped: bool,
    percent: u32,
    thousands: u32,
    kind: Kind,
    condition: Option<(Comparison, Decimal)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    /// Words only.
    #[default]
    Literal,
    Digits,
    General,
    Date,
    /// Fractions and powers of ten: the value as it is.
    Plain,
    /// `@`: what was typed.
    Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Less,
    LessOrEqual,
    Equal,
    Unequal,
    GreaterOrEqual,
    Greater,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(String),
    /// Where the number goes.
    Number,
    /// A run of one letter of a date.
    Date(char, usize),
    /// AM/PM.
    HalfDay,
}

/// What is shown of a number, and whether how many decimals are shown depends on the width of the column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) uncertain: bool,
}

/// The number that a sheet holds, without the noise of its binary digits: 3426.2900000000004 is 3426.29.
pub(super) fn number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let value = if text.contains(['e', 'E']) {
        Decimal::from_scientific(text).ok()?
    } else {
        // More digits than a decimal holds are noise too.
        Decimal::from_str_exact(text).or_else(|_| text.parse()).ok()?
    };
    Some(value.round_sf_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero).unwrap_or(value).normalize())
}

impl NumberFormat {
    /// The format that a file gives by number alone (ECMA-376 part 1, 18.8.30, with the Chinese dates).
    pub(super) fn built_in(id: u32) -> &'static str {
        match id {
            1 => "0",
            2 => "0.00",
            3 | 37 | 38 => "#,##0",
            4 | 39 | 40 => "#,##0.00",
            5 | 6 | 41 | 42 => "#,##0;-#,##0",
            7 | 8 | 43 | 44 => "#,##0.00;-#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 | 48 => "0.00E+00",
            12 | 13 => "# ?/?",
            14 | 30 => "yyyy/m/d",
            15 => "d-mmm-yy",
            16 => "d-mmm",
            17 => "mmm-yy",
            18 => "h:mm AM/PM",
            19 => "h:mm:ss AM/PM",
            20 => "h:mm",
            21 => "h:mm:ss",
            22 => "yyyy/m/d h:mm",
            27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
            28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
            31 => "yyyy\"年\"m\"月\"d\"日\"",
            32 | 55 => "h\"时\"mm\"分\"",
            33 | 56 => "h\"时\"mm\"分\"ss\"秒\"",
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            47 => "mm:ss.0",
            49 => "@",
            _ => "General",
        }
    }

    /// Reads a format code. Never fails: what is not understood shows the value as it is.
    pub(super) fn parse(code: &str) -> Self {
        let mut sections = vec![Section::default()];
        let mut chars = code.chars().peekable();
        let mut point = false;
        let mut commas = 0_u32;
        while let Some(c) = chars.next() {
            let Some(section) = sections.last_mut() else { break };
            match c {
                ';' => {
                    section.close(commas);
                    (point, commas) = (false, 0);
                    if sections.len() == 4 {
                        break;
                    }
                    sections.push(Section::default());
                }
                '"' => {
                    let literal: String = chars.by_ref().take_while(|&c| c != '"').collect();
                    section.literal(&literal);
                }
                '\\' | '!' => section.literal(&chars.next().map(String::from).unwrap_or_default()),
                '_' => {
                    chars.next();
                    section.literal(" ");
                }
                '*' => {
                    chars.next();
                }
                '[' => {
                    let inner: String = chars.by_ref().take_while(|&c| c != ']').collect();
                    section.bracket(&inner);
                }
                '0' | '#' | '?' => {
                    section.digit(c, point);
                    if commas > 0 && !point {
                        section.grouped = true;
                    }
                    commas = 0;
                }
                '.' if section.kind != Kind::Date => {
                    point = true;
                    section.mark(Kind::Digits);
                }
                ',' if section.kind == Kind::Digits => commas += 1,
                '%' => {
                    section.percent += 1;
                    section.literal("%");
                }
                'E' if matches!(chars.peek(), Some('+' | '-')) => {
                    section.kind = Kind::Plain;
                    chars.next();
                }
                '/' if section.kind == Kind::Digits => section.kind = Kind::Plain,
                '@' => section.mark(Kind::Text),
                'G' | 'g' if chars.clone().take(6).collect::<String>().eq_ignore_ascii_case("eneral") => {
                    chars.by_ref().take(6).for_each(drop);
                    section.mark(Kind::General);
                }
                'A' | 'a' if is_half_day(&mut chars) => {
                    section.kind = Kind::Date;
                    section.pieces.push(Piece::HalfDay);
                }
                'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'e' => section.date(c.to_ascii_lowercase()),
                c => section.literal(&c.to_string()),
            }
        }
        if let Some(section) = sections.last_mut() {
            section.close(commas);
        }
        Self { sections }
    }

    /// What is shown of `value`. `since_1904`: days are counted from 1904.
    pub(super) fn show(&self, value: Decimal, since_1904: bool) -> Shown {
        let (section, signed) = self.section(value);
        let Some(section) = section else {
            return general(value);
        };
        let magnitude = if signed { value } else { value.abs() };
        match section.kind {
            Kind::Literal => Shown { text: section.around(""), uncertain: false },
            Kind::Digits => Shown { text: section.digits(magnitude), uncertain: false },
            Kind::General | Kind::Text => {
                let Shown { text, uncertain } = general(magnitude);
                Shown { text: section.around(&text), uncertain }
            }
            Kind::Plain => Shown { text: general(value).text, uncertain: true },
            Kind::Date => match date(value, since_1904) {
                Some(moment) => Shown { text: section.moment(&moment), uncertain: false },
                None => general(value),
            },
        }
    }

    /// The section for a value, and whether the minus sign is still to be shown.
    fn section(&self, value: Decimal) -> (Option<&Section>, bool) {
        let numeric: Vec<&Section> = self.sections.iter().take(3).collect();
        if let Some(section) = numeric.iter().find(|section| section.condition.is_some_and(|c| c.0.holds(value, c.1))) {
            return (Some(section), true);
        }
        if numeric.iter().any(|section| section.condition.is_some()) {
            return (numeric.iter().rfind(|section| section.condition.is_none()).copied(), true);
        }
        let negative = value.is_sign_negative() && !value.is_zero();
        match numeric.as_slice() {
            [only] => (Some(only), true),
            [positive, below] => (Some(if negative { below } else { positive }), false),
            [positive, below, zero] => (
                Some(if value.is_zero() {
                    zero
                } else if negative {
                    below
                } else {
                    positive
                }),
                false,
            ),
            _ => (None, true),
        }
    }
}

impl Comparison {
    fn holds(self, value: Decimal, bound: Decimal) -> bool {
        match self {
            Self::Less => value < bound,
            Self::LessOrEqual => value <= bound,
            Self::Equal => value == bound,
            Self::Unequal => value != bound,
            Self::GreaterOrEqual => value >= bound,
            Self::Greater => value > bound,
        }
    }
}

fn is_half_day(chars: &mut std::iter::Peekable<std::str::Chars>) -> bool {
    for mark in ["M/PM", "/P"] {
        let length = mark.len();
        if chars.clone().take(length).collect::<String>().eq_ignore_ascii_case(mark) {
            chars.by_ref().take(length).for_each(drop);
            return true;
        }
    }
    false
}

impl Section {
    fn literal(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Literal(last)) => last.push_str(text),
            _ => self.pieces.push(Piece::Literal(text.to_owned())),
        }
    }

    fn mark(&mut self, kind: Kind) {
        if self.kind == Kind::Literal {
            self.kind = kind;
            self.pieces.push(Piece::Number);
        }
    }

    fn digit(&mut self, c: char, point: bool) {
        // In a date these are fractions of a second.
        if self.kind == Kind::Date {
            return;
        }
        self.mark(Kind::Digits);
        if point {
            self.most = self.most.saturating_add(1).min(DIGITS);
            if c == '0' {
                self.least = self.most;
            }
        } else if c == '0' {
            self.whole = self.whole.saturating_add(1).min(64);
        }
    }

    fn date(&mut self, c: char) {
        if matches!(self.kind, Kind::Digits | Kind::General | Kind::Text) {
            return self.literal(&c.to_string());
        }
        self.kind = Kind::Date;
        match self.pieces.last_mut() {
            Some(Piece::Date(last, count)) if *last == c => *count += 1,
            _ => self.pieces.push(Piece::Date(c, 1)),
        }
    }

    fn bracket(&mut self, inner: &str) {
        if let Some(currency) = inner.strip_prefix('$') {
            let symbol = currency.split('-').next().unwrap_or_default().to_owned();
            return self.literal(&symbol);
        }
        let comparisons = [
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<>", Comparison::Unequal),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
            ("=", Comparison::Equal),
        ];
        for (mark, comparison) in comparisons {
            if let Some(bound) = inner.strip_prefix(mark).and_then(number) {
                self.condition = Some((comparison, bound));
                return;
            }
        }
        // `[h]`, `[mm]`: time that has passed. `[Red]`, `[DBNum1]`: how it looks.
        if inner.chars().all(|c| matches!(c, 'h' | 'H' | 'm' | 'M' | 's' | 'S')) {
            inner.chars().for_each(|c| self.date(c.to_ascii_lowercase()));
        }
    }

    fn close(&mut self, commas: u32) {
        self.thousands = commas.min(4);
        // A month between hours and seconds is minutes.
        let mut last = None;
        let letters: Vec<Option<char>> =
            self.pieces.iter().map(|piece| if let Piece::Date(c, _) = piece { Some(*c) } else { None }).collect();
        for (at, piece) in self.pieces.iter_mut().enumerate() {
            let Piece::Date(c, _) = piece else { continue };
            let next = letters.iter().skip(at + 1).flatten().next();
            if *c == 'm' && (last == Some('h') || next == Some(&'s')) {
                *c = 'n';
            }
            last = Some(*c);
        }
    }

    /// The words of the section around `number`.
    fn around(&self, number: &str) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Literal(literal) => text.push_str(literal),
                Piece::Number => text.push_str(number),
                Piece::Date(..) | Piece::HalfDay => {}
            }
        }
        text.trim().to_owned()
    }

    fn digits(&self, value: Decimal) -> String {
        let mut value = value;
        for _ in 0..self.percent.min(4) {
            value = value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value);
        }
        for _ in 0..self.thousands {
            value = value.checked_div(Decimal::ONE_THOUSAND).unwrap_or(value);
        }
        let rounded = value.round_dp_with_strategy(self.most, RoundingStrategy::MidpointAwayFromZero);
        let (sign, magnitude) =
            if rounded.is_sign_negative() && !rounded.is_zero() { ("-", rounded.abs()) } else { ("", rounded.abs()) };
        let plain = magnitude.normalize().to_string();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        // Without a `0` in the code, nothing is shown of nothing: accounts print a dash of their own there.
        if rounded.is_zero() && self.whole == 0 && self.least == 0 {
            return self.around("");
        }
        // `#.##` of 0.5 shows `.5`; the zero is kept, so that it reads as a number.
        let mut text = format!("{whole:0>width$}", width = self.whole);
        if self.grouped {
            text = grouped(&text);
        }
        let least = usize::try_from(self.least).unwrap_or(0);
        if !fraction.is_empty() || least > 0 {
            text = format!("{text}.{fraction:0<least$}");
        }
        // The sign stands before everything, a currency too.
        format!("{sign}{}", self.around(&text))
    }

    fn moment(&self, moment: &Moment) -> String {
        let mut text = String::new();
        let twelve = self.pieces.contains(&Piece::HalfDay);
        for piece in &self.pieces {
            match piece {
                Piece::Literal(literal) => text.push_str(literal),
                Piece::Number => {}
                Piece::HalfDay => text.push_str(if moment.hour < 12 { "AM" } else { "PM" }),
                Piece::Date(c, count) => {
                    let (value, least) = match c {
                        'y' if *count <= 2 => (moment.year % 100, 2),
                        'y' | 'e' => (moment.year, 4),
                        'm' => (moment.month, *count),
                        'd' => (moment.day, *count),
                        'h' if twelve => ((moment.hour + 11) % 12 + 1, *count),
                        'h' => (moment.hour, *count),
                        'n' => (moment.minute, *count),
                        _ => (moment.second, *count),
                    };
                    let width = least.min(if *c == 'y' { 4 } else { 2 });
                    let _ = write!(text, "{value:0>width$}");
                }
            }
        }
        text.trim().to_owned()
    }
}

/// Digits with a comma every three.
fn grouped(digits: &str) -> String {
    let count = digits.chars().count();
    let mut text = String::with_capacity(count + count / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (count - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The General format: all digits that fit, without the noise of the last ones.
fn general(value: Decimal) -> Shown {
    let whole = value.trunc().abs().to_string().len();
    let whole = u32::try_from(whole).unwrap_or(u32::MAX);
    // Two decimals stay whatever the number's length: money has them.
    let places = GENERAL_DIGITS.saturating_sub(whole).max(2);
    let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize();
    Shown { text: rounded.to_string(), uncertain: rounded.scale() > 4 }
}

struct Moment {
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
}

/// The moment that a serial number of days stands for; `None` where it is none.
fn date(value: Decimal, since_1904: bool) -> Option<Moment> {
    let days = u32::try_from(value.trunc()).ok()?;
    // 9999-12-31, the last day that spreadsheets know.
    if days > 2_958_465 {
        return None;
    }
    let fraction = value.checked_sub(value.trunc())?;
    let seconds =
        fraction.checked_mul(Decimal::from(86_400))?.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    let seconds = u32::try_from(seconds).ok()?.min(86_399);
    // Days since 0000-03-01. Spreadsheets count a 29 February 1900 that never was.
    let shift = if since_1904 {
        695_361
    } else if days < 60 {
        693_900
    } else {
        693_899
    };
    let days = days.checked_add(shift)?;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + u32::from(month <= 2);
    Some(Moment { year, month, day, hour: seconds / 3_600, minute: seconds / 60 % 60, second: seconds % 60 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, value: &str) -> String {
        NumberFormat::parse(code).show(number(value).expect("a number"), false).text
    }

    #[test]
    fn amounts_show_the_decimals_of_their_format() {
        for (code, value, text) in [
            ("0.00", "3426.2900000000004", "3426.29"),
            ("#,##0.00", "3426.2900000000004", "3,426.29"),
            ("#,##0.00_ ", "1234567.5", "1,234,567.50"),
            ("#,##0_ ", "1234.5", "1,235"),
            ("#,##0.00_);(#,##0.00)", "-12.3", "(12.30)"),
            ("0.00;-0.00;", "0", ""),
            ("0.00_ ;[Red]-0.00 ", "-5", "-5.00"),
            ("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "0", "-"),
            ("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "-1234.5", "-1,234.50"),
            ("[$¥-804]#,##0.00", "12", "¥12.00"),
            ("¥#,##0.00;¥-#,##0.00", "12", "¥12.00"),
            ("0.00%", "0.125", "12.50%"),
            ("#,##0.00,", "1234567", "1,234.57"),
            ("0.0,,\"百万\"", "1234567", "1.2百万"),
            ("#.##", "5", "5"),
            ("#.##", "0.5", "0.5"),
            ("#,###", "0", ""),
            ("#,###.00", "0", "0.00"),
            ("00", "2", "02"),
            ("0000000", "2080505", "2080505"),
            ("@", "205", "205"),
            ("General", "205", "205"),
            ("General", "0.1", "0.1"),
            ("0.00", "0.005", "0.01"),
            ("0.00", "-0.001", "0.00"),
            ("[>=10000]0.00,\"千\";0.00", "12340", "12.34千"),
            ("[>=10000]0.00,\"千\";0.00", "1234", "1234.00"),
            ("General\"元\"", "12.5", "12.5元"),
            ("0.00E+00", "1234", "1234"),
            ("0", "1E3", "1000"),
        ] {
            assert_eq!(shown(code, value), text, "{code} of {value}");
        }
    }

    #[test]
    fn numbers_without_a_format_lose_their_noise_and_keep_their_cents() {
        for (value, text, uncertain) in [
            ("3426.2900000000004", "3426.29", false),
            ("33.333333333333336", "33.33333333", true),
            ("123456789012.25", "123456789012.25", false),
            ("0.1", "0.1", false),
            ("0.30000000000000004", "0.3", false),
            ("1.5E-3", "0.0015", false),
        ] {
            let found = NumberFormat::parse("General").show(number(value).expect("a number"), false);
            assert_eq!((found.text.as_str(), found.uncertain), (text, uncertain), "{value}");
        }
    }

    #[test]
    fn dates_are_dates() {
        for (code, value, text) in [
            ("yyyy\"年\"m\"月\"d\"日\"", "45323", "2024年2月1日"),
            ("yyyy/mm/dd", "45351", "2024/02/29"),
            ("yyyy-m-d h:mm", "45351.5", "2024-2-29 12:00"),
            ("[$-804]yyyy\"年\"m\"月\";@", "45323", "2024年2月"),
            ("h:mm:ss AM/PM", "0.75", "6:00:00 PM"),
            ("yyyy/m/d", "1", "1900/1/1"),
            ("yyyy/m/d", "61", "1900/3/1"),
        ] {
            assert_eq!(shown(code, value), text, "{code} of {value}");
        }
        let since_1904 = NumberFormat::parse("yyyy/m/d").show(number("0").expect("a number"), true);
        assert_eq!(since_1904.text, "1904/1/1");
    }

    #[test]
    fn any_code_is_survived() {
        for code in
            ["", ";", ";;;;;;", "[", "\"", "\\", "_", "*", "[<]0", "E+", "0.", ".", ",", "[h", "y", "@@@", "0/0", "G"]
        {
            let _ = shown(code, "1234.5");
            let _ = shown(code, "-99999999999999999999");
            let _ = shown(code, "0");
        }
    }
}
