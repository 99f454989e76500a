//! C15: published within 20 days of its approval.

use std::collections::BTreeSet;

use super::eight_tables;
use crate::disclosure::{Day, Message, Step};
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};

/// Published within 20 days of its approval.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "C15",
    title: ("批复后二十日内公开", "published within 20 days of its approval"),
    family: Family::Completeness,
    severity: Severity::Info,
    basis: (
        "《预算法》第十四条：经批复的部门预算、决算，在批复后二十日内由各部门向社会公开。",
        "Budget Law, article 14: departments publish their approved budgets and accounts within twenty days of the approval.",
    ),
    explain: (
        "文件里同时写明批复日期和公开日期时，看相隔多少天。只认写明是“批复”“公开（发布）”的日期；封面、填报、法规的日期不算。网页上的日期可能是重新发布的，所以只作提示。日期没有写全的，说明缺哪一个，不作判断。",
        "Where the file prints both the day of approval and the day of publication, the days between are counted. Only days that are said to be of 批复 or 公开 (发布) are taken, not those of a cover, a form or a law. The day on a page may be that of a later upload, so this is a hint. Where one of them is not printed the check says which, and judges nothing.",
    ),
    holds: "本部门2026年部门预算批复日期：2026年1月20日。\n\n公开日期：2026-02-09\n\n2026年支出预算总额 95.50 万元。\n",
    breaks: "本部门2026年部门预算批复日期：2026年1月20日。\n\n公开日期：2026-03-02\n\n2026年支出预算总额 95.50 万元。\n",
    spared: "本部门2026年部门预算批复日期：2026年1月20日。\n\n填报日期：2026-03-02\n\n2026年支出预算总额 95.50 万元。\n",
    check,
};

/// The days that the law allows.
const DAYS: i32 = 20;

/// What the text says of one step.
enum Told {
    On(Day),
    Several,
    Not,
}

fn check(scope: &Scope) -> Vec<Instance> {
    let at = vec![scope.whole()];
    let unknown = |zh: &str, en: &str| {
        let label = Message::new("批复后二十日内公开", "published within 20 days of its approval");
        vec![Instance { label, claim: Claim::NotCheckable { why: Message::new(zh, en), at: at.clone() } }]
    };
    let (approved, published) = match (told(scope, Step::Approved), told(scope, Step::Published)) {
        (Told::On(approved), Told::On(published)) => (approved, published),
        (Told::Several, _) | (_, Told::Several) => {
            return unknown(
                "文件里有几个批复或公开日期，无法确定以哪一个为准",
                "the file prints several days of approval or of publication, and it is not clear which of them count",
            );
        }
        // A part of a disclosure has its days elsewhere.
        _ if !eight_tables::is_whole(scope) => return Vec::new(),
        (Told::Not, Told::Not) => {
            return unknown(
                "文件里没有写批复日期和公开日期",
                "the file prints neither the day of its approval nor that of its publication",
            );
        }
        (Told::Not, _) => {
            return unknown("文件里没有写批复日期", "the file does not print the day of its approval");
        }
        (_, Told::Not) => {
            return unknown("文件里没有写公开日期", "the file does not print the day of its publication");
        }
    };
    let days = published.days_after(approved);
    // A budget is approved in its year, accounts in the next one.
    let of_this = scope.disclosure().year.is_none_or(|year| [year, year.saturating_add(1)].contains(&approved.year()));
    if days < 0 || !of_this {
        return unknown(
            "批复日期与公开日期或年度对不上，可能不是这一份的日期",
            "the days do not go together or are of another year: they may be those of another document",
        );
    }
    let label = Message::new(
        format!("{approved} 批复，{published} 公开，相隔 {days} 天（二十日内公开）"),
        format!("approved on {approved}, published on {published}, {days} days later (20 are allowed)"),
    );
    vec![Instance { label, claim: Claim::Fact { holds: days <= DAYS, at } }]
}

/// The only day that is given for a step.
fn told(scope: &Scope, step: Step) -> Told {
    let days: BTreeSet<Day> =
        scope.disclosure().dates.iter().filter(|dated| dated.step == step).map(|dated| dated.day).collect();
    match days.len() {
        0 => Told::Not,
        1 => days.first().map_or(Told::Not, |&day| Told::On(day)),
        _ => Told::Several,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::judge::Outcome;
    use crate::rules::sketch;

    fn said(text: &str) -> Vec<(Outcome, String)> {
        let judged = sketch::verdicts(&super::RULE, text).into_iter();
        judged.map(|verdict| (verdict.outcome, verdict.why.map(|why| why.zh).unwrap_or_default())).collect()
    }

    #[test]
    fn a_whole_disclosure_says_once_which_day_is_missing() {
        for (days, why) in [
            ("", "文件里没有写批复日期和公开日期"),
            ("公开日期：2024-02-09\n\n", "文件里没有写批复日期"),
            ("部门预算批复日期：2024年2月9日\n\n", "文件里没有写公开日期"),
            (
                "部门预算批复日期：2024年2月9日\n\n公开日期：2024-02-05\n\n",
                "批复日期与公开日期或年度对不上，可能不是这一份的日期",
            ),
            (
                "部门预算批复日期：2021年2月9日\n\n公开日期：2024-02-05\n\n",
                "批复日期与公开日期或年度对不上，可能不是这一份的日期",
            ),
            (
                "部门预算批复日期：2024年2月9日\n\n公开日期：2024-02-15\n\n公开日期：2024-03-15\n\n",
                "文件里有几个批复或公开日期，无法确定以哪一个为准",
            ),
        ] {
            let text = [days, whole!()].concat();
            assert_eq!(said(&text), [(Outcome::NotCheckable, why.to_owned())], "{days}");
        }
        assert_eq!(said("2024年支出预算总额 95.50 万元。\n"), [], "an excerpt");
    }

    #[test]
    fn the_twentieth_day_is_in_time() {
        for (day, outcome) in [("2024-02-29", Outcome::Pass), ("2024-03-01", Outcome::Fail)] {
            let text = format!("2024年部门预算批复日期：2024年2月9日。\n\n公开日期：{day}\n");
            assert_eq!(said(&text), [(outcome, String::new())], "{day}");
        }
    }
}
