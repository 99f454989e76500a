//! The one-file report: what is in it, what is not, and that it can be opened again.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, StartTag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer};

use super::super::saved::{self, Saved};
use super::*;
use crate::analysis::Analysis;
use crate::disclosure::Value;
use crate::document::Place;

fn budget() -> Analysis {
    let text = include_str!("../../../tests/browser/budget.md");
    crate::run(&[("budget.md".to_owned(), text.into())])
}

fn written(analysis: Analysis) -> String {
    html(&Opened::new(analysis), Language::Chinese)
}

/// The tags of a page with their attributes, as a browser takes them apart, and the text of raw elements.
#[derive(Default)]
struct Tags {
    opened: RefCell<Vec<(String, BTreeMap<String, String>)>>,
    raw: RefCell<BTreeMap<String, String>>,
    inside: RefCell<Option<String>>,
}

impl TokenSink for Tags {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            TagToken(tag) if tag.kind == StartTag => {
                let attributes: BTreeMap<String, String> =
                    tag.attrs.iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
                let raw = match &*tag.name {
                    "script" => Some(RawKind::ScriptData),
                    "style" => Some(RawKind::Rawtext),
                    "title" => Some(RawKind::Rcdata),
                    _ => None,
                };
                *self.inside.borrow_mut() =
                    raw.map(|_| attributes.get("id").cloned().unwrap_or_else(|| tag.name.to_string()));
                self.opened.borrow_mut().push((tag.name.to_string(), attributes));
                if let Some(raw) = raw {
                    return TokenSinkResult::RawData(raw);
                }
            }
            Token::CharacterTokens(text) => {
                if let Some(name) = &*self.inside.borrow() {
                    self.raw.borrow_mut().entry(name.clone()).or_default().push_str(&text);
                }
            }
            TagToken(_) => *self.inside.borrow_mut() = None,
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn tags(text: &str) -> Tags {
    let tokenizer = Tokenizer::new(Tags::default(), html5ever::tokenizer::TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink
}

/// Texts that would be markup, a script or an attribute, wherever a source's words can stand.
fn hostile() -> Analysis {
    let mut analysis = budget();
    let texts = [
        "</script><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "<!--<script>",
        "</title></style><svg onload=alert(1)>",
        "javascript:alert(1)",
    ];
    let mut next = texts.iter().cycle().map(|text| (*text).to_owned());
    let mut text = || next.next().unwrap();
    analysis.documents[0].name = text();
    analysis.documents[0].lines.iter_mut().step_by(3).for_each(|line| line.push_str(&text()));
    let disclosure = &mut analysis.disclosures[0];
    disclosure.unit_name = Some(text());
    for table in &mut disclosure.tables {
        table.title = text();
        table.number = Some(text());
        table.remarks.push((text(), Place::line(1)));
        table.fields.push((text(), text()));
        table.columns.iter_mut().for_each(|column| column.path = vec![text(), text()]);
        for row in &mut table.rows {
            row.name = Some(text());
            row.code = Some(text());
            for entry in &mut row.entries {
                if !matches!(entry.value, Value::Amount(_)) {
                    entry.value = Value::Text(text().into());
                }
            }
        }
    }
    for statement in &mut disclosure.statements {
        (statement.measure, statement.quote) = (text(), text());
    }
    for check in &mut analysis.checks {
        check.label = crate::disclosure::Message::new(text(), text());
    }
    for finding in &mut analysis.findings {
        finding.title = crate::disclosure::Message::new(text(), text());
        finding.message = crate::disclosure::Message::new(text(), text());
    }
    analysis.unreadable.push(crate::analysis::Unreadable { name: text(), message: text(), message_en: text() });
    analysis
}

#[test]
fn no_text_of_a_source_becomes_markup() {
    const TAGS: [&str; 46] = [
        "a", "article", "b", "body", "br", "caption", "circle", "dd", "defs", "details", "div", "dl", "dt", "h1", "h2",
        "h3", "head", "header", "html", "li", "main", "mark", "meta", "nav", "p", "path", "q", "rect", "script",
        "section", "small", "span", "style", "summary", "svg", "symbol", "table", "tbody", "td", "th", "thead",
        "title", "tr", "ul", "use", "wbr",
    ];
    let plain = tags(&written(budget()));
    let page = tags(&written(hostile()));
    let scripts: Vec<_> = page.opened.borrow().iter().filter(|(name, _)| name == "script").cloned().collect();
    assert_eq!(scripts.len(), 2);
    assert!(scripts.iter().all(|(_, attributes)| attributes["type"] == "application/json"));
    let known: BTreeSet<String> = plain.opened.borrow().iter().flat_map(|(_, a)| a.keys().cloned()).collect();
    for (name, attributes) in &*page.opened.borrow() {
        assert!(TAGS.contains(&name.as_str()), "<{name}>");
        for (attribute, value) in attributes {
            assert!(known.contains(attribute) && !attribute.starts_with("on") && attribute != "style", "{attribute}");
            assert!(attribute != "href" || value.starts_with('#'), "{value}");
            assert!(attribute != "src", "{value}");
        }
    }
    // The data blocks are whole, whatever they hold.
    for id in ["duizhang-report", "duizhang-reading"] {
        serde_json::from_str::<serde_json::Value>(&page.raw.borrow()[id]).unwrap();
    }
}

#[test]
fn findings_and_cells_lead_to_each_other() {
    let text = written(budget());
    let page = tags(&text);
    let tags = page.opened.borrow();
    let ids: Vec<&String> = tags.iter().filter_map(|(_, attributes)| attributes.get("id")).collect();
    let unique: BTreeSet<&String> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "no id stands twice");
    let links: Vec<&str> = tags
        .iter()
        .filter_map(|(_, attributes)| attributes.get("href"))
        .filter_map(|href| href.strip_prefix('#'))
        .collect();
    for link in &links {
        assert!(unique.contains(&(*link).to_owned()), "#{link} leads nowhere");
    }
    let opened = Opened::new(budget());
    for (ordinal, &index) in (1..).zip(opened.findings_of(0)) {
        let finding = opened.finding(index).unwrap();
        let Some(at) = finding.suspect.as_ref().map(|s| s.at) else { continue };
        let (cell, finding) = (id(at).unwrap(), finding_id(0, ordinal));
        assert!(links.contains(&cell.as_str()), "{cell} is linked from its finding");
        assert!(links.iter().filter(|link| **link == finding).count() > 1, "{finding} is linked from its cell");
    }
}

#[test]
fn only_its_own_style_is_let_through() {
    let page = tags(&written(budget()));
    let tags = page.opened.borrow();
    let policy =
        tags.iter().find(|(_, a)| a.get("http-equiv").is_some_and(|v| v == "Content-Security-Policy")).unwrap();
    let digest = Sha256::digest(page.raw.borrow()["style"].as_bytes());
    let hash = base64::engine::general_purpose::STANDARD.encode(digest);
    assert_eq!(
        policy.1["content"],
        format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
    );
    assert!(!page.raw.borrow()["style"].contains("url("), "nothing is fetched");
}

#[test]
fn it_holds_the_report_and_can_be_opened_again() {
    let analysis = budget();
    let text = written(analysis.clone());
    let page = tags(&text);
    let held: serde_json::Value = serde_json::from_str(&page.raw.borrow()["duizhang-report"]).unwrap();
    let report = serde_json::to_value(compose::report(&analysis)).unwrap();
    assert_eq!(held, report);
    let again = crate::run(&[("saved.html".to_owned(), text.clone().into_bytes())]);
    assert_eq!(serde_json::to_value(compose::report(&again)).unwrap(), report);
    assert_eq!(written(again), text, "saving what was opened gives the same file");
}

#[test]
fn several_documents_are_one_report() {
    let first = include_str!("../../../tests/browser/budget.md");
    let second = include_str!("../../../tests/fixtures/does_not_tie.md");
    let sources = [("a.md".to_owned(), first.into()), ("b.md".to_owned(), second.into()), ("c".to_owned(), Vec::new())];
    let analysis = crate::run(&sources);
    let text = written(analysis.clone());
    let again = crate::run(&[("saved.html".to_owned(), text.into_bytes())]);
    assert_eq!(again.documents.len(), 2);
    assert_eq!(compose::report(&again).findings, compose::report(&analysis).findings);
}

#[test]
fn a_phone_number_is_nowhere_in_it() {
    let mut analysis = budget();
    let number = "13800000000";
    analysis.documents[0].lines.push(format!("联系人 {number}"));
    let disclosure = &mut analysis.disclosures[0];
    disclosure.tables[0].title = format!("表 {number}");
    disclosure.tables[0].rows[0].name = Some(format!("电话 {number}"));
    disclosure.tables[0].remarks.push((format!("联系电话：{number}"), Place::line(1)));
    disclosure.tables[0].fields.push(("联系电话".to_owned(), "85310000".to_owned()));
    disclosure.statements[0].quote = format!("电话 {number}");
    disclosure.unit_name = Some(format!("某局 {number}"));
    let text = written(analysis);
    assert!(!text.contains(number) && !text.contains("85310000"));
    assert!(text.contains("138********"));
}

#[test]
fn what_is_no_report_of_this_version_is_said_so() {
    assert_eq!(saved::open(b"<!DOCTYPE html><html lang=\"zh\"><p>1</p>"), Saved::Other);
    assert_eq!(saved::open(b""), Saved::Other);
    let text = written(budget());
    let version = format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(text.contains(&version));
    let other = text.replace(&version, "\"version\":\"0.0.0\"");
    assert!(matches!(saved::open(other.as_bytes()), Saved::Unusable(_)));
    let broken = text.replace("\"documents\":[{\"name\":", "\"documents\":[{\"nome\":");
    assert!(matches!(saved::open(broken.as_bytes()), Saved::Unusable(_)));
    let unreadable = crate::run(&[("x.html".to_owned(), other.into_bytes())]).unreadable;
    assert_eq!(unreadable.len(), 1);
}

#[test]
fn both_languages_and_nothing_open_do_no_harm() {
    let english = html(&Opened::new(budget()), Language::English);
    assert!(english.contains("<html lang=\"en\">") && english.contains("Page "));
    for word in ["相符", "核对报告", "第 "] {
        let frame = english.split("lang=\"zh-CN\"").next().unwrap();
        assert!(!frame.contains(word), "{word}");
    }
    assert!(written(Analysis::default()).contains("预算公开数字核对报告"));
}
