//! The sentences of findings: short, the figure before the judgement, never an accusation.

use rust_decimal::Decimal;

use super::typing::{self, Edit, Slip};
use crate::disclosure::{Anchor, Disclosure, Message, Row};
use crate::rules::{Checked, judge, sight};

/// A figure as the page prints figures: two decimals at least, thousands commas, a true minus.
pub(super) fn figure(value: Decimal) -> String {
    /// 分
    const MONEY: u32 = 2;
    let mut value = value.normalize();
    value.rescale(value.scale().max(MONEY));
    let text = value.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len() + whole.len() / 3 + 3);
    if value.is_sign_negative() && !value.is_zero() {
        out.push('−');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// The value that would fit, or that nothing would.
pub(super) fn fitting(value: Decimal) -> Message {
    if value.is_zero() {
        Message::new("空，或 0.00", "blank, or 0.00")
    } else {
        Message::new(figure(value), figure(value))
    }
}

/// 多 1.00 or 少 1.00
pub(super) fn over_or_under(difference: Decimal) -> Message {
    let amount = figure(difference.abs());
    if difference.is_sign_negative() {
        Message::new(format!("少 {amount}"), format!("under by {amount}"))
    } else {
        Message::new(format!("多 {amount}"), format!("over by {amount}"))
    }
}

/// The table an anchor points into, by its number and short name.
pub(super) fn table(disclosures: &[Disclosure], at: Anchor) -> Option<Message> {
    let (Anchor::Cell { disclosure, table, .. } | Anchor::Table { disclosure, table }) = at else {
        return None;
    };
    let table = disclosures.get(usize::from(disclosure))?.tables.get(usize::from(table))?;
    let name = sight::table_name(table);
    Some(match &table.number {
        Some(number) => Message::new(format!("{number} {}", name.zh), format!("{number} {}", name.en)),
        None => name,
    })
}

/// The words inside the quotes: row and, where the table has several amount columns, column.
pub(super) fn cell(disclosures: &[Disclosure], at: Anchor) -> Message {
    match at {
        Anchor::Cell { disclosure, table, row, column } => {
            let Some(table) = disclosures.get(usize::from(disclosure)).and_then(|d| d.tables.get(usize::from(table)))
            else {
                return Message::default();
            };
            let row = table.rows.get(row as usize);
            let name = row.map_or_else(Message::default, sight::row_name);
            // In a two-sided table the row tells the column too, where it prints one amount only.
            let alone = row.is_some_and(|r| {
                r.side.is_some() && table.amount_columns().filter(|&c| !is_blank(r, c)).take(2).count() <= 1
            });
            let header = sight::column_name(table, usize::from(column));
            if alone || header.is_empty() || table.amount_columns().take(2).count() <= 1 {
                name
            } else {
                Message::new(format!("{}·{header}", name.zh), format!("{} · {header}", name.en))
            }
        }
        Anchor::Statement { disclosure, statement } => {
            let measure = disclosures
                .get(usize::from(disclosure))
                .and_then(|d| d.statements.get(statement as usize))
                .map(|s| s.measure.clone())
                .unwrap_or_default();
            Message::new(measure.clone(), measure)
        }
        Anchor::Table { .. } | Anchor::Oddity { .. } | Anchor::Disclosure { .. } => Message::default(),
    }
}

fn is_blank(row: &Row, column: usize) -> bool {
    row.entries.get(column).is_none_or(judge::prints_nothing)
}

/// Table and cell: 表4 财政拨款收支总表“年终结转结余”.
pub(super) fn place(disclosures: &[Disclosure], at: Anchor) -> Message {
    let (home, apart) = match (table(disclosures, at), at) {
        (Some(home), _) => (home, ""),
        (None, Anchor::Statement { .. }) => (Message::new("正文", "the text"), ","),
        (None, _) => (Message::default(), ""),
    };
    let cell = cell(disclosures, at);
    if cell.zh.is_empty() {
        return home;
    }
    Message::new(format!("{}“{}”", home.zh, cell.zh), format!("{}{apart} “{}”", home.en, cell.en))
}

/// What hints at how the printed figure came about of the one that fits.
pub(super) fn clue(slip: Slip, printed: Decimal, fitting: Decimal) -> Message {
    match slip {
        Slip::Typing => match typing::edit(printed, fitting) {
            Some(Edit::Turned) => Message::new(
                "两个数只是相邻两位数字的先后不同。",
                "The two figures differ in the order of two neighbouring digits only.",
            ),
            Some(Edit::Missing) => Message::new("所印的数只是少一位数字。", "The printed figure only lacks a digit."),
            Some(Edit::Extra) => {
                Message::new("所印的数只是多一位数字。", "The printed figure only has a digit too many.")
            }
            Some(Edit::Other) => Message::new("两个数只有一位数字不同。", "The two figures differ in one digit only."),
            None => {
                Message::new("两个数只有形状相近的数字不同。", "The two figures differ in digits that look alike only.")
            }
        },
        Slip::TypingNearby => Message::new("两个数只差一处数字。", "The two figures differ in one place only."),
        Slip::Sign => Message::new("两个数只差正负号。", "The two figures differ in their sign only."),
        Slip::Unit | Slip::Shifted => {
            Message::new("两个数只差小数点的位置或单位。", "The two figures differ in the decimal point or the unit.")
        }
        Slip::Copied => {
            Message::new("所印的数与旁边一格一模一样。", "The printed figure is the same as in a cell beside it.")
        }
        Slip::Counted => {
            Message::new("相差的数正好等于另一项。", "The difference is just another figure of the same sum.")
        }
        Slip::Unexplained | Slip::Blank => Message::default(),
    }
}

/// The sum as it is printed: `标签：左 与 右，差 d`.
pub(super) fn sum(check: &Checked) -> Message {
    let verdict = &check.verdict;
    match (verdict.left, verdict.right, verdict.difference) {
        (Some(left), Some(right), Some(difference)) => Message::new(
            format!("{}：{} 与 {}，差 {}", check.label.zh, figure(left), figure(right), figure(difference.abs())),
            format!(
                "{}: {} against {}, off by {}",
                check.label.en,
                figure(left),
                figure(right),
                figure(difference.abs())
            ),
        ),
        _ => check.label.clone(),
    }
}

/// Where either the source or its reading may be at fault.
pub(super) fn caveat() -> Message {
    Message::new(
        "可能是公开文件有误，也可能是读取有误，建议对照原文。",
        "Either the document or our reading of it may be at fault: compare the source.",
    )
}

/// Sentences one after the other.
pub(super) fn join(parts: &[Message]) -> Message {
    let zh = parts.iter().map(|p| p.zh.as_str()).collect();
    let en: Vec<&str> = parts.iter().map(|p| p.en.trim()).filter(|p| !p.is_empty()).collect();
    Message { zh, en: en.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_two_decimals_and_commas() {
        for (value, shown) in [
            ("101516.15", "101,516.15"),
            ("-0.4", "−0.40"),
            ("931", "931.00"),
            ("1000", "1,000.00"),
            ("0.123456", "0.123456"),
        ] {
            assert_eq!(figure(value.parse().unwrap()), shown);
        }
    }
}
