//! X: what must tie between the tables of one disclosure.

/// A table of two projects, for examples.
macro_rules! projects {
    () => {
        "## 项目支出表\n\n单位：万元\n\n\
        | 项目名称 | 合计 | 一般公共预算 | 单位资金 |\n|---|---|---|---|\n\
        | 合计 | 25.00 | 20.00 | 5.00 |\n\
        | 安全检查 | 20.00 | 15.00 | 5.00 |\n\
        | 档案整理 | 5.00 | 5.00 | |\n\n"
    };
}
/// The performance form of the first of them, with its money.
macro_rules! form {
    ($total:literal, $amount:literal) => {
        concat!(
            "## 项目支出绩效目标表\n\n\
            | 项目名称 | 安全检查 | | |\n|---|---|---|---|\n\
            | 实施单位 | 某科 | | |\n\
            | 项目资金（万元） | ",
            $total,
            " | ",
            $amount,
            " | |\n\
            | 一级指标 | 二级指标 | 三级指标 | 指标值 |\n\
            | 产出指标 | 数量指标 | 检查次数 | ≥12次 |\n\
            | 产出指标 | 质量指标 | 检查合格率 | ≥95% |\n\
            | 满意度指标 | 服务对象满意度 | 企业满意度 | ≥90% |\n\n"
        )
    };
}

pub(super) mod basic_expenditure;
pub(super) mod by_unit_and_function;
pub(super) mod carried_over;
pub(super) mod contributions;
pub(super) mod expenditure_totals;
pub(super) mod fiscal_and_general_public;
pub(super) mod fiscal_classes;
pub(super) mod fiscal_sources;
pub(super) mod function_classes;
pub(super) mod fund_flows;
pub(super) mod fund_tables;
pub(super) mod general_public_codes;
pub(super) mod performance_project;
pub(super) mod performance_total;
pub(super) mod project_expenditure;
pub(super) mod revenue_sources;
pub(super) mod revenue_totals;
pub(super) mod summary_by_kind;
pub(super) mod three_public_in_basic;
