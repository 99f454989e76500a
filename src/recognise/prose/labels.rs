//! What an amount is said of: from the words before it to a concept, a period and a kind.

use super::names::{Names, Unnamed};
use super::paragraphs::ordinal;
use crate::disclosure::{Concept, Measure, Message, ProcurementPart, StatementKind};

/// What the words before an amount say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// How the figure is meant.
    pub(super) kind: StatementKind,
    /// What it is said of in the words of the text, empty where that stands in an earlier clause.
    pub(super) measure: String,
    /// What that is, where it is known.
    pub(super) concept: Option<Concept>,
    /// The same read as an economic item, for lists of such items (公务接待费 is one of the three 三公 amounts elsewhere).
    pub(super) economic: Option<Concept>,
    /// Why the concept is not certain.
    pub(super) doubt: Option<Message>,
}

/// What labels are read against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Background<'a> {
    /// The names in the tables.
    pub(super) names: &'a Names,
    /// The year of the disclosure.
    pub(super) year: Option<u16>,
    /// Whether the unit itself is an office (本级), so that 本级 in the prose means all of it.
    pub(super) own_office: bool,
    /// Whether it is the final accounts, where budget figures stand beside the accounts.
    pub(super) final_accounts: bool,
}

/// The vocabulary: what the prose calls the amounts that have a cell. Longer phrases win over their endings.
fn vocabulary() -> &'static [(&'static str, Word)] {
    use Measure as M;
    use Word::{Generic, Specific};
    static WORDS: &[(&str, Word)] = &[
        ("收支总预算", Generic(Concept::TotalBudget)),
        ("收支预算总额", Generic(Concept::TotalBudget)),
        ("收支预算", Generic(Concept::TotalBudget)),
        ("收入支出总预算", Generic(Concept::TotalBudget)),
        ("收入支出预算总额", Generic(Concept::TotalBudget)),
        ("财政拨款收支总预算", Specific(Concept::FiscalTotal)),
        ("财政拨款收入支出总预算", Specific(Concept::FiscalTotal)),
        ("收入预算总额", Generic(Concept::TotalRevenue)),
        ("收入总预算", Generic(Concept::TotalRevenue)),
        ("收入预算总计", Generic(Concept::TotalRevenue)),
        ("收入预算总数", Generic(Concept::TotalRevenue)),
        ("收入预算", Generic(Concept::TotalRevenue)),
        ("收入总计", Generic(Concept::TotalRevenue)),
        ("收入总额", Generic(Concept::TotalRevenue)),
        ("预算收入", Generic(Concept::TotalRevenue)),
        ("预算总收入", Generic(Concept::TotalRevenue)),
        ("总收入", Generic(Concept::TotalRevenue)),
        ("支出预算总额", Generic(Concept::TotalExpenditure)),
        ("支出总预算", Generic(Concept::TotalExpenditure)),
        ("支出预算总计", Generic(Concept::TotalExpenditure)),
        ("支出预算总数", Generic(Concept::TotalExpenditure)),
        ("支出预算", Generic(Concept::TotalExpenditure)),
        ("支出总计", Generic(Concept::TotalExpenditure)),
        ("支出总额", Generic(Concept::TotalExpenditure)),
        ("预算支出", Generic(Concept::TotalExpenditure)),
        ("预算总支出", Generic(Concept::TotalExpenditure)),
        ("总支出", Generic(Concept::TotalExpenditure)),
        ("一般公共预算财政拨款收入", Specific(Concept::Revenue(M::GeneralPublic))),
        ("一般公共预算拨款收入", Specific(Concept::Revenue(M::GeneralPublic))),
        ("一般公共预算收入", Specific(Concept::Revenue(M::GeneralPublic))),
        ("政府性基金预算财政拨款收入", Specific(Concept::Revenue(M::GovernmentFund))),
        ("政府性基金预算拨款收入", Specific(Concept::Revenue(M::GovernmentFund))),
        ("政府性基金预算收入", Specific(Concept::Revenue(M::GovernmentFund))),
        ("政府性基金拨款收入", Specific(Concept::Revenue(M::GovernmentFund))),
        ("政府性基金收入", Specific(Concept::Revenue(M::GovernmentFund))),
        ("国有资本经营预算财政拨款收入", Specific(Concept::Revenue(M::StateCapital))),
        ("国有资本经营预算拨款收入", Specific(Concept::Revenue(M::StateCapital))),
        ("国有资本经营预算收入", Specific(Concept::Revenue(M::StateCapital))),
        ("财政专户管理资金收入", Specific(Concept::Revenue(M::SpecialAccount))),
        ("财政专户管理资金", Specific(Concept::Revenue(M::SpecialAccount))),
        ("事业收入", Specific(Concept::Revenue(M::BusinessIncome))),
        ("事业单位经营收入", Specific(Concept::Revenue(M::OperatingIncome))),
        ("上级补助收入", Specific(Concept::Revenue(M::SuperiorSubsidy))),
        ("附属单位上缴收入", Specific(Concept::Revenue(M::SubordinateIncome))),
        ("其他收入", Specific(Concept::Revenue(M::OtherIncome))),
        ("上年结转结余", Specific(Concept::Revenue(M::CarriedIn))),
        ("上年结转和结余", Specific(Concept::Revenue(M::CarriedIn))),
        ("上年结余(转)", Specific(Concept::Revenue(M::CarriedIn))),
        ("上年结转", Specific(Concept::Revenue(M::CarriedIn))),
        ("上年结余", Specific(Concept::Revenue(M::CarriedIn))),
        ("年初结转和结余", Specific(Concept::Revenue(M::CarriedIn))),
        ("使用非财政拨款结余", Specific(Concept::Revenue(M::FundsUsed))),
        ("基本支出", Specific(Concept::Expenditure(M::Basic))),
        ("基本保障支出", Specific(Concept::Expenditure(M::Basic))),
        ("项目支出不可预见费", Specific(Concept::Expenditure(M::ProjectReserve))),
        ("项目支出", Specific(Concept::Expenditure(M::Project))),
        ("人员经费", Specific(Concept::Expenditure(M::Personnel))),
        ("公用经费", Specific(Concept::Expenditure(M::Public))),
        ("日常公用经费", Specific(Concept::Expenditure(M::Public))),
        ("标准公用经费", Specific(Concept::Expenditure(M::Public))),
        ("事业单位经营支出", Specific(Concept::Expenditure(M::OperatingExpenditure))),
        ("上缴上级支出", Specific(Concept::Expenditure(M::ToSuperior))),
        ("对附属单位补助支出", Specific(Concept::Expenditure(M::ToSubordinate))),
        ("年终结转结余", Specific(Concept::Expenditure(M::CarriedOut))),
        ("结转下年", Specific(Concept::Expenditure(M::CarriedOut))),
        ("一般公共预算财政拨款支出", Specific(Concept::FundExpenditure(M::GeneralPublic))),
        ("一般公共预算拨款支出", Specific(Concept::FundExpenditure(M::GeneralPublic))),
        ("一般公共预算支出", Specific(Concept::FundExpenditure(M::GeneralPublic))),
        ("政府性基金预算财政拨款支出", Specific(Concept::FundExpenditure(M::GovernmentFund))),
        ("政府性基金预算支出", Specific(Concept::FundExpenditure(M::GovernmentFund))),
        ("政府性基金支出", Specific(Concept::FundExpenditure(M::GovernmentFund))),
        ("国有资本经营预算支出", Specific(Concept::FundExpenditure(M::StateCapital))),
        ("国有资本经营预算财政拨款支出", Specific(Concept::FundExpenditure(M::StateCapital))),
        ("三公经费", Specific(Concept::ThreePublic(M::ThreePublic))),
        ("三公经费支出", Specific(Concept::ThreePublic(M::ThreePublic))),
        ("因公出国(境)费用", Specific(Concept::ThreePublic(M::Abroad))),
        ("因公出国(境)经费", Specific(Concept::ThreePublic(M::Abroad))),
        ("因公出国(境)费", Specific(Concept::ThreePublic(M::Abroad))),
        ("因公出国费", Specific(Concept::ThreePublic(M::Abroad))),
        ("公务用车购置及运行维护费", Specific(Concept::ThreePublic(M::Vehicles))),
        ("公务用车购置及运行费", Specific(Concept::ThreePublic(M::Vehicles))),
        ("公务用车购置和运行维护费", Specific(Concept::ThreePublic(M::Vehicles))),
        ("公务用车购置和运行费", Specific(Concept::ThreePublic(M::Vehicles))),
        ("公车购置及运行维护费", Specific(Concept::ThreePublic(M::Vehicles))),
        ("公务用车购置费", Specific(Concept::ThreePublic(M::VehiclePurchase))),
        ("公务用车购置", Specific(Concept::ThreePublic(M::VehiclePurchase))),
        ("公务用车运行维护费", Specific(Concept::ThreePublic(M::VehicleRunning))),
        ("公务用车运行费", Specific(Concept::ThreePublic(M::VehicleRunning))),
        ("公务接待费", Specific(Concept::ThreePublic(M::Reception))),
        ("机关运行经费", Specific(Concept::AgencyOperating)),
        ("政府采购预算", Specific(Concept::Procurement)),
        ("政府采购预算总额", Specific(Concept::Procurement)),
        ("政府采购总额", Specific(Concept::Procurement)),
        ("政府采购支出", Specific(Concept::Procurement)),
        ("政府采购", Specific(Concept::Procurement)),
        ("货物类采购预算", Specific(Concept::ProcurementPart(ProcurementPart::Goods))),
        ("货物类采购", Specific(Concept::ProcurementPart(ProcurementPart::Goods))),
        ("货物类", Specific(Concept::ProcurementPart(ProcurementPart::Goods))),
        ("政府采购货物", Specific(Concept::ProcurementPart(ProcurementPart::Goods))),
        ("工程类采购预算", Specific(Concept::ProcurementPart(ProcurementPart::Works))),
        ("工程类采购", Specific(Concept::ProcurementPart(ProcurementPart::Works))),
        ("工程类", Specific(Concept::ProcurementPart(ProcurementPart::Works))),
        ("政府采购工程", Specific(Concept::ProcurementPart(ProcurementPart::Works))),
        ("服务类采购预算", Specific(Concept::ProcurementPart(ProcurementPart::Services))),
        ("服务类采购", Specific(Concept::ProcurementPart(ProcurementPart::Services))),
        ("服务类", Specific(Concept::ProcurementPart(ProcurementPart::Services))),
        ("政府采购服务", Specific(Concept::ProcurementPart(ProcurementPart::Services))),
        ("政府购买服务预算", Specific(Concept::ServicePurchase)),
        ("政府购买服务", Specific(Concept::ServicePurchase)),
    ];
    WORDS
}

/// A phrase of the vocabulary.
#[derive(Clone, Debug)]
enum Word {
    /// Everyday words (支出预算) that mean the total only when nothing but the unit and the year stands before them.
    Generic(Concept),
    /// A term of its own. Words before it narrow it to something else, too, unless they are known to be empty.
    Specific(Concept),
}

/// Words after a term that do not change what it means.
const FILLERS: [&str; 42] = [
    "为",
    "是",
    "共计",
    "合计",
    "总计",
    "总额",
    "总数",
    "总规模",
    "规模",
    "共",
    "计",
    "约",
    "达到",
    "达",
    "安排",
    "年初",
    "预算数",
    "决算数",
    "预算金额",
    "金额",
    "数额",
    "数",
    "预算",
    "决算",
    "预计",
    "当年",
    "本年",
    "全年",
    "财政拨款",
    "拨款",
    "支出",
    "收入",
    "经费",
    "资金",
    "费用",
    "科目",
    "了",
    "的",
    "有",
    ":",
    "等",
    "增减",
];

/// Words before a term that do not change what it means. Everything that ends in the name of an organisation does not,
/// either ([`ends_in_organisation`]).
const EMPTY: [&str; 46] = [
    "部门",
    "单位",
    "各单位",
    "部门所属各单位",
    "本",
    "我",
    "全",
    "全部",
    "总",
    "共",
    "年度",
    "年",
    "全年",
    "当年",
    "本年",
    "本年度",
    "年初",
    "安排",
    "编制",
    "预计",
    "的",
    "其中",
    "主要",
    "包括",
    "一般公共预算",
    "公共预算",
    "财政拨款",
    "财政",
    "拨款",
    "综合",
    "三公经费",
    "由",
    "按",
    "和",
    "及",
    "对",
    "用于",
    "行政",
    "所有",
    "使用",
    "核定",
    "批复",
    "申报",
    "公开",
    "市级",
    "县级",
];

/// Words of change, and whether they mean more.
const CHANGES: [(&str, bool); 24] = [
    ("增加", true),
    ("增长", true),
    ("上升", true),
    ("提高", true),
    ("调增", true),
    ("追加", true),
    ("净增", true),
    ("新增", true),
    ("扩大", true),
    ("增支", true),
    ("减少", false),
    ("下降", false),
    ("降低", false),
    ("压减", false),
    ("压缩", false),
    ("缩减", false),
    ("调减", false),
    ("核减", false),
    ("削减", false),
    ("节约", false),
    ("净减", false),
    ("减支", false),
    ("增", true),
    ("减", false),
];

/// Words that make an amount something else than the term after them: a share of it, a price, a part of the unit.
const NARROWING: [&str; 14] =
    ["每", "人均", "占", "下属", "二级单位", "上级", "其他", "除", "不含", "剔除", "扣除", "代", "历年", "累计"];

/// Reads the words (folded) before an amount.
pub(super) fn label(words: &str, background: Background) -> Label {
    let mut text = words.trim_matches([':', ',', '、', '。', '.', ';', ' ']);
    while let Some(end) = ordinal(text) {
        text = text.get(end..).unwrap_or_default();
    }
    for lead in ["其中:", "其中", "包括:", "包括", "一是", "二是", "三是", "四是", "主要是"] {
        text = text.strip_prefix(lead).unwrap_or(text);
    }
    let (text, period) = without_years(text, background.year);
    let change = if text.contains("(类)") && !text.ends_with(['加', '少']) { None } else { change(&text) };
    let (subject, compared) = match &change {
        Some(change) => without_comparison(&change.subject),
        None => without_comparison(&text),
    };
    let kind = match (&change, period, compared) {
        (Some(change), ..) => change.kind,
        (None, _, true) | (None, Period::Prior, _) => StatementKind::PriorAmount,
        (None, Period::This, false) => StatementKind::Amount,
    };
    let named = named(&subject, background);
    Label { kind, ..named }
}

/// Which year a clause speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Period {
    This,
    Prior,
}

/// The words without their years, and the year that they speak of. 上年结转 is an amount of this year.
fn without_years(text: &str, own: Option<u16>) -> (String, Period) {
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let year: String = chars.iter().skip(at).take(4).collect();
        let is_year = year.len() == 4 && year.starts_with("20") && year.bytes().all(|b| b.is_ascii_digit());
        if is_year && chars.get(at + 4) == Some(&'年') && !at.checked_sub(1).is_some_and(|i| chars[i].is_ascii_digit())
        {
            let prior = matches!((year.parse::<u16>().ok(), own), (Some(year), Some(own)) if year != own);
            at += 5;
            if prior {
                out.push_str("上年");
            } else if chars.get(at) == Some(&'初') {
                out.push('年');
            }
            at += usize::from(chars.get(at) == Some(&'度'));
            continue;
        }
        out.push(chars[at]);
        at += 1;
    }
    // The comparison (比上年) says what the base is, not which year the amount is of.
    let own_words = without_comparison(&out).0;
    let speaks_of_prior = ["上年", "去年", "上一年", "以前年度"].iter().any(|word| {
        own_words.match_indices(word).any(|(i, _)| !is_carried(own_words.get(i + word.len()..).unwrap_or_default()))
    });
    (out, if speaks_of_prior { Period::Prior } else { Period::This })
}

/// 上年|结转, 上年度|结余.
fn is_carried(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['度', '末']);
    rest.starts_with("结转") || rest.starts_with("结余")
}

/// A change that the words speak of.
#[derive(Clone, Debug)]
struct Change {
    kind: StatementKind,
    /// What changed: the words before, or after, the word of change.
    subject: String,
}

fn change(text: &str) -> Option<Change> {
    let trimmed = text.trim_end_matches(['约', '了', '共', '为', '额', '数', ':']);
    // 增加(减少): the template's choice was not made.
    if let Some(open) = trimmed.rfind('(')
        && let Some(inner) = trimmed.get(open + 1..).and_then(|t| t.strip_suffix(')'))
    {
        let before = trimmed.get(..open)?;
        let opposite = |word: &str| CHANGES.iter().find(|(w, _)| *w == word).map(|(_, more)| *more);
        let ends = CHANGES.iter().find(|(word, _)| before.ends_with(word));
        if let (Some((word, more)), Some(other)) = (ends, opposite(inner))
            && *more != other
        {
            let subject = before.get(..before.len() - word.len())?.to_owned();
            return Some(Change { kind: StatementKind::UndecidedChange, subject });
        }
    }
    let kind = |more: bool| if more { StatementKind::Increase } else { StatementKind::Decrease };
    if let Some((word, more)) = CHANGES.iter().find(|(word, _)| trimmed.ends_with(word)) {
        let subject = trimmed.get(..trimmed.len() - word.len())?.to_owned();
        return Some(Change { kind: kind(*more), subject });
    }
    // 压减公务用车运行维护费 1 万元: the word stands before what changed. Names have some of these words in them
    // (能源节约利用, 增加值), so only those that no name has count here.
    const LEADING: [&str; 8] = ["增加", "减少", "压减", "调增", "调减", "核减", "追加", "净增"];
    let (at, word, more) = CHANGES
        .iter()
        .filter(|(word, _)| LEADING.contains(word))
        .filter_map(|(word, more)| trimmed.rfind(word).map(|at| (at, *word, *more)))
        .filter(|(at, word, _)| !trimmed.get(at + word.len()..).is_some_and(|rest| rest.starts_with('值')))
        .max_by_key(|(at, ..)| *at)?;
    let subject = trimmed.get(at + word.len()..)?.to_owned();
    Some(Change { kind: kind(more), subject })
}

/// The words without a comparison with last year (比上年预算, 较去年, 同比), and whether there was one.
fn without_comparison(text: &str) -> (String, bool) {
    const MARKS: [&str; 6] = ["比", "较", "与", "同", "相比", "对比"];
    const BASES: [&str; 9] = ["上年", "去年", "上一年", "年初预算", "年初", "前一年", "同期", "上期", "往年"];
    if let Some(start) = text.rfind("同比") {
        let (before, after) =
            (text.get(..start).unwrap_or_default(), text.get(start + "同比".len()..).unwrap_or_default());
        return (format!("{before}{after}"), true);
    }
    let found = MARKS
        .iter()
        .flat_map(|mark| text.match_indices(mark).map(|(at, m)| (at, at + m.len())))
        .filter(|&(_, end)| BASES.iter().any(|base| text.get(end..).is_some_and(|rest| rest.starts_with(base))))
        .max();
    let Some((start, end)) = found else {
        return (text.to_owned(), false);
    };
    let rest = text.get(end..).unwrap_or_default();
    let base = BASES.iter().find(|base| rest.starts_with(*base)).copied().unwrap_or_default();
    let mut after = rest.get(base.len()..).unwrap_or_default();
    const TAILS: [&str; 14] = [
        "度",
        "同期",
        "年初",
        "预算数",
        "决算数",
        "预算",
        "决算",
        "执行数",
        "执行",
        "批复",
        "安排",
        "数",
        "相比",
        "的",
    ];
    while let Some(tail) = TAILS.iter().find(|tail| after.starts_with(*tail)) {
        after = after.get(tail.len()..).unwrap_or_default();
    }
    (format!("{}{after}", text.get(..start).unwrap_or_default()), true)
}

/// The concept of the words, the term as the text has it, and what is in doubt.
fn named(subject: &str, background: Background) -> Label {
    let mut label = Label {
        kind: StatementKind::Amount,
        measure: subject.trim_matches([':', ',', '.']).to_owned(),
        concept: None,
        economic: None,
        doubt: None,
    };
    if background.final_accounts && speaks_of_budget(subject) {
        label.doubt = Some(Message::new(
            "决算公开中的预算数，没有对应的决算数可对",
            "a budget figure inside the final accounts: there is no final figure to hold it against",
        ));
        return label;
    }
    if let Some(path) = function_path(subject) {
        match background.names.function_path(&path) {
            Ok(concept) => label.concept = Some(concept),
            Err(why) => label.doubt = Some(unnamed(&path, why)),
        }
        label.measure = path.join("/");
        return label;
    }
    let mut rest = subject;
    loop {
        let bare = without_empty(rest);
        if bare.chars().count() >= 2 {
            label.economic = label.economic.or_else(|| background.names.concept(bare, true));
        }
        if label.concept.is_none() {
            if let Some((phrase, concept, before)) = vocabulary_ending(rest) {
                label.measure = phrase.to_owned();
                if before.contains("本级") && !background.own_office {
                    label.doubt = Some(Message::new(
                        "只说本级，表内是全部门的数",
                        "said of the office alone, while the tables are of the whole department",
                    ));
                } else {
                    label.concept = Some(concept);
                }
            } else if bare.chars().count() >= 2
                && let Some(concept) = background.names.concept(bare, false)
            {
                label.measure = bare.to_owned();
                label.concept = Some(concept);
            }
        }
        if label.concept.is_some() || label.doubt.is_some() {
            return label;
        }
        let Some(shorter) = FILLERS.iter().filter_map(|filler| rest.strip_suffix(filler)).min_by_key(|r| r.len())
        else {
            return label;
        };
        rest = shorter;
    }
}

/// Final accounts state the budget beside the accounts: 年初预算为 …, 全年预算数 ….
fn speaks_of_budget(subject: &str) -> bool {
    let bare = subject
        .replace("一般公共预算", "")
        .replace("政府性基金预算", "")
        .replace("国有资本经营预算", "")
        .replace("年初预算", "预算");
    bare.contains("预算") && !bare.contains("决算")
}

/// The phrase of the vocabulary that `text` ends with, longest first, and the words before it, where they leave the
/// meaning as it is.
fn vocabulary_ending(text: &str) -> Option<(&'static str, Concept, &str)> {
    vocabulary()
        .iter()
        .filter_map(|(phrase, word)| text.strip_suffix(phrase).map(|before| (*phrase, word, before)))
        .max_by_key(|(phrase, ..)| phrase.len())
        .and_then(|(phrase, word, before)| {
            if NARROWING.iter().any(|narrowing| before.contains(narrowing)) {
                return None;
            }
            let left = without_empty(before);
            let open = left.is_empty() || ends_in_organisation(left);
            match word {
                Word::Generic(concept) | Word::Specific(concept) if open => Some((phrase, concept.clone(), before)),
                _ => None,
            }
        })
}

/// The words without those at either end that mean nothing here.
fn without_empty(text: &str) -> &str {
    let mut rest = text.trim_matches([':', ',', '.']).trim_start_matches(')').trim_end_matches('(');
    loop {
        let shorter = EMPTY
            .iter()
            .filter_map(|word| rest.strip_suffix(word))
            .min_by_key(|r| r.len())
            .filter(|shorter| !ends_in_organisation(rest) || !shorter.is_empty() && !ends_in_name(shorter));
        match shorter {
            Some(shorter) => rest = shorter,
            None => break,
        }
    }
    loop {
        let shorter = ["年度", "其中", "由", "用于", "安排"].iter().find_map(|word| rest.strip_prefix(word));
        match shorter {
            Some(shorter) => rest = shorter,
            None => return rest,
        }
    }
}

/// Whether the words end in something that only a longer name could be cut from.
fn ends_in_name(text: &str) -> bool {
    text.ends_with(['市', '县', '区', '省'])
}

/// Whether the words end in the name of an organisation (…局, …委员会, …（汇总）, 我单位).
pub(super) fn ends_in_organisation(text: &str) -> bool {
    const ENDS: [&str; 40] = [
        "局",
        "委",
        "厅",
        "署",
        "办",
        "办公室",
        "委员会",
        "院",
        "会",
        "室",
        "处",
        "站",
        "所",
        "中心",
        "队",
        "馆",
        "校",
        "大学",
        "学院",
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
        "(本级)",
        "(汇总)",
        "汇总",
        "单位",
        "部门",
        "我局",
        "本局",
        "我委",
        "我办",
        "场",
    ];
    ENDS.iter().any(|end| text.ends_with(end))
}

/// The names of `…(类)…(款)…(项)` that the words hold, from the class down; `None` where there are no such marks.
fn function_path(text: &str) -> Option<Vec<String>> {
    let mut path = Vec::new();
    let mut rest = text;
    for mark in ["(类)", "(款)", "(项)"] {
        let Some(at) = rest.find(mark) else { break };
        let name = rest.get(..at)?;
        let name = name.rsplit([',', ':', '、', '.']).next().unwrap_or(name);
        path.push(name.to_owned());
        rest = rest.get(at + mark.len()..)?;
    }
    let tail_is_empty = FILLERS.iter().fold(rest.to_owned(), |t, f| t.replace(f, "")).is_empty();
    (!path.is_empty() && tail_is_empty).then_some(path)
}

fn unnamed(path: &[String], why: Unnamed) -> Message {
    let name = path.last().cloned().unwrap_or_default();
    match why {
        Unnamed::Unknown => {
            Message::new(format!("表内没有叫“{name}”的科目"), format!("no subject of the tables is called “{name}”"))
        }
        Unnamed::Several => Message::new(
            format!("表内有几个科目可能是“{name}”"),
            format!("several subjects of the tables may be “{name}”"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> (StatementKind, Option<Concept>, String) {
        let names = Names::default();
        let background = Background { names: &names, year: Some(2024), own_office: false, final_accounts: false };
        let label = label(words, background);
        (label.kind, label.concept, label.measure)
    }

    fn concept(words: &str) -> Option<Concept> {
        let (kind, concept, _) = read(words);
        assert_eq!(kind, StatementKind::Amount, "{words}");
        concept
    }

    #[test]
    fn terms_are_found_behind_units_and_years() {
        use Measure as M;
        for (words, expected) in [
            ("2024年甲市乙局收入预算总额为", Concept::TotalRevenue),
            ("2024年支出预算", Concept::TotalExpenditure),
            ("我单位政府采购预算", Concept::Procurement),
            ("其中:一般公共预算财政拨款收入", Concept::Revenue(M::GeneralPublic)),
            ("上年结余(转)", Concept::Revenue(M::CarriedIn)),
            ("甲局2024年机关运行经费预算", Concept::AgencyOperating),
            ("本部门2024年度机关运行经费支出", Concept::AgencyOperating),
            ("甲局2024年三公经费预算", Concept::ThreePublic(M::ThreePublic)),
            ("2024年一般公共预算三公经费支出", Concept::ThreePublic(M::ThreePublic)),
            ("1、因公出国(境)费用", Concept::ThreePublic(M::Abroad)),
            ("公务接待费", Concept::ThreePublic(M::Reception)),
            ("项目支出", Concept::Expenditure(M::Project)),
            ("2024年一般公共预算基本支出", Concept::Expenditure(M::Basic)),
            ("(一)人员经费", Concept::Expenditure(M::Personnel)),
            ("服务类采购金额", Concept::ProcurementPart(ProcurementPart::Services)),
            ("政府性基金预算支出为", Concept::FundExpenditure(M::GovernmentFund)),
            ("2024年预算支出", Concept::TotalExpenditure),
            ("2024年甲局(汇总)三公经费年初预算安排", Concept::ThreePublic(M::ThreePublic)),
            (".公务接待费", Concept::ThreePublic(M::Reception)),
        ] {
            assert_eq!(concept(words), Some(expected), "{words}");
        }
    }

    #[test]
    fn a_narrower_thing_is_not_taken_for_the_term() {
        for words in [
            "所属事业单位甲中心下属支出预算",
            "局本级项目支出共",
            "其中科技专项项目支出",
            "其他公务接待费",
            "公务用车运行维护费每台车每年",
            "资产原值",
            "扶贫支出预算",
            "国内公务接待费",
            "年初预算",
        ] {
            assert_eq!(concept(words), None, "{words}");
        }
    }

    #[test]
    fn changes_and_last_year_are_told_apart() {
        use StatementKind as K;
        for (words, expected) in [
            ("比上年减少", K::Decrease),
            ("比2023年预算增加", K::Increase),
            ("比上年增加(减少)", K::UndecidedChange),
            ("同比增加", K::Increase),
            ("比上年增", K::Increase),
            ("基本支出增加", K::Increase),
            ("压减公务用车运行维护费", K::Decrease),
            ("上年收入总计", K::PriorAmount),
            ("比去年预算", K::PriorAmount),
            ("2023年预算", K::PriorAmount),
            ("较上年", K::PriorAmount),
            ("上年结转", K::Amount),
            ("2024年预算数", K::Amount),
            ("规模工业增加值", K::Amount),
            ("能源节约利用(项)", K::Amount),
        ] {
            assert_eq!(read(words).0, expected, "{words}");
        }
    }

    #[test]
    fn a_change_keeps_what_changed() {
        assert_eq!(read("基本支出比上年增加").1, Some(Concept::Expenditure(Measure::Basic)));
        assert_eq!(read("压减公务用车运行维护费").1, Some(Concept::ThreePublic(Measure::VehicleRunning)));
        assert_eq!(read("比上年减少").2, "");
    }

    #[test]
    fn a_path_of_function_names_is_read() {
        assert_eq!(
            function_path("卫生健康支出(类)行政事业单位医疗(款)行政单位医疗(项)预算数"),
            Some(vec!["卫生健康支出".to_owned(), "行政事业单位医疗".to_owned(), "行政单位医疗".to_owned()])
        );
        assert_eq!(function_path("支出预算"), None);
    }
}
