//! A table: header tree, lines as printed, the cells of findings marked and linked.

use maud::{Markup, html};

use super::super::compose::masked;
use super::super::layout::{LaidLine, LaidOut, Slot};
use super::marks::mark;
use super::{Page, id, table_id};
use crate::disclosure::ColumnRole;
use crate::session::{CellShape, RowShape, TableEntry, TableState, grouped};

/// More columns than this are printed on paper laid across.
const UPRIGHT: usize = 8;

impl Page<'_> {
    pub(super) fn table(&self, document: usize, entry: &TableEntry) -> Markup {
        let words = self.words;
        let Some(laid) = LaidOut::new(self.opened, document, entry.index) else { return html! {} };
        let caption = masked(&words.caption(&entry.caption));
        let wide = laid.table.columns.len() > UPRIGHT;
        html! {
            section class=(if wide { "tb wide" } else { "tb" }) id=(table_id(document, entry.index)) {
                h3 { (mark(entry.mark)) span { (caption) } }
                @match &laid.view.state {
                    TableState::Present => {},
                    TableState::Empty(note) => {
                        p class="fine" { (words.table_empty()) @if let Some(note) = note { " " q lang="zh-CN" { (masked(note)) } } }
                    },
                    TableState::Missing => { p class="fine" { (words.table_missing()) } },
                }
                @if laid.is_printed() {
                    p class="fine" {
                        @if let Some(unit) = words.unit_line(laid.table.unit) { (unit) (words.semicolon()) }
                        (words.span(laid.view.span, laid.sheets))
                    }
                    div class="scroller" role="region" tabindex="0" aria-label={ (caption) (words.comma()) (words.span(laid.view.span, laid.sheets)) (words.comma()) (words.scrollable()) } {
                        table lang="zh-CN" {
                            caption class="vh" { (caption) }
                            (header(&laid))
                            tbody { @for line in &laid.lines { (self.line(&laid, line)) } }
                        }
                    }
                }
                @for (remark, _) in &laid.table.remarks { p class="fine" lang="zh-CN" { (masked(remark)) } }
                @for (label, value) in &laid.table.fields {
                    p class="fine" lang="zh-CN" {
                        (masked(label)) "：" (crate::privacy::mask_after(value, crate::privacy::is_label(label)))
                    }
                }
            }
        }
    }

    fn line(&self, laid: &LaidOut, line: &LaidLine) -> Markup {
        let view = |row: u32| usize::try_from(row).ok().and_then(|row| laid.view.rows.get(row));
        let first = line.rows.first().copied().and_then(view);
        let class = match first.map(|row| row.shape) {
            Some(RowShape::Total) => Some("total"),
            Some(RowShape::Head) => Some("head"),
            _ => None,
        };
        html! {
            tr class=[class] title=[line.doubt.map(|doubt| masked(&self.words.of(doubt)))] {
                @for (column, (row, slot)) in line.slots.iter().enumerate() {
                    @let shape = view(*row).and_then(|row| row.cells.get(column)).map_or(CellShape::Plain, |cell| cell.shape);
                    (self.cell(laid, *row, column, slot, shape, first.map_or(0, |row| row.indent)))
                }
            }
        }
    }

    fn cell(&self, laid: &LaidOut, row: u32, column: usize, slot: &Slot, shape: CellShape, indent: u8) -> Markup {
        let at = laid.anchor(row, column);
        let named = self.named.contains(&at);
        let finding = if named || matches!(shape, CellShape::Suspect | CellShape::Candidate) {
            self.finding_of(at)
        } else {
            None
        };
        let names = laid.view.name_column.map(usize::from) == Some(column);
        let figures =
            matches!(laid.table.columns.get(column).map(|c| c.role), Some(ColumnRole::Amount | ColumnRole::Percent));
        let mut class = Vec::new();
        if figures {
            class.push("n".to_owned());
        }
        if names && indent > 0 {
            class.push(format!("i{}", indent.min(4)));
        }
        match shape {
            CellShape::Suspect => class.push("suspected".to_owned()),
            CellShape::Candidate => class.push("maybe".to_owned()),
            CellShape::Partner => class.push("partner".to_owned()),
            _ => {}
        }
        let class = (!class.is_empty()).then(|| class.join(" "));
        let id = if named { id(at) } else { None };
        let text = match slot {
            Slot::Blank => String::new(),
            Slot::Amount(amount) => grouped(amount.value()),
            Slot::Words(words) => words.clone(),
        };
        let content = html! {
            @if let Some((target, ordinal, sign)) = &finding {
                a class="back" href={ "#" (target) } {
                    @if matches!(shape, CellShape::Suspect | CellShape::Candidate) { (mark(*sign)) }
                    span class="vh" { (self.words.back_to_finding()) " " (ordinal) " " }
                    (if text.is_empty() { self.words.blank() } else { text.as_str() })
                }
            } @else { (text) }
        };
        html! {
            @if names && !matches!(slot, Slot::Blank) { th scope="row" class=[class] id=[id] { (content) } }
            @else { td class=[class] id=[id] { (content) } }
        }
    }
}

/// The header tree, groups over what they stand over.
fn header(laid: &LaidOut) -> Markup {
    html! {
        thead {
            @for level in &laid.view.header {
                tr {
                    @for cell in level {
                        th scope=(if cell.group { "colgroup" } else { "col" })
                            colspan=[(cell.columns > 1).then_some(cell.columns)]
                            rowspan=[(cell.rows > 1).then_some(cell.rows)] { (masked(&cell.text)) }
                    }
                }
            }
        }
    }
}
