//! Cleaning what a page shows, before anything is read from it. After this every glyph is one that a person sees, once,
//! and most text runs from left to right.

use std::collections::BTreeSet;

use super::content::{Content, Glyph, Tone};
use super::overlays::drop_overlays;
use super::paths::Rule;
use super::space::{Area, Point};

/// Faint type this much larger than the page's usual type is a watermark (in tenths).
const WATERMARK_TENTHS: i32 = 22;

/// How the page was turned so that its text reads from left to right, and back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turned {
    /// Quarter turns, clockwise, that the text had.
    quarters: u8,
    /// Size of the page as it is shown.
    pub(super) width: i32,
    pub(super) height: i32,
}

/// Cleans and turns the page.
pub(super) fn clean(content: &mut Content) -> Turned {
    drop_clipped(content);
    drop_white(content);
    drop_watermarks(content);
    drop_overlays(content);
    drop_twins(content);
    let turned = Turned { quarters: dominant(&content.glyphs), width: content.width, height: content.height };
    if turned.quarters != 0 {
        turned.apply(content);
    }
    turned
}

/// Strings of which nothing lies inside the clip: a box of text over two pages is painted whole on both.
fn drop_clipped(content: &mut Content) {
    if content.glyphs.iter().all(|glyph| !glyph.clipped) {
        return;
    }
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    seen.extend(content.glyphs.iter().filter(|glyph| !glyph.clipped).map(|glyph| glyph.run));
    let before = content.glyphs.len();
    content.glyphs.retain(|glyph| seen.contains(&glyph.run));
    content.losses.invisible += before - content.glyphs.len();
}

/// White text is seen only on something: a fill that is not white, or a picture.
fn drop_white(content: &mut Content) {
    if content.glyphs.iter().all(|glyph| glyph.tone != Tone::White) {
        return;
    }
    let mut grounds: Vec<Area> = content
        .fills
        .iter()
        .filter(|fill| !fill.white)
        .map(|fill| fill.area)
        .chain(content.pictures.iter().copied())
        .collect();
    grounds.sort_by_key(|area| std::cmp::Reverse(area.surface()));
    // Large grounds first; past these a page is a mosaic, and text on it is taken to be seen.
    let mosaic = grounds.len() > 2_000;
    let before = content.glyphs.len();
    content.glyphs.retain(|glyph| {
        glyph.tone != Tone::White || mosaic || grounds.iter().any(|area| area.contains(glyph.area.centre()))
    });
    content.losses.invisible += before - content.glyphs.len();
}

/// Large faint type across the page.
fn drop_watermarks(content: &mut Content) {
    let mut sizes: Vec<i32> = content.glyphs.iter().filter(|g| g.tone == Tone::Dark).map(|g| g.size).collect();
    if sizes.is_empty() {
        return;
    }
    let middle = sizes.len() / 2;
    let (_, &mut usual, _) = sizes.select_nth_unstable(middle);
    let before = content.glyphs.len();
    content.glyphs.retain(|glyph| glyph.tone != Tone::Faint || glyph.size * 10 < usual * WATERMARK_TENTHS);
    content.losses.watermark += before - content.glyphs.len();
}

/// The same character twice within an eighth of its size is one character in fake bold: painted again at once, or as a part
/// of a text that is painted again. Where amounts reach over one another, one may begin with the digit that the other ends
/// with.
fn drop_twins(content: &mut Content) {
    const SQUARE: i32 = 400;
    /// Hardly two of one character stand so close together; a heap of them is hostile and need not be told apart.
    const HEAP: usize = 64;
    let glyphs = &content.glyphs;
    if !may_have_twins(glyphs, SQUARE) {
        return;
    }
    let band = |y: i32| y.div_euclid(SQUARE);
    // Characters of one kind, band by band of the page, each from left to right.
    let mut sorted: Vec<((char, i32, i32), usize)> = glyphs
        .iter()
        .enumerate()
        .map(|(index, glyph)| ((glyph.c, band(glyph.origin.y), glyph.origin.x), index))
        .collect();
    sorted.sort_unstable();
    let mut first: Vec<usize> = (0..glyphs.len()).collect();
    for (index, glyph) in glyphs.iter().enumerate() {
        let Point { x, y } = glyph.origin;
        let reach = (glyph.size * 3 / 25).min(SQUARE);
        let twin = |other: usize| other < index && first[other] == other && (glyphs[other].origin.y - y).abs() < reach;
        let found = (band(y - reach)..=band(y + reach)).find_map(|band| {
            let from = sorted.partition_point(|(at, _)| *at <= (glyph.c, band, x - reach));
            let near = sorted[from..].iter().take_while(|(at, _)| *at < (glyph.c, band, x + reach));
            near.take(HEAP).map(|&(_, other)| other).find(|&other| twin(other))
        });
        first[index] = found.unwrap_or(index);
    }
    let again = |index: usize, twin: usize| first.get(index).is_some_and(|&first| first == twin && first != index);
    let goes_on = |before: usize, after: usize| match (glyphs.get(before), glyphs.get(after)) {
        (Some(a), Some(b)) => {
            let gap = (b.area.left - a.area.right).abs();
            gap * 10 < a.size * 3 && (a.origin.y - b.origin.y).abs() * 10 < a.size
        }
        _ => false,
    };
    let repeats = |at: usize| {
        let Some(&twin) = first.get(at).filter(|&&twin| twin != at) else { return false };
        let before = twin.checked_sub(1);
        let in_text = again(at + 1, twin + 1) || before.is_some_and(|before| again(at - 1, before));
        let at_once = glyphs[twin..at].iter().all(|glyph| glyph.c == glyphs[at].c);
        // The end of one text and the beginning of the next, neither painted twice.
        let ends = before.is_some_and(|before| goes_on(before, twin) && first[before] == before);
        let begins = goes_on(at, at + 1) && !again(at + 2, at + 1);
        in_text || at_once && (glyphs[twin].run == glyphs[at].run || !(ends && begins))
    };
    let mut kept = (0..glyphs.len()).map(|at| !repeats(at)).collect::<Vec<bool>>().into_iter();
    content.glyphs.retain(|_| kept.next() == Some(true));
}

/// Whether any two of one character stand as near as those of fake bold may. Most pages have none.
fn may_have_twins(glyphs: &[Glyph], square: i32) -> bool {
    let reach = glyphs.iter().map(|glyph| glyph.size * 3 / 25).max().unwrap_or(0).min(square);
    // Character, band of the page and place in it, as one number that sorts as they do.
    let key = |glyph: &Glyph| {
        let upwards = |at: i32, bits: u32| u64::try_from(i64::from(at) + (1 << (bits - 1))).unwrap_or(0);
        let (band, place) = (upwards(glyph.origin.y.div_euclid(square), 18), upwards(glyph.origin.x, 25));
        u64::from(u32::from(glyph.c)) << 43 | band << 25 | place
    };
    let reach = u64::try_from(reach).unwrap_or(0);
    let mut keys: Vec<u64> = glyphs.iter().map(key).collect();
    keys.sort_unstable();
    let near = |a: u64, b: u64| b - a < reach;
    if keys.windows(2).any(|pair| matches!(pair, &[a, b] if near(a, b))) {
        return true;
    }
    // In the next band: the same place there, within reach to either side.
    let mut below = keys.as_slice();
    keys.iter().any(|&key| {
        let there = key + (1 << 25);
        while below.first().is_some_and(|&next| next + reach < there) {
            below = below.get(1..).unwrap_or_default();
        }
        below.first().is_some_and(|&next| next < there + reach)
    })
}

/// The turn that most text has, when it is clearly not upright.
fn dominant(glyphs: &[Glyph]) -> u8 {
    let count = |turn: u8| glyphs.iter().filter(|glyph| !glyph.vertical && glyph.turn == turn).count();
    let upright = count(0);
    (1..=3).map(|turn| (count(turn), turn)).filter(|&(n, _)| n > upright * 3).max().map_or(0, |(_, turn)| turn)
}

impl Turned {
    fn apply(self, content: &mut Content) {
        if self.quarters != 2 {
            std::mem::swap(&mut content.width, &mut content.height);
        }
        for glyph in &mut content.glyphs {
            glyph.area = self.upright(glyph.area);
            glyph.origin = self.upright_point(glyph.origin);
            glyph.turn = (glyph.turn + 4 - self.quarters) % 4;
        }
        for rule in &mut content.rules {
            let (from, to) = if rule.across {
                (Point { x: rule.from, y: rule.at }, Point { x: rule.to, y: rule.at })
            } else {
                (Point { x: rule.at, y: rule.from }, Point { x: rule.at, y: rule.to })
            };
            let area = Area::around(&[self.upright_point(from), self.upright_point(to)]);
            *rule = if rule.across == (self.quarters == 2) {
                Rule { across: true, at: area.top, from: area.left, to: area.right }
            } else {
                Rule { across: false, at: area.left, from: area.top, to: area.bottom }
            };
        }
        for fill in &mut content.fills {
            fill.area = self.upright(fill.area);
        }
        for place in &mut content.overlaid {
            *place = self.upright_point(*place);
        }
        for picture in &mut content.pictures {
            *picture = self.upright(*picture);
        }
    }

    fn upright_point(self, p: Point) -> Point {
        match self.quarters {
            1 => Point { x: p.y, y: self.width - p.x },
            2 => Point { x: self.width - p.x, y: self.height - p.y },
            3 => Point { x: self.height - p.y, y: p.x },
            _ => p,
        }
    }

    fn upright(self, area: Area) -> Area {
        let corners = [Point { x: area.left, y: area.top }, Point { x: area.right, y: area.bottom }];
        Area::around(&corners.map(|p| self.upright_point(p)))
    }

    /// A box of the turned page on the page as it is shown.
    pub(super) fn shown(self, area: Area) -> Area {
        let corners = [Point { x: area.left, y: area.top }, Point { x: area.right, y: area.bottom }];
        Area::around(&corners.map(|p| match self.quarters {
            1 => Point { x: self.width - p.y, y: p.x },
            2 => Point { x: self.width - p.x, y: self.height - p.y },
            3 => Point { x: p.y, y: self.height - p.x },
            _ => p,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(c: char, x: i32, y: i32) -> Glyph {
        Glyph {
            c,
            area: Area { left: x, top: y - 880, right: x + 1000, bottom: y + 120 },
            origin: Point { x, y },
            size: 1000,
            turn: 0,
            run: 0,
            vertical: false,
            unpainted: false,
            clipped: false,
            tone: Tone::Dark,
            ink: 0,
            slope: 0,
        }
    }

    fn page(glyphs: Vec<Glyph>) -> Content {
        Content { width: 60_000, height: 80_000, glyphs, ..Content::default() }
    }

    #[test]
    fn fake_bold_is_one_character() {
        let mut content = page(vec![glyph('万', 1000, 1000), glyph('万', 1030, 1000), glyph('万', 2000, 1000)]);
        clean(&mut content);
        assert_eq!(content.glyphs.len(), 2);
    }

    /// A text from `x` on, each character 500 wide, shown by the operators of `runs`.
    fn text(text: &str, x: i32, runs: impl Iterator<Item = u32>) -> Vec<Glyph> {
        let places = (0..).map(|at| x + at * 500);
        let set = |((c, x), run)| Glyph {
            area: Area { left: x, top: 120, right: x + 500, bottom: 1120 },
            run,
            ..glyph(c, x, 1000)
        };
        text.chars().zip(places).zip(runs).map(set).collect()
    }

    fn cleaned(texts: &[Vec<Glyph>]) -> String {
        let mut content = page(texts.concat());
        clean(&mut content);
        content.glyphs.iter().map(|glyph| glyph.c).collect()
    }

    #[test]
    fn an_amount_that_begins_on_the_last_digit_of_another_keeps_it() {
        // The one ends in the 2 that the other begins with, 0.3 pt further on.
        let (one, other) = (text("18.12", 1000, 1..), text("22.50", 3030, 11..));
        assert_eq!(cleaned(&[one, other]), "18.1222.50");
        let strings = [text("18.12", 1000, std::iter::repeat(1)), text("22.50", 3030, std::iter::repeat(2))];
        assert_eq!(cleaned(&strings), "18.1222.50");
        let apart = [strings[0].clone(), text("甲", 9000, 3..), strings[1].clone()];
        assert_eq!(cleaned(&apart), "18.12甲22.50");
    }

    #[test]
    fn fake_bold_is_read_once_however_it_is_painted() {
        let (one, again) = (text("22.50", 1000, std::iter::repeat(1)), text("22.50", 1030, std::iter::repeat(2)));
        assert_eq!(cleaned(&[one.clone(), again.clone()]), "22.50");
        assert_eq!(cleaned(&[one.clone(), text("甲", 9000, 3..), again.clone()]), "22.50甲");
        let each: Vec<Glyph> = one.iter().zip(&again).flat_map(|(a, b)| [*a, *b]).collect();
        assert_eq!(cleaned(std::slice::from_ref(&each)), "22.50");
        let alone = each.iter().zip(1..).map(|(glyph, run)| Glyph { run, ..*glyph }).collect();
        assert_eq!(cleaned(&[alone]), "22.50");
        let thrice: Vec<Glyph> = one.iter().zip(&again).flat_map(|(a, b)| [*a, *b, *b]).collect();
        assert_eq!(cleaned(&[thrice]), "22.50");
        assert_eq!(cleaned(&[text("5", 1000, 1..), text("5", 1030, 2..)]), "5");
    }

    #[test]
    fn white_on_white_is_not_read_and_counted() {
        let mut content = page(vec![glyph('1', 1000, 1000), Glyph { tone: Tone::White, ..glyph('2', 5000, 1000) }]);
        clean(&mut content);
        assert_eq!((content.glyphs.len(), content.losses.invisible), (1, 1));
    }

    #[test]
    fn what_the_clip_hides_is_not_read() {
        let hidden = Glyph { clipped: true, run: 2, ..glyph('二', 5000, 1000) };
        let half =
            [Glyph { clipped: true, run: 3, ..glyph('三', 9000, 1000) }, Glyph { run: 3, ..glyph('四', 10_000, 1000) }];
        let mut content = page(vec![glyph('一', 1000, 1000), hidden, half[0], half[1]]);
        clean(&mut content);
        let left: String = content.glyphs.iter().map(|glyph| glyph.c).collect();
        assert_eq!((left.as_str(), content.losses.invisible), ("一三四", 1), "a string that begins outside is whole");
    }

    #[test]
    fn a_turned_page_goes_there_and_back() {
        for quarters in 1..=3 {
            let turned = Turned { quarters, width: 60_000, height: 80_000 };
            let area = Area { left: 100, top: 200, right: 700, bottom: 400 };
            assert_eq!(turned.shown(turned.upright(area)), area, "{quarters}");
        }
        // Text that climbs the left edge of the page stands along the top of the turned one.
        let climbing = (0..5).map(|i| Glyph { turn: 3, ..glyph('字', 1000, 60_000 - i * 1000) }).collect();
        let mut content = page(climbing);
        clean(&mut content);
        assert_eq!((content.width, content.glyphs[0].turn), (80_000, 0));
        assert!(content.glyphs.windows(2).all(|pair| pair[0].origin.x < pair[1].origin.x));
    }
}
