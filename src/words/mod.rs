//! Every sentence of the page and of what is saved from it, in Chinese and in English, side by side.
//!
//! A word stands in both languages or does not compile. What rules and findings say comes in both from the core.
#![allow(dead_code, reason = "the page and the saved forms each say some of it; a build may hold only one of them")]

/// The languages of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    /// 中文
    #[default]
    Chinese,
    /// English
    English,
}

impl Language {
    /// Its tag in HTML and in the settings.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The other one.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }
}

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words(pub(crate) Language);

macro_rules! words {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        impl Words {
            $(
                pub(crate) fn $name(self) -> &'static str {
                    match self.0 {
                        Language::Chinese => $zh,
                        Language::English => $en,
                    }
                }
            )*
        }

        /// Every fixed word with its name, for the tests.
        #[cfg(test)]
        pub(crate) const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $zh, $en)),*];
    };
}

mod away;
pub(crate) mod glossary;
pub(crate) mod phrases;
mod saved;
mod views;
pub(crate) mod way;

words! {
    // between words
    comma: "，", ", ";
    colon: "：", ": ";
    semicolon: "；", "; ";
    full_stop: "。", ".";
    // masthead and foot
    brand: "对账", "Duizhang";
    tagline: "预算公开数字核对", "checks published budgets";
    local_only: "文件只在本机读取，不上传", "Files stay on this device";
    theme_name: "深浅：切换浅色或深色", "Theme: switch between light and dark";
    theme: "深浅", "Theme";
    keys: "快捷键", "Keys";
    skip: "跳到主要内容", "Skip to content";
    foot_limits: "对账只核对数字之间的关系，不评价单位，也不替代审计。", "Duizhang checks how figures relate. It judges nobody and replaces no audit.";
    foot_offline: "断网也能用", "works offline";
    foot_version: "版本", "Version";
    // first screen
    start_title: "看一份预算公开，数字对不对得上。", "Does a published budget add up?";
    start_lead: "放进一份部门预算或决算公开文件，逐表核对合计、层级和正文里的数，对不上的指到具体一格。", "Put in the disclosure of a Chinese department. Totals, levels and the figures in the prose are checked, and what does not tie is named down to the cell.";
    drop_here: "把文件拖到这里", "Drop files here";
    drop_now: "松手就开始核对", "Let go to check them";
    drop_kinds: "PDF、Word、Excel、网页、文本、CSV，或装着它们的 ZIP；可一次放多份，也可以放整个文件夹", "PDF, Word, Excel, web pages, text, CSV, or a ZIP of them; several at once, or a whole folder";
    choose_folder: "选择文件夹", "Choose a folder";
    choose_files: "选择文件", "Choose files";
    paste: "粘贴表格或正文", "Paste tables or text";
    add_files: "添加文件", "Add files";
    paste_title: "粘贴表格或正文", "Paste tables or text";
    paste_hint: "从网页、Word 或 Excel 复制后贴在这里，表格会保留行列。", "Copy from a web page, Word or Excel; tables keep their rows and columns.";
    paste_field: "要核对的内容", "What to check";
    paste_with_tables: "带有表格格式，将按表格读取。", "Comes with table layout and will be read as tables.";
    paste_go: "核对", "Check it";
    pasted_name: "粘贴的内容", "pasted text";
    cancel: "取消", "Cancel";
    close: "关闭", "Close";
    promise_title: "文件不离开这台设备", "Files never leave this device";
    promise_local: "全部在浏览器里读取和计算，没有服务器可传。", "Everything is read and computed in the browser; there is no server to send to.";
    promise_offline: "断网也能用。关掉页面，内容就没有了。", "Works offline. Close the page and the content is gone.";
    promise_check: "可以自己查验：打开开发者工具的“网络”一栏再放文件，不会出现任何请求。页面的安全策略也禁止联网。", "See for yourself: open the network panel of the developer tools and drop a file. No request appears; the page's security policy forbids them.";
    example_title: "先看一个例子", "Try an example";
    example_name: "示例市绿道管理局 2025 年部门预算（虚构）", "A fictional department, 2025 (in Chinese)";
    example_note: "内有几处故意写错的数", "with a few planted mismatches";
    how: "会得到什么", "What you get";
    how_ties: "哪些对得上", "What ties";
    how_ties_text: "收支总表、支出总表、三公经费、正文说明之间，同一个数是否一致，分项之和是否等于合计。", "Whether one figure is the same in all tables and in the prose, and whether parts add up to their totals.";
    how_apart: "哪些不符", "What does not";
    how_apart_text: "列出算式，指出最可能填错的一格、填多少就都对得上，并附原文那一行。", "The sum is written out, the likeliest cell is named with the value that would fit, and the source line is shown.";
    how_unknown: "哪些没法核对", "What cannot be checked";
    how_unknown_text: "图片、未公开的表、没有写金额的依据，都逐项说明原因，不当作相符，也不当作不符。", "Pictures, tables that were not published, bases without an amount: each with its reason, counted neither way.";
    awaited: "这个链接指向一份还没有打开的文件。请把它放进来，会直接转到所指的地方。文件指纹：", "This link points into a file that is not open. Put it in, and the page goes to the place. Fingerprint: ";
    // documents and views
    documents: "已打开的文件", "Open files";
    views: "视图", "Views";
    view_check: "核对结果", "Result";
    view_table: "表格", "Tables";
    view_source: "原文", "Source";
    print: "打印报告", "Print report";
    undo: "撤销", "Undo";
    // reading
    state_reading: "读取中", "Reading";
    state_failed: "读不了", "Not readable";
    state_failed_title: "这个文件没有打开", "This file was not opened";
    state_failed_others: "其他文件不受影响。内容没有被保存。", "Other files are not affected. Nothing was stored.";
    step_read: "读出文字和表格", "Read text and tables";
    step_recognise: "认出各张预算表和正文里的数", "Recognise the tables and the figures in the prose";
    step_check: "核对数字关系", "Check how figures relate";
    step_explain: "查找最可能的一格", "Look for the likeliest cell";
    reading_note: "页面不会卡住；文件越大越慢。", "The page stays usable; large files take longer.";
    stop: "停止", "Stop";
    another_file: "换一个文件", "Another file";
    paste_instead: "改为粘贴", "Paste instead";
    see_source: "看读到的文字", "See the text that was read";
    no_tables_text: "没有“收支总表”“支出总表”这类标题。它可能是通知正文，表在附件里；也可能表是图片。", "No title such as 收支总表 was found. It may be the notice only, with the tables attached, or the tables may be pictures.";
    // password
    password_title: "这个文件要密码", "This file needs a password";
    password_hint: "密码只用来在本机打开这份文件，不保存，也不发送。", "The password opens the file on this device. It is neither kept nor sent.";
    password_field: "打开密码", "Password";
    password_wrong: "密码不对，请再输一次。", "That is not the password. Please try again.";
    password_go: "打开", "Open";
    password_skip: "不打开", "Leave it closed";
    // verdict
    caveat_start: "不符，", "A mismatch ";
    caveat_strong: "可能是公开文件有误，也可能是我们读取有误", "may be an error in the document, or in our reading of it";
    caveat_end: "。下结论前请对照原文。", ". Check the source before drawing a conclusion.";
    ties_only: "这只说明数字之间没有矛盾，不说明花得是否合理。", "This says that the figures agree with each other, not that the money is well spent.";
    too_few_text: "文件里能互相核对的数太少。下面列出核对了什么、还缺什么。", "Too few figures can be held against each other. Below is what was checked and what is missing.";
    count_pass: "相符", "tie";
    count_rounding: "舍入尾差", "rounding";
    count_fail: "不符", "do not tie";
    count_hint: "供对照", "worth a look";
    count_unknown: "无法核对", "not checkable";
    sums: "主要数字", "Main figures";
    sum_revenue: "收入总计", "Total revenue";
    sum_expenditure: "支出总计", "Total expenditure";
    sum_three: "“三公”经费", "Trips, vehicles, receptions";
    sum_increase: "比上年增加", "Up on last year";
    sum_decrease: "比上年减少", "Down on last year";
    sum_project: "项目支出", "Projects";
    prose: "正文", "the text";
    sum_unchecked: "没有别的数可对照", "nothing to hold it against";
    sum_suspect: "这个数可能有误", "this figure may be wrong";
    // findings
    by_weight: "按分量排列", "weightiest first";
    filters: "筛选", "Filter";
    all: "全部", "All";
    search: "筛选发现", "Filter findings";
    mismatch: "不符", "mismatch";
    warning: "提示", "caution";
    info: "说明", "note";
    unknown: "无法核对", "not checkable";
    rounding: "舍入", "rounding";
    ties: "相符", "ties";
    absent: "未公开或空表", "not published or empty";
    group_mismatch: "先看这里", "look here first";
    group_warning: "建议对照", "worth a look";
    group_info: "不影响数字", "does not affect figures";
    group_unknown: "逐项写明原因", "each with its reason";
    group_rounding: "在印出的位数之内", "within the printed digits";
    no_findings: "没有发现。", "No findings.";
    none_match: "没有符合筛选的发现。", "No finding matches the filter.";
    notes_title: "读取时的说明", "Notes on the reading";
    notes_hint: "没有用上的内容", "what was not used";
    nothing_chosen: "从左边选一条，看算式和原文。", "Choose a finding to see its sum and its source.";
    confirmed: "已对照原文", "checked against the source";
    misread: "是读取有误", "our misreading";
    // detail
    previous: "上一条", "Previous";
    next: "下一条", "Next";
    copy_link: "复制链接", "Copy link";
    copied: "已复制。", "Copied.";
    not_copied: "浏览器不让复制。", "The browser did not allow copying.";
    equation: "算式", "The sum";
    as_printed: "按文件所印", "as printed";
    summed: "按各项相加", "sum of the parts";
    stated: "文件写的", "stated";
    stated_sum: "文件写的，相加", "stated, added up";
    ours: "我们算的", "ours";
    likeliest: "最可疑的一格", "the likeliest cell";
    may_be_wrong: "疑似有误", "may be wrong";
    more: "相加比所写多出", "the parts are over by";
    less: "相加比所写少了", "the parts are short by";
    differ: "相差", "differ by";
    same: "相符，相差", "tie; difference";
    within_rounding: "差额，属舍入", "off by, rounding";
    exceeds: "超出", "beyond by";
    fold_again: "收起", "Fold";
    blank: "空", "blank";
    blank_or_zero: "空，或 0.00", "blank, or 0.00";
    suspect_title: "只改一格就都对得上", "One change makes everything tie";
    suspect_which: "哪一格", "Cell";
    suspect_printed: "文件所印", "Printed";
    suspect_fitting: "合适的值", "Would fit";
    suspect_sure: "把握", "Confidence";
    high: "高", "high";
    medium: "中", "medium";
    candidates: "多格都可能", "Any of several cells may be the one";
    candidates_hint: "下面每一格单独改动，都能使不符的核对变相符；仅凭数字分不出是哪一格。", "Each of these changes alone would make the failed checks tie; the figures do not tell which.";
    col_cell: "若改这一格", "If this cell changes";
    col_printed: "文件所印", "Printed";
    col_fitting: "要改成", "To";
    col_agreeing: "变相符", "Checks that tie then";
    about: "在哪里", "Where";
    source: "原文", "Source";
    source_hint: "宋体为文件原样", "as in the file";
    whole_source: "在全文中看", "See in the whole text";
    why_rule: "为什么应当相符", "Why this must tie";
    basis: "依据", "Basis";
    ask_title: "下一步", "What next";
    ask_text: "不符，可能是公开文件填错，也可能是我们读错了表格。请先对照原文件这一栏；若原文确实如此，可向公开单位询问。", "The document may be wrong, or our reading of it. Compare with the original file first; if it does say so, ask the department.";
    ask_confirm: "已对照，原文如此", "Checked: the source says so";
    ask_misread: "是读取有误", "It was misread";
    ask_copy: "复制询问文字", "Copy a question to send";
    // tables
    tables_of: "本文件的表", "Tables in this file";
    hide_ticks: "不显示相符标记", "Hide the ticks";
    unfold: "展开到项级", "Unfold all levels";
    show_bare: "显示没有金额的行", "Show rows without amounts";
    legend: "图例", "Legend";
    legend_partner: "同一算式的另一格", "another cell of a failed sum";
    legend_candidate: "多格都可能", "one of several";
    legend_blank: "原文为空", "blank in the source";
    legend_zero: "原文印了零", "a printed zero";
    scrollable: "可滚动", "scrollable";
    unmarked_tie: "没有特别说明的格均相符或未参加核对。", "Cells without a remark tie or take part in no check.";
    fold_row: "收起或展开", "Fold or unfold";
    table_empty: "公开为空表，没有金额可核对。空表是正常情形。", "Published without rows, so there is nothing to check. That is normal.";
    table_missing: "目录或正文提到这张表，文中没有。可能未公开，也可能在图片里。", "The contents or the text name this table, but it is not there. It may not be published, or be a picture.";
    table_missing_title: "文件中没有找到", "not found in the file";
    state_empty: "公开为空表", "published empty";
    state_missing: "文件中没有找到", "not found";
    state_unchecked: "没有可核对的数", "nothing to check";
    no_tables: "没有认出表格。", "No tables were recognised.";
    see_finding: "看算式和原文", "See sum and source";
    see_source_line: "看原文", "See the source";
    chosen_cell: "选中的格", "Chosen cell";
    cell_hint: "点一格，或用方向键在格间移动：会标出同在一个算式里的格，并列出它参加的核对。", "Choose a cell, or move with the arrow keys: cells of the same sums are marked, and its checks are listed.";
    cell_alone: "这一格没有参加任何核对。", "This cell takes part in no check.";
    doubt: "读取存疑", "Reading in doubt";
    side: "看哪一边", "Which side";
    revenue: "收入", "Revenue";
    expenditure: "支出", "Expenditure";
    remarks: "表下附注", "Remarks below the table";
    other_table: "表", "Table";
    // glossary
    glossary_title: "名词", "Glossary";
    glossary_hint: "用平常话说，由我们撰写，不是文件的原文。表头和名称里带点线的词，停一下、点一下就有说明。", "In plain words, by us; not the document's. Words with a dotted line explain themselves where they stand.";
    glossary_search: "查名词", "Find a term";
    glossary_none: "没有这个名词。", "No such term.";

    key_glossary: "名词", "glossary";
    // try-out
    try_title: "试改", "Try";
    try_label: "试改为", "Try another figure";
    try_hint: "看换一个数后哪些算式会变。不改动文件，也不进任何导出。", "See which sums change with another figure. The file stays as it is, and no export has it.";
    try_not_amount: "写的不是金额，没有改。", "That is no amount; nothing was changed.";
    try_lost: "核对程序刚刚重新启动，请再打开一次文件后试改。", "The checking program was just restarted; open the file again, then try.";
    try_not_printed: "这不是公开文件的数。", "This is not the document's figure.";
    put_back: "还原", "Put back";
    key_try: "试改选中的格", "try another figure in the chosen cell";
    key_put_back: "还原试改的数", "put tried figures back";
    // source view
    jump_next: "下一处", "Next place";
    picture: "图片，未能核对", "a picture, not checked";
    source_region: "全文，可滚动", "Whole text, scrollable";
    // page picture
    zoom: "缩放", "Zoom";
    smaller: "缩小", "Smaller";
    larger: "放大", "Larger";
    fit_width: "适合宽度", "Fit width";
    page_region: "页面图，可滚动；翻页用 PageUp、PageDown，缩放用加号、减号", "Page picture, scrollable; PageUp and PageDown turn pages, plus and minus zoom";
    page_loading: "正在画这一页……", "Drawing this page…";
    page_not_drawn: "这一页画不出来。文字和表格不受影响。", "This page cannot be drawn. Text and tables are not affected.";
    page_is_picture: "这一页是图片，没有文字，未能核对。", "This page is a picture without text and was not checked.";
    box_hit: "实框：可疑的一处", "Solid box: what may be wrong";
    box_other: "虚框：同一算式里的另一个数", "Dashed box: another figure of the same sum";
    pages: "各页", "Pages";
    // many
    many_files: "多份文件", "Many files";
    many_nothing: "文件夹里没有文件。", "There is no file in the folder.";
    many_search: "筛选单位或文件名", "Filter by unit or file name";
    many_unit: "单位", "Unit";
    many_year: "年度", "Year";
    many_verdict: "结果", "Result";
    many_total: "收支总计", "Total";
    many_coverage: "核对项数", "Checks";
    many_file: "文件", "File";
    many_waiting: "等待读取", "waiting";
    many_locked: "需要密码，点文件名打开", "needs a password; open it by its name";
    many_stopped: "已停止，未读", "stopped, not read";
    many_save: "存成 CSV", "Save as CSV";
    many_saved_name: "对账清单.csv", "duizhang-list.csv";
    many_close: "关闭列表", "Close the list";
    // keys
    keys_title: "快捷键", "Keys";
    keys_letters: "使用字母和数字键", "Use letter and digit keys";
    key_step: "下一条、上一条发现", "next, previous finding";
    key_enter: "打开这一条", "open the finding";
    key_escape: "回到列表", "back to the list";
    key_slash: "筛选", "filter";
    key_views: "切换视图", "switch views";
    key_arrows: "在表格的格间移动", "move between the cells of a table";
    key_evidence: "看选中格的原文", "source of the chosen cell";
    key_help: "这张表", "this list";
    // report
    report_title: "预算公开数字核对报告", "Budget disclosure: which figures tie";
    report_caveat: "不符，可能是公开文件有误，也可能是我们读取有误。引用前请对照原文件。", "A mismatch may be an error in the document, or in our reading of it. Compare with the original file before quoting.";
    report_print_hint: "SHA-256 前 12 位", "SHA-256, first 12 digits";
    report_how: "怎么核对的", "How this was checked";
    report_how_text: "核对的是数字之间应有的关系：收支平衡、合计等于分项之和、类款项逐级汇总、同一数在不同表和正文里一致。每个数按印出的位数看作一个区间，差额在区间之内的记为舍入。文件在使用者本机读取，没有上传。本报告不评价预算安排是否合理，不替代审计。", "What was checked is how figures must relate: revenue and expenditure balance, totals equal their parts, levels add up, one figure is the same everywhere. Each figure stands for the interval that its printed digits allow; a difference inside it counts as rounding. The file was read on the user's device and not uploaded. The report judges no spending and replaces no audit.";
    report_where: "在哪里", "Where";
    report_what: "内容", "What";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chinese(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    #[test]
    fn every_word_is_in_both_languages() {
        for (name, zh, en) in ALL.iter().chain(saved::ALL).chain(away::ALL).chain(way::ALL).chain(views::ALL) {
            assert!(!zh.is_empty() && !en.is_empty(), "{name}");
            // Names of tables may stand inside, in quotes or not; the sentence is English.
            assert!(!chinese(&en.chars().take(2).collect::<String>()), "{name}: {en}");
            assert_ne!(zh, en, "{name}");
        }
    }

    #[test]
    fn nobody_is_accused() {
        for (name, zh, _) in ALL.iter().chain(saved::ALL).chain(away::ALL).chain(way::ALL).chain(views::ALL) {
            for word in ["错误", "造假", "违规", "异常", "正确"] {
                assert!(!zh.contains(word), "{name}: {zh}");
            }
        }
    }
}
