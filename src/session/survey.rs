//! One document in a line: what the list of many shows of it.

use serde::{Deserialize, Serialize};

use super::opened::Opened;
use super::{Counts, Headline, Mark, SumKind};
use crate::amount::Unit;
use crate::disclosure::Stage;

/// A document in a line. It holds no text of the document but its unit's name and one total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// The department or unit.
    pub unit_name: Option<String>,
    /// The year of the figures.
    pub year: Option<u16>,
    /// Budget or final accounts.
    pub stage: Option<Stage>,
    /// The sentence above its findings.
    pub headline: Headline,
    /// The worst of its findings.
    pub mark: Mark,
    /// Its checks and findings.
    pub counts: Counts,
    /// Tables that are there.
    pub tables: usize,
    /// Pages that are pictures and were not read.
    pub picture_pages: usize,
    /// 收入总计, else 支出总计, as printed.
    pub total: Option<(String, Option<Unit>)>,
}

impl Survey {
    /// What there is to say of the first document of `opened`.
    pub fn of(opened: &Opened) -> Self {
        let coverage = opened.coverage(0);
        let total =
            opened.summary(0).into_iter().find(|sum| matches!(sum.kind, SumKind::Revenue | SumKind::Expenditure));
        Self {
            unit_name: coverage.unit_name,
            year: coverage.year,
            stage: coverage.stage,
            headline: opened.headline(0),
            mark: opened.worst_mark(0),
            counts: opened.counts(0),
            tables: coverage.tables,
            picture_pages: coverage.picture_pages.len(),
            total: total.map(|sum| (sum.figure, sum.unit)),
        }
    }
}
