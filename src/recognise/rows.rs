//! Rows with meaning: sides are parted, codes and names read, and each row gets its role, level, measure and class.

use std::collections::BTreeSet;

use compact_str::CompactString;
use rust_decimal::Decimal;

use super::draft::{DraftRow, Piece};
use super::{columns, names, outline, pieces, row_codes, row_levels, years};
use crate::amount::{Amount, Interval};
use crate::classification::{self, FunctionCode, UnitCode};
use crate::disclosure::{Column, ColumnRole, Entry, Measure, Message, Row, RowRole, Side, TableKind, Value};
use crate::spelling::{ends, folded, unspaced};

/// Columns that make one row: all of them, or one of several tables side by side.
#[derive(Clone, Debug)]
pub(super) struct BlockColumns {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) side: Option<Side>,
}

/// The tables side by side: a new one begins where a label column follows an amount column.
fn blocks(kind: TableKind, columns: &[Column]) -> Vec<BlockColumns> {
    let label = |column: &Column| matches!(column.role, ColumnRole::Code | ColumnRole::Name);
    let mut starts = vec![0];
    let mut seen_amount = false;
    for (index, column) in columns.iter().enumerate() {
        if label(column) && seen_amount {
            starts.push(index);
            seen_amount = false;
        }
        seen_amount |= column.role == ColumnRole::Amount;
    }
    let side = |column: &Column| {
        let top = column.path.first().filter(|_| column.path.len() > 1)?;
        columns::side_of(top)
    };
    let many = starts.len() > 1;
    let two_sided = matches!(kind, TableKind::RevenueExpenditureSummary | TableKind::FiscalAppropriationSummary);
    let told = starts.iter().any(|from| columns.get(*from).and_then(side).is_some());
    // Without the words over the blocks the form tells: revenue stands on the left.
    let by_form = |from: usize| if from == 0 { Side::Revenue } else { Side::Expenditure };
    let ends = starts.iter().skip(1).copied().chain([columns.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(from, to)| BlockColumns {
            from: *from,
            to,
            side: match columns.get(*from) {
                Some(column) if many && told => side(column),
                Some(_) if many && two_sided => Some(by_form(*from)),
                _ => None,
            },
        })
        .collect()
}

/// The rows of a table.
pub(super) fn rows(kind: TableKind, columns: &[Column], drafts: Vec<DraftRow>) -> Vec<Row> {
    let blocks = blocks(kind, columns);
    let units = row_codes::of_units(columns);
    let staggered = if kind == TableKind::ProjectExpenditure { staggered(columns, &drafts) } else { Vec::new() };
    let mut rows: Vec<Row> = Vec::new();
    let mut code_pieces: Vec<Vec<String>> = vec![Vec::new(); blocks.len()];
    for draft in drafts {
        let mut index = 0;
        while let Some(block) = blocks.get(index) {
            let filled =
                draft.cells.iter().enumerate().any(|(c, cell)| (block.from..block.to).contains(&c) && cell.is_some());
            let own_side = draft.side.is_none() || draft.side == block.side || block.side.is_none();
            if !filled || !own_side {
                index += 1;
                continue;
            }
            let whole = reaching(&draft, columns, &blocks, index);
            let own = row_codes::own(kind, &draft, columns, &units, &whole);
            let row = row(&draft, columns, &whole, &own, blocks.len() > 1, &mut code_pieces[index]);
            rows.push(row);
            index += blocks[index..].iter().take_while(|block| block.to <= whole.to).count().max(1);
        }
    }
    mean(kind, columns, &mut rows);
    doubt_line_numbers(columns, &mut rows);
    if kind == TableKind::ThreePublic {
        let roles: Vec<ColumnRole> = columns.iter().map(|column| column.role).collect();
        years::among_rows(&roles, &mut rows);
    }
    if !staggered.is_empty() && staggered.len() == rows.len() {
        for (row, (level, name)) in rows.iter_mut().zip(staggered) {
            if row.role != RowRole::Total || name.is_some() && row.name.is_none() {
                row.role = RowRole::Project;
                row.measure = None;
                row.level = level;
                row.name = name.or(row.name.take());
            }
        }
    } else {
        outline_rows(kind, columns, &blocks, &mut rows);
    }
    rows
}

/// A whole number among amounts with decimals, in a row that prints no line number (行次) where others do, may be that.
fn doubt_line_numbers(columns: &[Column], rows: &mut [Row]) {
    let sequence: Vec<usize> = (0..columns.len()).filter(|&c| columns[c].role == ColumnRole::Sequence).collect();
    if sequence.is_empty() {
        return;
    }
    let decimal =
        |row: &Row| row.entries.iter().filter_map(Entry::amount).filter(|a| a.printed().contains('.')).count();
    let whole = |row: &Row| row.entries.iter().filter_map(Entry::amount).any(|a| pieces::is_page_number(a.printed()));
    let most = rows.iter().map(decimal).sum::<usize>() > 2 * rows.iter().filter(|row| whole(row)).count();
    for row in rows.iter_mut().filter(|row| most && whole(row)) {
        if sequence.iter().all(|&column| row.entries[column].value == Value::Blank) {
            row.doubt.get_or_insert_with(|| {
                Message::new("行次可能读成了金额", "the number of a line may have been read as an amount")
            });
        }
    }
}

/// The block, or it and the next where one label is printed across both (公用经费合计 over two blocks of 公用经费): the
/// first has the label and no figure, the second a figure and no label.
fn reaching(draft: &DraftRow, columns: &[Column], blocks: &[BlockColumns], index: usize) -> BlockColumns {
    let block = blocks[index].clone();
    let filled = |block: &BlockColumns, amounts: bool| {
        let cells =
            draft.cells.iter().enumerate().filter(|(c, cell)| (block.from..block.to).contains(c) && cell.is_some());
        cells.filter(|(c, _)| (columns[*c].role == ColumnRole::Amount) == amounts).count()
    };
    match blocks.get(index + 1) {
        Some(next)
            if block.side.is_none()
                && next.side.is_none()
                && filled(&block, false) == 1
                && filled(&block, true) == 0
                && filled(next, false) == 0
                && filled(next, true) == 1 =>
        {
            BlockColumns { to: next.to, ..block }
        }
        _ => block,
    }
}

/// Level and name of each row of a list of projects whose names step to the right (类型, 一级项目, 二级项目: each row fills one
/// of them). Empty where the rows are no such steps.
fn staggered(columns: &[Column], drafts: &[DraftRow]) -> Vec<(u8, Option<String>)> {
    let amounts = columns.iter().position(|column| column.role == ColumnRole::Amount).unwrap_or(0);
    let names: Vec<usize> =
        (0..amounts).filter(|&index| matches!(columns[index].role, ColumnRole::Name | ColumnRole::Text)).collect();
    let coded = columns.iter().any(|column| column.role == ColumnRole::Code);
    if coded || names.len() < 2 {
        return Vec::new();
    }
    let filled = |draft: &DraftRow, index: usize| draft.cells.get(index).is_some_and(Option::is_some);
    let first = |draft: &DraftRow| names.iter().copied().find(|&index| filled(draft, index));
    let mut steps: Vec<usize> = drafts.iter().filter_map(first).collect();
    steps.sort_unstable();
    steps.dedup();
    // A name farther right on the same row: the first is not the whole name of the row.
    let whole = |draft: &DraftRow| {
        let own = first(draft);
        names
            .iter()
            .filter(|&&index| columns[index].role == ColumnRole::Name && Some(index) > own)
            .all(|&index| !filled(draft, index))
    };
    if steps.len() < 2 || !drafts.iter().all(whole) {
        return Vec::new();
    }
    drafts
        .iter()
        .map(|draft| {
            let own = first(draft);
            let level = own.and_then(|own| steps.iter().position(|&step| step == own)).unwrap_or(0);
            let name = own.and_then(|own| draft.cells.get(own)?.as_ref()).map(|piece| unspaced(&piece.text));
            (u8::try_from(level).unwrap_or(u8::MAX), name)
        })
        .collect()
}

/// Gives the rows without codes their levels, where names and sums tell them.
fn outline_rows(kind: TableKind, columns: &[Column], blocks: &[BlockColumns], rows: &mut [Row]) {
    if kind == TableKind::ThreePublic {
        return;
    }
    let amounts: Vec<usize> = (0..columns.len()).filter(|&index| columns[index].role == ColumnRole::Amount).collect();
    for block in blocks {
        let own: Vec<usize> = amounts.iter().copied().filter(|index| (block.from..block.to).contains(index)).collect();
        if own.is_empty() || block.side == Some(Side::Revenue) {
            continue;
        }
        let stands_here = |row: &Row| {
            let label = |index: usize| matches!(columns[index].role, ColumnRole::Name | ColumnRole::Code);
            blocks.len() == 1
                || (block.from..block.to)
                    .any(|index| (label(index) || own.contains(&index)) && row.entries[index].value != Value::Blank)
        };
        let here: Vec<usize> = (0..rows.len()).filter(|&index| stands_here(&rows[index])).collect();
        let begins = |at: usize, index: usize| begins_unit(index, here.get(at + 1).copied(), rows);
        let mut units: BTreeSet<usize> =
            here.iter().enumerate().filter(|&(at, &index)| begins(at, index)).map(|(_, &index)| index).collect();
        // Units that do not make the total are not all of them, or none.
        let total = here.iter().copied().find(|&index| rows[index].role == RowRole::Total);
        if let Some(total) = total
            && !adds_up(&units, total, &own, rows)
        {
            units.clear();
        }
        let mut run: Vec<usize> = Vec::new();
        let mut whole: Option<usize> = None;
        for &index in here.iter().chain([&usize::MAX]) {
            let row = rows.get(index);
            let listed = row.is_some_and(|row| {
                row.code.is_none() && row.name.is_some() && matches!(row.role, RowRole::Item | RowRole::Project)
            });
            let is_unit = listed && units.contains(&index);
            if listed && !is_unit {
                run.push(index);
                continue;
            }
            if is_unit && let Some(row) = rows.get_mut(index) {
                row.role = RowRole::Unit;
                row.level = 0;
            }
            // A total below its rows.
            let total =
                whole.or(Some(index)).filter(|&at| rows.get(at).is_some_and(|row| row.role != RowRole::OfWhich));
            outline_run(&std::mem::take(&mut run), total, &own, rows);
            whole = Some(index);
        }
    }
}

/// Whether rows add up to the total, in every column.
fn adds_up(parts: &BTreeSet<usize>, total: usize, columns: &[usize], rows: &[Row]) -> bool {
    let zero = Interval::exactly(Decimal::ZERO);
    let printed = |row: usize, column: usize| rows[row].entries[column].amount().map_or(zero, Amount::interval);
    columns.iter().all(|&column| {
        let sum = parts.iter().try_fold(zero, |sum, &part| sum.plus(printed(part, column)));
        sum.is_some_and(|sum| sum.meets(&printed(total, column)))
    })
}

/// Whether a name is that of a department or unit.
fn names_unit(name: &str) -> bool {
    const ENDS: [&str; 27] = [
        "局", "厅", "委", "办", "院", "校", "学", "中心", "所", "队", "站", "馆", "会", "处", "部", "社", "室", "园",
        "署", "本级)", "本级", "本部", "机关", "机关)", "汇总)", "政府", "团",
    ];
    ENDS.iter().any(|end| ends(name, end)) && classification::codes_named(name).is_empty()
}

/// Whether a row without a code is a unit whose own classes follow: the name of one, and the row `next` below it is a
/// class.
fn begins_unit(index: usize, next: Option<usize>, rows: &[Row]) -> bool {
    let name = |index: usize| rows.get(index).and_then(|row| row.name.as_deref()).map(names::bare).unwrap_or_default();
    let unmarked =
        |row: &Row| row.side.is_none() && names::ordinal(row.name.as_deref().unwrap_or_default()).0.is_none();
    rows.get(index).is_some_and(unmarked)
        && names_unit(&name(index))
        && next.is_some_and(|next| classification::codes_named(&name(next)).iter().any(|code| code.len() == 3))
}

/// Levels of one run of rows; `whole` is the row that they add up to.
fn outline_run(run: &[usize], whole: Option<usize>, columns: &[usize], rows: &mut [Row]) {
    let amounts =
        |row: &'_ Row| columns.iter().map(|&column| row.entries[column].amount().cloned()).collect::<Vec<_>>();
    let printed: Vec<Vec<Option<Amount>>> = run.iter().map(|&index| amounts(&rows[index])).collect();
    let total = whole.and_then(|index| rows.get(index)).map(amounts);
    let outline = {
        let entries: Vec<outline::Entry> = run
            .iter()
            .zip(&printed)
            .map(|(&index, amounts)| {
                let name = rows[index].name.as_deref().unwrap_or_default();
                outline::Entry::new(name, amounts.iter().map(Option::as_ref).collect())
            })
            .collect();
        let names = outline::names_of(&entries);
        let marked =
            run.iter().any(|&index| names::ordinal(rows[index].name.as_deref().unwrap_or_default()).0.is_some());
        if names == outline::Names::Unknown && marked {
            return;
        }
        let total: Option<Vec<Option<&Amount>>> =
            total.as_ref().map(|total| total.iter().map(Option::as_ref).collect());
        outline::of(&entries, total.as_deref()).map(|outline| (outline, names))
    };
    let Some((outline, names)) = outline else { return };
    for (at, &index) in run.iter().enumerate() {
        let row = &mut rows[index];
        row.level = outline.levels[at];
        if row.level > 0 {
            row.class = None;
        }
        if row.side.is_none() {
            match names {
                outline::Names::Function => row.role = RowRole::Function,
                outline::Names::Economic => row.role = RowRole::Economic,
                // The unit whose projects are listed below it.
                outline::Names::Unknown if row.role == RowRole::Project && row.level == 0 => {
                    let parent = outline.levels.get(at + 1).is_some_and(|&next| next > 0);
                    if parent && names_unit(&names::bare(row.name.as_deref().unwrap_or_default())) {
                        row.role = RowRole::Unit;
                    }
                }
                outline::Names::Unknown => {}
            }
        }
    }
    for &failing in &outline.failing {
        let below = outline.levels[failing + 1..].iter().take_while(|&&level| level > outline.levels[failing]).count();
        // A row that may belong elsewhere, a direct addend first: its doubt is that of the sum, and of no other.
        let unnamed = |at: &usize| !outline.named[*at];
        let addend = |at: &usize| outline.levels[*at] == outline.levels[failing] + 1;
        let family = || failing + 1..=failing + below;
        let doubtful = family().filter(addend).find(unnamed).or_else(|| family().find(unnamed));
        if let Some(at) = doubtful.or(Some(failing).filter(unnamed)) {
            rows[run[at]].doubt.get_or_insert_with(|| {
                Message::new(
                    "没有编码，哪些行属于这一行存疑",
                    "no codes are printed; which rows belong to this one is doubtful",
                )
            });
        }
    }
}

/// One row from the columns of one block.
fn row(
    draft: &DraftRow,
    columns: &[Column],
    block: &BlockColumns,
    own: &row_codes::Own,
    parted: bool,
    above: &mut Vec<String>,
) -> Row {
    let inside = |index: usize| (block.from..block.to).contains(&index);
    let code_cells: Vec<Option<&Piece>> = draft
        .cells
        .iter()
        .enumerate()
        .filter(|(index, _)| own.codes.contains(index))
        .map(|(_, cell)| cell.as_ref())
        .collect();
    let mut code = row_codes::code_of(&code_cells, above);
    let (mut name, path) = name_of(draft, columns, block, own.names_from, code.is_some());
    if let Some(printed) = &name
        && code.is_none()
        && let Some((own, rest)) = row_codes::coded_name(printed)
    {
        (code, name) = (Some(own), Some(rest));
    }
    // A total that stands in the code column.
    if let Some(text) = &code
        && name.as_ref().is_none_or(|name| name == text)
        && !text.bytes().any(|b| b.is_ascii_digit())
    {
        name = code.take();
    }
    let own: Vec<&Piece> = draft
        .cells
        .iter()
        .enumerate()
        .filter(|(index, _)| inside(*index))
        .filter_map(|(_, cell)| cell.as_ref())
        .collect();
    let (mut place, mut end) = (draft.place, draft.end);
    if parted || draft.side.is_some() {
        place = own.first().map_or(place, |piece| piece.place);
        end = own.last().map_or(end, |piece| piece.end);
    }
    let entries = draft
        .cells
        .iter()
        .enumerate()
        .map(|(index, cell)| if inside(index) { entry(cell.as_ref(), columns[index].role) } else { Entry::BLANK })
        .collect();
    Row {
        place,
        end,
        side: block.side,
        code,
        name: name.filter(|name| !name.is_empty()),
        role: RowRole::Other,
        level: 0,
        measure: None,
        class: None,
        path: path.into_iter().map(CompactString::from).collect(),
        entries,
        doubt: draft.doubt.clone(),
    }
}

/// The name of a row, and the names of what it is a part of. A label that stands beside several rows names none of them,
/// save the one that prints its 小计 there or nothing else; without a column of names the last words before the figures
/// are the name. `from` is the first column that it may stand in.
fn name_of(
    draft: &DraftRow,
    columns: &[Column],
    block: &BlockColumns,
    from: usize,
    coded: bool,
) -> (Option<String>, Vec<String>) {
    let first_amount = (block.from..block.to).find(|c| columns[*c].role == ColumnRole::Amount).unwrap_or(block.to);
    let labels = |role: ColumnRole| {
        let of_role = move |c: &usize| columns[*c].role == role;
        (block.from..block.to).filter(of_role).filter_map(|c| Some((c, unspaced(&draft.cells[c].as_ref()?.text))))
    };
    let mut path: Vec<String> = Vec::new();
    let mut beside = None;
    for (column, text) in draft.spanning.iter().filter(|(c, _)| (block.from..first_amount).contains(c)) {
        path.push(text.clone());
        beside = Some(*column);
    }
    let own = |(column, _): &(usize, String)| draft.spanning.iter().all(|(spanned, _)| spanned != column);
    let after = |(column, _): &(usize, String)| beside.is_none_or(|beside| *column > beside);
    let mut names = labels(ColumnRole::Name).filter(own).filter(after).filter(|(column, _)| *column >= from);
    let mut name = names.next().map(|(_, text)| text);
    if name.is_none() && !coded {
        let mut texts = labels(ColumnRole::Text).filter(own).filter(after).filter(|(column, _)| *column < first_amount);
        name = texts.next_back().map(|(_, text)| text);
    }
    if name.as_deref().is_none_or(|name| folded(name) == "小计")
        && let Some(group) = path.pop()
    {
        name = Some(group);
    }
    (name, path)
}

fn entry(cell: Option<&Piece>, role: ColumnRole) -> Entry {
    let Some(piece) = cell else {
        return Entry::BLANK;
    };
    let amount = (role == ColumnRole::Amount).then(|| Amount::parse(&piece.text)).flatten();
    let value = match amount {
        Some(amount) => Value::Amount(amount),
        None => Value::Text(piece.text.clone()),
    };
    Entry { value, place: Some(piece.place) }
}

/// Gives the rows their roles, levels, measures and classes.
fn mean(kind: TableKind, columns: &[Column], rows: &mut [Row]) {
    let labelled = columns.iter().any(|column| matches!(column.role, ColumnRole::Code | ColumnRole::Name));
    let units: Vec<String> = rows
        .iter()
        .filter_map(|row| row.code.as_deref())
        .filter(|code| code.len() == 6 && UnitCode::parse(code).is_some())
        .map(|code| code[..3].to_owned())
        .collect();
    let split_projects =
        rows.iter().any(|row| row.code.as_deref().is_some_and(|code| code.len() >= 15 && code.contains('T')));
    let unit_header = columns.iter().any(|column| {
        let own = column.path.last().map(|text| folded(text)).unwrap_or_default();
        column.role == ColumnRole::Code && (own.contains("单位") || own.contains("部门"))
    });
    let has_total = |side: Option<Side>| {
        rows.iter()
            .any(|row| row.side == side && row.name.as_deref().is_some_and(|name| names::bare(name).ends_with("总计")))
    };
    let totals = [has_total(None), has_total(Some(Side::Revenue)), has_total(Some(Side::Expenditure))];
    for row in rows.iter_mut() {
        let bare = row.name.as_deref().map(names::bare).unwrap_or_default();
        let has_grand_total = totals[match row.side {
            None => 0,
            Some(Side::Revenue) => 1,
            Some(Side::Expenditure) => 2,
        }];
        row.role = match bare.as_ref() {
            "本年收入合计" | "本年支出合计" | "本年收入小计" | "本年支出小计" => {
                RowRole::YearTotal
            }
            "收入总计" | "支出总计" | "收支总计" => RowRole::GrandTotal,
            "合计" | "收入合计" | "支出合计" if row.side.is_some() && has_grand_total => RowRole::YearTotal,
            "合计" | "总计" | "总合计" | "收入合计" | "支出合计" if row.side.is_some() => {
                RowRole::GrandTotal
            }
            "合计" | "总计" | "总合计" | "收入合计" | "支出合计" => RowRole::Total,
            "" if row.code.is_none() => RowRole::Total,
            _ => coded_role(kind, row, &units, split_projects, unit_header),
        };
        row.measure = match row.role {
            RowRole::YearTotal => Some(Measure::ThisYear),
            RowRole::GrandTotal | RowRole::Total => Some(Measure::Total),
            _ => None,
        };
        if !labelled && row.role == RowRole::Other {
            row.role = RowRole::Total;
        }
    }
    // A total that prints nothing beside one that does is a piece of something else.
    let prints = |row: &Row| row.entries.iter().any(|entry| entry.amount().is_some());
    if rows.iter().any(|row| row.role == RowRole::Total && prints(row)) {
        for row in rows.iter_mut().filter(|row| row.role == RowRole::Total && !prints(row)) {
            row.role = RowRole::Other;
            row.measure = None;
        }
    }
    total_of_the_unit(columns, rows);
    let grouped = rows.iter().any(|row| row.role == RowRole::ProjectGroup);
    for row in rows.iter_mut() {
        row.level = coded_level(row, grouped);
    }
    for side in [None, Some(Side::Revenue), Some(Side::Expenditure)] {
        row_levels::item_levels(rows, side);
    }
    for row in rows.iter_mut().filter(|row| row.side.is_none() && row.role == RowRole::Item) {
        row.level = row.level.max(u8::try_from(row.path.len()).unwrap_or(u8::MAX));
    }
}

/// Without 合计, the only row that prints the unit and neither code nor name of its own is the total.
fn total_of_the_unit(columns: &[Column], rows: &mut [Row]) {
    let is_unit = |column: &Column| {
        let own = column.path.last().map(|text| folded(text)).unwrap_or_default();
        column.role == ColumnRole::Text && (own.ends_with("单位") || own.ends_with("部门"))
    };
    let named_by_unit = |row: &Row| {
        let printed = |(entry, column): (&Entry, &Column)| match &entry.value {
            Value::Text(text) if is_unit(column) => row.name.as_ref() == Some(&unspaced(text)),
            _ => false,
        };
        row.side.is_none() && row.code.is_none() && row.entries.iter().zip(columns).any(printed)
    };
    if rows.iter().any(|row| row.role == RowRole::Total) {
        return;
    }
    let mut own: Vec<&mut Row> = rows.iter_mut().filter(|row| named_by_unit(row)).collect();
    if let [row] = own.as_mut_slice() {
        row.role = RowRole::Total;
        row.measure = Some(Measure::Total);
    }
}

/// The role of a row that is no total.
fn coded_role(kind: TableKind, row: &Row, units: &[String], split_projects: bool, unit_header: bool) -> RowRole {
    let name = row.name.as_deref().unwrap_or_default();
    let Some(code) = row.code.as_deref() else {
        return if names::is_of_which(name) {
            RowRole::OfWhich
        } else if kind == TableKind::ProjectExpenditure {
            RowRole::Project
        } else {
            RowRole::Item
        };
    };
    let digits = code.bytes().all(|b| b.is_ascii_digit());
    if kind == TableKind::ProjectExpenditure {
        return match code.len() {
            3 | 5 | 7 if digits && classification::is_name_of(code, name) => RowRole::Function,
            3 | 6 | 9 if digits => RowRole::Unit,
            0..=2 => RowRole::ProjectGroup,
            15.. if split_projects && !code.contains('T') => RowRole::ProjectGroup,
            _ => RowRole::Project,
        };
    }
    if !digits {
        return RowRole::Other;
    }
    match code.len() {
        6 | 9 => RowRole::Unit,
        3 if !begins_known_name(code, name) && (units.iter().any(|unit| unit == code) || unit_header) => RowRole::Unit,
        3 | 5 | 7 => match (kind, FunctionCode::parse(code)) {
            (_, Some(_)) => RowRole::Function,
            (_, None) if code.starts_with(['3', '5']) => RowRole::Economic,
            _ => RowRole::Other,
        },
        _ => RowRole::Other,
    }
}

/// Whether a name, perhaps cut off, is one that the code is known by.
fn begins_known_name(code: &str, name: &str) -> bool {
    let name = folded(name);
    let function = FunctionCode::parse(code).map_or(&[][..], |code| code.names());
    let economic = classification::EconomicCode::parse(code).map_or(&[][..], |code| code.names());
    name.chars().count() >= 2
        && function.iter().chain(economic).any(|known| folded(known.name).starts_with(name.as_ref()))
}

fn coded_level(row: &Row, grouped: bool) -> u8 {
    let length = row.code.as_deref().map_or(0, str::len);
    match row.role {
        RowRole::Function | RowRole::Economic => match length {
            0..=3 => 0,
            4..=5 => 1,
            _ => 2,
        },
        RowRole::Unit => u8::try_from(length / 3).unwrap_or(1).saturating_sub(1),
        RowRole::Project => u8::from(grouped),
        _ => 0,
    }
}
