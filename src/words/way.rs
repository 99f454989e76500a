//! What is said where a reader finds the way: search, handbook, copying, recent files.

use super::{Language, Words};
use crate::analysis::Unreadable;

words! {
    // search
    find: "查找", "Find";
    find_title: "查找：表、行、金额、发现、规则", "Find a table, a row, an amount, a finding, a rule";
    find_field: "名称、科目编码、金额或规则", "A name, a code, an amount or a rule";
    find_hint: "金额按印的写，逗号可有可无；上下键选，回车打开。", "Amounts as printed, with or without commas; arrows choose, Enter opens.";
    find_nothing: "没有找到。", "Nothing was found.";
    find_as_printed: "查到的是文件里印的数，不含试改。", "What is found is as printed, without the figures that are tried.";
    copied_tried: "选中的文字带有试改的数，已在开头注明。", "The selection holds tried figures; its first line says so.";
    copied_as_printed: "复制的是文件里印的数，不含试改。", "Copied as printed, without the figures that are tried.";
    find_table: "表", "Table";
    find_row: "行", "Row";
    find_figure: "金额", "Amount";
    find_finding: "发现", "Finding";
    find_rule: "规则", "Rule";
    key_find: "查找", "find";
    // handbook
    handbook: "核对规则", "The rules";
    handbook_hint: "每条规则：为什么应当相符，依据是什么，一份对得上的例子和一份对不上的例子。", "Each rule: why it must tie, what it rests on, an example that ties and one that does not.";
    rule_page: "看这条规则和例子", "See the rule and its example";
    rule_holds: "对得上的例子", "An example that ties";
    rule_breaks: "对不上的例子", "An example that does not";
    rule_run: "打开这个例子核对", "Open this example and check it";
    rule_weight: "不符时算", "A failure counts as";
    all_rules: "全部规则", "All rules";
    // copying
    copy_table: "复制表格", "Copy the table";
    copy_hint: "按住 Shift 用方向键或点另一格选一片，再按 Ctrl+C 复制", "Hold Shift and use arrows, or click another cell, then Ctrl+C copies the range";
    key_copy: "复制选中的格", "copy the chosen cells";
    key_range: "选一片格", "choose a range of cells";
    // recent files
    recent: "最近核对过", "Recently checked";
    recent_hint: "只记文件名和指纹，只在这台设备上。文件本身没有保存：点一下，再把它放进来。", "Names and fingerprints only, on this device only. The files are not kept: choose one and put it in again.";
    recent_forget: "全部忘记", "Forget all";
    recent_off: "不再记", "Stop remembering";
    recent_on: "记住最近的文件名", "Remember recent names";
    recent_forgotten: "已全部忘记。", "All forgotten.";
    // links
    not_the_file: "打开的不是链接所指的文件：指纹不同。链接所指的是 ", "This is not the file that the link points to: its fingerprint differs. The link points to ";
    drop_the_link: "不找了", "Never mind";
    // prose
    unread_title: "正文里没有用上的数", "Figures of the text that were not used";
    unread_hint: "没有判断出说的是什么，没有核对", "not told what they are of, not checked";
    aside_title: "正文里放在一边的数", "Figures of the text that were set aside";
    aside_hint: "编号、文号、日期一类，不是金额", "numbers of documents, dates and the like, no amounts";
    // units
    show_in: "金额显示为", "Amounts in";
    as_printed_unit: "原文单位", "as printed";
    shown_converted: "按你选的单位显示，原文是", "shown in the unit that you chose; printed in";
}

impl Words {
    /// Cells went to the clipboard.
    pub(crate) fn copied_cells(self, cells: usize) -> String {
        match self.0 {
            Language::Chinese => format!("已复制 {cells} 格，可贴进表格软件。"),
            Language::English => format!("{cells} cells copied, ready for a spreadsheet."),
        }
    }
}

/// Why a file that the address names was not opened.
pub(crate) fn not_fetched(name: String, reason: &str) -> Unreadable {
    Unreadable {
        name,
        message: format!("地址里写的这个文件没有取到（{reason}）。请下载后放进来。"),
        message_en: format!(
            "The file that the address names could not be fetched ({reason}). Please download it and put it in."
        ),
    }
}

/// Why a file that the address names was not even asked for.
pub(crate) fn not_ours(name: String) -> Unreadable {
    Unreadable {
        name,
        message: "地址里写的文件不在本网站上，没有去取。请下载后放进来。".to_owned(),
        message_en: "The file that the address names is not on this site, so it was not asked for. Please download it and put it in.".to_owned(),
    }
}
