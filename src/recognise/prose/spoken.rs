//! What the prose speaks of besides its figures: whether there is a sentence on each of the things that a disclosure must
//! explain.
//!
//! A heading promises and a contents page lists; neither is a sentence. A term that is only defined (机关运行经费：指…) is not
//! spoken of either. Where it is in doubt whether a sentence is on a thing, it is: what a rule says of a thing that is not
//! there must be true.

use std::collections::BTreeSet;

use super::paragraphs::Paragraph;
use crate::disclosure::Topic;

/// The topics that are spoken of.
pub(super) fn topics<'a>(paragraphs: impl Iterator<Item = &'a Paragraph>) -> BTreeSet<Topic> {
    let mut found = BTreeSet::new();
    let mut below_terms = false;
    for paragraph in paragraphs {
        let text = &paragraph.chars;
        // Whatever words the definitions are in: a contents page has headings below the heading.
        if below_terms && !paragraph.heading && text.contains(&':') {
            found.insert(Topic::Terms);
        }
        below_terms = paragraph.heading && (0..text.len()).any(|at| text[at] == '名' && has(text, at, "名词"));
        // A short line with an amount is a sentence, whatever it looks like.
        if paragraph.heading && !text.contains(&'元') {
            continue;
        }
        let mut own_marks = None;
        for at in 0..text.len() {
            let Some(topic) = topic(text, at).filter(|topic| !found.contains(topic)) else { continue };
            let own_marks = own_marks.get_or_insert_with(|| marks(text));
            if is_spoken_of(topic, own_marks, text, at) {
                found.insert(topic);
            }
        }
        if found.len() == Topic::ALL.len() {
            break;
        }
    }
    found
}

/// What tells of a paragraph that it says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// The marks of a sentence, or an amount.
    Says,
    /// A figure, or that there is none.
    Counts,
    /// Why something is as it is.
    GivesReasons,
    /// That something is bought.
    Buys,
}

/// The marks that a paragraph has.
fn marks(text: &[char]) -> Vec<Mark> {
    let any = |test: fn(&[char], usize) -> bool| (0..text.len()).any(|at| test(text, at));
    let says = any(|text, at| matches!(text[at], '。' | ',' | '元'));
    let counts = any(|text, at| match text[at] {
        '0'..='9' | '无' | '未' => true,
        '没' => has(text, at, "没有"),
        '不' => has(text, at, "不涉及"),
        _ => false,
    });
    let gives_reasons = any(|text, at| match text[at] {
        '因' => !has(text, at, "因公"),
        '由' | '严' | '厉' | '落' | '压' | '受' => {
            ["由于", "严格", "严控", "厉行", "落实", "压减", "压缩", "受"].iter().any(|word| has(text, at, word))
        }
        '主' => has(text, at, "主要是") || has(text, at, "主要系"),
        _ => false,
    });
    let buys = any(|text, at| text[at] == '采' && has(text, at, "采购"));
    let all = [(says, Mark::Says), (counts, Mark::Counts), (gives_reasons, Mark::GivesReasons), (buys, Mark::Buys)];
    all.into_iter().filter(|(has, _)| *has).map(|(_, mark)| mark).collect()
}

/// The topic that the words at a character are of.
fn topic(text: &[char], at: usize) -> Option<Topic> {
    let has = |word: &str| has(text, at, word);
    match text[at] {
        '运' if has("运行经费") || has("运转经费") => Some(Topic::OperatingCosts),
        '机' if has("机关运行费") || has("机关运转费") => Some(Topic::OperatingCosts),
        '采' if has("采购") => Some(Topic::Procurement),
        '国' if has("国有资产") => Some(Topic::StateAssets),
        '资' if has("资产总额") || has("资产原值") => Some(Topic::StateAssets),
        '车' if has("车辆") => Some(Topic::StateAssets),
        '绩' if has("绩效") => Some(Topic::Performance),
        '设' if has("设备") => Some(Topic::StateAssets),
        '单' if has("单价") || has("单位价值") => Some(Topic::StateAssets),
        '指' | '映' | '为' => Some(Topic::Terms),
        '三' if has("三公") => Some(Topic::ThreePublicReason),
        '用' if has("用车") => Some(Topic::ThreePublicReason),
        '接' if has("接待") => Some(Topic::ThreePublicReason),
        '出' if has("出国") => Some(Topic::ThreePublicReason),
        '货' if has("货物") => Some(Topic::ProcurementKinds),
        '工' if has("工程") => Some(Topic::ProcurementKinds),
        '服' if has("服务") => Some(Topic::ProcurementKinds),
        _ => None,
    }
}

/// Whether a paragraph says something of the topic that it names at a character.
fn is_spoken_of(topic: Topic, marks: &[Mark], text: &[char], at: usize) -> bool {
    let has = |mark| marks.contains(&mark);
    match topic {
        Topic::OperatingCosts => has(Mark::Says) && !is_defined(text, at),
        // What an office is for is no figure of its own purchases.
        Topic::Procurement => has(Mark::Says) && has(Mark::Counts) && !is_defined(text, at),
        Topic::ProcurementKinds => has(Mark::Says) && has(Mark::Counts) && has(Mark::Buys),
        Topic::StateAssets => has(Mark::Says) && has(Mark::Counts),
        Topic::Performance => has(Mark::Says),
        Topic::ThreePublicReason => has(Mark::GivesReasons),
        Topic::Terms => match at.checked_sub(1).and_then(|before| text.get(before)) {
            Some(':') => true,
            Some('是' | '系') => text[at] == '指',
            Some('反') if text[at] == '映' => text.get(..at - 1).is_some_and(|head| head.contains(&':')),
            _ => false,
        },
    }
}

/// Whether the word at a character is the term that the paragraph defines: 机关运行经费：指…, 机关运行经费是指…, 机关运行经费：为保障….
fn is_defined(text: &[char], at: usize) -> bool {
    /// So near to its term a definition begins, in characters.
    const NEAR: usize = 16;
    let behind = text.get(at..).unwrap_or_default();
    let near = behind.get(..NEAR.min(behind.len())).unwrap_or_default();
    let Some(colon) = near.iter().position(|c| matches!(c, ':' | '指')) else { return false };
    near[colon] == '指'
        || ["指", "为保障", "是", "即", "反映", "为维持"].iter().any(|word| has(text, at + colon + 1, word))
}

/// Whether `word` stands at a character, blanks inside it passed over.
fn has(text: &[char], at: usize, word: &str) -> bool {
    let mut chars = text.get(at..).unwrap_or_default().iter().filter(|c| !c.is_whitespace());
    word.chars().all(|c| chars.next() == Some(&c))
}

#[cfg(test)]
mod tests {
    use super::super::paragraphs::{Page, paragraphs};
    use super::*;
    use crate::document::{Line, Place};
    use crate::recognise::Item;

    fn of(text: &str) -> Vec<Topic> {
        let lines: Vec<Line> = (1_u32..)
            .zip(text.lines().filter(|line| !line.trim().is_empty()))
            .map(|(number, text)| Line {
                text: text.to_owned(),
                place: Place::line(number),
                after_blank: true,
                strong: false,
            })
            .collect();
        let stretch: Vec<Item> = lines.iter().map(Item::Line).collect();
        let page = Page::new(std::slice::from_ref(&stretch));
        topics(paragraphs(&stretch, &page).iter()).into_iter().collect()
    }

    #[test]
    fn a_sentence_speaks_and_a_heading_does_not() {
        assert_eq!(of("一、机关运行经费安排情况\n二、政府采购情况\n三、名词解释\n"), []);
        assert_eq!(of("乙局 2024 年机关运行经费预算 12.50 万元\n"), [Topic::OperatingCosts]);
        assert_eq!(of("本单位是事业单位，没有机关运行经费。\n"), [Topic::OperatingCosts]);
        assert_eq!(of("2024年没有安排政府采购。\n"), [Topic::Procurement]);
        assert_eq!(of("政府采购预算 8 万元，均为货物。\n"), [Topic::Procurement, Topic::ProcurementKinds]);
        assert_eq!(of("年末共有车辆 3 辆，其中执法用车 2 辆。\n"), [Topic::StateAssets]);
        assert_eq!(of("没有单价 100 万元以上的设备。\n"), [Topic::StateAssets]);
        assert_eq!(of("全部项目都编制了绩效目标。\n"), [Topic::Performance]);
    }

    #[test]
    fn a_definition_is_a_term_and_no_figure() {
        assert_eq!(of("机关运行经费：指各单位用于购买货物和服务的资金。\n"), [Topic::Terms]);
        assert_eq!(of("（一）机关运行经费：为保障行政单位运行用于购买货物的资金，包括办公费。\n"), [Topic::Terms]);
        assert_eq!(of("第四部分 名词解释\n财政拨款收入：财政当年拨付的资金。\n"), [Topic::Terms]);
        assert_eq!(of("第四部分 名词解释\n第五部分 附件\n"), []);
        assert_eq!(of("基本支出是指维持日常运转的支出。\n"), [Topic::Terms]);
        assert_eq!(of("201 行政运行：反映行政单位的基本支出。\n"), [Topic::Terms]);
    }

    #[test]
    fn a_reason_is_told_where_the_expenses_are_named() {
        assert_eq!(of("因公出国费 3 万元，比上年增加 1 万元。\n"), []);
        assert_eq!(of("公务接待费 3 万元，比上年减少 1 万元，原因是会议减少。\n"), [Topic::ThreePublicReason]);
        assert_eq!(of("三公经费减少，主要系压减支出。\n"), [Topic::ThreePublicReason]);
        assert_eq!(of("项目支出减少，原因是工程完工。\n"), []);
    }

    #[test]
    fn the_duties_of_an_office_are_none_of_its_figures() {
        assert_eq!(of("乙局负责制定采购制度，管理全县的采购活动。\n"), []);
    }
}
