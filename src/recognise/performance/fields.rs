//! Labels and values around the tables of a form (部门名称, 填报日期, 项目编码 …), persons and phone numbers masked.

use std::sync::LazyLock;

use super::vocabulary::tidy;
use super::words::Words;
use crate::disclosure::OfProject;
use crate::spelling::{solid, unspaced};

/// What stands for the name of a person or a phone number.
const MASK: &str = "***";

/// Labels of forms, without colon and spaces.
const LABELS: &[&str] = &[
    "部门（单位）名称",
    "部门(单位)名称",
    "部门名称",
    "单位名称",
    "预算单位",
    "填报单位",
    "填报单位（盖章）",
    "填报日期",
    "填报时间",
    "填报人",
    "填表人",
    "联系人",
    "联系电话",
    "联系方式",
    "电话",
    "手机",
    "负责人",
    "单位负责人",
    "部门负责人",
    "项目负责人",
    "项目联系人",
    "财务负责人",
    "经办人",
    "审核人",
    "制表人",
    "单位",
    "金额单位",
    "申报金额",
    "申报日期",
    "申报单位",
    "年度",
    "预算年度",
    "项目名称",
    "项目编码",
    "项目代码",
    "项目主管部门",
    "主管部门",
    "主管部门及代码",
    "项目执行单位",
    "项目实施单位",
    "实施单位",
    "项目单位",
    "单位地址",
    "邮政编码",
    "项目属性",
    "项目类型",
    "项目性质",
    "项目等级",
    "计划开始日期",
    "计划完成日期",
    "部门预算编码",
    "单位编码",
    "部门编码",
    "项目类别",
    "支出项目类别",
    "起始年度",
    "终止年度",
    "起始时间",
    "终止时间",
    "项目期限",
    "项目期",
    "项目申请理由",
    "项目立项依据",
    "立项依据",
    "项目主要内容",
    "项目概况",
    "项目总预算",
    "项目当年预算",
    "项目前两年预算及当年预算变动情况",
];

/// [`LABELS`] by first character.
static BY_FIRST: LazyLock<Words> = LazyLock::new(|| Words::new(LABELS.iter().copied()));

/// The project that the fields of a form name, if it is one.
pub(super) fn project(fields: &[(String, String)]) -> Option<OfProject> {
    /// A code has 21 characters, sometimes with a T; several codes are those of several projects.
    const LONGEST_CODE: usize = 24;
    let of = |labels: &[&str]| -> Vec<&str> {
        let found = fields.iter().filter(|(label, value)| labels.contains(&label.as_str()) && !value.is_empty());
        found.map(|(_, value)| value.as_str()).collect()
    };
    let [name] = of(&["项目名称"])[..] else { return None };
    let code = match of(&["项目编码", "项目代码"])[..] {
        [code] if code.len() <= LONGEST_CODE && code.chars().all(|c| c.is_ascii_alphanumeric()) => {
            Some(code.to_owned())
        }
        [] => None,
        // Of several projects together.
        _ => return None,
    };
    let with_transfers = fields.iter().any(|(_, value)| value.contains("转移支付"));
    Some(OfProject { name: name.to_owned(), code, with_transfers })
}

/// Whether the text is the label of a field.
pub(super) fn is_label(text: &str) -> bool {
    let text = solid(text);
    let text = text.trim_end_matches(['：', ':']);
    BY_FIRST.contain(text)
}

/// The label and what follows it in the same word: `填报日期：2024` is both.
pub(super) fn split(text: &str) -> Option<(String, String)> {
    let (label, value) = text.split_once(['：', ':'])?;
    is_label(label).then(|| (unspaced(label), tidy(value).into()))
}

/// Whether the value of this label is a person or a way to reach one.
fn is_personal(label: &str) -> bool {
    let label = unspaced(label);
    ["人", "电话", "手机", "联系方式", "邮箱"].iter().any(|word| label.ends_with(word))
}

/// A field as it may leave the recogniser.
pub(super) fn masked(label: &str, value: &str) -> (String, String) {
    let label = unspaced(label).trim_end_matches(['：', ':']).to_owned();
    let value = tidy(value);
    let value = if is_personal(&label) && !value.is_empty() { MASK.to_owned() } else { without_phones(&value) };
    (label, value)
}

/// The text with phone numbers masked: eleven digits that begin with 1, or an area code and a number.
pub(super) fn without_phones(text: &str) -> String {
    /// A number with fewer digits is none of a phone.
    const DIGITS: usize = 10;
    if text.bytes().filter(u8::is_ascii_digit).count() < DIGITS {
        return text.to_owned();
    }
    let mut masked = String::with_capacity(text.len());
    let mut digits = String::new();
    let flush = |digits: &mut String, masked: &mut String| {
        let bare: Vec<char> = digits.chars().filter(char::is_ascii_digit).collect();
        let mobile = bare.len() == 11 && bare.first() == Some(&'1') && !digits.contains('-');
        let line = bare.first() == Some(&'0') && matches!(bare.len(), 10..=12) && digits.contains('-');
        masked.push_str(if mobile || line { MASK } else { digits });
        digits.clear();
    };
    for c in text.chars() {
        if c.is_ascii_digit() || c == '-' && !digits.is_empty() {
            digits.push(c);
        } else {
            flush(&mut digits, &mut masked);
            masked.push(c);
        }
    }
    flush(&mut digits, &mut masked);
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_and_phones_do_not_leave() {
        assert_eq!(masked("填 报 人：", "某某"), ("填报人".to_owned(), MASK.to_owned()));
        assert_eq!(masked("项目负责人", "甲、乙").1, MASK);
        assert_eq!(masked("单位地址", "建设路 1 号 010-00000000").1, "建设路1号***");
        assert_eq!(without_phones("编码42000000000T000000101，共12345万元"), "编码42000000000T000000101，共12345万元");
        assert_eq!(without_phones("10000000000"), MASK);
    }

    #[test]
    fn labels_may_be_spaced_and_have_their_value_with_them() {
        assert!(is_label("部门（单 位） 名称"));
        assert_eq!(split("填报日期：2024 年"), Some(("填报日期".to_owned(), "2024年".to_owned())));
        assert_eq!(split("说明：无"), None);
    }
}
