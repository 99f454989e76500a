//! Facts that do not hold: what is no sum, and so has no cell that would mend it.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Finding, MAX_PLACES, Page, Suspect};
use crate::amount::Amount;
use crate::disclosure::{Anchor, Message};
use crate::explain::components::Place;
use crate::explain::{typing, wording};
use crate::rules::judge::Outcome;
use crate::rules::{self, Checked, Claim, Severity};

/// A rule with several facts failing for one reason says so by this many codes in common.
const CLASS_DIGITS: usize = 3;

/// A check that an announced table is there, its index, and the table.
type Absent<'c> = (&'c Checked, u32, &'c [Anchor]);

impl<'a> Page<'a> {
    /// Facts that do not hold: one finding each, except that a code and the codes below it share one.
    pub(super) fn facts(&self, told: &BTreeSet<u32>) -> Vec<Finding> {
        let mut found: Vec<Finding> = Vec::new();
        let mut by_class: BTreeMap<(u16, String), usize> = BTreeMap::new();
        let mut by_goal: BTreeMap<(u16, &str), usize> = BTreeMap::new();
        let mut absent: Vec<Absent<'_>> = Vec::new();
        for (check, index) in self.checked.iter().zip(0_u32..) {
            // A percent that only a figure told elsewhere put wrong has the same cause.
            if let (Claim::Ratio(ratio), Outcome::Fail) = (&check.claim, check.verdict.outcome) {
                if !told.contains(&index) {
                    found.push(self.ratio(check, index, ratio));
                }
                continue;
            }
            let (Claim::Fact { at, .. }, Outcome::Fail) = (&check.claim, check.verdict.outcome) else {
                continue;
            };
            let rule = rules::find(&check.rule);
            let class = (check.rule == "T20")
                .then(|| at.first().and_then(|&a| self.code(a)))
                .flatten()
                .and_then(|code| code.get(..CLASS_DIGITS).map(str::to_owned));
            if let Some(class) = &class
                && let Some(&same) = by_class.get(&(check.disclosure, class.clone()))
                && let Some(finding) = found.get_mut(same)
            {
                finding.checks.push(index);
                finding.at.extend(at.iter().take(MAX_PLACES.saturating_sub(finding.at.len())));
                finding.message.zh.extend([check.label.zh.as_str(), "。"]);
                finding.message.en.extend([" ", check.label.en.as_str(), "."]);
                continue;
            }
            if let Some(class) = class {
                by_class.insert((check.disclosure, class), found.len());
            }
            // A goal that the text repeats, in the same words against the same form, is told once.
            if matches!(check.rule.as_ref(), "N18" | "N19") {
                let key = (check.disclosure, check.label.zh.as_str());
                if let Some(finding) = by_goal.get(&key).and_then(|&same: &usize| found.get_mut(same)) {
                    finding.checks.push(index);
                    finding.at.extend(at.first().filter(|_| finding.at.len() < MAX_PLACES));
                    continue;
                }
                by_goal.insert(key, found.len());
            }
            if check.rule == "C01" {
                absent.push((check, index, at));
                continue;
            }
            let explain = rule.map_or(("", ""), |r| r.explain);
            let (title, message) = if check.rule == "T20" {
                (
                    Message::new(
                        format!("同一科目编码有不同名称：{}", check.label.zh),
                        format!("one code has several names: {}", check.label.en),
                    ),
                    Message::new(format!("{}。", check.label.zh), format!("{}.", check.label.en)),
                )
            } else {
                (check.label.clone(), Message::new(explain.0, explain.1))
            };
            found.push(Finding {
                rule: check.rule.clone(),
                severity: rule.map_or(Severity::Info, |r| r.severity),
                disclosure: check.disclosure,
                title,
                message,
                at: at.iter().copied().take(MAX_PLACES).collect(),
                suspect: None,
                checks: vec![index],
            });
        }
        found.extend(self.absent(&absent));
        found
    }

    /// A percent that its figures do not give.
    fn ratio(&self, check: &Checked, index: u32, ratio: &rules::Ratio) -> Finding {
        let rule = rules::find(&check.rule);
        let explain = rule.map_or(("", ""), |r| r.explain);
        let (printed, fitting) = (check.verdict.left.unwrap_or_default(), check.verdict.right.unwrap_or_default());
        let mut at = vec![ratio.percent];
        for term in ratio.part.iter().chain(&ratio.whole) {
            if !at.contains(&term.at) && at.len() < MAX_PLACES {
                at.push(term.at);
            }
        }
        Finding {
            rule: check.rule.clone(),
            severity: rule.map_or(Severity::Info, |r| r.severity),
            disclosure: check.disclosure,
            title: Message::new(
                format!("{}：文中 {printed}%，按所印金额是 {fitting}%", check.label.zh),
                format!("{}: the text has {printed} %, its figures give {fitting} %", check.label.en),
            ),
            message: wording::join(&[Message::new(explain.0, explain.1), wording::caveat()]),
            at,
            suspect: Some(Suspect {
                at: ratio.percent,
                printed: Some(Amount::computed(printed)),
                fitting: Some(Amount::computed(fitting)),
                agreeing: 1,
                alternatives: self.mistyped_amounts(index),
            }),
            checks: vec![index],
        }
    }

    /// The amounts of a percent that may be mistyped instead of it: a slip of one digit in one of them makes it fit and
    /// breaks nothing.
    fn mistyped_amounts(&self, check: u32) -> Vec<Suspect> {
        let Some((at, percent)) = self.graph.percents.iter().enumerate().find(|(_, p)| p.check == check) else {
            return Vec::new();
        };
        let mut tried = BTreeSet::new();
        let amounts = percent.terms.iter().filter(|&&(node, place, _)| place != Place::Percent && tried.insert(node));
        amounts
            .filter_map(|&(node, ..)| {
                let printed = self.graph.nodes[node].value;
                let fits = |fitting: &Decimal| {
                    let effect = fitting.checked_sub(printed).and_then(|change| self.graph.effect(&[(node, change)]));
                    effect.is_some_and(|effect| effect.broken + effect.unfit == 0 && effect.percents.contains(&at))
                };
                let mut fitting = typing::neighbours(printed).into_iter().filter(fits);
                let only = fitting.next()?;
                // A percent of two decimals does not tell digits far behind the point.
                fitting.next().is_none().then(|| Suspect {
                    at: self.graph.nodes[node].at,
                    printed: self.printed(self.graph.nodes[node].at),
                    fitting: Some(Amount::computed(only)),
                    agreeing: 1,
                    alternatives: Vec::new(),
                })
            })
            .collect()
    }

    /// Announced tables that are not there: one finding each, or one for all where that many are gone that the
    /// tables as such are (pictures, attachments, another file).
    fn absent(&self, tables: &[Absent<'_>]) -> Vec<Finding> {
        /// So many absent tables have one cause.
        const MANY: usize = 4;
        let rule = rules::find("C01");
        let severity = rule.map_or(Severity::Info, |r| r.severity);
        let explain = rule.map_or(("", ""), |r| r.explain);
        let message = Message::new(explain.0, explain.1);
        let finding = |check: &Checked, title: Message, message: Message, at: Vec<Anchor>, checks: Vec<u32>| Finding {
            rule: check.rule.clone(),
            severity,
            disclosure: check.disclosure,
            title,
            message,
            at,
            suspect: None,
            checks,
        };
        let mut by_disclosure: BTreeMap<u16, Vec<&Absent<'_>>> = BTreeMap::new();
        for table in tables {
            by_disclosure.entry(table.0.disclosure).or_default().push(table);
        }
        let mut found = Vec::new();
        for all in by_disclosure.into_values() {
            if all.len() < MANY {
                found.extend(
                    all.iter().map(|(c, i, at)| finding(c, c.label.clone(), message.clone(), at.to_vec(), vec![*i])),
                );
                continue;
            }
            let mut names: Vec<String> = Vec::new();
            for name in all.iter().flat_map(|(.., at)| at.iter()).filter_map(|&a| wording::table(self.disclosures, a)) {
                if !names.contains(&name.zh) && names.len() < MAX_PLACES {
                    names.push(name.zh);
                }
            }
            let n = all.len();
            let title = Message::new(
                format!("有 {n} 处写了表名，正文里没有读到表"),
                format!("{n} tables are announced and were not found in the text"),
            );
            let listed = Message::new(format!("{}。", names.join("、")), format!("{}.", names.join(", ")));
            let at = all.iter().flat_map(|(.., at)| at.iter().copied()).take(MAX_PLACES).collect();
            let checks = all.iter().map(|(_, i, _)| *i).collect();
            found.push(finding(all[0].0, title, wording::join(&[listed, message.clone()]), at, checks));
        }
        found
    }

    fn code(&self, at: Anchor) -> Option<&'a str> {
        let Anchor::Cell { disclosure, table, row, .. } = at else {
            return None;
        };
        let table = self.disclosures.get(usize::from(disclosure))?.tables.get(usize::from(table))?;
        table.rows.get(row as usize)?.code.as_deref()
    }
}
