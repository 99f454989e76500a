//! The disclosure without its layout: tables with meaning, statements of the prose, notes on what was not used.

mod days;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

pub use self::days::{Dated, Day, Step};
use crate::amount::{Amount, Unit};
use crate::document::Place;
pub use crate::message::Message;

/// Budget (预算) or final accounts (决算).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Stage {
    /// 预算
    Budget,
    /// 决算
    FinalAccounts,
}

/// What a department published, read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// The department (部门) or unit (单位), as its tables or its title name it.
    pub unit_name: Option<String>,
    /// The year that the figures are for.
    pub year: Option<u16>,
    /// Budget or final accounts.
    pub stage: Option<Stage>,
    /// Tables in reading order, those announced and absent included.
    pub tables: Vec<Table>,
    /// What the prose states in numbers: amounts, changes, rates, shares, counts.
    pub statements: Vec<Statement>,
    /// Wording that looks unfinished or slipped, in reading order.
    pub oddities: Vec<Oddity>,
    /// What the prose has a sentence on, of all that a disclosure must explain.
    pub topics: BTreeSet<Topic>,
    /// When it was approved and when it was published, where the text says so, in reading order.
    pub dates: Vec<Dated>,
    /// How many numbers the prose holds of which something can be said: the statements and the unread ones.
    pub numbers_in_prose: u32,
    /// Further numbers, which state nothing: dates, ordinals, thresholds, numbers of documents, names.
    pub aside: Vec<Passage>,
    /// Numbers of which it could not be told what they are of.
    pub unread: Vec<Passage>,
    /// Pages that are pictures: nothing on them was read.
    pub picture_pages: Vec<u32>,
    /// Whether some of the file could not be read ([`crate::document::Document::incomplete`]).
    pub incomplete: bool,
    /// What recognising left unused or doubts: the reader is shown every one.
    pub notes: Vec<Note>,
}

/// Something that was seen and not used, or used with doubt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it is about.
    pub message: Message,
    /// Where, if at one place.
    pub place: Option<Place>,
}

/// What a table is (the canonical tables of the disclosure, final accounts mapped onto the same names).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TableKind {
    /// 收支总表
    RevenueExpenditureSummary,
    /// 收入总表
    RevenueSummary,
    /// 支出总表
    ExpenditureSummary,
    /// 财政拨款收支总表
    FiscalAppropriationSummary,
    /// 一般公共预算支出表（分功能科目）
    GeneralPublicExpenditureByFunction,
    /// 一般公共预算支出表（分单位）
    GeneralPublicExpenditureByUnit,
    /// 一般公共预算基本支出表
    BasicExpenditure,
    /// “三公”经费支出表
    ThreePublic,
    /// 政府性基金预算支出表
    GovernmentFund,
    /// 国有资本经营预算支出表
    StateCapital,
    /// 项目支出表
    ProjectExpenditure,
    /// 整体支出绩效目标表
    PerformanceWhole,
    /// 项目支出绩效目标表
    PerformanceProject,
    /// 政府采购预算表
    Procurement,
    /// 政府购买服务预算表
    ServicePurchase,
    /// Anything else
    Other,
}

impl TableKind {
    /// The identifier in the report's JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::RevenueExpenditureSummary => "revenue_expenditure_summary",
            Self::RevenueSummary => "revenue_summary",
            Self::ExpenditureSummary => "expenditure_summary",
            Self::FiscalAppropriationSummary => "fiscal_appropriation_summary",
            Self::GeneralPublicExpenditureByFunction => "general_public_expenditure_by_function",
            Self::GeneralPublicExpenditureByUnit => "general_public_expenditure_by_unit",
            Self::BasicExpenditure => "basic_expenditure",
            Self::ThreePublic => "three_public",
            Self::GovernmentFund => "government_fund",
            Self::StateCapital => "state_capital",
            Self::ProjectExpenditure => "project_expenditure",
            Self::PerformanceWhole => "performance_whole",
            Self::PerformanceProject => "performance_project",
            Self::Procurement => "procurement",
            Self::ServicePurchase => "service_purchase",
            Self::Other => "other",
        }
    }

    /// The short name that people use for it.
    pub fn name(self) -> Message {
        let (zh, en) = match self {
            Self::RevenueExpenditureSummary => ("收支总表", "revenue and expenditure summary"),
            Self::RevenueSummary => ("收入总表", "revenue summary"),
            Self::ExpenditureSummary => ("支出总表", "expenditure summary"),
            Self::FiscalAppropriationSummary => ("财政拨款收支总表", "fiscal appropriation summary"),
            Self::GeneralPublicExpenditureByFunction => {
                ("一般公共预算支出表（分功能科目）", "general public expenditure by function")
            }
            Self::GeneralPublicExpenditureByUnit => {
                ("一般公共预算支出表（分单位）", "general public expenditure by unit")
            }
            Self::BasicExpenditure => ("一般公共预算基本支出表", "basic expenditure"),
            Self::ThreePublic => ("“三公”经费支出表", "official trips, vehicles and receptions"),
            Self::GovernmentFund => ("政府性基金预算支出表", "government fund expenditure"),
            Self::StateCapital => ("国有资本经营预算支出表", "state capital expenditure"),
            Self::ProjectExpenditure => ("项目支出表", "project expenditure"),
            Self::PerformanceWhole => ("整体支出绩效目标表", "performance targets of the whole department"),
            Self::PerformanceProject => ("项目支出绩效目标表", "performance targets of a project"),
            Self::Procurement => ("政府采购预算表", "government procurement"),
            Self::ServicePurchase => ("政府购买服务预算表", "government purchase of services"),
            Self::Other => ("其他表", "other table"),
        };
        Message::new(zh, en)
    }
}

/// Whether a table is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// It has rows.
    Present,
    /// It has a title and no amounts, perhaps rows to fill them in; the note that says why, where one is printed (`注：…无政府性基金预算`).
    Empty {
        /// The note as printed.
        note: Option<String>,
    },
    /// A contents page, a list or a heading names it and it is not in the text. It may be an image that was lost.
    Missing,
}

/// One table of the disclosure.
///
/// Every row has exactly one entry a column, in column order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What it is.
    pub kind: TableKind,
    /// Its title as printed, wraps rejoined, without its number (`表5-1`).
    pub title: String,
    /// The number it is announced with (`表5-1`, `预算01表`, `附件5-1`), if any.
    pub number: Option<String>,
    /// Where its title stands (for a missing table: where it is announced).
    pub place: Place,
    /// Whether it is there.
    pub status: Status,
    /// The unit of its amounts, as printed above it; `None` where nothing says so.
    pub unit: Option<Unit>,
    /// Its columns, left to right.
    pub columns: Vec<Column>,
    /// Its rows, top to bottom; of a two-sided table the revenue row of a printed line stands before the expenditure
    /// row of the same line.
    pub rows: Vec<Row>,
    /// Lines below the table that belong to it (`注：`, `备注：`).
    pub remarks: Vec<(String, Place)>,
    /// Fields of a form that are neither row nor column (`填报日期`), label and value.
    pub fields: Vec<(String, String)>,
    /// For the money of a project's form: the project, as the form's own fields name it.
    pub project: Option<OfProject>,
}

/// Which project a form is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfProject {
    /// Its name (项目名称).
    pub name: String,
    /// Its code (项目编码), where the form gives one.
    pub code: Option<String>,
    /// Whether the form speaks of money that other budgets hold (转移支付).
    pub with_transfers: bool,
}

/// One column: the whole path of its headers, and what is known of its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Headers from the outermost to the column's own, wraps rejoined (`["基本支出", "人员经费"]`).
    pub path: Vec<String>,
    /// What its cells are.
    pub role: ColumnRole,
    /// What its amounts measure, where the header says something known. For `X/小计` and `X/合计` this is `X`'s own
    /// measure, for a bare 合计 it is [`Measure::Total`]. A header over every amount column
    /// (`本年政府性基金预算支出/合计`) counts as no group: below it 合计 is the total, 基本支出 stands outside any group.
    pub measure: Option<Measure>,
    /// What the group above it measures (`本年收入/一般公共预算`: [`Measure::ThisYear`]).
    pub group: Option<Measure>,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ColumnRole {
    /// Codes (科目编码, 单位编码, 项目编码), or a piece of one (类|款|项).
    Code,
    /// The name of the row (科目名称, 项目).
    Name,
    /// Amounts of money in the table's unit.
    Amount,
    /// Shares in percent.
    Percent,
    /// Line numbers of the form (行次), row numbers (序号).
    Sequence,
    /// Words, or figures that are no money (指标值, 数量).
    Text,
}

/// What an amount measures: the vocabulary of headers and of the items of two-sided tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Measure {
    /// 合计, 总计 of everything in the row or column
    Total,
    /// 预算数 (the one amount column of a side)
    Budget,
    /// 年初预算数
    InitialBudget,
    /// 全年预算数, 调整预算数
    AdjustedBudget,
    /// 决算数
    FinalAccounts,
    /// 基本支出
    Basic,
    /// 人员经费
    Personnel,
    /// 公用经费 (日常公用经费, 标准公用经费)
    Public,
    /// 项目支出
    Project,
    /// 项目支出不可预见费
    ProjectReserve,
    /// 事业单位经营支出
    OperatingExpenditure,
    /// 上缴上级支出
    ToSuperior,
    /// 对附属单位补助支出
    ToSubordinate,
    /// 本年收入, 本年支出, 本年拨款
    ThisYear,
    /// 上年结转, 上年结转结余, 年初结转和结余
    CarriedIn,
    /// 年终结转结余, 结转下年
    CarriedOut,
    /// 使用非财政拨款结余, 用事业基金弥补收支差额
    FundsUsed,
    /// 结余分配
    SurplusDistributed,
    /// 财政拨款 (all three funds together)
    Fiscal,
    /// 一般公共预算
    GeneralPublic,
    /// 政府性基金预算
    GovernmentFund,
    /// 国有资本经营预算
    StateCapital,
    /// 财政专户管理资金
    SpecialAccount,
    /// 事业收入
    BusinessIncome,
    /// 事业单位经营收入
    OperatingIncome,
    /// 上级补助收入
    SuperiorSubsidy,
    /// 附属单位上缴收入
    SubordinateIncome,
    /// 其他收入
    OtherIncome,
    /// 单位资金
    UnitFunds,
    /// “三公”经费合计
    ThreePublic,
    /// 因公出国（境）费
    Abroad,
    /// 公务用车购置及运行费
    Vehicles,
    /// 公务用车购置费
    VehiclePurchase,
    /// 公务用车运行维护费
    VehicleRunning,
    /// 公务接待费
    Reception,
}

impl Measure {
    /// The funds that make up a fiscal appropriation (财政拨款).
    pub const FUNDS: [Self; 3] = [Self::GeneralPublic, Self::GovernmentFund, Self::StateCapital];
}

/// Which side of a two-sided table a row stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Side {
    /// 收入
    Revenue,
    /// 支出
    Expenditure,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Where it begins: its code or name, or its first cell.
    pub place: Place,
    /// Where its last piece stands.
    pub end: Place,
    /// The side, in two-sided tables.
    pub side: Option<Side>,
    /// Its code, pieces rejoined (`42120022209T000000105`).
    pub code: Option<String>,
    /// Its name, wraps rejoined and letter spacing removed (`收入总计`); `None` where none is printed.
    pub name: Option<String>,
    /// What it is.
    pub role: RowRole,
    /// How deep it stands below the rows that sum it, 0 for the outermost.
    pub level: u8,
    /// For an item of a two-sided or list table: what it measures, where its name says something known.
    pub measure: Option<Measure>,
    /// For an expenditure item named after a function class (类): that class's code (`208`).
    pub class: Option<String>,
    /// Names of the cells to the left that hold for several rows (一级指标, 二级指标 …, or 收入构成).
    pub path: Vec<CompactString>,
    /// One entry a column.
    pub entries: Vec<Entry>,
    /// Set where it is not certain which cell stands under which column, or which pieces belong to the row.
    pub doubt: Option<Message>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowRole {
    /// The row of the whole table (合计), printed name or not.
    Total,
    /// 本年收入合计, 本年支出合计
    YearTotal,
    /// 收入总计, 支出总计
    GrandTotal,
    /// A function class, group or item (功能分类 类, 款, 项).
    Function,
    /// An economic class or group (经济分类 类, 款).
    Economic,
    /// A department or unit (209, 209001).
    Unit,
    /// A group of projects (31 本级支出项目).
    ProjectGroup,
    /// A project.
    Project,
    /// An item of a list or of a two-sided table.
    Item,
    /// 其中: part of the row above, never a term of a sum of its siblings.
    OfWhich,
    /// An indicator of a performance form.
    Indicator,
    /// Anything else.
    Other,
}

impl RowRole {
    /// Whether the row sums others of its table or side: 合计, 本年合计, 总计.
    pub fn is_total(self) -> bool {
        matches!(self, Self::Total | Self::YearTotal | Self::GrandTotal)
    }
}

/// A cell of the disclosure: what is printed, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What is printed.
    pub value: Value,
    /// Where; `None` for a blank cell that has no place of its own in the source.
    pub place: Option<Place>,
}

/// What is printed in a cell. Blank is not 0.00.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Nothing.
    Blank,
    /// An amount.
    Amount(Amount),
    /// Words, dashes, percents, anything that is no amount.
    Text(CompactString),
}

impl Entry {
    /// A blank cell without a place.
    pub const BLANK: Self = Self { value: Value::Blank, place: None };

    /// The amount, if it is one.
    pub fn amount(&self) -> Option<&Amount> {
        match &self.value {
            Value::Amount(amount) => Some(amount),
            _ => None,
        }
    }
}

impl Column {
    /// The header path as the report has it, levels joined by `/`.
    pub fn header(&self) -> Cow<'_, str> {
        match self.path.as_slice() {
            [] => Cow::Borrowed(""),
            [only] => Cow::Borrowed(only),
            levels => Cow::Owned(levels.join("/")),
        }
    }
}

impl Table {
    /// Index of the first amount column that measures `measure` outside any group, or within `group`.
    pub fn column(&self, group: Option<Measure>, measure: Measure) -> Option<usize> {
        self.columns.iter().position(|c| c.role == ColumnRole::Amount && c.measure == Some(measure) && c.group == group)
    }

    /// Indexes of the columns that hold money.
    pub fn amount_columns(&self) -> impl Iterator<Item = usize> + '_ {
        self.columns.iter().enumerate().filter(|(_, c)| c.role == ColumnRole::Amount).map(|(i, _)| i)
    }

    /// The title with its number, as a finding names the table.
    pub fn caption(&self) -> String {
        match &self.number {
            Some(number) => format!("{number} {}", self.title),
            None => self.title.clone(),
        }
    }
}

/// An address inside a set of disclosures: what rules speak of and findings point to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Anchor {
    /// A cell of a table.
    Cell {
        /// Index of the disclosure.
        disclosure: u16,
        /// Index of the table in it.
        table: u16,
        /// Index of the row.
        row: u32,
        /// Index of the column.
        column: u16,
    },
    /// A whole table.
    Table {
        /// Index of the disclosure.
        disclosure: u16,
        /// Index of the table in it.
        table: u16,
    },
    /// A statement of the prose.
    Statement {
        /// Index of the disclosure.
        disclosure: u16,
        /// Index of the statement in it.
        statement: u32,
    },
    /// A piece of wording.
    Oddity {
        /// Index of the disclosure.
        disclosure: u16,
        /// Index of the oddity in it.
        oddity: u32,
    },
    /// The disclosure as a whole.
    Disclosure {
        /// Its index.
        disclosure: u16,
    },
}

impl Anchor {
    /// Index of the disclosure that the anchor points into.
    pub fn disclosure(self) -> usize {
        usize::from(match self {
            Self::Cell { disclosure, .. }
            | Self::Table { disclosure, .. }
            | Self::Statement { disclosure, .. }
            | Self::Oddity { disclosure, .. }
            | Self::Disclosure { disclosure } => disclosure,
        })
    }
}

/// A number that the prose states of a named thing (`机关运行经费预算 145.82 万元`, `下降 1.39%`, `新增企业 96 家`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Where the number stands.
    pub place: Place,
    /// The part of the sentence around it, wraps rejoined, at most 120 characters, phone numbers masked.
    pub quote: String,
    /// The named thing, in the words of the text (`收入预算总额`).
    pub measure: String,
    /// What it is, where it is something known.
    pub concept: Option<Concept>,
    /// The figure.
    pub amount: Amount,
    /// Its unit of money; `None` where none is printed, or where it is no money.
    pub unit: Option<Unit>,
    /// What it counts, where it is no money (`家`, `%`, `万元/家`); for money its unit as printed where that lacks 元 (`万`),
    /// else empty.
    pub counter: String,
    /// How the figure is meant.
    pub kind: StatementKind,
    /// For a change, a rate and a share: the index of the statement of the amount that it is of.
    pub of: Option<u32>,
    /// For a rate, the index of the statement of the change that it repeats (`减少 2 万元，下降 5%`); for a change, that
    /// of last year's amount where the sentence prints it (`比上年 7 万元减少 2 万元`); for an execution, that of the first
    /// amount that the sentence gives for the budget (`年初预算 5 万元，支出决算 4 万元，完成年初预算的 80%`).
    pub beside: Option<u32>,
    /// For a share: what it is a share of, where the text says so (`占预算总额的`).
    pub whole: Option<Concept>,
    /// For a count with a list of names behind it (`内设机构 4 个：…`): how many names that is.
    pub listed: Option<u32>,
    /// For an amount: whether the text says that it is that of last year (与上年持平).
    pub flat: bool,
    /// For an amount of final accounts: what the text says of it beside the budget (决算数小于预算数), and the index of the
    /// statement of the budget that the sentence gives first.
    pub against_budget: Option<(Against, u32)>,
    /// For a change: whether it is one of last year (2023年压减 1 万元), told beside this year's.
    pub prior_change: bool,
    /// For a change: the words that follow as its reason (`减少主要原因：…`), folded; empty where there are none.
    pub reason: String,
    /// Indexes of the statements that the text lists as its parts (`其中：…`, `（办公费…）`), if the list is complete.
    pub parts: Vec<u32>,
    /// Set where the sentence could be read in another way too.
    pub doubt: Option<Message>,
}

/// What the words say of one amount beside another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Against {
    /// 大于, 高于, 超过
    Above,
    /// 小于, 低于
    Below,
    /// 等于, 持平, 一致
    Equal,
}

/// How a figure of the prose is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StatementKind {
    /// This year's amount.
    Amount,
    /// In final accounts: the amount of the budget (年初预算, 全年预算) that stands beside that of the accounts.
    BudgetAmount,
    /// Last year's amount, said so.
    PriorAmount,
    /// An increase (增加) on last year.
    Increase,
    /// A decrease (减少) on last year.
    Decrease,
    /// A change whose direction the template left undecided (增加（减少）).
    UndecidedChange,
    /// An increase in percent.
    IncreaseRate,
    /// A decrease in percent.
    DecreaseRate,
    /// A change in percent whose direction the template left undecided.
    UndecidedRate,
    /// A share in percent (占预算总额的 4.26%).
    Share,
    /// How much of a budget was carried out, in percent (完成年初预算的 95%).
    Execution,
    /// A count, a target, a standard: anything that is no amount of the budget.
    Quantity,
}

impl StatementKind {
    /// Whether it is a change in money.
    pub fn is_change(self) -> bool {
        matches!(self, Self::Increase | Self::Decrease | Self::UndecidedChange)
    }

    /// Whether it is a change in percent.
    pub fn is_rate(self) -> bool {
        matches!(self, Self::IncreaseRate | Self::DecreaseRate | Self::UndecidedRate)
    }
}

/// A piece of the prose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Where it stands.
    pub place: Place,
    /// Its words, wraps rejoined, at most 120 characters, phone numbers masked.
    pub quote: String,
}

/// What a disclosure must explain in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Topic {
    /// 机关运行经费
    OperatingCosts,
    /// 政府采购
    Procurement,
    /// What of it are goods, works and services
    ProcurementKinds,
    /// 国有资产占用
    StateAssets,
    /// 预算绩效
    Performance,
    /// 名词解释: any term that is defined
    Terms,
    /// Why the three public expenses changed
    ThreePublicReason,
}

impl Topic {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::OperatingCosts,
        Self::Procurement,
        Self::ProcurementKinds,
        Self::StateAssets,
        Self::Performance,
        Self::Terms,
        Self::ThreePublicReason,
    ];
}

/// Wording of the prose that looks unfinished or slipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oddity {
    /// What it is.
    pub kind: OddityKind,
    /// Where it stands.
    pub place: Place,
    /// The words themselves, masked: short.
    pub words: String,
    /// The part of the sentence around them, at most 120 characters, masked.
    pub quote: String,
}

/// Sorts of odd wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum OddityKind {
    /// XX, ××: a place of the template that was not filled in.
    Placeholder,
    /// A number is missing before its unit (`10亿元以上企业家`, `增长 %`).
    EmptySlot,
    /// The same mark or word twice (`。。`).
    Doubled,
    /// The mobile telephone number of a person.
    Phone,
    /// A value that breaks off (`90%以`).
    Truncated,
    /// The numbering of headings skips a number.
    SkippedNumber,
    /// A heading with nothing below it.
    EmptyHeading,
    /// The explanation of terms names a subject otherwise than the tables have it.
    SubjectName,
    /// The same by a letter or two.
    SubjectSpelling,
    /// The three public expenses are said to leave projects out.
    NarrowScope,
}

/// A named amount that has a cell somewhere in the tables.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Concept {
    /// 收入预算总额, 收入总计
    TotalRevenue,
    /// 支出预算总额, 支出总计
    TotalExpenditure,
    /// 收支总预算 (both at once)
    TotalBudget,
    /// Revenue of one source (一般公共预算财政拨款收入 …)
    Revenue(Measure),
    /// Expenditure of one kind (基本支出, 项目支出, 人员经费, 公用经费)
    Expenditure(Measure),
    /// Expenditure of one kind from the general public budget alone (一般公共预算基本支出)
    GeneralPublic(Measure),
    /// Expenditure from one fund (一般公共预算支出, 政府性基金预算支出)
    FundExpenditure(Measure),
    /// Total of 财政拨款收支
    FiscalTotal,
    /// One of the 三公 amounts
    ThreePublic(Measure),
    /// 机关运行经费
    AgencyOperating,
    /// A function code's amount (类, 款 or 项)
    Function(String),
    /// An economic code's amount (类 or 款)
    Economic(String),
    /// One project of the project table, by the name in the text
    Project(String),
    /// 政府采购预算
    Procurement,
    /// A part of 政府采购 (货物, 工程, 服务)
    ProcurementPart(ProcurementPart),
    /// 政府购买服务预算
    ServicePurchase,
}

/// The three parts of government procurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ProcurementPart {
    /// 货物
    Goods,
    /// 工程
    Works,
    /// 服务
    Services,
}

impl fmt::Display for TableKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
