//! The hosted page in a real browser: what a reader does with it, and what must not happen to them.
#![cfg(not(target_arch = "wasm32"))]

mod browser;

use std::path::Path;

use browser::{BUDGET, BUDGET_FILE, Browser, DESKTOP, PHONE, Server, axe, built, look};
use duizhang::analysis::Analysis;
use duizhang::wire::{ReadReply, Reply, Request, Sent, SourceHeader, Step, encode};
use serde_json::json;

/// A worker that is ready and then never answers.
const DEAF: &str = "postMessage([new Uint8Array([0]).buffer])";

/// A worker that is ready and breaks while it reads the first source.
const BREAKING: &str = r#"
postMessage([new Uint8Array([0]).buffer]);
onmessage = (event) => {
    if (!Array.isArray(event.data) || new Uint8Array(event.data[0])[0] !== 0) return;
    postMessage([new Uint8Array([1, 1, 0, 0, 0, 6]).buffer]);
    setTimeout(() => { throw new Error("broken on purpose") }, 50);
};"#;

/// What the workers of these tests say is what the page hears.
#[test]
fn the_workers_of_these_tests_speak_as_the_real_one() {
    assert_eq!(encode(&Reply::Ready).unwrap(), [0]);
    assert_eq!(encode(&ReadReply::Ready).unwrap(), [0]);
    let progress = Reply::Progress { source: Some(0), step: Step::Read, done: 0, of: 6 };
    assert_eq!(encode(&progress).unwrap(), [1, 1, 0, 0, 0, 6]);
    let done = Reply::Done { sources: Vec::new(), analysis: Analysis::default() };
    assert_eq!(encode(&done).unwrap()[0], 2);
    assert_eq!(encode(&Request::Check { sources: Vec::new() }).unwrap()[0], 0);
}

/// Makes the first worker of the page one of `code`; those after it are real.
async fn first_worker(browser: &Browser, code: &str) {
    let script = r"
let first = true;
        window.Worker = class extends Worker {
            constructor(url) {
                super(first ? URL.createObjectURL(new Blob([CODE])) : url);
                first = false;
            }
        };";
    browser.before_the_page(&format!("{{{}}}", script.replace("CODE", &serde_json::to_string(code).unwrap()))).await;
}

#[tokio::test]
async fn asks_its_own_server_once_and_nobody_else() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open_with(&server.address, &[BUDGET_FILE]).await;
    // Its files for when there is no network, a moment later.
    browser.run_async("navigator.serviceWorker.ready.then(arguments[0].bind(null, 1))", Vec::new()).await;
    let requests = browser.requests().await;
    assert!(requests.iter().all(|url| url.starts_with(&server.address)), "{requests:?}");
    server.asked();
    browser.choose(&[BUDGET_FILE]).await;
    browser.checked(2).await;
    assert_eq!(browser.requests().await, [""; 0], "once it is open, nothing is asked for");
    assert_eq!(server.asked().into_iter().collect::<Vec<_>>(), [""; 0]);
    assert_eq!(browser.console_errors().await, [""; 0]);
    browser.close().await;
}

/// Even if some code of ours wanted to: the hosted page's policy names its own server only.
#[tokio::test]
async fn reaches_no_other_server() {
    let (server, outside) = (Server::start().await, Server::start().await);
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    let refused = browser.run_async(REACH_OUT, vec![json!(outside.address)]).await;
    assert_eq!(refused, json!(["connect-src", "img-src", "worker"]));
    assert_eq!(outside.asked().into_iter().collect::<Vec<_>>(), [""; 0], "somebody was asked");
    browser.close().await;
}

const REACH_OUT: &str = r#"
const [there, done] = arguments;
const refused = new Set();
document.addEventListener("securitypolicyviolation", (e) => refused.add(e.effectiveDirective));
fetch(there).catch(() => {});
new Image().src = there;
const code = `fetch("${there}worker").then(() => postMessage("out"), () => postMessage("worker"))`;
new Worker(URL.createObjectURL(new Blob([code]))).onmessage = (e) => refused.add(e.data);
setTimeout(() => done([...refused].sort()), 1000);
"#;

/// The hosted page needs its server. Opened from disk, or half loaded, it says so in both languages.
#[tokio::test]
async fn says_so_where_its_parts_are_missing() {
    let browser = Browser::start(DESKTOP).await;
    browser.client.goto(&format!("file://{}", built("index.html").display())).await.unwrap();
    let text =
        browser.until("the page gives up", "return duizhang.state === 'failed' && document.body.innerText").await;
    let text = text.as_str().unwrap();
    assert!(text.contains("本页没有打开") && text.contains("did not start"), "{text}");
    browser.close().await;
}

/// The titles of what the pipeline finds in the test's budget, the heaviest first.
fn expected() -> Vec<String> {
    let analysis = duizhang::run(&[("budget.md".to_owned(), BUDGET.as_bytes().to_vec())]);
    let titles: Vec<String> = analysis.findings.iter().map(|finding| finding.title.zh.clone()).collect();
    assert!(!titles.is_empty(), "the test's budget has a sum that does not tie");
    titles
}

/// Waits for the test's budget and wants every finding of it in the list.
async fn found(browser: &Browser) {
    browser.checked(1).await;
    let list = browser.run("return document.getElementById('finding-list').innerText").await;
    for title in expected() {
        assert!(list.as_str().unwrap().contains(&title), "{title} is not in\n{list}");
    }
}

/// The four ways in: chosen, dropped, pasted into the box, pasted anywhere.
#[tokio::test]
async fn a_budget_comes_in_by_every_way() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;

    browser.open(&server.address).await;
    browser.choose(&[BUDGET_FILE]).await;
    found(&browser).await;

    for way in [
        "const data = new DataTransfer(); data.items.add(new File([arguments[0]], 'budget.md'));
         const event = (type) => new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
         document.body.dispatchEvent(event('dragover')); document.body.dispatchEvent(event('drop'));",
        "const data = new DataTransfer(); data.setData('text/plain', arguments[0]);
         document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));",
    ] {
        browser.open(&server.address).await;
        browser.run_with(way, vec![json!(BUDGET)]).await;
        found(&browser).await;
    }

    browser.open(&server.address).await;
    browser.click("#paste-button").await;
    browser.until("the box", "return document.activeElement.id === 'paste-text'").await;
    let fill = "const field = document.getElementById('paste-text'); field.value = arguments[0];
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    browser.run_with(fill, vec![json!(BUDGET)]).await;
    browser.click("[role=dialog] [type=submit]").await;
    found(&browser).await;
    browser.close().await;
}

/// From a finding to its cell in the table, to its line in the source, and back.
#[tokio::test]
async fn a_finding_leads_to_its_cell_and_its_line() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    browser.choose(&[BUDGET_FILE]).await;
    found(&browser).await;

    browser.click("#finding-list .finding").await;
    let heading = browser
        .until("the detail", "return document.activeElement.id === 'detail-title' && document.activeElement.innerText")
        .await;
    assert_eq!(heading, json!(expected()[0]));
    let lines = browser.run("return document.querySelector('.detail .lines').innerText").await;
    assert!(lines.as_str().unwrap().contains("170.00"), "the evidence shows the printed figure: {lines}");

    // A figure of the sum leads to its cell.
    browser.click(".detail .eq .n button").await;
    let cell = browser
        .until("the cell", "const at = document.activeElement; return at.id.startsWith('cell-') && at.innerText")
        .await;
    assert!(cell.as_str().unwrap().contains(".00"), "{cell}");
    browser.press("Escape").await;
    browser.until("back at the finding", "return document.activeElement.id === 'detail-title'").await;

    browser.click("#evidence-whole").await;
    browser.until("the source", "return !!document.querySelector('.source-view .hit')").await;
    browser.press("Escape").await;
    browser.until("back at the finding", "return document.activeElement.id === 'detail-title'").await;
    browser.close().await;
}

/// Two files are checked together; one is closed, and had back.
#[tokio::test]
async fn several_documents_are_open_together() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    let next_year = BUDGET.replace("2025", "2026").replace("某市数据局", "某市统计局");
    browser.choose(&[BUDGET_FILE, ("next.md", next_year.as_bytes())]).await;
    browser.checked(2).await;
    let current = "return document.querySelector('.doctab-open[aria-current]').innerText";
    let first = browser.run(current).await;
    browser.click(".doctab:not([aria-current]) .doctab-open").await;
    assert_ne!(browser.run(current).await, first, "the other tab is in view");
    browser.click(".doctab .doctab-close").await;
    browser.checked(1).await;
    browser.click(".toast button").await;
    browser.checked(2).await;
    browser.close().await;
}

#[tokio::test]
async fn a_file_that_cannot_be_read_keeps_the_others() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    browser.choose(&[BUDGET_FILE, ("bild.pdf", b"%PDF-1.7\n\x00\x01\x02")]).await;
    found(&browser).await;
    let alert = browser.until("the failure", "return document.querySelector('[role=alert]')?.innerText").await;
    assert!(alert.as_str().unwrap().contains("bild.pdf"), "{alert}");
    browser.choose(&[("leer.txt", b"")]).await;
    browser
        .until("the second failure", "return document.querySelector('[role=alert]').innerText.includes('leer.txt')")
        .await;
    browser.checked(1).await;
    browser.close().await;
}

#[tokio::test]
async fn the_language_changes_and_stays() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    browser.choose(&[BUDGET_FILE]).await;
    found(&browser).await;
    browser.click("#language").await;
    browser.until("English", "return document.documentElement.lang === 'en'").await;
    let analysis = duizhang::run(&[("budget.md".to_owned(), BUDGET.as_bytes().to_vec())]);
    let list = browser.run("return document.getElementById('finding-list').innerText").await;
    assert!(list.as_str().unwrap().contains(&analysis.findings[0].title.en), "{list}");
    browser.client.refresh().await.unwrap();
    browser
        .until("still English", "return duizhang.state === 'running' && document.documentElement.lang === 'en'")
        .await;
    browser.close().await;
}

/// Everything that a mouse does, done with keys.
#[tokio::test]
async fn the_keyboard_is_enough() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    let mut steps = 0;
    while browser.run("return document.activeElement.id").await != "example" {
        browser.press("Tab").await;
        steps += 1;
        assert!(steps < 40, "Tab does not come to the example");
    }
    browser.press("Enter").await;
    browser.checked(1).await;
    browser.press("j").await;
    browser.until("a finding", "return document.activeElement.matches('.finding')").await;
    browser.press("Enter").await;
    browser.until("its detail", "return document.activeElement.id === 'detail-title'").await;
    browser.press("Escape").await;
    browser.until("back in the list", "return document.activeElement.matches('.finding')").await;
    browser.press("/").await;
    browser.until("the search", "return document.activeElement.id === 'finding-search'").await;
    browser.press("Escape").await;
    browser.until("out of the field", "return document.activeElement.id !== 'finding-search'").await;
    browser.press("2").await;
    browser.until("the table", "return !!document.querySelector('.scroller table')").await;
    browser.press("5").await;
    browser.until("the source", "return !!document.querySelector('.source-view')").await;
    browser.press("?").await;
    browser.until("the list of keys", "return document.activeElement.id === 'keys-close'").await;
    browser.press("Enter").await;
    browser.until("it is closed", "return !document.querySelector('[role=dialog]')").await;
    browser.close().await;
}

/// A worker that breaks on one file is replaced; the file is named, the others of the same choice are read.
#[tokio::test]
async fn a_worker_that_breaks_is_replaced_and_told_of() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    first_worker(&browser, BREAKING).await;
    browser.open(&server.address).await;
    browser.choose(&[("breaks.md", BUDGET.as_bytes()), BUDGET_FILE]).await;
    found(&browser).await;
    let alert = browser.until("the failure", "return document.querySelector('[role=alert]')?.innerText").await;
    let alert = alert.as_str().unwrap();
    assert!(alert.contains("breaks.md") && alert.contains("broken on purpose"), "{alert}");
    browser.close().await;
}

#[tokio::test]
async fn reading_can_be_stopped() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    first_worker(&browser, DEAF).await;
    browser.open(&server.address).await;
    browser.choose(&[("deaf.md", BUDGET.as_bytes())]).await;
    browser.until("the progress", "return !!document.querySelector('[aria-busy=true] button')").await;
    browser.click("[aria-busy=true] button").await;
    browser.until("it stopped", "return !document.querySelector('[aria-busy=true]')").await;
    browser.choose(&[BUDGET_FILE]).await;
    found(&browser).await;
    browser.close().await;
}

/// No violation of axe-core's rules and no sideways scroll, in every state, at both widths, light and dark.
#[tokio::test]
async fn every_state_is_accessible_and_fits() {
    let axe = axe();
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    first_worker(&browser, DEAF).await;
    browser.open(&server.address).await;
    let mut wrong = Vec::new();

    look(&browser, &axe, "start", &mut wrong).await;
    browser.choose(&[("deaf.md", BUDGET.as_bytes())]).await;
    browser.until("the progress", "return !!document.querySelector('[aria-busy=true] button')").await;
    look(&browser, &axe, "reading", &mut wrong).await;
    browser.click("[aria-busy=true] button").await;

    browser.click("#paste-button").await;
    look(&browser, &axe, "paste", &mut wrong).await;
    browser.press("Escape").await;

    let next_year = BUDGET.replace("2025", "2026");
    browser.choose(&[("leer.txt", b""), BUDGET_FILE, ("next.md", next_year.as_bytes())]).await;
    browser.checked(2).await;
    look(&browser, &axe, "failure", &mut wrong).await;
    browser.run("document.querySelector('[role=alert] button:last-of-type').click()").await;
    look(&browser, &axe, "list", &mut wrong).await;
    browser.run("document.querySelector('#finding-list .finding').click()").await;
    look(&browser, &axe, "detail", &mut wrong).await;
    browser.press("2").await;
    browser.until("the table", "return !!document.querySelector('.scroller table')").await;
    look(&browser, &axe, "table", &mut wrong).await;
    browser.press("5").await;
    browser.until("the source", "return !!document.querySelector('.source-view')").await;
    look(&browser, &axe, "source", &mut wrong).await;
    browser.press("?").await;
    look(&browser, &axe, "keys", &mut wrong).await;
    browser.press("Enter").await;
    browser.press("1").await;
    browser.run("document.getElementById('language').click()").await;
    look(&browser, &axe, "english", &mut wrong).await;
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    browser.close().await;
}

/// Pictures of the page, for eyes: `make screens` puts them into `target/screens`.
#[tokio::test]
#[ignore = "draws pictures; run by `make screens`"]
async fn pictures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screens");
    std::fs::create_dir_all(&folder).unwrap();
    let server = Server::start().await;
    for (width, name) in [(PHONE, "phone"), (DESKTOP, "desktop")] {
        let browser = Browser::start(width).await;
        browser.open(&server.address).await;
        let picture = async |state: &str| {
            let bytes = browser.client.screenshot().await.unwrap();
            std::fs::write(folder.join(format!("{name}-{state}.png")), bytes).unwrap();
        };
        picture("1-start").await;
        browser.run("document.getElementById('example').click()").await;
        browser.checked(1).await;
        picture("2-list").await;
        browser.run("document.querySelector('#finding-list .finding').click()").await;
        picture("3-detail").await;
        browser.press("2").await;
        browser.until("the table", "return !!document.querySelector('.scroller table')").await;
        picture("4-table").await;
        browser.press("5").await;
        browser.until("the source", "return !!document.querySelector('.source-view')").await;
        picture("5-source").await;
        browser.run("document.getElementById('export').click()").await;
        picture("6-forms").await;
        browser.run("document.getElementById('form-letter').click()").await;
        browser.until("the draft", "return document.getElementById('letter-text')?.value").await;
        picture("7-letter").await;
        browser.close().await;
    }
}

/// How long the page's worker takes for a published budget, from the request to the answer: `make bench` prints it.
#[tokio::test]
#[ignore = "a measurement; run by `make bench`"]
async fn time_in_the_worker() {
    let published = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds/002_0341060121c49e83.txt");
    let text = std::fs::read_to_string(published).unwrap_or_else(|_| BUDGET.repeat(40));
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    let asked = |id| {
        let source = SourceHeader { id, name: "budget.txt".to_owned(), sent: Sent::Bytes };
        encode(&Request::Check { sources: vec![source] }).unwrap()
    };
    let requests: Vec<Vec<u8>> = (0..12).map(asked).collect();
    let times = browser.run_async(TIME, vec![json!(text), json!(requests)]).await;
    println!("{} bytes in the page's worker, milliseconds: {times}", text.len());
    browser.close().await;
}

const TIME: &str = r#"
const [text, requests, done] = arguments;
const worker = duizhang.worker("worker");
const times = [];
let begun;
const ask = () => {
    const message = [new Uint8Array(requests[times.length]).buffer, new TextEncoder().encode(text).buffer];
    begun = performance.now();
    worker.postMessage(message, message);
};
worker.onmessage = (event) => {
    const kind = new Uint8Array(event.data[0])[0];
    if (kind === 2) times.push(Math.round(performance.now() - begun));
    else if (kind !== 0) return;
    if (times.length < requests.length) ask(); else done(times);
};
"#;
