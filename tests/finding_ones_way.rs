//! Finding one's way: search, deep links, the handbook, copying to a spreadsheet, units, recent files, undo.
#![cfg(not(target_arch = "wasm32"))]

mod browser;

use browser::{BUDGET, BUDGET_FILE, Browser, DESKTOP, Server, axe, look};
use duizhang::amount::Unit;
use duizhang::session::{Opened, said_in};
use serde_json::{Value, json};

fn checked() -> Opened {
    Opened::new(duizhang::run(&[("budget.md".to_owned(), BUDGET.into())]))
}

/// Types into the field that has the focus.
async fn type_in(browser: &Browser, text: &str) {
    let script = "const field = document.activeElement; field.value = arguments[0]; field.dispatchEvent(new Event('input', { bubbles: true }))";
    browser.run_with(script, vec![json!(text)]).await;
}

async fn find(browser: &Browser, text: &str) {
    browser.run("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true, cancelable: true }))").await;
    browser.until("the search", "return document.activeElement.id === 'find-field'").await;
    type_in(browser, text).await;
    browser.until("a find", "return !!document.querySelector('#find-0')").await;
}

#[tokio::test]
async fn everything_is_found_from_one_field() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open_with(&server.address, &[BUDGET_FILE]).await;
    let opened = checked();

    find(&browser, &opened.finding_rows(0)[0].title.zh).await;
    browser.press("Enter").await;
    browser.until("the finding", "return document.activeElement.id === 'detail-title'").await;

    // A figure, with or without its commas.
    let figure = opened.summary(0)[0].figure.clone();
    find(&browser, &figure.replace(',', "")).await;
    let listed = browser.run("return document.getElementById('find-list').innerText").await;
    assert!(listed.as_str().unwrap().contains(&figure), "{listed}");
    browser.press("ArrowDown").await;
    let chosen = "return document.querySelector('#find-list [aria-selected=true]').id === document.activeElement.getAttribute('aria-activedescendant')";
    assert_eq!(browser.run(chosen).await, json!(true));
    browser.press("Enter").await;
    browser
        .until(
            "its place",
            "return document.activeElement.id.startsWith('cell-') || !!document.querySelector('.source-view')",
        )
        .await;

    // A rule, its page, its example as a document.
    find(&browser, "T01").await;
    browser.press("Enter").await;
    let page = browser.until("the rule", "return document.querySelector('dialog.handbook')?.innerText").await;
    assert!(page.as_str().unwrap().contains("T01") && page.as_str().unwrap().contains("依据"), "{page}");
    browser.click("#rule-breaks").await;
    browser.checked(2).await;
    assert_eq!(browser.console_errors().await, [""; 0]);
    browser.close().await;
}

#[tokio::test]
async fn a_finding_leads_to_the_page_of_its_rule() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open_with(&server.address, &[BUDGET_FILE]).await;
    browser.click("#finding-list .finding").await;
    browser.run("document.querySelector('.why-rule details').open = true").await;
    browser.click("#rule-page").await;
    browser.until("the rule", "return !!document.querySelector('dialog.handbook #rule-holds')").await;
    browser.press("Escape").await;
    browser.until("closed", "return !document.querySelector('dialog')").await;
    browser.close().await;
}

/// What a copy event takes along.
const COPIED: &str = "const data = new DataTransfer();
    document.activeElement.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
    return [data.getData('text/plain'), data.getData('text/html')];";

#[tokio::test]
async fn a_table_and_a_range_go_to_a_spreadsheet() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open_with(&server.address, &[BUDGET_FILE]).await;
    browser.press("2").await;
    browser.until("the table", "return !!document.querySelector('.scroller td.c')").await;
    browser
        .run("addEventListener('copy', (event) => { window.copied = event.clipboardData.getData('text/plain'); })")
        .await;
    browser.click("#copy-table").await;
    let copied = browser.until("the table on the clipboard", "return window.copied").await;
    let table = browser.run("return [...document.querySelectorAll('.scroller tbody tr')].length").await;
    let lines = copied.as_str().unwrap().lines().count() as u64;
    assert_eq!(lines, table.as_u64().unwrap() + 1, "a header and every line: {copied}");

    let first = "return document.querySelector('.scroller td.c:not(.c-empty)').id";
    let id = browser.run(first).await;
    browser.click(&format!("#{}", id.as_str().unwrap())).await;
    browser.run("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', shiftKey: true, bubbles: true, cancelable: true }))").await;
    browser.until("the range", "return document.querySelectorAll('.is-picked').length >= 2").await;
    let copied = browser.run(COPIED).await;
    let (text, html) = (copied[0].as_str().unwrap(), copied[1].as_str().unwrap());
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(!text.contains(',') && html.starts_with("<table><tr><td>"), "{text} {html}");
    browser.press("ArrowDown").await;
    browser.until("one cell again", "return !document.querySelector('.is-picked')").await;
    browser.close().await;
}

#[tokio::test]
async fn a_link_asks_for_its_file_and_knows_it() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    let digest = checked().analysis().documents[0].sha256[..12].to_owned();
    browser.open(&format!("{}#d={digest}&t=T2", server.address)).await;
    let asks = browser.until("it asks", "return document.querySelector('.notice')?.innerText").await;
    assert!(asks.as_str().unwrap().contains(&digest), "{asks}");
    let other = BUDGET.replace("2025", "2026");
    browser.choose(&[("other.md", other.as_bytes())]).await;
    let notice = browser.until("another file", "return document.getElementById('not-the-file')?.innerText").await;
    assert!(notice.as_str().unwrap().contains(&digest), "{notice}");
    browser.choose(&[BUDGET_FILE]).await;
    browser.checked(2).await;
    browser
        .until(
            "the table",
            "return !document.getElementById('not-the-file') && !!document.querySelector('.scroller table')",
        )
        .await;
    let hash = browser.run("return location.hash").await;
    assert!(hash.as_str().unwrap().starts_with(&format!("#d={digest}&t=T2")), "{hash}");
    browser.close().await;
}

/// A link whose file does not come is told of once: who opens further files is left alone.
#[tokio::test]
async fn a_link_is_given_up_when_the_reader_goes_on() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&format!("{}#d=0123456789ab&t=T2", server.address)).await;
    for (documents, year) in [(1, "2025"), (2, "2026")] {
        let file = BUDGET.replace("2025", year);
        browser.choose(&[(&format!("{year}.md"), file.as_bytes())]).await;
        browser.checked(documents).await;
        let told = browser.run("return !!document.getElementById('not-the-file')").await;
        assert_eq!(told, json!(documents == 1), "{documents} open");
    }
    browser.close().await;
}

/// Names and fingerprints, nothing else, until they are forgotten.
#[tokio::test]
async fn recent_files_are_remembered_by_name_and_forgotten() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open_with(&server.address, &[BUDGET_FILE]).await;
    let digest = checked().analysis().documents[0].sha256[..12].to_owned();
    let kept = browser.run("return localStorage.getItem('duizhang-recent')").await;
    assert_eq!(kept, json!(format!("{digest}\tbudget.md")));
    browser.client.goto("about:blank").await.unwrap();
    browser.open(&server.address).await;
    browser.click(".recent li button").await;
    let asks = browser.until("it asks", "return document.querySelector('.notice')?.innerText").await;
    assert!(asks.as_str().unwrap().contains(&digest), "{asks}");
    browser.click("#recent-forget").await;
    browser.until("forgotten", "return !document.querySelector('.recent')").await;
    assert_eq!(browser.run("return localStorage.getItem('duizhang-recent')").await, Value::Null);
    browser.close().await;
}

#[tokio::test]
async fn amounts_are_shown_in_the_unit_that_the_reader_prefers() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open_with(&server.address, &[BUDGET_FILE]).await;
    let summary = checked().summary(0);
    let first = &summary[0];
    let yuan = said_in(first.value, first.unit.unwrap(), Unit::Yuan).unwrap();
    browser.run("const unit = document.getElementById('unit'); unit.value = 'yuan'; unit.dispatchEvent(new Event('change', { bubbles: true }))").await;
    let shown = format!("return document.querySelector('.sums').innerText.includes({yuan:?})");
    browser.until("yuan", &shown).await;
    // Evidence stays as printed.
    browser.click("#finding-list .finding").await;
    let lines = browser.until("the evidence", "return document.querySelector('.detail .lines')?.innerText").await;
    assert!(lines.as_str().unwrap().contains("170.00"), "{lines}");
    // The sum follows, and keeps what is printed beside it.
    let sum = browser.run("return document.querySelector('.detail .eq').innerText").await;
    assert!(sum.as_str().unwrap().contains("1,700,000") && !sum.as_str().unwrap().contains("170.00"), "{sum}");
    let heading = browser.run("return document.getElementById('detail-sum').innerText").await;
    assert!(heading.as_str().unwrap().contains("按元显示，原文是万元"), "{heading}");
    let printed = "return [...document.querySelectorAll('.detail .eq button')].map((button) => button.title).join()";
    assert!(browser.run(printed).await.as_str().unwrap().contains("原文 170.00 万元"));
    browser.press("2").await;
    let note = browser.until("the note", "return document.querySelector('.units-note')?.innerText").await;
    assert!(note.as_str().unwrap().contains("万元"), "{note}");
    // Charts, with what is printed in the table behind the picture.
    browser.press("3").await;
    browser.until("the charts", "return !!document.querySelector('section.chart')").await;
    browser.run("document.querySelectorAll('section.chart details').forEach((table) => { table.open = true; })").await;
    let flow = browser.run("return document.querySelector('#chart-flow').innerText").await;
    assert!(flow.as_str().unwrap().contains("13,000,000") && flow.as_str().unwrap().contains("单位：元"), "{flow}");
    assert!(flow.as_str().unwrap().contains("原文 1,300.00 万元"), "{flow}");
    // The search, by either figure.
    for query in ["1,700,000", "170.00"] {
        find(&browser, query).await;
        let found = browser.run("return document.getElementById('find-list').innerText").await;
        assert!(
            found.as_str().unwrap().contains("1,700,000 元") && found.as_str().unwrap().contains("原文 170.00 万元"),
            "{query}: {found}"
        );
        browser.leave_the_search().await;
    }
    // The comparison.
    browser.choose(&[("last.md", BUDGET.replace("2025", "2024").replace("480.00", "500.00").as_bytes())]).await;
    browser.checked(2).await;
    browser.press("4").await;
    let lines = browser.until("the lines", "return document.getElementById('compare-rows')?.innerText").await;
    assert!(lines.as_str().unwrap().contains("4,800,000") && !lines.as_str().unwrap().contains("480.00"), "{lines}");
    browser.client.goto("about:blank").await.unwrap();
    browser.open_with(&server.address, &[BUDGET_FILE]).await;
    browser.until("remembered", &shown).await;
    browser.close().await;
}

/// Numbers of the text that were not used are listed with their place, and closing can be undone by keys.
#[tokio::test]
async fn unused_numbers_are_listed_and_closing_is_undone() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    let text = format!("{BUDGET}\n\n本局依据〔2024〕17 号文件，于 2025 年 1 月 20 日公开。编号 17 的材料另附。\n");
    browser.choose(&[("budget.md", text.as_bytes())]).await;
    browser.checked(1).await;
    let listed = browser
        .until("the numbers", "return [...document.querySelectorAll('.unused summary')].map((e) => e.innerText).join()")
        .await;
    assert!(listed.as_str().unwrap().contains("放在一边"), "{listed}");
    browser.run("document.querySelector('.unused').open = true").await;
    browser.click(".unused li button").await;
    browser.until("the source", "return !!document.querySelector('.source-view')").await;

    browser.click(".doctab .doctab-close").await;
    browser.until("it is closed", "return !document.querySelector('.doctab')").await;
    browser.run("document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true }))").await;
    browser.checked(1).await;
    browser.close().await;
}

#[tokio::test]
async fn the_ways_are_accessible_and_fit() {
    let axe = axe();
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    let mut wrong = Vec::new();
    browser.choose(&[BUDGET_FILE]).await;
    browser.checked(1).await;
    find(&browser, "支出").await;
    look(&browser, &axe, "search", &mut wrong).await;
    browser.press("Escape").await;
    find(&browser, "T01").await;
    browser.press("Enter").await;
    browser.until("the rule", "return !!document.querySelector('#rule-holds')").await;
    look(&browser, &axe, "rule", &mut wrong).await;
    browser.run("[...document.querySelectorAll('.handbook > .linklike')].pop().click()").await;
    browser.until("all rules", "return !!document.querySelector('.rules li')").await;
    look(&browser, &axe, "rules", &mut wrong).await;
    browser.press("Escape").await;
    browser.client.goto("about:blank").await.unwrap();
    browser.open(&server.address).await;
    browser.until("recent files", "return !!document.querySelector('.recent')").await;
    look(&browser, &axe, "recent", &mut wrong).await;
    browser.open(&format!("{}#d=000000000000", server.address)).await;
    browser.choose(&[BUDGET_FILE]).await;
    browser.until("another file", "return !!document.getElementById('not-the-file')").await;
    look(&browser, &axe, "not the file", &mut wrong).await;
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    browser.close().await;
}
