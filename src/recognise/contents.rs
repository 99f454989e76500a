//! Tables that a contents page, a list or a heading announces and the text does not have.
//!
//! A table counts as there when one of its kind is there under whatever title, so a contents page in other words than
//! the captions announces nothing that is missing. Where rows follow the announcement the table is there and was not
//! read, which is another thing.

use std::collections::BTreeSet;

use super::Item;
use super::caption::{is_part, title_of};
use super::spelling::folded;
use crate::disclosure::{Status, Table, TableKind};
use crate::document::Place;

/// So many announcements close together are a contents page or a list.
const LIST: usize = 3;
/// How many items may stand between two lines of a contents page (the heading of a part, a wrapped line).
const GAP: usize = 3;
/// How many items below an announcement are looked at for rows.
const LOOK_AHEAD: usize = 8;

/// A line that names a table.
struct Announcement {
    kind: TableKind,
    title: String,
    number: Option<String>,
    place: Place,
    /// Position among all items.
    at: usize,
    /// Whether an ordinal or a table's number stands before the title.
    numbered: bool,
    /// Whether rows, or lines that look like rows, stand below it.
    has_rows: bool,
}

/// The announced and absent tables, with [`Status::Missing`]. `stretches` is everything that no table used, in reading
/// order, a new stretch after each table.
pub(super) fn missing(stretches: &[Vec<Item>], tables: &[Table]) -> Vec<Table> {
    let announcements = announcements(stretches);
    let mut missing: Vec<Table> = Vec::new();
    let mut seen: BTreeSet<(TableKind, String)> = BTreeSet::new();
    let kinds: BTreeSet<TableKind> = tables.iter().map(|table| table.kind).collect();
    let titles = Titles::of(tables.iter().map(|table| table.title.as_str()));
    // What is announced with rows below it is there, though it was not read.
    let unread = || announcements.iter().filter(|announcement| announcement.has_rows);
    let unread_kinds: BTreeSet<TableKind> = unread().map(|announcement| announcement.kind).collect();
    let unread_titles = Titles::of(unread().map(|announcement| announcement.title.as_str()));
    let mut told: BTreeSet<(TableKind, bool, &str)> = BTreeSet::new();
    for (index, announcement) in announcements.iter().enumerate() {
        let listed = is_listed(&announcements, index);
        if !listed && !announcement.numbered || !told.insert((announcement.kind, listed, &announcement.title)) {
            continue;
        }
        // An unknown kind is told by its title alone, so only a list of tables is trusted with it.
        let other = announcement.kind == TableKind::Other;
        let is_there =
            if other { !listed || titles.has_similar(&announcement.title) } else { kinds.contains(&announcement.kind) };
        let unread = !is_there
            && (!other && unread_kinds.contains(&announcement.kind) || unread_titles.has_similar(&announcement.title));
        let key = match announcement.kind {
            TableKind::Other => folded(&announcement.title).into_owned(),
            _ => String::new(),
        };
        if !is_there && !unread && seen.insert((announcement.kind, key)) {
            missing.push(absent(
                announcement.kind,
                announcement.title.clone(),
                announcement.number.clone(),
                announcement.place,
            ));
        }
    }
    if missing.is_empty() && !tables.iter().any(is_budget_table) {
        missing.extend(empty_part(stretches));
    }
    missing
}

/// Titles that others are compared with.
struct Titles(BTreeSet<String>);

impl Titles {
    /// How many different titles are kept, so that a document of nothing but titles stays linear; a disclosure has forty.
    const MOST: usize = 400;

    fn of<'a>(titles: impl Iterator<Item = &'a str>) -> Self {
        let mut kept = BTreeSet::new();
        for title in titles {
            if kept.len() >= Self::MOST {
                break;
            }
            kept.insert(folded(title).into_owned());
        }
        Self(kept)
    }

    fn has_similar(&self, title: &str) -> bool {
        let title = folded(title);
        self.0.iter().any(|own| similar(own, &title))
    }
}

fn absent(kind: TableKind, title: String, number: Option<String>, place: Place) -> Table {
    Table {
        kind,
        title,
        number,
        place,
        status: Status::Missing,
        unit: None,
        columns: Vec::new(),
        rows: Vec::new(),
        remarks: Vec::new(),
        project: None,
        fields: Vec::new(),
    }
}

/// A table of the budget itself that can be read; performance forms and notes on empty tables are none.
fn is_budget_table(table: &Table) -> bool {
    let form = matches!(table.kind, TableKind::PerformanceWhole | TableKind::PerformanceProject);
    table.status == Status::Present && !form
}

/// Whether one title is the other with words more at either end.
fn similar(a: &str, b: &str) -> bool {
    let bare = |title: &str| {
        title.split('(').next().unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()
    };
    let (a, b) = (bare(a), bare(b));
    !a.is_empty() && !b.is_empty() && (a.contains(&b) || b.contains(&a))
}

/// The text of an item that can announce a table.
fn text_of<'a>(item: &Item<'a>) -> Option<(&'a str, Place)> {
    match item {
        Item::Heading { line, .. } | Item::Line(line) => Some((line.text.as_str(), line.place)),
        Item::Rows(_) | Item::Image => None,
    }
}

/// A line of a contents page without its leaders and page number (`一、收支总表……12`).
fn without_leaders(text: &str) -> &str {
    let bare = text.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '\u{3000}'));
    let stem = bare.trim_end_matches(['.', '…', '·', '．', '。', '-', '—', '_', ' ', '\u{3000}', '\t']);
    if stem.len() < bare.len() { stem } else { text }
}

fn announcements(stretches: &[Vec<Item>]) -> Vec<Announcement> {
    let mut found = Vec::new();
    let mut position = 0;
    for stretch in stretches {
        for (index, item) in stretch.iter().enumerate() {
            position += 1;
            let Some((text, place)) = text_of(item) else {
                // A list of tables set as a table.
                if let Item::Rows(rows) = item {
                    for row in rows.rows() {
                        position += 1;
                        found.extend(row.cells.iter().filter_map(|cell| {
                            let (kind, title, number) = title_of(without_leaders(&cell.text))?;
                            (kind != TableKind::Other || !names_the_tables(&title)).then_some(Announcement {
                                kind,
                                title,
                                number,
                                place: cell.place,
                                at: position,
                                numbered: false,
                                has_rows: false,
                            })
                        }));
                    }
                }
                continue;
            };
            let text = without_leaders(text);
            if is_part(text) {
                continue;
            }
            let Some((kind, title, number)) = title_of(text) else { continue };
            // The name of the whole set (2024年部门预算表) is no table.
            if kind == TableKind::Other && names_the_tables(&title) {
                continue;
            }
            let numbered = number.is_some() || super::prose::begins_anew(text);
            let below = stretch.get(index + 1..).unwrap_or_default();
            found.push(Announcement { kind, title, number, place, at: position, numbered, has_rows: has_rows(below) });
        }
        // A table between two stretches keeps them apart.
        position += GAP + 1;
    }
    found
}

/// Whether rows, or lines with several figures, stand before the next title.
fn has_rows(below: &[Item]) -> bool {
    let mut figured = 0;
    for item in below.iter().take(LOOK_AHEAD) {
        match item {
            Item::Rows(_) => return true,
            Item::Image | Item::Heading { .. } => return false,
            Item::Line(line) => {
                if is_part(&line.text) || title_of(without_leaders(&line.text)).is_some() {
                    return false;
                }
                let figures = line.text.split_whitespace().filter(|word| crate::amount::Amount::parse(word).is_some());
                figured += usize::from(figures.count() >= 2);
                if figured >= 2 {
                    return true;
                }
            }
        }
    }
    false
}

/// Whether an announcement stands among others.
fn is_listed(announcements: &[Announcement], index: usize) -> bool {
    let near = |a: &Announcement, b: &Announcement| b.at.saturating_sub(a.at) <= GAP;
    let before = announcements
        .get(..=index)
        .unwrap_or_default()
        .windows(2)
        .rev()
        .take(LIST)
        .take_while(|pair| near(&pair[0], &pair[1]))
        .count();
    let after = announcements
        .get(index..)
        .unwrap_or_default()
        .windows(2)
        .take(LIST)
        .take_while(|pair| near(&pair[0], &pair[1]))
        .count();
    before + after + 1 >= LIST
}

/// The part that is called after the tables and has none (`第四部分 2024年部门预算表` with nothing below): the tables may
/// be images that were lost. The last such heading counts; those before it are the contents page.
fn empty_part(stretches: &[Vec<Item>]) -> Option<Table> {
    /// A heading of a part wraps into two more lines at most.
    const WRAPS: usize = 2;
    let mut last = None;
    for stretch in stretches {
        for (index, item) in stretch.iter().enumerate() {
            let Some((text, place)) = text_of(item).filter(|(text, _)| is_part(text)) else { continue };
            let mut title = without_leaders(text).to_owned();
            let mut pieces = stretch.get(index + 1..).unwrap_or_default().iter().take(WRAPS).filter_map(text_of);
            while !title.ends_with('表') {
                let Some((piece, _)) = pieces.next().filter(|(piece, _)| !is_part(piece)) else { break };
                title.push_str(without_leaders(piece));
            }
            if names_the_tables(&title) {
                last = Some((title, place));
            }
        }
    }
    let (title, place) = last?;
    Some(absent(TableKind::Other, title, None, place))
}

/// `…部门预算表`, `…单位决算公开表`, `…预算公开报表`.
fn names_the_tables(title: &str) -> bool {
    let title = folded(title);
    let title = title.split('(').next().filter(|stem| stem.ends_with('表')).unwrap_or(&title);
    title.ends_with('表') && (title.contains("预算") || title.contains("决算")) && !title.contains("说明")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::{caption, fixture};

    fn found(kind: TableKind, title: &str) -> Table {
        Table { status: Status::Present, ..absent(kind, title.to_owned(), None, Place::line(900)) }
    }

    fn missing_of(text: &str, tables: &[Table]) -> Vec<(TableKind, String)> {
        let document = fixture::document(text);
        let items = caption::items(&document);
        missing(&[items], tables).into_iter().map(|table| (table.kind, table.title)).collect()
    }

    const CONTENTS: &str = "# 甲局2023年部门预算公开\n## 目 录\n### 第三部分 2023年部门预算表\n一、部门收支总表\n\n二、部门收入总表\n\n三、部门支出总表(按功能科目到项级)\n\n四、一般公共预算“三公”经费支出表\n\n### 第四部分 情况说明\n";

    #[test]
    fn what_is_announced_and_absent_is_missing() {
        let tables = [
            found(TableKind::RevenueExpenditureSummary, "部门收支预算总表"),
            found(TableKind::ThreePublic, "“三公”经费支出表"),
        ];
        assert_eq!(
            missing_of(CONTENTS, &tables),
            [
                (TableKind::RevenueSummary, "部门收入总表".to_owned()),
                (TableKind::ExpenditureSummary, "部门支出总表(按功能科目到项级)".to_owned()),
            ]
        );
    }

    #[test]
    fn a_contents_page_that_is_kept_announces_nothing() {
        let tables = [
            found(TableKind::RevenueExpenditureSummary, "收支预算总表"),
            found(TableKind::RevenueSummary, "收入预算表"),
            found(TableKind::ExpenditureSummary, "支出预算表"),
            found(TableKind::ThreePublic, "“三公”经费支出表"),
        ];
        assert_eq!(missing_of(CONTENTS, &tables), []);
    }

    #[test]
    fn leaders_and_page_numbers_do_no_harm() {
        let text = "一、收支总表……………3\n二、收入总表........ 4\n三、支出总表 ····· 12\n";
        let kinds: Vec<TableKind> = missing_of(text, &[]).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(
            kinds,
            [TableKind::RevenueExpenditureSummary, TableKind::RevenueSummary, TableKind::ExpenditureSummary]
        );
    }

    #[test]
    fn a_table_that_was_not_read_is_not_missing() {
        let text = "一、收支总表\n二、收入总表\n三、支出总表\n收入总表\n合计 12.00 3.00\n209 4.00 5.00\n";
        let kinds: Vec<TableKind> = missing_of(text, &[]).into_iter().map(|(kind, _)| kind).collect();
        assert!(!kinds.contains(&TableKind::RevenueSummary), "{kinds:?}");
    }

    #[test]
    fn a_part_with_nothing_below_is_missing_as_a_whole() {
        let whole = [found(TableKind::PerformanceWhole, "整体支出绩效目标表")];
        let text = "第三部分 名词解释\n（一）财政拨款收入：指当年拨付的资金。\n第四部分 2024 年部门预算公开表";
        assert_eq!(missing_of(text, &whole), [(TableKind::Other, "第四部分 2024 年部门预算公开表".to_owned())]);
        let wrapped = "第三部分 甲局（汇总）2024年\n部门预算表\n注：本单位本年无政府性基金预算。";
        assert_eq!(missing_of(wrapped, &[]), [(TableKind::Other, "第三部分 甲局（汇总）2024年部门预算表".to_owned())]);
        let there = [found(TableKind::BasicExpenditure, "一般公共预算基本支出表")];
        assert_eq!(missing_of(text, &there), []);
    }

    #[test]
    fn prose_about_a_table_announces_nothing() {
        let text = "一、收支预算总体情况\n收入预算 12 万元，详见收入总表。\n二、名词解释";
        assert_eq!(missing_of(text, &[]), []);
    }
}
