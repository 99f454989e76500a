//! Many documents at once, as a list: what a dropped folder or archive holds and how each came out.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{Mark, Survey};
use crate::analysis::Unreadable;

/// The list of many documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Many {
    /// What was dropped: the folder's or archive's name, where there is one.
    pub name: String,
    rows: Vec<ManyRow>,
    order: ManyOrder,
    descending: bool,
    query: String,
}

/// One document of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManyRow {
    /// Its path in the folder or archive.
    pub path: String,
    /// How it came out.
    pub state: ManyState,
}

/// How a document of the list came out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ManyState {
    /// Not read yet.
    #[default]
    Waiting,
    /// Read and checked.
    Read(Survey),
    /// It opens with a password only.
    Locked,
    /// Not readable, with what to do.
    Failed(Unreadable),
    /// The reader of the page stopped before it.
    Stopped,
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ManyOrder {
    /// Unit, then year: the same unit's years stand together.
    #[default]
    Unit,
    /// Year, then unit.
    Year,
    /// The verdict, the worst first.
    Verdict,
    /// The total, the largest first; documents without one at the end.
    Total,
    /// How much was compared.
    Coverage,
    /// The path of the file.
    Path,
}

impl Many {
    /// A list of these files, none of them read.
    pub fn new(name: String, paths: impl IntoIterator<Item = String>) -> Self {
        let mut many = Self { name, ..Self::default() };
        many.add(paths);
        many
    }

    /// Sets how document number `index` came out.
    pub fn set(&mut self, index: usize, state: ManyState) {
        if let Some(row) = self.rows.get_mut(index) {
            row.state = state;
        }
    }

    /// Adds files at the end.
    pub fn add(&mut self, paths: impl IntoIterator<Item = String>) {
        self.rows.extend(paths.into_iter().map(|path| ManyRow { path, state: ManyState::Waiting }));
    }

    /// File number `index` is an archive: its first file stands in its place, the others at the end. `names` begin with
    /// the archive's own, without the folders that it is in.
    pub fn unpack(&mut self, index: usize, names: impl IntoIterator<Item = String>) {
        let Some(row) = self.rows.get_mut(index) else { return };
        let folder = row.path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        let mut paths = names.into_iter().map(|name| match &folder {
            Some(folder) => format!("{folder}/{name}"),
            None => name,
        });
        if let Some(first) = paths.next() {
            row.path = first;
        }
        self.add(paths);
    }

    /// Marks all that is not read as stopped.
    pub fn stop(&mut self) {
        for row in self.rows.iter_mut().filter(|row| row.state == ManyState::Waiting) {
            row.state = ManyState::Stopped;
        }
    }

    /// Every document, in the order of the folder.
    pub fn rows(&self) -> &[ManyRow] {
        &self.rows
    }

    /// How many documents are behind.
    pub fn done(&self) -> usize {
        self.rows.iter().filter(|row| row.state != ManyState::Waiting).count()
    }

    /// Whether documents are still to be read.
    pub fn is_running(&self) -> bool {
        self.rows.iter().any(|row| row.state == ManyState::Waiting)
    }

    /// How many documents were read, and how many of them have a figure that does not tie.
    pub fn tally(&self) -> (usize, usize) {
        let read = self.rows.iter().filter_map(ManyRow::survey);
        (read.clone().count(), read.filter(|survey| survey.counts.mismatches > 0).count())
    }

    /// What the list is sorted by, and whether the other way round.
    pub fn order(&self) -> (ManyOrder, bool) {
        (self.order, self.descending)
    }

    /// Sorts by `order`; by the same again, the other way round.
    pub fn sort_by(&mut self, order: ManyOrder) {
        self.descending = self.order == order && !self.descending;
        self.order = order;
    }

    /// Filters by words of the unit's name or the path.
    pub fn set_query(&mut self, query: &str) {
        query.trim().clone_into(&mut self.query);
    }

    /// Indexes of the documents that the filter lets through, sorted. What was not read stands at the end.
    pub fn shown(&self) -> Vec<usize> {
        let mut shown: Vec<usize> = (0..self.rows.len())
            .filter(|&at| self.rows.get(at).is_some_and(|row| row.speaks_of(&self.query)))
            .collect();
        shown.sort_by(|&one, &other| match (self.rows.get(one), self.rows.get(other)) {
            (Some(one), Some(other)) => self.compare(one, other),
            _ => Ordering::Equal,
        });
        shown
    }

    fn compare(&self, one: &ManyRow, other: &ManyRow) -> Ordering {
        let by_path = || one.path.cmp(&other.path);
        let turned = |order: Ordering| if self.descending { order.reverse() } else { order };
        if self.order == ManyOrder::Path {
            return turned(by_path());
        }
        let (a, b) = match (one.survey(), other.survey()) {
            (Some(a), Some(b)) => (a, b),
            (Some(_), None) => return Ordering::Less,
            (None, Some(_)) => return Ordering::Greater,
            (None, None) => return by_path(),
        };
        // A document without a unit's name stands behind those with one.
        let by_unit = || (a.unit_name.is_none(), &a.unit_name).cmp(&(b.unit_name.is_none(), &b.unit_name));
        let by_year = || (a.year, a.stage).cmp(&(b.year, b.stage));
        let by_order = match self.order {
            ManyOrder::Unit => by_unit().then_with(by_year),
            ManyOrder::Year => by_year().then_with(by_unit),
            ManyOrder::Verdict => (b.counts.mismatches, b.counts.warnings)
                .cmp(&(a.counts.mismatches, a.counts.warnings))
                .then_with(|| b.mark.cmp(&a.mark)),
            ManyOrder::Total => size(b).cmp(&size(a)),
            ManyOrder::Coverage => b.counts.compared().cmp(&a.counts.compared()),
            ManyOrder::Path => Ordering::Equal,
        };
        turned(by_order).then_with(by_path)
    }
}

/// A total in 元; `None` where none or no unit is printed.
fn size(survey: &Survey) -> Option<Decimal> {
    let (figure, unit) = survey.total.as_ref()?;
    let plain: String = figure.chars().filter(|c| *c != ',').collect();
    Decimal::from_str_exact(&plain.replace('\u{2212}', "-")).ok()?.checked_mul((*unit)?.in_yuan())
}

impl ManyRow {
    /// What was found, if it was read.
    pub fn survey(&self) -> Option<&Survey> {
        match &self.state {
            ManyState::Read(survey) => Some(survey),
            _ => None,
        }
    }

    /// The mark of its line.
    pub fn mark(&self) -> Mark {
        self.survey().map_or(Mark::Absent, |survey| survey.mark)
    }

    fn speaks_of(&self, query: &str) -> bool {
        let unit = self.survey().and_then(|survey| survey.unit_name.as_deref()).unwrap_or_default();
        query.split_whitespace().all(|word| unit.contains(word) || self.path.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Counts, Headline};
    use super::*;
    use crate::amount::Unit;

    fn survey(unit: Option<&str>, year: u16, mismatches: usize, pass: usize) -> ManyState {
        let counts = Counts { pass, mismatches, ..Counts::default() };
        ManyState::Read(Survey {
            unit_name: unit.map(str::to_owned),
            year: Some(year),
            stage: None,
            headline: Headline::AllTie { figures: pass },
            mark: if mismatches > 0 { Mark::Mismatch } else { Mark::Ok },
            counts,
            tables: 9,
            picture_pages: 0,
            total: None,
        })
    }

    fn many() -> Many {
        let mut many = Many::new("夹".into(), ["b1", "b2", "a", "x", "bad", "late"].map(str::to_owned));
        many.set(0, survey(Some("乙局"), 2025, 0, 50));
        many.set(1, survey(Some("乙局"), 2024, 2, 80));
        many.set(2, survey(Some("丙局"), 2025, 1, 20));
        many.set(3, survey(None, 2023, 0, 10));
        many.set(
            4,
            ManyState::Failed(Unreadable { name: "bad".into(), message: "坏".into(), message_en: "bad".into() }),
        );
        many
    }

    #[test]
    fn the_years_of_a_unit_stand_together_and_what_was_not_read_at_the_end() {
        let mut many = many();
        assert_eq!(many.shown(), [2, 1, 0, 3, 4, 5]);
        many.sort_by(ManyOrder::Unit);
        assert_eq!(many.shown(), [3, 0, 1, 2, 4, 5], "the other way round");
        many.sort_by(ManyOrder::Verdict);
        assert_eq!(many.shown(), [1, 2, 0, 3, 4, 5]);
        many.sort_by(ManyOrder::Coverage);
        assert_eq!(many.shown(), [1, 0, 2, 3, 4, 5]);
        many.sort_by(ManyOrder::Year);
        assert_eq!(many.shown(), [3, 1, 2, 0, 4, 5]);
        many.sort_by(ManyOrder::Path);
        assert_eq!(many.shown(), [2, 0, 1, 4, 5, 3]);
        for (row, figure, unit) in
            [(0, "9,000.00", Unit::TenThousand), (1, "2.00", Unit::HundredMillion), (2, "800.50", Unit::Yuan)]
        {
            let ManyState::Read(survey) = &mut many.rows[row].state else { panic!("read") };
            survey.total = Some((figure.to_owned(), Some(unit)));
        }
        many.sort_by(ManyOrder::Total);
        assert_eq!(many.shown(), [1, 0, 2, 3, 4, 5], "units are known");
    }

    #[test]
    fn words_of_the_unit_or_the_path_filter() {
        let mut many = many();
        many.set_query(" 乙 ");
        assert_eq!(many.shown(), [1, 0]);
        many.set_query("乙 b1");
        assert_eq!(many.shown(), [0]);
    }

    #[test]
    fn an_archive_in_a_folder_gives_way_to_its_files() {
        let mut many = Many::new("夹".into(), ["夹/甲/包.zip", "夹/乙.txt"].map(str::to_owned));
        many.unpack(0, ["包.zip/一.txt", "包.zip/二.txt"].map(str::to_owned));
        let paths: Vec<&str> = many.rows().iter().map(|row| row.path.as_str()).collect();
        assert_eq!(paths, ["夹/甲/包.zip/一.txt", "夹/乙.txt", "夹/甲/包.zip/二.txt"]);
    }

    #[test]
    fn a_stopped_list_is_done() {
        let mut many = many();
        assert_eq!((many.done(), many.is_running(), many.tally()), (5, true, (4, 2)));
        many.stop();
        assert_eq!((many.done(), many.is_running()), (6, false));
        assert_eq!(many.rows()[5].state, ManyState::Stopped);
    }
}
