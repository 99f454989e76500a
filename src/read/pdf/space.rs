//! Space on a page: the only file of the reader that computes with floats, because PDF writes positions as such.
//!
//! What leaves it are whole hundredths of a point, top left origin, clamped to [`LIMIT`], so that everything after it
//! is exact arithmetic that gives the same answer on every machine.
#![expect(clippy::float_arithmetic, reason = "PDF positions are real numbers; none of them is an amount")]

/// Farthest coordinate that is kept, in hundredths of a point: seven times the largest page that PDF allows, and small
/// enough that sums of a few coordinates cannot overflow.
const LIMIT: i32 = 10_000_000;

/// A point, in hundredths of a point from the top left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) x: i32,
    pub(super) y: i32,
}

/// A box with sides along the axes, in hundredths of a point. Left ≤ right and top ≤ bottom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) right: i32,
    pub(super) bottom: i32,
}

impl Area {
    /// The smallest box around `points`; empty at the origin where there are none.
    pub(super) fn around(points: &[Point]) -> Self {
        let mut points = points.iter();
        let Some(first) = points.next() else { return Self::default() };
        let start = Self { left: first.x, top: first.y, right: first.x, bottom: first.y };
        points.fold(start, |area, p| Self {
            left: area.left.min(p.x),
            top: area.top.min(p.y),
            right: area.right.max(p.x),
            bottom: area.bottom.max(p.y),
        })
    }

    pub(super) fn width(self) -> i32 {
        self.right - self.left
    }

    pub(super) fn height(self) -> i32 {
        self.bottom - self.top
    }

    /// Twice the size of the surface would overflow 32 bits on a poster.
    pub(super) fn surface(self) -> i64 {
        i64::from(self.width().max(0)) * i64::from(self.height().max(0))
    }

    pub(super) fn centre(self) -> Point {
        Point { x: self.left.midpoint(self.right), y: self.top.midpoint(self.bottom) }
    }

    /// The smallest box around both.
    pub(super) fn join(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// What both cover; may be inside out ([`Area::is_empty`]).
    pub(super) fn meet(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }

    pub(super) fn contains(self, p: Point) -> bool {
        (self.left..=self.right).contains(&p.x) && (self.top..=self.bottom).contains(&p.y)
    }

    /// The box grown by `by` on each side.
    pub(super) fn grown(self, by: i32) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }
}

/// An affine map, as PDF writes it: `[a b c d e f]`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matrix([f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// A page's own map may hold anything; what is no number becomes 0.
    pub(super) fn new(mut coefficients: [f64; 6]) -> Self {
        for coefficient in &mut coefficients {
            if !coefficient.is_finite() {
                *coefficient = 0.0;
            }
        }
        Self(coefficients)
    }

    pub(super) fn shift(x: f64, y: f64) -> Self {
        Self::new([1.0, 0.0, 0.0, 1.0, x, y])
    }

    pub(super) fn scale(by: f64) -> Self {
        Self::new([by, 0.0, 0.0, by, 0.0, 0.0])
    }

    /// First `inner`, then `self`.
    #[must_use]
    pub(super) fn after(self, inner: Self) -> Self {
        let (a, b) = (self.0, inner.0);
        Self::new([
            a[0] * b[0] + a[2] * b[1],
            a[1] * b[0] + a[3] * b[1],
            a[0] * b[2] + a[2] * b[3],
            a[1] * b[2] + a[3] * b[3],
            a[0] * b[4] + a[2] * b[5] + a[4],
            a[1] * b[4] + a[3] * b[5] + a[5],
        ])
    }

    /// First a shift by (x, y), then `self`.
    #[must_use]
    pub(super) fn shifted(mut self, x: f64, y: f64) -> Self {
        let m = &mut self.0;
        (m[4], m[5]) = (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]);
        for place in [4, 5] {
            if !m[place].is_finite() {
                m[place] = 0.0;
            }
        }
        self
    }

    fn map(self, x: f64, y: f64) -> (f64, f64) {
        let m = self.0;
        (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
    }

    /// Where (x, y) lands.
    pub(super) fn point(self, x: f64, y: f64) -> Point {
        let (x, y) = self.map(x, y);
        Point { x: hundredths(x), y: hundredths(y) }
    }

    /// The box around where a box lands.
    pub(super) fn area(self, [left, bottom, right, top]: [f64; 4]) -> Area {
        Area::around(&[
            self.point(left, bottom),
            self.point(left, top),
            self.point(right, bottom),
            self.point(right, top),
        ])
    }

    /// How long a length of `length` becomes, on average over directions.
    pub(super) fn length(self, length: f64) -> i32 {
        let m = self.0;
        hundredths(length * (m[0] * m[3] - m[1] * m[2]).abs().sqrt())
    }

    /// The map that lays the box `from`, once mapped by `self`, onto `onto`: how an annotation's picture is placed.
    pub(super) fn placed(self, from: [f64; 4], onto: [f64; 4]) -> Self {
        let corners = [(from[0], from[1]), (from[0], from[3]), (from[2], from[1]), (from[2], from[3])]
            .map(|(x, y)| self.map(x, y));
        let least = |pick: fn(&(f64, f64)) -> f64| corners.iter().map(pick).fold(f64::MAX, f64::min);
        let most = |pick: fn(&(f64, f64)) -> f64| corners.iter().map(pick).fold(f64::MIN, f64::max);
        let (x, y) = (least(|c| c.0), least(|c| c.1));
        let scale = |found: f64, wanted: f64| if found.abs() < 1e-9 { 1.0 } else { wanted / found };
        let sx = scale(most(|c| c.0) - x, onto[2] - onto[0]);
        let sy = scale(most(|c| c.1) - y, onto[3] - onto[1]);
        Self::new([sx, 0.0, 0.0, sy, onto[0] - x * sx, onto[1] - y * sy])
    }
}

/// A length in points as whole hundredths.
pub(super) fn hundredths(points: f64) -> i32 {
    let value = (points * 100.0).clamp(f64::from(-LIMIT), f64::from(LIMIT));
    #[expect(clippy::cast_possible_truncation, reason = "clamped just above; NaN becomes 0")]
    let whole = value as i32;
    // `f64::round` is a call into a library on the machines that this runs on.
    let rest = value - f64::from(whole);
    whole + i32::from(rest >= 0.5) - i32::from(rest <= -0.5)
}

/// A width of a font's own glyph space in thousandths of the font size.
pub(super) fn in_thousandths(width: f64, scale: f64) -> f64 {
    width * scale * 1000.0
}

/// How high the characters of a font are, in font sizes, that are drawings in a space of their own: one where that space is
/// the usual one of thousandths, else as high as the box around all of them, or as wide as the widest. `up` is the part of
/// the font's matrix for heights, `bottom` and `top` are those of the box, `widths` are in thousandths.
pub(super) fn drawn_em(up: f64, (bottom, top): (f64, f64), widths: impl Iterator<Item = f64>) -> f64 {
    let widest = widths.fold(0.0, f64::max) / 1000.0;
    let height = ((top - bottom) * up).abs();
    let usual = (0.0005..=0.002).contains(&up.abs());
    let plausible = |em: &f64| em.is_finite() && *em > 0.0;
    let em = if usual { 1.0 } else { Some(height).filter(plausible).or(Some(widest).filter(plausible)).unwrap_or(1.0) };
    if up < 0.0 { -em } else { em }
}

/// The text state: what decides where the next glyph stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextState {
    pub(super) size: f64,
    pub(super) character_spacing: f64,
    pub(super) word_spacing: f64,
    /// Horizontal scaling in per cent.
    pub(super) scaling: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
}

impl Default for TextState {
    fn default() -> Self {
        Self { size: 1.0, character_spacing: 0.0, word_spacing: 0.0, scaling: 100.0, leading: 0.0, rise: 0.0 }
    }
}

/// How a font lays one glyph, in thousandths of the font size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// Horizontal advance, or the glyph's width in vertical writing.
    pub(super) width: f64,
    /// Vertical advance (negative: downwards) and the height of the vertical origin; `None` in horizontal writing.
    pub(super) vertical: Option<(f64, f64)>,
    /// How high the font's characters are, in font sizes; below nothing where they are drawn downwards.
    pub(super) em: f64,
}

/// Where one glyph landed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Landing {
    /// Advance × the band that text fills around its baseline.
    pub(super) area: Area,
    /// The glyph's origin on its baseline.
    pub(super) origin: Point,
    /// Font size on the page.
    pub(super) size: i32,
    /// Quarter turns of the baseline, counted clockwise as shown; `None` where it is slanted.
    pub(super) turn: Option<u8>,
    /// How far the baseline rises from the axis that it runs along, in thousandths.
    pub(super) slope: i32,
}

/// Below and above the baseline, in parts of the font size: the band a glyph fills.
const DESCENT: f64 = 0.12;
const ASCENT: f64 = 0.88;

/// Steepest slope of a baseline that still counts as level: about 8°.
const SLANT: f64 = 0.14;

impl TextState {
    /// How far the text moves on after a glyph.
    pub(super) fn advance(&self, extent: Extent, is_space: bool) -> (f64, f64) {
        let spacing = self.character_spacing + if is_space { self.word_spacing } else { 0.0 };
        match extent.vertical {
            Some((down, _)) => (0.0, down / 1000.0 * self.size + spacing),
            None => ((extent.width / 1000.0 * self.size + spacing) * self.scaling / 100.0, 0.0),
        }
    }

    /// How far a number between strings moves the text.
    pub(super) fn adjustment(&self, number: f64, vertical: bool) -> (f64, f64) {
        let by = -number / 1000.0 * self.size;
        if vertical { (0.0, by) } else { (by * self.scaling / 100.0, 0.0) }
    }

    /// Sets the leading from a step to the next line, which is negative downwards.
    pub(super) fn set_leading_down(&mut self, step: f64) {
        self.leading = -step;
    }

    /// The next line, by the leading.
    pub(super) fn next_line(&self) -> (f64, f64) {
        (0.0, -self.leading)
    }

    /// How the glyphs of a string stand: `page` maps user space to the page, `text` text space to user space, wherever the
    /// string begins.
    pub(super) fn ground(&self, page: Matrix, text: Matrix) -> Ground {
        let scale = Matrix::new([self.size * self.scaling / 100.0, 0.0, 0.0, self.size, 0.0, 0.0]);
        let onto = page.after(text);
        let glyphs = onto.after(scale);
        let (up, right) = ((glyphs.0[2], glyphs.0[3]), (glyphs.0[0], glyphs.0[1]));
        let (ax, ay) = (right.0.abs(), right.1.abs());
        let turn = if ax.min(ay) > SLANT * ax.max(ay) {
            None
        } else if ax >= ay {
            Some(if right.0 >= 0.0 { 0 } else { 2 })
        } else {
            Some(if right.1 < 0.0 { 3 } else { 1 })
        };
        Ground {
            page,
            glyphs,
            rise: (onto.0[2] * self.rise, onto.0[3] * self.rise),
            size: (up.0 * up.0 + up.1 * up.1).sqrt(),
            turn,
            slope: hundredths(ax.min(ay) / ax.max(ay).max(f64::MIN_POSITIVE) * 10.0),
            level: glyphs.0[1] == 0.0 && glyphs.0[2] == 0.0,
        }
    }
}

/// What the glyphs of a string have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground {
    page: Matrix,
    /// From a glyph to the page, but for where it stands.
    glyphs: Matrix,
    rise: (f64, f64),
    /// Font size on the page, in points.
    size: f64,
    turn: Option<u8>,
    slope: i32,
    /// Whether glyphs stand along the page's axes.
    level: bool,
}

impl Ground {
    /// Where a glyph stands, `text` being text space at its origin. The glyph is cut in `parts` of equal width (a ligature
    /// stands for several characters) and `part` of them is wanted.
    pub(super) fn landing(&self, text: Matrix, extent: Extent, part: usize, parts: usize) -> Landing {
        let (x, y) = self.page.map(text.0[4], text.0[5]);
        let mut map = self.glyphs;
        (map.0[4], map.0[5]) = (self.rise.0 + x, self.rise.1 + y);
        if let Some((_, height)) = extent.vertical {
            map = map.shifted(-extent.width / 2000.0, -height / 1000.0);
        }
        // A glyph without width still stands somewhere.
        let width = if extent.width.abs() < 1.0 { 0.001 } else { extent.width / 1000.0 };
        #[expect(clippy::cast_precision_loss, reason = "a glyph stands for a handful of characters")]
        let (part, parts) = (part as f64, parts.max(1) as f64);
        let (from, to) = (width * part / parts, width * (part + 1.0) / parts);
        let (descent, ascent) = (DESCENT * extent.em, ASCENT * extent.em);
        let (area, origin) = if self.level {
            let (start, end) = (map.point(from, -descent), map.point(to, ascent));
            (Area::around(&[start, end]), Point { x: start.x, y: hundredths(map.0[5]) })
        } else {
            (map.area([from, -descent, to, ascent]), map.point(from, 0.0))
        };
        // A width below nothing runs the other way.
        let turn = self.turn.map(|turn| if width < 0.0 { (turn + 2) % 4 } else { turn });
        Landing { area, origin, size: hundredths(self.size * extent.em.abs()), turn, slope: self.slope }
    }
}

/// A number from its digits and how many of them stand behind the point.
pub(super) fn decimal(negative: bool, digits: u64, places: usize) -> f64 {
    const POWERS: [f64; 19] =
        [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18];
    #[expect(clippy::cast_precision_loss, reason = "positions; those beyond what a page has are clamped later")]
    let digits = digits as f64;
    let value = if places == 0 { digits } else { digits / POWERS.get(places).copied().unwrap_or(f64::INFINITY) };
    if negative { -value } else { value }
}

/// Whether a text rendering mode leaves no ink: 3 paints nothing, 7 only clips.
pub(super) fn paints_nothing(mode: f64) -> bool {
    (3.0..4.0).contains(&mode) || (7.0..8.0).contains(&mode)
}

/// Whether a colour of `components` (1 grey, 3 red-green-blue, 4 cyan-magenta-yellow-black) is white on paper.
pub(super) fn is_white(components: &[f64]) -> bool {
    match components {
        [_] | [_, _, _] => components.iter().all(|&c| c > 0.97),
        [_, _, _, _] => components.iter().all(|&c| c < 0.03),
        _ => false,
    }
}

/// A colour as a number, whichever way it is written: the same for the same colour.
pub(super) fn ink(components: &[f64]) -> u32 {
    let level = |part: f64| u32::try_from(hundredths(part.clamp(0.0, 1.0) * 2.55)).unwrap_or(0);
    let mixed = |[red, green, blue]: [f64; 3]| level(red) << 16 | level(green) << 8 | level(blue);
    match *components {
        [grey] => mixed([grey; 3]),
        [red, green, blue] => mixed([red, green, blue]),
        [cyan, magenta, yellow, black] => mixed([cyan, magenta, yellow].map(|part| (1.0 - part) * (1.0 - black))),
        _ => 0,
    }
}

/// Whether a colour is so light that, on paper, it can only be a watermark or a background.
pub(super) fn is_faint(components: &[f64]) -> bool {
    match components {
        [_] | [_, _, _] => components.iter().all(|&c| c > 0.7),
        [_, _, _, _] => components.iter().all(|&c| c < 0.3),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glyph_stands_on_its_baseline() {
        let page = Matrix::new([1.0, 0.0, 0.0, -1.0, 0.0, 800.0]);
        let state = TextState { size: 10.0, ..TextState::default() };
        let text = Matrix::shift(100.0, 700.0);
        let landing = state.ground(page, text).landing(text, Extent { width: 500.0, vertical: None, em: 1.0 }, 0, 1);
        assert_eq!(landing.area, Area { left: 10_000, top: 9_120, right: 10_500, bottom: 10_120 });
        assert_eq!((landing.origin.x, landing.origin.y, landing.size, landing.turn), (10_000, 10_000, 1_000, Some(0)));
    }

    #[test]
    fn turned_and_slanted_baselines_are_told_apart() {
        let page = Matrix::new([1.0, 0.0, 0.0, -1.0, 0.0, 800.0]);
        let state = TextState { size: 10.0, ..TextState::default() };
        let extent = Extent { width: 1000.0, vertical: None, em: 1.0 };
        let turn = |m: [f64; 6]| {
            let text = Matrix::new(m);
            state.ground(page, text).landing(text, extent, 0, 1).turn
        };
        assert_eq!(turn([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]), Some(3), "upwards");
        assert_eq!(turn([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]), Some(1), "downwards");
        assert_eq!(turn([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0]), Some(2));
        assert_eq!(turn([0.7, 0.7, -0.7, 0.7, 0.0, 0.0]), None, "a watermark");
        assert_eq!(turn([1.0, 0.0, 0.3, 1.0, 0.0, 0.0]), Some(0), "italics lean, their baseline does not");
    }

    #[test]
    fn hundredths_are_rounded_away_from_zero() {
        for points in [0.0, 0.004, 0.005, 0.015, -0.005, -0.015, 1.115, 612.0, 0.004_999_999_999_999_999, -841.889_76] {
            #[expect(clippy::cast_possible_truncation, reason = "small numbers")]
            let rounded = (points * 100.0_f64).round() as i32;
            assert_eq!(hundredths(points), rounded, "{points}");
        }
        assert_eq!(hundredths(f64::NEG_INFINITY), -LIMIT);
    }

    #[test]
    fn wild_numbers_stay_in_range() {
        assert_eq!(hundredths(f64::NAN), 0);
        assert_eq!(hundredths(f64::INFINITY), LIMIT);
        let wild = Matrix::new([f64::MAX, 1.0, f64::MAX, f64::NAN, 0.0, 0.0]);
        assert!(wild.after(wild).point(1e300, -1e300).x.abs() <= LIMIT);
    }
}
