//! A real browser over WebDriver, and a server for the built page: what the browser tests stand on.
//!
//! A test that has no browser or no built page fails and says what to install; it never passes.

#![allow(dead_code, reason = "each test file that includes this module uses a part of it")]

pub(crate) mod pdf;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::TcpListener as PortFinder;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use url::{ParseError, Url};

/// How long anything on the page may take before the test says what it waited for. Generous: two cores, several
/// browsers.
const PATIENCE: Duration = Duration::from_secs(20);

/// The widths that the page is tested at: a phone, a desktop.
pub(crate) const PHONE: u32 = 390;
pub(crate) const DESKTOP: u32 = 1440;

/// A small budget of our own in which one sum does not tie.
pub(crate) const BUDGET: &str = include_str!("budget.md");

/// The same as a file.
pub(crate) const BUDGET_FILE: (&str, &[u8]) = ("budget.md", BUDGET.as_bytes());

/// A browser window of its own.
pub(crate) struct Browser {
    pub(crate) client: Client,
    files: RefCell<Vec<Scratch>>,
    _driver: Driver,
}

struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Whose browser it is. Only Chromium has the tools for developers that most tests use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    /// WebKitGTK, Safari's engine, in its MiniBrowser. It draws on the display that `DISPLAY` names.
    WebKit,
}

impl Engine {
    /// The driver, told to listen at `port`.
    fn driver(self, port: u16) -> Command {
        let (variable, name) = match self {
            Self::Chromium => ("CHROMEDRIVER", "chromedriver"),
            Self::Firefox => ("GECKODRIVER", "geckodriver"),
            Self::WebKit => ("WEBKIT_DRIVER", "WebKitWebDriver"),
        };
        let mut driver = Command::new(program(variable, &[name]));
        driver.arg(format!("--port={port}"));
        driver
    }

    /// What the session is asked for: no window on a screen, Chinese first, no animation.
    fn capabilities(self) -> Value {
        match self {
            Self::Chromium => json!({
                "goog:chromeOptions": {
                    "binary": program("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"]),
                    "prefs": { "intl.accept_languages": "zh-CN,zh" },
                    "args": [
                        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
                        "--no-first-run", "--disable-background-networking", "--disable-component-update",
                        "--disable-sync", "--force-prefers-reduced-motion", "--window-size=1440,900",
                    ],
                },
                "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            }),
            Self::Firefox => json!({
                "moz:firefoxOptions": {
                    "binary": program("FIREFOX", &["firefox", "firefox-esr"]),
                    "prefs": { "intl.accept_languages": "zh-CN,zh", "ui.prefersReducedMotion": 1 },
                    "args": ["-headless", "-width", "1440", "-height", "900"],
                },
            }),
            Self::WebKit => json!({}),
        }
    }
}

impl Browser {
    /// Starts a window of Chromium as wide as `width`.
    pub(crate) async fn start(width: u32) -> Self {
        let browser = Self::start_in(Engine::Chromium).await;
        browser.resize(width).await;
        browser
    }

    /// Starts a window of that engine.
    pub(crate) async fn start_in(engine: Engine) -> Self {
        let port = PortFinder::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let driver = engine
            .driver(port)
            // The page begins in the language of the browser.
            .env("LANGUAGE", "zh_CN")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map(Driver)
            .expect("the driver starts");
        let Value::Object(capabilities) = engine.capabilities() else { unreachable!("an object was written") };
        let begun = Instant::now();
        let client = loop {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(capabilities.clone());
            match builder.connect(&format!("http://127.0.0.1:{port}")).await {
                Ok(client) => break client,
                Err(error) if begun.elapsed() > PATIENCE => panic!("no session of {engine:?}: {error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        };
        Self { client, files: RefCell::default(), _driver: driver }
    }

    /// Makes the window as wide as `width`; a phone's is narrower than a window of Chromium can be.
    pub(crate) async fn resize(&self, width: u32) {
        self.resize_to(width, if width < 600 { 844 } else { 900 }).await;
    }

    /// Makes the window this large, in CSS pixels.
    pub(crate) async fn resize_to(&self, width: u32, height: u32) {
        let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", screen).await;
    }

    /// Opens an address and waits until the page runs.
    pub(crate) async fn open(&self, address: &str) {
        self.client.goto(address).await.unwrap();
        self.until("the page runs", "return window.duizhang && duizhang.state !== 'starting'").await;
        let state = self.run("return duizhang.state + ' ' + duizhang.error").await;
        assert_eq!(state, "running ", "the page starts");
    }

    /// Runs a function body in the page.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.run_with(script, Vec::new()).await
    }

    /// Runs a function body that calls its last argument with the answer.
    pub(crate) async fn run_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute_async(script, arguments).await.unwrap_or_else(|error| panic!("{script}\n{error}"))
    }

    /// Runs a function body with arguments.
    pub(crate) async fn run_with(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.unwrap_or_else(|error| panic!("{script}\n{error}"))
    }

    /// Clicks the first element that the selector finds, once there is one.
    pub(crate) async fn click(&self, selector: &str) {
        self.until(selector, &format!("return !!document.querySelector({selector:?})")).await;
        let element = self.client.find(Locator::Css(selector)).await.unwrap();
        element.click().await.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Presses a key where the focus is, by its name or as a letter.
    pub(crate) async fn press(&self, key: &str) {
        let value = match key {
            "Tab" => '\u{e004}',
            "Enter" => '\u{e007}',
            "Escape" => '\u{e00c}',
            "ArrowUp" => '\u{e013}',
            "ArrowDown" => '\u{e015}',
            letter => letter.chars().next().unwrap(),
        };
        let keys = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.client.perform_actions(keys).await.unwrap();
    }

    /// Escapes from the search: the first time from what was typed.
    pub(crate) async fn leave_the_search(&self) {
        for _ in 0..2 {
            if self.run("return !!document.querySelector('dialog.find[open]')").await == true {
                self.press("Escape").await;
            }
        }
        self.until("the search is closed", "return !document.querySelector('dialog')").await;
    }

    /// Has the page drawn as for a reader who prefers `light` or `dark`.
    pub(crate) async fn prefer(&self, scheme: &str) {
        self.prefer_all(&[("prefers-color-scheme", scheme)]).await;
    }

    /// Has the page drawn as for a reader with these preferences and no others.
    pub(crate) async fn prefer_all(&self, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Scrolls to the end, smoothly for half of so many frames and then in leaps: the most elements that were drawn at
    /// once of those that `rows` selects, and how long the frames took, in milliseconds.
    pub(crate) async fn scroll_through(&self, scroller: &str, rows: &str, frames: u32) -> Value {
        self.run_async(SCROLL, vec![json!(scroller), json!(rows), json!(frames)]).await
    }

    /// Waits until the function body gives something true, and gives it back.
    pub(crate) async fn until(&self, what: &str, script: &str) -> Value {
        let begun = Instant::now();
        loop {
            let value = self.run(script).await;
            if !matches!(value, Value::Null | Value::Bool(false)) && value != "" && value != 0 {
                return value;
            }
            if begun.elapsed() > PATIENCE {
                let text = self.run("return document.body.innerText.slice(0, 1500)").await;
                let errors = self.console_errors().await.join("\n");
                panic!(
                    "waited for: {what}\n{script}\nthe console has: {errors}\nthe page says:\n{}",
                    text.as_str().unwrap_or_default()
                );
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// What the browser logged since the last call: `browser` for the console and refused content, `performance` for
    /// what went over the network.
    pub(crate) async fn log(&self, kind: &'static str) -> Vec<Value> {
        let log = self.client.issue_cmd(Log(kind)).await.unwrap();
        log.as_array().cloned().unwrap_or_default()
    }

    /// Messages of the console at the level of an error.
    pub(crate) async fn console_errors(&self) -> Vec<String> {
        let log = self.log("browser").await;
        let errors = log.iter().filter(|entry| entry["level"] == "SEVERE");
        errors.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Addresses that the page and its frames asked for since the last call, `data:` and `blob:` left out: they ask
    /// nobody.
    pub(crate) async fn requests(&self) -> Vec<String> {
        let log = self.log("performance").await;
        let messages = log.iter().filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok());
        messages
            .filter(|entry| entry["message"]["method"] == "Network.requestWillBeSent")
            .filter_map(|entry| entry["message"]["params"]["request"]["url"].as_str().map(str::to_owned))
            .filter(|url| !url.starts_with("data:") && !url.starts_with("blob:"))
            .collect()
    }

    /// Runs `script` in every page that is opened from now on, before anything of the page's own.
    pub(crate) async fn before_the_page(&self, script: &str) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    /// Chooses files as a reader does in the file dialog. They stay on the disk as long as the window is open: the
    /// page reads them when it comes to them.
    pub(crate) async fn choose(&self, files: &[(&str, &[u8])]) {
        let input = self.client.find(Locator::Css("input[type=file]")).await.unwrap();
        // A field for several files keeps those of the last time.
        self.run("document.querySelector('input[type=file]').value = ''").await;
        let files: Vec<Scratch> = files.iter().map(|(name, bytes)| Scratch::new(name, bytes)).collect();
        let paths: Vec<String> = files.iter().map(ToString::to_string).collect();
        input.send_keys(&paths.join("\n")).await.unwrap();
        self.files.borrow_mut().extend(files);
    }

    /// Opens an address, chooses files, and waits until all of them are checked.
    pub(crate) async fn open_with(&self, address: &str, files: &[(&str, &[u8])]) {
        self.open(address).await;
        self.choose(files).await;
        self.checked(files.len()).await;
    }

    /// Waits until `documents` documents are open and nothing is being read.
    pub(crate) async fn checked(&self, documents: usize) {
        let script = format!(
            "return document.querySelectorAll('.doctab').length === {documents} && !document.querySelector('[aria-busy=true]')"
        );
        self.until(&format!("{documents} documents, checked"), &script).await;
    }

    /// A command of the browser's developer tools.
    pub(crate) async fn devtools(&self, command: &'static str, parameters: Value) -> Value {
        self.client.issue_cmd(DevTools(command, parameters)).await.unwrap()
    }

    pub(crate) async fn close(self) {
        self.client.close().await.unwrap();
    }
}

/// `GET` of one of the browser's logs.
#[derive(Debug)]
struct Log(&'static str);

impl WebDriverCompatibleCommand for Log {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": self.0 }).to_string()))
    }
}

/// A command for the developer tools.
#[derive(Debug)]
struct DevTools(&'static str, Value);

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "cmd": self.0, "params": self.1 }).to_string()))
    }
}

/// A program by its variable or by one of its names.
fn program(variable: &str, names: &[&str]) -> PathBuf {
    if let Some(path) = std::env::var_os(variable) {
        return path.into();
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found = names.iter().flat_map(|name| std::env::split_paths(&folders).map(move |folder| folder.join(name)));
    found.into_iter().find(|path| path.is_file()).unwrap_or_else(|| {
        panic!("{} is not installed: run `make browser` (Debian: chromium chromium-driver) or set {variable}", names[0])
    })
}

/// A file of the built page.
pub(crate) fn built(name: &str) -> PathBuf {
    let dist = std::env::var("DUIZHANG_DIST").unwrap_or_else(|_| "dist".to_owned());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(dist).join(name);
    assert!(path.is_file(), "{} is missing: run `make page` first", path.display());
    path
}

/// A file of its own for a test, removed at its end.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let folder = std::env::temp_dir().join(format!("duizhang-{}-{:?}", std::process::id(), Instant::now()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(folder) = self.0.parent() {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

impl fmt::Display for Scratch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.display())
    }
}

/// A folder that the browser saves into.
pub(crate) struct Downloads {
    folder: PathBuf,
    _kept: Scratch,
}

impl Downloads {
    pub(crate) async fn of(browser: &Browser) -> Self {
        let kept = Scratch::new("marker", "");
        let folder = Path::new(&kept.to_string()).parent().unwrap().to_owned();
        let parameters = json!({ "behavior": "allow", "downloadPath": folder });
        browser.devtools("Browser.setDownloadBehavior", parameters).await;
        Self { folder, _kept: kept }
    }

    /// Waits for a file whose name ends so, and gives its name and content.
    pub(crate) async fn file(&self, ending: &str) -> (String, Vec<u8>) {
        let begun = Instant::now();
        loop {
            for entry in std::fs::read_dir(&self.folder).unwrap().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.ends_with(ending) {
                    return (name, std::fs::read(entry.path()).unwrap());
                }
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "no file *{ending} was saved");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// Serves the built page, and remembers what was asked for.
pub(crate) struct Server {
    pub(crate) address: String,
    asked: Arc<Mutex<BTreeSet<String>>>,
    task: tokio::task::JoinHandle<()>,
}

/// A path as it is meant.
fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let mut digit = || rest.next().map(char::from).and_then(|c| c.to_digit(16)).unwrap_or_default();
        bytes.push(if byte == b'%' { u8::try_from(digit() * 16 + digit()).unwrap_or_default() } else { byte });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Server {
    /// Serves the page at the root.
    pub(crate) async fn start() -> Self {
        Self::under("", &[]).await
    }

    /// Serves the page below a path (`portal/`), and these files beside it, by their paths from the root.
    pub(crate) async fn under(below: &str, files: &[(&str, &str)]) -> Self {
        let below = below.to_owned();
        let files: BTreeMap<String, Vec<u8>> =
            files.iter().map(|&(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect();
        let folder = built("index.html").parent().unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(BTreeSet::new()));
        let heard = Arc::clone(&asked);
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (folder, asked) = (folder.clone(), Arc::clone(&heard));
                let (below, files) = (below.clone(), files.clone());
                tokio::spawn(async move {
                    let mut request = Vec::new();
                    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
                        let mut buffer = [0; 4096];
                        match stream.read(&mut buffer).await {
                            Ok(read) if read > 0 => request.extend_from_slice(&buffer[..read]),
                            _ => return,
                        }
                    }
                    let request = String::from_utf8_lossy(&request).into_owned();
                    let path = request.split(' ').nth(1).unwrap_or_default().trim_start_matches('/');
                    let path = path.split(['?', '#']).next().unwrap_or_default();
                    asked.lock().unwrap().insert(path.to_owned());
                    let name = match path.strip_prefix(below.as_str()) {
                        Some("") => "index.html",
                        Some(name) => name,
                        None => "..",
                    };
                    let decoded = percent_decoded(path);
                    let (status, body) = match (files.get(&decoded), std::fs::read(folder.join(name))) {
                        (Some(body), _) => ("200 OK", body.clone()),
                        (None, Ok(body)) if !name.contains("..") => ("200 OK", body),
                        _ => ("404 Not Found", Vec::new()),
                    };
                    let ending = path.rsplit(['.', '/']).next().unwrap_or_default();
                    let kind = match ending {
                        "" | "html" => "text/html",
                        "js" => "text/javascript",
                        "css" => "text/css",
                        // A portal's server may not know the type.
                        "wasm" if below.is_empty() => "application/wasm",
                        "svg" => "image/svg+xml",
                        "webmanifest" => "application/manifest+json",
                        _ => "application/octet-stream",
                    };
                    let head = format!(
                        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                        body.len()
                    );
                    let _ = stream.write_all(head.as_bytes()).await;
                    let _ = stream.write_all(&body).await;
                });
            }
        });
        Self { address, asked, task }
    }

    /// Answers nobody any more.
    pub(crate) fn stop(&self) {
        self.task.abort();
    }

    /// Paths that were asked for since the last call.
    pub(crate) fn asked(&self) -> BTreeSet<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

/// Looks at the page as it is, at both widths, in light and dark.
pub(crate) async fn look(browser: &Browser, axe: &str, name: &str, wrong: &mut Vec<String>) {
    for width in [PHONE, DESKTOP] {
        browser.resize(width).await;
        let fits = "const wide = document.documentElement.scrollWidth; return wide > innerWidth ? wide : 0";
        let undrawn = browser.run(UNDRAWN).await;
        if undrawn != 0 {
            wrong.push(format!("{name} at {width}: {undrawn} elements of pictures are none of SVG, and are not drawn"));
        }
        let wide = browser.run(fits).await;
        if wide != 0 {
            wrong.push(format!("{name} at {width}: {wide} pixels wide"));
        }
        for scheme in ["light", "dark"] {
            browser.prefer(scheme).await;
            axe_finds(browser, axe, &format!("{name} at {width}, {scheme}"), wrong).await;
        }
    }
    browser.prefer("light").await;
}

/// How many elements inside pictures are not SVG's: a browser leaves them out with all that they hold.
pub(crate) const UNDRAWN: &str = "return [...document.querySelectorAll('svg *')].filter((part) => part.namespaceURI !== 'http://www.w3.org/2000/svg').length";

/// What breaks a rule of accessibility in the page as it is.
pub(crate) async fn axe_finds(browser: &Browser, axe: &str, name: &str, wrong: &mut Vec<String>) {
    browser.run(axe).await;
    let found = browser.run_async(AXE, Vec::new()).await;
    let found = found.as_array().unwrap_or_else(|| panic!("axe answered {found}")).iter();
    wrong.extend(found.map(|violation| format!("{name}: {violation}")));
}

const SCROLL: &str = r"
const [at, drawn, steps, done] = arguments;
const scroller = document.querySelector(at);
const frames = [];
let rows = 0, last = performance.now(), step = 0;
const go = () => {
    const now = performance.now();
    frames.push(now - last);
    last = now;
    rows = Math.max(rows, document.querySelectorAll(drawn).length);
    if (step++ < steps) {
        scroller.scrollTop += step < steps / 2 ? 120 : (scroller.scrollHeight - scroller.scrollTop) / 8 + 200;
        requestAnimationFrame(go);
    } else {
        scroller.scrollTop = scroller.scrollHeight;
        frames.sort((a, b) => a - b);
        const of = (share) => Math.round(frames[Math.floor(frames.length * share)] * 10) / 10;
        setTimeout(() => { scroller.scrollTop = scroller.scrollHeight; done({ rows, frames: frames.length, median: of(0.5), p95: of(0.95), longest: of(0.999) }); }, 100);
    }
};
requestAnimationFrame(go);
";

/// Each violation in a line: the rule, and the first elements that break it.
const AXE: &str = r#"
const done = arguments[0];
axe.run(document, { resultTypes: ["violations"] }).then(
    (result) => done(result.violations.map((v) =>
        v.id + ": " + v.nodes.slice(0, 3).map((n) => n.target.join(" ") + " (" + n.any.concat(n.all, n.none).map((c) => c.message).join("; ") + ")").join(" | "))),
    (error) => done(String(error)));
"#;

/// The accessibility rules, as one script.
pub(crate) fn axe() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".tools/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing: run `make browser`", path.display()))
}
