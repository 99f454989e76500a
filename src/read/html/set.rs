//! Pages inside a page: converters write each sheet of paper as a box, and every text and line in it at coordinates
//! (`position:absolute; left; top`). Rows and columns are then in the coordinates only, as in a PDF.

use html5ever::tokenizer::Tag;

use super::elements::attribute;
use crate::document::Place;
#[cfg(feature = "pdf")]
use crate::document::{Block, ReadNote};

/// Farthest coordinate that is kept, in hundredths of a point, as in a PDF.
const LIMIT: i64 = 10_000_000;

/// Boxes thinner than this are lines, in hundredths of a point.
const THIN: i32 = 300;

/// Size of type where none is said: that of browsers, 16 px.
const USUAL_SIZE: i32 = 1_200;

/// Most texts and lines of all sheets; the longest disclosure known has some 20 000.
const MOST: usize = 500_000;

/// Boxes inside one another.
const DEEPEST: usize = 64;

/// What the style of an element says of its box, in hundredths of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    absolute: bool,
    relative: bool,
    left: Option<i32>,
    top: Option<i32>,
    width: Option<i32>,
    height: Option<i32>,
    size: Option<i32>,
    line: Option<i32>,
    /// Which sides have a line: left, top, right, bottom.
    borders: [bool; 4],
    filled: bool,
}

impl Style {
    pub(super) fn of(tag: &Tag) -> Self {
        // Converters that keep the position in their style sheet call the box a page.
        let class = attribute(tag, "class").unwrap_or_default();
        let page = class.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case("page"));
        let mut style = Self { relative: page, ..Self::default() };
        for declaration in attribute(tag, "style").unwrap_or_default().split(';') {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
            match name.as_str() {
                "position" => {
                    style.absolute = value.eq_ignore_ascii_case("absolute");
                    style.relative |= value.eq_ignore_ascii_case("relative");
                }
                "left" => style.left = length(value),
                "top" => style.top = length(value),
                "width" => style.width = length(value),
                "height" => style.height = length(value),
                "font-size" => style.size = length(value),
                "line-height" => style.line = length(value),
                "border" => style.borders = [draws(value); 4],
                "border-left" => style.borders[0] = draws(value),
                "border-top" => style.borders[1] = draws(value),
                "border-right" => style.borders[2] = draws(value),
                "border-bottom" => style.borders[3] = draws(value),
                "background" | "background-color" => style.filled = !matches!(value, "none" | "transparent" | "white"),
                _ => {}
            }
        }
        style
    }

    /// Whether it is a box at coordinates.
    fn is_set(self) -> bool {
        self.absolute && self.left.is_some() && self.top.is_some()
    }

    /// Whether it can be a sheet that boxes are set on.
    fn is_sheet(self) -> bool {
        self.relative && self.width.is_some() && self.height.is_some()
    }
}

/// Whether a border is drawn.
fn draws(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    !lower.contains("none") && !lower.contains("hidden") && !lower.starts_with("0 ") && lower != "0"
}

/// `279.87198pt`, `12px`, `0`: hundredths of a point. `None` for other units, which depend on something else.
fn length(value: &str) -> Option<i32> {
    let value = value.trim().trim_end_matches("!important").trim_end();
    let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))).unwrap_or(value.len());
    let (number, unit) = value.split_at_checked(end)?;
    let negative = number.starts_with('-');
    let number = number.trim_start_matches(['-', '+']);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let fraction: String = fraction.chars().chain("0000".chars()).take(4).collect();
    let ten_thousandths = whole.checked_mul(10_000)?.checked_add(fraction.parse().ok()?)?;
    let hundredths = match unit.trim().to_ascii_lowercase().as_str() {
        "pt" => ten_thousandths / 100,
        "px" | "" => ten_thousandths.checked_mul(3)? / 400,
        "mm" => ten_thousandths.checked_mul(720)? / 25_400,
        "cm" => ten_thousandths.checked_mul(720)? / 2_540,
        "in" => ten_thousandths.checked_mul(72)? / 100,
        _ => return None,
    };
    i32::try_from(if negative { -hundredths } else { hundredths }.clamp(-LIMIT, LIMIT)).ok()
}

/// A text of a sheet, and where it stands in the source.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "pdf"), expect(dead_code, reason = "what reads pages by their coordinates is not built in"))]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) height: i32,
    pub(super) size: i32,
    pub(super) place: Place,
}

/// A sheet of paper.
#[derive(Clone, Debug, Default)]
#[cfg_attr(not(feature = "pdf"), expect(dead_code, reason = "what reads pages by their coordinates is not built in"))]
pub(super) struct Sheet {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) texts: Vec<Text>,
    /// Lines as thin boxes: left, top, right, bottom.
    pub(super) lines: Vec<[i32; 4]>,
}

/// A box that is open.
#[derive(Clone, Copy, Debug)]
struct Open {
    left: i32,
    top: i32,
    size: i32,
    line: i32,
    /// Whether text in it stands at coordinates; a sheet's own text does not.
    set: bool,
    /// Elements open inside it that are no boxes.
    depth: usize,
}

/// The sheets of a page while its tokens come in.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheets {
    pub(super) sheets: Vec<Sheet>,
    open: Vec<Open>,
    count: usize,
}

impl Sheets {
    /// Whether the text that comes in stands at coordinates.
    pub(super) fn is_set(&self) -> bool {
        self.open.last().is_some_and(|open| open.set)
    }

    /// A start tag; `void` elements have no end. True where a text ends before it.
    pub(super) fn start(&mut self, tag: &Tag, void: bool) -> bool {
        let style = Style::of(tag);
        let (set, sheet) = (style.is_set(), style.is_sheet() && !self.is_set());
        if !(set || sheet) || self.open.len() >= DEEPEST || self.count >= MOST {
            if let Some(open) = self.open.last_mut().filter(|_| !void) {
                open.depth = open.depth.saturating_add(1);
            }
            return false;
        }
        let outer = self.open.last().copied();
        let origin = |own: Option<i32>, outer: Option<i32>| own.unwrap_or(0).saturating_add(outer.unwrap_or(0));
        let (left, top) = if sheet {
            (0, 0)
        } else {
            (origin(style.left, outer.map(|o| o.left)), origin(style.top, outer.map(|o| o.top)))
        };
        let size = style.size.or(outer.map(|o| o.size)).filter(|&size| size > 0).unwrap_or(USUAL_SIZE);
        let line =
            style.line.or(style.height.filter(|&height| height < size * 3)).filter(|&line| line > 0).unwrap_or(size);
        if sheet || self.sheets.is_empty() {
            let page = Sheet {
                width: style.width.filter(|_| sheet).unwrap_or(0),
                height: style.height.filter(|_| sheet).unwrap_or(0),
                ..Sheet::default()
            };
            self.sheets.push(page);
        }
        if set {
            self.rule(style, left, top);
        }
        if !void {
            self.open.push(Open { left, top, size, line, set, depth: 0 });
        }
        true
    }

    /// The lines that the box itself draws.
    fn rule(&mut self, style: Style, left: i32, top: i32) {
        let (width, height) = (style.width.unwrap_or(0), style.height.unwrap_or(0));
        let (right, bottom) = (left.saturating_add(width), top.saturating_add(height));
        let Some(sheet) = self.sheets.last_mut() else { return };
        let before = sheet.lines.len();
        let [on_left, on_top, on_right, on_bottom] = style.borders;
        if on_left && height > 0 {
            sheet.lines.push([left, top, left, bottom]);
        }
        if on_right && height > 0 {
            sheet.lines.push([right, top, right, bottom]);
        }
        if on_top && width > 0 {
            sheet.lines.push([left, top, right, top]);
        }
        if on_bottom && width > 0 {
            sheet.lines.push([left, bottom, right, bottom]);
        }
        if style.filled && width.min(height) < THIN && width.max(height) > 0 {
            sheet.lines.push([left, top, right, bottom]);
        }
        self.count += sheet.lines.len() - before;
    }

    /// An end tag. True where a text ends with it.
    pub(super) fn end(&mut self) -> bool {
        match self.open.last_mut() {
            Some(open) if open.depth > 0 => {
                open.depth -= 1;
                false
            }
            Some(_) => true,
            None => false,
        }
    }

    /// Closes the innermost box, after its text was taken.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// A line of text that stands in the innermost box.
    pub(super) fn text(&mut self, text: &str, place: Place) {
        let (Some(open), Some(sheet)) = (self.open.last_mut(), self.sheets.last_mut()) else { return };
        sheet.texts.push(Text {
            text: text.to_owned(),
            left: open.left,
            top: open.top,
            height: open.line,
            size: open.size,
            place,
        });
        // What follows in the same box stands on its next line.
        open.top = open.top.saturating_add(open.line);
        self.count += 1;
    }
}

/// The blocks of the sheets, as those of a PDF's pages; each place is that of the first text in it, in the source.
#[cfg(feature = "pdf")]
pub(super) fn blocks(sheets: &[Sheet]) -> (Vec<Block>, Vec<ReadNote>) {
    use crate::read::pdf::set::{SetPage, SetText};
    let text = |text: &Text| SetText {
        text: text.text.clone(),
        left: text.left,
        top: text.top,
        height: text.height,
        size: text.size,
    };
    let pages: Vec<SetPage> = (1_u32..)
        .zip(sheets)
        .map(|(number, sheet)| {
            let texts: Vec<SetText> = sheet.texts.iter().map(text).collect();
            let right = texts.iter().map(|text| text.area()[2]).max().unwrap_or(0);
            let bottom = texts.iter().map(|text| text.area()[3]).max().unwrap_or(0);
            SetPage {
                number,
                width: sheet.width.max(right),
                height: sheet.height.max(bottom),
                texts,
                lines: sheet.lines.clone(),
            }
        })
        .collect();
    let (mut blocks, mut notes) = crate::read::pdf::set::blocks(&pages);
    let mut places =
        Places { pages: &pages, sheets, last: sheets.iter().flat_map(|s| &s.texts).next().map(|t| t.place) };
    for block in &mut blocks {
        match block {
            Block::Heading { line, .. } => places.put(&mut line.place),
            Block::Text(lines) => lines.iter_mut().for_each(|line| places.put(&mut line.place)),
            Block::Grid(grid) => {
                places.put(&mut grid.place);
                for row in &mut grid.rows {
                    places.put(&mut row.place);
                    row.cells.iter_mut().for_each(|cell| places.put(&mut cell.place));
                }
            }
            Block::Image { place, .. } => places.put(place),
        }
    }
    notes.iter_mut().filter_map(|note| note.place.as_mut()).for_each(|place| places.put(place));
    (blocks, notes)
}

/// Finds the places of the source for places on sheets.
#[cfg(feature = "pdf")]
struct Places<'a> {
    pages: &'a [crate::read::pdf::set::SetPage],
    sheets: &'a [Sheet],
    /// Where the last text stood: a blank cell is behind it.
    last: Option<Place>,
}

#[cfg(feature = "pdf")]
impl Places<'_> {
    fn put(&mut self, place: &mut Place) {
        let Place::Page { page, bbox: [left, top, right, bottom] } = *place else { return };
        let index = usize::try_from(page).unwrap_or(usize::MAX).saturating_sub(1);
        let (Some(set), Some(sheet)) = (self.pages.get(index), self.sheets.get(index)) else { return };
        let inside =
            |[a, b, c, d]: [i32; 4]| (left..=right).contains(&a.midpoint(c)) && (top..=bottom).contains(&b.midpoint(d));
        match set.texts.iter().zip(&sheet.texts).find(|(text, _)| inside(text.area())) {
            Some((_, text)) => {
                *place = text.place;
                self.last = Some(text.place);
            }
            None => {
                let behind = |place| match place {
                    Place::Line { line, to, .. } => Place::Line { line, from: to, to },
                    place => place,
                };
                *place = self.last.map_or(Place::line(1), behind);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_hundredths_of_a_point() {
        for (text, hundredths) in [
            ("279.87198pt", Some(27_987)),
            ("12px", Some(900)),
            ("-28.0pt", Some(-2_800)),
            ("0", Some(0)),
            ("25.4mm", Some(7_200)),
            ("auto", None),
            ("2em", None),
            ("99999999999999999999pt", None),
        ] {
            assert_eq!(length(text), hundredths, "{text}");
        }
    }
}
