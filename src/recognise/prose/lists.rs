//! Lists of the prose: which amounts the text gives as the parts of another.
//!
//! A list opens with 其中 or 包括 or with a bracket after an amount, and closes with its sentence or its bracket. It is
//! complete unless the text says 等 or 主要, or opens it with 含.

use super::paragraphs::Paragraph;
use crate::disclosure::Side;

/// Lists inside lists: real prose has two.
const DEEPEST: usize = 6;

/// A mark between two figures that opens, goes on with or closes a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// 。
    Sentence,
    /// ；
    Semicolon,
    /// 、 or ，
    Separator(char),
    /// 其中, 包括, 分别为
    OfWhich {
        /// 主要 stands beside it.
        incomplete: bool,
        /// 收入 or 支出 stands right before it: whose parts follow.
        side: Option<Side>,
    },
    /// （ that does not close before the next figure
    Open {
        /// 含 or 其中 stands behind it.
        incomplete: bool,
    },
    /// ） of such a bracket
    Close,
    /// 等 directly after a figure
    AndSoOn,
}

/// The marks between the figures that end at `from` and begin at `to`.
pub(super) fn marks(paragraph: &Paragraph, from: usize, to: usize) -> Vec<Mark> {
    const OPENERS: [&str; 5] = ["其中", "包括", "分别为", "分别是", "分别"];
    let chars = paragraph.chars.get(from..to).unwrap_or_default();
    let mut marks = Vec::new();
    let mut at = 0;
    let mut said = false;
    let begins = |at: usize, word: &str| behind(chars, at, word).is_some();
    while at < chars.len() {
        let c = chars[at];
        match c {
            '。' | '!' | '?' => marks.push(Mark::Sentence),
            ';' => marks.push(Mark::Semicolon),
            ',' | '、' => marks.push(Mark::Separator(c)),
            '(' => {
                // A bracket that closes before the next figure is part of a term.
                if let Some(close) = closing(chars, at) {
                    at = close + 1;
                    said = true;
                    continue;
                }
                let incomplete = ["含", "其中含", "不含", "主要"].iter().any(|word| begins(at + 1, word));
                marks.push(Mark::Open { incomplete });
            }
            ')' => marks.push(Mark::Close),
            '等' if !said && from > 0 => marks.push(Mark::AndSoOn),
            // 政府采购预算 6 万元：货物 4 万元、服务 2 万元
            ':' if !said && from > 0 => {
                marks.push(Mark::OfWhich { incomplete: begins(at + 1, "主要"), side: None });
            }
            '其' | '包' | '分' => {
                if let Some(end) = OPENERS.iter().find_map(|word| behind(chars, at, word)) {
                    // 其中：主要为
                    let list = [":", ","].iter().find_map(|mark| behind(chars, end, mark)).unwrap_or(end);
                    let incomplete = begins(list, "主要") || ends_with(chars, at, "主要");
                    let sides = [("收入", Side::Revenue), ("支出", Side::Expenditure)];
                    let side = sides.into_iter().find(|(word, _)| ends_with(chars, at, word)).map(|(_, side)| side);
                    marks.push(Mark::OfWhich { incomplete, side });
                    at = end;
                    said = true;
                    continue;
                }
            }
            _ => {}
        }
        said |= !c.is_whitespace();
        at += 1;
    }
    marks
}

/// One past the end of `word`, where the text from `at` on begins with it, blanks aside.
fn behind(chars: &[char], at: usize, word: &str) -> Option<usize> {
    let mut end = at;
    for wanted in word.chars() {
        while chars.get(end).is_some_and(|c| c.is_whitespace()) {
            end += 1;
        }
        if chars.get(end) != Some(&wanted) {
            return None;
        }
        end += 1;
    }
    Some(end)
}

fn ends_with(chars: &[char], at: usize, word: &str) -> bool {
    let tail: Vec<char> = chars
        .get(..at)
        .unwrap_or_default()
        .iter()
        .rev()
        .filter(|c| !c.is_whitespace())
        .take(word.chars().count())
        .copied()
        .collect();
    word.chars().rev().eq(tail)
}

/// Where the bracket at `open` closes, if that is near: a remark in brackets is a sentence at most.
fn closing(chars: &[char], open: usize) -> Option<usize> {
    const LONGEST: usize = 200;
    let mut depth = 0_usize;
    for (at, c) in chars.iter().enumerate().skip(open).take(LONGEST) {
        match c {
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// How many names stand behind the colon at `from`, up to the end of the clause: `4 个：甲科、乙科（丙科）、丁科、戊科；`,
/// `4 个职能科室：甲科、…`. `None` where no list of names stands there, or it is not all of them.
pub(super) fn names_behind(chars: &[char], from: usize) -> Option<u32> {
    const LONGEST: usize = 600;
    /// What is counted, between its number and the colon.
    const NOUN: usize = 8;
    let rest = chars.get(from..)?;
    let blank = |c: &char| c.is_whitespace();
    let colon = rest.iter().position(|c| !blank(c) && !c.is_alphabetic()).filter(|&at| rest.get(at) == Some(&':'))?;
    if rest.get(..colon)?.iter().filter(|c| !blank(c)).count() > NOUN {
        return None;
    }
    let mut depth = 0_usize;
    let mut names = 1_u32;
    let mut length = 0_usize;
    for c in rest.get(colon + 1..)?.iter().filter(|c| !c.is_whitespace()).take(LONGEST) {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '、' if depth == 0 => {
                names += u32::from(length > 0);
                length = 0;
            }
            '。' | ';' if depth == 0 => return (names > 1 || length > 0).then_some(names),
            // A comma goes on with a sentence, or with the list: only a single name is known to be all.
            ',' if depth == 0 => return (names == 1 && length > 0).then_some(names),
            '等' | '其' | '和' | '及' | ':' => return None,
            c if c.is_ascii_digit() => return None,
            _ => length += 1,
        }
    }
    None
}

/// A list that is being read.
#[derive(Clone, Debug)]
struct Open {
    /// The amount that it lists the parts of; `None` for a bracket that stands after no amount.
    head: Option<u32>,
    parts: Vec<u32>,
    bracket: bool,
    incomplete: bool,
    /// The mark before the part to come.
    separator: Option<char>,
    /// Whether every mark between two parts so far was 、 or ，.
    light: bool,
}

/// The lists that are open at one point of a paragraph, the innermost last.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    open: Vec<Open>,
}

/// Closed lists, the outermost first: the head, if it is known, and the parts, if they are all.
pub(super) type Closed = Vec<(Option<u32>, Vec<u32>)>;

impl Lists {
    /// Opens the list of the parts of `head`; without one, its parts are of nothing.
    pub(super) fn open(&mut self, head: Option<u32>, incomplete: bool) {
        if let Some(last) = self.open.last_mut()
            && last.parts.is_empty()
            && last.head == head
        {
            last.incomplete |= incomplete;
            return;
        }
        if self.open.len() < DEEPEST {
            self.open.push(Open { head, parts: Vec::new(), bracket: false, incomplete, separator: None, light: true });
        }
    }

    /// Opens a bracket.
    pub(super) fn open_bracket(&mut self, head: Option<u32>, incomplete: bool) {
        if self.open.len() < DEEPEST {
            self.open.push(Open { head, parts: Vec::new(), bracket: true, incomplete, separator: None, light: true });
        }
    }

    /// The head of the innermost list.
    pub(super) fn head(&self) -> Option<u32> {
        self.open.last().and_then(|list| list.head)
    }

    /// The last part of the innermost list.
    pub(super) fn last_part(&self) -> Option<u32> {
        self.open.last().and_then(|list| list.parts.last().copied())
    }

    /// Ends the lists, from the innermost on, whose head `ends` says cannot have what comes as a part.
    pub(super) fn leave(&mut self, ends: impl Fn(u32) -> bool) -> Closed {
        let mut closed = Vec::new();
        while self.open.last().is_some_and(|list| !list.bracket && list.head.is_some_and(&ends)) {
            closed.extend(self.pop());
        }
        closed.reverse();
        closed
    }

    /// Adds an amount to the innermost list; false where none is open.
    pub(super) fn add(&mut self, part: u32) -> bool {
        let Some(list) = self.open.last_mut() else {
            return false;
        };
        if !list.parts.is_empty() {
            list.light &= matches!(list.separator, Some(',' | '、'));
        }
        list.separator = None;
        list.parts.push(part);
        true
    }

    /// A 、 or ， between parts.
    pub(super) fn separator(&mut self, c: char) {
        if let Some(list) = self.open.last_mut() {
            list.separator = list.separator.or(Some(c));
        }
    }

    /// 等 after the last part.
    pub(super) fn and_so_on(&mut self) {
        if let Some(list) = self.open.last_mut() {
            list.incomplete = true;
        }
    }

    /// A ；: it ends a list whose parts were set apart by lighter marks, else it sets parts apart itself.
    pub(super) fn semicolon(&mut self) -> Closed {
        match self.open.last_mut() {
            Some(list) if !list.bracket && list.parts.len() >= 2 && list.light => self.pop().into_iter().collect(),
            Some(list) => {
                list.separator = Some(';');
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// The innermost list, where a ； behind it could go on with the list around it: its head and parts. The head is the
    /// last part of that list, and no two parts of its own show how it sets them apart.
    pub(super) fn ambiguous(&self) -> Option<(Option<u32>, &[u32])> {
        let [.., outer, inner] = &self.open[..] else { return None };
        let is_part = inner.head.is_some() && outer.parts.last().copied() == inner.head;
        (is_part && !inner.bracket && inner.parts.len() == 1).then_some((inner.head, inner.parts.as_slice()))
    }

    /// Ends the innermost list, which is complete, at a ；.
    pub(super) fn finish(&mut self) -> Closed {
        let closed = self.pop().into_iter().collect();
        if let Some(around) = self.open.last_mut() {
            around.separator = Some(';');
        }
        closed
    }

    /// What follows could be of the innermost list or of the one around it: neither is known to be complete.
    pub(super) fn unclear(&mut self) {
        for list in self.open.iter_mut().rev().take(2) {
            list.incomplete = true;
        }
    }

    /// A 。: it ends every list but those in brackets.
    pub(super) fn sentence(&mut self) -> Closed {
        let mut closed = Vec::new();
        while self.open.last().is_some_and(|list| !list.bracket) {
            closed.extend(self.pop());
        }
        closed.reverse();
        closed
    }

    /// A ）: it ends the innermost bracket and what was opened inside it.
    pub(super) fn close_bracket(&mut self) -> Closed {
        let mut closed = Vec::new();
        while let Some(list) = self.open.last() {
            let bracket = list.bracket;
            closed.extend(self.pop());
            if bracket {
                break;
            }
        }
        closed.reverse();
        closed
    }

    /// The end of the paragraph. A bracket that never closed is broken off, and so is everything where the paragraph ends
    /// in the middle of a sentence: these lists are not complete.
    pub(super) fn end(&mut self, finished: bool) -> Closed {
        let mut closed = Vec::new();
        while let Some(list) = self.open.last() {
            let broken = list.bracket || !finished;
            let list = self.pop();
            if !broken {
                closed.extend(list);
            }
        }
        closed
    }

    fn pop(&mut self) -> Option<(Option<u32>, Vec<u32>)> {
        let list = self.open.pop()?;
        Some((list.head, if list.incomplete { Vec::new() } else { list.parts }))
    }
}
