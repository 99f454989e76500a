//! The serving side of [`wire`](crate::wire): holds the documents that were read and checks them together.
//!
//! Without web types; `bin/worker.rs` hangs it on a worker's messages.

use std::collections::BTreeMap;

use crate::analysis::{Analysis, Unreadable};
use crate::disclosure::Disclosure;
use crate::document::Document;
use crate::wire::{Reply, Request, RulePage, SourceHeader, Step};
use crate::{explain, read, recognise, rules};

/// The worker's memory: what was read, by source. An archive is one source of several documents.
#[derive(Default)]
pub struct Worker {
    read: BTreeMap<u32, Vec<(Document, Disclosure)>>,
}

impl Worker {
    /// Answers one request. `bytes` are those of the sources that were sent, in their order; `reply` is called for
    /// each step and at the end.
    pub fn answer(&mut self, request: Request, bytes: Vec<Vec<u8>>, reply: &mut dyn FnMut(&Reply)) {
        match request {
            Request::Check { sources } => self.check(sources, bytes, reply),
            Request::Handbook => {
                reply(&Reply::Handbook(rules::CATALOGUE.iter().map(|rule| RulePage::from(*rule)).collect()));
            }
        }
    }

    fn check(&mut self, sources: Vec<SourceHeader>, bytes: Vec<Vec<u8>>, reply: &mut dyn FnMut(&Reply)) {
        let mut bytes = bytes.into_iter();
        let mut held = std::mem::take(&mut self.read);
        let mut analysis = Analysis::default();
        let mut read = Vec::new();
        let new = u32::try_from(sources.iter().filter(|source| source.sent).count()).unwrap_or(u32::MAX);
        let mut steps = Steps { done: 0, of: new.saturating_mul(2).saturating_add(2), reply };
        for SourceHeader { id, name, sent } in sources {
            let known = if sent {
                steps.begin(Some(id), Step::Read);
                let bytes = bytes.next().unwrap_or_default();
                let mut documents = Vec::new();
                for read::Member { name, content } in read::expand(&name, &bytes) {
                    match content.and_then(|bytes| read::read(&name, &bytes)) {
                        Ok(document) => documents.push(document),
                        Err(error) => analysis.unreadable.push(Unreadable::new(&name, &error)),
                    }
                }
                steps.begin(Some(id), Step::Recognise);
                let recognised = documents.into_iter().map(|document| {
                    let disclosure = recognise::recognise(&document);
                    (document, disclosure)
                });
                recognised.collect()
            } else {
                held.remove(&id).unwrap_or_default()
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
        if let Reply::Done { sources, analysis: Analysis { documents, disclosures, .. } } = done {
            for (id, known) in sources.into_iter().zip(documents.into_iter().zip(disclosures)) {
                self.read.entry(id).or_default().push(known);
            }
        }
    }
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

    const BUDGET: &str =
        "# 某市数据局 2024 年预算\n\n## 收入总表\n\n单位：万元\n\n科目\t金额\n合计\t10.00\n拨款\t10.00\n";
    const OTHER: &str = "# 某市统计局 2024 年预算\n\n收入 20.00 万元。\n";

    fn header(id: u32, name: &str, sent: bool) -> SourceHeader {
        SourceHeader { id, name: name.to_owned(), sent }
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
}
