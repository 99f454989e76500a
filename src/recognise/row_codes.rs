//! The code of a row: which of its columns make it, beside the codes and names of units, and how its pieces go together.

use super::draft::{DraftRow, Piece};
use super::pieces;
use super::rows::BlockColumns;
use crate::disclosure::{Column, ColumnRole, TableKind};
use crate::spelling::{folded, solid, unspaced};

/// Digits of a class (类).
const CLASS: usize = 3;

/// Which columns tell of a row itself, and not of the unit that it stands beside.
pub(super) struct Own {
    /// Those that make its code.
    pub(super) codes: Vec<usize>,
    /// The first that its name may stand in.
    pub(super) names_from: usize,
}

/// Which columns are headed as those of units (单位名称, 部门编码).
pub(super) fn of_units(columns: &[Column]) -> Vec<bool> {
    columns.iter().map(is_of_unit).collect()
}

/// The columns of a row's own; `units` are those of [`of_units`].
pub(super) fn own(kind: TableKind, draft: &DraftRow, columns: &[Column], units: &[bool], block: &BlockColumns) -> Own {
    let codes = own_codes(kind, draft, columns, units, block);
    let names_from = subject_names(draft, columns, units, block, &codes);
    Own { codes, names_from }
}

/// The code columns that make the code of a row: those before the first column of names, or all where none stands before
/// it. A row that prints a subject beside its unit is that of the subject, whichever of them stands first.
fn own_codes(
    kind: TableKind,
    draft: &DraftRow,
    columns: &[Column],
    units: &[bool],
    block: &BlockColumns,
) -> Vec<usize> {
    let codes = || (block.from..block.to).filter(|&index| columns[index].role == ColumnRole::Code);
    let name = (block.from..block.to).find(|&index| columns[index].role == ColumnRole::Name);
    let before_names = |index: usize| name.is_none_or(|name| index < name);
    // Of two classifications side by side the first is the row's own: its codes end where its names begin.
    let behind_names = !codes().any(before_names);
    let most = if behind_names { 1 } else { usize::MAX };
    let own = || codes().filter(|&index| behind_names || before_names(index)).take(most);
    // Lists of what is bought print the subject on the rows of the units too.
    if matches!(kind, TableKind::Procurement | TableKind::ServicePurchase) {
        return own().collect();
    }
    let of_unit = |index: usize| units[index];
    let filled = |index: usize| draft.cells.get(index).is_some_and(Option::is_some);
    if own().all(of_unit)
        && let Some(name) = name
        && let Some(end) = (name + 1..block.to).find(|&index| columns[index].role == ColumnRole::Name)
    {
        // 单位编码 单位名称 科目编码 科目名称: the subject's codes up to its own name.
        let subject = || codes().filter(|&index| (name + 1..end).contains(&index) && !of_unit(index));
        if subject().any(filled) {
            return subject().collect();
        }
    }
    let subjects = || own().filter(|&index| !of_unit(index));
    if own().any(of_unit) && !subjects().any(filled) {
        return own().filter(|&index| of_unit(index)).collect();
    }
    // 类, 款, 项 beside the code in one piece.
    let is_piece = |index: usize| columns[index].path.last().is_some_and(|own| is_code_piece(own));
    let length = |wanted: bool| -> usize {
        let pieces = subjects().filter(|&index| is_piece(index) == wanted);
        pieces.filter_map(|index| draft.cells.get(index)?.as_ref()).map(|piece| solid(&piece.text).len()).sum()
    };
    let (whole, parts) = (length(false), length(true));
    // 款 alone goes on from a class that stands under another heading.
    let complete = whole >= parts && (whole > CLASS || parts == 0 || parts >= CLASS);
    let all = !(subjects().any(is_piece) && whole > 0 && complete);
    subjects().filter(|&index| all || !is_piece(index)).collect()
}

/// 类, 款, 项 as a header.
fn is_code_piece(header: &str) -> bool {
    matches!(header.trim(), "类" | "款" | "项")
}

/// Whether a column is headed as one of units (单位名称, 部门编码).
fn is_of_unit(column: &Column) -> bool {
    let own = column.path.last().map(|text| folded(text)).unwrap_or_default();
    (own.contains("单位") || own.contains("部门")) && ["科目", "分类", "预算"].iter().all(|word| !own.contains(word))
}

/// The first column that the name of a row may stand in: behind the unit's, where the row's code stands behind it and a
/// name follows that (单位名称 科目编码 科目名称).
fn subject_names(
    draft: &DraftRow,
    columns: &[Column],
    units: &[bool],
    block: &BlockColumns,
    own_codes: &[usize],
) -> usize {
    let names = || (block.from..block.to).filter(|&index| columns[index].role == ColumnRole::Name);
    let filled = |index: &usize| draft.cells.get(*index).is_some_and(Option::is_some);
    let first_is_unit = names().next().is_some_and(|first| units[first]);
    let code = own_codes.iter().copied().filter(|index| filled(index)).max();
    let behind = |&index: &usize| code.is_some_and(|code| index > code) && filled(&index) && !units[index];
    match names().find(behind) {
        Some(subject) if first_is_unit && code > names().next() => subject,
        _ => block.from,
    }
}

/// The code of a row from its code cells: one cell, the longest of 类/款/项 in full, or their pieces put together, the
/// upper levels taken from the rows above where only the changed level is printed.
pub(super) fn code_of(cells: &[Option<&Piece>], above: &mut Vec<String>) -> Option<String> {
    // A dash is a mark of the level, or of nothing.
    let code = |piece: &Piece| Some(unspaced(&piece.text)).filter(|text| !pieces::is_dash(text));
    let texts: Vec<String> = cells.iter().map(|cell| cell.and_then(code).unwrap_or_default()).collect();
    let last = texts.iter().rposition(|text| !text.is_empty())?;
    if texts.len() == 1 || !texts[last].bytes().all(|b| b.is_ascii_digit()) {
        return Some(texts[last].clone());
    }
    if texts[last].len() > 3 || last == 0 {
        above.clone_from(&texts);
        return Some(texts[last].clone());
    }
    let mut pieces: Vec<String> = Vec::new();
    for (level, text) in texts.iter().enumerate().take(last + 1) {
        let inherited = || above.get(level).cloned().unwrap_or_default();
        let piece = if text.is_empty() { inherited() } else { text.clone() };
        // A piece in full repeats the upper levels.
        match pieces.last() {
            Some(upper) if piece.len() > 2 && piece.starts_with(upper.as_str()) => pieces = vec![piece],
            _ => pieces.push(piece),
        }
    }
    *above =
        texts
            .iter()
            .enumerate()
            .map(|(level, text)| {
                if text.is_empty() && level < last {
                    above.get(level).cloned().unwrap_or_default()
                } else {
                    text.clone()
                }
            })
            .collect();
    Some(pieces.concat())
}

/// `[201]一般公共服务支出`, `2010301-行政运行`, `208社会保障和就业支出`: a code in front of the name.
pub(super) fn coded_name(name: &str) -> Option<(String, String)> {
    let text = name.strip_prefix(['[', '【', '［']).unwrap_or(name);
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    if !matches!(digits.len(), 3 | 5 | 6 | 7) {
        return None;
    }
    let rest = text[digits.len()..].trim_start_matches([']', '】', '］', '-', '－', '—', '_', ' ']);
    (!rest.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit() || "年月.,，".contains(c)))
        .then(|| (digits, rest.to_owned()))
}
