//! Captions: which lines are the title of a table, and what of the document belongs below each.
//!
//! A line is a title when its words name a table; it is a *caption* when a table (or the note that it is empty) follows.
//! So the lines of a contents page, which are followed by the next title, stay prose.

use std::mem;

use super::spelling::{folded, is_space, unspaced};
use super::{Caption, Item, Region, Rows, header};
use crate::amount::Unit;
use crate::disclosure::TableKind;
use crate::document::{Block, Document, Place};

/// Titles are short; the longest of the official forms has 33 characters.
const LONGEST_TITLE: usize = 48;
/// Titles, numbers and unit lines above one table: five titles, a number, unit, department, date at most.
const LONGEST_CAPTION: usize = 12;
/// Lines about a table that can stand above its title.
const LONGEST_META: usize = 4;
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
    while at < items.len() {
        let Some((caption, body)) = caption_at(&items, at) else {
            prose.push(items[at]);
            at += 1;
            continue;
        };
        let performance = is_performance(caption.kind);
        // The note of an empty table is caption and body at once.
        let mut end = body.max(at + 1);
        while end < items.len() && !ends_region(&items, end, performance) {
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

/// Whether a region stops before item `at`.
fn ends_region(items: &[Item], at: usize, performance: bool) -> bool {
    let ends = match &items[at] {
        Item::Heading { line, .. } => is_part(&line.text) || !performance || begins_with_ordinal(&line.text),
        Item::Line(line) => is_part(&line.text),
        _ => false,
    };
    ends || caption_at(items, at).is_some()
}

/// `第二部分 …`, `第三章 …`: the headings of a disclosure's parts.
pub(super) fn is_part(text: &str) -> bool {
    let text = folded(text);
    let Some(rest) = text.strip_prefix('第') else {
        return false;
    };
    let number: String = rest.chars().take_while(|c| "一二三四五六七八九十0123456789".contains(*c)).collect();
    !number.is_empty() && ["部分", "章", "篇"].iter().any(|word| rest[number.len()..].starts_with(word))
}

/// The blocks as items, each grid row apart.
pub(super) fn items(document: &Document) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { level, line } => items.push(Item::Heading { level: *level, line }),
            Block::Text(lines) => items.extend(lines.iter().map(Item::Line)),
            Block::Grid(grid) => {
                items.extend(grid.caption.iter().map(Item::Line));
                items.extend((0..grid.rows.len()).map(|row| Item::Rows(Rows { grid, from: row, to: row + 1 })));
            }
            Block::Image { place, description } => items.push(Item::Image { place: *place, description }),
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

/// The text of an item that could be one line of a caption: a heading, a line, a grid row with one filled cell.
fn caption_text<'a>(item: &Item<'a>) -> Option<(&'a str, Place)> {
    match item {
        Item::Heading { line, .. } | Item::Line(line) => Some((line.text.as_str(), line.place)),
        Item::Rows(rows) => {
            let row = rows.rows().first()?;
            let mut filled = row.cells.iter().filter(|cell| !cell.text.trim().is_empty());
            let cell = filled.next()?;
            filled.next().is_none().then_some((cell.text.as_str(), cell.place))
        }
        Item::Image { .. } => None,
    }
}

/// All the text of an item, for lines about the table (`部门：… 单位：万元`) that a grid has in several cells.
fn whole_text(item: &Item) -> String {
    match item {
        Item::Heading { line, .. } | Item::Line(line) => line.text.clone(),
        Item::Rows(rows) => {
            let cells = rows.rows().iter().flat_map(|row| &row.cells);
            cells.map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
        }
        Item::Image { .. } => String::new(),
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
            start: place,
            fields: Vec::new(),
        };
        return Some((caption, at));
    }
    let opens = |text: &str| Title::parse(text).is_some() || bare_number(text).is_some();
    if !opens(text) {
        return None;
    }
    let mut titles: Vec<(Title, Place)> = Vec::new();
    let mut numbers: Vec<String> = Vec::new();
    let mut meta = Meta::default();
    let mut next = at;
    while next < items.len() && next - at < LONGEST_CAPTION {
        let item = &items[next];
        if let Some((text, place)) = caption_text(item) {
            if let Some(title) = Title::parse(text) {
                if !titles.iter().all(|(above, _)| may_stand_above(above.kind, title.kind)) {
                    return None;
                }
                numbers.extend(title.number.clone());
                meta.unit = meta.unit.or(title.unit);
                titles.push((title, place));
                next += 1;
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
        if !titles.is_empty() && meta.take(&whole_text(item)) {
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
    let caption = Caption {
        kind: title.kind,
        title: title.name,
        number,
        unit: meta.unit,
        place,
        start: items[at].place(),
        fields: meta.fields,
    };
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
            Item::Image { .. } => return index == 0,
            Item::Heading { .. } => break,
            Item::Rows(rows) => {
                let filled = rows.rows().iter().flat_map(|row| &row.cells).filter(|c| !c.text.trim().is_empty());
                return filled.count() > 1 || is_performance(kind);
            }
            Item::Line(line) => {
                if empty_note(&line.text).is_some() {
                    return false;
                }
                if index == 0 && (is_nothing_note(&line.text) || meta.unit.is_some()) {
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

/// A line that says there is nothing to show (`注：…无政府性基金预算`).
pub(super) fn is_nothing_note(text: &str) -> bool {
    let text = folded(text);
    let short = text.chars().count() <= 80;
    let says_nothing = ["无", "没有", "空表", "未安排", "不涉及"].iter().any(|word| text.contains(word));
    let about =
        ["预算", "决算", "支出", "资金", "经费", "采购", "收入", "数据", "此表", "本表", "该表", "此项", "相关"];
    short && says_nothing && about.iter().any(|word| text.contains(word))
}

/// `注：政府采购预算支出表为空表，…`: a table of which only the note is there.
fn empty_note(text: &str) -> Option<Title> {
    let text = folded(text);
    let rest = ["注:", "备注:", "说明:"].iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(&text);
    let (name, _) = rest.split_once("为空表").or_else(|| rest.split_once("是空表"))?;
    Title::parse(name).filter(|title| title.kind != TableKind::Other)
}

/// `（2024年度）`, `2024年`: below a title, about the year.
fn is_year_line(text: &str) -> bool {
    let text = folded(text);
    let inner = text.trim_matches(['(', ')']);
    let digits = inner.chars().take_while(char::is_ascii_digit).count();
    digits == 4 && matches!(&inner[digits..], "年度" | "年")
}

/// A line that is only a table's number: `表1`, `表 5-1`, `预算01表`, `公开01表`, `附件 4-1`, `附表2`.
fn bare_number(text: &str) -> Option<String> {
    let text = folded(text);
    let text = text.trim_matches([':', '.', '(', ')', '、']);
    let (number, rest) = leading_number(text)?;
    rest.is_empty().then_some(number)
}

/// A table's number at the start of folded text, and the text after it.
fn leading_number(text: &str) -> Option<(String, &str)> {
    for word in ["附件", "附表", "公开表", "表"] {
        if let Some(rest) = text.strip_prefix(word) {
            let after = rest.trim_start_matches(is_number_mark);
            if after.len() < rest.len() {
                return Some((text[..text.len() - after.len()].to_owned(), after));
            }
        }
    }
    for word in ["预算", "公开", "财决公开", "部门预算公开", "决算"] {
        if let Some(rest) = text.strip_prefix(word) {
            let after = rest.trim_start_matches(is_number_mark);
            if after.len() < rest.len()
                && let Some(after) = after.strip_prefix('表')
            {
                return Some((text[..text.len() - after.len()].to_owned(), after));
            }
        }
    }
    None
}

/// A character of a table's number.
fn is_number_mark(c: char) -> bool {
    c.is_ascii_digit() || "-—一二三四五六七八九十".contains(c)
}

/// Whether a heading begins like a section of prose: `一、…`, `（二）…`.
pub(super) fn begins_with_ordinal(text: &str) -> bool {
    let text = folded(text);
    without_ordinal(&text).len() < text.len()
}

/// Folded text without `一、`, `（二）`, `3.` in front.
pub(super) fn without_ordinal(text: &str) -> &str {
    const NUMBERS: &str = "一二三四五六七八九十廿百0123456789";
    let rest = text.strip_prefix('(').unwrap_or(text);
    let number = rest.trim_start_matches(|c| NUMBERS.contains(c));
    if number.len() == rest.len() {
        return text;
    }
    number.strip_prefix(['、', '.', ')', ':', ',']).map_or(text, |after| after.trim_start_matches(['、', '.', ')']))
}

/// A line that names a table.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Title {
    kind: TableKind,
    name: String,
    number: Option<String>,
    unit: Option<Unit>,
}

impl Title {
    /// Reads a line as a title: an ordinal or number in front, then words that end in 表, perhaps brackets after.
    fn parse(printed: &str) -> Option<Self> {
        if printed.chars().count() > LONGEST_TITLE {
            return None;
        }
        let text = folded(printed);
        let mut rest = without_ordinal(&text);
        let mut number = None;
        if let Some((found, after)) = leading_number(rest) {
            number = Some(found);
            rest = after.trim_start_matches([':', '.', '、', '-', ' ']);
        }
        let skipped = text.chars().count() - rest.chars().count();
        let rest = rest.trim_end_matches(['。', ':', ';', '.']);
        let mut stem = rest;
        let mut unit = None;
        // Brackets after the title, and a piece's number (`年度绩效目标表1`).
        while let Some(open) = stem.ends_with(')').then(|| stem.rfind('(')).flatten() {
            let inner = &stem[open + 1..stem.len() - 1];
            if let Some(word) = inner.strip_prefix("单位:").or(Some(inner)) {
                unit = unit.or(Unit::prefix_of(word).filter(|(_, length)| *length == word.len()).map(|(unit, _)| unit));
            }
            stem = &stem[..open];
        }
        let words = stem.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五".contains(c));
        let words = words.strip_suffix("情况").filter(|w| w.ends_with('表')).unwrap_or(words);
        if !words.ends_with('表') || words.contains([',', ';', '。', '见', '?']) {
            return None;
        }
        let kind = kind_of(rest)?;
        Some(Self { kind, name: shown_title(printed, skipped, rest.chars().count()), number, unit })
    }
}

/// What table a line names, if it names one: kind, title, number.
pub(super) fn title_of(printed: &str) -> Option<(TableKind, String, Option<String>)> {
    Title::parse(printed).map(|title| (title.kind, title.name, title.number))
}

/// The piece of `printed` whose folded spelling is `letters` characters long and begins after `skipped` of them, with
/// the spaces between Chinese characters removed.
fn shown_title(printed: &str, skipped: usize, letters: usize) -> String {
    let mut seen = 0;
    let mut shown = String::new();
    for c in printed.chars() {
        let mut buffer = [0; 4];
        let folds_away = folded(c.encode_utf8(&mut buffer)).is_empty();
        let inside = if folds_away {
            seen >= skipped && seen <= skipped + letters
        } else {
            seen >= skipped && seen < skipped + letters
        };
        if inside && c != '*' {
            shown.push(c);
        }
        seen += usize::from(!folds_away);
    }
    let shown = shown.trim_matches(|c: char| is_space(c));
    let mut kept = String::new();
    let mut rest = shown.chars().peekable();
    while let Some(c) = rest.next() {
        let between_characters = kept.chars().last().is_some_and(is_chinese)
            && rest.peek().copied().is_some_and(|c| is_chinese(c) || is_space(c));
        if !(is_space(c) && between_characters) {
            kept.push(c);
        }
    }
    kept
}

fn is_chinese(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// What a title says the table is. `None` where nothing in it speaks of a budget.
fn kind_of(title: &str) -> Option<TableKind> {
    use TableKind as K;
    let title = folded(title);
    let has = |word: &str| title.contains(word);
    Some(if has("绩效") {
        if has("整体") { K::PerformanceWhole } else { K::PerformanceProject }
    } else if has("购买服务") {
        K::ServicePurchase
    } else if has("采购") {
        K::Procurement
    } else if has("三公") || (has("因公出国") && has("接待")) {
        K::ThreePublic
    } else if has("收支总") || has("收入支出总") || has("收入支出决算总") || has("收支预算总") || has("收支决算总")
    {
        if has("财政拨款") { K::FiscalAppropriationSummary } else { K::RevenueExpenditureSummary }
    } else if has("财政拨款") && (has("收支") || has("收入支出")) && !has("基金") && !has("国有资本") {
        K::FiscalAppropriationSummary
    } else if has("政府性基金") || has("政府基金") || has("基金预算") {
        K::GovernmentFund
    } else if has("国有资本") {
        K::StateCapital
    } else if has("基本支出") {
        K::BasicExpenditure
    } else if (has("一般公共预算") || has("公共财政")) && has("支出") {
        if has("分单位") && !has("分功能") {
            K::GeneralPublicExpenditureByUnit
        } else {
            K::GeneralPublicExpenditureByFunction
        }
    } else if has("财政拨款支出") {
        K::GeneralPublicExpenditureByFunction
    } else if has("项目") && has("支出") {
        K::ProjectExpenditure
    } else if has("收支") {
        K::RevenueExpenditureSummary
    } else if has("收入") && !has("支出") {
        K::RevenueSummary
    } else if has("支出") && !has("收入") && !has("明细") {
        K::ExpenditureSummary
    } else if ["预算", "决算", "经费", "资产", "编制", "资金", "支出", "收入", "项目", "债务"].iter().any(|w| has(w))
    {
        K::Other
    } else {
        return None;
    })
}

/// Lines about a table: unit, department, date.
#[derive(Clone, Debug, Default)]
struct Meta {
    unit: Option<Unit>,
    fields: Vec<(String, String)>,
}

impl Meta {
    fn is_empty(&self) -> bool {
        self.unit.is_none() && self.fields.is_empty()
    }

    /// Takes a line such as `部门/单位：… 单位：万元`; false where it is something else.
    fn take(&mut self, text: &str) -> bool {
        const LABELS: [&str; 22] = [
            "部门/单位",
            "单位/部门",
            "部门（单位）",
            "部门(单位)",
            "单位",
            "部门",
            "单位名称",
            "部门名称",
            "编制单位",
            "编制部门",
            "公开部门",
            "公开单位",
            "填报单位",
            "填报部门",
            "预算单位",
            "预算部门",
            "金额单位",
            "计量单位",
            "日期",
            "编制日期",
            "填报日期",
            "年度",
        ];
        let mut found: Vec<(String, String)> = Vec::new();
        let spaced = text.replace('：', ":");
        let mut rest = spaced.trim().trim_matches(['(', ')', '（', '）']);
        if let Some((unit, length)) = Unit::prefix_of(rest)
            && length == rest.len()
        {
            self.unit = Some(unit);
            return true;
        }
        while let Some((label, after)) = rest.split_once(':') {
            let label = unspaced(label);
            let Some(known) = LABELS.iter().find(|known| folded(known) == folded(&label)) else {
                return false;
            };
            // The value goes on to the label before the next colon.
            let value = match after.find(':') {
                None => after.len(),
                Some(colon) => {
                    let before = &after[..colon];
                    let start =
                        LABELS.iter().filter_map(|next| before.trim_end().strip_suffix(next).map(str::len)).min();
                    let Some(start) = start else {
                        return false;
                    };
                    start
                }
            };
            found.push(((*known).to_owned(), unspaced(&after[..value])));
            rest = after[value..].trim_start();
        }
        if found.is_empty() || !rest.is_empty() && found.iter().all(|(_, value)| value.is_empty()) {
            return false;
        }
        for (label, value) in found {
            match Unit::prefix_of(&value) {
                Some((unit, length)) if length == value.len() => self.unit = self.unit.or(Some(unit)),
                _ if value.is_empty() => {}
                _ => self.fields.push((label, value)),
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn show() {
        for seed in ["000", "001", "002", "003", "004"] {
            let Some(text) = fixture::seed(seed) else { return };
            let document = fixture::document(&text);
            println!("== {seed}");
            for segment in segments(&document) {
                match segment {
                    Segment::Prose(items) => {
                        println!("prose {} from {:?}", items.len(), items[0].place().line_number())
                    }
                    Segment::Budget(r) => {
                        println!(
                            "BUDGET {:?} {} {:?} {:?} {:?} body {:?} {}",
                            r.caption.kind,
                            r.caption.title,
                            r.caption.number,
                            r.caption.unit,
                            r.caption.place.line_number(),
                            r.body.first().map(|i| i.place().line_number()),
                            r.body.len()
                        );
                    }
                    Segment::Performance(rs) => {
                        for r in rs {
                            println!(
                                "PERF {:?} {} {:?} {:?} {:?} body {:?} {}",
                                r.caption.kind,
                                r.caption.title,
                                r.caption.number,
                                r.caption.unit,
                                r.caption.place.line_number(),
                                r.body.first().map(|i| i.place().line_number()),
                                r.body.len()
                            );
                        }
                    }
                }
            }
        }
    }
}
