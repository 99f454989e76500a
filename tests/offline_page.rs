//! The single file, opened from disk: it starts, checks in its worker, and can reach nobody.
#![cfg(not(target_arch = "wasm32"))]

mod browser;

use browser::{Browser, DESKTOP, Scratch, Server, single_file};

#[tokio::test]
async fn starts_from_disk() {
    let browser = Browser::start(DESKTOP).await;
    browser.open(&single_file()).await;
    browser
        .run(
            "const t = document.getElementById('paste'); t.value = 'x'; t.dispatchEvent(new Event('change')); return 1",
        )
        .await;
    let said = browser
        .until(
            "an answer",
            "const s = document.getElementById('said').textContent; return s.includes('documents') && s",
        )
        .await;
    println!("{said}");
    println!("{:?}", browser.console_errors().await);
    println!("{:?}", browser.requests().await);
    let server = Server::start().await;
    browser.open(&server.address).await;
    browser
        .run(
            "const t = document.getElementById('paste'); t.value = 'x'; t.dispatchEvent(new Event('change')); return 1",
        )
        .await;
    let said = browser
        .until(
            "an answer",
            "const s = document.getElementById('said').textContent; return s.includes('documents') && s",
        )
        .await;
    println!("{said}");
    println!("{:?}", browser.console_errors().await);
    println!("{:?}", browser.requests().await);
    println!("{:?}", server.asked());
    browser.close().await;
}
