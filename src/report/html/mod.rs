//! The one-file report: a single HTML that opens anywhere, without a script and without a connection, and prints on A4.
//!
//! Everything of the source goes through maud, which escapes, and through `masked`. The
//! content security policy forbids everything but the one style sheet in the file, by its hash. The JSON report
//! (`duizhang-report/1`) stands in a data block, and so does [what was read](super::saved), from which the check can be
//! made again; neither is run, and `<` is written `\u003c` in both, so that no text ends them.
//!
//! A cell that a finding speaks of has the id of its address (`d1t3r5c2`: document, table, row, column, from 1), a
//! finding is `d1f2`: each links to the other.

mod findings;
mod marks;
mod prose;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use base64::Engine as _;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use super::compose::{self, masked};
use super::layout::words;
use super::text::Language;
use crate::disclosure::Anchor;
use crate::session::{Chosen, Mark, Opened, TableEntry, TableState};
use crate::words::Words;
use marks::mark;

/// The colours and sizes of the page, so that the two look alike.
const TOKENS: &str = include_str!("../../../style/tokens.css");
/// What is only in the report.
const STYLE: &str = include_str!("report.css");

/// What every part of the page is made from.
struct Page<'a> {
    opened: &'a Opened,
    words: Words,
    /// The cells and statements that a drawn equation or a finding names: these have an id.
    named: BTreeSet<Anchor>,
}

/// Writes the report. Never fails.
pub fn html(opened: &Opened, language: Language) -> String {
    let words = words(language);
    let page = Page { opened, words, named: named(opened) };
    let style = format!("{TOKENS}\n{STYLE}\n{}", numbers(words));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style.as_bytes()))
    );
    let documents = &opened.analysis().documents;
    let title = documents.iter().map(|document| masked(&document.name)).collect::<Vec<_>>().join(words.semicolon());
    let report = serde_json::to_string(&compose::report(opened.analysis())).unwrap_or_default();
    let markup = html! {
        (DOCTYPE)
        html lang=(words.0.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "duizhang " (env!("CARGO_PKG_VERSION")) };
                title { (words.report_title()) " · " (title) }
                style { (PreEscaped(&style)) }
            }
            body {
                a class="skip" href="#main" { (words.skip()) }
                (marks::symbols())
                main id="main" {
                    @for document in 0..documents.len() { (page.document(document)) }
                    @if documents.is_empty() { h1 { (words.report_title()) } p { (words.no_tables()) } }
                    (page.unreadable())
                    section class="sheet" {
                        h2 { (words.report_how()) }
                        p class="fine" { (words.report_how_text()) }
                        p class="fine no-print" { (words.report_offline()) }
                    }
                }
                script type="application/json" id="duizhang-report" { (data(&report)) }
                (PreEscaped(super::saved::block(opened.analysis())))
            }
        }
    };
    let mut text = markup.into_string();
    text.push('\n');
    text
}

/// Half of a digest, which may be broken in the middle.
fn half(digest: &str, first: bool) -> &str {
    let (one, other) = digest.split_at_checked(digest.len() / 2).unwrap_or((digest, ""));
    if first { one } else { other }
}

/// JSON that nothing can end: `<` stands in its strings alone.
fn data(json: &str) -> PreEscaped<String> {
    PreEscaped(json.replace('<', "\\u003c"))
}

/// The page numbers on paper, in the language of the report.
fn numbers(words: Words) -> String {
    let page = match words.0 {
        crate::words::Language::Chinese => "\"第 \" counter(page) \" 页，共 \" counter(pages) \" 页\"",
        crate::words::Language::English => "\"Page \" counter(page) \" of \" counter(pages)",
    };
    let box_ = |content: &str| format!("{{ content: {content}; font-size: 8.5pt; color: #444; }}");
    let foot = format!("\"{}\"", words.report_foot());
    format!("@page {{ @bottom-left {} @bottom-right {} }}\n", box_(&foot), box_(page))
}

/// What drawn equations and findings name.
fn named(opened: &Opened) -> BTreeSet<Anchor> {
    let mut named = BTreeSet::new();
    for document in 0..opened.analysis().documents.len() {
        for &index in opened.findings_of(document) {
            if let Some(detail) = opened.detail(Chosen::Finding(index), None) {
                named.extend(detail.equation.iter().flat_map(|equation| &equation.lines).filter_map(|line| line.at));
                named.extend(detail.suspect.iter().map(|suspect| suspect.at));
                named.extend(detail.candidates.iter().map(|candidate| candidate.at));
                named.extend(detail.about.iter().map(|(_, at, _)| *at));
            }
        }
    }
    named
}

/// The id of a cell or statement, or of its table where it is neither.
fn id(at: Anchor) -> Option<String> {
    Some(match at {
        Anchor::Cell { disclosure, table, row, column } => {
            format!("d{}t{}r{}c{}", u32::from(disclosure) + 1, u32::from(table) + 1, row + 1, u32::from(column) + 1)
        }
        Anchor::Table { disclosure, table } => table_id(usize::from(disclosure), usize::from(table)),
        Anchor::Statement { disclosure, statement } => format!("d{}s{}", u32::from(disclosure) + 1, statement + 1),
        Anchor::Oddity { .. } | Anchor::Disclosure { .. } => return None,
    })
}

fn table_id(document: usize, table: usize) -> String {
    format!("d{}t{}", document + 1, table + 1)
}

fn finding_id(document: usize, ordinal: usize) -> String {
    format!("d{}f{ordinal}", document + 1)
}

impl Page<'_> {
    /// The link to a cell or statement that has an id; the text alone where it has none.
    fn link(&self, at: Option<Anchor>, text: &Markup) -> Markup {
        let target = at.filter(|at| self.named.contains(at)).and_then(id);
        html! {
            @if let Some(target) = target { a href={ "#" (target) } { (text) } }
            @else { (text) }
        }
    }

    /// The id of the finding that names a cell, and its mark.
    fn finding_of(&self, at: Anchor) -> Option<(String, usize, Mark)> {
        let index = self.opened.finding_at(at)?;
        let finding = self.opened.finding(index)?;
        let document = usize::from(finding.disclosure);
        let ordinal = self.opened.findings_of(document).iter().position(|&f| f == index)? + 1;
        Some((finding_id(document, ordinal), ordinal, Mark::from(finding.severity)))
    }

    fn document(&self, at: usize) -> Markup {
        let Self { opened, words, .. } = *self;
        let coverage = opened.coverage(at);
        let counts = opened.counts(at);
        let Some(file) = opened.analysis().documents.get(at) else { return html! {} };
        let name = masked(coverage.unit_name.as_deref().unwrap_or(&file.name));
        let legend = words.outcomes(&counts);
        let findings = opened.finding_rows(at);
        let of = |wanted: Mark| findings.iter().filter(move |row| row.mark == wanted);
        let tables = opened.table_entries(at);
        html! {
            article class="sheet" aria-labelledby={ "d" (at + 1) "h" } {
                header {
                    div {
                        h1 id={ "d" (at + 1) "h" } { (words.report_title()) }
                        p class="of" { (name) " " (words.year_and_stage(coverage.year, coverage.stage)) }
                    }
                    p class="file" {
                        (words.brand()) " " (env!("CARGO_PKG_VERSION")) br;
                        span lang="zh-CN" { (masked(&file.name)) } br;
                        "SHA-256 " span class="digest" { (half(&file.sha256, true)) wbr; (half(&file.sha256, false)) }
                    }
                }
                @for (sign, line) in words.headline(opened.headline(at)) {
                    p class="say" { (mark(sign)) span { (line) } }
                }
                p { (words.report_caveat()) }
                p class="fine" { (words.coverage(&coverage).join(words.semicolon())) }
                dl class="legend" {
                    @for (sign, count, word) in legend {
                        div { dt { (mark(sign)) (word) } dd { (count) } }
                    }
                }
                (self.figures(at))
                nav class="contents no-print" aria-label=(words.part_contents()) {
                    ul {
                        @for row in &findings {
                            li { a href={ "#" (finding_id(at, row.ordinal)) } {
                                (mark(row.mark)) (row.ordinal) ". " (masked(&words.of(&row.title)))
                            } }
                        }
                        @if findings.is_empty() { li { (words.no_findings_long()) } }
                    }
                    (self.table_list(at, &tables))
                }
                @for (sign, word) in [
                    (Mark::Mismatch, words.mismatch()), (Mark::Warning, words.warning()), (Mark::Info, words.info()),
                ] {
                    @if of(sign).next().is_some() {
                        section {
                            h2 { (word) " " (of(sign).count()) }
                            @for row in of(sign) { (self.finding(at, row)) }
                        }
                    }
                }
                (self.unchecked(at))
                (self.notes(at))
                @if !tables.is_empty() {
                    section class="tables" {
                        h2 { (words.part_tables()) }
                        @for entry in &tables { (self.table(at, entry)) }
                    }
                }
                (self.prose(at))
            }
        }
    }

    fn table_list(&self, document: usize, tables: &[TableEntry]) -> Markup {
        let words = self.words;
        html! {
            details {
                summary { (words.part_tables()) " " (tables.len()) }
                ul class="of-tables" { @for entry in tables {
                    li {
                        a href={ "#" (table_id(document, entry.index)) } {
                            (mark(entry.mark)) (masked(&words.caption(&entry.caption)))
                        }
                        @match entry.state {
                            TableState::Present => {},
                            TableState::Empty(_) => { " " span class="muted" { (words.state_empty()) } },
                            TableState::Missing => { " " span class="muted" { (words.state_missing()) } },
                        }
                    }
                } }
            }
        }
    }

    /// The few figures that everybody asks for first.
    fn figures(&self, document: usize) -> Markup {
        let Self { opened, words, .. } = *self;
        let figures = opened.summary(document);
        html! {
            @if !figures.is_empty() {
                section {
                    h2 { (words.sums()) }
                    table class="kv" {
                        tbody {
                            @for figure in &figures {
                                tr {
                                    th scope="row" { (words.sum_kind(figure.kind)) }
                                    td class="r" { (figure.figure) " " (figure.unit.map_or("", |unit| words.unit(unit))) }
                                    td { (mark(figure.mark)) (masked(&words.standing(figure))) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn unchecked(&self, document: usize) -> Markup {
        let Self { opened, words, .. } = *self;
        let groups = opened.unchecked_of(document);
        html! {
            @if !groups.is_empty() {
                section {
                    h2 { (words.unknown()) " " (opened.counts(document).not_checkable) }
                    table class="kv" {
                        thead { tr { th scope="col" { (words.report_what()) } th scope="col" { (words.report_where()) } } }
                        tbody {
                            @for group in &groups {
                                tr {
                                    td {
                                        (mark(Mark::Unchecked))
                                        (masked(&words.and_others(&words.of(&group.label), group.checks.len())))
                                        @if let Some(why) = &group.why { (words.colon()) (masked(&words.of(why))) }
                                    }
                                    td { (masked(&words.whereabouts(&group.whereabouts))) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn notes(&self, document: usize) -> Markup {
        let notes = super::coverage::notes(self.opened, self.words, document);
        html! {
            @if !notes.is_empty() {
                section {
                    h2 { (self.words.notes_title()) }
                    ul class="plain" { @for note in &notes { li { (note) } } }
                }
            }
        }
    }

    fn unreadable(&self) -> Markup {
        let unreadable = &self.opened.analysis().unreadable;
        html! {
            @if !unreadable.is_empty() {
                section class="sheet" {
                    h2 { (self.words.cov_unreadable()) }
                    ul class="plain" {
                        @for source in unreadable {
                            li {
                                (source.name) (self.words.colon())
                                (self.words.of(&crate::disclosure::Message::new(&source.message, &source.message_en)))
                            }
                        }
                    }
                }
            }
        }
    }
}
