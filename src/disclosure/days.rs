//! Days that the text prints: when the budget was approved (批复), when it was published (公开).

use serde::{Deserialize, Serialize};

use crate::document::Place;

/// A day that the text gives for a step on the way to the public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// What happened then.
    pub step: Step,
    /// The day.
    pub day: Day,
    /// Where it stands.
    pub place: Place,
}

/// A step of a budget or of accounts on the way to the public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Step {
    /// 批复: the finance department approved it.
    Approved,
    /// 公开
    Published,
}

/// A day of the calendar. Only [`Day::new`] makes one, so it exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// The day, where the calendar has it.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let last = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        (1..=last).contains(&day).then_some(Self { year, month, day })
    }

    /// Its year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// How many days it lies after another; negative where it lies before.
    pub fn days_after(self, other: Self) -> i32 {
        self.number() - other.number()
    }

    /// Days since the first of March of the year 0: with the year begun in March a leap day is its last.
    fn number(self) -> i32 {
        let early = self.month < 3;
        let year = i32::from(self.year) - i32::from(early);
        let month = i32::from(self.month) + if early { 9 } else { -3 };
        let before = (153 * month + 2) / 5;
        365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + before + i32::from(self.day) - 1
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let day = |year, month, day| Day::new(year, month, day).unwrap();
        assert_eq!(day(2026, 2, 21).days_after(day(2026, 2, 1)), 20);
        assert_eq!(day(2024, 3, 1).days_after(day(2024, 2, 28)), 2);
        assert_eq!(day(2025, 3, 1).days_after(day(2025, 2, 28)), 1);
        assert_eq!(day(2026, 1, 10).days_after(day(2025, 12, 31)), 10);
        assert_eq!(day(2025, 12, 31).days_after(day(2026, 1, 10)), -10);
        assert_eq!(day(2000, 2, 29).days_after(day(1999, 2, 28)), 366);
    }

    #[test]
    fn days_that_the_calendar_lacks_are_none() {
        for (year, month, day) in
            [(2025, 2, 29), (1900, 2, 29), (2025, 13, 1), (2025, 0, 1), (2025, 4, 31), (2025, 1, 0)]
        {
            assert_eq!(Day::new(year, month, day), None, "{year}-{month}-{day}");
        }
    }
}
