//! Lines about a table: its unit, department, date.

use crate::amount::Unit;
use crate::spelling::{folded, unspaced};

/// Lines about a table: unit, department, date.
#[derive(Clone, Debug, Default)]
pub(super) struct Meta {
    /// Unit of the amounts.
    pub(super) unit: Option<Unit>,
    /// Everything else, label and value.
    pub(super) fields: Vec<(String, String)>,
}

impl Meta {
    /// Whether nothing was said.
    pub(super) fn is_empty(&self) -> bool {
        self.unit.is_none() && self.fields.is_empty()
    }

    /// Takes a line such as `部门/单位：… 单位：万元`; false where it is something else.
    pub(super) fn take(&mut self, text: &str) -> bool {
        const LABELS: [&str; 22] = [
            "部门/单位",
            "单位/部门",
            "部门（单位）",
            "部门(单位)",
            "单位",
            "部门",
            "单位名称",
            "部门名称",
            "编制单位",
            "编制部门",
            "公开部门",
            "公开单位",
            "填报单位",
            "填报部门",
            "预算单位",
            "预算部门",
            "金额单位",
            "计量单位",
            "日期",
            "编制日期",
            "填报日期",
            "年度",
        ];
        let mut found: Vec<(String, String)> = Vec::new();
        let spaced = text.replace('：', ":");
        let mut rest = spaced.trim().trim_matches(['(', ')', '（', '）']);
        if let Some((unit, length)) = Unit::prefix_of(rest)
            && length == rest.len()
        {
            self.unit = Some(unit);
            return true;
        }
        while let Some((label, after)) = rest.split_once(':') {
            let label = unspaced(label);
            let Some(known) = LABELS.iter().find(|known| folded(known) == folded(&label)) else {
                return false;
            };
            // The value goes on to the label before the next colon.
            let value = match after.find(':') {
                None => after.len(),
                Some(colon) => {
                    let before = &after[..colon];
                    let start =
                        LABELS.iter().filter_map(|next| before.trim_end().strip_suffix(next).map(str::len)).min();
                    let Some(start) = start else {
                        return false;
                    };
                    start
                }
            };
            found.push(((*known).to_owned(), unspaced(&after[..value])));
            rest = after[value..].trim_start();
        }
        if found.is_empty() || !rest.is_empty() && found.iter().all(|(_, value)| value.is_empty()) {
            return false;
        }
        for (label, value) in found {
            match Unit::prefix_of(&value) {
                Some((unit, length)) if length == value.len() => self.unit = self.unit.or(Some(unit)),
                _ if value.is_empty() => {}
                _ => self.fields.push((label, value)),
            }
        }
        true
    }
}
