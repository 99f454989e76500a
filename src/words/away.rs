//! What is said where something is taken away: the list of forms, the letter.

use super::{Language, Words};

words! {
    export: "导出", "Take away";
    export_hint: "都在这台设备上写成，不经过任何服务器。试改的数不会带出去。", "Written on this device; no server is involved. Figures that you tried out stay here.";
    export_which: "导出哪些文件", "Which files";
    export_this: "只这一份", "This file";
    export_all: "打开的全部", "All open files";
    export_busy: "正在写……", "Writing…";
    not_saved: "没有写成。请再试一次；文件很大时，先关掉别的文件。", "It could not be written. Please try again; with large files, close others first.";
    form_report: "保存这次核对", "Save this check";
    form_report_text: "一个网页文件：表、发现、证据都在里面，离线可看，放回这里可再打开", "One web page with tables, findings and evidence; opens offline, and here again";
    form_workbook: "Excel 工作簿", "Workbook";
    form_workbook_text: "XLSX：真的数字，合计带公式，发现写成批注", "XLSX: real numbers, totals as formulas, findings as notes";
    form_csv: "CSV 表格", "CSV tables";
    form_csv_text: "每张表一个文件，装在一个 ZIP 里", "One file for each table, in a ZIP archive";
    form_markdown: "Markdown 报告", "Markdown report";
    form_markdown_text: "纯文字，便于贴到别处", "Plain text to paste elsewhere";
    form_json: "JSON 报告", "JSON report";
    form_json_text: "给程序读：duizhang-report/1", "For programs: duizhang-report/1";
    form_package: "数据包", "Data package";
    form_package_text: "Frictionless：带字段说明的 CSV 和报告，装在一个 ZIP 里", "Frictionless: CSV with a description of its fields, and the report, in a ZIP archive";
    form_print: "打印报告", "Print the report";
    form_print_text: "A4，黑白可读，也可另存为 PDF", "A4, reads in black and white; can be saved as PDF";
    form_letter: "写询问信", "Write a letter";
    form_letter_text: "咨询或依申请公开，选几条发现，改好再寄", "An inquiry or an application, from the findings you choose, for you to edit";
    form_tool: "保存本工具", "Save this tool";
    form_tool_text: "整个工具就是一个网页文件，断网也能用；不含打开的文件", "The whole tool as one web page that works offline; without the files you opened";
    letter_hint: "只写文件里印的数，语气是请教。〔 〕里的请自己填写；信里的话都可以改。", "It states what is printed and asks politely, in Chinese. Fill in what stands in 〔 〕; everything can be edited.";
    letter_kind: "信的种类", "Kind of letter";
    letter_inquiry: "咨询", "Inquiry";
    letter_application: "依申请公开", "Application for disclosure";
    letter_gloss: "附英文", "With an English gloss";
    letter_copy: "复制", "Copy";
    letter_save: "保存为文本", "Save as text";
    letter_nothing: "没有选中要问的发现。", "No finding is chosen to ask about.";
}

impl Words {
    /// A file was handed to the browser.
    pub(crate) fn saved(self, name: &str) -> String {
        match self.0 {
            Language::Chinese => format!("已交给浏览器保存：{name}"),
            Language::English => format!("Handed to the browser to save: {name}"),
        }
    }

    /// What the letter asks about.
    pub(crate) fn letter_asked(self, findings: usize) -> String {
        match self.0 {
            Language::Chinese => format!("问 {findings} 条发现（点开选择）"),
            Language::English => format!("Asks about {findings} findings (open to choose)"),
        }
    }
}
