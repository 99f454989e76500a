//! What is marked on the pages of a document: the boxes of the chosen finding, the pages that findings speak of.

use std::collections::{BTreeMap, BTreeSet};

use super::opened::Opened;
use super::{Chosen, Mark};
use crate::disclosure::Anchor;
use crate::document::Place;

/// A box on a page, in hundredths of a point from the top left of the page as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageBox {
    /// 1-based page.
    pub page: u32,
    /// Left, top, right, bottom.
    pub bbox: [i32; 4],
    /// Whether the figure in it may be the wrong one; else it is another figure of the sum.
    pub hit: bool,
}

impl PageBox {
    fn at(place: Place, hit: bool) -> Option<Self> {
        match place {
            Place::Page { page, bbox } => Some(Self { page, bbox, hit }),
            _ => None,
        }
    }
}

impl Opened {
    /// The boxes of a finding or check, those that may be wrong first.
    pub fn page_boxes(&self, document: usize, chosen: Chosen) -> Vec<PageBox> {
        let Some(detail) = self.detail(chosen, None) else { return Vec::new() };
        let terms = detail.equation.iter().flat_map(|equation| equation.lines.iter().filter_map(|line| line.at));
        let candidates = detail.candidates.iter().map(|candidate| candidate.at);
        let mut hits: Vec<Anchor> = detail.suspect.iter().map(|suspect| suspect.at).chain(candidates).collect();
        if hits.is_empty() {
            hits = match chosen {
                Chosen::Finding(finding) => self.finding(finding).map(|f| f.at.clone()).unwrap_or_default(),
                Chosen::Check(_) => Vec::new(),
            };
        }
        let all = hits.into_iter().map(|at| (at, true)).chain(terms.map(|at| (at, false)));
        let mut seen = BTreeSet::new();
        all.filter(|(at, _)| at.disclosure() == document && seen.insert(*at))
            .filter_map(|(at, hit)| PageBox::at(self.analysis().place(at)?, hit))
            .collect()
    }

    /// The pages that findings speak of, each with the worst of its marks.
    pub fn marked_pages(&self, document: usize) -> BTreeMap<u32, Mark> {
        let mut marked = BTreeMap::new();
        for &index in self.findings_of(document) {
            let Some(finding) = self.finding(index) else { continue };
            let suspect = finding.suspect.as_ref().map(|suspect| suspect.at);
            let of = suspect.into_iter().chain(finding.at.iter().copied().take(if suspect.is_some() { 0 } else { 3 }));
            for at in of.filter(|at| at.disclosure() == document) {
                if let Some(page) = self.analysis().place(at).and_then(Place::page_number) {
                    let mark = Mark::from(finding.severity);
                    marked.entry(page).and_modify(|worst: &mut Mark| *worst = mark.max(*worst)).or_insert(mark);
                }
            }
        }
        marked
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    /// The fixture as if it had been read from pages: each line a box of its own.
    fn paged() -> Opened {
        let mut analysis = fixture::analysis();
        let turn = |place: &mut Place| {
            if let Place::Line { line, from, to } = *place {
                let edge = |at: u32| i32::try_from(at.min(500)).unwrap_or_default() * 100;
                let top = i32::try_from(line % 40).unwrap_or_default() * 2000;
                *place = Place::Page { page: line / 40 + 1, bbox: [edge(from), top, edge(to), top + 1500] };
            }
        };
        for table in &mut analysis.disclosures[0].tables {
            for row in &mut table.rows {
                turn(&mut row.place);
                row.entries.iter_mut().filter_map(|entry| entry.place.as_mut()).for_each(turn);
            }
        }
        Opened::new(analysis)
    }

    #[test]
    fn the_suspect_is_marked_and_the_other_figures_of_its_sum() {
        let opened = paged();
        let boxes = opened.page_boxes(0, Chosen::Finding(0));
        assert_eq!(boxes.iter().filter(|b| b.hit).count(), 1, "{boxes:?}");
        assert!(boxes.iter().filter(|b| !b.hit).count() >= 2, "{boxes:?}");
        assert!(boxes[0].hit);
        let suspect = opened.finding(0).and_then(|f| f.suspect.as_ref()).map(|s| s.at).unwrap();
        assert_eq!(opened.analysis().place(suspect).and_then(Place::page_number), Some(boxes[0].page));
    }

    #[test]
    fn pages_with_findings_are_known_by_their_worst() {
        let marked = paged().marked_pages(0);
        assert!(marked.values().any(|&mark| mark == Mark::Mismatch), "{marked:?}");
    }

    #[test]
    fn a_form_without_pages_has_none() {
        let session = fixture::session();
        assert!(session.opened().page_boxes(0, Chosen::Finding(0)).is_empty());
        assert!(session.opened().marked_pages(0).is_empty());
    }
}
