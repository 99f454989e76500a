//! Which cells of the tables a named amount of the prose can mean.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError};

use crate::disclosure::{Anchor, Concept, Measure, Row, RowRole, Side, Stage, Statement, StatementKind, TableKind};
use crate::rules::facts::Meant;
use crate::rules::sight::TableAt;
use crate::rules::{Relation, Scope, Term, columns, sides};
use crate::spelling::folded;

/// The amounts of this year that the prose states of something known, with their addresses.
pub(super) fn stated<'a>(scope: &Scope<'a>) -> impl Iterator<Item = (Anchor, &'a Statement)> + use<'a> {
    let disclosure = scope.index();
    scope
        .disclosure()
        .statements
        .iter()
        .zip(0_u32..)
        .filter(|(statement, _)| statement.kind == StatementKind::Amount)
        .map(move |(statement, index)| (Anchor::Statement { disclosure, statement: index }, statement))
}

/// The statement with this index.
pub(super) fn at(scope: &Scope, index: u32) -> Anchor {
    Anchor::Statement { disclosure: scope.index(), statement: index }
}

/// The cells that a concept can mean, the likeliest first. Several cells of one value are one thing told in several
/// tables; several values mean that the words do not say which is meant.
///
/// `None` where it names nothing known.
pub(super) fn meant(scope: &Scope, statement: &Statement) -> Option<Arc<Meant>> {
    statement.concept.as_ref().map(|concept| meant_by(scope, concept))
}

/// Finds out [`meant`] of every amount of this year, which several rules ask for at once.
pub(in crate::rules) fn find_meant(scope: &Scope) {
    for (_, statement) in stated(scope) {
        meant(scope, statement);
    }
}

/// [`meant`], of a concept.
fn meant_by(scope: &Scope, concept: &Concept) -> Arc<Meant> {
    let known = &scope.facts.of(scope.at).meant;
    if let Some(meant) = known.read().unwrap_or_else(PoisonError::into_inner).get(concept) {
        return Arc::clone(meant);
    }
    let cells = named(scope, concept);
    let judge = scope.judge();
    let unlike = unlike(&cells, |&cell| judge.figure(cell).ok());
    let meant = Arc::new(Meant { cells, unlike, priors: OnceLock::new() });
    // Another rule may have found the same meanwhile.
    Arc::clone(known.write().unwrap_or_else(PoisonError::into_inner).entry(concept.clone()).or_insert(meant))
}

/// Of those that print the same the first: whether a figure ties is the same for all of them.
pub(super) fn unlike<T: Copy, P: PartialEq>(all: &[T], prints: impl Fn(&T) -> P) -> Vec<T> {
    let mut seen = Vec::new();
    let mut unlike = Vec::new();
    for one in all {
        let printed = prints(one);
        if !seen.contains(&printed) {
            seen.push(printed);
            unlike.push(*one);
        }
    }
    unlike
}

/// The cells of [`meant`]; none where the statement names nothing known.
pub(in crate::rules) fn cells(scope: &Scope, statement: &Statement) -> Vec<Anchor> {
    meant(scope, statement).map(|meant| meant.cells.clone()).unwrap_or_default()
}

fn named(scope: &Scope, concept: &Concept) -> Vec<Anchor> {
    use TableKind as K;
    let mut found = Cells { scope: *scope, cells: Vec::new() };
    match concept {
        Concept::TotalRevenue => {
            found.side_total(K::RevenueExpenditureSummary, Side::Revenue);
            found.total(K::RevenueSummary, Measure::Total);
        }
        Concept::TotalExpenditure => {
            found.side_total(K::RevenueExpenditureSummary, Side::Expenditure);
            found.total(K::ExpenditureSummary, Measure::Total);
        }
        Concept::TotalBudget => {
            found.side_total(K::RevenueExpenditureSummary, Side::Revenue);
            found.total(K::RevenueSummary, Measure::Total);
            found.total(K::ExpenditureSummary, Measure::Total);
        }
        Concept::FiscalTotal => {
            found.side_total(K::FiscalAppropriationSummary, Side::Revenue);
            // Money from above may stand in the summary alone.
            found.item(K::RevenueExpenditureSummary, Side::Revenue, Measure::Fiscal);
        }
        Concept::Revenue(Measure::Fiscal) => {
            found.side_total(K::FiscalAppropriationSummary, Side::Revenue);
            found.item(K::RevenueExpenditureSummary, Side::Revenue, Measure::Fiscal);
            found.total(K::RevenueSummary, Measure::Fiscal);
            found.item(K::RevenueExpenditureSummary, Side::Revenue, Measure::GeneralPublic);
        }
        Concept::Revenue(measure) => {
            if *measure == Measure::CarriedIn {
                found.item(K::FiscalAppropriationSummary, Side::Revenue, *measure);
            }
            found.item(K::RevenueExpenditureSummary, Side::Revenue, *measure);
            found.total(K::RevenueSummary, *measure);
        }
        Concept::Expenditure(Measure::CarriedOut) => {
            found.item(K::RevenueExpenditureSummary, Side::Expenditure, Measure::CarriedOut);
        }
        Concept::Expenditure(measure) => {
            found.total(K::ExpenditureSummary, *measure);
            found.item(K::RevenueExpenditureSummary, Side::Expenditure, *measure);
            found.item(K::FiscalAppropriationSummary, Side::Expenditure, *measure);
            found.total(K::GeneralPublicExpenditureByFunction, *measure);
            match measure {
                Measure::Basic => found.total(K::BasicExpenditure, Measure::Total),
                Measure::Personnel | Measure::Public => found.total(K::BasicExpenditure, *measure),
                Measure::Project => found.total(K::ProjectExpenditure, Measure::Total),
                _ => {}
            }
        }
        Concept::GeneralPublic(measure) => {
            found.total(K::GeneralPublicExpenditureByFunction, *measure);
            found.item(K::FiscalAppropriationSummary, Side::Expenditure, *measure);
            match measure {
                Measure::Basic => found.total(K::BasicExpenditure, Measure::Total),
                measure => found.total(K::BasicExpenditure, *measure),
            }
        }
        Concept::FundExpenditure(Measure::GeneralPublic) => {
            found.total(K::GeneralPublicExpenditureByFunction, Measure::Total);
            found.total(K::GeneralPublicExpenditureByUnit, Measure::Total);
        }
        Concept::FundExpenditure(Measure::GovernmentFund) => found.fund(K::GovernmentFund),
        Concept::FundExpenditure(Measure::StateCapital) => found.fund(K::StateCapital),
        Concept::ThreePublic(measure) => found.three_public(*measure),
        Concept::Function(code) => {
            for kind in
                [K::ExpenditureSummary, K::GeneralPublicExpenditureByFunction, K::GovernmentFund, K::StateCapital]
            {
                found.coded(kind, RowRole::Function, code);
            }
            if code.len() == 3 {
                found.class(code);
            }
        }
        Concept::Economic(code) => found.coded(K::BasicExpenditure, RowRole::Economic, code),
        Concept::Project(name) => found.project(name),
        Concept::Procurement => found.total(K::Procurement, Measure::Total),
        Concept::ServicePurchase => found.total(K::ServicePurchase, Measure::Total),
        Concept::FundExpenditure(_) | Concept::AgencyOperating | Concept::ProcurementPart(_) => {}
    }
    found.cells
}

/// The cells that amounts without a known name have the figure of, one or several that make it up: what the words only
/// resemble is confirmed where it ties, and refuted nowhere.
pub(super) fn resembling<'a>(scope: &Scope<'a>) -> Vec<(Anchor, &'a Statement, Vec<Anchor>)> {
    let unnamed = || stated(scope).filter(|(_, s)| s.concept.is_none() && s.doubt.is_none() && s.unit.is_some());
    let projects = Projects::new(scope);
    let judge = scope.judge();
    let mut found = Vec::new();
    for (at, statement) in unnamed() {
        let words = folded(&statement.measure);
        let fits = |cells: &[Anchor]| {
            let right = cells.iter().copied().map(Term::plus).collect();
            judge.ties(&super::equation(at, Relation::Equal, right))
        };
        let beside = super::head_of(scope, at).map(|(_, head)| source_below(scope, head, &words)).unwrap_or_default();
        let own;
        let cells: &[Anchor] = if is_of_own_year(&words) {
            own = meant_by(scope, &Concept::Revenue(Measure::GeneralPublic));
            &own.unlike
        } else {
            projects.resembling(&words)
        };
        let one = cells.iter().chain(&beside).map(std::slice::from_ref).find(|cell| fits(cell)).map(<[Anchor]>::to_vec);
        let several = || projects.joined(&words).filter(|cells| fits(cells));
        found.extend(one.or_else(several).map(|cells| (at, statement, cells)));
    }
    found
}

/// 一般公共预算拨款本年收入: the table's item may hold what was carried in, too.
fn is_of_own_year(words: &str) -> bool {
    let own = ["本年收入", "当年拨款收入", "当年财政拨款收入"];
    words.contains("一般公共预算") && own.iter().any(|own| words.ends_with(own))
}

/// The cells that 本年预算 and 上年结转 can mean in the list of an amount: of the general public budget those of the revenue,
/// of 项目支出 the columns of the table of projects.
fn source_below(scope: &Scope, head: &Statement, words: &str) -> Vec<Anchor> {
    let carried = words.contains("结转") || words.contains("结余");
    let of_year = !carried && (words.contains("本年") || words.contains("当年"));
    if !carried && !of_year {
        return Vec::new();
    }
    let of_projects =
        matches!(head.concept, Some(Concept::Expenditure(Measure::Project) | Concept::GeneralPublic(Measure::Project)));
    if of_projects {
        let mut cells = Vec::new();
        for t in scope.present(TableKind::ProjectExpenditure) {
            let Some(row) = t.total_row() else { continue };
            let wanted = |&column: &usize| {
                let Some(c) = t.table.columns.get(column) else { return false };
                let is_carried = c.group == Some(Measure::CarriedIn) || c.measure == Some(Measure::CarriedIn);
                is_carried == carried && (carried || c.measure == Some(Measure::GeneralPublic))
            };
            cells.extend(t.table.amount_columns().filter(wanted).map(|column| t.cell(row, column)));
        }
        return cells;
    }
    let of_fund = head.concept == Some(Concept::FundExpenditure(Measure::GeneralPublic))
        || head.concept.is_none() && folded(&head.measure).contains("一般公共预算");
    if !of_fund {
        return Vec::new();
    }
    let source = if carried { Measure::CarriedIn } else { Measure::GeneralPublic };
    meant_by(scope, &Concept::Revenue(source)).unlike.clone()
}

/// The projects of the tables by their folded names, with their totals.
struct Projects(BTreeMap<String, Vec<Anchor>>);

impl Projects {
    fn new(scope: &Scope) -> Self {
        let found = Cells { scope: *scope, cells: Vec::new() };
        let mut names: BTreeMap<String, Vec<Anchor>> = BTreeMap::new();
        for t in scope.present(TableKind::ProjectExpenditure) {
            let Some(column) = found.column(t, Measure::Total) else { continue };
            for (row, r) in t.rows().filter(|(_, r)| r.role == RowRole::Project && r.doubt.is_none()) {
                if let Some(name) = &r.name {
                    names.entry(folded(name).into_owned()).or_default().push(t.cell(row, column));
                }
            }
        }
        Self(names)
    }

    /// The totals of the only project whose name begins with these words, or is what they begin with; 等 says nothing.
    fn resembling(&self, words: &str) -> &[Anchor] {
        /// Fewer characters begin many names.
        const SHORTEST: usize = 6;
        let words = words.replace('等', "");
        let ends = words.char_indices().map(|(at, _)| at).chain([words.len()]).skip(SHORTEST);
        let mut shorter = ends.filter_map(|end| self.0.get(words.get(..end)?));
        let longer = (words.chars().count() >= SHORTEST).then(|| {
            self.0
                .range(words.clone()..)
                .take_while(|(name, _)| name.starts_with(&words))
                .map(|(_, cells)| cells)
                .take(3)
        });
        let mut found: Vec<&Vec<Anchor>> = longer.into_iter().flatten().collect();
        // The name itself is both.
        found.extend(shorter.by_ref().filter(|cells| !found.contains(cells)).collect::<Vec<_>>());
        match found[..] {
            [only] => only,
            _ => &[],
        }
    }

    /// 甲工程及乙资金: the totals of the projects that the words join, where each is the only one of its words.
    fn joined(&self, words: &str) -> Option<Vec<Anchor>> {
        /// Fewer characters name no project.
        const SHORTEST: usize = 4;
        let pieces: Vec<&str> = words.split(['及', '和', '与', '、']).collect();
        let each = |piece: &&str| match (piece.chars().count() >= SHORTEST).then(|| self.resembling(piece))? {
            [only] => Some(*only),
            _ => None,
        };
        (pieces.len() > 1).then(|| pieces.iter().map(each).collect())?
    }
}

struct Cells<'a> {
    scope: Scope<'a>,
    cells: Vec<Anchor>,
}

impl Cells<'_> {
    fn add(&mut self, cell: Anchor) {
        if !self.cells.contains(&cell) {
            self.cells.push(cell);
        }
    }

    /// The amount column to read in a row: the one asked for; in final accounts the 决算数 where there are several.
    fn column(&self, t: TableAt, measure: Measure) -> Option<usize> {
        let last = |column: usize| {
            t.table
                .columns
                .get(column)
                .is_some_and(|c| c.measure == Some(Measure::FinalAccounts) || c.header().contains("决算"))
        };
        if self.scope.disclosure().stage == Some(Stage::FinalAccounts)
            && let Some(column) = t.table.amount_columns().find(|&c| last(c))
            && measure == Measure::Total
        {
            return Some(column);
        }
        if measure == Measure::Total {
            return columns::total_of(t).or_else(|| only(t.table.amount_columns()));
        }
        columns::column(t.table, measure)
    }

    /// 收入总计 or 支出总计, and the total of the year: some call that one 总计.
    fn side_total(&mut self, kind: TableKind, side: Side) {
        for t in self.scope.present(kind) {
            for list in sides::lists(t).iter().filter(|list| list.side == side) {
                for row in list.grand_total.into_iter().chain(list.year_total) {
                    self.add(t.cell(row, list.column));
                }
            }
        }
    }

    /// An item of a side.
    fn item(&mut self, kind: TableKind, side: Side, measure: Measure) {
        for t in self.scope.present(kind) {
            if let Some(cell) = item(t, side, measure) {
                self.add(cell);
            }
        }
    }

    /// The total row.
    fn total(&mut self, kind: TableKind, measure: Measure) {
        for t in self.scope.present(kind) {
            if let (Some(row), Some(column)) = (t.total_row(), self.column(t, measure)) {
                self.add(t.cell(row, column));
            } else if let Some((row, _)) = t.rows().find(|(_, r)| r.side.is_none() && r.measure == Some(measure))
                && let Some(column) = only(t.table.amount_columns().filter(|&c| t.prints(row, c)))
            {
                // 人员经费合计 and 公用经费合计 at the foot of the form of final accounts.
                self.add(t.cell(row, column));
            }
        }
    }

    /// The total of a fund's own table; without a total row, its outermost row.
    fn fund(&mut self, kind: TableKind) {
        for t in self.scope.present(kind) {
            let row = t.total_row().or_else(|| t.rows().find(|(_, r)| r.role == RowRole::Unit).map(|(at, _)| at));
            if let (Some(row), Some(column)) = (row, self.column(t, Measure::Total)) {
                self.add(t.cell(row, column));
            }
        }
    }

    /// The 三公 table: its amounts stand in columns or in rows.
    fn three_public(&mut self, measure: Measure) {
        let accounts = self.scope.disclosure().stage == Some(Stage::FinalAccounts);
        for t in self.scope.present(TableKind::ThreePublic) {
            let measures = |column: usize, measure: Measure| {
                let c = &t.table.columns[column];
                // 决算数/合计 beside 决算数/因公出国（境）费 measures the three.
                let of_three = measure == Measure::ThreePublic && c.path.len() > 1;
                let whole = of_three && c.measure == Some(Measure::FinalAccounts);
                (whole || c.measure == Some(measure)) && (!accounts || !c.header().contains("预算"))
            };
            let has_column = t.table.amount_columns().any(|c| measures(c, measure));
            let rows: Vec<usize> = t.rows().filter(|(_, r)| is_row_of(r, measure)).map(|(at, _)| at).collect();
            if let ([row], Some(column), false) =
                (rows.as_slice(), self.column(t, Measure::Total).or_else(|| only(t.table.amount_columns())), has_column)
            {
                self.add(t.cell(*row, column));
                continue;
            }
            // 合计 may count 会议费 and 培训费 too, where a column of its own is for the three.
            let whole = (measure == Measure::ThreePublic).then_some(Measure::Total);
            let mut wanted = [Some(measure), whole].into_iter().flatten();
            let column = wanted.find_map(|m| t.table.amount_columns().find(|&c| measures(c, m)));
            if let (Some(row), Some(column)) = (t.total_row(), column) {
                self.add(t.cell(row, column));
            }
        }
    }

    /// The total column of the rows with a code.
    fn coded(&mut self, kind: TableKind, role: RowRole, code: &str) {
        for t in self.scope.present(kind) {
            let Some(column) = self.column(t, Measure::Total) else { continue };
            for (row, _) in t.rows().filter(|(_, r)| r.role == role && r.code.as_deref() == Some(code)) {
                // A code without a total was not read rightly, or the table totals nothing.
                if t.prints(row, column) {
                    self.add(t.cell(row, column));
                }
            }
        }
    }

    /// A class among the items of a two-sided table.
    fn class(&mut self, code: &str) {
        for kind in [TableKind::RevenueExpenditureSummary, TableKind::FiscalAppropriationSummary] {
            for t in self.scope.present(kind) {
                for (row, _) in t.rows().filter(|(_, r)| r.class.as_deref() == Some(code)) {
                    if let Some(column) = t.table.amount_columns().find(|&column| t.prints(row, column)) {
                        self.add(t.cell(row, column));
                    }
                }
            }
        }
    }

    fn project(&mut self, name: &str) {
        for t in self.scope.present(TableKind::ProjectExpenditure) {
            let Some(column) = self.column(t, Measure::Total) else { continue };
            let named = |row: &Row| row.role == RowRole::Project && row.name.as_deref() == Some(name);
            for (row, _) in t.rows().filter(|(_, r)| named(r)) {
                self.add(t.cell(row, column));
            }
        }
    }
}

/// The amount of the side's item that measures `measure`: the outermost, and only if there is one.
pub(super) fn item(t: TableAt, side: Side, measure: Measure) -> Option<Anchor> {
    let wanted = |row: &Row| row.side == Some(side) && row.measure == Some(measure) && row.role == RowRole::Item;
    let rows: Vec<(usize, u8)> = t.rows().filter(|(_, row)| wanted(row)).map(|(at, row)| (at, row.level)).collect();
    let outermost = rows.iter().map(|&(_, level)| level).min()?;
    let mut rows = rows.iter().filter(|&&(_, level)| level == outermost);
    let &(row, _) = rows.next()?;
    let column = sides::main_list(t, side)?.column;
    rows.next().is_none().then(|| t.cell(row, column))
}

fn is_row_of(row: &Row, measure: Measure) -> bool {
    row.measure == Some(measure) || measure == Measure::ThreePublic && row.role == RowRole::Total && row.name.is_some()
}

/// The only one, if there is only one.
fn only(mut all: impl Iterator<Item = usize>) -> Option<usize> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}
