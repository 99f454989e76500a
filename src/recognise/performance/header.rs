//! Header rows of performance forms: which words they are made of, and the columns that they announce.
//!
//! Extracted text breaks header cells anywhere and runs neighbours together (`实现值2022 年`), but prints them in
//! reading order; so a header is read as one string without spaces, longest word first.

use super::Slot;

/// What a header word is to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// A column.
    Column(Slot),
    /// A group over years (近两年指标值).
    Years,
    /// A column below 指标值 (a year, 上年, 预期当年实现值).
    Part,
}

/// A word of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The word as printed, spaces removed.
    pub(super) text: String,
    /// What it is.
    pub(super) head: Head,
    /// Where it begins: a column of a grid, or a character of the text.
    pub(super) at: usize,
}

/// The tables inside a form, told apart by their headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Schema {
    /// 一级指标 | 二级指标 | 三级指标 | 指标值 …
    Indicators,
    /// 总体资金情况: 收入构成 and 支出构成 with amounts by year.
    Money,
    /// 项目支出情况: projects with their budgets.
    Projects,
    /// 项目资金来源
    Sources,
    /// 项目支出明细测算
    Detail,
    /// 项目采购
    Purchases,
    /// 项目绩效总目标: 名称 | 目标说明.
    Goals,
    /// 人员基本情况
    Staff,
}

/// A column that a header announces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// Headers from the outermost to its own.
    pub(super) path: Vec<String>,
    /// What its cells are.
    pub(super) slot: Slot,
    /// Where it stands: the column of a grid, the ordinal in text.
    pub(super) at: usize,
}

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::spelling::{is_space, unspaced};
use Head::{Column, Part, Years};

/// Words of headers, longest first where one begins another (a test keeps it so).
const WORDS: &[(&str, Head)] = &[
    // Levels and names.
    ("一级指标", Column(Slot::Level1)),
    ("二级指标", Column(Slot::Level2)),
    ("三级指标名称", Column(Slot::Name)),
    ("三级指标", Column(Slot::Name)),
    ("四级指标", Column(Slot::Name)),
    ("指标名称", Column(Slot::Name)),
    ("指标内容", Column(Slot::Name)),
    ("绩效指标名称", Column(Slot::Name)),
    ("目标名称", Column(Slot::Goal)),
    ("长期绩效目标", Column(Slot::Goal)),
    ("中期绩效目标", Column(Slot::Goal)),
    ("年度绩效目标", Column(Slot::Goal)),
    ("总体绩效目标", Column(Slot::Goal)),
    ("绩效总目标", Column(Slot::Goal)),
    ("中期目标", Column(Slot::Goal)),
    ("总体目标", Column(Slot::Goal)),
    // Values.
    ("指标值确定依据", Column(Slot::Basis)),
    ("指标值设定依据", Column(Slot::Basis)),
    ("指标值确依据", Column(Slot::Basis)),
    ("指标确定依据", Column(Slot::Basis)),
    ("指标设定依据", Column(Slot::Basis)),
    ("指标值来源", Column(Slot::Basis)),
    ("指标来源", Column(Slot::Basis)),
    ("指标值内容", Column(Slot::Note)),
    ("指标值类型", Column(Slot::Symbol)),
    ("评（扣）分标准", Column(Slot::Note)),
    ("评(扣)分标准", Column(Slot::Note)),
    ("评扣分标准", Column(Slot::Note)),
    ("评分标准", Column(Slot::Note)),
    ("评分规则", Column(Slot::Note)),
    ("确定依据", Column(Slot::Basis)),
    ("绩效标准", Column(Slot::Basis)),
    ("评价标准", Column(Slot::Basis)),
    ("指标值说明", Column(Slot::Note)),
    ("指标说明", Column(Slot::Note)),
    ("指标解释", Column(Slot::Note)),
    ("指标值", Column(Slot::Value)),
    ("年度指标值", Column(Slot::Value)),
    ("年度目标值", Column(Slot::Value)),
    ("年初目标值", Column(Slot::Value)),
    ("年初指标值", Column(Slot::Value)),
    ("全年目标值", Column(Slot::Value)),
    ("全年指标值", Column(Slot::Value)),
    ("本年目标值", Column(Slot::Value)),
    ("本年指标值", Column(Slot::Value)),
    ("当年目标值", Column(Slot::Value)),
    ("当年指标值", Column(Slot::Value)),
    ("中期指标值", Column(Slot::Value)),
    ("实施周期指标值", Column(Slot::Value)),
    ("预期指标值", Column(Slot::Value)),
    ("计划指标值", Column(Slot::Value)),
    ("绩效指标值", Column(Slot::Value)),
    ("绩效目标值", Column(Slot::Value)),
    ("指标目标值", Column(Slot::Value)),
    ("目标值", Column(Slot::Value)),
    ("年度（/项目）指标值", Column(Slot::Value)),
    ("年度(/项目)指标值", Column(Slot::Value)),
    ("本年绩效指标值", Column(Slot::Value)),
    ("年度绩效指标值", Column(Slot::Value)),
    ("预期值", Column(Slot::Value)),
    ("实际完成值", Column(Slot::Value)),
    ("完成值", Column(Slot::Value)),
    ("计算符号", Column(Slot::Symbol)),
    ("运算符号", Column(Slot::Symbol)),
    ("指标性质", Column(Slot::Symbol)),
    ("绩效指标性质", Column(Slot::Symbol)),
    ("指标方向性", Column(Slot::Symbol)),
    ("指标方向", Column(Slot::Symbol)),
    ("计量单位", Column(Slot::Unit)),
    ("度量单位", Column(Slot::Unit)),
    ("绩效度量单位", Column(Slot::Unit)),
    ("指标值单位", Column(Slot::Unit)),
    ("指标权重", Column(Slot::Weight)),
    ("权重", Column(Slot::Weight)),
    ("分值权重", Column(Slot::Weight)),
    ("指标分值", Column(Slot::Weight)),
    ("分值", Column(Slot::Weight)),
    // Below 指标值 and over the years.
    ("近两年指标值", Years),
    ("近三年指标值", Years),
    ("前两年指标值", Years),
    ("近两年收支金额", Years),
    ("近两年收支情况", Years),
    ("近两年预算金额", Years),
    ("前两年收支金额", Years),
    ("预期当年实现值", Part),
    ("预计当年实现值", Part),
    ("预期当年实现", Part),
    ("预计当年实现", Part),
    ("预期本年实现值", Part),
    ("预计本年实现值", Part),
    ("当年预期实现值", Part),
    ("当年实现值", Part),
    ("前年", Part),
    ("上年度", Part),
    ("上年", Part),
    ("去年", Part),
    // Money.
    ("总体资金情况", Column(Slot::Group)),
    ("当年金额", Column(Slot::Amount)),
    ("本年金额", Column(Slot::Amount)),
    ("本年预算金额", Column(Slot::Amount)),
    ("当年预算金额", Column(Slot::Amount)),
    ("上年预算金额", Column(Slot::Amount)),
    ("预算增减变化", Column(Slot::Amount)),
    ("增减变化", Column(Slot::Amount)),
    ("预算金额", Column(Slot::Amount)),
    ("金额", Column(Slot::Amount)),
    ("占比", Column(Slot::Percent)),
    ("比例", Column(Slot::Percent)),
    // Projects.
    ("项目名称", Column(Slot::Name)),
    ("支出项目类别", Column(Slot::Kind)),
    ("项目类别", Column(Slot::Kind)),
    ("项目类型", Column(Slot::Kind)),
    ("项目属性", Column(Slot::Kind)),
    ("项目总预算", Column(Slot::Amount)),
    ("项目本年度预算", Column(Slot::Amount)),
    ("项目本年预算", Column(Slot::Amount)),
    ("项目当年预算", Column(Slot::Amount)),
    ("项目主要支出方向和用途", Column(Slot::Text)),
    ("主要支出方向和用途", Column(Slot::Text)),
    // Sources, detail, purchases, goals.
    ("来源项目", Column(Slot::Name)),
    ("资金来源项目", Column(Slot::Name)),
    ("项目活动", Column(Slot::Name)),
    ("活动内容表述", Column(Slot::Text)),
    ("支出经济分类", Column(Slot::Text)),
    ("支出经分类", Column(Slot::Text)),
    ("测算依据及说明", Column(Slot::Text)),
    ("品名", Column(Slot::Name)),
    ("数量", Column(Slot::Quantity)),
    ("名称", Column(Slot::Name)),
    ("目标说明", Column(Slot::Text)),
    ("备注", Column(Slot::Note)),
    ("单位", Column(Slot::Unit)),
];

/// The longest run of characters between two known words that is taken for a header word of its own.
const LONGEST_UNKNOWN: usize = 10;
/// The longest note in brackets that belongs to the header word before it (`金额（万元）`, `（C-D）`).
const LONGEST_BRACKET: usize = 8;

/// No header word is longer, in characters, with the note in brackets behind it.
const LONGEST_HEAD: usize = 32;

/// No form has more columns.
const MOST_WORDS: usize = 40;

/// Words with what they say, by their first character.
type ByFirst = BTreeMap<char, Vec<(Vec<char>, Head)>>;

/// [`WORDS`] by their first character.
static BY_FIRST: LazyLock<ByFirst> = LazyLock::new(|| {
    let mut words = ByFirst::new();
    for (word, head) in WORDS {
        let word: Vec<char> = word.chars().collect();
        if let Some(first) = word.first() {
            words.entry(*first).or_default().push((word, *head));
        }
    }
    words
});

/// The header word that `chars` begins with, and its length in characters.
fn word_at(chars: &[char]) -> Option<(Head, usize)> {
    let known = BY_FIRST
        .get(chars.first()?)
        .into_iter()
        .flatten()
        .filter(|(word, _)| chars.starts_with(word))
        .map(|(word, head)| (*head, word.len()))
        .max_by_key(|(_, length)| *length);
    let (head, mut length) = known.or_else(|| year_word(chars))?;
    if matches!(chars.get(length), Some('（' | '(')) {
        let inside = chars[length + 1..].iter().take(LONGEST_BRACKET + 1).position(|c| matches!(c, '）' | ')'));
        length += inside.map_or(0, |end| end + 2);
    }
    Some((head, length))
}

/// `2022年`, `2023年度`: a column below 指标值; `2024年预算金额`: a column of money.
fn year_word(chars: &[char]) -> Option<(Head, usize)> {
    let digits = chars.iter().take(4).filter(|c| c.is_ascii_digit()).count();
    if digits < 4 || chars.get(4) != Some(&'年') {
        return None;
    }
    let mut length = 5;
    if chars.get(length) == Some(&'度') {
        length += 1;
    }
    for (word, head) in [
        ("预算金额", Column(Slot::Amount)),
        ("预算数", Column(Slot::Amount)),
        ("决算数", Column(Slot::Amount)),
        ("预算", Column(Slot::Amount)),
        ("金额", Column(Slot::Amount)),
        ("指标值", Column(Slot::Value)),
        ("目标值", Column(Slot::Value)),
        ("完成值", Column(Slot::Value)),
        ("实际值", Column(Slot::Value)),
    ] {
        let size = word.chars().count();
        if chars.len() >= length + size && word.chars().zip(&chars[length..]).all(|(a, b)| a == *b) {
            return Some((head, length + size));
        }
    }
    Some((Part, length))
}

/// The whole text as one header word.
pub(super) fn single(text: &str) -> Option<Head> {
    let first = text.chars().find(|c| !is_space(*c))?;
    if !BY_FIRST.contains_key(&first) && !first.is_ascii_digit() {
        return None;
    }
    // Longer ones are no headers.
    let mut chars = ['\0'; LONGEST_HEAD];
    let mut length = 0;
    for c in text.chars().filter(|c| !is_space(*c)) {
        *chars.get_mut(length)? = c;
        length += 1;
    }
    word_at(&chars[..length]).filter(|(_, found)| *found == length).map(|(head, _)| head)
}

/// The run of header words that begins at `from`, and where it ends. Words of goals end the run once another
/// column was named: there they are the first cell of the body.
pub(super) fn run(chars: &[char], from: usize) -> (Vec<Word>, usize) {
    let mut words: Vec<Word> = Vec::new();
    let mut at = from;
    let mut end = from;
    while at < chars.len() && words.len() < MOST_WORDS {
        if let Some((head, length)) = word_at(&chars[at..]) {
            let begun = words.iter().any(|word| !matches!(word.head, Column(Slot::Goal | Slot::Name)));
            if head == Column(Slot::Goal) && begun {
                break;
            }
            if words.iter().any(|word| word.head == head && is_once(head)) {
                break;
            }
            words.push(Word { text: chars[at..at + length].iter().collect(), head, at });
            at += length;
            end = at;
            continue;
        }
        // A header word that the list does not have, between two that it has.
        let levels = words.iter().filter(|word| matches!(word.head, Column(Slot::Level1 | Slot::Level2 | Slot::Name)));
        if levels.count() < 2 {
            break;
        }
        let next = (1..=LONGEST_UNKNOWN).find(|step| {
            chars
                .get(at + step..)
                .is_some_and(|rest| word_at(rest).is_some_and(|(head, length)| length >= 3 && is_late(head)))
        });
        match next {
            Some(step) if plausible(&chars[at..at + step]) => {
                let text: String = chars[at..at + step].iter().collect();
                words.push(Word { head: Column(guess(&text)), text, at });
                at += step;
            }
            _ => break,
        }
    }
    words.retain(|word| word.at < end);
    (words, end)
}

/// Columns that a header has once.
fn is_once(head: Head) -> bool {
    matches!(head, Column(Slot::Level1 | Slot::Level2 | Slot::Unit | Slot::Basis | Slot::Group))
}

/// Columns that stand behind the names of indicators.
fn is_late(head: Head) -> bool {
    matches!(
        head,
        Column(Slot::Value | Slot::Symbol | Slot::Unit | Slot::Weight | Slot::Basis | Slot::Note) | Part | Years
    )
}

/// Header words are Chinese words, not figures or sentences.
fn plausible(chars: &[char]) -> bool {
    chars.len() >= 2 && chars.iter().all(|c| !c.is_ascii_digit() && !"，。；：、".contains(*c))
}

/// What the cells of a column are whose header is not in the list.
pub(super) fn guess(text: &str) -> Slot {
    let text = unspaced(text);
    let has = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
    if has(&["占比", "比例", "比重"]) {
        Slot::Percent
    } else if has(&["金额", "预算", "资金", "经费"]) && !has(&["来源", "说明", "名称"]) {
        Slot::Amount
    } else if has(&["目标值", "指标值", "完成值"]) {
        Slot::Value
    } else if has(&["备注", "说明", "解释", "方法", "是否", "标准"]) {
        Slot::Note
    } else {
        Slot::Text
    }
}

/// Which table a run of header words announces.
pub(super) fn schema(words: &[Word]) -> Option<Schema> {
    if words.len() >= MOST_WORDS {
        return None;
    }
    let has = |slot: Slot| words.iter().any(|word| word.head == Column(slot));
    let says = |parts: &[&str]| words.iter().any(|word| parts.iter().any(|part| word.text.starts_with(part)));
    if has(Slot::Level1) && (has(Slot::Level2) || has(Slot::Name)) && words.len() >= 3 {
        return Some(Schema::Indicators);
    }
    if says(&["总体资金情况"]) && has(Slot::Amount) {
        return Some(Schema::Money);
    }
    if says(&["品名"]) && (has(Slot::Quantity) || has(Slot::Amount)) {
        return Some(Schema::Purchases);
    }
    if says(&["项目活动", "活动内容表述"]) && has(Slot::Amount) {
        return Some(Schema::Detail);
    }
    if says(&["来源项目", "资金来源项目"]) && has(Slot::Amount) {
        return Some(Schema::Sources);
    }
    if says(&["项目名称"]) && has(Slot::Kind) | has(Slot::Text) && has(Slot::Amount) {
        return Some(Schema::Projects);
    }
    if says(&["名称", "目标名称"]) && says(&["目标说明"]) {
        return Some(Schema::Goals);
    }
    if says(&["指标名称", "三级指标"]) && has(Slot::Value) {
        return Some(Schema::Indicators);
    }
    None
}

/// The columns that the words announce, left to right: years stand below the group before them, parts below 指标值.
pub(super) fn fields(words: &[Word], schema: Schema) -> Vec<Field> {
    let level = words.iter().position(|word| word.head == Column(Slot::Level1));
    let group = words.iter().find(|word| word.head == Years);
    let is_year =
        |word: &Word| word.head == Part && word.text.starts_with(|c: char| c.is_ascii_digit() || "前上去".contains(c));
    let parent = words.iter().find(|word| word.head == Column(Slot::Value) && takes_parts(&word.text));
    let mut fields: Vec<Field> = Vec::new();
    let push_parts = |fields: &mut Vec<Field>, outer: Option<&str>| {
        for word in words {
            match (word.head, group) {
                (Years, _) => fields.extend(words.iter().filter(|year| is_year(year)).map(|year| Field {
                    path: vec![word.text.clone(), year.text.clone()],
                    slot: Slot::Value,
                    at: year.at,
                })),
                (Part, Some(_)) if is_year(word) => {}
                (Part, _) => {
                    // 近两年指标值 says 指标值 itself; beside it the outer header is left out.
                    let outer = outer.filter(|_| group.is_none());
                    let path = outer.into_iter().map(str::to_owned).chain([word.text.clone()]).collect();
                    fields.push(Field { path, slot: Slot::Value, at: word.at });
                }
                _ => {}
            }
        }
    };
    for (index, word) in words.iter().enumerate() {
        match word.head {
            Column(slot) => {
                if parent.is_some_and(|parent| std::ptr::eq(parent, word)) && words.iter().any(|word| word.head == Part)
                {
                    push_parts(&mut fields, Some(&word.text));
                    continue;
                }
                let before_levels = schema == Schema::Indicators && level.is_some_and(|level| index < level);
                let slot = match slot {
                    Slot::Name | Slot::Goal if before_levels => Slot::Goal,
                    Slot::Goal if schema == Schema::Goals => Slot::Name,
                    Slot::Quantity if schema == Schema::Indicators => Slot::Value,
                    slot => slot,
                };
                fields.push(Field { path: vec![word.text.clone()], slot, at: word.at });
            }
            Years if parent.is_none() => push_parts(&mut fields, None),
            Part if parent.is_none() && group.is_none() => {
                fields.push(Field { path: vec![word.text.clone()], slot: Slot::Value, at: word.at });
            }
            _ => {}
        }
    }
    let first = fields.first();
    if schema == Schema::Indicators && first.is_some_and(|field| field.slot == Slot::Level1) {
        // Many forms print 绩效指标 beside every group of rows, under no header of its own.
        let at = first.map_or(0, |field| field.at).saturating_sub(1);
        fields.insert(0, Field { path: Vec::new(), slot: Slot::Frame, at });
    }
    if schema == Schema::Money {
        // The item stands between 收入构成 and the amounts and has no header of its own.
        for field in &mut fields {
            if field.slot == Slot::Value {
                field.slot = Slot::Amount;
            }
        }
        let at = fields.iter().find(|field| field.slot == Slot::Group).map_or(0, |field| field.at);
        fields.retain(|field| field.slot != Slot::Group);
        fields.insert(0, Field { path: vec!["总体资金情况".to_owned()], slot: Slot::Group, at });
        fields.insert(1, Field { path: vec!["项目".to_owned()], slot: Slot::Name, at: at + 1 });
    }
    fields
}

/// Value headers that others may stand below.
fn takes_parts(text: &str) -> bool {
    matches!(text, "指标值" | "目标值" | "绩效指标值" | "绩效目标值" | "年度指标值" | "指标目标值")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(text: &str) -> (Option<Schema>, Vec<String>) {
        let chars: Vec<char> = unspaced(text).chars().collect();
        let (words, _) = run(&chars, 0);
        let schema = schema(&words);
        let mut fields = schema.map(|schema| fields(&words, schema)).unwrap_or_default();
        fields.retain(|field| field.slot != Slot::Frame);
        (schema, fields.iter().map(|field| field.path.join("/")).collect())
    }

    #[test]
    fn a_header_word_with_its_note_is_no_longer_than_the_bound_says() {
        let longest = WORDS.iter().map(|(word, _)| word.chars().count()).max().unwrap_or_default();
        assert!(longest + LONGEST_BRACKET + 2 <= LONGEST_HEAD);
        assert_eq!(single("金 额（万元）"), Some(Column(Slot::Amount)));
        assert_eq!(single(&"金额".repeat(LONGEST_HEAD)), None);
    }

    #[test]
    fn a_word_that_begins_another_is_not_taken_for_it() {
        let (_, columns) = columns("一级指标 二级指标 三级指标 指标值 指标值确定依据");
        assert_eq!(columns, ["一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据"]);
    }

    #[test]
    fn years_below_a_group_stand_where_the_group_stands() {
        let (schema, columns) =
            columns("一级 指标 二级 指标 三级 指标 指标值 指标值确 定依据 近两年指标值 预期当年 实现值2022 年 2023 年");
        assert_eq!(schema, Some(Schema::Indicators));
        assert_eq!(
            columns,
            [
                "一级指标",
                "二级指标",
                "三级指标",
                "近两年指标值/2022年",
                "近两年指标值/2023年",
                "预期当年实现值",
                "指标值确定依据"
            ]
        );
    }

    #[test]
    fn parts_without_a_group_stand_below_the_value() {
        let (_, columns) =
            columns("目标名称 一级指标 二级指标 三级 指标 指标值 指标值确定依据2021 年 2022年 预计当 年实现");
        assert_eq!(
            columns,
            [
                "目标名称",
                "一级指标",
                "二级指标",
                "三级指标",
                "指标值/2021年",
                "指标值/2022年",
                "指标值/预计当年实现",
                "指标值确定依据"
            ]
        );
    }

    #[test]
    fn money_headers_keep_their_brackets() {
        let (schema, columns) = columns("总体资金情况 2025年预算金额（C） 2024年预算 金额（D） 预算增减变 化（C-D）");
        assert_eq!(schema, Some(Schema::Money));
        assert_eq!(columns[2..], ["2025年预算金额（C）", "2024年预算金额（D）", "预算增减变化（C-D）"]);
    }

    #[test]
    fn the_body_ends_the_header() {
        let chars: Vec<char> =
            unspaced("目标名称 一级指标 二级指标 三级指标 指标值 年度绩效目标 产出指标").chars().collect();
        let (words, end) = run(&chars, 0);
        assert_eq!(words.len(), 5);
        assert_eq!(chars[end..].iter().collect::<String>(), "年度绩效目标产出指标");
    }

    #[test]
    fn unknown_words_between_known_ones_are_columns() {
        let (_, columns) = columns("一级指标 二级指标 三级指标 记分办法 指标值 计量单位");
        assert_eq!(columns, ["一级指标", "二级指标", "三级指标", "记分办法", "指标值", "计量单位"]);
    }
}
