//! HTML under whatever name: saved pages, pages named `.pdf` or `.xls`, what Word and Excel put on the clipboard, and
//! the tables that converters leave in Markdown.
//!
//! html5ever's tokenizer does the lexing; there is no tree. A page becomes lines and grids in one pass
//! ([`page::Page`]): elements nested a hundred thousand deep cost a counter each, nothing recurses, and misnested
//! formatting cannot multiply (the standard's tree of `<font>` inside `<p>` grows with its square).
//!
//! **Places.** The tokenizer is fed the source piece by piece, cut before `<` and after `>`, so a text is known to
//! come from one piece: a cell's place is the line and the characters of its first piece of text, without the tags;
//! a blank cell's is the empty range behind its `<td>`. Text with entities keeps the range of the source.

mod elements;
mod page;
mod set;
mod table;
mod tag;

use std::cell::{Cell, RefCell};
use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

pub use self::page::POSITIONED;

use self::page::Page;
use self::tag::OpenTag;
use super::flow::{Flow, Plain};
use super::tabs;
use super::text::Marks;

/// Reads a page.
pub(super) fn read(lines: &[String]) -> Flow {
    let mut flow = Flow::default();
    read_part(&mut flow, lines, 0..lines.len(), verbatim);
    flow
}

fn verbatim(text: &str) -> Plain {
    Plain::verbatim(text)
}

/// Reads the lines of `range` into `flow`. `marks` takes off what other marks the text between the tags has.
pub(super) fn read_part(flow: &mut Flow, lines: &[String], range: Range<usize>, marks: Marks) {
    let sink = Sink { page: RefCell::new(Page::new(marks)), emitted: Cell::new(false) };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    let feed = |text: &str| {
        queue.push_back(StrTendril::from(text));
        // Nothing here suspends the tokenizer, so it uses up the queue.
        let _ = tokenizer.feed(&queue);
    };
    let start = range.start;
    let mut begun = false;
    let mut tag = OpenTag::default();
    for (offset, line) in lines.get(range).unwrap_or_default().iter().enumerate() {
        // The clipboard's own header comes before the first tag.
        if !begun && is_clipboard_header(line) {
            continue;
        }
        begun = true;
        let number = tabs::number(start + offset);
        let mut column = 0;
        for piece in pieces(line) {
            let trimmed = tabs::trimmed(piece, column);
            column = column.saturating_add(tabs::characters(piece));
            tokenizer.sink.page.borrow_mut().at(trimmed.place(number), is_markup(piece));
            let was_open = tag.is_open();
            if let Some(end) = tag.follow(piece) {
                let (kept, left) = piece.split_at_checked(end).unwrap_or((piece, ""));
                feed(kept);
                feed(">");
                feed(left);
            } else {
                feed(piece);
            }
            // Inside a script or a comment there is no tag, though it looked like one.
            if tokenizer.sink.emitted.take() && was_open {
                tag.close();
            }
        }
        // A line end is a blank of the tag, and never the attribute that is too many.
        let _ = tag.follow("\n");
        feed("\n");
    }
    tokenizer.end();
    tokenizer.sink.page.into_inner().finish(flow);
}

/// Whether a piece is read as a tag, a comment or a declaration, not as text.
fn is_markup(piece: &str) -> bool {
    piece
        .strip_prefix('<')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')))
}

/// A line of the header that Windows sets before HTML on the clipboard.
fn is_clipboard_header(line: &str) -> bool {
    const NAMES: &[&str] = &[
        "Version",
        "StartHTML",
        "EndHTML",
        "StartFragment",
        "EndFragment",
        "StartSelection",
        "EndSelection",
        "SourceURL",
    ];
    line.split_once(':').is_some_and(|(name, _)| NAMES.contains(&name))
}

/// A line in pieces: each begins at a `<`, or behind a `>`.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let end = rest.char_indices().find_map(|(at, c)| match c {
            '<' if at > 0 => Some(at),
            '>' => Some(at + 1),
            _ => None,
        });
        let (piece, tail) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        rest = tail;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Hands tokens to the page.
struct Sink {
    page: RefCell<Page>,
    /// A token was given since this was last asked.
    emitted: Cell<bool>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        // Errors are told inside a tag too.
        self.emitted.set(self.emitted.get() || !matches!(token, Token::ParseError(_)));
        let mut page = self.page.borrow_mut();
        match token {
            Token::CharacterTokens(text) => page.text(&text),
            Token::NullCharacterToken => page.text("\u{fffd}"),
            TagToken(tag) if tag.kind == StartTag => {
                let raw = raw_kind(&tag);
                page.start(&tag);
                if let Some(raw) = raw {
                    return TokenSinkResult::RawData(raw);
                }
            }
            TagToken(tag) => page.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// How the tokenizer reads the content of an element that holds no markup. A self-closing one, as XHTML has them, is
/// empty.
fn raw_kind(tag: &Tag) -> Option<RawKind> {
    if tag.self_closing {
        return None;
    }
    match &*tag.name {
        "script" => Some(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
