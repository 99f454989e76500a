//! The last step of building the page, run by trunk: ties the workers in, writes the content security policy, makes
//! the single file, prints sizes.
//!
//! In: trunk's folder with `index.html`, `page-*.js`, `page-*_bg.wasm`, `boot.js`, style sheets, and for each worker a
//! script and a module (`worker.js`, `worker_bg.wasm`). Out, in the same folder: `index.html` for a server, `duizhang.html` that holds all of it,
//! `sizes.txt`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::{env, error, fs, io};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::{Compression, GzBuilder};
use sha2::{Digest as _, Sha256};

type Result<T> = std::result::Result<T, Box<dyn error::Error>>;

/// The single file.
const SINGLE: &str = "duizhang.html";

/// The modules that run in workers. The first is started with the page, the others when they are needed.
const WORKERS: [&str; 3] = ["worker", "reader", "picture"];

/// What ends a worker's script: its first message is the compiled module.
const WORKER_START: &str =
    "\nonmessage = (event) => { onmessage = null; wasm_bindgen({ module_or_path: event.data }); };\n";

/// What only the hosted page has: installing, and a service worker that keeps its files.
const MANIFEST: (&str, &str) = ("manifest.webmanifest", include_str!("../../hosted/manifest.webmanifest"));
const ICON: (&str, &str) = ("icon.svg", include_str!("../../hosted/icon.svg"));
const KEEPER: (&str, &str) = ("service-worker.js", include_str!("../../hosted/service-worker.js"));

/// The element that puts the page into a portal's own pages; the page itself does not load it.
const ELEMENT: (&str, &str) = ("duizhang-check.js", include_str!("../../hosted/duizhang-check.js"));

/// Where the sizes are left for the tests, which hold the limit.
const SIZES: &str = "sizes.txt";

fn main() -> Result<()> {
    let folder = env::var("TRUNK_STAGING_DIR").or_else(|_| env::args().nth(1).ok_or("usage: pack FOLDER"))?;
    let folder = Path::new(&folder);
    let parts = Parts::take(folder)?;
    let hosted = parts.hosted(folder)?;
    let single = parts.single()?;
    fs::write(folder.join("index.html"), &hosted)?;
    fs::write(folder.join(SINGLE), &single)?;
    if env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "debug") {
        // `make quick`: whoever looks at it waits for it, and its sizes mean nothing.
        return Ok(());
    }
    let sizes = parts.sizes(&hosted, &single)?;
    fs::write(folder.join(SIZES), &sizes)?;
    io::stdout().write_all(sizes.as_bytes())?;
    parts.refuse_paths()
}

/// What trunk built.
struct Parts {
    /// The page with its `<link rel="stylesheet">` and `<script src>` tags.
    html: String,
    styles: Vec<File>,
    page_script: File,
    page_wasm: File,
    workers: Vec<Worker>,
    boot: String,
}

/// A module that runs in a worker.
struct Worker {
    name: &'static str,
    script: String,
    wasm: Vec<u8>,
}

/// A file that the page names.
struct File {
    /// The whole tag that names it.
    tag: String,
    bytes: Vec<u8>,
}

impl File {
    fn text(&self) -> Result<&str> {
        Ok(std::str::from_utf8(&self.bytes)?)
    }
}

impl Parts {
    /// Reads the folder, and removes from it what is written anew under a name with a hash.
    fn take(folder: &Path) -> Result<Self> {
        let html = fs::read_to_string(folder.join("index.html"))?;
        let mut styles = Vec::new();
        let mut page_script = None;
        let mut page_wasm = None;
        for tag in tags(&html) {
            let file = |name: &str| -> Result<File> {
                Ok(File {
                    tag: tag.to_owned(),
                    bytes: fs::read(folder.join(name)).map_err(|e| format!("{name}: {e}"))?,
                })
            };
            if tag.starts_with("<link") && attribute(tag, "rel") == Some("stylesheet") {
                styles.push(file(attribute(tag, "href").ok_or("a style sheet without href")?)?);
            } else if let Some(wasm) = attribute(tag, "data-page-wasm") {
                page_wasm = Some(file(wasm)?);
            } else if let Some(script) = attribute(tag, "src").filter(|_| tag.starts_with("<script")) {
                page_script = Some(file(script)?);
            }
        }
        let take = |name: &str| -> Result<Vec<u8>> {
            let bytes = fs::read(folder.join(name)).map_err(|e| format!("{name}: {e}"))?;
            fs::remove_file(folder.join(name))?;
            Ok(bytes)
        };
        let workers = WORKERS.iter().map(|&name| -> Result<Worker> {
            let script = String::from_utf8(take(&format!("{name}.js"))?)?;
            let script = without_indent(&script) + WORKER_START;
            Ok(Worker { name, script, wasm: take(&format!("{name}_bg.wasm"))? })
        });
        Ok(Self {
            workers: workers.collect::<Result<_>>()?,
            html,
            styles,
            page_script: compact(page_script.ok_or("no page script in index.html")?)?,
            page_wasm: page_wasm.ok_or("no boot.js in index.html")?,
            boot: String::from_utf8(take("boot.js")?)?,
        })
    }

    /// The page for a server: every file is its own, named by its content, and only the same origin is allowed.
    fn hosted(&self, folder: &Path) -> Result<String> {
        let mut kept = Vec::new();
        let mut keep = |stem: &str, ending: &str, bytes: &[u8]| -> Result<String> {
            let name = format!("{stem}-{}.{ending}", &hex(bytes)[..16]);
            fs::write(folder.join(&name), bytes)?;
            kept.push(name.clone());
            Ok(name)
        };
        let boot = keep("boot", "js", without_indent(&self.boot).as_bytes())?;
        let page = attribute(&self.page_wasm.tag, "data-page-wasm").unwrap_or_default();
        let mut tag = format!(r#"<script src="./{boot}" data-page-wasm="./{page}""#);
        for Worker { name, script, wasm } in &self.workers {
            let script = keep(name, "js", script.as_bytes())?;
            let wasm = keep(name, "wasm", wasm)?;
            write!(tag, r#" data-{name}-script="./{script}" data-{name}-wasm="./{wasm}""#)?;
        }
        write!(tag, r#" data-tool="./{SINGLE}" data-keeper="./{}">"#, KEEPER.0)?;
        fs::write(folder.join(attribute(&self.page_script.tag, "src").unwrap_or_default()), &self.page_script.bytes)?;
        let style = keep("style", "css", self.style()?.as_bytes())?;
        for old in &self.styles {
            fs::remove_file(folder.join(attribute(&old.tag, "href").unwrap_or_default()))?;
        }
        let html = self.html.replacen(&self.page_wasm.tag, &tag, 1);
        let links =
            format!("<link rel=\"stylesheet\" href=\"./{style}\">\n<link rel=\"manifest\" href=\"./{}\">", MANIFEST.0);
        let html = self.with_style(&html, &links);
        let html = with_policy(
            &html,
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; worker-src 'self' blob:; \
             connect-src 'self'; img-src 'self' data:; manifest-src 'self'; base-uri 'none'; form-action 'none'",
        )?;
        kept.extend([page, attribute(&self.page_script.tag, "src").unwrap_or_default()].map(str::to_owned));
        for (name, text) in [MANIFEST, ICON] {
            fs::write(folder.join(name), text)?;
            kept.push(name.to_owned());
        }
        fs::write(folder.join(KEEPER.0), keeper(&kept, &html))?;
        fs::write(folder.join(ELEMENT.0), ELEMENT.1)?;
        Ok(html)
    }

    /// The page as one file: nothing is asked of any server, and nothing could be.
    fn single(&self) -> Result<String> {
        let style = self.style()?;
        let html = self.with_style(&self.html, &format!("<style>{}</style>", closed(&style, "</style")?));
        let script = self.page_script.text()?.trim();
        let boot = without_indent(&without_hosted(&self.boot)?);
        let boot = boot.trim();
        // Right after the first screen, so that what a reader does with it is kept while the rest is still being read.
        let html = html.replacen(&self.page_wasm.tag, &format!("<script>{}", inline(boot)?), 1);
        let mut tail = String::new();
        let mut block = |name: &str, part: &str, kind: &str, body: &str| {
            writeln!(tail, r#"<script id="{name}-{part}" type="{kind}">{body}</script>"#)
        };
        let module = |wasm: &[u8]| -> Result<String> { Ok(BASE64.encode(gzip(wasm)?)) };
        block("page", "wasm", "application/wasm-base64", &module(&self.page_wasm.bytes)?)?;
        for Worker { name, script, wasm } in &self.workers {
            block(name, "script", "text/plain", inline(script.trim())?)?;
            block(name, "wasm", "application/wasm-base64", &module(wasm)?)?;
        }
        write!(tail, "<script>{}", inline(script)?)?;
        let html = html.replacen(&self.page_script.tag, &tail, 1);
        with_policy(
            &as_serialised(&html),
            &format!(
                "default-src 'none'; script-src {} {} 'wasm-unsafe-eval'; style-src {}; worker-src blob:; \
                 connect-src 'none'; img-src data:; base-uri 'none'; form-action 'none'",
                source_hash(script),
                source_hash(boot),
                source_hash(&style),
            ),
        )
    }

    /// What a reader has to load, raw and as brotli sends it.
    fn sizes(&self, hosted: &str, single: &str) -> Result<String> {
        let (style, boot) = (self.style()?, without_indent(&self.boot));
        let first: [(&str, &[u8]); 3] =
            [("index.html", hosted.as_bytes()), ("style", style.as_bytes()), ("boot.js", boot.as_bytes())];
        let module: [(&str, &[u8]); 2] =
            [("page script", &self.page_script.bytes), ("page wasm", &self.page_wasm.bytes)];
        let mut out = format!("{:<14} {:>9} {:>10}\n", "bytes", "raw", "brotli");
        let mut sum = (0, 0);
        for (parts, all) in [(&first[..], "first paint"), (&module[..], "interactive")] {
            for (name, bytes) in parts {
                let packed = brotli(bytes)?;
                sum = (sum.0 + bytes.len(), sum.1 + packed);
                writeln!(out, "{name:<14} {:>9} {packed:>10}", bytes.len())?;
            }
            // All that is loaded so far.
            writeln!(out, "{all:<14} {:>9} {:>10}", sum.0, sum.1)?;
        }
        for Worker { name, script, wasm } in &self.workers {
            for (part, bytes) in [("script", script.as_bytes()), ("wasm", wasm)] {
                writeln!(out, "{:<14} {:>9} {:>10}", format!("{name} {part}"), bytes.len(), brotli(bytes)?)?;
            }
        }
        // Its modules are packed already.
        writeln!(out, "{:<14} {:>9}", "single file", single.len())?;
        Ok(out)
    }

    /// All style sheets as one, in their order, without comments and indents: they come before the first paint.
    fn style(&self) -> Result<String> {
        let mut all = String::new();
        for style in &self.styles {
            let mut rest = style.text()?;
            let mut plain = String::new();
            while let Some((before, comment)) = rest.split_once("/*") {
                plain.push_str(before);
                rest = comment.split_once("*/").ok_or("a comment of a style sheet without end")?.1;
            }
            plain.push_str(rest);
            for line in plain.lines().map(str::trim).filter(|line| !line.is_empty()) {
                all.push_str(line);
                all.push('\n');
            }
        }
        Ok(all)
    }

    /// The page with `tag` for its first style sheet and none for the others.
    fn with_style(&self, html: &str, tag: &str) -> String {
        let mut html = html.to_owned();
        for (index, style) in self.styles.iter().enumerate() {
            html = html.replacen(&style.tag, if index == 0 { tag } else { "" }, 1);
        }
        html
    }

    /// A module that names the folder it was built in differs from machine to machine.
    fn refuse_paths(&self) -> Result<()> {
        let here = env::current_dir()?;
        let home = env::var("CARGO_HOME").or_else(|_| env::var("HOME"))?;
        for path in [here.to_string_lossy().as_ref(), home.as_str()] {
            let workers = self.workers.iter().map(|worker| (worker.name, &worker.wasm));
            for (name, bytes) in workers.chain([("page", &self.page_wasm.bytes)]) {
                if path.len() > 1 && bytes.windows(path.len()).any(|window| window == path.as_bytes()) {
                    return Err(
                        format!("the {name} module names {path}; build with `make page`, which maps paths").into()
                    );
                }
            }
        }
        Ok(())
    }
}

/// The page as a browser writes it out again, so that the page that saves itself saves the same bytes.
fn as_serialised(html: &str) -> String {
    let html = html.trim_end().replacen(">\n<head>", "><head>", 1);
    html.replace("</body>\n</html>", "</body></html>")
}

/// The service worker that keeps these files and the page. Its version is their content: theirs is in their names.
fn keeper(files: &[String], html: &str) -> String {
    let version = &hex(format!("{files:?}{html}{}{}{}", MANIFEST.1, ICON.1, KEEPER.1).as_bytes())[..16];
    let files: Vec<String> =
        std::iter::once(String::new()).chain(files.iter().cloned()).map(|name| format!("\"./{name}\"")).collect();
    KEEPER.1.replacen("{version}", version, 1).replacen("{files}", &files.join(", "), 1)
}

/// The boot script without what only the hosted page has: what stands between `// hosted {` and `// }`.
fn without_hosted(boot: &str) -> Result<String> {
    let mut parts = boot.split("// hosted {");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once("// }\n").ok_or("a part of boot.js for the hosted page has no end")?.1);
    }
    Ok(kept)
}

/// The script without what only people read.
fn compact(script: File) -> Result<File> {
    let bytes = without_indent(script.text()?).into_bytes();
    Ok(File { bytes, ..script })
}

/// Without indent, empty lines and lines of comment. A script with a text over several lines is left as it is.
fn without_indent(script: &str) -> String {
    if script.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return script.to_owned();
    }
    let mut in_comment = false;
    let mut kept = String::with_capacity(script.len());
    for line in script.lines().map(str::trim) {
        let comment = in_comment || line.starts_with("/**");
        in_comment = comment && !line.ends_with("*/");
        if !comment && !line.is_empty() && !line.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// Every opening tag, in order.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.match_indices('<').filter_map(|(at, _)| {
        let rest = html.get(at..)?;
        rest.get(..=rest.find('>')?)
    })
}

/// The value of an attribute in quotes; a leading `./` is dropped.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    let (value, _) = value.split_once('"')?;
    Some(value.strip_prefix("./").unwrap_or(value))
}

/// The page with its policy, which must stand before anything that it is about.
fn with_policy(html: &str, policy: &str) -> Result<String> {
    let charset = r#"<meta charset="utf-8">"#;
    if !html.contains(charset) {
        return Err(format!("no {charset} in index.html").into());
    }
    let meta = format!("{charset}\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    Ok(html.replacen(charset, &meta, 1))
}

/// Script text that can stand in a page.
fn inline(script: &str) -> Result<&str> {
    closed(script, "<script")?;
    closed(script, "<!--")?;
    closed(script, "</script")
}

/// `text`, if it does not hold what would end it early.
fn closed<'a>(text: &'a str, end: &str) -> Result<&'a str> {
    if text.to_ascii_lowercase().contains(end) {
        return Err(format!("{end} inside an inlined file").into());
    }
    Ok(text)
}

/// The hash by which a policy names an inline block.
fn source_hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(text.as_bytes())))
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// Gzip without a time stamp or a name: same bytes, same file.
fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Size after brotli at its best quality.
fn brotli(mut bytes: &[u8]) -> io::Result<usize> {
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut packed, &brotli::enc::BrotliEncoderParams::default())?;
    Ok(packed.len())
}
