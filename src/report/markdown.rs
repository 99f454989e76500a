//! Findings and tables as Markdown, to be read as text or on a page that shows it.
//!
//! Tables are pipe tables with one header row: header paths are joined by `/`. What would be taken for markup is
//! escaped (`escaped`), so that a hostile file cannot put links or HTML into somebody's page.

use std::fmt::Write as _;

use super::compose::masked;
use super::layout::{LaidOut, Slot, quote, words};
use super::text::Language;
use crate::session::{Chosen, EquationLine, EquationView, LineKind, Mark, Op, Opened, grouped};
use crate::words::Words;

/// Writing to a `String` cannot fail.
macro_rules! line {
    ($out:expr) => { $out.push('\n'); };
    ($out:expr, $($argument:tt)*) => {{ let _ = writeln!($out, $($argument)*); }};
}

/// The whole report. Never fails.
pub fn markdown(opened: &Opened, language: Language) -> String {
    let words = words(language);
    let mut out = String::new();
    line!(out, "# {}", words.report_title());
    for at in 0..opened.analysis().documents.len() {
        document(&mut out, opened, words, at);
    }
    for unreadable in &opened.analysis().unreadable {
        let message = words.of(&crate::disclosure::Message::new(&unreadable.message, &unreadable.message_en));
        line!(out);
        line!(
            out,
            "- {}{}{}{}{}",
            words.cov_unreadable(),
            words.colon(),
            escaped(&unreadable.name),
            words.colon(),
            escaped(&message)
        );
    }
    line!(out);
    line!(out, "## {}\n\n{}", words.report_how(), words.report_how_text());
    line!(out);
    line!(out, "{} {}", words.brand(), env!("CARGO_PKG_VERSION"));
    out
}

fn document(out: &mut String, opened: &Opened, words: Words, at: usize) {
    let Some(file) = opened.analysis().documents.get(at) else { return };
    let coverage = opened.coverage(at);
    let counts = opened.counts(at);
    let name = coverage.unit_name.clone().unwrap_or_else(|| file.name.clone());
    line!(out);
    line!(out, "## {} {}", escaped(&masked(&name)), words.year_and_stage(coverage.year, coverage.stage));
    line!(out);
    line!(out, "- {}{}{}", words.cov_file(), words.colon(), escaped(&masked(&file.name)));
    line!(out, "- {}{}`{}`", words.cov_digest(), words.colon(), file.sha256);
    line!(out, "- {}", words.meter(&counts));
    line!(out, "- {}", words.coverage(&coverage).join(words.semicolon()));
    line!(out);
    for (_, say) in words.headline(opened.headline(at)) {
        line!(out, "**{say}**");
    }
    line!(out);
    line!(out, "{}", words.report_caveat());
    findings(out, opened, words, at);
    unchecked(out, opened, words, at);
    for (index, table) in opened.tables_of(at).iter().enumerate() {
        let Some(laid) = LaidOut::new(opened, at, index) else { continue };
        let caption = escaped(&masked(&table.caption()));
        line!(out);
        line!(out, "### {}", if caption.is_empty() { words.other_table().to_owned() } else { caption });
        line!(out);
        if laid.is_printed() {
            let unit =
                words.unit_line(table.unit).map(|unit| format!("{unit}{}", words.semicolon())).unwrap_or_default();
            line!(out, "{unit}{}", words.span(laid.view.span, laid.sheets));
            line!(out);
            self::table(out, &laid);
        } else {
            let state = match &laid.view.state {
                crate::session::TableState::Missing => words.table_missing(),
                _ => words.table_empty(),
            };
            line!(out, "{state}");
        }
        for (remark, _) in &table.remarks {
            line!(out, "\n{}", escaped(&masked(remark)));
        }
    }
}

fn findings(out: &mut String, opened: &Opened, words: Words, document: usize) {
    for row in opened.finding_rows(document) {
        let Some(detail) = opened.detail(Chosen::Finding(row.finding), None) else { continue };
        line!(out);
        line!(
            out,
            "### {}. {}{}{}",
            row.ordinal,
            words.mark(row.mark),
            words.colon(),
            escaped(&masked(&words.of(&row.title)))
        );
        line!(out);
        line!(out, "{} [{}]", escaped(&masked(&words.whereabouts(&row.whereabouts))), detail.rule);
        let message =
            detail.message.as_ref().map(|m| masked(&words.of(m))).filter(|m| *m != masked(&words.of(&row.title)));
        if let Some(message) = message.filter(|message| !message.is_empty()) {
            line!(out, "\n{}", escaped(&message));
        }
        if let Some(equation) = &detail.equation {
            line!(out);
            self::equation(out, opened, words, equation);
        }
        if !detail.candidates.is_empty() {
            line!(out, "\n{}{}", words.candidates(), words.colon());
            line!(out);
            for candidate in &detail.candidates {
                let printed = candidate.printed.as_deref().unwrap_or(words.blank());
                let fitting = candidate.fitting.as_deref().unwrap_or(words.blank_or_zero());
                line!(out, "- {} {printed} → {fitting}", escaped(&masked(&words.label(&candidate.label))));
            }
        }
        if let Some(quote) = quote(&detail) {
            line!(out, "\n> {}", escaped(&quote));
        }
    }
}

/// The written sum as a table of two columns, figures to the right.
fn equation(out: &mut String, opened: &Opened, words: Words, equation: &EquationView) {
    line!(out, "| | {} | |", equation.unit.map_or("", |unit| words.unit(unit)));
    line!(out, "|---|---:|---|");
    for line in &equation.lines {
        let (label, place) = described(opened, words, equation, line);
        let figure = match (&line.words, line.figure.text.is_empty()) {
            (Some(text), true) => escaped(&masked(text)),
            (None, true) => words.blank().to_owned(),
            (_, false) => format!("{}{}", line.figure.text, line.figure.unit.map_or("", |unit| words.unit(unit))),
        };
        let figure = if line.suspect { format!("**{figure}**") } else { figure };
        line!(out, "| {} {} | {figure} | {place} |", sign(line.op, equation), escaped(&label));
    }
}

/// The sign before a line of a written sum.
pub(super) fn sign(op: Op, equation: &EquationView) -> &'static str {
    match op {
        Op::None => "",
        Op::Plus => "＋",
        Op::Minus => "－",
        Op::Equals => "＝",
        Op::Differs => "≠",
        Op::About => "≈",
        Op::Bounds if equation.over => "<",
        Op::Bounds => ">",
    }
}

/// What a line of a written sum is called, and where it stands.
pub(super) fn described(
    opened: &Opened,
    words: Words,
    equation: &EquationView,
    line: &EquationLine,
) -> (String, String) {
    use crate::rules::judge::Outcome;
    use crate::session::Shape;
    let name = line.label.as_ref().map(|label| masked(&words.label(label))).unwrap_or_default();
    let label = match (line.kind, equation.shape) {
        (LineKind::Term, _) | (LineKind::Stated, Shape::Pair) => name,
        (LineKind::Stated, Shape::Sum) => format!("{} {name}", words.stated()),
        (LineKind::Sum, _) => words.summed().to_owned(),
        (LineKind::StatedSum, _) => words.stated_sum().to_owned(),
        (LineKind::Difference, shape) => match (equation.outcome, shape) {
            (Outcome::Pass, _) => words.same(),
            (Outcome::Rounding, _) => words.within_rounding(),
            (_, Shape::Pair) if line.op == Op::Bounds => words.exceeds(),
            (_, Shape::Pair) => words.differ(),
            (_, Shape::Sum) if equation.over => words.more(),
            (_, Shape::Sum) => words.less(),
        }
        .to_owned(),
    };
    let place = match (line.place, line.kind) {
        (Some(place), _) => {
            line.at.map_or_else(|| words.place(place), |at| words.place_of(opened, at.disclosure(), place))
        }
        (None, LineKind::Difference) => equation.unit.map_or("", |unit| words.unit(unit)).to_owned(),
        (None, LineKind::Sum | LineKind::StatedSum) => words.ours().to_owned(),
        _ => String::new(),
    };
    (label, place)
}

fn unchecked(out: &mut String, opened: &Opened, words: Words, document: usize) {
    let groups = opened.unchecked_of(document);
    if groups.is_empty() {
        return;
    }
    line!(out);
    line!(out, "### {} {}", words.mark(Mark::Unchecked), opened.counts(document).not_checkable);
    line!(out);
    for group in groups {
        let why = group.why.as_ref().map(|why| words.of(why)).unwrap_or_default();
        let label = words.and_others(&words.of(&group.label), group.checks.len());
        let place = words.bracketed(&words.whereabouts(&group.whereabouts));
        line!(out, "- [{}] {}", group.rule, escaped(&masked(&format!("{label}{}{why}{place}", words.colon()))));
    }
}

fn table(out: &mut String, laid: &LaidOut) {
    let headers: Vec<String> = laid.headers().iter().map(|header| escaped(header)).collect();
    line!(out, "| {} |", headers.join(" | "));
    let figures = |column: usize| {
        let role = laid.table.columns.get(column).map(|c| c.role);
        matches!(role, Some(crate::disclosure::ColumnRole::Amount | crate::disclosure::ColumnRole::Percent))
    };
    let rules: Vec<&str> = (0..headers.len()).map(|column| if figures(column) { "---:" } else { "---" }).collect();
    line!(out, "| {} |", rules.join(" | "));
    for line in &laid.lines {
        let cells: Vec<String> = line
            .slots
            .iter()
            .map(|(_, slot)| match slot {
                Slot::Blank => String::new(),
                Slot::Amount(amount) => grouped(amount.value()),
                Slot::Words(words) => escaped(words),
            })
            .collect();
        line!(out, "| {} |", cells.join(" | "));
    }
}

/// The text with every character that Markdown or HTML could take for markup escaped, line ends as spaces.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '~' | '&' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    // What stands at the beginning of a line may be a list.
    let first = out.trim_start().chars().next();
    if matches!(first, Some('-' | '+' | '=')) {
        return format!("\\{}", out.trim_start());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::fixture;

    #[test]
    fn markup_of_a_hostile_file_is_text() {
        assert_eq!(escaped("[x](javascript:1)"), "\\[x\\](javascript:1)");
        assert_eq!(escaped("<img src=x>"), "\\<img src=x\\>");
        assert_eq!(escaped("a|b\nc"), "a\\|b c");
        assert_eq!(escaped("- 1"), "\\- 1");
        assert_eq!(escaped("合计"), "合计");
    }

    #[test]
    fn findings_tables_and_digest_are_there() {
        let opened = Opened::new(fixture::analysis());
        let text = markdown(&opened, Language::Chinese);
        let document = &opened.analysis().documents[0];
        assert!(text.contains(&document.sha256), "{text}");
        for row in opened.finding_rows(0) {
            assert!(text.contains(&escaped(&row.title.zh)), "{}\n{text}", row.title.zh);
        }
        for table in opened.tables_of(0) {
            assert!(text.contains(&escaped(&table.caption())), "{}", table.caption());
        }
        // Every line of a pipe table has as many bars as its header.
        for block in text.split("\n\n").filter(|block| block.starts_with("| ")) {
            let bars = |line: &str| line.matches('|').count() - line.matches("\\|").count();
            let first = bars(block.lines().next().unwrap());
            assert!(block.lines().all(|line| bars(line) == first), "{block}");
        }
        assert_eq!(text, markdown(&opened, Language::Chinese));
    }

    #[test]
    fn a_phone_number_is_not_written() {
        let mut analysis = fixture::analysis();
        analysis.disclosures[0].tables[0].title = "联系电话 13800000000".to_owned();
        analysis.disclosures[0].tables[0]
            .remarks
            .push(("电话 13900000000".to_owned(), crate::document::Place::line(1)));
        let text = markdown(&Opened::new(analysis), Language::Chinese);
        assert!(text.contains("138\\*\\*"), "{text}");
        assert!(!text.contains("13800000000") && !text.contains("13900000000"), "{text}");
    }
}
