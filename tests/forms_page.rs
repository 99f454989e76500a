//! Every form in a real browser: workbooks, Word documents, archives, pages set at coordinates. Each is read in the page
//! as it is natively.
#![cfg(not(target_arch = "wasm32"))]

mod browser;
mod office;

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use browser::{BUDGET, Browser, DESKTOP, Server, look};
use office::{Cell, Part};
use serde_json::{Value, json};

/// The budget's titles and tables. Prose is left out: sheets have none.
fn parts() -> Vec<Part> {
    let mut parts = Vec::new();
    for line in BUDGET.lines().take_while(|line| !line.contains("第三部分")) {
        let cells: Option<Vec<Cell>> = line
            .strip_prefix('|')
            .and_then(|line| line.strip_suffix('|'))
            .map(|line| line.split('|').map(|cell| (cell.trim().replace(',', ""), 1, 1)).collect());
        match (cells, parts.last_mut()) {
            (Some(row), _) if row.iter().all(|(text, ..)| text.starts_with("--")) => {}
            (Some(row), Some(Part::Table(rows))) => rows.push(row),
            (Some(row), _) => parts.push(Part::Table(vec![row])),
            (None, _) if line.trim().is_empty() => {}
            (None, _) => parts.push(Part::Line(line.trim_start_matches(['#', ' ']).to_owned())),
        }
    }
    parts
}

/// The same budget in every form that is read.
fn forms() -> Vec<(&'static str, Vec<u8>)> {
    let parts = parts();
    let pdf = office::pdf::pdf(&[self::parts()]);
    vec![
        ("budget.xlsx", office::xlsx(&parts)),
        ("budget.xls", office::xls::xls(&parts)),
        ("budget.ods", office::ods(&parts)),
        ("budget.docx", office::docx(&parts)),
        ("budget.doc", office::doc::doc(&parts)),
        ("budget.pdf", pdf),
        ("budget.html", positioned(&parts).into_bytes()),
    ]
}

/// A page as converters write it: every text in a box of its own at coordinates, column by column, rules as borders.
fn positioned(parts: &[Part]) -> String {
    let mut boxes = String::new();
    let mut top = 40;
    let text = |boxes: &mut String, left: usize, top: usize, text: &str| {
        let _ = write!(
            boxes,
            "<div style=\"top:{top}.5pt;left:{left}pt;line-height:9pt;font-size:9pt;position:absolute\">{text}</div>"
        );
    };
    for part in parts {
        match part {
            Part::Line(line) => text(&mut boxes, 60, top, line),
            Part::Table(rows) => {
                let columns = rows.first().map_or(0, Vec::len);
                let lefts: Vec<usize> = (0..=columns).map(|at| 50 + at * 150).collect();
                for (column, left) in lefts.iter().enumerate().take(columns) {
                    for (row, cells) in rows.iter().enumerate() {
                        text(&mut boxes, left + 4, top + row * 20 + 4, &cells[column].0);
                    }
                }
                for row in 0..=rows.len() {
                    let _ = write!(
                        boxes,
                        "<div style=\"position:absolute;left:50pt;top:{}pt;width:{}pt;height:0pt;border-bottom:0.5pt solid #000\"> </div>",
                        top + row * 20,
                        columns * 150
                    );
                }
                for left in lefts {
                    let _ = write!(
                        boxes,
                        "<div style=\"position:absolute;left:{left}pt;top:{top}pt;width:0pt;height:{}pt;border-right:0.5pt solid #000\"> </div>",
                        rows.len() * 20
                    );
                }
                top += rows.len() * 20;
            }
        }
        top += 20;
    }
    format!(
        "<html><body><div style=\"width:1000pt;height:{}pt;position:relative\">{boxes}</div></body></html>",
        top + 40
    )
}

/// The pipeline on the same file, natively: the titles of the findings, and the tables that are there.
fn natively(name: &str, file: &[u8]) -> (Vec<String>, usize) {
    let analysis = duizhang::run(&[(name.to_owned(), file.to_vec())]);
    assert!(analysis.unreadable.is_empty(), "{:?}", analysis.unreadable);
    let titles: Vec<String> = analysis.findings.iter().map(|finding| finding.title.zh.clone()).collect();
    assert!(!titles.is_empty(), "{name}: the test's budget has a sum that does not tie");
    let there = |table: &&duizhang::disclosure::Table| table.status == duizhang::disclosure::Status::Present;
    (titles, analysis.disclosures.iter().flat_map(|disclosure| disclosure.tables.iter().filter(there)).count())
}

/// Every table's text, as drawn.
async fn tables(browser: &Browser, count: usize) -> Vec<String> {
    browser.press("2").await;
    browser.until("the table", "return !!document.querySelector('.scroller table')").await;
    let mut drawn = Vec::new();
    for at in 0..count {
        browser.run(&format!("document.querySelectorAll('#tables button')[{at}].click()")).await;
        let current = format!("return document.querySelectorAll('#tables button')[{at}].hasAttribute('aria-current')");
        browser.until("the table is chosen", &current).await;
        let text = browser.run("return document.querySelector('.scroller table').innerText").await;
        drawn.push(text.as_str().unwrap_or_default().to_owned());
    }
    browser.press("1").await;
    drawn
}

async fn fits(browser: &Browser, titles: &[String]) {
    let list = browser.until("the findings", "return document.getElementById('finding-list')?.innerText").await;
    for title in titles {
        assert!(list.as_str().unwrap().contains(title), "{title} is not in\n{list}");
    }
}

#[tokio::test]
async fn every_form_shows_the_same_tables_and_verdict() {
    let server = Server::start().await;
    let mut first: Option<(String, Vec<String>)> = None;
    for (name, file) in forms() {
        let (titles, count) = natively(name, &file);
        assert_eq!(count, 3, "{name}");
        let browser = Browser::start(DESKTOP).await;
        browser.open(&server.address).await;
        browser.choose(&[(name, &file)]).await;
        browser.checked(1).await;
        fits(&browser, &titles).await;
        let verdict = browser.run("return document.getElementById('verdict-title').innerText").await;
        let verdict = verdict.as_str().unwrap_or_default().to_owned();
        let found = (verdict, tables(&browser, count).await);
        assert!(found.1.iter().all(|table| table.contains("00")), "{name}: {found:?}");
        match &first {
            None => first = Some(found),
            Some(expected) => assert_eq!(&found, expected, "{name}"),
        }
        assert_eq!(browser.console_errors().await, [""; 0], "{name}");
        browser.close().await;
    }
}

/// The files of a dropped archive are documents of their own; what is refused is named with its reason.
#[tokio::test]
async fn the_files_of_an_archive_are_opened_each() {
    let parts = parts();
    let inner = office::zip(&[("2023年.md", BUDGET.replace("2025", "2023").as_bytes())]);
    let xlsx = office::xlsx(&parts);
    let file = office::zip(&[
        ("2025年.xlsx", &xlsx),
        ("甲/2024年.md", BUDGET.replace("2025", "2024").as_bytes()),
        ("内.zip", &inner),
        ("../外.md", BUDGET.as_bytes()),
        ("说明.rar", b"Rar!\x1a\x07\x01\x00"),
    ]);
    let analysis = duizhang::run(&[("包.zip".to_owned(), file.clone())]);
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    browser.run_with(DROP, vec![json!("包.zip"), json!(STANDARD.encode(&file))]).await;
    browser.checked(3).await;
    let names = "return [...document.querySelectorAll('.doctab-open')].map((tab) => tab.title).join()";
    let tabs = browser.run(names).await;
    for document in &analysis.documents {
        let name = &document.name;
        assert!(tabs.as_str().unwrap().contains(name), "{name} is not in {tabs}");
    }
    let alert = browser.until("what was refused", "return document.querySelector('[role=alert]')?.innerText").await;
    assert_eq!(analysis.unreadable.len(), 2);
    for unreadable in &analysis.unreadable {
        assert!(alert.as_str().unwrap().contains(&unreadable.message), "{unreadable:?} is not in\n{alert}");
    }
    // Closing one keeps the others, and says which was closed.
    browser.click(".doctab-close").await;
    browser.until("two are left", "return document.querySelectorAll('.doctab').length === 2").await;
    assert_eq!(browser.console_errors().await, [""; 0]);
    browser.close().await;
}

/// Drops one file on the window.
const DROP: &str = r#"
const [name, base64] = arguments;
const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const data = new DataTransfer();
data.items.add(new File([bytes], name));
document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
"#;

/// A finding in a workbook stands on its sheet: the cells around it with the letters of their columns, under the sheet's
/// name, and every place is told by that name, on the page and in what is saved.
#[tokio::test]
async fn a_finding_in_a_workbook_is_told_by_its_sheet() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    let downloads = browser::Downloads::of(&browser).await;
    let book = office::xlsx(&parts());
    browser.open_with(&server.address, &[("budget.xlsx", &book)]).await;
    browser.click("#finding-list .finding").await;
    browser.until("the detail", "return document.activeElement.id === 'detail-title'").await;
    let places =
        browser.run("return [...document.querySelectorAll('.detail .eq td.at')].map((cell) => cell.innerText)").await;
    let places: Vec<&str> = places.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(places.iter().filter(|place| place.starts_with("Sheet1!C")).count() >= 4, "{places:?}");
    let letters =
        "return [...document.querySelectorAll('#evidence-lines .letters .tc')].map((cell) => cell.innerText).join('')";
    let letters = browser.run(letters).await;
    assert!(letters.as_str().unwrap().starts_with("ABCDE"), "{letters}");
    let lines = browser.run("return document.getElementById('evidence-lines').innerText").await;
    assert!(lines.as_str().unwrap().contains("Sheet1") && lines.as_str().unwrap().contains("住房保障支出"), "{lines}");
    // Each letter stands over its column.
    let over = "const at = (selector) => [...document.querySelectorAll(selector)].map((cell) => Math.round(cell.getBoundingClientRect().left));
        const [letters, cells] = [at('#evidence-lines .letters .tc'), at('#evidence-lines .hit .tc')];
        return cells.length >= 5 && cells.every((left, at) => Math.abs(left - letters[at % letters.length]) <= 1) ? 'over' : JSON.stringify([letters, cells])";
    assert_eq!(browser.run(over).await, "over");
    let page = browser.run("return document.querySelector('main').innerText").await;
    assert!(!page.as_str().unwrap().contains("工作表 1"), "{page}");
    browser.click("#export").await;
    for (form, ending) in [("form-markdown", ".md"), ("form-report", ".html")] {
        browser.click(&format!("#{form}")).await;
        let (name, bytes) = downloads.file(ending).await;
        let saved = String::from_utf8(bytes).unwrap();
        assert!(saved.contains("Sheet1!C") && !saved.contains("工作表 1"), "{name}\n{saved}");
    }
    browser.close().await;
}

/// An archive of many files comes as a list, beside the files that were opened with it.
#[tokio::test]
async fn an_archive_of_many_files_comes_as_a_list() {
    let years: Vec<(String, String)> =
        (2001..2021).map(|year| (format!("{year}.md"), BUDGET.replace("2025", &year.to_string()))).collect();
    let mut files: Vec<(&str, &[u8])> = years.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    files.push(("../外.md", b"x"));
    let file = office::zip(&files);
    let bomb = office::zip(&[("零.txt", &vec![0_u8; 40 << 20])]);
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    browser.choose(&[("包.zip", &file), ("一.md", BUDGET.as_bytes()), ("弹.zip", &bomb)]).await;
    let rows = "document.querySelectorAll('#many-rows [data-piece] tr').length";
    // The list has a tab, too.
    browser.checked(2).await;
    browser.click("#many-tab").await;
    browser.until("the list", &format!("return {rows} === 20")).await;
    browser.until("all of it", "return !document.querySelector('.many progress')").await;
    let alert = browser.run("return document.querySelector('[role=alert]').innerText").await;
    for said in ["包.zip/../外.md", "压缩包之外", "弹.zip", "恶意文件"] {
        assert!(alert.as_str().unwrap().contains(said), "{said} is not in\n{alert}");
    }
    let text = browser.run("return document.getElementById('many-rows').innerText").await;
    assert!(text.as_str().unwrap().contains("包.zip/2013.md"), "{text}");
    assert_eq!(text.as_str().unwrap().matches("有 1 处数字不符").count(), 20, "{text}");
    browser.click("#many-rows [data-piece] tr button").await;
    browser.checked(3).await;
    let mut wrong = Vec::new();
    browser.run("document.getElementById('many-tab').click()").await;
    look(&browser, &browser::axe(), "list of an archive", &mut wrong).await;
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    browser.close().await;
}

/// A chosen folder is a list, and an archive in it gives way to its files.
#[tokio::test]
async fn a_chosen_folder_is_gone_through_with_its_archives() {
    let packed = office::zip(&[("一.md", BUDGET.as_bytes()), ("二.md", BUDGET.replace("2025", "2024").as_bytes())]);
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    browser.run_with(CHOOSE_FOLDER, vec![json!(STANDARD.encode(&packed)), json!(BUDGET)]).await;
    browser.until("the list", "return document.querySelectorAll('#many-rows [data-piece] tr').length === 4").await;
    browser.until("all of it", "return !document.querySelector('.many progress')").await;
    let rows = browser
        .run("return [...document.querySelectorAll('#many-rows [data-piece] tr')].map((row) => row.innerText)")
        .await;
    let rows: Vec<&str> = rows.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for path in ["公开/2025/包.zip/一.md", "公开/2025/包.zip/二.md", "公开/三.md", "公开/坏.7z"] {
        assert!(rows.iter().any(|row| row.contains(path)), "{path} is not in {rows:?}");
    }
    assert!(rows.iter().any(|row| row.contains("7z 压缩包") && row.contains("请解压后")), "{rows:?}");
    assert_eq!(browser.console_errors().await, [""; 0]);
    browser.close().await;
}

/// The input of the folder's button is given files that have paths, as a browser does it.
const CHOOSE_FOLDER: &str = r#"
const [base64, text] = arguments;
const packed = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const file = (path, content) => {
    const file = new File([content], path.split("/").pop());
    Object.defineProperty(file, "webkitRelativePath", { value: path });
    return file;
};
const input = [...document.querySelectorAll("input[type=file]")].find((input) => input.webkitdirectory);
const files = [
    file("公开/2025/包.zip", packed), file("公开/三.md", text), file("公开/.git/hidden", "x"),
    file("公开/坏.7z", Uint8Array.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4])),
];
const list = Object.create(FileList.prototype);
files.forEach((file, at) => Object.defineProperty(list, at, { value: file }));
Object.defineProperty(list, "length", { value: files.length });
Object.defineProperty(list, "item", { value: (at) => files[at] ?? null });
Object.defineProperty(input, "files", { value: list, configurable: true });
input.dispatchEvent(new Event("change", { bubbles: true }));
"#;
