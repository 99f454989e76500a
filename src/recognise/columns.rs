//! Columns: header paths from a run of header words, what each column holds and measures, and which columns add up to
//! which.

use super::header::{self, Part, Word};
use super::spelling::{Sought, folded, words};
use super::years::{Year, this_year};
use crate::amount::{Amount, Interval};
use crate::disclosure::{Column, ColumnRole, Measure, Side};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// How many layouts of one header are compared.
const MOST_LAYOUTS: usize = 24;
/// How often a layout may leave the likeliest reading of a word.
const MOST_DEVIATIONS: u8 = 1;
/// Amount headers of one table; 收入总表 has 21 words. A longer run is no header, and is not searched.
const MOST_WORDS: usize = 64;

/// A column of a table with the sum that it stands for, as indexes into the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    /// The total.
    pub(super) total: usize,
    /// What it is the sum of.
    pub(super) parts: Vec<usize>,
}

impl Sum {
    /// Whether the amounts of a row satisfy it, rounding granted. Blank counts as nothing. `None` where nothing is
    /// printed in any of its columns.
    pub(super) fn holds<'a>(&self, amount: impl Fn(usize) -> Option<&'a Amount>) -> Option<bool> {
        let zero = Interval::exactly(Decimal::ZERO);
        let mut sum = zero;
        let mut printed = false;
        for part in &self.parts {
            if let Some(amount) = amount(*part) {
                printed = true;
                sum = sum.plus(amount.interval())?;
            }
        }
        let total = amount(self.total);
        if total.is_none() && !printed {
            return None;
        }
        let total = total.map_or(zero, Amount::interval);
        Some(total.low <= sum.high && sum.low <= total.high)
    }
}

/// The columns with roles and measures. `figures(i)` says whether the cells of column `i` are figures, where the header
/// says nothing; `None` where the column is blank throughout.
pub(super) fn of(paths: &[Vec<String>], figures: impl Fn(usize) -> Option<bool>) -> Vec<Column> {
    let two_sided = is_two_sided(paths);
    let part = |path: &[String]| path.iter().rev().find_map(|text| header::part_of(text));
    // 项目 for 项目支出, beside 基本: the names stand in a column before it.
    let named = paths.iter().position(|path| matches!(part(path), Some(Part::Name)));
    let is_project = |index: usize, path: &[String]| {
        path.last().is_some_and(|text| folded(text) == "项目")
            && named.is_some_and(|named| named < index)
            && figures(index) == Some(true)
    };
    let roles: Vec<ColumnRole> = paths
        .iter()
        .enumerate()
        .map(|(index, path)| match part(path) {
            _ if path.last().is_some_and(|text| is_percent(text)) => ColumnRole::Percent,
            _ if is_project(index, path) => ColumnRole::Amount,
            Some(Part::Code) => ColumnRole::Code,
            Some(Part::Name | Part::LabelGroup) => ColumnRole::Name,
            Some(Part::Sequence) => ColumnRole::Sequence,
            Some(Part::Amount | Part::Side) if figures(index) != Some(false) => ColumnRole::Amount,
            None if figures(index) == Some(true) => ColumnRole::Amount,
            Some(_) | None => ColumnRole::Text,
        })
        .collect();
    let amount_paths: Vec<&[String]> = paths
        .iter()
        .zip(&roles)
        .filter(|(_, role)| matches!(role, ColumnRole::Amount | ColumnRole::Percent))
        .map(|(path, _)| path.as_slice())
        .collect();
    let wrapper = if two_sided { usize::from(true) } else { shared_prefix(&amount_paths) };
    let this = this_year(amount_paths.iter().filter(|path| path.len() > 1).filter_map(|path| Year::of(path.first()?)));
    let by_fund = is_by_fund(&amount_paths);
    let column = |path: &Vec<String>, role: ColumnRole| {
        let of_year = path.first().filter(|_| path.len() > 1).and_then(|top| Year::of(top));
        // Beside this year's columns, those of another year and the changes measure nothing of this disclosure.
        if this.is_some() && of_year.is_some() && of_year != this && role == ColumnRole::Amount {
            return Column { path: path.clone(), role, measure: None, group: None };
        }
        let wrapper = if this.is_some() && of_year.is_some() { wrapper.max(1) } else { wrapper };
        let own = path.get(wrapper.min(path.len().saturating_sub(1))..).unwrap_or_default();
        let (mut measure, mut group) = (None, None);
        if role == ColumnRole::Amount {
            let mut inner = own;
            // 因公出国（境）费/政府性基金预算 is no more than that: the three public expenses are those of 一般公共预算.
            if by_fund && let [outer @ .., fund] = inner {
                match header::measure_of(fund) {
                    Some(Measure::GovernmentFund | Measure::StateCapital) => {
                        return Column { path: path.clone(), role, measure: None, group: None };
                    }
                    Some(Measure::GeneralPublic) => inner = outer,
                    _ => {}
                }
            }
            // 因公出国（境）费/决算数 measures what stands above the stage.
            if let [outer @ .., last] = inner
                && header::is_stage(last)
                && outer.last().is_some_and(|above| header::measure_of(above).is_some() && !header::is_stage(above))
            {
                inner = outer;
            }
            if let [outer @ .., last] = inner
                && header::is_total(last)
                && !outer.is_empty()
            {
                inner = outer;
            }
            if let [outer @ .., last] = inner {
                measure = header::measure_of(last);
                group = outer.iter().rev().find_map(|text| header::measure_of(text));
                if group == Some(Measure::Vehicles) {
                    measure = measure.or_else(|| header::vehicle_part(last));
                }
            }
        }
        Column { path: path.clone(), role, measure, group }
    };
    let mut columns: Vec<Column> = paths.iter().zip(roles).map(|(path, role)| column(path, role)).collect();
    vehicles_of_three(&mut columns);
    columns
}

/// 公务用车费 beside the other two of the three public expenses, where it does not say that it is purchase and running.
fn vehicles_of_three(columns: &mut [Column]) {
    let has = |wanted: Measure| columns.iter().any(|column| column.measure == Some(wanted));
    if !has(Measure::Abroad) || !has(Measure::Reception) || has(Measure::Vehicles) {
        return;
    }
    let unnamed = |column: &&mut Column| {
        let own = column.path.last().map(|text| folded(text)).unwrap_or_default();
        let whole = ["费小计", "用车小计", "用车费", "用车费用", "用车经费"].iter().any(|end| own.ends_with(end));
        column.role == ColumnRole::Amount && column.measure.is_none() && own.contains("用车") && whole
    };
    let mut found: Vec<&mut Column> = columns.iter_mut().filter(unnamed).collect();
    if let [only] = found.as_mut_slice() {
        only.measure = Some(Measure::Vehicles);
    }
}

/// Whether the three public expenses are each split by fund (因公出国（境）费/一般公共预算 | 因公出国（境）费/政府性基金预算 …).
fn is_by_fund(paths: &[&[String]]) -> bool {
    let split = |wanted: Measure| {
        let of_fund = |path: &&&[String]| match path {
            [.., outer, fund] => {
                header::measure_of(outer) == Some(wanted)
                    && header::measure_of(fund).is_some_and(|m| Measure::FUNDS.contains(&m))
            }
            _ => false,
        };
        paths.iter().filter(of_fund).count() >= 2
    };
    split(Measure::Abroad) && split(Measure::Reception)
}

fn is_percent(text: &str) -> bool {
    let text = folded(text);
    Sought::new(&text).has_any(words![
        "%",
        "占比",
        "比重",
        "增长率",
        "增减率",
        "变动率",
        "完成率",
        "执行率",
        "增幅",
        "幅度",
        "比例",
    ])
}

/// How many leading headers all paths share, leaving each at least one.
fn shared_prefix(paths: &[&[String]]) -> usize {
    let Some((first, rest)) = paths.split_first() else {
        return 0;
    };
    if rest.is_empty() {
        return 0;
    }
    let shared = rest.iter().map(|path| first.iter().zip(*path).take_while(|(a, b)| a == b).count());
    let shortest = paths.iter().map(|path| path.len()).min().unwrap_or(0);
    shared.min().unwrap_or(0).min(shortest.saturating_sub(1))
}

/// Whether the columns are two tables side by side, revenue and expenditure: each with names of its own.
pub(super) fn is_two_sided(paths: &[Vec<String>]) -> bool {
    let is_name = |path: &Vec<String>| path.last().is_some_and(|own| header::part_of(own) == Some(Part::Name));
    let has = |wanted: Side| {
        paths.iter().filter(|path| path.len() > 1).any(|path| match path.first() {
            Some(top) => side_of(top) == Some(wanted) && (is_name(path) || begins_with_side(top)),
            None => false,
        })
    };
    has(Side::Revenue) && has(Side::Expenditure)
}

fn begins_with_side(top: &str) -> bool {
    let top = folded(top);
    top.starts_with("收入") || top.starts_with("支出")
}

/// The side that a header over a block of columns names (收入, 本年收入, 财政拨款支出).
pub(super) fn side_of(top: &str) -> Option<Side> {
    let top = folded(top);
    let names = |word: &str| top.starts_with(word) || top.ends_with(word);
    match (names("收入"), names("支出")) {
        (true, false) => Some(Side::Revenue),
        (false, true) => Some(Side::Expenditure),
        _ => None,
    }
}

/// The sums that the header itself states: 合计 = its columns, 小计 = the members of its group.
pub(super) fn sums(columns: &[Column]) -> Vec<Sum> {
    let leaves: Vec<(usize, &[String])> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.role == ColumnRole::Amount)
        .map(|(index, column)| (index, column.path.as_slice()))
        .collect();
    let mut sums = Vec::new();
    let paths: Vec<Vec<String>> = columns.iter().map(|column| column.path.clone()).collect();
    if !is_two_sided(&paths) {
        value_of(&leaves, 0, columns, &mut sums);
    }
    sums
}

/// The columns that stand for the value of a group: its total if it has one, else all its parts. Adds the group's sums.
fn value_of(leaves: &[(usize, &[String])], depth: usize, columns: &[Column], sums: &mut Vec<Sum>) -> Vec<usize> {
    let mut total = None;
    let mut parts: Vec<usize> = Vec::new();
    let mut complete = true;
    let mut at = 0;
    while at < leaves.len() {
        let (index, path) = leaves[at];
        let Some(name) = path.get(depth) else {
            at += 1;
            continue;
        };
        let same = leaves[at..].iter().take_while(|(_, other)| other.get(depth) == Some(name)).count();
        if path.len() == depth + 1 {
            let outermost = columns[index].measure == Some(Measure::ThreePublic) && columns[index].group.is_none();
            if total.is_none() && (header::is_total(name) || outermost) {
                total = Some(index);
            } else {
                parts.push(index);
            }
            complete &= !is_of_which(name);
            at += 1;
        } else {
            complete &= !is_of_which(name);
            parts.extend(value_of(&leaves[at..at + same], depth + 1, columns, sums));
            at += same;
        }
    }
    match total {
        Some(total) => {
            let mut parts = parts;
            if columns[total].measure == Some(Measure::ThreePublic) {
                let own = |part: &usize| {
                    let column = &columns[*part];
                    let measures = [Measure::Abroad, Measure::Vehicles, Measure::Reception];
                    column.measure.is_some_and(|own| measures.contains(&own))
                };
                // 会议费 and 培训费 stand beside the three.
                if parts.iter().any(own) {
                    parts.retain(own);
                }
            }
            if complete && parts.len() > 1 {
                sums.push(Sum { total, parts });
            }
            vec![total]
        }
        None => parts,
    }
}

/// Whether a column tells of a part or a variant of its neighbours (其中…, 扣除基建后…) and is no addend beside them.
fn is_of_which(name: &str) -> bool {
    let name = folded(name);
    name.contains("其中") || name.starts_with("扣除")
}

/// The header paths that a run of header words can mean, likeliest first. `width` is the number of amount columns that
/// the rows show, if there are rows: layouts of that width come before wider ones, narrower ones are left out.
pub(super) fn layouts(words: &[Word], width: Option<usize>) -> Vec<Vec<Vec<String>>> {
    let mut labels: Vec<Vec<String>> = Vec::new();
    let mut trailing: Vec<Vec<String>> = Vec::new();
    let mut label_group: Option<&Word> = None;
    let codes = words.iter().filter(|word| word.part == Some(Part::Code)).count();
    let mut amounts: Vec<&Word> = Vec::new();
    for word in words {
        match word.part {
            Some(Part::LabelGroup) => label_group = Some(word),
            // 类款项 below 科目编码 are the pieces of one code.
            Some(Part::Code) if is_code_pieces(&word.text) && codes > 1 => {}
            Some(Part::Code | Part::Name | Part::Text | Part::Sequence) => {
                let mut path: Vec<String> = label_group.iter().map(|group| group.text.clone()).collect();
                path.push(word.text.clone());
                if folded(&word.text) == "备注" { trailing.push(path) } else { labels.push(path) }
            }
            Some(Part::Amount | Part::Side) => amounts.push(word),
            None => {
                // An unknown word before any amount header names the rows, one after it an amount.
                if amounts.is_empty() && width.is_some() {
                    labels.push(vec![word.text.clone()]);
                } else {
                    amounts.push(word);
                }
            }
        }
    }
    // 项目 before a code and another name is the header over them.
    let part = |path: &Vec<String>| path.last().and_then(|own| header::part_of(own));
    if let [first, rest @ ..] = labels.as_slice()
        && first.len() == 1
        && folded(&first[0]) == "项目"
        && rest.iter().any(|path| part(path) == Some(Part::Code))
        && rest.iter().any(|path| part(path) == Some(Part::Name))
    {
        let group = labels.remove(0);
        for path in &mut labels {
            path.insert(0, group[0].clone());
        }
    }
    if let Some(group) = label_group
        && !labels.iter().any(|path| path.len() > 1)
    {
        labels.push(vec![group.text.clone()]);
    }
    amounts.truncate(MOST_WORDS);
    let letters: Vec<Cow<str>> = amounts.iter().map(|word| folded(&word.text)).collect();
    let may_stand_below =
        |group: usize, child: usize| header::may_stand_below(&amounts[group].text, &amounts[child].text);
    let below: Vec<Vec<bool>> =
        (0..amounts.len()).map(|child| (0..child).map(|group| may_stand_below(group, child)).collect()).collect();
    let mut search = Search { letters: &letters, below: &below, parents: Vec::new(), found: Vec::new() };
    search.go(None, 0);
    let mut layouts: Vec<Vec<Vec<String>>> = Vec::new();
    let mut add = |paths: Vec<Vec<String>>| {
        if width.is_none_or(|width| paths.len() >= width) && !layouts.contains(&paths) {
            layouts.push(paths);
        }
    };
    for parents in &search.found {
        add(flatten(&amounts, parents));
    }
    for parents in &search.found {
        for order in orders(&amounts, parents) {
            add(flatten_in(&amounts, parents, &order));
        }
    }
    layouts.sort_by_key(|paths| width.map_or(0, |width| paths.len() - width));
    layouts.truncate(MOST_LAYOUTS);
    layouts.into_iter().map(|paths| [labels.clone(), paths, trailing.clone()].concat()).collect()
}

/// Whether a header word names the pieces of a code, one column each.
pub(super) fn is_code_pieces(text: &str) -> bool {
    matches!(folded(text).as_ref(), "类款项" | "类款")
}

/// The search for the parents of amount headers: groups may be printed before all children or each before its own.
struct Search<'a> {
    /// The words, folded.
    letters: &'a [Cow<'a, str>],
    /// `below[child][group]`: whether the vocabulary lets the one stand below the other.
    below: &'a [Vec<bool>],
    parents: Vec<Option<usize>>,
    found: Vec<Vec<Option<usize>>>,
}

impl Search<'_> {
    /// Places the next word. `current` is the group that got the latest child: children never go back to an earlier
    /// one. The likeliest group of a word is the current one, then the next that takes it.
    fn go(&mut self, current: Option<usize>, deviations: u8) {
        if self.found.len() >= MOST_LAYOUTS {
            return;
        }
        let at = self.parents.len();
        let Some(word) = self.letters.get(at) else {
            // A group of one is no group, unless it is all there is.
            let lonely = (0..at).any(|group| self.parents.iter().filter(|p| **p == Some(group)).count() == 1);
            if !lonely || at <= 2 {
                self.found.push(self.parents.clone());
            }
            return;
        };
        let total = header::is_total(word);
        let takes = |group: &usize| {
            let mut children = (0..at).filter(|child| self.parents[*child] == Some(*group)).peekable();
            self.below[at][*group]
                && !(total && children.peek().is_some())
                && !children.any(|child| self.letters[child] == *word)
        };
        let groups: Vec<usize> = (current.unwrap_or(0)..at).filter(takes).collect();
        let fits_current = current.is_some() && groups.first() == current.as_ref();
        let root = !(fits_current || word == "小计" && at > 0);
        let choices = groups.into_iter().map(Some).chain(root.then_some(None));
        for (cost, choice) in (0_u8..).zip(choices) {
            let spent = deviations.saturating_add(u8::from(cost > 0));
            if spent > MOST_DEVIATIONS {
                break;
            }
            self.parents.push(choice);
            self.go(choice.or(current), spent);
            self.parents.pop();
        }
    }
}

/// Other orders of the outermost headers: a group is printed a line above its neighbours, so that its place among them is
/// lost; each group in turn at every other place, the usual order of the forms first.
fn orders(words: &[&Word], parents: &[Option<usize>]) -> Vec<Vec<usize>> {
    let roots: Vec<usize> = (0..parents.len()).filter(|index| parents[*index].is_none()).collect();
    let groups = roots.iter().copied().filter(|root| parents.contains(&Some(*root)));
    let moved = |group: usize| {
        let others: Vec<usize> = roots.iter().copied().filter(|root| *root != group).collect();
        (0..=others.len()).map(move |at| {
            let mut order = others.clone();
            order.insert(at, group);
            order
        })
    };
    let mut orders: Vec<Vec<usize>> = groups.flat_map(moved).collect();
    let measures: Vec<Option<Measure>> = words.iter().map(|word| header::measure_of(&word.text)).collect();
    // The measures are declared in the order in which the forms print them.
    let unusual = |order: &Vec<usize>| {
        let known: Vec<Measure> = order.iter().filter_map(|index| measures[*index]).collect();
        known.iter().enumerate().map(|(at, own)| known[at..].iter().filter(|later| *later < own).count()).sum::<usize>()
    };
    orders.sort_by_key(unusual);
    orders
}

/// The paths of the leaves, children in place of their groups.
fn flatten(words: &[&Word], parents: &[Option<usize>]) -> Vec<Vec<String>> {
    let roots: Vec<usize> = (0..parents.len()).filter(|index| parents[*index].is_none()).collect();
    flatten_in(words, parents, &roots)
}

/// [`flatten`] with the outermost headers in the given order.
fn flatten_in(words: &[&Word], parents: &[Option<usize>], roots: &[usize]) -> Vec<Vec<String>> {
    fn below(
        words: &[&Word],
        parents: &[Option<usize>],
        parent: Option<usize>,
        path: &[String],
        out: &mut Vec<Vec<String>>,
    ) {
        for (index, word) in words.iter().enumerate().filter(|(index, _)| parents[*index] == parent) {
            let mut own = path.to_vec();
            own.push(word.text.clone());
            if parents.contains(&Some(index)) {
                below(words, parents, Some(index), &own, out);
            } else {
                out.push(own);
            }
        }
    }
    let mut out = Vec::new();
    for root in roots {
        let path = [words[*root].text.clone()];
        if parents.contains(&Some(*root)) {
            below(words, parents, Some(*root), &path, &mut out);
        } else {
            out.push(path.to_vec());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str, width: usize) -> Vec<String> {
        let layouts = layouts(&header::words(text), Some(width));
        layouts.first().map(|paths| paths.iter().map(|path| path.join("/")).collect()).unwrap_or_default()
    }

    #[test]
    fn groups_printed_before_their_children() {
        assert_eq!(
            first(
                "项目编码 项目名称 项目单位 合计\n本年拨款 财政拨款结转结余 财政\n专户\n管理\n资金\n单位\n资金一般公共\n预算\n政府性\n基金预\n算\n国有资\n本经营\n预算\n一般\n公共\n预算\n政府性\n基金预\n算\n国有资\n本经营\n预算",
                9
            ),
            [
                "项目编码",
                "项目名称",
                "项目单位",
                "合计",
                "本年拨款/一般公共预算",
                "本年拨款/政府性基金预算",
                "本年拨款/国有资本经营预算",
                "财政拨款结转结余/一般公共预算",
                "财政拨款结转结余/政府性基金预算",
                "财政拨款结转结余/国有资本经营预算",
                "财政专户管理资金",
                "单位资金",
            ]
        );
    }

    #[test]
    fn a_group_between_columns() {
        assert_eq!(
            first("科目编码 科目名称 合计 基本支出 项目支出 小计 人员经费 公用经费", 5),
            ["科目编码", "科目名称", "合计", "基本支出/小计", "基本支出/人员经费", "基本支出/公用经费", "项目支出"]
        );
        assert_eq!(
            first(
                "“三公”经费合计 因公出国（境）费 公务用车购置及运行费 公务接待费 小计 公务用车购置费 公务用车运行费",
                6
            ),
            [
                "“三公”经费合计",
                "因公出国（境）费",
                "公务用车购置及运行费/小计",
                "公务用车购置及运行费/公务用车购置费",
                "公务用车购置及运行费/公务用车运行费",
                "公务接待费",
            ]
        );
    }

    #[test]
    fn wrappers_do_not_count_as_groups() {
        let layouts = layouts(&header::words("科目编码 科目名称 本年政府性基金预算支出 合计 基本支出 项目支出"), None);
        let columns = of(&layouts[0], |_| None);
        assert_eq!(columns[2].header(), "本年政府性基金预算支出/合计");
        assert_eq!(columns[2].measure, Some(Measure::Total));
        assert_eq!((columns[3].measure, columns[3].group), (Some(Measure::Basic), None));
        assert_eq!(sums(&columns), [Sum { total: 2, parts: vec![3, 4] }]);
    }
}
