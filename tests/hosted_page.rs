//! The page on a portal: below any path, with `?src=`, in a frame, without a network.
#![cfg(not(target_arch = "wasm32"))]

mod browser;

use std::path::Path;

use browser::{BUDGET, Browser, DESKTOP, Server, built};
use serde_json::json;

const BELOW: &str = "portal/duizhang/";
const PUBLISHED: (&str, &str) = ("2025/预算 budget.md", BUDGET);
const SRC: &str = "?src=/2025/%E9%A2%84%E7%AE%97%20budget.md";

#[tokio::test]
async fn below_any_path_it_opens_the_file_that_its_address_names() {
    let server = Server::under(BELOW, &[PUBLISHED]).await;
    let browser = Browser::start(DESKTOP).await;
    let digest = duizhang::run(&[("budget.md".to_owned(), BUDGET.into())]).documents[0].sha256[..12].to_owned();
    browser.open(&format!("{}{BELOW}{SRC}#d={digest}&f=F01", server.address)).await;
    browser.checked(1).await;
    browser.until("the finding", "return !!document.querySelector('.detail #detail-title')").await;
    let title = browser.run("return document.querySelector('.doctab-open').title").await;
    assert_eq!(title, json!("预算 budget.md"));
    let asked = server.asked();
    let own = |path: &String| path.starts_with(BELOW) || path.starts_with("2025/");
    assert!(asked.iter().all(|path| own(path) || path == "favicon.ico"), "{asked:?}");
    assert_eq!(browser.console_errors().await, [""; 0]);
    browser.close().await;
}

#[tokio::test]
async fn a_file_of_another_site_is_not_asked_for() {
    let (server, other) = (Server::under(BELOW, &[]).await, Server::under("", &[PUBLISHED]).await);
    let browser = Browser::start(DESKTOP).await;
    for (src, says) in [
        (format!("?src={}2025/budget.md", other.address), "不在本网站上"),
        ("?src=javascript:alert(1)".to_owned(), "不在本网站上"),
        ("?src=/nothing.md".to_owned(), "404"),
    ] {
        browser.open(&format!("{}{BELOW}{src}", server.address)).await;
        let alert = browser.until("the failure", "return document.querySelector('[role=alert]')?.innerText").await;
        assert!(alert.as_str().unwrap().contains(says), "{src}: {alert}");
    }
    assert_eq!(other.asked().into_iter().collect::<Vec<_>>(), [""; 0]);
    browser.close().await;
}

/// The recipe of docs/portal.md, as it stands there.
#[tokio::test]
async fn it_works_in_a_frame() {
    let guide = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/portal.md")).unwrap();
    let (_, recipe) = guide.split_once("<iframe").unwrap();
    let (recipe, _) = recipe.split_once("</iframe>").unwrap();
    let recipe = recipe.replace("/duizhang/?src=/2025/budget.pdf", &format!("/{BELOW}{SRC}"));
    let frame = format!("<!DOCTYPE html><meta charset=utf-8><title>门户</title><iframe{recipe}</iframe>");
    let server = Server::under(BELOW, &[PUBLISHED, ("frame.html", &frame)]).await;
    let browser = Browser::start(DESKTOP).await;
    browser.client.goto(&format!("{}frame.html", server.address)).await.unwrap();
    browser.client.enter_frame(0).await.unwrap();
    browser.until("the page runs", "return window.duizhang && duizhang.state === 'running'").await;
    browser.checked(1).await;
    browser.close().await;
}

/// The element of docs/portal.md, as it stands there: a file that its address names, and another after that.
#[tokio::test]
async fn it_is_an_element_of_a_portal_s_page() {
    let guide = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/portal.md")).unwrap();
    let (_, recipe) = guide.split_once("<script src=").unwrap();
    let (recipe, _) = recipe.split_once("</duizhang-check>").unwrap();
    let recipe = recipe
        .replace("/duizhang/duizhang-check.js", &format!("/{BELOW}duizhang-check.js"))
        .replace("/2025/budget.pdf", "../2025/%E9%A2%84%E7%AE%97%20budget.md");
    let portal = format!(
        "<!DOCTYPE html><html lang=zh-CN><meta charset=utf-8><title>门户</title><script src={recipe}</duizhang-check></html>"
    );
    let next = BUDGET.replace("2025", "2026");
    let files = [PUBLISHED, ("2026/next.md", next.as_str()), ("news/page.html", portal.as_str())];
    let server = Server::under(BELOW, &files).await;
    let browser = Browser::start(DESKTOP).await;
    browser.client.goto(&format!("{}news/page.html", server.address)).await.unwrap();
    let in_frame = async |title: &str| {
        browser.client.clone().enter_parent_frame().await.unwrap();
        browser.client.enter_frame(0).await.unwrap();
        browser.until("the page runs", "return window.duizhang && duizhang.state === 'running'").await;
        browser.checked(1).await;
        let tab = browser.run("return document.querySelector('.doctab-open').title").await;
        assert_eq!(tab, json!(title));
    };
    in_frame("预算 budget.md").await;
    browser.client.clone().enter_parent_frame().await.unwrap();
    let named = browser.run("return document.querySelector('duizhang-check iframe').title").await;
    assert_eq!(named, json!("预算公开数字核对"));
    browser.run("document.querySelector('duizhang-check').setAttribute('src', '/2026/next.md')").await;
    browser.until("the other file", "return document.querySelector('iframe').src.includes('next.md')").await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    in_frame("next.md").await;
    browser.close().await;
}

#[tokio::test]
async fn it_opens_without_a_network_and_keeps_one_version() {
    let server = Server::under(BELOW, &[PUBLISHED]).await;
    let browser = Browser::start(DESKTOP).await;
    let page = format!("{}{BELOW}", server.address);
    browser.client.goto(&format!("{page}icon.svg")).await.unwrap();
    let make = "const done = arguments[0]; Promise.all(['duizhang-old', 'another'].map((name) => caches.open(name))).then(() => done(1))";
    browser.run_async(make, Vec::new()).await;
    browser.open(&format!("{page}{SRC}")).await;
    browser.checked(1).await;
    browser.run_async("navigator.serviceWorker.ready.then(arguments[0].bind(null, 1))", Vec::new()).await;
    let kept = "const done = arguments[0]; (async () => {
        const names = await caches.keys(), own = names.find((name) => name.startsWith('duizhang-') && name !== 'duizhang-old');
        const files = own ? (await (await caches.open(own)).keys()).map((request) => new URL(request.url).pathname) : [];
        done([names.sort(), files]);
    })()";
    let begun = std::time::Instant::now();
    let (names, files) = loop {
        let found = browser.run_async(kept, Vec::new()).await;
        if found[0].as_array().unwrap().len() == 2 || begun.elapsed().as_secs() > 20 {
            break (found[0].clone(), found[1].clone());
        }
    };
    assert_eq!(names[0], json!("another"), "what others keep stays: {names}");
    assert!(names[1].as_str().unwrap().starts_with("duizhang-") && names.get(2).is_none(), "{names}");
    let files = files.as_array().unwrap();
    assert!(files.iter().all(|file| file.as_str().unwrap().starts_with(&format!("/{BELOW}"))), "{files:?}");
    assert!(!files.iter().any(|file| file.as_str().unwrap().contains("budget")), "no document is kept: {files:?}");
    server.stop();
    browser.open(&page).await;
    browser.run("document.getElementById('example').click()").await;
    browser.checked(1).await;
    browser.close().await;
}

#[test]
fn the_single_file_has_nothing_of_it() {
    let single = std::fs::read_to_string(built("duizhang.html")).unwrap();
    for word in ["serviceWorker", "service-worker", "webmanifest", "caches.", "duizhang-check"] {
        assert!(!single.contains(word), "{word}");
    }
}
