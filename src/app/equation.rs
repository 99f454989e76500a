//! 竖式: the column sum that everybody learned at school.

use leptos::prelude::*;

use super::desk::Desk;
use super::mark::mark;
use super::words::Words;
use crate::disclosure::Anchor;
use crate::rules::judge::Outcome;
use crate::session::{EquationLine, EquationView, Figure, LineKind, Mark, Op, Session, Shape};

/// The equation as a table, every figure a link to its cell.
pub(super) fn equation(desk: Desk, words: Words, equation: &EquationView) -> impl IntoView + use<> {
    let open = RwSignal::new(false);
    let folded = equation.folded;
    let last_addend = equation.lines.iter().rposition(|line| line.kind == LineKind::Term);
    let caption = equation.lines.iter().filter_map(|line| line.label.as_ref()).map(|label| words.label(label));
    let caption = caption.take(3).collect::<Vec<_>>().join(words.semicolon());
    let lines = equation.lines.iter().enumerate().map(|(index, item)| {
        let row = line(desk, words, equation, item, open);
        let more = (folded > 0 && Some(index) == last_addend).then(|| {
            let label = move || if open.get() { words.fold_again().to_owned() } else { words.unfold_addends(folded) };
            view! {
                <tr class="eq-more"><td></td><td colspan="3">
                    <button class="linklike" type="button" aria-expanded=move || open.get().to_string()
                        on:click=move |_| open.update(|open| *open = !*open)>{label}</button>
                </td></tr>
            }
        });
        view! { {row}{more} }
    });
    view! {
        <table class="eq"><caption class="vh">{caption}</caption><tbody>{lines.collect_view()}</tbody></table>
    }
}

fn line(
    desk: Desk,
    words: Words,
    equation: &EquationView,
    line: &EquationLine,
    open: RwSignal<bool>,
) -> impl IntoView + use<> {
    let failed = equation.outcome == Outcome::Fail;
    let class = match (line.kind, equation.shape) {
        (LineKind::Sum, _) => "rule calc",
        (LineKind::StatedSum, _) => "rule-thin calc",
        (LineKind::Difference, Shape::Pair) if failed => "rule diff",
        (LineKind::Difference, _) if failed => "rule-thin diff",
        (LineKind::Difference, _) => "rule-thin even",
        _ => "",
    };
    let op = match line.op {
        Op::None => "",
        Op::Plus => "＋",
        Op::Minus => "－",
        Op::Equals => "＝",
        Op::Differs => "≠",
        Op::About => "≈",
        Op::Bounds if failed && equation.over => "<",
        Op::Bounds if failed => ">",
        Op::Bounds => "✓",
    };
    let label = match line.kind {
        LineKind::Term => line.label.as_ref().map(|label| words.label(label)).unwrap_or_default(),
        LineKind::Stated => {
            let name = line.label.as_ref().map(|label| words.label(label)).unwrap_or_default();
            match equation.shape {
                Shape::Sum => format!("{} {name}", words.stated()),
                Shape::Pair => name,
            }
        }
        LineKind::Sum => words.summed().to_owned(),
        LineKind::StatedSum => words.stated_sum().to_owned(),
        LineKind::Difference => match (equation.outcome, equation.shape) {
            (Outcome::Pass, _) => words.same(),
            (Outcome::Rounding, _) => words.within_rounding(),
            (_, Shape::Pair) if line.op == Op::Bounds => words.exceeds(),
            (_, Shape::Pair) => words.differ(),
            (_, Shape::Sum) if equation.over => words.more(),
            (_, Shape::Sum) => words.less(),
        }
        .to_owned(),
    };
    let at = line.at;
    let place = match (line.place, line.kind) {
        (Some(place), _) => {
            let document = at.map_or_else(|| desk.session.with_untracked(Session::document), Anchor::disclosure);
            desk.place(words, document, place)
        }
        (None, LineKind::Difference) => equation.unit.map(|unit| words.unit(unit).to_owned()).unwrap_or_default(),
        (None, LineKind::Sum | LineKind::StatedSum) => words.ours().to_owned(),
        _ => String::new(),
    };
    let in_cell = figure(words, &line.figure, line.words.as_deref());
    let printed = line.printed.as_ref().map(|printed| words.printed_as(printed));
    let shown = match (at, line.suspect) {
        (Some(at), true) => view! {
            <button class="cell-suspect" type="button" title=printed on:click=move |_| desk.show(at)>
                {mark(Mark::Mismatch)}<span class="vh">{words.may_be_wrong()}" "</span>{in_cell}
            </button>
        }
        .into_any(),
        (Some(at), false) if line.candidate => view! {
            <button class="cell-suspect cell-maybe" type="button" title=printed on:click=move |_| desk.show(at)>
                <span class="vh">{words.legend_candidate()}" "</span>{in_cell}
            </button>
        }
        .into_any(),
        (Some(at), false) => {
            view! { <button class="figlink" type="button" title=printed on:click=move |_| desk.show(at)>{in_cell}</button> }
                .into_any()
        }
        (None, _) => in_cell.into_any(),
    };
    let source = at.filter(|_| line.place.is_some()).map(|at| {
        let place = place.clone();
        view! { <button class="linklike" type="button" on:click=move |_| desk.show_source(at)>{place}</button> }
    });
    let source = match source {
        Some(source) => source.into_any(),
        None => place.clone().into_any(),
    };
    let folded = line.folded;
    view! {
        <tr class=class class:gone=move || folded && !open.get()>
            <td class="op" aria-hidden="true">{op}</td>
            <th class="lb" scope="row">{label}
                {line.suspect.then(|| view! { <span class="eq-note">{words.likeliest()}</span> })}
                <span class="at-in">{place}</span></th>
            <td class="n">{shown}</td>
            <td class="at">{source}</td>
        </tr>
    }
}

/// A figure, padded so that the points stand under each other.
fn figure(words: Words, figure: &Figure, text: Option<&str>) -> impl IntoView + use<> {
    if figure.text.is_empty() {
        let text = text.map_or_else(|| words.blank().to_owned(), str::to_owned);
        return view! { <span class="eq-blank">{text}</span> }.into_any();
    }
    let mut pad = String::new();
    if figure.lacks_point {
        pad.push('.');
    }
    pad.extend(std::iter::repeat_n('0', usize::try_from(figure.short_by).unwrap_or(0)));
    let pad = (!pad.is_empty()).then(|| view! { <span class="pad" aria-hidden="true">{pad}</span> });
    let unit = figure.unit.map(|unit| view! { <small class="eq-unit">{words.unit(unit)}</small> });
    view! { {figure.text.clone()}{pad}{unit} }.into_any()
}
