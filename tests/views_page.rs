//! Charts, comparison, try-out and large tables in a real browser.
#![cfg(not(target_arch = "wasm32"))]

mod browser;

use std::path::Path;

use browser::{BUDGET, BUDGET_FILE, Browser, DESKTOP, PHONE, Server, axe, look};
use serde_json::json;

/// The test's budget a year before, a little smaller, and without one subject.
fn last_year() -> String {
    BUDGET
        .replace("2025", "2024")
        .replace("| 2010301 | 行政运行 | 480.00 | 480.00 |", "| 2010301 | 行政运行 | 500.00 | 500.00 |")
        .replace("| 201 | 一般公共服务支出 | 980.00 | 480.00", "| 201 | 一般公共服务支出 | 1,000.00 | 500.00")
        .replace("|  | 合计 | 1,300.00 | 800.00", "|  | 合计 | 1,320.00 | 820.00")
        .replace("| 2210203 | 购房补贴 | 30.00 | 30.00 |  |\n", "")
}

const MIDDLE: u32 = 768;

async fn opened(server: &Server, width: u32) -> Browser {
    let browser = Browser::start(width).await;
    browser.open(&server.address).await;
    let last = last_year();
    browser.choose(&[BUDGET_FILE, ("last.md", last.as_bytes())]).await;
    browser.checked(2).await;
    browser.click(".doctab-open[title='budget.md']").await;
    browser
}

/// Every chart is drawn, carries printed figures, has its table, and a mark leads to its cell.
#[tokio::test]
async fn charts_are_of_printed_cells_and_lead_to_them() {
    let server = Server::start().await;
    let browser = opened(&server, DESKTOP).await;
    browser.press("3").await;
    let charts = browser.until("the charts", "return document.querySelectorAll('section.chart').length").await;
    assert_eq!(charts, 4, "flow, treemap, waterfall, 三公");
    let head = browser.run("return document.getElementById('charts-title').innerText").await;
    assert!(head.as_str().unwrap().contains('%'), "the head states the finding: {head}");
    for id in ["chart-flow", "chart-tree", "chart-change", "chart-three"] {
        let links = browser.run(&format!("return document.querySelectorAll('#{id} svg a').length")).await;
        assert!(links.as_u64().unwrap() > 1, "{id}: {links}");
        let rows = browser.run(&format!("return document.querySelectorAll('#{id} details tbody tr').length")).await;
        assert!(rows.as_u64().unwrap() > 1, "{id} has its table");
        let spoken = browser
            .run(&format!("return [...document.querySelectorAll('#{id} svg a')].every(a => /\\d/.test(a.getAttribute('aria-label')) && a.getAttribute('href').startsWith('#d='))"))
            .await;
        assert_eq!(spoken, true, "{id}: every mark says its figure and has an address");
    }
    // One sum does not tie, and the chart drawn from it says so.
    let says = browser.run("return document.querySelector('#chart-tree .tie').innerText").await;
    assert!(says.as_str().unwrap().contains("不符"), "{says}");
    assert!(browser.run("return document.querySelectorAll('#chart-tree .sg').length").await.as_u64().unwrap() > 0);
    // Into a group and out again.
    browser.click("#chart-tree .legend button").await;
    browser.until("the group", "return document.querySelectorAll('#chart-tree .way button').length === 2").await;
    browser.click("#chart-tree .way button").await;
    browser.until("all of it", "return document.querySelectorAll('#chart-tree .way button').length === 1").await;
    // The view has an address.
    assert!(browser.run("return location.hash").await.as_str().unwrap().ends_with("&v=charts"));
    browser.run("document.querySelector('#chart-three svg a').focus()").await;
    browser.press("Enter").await;
    let cell = browser
        .until("the cell", "const at = document.activeElement; return at.id.startsWith('cell-') && at.innerText")
        .await;
    assert!(cell.as_str().unwrap().contains("9.00"), "{cell}");
    assert_eq!(browser.console_errors().await, [""; 0]);
    browser.close().await;
}

/// Two years side by side: the largest change first, found by words, swapped.
#[tokio::test]
async fn two_years_stand_side_by_side() {
    let server = Server::start().await;
    let browser = opened(&server, DESKTOP).await;
    browser.press("4").await;
    let first = "return document.querySelector('#compare-rows tr th')?.innerText";
    let row = browser.until("the lines", first).await;
    assert!(row.as_str().unwrap().contains("购房补贴"), "{row}");
    let title = browser.run("return document.getElementById('compare-title').innerText").await;
    assert!(title.as_str().unwrap().contains("变化最大的是购房补贴"), "{title}");
    let search = "const field = document.getElementById('compare-search'); field.value = arguments[0];
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    browser.run_with(search, vec![json!("行政运行")]).await;
    browser.until("one line", "return document.querySelectorAll('#compare-rows tr').length === 1").await;
    let row = browser.run("return document.querySelector('#compare-rows tr').innerText").await;
    assert!(row.as_str().unwrap().contains("▼ −20.00"), "{row}");
    browser.click("#compare-swap").await;
    browser.until("the other way round", "return document.querySelector('.doctab-open[aria-current]').title === 'last.md' && !!document.querySelector('#compare-rows tr')").await;
    browser.press("1").await;
    browser.close().await;
}

/// Alone, a document is told what to do for a comparison.
#[tokio::test]
async fn a_comparison_needs_another_document() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    browser.choose(&[BUDGET_FILE]).await;
    browser.checked(1).await;
    browser.press("4").await;
    let text = browser.until("the hint", "return document.querySelector('main h1')?.innerText").await;
    assert!(text.as_str().unwrap().contains("对比"), "{text}");
    browser.close().await;
}

#[tokio::test]
async fn charts_and_comparison_are_accessible_and_fit() {
    let axe = axe();
    let server = Server::start().await;
    let browser = opened(&server, DESKTOP).await;
    let mut wrong = Vec::new();
    browser.press("3").await;
    browser.until("the charts", "return !!document.querySelector('section.chart')").await;
    look(&browser, &axe, "charts", &mut wrong).await;
    browser.run("document.querySelectorAll('section.chart details').forEach(d => d.open = true)").await;
    look(&browser, &axe, "charts as tables", &mut wrong).await;
    browser.press("4").await;
    browser.until("the comparison", "return !!document.querySelector('#compare-rows tr')").await;
    look(&browser, &axe, "comparison", &mut wrong).await;
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    browser.close().await;
}

/// Pictures of the page for the documentation: `make screens` puts them into `docs/screens`.
#[tokio::test]
#[ignore = "draws pictures; run by `make screens`"]
async fn pictures() {
    let folder = std::env::var_os("DUIZHANG_SCREENS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/screens"),
        |folder| Path::new(&folder).to_owned(),
    );
    std::fs::create_dir_all(&folder).unwrap();
    let server = Server::start().await;
    for width in [PHONE, MIDDLE, DESKTOP] {
        for scheme in ["light", "dark"] {
            let browser = Browser::start(width).await;
            let screen = json!({ "width": width, "height": 780, "deviceScaleFactor": 1, "mobile": false });
            browser.devtools("Emulation.setDeviceMetricsOverride", screen).await;
            browser.prefer(scheme).await;
            browser.open(&server.address).await;
            let picture = async |state: &str| {
                let bytes = browser.client.screenshot().await.unwrap();
                std::fs::write(folder.join(format!("{state}-{width}-{scheme}.png")), bytes).unwrap();
            };
            picture("first").await;
            let last = [
                ("2025", "2024"),
                ("1,498.00", "1,560.00"),
                ("2,862.50", "2,924.50"),
                ("1,816.00", "1,878.00"),
                ("3,286.40", "3,348.40"),
                ("3,246.40", "3,308.40"),
            ];
            let last = last
                .iter()
                .fold(include_str!("../src/app/example.md").to_owned(), |text, (now, then)| text.replace(now, then));
            let example = include_str!("../src/app/example.md");
            browser.choose(&[("2024.md", last.as_bytes()), ("2025.md", example.as_bytes())]).await;
            browser.checked(2).await;
            browser.click(".doctab-open[title='2025.md']").await;
            picture("findings").await;
            browser.run("document.querySelector('#finding-list .finding').click()").await;
            browser.until("the detail", "return document.activeElement.id === 'detail-title'").await;
            browser.run("document.querySelector('.detail .eq .n button').click()").await;
            browser.until("the cell", "return document.activeElement.id.startsWith('cell-')").await;
            picture("table").await;
            browser.press("3").await;
            browser.until("the charts", "return !!document.querySelector('section.chart')").await;
            picture("charts").await;
            browser.press("4").await;
            browser.until("the comparison", "return !!document.querySelector('#compare-rows tr')").await;
            picture("compare").await;
            browser.close().await;
        }
    }
}
