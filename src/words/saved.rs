//! What is said in saved forms only: workbook, data package, Markdown, one-file report.

use super::{Language, Words};

words! {
    // sheets and sections
    part_findings: "核对结果", "Findings";
    part_coverage: "核对范围", "Coverage";
    part_prose: "正文里的数", "Figures in the text";
    part_checks: "全部核对", "All checks";
    part_tables: "各表", "Tables";
    part_contents: "目录", "Contents";
    // columns; the English ones are also the field names of the data package
    col_number: "序号", "number";
    col_document: "文件", "document";
    col_weight: "轻重", "weight";
    col_rule: "规则", "rule";
    col_title: "发现", "title";
    col_table: "表", "table";
    col_row: "行", "row";
    col_column: "栏", "column";
    col_place: "位置", "place";
    col_figure: "所印", "printed_figure";
    col_fit: "若为", "fitting_figure";
    col_unit: "单位", "unit";
    col_ties_then: "变相符的核对", "checks_that_tie_then";
    col_others: "多格都可能", "other_cells";
    col_message: "说明", "message";
    col_source: "原文", "source";
    col_failed: "牵动的核对", "failed_checks";
    col_outcome: "结果", "outcome";
    col_stated: "所写", "stated_side";
    col_parts: "另一边", "other_side";
    col_difference: "差额", "difference";
    col_compared: "核对什么", "compared";
    col_measure: "说的是什么", "measure";
    col_holds: "对照", "holds";
    col_against: "对照的是", "against";
    col_item: "项目", "item";
    col_content: "内容", "content";
    col_side: "收支", "side";
    col_doubt: "读取存疑", "doubt";
    // coverage
    cov_file: "文件", "File";
    cov_digest: "SHA-256", "SHA-256 digest";
    cov_format: "格式", "Format";
    cov_unit: "单位名称", "Department or unit";
    cov_year: "年度", "Year";
    cov_tables: "读到的表", "Tables read";
    cov_empty: "空表", "Tables published empty";
    cov_missing: "没有找到的表", "Tables not found";
    cov_numbers: "正文里的数", "Figures in the text";
    cov_compared: "其中对照了", "Of these, compared";
    cov_checks: "核对", "Checks";
    cov_findings: "发现", "Findings of each weight";
    cov_unreadable: "未能读取", "Not read";
    cov_program: "程序", "Program";
    unit_unknown: "未读到", "not found";
    // notes
    see_cell: "看这一格", "See the cell";
    back_to_finding: "回到发现", "Back to finding";
    sum_as_printed: "表内公式按所印的各项相加；重算后与所印相同。不符的合计保留所印的数，不用公式。", "Formulas add what is printed and give the printed total. A total that does not tie keeps its printed figure and has no formula.";
    report_foot: "数字核对结果，供对照原文用", "Figures checked; compare with the source";
    report_offline: "本文件不含脚本，不联网，断网可看。放回对账网页或命令行可再次打开。", "This file runs no script and makes no connection. Put it back into Duizhang to open it again.";
    no_findings_long: "没有发现不符。", "No mismatch was found.";
    holds_yes: "相符", "ties with it";
    holds_no: "不符", "does not tie";
    holds_unknown: "没有可对照的", "nothing to hold it against";
}
