//! The hosted page in a real browser: what a reader does with it, and what must not happen to them.
#![cfg(not(target_arch = "wasm32"))]

mod browser;

use browser::{BUDGET, Browser, DESKTOP, Scratch, Server};

/// A worker that is ready and then never answers.
const DEAF: &str = r#"postMessage('"Ready"')"#;

/// A worker that is ready and breaks at the first request.
const BREAKING: &str =
    r#"postMessage('"Ready"'); onmessage = (e) => { if (Array.isArray(e.data)) throw new Error("broken on purpose") }"#;

/// Makes the first worker of the page one of `code`; those after it are real.
async fn first_worker(browser: &Browser, code: &str) {
    let script = r#"
let first = true;
        window.Worker = class extends Worker {
            constructor(url) {
                super(first ? URL.createObjectURL(new Blob([CODE])) : url);
                first = false;
            }
        };"#;
    browser.before_the_page(&format!("{{{}}}", script.replace("CODE", &serde_json::to_string(code).unwrap()))).await;
}

#[tokio::test]
async fn asks_its_own_server_once_and_nobody_else() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    let file = Scratch::new("budget.md", BUDGET);
    browser.choose(&[&file]).await;
    browser.checked(1).await;
    let requests = browser.requests().await;
    assert!(requests.iter().all(|url| url.starts_with(&server.address)), "{requests:?}");
    server.asked();
    browser.choose(&[&file]).await;
    browser.checked(2).await;
    assert_eq!(browser.requests().await, [""; 0], "once it is open, nothing is asked for");
    assert_eq!(server.asked().into_iter().collect::<Vec<_>>(), [""; 0]);
    assert_eq!(browser.console_errors().await, [""; 0]);
    browser.close().await;
}

#[tokio::test]
async fn a_worker_that_breaks_is_replaced_and_told_of() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    first_worker(&browser, BREAKING).await;
    browser.open(&server.address).await;
    let file = Scratch::new("budget.md", BUDGET);
    browser.choose(&[&file]).await;
    browser.until("the failure is shown", "return document.body.innerText.includes('broken on purpose')").await;
    browser.choose(&[&file]).await;
    browser.checked(1).await;
    browser.close().await;
}

#[tokio::test]
async fn stopping_leaves_the_page_usable() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    first_worker(&browser, DEAF).await;
    browser.open(&server.address).await;
    let file = Scratch::new("budget.md", BUDGET);
    browser.choose(&[&file]).await;
    browser
        .until("the button to stop", "const b = document.getElementById('cancel'); b && b.click(); return !!b")
        .await;
    browser.choose(&[&file]).await;
    browser.checked(1).await;
    browser.close().await;
}
