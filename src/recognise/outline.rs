//! Which rows without codes stand below which: a list of names in print order becomes a tree.
//!
//! Codes are often left out, and what tells the levels in print (indentation, bold type) is lost. Two things are left: the
//! names of the classification, each of which has a level, and the arithmetic, since every row is the sum of those
//! below it. The search takes the tree that both bear out best. A name that the classification does not know may stand
//! anywhere; the sums decide.

use std::rc::Rc;

use super::names;
use crate::amount::{Amount, Interval};
use crate::classification;
use rust_decimal::Decimal;

/// Levels below the outermost that a list can have: 类, 款, 项 and one more.
const DEEPEST: usize = 3;
/// How many trees are kept while the rows come in.
const BEAM: usize = 48;
/// How many are kept to find a tree that the best one cannot cost more than.
const FEW: usize = 4;
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
    /// The codes that its name has in either classification.
    codes: &'static [&'static str],
    /// Its amounts, one a column.
    amounts: Vec<Option<&'a Amount>>,
}

impl<'a> Entry<'a> {
    /// A row by its name and amounts, one a column.
    pub(super) fn new(name: &str, amounts: Vec<Option<&'a Amount>>) -> Self {
        Self { codes: classification::codes_named(&names::bare(name)), amounts }
    }
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
        let known = |entry: &&Entry| entry.codes.iter().any(|code| code.starts_with(first));
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

/// The tree of a list whose names are from a classification; `total` is what the outermost rows add up to. `None` where
/// nothing bears it out: a list of classes only, names of which few are known, too many sums that do not come out.
pub(super) fn of(entries: &[Entry], total: Option<&[Option<&Amount>]>) -> Option<Outline> {
    if entries.len() < 2 || entries.len() > MOST_ROWS {
        return None;
    }
    let names = names_of(entries);
    let width = entries.iter().map(|entry| entry.amounts.len()).max().unwrap_or(0).min(MOST_COLUMNS);
    let best = Search::new(entries, names, width).run(total)?;
    let (mut levels, mut named): (Vec<u8>, Vec<bool>) =
        best.placed().map(|placed| (placed.level, placed.named)).unzip();
    levels.reverse();
    named.reverse();
    let outline = Outline { levels, named, failing: best.failing, holding: best.holding };
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
    /// Shared by the trees that have put the same rows below it.
    sums: Rc<[Interval]>,
}

/// A tree of the rows so far.
#[derive(Clone, Debug)]
struct Tree {
    cost: u32,
    misplaced: usize,
    open: Vec<Open>,
    /// Where the rows so far stand, the last one first.
    placed: Option<Rc<Placed>>,
    failing: Vec<usize>,
    holding: usize,
    top: Rc<[Interval]>,
    /// Whether the outermost rows add up to the total.
    open_total: bool,
}

/// Where a row was put, and where the rows before it: trees that began alike share these.
#[derive(Debug)]
struct Placed {
    level: u8,
    named: bool,
    before: Option<Rc<Placed>>,
}

impl Tree {
    /// Where the rows stand, the last one first.
    fn placed(&self) -> impl Iterator<Item = &Placed> {
        std::iter::successors(self.placed.as_deref(), |placed| placed.before.as_deref())
    }
}

/// A tree that another becomes with the next row.
#[derive(Clone, Copy, Debug)]
struct Next {
    /// What the new tree costs.
    cost: u32,
    /// Which tree it grows from.
    from: usize,
    /// On which level the row stands.
    level: usize,
}

struct Search {
    /// The codes of the classification that each row may have by its name.
    codes: Vec<Vec<&'static str>>,
    /// The amounts of each row.
    amounts: Vec<Vec<Interval>>,
    names: Names,
    /// What a row has below it at first.
    nothing: Rc<[Interval]>,
}

fn interval(amount: Option<&Amount>) -> Interval {
    amount.map_or(Interval::exactly(Decimal::ZERO), Amount::interval)
}

impl Search {
    fn new(entries: &[Entry], names: Names, width: usize) -> Self {
        let amounts =
            |entry: &Entry| (0..width).map(|column| interval(entry.amounts.get(column).copied().flatten())).collect();
        let firsts: &[char] = match names {
            Names::Function => &['2'],
            Names::Economic => &['3', '5'],
            Names::Unknown => &[],
        };
        let codes = |entry: &Entry| entry.codes.iter().copied().filter(|code| code.starts_with(firsts)).collect();
        Self {
            codes: entries.iter().map(codes).collect(),
            amounts: entries.iter().map(amounts).collect(),
            names,
            nothing: vec![Interval::exactly(Decimal::ZERO); width].into(),
        }
    }

    fn amounts(&self, row: usize) -> &[Interval] {
        self.amounts.get(row).map(Vec::as_slice).unwrap_or_default()
    }

    /// The cheapest tree. Rows that add up leave few that are worth keeping: what costs more than a tree that was found
    /// quickly is left out, and only where nothing else is left all are searched.
    fn run(&self, total: Option<&[Option<&Amount>]>) -> Option<Tree> {
        let quick = self.within(u32::MAX, FEW, total)?;
        self.within(quick.cost, BEAM, total).or_else(|| self.within(u32::MAX, BEAM, total))
    }

    /// The cheapest tree of those that cost no more than `bound`, with the `kept` cheapest at every row.
    fn within(&self, bound: u32, kept: usize, total: Option<&[Option<&Amount>]>) -> Option<Tree> {
        let start = Tree {
            cost: 0,
            misplaced: 0,
            open: Vec::new(),
            placed: None,
            failing: Vec::new(),
            holding: 0,
            top: Rc::clone(&self.nothing),
            open_total: false,
        };
        let mut beam = vec![start];
        for row in 0..self.amounts.len() {
            let mut next: Vec<Next> = Vec::with_capacity(beam.len() * (DEEPEST + 1));
            for (from, tree) in beam.iter().enumerate() {
                let levels = 0..=tree.open.len().min(DEEPEST);
                let mut failing = [false; DEEPEST + 1];
                for (fails, open) in failing.iter_mut().zip(&tree.open) {
                    *fails = self.fails(tree, open);
                }
                let grown = levels.map(|level| Next { cost: self.cost(tree, &failing, row, level), from, level });
                next.extend(grown.filter(|next| next.cost <= bound));
            }
            // Only what is kept is made.
            next.sort_by_key(|next| next.cost);
            next.truncate(kept);
            beam = next.iter().map(|next| self.with(&beam[next.from], row, next.level)).collect();
        }
        for tree in &mut beam {
            self.close(tree, 0);
            if total.is_none() {
                // Without a total one row stands for the whole.
                tree.open_total = tree.placed().filter(|placed| placed.level == 0).take(2).count() == 1;
                if self.names == Names::Unknown && !tree.open_total {
                    tree.cost = tree.cost.saturating_add(NO_SUM);
                }
            }
            if let Some(total) = total {
                let mut whole = total.iter().map(|amount| interval(*amount)).zip(&*tree.top);
                tree.open_total = whole.all(|(whole, sum)| whole.meets(sum));
                tree.cost = tree.cost.saturating_add(if tree.open_total { 0 } else { NO_SUM });
            }
        }
        beam.into_iter().filter(|tree| tree.cost <= bound).min_by_key(|tree| tree.cost)
    }

    /// What [`with`](Self::with) makes a tree cost; `failing` says which of its open rows fail where they end.
    fn cost(&self, tree: &Tree, failing: &[bool], row: usize, level: usize) -> u32 {
        let ended = failing.iter().skip(level).map(|&fails| if fails { NO_SUM } else { 0 }).sum::<u32>();
        let parent = level.checked_sub(1).and_then(|above| tree.open.get(above));
        let (.., cost) = self.named(parent, row, level);
        let passed = parent.is_some_and(|parent| {
            !tree.failing.contains(&parent.row) && self.is_passed(parent.row, self.plus(&parent.sums, row))
        });
        tree.cost.saturating_add(ended).saturating_add(cost).saturating_add(if passed { NO_SUM } else { 0 })
    }

    /// Sums with the amounts of one more row.
    fn plus<'s>(&'s self, sums: &'s [Interval], row: usize) -> impl Iterator<Item = Interval> + 's {
        sums.iter().zip(self.amounts(row)).map(|(sum, amount)| sum.plus(*amount).unwrap_or(*sum))
    }

    /// Whether a row is already less than the sums of the rows below it.
    fn is_passed(&self, row: usize, sums: impl Iterator<Item = Interval>) -> bool {
        sums.zip(self.amounts(row)).any(|(sum, whole)| sum.low > whole.high)
    }

    /// Whether a row that ends here is newly known not to be the sum of those below it.
    fn fails(&self, tree: &Tree, open: &Open) -> bool {
        open.children > 0 && !self.comes_out(open) && !tree.failing.contains(&open.row)
    }

    fn comes_out(&self, open: &Open) -> bool {
        open.sums.iter().zip(self.amounts(open.row)).all(|(sum, whole)| whole.meets(sum))
    }

    /// The tree with the next row put on `level`.
    fn with(&self, tree: &Tree, row: usize, level: usize) -> Tree {
        let mut tree = tree.clone();
        self.close(&mut tree, level);
        let (code, named, cost) = self.named(tree.open.last(), row, level);
        tree.cost = tree.cost.saturating_add(cost);
        tree.misplaced += usize::from(cost >= WRONG_LEVEL);
        match tree.open.last_mut() {
            Some(parent) => {
                parent.children += 1;
                parent.sums = self.plus(&parent.sums, row).collect();
                // A parent that is passed already will not come out: pay now, so that the beam keeps what can.
                if self.is_passed(parent.row, parent.sums.iter().copied()) && !tree.failing.contains(&parent.row) {
                    tree.failing.push(parent.row);
                    tree.cost = tree.cost.saturating_add(NO_SUM);
                }
            }
            None => tree.top = self.plus(&tree.top, row).collect(),
        }
        let (level, before) = (u8::try_from(level).unwrap_or(u8::MAX), tree.placed.take());
        tree.placed = Some(Rc::new(Placed { level, named, before }));
        tree.open.push(Open { row, code, children: 0, sums: Rc::clone(&self.nothing) });
        tree
    }

    /// Ends the rows that are open on `level` and below it.
    fn close(&self, tree: &mut Tree, level: usize) {
        while tree.open.len() > level {
            let Some(open) = tree.open.pop() else { break };
            if open.children == 0 {
                continue;
            }
            if self.comes_out(&open) {
                tree.holding += usize::from(open.children > 1);
            } else if !tree.failing.contains(&open.row) {
                tree.failing.push(open.row);
                tree.cost = tree.cost.saturating_add(NO_SUM);
            }
        }
    }

    /// The code that a row has by its name on `level` below `parent`, whether its name belongs on that level, and what it
    /// costs to stand there.
    fn named(&self, parent: Option<&Open>, row: usize, level: usize) -> (Option<&'static str>, bool, u32) {
        if self.names == Names::Unknown {
            return (None, false, 0);
        }
        let Some(known) = self.codes.get(row) else { return (None, false, 0) };
        let above = parent.and_then(|open| open.code);
        let digits = 3 + 2 * level;
        let on_level = || known.iter().copied().filter(|code| code.len() == digits);
        let fits = on_level().find(|code| level == 0 || above.is_none_or(|above| code.starts_with(above)));
        match fits {
            Some(code) => (Some(code), true, 0),
            // Every class is known: an unknown name is none. Names of groups and items stand for others too.
            None if level == 0 => (None, false, WRONG_LEVEL),
            // 行政运行 is an item of every group, those that were never read too.
            None if on_level().next().is_some() && digits > CLASS + 2 => (None, true, 0),
            None if known.iter().all(|code| code.len() == CLASS) && !known.is_empty() => (None, false, WRONG_LEVEL),
            None => (None, false, u32::from(!known.is_empty())),
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
        let entries: Vec<Entry> =
            rows.iter().zip(&amounts).map(|((name, _), amount)| Entry::new(name, vec![amount.as_ref()])).collect();
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
