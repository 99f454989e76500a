//! The page for everybody: forced colours, enlarged four times, without motion, read aloud, by touch, on paper.
#![cfg(not(target_arch = "wasm32"))]

mod browser;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use browser::{BUDGET, BUDGET_FILE, Browser, DESKTOP, PHONE, Server, axe, axe_finds};
use serde_json::{Value, json};

/// The states that a reader comes through, one after another: each is brought about, and then looked at.
async fn through_the_states(browser: &Browser, server: &Server, look: &mut impl AsyncFnMut(&str)) {
    browser.open(&server.address).await;
    look("start").await;
    let last = BUDGET.replace("2025", "2024").replace("480.00", "500.00").replace("980.00", "1,000.00");
    browser.choose(&[BUDGET_FILE, ("last.md", last.as_bytes())]).await;
    browser.checked(2).await;
    browser.run("document.querySelector(\".doctab-open[title='budget.md']\").click()").await;
    look("findings").await;
    browser.run("document.querySelector('#finding-list .finding').click()").await;
    browser.until("the detail", "return document.activeElement.id === 'detail-title'").await;
    look("detail").await;
    for (key, there, name) in [
        ("2", ".scroller table", "table"),
        ("3", "section.chart", "charts"),
        ("4", "#compare-rows tr", "comparison"),
        ("5", ".source-view", "source"),
    ] {
        browser.press(key).await;
        browser.until(name, &format!("return !!document.querySelector({there:?})")).await;
        look(name).await;
    }
    browser.press("?").await;
    browser.until("the keys", "return document.activeElement.id === 'keys-close'").await;
    look("keys").await;
    browser.press("Enter").await;
    browser.run("document.getElementById('export').click()").await;
    browser.until("the forms", "return !!document.querySelector('dialog #form-json')").await;
    look("forms").await;
    browser.press("Escape").await;
}

/// Looks at every state of the page on a screen of this width: nothing may be found wrong.
async fn nothing_is_wrong(width: u32, mut look: impl AsyncFnMut(&Browser, &str, &mut Vec<String>)) {
    let server = Server::start().await;
    let browser = Browser::start(width).await;
    let mut wrong = Vec::new();
    through_the_states(&browser, &server, &mut async |name: &str| look(&browser, name, &mut wrong).await).await;
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    browser.close().await;
}

/// Adds what a function body finds in the page.
async fn also(browser: &Browser, script: &str, name: &str, wrong: &mut Vec<String>) {
    let found = browser.run(script).await;
    wrong.extend(found.as_array().unwrap().iter().map(|what| format!("{name}: {what}")));
}

#[tokio::test]
async fn forced_colours_lose_nothing() {
    let axe = axe();
    nothing_is_wrong(DESKTOP, async |browser, name, wrong| {
        for scheme in ["light", "dark"] {
            browser.prefer_all(&[("forced-colors", "active"), ("prefers-color-scheme", scheme)]).await;
            axe_finds(browser, &axe, &format!("{name}, {scheme}"), wrong).await;
            also(browser, UNSEEN, &format!("{name}, {scheme}: not seen"), wrong).await;
        }
        browser.prefer_all(&[]).await;
    })
    .await;
}

/// Marks and shapes of charts that are drawn in the colour of what they stand on, and have no outline in another.
const UNSEEN: &str = r#"
const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
        const colour = getComputedStyle(at).backgroundColor;
        if (colour && colour !== "rgba(0, 0, 0, 0)") return colour;
    }
    return getComputedStyle(document.body).backgroundColor;
};
const wrong = [];
for (const mark of document.querySelectorAll("svg.mk, svg.icon")) {
    if (mark.getClientRects().length && getComputedStyle(mark).color === ground(mark)) wrong.push(mark.outerHTML.slice(0, 90));
}
for (const shape of document.querySelectorAll(".cv rect:not(.track), .cv path, .cmp .bar rect")) {
    const style = getComputedStyle(shape), under = ground(shape.closest("svg"));
    if ([style.fill, style.stroke].every((colour) => colour === "none" || colour === under)) wrong.push(shape.outerHTML.slice(0, 90));
}
return [...new Set(wrong)].slice(0, 5);
"#;

/// A window of 1280 pixels enlarged four times is 320 wide and 256 high.
#[tokio::test]
async fn enlarged_four_times_nothing_is_cut_off() {
    let axe = axe();
    nothing_is_wrong(DESKTOP, async |browser, name, wrong| {
        for scheme in ["light", "dark"] {
            browser.resize_to(320, 256).await;
            browser.prefer_all(&[("prefers-color-scheme", scheme)]).await;
            axe_finds(browser, &axe, &format!("{name}, {scheme}"), wrong).await;
        }
        also(browser, CUT_OFF, name, wrong).await;
        browser.resize(DESKTOP).await;
    })
    .await;
}

/// What cannot be come to by scrolling up and down: a page that is wider than the window, controls beyond its edge
/// outside of what scrolls by itself, and what stays in place and takes more than a third of the window.
const CUT_OFF: &str = r#"
const wrong = [];
if (document.documentElement.scrollWidth > innerWidth) wrong.push(`the page is ${document.documentElement.scrollWidth} pixels wide`);
const seen = (element) => element.getClientRects().length && getComputedStyle(element).visibility !== "hidden";
const scrolls = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (/auto|scroll/.test(style.overflowX) && at.clientWidth < at.scrollWidth) return true;
        // For screen readers alone.
        if (style.clipPath !== "none" && at.clientWidth <= 1) return true;
    }
    return false;
};
for (const control of document.querySelectorAll("button, a[href], input, select, textarea, summary, h1, h2, h3, p")) {
    const at = control.getBoundingClientRect();
    if (seen(control) && at.width > 1 && (at.right > innerWidth + 1 || at.left < -1) && !scrolls(control)) {
        wrong.push(`${control.outerHTML.slice(0, 80)} ends at ${Math.round(at.right)}`);
    }
}
const stays = [...document.querySelectorAll("body *")].filter((e) => /sticky|fixed/.test(getComputedStyle(e).position) && seen(e)
    && !e.closest("dialog, .modal, .scroller, [role=region]"));
const taken = stays.reduce((sum, e) => sum + e.getBoundingClientRect().height, 0);
if (taken > innerHeight / 3) wrong.push(`${Math.round(taken)} of ${innerHeight} pixels stay in place: ${stays.map((e) => e.className)}`);
return wrong.slice(0, 8);
"#;

/// A reader who does not want motion gets none; who has not said so may.
#[tokio::test]
async fn nothing_moves_for_who_wants_no_motion() {
    nothing_is_wrong(DESKTOP, async |browser, name, wrong| {
        browser.prefer_all(&[("prefers-reduced-motion", "reduce")]).await;
        also(browser, MOVES, name, wrong).await;
        browser.prefer_all(&[]).await;
    })
    .await;
}

const MOVES: &str = r#"
const wrong = [...document.querySelectorAll("*")].filter((element) => {
    const style = getComputedStyle(element);
    return parseFloat(style.transitionDuration) > 0 || (style.animationName !== "none" && parseFloat(style.animationDuration) > 0);
});
const smooth = getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["the page scrolls smoothly"] : [];
return wrong.map((element) => element.outerHTML.slice(0, 80)).concat(smooth).slice(0, 5);
"#;

/// The tree that screen readers are given, as its nodes that are not left out.
async fn spoken_tree(browser: &Browser) -> Vec<Value> {
    browser.devtools("Accessibility.enable", json!({})).await;
    let tree = browser.devtools("Accessibility.getFullAXTree", json!({})).await;
    let nodes = tree["nodes"].as_array().unwrap_or_else(|| panic!("{tree}")).clone();
    nodes.into_iter().filter(|node| node["ignored"] != true).collect()
}

/// Roles that say nothing without a name.
const NAMED: &[&str] = &[
    "alertdialog",
    "button",
    "checkbox",
    "combobox",
    "dialog",
    "graphics-document",
    "graphics-object",
    "image",
    "img",
    "link",
    "listbox",
    "menuitem",
    "navigation",
    "option",
    "progressbar",
    "radio",
    "region",
    "searchbox",
    "slider",
    "spinbutton",
    "switch",
    "tab",
    "table",
    "textbox",
    "DisclosureTriangle",
    "PopUpButton",
];

#[tokio::test]
async fn every_control_and_picture_has_a_name() {
    let mut controls = 0;
    nothing_is_wrong(DESKTOP, async |browser, name, wrong| {
        for node in spoken_tree(browser).await {
            let role = node["role"]["value"].as_str().unwrap_or_default();
            if !NAMED.contains(&role) {
                continue;
            }
            controls += 1;
            if node["name"]["value"].as_str().unwrap_or_default().trim().is_empty() {
                let about =
                    browser.devtools("DOM.describeNode", json!({ "backendNodeId": node["backendDOMNodeId"] })).await;
                wrong.push(format!("{name}: a {role} without a name: {}", about["node"]["attributes"]));
            }
        }
    })
    .await;
    assert!(controls > 300, "the tree was read: {controls}");
}

/// Who does not see the verdict hears it, and hears what a chosen cell and a try-out come to.
#[tokio::test]
async fn live_regions_tell_the_verdict() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open_with(&server.address, &[BUDGET_FILE]).await;
    let opened = duizhang::run(&[("budget.md".to_owned(), BUDGET.into())]);
    let said = spoken_live(&browser).await;
    let places = opened.findings.iter().filter(|f| f.severity == duizhang::rules::Severity::Error).count();
    assert!(said.contains(&format!("有 {places} 处数字不符")), "{said}");
    browser.press("2").await;
    browser.until("the table", "return !!document.querySelector('.scroller td.c')").await;
    browser.run("document.querySelector('.scroller td.c:not(.c-empty)').focus()").await;
    browser.until("the cell is told", "return document.querySelector('.cell-live').innerText.includes('核对')").await;
    let said = spoken_live(&browser).await;
    assert!(said.contains("1,300.00") && said.contains("项核对"), "{said}");
    browser.close().await;
}

/// All that the live regions of the tree say.
async fn spoken_live(browser: &Browser) -> String {
    let nodes = spoken_tree(browser).await;
    let of = |id: &Value| nodes.iter().find(|node| node["nodeId"] == *id);
    let mut open: Vec<&Value> = nodes.iter().filter(|node| node["role"]["value"] == "status").collect();
    assert!(!open.is_empty(), "there are live regions");
    let mut said = String::new();
    while let Some(node) = open.pop() {
        if node["role"]["value"] == "StaticText" {
            said.push_str(node["name"]["value"].as_str().unwrap_or_default());
        }
        open.extend(node["childIds"].as_array().into_iter().flatten().rev().filter_map(of));
    }
    said
}

/// By touch: 24 pixels at least, 44 for the buttons that a phone is held for. Marks of a chart are as large as their
/// figures; each stands in the table behind it, too.
#[tokio::test]
async fn what_is_touched_is_large_enough() {
    nothing_is_wrong(PHONE, async |browser, name, wrong| {
        also(browser, SMALL, name, wrong).await;
    })
    .await;
}

const SMALL: &str = r#"
const wrong = [];
const large = ".btn, .views .wrap > button, .doctab-open, .doctab-close, .finding, .toc button";
for (const control of document.querySelectorAll("button, select, input:not([hidden]), summary, a[href]:not(svg a):not(.skip)")) {
    const at = control.getBoundingClientRect();
    if (!control.checkVisibility() || at.width <= 1) continue;
    // A check box is touched by its label.
    const label = control.closest("label")?.getBoundingClientRect();
    const [width, height] = [Math.max(at.width, label?.width ?? 0), Math.max(at.height, label?.height ?? 0)].map(Math.round);
    // A term in a heading, and a short figure among figures, are as wide as what they say.
    const word = control.matches(".linklike, .figlink, .term");
    const least = control.matches(large) ? 44 : 24;
    if (height < least || (!word && width < 24)) wrong.push(`${width} × ${height}, ${least} wanted: ${control.outerHTML.slice(0, 90)}`);
}
return wrong.slice(0, 12);
"#;

/// On paper the charts stand with their tables, which nobody can open there; afterwards the page is as it was.
#[tokio::test]
async fn charts_are_printed_with_their_tables() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open_with(&server.address, &[BUDGET_FILE]).await;
    browser.press("3").await;
    browser.until("the charts", "return !!document.querySelector('section.chart')").await;
    browser.run("document.querySelector('#chart-three details').open = true").await;
    let paper = json!({ "paperWidth": 8.27, "paperHeight": 11.69, "printBackground": false });
    let printed = browser.devtools("Page.printToPDF", paper).await;
    let pdf = STANDARD.decode(printed["data"].as_str().unwrap()).unwrap();
    let document = duizhang::read::read("charts.pdf", &pdf).unwrap();
    let text = serde_json::to_string(&document).unwrap();
    for table in ["机关事业单位职业年金缴费支出", "占比"] {
        assert!(text.contains(table), "{table}: {text}");
    }
    // Once in the picture, once in its table.
    assert!(text.matches("1,300.00").count() >= 4, "{}", text.matches("1,300.00").count());
    for screen in ["看成表格", "金额显示为", "添加文件"] {
        assert!(!text.contains(screen), "{screen} is of no use on paper");
    }
    let open = "return [...document.querySelectorAll('.chart details')].map((table) => table.open).join()";
    assert_eq!(browser.run(open).await, json!("false,false,true"));
    browser.close().await;
}
