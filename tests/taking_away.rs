//! What is taken away from the page: every form arrives as a file, says what was checked, and the report opens again.
#![cfg(not(target_arch = "wasm32"))]

mod browser;

use browser::{BUDGET, BUDGET_FILE, Browser, DESKTOP, Downloads, Server, axe, built, look};
use duizhang::report;
use duizhang::session::Opened;
use serde_json::json;

fn checked() -> Opened {
    Opened::new(duizhang::run(&[("budget.md".to_owned(), BUDGET.into())]))
}

#[tokio::test]
async fn every_form_arrives_as_a_file() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    let downloads = Downloads::of(&browser).await;
    browser.open_with(&server.address, &[BUDGET_FILE]).await;
    browser.click("#export").await;
    browser.until("the list of forms", "return !!document.querySelector('dialog[open] #form-json')").await;
    for (id, ending, begins) in [
        ("form-workbook", ".xlsx", &b"PK"[..]),
        ("form-csv", "-csv.zip", b"PK"),
        ("form-package", "-data.zip", b"PK"),
        ("form-markdown", ".md", b"#"),
        ("form-json", ".json", b"{"),
        ("form-report", ".html", b"<!DOCTYPE html><html lang="),
    ] {
        browser.click(&format!("#{id}")).await;
        let (name, bytes) = downloads.file(ending).await;
        assert!(bytes.starts_with(begins) && bytes.len() > 500, "{name}: {} bytes", bytes.len());
        let said = format!("return document.querySelector('dialog [role=status]').innerText.includes({name:?})");
        browser.until("it is said", &said).await;
    }
    let (name, json) = downloads.file(".json").await;
    assert!(name.starts_with("某市数据局-2025"), "{name}");
    assert_eq!(String::from_utf8(json).unwrap(), report::json::json(&report::report(checked().analysis())));
    assert_eq!(browser.console_errors().await, [""; 0]);
    browser.press("Escape").await;
    let focus =
        browser.until("it is closed", "return !document.querySelector('dialog') && document.activeElement.id").await;
    assert_eq!(focus, json!("export"), "the focus goes back");
    browser.close().await;
}

#[tokio::test]
async fn a_saved_check_opens_again_in_the_single_file() {
    let html = report::html::html(&checked(), report::text::Language::Chinese);
    let browser = Browser::start(DESKTOP).await;
    browser.open(&format!("file://{}", built("duizhang.html").display())).await;
    browser.choose(&[("核对.html", html.as_bytes())]).await;
    browser.checked(1).await;
    let list = browser.run("return document.getElementById('finding-list').innerText").await;
    for finding in &checked().analysis().findings {
        assert!(list.as_str().unwrap().contains(&finding.title.zh), "{} is not in\n{list}", finding.title.zh);
    }
    browser.close().await;
}

/// One of several documents is what it would be alone; all together are all.
#[tokio::test]
async fn one_document_or_all_of_them() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    let downloads = Downloads::of(&browser).await;
    browser.open(&server.address).await;
    let other = BUDGET.replace("某市数据局", "某市统计局");
    browser.choose(&[BUDGET_FILE, ("other.md", other.as_bytes())]).await;
    browser.checked(2).await;
    browser.click(".doctab:not([aria-current]) .doctab-open").await;
    browser.click("#export").await;
    browser.click("#form-json").await;
    let (name, bytes) = downloads.file(".json").await;
    let report: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(report["documents"].as_array().unwrap().len(), 1, "{name}");
    browser.click("dialog .seg button:last-child").await;
    browser.click("#form-markdown").await;
    let (name, bytes) = downloads.file(".md").await;
    let text = String::from_utf8(bytes).unwrap();
    assert!(name.contains("+1") && text.contains("某市数据局") && text.contains("某市统计局"), "{name}\n{text}");
    browser.close().await;
}

#[tokio::test]
async fn a_letter_is_drafted_edited_and_saved() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    let downloads = Downloads::of(&browser).await;
    browser.open_with(&server.address, &[BUDGET_FILE]).await;
    browser.click("#export").await;
    browser.click("#form-letter").await;
    let text = "return document.getElementById('letter-text')?.value";
    let draft = browser.until("the draft", text).await;
    let title = &checked().analysis().findings[0].title.zh.clone();
    assert!(draft.as_str().unwrap().contains(title) && draft.as_str().unwrap().contains("咨询"), "{draft}");
    browser.click("dialog .letter-kind .seg button:last-child").await;
    let application = format!("{text}.includes('政府信息公开申请')");
    browser.until("the other kind", &application).await;
    browser
        .run(
            "const field = document.getElementById('letter-text'); field.value += '\\n（自己加的一句）';
              field.dispatchEvent(new Event('input', { bubbles: true }))",
        )
        .await;
    browser.click("#letter-save").await;
    let (_, bytes) = downloads.file(".txt").await;
    assert!(String::from_utf8(bytes).unwrap().ends_with("（自己加的一句）"));
    browser.close().await;
}

#[tokio::test]
async fn the_hosted_page_hands_out_the_single_file() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    let downloads = Downloads::of(&browser).await;
    browser.open_with(&server.address, &[BUDGET_FILE]).await;
    browser.click("#export").await;
    browser.click("#form-tool").await;
    let (name, bytes) = downloads.file(".html").await;
    assert_eq!(name, "duizhang.html");
    assert_eq!(bytes, std::fs::read(built("duizhang.html")).unwrap());
    browser.close().await;
}

#[tokio::test]
async fn the_boxes_are_accessible_and_fit() {
    let axe = axe();
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    let other = BUDGET.replace("某市数据局", "某市统计局");
    browser.choose(&[BUDGET_FILE, ("other.md", other.as_bytes())]).await;
    browser.checked(2).await;
    let mut wrong = Vec::new();
    browser.click("#export").await;
    look(&browser, &axe, "forms", &mut wrong).await;
    browser.click("#form-letter").await;
    browser.run("document.querySelector('.letter-asked').open = true").await;
    look(&browser, &axe, "letter", &mut wrong).await;
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    browser.close().await;
}
