//! Which rows without codes stand below which: a list of names in print order becomes a tree.
//!
//! Codes are often left out, and what tells the levels in print (indentation, bold type) is lost. Two things are left: the
//! names of the classification, each of which has a level, and the arithmetic, since every row is the sum of those
//! below it. The search takes the tree that both bear out best. A name that the classification does not know may stand
//! anywhere; the sums decide.

use super::names;
use crate::amount::{Amount, Interval};
use crate::classification;
use rust_decimal::Decimal;

/// Levels below the outermost that a list can have: 类, 款, 项 and one more.
const DEEPEST: usize = 3;
/// How many trees are kept while the rows come in.
const BEAM: usize = 48;
/// Longer lists are not searched; the longest known has some 200 rows.
const MOST_ROWS: usize = 600;
/// More amount columns than this add nothing to the evidence.
const MOST_COLUMNS: usize = 24;
/// What a tree pays for a row that is not the sum of those below it.
const NO_SUM: u32 = 2;
/// What it pays for a name of the classification that stands on the wrong level.
const WRONG_LEVEL: u32 = 3;

/// One row of the list.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// Its amounts, one a column.
    pub(super) amounts: Vec<Option<&'a Amount>>,
}

/// The classification that the names of a list are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// 功能分类
    Function,
    /// 经济分类
    Economic,
    /// None: projects, units.
    Unknown,
}

/// The tree of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outline {
    /// The level of each row, 0 for the outermost.
    pub(super) levels: Vec<u8>,
    /// Whether the classification confirms the level of each row.
    pub(super) named: Vec<bool>,
    /// Rows that are not the sum of the rows below them.
    pub(super) failing: Vec<usize>,
    /// Rows that are the sum of two rows or more, and come out.
    pub(super) holding: usize,
}

/// Which classification most of the names are from.
pub(super) fn names_of(entries: &[Entry]) -> Names {
    let count = |first: &[char]| {
        let known = |entry: &&Entry| candidates(entry.name).iter().any(|code| code.starts_with(first));
        entries.iter().filter(known).count()
    };
    let (function, economic) = (count(&['2']), count(&['3', '5']));
    let most = function.max(economic);
    if most * 5 < entries.len() * 2 {
        Names::Unknown
    } else if function >= economic {
        Names::Function
    } else {
        Names::Economic
    }
}

fn candidates(name: &str) -> &'static [&'static str] {
    classification::codes_named(&names::bare(name))
}

/// The tree of a list whose names are from a classification; `total` is what the outermost rows add up to. `None` where
/// nothing bears it out: a list of classes only, names of which few are known, too many sums that do not come out.
pub(super) fn of(entries: &[Entry], total: Option<&[Option<&Amount>]>) -> Option<Outline> {
    if entries.len() < 2 || entries.len() > MOST_ROWS {
        return None;
    }
    let names = names_of(entries);
    let width = entries.iter().map(|entry| entry.amounts.len()).max().unwrap_or(0).min(MOST_COLUMNS);
    let search = Search { entries, names, width };
    let best = search.run(total)?;
    let outline = Outline { levels: best.levels, named: best.named, failing: best.failing, holding: best.holding };
    let deep = outline.levels.iter().any(|&level| level > 0);
    let accepted = match names {
        Names::Unknown => outline.failing.is_empty() && best.open_total && outline.holding > 0,
        Names::Function | Names::Economic => {
            let known = outline.named.iter().filter(|named| **named).count();
            best.misplaced == 0
                && known * 5 >= entries.len() * 2
                && outline.failing.len() <= (outline.holding / 2).max(1)
        }
    };
    (accepted && deep).then_some(outline)
}

/// A row that rows can still be put below.
#[derive(Clone, Debug)]
struct Open {
    row: usize,
    code: Option<&'static str>,
    children: usize,
    sums: Vec<Interval>,
}

/// A tree of the rows so far.
#[derive(Clone, Debug)]
struct Tree {
    cost: u32,
    misplaced: usize,
    open: Vec<Open>,
    levels: Vec<u8>,
    named: Vec<bool>,
    failing: Vec<usize>,
    holding: usize,
    top: Vec<Interval>,
    /// Whether the outermost rows add up to the total.
    open_total: bool,
}

struct Search<'a> {
    entries: &'a [Entry<'a>],
    names: Names,
    width: usize,
}

impl Search<'_> {
    fn nothing(&self) -> Vec<Interval> {
        vec![Interval::exactly(Decimal::ZERO); self.width]
    }

    fn amounts(&self, row: usize) -> impl Iterator<Item = Interval> + '_ {
        let entry = self.entries.get(row);
        (0..self.width).map(move |column| {
            let amount = entry.and_then(|entry| entry.amounts.get(column)).copied().flatten();
            amount.map_or(Interval::exactly(Decimal::ZERO), Amount::interval)
        })
    }

    fn run(&self, total: Option<&[Option<&Amount>]>) -> Option<Tree> {
        let start = Tree {
            cost: 0,
            misplaced: 0,
            open: Vec::new(),
            levels: Vec::new(),
            named: Vec::new(),
            failing: Vec::new(),
            holding: 0,
            top: self.nothing(),
            open_total: false,
        };
        let mut beam = vec![start];
        for row in 0..self.entries.len() {
            let mut next: Vec<Tree> = Vec::with_capacity(beam.len() * 2);
            for tree in &beam {
                for level in 0..=tree.open.len().min(DEEPEST) {
                    next.push(self.with(tree, row, level));
                }
            }
            next.sort_by_key(|tree| tree.cost);
            next.truncate(BEAM);
            beam = next;
        }
        for tree in &mut beam {
            self.close(tree, 0);
            if total.is_none() {
                // Without a total one row stands for the whole.
                tree.open_total = tree.levels.iter().filter(|&&level| level == 0).take(2).count() == 1;
                if self.names == Names::Unknown && !tree.open_total {
                    tree.cost = tree.cost.saturating_add(NO_SUM);
                }
            }
            if let Some(total) = total {
                let whole =
                    total.iter().map(|amount| amount.map_or(Interval::exactly(Decimal::ZERO), Amount::interval));
                tree.open_total = whole.take(self.width).zip(&tree.top).all(|(whole, sum)| whole.meets(sum));
                tree.cost = tree.cost.saturating_add(if tree.open_total { 0 } else { NO_SUM });
            }
        }
        beam.into_iter().min_by_key(|tree| tree.cost)
    }

    /// The tree with the next row put on `level`.
    fn with(&self, tree: &Tree, row: usize, level: usize) -> Tree {
        let mut tree = tree.clone();
        self.close(&mut tree, level);
        let (code, named, cost) = self.named(&tree, row, level);
        tree.cost = tree.cost.saturating_add(cost);
        tree.misplaced += usize::from(cost >= WRONG_LEVEL);
        let into = match tree.open.last_mut() {
            Some(parent) => {
                parent.children += 1;
                &mut parent.sums
            }
            None => &mut tree.top,
        };
        let mut above = false;
        for (sum, amount) in into.iter_mut().zip(self.amounts(row)) {
            *sum = sum.plus(amount).unwrap_or(*sum);
        }
        if let Some(parent) = tree.open.last() {
            above = parent.sums.iter().zip(self.amounts(parent.row)).any(|(sum, whole)| sum.low > whole.high);
        }
        // A parent that is passed already will not come out: pay now, so that the beam keeps what can.
        if above
            && let Some(parent) = tree.open.last()
            && !tree.failing.contains(&parent.row)
        {
            tree.failing.push(parent.row);
            tree.cost = tree.cost.saturating_add(NO_SUM);
        }
        tree.levels.push(u8::try_from(level).unwrap_or(u8::MAX));
        tree.named.push(named);
        tree.open.push(Open { row, code, children: 0, sums: self.nothing() });
        tree
    }

    /// Ends the rows that are open on `level` and below it.
    fn close(&self, tree: &mut Tree, level: usize) {
        while tree.open.len() > level {
            let Some(open) = tree.open.pop() else { break };
            if open.children == 0 {
                continue;
            }
            let comes_out = open.sums.iter().zip(self.amounts(open.row)).all(|(sum, whole)| whole.meets(sum));
            if comes_out {
                tree.holding += usize::from(open.children > 1);
            } else if !tree.failing.contains(&open.row) {
                tree.failing.push(open.row);
                tree.cost = tree.cost.saturating_add(NO_SUM);
            }
        }
    }

    /// The code that a row has by its name on `level`, whether its name belongs on that level, and what it costs to stand
    /// there.
    fn named(&self, tree: &Tree, row: usize, level: usize) -> (Option<&'static str>, bool, u32) {
        let firsts: &[char] = match self.names {
            Names::Function => &['2'],
            Names::Economic => &['3', '5'],
            Names::Unknown => return (None, false, 0),
        };
        let Some(entry) = self.entries.get(row) else { return (None, false, 0) };
        let above = tree.open.last().and_then(|open| open.code);
        let known = candidates(entry.name);
        let of_list = || known.iter().copied().filter(|code| code.starts_with(firsts));
        let digits = 3 + 2 * level;
        let fits = of_list().find(|code| {
            let below = level == 0 || above.is_none_or(|above| code.starts_with(above));
            code.len() == digits && below
        });
        match fits {
            Some(code) => (Some(code), true, 0),
            // Every class is known: an unknown name is none. Names of groups and items stand for others too.
            None if level == 0 => (None, false, WRONG_LEVEL),
            // 行政运行 is an item of every group, those that were never read too.
            None if of_list().any(|code| code.len() == digits) && digits > CLASS + 2 => (None, true, 0),
            None if of_list().all(|code| code.len() == CLASS) && of_list().next().is_some() => {
                (None, false, WRONG_LEVEL)
            }
            None => (None, false, u32::from(of_list().next().is_some())),
        }
    }
}

/// Digits of a class (类).
const CLASS: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(rows: &[(&str, &str)], total: &str) -> Option<Vec<u8>> {
        let amounts: Vec<Option<Amount>> = rows.iter().map(|(_, amount)| Amount::parse(amount)).collect();
        let entries: Vec<Entry> = rows
            .iter()
            .zip(&amounts)
            .map(|((name, _), amount)| Entry { name, amounts: vec![amount.as_ref()] })
            .collect();
        let total = Amount::parse(total);
        of(&entries, Some(&[total.as_ref()])).map(|outline| outline.levels)
    }

    #[test]
    fn names_and_sums_tell_classes_groups_and_items() {
        let rows = [
            ("一般公共服务支出", "7.00"),
            ("信访事务", "2.00"),
            ("行政运行", "2.00"),
            ("其他一般公共服务支出", "5.00"),
            ("其他一般公共服务支出", "5.00"),
            ("教育支出", "3.00"),
            ("进修及培训", "3.00"),
            ("培训支出", "3.00"),
            ("社会保障和就业支出", "6.00"),
            ("行政事业单位养老支出", "6.00"),
            ("行政单位离退休", "4.00"),
            ("机关事业单位基本养老保险缴费支出", "2.00"),
        ];
        assert_eq!(levels(&rows, "16.00"), Some(vec![0, 1, 2, 1, 2, 0, 1, 2, 0, 1, 2, 2]));
    }

    #[test]
    fn a_list_of_projects_is_told_by_its_sums() {
        let rows = [
            ("通用项目", "28.00"),
            ("办公楼服务", "22.00"),
            ("食堂", "13.00"),
            ("物业", "9.00"),
            ("咨询", "6.00"),
            ("专用项目", "15.00"),
            ("接待", "5.00"),
            ("走访", "10.00"),
        ];
        assert_eq!(levels(&rows, "43.00"), Some(vec![0, 1, 2, 2, 1, 0, 1, 1]));
        let mut wrong = rows;
        wrong[3].1 = "8.00";
        assert_eq!(levels(&wrong, "43.00"), None, "sums alone must all come out");
    }

    #[test]
    fn a_wrong_figure_among_known_names_leaves_the_tree() {
        let rows = [
            ("工资福利支出", "9.00"),
            ("基本工资", "4.00"),
            ("津贴补贴", "5.00"),
            ("商品和服务支出", "6.50"),
            ("办公费", "2.00"),
            ("差旅费", "4.00"),
            ("对个人和家庭的补助", "3.00"),
            ("退休费", "1.00"),
            ("生活补助", "2.00"),
        ];
        assert_eq!(levels(&rows, "18.50"), Some(vec![0, 1, 1, 0, 1, 1, 0, 1, 1]));
    }

    #[test]
    fn classes_alone_have_no_tree() {
        assert_eq!(levels(&[("教育支出", "3.00"), ("卫生健康支出", "2.00")], "5.00"), None);
    }
}
