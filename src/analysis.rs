//! Everything that one run found out: what the page holds, and what reports are made of.

pub mod line_changes;

use serde::{Deserialize, Serialize};

use crate::disclosure::{Anchor, Disclosure, Entry, Message, Oddity, Row, Statement, Table};
use crate::document::{Document, Place};
use crate::explain::Finding;
use crate::read::ReadError;
use crate::rules::Checked;

/// The result of one run over a set of sources that were opened together.
///
/// `documents[i]` and `disclosures[i]` are one source; checks and findings point into `disclosures` by
/// [`Anchor`], and disclosures into `documents` by [`Place`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Analysis {
    /// The sources that could be read, in the order given.
    pub documents: Vec<Document>,
    /// What each of them says.
    pub disclosures: Vec<Disclosure>,
    /// Every rule instance that was considered.
    pub checks: Vec<Checked>,
    /// One for each root cause, the weightiest first.
    pub findings: Vec<Finding>,
    /// The sources that could not be read.
    pub unreadable: Vec<Unreadable>,
}

/// A source that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unreadable {
    /// The name it was given.
    pub name: String,
    /// What was found and what to do, in Chinese.
    pub message: String,
    /// The same in English.
    pub message_en: String,
}

impl Unreadable {
    /// The error that `read` gave for the source called `name`.
    pub fn new(name: &str, error: &ReadError) -> Self {
        let Message { zh, en } = error.message();
        Self { name: name.to_owned(), message: zh, message_en: en }
    }
}

impl Analysis {
    /// The table that an anchor points into.
    pub fn table(&self, at: Anchor) -> Option<&Table> {
        let (Anchor::Cell { disclosure, table, .. } | Anchor::Table { disclosure, table }) = at else { return None };
        self.disclosures.get(usize::from(disclosure))?.tables.get(usize::from(table))
    }

    /// The row and the cell that an anchor points to.
    pub fn cell(&self, at: Anchor) -> Option<(&Row, &Entry)> {
        let Anchor::Cell { row, column, .. } = at else {
            return None;
        };
        let row = self.table(at)?.rows.get(usize::try_from(row).ok()?)?;
        Some((row, row.entries.get(usize::from(column))?))
    }

    /// The statement that an anchor points to.
    pub fn statement(&self, at: Anchor) -> Option<&Statement> {
        let Anchor::Statement { disclosure, statement } = at else {
            return None;
        };
        self.disclosures.get(usize::from(disclosure))?.statements.get(usize::try_from(statement).ok()?)
    }

    /// The piece of wording that an anchor points to.
    pub fn oddity(&self, at: Anchor) -> Option<&Oddity> {
        let Anchor::Oddity { disclosure, oddity } = at else {
            return None;
        };
        self.disclosures.get(usize::from(disclosure))?.oddities.get(usize::try_from(oddity).ok()?)
    }

    /// Where in the source an anchor's figure stands; for a blank cell without a place, its row.
    pub fn place(&self, at: Anchor) -> Option<Place> {
        match at {
            Anchor::Cell { .. } => self.cell(at).map(|(row, entry)| entry.place.unwrap_or(row.place)),
            Anchor::Table { .. } => self.table(at).map(|table| table.place),
            Anchor::Statement { .. } => self.statement(at).map(|statement| statement.place),
            Anchor::Oddity { .. } => self.oddity(at).map(|oddity| oddity.place),
            Anchor::Disclosure { .. } => None,
        }
    }
}
