//! The words that the prose of a disclosure is made of: terms that have a cell, and the words around them. Lists of
//! words are kept as one text each, set apart by blanks.

use std::sync::OnceLock;

use crate::disclosure::{Concept, Measure, ProcurementPart};
use crate::spelling::{Wanted, words};

/// A list of words, written as one text.
pub(super) struct Words {
    text: &'static str,
    list: OnceLock<Vec<(char, &'static str)>>,
}

impl Words {
    const fn new(text: &'static str) -> Self {
        Self { text, list: OnceLock::new() }
    }

    /// The words, in the order of the list.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.by_last().map(|(_, word)| word)
    }

    /// Each word behind its last character.
    fn by_last(&self) -> impl Iterator<Item = (char, &'static str)> {
        let words = || self.text.split(' ').filter_map(|word| Some((word.chars().next_back()?, word))).collect();
        self.list.get_or_init(words).iter().copied()
    }
}

/// Words after a term that do not change what it means.
pub(super) static FILLERS: Words = Words::new(
    "为 是 各 均 均为 都 共计 合计 总计 总额 总数 总规模 规模 共 计 约 达到 达 安排 年初 预算数 决算数 预算金额 金额 \
    数额 数 预算 决算 预计 当年 本年 全年 财政拨款 拨款 支出 收入 经费 资金 费用 科目 了 的 有 : 等 增减",
);

/// Words before a term that do not change what it means. The unit's own name does not, either.
pub(super) static EMPTY: Words = Words::new(
    "部门 单位 各单位 部门所属各单位 本 我 全 全部 总 共 年度 年 全年 当年 本年 本年度 年初 安排 编制 \
    预计 的 其中 主要 包括 综合 由 按 和 及 对 用于 行政 所有 使用 核定 批复 申报 公开 市级 县级",
);

/// Words of the budget that an amount is from: before some terms they say nothing new, before others they narrow them.
pub(super) static FUNDS: Words = Words::new("一般公共预算 公共预算 财政拨款 财政 拨款 三公经费");

/// Words that make an amount something else than the term after them: a share of it, a price, a part of the unit.
pub(super) static NARROWING: Words = Words::new("每 人均 占 下属 二级单位 上级 其他 除 不含 剔除 扣除 代 历年 累计");

/// Words for more.
pub(super) static MORE: Words = Words::new("增加 增长 上升 提高 调增 追加 净增 新增 扩大 增支 增");

/// Words for less.
pub(super) static LESS: Words = Words::new("减少 下降 降低 压减 压缩 缩减 调减 核减 削减 节约 净减 减支 减");

/// Words of change that names have, too (支持稳增长, 能力提高): they speak of a change only of something known, or after a
/// comparison.
pub(super) static WEAK: Words = Words::new("增长 提高 扩大 新增 节约 压缩 上升 增支 减支");

/// Words of change that stand before what changed (压减公务用车运行维护费 1 万元); no name has them.
pub(super) const LEADING: &[Wanted] = words!["增加", "减少", "压减", "调增", "调减", "核减", "追加", "净增"];

/// Words that go on with a comparison after its base (比上年|预算数).
pub(super) static COMPARED: Words = Words::new("度 同期 年初 预算数 决算数 预算 决算 执行数 执行 批复 安排 数 相比 的");

/// Words before 预算 that say which one it is.
pub(super) static BUDGETS: Words = Words::new("年初 全年 调整后 调整 本年 当年 年度 部门");

/// What the name of an organisation ends in.
pub(super) static ORGANISATIONS: Words = Words::new(
    "局 委 厅 署 办 办公室 委员会 院 会 室 处 站 所 中心 队 馆 校 大学 学院 镇 乡 街道 办事处 政府 部 社 \
    团 公司 机关 本级 (本级) (汇总) 汇总 单位 部门 我局 本局 我委 我办 场",
);

/// What stands before the longest of `words` that `text` ends with.
pub(super) fn cut_end<'a>(text: &'a str, words: &Words) -> Option<&'a str> {
    let last = text.chars().next_back()?;
    let alike = words.by_last().filter(|(own, _)| *own == last);
    alike.filter_map(|(_, word)| text.strip_suffix(word)).min_by_key(|rest| rest.len())
}

/// What the prose calls the amounts that have a cell. Longer phrases win over their endings.
pub(super) fn vocabulary() -> &'static [(&'static str, Concept)] {
    use Measure as M;
    static WORDS: &[(&str, Concept)] = &[
        ("收支总预算", Concept::TotalBudget),
        ("收支总决算", Concept::TotalBudget),
        ("收入支出总计", Concept::TotalBudget),
        ("收入支出决算总计", Concept::TotalBudget),
        ("收入支出总决算", Concept::TotalBudget),
        ("财政拨款收支总决算", Concept::FiscalTotal),
        ("财政拨款收入支出总计", Concept::FiscalTotal),
        ("财政拨款收入支出决算总计", Concept::FiscalTotal),
        ("财政拨款收入支出总决算", Concept::FiscalTotal),
        ("本年收入合计", Concept::TotalRevenue),
        ("本年支出合计", Concept::TotalExpenditure),
        ("收支预算总额", Concept::TotalBudget),
        ("收支预算", Concept::TotalBudget),
        ("收支总计", Concept::TotalBudget),
        ("财政拨款收支总计", Concept::FiscalTotal),
        ("收入支出总预算", Concept::TotalBudget),
        ("收入支出预算总额", Concept::TotalBudget),
        ("财政拨款收支总预算", Concept::FiscalTotal),
        ("财政拨款收入支出总预算", Concept::FiscalTotal),
        ("收入预算总额", Concept::TotalRevenue),
        ("收入总预算", Concept::TotalRevenue),
        ("收入预算总计", Concept::TotalRevenue),
        ("收入预算总数", Concept::TotalRevenue),
        ("收入预算", Concept::TotalRevenue),
        ("收入总计", Concept::TotalRevenue),
        ("收入总额", Concept::TotalRevenue),
        ("预算收入", Concept::TotalRevenue),
        ("预算总收入", Concept::TotalRevenue),
        ("总收入", Concept::TotalRevenue),
        ("支出预算总额", Concept::TotalExpenditure),
        ("支出总预算", Concept::TotalExpenditure),
        ("支出预算总计", Concept::TotalExpenditure),
        ("支出预算总数", Concept::TotalExpenditure),
        ("支出预算", Concept::TotalExpenditure),
        ("支出总计", Concept::TotalExpenditure),
        ("支出总额", Concept::TotalExpenditure),
        ("预算支出", Concept::TotalExpenditure),
        ("预算总支出", Concept::TotalExpenditure),
        ("总支出", Concept::TotalExpenditure),
        ("一般公共预算财政拨款收入", Concept::Revenue(M::GeneralPublic)),
        ("一般公共预算拨款收入", Concept::Revenue(M::GeneralPublic)),
        ("一般公共预算收入", Concept::Revenue(M::GeneralPublic)),
        ("政府性基金预算财政拨款收入", Concept::Revenue(M::GovernmentFund)),
        ("政府性基金预算拨款收入", Concept::Revenue(M::GovernmentFund)),
        ("政府性基金预算收入", Concept::Revenue(M::GovernmentFund)),
        ("政府性基金拨款收入", Concept::Revenue(M::GovernmentFund)),
        ("政府性基金收入", Concept::Revenue(M::GovernmentFund)),
        ("国有资本经营预算财政拨款收入", Concept::Revenue(M::StateCapital)),
        ("国有资本经营预算拨款收入", Concept::Revenue(M::StateCapital)),
        ("国有资本经营预算收入", Concept::Revenue(M::StateCapital)),
        ("财政专户管理资金收入", Concept::Revenue(M::SpecialAccount)),
        ("财政专户管理资金", Concept::Revenue(M::SpecialAccount)),
        ("事业收入", Concept::Revenue(M::BusinessIncome)),
        ("经营收入", Concept::Revenue(M::OperatingIncome)),
        ("财政拨款收入", Concept::Revenue(M::Fiscal)),
        ("事业单位经营收入", Concept::Revenue(M::OperatingIncome)),
        ("上级补助收入", Concept::Revenue(M::SuperiorSubsidy)),
        ("附属单位上缴收入", Concept::Revenue(M::SubordinateIncome)),
        ("其他收入", Concept::Revenue(M::OtherIncome)),
        ("上年结转结余", Concept::Revenue(M::CarriedIn)),
        ("上年结转和结余", Concept::Revenue(M::CarriedIn)),
        ("上年结余(转)", Concept::Revenue(M::CarriedIn)),
        ("上年结转", Concept::Revenue(M::CarriedIn)),
        ("上年结余", Concept::Revenue(M::CarriedIn)),
        ("年初结转和结余", Concept::Revenue(M::CarriedIn)),
        ("使用非财政拨款结余", Concept::Revenue(M::FundsUsed)),
        ("基本支出", Concept::Expenditure(M::Basic)),
        ("基本保障支出", Concept::Expenditure(M::Basic)),
        ("项目支出不可预见费", Concept::Expenditure(M::ProjectReserve)),
        ("项目支出", Concept::Expenditure(M::Project)),
        ("人员经费", Concept::Expenditure(M::Personnel)),
        ("公用经费", Concept::Expenditure(M::Public)),
        ("日常公用经费", Concept::Expenditure(M::Public)),
        ("标准公用经费", Concept::Expenditure(M::Public)),
        ("经营支出", Concept::Expenditure(M::OperatingExpenditure)),
        ("事业单位经营支出", Concept::Expenditure(M::OperatingExpenditure)),
        ("上缴上级支出", Concept::Expenditure(M::ToSuperior)),
        ("对附属单位补助支出", Concept::Expenditure(M::ToSubordinate)),
        ("年终结转结余", Concept::Expenditure(M::CarriedOut)),
        ("年末结转和结余", Concept::Expenditure(M::CarriedOut)),
        ("结转下年", Concept::Expenditure(M::CarriedOut)),
        ("年度结转", Concept::Expenditure(M::CarriedOut)),
        ("一般公共预算财政拨款支出", Concept::FundExpenditure(M::GeneralPublic)),
        ("一般公共预算拨款支出", Concept::FundExpenditure(M::GeneralPublic)),
        ("一般公共预算支出", Concept::FundExpenditure(M::GeneralPublic)),
        ("政府性基金预算财政拨款支出", Concept::FundExpenditure(M::GovernmentFund)),
        ("政府性基金预算支出", Concept::FundExpenditure(M::GovernmentFund)),
        ("政府性基金支出", Concept::FundExpenditure(M::GovernmentFund)),
        ("国有资本经营预算支出", Concept::FundExpenditure(M::StateCapital)),
        ("国有资本经营预算财政拨款支出", Concept::FundExpenditure(M::StateCapital)),
        ("三公经费", Concept::ThreePublic(M::ThreePublic)),
        ("三公经费支出", Concept::ThreePublic(M::ThreePublic)),
        ("因公出国(境)费用", Concept::ThreePublic(M::Abroad)),
        ("因公出国(境)经费", Concept::ThreePublic(M::Abroad)),
        ("因公出国(境)费", Concept::ThreePublic(M::Abroad)),
        ("因公出国费", Concept::ThreePublic(M::Abroad)),
        ("公务用车购置及运行维护费", Concept::ThreePublic(M::Vehicles)),
        ("公务用车购置及运行费", Concept::ThreePublic(M::Vehicles)),
        ("公务用车购置和运行维护费", Concept::ThreePublic(M::Vehicles)),
        ("公务用车购置和运行费", Concept::ThreePublic(M::Vehicles)),
        ("公车购置及运行维护费", Concept::ThreePublic(M::Vehicles)),
        ("公务用车购置费", Concept::ThreePublic(M::VehiclePurchase)),
        ("公务用车购置", Concept::ThreePublic(M::VehiclePurchase)),
        ("公务用车运行维护费", Concept::ThreePublic(M::VehicleRunning)),
        ("公务用车运行费", Concept::ThreePublic(M::VehicleRunning)),
        ("公务接待费", Concept::ThreePublic(M::Reception)),
        ("机关运行经费", Concept::AgencyOperating),
        ("政府采购预算", Concept::Procurement),
        ("政府采购预算总额", Concept::Procurement),
        ("政府采购总额", Concept::Procurement),
        ("政府采购支出", Concept::Procurement),
        ("政府采购", Concept::Procurement),
        ("货物类采购预算", Concept::ProcurementPart(ProcurementPart::Goods)),
        ("货物类采购", Concept::ProcurementPart(ProcurementPart::Goods)),
        ("货物类", Concept::ProcurementPart(ProcurementPart::Goods)),
        ("政府采购货物", Concept::ProcurementPart(ProcurementPart::Goods)),
        ("工程类采购预算", Concept::ProcurementPart(ProcurementPart::Works)),
        ("工程类采购", Concept::ProcurementPart(ProcurementPart::Works)),
        ("工程类", Concept::ProcurementPart(ProcurementPart::Works)),
        ("政府采购工程", Concept::ProcurementPart(ProcurementPart::Works)),
        ("服务类采购预算", Concept::ProcurementPart(ProcurementPart::Services)),
        ("服务类采购", Concept::ProcurementPart(ProcurementPart::Services)),
        ("服务类", Concept::ProcurementPart(ProcurementPart::Services)),
        ("政府采购服务", Concept::ProcurementPart(ProcurementPart::Services)),
        ("政府购买服务预算", Concept::ServicePurchase),
        ("政府购买服务", Concept::ServicePurchase),
    ];
    WORDS
}
