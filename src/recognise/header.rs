//! Headers: the words that column headers are made of, and how a run of them is read when a converter has broken it into
//! pieces of one or two characters, fused two cells, or printed the groups before their children.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::spelling::{Sought, Wanted, fold, folded, is_space, words};
use super::years;
use crate::disclosure::Measure;

/// What a header word can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Codes (科目编码) or a piece of one (类, 款, 项).
    Code,
    /// The name of the row (科目名称, 项目).
    Name,
    /// Another text beside the name (项目单位, 备注).
    Text,
    /// 序号, 行次
    Sequence,
    /// A group over label columns (部门预算支出经济分类科目).
    LabelGroup,
    /// An amount column or a group of them.
    Amount,
    /// One side of a two-sided table (收入, 支出) — or, elsewhere, an amount column of that name.
    Side,
}

/// Header words in folded spelling. A word that is the beginning of another is fine: the whole run decides.
const WORDS: &[(&str, Part)] = &[
    ("科目编码", Part::Code),
    ("科目代码", Part::Code),
    ("功能分类科目编码", Part::Code),
    ("支出功能分类科目编码", Part::Code),
    ("功能科目编码", Part::Code),
    ("经济分类科目编码", Part::Code),
    ("经济科目编码", Part::Code),
    ("单位编码", Part::Code),
    ("单位代码", Part::Code),
    ("部门编码", Part::Code),
    ("部门代码", Part::Code),
    ("部门(单位)代码", Part::Code),
    ("部门(单位)编码", Part::Code),
    ("单位(科目)编码", Part::Code),
    ("项目编码", Part::Code),
    ("项目代码", Part::Code),
    ("编码", Part::Code),
    ("代码", Part::Code),
    ("类款项", Part::Code),
    ("类款", Part::Code),
    ("科目名称", Part::Name),
    ("科目", Part::Name),
    ("功能分类科目名称", Part::Name),
    ("功能科目名称", Part::Name),
    ("经济分类科目名称", Part::Name),
    ("经济科目名称", Part::Name),
    ("单位名称", Part::Name),
    ("单位名称(科目)", Part::Name),
    ("科目名称(单位)", Part::Name),
    ("科目(单位)名称", Part::Name),
    ("部门名称", Part::Name),
    ("部门(单位)名称", Part::Name),
    ("项目名称", Part::Name),
    ("项目", Part::Name),
    ("项目(按经济分类)", Part::Name),
    ("项目(按功能分类)", Part::Name),
    ("项目(按功能分类科目)", Part::Name),
    ("项目(按支出功能分类)", Part::Name),
    ("功能分类", Part::Name),
    ("支出功能分类", Part::Name),
    ("支出项目类别", Part::Name),
    ("单位(科目名称)", Part::Name),
    ("名称", Part::Name),
    ("科目编号", Part::Code),
    ("项目编号", Part::Code),
    ("项目单位", Part::Text),
    ("单位", Part::Text),
    ("项目类别", Part::Text),
    ("预算单位", Part::Text),
    ("项目类型", Part::Text),
    ("备注", Part::Text),
    ("数量", Part::Text),
    ("采购数量", Part::Text),
    ("采购项目", Part::Name),
    ("序号", Part::Sequence),
    ("行次", Part::Sequence),
    ("栏次", Part::Sequence),
    ("功能分类科目", Part::LabelGroup),
    ("支出功能分类科目", Part::LabelGroup),
    ("经济分类科目", Part::LabelGroup),
    ("支出经济分类科目", Part::LabelGroup),
    ("部门预算支出经济分类科目", Part::LabelGroup),
    ("部门预算经济分类科目", Part::LabelGroup),
    ("政府预算支出经济分类科目", Part::LabelGroup),
    ("政府预算经济分类科目", Part::LabelGroup),
    ("收入", Part::Side),
    ("支出", Part::Side),
    ("预算数", Part::Amount),
    ("决算数", Part::Amount),
    ("年初预算数", Part::Amount),
    ("全年预算数", Part::Amount),
    ("调整预算数", Part::Amount),
    ("本年预算数", Part::Amount),
    ("本年预算", Part::Amount),
    ("预算金额", Part::Amount),
    ("执行数", Part::Amount),
    ("上年预算数", Part::Amount),
    ("上年执行数", Part::Amount),
    ("上年决算数", Part::Amount),
    ("上年预算", Part::Amount),
    ("增减额", Part::Amount),
    ("增减率", Part::Amount),
    ("增减%", Part::Amount),
    ("增减(%)", Part::Amount),
    ("增减幅度", Part::Amount),
    ("增长率", Part::Amount),
    ("金额", Part::Amount),
    ("支出预算", Part::Amount),
    ("收入预算", Part::Amount),
    ("支出决算", Part::Amount),
    ("收入决算", Part::Amount),
    ("合计", Part::Amount),
    ("小计", Part::Amount),
    ("总计", Part::Amount),
    ("本年收入", Part::Amount),
    ("本年收入合计", Part::Amount),
    ("本年支出", Part::Amount),
    ("本年支出合计", Part::Amount),
    ("本年拨款", Part::Amount),
    ("上年结转", Part::Amount),
    ("上年结余", Part::Amount),
    ("上年结转结余", Part::Amount),
    ("上年结转和结余", Part::Amount),
    ("年初结转和结余", Part::Amount),
    ("年末结转和结余", Part::Amount),
    ("年终结转结余", Part::Amount),
    ("结转下年", Part::Amount),
    ("财政拨款", Part::Amount),
    ("财政拨款收入", Part::Amount),
    ("财政拨款支出", Part::Amount),
    ("财政拨款结转结余", Part::Amount),
    ("一般公共预算", Part::Amount),
    ("一般公共预算拨款", Part::Amount),
    ("一般公共预算财政拨款", Part::Amount),
    ("一般公共预算拨款收入", Part::Amount),
    ("一般公共预算资金", Part::Amount),
    ("政府性基金预算", Part::Amount),
    ("政府性基金", Part::Amount),
    ("政府性基金预算拨款", Part::Amount),
    ("政府性基金预算财政拨款", Part::Amount),
    ("政府性基金预算拨款收入", Part::Amount),
    ("政府性基金预算资金", Part::Amount),
    ("国有资本经营预算", Part::Amount),
    ("国有资本经营预算拨款", Part::Amount),
    ("国有资本经营预算财政拨款", Part::Amount),
    ("国有资本经营预算拨款收入", Part::Amount),
    ("国有资本经营预算资金", Part::Amount),
    ("财政专户管理资金", Part::Amount),
    ("财政专户管理资金收入", Part::Amount),
    ("单位资金", Part::Amount),
    ("事业收入", Part::Amount),
    ("经营收入", Part::Amount),
    ("事业单位经营收入", Part::Amount),
    ("上级补助收入", Part::Amount),
    ("附属单位上缴收入", Part::Amount),
    ("其他收入", Part::Amount),
    ("使用非财政拨款结余", Part::Amount),
    ("用事业基金弥补收支差额", Part::Amount),
    ("基本支出", Part::Amount),
    ("基本保障支出", Part::Amount),
    ("项目支出", Part::Amount),
    ("人员经费", Part::Amount),
    ("人员经费支出", Part::Amount),
    ("人员支出", Part::Amount),
    ("公用经费", Part::Amount),
    ("公用支出", Part::Amount),
    ("公用经费支出", Part::Amount),
    ("日常公用经费", Part::Amount),
    ("标准公用经费", Part::Amount),
    ("标准公用经费支出", Part::Amount),
    ("工资福利支出", Part::Amount),
    ("商品和服务支出", Part::Amount),
    ("对个人和家庭的补助", Part::Amount),
    ("项目支出不可预见费", Part::Amount),
    ("经常性项目", Part::Amount),
    ("当年一次性项目", Part::Amount),
    ("跨年一次性项目", Part::Amount),
    ("事业单位经营支出", Part::Amount),
    ("经营支出", Part::Amount),
    ("上缴上级支出", Part::Amount),
    ("对附属单位补助支出", Part::Amount),
    ("三公经费合计", Part::Amount),
    ("三公经费", Part::Amount),
    ("因公出国(境)费", Part::Amount),
    ("因公出国(境)费用", Part::Amount),
    ("因公出国(境)经费", Part::Amount),
    ("公务用车购置及运行费", Part::Amount),
    ("公务用车购置及运行维护费", Part::Amount),
    ("公务用车购置和运行费", Part::Amount),
    ("公务用车购置和运行维护费", Part::Amount),
    ("公务用车购置费", Part::Amount),
    ("公务用车购置", Part::Amount),
    ("公务用车运行费", Part::Amount),
    ("公务用车运行维护费", Part::Amount),
    ("公务接待费", Part::Amount),
    ("会议费", Part::Amount),
    ("培训费", Part::Amount),
    ("机关运行经费", Part::Amount),
    ("机关运行经费预算数", Part::Amount),
    ("财政专户拨款收入", Part::Amount),
    ("其他资金", Part::Amount),
    ("其他资金收入", Part::Amount),
    ("一般公共预算收入", Part::Amount),
    ("政府性基金预算收入", Part::Amount),
    ("国有资本经营预算收入", Part::Amount),
    ("一般公共预算支出", Part::Amount),
    ("一般公共预算基本支出", Part::Amount),
    ("政府性基金预算支出", Part::Amount),
    ("国有资本经营预算支出", Part::Amount),
    ("本年财政拨款支出", Part::Amount),
    ("本年财政拨款基本支出", Part::Amount),
    ("上缴上级", Part::Amount),
    ("总支出", Part::Amount),
    ("其中:", Part::Amount),
    ("其中", Part::Amount),
    ("本年一般公共预算支出", Part::Amount),
    ("本年一般公共预算基本支出", Part::Amount),
    ("本年政府性基金预算支出", Part::Amount),
    ("本年国有资本经营预算支出", Part::Amount),
    ("本年政府性基金预算财政拨款支出", Part::Amount),
    ("本年国有资本经营预算财政拨款支出", Part::Amount),
];

/// The longest header word, in characters.
const LONGEST_WORD: usize = 20;
/// The end of a wrapped header word that is in no vocabulary, in characters.
const LONGEST_ENDING: usize = 2;
/// What a character outside every word costs, against 1 for a word: a word of the vocabulary always wins.
const UNKNOWN_COST: u32 = 4;

/// Words with what they say, by their first character.
type ByFirst = BTreeMap<char, Vec<(Vec<char>, Part)>>;

/// [`WORDS`] by their first character.
static BY_FIRST: LazyLock<ByFirst> = LazyLock::new(|| {
    let mut words = ByFirst::new();
    for (word, part) in WORDS {
        let word: Vec<char> = word.chars().collect();
        if let Some(first) = word.first() {
            words.entry(*first).or_default().push((word, *part));
        }
    }
    words
});

/// [`WORDS`] that a whole cell is looked up in.
static WHOLE: LazyLock<BTreeMap<&str, Part>> =
    LazyLock::new(|| WORDS.iter().rev().map(|(word, part)| (*word, *part)).collect());

/// A word of a header run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// As printed, spaces removed.
    pub(super) text: String,
    /// What it can be; `None` for a piece that is in no vocabulary.
    pub(super) part: Option<Part>,
}

/// What a header cell is, by its whole text.
pub(super) fn part_of(text: &str) -> Option<Part> {
    let text = folded(text);
    if let Some(part) = WHOLE.get(text.as_ref()) {
        return Some(*part);
    }
    // `支出功能分类科目（按大类）`: what stands in brackets behind a header says nothing of its part.
    if let Some((own, _)) = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('('))
        && own.chars().count() > 1
        && !own.ends_with("出国")
        && let Some(part) = part_of(own)
    {
        return Some(part);
    }
    let has = |word: &str| text.contains(word);
    let ends = |words: &[&str]| words.iter().any(|word| text.ends_with(word));
    Some(if ends(&["编码", "代码", "编号"]) || matches!(text.as_ref(), "类" | "款" | "项") {
        Part::Code
    } else if ends(&["名称"])
        || has("科目名称")
        || ["项目(", "支出项目", "收入项目"].iter().any(|start| text.starts_with(start))
    {
        Part::Name
    } else if has("行次") || has("栏次") {
        Part::Sequence
    } else if ends(&["分类科目", "分科目", "科目"]) {
        Part::LabelGroup
    } else if measure_of(&text).is_some()
        || ends(&["金额", "预算数", "决算数", "经费", "资金", "支出", "收入", "拨款", "合计", "小计"])
    {
        Part::Amount
    } else {
        return None;
    })
}

/// Reads a run of header text, white space and line ends already gone or not, as words of the vocabulary: the cut with
/// the fewest unknown characters, then the fewest words.
pub(super) fn words(text: &str) -> Vec<Word> {
    let (letters, printed) = letters(text);
    let n = letters.len();
    let mut best: Vec<(u32, usize, Option<Part>)> = vec![(u32::MAX, 0, None); n + 1];
    best[0].0 = 0;
    for at in 0..n {
        let cost = best[at].0;
        if cost == u32::MAX {
            continue;
        }
        let mut relax = |to: usize, cost: u32, part: Option<Part>| {
            if cost < best[to].0 {
                best[to] = (cost, at, part);
            }
        };
        relax(at + 1, cost.saturating_add(UNKNOWN_COST), None);
        for (word, part) in BY_FIRST.get(&letters[at]).into_iter().flatten() {
            if letters[at..].starts_with(word) {
                let to = at + word.len();
                relax(to, cost.saturating_add(1), Some(*part));
                // `项目（按支出项目类别）`: what stands in brackets behind a header belongs to it.
                let inside = bracketed(&letters[to..]);
                if inside > 0 {
                    relax(to + inside, cost.saturating_add(1), Some(*part));
                }
            }
        }
        let year = year_word(&letters[at..]);
        if year > 0 {
            relax(at + year, cost.saturating_add(1), Some(Part::Amount));
        }
    }
    let mut words: Vec<Word> = Vec::new();
    let mut to = n;
    while to > 0 {
        let (_, from, part) = best[to];
        let text: String = printed[from..to].concat();
        match words.last_mut() {
            Some(last) if part.is_none() && last.part.is_none() => last.text.insert_str(0, &text),
            _ => words.push(Word { text, part }),
        }
        to = from;
    }
    words.reverse();
    // 其中 is the beginning of the next word.
    let mut whole: Vec<Word> = Vec::with_capacity(words.len());
    let mut prefix = String::new();
    for mut word in words {
        if word.text.starts_with("其中") && word.text.chars().count() <= 3 {
            prefix = word.text;
            continue;
        }
        // Over a label or a total it is a header of what stands below on the right of them, and names no column.
        let group = word.part != Some(Part::Amount) || is_total(&word.text);
        let own = std::mem::take(&mut prefix);
        if !group {
            word.text.insert_str(0, &own);
        }
        whole.push(word);
    }
    rejoined(whole)
}

/// The length of a bracket, both marks counted, that folded letters begin with; 0 where they begin with none.
fn bracketed(letters: &[char]) -> usize {
    if letters.first() != Some(&'(') {
        return 0;
    }
    let end = letters.iter().take(LONGEST_WORD).position(|c| *c == ')');
    end.filter(|end| *end > 1).map_or(0, |end| end + 1)
}

/// The length of a header that names a year, `“三公”经费` and the like behind the year among them.
fn year_word(letters: &[char]) -> usize {
    years::header_length(letters, |at| {
        let words = letters.get(at).and_then(|first| BY_FIRST.get(first)).into_iter().flatten();
        let amounts = words.filter(|(_, part)| *part == Part::Amount);
        amounts.filter(|(word, _)| letters[at..].starts_with(word)).map(|(word, _)| word.len()).max()
    })
}

/// An unknown word that some later word ends (`事业单位` above the line of the headers, `经营收入` below it) is the
/// beginning of that word; 其他收入 stays the last of the sources.
fn rejoined(mut words: Vec<Word>) -> Vec<Word> {
    let whole = |first: &str, last: &Word| {
        let text = format!("{first}{}", last.text);
        let text = folded(&text);
        let known = WORDS.iter().find(|(word, _)| *word == text).map(|(_, part)| *part);
        // The last characters of a word that only its ending tells (`专项业务经费支`, `出`).
        let ending = || last.part.is_none() && last.text.chars().count() <= LONGEST_ENDING && part_of(first).is_none();
        known.or_else(|| part_of(&text).filter(|part| *part == Part::Amount && ending()))
    };
    let ends = |at: usize| {
        let first = words.get(at).filter(|word| word.part.is_none())?;
        let later = words.iter().enumerate().skip(at + 2);
        later.rev().find_map(|(to, word)| Some((to, whole(&first.text, word)?)))
    };
    let Some((at, (mut to, part))) = (0..words.len()).find_map(|at| Some((at, ends(at)?))) else {
        return words;
    };
    let last = words.remove(to);
    if to > 0 && words.get(to - 1).is_some_and(|word| folded(&word.text) == "其他收入") {
        to -= 1;
    }
    let text = format!("{}{}", words[at].text, last.text);
    words.insert(to, Word { text, part: Some(part) });
    words.remove(at);
    words
}

/// The folded characters of `text`, and what is printed for each (marks that folding drops stay with a neighbour).
fn letters(text: &str) -> (Vec<char>, Vec<String>) {
    let mut letters: Vec<char> = Vec::new();
    let mut printed: Vec<String> = Vec::new();
    let mut pending = String::new();
    for c in text.chars().filter(|c| !is_space(*c)) {
        match fold(c) {
            Some(letter) => {
                letters.push(letter);
                let mut piece = std::mem::take(&mut pending);
                piece.push(c);
                printed.push(piece);
            }
            None if matches!(c, '*' | '＊') => {}
            None if matches!(c, '“' | '‘' | '「' | '〝') => pending.push(c),
            None => match printed.last_mut() {
                Some(last) if c != '"' || last.starts_with('"') || last.chars().count() == 1 => last.push(c),
                _ => pending.push(c),
            },
        }
    }
    (letters, printed)
}

/// Whether text right below a caption begins like the header of a budget table: two words of the vocabulary, with
/// nothing unknown before them.
pub(super) fn begins_table(text: &str) -> bool {
    let start: String = text.chars().take(3 * LONGEST_WORD).collect();
    let words = words(&start);
    words.len() > 1 && words.iter().take(2).all(|word| word.part.is_some())
}

/// Whether text right below a caption begins like a performance form.
pub(super) fn begins_form(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "目标名称",
        "目标名",
        "一级指标",
        "一级指",
        "二级指标",
        "项目名称",
        "部门名称",
        "部门(单位)名称",
        "单位名称",
        "填报",
        "年度目标",
        "申报金额",
        "项目绩效",
        "名称目标说明",
        "项目编码",
        "项目主管",
    ];
    let start: String = folded(text).chars().take(40).collect();
    WORDS.iter().any(|word| start.contains(word))
}

/// What a header or the name of an item measures, where it says something known.
pub(super) fn measure_of(text: &str) -> Option<Measure> {
    use Measure as M;
    let text = folded(text);
    let text = text.trim_end_matches([':', '。']);
    let sought = Sought::new(text);
    let any = |words: &[Wanted]| sought.has_any(words);
    Some(match text {
        "合计" | "总计" | "小计" | "收入总计" | "支出总计" | "总合计" => M::Total,
        "预算数" | "金额" | "预算金额" | "本年预算数" | "本年预算" => M::Budget,
        _ if any(words!["三公"]) => M::ThreePublic,
        _ if any(words!["因公出国", "出国(境)"]) => M::Abroad,
        _ if any(words!["用车", "公车"]) && any(words!["购置"]) && any(words!["运行", "运维"]) => M::Vehicles,
        _ if any(words!["用车", "公车"]) && any(words!["购置"]) => M::VehiclePurchase,
        _ if any(words!["用车", "公车"]) && any(words!["运行", "运维"]) => M::VehicleRunning,
        _ if any(words!["公务接待"]) => M::Reception,
        _ if any(words!["年初预算"]) => M::InitialBudget,
        _ if any(words!["全年预算", "调整预算"]) => M::AdjustedBudget,
        _ if any(words!["决算数"]) => M::FinalAccounts,
        _ if text.starts_with("年末财政拨款结转") || text.starts_with("年终财政拨款结转") => {
            M::CarriedOut
        }
        _ if any(words!["上年结转", "年初结转", "上年结余", "财政拨款结转"]) => M::CarriedIn,
        _ if any(words!["未安排支出"]) && any(words!["实户资金"]) => M::CarriedOut,
        _ if any(words!["实户资金"]) => M::CarriedIn,
        _ if any(words!["年终结转", "年末结转", "结转下年", "结转至下年", "年末结余", "年终结余"]) => {
            M::CarriedOut
        }
        _ if any(words!["非财政拨款结余", "事业基金弥补"]) => M::FundsUsed,
        _ if any(words!["结余分配"]) => M::SurplusDistributed,
        _ if any(words!["本年收入", "本年支出", "本年拨款"]) => M::ThisYear,
        _ if any(words!["不可预见费"]) => M::ProjectReserve,
        _ if any(words!["附属单位补助", "附属单位的补助"]) => M::ToSubordinate,
        _ if any(words!["上缴上级", "上解上级"]) => M::ToSuperior,
        _ if any(words!["附属单位上缴", "附属单位缴款"]) => M::SubordinateIncome,
        _ if any(words!["上级补助收入"]) => M::SuperiorSubsidy,
        _ if any(words!["经营收入"]) => M::OperatingIncome,
        _ if any(words!["经营支出"]) => M::OperatingExpenditure,
        _ if any(words!["财政专户", "专户管理", "专户资金"]) => M::SpecialAccount,
        _ if any(words!["事业收入"]) => M::BusinessIncome,
        _ if any(words!["其他收入"]) => M::OtherIncome,
        _ if any(words!["单位资金"]) => M::UnitFunds,
        _ if any(words!["政府性基金", "政府基金"]) => M::GovernmentFund,
        _ if any(words!["国有资本经营"]) => M::StateCapital,
        _ if any(words!["基本支出"]) || any(words!["基本保障支出"]) => M::Basic,
        _ if any(words!["一般公共预算", "公共财政预算"]) => M::GeneralPublic,
        _ if any(words!["人员经费", "人员支出"]) => M::Personnel,
        _ if any(words!["公用经费", "公用支出"]) => M::Public,
        _ if any(words!["项目支出"]) => M::Project,
        _ if any(words!["财政拨款"]) => M::Fiscal,
        _ => return None,
    })
}

/// Whether the header only says of which stage an amount is (预算数, 决算数, 年初预算数).
pub(super) fn is_stage(text: &str) -> bool {
    use Measure as M;
    matches!(measure_of(text), Some(M::Budget | M::InitialBudget | M::AdjustedBudget | M::FinalAccounts))
}

/// 购置费, 运行费 below 公务用车购置及运行费.
pub(super) fn vehicle_part(text: &str) -> Option<Measure> {
    let text = folded(text);
    let running = ["运行", "运维", "维护"].iter().any(|word| text.contains(word));
    match (text.contains("购置"), running) {
        (true, false) => Some(Measure::VehiclePurchase),
        (false, true) => Some(Measure::VehicleRunning),
        _ => None,
    }
}

/// Whether the text is a total of its group (合计, 小计, 总计).
pub(super) fn is_total(text: &str) -> bool {
    matches!(folded(text).as_ref(), "合计" | "小计" | "总计")
}

/// A header over every amount column that says no more than the title (`项目 | 支出预算`).
fn is_cover(text: &str) -> bool {
    matches!(text, "支出预算" | "收入预算" | "支出决算" | "收入决算")
}

/// Whether `child` can stand below the group header `group`.
pub(super) fn may_stand_below(group: &str, child: &str) -> bool {
    use Measure as M;
    if folded(group) == folded(child) || folded(group).ends_with("合计") {
        return false;
    }
    let total = is_total(child);
    let (group_text, child_measure) = (folded(group), measure_of(child));
    if group_text.starts_with("20") && group_text.contains('年') {
        let change = folded(child).starts_with("增减") || folded(child).starts_with("增长");
        return if group_text.contains(['比', '较']) {
            change
        } else {
            !change && (total || child_measure.is_some() && !is_stage(child))
        };
    }
    let whole = group_text.ends_with("支出") && (group_text.contains("预算") || group_text.contains("财政拨款"));
    let funds = [M::GeneralPublic, M::GovernmentFund, M::StateCapital];
    if is_cover(&group_text) {
        return !is_cover(&folded(child)) && (total || child_measure.is_some());
    }
    if whole {
        return total
            || matches!(child_measure, Some(M::Basic | M::Personnel | M::Public | M::Project | M::CarriedIn))
                && !folded(child).starts_with("本年");
    }
    let Some(group) = measure_of(group) else {
        return false;
    };
    let Some(child) = child_measure else {
        return match group {
            M::Basic => ["工资福利", "商品和服务", "对个人和家庭"].iter().any(|w| folded(child).contains(w)),
            M::Project => folded(child).contains("项目"),
            _ => false,
        };
    };
    total
        || match group {
            M::ThisYear if group_text.contains("拨款") => funds.contains(&child),
            M::CarriedIn if group_text.contains("财政拨款") => funds.contains(&child),
            M::ThisYear | M::CarriedIn | M::CarriedOut => {
                funds.contains(&child)
                    || matches!(
                        child,
                        M::Fiscal
                            | M::SpecialAccount
                            | M::BusinessIncome
                            | M::OperatingIncome
                            | M::SuperiorSubsidy
                            | M::SubordinateIncome
                            | M::OtherIncome
                            | M::UnitFunds
                            | M::Basic
                            | M::Project
                    )
            }
            M::Fiscal => funds.contains(&child),
            M::UnitFunds => matches!(
                child,
                M::BusinessIncome | M::OperatingIncome | M::SuperiorSubsidy | M::SubordinateIncome | M::OtherIncome
            ),
            M::Basic => matches!(child, M::Personnel | M::Public),
            M::ThreePublic => matches!(child, M::Abroad | M::Vehicles | M::Reception),
            M::Vehicles => matches!(child, M::VehiclePurchase | M::VehicleRunning),
            _ => false,
        }
}
