//! Every sentence of the page, in Chinese and in English, side by side.
//!
//! A word stands in both languages or does not compile. What rules and findings say comes in both from the core.

use crate::amount::Unit;
use crate::disclosure::{Message, Stage};
use crate::document::Place;
use crate::session::{Caption, Coverage, Gap, Headline, Mark, SumKind, TermLabel, Whereabouts};
use crate::wire::Step;

/// The languages of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Language {
    /// 中文
    #[default]
    Chinese,
    /// English
    English,
}

impl Language {
    /// Its tag in HTML and in the settings.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The other one.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }
}

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Words(pub(super) Language);

macro_rules! words {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        impl Words {
            $(
                pub(super) fn $name(self) -> &'static str {
                    match self.0 {
                        Language::Chinese => $zh,
                        Language::English => $en,
                    }
                }
            )*
        }

        /// Every fixed word with its name, for the tests.
        #[cfg(test)]
        const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $zh, $en)),*];
    };
}

words! {
    // masthead and foot
    brand: "对账", "Duizhang";
    tagline: "预算公开数字核对", "checks published budgets";
    local_only: "文件只在本机读取，不上传", "Files stay on this device";
    to_start: "回到开始", "Back to the start";
    theme_name: "切换浅色或深色", "Switch between light and dark";
    theme: "深浅", "Theme";
    keys: "快捷键", "Keys";
    skip: "跳到主要内容", "Skip to content";
    foot_limits: "对账只核对数字之间的关系，不评价单位，也不替代审计。", "Duizhang checks how figures relate. It judges nobody and replaces no audit.";
    foot_offline: "断网也能用", "works offline";
    foot_version: "版本", "Version";
    // first screen
    start_title: "看一份预算公开，数字对不对得上。", "Does a published budget add up?";
    start_lead: "放进一份部门或单位的预算、决算公开文件，逐表核对合计、层级和正文里的数，对不上的指到具体一格。", "Put in the disclosure of a Chinese department. Totals, levels and the figures in the prose are checked, and what does not tie is named down to the cell.";
    drop_here: "把文件拖到这里", "Drop files here";
    drop_now: "松手就开始核对", "Let go to check them";
    drop_kinds: "可一次放多份，一起核对", "several at once are checked together";
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
    step_open: "打开文件", "Open the file";
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
    // verdict
    caveat_start: "不符，", "A mismatch ";
    caveat_strong: "可能是公开文件有误，也可能是我们读取有误", "may be an error in the document, or in our reading of it";
    caveat_end: "。下结论前请对照原文。", ". Check the source before drawing a conclusion.";
    ties_only: "这只说明数字之间没有矛盾，不说明花得是否合理。", "This says that the figures agree with each other, not that the money is well spent.";
    too_few_text: "文件里能互相核对的数太少。下面列出核对了什么、还缺什么。", "Too few figures can be held against each other. Below is what was checked and what is missing.";
    count_pass: "相符", "tie";
    count_rounding: "舍入尾差", "rounding";
    count_fail: "不符", "do not tie";
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
    more: "多出", "over by";
    less: "少了", "short by";
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
    no_place: "文件中没有对应的位置。", "There is no place for it in the file.";
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
    see_table: "看表格", "See the table";
    chosen_cell: "选中的格", "Chosen cell";
    cell_hint: "点一格，或用方向键在格间移动：会标出同在一个算式里的格，并列出它参加的核对。", "Choose a cell, or move with the arrow keys: cells of the same sums are marked, and its checks are listed.";
    cell_alone: "这一格没有参加任何核对。", "This cell takes part in no check.";
    doubt: "读取存疑", "Reading in doubt";
    side: "看哪一边", "Which side";
    revenue: "收入", "Revenue";
    expenditure: "支出", "Expenditure";
    remarks: "表下附注", "Remarks below the table";
    other_table: "表", "Table";
    // source view
    jump_next: "下一处", "Next place";
    picture: "图片，未能核对", "a picture, not checked";
    source_region: "全文，可滚动", "Whole text, scrollable";
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

impl Words {
    /// The message in this language.
    pub(super) fn of(self, message: &Message) -> String {
        match self.0 {
            Language::Chinese => message.zh.clone(),
            Language::English if message.en.is_empty() => message.zh.clone(),
            Language::English => message.en.clone(),
        }
    }

    fn say(self, zh: impl FnOnce() -> String, en: impl FnOnce() -> String) -> String {
        match self.0 {
            Language::Chinese => zh(),
            Language::English => en(),
        }
    }

    /// The word of a mark.
    pub(super) fn mark(self, mark: Mark) -> &'static str {
        match mark {
            Mark::Ok => self.ties(),
            Mark::Rounding => self.rounding(),
            Mark::Mismatch => self.mismatch(),
            Mark::Warning => self.warning(),
            Mark::Info => self.info(),
            Mark::Unchecked => self.unknown(),
            Mark::Absent => self.absent(),
        }
    }

    /// A step of the pipeline.
    pub(super) fn step(self, step: Step) -> &'static str {
        match step {
            Step::Read => self.step_read(),
            Step::Recognise => self.step_recognise(),
            Step::Check => self.step_check(),
            Step::Explain => self.step_explain(),
        }
    }

    /// What is being read.
    pub(super) fn reading(self, name: Option<&str>) -> String {
        match name {
            Some(name) => self.say(|| format!("正在读“{name}”"), || format!("Reading “{name}”")),
            None => self.say(|| "正在核对".to_owned(), || "Checking".to_owned()),
        }
    }

    /// The sentence above everything, one entry a line, each with its mark.
    pub(super) fn headline(self, headline: Headline) -> Vec<(Mark, String)> {
        match headline {
            Headline::MainTie { places } => vec![
                (Mark::Ok, self.say(|| "主要总数都对得上，".into(), || "The main totals tie.".into())),
                (Mark::Mismatch, self.say(|| format!("有 {places} 处数字不符。"), || figures_do_not(places, "figure"))),
            ],
            Headline::MainApart { others: 0 } => {
                vec![(Mark::Mismatch, self.say(|| "有总数对不上。".into(), || "A main total does not tie.".into()))]
            }
            Headline::MainApart { others } => vec![
                (Mark::Mismatch, self.say(|| "有总数对不上，".into(), || "A main total does not tie,".into())),
                (
                    Mark::Mismatch,
                    self.say(
                        || format!("另有 {others} 处不符。"),
                        || {
                            format!(
                                "and {others} other {} not.",
                                if others == 1 { "figure does" } else { "figures do" }
                            )
                        },
                    ),
                ),
            ],
            Headline::Hints { places } => vec![
                (Mark::Ok, self.say(|| "主要总数都对得上，".into(), || "The main totals tie.".into())),
                (
                    Mark::Warning,
                    self.say(
                        || format!("有 {places} 处建议对照。"),
                        || format!("{places} {} worth a look.", if places == 1 { "place is" } else { "places are" }),
                    ),
                ),
            ],
            Headline::AllTie { figures } => vec![(
                Mark::Ok,
                self.say(
                    || format!("核对到的 {figures} 项数字都对得上。"),
                    || format!("All {figures} figures checked tie."),
                ),
            )],
            Headline::TooFew { figures, places } => {
                let first = (
                    Mark::Unchecked,
                    self.say(
                        || format!("只核对到 {figures} 项，不足以下结论。"),
                        || format!("Only {figures} figures could be checked, too few to conclude."),
                    ),
                );
                let apart = (
                    Mark::Mismatch,
                    self.say(|| format!("其中 {places} 处不符。"), || figures_do_not(places, "of them")),
                );
                if places == 0 { vec![first] } else { vec![first, apart] }
            }
            Headline::NoTables { .. } => vec![(
                Mark::Info,
                self.say(
                    || "文件读到了，但没有认出预算表".into(),
                    || "The file was read, but no budget table was recognised".into(),
                ),
            )],
        }
    }

    /// How many lines were read where no table was found.
    pub(super) fn lines_read(self, lines: usize) -> String {
        self.say(|| format!("读到 {lines} 行文字。"), || format!("{lines} lines of text were read."))
    }

    /// The document in short: year and kind.
    pub(super) fn year_and_stage(self, year: Option<u16>, stage: Option<Stage>) -> String {
        let year = year.map(|y| y.to_string()).unwrap_or_default();
        let text = match stage {
            Some(Stage::Budget) => self.say(|| format!("{year} 年预算"), || format!("{year} budget")),
            Some(Stage::FinalAccounts) => self.say(|| format!("{year} 年决算"), || format!("{year} final accounts")),
            None if year.is_empty() => String::new(),
            None => self.say(|| format!("{year} 年"), || year.clone()),
        };
        text.trim_start_matches([' ', '年']).trim().to_owned()
    }

    /// What was read and how much of it was compared.
    pub(super) fn coverage(self, coverage: &Coverage) -> Vec<String> {
        let Coverage { tables, empty, missing, numbers, numbers_compared, .. } = *coverage;
        let mut parts = vec![self.say(|| format!("读到 {tables} 张表"), || format!("{tables} tables read"))];
        if empty > 0 {
            parts.push(self.say(|| format!("{empty} 张空表"), || format!("{empty} published empty")));
        }
        if missing > 0 {
            parts.push(self.say(|| format!("{missing} 张没有找到"), || format!("{missing} not found")));
        }
        if numbers > 0 {
            parts.push(self.say(
                || format!("正文 {numbers} 个数，对照了 {numbers_compared} 个"),
                || format!("{numbers} figures in the text, {numbers_compared} compared"),
            ));
        }
        parts
    }

    /// 单位：万元
    pub(super) fn unit_line(self, unit: Option<Unit>) -> Option<String> {
        let unit = unit?;
        Some(self.say(|| format!("单位：{unit}"), || format!("Unit: {}", self.unit(unit))))
    }

    /// The word of a unit.
    pub(super) fn unit(self, unit: Unit) -> &'static str {
        match (self.0, unit) {
            (Language::Chinese, unit) => unit.word(),
            (_, Unit::Yuan) => "yuan",
            (_, Unit::Thousand) => "thousand yuan",
            (_, Unit::TenThousand) => "10,000 yuan",
            (_, Unit::HundredMillion) => "100 million yuan",
        }
    }

    /// About how much that is in 亿元.
    pub(super) fn gloss(self, figure: &str) -> String {
        self.say(|| format!("约 {figure} 亿元"), || format!("about {figure} × 100 million"))
    }

    /// The name of a summary figure.
    pub(super) fn sum_kind(self, kind: SumKind) -> &'static str {
        match kind {
            SumKind::Revenue => self.sum_revenue(),
            SumKind::Expenditure => self.sum_expenditure(),
            SumKind::ThreePublic => self.sum_three(),
            SumKind::Increase => self.sum_increase(),
            SumKind::Decrease => self.sum_decrease(),
            SumKind::Project => self.sum_project(),
        }
    }

    /// Which places agree on a figure.
    pub(super) fn agreeing(self, tables: &[Caption], prose: bool) -> String {
        /// More names than this are not read.
        const NAMED: usize = 4;
        let mut names: Vec<String> = tables.iter().take(NAMED).map(|t| self.short_caption(t)).collect();
        let more = tables.len().saturating_sub(NAMED);
        if more > 0 {
            names.push(self.say(|| format!("另 {more} 张表"), || format!("{more} more tables")));
        }
        if prose {
            names.push(self.prose().to_owned());
        }
        let joined = names.join(self.say(|| "、".into(), || ", ".into()).as_str());
        self.say(|| format!("{joined}一致"), || format!("the same in {joined}"))
    }

    /// How many checks a figure takes part in.
    pub(super) fn takes_part(self, checks: usize) -> String {
        self.say(|| format!("参加 {checks} 项核对"), || format!("in {checks} {}", plural(checks, "check", "checks")))
    }

    /// A table in few words: its number, else its title.
    pub(super) fn short_caption(self, caption: &Caption) -> String {
        caption.number.clone().unwrap_or_else(|| self.title(caption))
    }

    /// A table with number and title.
    pub(super) fn caption(self, caption: &Caption) -> String {
        match &caption.number {
            Some(number) => format!("{number} {}", self.title(caption)),
            None => self.title(caption),
        }
    }

    fn title(self, caption: &Caption) -> String {
        let known = caption.kind.map(|kind| kind.name());
        match (self.0, known) {
            (Language::English, Some(name)) => name.en,
            (_, Some(name)) if caption.title.is_empty() => name.zh,
            _ if caption.title.is_empty() => self.other_table().to_owned(),
            _ => caption.title.clone(),
        }
    }

    /// An address in the source.
    pub(super) fn place(self, place: Place) -> String {
        match place {
            Place::Line { line, .. } => self.say(|| format!("第 {line} 行"), || format!("line {line}")),
            Place::Page { page, .. } => self.say(|| format!("第 {page} 页"), || format!("page {page}")),
            Place::Sheet { sheet, row, column } => {
                let cell = format!("{}{}", letters(column), row.saturating_add(1));
                let sheet = sheet.saturating_add(1);
                self.say(|| format!("工作表 {sheet} {cell}"), || format!("sheet {sheet} {cell}"))
            }
        }
    }

    /// An address in the narrow column beside a line.
    pub(super) fn gutter(self, place: Place) -> String {
        match place {
            Place::Line { line, .. } => line.to_string(),
            Place::Page { page, .. } => self.say(|| format!("{page} 页"), || format!("p. {page}")),
            Place::Sheet { row, .. } => row.saturating_add(1).to_string(),
        }
    }

    /// From where to where.
    pub(super) fn span(self, (from, to): (Place, Place)) -> String {
        match (from, to) {
            (Place::Line { line: a, .. }, Place::Line { line: b, .. }) if a < b => {
                self.say(|| format!("第 {a}–{b} 行"), || format!("lines {a}–{b}"))
            }
            (Place::Page { page: a, .. }, Place::Page { page: b, .. }) if a < b => {
                self.say(|| format!("第 {a}–{b} 页"), || format!("pages {a}–{b}"))
            }
            _ => self.place(from),
        }
    }

    /// Where a finding is.
    pub(super) fn whereabouts(self, found: &Whereabouts) -> String {
        let comma = self.say(|| "、".into(), || ", ".into());
        let mut names: Vec<String> = match found.tables.as_slice() {
            [only] if !found.prose => vec![self.caption(only)],
            several => several.iter().map(|t| self.short_caption(t)).collect(),
        };
        if found.prose {
            names.push(self.say(|| "正文".into(), || "text".into()));
        }
        let mut text = names.join(&comma);
        if let [only] = found.places.as_slice() {
            text = join(&text, &self.place(*only));
        } else if !found.places.is_empty() {
            let lines: Vec<u32> = found.places.iter().filter_map(|p| p.line_number()).collect();
            let places = if lines.len() == found.places.len() {
                let lines = lines.iter().map(u32::to_string).collect::<Vec<_>>().join(&comma);
                self.say(|| format!("第 {lines} 行"), || format!("lines {lines}"))
            } else {
                found.places.iter().map(|&p| self.place(p)).collect::<Vec<_>>().join(&comma)
            };
            text = join(&text, &places);
        }
        if found.more > 0 {
            text.push_str(&self.say(|| format!("等 {} 处", found.places.len() + found.more), || " and others".into()));
        }
        text
    }

    /// How many checks hang on one finding.
    pub(super) fn moves_checks(self, checks: usize) -> String {
        self.say(
            || format!("牵动 {checks} 项核对"),
            || format!("{checks} {} hang on it", plural(checks, "check", "checks")),
        )
    }

    /// By how much.
    pub(super) fn gap(self, gap: &Gap) -> String {
        match gap {
            Gap::Over(by) => self.say(|| format!("多 {by}"), || format!("over {by}")),
            Gap::Under(by) => self.say(|| format!("少 {by}"), || format!("under {by}")),
            Gap::Pair(one, other) => {
                format!("{} / {}", self.or_blank(one), self.or_blank(other))
            }
        }
    }

    /// The figure, or the word for a blank one.
    pub(super) fn or_blank(self, figure: &str) -> String {
        if figure.is_empty() { self.blank().to_owned() } else { figure.to_owned() }
    }

    /// The name of a cell or statement.
    pub(super) fn label(self, label: &TermLabel) -> String {
        let mut parts = Vec::new();
        if let Some(table) = &label.table {
            parts.push(self.short_caption(table));
        }
        if label.prose {
            parts.push(self.say(|| "正文".into(), || "text".into()));
        }
        parts.extend(label.row.clone());
        let name = parts.join(" ");
        match &label.column {
            Some(column) if name.is_empty() => column.clone(),
            Some(column) => format!("{name} · {column}"),
            None => name,
        }
    }

    /// 第 n 条，共 m 条
    pub(super) fn ordinal(self, (at, of): (usize, usize)) -> String {
        self.say(|| format!("第 {at} 条，共 {of} 条"), || format!("{at} of {of}"))
    }

    /// The heading of the list.
    pub(super) fn found(self, findings: usize) -> String {
        self.say(|| format!("发现 {findings} 条"), || format!("{findings} {}", plural(findings, "finding", "findings")))
    }

    /// The button that leads back to the list.
    pub(super) fn back(self, findings: usize) -> String {
        self.say(|| format!("全部 {findings} 条"), || format!("All {findings}"))
    }

    /// A mark's word with its count.
    pub(super) fn counted(self, word: &str, count: usize) -> String {
        format!("{word} {count}")
    }

    /// 不符（合 2 处）
    pub(super) fn fail_places(self, places: usize) -> String {
        match places {
            0 => self.count_fail().to_owned(),
            _ => self.say(
                || format!("不符（合 {places} 处）"),
                || format!("do not tie ({places} {})", plural(places, "place", "places")),
            ),
        }
    }

    /// The accessible name of the meter.
    pub(super) fn meter(self, total: usize, pass: usize, rounding: usize, fail: usize, unknown: usize) -> String {
        self.say(
            || format!("{total} 项数字核对：相符 {pass}，舍入 {rounding}，不符 {fail}，无法核对 {unknown}"),
            || format!("{total} checks: {pass} tie, {rounding} rounding, {fail} do not tie, {unknown} not checkable"),
        )
    }

    /// The accessible name of one square of the meter.
    pub(super) fn nth(self, mark: Mark, n: usize) -> String {
        let word = self.mark(mark);
        self.say(|| format!("{word}第 {n} 项"), || format!("{word} {n}"))
    }

    /// What follows an all-tie verdict.
    pub(super) fn of_which(self, rounding: usize, unknown: usize) -> String {
        let mut text = String::new();
        if rounding > 0 {
            text += &self
                .say(|| format!("其中 {rounding} 项是舍入尾差。"), || format!("{rounding} of them within rounding. "));
        }
        text += self.ties_only();
        if unknown > 0 {
            text += &self.say(
                || format!("还有 {unknown} 项无法核对，原因列在下面。"),
                || format!(" {unknown} could not be checked; the reasons are below."),
            );
        }
        text
    }

    /// The heading over the checks of a finding.
    pub(super) fn would_tie(self, fitting: Option<&str>, agreeing: usize) -> String {
        match fitting {
            Some(value) => self.say(
                || format!("若此格为 {value}，{agreeing} 项由不符变相符，没有别的核对被打破"),
                || {
                    format!(
                        "If this cell is {value}, {agreeing} {} and none breaks",
                        plural(agreeing, "check ties", "checks tie")
                    )
                },
            ),
            None => self.say(
                || format!("若此格为空，{agreeing} 项由不符变相符，没有别的核对被打破"),
                || {
                    format!(
                        "If this cell is blank, {agreeing} {} and none breaks",
                        plural(agreeing, "check ties", "checks tie")
                    )
                },
            ),
        }
    }

    /// The heading over the checks of a finding without a suspect.
    pub(super) fn failed_checks(self, checks: usize) -> String {
        self.say(
            || format!("因此不符的 {checks} 项核对"),
            || format!("{checks} {} fail for this", plural(checks, "check", "checks")),
        )
    }

    /// The heading over checks that one reason kept from being made.
    pub(super) fn unmade_checks(self, checks: usize) -> String {
        self.say(
            || format!("同一原因未能核对的 {checks} 项"),
            || format!("{checks} {} not made for this reason", plural(checks, "check", "checks")),
        )
    }

    /// Opens folded addends.
    pub(super) fn unfold_addends(self, folded: usize) -> String {
        self.say(|| format!("再看 {folded} 项加数"), || format!("{folded} more parts"))
    }

    /// A row of the list that stands for several checks.
    pub(super) fn and_others(self, label: &str, checks: usize) -> String {
        match checks {
            0 | 1 => label.to_owned(),
            n => self.say(|| format!("{label}等 {n} 项"), || format!("{label} and {} more", n - 1)),
        }
    }

    /// The state line of a table.
    pub(super) fn mismatched_cells(self, mismatches: usize, hints: usize) -> String {
        let one = |n: usize, zh: &str, en: &str, ens: &str| {
            self.say(|| format!("{n} {zh}"), || format!("{n} {}", plural(n, en, ens)))
        };
        match (mismatches, hints) {
            (0, 0) => self.ties().to_owned(),
            (0, h) => one(h, "条提示", "hint", "hints"),
            (m, 0) => one(m, "处不符", "mismatch", "mismatches"),
            (m, h) => join(&one(m, "处不符", "mismatch", "mismatches"), &one(h, "条提示", "hint", "hints")),
        }
    }

    /// Rows and cells of a table.
    pub(super) fn extent(self, rows: usize, amounts: usize) -> String {
        self.say(|| format!("{rows} 行 {amounts} 个数"), || format!("{rows} rows, {amounts} figures"))
    }

    /// What a total sums.
    pub(super) fn sums_of(self, parts: usize) -> String {
        self.say(
            || format!("这一格是 {parts} 格之和，已在表中标出。"),
            || format!("The sum of {parts} cells, marked in the table."),
        )
    }

    /// Blank rows folded away.
    pub(super) fn bare_lines(self, lines: usize) -> String {
        self.say(|| format!("{lines} 行没有金额，已收起"), || format!("{lines} rows without amounts, folded"))
    }

    /// Rows folded away below a head.
    pub(super) fn folded(self, rows: u32) -> String {
        self.say(|| format!("收起 {rows} 行"), || format!("{rows} rows folded"))
    }

    /// What a document's tab says below its name.
    pub(super) fn tab_note(self, mismatches: usize, warnings: usize, compared: usize) -> String {
        match (mismatches, warnings) {
            (0, 0) if compared == 0 => self.state_unchecked().to_owned(),
            (0, 0) => self.ties().to_owned(),
            (0, w) => self.say(|| format!("{w} 条提示"), || format!("{w} {}", plural(w, "hint", "hints"))),
            (m, _) => self.say(|| format!("{m} 处不符"), || format!("{m} {}", plural(m, "mismatch", "mismatches"))),
        }
    }

    /// The name of the close button.
    pub(super) fn close_file(self, name: &str) -> String {
        self.say(|| format!("关闭 {name}"), || format!("Close {name}"))
    }

    /// After closing.
    pub(super) fn closed(self, name: &str) -> String {
        self.say(|| format!("已关闭“{name}”。"), || format!("“{name}” was closed."))
    }

    /// The source view's count of marked places.
    pub(super) fn marked_places(self, lines: usize, places: usize) -> String {
        self.say(|| format!("{lines} 行，{places} 行有发现"), || format!("{lines} lines, findings in {places}"))
    }

    /// The question that a citizen may send.
    pub(super) fn question(self, unit: &str, file: &str, title: &str, message: &str, place: &str) -> String {
        self.say(
            || format!("{unit}：\n贵单位公开的《{file}》中，{title}（{place}）。{message}\n请问这一处是否有误，或另有口径？谢谢。"),
            || format!("{unit}:\nIn your disclosure “{file}”: {title} ({place}). {message}\nIs this figure as intended, or is it on another basis? Thank you."),
        )
    }

    /// The browser's title.
    pub(super) fn page_title(self, verdict: Option<&str>, name: Option<&str>) -> String {
        match (verdict, name) {
            (Some(verdict), Some(name)) => format!("{verdict} · {name} · {}", self.brand()),
            _ => self.say(|| "对账：预算公开数字核对".into(), || "Duizhang: does a published budget add up?".into()),
        }
    }
}

fn plural<'a>(n: usize, one: &'a str, many: &'a str) -> &'a str {
    if n == 1 { one } else { many }
}

fn figures_do_not(places: usize, what: &str) -> String {
    match (places, what) {
        (1, "figure") => "1 figure does not.".to_owned(),
        (n, "figure") => format!("{n} figures do not."),
        (1, what) => format!("1 {what} does not tie."),
        (n, what) => format!("{n} {what} do not tie."),
    }
}

fn join(one: &str, other: &str) -> String {
    if one.is_empty() { other.to_owned() } else { format!("{one} · {other}") }
}

/// The letters of a sheet's column: A, B, … Z, AA.
fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        match (rest / 26).checked_sub(1) {
            Some(more) => rest = more,
            None => break,
        }
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chinese(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    #[test]
    fn every_word_is_in_both_languages() {
        for (name, zh, en) in ALL {
            assert!(!zh.is_empty() && !en.is_empty(), "{name}");
            assert!(chinese(zh) || zh.is_ascii(), "{name}: {zh}");
            assert_eq!(en.trim(), en.trim_end(), "{name}: begins with a space");
            assert_ne!(zh, en, "{name}");
        }
    }

    #[test]
    fn nobody_is_accused() {
        for (name, zh, _) in ALL {
            for word in ["错误", "造假", "违规", "异常", "正确"] {
                assert!(!zh.contains(word), "{name}: {zh}");
            }
        }
    }

    #[test]
    fn headlines_follow_the_count() {
        let en = Words(Language::English);
        let last = |h: Headline| en.headline(h).pop().unwrap().1;
        assert_eq!(last(Headline::MainTie { places: 1 }), "1 figure does not.");
        assert_eq!(last(Headline::MainTie { places: 2 }), "2 figures do not.");
        assert_eq!(last(Headline::MainApart { others: 0 }), "A main total does not tie.");
        let zh = Words(Language::Chinese);
        assert_eq!(zh.headline(Headline::MainTie { places: 2 })[1].1, "有 2 处数字不符。");
        assert_eq!(zh.headline(Headline::TooFew { figures: 9, places: 0 }).len(), 1);
    }

    #[test]
    fn sheets_are_addressed_as_people_do() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
        let zh = Words(Language::Chinese);
        assert_eq!(zh.place(Place::Sheet { sheet: 0, row: 6, column: 1 }), "工作表 1 B7");
    }

    #[test]
    fn a_document_without_year_has_no_empty_words() {
        let zh = Words(Language::Chinese);
        assert_eq!(zh.year_and_stage(None, None), "");
        assert_eq!(zh.year_and_stage(None, Some(Stage::Budget)), "预算");
        assert_eq!(zh.year_and_stage(Some(2025), Some(Stage::FinalAccounts)), "2025 年决算");
    }
}
