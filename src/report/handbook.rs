//! The handbook: every rule of the catalogue as Markdown, for readers; `docs/rules.md` is its checked-in copy.

use std::fmt::Write;

use crate::rules::{CATALOGUE, Family, Rule, Severity};

/// The whole catalogue, family by family.
pub fn markdown() -> String {
    let mut text = String::from(HEAD);
    let mut family = None;
    for rule in CATALOGUE {
        if family != Some(rule.family) {
            family = Some(rule.family);
            let (zh, en) = family_name(rule.family);
            let _ = writeln!(text, "\n## {zh} · {en}");
        }
        page(&mut text, rule);
    }
    text
}

const HEAD: &str = "# 核对规则 · The rules\n\n\
    每条规则写明核对什么、依据什么、什么时候不适用。不符可能是公开文件有误，也可能是读取有误。\n\n\
    Every rule says what must tie, what it rests on, and when it stays quiet. A mismatch may be an error of the document \
    or of its reading. This file is generated from the catalogue.\n";

fn page(text: &mut String, rule: &Rule) {
    let (weight, weight_en) = severity(rule.severity);
    let _ = writeln!(text, "\n### {} {}\n\n{} · {weight}（{weight_en}）", rule.id, rule.title.0, rule.title.1);
    let _ = writeln!(text, "\n{}\n\n{}", rule.explain.0, rule.explain.1);
    let _ = writeln!(text, "\n**依据** {}\n\n**Basis** {}", rule.basis.0, rule.basis.1);
    for (title, example) in [("相符 holds", rule.holds), ("不符 breaks", rule.breaks), ("不适用 spared", rule.spared)]
    {
        let _ = writeln!(
            text,
            "\n<details><summary>{title}</summary>\n\n```markdown\n{}\n```\n\n</details>",
            example.trim_end()
        );
    }
}

fn severity(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("不符", "mismatch"),
        Severity::Warning => ("提示", "caution"),
        Severity::Info => ("说明", "note"),
    }
}

fn family_name(family: Family) -> (&'static str, &'static str) {
    match family {
        Family::Completeness => ("C 是否齐全", "completeness"),
        Family::WithinTable => ("T 表内", "inside one table"),
        Family::AcrossTables => ("X 表间", "between tables"),
        Family::Prose => ("N 文字说明", "the prose"),
        Family::Wording => ("W 用语", "wording"),
        Family::AcrossDocuments => ("Y 文件之间", "between documents"),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn the_checked_in_handbook_is_the_generated_one() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
        let generated = super::markdown();
        if std::env::var_os("UPDATE_HANDBOOK").is_some() {
            std::fs::write(&path, &generated).unwrap();
        }
        let checked_in = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            checked_in == generated,
            "the catalogue changed: write the handbook again with\n  UPDATE_HANDBOOK=1 cargo test --lib handbook"
        );
    }
}
