//! XLS: the records of the workbook stream, BIFF8 (Excel 97–2003) and BIFF5 (Excel 5 and 95) ([MS-XLS]).

use std::collections::BTreeMap;

use encoding_rs::Encoding;
use rust_decimal::Decimal;

use super::format::{self, NumberFormat};
use super::{Book, MAX_SHEETS, Sheet, Shown, with_error, without_result};
use crate::read::compound::{Compound, offset_at, u16_at, u32_at};
use crate::read::{Form, ReadError};

/// Numbers of the records that are read.
mod record {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const EOF: u16 = 0x000a;
    pub(super) const DATE_1904: u16 = 0x0022;
    pub(super) const FILE_PASS: u16 = 0x002f;
    pub(super) const CONTINUE: u16 = 0x003c;
    pub(super) const CODE_PAGE: u16 = 0x0042;
    pub(super) const COLUMN_INFO: u16 = 0x007d;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MULTIPLE_RK: u16 = 0x00bd;
    pub(super) const RICH_STRING: u16 = 0x00d6;
    pub(super) const EXTENDED_FORMAT: u16 = 0x00e0;
    pub(super) const MERGED_CELLS: u16 = 0x00e5;
    pub(super) const SHARED_STRINGS: u16 = 0x00fc;
    pub(super) const LABEL_SST: u16 = 0x00fd;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_OR_ERROR: u16 = 0x0205;
    pub(super) const STRING: u16 = 0x0207;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const RK: u16 = 0x027e;
    pub(super) const FORMAT_BIFF5: u16 = 0x001e;
    pub(super) const FORMAT: u16 = 0x041e;
    pub(super) const BEGIN: u16 = 0x0809;
}

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Book, ReadError> {
    let damaged = ReadError::Damaged(Form::Xls);
    let mut file = Compound::open(bytes).ok_or(damaged.clone())?;
    let stream = file.stream("Workbook").or_else(|| file.stream("Book")).ok_or(damaged.clone())?;
    let mut globals = Globals::read(&stream)?;
    let mut book = Book { encoding: globals.encoding_name(), cut: globals.cut, ..Book::default() };
    for listed in std::mem::take(&mut globals.sheets).into_iter().take(MAX_SHEETS) {
        let mut sheet = Sheet { name: listed.name, hidden: listed.hidden, ..Sheet::default() };
        // Charts, macros and modules have no cells.
        if listed.worksheet {
            cells(&stream, listed.offset, &globals, &mut sheet, &mut book)?;
        }
        book.sheets.push(sheet);
    }
    if book.sheets.is_empty() { Err(damaged) } else { Ok(book) }
}

/// The records from a position on: number, content, and where the next one begins.
struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    fn next(&mut self) -> Option<(u16, &'a [u8])> {
        let number = u16_at(self.stream, self.at)?;
        let length = usize::from(u16_at(self.stream, self.at.checked_add(2)?)?);
        let start = self.at.checked_add(4)?;
        let content = self.stream.get(start..start.checked_add(length)?)?;
        self.at = start + length;
        Some((number, content))
    }

    /// The number of the next record, without going on to it.
    fn peek(&self) -> Option<u16> {
        u16_at(self.stream, self.at)
    }
}

struct Listed {
    name: String,
    offset: usize,
    hidden: bool,
    worksheet: bool,
}

/// What stands before the sheets.
struct Globals {
    sheets: Vec<Listed>,
    strings: Vec<String>,
    /// Number format of each cell style.
    formats: Vec<NumberFormat>,
    since_1904: bool,
    encoding: &'static Encoding,
    biff8: bool,
    cut: bool,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, ReadError> {
        let mut globals = Self {
            sheets: Vec::new(),
            strings: Vec::new(),
            formats: Vec::new(),
            since_1904: false,
            encoding: encoding_rs::GBK,
            biff8: true,
            cut: true,
        };
        let mut codes: BTreeMap<u16, String> = BTreeMap::new();
        let mut styles: Vec<u16> = Vec::new();
        let mut records = Records { stream, at: 0 };
        while let Some((number, content)) = records.next() {
            match number {
                record::BEGIN => globals.biff8 = u16_at(content, 0).is_none_or(|version| version >= 0x0600),
                record::FILE_PASS => return Err(ReadError::Locked(Form::Xls)),
                record::DATE_1904 => globals.since_1904 = u16_at(content, 0) == Some(1),
                record::CODE_PAGE => {
                    globals.encoding = u16_at(content, 0).and_then(code_page).unwrap_or(globals.encoding);
                }
                record::BOUND_SHEET => globals.sheets.extend(globals.bound_sheet(content)),
                record::FORMAT | record::FORMAT_BIFF5 => {
                    if let Some(id) = u16_at(content, 0) {
                        let rest = content.get(2..).unwrap_or_default();
                        let wide = globals.biff8 && number == record::FORMAT;
                        let code = if wide { globals.string(rest, 2) } else { globals.string(rest, 1) };
                        codes.insert(id, code);
                    }
                }
                record::EXTENDED_FORMAT => styles.push(u16_at(content, 2).unwrap_or(0)),
                record::SHARED_STRINGS => {
                    let mut parts = vec![content];
                    while records.peek() == Some(record::CONTINUE) {
                        match records.next() {
                            Some((_, more)) => parts.push(more),
                            None => break,
                        }
                    }
                    globals.strings = shared_strings(&parts);
                }
                record::EOF => {
                    globals.cut = false;
                    break;
                }
                _ => {}
            }
        }
        let mut parsed: BTreeMap<u16, NumberFormat> = BTreeMap::new();
        for id in styles {
            let format = parsed.entry(id).or_insert_with(|| {
                NumberFormat::parse(codes.get(&id).map_or(NumberFormat::built_in(u32::from(id)), String::as_str))
            });
            globals.formats.push(format.clone());
        }
        Ok(globals)
    }

    fn encoding_name(&self) -> String {
        if self.biff8 { "UTF-16LE" } else { self.encoding.name() }.to_owned()
    }

    fn bound_sheet(&self, content: &[u8]) -> Option<Listed> {
        let name = content.get(6..)?;
        Some(Listed {
            offset: offset_at(content, 0)?,
            hidden: content.get(4)? & 3 != 0,
            worksheet: *content.get(5)? == 0,
            name: self.string(name, 1),
        })
    }

    /// A string whose length takes `width` bytes, without what may follow it.
    fn string(&self, bytes: &[u8], width: usize) -> String {
        let length = if width == 1 { bytes.first().map(|&n| u16::from(n)) } else { u16_at(bytes, 0) };
        let length = usize::from(length.unwrap_or(0));
        let rest = bytes.get(width..).unwrap_or_default();
        if !self.biff8 {
            let text = rest.get(..length.min(rest.len())).unwrap_or_default();
            return self.encoding.decode_without_bom_handling(text).0.into_owned();
        }
        let flags = rest.first().copied().unwrap_or(0);
        let header = 1 + if flags & 8 == 0 { 0 } else { 2 } + if flags & 4 == 0 { 0 } else { 4 };
        let text = rest.get(header..).unwrap_or_default();
        characters(text, length, flags & 1 != 0).0
    }
}

/// Up to `count` characters, of two bytes or of one (Latin-1), and how many bytes they took.
fn characters(bytes: &[u8], count: usize, wide: bool) -> (String, usize) {
    if wide {
        let units: Vec<u16> =
            bytes.chunks_exact(2).take(count).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        (String::from_utf16_lossy(&units), units.len() * 2)
    } else {
        let bytes = bytes.get(..count.min(bytes.len())).unwrap_or_default();
        (bytes.iter().map(|&byte| char::from(byte)).collect(), bytes.len())
    }
}

/// The encoding of a code page of Windows, where it is one that Chinese files have.
fn code_page(number: u16) -> Option<&'static Encoding> {
    match number {
        936 => Some(encoding_rs::GBK),
        950 => Some(encoding_rs::BIG5),
        932 => Some(encoding_rs::SHIFT_JIS),
        949 => Some(encoding_rs::EUC_KR),
        1252 | 0x8001 => Some(encoding_rs::WINDOWS_1252),
        _ => None,
    }
}

/// The shared strings of BIFF8. A string may go on in the next record, which begins with a flag of its own.
fn shared_strings(parts: &[&[u8]]) -> Vec<String> {
    let mut reader = Parts { parts, part: 0, at: 8 };
    let mut strings = Vec::new();
    while let Some(string) = reader.string() {
        strings.push(string);
    }
    strings
}

struct Parts<'a> {
    parts: &'a [&'a [u8]],
    part: usize,
    at: usize,
}

impl Parts<'_> {
    fn rest(&self) -> &[u8] {
        self.parts.get(self.part).and_then(|part| part.get(self.at..)).unwrap_or_default()
    }

    /// Goes on to the next record where this one is used up. False at the end.
    fn refill(&mut self) -> bool {
        while self.rest().is_empty() {
            if self.part + 1 >= self.parts.len() {
                return false;
            }
            self.part += 1;
            self.at = 0;
        }
        true
    }

    fn byte(&mut self) -> Option<u8> {
        if !self.refill() {
            return None;
        }
        let byte = self.rest().first().copied();
        self.at += 1;
        byte
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, mut count: usize) {
        while count > 0 && self.refill() {
            let step = count.min(self.rest().len());
            self.at += step;
            count -= step;
        }
    }

    fn string(&mut self) -> Option<String> {
        let mut left = usize::from(self.u16()?);
        let mut flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { usize::from(self.u16()?) };
        let extension = if flags & 4 == 0 { 0 } else { usize::try_from(self.u32()?).ok()? };
        let mut text = String::new();
        while left > 0 {
            if self.rest().is_empty() {
                if !self.refill() {
                    break;
                }
                flags = self.byte()?;
            }
            let wide = flags & 1 != 0;
            let (piece, used) = characters(self.rest(), left, wide);
            if used == 0 {
                // Half a character at the end of a record.
                self.skip(1);
                continue;
            }
            left -= (used / if wide { 2 } else { 1 }).min(left);
            self.at += used;
            text.push_str(&piece);
        }
        self.skip(runs * 4);
        self.skip(extension);
        Some(text)
    }
}

/// A number packed into four bytes: an integer or the upper half of a double, perhaps in hundredths.
fn rk(packed: u32) -> Option<Decimal> {
    let value =
        if packed & 2 == 0 { double(u64::from(packed & !3) << 32)? } else { Decimal::from(packed.cast_signed() >> 2) };
    if packed & 1 == 0 { Some(value) } else { value.checked_div(Decimal::ONE_HUNDRED) }
}

/// The shortest decimal that a double stands for.
fn double(bits: u64) -> Option<Decimal> {
    format::number(&f64::from_bits(bits).to_string())
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from(u32_at(bytes, at)?) | u64::from(u32_at(bytes, at.checked_add(4)?)?) << 32)
}

/// Reads the cells of the sheet whose records begin at `offset`.
fn cells(stream: &[u8], offset: usize, globals: &Globals, sheet: &mut Sheet, book: &mut Book) -> Result<(), ReadError> {
    let mut records = Records { stream, at: offset };
    if !matches!(records.next(), Some((record::BEGIN, _))) {
        book.cut = true;
        return Ok(());
    }
    // Charts inside a sheet have records of their own.
    let mut inside = 0_usize;
    let mut formula: Option<(u32, u32)> = None;
    while let Some((number, content)) = records.next() {
        match number {
            record::BEGIN => inside += 1,
            record::EOF if inside == 0 => return Ok(()),
            record::EOF => inside -= 1,
            _ if inside > 0 => {}
            record::ROW => {
                if let (Some(row), Some(flags)) = (u16_at(content, 0), u16_at(content, 12))
                    && flags & 0x20 != 0
                {
                    sheet.hidden_rows.add(u32::from(row), u32::from(row));
                }
            }
            record::COLUMN_INFO => {
                if let (Some(first), Some(last), Some(flags)) =
                    (u16_at(content, 0), u16_at(content, 2), u16_at(content, 8))
                    && flags & 1 != 0
                {
                    sheet.hidden_columns.add(u32::from(first), u32::from(last.max(first)));
                }
            }
            record::MERGED_CELLS => {
                let count = usize::from(u16_at(content, 0).unwrap_or(0));
                for index in 0..count {
                    let edge = |edge: usize| u16_at(content, 2 + index * 8 + edge * 2).map(u32::from);
                    let (Some(top), Some(bottom), Some(left), Some(right)) = (edge(0), edge(1), edge(2), edge(3))
                    else {
                        break;
                    };
                    sheet.merge((top, bottom), (left, right));
                }
            }
            record::STRING => {
                if let Some((row, column)) = formula.take() {
                    put(sheet, book, (row, column), Shown { text: globals.string(content, 2), ..Shown::default() })?;
                }
            }
            record::MULTIPLE_RK => {
                let (Some(row), Some(first)) = (u16_at(content, 0), u16_at(content, 2)) else { continue };
                for (column, packed) in (u32::from(first)..).zip(content.get(4..).unwrap_or_default().chunks_exact(6)) {
                    if let (Some(style), Some(value)) = (u16_at(packed, 0), u32_at(packed, 2)) {
                        let shown = globals.shown(style, rk(value));
                        put(sheet, book, (u32::from(row), column), shown)?;
                    }
                }
            }
            _ => {
                let (Some(row), Some(column), Some(style)) =
                    (u16_at(content, 0), u16_at(content, 2), u16_at(content, 4))
                else {
                    continue;
                };
                let at = (u32::from(row), u32::from(column));
                let shown = match number {
                    record::LABEL_SST => {
                        let text = offset_at(content, 6).and_then(|index| globals.strings.get(index));
                        Shown { text: text.cloned().unwrap_or_default(), ..Shown::default() }
                    }
                    record::LABEL | record::RICH_STRING => {
                        Shown { text: globals.string(content.get(6..).unwrap_or_default(), 2), ..Shown::default() }
                    }
                    record::NUMBER => globals.shown(style, u64_at(content, 6).and_then(double)),
                    record::RK => globals.shown(style, u32_at(content, 6).and_then(rk)),
                    record::BOOL_OR_ERROR => match (content.get(6), content.get(7)) {
                        (Some(&value), Some(0)) => boolean(value),
                        (Some(&value), Some(_)) => error(value),
                        _ => continue,
                    },
                    record::FORMULA => {
                        formula = None;
                        match result(content) {
                            Some(FormulaResult::Number(value)) => globals.shown(style, value),
                            Some(FormulaResult::Text) => {
                                formula = Some(at);
                                continue;
                            }
                            Some(FormulaResult::Boolean(value)) => boolean(value),
                            Some(FormulaResult::Error(value)) => error(value),
                            Some(FormulaResult::Blank) => continue,
                            None => Shown { doubt: Some(without_result()), ..Shown::default() },
                        }
                    }
                    _ => continue,
                };
                put(sheet, book, at, shown)?;
            }
        }
    }
    book.cut = true;
    Ok(())
}

fn put(sheet: &mut Sheet, book: &mut Book, (row, column): (u32, u32), shown: Shown) -> Result<(), ReadError> {
    if !shown.text.is_empty() || shown.doubt.is_some() {
        book.count_cell()?;
        sheet.put(row, column, shown);
    }
    Ok(())
}

enum FormulaResult {
    Number(Option<Decimal>),
    /// It stands in the next string record.
    Text,
    Boolean(u8),
    Error(u8),
    Blank,
}

/// The result that a formula had when it was saved.
fn result(content: &[u8]) -> Option<FormulaResult> {
    if u16_at(content, 12)? != 0xffff {
        return Some(FormulaResult::Number(Some(double(u64_at(content, 6)?)?)));
    }
    let value = *content.get(8)?;
    match content.get(6)? {
        0 => Some(FormulaResult::Text),
        1 => Some(FormulaResult::Boolean(value)),
        2 => Some(FormulaResult::Error(value)),
        3 => Some(FormulaResult::Blank),
        _ => None,
    }
}

fn boolean(value: u8) -> Shown {
    Shown { text: if value == 0 { "FALSE" } else { "TRUE" }.to_owned(), ..Shown::default() }
}

fn error(code: u8) -> Shown {
    let text = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    };
    Shown { text: text.to_owned(), doubt: Some(with_error(text)), uncertain: false }
}

impl Globals {
    /// What a number in a cell of a style shows; one that is no number shows nothing and is doubted.
    fn shown(&self, style: u16, value: Option<Decimal>) -> Shown {
        let Some(value) = value else {
            return Shown { doubt: Some(without_result()), ..Shown::default() };
        };
        let shown = match self.formats.get(usize::from(style)) {
            Some(format) => format.show(value, self.since_1904),
            None => NumberFormat::parse("General").show(value, self.since_1904),
        };
        Shown { text: shown.text, doubt: None, uncertain: shown.uncertain }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers() {
        let shown = |packed: u32| rk(packed).map(|value| value.to_string());
        assert_eq!(shown(123 << 2 | 2).as_deref(), Some("123"));
        assert_eq!(shown(342_629 << 2 | 3).as_deref(), Some("3426.29"));
        assert_eq!(shown((-5_i32 << 2).cast_unsigned() | 2).as_deref(), Some("-5"));
        // 1.0 is 0x3FF0000000000000; one hundredth of it with the flag.
        assert_eq!(shown(0x3ff0_0000).as_deref(), Some("1"));
        assert_eq!(shown(0x3ff0_0001).as_deref(), Some("0.01"));
        assert_eq!(double(f64::NAN.to_bits()), None);
    }

    #[test]
    fn a_string_goes_on_in_the_next_record_in_another_width() {
        let mut first = vec![0; 8];
        first.extend([4, 0, 1]);
        first.extend("收入".encode_utf16().flat_map(u16::to_le_bytes));
        let second = [0, b'a', b'b', 2, 0, 0, b'x', b'y'];
        assert_eq!(shared_strings(&[&first, &second]), ["收入ab", "xy"]);
    }
}
