//! Captions: which lines are the title of a table, and what of the document belongs below each.
//!
//! A line is a title when its words name a table; it is a *caption* when a table (or the note that it is empty) follows.
//! So the lines of a contents page, which are followed by the next title, stay prose.

use std::mem;

use super::meta::Meta;
use super::title::{Title, bare_number, is_year_line, may_join};
pub(super) use super::title::{begins_with_ordinal, is_part, title_of};
use super::{Caption, Item, Region, Rows, header};
use crate::amount::Amount;
use crate::disclosure::TableKind;
use crate::document::{Block, Document, Place};
use crate::spelling::{folded, is_blank, unspaced};

/// Titles, numbers and unit lines above one table: five titles, a number, unit, department, date at most.
const LONGEST_CAPTION: usize = 12;
/// Lines about a table that can stand above its title.
const LONGEST_META: usize = 4;
/// Characters of a title that is too long for one line.
const SHORTEST_WRAPPED: usize = 12;
/// How many items below a caption are looked at for signs of a table.
const LOOK_AHEAD: usize = 10;

/// A part of the document.
#[derive(Clone, Debug)]
pub(super) enum Segment<'a> {
    /// No table.
    Prose(Vec<Item<'a>>),
    /// A caption that names a budget table, and what is below it.
    Budget(Region<'a>),
    /// Neighbouring regions whose captions name performance forms.
    Performance(Vec<Region<'a>>),
}

/// Cuts the document into captioned regions and the prose between them. Every item is in exactly one segment, save the
/// lines of the captions themselves.
pub(super) fn segments(document: &Document) -> Vec<Segment<'_>> {
    let items = items(document);
    let mut segments = Vec::new();
    let mut prose: Vec<Item> = Vec::new();
    let mut at = 0;
    // The caption at `at`, where it ended the region before.
    let mut known = None;
    while at < items.len() {
        let Some((caption, body)) = known.take().or_else(|| caption_at(&items, at)) else {
            prose.push(items[at]);
            at += 1;
            continue;
        };
        let performance = is_performance(caption.kind);
        // The note of an empty table is caption and body at once.
        let mut end = body.max(at + 1);
        while end < items.len() && !ends_region(&items[end], performance) {
            known = caption_at(&items, end);
            if known.is_some() {
                break;
            }
            end += 1;
        }
        if !prose.is_empty() {
            segments.push(Segment::Prose(joined(mem::take(&mut prose))));
        }
        let region = Region { caption, body: joined(items[body..end].to_vec()) };
        match segments.last_mut() {
            Some(Segment::Performance(regions)) if performance => regions.push(region),
            _ if performance => segments.push(Segment::Performance(vec![region])),
            _ => segments.push(Segment::Budget(region)),
        }
        at = end;
    }
    if !prose.is_empty() {
        segments.push(Segment::Prose(joined(prose)));
    }
    segments
}

fn is_performance(kind: TableKind) -> bool {
    matches!(kind, TableKind::PerformanceWhole | TableKind::PerformanceProject)
}

/// Whether a region stops before an item, captions aside.
fn ends_region(item: &Item, performance: bool) -> bool {
    match item {
        Item::Heading { line, .. } => is_part(&line.text) || !performance || begins_with_ordinal(&line.text),
        Item::Line(line) => is_part(&line.text),
        _ => false,
    }
}

/// The blocks as items, each grid row apart.
pub(super) fn items(document: &Document) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { line, .. } => items.push(Item::Heading { line }),
            Block::Text(lines) => {
                items.extend(lines.iter().filter(|line| !is_continuation(&line.text)).map(Item::Line));
            }
            Block::Grid(grid) => {
                items.extend(grid.caption.iter().map(Item::Line));
                items.extend((0..grid.rows.len()).map(|row| Item::Rows(Rows { grid, from: row, to: row + 1 })));
            }
            Block::Image { .. } => items.push(Item::Image),
        }
    }
    items
}

/// Neighbouring rows of one grid put together again.
fn joined(items: Vec<Item<'_>>) -> Vec<Item<'_>> {
    let mut joined: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        if let (Some(Item::Rows(last)), Item::Rows(next)) = (joined.last_mut(), &item)
            && std::ptr::eq(last.grid, next.grid)
            && last.to == next.from
        {
            last.to = next.to;
            continue;
        }
        joined.push(item);
    }
    joined
}

/// `续表`, `表3续`: above a further page of a table, and no more than that.
fn is_continuation(text: &str) -> bool {
    /// `附表12-3（续表）`
    const LONGEST: usize = 12;
    if !text.contains('续') || text.chars().count() > LONGEST {
        return false;
    }
    let text = folded(text);
    let rest: String = text.chars().filter(|c| !"续表接上页附()[]-.:、".contains(*c)).collect();
    rest.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
}

/// Whether a line has an amount with decimals between its words: a row, and no line of a title.
fn has_amount(text: &str) -> bool {
    text.split_whitespace().any(|word| word.contains('.') && Amount::is_one(word))
}

/// The text of an item that could be one line of a caption: a heading, a line, a grid row with one filled cell.
fn caption_text<'a>(item: &Item<'a>) -> Option<(&'a str, Place)> {
    match item {
        Item::Heading { line, .. } | Item::Line(line) => Some((line.text.as_str(), line.place)),
        Item::Rows(rows) => {
            let row = rows.rows().first()?;
            let mut filled = row.cells.iter().filter(|cell| !is_blank(&cell.text));
            let cell = filled.next()?;
            filled.next().is_none().then_some((cell.text.as_str(), cell.place))
        }
        Item::Image => None,
    }
}

/// The title that begins at `at`, and how many items it takes: a long one is wrapped, within its brackets or before
/// its last word.
fn title_at(items: &[Item], at: usize) -> Option<(Title, usize)> {
    let (text, place) = caption_text(items.get(at)?)?;
    if let Some(title) = Title::parse(text) {
        return Some((title, 1));
    }
    let (below, place_below) = caption_text(items.get(at + 1)?)?;
    if !may_join(text, below) || has_amount(text) || has_amount(below) {
        return None;
    }
    let (first, last) = (folded(text), folded(below));
    let open = |text: &str| text.matches('(').count() > text.matches(')').count();
    let in_brackets = open(&first) && last.ends_with(')') && !last.contains('(');
    let in_words = first.chars().count() >= SHORTEST_WRAPPED
        && last.ends_with('表')
        && (Title::parse(below).is_none() && last.chars().count() < first.chars().count()
            || is_centred_below(place, place_below));
    let stops = |text: &str| text.contains(['。', ',', ';', ':', '、']);
    if !(in_brackets || in_words)
        || stops(&last)
        || first.ends_with(['。', ',', ';', ':'])
        || begins_with_ordinal(text)
        || is_part(text)
    {
        return None;
    }
    Some((Title::parse_joined(&format!("{text}{below}"))?, 2))
}

/// Whether a line of a page stands below a wider one of the same height, on the same middle: two lines of one title.
fn is_centred_below(above: Place, below: Place) -> bool {
    let (Place::Page { page, bbox: above }, Place::Page { page: same, bbox: below }) = (above, below) else {
        return false;
    };
    let [left, top, right, bottom] = above;
    let height = bottom - top;
    let middle = |[left, _, right, _]: [i32; 4]| left.midpoint(right);
    page == same
        && right - left > below[2] - below[0] + height
        && below[0] > left + height
        && (below[3] - below[1] - height).abs() * 10 < height
        && (middle(above) - middle(below)).abs() * 10 < height
        && (0..height * 2).contains(&(below[1] - bottom))
}

/// All the text of an item, for lines about the table (`部门：… 单位：万元`) that a grid has in several cells.
fn whole_text(item: &Item) -> String {
    match item {
        Item::Heading { line, .. } | Item::Line(line) => line.text.clone(),
        Item::Rows(rows) => {
            let cells = rows.rows().iter().flat_map(|row| &row.cells);
            cells.map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
        }
        Item::Image => String::new(),
    }
}

/// Whether a row has so many cells that it is one of the header, whatever its first cell says.
fn is_header_row(item: &Item) -> bool {
    /// Department, unit and date take a label and a value each.
    const MOST: usize = 6;
    match item {
        Item::Rows(rows) => {
            let cells = rows.rows().iter().flat_map(|row| &row.cells);
            cells.filter(|cell| !is_blank(&cell.text)).count() > MOST
        }
        _ => false,
    }
}

/// The caption that begins at `at`, and where its body begins.
fn caption_at(items: &[Item], at: usize) -> Option<(Caption, usize)> {
    let (text, place) = caption_text(items.get(at)?)?;
    if let Some(title) = empty_note(text) {
        let caption = Caption {
            kind: title.kind,
            title: title.name,
            number: title.number,
            unit: None,
            place,
            fields: Vec::new(),
        };
        return Some((caption, at));
    }
    if bare_number(text).is_none() && title_at(items, at).is_none() {
        return None;
    }
    let mut titles: Vec<(Title, Place)> = Vec::new();
    let mut numbers: Vec<String> = Vec::new();
    let mut meta = Meta::default();
    let mut next = at;
    while next < items.len() && next - at < LONGEST_CAPTION {
        let item = &items[next];
        if let Some((text, place)) = caption_text(item) {
            if let Some((title, lines)) = title_at(items, next) {
                if !titles.iter().all(|(above, _)| may_stand_above(above.kind, title.kind)) {
                    return None;
                }
                numbers.extend(title.number.clone());
                meta.unit = meta.unit.or(title.unit);
                titles.push((title, place));
                next += lines;
                continue;
            }
            if let Some(number) = bare_number(text) {
                // A number below a title belongs to the next table: this title had no body.
                if !titles.is_empty() && !meta.is_empty() {
                    break;
                }
                numbers.push(number);
                next += 1;
                continue;
            }
            if !titles.is_empty() && is_year_line(text) {
                next += 1;
                continue;
            }
        }
        if !titles.is_empty() && !is_header_row(item) && meta.take(&whole_text(item)) {
            next += 1;
            continue;
        }
        break;
    }
    let (title, place) = titles.pop()?;
    look_back(items, at, &mut meta);
    if !has_table(&items[next..], title.kind, &meta) {
        return None;
    }
    let number = numbers.iter().rfind(|n| n.starts_with('表')).or(numbers.last()).cloned();
    let caption = Caption { kind: title.kind, title: title.name, number, unit: meta.unit, place, fields: meta.fields };
    Some((caption, next))
}

/// Unit and department printed above the title: some converters put the right edge of a page first.
fn look_back(items: &[Item], at: usize, meta: &mut Meta) {
    let above = items[..at].iter().rev().take(LONGEST_META);
    let mut found = Meta::default();
    for item in above {
        if !found.take(&whole_text(item)) {
            break;
        }
    }
    meta.unit = meta.unit.or(found.unit);
    if meta.fields.is_empty() {
        meta.fields = found.fields;
    }
}

/// Whether a title of kind `above` can stand over one of kind `below` for the same table: headings are looser than the
/// title at the table (`一般公共预算支出表` over `一般公共预算支出表（分单位）`).
fn may_stand_above(above: TableKind, below: TableKind) -> bool {
    use TableKind as K;
    above == below
        || matches!(
            (above, below),
            (K::GeneralPublicExpenditureByFunction, K::GeneralPublicExpenditureByUnit | K::BasicExpenditure)
        )
}

/// Signs of a table below a caption.
fn has_table(below: &[Item], kind: TableKind, meta: &Meta) -> bool {
    let mut text = String::new();
    for (index, item) in below.iter().take(LOOK_AHEAD).enumerate() {
        match item {
            Item::Image => return index == 0,
            Item::Heading { .. } => break,
            Item::Rows(_) => return is_performance(kind) || begins_rows(&below[index..]),
            Item::Line(line) => {
                if empty_note(&line.text).is_some() {
                    return false;
                }
                if index == 0 && (is_nothing_note(&line.text) && !is_about_all(&line.text) || meta.unit.is_some()) {
                    return true;
                }
                if is_part(&line.text) || Title::parse(&line.text).is_some() {
                    break;
                }
                text.push_str(&unspaced(&line.text));
            }
        }
    }
    if is_performance(kind) { header::begins_form(&text) } else { header::begins_table(&text) }
}

/// Whether rows begin a table: one of the first has several cells, or stands below a header that spans all columns.
fn begins_rows(rows: &[Item]) -> bool {
    /// Rows of one cell that may stand above the first row of several.
    const SPANNING: usize = 2;
    let filled = |item: &Item| match item {
        Item::Rows(rows) => {
            let cells = rows.rows().iter().flat_map(|row| &row.cells);
            Some(cells.filter(|cell| !is_blank(&cell.text)).count())
        }
        _ => None,
    };
    rows.iter().map_while(filled).take(SPANNING + 1).any(|filled| filled > 1)
}

/// A line that says there is nothing to show (`注：…无政府性基金预算`).
pub(super) fn is_nothing_note(text: &str) -> bool {
    let text = folded(text);
    let short = text.chars().count() <= 80;
    let says_nothing = ["无", "没有", "空表", "未安排", "不涉及"].iter().any(|word| text.contains(word));
    let about =
        ["预算", "决算", "支出", "资金", "经费", "采购", "收入", "数据", "此表", "本表", "该表", "此项", "相关"];
    short && says_nothing && about.iter().any(|word| text.contains(word))
}

/// `注：以上报表中，空表表示…`: below a list of tables, about all of them.
fn is_about_all(text: &str) -> bool {
    ["以上", "上述", "下列", "各表"].iter().any(|word| text.contains(word))
}

/// `注：政府采购预算支出表为空表，…`: a table of which only the note is there.
fn empty_note(text: &str) -> Option<Title> {
    if !text.contains('空') {
        return None;
    }
    let text = folded(text);
    let rest = ["注:", "备注:", "说明:"].iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(&text);
    let (name, _) = rest.split_once("为空表").or_else(|| rest.split_once("是空表"))?;
    Title::parse(name).filter(|title| title.kind != TableKind::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The segments of a text, one word each.
    fn segments_of(text: &str) -> Vec<String> {
        let document = crate::read::read("budget.md", text.as_bytes()).expect("text can be read");
        let shown = |region: &Region| {
            let Caption { title, number, unit, .. } = &region.caption;
            format!("{} {title} {number:?} {unit:?} {}", region.caption.kind, region.body.len())
        };
        segments(&document)
            .iter()
            .flat_map(|segment| match segment {
                Segment::Prose(items) => vec![format!("prose {}", items.len())],
                Segment::Budget(region) => vec![shown(region)],
                Segment::Performance(regions) => regions.iter().map(shown).collect(),
            })
            .collect()
    }

    #[test]
    fn a_contents_page_is_prose() {
        assert_eq!(segments_of("一、收支总表\n\n二、收入总表\n\n三、支出总表\n\n第二部分 说明\n"), ["prose 4"]);
    }

    #[test]
    fn several_titles_are_one_caption() {
        let text = "（一）部门收支总表\n\n表 1：部门收支总表\n\n预算01表\n\n### 部门收支预算总表\n\n单位：万元\n\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n";
        assert_eq!(
            segments_of(text),
            ["revenue_expenditure_summary 部门收支预算总表 Some(\"表1\") Some(TenThousand) 1"]
        );
    }

    #[test]
    fn a_note_stands_for_an_empty_table() {
        let text = "第三部分 预算表\n\n注：政府采购预算支出表为空表，本年无采购\n\n第四部分 其他\n";
        assert_eq!(segments_of(text), ["prose 1", "procurement 政府采购预算支出表 None None 1", "prose 1"]);
    }

    #[test]
    fn a_caption_inside_a_grid_begins_a_region() {
        let text = "项目支出绩效目标表\n\n项目名称\t甲\n长期绩效目标表\t\n一级指标\t二级指标\n产出\t数量\n";
        assert_eq!(
            segments_of(text),
            ["performance_project 项目支出绩效目标表 None None 1", "performance_project 长期绩效目标表 None None 1"]
        );
    }
}
