//! The names that the tables print: what the words of the prose can be tied to.

use std::collections::{BTreeMap, BTreeSet};

use super::super::spelling::folded;
use crate::disclosure::{Concept, Row, RowRole, Table, TableKind};

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
            (RowRole::Function, Some(code)) => self.function(name, code),
            (RowRole::Economic, Some(code)) => {
                self.economics.entry(name).or_default().insert(code.clone());
            }
            (RowRole::Item, _) => {
                if let Some(class) = &row.class {
                    let bare = name.split_once(['、', ')']).map_or(name.as_str(), |(_, bare)| bare).to_owned();
                    self.function(bare, class);
                }
            }
            (RowRole::Project, _) if kind == TableKind::ProjectExpenditure => {
                self.projects.insert(name, row.name.clone().unwrap_or_default());
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
            let named: BTreeSet<String> =
                self.functions.get(name).into_iter().flatten().filter(|code| fits(code)).cloned().collect();
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
        let function_code = || self.functions.get(name).and_then(deepest_alone).map(Concept::Function);
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

/// A name that stands for a class and for its only 款 and 项 (能源节约利用 twice in one branch) has the same amount on each
/// level; the deepest code is meant. Codes of different branches are several things.
fn deepest_alone(codes: &BTreeSet<String>) -> Option<String> {
    let deepest = codes.iter().max_by_key(|code| code.len())?;
    codes.iter().all(|code| deepest.starts_with(code.as_str())).then(|| deepest.clone())
}

/// Why a name has no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unnamed {
    /// No table prints it.
    Unknown,
    /// Several codes have it.
    Several,
}
