//! Broken and hostile input: the pipeline gives a reading or an error, never a panic, and ends.
//!
//! Right results are other tests' matter. The guard on time is for hangs only: everything here takes a fraction of it
//! even unoptimised on a busy machine.

#![cfg(not(target_arch = "wasm32"))]

mod office;

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use office::Part;

/// What no single input may take: growth that is not linear takes hours on these.
const HANG: Duration = Duration::from_mins(10);

/// Runs the pipeline on its own thread, with the stack that a browser's worker has.
fn survives(what: &str, name: &str, bytes: Vec<u8>) {
    let (done, finished) = mpsc::channel();
    let source = vec![(name.to_owned(), bytes)];
    let worker = std::thread::Builder::new().stack_size(1 << 20).spawn(move || {
        let analysis = duizhang::run(&source);
        drop(analysis);
        let _ = done.send(());
    });
    let worker = worker.expect("a thread");
    match finished.recv_timeout(HANG) {
        Ok(()) => worker.join().expect("no panic"),
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{what}: still running after {HANG:?}"),
        Err(mpsc::RecvTimeoutError::Disconnected) => panic!("{what}: panicked"),
    }
}

/// A small disclosure in every form, with the same figures.
fn fixtures() -> Vec<(&'static str, Vec<u8>)> {
    let text = "示范局2024年部门预算\n\n表1 收支总表\n单位：万元\n项目 预算数 项目 预算数\n一、一般公共预算 1,200.50 \
        一、一般公共服务支出 1,000.50\n二、政府性基金预算  二、卫生健康支出 200.00\n收入总计 1,200.50 支出总计 1,200.50\n\n\
        表2 支出总表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 1,200.50 900.50 300.00\n201 \
        一般公共服务支出 1,000.50 700.50 300.00\n20101 人大事务 1,000.50 700.50 300.00\n2010101 行政运行 700.50 700.50\n\
        2010102 一般行政管理事务 300.00  300.00\n210 卫生健康支出 200.00 200.00\n\n2024年收入总预算1200.50万元，比上年增加\
        100.00万元，增长9.09%。\n";
    let tabbed = text.replace(' ', "\t");
    let markdown = format!(
        "# 示范局\n\n## **收支总表**\n\n{tabbed}\n| 科目 | 合计 |\n|---|---|\n| <b>合计</b> | $\\geq 5\\%$ |\n<table><tr><td>1</td></tr></table>\n"
    );
    let rows = tabbed.replace('\t', "</td><td>").replace('\n', "</td></tr>\n<tr><td>");
    let page = format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>示范局</title></head><body><h1>预算</h1><table border=1><tr><td>{rows}</table><p>注：&nbsp;无</p></body></html>"
    );
    let values = tabbed.replace('\t', ",");
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    vec![
        ("文字.txt", text.as_bytes().to_vec()),
        ("制表.txt", tabbed.clone().into_bytes()),
        ("标记.md", markdown.into_bytes()),
        ("网页.html", page.into_bytes()),
        ("数值.csv", values.into_bytes()),
        ("宽字.txt", wide(&tabbed)),
        ("国标.txt", encoding_rs::GB18030.encode(text).0.into_owned()),
    ]
}

/// The same in the office formats, with merged cells, and an archive of them.
fn containers() -> Vec<(&'static str, Vec<u8>)> {
    let row = |cells: &[(&str, usize, usize)]| cells.iter().map(|&(t, c, r)| (t.to_owned(), c, r)).collect::<Vec<_>>();
    let parts = vec![
        Part::Line("表1 支出总表".to_owned()),
        Part::Line("单位：万元".to_owned()),
        Part::Table(vec![
            row(&[("科目", 2, 1), ("合计", 1, 2), ("其中", 2, 1)]),
            row(&[("编码", 1, 1), ("名称", 1, 1), ("基本支出", 1, 1), ("项目支出", 1, 1)]),
            row(&[("", 1, 1), ("合计", 1, 1), ("1200.50", 1, 1), ("900.50", 1, 1), ("300.00", 1, 1)]),
            row(&[("201", 1, 2), ("一般公共服务支出", 1, 1), ("1200.50", 1, 1), ("900.50", 1, 1), ("300.00", 1, 1)]),
            row(&[("人大事务", 1, 1), ("1200.50", 1, 1), ("900.50", 1, 1), ("300.00", 1, 1)]),
        ]),
        Part::Line("注：数据为示例。".to_owned()),
    ];
    let (xlsx, docx) = (office::xlsx(&parts), office::docx(&parts));
    let archive = office::zip(&[("甲.xlsx", &xlsx), ("乙/丙.docx", &docx), ("丁.txt", b"1")]);
    vec![
        ("表.xlsx", xlsx),
        ("表.ods", office::ods(&parts)),
        ("表.xls", office::xls::xls(&parts)),
        ("文.docx", docx),
        ("文.doc", office::doc::doc(&parts)),
        ("包.zip", archive),
        ("文.pdf", office::pdf::pdf(&[parts])),
    ]
}

fn seeds() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("no seeds beside the project: only the fixtures are broken");
        return Vec::new();
    };
    let mut seeds: Vec<(String, Vec<u8>)> = entries
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).ok()?)))
        .collect();
    seeds.sort();
    seeds
}

/// Numbers that look random and are the same on every run.
struct Noise(u64);

impl Noise {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).unwrap_or(0)
    }
}

#[test]
fn files_that_end_anywhere() {
    for (name, bytes) in fixtures() {
        for end in (0..bytes.len()).step_by(7) {
            survives("cut", name, bytes[..end].to_vec());
            survives("beheaded", name, bytes[end..].to_vec());
        }
    }
    for (name, bytes) in seeds() {
        for end in (0..bytes.len()).step_by(bytes.len() / 9 + 1) {
            survives("cut seed", &name, bytes[..end].to_vec());
        }
    }
}

#[test]
fn files_with_bits_turned() {
    let mut noise = Noise(0x5eed_2024);
    for (name, bytes) in fixtures() {
        for round in 0..120 {
            let mut broken = bytes.clone();
            for _ in 0..=round / 4 {
                let at = noise.next(broken.len());
                broken[at] ^= 1 << noise.next(8);
            }
            survives("bits turned", name, broken);
        }
    }
    for (name, bytes) in seeds() {
        for _ in 0..6 {
            let mut broken = bytes.clone();
            for _ in 0..40 {
                let at = noise.next(broken.len());
                broken[at] = u8::try_from(noise.next(256)).unwrap_or(0);
            }
            survives("bytes turned", &name, broken);
        }
    }
}

#[test]
fn lines_shuffled_and_repeated() {
    let mut noise = Noise(7);
    for (name, bytes) in fixtures().into_iter().take(5) {
        let text = String::from_utf8(bytes).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        for _ in 0..40 {
            let mixed: Vec<&str> = (0..lines.len() * 2).map(|_| lines[noise.next(lines.len())]).collect();
            survives("lines shuffled", name, mixed.join("\n").into_bytes());
        }
    }
}

#[test]
fn nothing_and_nearly_nothing() {
    for bytes in [
        "", "\0", "\n", "\t", "<", "<table", "&", "#", "|", "\"", ",", "$", "**", "\u{feff}", "\r", "[", "-", "表", "0",
    ] {
        for name in ["", "a", "a.csv", "a.html", "a.md", "a.tsv", "a.pdf", "."] {
            survives("nearly nothing", name, bytes.as_bytes().to_vec());
            survives("nearly nothing, repeated", name, bytes.repeat(500).into_bytes());
        }
    }
    for byte in 0..=255_u8 {
        survives("one byte", "a.txt", vec![byte; 64]);
    }
}

#[test]
fn zero_bytes() {
    for (name, bytes) in fixtures() {
        for every in [2, 3, 17, 101] {
            let mut sown = Vec::new();
            for (at, &byte) in bytes.iter().enumerate() {
                sown.push(byte);
                if at % every == 0 {
                    sown.push(0);
                }
            }
            survives("zero bytes", name, sown);
        }
    }
    survives("only zero bytes", "a.txt", vec![0; 1 << 20]);
}

#[test]
fn lines_without_measure() {
    survives("a line of figures", "a.txt", "1,234.50 ".repeat(60_000).into_bytes());
    survives("a line of Chinese", "a.txt", "合计".repeat(100_000).into_bytes());
    survives("a line of tabs", "a.txt", "1\t".repeat(100_000).into_bytes());
    survives("a line of digits", "a.txt", "7".repeat(400_000).into_bytes());
    survives("a sentence of amounts", "a.txt", "其中：办公费1.00万元、".repeat(15_000).into_bytes());
    survives("a million empty lines", "a.txt", "\n".repeat(1_000_000).into_bytes());
    survives("empty lines and a table", "a.txt", format!("甲\t1\n{}乙\t2\n", "\n".repeat(1_000_000)).into_bytes());
    survives("many short lines", "a.txt", "合计 1\n".repeat(40_000).into_bytes());
    survives("many rows", "a.txt", "201\t合计\t1.00\n".repeat(20_000).into_bytes());
    survives("many projects", "a.md", many_projects(80_000).into_bytes());
    survives("many titles", "a.txt", "表1 收支总表\n单位：万元\n".repeat(10_000).into_bytes());
    survives("many headings", "a.md", "# 收支总表\n".repeat(10_000).into_bytes());
    let widening: String = (1..400).fold(String::new(), |mut text, n| {
        let _ = writeln!(text, "{}", "1\t".repeat(n));
        text
    });
    survives("rows that widen", "a.txt", widening.into_bytes());
}

/// A table of projects, each by a name of its own.
fn many_projects(rows: usize) -> String {
    let mut table = String::from(
        "# 甲局2025年部门预算\n\n## 项目支出表\n\n单位：万元\n\n| 项目编码 | 项目名称 | 合计 |\n|---|---|---|\n",
    );
    for row in 0..rows {
        let _ = writeln!(table, "| 4212002220900{row:08} | 第{row}号绿道养护项目 | 1.00 |");
    }
    table
}

#[test]
fn marks_without_end() {
    for mark in [
        "**", "*", "_", "`", "$", "$$", "\\(", "[", "](", "<b>", "<!--", "&", "&#", "|", "\\", "![", "```\n", "<table",
        "<table>", "<td>", "#", "> ", "- ",
    ] {
        survives("marks", "a.md", mark.repeat(50_000).into_bytes());
        survives("marks and text", "a.md", format!("# 甲\n{}", format!("{mark}1 ").repeat(15_000)).into_bytes());
        survives("marks and lines", "a.md", format!("# 甲\n{}", format!("{mark}甲\n").repeat(8_000)).into_bytes());
    }
    survives("quotes", "a.csv", "\"".repeat(500_000).into_bytes());
    survives("an open quote", "a.csv", format!("甲,\"{}", "乙,1\n".repeat(100_000)).into_bytes());
    survives("open quotes in cells", "a.txt", "\"甲\t\"乙\n".repeat(50_000).into_bytes());
    survives("quotes over lines", "a.txt", "甲\t\"乙\n丙\"\t1\n".repeat(30_000).into_bytes());
}

#[test]
fn elements_without_end() {
    for tag in [
        "<div>",
        "<table>",
        "<table><tr><td>",
        "<b>",
        "<p>",
        "<font size=1>",
        "<ul><li>",
        "<td>",
        "<tr>",
        "<a href=x>",
        "<span style='display:none'>",
        "<select><option>",
        "<svg>",
        "<template>",
        "<h1>",
        "<pre>",
        "<caption>",
        "<b><i><u><p>",
        "</div>",
        "</table>",
    ] {
        let page = format!("<html>{}合计 1.00", tag.repeat(20_000));
        survives(tag, "a.html", page.into_bytes());
        let page = format!("<html>{}{}合计", tag.repeat(10_000), "</b></p></div></td></table></x>".repeat(5_000));
        survives(tag, "a.html", page.into_bytes());
    }
    let closing =
        |tag: &str| format!("<html>{}甲{}", format!("<{tag}>").repeat(100_000), format!("</{tag}>").repeat(100_000));
    for tag in ["div", "table", "td", "b", "span"] {
        survives("deep and closed", "a.html", closing(tag).into_bytes());
    }
    for tail in [
        "<!--",
        "<![CDATA[",
        "<script>",
        "<style>",
        "<title>",
        "<textarea>",
        "<a href=\"",
        "<div class='",
        "&",
        "&am",
        "<",
        "</",
    ] {
        survives(
            "ends in the middle",
            "a.html",
            format!("<html><p>合计 1.00{tail}{}", "甲乙 1 ".repeat(20_000)).into_bytes(),
        );
    }
    let attributes: String = (0..20_000).fold(String::new(), |mut text, n| {
        let _ = write!(text, "a{n}=\"\"");
        text
    });
    survives("attributes", "a.html", format!("<html><div {attributes}").into_bytes());
    survives("parted attributes", "a.html", format!("<html><div {}", attributes.replace("=\"\"", "/")).into_bytes());
    survives("quoted tag ends", "a.html", format!("<html><div {}", attributes.replace("\"\"", "\">\" ")).into_bytes());
}

#[test]
fn spans_without_measure() {
    let bomb = "<tr><td rowspan=65534 colspan=1000>1</td></tr>".repeat(5_000);
    survives("both spans", "a.html", format!("<table>{bomb}</table>").into_bytes());
    let tall = "<tr><td rowspan=65534>1</td><td>2</td></tr>".repeat(5_000);
    survives("tall cells", "a.html", format!("<table>{tall}</table>").into_bytes());
    let wide = format!("<tr>{}</tr>", "<td colspan=1000>1</td>".repeat(1_000)).repeat(20);
    survives("wide cells", "a.html", format!("<table>{wide}</table>").into_bytes());
    let long = format!("<table>{}<tr>{}</tr></table>", "<tr><td>1</td></tr>".repeat(30_000), "<td>1</td>".repeat(250));
    survives("one wide row under many", "a.html", long.into_bytes());
    let odd =
        "<tr><td rowspan=-1 colspan=99999999999999999999>1</td><td rowspan=0>2</td><td colspan=\"1.5\">3</td></tr>"
            .repeat(100);
    survives("odd spans", "a.html", format!("<table>{odd}</table>").into_bytes());
    let nested = "<table><tr><td>1</td><td>".repeat(3_000);
    survives("tables in tables", "a.html", nested.into_bytes());
}

#[test]
fn containers_that_end_anywhere() {
    for (name, bytes) in containers() {
        for end in (0..bytes.len()).step_by(bytes.len() / 80 + 1) {
            survives("cut", name, bytes[..end].to_vec());
            survives("beheaded", name, bytes[end..].to_vec());
        }
    }
}

#[test]
fn containers_with_bits_turned() {
    let mut noise = Noise(0x0ff1_ce20);
    for (name, bytes) in containers() {
        for round in 0..150 {
            let mut broken = bytes.clone();
            for _ in 0..=round / 8 {
                let at = noise.next(broken.len());
                broken[at] ^= 1 << noise.next(8);
            }
            survives("bits turned", name, broken);
        }
    }
}

/// The parts of a package broken before it is packed: what the readers see when the container is sound.
#[test]
fn parts_with_bytes_turned() {
    let mut noise = Noise(0x9a27);
    let sheet = "<worksheet><cols><col min=\"1\" max=\"3\" hidden=\"1\"/></cols><sheetData><row r=\"1\" hidden=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
        <c r=\"B1\" s=\"1\"><f>A2</f><v>1.5E3</v></c><c t=\"inlineStr\"><is><t>甲&amp;乙</t></is></c></row></sheetData>\
        <mergeCells><mergeCell ref=\"A1:C3\"/><mergeCell ref=\"B2:XFD1048576\"/></mergeCells></worksheet>";
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"[&gt;=1]#,##0.00_ ;[Red]-0.0%;&quot;-&quot;??;@\"/></numFmts>\
        <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"176\"/></cellXfs></styleSheet>";
    let body = "<w:document><w:body><w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>表</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr>\
        <w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>\
        <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl></w:body></w:document>";
    for _ in 0..300 {
        let mut turned = |text: &str| {
            let mut bytes = text.as_bytes().to_vec();
            for _ in 0..=noise.next(6) {
                let at = noise.next(bytes.len());
                let turned = b"<>/=\"&;09A:wtr \0\xff";
                bytes[at] = turned[noise.next(turned.len())];
            }
            bytes
        };
        let workbook = b"<workbook><sheets><sheet name=\"S\" r:id=\"r\"/></sheets></workbook>";
        let files: Vec<(&str, Vec<u8>)> = vec![
            ("[Content_Types].xml", Vec::new()),
            ("xl/workbook.xml", workbook.to_vec()),
            ("xl/styles.xml", turned(styles)),
            ("xl/sharedStrings.xml", turned("<sst><si><t>甲</t></si></sst>")),
            ("xl/worksheets/sheet1.xml", turned(sheet)),
        ];
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        survives("parts of a workbook", "a.xlsx", office::zip(&files));
        let document = turned(body);
        survives(
            "parts of a document",
            "a.docx",
            office::zip(&[("[Content_Types].xml", b""), ("word/document.xml", &document)]),
        );
    }
}

#[test]
fn bombs() {
    let package = |sheet: &str| {
        office::zip(&[
            ("[Content_Types].xml", b""),
            ("xl/workbook.xml", b"<workbook><sheets><sheet name=\"S\" r:id=\"r\"/></sheets></workbook>"),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ])
    };
    let sheet = |cells: &str| format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
    survives(
        "far corners",
        "a.xlsx",
        package(&sheet(
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c><c r=\"XFD1048576\"><v>1</v></c></row>",
        )),
    );
    survives(
        "too many cells",
        "a.xlsx",
        package(&sheet(&format!("<row>{}</row>", "<c><v>1</v></c>".repeat(100)).repeat(11_000))),
    );
    let merges: String = (1..60_000).map(|row| format!("<mergeCell ref=\"A{row}:XFD1048576\"/>")).collect();
    let rows = "<row><c><v>1</v></c><c><v>2</v></c></row>".repeat(20_000);
    survives(
        "merged cells over one another",
        "a.xlsx",
        package(&format!("<worksheet><sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells></worksheet>")),
    );
    let wide: String = (0..3_000)
        .map(|n| format!("<row><c r=\"{}1\"><v>1</v></c><c><v>1</v></c></row>", if n % 2 == 0 { "A" } else { "ZZ" }))
        .collect();
    survives("rows that are all the first", "a.xlsx", package(&sheet(&wide)));
    survives(
        "entities",
        "a.xlsx",
        package(
            "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>",
        ),
    );
    survives("open elements", "a.xlsx", package(&"<row>".repeat(200_000)));
    let document = |body: &str| office::zip(&[("[Content_Types].xml", b""), ("word/document.xml", body.as_bytes())]);
    survives("tables in tables", "a.docx", document(&"<w:tbl><w:tr><w:tc>".repeat(100_000)));
    survives("paragraphs in paragraphs", "a.docx", document(&"<w:p><w:r><w:t>1</w:t>".repeat(50_000)));
    survives("spans without measure", "a.docx", document(&format!("<w:tbl>{}</w:tbl>", "<w:tr><w:trPr><w:gridBefore w:val=\"65535\"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val=\"65535\"/><w:vMerge/></w:tcPr></w:tc><w:tc/></w:tr>".repeat(3_000))));
    let repeated = "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"S\"><table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\"><text:p>1</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
    survives(
        "a cell repeated over a sheet",
        "a.ods",
        office::zip(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", repeated.as_bytes()),
        ]),
    );
    let zeros = vec![b' '; 70 << 20];
    survives("a part of blanks", "a.docx", document(str::from_utf8(&zeros).expect("blanks")));
    let mut nested = office::zip(&[("零.txt", &zeros)]);
    for _ in 0..5 {
        nested = office::zip(&[("甲.zip", &nested), ("乙.zip", &nested)]);
    }
    survives("bombs in archives", "a.zip", nested);
}

/// The streams of a compound file.
fn streams(file: &[u8], names: &[&str]) -> Vec<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(std::io::Cursor::new(file)).expect("a compound file");
    names
        .iter()
        .map(|name| {
            let mut bytes = Vec::new();
            file.open_stream(name).expect("the stream").read_to_end(&mut bytes).expect("memory");
            bytes
        })
        .collect()
}

/// The parts of a package.
fn package_parts(file: &[u8], names: &[&str]) -> Vec<Vec<u8>> {
    let mut file = zip::ZipArchive::new(std::io::Cursor::new(file)).expect("a package");
    names
        .iter()
        .map(|name| {
            let mut bytes = Vec::new();
            file.by_name(name).expect("the part").read_to_end(&mut bytes).expect("memory");
            bytes
        })
        .collect()
}

/// Writes what each fuzz target begins from.
#[test]
#[ignore = "writes fuzz/corpus; run before fuzzing"]
fn seeds_for_fuzzing() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let write = |target: &str, name: &str, bytes: &[u8]| {
        let folder = corpus.join(target);
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(name), bytes).expect("a seed");
    };
    let containers = containers();
    let file = |wanted: &str| &containers.iter().find(|(name, _)| name.ends_with(wanted)).expect("it is there").1;
    let xlsx = ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"];
    write("sheets", "xlsx", &package_parts(file(".xlsx"), &xlsx).join(&0));
    write("sheets", "ods", &package_parts(file(".ods"), &["content.xml"]).concat());
    write("docx", "docx", &package_parts(file(".docx"), &["word/document.xml"]).concat());
    write("xls", "xls", &streams(file(".xls"), &["Workbook"]).concat());
    let doc = streams(file(".doc"), &["WordDocument", "0Table"]);
    let length = u32::try_from(doc[0].len()).expect("small").to_le_bytes();
    write("doc", "doc", &[&length[..], &doc[0], &doc[1]].concat());
    write("archive", "zip", file(".zip"));
    write("archive", "xlsx", file(".xlsx"));
}
