//! The interpreter of content streams: a page's operators become glyphs, ruling lines, fills and pictures in page
//! space. Graphics and text state, forms and annotations are followed; what is hidden on purpose is left out and counted.

mod showing;

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, FromBytes, Name, ObjectIdentifier, Rect, Stream};
use hayro_syntax::page::{Page, Resources};
use hayro_syntax::xref::XRef;

use super::font::Font;
use super::operators::{Operand, Operators};
use super::paths::{Fill, LINE_THICKNESS, Paint, Paths, Rule};
use super::space::{Area, Matrix, Point, TextState, ink, is_faint, is_white};
use super::streams::{self, Unpacked};

/// Most glyphs of one page: ten times the densest table that we know of.
const MAX_GLYPHS: usize = 200_000;

/// Most operators of one page, forms included: a form may call forms, and few bytes can ask for billions.
const MAX_OPERATORS: usize = 4_000_000;

/// How deep forms may call one another. Office exports reach 3.
const MAX_DEPTH: usize = 12;

/// How many graphics states may be saved at once.
const MAX_STATES: usize = 512;

/// The smallest type that is still text.
const MIN_SIZE: i32 = 50;

/// One character on the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// The character; U+FFFD where the file does not tell.
    pub(super) c: char,
    pub(super) area: Area,
    /// Its origin on the baseline.
    pub(super) origin: Point,
    /// Font size on the page.
    pub(super) size: i32,
    /// Quarter turns of its baseline, clockwise.
    pub(super) turn: u8,
    /// Glyphs shown by one operator share this.
    pub(super) run: u32,
    /// Written downwards.
    pub(super) vertical: bool,
    /// Painted with nothing: the text layer under a scanned picture.
    pub(super) unpainted: bool,
    /// Outside the clip: the reader of the page does not see it.
    pub(super) clipped: bool,
    /// How much ink it has.
    pub(super) tone: Tone,
    /// Its colour: a number that is the same for the same colour.
    pub(super) ink: u32,
    /// How far its baseline rises from the axis that it runs along, in thousandths.
    pub(super) slope: i32,
}

/// How dark a colour is on paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tone {
    /// Anything that can be read.
    #[default]
    Dark,
    /// So light that, in large type, it is a watermark.
    Faint,
    /// White.
    White,
}

/// What was on a page and is not in [`Content`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Losses {
    /// Glyphs whose character the file does not tell; they stand as U+FFFD.
    pub(super) unknown: usize,
    /// Glyphs with a slanted baseline, or large and faint, or repeated over other text: watermarks and stamps.
    pub(super) watermark: usize,
    /// Glyphs beyond the page or its clip, or white on white, or in a layer that is switched off.
    pub(super) invisible: usize,
    /// Whether a limit was reached.
    pub(super) cut: bool,
    /// Whether the page's stream could not be decoded.
    pub(super) unreadable: bool,
}

/// What a page shows, in page space.
#[derive(Default)]
pub(super) struct Content {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    pub(super) fills: Vec<Fill>,
    pub(super) pictures: Vec<Area>,
    /// Where text lies over other text, and which of the two is the page's cannot be told.
    pub(super) overlaid: Vec<Point>,
    pub(super) losses: Losses,
}

/// What pages of one file share.
pub(super) struct Shared<'a> {
    xref: &'a XRef,
    fonts: BTreeMap<FontKey, Rc<Font<'a>>>,
    hidden_layers: Vec<ObjectIdentifier>,
}

/// Fonts are told apart by object number, or by their bytes where they stand inline.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum FontKey {
    Object(u32, i32),
    Inline(Vec<u8>),
}

impl<'a> Shared<'a> {
    /// `catalog` is the file's root, which knows the layers that are switched off.
    pub(super) fn new(xref: &'a XRef, catalog: Option<&Dict<'_>>) -> Self {
        let off = catalog
            .and_then(|catalog| catalog.get::<Dict<'_>>("OCProperties"))
            .and_then(|properties| properties.get::<Dict<'_>>("D"))
            .and_then(|default| default.get::<Array<'_>>("OFF"));
        let hidden_layers = off.iter().flat_map(Array::iter::<Dict<'_>>).filter_map(|layer| layer.obj_id()).collect();
        Self { xref, fonts: BTreeMap::new(), hidden_layers }
    }

    /// The font that a page's resources name.
    fn font(&mut self, resources: &Resources<'a>, name: &Name<'_>) -> Option<Rc<Font<'a>>> {
        // A page names its fonts again and again; their dictionaries are read once.
        let known = resources.fonts.get_ref(name).map(|at| FontKey::Object(at.obj_number, at.gen_number));
        if let Some(font) = known.and_then(|key| self.fonts.get(&key)) {
            return Some(Rc::clone(font));
        }
        let dict = resources.get_font(name)?;
        let key = match dict.obj_id() {
            Some(id) => FontKey::Object(id.obj_number, id.gen_number),
            None => FontKey::Inline(dict.data().to_vec()),
        };
        Some(Rc::clone(self.fonts.entry(key).or_insert_with(|| Rc::new(Font::read(&dict)))))
    }

    fn is_hidden(&self, layer: Option<&Dict<'_>>) -> bool {
        layer.and_then(Dict::obj_id).is_some_and(|id| self.hidden_layers.contains(&id))
    }
}

/// Interprets one page, annotations that show something included.
pub(super) fn interpret<'a>(page: &Page<'a>, shared: &mut Shared<'a>) -> Content {
    let (width, height) = page.render_dimensions();
    // Large drawings count in multiples of a point.
    let unit = page.raw().get::<f64>("UserUnit").filter(|unit| (1.0..=75_000.0).contains(unit)).unwrap_or(1.0);
    let initial = Matrix::scale(unit).after(Matrix::new(page.initial_transform(true).as_coeffs()));
    let size = |length: f32| Matrix::scale(unit).point(length.into(), 0.0).x;
    let mut interpreter = Interpreter {
        content: Content { width: size(width), height: size(height), ..Content::default() },
        paths: Paths::default(),
        state: State::new(initial),
        saved: Vec::new(),
        text: Matrix::IDENTITY,
        line: Matrix::IDENTITY,
        clip_pending: false,
        run: 0,
        hidden: Vec::new(),
        operators: 0,
        depth: 0,
        buffer: Vec::new(),
        named: Named::default(),
        shared,
    };
    let xref = interpreter.shared.xref;
    if let Some(content) = streams::of_page(page, xref) {
        // Parts of a page's content that are not there would go missing without a word.
        interpreter.content.losses.unreadable = !content.whole;
        interpreter.run(&content.data, page.resources());
    } else {
        interpreter.content.losses.unreadable = page.raw().contains_key("Contents");
    }
    for annotation in page.raw().get::<Array<'_>>("Annots").iter().flat_map(Array::iter::<Dict<'_>>) {
        interpreter.state = State::new(initial);
        interpreter.saved.clear();
        interpreter.hidden.clear();
        interpreter.annotation(&annotation, page.resources());
    }
    let mut content = interpreter.content;
    content.rules = interpreter.paths.rules;
    content.fills = interpreter.paths.fills;
    content.losses.cut |= interpreter.paths.overflow;
    content
}

/// The graphics state.
#[derive(Clone)]
struct State<'a> {
    map: Matrix,
    line_width: f64,
    font: Option<Rc<Font<'a>>>,
    text: TextState,
    /// Whether the text rendering mode is one that leaves no ink.
    unpainted: bool,
    clip: Option<Area>,
    fill: Tone,
    /// The same colour as a number.
    ink: u32,
    /// Whether one-component colours of the current space are greys.
    device_space: bool,
    transparent: bool,
}

impl State<'_> {
    fn new(map: Matrix) -> Self {
        Self {
            map,
            line_width: 1.0,
            font: None,
            text: TextState::default(),
            unpainted: false,
            clip: None,
            fill: Tone::Dark,
            ink: 0,
            device_space: true,
            transparent: false,
        }
    }

    fn tone(&self) -> Tone {
        if self.transparent && self.fill == Tone::Dark { Tone::Faint } else { self.fill }
    }

    fn ink(&self) -> u32 {
        self.ink | u32::from(self.transparent) << 24
    }

    fn set_fill(&mut self, components: &[f64]) {
        (self.fill, self.ink) = (tone(components), ink(components));
    }
}

struct Interpreter<'s, 'a> {
    content: Content,
    paths: Paths,
    state: State<'a>,
    saved: Vec<State<'a>>,
    /// Text matrix and text line matrix.
    text: Matrix,
    line: Matrix,
    clip_pending: bool,
    run: u32,
    /// One entry for each open marked content: whether it hides what it holds.
    hidden: Vec<bool>,
    operators: usize,
    depth: usize,
    /// Strings are decoded into this.
    buffer: Vec<u8>,
    named: Named<'a>,
    shared: &'s mut Shared<'a>,
}

/// Most resources of one kind that are kept at hand for a stream.
const MOST_NAMED: usize = 64;

/// What the stream under way has called by its name: it does so thousands of times.
#[derive(Default)]
struct Named<'a> {
    fonts: Vec<(Vec<u8>, Rc<Font<'a>>)>,
    /// Graphics states: the line width and the transparency that they set.
    states: Vec<(Vec<u8>, Option<f64>, Option<bool>)>,
}

impl<'a> Interpreter<'_, 'a> {
    fn run(&mut self, stream: &[u8], resources: &Resources<'a>) {
        let mut operators = Operators::new(stream);
        let outer = std::mem::take(&mut self.named);
        while let Some(operator) = operators.next() {
            self.operators += 1;
            if self.operators > MAX_OPERATORS || self.content.glyphs.len() >= MAX_GLYPHS {
                self.content.losses.cut = true;
                break;
            }
            let done = self.step(operator, &operators, resources);
            // Paths without their points would be drawn somewhere.
            if done.is_none() && matches!(operator, b"m" | b"l" | b"c" | b"v" | b"y" | b"re") {
                break;
            }
        }
        self.named = outer;
    }

    /// Does what one operator says; `None` where its operands are not what it takes.
    fn step(&mut self, operator: &[u8], with: &Operators<'_>, resources: &Resources<'a>) -> Option<()> {
        match operator {
            b"q" if self.saved.len() < MAX_STATES => self.saved.push(self.state.clone()),
            b"Q" => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            b"cm" => self.state.map = self.state.map.after(Matrix::new(with.numbers()?)),
            b"w" => [self.state.line_width] = with.numbers()?,
            b"gs" => self.graphics_state(with.name(0)?, resources)?,

            b"cs" => {
                let name = with.name(0)?;
                self.state.device_space = matches!(name, b"DeviceGray" | b"DeviceCMYK" | b"DeviceRGB");
                (self.state.fill, self.state.ink) = (Tone::Dark, 0);
            }
            b"g" => self.state.set_fill(&with.numbers::<1>()?),
            b"rg" => self.state.set_fill(&with.numbers::<3>()?),
            b"k" => self.state.set_fill(&with.numbers::<4>()?),
            b"sc" | b"scn" => self.colour(with.all())?,

            b"m" => {
                let [x, y] = with.numbers()?;
                self.paths.move_to(self.state.map.point(x, y));
            }
            b"l" => {
                let [x, y] = with.numbers()?;
                self.paths.line_to(self.state.map.point(x, y));
            }
            b"c" => {
                let [_, _, _, _, x, y] = with.numbers()?;
                self.paths.curve_to(self.state.map.point(x, y));
            }
            b"v" | b"y" => {
                let [_, _, x, y] = with.numbers()?;
                self.paths.curve_to(self.state.map.point(x, y));
            }
            b"h" => self.paths.close(),
            b"re" => self.paths.rectangle(self.state.map, with.numbers()?),
            b"S" => self.paint(true, false),
            b"s" => {
                self.paths.close();
                self.paint(true, false);
            }
            b"f" | b"F" | b"f*" => self.paint(false, true),
            b"B" | b"B*" => self.paint(true, true),
            b"b" | b"b*" => {
                self.paths.close();
                self.paint(true, true);
            }
            b"n" => self.paint(false, false),
            b"W" | b"W*" => self.clip_pending = true,

            b"BI" => self.picture(),
            b"Do" => {
                if let Some(stream) = resources.get_x_object(&Name::new(with.name(0)?)?) {
                    self.object(&stream, resources);
                }
            }
            b"BMC" => {
                with.name(0)?;
                self.begin_marked(false);
            }
            b"BDC" => {
                let hides = self.hides(with.name(1)?, with.operand(0)?, resources);
                self.begin_marked(hides);
            }
            b"EMC" => drop(self.hidden.pop()),
            _ => return self.text_step(operator, with, resources),
        }
        Some(())
    }

    /// Sets what a graphics state of the resources sets.
    fn graphics_state(&mut self, name: &[u8], resources: &Resources<'a>) -> Option<()> {
        let known = self.named.states.iter().find(|(own, ..)| own == name).map(|&(_, width, alpha)| (width, alpha));
        let (width, transparent) = match known {
            Some(known) => known,
            None => {
                let dict = resources.get_ext_g_state(&Name::new(name)?)?;
                let found = (dict.get::<f64>("LW"), dict.get::<f64>("ca").map(|alpha| alpha <= 0.5));
                if self.named.states.len() < MOST_NAMED {
                    self.named.states.push((name.to_vec(), found.0, found.1));
                }
                found
            }
        };
        self.state.line_width = width.unwrap_or(self.state.line_width);
        self.state.transparent = transparent.unwrap_or(self.state.transparent);
        Some(())
    }

    /// The font of this name; none where the resources hold none.
    fn font(&mut self, name: &[u8], resources: &Resources<'a>) -> Option<Rc<Font<'a>>> {
        if let Some((_, font)) = self.named.fonts.iter().find(|(own, _)| own == name) {
            return Some(Rc::clone(font));
        }
        let font = self.shared.font(resources, &Name::new(name)?)?;
        if self.named.fonts.len() < MOST_NAMED {
            self.named.fonts.push((name.to_vec(), Rc::clone(&font)));
        }
        Some(font)
    }

    /// A colour of the current space. One component may be an ink whose 1 is black, so only device greys count. A name is a
    /// pattern's.
    fn colour(&mut self, components: &[Operand<'_>]) -> Option<()> {
        let mut values = [0.0; 4];
        let (mut count, mut pattern) = (0, false);
        for component in components {
            match *component {
                Operand::Number(value) => {
                    if let Some(slot) = values.get_mut(count) {
                        *slot = value;
                    }
                    count += 1;
                }
                Operand::Name(_) => pattern = true,
                _ => return None,
            }
        }
        let known = !pattern && (self.state.device_space || count == 3);
        match values.get(..count).filter(|_| known) {
            Some(components) => self.state.set_fill(components),
            None => (self.state.fill, self.state.ink) = (Tone::Dark, 0),
        }
        Some(())
    }

    fn paint(&mut self, stroke: bool, fill: bool) {
        if std::mem::take(&mut self.clip_pending)
            && let Some(bounds) = self.paths.bounds()
        {
            self.state.clip = Some(self.state.clip.map_or(bounds, |clip| clip.meet(bounds)));
        }
        let paint = if self.is_hidden() {
            Paint::default()
        } else {
            Paint {
                stroke: stroke.then(|| self.state.map.length(self.state.line_width)),
                fill: fill.then_some(self.state.fill == Tone::White),
            }
        };
        self.paths.paint(paint, self.state.clip);
    }

    fn is_hidden(&self) -> bool {
        self.hidden.contains(&true)
    }

    fn begin_marked(&mut self, hides: bool) {
        if self.hidden.len() < MAX_STATES {
            self.hidden.push(hides);
        }
    }

    /// Whether marked content is a watermark by its own word, or belongs to a layer that is switched off.
    fn hides(&self, tag: &[u8], properties: Operand<'_>, resources: &Resources<'_>) -> bool {
        let watermark = |dict: Dict<'_>| dict.get::<Name<'_>>("Subtype").as_deref() == Some(b"Watermark".as_slice());
        let named = |name| resources.properties.get::<Dict<'_>>(Name::new(name)?);
        match (tag, properties) {
            (b"Artifact", Operand::Dict(written)) => Dict::from_bytes(written).is_some_and(watermark),
            (b"Artifact", Operand::Name(name)) => named(name).is_some_and(watermark),
            (b"OC", Operand::Name(name)) => self.shared.is_hidden(named(name).as_ref()),
            _ => false,
        }
    }

    fn object(&mut self, stream: &Stream<'a>, resources: &Resources<'a>) {
        let dict = stream.dict();
        if self.shared.is_hidden(dict.get::<Dict<'_>>("OC").as_ref()) {
            return;
        }
        match dict.get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => self.picture(),
            Some(b"Form") => self.form(stream, resources),
            _ => {}
        }
    }

    fn picture(&mut self) {
        if self.is_hidden() {
            return;
        }
        let area = self.state.map.area([0.0, 0.0, 1.0, 1.0]);
        let visible = self.state.clip.map_or(area, |clip| area.meet(clip));
        if area.width().min(area.height()) <= LINE_THICKNESS {
            // A line drawn as a picture of one pixel.
            self.paths.fill(area, self.state.clip, false);
        } else if !visible.is_empty() {
            self.content.pictures.push(visible);
        }
    }

    fn form(&mut self, stream: &Stream<'a>, resources: &Resources<'a>) {
        if self.depth >= MAX_DEPTH {
            self.content.losses.cut = true;
            return;
        }
        let Some(Unpacked { data, whole }) = streams::unpacked(stream) else {
            self.content.losses.unreadable = true;
            return;
        };
        self.content.losses.unreadable |= !whole;
        let dict = stream.dict();
        let outer = (self.state.clone(), std::mem::take(&mut self.saved), self.text, self.line);
        if let Some(matrix) = dict.get::<[f64; 6]>("Matrix") {
            self.state.map = self.state.map.after(Matrix::new(matrix));
        }
        if let Some(bounds) = rectangle(dict, "BBox") {
            let bounds = self.state.map.area(bounds);
            self.state.clip = Some(self.state.clip.map_or(bounds, |clip| clip.meet(bounds)));
        }
        let marks = self.hidden.len();
        self.depth += 1;
        match dict.get::<Dict<'_>>("Resources").map(Resources::new) {
            Some(own) => self.run(&data, &own),
            None => self.run(&data, resources),
        }
        self.depth -= 1;
        self.hidden.truncate(marks);
        (self.state, self.saved, self.text, self.line) = outer;
    }

    /// Shows an annotation's normal appearance: form fields keep their values there.
    fn annotation(&mut self, annotation: &Dict<'a>, resources: &Resources<'a>) {
        /// Bits of the flags: hidden, no view.
        const HIDDEN: i32 = 2 | 32;
        let flags = annotation.get::<i32>("F").unwrap_or(0);
        let popup = annotation.get::<Name<'_>>("Subtype").as_deref() == Some(b"Popup");
        if flags & HIDDEN != 0 || popup || self.shared.is_hidden(annotation.get::<Dict<'_>>("OC").as_ref()) {
            return;
        }
        let Some(appearances) = annotation.get::<Dict<'_>>("AP") else { return };
        // A button has one appearance for each state.
        let stream = appearances.get::<Stream<'_>>("N").or_else(|| {
            let states = appearances.get::<Dict<'_>>("N")?;
            states.get::<Stream<'_>>(&*annotation.get::<Name<'_>>("AS")?)
        });
        let (Some(stream), Some(onto)) = (stream, rectangle(annotation, "Rect")) else { return };
        let own = stream.dict().get::<[f64; 6]>("Matrix").map_or(Matrix::IDENTITY, Matrix::new);
        if let Some(from) = rectangle(stream.dict(), "BBox") {
            // The form applies its own matrix again, so only the placement is set here.
            self.state.map = self.state.map.after(own.placed(from, onto));
        }
        self.form(&stream, resources);
    }
}

fn rectangle(dict: &Dict<'_>, key: &str) -> Option<[f64; 4]> {
    dict.get::<Rect>(key).map(|r| [r.x0, r.y0, r.x1, r.y1])
}

fn tone(components: &[f64]) -> Tone {
    if is_white(components) {
        Tone::White
    } else if is_faint(components) {
        Tone::Faint
    } else {
        Tone::Dark
    }
}
