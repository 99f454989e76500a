//! T25: the amounts of a row's 测算依据 sum to its 金额.

use rust_decimal::Decimal;

use crate::amount::{Amount, Unit};
use crate::disclosure::{Message, TableKind, Value};
use crate::rules::sight::TableAt;
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};
use crate::spelling::folded;

/// A form of a project, down to the detail of its money.
macro_rules! head {
    () => {
        "# 甲局2024年项目申报表\n\n## 项目支出绩效目标表\n\n单位：万元\n\n\
        | 项目活动 | 活动内容表述 | 支出经济分类 | 金额 | 测算依据及说明 |\n|---|---|---|---|---|\n\
        | 日常运维 | 系统维护 | 委托业务费 | 5.00 | 合同价。 |\n"
    };
}

/// The amounts of a row's 测算依据 sum to its 金额.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "T25",
    title: ("测算依据所列金额之和等于该行金额", "what a row is worked out from sums to its amount"),
    family: Family::WithinTable,
    severity: Severity::Warning,
    basis: (
        "测算依据把一项支出逐条列完的，各条金额相加应等于该行的金额。",
        "Where the basis of an amount lists everything that it is made of, the amounts listed sum to it.",
    ),
    explain: (
        "如金额 413，测算依据“1.……178万元；2.……235万元”。只在从 1 起连续编号、每条正好写一个金额时核对；写了“其中”“约”“等”“×”或每人多少的不核对。",
        "For instance amount 413 and basis “1. … 178万元; 2. … 235万元”. Checked only where the items are numbered from 1 on and each has exactly one amount; what has 其中, 约, 等, × or a price each is not.",
    ),
    holds: concat!(head!(), "| 宣传活动 | 培训和展览 | 委托业务费 | 41.30 | 1.培训班17.80万元；2.展览23.50万元。 |\n"),
    breaks: concat!(head!(), "| 宣传活动 | 培训和展览 | 委托业务费 | 43.10 | 1.培训班17.80万元；2.展览23.50万元。 |\n"),
    spared: concat!(
        head!(),
        "| 宣传活动 | 培训和展览 | 委托业务费 | 43.10 | 1.培训班17.80万元，其中教材1万元；2.展览23.50万元。 |\n"
    ),
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let kinds = [TableKind::PerformanceProject, TableKind::PerformanceWhole, TableKind::ProjectExpenditure];
    kinds.into_iter().flat_map(|kind| scope.present(kind)).flat_map(of_table).collect()
}

fn of_table(t: TableAt<'_>) -> Vec<Instance> {
    let basis = t.table.columns.iter().position(|c| c.header().contains("测算依据") || c.header().contains("测算说明"));
    let amounts: Vec<usize> = t.table.amount_columns().collect();
    let (Some(basis), &[column], Some(unit)) = (basis, amounts.as_slice(), t.table.unit) else { return Vec::new() };
    let mut found = Vec::new();
    for (row, r) in t.rows().filter(|(_, r)| r.doubt.is_none()) {
        let (Some(entry), Some(amount)) = (r.entries.get(basis), r.entries.get(column).and_then(|e| e.amount())) else {
            continue;
        };
        let Value::Text(text) = &entry.value else { continue };
        let Some(sum) = listed(&folded(text)) else { continue };
        let name = r.name.clone().unwrap_or_default();
        found.push(Instance {
            label: Message::new(
                format!("{name}：金额 {}{unit} 与测算依据所列之和 {sum}元", amount.printed()),
                format!("{name}: amount {} {unit}, and the sum of its basis {sum} yuan", amount.printed()),
            ),
            claim: Claim::Fact {
                holds: amount.in_yuan(unit).is_some_and(|yuan| yuan.contains(sum)),
                at: vec![t.cell(row, column), t.cell(row, basis)],
            },
        });
    }
    found
}

/// The sum, in yuan, of the amounts of a list that is numbered from 1 on, each item of it with one amount.
fn listed(text: &str) -> Option<Decimal> {
    /// Words by which an item says more than what it adds, or less.
    const MORE: [&str; 12] = ["其中", "约", "等", "×", "*", "每", "/", "标准", "含", "预计", "不超过", "以上"];
    let mut rest = text.trim_start_matches([':', ' ']);
    let mut sum = Decimal::ZERO;
    let mut items = 0_u32;
    while !rest.is_empty() {
        let number = items.checked_add(1)?;
        rest = behind_number(rest, number)?;
        let end = next_item(rest, number.checked_add(1)?);
        let item = rest.get(..end)?;
        if MORE.iter().any(|word| item.contains(word)) {
            return None;
        }
        sum = sum.checked_add(only_amount(item)?)?;
        items = number;
        rest = rest.get(end..)?;
    }
    (items > 1).then_some(sum)
}

/// What follows the ordinal of an item: `1.`, `1、`, `(1)`.
fn behind_number(text: &str, number: u32) -> Option<&str> {
    let open = text.strip_prefix('(');
    let digits = open.unwrap_or(text);
    let (digits, behind) = digits.split_at(digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len()));
    let ordinal = !digits.starts_with('0') && digits.parse() == Ok(number);
    let marks: &[char] = if open.is_some() { &[')'] } else { &['.', '、'] };
    behind.strip_prefix(marks).filter(|_| ordinal)
}

/// Where the item with a number begins, behind the mark that ends the one before it; the end where there is none.
fn next_item(text: &str, number: u32) -> usize {
    let marks = text.char_indices().filter(|(_, c)| matches!(c, ';' | '。' | ','));
    let mut begins = marks.map(|(at, c)| at + c.len_utf8());
    begins.find(|&at| text.get(at..).is_some_and(|rest| behind_number(rest, number).is_some())).unwrap_or(text.len())
}

/// The only amount of money of an item, in yuan; `None` where there is none, or another figure of money.
fn only_amount(item: &str) -> Option<Decimal> {
    let mut found = None;
    let mut rest = item;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let figure = rest.get(at..)?;
        let end = figure.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(figure.len());
        let (digits, behind) = figure.split_at(end);
        if let Some((unit, _)) = Unit::prefix_of(behind) {
            if found.is_some() {
                return None;
            }
            found = Some(Amount::parse(digits)?.value().checked_mul(unit.in_yuan())?);
        }
        rest = behind;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_added_up_only_where_it_is_plainly_all() {
        let sum = |text: &str| listed(&folded(text)).map(|sum| sum.normalize().to_string());
        assert_eq!(sum("1.甲17.8万元；2.乙23.5万元。").as_deref(), Some("413000"));
        assert_eq!(sum("1、2023年甲700元；2、乙2个共300元").as_deref(), Some("1000"));
        assert_eq!(sum("（1）甲7元。（2）乙3元。").as_deref(), Some("10"));
        assert_eq!(sum("1.甲7.5万元"), None, "one item is no list");
        assert_eq!(sum("1.甲7.5万元；3.乙24.6万元"), None, "an item is missing");
        assert_eq!(sum("1.甲7.5万元；2.乙"), None, "an item has no amount");
        assert_eq!(sum("1.甲7.5万元、丙1万元；2.乙3万元"), None, "an item has two");
        assert_eq!(sum("1.甲3人×5万元；2.乙3万元"), None, "a price each");
        assert_eq!(sum("1.甲约7万元；2.乙3万元"), None, "about so much");
        assert_eq!(sum("用于培训7万元和展览3万元"), None, "not numbered");
    }
}
