//! Whose disclosure it is, for which year, budget or final accounts.
//!
//! Each answer is the one with the best evidence: what tables say of themselves (`部门/单位：…`) before the rows of units,
//! before headings, before the prose. Nothing is made up: without evidence there is no answer.

use std::collections::BTreeMap;

use super::caption::is_part;
use super::spelling::{Sought, Wanted, folded, solid, unspaced, words};
use crate::disclosure::{RowRole, Stage, Table};
use crate::document::{Block, Document};

/// Titles are shorter than this, in characters; the longest official one, with unit and year, has some 45.
const LONGEST_TITLE: usize = 60;
/// Labels of fields are shorter than this, in bytes, letter spacing included.
const LONGEST_LABEL: usize = 150;
/// Bytes of a Chinese character.
const HAN: usize = '字'.len_utf8();
/// Names of departments are shorter than this, in characters.
const LONGEST_NAME: usize = 40;
/// Years of disclosures: published since 2010, and no budget is more than a few years ahead of any reader.
const YEARS: std::ops::RangeInclusive<u16> = 2005..=2099;

/// What a disclosure says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct About {
    /// The department or unit.
    pub(super) unit_name: Option<String>,
    /// The year that the figures are for.
    pub(super) year: Option<u16>,
    /// Budget or final accounts.
    pub(super) stage: Option<Stage>,
}

/// What the texts of a document say of it by themselves, whatever its tables turn out to be.
pub(super) struct Said<'a> {
    texts: Vec<Text<'a>>,
    /// Names, and how good the evidence is for each, in reading order.
    names: Vec<(String, Evidence)>,
    /// Years, and what speaks for each.
    years: BTreeMap<u16, u32>,
    /// What the titles speak for.
    stages: Stages,
}

/// Reads what the titles and the prose say.
pub(super) fn said(document: &Document) -> Said<'_> {
    let texts = texts(document);
    let mut years = BTreeMap::new();
    for text in texts.iter().filter(|text| text.may_date) {
        vote(text.printed, text.sort == Sort::Title, &mut years);
    }
    let mut stages = Stages::default();
    for text in texts.iter().filter(|text| text.sort == Sort::Title) {
        stages.vote(text.printed);
    }
    Said { names: names(&texts), years, stages, texts }
}

/// Puts that beside the titles of the tables and their `部门/单位：…` fields ([`Table::fields`]).
pub(super) fn about(said: Said, document: &Document, tables: &[Table]) -> About {
    let Said { texts, names, years, stages } = said;
    About {
        unit_name: unit_name(names, tables),
        year: year(years, tables).or_else(|| year_in_name(&document.name)),
        stage: stage(stages, &texts, tables),
    }
}

/// What a piece of text can be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// A title: a heading, or a short line without the marks of a sentence.
    Title,
    /// Another line.
    Line,
    /// A cell of a table.
    Cell,
}

/// A piece of the document's text.
struct Text<'a> {
    /// As printed.
    printed: &'a str,
    /// What it can be.
    sort: Sort,
    /// Whether it may begin with a label: all have one of two characters. Long texts are not searched to their ends.
    may_label: bool,
    /// Whether it may name a year.
    may_date: bool,
}

impl<'a> Text<'a> {
    fn new(printed: &'a str, sort: Sort) -> Self {
        let mut text = Self { printed, sort, may_label: false, may_date: false };
        // Figures, which most cells are.
        if sort == Sort::Cell && printed.is_ascii() {
            return text;
        }
        let (mut length, mut year, mut digit) = (0, false, false);
        // Whether a mark of a sentence stands inside; a stop may end a title.
        let (mut inside, mut stop) = (false, false);
        for (at, c) in printed.char_indices() {
            length += 1;
            inside |= stop && !matches!(c, '。' | '.');
            match c {
                '，' | '；' | ';' | ',' => inside = true,
                '。' => stop = true,
                '部' | '单' => text.may_label |= at < LONGEST_LABEL,
                '年' => year = true,
                '2' | '２' | '二' => digit = true,
                _ => {}
            }
        }
        if sort == Sort::Line && !inside && (4..=LONGEST_TITLE).contains(&length) {
            text.sort = Sort::Title;
        }
        text.may_date = year && digit;
        text
    }
}

fn texts(document: &Document) -> Vec<Text<'_>> {
    let mut texts = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { line, .. } => texts.push(Text::new(&line.text, Sort::Line)),
            Block::Text(lines) => texts.extend(lines.iter().map(|line| Text::new(&line.text, Sort::Line))),
            Block::Grid(grid) => {
                let cells = grid.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.text.is_empty());
                texts.extend(cells.map(|cell| Text::new(&cell.text, Sort::Cell)));
            }
            Block::Image { .. } => {}
        }
    }
    texts
}

/// How good the evidence for a name is, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    /// The subject of a sentence (`…局2024年收入预算`).
    Prose,
    /// A title or the heading of a part.
    Title,
    /// The first row of units in a table.
    UnitRow,
    /// A field of a form, a label in a cell.
    Form,
    /// The line above a budget table.
    Label,
}

/// The names that were seen, and how often at which grade.
#[derive(Default)]
struct Candidates {
    /// Folded name without brackets → the spellings, and how often at which grade.
    names: BTreeMap<String, Candidate>,
}

#[derive(Default)]
struct Candidate {
    spellings: BTreeMap<String, u32>,
    seen: BTreeMap<Evidence, u32>,
    first: usize,
}

impl Candidates {
    fn add(&mut self, name: &str, evidence: Evidence) {
        let name = unspaced(name);
        let name = name.trim_matches(['：', ':', '。', '，', ',', '、', '“', '”', '《', '》']).to_owned();
        if !is_name(&name) {
            return;
        }
        let order = self.names.len();
        let key = folded(&name).replace(['(', ')'], "");
        let candidate = self.names.entry(key).or_insert_with(|| Candidate { first: order, ..Candidate::default() });
        let count = candidate.spellings.entry(name).or_default();
        *count = count.saturating_add(1);
        let seen = candidate.seen.entry(evidence).or_default();
        *seen = seen.saturating_add(1);
    }

    /// The best name: the best evidence, then how often, then which came first. Of its spellings, one with brackets
    /// (`（汇总）`) before one that lost them.
    fn best(self) -> Option<String> {
        let best = self
            .names
            .into_values()
            .max_by(|a, b| a.seen.iter().next_back().cmp(&b.seen.iter().next_back()).then(b.first.cmp(&a.first)))?;
        best.spellings
            .into_iter()
            .max_by_key(|(name, count)| (name.contains(['（', '(']), *count))
            .map(|(name, _)| name)
    }
}

fn unit_name(names: Vec<(String, Evidence)>, tables: &[Table]) -> Option<String> {
    let mut candidates = Candidates::default();
    for table in tables {
        let form = matches!(
            table.kind,
            crate::disclosure::TableKind::PerformanceWhole | crate::disclosure::TableKind::PerformanceProject
        );
        for (label, value) in &table.fields {
            if is_unit_label(&folded(label)) {
                candidates.add(value, if form { Evidence::Form } else { Evidence::Label });
            }
        }
        // The first unit row is the department itself; those below it are its units.
        if let Some(row) = table.rows.iter().find(|row| row.role == RowRole::Unit)
            && let Some(name) = &row.name
        {
            candidates.add(name, Evidence::UnitRow);
        }
    }
    for (name, evidence) in names {
        candidates.add(&name, evidence);
    }
    candidates.best()
}

/// The names in the texts, in reading order.
fn names(texts: &[Text]) -> Vec<(String, Evidence)> {
    let mut names: Vec<(String, Evidence)> = on_cover(texts).into_iter().map(|name| (name, Evidence::Title)).collect();
    let mut label_above = false;
    for text in texts {
        if let Some(name) = Some(text.printed).filter(|_| text.may_label).and_then(labelled) {
            names.push((name, if text.sort == Sort::Cell { Evidence::Form } else { Evidence::Label }));
        } else if label_above {
            // A label in one cell or line, the name in the next.
            names.push((text.printed.to_owned(), Evidence::Form));
        }
        label_above = text.may_label
            && text.printed.len() <= LONGEST_LABEL
            && is_unit_label(folded(text.printed).trim_end_matches(':'));
        match text.sort {
            Sort::Title => names.extend(named_by_title(text.printed).map(|name| (name, Evidence::Title))),
            Sort::Line => names.extend(named_by_sentence(text.printed).map(|name| (name, Evidence::Prose))),
            Sort::Cell => {}
        }
    }
    names
}

/// Names that stand alone on the cover, in one line or wrapped into two: before the contents, near a line that says what
/// the document is (`2026年度`, `某局`, `单位预算`).
fn on_cover(texts: &[Text]) -> Vec<String> {
    /// Lines of a cover: year, name, what it is, date, and one wrap of each.
    const LINES: usize = 8;
    let cover: Vec<String> =
        texts.iter().take(LINES).map(|text| unspaced(text.printed)).take_while(|text| text != "目录").collect();
    let says_what = |text: &String| DISCLOSURES.iter().take(6).any(|word| text.ends_with(word.text));
    if !cover.iter().any(says_what) {
        return Vec::new();
    }
    let mut names: Vec<String> = Vec::new();
    for (at, text) in cover.iter().enumerate() {
        let part = |text: &str| is_name(text) && !text.contains("预算") && !text.contains("决算");
        let wrapped = cover.get(at + 1).map(|next| format!("{text}{next}"));
        let plain = |text: &str| !text.chars().any(|c| c.is_ascii_digit());
        if let Some(whole) = wrapped.filter(|whole| !part(text) && plain(whole) && part(whole)) {
            names.push(whole);
        } else if plain(text) && part(text) {
            names.push(text.clone());
        }
    }
    names
}

/// Labels that stand before the name of the department.
fn is_unit_label(label: &str) -> bool {
    const LABELS: [&str; 16] = [
        "部门/单位",
        "部门(单位)",
        "部门(单位)名称",
        "部门名称",
        "单位名称",
        "部门",
        "编制单位",
        "编制部门",
        "预算单位",
        "公开部门",
        "公开单位",
        "预算部门",
        "单位(部门)",
        "单位(部门)名称",
        "填报单位",
        "单位",
    ];
    LABELS.contains(&label)
}

/// The name behind a label on the same line: `部门/单位：某局 单位：万元`, `部门名称 某局`.
fn labelled(printed: &str) -> Option<String> {
    let (label, value) = match printed.split_once(['：', ':']) {
        Some((label, value)) if label.chars().count() <= LONGEST_NAME => (label, value),
        _ => printed.trim().split_once([' ', '\u{3000}'])?,
    };
    if label.len() > LONGEST_LABEL || !label.contains(['部', '单']) {
        return None;
    }
    let label = folded(label);
    let label = label.trim_start_matches("公开01表").trim_start_matches("表");
    if !is_unit_label(label) {
        return None;
    }
    // The unit of the amounts, a date or a second field may follow on the line.
    let words: Vec<&str> = value.split([' ', '\u{3000}', '\t']).filter(|word| !word.is_empty()).collect();
    let mut name = String::new();
    for word in words {
        let plain = folded(word);
        if plain.contains(':') || plain.starts_with("金额") || plain.starts_with("20") {
            break;
        }
        name.push_str(word);
    }
    Some(name)
}

/// Words for the disclosure, behind the name in a title.
static DISCLOSURES: &[Wanted] = words![
    "部门预算",
    "单位预算",
    "部门决算",
    "单位决算",
    "预算公开",
    "决算公开",
    "概况",
    "预算情况",
    "决算情况",
    "预算表",
    "预算",
    "决算",
];

/// The name in a title: what stands before the year or before the word for the disclosure.
fn named_by_title(printed: &str) -> Option<String> {
    let mut text = unspaced(printed);
    if is_part(&text)
        && let Some(at) = text.find(['分', '章', '篇'])
    {
        text = text.get(at + '分'.len_utf8()..).unwrap_or_default().to_owned();
    }
    let year = text.find("20").filter(|&at| year_at(&text, at).is_some());
    let word = first_of(&text, DISCLOSURES);
    let at = match (year, word) {
        (Some(year), _) if year > 0 => year,
        // 2024年某局部门预算
        (Some(0), Some(word)) => {
            let name = text.get("2024年".len()..word)?;
            return Some(name.trim_start_matches('度').to_owned());
        }
        (None, Some(word)) => word,
        _ => return None,
    };
    text.get(..at).map(str::to_owned)
}

/// The name that a sentence about the whole budget begins with: `某局2024年收入预算总额为…`.
fn named_by_sentence(printed: &str) -> Option<String> {
    const ABOUT: &[Wanted] = words![
        "收入预算",
        "支出预算",
        "部门预算",
        "单位预算",
        "收入总",
        "机关运行经费",
        "“三公”经费",
        "政府性基金预算"
    ];
    let text = solid(printed.split(['。', '；']).next().unwrap_or_default());
    if !text.contains("20") {
        return None;
    }
    let word = first_of(&text, ABOUT)?;
    let before = text.get(..word)?;
    let year = before.find("20").filter(|&at| year_at(before, at).is_some())?;
    let name = if year == 0 { before.get("2024年".len()..)?.trim_start_matches('度') } else { before.get(..year)? };
    Some(name.to_owned())
}

/// Where the first of the words stands.
fn first_of(text: &str, words: &[Wanted]) -> Option<usize> {
    let sought = Sought::new(text);
    words.iter().filter(|word| sought.may_have(word)).filter_map(|word| text.find(word.text)).min()
}

/// Whether a text can be the name of an organisation.
fn is_name(name: &str) -> bool {
    const ENDS: [&str; 40] = [
        "局",
        "委",
        "厅",
        "署",
        "办",
        "办公室",
        "院",
        "会",
        "室",
        "站",
        "所",
        "中心",
        "队",
        "总队",
        "支队",
        "馆",
        "校",
        "大学",
        "学院",
        "园",
        "镇",
        "乡",
        "街道",
        "办事处",
        "政府",
        "部",
        "社",
        "团",
        "公司",
        "机关",
        "本级",
        "本部",
        "处",
        "医院",
        "法院",
        "检察院",
        "党校",
        "军",
        "会议",
        "联",
    ];
    const NO_NAME: [&str; 18] = [
        "本单位",
        "本部门",
        "我单位",
        "我局",
        "部门",
        "单位",
        "其他",
        "主管部门",
        "万元",
        "合计",
        "的",
        "第一部分",
        "根据",
        "按照",
        "关于",
        "各",
        "年度",
        "包括",
    ];
    let length = name.chars().count();
    let bare = unqualified(name);
    let bare = bare.strip_suffix("汇总").unwrap_or(bare);
    (3..=LONGEST_NAME).contains(&length)
        && !name.contains(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '：', ':', '，', '。', '；', '、', '/'])
        && ENDS.iter().any(|end| bare.ends_with(end))
        && !NO_NAME.iter().any(|no| name == *no || no.len() > HAN && name.starts_with(no))
        && !name.contains('的')
}

/// A name without what brackets behind it say of whom it includes: （汇总）, （本级）, （含所属事业单位）.
fn unqualified(name: &str) -> &str {
    /// Longer brackets, in characters, are a sentence.
    const LONGEST: usize = 16;
    let mut bare = name;
    while let Some((before, inside)) = bare.strip_suffix(['）', ')']).and_then(|open| open.rsplit_once(['（', '(']))
        && (1..=LONGEST).contains(&inside.chars().count())
    {
        bare = before;
    }
    bare
}

/// The year that begins at byte `at`.
fn year_at(text: &str, at: usize) -> Option<u16> {
    let digits = text.get(at..at + 4)?;
    let year: u16 = digits.parse().ok()?;
    let after = text.get(at + 4..)?;
    (YEARS.contains(&year) && ["年", "(年", "（年"].iter().any(|mark| after.starts_with(mark))).then_some(year)
}

/// The year in the name of the file, where the file itself says none.
fn year_in_name(name: &str) -> Option<u16> {
    let digits = name.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    let years: Vec<u16> = digits.filter_map(|digits| digits.parse().ok()).filter(|year| YEARS.contains(year)).collect();
    match years[..] {
        [year] => Some(year),
        _ => None,
    }
}

/// `二〇二四年` in digits.
fn with_digits(text: &str) -> String {
    const NUMERALS: &str = "〇一二三四五六七八九";
    if !text.contains('〇') && !text.contains("二○") && !text.contains("二零") {
        return text.to_owned();
    }
    text.chars()
        .map(|c| match c {
            '○' | '零' => '0',
            c => NUMERALS
                .chars()
                .position(|n| n == c)
                .and_then(|n| char::from_digit(u32::try_from(n).ok()?, 10))
                .unwrap_or(c),
        })
        .collect()
}

fn year(mut votes: BTreeMap<u16, u32>, tables: &[Table]) -> Option<u16> {
    for table in tables {
        vote(&table.title, true, &mut votes);
    }
    votes.into_iter().max_by_key(|&(year, count)| (count, year)).map(|(year, _)| year)
}

/// The years that a text speaks for.
fn vote(printed: &str, title: bool, votes: &mut BTreeMap<u16, u32>) {
    /// A title weighs more than a sentence: sentences speak of last year, too.
    const TITLE: u32 = 4;
    if !printed.contains('年') || !printed.contains(['2', '２', '二']) {
        return;
    }
    let text = with_digits(&folded(printed));
    let own = |at: usize| {
        let year = year_at(&text, at)?;
        let before = text.get(..at).unwrap_or_default();
        // 比2023年, 较2023年, 截至2023年12月31日, 《2023年…》
        let compared = before.ends_with(['比', '较', '与', '同', '至', '《', '〔', '和', '前']);
        let date = text.get(at + "2024年".len()..).is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with('末') || rest.starts_with('初')
        });
        (!compared && !date).then_some(year)
    };
    let mut years = text.match_indices("20").filter_map(|(at, _)| own(at)).peekable();
    let spoken_of = || ["预算", "决算", "收入", "支出", "绩效", "三公", "经费"].iter().any(|word| text.contains(word));
    if years.peek().is_none() || !spoken_of() {
        return;
    }
    for year in years {
        let vote = votes.entry(year).or_default();
        *vote = vote.saturating_add(if title { TITLE } else { 1 });
    }
}

/// How many titles speak for the final accounts, and for a budget.
#[derive(Clone, Copy, Default)]
struct Stages {
    accounts: u32,
    budget: u32,
}

impl Stages {
    /// Titles of final accounts say 决算, and many of them 预算, too (一般公共预算…决算表); titles of budgets never say 决算.
    fn vote(&mut self, title: &str) {
        let title = solid(title);
        if !title.contains('算') || title.contains("预决算") {
            return;
        }
        if title.contains("决算") {
            self.accounts = self.accounts.saturating_add(1);
        } else if title.contains("预算") {
            self.budget = self.budget.saturating_add(1);
        }
    }
}

fn stage(mut stages: Stages, texts: &[Text], tables: &[Table]) -> Option<Stage> {
    for table in tables {
        stages.vote(&table.title);
    }
    let Stages { accounts, budget } = stages;
    if accounts > budget {
        Some(Stage::FinalAccounts)
    } else if budget > 0 {
        Some(Stage::Budget)
    } else {
        // A few lines without a title: what the sentences speak of.
        let said = |word: &str| texts.iter().any(|text| text.printed.contains(word));
        if ["支出决算为", "决算数为", "完成年初预算"].iter().any(|word| said(word)) {
            return Some(Stage::FinalAccounts);
        }
        match (said("决算"), said("预算")) {
            (true, false) => Some(Stage::FinalAccounts),
            (_, true) => Some(Stage::Budget),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::fixture;

    fn of(text: &str) -> About {
        let document = fixture::document(text);
        about(said(&document), &document, &[])
    }

    #[test]
    fn the_line_above_the_tables_names_the_unit() {
        let about = of("# 甲经信局2024年部门预算公开\n收支总表\n部门/单位：甲市乙经济局 单位：万元\n项目 预算数");
        assert_eq!(about.unit_name.as_deref(), Some("甲市乙经济局"));
        assert_eq!(about.year, Some(2024));
        assert_eq!(about.stage, Some(Stage::Budget));
    }

    #[test]
    fn the_unit_of_the_amounts_is_no_name() {
        assert_eq!(of("收支总表\n单位：万元\n项目 预算数").unit_name, None);
        assert_eq!(of("单位：甲市乙局\n\n单位：万元").unit_name.as_deref(), Some("甲市乙局"));
    }

    #[test]
    fn a_title_names_the_unit_and_keeps_its_brackets() {
        let text = "第一部分 甲区乙局（汇总）概况\n第二部分 甲区乙局（汇总）2024年部门预算表\n部门名称 甲区乙局汇总";
        assert_eq!(of(text).unit_name.as_deref(), Some("甲区乙局（汇总）"));
    }

    #[test]
    fn a_name_may_say_in_brackets_whom_it_includes() {
        for name in ["甲区乙局（含所属事业单位）", "甲区乙局(本级)", "甲区乙局（机关）（汇总）"]
        {
            let text = format!("收支总表\n部门/单位：{name} 单位：万元\n项目 预算数");
            assert_eq!(of(&text).unit_name.as_deref(), Some(name));
        }
        assert_eq!(unqualified("甲局（本级）（汇总）"), "甲局");
        assert_eq!(
            unqualified("甲局（这一句话写了整整十七个字还要再多一点）"),
            "甲局（这一句话写了整整十七个字还要再多一点）"
        );
    }

    #[test]
    fn a_sentence_names_the_unit_where_nothing_else_does() {
        let about = of("一、预算收支情况\n甲县乙局 2024 年收入预算总额 17.33 万元，比 2023 年增加 1 万元。");
        assert_eq!(about.unit_name.as_deref(), Some("甲县乙局"));
        assert_eq!(about.year, Some(2024));
    }

    #[test]
    fn final_accounts_are_told_by_their_titles() {
        let text = "# 甲局2023年度部门决算\n收入支出决算总表\n公开01表\n部门：甲局\n一般公共预算财政拨款支出决算表\n预算绩效情况说明";
        let about = of(text);
        assert_eq!(about.stage, Some(Stage::FinalAccounts));
        assert_eq!(about.year, Some(2023));
        assert_eq!(about.unit_name.as_deref(), Some("甲局").filter(|n| n.chars().count() > 2));
    }

    #[test]
    fn years_in_chinese_numerals_are_read() {
        assert_eq!(of("甲市乙局二〇二五年部门预算").year, Some(2025));
    }

    #[test]
    fn no_evidence_no_answer() {
        assert_eq!(of("天地玄黄，宇宙洪荒。"), About::default());
        assert_eq!(of(""), About::default());
    }
}
