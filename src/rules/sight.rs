//! What a rule sees of a table: addresses of its cells, and the words that name them to a reader.

use std::collections::BTreeMap;

use super::facts::OfTable;
use super::judge::{self, Judge};
use super::{Claim, Equation, Instance, Relation, Scope, Term};
use crate::disclosure::{Anchor, Disclosure, Entry, Message, Row, RowRole, Status, Table, TableKind};
use crate::document::page_ranges;

/// A table with its address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TableAt<'a> {
    /// Index of the disclosure.
    disclosure: u16,
    /// Index of the table in it.
    index: u16,
    /// The table.
    pub(crate) table: &'a Table,
    /// What is known of it.
    pub(super) facts: &'a OfTable,
}

impl<'a> Scope<'a> {
    /// The index of the disclosure, as addresses have it.
    pub(super) fn index(&self) -> u16 {
        u16::try_from(self.at).unwrap_or(u16::MAX)
    }

    /// The disclosure itself: where something is missing there is no place to point to.
    pub(super) fn whole(&self) -> Anchor {
        Anchor::Disclosure { disclosure: self.index() }
    }

    /// The tables of the disclosure, in reading order, absent ones too.
    pub(crate) fn tables(&self) -> impl Iterator<Item = TableAt<'a>> + use<'a> {
        let disclosure = self.index();
        let tables = self.disclosure().tables.iter().zip(&self.facts.of(self.at).tables);
        tables.zip(0_u16..).map(move |((table, facts), index)| TableAt { disclosure, index, table, facts })
    }

    /// The tables with rows that are of a kind.
    pub(crate) fn present(&self, kind: TableKind) -> Vec<TableAt<'a>> {
        let facts = self.facts.of(self.at);
        let present = facts.present.get_or_init(|| {
            let mut present: BTreeMap<TableKind, Vec<u16>> = BTreeMap::new();
            for t in self.tables().filter(|t| t.is_present()) {
                present.entry(t.table.kind).or_default().push(t.index);
            }
            present
        });
        present.get(&kind).into_iter().flatten().filter_map(|&index| self.table(index)).collect()
    }

    /// The table at this index.
    pub(crate) fn table(&self, index: u16) -> Option<TableAt<'a>> {
        let disclosure = self.index();
        let table = self.disclosure().tables.get(usize::from(index))?;
        Some(TableAt { disclosure, index, table, facts: self.facts.of(self.at).tables.get(usize::from(index))? })
    }

    /// The tables of a kind that stand for it: where the same is told again by another classification or of all money, the
    /// one of the official form. 基本支出 is of the general public budget and by economic class, 一般公共预算支出 is all of it
    /// and by function.
    pub(crate) fn own(&self, kind: TableKind) -> Vec<TableAt<'a>> {
        let mut all = self.present(kind);
        let mut prefer = |test: &dyn Fn(&TableAt<'_>) -> bool| {
            if all.len() > 1 && all.iter().any(test) {
                all.retain(|t| test(t));
            }
        };
        let titled = |t: &TableAt<'_>, words: &[&str]| words.iter().any(|word| t.table.title.contains(word));
        let has = |t: &TableAt<'_>, role: RowRole| t.table.rows.iter().any(|row| row.role == role);
        match kind {
            TableKind::BasicExpenditure => {
                prefer(&|t| titled(t, &["一般公共预算", "财政拨款", "公共财政"]));
                prefer(&|t| has(t, RowRole::Economic));
            }
            TableKind::GeneralPublicExpenditureByFunction => {
                prefer(&|t| has(t, RowRole::Function));
                prefer(&|t| !titled(t, &["项目支出", "经济"]));
            }
            TableKind::ExpenditureSummary => prefer(&|t| titled(t, &["总表", "总体", "预算表", "决算表"])),
            _ => {}
        }
        all
    }

    /// Tables of two kinds that belong together: the only one of each, or, where a disclosure holds the set several
    /// times (a department and its units), the first with the first and so on.
    pub(crate) fn pairs(&self, a: TableKind, b: TableKind) -> Pairing<'a> {
        let (a, b) = (self.own(a), self.own(b));
        if a.is_empty() || b.is_empty() {
            Pairing::Absent
        } else if a.len() == b.len() {
            Pairing::Pairs(a.into_iter().zip(b).collect())
        } else {
            Pairing::Ambiguous(a[0].whole(), b[0].whole())
        }
    }

    /// A judge over all disclosures, for guards.
    pub(crate) fn judge(&self) -> &'a Judge<'a> {
        self.facts.judge()
    }
}

/// Which tables of two kinds belong together.
#[derive(Clone, Debug)]
pub(crate) enum Pairing<'a> {
    /// These.
    Pairs(Vec<(TableAt<'a>, TableAt<'a>)>),
    /// One of the kinds is not there.
    Absent,
    /// There are several of one kind and it is not clear which goes with which.
    Ambiguous(Anchor, Anchor),
}

impl<'a> Pairing<'a> {
    /// Runs `each` over the pairs; where the tables cannot be paired, says so instead.
    pub(crate) fn instances(self, mut each: impl FnMut(TableAt<'a>, TableAt<'a>, &mut Vec<Instance>)) -> Vec<Instance> {
        let mut found = Vec::new();
        match self {
            Self::Pairs(pairs) => pairs.into_iter().for_each(|(a, b)| each(a, b, &mut found)),
            Self::Absent => {}
            Self::Ambiguous(a, b) => found.push(Instance {
                label: Message::new("两类表的对应关系", "which table goes with which"),
                claim: Claim::NotCheckable {
                    why: Message::new(
                        "同一类表不止一张，无法确定哪一张与哪一张对应",
                        "there is more than one table of a kind, and it is not clear which goes with which",
                    ),
                    at: vec![a, b],
                },
            }),
        }
        found
    }
}

impl<'a> TableAt<'a> {
    /// Whether it has rows.
    pub(crate) fn is_present(self) -> bool {
        self.table.status == Status::Present && !self.table.rows.is_empty()
    }

    /// The address of a cell.
    pub(crate) fn cell(self, row: usize, column: usize) -> Anchor {
        Anchor::Cell {
            disclosure: self.disclosure,
            table: self.index,
            row: u32::try_from(row).unwrap_or(u32::MAX),
            column: u16::try_from(column).unwrap_or(u16::MAX),
        }
    }

    /// The address of the whole table.
    pub(crate) fn whole(self) -> Anchor {
        Anchor::Table { disclosure: self.disclosure, table: self.index }
    }

    /// A cell as a term that is added.
    pub(crate) fn term(self, row: usize, column: usize) -> Term {
        Term::plus(self.cell(row, column))
    }

    /// Several rows of one column as terms.
    pub(crate) fn terms(self, rows: &[usize], column: usize) -> Vec<Term> {
        rows.iter().map(|&row| self.term(row, column)).collect()
    }

    /// The entry in a cell.
    pub(crate) fn entry(self, row: usize, column: usize) -> Option<&'a Entry> {
        self.table.rows.get(row)?.entries.get(column)
    }

    /// Whether anything is printed in a cell.
    pub(crate) fn prints(self, row: usize, column: usize) -> bool {
        self.entry(row, column).is_some_and(|e| !judge::prints_nothing(e))
    }

    /// The only amount column of a row that prints something.
    pub(crate) fn only_printed(self, row: usize) -> Option<usize> {
        let mut printed = self.table.amount_columns().filter(|&column| self.prints(row, column));
        let only = printed.next()?;
        printed.next().is_none().then_some(only)
    }

    /// Whether any amount column of a row prints something: else it is a heading inside the table.
    pub(crate) fn prints_any(self, row: usize) -> bool {
        self.table.amount_columns().any(|column| self.prints(row, column))
    }

    /// Rows with their indexes.
    pub(crate) fn rows(self) -> impl Iterator<Item = (usize, &'a Row)> {
        self.table.rows.iter().enumerate()
    }

    /// Index of the first total row (合计), or else of the only row of a table without names.
    pub(crate) fn total_row(self) -> Option<usize> {
        let total = self.table.rows.iter().position(|r| r.role == RowRole::Total);
        total.or_else(|| (self.table.rows.len() == 1 && self.table.kind == TableKind::ThreePublic).then_some(0))
    }

    /// How a reader calls a row.
    pub(crate) fn row_name(self, row: usize) -> Message {
        self.table.rows.get(row).map_or_else(Message::default, row_name)
    }

    /// How a reader calls a column: its headers without the one that spans all amounts.
    pub(crate) fn column_name(self, column: usize) -> String {
        column_name(self.table, column)
    }

    /// The short name of the table.
    pub(crate) fn name(self) -> Message {
        table_name(self.table)
    }

    /// True where the side of a table has one amount column, so that naming it tells nothing.
    pub(crate) fn single_column(self) -> bool {
        self.table.amount_columns().count() <= 1
    }
}

/// The short name of a table: what it is, or its title where that is not known. The kinds are named as budgets name them:
/// a table of final accounts has its own name.
pub(crate) fn table_name(table: &Table) -> Message {
    if table.kind == TableKind::Other && !table.title.is_empty() {
        Message::new(table.title.clone(), table.title.clone())
    } else if table.title.contains("决算") {
        Message { zh: table.title.clone(), ..table.kind.name() }
    } else {
        table.kind.name()
    }
}

/// The title of a table with its number, as printed; its short name where it has no title.
pub(crate) fn caption(table: &Table) -> Message {
    if table.title.is_empty() {
        return table_name(table);
    }
    let caption = table.caption();
    Message::new(caption.clone(), caption)
}

/// Code and name of a row, or what stands for them.
pub(crate) fn row_name(row: &Row) -> Message {
    match (&row.code, &row.name) {
        // 收入构成 and 支出构成 of a performance form both have a 合计.
        (None, Some(name)) if row.role == RowRole::Total && !row.path.is_empty() => {
            let block = row.path.last().map_or("", |block| block.as_str());
            Message::new(format!("{block}{name}"), format!("{block} {name}"))
        }
        (Some(code), Some(name)) => {
            let called = [code, " ", name].concat();
            Message::new(called.clone(), called)
        }
        (Some(only), None) | (None, Some(only)) => Message::new(only.clone(), only.clone()),
        (None, None) if row.role == RowRole::Total => Message::new("合计", "total"),
        (None, None) => Message::new("未标名称的一行", "a row without a name"),
    }
}

/// The headers of a column, joined, without those that all amount columns share.
pub(crate) fn column_name(table: &Table, column: usize) -> String {
    let Some(path) = table.columns.get(column).map(|c| &c.path) else {
        return String::new();
    };
    let shared = |depth: usize| {
        path.len() > depth + 1 && table.amount_columns().all(|c| table.columns[c].path.get(depth) == path.get(depth))
    };
    let skip = (0..path.len()).take_while(|&depth| shared(depth)).count();
    path[skip..].join("/")
}

/// One equation as an instance.
pub(crate) fn equal(label: Message, left: Term, right: Vec<Term>) -> Instance {
    related(label, left, Relation::Equal, right)
}

/// One equation or bound as an instance.
pub(crate) fn related(label: Message, left: Term, relation: Relation, right: Vec<Term>) -> Instance {
    Instance { label, claim: Claim::Equation(Equation { left: vec![left], relation, right }) }
}

/// The guard keeps the rule quiet here.
pub(crate) fn not_applicable(label: Message, zh: &str, en: &str) -> Instance {
    Instance { label, claim: Claim::NotApplicable(Message::new(zh, en)) }
}

/// What is not found may stand on pages that are pictures. `None` where there are none but a cover.
pub(crate) fn in_pictures(disclosure: &Disclosure) -> Option<Message> {
    let has_text = !disclosure.tables.is_empty() || disclosure.numbers_in_prose > 0;
    let pages = disclosure.picture_pages.as_slice();
    let pages = pages.strip_prefix(&[1]).filter(|_| has_text).unwrap_or(pages);
    (!pages.is_empty()).then(|| {
        let ranges = page_ranges(pages);
        Message::new(
            format!("第 {ranges} 页是图片，未能核对，可能就在其中"),
            format!("pages {ranges} are pictures and could not be checked; it may stand there"),
        )
    })
}

/// A part that is needed is missing.
pub(crate) fn not_checkable(label: Message, at: Vec<Anchor>, zh: &str, en: &str) -> Instance {
    Instance { label, claim: Claim::NotCheckable { why: Message::new(zh, en), at } }
}
