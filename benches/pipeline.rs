//! How long each step takes, and that it grows no faster than the file: a published budget of about 1,100 lines once,
//! ten times and a hundred times over. The same for all of them one after the other, as the command line and as the page's
//! worker run them, and for `explain` by the number of equations.
#![cfg(not(target_arch = "wasm32"))]

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Bencher, BenchmarkId, Criterion, Throughput};
use duizhang::disclosure::Disclosure;
use duizhang::document::Document;
use duizhang::wire::{self, Request, Sent, SourceHeader};
use duizhang::worker::Worker;
use duizhang::{explain, read, recognise, rules};

/// As the command line has it; so is the thread that takes part.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const NAME: &str = "budget.txt";

/// How many times over the file is taken.
const SIZES: [usize; 3] = [1, 10, 100];
/// What is measured: the steps of the pipeline, all of them as the command line runs them, and as the page does.
const STEPS: [&str; 6] = ["read", "recognise", "check", "explain", "whole", "worker"];
/// Rows of the tables that `explain` is measured with: some three equations each.
const ROWS: [usize; 3] = [500, 1_500, 6_000];

fn main() {
    duizhang::take_part();
    let text = source();
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    steps(&mut criterion, &text);
    criterion.final_summary();
    growth(&text);
    equations();
}

/// Each step apart, on what the step before it gave.
fn steps(criterion: &mut Criterion, text: &str) {
    let mut group = criterion.benchmark_group("pipeline");
    for size in SIZES {
        let bytes = text.repeat(size).into_bytes();
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        group.throughput(Throughput::Bytes(length));
        let document = document(&bytes);
        let disclosures = [recognise::recognise(&document)];
        let checked = rules::check(&disclosures);
        let sources = [(NAME.to_owned(), bytes.clone())];
        group.bench_function(BenchmarkId::new("read", size), |b| timed(b, || read::read(NAME, &bytes)));
        group.bench_function(BenchmarkId::new("recognise", size), |b| timed(b, || recognise::recognise(&document)));
        group.bench_function(BenchmarkId::new("check", size), |b| timed(b, || rules::check(&disclosures)));
        group.bench_function(BenchmarkId::new("explain", size), |b| {
            timed(b, || explain::explain(&disclosures, &checked));
        });
        group.bench_function(BenchmarkId::new("whole", size), |b| timed(b, || duizhang::run(&sources)));
        group.bench_function(BenchmarkId::new("worker", size), |b| timed(b, || answer(&bytes)));
    }
    group.finish();
}

/// What `run` gives is put away after its time, and its memory taken again for the next.
fn timed<T>(bencher: &mut Bencher<'_>, mut run: impl FnMut() -> T) {
    bencher.iter_custom(|count| (0..count).map(|_| once(&mut run)).sum());
}

fn once<T>(run: &mut impl FnMut() -> T) -> Duration {
    let begun = Instant::now();
    let given = run();
    let taken = begun.elapsed();
    drop(black_box(given));
    taken
}

/// Prints how much longer each step takes for ten times as much: 10 is linear, 100 is quadratic.
fn growth(text: &str) {
    println!("\ngrowth for ten times as much (10.0 is linear)");
    println!("{:<10} {:>12} {:>12} {:>12} {:>8} {:>8}", "step", "x1", "x10", "x100", "1 to 10", "10 to 100");
    let mut times: Vec<(&str, Vec<Duration>)> = STEPS.into_iter().map(|step| (step, Vec::new())).collect();
    for size in SIZES {
        let bytes = text.repeat(size).into_bytes();
        let document = document(&bytes);
        let disclosures: [Disclosure; 1] = [recognise::recognise(&document)];
        let checked = rules::check(&disclosures);
        let sources = [(NAME.to_owned(), bytes.clone())];
        let taken = [
            shortest(|| read::read(NAME, &bytes)),
            shortest(|| recognise::recognise(&document)),
            shortest(|| rules::check(&disclosures)),
            shortest(|| explain::explain(&disclosures, &checked)),
            shortest(|| duizhang::run(&sources)),
            shortest(|| answer(&bytes)),
        ];
        for ((_, times), taken) in times.iter_mut().zip(taken) {
            times.push(taken);
        }
    }
    for (step, times) in times {
        let shown: Vec<String> = times.iter().map(|time| format!("{time:.1?}")).collect();
        let ratios: Vec<String> = times.windows(2).map(|pair| ratio(pair[0], pair[1])).collect();
        println!("{step:<10} {:>12} {:>12} {:>12} {:>8} {:>8}", shown[0], shown[1], shown[2], ratios[0], ratios[1]);
    }
}

/// What the page's worker does with a file: the whole pipeline, and its answers as they are posted. Bytes of them.
fn answer(bytes: &[u8]) -> usize {
    let sources = vec![SourceHeader { id: 0, name: NAME.to_owned(), sent: Sent::Bytes }];
    let mut posted = 0;
    Worker::default().answer(Request::Check { sources }, vec![bytes.to_vec()], &mut |reply| {
        posted += wire::encode(reply).map_or(0, |message| message.len());
    });
    posted
}

/// Prints how long `explain` takes for tables of more and more equations, a few of which do not hold.
fn equations() {
    println!("\nexplain by equations");
    for rows in ROWS {
        let document = document(coded(rows).as_bytes());
        let disclosures = [recognise::recognise(&document)];
        let checked = rules::check(&disclosures);
        let taken = shortest(|| explain::explain(&disclosures, &checked));
        println!("{:>8} {taken:>12.1?}", checked.len());
    }
}

/// A table of so many items under groups of ten and classes of ninety groups; one figure in five hundred is off.
fn coded(rows: usize) -> String {
    const WRONG: usize = 500;
    let mut text = String::from("# 某市数据局 2024 年预算\n\n## 支出总表\n\n单位：万元\n\n");
    text.push_str("科目编码\t科目名称\t合计\t基本支出\t项目支出\n");
    let groups = rows / 10;
    let sum = |n: usize| format!("{}.00\t{}.00\t{}.00", n * 30, n * 10, n * 20);
    let _ = writeln!(text, "\t合计\t{}", sum(groups));
    for group in 0..groups {
        let class = 201 + group / 90;
        if group % 90 == 0 {
            let _ = writeln!(text, "{class}\t第{class}类支出\t{}", sum((groups - group).min(90)));
        }
        let code = format!("{class}{:02}", 1 + group % 90);
        let _ = writeln!(text, "{code}\t第{code}款支出\t{}", sum(1));
        for item in 0..10 {
            let basic = if (group * 10 + item) % WRONG == 0 { 7 } else { 1 };
            let _ = writeln!(text, "{code}{:02}\t第{item}项支出\t3.00\t{basic}.00\t2.00", item + 1);
        }
    }
    text
}

/// The shortest of five runs: what the machine's other work disturbs least.
fn shortest<T>(mut run: impl FnMut() -> T) -> Duration {
    (0..5).map(|_| once(&mut run)).min().unwrap_or_default()
}

fn ratio(small: Duration, large: Duration) -> String {
    let tenths = large.as_nanos() * 10 / small.as_nanos().max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn document(bytes: &[u8]) -> Document {
    read::read(NAME, bytes).expect("the benchmark's own file can be read")
}

/// A published budget if one lies beside the repository, else one of the same shape.
fn source() -> String {
    let published = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds/002_0341060121c49e83.txt");
    if let Ok(text) = std::fs::read_to_string(&published) {
        println!("source: {} bytes, published", text.len());
        return text;
    }
    let text = made();
    println!("source: {} bytes, made for this benchmark", text.len());
    text
}

/// A department's budget in Markdown with tab-separated tables whose figures tie: about as many lines, tables and
/// long cells as a published one.
fn made() -> String {
    let mut text = String::from("# 某市数据局 2024 年预算\n\n## 目 录\n\n");
    for title in ["收支总表", "收入总表", "支出总表", "项目支出表", "项目支出绩效目标表"] {
        let _ = writeln!(text, "{title}\n");
    }
    text.push_str("表3\n\n## 支出总表\n\n单位：某市数据局\n\n单位：万元\n\n");
    text.push_str("科目编码\t科目名称\t合计\t基本支出\t项目支出\n");
    let classes = [("201", "一般公共服务支出"), ("208", "社会保障和就业支出"), ("221", "住房保障支出")];
    let _ = writeln!(text, "\t合计\t18,900.00\t6,300.00\t12,600.00");
    for (class, name) in classes {
        let _ = writeln!(text, "{class}\t{name}\t6,300.00\t2,100.00\t4,200.00");
        for group in 1..=6 {
            let _ = writeln!(text, "{class}{group:02}\t{name}\t1,050.00\t350.00\t700.00");
            for item in 1..=7 {
                let _ = writeln!(text, "{class}{group:02}{item:02}\t其他{name}\t150.00\t50.00\t100.00");
            }
        }
    }
    text.push_str("\n表10\n\n## 项目支出表\n\n单位：万元\n\n项目名称\t主要内容\t经济分类\t金额\n");
    for project in 1..=180 {
        let about = "购置服务器和存储设备，维护机房，培训人员。".repeat(6);
        let _ = writeln!(text, "第{project}项信息系统运行维护\t{about}\t其他商品和服务支出\t70.00");
    }
    for project in 1..=40 {
        let _ = writeln!(text, "\n表12\n\n## 项目支出绩效目标表\n\n项目名称\t第{project}项信息系统运行维护");
        for indicator in 1..=8 {
            let _ = writeln!(text, "产出指标\t数量指标\t完成系统巡检次数（第{indicator}类）\t≥{indicator}0次");
        }
    }
    text.push_str("\n## 情况说明\n\n");
    for year in 0..120 {
        let _ = writeln!(text, "第{year}项支出预算 70.00 万元，比上年增加 10.00 万元，增长 16.67%，主要是设备更新。\n");
    }
    text
}
