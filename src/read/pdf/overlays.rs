//! Text that lies over other text: watermarks that stand level, in small type, and are repeated over the page. They are
//! told from what they lie on by what no table does: one text again and again, in a colour or size of its own, across the
//! lines of the text below it.

use std::cmp::Ordering;
use std::ops::Range;

use super::content::{Content, Glyph, Tone};
use super::space::{Area, Point};

/// A watermark is repeated this often on a page at least.
const FEWEST: usize = 4;

/// Most texts of a page's watermarks.
const MOST_TEXTS: usize = 64;

/// A number without decimals that is one is repeated this often.
const FEWEST_FIGURES: usize = 8;

/// Baselines nearer than this part of the type size (in hundredths) are one.
const ONE_LINE: i32 = 12;

/// How far a place of a pattern may be off.
const OFF: i32 = 150;

/// Most distances that are tried as that of a pattern.
const MOST_STEPS: usize = 16;

/// Height of the bands in which neighbours are looked for.
const BAND: i32 = 500;

/// Larger type is told by its size and colour alone.
const LARGEST: i32 = 7_200;

/// Most texts of a watermark on one line.
const MOST_ON_LINE: usize = 64;

/// Hardly so many glyphs stand in one place; a heap of them is hostile and need not be told apart.
const HEAP: usize = 16;

/// Baselines that rise by this much (in thousandths) are slanted where those of the page are level.
const SLANTED: i32 = 40;

/// What sets a watermark apart from the text that it lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Style {
    ink: u32,
    size: i32,
    turn: u8,
}

impl Style {
    fn of(glyph: &Glyph) -> Self {
        Self { ink: glyph.ink, size: glyph.size, turn: glyph.turn }
    }
}

/// A text that was painted in one go.
struct Stamp {
    glyphs: Range<usize>,
    style: Style,
    origin: Point,
}

impl Stamp {
    fn of<'g>(&self, glyphs: &'g [Glyph]) -> &'g [Glyph] {
        glyphs.get(self.glyphs.clone()).unwrap_or_default()
    }

    fn characters<'g>(&self, glyphs: &'g [Glyph]) -> impl Iterator<Item = char> + 'g {
        self.of(glyphs).iter().map(|glyph| glyph.c)
    }

    /// Where its baseline stands, across the direction of reading.
    fn across(&self) -> i32 {
        across(self.style.turn, self.origin)
    }
}

fn across(turn: u8, origin: Point) -> i32 {
    if turn.is_multiple_of(2) { origin.y } else { origin.x }
}

/// How a glyph lies over another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Over {
    /// Not at all.
    Nothing,
    /// Over one of another style on its line.
    OnLine,
    /// As nothing of the page itself does: across the line of one of another style, or in light type.
    Across,
}

/// Takes out watermarks and keeps in mind where text still lies over other text.
pub(super) fn drop_overlays(content: &mut Content) {
    drop_slanted(content);
    let mut crossing = crossings(&content.glyphs);
    let faint = content.glyphs.iter().any(|glyph| glyph.tone == Tone::Faint);
    if !faint && crossing.iter().all(|&over| over == Over::Nothing) {
        return;
    }
    let kept = kept(&content.glyphs, &crossing);
    if kept.contains(&false) {
        let before = content.glyphs.len();
        let mut each = kept.iter();
        content.glyphs.retain(|_| each.next() == Some(&true));
        content.losses.watermark += before - content.glyphs.len();
        crossing = crossings(&content.glyphs);
    }
    let over = content.glyphs.iter().zip(crossing).filter(|&(_, over)| over != Over::Nothing);
    content.overlaid = over.map(|(glyph, _)| glyph.area.centre()).collect();
}

/// Text a little off the level, where nearly all of the page is level.
fn drop_slanted(content: &mut Content) {
    let slanted = |glyph: &Glyph| glyph.slope.abs() >= SLANTED && !glyph.unpainted;
    let count = content.glyphs.iter().filter(|glyph| slanted(glyph)).count();
    let level = content.glyphs.iter().filter(|glyph| glyph.slope == 0).count();
    if count > 0 && level > count {
        content.glyphs.retain(|glyph| !slanted(glyph));
        content.losses.watermark += count;
    }
}

/// How each letter and digit lies over others, or below them.
fn crossings(glyphs: &[Glyph]) -> Vec<Over> {
    let mut crossing = vec![Over::Nothing; glyphs.len()];
    let mut places: Vec<(i32, i32, usize)> = Vec::with_capacity(glyphs.len());
    for (index, glyph) in glyphs.iter().enumerate().filter(|(_, glyph)| glyph.c.is_alphanumeric()) {
        let centre = glyph.area.centre();
        places.push((centre.y.div_euclid(BAND), centre.x, index));
    }
    places.sort_unstable();
    for (index, glyph) in glyphs.iter().enumerate() {
        if !glyph.c.is_alphanumeric() || glyph.size > LARGEST {
            continue;
        }
        let centre = glyph.area.centre();
        let reach = glyph.size / 2;
        for band in (centre.y - reach).div_euclid(BAND)..=(centre.y + reach).div_euclid(BAND) {
            let from = places.partition_point(|&(at, x, _)| (at, x) < (band, centre.x - reach));
            let near = places.get(from..).unwrap_or_default().iter().take(HEAP);
            for &(_, _, other) in near.take_while(|&&(at, x, _)| at == band && x <= centre.x + reach) {
                if [index, other].iter().all(|&at| crossing.get(at) == Some(&Over::Across)) {
                    continue;
                }
                let Some(below) = glyphs.get(other).filter(|below| below.size <= glyph.size) else { continue };
                let over = lies_over(glyph, below);
                for hit in [index, other] {
                    if let Some(slot) = crossing.get_mut(hit) {
                        *slot = over.max(*slot);
                    }
                }
            }
        }
    }
    crossing
}

fn lies_over(a: &Glyph, b: &Glyph) -> Over {
    /// The middle of a glyph: ink that no neighbour shares.
    fn core(area: Area) -> Area {
        let (x, y) = (area.width() / 4, area.height() / 4);
        Area { left: area.left + x, top: area.top + y, right: area.right - x, bottom: area.bottom - y }
    }
    // The shadow of a letter is the letter, and lines of one style lie over one another where a row is too low.
    if a.c == b.c || Style::of(a) == Style::of(b) || core(a.area).meet(core(b.area)).is_empty() {
        return Over::Nothing;
    }
    let lines = (across(a.turn, a.origin) - across(b.turn, b.origin)).abs();
    let one_is_faint = (a.tone == Tone::Faint) != (b.tone == Tone::Faint);
    let across = a.turn != b.turn || one_is_faint || lines * 100 >= a.size.min(b.size) * ONE_LINE;
    if across { Over::Across } else { Over::OnLine }
}

/// Which glyphs belong to no watermark.
fn kept(glyphs: &[Glyph], crossing: &[Over]) -> Vec<bool> {
    let mut kept = vec![true; glyphs.len()];
    let mut stamps = stamps(glyphs);
    stamps.sort_by(|a, b| compare(a, b, glyphs).then(a.origin.y.cmp(&b.origin.y)).then(a.origin.x.cmp(&b.origin.x)));
    let mut groups: Vec<&[Stamp]> = stamps
        .chunk_by(|a, b| compare(a, b, glyphs) == Ordering::Equal)
        .filter(|group| may_be_one(group, glyphs))
        .collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups.truncate(MOST_TEXTS);
    groups.retain(|group| is_watermark(group, glyphs, crossing));
    for group in &groups {
        let Some(first) = group.first() else { continue };
        let text: String = first.characters(glyphs).collect();
        let own: usize = group.iter().map(|stamp| stamp.glyphs.len()).sum();
        let all = glyphs.iter().filter(|glyph| Style::of(glyph) == first.style).count();
        let from = stamps.partition_point(|stamp| stamp.style < first.style);
        let same = stamps.get(from..).unwrap_or_default().iter().take_while(|stamp| stamp.style == first.style);
        let mut lines: Vec<i32> = group.iter().map(Stamp::across).collect();
        lines.sort_unstable();
        for stamp in same {
            // What the edge of the page cut, and the second half of a text with a gap.
            let near = first.style.size * ONE_LINE / 100;
            let at = lines.partition_point(|&line| line < stamp.across() - near);
            let on_line = lines.get(at).is_some_and(|&line| line <= stamp.across() + near);
            let characters: String = stamp.characters(glyphs).collect();
            let same = [on_line, own * 2 > all, text.contains(&characters)];
            if characters == text || same.iter().filter(|&&same| same).count() >= 2 {
                kept.get_mut(stamp.glyphs.clone()).unwrap_or_default().fill(false);
            }
        }
    }
    kept
}

fn compare(a: &Stamp, b: &Stamp, glyphs: &[Glyph]) -> Ordering {
    a.style.cmp(&b.style).then_with(|| a.characters(glyphs).cmp(b.characters(glyphs)))
}

/// Texts: what one operator showed; where each shows one glyph, what goes on behind it in the same style.
fn stamps(glyphs: &[Glyph]) -> Vec<Stamp> {
    let mut stamps: Vec<Stamp> = Vec::new();
    let mut last: Option<&Glyph> = None;
    let shown = |index: usize| glyphs.get(index).map(|glyph| glyph.run);
    let alone = |index: usize| {
        shown(index) != shown(index + 1) && index.checked_sub(1).is_none_or(|before| shown(before) != shown(index))
    };
    for (index, glyph) in glyphs.iter().enumerate() {
        let style = Style::of(glyph);
        let goes_on = last.is_some_and(|last| {
            let near = last.area.grown(glyph.size / 3).meet(glyph.area);
            let line = (across(glyph.turn, glyph.origin) - across(last.turn, last.origin)).abs() * 100;
            Style::of(last) == style
                && line < glyph.size * ONE_LINE
                && (last.run == glyph.run || !near.is_empty() && alone(index) && alone(index - 1))
        });
        match stamps.last_mut() {
            Some(stamp) if goes_on => stamp.glyphs.end = index + 1,
            _ => stamps.push(Stamp { glyphs: index..index + 1, style, origin: glyph.origin }),
        }
        last = Some(glyph);
    }
    stamps
}

/// Whether one text may be a watermark, by what it is, how often it is there, and the pattern of its places. A figure never
/// is, but for what is not printed with decimals and stands there more often.
fn may_be_one(group: &[Stamp], glyphs: &[Glyph]) -> bool {
    let Some(first) = group.first() else { return false };
    let characters = || first.characters(glyphs);
    let fewest = if characters().any(char::is_alphabetic) { FEWEST } else { FEWEST_FIGURES };
    let figure = fewest == FEWEST_FIGURES && (first.glyphs.len() < 4 || characters().any(|c| matches!(c, '.' | ',')));
    let lone = first.glyphs.len() < 2 && first.of(glyphs).iter().any(|glyph| glyph.tone != Tone::Faint);
    group.len() >= fewest && !figure && !lone && is_pattern(group)
}

/// Whether one text is a watermark, by how it stands among the others.
fn is_watermark(group: &[Stamp], glyphs: &[Glyph], crossing: &[Over]) -> bool {
    let Some(style) = group.first().map(|stamp| stamp.style) else { return false };
    let spreads = |pick: fn(&Stamp) -> i32| {
        let (least, most) = group.iter().map(pick).fold((i32::MAX, i32::MIN), |(a, b), at| (a.min(at), b.max(at)));
        most.saturating_sub(least) > style.size
    };
    let everywhere = spreads(|stamp| stamp.origin.x) && spreads(|stamp| stamp.origin.y);
    let faint = group.iter().flat_map(|stamp| stamp.of(glyphs)).all(|glyph| glyph.tone == Tone::Faint);
    let across = |stamp: &&Stamp| crossing.get(stamp.glyphs.clone()).unwrap_or_default().contains(&Over::Across);
    let over = group.iter().filter(across).count();
    // Light type that lies over nothing is a watermark where it stands on no line of the text, either.
    everywhere
        && (faint || over >= 2)
        && (over * 5 >= group.len() && (faint || is_apart(style, glyphs))
            || between_lines(group, glyphs) * 2 >= group.len())
}

/// Whether most of the page has another colour or size.
fn is_apart(style: Style, glyphs: &[Glyph]) -> bool {
    glyphs.iter().filter(|glyph| Style::of(glyph) == style).count() * 2 < glyphs.len()
}

/// How many of the texts stand on a line where no other text does.
fn between_lines(group: &[Stamp], glyphs: &[Glyph]) -> usize {
    let Some(style) = group.first().map(|stamp| stamp.style) else { return 0 };
    let mut own = vec![false; glyphs.len()];
    for stamp in group {
        own.get_mut(stamp.glyphs.clone()).unwrap_or_default().fill(true);
    }
    let others = glyphs.iter().zip(own).filter(|(glyph, own)| !own && glyph.turn == style.turn);
    let mut lines: Vec<i32> = others.map(|(glyph, _)| across(glyph.turn, glyph.origin)).collect();
    lines.sort_unstable();
    let near = style.size * ONE_LINE / 100;
    let alone = |stamp: &&Stamp| {
        let at = lines.partition_point(|&line| line < stamp.across() - near);
        lines.get(at).is_none_or(|&line| line > stamp.across() + near)
    };
    group.iter().filter(alone).count()
}

/// Whether most of the texts stand at one distance from another of them. They are sorted from the top and the left.
fn is_pattern(group: &[Stamp]) -> bool {
    let mut places: Vec<(i32, i32)> = group.iter().map(|stamp| (stamp.origin.y, stamp.origin.x)).collect();
    places.sort_unstable();
    let Some(&(y, x)) = places.get(places.len() / 2) else { return false };
    let has = |(y, x): (i32, i32)| {
        let from = places.partition_point(|&(at, _)| at < y - OFF);
        let line = places.get(from..).unwrap_or_default().iter().take(MOST_ON_LINE);
        line.take_while(|&&(at, _)| at <= y + OFF).any(|&(_, at)| (at - x).abs() <= OFF)
    };
    let mut steps: Vec<(i32, i32)> =
        places.iter().map(|&(b, a)| (b - y, a - x)).filter(|&step| step != (0, 0)).collect();
    steps.sort_by_key(|&(down, right)| i64::from(down).abs() + i64::from(right).abs());
    steps.iter().take(MOST_STEPS).any(|&(down, right)| {
        let in_step = |&&(y, x): &&(i32, i32)| has((y + down, x + right)) || has((y - down, x - right));
        places.iter().filter(in_step).count() * 2 >= places.len()
    })
}
