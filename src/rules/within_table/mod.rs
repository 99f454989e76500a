//! T: what must tie inside one table.

pub(super) mod basic_blocks;
pub(super) mod carried_flow;
pub(super) mod code_names;
pub(super) mod code_roll_up;
pub(super) mod cost_basis;
pub(super) mod expenditure_grand_total;
pub(super) mod expenditure_items;
pub(super) mod fund_parts;
pub(super) mod group_subtotal;
pub(super) mod list_total;
pub(super) mod performance_balance;
pub(super) mod performance_money;
pub(super) mod project_groups;
pub(super) mod revenue_equals_expenditure;
pub(super) mod revenue_grand_total;
pub(super) mod revenue_items;
pub(super) mod row_total;
pub(super) mod sub_items;
pub(super) mod three_public_total;
pub(super) mod total_row;
pub(super) mod unit_codes;
pub(super) mod unit_cost;
pub(super) mod unit_roll_up;
pub(super) mod vehicles;
pub(super) mod withheld_items;
