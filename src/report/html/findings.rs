//! A finding: its title, its sum written out, the cell that is likeliest, the source line.

use maud::{Markup, html};

use super::super::compose::masked;
use super::super::layout::pieces;
use super::super::markdown::{described, sign};
use super::marks::mark;
use super::{Page, finding_id};
use crate::session::{
    Candidate, Chosen, Detail, EquationLine, EquationView, EvidenceLine, Figure, FindingRow, LineKind, Mark, Shape,
    SuspectView,
};

/// More source lines than this are not quoted: the table below has them all.
const QUOTED: usize = 4;

impl Page<'_> {
    pub(super) fn finding(&self, document: usize, row: &FindingRow) -> Markup {
        let words = self.words;
        let Some(detail) = self.opened.detail(Chosen::Finding(row.finding), None) else { return html! {} };
        let title = masked(&words.of(&row.title));
        let message = detail.message.as_ref().map(|message| masked(&words.of(message)));
        let message = message.filter(|message| !message.is_empty() && *message != title);
        html! {
            section class="rf" id=(finding_id(document, row.ordinal)) {
                h3 { (mark(row.mark)) span { (row.ordinal) ". " (title) } }
                p class="where" { (masked(&words.whereabouts(&row.whereabouts))) " " span class="rule" { (detail.rule) } }
                @if let Some(message) = message { p { (message) } }
                @if let Some(equation) = &detail.equation { (self.equation(equation)) }
                @else { (self.about(&detail)) }
                @if let Some(suspect) = &detail.suspect { (self.suspect(suspect)) }
                @if !detail.candidates.is_empty() { (self.candidates(&detail.candidates)) }
                (self.quotes(&detail))
            }
        }
    }

    /// 竖式: the addends as printed, their sum, the stated figure, the difference.
    fn equation(&self, equation: &EquationView) -> Markup {
        html! {
            table class="eq" {
                caption class="vh" { (self.words.equation()) }
                tbody { @for line in &equation.lines { (self.equation_line(equation, line)) } }
            }
        }
    }

    fn equation_line(&self, equation: &EquationView, line: &EquationLine) -> Markup {
        let words = self.words;
        let (label, place) = described(self.opened, words, equation, line);
        let failed = equation.outcome == crate::rules::judge::Outcome::Fail;
        let class = match (line.kind, equation.shape) {
            (LineKind::Sum, _) => "line calc",
            (LineKind::StatedSum, _) => "thin calc",
            (LineKind::Difference, Shape::Pair) if failed => "line diff",
            (LineKind::Difference, _) if failed => "thin diff",
            (LineKind::Difference, _) => "thin",
            _ => "",
        };
        let figure = self.figure(&line.figure, line.words.as_deref());
        html! {
            tr class=[(!class.is_empty()).then_some(class)] {
                td class="op" aria-hidden="true" { (sign(line.op, equation)) }
                th class="lb" scope="row" {
                    (label)
                    @if line.suspect { span class="eq-note" { (words.likeliest()) } }
                    span class="at-in" { (place) }
                }
                td class="n" {
                    @if line.suspect {
                        span class="cell-suspect" {
                            (mark(Mark::Mismatch)) span class="vh" { (words.may_be_wrong()) " " } (self.link(line.at, &figure))
                        }
                    } @else if line.candidate {
                        span class="cell-suspect cell-maybe" { (self.link(line.at, &figure)) }
                    } @else { (self.link(line.at, &figure)) }
                }
                td class="at" { (place) }
            }
        }
    }

    /// A figure, padded so that the points stand under each other.
    fn figure(&self, figure: &Figure, text: Option<&str>) -> Markup {
        if figure.text.is_empty() {
            return html! { span class="none" { (masked(text.unwrap_or(self.words.blank()))) } };
        }
        let mut pad = if figure.lacks_point { ".".to_owned() } else { String::new() };
        pad.extend(std::iter::repeat_n('0', usize::try_from(figure.short_by).unwrap_or(0)));
        html! {
            (figure.text)
            @if !pad.is_empty() { span class="pad" aria-hidden="true" { (pad) } }
            @if let Some(unit) = figure.unit { small { (self.words.unit(unit)) } }
        }
    }

    fn about(&self, detail: &Detail) -> Markup {
        html! {
            @if !detail.about.is_empty() {
                ul class="plain" {
                    @for (label, at, place) in &detail.about {
                        @let text = html! { (masked(&self.words.label(label))) };
                        li { (self.link(Some(*at), &text)) " " span class="muted" { (place.map(|p| self.words.place_of(self.opened, at.disclosure(), p)).unwrap_or_default()) } }
                    }
                }
            }
        }
    }

    fn suspect(&self, suspect: &SuspectView) -> Markup {
        let words = self.words;
        let unit = suspect.unit.map_or("", |unit| words.unit(unit));
        let name = html! { (masked(&words.label(&suspect.label))) };
        html! {
            dl class="suspect" {
                div { dt { (words.suspect_which()) } dd { (self.link(Some(suspect.at), &name)) } }
                div { dt { (words.suspect_printed()) } dd { (suspect.printed.as_deref().unwrap_or(words.blank())) " " small { (unit) } } }
                div { dt { (words.suspect_fitting()) } dd { b class="fit" { (suspect.fitting.as_deref().unwrap_or(words.blank_or_zero())) } " " small { (unit) } } }
            }
        }
    }

    fn candidates(&self, candidates: &[Candidate]) -> Markup {
        let words = self.words;
        html! {
            p { b { (words.candidates()) } (words.full_stop()) " " (words.candidates_hint()) }
            table class="kv alts" {
                thead { tr {
                    th scope="col" { (words.col_cell()) } th scope="col" class="r" { (words.col_printed()) }
                    th scope="col" class="r" { (words.col_fitting()) } th scope="col" class="r" { (words.col_agreeing()) }
                } }
                tbody {
                    @for candidate in candidates {
                        @let name = html! { (masked(&words.label(&candidate.label))) };
                        tr {
                            th scope="row" {
                                (self.link(Some(candidate.at), &name)) " "
                                span class="muted" { (candidate.place.map(|place| words.place_of(self.opened, candidate.at.disclosure(), place)).unwrap_or_default()) }
                            }
                            td class="r" { (candidate.printed.as_deref().unwrap_or(words.blank())) }
                            td class="r" { (candidate.fitting.as_deref().unwrap_or(words.blank_or_zero())) }
                            td class="r" { (candidate.agreeing) }
                        }
                    }
                }
            }
        }
    }

    /// The source lines that may hold the wrong figure; where none does, those of the equation.
    fn quotes(&self, detail: &Detail) -> Markup {
        let lines = || {
            let groups = detail.evidence.iter();
            groups.flat_map(|group| group.lines.iter().map(|line| (group.document, line)))
        };
        let any = lines().any(|(_, line)| line.hit);
        html! {
            @for (document, line) in lines().filter(|(_, line)| if any { line.hit } else { line.related }).take(QUOTED) {
                @let place = self.words.place_of(self.opened, document, line.line.place);
                p class="q" lang="zh-CN" { (quoted(line)) span class="muted" { (self.words.bracketed(&place)) } }
            }
        }
    }
}

/// A source line with its figures marked.
fn quoted(line: &EvidenceLine) -> Markup {
    let pieces = pieces(&line.line);
    html! {
        @for (order, (at, piece)) in pieces.iter().enumerate().filter(|(_, piece)| !piece.trim().is_empty()).enumerate() {
            @if order > 0 { "　" }
            @for (text, marked) in parted(piece, at, &line.tokens) {
                @if marked { mark { (text) } } @else { (text) }
            }
        }
    }
}

/// A piece of a line, in runs that are marked or not. Characters are counted, not bytes.
fn parted(piece: &str, at: usize, tokens: &[(usize, u32, u32, bool)]) -> Vec<(String, bool)> {
    let mut runs: Vec<(String, bool)> = Vec::new();
    for (index, c) in (0_u32..).zip(piece.chars()) {
        let marked = tokens.iter().any(|&(piece, from, to, _)| piece == at && (from..to).contains(&index));
        match runs.last_mut().filter(|(_, before)| *before == marked) {
            Some((text, _)) => text.push(c),
            None => runs.push((c.to_string(), marked)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_runs_hold_every_character_once() {
        let tokens = [(0, 3, 8, true), (1, 0, 1, true)];
        assert_eq!(
            parted("合计 26.00 万", 0, &tokens),
            [("合计 ".to_owned(), false), ("26.00".to_owned(), true), (" 万".to_owned(), false)]
        );
        assert_eq!(parted("", 0, &tokens), []);
    }
}
