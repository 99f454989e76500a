//! Tables out of rows: levels carried down, roles and measures set, amounts read.

use compact_str::{CompactString, format_compact};

use super::flow::{Found, RawRow};
use super::header::{Field, Schema};
use super::vocabulary::{self, tidied};
use super::{Form, Slot};
use crate::amount::{Amount, Unit};
use crate::disclosure::{Column, ColumnRole, Entry, Measure, Message, Row, RowRole, Side, Status, Table, Value};
use crate::document::Place;
use crate::spelling::unspaced;

/// A table of a form before it has its final shape.
pub(super) struct Draft {
    /// Which table.
    pub(super) schema: Schema,
    /// Its title.
    pub(super) title: String,
    /// Where it begins.
    pub(super) place: Place,
    /// Its columns.
    pub(super) fields: Vec<Field>,
    /// Its rows.
    pub(super) rows: Vec<RawRow>,
    /// Labels and texts that belong to it (the goal that its indicators measure).
    pub(super) about: Vec<(String, String)>,
}

/// An item of a block of words: its name, the names above it, its text.
pub(super) struct Words {
    /// Its name (`年度工作任务`, `目标1`).
    pub(super) name: Option<String>,
    /// Names that hold for several items.
    pub(super) path: Vec<String>,
    /// The text.
    pub(super) text: Found,
}

/// Makes the table; `None` where nothing is left of it.
pub(super) fn table(draft: Draft, form: &Form) -> Option<Table> {
    let Draft { schema, title, place, mut fields, mut rows, mut about } = draft;
    drop_free_goals(&fields, &mut rows, &mut about);
    drop_empty(&mut fields, &mut rows);
    let mut carried: Vec<Option<Found>> = vec![None; fields.len()];
    let mut built = Vec::with_capacity(rows.len());
    for raw in rows {
        if let Some(row) = row(schema, &fields, raw, &mut carried) {
            built.push(row);
        }
    }
    if schema == Schema::Indicators {
        let empty = |row: &Row| row.name.is_none() && row.path.len() < 2;
        built.retain(|row| !empty(row) || row.entries.iter().any(|entry| entry.value != Value::Blank));
    }
    if built.is_empty() {
        return None;
    }
    let project = if schema == Schema::Sources { super::fields::project(&about) } else { None };
    let money = !matches!(schema, Schema::Indicators | Schema::Goals | Schema::Staff);
    Some(Table {
        kind: form.kind,
        title,
        number: form.number.clone(),
        place,
        status: Status::Present,
        unit: if money { unit(&fields, form) } else { None },
        columns: fields.iter().map(column).collect(),
        rows: built,
        remarks: Vec::new(),
        project,
        fields: about,
    })
}

/// A table of words: one column 内容.
pub(super) fn words(title: String, place: Place, items: Vec<Words>, form: &Form) -> Option<Table> {
    if items.is_empty() {
        return None;
    }
    let rows = items
        .into_iter()
        .map(|item| {
            let place = item.text.place;
            let text = tidied(item.text.text);
            let value = if text.is_empty() {
                Value::Blank
            } else if let Some(amount) =
                item.name.as_deref().filter(|name| says_money(name)).and_then(|_| Amount::parse(&text))
            {
                Value::Amount(amount)
            } else {
                Value::Text(text)
            };
            Row {
                place,
                end: item.text.end,
                side: None,
                code: None,
                name: item.name,
                role: RowRole::Item,
                level: 0,
                measure: None,
                class: None,
                path: item.path.into_iter().map(CompactString::from).collect(),
                entries: vec![Entry { value, place: Some(place) }],
                doubt: item.text.doubt.map(|doubt| *doubt),
            }
        })
        .collect();
    Some(Table {
        kind: form.kind,
        title,
        number: form.number.clone(),
        place,
        status: Status::Present,
        unit: form.unit,
        columns: vec![Column { path: vec!["内容".to_owned()], role: ColumnRole::Text, measure: None, group: None }],
        rows,
        remarks: Vec::new(),
        project: None,
        fields: Vec::new(),
    })
}

fn says_money(name: &str) -> bool {
    ["预算", "金额", "资金"].iter().any(|word| name.ends_with(word))
}

/// The unit of the form, or the one that a header names in brackets (`金额（万元）`).
fn unit(fields: &[Field], form: &Form) -> Option<Unit> {
    let named = fields.iter().filter(|field| field.slot == Slot::Amount).find_map(|field| {
        let header = field.path.last()?;
        let inside = header.split(['（', '(']).nth(1)?;
        let inside = inside.trim_start_matches("单位").trim_start_matches(['：', ':']);
        Unit::prefix_of(inside).map(|(unit, _)| unit)
    });
    named.or(form.unit)
}

/// Goals that a form repeats beside its indicators are no cells of them: their words move to the table's fields.
fn drop_free_goals(fields: &[Field], rows: &mut Vec<RawRow>, about: &mut Vec<(String, String)>) {
    let goals: Vec<usize> = (0..fields.len()).filter(|index| fields[*index].slot == Slot::Goal).collect();
    let mut texts = Vec::new();
    for row in rows.iter_mut() {
        for goal in &goals {
            if let Some(Some(cell)) = row.cells.get(*goal)
                && !vocabulary::is_goal_name(&cell.text)
            {
                texts.push(cell.text.clone());
                row.cells[*goal] = None;
            }
        }
    }
    rows.retain(|row| row.cells.iter().any(Option::is_some));
    if texts.is_empty() {
        return;
    }
    let names: Vec<String> = goals.iter().map(|goal| fields[*goal].path.join("/")).collect();
    about.extend(apart(&texts, &names));
}

/// The texts of columns that were printed one after the other, given back to their columns where that is certain:
/// forms mostly repeat the goal of the term as the goal of the year, so two equal halves are two columns.
fn apart(texts: &[CompactString], names: &[String]) -> Vec<(String, String)> {
    let whole = || vec![(names.join("、"), texts.concat())];
    let [name @ .., term, year] = names else {
        return whole();
    };
    let mut first = String::new();
    let mut goal = String::new();
    for (index, text) in texts.iter().enumerate() {
        let chars: Vec<char> = unspaced(text).chars().collect();
        // Only the first text has the name of the project before its halves.
        let heads = if index == 0 && !name.is_empty() { 0..chars.len().min(60) } else { 0..1 };
        let halves = heads.filter(|head| (chars.len() - head).is_multiple_of(2)).find_map(|head| {
            let (one, other) = chars[head..].split_at((chars.len() - head) / 2);
            (one == other && one.len() >= 4).then(|| (head, one.iter().collect::<String>()))
        });
        let Some((head, half)) = halves else {
            return whole();
        };
        first.extend(&chars[..head]);
        goal.push_str(&half);
    }
    let mut fields = Vec::new();
    if let Some(name) = name.last() {
        fields.push((name.clone(), first));
    }
    fields.push((term.clone(), goal.clone()));
    fields.push((year.clone(), goal));
    fields
}

/// Columns for labels that no row has are not kept.
fn drop_empty(fields: &mut Vec<Field>, rows: &mut [RawRow]) {
    let keep: Vec<bool> = fields
        .iter()
        .enumerate()
        .map(|(index, field)| {
            field.slot != Slot::Frame
                && (!matches!(field.slot, Slot::Goal | Slot::Group)
                    || rows.iter().any(|row| row.cells.get(index).is_some_and(Option::is_some)))
        })
        .collect();
    let mut index = 0;
    fields.retain(|_| {
        index += 1;
        keep[index - 1]
    });
    for row in rows {
        let mut index = 0;
        row.cells.retain(|_| {
            index += 1;
            keep.get(index - 1).copied().unwrap_or(false)
        });
        row.cells.resize(fields.len(), None);
    }
}

fn column(field: &Field) -> Column {
    let role = match field.slot {
        Slot::Name => ColumnRole::Name,
        Slot::Amount => ColumnRole::Amount,
        Slot::Percent => ColumnRole::Percent,
        _ => ColumnRole::Text,
    };
    let own = field.path.last().map(String::as_str).unwrap_or_default();
    let this_year = ["当年金额", "金额", "本年金额", "当年预算金额", "本年预算金额"];
    let measure = (field.slot == Slot::Amount
        && this_year.iter().any(|word| own.split(['（', '(']).next() == Some(word)))
    .then_some(Measure::Budget);
    Column { path: field.path.clone(), role, measure, group: None }
}

/// Labels hold until the next one.
fn is_label(slot: Slot) -> bool {
    matches!(slot, Slot::Goal | Slot::Group | Slot::Level1 | Slot::Level2)
}

fn row(schema: Schema, fields: &[Field], mut raw: RawRow, carried: &mut [Option<Found>]) -> Option<Row> {
    let at = |slot: Slot| fields.iter().position(|field| field.slot == slot);
    let labels = || (0..fields.len()).filter(|&index| is_label(fields[index].slot));
    let printed = |cells: &[Option<Found>], index: usize| cells.get(index).is_some_and(Option::is_some);
    let mut doubt = raw.doubtful.then(|| {
        Message::new(
            "本行各格的归属有两种同样说得通的读法，请对照原文",
            "two readings of which cell stands under which column are equally good",
        )
    });
    let unsure = raw.cells.iter().zip(fields).filter(|(_, field)| !is_label(field.slot));
    doubt =
        doubt.or_else(|| unsure.filter_map(|(cell, _)| cell.as_ref()).find_map(|cell| cell.doubt.as_deref().cloned()));
    // A new label ends the ones below it.
    for index in labels() {
        if let Some(Some(cell)) = raw.cells.get(index) {
            let same = carried[index].as_ref().is_some_and(|before| vocabulary::same_level(&before.text, &cell.text));
            if !same {
                labels().filter(|below| *below > index).for_each(|below| carried[below] = None);
            }
        }
    }
    let (above, second) = (at(Slot::Level1), at(Slot::Level2));
    let second = second.filter(|&second| printed(&raw.cells, second));
    let early = above.is_some_and(|above| printed(&raw.cells, above));
    let has_body = raw
        .cells
        .iter()
        .zip(fields)
        .any(|(cell, field)| cell.is_some() && (!is_label(field.slot) || field.slot == Slot::Level2));
    let mut before = None;
    for index in labels() {
        if let Some(cell) = raw.cells.get_mut(index).and_then(Option::take) {
            let last = carried[index].replace(cell);
            if Some(index) == above {
                before = last;
            }
        }
    }
    // The first level of this row, where another one is printed beside it.
    let mut instead: Option<Found> = None;
    if let Some((above, second)) = above.zip(second)
        && let Some(second) = &carried[second]
        && let Some(level) = misplaced(carried[above].as_ref(), &second.text)
    {
        let before = before.filter(|before| vocabulary::same_level(&before.text, level));
        let own = before.unwrap_or_else(|| Found { text: format_compact!("{level}指标"), ..second.clone() });
        if early {
            instead = Some(own);
        } else {
            carried[above] = Some(own);
        }
        doubt.get_or_insert_with(|| {
            Message::new(
                format!("一级指标未印在本行旁，按二级指标归入{level}指标"),
                "the first-level indicator is not printed beside this row; taken from its second level",
            )
        });
    }
    if !has_body {
        return None;
    }
    let own = |index: usize| instead.as_ref().filter(|_| Some(index) == above).or(carried[index].as_ref());
    let name = at(Slot::Name).and_then(|index| raw.cells.get(index)?.as_ref()).map(|cell| item_name(&cell.text));
    let mut first: Option<Place> = None;
    let mut last: Option<Place> = None;
    let mut entries = Vec::with_capacity(fields.len());
    for (index, field) in fields.iter().enumerate() {
        if is_label(field.slot) {
            entries.push(own(index).map_or(Entry::BLANK, |cell| entry(field.slot, cell.text.clone(), cell.place)));
            continue;
        }
        let Some(cell) = raw.cells.get_mut(index).and_then(Option::take) else {
            entries.push(Entry::BLANK);
            continue;
        };
        first = first.or(Some(cell.place));
        last = Some(last.map_or(cell.end, |last| last.max(cell.end)));
        entries.push(entry(field.slot, cell.text, cell.place));
    }
    let second = second.and_then(|index| carried[index].as_ref());
    let place = first.or(second.map(|cell| cell.place))?;
    let end = last.or(second.map(|cell| cell.end)).unwrap_or(place);
    let path: Vec<CompactString> = labels()
        .filter_map(|index| own(index).map(|cell| cell.text.clone()))
        .chain(name.as_deref().filter(|_| schema == Schema::Indicators).map(CompactString::from))
        .collect();
    let group = at(Slot::Group).and_then(own).map(|cell| cell.text.as_str());
    let (role, level, measure) = match schema {
        Schema::Indicators => (RowRole::Indicator, 0, None),
        Schema::Projects => (RowRole::Project, 0, None),
        Schema::Goals | Schema::Staff => (RowRole::Other, 0, None),
        Schema::Money | Schema::Sources | Schema::Detail | Schema::Purchases => item_role(name.as_deref()),
    };
    let side = group.and_then(|group| match group.chars().next() {
        Some('收') => Some(Side::Revenue),
        Some('支') => Some(Side::Expenditure),
        _ => None,
    });
    Some(Row { place, end, side, code: None, name, role, level, measure, class: None, path, entries, doubt })
}

/// The first level that the second level belongs to, where another one was printed above it.
fn misplaced(above: Option<&Found>, second: &str) -> Option<&'static str> {
    const STANDARD: &[&str] = &["产出", "效益", "满意度"];
    let level = vocabulary::level_above(second)?;
    let above = above?;
    let known = STANDARD.iter().any(|word| vocabulary::same_level(&above.text, word));
    (known && STANDARD.contains(&level) && !vocabulary::same_level(&above.text, level)).then_some(level)
}

fn item_name(text: &str) -> String {
    if unspaced(text) == "合计" { "合计".to_owned() } else { tidied(text.into()).into() }
}

fn item_role(name: Option<&str>) -> (RowRole, u8, Option<Measure>) {
    let Some(name) = name else {
        return (RowRole::Item, 1, None);
    };
    if matches!(name, "合计" | "总计" | "小计") {
        return (RowRole::Total, 0, Some(Measure::Total));
    }
    if name.starts_with("其中") {
        return (RowRole::OfWhich, 2, None);
    }
    let item = name.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九（）().、．".contains(c));
    let measure = match item {
        "财政拨款" | "财政拨款收入" => Some(Measure::Fiscal),
        "一般公共预算财政拨款" | "一般公共预算拨款" | "一般公共预算" => {
            Some(Measure::GeneralPublic)
        }
        "政府性基金预算财政拨款" | "政府性基金预算拨款" | "政府性基金" => {
            Some(Measure::GovernmentFund)
        }
        "国有资本经营预算财政拨款" | "国有资本经营预算拨款" | "国有资本经营预算" => {
            Some(Measure::StateCapital)
        }
        "财政专户管理资金" => Some(Measure::SpecialAccount),
        "单位资金" => Some(Measure::UnitFunds),
        "基本支出" => Some(Measure::Basic),
        "项目支出" => Some(Measure::Project),
        _ => None,
    };
    (RowRole::Item, 1, measure)
}

fn entry(slot: Slot, text: CompactString, place: Place) -> Entry {
    let text = tidied(text);
    let value = match slot {
        Slot::Amount | Slot::Percent => match Amount::parse(&text) {
            Some(amount) => Value::Amount(amount),
            None => Value::Text(text),
        },
        _ => Value::Text(text),
    };
    Entry { value, place: Some(place) }
}
