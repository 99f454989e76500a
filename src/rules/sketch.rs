//! A disclosure from a few lines of Markdown, for tests: titles, a unit line and pipe tables, read by the simplest
//! rules that can be read at a glance. Tests of rules use it so that they fail for the rule's sake only.

use crate::amount::{Amount, Unit};
use crate::disclosure::{
    Column, ColumnRole, Disclosure, Entry, Measure, Row, RowRole, Side, Status, Table, TableKind, Value,
};
use crate::document::Place;
use crate::rules::judge::{self, Outcome, Verdict};
use crate::rules::{Facts, Rule};

/// Reads `## 标题` (or `# 标题 | 单位`), `单位：万元`, pipe rows (`/` or a second header row for grouped headers), and
/// other lines as the note of an empty table or a remark of a filled one.
pub(crate) fn disclosure(text: &str) -> Disclosure {
    let mut tables: Vec<Table> = Vec::new();
    let mut grid: Vec<(u32, Vec<String>)> = Vec::new();
    for (line, number) in text.lines().map(str::trim).zip(1_u32..) {
        if let Some(title) = line.strip_prefix('#') {
            finish(tables.last_mut(), &mut grid);
            let mut parts = title.trim_start_matches('#').split('|').map(str::trim);
            let title = parts.next().unwrap_or_default();
            tables.push(empty(title, parts.next().and_then(unit), number));
        } else if let Some(rest) = line.strip_prefix("单位：") {
            if let Some(table) = tables.last_mut() {
                table.unit = unit(rest);
            }
        } else if line.starts_with("|-") {
        } else if let Some(cells) = line.strip_prefix('|') {
            let cells = cells.strip_suffix('|').unwrap_or(cells).split('|').map(|c| c.trim().to_owned()).collect();
            grid.push((number, cells));
        } else if !line.is_empty()
            && let Some(table) = tables.last_mut()
        {
            table.remarks.push((line.to_owned(), Place::line(number)));
        }
    }
    finish(tables.last_mut(), &mut grid);
    Disclosure { tables, ..Disclosure::default() }
}

/// What a rule says of a text that is read as every file is.
pub(crate) fn verdicts(rule: &Rule, text: &str) -> Vec<Verdict> {
    let document = crate::read::read("a.md", text.as_bytes()).unwrap();
    let disclosures = [crate::recognise::recognise(&document)];
    let asked = (rule.check)(&Facts::new(&disclosures).scope(0));
    asked.iter().map(|instance| judge::judge(&disclosures, &instance.claim)).collect()
}

/// [`verdicts`], the outcomes alone.
pub(crate) fn outcomes(rule: &Rule, text: &str) -> Vec<Outcome> {
    verdicts(rule, text).into_iter().map(|verdict| verdict.outcome).collect()
}

fn unit(text: &str) -> Option<Unit> {
    Unit::prefix_of(text).map(|(unit, _)| unit)
}

fn empty(title: &str, unit: Option<Unit>, line: u32) -> Table {
    Table {
        kind: kind(title),
        title: title.to_owned(),
        number: None,
        place: Place::line(line),
        status: Status::Empty { note: None },
        unit,
        columns: Vec::new(),
        rows: Vec::new(),
        remarks: Vec::new(),
        project: None,
        fields: Vec::new(),
    }
}

fn kind(title: &str) -> TableKind {
    [
        ("财政拨款收支总表", TableKind::FiscalAppropriationSummary),
        ("收支总表", TableKind::RevenueExpenditureSummary),
        ("收入总表", TableKind::RevenueSummary),
        ("基本支出表", TableKind::BasicExpenditure),
        ("分单位", TableKind::GeneralPublicExpenditureByUnit),
        ("一般公共预算支出表", TableKind::GeneralPublicExpenditureByFunction),
        ("支出总表", TableKind::ExpenditureSummary),
        ("三公", TableKind::ThreePublic),
        ("政府性基金", TableKind::GovernmentFund),
        ("国有资本经营", TableKind::StateCapital),
        ("项目支出表", TableKind::ProjectExpenditure),
        ("整体支出绩效", TableKind::PerformanceWhole),
        ("政府采购", TableKind::Procurement),
    ]
    .into_iter()
    .find(|(word, _)| title.contains(word))
    .map_or(TableKind::Other, |(_, kind)| kind)
}

fn finish(table: Option<&mut Table>, grid: &mut Vec<(u32, Vec<String>)>) {
    let lines = std::mem::take(grid);
    let Some(table) = table else {
        return;
    };
    let is_header = |cells: &[String]| cells.iter().all(|c| Amount::parse(c).is_none());
    let heads = lines.iter().take(2).take_while(|(_, cells)| is_header(cells)).count();
    // A second header row stands below grouped headers only: the first row then has blank cells.
    let grouped = lines.first().is_some_and(|(_, cells)| cells.iter().any(String::is_empty))
        || lines.get(1).is_some_and(|(_, cells)| cells.first().is_some_and(String::is_empty));
    let heads = if grouped { heads } else { heads.min(1) };
    let (head, body) = lines.split_at(heads);
    let width = head.first().map_or(0, |(_, cells)| cells.len());
    let mut above = String::new();
    let mut two_sided = false;
    for column in 0..width {
        let top = &head[0].1[column];
        if !top.is_empty() {
            above.clone_from(top);
        }
        let below = head.get(1).and_then(|(_, cells)| cells.get(column)).filter(|c| !c.is_empty());
        let path: Vec<String> = match below {
            Some(below) => vec![above.clone(), below.clone()],
            None => top.split('/').map(str::to_owned).collect(),
        };
        two_sided |= path[0] == "支出" && path.len() > 1;
        let role = match path.last().map_or("", String::as_str) {
            own if own.contains("编码") => ColumnRole::Code,
            own if own.contains("名称") || own == "项目" || own == "单位" || own == "构成" => ColumnRole::Name,
            own if own.contains("占比") => ColumnRole::Percent,
            _ => ColumnRole::Amount,
        };
        let own = path.last().map_or("", String::as_str);
        let group = (path.len() > 1 && !two_sided && path[0] != "收入").then(|| measure(&path[0])).flatten();
        let own_measure = match own {
            "小计" | "合计" if group.is_some() => group,
            own => measure(own),
        };
        table.columns.push(Column { path, role, measure: own_measure, group });
    }
    for (line, cells) in body {
        if two_sided {
            let middle = table.columns.iter().position(|c| c.path[0] == "支出").unwrap_or(width);
            for (side, range) in [(Side::Revenue, 0..middle), (Side::Expenditure, middle..width)] {
                if range.clone().any(|c| cells.get(c).is_some_and(|t| !t.is_empty())) {
                    table.rows.push(row(table, *line, cells, range, Some(side)));
                }
            }
        } else {
            table.rows.push(row(table, *line, cells, 0..width, None));
        }
    }
    if table.rows.is_empty() {
        table.status = Status::Empty { note: table.remarks.pop().map(|(text, _)| text) };
    } else {
        table.status = Status::Present;
    }
}

fn row(table: &Table, line: u32, cells: &[String], range: std::ops::Range<usize>, side: Option<Side>) -> Row {
    let mut entries = vec![Entry::BLANK; table.columns.len()];
    let (mut code, mut name, mut path) = (None, None, Vec::new());
    for column in range {
        let text = cells.get(column).map_or("", String::as_str);
        if text.is_empty() {
            continue;
        }
        match table.columns[column].role {
            ColumnRole::Code => code = Some(text.to_owned()),
            ColumnRole::Name if table.columns[column].path.last().is_some_and(|p| p == "构成") => {
                path.push(text.into());
            }
            ColumnRole::Name => name = Some(text.to_owned()),
            _ => {}
        }
        let value = Amount::parse(text)
            .filter(|_| table.columns[column].role == ColumnRole::Amount)
            .map_or_else(|| Value::Text(text.into()), Value::Amount);
        let at = u32::try_from(column).unwrap_or(0);
        entries[column] = Entry { value, place: Some(Place::Line { line, from: at, to: at + 1 }) };
    }
    let words = name.clone().unwrap_or_default();
    let own = words.trim_start_matches("其中：");
    let (level, own) = numbering(own);
    let role = row_role(table, &words, own, code.as_deref());
    Row {
        place: Place::line(line),
        end: Place::line(line),
        side,
        level: code.as_deref().map_or(level, |c| u8::try_from(c.len() / 2).unwrap_or(9)),
        measure: measure(own),
        class: side.and_then(|_| class(own)).map(str::to_owned),
        code,
        name,
        role,
        path,
        entries,
        doubt: None,
    }
}

fn row_role(table: &Table, words: &str, own: &str, code: Option<&str>) -> RowRole {
    match own {
        _ if words.starts_with("其中") => RowRole::OfWhich,
        "本年收入合计" | "本年支出合计" | "本年收入" | "本年支出" => RowRole::YearTotal,
        "收入总计" | "支出总计" => RowRole::GrandTotal,
        "合计" => RowRole::Total,
        _ => match code {
            Some(code) if code.len() > 9 => RowRole::Project,
            Some(code) if code.len() == 6 || has_header(table, "单位编码") => RowRole::Unit,
            Some("31") => RowRole::ProjectGroup,
            Some(_) if table.kind == TableKind::ProjectExpenditure => RowRole::Unit,
            Some(code) if code.starts_with('3') || code.starts_with('5') => RowRole::Economic,
            Some(_) => RowRole::Function,
            None if own.is_empty() => RowRole::Total,
            None => RowRole::Item,
        },
    }
}

fn has_header(table: &Table, word: &str) -> bool {
    table.columns.iter().any(|c| c.path.iter().any(|p| p.contains(word)))
}

/// Level by the mark before a name: `一、` 0, `（一）` 1, `1.` 2; unmarked names are taken as outermost.
fn numbering(name: &str) -> (u8, &str) {
    const NUMERALS: &str = "一二三四五六七八九十廿";
    if let Some((mark, rest)) = name.split_once('、')
        && mark.chars().all(|c| NUMERALS.contains(c))
    {
        return (0, rest);
    }
    if let Some(rest) = name.strip_prefix('（')
        && let Some((mark, rest)) = rest.split_once('）')
        && mark.chars().all(|c| NUMERALS.contains(c))
    {
        return (1, rest);
    }
    match name.split_once('.') {
        Some((mark, rest)) if mark.chars().all(|c| c.is_ascii_digit()) => (2, rest),
        _ => (0, name),
    }
}

fn class(name: &str) -> Option<&'static str> {
    [
        ("一般公共服务", "201"),
        ("教育支出", "205"),
        ("科学技术", "206"),
        ("社会保障和就业", "208"),
        ("卫生健康", "210"),
        ("城乡社区", "212"),
        ("住房保障", "221"),
    ]
    .into_iter()
    .find(|(word, _)| name.starts_with(word))
    .map(|(_, code)| code)
}

/// The measure of a header or an item.
pub(crate) fn measure(own: &str) -> Option<Measure> {
    Some(match own {
        "合计" | "总计" => Measure::Total,
        "预算数" => Measure::Budget,
        "年初预算数" => Measure::InitialBudget,
        "决算数" => Measure::FinalAccounts,
        "基本支出" => Measure::Basic,
        "人员经费" => Measure::Personnel,
        "公用经费" => Measure::Public,
        "项目支出" => Measure::Project,
        "事业单位经营支出" => Measure::OperatingExpenditure,
        "本年收入" | "本年支出" | "本年收入合计" | "本年支出合计" | "本年拨款" => {
            Measure::ThisYear
        }
        "上年结转" | "上年结转结余" | "财政拨款结转结余" => Measure::CarriedIn,
        "年终结转" | "年终结转结余" | "结转下年" => Measure::CarriedOut,
        "使用非财政拨款结余" => Measure::FundsUsed,
        "结余分配" => Measure::SurplusDistributed,
        "财政拨款" => Measure::Fiscal,
        _ if own.starts_with("一般公共预算") => Measure::GeneralPublic,
        _ if own.starts_with("政府性基金预算") => Measure::GovernmentFund,
        _ if own.starts_with("国有资本经营预算") && !own.contains("支出") => Measure::StateCapital,
        "财政专户管理资金" | "财政专户管理资金收入" => Measure::SpecialAccount,
        "事业收入" => Measure::BusinessIncome,
        "其他收入" => Measure::OtherIncome,
        "单位资金" => Measure::UnitFunds,
        "“三公”经费合计" => Measure::ThreePublic,
        _ if own.starts_with("因公出国") => Measure::Abroad,
        "公务用车购置及运行费" => Measure::Vehicles,
        "公务用车购置费" => Measure::VehiclePurchase,
        "公务用车运行费" | "公务用车运行维护费" => Measure::VehicleRunning,
        "公务接待费" => Measure::Reception,
        _ => return None,
    })
}
