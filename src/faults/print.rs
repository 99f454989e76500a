//! The account, printed.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Account, Class, Count, Family, Identities, Missed};

/// One line of the account.
#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    class: Class,
    #[serde(flatten)]
    count: Count,
}

/// The account as JSON.
#[derive(Serialize)]
struct Whole<'a> {
    format: &'static str,
    classes: Vec<Line>,
    out_of_reach: usize,
    missed: &'a [Missed],
}

/// The account as indented JSON with a line end at the end.
pub fn json(account: &Account) -> String {
    let classes = account.classes.iter().map(|(&class, &count)| Line { class, count }).collect();
    let whole =
        Whole { format: "duizhang-faults/2", classes, out_of_reach: account.out_of_reach, missed: &account.missed };
    let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    text.push('\n');
    text
}

/// The account as a table: digits first, then each family, then each kind of table. The shares are of the mistakes that some
/// identity shows.
pub fn text(account: &Account) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{:<42} {:>6} {:>7} {:>7} {:>7} {:>7} {:>8} {:>9} {:>10}",
        "faults", "made", "hidden", "found", "named", "right", "offered", "findings", "undecided"
    );
    let typed = |class: &Class| Family::TYPED.contains(&class.family);
    for (identities, name) in [(Identities::Several, "two identities or more"), (Identities::One, "one identity")] {
        let _ = writeln!(out, "{name}");
        line(&mut out, "digits", account.sum(|class| class.identities == identities && typed(class)));
        for family in Family::SINGLE.into_iter().chain([Family::Two]) {
            let count = account.sum(|class| class.identities == identities && class.family == family);
            line(&mut out, family.id(), count);
        }
        let mut kinds: Vec<&str> = account.classes.keys().map(|class| class.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            let count = account.sum(|class| class.identities == identities && class.kind == kind && typed(class));
            line(&mut out, kind, count);
            let two = |class: &Class| class.family == Family::Two && class.kind == kind;
            line(&mut out, &format!("{kind}, two"), account.sum(|class| class.identities == identities && two(class)));
        }
    }
    let _ = writeln!(out, "hidden: no identity can show it; the shares are of all others");
    let _ = writeln!(out, "amounts under an identity that could not be changed: {}", account.out_of_reach);
    out
}

fn line(out: &mut String, name: &str, count: Count) {
    if count.made == 0 {
        return;
    }
    let share = |part: usize| thousandths(part, count.shown());
    let _ = writeln!(
        out,
        "  {name:<40} {:>6} {:>7} {:>7} {:>7} {:>7} {:>8} {:>9} {:>10}",
        count.made,
        count.hidden,
        share(count.found),
        share(count.named),
        share(count.right),
        share(count.offered),
        share(count.findings),
        count.undecided
    );
}

/// A share to three decimals, without floats.
fn thousandths(part: usize, whole: usize) -> String {
    let share = part.saturating_mul(1000) / whole.max(1);
    format!("{}.{:03}", share / 1000, share % 1000)
}
