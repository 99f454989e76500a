//! The names that the tables print: what the words of the prose can be tied to.

use std::collections::{BTreeMap, BTreeSet};

use super::super::spelling::folded;
use crate::disclosure::{Concept, OddityKind, Row, RowRole, Table, TableKind};

/// Names of function codes, economic codes and projects as this disclosure's tables print them, folded.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// Function name → codes.
    functions: BTreeMap<String, BTreeSet<String>>,
    /// Function code → names.
    by_code: BTreeMap<String, BTreeSet<String>>,
    /// Economic name → codes.
    economics: BTreeMap<String, BTreeSet<String>>,
    /// Folded project name → the name as the table prints it.
    projects: BTreeMap<String, String>,
}

/// Digits of the code of a class (类).
const CLASS: usize = 3;

/// Names that the prose uses for another printed one.
const SYNONYMS: [(&str, &str); 8] = [
    ("工会会费", "工会经费"),
    ("因公出国(境)费", "因公出国(境)费用"),
    ("因公出国(境)费用", "因公出国(境)费"),
    ("维修费", "维修(护)费"),
    ("公务用车运行费", "公务用车运行维护费"),
    ("公车运行维护费", "公务用车运行维护费"),
    ("办公设备购置费", "办公设备购置"),
    ("其他交通费", "其他交通费用"),
];

impl Names {
    /// Collects the names of all tables.
    pub(super) fn new(tables: &[Table]) -> Self {
        let mut names = Self::default();
        for table in tables {
            for row in &table.rows {
                names.add(table.kind, row);
            }
        }
        names
    }

    fn add(&mut self, kind: TableKind, row: &Row) {
        let Some(name) = row.name.as_deref().map(folded).filter(|name| name.chars().count() >= 2) else {
            return;
        };
        match (row.role, &row.code) {
            (RowRole::Function, Some(code)) => self.function(name.into_owned(), code),
            (RowRole::Economic, Some(code)) => {
                self.economics.entry(name.into_owned()).or_default().insert(code.clone());
            }
            (RowRole::Item, _) => {
                if let Some(class) = &row.class {
                    let bare = name.split_once(['、', ')']).map_or(name.as_ref(), |(_, bare)| bare).to_owned();
                    self.function(bare, class);
                }
            }
            (RowRole::Project, _) if kind == TableKind::ProjectExpenditure => {
                self.projects.insert(name.into_owned(), row.name.clone().unwrap_or_default());
            }
            _ => {}
        }
    }

    fn function(&mut self, name: String, code: &str) {
        self.functions.entry(name.clone()).or_default().insert(code.to_owned());
        self.by_code.entry(code.to_owned()).or_default().insert(name);
    }

    /// The function code that `…（类）…（款）…（项）` names, given the names of its levels from the class down; `Err` with the
    /// reason where the tables have none or several.
    pub(super) fn function_path(&self, path: &[String]) -> Result<Concept, Unnamed> {
        let mut codes: BTreeSet<String> = BTreeSet::new();
        for (depth, name) in path.iter().enumerate() {
            let width = 3 + 2 * depth;
            let fits = |code: &String| {
                code.len() == width && (depth == 0 || codes.iter().any(|above| code.starts_with(above.as_str())))
            };
            // 教育（类）支出 is 教育支出.
            let printed = self.functions.get(name).or_else(|| self.functions.get(&format!("{name}支出")));
            let named: BTreeSet<String> = printed.into_iter().flatten().filter(|code| fits(code)).cloned().collect();
            codes = if named.is_empty() {
                // The name drifted from the table's: an only child can still be told.
                self.by_code.keys().filter(|code| depth > 0 && fits(code)).cloned().collect()
            } else {
                named
            };
            if codes.is_empty() {
                return Err(Unnamed::Unknown);
            }
        }
        match codes.len() {
            1 => codes.pop_first().map(Concept::Function).ok_or(Unnamed::Unknown),
            _ => Err(Unnamed::Several),
        }
    }

    /// The function code in brackets that words hold, if a table prints it: 小学教育（2050202）.
    pub(super) fn printed_code(&self, words: &str) -> Option<(String, Concept)> {
        let close = words.rfind(')')?;
        let open = words.get(..close)?.rfind('(')?;
        let code = words.get(open + 1..close)?;
        let name = words.get(..open)?.rsplit([',', ':', '、', '.', '。']).next()?;
        let known = matches!(code.len(), 3 | 5 | 7) && self.by_code.contains_key(code) && !name.is_empty();
        known.then(|| (name.to_owned(), Concept::Function(code.to_owned())))
    }

    /// Whether the names of a path (name, digits of its level) are not those of the tables though the lowest is there:
    /// 制造业（款）行政运行（项） where 行政运行 stands below another group.
    pub(super) fn drifted(&self, levels: &[(String, usize)]) -> Option<OddityKind> {
        let (item, width) = levels.last().filter(|(_, width)| *width == 7)?;
        let (above, rest) = levels.split_last().map(|(_, above)| (above, ()))?;
        let () = rest;
        if above.is_empty() {
            return None;
        }
        let codes: Vec<&String> =
            self.functions.get(item).into_iter().flatten().filter(|code| code.len() == *width).collect();
        if codes.is_empty() {
            return None;
        }
        let mut nearest: Option<OddityKind> = None;
        for code in codes {
            let mut worst = None;
            for (name, width) in above {
                let printed = code.get(..*width).and_then(|parent| self.by_code.get(parent));
                let printed = printed.filter(|names| !names.is_empty())?;
                // Tables cut names short.
                let same =
                    printed.iter().any(|p| p == name || name.starts_with(p.as_str()) || p.starts_with(name.as_str()));
                if same {
                    continue;
                }
                let near = printed.iter().any(|p| is_misspelt(p, name));
                let kind = if near { OddityKind::SubjectSpelling } else { OddityKind::SubjectName };
                worst = Some(worst.map_or(kind, |w: OddityKind| w.min(kind)));
            }
            match worst {
                None => return None,
                Some(kind) => nearest = Some(nearest.map_or(kind, |n: OddityKind| n.max(kind))),
            }
        }
        nearest
    }

    /// The concept of which `name` is the printed name in a table; economic names first where `economic` is set.
    pub(super) fn concept(&self, name: &str, economic: bool) -> Option<Concept> {
        let only = |codes: &BTreeSet<String>| match codes.len() {
            1 => codes.first().cloned(),
            _ => None,
        };
        let economic_code = || {
            let found = self.economics.get(name).or_else(|| {
                SYNONYMS.iter().filter(|(used, _)| *used == name).find_map(|(_, printed)| self.economics.get(*printed))
            });
            found.and_then(only).or_else(|| self.water_or_power(name)).map(Concept::Economic)
        };
        // Without （款） or （项） only the name of a class is a subject for certain: 社会组织管理 may be a project.
        let class = |codes: &BTreeSet<String>| codes.first().filter(|code| code.len() == CLASS).cloned();
        let function_code = || self.functions.get(name).and_then(class).map(Concept::Function);
        let either = || match (function_code(), economic_code()) {
            // 住房公积金 is an item of both classifications: without more it could be either.
            (Some(_), Some(_)) => None,
            (function, economic) => function.or(economic),
        };
        if economic { economic_code() } else { either() }
            .or_else(|| self.projects.get(name).cloned().map(Concept::Project))
    }

    /// 水电费 is 水费 and 电费 together; where the tables print only one of them, it is that one.
    fn water_or_power(&self, name: &str) -> Option<String> {
        if name != "水电费" {
            return None;
        }
        match (self.economics.get("水费"), self.economics.get("电费")) {
            (Some(codes), None) | (None, Some(codes)) if codes.len() == 1 => codes.first().cloned(),
            _ => None,
        }
    }

    /// The project whose printed name `words` are, a trailing 项目 or 经费 left out on either side.
    pub(super) fn project(&self, words: &str) -> Option<Concept> {
        if let Some(name) = self.projects.get(words) {
            return Some(Concept::Project(name.clone()));
        }
        let bare = |name: &str| name.trim_end_matches("项目").to_owned();
        let wanted = bare(words);
        let mut fitting = self.projects.iter().filter(|(folded, _)| bare(folded) == wanted);
        match (fitting.next(), fitting.next()) {
            (Some((_, name)), None) => Some(Concept::Project(name.clone())),
            _ => None,
        }
    }
}

/// Whether one name is the other with at most two characters more, fewer or other.
fn is_misspelt(a: &str, b: &str) -> bool {
    const MOST: usize = 2;
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > MOST || a.len().min(b.len()) < 4 {
        return false;
    }
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    a.len().max(b.len()).saturating_sub(front + back) <= MOST
}

/// Why a name has no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unnamed {
    /// No table prints it.
    Unknown,
    /// Several codes have it.
    Several,
}
