//! What a file is, told by its content. The name decides only what the content leaves open.

use super::{Form, ReadError};

/// How far into a file the sign of a container may stand: PDF allows 1024 bytes of anything before its header.
const SIGN_PREFIX: usize = 1024;

/// Lines that are looked at to tell one text form from another.
const SAMPLE_LINES: usize = 5000;

/// Characters of the beginning in which an HTML file shows what it is.
const HTML_PREFIX: usize = 4096;

/// Members of a ZIP container whose names are looked at: a package names its kind among its first.
const MEMBERS: usize = 10_000;

/// The forms of text that have a reader of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextForm {
    /// Lines, tabs between cells.
    Text,
    /// Lines with Markdown marks.
    Markdown,
    /// HTML.
    Html,
    /// Values with this delimiter between them.
    Csv(u8),
}

/// First bytes that name a kind of file.
const SIGNS: &[(&[u8], Form)] = &[
    (b"{\\rtf", Form::Rtf),
    (b"Rar!\x1a\x07", Form::Rar),
    (b"7z\xbc\xaf\x27\x1c", Form::SevenZip),
    (b"\x1f\x8b", Form::Compressed),
    (b"BZh", Form::Compressed),
    (b"\xfd7zXZ\0", Form::Compressed),
    (b"\x28\xb5\x2f\xfd", Form::Compressed),
    (b"\x89PNG\r\n\x1a\n", Form::Image),
    (b"\xff\xd8\xff", Form::Image),
    (b"GIF87a", Form::Image),
    (b"GIF89a", Form::Image),
    (b"II*\0", Form::Image),
    (b"MM\0*", Form::Image),
];

/// The container that the bytes are, if they are no text.
pub(super) fn container(bytes: &[u8]) -> Option<Form> {
    if let Some((_, form)) = SIGNS.iter().find(|(sign, _)| bytes.starts_with(sign)) {
        return Some(*form);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(in_zip(bytes));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(in_compound_file(bytes));
    }
    let riff = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    let bitmap = bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]);
    let iso = bytes.get(4..8) == Some(b"ftyp");
    if riff || bitmap || iso {
        return Some(Form::Image);
    }
    let head = bytes.get(..bytes.len().min(SIGN_PREFIX)).unwrap_or_default();
    // Text that speaks of "%PDF-" has no cross-reference table.
    if contains(head, b"%PDF-") && (head.starts_with(b"%PDF-") || contains(bytes, b"startxref")) {
        return Some(Form::Pdf);
    }
    let start = head.trim_ascii_start();
    if start.starts_with(b"MIME-Version:") {
        return Some(Form::WebArchive);
    }
    if start.starts_with(b"<?xml")
        && (contains(head, b"schemas-microsoft-com:office:spreadsheet\"") || contains(head, b"office/word/2003/wordml"))
    {
        // An HTML page that Excel saved declares the namespace too, but has an <html> element.
        return (!contains(head, b"<html")).then_some(Form::OfficeXml);
    }
    None
}

/// What a ZIP container holds, by the names of its members. Only its own count: an archive may hold workbooks.
fn in_zip(bytes: &[u8]) -> Form {
    let names = member_names(bytes);
    let has = |sought: &[u8]| names.iter().any(|name| name.starts_with(sought));
    let parts: &[(&[u8], Form)] = &[
        (b"xl/workbook.bin", Form::Xlsb),
        (b"xl/", Form::Xlsx),
        (b"word/", Form::Docx),
        (b"ppt/", Form::Slides),
        (b"OFD.xml", Form::Ofd),
    ];
    // A folder of an archive may be called `xl`; a package lists its parts.
    let office = has(b"[Content_Types].xml") || has(b"_rels/");
    if let Some((_, form)) = parts.iter().find(|(part, form)| has(part) && (office || *form == Form::Ofd)) {
        return *form;
    }
    // OpenDocument states its type in a member that stands first and is not packed.
    let head = bytes.get(..bytes.len().min(SIGN_PREFIX)).unwrap_or_default();
    let types: &[(&[u8], Form)] = &[
        (b"application/vnd.oasis.opendocument.spreadsheet", Form::Ods),
        (b"application/vnd.oasis.opendocument.text", Form::Odt),
        (b"application/vnd.oasis.opendocument.presentation", Form::Slides),
    ];
    if names.first().is_some_and(|name| *name == b"mimetype") {
        return types.iter().find(|(kind, _)| contains(head, kind)).map_or(Form::Zip, |(_, form)| *form);
    }
    Form::Zip
}

/// Names of the members of a ZIP container: those of its directory, or, where its end is lost, those that stand before
/// the members themselves.
fn member_names(bytes: &[u8]) -> Vec<&[u8]> {
    let directory = names_after(bytes, *b"PK\x01\x02", 28, 46);
    if directory.is_empty() { names_after(bytes, *b"PK\x03\x04", 26, 30) } else { directory }
}

/// The names in the headers that begin with `sign`, the length at `length_at` and the name at `name_at`. Headers of an
/// archive that stands unpacked inside come before those of the outer directory, which is the last run of headers.
fn names_after(bytes: &[u8], sign: [u8; 4], length_at: usize, name_at: usize) -> Vec<&[u8]> {
    let mut start = 0;
    if sign[2] == 1
        && let Some(end) = bytes.windows(4).rposition(|window| window == b"PK\x05\x06")
        && let Some(offset) = bytes.get(end + 16..end + 20).and_then(|field| field.try_into().ok())
        && let Ok(offset) = usize::try_from(u32::from_le_bytes(offset))
        && offset < end
    {
        start = offset;
    }
    let mut names = Vec::new();
    let mut rest = bytes.get(start..).unwrap_or_default();
    while names.len() < MEMBERS {
        let Some(at) = find(rest, &sign) else { break };
        rest = rest.get(at..).unwrap_or_default();
        let Some(length) = rest.get(length_at..length_at + 2).and_then(|field| field.try_into().ok()) else { break };
        let end = name_at + usize::from(u16::from_le_bytes(length));
        if let Some(name) = rest.get(name_at..end) {
            names.push(name);
        }
        rest = rest.get(4..).unwrap_or_default();
    }
    names
}

/// What an OLE compound file holds, by the names of its streams (UTF-16).
fn in_compound_file(bytes: &[u8]) -> Form {
    let streams: &[(&str, Form)] = &[
        ("EncryptedPackage", Form::Encrypted),
        ("WordDocument", Form::Doc),
        ("Workbook", Form::Xls),
        ("PowerPoint Document", Form::Slides),
        ("Book", Form::Xls),
    ];
    // Objects that are embedded have streams of their own, so the root's come first.
    #[cfg(any(feature = "sheets", feature = "docx"))]
    if let Some(file) = super::compound::Compound::open(bytes) {
        return streams.iter().find(|(name, _)| file.has(name)).map_or(Form::Ole, |(_, form)| *form);
    }
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    streams.iter().find(|(name, _)| contains(bytes, &wide(name))).map_or(Form::Ole, |(_, form)| *form)
}

/// Where `sought` begins in `bytes`.
fn find(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes.windows(sought.len()).position(|window| window == sought)
}

fn contains(bytes: &[u8], sought: &[u8]) -> bool {
    let Some(&first) = sought.first() else { return true };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|&byte| byte == first) {
        rest = rest.get(at..).unwrap_or_default();
        if rest.starts_with(sought) {
            return true;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    false
}

/// Which text form the decoded lines are in.
pub(super) fn form(name: &str, lines: &[String]) -> Result<TextForm, ReadError> {
    let extension = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    if is_html(lines) {
        return Ok(TextForm::Html);
    }
    if is_web_archive(lines) {
        return Err(ReadError::NotYet(Form::WebArchive));
    }
    match extension.as_str() {
        "csv" => return Ok(TextForm::Csv(super::csv::named_delimiter(lines))),
        "tsv" => return Ok(TextForm::Csv(b'\t')),
        "md" | "markdown" => return Ok(TextForm::Markdown),
        _ => {}
    }
    let sample = lines.get(..lines.len().min(SAMPLE_LINES)).unwrap_or_default();
    if super::markdown::is_marked(sample) {
        return Ok(TextForm::Markdown);
    }
    Ok(match super::csv::delimiter(lines) {
        Some(delimiter) => TextForm::Csv(delimiter),
        None if super::markdown::has_rows_of_strokes(sample) => TextForm::Markdown,
        None => TextForm::Text,
    })
}

/// A web archive in an encoding that hid its first bytes.
fn is_web_archive(lines: &[String]) -> bool {
    lines.iter().find(|line| !line.trim().is_empty()).is_some_and(|line| line.trim_start().starts_with("MIME-Version:"))
}

/// HTML: its declaration or root stands in the beginning, or it begins with an element and goes on as elements.
fn is_html(lines: &[String]) -> bool {
    let mut head = String::new();
    for line in lines.iter().take(SAMPLE_LINES) {
        let room = HTML_PREFIX.saturating_sub(head.len());
        if room == 0 {
            break;
        }
        head.extend(line.trim_start().chars().take(room).map(|c| c.to_ascii_lowercase()));
        head.push('\n');
    }
    let head = head.trim_start_matches(['\u{feff}', '\n', ' ']);
    let signs = ["<!doctype html", "<html", "<head", "<body", "<!--startfragment"];
    if (head.starts_with('<') || head.starts_with("version:")) && signs.iter().any(|sign| head.contains(sign)) {
        return true;
    }
    let blocks = [
        "table", "div", "p", "style", "meta", "center", "section", "article", "span", "ul", "ol", "tr", "td", "tbody",
        "thead", "font", "h1", "h2", "h3", "h4", "img", "link", "title",
    ];
    let opens = head.strip_prefix('<').is_some_and(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        blocks.contains(&rest.get(..end).unwrap_or_default())
    });
    // Markdown may begin with an HTML table, and goes on with lines of its own.
    opens
        && lines.iter().rev().find(|line| !line.trim().is_empty()).is_some_and(|line| line.trim_end().ends_with('>'))
        && !lines.iter().take(SAMPLE_LINES).any(|line| super::markdown::is_block_mark(line))
}
