//! The amounts that the prose states, with what they were held against.

use maud::{Markup, html};

use super::super::compose::masked;
use super::marks::mark;
use super::{Page, id};
use crate::disclosure::Anchor;
use crate::rules::judge::Outcome;
use crate::session::{Mark, grouped};

impl Page<'_> {
    pub(super) fn prose(&self, document: usize) -> Markup {
        let words = self.words;
        let statements = self.opened.disclosure(document).map_or(&[][..], |d| &d.statements);
        let Ok(disclosure) = u16::try_from(document) else { return html! {} };
        html! {
            @if !statements.is_empty() {
                section class="prose" {
                    h2 { (words.part_prose()) " " (statements.len()) }
                    table class="kv" {
                        thead { tr {
                            th scope="col" { (words.col_measure()) } th scope="col" class="r" { (words.col_figure()) }
                            th scope="col" { (words.report_where()) }
                        } }
                        tbody {
                            @for (statement, said) in (0_u32..).zip(statements) {
                                @let at = Anchor::Statement { disclosure, statement };
                                tr id=[self.named.contains(&at).then(|| id(at)).flatten()] {
                                    td {
                                        (self.standing(at))
                                        span lang="zh-CN" { (masked(&said.measure)) }
                                        @if let Some((target, ordinal, _)) = self.named.contains(&at).then(|| self.finding_of(at)).flatten() {
                                            " " a href={ "#" (target) } { (words.back_to_finding()) " " (ordinal) }
                                        }
                                    }
                                    td class="r" { (grouped(said.amount.value())) " " (said.unit.map_or("", |unit| words.unit(unit))) }
                                    td class="at" { (words.place_of(self.opened, document, said.place)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The mark of a statement, with its word for those who do not see it.
    fn standing(&self, at: Anchor) -> Markup {
        let outcomes: Vec<Outcome> = self.opened.outcomes_at(at).collect();
        let has = |outcome: Outcome| outcomes.contains(&outcome);
        let sign = match self.opened.suspect_mark(at) {
            Some(named) => named,
            None if has(Outcome::Pass) => Mark::Ok,
            None if has(Outcome::Rounding) => Mark::Rounding,
            None => Mark::Unchecked,
        };
        html! { (mark(sign)) span class="vh" { (self.words.mark(sign)) " " } }
    }
}
