//! Broken and hostile input: the pipeline gives a reading or an error, never a panic, and ends.
//!
//! Right results are other tests' matter. The guard on time is for hangs only: everything here takes a fraction of it
//! even unoptimised on a busy machine.

#![cfg(not(target_arch = "wasm32"))]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

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
    survives("many titles", "a.txt", "表1 收支总表\n单位：万元\n".repeat(10_000).into_bytes());
    survives("many headings", "a.md", "# 收支总表\n".repeat(10_000).into_bytes());
    let widening: String = (1..400).fold(String::new(), |mut text, n| {
        let _ = writeln!(text, "{}", "1\t".repeat(n));
        text
    });
    survives("rows that widen", "a.txt", widening.into_bytes());
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
