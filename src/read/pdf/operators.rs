//! Content streams, cut into operators and what stands before them. Nothing is copied: a string is decoded when it is
//! shown. Hayro cuts them too, into objects of every kind; most of a page's time went there.
//!
//! What is no content is passed over as hayro passes it over: an operand of a kind that the operator does not take makes it
//! nothing, unless it draws a path, where what follows would be drawn somewhere.

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::Object;

use super::space::decimal;

/// Most operands of one operator: a colour of 32 inks and the name of a pattern.
const MAX_OPERANDS: usize = 33;

/// How deep arrays and dictionaries may stand in one another.
const MAX_DEPTH: usize = 64;

/// Most digits of a number that is read in one pass.
const MAX_DIGITS: usize = 18;

/// What stands before an operator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Operand<'d> {
    Number(f64),
    /// As it is written, behind the solidus.
    Name(&'d [u8]),
    Text(Text<'d>),
    /// An array: where its elements begin and end among those of the operator.
    Array(usize, usize),
    /// A dictionary as it is written.
    Dict(&'d [u8]),
}

/// A string as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Text<'d> {
    Plain(&'d [u8]),
    /// With escapes or line ends in it.
    Escaped(&'d [u8]),
    Hexadecimal(&'d [u8]),
}

/// An element of an array of strings and the gaps between them. Elements of other kinds are left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Element<'d> {
    Number(f64),
    Text(Text<'d>),
}

/// The operators of a content stream.
pub(super) struct Operators<'d> {
    data: &'d [u8],
    at: usize,
    operands: Vec<Operand<'d>>,
    elements: Vec<Element<'d>>,
}

/// What a byte is to the reader.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    White,
    Delimiter,
    Regular,
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Regular; 256];
    let white = [0, b'\t', b'\n', 0x0C, b'\r', b' '];
    let delimiters = *b"()<>[]{}/%";
    let mut at = 0;
    while at < white.len() {
        kinds[white[at] as usize] = Kind::White;
        at += 1;
    }
    at = 0;
    while at < delimiters.len() {
        kinds[delimiters[at] as usize] = Kind::Delimiter;
        at += 1;
    }
    kinds
};

fn kind(byte: u8) -> Kind {
    KINDS.get(usize::from(byte)).copied().unwrap_or(Kind::Regular)
}

impl<'d> Operators<'d> {
    pub(super) fn new(data: &'d [u8]) -> Self {
        Self { data, at: 0, operands: Vec::new(), elements: Vec::new() }
    }

    /// The next operator; `None` at the end of the stream, or of what can be made sense of.
    pub(super) fn next(&mut self) -> Option<&'d [u8]> {
        self.operands.clear();
        self.elements.clear();
        loop {
            self.skip_white();
            let first = self.peek()?;
            let operand = match first {
                b'0'..=b'9' | b'.' | b'+' | b'-' => match self.number() {
                    Some(number) => Operand::Number(number),
                    None => {
                        // A number with letters behind it: no operator is called that.
                        self.word()?;
                        self.operands.clear();
                        continue;
                    }
                },
                b'/' => {
                    self.at += 1;
                    Operand::Name(self.run_of_regular())
                }
                b'(' | b'[' | b'<' => self.compound()?,
                _ => {
                    let start = self.at;
                    let operator = self.word()?;
                    if operator == b"BI" {
                        self.skip_picture(start)?;
                    }
                    return Some(operator);
                }
            };
            if self.operands.len() >= MAX_OPERANDS {
                return None;
            }
            self.operands.push(operand);
        }
    }

    /// The last operands, if all of these are numbers.
    pub(super) fn numbers<const N: usize>(&self) -> Option<[f64; N]> {
        let last = self.operands.last_chunk::<N>()?;
        let mut numbers = [0.0; N];
        for (number, operand) in numbers.iter_mut().zip(last) {
            let &Operand::Number(value) = operand else { return None };
            *number = value;
        }
        Some(numbers)
    }

    /// The operand that stands `before` others.
    pub(super) fn operand(&self, before: usize) -> Option<Operand<'d>> {
        let index = self.operands.len().checked_sub(before + 1)?;
        self.operands.get(index).copied()
    }

    pub(super) fn all(&self) -> &[Operand<'d>] {
        &self.operands
    }

    /// The name that stands `before` other operands.
    pub(super) fn name(&self, before: usize) -> Option<&'d [u8]> {
        match self.operand(before)? {
            Operand::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The last operand, if it is a string.
    pub(super) fn text(&self) -> Option<Text<'d>> {
        match self.operand(0)? {
            Operand::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of the last operand, if it is an array.
    pub(super) fn array(&self) -> Option<&[Element<'d>]> {
        match self.operand(0)? {
            Operand::Array(from, to) => self.elements.get(from..to),
            _ => None,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.data.get(self.at).copied()
    }

    fn skip_white(&mut self) {
        while let Some(byte) = self.peek() {
            if kind(byte) == Kind::White {
                self.at += 1;
            } else if byte == b'%' {
                while self.peek().is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) {
                    self.at += 1;
                }
            } else {
                return;
            }
        }
    }

    fn run_of_regular(&mut self) -> &'d [u8] {
        let rest = self.data.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|&byte| kind(byte) != Kind::Regular).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn word(&mut self) -> Option<&'d [u8]> {
        Some(self.run_of_regular()).filter(|word| !word.is_empty())
    }

    /// A number, as wrong as producers write it: `5.-3`, `--5` and `.` are numbers too. `None` leaves the place as it was.
    fn number(&mut self) -> Option<f64> {
        let rest = self.data.get(self.at..).unwrap_or_default();
        let mut at = 0;
        let negative = rest.first() == Some(&b'-');
        if matches!(rest.first(), Some(b'-' | b'+')) {
            at += 1;
        }
        let (mut mantissa, mut digits, mut point) = (0u64, 0usize, None);
        while let Some(&byte) = rest.get(at) {
            let digit = byte.wrapping_sub(b'0');
            if digit < 10 {
                mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit));
                digits += 1;
            } else if byte == b'.' && point.is_none() {
                point = Some(digits);
            } else {
                break;
            }
            at += 1;
        }
        if digits == 0 {
            // A sign or a point alone is a zero; so is the first sign of two.
            if !negative && point.is_none() {
                return None;
            }
            self.at += at;
            return Some(0.0);
        }
        let end = at;
        if rest.get(at) == Some(&b'-') {
            at += rest.iter().skip(at).take_while(|byte| matches!(byte, b'0'..=b'9' | b'-')).count();
        }
        if rest.get(at).is_some_and(|&byte| kind(byte) == Kind::Regular) {
            return None;
        }
        self.at += at;
        if digits > MAX_DIGITS {
            // More than any position needs.
            return std::str::from_utf8(rest.get(..end)?).ok()?.parse().ok();
        }
        Some(decimal(negative, mantissa, point.map_or(0, |before| digits - before)))
    }

    /// A string, an array or a dictionary.
    fn compound(&mut self) -> Option<Operand<'d>> {
        match self.peek()? {
            b'(' => self.literal().map(Operand::Text),
            b'[' => self.elements(),
            _ if self.is_dict() => {
                let start = self.at;
                self.skip_nested()?;
                self.data.get(start..self.at).map(Operand::Dict)
            }
            _ => self.hexadecimal().map(Operand::Text),
        }
    }

    fn is_dict(&self) -> bool {
        self.data.get(self.at..).is_some_and(|rest| rest.starts_with(b"<<"))
    }

    fn literal(&mut self) -> Option<Text<'d>> {
        let rest = self.data.get(self.at + 1..)?;
        let (mut open, mut escaped, mut at) = (1, false, 0);
        loop {
            match rest.get(at)? {
                b'\\' => {
                    escaped = true;
                    at += 1;
                }
                b'\n' | b'\r' => escaped = true,
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                break;
            }
            at += 1;
        }
        let inside = rest.get(..at)?;
        self.at += at + 2;
        Some(if escaped { Text::Escaped(inside) } else { Text::Plain(inside) })
    }

    fn hexadecimal(&mut self) -> Option<Text<'d>> {
        let rest = self.data.get(self.at + 1..)?;
        let length = rest.iter().position(|byte| !byte.is_ascii_hexdigit() && kind(*byte) != Kind::White)?;
        if rest.get(length) != Some(&b'>') {
            return None;
        }
        self.at += length + 2;
        rest.get(..length).map(Text::Hexadecimal)
    }

    /// An array: its numbers and strings, and nothing of what else stands in it.
    fn elements(&mut self) -> Option<Operand<'d>> {
        let from = self.elements.len();
        self.at += 1;
        loop {
            self.skip_white();
            match self.peek()? {
                b']' => {
                    self.at += 1;
                    return Some(Operand::Array(from, self.elements.len()));
                }
                b'0'..=b'9' | b'.' | b'+' | b'-' => {
                    let number = self.number()?;
                    self.elements.push(Element::Number(number));
                }
                b'(' => {
                    let text = self.literal()?;
                    self.elements.push(Element::Text(text));
                }
                b'<' if !self.is_dict() => {
                    let text = self.hexadecimal()?;
                    self.elements.push(Element::Text(text));
                }
                b'[' | b'<' => self.skip_nested()?,
                _ => self.skip_name()?,
            }
        }
    }

    /// A name, or an operator that strayed into an array.
    fn skip_name(&mut self) -> Option<()> {
        if self.peek()? == b'/' {
            self.at += 1;
            self.run_of_regular();
            return Some(());
        }
        self.word().map(drop)
    }

    /// Passes over an array or a dictionary and all that it holds.
    fn skip_nested(&mut self) -> Option<()> {
        let mut open: Vec<u8> = Vec::new();
        loop {
            self.skip_white();
            match self.peek()? {
                b'[' => {
                    open.push(b']');
                    self.at += 1;
                }
                b'<' if self.is_dict() => {
                    open.push(b'>');
                    self.at += 2;
                }
                b'(' => drop(self.literal()?),
                b'<' => drop(self.hexadecimal()?),
                b']' if open.last() == Some(&b']') => {
                    open.pop();
                    self.at += 1;
                }
                b'>' if open.last() == Some(&b'>') && self.data.get(self.at + 1) == Some(&b'>') => {
                    open.pop();
                    self.at += 2;
                }
                _ => self.skip_name()?,
            }
            if open.is_empty() {
                return Some(());
            }
            if open.len() > MAX_DEPTH {
                return None;
            }
        }
    }

    /// Passes over a picture that stands in the stream. Where its bytes end is a guess that hayro makes well.
    fn skip_picture(&mut self, start: usize) -> Option<()> {
        let rest = self.data.get(start..)?;
        let mut pictures = UntypedIter::new(rest);
        let picture = pictures.next()?.operands().find_map(|operand| match operand {
            Object::Stream(stream) => Some(stream.raw_data()),
            _ => None,
        })?;
        let end = picture.as_ptr().addr().checked_sub(rest.as_ptr().addr())?.checked_add(picture.len())?;
        // The two letters that end it.
        self.at = start.checked_add(end)?.checked_add(2)?;
        Some(())
    }
}

impl<'d> Text<'d> {
    /// The string's bytes, decoded into `buffer` unless they stand in the stream as they are.
    pub(super) fn bytes<'b>(self, buffer: &'b mut Vec<u8>) -> &'b [u8]
    where
        'd: 'b,
    {
        buffer.clear();
        match self {
            Self::Plain(bytes) => return bytes,
            Self::Escaped(written) => unescape(written, buffer),
            Self::Hexadecimal(written) => {
                let mut high = None;
                for digit in written.iter().filter_map(|&byte| hexadecimal_digit(byte)) {
                    match high.take() {
                        None => high = Some(digit << 4),
                        Some(high) => buffer.push(high | digit),
                    }
                }
                buffer.extend(high);
            }
        }
        buffer
    }
}

fn hexadecimal_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

/// A line end of two bytes is one, and nothing behind a backslash (PDF 32000-1, 7.3.4.2).
fn unescape(written: &[u8], into: &mut Vec<u8>) {
    let mut bytes = written.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' => {
                bytes.next_if_eq(&b'\n');
                into.push(b'\n');
            }
            b'\\' => match bytes.next() {
                Some(b'\r') => drop(bytes.next_if_eq(&b'\n')),
                Some(b'\n') | None => {}
                Some(b'n') => into.push(b'\n'),
                Some(b'r') => into.push(b'\r'),
                Some(b't') => into.push(b'\t'),
                Some(b'b') => into.push(8),
                Some(b'f') => into.push(12),
                Some(digit @ b'0'..=b'7') => {
                    let mut code = u32::from(digit - b'0');
                    for _ in 0..2 {
                        let Some(digit) = bytes.next_if(|byte| (b'0'..=b'7').contains(byte)) else { break };
                        code = code * 8 + u32::from(digit - b'0');
                    }
                    into.extend(u8::try_from(code));
                }
                Some(other) => into.push(other),
            },
            other => into.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use hayro_syntax::object::Name;

    use super::*;

    /// Operators with their operands, as both readers see them.
    fn ours(data: &[u8]) -> Vec<(Vec<u8>, Vec<String>)> {
        let (mut operators, mut found, mut buffer) = (Operators::new(data), Vec::new(), Vec::new());
        while let Some(name) = operators.next() {
            let mut operands = Vec::new();
            let mut text = |text: Text<'_>| format!("{:?}", text.bytes(&mut buffer));
            for operand in operators.all() {
                operands.push(match *operand {
                    Operand::Number(number) => format!("{number:?}"),
                    Operand::Name(name) => format!("/{}", Name::new(name).unwrap().as_str()),
                    Operand::Text(string) => text(string),
                    Operand::Array(from, to) => {
                        let elements = operators.elements[from..to].iter().map(|element| match *element {
                            Element::Number(number) => format!("{number:?}"),
                            Element::Text(string) => text(string),
                        });
                        elements.collect::<Vec<_>>().join(" ")
                    }
                    Operand::Dict(written) => String::from_utf8_lossy(written).into_owned(),
                });
            }
            found.push((name.to_vec(), operands));
        }
        found
    }

    fn theirs(data: &[u8]) -> Vec<(Vec<u8>, Vec<String>)> {
        fn shown(object: &Object<'_>) -> Option<String> {
            match object {
                Object::Number(number) => Some(format!("{:?}", number.as_f64())),
                Object::Name(name) => Some(format!("/{}", String::from_utf8_lossy(name))),
                Object::String(string) => Some(format!("{:?}", string.as_bytes())),
                Object::Array(array) => {
                    let kept = |object: &Object<'_>| matches!(object, Object::Number(_) | Object::String(_));
                    let elements = array.iter::<Object<'_>>().filter(kept);
                    Some(elements.filter_map(|object| shown(&object)).collect::<Vec<_>>().join(" "))
                }
                Object::Dict(dict) => Some(String::from_utf8_lossy(dict.data()).into_owned()),
                _ => None,
            }
        }
        let (mut operators, mut found) = (UntypedIter::new(data), Vec::new());
        while let Some(operator) = operators.next() {
            found.push((operator.operator.to_vec(), operator.operands().filter_map(shown).collect()));
        }
        found
    }

    #[test]
    fn streams_are_cut_as_hayro_cuts_them() {
        let streams: [&[u8]; 24] = [
            b"q 1 0 0 -1 72.5 +.5 cm\r\n% a note (\n/F1 10.5 Tf BT(abc)Tj ET Q",
            b"[(a)-120(b\\)\\051)3.5<4142 4>]TJ[]TJ",
            b"(a(b)c\\(\\\\\\n\\r\\t\\b\\f\\101\\7\\78\\400\\q) Tj",
            b"(one\\\r\ntwo\r\nthree\rfour\\\nfive) '",
            b"<> Tj <4> Tj <41 4\n2> Tj",
            b"1 2 (x) \" 1.5.2 3 m 4 5 l",
            b"12-34 5.-3 --5 . - -. + 00012.50 9 re",
            b"12345678901234567890 0.0000000000000000001 w",
            b"1e5 7 w",
            b"/P <</MCID 0/Alt(a>>b)/K[<</A[1 2]>>]>>BDC EMC",
            b"/Artifact<</Subtype/Watermark/Type/Pagination>>BDC/OC/MC0 BDC",
            b"[3 2]0 d[[1](a)/n]TJ",
            b"[(a) Tj (b)] TJ",
            b"0.5 0.5 /P1 scn/Cs1 cs f*",
            b"(open",
            b"[1 2 (a)",
            b"<41",
            b"] 1 w",
            b"1 w } 2 w",
            b"true null false W*n",
            b"BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI 1 w",
            b"q BI/W 2/H 2 ID abEIcd\nEI Q (EI) Tj",
            b"/A#20B /C gs",
            b"<</A 1>>",
        ];
        for stream in streams {
            assert_eq!(ours(stream), theirs(stream), "{}", String::from_utf8_lossy(stream));
        }
        let inks = [b"0.5 ".repeat(32), b"/P0 scn ".to_vec(), b"1 ".repeat(34), b"w 2 w".to_vec()].concat();
        assert_eq!(ours(&inks), theirs(&inks), "more operands than any operator has end the stream");
    }

    #[test]
    fn what_stands_too_deep_ends_the_stream() {
        let deep = [b"[".repeat(100_000), b"]".repeat(100_000), b"TJ 1 w".to_vec()].concat();
        assert!(ours(&deep).is_empty());
    }
}
