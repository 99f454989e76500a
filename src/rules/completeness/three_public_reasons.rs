//! C14: why the three public expenses changed is told.

use super::told;
use crate::disclosure::{Concept, Message, StatementKind, Topic};
use crate::rules::prose::every;
use crate::rules::{Family, Instance, Rule, Scope, Severity};

/// Why the three public expenses changed is told.
pub(in crate::rules) static RULE: Rule = Rule {
    id: "C14",
    title: ("“三公”经费的增减写明原因", "why the three public expenses changed is told"),
    family: Family::Completeness,
    severity: Severity::Info,
    basis: (
        "财预〔2016〕143号对“三公”经费的要求：说明增减变化的原因（据各地目录转引，未见原文）。",
        "What 财预〔2016〕143号 asks for: changes of the three public expenses are explained. Cited from local catalogues; its own text was not read.",
    ),
    explain: (
        "文字写了“三公”经费或其中一项比上年增减多少，就应写明原因；持平的不需要。全文有一处写了原因就不再提示；文件只是一部分的不判断。",
        "Where the text says by how much they changed, it says why; what stayed as it was needs no reason. One reason anywhere is enough, and nothing is said of parts of a disclosure.",
    ),
    holds: concat!(
        whole!(),
        assets!(),
        terms!(),
        performance!(),
        "“三公”经费预算 5 万元，比上年减少 1 万元，主要原因是厉行节约。\n"
    ),
    breaks: concat!(whole!(), assets!(), terms!(), performance!(), "“三公”经费预算 5 万元，比上年减少 1 万元。\n"),
    spared: concat!(whole!(), assets!(), terms!(), performance!(), "“三公”经费预算 5 万元，比上年减少 0 万元。\n"),
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let mut changes = every(scope).filter(|(_, s)| {
        matches!(s.kind, StatementKind::Increase | StatementKind::Decrease)
            && matches!(s.concept, Some(Concept::ThreePublic(_)))
            && !s.amount.value().is_zero()
            && !s.prior_change
    });
    let Some((at, _)) = changes.next() else { return Vec::new() };
    let labels = (
        Message::new("“三公”经费的增减写了原因", "a reason is given for the change of the three public expenses"),
        Message::new("“三公”经费有增减，没有看到原因", "the three public expenses changed and no reason was found"),
    );
    told(scope, Topic::ThreePublicReason, false, Some(at), labels)
}
