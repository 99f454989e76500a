//! The command line: `duizhang check FILE…`, `duizhang rules`, `duizhang explain RULE`.
//!
//! Exit status of `check`: 0 nothing wrong, 1 at least one finding of severity error, 2 something could not be read
//! (named on standard error; what could be read is still reported) or written.

mod batch;

use std::io::{Read as _, Write as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};
use duizhang::analysis::{Analysis, Unreadable};
use duizhang::read::{Excess, MAX_BYTES, ReadError};
use duizhang::report;
use duizhang::report::text::Language;
use duizhang::rules::{self, Family, Rule, Severity};
use duizhang::{faults, read};

mod save;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Exit status when a finding of severity error was made.
const FOUND: u8 = 1;
/// Exit status when something could not be read, or the output not written.
const NOT_READ: u8 = 2;
/// The name that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// 对账：核对公开的部门预算、决算，指出对不上的那一格。
///
/// Reads published Chinese department budgets and final accounts, checks that the figures tie, and names the cell
/// that does not.
#[derive(Debug, Parser)]
#[command(name = "duizhang", version, about, long_about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 核对文件 / Check files
    Check {
        /// 输出形式 / How to print
        #[arg(long, value_enum, default_value_t = Form::Text)]
        format: Form,
        /// 写到哪里；csv 为文件夹 / Where to write; a folder for csv
        #[arg(long, short, value_name = "PATH")]
        output: Option<PathBuf>,
        /// CSV 开头不写字节顺序标记 / Begin no CSV file with a byte order mark
        #[arg(long)]
        no_bom: bool,
        /// 语言 / Language of the output
        #[arg(long, value_enum, default_value_t = Tongue::Zh)]
        lang: Tongue,
        /// 接着这份 ndjson 输出继续，跳过其中已有的文件 / Go on from this ndjson output, skipping what it holds
        #[arg(long, value_name = "OUTPUT")]
        resume: Option<PathBuf>,
        /// ndjson 用几个线程，默认全部核心 / Threads for ndjson; all cores by default
        #[arg(long, value_name = "N")]
        jobs: Option<NonZeroUsize>,
        /// 文件、压缩包或文件夹；- 为标准输入。多份作为一组核对（ndjson 逐份核对）/ Files, archives or folders; - is
        /// standard input. Several are checked as one set (each alone with ndjson)
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// 列出规则 / List the rules
    Rules {
        /// 输出形式 / How to print
        #[arg(long, value_enum, default_value_t = Listing::Text)]
        format: Listing,
        /// 语言 / Language of the output
        #[arg(long, value_enum, default_value_t = Tongue::Zh)]
        lang: Tongue,
    },
    /// 在文件的金额里放进差错，看能查出多少 / Put mistakes into the amounts of files and count what is found
    BenchFaults {
        /// 每个文件放多少处 / How many mistakes for each file
        #[arg(long, default_value_t = 1000, value_name = "N")]
        n: usize,
        /// 随机数种子，相同则结果相同 / The same seed gives the same mistakes
        #[arg(long, default_value_t = 1, value_name = "S")]
        seed: u64,
        /// 输出形式 / How to print
        #[arg(long, value_enum, default_value_t = Tally::Text)]
        format: Tally,
        /// 文件或文件夹 / Files or folders
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// 说明一条规则 / Explain one rule
    Explain {
        /// 语言 / Language of the output
        #[arg(long, value_enum, default_value_t = Tongue::Zh)]
        lang: Tongue,
        /// 规则编号，如 T06 / The rule's id
        rule: String,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// 给人看 / For people
    Text,
    /// duizhang-report/1
    Json,
    /// duizhang-line/1，一份文件一行 / One line a document
    Ndjson,
    /// 一表一个文件，写进文件夹 / One file a table, into a folder
    Csv,
    /// Excel 工作簿 / A workbook
    Xlsx,
    /// 结果与各表 / Findings and tables
    Markdown,
    /// 单个网页文件，可打印，断网可看 / One page that needs no connection, to read and to print
    Html,
    /// Frictionless 数据包（ZIP） / Frictionless data package, a ZIP
    Package,
    /// 就不符之处询问公开单位的信，请改后再用 / A letter to the department, to be edited
    Letter,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Tally {
    /// 给人看 / For people
    Text,
    /// duizhang-faults/2
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Listing {
    /// 一行一条 / One a line
    Text,
    /// 规则手册 / The handbook
    Markdown,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Tongue {
    /// 中文
    Zh,
    /// English
    En,
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Self {
        match tongue {
            Tongue::Zh => Self::Chinese,
            Tongue::En => Self::English,
        }
    }
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Check { format: Form::Ndjson, output: Some(_), .. } => Arguments::command()
            .error(ErrorKind::ArgumentConflict, "ndjson 写到标准输出 / ndjson goes to standard output")
            .exit(),
        Command::Check { format: Form::Ndjson, resume, jobs, files, .. } => {
            let cores = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
            batch::check(paths(files), resume.as_deref(), jobs.map_or_else(cores, NonZeroUsize::get))
        }
        Command::Check { resume: Some(_), .. } => Arguments::command()
            .error(ErrorKind::ArgumentConflict, "--resume 需要 --format ndjson / --resume needs --format ndjson")
            .exit(),
        Command::Check { format, output, no_bom, lang, files, .. } => {
            check(files, &save::Wanted { form: format, language: lang.into(), output, mark: !no_bom })
        }
        Command::Rules { format: Listing::Markdown, .. } => {
            print(&report::handbook::markdown());
            ExitCode::SUCCESS
        }
        Command::Rules { format: Listing::Text, lang } => {
            print(&rules::CATALOGUE.iter().map(|rule| rule_line(rule, lang.into())).collect::<String>());
            ExitCode::SUCCESS
        }
        Command::BenchFaults { n, seed, format, files } => bench_faults(&files, n, seed, format),
        Command::Explain { rule, lang } => explain(&rule, lang.into()),
    }
}

/// Writes to standard output; a closed pipe (`| head`) ends the output quietly.
fn print(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

fn check(files: Vec<PathBuf>, wanted: &save::Wanted) -> ExitCode {
    let language = wanted.language;
    let (sources, failed) = sources(files);
    duizhang::take_part();
    let mut analysis = duizhang::run(&sources);
    analysis.unreadable.extend(failed);
    for unreadable in &analysis.unreadable {
        let message = match language {
            Language::Chinese => &unreadable.message,
            Language::English => &unreadable.message_en,
        };
        let _ = writeln!(anstream::stderr(), "{}: {message}", unreadable.name);
    }
    let status = status(&analysis);
    if let Err(message) = save::save(analysis, wanted) {
        let _ = writeln!(anstream::stderr(), "{message}");
        return ExitCode::from(NOT_READ);
    }
    status
}

/// Exit status 2 where a file could not be read; the others are still measured.
fn bench_faults(files: &[PathBuf], count: usize, seed: u64, format: Tally) -> ExitCode {
    let (sources, mut failed) = sources(files.to_vec());
    let mut documents = Vec::new();
    for read::Member { name, content } in sources.iter().flat_map(|(name, bytes)| read::expand(name, bytes)) {
        match content.and_then(|bytes| read::read(&name, &bytes)) {
            Ok(document) => documents.push(document),
            Err(error) => failed.push(Unreadable::new(&name, &error)),
        }
    }
    for unreadable in &failed {
        let _ = writeln!(anstream::stderr(), "{}: {}", unreadable.name, unreadable.message);
    }
    let account = faults::bench(&documents, faults::Options { count, seed });
    match format {
        Tally::Text => print(&faults::text(&account)),
        Tally::Json => print(&faults::json(&account)),
    }
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(NOT_READ) }
}

fn status(analysis: &Analysis) -> ExitCode {
    if !analysis.unreadable.is_empty() {
        return ExitCode::from(NOT_READ);
    }
    if analysis.findings.iter().any(|finding| finding.severity == Severity::Error) {
        return ExitCode::from(FOUND);
    }
    ExitCode::SUCCESS
}

/// The bytes of every file, and what could not be opened.
fn sources(files: Vec<PathBuf>) -> (Vec<(String, Vec<u8>)>, Vec<Unreadable>) {
    let (mut sources, mut failed) = (Vec::new(), Vec::new());
    for path in paths(files) {
        match path.and_then(|path| bytes(&path).map(|bytes| (path.display().to_string(), bytes))) {
            Ok(source) => sources.push(source),
            Err(unreadable) => failed.push(unreadable),
        }
    }
    (sources, failed)
}

/// Every file, folders walked in the order of their names without what is hidden, and what could not be opened.
fn paths(files: Vec<PathBuf>) -> impl Iterator<Item = Result<PathBuf, Unreadable>> + Send {
    files.into_iter().flat_map(|file| -> Box<dyn Iterator<Item = Result<PathBuf, Unreadable>> + Send> {
        if file.as_os_str() == STANDARD_INPUT || !file.is_dir() {
            return Box::new(std::iter::once(Ok(file)));
        }
        let hidden = |entry: &walkdir::DirEntry| {
            entry.depth() > 0 && entry.file_name().to_str().is_some_and(|name| name.starts_with('.'))
        };
        let entries = walkdir::WalkDir::new(&file).sort_by_file_name().into_iter();
        Box::new(entries.filter_entry(move |entry| !hidden(entry)).filter_map(move |entry| match entry {
            Ok(entry) => entry.file_type().is_file().then(|| Ok(entry.into_path())),
            Err(error) => {
                let name = error.path().unwrap_or(&file).display().to_string();
                Some(Err(unreadable(&name, &error.into())))
            }
        }))
    })
}

/// The bytes of a file, unless it is larger than any that is read.
fn bytes(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let name = path.display().to_string();
    let failed = |error: std::io::Error| unreadable(&name, &error);
    if path.as_os_str() == STANDARD_INPUT {
        let mut bytes = Vec::new();
        return std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes).map_err(failed);
    }
    let length = std::fs::metadata(path).map_err(failed)?.len();
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    if length > MAX_BYTES {
        let error = ReadError::TooLarge { what: Excess::Bytes, found: length, limit: MAX_BYTES };
        return Err(Unreadable::new(&name, &error));
    }
    std::fs::read(path).map_err(failed)
}

fn unreadable(name: &str, error: &std::io::Error) -> Unreadable {
    Unreadable {
        name: name.to_owned(),
        message: format!("打不开：{error}"),
        message_en: format!("cannot be opened: {error}"),
    }
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn family_word(family: Family, language: Language) -> &'static str {
    let (zh, en) = match family {
        Family::Completeness => ("完整性", "completeness"),
        Family::WithinTable => ("表内", "within a table"),
        Family::AcrossTables => ("表间", "across tables"),
        Family::Prose => ("文字与表", "prose"),
        Family::Wording => ("文字", "wording"),
        Family::AcrossDocuments => ("文件之间", "across documents"),
    };
    pick(language, (zh, en))
}

fn pick<'a>(language: Language, (zh, en): (&'a str, &'a str)) -> &'a str {
    match language {
        Language::Chinese => zh,
        Language::English => en,
    }
}

fn rule_line(rule: &Rule, language: Language) -> String {
    format!(
        "{:<5}{:<9}{}  [{}]\n",
        rule.id,
        severity_word(rule.severity),
        pick(language, rule.title),
        family_word(rule.family, language)
    )
}

fn explain(id: &str, language: Language) -> ExitCode {
    let Some(rule) = rules::find(id) else {
        let message = match language {
            Language::Chinese => format!("没有规则 {id}；用 duizhang rules 列出全部"),
            Language::English => format!("there is no rule {id}; duizhang rules lists them"),
        };
        let _ = writeln!(anstream::stderr(), "{message}");
        return ExitCode::from(NOT_READ);
    };
    let title = |zh: &'static str, en: &'static str| pick(language, (zh, en));
    print(&format!(
        "{} {}\n{} · {}\n\n{}\n\n{}\n{}\n\n{}\n\n{}\n\n{}\n\n{}\n\n{}\n\n{}\n",
        rule.id,
        pick(language, rule.title),
        family_word(rule.family, language),
        severity_word(rule.severity),
        pick(language, rule.explain),
        title("依据", "Basis"),
        pick(language, rule.basis),
        title("相符的例子", "An example that holds"),
        rule.holds.trim(),
        title("不符的例子", "An example that does not"),
        rule.breaks.trim(),
        title("不适用的例子", "An example that is spared"),
        rule.spared.trim(),
    ));
    ExitCode::SUCCESS
}
