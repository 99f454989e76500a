//! The serving side of `wire`: holds the documents that were read and checks them together.
//!
//! Without web types; `bin/worker.rs` hangs it on a worker's messages.

#[cfg(feature = "export")]
mod save;

use std::collections::{BTreeMap, BTreeSet};

use crate::amount::Amount;
use crate::analysis::{Analysis, Unreadable};
use crate::disclosure::{Anchor, Disclosure, Value};
use crate::document::Document;
use crate::report::saved::{self, Saved};
use crate::rules::Checked;
use crate::rules::judge::{Judge, Outcome, Verdict};
use crate::session::{Opened, Survey, TriedCell, anchors_of};
use crate::wire::{self, Reply, Request, RulePage, Sent, SourceHeader, Step};
use crate::{explain, read, recognise, rules};

/// The worker's memory: what was read, by source. An archive is one source of several documents.
#[derive(Default)]
pub struct Worker {
    read: BTreeMap<u32, Vec<(Document, Disclosure)>>,
    /// The checks of the last answer and the sources of its documents in their order: what a try is judged by.
    checks: Vec<Checked>,
    order: Vec<u32>,
}

impl Worker {
    /// Answers one request. `buffers` are the sources that were sent, in their order; `reply` is called for each step
    /// and at the end.
    pub fn answer(&mut self, request: Request, buffers: Vec<Vec<u8>>, reply: &mut dyn FnMut(&Reply)) {
        match request {
            Request::Check { sources } => self.check(sources, buffers, reply),
            Request::Survey { source } => {
                let SourceHeader { id, name, sent } = source;
                let outcome = survey(&name, sent, &buffers.into_iter().next().unwrap_or_default());
                reply(&Reply::Surveyed { id, outcome });
            }
            Request::Try { checks, cells } => {
                let verdicts = (self.checks.len() == checks as usize).then(|| self.judged(&cells));
                reply(&Reply::Tried { verdicts });
            }
            #[cfg(feature = "export")]
            Request::Save(request) => reply(&Reply::Saved(save::save(self.read.values().flatten(), &request))),
            #[cfg(not(feature = "export"))]
            Request::Save(request) => {
                reply(&Reply::Saved(wire::SavedFile { form: request.form, name: String::new(), bytes: None }));
            }
            Request::Handbook => {
                reply(&Reply::Handbook(rules::CATALOGUE.iter().map(|rule| RulePage::from(*rule)).collect()));
            }
        }
    }

    fn check(&mut self, sources: Vec<SourceHeader>, buffers: Vec<Vec<u8>>, reply: &mut dyn FnMut(&Reply)) {
        let mut buffers = buffers.into_iter();
        let mut held = std::mem::take(&mut self.read);
        let mut analysis = Analysis::default();
        let mut read = Vec::new();
        let count = |test: fn(Sent) -> bool| {
            u32::try_from(sources.iter().filter(|source| test(source.sent)).count()).unwrap_or(u32::MAX)
        };
        let of = count(|sent| sent != Sent::Known).saturating_mul(2).saturating_add(2);
        // The reader did the first step of its documents.
        let mut steps = Steps { done: count(|sent| sent == Sent::Document), of, reply };
        for SourceHeader { id, name, sent } in sources {
            let known = if sent == Sent::Known {
                held.remove(&id).unwrap_or_default()
            } else {
                if sent == Sent::Bytes {
                    steps.begin(Some(id), Step::Read);
                }
                let buffer = buffers.next().unwrap_or_default();
                let read = documents(&name, sent, &buffer, &mut analysis.unreadable);
                steps.begin(Some(id), Step::Recognise);
                recognised(read)
            };
            for (document, disclosure) in known {
                read.push(id);
                analysis.documents.push(document);
                analysis.disclosures.push(disclosure);
            }
        }
        steps.begin(None, Step::Check);
        analysis.checks = rules::check_and_note(&mut analysis.disclosures);
        steps.begin(None, Step::Explain);
        analysis.findings = explain::explain(&analysis.disclosures, &analysis.checks);
        let done = Reply::Done { sources: read, analysis };
        (steps.reply)(&done);
        if let Reply::Done { sources, analysis: Analysis { documents, disclosures, checks, .. } } = done {
            self.order.clone_from(&sources);
            self.checks = checks;
            for (id, known) in sources.into_iter().zip(documents.into_iter().zip(disclosures)) {
                self.read.entry(id).or_default().push(known);
            }
        }
    }

    /// The checks that changed cells take part in, judged anew on a copy. What could not be checked stays so.
    fn judged(&self, cells: &[TriedCell]) -> Vec<(u32, Verdict)> {
        let mut next: BTreeMap<u32, usize> = BTreeMap::new();
        let copies = self.order.iter().filter_map(|id| {
            let place = next.entry(*id).or_default();
            let (_, disclosure) = self.read.get(id)?.get(*place)?;
            *place += 1;
            Some(disclosure.clone())
        });
        let mut disclosures: Vec<Disclosure> = copies.collect();
        let changed: BTreeSet<Anchor> =
            cells.iter().filter(|cell| write(&mut disclosures, cell).is_some()).map(|cell| cell.at).collect();
        let judge = Judge::new(&disclosures);
        let judged = |checked: &Checked| {
            let told = !matches!(checked.verdict.outcome, Outcome::NotApplicable | Outcome::NotCheckable);
            told && anchors_of(&checked.claim).any(|at| changed.contains(&at))
        };
        let checks = (0_u32..).zip(&self.checks).filter(|(_, checked)| judged(checked));
        checks.map(|(index, checked)| (index, judge.verdict(&checked.claim))).collect()
    }
}

/// Runs an example of the catalogue, or the page's own, through all of the pipeline and forgets it: a browser compiles a module as it is used, and
/// the first file need not wait for that. False where there is no such example.
pub fn warm(example: usize) -> bool {
    let rules = rules::CATALOGUE;
    let text = match (rules.get(example % rules.len()), example / rules.len()) {
        (Some(rule), 0) => rule.breaks,
        (Some(rule), 1) => rule.holds,
        (Some(rule), 2) => rule.spared,
        _ if example < 3 * rules.len() + 2 => include_str!("app/example.md"),
        _ => return false,
    };
    let source = SourceHeader { id: 0, name: "example.md".to_owned(), sent: Sent::Bytes };
    let request = Request::Check { sources: vec![source] };
    Worker::default().answer(request, vec![text.as_bytes().to_vec()], &mut |reply| drop(wire::encode(reply)));
    true
}

/// Writes a figure into a cell; `None` where there is no such cell, or no such figure.
fn write(disclosures: &mut [Disclosure], TriedCell { at, figure }: &TriedCell) -> Option<()> {
    let Anchor::Cell { disclosure, table, row, column } = *at else { return None };
    let table = disclosures.get_mut(usize::from(disclosure))?.tables.get_mut(usize::from(table))?;
    let entry = table.rows.get_mut(usize::try_from(row).ok()?)?.entries.get_mut(usize::from(column))?;
    entry.value = Value::Amount(Amount::parse(figure)?);
    Some(())
}

/// A document, and what it says where that is known already: in a report that was saved.
type Read = (Document, Option<Disclosure>);

fn recognised(read: Vec<Read>) -> Vec<(Document, Disclosure)> {
    let recognise = |(document, disclosure): Read| {
        let disclosure = disclosure.unwrap_or_else(|| recognise::recognise(&document));
        (document, disclosure)
    };
    read.into_iter().map(recognise).collect()
}

/// The documents of a source as it was sent; what cannot be read is added to `unreadable`.
fn documents(name: &str, sent: Sent, buffer: &[u8], unreadable: &mut Vec<Unreadable>) -> Vec<Read> {
    if sent == Sent::Document {
        let document: Option<Document> = wire::decode(buffer);
        if document.is_none() {
            // Reader and worker are not of one build.
            unreadable.push(Unreadable::new(name, &read::ReadError::Binary));
        }
        return document.into_iter().map(|document| (document, None)).collect();
    }
    let mut documents: Vec<Read> = Vec::new();
    for read::Member { name, content } in read::expand(name, buffer) {
        let bytes = match content {
            Ok(bytes) => bytes,
            Err(error) => {
                unreadable.push(Unreadable::new(&name, &error));
                continue;
            }
        };
        match saved::open(&bytes) {
            Saved::Report(read) => documents.extend(read.into_iter().map(|(document, said)| (document, Some(said)))),
            Saved::Unusable(why) => unreadable.push(Unreadable { name, message: why.zh, message_en: why.en }),
            Saved::Other => match read::read(&name, &bytes) {
                Ok(document) => documents.push((document, None)),
                Err(error) => unreadable.push(Unreadable::new(&name, &error)),
            },
        }
    }
    documents
}

/// What there is to say of one source in a list of many: read and checked alone, then forgotten.
fn survey(name: &str, sent: Sent, buffer: &[u8]) -> Result<Survey, Unreadable> {
    let mut unreadable = Vec::new();
    let documents = documents(name, sent, buffer, &mut unreadable);
    if documents.is_empty() {
        return Err(unreadable.pop().unwrap_or_else(|| Unreadable::new(name, &read::ReadError::Empty)));
    }
    let (documents, disclosures) = recognised(documents).into_iter().unzip();
    let mut analysis = Analysis { documents, disclosures, ..Analysis::default() };
    analysis.checks = rules::check_and_note(&mut analysis.disclosures);
    analysis.findings = explain::explain(&analysis.disclosures, &analysis.checks);
    Ok(Survey::of(&Opened::new(analysis)))
}

/// Counts the steps of one run and reports each as it begins.
struct Steps<'a> {
    done: u32,
    of: u32,
    reply: &'a mut dyn FnMut(&Reply),
}

impl Steps<'_> {
    fn begin(&mut self, source: Option<u32>, step: Step) {
        (self.reply)(&Reply::Progress { source, step, done: self.done, of: self.of });
        self.done += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Form, SaveRequest, SavedFile};

    const BUDGET: &str =
        "# 某市数据局 2024 年预算\n\n## 收入总表\n\n单位：万元\n\n科目\t金额\n合计\t10.00\n拨款\t10.00\n";
    const OTHER: &str = "# 某市统计局 2024 年预算\n\n收入 20.00 万元。\n";

    #[test]
    fn every_example_warms_and_then_there_is_none() {
        let all = 3 * rules::CATALOGUE.len() + 2;
        assert!((0..all).all(warm) && !warm(all));
    }

    fn header(id: u32, name: &str, sent: bool) -> SourceHeader {
        SourceHeader { id, name: name.to_owned(), sent: if sent { Sent::Bytes } else { Sent::Known } }
    }

    /// Asks and gives every reply.
    fn ask(worker: &mut Worker, sources: Vec<SourceHeader>, bytes: &[&str]) -> Vec<Reply> {
        let mut replies = Vec::new();
        let bytes = bytes.iter().map(|text| text.as_bytes().to_vec()).collect();
        worker.answer(Request::Check { sources }, bytes, &mut |reply| replies.push(reply.clone()));
        replies
    }

    fn done(replies: &[Reply]) -> (&[u32], &Analysis) {
        match replies.last() {
            Some(Reply::Done { sources, analysis }) => (sources, analysis),
            other => panic!("the last reply is {other:?}"),
        }
    }

    fn sources(named: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
        named.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn opening_one_after_the_other_is_opening_together() {
        let mut worker = Worker::default();
        ask(&mut worker, vec![header(0, "a.md", true)], &[BUDGET]);
        let replies = ask(&mut worker, vec![header(0, "a.md", false), header(1, "b.md", true)], &[OTHER]);
        assert_eq!(done(&replies).1, &crate::run(&sources(&[("a.md", BUDGET), ("b.md", OTHER)])));
    }

    #[test]
    fn removing_leaves_what_opening_the_rest_would_give() {
        let mut worker = Worker::default();
        ask(&mut worker, vec![header(0, "a.md", true), header(1, "b.md", true)], &[BUDGET, OTHER]);
        let replies = ask(&mut worker, vec![header(1, "b.md", false)], &[]);
        assert_eq!(done(&replies).1, &crate::run(&sources(&[("b.md", OTHER)])));
        let replies = ask(&mut worker, Vec::new(), &[]);
        assert_eq!(done(&replies), (&[][..], &Analysis::default()));
    }

    #[test]
    fn an_unreadable_source_is_named_and_stops_nothing() {
        let mut worker = Worker::default();
        let replies = ask(&mut worker, vec![header(4, "leer.txt", true), header(5, "a.md", true)], &["", BUDGET]);
        let (read, analysis) = done(&replies);
        assert_eq!(analysis.unreadable.len(), 1);
        assert_eq!(analysis.unreadable[0].name, "leer.txt");
        assert_eq!(read, [5]);
    }

    #[cfg(feature = "archive")]
    #[test]
    fn the_documents_of_an_archive_are_opened_and_kept_together() {
        use std::io::Write as _;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in [("a.md", BUDGET), ("b.md", OTHER)] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a new file");
            zip.write_all(text.as_bytes()).expect("memory");
        }
        let packed = zip.finish().expect("memory").into_inner();
        let mut worker = Worker::default();
        let mut last = None;
        let request = Request::Check { sources: vec![header(7, "包.zip", true)] };
        worker.answer(request, vec![packed.clone()], &mut |reply| last = Some(reply.clone()));
        let opened = last.take();
        let Some(Reply::Done { sources, analysis }) = &opened else { panic!("{opened:?}") };
        assert_eq!(sources, &[7, 7]);
        assert_eq!(analysis, &crate::run(&[("包.zip".to_owned(), packed)]));
        assert_eq!(analysis.documents[1].name, "包.zip/b.md");
        let request = Request::Check { sources: vec![header(7, "包.zip", false)] };
        worker.answer(request, Vec::new(), &mut |reply| last = Some(reply.clone()));
        assert_eq!(last, opened, "it is kept");
    }

    #[test]
    fn steps_are_counted_to_the_end() {
        let mut worker = Worker::default();
        let replies = ask(&mut worker, vec![header(0, "a.md", true), header(1, "leer.txt", true)], &[BUDGET, ""]);
        let steps: Vec<(u32, u32)> = replies
            .iter()
            .filter_map(|reply| match reply {
                Reply::Progress { done, of, .. } => Some((*done, *of)),
                _ => None,
            })
            .collect();
        assert!(steps.windows(2).all(|pair| pair[0].0 < pair[1].0), "{steps:?}");
        assert_eq!(steps.last(), Some(&(5, 6)), "{steps:?}");
    }

    #[test]
    fn a_document_from_the_reader_gives_what_its_bytes_give() {
        let document = wire::encode(&read::read("a.md", BUDGET.as_bytes()).unwrap()).unwrap();
        let mut worker = Worker::default();
        let mut replies = Vec::new();
        let source = SourceHeader { id: 0, name: "a.md".to_owned(), sent: Sent::Document };
        let request = Request::Check { sources: vec![source] };
        worker.answer(request, vec![document], &mut |reply| replies.push(reply.clone()));
        assert_eq!(done(&replies).1, &crate::run(&sources(&[("a.md", BUDGET)])));
        let first = replies.first();
        assert!(matches!(first, Some(Reply::Progress { step: Step::Recognise, done: 1, of: 4, .. })), "{first:?}");
    }

    /// Asks for a form and gives the file.
    fn saved(worker: &mut Worker, form: Form, document: Option<u32>) -> SavedFile {
        let mut last = None;
        let request = SaveRequest { form, document, english: false, chosen: Vec::new() };
        worker.answer(Request::Save(request), Vec::new(), &mut |reply| last = Some(reply.clone()));
        let Some(Reply::Saved(file)) = last else { panic!("{last:?}") };
        file
    }

    #[test]
    fn what_is_saved_is_what_was_checked_and_opens_again() {
        let mut worker = Worker::default();
        let opened = ask(&mut worker, vec![header(0, "a.md", true), header(1, "b.md", true)], &[BUDGET, OTHER]);
        let both = Opened::new(crate::run(&sources(&[("a.md", BUDGET), ("b.md", OTHER)])));
        let report = saved(&mut worker, Form::Report, None);
        let written = crate::report::html::html(&both, crate::report::text::Language::Chinese);
        assert_eq!(report.bytes.as_deref(), Some(written.as_bytes()));
        let alone = crate::report::report(&crate::run(&sources(&[("b.md", OTHER)])));
        let json = saved(&mut worker, Form::Json, Some(1));
        assert_eq!(json.bytes, Some(crate::report::json::json(&alone).into_bytes()));
        assert_eq!(json.name, "某市统计局-2024-duizhang.json");

        let mut again = Worker::default();
        let replies = ask(&mut again, vec![header(0, "报告.html", true)], &[&written]);
        let (read, analysis) = done(&replies);
        assert_eq!(read, [0, 0]);
        assert_eq!(analysis.findings, done(&opened).1.findings);
        assert_eq!(analysis.checks, done(&opened).1.checks);
    }

    #[test]
    fn every_form_is_written() {
        let mut worker = Worker::default();
        ask(&mut worker, vec![header(0, "a.md", true)], &[include_str!("../tests/browser/budget.md")]);
        let letter = Form::Letter { application: true, gloss: false };
        for form in [Form::Workbook, Form::Csv, Form::Json, Form::Package, Form::Markdown, Form::Report, letter] {
            let file = saved(&mut worker, form, Some(0));
            assert!(file.bytes.is_some_and(|bytes| bytes.len() > 200), "{form:?}");
        }
        let form = Form::Letter { application: false, gloss: true };
        assert_eq!(saved(&mut worker, form, Some(9)).bytes, None, "there is no such document");
    }

    #[test]
    fn a_try_judges_the_checks_of_its_cell_and_changes_nothing() {
        let text = include_str!("app/example.md");
        let mut worker = Worker::default();
        let replies = ask(&mut worker, vec![header(0, "a.md", true)], &[text]);
        let analysis = done(&replies).1.clone();
        let finding = analysis.findings.iter().find_map(|f| f.suspect.as_ref()).expect("a suspect");
        let count = u32::try_from(analysis.checks.len()).unwrap();
        let mut tried = |checks, figure: String| {
            let mut replies = Vec::new();
            let cells = vec![TriedCell { at: finding.at, figure }];
            worker.answer(Request::Try { checks, cells }, Vec::new(), &mut |reply| replies.push(reply.clone()));
            let Some(Reply::Tried { verdicts }) = replies.pop() else { panic!("{replies:?}") };
            verdicts
        };
        let fitting = tried(count, finding.fitting.as_ref().unwrap().printed().to_owned()).unwrap();
        assert!(!fitting.is_empty());
        assert!(fitting.iter().all(|(_, verdict)| verdict.outcome != Outcome::Fail), "{fitting:?}");
        let worse = tried(count, "999999".to_owned()).unwrap();
        assert_eq!(worse.len(), fitting.len());
        assert!(worse.iter().any(|(_, verdict)| verdict.outcome == Outcome::Fail));
        assert_eq!(tried(count + 1, "1".to_owned()), None, "another analysis");
        let again = ask(&mut worker, vec![header(0, "a.md", false)], &[]);
        assert_eq!(done(&again).1, &analysis, "nothing is kept of it");
    }

    #[test]
    fn a_survey_says_what_opening_would_show_and_keeps_nothing() {
        let mut worker = Worker::default();
        let mut replies = Vec::new();
        for (id, text) in [(7, BUDGET), (8, "")] {
            let request = Request::Survey { source: header(id, "a.md", true) };
            worker.answer(request, vec![text.into()], &mut |reply| replies.push(reply.clone()));
        }
        let [Reply::Surveyed { id: 7, outcome: Ok(row) }, Reply::Surveyed { id: 8, outcome: Err(why) }] = &replies[..]
        else {
            panic!("{replies:?}")
        };
        let opened = Opened::new(crate::run(&sources(&[("a.md", BUDGET)])));
        assert_eq!(*row, Survey::of(&opened));
        assert_eq!((row.year, why.name.as_str()), (Some(2024), "a.md"));
        assert!(worker.read.is_empty());
    }
}
