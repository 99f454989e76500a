//! Charts, comparison, try-out and large tables in a real browser.
#![cfg(not(target_arch = "wasm32"))]

mod browser;

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

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

/// Whether each mark of the drawing that is shown has its place: the flow has one for each width of the screen.
fn every_mark_is_drawn(id: &str) -> String {
    format!(
        "const marks = [...document.querySelectorAll('#{id} svg a')].filter((mark) => mark.closest('svg').checkVisibility());\
         return marks.length > 1 && marks.every((mark) => mark.getBoundingClientRect().width > 0)"
    )
}

/// On a phone charts are drawn so that they need no scrolling, the flow in two panels, and no name in it leaves the drawing or
/// covers another.
#[tokio::test]
async fn charts_fit_a_phone() {
    let server = Server::start().await;
    let browser = opened(&server, PHONE).await;
    browser.press("3").await;
    browser.until("the flow", "return document.querySelector('#chart-flow svg.for-narrow')?.checkVisibility()").await;
    let hidden = "return document.querySelector('#chart-flow svg.for-wide').checkVisibility()";
    assert_eq!(browser.run(hidden).await, false, "one of the two");
    for id in ["chart-flow", "chart-tree", "chart-change", "chart-three"] {
        assert_eq!(browser.run(&every_mark_is_drawn(id)).await, true, "{id}");
        let scrolls =
            format!("const at = document.querySelector('#{id} .chart-scroll'); return at.scrollWidth - at.clientWidth");
        assert!(browser.run(&scrolls).await.as_i64().unwrap() <= 1, "{id}: nothing stands beyond the edge");
    }
    for id in ["chart-flow", "chart-change"] {
        let astray = browser
            .run(&format!(
                "const drawing = document.querySelector('#{id} svg.for-narrow'), all = drawing.getBoundingClientRect();\
                 const boxes = [...drawing.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect()]);\
                 const out = boxes.filter(([, box]) => box.left < all.left - 1 || box.right > all.right + 1);\
                 const over = boxes.filter(([, a], at) => boxes.slice(at + 1).some(([, b]) =>\
                     Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3));\
                 return [...out, ...over].map(([text]) => text)"
            ))
            .await;
        assert_eq!(astray, json!([]), "{id}");
    }
    browser.resize(DESKTOP).await;
    browser.until("the wide one", "return document.querySelector('#chart-flow svg.for-wide').checkVisibility()").await;
    assert_eq!(browser.run(&every_mark_is_drawn("chart-flow")).await, true);
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
        assert_eq!(browser.run(&every_mark_is_drawn(id)).await, true, "{id}: every mark is drawn");
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

/// Shares in percent or in thousandths: of the charts, of a cell, and of the lines that are compared; remembered.
#[tokio::test]
async fn shares_are_said_as_the_reader_prefers() {
    let server = Server::start().await;
    let browser = opened(&server, DESKTOP).await;
    browser.press("3").await;
    browser.until("the charts", "return !!document.querySelector('section.chart')").await;
    let text = async |of: &str| {
        let text = browser.run(&format!("return document.querySelector({of:?})?.textContent ?? ''")).await;
        text.as_str().unwrap().to_owned()
    };
    assert!(text("#charts-title").await.contains("61.54%"), "{}", text("#charts-title").await);
    browser.run("const shares = document.getElementById('shares'); shares.value = 'permille'; shares.dispatchEvent(new Event('change', { bubbles: true }))").await;
    browser.until("thousandths", "return document.getElementById('charts-title').innerText.includes('615.38‰')").await;
    for id in ["#chart-flow", "#chart-tree", "#chart-three"] {
        let all = text(id).await;
        assert!(all.contains('‰') && !all.contains('%'), "{id}: {all}");
    }
    let spoken = "return [...document.querySelectorAll('#chart-three svg a')].every((mark) => mark.getAttribute('aria-label').includes('‰'))";
    assert_eq!(browser.run(spoken).await, true);
    // A cell.
    browser.press("2").await;
    let cell = "const row = [...document.querySelectorAll('.rt tr')].find((row) => row.innerText.includes('行政运行'));\
                row.querySelector('td.c').focus(); return true";
    browser.until("the table", "return document.querySelectorAll('.rt tr').length > 3").await;
    browser.run("document.querySelectorAll('#tables button').forEach((b) => { if (b.innerText.includes('支出总表')) b.click() })").await;
    browser.until("the row", cell).await;
    browser.until("its share", "return document.getElementById('cell-share')?.innerText.includes('‰')").await;
    assert!(text("#cell-share").await.contains("每 1,000 元里有"), "{}", text("#cell-share").await);
    // The lines of two years.
    browser.press("4").await;
    browser.until("the lines", "return !!document.querySelector('#compare-rows tr')").await;
    assert!(!text("#compare-rows").await.contains('‰'));
    browser.click("#compare-of button:last-child").await;
    browser.until("shares", "return document.getElementById('compare-rows').innerText.includes('369.23‰')").await;
    let head = text("table.cmp thead").await;
    assert!(head.contains("占比增减（个千分点）") && !head.contains("增减率"), "{head}");
    let title = text("#compare-title").await;
    assert!(title.contains("占比变化最大的是购房补贴（+23.08 个千分点）"), "{title}");
    let printed = "return [...document.querySelectorAll('#compare-rows .figlink')].find((link) => link.innerText === '369.23‰').title";
    assert_eq!(browser.run(printed).await, "原文 480.00 万元");
    let foot = text("table.cmp tfoot").await;
    assert!(foot.contains("1,000.00‰"), "{foot}");
    browser.click("#compare-of button:first-child").await;
    browser.until("amounts", "return document.getElementById('compare-rows').innerText.includes('480.00')").await;
    browser.client.goto("about:blank").await.unwrap();
    browser.open_with(&server.address, &[BUDGET_FILE]).await;
    browser.press("3").await;
    browser.until("remembered", "return document.getElementById('charts-title')?.innerText.includes('‰')").await;
    assert_eq!(browser.console_errors().await, [""; 0]);
    browser.close().await;
}

/// Alone, a document is told what to do for a comparison.
#[tokio::test]
async fn a_comparison_needs_another_document() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open_with(&server.address, &[BUDGET_FILE]).await;
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
    browser.click("#compare-of button:last-child").await;
    browser.until("shares", "return document.getElementById('compare-rows').innerText.includes('%')").await;
    look(&browser, &axe, "comparison of shares", &mut wrong).await;
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    browser.close().await;
}

/// The pictures of the documentation are there, and small enough to be cloned by everybody.
#[test]
fn the_pictures_of_the_documentation_are_few_bytes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/screens");
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()).collect();
    let bytes: u64 = files.iter().map(|file| file.metadata().unwrap().len()).sum();
    assert_eq!(files.len(), 30, "five states, three widths, light and dark");
    assert!(bytes <= 3_200_000, "{bytes} bytes");
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
            browser.resize_to(width, 720).await;
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

/// Another figure in a cell: the sums that then break or hold are told, nothing else changes, one key puts it back.
#[tokio::test]
async fn a_figure_can_be_tried_and_put_back() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open_with(&server.address, &[BUDGET_FILE]).await;
    browser.run("document.querySelector('#finding-list .finding').click()").await;
    browser.click(".detail .eq .n button").await;
    browser.until("the cell", "return document.activeElement.id.startsWith('cell-')").await;
    let marks = "return document.querySelectorAll('.rt .c-err, .rt .c-warn, .rt .c-maybe').length";
    let before = browser.run(marks).await;
    assert!(before.as_u64().unwrap() > 0);
    // 购房补贴 is 27.00 where all ties: 170.00 less 107.00 and 36.00.
    let cell = "return [...document.querySelectorAll('.rt tr')].find(r => r.innerText.includes('购房补贴')).querySelector('td.c').id";
    let id = browser.run(cell).await;
    browser.run(&format!("document.getElementById({id}).focus()")).await;
    browser.until("its panel", "return document.querySelector('.cellbox h2')?.innerText.includes('购房补贴')").await;
    browser.press("t").await;
    browser.until("the field", "return document.activeElement.id === 'try-figure'").await;
    browser.run("document.getElementById('try-figure').value = '27.00'").await;
    browser.press("Enter").await;
    let says = browser.until("the banner", "return document.querySelector('.tryout')?.innerText").await;
    let says = says.as_str().unwrap();
    assert!(
        says.contains("正在试改 1 格") && says.contains("30.00 改作 27.00") && says.contains("不是公开文件的数"),
        "{says}"
    );
    let tried = browser.run("return document.querySelector('.c-try').innerText").await;
    assert!(tried.as_str().unwrap().contains("30.00") && tried.as_str().unwrap().contains("27.00"), "{tried}");
    nothing_tried_is_taken_unmarked(&browser, id.as_str().unwrap()).await;
    // The findings are the document's.
    browser.press("1").await;
    let findings =
        browser.until("the findings", "return document.querySelectorAll('#finding-list .finding').length").await;
    assert!(findings.as_u64().unwrap() > 0);
    browser.press("2").await;
    browser.until("the banner again", "return !!document.querySelector('.tryout')").await;
    browser.press("r").await;
    browser
        .until("it is put back", "return !document.querySelector('.tryout') && !document.querySelector('.c-try')")
        .await;
    assert_eq!(browser.run(marks).await, before);
    browser.close().await;
}

/// What a copy event takes along, and what is said then.
const COPIED: &str = "const data = new DataTransfer();
    (arguments[0] ? document.querySelector(arguments[0]) : document.activeElement)
        .dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
    return [data.getData('text/plain'), data.getData('text/html')];";

/// While 27.00 is tried where 30.00 is printed: cells and tables go out as printed, selected text says what it is, and
/// the search knows the printed figure alone and says so.
async fn nothing_tried_is_taken_unmarked(browser: &Browser, cell: &str) {
    browser.run(&format!("getSelection().removeAllRanges(); document.getElementById({cell:?}).focus()")).await;
    let copied = browser.run_with(COPIED, vec![json!(null)]).await;
    assert_eq!(copied[0], "30.00\n", "a cell goes out as printed");
    let said = "return [...document.querySelectorAll('[role=status]')].map((e) => e.innerText).join()";
    let said = browser.run(said).await;
    assert!(said.as_str().unwrap().contains("不含试改"), "{said}");
    browser
        .run("addEventListener('copy', (event) => { window.copied = event.clipboardData.getData('text/plain'); })")
        .await;
    browser.click("#copy-table").await;
    let table = browser.until("the table on the clipboard", "return window.copied").await;
    assert!(table.as_str().unwrap().contains("30.00") && !table.as_str().unwrap().contains("27.00"), "{table}");
    for place in [".c-try", ".cellbox .big", ".tbl-main .scroller", "body"] {
        browser
            .run_with(
                "document.activeElement.blur(); getSelection().selectAllChildren(document.querySelector(arguments[0]))",
                vec![json!(place)],
            )
            .await;
        let copied = browser.run_with(COPIED, vec![json!(place)]).await;
        let (text, html) = (copied[0].as_str().unwrap(), copied[1].as_str().unwrap());
        let (first, rest) = text.split_once('\n').unwrap_or_else(|| panic!("{place}: {text}"));
        assert!(
            first.contains("试改") && first.contains("30.00 改作 27.00") && rest.contains("27.00"),
            "{place}: {text}"
        );
        assert!(html.starts_with("<p><strong>【试改】"), "{place}: {html}");
    }
    browser.run("getSelection().removeAllRanges()").await;
    browser.run("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true, cancelable: true }))").await;
    browser.until("the search", "return document.activeElement.id === 'find-field'").await;
    let search = "const field = document.activeElement; field.value = arguments[0]; field.dispatchEvent(new Event('input', { bubbles: true }))";
    browser.run_with(search, vec![json!("购房补贴")]).await;
    let found = browser.until("the row", "return document.getElementById('find-0')?.innerText").await;
    assert!(found.as_str().unwrap().contains("30.00") && !found.as_str().unwrap().contains("27.00"), "{found}");
    browser
        .until("it is said", "return document.getElementById('find-as-printed')?.innerText.includes('不含试改')")
        .await;
    browser.leave_the_search().await;
}

/// A term says what it means when it is pointed at, and Escape sends it away; all of them stand in a list.
#[tokio::test]
async fn terms_explain_themselves() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open_with(&server.address, &[BUDGET_FILE]).await;
    browser.press("2").await;
    browser.until("a term", "return !!document.querySelector('.rt .term')").await;
    browser
        .run("document.querySelector('.rt .term').dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))")
        .await;
    let note = browser.until("the note", "return document.getElementById('term-note')?.innerText").await;
    assert!(note.as_str().unwrap().contains('。'), "{note}");
    browser.press("Escape").await;
    browser.until("it is gone", "return !document.getElementById('term-note')").await;
    browser.press("g").await;
    browser.until("the list", "return document.activeElement.id === 'glossary-search'").await;
    assert!(browser.run("return document.querySelectorAll('.glossary dt').length").await.as_u64().unwrap() >= 40);
    browser.press("Escape").await;
    browser.until("it is closed", "return !document.querySelector('[role=dialog]')").await;
    browser.close().await;
}

/// A table of so many projects, each adding up to its total.
fn long_table(rows: usize) -> String {
    let mut text = String::from(
        "# 某市数据局 2025 年部门预算公开\n\n### 表10 项目支出表\n\n单位：万元\n\n| 项目编码 | 项目名称 | 合计 | 一般公共预算 | 政府性基金预算 |\n| --- | --- | ---: | ---: | ---: |\n",
    );
    let _ = writeln!(text, "|  | 合计 | {}.00 | {rows}.00 | {rows}.00 |", rows * 2);
    for row in 0..rows {
        let _ = writeln!(text, "| 4212002220900{row:08} | 第{row}号绿道养护项目 | 2.00 | 1.00 | 1.00 |");
    }
    text
}

/// Of a long table only what is near is drawn, and any row can be come to.
#[tokio::test]
async fn a_table_of_20_000_rows_is_drawn_where_it_is_looked_at() {
    let server = Server::start().await;
    let browser = Browser::start(DESKTOP).await;
    browser.open(&server.address).await;
    browser.choose(&[("long.md", long_table(20_000).as_bytes())]).await;
    // Longer than any other document takes, most of all in a build without optimisation.
    let begun = Instant::now();
    let ready =
        "return document.querySelectorAll('.doctab').length === 1 && !document.querySelector('[aria-busy=true]')";
    while browser.run(ready).await != true {
        assert!(begun.elapsed() < Duration::from_mins(2), "20,000 rows are checked");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    println!("20,000 rows from file to verdict: {} ms", begun.elapsed().as_millis());
    browser.press("2").await;
    browser.until("the table", "return document.querySelectorAll('.rt tbody[data-piece] tr').length > 90").await;
    assert_eq!(browser.run("return document.querySelector('.rt').getAttribute('aria-rowcount')").await, "20002");
    let measured = browser.scroll_through(".tbl-main .scroller", ".rt tr", 240).await;
    println!("scrolling 20,000 rows: {measured}");
    let rows = measured["rows"].as_u64().unwrap();
    assert!(rows <= 700, "{rows} rows are drawn at once");
    browser.until("the last row", "return document.querySelector('.rt').innerText.includes('第19999号')").await;
    let top = browser.run("return document.querySelector('.rt thead th').getBoundingClientRect().top - document.querySelector('.tbl-main .scroller').getBoundingClientRect().top").await;
    assert!(top.as_f64().unwrap().abs() < 3.0, "the head stays: {top}");
    browser.close().await;
}
