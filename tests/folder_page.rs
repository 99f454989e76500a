//! A folder of hundreds of files: a list that is drawn where it is looked at, sorted, filtered, saved.
#![cfg(not(target_arch = "wasm32"))]

mod browser;

use std::time::{Duration, Instant};

use browser::{BUDGET, Browser, DESKTOP, Downloads, Server, axe, look};
use serde_json::{Value, json};

/// Files of the folder. Every tenth of them ties.
const FILES: usize = 500;

/// Chooses a folder of `count` files, made in the page of one text: unit, year, and in every tenth the figure that ties.
const CHOOSE_FOLDER: &str = r#"
const [text, count] = arguments;
const file = (path, content) => {
    const file = new File([content], path.split("/").pop());
    Object.defineProperty(file, "webkitRelativePath", { value: path });
    return file;
};
const files = Array.from({ length: count }, (_, at) => {
    const unit = `第${String(at % 250).padStart(3, "0")}局`, year = at < count / 2 ? 2025 : 2024;
    let own = text.replaceAll("某市数据局", `某市${unit}`).replaceAll("2025", year);
    if (at % 10 === 0) own = own.replaceAll("| 107.00 | 107.00 |", "| 104.00 | 104.00 |");
    return file(`公开/${year}/${unit}.md`, own);
});
const input = [...document.querySelectorAll("input[type=file]")].find((input) => input.webkitdirectory);
const list = Object.create(FileList.prototype);
files.forEach((file, at) => Object.defineProperty(list, at, { value: file }));
Object.defineProperty(list, "length", { value: files.length });
Object.defineProperty(list, "item", { value: (at) => files[at] ?? null });
Object.defineProperty(input, "files", { value: list, configurable: true });
// How long the page is kept from answering while it reads.
window.frames_ = [];
let last = performance.now();
const tick = () => { const now = performance.now(); frames_.push(now - last); last = now; requestAnimationFrame(tick); };
requestAnimationFrame(tick);
input.dispatchEvent(new Event("change", { bubbles: true }));
"#;

const ROWS: &str = "return [...document.querySelectorAll('#many-rows [data-piece] tr')].map((row) => row.innerText)";

async fn rows(browser: &Browser) -> Vec<String> {
    let rows = browser.run(ROWS).await;
    rows.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_folder_of_500_files_is_gone_through_smoothly() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    let downloads = Downloads::of(&browser).await;
    browser.open(&server.address).await;
    let begun = Instant::now();
    browser.run_with(CHOOSE_FOLDER, vec![json!(BUDGET), json!(FILES)]).await;
    browser.until("the list", "return document.querySelectorAll('#many-rows [data-piece] tr').length > 20").await;
    let listed = begun.elapsed();
    // While it reads, the list answers.
    let mut drawn = 0;
    while browser.run("return !!document.querySelector('.many progress')").await == true {
        drawn = drawn.max(rows(&browser).await.len());
        assert!(begun.elapsed() < Duration::from_mins(4), "500 files are read");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let all = begun.elapsed();
    let frames = browser.run("frames_.sort((a, b) => a - b); const of = (share) => Math.round(frames_[Math.floor(frames_.length * share)]); return { frames: frames_.length, median: of(0.5), p95: of(0.95), longest: of(0.9999) }").await;
    let metrics = browser.run("return Math.round(performance.memory.usedJSHeapSize / 1e6)").await;
    println!(
        "{FILES} files: list after {} ms, all after {} ms, frames {frames}, page heap {metrics} MB",
        listed.as_millis(),
        all.as_millis()
    );
    assert!(drawn <= 200, "{drawn} lines are drawn at once");
    let tally = browser.run("return document.querySelector('.many [role=status]').innerText").await;
    assert!(tally.as_str().unwrap().contains("500") && tally.as_str().unwrap().contains("450"), "{tally}");

    // To the end of the list.
    let measured = browser.scroll_through(".many .scroller", "#many-rows [data-piece] tr", 180).await;
    println!("scrolling {FILES} lines: {measured}");
    assert!(measured["rows"].as_u64().unwrap() <= 250, "{measured}");
    browser.until("the last unit", "return document.getElementById('many-rows').innerText.includes('第249局')").await;

    // Sorted by what is wrong, and the other way round.
    let head = async |name: &str| {
        let click = "[...document.querySelectorAll('#many-rows thead button')].find((button) => button.innerText.startsWith(arguments[0])).click();
            document.querySelector('.many .scroller').scrollTop = 0";
        browser.run_with(click, vec![json!(name)]).await;
        let sorted = "return [...document.querySelectorAll('#many-rows thead th')].find((head) => head.ariaSort)?.innerText.startsWith(arguments[0])";
        browser.until("it is sorted", &sorted.replace("arguments[0]", &format!("{name:?}"))).await;
        browser.until("the first lines", "return document.querySelector('#many-rows [data-piece=\"0\"] tr')").await;
    };
    head("结果").await;
    assert!(rows(&browser).await[0].contains("有 1 处数字不符"));
    head("结果").await;
    browser
        .until(
            "the sound ones",
            "return !document.querySelector('#many-rows [data-piece=\"0\"] tr').innerText.includes('不符')",
        )
        .await;
    head("文件").await;
    browser.until("by path", "return document.querySelector('#many-rows [data-piece=\"0\"] tr').innerText.includes('公开/2024/第000局.md')").await;

    // Filtered, and saved as it is seen.
    let filter = "const field = document.querySelector('.many .search'); field.value = arguments[0]; field.dispatchEvent(new Event('input', { bubbles: true }))";
    browser.run_with(filter, vec![json!("第12 2025")]).await;
    browser.until("ten lines", "return document.querySelectorAll('#many-rows [data-piece] tr').length === 10").await;
    assert!(rows(&browser).await.iter().all(|row| row.contains("2025/第12")));
    browser.click("#many-csv").await;
    let (name, bytes) = downloads.file(".csv").await;
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(name, "对账清单.csv");
    assert!(text.starts_with("\u{feff}单位,"), "{text}");
    assert_eq!(text.lines().count(), 11, "a head and what is seen: {text}");
    assert!(text.contains("公开/2025/第125局.md") && text.contains("1300.00") && !text.contains("2024/"), "{text}");
    browser.run_with(filter, vec![json!("没有这样的")]).await;
    browser.until("it says so", "return document.querySelector('.many').innerText.includes('没有找到')").await;
    browser.run_with(filter, vec![json!("")]).await;
    browser
        .until("all of it again", "return document.querySelectorAll('#many-rows [data-piece] tr').length >= 50")
        .await;

    let mut wrong = Vec::new();
    look(&browser, &axe(), "500 files", &mut wrong).await;
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    // A line opens its document.
    browser.run("document.querySelector('#many-rows [data-piece] tr button').click()").await;
    browser.until("the document", "return !!document.getElementById('verdict-title')").await;
    assert_eq!(browser.console_errors().await, [""; 0]);
    browser.close().await;
}
