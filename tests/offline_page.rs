//! The single file, opened from disk: it checks in its worker, reaches nobody, and survives being saved.
#![cfg(not(target_arch = "wasm32"))]

mod browser;

use std::time::Duration;

use browser::{BUDGET_FILE, Browser, DESKTOP, Scratch, Server, built};
use serde_json::{Value, json};

/// The single file, as an address.
fn single_file() -> String {
    format!("file://{}", built("duizhang.html").display())
}

#[tokio::test]
async fn checks_a_file_from_disk_and_asks_for_nothing() {
    let browser = Browser::start(DESKTOP).await;
    browser.open(&single_file()).await;
    browser.choose(&[BUDGET_FILE]).await;
    browser.checked(1).await;
    assert_eq!(browser.requests().await, [single_file()], "the page asks for itself and nothing else");
    assert_eq!(browser.console_errors().await, [""; 0]);
    browser.close().await;
}

/// Whatever code ran in the page, its policy lets nothing out.
#[tokio::test]
async fn reaches_nobody() {
    let outside = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&single_file()).await;
    let result = browser.run_async(REACH_OUT, vec![json!(outside.address)]).await;
    let refused: Vec<&str> = result.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for way in ["connect-src", "img-src", "script-src-elem", "style-src-elem", "frame-src", "form-action", "worker"] {
        assert!(refused.contains(&way), "{way} is not refused: {refused:?}");
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(outside.asked().into_iter().collect::<Vec<_>>(), [""; 0], "somebody was asked");
    browser.close().await;
}

/// Tries every way out that a page has, and answers with the directives that refused.
const REACH_OUT: &str = r#"
const [there, done] = arguments;
const refused = new Set();
document.addEventListener("securitypolicyviolation", (e) => refused.add(e.effectiveDirective));
const add = (tag, attributes, parent) => {
    const element = Object.assign(document.createElement(tag), attributes);
    (parent || document.body).append(element);
    return element;
};
const attempt = (way) => { try { const r = way(); if (r && r.catch) r.catch(() => {}); } catch (e) {} };
attempt(() => fetch(there + "fetch"));
attempt(() => { const x = new XMLHttpRequest(); x.open("POST", there + "xhr"); x.send("1"); });
attempt(() => navigator.sendBeacon(there + "beacon", "1"));
attempt(() => new WebSocket(there.replace("http", "ws") + "socket"));
attempt(() => new EventSource(there + "events"));
attempt(() => add("img", { src: there + "img" }));
attempt(() => add("script", { src: there + "script" }));
attempt(() => add("link", { rel: "stylesheet", href: there + "style" }, document.head));
attempt(() => add("link", { rel: "prefetch", href: there + "prefetch" }, document.head));
attempt(() => add("iframe", { src: there + "frame" }));
attempt(() => add("form", { action: there + "form", method: "post", target: "x" }).submit());
attempt(() => import(there + "module"));
const code = `fetch("${there}worker").then(() => postMessage("out"), () => postMessage("worker"))`;
const worker = new Worker(URL.createObjectURL(new Blob([code])));
worker.onmessage = (e) => refused.add(e.data);
setTimeout(() => done([...refused]), 1500);
"#;

/// "Save page as" keeps what was drawn and every script. Opened again, it must start once and be as good as new.
#[tokio::test]
async fn a_saved_page_starts_once() {
    let browser = Browser::start(DESKTOP).await;
    browser.open(&single_file()).await;
    let fresh = browser.run(SHAPE).await;
    browser.choose(&[BUDGET_FILE]).await;
    browser.checked(1).await;
    let html = browser.run("return '<!DOCTYPE html>\\n' + document.documentElement.outerHTML").await;
    let saved = Scratch::new("saved.html", html.as_str().unwrap());
    browser.open(&format!("file://{saved}")).await;
    assert_eq!(browser.run(SHAPE).await, fresh, "the saved page is drawn as the fresh one");
    browser.choose(&[BUDGET_FILE]).await;
    browser.checked(1).await;
    browser.close().await;
}

/// What is in the page, counted: a page that started twice has more of it.
const SHAPE: &str = "return ['head > *', 'body > *', '#app > *', 'h1', 'input[type=file]']
    .map((selector) => selector + ' ' + document.querySelectorAll(selector).length)";

#[tokio::test]
async fn a_browser_that_is_too_old_is_told_so() {
    let browser = Browser::start(DESKTOP).await;
    for missing in ["WebAssembly", "DecompressionStream"] {
        browser.before_the_page(&format!("delete window.{missing}")).await;
        browser.client.goto(&single_file()).await.unwrap();
        let text =
            browser.until("the page gives up", "return duizhang.state === 'failed' && document.body.innerText").await;
        let text = text.as_str().unwrap();
        assert!(text.contains("浏览器太旧") && text.contains("too old"), "{missing}: {text}");
    }
    browser.close().await;
}

/// Before the first screen is drawn, and before the page can be used, as brotli sends it: a third of a second and less
/// than three seconds at 1.6 Mbit/s. What is put in meanwhile is kept.
const LIMITS: [(&str, usize); 2] = [("first paint", 60_000), ("interactive", 540_000)];

#[test]
fn the_page_is_small_before_it_is_drawn() {
    let sizes = std::fs::read_to_string(built("sizes.txt")).unwrap();
    for (what, limit) in LIMITS {
        let line = sizes.lines().find(|line| line.starts_with(what)).unwrap();
        let packed: usize = line.split_whitespace().next_back().unwrap().parse().unwrap();
        assert!(packed <= limit, "{packed} bytes before {what}, {limit} allowed\n{sizes}");
    }
}

/// The modules hold no path of the machine that built them.
#[test]
fn the_modules_name_no_folder_of_this_machine() {
    let folder = built("index.html").parent().unwrap().to_owned();
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "wasm") {
            continue;
        }
        seen += 1;
        let bytes = std::fs::read(&path).unwrap();
        let here = env!("CARGO_MANIFEST_DIR").as_bytes();
        assert!(!bytes.windows(here.len()).any(|window| window == here), "{} names {here:?}", path.display());
    }
    assert_eq!(seen, 4, "the page's module, and those of worker, reader and picture");
}
