//! XLS: the records of BIFF8 in a compound file.

use std::io::{Cursor, Write as _};

use super::{Part, is_amount, placed};

fn record(stream: &mut Vec<u8>, number: u16, content: &[u8]) {
    stream.extend(number.to_le_bytes());
    stream.extend(u16::try_from(content.len()).expect("a short record").to_le_bytes());
    stream.extend(content);
}

fn short(number: usize) -> [u8; 2] {
    u16::try_from(number).expect("a small number").to_le_bytes()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The workbook stream in a compound file.
pub(crate) fn compound(stream: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory");
    file.create_stream("Workbook").expect("a new stream").write_all(stream).expect("memory");
    file.flush().expect("memory");
    file.into_inner().into_inner()
}

/// An XLS with one sheet. Amounts are numbers with a format that shows two decimals: whole ones packed, the others as
/// doubles. Shared strings go on over records.
pub(crate) fn xls(parts: &[Part]) -> Vec<u8> {
    let (cells, merges) = placed(parts);
    let mut globals = Vec::new();
    record(&mut globals, 0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]);
    let code = wide("0.00_ ");
    record(&mut globals, 0x041e, &[&short(176)[..], &short(code.len() / 2), &[1], &code].concat());
    record(&mut globals, 0x00e0, &[0; 20]);
    record(&mut globals, 0x00e0, &[&[0, 0][..], &short(176), &[0; 16]].concat());
    let bound = globals.len() + 4;
    record(&mut globals, 0x0085, &[&[0; 6][..], &[6, 0], b"Sheet1"].concat());
    // Some strings to a record, and one that is cut in the middle of each.
    let mut strings = vec![[&[0; 8][..]].concat()];
    for (_, _, text) in &cells {
        let units = wide(text);
        let last = strings.last_mut().expect("a record");
        last.extend(short(units.len() / 2));
        last.push(1);
        let cut = if last.len() > 300 { units.len() / 4 * 2 } else { units.len() };
        last.extend(&units[..cut]);
        if cut < units.len() {
            strings.push([&[1][..], &units[cut..]].concat());
        }
    }
    for (index, content) in strings.iter().enumerate() {
        record(&mut globals, if index == 0 { 0x00fc } else { 0x003c }, content);
    }
    record(&mut globals, 0x000a, &[]);
    let offset = u32::try_from(globals.len()).expect("small").to_le_bytes();
    globals[bound..bound + 4].copy_from_slice(&offset);
    let mut sheet = globals;
    record(&mut sheet, 0x0809, &[0, 6, 16, 0, 0, 0, 0, 0]);
    for (index, (row, column, text)) in cells.iter().enumerate() {
        let at = [short(*row), short(*column)].concat();
        if is_amount(text) {
            let value: f64 = text.parse().expect("an amount");
            match text.strip_suffix(".00").map(|whole| whole.parse::<u32>().expect("whole")) {
                Some(whole) => {
                    record(&mut sheet, 0x027e, &[&at[..], &[1, 0], &(whole << 2 | 2).to_le_bytes()].concat());
                }
                None => record(&mut sheet, 0x0203, &[&at[..], &[1, 0], &value.to_le_bytes()].concat()),
            }
        } else {
            let index = u32::try_from(index).expect("small").to_le_bytes();
            record(&mut sheet, 0x00fd, &[&at[..], &[0, 0], &index].concat());
        }
    }
    for chunk in merges.chunks(100) {
        let mut content = short(chunk.len()).to_vec();
        for &[top, left, bottom, right] in chunk {
            content.extend([short(top), short(bottom), short(left), short(right)].concat());
        }
        record(&mut sheet, 0x00e5, &content);
    }
    record(&mut sheet, 0x000a, &[]);
    compound(&sheet)
}
