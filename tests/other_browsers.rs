//! What everybody does with the page, in the engines that are not Chromium's: open, put a file in, read what does not tie,
//! go to its cell, save the check and open it again. From a server and from a disk, and from a copy that the browser saved.
//!
//! Ignored where all tests run: `make browsers` installs the browsers and runs them.
#![cfg(not(target_arch = "wasm32"))]

mod browser;

use browser::{BUDGET, BUDGET_FILE, Browser, Engine, Scratch, Server, built};
use fantoccini::Locator;
use serde_json::json;

/// The first thing in the list of what does not tie, as the pipeline says it.
fn first_finding() -> String {
    let analysis = duizhang::run(&[BUDGET_FILE].map(|(name, bytes)| (name.to_owned(), bytes.to_vec())));
    analysis.findings.first().expect("the test's budget has a sum that does not tie").title.zh.clone()
}

/// Clicks by script: WebKit's driver clicks only what its window shows.
async fn press(browser: &Browser, selector: &str) {
    browser.until(selector, &format!("return !!document.querySelector({selector:?})")).await;
    browser.run(&format!("document.querySelector({selector:?}).click()")).await;
}

/// The path, from the first screen on.
async fn walk(engine: Engine, address: &str) {
    let browser = Browser::start_in(engine).await;
    browser.open(address).await;
    // WebKit speaks English where the system has no Chinese; the page keeps what is chosen.
    browser.run("if (document.documentElement.lang === 'en') document.getElementById('language').click()").await;
    chosen(&browser).await;
    to_the_cell(&browser).await;
    taken_away_and_opened_again(&browser).await;
    browser.open(address).await;
    dropped(&browser).await;
    browser.close().await;
}

/// A file that is chosen is checked, and what does not tie is listed.
async fn chosen(browser: &Browser) {
    browser.choose(&[BUDGET_FILE]).await;
    listed(browser).await;
}

/// So is one that is dropped.
async fn dropped(browser: &Browser) {
    let drop = "const data = new DataTransfer(); data.items.add(new File([arguments[0]], 'budget.md'));
        const event = (type) => new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event('dragover')); document.body.dispatchEvent(event('drop'));";
    browser.run_with(drop, vec![json!(BUDGET)]).await;
    listed(browser).await;
}

async fn listed(browser: &Browser) {
    browser.checked(1).await;
    let list = browser.client.find(Locator::Css("#finding-list")).await.unwrap().text().await.unwrap();
    assert!(list.contains(&first_finding()), "{list}");
}

/// From the finding to a cell of its sum, and to the line of the source.
async fn to_the_cell(browser: &Browser) {
    press(browser, "#finding-list .finding").await;
    browser.until("the detail", "return document.activeElement.id === 'detail-title'").await;
    press(browser, ".detail .eq .n button").await;
    let cell = "const at = document.activeElement; return at.id.startsWith('cell-') && at.innerText";
    let cell = browser.until("the cell", cell).await;
    assert!(cell.as_str().unwrap().contains(".00"), "{cell}");
}

/// The one-file report is saved, and opens as a second document. The name and content are kept instead of a download:
/// no two browsers put one where the test could find it.
async fn taken_away_and_opened_again(browser: &Browser) {
    browser
        .run(
            "const make = URL.createObjectURL.bind(URL);
             URL.createObjectURL = (blob) => { window.blob = blob; return make(blob); };
             HTMLAnchorElement.prototype.click = function () { if (this.download) window.saved = this.download; };",
        )
        .await;
    press(browser, "#export").await;
    press(browser, "#form-report").await;
    let name = browser.until("a name to save under", "return window.saved").await;
    let name = name.as_str().unwrap();
    assert!(name.contains("2025"), "{name}");
    let report = browser.run_async("window.blob.text().then(arguments[0])", Vec::new()).await;
    browser.run("document.querySelector('dialog').close()").await;
    browser.choose(&[("核对.html", report.as_str().unwrap().as_bytes())]).await;
    browser.checked(2).await;
}

async fn from_a_server(engine: Engine) {
    let server = Server::start().await;
    walk(engine, &server.address).await;
}

async fn from_a_disk(engine: Engine) {
    walk(engine, &format!("file://{}", built("duizhang.html").display())).await;
}

/// What a browser writes with "save page as": the page as it was drawn, its scripts included.
async fn from_a_saved_copy(engine: Engine) {
    let browser = Browser::start_in(engine).await;
    browser.open(&format!("file://{}", built("duizhang.html").display())).await;
    let drawn = browser.run("return '<!DOCTYPE html>' + document.documentElement.outerHTML").await;
    browser.close().await;
    let saved = Scratch::new("saved.html", drawn.as_str().unwrap());
    walk(engine, &format!("file://{saved}")).await;
}

macro_rules! in_engine {
    ($($name:ident: $path:ident in $engine:ident;)*) => { $(
        #[tokio::test]
        #[ignore = "needs more browsers: `make browsers`"]
        async fn $name() {
            $path(Engine::$engine).await;
        }
    )* };
}

in_engine! {
    firefox_from_a_server: from_a_server in Firefox;
    firefox_from_a_disk: from_a_disk in Firefox;
    firefox_from_a_saved_copy: from_a_saved_copy in Firefox;
    webkit_from_a_server: from_a_server in WebKit;
    webkit_from_a_disk: from_a_disk in WebKit;
    webkit_from_a_saved_copy: from_a_saved_copy in WebKit;
}
