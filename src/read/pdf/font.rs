//! Fonts, as far as reading needs them: bytes → codes, code → width and characters. No outlines.

use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, WritingMode, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Object, Rect, Stream};

use super::encoding::{Base, named_glyph};
use super::radicals::ideograph;
use super::space::{Extent, drawn_em, in_thousandths};
use super::streams;
use super::truetype;

/// Most widths that one entry of a width table may set: there are no more glyphs in a font.
const MAX_RANGE: u32 = 1 << 16;

/// A font.
pub(super) struct Font<'a> {
    codes: Codes<'a>,
    widths: BTreeMap<u32, f64>,
    /// The width of what has none in `widths`.
    default_width: f64,
    /// How high its characters are, in font sizes; below nothing where they are drawn downwards. Not 1 in Type 3 alone.
    em: f64,
    to_unicode: Option<CMap>,
    /// What was shown before, by the low bits of its bytes: a page shows few characters often.
    seen: Vec<Cell<Option<(u16, Shown)>>>,
}

/// Places in [`Font::seen`]; a power of two.
const SEEN: usize = 512;

/// What the first code of a string shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    /// How many bytes the code takes.
    pub(super) bytes: u8,
    /// Whether it is the code of one byte that word spacing widens.
    pub(super) space: bool,
    pub(super) width: f64,
    /// The character as it is read; U+FFFD where the file does not tell. `None` where the code stands for several:
    /// [`Font::several`] says which.
    pub(super) character: Option<char>,
}

enum Codes<'a> {
    /// One byte a code.
    Simple {
        base: Base,
        /// Codes with a glyph name of their own.
        names: BTreeMap<u8, String>,
        /// Whether widths are those of the standard fonts, because the file gives none.
        standard_widths: bool,
    },
    /// A composite font: codes of one to four bytes through a character map.
    Composite(Box<Composite<'a>>),
    /// A font that could not be made sense of: two bytes a code, no character known.
    Unknown,
}

struct Composite<'a> {
    map: CMap,
    /// Vertical writing: height of the origin, advance.
    vertical: Option<(f64, f64)>,
    /// Glyph number → character, from the character collection or from the font program; read when first needed.
    fallback: OnceCell<Fallback>,
    collection: Option<CMapName<'static>>,
    program: Option<Program<'a>>,
}

/// An embedded TrueType program, and its map from glyph numbers of the file to those of the program. Unpacked when
/// needed: it is most of many a file.
struct Program<'a> {
    data: Stream<'a>,
    glyphs: Option<Stream<'a>>,
}

enum Fallback {
    Collection(Box<CMap>),
    Program(BTreeMap<u32, char>),
    None,
}

/// One code of a string, and how many bytes it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Code {
    value: u32,
    bytes: u8,
}

impl<'a> Font<'a> {
    /// Reads a font dictionary. Never fails: what cannot be read gives codes without characters, which the reader is
    /// told of.
    pub(super) fn read(dict: &Dict<'a>) -> Self {
        let to_unicode = dict
            .get::<Stream<'_>>("ToUnicode")
            .as_ref()
            .and_then(unpacked)
            .and_then(|data| CMap::parse(&data, load_embedded));
        let subtype = dict.get::<Name<'_>>("Subtype");
        let font = if subtype.as_deref() == Some(b"Type0") { Self::composite(dict) } else { Some(Self::simple(dict)) };
        let font = font.unwrap_or(Self {
            codes: Codes::Unknown,
            widths: BTreeMap::new(),
            default_width: 1000.0,
            em: 1.0,
            to_unicode: None,
            seen: Vec::new(),
        });
        let seen = vec![Cell::new(None); if matches!(font.codes, Codes::Unknown) { 0 } else { SEEN }];
        Self { to_unicode, seen, ..font }
    }

    fn simple(dict: &Dict<'a>) -> Self {
        let drawn = dict.get::<Name<'_>>("Subtype").as_deref() == Some(b"Type3");
        let own = dict.get::<Name<'_>>("BaseFont").map_or(Base::Standard, |name| Base::of_font(&name));
        let mut base = own;
        if drawn {
            // Its characters are drawings with names; a code without a name is none.
            base = Base::Pictures;
        }
        let mut names = BTreeMap::new();
        match dict.get::<Object<'_>>("Encoding") {
            Some(Object::Name(name)) => base = Base::named(&name),
            Some(Object::Dict(encoding)) => {
                if let Some(name) = encoding.get::<Name<'_>>("BaseEncoding") {
                    base = Base::named(&name);
                }
                let mut code = 0u8;
                for entry in encoding.get::<Array<'_>>("Differences").iter().flat_map(Array::iter::<Object<'_>>) {
                    match entry {
                        Object::Number(number) => code = u8::try_from(number.as_i64()).unwrap_or(0),
                        Object::Name(name) => {
                            names.insert(code, name.as_str().to_owned());
                            code = code.wrapping_add(1);
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        // What a font of symbols says of its encoding is a form letter of the program that wrote the file.
        if own != Base::Standard {
            base = own;
        }
        // Type 3 fonts have a glyph space of their own.
        let matrix = dict.get::<[f64; 6]>("FontMatrix").unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
        let scale = matrix[0];
        let bounds = dict.get::<Rect>("FontBBox").map_or((0.0, 0.0), |bounds| (bounds.y0, bounds.y1));
        let first = dict.get::<i32>("FirstChar").and_then(|code| u32::try_from(code).ok()).unwrap_or(0);
        let widths: BTreeMap<u32, f64> = dict
            .get::<Array<'_>>("Widths")
            .iter()
            .flat_map(Array::iter::<f64>)
            .zip(first..first.saturating_add(256))
            .map(|(width, code)| (code, in_thousandths(width, scale)))
            .collect();
        let em = if drawn { drawn_em(matrix[3], bounds, widths.values().copied()) } else { 1.0 };
        let missing = dict.get::<Dict<'_>>("FontDescriptor").and_then(|d| d.get::<f64>("MissingWidth")).unwrap_or(0.0);
        let standard_widths = widths.is_empty();
        Self {
            codes: Codes::Simple { base, names, standard_widths },
            widths,
            default_width: in_thousandths(missing, scale),
            em,
            to_unicode: None,
            seen: Vec::new(),
        }
    }

    fn composite(dict: &Dict<'a>) -> Option<Self> {
        let map = match dict.get::<Object<'_>>("Encoding")? {
            Object::Name(name) => match CMapName::from_bytes(&name) {
                CMapName::IdentityH => CMap::identity_h(),
                CMapName::IdentityV => CMap::identity_v(),
                name => CMap::parse(load_embedded(name)?, load_embedded)?,
            },
            Object::Stream(stream) => CMap::parse(&unpacked(&stream)?, load_embedded)?,
            _ => return None,
        };
        let descendant = dict.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
        let default_width = descendant.get::<f64>("DW").unwrap_or(1000.0);
        let widths = descendant.get::<Array<'_>>("W").map(|array| cid_widths(&array)).unwrap_or_default();
        let vertical = (map.metadata().writing_mode == Some(WritingMode::Vertical)).then(|| {
            let [height, advance] = descendant.get::<[f64; 2]>("DW2").unwrap_or([880.0, -1000.0]);
            (advance, height)
        });
        let own = map.metadata().character_collection.as_ref().map(|collection| collection.family.clone());
        let family = own.filter(|family| *family != CidFamily::AdobeIdentity).or_else(|| {
            let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
            let text = |key: &str| Some(info.get::<hayro_syntax::object::String<'_>>(key)?.as_bytes().to_vec());
            Some(CidFamily::from_registry_ordering(&text("Registry")?, &text("Ordering")?))
        });
        let program = descendant
            .get::<Dict<'_>>("FontDescriptor")
            .and_then(|descriptor| descriptor.get::<Stream<'_>>("FontFile2"))
            .map(|data| Program { data, glyphs: descendant.get::<Stream<'_>>("CIDToGIDMap") });
        let composite = Composite {
            map,
            vertical,
            fallback: OnceCell::new(),
            collection: family.and_then(|family| family.ucs2_cmap()),
            program,
        };
        let codes = Codes::Composite(Box::new(composite));
        Some(Self { codes, widths, default_width, em: 1.0, to_unicode: None, seen: Vec::new() })
    }

    /// What the first code of `bytes` shows; `None` at their end.
    pub(super) fn shown(&self, bytes: &[u8]) -> Option<Shown> {
        // What decides on a code of one byte or two, which is nearly every code.
        let key = match (&self.codes, bytes) {
            (Codes::Simple { .. }, &[only, ..]) => Some(u16::from(only)),
            (_, &[first, second, ..]) => Some(u16::from_be_bytes([first, second])),
            _ => None,
        };
        let slot = key.and_then(|key| self.seen.get(usize::from(key) % SEEN));
        if let Some((known, shown)) = slot.and_then(Cell::get)
            && Some(known) == key
        {
            return Some(shown);
        }
        let code = self.next_code(bytes)?;
        let character = match self.characters(code) {
            Some(Characters::One(c)) => Some(ideograph(c)),
            Some(Characters::Several(_)) => None,
            None => Some(char::REPLACEMENT_CHARACTER),
        };
        let space = code.bytes == 1 && code.value == 0x20;
        let shown = Shown { bytes: code.bytes, space, width: self.width(code), character };
        if let (Some(slot), Some(key)) = (slot, key.filter(|_| code.bytes <= 2)) {
            slot.set(Some((key, shown)));
        }
        Some(shown)
    }

    /// The characters of the first code of `bytes`, where it stands for several.
    pub(super) fn several(&self, bytes: &[u8]) -> String {
        match self.next_code(bytes).and_then(|code| self.characters(code)) {
            Some(Characters::Several(text)) => text,
            _ => String::new(),
        }
    }

    /// The first code of `bytes`; `None` at their end.
    fn next_code(&self, bytes: &[u8]) -> Option<Code> {
        let &first = bytes.first()?;
        match &self.codes {
            Codes::Simple { .. } => Some(Code { value: u32::from(first), bytes: 1 }),
            Codes::Composite(composite) => {
                let mut value = 0;
                for (length, &byte) in (1u8..=4).zip(bytes) {
                    value = value << 8 | u32::from(byte);
                    if composite.map.lookup_cid_code(value, length).is_some() {
                        return Some(Code { value, bytes: length });
                    }
                }
                // Not in the map: keep in step with the double bytes of every Chinese encoding.
                Some(double(bytes, first >= 0x80))
            }
            Codes::Unknown => Some(double(bytes, true)),
        }
    }

    fn glyph_number(&self, code: Code) -> u32 {
        match &self.codes {
            Codes::Composite(composite) => composite.map.lookup_cid_code(code.value, code.bytes).unwrap_or(0),
            _ => code.value,
        }
    }

    fn width(&self, code: Code) -> f64 {
        match (&self.codes, self.widths.get(&self.glyph_number(code))) {
            (_, Some(&width)) => width,
            (Codes::Simple { standard_widths: true, .. }, None) => standard_width(code.value),
            (_, None) => self.default_width,
        }
    }

    /// How far a glyph of this width reaches.
    pub(super) fn extent(&self, width: f64) -> Extent {
        let vertical = match &self.codes {
            Codes::Composite(composite) => composite.vertical,
            _ => None,
        };
        Extent { width, vertical, em: self.em }
    }

    /// Whether text runs downwards.
    pub(super) fn is_vertical(&self) -> bool {
        matches!(&self.codes, Codes::Composite(composite) if composite.vertical.is_some())
    }

    /// The characters of `code`, or `None` where the file does not tell.
    fn characters(&self, code: Code) -> Option<Characters> {
        let told =
            self.to_unicode.as_ref().and_then(|map| map.lookup_bf_string(code.value)).and_then(Characters::known);
        if told.is_some() {
            return told;
        }
        match &self.codes {
            Codes::Simple { base, names, .. } => {
                let code = u8::try_from(code.value).ok()?;
                let c = match names.get(&code) {
                    Some(name) => named_glyph(name),
                    None => base.character(code),
                };
                c.map(Characters::One)
            }
            Codes::Composite(composite) => {
                let glyph = self.glyph_number(code);
                match composite.fallback.get_or_init(|| composite.fallback(self.to_unicode.is_some())) {
                    Fallback::Collection(map) => {
                        map.lookup_bf_string(glyph).and_then(Characters::known).or_else(|| {
                            (1..=4).find_map(|n| map.lookup_cid_code(glyph, n)).and_then(printable).map(Characters::One)
                        })
                    }
                    Fallback::Program(map) => map.get(&glyph).copied().map(Characters::One),
                    Fallback::None => None,
                }
            }
            Codes::Unknown => None,
        }
    }
}

impl Composite<'_> {
    /// Where characters come from when the file's own table has none. With a predefined map the glyph numbers are
    /// those of the character collection. With an identity map they may be the font program's: its own table is
    /// better evidence, and where the file has a table that is silent on a glyph, the collection would be a guess.
    fn fallback(&self, has_table: bool) -> Fallback {
        let identity =
            self.map.metadata().character_collection.as_ref().is_none_or(|c| c.family == CidFamily::AdobeIdentity);
        let collection = || self.collection.and_then(load_embedded).and_then(|data| CMap::parse(data, load_embedded));
        if !(identity && has_table)
            && let Some(map) = collection()
        {
            return Fallback::Collection(Box::new(map));
        }
        self.program.as_ref().and_then(Program::characters).map_or(Fallback::None, Fallback::Program)
    }
}

impl Program<'_> {
    /// The characters of the file's glyph numbers; `None` where the program cannot be unpacked.
    fn characters(&self) -> Option<BTreeMap<u32, char>> {
        let characters = truetype::characters(&unpacked(&self.data)?);
        let Some(glyphs) = self.glyphs.as_ref().and_then(unpacked) else {
            return Some(characters);
        };
        let known = glyphs.chunks_exact(2).zip(0u32..).filter_map(|(pair, cid)| {
            let glyph = u32::from(u16::from_be_bytes(pair.try_into().ok()?));
            characters.get(&glyph).map(|&c| (cid, c))
        });
        Some(known.collect())
    }
}

/// What one code stands for: nearly always one character.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Characters {
    One(char),
    Several(String),
}

impl Characters {
    fn known(found: BfString) -> Option<Self> {
        match found {
            BfString::Char(c) => printable(u32::from(c)).map(Self::One),
            BfString::String(text) => {
                let text: String = text.chars().filter(|&c| printable(u32::from(c)).is_some()).collect();
                let mut chars = text.chars();
                match (chars.next(), chars.next()) {
                    (None, _) => None,
                    (Some(c), None) => Some(Self::One(c)),
                    _ => Some(Self::Several(text)),
                }
            }
        }
    }
}

/// The character, unless it is a control or the mark of "unknown".
fn printable(code: u32) -> Option<char> {
    char::from_u32(code)
        .filter(|&c| (!c.is_control() || c == '\t') && c != char::REPLACEMENT_CHARACTER && c != '\u{FFFF}')
}

fn double(bytes: &[u8], wanted: bool) -> Code {
    match (wanted, bytes) {
        (true, &[first, second, ..]) => Code { value: u32::from(first) << 8 | u32::from(second), bytes: 2 },
        (_, &[first, ..]) => Code { value: u32::from(first), bytes: 1 },
        (_, []) => Code { value: 0, bytes: 1 },
    }
}

fn unpacked(stream: &Stream<'_>) -> Option<Vec<u8>> {
    streams::unpacked(stream).map(|unpacked| unpacked.data)
}

/// The widths of a composite font: `first [w w …]` and `first last w`, mixed.
fn cid_widths(array: &Array<'_>) -> BTreeMap<u32, f64> {
    let mut widths = BTreeMap::new();
    let mut entries = array.iter::<Object<'_>>();
    let number = |object: Option<Object<'_>>| object.and_then(Object::into_number);
    while let Some(first) = number(entries.next()).and_then(|n| u32::try_from(n.as_i64()).ok()) {
        match entries.next() {
            Some(Object::Array(list)) => {
                widths.extend((first..first.saturating_add(MAX_RANGE)).zip(list.iter::<f64>()));
            }
            Some(Object::Number(last)) => {
                let Some(width) = number(entries.next()) else { break };
                let last = u32::try_from(last.as_i64()).unwrap_or(first).min(first.saturating_add(MAX_RANGE));
                widths.extend((first..=last).map(|cid| (cid, width.as_f64())));
            }
            _ => break,
        }
    }
    widths
}

/// Widths of the standard sans-serif font from the space on, in thousandths: for files that name a standard font and
/// give no widths.
const STANDARD_WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

fn standard_width(code: u32) -> f64 {
    let index = code.checked_sub(0x20).and_then(|n| usize::try_from(n).ok());
    f64::from(index.and_then(|n| STANDARD_WIDTHS.get(n)).copied().unwrap_or(556))
}
