//! The readers of workbooks made of XML: the input is the file, and the parts of a sound package, zero bytes between the
//! sheet, its styles and its strings.

#![no_main]

use libfuzzer_sys::fuzz_target;

mod package;
mod places;

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(3, |&byte| byte == 0);
    let mut part = || parts.next().unwrap_or_default();
    let workbook = b"<workbook><sheets><sheet name=\"S\" r:id=\"r\"/></sheets></workbook>";
    let xlsx = package::zip(&[
        ("[Content_Types].xml", b""),
        ("xl/workbook.xml", workbook),
        ("xl/worksheets/sheet1.xml", part()),
        ("xl/styles.xml", part()),
        ("xl/sharedStrings.xml", part()),
    ]);
    let ods = package::zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", bytes)]);
    for file in [bytes, &xlsx, &ods] {
        if let Ok(document) = duizhang::read::read("a", file) {
            places::check(&document);
        }
    }
});
