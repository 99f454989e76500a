//! Two disclosures line by line: what each line of a table was in the other year, and by how much it changed.
//!
//! Lines are matched by code, then by name; where the two years use different classifications, what moved or was
//! renamed is listed ([`Reclassified`]) and what can be matched still is. Nothing here is a verdict: a change is the
//! difference of two printed figures, in the unit of the newer table.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::{Decimal, RoundingStrategy};

use crate::amount::Unit;
use crate::disclosure::{Anchor, Column, Disclosure, Row, RowRole, Side, Status, Table, TableKind};
use crate::rules::total_column;
use crate::spelling::folded;

/// What changed between two disclosures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineChanges {
    /// Every line of every kind of table that both print, in the order of the newer one; lines that only the older one
    /// has stand after the others of their table.
    pub lines: Vec<LineChange>,
    /// Codes whose name, and names whose code, is another than before. Empty where both use one classification.
    pub reclassified: Vec<Reclassified>,
    /// Kinds of tables that only one of the two has, or whose units do not say how to compare them.
    pub not_compared: Vec<TableKind>,
}

/// One line of a table in one column, then and now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineChange {
    /// The table.
    pub kind: TableKind,
    /// What the row is.
    pub role: RowRole,
    /// Its side, in two-sided tables.
    pub side: Option<Side>,
    /// How deep it stands below the rows that sum it.
    pub level: u8,
    /// Its code, as the newer table has it where both do.
    pub code: Option<String>,
    /// Its name, as the newer table has it where both do; empty where none is printed.
    pub name: String,
    /// The header of the column.
    pub column: String,
    /// Whether it is the column of the row's total.
    pub main: bool,
    /// How the two rows were found to be one line.
    pub matched: Matched,
    /// This year's figure.
    pub now: Option<LineFigure>,
    /// The other year's figure.
    pub then: Option<LineFigure>,
    /// The unit of all amounts here: that of the newer table.
    pub unit: Option<Unit>,
    /// `now − then`; a line or cell that is not there counts as nothing.
    pub change: Decimal,
    /// The change in percent of `then`, to two decimals; `None` where that is nothing.
    pub rate: Option<Decimal>,
    /// The change in percent of the change of the table's total row, to two decimals.
    pub share: Option<Decimal>,
    /// Whether the reading of either row is in doubt.
    pub doubtful: bool,
}

/// A printed figure of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineFigure {
    /// Where it stands.
    pub at: Anchor,
    /// Its value in the unit of the line.
    pub value: Decimal,
}

/// How two rows were found to be one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matched {
    /// By code; total rows by what they are.
    Code,
    /// By code, although the name is another.
    CodeRenamed,
    /// By name, under another code or without one.
    Name,
    /// Only the newer disclosure has it.
    New,
    /// Only the older one has it.
    Gone,
}

/// A code or a name that means something else in the other year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reclassified {
    /// The code then.
    pub code_then: String,
    /// The name then.
    pub name_then: String,
    /// The code now.
    pub code_now: String,
    /// The name now.
    pub name_now: String,
}

/// Compares the disclosure at `now` with that at `then`, line by line.
pub fn line_changes(disclosures: &[Disclosure], now: usize, then: usize) -> LineChanges {
    let mut changes = LineChanges::default();
    let (Some(new), Some(old)) = (disclosures.get(now), disclosures.get(then)) else { return changes };
    let mut kinds: Vec<TableKind> = Vec::new();
    for table in new.tables.iter().chain(&old.tables).filter(|table| is_of_money(table)) {
        if !kinds.contains(&table.kind) {
            kinds.push(table.kind);
        }
    }
    let mut moved = BTreeSet::new();
    for kind in kinds {
        let pairs = pairs(of_kind(new, now, kind), of_kind(old, then, kind));
        if pairs.is_empty() {
            changes.not_compared.push(kind);
        }
        for (new, old) in pairs {
            Pair { new, old }.compare(&mut changes.lines, &mut moved);
        }
    }
    changes.reclassified = moved.into_iter().collect();
    changes
}

/// A table and its address.
#[derive(Clone, Copy, Debug)]
struct At<'a> {
    disclosure: u16,
    index: u16,
    table: &'a Table,
}

impl At<'_> {
    fn cell(&self, row: usize, column: usize) -> Option<Anchor> {
        Some(Anchor::Cell {
            disclosure: self.disclosure,
            table: self.index,
            row: u32::try_from(row).ok()?,
            column: u16::try_from(column).ok()?,
        })
    }
}

fn is_of_money(table: &Table) -> bool {
    table.status == Status::Present
        && !matches!(table.kind, TableKind::PerformanceWhole | TableKind::PerformanceProject | TableKind::Other)
}

fn of_kind(disclosure: &Disclosure, at: usize, kind: TableKind) -> Vec<At<'_>> {
    let Ok(own) = u16::try_from(at) else { return Vec::new() };
    let tables = disclosure.tables.iter().zip(0_u16..).filter(|(t, _)| t.kind == kind && is_of_money(t));
    tables.map(|(table, index)| At { disclosure: own, index, table }).collect()
}

/// Tables of one kind that are the same table in both years: by title without its year, or the only ones.
fn pairs<'a>(new: Vec<At<'a>>, old: Vec<At<'a>>) -> Vec<(At<'a>, At<'a>)> {
    let comparable = |a: &At, b: &At| a.table.unit.is_some() == b.table.unit.is_some();
    if let ([a], [b]) = (&new[..], &old[..]) {
        return if comparable(a, b) { vec![(*a, *b)] } else { Vec::new() };
    }
    let bare = |at: &At| folded(&at.table.title).chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let mut left = old;
    let mut found = Vec::new();
    for a in new {
        if let Some(place) = left.iter().position(|b| bare(&a) == bare(b) && comparable(&a, b)) {
            found.push((a, left.remove(place)));
        }
    }
    found
}

/// One table in both years.
struct Pair<'a> {
    new: At<'a>,
    old: At<'a>,
}

impl Pair<'_> {
    fn compare(&self, lines: &mut Vec<LineChange>, moved: &mut BTreeSet<Reclassified>) {
        let rows = self.rows(moved);
        for (column, other, main) in self.columns() {
            let first = lines.len();
            for &(new, old, matched) in &rows {
                lines.extend(self.line(new.map(|row| (row, column)), old.map(|row| (row, other)), matched, main));
            }
            let added = lines.get_mut(first..).unwrap_or_default();
            for side in [None, Some(Side::Revenue), Some(Side::Expenditure)] {
                let total = added.iter().filter(|line| line.side == side).min_by_key(|line| rank(line.role));
                let Some(whole) = total.filter(|line| rank(line.role) < 3).map(|line| line.change) else { continue };
                for line in added.iter_mut().filter(|line| line.side == side) {
                    line.share = percent(line.change, whole);
                }
            }
        }
    }

    fn line(
        &self,
        new: Option<(usize, usize)>,
        old: Option<(usize, usize)>,
        matched: Matched,
        main: bool,
    ) -> Option<LineChange> {
        let figure = |at: At, place: Option<(usize, usize)>| {
            let (row, column) = place?;
            let printed = at.table.rows.get(row)?.entries.get(column)?.amount()?.value();
            let value = match (at.table.unit, self.new.table.unit) {
                (Some(own), Some(unit)) if own != unit => {
                    printed.checked_mul(own.in_yuan())?.checked_div(unit.in_yuan())?.normalize()
                }
                _ => printed,
            };
            Some(LineFigure { at: at.cell(row, column)?, value })
        };
        let (now, then) = (figure(self.new, new), figure(self.old, old));
        if now.is_none() && then.is_none() {
            return None;
        }
        let row_now = new.and_then(|(row, _)| self.new.table.rows.get(row));
        let row_then = old.and_then(|(row, _)| self.old.table.rows.get(row));
        let row = row_now.or(row_then)?;
        let header = match (new, old) {
            (Some((_, column)), _) => self.new.table.columns.get(column),
            (None, place) => place.and_then(|(_, column)| self.old.table.columns.get(column)),
        };
        let value = |figure: Option<LineFigure>| figure.map_or(Decimal::ZERO, |figure| figure.value);
        let change = value(now).checked_sub(value(then))?;
        Some(LineChange {
            kind: self.new.table.kind,
            role: row.role,
            side: row.side,
            level: row.level,
            code: row.code.clone(),
            name: row.name.clone().unwrap_or_default(),
            column: header.map(Column::header).unwrap_or_default().into_owned(),
            main,
            matched,
            now,
            then,
            unit: self.new.table.unit,
            change,
            rate: percent(change, value(then)),
            share: None,
            doubtful: [row_now, row_then].into_iter().flatten().any(|row| row.doubt.is_some()),
        })
    }

    /// The columns of both that measure the same, that of the row's total first.
    fn columns(&self) -> Vec<(usize, usize, bool)> {
        let (new, old) = (self.new.table, self.old.table);
        let total = total_column(new).zip(total_column(old));
        let mut found: Vec<(usize, usize, bool)> = total.map(|(a, b)| (a, b, true)).into_iter().collect();
        for column in new.amount_columns() {
            let Some(other) = twin(new, old, column) else { continue };
            if found.iter().any(|&(a, b, _)| a == column || b == other) {
                continue;
            }
            found.push((column, other, new.kind == TableKind::ThreePublic));
        }
        found
    }

    /// The rows of both that are one line, then those of the older table alone.
    fn rows(&self, moved: &mut BTreeSet<Reclassified>) -> Vec<(Option<usize>, Option<usize>, Matched)> {
        let (new, old) = (Keys::of(self.new.table), Keys::of(self.old.table));
        let mut taken = BTreeSet::new();
        let mut found: Vec<(Option<usize>, Option<usize>, Matched)> = Vec::new();
        // First what has its code, then what has only its name.
        let mut by_code: BTreeMap<usize, (usize, Matched)> = BTreeMap::new();
        for (key, &row) in &new.by_code {
            let Some(&other) = old.by_code.get(key) else { continue };
            let (Some(a), Some(b)) = (self.new.table.rows.get(row), self.old.table.rows.get(other)) else { continue };
            let matched = if same_name(a, b) {
                Matched::Code
            } else {
                moved.extend(reclassified(b, a));
                if new.names_elsewhere(b, row) || old.names_elsewhere(a, other) {
                    continue;
                }
                Matched::CodeRenamed
            };
            taken.insert(other);
            by_code.insert(row, (other, matched));
        }
        for row in 0..self.new.table.rows.len() {
            if let Some(&(other, matched)) = by_code.get(&row) {
                found.push((Some(row), Some(other), matched));
                continue;
            }
            let other = new.name_of(row).and_then(|name| old.only(&name)).filter(|other| !taken.contains(other));
            if let Some(other) = other {
                taken.insert(other);
                if let (Some(a), Some(b)) = (self.new.table.rows.get(row), self.old.table.rows.get(other))
                    && a.code.is_some()
                    && b.code.is_some()
                    && a.code != b.code
                {
                    moved.extend(reclassified(b, a));
                }
                found.push((Some(row), Some(other), Matched::Name));
            } else {
                found.push((Some(row), None, Matched::New));
            }
        }
        let gone = (0..self.old.table.rows.len()).filter(|row| !taken.contains(row));
        found.extend(gone.map(|row| (None, Some(row), Matched::Gone)));
        found
    }
}

/// The whole table's row before the year's, before any other.
fn rank(role: RowRole) -> u8 {
    match role {
        RowRole::Total => 0,
        RowRole::GrandTotal => 1,
        RowRole::YearTotal => 2,
        _ => 3,
    }
}

/// `part` in percent of `whole`, to two decimals at most; `None` where that is nothing.
pub(crate) fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let share = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    Some(share.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
}

/// The column of the older table that measures what this one does: of the same measure and group, or of the same
/// header but for the year; columns of another year than the table's are none.
fn twin(new: &Table, old: &Table, column: usize) -> Option<usize> {
    let own = new.columns.get(column)?;
    if is_of_another_year(own) {
        return None;
    }
    let only = |fits: &dyn Fn(&Column) -> bool| {
        let mut all =
            old.amount_columns().filter(|&c| old.columns.get(c).is_some_and(|c| !is_of_another_year(c) && fits(c)));
        all.next().filter(|_| all.next().is_none())
    };
    let header = |c: &Column| folded(&c.header()).chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    only(&|c| header(c) == header(own))
        .or_else(|| only(&|c| own.measure.is_some() && c.measure == own.measure && c.group == own.group))
}

fn is_of_another_year(column: &Column) -> bool {
    let header = column.header();
    ["上年", "去年", "增减", "增长", "比"].iter().any(|word| header.contains(word))
        && !header.contains("结转")
        && !header.contains("结余")
}

fn reclassified(then: &Row, now: &Row) -> Option<Reclassified> {
    Some(Reclassified {
        code_then: then.code.clone()?,
        name_then: then.name.clone()?,
        code_now: now.code.clone()?,
        name_now: now.name.clone()?,
    })
}

/// Names cut short by a narrow column are the same; a name that is not printed is no other.
fn same_name(a: &Row, b: &Row) -> bool {
    let (a, b) = (bare_name(a), bare_name(b));
    a.starts_with(&b) || b.starts_with(&a)
}

/// The name folded, without 一、 or （一） or 1. before it.
fn bare_name(row: &Row) -> String {
    let name = folded(row.name.as_deref().unwrap_or_default());
    let bare = name.trim_start_matches(|c: char| "一二三四五六七八九十0123456789(".contains(c));
    match bare.strip_prefix(['、', ')', '.']) {
        Some(bare) => bare.to_owned(),
        None => name.into_owned(),
    }
}

/// What the rows of a table are known by.
struct Keys<'a> {
    table: &'a Table,
    /// Rows by side and code, or by what they total; codes that stand twice are left out.
    by_code: BTreeMap<(Option<Side>, String), usize>,
    /// Rows by name.
    by_name: BTreeMap<(Option<Side>, String), Vec<usize>>,
}

impl<'a> Keys<'a> {
    fn of(table: &'a Table) -> Self {
        let mut by_code: BTreeMap<(Option<Side>, String), Vec<usize>> = BTreeMap::new();
        let mut by_name: BTreeMap<(Option<Side>, String), Vec<usize>> = BTreeMap::new();
        for (index, row) in table.rows.iter().enumerate() {
            let key = match row.role {
                RowRole::Total | RowRole::YearTotal | RowRole::GrandTotal => Some(format!("{:?}", row.role)),
                // The code of a unit may be that of a function class.
                role => row.code.as_ref().map(|code| format!("{role:?} {code}")),
            };
            let alone = table.rows.len() == 1 && row.code.is_none();
            if let Some(key) = key.or_else(|| alone.then(|| "only".to_owned())) {
                by_code.entry((row.side, key)).or_default().push(index);
            }
            let name = bare_name(row);
            if !name.is_empty() {
                by_name.entry((row.side, name)).or_default().push(index);
            }
        }
        let by_code = by_code.into_iter().filter_map(|(key, rows)| match rows[..] {
            [only] => Some((key, only)),
            _ => None,
        });
        Self { table, by_code: by_code.collect(), by_name }
    }

    fn name_of(&self, row: usize) -> Option<(Option<Side>, String)> {
        let row = self.table.rows.get(row)?;
        let key = (row.side, bare_name(row));
        // A name that stands here twice is no key.
        (self.by_name.get(&key)?.len() == 1).then_some(key)
    }

    fn only(&self, key: &(Option<Side>, String)) -> Option<usize> {
        match self.by_name.get(key)?[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Whether the name of another table's row stands here in one other row than `own`.
    fn names_elsewhere(&self, other: &Row, own: usize) -> bool {
        self.only(&(other.side, bare_name(other))).is_some_and(|row| row != own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disclosures(texts: &[&str]) -> Vec<Disclosure> {
        texts
            .iter()
            .map(|text| crate::recognise::recognise(&crate::read::read("x.md", text.as_bytes()).unwrap()))
            .collect()
    }

    fn table(year: u16, unit: &str, rows: &[&str]) -> String {
        format!(
            "# 甲市乙局{year}年部门预算\n\n## 一般公共预算支出表\n\n单位：{unit}\n\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n{}\n",
            rows.join("\n")
        )
    }

    #[test]
    fn lines_are_matched_by_code_over_units() {
        let new = table(
            2024,
            "万元",
            &["| | 合计 | 120.00 | 80.00 | 40.00 |", "| 208 | 社会保障和就业支出 | 120.00 | 80.00 | 40.00 |"],
        );
        let old = table(
            2023,
            "元",
            &["| | 合计 | 1000000 | 800000 | 200000 |", "| 208 | 社会保障和就业支出 | 1000000 | 800000 | 200000 |"],
        );
        let all = disclosures(&[&new, &old]);
        let changes = line_changes(&all, 0, 1);
        assert_eq!(changes.lines.len(), 6, "{changes:#?}");
        let line = changes.lines.iter().find(|line| line.code.as_deref() == Some("208") && line.main).unwrap();
        assert_eq!(line.matched, Matched::Code);
        assert_eq!((line.change, line.rate, line.share), (20.into(), Some(20.into()), Some(100.into())));
        assert_eq!(line.unit, Some(Unit::TenThousand));
        assert!(changes.reclassified.is_empty() && changes.not_compared.is_empty());
    }

    #[test]
    fn another_classification_is_said_and_matched_where_it_can_be() {
        let new = table(
            2024,
            "万元",
            &[
                "| | 合计 | 60.00 | 60.00 | |",
                "| 2150501 | 行政运行 | 30.00 | 30.00 | |",
                "| 2150599 | 其他工业监管支出 | 10.00 | 10.00 | |",
                "| 2210201 | 住房公积金 | 20.00 | 20.00 | |",
            ],
        );
        let old = table(
            2023,
            "万元",
            &[
                "| | 合计 | 50.00 | 50.00 | |",
                "| 2010301 | 行政运行 | 25.00 | 25.00 | |",
                "| 2150599 | 其他产业监管支出 | 10.00 | 10.00 | |",
                "| 2210203 | 购房补贴 | 15.00 | 15.00 | |",
            ],
        );
        let all = disclosures(&[&new, &old]);
        let changes = line_changes(&all, 0, 1);
        let how = |name: &str| changes.lines.iter().find(|l| l.main && l.name == name).unwrap().matched;
        assert_eq!(how("行政运行"), Matched::Name);
        assert_eq!(how("其他工业监管支出"), Matched::CodeRenamed);
        assert_eq!(how("住房公积金"), Matched::New);
        assert_eq!(how("购房补贴"), Matched::Gone);
        assert_eq!(changes.reclassified.len(), 2, "{:?}", changes.reclassified);
        let gone = changes.lines.iter().find(|l| l.main && l.name == "购房补贴").unwrap();
        assert_eq!((gone.change, gone.now), ((-15).into(), None));
    }

    #[test]
    fn columns_of_another_year_are_no_twins_and_an_absent_table_is_said() {
        let new = "# 甲市乙局2024年部门预算\n\n## “三公”经费支出表\n\n单位：万元\n\n| 合计 | 因公出国（境）费 | 公务用车购置及运行费 | 公务接待费 |\n|---|---|---|---|\n| 9.00 | 4.00 | 3.50 | 1.50 |\n";
        let old = "# 甲市乙局2023年部门预算\n\n## “三公”经费支出表\n\n单位：万元\n\n| 合计 | 因公出国（境）费 | 公务用车购置及运行费 | 公务接待费 |\n|---|---|---|---|\n| 10.00 | 4.00 | 3.50 | 2.50 |\n";
        let all = disclosures(&[new, old]);
        let changes = line_changes(&all, 0, 1);
        let moved: Vec<_> = changes.lines.iter().filter(|l| !l.change.is_zero()).map(|l| l.column.as_str()).collect();
        assert_eq!(moved, ["合计", "公务接待费"]);
        let alone = table(2023, "万元", &["| | 合计 | 50.00 | 50.00 | |"]);
        let all = disclosures(&[new, &alone]);
        let changes = line_changes(&all, 0, 1);
        assert_eq!(changes.not_compared, [TableKind::ThreePublic, TableKind::GeneralPublicExpenditureByFunction]);
    }
}
