//! The serving side of [`wire`](crate::wire): holds the documents that were read and checks them together.
//!
//! Without web types; `bin/worker.rs` hangs it on a worker's messages.

use std::collections::BTreeMap;

use crate::analysis::{Analysis, Unreadable};
use crate::disclosure::Disclosure;
use crate::document::Document;
use crate::wire::{Reply, Request, RulePage, SourceHeader, Step};
use crate::{explain, read, recognise, rules};

/// The worker's memory: what was read, by source.
#[derive(Default)]
pub struct Worker {
    read: BTreeMap<u32, (Document, Disclosure)>,
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
            let (document, disclosure) = if sent {
                steps.begin(Some(id), Step::Read);
                match read::read(&name, &bytes.next().unwrap_or_default()) {
                    Ok(document) => {
                        steps.begin(Some(id), Step::Recognise);
                        let disclosure = recognise::recognise(&document);
                        (document, disclosure)
                    }
                    Err(error) => {
                        steps.done += 1;
                        analysis.unreadable.push(Unreadable::new(&name, &error));
                        continue;
                    }
                }
            } else if let Some(known) = held.remove(&id) {
                known
            } else {
                continue;
            };
            read.push(id);
            analysis.documents.push(document);
            analysis.disclosures.push(disclosure);
        }
        steps.begin(None, Step::Check);
        analysis.checks = rules::check(&analysis.disclosures);
        steps.begin(None, Step::Explain);
        analysis.findings = explain::explain(&analysis.disclosures, &analysis.checks);
        let done = Reply::Done { sources: read, analysis };
        (steps.reply)(&done);
        if let Reply::Done { sources, analysis: Analysis { documents, disclosures, .. } } = done {
            self.read = sources.into_iter().zip(documents.into_iter().zip(disclosures)).collect();
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
