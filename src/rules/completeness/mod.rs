//! C: is everything there that must be.

/// A small whole disclosure: six of the eight tables, and a sentence on its totals.
macro_rules! whole {
    () => {
        "2024年支出预算总额 95.50 万元。\n\n## 收支总表\n\n单位：万元\n\n\
        | 收入 | | 支出 | |\n|---|---|---|---|\n\
        | 项目 | 预算数 | 项目 | 预算数 |\n\
        | 一、一般公共预算拨款收入 | 95.50 | 一、教育支出 | 95.50 |\n\
        | 收入总计 | 95.50 | 支出总计 | 95.50 |\n\
        \n## 收入总表\n\n单位：万元\n\n\
        | 单位编码 | 单位名称 | 合计 | 一般公共预算 |\n|---|---|---|---|\n\
        | | 合计 | 95.50 | 95.50 |\n\
        | 301 | 某局 | 95.50 | 95.50 |\n\
        \n## 支出总表\n\n单位：万元\n\n\
        | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
        | | 合计 | 95.50 | 75.50 | 20.00 |\n\
        | 2050101 | 行政运行 | 95.50 | 75.50 | 20.00 |\n\
        \n## 财政拨款收支总表\n\n单位：万元\n\n\
        | 收入 | | 支出 | |\n|---|---|---|---|\n\
        | 项目 | 预算数 | 项目 | 预算数 |\n\
        | 一、本年收入 | 95.50 | 一、本年支出 | 95.50 |\n\
        | 收入总计 | 95.50 | 支出总计 | 95.50 |\n\
        \n## 一般公共预算支出表\n\n单位：万元\n\n\
        | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
        | | 合计 | 95.50 |\n\
        | 2050101 | 行政运行 | 95.50 |\n\
        \n## 一般公共预算基本支出表\n\n单位：万元\n\n\
        | 科目编码 | 科目名称 | 合计 |\n|---|---|---|\n\
        | | 合计 | 75.50 |\n\
        | 30101 | 基本工资 | 75.50 |\n\
        \n"
    };
}

/// Sentences on what a disclosure must explain, for examples.
macro_rules! assets {
    () => {
        "年末共有车辆 2 辆，均为公务用车。\n\n"
    };
}
macro_rules! performance {
    () => {
        "全部项目都有绩效目标，共 3 个。\n\n"
    };
}
macro_rules! terms {
    () => {
        "基本支出：指保障机构正常运转的支出。\n\n"
    };
}
macro_rules! reason {
    () => {
        "公务接待减少，原因是压减开支。\n\n"
    };
}

pub(super) mod announced_tables;
pub(super) mod economic_groups;
pub(super) mod eight_tables;
pub(super) mod empty_table_data;
pub(super) mod empty_table_note;
pub(super) mod function_items;
pub(super) mod operating_costs_told;
pub(super) mod performance_told;
pub(super) mod procurement_split;
pub(super) mod procurement_told;
pub(super) mod published_in_time;
pub(super) mod state_assets_told;
pub(super) mod terms_explained;
pub(super) mod three_public_reasons;
pub(super) mod three_public_split;

use super::sight::in_pictures;
use super::{Claim, Instance, Scope};
use crate::disclosure::{Anchor, Concept, Message, Topic};

/// Whether the file is a whole disclosure whose text can be read: most of its tables, and a text that explains its totals and
/// several other things that must be explained. What such a file does not speak of is not there; a part of a disclosure may
/// have it in another part.
fn explains_all_but(scope: &Scope, topic: Topic) -> bool {
    /// With fewer other things explained the text is an excerpt.
    const OTHERS: usize = 3;
    let of_totals = |concept: &Concept| {
        matches!(
            concept,
            Concept::TotalRevenue
                | Concept::TotalExpenditure
                | Concept::TotalBudget
                | Concept::FiscalTotal
                | Concept::FundExpenditure(_)
        )
    };
    let disclosure = scope.disclosure();
    in_pictures(disclosure).is_none()
        && disclosure.topics.iter().filter(|&&told| told != topic).count() >= OTHERS
        && eight_tables::is_whole(scope)
        && disclosure.statements.iter().filter_map(|statement| statement.concept.as_ref()).any(of_totals)
}

/// Whether the text of a whole disclosure speaks of what it must explain. `otherwise`: a table, or figures of the text, say it
/// as well. Nothing is said of a part of a disclosure.
fn spoken_of(scope: &Scope, topic: Topic, otherwise: bool, (zh, en): (&str, &str)) -> Vec<Instance> {
    let labels = (
        Message::new(format!("有{zh}的说明"), format!("{en}: explained")),
        Message::new(format!("没有看到{zh}的说明"), format!("{en}: no explanation was found")),
    );
    told(scope, topic, otherwise, None, labels)
}

/// The same in words of its own, those where it is told of and those where it is not. `about` is the figure that asks for it:
/// what is said of it is in doubt, not the figure itself.
fn told(
    scope: &Scope,
    topic: Topic,
    otherwise: bool,
    about: Option<Anchor>,
    labels: (Message, Message),
) -> Vec<Instance> {
    let holds = otherwise || scope.disclosure().topics.contains(&topic);
    if !holds && !explains_all_but(scope, topic) {
        return Vec::new();
    }
    let label = if holds { labels.0 } else { labels.1 };
    vec![Instance { label, claim: Claim::Fact { holds, at: std::iter::once(scope.whole()).chain(about).collect() } }]
}

#[cfg(test)]
mod tests {
    use crate::rules::judge::{self, Outcome};
    use crate::rules::{Facts, Rule};

    /// What the rule says of the tables of its own example that breaks, with these pages as pictures.
    fn absent(rule: &Rule, picture_pages: Vec<u32>) -> (Outcome, String) {
        let document = crate::read::read("example.md", rule.breaks.as_bytes()).unwrap();
        let disclosures = [crate::disclosure::Disclosure { picture_pages, ..crate::recognise::recognise(&document) }];
        let instances = (rule.check)(&Facts::new(&disclosures).scope(0));
        let judged = instances.iter().map(|instance| judge::judge(&disclosures, &instance.claim));
        let mut said = judged.filter(|verdict| verdict.outcome != Outcome::Pass).map(|verdict| {
            let why = verdict.why.map(|why| why.zh).unwrap_or_default();
            (verdict.outcome, why)
        });
        said.next_back().unwrap()
    }

    #[test]
    fn nothing_is_missing_from_tables_or_an_excerpt() {
        for rule in crate::rules::CATALOGUE.iter().filter(|rule| ("C08".."C15").contains(&rule.id)) {
            for text in [whole!().to_owned(), [whole!(), reason!()].concat()] {
                let document = crate::read::read("part.md", text.as_bytes()).unwrap();
                let disclosures = [crate::recognise::recognise(&document)];
                let asked = (rule.check)(&Facts::new(&disclosures).scope(0));
                let fails = asked.iter().any(|i| judge::judge(&disclosures, &i.claim).outcome == Outcome::Fail);
                assert!(!fails, "{}", rule.id);
            }
        }
    }

    #[test]
    fn a_table_that_may_be_in_a_picture_is_not_missing() {
        for rule in [&super::announced_tables::RULE, &super::eight_tables::RULE] {
            assert_eq!(absent(rule, Vec::new()).0, Outcome::Fail, "{}", rule.id);
            assert_eq!(absent(rule, vec![1]).0, Outcome::Fail, "{}: a cover holds no table", rule.id);
            let (outcome, why) = absent(rule, vec![1, 3, 4, 5]);
            assert_eq!(outcome, Outcome::NotCheckable, "{}", rule.id);
            assert!(why.contains("第 3–5 页是图片，未能核对"), "{why}");
        }
    }
}
