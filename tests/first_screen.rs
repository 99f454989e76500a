//! The first screen is markup: it is there before any module, and what a reader does with it is not lost.
#![cfg(not(target_arch = "wasm32"))]

mod browser;

use std::path::Path;

use browser::{BUDGET, Browser, DESKTOP, PHONE, Scratch, Server, built};
use serde_json::{Value, json};

/// Holds every module back until `go()`.
const GATE: &str = "{
    const compile = WebAssembly.compile.bind(WebAssembly);
    const streaming = WebAssembly.compileStreaming.bind(WebAssembly);
    const gate = new Promise((go) => { window.go = go; });
    WebAssembly.compile = (bytes) => gate.then(() => compile(bytes));
    WebAssembly.compileStreaming = (response) => gate.then(() => streaming(response));
}";

/// The first screen as markup: of the HTML that is given (in English of the template, without the marks, which both
/// share), or with null of what is drawn. Without comments, with a line end wherever one
/// is not seen, attributes in order of their names.
const MARKUP: &str = r#"
const [html, english] = arguments;
const delivered = () => new DOMParser().parseFromString(html, "text/html").getElementById(english ? "first-en" : "app");
const app = html === null ? document.getElementById("app").cloneNode(true) : english ? delivered().content : delivered();
if (english) app.querySelector(".screen > svg")?.remove();
const loose = /^(div|header|main|section|footer|ul|defs)$/;
const clean = (node) => {
    for (const child of [...node.childNodes]) {
        if (child.nodeType === 8 || child.nodeType === 3 && loose.test(node.localName ?? "div") && !child.data.trim()) child.remove();
        else if (child.nodeType === 1) clean(child);
    }
    node.normalize();
};
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const empty = /^(input|br|img)$/;
const write = (node) => {
    if (node.nodeType === 3) return escaped(node.data);
    const names = node.getAttributeNames().sort();
    const tag = `<${node.localName}${names.map((name) => ` ${name}="${escaped(node.getAttribute(name)).replaceAll('"', "&quot;")}"`).join("")}>`;
    const end = loose.test(node.localName) && node.childNodes.length ? "\n" : "";
    const inner = [...node.childNodes].map((child) => end + write(child)).join("");
    return tag + (empty.test(node.localName) ? "" : inner + end + `</${node.localName}>`);
};
clean(app);
return [...app.childNodes].map(write).join("\n");
"#;

/// Where the markup begins and ends in `index.html`, in Chinese and in English.
const PLACES: [(&str, &str); 2] = [
    ("<div id=\"app\" data-first=\"\">\n", "\n</div>\n<template id=\"first-en\">"),
    ("<template id=\"first-en\">\n", "\n</template>\n<link data-trunk rel=\"rust\""),
];

#[tokio::test]
async fn it_is_what_the_page_draws() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("index.html");
    let mut page = std::fs::read_to_string(&path).unwrap();
    for (language, (begin, end)) in ["zh-CN", "en"].into_iter().zip(PLACES) {
        let english = language == "en";
        browser.open(&server.address).await;
        browser.run(&format!("localStorage.setItem('duizhang-settings', 'language={language}')")).await;
        browser.open(&server.address).await;
        let drawn = browser.run_with(MARKUP, vec![Value::Null, json!(english)]).await;
        if std::env::var_os("UPDATE_FIRST_SCREEN").is_some() {
            let (before, rest) = page.split_once(begin).unwrap();
            let (_, after) = rest.split_once(&end[1..]).unwrap();
            page = format!("{before}{begin}{}{end}{after}", drawn.as_str().unwrap());
            std::fs::write(&path, &page).unwrap();
            continue;
        }
        let delivered = browser.run_with(MARKUP, vec![json!(page), json!(english)]).await;
        assert!(
            drawn == delivered,
            "the first screen changed: write its markup again with\n  UPDATE_FIRST_SCREEN=1 cargo test --features browser --test first_screen\n{drawn}\n{delivered}"
        );
    }
    browser.close().await;
}

/// Who reads English is not shown Chinese until the page runs: by the browser's language, or by what was chosen.
#[tokio::test]
async fn it_is_in_the_language_of_the_reader() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.before_the_page(GATE).await;
    let speaks = "Object.defineProperty(navigator, 'language', { get: () => window.name || 'zh-CN' });";
    browser.before_the_page(speaks).await;
    for (language, chosen, says) in [
        ("zh-CN", "", "看一份预算公开"),
        ("en-GB", "", "Does a published budget"),
        ("de", "", "Does a published budget"),
        ("de", "language=zh-CN", "看一份预算公开"),
        ("zh-CN", "language=en theme=dark", "Does a published budget"),
    ] {
        browser.client.goto(&server.address).await.unwrap();
        browser
            .run_with(
                "window.name = arguments[0]; localStorage.setItem('duizhang-settings', arguments[1])",
                vec![json!(language), json!(chosen)],
            )
            .await;
        browser.client.goto(&server.address).await.unwrap();
        let state =
            browser.until("the first screen", "return !!document.querySelector('.drop') && duizhang.state").await;
        assert_eq!(state, json!("starting"));
        let title = browser.run("return document.querySelector('h1').innerText").await;
        assert!(title.as_str().unwrap().contains(says), "{language}, {chosen}: {title}");
        let marks = browser.run("return document.querySelectorAll('#m-ok').length").await;
        assert_eq!(marks, json!(1), "the marks are there once");
        browser.run("go()").await;
        browser.until("the page runs", "return duizhang.state === 'running'").await;
        assert_eq!(browser.run("return document.querySelector('h1').innerText").await, title, "it stays");
    }
    browser.close().await;
}

/// Nothing moves and nothing is lost when the page takes the screen over.
#[tokio::test]
async fn it_is_drawn_before_any_module_and_stays_where_it_is() {
    let server = Server::start().await;
    for width in [PHONE, DESKTOP] {
        let browser = Browser::start(width).await;
        browser.before_the_page(GATE).await;
        browser.client.goto(&server.address).await.unwrap();
        let places = "document.getElementById('example').focus({ preventScroll: true });
            return [...document.querySelectorAll('h1, .drop, .promise, .how, .foot, button')]
                .map((e) => { const at = e.getBoundingClientRect(); return [at.x, at.y, at.width, at.height].map(Math.round).join(' '); })";
        let before =
            browser.until("the first screen", "return !!document.querySelector('.drop') && duizhang.state").await;
        assert_eq!(before, json!("starting"));
        let before = browser.run(places).await;
        assert!(before.as_array().unwrap().len() > 8, "{before}");
        browser.run("go()").await;
        browser.until("the page runs", "return duizhang.state === 'running'").await;
        assert_eq!(browser.run("return document.activeElement.id").await, json!("example"), "the focus stays");
        assert_eq!(browser.run(places).await, before, "at {width}");
        browser.close().await;
    }
}

#[tokio::test]
async fn what_is_done_before_the_page_runs_is_not_lost() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.before_the_page(GATE).await;
    let drop = "const data = new DataTransfer(); data.items.add(new File([arguments[0]], 'budget.md'));
        const event = (type) => new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event('dragover')); document.body.dispatchEvent(event('drop'));";
    let paste = "const data = new DataTransfer(); data.setData('text/plain', arguments[0]);
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));";
    let choose = "const input = document.querySelector('input[type=file]'); const data = new DataTransfer();
        data.items.add(new File([arguments[0]], 'budget.md')); input.files = data.files; input.dispatchEvent(new Event('change'));";
    let example = "document.getElementById('example').click()";
    for way in [drop, paste, choose, example] {
        browser.client.goto(&server.address).await.unwrap();
        browser.until("the first screen", "return !!document.querySelector('.drop') && !!window.duizhang").await;
        browser.run_with(way, vec![json!(BUDGET)]).await;
        let said = browser.run("return document.getElementById('drop-title').innerText").await;
        assert_eq!(said, json!("已收到，正在打开…"), "{way}");
        browser.run("go()").await;
        browser.checked(1).await;
    }
    // The file dialog that was opened before, and closes after.
    browser.client.goto(&server.address).await.unwrap();
    browser.until("the first screen", "return !!window.duizhang").await;
    browser.run("window.input = document.querySelector('input[type=file]'); go()").await;
    browser.until("the page runs", "return duizhang.state === 'running'").await;
    browser
        .run_with(&choose.replace("document.querySelector('input[type=file]')", "window.input"), vec![json!(BUDGET)])
        .await;
    browser.checked(1).await;
    browser.close().await;
}

#[tokio::test]
async fn a_chosen_theme_is_there_from_the_first_paint() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    browser.run("localStorage.setItem('duizhang-settings', 'language=zh-CN theme=dark')").await;
    browser.before_the_page(GATE).await;
    browser.client.goto(&server.address).await.unwrap();
    browser
        .until("the theme", "return document.documentElement.dataset.theme === 'dark' && duizhang.state === 'starting'")
        .await;
    browser.close().await;
}

/// The single file gives itself back byte for byte, whatever is open in it.
#[tokio::test]
async fn the_single_file_saves_itself() {
    let browser = Browser::start(DESKTOP).await;
    browser.open(&format!("file://{}", built("duizhang.html").display())).await;
    browser.choose(&[browser::BUDGET_FILE]).await;
    browser.checked(1).await;
    browser.run("document.getElementById('language').click(); document.getElementById('theme').click()").await;
    let saved = browser.run_async("duizhang.tool().then((blob) => blob.text()).then(arguments[0])", Vec::new()).await;
    let saved = saved.as_str().unwrap();
    let delivered = std::fs::read_to_string(built("duizhang.html")).unwrap();
    let apart = saved.bytes().zip(delivered.bytes()).position(|(one, other)| one != other);
    let near = |text: &str, at: usize| {
        String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(80)..text.len().min(at + 80)]).into_owned()
    };
    assert_eq!(apart.map(|at| (near(saved, at), near(&delivered, at))), None);
    assert_eq!(saved.len(), delivered.len());
    let copy = Scratch::new("tool.html", saved);
    browser.open(&format!("file://{copy}")).await;
    browser.close().await;
}
