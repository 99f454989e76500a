//! The interpreter of content streams: a page's operators become glyphs, ruling lines, fills and pictures in page
//! space. Graphics and text state, forms and annotations are followed; what is hidden on purpose is left out and counted.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Rect, Stream};
use hayro_syntax::page::{Page, Resources};

use super::font::{Characters, Font};
use super::paths::{Fill, LINE_THICKNESS, Paint, Paths, Rule};
use super::radicals::ideograph;
use super::space::{Area, Matrix, Point, TextState, is_faint, is_white};

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
    /// Glyphs with a slanted baseline, or large and faint: watermarks and stamps.
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
    pub(super) losses: Losses,
}

/// What pages of one file share.
#[derive(Default)]
pub(super) struct Shared<'a> {
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
    pub(super) fn new(catalog: Option<&Dict<'_>>) -> Self {
        let off = catalog
            .and_then(|catalog| catalog.get::<Dict<'_>>("OCProperties"))
            .and_then(|properties| properties.get::<Dict<'_>>("D"))
            .and_then(|default| default.get::<Array<'_>>("OFF"));
        let hidden_layers = off.iter().flat_map(Array::iter::<Dict<'_>>).filter_map(|layer| layer.obj_id()).collect();
        Self { hidden_layers, ..Self::default() }
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
        shared,
    };
    if page.page_stream().is_some() {
        interpreter.run(page.typed_operations(), page.resources());
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
    /// Text rendering mode: 3 paints nothing, 7 only clips.
    mode: i64,
    clip: Option<Area>,
    fill: Tone,
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
            mode: 0,
            clip: None,
            fill: Tone::Dark,
            device_space: true,
            transparent: false,
        }
    }

    fn tone(&self) -> Tone {
        if self.transparent && self.fill == Tone::Dark { Tone::Faint } else { self.fill }
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
    shared: &'s mut Shared<'a>,
}

impl<'a> Interpreter<'_, 'a> {
    fn run(&mut self, mut operators: TypedIter<'_>, resources: &Resources<'a>) {
        while let Some(operator) = operators.next() {
            self.operators += 1;
            if self.operators > MAX_OPERATORS || self.content.glyphs.len() >= MAX_GLYPHS {
                self.content.losses.cut = true;
                return;
            }
            self.step(operator, resources);
        }
    }

    fn step(&mut self, operator: Op<'_, '_>, resources: &Resources<'a>) {
        match operator {
            Op::SaveState(_) if self.saved.len() < MAX_STATES => self.saved.push(self.state.clone()),
            Op::RestoreState(_) => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            Op::Transform(m) => {
                self.state.map = self.state.map.after(matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]));
            }
            Op::LineWidth(width) => self.state.line_width = width.0.as_f64(),
            Op::SetGraphicsState(name) => self.graphics_state(resources.get_ext_g_state(name.0).as_ref()),

            Op::ColorSpaceNonStroke(name) => {
                self.state.device_space = matches!(&**name.0, b"DeviceGray" | b"DeviceCMYK" | b"DeviceRGB");
                self.state.fill = Tone::Dark;
            }
            Op::NonStrokeColorDeviceGray(c) => self.state.fill = tone(&[c.0.as_f64()]),
            Op::NonStrokeColorDeviceRgb(c) => self.state.fill = tone(&[c.0, c.1, c.2].map(|n| n.as_f64())),
            Op::NonStrokeColorCmyk(c) => self.state.fill = tone(&[c.0, c.1, c.2, c.3].map(|n| n.as_f64())),
            Op::NonStrokeColor(c) => self.colour(&c.0),
            Op::NonStrokeColorNamed(c) => {
                if c.1.is_some() {
                    self.state.fill = Tone::Dark;
                } else {
                    self.colour(&c.0);
                }
            }

            Op::MoveTo(p) => self.paths.move_to(self.state.map.point(p.0.as_f64(), p.1.as_f64())),
            Op::LineTo(p) => self.paths.line_to(self.state.map.point(p.0.as_f64(), p.1.as_f64())),
            Op::CubicTo(p) => self.paths.curve_to(self.state.map.point(p.4.as_f64(), p.5.as_f64())),
            Op::CubicStartTo(p) => self.paths.curve_to(self.state.map.point(p.2.as_f64(), p.3.as_f64())),
            Op::CubicEndTo(p) => self.paths.curve_to(self.state.map.point(p.2.as_f64(), p.3.as_f64())),
            Op::ClosePath(_) => self.paths.close(),
            Op::RectPath(r) => self.paths.rectangle(self.state.map, [r.0, r.1, r.2, r.3].map(|n| n.as_f64())),
            Op::StrokePath(_) => self.paint(true, false),
            Op::CloseAndStrokePath(_) => {
                self.paths.close();
                self.paint(true, false);
            }
            Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) | Op::FillPathEvenOdd(_) => {
                self.paint(false, true);
            }
            Op::FillAndStrokeNonZero(_) | Op::FillAndStrokeEvenOdd(_) => self.paint(true, true),
            Op::CloseFillAndStrokeNonZero(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                self.paths.close();
                self.paint(true, true);
            }
            Op::EndPath(_) => self.paint(false, false),
            Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => self.clip_pending = true,

            Op::BeginText(_) => self.set_text(Matrix::IDENTITY),
            Op::CharacterSpacing(n) => self.state.text.character_spacing = n.0.as_f64(),
            Op::WordSpacing(n) => self.state.text.word_spacing = n.0.as_f64(),
            Op::HorizontalScaling(n) => self.state.text.scaling = n.0.as_f64(),
            Op::TextLeading(n) => self.state.text.leading = n.0.as_f64(),
            Op::TextRise(n) => self.state.text.rise = n.0.as_f64(),
            Op::TextRenderingMode(n) => self.state.mode = n.0.as_i64(),
            Op::TextFont(font) => {
                self.state.text.size = font.1.as_f64();
                self.state.font = self.shared.font(resources, font.0);
            }
            Op::NextLine(n) => self.next_line(Matrix::shift(n.0.as_f64(), n.1.as_f64())),
            Op::NextLineAndSetLeading(n) => {
                self.state.text.set_leading_down(n.1.as_f64());
                self.next_line(Matrix::shift(n.0.as_f64(), n.1.as_f64()));
            }
            Op::NextLineUsingLeading(_) => self.next_line(self.state.text.next_line()),
            Op::SetTextMatrix(m) => self.set_text(matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5])),
            Op::ShowText(text) => self.show(&[text.0.as_bytes()]),
            Op::NextLineAndShowText(text) => {
                self.next_line(self.state.text.next_line());
                self.show(&[text.0.as_bytes()]);
            }
            Op::ShowTextWithParameters(text) => {
                self.state.text.word_spacing = text.0.as_f64();
                self.state.text.character_spacing = text.1.as_f64();
                self.next_line(self.state.text.next_line());
                self.show(&[text.2.as_bytes()]);
            }
            Op::ShowTexts(texts) => self.show_adjusted(texts.0),

            Op::BeginMarkedContent(_) => self.begin_marked(false),
            Op::BeginMarkedContentWithProperties(mark) => {
                let hides = self.hides(mark.0, mark.1, resources);
                self.begin_marked(hides);
            }
            Op::EndMarkedContent(_) => {
                self.hidden.pop();
            }
            Op::XObject(name) => {
                if let Some(stream) = resources.get_x_object(name.0) {
                    self.object(&stream, resources);
                }
            }
            Op::InlineImage(_) => self.picture(),
            _ => {}
        }
    }

    fn graphics_state(&mut self, dict: Option<&Dict<'_>>) {
        let Some(dict) = dict else { return };
        if let Some(width) = dict.get::<f64>("LW") {
            self.state.line_width = width;
        }
        if let Some(alpha) = dict.get::<f64>("ca") {
            self.state.transparent = alpha <= 0.5;
        }
    }

    /// A colour of the current space. One component may be an ink whose 1 is black, so only device greys count.
    fn colour(&mut self, components: &[Number]) {
        let known = self.state.device_space || components.len() == 3;
        let values: Vec<f64> = components.iter().map(Number::as_f64).collect();
        self.state.fill = if known { tone(&values) } else { Tone::Dark };
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

    fn set_text(&mut self, matrix: Matrix) {
        self.text = matrix;
        self.line = matrix;
    }

    fn next_line(&mut self, by: Matrix) {
        self.set_text(self.line.after(by));
    }

    fn show(&mut self, strings: &[&[u8]]) {
        self.run = self.run.saturating_add(1);
        for string in strings {
            self.string(string);
        }
    }

    fn show_adjusted(&mut self, texts: &Array<'_>) {
        self.run = self.run.saturating_add(1);
        let vertical = self.state.font.as_ref().is_some_and(|font| font.is_vertical());
        for entry in texts.iter::<Object<'_>>() {
            match entry {
                Object::String(string) => self.string(string.as_bytes()),
                Object::Number(number) => {
                    self.text = self.text.after(self.state.text.adjustment(number.as_f64(), vertical));
                }
                _ => {}
            }
        }
    }

    fn string(&mut self, mut bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else {
            self.content.losses.unknown += bytes.len();
            return;
        };
        while let Some(code) = font.next_code(bytes) {
            bytes = bytes.get(usize::from(code.bytes)..).unwrap_or_default();
            if self.content.glyphs.len() >= MAX_GLYPHS {
                self.content.losses.cut = true;
                return;
            }
            let extent = font.extent(code);
            let characters = font.characters(code);
            match &characters {
                Some(Characters::One(c)) => self.glyph(*c, extent, 0, 1),
                Some(Characters::Several(text)) => {
                    let count = text.chars().count();
                    for (index, c) in text.chars().enumerate() {
                        self.glyph(c, extent, index, count);
                    }
                }
                None => self.glyph(char::REPLACEMENT_CHARACTER, extent, 0, 1),
            }
            let is_space = code.bytes == 1 && code.value == 0x20;
            self.text = self.text.after(self.state.text.advance(extent, is_space));
        }
    }

    fn glyph(&mut self, c: char, extent: super::space::Extent, part: usize, parts: usize) {
        if c.is_whitespace() {
            return;
        }
        let landing = self.state.text.landing(self.state.map, self.text, extent, part, parts);
        let centre = landing.area.centre();
        if landing.size < MIN_SIZE || c == char::REPLACEMENT_CHARACTER && landing.area.width() < 10 {
            return;
        }
        let page = Area { left: 0, top: 0, right: self.content.width, bottom: self.content.height };
        if self.is_hidden() || !page.contains(centre) {
            self.content.losses.invisible += 1;
            return;
        }
        let Some(turn) = landing.turn else {
            self.content.losses.watermark += 1;
            return;
        };
        if c == char::REPLACEMENT_CHARACTER {
            self.content.losses.unknown += 1;
        }
        self.content.glyphs.push(Glyph {
            c: ideograph(c),
            area: landing.area,
            origin: landing.origin,
            size: landing.size,
            turn,
            run: self.run,
            vertical: extent.vertical.is_some(),
            unpainted: matches!(self.state.mode, 3 | 7),
            clipped: self.state.clip.is_some_and(|clip| !clip.grown(50).contains(centre)),
            tone: self.state.tone(),
        });
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
    fn hides(&self, tag: &Name<'_>, properties: &Object<'_>, resources: &Resources<'_>) -> bool {
        let dict = match properties {
            Object::Dict(dict) => Some(dict.clone()),
            Object::Name(name) => resources.properties.get::<Dict<'_>>(&**name),
            _ => None,
        };
        match &**tag {
            b"Artifact" => dict.and_then(|dict| dict.get::<Name<'_>>("Subtype")).as_deref() == Some(b"Watermark"),
            b"OC" => self.shared.is_hidden(dict.as_ref()),
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
        let Ok(data) = stream.decoded_data() else {
            self.content.losses.unreadable = true;
            return;
        };
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
            Some(own) => self.run(TypedIter::new(&data), &own),
            None => self.run(TypedIter::new(&data), resources),
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

fn matrix(numbers: [&Number; 6]) -> Matrix {
    Matrix::new(numbers.map(Number::as_f64))
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
