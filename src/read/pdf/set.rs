//! Pages that are no PDF's and are set like one: texts and lines at coordinates, as converters write pages into HTML. They
//! take the same road as a PDF's page from where its content is known.

use super::content::{Content, Glyph, Tone};
use super::flow;
use super::notes::Notes;
use super::paths::Rule;
use super::radicals::ideograph;
use super::space::{Area, Point};
use crate::document::{Block, ReadNote};

/// Characters of one page: as many as a PDF's page may have.
const MAX_CHARACTERS: usize = 200_000;

/// Where a character's box begins above its baseline, in hundredths of its size.
const ASCENT: i32 = 88;

/// A page, its measures in hundredths of a point from the top left.
#[derive(Clone, Debug, Default)]
pub(in crate::read) struct SetPage {
    /// Its number, from 1.
    pub(in crate::read) number: u32,
    pub(in crate::read) width: i32,
    pub(in crate::read) height: i32,
    pub(in crate::read) texts: Vec<SetText>,
    /// Thin boxes: left, top, right, bottom.
    pub(in crate::read) lines: Vec<[i32; 4]>,
}

/// A text in one line.
#[derive(Clone, Debug)]
pub(in crate::read) struct SetText {
    pub(in crate::read) text: String,
    pub(in crate::read) left: i32,
    /// Top of the line.
    pub(in crate::read) top: i32,
    /// Height of the line; its characters stand in its middle.
    pub(in crate::read) height: i32,
    /// Size of its characters.
    pub(in crate::read) size: i32,
}

impl SetText {
    /// The box of the text, as wide as its characters usually are.
    pub(in crate::read) fn area(&self) -> [i32; 4] {
        let width: i32 = self.text.chars().map(|c| advance(c, self.size)).fold(0, i32::saturating_add);
        [self.left, self.top, self.left.saturating_add(width), self.top.saturating_add(self.height)]
    }
}

/// The tables and texts of pages that follow one another. Their places are places on these pages.
pub(in crate::read) fn blocks(pages: &[SetPage]) -> (Vec<Block>, Vec<ReadNote>) {
    let mut notes = Notes::default();
    let mut readings = Vec::with_capacity(pages.len());
    for page in pages {
        let reading = super::read_content(content(page), page.number, readings.last());
        readings.push(reading);
    }
    let blocks = flow::assemble(readings, &mut notes);
    (blocks, notes.list)
}

/// Chinese characters are as wide as they are high, Latin ones half that.
fn advance(c: char, size: i32) -> i32 {
    if c.is_ascii() || ('\u{A0}'..='\u{FF}').contains(&c) { size / 2 } else { size }
}

fn content(page: &SetPage) -> Content {
    let mut content = Content { width: page.width, height: page.height, ..Content::default() };
    for (text, run) in page.texts.iter().zip(0_u32..) {
        let baseline = text.top + (text.height - text.size) / 2 + text.size * ASCENT / 100;
        let mut left = text.left;
        for c in text.text.chars() {
            let right = left.saturating_add(advance(c, text.size));
            if !c.is_whitespace() {
                if content.glyphs.len() >= MAX_CHARACTERS {
                    content.losses.cut = true;
                    return content;
                }
                content.glyphs.push(Glyph {
                    c: ideograph(c),
                    area: Area {
                        left,
                        top: baseline - text.size * ASCENT / 100,
                        right,
                        bottom: baseline + text.size * (100 - ASCENT) / 100,
                    },
                    origin: Point { x: left, y: baseline },
                    size: text.size,
                    turn: 0,
                    run,
                    vertical: false,
                    unpainted: false,
                    clipped: false,
                    tone: Tone::Dark,
                    ink: 0,
                    slope: 0,
                });
            }
            left = right;
        }
    }
    content.rules = page.lines.iter().map(|&line| rule(line)).collect();
    content
}

/// The middle of a thin box.
fn rule([left, top, right, bottom]: [i32; 4]) -> Rule {
    if right - left >= bottom - top {
        Rule { across: true, at: top.midpoint(bottom), from: left, to: right }
    } else {
        Rule { across: false, at: left.midpoint(right), from: top, to: bottom }
    }
}
