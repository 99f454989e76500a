//! W: wording. Nothing here is an identity: warnings where the words are plainly unfinished, else hints. What happens
//! several times in one document is told once.

pub(super) mod copied_goals;
pub(super) mod doubled;
pub(super) mod empty_headings;
pub(super) mod empty_slots;
pub(super) mod item_names;
pub(super) mod narrow_scope;
pub(super) mod numbering;
pub(super) mod personal_phones;
pub(super) mod placeholders;
pub(super) mod short_units;
pub(super) mod subject_names;
pub(super) mod subject_spelling;
pub(super) mod truncated_values;
pub(super) mod undecided;
pub(super) mod undecided_zero;
pub(super) mod value_as_name;

use crate::disclosure::{Anchor, Message, OddityKind};
use crate::rules::{Claim, Instance, Scope};

/// So many examples are quoted; the places have them all.
const QUOTED: usize = 6;

/// The oddities of one kind with their addresses and words.
fn oddities<'a>(scope: &Scope<'a>, kind: OddityKind) -> Vec<(Anchor, &'a str)> {
    let disclosure = scope.index();
    scope
        .disclosure()
        .oddities
        .iter()
        .zip(0_u32..)
        .filter(|(oddity, _)| oddity.kind == kind)
        .map(|(oddity, index)| (Anchor::Oddity { disclosure, oddity: index }, oddity.words.as_str()))
        .collect()
}

/// The oddities of one kind, each quoted as it stands.
fn quoted(scope: &Scope, kind: OddityKind) -> Vec<(Anchor, String)> {
    oddities(scope, kind).into_iter().map(|(at, words)| (at, format!("“{words}”"))).collect()
}

/// One instance for the whole document: what was found, told once, or that nothing was. `zh` and `en` name it.
fn told_once(scope: &Scope, found: &[(Anchor, String)], zh: &str, en: &str) -> Vec<Instance> {
    if scope.disclosure().statements.is_empty() && found.is_empty() && scope.disclosure().tables.is_empty() {
        return Vec::new();
    }
    let whole = scope.whole();
    if found.is_empty() {
        return vec![Instance {
            label: Message::new(format!("没有{zh}"), format!("no {en}")),
            claim: Claim::Fact { holds: true, at: vec![whole] },
        }];
    }
    let mut words: Vec<&str> = Vec::new();
    for (_, told) in found {
        if !words.contains(&told.as_str()) && words.len() < QUOTED {
            words.push(told);
        }
    }
    let n = found.len();
    vec![Instance {
        label: Message::new(
            format!("{zh}（{n} 处）：{}", words.join("、")),
            format!("{en} ({n}): {}", words.join(", ")),
        ),
        // The figures themselves are not in doubt, so the document stands first.
        claim: Claim::Fact { holds: false, at: found.iter().map(|(at, _)| *at).collect() },
    }]
}
