//! A table, or a rectangle of its cells, for the clipboard: as tab-separated text and as an HTML table.
//!
//! Figures go out as plain digits, so that a spreadsheet takes them for numbers; codes are marked as text there, so that
//! it keeps their zeros; what a spreadsheet would run gets an apostrophe in front.

use std::fmt::Write as _;

use crate::amount::Amount;

use super::cell::{CellKind, CellView};
use super::table::TableView;
use super::{CellAt, Opened};

/// What a spreadsheet takes for the beginning of a formula.
const BEGINS_FORMULA: [char; 6] = ['=', '+', '-', '@', '＝', '＠'];

/// What is put on the clipboard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Tab-separated lines.
    pub text: String,
    /// A table.
    pub html: String,
    /// How many cells.
    pub cells: usize,
}

/// Two corners of a rectangle of cells, in any order.
pub type Corners = (CellAt, CellAt);

impl Opened {
    /// A table with its header, or the cells between two corners without it. `None` where there is no such table.
    pub fn copied(&self, document: usize, table: usize, corners: Option<Corners>) -> Option<Copied> {
        let view = self.table_view(document, table)?;
        let lines = lines(&view);
        let mut copied = Copied { html: "<table>".to_owned(), ..Copied::default() };
        match corners {
            None => {
                copied.header(&view);
                for line in &lines {
                    copied.line(line, 0, view.columns);
                }
            }
            Some((one, other)) => {
                let line_of =
                    |at: CellAt| lines.iter().position(|line| line.iter().flatten().any(|(row, _)| *row == at.row));
                let (one_line, other_line) = (line_of(one)?, line_of(other)?);
                let columns = (one.column.min(other.column), one.column.max(other.column));
                let (from, to) = (usize::from(columns.0), usize::from(columns.1) + 1);
                for line in lines.get(one_line.min(other_line)..=one_line.max(other_line))? {
                    copied.line(line, from, to);
                }
            }
        }
        copied.html.push_str("</table>");
        Some(copied)
    }

    /// The cells of the table between two corners, for marking them.
    pub fn between(&self, document: usize, table: usize, (one, other): Corners) -> Vec<CellAt> {
        let Some(view) = self.table_view(document, table) else { return Vec::new() };
        let lines = lines(&view);
        let line_of = |at: CellAt| lines.iter().position(|line| line.iter().flatten().any(|(row, _)| *row == at.row));
        let (Some(first), Some(last)) = (line_of(one), line_of(other)) else { return Vec::new() };
        let columns = one.column.min(other.column)..=one.column.max(other.column);
        let lines = lines.get(first.min(last)..=first.max(last)).unwrap_or_default();
        let cells = lines.iter().flatten().flatten();
        cells
            .filter(|(_, cell)| columns.contains(&cell.column))
            .map(|&(row, cell)| CellAt { row, column: cell.column })
            .collect()
    }
}

/// The printed lines: one slot a column, with the row that it belongs to.
fn lines(view: &TableView) -> Vec<Vec<Option<(u32, &CellView)>>> {
    let pick = |row: usize, column: usize| -> Option<(u32, &CellView)> {
        let row = view.rows.get(row)?;
        row.cells.get(column).map(|cell| (row.index, cell))
    };
    match &view.sided {
        None => (0..view.rows.len()).map(|row| (0..view.columns).map(|column| pick(row, column)).collect()).collect(),
        Some((lines, split)) => lines
            .iter()
            .map(|line| {
                let of = |column: usize| if column < usize::from(*split) { line.revenue } else { line.expenditure };
                (0..view.columns).map(|column| pick(of(column)?, column)).collect()
            })
            .collect(),
    }
}

impl Copied {
    /// Selected text with a line in front that says what it is not.
    pub fn marked(warning: &str, selected: &str) -> Self {
        let mut html = String::from("<p><strong>");
        escape(&mut html, warning);
        html.push_str("</strong></p><pre>");
        escape(&mut html, selected);
        html.push_str("</pre>");
        Self { text: format!("{warning}\n{selected}"), html, cells: 0 }
    }

    fn header(&mut self, view: &TableView) {
        let mut names = vec![Vec::<&str>::new(); view.columns];
        self.html.push_str("<thead>");
        for level in &view.header {
            self.html.push_str("<tr>");
            for cell in level {
                let _ = write!(self.html, "<th colspan=\"{}\" rowspan=\"{}\">", cell.columns, cell.rows);
                escape(&mut self.html, &harmless(&cell.text));
                self.html.push_str("</th>");
                let from = usize::from(cell.column);
                for name in names.iter_mut().skip(from).take(usize::from(cell.columns)) {
                    name.push(&cell.text);
                }
            }
            self.html.push_str("</tr>");
        }
        self.html.push_str("</thead>");
        let names: Vec<String> = names.iter().map(|path| flat(&harmless(&path.join("/")))).collect();
        self.text.push_str(&names.join("\t"));
        self.text.push('\n');
    }

    fn line(&mut self, line: &[Option<(u32, &CellView)>], from: usize, to: usize) {
        self.html.push_str("<tr>");
        for (index, slot) in line.iter().enumerate().take(to).skip(from) {
            let cell = slot.map(|(_, cell)| cell);
            let text = cell.map(plain).unwrap_or_default();
            // Excel would drop the zeros that a code begins with.
            let code = cell.is_some_and(|cell| cell.kind == CellKind::Code);
            self.html.push_str(if code { "<td style=\"mso-number-format:'\\@'\">" } else { "<td>" });
            escape(&mut self.html, &text);
            self.html.push_str("</td>");
            if index > from {
                self.text.push('\t');
            }
            self.text.push_str(&flat(&text));
            self.cells += 1;
        }
        self.html.push_str("</tr>");
        self.text.push('\n');
    }
}

/// The text of a cell as a spreadsheet takes it.
fn plain(cell: &CellView) -> String {
    match cell.kind {
        CellKind::Amount | CellKind::Zero => {
            Amount::parse(&cell.text).map_or_else(|| cell.text.replace(',', ""), |amount| amount.plain())
        }
        CellKind::Blank => String::new(),
        CellKind::Name | CellKind::Code | CellKind::Words => harmless(&cell.text),
    }
}

fn harmless(text: &str) -> String {
    let alone = text.chars().count() == 1;
    if text.starts_with(BEGINS_FORMULA) && !alone { format!("'{text}") } else { text.to_owned() }
}

/// In one cell of one line.
fn flat(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

fn escape(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '&' => html.push_str("&amp;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGET: &str = "# 某市数据局 2024 年预算\n\n## 支出总表\n\n单位：万元\n\n\
        科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t1,234.50\t1,000.00\t234.50\n\
        20113\t=商贸<事务>\t1,234.50\t1,000.00\t234.50\n2011301\t行政运行\t1,234.50\t1,000.00\t234.50\n";

    fn opened() -> Opened {
        Opened::new(crate::run(&[("a.md".to_owned(), BUDGET.into())]))
    }

    #[test]
    fn a_table_goes_out_as_a_spreadsheet_takes_it() {
        let copied = opened().copied(0, 0, None).unwrap();
        let lines: Vec<&str> = copied.text.lines().collect();
        assert_eq!(lines.len(), 4, "{}", copied.text);
        assert_eq!(lines[1].split('\t').skip(2).collect::<Vec<_>>(), ["1234.50", "1000.00", "234.50"]);
        assert!(lines[2].contains("\t'=商贸"), "{}", lines[2]);
        assert!(copied.html.contains("'=商贸&lt;事务&gt;") && !copied.html.contains("<事务>"));
        assert!(copied.html.contains("mso-number-format:'\\@'\">20113</td>"), "{}", copied.html);
    }

    #[test]
    fn marked_text_says_what_it_is_not_in_both_forms() {
        let copied = Copied::marked("试改 <1> 格", "30.00 & 27.00");
        assert_eq!(copied.text, "试改 <1> 格\n30.00 & 27.00");
        assert_eq!(copied.html, "<p><strong>试改 &lt;1&gt; 格</strong></p><pre>30.00 &amp; 27.00</pre>");
    }

    #[test]
    fn a_rectangle_goes_out_whichever_corner_comes_first() {
        let opened = opened();
        let (one, other) = (CellAt { row: 2, column: 3 }, CellAt { row: 1, column: 4 });
        let copied = opened.copied(0, 0, Some((one, other))).unwrap();
        assert_eq!(copied.text, "1000.00\t234.50\n1000.00\t234.50\n");
        assert_eq!(copied.cells, 4);
        assert_eq!(opened.copied(0, 0, Some((other, one))), Some(copied));
        assert_eq!(opened.between(0, 0, (one, other)).len(), 4);
        assert_eq!(opened.copied(0, 9, None), None);
    }
}
