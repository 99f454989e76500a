//! Markdown's marks inside a line: taken off, with what they say about strength kept.
//!
//! Where a mark could be part of a figure (`9*0.73*2`, `1****5678`) it is left standing: a star too many is harmless,
//! a figure run together is not. One pass, no backtracking past a bounded look-ahead.

use super::flow::Plain;
use super::math;
use super::tabs::trim;

/// Longest formula, in bytes, between two dollar signs.
const MAX_FORMULA: usize = 400;

/// Longest tag, in bytes; a style attribute of Word's takes a few hundred.
const MAX_TAG: usize = 800;

/// Longest link target, in bytes.
const MAX_TARGET: usize = 400;

/// Longest entity name, `&thetasym;`.
const MAX_ENTITY: usize = 10;

/// Tags that converters leave in Markdown, with what they do to the text.
const TAGS: &[(&str, Tag)] = &[
    ("b", Tag::Strong),
    ("strong", Tag::Strong),
    ("br", Tag::Break),
    ("p", Tag::Break),
    ("div", Tag::Break),
    ("li", Tag::Break),
    ("ol", Tag::Break),
    ("ul", Tag::Break),
    ("hr", Tag::Break),
    ("center", Tag::Break),
    ("tr", Tag::Break),
    ("table", Tag::Break),
    ("tbody", Tag::Break),
    ("thead", Tag::Break),
    ("h1", Tag::Break),
    ("h2", Tag::Break),
    ("h3", Tag::Break),
    ("h4", Tag::Break),
    ("h5", Tag::Break),
    ("h6", Tag::Break),
    ("caption", Tag::Break),
    ("td", Tag::Space),
    ("th", Tag::Space),
    ("i", Tag::None),
    ("em", Tag::None),
    ("u", Tag::None),
    ("s", Tag::None),
    ("sup", Tag::None),
    ("sub", Tag::None),
    ("span", Tag::None),
    ("font", Tag::None),
    ("a", Tag::None),
    ("small", Tag::None),
    ("big", Tag::None),
    ("mark", Tag::None),
    ("code", Tag::None),
    ("del", Tag::None),
    ("ins", Tag::None),
    ("img", Tag::None),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    None,
    Strong,
    Break,
    Space,
}

/// Characters that the named entities stand for.
const ENTITIES: &[(&str, char)] = &[
    ("nbsp", ' '),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("ge", '≥'),
    ("le", '≤'),
    ("ne", '≠'),
    ("times", '×'),
    ("divide", '÷'),
    ("plusmn", '±'),
    ("middot", '·'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("hellip", '…'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("yen", '¥'),
    ("deg", '°'),
    ("bull", '•'),
    ("permil", '‰'),
    ("radic", '√'),
    ("rarr", '→'),
];

/// What a text of Markdown has, by the bytes in it: found out in one look at them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holds(u8);

impl Holds {
    /// What may begin a mark.
    const MARK: u8 = 1;
    /// What begins a tag.
    const LESS: u8 = 2;
    /// What sets cells apart.
    const STROKE: u8 = 4;
    const TAB: u8 = 8;
    /// What makes a line with tabs more than one row: a cell in quotes may go on in the next line, and a page may end
    /// before it.
    const MORE: u8 = 16;
    /// Whether each byte is one of these.
    const OF_BYTE: [u8; 256] = {
        let classes: [(&[u8], u8); 5] = [
            (b"*_`\\$&<[", Self::MARK),
            (b"<", Self::LESS),
            (b"|", Self::STROKE),
            (b"\t", Self::TAB),
            (b"\"\x0c", Self::MORE),
        ];
        let mut of_byte = [0; 256];
        let mut class = 0;
        while class < classes.len() {
            let (bytes, bit) = classes[class];
            let mut at = 0;
            while at < bytes.len() {
                of_byte[bytes[at] as usize] |= bit;
                at += 1;
            }
            class += 1;
        }
        of_byte
    };

    pub(super) fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |all, byte| all | Self::OF_BYTE[usize::from(byte)]))
    }

    /// A mark may begin in it.
    pub(super) fn mark(self) -> bool {
        self.0 & Self::MARK != 0
    }

    /// A tag may begin in it.
    pub(super) fn less(self) -> bool {
        self.0 & Self::LESS != 0
    }

    /// It has a stroke.
    pub(super) fn stroke(self) -> bool {
        self.0 & Self::STROKE != 0
    }

    /// It has a tab.
    pub(super) fn tab(self) -> bool {
        self.0 & Self::TAB != 0
    }

    /// With tabs it may be more than one row.
    pub(super) fn more(self) -> bool {
        self.0 & Self::MORE != 0
    }
}

/// The text of a line or cell without its marks.
pub(super) fn plain(source: &str) -> Plain {
    if !Holds::of(source).mark() {
        return Plain::verbatim(trim(source));
    }
    let mut reader = Reader {
        source,
        at: 0,
        before: None,
        out: String::with_capacity(source.len()),
        last_double: source.rfind("**"),
        stars: 0,
        tags: 0,
        raised: false,
        weak: false,
        ends: [0; 2],
        link: None,
    };
    while reader.at < source.len() {
        reader.step();
    }
    let text = reader.out.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let strong = !reader.weak && !text.is_empty();
    Plain { text: text.into(), strong }
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    /// The source character before `at`.
    before: Option<char>,
    out: String,
    /// Where the last `**` stands: one before it can be closed.
    last_double: Option<usize>,
    /// How many stars opened the strong text that is open: 2, 3 or, outside any, 0.
    stars: usize,
    /// How many `<b>` are open.
    tags: u32,
    /// Within `<sup>`.
    raised: bool,
    /// Something was printed that is not strong.
    weak: bool,
    /// Where the emphasis that is open closes, `*` and `_`.
    ends: [usize; 2],
    /// Where the text of a link ends, and where the link does.
    link: Option<(usize, usize)>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// The beginning of the rest, at most `length` bytes of it.
    fn ahead(&self, length: usize) -> &str {
        let rest = self.rest();
        let mut end = rest.len().min(length);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        rest.get(..end).unwrap_or_default()
    }

    /// Uses `bytes` of the source.
    fn skip(&mut self, bytes: usize) {
        let used = self.rest().get(..bytes).unwrap_or_default();
        if let Some(last) = used.chars().next_back() {
            self.before = Some(last);
        }
        self.at += bytes.max(1);
    }

    fn push(&mut self, c: char) {
        let c = if self.raised { superscript(c) } else { c };
        if !c.is_whitespace() && self.stars == 0 && self.tags == 0 {
            self.weak = true;
        }
        self.out.push(c);
    }

    fn push_str(&mut self, text: &str) {
        text.chars().for_each(|c| self.push(c));
    }

    /// Keeps two figures apart where a mark between them goes.
    fn part(&mut self, next: Option<char>) {
        let digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        if self.out.chars().next_back().is_some_and(digit) && next.is_some_and(|c| c.is_ascii_digit()) {
            self.out.push(' ');
        }
    }

    /// Copies one character as it stands.
    fn literal(&mut self) {
        if let Some(c) = self.rest().chars().next() {
            self.push(c);
            self.skip(c.len_utf8());
        } else {
            self.at = self.source.len();
        }
    }

    fn step(&mut self) {
        if let Some((text_end, end)) = self.link
            && self.at == text_end
        {
            self.link = None;
            self.skip(end - text_end);
            let next = self.rest().chars().next();
            self.part(next);
            return;
        }
        match self.rest().chars().next() {
            Some('*') => self.star(),
            Some('_') => self.emphasis('_', 1),
            Some('`') => self.code(),
            Some('\\') => self.escape(),
            Some('$') => self.dollar(),
            Some('&') => self.entity(),
            Some('<') => self.tag(),
            Some('[') => self.bracket(),
            _ => self.literal(),
        }
    }

    /// A run of stars: strong from two on, else emphasis.
    fn star(&mut self) {
        let run = self.rest().bytes().take_while(|&byte| byte == b'*').count();
        let next = self.rest().get(run..).and_then(|rest| rest.chars().next());
        let between_digits =
            self.before.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| c.is_ascii_digit());
        let opens =
            next.is_some_and(|c| !c.is_whitespace()) && self.last_double.is_some_and(|last| last >= self.at + run);
        let closes = !self.before.is_some_and(char::is_whitespace);
        if run >= 2 && self.stars > 0 && closes && !(run > 3 && between_digits) {
            let used = self.stars.min(run);
            self.stars = 0;
            self.skip(used);
            if run == used {
                self.part(next);
            }
        } else if (run == 2 || run == 3) && self.stars == 0 && !between_digits && opens {
            self.stars = run;
            self.skip(run);
        } else if run == 1 {
            self.emphasis('*', 0);
        } else {
            for _ in 0..run {
                self.literal();
            }
        }
    }

    /// Emphasis that is set off from other text, and so cannot be a sign between figures.
    fn emphasis(&mut self, mark: char, kind: usize) {
        if self.ends.get(kind).is_some_and(|&end| end != 0 && end == self.at) {
            if let Some(end) = self.ends.get_mut(kind) {
                *end = 0;
            }
            self.skip(1);
            return;
        }
        let apart = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let inner = self.ahead(MAX_FORMULA).get(1..).unwrap_or_default();
        if let Some(length) = inner.find(mark)
            && length > 0
            && apart(self.before)
            && !inner.starts_with(char::is_whitespace)
            && !inner.get(..length).is_some_and(|text| text.ends_with(char::is_whitespace))
            && apart(inner.get(length + 1..).and_then(|rest| rest.chars().next()))
        {
            let close = self.at + 1 + length;
            if let Some(end) = self.ends.get_mut(kind) {
                *end = close;
            }
            self.skip(1);
        } else {
            self.literal();
        }
    }

    /// Code: what stands between two runs of as many backticks, as it stands.
    fn code(&mut self) {
        let run = self.rest().bytes().take_while(|&byte| byte == b'`').count();
        let fence = "`".repeat(run.min(8));
        let ahead = self.ahead(MAX_FORMULA);
        let inner = ahead.get(run..).and_then(|inner| inner.split_once(fence.as_str()));
        match inner.map(|(inner, _)| inner.to_owned()) {
            Some(inner) if run <= 8 => {
                self.push_str(inner.trim());
                self.skip(inner.len() + 2 * run);
            }
            _ => (0..run).for_each(|_| self.literal()),
        }
    }

    fn escape(&mut self) {
        let next = self.rest().get(1..).and_then(|rest| rest.chars().next());
        match next {
            Some('(') if self.formula("\\(", "\\)") => {}
            Some('[') if self.formula("\\[", "\\]") => {}
            Some(c) if c.is_ascii_punctuation() => {
                self.push(c);
                self.skip(2);
            }
            // A line end that the format keeps.
            None => self.skip(1),
            Some(_) => self.literal(),
        }
    }

    fn dollar(&mut self) {
        let display = self.rest().starts_with("$$") && self.formula("$$", "$$");
        if !display && !self.formula("$", "$") {
            self.literal();
        }
    }

    /// A formula, if one stands here and what it prints is known.
    fn formula(&mut self, open: &str, close: &str) -> bool {
        let ahead = self.ahead(MAX_FORMULA);
        let Some(inner) = ahead.get(open.len()..) else { return false };
        // An escaped dollar sign does not close.
        let Some(length) = inner
            .match_indices(close)
            .map(|(at, _)| at)
            .find(|&at| close.starts_with('\\') || !inner.get(..at).is_some_and(|before| before.ends_with('\\')))
        else {
            return false;
        };
        let (formula, after) =
            (inner.get(..length).unwrap_or_default(), inner.get(length + close.len()..).unwrap_or_default());
        let next = after.chars().next();
        // Without a command it is a formula only if it could not be two prices.
        let prices = !formula.contains('\\')
            && (formula.contains(|c: char| !c.is_ascii() || c.is_ascii_alphabetic())
                || formula.trim() != formula
                || next.is_some_and(|c| c.is_ascii_digit()));
        if prices || formula.trim().is_empty() {
            return false;
        }
        let Some(text) = math::printed(formula) else { return false };
        let used = open.len() + length + close.len();
        self.part(text.chars().next());
        self.push_str(&text);
        self.skip(used);
        self.part(next);
        true
    }

    fn entity(&mut self) {
        let ahead = self.ahead(MAX_ENTITY + 2);
        let found = ahead.find(';').and_then(|end| {
            let name = ahead.get(1..end)?;
            let c = if let Some(number) = name.strip_prefix('#') {
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace())?
            } else {
                ENTITIES.iter().find(|(known, _)| *known == name).map(|&(_, c)| c)?
            };
            Some((c, end + 1))
        });
        match found {
            Some((c, used)) => {
                self.push(if c == '\n' { ' ' } else { c });
                self.skip(used);
            }
            None => self.literal(),
        }
    }

    /// A tag of HTML, or a comment.
    fn tag(&mut self) {
        if self.rest().starts_with("<!--")
            && let Some(length) = self.ahead(MAX_TAG).find("-->")
        {
            self.skip(length + 3);
            return;
        }
        let Some((closing, tag, name_is_raised, used)) = tag(self.ahead(MAX_TAG)) else {
            self.literal();
            return;
        };
        if name_is_raised {
            self.raised = !closing;
        }
        match tag {
            Tag::Strong if closing => self.tags = self.tags.saturating_sub(1),
            Tag::Strong => self.tags = self.tags.saturating_add(1),
            Tag::Break => self.out.push('\n'),
            Tag::Space => self.out.push(' '),
            Tag::None => {}
        }
        self.skip(used);
        let next = self.rest().chars().next();
        if !self.raised {
            self.part(next);
        }
    }

    /// A link: its text goes on, its target goes. `[201](类)` is a code and a class: a target has a slash or a colon.
    fn bracket(&mut self) {
        let ahead = self.ahead(MAX_FORMULA + MAX_TARGET);
        let link = ahead.find("](").filter(|_| self.link.is_none()).and_then(|text_end| {
            let target = ahead.get(text_end + 2..)?;
            let length = target.find(')')?;
            let target = target.get(..length)?;
            let simple = !ahead.get(1..text_end)?.contains(['[', ']']) && target.is_ascii();
            (simple && target.contains(['/', '#', ':'])).then_some((text_end, text_end + 2 + length + 1))
        });
        match link {
            Some((text_end, end)) => {
                self.link = Some((self.at + text_end, self.at + end));
                self.skip(1);
            }
            None => self.literal(),
        }
    }
}

/// A digit as it is printed above the line: a footnote's number must not run into the figure before it.
pub(super) fn superscript(c: char) -> char {
    match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4'..='9' => char::from_u32(u32::from(c) - u32::from('4') + u32::from('⁴')).unwrap_or(c),
        _ => c,
    }
}

/// The tag that `text` begins with, if it is a known one: whether it closes, what it does, whether it raises, and its
/// length.
fn tag(text: &str) -> Option<(bool, Tag, bool, usize)> {
    let inner = text.strip_prefix('<')?;
    let closing = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = inner.get(..end)?;
    let (known, tag) = TAGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    let rest = inner.get(end..)?;
    if !rest.starts_with(['>', '/', ' ', '\t', '\n']) {
        return None;
    }
    let close = rest.find(['>', '<']).filter(|&at| rest.get(at..).is_some_and(|rest| rest.starts_with('>')))?;
    let used = text.len() - rest.len() + close + 1;
    Some((closing, *tag, matches!(*known, "sup" | "sub"), used))
}

#[cfg(test)]
mod tests {
    use super::plain;

    fn text(source: &str) -> String {
        plain(source).text.into()
    }

    #[test]
    fn marks_go_and_strength_stays() {
        for (source, expected, strong) in [
            ("**合计**", "合计", true),
            ("<b>3,814.52</b>", "3,814.52", true),
            ("<strong>合计</strong> **5.40**", "合计 5.40", true),
            ("**第一部分** 概况", "第一部分 概况", false),
            ("***合计***", "合计", true),
            ("合计**100.00**", "合计100.00", false),
            ("**一是抓学习。**坚持**二是抓宣讲。**组建", "一是抓学习。坚持二是抓宣讲。组建", false),
            ("*注*", "注", false),
            ("_注_", "注", false),
            ("__注__", "__注__", false),
            ("`30201` 办公费", "30201 办公费", false),
            ("[预算公开](https://example.gov.cn/a)", "预算公开", false),
        ] {
            let read = plain(source);
            assert_eq!((read.text.as_str(), read.strong), (expected, strong), "{source}");
        }
    }

    #[test]
    fn formulas_entities_and_tags() {
        assert_eq!(text(r"资金拨付及时性： $\geq 90\%$"), "资金拨付及时性： ≥90%");
        assert_eq!(text(r"数量： $\geq 10$  个"), "数量： ≥10  个");
        assert_eq!(text(r"\(\leq 5\) 次"), "≤5 次");
        assert_eq!(text("收&nbsp;入&amp;支&#20986;&ge;5"), "收 入&支出≥5");
        assert_eq!(text(r#"<ol style="x"> <li>1.甲；</li> <li>2.乙。</li> </ol>"#), "1.甲；\n2.乙。");
        assert_eq!(text("甲<br/>乙<br>丙"), "甲\n乙\n丙");
        assert_eq!(text(r"3\.5 \* 2 \| \%"), "3.5 * 2 | %");
        assert_eq!(text("面积 12 m<sup>2</sup>"), "面积 12 m²");
    }

    #[test]
    fn figures_never_run_together() {
        for source in [
            "9*0.73*2",
            "1****5678",
            "138****1234 和 139****5678",
            "**电话 138****1234**",
            "2**3**4",
            "*",
            "* 1 2 3",
            "** 1 2",
            "$100 和 $200",
            "$5 and $6",
            "a_1_2",
            "____",
            "x < 50 且 y > 3",
            "<50万元>",
            "100.00<1>",
            "[201](类)",
            "AT&T",
            "&#9999999;",
            r"C:\数据\表",
            "5 `",
            "$x_1$",
            "<p 100",
        ] {
            let digits = |text: &str| -> Vec<String> {
                text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).map(str::to_owned).collect()
            };
            assert_eq!(digits(&text(source)), digits(source), "{source} → {}", text(source));
        }
        assert_eq!(text("**12**34"), "12 34");
        assert_eq!(text("100.00<sup>1</sup>"), "100.00¹");
        assert_eq!(text("12$34$"), "12 34");
        assert_eq!(text("<b>12</b>34"), "12 34");
    }

    #[test]
    fn cell_marks_of_the_form_stay() {
        assert_eq!(text("*"), "*");
        assert_eq!(text("**"), "**");
        assert_eq!(text("—"), "—");
    }
}
