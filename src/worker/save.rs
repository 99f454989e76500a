//! Writes what is taken away, from what the worker holds.

use crate::analysis::Analysis;
use crate::disclosure::Disclosure;
use crate::document::Document;
use crate::report::letter::{self, Kind};
use crate::report::text::Language;
use crate::report::{self, csv, html, json, markdown, package, xlsx};
use crate::session::Opened;
use crate::wire::{Form, SaveRequest, SavedFile};
use crate::{explain, rules};

/// Writes one form of what was read. One document of several is checked anew by itself: what it says alone.
pub(super) fn save<'a>(read: impl Iterator<Item = &'a (Document, Disclosure)>, request: &SaveRequest) -> SavedFile {
    let letter = matches!(request.form, Form::Letter { .. });
    let wanted = request.document.filter(|_| !letter);
    let chosen = |at: usize| wanted.is_none_or(|wanted| usize::try_from(wanted) == Ok(at));
    let read = read.enumerate().filter(|(at, _)| chosen(*at)).map(|(_, read)| read.clone());
    let (documents, disclosures): (Vec<Document>, Vec<Disclosure>) = read.unzip();
    let mut analysis = Analysis { documents, disclosures, ..Analysis::default() };
    analysis.checks = rules::check_and_note(&mut analysis.disclosures);
    analysis.findings = explain::explain(&analysis.disclosures, &analysis.checks);
    let opened = Opened::new(analysis);
    SavedFile {
        form: request.form,
        name: report::file_name(&opened) + request.form.ending(),
        bytes: bytes(&opened, request),
    }
}

fn bytes(opened: &Opened, request: &SaveRequest) -> Option<Vec<u8>> {
    let language = if request.english { Language::English } else { Language::Chinese };
    match request.form {
        Form::Workbook => xlsx::workbook(opened, language).ok(),
        Form::Csv => csv::archive(opened, csv::Options { mark: true, language }).ok(),
        Form::Json => Some(json::json(&report::report(opened.analysis())).into_bytes()),
        Form::Package => package::package(opened, language).ok(),
        Form::Markdown => Some(markdown::markdown(opened, language).into_bytes()),
        Form::Report => Some(html::html(opened, language).into_bytes()),
        Form::Letter { application, gloss } => {
            let kind = if application { Kind::Application } else { Kind::Inquiry };
            let document = usize::try_from(request.document.unwrap_or_default()).ok()?;
            letter::letter(opened, document, &request.chosen, kind, gloss).map(String::into_bytes)
        }
    }
}
