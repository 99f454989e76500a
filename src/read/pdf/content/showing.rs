//! The text of content streams: where strings are shown, and what each of their glyphs is.

use hayro_syntax::page::Resources;

use super::super::font::Font;
use super::super::operators::{Element, Operand, Operators, Text};
use super::super::radicals::ideograph;
use super::super::space::{Area, Extent, Ground, Matrix, paints_nothing};
use super::{Glyph, Interpreter, MAX_GLYPHS, MIN_SIZE};

impl<'a> Interpreter<'_, 'a> {
    /// The operators of texts.
    pub(super) fn text_step(&mut self, operator: &[u8], with: &Operators<'_>, resources: &Resources<'a>) -> Option<()> {
        match operator {
            b"BT" => self.set_text(Matrix::IDENTITY),
            b"Tc" => [self.state.text.character_spacing] = with.numbers()?,
            b"Tw" => [self.state.text.word_spacing] = with.numbers()?,
            b"Tz" => [self.state.text.scaling] = with.numbers()?,
            b"TL" => [self.state.text.leading] = with.numbers()?,
            b"Ts" => [self.state.text.rise] = with.numbers()?,
            b"Tr" => {
                let [mode] = with.numbers()?;
                self.state.unpainted = paints_nothing(mode);
            }
            b"Tf" => {
                let ([size], name) = (with.numbers()?, with.name(1)?);
                self.state.text.size = size;
                self.state.font = self.font(name, resources);
            }
            b"Td" => {
                let [x, y] = with.numbers()?;
                self.next_line((x, y));
            }
            b"TD" => {
                let [x, y] = with.numbers()?;
                self.state.text.set_leading_down(y);
                self.next_line((x, y));
            }
            b"T*" => self.next_line(self.state.text.next_line()),
            b"Tm" => self.set_text(Matrix::new(with.numbers()?)),
            b"Tj" => self.show(with.text()?),
            b"'" => {
                let text = with.text()?;
                self.next_line(self.state.text.next_line());
                self.show(text);
            }
            b"\"" => {
                let text = with.text()?;
                let (Operand::Number(word), Operand::Number(character)) = (with.operand(2)?, with.operand(1)?) else {
                    return None;
                };
                self.state.text.word_spacing = word;
                self.state.text.character_spacing = character;
                self.next_line(self.state.text.next_line());
                self.show(text);
            }
            b"TJ" => self.show_adjusted(with.array()?),
            _ => {}
        }
        Some(())
    }

    fn set_text(&mut self, matrix: Matrix) {
        self.text = matrix;
        self.line = matrix;
    }

    fn next_line(&mut self, (x, y): (f64, f64)) {
        self.set_text(self.line.shifted(x, y));
    }

    fn show(&mut self, text: Text<'_>) {
        self.run = self.run.saturating_add(1);
        let Some(font) = self.state.font.clone() else { return self.show_nothing(text) };
        let ground = self.state.text.ground(self.state.map, self.text);
        self.string(text, &font, &ground);
    }

    fn show_adjusted(&mut self, elements: &[Element<'_>]) {
        self.run = self.run.saturating_add(1);
        let font = self.state.font.clone();
        let vertical = font.as_ref().is_some_and(|font| font.is_vertical());
        let ground = self.state.text.ground(self.state.map, self.text);
        for element in elements {
            match (*element, &font) {
                (Element::Text(text), Some(font)) => self.string(text, font, &ground),
                (Element::Text(text), None) => self.show_nothing(text),
                (Element::Number(number), _) => {
                    let (x, y) = self.state.text.adjustment(number, vertical);
                    self.text = self.text.shifted(x, y);
                }
            }
        }
    }

    /// Text in a font that the file does not hold.
    fn show_nothing(&mut self, text: Text<'_>) {
        self.content.losses.unknown += text.bytes(&mut self.buffer).len();
    }

    fn string(&mut self, text: Text<'_>, font: &Font<'a>, ground: &Ground) {
        let mut buffer = std::mem::take(&mut self.buffer);
        let mut bytes = text.bytes(&mut buffer);
        while let Some(shown) = font.shown(bytes) {
            if self.content.glyphs.len() >= MAX_GLYPHS {
                self.content.losses.cut = true;
                break;
            }
            let extent = font.extent(shown.width);
            match shown.character {
                Some(c) => self.glyph(c, ground, extent, 0, 1),
                None => {
                    let text = font.several(bytes);
                    let count = text.chars().count();
                    for (index, c) in text.chars().enumerate() {
                        self.glyph(ideograph(c), ground, extent, index, count);
                    }
                }
            }
            bytes = bytes.get(usize::from(shown.bytes)..).unwrap_or_default();
            let (x, y) = self.state.text.advance(extent, shown.space);
            self.text = self.text.shifted(x, y);
        }
        self.buffer = buffer;
    }

    fn glyph(&mut self, c: char, ground: &Ground, extent: Extent, part: usize, parts: usize) {
        if c.is_whitespace() {
            return;
        }
        let landing = ground.landing(self.text, extent, part, parts);
        let centre = landing.area.centre();
        if landing.size < MIN_SIZE || c == char::REPLACEMENT_CHARACTER && landing.area.width() < 10 {
            self.content.losses.invisible += usize::from(c != char::REPLACEMENT_CHARACTER);
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
            c,
            area: landing.area,
            origin: landing.origin,
            size: landing.size,
            turn,
            run: self.run,
            vertical: extent.vertical.is_some(),
            unpainted: self.state.unpainted,
            clipped: self.state.clip.is_some_and(|clip| !clip.grown(50).contains(centre)),
            tone: self.state.tone(),
            ink: self.state.ink(),
            slope: landing.slope,
        });
    }
}
