//! DOC: the text in one piece, and the properties of its paragraphs, in a compound file.

use std::io::{Cursor, Write as _};

use super::{Part, placed};

/// What a paragraph ends with, and its properties.
struct Paragraph {
    text: String,
    mark: u16,
    properties: Vec<u8>,
}

fn put(bytes: &mut [u8], at: usize, value: usize) {
    bytes[at..at + 4].copy_from_slice(&u32::try_from(value).expect("small").to_le_bytes());
}

fn property(number: u16, operand: &[u8]) -> Vec<u8> {
    [&number.to_le_bytes()[..], operand].concat()
}

/// A cell's width in twentieths of a point.
const CELL: usize = 1000;

/// The paragraphs of a table: cells end with a mark, and so does the row.
fn table(part: &Part, rows: usize) -> Vec<Paragraph> {
    let (cells, merges) = placed(std::slice::from_ref(part));
    let width = cells.iter().map(|cell| cell.1 + 1).max().unwrap_or(0);
    let in_table = property(0x2416, &[1]);
    let mut paragraphs = Vec::new();
    for row in 0..rows {
        let (mut edges, mut flags) = (vec![0], Vec::new());
        for column in 0..width {
            let merge = merges.iter().find(|m| m[0] <= row && row <= m[2] && m[1] <= column && column <= m[3]);
            if merge.is_some_and(|m| m[1] != column) {
                continue;
            }
            edges.push(merge.map_or(column + 1, |m| m[3] + 1) * CELL);
            flags.push(match merge {
                Some(m) if m[0] != m[2] && m[0] == row => 3_u8 << 5,
                Some(m) if m[0] != m[2] => 1 << 5,
                _ => 0,
            });
            let text = cells.iter().find(|cell| (cell.0, cell.1) == (row, column)).map(|cell| cell.2.clone());
            paragraphs.push(Paragraph { text: text.unwrap_or_default(), mark: 7, properties: in_table.clone() });
        }
        let mut definition = vec![u8::try_from(flags.len()).expect("few")];
        definition.extend(edges.iter().flat_map(|&edge| i16::try_from(edge).expect("narrow").to_le_bytes()));
        definition.extend(flags.iter().flat_map(|&flags| [&[flags, 0][..], &[0; 18]].concat()));
        let length = u16::try_from(definition.len() + 1).expect("short").to_le_bytes();
        let row = property(0xd608, &[&length[..], &definition].concat());
        paragraphs.push(Paragraph {
            text: String::new(),
            mark: 7,
            properties: [in_table.clone(), property(0x2417, &[1]), row].concat(),
        });
    }
    paragraphs
}

/// A DOC with these parts.
pub(crate) fn doc(parts: &[Part]) -> Vec<u8> {
    let mut paragraphs = Vec::new();
    for part in parts {
        match part {
            Part::Line(text) => paragraphs.push(Paragraph { text: text.clone(), mark: 13, properties: Vec::new() }),
            Part::Table(rows) => paragraphs.extend(table(part, rows.len())),
        }
    }
    let start = 1024;
    let mut text = Vec::new();
    let mut ends = Vec::new();
    for paragraph in &paragraphs {
        text.extend(paragraph.text.encode_utf16().chain([paragraph.mark]).flat_map(u16::to_le_bytes));
        ends.push(start + text.len());
    }
    let mut main = vec![0; start];
    main[..4].copy_from_slice(&[0xec, 0xa5, 0xc1, 0]);
    main.extend(&text);
    main.resize(main.len().next_multiple_of(512), 0);
    // One page for each paragraph.
    let first = main.len() / 512;
    let mut begin = start;
    for (paragraph, &end) in paragraphs.iter().zip(&ends) {
        let mut page = vec![0; 512];
        put(&mut page, 0, begin);
        put(&mut page, 4, end);
        page[8] = 15;
        let list = [&[0, 0][..], &paragraph.properties].concat();
        let list = if list.len() % 2 == 0 { list } else { [list, vec![0]].concat() };
        page[30] = 0;
        page[31] = u8::try_from(list.len() / 2).expect("short");
        page[32..32 + list.len()].copy_from_slice(&list);
        page[511] = 1;
        main.extend(page);
        begin = end;
    }
    let mut table = vec![2];
    table.extend(16_u32.to_le_bytes());
    table.extend([0; 4]);
    table.extend(u32::try_from(text.len() / 2).expect("small").to_le_bytes());
    table.extend([0; 2]);
    table.extend(u32::try_from(start).expect("small").to_le_bytes());
    table.extend([0; 2]);
    let pages = table.len();
    for at in std::iter::once(&start).chain(&ends) {
        table.extend(u32::try_from(*at).expect("small").to_le_bytes());
    }
    for page in 0..paragraphs.len() {
        table.extend(u32::try_from(first + page).expect("small").to_le_bytes());
    }
    put(&mut main, 0x4c, text.len() / 2);
    put(&mut main, 0x102, pages);
    let length = table.len() - pages;
    put(&mut main, 0x106, length);
    put(&mut main, 0x1a2, 0);
    put(&mut main, 0x1a6, pages);
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory");
    for (name, stream) in [("WordDocument", &main), ("0Table", &table)] {
        file.create_stream(name).expect("a new stream").write_all(stream).expect("memory");
    }
    file.flush().expect("memory");
    file.into_inner().into_inner()
}
