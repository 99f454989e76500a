//! What the person has open, selected and filtered, and everything that the page shows of it: plain data.
//!
//! No web type comes in here, so all of it has native tests. Components read a [`Session`] and never compute; the
//! session formats figures and never adds them: every sum on the page is a verdict's `left`, `right` or `difference`.
//! Shares and changes in charts and comparisons are the exception, and are said to be ours.
//! Words are chosen by the page, so what is said here is said in enums and core [`Message`]s.
//!
//! [`Message`]: crate::disclosure::Message

mod cell;
mod charts;
mod compare;
mod copy;
mod equation;
mod figures;
mod findings;
mod link;
mod many;
mod opened;
mod pages;
mod pieces;
mod search;
mod shares;
mod sided;
mod source;
mod summary;
mod survey;
mod table;
mod tried;
mod units;
mod verdict;

#[cfg(test)]
pub(crate) mod fixture;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use cell::{CellCheck, CellKind, CellPanel, CellShape, CellView};
pub use charts::{
    Bar, Bars, BarsKind, ChangeBasis, ChartHeadline, Charts, Drawing, Flow, FlowNode, Ground, Label, LargestPart,
    Layout, Part, PlacedBar, Ribbon, RibbonKind, Run, Step, StepKind, StepName, Tile, Tree, TreeNode, Waterfall,
    name_lines,
};
pub use compare::{
    Apart, CompareFigure, CompareLine, CompareOrder, Compared, Comparison, Reclassified, Side as CompareSide,
};
pub use copy::{Copied, Corners};
pub use equation::{EquationLine, EquationView, LineKind, Op, Shape, TermLabel};
pub use figures::{Figure, grouped, in_hundred_million, said_in};
pub use findings::{Candidate, Detail, Filter, FindingRow, Gap, SuspectView, Tally, Unchecked, Whereabouts};
pub use link::Link;
pub use many::{Many, ManyOrder, ManyRow, ManyState};
pub use opened::Opened;
pub(crate) use opened::anchors_of;
pub use pages::PageBox;
pub use pieces::Pieces;
pub use search::{Found, FoundAt};
pub use shares::{Share, ShareOfTotal, ShareUnit};
pub use sided::{SidedLine, SidedRow};
pub use source::{Evidence, EvidenceLine, Hit, SourceCell, SourceLine, SourceText};
pub use summary::{SumKind, Summary};
pub use survey::Survey;
pub use table::{Caption, HeaderCell, RowShape, RowView, TableEntry, TableState, TableView};
pub use tried::{Tried, TriedCell, TriedOutcome};
pub use units::Printed;
pub use verdict::{Counts, Coverage, Headline};

use crate::analysis::Analysis;
use crate::disclosure::Anchor;
use crate::document::Place;
use crate::rules::judge::Verdict;

/// A status mark: its shape, word and colour always go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Mark {
    /// 相符
    Ok,
    /// 未公开／空表
    Absent,
    /// 舍入
    Rounding,
    /// 说明
    Info,
    /// 无法核对
    Unchecked,
    /// 提示
    Warning,
    /// 不符
    Mismatch,
}

/// The views of one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// 核对结果
    #[default]
    Check,
    /// 表格
    Table,
    /// 看图
    Charts,
    /// 对比
    Compare,
    /// 原文
    Source,
}

/// What the list on the left has chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// A finding, by its index in the analysis.
    Finding(u32),
    /// A single check, by its index in the analysis: a rounding, or the first of a group that could not be checked.
    Check(u32),
}

/// Which pane a narrow screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The list.
    #[default]
    List,
    /// The detail.
    Detail,
}

/// A cell of the table in view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellAt {
    /// Index of the row.
    pub row: u32,
    /// Index of the column.
    pub column: u16,
}

/// What is open and what is chosen of it.
#[derive(Clone, Debug, Default)]
pub struct Session {
    opened: Arc<Opened>,
    document: usize,
    view: View,
    pane: Pane,
    chosen: Option<Chosen>,
    table: usize,
    cell: Option<CellAt>,
    place: Option<Place>,
    filter: Filter,
    query: String,
    awaited: Option<Link>,
    missed: bool,
    tried: Tried,
}

impl Session {
    /// Takes over a new analysis. The document in view stays in view if it is still there, by its fingerprint; a
    /// deep link that waited for its file is followed.
    pub fn open(&mut self, analysis: Analysis) {
        let before = self.fingerprint().map(str::to_owned);
        let known: Vec<String> = self.opened.analysis().documents.iter().map(|d| d.sha256.clone()).collect();
        self.opened = Arc::new(Opened::new(analysis));
        self.tried = Tried::default();
        let documents = &self.opened.analysis().documents;
        let added = documents.iter().position(|d| !known.contains(&d.sha256));
        let kept = before.and_then(|sha| documents.iter().position(|d| d.sha256 == sha));
        let document = added.or(kept).unwrap_or(0);
        if kept == Some(document) {
            self.document = document;
            self.keep_in_range();
        } else {
            self.show_document(document);
        }
        let Some(link) = self.awaited.take() else { return };
        // The first file that is another one is told of; who opens more goes on without the link.
        let told = self.missed && added.is_some();
        self.follow(&link);
        if told {
            self.awaited = None;
        }
    }

    /// What is open.
    pub fn opened(&self) -> &Arc<Opened> {
        &self.opened
    }

    /// What the reader changed to try something.
    pub fn tried(&self) -> &Tried {
        &self.tried
    }

    /// What the tables show: what is open, or what it would be with the changes that are tried.
    pub fn shown_in_tables(&self) -> &Arc<Opened> {
        self.tried.outcome().map_or(&self.opened, |outcome| &outcome.opened)
    }

    /// Changes a cell of money to see what then holds. False where the text is no amount, or the cell none.
    pub fn try_change(&mut self, at: Anchor, text: &str) -> bool {
        self.tried.change(&self.opened, at, text)
    }

    /// Takes over what the changed figures were judged to be.
    pub fn tried_judged(&mut self, verdicts: Vec<(u32, Verdict)>) {
        if !self.tried.is_empty() {
            self.tried.judged(&self.opened, verdicts);
        }
    }

    /// Puts every changed figure back.
    pub fn put_back(&mut self) {
        self.tried = Tried::default();
    }

    /// Index of the document in view.
    pub fn document(&self) -> usize {
        self.document
    }

    /// The view of it.
    pub fn view(&self) -> View {
        self.view
    }

    /// The pane that a narrow screen shows.
    pub fn pane(&self) -> Pane {
        self.pane
    }

    /// What the list has chosen: a finding or a check of the document in view.
    pub fn chosen(&self) -> Option<Chosen> {
        self.chosen
    }

    /// Index of the table in view.
    pub fn table(&self) -> usize {
        self.table
    }

    /// The chosen cell of the table in view.
    pub fn cell(&self) -> Option<CellAt> {
        self.cell
    }

    /// The place that the source view points at.
    pub fn place(&self) -> Option<Place> {
        self.place
    }

    /// The filter of the list.
    pub fn filter(&self) -> Filter {
        self.filter
    }

    /// The words that the list is filtered by.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The link whose file is not open, if one was followed.
    pub fn awaited(&self) -> Option<&Link> {
        self.awaited.as_ref()
    }

    /// Whether anything is open, read or not.
    pub fn is_empty(&self) -> bool {
        let analysis = self.opened.analysis();
        analysis.documents.is_empty() && analysis.unreadable.is_empty()
    }

    /// Shows another document, from its result.
    pub fn show_document(&mut self, document: usize) {
        self.document = document;
        self.view = View::Check;
        self.pane = Pane::List;
        self.filter = Filter::default();
        self.query.clear();
        self.cell = None;
        self.place = None;
        self.table = self.opened.first_table_of_interest(document);
        self.chosen = self.opened.findings_of(document).first().map(|&f| Chosen::Finding(f)).or_else(|| {
            self.opened.unchecked_of(document).first().and_then(|group| group.checks.first()).map(|&c| Chosen::Check(c))
        });
    }

    /// Shows another view of the document.
    pub fn show_view(&mut self, view: View) {
        self.view = view;
    }

    /// Goes back to the list on a narrow screen.
    pub fn back_to_list(&mut self) {
        self.pane = Pane::List;
    }

    /// Chooses a finding or a check and shows it.
    pub fn choose(&mut self, chosen: Chosen) {
        let of = match chosen {
            Chosen::Finding(f) => self.opened.finding(f).map(|f| usize::from(f.disclosure)),
            Chosen::Check(c) => self.opened.check(c).map(|c| usize::from(c.disclosure)),
        };
        let Some(document) = of else { return };
        if document != self.document {
            self.show_document(document);
        }
        self.view = View::Check;
        self.pane = Pane::Detail;
        self.chosen = Some(chosen);
    }

    /// Chooses the finding `steps` further in the list as it is filtered, stopping at its ends.
    pub fn step(&mut self, steps: isize) {
        let shown = self.shown_findings();
        let Some(last) = shown.len().checked_sub(1) else { return };
        let at = shown.iter().position(|row| self.chosen == Some(Chosen::Finding(row.finding)));
        let next = match at {
            Some(at) => at.saturating_add_signed(steps).min(last),
            None if steps < 0 => last,
            None => 0,
        };
        self.chosen = shown.get(next).map(|row| Chosen::Finding(row.finding));
    }

    /// Filters the list by kind.
    pub fn set_filter(&mut self, filter: Filter) {
        self.filter = filter;
    }

    /// Filters the list by words.
    pub fn set_query(&mut self, query: &str) {
        query.clone_into(&mut self.query);
    }

    /// Shows a table.
    pub fn show_table(&mut self, table: usize) {
        self.view = View::Table;
        if self.table != table {
            self.cell = None;
        }
        self.table = table;
    }

    /// Chooses a cell of the table in view, or none.
    pub fn choose_cell(&mut self, cell: Option<CellAt>) {
        self.cell = cell;
    }

    /// Shows what an anchor points to where it is best seen: a cell in its table, a statement in the source.
    pub fn show(&mut self, at: Anchor) {
        let document = at.disclosure();
        if document >= self.opened.analysis().documents.len() {
            return;
        }
        if document != self.document {
            self.show_document(document);
        }
        match at {
            Anchor::Cell { table, row, column, .. } => {
                self.show_table(usize::from(table));
                self.cell = Some(CellAt { row, column });
            }
            Anchor::Table { table, .. } => self.show_table(usize::from(table)),
            Anchor::Statement { .. } | Anchor::Oddity { .. } => self.show_source(self.opened.analysis().place(at)),
            Anchor::Disclosure { .. } => self.view = View::Check,
        }
    }

    /// Shows a place in the source.
    pub fn show_source(&mut self, place: Option<Place>) {
        self.view = View::Source;
        self.place = place;
    }

    /// The anchor of the chosen cell.
    pub fn cell_anchor(&self) -> Option<Anchor> {
        self.anchor_of(self.cell?)
    }

    /// The anchor of a cell of the table in view.
    pub fn anchor_of(&self, CellAt { row, column }: CellAt) -> Option<Anchor> {
        Some(Anchor::Cell {
            disclosure: u16::try_from(self.document).ok()?,
            table: u16::try_from(self.table).ok()?,
            row,
            column,
        })
    }

    /// The findings that the filter lets through, the weightiest first.
    pub fn shown_findings(&self) -> Vec<FindingRow> {
        self.opened
            .finding_rows(self.document)
            .into_iter()
            .filter(|row| self.filter.lets_through(row.mark) && row.speaks_of(&self.query))
            .collect()
    }

    /// Follows a deep link. A file that is not open is waited for.
    pub fn follow(&mut self, link: &Link) {
        let documents = &self.opened.analysis().documents;
        let Some(document) = documents.iter().position(|d| d.sha256.starts_with(&link.document)) else {
            self.missed = !documents.is_empty();
            self.awaited = Some(link.clone());
            return;
        };
        self.awaited = None;
        if document != self.document {
            self.show_document(document);
        }
        if let Some(finding) = link.finding {
            if let Some(&finding) = self.opened.findings_of(document).get(finding) {
                self.choose(Chosen::Finding(finding));
            }
        } else if let Some(table) = link.table {
            if table < self.opened.tables_of(document).len() {
                self.show_table(table);
                self.cell = link.cell;
            }
        } else if let Some(line) = link.line {
            self.show_source(Some(Place::line(line)));
        } else {
            self.view = link.view.unwrap_or_default();
        }
    }

    /// Waits for no file any more.
    pub fn await_nothing(&mut self) {
        self.awaited = None;
    }

    /// The address of what is shown, without any figure.
    pub fn link(&self) -> Option<Link> {
        let mut link = Link { document: self.fingerprint()?.to_owned(), ..Link::default() };
        match self.view {
            View::Check => {
                if let Some(Chosen::Finding(finding)) = self.chosen {
                    link.finding = self.opened.findings_of(self.document).iter().position(|&f| f == finding);
                }
            }
            View::Table => {
                link.table = Some(self.table);
                link.cell = self.cell;
            }
            View::Charts | View::Compare => link.view = Some(self.view),
            View::Source => link.line = self.place.and_then(Place::line_number).or(Some(1)),
        }
        Some(link)
    }

    /// The first twelve digits of the digest of the document in view.
    pub fn fingerprint(&self) -> Option<&str> {
        let sha = &self.opened.analysis().documents.get(self.document)?.sha256;
        sha.get(..12).or(Some(sha))
    }

    fn keep_in_range(&mut self) {
        let tables = self.opened.tables_of(self.document);
        if tables.get(self.table).is_none() {
            self.table = 0;
            self.cell = None;
        }
        // Indexes of findings move when documents come and go.
        self.chosen = self.opened.findings_of(self.document).first().map(|&f| Chosen::Finding(f));
        self.cell = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_shows_the_weightiest_finding() {
        let session = fixture::session();
        assert_eq!(session.view(), View::Check);
        let Some(Chosen::Finding(finding)) = session.chosen() else { panic!("nothing chosen") };
        assert_eq!(session.opened().finding(finding).map(|f| f.rule.as_ref()), Some("T03"));
    }

    #[test]
    fn stepping_stays_within_the_filtered_list() {
        let mut session = fixture::session();
        let all = session.shown_findings().len();
        assert_eq!(all, 3);
        for _ in 0..10 {
            session.step(1);
        }
        assert_eq!(session.chosen(), Some(Chosen::Finding(session.shown_findings()[all - 1].finding)));
        session.step(-100);
        assert_eq!(session.chosen(), Some(Chosen::Finding(session.shown_findings()[0].finding)));
        session.set_filter(Filter::Warnings);
        session.step(1);
        assert_eq!(session.shown_findings().len(), 1);
        assert_eq!(session.chosen(), Some(Chosen::Finding(session.shown_findings()[0].finding)));
    }

    #[test]
    fn a_term_leads_to_its_cell_and_back_to_its_finding() {
        let mut session = fixture::session();
        let Some(Chosen::Finding(finding)) = session.chosen() else { panic!("nothing chosen") };
        let detail = session.opened().detail(Chosen::Finding(finding), None).unwrap();
        let suspect = detail.suspect.unwrap().at;
        session.show(suspect);
        assert_eq!(session.view(), View::Table);
        assert_eq!(session.cell_anchor(), Some(suspect));
        let panel = session.opened().cell_panel(suspect).unwrap();
        assert_eq!(panel.finding, Some(finding));
        session.choose(Chosen::Finding(finding));
        assert_eq!((session.view(), session.pane()), (View::Check, Pane::Detail));
    }

    #[test]
    fn a_link_waits_for_its_file() {
        let mut session = Session::default();
        let link = Link::parse("#d=00ff00ff00ff&t=T2&c=3.2").unwrap();
        session.follow(&link);
        assert_eq!(session.awaited(), Some(&link));
        session.open(fixture::analysis());
        assert!(session.awaited().is_none());
        assert_eq!((session.view(), session.table()), (View::Table, 1));
        assert_eq!(session.cell(), Some(CellAt { row: 2, column: 1 }));
        assert_eq!(session.link(), Some(link));
    }

    #[test]
    fn a_link_to_a_file_that_does_not_come_is_told_of_once() {
        let mut session = Session::default();
        session.follow(&Link::parse("#d=0123456789ab&t=T2").unwrap());
        let text = include_str!("../../tests/browser/budget.md");
        let checked = |years: &[&str]| {
            let source = |year: &&str| (format!("{year}.md"), text.replace("2025", year).into_bytes());
            crate::run(&years.iter().map(source).collect::<Vec<_>>())
        };
        session.open(checked(&["2025"]));
        assert!(session.awaited().is_some(), "the first file is another one");
        session.open(checked(&["2025"]));
        assert!(session.awaited().is_some(), "nothing was opened");
        session.open(checked(&["2025", "2026"]));
        assert!(session.awaited().is_none(), "the reader went on");
    }

    #[test]
    fn the_example_shows_what_it_promises() {
        let example = include_str!("../app/example.md").as_bytes().to_vec();
        let mut session = Session::default();
        session.open(crate::run(&[("example.md".into(), example)]));
        let opened = session.opened();
        assert_eq!(opened.headline(0), Headline::MainTie { places: 2 });
        let rows = opened.finding_rows(0);
        let marks: Vec<Mark> = rows.iter().map(|row| row.mark).collect();
        assert_eq!(marks, [Mark::Mismatch, Mark::Mismatch, Mark::Info], "two planted, one rounding");
        for (row, printed, fitting) in [(&rows[0], "181.00", "118.00"), (&rows[1], "4.30", "4.80")] {
            let suspect = opened.detail(Chosen::Finding(row.finding), None).unwrap().suspect.unwrap();
            assert_eq!((suspect.printed.as_deref(), suspect.fitting.as_deref()), (Some(printed), Some(fitting)));
        }
        assert_eq!(opened.summary(0)[0].figure, "3,286.40");
        assert_eq!(opened.summary(0).len(), 4);
    }

    #[test]
    fn words_filter_titles_and_places() {
        let mut session = fixture::session();
        session.set_query("三公");
        assert!(session.shown_findings().iter().all(|row| row.speaks_of("三公")));
        session.set_query("没有这样的词");
        assert!(session.shown_findings().is_empty());
        session.step(1);
    }
}
