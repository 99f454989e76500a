//! Bytes become text: UTF-8, UTF-16, GB18030 and the other encodings of the web.
//!
//! Valid UTF-8 is UTF-8, whatever the file claims: text of another encoding is never valid by chance once it has a
//! few Chinese characters. A claim (`<meta charset>`) and a guess come after. What cannot be decoded becomes U+FFFD,
//! which [`super::read`] counts and notes.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::ReadError;

/// How far into an HTML file its `<meta charset>` is looked for: four times what browsers look at, since portals put
/// long comments first.
const META_PREFIX: usize = 4096;

/// Control characters that make bytes no text, per thousand. Text that was extracted from a PDF has a few.
const MAX_CONTROLS_PER_MILLE: usize = 50;

/// Broken sequences per thousand of the sequences beyond ASCII with which a file still counts as that encoding.
/// A cut or patched file has a handful; a wrong encoding breaks a third of them.
const MAX_BROKEN_PER_MILLE: usize = 50;

/// How many broken sequences are forgiven in a file too short for a share to mean anything.
const FORGIVEN: usize = 2;

/// The mark that some Windows programs put before GB18030.
const GB18030_MARK: &[u8] = &[0x84, 0x31, 0x95, 0x33];

/// Text and the encoding it came from.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) encoding: &'static str,
}

/// Decodes a whole file.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    let decoded = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        with(encoding, bytes.get(mark..).unwrap_or_default())
    } else if let Some(rest) = bytes.strip_prefix(GB18030_MARK) {
        with(GB18030, rest)
    } else if let Some(encoding) = utf16_without_mark(bytes) {
        with(encoding, bytes)
    } else if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Decoded { text, encoding: UTF_8.name() }
    } else {
        guess(bytes)?
    };
    if is_text(&decoded.text) { Ok(decoded) } else { Err(ReadError::Binary) }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding: encoding.name() }
}

/// UTF-16 told by its zero bytes: line ends, digits and blanks have one, always on the same side.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.contains(&0) {
        return None;
    }
    [UTF_16LE, UTF_16BE].into_iter().find(|encoding| {
        let sample = bytes.get(..bytes.len().min(1 << 16)).unwrap_or_default();
        let (text, _) = encoding.decode_without_bom_handling(sample);
        let (usual, all) =
            text.chars().fold((0_usize, 0_usize), |(usual, all), c| (usual + usize::from(is_usual(c)), all + 1));
        all > 0 && usual * 100 >= all * 95
    })
}

/// A character that Chinese budgets are made of.
fn is_usual(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}' | '\u{2010}'..='\u{2044}' | '\u{2460}'..='\u{25ff}'
        | '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Chooses among damaged UTF-8, what the file claims, what the detector says and GB18030: the first that fits.
fn guess(bytes: &[u8]) -> Result<Decoded<'_>, ReadError> {
    let damaged = with(UTF_8, bytes);
    if fits(&damaged.text) {
        return Ok(damaged);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // The detector leans to what is usual under .cn.
    let detected = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    let detected = if detected == GBK { GB18030 } else { detected };
    let beyond_ascii = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    // A single-byte encoding decodes anything, so it is believed only where the text is mostly ASCII.
    let plausible = |encoding: &&'static Encoding| !encoding.is_single_byte() || beyond_ascii * 10 < bytes.len();
    [declared(bytes), Some(detected), Some(GB18030)]
        .into_iter()
        .flatten()
        .filter(plausible)
        .map(|encoding| with(encoding, bytes))
        .find(|decoded| fits(&decoded.text))
        .ok_or_else(|| if is_text(&damaged.text) { ReadError::Undecodable } else { ReadError::Binary })
}

/// The encoding that an HTML file claims in `<meta charset=…>` or `<meta … content="…; charset=…">`, or an XML
/// declaration claims.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(META_PREFIX).map(|&byte| char::from(byte).to_ascii_lowercase()).collect();
    let (_, after) = head
        .split_once("<meta")
        .and_then(|_| head.split_once("charset"))
        .or_else(|| head.trim_start().starts_with("<?xml").then(|| head.split_once("encoding")).flatten())?;
    let label = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')))?;
    let encoding = Encoding::for_label(label.get(..end)?.as_bytes())?;
    match encoding {
        _ if encoding == GBK => Some(GB18030),
        // Bytes that can be searched for "<meta" are no UTF-16.
        _ if encoding == UTF_16LE || encoding == UTF_16BE => None,
        _ => Some(encoding),
    }
}

/// Whether so few sequences are broken that the text was meant to be read so.
fn fits(text: &str) -> bool {
    let (broken, beyond) = text.chars().filter(|c| !c.is_ascii()).fold((0_usize, 0_usize), |(broken, beyond), c| {
        (broken + usize::from(c == char::REPLACEMENT_CHARACTER), beyond + 1)
    });
    broken * 1000 <= beyond * MAX_BROKEN_PER_MILLE || (broken <= FORGIVEN && broken * 2 <= beyond)
}

/// Whether a decoded text is text: few control characters.
fn is_text(text: &str) -> bool {
    if !may_hold_control(text) {
        return true;
    }
    let (controls, all) =
        text.chars().fold((0_usize, 0_usize), |(controls, all), c| (controls + usize::from(is_control(c)), all + 1));
    controls * 1000 <= all * MAX_CONTROLS_PER_MILLE
}

/// Whether any byte of a text can be of a control character that has no place in it: those beyond ASCII are 0xC2 and
/// another.
fn may_hold_control(text: &str) -> bool {
    // A stretch at a time, without looking up: most texts have no such byte, and so a processor takes many at once.
    const STRETCH: usize = 256;
    let suspect = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r') || matches!(byte, 0x7f | 0xc2);
    let bytes = text.as_bytes();
    bytes.chunks(STRETCH).any(|stretch| stretch.iter().fold(false, |found, byte| found | suspect(*byte)))
        && (bytes.iter().any(|byte| suspect(*byte) && *byte != 0xc2)
            || bytes.windows(2).any(|pair| matches!(pair, [0xc2, 0x80..=0x9f])))
}

/// A control character that has no place in text.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}')
}

/// Splits text into the lines that places point into: on `\n`, with the `\r` of a line end removed.
///
/// A `\r` anywhere else ends a line where the file has no `\n` at all (old Macintosh), and is a blank otherwise, so
/// that it neither shifts the numbering nor joins two figures. Control characters become U+FFFD: they are no text, and
/// the place where something was lost stays visible.
pub(super) fn lines(text: &str) -> Vec<String> {
    let separator = if text.contains('\n') { '\n' } else { '\r' };
    let text = text.strip_suffix(separator).unwrap_or(text);
    let odd = text.contains('\r') || may_hold_control(text);
    text.split(separator)
        .map(|line| {
            let line = line.trim_end_matches('\r');
            if odd && (line.contains('\r') || may_hold_control(line)) && line.contains(|c| c == '\r' || is_control(c)) {
                line.chars()
                    .map(|c| match c {
                        '\r' => ' ',
                        _ if is_control(c) => char::REPLACEMENT_CHARACTER,
                        _ => c,
                    })
                    .collect()
            } else {
                line.to_owned()
            }
        })
        .collect()
}
