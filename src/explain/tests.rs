use super::*;
use crate::rules;
use crate::rules::sketch::disclosure;

fn findings(text: &str) -> Vec<Finding> {
    let disclosures = [disclosure(text)];
    explain(&disclosures, &rules::check(&disclosures))
}

const CODES: &str = "# 支出总表 | 万元\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 208 | 社会保障和就业支出 | 75.50 | 55.50 | 20.00 |\n\
    | 20805 | 行政事业单位养老支出 | 75.50 | 55.50 | 20.00 |\n\
    | 2080501 | 行政单位离退休 | 30.25 | 30.25 | |\n\
    | 2080505 | 机关事业单位基本养老保险缴费支出 | 45.25 | 25.25 | 20.00 |\n\
    | 210 | 卫生健康支出 | 20.00 | 20.00 | |\n";

#[test]
fn what_ties_has_no_finding() {
    assert_eq!(findings(CODES), []);
}

#[test]
fn one_wrong_cell_is_one_finding_that_names_it() {
    let found = findings(&CODES.replace("| 30.25 | 30.25 |", "| 30.25 | 38.25 |"));
    assert_eq!(found.len(), 1, "{found:#?}");
    let suspect = found[0].suspect.as_ref().expect("a suspect");
    assert_eq!(suspect.at, Anchor::Cell { disclosure: 0, table: 0, row: 3, column: 3 });
    assert_eq!(suspect.fitting.as_ref().map(Amount::plain), Some("30.25".to_owned()));
    assert_eq!((suspect.agreeing, found[0].severity), (2, Severity::Error));
    assert_eq!(found[0].title.zh, "支出总表“2080501 行政单位离退休·基本支出”与合计不符，多 8.00");
}

#[test]
fn where_many_cells_are_as_likely_all_are_listed_and_a_few_told() {
    let found = findings(
        "# 支出总表 | 万元\n| 科目编码 | 科目名称 | 合计 |\n| | 合计 | 722.92 |\n| 201 | 一般公共服务支出 | 101.02 |\n\
         | 205 | 教育支出 | 113.24 |\n| 206 | 科学技术支出 | 127.46 |\n| 208 | 社会保障和就业支出 | 139.68 |\n\
         | 210 | 卫生健康支出 | 151.81 |\n| 221 | 住房保障支出 | 163.93 |\n",
    );
    let (finding, suspect) =
        found.iter().find_map(|f| Some((f, f.suspect.as_ref()?))).unwrap_or_else(|| panic!("no suspect: {found:#?}"));
    assert_eq!(suspect.alternatives.len(), 6, "{suspect:#?}");
    assert!(finding.message.zh.contains("另有 3 格同样可能"), "{}", finding.message.zh);
}

/// An invented disclosure of the usual tables, in which everything ties.
const SOUND: &str = include_str!("sound.md");

/// It, read as any file is.
fn sound() -> Disclosure {
    read(SOUND)
}

fn read(text: &str) -> Disclosure {
    crate::recognise::recognise(&crate::read::read("sound.md", text.as_bytes()).expect("a readable fixture"))
}

fn run(disclosures: &[Disclosure]) -> Vec<Finding> {
    explain(disclosures, &rules::check(disclosures))
}

#[test]
fn the_sound_disclosure_has_no_finding() {
    let disclosures = [sound()];
    let checks = rules::check(&disclosures);
    let unsure: Vec<&str> = checks
        .iter()
        .filter(|c| c.verdict.outcome == rules::judge::Outcome::NotCheckable)
        .map(|c| c.label.zh.as_str())
        .collect();
    assert_eq!(explain(&disclosures, &checks), []);
    assert_eq!(unsure, Vec::<&str>::new());
    assert!(checks.len() > 300, "only {} checks", checks.len());
}

/// The figures of the sound disclosure that stand in two identities at least, by cell.
fn figures(disclosures: &[Disclosure]) -> Vec<(Anchor, Amount)> {
    let mut uses: std::collections::BTreeMap<Anchor, usize> = std::collections::BTreeMap::new();
    for check in rules::check(disclosures) {
        if let rules::Claim::Equation(equation) = &check.claim {
            for term in equation.left.iter().chain(&equation.right) {
                *uses.entry(term.at).or_default() += 1;
            }
        }
    }
    let printed = |at: Anchor| match at {
        Anchor::Cell { table, row, column, .. } => {
            disclosures[0].tables[usize::from(table)].rows[row as usize].entries[usize::from(column)].amount().cloned()
        }
        _ => None,
    };
    uses.into_iter().filter(|&(_, n)| n >= 2).filter_map(|(at, _)| printed(at).map(|amount| (at, amount))).collect()
}

fn set(disclosures: &mut [Disclosure], at: Anchor, text: &str) {
    let Anchor::Cell { table, row, column, .. } = at else {
        return;
    };
    let entry = &mut disclosures[0].tables[usize::from(table)].rows[row as usize].entries[usize::from(column)];
    entry.value = match Amount::parse(text) {
        Some(amount) => crate::disclosure::Value::Amount(amount),
        None => crate::disclosure::Value::Blank,
    };
}

/// `text` with the digit at `at` (counted over digits) replaced by another one.
fn with_digit(text: &str, at: usize, step: u8) -> Option<String> {
    let position = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).nth(at)?.0;
    let mut bytes = text.as_bytes().to_vec();
    bytes[position] = b'0' + (bytes[position] - b'0' + step) % 10;
    String::from_utf8(bytes).ok()
}

/// How a family of single faults came out.
#[derive(Default, Debug)]
struct Score {
    injected: usize,
    found: usize,
    named: usize,
    valued: usize,
    findings: usize,
    missed: Vec<String>,
}

impl Score {
    fn add(&mut self, disclosures: &[Disclosure], at: Anchor, right: &Amount, what: &str) {
        let found = run(disclosures);
        self.injected += 1;
        self.findings += found.len();
        self.found += usize::from(found.iter().any(|f| f.at.contains(&at)));
        let named = found.iter().filter_map(|f| f.suspect.as_ref()).find(|s| s.at == at && s.alternatives.is_empty());
        self.named += usize::from(named.is_some());
        let fits = named.and_then(|s| s.fitting.as_ref()).is_some_and(|v| v.value() == right.value());
        self.valued += usize::from(fits);
        if !fits {
            self.missed.push(format!("{what}: {:?}", found.iter().map(|f| &f.title.zh).collect::<Vec<_>>()));
        }
    }

    fn share(part: usize, whole: usize) -> usize {
        part * 1000 / whole.max(1)
    }

    fn assert(&self, found: usize, named: usize, valued: usize) {
        let missed = self.missed.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
        let rates = [self.found, self.named, self.valued].map(|part| Self::share(part, self.injected));
        println!("{rates:?} ‰ of {}, {} findings\n{missed}", self.injected, self.findings);
        assert!(rates[0] >= found && rates[1] >= named && rates[2] >= valued, "{rates:?} ‰\n{missed}");
        assert!(Self::share(self.findings, self.injected) <= 1100, "{} findings", self.findings);
    }
}

#[test]
fn a_wrong_digit_is_found_and_named() {
    let sound = [sound()];
    let mut score = Score::default();
    for (index, (at, amount)) in figures(&sound).into_iter().enumerate() {
        // A third of the digits, so that the test stays quick.
        for digit in (index % 3..amount.printed().bytes().filter(u8::is_ascii_digit).count()).step_by(3) {
            let step = 1 + u8::try_from((index * 7 + digit * 3) % 9).unwrap();
            let mut bad = sound.clone();
            let text = with_digit(amount.printed(), digit, step).unwrap();
            set(&mut bad, at, &text);
            score.add(&bad, at, &amount, &format!("{at:?} {amount} as {text}"));
        }
    }
    assert!(score.injected > 300, "{}", score.injected);
    score.assert(990, 980, 980);
}

/// The first row of a table with this name, and the column of a header.
fn cell(disclosures: &[Disclosure], table: usize, name: &str, header: &str) -> Anchor {
    let t = &disclosures[0].tables[table];
    let row = t.rows.iter().position(|r| r.name.as_deref().is_some_and(|n| n.contains(name))).expect(name);
    let column = t.columns.iter().position(|c| c.header() == header).expect(header);
    Anchor::Cell {
        disclosure: 0,
        table: u16::try_from(table).unwrap(),
        row: u32::try_from(row).unwrap(),
        column: u16::try_from(column).unwrap(),
    }
}

#[test]
fn a_total_copied_into_a_blank_cell_is_named_as_the_cell_that_should_be_blank() {
    let mut bad = [sound()];
    let at = cell(&bad, 3, "年终结转", "支出/预算数");
    set(&mut bad, at, "3788.00");
    let found = run(&bad);
    assert_eq!(found.len(), 1, "{found:#?}");
    let suspect = found[0].suspect.as_ref().expect("a suspect");
    assert_eq!((suspect.at, suspect.fitting.as_ref(), suspect.agreeing), (at, None, 2));
    assert!(found[0].message.zh.contains("空，或 0.00"), "{}", found[0].message.zh);
    assert!(found[0].message.zh.contains("一模一样"), "{}", found[0].message.zh);
}

#[test]
fn two_causes_are_two_findings() {
    let mut bad = [sound()];
    let first = cell(&bad, 2, "行政单位离退休", "基本支出");
    let second = cell(&bad, 6, "办公费", "合计");
    set(&mut bad, first, "85.05");
    set(&mut bad, second, "99.99");
    let found = run(&bad);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert_eq!(found.iter().filter_map(|f| f.suspect.as_ref()).map(|s| s.at).collect::<Vec<_>>(), [first, second]);
}

#[test]
fn two_causes_in_one_sum_are_two_findings() {
    let mut bad = [sound()];
    let first = cell(&bad, 2, "行政单位离退休", "基本支出");
    let second = cell(&bad, 2, "机关事业单位基本养老", "基本支出");
    set(&mut bad, first, "85.05");
    set(&mut bad, second, "92.71");
    let found = run(&bad);
    let named: Vec<Anchor> = found.iter().filter_map(|f| f.suspect.as_ref()).map(|s| s.at).collect();
    assert!(found.len() == 2 && named == [first, second], "{found:#?}");
}

#[test]
fn two_swapped_cells_are_one_finding() {
    for (one, other) in [
        (("行政单位离退休", "基本支出"), ("行政单位离退休", "项目支出")),
        (("行政单位离退休", "基本支出"), ("机关事业单位基本养老", "基本支出")),
    ] {
        let mut bad = [sound()];
        let (a, b) = (cell(&bad, 2, one.0, one.1), cell(&bad, 2, other.0, other.1));
        let text = |at: Anchor| match at {
            Anchor::Cell { table, row, column, .. } => bad[0].tables[usize::from(table)].rows[row as usize].entries
                [usize::from(column)]
            .amount()
            .map_or_else(String::new, Amount::plain),
            _ => String::new(),
        };
        let (x, y) = (text(a), text(b));
        set(&mut bad, a, &y);
        set(&mut bad, b, &x);
        let found = run(&bad);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].at.contains(&a) && found[0].at.contains(&b), "{found:#?}");
        assert!(found[0].title.zh.contains("互换"), "{}", found[0].title.zh);
    }
}

#[test]
fn a_table_in_another_unit_is_one_finding() {
    let mut bad = [sound()];
    bad[0].tables[2].unit = Some(crate::amount::Unit::Yuan);
    let found = run(&bad);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].at[0], Anchor::Table { disclosure: 0, table: 2 });
    assert!(found[0].title.zh.contains("10000 倍"), "{}", found[0].title.zh);
}

#[test]
fn a_row_that_is_one_column_off_is_one_finding() {
    let mut bad = [sound()];
    let first = cell(&bad, 4, "行政运行", "合计");
    let Anchor::Cell { row, .. } = first else { unreachable!() };
    let entries = &mut bad[0].tables[4].rows[row as usize].entries;
    entries[2..].rotate_right(1);
    let found = run(&bad);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].title.zh.contains("错了一栏"), "{}", found[0].title.zh);
}

#[test]
fn a_missing_row_is_one_cautious_finding() {
    let mut bad = [sound()];
    let Anchor::Cell { row, .. } = cell(&bad, 4, "行政单位离退休", "合计") else { unreachable!() };
    bad[0].tables[4].rows.remove(row as usize);
    let found = run(&bad);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].rule.as_ref(), found[0].severity), ("T09", Severity::Warning));
    assert!(found[0].title.zh.contains("没有公开"), "{}", found[0].title.zh);
}

#[test]
fn rounding_is_one_note_for_each_row() {
    let rounded = SOUND.replace(
        "| 20805 | 行政事业单位养老支出 | 157.44 | 157.44 |  |",
        "| 20805 | 行政事业单位养老支出 | 157.43 | 157.43 |  |",
    );
    let found = findings(&rounded.replace(
        "| 208 | 社会保障和就业支出 | 170.35 | 170.35 |  |",
        "| 208 | 社会保障和就业支出 | 170.34 | 170.34 |  |",
    ));
    assert!(!found.is_empty());
    for finding in &found {
        assert!(finding.severity > Severity::Error, "{finding:#?}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]
    /// Whatever is printed where, nothing panics and every check is told of at most one finding.
    #[test]
    fn any_figures_are_explained(changes in proptest::collection::vec((0_u16..11, 0_u32..30, 0_u16..9, "[-0-9.,（）一/]{0,9}"), 0..60)) {
        static SOUND: std::sync::LazyLock<Disclosure> = std::sync::LazyLock::new(sound);
        let mut disclosures = [SOUND.clone()];
        for (table, row, column, text) in changes {
            if let Some(entry) = disclosures[0]
                .tables
                .get_mut(usize::from(table))
                .and_then(|t| t.rows.get_mut(row as usize))
                .and_then(|r| r.entries.get_mut(usize::from(column)))
            {
                entry.value = match Amount::parse(&text) {
                    Some(amount) => crate::disclosure::Value::Amount(amount),
                    None => crate::disclosure::Value::Text(text),
                };
            }
        }
        let checks = rules::check(&disclosures);
        let found = explain(&disclosures, &checks);
        let mut told: Vec<u32> = found.iter().flat_map(|f| f.checks.iter().copied()).collect();
        told.sort_unstable();
        let all = told.len();
        told.dedup();
        proptest::prop_assert_eq!(all, told.len());
        for (check, index) in checks.iter().zip(0_u32..) {
            let failed = check.verdict.outcome == rules::judge::Outcome::Fail;
            proptest::prop_assert!(!failed || told.binary_search(&index).is_ok(), "{} is told of by nothing", check.label.zh);
        }
    }
}

/// A table of `rows` items under groups of ten, three amount columns, with every `wrong`th figure off.
fn long(rows: usize, wrong: usize) -> Disclosure {
    use std::fmt::Write;
    let mut text = String::from("# 支出总表 | 万元\n| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n");
    let groups = rows / 10;
    let _ = writeln!(text, "| | 合计 | {}.00 | {}.00 | {}.00 |", groups * 30, groups * 10, groups * 20);
    for group in 0..groups {
        let class = 201 + group / 90;
        let code = format!("{class}{:02}", 1 + group % 90);
        if group % 90 == 0 {
            let n = (groups - group).min(90);
            let _ = writeln!(text, "| {class} | 类 | {}.00 | {}.00 | {}.00 |", n * 30, n * 10, n * 20);
        }
        let _ = writeln!(text, "| {code} | 款 | 30.00 | 10.00 | 20.00 |");
        for item in 0..10 {
            let basic = if wrong > 0 && (group * 10 + item) % wrong == 0 { "7.00" } else { "1.00" };
            let _ = writeln!(text, "| {code}{:02} | 项 | 3.00 | {basic} | 2.00 |", item + 1);
        }
    }
    disclosure(&text)
}

/// Four times the rows, in time. Printed for a person to read: a busy machine must fail no test.
#[test]
#[ignore = "a measurement"]
fn time_for_four_times_the_equations() {
    /// Every so manyth item is off.
    const FAULTS: usize = 500;
    let time = |rows: usize| {
        let disclosures = [long(rows, FAULTS)];
        let checks = rules::check(&disclosures);
        let mut least = std::time::Duration::MAX;
        for _ in 0..3 {
            let start = std::time::Instant::now();
            let found = explain(&disclosures, &checks);
            least = least.min(start.elapsed());
            assert!(found.len() > 1);
        }
        (checks.len(), least)
    };
    let (few, short) = time(1_500);
    let (many, long) = time(6_000);
    println!("{few} checks in {short:?}, {many} in {long:?}");
    assert!(many > 3 * few);
}

#[test]
fn a_figure_in_another_unit_than_its_list_is_named_by_its_unit() {
    let text = "2024年机关运行经费预算 14.85 万元。其中：办公费 1.03 万元、邮电费 3.50 万元、工会经费 9.50 元、福利费 0.82 万元。\n";
    let found = crate::run(&[("budget.md".to_owned(), text.as_bytes().to_vec())]).findings;
    let suspect = found.iter().find(|f| f.rule == "N03").and_then(|f| f.suspect.as_ref()).expect("it is named");
    assert!(suspect.alternatives.is_empty(), "{suspect:?}");
    assert!(found[0].title.zh.contains("工会经费"), "{}", found[0].title.zh);
}
