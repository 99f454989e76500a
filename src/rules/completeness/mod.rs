//! C: is everything there that must be.

pub(super) mod announced_tables;
pub(super) mod economic_groups;
pub(super) mod eight_tables;
pub(super) mod empty_table_data;
pub(super) mod empty_table_note;
pub(super) mod function_items;
pub(super) mod three_public_split;
