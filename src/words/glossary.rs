//! 名词: the terms of a budget in plain words, by us. What the page shows beside a term that it is asked about.

use super::{Language, Words};

/// A term and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// The term as documents print it.
    pub(crate) zh: &'static str,
    /// Other ways to print it.
    pub(crate) also: &'static [&'static str],
    /// Its name in English.
    pub(crate) en: &'static str,
    plain_zh: &'static str,
    plain_en: &'static str,
}

impl Term {
    /// What it means, in plain words.
    pub(crate) fn plain(&self, words: Words) -> &'static str {
        match words.0 {
            Language::Chinese => self.plain_zh,
            Language::English => self.plain_en,
        }
    }

    /// Its name, in English with the Chinese term.
    pub(crate) fn name(&self, words: Words) -> String {
        match words.0 {
            Language::Chinese => self.zh.to_owned(),
            Language::English => format!("{} ({})", self.en, self.zh),
        }
    }

    fn spellings(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.zh).chain(self.also.iter().copied())
    }
}

/// A text cut at its terms: each piece, and the term that it is by its index. Of terms that overlap the longest is
/// meant, and each is marked once.
pub(crate) fn pieces(text: &str) -> Vec<(String, Option<usize>)> {
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for (index, term) in TERMS.iter().enumerate() {
        let places =
            term.spellings().filter_map(|spelling| text.find(spelling).map(|at| (at, at + spelling.len(), index)));
        found.extend(places.max_by_key(|(from, to, _)| to - from));
    }
    found.sort_by_key(|&(from, to, _)| (std::cmp::Reverse(to - from), from));
    let mut kept: Vec<(usize, usize, usize)> = Vec::new();
    for one in found {
        if kept.iter().all(|other| one.1 <= other.0 || other.1 <= one.0) {
            kept.push(one);
        }
    }
    kept.sort_unstable();
    let mut pieces = Vec::new();
    let mut done = 0;
    for (from, to, term) in kept {
        if from > done {
            pieces.push((text[done..from].to_owned(), None));
        }
        pieces.push((text[from..to].to_owned(), Some(term)));
        done = to;
    }
    if done < text.len() {
        pieces.push((text[done..].to_owned(), None));
    }
    pieces
}

/// The terms that speak of these words: all of them where none is given.
pub(crate) fn search(query: &str) -> Vec<&'static Term> {
    let wanted = query.trim().to_lowercase();
    TERMS
        .iter()
        .filter(|term| {
            wanted.is_empty()
                || term.spellings().any(|spelling| spelling.contains(&wanted))
                || term.en.to_lowercase().contains(&wanted)
        })
        .collect()
}

macro_rules! terms {
    ($($zh:literal $([$($also:literal),*])?, $en:literal: $plain_zh:literal, $plain_en:literal;)*) => {
        /// Every term.
        pub(crate) const TERMS: &[Term] = &[$(Term { zh: $zh, also: &[$($($also),*)?], en: $en, plain_zh: $plain_zh, plain_en: $plain_en }),*];
    };
}

terms! {
    "部门预算", "departmental budget": "一个部门一年要收多少、花多少的计划，连同它下属的单位一起算。", "What a department plans to receive and spend in a year, its subordinate units included.";
    "单位预算", "unit budget": "部门里一个单位自己的收支计划；各单位的加起来是部门预算。", "The plan of one unit of a department; the units together make the department's budget.";
    "决算", "final accounts": "一年过完后，实际收了多少、花了多少的账。和预算口径不同，不能直接当成增减。", "What was in fact received and spent when the year is over. Counted differently from the budget.";
    "收支总表" ["收支预算总表", "收支决算总表"], "revenue and expenditure summary": "左边是钱从哪里来，右边是花到哪里去，两边的总计必须相等。", "Where the money comes from on the left, where it goes on the right; both totals must be equal.";
    "收入总计", "total revenue": "今年的收入，加上以前剩下、今年还能用的钱。", "This year's revenue and what is left of earlier years and may still be spent.";
    "支出总计", "total expenditure": "今年安排的支出，加上留到明年的钱。它和收入总计相等。", "This year's expenditure and what is carried on. It equals total revenue.";
    "本年收入合计" ["本年收入"], "revenue of the year": "只算今年的收入，不含上年剩下的。", "Revenue of this year alone, without what was left over.";
    "本年支出合计" ["本年支出"], "expenditure of the year": "只算今年的支出，不含留到明年的。", "Expenditure of this year alone, without what is carried on.";
    "财政拨款", "fiscal appropriation": "财政部门从公共的钱里拨给部门用的部分，是大多数部门的主要收入。", "What the treasury gives the department out of public money: most departments' main revenue.";
    "一般公共预算", "general public budget": "主要靠税收的那本账，用在教育、医疗、社保、行政等日常事务上。", "The account fed mainly by taxes, for schools, health, welfare and administration.";
    "政府性基金预算" ["政府性基金"], "government fund budget": "为特定用途收的钱，专款专用，比如土地出让收入。多数部门没有，会公开一张空表。", "Money raised for a set purpose, such as land sales. Most departments have none and publish an empty table.";
    "国有资本经营预算" ["国有资本经营"], "state capital budget": "国有企业上缴的利润等怎么用的账。多数部门没有。", "How profits of state enterprises are used. Most departments have none.";
    "财政专户管理资金" ["财政专户"], "special-account funds": "学费等收入先进专门的户头，再返还给单位用。", "School fees and the like, kept in an account of their own and given back to the unit.";
    "事业收入", "service revenue": "事业单位提供服务收的钱，比如医院看病、学校培训。", "What a public institution earns by its services.";
    "事业单位经营收入" ["经营收入"], "business revenue": "事业单位在主业之外做经营挣的钱。", "What a public institution earns beside its main task.";
    "上级补助收入", "subsidy from above": "上级单位用自己的钱给的补助，不是财政拨款。", "Money from the superior unit's own funds, no fiscal appropriation.";
    "其他收入", "other revenue": "上面几类以外的收入，比如利息、捐赠。", "Whatever else comes in, such as interest and gifts.";
    "单位资金", "unit's own funds": "财政拨款以外、单位自己的各种收入的总称。", "All of a unit's revenue that is no fiscal appropriation.";
    "科目", "subject": "给每笔钱贴的分类标签，有编码和名称，全国统一。", "The label of each sum: a code and a name, the same in the whole country.";
    "功能分类" ["功能科目", "支出功能"], "functional classification": "按“办什么事”分：教育、社保、住房……看钱花在哪方面。", "By what it is for: schools, welfare, housing.";
    "经济分类" ["经济科目", "支出经济"], "economic classification": "按“买了什么”分：工资、办公费、补助……看钱怎么花出去。", "By what is paid: wages, office costs, grants.";
    "类款项" ["类、款、项", "类级", "款级", "项级"], "class, group, item": "功能科目的三级：类三位码，款五位，项七位；下一级加起来等于上一级。", "Three levels of subjects with three, five and seven digits; each level adds up to the one above.";
    "基本支出", "basic expenditure": "单位正常运转要花的钱：给人的（工资等）和日常办公的。", "What it takes to keep the unit running: people and daily office costs.";
    "项目支出", "project expenditure": "为办成某件具体的事专门安排的钱，在基本支出之外。", "Money for particular tasks, beside basic expenditure.";
    "人员经费", "personnel costs": "基本支出里花在人身上的：工资、津贴、社保、离退休费。", "The part of basic expenditure for people: wages, allowances, insurance, pensions.";
    "公用经费" ["日常公用经费"], "running costs": "基本支出里办公用的：水电、差旅、会议、维修。", "The part of basic expenditure for offices: power, travel, meetings, repairs.";
    "机关运行经费", "agency operating costs": "行政机关和参照公务员管理的单位用来运转的公用经费，要单独说明增减。", "Running costs of administrative bodies; their change must be explained.";
    "三公" ["“三公”经费", "三公经费"], "the three public costs": "因公出国（境）、公务用车、公务接待三项花费，必须单独公开。", "Official trips abroad, official vehicles, official receptions; published separately.";
    "因公出国（境）费" ["因公出国(境)费", "因公出国"], "official trips abroad": "公务出国、出境的机票、住宿、培训等费用。", "Fares, lodging and training of official trips abroad.";
    "公务用车购置费" ["公务用车购置"], "vehicle purchase": "买公务车的钱，含购置税。", "Buying official vehicles, tax included.";
    "公务用车运行维护费" ["公务用车运行费", "公务用车运行维护"], "vehicle running": "公务车的油费、维修、保险、过路费。", "Fuel, repairs, insurance and tolls of official vehicles.";
    "公务接待费" ["公务接待"], "official receptions": "接待来访公务人员的餐费、住宿等。", "Meals and lodging of official guests.";
    "会议费", "meeting costs": "开会租场地、食宿、材料的钱。", "Rooms, lodging and papers of meetings.";
    "培训费", "training costs": "组织培训的食宿、场地、师资等费用。", "Lodging, rooms and teachers of training.";
    "工资福利支出" ["工资福利"], "wages and benefits": "给在职人员的工资、奖金、社会保险等。", "Wages, bonuses and insurance of serving staff.";
    "商品和服务支出" ["商品和服务"], "goods and services": "买办公用品、水电、差旅等服务的钱。", "Office supplies, power, travel and other services.";
    "对个人和家庭的补助" ["对个人和家庭补助"], "grants to persons and households": "离退休费、抚恤、助学等直接给个人的钱。", "Pensions, relief and study grants paid to persons.";
    "资本性支出", "capital expenditure": "买设备、修房子等能用很多年的东西。", "Equipment, buildings and whatever lasts for years.";
    "住房公积金", "housing provident fund": "单位给职工交的住房储金，单位和个人各交一份。", "Savings for housing, paid half by the employer.";
    "购房补贴", "housing purchase subsidy": "给没有分到房改房的职工的住房补贴。", "For staff who got no flat under the old housing reform.";
    "提租补贴", "rent subsidy": "公房租金提高后，给职工的补贴。", "For staff after rents of public flats were raised.";
    "行政运行", "administrative operation": "行政单位自己日常运转的基本支出。", "An administrative unit's own basic running.";
    "一般行政管理事务", "general administration": "行政单位没有单列科目的项目支出。", "Projects of an administrative unit that have no subject of their own.";
    "职业年金", "occupational pension": "机关事业单位职工在基本养老保险之外的补充养老金。", "A second pension of public staff, beside the basic one.";
    "上年结转" ["上年结转结余", "年初结转", "上年结余"], "carried in": "去年没花完、今年还要按原用途花的钱。", "What was not spent last year and is still for the same purpose.";
    "结转下年" ["年终结转", "年末结转"], "carried on": "今年花不完、留到明年用的钱。", "What is left for next year.";
    "结转", "carry-over": "事没办完，钱明年接着用在同一件事上。", "The task goes on, and so does its money.";
    "结余", "surplus": "事办完了或不办了，剩下的钱。", "The task is done or dropped; this is what is left.";
    "结余分配", "distribution of surplus": "事业单位按规定把结余拿去交税、提基金。", "Taxes and funds that an institution pays out of its surplus.";
    "政府采购", "government procurement": "用财政的钱、按规定程序买货物、工程和服务。", "Goods, works and services bought with public money under set rules.";
    "政府购买服务", "purchase of services": "政府花钱请社会组织或企业来提供公共服务。", "Public services that others are paid to give.";
    "绩效目标", "performance targets": "这笔钱要办成什么、办到什么程度，事先定的目标。", "What the money is to achieve, set beforehand.";
    "绩效评价", "performance evaluation": "事后看目标有没有实现、钱花得值不值。", "Whether the targets were met.";
    "项目支出不可预见费" ["不可预见费"], "project reserve": "为说不准的事预留的一点钱。", "A reserve for what cannot be foreseen.";
    "转移支付", "transfer payment": "上级财政把钱转给下级用；转走的钱可能不计在本级，两年比较时要看口径。", "Money passed to lower levels; it may not be counted here, which matters when years are compared.";
    "上缴上级支出", "paid to the superior unit": "下级单位按规定交给上级单位的钱。", "What a unit pays to the one above it.";
    "对附属单位补助支出" ["附属单位补助"], "subsidy to subordinate units": "用自己的钱补助下属单位。", "What a unit gives to those below it, of its own funds.";
    "一般公共服务支出" ["一般公共服务"], "general public services": "政府机关日常管理方面的支出。", "Day-to-day administration of government.";
    "社会保障和就业支出" ["社会保障和就业"], "social security and employment": "养老、抚恤、就业等方面的支出。", "Pensions, relief, employment.";
    "卫生健康支出" ["卫生健康"], "health": "医疗、公共卫生方面的支出；多数部门这里是职工医疗保险。", "Medicine and public health; for most departments, their staff's insurance.";
    "住房保障支出" ["住房保障"], "housing": "公积金、购房补贴等；多数部门这里是职工的住房支出。", "Provident fund and subsidies; for most departments, their staff's housing.";
    "口径", "basis of counting": "算进什么、不算什么的规矩。口径变了，两年的数就不能直接比。", "What is counted and what is not. If it changes, years cannot be compared directly.";
    "年初预算数" ["年初预算"], "initial budget": "年初批下来的数，后来可能调整。", "As approved at the beginning; it may be adjusted.";
    "调整预算数" ["全年预算数"], "adjusted budget": "年中调整以后的预算数。", "The budget after changes during the year.";
    "编制", "established posts": "批准的人员名额；实有人数可以少于编制。", "Approved posts; there may be fewer people.";
    "国库集中支付", "treasury payment": "钱不先拨到单位户头，由国库直接付给收款人。", "The treasury pays directly; money does not pass through the unit.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_is_explained_in_both_languages_and_accuses_nobody() {
        assert!(TERMS.len() >= 40, "{}", TERMS.len());
        let mut seen = std::collections::BTreeSet::new();
        for term in TERMS {
            for spelling in term.spellings() {
                assert!(seen.insert(spelling), "{spelling} stands twice");
            }
            assert!(term.plain_zh.ends_with('。') && term.plain_en.ends_with('.'), "{}", term.zh);
            assert!(term.plain_zh.chars().count() <= 60, "{} is told in few words", term.zh);
            assert!(term.plain_en.is_ascii() && term.en.is_ascii(), "{}", term.zh);
            for word in ["错误", "造假", "违规", "异常", "正确"] {
                assert!(!term.plain_zh.contains(word), "{}: {word}", term.zh);
            }
        }
    }

    #[test]
    fn the_longest_term_is_meant() {
        let names = |text: &str| {
            let pieces = pieces(text);
            assert_eq!(pieces.iter().map(|(piece, _)| piece.as_str()).collect::<String>(), text, "nothing is lost");
            pieces.into_iter().filter_map(|(_, term)| Some(TERMS[term?].zh)).collect::<Vec<_>>()
        };
        assert_eq!(names("一般公共预算基本支出表"), ["一般公共预算", "基本支出"]);
        assert_eq!(names("上年结转结余"), ["上年结转"]);
        assert_eq!(names("二、公务用车运行费"), ["公务用车运行维护费"]);
        assert_eq!(names("某某项目"), [""; 0]);
    }

    #[test]
    fn terms_are_found_in_both_languages() {
        assert_eq!(search("").len(), TERMS.len());
        assert_eq!(search("Carried in").first().map(|term| term.zh), Some("上年结转"));
        assert!(search("三公").iter().any(|term| term.zh == "三公"));
    }
}
