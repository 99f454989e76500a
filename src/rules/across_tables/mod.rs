//! X: what must tie between the tables of one disclosure.

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
pub(super) mod performance_total;
pub(super) mod project_expenditure;
pub(super) mod revenue_sources;
pub(super) mod revenue_totals;
pub(super) mod summary_by_kind;
pub(super) mod three_public_in_basic;
