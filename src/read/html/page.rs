//! A page while its tokens come in: lines, headings, pictures and tables, in reading order.

use std::collections::BTreeSet;

use html5ever::tokenizer::Tag;
use html5ever::{LocalName, local_name};

use super::elements::{self, Effect, Elements, attribute};
use super::set::{Sheet, Sheets};
use super::table::{Item, OpenCell, PageCell, PageRow, Table};
use crate::document::{Block, Cell, Place, ReadNote};
use crate::read::flow::{Flow, Plain};
use crate::read::text::Marks;
use crate::read::{Excess, MAX_CELLS, MAX_COLUMNS, MAX_LINES, MAX_NESTING, inline, tabs};

/// Pictures at most this wide or high, in CSS pixels, are icons.
const ICON: u32 = 48;

/// Elements that are looked at for the list item that a new one ends.
const NEAR: usize = 32;

/// Attachments that are named in a note.
const NAMED: usize = 5;

/// Elements set by coordinates from which on a page is taken for a picture of a paper page; menus have a few.
pub const POSITIONED: usize = 100;

/// Ends of the names of files that hold what a page only links to.
const ATTACHMENTS: &[&str] = &[".pdf", ".xls", ".xlsx", ".doc", ".docx", ".zip", ".rar", ".ofd", ".wps", ".et", ".csv"];

/// A page in the making.
#[derive(Debug)]
pub(super) struct Page {
    marks: Marks,
    /// Finished pieces outside any table.
    items: Vec<Item>,
    elements: Elements,
    /// Tables that are open, outermost first; at most [`MAX_NESTING`].
    tables: Vec<Table>,
    run: Run,
    /// The heading that the next line is.
    heading: Option<u8>,
    /// An empty line stands before the next line.
    blank: bool,
    /// The piece of source that comes in, and the last one that was text.
    place: Place,
    text_place: Place,
    /// Digits in what is not shown, and where the first stand.
    hidden: usize,
    hidden_place: Option<Place>,
    attachments: Vec<String>,
    /// Elements that are set by coordinates, and where the first stands.
    positioned: usize,
    positioned_place: Option<Place>,
    /// The sheets of paper that positioned boxes make, the items that their texts are too, and where the first begins.
    sheets: Sheets,
    set_items: BTreeSet<usize>,
    cells: usize,
    lines: usize,
    /// The limit that was passed: nothing more is read.
    full: Option<Excess>,
}

/// A line of text while it comes in.
#[derive(Debug, Default)]
struct Run {
    text: String,
    /// A blank that is printed if text follows, and whether the source has a line end there.
    space: Option<bool>,
    place: Option<Place>,
    /// Something in it is not bold.
    weak: bool,
    /// Blanks and tabs in it are meant.
    preformatted: bool,
}

impl Page {
    pub(super) fn new(marks: Marks) -> Self {
        let place = Place::line(1);
        Self {
            marks,
            items: Vec::new(),
            elements: Elements::default(),
            tables: Vec::new(),
            run: Run::default(),
            heading: None,
            blank: true,
            place,
            text_place: place,
            hidden: 0,
            hidden_place: None,
            attachments: Vec::new(),
            positioned: 0,
            positioned_place: None,
            sheets: Sheets::default(),
            set_items: BTreeSet::new(),
            cells: 0,
            lines: 0,
            full: None,
        }
    }

    /// Where the next tokens stand. A character reference may be given only once the tag behind it is read: its place
    /// is that of the text.
    pub(super) fn at(&mut self, place: Place, markup: bool) {
        self.place = place;
        if !markup {
            self.text_place = place;
        }
    }

    /// The open elements of the innermost scope.
    fn scope(&mut self) -> &mut Elements {
        match self.tables.last_mut() {
            Some(Table { cell: Some(cell), .. }) => &mut cell.elements,
            Some(table) => &mut table.elements,
            None => &mut self.elements,
        }
    }

    fn is_hidden(&self) -> bool {
        self.elements.effects.hidden > 0 || self.tables.last().is_some_and(Table::is_hidden)
    }

    /// Text of the page.
    pub(super) fn text(&mut self, text: &str) {
        if self.full.is_some() {
            return;
        }
        if self.is_hidden() {
            self.count_hidden(text);
            return;
        }
        let outside = self.tables.last().is_some_and(|table| table.implied && table.cell.is_none());
        if outside && !text.trim().is_empty() {
            self.end_line();
            self.end_table();
        }
        let effects = self.scope().effects;
        for c in text.chars() {
            if effects.preformatted > 0 && c == '\n' {
                self.end_line();
                continue;
            }
            match c {
                // Where a line may be broken: nothing that is printed.
                '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}' => {}
                '\t' if effects.preformatted > 0 => self.run.push('\t', self.text_place),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                    let breaks = self.run.space.unwrap_or(false) || c == '\n';
                    self.run.space = Some(breaks);
                }
                '\u{a0}' => self.run.push(' ', self.text_place),
                _ => {
                    let c = if effects.raised > 0 { inline::superscript(c) } else { c };
                    self.run.weak |= effects.strong == 0;
                    self.run.push(c, self.text_place);
                }
            }
        }
        self.run.preformatted |= effects.preformatted > 0;
    }

    /// Counts the figures of what is not shown; scripts and styles have none that mean anything.
    fn count_hidden(&mut self, text: &str) {
        let scope = self.scope();
        if scope.is_open(&local_name!("script"))
            || scope.is_open(&local_name!("style"))
            || scope.is_open(&local_name!("title"))
        {
            return;
        }
        let digits = text.chars().filter(char::is_ascii_digit).count();
        if digits > 0 {
            self.hidden += digits;
            self.hidden_place.get_or_insert(self.place);
        }
    }

    /// A start tag.
    pub(super) fn start(&mut self, tag: &Tag) {
        if self.full.is_some() {
            return;
        }
        let name = &*tag.name;
        let effect = elements::effect(tag);
        self.note_attachment(tag);
        if effect.positioned {
            self.positioned += 1;
            self.positioned_place.get_or_insert(self.place);
        }
        if self.tables.is_empty() {
            // What was read so far stands in the box outside.
            if effect.positioned {
                self.end_line();
            }
            self.sheets.start(tag, elements::is_void(name) || tag.self_closing);
        }
        match name {
            "table" => return self.start_table(effect),
            "caption" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" => return self.start_in_table(tag, effect),
            "col" | "colgroup" | "html" | "head" | "body" | "frameset" => return,
            "br" => return self.line_break(),
            "img" => return self.image(tag, effect),
            "input" => return self.input(tag, effect),
            _ => {}
        }
        if elements::is_block(name) {
            self.start_block(&tag.name);
        }
        // A self-closing element of XHTML is empty; where that would hide the rest of the page, it is believed.
        let empty = elements::is_void(name) || (tag.self_closing && effect.hidden);
        if !empty {
            self.scope().open(&tag.name, effect);
        }
    }

    /// An end tag.
    pub(super) fn end(&mut self, name: &LocalName) {
        if self.tables.is_empty() && !elements::is_void(name) && self.sheets.end() {
            self.end_line();
            self.sheets.close();
        }
        match &**name {
            "table" => self.end_table_tag(),
            "td" | "th" => {
                self.end_line();
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell();
                }
            }
            "tr" => {
                self.end_line();
                if let Some(table) = self.tables.last_mut() {
                    table.end_row();
                }
            }
            "thead" | "tbody" | "tfoot" => {
                self.end_line();
                if let Some(table) = self.tables.last_mut() {
                    table.section(false, false);
                }
            }
            "caption" => {
                self.end_line();
                if let Some(table) = self.tables.last_mut() {
                    table.in_caption = false;
                }
            }
            "br" => self.line_break(),
            text => {
                if elements::is_block(text) {
                    self.end_line();
                    self.blank |= !elements::is_tight(text);
                    if elements::heading_level(text).is_some() {
                        self.heading = None;
                    }
                }
                self.scope().close(name);
            }
        }
    }

    fn start_block(&mut self, name: &LocalName) {
        self.end_line();
        self.blank |= !elements::is_tight(name);
        let item = matches!(*name, local_name!("li") | local_name!("option") | local_name!("dd") | local_name!("dt"));
        let lists =
            [local_name!("ul"), local_name!("ol"), local_name!("dl"), local_name!("menu"), local_name!("select")];
        let scope = self.scope();
        // A block ends the paragraph it would stand in, an item the one before it.
        scope.close(&local_name!("p"));
        if item && scope.is_near(name, &lists, NEAR) {
            scope.close(name);
        }
        if self.tables.last().is_some_and(|table| table.implied && table.cell.is_none()) {
            self.end_table();
        }
        if let Some(level) = elements::heading_level(name) {
            self.heading = Some(level);
        }
    }

    fn line_break(&mut self) {
        if self.is_hidden() {
            return;
        }
        if self.heading.is_some() {
            self.run.space = Some(false);
        } else {
            self.end_line();
        }
    }

    fn start_table(&mut self, effect: Effect) {
        self.end_line();
        let hidden = effect.hidden || self.is_hidden();
        // A table directly in a table, outside its cells, ends it.
        if self.tables.last().is_some_and(|table| table.cell.is_none() && !table.in_caption) {
            self.end_table();
        }
        if self.tables.len() >= MAX_NESTING {
            if let Some(table) = self.tables.last_mut() {
                table.swallowed += 1;
            }
            return;
        }
        self.heading = None;
        self.blank = true;
        self.tables.push(Table::new(self.place, false, hidden));
    }

    /// A tag that stands only in tables; without one it begins one, as in a fragment of a sheet.
    fn start_in_table(&mut self, tag: &Tag, effect: Effect) {
        self.end_line();
        self.heading = None;
        if self.tables.is_empty() {
            let hidden = self.is_hidden();
            self.tables.push(Table::new(self.place, true, hidden));
        }
        if matches!(&*tag.name, "td" | "th") {
            self.cells += 1;
            if self.cells > MAX_CELLS {
                self.full = Some(Excess::Cells);
                return;
            }
        }
        let place = self.behind();
        let Some(table) = self.tables.last_mut() else { return };
        let new_row = |hidden| PageRow { cells: Vec::new(), place, hidden };
        match &*tag.name {
            "caption" => {
                table.end_row();
                table.in_caption = true;
            }
            "tr" => {
                table.end_row();
                table.in_caption = false;
                table.row = Some(new_row(effect.hidden));
            }
            "td" | "th" => {
                table.end_cell();
                table.in_caption = false;
                table.row.get_or_insert_with(|| new_row(false));
                let span = |name: &str| attribute(tag, name).and_then(number);
                let columns = span("colspan").unwrap_or(1).clamp(1, u16::try_from(MAX_COLUMNS).unwrap_or(u16::MAX));
                // 0: to the end of the section, which cuts it.
                let rows = span("rowspan").map_or(1, |rows| if rows == 0 { u16::MAX } else { rows });
                let header = &*tag.name == "th";
                let cell = PageCell { items: Vec::new(), place, columns, rows, header };
                table.cell = Some(OpenCell { cell, elements: Elements::default(), hidden: effect.hidden });
                if effect.strong
                    && let Some(cell) = &mut table.cell
                {
                    cell.elements.open(&tag.name, Effect { strong: true, ..Effect::default() });
                }
                self.blank = false;
            }
            section => table.section(section == "thead", effect.hidden),
        }
    }

    /// The empty range behind the tag that comes in.
    fn behind(&self) -> Place {
        match self.place {
            Place::Line { line, to, .. } => Place::Line { line, from: to, to },
            place => place,
        }
    }

    fn end_table_tag(&mut self) {
        self.end_line();
        match self.tables.last_mut() {
            Some(table) if table.swallowed > 0 => {
                table.end_row();
                table.swallowed -= 1;
            }
            _ => self.end_table(),
        }
    }

    /// Ends the innermost table and hands it to what it stands in.
    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let items = table.into_items();
        self.blank = true;
        self.place_items(items);
    }

    fn place_items(&mut self, mut items: Vec<Item>) {
        let target = match self.tables.last_mut() {
            Some(Table { cell: Some(open), .. }) => &mut open.cell.items,
            Some(table) if table.in_caption => &mut table.caption,
            Some(table) => &mut table.strays,
            None => &mut self.items,
        };
        target.append(&mut items);
    }

    /// Ends the line of text that is open.
    fn end_line(&mut self) {
        let run = std::mem::take(&mut self.run);
        let Some(place) = run.place else { return };
        let text = if run.preformatted { run.text.trim_matches([' ', '\u{3000}']) } else { run.text.trim() };
        if text.is_empty() {
            return;
        }
        self.lines += 1;
        if self.lines > MAX_LINES {
            self.full = Some(Excess::Lines);
            return;
        }
        let plain = (self.marks)(text);
        let plain = Plain { strong: plain.strong || !run.weak, ..plain };
        let after_blank = std::mem::take(&mut self.blank);
        if self.tables.is_empty() && self.sheets.is_set() {
            self.sheets.text(&plain.text, place);
            self.set_items.insert(self.items.len());
        }
        let item = match self.heading.take() {
            Some(level) => Item::Heading { level, plain, place },
            None => Item::Line { plain, place, after_blank },
        };
        self.place_items(vec![item]);
    }

    fn image(&mut self, tag: &Tag, effect: Effect) {
        let small = |name: &str| attribute(tag, name).and_then(number).is_some_and(|size| u32::from(size) <= ICON);
        if effect.hidden || self.is_hidden() || small("width") || small("height") {
            return;
        }
        self.end_line();
        let alternative = attribute(tag, "alt").or_else(|| attribute(tag, "title")).unwrap_or_default().trim();
        let source = attribute(tag, "src").unwrap_or_default();
        let file = if source.starts_with("data:") { "" } else { file_name(source) };
        let description = if alternative.is_empty() { file } else { alternative };
        let item = Item::Image { description: description.to_owned(), place: self.place };
        self.place_items(vec![item]);
    }

    /// What stands in a field of a form is shown.
    fn input(&mut self, tag: &Tag, effect: Effect) {
        let shown = matches!(attribute(tag, "type").unwrap_or("text"), "text" | "number" | "tel" | "");
        if let Some(value) = attribute(tag, "value").filter(|_| shown && !effect.hidden) {
            self.text_place = self.place;
            self.text(&format!(" {value} "));
        }
    }

    /// Remembers a file that the page links to or shows in a frame.
    fn note_attachment(&mut self, tag: &Tag) {
        let target = match &*tag.name {
            "a" => attribute(tag, "href"),
            "iframe" | "embed" => attribute(tag, "src"),
            "object" => attribute(tag, "data"),
            _ => None,
        };
        if let Some(target) = target {
            let file = file_name(target);
            let lower = file.to_ascii_lowercase();
            if ATTACHMENTS.iter().any(|end| lower.ends_with(end))
                && self.attachments.iter().all(|known| known != file)
                && self.attachments.len() <= NAMED
            {
                self.attachments.push(file.to_owned());
            }
        }
    }

    /// Ends whatever is open and writes the page.
    pub(super) fn finish(mut self, flow: &mut Flow) {
        if let Some(excess) = self.full {
            flow.give_up(excess);
            return;
        }
        self.end_line();
        while !self.tables.is_empty() {
            self.end_table();
        }
        let set = if self.positioned >= POSITIONED { self.sheets.sheets } else { Vec::new() };
        let mut by_coordinates = place_sheets(&set);
        let read = by_coordinates.is_some();
        for (index, item) in self.items.into_iter().enumerate() {
            if read && self.set_items.contains(&index) {
                if let Some((blocks, notes)) = by_coordinates.take() {
                    write_blocks(flow, blocks);
                    for note in notes {
                        flow.note(note.zh, note.en, note.place);
                    }
                }
                continue;
            }
            match item {
                Item::Line { plain, place, after_blank } => {
                    if after_blank {
                        flow.blank();
                    }
                    if plain.text.contains('\t') {
                        flow.row(place, cells(&plain, place), false);
                    } else {
                        flow.line(plain, place);
                    }
                }
                Item::Heading { level, plain, place } => flow.heading(level, &plain, place),
                Item::Grid(grid) => flow.grid(grid),
                Item::Image { description, place } => flow.image(&description, place),
            }
        }
        if self.hidden > 0 {
            flow.note(
                format!("网页中有不显示的内容（含 {} 个数字字符），没有读取", self.hidden),
                format!("the page has content that it does not show ({} digits in it); it was not read", self.hidden),
                self.hidden_place,
            );
        }
        if read {
            flow.note(
                "网页用坐标摆放文字，没有表格结构；表格的行列是按坐标和线条还原的，请对照原页面".to_owned(),
                "the page sets its text by coordinates and has no table structure; rows and columns were told by coordinates \
                 and lines, compare with the page"
                    .to_owned(),
                self.positioned_place,
            );
        } else if self.positioned >= POSITIONED {
            flow.note(
                "网页用坐标摆放文字，没有表格结构；已按文字在文件中的先后读取，表格的行列需对照原页面".to_owned(),
                "the page sets its text by coordinates and has no table structure; it was read in the order of the source, \
                 compare rows and columns with the page"
                    .to_owned(),
                self.positioned_place,
            );
        }
        if let Some(first) = self.attachments.first() {
            let more = self.attachments.len() > NAMED;
            let names = self.attachments.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("、");
            flow.note(
                format!("网页链接了附件，附件内容不在本文件里：{names}{}", if more { "等" } else { "" }),
                format!(
                    "the page links to attachments, which are not part of it: {first}{}",
                    if more { " and others" } else { "" }
                ),
                None,
            );
        }
    }
}

/// Writes blocks that are whole already.
fn write_blocks(flow: &mut Flow, blocks: Vec<Block>) {
    for block in blocks {
        match block {
            Block::Heading { level, line } => {
                flow.heading(level, &Plain { text: line.text.into(), strong: line.strong }, line.place);
            }
            Block::Text(lines) => {
                flow.blank();
                for line in lines {
                    if line.after_blank {
                        flow.blank();
                    }
                    flow.line(Plain { text: line.text.into(), strong: line.strong }, line.place);
                }
            }
            Block::Grid(grid) => flow.grid(grid),
            Block::Image { place, description } => flow.image(&description, place),
        }
    }
}

/// The blocks of positioned sheets; `None` where there are none, or the geometry of pages is not built in.
fn place_sheets(sheets: &[Sheet]) -> Option<(Vec<Block>, Vec<ReadNote>)> {
    if sheets.iter().map(|sheet| sheet.texts.len()).sum::<usize>() < POSITIONED {
        return None;
    }
    #[cfg(feature = "pdf")]
    {
        Some(super::set::blocks(sheets))
    }
    #[cfg(not(feature = "pdf"))]
    {
        None
    }
}

/// The cells of a preformatted line, tabs between them; all at the place of the line.
fn cells(plain: &Plain, place: Place) -> Vec<Cell> {
    let cell = |piece: tabs::Piece<'_>| Cell {
        text: piece.text.into(),
        place,
        columns: 1,
        rows: 1,
        strong: plain.strong,
        doubt: None,
    };
    tabs::cells(&plain.text).map(cell).collect()
}

/// The leading number of an attribute, at most `u16::MAX`.
fn number(value: &str) -> Option<u16> {
    let value = value.trim_start();
    let end = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
    match value.get(..end)? {
        "" => None,
        digits => Some(digits.parse().unwrap_or(u16::MAX)),
    }
}

/// The name of the file that an address points to.
fn file_name(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rsplit(['/', '\\']).next().unwrap_or_default().trim()
}

impl Run {
    /// Adds a printed character.
    fn push(&mut self, c: char, place: Place) {
        if let Some(broken) = self.space.take()
            && let Some(before) = self.text.chars().next_back()
        {
            // A line end in the source between two Chinese characters is no blank.
            let wide =
                |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '\u{f900}'..='\u{faff}');
            if !(broken && wide(before) && wide(c)) {
                self.text.push(' ');
            }
        }
        self.text.push(c);
        match (&mut self.place, place) {
            (Some(Place::Line { line, to, .. }), Place::Line { line: at, to: end, .. }) if *line == at => {
                *to = (*to).max(end);
            }
            (Some(_), _) => {}
            (none, place) => *none = Some(place),
        }
    }
}
