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
        // `606-某局    单位:万元`: the department without a label, then the unit.
        if let Some((first, after)) = rest.rsplit_once("单位:")
            && let Some((unit, length)) = Unit::prefix_of(after.trim().trim_end_matches([')', '）']))
            && length == after.trim().trim_end_matches([')', '）']).len()
            && let Some(name) = department(first.trim_end_matches("金额"))
        {
            self.unit = self.unit.or(Some(unit));
            if !name.is_empty() {
                self.fields.push(("部门".to_owned(), name));
            }
            return true;
        }
        while let Some((label, after)) = rest.split_once(':') {
            let label = unspaced(label);
            let folded_label = folded(&label);
            let Some(known) = LABELS.iter().find(|known| folded(known) == folded_label) else {
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

/// The department that stands without a label before the unit, its code left out; empty where nothing does. `None` where
/// the text is a sentence or has a label of its own.
fn department(text: &str) -> Option<String> {
    /// The longest names of departments have some 40 characters.
    const LONGEST: usize = 48;
    let text = text.trim().trim_matches(['(', '（']);
    let name = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '—' | '[' | ']'));
    let name = unspaced(name);
    (!name.contains([':', '：', '。', '，', ',', '；']) && name.chars().count() <= LONGEST).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_department_without_a_label_before_the_unit() {
        let mut meta = Meta::default();
        assert!(meta.take("606-某市交通局            单位：万元"));
        assert_eq!(meta.unit, Some(Unit::TenThousand));
        assert_eq!(meta.fields, [("部门".to_owned(), "某市交通局".to_owned())]);
        let mut labelled = Meta::default();
        assert!(labelled.take("部门（单位）：某市信访局  单位：元"));
        assert_eq!((labelled.unit, labelled.fields.len()), (Some(Unit::Yuan), 1));
        assert!(!Meta::default().take("收入比上年增加，单位：万元"));
    }
}
