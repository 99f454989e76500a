//! Deep links: `#d=0341060121c4&f=F01`, `&t=T4&c=263.4`, `&l=263`, `&v=charts`. They carry no figures, only addresses.

use std::fmt;

use super::opened::Opened;
use super::{CellAt, View};
use crate::disclosure::Anchor;

/// Where a deep link leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The first digits of the document's SHA-256.
    pub document: String,
    /// The finding, by its position in the document's list.
    pub finding: Option<usize>,
    /// The table, by its position in the document.
    pub table: Option<usize>,
    /// The cell of the table.
    pub cell: Option<CellAt>,
    /// The line of the source.
    pub line: Option<u32>,
    /// The view, where it is one of the document as a whole.
    pub view: Option<View>,
}

impl Link {
    /// Reads the part of an address from `#` on; `None` where it is no link of ours.
    pub fn parse(hash: &str) -> Option<Self> {
        let mut link = Self::default();
        for pair in hash.trim_start_matches('#').split('&') {
            let Some((key, value)) = pair.split_once('=') else { continue };
            match key {
                "d" if value.len() >= 6 && value.bytes().all(|b| b.is_ascii_hexdigit()) => {
                    link.document = value.to_ascii_lowercase();
                }
                "f" => link.finding = ordinal(value.trim_start_matches('F')),
                "t" => link.table = ordinal(value.trim_start_matches('T')),
                "c" => {
                    link.cell = value.split_once('.').and_then(|(row, column)| {
                        let row = u32::try_from(ordinal(row)?).ok()?;
                        let column = u16::try_from(ordinal(column)?).ok()?;
                        Some(CellAt { row, column })
                    });
                }
                "l" => link.line = value.parse().ok(),
                "v" => {
                    link.view = match value {
                        "charts" => Some(View::Charts),
                        "compare" => Some(View::Compare),
                        _ => None,
                    }
                }
                _ => {}
            }
        }
        (!link.document.is_empty()).then_some(link)
    }

    /// The address of a cell.
    pub fn of_cell(opened: &Opened, at: Anchor) -> Option<Self> {
        let Anchor::Cell { table, row, column, .. } = at else { return None };
        let sha = &opened.analysis().documents.get(at.disclosure())?.sha256;
        let document = sha.get(..12).unwrap_or(sha).to_owned();
        Some(Self { document, table: Some(usize::from(table)), cell: Some(CellAt { row, column }), ..Self::default() })
    }
}

/// A number counted from one, as people count, to an index.
fn ordinal(text: &str) -> Option<usize> {
    text.parse::<usize>().ok()?.checked_sub(1)
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#d={}", self.document)?;
        if let Some(finding) = self.finding {
            write!(f, "&f=F{:02}", finding + 1)?;
        }
        if let Some(table) = self.table {
            write!(f, "&t=T{}", table + 1)?;
        }
        if let Some(CellAt { row, column }) = self.cell {
            write!(f, "&c={}.{}", row + 1, column + 1)?;
        }
        if let Some(line) = self.line {
            write!(f, "&l={line}")?;
        }
        match self.view {
            Some(View::Charts) => f.write_str("&v=charts")?,
            Some(View::Compare) => f.write_str("&v=compare")?,
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for text in [
            "#d=0341060121c4",
            "#d=0341060121c4&f=F01",
            "#d=0341060121c4&t=T4&c=263.4",
            "#d=0341060121c4&l=12",
            "#d=0341060121c4&v=charts",
        ] {
            assert_eq!(Link::parse(text).map(|link| link.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn hostile_links_lead_nowhere_or_to_the_document() {
        for text in ["", "#", "#main", "#d=", "#d=<script>", "#f=F01", "#d=zz"] {
            assert_eq!(Link::parse(text), None, "{text}");
        }
        let link = Link::parse("#d=0341060121c4&f=F0&t=T99999999999999999999&c=0.0").unwrap();
        assert_eq!(link, Link { document: "0341060121c4".into(), ..Link::default() });
    }
}
